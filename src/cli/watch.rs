//! `chancery ingest --watch`: follows folders, and ingests what changes in them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecursiveMode, Watcher};

use chancery::error::{Error, ErrorKind, Result};

/// How long nothing may change before what changed is read: files are written piece by piece.
const QUIET: Duration = Duration::from_millis(300);

/// How long is waited at most where something changes all the time.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How often the folders are looked through even if no change was announced, as on some network drives.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// How often an interruption is looked for.
const TICK: Duration = Duration::from_millis(200);

/// Calls `ingest` at once, and whenever something under the paths has changed since the call before began, until `stop` becomes
/// true. Changes under `index` are our own.
pub(super) fn follow(
    paths: &[PathBuf],
    index: &Path,
    stop: &AtomicBool,
    mut ingest: impl FnMut() -> Result<()>,
) -> Result<()> {
    let index = place_of(index);
    let (sender, events) = channel();
    let announce = move |event: notify::Result<Event>| {
        let is_ours = |event: &Event| event.paths.iter().all(|path| path.starts_with(&index));
        let matters = |event: &Event| !matches!(event.kind, EventKind::Access(_)) && !is_ours(event);
        // An error of the watcher may hide a change, so it counts as one.
        if event.as_ref().map_or(true, matters) {
            let _ = sender.send(());
        }
    };
    let failed = |cause: notify::Error| Error::new(ErrorKind::Io, "cannot follow the folder").caused_by(cause);
    let mut watcher = notify::recommended_watcher(announce).map_err(failed)?;
    for path in paths {
        // What is announced is told apart from the index by its path.
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        let watched = watcher.watch(&path, RecursiveMode::Recursive);
        watched.map_err(|cause| failed(cause).at_path(&path))?;
    }
    ingest()?;
    while !stop.load(Ordering::Relaxed) {
        wait_for_change(&events, stop);
        if !stop.load(Ordering::Relaxed) {
            ingest()?;
        }
    }
    Ok(())
}

/// Where a folder lies that need not be there yet.
fn place_of(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let beside = || Some(absolute.parent()?.canonicalize().ok()?.join(absolute.file_name()?));
    absolute.canonicalize().ok().or_else(beside).unwrap_or(absolute)
}

/// Waits until something has changed and then nothing for a while; or until it is time to look again, or to stop.
fn wait_for_change(events: &Receiver<()>, stop: &AtomicBool) {
    let start = Instant::now();
    while start.elapsed() < LOOK_AGAIN && !stop.load(Ordering::Relaxed) {
        match events.recv_timeout(TICK) {
            Ok(()) => return wait_for_quiet(events),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(TICK),
        }
    }
}

fn wait_for_quiet(events: &Receiver<()>) {
    let start = Instant::now();
    while start.elapsed() < LONGEST_WAIT && events.recv_timeout(QUIET).is_ok() {}
}
