//! What a measurement was made on: the processor, the memory, the system and the build. Nothing that names the machine.

use std::fs;

use serde::{Deserialize, Serialize};

/// A machine; what the system does not say is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The operating system and its version.
    pub system: String,
    /// The family of the processor.
    pub architecture: String,
    /// The model of the processor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processor: Option<String>,
    /// The processors that this process may use.
    pub processors: usize,
    /// The memory, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_bytes: Option<u64>,
}

/// How a program was built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Build {
    /// Optimized.
    Release,
    /// For development.
    Debug,
}

impl Build {
    /// The build of this program.
    pub fn current() -> Self {
        match cfg!(debug_assertions) {
            true => Self::Debug,
            false => Self::Release,
        }
    }
}

impl Machine {
    /// The machine that this process runs on.
    pub fn read() -> Self {
        let line = |path: &str| fs::read_to_string(path).ok().map(|text| text.trim().to_owned());
        let named = [line("/proc/sys/kernel/ostype"), line("/proc/sys/kernel/osrelease")];
        let system: Vec<String> = named.into_iter().flatten().collect();
        Self {
            system: match system.is_empty() {
                true => SYSTEM.to_owned(),
                false => system.join(" "),
            },
            architecture: ARCHITECTURE.to_owned(),
            processor: value("/proc/cpuinfo", "model name"),
            processors: std::thread::available_parallelism().map_or(1, usize::from),
            memory_bytes: value("/proc/meminfo", "MemTotal").and_then(|text| kilobytes(&text)),
        }
    }
}

const SYSTEM: &str = if cfg!(target_os = "linux") {
    "Linux"
} else if cfg!(target_os = "macos") {
    "macOS"
} else if cfg!(windows) {
    "Windows"
} else {
    "another system"
};

const ARCHITECTURE: &str = if cfg!(target_arch = "x86_64") {
    "x86_64"
} else if cfg!(target_arch = "aarch64") {
    "aarch64"
} else {
    "another architecture"
};

/// The value of the first line `name: value` of a file.
pub(super) fn value(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    let mut values = pairs.filter(|(key, _)| key.trim() == name);
    values.next().map(|(_, value)| value.trim().to_owned())
}

/// Bytes from text such as `2048 kB`, in which Linux counts 1,024 bytes as one.
pub(super) fn kilobytes(text: &str) -> Option<u64> {
    let count: u64 = text.strip_suffix("kB")?.trim().parse().ok()?;
    count.checked_mul(1_024)
}
