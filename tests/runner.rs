//! The one test binary: a module a file, so that the library is linked once.

mod support;

mod analyze;
mod architecture;
mod batch;
mod documentation;
mod gold;
mod ingest;
mod ingest_command;
mod list;
mod output;
mod paragraphs;
mod remove;
mod search;
mod seed;
mod show;
mod status;
