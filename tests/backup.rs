//! `backup` and `restore`: an index as one file and back, whole or not at all, while others write and when the process is killed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Instant;

use chancery::engine::{Overwriting, backup, content_hash, restore};
use chancery::index::Store;
use chancery::index::manifest::corpus_version;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::command::{Workplace, four_speeches, sample};
use crate::support::indexed::check_sound;
use crate::support::random::Random;

#[test]
fn a_restored_index_answers_as_the_one_that_was_backed_up() {
    let workplace = four_speeches();
    workplace.run(&["remove", "two"]).ended(0);
    let report = workplace.json(&["backup", "corpus.tar.zst"]);
    let restored = workplace.json(&["restore", "corpus.tar.zst", "--index", "again"]);
    for field in ["files", "bytes", "corpus"] {
        assert_eq!(report[field], restored[field], "{field}");
    }
    assert!(report["backup_bytes"].as_u64() > Some(0));
    for arguments in [&["search", "互利共赢"][..], &["list"], &["status"], &["verify"]] {
        let there = workplace.json(&[arguments, &["--index", "again"]].concat());
        assert_eq!(untimed(there), untimed(workplace.json(arguments)), "{arguments:?}");
    }
    workplace
        .run(&["backup", "second.tar.zst", "--index", "again"])
        .ended(0);
    let read = |name: &str| fs::read(workplace.path().join(name)).expect("the backup is readable");
    assert!(
        read("corpus.tar.zst") == read("second.tar.zst"),
        "a backup of one commit is always the same"
    );
    workplace.run(&["remove", "four", "--index", "again"]).ended(0);
    check_sound(&workplace.path().join("again"));
}

fn untimed(mut answer: Value) -> Value {
    answer
        .as_object_mut()
        .expect("an answer is an object")
        .remove("took_ms");
    answer
}

#[test]
fn a_backup_goes_through_a_pipe() {
    let piped = sample()
        .command(&["backup", "-"])
        .output()
        .expect("the program can be started");
    assert!(piped.status.success());
    let workplace = Workplace::new();
    let restored = workplace
        .command(&["restore", "-", "--quiet"])
        .write_stdin(piped.stdout)
        .output()
        .expect("the program can be started");
    assert!(restored.status.success(), "{restored:?}");
    check_sound(&workplace.path().join("index"));
}

#[test]
fn nothing_is_overwritten_that_was_not_named() {
    let workplace = four_speeches();
    workplace.write("there.zst", "precious");
    workplace
        .run(&["backup", "there.zst"])
        .failed_with(&["`there.zst` is there already", "--force"]);
    assert_eq!(
        fs::read(workplace.path().join("there.zst")).ok().as_deref(),
        Some(&b"precious"[..])
    );
    workplace.run(&["backup", "there.zst", "--force"]).ended(0);
    workplace
        .run(&["restore", "there.zst"])
        .failed_with(&["`index` is not empty", "--index"]);
    fs::create_dir(workplace.path().join("empty")).expect("a folder can be made");
    workplace.run(&["restore", "there.zst", "--index", "empty"]).ended(0);
    check_sound(&workplace.path().join("empty"));
    Workplace::new()
        .run(&["backup", "a.zst"])
        .failed_with(&["there is no index here"]);
    workplace
        .run(&["restore", "absent.zst", "--index", "new"])
        .failed_with(&["absent.zst"]);
}

#[test]
fn a_backup_that_was_cut_off_or_altered_is_refused() {
    let workplace = four_speeches();
    let path = |name: &str| workplace.path().join(name);
    backup(&path("index"), &path("whole.zst"), Overwriting::Refused).expect("the index is sound");
    let whole = fs::read(path("whole.zst")).expect("the backup is readable");
    let check = |bytes: &[u8], how: &str| {
        let refused = restore(bytes, Path::new("damaged.zst"), &path("restored"));
        let error = refused.map(|_| ()).expect_err(how).to_string();
        assert!(
            error.contains("damaged.zst") && error.contains("backup"),
            "{how}: {error}"
        );
        assert!(!path("restored").exists(), "{how}");
    };
    let mut random = Random::new(51);
    for round in 0..200 {
        let place = random.below(whole.len());
        check(&whole[..place], &format!("cut at {place}"));
        let mut flipped = whole.clone();
        flipped[place] ^= 1 << (round % 8);
        check(&flipped, &format!("byte {place}, bit {}", round % 8));
    }
    check(&[whole.as_slice(), b"more"].concat(), "lengthened");
    check(b"", "empty");
    check(b"PK\x03\x04 something else", "another file");
    let names = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let left: Vec<String> = fs::read_dir(workplace.path())
        .expect("the folder is readable")
        .map(|entry| names(entry.expect("an entry is readable")))
        .filter(|name| name.contains("restore"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// An archive with a description and entries, sealed as a backup is.
fn forged(description: &Value, entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    let description = description.to_string();
    let all = [("chancery-backup.json", description.as_bytes())];
    for (name, content) in all.iter().chain(entries) {
        let mut header = tar::Header::new_ustar();
        let field = &mut header.as_old_mut().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_cksum();
        archive.append(&header, *content).expect("it is written to memory");
    }
    let archive = archive.into_inner().expect("it is written to memory");
    let mut file = zstd::encode_all(archive.as_slice(), 1).expect("it is written to memory");
    let seal = Sha256::digest(&file);
    file.extend([0x50, 0x2A, 0x4D, 0x18, 32, 0, 0, 0]);
    file.extend(seal);
    file
}

fn hash_of(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn an_archive_that_only_looks_like_a_backup_is_refused() {
    let workplace = Workplace::new();
    let target = workplace.path().join("restored");
    let file = |name: &str, content: &[u8]| json!({"name": name, "bytes": content.len(), "sha256": hash_of(content)});
    let description = |files: Vec<Value>| json!({"format": 1, "tool_version": "0", "corpus": {"name": "a", "version": "b"}, "files": files});
    let meta = b"{}".as_slice();
    let mut other_form = description(vec![]);
    other_form["format"] = json!(2);
    for (what, description, entries, said) in [
        (
            "a path that leads out",
            description(vec![file("../evil", meta)]),
            vec![("../evil", meta)],
            "`../evil`",
        ),
        (
            "an absolute path",
            description(vec![file("/tmp/evil", meta)]),
            vec![("/tmp/evil", meta)],
            "`/tmp/evil`",
        ),
        (
            "an entry that is not described",
            description(vec![file("meta.json", meta)]),
            vec![("meta.json", meta), ("evil", meta)],
            "a file more",
        ),
        (
            "another entry",
            description(vec![file("meta.json", meta)]),
            vec![("evil", meta)],
            "`evil`",
        ),
        (
            "a missing entry",
            description(vec![file("meta.json", meta)]),
            vec![],
            "`meta.json` is missing",
        ),
        (
            "another content",
            description(vec![file("meta.json", meta)]),
            vec![("meta.json", b"[]")],
            "not as it was written",
        ),
        (
            "no index",
            description(vec![file("meta.json", meta)]),
            vec![("meta.json", meta)],
            "damaged",
        ),
        ("a form to come", other_form, vec![], "form 2"),
    ] {
        let bytes = forged(&description, &entries);
        let error = restore(bytes.as_slice(), Path::new("forged.zst"), &target)
            .map(|_| ())
            .expect_err(what);
        assert!(error.to_string().contains(said), "{what}: {error}");
        let left: Vec<_> = fs::read_dir(workplace.path())
            .expect("the folder is readable")
            .collect();
        assert!(left.is_empty(), "{what}: {left:?}");
    }
}

/// Records of speeches, numbered, in the order of their ids.
fn records(count: usize) -> String {
    let line = |number: usize| {
        let body = format!(
            "第{number}次发言。海上有{}座灯塔。\n\nThe harbour, once more: {number}.",
            number * 7
        );
        json!({"id": format!("speech/{number:04}"), "body": body}).to_string() + "\n"
    };
    (0..count).map(line).collect()
}

/// The most backups of a run that are restored and checked.
const MOST_RESTORED: usize = 8;

#[test]
fn a_backup_while_an_ingest_commits_every_speech_is_one_of_its_commits() {
    let workplace = Workplace::new();
    let path = |name: &str| workplace.path().join(name);
    workplace.write("many.jsonl", &records(40));
    let arguments = ["ingest", "many.jsonl", "--commit-every", "1", "--quiet"];
    let mut ingest = workplace
        .process(&arguments)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program can be started");
    let mut backups: Vec<PathBuf> = Vec::new();
    while ingest.try_wait().expect("a child can be asked").is_none() {
        let file = path(&format!("{}.zst", backups.len()));
        // There is nothing to back up before the first commit.
        match backup(&path("index"), &file, Overwriting::Refused) {
            Ok(_) => backups.push(file),
            Err(error) => assert!(
                error.message().contains("no index") || error.message().contains("nothing"),
                "{error}"
            ),
        }
    }
    assert!(ingest.wait().expect("a child can be waited for").success());
    let committed = committed_versions(&path("index"));
    let mut seen = BTreeSet::new();
    let step = backups.len().div_ceil(MOST_RESTORED).max(1);
    for (number, file) in backups.iter().enumerate().step_by(step) {
        let target = path(&format!("restored-{number}"));
        let bytes = fs::read(file).expect("the backup is readable");
        let report = restore(bytes.as_slice(), file, &target).expect("the backup is whole");
        assert_eq!(check_sound(&target).corpus.as_ref(), Some(&report.corpus));
        assert!(committed.contains(&report.corpus.version), "{:?}", report.corpus);
        seen.insert(report.corpus.version);
    }
    assert!(
        seen.len() > 1,
        "{} backups are of {} commits",
        backups.len(),
        seen.len()
    );
}

/// The corpus versions of an ingest that took the speeches by their ids and committed each.
fn committed_versions(index: &Path) -> BTreeSet<String> {
    let store = Store::open(index).expect("there is an index");
    let snapshot = store.snapshot().expect("the index opens");
    let mut hashes = Vec::new();
    for (address, id) in snapshot.speeches().expect("the speeches can be listed") {
        let (speech, _) = snapshot.speech(address).expect("the speech can be read");
        hashes.push((id, content_hash(&speech)));
    }
    hashes.sort();
    let identity = &snapshot.manifest().analyzer;
    let version = |count: usize| {
        let first = hashes[..count].iter().map(|(id, hash)| (id.as_str(), hash.as_str()));
        corpus_version(identity, first)
    };
    (0..=hashes.len()).map(version).collect()
}

#[test]
fn a_killed_backup_leaves_no_half_file() {
    let workplace = Workplace::new();
    workplace.write("many.jsonl", &records(400));
    workplace.run(&["ingest", "many.jsonl"]).ended(0);
    let start = Instant::now();
    workplace.run(&["backup", "whole.zst"]).ended(0);
    let span = start.elapsed();
    let target = workplace.path().join("killed.zst");
    for kill in 0..12 {
        let mut child = workplace
            .process(&["backup", "killed.zst", "--force", "--quiet"])
            .stdout(Stdio::null())
            .spawn()
            .expect("the program can be started");
        thread::sleep(span * kill / 12);
        child.kill().expect("a child can be killed");
        child.wait().expect("a child can be waited for");
        if target.exists() {
            let whole = fs::read(workplace.path().join("whole.zst")).expect("the backup is readable");
            assert!(
                fs::read(&target).expect("the backup is readable") == whole,
                "it is whole"
            );
            fs::remove_file(&target).expect("it can be deleted");
        }
    }
}

#[test]
fn what_reads_a_backup_may_go_away() {
    let mut child = sample()
        .process(&["backup", "-", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be started");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("a child can be waited for");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
