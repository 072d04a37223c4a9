//! What every verb of corpus analytics is asked with: a query that is counted, and the subcorpus.

use chancery::engine::Engine;
use chancery::error::Result;
use chancery::search::{Expand, SearchRequest, StageDirections, Strictness};
use chancery::tally::VersionCounting;

use super::common::{CommonArgs, one_of};
use super::filters::FilterArgs;
use super::names::NameArgs;

/// How a query is counted, and in which subcorpus.
#[derive(clap::Args)]
pub(super) struct QuestionArgs {
    /// Match strings as printed: case, width, script and white space count
    #[arg(long)]
    strict: bool,
    /// Search stage directions such as （掌声） and the notes of editors too
    #[arg(long)]
    include_notes: bool,
    /// Count synonyms and other forms of names too: of keywords, or of quoted strings as well
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_value = "none",
        default_missing_value = "all", value_parser = one_of::<Expand>(Expand::NAMES))]
    expand: Expand,
    /// How versions of one speech are counted
    #[arg(long, value_name = "HOW", default_value = "every",
        value_parser = one_of::<VersionCounting>(VersionCounting::NAMES))]
    pub(super) versions: VersionCounting,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    names: NameArgs,
}

impl QuestionArgs {
    /// The request for a query.
    pub(super) fn request(&self, query: &str) -> Result<SearchRequest> {
        Ok(SearchRequest {
            filters: self.filters.filters()?,
            strictness: match self.strict {
                true => Strictness::AsPrinted,
                false => Strictness::Folded,
            },
            stage_directions: match self.include_notes {
                true => StageDirections::Included,
                false => StageDirections::Excluded,
            },
            expand: self.expand,
            ..SearchRequest::to_count(query)
        })
    }

    /// The index that is asked, with the names given.
    pub(super) fn engine(&self, common: &CommonArgs) -> Result<Engine> {
        Ok(Engine::open(&common.index)?.with_names(self.names.names()?))
    }
}
