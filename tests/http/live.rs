//! A server beside a writer: a commit of another process is taken without a restart, and a request keeps the corpus that it began with.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::command::{FOUR_SPEECHES, Workplace, four_speeches};
use crate::support::served::Server;

/// The longest that a commit may take to arrive, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn found(server: &Server, query: &str) -> Value {
    let address = format!("{}/api/v1/search?q={query}", server.root);
    let mut answer = ureq::get(address).call().expect("an answer");
    answer.body_mut().read_json().expect("JSON")
}

/// Asks until the answer is as wanted; every answer must be whole.
fn wait_for(server: &Server, query: &str, passages: u64) {
    let start = Instant::now();
    while found(server, query)["total"]["passages"] != passages {
        assert!(start.elapsed() < PATIENCE, "the commit does not arrive");
        std::thread::yield_now();
    }
}

#[test]
fn a_commit_of_another_process_is_taken_without_a_restart() {
    let workplace = four_speeches();
    let server = Server::start(&workplace, &[]);
    let before = found(&server, "lighthouse");
    assert_eq!(before["total"]["passages"], 0);
    workplace.write(
        "more/a.jsonl",
        r#"{"id": "five", "language": "en", "body": "The lighthouse stands."}"#,
    );
    workplace.run(&["ingest", "more"]).ended(0);
    wait_for(&server, "lighthouse", 1);
    let after = found(&server, "lighthouse");
    assert_ne!(before["corpus"]["version"], after["corpus"]["version"]);
    workplace.run(&["remove", "five"]).ended(0);
    wait_for(&server, "lighthouse", 0);
    assert_eq!(
        found(&server, "lighthouse")["corpus"]["version"],
        before["corpus"]["version"]
    );
}

#[test]
fn a_speech_is_shown_whatever_is_committed_meanwhile() {
    let workplace = four_speeches();
    // A second file with the same text: the commit has a list of further files, which the next commit takes away.
    workplace.write("again/first.txt", "我们共饮一海水，共同走过山河。");
    workplace.write("again/second.txt", "我们共饮一海水，共同走过山河。");
    workplace.run(&["ingest", "again"]).ended(0);
    let server = Server::start(&workplace, &[]);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..8 {
                let line = format!("{{\"id\": \"more/{number}\", \"language\": \"en\", \"body\": \"One more.\"}}");
                workplace.write("more/a.jsonl", &line);
                workplace.run(&["ingest", "more"]).ended(0);
            }
            is_over.store(true, Ordering::Relaxed);
        });
        while !is_over.load(Ordering::Relaxed) {
            for address in ["/api/v1/speeches/four", "/api/v1/speeches/first", "/speeches/four"] {
                let answer = ureq::get(format!("{}{address}", server.root)).call();
                assert!(answer.is_ok(), "{address}: {answer:?}");
            }
        }
    });
}

#[test]
fn an_index_that_is_back_is_no_trouble_any_more() {
    let workplace = four_speeches();
    let server = Server::start(&workplace, &[]);
    let ready = || -> Value {
        let address = format!("{}/health/ready", server.root);
        let mut answer = ureq::get(address).call().expect("an answer");
        answer.body_mut().read_json().expect("JSON")
    };
    let wait_until = |has_trouble: bool| {
        let start = Instant::now();
        while ready()["trouble"].is_string() != has_trouble {
            assert!(start.elapsed() < PATIENCE, "{}", ready());
            std::thread::yield_now();
        }
    };
    let (index, away) = (workplace.path().join("index"), workplace.path().join("away"));
    std::fs::rename(&index, &away).expect("a folder can be moved");
    wait_until(true);
    std::fs::rename(&away, &index).expect("a folder can be moved");
    wait_until(false);
}

#[test]
fn an_index_that_cannot_be_read_leaves_the_last_one_answering() {
    let workplace = Workplace::with_speeches(&[("four.jsonl", FOUR_SPEECHES)]);
    let server = Server::start(&workplace, &[]);
    let before = found(&server, "cooperation");
    let meta = workplace.path().join("index/meta.json");
    let whole = std::fs::read_to_string(&meta).expect("the commit is readable");
    workplace.write("index/meta.json", "{");
    for _ in 0..20 {
        assert_eq!(found(&server, "cooperation")["hits"], before["hits"]);
    }
    workplace.write("index/meta.json", &whole);
    workplace.write(
        "more/a.jsonl",
        r#"{"id": "five", "language": "en", "body": "The lighthouse stands."}"#,
    );
    workplace.run(&["ingest", "more"]).ended(0);
    wait_for(&server, "lighthouse", 1);
}
