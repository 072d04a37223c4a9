//! The styles, each on the same few speeches, and what must hold of every reference.

use proptest::prelude::*;

use super::{CitationStyle, Cited, citation};
use crate::corpus::{Field, Metadata};

/// A keynote in Chinese, published at an address the day after.
const KEYNOTE: &[(Field, &str)] = &[
    (Field::Title, "同饮一海 共开新局"),
    (Field::Subtitle, "在首届澜海峰会上的主旨发言"),
    (Field::Speaker, "沈怀川"),
    (Field::Date, "2013-10-17"),
    (Field::Published, "2013-10-18"),
    (Field::Place, "望潮"),
    (Field::Event, "首届澜海峰会"),
    (Field::Genre, "keynote"),
    (Field::Agency, "澜海社"),
    (Field::Language, "zh"),
    (Field::Url, "https://news.example/a_1?x=1&y=100%25#top"),
];

/// A toast in English, of which the month is known.
const TOAST: &[(Field, &str)] = &[
    (Field::Title, "Why not now?"),
    (Field::Subtitle, "Toast at dinner"),
    (Field::Speaker, "Lucien Daubresse Jr."),
    (Field::Date, "2016-11"),
    (Field::Place, "Port-Sérène"),
    (Field::Genre, "toast"),
    (Field::Language, "en"),
];

fn metadata(fields: &[(Field, &str)]) -> Metadata {
    let mut metadata = Metadata::default();
    for (field, value) in fields {
        metadata.set(*field, value).unwrap();
    }
    metadata
}

fn cited(fields: &[(Field, &str)], passage: Option<&str>, style: CitationStyle) -> String {
    let metadata = metadata(fields);
    let cited = Cited {
        id: "summits/2013-wangchao",
        metadata: &metadata,
        passage,
        accessed: Some("2026-11-23".parse().unwrap()),
    };
    citation(&cited, style)
}

#[test]
fn gbt7714_tells_what_is_on_line_from_what_is_not() {
    let check = |fields, passage, expected: &str| assert_eq!(cited(fields, passage, CitationStyle::GbT7714), expected);
    check(
        KEYNOTE,
        None,
        "沈怀川. 同饮一海 共开新局: 在首届澜海峰会上的主旨发言[EB/OL]. (2013-10-18)[2026-11-23]. \
         https://news.example/a_1?x=1&y=100%25#top.",
    );
    check(
        KEYNOTE,
        Some("9"),
        "沈怀川. 同饮一海 共开新局: 在首届澜海峰会上的主旨发言[EB/OL]. 第9段(2013-10-18)[2026-11-23]. \
         https://news.example/a_1?x=1&y=100%25#top.",
    );
    check(
        &KEYNOTE[..10],
        Some("9.2"),
        "沈怀川. 同饮一海 共开新局: 在首届澜海峰会上的主旨发言[Z]. 望潮: 澜海社, 2013-10-17: 第9.2段.",
    );
    check(
        TOAST,
        Some("3"),
        "Lucien Daubresse Jr. Why not now? Toast at dinner[Z]. Port-Sérène, 2016-11: para. 3.",
    );
    let report = [(Field::Title, "年度报告"), (Field::Genre, "report")];
    check(&report, None, "年度报告[R].");
    let address = (Field::Url, "https://news.example/r");
    check(
        &[report[0], report[1], address],
        None,
        "年度报告[R/OL]. [2026-11-23]. https://news.example/r.",
    );
}

#[test]
fn apa_writes_the_date_out_and_names_the_kind() {
    let check = |fields, passage, expected: &str| assert_eq!(cited(fields, passage, CitationStyle::Apa), expected);
    check(
        KEYNOTE,
        None,
        "沈怀川. (2013, October 17). *同饮一海 共开新局: 在首届澜海峰会上的主旨发言* [Keynote address]. \
         首届澜海峰会, 望潮. https://news.example/a_1?x=1&y=100%25#top",
    );
    check(
        TOAST,
        Some("3"),
        "Lucien Daubresse Jr. (2016, November). *Why not now? Toast at dinner* (para. 3) [Toast]. Port-Sérène.",
    );
    check(
        &[
            (Field::Organization, "Lan Sea Secretariat"),
            (Field::Title, "A * in it"),
        ],
        None,
        "Lan Sea Secretariat. (n.d.). *A \\* in it* [Speech].",
    );
    check(
        &[(Field::Title, "Communiqué"), (Field::Date, "2013")],
        None,
        "*Communiqué* [Speech]. (2013).",
    );
    check(&[], None, "*summits/2013-wangchao* [Speech]. (n.d.).");
}

#[test]
fn bibtex_names_what_tex_would_act_on() {
    let check = |fields, passage, expected: &str| assert_eq!(cited(fields, passage, CitationStyle::Bibtex), expected);
    check(
        KEYNOTE,
        Some("9"),
        "@misc{summits:2013-wangchao+p9,
  author = {{沈怀川}},
  title = {{同饮一海 共开新局: 在首届澜海峰会上的主旨发言}},
  year = {2013},
  month = oct,
  day = {17},
  howpublished = {Keynote address, 首届澜海峰会},
  eventtitle = {首届澜海峰会},
  address = {望潮},
  url = {https://news.example/a_1?x=1&y=100%25#top},
  urldate = {2026-11-23},
  language = {zh},
  note = {paragraph 9}
}",
    );
    check(
        &[
            (Field::Title, "50% {of} A&B_C #1 ~ ^ $ \\ it"),
            (Field::Url, "https://x.example/{a}\\b"),
        ],
        None,
        "@misc{summits:2013-wangchao,
  title = {{50\\% \\textbraceleft{}of\\textbraceright{} A\\&B\\_C \\#1 \\textasciitilde{} \\textasciicircum{} \\$ \\textbackslash{} it}},
  howpublished = {Speech},
  url = {https://x.example/%7Ba%7D%5Cb},
  urldate = {2026-11-23}
}",
    );
}

/// The key of the entry of a speech.
fn key(id: &str) -> String {
    let metadata = Metadata::default();
    let cited = Cited {
        id,
        metadata: &metadata,
        passage: None,
        accessed: None,
    };
    let entry = citation(&cited, CitationStyle::Bibtex);
    let (first, _) = entry.split_once(",\n").unwrap();
    first.strip_prefix("@misc{").unwrap().to_owned()
}

#[test]
fn keys_differ_where_ids_do_even_for_programs_that_fold_case() {
    assert_eq!(key("summits/2013-wangchao"), "summits:2013-wangchao");
    let ids = ["a", "A", "a b", "ab", "a:b", "a/b", "讲话", "演讲", "a+p9", "%", "a,b"];
    let keys: std::collections::BTreeSet<String> = ids.iter().map(|id| key(id).to_ascii_lowercase()).collect();
    assert_eq!(keys.len(), ids.len(), "{keys:?}");
}

#[test]
fn control_characters_and_marks_of_direction_stay_out() {
    let fields = [(Field::Title, "one\u{7}\n\u{202E}two\u{3000} three")];
    assert_eq!(cited(&fields, None, CitationStyle::GbT7714), "one two three[Z].");
}

/// How deep braces nest at the end, counted as BibTeX counts; none where one closes that was never opened.
fn depth(entry: &str) -> Option<usize> {
    entry.chars().try_fold(0_usize, |depth, character| match character {
        '{' => Some(depth + 1),
        '}' => depth.checked_sub(1),
        _ => Some(depth),
    })
}

proptest! {
    #[test]
    fn any_text_gives_a_whole_entry_and_single_lines(
        id in "\\PC{1,20}",
        values in proptest::collection::vec((0..Field::ALL.len(), "(?s).{0,30}"), 0..8),
        passage in proptest::option::of("[1-9]{1,3}(\\.[1-9])?"),
    ) {
        let mut metadata = Metadata::default();
        for (index, value) in &values {
            // A value that is no date is not taken by a field for dates.
            let _ = metadata.set(Field::ALL[*index], value);
        }
        let cited = Cited { id: &id, metadata: &metadata, passage: passage.as_deref(), accessed: None };
        let entry = citation(&cited, CitationStyle::Bibtex);
        prop_assert_eq!(depth(&entry), Some(0), "{}", entry);
        let key = key(&id);
        prop_assert!(key.chars().all(|character| character.is_ascii_alphanumeric() || "-._:".contains(character)), "{}", key);
        for style in [CitationStyle::GbT7714, CitationStyle::Apa] {
            let reference = citation(&cited, style);
            prop_assert!(!reference.contains(char::is_control) && !reference.contains("  "), "{:?}", reference);
        }
    }
}
