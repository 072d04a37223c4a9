//! What holds for every request: headers, hosts, origins, methods, sizes, accounts; and how the server starts and ends.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

use axum::http::Method;
use chancery::http::{Limits, Settings};
use serde_json::Value;

use crate::support::command::{Workplace, sample};
use crate::support::served::{Reply, Routes, Server};

/// Settings of a server for the sample.
fn settings() -> Settings {
    Settings::new(sample().path().join("index"))
}

/// Sends some bytes to a server and reads what it says until it closes.
fn said(server: &Server, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    stream.write_all(bytes).expect("the server listens");
    let mut answer = Vec::new();
    stream
        .read_to_end(&mut answer)
        .expect("the server closes the connection");
    String::from_utf8_lossy(&answer).into_owned()
}

#[track_caller]
fn check_problem(reply: &Reply, status: u16, code: &str) {
    assert_eq!(reply.status.as_u16(), status, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "application/problem+json");
    assert_eq!(reply.json()["code"], code);
}

#[test]
fn every_answer_tells_browsers_to_be_careful() {
    let routes = Routes::of(sample());
    let tag = routes.get("/api/v1/status").header("etag").to_owned();
    let not_modified = routes.send(Method::GET, "/api/v1/status", &[("if-none-match", &tag)], "");
    let replies = [
        routes.get("/api/v1/status").is(200),
        not_modified.is(304),
        routes.get("/api/v1/search").is(400),
        routes.get("/nothing").is(404),
        routes.send(Method::DELETE, "/api/v1/status", &[], "").is(405),
        routes.get("/health/live").is(200),
        routes.get("/metrics").is(200),
    ];
    for reply in replies {
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("referrer-policy"), "no-referrer");
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin");
        assert!(
            reply
                .header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        assert!(!reply.header("x-request-id").is_empty());
        assert_eq!(reply.header("access-control-allow-origin"), "");
    }
}

#[test]
fn a_request_keeps_its_harmless_id() {
    let routes = Routes::of(sample());
    let answered = |id: &str| {
        let reply = routes.send(Method::GET, "/health/live", &[("x-request-id", id)], "");
        reply.header("x-request-id").to_owned()
    };
    let longest = "a".repeat(64);
    for id in ["a", "A-b_9", &longest] {
        assert_eq!(answered(id), id);
    }
    let too_long = "a".repeat(65);
    for id in ["", "a b", "<script>", "a\"b", &too_long] {
        let own = answered(id);
        assert!(own != id && own.len() == 16, "{own}");
    }
    assert_ne!(answered(""), answered(""));
}

#[test]
fn only_known_hosts_are_answered_for() {
    let hosts = ["localhost", "127.0.0.1", "::1", "speeches.example"].map(str::to_owned);
    let routes = Routes::with(Settings {
        hosts: hosts.to_vec(),
        ..settings()
    });
    routes.get("/health/live").is(200);
    routes.get("http://speeches.example:7700/health/live").is(200);
    check_problem(&routes.get("http://evil.example/health/live"), 421, "unknown_host");
    let server = Server::start(sample(), &["--host", "Speeches.Example"]);
    let status = |lines: &str| {
        let answer = said(
            &server,
            format!("GET /health/live HTTP/1.1\r\n{lines}Connection: close\r\n\r\n").as_bytes(),
        );
        answer.split(' ').nth(1).unwrap_or_default().to_owned()
    };
    for host in [
        "localhost",
        "127.0.0.1:7700",
        "[::1]:80",
        "speeches.example",
        "SPEECHES.EXAMPLE.",
    ] {
        assert_eq!(status(&format!("Host: {host}\r\n")), "200", "{host}");
    }
    assert_eq!(status("Host: evil.example\r\n"), "421");
    assert_eq!(status("Host: localhost.evil.example\r\n"), "421");
    for lines in [
        "",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host:\r\n",
        "Host: a b\r\n",
        "Host: a@localhost\r\n",
    ] {
        assert_eq!(status(lines), "400", "{lines}");
    }
}

#[test]
fn other_pages_read_the_answers_only_when_they_are_named() {
    let from = |routes: &Routes, origin: &str| {
        let reply = routes
            .send(Method::GET, "/api/v1/status", &[("origin", origin)], "")
            .is(200);
        reply.header("access-control-allow-origin").to_owned()
    };
    assert_eq!(from(&Routes::of(sample()), "https://a.example"), "");
    let with = |origins: &[&str]| {
        Routes::with(Settings {
            origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
            ..settings()
        })
    };
    let named = with(&["https://a.example", "http://localhost:5173"]);
    assert_eq!(from(&named, "https://a.example"), "https://a.example");
    assert_eq!(from(&named, "https://b.example"), "");
    assert_eq!(from(&with(&["*"]), "https://b.example"), "*");
    let asked = [
        ("origin", "https://a.example"),
        ("access-control-request-method", "POST"),
    ];
    let preflight = named.send(Method::OPTIONS, "/api/v1/search", &asked, "").is(200);
    assert!(preflight.header("access-control-allow-methods").contains("POST"));
    sample()
        .run(&["serve", "--listen", "127.0.0.1:0", "--cors", "a.example"])
        .failed_with(&["`a.example` is no origin", "https://example.org"]);
}

#[test]
fn answers_that_are_worth_it_are_compressed_as_the_client_wants() {
    let routes = Routes::of(sample());
    let address = "/api/v1/list";
    let plain = routes.get(address).is(200);
    for (wanted, given) in [
        ("gzip", "gzip"),
        // Browsers ask for it through TLS alone, where the proxy compresses.
        ("br", ""),
        ("br, gzip", "gzip"),
        ("zstd", "zstd"),
        ("identity", ""),
        ("lzma", ""),
    ] {
        let reply = routes
            .send(Method::GET, address, &[("accept-encoding", wanted)], "")
            .is(200);
        assert_eq!(reply.header("content-encoding"), given, "{wanted}");
        assert!(reply.header("vary").contains("accept-encoding"), "{wanted}");
        assert_eq!(reply.header("etag"), plain.header("etag"));
        assert!(given.is_empty() || reply.body.len() * 3 < plain.body.len(), "{wanted}");
    }
    let zipped = routes.send(Method::GET, address, &[("accept-encoding", "gzip")], "");
    let mut unzipped = String::new();
    let read = flate2::read::GzDecoder::new(zipped.body.as_slice()).read_to_string(&mut unzipped);
    read.expect("a whole stream");
    assert!(unzipped.starts_with("{\n") && unzipped.len().abs_diff(plain.body.len()) < 20);
    let small = routes.send(Method::GET, "/health/live", &[("accept-encoding", "gzip")], "");
    assert_eq!(small.header("content-encoding"), "");
    let none = routes.send(Method::GET, address, &[("accept-encoding", "identity;q=0")], "");
    check_problem(&none, 406, "not_acceptable");
    let missing = routes.send(Method::GET, "/api/nothing", &[("accept-encoding", "identity;q=0")], "");
    check_problem(&missing, 404, "no_such_resource");
}

#[test]
fn methods_behave() {
    let routes = Routes::of(sample());
    let got = routes.get("/api/v1/status").is(200);
    let head = routes.send(Method::HEAD, "/api/v1/status", &[], "").is(200);
    assert!(head.body.is_empty());
    assert_eq!(head.header("etag"), got.header("etag"));
    assert_eq!(head.header("content-type"), "application/json");
    let options = routes.send(Method::OPTIONS, "/api/v1/search", &[], "").is(204);
    for reply in [options, routes.send(Method::PATCH, "/api/v1/search", &[], "").is(405)] {
        assert_eq!(reply.header("allow"), "GET,HEAD,POST");
    }
    let refused = routes.send(Method::TRACE, "/api/v1/search", &[], "");
    check_problem(&refused, 405, "method_not_allowed");
    check_problem(&routes.get("/api/nothing"), 404, "no_such_resource");
}

#[test]
fn bodies_are_bounded() {
    let routes = Routes::with(Settings {
        limits: Limits {
            body_bytes: 100,
            ..Limits::default()
        },
        ..settings()
    });
    let post = |body: &str| {
        let headers = [("content-type", "application/json")];
        routes.send(Method::POST, "/api/v1/search", &headers, body)
    };
    let fitting = format!("{{\"q\": \"{}\"}}", "x".repeat(91));
    assert_eq!(fitting.len(), 100);
    post(&fitting).is(200);
    check_problem(&post(&format!("{fitting} ")), 413, "body_too_large");
    check_problem(
        &routes.send(Method::GET, "/health/live", &[], "x"),
        413,
        "body_too_large",
    );
}

#[test]
fn health_and_metrics_say_what_answers() {
    let routes = Routes::of(sample());
    assert_eq!(routes.get("/health/live").is(200).json()["status"], "live");
    let status = sample().json(&["status"]);
    let ready = routes.get("/health/ready").is(200).json();
    assert_eq!(ready["corpus"], status["corpus"]);
    assert_eq!(ready["trouble"], Value::Null);
    routes.get("/api/v1/speeches/no-such-speech").is(404);
    routes.get("/api/v1/speeches/nor-this-one").is(404);
    routes.get("/somewhere").is(404);
    routes.get("/elsewhere").is(404);
    let made_up = Method::from_bytes(b"FROB").expect("a method");
    routes.send(made_up, "/api/v1/status", &[], "").is(405);
    let metrics = routes.get("/metrics").is(200);
    assert!(
        metrics
            .header("content-type")
            .starts_with("application/openmetrics-text")
    );
    let text = metrics.text();
    let version = status["corpus"]["version"].as_str().expect("a version");
    for line in [
        "chancery_http_requests_total{method=\"GET\",route=\"/api/v1/speeches/{*path}\",status=\"404\"} 2".to_owned(),
        "chancery_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 2".to_owned(),
        "chancery_http_requests_total{method=\"other\",route=\"/api/v1/status\",status=\"405\"} 1".to_owned(),
        "chancery_http_request_duration_seconds_count{route=\"/health/live\"} 1".to_owned(),
        "chancery_http_requests_in_flight 1".to_owned(),
        format!("chancery_index_speeches {}", status["speeches"]),
        format!("chancery_index_passages {}", status["passages"]),
        format!("chancery_index_units {}", status["units"]),
        format!("chancery_index_bytes {}", status["bytes"]),
        format!("chancery_corpus_info{{name=\"corpus\",version=\"{version}\"}} 1"),
        "chancery_commits_failed_total 0".to_owned(),
        "chancery_search_timeouts_total 0".to_owned(),
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
}

#[test]
fn the_log_has_a_line_a_request_and_no_query() {
    let server = Server::start(sample(), &["--log-format", "json"]);
    let request = "GET /api/v1/search?q=secret%0Aword HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: mine-1\r\nConnection: close\r\n\r\n";
    said(&server, request.as_bytes());
    said(
        &server,
        b"GET /%1b%5b31m%0a{b} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    said(
        &server,
        b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    let lines: Vec<String> = (0..3).map(|_| server.next_logged()).collect();
    let events: Vec<Value> = (lines.iter())
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let first = &events[0];
    assert_eq!((&first["id"], &first["method"]), (&"mine-1".into(), &"GET".into()));
    assert_eq!((&first["status"], &first["query_bytes"]), (&200.into(), &15.into()));
    assert!(lines.iter().all(|line| !line.contains("secret")), "{lines:?}");
    assert!(
        events.iter().any(|event| event["code"] == "no_such_resource"),
        "{lines:?}"
    );
}

#[test]
fn the_program_ends_in_order_when_it_is_told_to() {
    for signal in ["-TERM", "-INT"] {
        let mut server = Server::start(sample(), &[]);
        let mut idle = TcpStream::connect(server.address()).expect("a connection");
        let process = server.process().id().to_string();
        let killed = Command::new("kill").args([signal, &process]).status();
        assert!(killed.expect("`kill` can be run").success());
        let status = server.process().wait().expect("the program ends");
        assert_eq!(status.code(), Some(0));
        let mut rest = Vec::new();
        // The connection may be closed or broken off; in both cases nothing was said on it.
        let _ = idle.read_to_end(&mut rest);
        assert!(rest.is_empty());
    }
}

#[test]
fn what_a_server_cannot_start_with_is_said() {
    let workplace = Workplace::new();
    workplace.write("empty", " \n");
    let sample_index = sample().path().join("index");
    let index = sample_index.to_str().expect("a path in UTF-8");
    let start = |arguments: &[&str]| workplace.run(&[&["serve", "--index", index], arguments].concat());
    start(&["--listen", "127.0.0.1:0", "--token-file", "empty"]).failed_with(&["the token is empty", "hint:"]);
    start(&["--listen", "127.0.0.1:0", "--token-file", "none"]).failed_with(&["cannot read the token"]);
    let server = Server::start(sample(), &[]);
    start(&["--listen", server.address()]).failed_with(&["cannot listen on", "--listen"]);
    start(&["--answer-time", "0"]).failed_with(&["write seconds"]);
}
