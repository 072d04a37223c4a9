//! `backup` and `restore`: an index as one file, and back.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use chancery::engine::{Answer, Overwriting, backup, backup_to, restore};
use chancery::error::{Error, ErrorKind, Result};

use super::common::{CommonArgs, Outcome};
use super::output::{print, remark};

/// Write the index's last commit to one file
///
/// Others may search the index and write to it meanwhile. The file is there when it is whole and not before.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery backup corpus.tar.zst
  chancery backup - | ssh archive 'cat > corpus.tar.zst'")]
pub(super) struct BackupArgs {
    /// The file to write; `-` is the standard output
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Take the place of a file that is there already
    #[arg(long)]
    force: bool,
}

impl BackupArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        if self.file == Path::new("-") {
            let report = backup_to(&common.index, io::stdout().lock())?;
            let text = format!("backed up {} files, {:.1} MB", report.files, report.bytes as f64 / 1e6);
            remark(&text, common);
            return Ok(Outcome::Done);
        }
        let overwriting = match self.force {
            true => Overwriting::Allowed,
            false => Overwriting::Refused,
        };
        let report = backup(&common.index, &self.file, overwriting)?;
        print(
            &Answer::new(Some(report.corpus.clone()), report, start.elapsed()),
            common,
        )?;
        Ok(Outcome::Done)
    }
}

/// Make an index of a backup
///
/// The folder of the index, `--index DIR`, must be empty or not there yet. The backup is read whole and checked before anything stands in
/// the folder.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery restore corpus.tar.zst --index restored
  ssh archive 'cat corpus.tar.zst' | chancery restore - --index restored")]
pub(super) struct RestoreArgs {
    /// The backup; `-` is the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl RestoreArgs {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let report = restore(self.input()?, &self.file, &common.index)?;
        print(
            &Answer::new(Some(report.corpus.clone()), report, start.elapsed()),
            common,
        )?;
        Ok(Outcome::Done)
    }

    fn input(&self) -> Result<Box<dyn Read>> {
        if self.file == Path::new("-") {
            return Ok(Box::new(io::stdin().lock()));
        }
        let file = File::open(&self.file).map_err(|cause| {
            Error::new(ErrorKind::Io, "cannot read the backup")
                .at_path(&self.file)
                .caused_by(cause)
        })?;
        Ok(Box::new(file))
    }
}
