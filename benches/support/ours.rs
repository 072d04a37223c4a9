//! This project's set-up: both indexes of every speech, written as `ingest` writes them.

use std::path::Path;

use chancery::analyzer::Analyzer;
use chancery::analyzer::lexicon::UserLexicon;
use chancery::engine::content_hash;
use chancery::index::{Provenance, SpeechWriter, Store};

use super::clock::{Stopwatch, Took};
use super::corpus::Corpus;

/// What the building of an index took and made.
pub(crate) struct Built {
    /// From parsed speeches to the end of the commit.
    pub(crate) to_commit: Took,
    /// From parsed speeches until everything is merged.
    pub(crate) to_merged: Took,
    /// Bytes on the disk, merged.
    pub(crate) bytes: u64,
    /// Documents, one a passage.
    pub(crate) passage_count: u64,
    /// Segments at the commit and after the merge.
    pub(crate) segment_counts: (usize, usize),
}

/// Writes a corpus into an empty folder, commits and merges it.
pub(crate) fn build(directory: &Path, corpus: &Corpus) -> Built {
    let watch = Stopwatch::start();
    let mut writer = SpeechWriter::open(directory, Analyzer::new(UserLexicon::default())).expect("the folder is empty");
    for speech in &corpus.speeches {
        let content_hash = content_hash(speech);
        let provenance = Provenance {
            content_hash: &content_hash,
            root: "-",
        };
        writer.put(speech, provenance).expect("the speech can be written");
    }
    writer.commit().expect("the index can be committed");
    let to_commit = watch.took();
    let committed_segments = writer
        .store()
        .snapshot()
        .expect("the commit can be read")
        .segments()
        .len();
    writer.optimize().expect("the segments can be merged");
    let to_merged = watch.took();
    let store = Store::open(directory).expect("the index can be opened");
    let snapshot = store.snapshot().expect("the index can be read");
    Built {
        to_commit,
        to_merged,
        bytes: store.bytes_on_disk().expect("the index can be read"),
        passage_count: snapshot.passage_count(),
        segment_counts: (committed_segments, snapshot.segments().len()),
    }
}
