//! Tables: a speech a row, columns under other names, dates that a release's text explains.

use std::io::{Cursor, Read};

use chancery::corpus::Field;
use chancery::ingest::draft::{Draft, Layout};
use chancery::ingest::mapping::Mapping;
use chancery::ingest::record::Record;
use chancery::ingest::table::{Row, Table};
use proptest::prelude::*;
use serde_json::Value;

const RELEASE: &str = "在海港表彰大会上的讲话（2020年9月4日，西港）海港联邦总理 林海同志们：今天开会。";

fn stream(text: &str) -> Box<dyn Read + Send> {
    Box::new(Cursor::new(text.to_owned().into_bytes()))
}

fn rows(text: &str) -> Vec<Row> {
    Table::new(stream(text), &Mapping::default())
        .expect("the table has a header")
        .collect()
}

fn field<'a>(row: &'a Row, name: &str) -> Option<&'a str> {
    row.object.as_ref().ok()?.get(name).and_then(Value::as_str)
}

fn draft(header: &str, row: &str, pairs: &[&str]) -> Draft {
    let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
    let mapping = Mapping::new(&pairs).expect("the pairs map fields");
    let mut table = Table::new(stream(&format!("{header}\n{row}\n")), &mapping).expect("a table");
    let object = table.next().expect("a row").object.expect("a well-formed row");
    Record::read_mapped(object, &mapping)
        .and_then(Record::draft)
        .expect("a text")
}

#[test]
fn the_separator_is_told_from_the_header_and_quoted_fields_hold_lines() {
    for separator in [",", "\t", ";", "|"] {
        let text = [
            "title,text\r\n",
            "\"One, two\",\"first\r\nsecond \"\"quoted\"\"\"\r\n",
            "Three,third\r\n",
        ]
        .concat();
        let text = text
            .replace("title,text", &format!("title{separator}text"))
            .replace("\",\"", &format!("\"{separator}\""))
            .replace("Three,", &format!("Three{separator}"));
        let found = rows(&format!("\u{FEFF}{text}"));
        assert_eq!(found.len(), 2, "{separator:?}");
        assert_eq!(field(&found[0], "title"), Some("One, two"));
        assert_eq!(field(&found[0], "text"), Some("first\r\nsecond \"quoted\""));
        assert_eq!((found[0].line, found[1].line), (2, 4));
    }
}

#[test]
fn a_row_with_too_few_or_too_many_fields_is_told_with_its_line_and_the_next_is_read() {
    let found = rows("title,text\nonly\none,two,three\nfine,row\n");
    let faults: Vec<(u64, bool)> = found.iter().map(|row| (row.line, row.object.is_err())).collect();
    assert_eq!(faults, [(2, true), (3, true), (4, false)]);
    assert!(
        found[1]
            .object
            .as_ref()
            .unwrap_err()
            .contains("3 fields where the header names 2")
    );
}

#[test]
fn a_table_without_a_column_of_text_says_which_columns_there_are() {
    for (text, pairs, part) in [
        (
            "Datum,Wortlaut\n2020,x\n",
            &[][..],
            "--map COLUMN=body; the columns are Datum, Wortlaut",
        ),
        ("Datum,Wortlaut\n2020,x\n", &["Text=body"], "`Text`"),
        ("", &[], "no header"),
        ("\n \n", &[], "no header"),
    ] {
        let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        let mapping = Mapping::new(&pairs).unwrap();
        let reason = Table::new(stream(text), &mapping).err().expect("no table of speeches");
        assert!(reason.contains(part), "{reason}");
    }
}

#[test]
fn usual_and_mapped_columns_become_fields_and_others_are_kept() {
    let draft = draft(
        "标题,演讲者,国家,Datum,Rede,Ordner",
        "海港,林海,海港联邦,4. 9. 2020,今天。,7",
        &["Rede=body", "Ordner=meta.folder"],
    );
    assert_eq!(draft.text, "今天。");
    assert_eq!(draft.layout, Layout::Body { headings: None });
    assert_eq!(draft.stated.value(Field::Title), Some("海港"));
    assert_eq!(draft.stated.value(Field::Speaker), Some("林海"));
    assert_eq!(draft.stated.value(Field::Country), Some("海港联邦"));
    assert_eq!(draft.stated.meta_values("folder"), ["7"]);
}

#[test]
fn a_later_date_beside_a_dated_release_is_that_of_publication() {
    let dates = |draft: &Draft| {
        (
            draft.stated.value(Field::Date).map(str::to_owned),
            draft.stated.value(Field::Published).map(str::to_owned),
        )
    };
    let some = |date: &str| Some(date.to_owned());
    for (header, date, pairs, expected) in [
        ("Date,Text", "2020-09-05", &[][..], (None, some("2020-09-05"))),
        ("Date,Text", "2020-09-04", &[], (None, some("2020-09-04"))),
        ("date,text", "2020-09-04", &[], (some("2020-09-04"), None)),
        ("date,text", "2020-09-05T08:00:00Z", &[], (None, some("2020-09-05"))),
        ("Date,Text", "2020-09-05", &["Date=date"], (some("2020-09-05"), None)),
        ("Date,Text", "2020-09-01", &[], (some("2020-09-01"), None)),
        ("year,text", "2020", &[], (None, None)),
    ] {
        let draft = draft(header, &format!("{date},{RELEASE}"), pairs);
        assert_eq!(dates(&draft), expected, "{header} {date} {pairs:?}");
        assert_eq!(draft.layout, Layout::Lines);
        assert_eq!(!draft.warnings.is_empty(), date == "2020-09-01");
    }
    let wire = "同志们：今天开会。（海港社西港9月4日电）";
    assert_eq!(
        dates(&draft("Date,Text", &format!("2020-09-05,{wire}"), &[])),
        (None, some("2020-09-05"))
    );
    let plain = "同志们：今天开会。";
    assert_eq!(
        dates(&draft("Date,Text", &format!("2020-09-05,{plain}"), &[])),
        (some("2020-09-05"), None)
    );
}

proptest! {
    #[test]
    fn what_is_written_as_a_table_is_read_back(cells in prop::collection::vec(("[a-z 今天\"',;\n\t]{1,20}x", "[a-z。，\"\r\n]{1,30}x"), 1..6)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["title", "body"]).unwrap();
        for (title, body) in &cells {
            writer.write_record([title, body]).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let found: Vec<(String, String)> = rows(&text)
            .iter()
            .map(|row| (field(row, "title").unwrap_or_default().to_owned(), field(row, "body").unwrap_or_default().to_owned()))
            .collect();
        prop_assert_eq!(found, cells);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut content = b"text,".to_vec();
        content.extend_from_slice(&bytes);
        if let Ok(table) = Table::new(Box::new(Cursor::new(content)), &Mapping::default()) {
            for row in table.take(400) {
                let _ = row.object.and_then(|object| Record::read_mapped(object, &Mapping::default())).and_then(Record::draft);
            }
        }
    }
}
