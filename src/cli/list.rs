//! `chancery list`.

use std::time::Instant;

use chancery::engine::{Answer, Engine};
use chancery::error::Result;
use chancery::search::Sort;

use super::common::{CommonArgs, Outcome, one_of};
use super::filters::FilterArgs;
use super::names::NameArgs;
use super::output::print;

/// List the speeches, filtered and sorted
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery list --from 2013 --to 2015 --language zh
  chancery list --sort -date --format csv > speeches.csv")]
pub(super) struct Args {
    /// The order: by id (relevance), date or -date
    #[arg(long, value_name = "ORDER", default_value = "date", allow_hyphen_values = true,
        value_parser = one_of::<Sort>(Sort::NAMES))]
    sort: Sort,
    /// The most speeches to print
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// The speeches to skip
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
    /// List the groups of speeches that are versions of one another, each group with a speech that the filters let in
    #[arg(long)]
    versions: bool,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    names: NameArgs,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let engine = Engine::open(&common.index)?.with_names(self.names.names()?);
        let limit = self.limit.unwrap_or(usize::MAX);
        if self.versions {
            let listing = engine.list_versions(&self.filters.filters()?, self.sort, self.offset, limit)?;
            let found = listing.total > 0;
            print(&Answer::new(Some(engine.corpus()), listing, start.elapsed()), common)?;
            return Ok(Outcome::found(found));
        }
        let listing = engine.list(&self.filters.filters()?, self.sort, self.offset, limit)?;
        let found = listing.total > 0;
        print(&Answer::new(Some(engine.corpus()), listing, start.elapsed()), common)?;
        Ok(Outcome::found(found))
    }
}
