//! What may befall an index: a full disk, a lost permission, bytes that are altered. The last commit stays, the error says what happened,
//! the next ingest completes, and no damage goes unseen.

#![allow(clippy::print_stdout, reason = "a test that cannot mount a disk here must say so")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chancery::analyzer::Analyzer;
use chancery::analyzer::lexicon::UserLexicon;
use chancery::engine::{Engine, content_hash, verify};
use chancery::index::{Provenance, SpeechWriter, Store};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::command::{Run, Workplace, four_speeches};
use crate::support::indexed::{TestIndex, check_sound};
use crate::support::random::Random;

/// A disk in memory, mounted on a folder until this is dropped.
struct Disk {
    folder: TempDir,
}

impl Disk {
    /// A disk of a size as `mount` takes it; nothing where this process may not mount.
    fn of_size(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let options = format!("size={size}");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "none"])
            .arg(folder.path())
            .output();
        if mount.is_ok_and(|output| output.status.success()) {
            return Some(Self { folder });
        }
        println!("skipped: a disk cannot be mounted here; run this test as root to check a full disk");
        None
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn remount(&self, option: &str) {
        let options = format!("remount,{option}");
        let mount = Command::new("mount")
            .args(["-o", &options])
            .arg(self.folder.path())
            .status();
        assert!(mount.expect("mount can be run").success(), "{option}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: whatever still holds a file of it for a moment, as a process that another test has just forked, is no reason to fail.
        let unmounted = Command::new("umount").arg("--lazy").arg(self.folder.path()).status();
        assert!(
            unmounted.is_ok_and(|status| status.success()),
            "the disk can be unmounted"
        );
    }
}

/// What original nonsense is made of.
const SYLLABLES: &[&str] = &[
    "海", "山", "桥", "灯", "渡", "潮", "舟", "岸", "lum ", "vex ", "ortan ", "мир ", "，", "。",
];

/// Records of speeches, numbered, each longer than the one before, with too many different words to be small in an index.
fn records(count: usize) -> String {
    let mut random = Random::new(7);
    let line = |number: usize| {
        let body: String = (0..100 + number * 4).map(|_| *random.pick(SYLLABLES)).collect();
        let words: String = (0..60).map(|_| format!("w{} ", random.below(1 << 30))).collect();
        json!({"id": format!("speech/{number:04}"), "body": format!("{body}\n\n{words}")}).to_string() + "\n"
    };
    (0..count).map(line).collect()
}

const SPEECHES: usize = 400;

/// A workplace with the records, and the corpus version of an index of all of them.
fn site() -> (Workplace, Value) {
    let workplace = Workplace::new();
    workplace.write("many.jsonl", &records(SPEECHES));
    workplace.run(&["ingest", "many.jsonl", "--quiet"]).ended(0);
    let version = workplace.json(&["status"])["corpus"]["version"].clone();
    (workplace, version)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

/// Holds an index to be that of the last commit that an error speaks of, which is neither the first nor all.
fn check_last_commit(workplace: &Workplace, index: &Path, run: &Run) {
    let named = run
        .stderr
        .split("its last commit, ")
        .nth(1)
        .expect("the error names the last commit");
    let count: u64 = named
        .split(' ')
        .next()
        .and_then(|count| count.parse().ok())
        .expect("a number of speeches");
    assert!(0 < count && count < SPEECHES as u64, "{count}");
    let of = ["--index", text(index)];
    assert_eq!(workplace.json(&[&["status"][..], &of].concat())["speeches"], count);
    workplace.run(&[&["search", "灯"][..], &of].concat()).ended(0);
    assert_eq!(check_sound(index).speeches, count);
}

/// Runs the ingest again where nothing hinders it, and holds its index to be that of all speeches.
fn check_completed(workplace: &Workplace, index: &Path, version: &Value) {
    let of = ["--index", text(index)];
    workplace
        .run(&[&["ingest", "many.jsonl", "--quiet"][..], &of].concat())
        .ended(0);
    assert_eq!(
        workplace.json(&[&["status"][..], &of].concat())["corpus"]["version"],
        *version
    );
    check_sound(index);
}

#[test]
fn a_full_disk_leaves_the_last_commit_and_the_next_ingest_completes() {
    let (workplace, version) = site();
    for (size, commit_every) in [("2m", "20"), ("1500k", "50"), ("1m", "10")] {
        let Some(disk) = Disk::of_size(size) else { return };
        let index = disk.index();
        let arguments = [
            "ingest",
            "many.jsonl",
            "--commit-every",
            commit_every,
            "--quiet",
            "--index",
            text(&index),
        ];
        let run = workplace.run(&arguments).failed_with(&[
            "the disk is full: the index stands as of its last commit",
            "hint: free space and run the same command again",
        ]);
        check_last_commit(&workplace, &index, &run);
        workplace
            .run(&arguments)
            .failed_with(&["the disk is full", "hint: free space"]);
        check_sound(&index);
        let backup = index.with_file_name("corpus.zst");
        workplace.run(&["status", "--index", text(&index)]).ended(0);
        disk.remount("size=64m");
        check_completed(&workplace, &index, &version);
        workplace
            .run(&["backup", text(&backup), "--index", text(&index)])
            .ended(0);
    }
}

#[test]
fn a_disk_that_is_full_from_the_start_is_named() {
    let (workplace, version) = site();
    let Some(disk) = Disk::of_size("64k") else { return };
    let index = disk.index();
    let run = workplace.run(&["ingest", "many.jsonl", "--quiet", "--index", text(&index)]);
    run.failed_with(&["the disk is full", "hint: free space"]);
    let backup = disk.folder.path().join("corpus.zst");
    workplace
        .run(&["backup", text(&backup)])
        .failed_with(&["the disk is full", "corpus.zst"]);
    assert!(!backup.exists());
    disk.remount("size=64m");
    check_completed(&workplace, &index, &version);
}

#[test]
fn a_restore_onto_a_full_disk_leaves_nothing() {
    let (workplace, _) = site();
    workplace.run(&["backup", "corpus.zst"]).ended(0);
    let Some(disk) = Disk::of_size("512k") else { return };
    let index = disk.index();
    let run = workplace.run(&["restore", "corpus.zst", "--index", text(&index)]);
    run.failed_with(&["the disk is full", "hint: free space"]);
    assert_eq!(
        fs::read_dir(disk.folder.path()).expect("the disk is readable").count(),
        0
    );
}

/// The same as a full disk where nobody may mount: no file may grow beyond a size.
#[test]
fn a_limit_on_files_leaves_the_last_commit_and_the_next_ingest_completes() {
    let (workplace, version) = site();
    let index = workplace.path().join("limited");
    let program = workplace.process(&[
        "ingest",
        "many.jsonl",
        "--commit-every",
        "10",
        "--quiet",
        "--index",
        text(&index),
    ]);
    let mut limited = Command::new("sh");
    // A commit of ten of the longer speeches writes files beyond the limit, whatever is merged meanwhile. The signal that goes with it
    // is ignored, so that writing fails.
    limited
        .current_dir(workplace.path())
        .args(["-c", "trap '' XFSZ; ulimit -f 60; exec \"$0\" \"$@\""])
        .arg(program.get_program())
        .args(program.get_args());
    let run = Run::of(&mut assert_cmd::Command::from_std(limited));
    let run = run.failed_with(&["the limit on the size of files is reached", "hint: raise the limit"]);
    check_last_commit(&workplace, &index, &run);
    check_completed(&workplace, &index, &version);
}

#[test]
fn a_disk_that_became_read_only_is_searched_and_not_written() {
    let (workplace, version) = site();
    let Some(disk) = Disk::of_size("64m") else { return };
    let index = disk.index();
    workplace.write("first.jsonl", &records(30));
    let of = ["--index", text(&index)];
    workplace
        .run(&[&["ingest", "first.jsonl", "--quiet"][..], &of].concat())
        .ended(0);
    disk.remount("ro");
    let ingest = [&["ingest", "many.jsonl", "--quiet"][..], &of].concat();
    workplace
        .run(&ingest)
        .failed_with(&["read-only", "hint: make the folder writable"]);
    workplace.run(&[&["search", "灯"][..], &of].concat()).ended(0);
    assert_eq!(workplace.json(&[&["status"][..], &of].concat())["speeches"], 30);
    check_sound(&index);
    disk.remount("rw");
    workplace.run(&[&["remove", "--where", "source=first.jsonl"][..], &of].concat());
    fs::remove_dir_all(&index).expect("the index can be deleted");
    check_completed(&workplace, &index, &version);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named() {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;

    let workplace = four_speeches();
    workplace.write("speeches/more.jsonl", &records(3));
    let allow =
        |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
    let index = workplace.path().join("index");
    let nobody = 65_534;
    let is_root = chown(&index, Some(nobody), Some(nobody)).is_ok();
    if is_root {
        for entry in fs::read_dir(&index).expect("the folder is readable") {
            let path = entry.expect("an entry is readable").path();
            chown(path, Some(nobody), Some(nobody)).expect("root may give files away");
        }
    }
    allow(workplace.path(), 0o755);
    allow(&index, 0o555);
    let run = |arguments: &[&str]| {
        let mut process = workplace.process(arguments);
        if is_root {
            process.uid(nobody).gid(nobody);
        }
        Run::of(&mut assert_cmd::Command::from_std(process))
    };
    run(&["ingest", "speeches"]).failed_with(&["permission to write was refused", "hint: make the folder writable"]);
    run(&["search", "互利共赢"]).ended(0);
    run(&["verify"]).ended(0);
    allow(&index, 0o755);
    run(&["ingest", "speeches"]).ended(0);
    check_sound(&index);
}

/// An index with two segments and deleted passages, too few for the segment to be rewritten.
fn changed_index() -> (Workplace, PathBuf) {
    let workplace = Workplace::new();
    for name in ["first", "second"] {
        let line =
            |number: usize| json!({"id": format!("{name}/{number}"), "body": format!("第{number}座灯塔。（掌声）")});
        let lines: Vec<String> = (0..30).map(|number| line(number).to_string()).collect();
        workplace.write(&format!("{name}.jsonl"), &lines.join("\n"));
        workplace.run(&["ingest", &format!("{name}.jsonl"), "--quiet"]).ended(0);
    }
    workplace.run(&["remove", "first/7"]).ended(0);
    let index = workplace.path().join("index");
    (workplace, index)
}

fn files_of(index: &Path) -> Vec<String> {
    let entries = fs::read_dir(index).expect("the folder is readable");
    let names = entries.map(|entry| {
        entry
            .expect("an entry is readable")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    let mut names: Vec<String> = names.filter(|name| !name.ends_with(".lock")).collect();
    names.sort();
    names
}

/// Whether damage is said to be that of a file. `meta.json` with another name of a segment in it is as sound as before, and
/// the files of that name are missing.
fn names(said: &str, file: &str) -> bool {
    said.contains(file) || (file == "meta.json" && said.contains("is missing"))
}

/// Holds damage of one file to be warned of by `status`, with the name of the file.
fn check_warned(index: &Path, file: &str, how: &str) {
    match Engine::examined(index) {
        Ok(examined) => {
            let is_named = examined.warnings.iter().any(|warning| names(warning, file));
            assert!(is_named, "{file}, {how}: status says {:?}", examined.warnings);
            examined.engine.status().expect("what is sound is counted");
        }
        Err(error) => assert!(error.to_string().contains(file), "{file}, {how}: status says {error}"),
    }
}

/// Holds it to be listed by `verify` too, which loads a dictionary and so takes longer.
fn check_seen(index: &Path, file: &str, how: &str) {
    check_warned(index, file, how);
    match verify(index) {
        Ok(found) => {
            let is_named = found.damage.iter().any(|damage| names(&damage.to_string(), file));
            assert!(
                !found.sound && is_named,
                "{file}, {how}: verify says {:?}",
                found.damage
            );
        }
        Err(error) => assert!(error.to_string().contains(file), "{file}, {how}: verify says {error}"),
    }
}

#[test]
fn no_altered_byte_of_any_file_goes_unseen() {
    let (_workplace, index) = changed_index();
    let mut random = Random::new(61);
    let files = files_of(&index);
    assert!(files.iter().any(|name| name.ends_with(".del")), "{files:?}");
    check_sound(&index);
    for file in files {
        let path = index.join(&file);
        let whole = fs::read(&path).expect("a file is readable");
        let offsets: BTreeSet<usize> = (0..60)
            .map(|_| random.below(whole.len()))
            .chain([0, whole.len() - 1])
            .collect();
        for offset in offsets {
            let mut flipped = whole.clone();
            flipped[offset] ^= 1 << random.below(8);
            fs::write(&path, &flipped).expect("a file can be written");
            let check = if random.happens(8) { check_seen } else { check_warned };
            check(&index, &file, &format!("byte {offset} of {}", whole.len()));
        }
        for length in [0, random.below(whole.len()), whole.len() - 1] {
            fs::write(&path, &whole[..length]).expect("a file can be written");
            check_seen(&index, &file, &format!("cut to {length} of {}", whole.len()));
        }
        fs::remove_file(&path).expect("a file can be deleted");
        match file.as_str() {
            "meta.json" => assert!(verify(&index).is_err()),
            _ => check_seen(&index, &file, "deleted"),
        }
        fs::write(&path, &whole).expect("a file can be written");
    }
    check_sound(&index);
}

#[test]
fn all_damage_is_listed_and_the_rest_is_read() {
    let (workplace, index) = changed_index();
    let files = files_of(&index);
    let altered: Vec<&String> = files
        .iter()
        .filter(|name| name.ends_with(".term") || name.ends_with(".store"))
        .collect();
    let segments: BTreeSet<&str> = altered.iter().filter_map(|name| name.split('.').next()).collect();
    let first = *segments.first().expect("there are segments");
    assert!(segments.len() > 1);
    let damaged: Vec<&&String> = altered.iter().filter(|name| name.starts_with(first)).collect();
    for name in &damaged {
        let mut bytes = fs::read(index.join(name)).expect("a file is readable");
        bytes[3] ^= 1;
        fs::write(index.join(name), bytes).expect("a file can be written");
    }
    let run = workplace.run(&["verify", "--format", "json"]).ended(2);
    let answer = run.json();
    let listed: Vec<&str> = answer["damage"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|damage| damage["file"].as_str())
        .collect();
    assert_eq!(
        (answer["sound"].as_bool(), listed.as_slice()),
        (Some(false), &[damaged[0].as_str(), damaged[1].as_str()][..])
    );
    let read = answer["speeches"].as_u64().expect("a number");
    assert!(0 < read && read < 59, "{answer}");
    let text = workplace.run(&["verify"]).ended(2).stdout;
    assert!(
        text.contains("damaged in 2 places") && text.contains("chancery restore"),
        "{text}"
    );
    let status = workplace.run(&["status", "--format", "json"]).ended(0);
    assert!(status.stderr.contains(damaged[0].as_str()), "{status:?}");
    assert_eq!(status.json()["speeches"], read);
    workplace
        .run(&["backup", "a.zst"])
        .failed_with(&["the index is damaged", "chancery verify"]);
}

#[test]
fn files_of_another_index_are_found_though_their_checksums_are_right() {
    let record = |id: &str, body: &str| json!({"id": id, "body": body}).to_string();
    let index_of = |body: &str| {
        let workplace = Workplace::new();
        workplace.write("one.jsonl", &record("one", body));
        workplace.run(&["ingest", "one.jsonl"]).ended(0);
        workplace
    };
    for endings in [&["store"][..], &["strings"], &["idx", "term", "fieldnorm", "pos"]] {
        let (ours, other) = (
            index_of("灯塔照亮海港。\n\n船进港。"),
            index_of("山上有桥。\n\n桥下有水流过，水声不断。"),
        );
        let (ours, other) = (ours.path().join("index"), other.path().join("index"));
        for ending in endings {
            let path = |index: &Path| {
                let names = files_of(index);
                let name = names.iter().find(|name| name.ends_with(&format!(".{ending}")));
                index.join(name.expect("a segment has the file"))
            };
            fs::copy(path(&other), path(&ours)).expect("a file can be copied");
        }
        let found = verify(&ours).expect("there is an index");
        let of_speech = found
            .damage
            .iter()
            .any(|damage| damage.speech.as_deref() == Some("one"));
        assert!(!found.sound && of_speech, "{endings:?}: {:?}", found.damage);
    }
}

#[test]
fn a_speech_that_is_not_as_it_was_ingested_is_named() {
    let source = four_speeches();
    let store = Store::open(&source.path().join("index")).expect("there is an index");
    let snapshot = store.snapshot().expect("the index opens");
    let index = TestIndex::new();
    let mut writer =
        SpeechWriter::open(&index.path(), Analyzer::new(UserLexicon::default())).expect("nobody else writes");
    for (address, id) in snapshot.speeches().expect("the speeches can be listed") {
        let (mut speech, _) = snapshot.speech(address).expect("a speech can be read");
        let content_hash = content_hash(&speech);
        if id == "three" {
            speech.text = speech.text.replace("water", "vodka");
        }
        let provenance = Provenance {
            text_key: "",
            content_hash: &content_hash,
            root: "",
        };
        writer.put(&speech, provenance).expect("the index can be written");
    }
    writer.commit().expect("the index can be written");
    writer.finish().expect("the index can be written");
    let found = verify(&index.path()).expect("there is an index");
    let named: Vec<Option<&str>> = found.damage.iter().map(|damage| damage.speech.as_deref()).collect();
    assert_eq!(named, [Some("three")], "{:?}", found.damage);
}

#[test]
fn what_lies_in_the_folder_and_is_not_needed_is_said() {
    assert_eq!(four_speeches().json(&["status"])["warnings"], json!([]));
    let (workplace, index) = changed_index();
    let left = "index/0123456789abcdef0123456789abcdef.idx";
    workplace.write(left, "half a file");
    workplace.write("index/notes.docx", "");
    let said = workplace.json(&["status"])["warnings"].to_string();
    for part in [
        "0123456789abcdef0123456789abcdef.idx",
        "interrupted",
        "`notes.docx`",
        "chancery optimize",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    check_sound(&index);
}
