//! Headers against metadata that was annotated by hand on real releases and statements.
//!
//! A field is right when it equals the annotation without white space; a value where the annotation has none is an
//! invention. The thresholds are those of the issue, the figures are printed.

#![allow(clippy::print_stdout, reason = "the figures are the point of this test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chancery::corpus::{Field, Metadata};
use chancery::ingest::{IngestOptions, Input, Item, open};
use serde_json::{Map, Value};

use crate::support::shared::shared_data;

/// The least percentage of right values for the fields that the issue names; nothing may be invented in them.
pub(crate) const THRESHOLDS: &[(Field, usize)] = &[
    (Field::Date, 97),
    (Field::Speaker, 97),
    (Field::Title, 95),
    (Field::Place, 95),
];

/// The least percentage of bodies that start and end where they were marked.
const LEAST_BODIES: usize = 95;

pub(crate) const FIELDS: &[Field] = &[
    Field::Title,
    Field::Subtitle,
    Field::Speaker,
    Field::Role,
    Field::Country,
    Field::Organization,
    Field::Date,
    Field::Published,
    Field::Place,
    Field::Event,
    Field::Genre,
    Field::Agency,
    Field::Language,
    Field::Salutation,
];

#[derive(Default)]
pub(crate) struct Score {
    pub(crate) stated: usize,
    pub(crate) right: usize,
    pub(crate) invented: usize,
    absent: usize,
}

#[test]
fn headers_of_real_texts_are_understood_and_nothing_is_invented() {
    let Some(data) = shared_data() else {
        return;
    };
    let mut scores: BTreeMap<Field, Score> = BTreeMap::new();
    let mut bodies = Score::default();
    for record in annotations(&data) {
        let file = record["file"].as_str().expect("every record names its file");
        let (metadata, body) = read(&data.join(file));
        for field in FIELDS {
            score(scores.entry(*field).or_default(), *field, &metadata, &record, file);
        }
        score_body(&mut bodies, &record, &body, file);
    }
    report(&scores, &bodies);
    check(&scores, &bodies, THRESHOLDS);
}

/// Holds the figures to the least percentages of right values; nothing may be invented in the fields that have one.
pub(crate) fn check(scores: &BTreeMap<Field, Score>, bodies: &Score, thresholds: &[(Field, usize)]) {
    for (field, least) in thresholds {
        let score = &scores[field];
        assert!(
            score.right * 100 >= score.stated * least,
            "{field}: fewer than {least} % are right"
        );
        assert_eq!(score.invented, 0, "{field}: values are invented");
    }
    assert!(
        bodies.right * 100 >= bodies.stated * LEAST_BODIES,
        "fewer than {LEAST_BODIES} % of the bodies are right"
    );
}

/// The records of plain-text files and of pages.
fn annotations(data: &Path) -> Vec<Map<String, Value>> {
    let is_page = |record: &Map<String, Value>| {
        let file = record["file"].as_str().unwrap_or_default();
        file.ends_with(".txt") || record.contains_key("body_start")
    };
    let mut records = annotated(data, |file| file.ends_with(".txt") || file.starts_with("formats/html/"));
    records.retain(is_page);
    records
}

/// The records of the files that are wanted.
pub(crate) fn annotated(data: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<Map<String, Value>> {
    let lines = fs::read_to_string(data.join("gold/metadata.jsonl")).expect("the annotation is readable");
    let records = lines
        .lines()
        .map(|line| serde_json::from_str::<Map<String, Value>>(line).expect("the annotation is JSON"));
    records
        .filter(|record| record["file"].as_str().is_some_and(&is_wanted))
        .collect()
}

/// The metadata of a file, without a date that its name alone states, and its body.
fn read(path: &Path) -> (Metadata, String) {
    let mut items = open(vec![Input::Path(path.to_owned())], IngestOptions::default()).expect("the file exists");
    let Some(Item::Speech(ingested)) = items.next() else {
        panic!("{} is not read", path.display());
    };
    let mut metadata = ingested.speech.metadata.clone();
    if metadata.value(Field::DateSource) == Some("file name") {
        metadata.remove(Field::Date);
    }
    assert!(ingested.speech.is_well_formed(), "{}", path.display());
    (metadata, ingested.speech.body_text().to_owned())
}

pub(crate) fn score(score: &mut Score, field: Field, metadata: &Metadata, record: &Map<String, Value>, file: &str) {
    let found = metadata.value(field).map(bare);
    let accepted = accepted(field, record);
    let name = file.rsplit('/').next().unwrap_or(file);
    let is_stated = record.contains_key(field.name());
    match (&found, is_stated) {
        (None, false) => score.absent += 1,
        (Some(found), false) if accepted.contains(found) => score.absent += 1,
        (Some(found), false) => {
            score.invented += 1;
            println!("invented {field}: {found} ({name})");
        }
        (found, true) => {
            score.stated += 1;
            let is_right = found.as_ref().is_some_and(|found| accepted.contains(found));
            score.right += usize::from(is_right);
            if !is_right {
                println!(
                    "wrong {field}: {} for {} ({name})",
                    found.as_deref().unwrap_or("nothing"),
                    accepted[0]
                );
            }
        }
    }
}

/// The values that count as right.
fn accepted(field: Field, record: &Map<String, Value>) -> Vec<String> {
    let texts = |name: &str| match record.get(name) {
        Some(Value::String(text)) => vec![text.as_str()],
        Some(Value::Array(texts)) => texts.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let mut values = texts(field.name());
    match field {
        Field::Title => values.extend(texts("title_alt")),
        Field::Date => values.extend(texts("date_inferred")),
        Field::Language => values
            .iter_mut()
            .for_each(|tag| *tag = tag.strip_suffix("-Hans").unwrap_or(tag)),
        _ => {}
    }
    values.into_iter().map(bare).collect()
}

pub(crate) fn score_body(score: &mut Score, record: &Map<String, Value>, body: &str, file: &str) {
    let (Some(start), Some(end)) = (record.get("body_start"), record.get("body_end")) else {
        return;
    };
    let (start, end) = (
        bare(start.as_str().unwrap_or_default()),
        bare(end.as_str().unwrap_or_default()),
    );
    let body = bare(body);
    score.stated += 1;
    let is_right = body.starts_with(&start) && body.ends_with(&end);
    score.right += usize::from(is_right);
    if !is_right {
        let (head, tail): (String, String) = (body.chars().take(20).collect(), body.chars().rev().take(20).collect());
        println!(
            "wrong body: {head} … {} for {start} … {end} ({file})",
            tail.chars().rev().collect::<String>()
        );
    }
}

/// A value without white space and invisible characters.
fn bare(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

pub(crate) fn report(scores: &BTreeMap<Field, Score>, bodies: &Score) {
    println!(
        "{:<14} {:>6} {:>6} {:>6} {:>9} {:>7}",
        "field", "stated", "right", "%", "invented", "absent"
    );
    let rows = scores
        .iter()
        .map(|(field, score)| (field.name(), score))
        .chain([("body", bodies)]);
    for (name, score) in rows {
        let percent = (score.right * 1000).checked_div(score.stated).unwrap_or(1000) as f64 / 10.0;
        println!(
            "{name:<14} {:>6} {:>6} {percent:>6.1} {:>9} {:>7}",
            score.stated, score.right, score.invented, score.absent
        );
    }
}
