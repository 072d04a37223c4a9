//! The boundary of the library: what the command line and every other front end call. Plain data in, plain data out.

pub mod analysis;
pub mod answer;
pub mod backup;
pub mod beside;
pub mod changes;
pub mod citing;
pub mod concordance;
pub mod counting;
pub mod differences;
mod documents;
pub mod evaluation;
pub mod form_lists;
pub mod form_report;
pub mod ingest_report;
pub mod ingestion;
mod preparation;
pub mod question;
pub mod reading;
mod run_files;
mod tallied;
pub mod timeline;
pub mod topics;
pub mod upload;
pub mod uses;
pub mod verification;
pub mod versions;
mod workload;

pub use analysis::{Analysis, AnalyzedToken, analyze};
pub use answer::{Answer, SCHEMA_VERSION, TOOL_VERSION};
pub use backup::{BackupReport, Overwriting, RestoreReport, backup, backup_to, restore};
pub use beside::{FieldView, MatterView};
pub use changes::{RemovalReport, optimize, reindex, remove, remove_as_read};
pub use citing::SpeechCitation;
pub use concordance::{
    Concordance, ConcordanceLine, ConcordanceRequest, FoundLines, LineOrder, LineTotal, Sample, USUAL_LINES,
};
pub use counting::{Count, CountRequest, GroupFigures};
pub use differences::{ChangedParagraph, ChangedPart, SpeechDifference};
pub use evaluation::{EvaluatedQuery, EvaluatedRun, EvaluationReport, GroupEvaluation, QueryFields};
pub use form_lists::{
    FormCount, FormCounts, FormGrain, FormListing, FormUse, FormUses, ListedForm, PlacedDate, WordingCount,
};
pub use form_report::{
    AbsentForm, AlteredForm, Custom, CustomOf, FormOccurrence, FormPart, FormReport, NewForm, PresentForm,
    ReportRequest, ReportedSpeech,
};
pub use ingest_report::IngestReport;
pub use ingestion::{IngestProgress, IngestRequest, ingest};
pub use preparation::{content_hash, text_key};
pub use question::Circumstances;
pub use reading::{Engine, ListedSpeech, Listing, PassageView, SpeechView, Status};
pub use timeline::{NamedQuery, Series, Timeline, TimelineBin, TimelineRequest};
pub use topics::{RankedTopics, Topic, TopicSearch};
pub use upload::{Outcome, OutcomeCode, SpeechOutcome, put};
pub use uses::{DatePrecision, End, FoundUse, GroupUses, OtherSpeeches, Use, Uses, UsesRequest};
pub use verification::{ExaminedEngine, Verification, verify};
pub use versions::{LinkedSpeech, ListedGroup, ListedVersion, VersionListing, Versions};
