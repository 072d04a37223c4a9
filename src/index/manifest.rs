//! The manifest: what made an index and what it holds, written as the payload of every commit.
//!
//! It travels inside the commit, so there is no second file that could disagree with it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::analyzer::AnalyzerIdentity;
use crate::analyzer::lexicon::UserLexicon;
use crate::error::{Error, ErrorKind, Result};
use crate::text::hexadecimal;

/// The version of the index's layout: it goes up when schema, exact index or stored records change their form.
pub const FORMAT_VERSION: u32 = 5;

/// The oldest layout whose texts can be read to make the index anew: it knew no matter.
pub const OLDEST_READABLE: u32 = 4;

/// Which layouts of an index are let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layouts {
    /// The one that this version writes.
    Current,
    /// Also older ones whose texts can be read, to make the index anew.
    Readable,
}

/// What a commit says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The layout of the index.
    pub format: u32,
    /// The analyzer that made it.
    pub analyzer: AnalyzerIdentity,
    /// The user's own words, so that an index needs no file beside it to be searched.
    #[serde(default, skip_serializing_if = "UserLexicon::is_empty")]
    pub lexicon: UserLexicon,
    /// The name and version of the corpus.
    pub corpus: CorpusVersion,
    /// The primary subtags of the languages present, ascending.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The file beside the segments that says which files were read; absent where none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog: Option<String>,
}

/// A corpus by name and version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct CorpusVersion {
    /// The name that the user gave.
    pub name: String,
    /// SHA-256, in hexadecimal, over the analyzer and the sorted ids and hashes of the speeches; nothing else.
    pub version: String,
}

impl Manifest {
    /// Reads the payload of a commit.
    ///
    /// # Errors
    /// The payload is not a manifest, or one of a layout that is not let in.
    pub fn parse(payload: &str, layouts: Layouts) -> Result<Self> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let damaged = |cause| {
            Error::new(ErrorKind::Index, "the index does not say what made it")
                .caused_by(cause)
                .hint("ingest into a new folder, or restore the folder from a copy")
        };
        let text = payload.lines().next().unwrap_or_default();
        let Format { format } = serde_json::from_str(text).map_err(damaged)?;
        let is_readable = (OLDEST_READABLE..=FORMAT_VERSION).contains(&format);
        if format != FORMAT_VERSION && !(is_readable && layouts == Layouts::Readable) {
            let message =
                format!("the index has layout {format}; this version of chancery reads layout {FORMAT_VERSION}");
            let hint = match is_readable {
                true => "run `chancery reindex`, which makes it anew from the texts and metadata it holds",
                false => "ingest the sources into a new folder",
            };
            return Err(Error::new(ErrorKind::Index, message).hint(hint));
        }
        serde_json::from_str(text).map_err(damaged)
    }

    /// The payload of a commit: a line of JSON, and the line that `is_sealed` reads. `frame` is what else the commit says that
    /// no merge changes.
    pub fn to_payload(&self, frame: &str) -> String {
        let text = serde_json::to_string(self).expect("a manifest holds only strings and numbers");
        let seal = seal(&text, frame);
        format!("{text}\n{seal}")
    }

    /// The files of the folder, besides those of the segments, that the commit needs.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.catalog.as_deref().into_iter()
    }
}

/// Whether a payload and its frame are as they were committed: the files of segments have checksums, the commit has this.
pub(super) fn is_sealed(payload: &str, frame: &str) -> bool {
    payload
        .split_once('\n')
        .is_some_and(|(text, sealed)| sealed == seal(text, frame))
}

fn seal(text: &str, frame: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(text);
    hash.update("\n");
    hash.update(frame);
    hexadecimal(&hash.finalize()[..16])
}

/// The version of a corpus: a hash over the analyzer and the speeches, whatever the order in which they come.
pub fn corpus_version<'a>(analyzer: &AnalyzerIdentity, speeches: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut entries: Vec<(&str, &str)> = speeches.collect();
    entries.sort_unstable();
    let mut hash = Sha256::new();
    hash.update(format!(
        "{} {} {}\n",
        analyzer.name, analyzer.version, analyzer.dictionary_hash
    ));
    for (id, content_hash) in entries {
        hash.update(format!("{id}\n{content_hash}\n"));
    }
    hexadecimal(&hash.finalize())
}
