//! Nothing is lost on the way in: every visible character of a source is in the body, in a line that a field quotes, or in
//! matter. Held against readers of the formats that know nothing of speeches, on generated speeches and on all real files.

mod generated;
mod plain;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chancery::corpus::Speech;
use chancery::ingest::{IngestOptions, Input, Item, open};
use unicode_normalization::UnicodeNormalization;

use crate::support::shared::shared_data;

/// Characters without white space and without those that nobody sees, by how often they stand there.
type Characters = BTreeMap<char, i64>;

fn characters(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Characters {
    let mut counts = Characters::new();
    for text in texts {
        for character in text.as_ref().nfkc().filter(|character| is_seen(*character)) {
            *counts.entry(as_written(character)).or_default() += 1;
        }
    }
    counts
}

/// A letter that fonts of Arabic draw for another one as that other: readers of PDF differ in which they give.
fn as_written(character: char) -> char {
    match character {
        'ی' | 'ى' => 'ي',
        'ھ' => 'ه',
        other => other,
    }
}

/// Whether a character is seen: no white space, control or joiner, nor the brackets of editors' notes.
fn is_seen(character: char) -> bool {
    let is_format = matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FE0E}' | '\u{FE0F}');
    !(character.is_whitespace() || character.is_control() || is_format || matches!(character, '⟦' | '⟧' | '\u{FFFD}'))
}

/// What of the first is missing in the second.
fn missing(wanted: &Characters, found: &Characters) -> Characters {
    let left = |(character, count): (&char, &i64)| {
        let rest = count - found.get(character).copied().unwrap_or_default();
        (rest > 0).then_some((*character, rest))
    };
    wanted.iter().filter_map(left).collect()
}

/// All that is kept of a speech: body, quoted lines and matter.
fn kept(speech: &Speech) -> Vec<String> {
    let quoted = speech.quoted.iter().map(|quotation| quotation.text.clone());
    let matter = speech.matter.iter().map(|matter| matter.text.clone());
    std::iter::once(speech.body_text().to_owned())
        .chain(quoted)
        .chain(matter)
        .collect()
}

/// The speeches of a file, and whether anything of it was rejected.
fn read(path: &Path) -> (Vec<Speech>, bool) {
    let items = open(vec![Input::Path(path.to_owned())], IngestOptions::default()).expect("the file is there");
    let (mut speeches, mut is_rejected) = (Vec::new(), false);
    for item in items {
        match item {
            Item::Speech(ingested) => speeches.push(ingested.speech),
            Item::Rejected(_) => is_rejected = true,
        }
    }
    (speeches, is_rejected)
}

/// What of a file is in none of its speeches.
fn lost(path: &Path) -> Option<Characters> {
    let (speeches, is_rejected) = read(path);
    if is_rejected || speeches.is_empty() {
        return None;
    }
    let source = plain::text_of(path)?;
    let found = characters(speeches.iter().flat_map(kept));
    Some(missing(&characters(source), &found))
}

/// The files of the shared data of a kind, those that archives hold left out.
fn shared_files(endings: &[&str]) -> Option<Vec<PathBuf>> {
    let data = shared_data()?;
    let mut files = Vec::new();
    for folder in ["formats", "fresh/raw", "seed", "speeches"] {
        let found = walkdir::WalkDir::new(data.join(folder)).sort_by_file_name();
        let paths = found
            .into_iter()
            .filter_map(Result::ok)
            .map(walkdir::DirEntry::into_path);
        files.extend(paths.filter(|path| {
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            path.is_file() && endings.contains(&ending.as_str())
        }));
    }
    Some(files)
}

/// Holds all files of some endings to losing nothing; a share of characters may be missing where two readers of a format differ.
#[track_caller]
fn check(endings: &[&str], most_per_thousand: i64) {
    let Some(files) = shared_files(endings) else {
        return;
    };
    let (mut faults, mut read_files) = (Vec::new(), 0);
    for path in files {
        let Some(lost) = lost(&path) else {
            continue;
        };
        read_files += 1;
        let count: i64 = lost.values().sum();
        let all: i64 = plain::text_of(&path).map_or(0, |texts| characters(texts).values().sum());
        if count * 1_000 > all * most_per_thousand {
            let shown: Vec<(char, i64)> = lost.into_iter().take(12).collect();
            faults.push(format!("{}: {count} of {all}: {shown:?}", path.display()));
        }
    }
    assert!(read_files > 0, "no file with one of {endings:?} was read");
    assert!(
        faults.is_empty(),
        "{} of {read_files} files lose text:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn text_files_lose_nothing() {
    check(&["txt"], 0);
}

#[test]
fn markdown_loses_nothing() {
    check(&["md", "markdown"], 0);
}

#[test]
fn web_pages_lose_nothing_but_what_their_markup_calls_chrome() {
    check(&["html", "htm"], 0);
}

#[test]
fn tables_and_records_lose_nothing() {
    check(&["csv", "tsv", "jsonl", "json"], 0);
}

#[test]
fn word_documents_lose_nothing() {
    check(&["docx"], 0);
}

#[test]
fn tei_documents_lose_nothing() {
    check(&["xml"], 0);
}

/// Two readers of PDF do not see all glyphs alike: those outside of the page, and those that stand for no known character.
#[test]
fn pdf_files_lose_nothing() {
    check(&["pdf"], 5);
}
