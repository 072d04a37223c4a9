//! A segment as the place in which patterns are looked up: through the exact index, from the rarest part of a string.

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocId;

use super::candidates::candidates;
use super::languages::DocLanguages;
use super::matching::{DocCounts, intersection, notes, term_counts};
use super::request::StageDirections;
use super::spelling;
use super::two_readings::{self, Symbols};
use crate::analyzer::UnitKind;
use crate::analyzer::unit_text::kind_of;
use crate::error::{Error, Result};
use crate::index::{SegmentView, Snapshot};
use crate::pattern::{OpenText, Pattern, Place, Step, StringPattern, UnitPattern, UnitSpan};
use crate::stop::Stop;
use crate::strings::{BROKEN_UNITS, Interval, Symbol};

/// The sequence of units of a segment; stage directions stand at its end.
pub(super) struct SegmentPlace<'a> {
    segment: &'a SegmentView,
    snapshot: &'a Snapshot,
    directions: StageDirections,
    /// The passages in which inflected forms are looked for, ascending; in all where they are not told.
    among: Option<Vec<DocId>>,
    steps: RefCell<FxHashMap<Symbol, Step>>,
    stop: Stop,
}

/// How many passages are read before it is asked whether to go on.
const BETWEEN_LOOKS: usize = 256;

impl<'a> SegmentPlace<'a> {
    pub(super) fn new(segment: &'a SegmentView, snapshot: &'a Snapshot, directions: StageDirections) -> Self {
        Self {
            segment,
            snapshot,
            directions,
            among: None,
            steps: RefCell::default(),
            stop: Stop::default(),
        }
    }

    /// The same, looked at no longer than until it is given up.
    pub(super) fn until(self, stop: &Stop) -> Self {
        Self {
            stop: stop.clone(),
            ..self
        }
    }

    /// The same, made ready for a pattern of several parts: where it cannot match nothing needs to be looked for.
    pub(super) fn for_pattern(self, pattern: &Pattern) -> Result<Self> {
        let among = match pattern {
            Pattern::Any(_) | Pattern::Near(_) if pattern.is_inflected() => {
                candidates(pattern, self.segment, self.snapshot, self.directions)?
            }
            _ => None,
        };
        Ok(Self { among, ..self })
    }

    /// The interval of a string, where all that it leaves open is its end.
    pub(super) fn interval(&self, string: &StringPattern) -> Option<Interval> {
        let (last, rest) = string.units.split_last()?;
        let rest: Vec<&str> = rest.iter().map(UnitPattern::exact).collect::<Option<_>>()?;
        let strings = self.segment.strings();
        match last {
            UnitPattern::Exactly(last) => Some(strings.interval_of_strings(&[&rest[..], &[last.as_str()]].concat())),
            UnitPattern::Open(open) if open.is_prefix() => {
                let before: Option<Vec<Symbol>> = rest.iter().map(|unit| strings.symbol(unit)).collect();
                let interval = |before: Vec<Symbol>| strings.interval_with_last_prefix(&before, &open.prefix());
                Some(before.map_or(Interval::EMPTY, interval))
            }
            _ => None,
        }
    }

    /// Where a string stands over a word that has two readings, read as the one that is not in the sequence.
    fn over_two_readings(&self, string: &StringPattern) -> Vec<UnitSpan> {
        let strings = self.segment.strings();
        if strings.joined_count() == 0 {
            return Vec::new();
        }
        let symbols: Option<Vec<Symbols>> = string.units.iter().map(|unit| self.symbols(unit)).collect();
        symbols.map_or_else(Vec::new, |symbols| two_readings::spans(&symbols, self.end(), strings))
    }

    /// The occurrences by passage of a string of which at most the end is left open; nothing where more is.
    pub(super) fn string_counts(&self, string: &StringPattern) -> Option<DocCounts> {
        let counts = interval_counts(self.interval(string)?, self.segment, self.directions);
        Some(added(counts, self.counts(&self.over_two_readings(string))))
    }

    /// One past the last position that is looked at.
    fn end(&self) -> u32 {
        match self.directions {
            StageDirections::Included => self.segment.strings().sequence_length(),
            StageDirections::Excluded => self.segment.strings().note_start(),
        }
    }

    /// The passages that hold matches, with how many begin in each.
    pub(super) fn counts(&self, spans: &[UnitSpan]) -> DocCounts {
        counts_of_spans(spans, self.segment)
    }

    /// The positions at which the strings of an interval start, ascending.
    fn positions(&self, interval: Interval) -> Vec<u32> {
        let end = self.end();
        let positions = self.segment.strings().positions(interval);
        let mut positions: Vec<u32> = positions.filter(|position| *position < end).collect();
        positions.sort_unstable();
        positions
    }

    fn symbols(&self, unit: &UnitPattern) -> Option<Symbols> {
        let strings = self.segment.strings();
        match unit {
            UnitPattern::Exactly(unit) | UnitPattern::Inflected { word: unit, .. } => {
                strings.symbol(unit).map(Symbols::One)
            }
            UnitPattern::OneCharacter => Some(Symbols::OneCharacter),
            UnitPattern::Open(open) if open.is_prefix() => {
                Some(Symbols::Between(strings.symbols_with_prefix(&open.prefix())))
            }
            UnitPattern::Open(open) => Some(Symbols::Some(self.open_symbols(open))),
            UnitPattern::Within(word, distance) => {
                let near = spelling::symbols_within(word, *distance, strings);
                Some(Symbols::Some(near.into_iter().map(|(symbol, _)| symbol).collect()))
            }
        }
    }

    fn open_symbols(&self, open: &OpenText) -> FxHashSet<Symbol> {
        let strings = self.segment.strings();
        let Range { start, end } = strings.symbols_with_prefix(&open.prefix());
        let symbols = (start.number()..end.number()).map(Symbol::new);
        symbols.filter(|symbol| open.matches(strings.unit(*symbol))).collect()
    }

    /// Where a string stands of which not only the end is left open: the rarest part of it that is known is looked up, and
    /// the rest compared there.
    fn open_strings(&self, string: &StringPattern) -> Vec<UnitSpan> {
        let symbols: Option<Vec<Symbols>> = string.units.iter().map(|unit| self.symbols(unit)).collect();
        let Some(symbols) = symbols else {
            return Vec::new();
        };
        let (offset, anchors) = self.anchors(&symbols);
        let length = symbols.len() as u32;
        let starts = anchors.into_iter().filter_map(|position| position.checked_sub(offset));
        let spans = starts.map(|start| UnitSpan {
            start,
            end: start + length,
        });
        let found = spans.filter(|span| self.stands_at(*span, &symbols)).collect();
        merged_spans(found, two_readings::spans(&symbols, self.end(), self.segment.strings()))
    }

    fn stands_at(&self, span: UnitSpan, symbols: &[Symbols]) -> bool {
        let strings = self.segment.strings();
        let found = strings.symbols_at(span.start..span.end);
        let is_meant = |(symbol, wanted): (Symbol, &Symbols)| wanted.contains(symbol, strings);
        span.end <= strings.sequence_length() && found.zip(symbols).all(is_meant)
    }

    /// The positions of the part that stands at the fewest of them, ascending, and how many units stand before it.
    fn anchors(&self, symbols: &[Symbols]) -> (u32, Vec<u32>) {
        let strings = self.segment.strings();
        let mut best: Option<(u64, usize, Vec<Interval>)> = None;
        let mut offer = |offset: usize, intervals: Vec<Interval>| {
            let count = intervals.iter().map(|interval| u64::from(interval.len())).sum();
            if best.as_ref().is_none_or(|(fewest, ..)| count < *fewest) {
                best = Some((count, offset, intervals));
            }
        };
        let mut run: Vec<Symbol> = Vec::new();
        for (index, wanted) in symbols.iter().enumerate() {
            match wanted {
                Symbols::One(symbol) => {
                    run.push(*symbol);
                    offer(index + 1 - run.len(), vec![strings.interval(&run)]);
                    continue;
                }
                Symbols::Between(range) => offer(index, vec![strings.interval_of_symbols(range.clone())]),
                Symbols::Some(some) => offer(index, some.iter().map(|symbol| strings.interval(&[*symbol])).collect()),
                Symbols::OneCharacter => {}
            }
            run.clear();
        }
        let Some((_, offset, intervals)) = best else {
            return (0, Vec::new());
        };
        let mut positions: Vec<u32> = intervals
            .into_iter()
            .flat_map(|interval| self.positions(interval))
            .collect();
        positions.sort_unstable();
        (offset as u32, positions)
    }

    /// Where a word or an inflected form of it stands: in the passages that the words index names, unit by unit.
    fn inflected(&self, word: &str, terms: &[String]) -> Result<Vec<UnitSpan>> {
        let strings = self.segment.strings();
        let mut docs: Vec<DocId> = Vec::new();
        for term in terms {
            let term = tantivy::Term::from_field_text(self.snapshot.fields().units, term);
            docs.extend(term_counts(&term, self.segment)?.into_iter().map(|(doc, _)| doc));
        }
        docs.sort_unstable();
        docs.dedup();
        if let Some(among) = &self.among {
            docs = intersection(&docs, among);
        }
        let one_unit = |start| UnitSpan { start, end: start + 1 };
        let itself = self.positions(strings.interval_of_strings(&[word]));
        let mut spans: Vec<UnitSpan> = itself.into_iter().map(one_unit).collect();
        spans.extend(two_readings::spans_of_units(&[word], self.end(), strings));
        let pattern = UnitPattern::Inflected {
            word: word.to_owned(),
            terms: terms.to_vec(),
        };
        let languages = DocLanguages::open(self.segment)?;
        let mut judged: FxHashMap<(Symbol, usize), bool> = FxHashMap::default();
        for (number, doc) in docs.into_iter().enumerate() {
            if number % BETWEEN_LOOKS == 0 {
                self.stop.check()?;
            }
            let language = languages.of(doc)?;
            let Some(run) = strings.run_of_document(doc) else {
                continue;
            };
            let mut is_form = |symbol: Symbol| {
                let matches = || pattern.matches(strings.unit(symbol), Some(languages.tag(language)));
                *judged.entry((symbol, language)).or_insert_with(matches)
            };
            for (position, symbol) in run.clone().zip(strings.symbols_at(run.clone())) {
                spans.extend(is_form(symbol).then(|| one_unit(position)));
            }
            let joined = strings.joined_in(run).filter(|joined| is_form(joined.word));
            spans.extend(joined.map(|joined| UnitSpan {
                start: joined.position,
                end: joined.position + BROKEN_UNITS,
            }));
        }
        spans.sort_unstable();
        // A word that is a form in both readings is one: the compound's part comes first.
        spans.dedup_by_key(|span| span.start);
        Ok(spans)
    }
}

impl Place for SegmentPlace<'_> {
    type Error = Error;

    fn go_on(&self) -> Result<()> {
        self.stop.check()
    }

    fn strings(&self, string: &StringPattern) -> Result<Vec<UnitSpan>> {
        self.stop.check()?;
        if let [UnitPattern::Inflected { word, terms }] = string.units.as_slice() {
            return self.inflected(word, terms);
        }
        let Some(interval) = self.interval(string) else {
            return Ok(self.open_strings(string));
        };
        let length = string.units.len() as u32;
        let span = |start| UnitSpan {
            start,
            end: start + length,
        };
        let found = self.positions(interval).into_iter().map(span).collect();
        Ok(merged_spans(found, self.over_two_readings(string)))
    }

    fn step(&self, position: u32) -> Step {
        let strings = self.segment.strings();
        let Some(symbol) = strings.symbols_at(position..position + 1).next() else {
            return Step::Barrier;
        };
        *self
            .steps
            .borrow_mut()
            .entry(symbol)
            .or_insert_with(|| match strings.unit(symbol) {
                "" => Step::Barrier,
                unit if kind_of(unit) == UnitKind::Mark => Step::Mark,
                _ => Step::Counted,
            })
    }
}

/// Both of two ascending lists.
fn merged_spans(mut spans: Vec<UnitSpan>, further: Vec<UnitSpan>) -> Vec<UnitSpan> {
    if !further.is_empty() {
        spans.extend(further);
        spans.sort_unstable();
    }
    spans
}

/// The counts of two ascending lists, added up.
pub(super) fn added(mut counts: DocCounts, further: DocCounts) -> DocCounts {
    if further.is_empty() {
        return counts;
    }
    counts.extend(further);
    counts.sort_by_key(|(document, _)| *document);
    counts.dedup_by(|(next, more), (document, count)| {
        let is_same = next == document;
        *count += if is_same { *more } else { 0 };
        is_same
    });
    counts
}

fn counts_of_spans(spans: &[UnitSpan], segment: &SegmentView) -> DocCounts {
    let document = |span: &UnitSpan| segment.strings().locate(span.start).document;
    // Stage directions stand behind everything that was said.
    added(Vec::new(), spans.iter().map(|span| (document(span), 1)).collect())
}

/// The occurrences by passage of a string of units.
pub(super) fn units_counts(units: &[&str], segment: &SegmentView, directions: StageDirections) -> DocCounts {
    let strings = segment.strings();
    let counts = interval_counts(strings.interval_of_strings(units), segment, directions);
    let before = match directions {
        StageDirections::Included => strings.sequence_length(),
        StageDirections::Excluded => strings.note_start(),
    };
    let further = two_readings::spans_of_units(units, before, strings);
    added(counts, counts_of_spans(&further, segment))
}

/// The passages in which a string of which at most the end is left open stands in the sequence, with how often.
pub(super) fn interval_counts(interval: Interval, segment: &SegmentView, directions: StageDirections) -> DocCounts {
    segment.strings().passage_counts(interval, notes(directions))
}
