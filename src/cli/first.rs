//! `chancery first` and `chancery last`.

use std::time::Instant;

use chancery::engine::{Answer, End, UsesRequest};
use chancery::error::Result;
use chancery::search::GroupBy;

use super::common::{CommonArgs, Outcome};
use super::output::print;
use super::question::QuestionArgs;

/// Show the earliest dated use of what a query finds, with its sentence and citation, and what could change the answer
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery first '\"互利共赢\"'
  chancery first '\"互利共赢\"' --by country
  chancery first '\"win-win cooperation\"' --from 2013 --format json")]
pub(super) struct FirstArgs {
    #[command(flatten)]
    use_args: UseArgs,
}

/// Show the latest dated use of what a query finds, with its sentence and citation, and what could change the answer
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery last '\"互利共赢\"'
  chancery last '\"互利共赢\"' --by speaker --to 2020")]
pub(super) struct LastArgs {
    #[command(flatten)]
    use_args: UseArgs,
}

/// What both verbs take.
#[derive(clap::Args)]
struct UseArgs {
    /// The query; a keyword is looked for as its string
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// More words of the query
    #[arg(value_name = "WORD")]
    more: Vec<String>,
    /// For each value of a field, such as speaker, country, event or genre; two for each pair of values
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    by: Vec<GroupBy>,
    #[command(flatten)]
    question: QuestionArgs,
}

impl FirstArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        self.use_args.run(End::First, common)
    }
}

impl LastArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        self.use_args.run(End::Last, common)
    }
}

impl UseArgs {
    fn run(self, end: End, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let query = std::iter::once(&self.query).chain(&self.more);
        let query = query.map(String::as_str).collect::<Vec<_>>().join(" ");
        let request = UsesRequest {
            search: self.question.request(&query)?,
            end,
            by: self.by,
            versions: self.question.versions,
        };
        let engine = self.question.engine(common)?;
        let uses = engine.uses(&request)?;
        let (found, warnings) = (uses.overall.speeches > 0, uses.warnings.clone());
        print(
            &Answer::new(Some(engine.corpus()), uses, start.elapsed()).warning(warnings),
            common,
        )?;
        Ok(Outcome::found(found))
    }
}
