//! Differences on small texts, and what holds for any two.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::corpus::{Metadata, Paragraph};

const PATIENCE: Duration = Duration::from_secs(60);

fn speech(paragraphs: &[&str]) -> Speech {
    let (mut text, mut marked) = (String::from("Header\n"), Vec::new());
    let body_start = text.len();
    for paragraph in paragraphs {
        let start = text.len();
        text.push_str(paragraph);
        marked.push(Paragraph::new(ByteSpan::new(start, text.len())));
        text.push_str("\n\n");
    }
    Speech {
        id: "a".into(),
        metadata: Metadata::default(),
        body: ByteSpan::new(body_start, text.len()),
        paragraphs: marked,
        matter: Vec::new(),
        quoted: Vec::new(),
        text,
    }
}

/// The changed pairs, such as `1>2 共同[-发展-]{+繁荣+}。`.
fn changes(from: &[&str], to: &[&str]) -> Vec<String> {
    let (from, to) = (speech(from), speech(to));
    let pairs = difference(&from, &to, PATIENCE);
    let number = |paragraph: Option<u32>| paragraph.map_or(String::new(), |number| number.to_string());
    let shown = |part: &Part| match part.kind {
        PartKind::Equal => to.text[part.span.range()].to_owned(),
        PartKind::Delete => format!("[-{}-]", &from.text[part.span.range()]),
        PartKind::Insert => format!("{{+{}+}}", &to.text[part.span.range()]),
    };
    let changed = pairs.iter().filter(|pair| pair.is_changed());
    changed
        .map(|pair| {
            let parts: String = pair.parts.iter().map(shown).collect();
            format!("{}>{} {parts}", number(pair.from), number(pair.to))
        })
        .collect()
}

#[test]
fn han_is_compared_by_characters_and_other_text_by_words() {
    let han = changes(&["实现共同发展，建设美好世界。"], &["实现共同繁荣，建设美好世界。"]);
    assert_eq!(han, ["1>1 实现共同[-发展-]{+繁荣+}，建设美好世界。"]);
    let latin = changes(
        &["We signed the treaty in 2014."],
        &["We signed the agreement in 2015."],
    );
    assert_eq!(
        latin,
        ["1>1 We signed the [-treaty -]{+agreement +}in [-2014-]{+2015+}."]
    );
}

#[test]
fn white_space_is_no_difference_and_neither_are_line_and_paragraph_breaks() {
    let from = ["各位同事：", "我们要\n加强合作。", "Thank  you\nall."];
    let none: [String; 0] = [];
    assert_eq!(changes(&from, &["各位同事：我们要加强合作。 Thank you all."]), none);
    assert_eq!(
        changes(&from, &["各位　同事：", "我们要加强", "合作。Thank you", "all."]),
        none
    );
    assert_eq!(changes(&[], &[]), none);
}

#[test]
fn what_is_printed_counts_though_it_folds_alike() {
    assert_eq!(
        changes(&["共饮一海水（掌声）"], &["共飲一海水"]),
        ["1>1 共[-饮-]{+飲+}一海水[-（掌声）-]"]
    );
}

#[test]
fn paragraphs_come_and_go_as_a_whole() {
    let from = ["新华社电。", "各位同事：大家好。", "谢谢大家。"];
    let to = ["各位同事：大家好。", "合作要有诚意。", "谢谢大家。"];
    assert_eq!(changes(&from, &to), ["1> [-新华社电。-]", ">2 {+合作要有诚意。+}"]);
    assert_eq!(changes(&["旧文。"], &["New text"]), ["1>1 [-旧文。-]{+New text+}"]);
}

#[test]
fn scraps_between_rewritten_sentences_are_not_kept() {
    let changed = changes(
        &["今天的会议开得很成功，达到了预期目的。"],
        &["这是我第三次来到这座美丽的城市。"],
    );
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].matches("[-").count(), 1, "{changed:?}");
}

#[test]
fn what_there_is_no_time_to_compare_is_a_difference_as_a_whole() {
    let mut random = fastrand::Rng::with_seed(7);
    let mut text = || {
        (0..3_000)
            .map(|_| random.char('\u{4E00}'..'\u{4E80}'))
            .collect::<String>()
    };
    let (from, to) = (speech(&[&text()]), speech(&[&text()]));
    let parts = |patience: Duration| {
        let pairs = difference(&from, &to, patience);
        pairs.iter().map(|pair| pair.parts.len()).sum::<usize>()
    };
    assert!(parts(Duration::ZERO) < parts(PATIENCE) / 2);
}

/// A text of clusters, words, marks and spaces that differ by a little.
fn paragraph() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "合",
        "作",
        "。",
        "一",
        "peace ",
        "peace",
        " and ",
        "e\u{301}",
        "👩‍👩‍👧",
        "ก\u{E33}",
        "3.5",
        "\n",
        "\u{3000}",
        "\u{600}",
        "かな",
        "",
        "! ",
    ]);
    prop::collection::vec(pieces, 1..12).prop_map(|pieces| format!("、{}x", pieces.concat()))
}

fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(paragraph(), 0..5)
}

fn of(paragraphs: &[String]) -> Speech {
    speech(&paragraphs.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The paragraphs that parts make up, by their numbers.
fn made_of<'a>(
    pairs: &'a [ParagraphPair],
    paragraph: impl Fn(&ParagraphPair) -> Option<u32>,
    text: impl Fn(&Part) -> &'a str,
) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    for pair in pairs {
        let Some(number) = paragraph(pair) else { continue };
        made.resize(made.len().max(number as usize), String::new());
        made[number as usize - 1].extend(pair.parts.iter().map(&text));
    }
    made
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

proptest! {
    #[test]
    fn applied_to_the_first_text_a_difference_gives_the_second(from in paragraphs(), to in paragraphs()) {
        let (first, second) = (of(&from), of(&to));
        let pairs = difference(&first, &second, PATIENCE);
        let new = made_of(&pairs, |pair| pair.to, |part| match part.kind {
            PartKind::Delete => "",
            PartKind::Equal | PartKind::Insert => &second.text[part.span.range()],
        });
        prop_assert_eq!(new, to);
        let old = made_of(&pairs, |pair| pair.from, |part| match part.kind {
            PartKind::Delete => &first.text[part.span.range()],
            PartKind::Insert => "",
            PartKind::Equal => &second.text[part.span.range()],
        });
        let squeezed = |texts: &[String]| texts.iter().map(|text| without_space(text)).collect::<Vec<_>>();
        prop_assert_eq!(squeezed(&old), squeezed(&from));
    }

    #[test]
    fn equal_texts_do_not_differ(text in paragraphs()) {
        let pairs = difference(&of(&text), &of(&text), PATIENCE);
        prop_assert!(!pairs.iter().any(ParagraphPair::is_changed));
    }

    #[test]
    fn no_grapheme_cluster_is_cut(from in paragraphs(), to in paragraphs()) {
        let (first, second) = (of(&from), of(&to));
        for pair in difference(&first, &second, PATIENCE) {
            for part in &pair.parts {
                let text = if part.kind == PartKind::Delete { &first.text } else { &second.text };
                let starts: Vec<usize> = text.grapheme_indices(true).map(|(start, _)| start).collect();
                prop_assert!(starts.contains(&part.span.start));
                prop_assert!(part.span.end == text.len() || starts.contains(&part.span.end));
            }
        }
    }
}
