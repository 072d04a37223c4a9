//! OpenDocument, rich text, electronic books, subtitles and mails as the command reads them: from files, folders and archives,
//! with nothing lost, and clear words where they are damaged. Files that lie beside data are passed over.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::archives::{place, report, zip_of};
use crate::support::command::Workplace;

fn formats(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/formats").join(name);
    fs::read(path).expect("the example is there")
}

/// The speech that a file gives.
fn shown(name: &str, content: &[u8]) -> Value {
    let workplace = Workplace::new();
    place(&workplace, name, content);
    workplace.run(&["ingest", name]).ended(0);
    let id = Path::new(name).with_extension("");
    workplace.json(&["show", id.to_str().expect("a name"), "--matter"])
}

const EXAMPLES: &[&str] = &[
    "debate.xml",
    "mayak.rtf",
    "2024-06-03_harbour-talk.vtt",
    "pelleray.eml",
    "ferrand-ecluse.odt",
    "harbour-speeches.epub",
];

#[test]
fn what_lies_in_an_archive_is_read_as_in_a_folder() {
    let workplace = Workplace::new();
    let contents: Vec<(&str, Vec<u8>)> = EXAMPLES.iter().map(|name| (*name, formats(name))).collect();
    let files: Vec<(&str, &[u8])> = contents
        .iter()
        .map(|(name, content)| (*name, content.as_slice()))
        .collect();
    place(&workplace, "all.zip", &zip_of(&files));
    for (name, content) in &files {
        place(&workplace, &format!("folder/{name}"), content);
    }
    assert_eq!(report(&workplace, "folder", 0)["added"], 6);
    let again = report(&workplace, "all.zip", 0);
    assert_eq!(again["duplicates"].as_array().map(Vec::len), Some(6), "{again}");
}

#[test]
fn an_opendocument_text_has_its_notes_tables_and_contents() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d"><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:table-of-content><text:index-body><text:p>Lamps 1</text:p></text:index-body></text:table-of-content>
<text:h text:outline-level="1">On lamps</text:h><text:p>The lamp<text:s text:c="2"/>burns<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Since 1900.</text:p></text:note-body></text:note>, and<text:line-break/>the rocks stay.</text:p>
<text:list><text:list-item><text:p>First the lens.</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Keeper</text:p></table:table-cell><table:table-cell><text:p>Maud</text:p></table:table-cell></table:table-row></table:table>
<text:p>Seen<draw:frame><draw:text-box><text:p>A box.</text:p></draw:text-box></draw:frame> far.</text:p></office:text></office:body></office:document-content>"#;
    let odt = zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ]);
    let speech = shown("lamps.odt", &odt);
    let body = speech["body"].as_str().expect("a body");
    for part in [
        "burns⟦Since 1900.⟧, and",
        "First the lens.",
        "Keeper | Maud",
        "A box.",
        "Seen far.",
    ] {
        assert!(body.contains(part), "{part}: {body}");
    }
    assert!(!body.contains("deleted") && !body.contains("Lamps 1"), "{body}");
    assert!(speech["matter"].to_string().contains("Lamps 1"));
}

#[test]
fn damaged_documents_are_refused_in_words() {
    let workplace = Workplace::new();
    let odt = formats("ferrand-ecluse.odt");
    place(&workplace, "cut.odt", &odt[..odt.len() / 2]);
    place(
        &workplace,
        "sheet.odt",
        &zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
    );
    let bomb = format!(
        "<!DOCTYPE a [<!ENTITY a \"{}\">]><a>{}</a>",
        "x".repeat(1_000),
        "&a;".repeat(1_000)
    );
    place(
        &workplace,
        "bomb.odt",
        &zip_of(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", bomb.as_bytes()),
        ]),
    );
    let empty = zip_of(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container/>"),
    ]);
    place(&workplace, "empty.epub", &empty);
    place(&workplace, "cut.rtf", b"{\\rtf1 The lamp\n{\\b burns");
    place(&workplace, "silent.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n");
    let expected = [
        ("cut.odt", "damaged"),
        ("sheet.odt", "no content.xml"),
        ("bomb.odt", "damaged"),
        ("empty.epub", "names no book"),
        ("cut.rtf", "line 2"),
        ("silent.vtt", "no subtitles"),
    ];
    for (name, part) in expected {
        let rejected = report(&workplace, name, 3)["rejected"].to_string();
        assert!(rejected.contains(part), "{name}: {rejected}");
    }
}

#[test]
fn a_mailbox_gives_its_mails_and_what_they_bring() {
    let mail = |number: u32, text: &str| {
        format!(
            "From a@b.example Mon Jun  3 09:30:00 2024\nFrom: Maud <maud@b.example>\nSubject: Lamp {number}\nDate: Mon, 3 Jun 2024 09:30:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: text/html\nContent-Disposition: attachment; filename=\"speech.html\"\n\n<html><body><p>Friends, lamp number {number} is lit again tonight.</p></body></html>\n--b--\n\n"
        )
    };
    let mailbox = mail(1, "The first of the two lamps.") + &mail(2, "The second of the two lamps.");
    let workplace = Workplace::new();
    place(&workplace, "lamps.mbox", mailbox.as_bytes());
    let report = report(&workplace, "lamps.mbox", 0);
    assert_eq!(report["added"], 4, "{report}");
    let mail = workplace.json(&["show", "lamps.mbox/00002"]);
    assert_eq!(mail["title"], "Lamp 2");
    assert_eq!(mail["meta"]["from"], "Maud <maud@b.example>");
    assert_eq!(mail["published"], "2024-06-03");
    let speech = workplace.json(&["show", "lamps.mbox/00002.eml/speech"]);
    assert_eq!(speech["body"], "Friends, lamp number 2 is lit again tonight.");
}

#[test]
fn files_beside_data_are_skipped_unless_they_are_named() {
    let workplace = Workplace::new();
    let files: &[(&str, &[u8])] = &[
        (
            "data/README.md",
            b"# Harbour speeches\n\nThis folder holds speeches of the harbour council.\n",
        ),
        ("data/LICENSE", b"Everybody may use this.\n"),
        ("data/requirements.txt", b"requests==2.31\npandas>=2\n"),
        ("data/fetch.py", b"print(1)\n"),
        (
            "data/urls.txt",
            b"https://a.example/1\nhttps://a.example/2\nhttps://a.example/3\n",
        ),
        (
            "data/speech.txt",
            b"Friends, the lamp is lit again, and the rocks have not moved.\n",
        ),
    ];
    for (name, content) in files {
        place(&workplace, name, content);
    }
    place(&workplace, "data.zip", &zip_of(files));
    let of_folder = report(&workplace, "data", 0);
    assert_eq!(of_folder["added"], 1, "{of_folder}");
    assert_eq!(of_folder["skipped"].as_array().map(Vec::len), Some(5), "{of_folder}");
    assert_eq!(of_folder["skipped"][1]["source"], "README.md");
    let text = workplace.run(&["ingest", "data"]).ended(0);
    assert!(
        text.stdout.contains("skipped README.md: a description of the data"),
        "{}",
        text.stdout
    );
    let of_archive = report(&workplace, "data.zip", 0);
    assert_eq!(of_archive["skipped"].as_array().map(Vec::len), Some(5), "{of_archive}");
    // Again, and from what is known of the file.
    let again = report(&workplace, "data.zip", 0);
    assert_eq!(again["skipped"].as_array().map(Vec::len), Some(5), "{again}");
    assert_eq!(report(&workplace, "data/README.md", 0)["added"], 1);
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    let workplace = Workplace::new();
    place(
        &workplace,
        "sep.csv",
        b"sep=;\r\ntitle;body\r\nHarbour;Peace, trust and light for all.\r\n;;\r\n",
    );
    place(
        &workplace,
        "space.csv",
        b"title, date, body\nHarbour, 2024-06-03, \"Peace, space and light for all.\"\n",
    );
    let names: Vec<String> = (0..10_000).map(|number| format!("c{number}")).collect();
    place(&workplace, "wide.csv", format!("{}\n", names.join(",")).as_bytes());
    let of_sep = report(&workplace, "sep.csv", 3);
    assert_eq!(
        (&of_sep["added"], &of_sep["rejected"][0]["line"]),
        (&1.into(), &4.into()),
        "{of_sep}"
    );
    report(&workplace, "space.csv", 0);
    let wide = report(&workplace, "wide.csv", 3)["rejected"][0]["reason"].to_string();
    assert!(wide.contains("c9 and 9990 more") && !wide.contains("c10,"), "{wide}");
    let long = format!("{}.md", "a".repeat(248));
    place(
        &workplace,
        &long,
        b"# On the ferry\n\nThe ferry leaves at nine, and nobody is left behind.\n",
    );
    assert_eq!(report(&workplace, &long, 0)["added"], 1);
}

#[test]
fn records_keep_pages_and_transcripts_of_recordings() {
    let workplace = Workplace::new();
    let page = r#"[{"url": "https://a.example/12", "html": "<html><head><title>Remarks at the lamp</title></head><body><nav><a href='/'>Home</a></nav><h1>Remarks at the lamp</h1><p>Friends, the lamp has been dark for three winters.</p></body></html>"}]"#;
    place(&workplace, "page.json", page.as_bytes());
    let heard = r#"{"meta": {"count": 1}, "videos": [{"id": 7, "日期": "2026-05-26", "委員名稱": "陳望潮", "transcript": {"speakers": [{"speaker": "S1", "start": 0.5, "end": 1.0}], "words": [{"start": 7.6, "end": 10.5, "text": "渡輪什麼時候復航"}, {"start": 10.6, "end": 12.5, "text": "下個月一號"}, {"start": 30.0, "end": 31.0, "text": "謝謝"}]}}]}"#;
    place(&workplace, "heard.json", heard.as_bytes());
    assert_eq!(report(&workplace, "page.json", 0)["added"], 1);
    let listing = workplace.json(&["list"]);
    assert_eq!(listing["speeches"][0]["title"], "Remarks at the lamp");
    assert_eq!(listing["speeches"][0]["url"], "https://a.example/12");
    assert_eq!(report(&workplace, "heard.json", 0)["added"], 1);
    let speech = workplace.json(&["show", "7"]);
    assert_eq!(speech["speaker"], "陳望潮");
    assert_eq!(speech["date"], "2026-05-26");
    assert_eq!(speech["body"], "渡輪什麼時候復航下個月一號\n\n謝謝");
}
