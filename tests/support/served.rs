//! A server as its clients see it: the router without a socket, and the program behind a real one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use chancery::http::{Service, Settings, app};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use super::command::Workplace;

/// The routes of a server, called without a socket.
pub(crate) struct Routes(Router);

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Routes {
    /// The routes for the index of a workplace.
    pub(crate) fn of(workplace: &Workplace) -> Self {
        Self::with(Settings::new(workplace.path().join("index")))
    }

    /// The routes of a server that was started so.
    pub(crate) fn with(settings: Settings) -> Self {
        let service: Arc<Service> = Service::open(settings).expect("the index can be opened");
        Self(app(service))
    }

    /// Asks for an address.
    pub(crate) fn get(&self, address: &str) -> Reply {
        self.send(Method::GET, address, &[], "")
    }

    /// Sends a request.
    pub(crate) fn send(&self, method: Method, address: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(address)
            .header("host", "localhost");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let response = self.0.clone().oneshot(request).await.expect("a router always answers");
            let (parts, body) = response.into_parts();
            Reply {
                status: parts.status,
                headers: parts.headers,
                body: body.collect().await.expect("a whole body").to_bytes().to_vec(),
            }
        })
    }
}

impl Reply {
    /// Holds the reply to a status.
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("a body in UTF-8")
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The value of a header; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a header in ASCII"))
    }
}

/// The program, serving; it is killed when this is dropped.
pub(crate) struct Server {
    process: Child,
    log: Mutex<Receiver<String>>,
    /// Where it answers, such as `http://127.0.0.1:41234`.
    pub(crate) root: String,
}

impl Server {
    /// Starts the program on a free port, with further arguments.
    pub(crate) fn start(workplace: &Workplace, arguments: &[&str]) -> Self {
        let all = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut process = workplace
            .process(&all)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(process.stderr.take().expect("a pipe")).lines();
        let root = lines.find_map(|line| {
            let line = line.expect("the program writes UTF-8");
            let (_, root) = line.split_once("listening on ")?;
            root.split('"').next().map(|root| root.trim().to_owned())
        });
        let (keep, log) = channel();
        // What it logs further must be read, or it would wait for us.
        std::thread::spawn(move || {
            let lines = lines.map_while(Result::ok);
            // The test may have ended.
            lines.for_each(|line| drop(keep.send(line)));
        });
        Self {
            process,
            log: Mutex::new(log),
            root: root.expect("the program says where it listens"),
        }
    }

    /// The host and port where it answers.
    pub(crate) fn address(&self) -> &str {
        self.root.trim_start_matches("http://")
    }

    /// The next line of its log, of those after the one that says where it listens.
    pub(crate) fn next_logged(&self) -> String {
        let log = self.log.lock().expect("no panic");
        log.recv_timeout(Duration::from_secs(30)).expect("the program logs")
    }

    /// Kills the program, and gives what else it logged.
    pub(crate) fn logged_to_the_end(mut self) -> Vec<String> {
        self.process.kill().expect("it runs");
        self.log.lock().expect("no panic").iter().collect()
    }

    /// The process.
    pub(crate) fn process(&mut self) -> &mut Child {
        &mut self.process
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
