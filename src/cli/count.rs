//! `chancery count`.

use std::time::Instant;

use chancery::engine::{Answer, CountRequest};
use chancery::error::Result;
use chancery::search::GroupBy;
use chancery::tally::Measure;

use super::common::{CommonArgs, Outcome, one_of};
use super::output::print;
use super::question::QuestionArgs;

/// Count what a query finds, with rates and shares
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery count '\"互利共赢\"'
  chancery count '\"互利共赢\"' --by year
  chancery count '\"互利共赢\"' --by speaker,year --from 2013 --format csv")]
pub(super) struct Args {
    /// The query; a keyword is counted as its string
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// More words of the query
    #[arg(value_name = "WORD")]
    more: Vec<String>,
    /// Count by a field, such as speaker, or by year, quarter or month; two make a table
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    by: Vec<GroupBy>,
    /// What rates are per million of; else characters where any text is in a language written without spaces, else words
    #[arg(long, value_name = "WHAT", value_parser = one_of::<Measure>(Measure::NAMES))]
    per: Option<Measure>,
    #[command(flatten)]
    question: QuestionArgs,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let query = std::iter::once(&self.query).chain(&self.more);
        let query = query.map(String::as_str).collect::<Vec<_>>().join(" ");
        let request = CountRequest {
            search: self.question.request(&query)?,
            by: self.by,
            per: self.per,
            versions: self.question.versions,
        };
        let engine = self.question.engine(common)?;
        let count = engine.count(&request)?;
        let (found, warnings) = (count.total.passages > 0, count.warnings.clone());
        print(
            &Answer::new(Some(engine.corpus()), count, start.elapsed()).warning(warnings),
            common,
        )?;
        Ok(Outcome::found(found))
    }
}
