//! One writer at a time, and what an ingest says of what it did: refusals with the way out, rows that it rejects, files
//! that are gone, and a folder in which nothing has changed.

use std::fs;
use std::io::Write;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, SystemTime};

use chancery::analyzer::Analyzer;
use chancery::analyzer::lexicon::UserLexicon;
use chancery::engine::{Engine, IngestRequest, ingest, remove};
use chancery::error::ErrorKind;
use chancery::index::{SpeechWriter, Store};
use chancery::ingest::Input;
use chancery::search::Filters;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::command::{Run, Workplace};
use crate::support::indexed::{check_sound, unhindered};

/// Sources and an index, side by side in a temporary folder.
struct Site {
    workplace: Workplace,
}

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let site = Self {
            workplace: Workplace::new(),
        };
        for (name, content) in files {
            site.write(name, content.as_bytes());
        }
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.workplace.path().join(name)
    }

    fn index(&self) -> PathBuf {
        self.path("index")
    }

    fn write(&self, name: &str, content: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    /// Makes a file look as if it had been left alone for an hour: the time of one just written may not tell of a change yet.
    fn settle(&self, name: &str) {
        let file = fs::File::options().write(true).open(self.path(name));
        let an_hour_ago = SystemTime::now() - Duration::from_secs(3600);
        file.and_then(|file| file.set_modified(an_hour_ago))
            .expect("the time of a file can be set");
    }

    fn delete(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("the file is there");
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.workplace.run(arguments)
    }

    /// Ingests a path of the folder, checks the exit code, and returns the report.
    fn ingest(&self, arguments: &[&str], code: i32) -> Value {
        let all = [&["ingest", "--format", "json"], arguments].concat();
        self.run(&all).ended(code).json()
    }

    /// Checks how many speeches an ingest added, updated, left as they were, and removed.
    fn check_counts(&self, arguments: &[&str], expected: [u64; 4]) {
        let report = self.ingest(arguments, 0);
        let counts = ["added", "updated", "unchanged", "removed"].map(|name| report[name].as_u64().expect("a count"));
        assert_eq!(counts, expected, "{report}");
    }

    /// Checks the one row that an ingest rejects: source, line, and what the reason says.
    fn check_rejected(&self, arguments: &[&str], source: &str, line: Option<u64>, reason: &[&str]) {
        let report = self.ingest(arguments, 3);
        let [row] = report["rejected"].as_array().expect("rows").as_slice() else {
            panic!("not one row: {report}");
        };
        assert_eq!(
            (row["source"].as_str(), row.get("line").and_then(Value::as_u64)),
            (Some(source), line),
            "{row}"
        );
        let said = row["reason"].as_str().expect("a rejected row has a reason");
        assert!(reason.iter().all(|part| said.contains(part)), "{said}");
    }

    fn ids(&self) -> Vec<String> {
        let store = Store::open(&self.index()).expect("there is an index");
        let snapshot = store.snapshot().expect("the index opens");
        let speeches = snapshot.speeches().expect("the speeches can be listed");
        let mut ids: Vec<String> = speeches.into_iter().map(|(_, id)| id).collect();
        ids.sort();
        ids
    }
}

const BRIDGE: &str = "尊敬的各位来宾：\n不筑墙、不断桥。\n";
const LIGHT: &str = "Dear friends,\n\nThe lights of the harbour burn all night.\n";

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

#[test]
fn a_second_writer_is_refused_and_readers_are_not() {
    let site = Site::new(&[("in/bridge.txt", BRIDGE)]);
    site.check_counts(&["./in"], [1, 0, 0, 0]);
    let mut writer = waiting_writer(&site);
    for arguments in [
        &["ingest", "./in"][..],
        &["remove", "bridge"],
        &["optimize"],
        &["reindex"],
    ] {
        let busy = ["another process is writing to this index", "hint: wait until"];
        site.run(arguments).failed_with(&busy);
    }
    for arguments in [
        &["search", "\"断桥\""][..],
        &["show", "bridge"],
        &["list"],
        &["status"],
        &["verify"],
    ] {
        site.run(arguments).ended(0);
    }
    drop(writer.stdin.take());
    assert!(writer.wait().expect("it can be waited for").success());
    site.check_counts(&["./in"], [0, 0, 1, 0]);
}

/// An ingest that has committed one speech and waits for the next on its standard input, and is the writer meanwhile.
fn waiting_writer(site: &Site) -> Child {
    let arguments = [
        "ingest",
        "-",
        "--input-format",
        "jsonl",
        "--commit-every",
        "1",
        "--quiet",
    ];
    let mut process = site.workplace.process(&arguments);
    let mut writer = process
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program can be started");
    let input = writer.stdin.as_mut().expect("the input is piped");
    writeln!(input, "{}", json!({"id": "first", "body": LIGHT})).expect("the program reads");
    while !site.ids().contains(&"first".to_owned()) {
        let ended = writer.try_wait().expect("it can be looked at");
        assert_eq!(ended, None, "the writer waits for more");
        thread::yield_now();
    }
    writer
}

#[test]
fn readers_see_the_last_commit_while_an_ingest_runs() {
    let records: Vec<Value> = (0..10)
        .map(|number| json!({"id": format!("s{number}"), "body": "灯塔"}))
        .collect();
    let site = Site::new(&[("in/a.jsonl", &lines(&records))]);
    let request = IngestRequest {
        inputs: vec![Input::Path(site.path("in"))],
        commit_every: NonZeroU64::new(3),
        ..IngestRequest::default()
    };
    let mut seen = Vec::new();
    let count = || Engine::open(&site.index()).map_or(0, |engine| engine.status().expect("it is sound").speeches);
    ingest(&site.index(), request, |_| seen.push(count())).expect("the index can be written");
    assert_eq!(seen, [0, 0, 3, 3, 3, 6, 6, 6, 9, 9]);
    assert_eq!(count(), 10);
}

#[test]
fn an_index_made_with_another_lexicon_or_analyzer_asks_for_reindex() {
    let site = Site::new(&[
        ("in/bridge.txt", BRIDGE),
        ("one.txt", "断桥\n"),
        ("other.txt", "筑墙\n"),
    ]);
    site.check_counts(&["./in", "--lexicon", "./one.txt"], [1, 0, 0, 0]);
    site.check_counts(&["./in"], [0, 0, 1, 0]);
    let other_lexicon = ["ingest", "./in", "--lexicon", "./other.txt"];
    site.run(&other_lexicon)
        .failed_with(&["another lexicon", "chancery reindex"]);
    change_manifest(&site.index(), |manifest| manifest["analyzer"]["version"] = json!(999));
    for arguments in [
        &["search", "断桥"][..],
        &["ingest", "./in"],
        &["remove", "bridge"],
        &["status"],
    ] {
        site.run(arguments).failed_with(&["999", "chancery reindex"]);
    }
    site.run(&["reindex"]).ended(0);
    site.run(&["search", "断桥"]).ended(0);
    site.check_counts(&["./in"], [0, 0, 1, 0]);
    change_manifest(&site.index(), |manifest| manifest["format"] = json!(999));
    site.run(&["search", "断桥"])
        .failed_with(&["layout 999", "the version of chancery that made it"]);
}

#[test]
fn an_index_of_the_first_layout_is_refused_by_every_verb() {
    let site = Site::new(&[("in/bridge.txt", BRIDGE)]);
    site.check_counts(&["./in"], [1, 0, 0, 0]);
    change_manifest(&site.index(), |manifest| manifest["format"] = json!(1));
    change_metas(&site.index(), |metas| {
        let fields = metas["schema"].as_array_mut().expect("a schema is a list of fields");
        fields.retain(|field| field["name"] != "heading");
    });
    for arguments in [
        &["search", "断桥"][..],
        &["ingest", "./in"],
        &["reindex"],
        &["optimize"],
        &["status"],
    ] {
        site.run(arguments)
            .failed_with(&["layout 1;", "layout 5", "new folder"]);
    }
}

/// Changes what the last commit says made the index.
fn change_manifest(index: &Path, change: impl FnOnce(&mut Value)) {
    change_metas(index, |metas| {
        let payload = metas["payload"].as_str().expect("a commit has a payload");
        let (manifest, _) = payload.split_once('\n').expect("a manifest is sealed");
        let mut manifest: Value = serde_json::from_str(manifest).expect("the manifest is JSON");
        change(&mut manifest);
        let sealed = format!("{manifest}\n{} {}", metas["opstamp"], metas["index_settings"]);
        let seal: String = Sha256::digest(sealed)[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        metas["payload"] = json!(format!("{manifest}\n{seal}"));
    });
}

/// Changes the file of the last commit.
fn change_metas(index: &Path, change: impl FnOnce(&mut Value)) {
    let path = index.join("meta.json");
    let mut metas: Value = serde_json::from_slice(&fs::read(&path).expect("it is readable")).expect("it is JSON");
    change(&mut metas);
    fs::write(&path, metas.to_string()).expect("it can be written");
}

#[test]
fn an_unchanged_folder_makes_no_commit() {
    let site = Site::new(&[("in/bridge.txt", BRIDGE), ("in/light.txt", LIGHT)]);
    site.settle("in/bridge.txt");
    site.settle("in/light.txt");
    site.check_counts(&["./in"], [2, 0, 0, 0]);
    let meta = || fs::read(site.index().join("meta.json")).expect("there is an index");
    let before = meta();
    site.check_counts(&["./in"], [0, 0, 2, 0]);
    site.check_counts(&["./in", "--prune"], [0, 0, 2, 0]);
    assert!(meta() == before, "meta.json has changed");
    site.write("in/light.txt", format!("{LIGHT}\nAll of them.\n").as_bytes());
    site.check_counts(&["./in"], [0, 1, 1, 0]);
    assert!(meta() != before, "meta.json has not changed");
}

#[test]
fn prune_removes_what_is_gone_from_the_same_root_and_nothing_else() {
    let records = |ids: &[&str]| {
        lines(
            &ids.iter()
                .map(|id| json!({"id": id, "body": BRIDGE}))
                .collect::<Vec<_>>(),
        )
    };
    let site = Site::new(&[
        ("in/bridge.txt", BRIDGE),
        ("in/light.txt", LIGHT),
        ("in/many.jsonl", &records(&["x", "y", "z"])),
        ("elsewhere/other.txt", "A lamp."),
    ]);
    site.check_counts(&["./in"], [5, 0, 0, 0]);
    site.check_counts(&["./elsewhere"], [1, 0, 0, 0]);
    site.delete("in/light.txt");
    site.delete("elsewhere/other.txt");
    site.write("in/many.jsonl", records(&["x", "y"]).as_bytes());
    site.check_counts(&["./in"], [0, 0, 3, 0]);
    assert_eq!(site.ids(), ["bridge", "light", "other", "x", "y", "z"]);
    site.check_counts(&["./in", "--prune"], [0, 0, 3, 2]);
    assert_eq!(site.ids(), ["bridge", "other", "x", "y"]);
}

#[test]
fn prune_keeps_what_could_not_be_read_this_time() {
    let site = Site::new(&[("in/bridge.txt", BRIDGE), ("in/light.txt", LIGHT)]);
    site.check_counts(&["./in"], [2, 0, 0, 0]);
    site.write("in/light.txt", b"GIF89a");
    let report = site.ingest(&["./in", "--prune"], 3);
    assert_eq!(report["removed"], 0);
    assert_eq!(site.ids(), ["bridge", "light"]);
}

#[test]
fn an_id_twice_in_one_input_is_rejected_with_both_places() {
    let records = [
        json!({"id": "same", "body": BRIDGE}),
        json!({"id": "other", "body": LIGHT}),
        json!({"id": "same", "body": LIGHT}),
    ];
    let site = Site::new(&[("in/many.jsonl", &lines(&records))]);
    site.check_rejected(&["./in"], "many.jsonl", Some(3), &["`same`", "in/many.jsonl:1"]);
    assert_eq!(site.ids(), ["other", "same"]);
    let shown = site.run(&["show", "same"]);
    assert!(shown.stdout.contains("不断桥"), "the first one stays");
}

#[test]
fn an_id_of_another_root_is_rejected_with_both_places() {
    let site = Site::new(&[("in/bridge.txt", BRIDGE), ("elsewhere/bridge.txt", LIGHT)]);
    site.check_counts(&["./in"], [1, 0, 0, 0]);
    let parts = ["`bridge`", "/in/bridge.txt", "--collection"];
    site.check_rejected(&["./elsewhere"], "bridge.txt", None, &parts);
    site.check_counts(&["./elsewhere", "--collection", "second"], [1, 0, 0, 0]);
    assert_eq!(site.ids(), ["bridge", "second/bridge"]);
    assert!(
        site.run(&["show", "bridge"]).stdout.contains("不断桥"),
        "it is not overwritten"
    );
}

#[test]
fn what_cannot_be_read_is_rejected_with_its_reason_and_the_rest_is_indexed() {
    for (name, content, line, reason) in [
        ("empty.txt", &b" \n\n"[..], None, "is empty"),
        ("binary.txt", b"a\x00\x01\x02\x03\x04\x05", None, "binary"),
        ("image.txt", b"GIF89a\x00\x01", None, "text recognition"),
        ("page.xlsx", b"PK\x03\x04", None, "CSV"),
        (
            "broken.jsonl",
            b"{\"id\": \"a\", \"body\": \"one\"}\n\n{\"id\": \"b\", \n",
            Some(3),
            "",
        ),
        (
            "silent.jsonl",
            b"{\"id\": \"a\", \"body\": \"one\"}\n{\"id\": \"b\"}\n",
            Some(2),
            "no text",
        ),
    ] {
        let site = Site::new(&[("in/bridge.txt", BRIDGE)]);
        site.write(&format!("in/{name}"), content);
        site.check_rejected(&["./in"], name, line, &[reason]);
        assert!(site.ids().contains(&"bridge".to_owned()), "{name}");
        let again = site.ingest(&["./in"], 3);
        assert_eq!(again["added"], 0, "{name}: {again}");
        site.run(&["verify"]).ended(0);
    }
}

#[test]
fn what_is_not_there_is_an_error_with_a_hint() {
    let site = Site::new(&[("in/bridge.txt", BRIDGE)]);
    site.run(&["search", "桥"])
        .failed_with(&["there is no index here", "chancery ingest"]);
    site.run(&["remove", "bridge"]).failed_with(&["there is no index here"]);
    site.run(&["ingest", "./nowhere"]).failed_with(&["nowhere", "hint:"]);
    assert!(!site.index().exists(), "a failed command makes no index");
}

#[test]
fn files_that_a_killed_writer_left_do_not_stop_the_next_one() {
    let records: Vec<Value> = (0..40)
        .map(|number| json!({"id": format!("s{number}"), "body": "灯塔"}))
        .collect();
    let site = Site::new(&[("in/a.jsonl", &lines(&records))]);
    site.check_counts(&["./in"], [40, 0, 0, 0]);
    let id = [id_in_the_largest_segment(&site.index())];
    let killed = site.path("killed");
    copy_files(&site.index(), &killed, |_| true);
    remove(&site.index(), &id, &Filters::default()).expect("the index can be written");
    let is_deletion = |name: &str| name.ends_with(".del");
    let left = copy_files(&site.index(), &killed, |name| {
        is_deletion(name) || name == ".managed.json"
    });
    assert!(
        left.iter().any(|name| is_deletion(name)),
        "a removal writes a file: {left:?}"
    );
    let report = remove(&killed, &id, &Filters::default()).expect("the index can be written");
    assert_eq!(report.removed, id);
    check_sound(&killed);
}

/// The id of a speech whose removal does not make its segment one to be rewritten.
fn id_in_the_largest_segment(index: &Path) -> String {
    let store = Store::open(index).expect("there is an index");
    let snapshot = store.snapshot().expect("the index opens");
    let speeches = snapshot.speeches().expect("the speeches can be listed");
    let size = |segment: u32| snapshot.segments()[segment as usize].reader().max_doc();
    let largest = speeches
        .into_iter()
        .max_by_key(|(address, _)| size(address.segment_ord));
    largest.expect("there are speeches").1
}

/// Copies the files of a folder that have a certain name to another one; returns their names.
fn copy_files(from: &Path, to: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    fs::create_dir_all(to).expect("a folder can be made");
    let entries = fs::read_dir(from).expect("the folder is readable");
    let names = entries.map(|entry| {
        entry
            .expect("it is readable")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    let wanted: Vec<String> = names.filter(|name| is_wanted(name)).collect();
    for name in &wanted {
        fs::copy(from.join(name), to.join(name)).expect("a file can be copied");
    }
    wanted
}

#[test]
fn the_library_says_busy_where_another_one_writes() {
    let site = Site::new(&[("in/bridge.txt", BRIDGE)]);
    site.check_counts(&["./in"], [1, 0, 0, 0]);
    let open = || SpeechWriter::open(&site.index(), Analyzer::new(UserLexicon::default()));
    let first = open().expect("nobody else writes");
    let refused = open().map(|_| ()).expect_err("the first one writes");
    assert_eq!(refused.kind(), ErrorKind::Busy);
    drop(first);
    unhindered(open);
}
