//! What verbs take that are asked of a query or of a list of formulations; and `chancery list-forms`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use chancery::engine::{Answer, End, Engine, ReportRequest, ReportedSpeech, UsesRequest};
use chancery::error::{Error, ErrorKind, Result};
use chancery::forms::Formulations;
use chancery::ingest::Input;
use chancery::search::request::assignment;

use super::common::{CommonArgs, Outcome};
use super::output::print;
use super::question::QuestionArgs;

/// A query, or a list of formulations in its place.
#[derive(clap::Args)]
pub(super) struct QueryOrForms {
    /// The query; a keyword is counted as its string
    #[arg(value_name = "QUERY", allow_hyphen_values = true, required_unless_present = "forms")]
    query: Option<String>,
    /// More words of the query
    #[arg(value_name = "WORD")]
    more: Vec<String>,
    /// In place of a query each formulation of a file: lines of id, formulation and variants apart by tabs, or of JSON objects
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "more"])]
    forms: Option<PathBuf>,
}

impl QueryOrForms {
    /// The words of the query, joined; empty where there is a list.
    pub(super) fn query(&self) -> String {
        let words = self.query.iter().chain(&self.more);
        words.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// The list, where one is asked of.
    pub(super) fn forms(&self) -> Result<Option<Formulations>> {
        self.forms.as_deref().map(Formulations::read).transpose()
    }
}

/// List formulations with their first and last use, or report on a speech
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery list-forms --forms formulations.tsv
  chancery list-forms --forms formulations.tsv --speech summits/2024-egret-harbour-anlan
  chancery list-forms --forms formulations.tsv --speech draft.docx --set speaker=沈怀川 --set date=2024-11-02

The report says which formulations are present, which are absent though usual for the speaker or the event (in at least half,
and at least three, of the earlier speeches), which are said for the first time, and where one stands altered: one
of four or five characters or words by one of them, one of six and more by up to two. Shorter ones are not looked for altered,
except three words of at least twelve letters together, by one word.")]
pub(super) struct ListFormsArgs {
    /// The formulations: lines of id, formulation and variants apart by tabs, or of JSON objects {id, form, variants, note}
    #[arg(long, value_name = "FILE")]
    forms: PathBuf,
    /// Report on this speech: an id, a file of any format that need not be indexed, or - for standard input
    #[arg(long, value_name = "ID|FILE|-", allow_hyphen_values = true)]
    speech: Option<String>,
    /// Set a metadata field of a speech that is read from a file, such as speaker=… or date=…
    #[arg(long, value_name = "FIELD=VALUE", requires = "speech")]
    set: Vec<String>,
    #[command(flatten)]
    question: QuestionArgs,
}

impl ListFormsArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let forms = Formulations::read(&self.forms)?;
        let engine = self.question.engine(common)?;
        let search = self.question.request("")?;
        let versions = self.question.versions;
        let Some(speech) = &self.speech else {
            let request = UsesRequest {
                search,
                versions,
                ..UsesRequest::new("", End::First)
            };
            let listing = engine.list_forms(&forms, &request)?;
            let found = listing.forms.iter().any(|form| form.speeches > 0);
            let warnings = listing.warnings.clone();
            let answer = Answer::new(Some(engine.corpus()), listing, start.elapsed()).warning(warnings);
            print(&answer, common)?;
            return Ok(Outcome::found(found));
        };
        let reported = self.reported(speech, &engine)?;
        let report = engine.report_forms(&forms, &reported, &ReportRequest { search, versions })?;
        let (found, warnings) = (!report.is_empty(), report.warnings.clone());
        let answer = Answer::new(Some(engine.corpus()), report, start.elapsed()).warning(warnings);
        print(&answer, common)?;
        Ok(Outcome::found(found))
    }

    /// The speech of the index with this id, else the one in the file of this name.
    fn reported(&self, speech: &str, engine: &Engine) -> Result<ReportedSpeech> {
        if speech != "-" && engine.has(speech)? {
            if !self.set.is_empty() {
                let message = format!("`{speech}` is a speech of the index, whose fields are known");
                return Err(Error::new(ErrorKind::Usage, message).hint("leave --set away, or name a file"));
            }
            return Ok(ReportedSpeech::Stored(speech.to_owned()));
        }
        let overrides = self.set.iter().map(|text| assignment(text));
        let overrides = overrides.map(|pair| pair.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let overrides: Vec<(String, String)> = overrides.collect::<Result<_>>()?;
        match speech {
            "-" => ReportedSpeech::read(Input::Stdin(Box::new(std::io::stdin())), overrides),
            path if Path::new(path).is_file() => ReportedSpeech::read(Input::Path(path.into()), overrides)
                .map_err(|error| error.at_path(Path::new(path))),
            _ => {
                let message = format!("`{speech}` is neither the id of a speech nor a file");
                Err(Error::new(ErrorKind::NotFound, message).hint("`chancery list` prints the ids"))
            }
        }
    }
}
