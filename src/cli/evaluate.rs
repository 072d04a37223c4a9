//! `chancery evaluate`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

use chancery::corpus::Field;
use chancery::corpus::metadata::scalar_texts;
use chancery::engine::{Answer, Engine, EvaluatedRun, EvaluationReport, QueryFields, RankedTopics, Topic};
use chancery::error::{Error, ErrorKind, Result};
use chancery::evaluation::{Judgments, Run};
use chancery::query::keywords_query;
use chancery::render::Format;
use chancery::search::{Expand, FilterField, Filters, HitUnit, RankingProfile, SearchRequest};

use super::common::{CommonArgs, Outcome, one_of};
use super::filters::FilterArgs;
use super::names::NameArgs;
use super::output::print;
use super::passages::PassageIndex;
use super::queries::{self, GivenQuery};

/// Judge the ranking: measures of retrieval over queries with relevance judgments
///
/// Searches for every query, compares what is found with the judgments, and prints nDCG@10, RR@10 (its mean is the MRR), R@10,
/// R@100, AP (its mean is the MAP) and the share of the first ten that was judged, by the definitions of trec_eval and
/// ir_measures. Judgments are lines `QUERY 0 DOCUMENT GRADE`; a document is a speech or the address of a passage.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery evaluate --queries topics.tsv --qrels qrels.tsv
  chancery evaluate --queries queries.jsonl --qrels qrels.tsv --passages passages.jsonl.gz --group-by kind
  chancery evaluate --queries topics.tsv --qrels qrels.tsv --run new.run --compare old.run
  chancery evaluate --qrels qrels.tsv --from-run new.run --compare old.run --format json")]
pub(super) struct Args {
    /// Lines `id<TAB>query`, or JSON objects with `id`, `q` (or `text`), filters such as `language`, and fields to group by
    #[arg(long, value_name = "FILE", required_unless_present = "from_run")]
    queries: Option<PathBuf>,
    /// The judgments: lines `QUERY 0 DOCUMENT GRADE`; a grade above 0 is relevant
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// Search these passages in the place of an index: JSON objects with `id` and `text`, one a line, .gz or not
    #[arg(long, value_name = "FILE", conflicts_with = "from_run")]
    passages: Option<PathBuf>,
    /// Search nothing and evaluate a run in the form of TREC
    #[arg(long, value_name = "FILE")]
    from_run: Option<PathBuf>,
    /// Write what was found as a run in the form of TREC
    #[arg(long, value_name = "FILE", conflicts_with = "from_run")]
    run: Option<PathBuf>,
    /// The name of the run
    #[arg(long, value_name = "NAME", default_value = "chancery", value_parser = run_name)]
    tag: String,
    /// The passages (or speeches) to rank for each query
    #[arg(long, value_name = "N", default_value = "1000", conflicts_with = "from_run")]
    depth: NonZeroUsize,
    /// Measure groups of queries by a field of theirs too, such as kind; may be repeated
    #[arg(long, value_name = "FIELD", requires = "queries", value_delimiter = ',')]
    group_by: Vec<String>,
    /// Print the measures of each query too, as CSV, TSV and JSON Lines always do
    #[arg(long)]
    per_query: bool,
    /// Compare with another run in the form of TREC; may be repeated
    #[arg(long, value_name = "FILE")]
    compare: Vec<PathBuf>,
    /// The seed of what a comparison draws at random
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Leave aside the filters that queries bring, their language included
    #[arg(long, conflicts_with = "from_run")]
    unfiltered: bool,
    /// Take queries as plain keywords, not in the query language
    #[arg(long, conflicts_with = "from_run")]
    plain: bool,
    /// What is ranked
    #[arg(long, value_name = "WHAT", default_value = "passage", conflicts_with = "from_run",
        value_parser = one_of::<HitUnit>(HitUnit::NAMES))]
    by: HitUnit,
    /// Look for synonyms and other forms of names too: of keywords, or of quoted strings as well
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_value = "keywords",
        default_missing_value = "all", conflicts_with = "from_run", value_parser = one_of::<Expand>(Expand::NAMES))]
    expand: Expand,
    /// Rank nothing but what matches, even where that is few passages
    #[arg(long, conflicts_with = "from_run")]
    no_partial: bool,
    /// Rank with another weight than the profile's, such as nearness=1; may be repeated
    #[arg(long, value_name = "NAME=VALUE", conflicts_with = "from_run")]
    weight: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    names: NameArgs,
}

/// A name that can stand in a column of a run.
fn run_name(name: &str) -> std::result::Result<String, String> {
    match name.is_empty() || name.contains(char::is_whitespace) {
        true => Err("a run has a name without white space, for it is a column of the run".to_owned()),
        false => Ok(name.to_owned()),
    }
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let judgments = Judgments::read(&self.qrels)?;
        let others = self.compare.iter().map(|path| Run::read(path));
        let others: Vec<Run> = others.collect::<Result<_>>()?;
        let given = self.queries.as_deref().map(queries::read_all).transpose()?;
        self.check_groups(given.as_deref().unwrap_or_default())?;
        let searched = match &self.from_run {
            Some(path) => Searched::elsewhere(Run::read(path)?),
            None => self.search(given.as_deref().unwrap_or_default(), &judgments, common)?,
        };
        if let Some(path) = &self.run {
            write_run(&searched.topics.run, &self.tag, path)?;
        }
        let queries = given.as_deref().map(described);
        let (mut report, warnings) = self.report(&searched, &judgments, queries.as_ref());
        for (path, other) in self.compare.iter().zip(&others) {
            report.compare_with(&path.display().to_string(), other, &judgments, self.seed);
        }
        if !self.per_query && matches!(common.format, Format::Text | Format::Json) {
            report.per_query.clear();
        }
        let answer = Answer::new(searched.corpus, report, start.elapsed());
        let warnings = [searched.warnings, searched.topics.warnings, warnings].concat();
        print(&Answer { warnings, ..answer }, common)?;
        Ok(searched.outcome)
    }

    /// Refuses to group by a field that no query has.
    fn check_groups(&self, given: &[GivenQuery]) -> Result<()> {
        let has = |field: &&String| given.iter().any(|query| query.fields.contains_key(*field));
        let Some(field) = self.group_by.iter().find(|field| !has(field)) else {
            return Ok(());
        };
        let fields: BTreeSet<&str> = given
            .iter()
            .flat_map(|query| query.fields.keys().map(String::as_str))
            .collect();
        let hint = match fields.is_empty() {
            true => "write queries as JSON objects with further fields".to_owned(),
            false => format!("the queries have {}", fields.into_iter().collect::<Vec<_>>().join(", ")),
        };
        Err(Error::new(ErrorKind::Usage, format!("no query has a field `{field}` to group by")).hint(hint))
    }

    fn report(
        &self,
        searched: &Searched,
        judgments: &Judgments,
        queries: Option<&BTreeMap<String, QueryFields>>,
    ) -> (EvaluationReport, Vec<String>) {
        let topics = &searched.topics;
        let name = self.from_run.as_ref().map(|path| path.display().to_string());
        let evaluated = EvaluatedRun {
            name: name.as_deref().unwrap_or(&self.tag),
            run: &topics.run,
            judgments,
            queries,
            searches: &topics.searches,
        };
        let (report, warnings) = EvaluationReport::new(evaluated, &self.group_by);
        if self.from_run.is_some() {
            return (report, warnings);
        }
        let relaxed = topics.searches.values().filter(|search| search.relaxed).count();
        let report = EvaluationReport {
            missing_documents: Some(topics.missing_documents),
            relaxed: Some(relaxed),
            median_ms: topics.median_ms,
            ..report
        };
        (report, warnings)
    }

    /// Searches for the queries, in the index or in the passages given.
    fn search(&self, given: &[GivenQuery], judgments: &Judgments, common: &CommonArgs) -> Result<Searched> {
        let names = self.names.names()?;
        let passages = self.passages.as_deref().map(PassageIndex::make).transpose()?;
        let directory = passages
            .as_ref()
            .map_or(common.index.as_path(), PassageIndex::directory);
        let engine = Engine::open(directory)?.with_names(names);
        let mut warnings = passages.as_ref().map(PassageIndex::warnings).unwrap_or_default();
        let by_language = passages.is_none() || engine.states_languages()?;
        let topics: Vec<Topic> = given
            .iter()
            .map(|query| self.topic(query, by_language))
            .collect::<Result<_>>()?;
        let has_language = given.iter().any(|query| query.fields.contains_key("language"));
        if !by_language && has_language && !self.unfiltered {
            let message = "no passage states its language: the language of queries does not filter";
            warnings.push(message.to_owned());
        }
        let is_whole = passages.as_ref().is_none_or(PassageIndex::is_whole);
        Ok(Searched {
            topics: engine.rank_topics(&topics, judgments)?,
            corpus: Some(engine.corpus()),
            warnings,
            outcome: if is_whole {
                Outcome::Done
            } else {
                Outcome::PartlyRejected
            },
        })
    }

    fn topic(&self, query: &GivenQuery, by_language: bool) -> Result<Topic> {
        let mut own = match self.unfiltered {
            true => Filters::default(),
            false => query.filters(|_| Ok(()))?,
        };
        if !by_language {
            own.any_of
                .retain(|(field, _)| *field != FilterField::Known(Field::Language));
        }
        let text = match self.plain {
            true => keywords_query(&query.query),
            false => query.query.clone(),
        };
        Ok(Topic {
            id: query.id.clone(),
            request: SearchRequest {
                filters: self.filters.with_own(own)?,
                by: self.by,
                expand: self.expand,
                limit: self.depth.get(),
                partial: !self.no_partial,
                profile: RankingProfile::default().with(self.weight.iter().map(String::as_str))?,
                ..SearchRequest::new(text)
            },
        })
    }
}

/// A run, and what is to be said about how it was made.
struct Searched {
    topics: RankedTopics,
    corpus: Option<chancery::index::CorpusVersion>,
    warnings: Vec<String>,
    outcome: Outcome,
}

impl Searched {
    /// A run that was made elsewhere.
    fn elsewhere(run: Run) -> Self {
        Self {
            topics: RankedTopics {
                run,
                ..RankedTopics::default()
            },
            corpus: None,
            warnings: Vec::new(),
            outcome: Outcome::Done,
        }
    }
}

/// The queries by their ids, with the values of their fields as text.
fn described(given: &[GivenQuery]) -> BTreeMap<String, QueryFields> {
    let fields = |query: &GivenQuery| QueryFields {
        query: query.query.clone(),
        fields: (query.fields.iter())
            .map(|(name, value)| (name.clone(), scalar_texts(value).join(", ")))
            .collect(),
    };
    given.iter().map(|query| (query.id.clone(), fields(query))).collect()
}

fn write_run(run: &Run, name: &str, path: &Path) -> Result<()> {
    let write = || {
        let mut output = BufWriter::new(File::create(path)?);
        run.write(name, &mut output)?;
        output.flush()
    };
    write().map_err(|cause: std::io::Error| {
        Error::new(ErrorKind::Io, "cannot write the run")
            .at_path(path)
            .caused_by(cause)
    })
}
