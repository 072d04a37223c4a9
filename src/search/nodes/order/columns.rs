//! What occurrences are compared by, as numbers: a column for each thing that is compared, a number in it for each occurrence.

use rustc_hash::FxHashMap;

use super::ranks::{SymbolRanks, UNKNOWN, UsedSymbols, ranks_of};
use super::{LineKey, NodeOrder, Side};
use crate::analyzer::fold_line;
use crate::error::Result;
use crate::index::{SegmentView, TextColumn};
use crate::search::nodes::{Node, Nodes};
use crate::strings::Symbol;

/// Some occurrences that are to be put into an order.
pub(super) struct Sorting<'a> {
    pub(super) nodes: &'a Nodes,
    /// Their numbers.
    pub(super) among: &'a [u32],
    pub(super) order: &'a NodeOrder<'a>,
}

/// What a key compares, for each of the occurrences.
enum Column {
    /// Numbers that order as what they stand for.
    Ranks(Vec<u32>),
    /// A symbol of its segment.
    Symbols(Vec<u32>),
    /// Several symbols of its segment.
    Strings(Vec<Box<[u32]>>),
}

impl<'a> Sorting<'a> {
    /// The columns, the first of them compared first.
    pub(super) fn columns(&self) -> Result<Vec<Vec<u32>>> {
        let mut columns = Vec::new();
        for key in self.order.keys {
            self.order.stop.check()?;
            self.add(*key, &mut columns)?;
        }
        let ranks = self.symbol_ranks(&columns);
        let ranks_at = |place: usize| &ranks[self.segment(place)];
        let ranked = |column| match column {
            Column::Ranks(ranks) => ranks,
            Column::Symbols(symbols) => {
                let symbols = symbols.into_iter().enumerate();
                symbols.map(|(place, symbol)| ranks_at(place).of(symbol)).collect()
            }
            Column::Strings(strings) => {
                let strings = strings.into_iter().enumerate().map(|(place, symbols)| {
                    let ranks = symbols.iter().map(|symbol| ranks_at(place).of(*symbol));
                    Some(ranks.collect::<Box<[u32]>>())
                });
                ranks_of(strings)
            }
        };
        Ok(columns.into_iter().map(ranked).collect())
    }

    fn add(&self, key: LineKey, columns: &mut Vec<Column>) -> Result<()> {
        match key {
            LineKey::Date => columns.push(Column::Ranks(self.dates(false))),
            LineKey::DateDescending => columns.push(Column::Ranks(self.dates(true))),
            LineKey::Speaker => columns.push(Column::Ranks(self.names("printed.speaker", Some("turn"))?)),
            LineKey::Country => columns.push(Column::Ranks(self.names("printed.country", None)?)),
            LineKey::Random => columns.push(Column::Ranks(self.chances())),
            LineKey::Node => {
                let string = |node: &Node| {
                    let strings = self.view(node).strings();
                    let symbols = strings.symbols_at(node.units.start..node.units.end);
                    symbols.map(Symbol::number).collect()
                };
                columns.push(Column::Strings(self.nodes().map(string).collect()));
            }
            _ => columns.extend(key.places().into_iter().map(|(side, distance)| {
                let symbol = |node: &Node| unit_beside(node, side, distance, self.view(node));
                Column::Symbols(self.nodes().map(symbol).collect())
            })),
        }
        Ok(())
    }

    fn nodes(&self) -> impl Iterator<Item = &'a Node> + use<'a> {
        let list = &self.nodes.list;
        self.among.iter().map(move |number| &list[*number as usize])
    }

    /// The segment of the occurrence at a place.
    fn segment(&self, place: usize) -> usize {
        self.segment_of(&self.nodes.list[self.among[place] as usize])
    }

    fn segment_of(&self, node: &Node) -> usize {
        self.nodes.speeches[node.speech as usize].address.segment_ord as usize
    }

    fn view(&self, node: &Node) -> &'a SegmentView {
        &self.order.snapshot.segments()[self.segment_of(node)]
    }

    fn dates(&self, is_descending: bool) -> Vec<u32> {
        let speeches = &self.nodes.speeches;
        let mut ranks: Vec<u32> = Vec::with_capacity(speeches.len());
        let mut rank = 0;
        for (number, speech) in speeches.iter().enumerate() {
            rank += u32::from(number > 0 && speeches[number - 1].days != speech.days);
            ranks.push(match (speech.days.0, is_descending) {
                (true, _) => UNKNOWN,
                (false, true) => UNKNOWN - 1 - rank,
                (false, false) => rank,
            });
        }
        self.nodes().map(|node| ranks[node.speech as usize]).collect()
    }

    /// A place by chance among all that were found, so that it does not depend on which are shown.
    fn chances(&self) -> Vec<u32> {
        let mut chances: Vec<u32> = (0..self.nodes.list.len() as u32).collect();
        fastrand::Rng::with_seed(self.order.seed).shuffle(&mut chances);
        self.among.iter().map(|number| chances[*number as usize]).collect()
    }

    /// The names in a column of speeches, or in one of passages that goes before it.
    fn names(&self, of_speeches: &str, of_passages: Option<&str>) -> Result<Vec<u32>> {
        let mut columns = Vec::new();
        for segment in self.order.snapshot.segments() {
            columns.push(NameColumns {
                of_speeches: self.name_column(segment, of_speeches)?,
                of_passages: of_passages.map(|name| self.name_column(segment, name)).transpose()?,
            });
        }
        let mut known: FxHashMap<(usize, bool, u64), u32> = FxHashMap::default();
        let mut names: Vec<String> = Vec::new();
        let mut numbers: Vec<Option<u32>> = Vec::with_capacity(self.among.len());
        for node in self.nodes() {
            let segment = self.segment_of(node);
            let start = self.nodes.speeches[node.speech as usize].address.doc_id;
            let Some((is_own, ordinal)) = columns[segment].find(node.doc, start) else {
                numbers.push(None);
                continue;
            };
            let number = match known.get(&(segment, is_own, ordinal)) {
                Some(number) => *number,
                None => {
                    let number = names.len() as u32;
                    names.push(self.joined(&columns[segment].text(is_own, ordinal)?));
                    known.insert((segment, is_own, ordinal), number);
                    number
                }
            };
            numbers.push(Some(number));
        }
        let name = |number: u32| names[number as usize].as_str();
        Ok(ranks_of(numbers.into_iter().map(|number| number.map(name))))
    }

    /// A column of names, read in one go where most of them may be wanted.
    fn name_column(&self, segment: &SegmentView, name: &str) -> Result<TextColumn> {
        let mut column = TextColumn::open(segment, name)?;
        if self.among.len() >= column.value_count() {
            column.read_all()?;
        }
        Ok(column)
    }

    /// One form for all forms of a name, folded.
    fn joined(&self, name: &str) -> String {
        let forms = self.order.names.same_in_metadata(name);
        fold_line(forms.first().copied().unwrap_or(name))
    }

    /// For each segment the ranks of its symbols among all units that are compared.
    fn symbol_ranks(&self, columns: &[Column]) -> Vec<SymbolRanks> {
        let segments = self.order.snapshot.segments();
        if segments.len() <= 1 {
            // The symbols of one segment are in the order of their units already.
            return vec![SymbolRanks::Same];
        }
        let mut used = UsedSymbols::of(segments);
        for column in columns {
            match column {
                Column::Ranks(_) => {}
                Column::Symbols(symbols) => {
                    let symbols = symbols.iter().enumerate();
                    symbols.for_each(|(place, symbol)| used.add(self.segment(place), *symbol));
                }
                Column::Strings(strings) => {
                    for (place, symbols) in strings.iter().enumerate() {
                        symbols.iter().for_each(|symbol| used.add(self.segment(place), *symbol));
                    }
                }
            }
        }
        used.ranks(segments)
    }
}

/// The names of a segment.
struct NameColumns {
    of_speeches: TextColumn,
    of_passages: Option<TextColumn>,
}

impl NameColumns {
    /// The number of the name of a passage, and whether it is its own or that of its speech.
    fn find(&self, doc: u32, start: u32) -> Option<(bool, u64)> {
        let own = self.of_passages.as_ref().and_then(|names| names.ordinals(doc).next());
        let own = own.map(|ordinal| (true, ordinal));
        own.or_else(|| self.of_speeches.ordinals(start).next().map(|ordinal| (false, ordinal)))
    }

    fn text(&mut self, is_own: bool, ordinal: u64) -> Result<String> {
        match &mut self.of_passages {
            Some(names) if is_own => names.text(ordinal),
            _ => self.of_speeches.text(ordinal),
        }
    }
}

/// The symbol of the unit that stands so far beside an occurrence; the barrier where the paragraph has ended.
fn unit_beside(node: &Node, side: Side, distance: u32, segment: &SegmentView) -> u32 {
    let strings = segment.strings();
    let positions = match side {
        Side::Before => node.units.start.saturating_sub(distance)..node.units.start,
        Side::Behind => node.units.end..node.units.end.saturating_add(distance),
    };
    let (mut count, mut first, mut last) = (0, Symbol::BARRIER, Symbol::BARRIER);
    for symbol in strings.symbols_at(positions) {
        if symbol == Symbol::BARRIER {
            return symbol.number();
        }
        first = if count == 0 { symbol } else { first };
        last = symbol;
        count += 1;
    }
    match side {
        _ if count < distance => Symbol::BARRIER.number(),
        Side::Before => first.number(),
        Side::Behind => last.number(),
    }
}
