//! `chancery first` and `chancery last`.

use std::time::Instant;

use chancery::engine::{Answer, End, UsesRequest};
use chancery::error::Result;
use chancery::search::GroupBy;
use chancery::text::Date;

use super::common::{CommonArgs, Outcome};
use super::forms::QueryOrForms;
use super::output::print;
use super::question::QuestionArgs;

/// Show the earliest dated use of what a query finds, and what could change that
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery first '\"互利共赢\"'
  chancery first '\"互利共赢\"' --by country
  chancery first --forms formulations.tsv --new-since 2023")]
pub(super) struct FirstArgs {
    /// Of a list, only the formulations whose first dated use is on or after this date, and those never found
    #[arg(long, value_name = "DATE", requires = "forms", conflicts_with = "query")]
    new_since: Option<Date>,
    #[command(flatten)]
    use_args: UseArgs,
}

/// Show the latest dated use of what a query finds, and what could change that
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
    #[command(flatten)]
    asked: QueryOrForms,
    /// For each value of a field, such as speaker, country, event or genre; two for each pair of values
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    by: Vec<GroupBy>,
    #[command(flatten)]
    question: QuestionArgs,
}

impl FirstArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        self.use_args.run(End::First, self.new_since, common)
    }
}

impl LastArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        self.use_args.run(End::Last, None, common)
    }
}

impl UseArgs {
    fn run(self, end: End, new_since: Option<Date>, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let forms = self.asked.forms()?;
        let request = UsesRequest {
            search: self.question.request(&self.asked.query())?,
            end,
            by: self.by,
            versions: self.question.versions,
        };
        let engine = self.question.engine(common)?;
        if let Some(forms) = forms {
            let uses = engine.form_uses(&forms, &request, new_since)?;
            let (found, warnings) = (!uses.forms.is_empty(), uses.warnings.clone());
            let answer = Answer::new(Some(engine.corpus()), uses, start.elapsed()).warning(warnings);
            print(&answer, common)?;
            return Ok(Outcome::found(found));
        }
        let uses = engine.uses(&request)?;
        let (found, warnings) = (uses.overall.speeches > 0, uses.warnings.clone());
        print(
            &Answer::new(Some(engine.corpus()), uses, start.elapsed()).warning(warnings),
            common,
        )?;
        Ok(Outcome::found(found))
    }
}
