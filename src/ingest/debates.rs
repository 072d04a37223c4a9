//! The UN General Debate Corpus as it is downloaded: `JPN_60_2005.txt` names country, session and year, and a spreadsheet,
//! `Speakers_by_session.xlsx`, the speakers and their posts.
//!
//! What is read here is marked as coming from the file name or the spreadsheet, and never takes the place of what a text states.

use std::collections::HashMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use calamine::{Data, Reader, Xlsx};

use crate::corpus::{Field, Metadata};
use crate::text::Date;

mod states;

/// The spreadsheets of an input, each with the folder whose files it speaks of.
#[derive(Debug, Default)]
pub struct Debates {
    tables: Vec<(PathBuf, PathBuf, OnceLock<Speakers>)>,
}

/// Speaker and post by country code and session.
type Speakers = HashMap<(String, u32), Address>;

/// A row of the spreadsheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Address {
    country: String,
    speaker: String,
    post: String,
}

/// What the name of a file of the corpus says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct DebateName {
    /// The ISO 3166-1 code of the country, of three letters; `EU` for the European Union.
    code: String,
    session: u32,
    year: i16,
}

/// Whether a file is the spreadsheet of speakers, by its name.
pub fn is_speaker_table(name: &Path) -> bool {
    let name = name.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name.starts_with("speakers") && name.contains("session") && name.ends_with(".xlsx")
}

impl Debates {
    /// Takes the spreadsheets of an input: each as its path relative to the root, and the path to open.
    pub fn new(tables: impl IntoIterator<Item = (PathBuf, PathBuf)>) -> Self {
        let of_folder = |(relative, path): (PathBuf, PathBuf)| {
            let folder = relative.parent().unwrap_or(Path::new("")).to_owned();
            (folder, path, OnceLock::new())
        };
        Self {
            tables: tables.into_iter().map(of_folder).collect(),
        }
    }

    /// Adds what the name of a file and the spreadsheet say, where the text states nothing.
    pub fn complete(&self, relative: &Path, metadata: &mut Metadata) {
        let Some(name) = debate_name(relative) else {
            return;
        };
        let address = self.address(relative, &name);
        let country = states::name_of(&name.code, name.session).map(str::to_owned);
        let country = country.or_else(|| address.map(|address| address.country.clone()));
        add(
            metadata,
            Field::Country,
            country.as_deref(),
            Field::CountrySource,
            "file name",
        );
        if let Some(address) = address {
            let (speaker, role) = (Some(address.speaker.as_str()), Some(address.post.as_str()));
            if !metadata.has(Field::Speaker) {
                add(metadata, Field::Role, role, Field::SpeakerSource, "speaker table");
            }
            add(metadata, Field::Speaker, speaker, Field::SpeakerSource, "speaker table");
        }
        let event = format!(
            "{} session of the United Nations General Assembly, general debate",
            ordinal(name.session)
        );
        add(metadata, Field::Event, Some(&event), Field::EventSource, "file name");
        if !metadata.has(Field::Date)
            && let Ok(date) = name.year.to_string().parse::<Date>()
        {
            metadata.set_date(Field::Date, date);
            let _ = metadata.set(Field::DateSource, "file name");
        }
        for (field, value) in [("country_code", name.code.into()), ("session", name.session.into())] {
            if !metadata.meta().contains_key(field) {
                metadata.set_meta(field, value);
            }
        }
    }

    /// What the nearest spreadsheet above a file says about it.
    fn address(&self, relative: &Path, name: &DebateName) -> Option<&Address> {
        let above = self.tables.iter().filter(|(folder, ..)| relative.starts_with(folder));
        let (_, path, speakers) = above.max_by_key(|(folder, ..)| folder.components().count())?;
        let speakers = speakers.get_or_init(|| {
            std::fs::read(path)
                .ok()
                .and_then(|bytes| read_table(&bytes))
                .unwrap_or_default()
        });
        speakers.get(&(name.code.clone(), name.session))
    }
}

fn add(metadata: &mut Metadata, field: Field, value: Option<&str>, source_field: Field, source: &str) {
    if let Some(value) = value.filter(|value| !value.is_empty() && !metadata.has(field)) {
        let _ = metadata.set(field, value);
        let _ = metadata.set(source_field, source);
    }
}

fn debate_name(relative: &Path) -> Option<DebateName> {
    let stem = relative.file_stem()?.to_str()?;
    let parts: Vec<&str> = stem.split('_').collect();
    let [code, session, year] = parts[..] else {
        return None;
    };
    let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let session: u32 = session.parse().ok().filter(|_| session.len() == 2)?;
    let year: i16 = year.parse().ok().filter(|_| year.len() == 4)?;
    // The session of a year is known: the first was in 1946, and the nineteenth took place in 1964.
    let agrees = i32::from(year) - session as i32 == 1_945;
    (is_code && agrees).then(|| DebateName {
        code: code.to_owned(),
        session,
        year,
    })
}

fn read_table(bytes: &[u8]) -> Option<Speakers> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let mut speakers = Speakers::new();
    for range in book.worksheets().into_iter().map(|(_, range)| range) {
        let mut rows = range.rows();
        let Some(columns) = rows.next().and_then(Columns::of) else {
            continue;
        };
        for row in rows {
            let text = |column: usize| row.get(column).map(cell_text).unwrap_or_default();
            let Ok(session) = text(columns.session).parse::<f64>() else {
                continue;
            };
            let address = Address {
                country: text(columns.country),
                speaker: without_honorific(&text(columns.speaker)).to_owned(),
                post: text(columns.post),
            };
            speakers.entry((text(columns.code), session as u32)).or_insert(address);
        }
    }
    Some(speakers)
}

/// Where the columns stand.
struct Columns {
    session: usize,
    code: usize,
    country: usize,
    speaker: usize,
    post: usize,
}

impl Columns {
    fn of(header: &[Data]) -> Option<Self> {
        let names: Vec<String> = header.iter().map(|cell| cell_text(cell).to_lowercase()).collect();
        let find = |part: &str| names.iter().position(|name| name.contains(part));
        Some(Self {
            session: find("session")?,
            code: find("iso")?,
            country: find("country")?,
            speaker: find("speaking").or_else(|| find("speaker"))?,
            post: find("post")?,
        })
    }
}

fn cell_text(cell: &Data) -> String {
    let text = cell.to_string();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name without the forms of address before it.
fn without_honorific(name: &str) -> &str {
    const HONORIFICS: &[&str] = &["Mr.", "Mrs.", "Ms.", "Miss", "Dr.", "H.E.", "Mr", "Mrs", "Ms", "Dr"];
    let mut name = name.trim();
    while let Some((first, rest)) = name.split_once(' ')
        && HONORIFICS.contains(&first)
    {
        name = rest.trim_start();
    }
    name
}

/// `1st`, `22nd`, `43rd`, `79th`.
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_corpus_are_told_from_others() {
        let name = |path: &str| debate_name(Path::new(path)).map(|name| (name.code, name.session, name.year));
        assert_eq!(
            name("Session 60 - 2005/JPN_60_2005.txt"),
            Some(("JPN".to_owned(), 60, 2005))
        );
        for other in [
            "JPN_60_2006.txt",
            "jpn_60_2005.txt",
            "JPN_60.txt",
            "ABCD_60_2005.txt",
            "draft_JPN_60_2005.txt",
        ] {
            assert_eq!(name(other), None, "{other}");
        }
    }

    #[test]
    fn a_name_completes_what_the_text_leaves_open() {
        let mut metadata = Metadata::default();
        metadata.set(Field::Speaker, "Maud Pelleray").unwrap();
        Debates::default().complete(Path::new("JPN_22_1967.txt"), &mut metadata);
        let value = |field| metadata.value(field);
        assert_eq!(value(Field::Country), Some("Japan"));
        assert_eq!(value(Field::CountrySource), Some("file name"));
        assert_eq!(
            value(Field::Date).zip(value(Field::DateSource)),
            Some(("1967", "file name"))
        );
        assert_eq!(value(Field::Speaker).zip(value(Field::SpeakerSource)), None);
        assert!(value(Field::Event).is_some_and(|event| event.starts_with("22nd session")));
    }

    #[test]
    fn honorifics_are_no_part_of_a_name() {
        assert_eq!(without_honorific("H.E. Mr. Abdullah Abdullah"), "Abdullah Abdullah");
        assert_eq!(
            without_honorific("Sheikh Abdullah Bin Zayed"),
            "Sheikh Abdullah Bin Zayed"
        );
    }
}
