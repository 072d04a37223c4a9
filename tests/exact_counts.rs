//! Counts as a property: what `count` says of a string, as a whole and by year, is what a literal scan of the folded paragraphs
//! finds; and every rate has the denominator that the texts have.

use std::collections::BTreeMap;

use chancery::analyzer::fold;
use chancery::engine::{CountRequest, Engine};
use chancery::search::{Hit, SearchRequest, StageDirections};

use crate::support::indexed::{TestIndex, all_speeches, sample};
use crate::support::oracle::{Counts, FoldedParagraph, Oracle};
use crate::support::random::Random;
use crate::support::shared::shared_data;
use crate::support::strings::quoted;

/// The longest string that is cut, in units.
const LONGEST_STRING: usize = 10;

/// How many strings are cut at random.
const RANDOM_STRINGS: usize = 500;

/// An index, what a literal scan finds in it, and when its speeches were given.
struct Counted {
    engine: Engine,
    oracle: Oracle,
    years: BTreeMap<String, String>,
}

impl Counted {
    fn of(index: &TestIndex) -> Self {
        let engine = index.engine();
        let year = |speech: chancery::engine::SpeechView| {
            let date = speech.metadata.date()?;
            Some((speech.id, format!("{:04}", date.calendar_year())))
        };
        Self {
            oracle: Oracle::of(&engine),
            years: all_speeches(&engine).into_iter().filter_map(year).collect(),
            engine,
        }
    }

    /// The occurrences of a scan by year; those of undated speeches under nothing.
    fn by_year(&self, scanned: &Counts) -> BTreeMap<String, u64> {
        let mut by_year: BTreeMap<String, u64> = BTreeMap::new();
        for (passage, count) in &scanned.by_passage {
            let (speech, _) = passage.rsplit_once("#p").expect("an address has a paragraph");
            *by_year
                .entry(self.years.get(speech).cloned().unwrap_or_default())
                .or_default() += count;
        }
        by_year
    }

    /// Holds the counts of a string to the scan.
    fn check(&self, string: &str) {
        let request = CountRequest {
            by: vec!["year".parse().expect("a period")],
            ..CountRequest::new(quoted(string))
        };
        let count = self.engine.count(&request).expect("a quoted string is a query");
        let scanned = self.oracle.count(string);
        let total = (count.total.occurrences, count.total.passages, count.total.speeches);
        let expected = (
            Some(scanned.occurrences()),
            scanned.by_passage.len() as u64,
            scanned.speeches,
        );
        assert_eq!(total, expected, "{string:?}");
        let by_year: BTreeMap<String, u64> = (count.by.into_iter())
            .map(|group| {
                let year = group.values.get("year").cloned().unwrap_or_default();
                (year, group.figures.occurrences.unwrap_or(0))
            })
            .filter(|(_, occurrences)| *occurrences > 0)
            .collect();
        assert_eq!(by_year, self.by_year(&scanned), "{string:?} by year");
    }

    fn check_random_strings(&self, seed: u64) {
        let mut random = Random::new(seed);
        let paragraphs: Vec<&FoldedParagraph> = self.oracle.paragraphs.iter().filter(|text| text.len() > 0).collect();
        let mut checked = 0;
        while checked < RANDOM_STRINGS {
            let paragraph = *random.pick(&paragraphs);
            let first = random.below(paragraph.len());
            let last = (first + random.below(LONGEST_STRING)).min(paragraph.len() - 1);
            let string = paragraph.slice(first, last);
            if !fold(string).is_punctuation_only() {
                self.check(string);
                checked += 1;
            }
        }
    }
}

/// Formulations of real speeches.
fn formulations() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("fixtures/formulations.txt").lines();
    lines.filter(|line| !line.starts_with('#'))
}

#[test]
fn counts_of_the_sample_are_those_of_a_literal_scan() {
    Counted::of(&TestIndex::of(&[sample()])).check_random_strings(11);
}

#[test]
fn counts_of_real_speeches_are_those_of_a_literal_scan() {
    let Some(data) = shared_data() else {
        return;
    };
    let counted = Counted::of(&TestIndex::of(&[data.join("speeches")]));
    counted.check_random_strings(12);
    assert_eq!(formulations().count(), 100);
    formulations().for_each(|formulation| counted.check(formulation));
    let found = formulations().filter(|formulation| counted.oracle.count(formulation).occurrences() > 0);
    assert!(found.count() > 80, "most of them are really there");
}

#[test]
fn denominators_are_the_letters_and_units_of_what_was_said() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    let oracle = Oracle::of(&engine);
    let (mut characters, mut words) = (0, 0);
    for paragraph in &oracle.paragraphs {
        let folded = fold(&paragraph.text);
        for unit in folded.texts() {
            let letters = unit.chars().filter(|character| character.is_alphanumeric()).count() as u64;
            characters += letters;
            words += u64::from(letters > 0);
        }
    }
    let count = engine.count(&CountRequest::new("\"合作\"")).expect("it is counted");
    assert_eq!(count.total.of.characters, characters);
    // A symbol or an emoji that is no letter is a unit and no mark of punctuation; the sample has none.
    assert_eq!(count.total.of.words, words);
}

#[test]
fn a_keyword_is_counted_wherever_it_is_marked() {
    let engine = TestIndex::of(&[sample()]).engine();
    for keyword in [
        "cooperation",
        "railways",
        "Treaty",
        "合作",
        "铁路",
        "помощь",
        "pauvreté",
        "الصحة",
    ] {
        let count = engine.count(&CountRequest::new(keyword)).expect("it is counted");
        let request = SearchRequest {
            limit: 10_000,
            ..SearchRequest::to_count(keyword)
        };
        let results = engine.search(&request).expect("it is a query");
        let marks = results.hits.iter().map(|hit| match hit {
            Hit::Passage(hit) => hit.highlights.len() as u64,
            Hit::Speech(_) => 0,
        });
        let marks: u64 = marks.sum();
        assert!(marks > 0, "{keyword} is there");
        assert_eq!(count.total.occurrences, Some(marks), "{keyword}");
        assert_eq!(count.total.passages, results.hits.len() as u64, "{keyword}");
    }
}

#[test]
fn notes_that_are_searched_are_in_the_denominator() {
    let index = TestIndex::new();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("speech.jsonl");
    let line = r#"{"id": "a", "language": "zh", "date": "2020-01-02", "body": "共饮一海水。（掌声）\n\n谢谢。"}"#;
    std::fs::write(&path, line).expect("a file can be written");
    index.ingest(&[path]);
    let engine = index.engine();
    let mut request = CountRequest::new("\"掌声\"");
    assert_eq!(engine.count(&request).expect("it is counted").total.of.characters, 7);
    request.search.stage_directions = StageDirections::Included;
    let total = engine.count(&request).expect("it is counted").total;
    assert_eq!(
        (total.occurrences, total.of.characters, total.of.words),
        (Some(1), 9, 9)
    );
}
