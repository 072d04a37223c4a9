//! The catalog: which files were read into an index, what they were like, and what came of each.
//!
//! It lets an unchanged file go unread and its part of the report be given again. It is a file beside the segments; its name
//! holds the hash of its content and stands in the manifest, so it is of one commit with everything else. No query reads it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ingest::beside::Skipped;
use crate::ingest::{FileId, Rejection};
use crate::text::hexadecimal;

/// The beginning and the end of the names of catalogs.
const NAME_START: &str = "catalog-";
const NAME_END: &str = ".json.gz";

/// The files that were read into an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// By file and the collection that it was read into, which is empty where there was none.
    files: BTreeMap<(FileId, String), FileRecord>,
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// What the file was like when it was read; absent where it must be read again all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<String>,
    /// The ids of the speeches that it gave.
    pub ids: Vec<String>,
    /// Speeches in it that are stored from elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duplicates: Vec<Duplicate>,
    /// What was not read of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<Rejection>,
    /// Files in it, or itself, that were passed over, as they lie beside data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
    /// What was read but not understood, each with its source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// What was assumed about its speeches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumed: Vec<Assumption>,
    /// What was set aside of it.
    #[serde(default, skip_serializing_if = "SetAside::is_nothing")]
    pub set_aside: SetAside,
}

/// What of sources is no part of a speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Lines that are kept as front, between or end matter.
    pub lines: u64,
    /// Speeches that have any.
    pub speeches: u64,
    /// Bytes of web pages that their markup calls navigation, headers, footers, asides, scripts or styles: left out.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub chrome_bytes: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl SetAside {
    /// Whether there is nothing.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what was set aside elsewhere.
    pub fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.speeches += other.speeches;
        self.chrome_bytes += other.chrome_bytes;
    }
}

/// A text that was found again: it is one speech with two sources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Duplicate {
    /// The file, and line, where it was found again.
    pub source: String,
    /// The id of the speech that it is.
    pub speech: String,
}

/// A value that the text of speeches does not state itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumption {
    /// What was assumed: the name of a metadata field.
    pub field: String,
    /// Where it was taken from, or the value that was assumed.
    pub from: String,
    /// The number of speeches.
    pub speeches: u64,
    /// The source of one of them.
    pub example: String,
}

/// One file in the stored form.
#[derive(Serialize, Deserialize)]
struct Row {
    #[serde(flatten)]
    id: FileId,
    #[serde(default)]
    collection: String,
    #[serde(flatten)]
    record: FileRecord,
}

impl Catalog {
    /// What came of a file that was read into a collection.
    pub fn get(&self, id: &FileId, collection: &str) -> Option<&FileRecord> {
        self.files.get(&(id.clone(), collection.to_owned()))
    }

    /// All files with the collections that they were read into, in order.
    pub fn files(&self) -> impl Iterator<Item = (&FileId, &str, &FileRecord)> {
        self.files
            .iter()
            .map(|((id, collection), record)| (id, collection.as_str(), record))
    }

    /// Sets what came of a file; says whether that is news.
    pub fn set(&mut self, id: FileId, collection: &str, record: FileRecord) -> bool {
        let key = (id, collection.to_owned());
        let is_known = self.files.get(&key) == Some(&record);
        self.files.insert(key, record);
        !is_known
    }

    /// Forgets the files that are not wanted; says whether there was one.
    pub fn retain(&mut self, mut is_wanted: impl FnMut(&FileId, &FileRecord) -> bool) -> bool {
        let before = self.files.len();
        self.files.retain(|(id, _), record| is_wanted(id, record));
        self.files.len() < before
    }

    /// The other files that hold the texts of speeches, by the ids of these.
    pub fn further_sources(&self) -> BTreeMap<String, Vec<String>> {
        let mut sources: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for duplicate in self.files.values().flat_map(|record| &record.duplicates) {
            let of_speech = sources.entry(duplicate.speech.clone()).or_default();
            of_speech.push(duplicate.source.clone());
        }
        sources
    }

    /// Writes the catalog into the folder of an index; gives the name of its file, which is absent where it is empty.
    ///
    /// # Errors
    /// The disk is full or cannot be written.
    pub(super) fn write(&self, directory: &Path) -> io::Result<Option<String>> {
        if self.files.is_empty() {
            return Ok(None);
        }
        let rows = self.files.iter().map(|((id, collection), record)| Row {
            id: id.clone(),
            collection: collection.clone(),
            record: record.clone(),
        });
        let json = serde_json::to_vec(&rows.collect::<Vec<_>>())?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&json)?;
        let packed = encoder.finish()?;
        let name = name_of(&packed);
        let path = directory.join(&name);
        if File::open(&path).is_ok_and(|file| check(&name, file).is_ok()) {
            return Ok(Some(name));
        }
        let mut file = tempfile::Builder::new()
            .prefix(NAME_START)
            .suffix(".new")
            .tempfile_in(directory)?;
        file.write_all(&packed)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(Some(name))
    }

    /// Reads the catalog of a commit.
    ///
    /// # Errors
    /// It is not there, or damaged.
    pub(super) fn read(directory: &Path, name: &str) -> io::Result<Self> {
        let rows: Vec<Row> = serde_json::from_slice(&check(name, File::open(directory.join(name))?)?)?;
        Ok(Self {
            files: rows
                .into_iter()
                .map(|row| ((row.id, row.collection), row.record))
                .collect(),
        })
    }

    /// Takes the catalogs of other commits off the disk.
    pub(super) fn remove_others(directory: &Path, name: Option<&str>) {
        for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
            let file = entry.file_name();
            let file = file.to_string_lossy();
            if file.starts_with(NAME_START) && Some(&*file) != name {
                // One that stays costs room and nothing else; the next commit tries again.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The name of the catalog of some bytes.
fn name_of(packed: &[u8]) -> String {
    format!("{NAME_START}{}{NAME_END}", hexadecimal(&Sha256::digest(packed)[..8]))
}

/// Reads a catalog and holds it against its name, which has the hash of its content; gives the content.
///
/// # Errors
/// It cannot be read, or is not what was written.
pub(super) fn check(name: &str, mut file: impl Read) -> io::Result<Vec<u8>> {
    let (mut packed, mut json) = (Vec::new(), Vec::new());
    file.read_to_end(&mut packed)?;
    if name_of(&packed) != name {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is not what was written"));
    }
    GzDecoder::new(&packed[..]).read_to_end(&mut json)?;
    Ok(json)
}

/// The file that a source lies in: itself without the number of a record, or the archive above it that is a file.
pub fn file_of_source(source: &str, is_file: impl Fn(&str) -> bool) -> &str {
    let without_record = match source.rsplit_once(':') {
        Some((file, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => file,
        _ => source,
    };
    let above = |path: &&'_ str| path.rsplit_once('/').map(|(above, _)| above.len());
    let mut file = without_record;
    while !is_file(file) {
        match above(&file) {
            Some(length) => file = &without_record[..length],
            None => return without_record,
        }
    }
    file
}
