//! The shared cases of ingest: small inputs that carry a difficulty of a real file, each with the facts of the right answer. Those
//! listed here hold; a fact that is stated and does not come out is a failure.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chancery::corpus::{Field, Speech};
use chancery::ingest::{IngestOptions, Input, Item, open};
use serde_json::{Map, Value};

use crate::support::shared::shared_data;

/// The cases that hold.
#[rustfmt::skip]
const HELD: &[&str] = &[
    "akoma-heading-day-and-title", "akoma-ntoso", "attribute-lists-in-markdown", "bold-label-on-its-own-line",
    "captions-and-player-notices", "closing-line-after-link", "column-speakers", "dash-labels-es", "dateline-in-table-cell",
    "day-split-over-two-columns", "entities-in-html-blocks", "first-question-taken-as-header", "first-section-heading-lost",
    "footer-with-telephone", "front-matter-year-beats-date", "html-in-table-cell", "initials-in-hansard-label",
    "json-keyed-by-number", "json-record-of-turns", "json-typed-parts", "json-with-whole-page", "label-keeps-its-verb",
    "label-on-its-own-line", "label-with-constituency", "lead-in-its-own-container", "licence-box-in-text",
    "many-transcripts-in-one-text", "names-in-capitals-without-colon", "page-feet-with-few-digits", "page-heads",
    "portuguese-columns", "raised-ordinals", "readme-beside-the-data", "record-swallowed-as-header", "salutation-as-heading",
    "site-menu-around-saved-text", "table-of-contents", "table-of-turns", "tei-note-inside-a-word", "tei-who-is-a-name",
    "text-over-numbered-columns", "wrapped-block-torn-at-names",
    "wrapped-with-inline-html",
];

/// What came of a file.
struct Outcome {
    speeches: Vec<Speech>,
    rejected: usize,
}

impl Outcome {
    fn of(path: &Path) -> Self {
        let items = open(vec![Input::Path(path.to_owned())], IngestOptions::default()).expect("the file is there");
        let mut outcome = Self {
            speeches: Vec::new(),
            rejected: 0,
        };
        for item in items {
            match item {
                Item::Speech(ingested) => outcome.speeches.push(ingested.speech),
                Item::Rejected(_) => outcome.rejected += 1,
            }
        }
        outcome
    }

    /// The paragraphs of all speeches, each with its speaker, in one line.
    fn paragraphs(&self) -> Vec<(String, Option<&str>)> {
        self.speeches
            .iter()
            .flat_map(|speech| {
                speech.paragraphs.iter().map(|paragraph| {
                    (
                        in_line(&speech.text[paragraph.span.range()]),
                        paragraph.speaker.as_deref(),
                    )
                })
            })
            .collect()
    }
}

fn in_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ways in which a stated value may come out: `A, or absent`.
fn is_one_of(wanted: &Value, found: Option<&str>) -> bool {
    match wanted {
        Value::Null => found.is_none_or(str::is_empty),
        Value::String(wanted) => wanted
            .split(", or ")
            .any(|way| Some(way) == found || (way.starts_with("absent") && found.is_none())),
        _ => false,
    }
}

/// Whether a speaker is one of those that a case allows: `Hon. Sela Marrow — or Sela Marrow`.
fn is_speaker(wanted: Option<&str>, found: Option<&str>) -> bool {
    wanted.map_or(found.is_none(), |wanted| {
        wanted.split(" — or ").any(|way| Some(way.trim()) == found)
    })
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The facts of a case that did not come out.
fn faults(facts: &Map<String, Value>, outcome: &Outcome) -> Vec<String> {
    let paragraphs = outcome.paragraphs();
    let whole: Vec<&str> = paragraphs.iter().map(|(text, _)| text.as_str()).collect();
    let whole = whole.join("\n");
    let field = |speech: Option<&Speech>, name: &str| {
        let field: Field = name.parse().ok()?;
        speech?.metadata.value(field).map(str::to_owned)
    };
    let mut faults = Vec::new();
    for (fact, wanted) in facts {
        let first = outcome.speeches.first();
        let holds = match fact.as_str() {
            "added" => wanted.as_u64() == Some(outcome.speeches.len() as u64),
            "rejected" | "rejections" => wanted.as_u64() == Some(outcome.rejected as u64),
            "body_first" => texts(wanted).iter().all(|start| {
                paragraphs
                    .first()
                    .is_some_and(|(text, _)| text.starts_with(&in_line(start)))
            }),
            "body_last" => texts(wanted)
                .iter()
                .all(|end| paragraphs.last().is_some_and(|(text, _)| text.ends_with(&in_line(end)))),
            "body_has" => texts(wanted).iter().all(|part| whole.contains(&in_line(part))),
            "body_not" | "body_lacks" => !texts(wanted).iter().any(|part| whole.contains(&in_line(part))),
            "paragraphs" => {
                let wanted: Vec<String> = texts(wanted).into_iter().map(in_line).collect();
                wanted.is_empty() || wanted.iter().eq(paragraphs.iter().map(|(text, _)| text))
            }
            "turns" => wanted.as_array().into_iter().flatten().all(|turn| match turn {
                Value::Array(turn) => {
                    let text = turn.get(1).and_then(Value::as_str).unwrap_or_default();
                    let found = paragraphs.iter().find(|(paragraph, _)| paragraph.contains(text));
                    found.is_some_and(|(_, speaker)| is_speaker(turn[0].as_str(), *speaker))
                }
                _ => true,
            }),
            "rows" => wanted.as_array().into_iter().flatten().enumerate().all(|(index, row)| {
                let speech = outcome.speeches.get(index);
                row.as_object()
                    .into_iter()
                    .flatten()
                    .all(|(name, wanted)| is_one_of(wanted, field(speech, name).as_deref()))
            }),
            name if name.parse::<Field>().is_ok() => is_one_of(wanted, field(first, name).as_deref()),
            _ => true,
        };
        if !holds {
            faults.push(format!("{fact}: {wanted}"));
        }
    }
    faults
}

#[test]
fn the_cases_of_ingest_hold() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("../cases/ingest");
    let mut files: BTreeMap<String, PathBuf> = BTreeMap::new();
    for entry in fs::read_dir(&folder)
        .expect("the cases are there")
        .filter_map(Result::ok)
    {
        let path = entry.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".expected.json") {
            files.insert(name.split('.').next().unwrap_or_default().to_owned(), path);
        }
    }
    let mut failures = Vec::new();
    for name in HELD {
        let facts =
            fs::read_to_string(folder.join(format!("{name}.expected.json"))).expect("the case states its facts");
        let facts: Map<String, Value> = serde_json::from_str(&facts).expect("the facts are an object");
        let faults = faults(&facts, &Outcome::of(&files[*name]));
        if !faults.is_empty() {
            failures.push(format!("{name}: {}", faults.join("; ")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
