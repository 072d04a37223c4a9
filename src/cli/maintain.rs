//! The verbs that keep an index: `remove`, `status`, `verify`, `optimize`, `reindex`.

use std::path::PathBuf;
use std::time::Instant;

use chancery::engine::{Answer, Engine, ExaminedEngine, optimize, reindex, remove, verify};
use chancery::error::{Error, ErrorKind, Result};
use chancery::render::Format;

use super::common::{CommonArgs, Outcome};
use super::filters::FilterArgs;
use super::ingest::{progress_bar, read_lexicon};
use super::names::NameArgs;
use super::output::{print, remark};

/// Delete speeches by id, or by filters
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery remove summits/2013-wangchao
  chancery remove --where collection=drafts

Deleted text is off the disk after `chancery optimize`.")]
pub(super) struct RemoveArgs {
    /// The ids of the speeches
    #[arg(value_name = "SPEECH")]
    speeches: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    names: NameArgs,
}

impl RemoveArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let filters = self.filters.filters()?.joined(&*self.names.names()?);
        if self.speeches.is_empty() && filters.is_empty() {
            let hint = "name speeches, or filter with --where FIELD=VALUE and the other filters";
            return Err(Error::new(ErrorKind::Usage, "nothing to remove was named").hint(hint));
        }
        let report = remove(&common.index, &self.speeches, &filters)?;
        let found = !report.removed.is_empty();
        let corpus = Engine::open(&common.index)?.corpus();
        print(&Answer::new(Some(corpus), report, start.elapsed()), common)?;
        Ok(Outcome::found(found))
    }
}

/// Say what the index holds, and what is wrong with it
///
/// Reads every file of the index and holds it against its checksum, and the last commit against its speeches; warns of damage, of
/// deleted text that is still on the disk, of files that a killed writer left or that are not the index's, and of a disk that is nearly
/// full. `chancery verify` reads the speeches themselves back.
#[derive(clap::Args)]
pub(super) struct StatusArgs {}

impl StatusArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let ExaminedEngine { engine, warnings } = Engine::examined(&common.index)?;
        let mut answer = Answer::new(Some(engine.corpus()), engine.status()?, start.elapsed());
        answer.warnings = warnings;
        print(&answer, common)?;
        if common.format != Format::Text {
            answer.warnings.iter().for_each(|warning| remark(warning, common));
        }
        Ok(Outcome::Done)
    }
}

/// Check that the index is sound
///
/// Reads every file and every speech back: checksums, the order of the exact index, what the last commit says of itself, the hash of
/// each speech, and that both indexes hold what its text makes, no more and no less. Lists all damage; exit code 2 where there is any.
#[derive(clap::Args)]
pub(super) struct VerifyArgs {}

impl VerifyArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let found = verify(&common.index)?;
        let is_sound = found.sound;
        print(&Answer::new(found.corpus.clone(), found, start.elapsed()), common)?;
        Ok(if is_sound { Outcome::Done } else { Outcome::Damaged })
    }
}

/// Merge the index's segments, and take deleted text off the disk
#[derive(clap::Args)]
pub(super) struct OptimizeArgs {}

impl OptimizeArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        optimize(&common.index)?;
        StatusArgs {}.run(common)
    }
}

/// Make the index anew from the texts it holds, with this version's analyzer
#[derive(clap::Args)]
pub(super) struct ReindexArgs {
    /// Han words of your own, one a line, in place of those the index was made with
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
}

impl ReindexArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let lexicon = self.lexicon.as_deref().map(read_lexicon).transpose()?;
        let bar = progress_bar(common);
        let done = reindex(&common.index, lexicon, |done, total| {
            bar.set_length(total);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        done?;
        StatusArgs {}.run(common)
    }
}
