//! PDF files: their words against a reference extraction, and pages made here for what a layout must survive.

use std::collections::HashMap;
use std::fs;

use chancery::ingest::paragraphs;
use chancery::ingest::pdf;
use chancery::text::ByteSpan;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::support::shared::shared_data;

/// A word of a page: its left edge and baseline in points from the lower left, its size and its text.
type Word<'a> = (f64, f64, f64, &'a str);

/// Writes a PDF of Courier, whose letters are 0.6 of the size wide.
fn document(pages: &[Vec<Word<'_>>]) -> Vec<u8> {
    let count = pages.len();
    let kids: String = (0..count).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {count}/Kids[{kids}]>>"),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for (page, words) in pages.iter().enumerate() {
        let drawing: String = words
            .iter()
            .map(|(x, y, size, text)| format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"))
            .collect();
        let content = 5 + 2 * page;
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents {content} 0 R>>"
        ));
        objects.push(format!("<</Length {}>>stream\n{drawing}endstream", drawing.len()));
    }
    with_table(&objects)
}

/// Puts objects into a file with its cross-reference table.
fn with_table(objects: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let table = file.len();
    let size = objects.len() + 1;
    file.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n"));
    for offset in offsets {
        file.push_str(&format!("{offset:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF"
    ));
    file.into_bytes()
}

/// Lines of a column from the top down, 14 points apart.
fn column<'a>(left: f64, top: f64, lines: &[&'a str]) -> Vec<Word<'a>> {
    let place = |(index, line): (usize, &&'a str)| (left, top - 14.0 * index as f64, 10.0, *line);
    lines.iter().enumerate().map(place).collect()
}

fn text_of(pages: &[Vec<Word<'_>>]) -> String {
    pdf::read(&document(pages)).expect("the page has text").text
}

const LEFT: &[&str] = &[
    "We have come together at a time",
    "of trial for all the peoples of",
    "the world, and we must not fail",
    "them, for they look to us here.",
    "Nobody shall be left behind, as",
    "the Charter says in its opening",
];
const RIGHT: &[&str] = &[
    "words, which we all have signed",
    "and which bind us to this day.",
    "Our first duty is to peace, and",
    "our second is to the coming age",
    "of mankind, which will judge us",
    "by what we have done and left.",
];

const LAST: &[&str] = &[
    "Let us then do what is right at",
    "last, and do it now. I thank the",
    "President of this Assembly.",
];

#[test]
fn columns_are_read_one_after_the_other_under_their_heading() {
    let mut page = vec![(
        60.0,
        760.0,
        10.0,
        "A heading that runs over both of the columns of this page",
    )];
    for (left, right) in column(50.0, 700.0, LEFT).into_iter().zip(column(320.0, 700.0, RIGHT)) {
        page.extend([left, right]);
    }
    let expected = format!("{}\n{}\n", LEFT.join("\n"), RIGHT.join("\n"));
    let text = text_of(&[page]);
    assert_eq!(
        text,
        format!("A heading that runs over both of the columns of this page\n\n{expected}")
    );
}

#[test]
fn page_numbers_and_repeated_heads_go_and_a_sentence_runs_over_the_page() {
    let numbers = ["- 1 -", "- 2 -", "- 3 -"];
    let pages: Vec<Vec<Word<'_>>> = [LEFT, RIGHT, LAST]
        .into_iter()
        .zip(numbers)
        .map(|(lines, number)| {
            let mut page = vec![(200.0, 770.0, 8.0, "Check against delivery")];
            page.extend(column(50.0, 700.0, lines));
            page.push((290.0, 30.0, 8.0, number));
            page
        })
        .collect();
    let text = text_of(&pages);
    assert!(!text.contains("- 1 -") && !text.contains("- 2 -"), "{text}");
    assert_eq!(
        text.matches("Check against delivery").count(),
        1,
        "a letterhead stays once: {text}"
    );
    assert!(text.contains("says in its opening\nwords, which we all"), "{text}");
}

#[test]
fn a_year_at_the_edge_of_a_page_is_no_page_number() {
    let mut page = column(50.0, 700.0, LEFT);
    page.push((290.0, 400.0, 10.0, "2024"));
    assert!(text_of(&[page]).contains("2024"));
}

#[test]
fn a_word_broken_at_a_line_end_keeps_its_lines_and_its_paragraph() {
    let lines = &[
        "The Council has been asked to keep the peace and the secu-",
        "rity of every nation that is a member of this organization.",
    ];
    let text = text_of(&[column(50.0, 700.0, lines)]);
    assert_eq!(text, format!("{}\n", lines.join("\n")));
    assert_eq!(paragraphs::rebuild(&text, ByteSpan::new(0, text.len())).len(), 1);
}

#[test]
fn space_and_indents_show_where_paragraphs_end() {
    let mut spaced = column(50.0, 700.0, LEFT);
    spaced.extend(column(50.0, 700.0 - 14.0 * 6.0 - 10.0, RIGHT));
    let mut indented = column(50.0, 700.0, RIGHT);
    indented.push((70.0, 700.0 - 14.0 * 6.0, 10.0, "We thank the Assembly for it."));
    assert!(text_of(&[spaced]).contains("in its opening\n\nwords, which"));
    assert!(text_of(&[indented]).contains("done and left.\n\nWe thank the"));
}

#[test]
fn words_are_whole_whether_blanks_are_drawn_or_not() {
    let words: Vec<Word<'_>> = vec![
        (50.0, 700.0, 10.0, "Peace"),
        (86.0, 700.0, 10.0, "and"),
        (110.0, 700.0, 10.0, "secu"),
        (134.0, 700.0, 10.0, "rity now"),
    ];
    assert_eq!(text_of(&[words]), "Peace and security now\n");
}

#[test]
fn what_is_no_text_says_why() {
    let empty = pdf::read(&document(&[vec![]])).expect_err("nothing is drawn");
    assert_eq!(empty, "has no text on its 1 page");
    let damaged = pdf::read(b"%PDF-1.4 and nothing more").expect_err("no objects");
    assert!(damaged.starts_with("is a damaged PDF"), "{damaged}");
    assert!(pdf::read(b"").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_read_or_refused(cut in 0usize..2_000, flips in prop::collection::vec((0usize..2_000, any::<u8>()), 0..12)) {
        let mut file = document(&[column(50.0, 700.0, LEFT), column(50.0, 700.0, RIGHT)]);
        let length = file.len();
        for (place, byte) in flips {
            file[place % length] = byte;
        }
        file.truncate(length - cut % length);
        if let Err(reason) = pdf::read(&file) {
            prop_assert!(!reason.is_empty());
        }
    }
}

#[test]
fn damaged_real_files_are_read_or_refused() {
    for (name, bytes) in shared_files() {
        for part in 1..6 {
            let mut damaged = bytes.clone();
            for place in (part * 97..bytes.len()).step_by(3_001) {
                damaged[place] ^= 0x55;
            }
            damaged.truncate(bytes.len() * (part + 1) / 6);
            assert!(
                pdf::read(&damaged).err().is_none_or(|reason| !reason.is_empty()),
                "{name}"
            );
        }
    }
}

/// The shared PDF files by name.
fn shared_files() -> Vec<(String, Vec<u8>)> {
    let Some(data) = shared_data() else {
        return Vec::new();
    };
    let folder = fs::read_dir(data.join("formats/pdf")).expect("the folder is shared");
    let mut files: Vec<(String, Vec<u8>)> = folder
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a file has a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read(&path).expect("the file can be read"))
        })
        .collect();
    files.sort();
    files
}

/// How often each word stands in a text; an apostrophe is one whatever its shape.
fn words(text: &str) -> HashMap<String, usize> {
    let normal: String = text.nfkc().collect::<String>().replace('’', "'");
    let mut counts = HashMap::new();
    for word in normal.unicode_words() {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts
}

/// The harmonic mean of precision and recall over words.
fn agreement(text: &str, reference: &str) -> f64 {
    let (ours, theirs) = (words(text), words(reference));
    let shared: usize = ours
        .iter()
        .map(|(word, count)| *count.min(theirs.get(word).unwrap_or(&0)))
        .sum();
    2.0 * shared as f64 / (ours.values().sum::<usize>() + theirs.values().sum::<usize>()) as f64
}

/// The least agreement with the reference. References are OCR: those of `br_pt` and `it_it` were made for English and
/// write `Ant6nio`, `delegagao`, `piu`; that of `lb_ar` holds no Arabic letter, so it is only printed.
fn least(name: &str) -> f64 {
    match name {
        "br_pt" => 0.82,
        "it_it" => 0.94,
        "lb_ar" => 0.0,
        _ => 0.97,
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "the figures are what the test is for")]
fn words_agree_with_the_reference_extraction() {
    for (name, bytes) in shared_files() {
        let read = pdf::read(&bytes);
        match name.as_str() {
            "bb_en-scanned" => assert_eq!(
                read.expect_err("a scan has no text"),
                "has no text layer: its 18 pages are images; run OCR (for example ocrmypdf) and ingest the result"
            ),
            "ru_ru" => assert!(
                read.expect_err("its letters are pictures")
                    .contains("shapes that stand for no letters")
            ),
            _ => {
                let path = shared_data()
                    .expect("the files were found")
                    .join(format!("formats/pdf/{name}.txt"));
                let reference = fs::read_to_string(path).expect("a reference stands beside it");
                let agreement = agreement(&read.expect("it has a text layer").text, &reference);
                println!("{name}: {agreement:.4}");
                assert!(agreement >= least(&name), "{name}: {agreement:.4}");
            }
        }
    }
}

#[test]
fn arabic_is_plain_letters_in_the_order_of_reading() {
    let Some((_, bytes)) = shared_files().into_iter().find(|(name, _)| name == "lb_ar") else {
        return;
    };
    let text = pdf::read(&bytes).expect("it has a text layer").text;
    assert!(
        text.starts_with("كلمة وزير الخارجية والمغتربين د. عبد الله بو حبيب\n"),
        "{}",
        &text[..200]
    );
    assert!(text.contains("26 أيلول 2024"));
    assert!(
        !text
            .chars()
            .any(|character| matches!(character, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'))
    );
}
