//! `chancery first` and `chancery last`: the truth of the sample, and what dates that are imprecise or absent do to an answer.

use std::fs;

use chancery::analyzer::fold_line;
use chancery::corpus::Field;
use chancery::engine::{End, Engine, FoundUse, Use, Uses, UsesRequest};
use chancery::search::{FilterField, GroupBy};
use serde_json::{Map, Value};

use crate::support::command::{Workplace, sample as sample_workplace, texts};
use crate::support::indexed::{TestIndex, sample};
use crate::support::strings::quoted;

fn truth() -> Vec<Map<String, Value>> {
    let path = sample().with_file_name("evaluation").join("formulations.jsonl");
    let text = fs::read_to_string(path).expect("the truth is readable");
    let read = |line: &str| serde_json::from_str(line).expect("a line of the truth is a JSON object");
    text.lines().map(read).collect()
}

fn uses(engine: &Engine, query: &str, end: End, by: &[Field]) -> Uses {
    let request = UsesRequest {
        by: by
            .iter()
            .map(|field| GroupBy::Field(FilterField::Known(*field)))
            .collect(),
        ..UsesRequest::new(query, end)
    };
    engine.uses(&request).expect("the query can be read")
}

fn place(found: &FoundUse) -> Option<(String, String)> {
    found.found().map(|found| (found.date.clone(), found.speech.clone()))
}

fn occurrence(found: &Use) -> String {
    let (start, end) = (
        found.start.expect("a string occurs"),
        found.end.expect("a string occurs"),
    );
    found.text.chars().skip(start).take(end - start).collect()
}

#[test]
fn the_first_and_last_uses_are_those_of_the_truth() {
    let engine = TestIndex::of(&[sample()]).engine();
    for record in truth() {
        let query = record["query"].as_str().expect("a formulation is text");
        for (end, name) in [(End::First, "first"), (End::Last, "last")] {
            let found = uses(&engine, &quoted(query), end, &[]).overall;
            let stated = |part: &str| Some(record.get(name)?[part].as_str()?.to_owned());
            assert_eq!(
                place(&found),
                stated("date").zip(stated("speech")),
                "{name} use of {query}"
            );
            assert_eq!(found.occurrences, record["occurrences"].as_u64(), "{query}");
            let Some(found) = found.found() else { continue };
            let sentence = found.sentence;
            assert!(sentence.start <= found.start.unwrap() && found.end.unwrap() <= sentence.end);
            assert!(found.citation.contains(&found.date[..4]), "{}", found.citation);
            // Of a string that runs on into the next piece only its beginning stands in the passage.
            assert!(fold_line(query).starts_with(&fold_line(&occurrence(found))), "{query}");
        }
    }
}

#[test]
fn the_use_of_each_value_is_that_of_its_subcorpus() {
    let engine = TestIndex::of(&[sample()]).engine();
    let fields = [Field::Speaker, Field::Country, Field::Event, Field::Genre];
    for query in ["\"共饮一海水\"", "\"AI治理\"", "\"不断桥\""] {
        for (end, field) in [End::First, End::Last]
            .into_iter()
            .flat_map(|end| fields.map(|field| (end, field)))
        {
            let found = uses(&engine, query, end, &[field]);
            let dates: Vec<String> = found
                .by
                .iter()
                .filter_map(|group| Some(place(&group.found)?.0))
                .collect();
            let mut sorted = dates.clone();
            sorted.sort();
            if end == End::Last {
                sorted.reverse();
            }
            assert_eq!(dates, sorted, "{query} by {field}");
            assert_eq!(dates.first(), place(&found.overall).map(|(date, _)| date).as_ref());
            for group in found.by.iter().filter(|group| !group.values.is_empty()) {
                let mut request = UsesRequest::new(query, end);
                let value = group.values[field.name()].clone();
                request.search.filters.add(FilterField::Known(field), value.clone());
                let alone = engine.uses(&request).expect("the query can be read").overall;
                assert_eq!(place(&alone), place(&group.found), "{query}, {value}");
                assert_eq!(alone.occurrences, group.found.occurrences, "{query}, {value}");
            }
        }
    }
}

/// Speeches whose dates are of every precision.
const DATED: &str = r#"{"id": "year", "date": "2013", "language": "zh", "body": "铁路通了。"}
{"id": "day-b", "date": "2013-03-05", "language": "zh", "body": "铁路通了，公路也通了。公路真好。"}
{"id": "day-a", "date": "2013-03-05", "language": "zh", "body": "开头。\n\n公路通了。铁路也通了。"}
{"id": "month", "date": "2014-05", "language": "zh", "body": "铁路通了。"}
{"id": "late", "date": "2014-05-31", "language": "zh", "body": "铁路。又是铁路。"}
{"id": "undated", "language": "zh", "body": "铁路，航路。"}
"#;

#[test]
fn imprecise_and_absent_dates_are_named_as_what_could_change_the_answer() {
    let workplace = Workplace::with_speeches(&[("dated.jsonl", DATED)]);
    let first = workplace.json(&["first", "铁路"]);
    assert_eq!(
        (&first["first"]["speech"], &first["first"]["date_precision"]),
        (&"year".into(), &"year".into())
    );
    assert_eq!(first["could_change"]["speeches"], serde_json::json!(["day-a", "day-b"]));
    assert_eq!(
        (&first["undated_speeches"], &first["undated"]),
        (&1.into(), &serde_json::json!(["undated"]))
    );
    assert!(first.get("same_day").is_none() && first.get("last").is_none());

    let last = workplace.json(&["last", "铁路"]);
    assert_eq!(
        (&last["last"]["speech"], &last["last"]["start"]),
        (&"late".into(), &5.into())
    );
    assert_eq!(
        last["could_change"],
        serde_json::json!({"total": 1, "speeches": ["month"]})
    );

    let tied = workplace.json(&["first", "公路"]);
    assert_eq!(
        (&tied["first"]["speech"], &tied["first"]["paragraph"]),
        (&"day-a".into(), &2.into())
    );
    assert_eq!(tied["same_day"], serde_json::json!({"total": 1, "speeches": ["day-b"]}));
    assert!(tied.get("could_change").is_none());

    let undated = workplace.json(&["first", "航路"]);
    assert!(undated.get("first").is_none());
    assert_eq!(undated["undated_speeches"], 1);
    workplace.run(&["first", "水路"]).ended(1);
}

#[test]
fn a_range_of_dates_lets_in_what_is_wholly_inside_and_counts_the_rest() {
    let workplace = Workplace::with_speeches(&[("dated.jsonl", DATED)]);
    let first = workplace.json(&["first", "铁路", "--from", "2013-02"]);
    assert_eq!(first["first"]["speech"], "day-a");
    assert_eq!(
        (&first["undetermined"], &first["undated_speeches"]),
        (&2.into(), &0.into())
    );
    assert_eq!(first["filters"]["from"], serde_json::json!(["2013-02"]));
}

#[test]
fn every_form_of_output_bears_the_stamp() {
    let sample = sample_workplace();
    let run = sample
        .run(&["first", "\"互利共赢\"", "--by", "country", "--format", "csv"])
        .ended(0);
    let mut lines = run.stdout.lines();
    let header = lines.next().expect("a header");
    assert!(header.starts_with("row,by_country,use,date,"), "{header}");
    assert!(
        header.ends_with(",query,filters,versions,corpus,corpus_version,tool_version"),
        "{header}"
    );
    assert!(
        lines
            .next()
            .is_some_and(|line| line.starts_with("total,,first,2013-10-17,day,"))
    );
    let lines = sample
        .run(&["first", "\"互利共赢\"", "--by", "country", "--format", "jsonl"])
        .ended(0)
        .json_lines();
    assert!(
        lines
            .iter()
            .all(|line| line["corpus"]["version"].is_string() && line["query"] == "\"互利共赢\"")
    );
    let text = sample.run(&["last", "\"互利共赢\"", "--to", "2016"]).ended(0).stdout;
    assert!(text.contains("to=2016"), "{text}");
    assert!(text.contains("[Z]"), "{text}");
}

#[test]
fn a_query_about_fields_alone_has_uses_without_a_range() {
    let sample = sample_workplace();
    let first = sample.json(&["first", "speaker:沈怀川"]);
    assert!(first["first"]["speech"].is_string());
    assert!(first["first"].get("start").is_none() && first.get("occurrences").is_none());
    let by = sample.json(&["first", "\"互利共赢\"", "--by", "speaker"]);
    assert_eq!(texts(&by["by"], "speaker")[0], "沈怀川");
}
