//! A table whose rows are the turns of one talk: who speaks, when in it, and what is said; no column names another speech.

use serde_json::{Map, Value};

use super::Row;
use crate::ingest::mapping::Mapping;

/// The most rows of a talk. More are the speeches of a collection, and are read as a stream.
pub(in crate::ingest) const MOST_TURNS: usize = 20_000;

/// The least rows that show one.
const LEAST_TURNS: usize = 3;

/// Names of columns that say when in a talk something is said.
#[rustfmt::skip]
const CLOCKS: &[&str] = &[
    "time", "timestamp", "timecode", "start", "start_time", "starttime", "begin", "minute", "minutes", "seconds", "offset",
];

/// Names of columns that may stand beside it.
#[rustfmt::skip]
const COUNTERS: &[&str] = &["end", "end_time", "endtime", "duration", "index", "no", "nr", "n", "line", "turn", "order", "row", "#", "unnamed: 0"];

/// Whether columns are those of turns: a speaker, a text and a time, and none that tells one speech from another.
pub(in crate::ingest) fn has_columns_of_turns(columns: &[String], mapping: &Mapping) -> bool {
    let count = |name: &str| columns.iter().filter(|column| mapping.ours(column) == name).count();
    let is_one_of = |column: &String, names: &[&str]| names.contains(&column.trim().to_lowercase().as_str());
    let is_unnamed = |column: &String| {
        column
            .strip_prefix("column_")
            .is_some_and(|number| number.parse::<u32>().is_ok())
    };
    let has_clock = columns.iter().any(|column| is_one_of(column, CLOCKS));
    let is_known = |column: &String| {
        matches!(mapping.ours(column), "body" | "speaker")
            || is_one_of(column, CLOCKS)
            || is_one_of(column, COUNTERS)
            || is_unnamed(column)
    };
    // Who says what the columns mean wants them so.
    *mapping == Mapping::default()
        && has_clock
        && count("body") == 1
        && count("speaker") == 1
        && columns.iter().all(is_known)
}

/// Rows that are the turns of one talk as one row that holds them all; else the rows as they were.
///
/// # Errors
/// The rows, where speakers do not come back or the time does not rise.
pub(in crate::ingest) fn joined(rows: Vec<Row>, mapping: &Mapping) -> Result<Row, Vec<Row>> {
    let Some(line) = rows.first().map(|row| row.line).filter(|_| are_turns(&rows, mapping)) else {
        return Err(rows);
    };
    let turns: Vec<Value> = rows
        .into_iter()
        .filter_map(|row| row.object.ok())
        .map(|object| Value::Object(as_turn(object, mapping)))
        .collect();
    let object = Map::from_iter([("turns".to_owned(), Value::Array(turns))]);
    Ok(Row {
        line,
        object: Ok(object),
    })
}

/// A row with our names for speaker and text.
fn as_turn(object: Map<String, Value>, mapping: &Mapping) -> Map<String, Value> {
    let named = |(column, value): (String, Value)| match mapping.ours(&column) {
        "body" => ("text".to_owned(), value),
        "speaker" => ("speaker".to_owned(), value),
        _ => (column, value),
    };
    object.into_iter().map(named).collect()
}

fn are_turns(rows: &[Row], mapping: &Mapping) -> bool {
    let objects: Vec<&Map<String, Value>> = rows.iter().filter_map(|row| row.object.as_ref().ok()).collect();
    let of = |object: &Map<String, Value>, is_one: &dyn Fn(&str) -> bool| {
        let found = object.iter().find(|(column, _)| is_one(column));
        found
            .and_then(|(_, value)| value.as_str())
            .map(|text| text.trim().to_owned())
    };
    let speakers: Vec<String> = objects
        .iter()
        .filter_map(|object| of(object, &|column| mapping.ours(column) == "speaker"))
        .collect();
    let is_clock = |column: &str| CLOCKS.contains(&column.trim().to_lowercase().as_str());
    let times: Vec<Vec<u64>> = objects
        .iter()
        .filter_map(|object| of(object, &is_clock))
        .map(|time| numbers(&time))
        .collect();
    let changes = speakers.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let returns = speakers
        .iter()
        .enumerate()
        .any(|(at, speaker)| speakers[..at].contains(speaker));
    // A talk may be recorded in two parts, each with a clock of its own.
    let rises = times
        .windows(2)
        .filter(|pair| (pair[0].len(), &pair[0]) <= (pair[1].len(), &pair[1]))
        .count();
    let are_whole = objects.len() == rows.len() && objects.len() >= LEAST_TURNS;
    are_whole && returns && changes > 0 && times.len() * 10 >= rows.len() * 9 && rises * 10 >= (times.len() - 1) * 9
}

/// The numbers of a time, the largest unit first.
fn numbers(time: &str) -> Vec<u64> {
    time.split(|character: char| !character.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rows(cells: &[(&str, &str, &str)]) -> Vec<Row> {
        let row = |(line, (speaker, time, text)): (u64, &(&str, &str, &str))| Row {
            line,
            object: Ok(Map::from_iter([
                ("speaker".to_owned(), json!(speaker)),
                ("time".to_owned(), json!(time)),
                ("transcript".to_owned(), json!(text)),
            ])),
        };
        (2..).zip(cells).map(row).collect()
    }

    #[test]
    fn rows_with_a_clock_are_the_turns_of_one_talk() {
        let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mapping = Mapping::default();
        assert!(has_columns_of_turns(
            &columns(&["column_1", "speaker", "time", "transcript"]),
            &mapping
        ));
        for other in [
            &["speaker", "transcript"][..],
            &["speaker", "time", "title", "text"],
            &["time", "text"],
        ] {
            assert!(!has_columns_of_turns(&columns(other), &mapping), "{other:?}");
        }
        let talk = rows(&[
            ("Ada", "1M 20S", "Good evening."),
            ("Milo", "2M 1S", "I came by boat."),
            ("Ada", "1H 0M 3S", "So."),
        ]);
        let one = joined(talk, &mapping).expect("it is a talk");
        let turns = one.object.expect("it is whole")["turns"].clone();
        assert_eq!(
            turns[1],
            json!({"speaker": "Milo", "time": "2M 1S", "text": "I came by boat."})
        );
    }

    #[test]
    fn rows_without_order_stay_rows() {
        let speeches = rows(&[
            ("Ada", "9:00", "One."),
            ("Milo", "8:00", "Two."),
            ("Ada", "7:00", "Three."),
        ]);
        assert_eq!(joined(speeches, &Mapping::default()).map_err(|rows| rows.len()), Err(3));
    }
}
