//! Labelled lines of a header (`Location: New York`), and the state and body that an office or a letterhead names.

use crate::corpus::{Field, Metadata};
use crate::ingest::dates;
use crate::ingest::header::lines::Line;
use crate::ingest::header::set;
use crate::ingest::header::western_text::letterhead_start;

const LABELS: &[(&str, Field)] = &[
    ("location", Field::Place),
    ("place", Field::Place),
    ("venue", Field::Place),
    ("lieu", Field::Place),
    ("lugar", Field::Place),
    ("место", Field::Place),
    ("المكان", Field::Place),
    ("luogo", Field::Place),
    ("local", Field::Place),
    ("date", Field::Date),
    ("delivered on", Field::Date),
    ("fecha", Field::Date),
    ("дата", Field::Date),
    ("التاريخ", Field::Date),
    ("data", Field::Date),
    ("speaker", Field::Speaker),
    ("delivered by", Field::Speaker),
    ("orateur", Field::Speaker),
    ("orador", Field::Speaker),
    ("title", Field::Title),
    ("event", Field::Event),
    ("occasion", Field::Event),
    ("organization", Field::Organization),
];

/// The field and the value of a labelled line.
pub(super) fn read(line: &str) -> Option<(Field, &str)> {
    let (label, value) = line.split_once(':')?;
    let label = label.trim().to_lowercase();
    let value = value.trim();
    let field = LABELS
        .iter()
        .find(|(known, _)| *known == label)
        .map(|(_, field)| *field)?;
    let is_short = !value.is_empty() && value.chars().count() <= 120;
    is_short.then_some((field, value))
}

/// Sets the fields that labelled lines state where nothing else has.
pub(super) fn apply<'a>(metadata: &mut Metadata, lines: impl Iterator<Item = &'a str>) {
    for (field, value) in lines.filter_map(read) {
        if metadata.has(field) {
            continue;
        }
        // `19 May 2022 (transcript of the speech)`: what stands in brackets only explains.
        let bare = value.split(['(', '[']).next().unwrap_or(value).trim();
        match dates::whole(bare) {
            Some(date) if field == Field::Date => {
                metadata.set_date(Field::Date, date);
                set(metadata, Field::DateSource, Some("heading"));
            }
            _ if field == Field::Date => {}
            _ => set(metadata, field, Some(value)),
        }
    }
}

/// The state in an office, as written: `Republic of Malta` of `Prime Minister of the Republic of Malta`.
pub(super) fn state_in_role(role: &str) -> Option<&str> {
    const KINDS: &[&str] = &[
        "islamic republic of",
        "people's republic of",
        "democratic people",
        "federal republic of",
        "democratic republic of",
        "republic of",
        "kingdom of",
        "united arab emirates",
        "united states of america",
        "estado plurinacional",
        "république d",
        "republique d",
        "república de",
        "republica de",
        "royaume d",
        "reino de",
        "российской федерации",
        "республики",
        "commonwealth of",
        "sultanate of",
    ];
    let lower = role.to_lowercase();
    if lower.len() != role.len() {
        return None;
    }
    let start = KINDS.iter().filter_map(|kind| lower.find(kind)).min()?;
    let state = role.get(start..)?;
    let end = [
        ",",
        " to the ",
        " in connection with ",
        " regarding ",
        " concerning ",
        " on the ",
        " and ",
        " at ",
        ";",
    ]
    .iter()
    .filter_map(|mark| state.find(mark))
    .min()
    .unwrap_or(state.len());
    Some(state[..end].trim())
}

/// The body of a letterhead, with the lines that it runs on to.
pub(super) fn organization(lines: &[Line<'_>]) -> String {
    let first = lines[0].text;
    let start = letterhead_start(first).unwrap_or(0);
    let mut parts = vec![&first[start..]];
    for line in lines[1..].iter().take(2) {
        let last = parts[parts.len() - 1].to_lowercase();
        let is_open = last.ends_with(" the") || last.ends_with(" of") || last.ends_with(" de");
        let goes_on = ["to the un", "ante las", "auprès des", "en las na", "при о"];
        let joint = goes_on
            .iter()
            .filter_map(|start| line.text.to_lowercase().find(start))
            .find(|at| *at <= 4);
        let Some(start) = joint.or(is_open.then_some(0)) else {
            break;
        };
        parts.push(line.text.get(start..).unwrap_or(line.text));
    }
    parts.join(" ")
}
