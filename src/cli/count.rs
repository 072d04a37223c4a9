//! `chancery count`.

use std::time::Instant;

use chancery::engine::{Answer, CountRequest, FormGrain};
use chancery::error::Result;
use chancery::search::GroupBy;
use chancery::tally::Measure;

use super::common::{CommonArgs, Outcome, one_of};
use super::forms::QueryOrForms;
use super::output::print;
use super::question::QuestionArgs;

/// Count what a query finds, with rates and shares
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery count '\"互利共赢\"'
  chancery count '\"互利共赢\"' --by year
  chancery count '\"互利共赢\"' --by speaker,year --from 2013 --format csv
  chancery count --forms formulations.tsv --by year --format csv")]
pub(super) struct Args {
    #[command(flatten)]
    asked: QueryOrForms,
    /// Count each wording of a formulation of the list by itself
    #[arg(long, requires = "forms", conflicts_with = "query")]
    by_variant: bool,
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
        let forms = self.asked.forms()?;
        let request = CountRequest {
            search: self.question.request(&self.asked.query())?,
            by: self.by,
            per: self.per,
            versions: self.question.versions,
        };
        let engine = self.question.engine(common)?;
        if let Some(forms) = forms {
            let grain = match self.by_variant {
                true => FormGrain::Wording,
                false => FormGrain::Formulation,
            };
            let counts = engine.count_forms(&forms, grain, &request)?;
            let found = counts.forms.iter().any(|form| form.total.passages > 0);
            let warnings = counts.warnings.clone();
            let answer = Answer::new(Some(engine.corpus()), counts, start.elapsed()).warning(warnings);
            print(&answer, common)?;
            return Ok(Outcome::found(found));
        }
        let count = engine.count(&request)?;
        let (found, warnings) = (count.total.passages > 0, count.warnings.clone());
        print(
            &Answer::new(Some(engine.corpus()), count, start.elapsed()).warning(warnings),
            common,
        )?;
        Ok(Outcome::found(found))
    }
}
