//! `chancery search`.

use std::path::PathBuf;
use std::time::Instant;

use chancery::engine::{Answer, Engine};
use chancery::error::{Error, ErrorKind, Result};
use chancery::render::Format;
use chancery::search::{
    Expand, FilterField, Filters, HitUnit, Keywords, RankingProfile, SearchRequest, Sort, StageDirections, Strictness,
};

use chancery::stop::Stop;

use super::batch;
use super::common::{CommonArgs, Outcome, one_of};
use super::filters::FilterArgs;
use super::names::NameArgs;
use super::output::{print, remark};
use super::query_language;

/// Find ranked passages with highlights
#[derive(clap::Args)]
#[command(after_help = query_language::HELP)]
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
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true,
        value_parser = one_of::<Sort>(Sort::NAMES))]
    sort: Sort,
    /// What a hit is
    #[arg(long, value_name = "WHAT", default_value = "passage", value_parser = one_of::<HitUnit>(HitUnit::NAMES))]
    by: HitUnit,
    /// The most hits to print
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// The hits to skip
    #[arg(long, default_value_t = 0, value_name = "N", conflicts_with = "after")]
    offset: usize,
    /// Go on behind the page that gave this cursor, with the same query, filters and order; the index may have changed
    #[arg(long, value_name = "CURSOR", allow_hyphen_values = true, conflicts_with = "queries")]
    after: Option<String>,
    /// Count what matches by a field, such as speaker or year; may be repeated
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    facet: Vec<FilterField>,
    /// Match strings as printed: case, width, script and white space count
    #[arg(long)]
    strict: bool,
    /// Search stage directions such as （掌声） and the notes of editors too
    #[arg(long)]
    include_notes: bool,
    /// Look for synonyms and other forms of names too: of keywords, or of quoted strings as well
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_value = "keywords",
        default_missing_value = "all", value_parser = one_of::<Expand>(Expand::NAMES))]
    expand: Expand,
    /// Where few passages match, show those behind them that have a part of the query's words; they count in no total
    #[arg(long)]
    partial: bool,
    /// Show how the query was understood, what each part of it matches, and what the score of each hit is made of
    #[arg(long)]
    explain: bool,
    /// Rank with another weight than the profile's, such as nearness=1; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    weight: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    names: NameArgs,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        if let Some(path) = &self.queries {
            let names = self.names.names()?;
            return batch::run(path, common, names, |query, filters| self.request(query, filters));
        }
        let start = Instant::now();
        let query = self.typed_query();
        refuse_mistyped_option(&query)?;
        let request = self.request(query, Filters::default())?;
        let engine = Engine::open(&common.index)?.with_names(self.names.names()?);
        let results = engine.search(&request)?;
        let found = results.total.passages > 0;
        let next = results.next.clone();
        print(&Answer::of_search(engine.corpus(), results, start.elapsed()), common)?;
        // Of the forms only the JSON object has room for the cursor.
        if let Some(cursor) = next.filter(|_| common.format != Format::Json) {
            remark(&format!("more: --after {cursor}"), common);
        }
        Ok(Outcome::found(found))
    }

    fn typed_query(&self) -> String {
        let words: Vec<&str> = self.query.iter().chain(&self.more).map(String::as_str).collect();
        words.join(" ")
    }

    /// The request for a query; the query's own filters stand in the place of those of the command line for the same field.
    fn request(&self, query: String, own: Filters) -> Result<SearchRequest> {
        Ok(SearchRequest {
            query,
            filters: self.filters.with_own(own)?,
            sort: self.sort,
            by: self.by,
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
            expand: self.expand,
            keywords: Keywords::Ranked,
            offset: self.offset,
            limit: self.limit,
            facets: self.facet.clone(),
            after: self.after.as_deref().map(str::parse).transpose()?,
            partial: self.partial,
            profile: RankingProfile::default().with(self.weight.iter().map(String::as_str))?,
            explain: self.explain,
            stop: Stop::default(),
        })
    }
}

/// Refuses `--something` as a query: it is an option that does not exist, and no query begins so.
fn refuse_mistyped_option(query: &str) -> Result<()> {
    let name = query
        .strip_prefix("--")
        .filter(|rest| rest.starts_with(|first: char| first.is_ascii_lowercase()));
    let Some(name) = name.and_then(|rest| rest.split([' ', '=']).next()) else {
        return Ok(());
    };
    let message = format!("`--{name}` is not an option of search");
    Err(Error::new(ErrorKind::Usage, message)
        .hint("`chancery search --help` lists them; a string in quotation marks may hold --"))
}
