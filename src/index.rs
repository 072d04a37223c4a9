//! Speeches ↔ disk: one tantivy index whose every segment holds the words for ranking and the exact index for strings.

mod agreement;
mod catalog;
mod commit;
mod commit_directory;
pub mod documents;
mod examination;
mod faults;
mod folder;
mod footer;
pub mod manifest;
mod merge_policy;
mod older;
mod plugin;
mod releases;
mod schema;
mod segment_view;
mod snapshot;
mod store;
mod symbol_terms;
mod text_column;
mod writer;

pub use agreement::{Agreement, SpeechUnits};
pub use catalog::{Assumption, Catalog, Duplicate, FileRecord, SetAside, file_of_source};
pub use commit::{Commit, CommitFile};
pub use documents::{Provenance, SpeechRecord, StoredPassage};
pub use examination::{Damage, Examination};
pub use faults::io_error;
pub use folder::{Leftovers, free_bytes, leftovers};
pub use manifest::{CorpusVersion, Manifest};
pub use older::OlderIndex;
pub use schema::Fields;
pub use segment_view::SegmentView;
pub use snapshot::{Snapshot, damaged};
pub use store::Store;
pub use symbol_terms::{NO_TERM, SymbolTerms, term_number};
/// The address of a document: for a speech, that of its first passage.
pub use tantivy::DocAddress as SpeechAddress;
pub use text_column::TextColumn;
pub use writer::{LedgerEntry, MEMORY_BYTES_PER_THREAD, PreparedSpeech, SpeechWriter, indexing_threads};
