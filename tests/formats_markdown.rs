//! Markdown: front matter becomes fields, marks are taken off, headings are known.

use chancery::corpus::Field;
use chancery::ingest::draft::{Draft, Layout};
use chancery::ingest::mapping::Mapping;
use chancery::ingest::markdown::read;
use proptest::prelude::*;

fn draft(source: &str) -> Draft {
    read(source, &Mapping::default()).expect("the document is well formed")
}

fn headings(draft: &Draft) -> Vec<&str> {
    match &draft.layout {
        Layout::Blocks { headings, .. } => headings.iter().map(|span| &draft.text[span.range()]).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn front_matter_becomes_fields() {
    let found = draft(
        "---\ntitle: \"Harbors: open\"\nauthor: Maud Pelleray\ndate: 2021-03-04\nlanguage: en\ntags: [sea, trade]\nsession: 7\n---\n\n# Harbors\n\nWe meet.\n",
    );
    assert_eq!(found.stated.value(Field::Title), Some("Harbors: open"));
    assert_eq!(found.stated.value(Field::Speaker), Some("Maud Pelleray"));
    assert_eq!(found.stated.value(Field::Date), Some("2021-03-04"));
    assert_eq!(found.stated.meta_values("tags"), ["sea", "trade"]);
    assert_eq!(found.stated.meta_values("session"), ["7"]);
    assert_eq!(found.text, "Harbors\nWe meet.\n");
    assert_eq!(
        draft("---\nyear: 2021\n---\n*Text.*").stated.value(Field::Date),
        Some("2021")
    );
}

#[test]
fn a_broken_front_matter_is_told_with_its_line() {
    for (source, line) in [
        ("---\ntitle: ok\ndate: [1, 2\n---\nText.", "line "),
        ("---\ntitle: ok\nText without an end.", "line 1"),
        ("---\nspeaker: [A, B]\n---\nText.", "`speaker`"),
        ("+++\ntitle = \"x\"\n+++\nText.", "line 1"),
    ] {
        let reason = read(source, &Mapping::default()).unwrap_err();
        assert!(reason.contains(line), "{reason}");
        assert!(!reason.contains('\n'), "{reason}");
    }
}

#[test]
fn marks_are_taken_off_and_words_stay_whole() {
    let found = draft(
        "# The sea\n\nA *har*bor is **open**, see [the chart](https://example.org) and `code`.<!-- no --> A note[^1].\n\n## Trade\n\n- one\n- two\n  wrapped\n\n3. third\n4. fourth\n\n| a | b |\n|---|---|\n| c | d |\n\n> quoted\n\n[^1]: The *note*.\n",
    );
    assert_eq!(
        found.text.lines().collect::<Vec<_>>(),
        [
            "The sea",
            "A harbor is open, see the chart and code. A note⟦The note.⟧.",
            "Trade",
            "one",
            "two",
            "wrapped",
            "3. third",
            "4. fourth",
            "a\tb",
            "c\td",
            "quoted",
        ]
    );
    assert_eq!(headings(&found), ["The sea", "Trade"]);
    assert_eq!(found.stated.value(Field::Title), Some("The sea"));
}

#[test]
fn wrapped_lines_are_joined_and_lines_of_a_header_are_not() {
    let found = draft(
        "# 共建海港\n\n（2021年3月4日，西港）\n海港联邦总理 林海\n\nThe harbor has been a meeting place of sailors for\na thousand years, and it will be one again *soon*.\n",
    );
    assert_eq!(
        found.text.lines().collect::<Vec<_>>(),
        [
            "共建海港",
            "（2021年3月4日，西港）",
            "海港联邦总理 林海",
            "The harbor has been a meeting place of sailors for a thousand years, and it will be one again soon.",
        ]
    );
}

#[test]
fn a_text_without_marks_is_read_as_plain_text() {
    let text = "Statement\n\nMr. President,\nwe meet\nagain.\n";
    let found = draft(text);
    assert_eq!((found.text.as_str(), found.layout), (text, Layout::Lines));
    assert!(found.stated.fields().next().is_none());
}

#[test]
fn several_headings_of_the_first_rank_are_no_title() {
    assert_eq!(
        draft("# One\n\nText.\n\n# Two\n\nText.").stated.value(Field::Title),
        None
    );
    assert_eq!(draft("Text.\n\n# Two\n\nText.").stated.value(Field::Title), None);
}

proptest! {
    #[test]
    fn no_document_makes_it_panic_and_headings_are_lines_of_the_text(source in "(---\n)?[a-z甲乙#*_`|\\[\\]()!<>:^~ \n-]{0,200}") {
        if let Ok(draft) = read(&source, &Mapping::default())
            && let Layout::Blocks { headings, .. } = &draft.layout
        {
            for span in headings {
                prop_assert!(draft.text.lines().any(|line| line == &draft.text[span.range()]));
            }
        }
    }

    #[test]
    fn letters_are_never_lost(source in "[a-z甲乙#*_>. \n-]{1,200}") {
        if let Ok(draft) = read(&source, &Mapping::default()) {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&draft.text), letters(&source));
        }
    }
}
