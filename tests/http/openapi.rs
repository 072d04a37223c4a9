//! `/openapi.json` says what the server does: every answer has the form that it gives, and there is nothing that it does not name.

use std::collections::BTreeSet;

use axum::http::Method;
use chancery::http::{Code, Settings};
use serde_json::{Value, json};

use crate::support::command::{Workplace, four_speeches, sample};
use crate::support::served::{Reply, Routes};

const JSON: (&str, &str) = ("content-type", "application/json");
const LINES: (&str, &str) = ("content-type", "application/x-ndjson");
const BEARER: (&str, &str) = ("authorization", "Bearer open-sesame");

/// The description, with every object closed: a member that it does not name is a fault here.
struct Description(Value);

impl Description {
    fn of(routes: &Routes) -> Self {
        let mut document = routes.get("/openapi.json").is(200).json();
        close(&mut document["components"]["schemas"]);
        Self(document)
    }

    /// The operation of a method at a path of the description.
    fn operation(&self, method: &Method, path: &str) -> &Value {
        let operation = &self.0["paths"][path][method.as_str().to_ascii_lowercase()];
        assert!(operation.is_object(), "{method} {path} is not described");
        operation
    }

    /// Holds a value to a schema of the description.
    #[track_caller]
    fn check_value(&self, schema: &Value, value: &Value) {
        let mut whole = json!({"components": self.0["components"]});
        whole["allOf"] = json!([schema]);
        let validator = jsonschema::draft202012::new(&whole).expect("a schema");
        let faults: Vec<String> = validator.iter_errors(value).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:#?}\n{value:#}");
    }

    /// Holds an answer to what the description says of it: status, media type, headers, and the body where it is JSON.
    #[track_caller]
    fn check(&self, method: &Method, path: &str, reply: &Reply) {
        let response = &self.operation(method, path)["responses"][reply.status.as_str()];
        assert!(
            response.is_object(),
            "{method} {path}: {} is not described",
            reply.status
        );
        let essence = reply.header("content-type").split(';').next().unwrap_or_default();
        if reply.body.is_empty() {
            assert!(
                response.get("content").is_none(),
                "{method} {path}: {} has no body",
                reply.status
            );
            return;
        }
        let content = &response["content"][essence];
        assert!(
            content.is_object(),
            "{method} {path}: {} as {essence} is not described",
            reply.status
        );
        if essence.ends_with("json") && !essence.ends_with("ndjson") {
            self.check_value(&content["schema"], &reply.json());
        }
        if let Some(schema) = content.get("x-line-schema") {
            for line in reply.text().lines() {
                self.check_value(schema, &serde_json::from_str(line).expect("a line of JSON"));
            }
        }
        for name in ["etag", "link", "location", "retry-after", "www-authenticate"] {
            let is_described = response["headers"]
                .as_object()
                .is_some_and(|headers| headers.keys().any(|described| described.eq_ignore_ascii_case(name)));
            assert!(
                is_described || reply.header(name).is_empty(),
                "{method} {path}: the header {name} is not described"
            );
        }
    }
}

/// Closes all objects of schemas that name members and say nothing of others.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(close);
            if members.get("properties").is_some_and(Value::is_object) && !members.contains_key("additionalProperties")
            {
                members.insert("unevaluatedProperties".to_owned(), json!(false));
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(close),
        _ => {}
    }
}

/// Requests of all commands, with all options, beside the paths of the description; each with a status.
const READING: &[(&str, &str, u16)] = &[
    (
        "/api/v1/search",
        "?q=%22%E4%BA%92%E5%88%A9%E5%85%B1%E8%B5%A2%22&limit=3&offset=2&facet=speaker,year",
        200,
    ),
    (
        "/api/v1/search",
        "?q=water+cooperation&by=speech&language=en&language=zh&from=2013&to=2020-05&explain",
        200,
    ),
    (
        "/api/v1/search",
        "?q=water+NEAR/5+cooperation+-party+title:a+/wat.r/+climat*+wather~1&explain=true&sort=-date&facet=country",
        200,
    ),
    (
        "/api/v1/search",
        "?q=%E6%8E%8C%E5%A3%B0&include-notes=true&strict&explain=true&expand=all&weight=nearness=1",
        200,
    ),
    (
        "/api/v1/search",
        "?q=UN&expand=all&explain=true&partial=true&limit=100",
        200,
    ),
    ("/api/v1/search", "?q=%22nothing+like+this%22+zxqv&partial=true", 200),
    ("/api/v1/search", "?q=watre&country=nowhere", 200),
    ("/api/v1/search", "?q=water&format=jsonl", 200),
    ("/api/v1/search", "?q=water&format=csv", 200),
    ("/api/v1/search", "?q=water&format=tsv", 200),
    ("/api/v1/search", "?q=water&format=text", 200),
    ("/api/v1/search", "?q=%22water", 400),
    ("/api/v1/search", "?q=", 400),
    ("/api/v1/search", "", 400),
    ("/api/v1/search", "?q=a&q=b", 400),
    ("/api/v1/search", "?q=a&offset=9999&limit=10", 400),
    ("/api/v1/search", "?q=a&after=x", 400),
    ("/api/v1/search", "?q=a&where=x", 400),
    ("/api/v1/search", "?q=a&from=x", 400),
    ("/api/v1/search", "?q=%FF", 400),
    ("/api/v1/count", "?q=water&by=speaker,year&from=2014", 200),
    (
        "/api/v1/count",
        "?q=speaker:x&per=words&versions=once&expand=keywords",
        200,
    ),
    ("/api/v1/count", "?q=water&format=csv", 200),
    ("/api/v1/count", "?q=water&by=a,b,c", 400),
    ("/api/v1/count", "?q=%22water", 400),
    (
        "/api/v1/timeline",
        "?q=water&q=cooperation&period=month&value=share",
        200,
    ),
    (
        "/api/v1/timeline",
        "?q=water&by=speaker&language=en&strict&include-notes",
        200,
    ),
    ("/api/v1/timeline", "?q=water&format=svg", 200),
    ("/api/v1/timeline", "?q=water&format=text", 200),
    ("/api/v1/timeline", "", 400),
    ("/api/v1/timeline", "?q=water&period=week", 400),
    (
        "/api/v1/concordance",
        "?q=water&sort=left,-date&context=8w&sample=5&seed=7&limit=3&offset=1",
        200,
    ),
    (
        "/api/v1/concordance",
        "?q=water&context=sentence&sort=random&format=jsonl",
        200,
    ),
    ("/api/v1/concordance", "?q=water&sort=color", 400),
    ("/api/v1/concordance", "?q=water&context=much", 400),
    ("/api/v1/concordance", "?q=water&limit=9999&offset=2", 400),
    ("/api/v1/concordance", "?q=speaker:x", 400),
    ("/api/v1/first", "?q=water&by=speaker", 200),
    ("/api/v1/first", "?q=nothing-like-this", 200),
    ("/api/v1/last", "?q=%E9%93%81%E8%B7%AF&by=country,genre&to=2020", 200),
    ("/api/v1/last", "?q=a+AND", 400),
    ("/api/v1/list", "", 200),
    ("/api/v1/list", "?versions=true", 200),
    (
        "/api/v1/list",
        "?sort=relevance&limit=4&offset=1&from=2000&where=language=zh&speaker=x&organization=y",
        200,
    ),
    (
        "/api/v1/list",
        "?limit=2&offset=2&event=x&genre=speech&collection=y",
        200,
    ),
    ("/api/v1/list", "?limit=10001", 200),
    ("/api/v1/list", "?limit=x", 400),
    ("/api/v1/show", "?speech=no", 404),
    ("/api/v1/show", "?speech=no&diff=other", 404),
    ("/api/v1/show", "?speech=no&diff=other&paragraph=1", 400),
    (
        "/api/v1/analyze",
        "?text=Les+chevaux+de+l%E2%80%99eau+15%EF%BC%85+%E4%B8%80%E5%B8%A6%E4%B8%80%E8%B7%AF%EF%BC%88%E6%8E%8C%E5%A3%B0%EF%BC%89&language=fr",
        200,
    ),
    ("/api/v1/analyze", "", 400),
    ("/api/v1/status", "", 200),
    ("/api/v1/status", "?q=a", 400),
    ("/api/v1/speeches/{id}", "/no", 404),
    ("/api/v1/speeches/{id}/passages/{number}", "/no/passages/x", 404),
];

/// The address of a request at a path of the description.
fn address(path: &str, rest: &str) -> String {
    format!("{}{rest}", path.split("/{").next().expect("a path"))
}

#[test]
fn every_answer_has_the_form_that_the_description_gives() {
    for workplace in [sample(), &four_speeches()] {
        let routes = Routes::of(workplace);
        let description = Description::of(&routes);
        for (path, rest, status) in READING {
            let reply = routes.get(&address(path, rest)).is(*status);
            description.check(&Method::GET, path, &reply);
        }
        let listed = routes.get("/api/v1/list").json();
        let ids: Vec<&str> = listed["speeches"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|speech| speech["id"].as_str())
            .collect();
        for pair in ids.windows(2).take(10) {
            let id = pair[0].replace('/', "%2F");
            let speech = format!("/api/v1/speeches/{id}");
            for query in [
                String::new(),
                "?highlight=water+%E5%90%88%E4%BD%9C".to_owned(),
                format!("?diff={}", pair[1]),
            ] {
                let reply = routes.get(&format!("{speech}{query}")).is(200);
                description.check(&Method::GET, "/api/v1/speeches/{id}", &reply);
            }
            let reply = routes.get(&format!("{speech}/passages/1")).is(200);
            description.check(&Method::GET, "/api/v1/speeches/{id}/passages/{number}", &reply);
        }
    }
}

#[test]
fn a_client_that_has_the_answer_gets_what_is_described() {
    let routes = Routes::of(sample());
    let description = Description::of(&routes);
    let tag = routes.get("/api/v1/status").header("etag").to_owned();
    let reply = routes
        .send(Method::GET, "/api/v1/status", &[("if-none-match", &tag)], "")
        .is(304);
    description.check(&Method::GET, "/api/v1/status", &reply);
}

#[test]
fn parameters_can_be_sent_as_a_body() {
    let routes = Routes::of(sample());
    let description = Description::of(&routes);
    let search = "/api/v1/search";
    for (body, status) in [
        (
            r#"{"q": "water", "limit": 3, "language": ["en", "zh"], "country": "x", "strict": true, "from": "2013", "sort": "date"}"#,
            200,
        ),
        (r#"{"q": "water", "limit": 3.0}"#, 200),
        (r#"{"q": "water", "limit": 3.5}"#, 400),
        (r#"{"q": "water", "limit": "3"}"#, 400),
        (r#"{"q": "water", "limit": -1}"#, 400),
        (r#"{"q": "water", "strict": "true"}"#, 400),
        (r#"{"q": "water", "sort": ["date"]}"#, 400),
        (r#"{"q": "water", "sort": "up"}"#, 400),
        (r#"{"q": 5}"#, 400),
        (r#"{"q": null}"#, 400),
        (r#"{"q": "water", "language": [["en"]]}"#, 400),
        (r#"{"q": "water", "color": "red"}"#, 400),
        ("{}", 400),
        ("[]", 400),
        ("{", 400),
    ] {
        let reply = routes.send(Method::POST, search, &[JSON], body);
        assert_eq!(reply.status.as_u16(), status, "{body}: {}", reply.text());
        description.check(&Method::POST, search, &reply);
        // What the description takes for a request the server takes, and the other way round.
        let schema =
            &description.operation(&Method::POST, search)["requestBody"]["content"]["application/json"]["schema"];
        if let Ok(body) = serde_json::from_str::<Value>(body) {
            let is_valid = jsonschema::draft202012::is_valid(schema, &body);
            assert_eq!(is_valid, status == 200, "{body}");
        }
    }
    let untyped = routes.send(Method::POST, search, &[], "{}").is(415);
    description.check(&Method::POST, search, &untyped);
    assert_eq!(
        routes
            .send(
                Method::POST,
                search,
                &[JSON],
                r#"{"q": "water", "facet": ["year", "speaker"]}"#
            )
            .json()["hits"],
        routes.get("/api/v1/search?q=water&facet=year&facet=speaker").json()["hits"],
    );
}

fn writable(workplace: &Workplace, token: Option<&str>) -> Routes {
    Routes::with(Settings {
        token: token.map(str::to_owned),
        ..Settings::new(workplace.path().join("index"))
    })
}

#[test]
fn changes_are_answered_as_described() {
    let workplace = four_speeches();
    let routes = writable(&workplace, Some("open-sesame"));
    let description = Description::of(&routes);
    let (one, many) = ("/api/v1/speeches/{id}", "/api/v1/speeches");
    let speech = r#"{"body": "A pier.", "date": "soon"}"#;
    let lines =
        "{\"id\": \"a\", \"body\": \"A pier.\", \"date\": \"soon\"}\n{\n{\"id\": \"one\", \"body\": \"A pier.\"}\n";
    let check = |method: Method, path: &str, rest: &str, headers: &[(&str, &str)], body: &str, status: u16| loop {
        let reply = routes.send(method.clone(), &address(path, rest), headers, body);
        description.check(&method, path, &reply);
        // A process that another test starts holds a copy of the index's lock for a moment.
        if reply.status != 503 {
            break drop(reply.is(status));
        }
    };
    check(Method::PUT, one, "/five", &[JSON], speech, 401);
    check(Method::PUT, one, "/five", &[JSON, BEARER], speech, 201);
    check(Method::PUT, one, "/five", &[JSON, BEARER], speech, 200);
    check(Method::PUT, one, "/five", &[JSON, BEARER], "{", 400);
    check(Method::PUT, one, "/five", &[JSON, BEARER], "{}", 422);
    check(Method::PUT, one, "/one", &[JSON, BEARER], speech, 409);
    check(
        Method::PUT,
        one,
        "/five",
        &[JSON, BEARER, ("if-none-match", "*")],
        speech,
        412,
    );
    check(Method::PUT, one, "/five", &[BEARER], speech, 415);
    check(Method::DELETE, one, "/five", &[BEARER], "", 200);
    check(Method::DELETE, one, "/five", &[BEARER], "", 404);
    check(Method::DELETE, one, "/one", &[], "", 401);
    check(Method::POST, many, "", &[LINES, BEARER], lines, 200);
    check(
        Method::POST,
        many,
        "?collection=x",
        &[LINES, BEARER],
        "{\"body\": \"A quay.\"}\n{\"body\": \"A quay.\"}",
        200,
    );
    check(Method::POST, many, "", &[LINES, BEARER], "", 400);
    check(Method::POST, many, "", &[JSON, BEARER], lines, 415);
    let read_only = writable(&workplace, None);
    let refused = read_only.send(Method::POST, many, &[LINES], lines).is(403);
    description.check(&Method::POST, many, &refused);
}

#[test]
fn every_operation_is_there_and_every_other_method_is_refused() {
    let workplace = four_speeches();
    let routes = writable(&workplace, Some("open-sesame"));
    let document = Description::of(&routes).0;
    for (path, operations) in document["paths"].as_object().expect("paths") {
        let address = path.replace("{id}", "nobody").replace("{number}", "1");
        for method in ["GET", "PUT", "POST", "DELETE", "PATCH"] {
            let is_described = operations.get(method.to_ascii_lowercase()).is_some();
            // A change without the token is refused before anything else, but only where there is one to make.
            let method: Method = method.parse().expect("a method");
            let headers: &[_] = if is_described { &[] } else { &[BEARER, JSON] };
            let reply = routes.send(method.clone(), &address, headers, "{}");
            let code = reply.json()["code"].as_str().map(str::to_owned);
            assert_ne!(code.as_deref(), Some("no_such_resource"), "{method} {path}");
            assert_eq!(reply.status == 405, !is_described, "{method} {path}: {}", reply.text());
        }
    }
}

#[test]
fn every_route_of_the_interface_is_described() {
    // The routes of the commands are made from the table that the description is made from; the others stand in the sources.
    let described = Routes::of(sample()).get("/openapi.json").json();
    let described: BTreeSet<String> = described["paths"].as_object().expect("paths").keys().cloned().collect();
    let source = include_str!("../../src/http/api/speeches.rs");
    let routed: Vec<&str> = source.lines().filter(|line| line.contains(".route(")).collect();
    assert_eq!(routed.len(), 3, "{routed:#?}");
    for path in [
        "/api/v1/speeches",
        "/api/v1/speeches/{id}",
        "/api/v1/speeches/{id}/passages/{number}",
        "/openapi.json",
        "/health/live",
        "/health/ready",
        "/metrics",
    ] {
        assert!(described.contains(path), "{path}");
    }
}

#[test]
fn every_problem_is_described_somewhere() {
    let document = Routes::of(sample()).get("/openapi.json").text();
    let beside = [Code::NoSuchResource, Code::MethodNotAllowed];
    for code in Code::ALL.iter().filter(|code| !beside.contains(code)) {
        assert!(
            document.contains(&format!("`{}`: {}", code.name(), code.title())),
            "{}",
            code.name()
        );
    }
}

#[test]
fn the_description_speaks_of_nothing_that_it_does_not_have() {
    let document = Routes::of(sample()).get("/openapi.json").json();
    let mut names = BTreeSet::new();
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            let pointer = reference.strip_prefix('#').expect("a reference inside of the document");
            assert!(document.pointer(pointer).is_some(), "{reference}");
            names.insert(reference.to_owned());
        }
        match value {
            Value::Object(members) => open.extend(members.values()),
            Value::Array(elements) => open.extend(elements),
            _ => {}
        }
    }
    let named = document["components"]["schemas"].as_object().expect("schemas").len();
    assert_eq!(names.len(), named, "{names:#?}");
}
