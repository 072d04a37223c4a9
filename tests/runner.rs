//! The one test binary: a module a file, so that the library is linked once.

mod support;

mod analyze;
mod architecture;
mod batch;
mod changes;
mod documentation;
mod evaluate;
mod exactness;
mod explain;
mod explain_scores;
mod gold;
mod headings;
mod highlights;
mod ingest;
mod ingest_command;
mod kill;
mod list;
mod names;
mod output;
mod paging;
mod paragraphs;
mod query_language;
mod ranking;
mod reference;
mod remove;
mod sample;
mod search;
mod seed;
mod show;
mod speech_ranking;
mod status;
mod suggestions;
mod writers;
