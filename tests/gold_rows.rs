//! Headers in the rows of a table, where line breaks are lost, against metadata that was annotated by hand.

#![allow(clippy::print_stdout, reason = "the figures are the point of this test")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;

use chancery::corpus::{Field, Metadata};
use chancery::ingest::draft::{Draft, Layout};
use chancery::ingest::json_lines::{JsonLine, JsonLines, parse_object};
use chancery::ingest::mapping::Mapping;
use chancery::ingest::record::Record;
use chancery::ingest::table::Table;
use chancery::ingest::text_file;

use crate::gold::{FIELDS, Score, annotated, check, report, score, score_body};
use crate::support::shared::shared_data;

/// The least percentage of right values for the fields that the issue names; nothing may be invented in them.
const THRESHOLDS: &[(Field, usize)] = &[
    (Field::Date, 97),
    (Field::Published, 97),
    (Field::Speaker, 97),
    (Field::Title, 95),
    (Field::Place, 95),
];

#[test]
fn headers_in_the_rows_of_a_table_are_understood_and_nothing_is_invented() {
    let Some(data) = shared_data() else {
        return;
    };
    let mapping = Mapping::default();
    let stream = File::open(data.join("formats/csv/xi-2020.csv")).expect("the table is there");
    let rows = Table::new(Box::new(stream), &mapping).expect("the table has a column of text");
    let drafts: Vec<Draft> = rows
        .map(|row| Record::read_mapped(row.object.expect("every row is well formed"), &mapping))
        .map(|record| record.and_then(Record::draft).expect("every row has a text"))
        .collect();
    assert_eq!(drafts.len(), 58);
    let mut scores: BTreeMap<Field, Score> = BTreeMap::new();
    let mut bodies = Score::default();
    for record in annotated(&data, |file| file.contains(".csv#")) {
        let file = record["file"].as_str().expect("every record names its file");
        let number: usize = file
            .rsplit('#')
            .next()
            .and_then(|number| number.parse().ok())
            .expect("a row");
        let (metadata, body) = read(&drafts[number - 1]);
        for field in FIELDS {
            score(scores.entry(*field).or_default(), *field, &metadata, &record, file);
        }
        score_body(&mut bodies, &record, &body, file);
    }
    report(&scores, &bodies);
    check(&scores, &bodies, THRESHOLDS);
}

/// The metadata of a draft, and its body.
fn read(draft: &Draft) -> (Metadata, String) {
    let read = text_file::read(&mut draft.clone());
    (read.metadata, draft.text[read.body.range()].to_owned())
}

/// Records that are passages of other texts have no header, whatever their first line looks like; among scraped pages a
/// few in a thousand end or begin as a release does.
#[test]
fn records_without_a_header_are_body_from_end_to_end() {
    let Some(data) = shared_data() else {
        return;
    };
    for name in [
        "cmrc2018", "rgb-zh", "xquad-ar", "xquad-en", "xquad-es", "xquad-ru", "xquad-zh",
    ] {
        let path = data.join("retrieval").join(name).join("passages.jsonl");
        let lines = JsonLines::new(BufReader::new(File::open(path).expect("the passages are there")));
        let object = |line: JsonLine| parse_object(&line.content.expect("every line is read")).expect("an object");
        let records = lines.map(|line| Record::read(object(line)));
        let drafts: Vec<Draft> = records
            .map(|record| record.and_then(Record::draft).expect("every passage has a text"))
            .collect();
        let headed: Vec<&str> = drafts
            .iter()
            .filter(|draft| !matches!(draft.layout, Layout::Body { .. }))
            .map(|draft| draft.text.as_str())
            .collect();
        println!("{name}: {} of {} read as releases", headed.len(), drafts.len());
        for text in &headed {
            println!("  {}", text.chars().take(160).collect::<String>().replace('\n', " / "));
        }
        assert!(
            headed.len() * 1_000 <= drafts.len() * 3,
            "{name}: {} passages lost lines",
            headed.len()
        );
    }
}
