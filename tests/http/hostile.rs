//! Requests that mean harm, or make no sense, against the program behind a socket. Whatever they are, the answers are valid HTTP, errors
//! are problems with a code, nothing panics, nothing grows, and afterwards the server answers as before.
//!
//! `CHANCERY_HOSTILE` sets how many are sent.

mod requests;
mod response;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use chancery::http::Code;
use serde_json::Value;

use self::requests::{Attempt, SCRIPT, attempt};
use self::response::Response;
use crate::support::command::sample;
use crate::support::random::Random;
use crate::support::served::Server;

/// How many requests are sent when nothing else is asked for.
const USUAL: usize = 3_000;

/// How many clients send them at a time.
const CLIENTS: usize = 4;

/// How many clients say half a request and no more, all the time.
const SLOW_CLIENTS: usize = 32;

/// How much memory may come on after the first fifth, in bytes: what an allocator does not give back.
const GROWTH: u64 = 24 << 20;

/// How long an answer is waited for.
const WAIT: Duration = Duration::from_secs(60);

/// How often each status was answered.
type Tally = BTreeMap<u16, usize>;

#[allow(clippy::print_stdout, reason = "the figures of a long run are what it is made for")]
#[test]
fn hostile_requests_leave_no_trace() {
    let count = std::env::var("CHANCERY_HOSTILE").map_or(USUAL, |count| count.parse().expect("a number"));
    let mut server = Server::start(sample(), &["--idle-time", "5"]);
    let address = server.address().to_owned();
    let before = search(&server);
    let slow: Vec<TcpStream> = (0..SLOW_CLIENTS).map(|_| half_a_request(&address)).collect();
    let mut tally = Tally::new();
    attack(&address, count / 5, 1, &mut tally);
    let memory = resident_bytes(server.process().id());
    attack(&address, count - count / 5, 2, &mut tally);
    drop(slow);
    let grown = resident_bytes(server.process().id()).saturating_sub(memory);
    assert_eq!(search(&server), before);
    assert!(grown <= GROWTH, "{grown} bytes came on over {memory}");
    assert!(
        server.process().try_wait().expect("a process").is_none(),
        "it still runs"
    );
    let log = server.logged_to_the_end();
    let faults: Vec<&String> = log
        .iter()
        .filter(|line| line.contains("panic") || line.contains("ERROR"))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    // The log is of one line an event, each with its time in front, whatever the requests held.
    assert!(
        log.iter()
            .all(|line| line.starts_with("20") && !line.contains('\u{1b}'))
    );
    assert!(tally.contains_key(&200) && tally.contains_key(&400), "{tally:?}");
    println!("{count} hostile requests: {tally:?}, {memory} bytes after a fifth, {grown} more at the end");
}

/// Sends some hostile requests, from several clients at a time.
fn attack(address: &str, count: usize, seed: u64, tally: &mut Tally) {
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS as u64)
            .map(|client| {
                scope.spawn(move || {
                    let mut random = Random::new(seed << 32 | client);
                    let mut tally = Tally::new();
                    for _ in 0..count / CLIENTS {
                        strike(address, &attempt(&mut random), &mut tally);
                    }
                    tally
                })
            })
            .collect();
        for client in clients {
            for (status, count) in client.join().expect("every answer is as it must be") {
                *tally.entry(status).or_default() += count;
            }
        }
    });
}

/// Sends a request and looks at what comes back.
fn strike(address: &str, attempt: &Attempt, tally: &mut Tally) {
    let mut stream = TcpStream::connect(address).expect("the server takes connections");
    stream.set_read_timeout(Some(WAIT)).expect("a bound of time");
    // A server that has heard enough may close while we still talk.
    let _ = stream.write_all(&attempt.bytes);
    if attempt.is_broken_off {
        let _ = stream.shutdown(Shutdown::Write);
    }
    let mut answer = Vec::new();
    if let Err(error) = stream.read_to_end(&mut answer) {
        assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "no answer to {attempt}");
    }
    let responses = Response::all(&answer, attempt.is_head).unwrap_or_else(|fault| panic!("{fault}: {attempt}"));
    for response in &responses {
        *tally.entry(response.status).or_default() += 1;
        check(response, attempt);
    }
}

/// Holds an answer to what every answer must be.
fn check(response: &Response, attempt: &Attempt) {
    let status = response.status;
    if status < 200 {
        return;
    }
    let media_type = response.header("content-type").split(';').next().unwrap_or_default();
    assert!(status < 500 || status == 503, "{status} to {attempt}");
    assert_eq!(response.header("x-injected"), "", "{attempt}");
    let is_bare = media_type.is_empty() && response.body.is_empty();
    if status >= 400 && media_type != "text/html" {
        // What cannot be read as HTTP gets a bare answer before any route is looked for.
        if is_bare && (attempt.is_head || [400, 414, 431].contains(&status)) {
            return;
        }
        assert_eq!(media_type, "application/problem+json", "{status} to {attempt}");
        if !attempt.is_head {
            check_problem(response, attempt);
        }
        return;
    }
    let known = [
        "",
        "application/json",
        "application/openmetrics-text",
        "application/problem+json",
        "application/x-ndjson",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
        "text/tab-separated-values",
        "image/svg+xml",
    ];
    assert!(known.contains(&media_type), "{media_type} to {attempt}");
    assert_eq!(response.header("x-content-type-options"), "nosniff", "{attempt}");
    if media_type == "text/html" && response.header("content-encoding").is_empty() {
        let body = String::from_utf8_lossy(&response.body);
        assert!(!body.contains(SCRIPT), "a script comes back: {attempt}");
    }
}

fn check_problem(response: &Response, attempt: &Attempt) {
    let problem: Value = serde_json::from_slice(&response.body).unwrap_or_else(|error| panic!("{error}: {attempt}"));
    let is_known = |code: &&Code| problem["code"] == code.name();
    let code = Code::ALL.iter().find(is_known);
    let code = code.unwrap_or_else(|| panic!("{problem} has no known code: {attempt}"));
    assert_eq!(
        (response.status, &problem["status"]),
        (code.status().as_u16(), &response.status.into())
    );
}

/// A client that says half a request, and waits.
fn half_a_request(address: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let half = b"POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{";
    stream.write_all(half).expect("the server listens");
    stream
}

/// A search's answer, without how long it took.
fn search(server: &Server) -> Value {
    let address = format!("{}/api/v1/search?q=water+%E5%90%88%E4%BD%9C&explain=true", server.root);
    let mut answer = ureq::get(address).call().expect("an answer");
    let mut answer: Value = answer.body_mut().read_json().expect("JSON");
    answer["took_ms"] = Value::Null;
    answer
}

/// The memory that a process holds.
#[cfg(target_os = "linux")]
fn resident_bytes(process: u32) -> u64 {
    let sizes = std::fs::read_to_string(format!("/proc/{process}/statm")).expect("Linux says how large a process is");
    let pages = sizes.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok());
    pages.expect("a number of pages") * rustix::param::page_size() as u64
}

#[cfg(not(target_os = "linux"))]
fn resident_bytes(_: u32) -> u64 {
    0
}
