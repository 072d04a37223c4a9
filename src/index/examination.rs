//! Whether the files of a commit are what was written: lengths, checksums and counts, before anything in them is relied on.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;

use serde::Serialize;
use tantivy::SegmentMeta;
use tantivy::index::{SegmentComponent, SegmentId};

use super::catalog;
use super::commit::{Commit, CommitFile, MANAGED, META};
use super::footer::{Version, odd_ones, read_footer, read_footers};
use super::plugin::EXTENSION;
use super::store::Store;
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
        for file in self.files.iter().filter(|file| file.segment.is_none()) {
            let read = file.reader().and_then(|reader| catalog::check(&file.name, reader));
            if let Err(fault) = read {
                found.note(None, Damage::of_file(&file.name, format!("it is damaged: {fault}")));
            }
        }
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
