//! The program started as a process of its own, and what such a process took.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::machine::{kilobytes, value};
use crate::error::{Error, ErrorKind, Result};

/// How often the memory of a process is looked at.
const LOOK_INTERVAL: Duration = Duration::from_millis(4);

/// A program to start.
#[derive(Clone, Debug)]
pub struct Program {
    /// The file.
    pub path: PathBuf,
    /// Arguments that every search takes, such as the files of names.
    pub search_arguments: Vec<OsString>,
}

/// What a process took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Took {
    pub(super) wall: Duration,
    /// The processor time of all its threads, where the system says.
    pub(super) cpu_seconds: Option<f64>,
    /// The most memory that it held at once, where the system says.
    pub(super) peak_memory_bytes: Option<u64>,
}

impl Program {
    /// A process of the program, with an index folder, ready to be given more arguments.
    pub(super) fn command(&self, verb: &str, index: &Path) -> Command {
        let mut command = Command::new(&self.path);
        command.arg(verb).arg("--index").arg(index);
        command.args(["--format", "json", "--color", "never"]);
        command.stdin(Stdio::null());
        command
    }

    /// The error of a process that could not be started, or did not do what it was started for.
    pub(super) fn failed(&self, message: &str) -> Error {
        Error::new(ErrorKind::Io, message).at_path(&self.path)
    }

    /// Runs a command to its end while looking at its memory; returns its exit code, too.
    pub(super) fn run(&self, mut command: Command) -> Result<(Option<i32>, Took)> {
        let cpu_before = children_cpu_seconds();
        let start = Instant::now();
        let started = command.spawn();
        let mut child = started.map_err(|cause| self.failed("cannot start the program").caused_by(cause))?;
        let (mut peak_memory_bytes, mut wall) = (None, start.elapsed());
        let status = loop {
            peak_memory_bytes = peak_memory(&child).max(peak_memory_bytes);
            let ended = child.try_wait();
            wall = start.elapsed().max(wall);
            match ended.map_err(|cause| self.failed("cannot wait for the program").caused_by(cause))? {
                Some(status) => break status,
                None => std::thread::sleep(LOOK_INTERVAL),
            }
        };
        let cpu_seconds = cpu_before
            .zip(children_cpu_seconds())
            .map(|(before, after)| after - before);
        let took = Took {
            wall,
            cpu_seconds,
            peak_memory_bytes,
        };
        Ok((status.code(), took))
    }
}

/// The most memory that a running process has held so far.
fn peak_memory(child: &Child) -> Option<u64> {
    kilobytes(&value(&format!("/proc/{}/status", child.id()), "VmHWM")?)
}

/// The processor time of the processes that this one has started and that have ended.
#[cfg(target_os = "linux")]
fn children_cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name in parentheses may hold spaces; the times of ended children are fields 16 and 17 of the line.
    let (_, after_name) = stat.rsplit_once(')')?;
    let fields = after_name.split_whitespace().skip(13).take(2);
    let ticks: Option<Vec<f64>> = fields.map(|field| field.parse().ok()).collect();
    Some(ticks?.iter().sum::<f64>() / rustix::param::clock_ticks_per_second() as f64)
}

/// Other systems are not asked.
#[cfg(not(target_os = "linux"))]
fn children_cpu_seconds() -> Option<f64> {
    None
}
