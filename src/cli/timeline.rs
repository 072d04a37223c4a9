//! `chancery timeline`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::builder::RangedU64ValueParser;

use chancery::engine::{Answer, NamedQuery, TimelineRequest};
use chancery::error::{Error, ErrorKind, Result};
use chancery::forms::Formulations;
use chancery::render::plot::{PlotOptions, PlotValue, png, png_is_built_in, svg};
use chancery::render::style::Page;
use chancery::render::timeline::ChartedTimeline;
use chancery::render::{Format, render};
use chancery::search::GroupBy;
use chancery::tally::{Measure, Period};

use super::common::{CommonArgs, Outcome, one_of};
use super::output::{print, remark};
use super::question::QuestionArgs;

/// Follow queries through time, side by side
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery timeline '\"互利共赢\"'
  chancery timeline '\"互利共赢\"' '\"互惠共赢\"' --period quarter --from 2013
  chancery timeline '\"互利共赢\"' --by speaker --output chart.svg --output figures.csv
  chancery timeline --forms formulations.tsv --top 5")]
pub(super) struct Args {
    /// The query; a keyword is counted as its string
    #[arg(value_name = "QUERY", required_unless_present = "forms", allow_hyphen_values = true)]
    query: Option<String>,
    /// More queries, each an argument of its own, to be compared with the first
    #[arg(value_name = "QUERY", requires = "query")]
    more: Vec<String>,
    /// In place of queries the formulations of a file, each a series named by its id; those with the most occurrences
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    forms: Option<PathBuf>,
    /// The most formulations of a list that are shown
    #[arg(
        long,
        value_name = "N",
        default_value_t = 8,
        value_parser = RangedU64ValueParser::<usize>::new().range(1..),
        requires = "forms",
        conflicts_with = "query"
    )]
    top: usize,
    /// The length of the bins
    #[arg(long, value_name = "PERIOD", default_value = "year", value_parser = one_of::<Period>(Period::NAMES))]
    period: Period,
    /// Divide the timeline by the values of a field, such as speaker
    #[arg(long, value_name = "FIELD")]
    by: Option<GroupBy>,
    /// What rates are per million of; else characters where any text is in a language written without spaces, else words
    #[arg(long, value_name = "WHAT", value_parser = one_of::<Measure>(Measure::NAMES))]
    per: Option<Measure>,
    /// What the chart shows
    #[arg(long, value_name = "VALUE", default_value = "per-million",
        value_parser = one_of::<PlotValue>(PlotValue::NAMES))]
    value: PlotValue,
    /// Write to this file in the place of the terminal: .svg, .csv, .tsv, .json or .jsonl, and in a build with everything .png; may be repeated
    #[arg(long, value_name = "FILE")]
    output: Vec<PathBuf>,
    #[command(flatten)]
    question: QuestionArgs,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let outputs: Vec<(&Path, FileKind)> = (self.output.iter())
            .map(|path| Ok((path.as_path(), FileKind::of(path)?)))
            .collect::<Result<_>>()?;
        let forms = self.forms.as_deref().map(Formulations::read).transpose()?;
        let request = TimelineRequest {
            queries: forms
                .as_ref()
                .map_or_else(|| self.named_queries(), NamedQuery::of_forms),
            search: self.question.request("")?,
            period: self.period,
            by: self.by.clone(),
            per: self.per,
            versions: self.question.versions,
        };
        let engine = self.question.engine(common)?;
        let mut timeline = engine.timeline(&request)?;
        if let Some(forms) = &forms {
            timeline = timeline.of_list(forms, self.top);
        }
        let (value, warnings) = (self.value, timeline.warnings.clone());
        let charted = ChartedTimeline { timeline, value };
        let answer = Answer::new(Some(engine.corpus()), charted, start.elapsed()).warning(warnings);
        if outputs.is_empty() {
            print(&answer, common)?;
        }
        for (path, kind) in outputs {
            let bytes = kind.bytes(&answer)?;
            std::fs::write(path, bytes).map_err(|cause| {
                Error::new(ErrorKind::Io, "cannot write the file")
                    .at_path(path)
                    .caused_by(cause)
            })?;
            remark(&format!("wrote {}", path.display()), common);
        }
        let series = &answer.body.timeline.series;
        Ok(Outcome::found(series.iter().any(|series| series.total.passages > 0)))
    }

    fn named_queries(&self) -> Vec<NamedQuery> {
        let named = |query: &String| NamedQuery {
            name: None,
            query: query.trim().to_owned(),
        };
        (self.query.iter())
            .chain(&self.more)
            .filter(|query| !query.trim().is_empty())
            .map(named)
            .collect()
    }
}

/// What a file that is written holds.
#[derive(Clone, Copy)]
enum FileKind {
    Svg,
    Png,
    Figures(Format),
}

impl FileKind {
    fn of(path: &Path) -> Result<Self> {
        let extension = path
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        Ok(match extension.to_lowercase().as_str() {
            "svg" => Self::Svg,
            "png" => {
                png_is_built_in().map_err(|error| error.at_path(path))?;
                Self::Png
            }
            "csv" => Self::Figures(Format::Csv),
            "tsv" => Self::Figures(Format::Tsv),
            "json" => Self::Figures(Format::Json),
            "jsonl" => Self::Figures(Format::JsonLines),
            _ => {
                let message = "the name of the file does not say what to write";
                let hint = "let it end in .svg, .png, .csv, .tsv, .json or .jsonl";
                return Err(Error::new(ErrorKind::Usage, message).at_path(path).hint(hint));
            }
        })
    }

    fn bytes(self, answer: &Answer<ChartedTimeline>) -> Result<Vec<u8>> {
        let options = PlotOptions {
            value: answer.body.value,
            corpus: answer.corpus.as_ref(),
            ..PlotOptions::default()
        };
        match self {
            Self::Svg => Ok(svg(&answer.body.timeline, &options).into_bytes()),
            Self::Png => png(&answer.body.timeline, &options),
            Self::Figures(format) => {
                let mut bytes = Vec::new();
                render(answer, format, &mut bytes, &Page::default()).map_err(super::output::cannot_write)?;
                Ok(bytes)
            }
        }
    }
}
