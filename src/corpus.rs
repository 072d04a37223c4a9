//! What was said, by whom: a speech, its metadata, its paragraphs, and the passages that are indexed.
//!
//! This room knows no file format and no index.

pub mod difference;
pub mod field;
pub mod fingerprint;
pub mod heading;
pub mod matter;
pub mod metadata;
pub mod passage;
pub mod sentence;
pub mod speech;
pub mod versions;

pub use field::Field;
pub use fingerprint::Fingerprint;
pub use matter::{Matter, MatterPlace, Quotation};
pub use metadata::Metadata;
pub use passage::{Passage, PassageAddress};
pub use speech::{Paragraph, Speech};
