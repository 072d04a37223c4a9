//! `chancery search`.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use chancery::corpus::Field;
use chancery::engine::{Answer, Engine};
use chancery::error::{Error, ErrorKind, Result};
use chancery::render::json;
use chancery::search::{
    FilterField, Filters, HitUnit, SearchRequest, SearchResults, Sort, StageDirections, Strictness,
};

use super::common::{CommonArgs, Outcome};
use super::filters::FilterArgs;
use super::output::{cannot_write, print};

/// Find ranked passages with highlights
#[derive(clap::Args)]
#[command(after_help = "The query language:
  绿色矿产 合作           keywords: any may match; having all of them, and as written, weighs strongly
  \"命运共同体\"            this exact string; “…”, 「…」, 『…』 and «…» do as well
  +气候 -贸易             气候 must, 贸易 must not be there
  气候 AND NOT 贸易       the same with operators; OR and parentheses too
  \\                      before an operator or mark takes it as text

Examples:
  chancery search '\"绿色矿产\"' --format json
  chancery search climate change --language en --from 2019 --facet country
  chancery search --queries topics.tsv > answers.jsonl")]
pub(super) struct Args {
    /// The query; it may begin with `-`
    #[arg(
        value_name = "QUERY",
        allow_hyphen_values = true,
        required_unless_present = "queries"
    )]
    query: Option<String>,
    /// More words of the query
    #[arg(value_name = "WORD", requires = "query")]
    more: Vec<String>,
    /// Answer a batch: a file of lines `id<TAB>query`, or of JSON objects with `id` and `q`; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    queries: Option<PathBuf>,
    /// The order of the hits
    #[arg(long, value_enum, default_value = "relevance", allow_hyphen_values = true)]
    sort: SortArg,
    /// What a hit is
    #[arg(long, value_enum, default_value = "passage")]
    by: ByArg,
    /// The most hits to print
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// The hits to skip
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
    /// Count what matches by a field, such as speaker or year; may be repeated
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    facet: Vec<FilterField>,
    /// Match strings as printed: case, width, script and white space count
    #[arg(long)]
    strict: bool,
    /// Search stage directions such as （掌声） too
    #[arg(long)]
    include_notes: bool,
    #[command(flatten)]
    filters: FilterArgs,
}

/// The order of hits or speeches.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SortArg {
    /// The best first
    Relevance,
    /// The oldest first
    Date,
    /// The newest first
    #[value(name = "-date")]
    DateDescending,
}

impl From<SortArg> for Sort {
    fn from(sort: SortArg) -> Self {
        match sort {
            SortArg::Relevance => Self::Relevance,
            SortArg::Date => Self::Date,
            SortArg::DateDescending => Self::DateDescending,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum ByArg {
    /// A passage
    Passage,
    /// A speech, with its best passages
    Speech,
}

/// A search's answer with the query that it answers.
#[derive(Serialize)]
struct BatchLine<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(flatten)]
    answer: Option<&'a Answer<SearchResults>>,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        if let Some(path) = &self.queries {
            return self.run_batch(path, common);
        }
        let start = Instant::now();
        let request = self.request(self.typed_query(), Filters::default())?;
        let engine = Engine::open(&common.index)?;
        let results = engine.search(&request)?;
        let found = results.total.passages > 0;
        print(&Answer::new(Some(engine.corpus()), results, start.elapsed()), common)?;
        Ok(Outcome::found(found))
    }

    fn typed_query(&self) -> String {
        let words: Vec<&str> = self.query.iter().chain(&self.more).map(String::as_str).collect();
        words.join(" ")
    }

    fn request(&self, query: String, own_filters: Filters) -> Result<SearchRequest> {
        let mut filters = self.filters.filters()?;
        filters.any_of.extend(own_filters.any_of);
        filters.from = own_filters.from.or(filters.from);
        filters.to = own_filters.to.or(filters.to);
        Ok(SearchRequest {
            query,
            filters,
            sort: self.sort.into(),
            by: match self.by {
                ByArg::Passage => HitUnit::Passage,
                ByArg::Speech => HitUnit::Speech,
            },
            strictness: if self.strict {
                Strictness::AsPrinted
            } else {
                Strictness::Folded
            },
            stage_directions: if self.include_notes {
                StageDirections::Included
            } else {
                StageDirections::Excluded
            },
            offset: self.offset,
            limit: self.limit,
            facets: self.facet.clone(),
        })
    }

    /// Answers a batch, one JSON object a line, in order; a query that fails is a line with its error.
    fn run_batch(&self, path: &std::path::Path, common: &CommonArgs) -> Result<Outcome> {
        let queries = read_queries(path)?;
        let engine = Engine::open(&common.index)?;
        let mut output = BufWriter::new(std::io::stdout().lock());
        let mut outcome = Outcome::NothingFound;
        for query in &queries {
            let start = Instant::now();
            let results = query
                .filters()
                .and_then(|filters| self.request(query.query.clone(), filters));
            let line = match results.and_then(|request| engine.search(&request)) {
                Ok(results) => {
                    if results.total.passages > 0 && outcome == Outcome::NothingFound {
                        outcome = Outcome::Done;
                    }
                    let answer = Answer::new(Some(engine.corpus()), results, start.elapsed());
                    json::value(&BatchLine {
                        id: &query.id,
                        error: None,
                        answer: Some(&answer),
                    })
                }
                Err(error) => {
                    outcome = Outcome::PartlyRejected;
                    json::value(&BatchLine {
                        id: &query.id,
                        error: Some(error.to_string()),
                        answer: None,
                    })
                }
            };
            json::write_line(&line, &mut output).map_err(cannot_write)?;
        }
        output.flush().map_err(cannot_write)?;
        Ok(outcome)
    }
}

/// A query of a batch.
#[derive(Deserialize)]
struct BatchQuery {
    id: String,
    #[serde(alias = "q", alias = "text")]
    query: String,
    #[serde(flatten)]
    fields: std::collections::BTreeMap<String, serde_json::Value>,
}

impl BatchQuery {
    fn filters(&self) -> Result<Filters> {
        let mut filters = Filters::default();
        for (name, value) in &self.fields {
            let texts = chancery::corpus::metadata::scalar_texts(value);
            let date = || texts.first().map(|text| text.parse()).transpose();
            let invalid = |error: chancery::text::DateError| Error::new(ErrorKind::Usage, error.to_string());
            match name.as_str() {
                "from" => filters.from = date().map_err(invalid)?,
                "to" => filters.to = date().map_err(invalid)?,
                _ => match name.parse::<Field>() {
                    Ok(field) => texts
                        .into_iter()
                        .for_each(|text| filters.add(FilterField::Known(field), text)),
                    Err(_) => {
                        let message = format!("`{name}` is neither `id`, `q` nor a filter");
                        return Err(Error::new(ErrorKind::Usage, message));
                    }
                },
            }
        }
        Ok(filters)
    }
}

fn read_queries(path: &std::path::Path) -> Result<Vec<BatchQuery>> {
    let text = match path.as_os_str() == "-" {
        true => std::io::read_to_string(std::io::stdin()),
        false => std::fs::read_to_string(path),
    };
    let text = text.map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot read the queries")
            .at_path(path)
            .caused_by(cause)
    })?;
    let mut queries = Vec::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let query = if line.trim_start().starts_with('{') {
            read_object(line)
        } else {
            read_row(line)
        };
        queries.push(query.map_err(|error| error.at_line(path, index as u64 + 1))?);
    }
    Ok(queries)
}

fn read_object(line: &str) -> Result<BatchQuery> {
    serde_json::from_str(line).map_err(|cause| {
        Error::new(ErrorKind::Usage, "the line is not a query")
            .caused_by(cause)
            .hint("write {\"id\": \"…\", \"q\": \"…\"}")
    })
}

fn read_row(line: &str) -> Result<BatchQuery> {
    let (id, query) = line
        .split_once('\t')
        .ok_or_else(|| Error::new(ErrorKind::Usage, "the line has no tab").hint("write the id, a tab and the query"))?;
    Ok(BatchQuery {
        id: id.trim().to_owned(),
        query: query.to_owned(),
        fields: Default::default(),
    })
}
