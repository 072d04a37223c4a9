//! This project's set-up: both indexes of every speech, written as `ingest` writes them.

use std::path::Path;

use chancery::analyzer::Analyzer;
use chancery::analyzer::lexicon::UserLexicon;
use chancery::engine::{content_hash, text_key};
use chancery::index::{Provenance, SpeechWriter, Store};

use super::built::Built;
use super::clock::Stopwatch;
use super::corpus::Corpus;

/// Writes a corpus into an empty folder, commits and merges it.
pub(crate) fn build(directory: &Path, corpus: &Corpus) -> Built {
    let analyzer = Analyzer::new(UserLexicon::default());
    // No set-up is timed loading its dictionary.
    analyzer.han();
    let watch = Stopwatch::start();
    let mut writer = SpeechWriter::open(directory, analyzer).expect("the folder is empty");
    for speech in &corpus.speeches {
        let (content_hash, text_key) = (content_hash(speech), text_key(speech));
        let provenance = Provenance {
            content_hash: &content_hash,
            text_key: &text_key,
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
        passage_count: snapshot.passage_count().expect("a new index can be read"),
        segment_counts: Some((committed_segments, snapshot.segments().len())),
    }
}
