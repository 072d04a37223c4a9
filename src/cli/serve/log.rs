//! The log of the server: a line an event, on stderr.

use std::io;

use clap::ValueEnum;
use tracing::Level;

use crate::cli::common::CommonArgs;

/// The form of the log.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// For people
    Text,
    /// A JSON object a line, for programs
    Json,
}

/// Starts the log. Without `-q` it has a line a request.
pub(super) fn start(format: LogFormat, common: &CommonArgs) {
    let level = match (common.quiet, common.verbose) {
        (0, 0) => Level::INFO,
        (0, _) => Level::DEBUG,
        (1, _) => Level::WARN,
        _ => Level::ERROR,
    };
    let is_colored = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
    // Where stderr is closed there is nobody left to tell.
    let log = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_max_level(level)
        .with_ansi(is_colored)
        .with_target(false)
        .log_internal_errors(false);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, message = panic.payload_as_str(), "panic");
    }));
}
