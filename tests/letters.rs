//! Letters and lines: what a text is written with that a reader does not see, or sees as the same, changes nothing of what is
//! found; and words that a line end broke are found as they are spelled.

use serde_json::Value;

use crate::support::command::Workplace;

/// The occurrences of a query in a text.
fn count_in(texts: &[&str], query: &str) -> u64 {
    let lines: Vec<String> = (texts.iter().enumerate())
        .map(|(number, text)| serde_json::json!({"id": format!("s{number}"), "body": text}).to_string())
        .collect();
    count(&[("in.jsonl", &lines.join("\n"))], query)
}

fn count(files: &[(&str, &str)], query: &str) -> u64 {
    let place = Workplace::with_speeches(files);
    occurrences(&place, query)
}

fn occurrences(place: &Workplace, query: &str) -> u64 {
    let run = place.run(&["count", query, "--format", "json"]);
    let answer: Value = serde_json::from_str(&run.stdout).expect("an answer is JSON");
    answer["total"]["occurrences"].as_u64().expect("strings are counted")
}

const WRAPPED: &str = "The peoples of the region have a right to self-\ndetermination, and no power may take that right from\n\
    them. We ask for a policy-making body and for coope-\nration between all the harbours of the region in the\n\
    years to come. The peace-\nkeeping forces and the United Nations peacekeeping operations, as well as a\n\
    peace-keeping budget, inter\u{ad}\nnational order, and peace—\nand quiet.\n";

#[test]
fn a_compound_broken_at_its_hyphen_is_found_and_a_broken_word_is_whole() {
    let place = Workplace::with_speeches(&[("a.txt", WRAPPED)]);
    for (query, expected) in [
        ("\"self-determination\"", 1),
        ("\"selfdetermination\"", 0),
        ("\"cooperation\"", 1),
        ("\"coope-ration\"", 0),
        ("\"for cooperation between all\"", 1),
        ("determinat*", 1),
        ("\"international order\"", 1),
        ("\"peace—and quiet\"", 1),
        // Both spellings are found where a line end leaves it open, each place once in each query.
        ("\"peacekeeping\"", 2),
        ("\"peace-keeping\"", 2),
        ("\"peacekeeping\" OR \"peace-keeping\"", 3),
        ("\"The peacekeeping forces\"", 1),
        ("\"The peace-keeping forces\"", 1),
        ("peacekeep*", 2),
        ("peace*", 4),
        ("peacekeping~1", 2),
        // NEAR takes the compound: two words.
        ("\"The forces\"~2", 1),
        ("\"The forces\"~1", 0),
        ("\"peacekeeping\" NEAR/0 \"forces\"", 1),
    ] {
        assert_eq!(occurrences(&place, query), expected, "{query}");
    }
}

#[test]
fn what_is_found_over_a_line_end_is_marked_and_shown() {
    let place = Workplace::with_speeches(&[("a.txt", WRAPPED)]);
    let answer = place.json(&["search", "\"peacekeeping forces\""]);
    let hit = &answer["hits"][0];
    let text: Vec<char> = hit["text"].as_str().expect("a text").chars().collect();
    let mark = &hit["highlights"][0];
    let [start, end] = ["start", "end"].map(|edge| mark[edge].as_u64().expect("a place") as usize);
    assert_eq!(text[start..end].iter().collect::<String>(), "peace-\nkeeping forces");
    let lines = place.json(&["concordance", "\"peacekeeping\""]);
    let nodes: Vec<&str> = (lines["lines"].as_array().expect("lines").iter())
        .map(|line| line["node"].as_str().expect("a node"))
        .collect();
    assert_eq!(nodes, ["peace- keeping", "peacekeeping"]);
    place.run(&["verify"]).ended(0);
}

#[test]
fn composed_and_decomposed_letters_are_one_in_every_kind_of_query() {
    let text = "Le President de la Co\u{302}te d’Azur parle de coope\u{301}ration.";
    for query in [
        "\"Côte d’Azur\"",
        "/coopération/",
        "/Côte/",
        "/coop[eé]ration/",
        "/Co\u{302}te/",
        "/coop.ration/",
    ] {
        assert_eq!(count_in(&[text], query), 1, "{query}");
    }
}

#[test]
fn what_is_not_seen_in_a_word_changes_nothing() {
    for (text, query) in [
        ("Our coop\u{ad}eration goes on.", "\"cooperation\""),
        ("建设命运\u{200b}共同体。", "\"命运共同体\""),
        ("Our solid\u{200c}arity is firm.", "\"solidarity\""),
        ("Our solid\u{200d}arity is firm.", "\"solidarity\""),
        ("人类命运\u{2060}共同体。", "\"命运共同体\""),
        ("共建\u{feff}繁荣之路。", "\"共建繁荣\""),
        ("إن \u{200f}التعاون\u{200e} هو الطريق.", "\"التعاون\""),
        ("United\u{a0}Nations Charter", "\"United Nations Charter\""),
        ("peace\u{200b}keeping force", "\"peacekeeping force\""),
        ("中\u{fe00}国方案", "\"中国方案\""),
        ("our na\u{e0074}\u{e0065}tions", "\"nations\""),
    ] {
        assert_eq!(count_in(&[text], query), 1, "{query} in {text:?}");
    }
    assert_eq!(count_in(&["A family 👩\u{200d}👩\u{200d}👧 here"], "\"👩\""), 0);
}

#[test]
fn arabic_letters_and_digits_have_one_form_where_they_are_one() {
    let texts = [
        "نرحب بالســـلام العادل.",
        "الامن القومي أولا.",
        "زار المبنى الكبير علي.",
        "في عام ٢٠١٥ ثم ۲۰۱۵.",
        "القضية الكبرى.",
    ];
    assert_eq!(count_in(&texts, "\"بالسلام\""), 1);
    assert_eq!(count_in(&texts, "\"2015\""), 2);
    assert_eq!(count_in(&texts, "\"المبني\""), 0, "strings keep their letters");
    let lines: Vec<String> = (texts.iter().enumerate())
        .map(|(number, text)| serde_json::json!({"id": format!("s{number}"), "body": text}).to_string())
        .collect();
    let place = Workplace::with_speeches(&[("in.jsonl", &lines.join("\n"))]);
    for (keyword, speech) in [("المبني", "s2"), ("القضيه", "s4"), ("الأمن القومي", "s1")] {
        let answer = place.json(&["search", keyword]);
        assert_eq!(answer["hits"][0]["speech"], speech, "{keyword}");
    }
}

#[test]
fn regional_and_old_forms_of_characters_are_the_simplified_one() {
    for (text, query) in [
        ("香港衞生署", "\"卫生\""),
        ("敍利亞問題", "\"叙利亚\""),
        ("祇有和平", "\"只有和平\""),
        ("環境汚染", "\"污染\""),
        ("砲兵與礮兵", "\"炮兵\""),
        ("逹成協議", "\"达成协议\""),
        ("爲羣眾説話", "\"为群众说话\""),
        ("鉄路與鑛産", "\"铁路与矿产\""),
    ] {
        assert!(count_in(&[text], query) >= 1, "{query} in {text}");
    }
    assert_eq!(count_in(&["黏土與粘土"], "\"粘土\""), 1, "different words stay apart");
}
