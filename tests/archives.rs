//! Archives: what lies in one is read as if it lay in a folder; what is hostile or damaged is reported, and nothing else
//! is lost because of it.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::support::command::Workplace;

pub(crate) fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("a file can be added");
        archive.write_all(content).expect("memory can be written");
    }
    archive.finish().expect("an archive can be ended").into_inner()
}

fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        // The library refuses to write a path that leads out, which is what a hostile archive has.
        header.as_ustar_mut().expect("it is one").name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        archive.append(&header, *content).expect("memory can be written");
    }
    archive.into_inner().expect("an archive can be ended")
}

fn gzip_of(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("memory can be written");
    encoder.finish().expect("a stream can be ended")
}

pub(crate) fn place(workplace: &Workplace, name: &str, content: &[u8]) {
    let path = workplace.path().join(name);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
    fs::write(path, content).expect("a file can be written");
}

pub(crate) fn report(workplace: &Workplace, path: &str, code: i32) -> Value {
    workplace.run(&["ingest", path, "--format", "json"]).ended(code).json()
}

/// The ids of the speeches, sorted.
fn ids(workplace: &Workplace) -> Vec<String> {
    let listing = workplace.json(&["list"]);
    let mut ids: Vec<String> = listing["speeches"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|speech| speech["id"].as_str().expect("an id").to_owned())
        .collect();
    ids.sort();
    ids
}

const SPEECHES: &[(&str, &[u8])] = &[
    ("2014/one.txt", "第一篇讲话说的是桥。".as_bytes()),
    (
        "2014/two.jsonl",
        "{\"id\": \"given\", \"body\": \"第二篇讲话说的是路。\"}\n{\"body\": \"第三篇。\"}\n".as_bytes(),
    ),
    ("__MACOSX/._one.txt", b"\0\0"),
];

#[test]
fn what_lies_in_an_archive_is_read_as_in_a_folder() {
    for (name, content) in [
        ("a.zip", zip_of(SPEECHES)),
        ("a.tar", tar_of(SPEECHES)),
        ("a.tar.gz", gzip_of(&tar_of(SPEECHES))),
        ("a.tgz", gzip_of(&tar_of(SPEECHES))),
    ] {
        let workplace = Workplace::new();
        place(&workplace, &format!("in/{name}"), &content);
        assert_eq!(report(&workplace, "in", 0)["added"], 3, "{name}");
        let found = ids(&workplace);
        assert!(found.contains(&"given".to_owned()), "{name}: {found:?}");
        assert!(found.iter().any(|id| id.ends_with("/2014/one")), "{name}: {found:?}");
        let hit = &workplace.json(&["search", "\"说的是路\""])["hits"][0];
        assert_eq!(hit["source"], format!("{name}/2014/two.jsonl:1"));
        assert_eq!(report(&workplace, "in", 0)["unchanged"], 3, "{name}");
    }
}

#[test]
fn a_packed_file_has_the_id_of_the_file() {
    let workplace = Workplace::new();
    place(&workplace, "in/one.txt.gz", &gzip_of("桥。".as_bytes()));
    place(
        &workplace,
        "in/two.jsonl.gz",
        &gzip_of("{\"body\": \"路。\"}\n".as_bytes()),
    );
    report(&workplace, "in", 0);
    assert_eq!(ids(&workplace), ["one", "two:1"]);
}

#[test]
fn archives_may_lie_in_archives_but_not_without_end() {
    let workplace = Workplace::new();
    let inner = zip_of(&[("one.txt", "桥。".as_bytes())]);
    place(
        &workplace,
        "in/a.zip",
        &zip_of(&[("inner.zip", &inner), ("two.txt", "路。".as_bytes())]),
    );
    report(&workplace, "in", 0);
    assert_eq!(ids(&workplace), ["a.zip/inner.zip/one", "a.zip/two"]);
    let mut deep = inner;
    for _ in 0..5 {
        deep = zip_of(&[("deeper.zip", &deep)]);
    }
    place(&workplace, "deep/b.zip", &deep);
    let rejected = &report(&workplace, "deep", 3)["rejected"];
    assert!(
        rejected[0]["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains("too deep")),
        "{rejected}"
    );
}

#[test]
fn a_path_that_leads_out_of_an_archive_is_rejected_and_the_rest_is_read() {
    for (name, content) in [
        (
            "a.tar",
            tar_of(&[("../../escaped.txt", b"out"), ("inside.txt", "桥。".as_bytes())]),
        ),
        (
            "a.zip",
            zip_of(&[("../escaped.txt", b"out"), ("inside.txt", "桥。".as_bytes())]),
        ),
    ] {
        let workplace = Workplace::new();
        place(&workplace, &format!("in/{name}"), &content);
        let report = report(&workplace, "in", 3);
        assert_eq!(report["added"], 1, "{report}");
        assert!(
            report["rejected"][0]["reason"]
                .as_str()
                .is_some_and(|reason| reason.contains("out of the archive"))
        );
        assert!(!workplace.path().join("escaped.txt").exists());
    }
}

#[test]
fn a_bomb_ends_at_the_limit_and_nothing_else_is_lost() {
    let workplace = Workplace::new();
    // 64 MB of one letter take 64 KB packed: over a thousand times less.
    let bomb = gzip_of(&vec![b'a'; 64 << 20]);
    place(&workplace, "in/bomb.txt.gz", &bomb);
    place(&workplace, "in/bomb.zip", &zip_of(&[("a.txt", &vec![b'a'; 64 << 20])]));
    place(&workplace, "in/good.txt", "桥。".as_bytes());
    let report = report(&workplace, "in", 3);
    assert_eq!(report["added"], 1, "{report}");
    let rejected = report["rejected"].as_array().expect("rows");
    assert_eq!(rejected.len(), 2, "{report}");
    for row in rejected {
        assert!(
            row["reason"]
                .as_str()
                .is_some_and(|reason| reason.contains("times its size")),
            "{row}"
        );
    }
}

#[test]
fn what_stands_before_the_cut_of_an_archive_is_read_and_the_cut_is_reported() {
    let lines: String = (0..20_000)
        .map(|number| {
            format!(
                "{{\"id\": \"s{number}\", \"body\": \"第{number}篇：{}。\"}}\n",
                number * 7_919
            )
        })
        .collect();
    for (name, whole) in [
        ("a.jsonl.gz", gzip_of(lines.as_bytes())),
        ("a.tar.gz", gzip_of(&tar_of(SPEECHES))),
    ] {
        let workplace = Workplace::new();
        place(&workplace, &format!("in/{name}"), &whole[..whole.len() * 9 / 10]);
        place(&workplace, "in/good.txt", "桥。".as_bytes());
        let report = report(&workplace, "in", 3);
        assert!(report["added"].as_u64() >= Some(1), "{report}");
        let reason = report["rejected"][0]["reason"].as_str().expect("a reason");
        assert!(
            reason.contains("cut off") || reason.contains("damaged"),
            "{name}: {reason}"
        );
    }
    let workplace = Workplace::new();
    let whole = zip_of(SPEECHES);
    place(&workplace, "in/a.zip", &whole[..whole.len() / 2]);
    assert!(
        report(&workplace, "in", 3)["rejected"][0]["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains("ZIP"))
    );
}

#[test]
fn names_in_old_chinese_archives_are_read() {
    let (name, ..) = encoding_rs::GB18030.encode("讲话.txt");
    // The library writes UTF-8 names only: the name of a file of the same length is written over.
    let placeholder = "abcd.txt";
    assert_eq!(name.len(), placeholder.len());
    let mut archive = zip_of(&[(placeholder, "桥。".as_bytes())]);
    let places: Vec<usize> = (0..archive.len() - placeholder.len())
        .filter(|start| archive[*start..].starts_with(placeholder.as_bytes()))
        .collect();
    for start in places {
        archive[start..start + name.len()].copy_from_slice(&name);
    }
    let workplace = Workplace::new();
    place(&workplace, "in/a.zip", &archive);
    report(&workplace, "in", 0);
    assert_eq!(ids(&workplace), ["a.zip/讲话"]);
}

#[test]
fn any_bytes_in_the_place_of_an_archive_are_a_report_and_no_panic() {
    let whole = [zip_of(SPEECHES), gzip_of(&tar_of(SPEECHES))].concat();
    let mut random = fastrand::Rng::with_seed(5);
    for start in [&b"PK\x03\x04"[..], b"\x1F\x8B\x08"] {
        let workplace = Workplace::new();
        for number in 0..40 {
            let mut content = whole.clone();
            for _ in 0..20 {
                let place = random.usize(..content.len());
                content[place] = random.u8(..);
            }
            content[..start.len()].copy_from_slice(start);
            place(&workplace, &format!("in/{number}.bin"), &content);
        }
        place(&workplace, "in/good.txt", "桥。".as_bytes());
        let run = workplace.run(&["ingest", "in", "--format", "json"]);
        assert!(matches!(run.code, 0 | 3), "{run:?}");
        assert!(!run.stderr.contains("panicked"), "{run:?}");
        assert!(ids(&workplace).contains(&"good".to_owned()));
        assert!(Path::new(&workplace.path().join("index")).is_dir());
    }
}
