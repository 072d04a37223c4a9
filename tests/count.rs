//! `chancery count`: against the truth of the sample corpus, and what its figures are to each other.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use chancery::engine::{Count, CountRequest, Engine};
use chancery::search::GroupBy;
use chancery::tally::{Figures, Measure, VersionCounting};
use serde_json::Value;

use crate::support::command::{Workplace, four_speeches};
use crate::support::indexed::{TestIndex, sample};
use crate::support::strings::quoted;

pub(crate) static SAMPLE: LazyLock<(TestIndex, Engine)> = LazyLock::new(|| {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    (index, engine)
});

/// The formulations of the sample with what is true of them.
pub(crate) fn formulations() -> Vec<Value> {
    let path = sample().with_file_name("evaluation").join("formulations.jsonl");
    let text = fs::read_to_string(path).expect("the truth is readable");
    let read = |line: &str| serde_json::from_str(line).expect("a line of the truth is a JSON object");
    text.lines().map(read).collect()
}

fn count(query: &str, by: &[&str]) -> Count {
    let mut request = CountRequest::new(query);
    request.by = by
        .iter()
        .map(|field| field.parse::<GroupBy>().expect("a field"))
        .collect();
    SAMPLE.1.count(&request).expect("the query can be counted")
}

/// The years with an occurrence, as the truth states them.
pub(crate) fn stated_years(record: &Value) -> BTreeMap<String, u64> {
    let years = record["by_year"].as_object().expect("years are an object");
    years
        .iter()
        .map(|(year, count)| (year.clone(), count.as_u64().expect("a count")))
        .collect()
}

#[test]
fn every_formulation_is_counted_as_often_as_it_stands_in_the_sample() {
    for record in formulations() {
        let query = record["query"].as_str().expect("a formulation is text");
        let count = count(&quoted(query), &["year"]);
        assert_eq!(
            count.total.occurrences,
            record["occurrences"].as_u64(),
            "occurrences of {query}"
        );
        assert_eq!(
            Some(count.total.speeches),
            record["speeches"].as_u64(),
            "speeches of {query}"
        );
        let years = count.by.iter().filter_map(|group| {
            let occurrences = group.figures.occurrences.filter(|count| *count > 0)?;
            Some((group.values.get("year")?.clone(), occurrences))
        });
        assert_eq!(
            years.collect::<BTreeMap<_, _>>(),
            stated_years(&record),
            "years of {query}"
        );
    }
}

#[test]
fn rates_and_shares_are_relative_to_their_denominators() {
    for per in [Measure::Characters, Measure::Words] {
        let mut request = CountRequest::new("\"共饮一海水\"");
        request.by = vec!["year".parse().expect("a period")];
        request.per = Some(per);
        let count = SAMPLE.1.count(&request).expect("the query can be counted");
        let figures = count.by.iter().map(|group| &group.figures).chain([&count.total]);
        for figures in figures.filter(|figures| figures.of.speeches > 0) {
            check_figures(figures, per);
        }
    }
}

fn check_figures(figures: &Figures, per: Measure) {
    let occurrences = figures.occurrences.expect("a string has occurrences") as f64;
    let rate = figures.per_million.expect("there is text");
    let again = rate * figures.of.by(per) as f64 / 1e6;
    assert!((again - occurrences).abs() <= occurrences * 1e-5, "{figures:?}");
    let interval = figures.per_million_interval.expect("there is text");
    assert!(interval.low <= rate && rate <= interval.high, "{figures:?}");
    let share = figures.share_of_speeches.expect("there are speeches");
    let again = share * figures.of.speeches as f64;
    assert!((again - figures.speeches as f64).abs() <= 1e-3, "{figures:?}");
}

#[test]
fn the_cells_of_a_cross_table_sum_up_to_the_values_and_the_total() {
    let query = "\"互利共赢\"";
    let cells = count(query, &["country", "year"]);
    let sum: u64 = cells.by.iter().filter_map(|cell| cell.figures.occurrences).sum();
    assert_eq!(Some(sum), cells.total.occurrences);
    for year in count(query, &["year"]).by {
        let name = year.values.get("year");
        let of_year = cells.by.iter().filter(|cell| cell.values.get("year") == name);
        let sum: u64 = of_year.filter_map(|cell| cell.figures.occurrences).sum();
        assert_eq!(Some(sum), year.figures.occurrences, "{name:?}");
    }
}

/// Speeches of three years, one of them without text, and one without a date.
fn gaps() -> Workplace {
    Workplace::with_speeches(&[(
        "gaps.jsonl",
        r#"{"id": "a", "speaker": "甲", "date": "2010-03", "language": "zh", "body": "互利共赢。互利共赢。"}
{"id": "b", "speaker": "乙", "date": "2013", "language": "zh", "body": "没有。"}
{"id": "c", "speaker": "甲", "language": "zh", "body": "互利共赢。"}
"#,
    )])
}

#[test]
fn periods_without_text_are_told_from_those_without_a_hit() {
    let answer = gaps().json(&["count", "互利共赢", "--by", "year"]);
    let years: Vec<(&str, u64, u64)> = (answer["by"].as_array().expect("groups").iter())
        .map(|group| {
            let number = |value: &Value| value.as_u64().expect("a count");
            let year = group["year"].as_str().unwrap_or("undated");
            (year, number(&group["occurrences"]), number(&group["of"]["speeches"]))
        })
        .collect();
    let expected = [
        ("2010", 2, 1),
        ("2011", 0, 0),
        ("2012", 0, 0),
        ("2013", 0, 1),
        ("undated", 1, 1),
    ];
    assert_eq!(years, expected);
    assert!(answer["by"][1].get("per_million").is_none());
    let text = gaps().run(&["count", "互利共赢", "--by", "year"]).ended(0).stdout;
    assert!(text.contains("2011–2012  · no text"), "{text}");
    assert!(text.contains("\n(none) "), "{text}");
}

#[test]
fn a_count_is_written_for_people() {
    let expected = "\
3 occurrences in 2 passages of 2 speeches
214,286* per million characters (95 % interval 44,191–626,234), of 14 characters
66.7 % of speeches (95 % interval 20.8–93.9 %): 2 of 3

speaker  occurrences  passages  speeches  share  per million   95 % interval
甲                 3         2    2 of 2  100 %     250,000*  51,556–730,606";
    let text = gaps().run(&["count", "互利共赢", "--by", "speaker"]).ended(0).stdout;
    for line in expected.lines() {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(
        text.contains("1 value without a hit; --format csv lists them"),
        "{text}"
    );
    assert!(text.contains("* fewer than 50,000 characters"), "{text}");
    assert!(text.contains("· chancery "), "{text}");
}

#[test]
fn two_fields_are_a_table_where_it_has_room() {
    let text = gaps()
        .run(&["count", "互利共赢", "--by", "speaker,year"])
        .ended(0)
        .stdout;
    assert!(text.contains("speaker \\ year  2010  (none)  sum\n甲"), "{text}");
    assert!(text.contains("sum                2       1    3\n"), "{text}");
}

#[test]
fn every_row_and_line_can_be_traced() {
    let workplace = four_speeches();
    let arguments = ["count", "互利共赢", "--by", "year", "--country", "安澜"];
    let csv = workplace
        .run(&[&arguments[..], &["--format", "csv"]].concat())
        .ended(0)
        .stdout;
    let mut rows = csv.lines();
    let header = rows.next().expect("a header");
    assert!(
        header.starts_with("row,year,occurrences,passages,speeches,per,per_million,"),
        "{header}"
    );
    assert!(
        header.ends_with(",query,filters,versions,corpus,corpus_version,tool_version"),
        "{header}"
    );
    let rows: Vec<&str> = rows.collect();
    assert!(
        rows.len() >= 2 && rows[0].starts_with("total,,1,1,1,characters,"),
        "{rows:?}"
    );
    assert!(
        rows.iter().all(|row| row.contains(",互利共赢,country=安澜,every,")),
        "{rows:?}"
    );
    let lines = workplace
        .run(&[&arguments[..], &["--format", "jsonl"]].concat())
        .ended(0)
        .json_lines();
    assert_eq!(lines.len(), rows.len());
    assert_eq!(lines[0]["row"], "total");
    for line in &lines {
        assert_eq!(
            (&line["query"], &line["filters"]["country"][0]),
            (&"互利共赢".into(), &"安澜".into())
        );
        assert!(line["corpus"]["version"].is_string() && line["tool_version"].is_string());
    }
}

#[test]
fn nothing_found_and_nonsense_end_differently() {
    let workplace = four_speeches();
    let none = workplace.run(&["count", "\"没有这句话\""]).ended(1).stdout;
    assert!(
        none.contains("0 occurrences in 0 passages of 0 speeches\n0* per million"),
        "{none}"
    );
    workplace
        .run(&["count", "合作", "--by", "year,speaker,country"])
        .failed_with(&["3 fields", "2 are the most"]);
    let unknown = workplace.run(&["count", "合作", "--by", "colour"]).ended(0).stdout;
    assert!(unknown.contains("note no speech has `meta.colour`"), "{unknown}");
}

#[test]
fn versions_can_be_counted_once() {
    let mut request = CountRequest::new("\"共饮一海水\"");
    let every = SAMPLE.1.count(&request).expect("counted").total;
    request.versions = VersionCounting::Once;
    let once = SAMPLE.1.count(&request).expect("counted").total;
    assert!(once.of.speeches <= every.of.speeches && once.occurrences <= every.occurrences);
}
