//! `chancery show`.

use std::time::Instant;

use chancery::citation::CitationStyle;
use chancery::engine::{Answer, Engine};
use chancery::error::Result;
use chancery::search::SearchRequest;
use chancery::text::Date;

use super::common::{CommonArgs, Outcome, one_of};
use super::names::NameArgs;
use super::output::print;

/// Show one speech with its metadata
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery show summits/2013-wangchao
  chancery show summits/2013-wangchao#p3
  chancery show summits/2013-wangchao --matter
  chancery show summits/2013-wangchao --highlight '\"互利共赢\"'
  chancery show summits/2013-wangchao#p3 --cite gbt7714
  chancery show wire/2017-044 --diff papers/2017-10-11")]
pub(super) struct Args {
    /// The id of the speech, or the address of a passage
    #[arg(value_name = "SPEECH")]
    speech: String,
    /// Only this paragraph, from 1
    #[arg(long, value_name = "N")]
    paragraph: Option<u32>,
    /// Show what stands beside the speech in its source too: letterheads, credits, page furniture
    #[arg(long, conflicts_with_all = ["diff", "cite"])]
    matter: bool,
    /// Mark what this query matches
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    highlight: Option<String>,
    /// Show what differs in this speech from SPEECH: its words and Han characters, not its white space
    #[arg(long, value_name = "OTHER", conflicts_with_all = ["paragraph", "highlight"])]
    diff: Option<String>,
    /// Print a reference to the speech or the paragraph in this style, and not its text
    #[arg(long, value_name = "STYLE", conflicts_with_all = ["diff", "highlight"],
        value_parser = one_of::<CitationStyle>(CitationStyle::NAMES))]
    cite: Option<CitationStyle>,
    #[command(flatten)]
    names: NameArgs,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let engine = Engine::open(&common.index)?.with_names(self.names.names()?);
        if let Some(other) = &self.diff {
            let difference = engine.difference(&self.speech, other)?;
            print(&Answer::new(Some(engine.corpus()), difference, start.elapsed()), common)?;
            return Ok(Outcome::Done);
        }
        if let Some(style) = self.cite {
            let citation = engine.cite(&self.speech, self.paragraph, style, Date::today())?;
            print(&Answer::new(Some(engine.corpus()), citation, start.elapsed()), common)?;
            return Ok(Outcome::Done);
        }
        let marked_by = self.highlight.map(SearchRequest::new);
        let mut speech = engine.show(&self.speech, self.paragraph, marked_by.as_ref())?;
        speech.shows_matter |= self.matter;
        print(&Answer::new(Some(engine.corpus()), speech, start.elapsed()), common)?;
        Ok(Outcome::Done)
    }
}
