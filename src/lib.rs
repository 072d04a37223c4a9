//! Chancery: full-text search over corpora of diplomatic speech.
//!
//! The modules stand in reading order; each imports only modules above it (`tests/architecture.rs` holds them to it).

pub mod error;
pub mod text;
// What was said, and how it is cut.
pub mod corpus;
pub mod analyzer;
pub mod query;
