//! Chancery: full-text search over corpora of diplomatic speech.
//!
//! The modules stand in reading order; each imports only modules above it (`tests/architecture.rs` holds them to it).
//! Blank lines keep the formatter from sorting them.

// Words that every room speaks.
pub mod text;

pub mod error;

pub mod stop;

pub mod statistics;

pub mod tally;

pub mod evaluation;

// What was said, by whom, and how it is read and cut.
pub mod analyzer;

pub mod names;

pub mod corpus;

pub mod citation;

pub mod ingest;

// Where it is kept, and how it is found.
pub mod strings;

pub mod index;

pub mod pattern;

pub mod query;

pub mod forms;

pub mod highlight;

pub mod search;

pub mod workload;

// What the front ends call, and how answers look.
pub mod engine;

pub mod timing;

pub mod render;

#[cfg(feature = "http")]
pub mod page;

#[cfg(feature = "http")]
pub mod http;
