//! Chancery: full-text search over corpora of diplomatic speech.
//!
//! The modules stand in reading order; each imports only modules above it (`tests/architecture.rs` holds them to it).

pub mod error;
pub mod text;
// What was said, by whom, and how it is read and cut.
pub mod analyzer;
pub mod corpus;
pub mod ingest;
// What is found of it, and where it is kept.
pub mod highlight;
pub mod index;
pub mod query;
pub mod search;
pub mod strings;
// What the front ends call, and how answers look.
pub mod engine;
pub mod render;
