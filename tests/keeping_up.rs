//! Keeping an index up with a tree of files: what has not changed is not read, the same text again is one speech, a file that
//! changes is read anew, an interruption loses nothing, and a folder can be followed.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;

use crate::support::command::Workplace;

/// Makes files look as if they had been left alone for a while: one that was just written is read again, for it may still
/// change.
fn let_settle(workplace: &Workplace) {
    let before = SystemTime::now() - Duration::from_secs(60);
    for entry in walkdir::WalkDir::new(workplace.path().join("in")) {
        let entry = entry.expect("the folder is readable");
        if entry.file_type().is_file() {
            let file = File::options()
                .append(true)
                .open(entry.path())
                .expect("the file is ours");
            file.set_modified(before).expect("a time can be set");
        }
    }
}

fn report(workplace: &Workplace, code: i32) -> Value {
    workplace.run(&["ingest", "in", "--format", "json"]).ended(code).json()
}

fn counts(report: &Value) -> [u64; 4] {
    ["added", "updated", "unchanged", "removed"].map(|name| report[name].as_u64().expect("a count"))
}

#[test]
fn the_report_of_an_unchanged_tree_is_that_of_the_first_reading() {
    let workplace = Workplace::new();
    workplace.write("in/a.txt", "2013-03-22_桥\n桥说起来很长。");
    workplace.write(
        "in/b.jsonl",
        "{\"body\": \"路。\"}\n{\"body\"\n{\"date\": \"someday\", \"body\": \"山。\"}\n",
    );
    workplace.write("in/c.gif", "GIF89a");
    let_settle(&workplace);
    let first = report(&workplace, 3);
    assert_eq!(counts(&first), [3, 0, 0, 0]);
    let second = report(&workplace, 3);
    assert_eq!(counts(&second), [0, 0, 3, 0]);
    for part in ["rejected", "assumed", "warnings"] {
        assert_eq!(first[part], second[part], "{part}");
    }
}

#[test]
fn a_change_that_keeps_size_and_time_is_seen() {
    let workplace = Workplace::new();
    workplace.write("in/a.txt", "桥说起来很长。");
    let_settle(&workplace);
    report(&workplace, 0);
    workplace.write("in/a.txt", "路说起来很长。");
    let_settle(&workplace);
    assert_eq!(counts(&report(&workplace, 0)), [0, 1, 0, 0]);
}

#[test]
fn one_file_of_a_folder_with_prune_leaves_the_archives_beside_it_alone() {
    let workplace = Workplace::new();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file("m.txt", zip::write::SimpleFileOptions::default())
        .expect("a file can be added");
    std::io::Write::write_all(&mut archive, "山很高。".as_bytes()).expect("memory can be written");
    let archive = archive.finish().expect("an archive can be ended").into_inner();
    workplace.write("in/b.txt", "路很长。");
    fs::write(workplace.path().join("in/x.zip"), archive).expect("a file can be written");
    report(&workplace, 0);
    let pruned = workplace
        .run(&["ingest", "in/b.txt", "--prune", "--format", "json"])
        .ended(0)
        .json();
    assert_eq!(counts(&pruned), [0, 0, 1, 0]);
    workplace.write("in/c.txt", "山很高。");
    let copy = workplace
        .run(&["ingest", "in/c.txt", "--format", "json"])
        .ended(0)
        .json();
    assert_eq!(copy["duplicates"][0]["speech"], "x.zip/m");
}

#[test]
fn a_speech_that_had_to_stand_back_is_taken_when_the_other_is_gone() {
    let workplace = Workplace::new();
    workplace.write("in/a.md", "山很高。");
    workplace.write("in/a.txt", "路很长。");
    let_settle(&workplace);
    assert_eq!(report(&workplace, 3)["rejected"][0]["source"], "a.txt");
    fs::remove_file(workplace.path().join("in/a.md")).expect("it is there");
    workplace.run(&["ingest", "in", "--prune"]).ended(0);
    assert_eq!(workplace.run(&["search", "\"路很长\""]).code, 0);
}

#[test]
fn ids_that_exchange_their_files_are_both_kept() {
    let workplace = Workplace::new();
    let (one, two) = (
        "{\"id\": \"x\", \"body\": \"山。\"}\n",
        "{\"id\": \"y\", \"body\": \"路。\"}\n",
    );
    workplace.write("in/a.jsonl", one);
    workplace.write("in/b.jsonl", two);
    report(&workplace, 0);
    workplace.write("in/a.jsonl", two);
    workplace.write("in/b.jsonl", one);
    report(&workplace, 0);
    fs::remove_file(workplace.path().join("in/b.jsonl")).expect("it is there");
    workplace.run(&["ingest", "in", "--prune"]).ended(0);
    let listing = workplace.json(&["list"]);
    assert_eq!(
        (&listing["total"], &listing["speeches"][0]["id"]),
        (&1.into(), &"y".into())
    );
    assert_eq!(listing["speeches"][0]["source"], "a.jsonl:1");
}

#[test]
fn a_text_that_no_file_has_any_more_is_pruned() {
    let workplace = Workplace::new();
    workplace.write("in/x.txt", "山很高。");
    workplace.write("in/y.txt", "路很长。");
    report(&workplace, 0);
    workplace.write("in/x.txt", "路很长。");
    workplace.run(&["ingest", "in", "--prune"]).ended(0);
    assert_eq!(workplace.run(&["search", "\"山很高\""]).code, 1);
    assert_eq!(workplace.json(&["list"])["total"], 1);
    // A sidecar gives the same file another id.
    workplace.write("in/y.meta.json", "{\"id\": \"given\"}");
    fs::remove_file(workplace.path().join("in/x.txt")).expect("it is there");
    workplace.run(&["ingest", "in", "--prune"]).ended(0);
    assert_eq!(workplace.json(&["list"])["speeches"][0]["id"], "given");
    assert_eq!(workplace.json(&["list"])["total"], 1);
}

#[test]
fn rows_that_move_up_take_each_others_places() {
    let workplace = Workplace::new();
    let row = |text: &str| format!("{{\"body\": \"{text}\"}}\n");
    workplace.write("in/a.jsonl", &["山。", "路。", "海。", "桥。"].map(row).concat());
    report(&workplace, 0);
    workplace.write("in/a.jsonl", &["路。", "海。", "桥。"].map(row).concat());
    let run = workplace
        .run(&["ingest", "in", "--prune", "--format", "json"])
        .ended(0)
        .json();
    assert_eq!(counts(&run), [0, 3, 0, 1]);
    assert_eq!(workplace.run(&["search", "\"山\""]).code, 1);
    assert_eq!(workplace.run(&["search", "\"桥\""]).code, 0);
}

#[test]
fn what_comes_through_a_pipe_overwrites_nothing() {
    let workplace = Workplace::new();
    let pipe = |text: &str| workplace.run_with_input(&["ingest", "-", "--collection", "wire"], text);
    pipe("山很高。").ended(0);
    pipe("山很高。").ended(0);
    let second = pipe("路很长。").ended(3);
    assert!(second.stdout.contains("--set id="), "{second:?}");
    assert_eq!(workplace.run(&["search", "\"山很高\""]).code, 0);
}

#[test]
fn what_lies_beside_the_files_is_reported_once_and_only_while_it_is_there() {
    let workplace = Workplace::new();
    workplace.write("in/0.meta.json", "{}");
    workplace.write("in/b.txt", "路。");
    let_settle(&workplace);
    for _ in 0..2 {
        assert_eq!(report(&workplace, 3)["rejected"].as_array().map(Vec::len), Some(1));
    }
    fs::remove_file(workplace.path().join("in/0.meta.json")).expect("it is there");
    report(&workplace, 0);
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let workplace = Workplace::new();
    workplace.write("in/a.txt", "桥。");
    let run = workplace
        .run(&["ingest", "in", "in/a.txt", "--format", "json"])
        .ended(0)
        .json();
    assert_eq!(counts(&run), [1, 0, 0, 0]);
}

#[test]
fn a_file_is_read_again_when_it_its_sidecar_or_the_way_of_reading_changes() {
    let workplace = Workplace::new();
    workplace.write("in/a.txt", "桥。");
    let_settle(&workplace);
    report(&workplace, 0);
    assert_eq!(counts(&report(&workplace, 0)), [0, 0, 1, 0]);
    workplace.write("in/a.meta.json", "{\"speaker\": \"林海\"}");
    assert_eq!(counts(&report(&workplace, 0)), [0, 1, 0, 0], "a sidecar came");
    let_settle(&workplace);
    report(&workplace, 0);
    fs::remove_file(workplace.path().join("in/a.meta.json")).expect("it is there");
    assert_eq!(counts(&report(&workplace, 0)), [0, 1, 0, 0], "the sidecar went");
    workplace.write("in/a.txt", "桥和路。");
    assert_eq!(counts(&report(&workplace, 0)), [0, 1, 0, 0], "the text changed");
    let_settle(&workplace);
    report(&workplace, 0);
    let set = workplace.run(&["ingest", "in", "--set", "place=望潮", "--format", "json"]);
    assert_eq!(counts(&set.ended(0).json()), [0, 1, 0, 0], "an option changed");
}

#[test]
fn a_removed_speech_comes_back_though_its_file_has_not_changed() {
    let workplace = Workplace::new();
    workplace.write(
        "in/a.jsonl",
        "{\"id\": \"x\", \"body\": \"路。\"}\n{\"id\": \"y\", \"body\": \"山。\"}\n",
    );
    let_settle(&workplace);
    report(&workplace, 0);
    workplace.run(&["remove", "x"]).ended(0);
    assert_eq!(counts(&report(&workplace, 0)), [1, 0, 1, 0]);
}

#[test]
fn the_same_text_again_is_one_speech_with_two_sources() {
    let workplace = Workplace::new();
    let text = "在望潮港的讲话\n2014年5月1日\n各位朋友：\n今天很高兴。\n";
    workplace.write("in/a.txt", text);
    workplace.write("in/copies/b.txt", &text.replace('\n', "\r\n"));
    let first = report(&workplace, 0);
    assert_eq!(counts(&first), [1, 0, 0, 0]);
    assert_eq!(
        first["duplicates"],
        serde_json::json!([{"source": "copies/b.txt", "speech": "a"}])
    );
    let shown = workplace.json(&["show", "a"]);
    assert_eq!(
        (&shown["source"], &shown["also_in"]),
        (&"a.txt".into(), &serde_json::json!(["copies/b.txt"]))
    );
    assert_eq!(workplace.json(&["search", "\"今天很高兴\""])["total"]["passages"], 1);
    let again = report(&workplace, 0);
    assert_eq!(counts(&again), [0, 0, 1, 0]);
    assert_eq!(again["duplicates"], first["duplicates"]);
}

#[test]
fn no_text_is_lost_when_one_of_two_copies_changes_or_goes() {
    let workplace = Workplace::new();
    workplace.write("in/a.txt", "同一篇讲话。");
    workplace.write("in/0.txt", "同一篇讲话。");
    let_settle(&workplace);
    report(&workplace, 0);
    // The first in order has the speech; when it changes, the other has the text alone.
    workplace.write("in/0.txt", "另一篇讲话。");
    report(&workplace, 0);
    let found = |query: &str| workplace.run(&["search", query]).code == 0;
    assert!(found("\"同一篇讲话\"") && found("\"另一篇讲话\""));
    workplace.write("in/z.txt", "同一篇讲话。");
    report(&workplace, 0);
    fs::remove_file(workplace.path().join("in/a.txt")).expect("it is there");
    workplace.run(&["ingest", "in", "--prune"]).ended(0);
    assert!(found("\"同一篇讲话\""), "the copy that is left is the speech now");
    assert_eq!(workplace.json(&["list"])["total"], 2);
}

#[test]
fn a_copy_whose_original_changes_later_in_the_same_run_becomes_a_speech() {
    let workplace = Workplace::new();
    workplace.write("in/m.txt", "同一篇讲话。");
    report(&workplace, 0);
    // The copy comes first in the order of names, the original changes behind it.
    workplace.write("in/a.txt", "同一篇讲话。");
    workplace.write("in/m.txt", "另一篇讲话。");
    assert_eq!(counts(&report(&workplace, 0)), [1, 1, 0, 0]);
    assert_eq!(workplace.run(&["search", "\"同一篇讲话\""]).code, 0);
}

#[test]
fn given_ids_are_kept_whatever_the_text() {
    let workplace = Workplace::new();
    workplace.write(
        "in/a.jsonl",
        "{\"id\": \"x\", \"body\": \"路。\"}\n{\"id\": \"y\", \"body\": \"路。\"}\n",
    );
    assert_eq!(counts(&report(&workplace, 0)), [2, 0, 0, 0]);
}

#[test]
fn the_folder_of_the_index_is_no_input() {
    let workplace = Workplace::new();
    workplace.write("a.txt", "桥。");
    workplace.run(&["ingest", "."]).ended(0);
    assert_eq!(
        workplace.run(&["ingest", ".", "--format", "json"]).ended(0).json()["unchanged"],
        1
    );
}

/// Sends a signal to a process.
#[cfg(unix)]
fn interrupt(child: &std::process::Child) {
    let status = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(status.is_ok_and(|status| status.success()));
}

#[cfg(unix)]
#[test]
fn an_interrupted_ingest_commits_what_is_done_and_says_so() {
    let workplace = Workplace::new();
    let count = 60_000;
    let lines: String = (0..count)
        .map(|number| {
            format!("{{\"id\": \"s{number}\", \"body\": \"第{number}篇讲话，说的是桥和路，也说山和海。\"}}\n")
        })
        .collect();
    workplace.write("in/a.jsonl", &lines);
    let_settle(&workplace);
    let arguments = ["ingest", "in", "--format", "json", "--commit-every", "500"];
    let child = workplace
        .process(&arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let start = Instant::now();
    while !workplace.path().join("index/meta.json").exists() && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(300));
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(
        output.status.code(),
        Some(3),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let interrupted: Value = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!(interrupted["interrupted"], true);
    let committed = workplace.json(&["list", "--limit", "0"])["total"]
        .as_u64()
        .expect("a number");
    assert_eq!(Some(committed), interrupted["added"].as_u64());
    assert!(committed < count, "it was interrupted in the middle");
    workplace.run(&["verify"]).ended(0);
    let rest = report(&workplace, 0);
    assert_eq!(counts(&rest), [count - committed, 0, committed, 0]);
}

#[cfg(unix)]
#[test]
fn a_quiet_pipe_can_be_interrupted() {
    let workplace = Workplace::new();
    let arguments = ["ingest", "-", "--input-format", "jsonl"];
    let mut process = workplace.process(&arguments);
    let mut child = process
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let input = child.stdin.as_mut().expect("it is piped");
    std::io::Write::write_all(input, b"{\"id\": \"x\", \"body\": \"y\"}\n").expect("it reads");
    std::thread::sleep(Duration::from_millis(1_500));
    interrupt(&child);
    let start = Instant::now();
    while child.try_wait().expect("it can be looked at").is_none() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "it ends though the pipe is open"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(workplace.json(&["list"])["total"], 1);
}

#[cfg(unix)]
#[test]
fn a_followed_folder_is_searched_with_what_came_last() {
    let workplace = Workplace::new();
    workplace.write("in/a.txt", "桥。");
    let arguments = ["ingest", "in", "--watch"];
    let mut child = workplace
        .process(&arguments)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let mut next = || lines.next().and_then(Result::ok).unwrap_or_default();
    while !next().starts_with("added 1,") {}
    workplace.write("in/b.txt", "路。");
    while !next().starts_with("added 1, updated 0, unchanged 1") {}
    assert_eq!(workplace.run(&["search", "\"路\""]).code, 0);
    interrupt(&child);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
