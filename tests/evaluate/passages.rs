//! Passages in the place of an index: plain or compressed, with and without a language, readable or not.

use std::fs::{self, File};
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::assert_warned;
use crate::support::command::{Run, Workplace};

/// A folder for temporary files beside passages, queries in two languages and judgments.
fn with_passages(passages: &str) -> Workplace {
    let workplace = Workplace::new();
    workplace.write("temporary/.keep", "");
    workplace.write("passages.jsonl", passages);
    let mut compressed = GzEncoder::new(Vec::new(), Compression::fast());
    compressed
        .write_all(passages.as_bytes())
        .expect("memory can be written");
    let compressed = compressed.finish().expect("memory can be written");
    let mut file = File::create(workplace.path().join("passages.jsonl.gz")).expect("a file can be made");
    file.write_all(&compressed).expect("a file can be written");
    workplace.write(
        "queries",
        "{\"id\": \"1\", \"text\": \"railway\", \"language\": \"en\"}\n",
    );
    workplace.write("qrels", "1 0 x#p0 1\n");
    workplace
}

/// Evaluates on passages, and holds the temporary folder to be empty afterwards.
fn evaluated_on(workplace: &Workplace, passages: &str) -> Run {
    let mut command = workplace.command(&[
        "evaluate",
        "--queries",
        "queries",
        "--qrels",
        "qrels",
        "--format",
        "json",
    ]);
    command.args(["--passages", passages]);
    let temporary = workplace.path().join("temporary");
    let run = Run::of(command.env("TMPDIR", &temporary));
    let left = fs::read_dir(temporary).expect("the folder is there").count();
    assert_eq!(left, 1, "the temporary index is gone");
    run
}

#[test]
fn passages_are_indexed_for_one_command_compressed_or_not() {
    let workplace = with_passages(
        r#"{"id": "x#p0", "text": "The railway is open. 铁路通了。", "language": "zh"}
{"id": "x#p1", "text": "A railway, they say, is a road of iron.", "language": "en"}
"#,
    );
    let plain = evaluated_on(&workplace, "passages.jsonl").ended(0).json();
    let compressed = evaluated_on(&workplace, "passages.jsonl.gz").ended(0).json();
    assert_eq!(plain["measures"], compressed["measures"]);
    assert_eq!(plain["corpus"]["version"], compressed["corpus"]["version"]);
    assert_eq!(
        plain["measures"]["R@10"], 0.0,
        "languages are stated, so the query's own one filters"
    );
    assert!(!workplace.path().join("index").exists());
}

#[test]
fn a_language_that_was_only_detected_does_not_filter_passages() {
    let workplace = with_passages("{\"id\": \"x#p0\", \"text\": \"La railway est ouverte, dit-on dans la ville.\"}\n");
    let report = evaluated_on(&workplace, "passages.jsonl").ended(0).json();
    assert_eq!(report["measures"]["R@10"], 1.0);
    assert_warned(&report, "no passage states its language");
}

#[test]
fn passages_that_cannot_be_read_are_named() {
    let workplace = with_passages("{\"id\": \"x#p0\", \"text\": \"railway\"}\n{\"id\": \"y\"}\n");
    let report = evaluated_on(&workplace, "passages.jsonl").ended(3).json();
    assert_warned(&report, "passages.jsonl:2: not read: ");
    workplace.write("none.jsonl", "[]\n");
    evaluated_on(&workplace, "none.jsonl").failed_with(&[
        "none.jsonl",
        "there is no passage that can be read",
        "`text`",
    ]);
    evaluated_on(&workplace, "missing.jsonl").failed_with(&["missing.jsonl", "cannot read the passages"]);
}
