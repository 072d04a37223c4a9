//! Reading speeches from files, folders and streams: what comes out, under which ids, and what is reported.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use chancery::corpus::{Field, Speech};
use chancery::error::ErrorKind;
use chancery::ingest::{IngestOptions, Input, InputFormat, Item, open};
use tempfile::TempDir;

/// A folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }
    folder
}

fn read(path: &Path, options: IngestOptions) -> Vec<Item> {
    open(vec![Input::Path(path.to_owned())], options)
        .expect("the path exists")
        .collect()
}

fn read_stdin(content: &str, options: IngestOptions) -> Vec<Item> {
    let stream = Box::new(Cursor::new(content.as_bytes().to_vec()));
    open(vec![Input::Stdin(stream)], options)
        .expect("a stream can always be opened")
        .collect()
}

/// `id` of each speech, `!source:line` of each rejection.
fn outline(items: &[Item]) -> Vec<String> {
    let line = |line: Option<u64>| line.map(|line| format!(":{line}")).unwrap_or_default();
    let outline = |item: &Item| match item {
        Item::Speech(ingested) => ingested.speech.id.clone(),
        Item::Rejected(rejection) => format!("!{}{}", rejection.source, line(rejection.line)),
    };
    items.iter().map(outline).collect()
}

fn only_speech(items: &[Item]) -> &Speech {
    match items {
        [Item::Speech(ingested)] => &ingested.speech,
        other => panic!("not one speech: {other:?}"),
    }
}

const RELEASE: &str = "　　海港社望潮6月17日电\n\n同饮一海水\n共开新航程\n——在首届海港峰会上的主旨演讲\n（2025年6月17日，望潮）\n海港共和国总统 林怀川\n\n尊敬的主席先生，\n各位同事，朋友们：\n很高兴来到望潮。\n让我们一起努力。\n谢谢大家。\n";

#[test]
fn a_release_is_understood_and_no_header_line_is_in_the_body() {
    let folder = folder(&[("release.txt", RELEASE.as_bytes())]);
    let items = read(&folder.path().join("release.txt"), IngestOptions::default());
    let speech = only_speech(&items);
    for (field, value) in [
        (Field::Title, "同饮一海水 共开新航程"),
        (Field::Subtitle, "在首届海港峰会上的主旨演讲"),
        (Field::Speaker, "林怀川"),
        (Field::Role, "海港共和国总统"),
        (Field::Country, "海港共和国"),
        (Field::Date, "2025-06-17"),
        (Field::DateSource, "heading"),
        (Field::Place, "望潮"),
        (Field::Event, "首届海港峰会"),
        (Field::Genre, "keynote"),
        (Field::Agency, "海港社"),
        (Field::Language, "zh"),
        (Field::LanguageSource, "detected"),
        (Field::Salutation, "尊敬的主席先生，"),
        (Field::Source, "release.txt"),
    ] {
        assert_eq!(speech.metadata.value(field), Some(value), "{field}");
    }
    assert!(speech.body_text().starts_with("尊敬的主席先生，") && speech.body_text().ends_with("谢谢大家。"));
    assert_eq!(speech.paragraphs.len(), 4);
    assert_eq!(speech.text, RELEASE);
}

#[test]
fn a_folder_is_read_in_name_order_and_nothing_is_skipped_silently() {
    let folder = folder(&[
        ("b/two.txt", "第二篇。".as_bytes()),
        ("a one.txt", "第一篇。".as_bytes()),
        ("c.pdf", b"%PDF-1.7"),
        (".hidden.txt", "看不见。".as_bytes()),
        ("empty.txt", b" \n"),
        ("notes", "无扩展名。".as_bytes()),
        ("binary.txt", b"a\nb\0c"),
        ("latin.txt", b"one\ntwo \xE9\n"),
        ("lone.meta.json", b"{}"),
    ]);
    let items = read(folder.path(), IngestOptions::default());
    let expected = [
        "a%20one",
        "b/two",
        "!binary.txt",
        "!c.pdf",
        "!empty.txt",
        "latin",
        "!lone.meta.json",
        "notes",
    ];
    assert_eq!(outline(&items), expected);
}

#[test]
fn json_lines_give_fields_further_fields_and_ids() {
    let lines = "\u{FEFF}{\"id\": \"given #1\", \"title\": \"标题\", \"date\": \"2013-03\", \"body\": \"很好。\", \"topic\": [\"气候\"], \"meta\": {\"draft\": true}}\n\n{\"text\": \"Second.\", \"date\": \"21 September 2016\", \"source\": \"archive\"}\n";
    let folder = folder(&[("b.jsonl", lines.as_bytes())]);
    let items = read(
        folder.path(),
        IngestOptions {
            collection: Some("un".to_owned()),
            ..IngestOptions::default()
        },
    );
    assert_eq!(outline(&items), ["given #1", "un/b:2"]);
    let (Item::Speech(first), Item::Speech(second)) = (&items[0], &items[1]) else {
        panic!("two speeches were expected");
    };
    assert_eq!(first.source, "b.jsonl:1");
    assert_eq!(first.speech.metadata.meta_values("topic"), ["气候"]);
    assert_eq!(first.speech.metadata.meta_values("draft"), ["true"]);
    assert_eq!(first.speech.metadata.value(Field::DateSource), Some("metadata"));
    assert_eq!(second.source, "b.jsonl:3");
    assert_eq!(second.speech.metadata.value(Field::Date), Some("2016-09-21"));
    assert_eq!(second.speech.metadata.value(Field::Source), Some("b.jsonl:3"));
    assert_eq!(second.speech.metadata.meta_values("source_as_given"), ["archive"]);
    assert_eq!(second.speech.metadata.value(Field::Collection), Some("un"));
}

#[test]
fn a_faulty_line_is_reported_with_its_number_and_the_rest_is_read() {
    let lines = b"{\"body\": \"ok.\"}\n{\"body\": 5}\nnot json\n[1]\n{\"title\": \"no body\"}\n{\"body\": \"a\xFF\"}\n{\"id\": \"a\\u0001\", \"body\": \"x\"}\n{\"title\": 7, \"body\": \"x\"}\n{\"body\": \"last.\"}";
    let folder = folder(&[("b.jsonl", lines)]);
    let items = read(folder.path(), IngestOptions::default());
    let expected = [
        "b:1",
        "!b.jsonl:2",
        "!b.jsonl:3",
        "!b.jsonl:4",
        "!b.jsonl:5",
        "!b.jsonl:6",
        "!b.jsonl:7",
        "!b.jsonl:8",
        "b:9",
    ];
    assert_eq!(outline(&items), expected);
}

#[test]
fn a_date_that_is_not_understood_is_kept_beside_the_field() {
    let items = read_stdin(
        "{\"id\": \"a\", \"body\": \"x.\", \"date\": \"last spring\"}",
        IngestOptions::default(),
    );
    let [Item::Speech(ingested)] = &items[..] else {
        panic!("one speech was expected");
    };
    assert_eq!(ingested.speech.metadata.value(Field::Date), None);
    assert_eq!(ingested.speech.metadata.meta_values("date_as_given"), ["last spring"]);
    assert_eq!(ingested.warnings.len(), 1);
}

#[test]
fn what_is_set_beats_the_sidecar_and_the_sidecar_beats_the_text() {
    let sidecar = r#"{"speaker": "王明", "place": "海港", "date": "2020", "series": "甲"}"#;
    let folder = folder(&[("a.txt", RELEASE.as_bytes()), ("a.meta.json", sidecar.as_bytes())]);
    let overrides = vec![
        ("place".to_owned(), "山城".to_owned()),
        ("note".to_owned(), "x".to_owned()),
    ];
    let items = read(
        folder.path(),
        IngestOptions {
            overrides,
            ..IngestOptions::default()
        },
    );
    let metadata = &only_speech(&items).metadata;
    assert_eq!(metadata.value(Field::Speaker), Some("王明"));
    assert_eq!(metadata.value(Field::Place), Some("山城"));
    assert_eq!(
        (metadata.value(Field::Date), metadata.value(Field::DateSource)),
        (Some("2020"), Some("metadata"))
    );
    assert_eq!(metadata.value(Field::Title), Some("同饮一海水 共开新航程"));
    assert_eq!(
        (metadata.meta_values("series"), metadata.meta_values("note")),
        (vec!["甲".to_owned()], vec!["x".to_owned()])
    );
}

#[test]
fn a_faulty_sidecar_keeps_its_file_from_being_read() {
    let folder = folder(&[
        ("a.txt", "很好。".as_bytes()),
        ("a.meta.json", b"{"),
        ("b.txt", "也好。".as_bytes()),
    ]);
    assert_eq!(
        outline(&read(folder.path(), IngestOptions::default())),
        ["!a.meta.json", "b"]
    );
}

#[test]
fn standard_input_needs_ids_or_a_collection() {
    let items = read_stdin("很好。", IngestOptions::default());
    assert_eq!(outline(&items), ["!stdin"]);
    let collection = || IngestOptions {
        collection: Some("news".to_owned()),
        ..IngestOptions::default()
    };
    assert_eq!(outline(&read_stdin("很好。", collection())), ["news/stdin"]);
    assert_eq!(
        outline(&read_stdin(
            "{\"body\": \"好。\"}\n{\"id\": \"x\", \"body\": \"好。\"}",
            collection()
        )),
        ["news/stdin:1", "x"]
    );
    let text = IngestOptions {
        input_format: Some(InputFormat::Text),
        ..collection()
    };
    assert_eq!(outline(&read_stdin("{\"body\": \"好。\"}", text)), ["news/stdin"]);
}

#[test]
fn a_date_in_the_file_name_counts_only_where_the_text_states_none() {
    let folder = folder(&[
        ("2013-03-22_x.txt", "很好。".as_bytes()),
        ("2013-03-23_y.txt", RELEASE.as_bytes()),
    ]);
    let items = read(folder.path(), IngestOptions::default());
    let dates: Vec<_> = items
        .iter()
        .map(|item| match item {
            Item::Speech(ingested) => ingested
                .speech
                .metadata
                .value(Field::Date)
                .zip(ingested.speech.metadata.value(Field::DateSource)),
            Item::Rejected(_) => None,
        })
        .collect();
    assert_eq!(
        dates,
        [Some(("2013-03-22", "file name")), Some(("2025-06-17", "heading"))]
    );
}

#[test]
fn a_request_that_makes_no_sense_is_a_usage_error() {
    let missing = open(vec![Input::Path("no/such/file.txt".into())], IngestOptions::default());
    assert_eq!(missing.err().map(|error| error.kind()), Some(ErrorKind::Usage));
    let overrides = vec![("date".to_owned(), "gestern".to_owned())];
    let set = open(
        Vec::new(),
        IngestOptions {
            overrides,
            ..IngestOptions::default()
        },
    );
    assert_eq!(set.err().map(|error| error.kind()), Some(ErrorKind::Usage));
}

#[test]
fn progress_is_known_before_and_while_reading() {
    let folder = folder(&[("a.txt", "很好。".as_bytes()), ("b.jsonl", b"{\"body\": \"x.\"}\n")]);
    let mut reader =
        open(vec![Input::Path(folder.path().to_owned())], IngestOptions::default()).expect("the folder exists");
    assert_eq!((reader.total_files(), reader.total_bytes()), (2, 24));
    assert_eq!(reader.by_ref().count(), 2);
    assert_eq!(reader.bytes_read(), 24);
}

/// Lines as headers, bodies and tails have them, in any order.
const LINES: &[&str] = &[
    "",
    " ",
    "　　",
    "2013-03-22_标题",
    "发表时间：2014-03-28　来源：海港网",
    "（海港社北京9月7日电）",
    "海港社北京11月3日电（记者 林海）会议举行。",
    "（2025年6月17日，望潮）",
    "二〇一三年十月七日",
    "——在首届海港峰会上的讲话",
    "习近平：共创未来（全文）",
    "外交部长王毅",
    "国务院总理",
    "李　强",
    "尊敬的主席先生，",
    "同志们：",
    "各位同事、朋友们！",
    "今天很高兴。谢谢大家。",
    "《 人民日报 》（ 2013年10月08日 02 版）",
    "※这是林海同志2020年6月2日讲话的一部分。",
    "原标题：未来",
    "時間：二〇二三年三月九日",
    "鷺嶼共和國總統 歐陽靜瀾",
    "记者：请问？",
    "王毅：好的。",
    "Statement by",
    "H.E. Mr. Jan Berg,",
    "President of Ruritania",
    "at the General Debate",
    "New York, 30 September 2024",
    "Check against delivery",
    "PERMANENT MISSION OF RURITANIA",
    "TO THE UNITED NATIONS",
    "Mr. President,",
    "Excellencies,",
    "Location: Geneva",
    "e Monsieur le Président,",
    "Discours de S.E. M. Jean Roux, Ministre",
    "de la République,",
    "Уважаемый г-н Председатель,",
    "Выступление Министра И.П.Петрова",
    "كلمة معالي السيد سالم",
    "السيد الرئيس،",
    "٢٦ سبتمبر ٢٠٢٤",
    "When we gathered here last year, nobody could have predicted that the world would change so much. It did.",
    "Question: When?",
    "The Minister: Soon.",
    "12",
    "Source: http://a.b/c",
    "\u{FEFF}e\u{301} 👩‍👧 ß",
];

proptest::proptest! {
    #[test]
    fn any_arrangement_of_lines_is_a_well_formed_speech(indices in proptest::collection::vec(0..LINES.len(), 1..40), ending in proptest::sample::select(vec!["\n", "\r\n", "\n\n"])) {
        let lines: Vec<&str> = indices.iter().map(|index| LINES[*index]).collect();
        let text = lines.join(ending);
        let options = IngestOptions { collection: Some("x".to_owned()), input_format: Some(InputFormat::Text), ..IngestOptions::default() };
        for item in read_stdin(&text, options) {
            if let Item::Speech(ingested) = item {
                let speech = &ingested.speech;
                proptest::prop_assert!(speech.is_well_formed());
                let covered: String = speech.paragraphs.iter().map(|paragraph| &speech.text[paragraph.span.range()]).collect();
                let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\u{FEFF}').collect::<String>();
                proptest::prop_assert_eq!(bare(&covered), bare(speech.body_text()));
            }
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}") {
        let collection = Some("x".to_owned());
        read_stdin(&text, IngestOptions { collection, input_format: Some(InputFormat::Text), ..IngestOptions::default() });
    }
}

#[test]
fn a_text_without_a_header_is_all_body() {
    for text in [
        "Statement on climate: we need cooperation.",
        "Message after message reached the harbour that night, and nobody answered. We did, and we were thanked.",
        "很好。",
        "合作共赢",
        "I should like, first, to thank Mr. Jan Berg of Ruritania.\nMr. President,\nwe meet again in New York.",
    ] {
        let collection = Some("x".to_owned());
        let items = read_stdin(
            text,
            IngestOptions {
                collection,
                ..IngestOptions::default()
            },
        );
        let speech = only_speech(&items);
        assert_eq!(speech.body_text(), text);
        assert_eq!(
            (
                speech.metadata.value(Field::Speaker),
                speech.metadata.value(Field::Place)
            ),
            (None, None),
            "{text}"
        );
    }
}
