//! Word documents: paragraphs, headings, tables and notes; what was deleted, hidden or only commented is no text.

use std::fs;
use std::io::{self, Cursor, Write};

use chancery::corpus::Field;
use chancery::ingest::docx;
use chancery::ingest::draft::{Draft, Layout};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::shared::shared_data;

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="urn:mc" xmlns:wps="urn:wps" xmlns:m="urn:m""#;

/// The parts of a document whose body is given.
fn parts(body: &str) -> Vec<(&'static str, String)> {
    let part = |root: &str, inner: &str| {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:{root} {NAMESPACES}>{inner}</w:{root}>")
    };
    let relationship = |kind: &str, target: &str| {
        format!("<Relationship Id=\"{target}\" Type=\"http://schemas/{kind}\" Target=\"{target}\"/>")
    };
    let relationships = |inner: String| format!("<Relationships xmlns=\"urn:r\">{inner}</Relationships>");
    let styles = r#"<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="a"><w:name w:val="标题 2"/></w:style>
        <w:style w:type="paragraph" w:styleId="b"><w:name w:val="Section"/><w:basedOn w:val="1"/></w:style>
        <w:style w:type="paragraph" w:styleId="c"><w:name w:val="Lined"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="n"><w:name w:val="Normal"/><w:basedOn w:val="n"/></w:style>"#;
    let level = |index: usize, format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let numbering = format!(
        r#"<w:abstractNum w:abstractNumId="0">{}{}</w:abstractNum><w:abstractNum w:abstractNumId="1">{}</w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"#,
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%1.%2"),
        level(0, "bullet", "●"),
    );
    let note = |kind: &str, id: &str, text: &str| {
        format!(
            r#"<w:{kind} w:id="{id}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:{kind}>"#
        )
    };
    let separator = r#"<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>"#;
    vec![
        ("_rels/.rels", relationships(relationship("officeDocument", "word/document.xml") + &relationship("metadata/core-properties", "docProps/core.xml"))),
        (
            "word/_rels/document.xml.rels",
            relationships(["styles", "numbering", "footnotes", "endnotes"].map(|kind| relationship(kind, &format!("{kind}.xml"))).concat()),
        ),
        ("word/document.xml", part("document", &format!("<w:body>{body}</w:body>"))),
        ("word/styles.xml", part("styles", styles)),
        ("word/numbering.xml", part("numbering", &numbering)),
        ("word/footnotes.xml", part("footnotes", &format!("{separator}{}", note("footnote", "2", "See page 3.")))),
        ("word/endnotes.xml", part("endnotes", &note("endnote", "2", "At the end."))),
        (
            "docProps/core.xml",
            "<cp:coreProperties xmlns:cp=\"urn:c\" xmlns:dc=\"urn:d\"><dc:title>Remarks</dc:title><dc:creator>A clerk</dc:creator><dc:language>en-US</dc:language></cp:coreProperties>".to_owned(),
        ),
    ]
}

fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("a part begins");
        archive.write_all(text.as_bytes()).expect("a part is written");
    }
    archive.finish().expect("the archive ends").into_inner()
}

fn read(body: &str) -> Draft {
    docx::read(&archive(&parts(body))).expect("the document is read")
}

/// Checks the lines of a document; a heading has `#` before it.
#[track_caller]
fn check(body: &str, expected: &[&str]) {
    assert_eq!(lines(&read(body)), expected);
}

fn lines(draft: &Draft) -> Vec<String> {
    let Layout::Blocks { headings, .. } = &draft.layout else {
        panic!("a document is made of blocks");
    };
    let starts: Vec<usize> = headings.iter().map(|span| span.start).collect();
    for span in headings {
        assert!(!draft.text[span.range()].contains('\n'), "a heading is one line");
    }
    let mut byte = 0;
    let mut found = Vec::new();
    let mut marked = 0;
    for line in draft.text.split('\n') {
        let is_heading = starts.contains(&byte);
        marked += usize::from(is_heading);
        found.push(format!("{}{line}", if is_heading { "#" } else { "" }));
        byte += line.len() + 1;
    }
    assert_eq!(marked, headings.len(), "every heading is a line");
    found
}

/// A paragraph with properties.
fn paragraph(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

#[test]
fn headings_are_told_by_styles_in_any_language_and_by_outline_levels() {
    let style = |id: &str, text: &str| paragraph(&format!("<w:pStyle w:val=\"{id}\"/>"), &run(text));
    let body = [
        style("T", "Remarks<w:br/>"),
        style("1", "One"),
        style("a", "Two"),
        style("b", "Three"),
        style("c", "Four"),
        style("n", "Text"),
        style("missing", "Text too"),
        paragraph("<w:outlineLvl w:val=\"0\"/>", &run("Five")),
        paragraph("<w:pStyle w:val=\"c\"/><w:outlineLvl w:val=\"9\"/>", &run("Not six")),
        style("1", &"A paragraph in the wrong style. ".repeat(20)),
        style("TOC1", "One 3"),
    ]
    .concat()
    .replace("Remarks<w:br/></w:t>", "Remarks</w:t><w:br/><w:t>at sea</w:t>");
    let long = "A paragraph in the wrong style. ".repeat(20);
    check(
        &body,
        &[
            "#Remarks at sea",
            "#One",
            "#Two",
            "#Three",
            "#Four",
            "Text",
            "Text too",
            "#Five",
            "Not six",
            long.trim(),
        ],
    );
    let draft = read(&body);
    assert_eq!(draft.suggested.value(Field::Title), Some("Remarks at sea"));
    assert_eq!(draft.suggested.value(Field::Language), Some("en-US"));
    assert_eq!(draft.suggested.value(Field::Speaker), None);
    assert_eq!(draft.stated, chancery::corpus::Metadata::default());
    assert_eq!(read(&run_paragraph("x")).suggested.value(Field::Title), Some("Remarks"));
}

fn run_paragraph(text: &str) -> String {
    paragraph("", &run(text))
}

#[test]
fn notes_stand_in_their_place_and_behind_headings() {
    let foot = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let end = "<w:r><w:endnoteReference w:id=\"2\"/></w:r>";
    let none = "<w:r><w:footnoteReference w:id=\"7\"/></w:r>";
    let body = paragraph("<w:pStyle w:val=\"1\"/>", &(run("Peace") + foot))
        + &paragraph(
            "",
            &(run("We agree") + foot + &run(", all of us") + end + none + &run(".")),
        );
    check(
        &body,
        &[
            "#Peace",
            "⟦See page 3.⟧",
            "We agree⟦See page 3.⟧, all of us⟦At the end.⟧.",
        ],
    );
}

#[test]
fn changes_comments_fields_and_hidden_text() {
    let body = paragraph(
        "",
        &(run("Kept ")
            + "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>"
            + "<w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom><w:commentRangeStart w:id=\"0\"/>"
            + "<w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
            + "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>, shown</w:t></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
            + &run(" 12")
            + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
            + "<w:hyperlink>"
            + &run(" linked")
            + "</w:hyperlink>"
            + "<w:r><w:noBreakHyphen/><w:t>text</w:t><w:softHyphen/><w:tab/><w:t>tab</w:t><w:br/><w:t>line</w:t></w:r>"),
    ) + &paragraph("<w:rPr><w:del w:id=\"1\"/></w:rPr>", &run("One "))
        + &run_paragraph("paragraph.")
        + "<w:del>"
        + &run_paragraph("gone")
        + "</w:del>"
        + &paragraph(
            "",
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>X</w:instrText></w:r>",
        )
        + &run_paragraph("After a broken field.");
    check(
        &body,
        &[
            "Kept inserted, shown 12 linked-text\ttab",
            "line",
            "One paragraph.",
            "After a broken field.",
        ],
    );
}

#[test]
fn a_row_of_a_table_is_a_line_and_a_table_for_layout_is_none() {
    let cell = |inner: &str| format!("<w:tc><w:tcPr/>{inner}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = |rows: &str| format!("<w:tbl><w:tblPr/>{rows}</w:tbl>");
    let two = cell(&(run_paragraph("Ships") + &run_paragraph("and boats")));
    let inner = table(&row(&[cell(&run_paragraph("in")), cell(&run_paragraph("out"))]));
    let long = "A long text in a column. ".repeat(20);
    let body = table(
        &(row(&[cell(&run_paragraph("Port")), cell("<w:p/>"), two])
            + &row(&[cell(&run_paragraph("a")), cell(&inner)])
            + "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>deleted</w:t></w:r></w:p></w:tc></w:tr>"),
    ) + &table(&row(&[cell(&(run_paragraph("First.") + &run_paragraph("Second.")))]))
        + &table(&row(&[cell(&run_paragraph(&long)), cell(&run_paragraph("译文"))]));
    check(
        &body,
        &[
            "Port | Ships and boats",
            "a | in | out",
            "First.",
            "Second.",
            long.trim(),
            "译文",
        ],
    );
}

#[test]
fn lists_text_boxes_frames_and_formulas() {
    let item = |list: u8, level: u8, text: &str| {
        paragraph(
            &format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"),
            &run(text),
        )
    };
    let boxed = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></mc:Choice>\
         <mc:Fallback><w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>",
        run("Around"),
        run_paragraph("In the box"),
        run_paragraph("In the box"),
        run(" it.")
    );
    let contents = "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>".to_owned()
        + &run_paragraph("Chapter 1 … 3") + "</w:sdtContent></w:sdt>";
    let frame = "<w:sdt><w:sdtContent>".to_owned() + &run_paragraph("Framed") + "</w:sdtContent></w:sdt>";
    let formula = "<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>";
    let ruby = "<w:p><w:r><w:ruby><w:rt><w:r><w:t>かん</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>";
    let body = [
        item(1, 0, "绪论"),
        item(1, 1, "first"),
        item(1, 1, "second"),
        item(1, 0, "结论"),
        item(1, 1, "third"),
        item(2, 0, "marked"),
        item(9, 0, "in no list"),
        item(1, 0, " "),
        item(1, 0, "尾声"),
    ]
    .concat();
    check(
        &(body + &boxed + &contents + &frame + formula + ruby),
        &[
            "一、绪论",
            "一.1 first",
            "一.2 second",
            "二、结论",
            "二.1 third",
            "marked",
            "in no list",
            "三、尾声",
            "Around it.",
            "In the box",
            "Framed",
            "x=1",
            "漢",
        ],
    );
}

#[test]
fn what_is_no_word_document_is_named_with_the_way_out() {
    let reason = |bytes: &[u8]| docx::read(bytes).unwrap_err();
    let compound = |inner: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.extend(inner.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert!(reason(&compound("WordDocument")).contains("save it as .docx"));
    assert!(reason(&compound("EncryptedPackage")).contains("password"));
    assert!(reason(b"{\\rtf1 Hello}").contains("RTF"));
    assert!(reason(b"Hello").contains("no Word document"));
    let zip = |name: &'static str, text: &str| archive(&[(name, text.to_owned())]);
    assert!(reason(&zip("mimetype", "application/vnd.oasis.opendocument.text")).contains("OpenDocument"));
    assert!(reason(&zip("xl/workbook.xml", "<a/>")).contains(".csv"));
    assert!(reason(&zip("ppt/presentation.xml", "<a/>")).contains("PowerPoint"));
    assert!(reason(&zip("a.txt", "a")).contains("no Word document"));
    assert!(reason(&archive(&parts("<w:p/>"))).contains("holds no text"));
    let bomb = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", " ".repeat(100_000_001));
    assert!(reason(&archive(&parts(&bomb))).contains("100 MB"));
    let entities = "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>".to_owned();
    assert!(reason(&archive(&[("word/document.xml", entities)])).contains("damaged"));
}

#[test]
fn deep_documents_are_read_without_a_panic() {
    let deep = "<w:sdt>".repeat(3_000) + &run_paragraph("deep") + &"</w:sdt>".repeat(3_000) + &run_paragraph("shallow");
    check(&deep, &["shallow"]);
}

#[test]
fn real_documents_are_read_whole() {
    let Some(folder) = shared_data().map(|data| data.join("formats/docx")) else {
        return;
    };
    let read = |name: &str| {
        let bytes = fs::read(folder.join(name)).expect("the file is readable");
        let draft = docx::read(&bytes).expect("the document is read");
        assert_eq!(
            without_space(&draft.text),
            without_space(&texts_of_runs(&bytes)),
            "{name}: nothing is lost or doubled"
        );
        draft
    };
    let links = lines(&read("links.docx"));
    assert_eq!(links[0], "PRC Government:");
    assert_eq!(
        links[1],
        "MFA Daily Regular Press Conferences (English, Chinese) and spokesperson’s remarks (English)"
    );
    let tracker = read("tracker-part-3.docx");
    let all = lines(&tracker);
    assert_eq!(
        all[..3],
        [
            "#U.S.-China Relations Timeline:",
            "#Trump II Administration U.S.-China Tracker Part 3",
            "February 3, 2026 –  [TBD]"
        ]
    );
    assert_eq!(
        tracker.suggested.value(Field::Title),
        Some("U.S.-China Relations Timeline:")
    );
}

/// The texts of all runs of a document without notes and tracked changes, found without an XML reader.
fn texts_of_runs(bytes: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut part = archive.by_name("word/document.xml").expect("the main part");
    let xml = io::read_to_string(&mut part).expect("text");
    let texts = xml.split("<w:t").skip(1).filter(|after| after.starts_with([' ', '>']));
    let texts = texts.filter_map(|after| after.split_once('>')?.1.split_once("</w:t>"));
    let joined: String = texts.map(|(text, _)| text).collect();
    let replaced = joined
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'");
    replaced.replace("&amp;", "&")
}

fn without_space(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn damaged_documents_never_panic(cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), with in any::<u8>(), part in 0usize..8, inserted in "[<>/&;\"= w:a-z]{0,4}") {
        let body = paragraph("<w:pStyle w:val=\"1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr>", &(run("a") + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>"))
            + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        let parts = parts(&body);
        let whole = archive(&parts);
        let _ = docx::read(&whole[..cut.index(whole.len())]);
        let mut flipped = whole.clone();
        let place = at.index(whole.len());
        flipped[place] = with;
        let _ = docx::read(&flipped);
        let mut damaged = parts.clone();
        let text = &mut damaged[part].1;
        let boundaries: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        text.insert_str(*at.get(&boundaries), &inserted);
        if let Ok(draft) = docx::read(&archive(&damaged)) {
            prop_assert!(!draft.text.trim().is_empty());
            lines(&draft);
        }
    }
}
