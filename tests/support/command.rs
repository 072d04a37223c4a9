//! The binary, run as a user runs it.

use std::path::Path;
use std::process::{Command, Output};

/// A command of the binary on an index, with nothing of the environment that could change what it does.
pub(crate) fn chancery(index: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.env_remove("CHANCERY_INDEX").env("NO_COLOR", "1");
    command.args(arguments).arg("--index").arg(index);
    command
}

/// What a command that has ended said.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a command of the binary to its end.
pub(crate) fn run(index: &Path, arguments: &[&str]) -> Ended {
    let Output { status, stdout, stderr } = chancery(index, arguments).output().expect("the binary can be run");
    Ended {
        code: status.code(),
        stdout: String::from_utf8(stdout).expect("the output is UTF-8"),
        stderr: String::from_utf8(stderr).expect("messages are UTF-8"),
    }
}
