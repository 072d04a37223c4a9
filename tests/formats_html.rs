//! Web pages: the article among what surrounds it, what the page claims, and why a page is refused.
//!
//! The pages in `tests/pages` are written for these tests, each in the manner of one kind of site.

use std::fs;
use std::path::Path;

use chancery::corpus::{Field, Speech};
use chancery::ingest::draft::Layout;
use chancery::ingest::{IngestOptions, Input, Item, html, open};
use proptest::prelude::*;

/// What is read from a file of these bytes: a speech, or the reason why not.
fn read_bytes(name: &str, bytes: &[u8]) -> Result<Speech, String> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("the page can be written");
    match open(vec![Input::Path(path)], IngestOptions::default())
        .expect("the page exists")
        .next()
    {
        Some(Item::Speech(ingested)) => {
            assert!(ingested.speech.is_well_formed(), "{name}");
            Ok(ingested.speech)
        }
        Some(Item::Rejected(rejection)) => Err(rejection.reason),
        None => panic!("{name} gives nothing"),
    }
}

/// One of the pages written for these tests.
fn page(name: &str) -> String {
    fs::read_to_string(Path::new("tests/pages").join(name)).expect("the page lies in tests/pages")
}

#[track_caller]
fn check(name: &str, fields: &[(Field, &str)], (start, end): (&str, &str)) -> Speech {
    let speech = read_bytes(name, page(name).as_bytes()).expect("the page holds a speech");
    for (field, value) in fields {
        assert_eq!(speech.metadata.value(*field), Some(*value), "{name}: {field}");
    }
    let body = speech.body_text();
    assert!(body.starts_with(start), "{name} begins: {body}");
    assert!(body.ends_with(end), "{name} ends: {body}");
    speech
}

#[track_caller]
fn check_paragraphs(speech: &Speech, paragraphs: &[&str]) {
    let found: Vec<&str> = speech
        .paragraphs
        .iter()
        .map(|paragraph| &speech.text[paragraph.span.range()])
        .collect();
    assert_eq!(found, paragraphs);
}

#[test]
fn a_page_of_a_chinese_portal_gives_the_speech_and_its_header() {
    let speech = check(
        "portal.html",
        &[
            (Field::Title, "同饮一海水 共开新航程"),
            (Field::Subtitle, "在首届海港峰会上的主旨演讲"),
            (Field::Speaker, "林怀川"),
            (Field::Role, "海港共和国总统"),
            (Field::Date, "2025-06-17"),
            (Field::Published, "2025-06-18"),
            (Field::Place, "望潮"),
            (Field::Genre, "keynote"),
            (Field::Agency, "海港社"),
            (Field::Language, "zh"),
            (Field::Url, "https://www.example.org/yaowen/202506/content_1.htm"),
        ],
        ("尊敬的主席先生，", "谢谢大家。"),
    );
    check_paragraphs(
        &speech,
        &[
            "尊敬的主席先生，\n各位同事：",
            "很高兴来到望潮。海港国家山海相连，人民情谊源远流长，互利共赢是我们共同的选择。",
            "我们要加强港口合作，让货物更快地到达每一个港口，让人民得到更多实惠。",
            "年份\t货物",
            "2024\t三百万吨",
            "谢谢大家。",
        ],
    );
}

#[test]
fn a_page_of_tables_and_open_tags_gives_the_statement() {
    let speech = check(
        "old.html",
        &[
            (Field::Speaker, "AMADOU KELLER"),
            (Field::Date, "1999-03-05"),
            (Field::Place, "Geneva"),
            (Field::Genre, "statement"),
            (Field::Salutation, "Mr. President,"),
        ],
        ("Mr. President,", "I thank you, Mr. President."),
    );
    assert_eq!(speech.paragraphs.len(), 5);
    assert!(
        speech
            .body_text()
            .contains("many centuries & will remain so – whatever")
    );
}

#[test]
fn claims_of_a_page_fill_what_its_lines_leave_open() {
    let speech = check(
        "remarks.html",
        &[
            (Field::Title, "Remarks at the Opening of the Saltmarsh Harbour Forum"),
            (Field::Speaker, "Mary Okonjo"),
            (Field::Role, "Secretary of Harbours"),
            (Field::Date, "2023-09-22"),
            (Field::Published, "2023-09-23"),
            (Field::Place, "Geneva, Switzerland"),
            (Field::Organization, "Department of Harbours"),
            (Field::Url, "https://www.example.org/remarks-forum/"),
            (Field::Language, "en"),
        ],
        ("SECRETARY OKONJO: Good morning", "Thank you very much."),
    );
    let headings: Vec<&str> = speech
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.is_heading)
        .map(|paragraph| &speech.text[paragraph.span.range()])
        .collect();
    assert_eq!(headings, ["Open harbours"]);
    for stranger in ["cookies", "Share", "Tags", "colleague", "founded", "official website"] {
        assert!(!speech.text.contains(stranger), "{stranger} is in the text");
    }
}

#[test]
fn the_day_of_publication_is_never_that_of_delivery() {
    check(
        "delivered.html",
        &[
            (Field::Date, "2022-05-19"),
            (Field::Published, "2022-05-20"),
            (Field::Place, "Old Custom House"),
            (Field::Title, "The harbour and the world: Harbour Secretary's speech"),
        ],
        ("It is very good to be here", "Thank you."),
    );
    let claimed = "<title>Open harbours</title><meta property=article:published_time content=2019-03-05T10:00:00Z><h1>Open harbours</h1>\
        <p>Harbours are open to all who come in peace, and so they will remain.</p>";
    let speech = read_bytes("claimed.html", claimed.as_bytes()).unwrap();
    assert_eq!(speech.metadata.value(Field::Published), Some("2019-03-05"));
    assert_eq!(speech.metadata.value(Field::Date), None);
}

#[test]
fn paragraphs_in_divisions_are_paragraphs() {
    let speech = check(
        "divisions.html",
        &[
            (Field::Speaker, "И.И.Берегового"),
            (Field::Date, "2019-03-05"),
            (Field::Published, "2019-03-06"),
            (Field::Place, "Женева"),
            (Field::Agency, "Портовые вести"),
            (Field::Language, "ru"),
        ],
        ("Уважаемый господин Председатель,", "Благодарю за внимание."),
    );
    assert_eq!(speech.paragraphs.len(), 4);
}

#[test]
fn a_page_as_typed_is_read_as_lines_that_are_wrapped() {
    let typed = "<title>Harbours</title><pre>\nSTATEMENT BY THE MINISTER OF HARBOURS\n\nGeneva, 5 March 1997\n\n\
        The harbours of our region have been open to all for many\ncenturies and will remain so whatever storms may come. We\n\
        have come here to say so once more.\n\nThank you.\n</pre>";
    let speech = read_bytes("typed.html", typed.as_bytes()).unwrap();
    assert_eq!(speech.metadata.value(Field::Date), Some("1997-03-05"));
    assert_eq!(speech.paragraphs.len(), 2, "{:?}", speech.body_text());
}

#[test]
fn a_short_report_is_told_from_the_list_of_others_below_it() {
    let others: String = ["opens", "closes", "grows"]
        .iter()
        .map(|verb| format!("<div class=x><h3><a href={verb}>The Harbour Forum {verb}</a></h3><p>The third Harbour Forum {verb} in Geneva. Delegates of forty states take part in it.</p></div>"))
        .collect();
    let page = format!(
        "<title>Workers</title><div><h1>Minister meets port workers</h1><div><p>The Minister of Harbours met port workers today and thanked them.</p></div></div><div>{others}</div>"
    );
    let speech = read_bytes("short.html", page.as_bytes()).unwrap();
    assert_eq!(
        speech.body_text(),
        "The Minister of Harbours met port workers today and thanked them."
    );
}

#[test]
fn pages_without_a_speech_are_refused_with_the_reason() {
    let reason = |name: &str| read_bytes(name, page(name).as_bytes()).unwrap_err();
    assert!(reason("listing.html").contains("a list of links"));
    assert!(reason("record.html").contains("address_en.pdf"));
    for (name, text) in [
        ("empty.html", " "),
        ("frame.html", "<frameset><frame src=a.html></frameset>"),
        ("script.html", "<script>go('There is no speech here.')</script>"),
    ] {
        let reason = html::read(text).unwrap_err();
        assert!(reason.contains("holds no text"), "{name}: {reason}");
    }
}

#[test]
fn a_page_in_another_encoding_is_read_as_it_declares() {
    let text = page("portal.html").replace("utf-8", "gb2312");
    let (bytes, ..) = encoding_rs::GBK.encode(&text);
    let speech = read_bytes("gbk.html", &bytes).unwrap();
    assert_eq!(speech.metadata.value(Field::Speaker), Some("林怀川"));
    assert_eq!(html::declared_encoding(&bytes).as_deref(), Some("gb2312"));
}

#[test]
fn inline_markup_leaves_no_trace_and_what_is_not_shown_is_left_out() {
    let text = "<h1>Open harbours</h1><div><p>命<b>运</b><span>共</span>同\n体是我们共同的选择，我们要一起努力。<span style='display: none'>看不见。</span></p>\
        <p hidden>Not shown to anyone who comes to read.</p><p>Caf&eacute; &lt;open&gt; &#x4E2D;&copy; until late at <i>nig</i>ht.<br>And in the morning too.</p></div>";
    let draft = html::read(text).unwrap();
    let lines: Vec<&str> = draft.text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        [
            "Open harbours",
            "命运共同体是我们共同的选择，我们要一起努力。",
            "Café <open> 中© until late at night.",
            "And in the morning too."
        ]
    );
}

#[test]
fn a_report_begins_behind_its_credit_and_a_meeting_has_no_speaker() {
    let report = |title: &str, text: &str| {
        let page = format!(
            "<title>{title}</title><h1>{title}</h1><p class=src>来源 : 江海网 2025-06-17 19:12</p><div><p>江海网消息（晚间新闻）：{text}</p><p>会议还讨论了其他问题，各方表示愿意继续合作。</p></div>"
        );
        read_bytes("report.html", page.as_bytes()).unwrap()
    };
    let speech = report(
        "林怀川出席海港峰会并致辞",
        "国家副主席林怀川15日在望潮出席海港峰会并致辞。",
    );
    assert!(speech.body_text().starts_with("国家副主席林怀川15日"));
    for (field, value) in [
        (Field::Speaker, "林怀川"),
        (Field::Date, "2025-06-15"),
        (Field::Published, "2025-06-17"),
        (Field::Place, "望潮"),
        (Field::Agency, "江海网"),
    ] {
        assert_eq!(speech.metadata.value(field), Some(value), "{field}");
    }
    let meeting = report(
        "林怀川同海港国总统会谈",
        "6月17日下午，国家主席林怀川在大会堂同来访的海港国总统举行会谈。",
    );
    assert_eq!(meeting.metadata.value(Field::Speaker), None);
    assert_eq!(meeting.metadata.value(Field::Date), Some("2025-06-17"));
}

#[test]
fn hostile_pages_are_read_to_their_end() {
    let sentence = "The harbours are open to all who come in peace.";
    let many = |text: &str, count: usize| text.repeat(count);
    let pages = [
        format!("{}{sentence}", many("<div>", 100_000)),
        format!("{}{sentence}", many("<font color=red><b><p>", 50_000)),
        format!("{}{sentence}", many("<table><tr><td>", 50_000)),
        format!("{}{sentence}", many("</div></p></b>", 50_000)),
        format!("<p>{sentence}</p>{}", many("<a href=x><span>", 50_000)),
        format!(
            "<p {}>{sentence}</p>",
            (0..20_000).map(|number| format!("a{number}=b ")).collect::<String>()
        ),
        format!("<p>{sentence}</p>{}", many("&#xFFFFFFFF;&nosuch;&", 50_000)),
        format!("{}<p>{sentence}</p>", many("<ul><li>", 50_000)),
        format!("<title>{}</title><p>{sentence}</p>", many(" - a", 50_000)),
        format!(
            "<script type=application/ld+json>{}</script><p>{sentence}</p>",
            many("[", 100_000)
        ),
        format!("<p>{}</p>", many("x", 2_000_000)),
    ];
    for page in pages {
        let start: String = page.chars().take(40).collect();
        if let Ok(draft) = html::read(&page) {
            assert!(draft.text.contains(sentence) || !page.contains(sentence), "{start}");
        }
    }
}

/// A sentence as it stands in a speech.
fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-z]{2,9}", 8..30).prop_map(|words| {
        let text = words.join(" ");
        format!("{}{}.", text[..1].to_uppercase(), &text[1..])
    })
}

proptest! {
    #[test]
    fn the_paragraphs_of_an_article_are_found_among_furniture(
        paragraphs in prop::collection::vec(sentence(), 2..12),
        links in prop::collection::vec("[A-Z][a-z]{3,9} [a-z]{3,9}", 0..30),
        element in prop::sample::select(vec!["p", "div", "blockquote"]),
        wrappers in 0usize..5,
    ) {
        let list: String = links.iter().map(|link| format!("<li><a href=\"/x\">{link}</a></li>")).collect();
        let article: String = paragraphs.iter().map(|text| format!("<{element}>{text}</{element}>\n")).collect();
        let page = format!(
            "<title>Open harbours | Ministry</title><ul class=menu>{list}</ul>{}<h1>Open harbours</h1><div class=text>{article}</div>{}<ul>{list}</ul>\
             <div class=footer>This site is kept by the ministry of harbours.</div>",
            "<div>".repeat(wrappers), "</div>".repeat(wrappers)
        );
        let draft = html::read(&page).unwrap();
        let lines: Vec<&str> = draft.text.lines().filter(|line| !line.is_empty()).collect();
        let expected: Vec<&str> = std::iter::once("Open harbours").chain(paragraphs.iter().map(String::as_str)).collect();
        prop_assert_eq!(lines, expected);
    }

    #[test]
    fn any_markup_gives_whole_lines_or_a_reason(page in "(<[a-z!/]{1,6}( [a-z]{1,5}=?\"?[a-z ]{0,6}\"?)?/?>|[A-Za-z甲乙 。.&;#\n]{0,40}|<!--|-->|</?(p|div|td|tr|a href=x|li|script|title)>){0,60}") {
        if let Ok(draft) = html::read(&page) {
            let headings = match &draft.layout {
                Layout::Blocks { headings, .. } => headings.clone(),
                _ => Vec::new(),
            };
            let lines: Vec<&str> = draft.text.lines().collect();
            for heading in headings {
                prop_assert!(lines.contains(&&draft.text[heading.range()]));
            }
            prop_assert!(!draft.text.trim().is_empty());
        }
    }
}
