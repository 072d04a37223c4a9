//! The concordance, the timeline and the first use say what the interface for programs says, and what they count is what one
//! finds where they lead.

use serde_json::Value;

use super::{address_of, matched, page, text_of};
use crate::support::command::sample;
use crate::support::served::Routes;

/// Questions of each kind, as they stand in an address.
const QUESTIONS: &[&str] = &[
    "q=%E9%93%81%E8%B7%AF",
    "q=%22%E4%BA%92%E5%88%A9%E5%85%B1%E8%B5%A2%22&from=2014-03&to=2020",
    "q=cooperat*&language=en",
    "q=%E7%8E%AF%E6%BE%9C+NEAR/10+%E9%93%81%E8%B7%AF",
    "q=%D8%A7%D9%84%D9%85%D8%A7%D8%A1",
    "q=water&versions=once&country=Republic+of+Velmora",
];

/// The number of occurrences that the heading of a page says first.
fn headed(html: &str) -> u64 {
    let heading = matched(r#"(?s)<h1 id="totals"[^>]*>(.*?)</h1>"#, html);
    let digits: String = (heading[0].chars())
        .take_while(|character| *character != ' ')
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or(0)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn a_concordance_has_the_lines_of_the_interface_for_programs() {
    let routes = Routes::of(sample());
    for question in QUESTIONS {
        for order in [
            "",
            "&sort=right&context=sentence",
            "&sort=-date&sample=4&offset=1&limit=50",
        ] {
            let answer = routes
                .get(&format!("/api/v1/concordance?{question}{order}"))
                .is(200)
                .json();
            let html = page(&routes, &format!("/concordance?{question}{order}"), "en")
                .is(200)
                .text();
            assert_eq!(
                headed(&html),
                answer["total"]["occurrences"].as_u64().expect("a total"),
                "{question}"
            );
            let shown = |class: &str| {
                matched(
                    &format!(r#"(?s)<div class="{class}" role="cell"[^>]*>(.*?)</div>"#),
                    &html,
                )
            };
            for (class, member) in [("before", "left"), ("node", "node"), ("behind", "right")] {
                let expected: Vec<String> = (answer["lines"].as_array().expect("lines").iter())
                    .map(|line| squeezed(line[member].as_str().expect("a text")))
                    .collect();
                let shown: Vec<String> = shown(class).iter().map(|cell| text_of(cell)).collect();
                assert_eq!(shown, expected, "{question}{order} {class}");
            }
        }
    }
}

#[test]
fn a_line_leads_to_the_place_with_its_mark() {
    let routes = Routes::of(sample());
    let html = page(&routes, "/concordance?q=%E9%93%81%E8%B7%AF&sort=left&limit=50", "zh")
        .is(200)
        .text();
    let links = matched(r#"<a class="open" href="([^"]*)""#, &html);
    assert_eq!(links.len(), 40);
    for link in links.iter().step_by(7) {
        let number = link.rsplit("#p").next().expect("a number");
        let read = page(&routes, &address_of(link), "zh").is(200).text();
        let paragraph = read.split(&format!("id=\"p{number}\"")).nth(1).expect("the place");
        let paragraph = paragraph.split("</p>").next().unwrap_or_default();
        assert!(paragraph.contains("<mark"), "{link}: {paragraph}");
    }
}

#[test]
fn the_columns_sort_and_say_so() {
    let routes = Routes::of(sample());
    let headers = |address: &str| {
        let html = page(&routes, address, "en").is(200).text();
        matched(r#"role="columnheader" aria-sort="([a-z]*)""#, &html)
    };
    let at = "/concordance?q=water";
    assert_eq!(headers(at)[0], "ascending");
    assert_eq!(headers(&format!("{at}&sort=-date"))[0], "descending");
    assert_eq!(headers(&format!("{at}&sort=left"))[3], "ascending");
    assert_eq!(headers(&format!("{at}&sort=node,date"))[4], "ascending");
    assert_eq!(headers(&format!("{at}&sort=random")), ["none"; 6]);
}

#[test]
fn every_point_leads_to_as_many_occurrences_as_it_tells() {
    let routes = Routes::of(sample());
    for question in QUESTIONS {
        for division in [
            "",
            "&by=speaker",
            "&by=country&period=month",
            "&by=event",
            "&by=language",
        ] {
            let html = page(&routes, &format!("/timeline?{question}{division}"), "en")
                .is(200)
                .text();
            let links = matched(r#"<a href="([^"]*)"><g class="plot-point">"#, &html);
            let told = matched(r#"<a href="[^"]*"><g class="plot-point"><title>([^<]*)</title>"#, &html);
            // No filter asks for Chinese in simplified characters alone.
            let can_be_none = division == "&by=language";
            assert!(can_be_none || !links.is_empty(), "{question}{division}");
            assert_eq!(links.len(), told.len(), "{question}{division}");
            let points = links.iter().zip(&told).map(|(link, told)| (link, occurrences(told)));
            for (link, count) in points.filter(|(_, count)| *count > 0) {
                let led = page(&routes, &address_of(link), "en").is(200).text();
                assert_eq!(headed(&led), count, "{question}{division}: {link}");
            }
        }
    }
}

/// The number of occurrences that a point tells.
fn occurrences(told: &str) -> u64 {
    let count = matched(r"occurrences: ([\d,]+)", told);
    count[0].replace(',', "").parse().expect("a count")
}

#[test]
fn every_bin_with_text_has_its_point() {
    let routes = Routes::of(sample());
    for question in QUESTIONS {
        let answer = routes.get(&format!("/api/v1/timeline?{question}")).is(200).json();
        let html = page(&routes, &format!("/timeline?{question}"), "en").is(200).text();
        let told = matched(r#"<g class="plot-point"><title>([^<]*)</title>"#, &html);
        let points = answer["series"][0]["points"].as_array().expect("points");
        let with_text = points.iter().filter(|point| point["of"]["speeches"] != 0);
        let expected: Vec<&Value> = with_text.map(|point| &point["occurrences"]).collect();
        let told: Vec<u64> = told.iter().map(|told| occurrences(told)).collect();
        assert_eq!(
            told,
            expected
                .iter()
                .map(|count| count.as_u64().unwrap_or(0))
                .collect::<Vec<_>>(),
            "{question}"
        );
    }
}

#[test]
fn the_table_of_a_timeline_sums_to_its_totals() {
    let routes = Routes::of(sample());
    for question in QUESTIONS {
        let answer = routes.get(&format!("/api/v1/timeline?{question}")).is(200).json();
        let html = page(&routes, &format!("/timeline?{question}"), "en").is(200).text();
        let rows = matched(r#"(?s)<tr><th scope="row">(.*?)</tr>"#, &html);
        let counts: Vec<u64> = rows
            .iter()
            .map(|row| {
                text_of(&matched(r"(?s)<td>(.*?)</td>", row)[0])
                    .parse()
                    .expect("a count")
            })
            .collect();
        let (total, parts) = counts.split_last().expect("a total");
        assert_eq!(parts.iter().sum::<u64>(), *total, "{question}");
        assert_eq!(answer["series"][0]["total"]["occurrences"], *total, "{question}");
    }
}

#[test]
fn the_cards_show_the_first_and_the_last_use() {
    let routes = Routes::of(sample());
    for question in QUESTIONS {
        let html = page(&routes, &format!("/first?{question}&by=speaker"), "en")
            .is(200)
            .text();
        let cards = matched(r#"(?s)<section class="card"[^>]*>(.*?)</section>"#, &html);
        for (card, name) in cards.iter().zip(["first", "last"]) {
            let answer = routes
                .get(&format!("/api/v1/{name}?{question}&by=speaker"))
                .is(200)
                .json();
            let found = &answer[name];
            assert_eq!(
                matched(r#"<time datetime="([^"]*)""#, card),
                [found["date"].as_str().expect("a date")]
            );
            let text: Vec<char> = found["text"].as_str().expect("a text").chars().collect();
            let edge = |name: &str| found[name].as_u64().expect("a place") as usize;
            let node: String = text[edge("start")..edge("end")].iter().collect();
            let marks = matched(r"(?s)<mark[^>]*>(.*?)</mark>", card);
            assert_eq!(text_of(&marks[0]), squeezed(&node), "{question}");
            assert!(
                text_of(card).contains(&squeezed(found["citation"].as_str().expect("a reference"))),
                "{question}"
            );
            let rows = matched(r#"(<tr><th scope="row">)"#, &html);
            assert_eq!(rows.len(), answer["by"].as_array().expect("values").len(), "{question}");
        }
    }
}

#[test]
fn a_view_leads_to_the_others_with_the_same_question() {
    let routes = Routes::of(sample());
    let question = "q=water&language=en&from=2014&strict=true";
    for path in ["/", "/concordance", "/timeline", "/first"] {
        let html = page(&routes, &format!("{path}?{question}"), "en").is(200).text();
        let views = matched(r#"(?s)<nav class="views"[^>]*>(.*?)</nav>"#, &html);
        let links: Vec<String> = matched(r#"href="([^"]*)""#, &views[0])
            .iter()
            .map(|link| address_of(link))
            .collect();
        let expected = ["/", "/concordance", "/timeline", "/first"].map(|path| format!("{path}?{question}"));
        assert_eq!(links, expected, "{path}");
    }
}
