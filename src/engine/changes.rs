//! What changes an index besides ingesting: remove, optimize, reindex.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::preparation::content_hash;
use super::reading::Engine;
use crate::analyzer::Analyzer;
use crate::analyzer::lexicon::UserLexicon;
use crate::corpus::Speech;
use crate::error::{Error, ErrorKind, Result};
use crate::index::{OlderIndex, Provenance, SpeechWriter, Store};
use crate::ingest::matter;
use crate::search::{Filters, Sort, SpeakerReading, select_speeches};

/// What a removal did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct RemovalReport {
    /// The ids of the speeches that were removed.
    pub removed: Vec<String>,
    /// The ids asked for that no speech has.
    pub not_found: Vec<String>,
}

/// Opens an index for a change that must not make one.
fn open_existing(directory: &Path) -> Result<SpeechWriter> {
    let store = Store::open(directory)?;
    let analyzer = Analyzer::new(store.analyzer().user_lexicon().clone());
    drop(store);
    SpeechWriter::open(directory, analyzer)
}

/// Removes speeches by id, and those that filters let in, and commits.
///
/// # Errors
/// There is no index, or it is busy or cannot be written.
pub fn remove(directory: &Path, ids: &[String], filters: &Filters) -> Result<RemovalReport> {
    remove_with(open_existing(directory)?, ids, filters)
}

/// Removes speeches by id from an index that is still as it was when `read` opened it, and commits.
///
/// # Errors
/// [`ErrorKind::Changed`] where it is not; else as [`remove`].
pub fn remove_as_read(directory: &Path, ids: &[String], read: &Engine) -> Result<RemovalReport> {
    let writer = open_existing(directory)?;
    check_edition(&writer, read.snapshot().edition())?;
    remove_with(writer, ids, &Filters::default())
}

/// Holds an index to an edition. Who has the writer has the lock, so it stays in it.
///
/// # Errors
/// [`ErrorKind::Changed`].
pub(super) fn check_edition(writer: &SpeechWriter, edition: &str) -> Result<()> {
    match writer.store().snapshot()?.edition() == edition {
        true => Ok(()),
        false => Err(
            Error::new(ErrorKind::Changed, "the corpus has changed since it was read")
                .hint("read what is there now, and make the change again"),
        ),
    }
}

fn remove_with(mut writer: SpeechWriter, ids: &[String], filters: &Filters) -> Result<RemovalReport> {
    let mut report = RemovalReport::default();
    let mut wanted: BTreeSet<String> = ids.iter().cloned().collect();
    if !filters.is_empty() {
        let snapshot = writer.store().snapshot()?;
        for address in select_speeches(&snapshot, filters, Sort::Date, SpeakerReading::Own)?.speeches {
            wanted.insert(snapshot.record(address)?.id);
        }
    }
    for id in wanted {
        if writer.remove(&id) {
            report.removed.push(id);
        } else {
            report.not_found.push(id);
        }
    }
    writer.commit()?;
    writer.finish()?;
    Ok(report)
}

/// Merges segments and takes deleted text off the disk.
///
/// # Errors
/// There is no index, or it is busy or cannot be written.
pub fn optimize(directory: &Path) -> Result<()> {
    open_existing(directory)?.optimize()
}

/// Makes the index anew, from the texts that it holds, with this version's analyzer; returns the number of speeches.
///
/// Until the commit at its end the index stays as it was. One of an older layout is made anew beside itself and then replaced.
///
/// # Errors
/// There is no index, or its layout is too old or another version's, or it is busy or cannot be written.
pub fn reindex(directory: &Path, lexicon: Option<UserLexicon>, mut progress: impl FnMut(u64, u64)) -> Result<u64> {
    if let Some(older) = OlderIndex::open(directory)? {
        // Older layouts kept what stood beside a speech in its text alone.
        let amend = |speech: &mut Speech| {
            matter::set_apart_again(speech);
            content_hash(speech)
        };
        return older.rebuild(lexicon, amend, progress);
    }
    let made_with = Store::existing_lexicon(directory)?;
    let analyzer = Analyzer::new(lexicon.unwrap_or(made_with));
    let mut writer = SpeechWriter::open_with_any_analyzer(directory, analyzer)?;
    let snapshot = writer.store().snapshot()?;
    let speeches = snapshot.speeches()?;
    let ledger = writer.ledger().clone();
    for (done, (address, id)) in speeches.iter().enumerate() {
        let (speech, _) = snapshot.speech(*address)?;
        let entry = ledger.get(id).ok_or_else(|| {
            Error::new(
                ErrorKind::Index,
                format!("the index is damaged: the speech `{id}` is not in its ledger"),
            )
        })?;
        writer.put(
            &speech,
            Provenance {
                content_hash: &entry.content_hash,
                text_key: &entry.text_key,
                root: &entry.root,
            },
        )?;
        progress(done as u64 + 1, speeches.len() as u64);
    }
    drop(snapshot);
    writer.commit_always()?;
    writer.optimize()?;
    Ok(speeches.len() as u64)
}
