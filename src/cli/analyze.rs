//! `chancery analyze`.

use std::path::PathBuf;
use std::time::Instant;

use chancery::analyzer::Analyzer;
use chancery::engine::{Answer, analyze};
use chancery::error::Result;

use super::common::{CommonArgs, Outcome};
use super::ingest::read_lexicon;
use super::output::print;

/// Show how a text is folded and cut, with spans and positions
#[derive(clap::Args)]
#[command(after_help = "Example:
  chancery analyze '共建“一帶一路”' --format json")]
pub(super) struct Args {
    /// The text; it may begin with `-`
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
    /// More words of the text
    #[arg(value_name = "WORD")]
    more: Vec<String>,
    /// The language by whose rules words are stemmed
    #[arg(long, default_value = "", value_name = "TAG")]
    language: String,
    /// Han words of your own, one a line
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let lexicon = self
            .lexicon
            .as_deref()
            .map(read_lexicon)
            .transpose()?
            .unwrap_or_default();
        let text = [&[self.text], &self.more[..]].concat().join(" ");
        let analysis = analyze(&text, &self.language, &Analyzer::new(lexicon));
        print(&Answer::new(None, analysis, start.elapsed()), common)?;
        Ok(Outcome::Done)
    }
}
