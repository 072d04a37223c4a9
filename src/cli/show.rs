//! `chancery show`.

use std::time::Instant;

use chancery::engine::{Answer, Engine};
use chancery::error::Result;
use chancery::search::SearchRequest;

use super::common::{CommonArgs, Outcome};
use super::names::NameArgs;
use super::output::print;

/// Show one speech with its metadata
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery show summits/2013-wangchao
  chancery show summits/2013-wangchao#p3
  chancery show summits/2013-wangchao --highlight '\"互利共赢\"'")]
pub(super) struct Args {
    /// The id of the speech, or the address of a passage
    #[arg(value_name = "SPEECH")]
    speech: String,
    /// Only this paragraph, from 1
    #[arg(long, value_name = "N")]
    paragraph: Option<u32>,
    /// Mark what this query matches
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    highlight: Option<String>,
    #[command(flatten)]
    names: NameArgs,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let engine = Engine::open(&common.index)?.with_names(self.names.names()?);
        let marked_by = self.highlight.map(SearchRequest::new);
        let speech = engine.show(&self.speech, self.paragraph, marked_by.as_ref())?;
        print(&Answer::new(Some(engine.corpus()), speech, start.elapsed()), common)?;
        Ok(Outcome::Done)
    }
}
