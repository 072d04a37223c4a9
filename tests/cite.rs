//! `chancery show --cite`: references to a speech and to its paragraphs, on the command line and over HTTP.

use crate::support::command::{Workplace, four_speeches, sample, texts};

/// Where the published text of a speech is known to be.
const PUBLISHED: &str = r#"{"id": "a1", "title": "开幕", "speaker": "沈怀川", "date": "2013-10-17", "language": "zh",
 "url": "https://news.example/1", "body": "我们共饮一海水。\n\n铁路合作。"}"#;

/// An index of one published speech.
fn published() -> Workplace {
    Workplace::with_speeches(&[("a.jsonl", &PUBLISHED.replace('\n', ""))])
}

#[test]
fn a_speech_is_cited_in_each_style() {
    let workplace = published();
    let cite = |style: &str| workplace.run(&["show", "a1", "--cite", style]).ended(0).stdout;
    let gbt7714 = cite("gbt7714");
    assert!(gbt7714.starts_with("沈怀川. 开幕[EB/OL]. (2013-10-17)[20"), "{gbt7714}");
    assert!(gbt7714.ends_with("]. https://news.example/1.\n"), "{gbt7714}");
    assert_eq!(
        cite("apa"),
        "沈怀川. (2013, October 17). *开幕* [Speech]. https://news.example/1\n"
    );
    let bibtex = cite("bibtex");
    assert!(bibtex.starts_with("@misc{a1,\n  author = {{沈怀川}},\n"), "{bibtex}");
    assert!(bibtex.ends_with("\n}\n"), "{bibtex}");
}

#[test]
fn a_passage_is_cited_with_its_number() {
    let workplace = published();
    for arguments in [
        &["show", "a1#p2", "--cite", "apa"][..],
        &["show", "a1", "--paragraph", "2", "--cite", "apa"],
    ] {
        let answer = workplace.json(arguments);
        assert_eq!((&answer["speech"], &answer["passage"]), (&"a1".into(), &"a1#p2".into()));
        assert_eq!(answer["style"], "apa");
        let citation = answer["citation"].as_str().unwrap();
        assert!(citation.contains("*开幕* (para. 2) [Speech]."), "{citation}");
    }
    let whole = workplace.json(&["show", "a1", "--cite", "apa"]);
    assert!(whole.get("passage").is_none() && whole.get("passages").is_none());
}

#[test]
fn what_is_not_there_is_not_cited_and_what_contradicts_is_refused() {
    let workplace = four_speeches();
    let missing = workplace.run(&["show", "one#p9", "--cite", "apa"]).ended(1);
    assert!(missing.stderr.contains("has no paragraph 9"), "{missing:?}");
    for further in [&["--diff", "two"][..], &["--highlight", "铁路"]] {
        let refused = [&["show", "one", "--cite", "apa"], further].concat();
        workplace.run(&refused).failed_with(&["cannot be used with"]);
    }
    workplace
        .run(&["show", "one", "--cite", "mla"])
        .failed_with(&["gbt7714", "apa", "bibtex"]);
}

#[test]
fn every_speech_of_the_sample_is_cited_cleanly() {
    let workplace = sample();
    let listed = workplace.json(&["list", "--limit", "1000"]);
    let ids = texts(&listed["speeches"], "id");
    assert!(ids.len() > 50);
    let engine = chancery::engine::Engine::open(&workplace.path().join("index")).unwrap();
    let mut keys = std::collections::BTreeSet::new();
    for id in &ids {
        for style in chancery::citation::CitationStyle::ALL {
            let cited = engine.cite(id, Some(1), *style, None).unwrap().citation;
            let flat = cited.replace("\n  ", " ").replace('\n', " ");
            assert_eq!(cited.matches('{').count(), cited.matches('}').count(), "{cited}");
            assert!(!flat.contains(char::is_control), "{cited:?}");
            for fault in ["  ", "..", "()", "[]", ". .", ", ,", "{}", " ,", "?.", "？.", "！."] {
                assert!(!flat.contains(fault), "{fault:?} in {cited}");
            }
            if cited.starts_with('@') {
                let key = cited.lines().next().unwrap().to_ascii_lowercase();
                assert!(keys.insert(key), "{cited}");
            }
        }
    }
    assert_eq!(keys.len(), ids.len());
}

#[cfg(feature = "http")]
#[test]
fn a_reference_is_asked_for_over_http_too() {
    let workplace = published();
    let routes = crate::support::served::Routes::of(&workplace);
    for address in [
        "/api/v1/show?speech=a1%23p2&cite=bibtex",
        "/api/v1/speeches/a1/passages/2?cite=bibtex",
    ] {
        let mut answer = routes.get(address).is(200).json();
        let mut typed = workplace.json(&["show", "a1#p2", "--cite", "bibtex"]);
        answer["took_ms"] = 0.into();
        typed["took_ms"] = 0.into();
        assert_eq!(answer, typed);
    }
    for further in ["diff=a1", "highlight=x"] {
        let refused = routes.get(&format!("/api/v1/speeches/a1?cite=apa&{further}")).is(400);
        assert_eq!(refused.json()["code"], "invalid_parameter");
    }
    routes.get("/api/v1/speeches/a1?cite=mla").is(400);
    routes.get("/api/v1/speeches/a1/passages/7?cite=apa").is(404);
}
