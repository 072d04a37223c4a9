//! A server on a real socket, with bounds so short that a test sees them reached.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::{get, post};
use tokio::runtime::Runtime;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use super::*;
use crate::engine::{IngestRequest, ingest};
use crate::http::layers::{around, bounded_in_number, with_body_of};
use crate::http::problem::Problem;
use crate::http::service::Settings;
use crate::ingest::Input;

/// How short the bounds of the tests are.
const SHORT: Duration = Duration::from_millis(200);

/// How long something that must happen is waited for.
const LONG: Duration = Duration::from_secs(30);

/// A question on a connection that stays open.
const HELLO: &str = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// A server that runs until the test ends it.
struct Running {
    runtime: Runtime,
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    served: JoinHandle<()>,
}

impl Running {
    fn start(routes: Router, limits: Limits) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (end, ended) = oneshot::channel::<()>();
        let served = runtime.spawn(async move {
            let ended = async {
                // A test that needs no end drops the sender when it is over.
                let _ = ended.await;
            };
            serve_routes(routes, &limits, listener, ended).await;
        });
        Self {
            runtime,
            address,
            end: Some(end),
            served,
        }
    }

    /// Opens a connection and says something.
    fn say(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(LONG)).expect("a bound of time");
        stream.write_all(text.as_bytes()).expect("the server listens");
        stream
    }

    /// Asks for a path on a connection of its own.
    fn get(&self, path: &str) -> String {
        rest(self.say(&format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )))
    }

    fn end(&mut self) {
        let end = self.end.take().expect("it runs");
        end.send(()).expect("it runs");
    }

    fn has_ended(self) {
        let ended = async { tokio::time::timeout(LONG, self.served).await };
        let ended = self.runtime.block_on(ended).expect("the server ends");
        ended.expect("the server does not panic");
    }
}

/// What the server still says, until it closes the connection.
fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        // A connection that was broken off is closed as well.
        assert_ne!(
            error.kind(),
            io::ErrorKind::WouldBlock,
            "the server leaves the connection open"
        );
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Says a byte now and then until the server closes the connection, and gives what it said meanwhile.
fn trickle(stream: TcpStream) -> String {
    let mut writing = stream.try_clone().expect("another end");
    std::thread::spawn(move || {
        while writing.write_all(b"x").is_ok() {
            std::thread::sleep(SHORT / 10);
        }
    });
    rest(stream)
}

/// A handler that tells when it begins, and waits until it may go on.
struct Held {
    began: mpsc::Receiver<()>,
    go_on: Arc<Notify>,
}

/// A route with such a handler.
fn held<S: Clone + Send + Sync + 'static>(path: &str) -> (Router<S>, Held) {
    let (begins, began) = mpsc::channel();
    let go_on = Arc::new(Notify::new());
    let goes_on = Arc::clone(&go_on);
    let handler = move || {
        let (begins, goes_on) = (begins.clone(), Arc::clone(&goes_on));
        async move {
            // The test may be over.
            let _ = begins.send(());
            goes_on.notified().await;
            "finished"
        }
    };
    (Router::new().route(path, get(handler)), Held { began, go_on })
}

fn limits() -> Limits {
    Limits::default()
}

fn hello<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/", get(|| async { "hello" }))
}

/// A service for a small index, in a folder that lasts as long as the test.
fn service(limits: Limits) -> (tempfile::TempDir, Arc<Service>) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("speech.txt");
    std::fs::write(&file, "我们共饮一海水。").expect("a file");
    let index = folder.path().join("index");
    let request = IngestRequest {
        inputs: vec![Input::Path(file)],
        ..IngestRequest::default()
    };
    ingest(&index, request, |_| ()).expect("an index");
    let settings = Settings {
        limits,
        ..Settings::new(index)
    };
    (folder, Service::open(settings).expect("the index can be opened"))
}

#[test]
fn a_head_that_does_not_arrive_is_not_waited_for() {
    let header_time = SHORT;
    let server = Running::start(
        hello(),
        Limits {
            header_time,
            ..limits()
        },
    );
    assert_eq!(rest(server.say("")), "");
    assert_eq!(rest(server.say("GET / HTTP/1.1\r\nHo")), "");
    assert_eq!(trickle(server.say("GET / HTTP/1.1\r\nHost: ")), "");
    assert!(rest(server.say(&format!("{HELLO}GET / HT"))).ends_with("hello"));
}

#[test]
fn an_idle_connection_is_closed() {
    let idle_time = SHORT;
    let server = Running::start(hello(), Limits { idle_time, ..limits() });
    let answer = rest(server.say(HELLO));
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("hello"),
        "{answer}"
    );
}

/// A server that takes bodies of some bytes.
fn taking(most_bytes: usize, limits: Limits) -> (tempfile::TempDir, Running) {
    let (folder, service) = service(limits);
    let routes = Router::new().route("/", post(|body: Bytes| async move { body.len().to_string() }));
    let routes = around(with_body_of(routes, most_bytes, &service.limits), &service);
    let routes = routes.with_state(Arc::clone(&service));
    (folder, Running::start(routes, service.limits.clone()))
}

#[test]
fn a_body_that_does_not_arrive_is_a_problem() {
    let idle_time = SHORT;
    let (_folder, server) = taking(100_000, Limits { idle_time, ..limits() });
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n";
    for answer in [rest(server.say(head)), trickle(server.say(head))] {
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.contains("\"code\":\"body_timeout\""), "{answer}");
    }
}

#[test]
fn a_client_that_still_sends_reads_why_it_should_not() {
    let (_folder, server) = taking(1_000, limits());
    let body = "x".repeat(8_000_000);
    let announced = format!("Content-Length: 8000000\r\n\r\n{body}");
    let in_chunks = format!("Transfer-Encoding: chunked\r\n\r\n7a1200\r\n{body}");
    for rest_of_request in [announced, in_chunks] {
        let answer = rest(server.say(&format!("POST / HTTP/1.1\r\nHost: localhost\r\n{rest_of_request}")));
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(answer.contains("\"code\":\"body_too_large\""), "{answer}");
    }
}

#[test]
fn a_client_that_does_not_read_keeps_neither_its_answer_nor_its_place() {
    let large = Bytes::from(vec![b'x'; 64 << 20]);
    let routes = hello().route("/large", get(move || async move { large }));
    let bounds = Limits {
        idle_time: SHORT,
        connections: 1,
        ..limits()
    };
    let server = Running::start(routes, bounds);
    let _unread = server.say("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(server.get("/").ends_with("hello"));
}

#[test]
fn what_runs_is_finished_before_the_end() {
    let (slow, held) = held("/slow");
    let mut server = Running::start(hello().merge(slow), limits());
    let idle = server.say("");
    let asking = server.say("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    held.began.recv_timeout(LONG).expect("the request begins");
    server.end();
    assert_eq!(rest(idle), "");
    assert!(TcpStream::connect(server.address).is_err());
    held.go_on.notify_one();
    assert!(rest(asking).ends_with("finished"));
    server.has_ended();
}

#[test]
fn a_change_is_finished_before_the_end_though_its_client_has_gone() {
    let (_folder, service) = service(limits());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let (begins, began) = mpsc::channel();
    let (goes_on, go_on) = mpsc::channel();
    let of_request = Arc::clone(&service);
    let request = runtime.spawn(async move {
        let change = move |_: crate::http::write::Ground<'_>| {
            begins.send(()).expect("the test waits");
            go_on
                .recv()
                .map_err(|_| Problem::new(crate::http::Code::Internal, "the test is over"))
        };
        drop(of_request.change(change).await);
    });
    began.recv_timeout(LONG).expect("the change begins");
    request.abort();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let mut served = runtime.spawn(serve(service, listener, async {}));
    let waited = runtime.block_on(async { tokio::time::timeout(SHORT, &mut served).await });
    assert!(waited.is_err(), "the server ends before the change");
    goes_on.send(()).expect("the change waits");
    let ended = runtime.block_on(async { tokio::time::timeout(LONG, served).await });
    ended.expect("the server ends").expect("the server does not panic");
}

#[test]
fn what_does_not_end_is_given_up_at_the_end() {
    let (endless, held) = held("/");
    let grace_time = SHORT;
    let mut server = Running::start(endless, Limits { grace_time, ..limits() });
    let asking = server.say(HELLO);
    held.began.recv_timeout(LONG).expect("the request begins");
    server.end();
    assert_eq!(rest(asking), "");
    server.has_ended();
}

#[test]
fn work_is_given_up_when_its_client_has_gone() {
    let (_folder, service) = service(Limits {
        answer_time: LONG * 10,
        ..limits()
    });
    let (begins, began) = mpsc::channel();
    let (gives_up, given_up) = mpsc::channel();
    let long = move |State(service): State<Arc<Service>>| {
        let (begins, gives_up) = (begins.clone(), gives_up.clone());
        let work = move |stop: crate::stop::Stop| {
            begins.send(()).expect("the test waits");
            while stop.check().is_ok() {
                std::thread::sleep(Duration::from_millis(1));
            }
            gives_up.send(()).expect("the test waits");
            Ok("given up")
        };
        async move { service.work(work).await }
    };
    let routes = around(Router::new().route("/", get(long)), &service).with_state(Arc::clone(&service));
    let server = Running::start(routes, limits());
    let asking = server.say(HELLO);
    began.recv_timeout(LONG).expect("the work begins");
    drop(asking);
    given_up.recv_timeout(LONG).expect("the work is given up");
}

#[test]
fn too_many_requests_at_a_time_are_told_to_come_again() {
    let (_folder, service) = service(Limits {
        requests: 1,
        ..limits()
    });
    let (slow, held) = held("/api/slow");
    let routes = bounded_in_number(slow, &service).route("/free", get(|| async { "free" }));
    let routes = around(routes, &service).with_state(Arc::clone(&service));
    let server = Running::start(routes, limits());
    let first = server.say("GET /api/slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    held.began.recv_timeout(LONG).expect("the request begins");
    let second = server.get("/api/slow");
    assert!(
        second.starts_with("HTTP/1.1 503 ") && second.contains("retry-after: "),
        "{second}"
    );
    assert!(second.contains("\"code\":\"overloaded\""), "{second}");
    assert!(server.get("/free").ends_with("free"));
    held.go_on.notify_one();
    assert!(rest(first).ends_with("finished"));
}

#[test]
fn a_panic_is_a_problem_of_one_request() {
    let (_folder, service) = service(limits());
    let in_work = |State(service): State<Arc<Service>>| async move {
        let answer: Result<&'static str, Problem> = service.work(|_| panic!("on purpose")).await;
        answer
    };
    async fn in_handler() -> &'static str {
        panic!("on purpose")
    }
    let routes = hello()
        .route("/api/handler", get(in_handler))
        .route("/api/work", get(in_work));
    let routes = around(routes, &service).with_state(Arc::clone(&service));
    let server = Running::start(routes, limits());
    for path in ["/api/handler", "/api/work"] {
        let answer = server.get(path);
        assert!(answer.starts_with("HTTP/1.1 500 "), "{answer}");
        assert!(
            answer.contains("\"code\":\"internal\"") && !answer.contains("on purpose"),
            "{answer}"
        );
    }
    assert!(server.get("/").ends_with("hello"));
}
