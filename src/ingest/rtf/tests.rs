//! Rich text in small.

use super::*;

fn text(rtf: &str) -> String {
    read(rtf.as_bytes()).expect("it is rich text").text
}

#[test]
fn paragraphs_are_lines_and_destinations_no_text() {
    let rtf = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\colortbl;\red0\green0\blue0;}{\*\generator X;}{\info{\title On lamps}{\author clerk}}
The lamp \'e9tait lit.\par {\b It} burns\line all night.\par}";
    assert_eq!(text(rtf), "The lamp était lit.\nIt burns\nall night.");
    let draft = read(rtf.as_bytes()).expect("it is rich text");
    assert_eq!(draft.suggested.value(Field::Title), Some("On lamps"));
}

#[test]
fn characters_by_number_come_without_their_substitutes() {
    assert_eq!(
        text(r"{\rtf1\ansi\uc1 \u28207?\u21475?, \u-10179?\u-8704? \u233\'e9.}"),
        "港口, 😀 é."
    );
    assert_eq!(text(r"{\rtf1\uc0 \u28207\u21475.}"), "港口.");
    assert_eq!(text(r"{\rtf1\uc2 \u28207\'b8\'db\u21475\'bf\'da.}"), "港口.");
}

#[test]
fn bytes_are_read_in_the_code_page_of_their_font() {
    let rtf = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset134 C;}}\f1 \'cf\'ee\'f0\'f2\f0  - {\f2 \'b8\'db\'bf\'da}\par}";
    assert_eq!(text(rtf), "Порт - 港口");
}

#[test]
fn notes_stand_where_they_are_called_and_heads_apart() {
    let rtf = r"{\rtf1{\header Harbour\par}The lamp{\super\chftn}{\footnote \chftn  Lit in 1900.} burns.\par{\v secret}Rows {\trowd a\cell b\cell\row}}";
    let draft = read(rtf.as_bytes()).expect("it is rich text");
    assert!(
        draft.text.starts_with("The lamp⟦Lit in 1900.⟧ burns."),
        "{}",
        draft.text
    );
    let asides: Vec<&str> = draft.asides.iter().map(|aside| aside.text.as_str()).collect();
    assert_eq!(asides, ["Harbour", "secret"]);
}

#[test]
fn what_is_cut_off_is_refused_with_its_line() {
    let fault = read(b"{\\rtf1 The lamp\n\\par {\\b burns").unwrap_err();
    assert!(fault.contains("cut off") && fault.contains("line 2"), "{fault}");
    let deep = format!("{{\\rtf1 {}", "{".repeat(100_000));
    assert!(read(deep.as_bytes()).unwrap_err().contains("groups in one another"));
}
