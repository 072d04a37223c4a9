//! What stands between the turns of a transcript and nobody says: stage directions, headings, end notes, what the record tells.

use crate::ingest::header::is_sentence;

/// The least letters of a heading in capitals.
const LEAST_CAPTION_LETTERS: usize = 5;

/// The longest stage direction, in characters.
const LONGEST_DIRECTION: usize = 200;

/// Whether a paragraph is a stage direction: all of it stands in brackets, or it says that others interrupt.
pub(super) fn is_direction(paragraph: &str) -> bool {
    const PAIRS: &[(char, char)] = &[
        ('(', ')'),
        ('[', ']'),
        ('（', '）'),
        ('［', '］'),
        ('【', '】'),
        ('〔', '〕'),
        ('⟦', '⟧'),
    ];
    let bare = paragraph.trim_matches(|c: char| "*_. ".contains(c) || c.is_whitespace());
    let is_short = bare.chars().count() <= LONGEST_DIRECTION;
    let is_in_brackets = PAIRS.iter().any(|(open, close)| {
        let inside = bare.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
        inside.is_some_and(|inside| !inside.contains([*open, *close]))
    });
    let interrupts = ["interjecting", "interrupting", "interjected"]
        .iter()
        .any(|verb| bare.trim_end_matches(['—', '–', '-', '.', ' ']).ends_with(verb));
    is_short && (is_in_brackets || is_caption(bare) || (interrupts && !is_sentence(bare)))
}

/// Whether a paragraph is the mark at the end of a transcript: `[ENDS]`, `###`.
pub(super) fn ends(paragraph: &str) -> bool {
    const MARKS: &[&str] = &["end", "ends", "end of transcript", "fin", "ende", "конец", "完"];
    let bare = paragraph.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    MARKS.contains(&bare.as_str()) || (bare.is_empty() && paragraph.trim().starts_with("##"))
}

/// Whether the record itself tells something without a label, or gives an address.
pub(super) fn is_told(paragraph: &str) -> bool {
    const STARTS: &[&str] = &[
        "the meeting rose",
        "the meeting was ",
        "the house adjourned",
        "the house rose",
        "the house met",
        "the sitting was ",
        "sitting suspended",
        "sitting adjourned",
        "debate adjourned",
        "question put",
        "question agreed",
        "it was so decided",
        "it was so agreed",
        "la séance est levée à",
        "la séance est suspendue",
        "se levanta la sesión a",
        "заседание закр",
        "contact:",
        "contacts:",
        "media contact",
        "press contact",
        "inquiries",
        "enquiries",
        "media inquiries",
        "media enquiries",
        "tel:",
        "telephone:",
        "phone:",
        "fax:",
        "email:",
        "e-mail:",
        "website:",
    ];
    let lower: String = paragraph
        .chars()
        .take(LONGEST_DIRECTION)
        .collect::<String>()
        .to_lowercase();
    let is_escorted = lower.contains(" was escorted ") || lower.contains(" were escorted ");
    let is_short = paragraph.chars().count() < LONGEST_DIRECTION;
    is_short && (is_escorted || STARTS.iter().any(|start| lower.starts_with(start)))
}

/// Whether a line is in capitals and no sentence, as a heading inside of a record is.
fn is_caption(line: &str) -> bool {
    let letters = line.chars().filter(|character| character.is_alphabetic()).count();
    let is_upper = !line.chars().any(char::is_lowercase) && line.chars().any(char::is_uppercase);
    let is_plain = !line.contains(['.', '!', '?', '…', ':', '"', '“']);
    is_upper && is_plain && letters >= LEAST_CAPTION_LETTERS && line.split_whitespace().count() <= 12
}

/// Whether end notes begin: `注释`, `〔1〕…`.
pub(super) fn begins_notes(paragraph: &str) -> bool {
    let bare: String = paragraph
        .chars()
        .filter(|character| !character.is_whitespace())
        .take(8)
        .collect();
    let number = bare
        .strip_prefix(['〔', '[', '［'])
        .and_then(|rest| rest.split(['〕', ']', '］']).next());
    matches!(
        bare.trim_matches(['*', '#', ':', '：', '】', '【']),
        "注释" | "注釋" | "Notes" | "Footnotes" | "Endnotes"
    ) || number.is_some_and(|number| !number.is_empty() && number.chars().all(|character| character.is_ascii_digit()))
}
