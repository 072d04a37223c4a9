//! What programs that change the corpus stand on: tags that follow one another, places, codes, early refusals, and an end in order.

use std::fs::File;
use std::io::Write;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use axum::http::Method;
use chancery::engine::{self, Engine};
use chancery::error::ErrorKind;
use serde_json::json;

use super::writing::{BEARER, JSON, LINES, TOKEN, check_problem, delete, outcomes, put, put_all, send, writable};
use crate::support::command::four_speeches;
use crate::support::served::{Reply, Server};

#[test]
fn what_is_new_says_where_it_is() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let added = put(&routes, "sub%2F五", r#"{"body": "A pier."}"#).is(201);
    let place = added.header("location").to_owned();
    assert_eq!(routes.get(&place).is(200).json()["id"], "sub/五");
    let updated = put(&routes, "sub%2F五", r#"{"body": "A quay."}"#).is(200);
    assert_eq!(updated.header("location"), "");
}

#[test]
fn each_change_gives_the_tag_that_the_next_one_stands_on() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let change = |method: Method, address: &str, media_type, body: &str, tag: &str| {
        send(&routes, method, address, &[media_type, BEARER, ("if-match", tag)], body)
    };
    let one = "/api/v1/speeches/five";
    let words = r#"{"body": "words"}"#;
    let first = routes.get("/api/v1/status").header("etag").to_owned();
    let tag = |reply: Reply| reply.header("etag").to_owned();
    let second = tag(change(Method::PUT, one, JSON, words, &first).is(201));
    let third = tag(change(Method::PUT, one, JSON, r#"{"body": "others"}"#, &second).is(200));
    let line = r#"{"id": "six", "body": "words"}"#;
    let fourth = tag(change(Method::POST, "/api/v1/speeches", LINES, line, &third).is(200));
    let fifth = tag(change(Method::DELETE, one, JSON, "", &fourth).is(200));
    for old in [&first, &second, &third, &fourth] {
        check_problem(change(Method::PUT, one, JSON, words, old), 412, "precondition_failed");
    }
    change(Method::PUT, one, JSON, words, &fifth).is(201);
}

#[test]
fn a_change_that_stands_on_an_older_index_is_not_made() {
    let workplace = four_speeches();
    let index = workplace.path().join("index");
    let read = Engine::open(&index).expect("an index");
    let routes = writable(&workplace);
    put(&routes, "five", r#"{"body": "words"}"#).is(201);
    let line = || Box::new(&br#"{"id": "six", "body": "words"}"#[..]);
    let changed = |kind: ErrorKind| match kind {
        // A process that another test starts holds a copy of the index's lock for a moment.
        ErrorKind::Busy => false,
        kind => {
            assert_eq!(kind, ErrorKind::Changed);
            true
        }
    };
    while !changed(
        engine::put(&index, line(), None, Some(&read))
            .expect_err("it has changed")
            .kind(),
    ) {}
    let ids = ["one".to_owned()];
    while !changed(
        engine::remove_as_read(&index, &ids, &read)
            .expect_err("it has changed")
            .kind(),
    ) {}
    assert_eq!(routes.get("/api/v1/status").json()["speeches"], 5);
}

#[test]
fn a_body_is_sent_as_it_is() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    for (method, address, media_type) in [
        (Method::PUT, "/api/v1/speeches/five", JSON),
        (Method::POST, "/api/v1/speeches", LINES),
        (Method::POST, "/api/v1/search", JSON),
    ] {
        let ask = |encoding: &str| {
            let headers = [media_type, BEARER, ("content-encoding", encoding)];
            send(&routes, method.clone(), address, &headers, r#"{"q": "water"}"#)
        };
        let problem = check_problem(ask("gzip"), 415, "unsupported_media_type");
        assert!(
            problem["hint"]
                .as_str()
                .is_some_and(|hint| hint.contains("Content-Encoding"))
        );
        assert_ne!(ask("identity").status, 415);
    }
}

#[test]
fn every_line_that_is_not_taken_has_a_code_and_a_reason_for_clients() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let lines = [
        ("{", "invalid_speech"),
        ("[]", "invalid_speech"),
        (r#"{"id": "a"}"#, "invalid_speech"),
        (r#"{"id": "a", "body": " "}"#, "invalid_speech"),
        (r#"{"id": "a", "body": "words", "meta": 3}"#, "invalid_speech"),
        (r#"{"id": "a\nb", "body": "words"}"#, "invalid_speech"),
        (r#"{"id": "one", "body": "words"}"#, "conflict"),
        (r#"{"id": "b", "body": "words"}"#, ""),
        (r#"{"id": "b", "body": "others"}"#, "conflict"),
        (r#"{"body": "words"}"#, "duplicate"),
    ];
    let all: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
    let address = "/api/v1/speeches?collection=harbor";
    let became = outcomes(&put_all(&routes, address, &all.join("\n")).is(200));
    assert_eq!(became.len(), lines.len(), "{became:#?}");
    for ((line, code), outcome) in lines.iter().zip(&became) {
        assert_eq!(outcome["code"].as_str().unwrap_or_default(), *code, "{line}: {outcome}");
        assert_eq!(outcome["reason"].is_string(), !code.is_empty(), "{outcome}");
        assert!(!outcome.to_string().contains("--"), "{outcome}");
    }
    let without_id = outcomes(&put_all(&routes, "/api/v1/speeches", r#"{"body": "words"}"#).is(200));
    assert_eq!(without_id[0]["code"], "invalid_speech");
    assert!(!without_id[0].to_string().contains("--"), "{without_id:?}");
}

#[test]
fn ids_that_look_like_others_are_refused_everywhere() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    for (encoded, id, named) in [
        ("%20five", " five", "white space"),
        ("fi%E2%80%AEve", "fi\u{202E}ve", "U+202E"),
        ("five%E2%80%8B", "five\u{200B}", "U+200B"),
    ] {
        let problem = check_problem(put(&routes, encoded, r#"{"body": "words"}"#), 422, "invalid_speech");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(named)));
        let line = json!({"id": id, "body": "words"}).to_string();
        let ingested = workplace
            .run_with_input(&["ingest", "-", "--format", "json"], &line)
            .ended(3);
        let report = ingested.json();
        let reason = report["rejected"][0]["reason"].as_str().expect("a reason");
        assert!(reason.contains(named), "{reason}");
    }
    assert_eq!(delete(&routes, "%20five").status, 404);
}

#[test]
fn a_body_that_is_announced_too_large_is_refused_before_it_is_sent() {
    let workplace = four_speeches();
    workplace.write("token", TOKEN);
    let server = Server::start(&workplace, &["--token-file", "token"]);
    for (request, media_type) in [
        ("PUT /api/v1/speeches/five", JSON.1),
        ("POST /api/v1/speeches", LINES.1),
    ] {
        let head = format!(
            "{request} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\nContent-Type: {media_type}\r\n\
             Content-Length: 9000000000\r\nExpect: 100-continue\r\n\r\n",
            BEARER.1
        );
        let mut stream = TcpStream::connect(server.address()).expect("a connection");
        stream.write_all(head.as_bytes()).expect("the server listens");
        let mut answer = [0; 12];
        std::io::Read::read_exact(&mut stream, &mut answer).expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1 413");
    }
}

#[test]
fn a_change_is_made_though_its_client_has_gone_and_the_server_is_told_to_end() {
    let workplace = four_speeches();
    workplace.write("token", TOKEN);
    let mut server = Server::start(&workplace, &["--token-file", "token"]);
    let body = json!({"body": "A lighthouse by the sea. ".repeat(40_000)}).to_string();
    let head = format!(
        "PUT /api/v1/speeches/five HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\nContent-Type: {}\r\n\
         Content-Length: {}\r\n\r\n",
        BEARER.1,
        JSON.1,
        body.len()
    );
    let mut client = TcpStream::connect(server.address()).expect("a connection");
    client.write_all((head + &body).as_bytes()).expect("the server listens");
    // Who writes to the index holds its lock.
    let lock = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(workplace.path().join("index/.tantivy-writer.lock"))
        .expect("the file of the lock");
    while lock.try_lock().is_ok() {
        lock.unlock().expect("a lock that is held");
        std::thread::sleep(Duration::from_millis(2));
    }
    drop(client);
    server.next_logged();
    let killed = Command::new("kill")
        .args(["-TERM", &server.process().id().to_string()])
        .status();
    assert!(killed.expect("`kill` can be run").success());
    let status = server.process().wait().expect("the program ends");
    assert_eq!(status.code(), Some(0));
    assert_eq!(workplace.json(&["status"])["speeches"], 5);
}
