//! `chancery concordance`.

use std::io::{BufWriter, IsTerminal, Write};
use std::str::FromStr;
use std::time::Instant;

use chancery::engine::{Answer, Concordance, ConcordanceRequest, Engine, FoundLines, LineOrder, USUAL_LINES};
use chancery::error::{Error, ErrorKind, Result};
use chancery::render::Format;
use chancery::render::concordance::write_part;
use chancery::render::style::Page;
use chancery::search::{Context, LineKey};

use super::common::{CommonArgs, Outcome, one_of};
use super::output::{cannot_write, print_on, remark};
use super::pager;
use super::question::QuestionArgs;

/// The lines that are read and written at a time where there are many.
const LINES_AT_A_TIME: usize = 1_000;

/// Show every occurrence in its context, aligned on what matched
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery concordance '\"互利共赢\"'
  chancery concordance '\"互利共赢\"' --sort right --context 8w
  chancery concordance '\"互利共赢\"' --sort speaker,date --limit 50
  chancery concordance '\"互利共赢\"' --sample 100 --seed 7 --context sentence
  chancery concordance '\"互利共赢\"' --limit all --format csv > lines.csv

On a terminal, text without --limit opens a pager with all lines; ? in it lists its keys.")]
pub(super) struct Args {
    /// The query; a keyword is its string
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// More words of the query
    #[arg(value_name = "WORD")]
    more: Vec<String>,
    /// How much is shown on each side: characters such as 30, words such as 8w, or sentence; never more than the paragraph
    #[arg(long, value_name = "AMOUNT", default_value = "30")]
    context: Context,
    /// What the lines are sorted by, one or several; then date, speech and place
    #[arg(long, value_name = "KEY", value_delimiter = ',', default_value = "date", allow_hyphen_values = true,
        value_parser = one_of::<LineKey>(LineKey::NAMES))]
    sort: Vec<LineKey>,
    /// Draw so many of the lines by chance
    #[arg(long, value_name = "N", value_parser = from_one)]
    sample: Option<usize>,
    /// What a sample and an order by chance are drawn with: the same seed draws the same
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    seed: u64,
    /// The most lines to print, or all; 20 unless a pager shows them
    #[arg(long, value_name = "N")]
    limit: Option<LineLimit>,
    /// The lines to skip
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Print on a terminal too, in place of opening a pager
    #[arg(long)]
    no_pager: bool,
    #[command(flatten)]
    question: QuestionArgs,
}

/// The most lines to print.
#[derive(Clone, Copy)]
struct LineLimit(Option<usize>);

impl FromStr for LineLimit {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text == "all" {
            return Ok(Self(None));
        }
        let number = text.parse().map_err(|_| {
            Error::new(ErrorKind::Usage, format!("`{text}` is no number of lines")).hint("write a number, or all")
        })?;
        Ok(Self(Some(number)))
    }
}

/// Reads a number from 1 on.
fn from_one(text: &str) -> std::result::Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "write a whole number from 1 on".to_owned())
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let request = self.request()?;
        let engine = self.question.engine(common)?;
        let found = engine.find_lines(&request)?;
        let outcome = Outcome::found(!found.is_empty());
        if self.opens_pager(common) && !found.is_empty() {
            pager::show(&engine, &found, &request)?;
            return Ok(outcome);
        }
        let order = found.order(&request.sort, found.last_wanted())?;
        let places = request.offset.min(order.len())..order.len();
        let printed = places.len();
        let export = Export {
            engine: &engine,
            found: &found,
            order: &order,
            start,
        };
        match common.format {
            Format::Text | Format::Json => print_on(&export.answer(places)?, common, &page())?,
            format => export.write(places, format)?,
        }
        if printed == 0 && !found.is_empty() && request.offset >= found.len() {
            remark(&format!("there is no line behind line {}", found.len()), common);
        }
        if printed > 0 && printed < found.len() && self.limit.is_none() {
            remark(
                &format!("{printed} of {} lines; --limit all prints them all", found.len()),
                common,
            );
        }
        Ok(outcome)
    }

    /// Whether a person sits at a terminal and has not said which lines to print.
    fn opens_pager(&self, common: &CommonArgs) -> bool {
        let is_asked_for = !self.no_pager && self.limit.is_none() && self.offset == 0;
        let is_terminal = std::io::stdout().is_terminal() && std::io::stdin().is_terminal();
        common.format == Format::Text && is_asked_for && is_terminal
    }

    fn request(&self) -> Result<ConcordanceRequest> {
        let query = std::iter::once(&self.query).chain(&self.more);
        let query = query.map(String::as_str).collect::<Vec<_>>().join(" ");
        Ok(ConcordanceRequest {
            search: self.question.request(&query)?,
            context: self.context,
            sort: self.sort.clone(),
            sample: self.sample,
            seed: self.seed,
            versions: self.question.versions,
            offset: self.offset,
            limit: self.limit.map_or(Some(USUAL_LINES), |limit| limit.0),
        })
    }
}

/// Lines on their way out.
struct Export<'a> {
    engine: &'a Engine,
    found: &'a FoundLines<'a>,
    order: &'a LineOrder,
    start: Instant,
}

impl Export<'_> {
    /// The answer with the lines at some places of the order.
    fn answer(&self, places: std::ops::Range<usize>) -> Result<Answer<Concordance>> {
        let lines = places.map(|place| self.found.line(self.order, place));
        let concordance = Concordance {
            lines: lines.collect::<Result<_>>()?,
            ..self.found.frame()
        };
        let warnings = concordance.warnings.clone();
        Ok(Answer::new(Some(self.engine.corpus()), concordance, self.start.elapsed()).warning(warnings))
    }

    /// Writes the lines at some places of the order, some at a time.
    fn write(&self, places: std::ops::Range<usize>, format: Format) -> Result<()> {
        let mut output = BufWriter::new(anstream::stdout().lock());
        let mut first = places.start;
        loop {
            let next = places.end.min(first + LINES_AT_A_TIME);
            let part = self.answer(first..next)?;
            write_part(&part, first == places.start, format, &mut output).map_err(cannot_write)?;
            first = next;
            if first >= places.end {
                return output.flush().map_err(cannot_write);
            }
        }
    }
}

/// The page that lines are set on: as wide as the terminal, and elsewhere as wide as they are.
fn page() -> Page {
    let terminal = std::io::stdout()
        .is_terminal()
        .then(terminal_size::terminal_size)
        .flatten();
    Page {
        width: terminal.map_or(usize::MAX, |(width, _)| usize::from(width.0)),
    }
}
