//! Whether the files of a commit are what was written: lengths, checksums and counts, before anything in them is relied on.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{self, Read};
use std::path::Path;
use std::thread;

use serde::{Deserialize, Serialize};
use tantivy::SegmentMeta;
use tantivy::index::{SegmentComponent, SegmentId};

use super::commit::{Commit, CommitFile, MANAGED, META};
use super::plugin::EXTENSION;
use super::store::Store;
use super::writer::indexing_threads;
use crate::error::Result;
use crate::strings::StringIndex;

/// What is wrong with an index, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Damage {
    /// The file of the index's folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The id of the speech.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speech: Option<String>,
    /// What is wrong with it.
    pub what: String,
}

impl Damage {
    /// Damage of a file.
    pub fn of_file(file: &str, what: impl Into<String>) -> Self {
        Self {
            file: Some(file.to_owned()),
            speech: None,
            what: what.into(),
        }
    }

    /// Damage of a speech.
    pub fn of_speech(speech: &str, what: impl Into<String>) -> Self {
        Self {
            file: None,
            speech: Some(speech.to_owned()),
            what: what.into(),
        }
    }

    /// Damage of the index as a whole.
    pub fn of_index(what: impl Into<String>) -> Self {
        Self {
            file: None,
            speech: None,
            what: what.into(),
        }
    }
}

impl std::fmt::Display for Damage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.file, &self.speech) {
            (Some(place), _) => write!(formatter, "file `{place}`: {}", self.what),
            (None, Some(place)) => write!(formatter, "speech `{place}`: {}", self.what),
            (None, None) => formatter.write_str(&self.what),
        }
    }
}

/// What a look at all files of a commit found.
#[derive(Debug, Default)]
pub struct Examination {
    /// Everything that is wrong, by file.
    pub damage: Vec<Damage>,
    /// The number of files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    unsound: BTreeSet<SegmentId>,
}

impl Examination {
    /// The number of segments whose files are damaged: what they hold cannot be read.
    pub fn unsound_segment_count(&self) -> usize {
        self.unsound.len()
    }

    fn note(&mut self, segment: Option<SegmentId>, damage: Damage) {
        self.unsound.extend(segment);
        self.damage.push(damage);
    }
}

impl Commit {
    /// Reads every file of the commit and holds it against its checksum, and what the commit says of the segments against them.
    pub fn examine(&self) -> Examination {
        let mut found = Examination {
            files: self.files.len() as u64 + 1,
            bytes: self.files.iter().map(|file| file.bytes).sum::<u64>() + self.meta.len() as u64,
            ..Examination::default()
        };
        for absent in &self.absent {
            let what = match absent.cause.kind() {
                io::ErrorKind::NotFound => "it is missing".to_owned(),
                _ => format!("it cannot be opened: {}", absent.cause),
            };
            found.note(absent.segment, Damage::of_file(&absent.name, what));
        }
        self.examine_meta(&mut found);
        let segment_files: Vec<&CommitFile> = self.files.iter().filter(|file| file.segment.is_some()).collect();
        let footers = read_footers(&segment_files);
        let mut versions: BTreeMap<Option<SegmentId>, Vec<(&str, Version)>> = BTreeMap::new();
        for (file, footer) in segment_files.into_iter().zip(footers) {
            match footer {
                Err(what) => found.note(file.segment, Damage::of_file(&file.name, what)),
                Ok(footer) => {
                    let of_segment = versions.entry(file.segment).or_default();
                    of_segment.push((&file.name, footer.version));
                }
            }
        }
        for (segment, files) in versions {
            for name in odd_ones(&files) {
                found.note(
                    segment,
                    Damage::of_file(name, "its footer names a version that did not write it"),
                );
            }
        }
        for segment in &self.metas.segments {
            if !found.unsound.contains(&segment.id()) {
                self.examine_counts(segment, &mut found);
            }
        }
        found.damage.sort();
        found
    }

    /// Opens the part of the commit that an examination found sound.
    ///
    /// # Errors
    /// Another analyzer made the index, or it is damaged beyond its files.
    pub fn sound_store(&self, examination: &Examination) -> Result<Store> {
        self.store_without(&examination.unsound)
    }
}

impl Commit {
    /// Holds what the commit says of itself against the form in which it was written, and tantivy's list of files against it.
    fn examine_meta(&self, found: &mut Examination) {
        let mut written = serde_json::to_vec_pretty(&self.metas).unwrap_or_default();
        written.push(b'\n');
        if written != self.meta {
            found.note(None, Damage::of_file(META, "it was altered"));
        }
        let listed = match self.managed.as_deref().map(managed_names) {
            Some(Some(listed)) => listed,
            Some(None) => return found.note(None, Damage::of_file(MANAGED, "it was altered")),
            None if self.metas.segments.is_empty() => return,
            None => return found.note(None, Damage::of_file(MANAGED, "it cannot be read")),
        };
        let segment_files = self.files.iter().filter(|file| file.segment.is_some());
        for name in segment_files.map(|file| file.name.as_str()).chain([META]) {
            if !listed.contains(name) {
                found.note(None, Damage::of_file(MANAGED, format!("`{name}` is not in it")));
            }
        }
    }

    /// Holds the numbers of passages that the commit names for a segment against the segment's files.
    fn examine_counts(&self, segment: &SegmentMeta, found: &mut Examination) {
        let path = |component| segment.relative_path(component).to_string_lossy().into_owned();
        let strings = path(SegmentComponent::Custom(EXTENSION.to_owned()));
        if self.document_count(&strings) != Some(segment.max_doc()) {
            let what = format!("it says another number of passages than `{strings}`");
            found.note(Some(segment.id()), Damage::of_file(META, what));
        }
        let deletions = path(SegmentComponent::Delete);
        if segment.has_deletes()
            && self.living_count(&deletions) != segment.max_doc().checked_sub(segment.num_deleted_docs())
        {
            let what = format!("it says another number of deleted passages than `{deletions}`");
            found.note(Some(segment.id()), Damage::of_file(META, what));
        }
    }

    fn content(&self, name: &str) -> Option<tantivy::directory::OwnedBytes> {
        let file = self.files.iter().find(|file| file.name == name)?;
        let footer = read_footer(file).ok()?;
        file.mapped()?.read_bytes(0..footer.content_bytes as usize).ok()
    }

    fn document_count(&self, name: &str) -> Option<u32> {
        let strings = StringIndex::open(self.content(name)?).ok()?;
        Some(strings.document_count())
    }

    /// The passages that are not deleted: four bytes of their number with the deleted ones, then a bit for each.
    fn living_count(&self, name: &str) -> Option<u32> {
        let content = self.content(name)?;
        let bits = content.get(4..)?;
        bits.len()
            .is_multiple_of(8)
            .then(|| bits.iter().map(|byte| byte.count_ones()).sum())
    }
}

/// The names in tantivy's list of files, if it is as tantivy writes it.
fn managed_names(list: &[u8]) -> Option<HashSet<String>> {
    let names: HashSet<String> = serde_json::from_slice(list).ok()?;
    let written = serde_json::to_vec(&names).ok()?;
    let is_whole = list.len() == written.len() + 1 && list.last() == Some(&b'\n');
    is_whole.then_some(names)
}

/// The version that wrote a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
struct Version {
    major: u32,
    minor: u32,
    patch: u32,
    index_format_version: u32,
}

/// What tantivy writes at the end of each file, as JSON, with its length and a mark behind it.
#[derive(Deserialize)]
struct WrittenFooter {
    version: Version,
    crc: u32,
}

struct Footer {
    version: Version,
    checksum: u32,
    content_bytes: u64,
}

/// The mark at the end of every file.
const FOOTER_MARK: u32 = 1_337;

/// Length and mark.
const FOOTER_END_BYTES: u64 = 8;

/// The longest footer that is read.
const LONGEST_FOOTER_BYTES: u64 = 4_096;

const CUT_OFF: &str = "it is cut off or was altered at its end";

fn read_footer(file: &CommitFile) -> std::result::Result<Footer, String> {
    let unreadable = |error: io::Error| format!("it cannot be read: {error}");
    let end = file.bytes.checked_sub(FOOTER_END_BYTES).ok_or(CUT_OFF)?;
    let numbers = file.read_at(end, FOOTER_END_BYTES as usize).map_err(unreadable)?;
    let (length, mark) = numbers.split_first_chunk::<4>().ok_or(CUT_OFF)?;
    let length = u64::from(u32::from_le_bytes(*length));
    let start = end.checked_sub(length).ok_or(CUT_OFF)?;
    if mark != FOOTER_MARK.to_le_bytes() || length > LONGEST_FOOTER_BYTES {
        return Err(CUT_OFF.to_owned());
    }
    let text = file.read_at(start, length as usize).map_err(unreadable)?;
    let written: WrittenFooter = serde_json::from_slice(&text).map_err(|_| CUT_OFF)?;
    Ok(Footer {
        version: written.version,
        checksum: written.crc,
        content_bytes: start,
    })
}

/// Reads a file whole and holds it against its checksum.
fn check_file(file: &CommitFile) -> std::result::Result<Footer, String> {
    let footer = read_footer(file)?;
    let unreadable = |error: io::Error| format!("it cannot be read: {error}");
    let mut content = file.reader().map_err(unreadable)?.take(footer.content_bytes);
    let mut hash = crc32fast::Hasher::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match content.read(&mut buffer).map_err(unreadable)? {
            0 => break,
            count => hash.update(&buffer[..count]),
        }
    }
    if hash.finalize() == footer.checksum {
        return Ok(footer);
    }
    Err("its checksum differs: it was altered after it was written".to_owned())
}

/// Checks files side by side; the results stand in their order.
fn read_footers(files: &[&CommitFile]) -> Vec<std::result::Result<Footer, String>> {
    let share = files.len().div_ceil(indexing_threads()).max(1);
    thread::scope(|scope| {
        let check = |part: &[&CommitFile]| part.iter().map(|file| check_file(file)).collect::<Vec<_>>();
        let parts: Vec<_> = files
            .chunks(share)
            .map(|part| scope.spawn(move || check(part)))
            .collect();
        let failed = |count| (0..count).map(|_| Err("it could not be checked".to_owned())).collect();
        let lengths = files.chunks(share).map(<[_]>::len);
        parts
            .into_iter()
            .zip(lengths)
            .flat_map(|(part, length)| part.join().unwrap_or_else(|_| failed(length)))
            .collect()
    })
}

/// The files whose version is not that of their segment: all but the deletions are written together, and these may be newer.
fn odd_ones<'a>(files: &[(&'a str, Version)]) -> Vec<&'a str> {
    let count = |version: Version| files.iter().filter(|(_, other)| *other == version).count();
    let common = files
        .iter()
        .map(|(_, version)| *version)
        .max_by_key(|version| count(*version));
    let running = serde_json::to_value(tantivy::version())
        .and_then(serde_json::from_value::<Version>)
        .ok();
    let is_odd = |name: &str, version: Version| {
        let is_deletions = Path::new(name).extension().is_some_and(|extension| extension == "del");
        let is_possible = is_deletions && Some(version) >= common && Some(version) <= running;
        Some(version) != common && !is_possible
    };
    let odd = files.iter().filter(|(name, version)| is_odd(name, *version));
    odd.map(|(name, _)| *name).collect()
}
