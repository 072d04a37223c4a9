//! Chancery: full-text search over corpora of diplomatic speech.
//!
//! The modules stand in reading order; each imports only modules above it (`tests/architecture.rs` holds them to it).

pub mod error;
pub mod text;
// (modules in reading order follow)
pub mod corpus;
pub mod strings;
