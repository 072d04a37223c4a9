//! The user's own names, beside the shipped ones.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use chancery::error::Result;
use chancery::names::Names;

/// Files of names: one group of forms a line, apart by tabs or by ` = `.
#[derive(clap::Args, Default)]
#[command(next_help_heading = "Names")]
pub(super) struct NameArgs {
    /// Names of your own, joined in filters and facets: a line holds the forms of one name, apart by tabs or ` = `
    #[arg(long, env = "CHANCERY_AUTHORITY", value_name = "FILE")]
    authority: Option<PathBuf>,
    /// Synonyms of your own, in lines of the same form
    #[arg(long, env = "CHANCERY_SYNONYMS", value_name = "FILE")]
    synonyms: Option<PathBuf>,
}

impl NameArgs {
    /// The names as meant.
    pub(super) fn names(&self) -> Result<Arc<Names>> {
        if self.authority.is_none() && self.synonyms.is_none() {
            return Ok(Names::shipped());
        }
        Names::with_files(self.authority.as_deref(), self.synonyms.as_deref()).map(Arc::new)
    }

    /// The same options, for another process.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let named = [("--authority", &self.authority), ("--synonyms", &self.synonyms)];
        let given = named
            .into_iter()
            .filter_map(|(name, path)| Some((name, path.as_ref()?)));
        given.flat_map(|(name, path)| [name.into(), path.into()]).collect()
    }
}
