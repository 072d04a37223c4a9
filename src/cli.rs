//! The command line: one file a verb, each its arguments and `run`. No search logic here.

mod analyze;
mod backup;
mod batch;
mod bench;
mod common;
mod concordance;
mod count;
mod evaluate;
mod filters;
mod first;
mod forms;
mod ingest;
mod interruption;
mod list;
mod maintain;
mod names;
mod output;
mod pager;
mod passages;
mod queries;
mod query_language;
mod question;
mod search;
#[cfg(feature = "http")]
mod serve;
mod show;
mod timeline;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use chancery::error::ErrorKind;
use common::{CommonArgs, Outcome};
use output::report_error;

/// Full-text search over corpora of diplomatic speech: exact strings, ranked passages, citations.
#[derive(Parser)]
#[command(name = "chancery", version, long_version = LONG_VERSION, arg_required_else_help = true, after_help = EXAMPLES)]
struct Arguments {
    #[command(flatten)]
    common: CommonArgs,
    #[command(subcommand)]
    verb: Verb,
}

/// The version with the optional parts of this build.
const LONG_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\nfeatures: ", env!("CHANCERY_FEATURES"));

const EXAMPLES: &str = "Examples:
  chancery ingest speeches/             index a folder of speeches
  chancery search '\"命运共同体\"'          every passage with exactly this string
  chancery search 绿色矿产 合作            the best passages for these keywords
  chancery show summit/astana#p9        one paragraph, by its address

Exit codes: 0 done or found, 1 nothing found, 2 wrong usage, failure or damage, 3 part of the input was rejected.";

#[derive(Subcommand)]
enum Verb {
    Ingest(ingest::Args),
    Search(search::Args),
    Show(show::Args),
    List(list::Args),
    Count(count::Args),
    Timeline(timeline::Args),
    Concordance(concordance::Args),
    First(first::FirstArgs),
    Last(first::LastArgs),
    ListForms(forms::ListFormsArgs),
    Remove(maintain::RemoveArgs),
    Status(maintain::StatusArgs),
    Verify(maintain::VerifyArgs),
    Backup(backup::BackupArgs),
    Restore(backup::RestoreArgs),
    Optimize(maintain::OptimizeArgs),
    Reindex(maintain::ReindexArgs),
    Analyze(analyze::Args),
    Evaluate(evaluate::Args),
    Bench(bench::Args),
    #[cfg(feature = "http")]
    Serve(serve::Args),
}

/// The arguments as typed, with one mending: `-铁路`, which no option can be, is a part of a query, and a space before it
/// keeps it from being taken for one.
fn typed_arguments() -> Vec<OsString> {
    let is_query_part = |argument: &OsString| {
        let rest = argument.to_str().and_then(|text| text.strip_prefix('-'));
        rest.and_then(|rest| rest.chars().next())
            .is_some_and(|first| !first.is_ascii() || "\"(".contains(first))
    };
    let mended = |argument: OsString| match is_query_part(&argument) {
        true => [OsString::from(" "), argument].into_iter().collect(),
        false => argument,
    };
    std::env::args_os().map(mended).collect()
}

/// Runs the command that the process was started with.
pub(crate) fn main() -> ExitCode {
    let arguments = match Arguments::try_parse_from(typed_arguments()) {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe is no reason to fail once more.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let common = arguments.common;
    common.set_color();
    let outcome = match arguments.verb {
        Verb::Ingest(verb) => verb.run(&common),
        Verb::Search(verb) => verb.run(&common),
        Verb::Show(verb) => verb.run(&common),
        Verb::List(verb) => verb.run(&common),
        Verb::Count(verb) => verb.run(&common),
        Verb::Timeline(verb) => verb.run(&common),
        Verb::Concordance(verb) => verb.run(&common),
        Verb::First(verb) => verb.run(&common),
        Verb::Last(verb) => verb.run(&common),
        Verb::ListForms(verb) => verb.run(&common),
        Verb::Remove(verb) => verb.run(&common),
        Verb::Status(verb) => verb.run(&common),
        Verb::Verify(verb) => verb.run(&common),
        Verb::Backup(verb) => verb.run(&common),
        Verb::Restore(verb) => verb.run(&common),
        Verb::Optimize(verb) => verb.run(&common),
        Verb::Reindex(verb) => verb.run(&common),
        Verb::Analyze(verb) => verb.run(&common),
        Verb::Evaluate(verb) => verb.run(&common),
        Verb::Bench(verb) => verb.run(&common),
        #[cfg(feature = "http")]
        Verb::Serve(verb) => verb.run(&common),
    };
    match outcome {
        Ok(outcome) => outcome.exit_code(),
        Err(error) if output::is_broken_pipe(&error) => Outcome::Done.exit_code(),
        Err(error) => {
            report_error(&error);
            match error.kind() {
                ErrorKind::NotFound => Outcome::NothingFound.exit_code(),
                _ => ExitCode::from(2),
            }
        }
    }
}
