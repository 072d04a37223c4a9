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
use crate::analyzer::UnitKind;
use crate::analyzer::unit_text::kind_of;
use crate::error::{Error, Result};
use crate::index::{SegmentView, Snapshot};
use crate::pattern::{OpenText, Pattern, Place, Step, StringPattern, UnitPattern, UnitSpan};
use crate::stop::Stop;
use crate::strings::{Interval, Symbol};

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

/// The symbols that stand for a unit meant.
enum Symbols {
    One(Symbol),
    Some(FxHashSet<Symbol>),
    /// Those of one character that are no mark.
    OneCharacter,
}

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

    /// The passages that hold matches, with how many begin in each.
    pub(super) fn counts(&self, spans: &[UnitSpan]) -> DocCounts {
        let mut counts: DocCounts = Vec::new();
        for span in spans {
            let document = self.segment.strings().locate(span.start).document;
            match counts.last_mut() {
                Some((last, count)) if *last == document => *count += 1,
                _ => counts.push((document, 1)),
            }
        }
        // Stage directions stand behind everything that was said.
        counts.sort_by_key(|(document, _)| *document);
        counts.dedup_by(|(next, more), (document, count)| {
            let is_same = next == document;
            *count += if is_same { *more } else { 0 };
            is_same
        });
        counts
    }

    /// The positions at which the strings of an interval start, ascending.
    fn positions(&self, interval: Interval) -> Vec<u32> {
        let strings = self.segment.strings();
        let end = match self.directions {
            StageDirections::Included => strings.sequence_length(),
            StageDirections::Excluded => strings.note_start(),
        };
        let mut positions: Vec<u32> = strings.positions(interval).filter(|position| *position < end).collect();
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
        spans.filter(|span| self.stands_at(*span, &symbols)).collect()
    }

    fn stands_at(&self, span: UnitSpan, symbols: &[Symbols]) -> bool {
        let strings = self.segment.strings();
        let found = strings.symbols_at(span.start..span.end);
        let is_meant = |(symbol, wanted): (Symbol, &Symbols)| match wanted {
            Symbols::One(wanted) => symbol == *wanted,
            Symbols::Some(wanted) => wanted.contains(&symbol),
            Symbols::OneCharacter => UnitPattern::OneCharacter.matches(strings.unit(symbol), None),
        };
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
        let itself = strings.interval_of_strings(&[word]);
        let mut starts = self.positions(itself);
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
            for (position, symbol) in run.clone().zip(strings.symbols_at(run)) {
                let is_form = judged.entry((symbol, language)).or_insert_with(|| {
                    let unit = strings.unit(symbol);
                    pattern.matches(unit, Some(languages.tag(language)))
                });
                starts.extend(is_form.then_some(position));
            }
        }
        starts.sort_unstable();
        starts.dedup();
        Ok(starts
            .into_iter()
            .map(|start| UnitSpan { start, end: start + 1 })
            .collect())
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
        Ok(self.positions(interval).into_iter().map(span).collect())
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

/// The passages in which a string of which at most the end is left open stands, with how often.
pub(super) fn interval_counts(interval: Interval, segment: &SegmentView, directions: StageDirections) -> DocCounts {
    segment.strings().passage_counts(interval, notes(directions))
}
