//! Lines that pages put over a statement: when it was put online, and `Mary Okonjo, Secretary of Harbours`.
//!
//! The day of such a line is that of publication and never that of delivery.

use crate::ingest::dates;
use crate::ingest::header::western_person;
use crate::ingest::header::western_text::{plain, starts_upper};
use crate::ingest::header::western_words::OFFICES;
use crate::text::Date;

/// How a line of publication begins, in lower case.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "published", "updated", "last updated", "posted", "released", "release date", "date of publication", "publication date",
    "first published", "publié", "mis en ligne", "mis à jour", "date de publication", "publicado", "actualizado",
    "fecha de publicación", "опубликовано", "дата публикации", "обновлено", "veröffentlicht", "pubblicato", "تاريخ النشر", "نشر",
];

/// The longest line of publication, in characters.
pub(super) const LONGEST: usize = 80;

/// The day that a line gives as that of publication.
pub(super) fn publication(line: &str) -> Option<Date> {
    if line.chars().nth(LONGEST).is_some() {
        return None;
    }
    let mention = dates::mentions(line).first().copied()?;
    let rest = [&line[..mention.span.start], &line[mention.span.end..]].concat();
    (is_label(line) || is_label(rest.trim()) || is_clock(&rest)).then_some(mention.date)
}

/// Whether a text begins as a line of publication does.
pub(super) fn is_label(text: &str) -> bool {
    let lower = text.to_lowercase();
    LABELS.iter().any(|label| lower.starts_with(label))
}

/// Whether what stands beside a date is the time of a day and no more: `, 15:20`, `at 3:20 pm GMT`.
fn is_clock(rest: &str) -> bool {
    let has_time = rest.split(':').zip(rest.split(':').skip(1)).any(|(hours, minutes)| {
        hours.ends_with(|c: char| c.is_ascii_digit()) && minutes.starts_with(|c: char| c.is_ascii_digit())
    });
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    has_time && letters <= 8
}

/// A person and the office that follows the name: `Mary Okonjo, Secretary of Harbours`.
pub(super) fn name_and_office(line: &str) -> Option<(&str, &str)> {
    let line = line
        .strip_prefix("By ")
        .or_else(|| line.strip_prefix("by "))
        .unwrap_or(line);
    let (name, office) = line.split_once(',')?;
    let (name, office) = (name.trim(), office.trim().trim_end_matches([':', ',', ' ']));
    let words: Vec<&str> = name.split_whitespace().collect();
    // A name with a form of address before it is told by the rules for persons, which take it off.
    const HONORIFICS: &[&str] = &[
        "M", "Mme", "Mr", "Mrs", "Ms", "Dr", "Sr", "Sra", "SE", "SEM", "HE", "Hon", "Excmo", "Excma",
    ];
    let has_honorific = words
        .first()
        .is_some_and(|word| HONORIFICS.contains(&word.replace('.', "").as_str()));
    let is_name = !has_honorific
        && (2..=5).contains(&words.len())
        && words
            .iter()
            .all(|word| starts_upper(word) && word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c)))
        && western_person::of_block(&[name]).role.is_none();
    let first = office.split_whitespace().next().map(plain).unwrap_or_default();
    let is_office = OFFICES.contains(&first.as_str()) && office.chars().count() <= 120 && !office.ends_with('.');
    (is_name && is_office).then_some((name, office))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_publication_has_its_day() {
        for (line, date) in [
            ("Published 20 May 2022", Some("2022-05-20")),
            ("Publié le 20 mai 2022", Some("2022-05-20")),
            ("Опубликовано: 20.05.2022 14:10", Some("2022-05-20")),
            ("May 20, 2022, 15:20", Some("2022-05-20")),
            ("Geneva, 20 May 2022", None),
            ("Published in a hurry", None),
        ] {
            assert_eq!(
                publication(line).map(|date| date.to_string()).as_deref(),
                date,
                "{line}"
            );
        }
    }

    #[test]
    fn an_office_follows_a_name() {
        assert_eq!(
            name_and_office("Mary Okonjo, Secretary of Harbours"),
            Some(("Mary Okonjo", "Secretary of Harbours"))
        );
        assert_eq!(
            name_and_office("By Mary Okonjo, Minister"),
            Some(("Mary Okonjo", "Minister"))
        );
        for line in [
            "Geneva, Switzerland",
            "The Minister, Secretary of Harbours",
            "Mary Okonjo",
            "New York, 5 March 2019",
        ] {
            assert_eq!(name_and_office(line), None, "{line}");
        }
    }
}
