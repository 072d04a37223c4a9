//! `chancery ingest`.

use std::io::IsTerminal;
use std::num::NonZeroU64;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use chancery::analyzer::lexicon::UserLexicon;
use chancery::engine::{Answer, Engine, IngestProgress, IngestRequest, ingest};
use chancery::error::{Error, ErrorKind, Result};
use chancery::ingest::{IngestOptions, Input, InputFormat, Mapping, Rejection, encoding};

use chancery::search::request::assignment;

use super::common::{CommonArgs, Outcome};
use super::output::print;
use super::{interruption, watch};

/// Add or update speeches from files and folders
///
/// Reads text (headers of releases are understood), Markdown, JSON and JSON Lines, CSV and TSV, web pages, PDF, Word
/// documents, OpenDocument, RTF, EPUB, subtitles, mails, TEI, minutes of parliaments in XML, and .zip, .tar and .gz of them;
/// what a file is, its content tells. A file NAME.meta.json beside NAME.txt sets metadata. Files that have not changed are not
/// read again; what lies beside data, such as a README, is skipped; `-` reads standard input.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery ingest speeches/ --prune
  chancery ingest 2025-06-17.txt --set event='Second Summit'
  chancery ingest archive.zip --collection archive
  chancery ingest inbox/ --watch
  cat speeches.jsonl | chancery ingest - --input-format jsonl --collection wire")]
#[derive(Clone)]
pub(super) struct Args {
    /// Files and folders; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read every file in this format
    #[arg(long, value_name = "FORMAT",
        value_parser = PossibleValuesParser::new(InputFormat::ALL.iter().map(|format| format.name()))
            .try_map(|name| name.parse::<InputFormat>()))]
    input_format: Option<InputFormat>,
    /// Decode every text in this encoding, such as GB18030, instead of telling it from the bytes
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<String>,
    /// Say what a field of records or a column of tables means, as Redner=speaker or Volltext=body
    #[arg(long, value_name = "THEIRS=OURS")]
    map: Vec<String>,
    /// A name for these speeches; it goes before the ids that are made of paths
    #[arg(long, value_name = "NAME")]
    collection: Option<String>,
    /// Set a metadata field of every speech read
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// Remove speeches that came from these folders and whose file is gone
    #[arg(long)]
    prune: bool,
    /// Han words of your own, one a line, for a new index
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
    /// Name the corpus
    #[arg(long, value_name = "NAME")]
    corpus: Option<String>,
    /// Commit after every N new or changed speeches, besides every 20 seconds: an interruption loses no more
    #[arg(long, value_name = "N")]
    commit_every: Option<NonZeroU64>,
    /// Go on: ingest what changes in these folders, until Ctrl-C
    #[arg(long)]
    watch: bool,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let stop = interruption::flag()?;
        let mut told = None;
        if !self.watch {
            return self.ingest(common, &stop, &mut told);
        }
        if let Some(path) = self.paths.iter().find(|path| path.as_os_str() == "-") {
            let message = format!("`{}` is standard input, which cannot be watched", path.display());
            return Err(Error::new(ErrorKind::Usage, message).hint("name files and folders"));
        }
        chancery::ingest::check(
            &self.paths.iter().cloned().map(Input::Path).collect::<Vec<_>>(),
            &IngestOptions::default(),
        )?;
        let mut outcome = Outcome::Done;
        watch::follow(&self.paths, &common.index, &stop, || {
            outcome = self.ingest(common, &stop, &mut told)?;
            Ok(())
        })?;
        Ok(outcome)
    }

    /// Ingests once, and reports what is new: `told` holds the rejections that were reported last.
    fn ingest(
        &self,
        common: &CommonArgs,
        stop: &Arc<AtomicBool>,
        told: &mut Option<Vec<Rejection>>,
    ) -> Result<Outcome> {
        let start = Instant::now();
        let request = self.clone().request(stop)?;
        let bar = progress_bar(common);
        let report = ingest(&common.index, request, |progress| show(&bar, progress));
        bar.finish_and_clear();
        let report = report?;
        let outcome = if report.rejected.is_empty() && !report.interrupted {
            Outcome::Done
        } else {
            Outcome::PartlyRejected
        };
        let is_silent = common.quiet > 0 && common.format == chancery::render::Format::Text && outcome == Outcome::Done;
        let has_changed = report.added + report.updated + report.removed > 0;
        let is_news = has_changed || told.as_ref() != Some(&report.rejected);
        *told = Some(report.rejected.clone());
        if !is_silent && is_news {
            let corpus = Engine::open(&common.index)?.corpus();
            let warnings = report.warnings.clone();
            let answer = Answer::new(Some(corpus), report, start.elapsed());
            print(&Answer { warnings, ..answer }, common)?;
        }
        Ok(outcome)
    }

    fn request(self, stop: &Arc<AtomicBool>) -> Result<IngestRequest> {
        let overrides = self.set.iter().map(|text| assignment(text));
        let overrides = overrides.map(|pair| pair.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let options = IngestOptions {
            input_format: self.input_format,
            collection: self.collection,
            overrides: overrides.collect::<Result<_>>()?,
            encoding: self.encoding.as_deref().map(encoding::named).transpose()?,
            mapping: Mapping::new(&self.map)?,
            excluded: None,
        };
        let input = |path: PathBuf| match path.as_os_str() == "-" {
            true => Input::Stdin(Box::new(std::io::stdin())),
            false => Input::Path(path),
        };
        Ok(IngestRequest {
            inputs: self.paths.into_iter().map(input).collect(),
            options,
            prune: self.prune,
            lexicon: self.lexicon.as_deref().map(read_lexicon).transpose()?,
            corpus_name: self.corpus,
            commit_every: self.commit_every,
            stop: Arc::clone(stop),
        })
    }
}

/// Reads a lexicon file.
pub(super) fn read_lexicon(path: &std::path::Path) -> Result<UserLexicon> {
    let text = std::fs::read_to_string(path).map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot read the lexicon")
            .at_path(path)
            .caused_by(cause)
    })?;
    UserLexicon::parse(&text).map_err(|error| error.at_path(path))
}

/// A bar on a terminal, nothing elsewhere.
pub(super) fn progress_bar(common: &CommonArgs) -> ProgressBar {
    if common.quiet > 0 || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{bar:30} {msg}  {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

fn show(bar: &ProgressBar, progress: IngestProgress) {
    if bar.is_hidden() {
        return;
    }
    bar.set_length(progress.total_bytes);
    bar.set_position(progress.bytes_read);
    let rate = progress.speeches as f64 / bar.elapsed().as_secs_f64().max(0.001);
    bar.set_message(format!("{} speeches, {rate:.0}/s", progress.speeches));
}
