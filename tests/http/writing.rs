//! Changes over HTTP: who may make them, what each is answered with, and that later answers know of them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::Method;
use chancery::http::{Limits, Settings};
use serde_json::{Value, json};

use crate::support::command::{Workplace, four_speeches};
use crate::support::served::{Reply, Routes};

pub(super) const TOKEN: &str = "open-sesame";
pub(super) const JSON: (&str, &str) = ("content-type", "application/json");
pub(super) const LINES: (&str, &str) = ("content-type", "application/x-ndjson");
pub(super) const BEARER: (&str, &str) = ("authorization", "Bearer open-sesame");

/// The routes of a server whose token is known here.
pub(super) fn writable(workplace: &Workplace) -> Routes {
    Routes::with(Settings {
        token: Some(TOKEN.to_owned()),
        ..Settings::new(workplace.path().join("index"))
    })
}

/// Sends a request, again while the index looks busy: a process that another test starts holds a copy of its lock for a moment.
pub(super) fn send(routes: &Routes, method: Method, address: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    loop {
        let reply = routes.send(method.clone(), address, headers, body);
        if reply.status != 503 {
            return reply;
        }
        std::thread::yield_now();
    }
}

pub(super) fn put(routes: &Routes, id: &str, body: &str) -> Reply {
    send(
        routes,
        Method::PUT,
        &format!("/api/v1/speeches/{id}"),
        &[JSON, BEARER],
        body,
    )
}

pub(super) fn put_all(routes: &Routes, address: &str, lines: &str) -> Reply {
    send(routes, Method::POST, address, &[LINES, BEARER], lines)
}

pub(super) fn delete(routes: &Routes, id: &str) -> Reply {
    send(routes, Method::DELETE, &format!("/api/v1/speeches/{id}"), &[BEARER], "")
}

/// The number of speeches in which a word stands.
fn speeches_with(routes: &Routes, word: &str) -> u64 {
    let found = routes.get(&format!("/api/v1/search?q={word}")).is(200).json();
    found["total"]["speeches"].as_u64().expect("a total")
}

#[track_caller]
pub(super) fn check_problem(reply: Reply, status: u16, code: &str) -> Value {
    let problem = reply.is(status).json();
    assert_eq!(problem["code"], code, "{problem}");
    problem
}

/// A method, an address, headers and a body.
type Change = (
    Method,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

/// Every change, as a request that would be carried out with the token.
fn changes() -> [Change; 3] {
    [
        (Method::PUT, "/api/v1/speeches/new", &[JSON], r#"{"body": "words"}"#),
        (Method::DELETE, "/api/v1/speeches/one", &[], ""),
        (
            Method::POST,
            "/api/v1/speeches",
            &[LINES],
            r#"{"id": "new", "body": "words"}"#,
        ),
    ]
}

#[test]
fn a_server_without_a_token_changes_nothing() {
    let workplace = four_speeches();
    let routes = Routes::of(&workplace);
    for (method, address, headers, body) in changes() {
        check_problem(routes.send(method.clone(), address, headers, body), 403, "read_only");
        let with_token = [headers, &[BEARER]].concat();
        check_problem(routes.send(method, address, &with_token, body), 403, "read_only");
    }
    assert_eq!(routes.get("/api/v1/status").json()["speeches"], 4);
}

#[test]
fn a_change_needs_the_token_before_its_body_is_looked_at() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let wrong = [
        "Bearer open-sesam",
        "Bearer open-sesamee",
        "Bearer ",
        "Bearer",
        "Basic open-sesame",
        "open-sesame",
        "",
    ];
    for (method, address, headers, _) in changes() {
        let reply = routes.send(method.clone(), address, headers, "no speech at all");
        assert_eq!(reply.header("www-authenticate"), "Bearer");
        check_problem(reply, 401, "unauthorized");
        for token in wrong {
            let with_token = [headers, &[("authorization", token)]].concat();
            let reply = routes.send(method.clone(), address, &with_token, "no speech at all");
            check_problem(reply, 401, "unauthorized");
        }
        let twice = [headers, &[BEARER, BEARER]].concat();
        check_problem(routes.send(method, address, &twice, ""), 401, "unauthorized");
    }
    assert_eq!(routes.get("/api/v1/status").json()["speeches"], 4);
}

#[test]
fn the_scheme_of_the_token_is_read_in_any_case() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let headers = [("authorization", "bearer open-sesame")];
    send(&routes, Method::DELETE, "/api/v1/speeches/one", &headers, "").is(200);
}

#[test]
fn an_empty_token_opens_no_server() {
    let workplace = four_speeches();
    for token in ["", " ", "two words", "词"] {
        let settings = Settings {
            token: Some(token.to_owned()),
            ..Settings::new(workplace.path().join("index"))
        };
        let error = chancery::http::Service::open(settings)
            .err()
            .expect("the token is refused");
        assert!(error.message().contains("token"), "{error}");
    }
}

#[test]
fn a_speech_is_put_changed_found_and_deleted() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let speech = r#"{"title": "Neu", "date": "2021-05", "language": "en", "further": 3, "body": "A lighthouse.\n\nAnd a pier."}"#;
    let added = put(&routes, "sub%2Ffive", speech).is(201);
    assert_eq!(added.json()["id"], "sub/five");
    assert_eq!(added.json()["result"], "added");
    assert_eq!(added.json()["corpus"], routes.get("/api/v1/status").json()["corpus"]);
    assert_eq!(speeches_with(&routes, "lighthouse"), 1);
    let shown = routes.get("/api/v1/speeches/sub/five").is(200).json();
    assert_eq!((&shown["title"], &shown["meta"]["further"]), (&json!("Neu"), &json!(3)));
    assert_eq!(shown["body"], "A lighthouse.\n\nAnd a pier.");

    assert_eq!(put(&routes, "sub/five", speech).is(200).json()["result"], "unchanged");
    let changed = speech.replace("lighthouse", "windmill");
    assert_eq!(put(&routes, "sub/five", &changed).is(200).json()["result"], "updated");
    assert_eq!(
        (speeches_with(&routes, "lighthouse"), speeches_with(&routes, "windmill")),
        (0, 1)
    );

    let deleted = delete(&routes, "sub/five").is(200).json();
    assert_eq!(
        (&deleted["removed"], &deleted["not_found"]),
        (&json!(["sub/five"]), &json!([]))
    );
    assert_eq!(speeches_with(&routes, "windmill"), 0);
    check_problem(delete(&routes, "sub/five"), 404, "not_found");
    check_problem(routes.get("/api/v1/speeches/sub/five"), 404, "not_found");
}

#[test]
fn what_is_not_understood_of_a_speech_is_a_warning() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let answer = put(&routes, "five", r#"{"date": "soon", "body": "A pier."}"#)
        .is(201)
        .json();
    let warning = answer["warnings"][0].as_str().expect("a warning");
    assert!(warning.starts_with("`soon` is not understood as a date"), "{warning}");
}

#[test]
fn a_speech_that_cannot_be_taken_says_why() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let long = "x".repeat(1_100);
    for (id, body, status, code) in [
        ("five", r#"{"id": "six", "body": "words"}"#, 422, "invalid_speech"),
        ("five", r#"{"id": 5, "body": "words"}"#, 422, "invalid_speech"),
        ("five", r#"{"title": "no words"}"#, 422, "invalid_speech"),
        ("five", r#"{"body": " … "}"#, 201, ""),
        ("five", r#"{"body": " "}"#, 422, "invalid_speech"),
        ("five", r#"{"body": "words", "meta": 3}"#, 422, "invalid_speech"),
        ("five", r#"{"body": ["words"]}"#, 422, "invalid_speech"),
        ("fi%0Ave", r#"{"body": "words"}"#, 422, "invalid_speech"),
        (&long, r#"{"body": "words"}"#, 422, "invalid_speech"),
        ("fi%FFve", r#"{"body": "words"}"#, 404, "not_found"),
        ("five", "[]", 400, "invalid_body"),
        ("five", "{", 400, "invalid_body"),
        ("five", "", 400, "invalid_body"),
        ("five?collection=x", r#"{"body": "words"}"#, 400, "invalid_parameter"),
    ] {
        let reply = put(&routes, id, body);
        match status {
            201 => drop(reply.is(201)),
            _ => drop(check_problem(reply, status, code)),
        }
    }
    let untyped = send(&routes, Method::PUT, "/api/v1/speeches/five", &[BEARER], "{}");
    check_problem(untyped, 415, "unsupported_media_type");
    let untyped = send(&routes, Method::POST, "/api/v1/speeches", &[BEARER, JSON], "{}");
    check_problem(untyped, 415, "unsupported_media_type");
    check_problem(put_all(&routes, "/api/v1/speeches", "\n \n"), 400, "invalid_body");
    check_problem(
        put_all(&routes, "/api/v1/speeches?collection=", "{}"),
        400,
        "invalid_parameter",
    );
    check_problem(put_all(&routes, "/api/v1/speeches?q=x", "{}"), 400, "invalid_parameter");
}

#[test]
fn a_passage_is_changed_with_its_speech_alone() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    for method in [Method::PUT, Method::DELETE] {
        let reply = send(
            &routes,
            method,
            "/api/v1/speeches/one/passages/1",
            &[BEARER, JSON],
            "{}",
        );
        assert_eq!(reply.header("allow"), "GET, HEAD");
        check_problem(reply, 405, "method_not_allowed");
    }
}

#[test]
fn a_speech_of_a_file_is_not_replaced_and_no_path_of_the_server_is_told() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let problem = check_problem(put(&routes, "one", r#"{"body": "words"}"#), 409, "conflict");
    assert!(
        !problem.to_string().contains(workplace.path().to_str().expect("UTF-8")),
        "{problem}"
    );
    assert!(!problem.to_string().contains("four.jsonl"), "{problem}");
    delete(&routes, "one").is(200);
    put(&routes, "one", r#"{"body": "words"}"#).is(201);
}

#[test]
fn bodies_have_a_largest_size() {
    let workplace = four_speeches();
    let routes = Routes::with(Settings {
        token: Some(TOKEN.to_owned()),
        limits: Limits {
            ingest_bytes: 3 << 20,
            ..Limits::default()
        },
        ..Settings::new(workplace.path().join("index"))
    });
    let speech = |length: usize| json!({"id": "long", "body": "water ".repeat(length / 6)}).to_string();
    check_problem(put(&routes, "long", &speech(4 << 20)), 413, "body_too_large");
    check_problem(
        put_all(&routes, "/api/v1/speeches", &speech(4 << 20)),
        413,
        "body_too_large",
    );
    // More than is kept in memory, and less than the most.
    let answer = put_all(&routes, "/api/v1/speeches", &speech(2 << 20)).is(200).json();
    assert_eq!(answer, json!({"line": 1, "id": "long", "result": "added"}));
    assert_eq!(
        put(&routes, "long", &speech(2 << 20)).is(200).json()["result"],
        "unchanged"
    );
}

#[test]
fn a_change_can_be_bound_to_the_state_that_was_read() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let change = |method: Method, id: &str, condition: (&str, &str)| {
        let headers = [JSON, BEARER, condition];
        send(
            &routes,
            method,
            &format!("/api/v1/speeches/{id}"),
            &headers,
            r#"{"body": "words"}"#,
        )
    };
    let read = routes.get("/api/v1/status").header("etag").to_owned();
    change(Method::PUT, "five", ("if-match", &read)).is(201);
    for method in [Method::PUT, Method::DELETE] {
        check_problem(
            change(method.clone(), "five", ("if-match", &read)),
            412,
            "precondition_failed",
        );
    }
    check_problem(
        change(Method::PUT, "six", ("if-match", "*")),
        412,
        "precondition_failed",
    );
    check_problem(
        change(Method::PUT, "five", ("if-none-match", "*")),
        412,
        "precondition_failed",
    );
    change(Method::PUT, "six", ("if-none-match", "*")).is(201);
    change(Method::DELETE, "six", ("if-match", "*")).is(200);
    let headers = [LINES, BEARER, ("if-match", &read)];
    let many = send(
        &routes,
        Method::POST,
        "/api/v1/speeches",
        &headers,
        r#"{"id": "seven", "body": "words"}"#,
    );
    check_problem(many, 412, "precondition_failed");
    assert_eq!(routes.get("/api/v1/status").json()["speeches"], 5);
}

/// Five hundred lines, of which some cannot be taken, and what should become of each.
fn many_lines() -> (String, Vec<(u64, &'static str)>) {
    let mut lines = String::new();
    let mut expected = Vec::new();
    for number in 1..=500_u64 {
        let (line, result) = match number % 50 {
            7 => ("{\"id\": \"broken\", ".to_owned(), Some("rejected")),
            13 => (json!({"body": "no id"}).to_string(), Some("rejected")),
            21 => (
                json!({"id": format!("s{}", number - 1), "body": "twice"}).to_string(),
                Some("rejected"),
            ),
            34 => (json!({"id": "two", "body": "of a file"}).to_string(), Some("rejected")),
            40 => (" ".to_owned(), None),
            _ => (
                json!({"id": format!("s{number}"), "body": format!("Lighthouse number {number}.")}).to_string(),
                Some("added"),
            ),
        };
        lines.push_str(&line);
        lines.push('\n');
        expected.extend(result.map(|result| (number, result)));
    }
    (lines, expected)
}

pub(super) fn outcomes(reply: &Reply) -> Vec<Value> {
    let read = |line: &str| serde_json::from_str(line).expect("a line of JSON");
    reply.text().lines().map(read).collect()
}

#[test]
fn of_many_lines_a_bad_one_leaves_the_others_alone() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let (lines, expected) = many_lines();
    let reply = put_all(&routes, "/api/v1/speeches", &lines).is(200);
    assert_eq!(reply.header("content-type"), "application/x-ndjson");
    let became = outcomes(&reply);
    let told = |outcome: &Value| (outcome["line"].as_u64(), outcome["result"].as_str().map(str::to_owned));
    let expected_of = |(line, result): &(u64, &str)| (Some(*line), Some((*result).to_owned()));
    assert!(
        became.iter().map(told).eq(expected.iter().map(expected_of)),
        "{became:#?}"
    );
    for outcome in &became {
        assert_eq!(
            outcome["reason"].is_string(),
            outcome["result"] == "rejected",
            "{outcome}"
        );
        assert!(!outcome.to_string().contains("four.jsonl"), "{outcome}");
    }
    assert_eq!(
        became[6]["reason"]
            .as_str()
            .map(|reason| reason.starts_with("is not JSON")),
        Some(true)
    );
    let added = expected.iter().filter(|(_, result)| *result == "added").count() as u64;
    assert_eq!(speeches_with(&routes, "lighthouse"), added);

    let again = outcomes(&put_all(&routes, "/api/v1/speeches", &lines).is(200));
    let unchanged = again.iter().filter(|outcome| outcome["result"] == "unchanged").count() as u64;
    assert_eq!(unchanged, added);
}

#[test]
fn lines_without_ids_belong_to_a_collection() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let lines = "{\"body\": \"A pier.\"}\n{\"body\": \"A pier.\"}\n";
    let became = outcomes(&put_all(&routes, "/api/v1/speeches?collection=harbor", lines).is(200));
    assert_eq!(
        became[0],
        json!({"line": 1, "id": "harbor/upload:1", "result": "added"})
    );
    assert_eq!(
        (&became[1]["id"], &became[1]["result"]),
        (&json!("harbor/upload:1"), &json!("duplicate"))
    );
    let shown = routes.get("/api/v1/speeches/harbor/upload:1").is(200).json();
    assert_eq!(
        (&shown["collection"], &shown["source"]),
        (&json!("harbor"), &json!("upload:1"))
    );
    let other = outcomes(&put_all(&routes, "/api/v1/speeches?collection=harbor", "{\"body\": \"A quay.\"}").is(200));
    assert_eq!(other[0]["result"], "rejected");
}

#[test]
fn what_is_put_is_what_the_command_line_ingests() {
    let over_http = four_speeches();
    let routes = writable(&over_http);
    let ingested = four_speeches();
    let lines = "{\"id\": \"a\", \"title\": \"首\", \"date\": \"2020-01-02\", \"body\": \"一带一路。\\n\\n铁路。\"}\n{\"id\": \"b\", \"language\": \"fr\", \"body\": \"L’eau.\"}\n";
    put_all(&routes, "/api/v1/speeches", lines).is(200);
    ingested.run_with_input(&["ingest", "-"], lines).ended(0);
    let version = |answer: Value| answer["corpus"]["version"].clone();
    let of_command_line = version(ingested.json(&["status"]));
    assert_eq!(version(routes.get("/api/v1/status").json()), of_command_line);
    assert_eq!(version(over_http.json(&["status"])), of_command_line);
    let put_again = outcomes(&put_all(&routes, "/api/v1/speeches", lines).is(200));
    assert!(
        put_again.iter().all(|outcome| outcome["result"] == "unchanged"),
        "{put_again:?}"
    );
}

#[test]
fn changes_at_the_same_time_are_all_made() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    std::thread::scope(|scope| {
        for number in 0..12 {
            let routes = &routes;
            scope.spawn(move || {
                put(
                    routes,
                    &format!("s{number}"),
                    &json!({"body": format!("Lighthouse {number}.")}).to_string(),
                )
                .is(201);
            });
        }
    });
    assert_eq!(speeches_with(&routes, "lighthouse"), 12);
    assert_eq!(workplace.json(&["status"])["speeches"], 16);
}

#[test]
fn every_search_during_changes_is_answered_from_one_state() {
    let workplace = four_speeches();
    let routes = writable(&workplace);
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let searching = scope.spawn(|| {
            let mut totals: BTreeMap<String, Value> = BTreeMap::new();
            while !ended.load(Ordering::Relaxed) {
                let found = routes
                    .get("/api/v1/search?q=lighthouse&limit=100&facet=speaker")
                    .is(200)
                    .json();
                let hits = found["hits"].as_array().expect("hits").len() as u64;
                assert_eq!(found["total"]["passages"], hits, "{found}");
                let version = found["corpus"]["version"].as_str().expect("a version").to_owned();
                let total = totals.entry(version).or_insert_with(|| found["total"].clone());
                assert_eq!(*total, found["total"]);
            }
        });
        for number in 0..8 {
            put(
                &routes,
                &format!("s{number}"),
                r#"{"body": "A lighthouse.\n\nAnother lighthouse."}"#,
            )
            .is(201);
            assert_eq!(speeches_with(&routes, "lighthouse"), number + 1);
        }
        ended.store(true, Ordering::Relaxed);
        searching.join().expect("every search is answered");
    });
}
