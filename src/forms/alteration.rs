//! Where a formulation stands in a text with one or two units inserted, left out, replaced or swapped.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::alignment::{Alignment, Operation, ends_within};
use crate::analyzer::{FoldedText, UnitKind, fold};
use crate::text::ByteSpan;

/// A wording that is looked for, as units.
#[derive(Clone, Debug)]
pub struct Wording {
    units: FoldedText,
    /// Whether a mark is a part of it, so that marks of the text count.
    has_marks: bool,
    /// The most changes with which it is still known again.
    most_changes: usize,
}

impl Wording {
    /// A wording from its text: of four or five characters, words and numbers it is known again with one change, of six and more
    /// with two, of fewer not at all; but three words of an alphabetic script with at least twelve letters with one change.
    pub fn new(text: &str) -> Self {
        let units = fold(text);
        let marks = units.units().iter().filter(|unit| unit.kind == UnitKind::Mark).count();
        let most_changes = match units.len() - marks {
            3 if is_long_words(&units) => 1,
            0..4 => 0,
            4..6 => 1,
            _ => 2,
        };
        Self {
            has_marks: marks > 0,
            units,
            most_changes,
        }
    }

    /// Whether it is too short to be known again with a change.
    pub fn is_too_short(&self) -> bool {
        self.most_changes == 0
    }
}

/// The fewest letters of three words that are known again with a change.
const LEAST_LETTERS: usize = 12;

/// Whether a wording is of words alone, marks aside, that have letters enough to be known again when one of them changed.
fn is_long_words(units: &FoldedText) -> bool {
    let said = || units.units().iter().filter(|unit| unit.kind != UnitKind::Mark);
    let letters = |unit| {
        units
            .text_of(unit)
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .count()
    };
    said().all(|unit| unit.kind == UnitKind::Word) && said().map(letters).sum::<usize>() >= LEAST_LETTERS
}

/// What happened to a part of a formulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Nothing: it stands there.
    Same,
    /// Other characters or words stand there.
    Replaced,
    /// Further characters or words stand there.
    Inserted,
    /// It does not stand there.
    LeftOut,
    /// It stands there with its two characters or words in the other order.
    Swapped,
}

/// A part of a formulation and what stands for it in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlteredPart {
    /// What happened to it.
    pub change: Change,
    /// Its range of the wording, with what stands behind it up to the next part; empty where something was inserted.
    pub form: ByteSpan,
    /// Its range of the text, in the same way; empty where something was left out.
    pub text: ByteSpan,
}

/// A place in a text where a wording stands altered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alteration {
    /// The number of the wording in the list that was looked for.
    pub wording: usize,
    /// Where it stands in the text.
    pub span: ByteSpan,
    /// The characters or words that were inserted, left out or replaced, and the pairs that were swapped.
    pub changes: usize,
    /// The wording and the text side by side, in order.
    pub parts: Vec<AlteredPart>,
}

/// The places of a text where a wording stands altered, in the order of the text, none of them overlapping another or one of the
/// ranges where a wording stands exactly. Of several wordings that a place could be it is the one of which the least part changed.
///
/// Marks between units of the text are no change unless the wording has marks itself; without marks no wording runs over the end of
/// a sentence.
pub fn alterations(text: &FoldedText, wordings: &[Wording], exact: &[ByteSpan]) -> Vec<Alteration> {
    let sought = Sought::new(wordings);
    let said = [View::without_marks(text, &sought), View::with_marks(text, &sought)];
    let mut candidates = Vec::new();
    for (number, wording) in wordings
        .iter()
        .enumerate()
        .filter(|(_, wording)| !wording.is_too_short())
    {
        for stretch in &said[usize::from(wording.has_marks)].stretches {
            candidates.extend(in_stretch(number, wording, &sought.units[number], stretch));
        }
    }
    candidates.sort_by(Candidate::compare);
    let mut taken: Vec<ByteSpan> = exact.to_vec();
    let mut found = Vec::new();
    for candidate in candidates {
        let span = ByteSpan::new(
            text.units()[candidate.units.start].span.start,
            text.units()[candidate.units.end - 1].span.end,
        );
        if taken.iter().any(|other| other.overlaps(span)) {
            continue;
        }
        taken.push(span);
        if candidate.changes > 0 {
            let wording = &wordings[candidate.wording];
            found.push(candidate.alteration(span, text, wording));
        }
    }
    found.sort_by_key(|alteration| alteration.span);
    found
}

/// The wordings as numbers: each unit that stands in one of them has its own, all others share one.
struct Sought<'a> {
    numbers: FxHashMap<&'a str, u32>,
    units: Vec<Vec<u32>>,
}

/// The number of a unit that stands in no wording.
const UNKNOWN: u32 = u32::MAX;

impl<'a> Sought<'a> {
    fn new(wordings: &'a [Wording]) -> Self {
        let mut numbers = FxHashMap::default();
        let units = wordings.iter().map(|wording| {
            let number = |unit: &'a str| {
                let next = numbers.len() as u32;
                *numbers.entry(unit).or_insert(next)
            };
            wording.units.texts().map(number).collect()
        });
        Self {
            units: units.collect(),
            numbers,
        }
    }

    fn number(&self, unit: &str) -> u32 {
        self.numbers.get(unit).copied().unwrap_or(UNKNOWN)
    }
}

/// A text as stretches of units over which nothing runs.
struct View {
    stretches: Vec<Stretch>,
}

#[derive(Default)]
struct Stretch {
    /// The numbers of its units.
    numbers: Vec<u32>,
    /// The places of its units in the text.
    places: Vec<usize>,
}

impl View {
    fn with_marks(text: &FoldedText, sought: &Sought<'_>) -> Self {
        let stretch = Stretch {
            numbers: text.texts().map(|unit| sought.number(unit)).collect(),
            places: (0..text.len()).collect(),
        };
        Self {
            stretches: vec![stretch],
        }
    }

    fn without_marks(text: &FoldedText, sought: &Sought<'_>) -> Self {
        let mut stretches = vec![Stretch::default()];
        for (place, unit) in text.units().iter().enumerate() {
            let folded = text.text_of(unit);
            if unit.kind != UnitKind::Mark {
                let last = stretches.len() - 1;
                stretches[last].numbers.push(sought.number(folded));
                stretches[last].places.push(place);
            } else if ends_sentence(folded) {
                stretches.push(Stretch::default());
            }
        }
        Self { stretches }
    }
}

fn ends_sentence(mark: &str) -> bool {
    matches!(
        mark,
        "。" | "." | "!" | "?" | ";" | "！" | "？" | "；" | "…" | "؟" | "؛"
    )
}

/// A place where a wording may stand, altered or with other marks.
struct Candidate {
    wording: usize,
    /// The number of units of the wording.
    length: usize,
    changes: usize,
    /// The marks that stand between its units.
    marks_between: usize,
    /// By how many units it is shorter or longer than the wording.
    length_difference: usize,
    /// The units of the text.
    units: Range<usize>,
    /// What happened to the units of the wording, and the places of units in the text.
    runs: Vec<(Operation, Range<usize>, Vec<usize>)>,
}

impl Candidate {
    /// The order in which places are given away: the smallest part changed, the fewest marks between, the most units that are
    /// kept, the same length, the longest wording, the order of the text and of the list.
    fn compare(&self, other: &Self) -> Ordering {
        let share = (self.changes * other.length).cmp(&(other.changes * self.length));
        let key = |candidate: &Self| {
            (
                candidate.marks_between,
                Reverse(candidate.kept_units()),
                candidate.length_difference,
            )
        };
        share
            .then_with(|| key(self).cmp(&key(other)))
            .then_with(|| other.length.cmp(&self.length))
            .then_with(|| self.units.start.cmp(&other.units.start))
            .then_with(|| self.wording.cmp(&other.wording))
    }

    /// The units of the wording that stand in the text, swapped ones among them.
    fn kept_units(&self) -> usize {
        let is_kept = |operation: Operation| matches!(operation, Operation::Same | Operation::Swapped);
        let kept = self.runs.iter().filter(|(operation, ..)| is_kept(*operation));
        kept.map(|(_, form, _)| form.len()).sum()
    }

    fn alteration(self, span: ByteSpan, text: &FoldedText, wording: &Wording) -> Alteration {
        let start_in_form = |run: &Range<usize>| {
            let units = wording.units.units();
            units
                .get(run.start)
                .map_or_else(|| end_of(&wording.units), |unit| unit.span.start)
        };
        let mut parts: Vec<AlteredPart> = Vec::new();
        let (mut form_end, mut text_end) = (end_of(&wording.units), span.end);
        for (operation, form, places) in self.runs.iter().rev() {
            let text_start = places.first().map_or(text_end, |place| text.units()[*place].span.start);
            let form_start = if form.is_empty() { form_end } else { start_in_form(form) };
            parts.push(AlteredPart {
                change: change(*operation),
                form: ByteSpan::new(form_start, form_end),
                text: ByteSpan::new(text_start, text_end),
            });
            (form_end, text_end) = (form_start, text_start);
        }
        parts.reverse();
        Alteration {
            wording: self.wording,
            span,
            changes: self.changes,
            parts,
        }
    }
}

fn end_of(units: &FoldedText) -> usize {
    units.units().last().map_or(0, |unit| unit.span.end)
}

fn change(operation: Operation) -> Change {
    match operation {
        Operation::Same => Change::Same,
        Operation::Replaced => Change::Replaced,
        Operation::Inserted => Change::Inserted,
        Operation::LeftOut => Change::LeftOut,
        Operation::Swapped => Change::Swapped,
    }
}

/// For each unit of a stretch at which a wording may end, the best place that ends there.
fn in_stretch(number: usize, wording: &Wording, form: &[u32], stretch: &Stretch) -> Vec<Candidate> {
    let ends = ends_within(form, &stretch.numbers, wording.most_changes);
    let best = |end: usize| {
        let shortest = form.len().saturating_sub(wording.most_changes).max(1);
        let lengths = shortest..=(form.len() + wording.most_changes).min(end);
        lengths
            .filter_map(|length| candidate(number, form, stretch, end - length..end, wording.most_changes))
            .min_by(Candidate::compare)
    };
    ends.into_iter().filter_map(best).collect()
}

fn candidate(wording: usize, form: &[u32], stretch: &Stretch, window: Range<usize>, most: usize) -> Option<Candidate> {
    let numbers = &stretch.numbers[window.clone()];
    let alignment = Alignment::new(form, numbers);
    if alignment.changes() > most {
        return None;
    }
    let places = &stretch.places[window];
    let units = *places.first()?..*places.last()? + 1;
    let runs = alignment.runs(form, numbers).into_iter();
    Some(Candidate {
        wording,
        length: form.len(),
        changes: alignment.changes(),
        marks_between: units.len() - places.len(),
        length_difference: form.len().abs_diff(numbers.len()),
        units,
        runs: runs
            .map(|run| (run.operation, run.form, places[run.text].to_vec()))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The alterations of wordings in a text, each as what changed: `互利共[-赢-]{+享+}`.
    fn found(text: &str, wordings: &[&str]) -> Vec<String> {
        let sought: Vec<Wording> = wordings.iter().map(|wording| Wording::new(wording)).collect();
        let found = alterations(&fold(text), &sought, &[]);
        let shown = |alteration: &Alteration| {
            let form = wordings[alteration.wording];
            let part = |part: &AlteredPart| match part.change {
                Change::Same => text[part.text.range()].to_owned(),
                _ => format!("[-{}-]{{+{}+}}", &form[part.form.range()], &text[part.text.range()]),
            };
            alteration.parts.iter().map(part).collect::<String>()
        };
        found.iter().map(shown).collect()
    }

    #[test]
    fn a_formulation_is_known_again_with_one_or_two_changes() {
        let rows: &[(&str, &str, &[&str])] = &[
            ("实现互利共享。", "互利共赢", &["互利共[-赢-]{+享+}"]),
            ("实现互利又共赢。", "互利共赢", &["互利[--]{+又+}共赢"]),
            ("实现互利，赢，", "互利共赢", &["互利，[-共-]{++}赢"]),
            ("实现互共利赢。", "互利共赢", &["互[-利共-]{+共利+}赢"]),
            ("饮共一海水", "共饮一海水", &["[-共饮-]{+饮共+}一海水"]),
            ("实现互利共赢。", "互利共赢", &[]),
            ("实现互利、共赢。", "互利共赢", &[]),
            ("互利。共赢", "互利共赢", &[]),
            ("不筑墙不断桥", "不筑墙、不断桥", &["不筑墙[-、-]{++}不断桥"]),
            ("利共", "共利", &[]),
            ("全球发展行动倡议", "全球发展倡议", &["全球发展[--]{+行动+}倡议"]),
            (
                "our common destiny",
                "our shared destiny",
                &["our [-shared -]{+common +}destiny"],
            ),
            ("we all win", "we both win", &[]),
            ("合作双赢", "互利共赢", &[]),
            (
                "open your gates, open minds",
                "open gates, open minds",
                &["open [--]{+your +}gates, open minds"],
            ),
            (
                "绿水青山就是金山",
                "绿水青山就是金山银山",
                // 银山 or 山银: nobody can tell which of them is missing.
                &["绿水青山就是金[-山银-]{++}山"],
            ),
        ];
        for (text, form, expected) in rows {
            assert_eq!(found(text, &[form]), *expected, "{form} in {text}");
        }
    }

    #[test]
    fn a_place_belongs_to_the_nearest_formulation() {
        let forms = ["命运共同体", "人类命运共同体"];
        assert_eq!(found("人类命运与共同体", &forms), ["人类命运[--]{+与+}共同体"]);
        let text = "人类的命运共同体";
        let sought: Vec<Wording> = forms.iter().map(|form| Wording::new(form)).collect();
        let start = text.find("命").unwrap();
        let exact = [ByteSpan::new(start, text.len())];
        assert_eq!(alterations(&fold(text), &sought, &exact), []);
    }
}
