//! `chancery serve`.

mod bounds;
mod log;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use chancery::error::{Error, ErrorKind, Result};
use chancery::http::{Service, Settings, serve};

use super::common::{CommonArgs, Outcome};
use super::names::NameArgs;
use super::output::remark;
use bounds::BoundArgs;
use log::LogFormat;

/// The exit code of a server that a second signal ended.
const INTERRUPTED: i32 = 130;

/// The names of the machine itself.
const LOOPBACK_NAMES: &[&str] = &["localhost", "127.0.0.1", "::1"];

/// Answer over HTTP, with a page for people
///
/// Answers under /api/v1 what the command line answers, in the same JSON, and serves a page at /. Nothing can be changed without --token-file.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery serve
  chancery serve --listen 127.0.0.1:8080 --token-file token
  chancery serve --listen 0.0.0.0:7700 --host speeches.example.org --log-format json

There is no encryption: for others than this machine, put a proxy with TLS before it. SIGTERM and Ctrl-C end it when what runs is finished, a second time at once.")]
pub(super) struct Args {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7700")]
    listen: SocketAddr,
    /// Answer for this host name (repeatable); on a loopback address the names of this machine are known, elsewhere all are where none is given
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Let pages of this origin read the answers (repeatable), such as https://example.org, or `*` for all
    #[arg(long, value_name = "ORIGIN")]
    cors: Vec<String>,
    /// Let those who show the token in this file put, add and delete speeches
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The form of the log on stderr; -q logs failures only, -v also why connections ended
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    log_format: LogFormat,
    #[command(flatten)]
    bounds: BoundArgs,
    #[command(flatten)]
    names: NameArgs,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        log::start(self.log_format, common);
        let token = self.token_file.as_deref().map(read_token).transpose()?;
        if token.is_some() && !self.listen.ip().is_loopback() {
            tracing::warn!("the token travels without encryption; put a proxy with TLS before this server");
        }
        let service = Service::open(Settings {
            names: self.names.names()?,
            limits: self.bounds.limits(),
            token,
            hosts: hosts(self.listen, &self.host),
            origins: self.cors,
            ..Settings::new(common.index.clone())
        })?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|cause| Error::new(ErrorKind::Io, "cannot start the server").caused_by(cause))?;
        runtime.block_on(async {
            let listener = TcpListener::bind(self.listen).await.map_err(|cause| {
                Error::new(ErrorKind::Io, format!("cannot listen on {}", self.listen))
                    .caused_by(cause)
                    .hint("name another address and port with --listen")
            })?;
            let signals = EndSignals::new()?;
            let address = listener.local_addr().unwrap_or(self.listen);
            match self.log_format {
                LogFormat::Text => remark(&format!("listening on http://{address}"), common),
                LogFormat::Json => tracing::info!("listening on http://{address}"),
            }
            serve(service, listener, signals.ended()).await;
            Ok(())
        })?;
        // What still works on a request that was given up is not waited for.
        runtime.shutdown_background();
        Ok(Outcome::Done)
    }
}

/// The host names to answer for; all where there is none.
fn hosts(listen: SocketAddr, given: &[String]) -> Vec<String> {
    if given.is_empty() && !listen.ip().is_loopback() {
        return Vec::new();
    }
    let own = LOOPBACK_NAMES.iter().map(|name| (*name).to_owned());
    own.chain([listen.ip().to_string()])
        .chain(given.iter().cloned())
        .collect()
}

fn read_token(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot read the token")
            .at_path(path)
            .caused_by(cause)
    })?;
    let token = text.trim();
    if token.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "the token is empty")
            .at_path(path)
            .hint("write a long random text into the file, such as `openssl rand -hex 32` prints"));
    }
    if is_readable_by_others(path) {
        tracing::warn!(
            path = ?path,
            "others on this machine can read the token; `chmod 600` keeps it to its owner"
        );
    }
    Ok(token.to_owned())
}

fn is_readable_by_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o044 != 0)
}

/// The signals that ask a process to end. They are waited for from the moment that this is made.
struct EndSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl EndSignals {
    fn new() -> Result<Self> {
        let made = |kind| {
            let made = signal(kind);
            made.map_err(|cause| Error::new(ErrorKind::Io, "cannot be made ready for signals").caused_by(cause))
        };
        Ok(Self {
            terminate: made(SignalKind::terminate())?,
            interrupt: made(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Ready at the first signal; from then on a second one ends the process at once.
    async fn ended(mut self) {
        self.next().await;
        tracing::info!("ending when what runs is finished");
        tokio::spawn(async move {
            self.next().await;
            std::process::exit(INTERRUPTED);
        });
    }
}
