//! The one test binary: a module a file, so that the library is linked once.

mod support;

mod analyze;
mod architecture;
mod archives;
mod backup;
mod batch;
mod bench;
mod bench_comparison;
mod bench_report;
mod book;
#[cfg(feature = "http")]
mod browser;
mod changes;
mod cite;
mod concordance;
mod count;
mod documentation;
mod encodings;
mod evaluate;
mod exact_counts;
mod exactness;
mod explain;
mod explain_scores;
mod faults;
mod first;
mod formats_docx;
mod formats_html;
mod formats_markdown;
mod formats_pdf;
mod formats_tables;
mod formats_tei;
mod forms;
mod giving_up;
mod gold;
mod gold_rows;
mod headings;
mod highlights;
#[cfg(feature = "http")]
mod http;
mod ingest;
mod ingest_command;
mod keeping_up;
mod kill;
mod list;
mod names;
mod output;
#[cfg(target_os = "linux")]
mod pager;
mod paging;
mod paragraphs;
mod query_language;
mod ranking;
mod reference;
mod remove;
mod sample;
mod search;
mod seed;
mod shared_files;
mod show;
mod speech_ranking;
mod status;
mod suggestions;
mod timeline;
mod versions;
mod writers;
