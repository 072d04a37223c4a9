//! In which order occurrences stand: by date, speaker, country, themselves, or the units beside them. All that is compared are
//! numbers; no text is read.

use rustc_hash::FxHashMap;

use super::{Node, Nodes};
use crate::analyzer::fold_line;
use crate::error::{Result, choices};
use crate::index::{SegmentView, Snapshot, TextColumn};
use crate::names::Names;
use crate::stop::Stop;
use crate::strings::Symbol;

/// What occurrences are ordered by. Units are compared by their folded text in the order of code points; the end of the paragraph
/// comes before every unit, what is not known last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKey {
    /// The date, the oldest first, undated last.
    Date,
    /// The date, the newest first, undated last.
    DateDescending,
    /// The speaker of the passage, all forms of a name as one.
    Speaker,
    /// The country, all forms of a name as one.
    Country,
    /// The five units before, the nearest first.
    Left,
    /// The five units behind, the nearest first.
    Right,
    /// The units of the occurrence.
    Node,
    /// The nearest unit before.
    Left1,
    /// The second unit before.
    Left2,
    /// The third unit before.
    Left3,
    /// The fourth unit before.
    Left4,
    /// The fifth unit before.
    Left5,
    /// The nearest unit behind.
    Right1,
    /// The second unit behind.
    Right2,
    /// The third unit behind.
    Right3,
    /// The fourth unit behind.
    Right4,
    /// The fifth unit behind.
    Right5,
    /// Chance, by a seed.
    Random,
}

choices! { LineKey, "something that lines can be sorted by",
    "date" => Date: "The date, the oldest first, undated last",
    "-date" => DateDescending: "The date, the newest first, undated last",
    "speaker" => Speaker: "The speaker",
    "country" => Country: "The country",
    "left" => Left: "The five units before, the nearest first",
    "right" => Right: "The five units behind, the nearest first",
    "node" => Node: "What matched",
    "1L" => Left1: "The nearest unit before: a Han character, a word, a number, a mark",
    "2L" => Left2: "The second unit before",
    "3L" => Left3: "The third unit before",
    "4L" => Left4: "The fourth unit before",
    "5L" => Left5: "The fifth unit before",
    "1R" => Right1: "The nearest unit behind",
    "2R" => Right2: "The second unit behind",
    "3R" => Right3: "The third unit behind",
    "4R" => Right4: "The fourth unit behind",
    "5R" => Right5: "The fifth unit behind",
    "random" => Random: "Chance, by the seed",
}

impl LineKey {
    /// Its name as typed.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    /// The sides and distances of the units that are compared, in turn.
    fn places(self) -> Vec<(Side, u32)> {
        match self {
            Self::Left => (1..=FARTHEST).map(|distance| (Side::Before, distance)).collect(),
            Self::Right => (1..=FARTHEST).map(|distance| (Side::Behind, distance)).collect(),
            Self::Left1 | Self::Left2 | Self::Left3 | Self::Left4 | Self::Left5 => {
                vec![(Side::Before, 1 + self as u32 - Self::Left1 as u32)]
            }
            Self::Right1 | Self::Right2 | Self::Right3 | Self::Right4 | Self::Right5 => {
                vec![(Side::Behind, 1 + self as u32 - Self::Right1 as u32)]
            }
            _ => Vec::new(),
        }
    }
}

/// The unit farthest from an occurrence that is compared.
const FARTHEST: u32 = 5;

/// What is not known stands behind all that is.
const UNKNOWN: u32 = u32::MAX;

/// A side of an occurrence.
#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}

/// What occurrences are put into an order with.
#[derive(Clone, Copy)]
pub struct NodeOrder<'a> {
    /// The commit.
    pub snapshot: &'a Snapshot,
    /// Which forms are one name.
    pub names: &'a Names,
    /// The keys, the first of them first; where all are equal, date, speech and place decide.
    pub keys: &'a [LineKey],
    /// Of what is drawn by chance.
    pub seed: u64,
    /// When the work is given up.
    pub stop: &'a Stop,
}

/// What a key compares, for each of the occurrences.
enum Columns {
    /// Numbers that order as what they stand for.
    Ranks(Vec<u32>),
    /// For each place beside an occurrence, a symbol of its segment.
    Symbols(Vec<Vec<u32>>),
    /// The symbols of each occurrence.
    Units(Vec<Box<[u32]>>),
}

impl Nodes {
    /// So many occurrences drawn by chance, or all where there are no more, by their numbers, ascending. The same seed draws the
    /// same ones, in whatever order they are then shown.
    pub fn sample(&self, size: usize, seed: u64) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0..self.list.len() as u32).collect();
        if size >= numbers.len() {
            return numbers;
        }
        let mut chance = fastrand::Rng::with_seed(seed);
        for drawn in 0..size {
            let other = chance.usize(drawn..numbers.len());
            numbers.swap(drawn, other);
        }
        numbers.truncate(size);
        numbers.sort_unstable();
        numbers
    }

    /// The first `wanted` of some occurrences, which are given by their numbers, ascending, in an order.
    ///
    /// # Errors
    /// The index is damaged, or the work is given up.
    pub fn order(&self, mut among: Vec<u32>, wanted: usize, order: &NodeOrder<'_>) -> Result<Vec<u32>> {
        let columns = self.columns(&among, order)?;
        if columns.is_empty() {
            among.truncate(wanted);
            return Ok(among);
        }
        let rows = Rows::of(&columns);
        let mut places: Vec<u32> = (0..among.len() as u32).collect();
        if wanted < places.len() {
            if wanted > 0 {
                places.select_nth_unstable_by(wanted - 1, |left, right| rows.compare(*left, *right));
            }
            places.truncate(wanted);
        }
        order.stop.check()?;
        places.sort_unstable_by(|left, right| rows.compare(*left, *right));
        Ok(places.into_iter().map(|place| among[place as usize]).collect())
    }

    /// What the occurrences are compared by, in turn.
    fn columns(&self, among: &[u32], order: &NodeOrder<'_>) -> Result<Vec<Vec<u32>>> {
        let mut by_key = Vec::with_capacity(order.keys.len());
        for key in order.keys {
            order.stop.check()?;
            by_key.push(self.columns_of(*key, among, order)?);
        }
        let unit_ranks = self.unit_ranks(&by_key, among, order.snapshot);
        let segment_of = |place: usize| self.segment(among[place]);
        let mut columns = Vec::new();
        for of_key in by_key {
            match of_key {
                Columns::Ranks(ranks) => columns.push(ranks),
                Columns::Symbols(places) => columns.extend(places.into_iter().map(|symbols| {
                    let ranks = symbols.into_iter().enumerate();
                    ranks
                        .map(|(place, symbol)| unit_ranks[segment_of(place)].of(symbol))
                        .collect()
                })),
                Columns::Units(nodes) => {
                    let ranked = nodes.into_iter().enumerate().map(|(place, symbols)| {
                        let ranks = &unit_ranks[segment_of(place)];
                        symbols.iter().map(|symbol| ranks.of(*symbol)).collect::<Box<[u32]>>()
                    });
                    columns.push(ranks_of(ranked.map(Some)));
                }
            }
        }
        Ok(columns)
    }

    fn columns_of(&self, key: LineKey, among: &[u32], order: &NodeOrder<'_>) -> Result<Columns> {
        let nodes = || among.iter().map(|number| &self.list[*number as usize]);
        Ok(match key {
            LineKey::Date => Columns::Ranks(self.dates(nodes(), false)),
            LineKey::DateDescending => Columns::Ranks(self.dates(nodes(), true)),
            LineKey::Speaker => Columns::Ranks(self.values(among, "printed.speaker", Some("turn"), order)?),
            LineKey::Country => Columns::Ranks(self.values(among, "printed.country", None, order)?),
            LineKey::Random => Columns::Ranks(self.chances(among, order.seed)),
            LineKey::Node => {
                let units = |node: &Node| {
                    let strings = self.view(node, order.snapshot).strings();
                    strings
                        .symbols_at(node.units.start..node.units.end)
                        .map(Symbol::number)
                        .collect()
                };
                Columns::Units(nodes().map(units).collect())
            }
            _ => {
                let beside = |(side, distance): (Side, u32)| {
                    let symbol = |node| unit_beside(node, side, distance, self.view(node, order.snapshot));
                    nodes().map(symbol).collect()
                };
                Columns::Symbols(key.places().into_iter().map(beside).collect())
            }
        })
    }

    fn segment(&self, number: u32) -> usize {
        self.speeches[self.list[number as usize].speech as usize]
            .address
            .segment_ord as usize
    }

    fn view<'a>(&self, node: &Node, snapshot: &'a Snapshot) -> &'a SegmentView {
        &snapshot.segments()[self.speeches[node.speech as usize].address.segment_ord as usize]
    }

    fn dates<'a>(&self, nodes: impl Iterator<Item = &'a Node>, is_descending: bool) -> Vec<u32> {
        let mut ranks: Vec<u32> = Vec::with_capacity(self.speeches.len());
        let mut rank = 0;
        for (number, speech) in self.speeches.iter().enumerate() {
            rank += u32::from(number > 0 && self.speeches[number - 1].days != speech.days);
            ranks.push(match (speech.days.0, is_descending) {
                (true, _) => UNKNOWN,
                (false, true) => UNKNOWN - 1 - rank,
                (false, false) => rank,
            });
        }
        nodes.map(|node| ranks[node.speech as usize]).collect()
    }

    fn chances(&self, among: &[u32], seed: u64) -> Vec<u32> {
        let mut chances: Vec<u32> = (0..self.list.len() as u32).collect();
        fastrand::Rng::with_seed(seed).shuffle(&mut chances);
        among.iter().map(|number| chances[*number as usize]).collect()
    }

    /// The names in a column of speeches, or in one of passages that goes before it.
    fn values(&self, among: &[u32], column: &str, own: Option<&str>, order: &NodeOrder<'_>) -> Result<Vec<u32>> {
        let mut columns: Vec<(TextColumn, Option<TextColumn>)> = Vec::new();
        for segment in order.snapshot.segments() {
            let own = own.map(|name| TextColumn::open(segment, name)).transpose()?;
            columns.push((TextColumn::open(segment, column)?, own));
        }
        let mut known: FxHashMap<(usize, bool, u64), u32> = FxHashMap::default();
        let mut texts: Vec<String> = Vec::new();
        let mut numbers: Vec<Option<u32>> = Vec::with_capacity(among.len());
        for number in among {
            let node = &self.list[*number as usize];
            let start = self.speeches[node.speech as usize].address;
            let segment = start.segment_ord as usize;
            let (of_speech, own) = &mut columns[segment];
            let of_passage = own.as_ref().and_then(|own| own.ordinals(node.doc).next());
            let found = of_passage.or_else(|| of_speech.ordinals(start.doc_id).next());
            let Some(ordinal) = found else {
                numbers.push(None);
                continue;
            };
            let key = (segment, of_passage.is_some(), ordinal);
            let number = match known.get(&key) {
                Some(number) => *number,
                None => {
                    let column = if of_passage.is_some() {
                        own.as_mut()
                    } else {
                        Some(of_speech)
                    };
                    let text = column.map_or(Ok(String::new()), |column| column.text(ordinal))?;
                    let forms = order.names.same_in_metadata(&text);
                    texts.push(fold_line(forms.first().copied().unwrap_or(&text)));
                    known.insert(key, texts.len() as u32 - 1);
                    texts.len() as u32 - 1
                }
            };
            numbers.push(Some(number));
        }
        let text = |number: u32| texts[number as usize].as_str();
        Ok(ranks_of(numbers.into_iter().map(|number| number.map(text))))
    }

    /// For each segment the ranks of its symbols among all units that are compared.
    fn unit_ranks(&self, by_key: &[Columns], among: &[u32], snapshot: &Snapshot) -> Vec<SymbolRanks> {
        let segments = snapshot.segments();
        if segments.len() <= 1 {
            // The symbols of one segment are in the order of their units already.
            return vec![SymbolRanks::Same];
        }
        let length = |segment: &SegmentView| segment.strings().distinct_unit_count() as usize + 1;
        let mut used: Vec<Vec<bool>> = segments.iter().map(|segment| vec![false; length(segment)]).collect();
        let mut mark = |place: usize, symbol: u32| {
            if let Some(used) = used[self.segment(among[place])].get_mut(symbol as usize) {
                *used = true;
            }
        };
        for columns in by_key {
            match columns {
                Columns::Ranks(_) => {}
                Columns::Symbols(places) => {
                    for symbols in places {
                        symbols
                            .iter()
                            .enumerate()
                            .for_each(|(place, symbol)| mark(place, *symbol));
                    }
                }
                Columns::Units(nodes) => {
                    for (place, symbols) in nodes.iter().enumerate() {
                        symbols.iter().for_each(|symbol| mark(place, *symbol));
                    }
                }
            }
        }
        rank_symbols(&used, segments)
    }
}

/// The ranks of the symbols of one segment.
enum SymbolRanks {
    /// The symbols themselves.
    Same,
    /// For each symbol its rank.
    Table(Vec<u32>),
}

impl SymbolRanks {
    fn of(&self, symbol: u32) -> u32 {
        match self {
            Self::Same => symbol,
            Self::Table(ranks) => ranks.get(symbol as usize).copied().unwrap_or_default(),
        }
    }
}

/// The ranks of the symbols that are used, by their units; the barrier stays 0.
fn rank_symbols(used: &[Vec<bool>], segments: &[SegmentView]) -> Vec<SymbolRanks> {
    let mut units: Vec<(&str, usize, usize)> = Vec::new();
    for (ordinal, (used, segment)) in used.iter().zip(segments).enumerate() {
        let symbols = (1..used.len()).filter(|symbol| used[*symbol]);
        units.extend(symbols.map(|symbol| (segment.strings().unit(Symbol::new(symbol as u32)), ordinal, symbol)));
    }
    units.sort_unstable();
    let mut tables: Vec<Vec<u32>> = used.iter().map(|used| vec![0; used.len()]).collect();
    let (mut rank, mut last) = (0, "");
    for (unit, ordinal, symbol) in units {
        rank += u32::from(unit != last);
        last = unit;
        tables[ordinal][symbol] = rank;
    }
    tables.into_iter().map(SymbolRanks::Table).collect()
}

/// The symbol of the unit that stands so far beside an occurrence; the barrier where the paragraph has ended.
fn unit_beside(node: &Node, side: Side, distance: u32, segment: &SegmentView) -> u32 {
    let strings = segment.strings();
    let positions = match side {
        Side::Before => node.units.start.saturating_sub(distance)..node.units.start,
        Side::Behind => node.units.end..node.units.end.saturating_add(distance),
    };
    if positions.len() < distance as usize {
        return Symbol::BARRIER.number();
    }
    let mut count = 0;
    let mut farthest = Symbol::BARRIER;
    for (place, symbol) in strings.symbols_at(positions).enumerate() {
        count += 1;
        if symbol == Symbol::BARRIER {
            return symbol.number();
        }
        let is_farthest = match side {
            Side::Before => place == 0,
            Side::Behind => true,
        };
        if is_farthest {
            farthest = symbol;
        }
    }
    match count == distance {
        true => farthest.number(),
        false => Symbol::BARRIER.number(),
    }
}

/// The ranks of some values, equal ones the same; what is absent last.
fn ranks_of<T: Ord + Clone + std::hash::Hash>(values: impl Iterator<Item = Option<T>>) -> Vec<u32> {
    let mut numbers: FxHashMap<T, u32> = FxHashMap::default();
    let given: Vec<u32> = values
        .map(|value| match value {
            None => UNKNOWN,
            Some(value) => {
                let next = numbers.len() as u32;
                *numbers.entry(value).or_insert(next)
            }
        })
        .collect();
    let mut different: Vec<(T, u32)> = numbers.into_iter().collect();
    different.sort_unstable();
    let mut ranks = vec![0; different.len()];
    for (rank, (_, number)) in (0..).zip(different) {
        ranks[number as usize] = rank;
    }
    given
        .into_iter()
        .map(|number| ranks.get(number as usize).copied().unwrap_or(UNKNOWN))
        .collect()
}

/// The columns side by side, so that two occurrences are compared without leaving two stretches of memory.
struct Rows {
    width: usize,
    values: Vec<u32>,
}

impl Rows {
    fn of(columns: &[Vec<u32>]) -> Self {
        let width = columns.len();
        let mut values = vec![0; width * columns.first().map_or(0, Vec::len)];
        for (place, column) in columns.iter().enumerate() {
            for (row, value) in column.iter().enumerate() {
                values[row * width + place] = *value;
            }
        }
        Self { width, values }
    }

    fn compare(&self, left: u32, right: u32) -> std::cmp::Ordering {
        let row = |place: u32| &self.values[place as usize * self.width..(place as usize + 1) * self.width];
        row(left).cmp(row(right)).then(left.cmp(&right))
    }
}
