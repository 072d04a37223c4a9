//! The boundary of the library: what the command line and every other front end call. Plain data in, plain data out.

pub mod answer;
pub mod backup;
mod documents;
pub mod evaluation;
pub mod ingestion;
mod pruning;
pub mod reading;
pub mod topics;
pub mod verification;
mod workload;

pub use answer::{Answer, SCHEMA_VERSION, TOOL_VERSION};
pub use backup::{BackupReport, Overwriting, RestoreReport, backup, backup_to, restore};
pub use evaluation::{EvaluatedQuery, EvaluatedRun, EvaluationReport, GroupEvaluation, QueryFields};
pub use ingestion::{
    IngestProgress, IngestReport, IngestRequest, RejectedRow, RemovalReport, content_hash, ingest, optimize, reindex,
    remove,
};
pub use reading::{Analysis, AnalyzedToken, Engine, ListedSpeech, Listing, PassageView, SpeechView, Status, analyze};
pub use topics::{RankedTopics, Topic, TopicSearch};
pub use verification::{ExaminedEngine, Verification, verify};
