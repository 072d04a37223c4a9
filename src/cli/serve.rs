//! `chancery serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use chancery::error::{Error, ErrorKind, Result};
use chancery::http::{Limits, Service, Settings, serve};

use super::common::{CommonArgs, Outcome};
use super::names::NameArgs;
use super::output::remark;

/// Answer over HTTP, with a page for people
///
/// Answers under /api/v1 what the command line answers, in the same JSON, and serves a page at /. Nothing can be changed without --token-file.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery serve
  chancery serve --listen 127.0.0.1:8080 --token-file token")]
pub(super) struct Args {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7700")]
    listen: SocketAddr,
    /// Let those who show the token in this file put, add and delete speeches
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    names: NameArgs,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let token = self.token_file.as_deref().map(read_token).transpose()?;
        let service = Service::open(Settings {
            names: self.names.names()?,
            limits: Limits::default(),
            token,
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
            let address = listener.local_addr().unwrap_or(self.listen);
            remark(&format!("listening on http://{address}"), common);
            serve(service, listener, ended()).await
        })?;
        Ok(Outcome::Done)
    }
}

fn read_token(path: &std::path::Path) -> Result<String> {
    let text = std::fs::read_to_string(path).map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot read the token")
            .at_path(path)
            .caused_by(cause)
    })?;
    Ok(text.trim().to_owned())
}

/// Ready when the process is told to end.
async fn ended() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => terminated.recv().await,
            Err(_) => std::future::pending().await,
        };
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
