//! Concordances: a line for every occurrence that is counted, in its own text, in an order that a naive sort agrees with.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

use chancery::analyzer::unit_text::passage_units;
use chancery::corpus::PassageAddress;
use chancery::engine::{Concordance, ConcordanceLine, ConcordanceRequest, CountRequest, Engine};
use chancery::search::{LineKey, SearchRequest, StageDirections, Strictness};
use serde_json::json;

use crate::reference::random_request;
use crate::reference::speeches::random_index;
use crate::reference::writer::QueryWriter;
use crate::support::command::{Workplace, four_speeches, sample as sample_workplace};
use crate::support::indexed::{TestIndex, all_speeches, sample};
use crate::support::reference::Texts;

/// A request for all lines of a query.
fn everything(query: &str) -> ConcordanceRequest {
    ConcordanceRequest {
        limit: None,
        ..ConcordanceRequest::new(query)
    }
}

fn sorted_by(query: &str, sort: &[LineKey]) -> ConcordanceRequest {
    ConcordanceRequest {
        sort: sort.to_vec(),
        ..everything(query)
    }
}

fn asked(engine: &Engine, request: &ConcordanceRequest) -> Concordance {
    let answer = engine.concordance(request);
    answer.unwrap_or_else(|error| panic!("{}: {error}", request.search.query))
}

/// The paragraphs of an index: by the address of each passage the text of its paragraph, and the code point at which the passage
/// begins in it.
struct Paragraphs(BTreeMap<String, (String, usize)>);

impl Paragraphs {
    fn of(engine: &Engine) -> Self {
        let mut found = BTreeMap::new();
        for speech in all_speeches(engine) {
            for paragraph in speech
                .passages
                .chunk_by(|left, right| left.paragraph == right.paragraph)
            {
                let text: String = paragraph.iter().map(|passage| passage.text.as_str()).collect();
                let mut start = 0;
                for passage in paragraph {
                    found.insert(passage.passage.clone(), (text.clone(), start));
                    start += passage.text.chars().count();
                }
            }
            // Matter is a note of its own.
            for matter in &speech.matter {
                let text = format!("⟦{}⟧", matter.text.replace('⟦', "[").replace('⟧', "]"));
                found.insert(format!("{}#m{}", speech.id, matter.n), (text, 0));
            }
        }
        Self(found)
    }

    /// The text of the paragraph of a line, and the code points of the match in it.
    fn of_line(&self, line: &ConcordanceLine) -> (&str, std::ops::Range<usize>) {
        let (text, start) = &self.0[&line.passage];
        (text, start + line.start..start + line.end)
    }

    /// Holds a line to its text.
    fn check(&self, line: &ConcordanceLine) {
        let (text, range) = self.of_line(line);
        let printed: String = text.chars().skip(range.start).take(range.len()).collect();
        assert_eq!(line.node, single_spaced(&printed), "{line:?}");
        let shown = [line.left.as_str(), &line.node, &line.right].concat();
        assert!(single_spaced(text).contains(&shown), "{line:?}\n{text}");
    }
}

fn single_spaced(text: &str) -> String {
    let mut spaced = String::new();
    for character in text.chars() {
        match character.is_whitespace() {
            true if spaced.ends_with(' ') => {}
            true => spaced.push(' '),
            false => spaced.push(character),
        }
    }
    spaced
}

/// Asks random queries for lines and for their number.
fn check_random_queries(index: &TestIndex, count: usize, seed: u64) {
    let engine = index.engine();
    let texts = Texts::of(&engine);
    let paragraphs = Paragraphs::of(&engine);
    let mut writer = QueryWriter::new(&texts, seed);
    let mut line_count = 0;
    for _ in 0..count {
        let query = writer.query().to_string();
        let of_search = random_request(&texts, writer.random());
        let search = SearchRequest {
            filters: of_search.filters,
            strictness: of_search.strictness,
            stage_directions: of_search.stage_directions,
            ..SearchRequest::to_count(&query)
        };
        let counted = engine.count(&CountRequest {
            search: search.clone(),
            ..CountRequest::new("")
        });
        let lines = engine.concordance(&ConcordanceRequest {
            search,
            context: *writer
                .random()
                .pick(&["30", "3", "5w", "sentence"].map(|text| text.parse().expect("it is there"))),
            ..everything("")
        });
        let expected = counted.as_ref().ok().and_then(|count| count.total.occurrences);
        let found = lines.as_ref().ok().map(|lines| lines.lines.len() as u64);
        assert_eq!(found, expected, "seed {seed}: {query}");
        let Ok(lines) = lines else { continue };
        let total = counted.expect("it is there").total;
        assert_eq!(
            (lines.total.passages, lines.total.speeches),
            (total.passages, total.speeches),
            "seed {seed}: {query}"
        );
        lines.lines.iter().for_each(|line| paragraphs.check(line));
        line_count += lines.lines.len();
    }
    assert!(line_count > count, "the queries find something");
}

#[test]
fn there_is_a_line_for_every_occurrence_that_is_counted() {
    check_random_queries(&TestIndex::of(&[sample()]), 400, 71);
    for seed in 0..3 {
        check_random_queries(&random_index(seed), 250, 72 + seed);
    }
}

/// What lines are sorted by, worked out from the text alone: the units before, nearest first, and those behind.
fn beside(paragraphs: &Paragraphs, line: &ConcordanceLine) -> (Vec<String>, Vec<String>) {
    let (text, range) = paragraphs.of_line(line);
    let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(byte, _)| byte);
    let (start, end) = (byte(range.start), byte(range.end));
    let units = passage_units(text).speech;
    let of = |unit: &chancery::analyzer::Unit| units.text_of(unit).to_owned();
    let before = units
        .units()
        .iter()
        .rev()
        .filter(|unit| unit.span.end <= start)
        .take(5)
        .map(of);
    let behind = units
        .units()
        .iter()
        .filter(|unit| unit.span.start >= end)
        .take(5)
        .map(of);
    (before.collect(), behind.collect())
}

/// The lines in the order of a key, and of date, speech and place where it is equal.
fn naively_sorted<K: Ord>(lines: &[ConcordanceLine], key: impl Fn(&ConcordanceLine) -> K) -> Vec<ConcordanceLine> {
    let mut sorted = lines.to_vec();
    sorted.sort_by_cached_key(|line| {
        let address: PassageAddress = line.passage.parse().expect("it is there");
        let date = (line.date.is_none(), line.date.clone());
        let place = (address.paragraph, address.piece, line.start, line.end);
        (key(line), date, line.speech.clone(), place)
    });
    sorted
}

fn places(lines: &[ConcordanceLine]) -> Vec<(&str, usize, usize)> {
    let place = |line| -> (&str, usize, usize) {
        let line: &ConcordanceLine = line;
        (&line.passage, line.start, line.end)
    };
    lines.iter().map(place).collect()
}

#[test]
fn lines_are_sorted_as_a_naive_sort_of_their_text_has_them() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    let paragraphs = Paragraphs::of(&engine);
    for query in [
        "合作",
        "\"the\"",
        "\"的\"",
        "合作 NEAR/8 要",
        "cooperat* OR \"de\"",
        "/合作.{0,2}/",
    ] {
        let check = |key: LineKey, expected: Vec<ConcordanceLine>| {
            let found = asked(&engine, &sorted_by(query, &[key])).lines;
            assert!(found.len() > 1, "{query} finds something");
            assert_eq!(places(&found), places(&expected), "{query} by {}", key.name());
        };
        let all = asked(&engine, &everything(query)).lines;
        check(LineKey::Date, naively_sorted(&all, |_| ()));
        check(LineKey::Left, naively_sorted(&all, |line| beside(&paragraphs, line).0));
        check(LineKey::Right, naively_sorted(&all, |line| beside(&paragraphs, line).1));
        let third = |mut units: Vec<String>| (units.len() >= 3).then(|| units.swap_remove(2));
        check(
            LineKey::Left3,
            naively_sorted(&all, |line| third(beside(&paragraphs, line).0)),
        );
        check(
            LineKey::Right3,
            naively_sorted(&all, |line| third(beside(&paragraphs, line).1)),
        );
    }
}

#[test]
fn lines_are_sorted_by_metadata_with_what_is_not_known_last() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    let dates = |sort: &[LineKey]| -> Vec<Option<String>> {
        let lines = asked(&engine, &sorted_by("合作 OR \"the\"", sort)).lines;
        lines.into_iter().map(|line| line.date).collect()
    };
    let newest = dates(&[LineKey::DateDescending]);
    let dated: Vec<&String> = newest.iter().flatten().collect();
    assert!(dated.is_sorted_by(|left, right| left >= right), "{dated:?}");
    let first_undated = newest.iter().position(Option::is_none).unwrap_or(newest.len());
    assert!(newest[first_undated..].iter().all(Option::is_none));
    let lines = asked(
        &engine,
        &sorted_by("合作 OR \"the\"", &[LineKey::Country, LineKey::Right]),
    )
    .lines;
    let countries: Vec<String> = lines
        .iter()
        .filter_map(|line| line.country.as_ref())
        .map(|name| name.to_lowercase())
        .collect();
    let mut met = BTreeSet::new();
    for run in countries.chunk_by(|left, right| left == right) {
        assert!(
            met.insert(run[0].clone()),
            "{} stands in two places: {countries:?}",
            run[0]
        );
    }
    let unknown = lines
        .iter()
        .position(|line| line.country.is_none())
        .unwrap_or(lines.len());
    assert!(lines[unknown..].iter().all(|line| line.country.is_none()));
}

#[test]
fn pages_put_together_are_the_whole() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    for sort in [LineKey::Date, LineKey::Right, LineKey::Speaker, LineKey::Random] {
        let all = asked(&engine, &sorted_by("合作", &[sort])).lines;
        let mut pages = Vec::new();
        for offset in (0..all.len() + 7).step_by(7) {
            let request = ConcordanceRequest {
                offset,
                limit: Some(7),
                ..sorted_by("合作", &[sort])
            };
            pages.extend(asked(&engine, &request).lines);
        }
        assert_eq!(pages, all);
        let numbers: Vec<u64> = all.iter().map(|line| line.n).collect();
        assert_eq!(numbers, (1..=all.len() as u64).collect::<Vec<_>>());
    }
}

#[test]
fn a_sample_is_a_part_of_the_lines_in_their_order_and_the_same_for_one_seed() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    let sample = |seed: u64, sort: LineKey| {
        let request = ConcordanceRequest {
            sample: Some(9),
            seed,
            ..sorted_by("合作", &[sort])
        };
        asked(&engine, &request)
    };
    let all = asked(&engine, &sorted_by("合作", &[LineKey::Right])).lines;
    let drawn = sample(5, LineKey::Right);
    let described = drawn.sample.expect("it is there");
    assert_eq!((described.size, described.seed, described.of), (9, 5, all.len() as u64));
    let (all, of_sample) = (places(&all), places(&drawn.lines));
    let positions: Vec<usize> = of_sample
        .iter()
        .map(|line| all.iter().position(|other| other == line).expect("it is there"))
        .collect();
    assert!(positions.is_sorted() && positions.len() == 9, "{positions:?}");
    assert_eq!(drawn, sample(5, LineKey::Right));
    assert_ne!(drawn.lines, sample(6, LineKey::Right).lines);
    let same_lines = |drawn: &Concordance| -> BTreeSet<(String, usize)> {
        drawn
            .lines
            .iter()
            .map(|line| (line.passage.clone(), line.start))
            .collect()
    };
    assert_eq!(
        same_lines(&drawn),
        same_lines(&sample(5, LineKey::Date)),
        "the order does not choose"
    );
}

#[test]
fn occurrences_that_overlap_have_a_line_each() {
    let index = TestIndex::new();
    index.ingest(&[write(
        &index,
        "laughter.jsonl",
        &[json!({"id": "a", "language": "zh", "body": "他说哈哈哈，走了。"})],
    )]);
    let lines = asked(&index.engine(), &everything("\"哈哈\"")).lines;
    let shown: Vec<_> = lines
        .iter()
        .map(|line| (line.left.as_str(), line.node.as_str(), line.right.as_str()))
        .collect();
    assert_eq!(shown, [("他说", "哈哈", "哈，走了。"), ("他说哈", "哈哈", "，走了。")]);
}

fn write(index: &TestIndex, name: &str, speeches: &[serde_json::Value]) -> std::path::PathBuf {
    let path = index.path().with_file_name(name);
    let lines: Vec<String> = speeches.iter().map(|speech| speech.to_string()).collect();
    std::fs::write(&path, lines.join("\n")).expect("it is there");
    path
}

#[test]
fn the_order_does_not_depend_on_segments() {
    let source = TestIndex::of(&[sample()]);
    let speeches: Vec<serde_json::Value> = all_speeches(&source.engine())
        .into_iter()
        .map(|speech| {
            let mut object = serde_json::to_value(&speech.metadata).expect("it is there");
            object["id"] = json!(speech.id);
            object["body"] = json!(speech.body);
            object
        })
        .collect();
    let (whole, parts) = (TestIndex::new(), TestIndex::new());
    whole.ingest(&[write(&whole, "all.jsonl", &speeches)]);
    for (number, part) in speeches.chunks(speeches.len() / 3 + 1).rev().enumerate() {
        let report = parts.ingest(&[write(&parts, &format!("{number}.jsonl"), part)]);
        assert_eq!((report.added, report.rejected.len()), (part.len() as u64, 0));
    }
    let (whole, parts) = (whole.engine(), parts.engine());
    assert!(parts.status().expect("it is there").segments > 1);
    for query in ["合作", "\"the\"", "互利 NEAR/5 合作 OR cooperat*"] {
        for (name, _) in LineKey::NAMES {
            let key: LineKey = name.parse().expect("it is there");
            let lines = |engine: &Engine| asked(engine, &sorted_by(query, &[key])).lines;
            assert_eq!(lines(&whole), lines(&parts), "{query} by {}", key.name());
        }
    }
}

#[test]
fn context_flows_over_the_pieces_of_a_paragraph_and_ends_with_it() {
    let body = format!(
        "开头。\n\n{}合作共赢{}\n\n结尾。",
        "山高水长，".repeat(398),
        "来日方长。".repeat(300)
    );
    let index = TestIndex::new();
    index.ingest(&[write(
        &index,
        "long.jsonl",
        &[json!({"id": "a", "language": "zh", "body": body})],
    )]);
    let engine = index.engine();
    let line = |context: &str| {
        let request = ConcordanceRequest {
            context: context.parse().expect("it is there"),
            ..everything("\"合作共赢\"")
        };
        asked(&engine, &request).lines.remove(0)
    };
    let long = line("1500");
    assert_eq!((long.left.chars().count(), long.right.chars().count()), (1_500, 1_500));
    assert!(long.left_cut && !long.right_cut, "{long:?}");
    assert_eq!(line("3000").left.chars().count(), 1_990);
    assert_eq!(
        line("1100w")
            .right
            .chars()
            .filter(|character| *character != '。')
            .count(),
        1_100
    );
    let sentence = line("sentence");
    assert_eq!(
        (sentence.left.chars().count(), sentence.right.as_str()),
        (1_990, "来日方长。")
    );
    let everywhere = asked(&engine, &everything("\"山高\"")).lines;
    assert_eq!(everywhere.len(), 398);
    let paragraphs = Paragraphs::of(&engine);
    everywhere.iter().for_each(|line| paragraphs.check(line));
    // A string over the cut between two pieces.
    let strict = SearchRequest {
        strictness: Strictness::AsPrinted,
        ..SearchRequest::to_count("\"水长，山高\"")
    };
    let over = ConcordanceRequest {
        search: strict,
        ..everything("")
    };
    let lines = asked(&engine, &over).lines;
    assert_eq!(lines.len(), 397);
    lines.iter().for_each(|line| paragraphs.check(line));
}

#[test]
fn stage_directions_are_found_where_they_are_asked_for() {
    let index = TestIndex::new();
    let body = "谢谢（热烈掌声）大家。掌声是给你们的。";
    index.ingest(&[write(
        &index,
        "notes.jsonl",
        &[json!({"id": "a", "language": "zh", "body": body})],
    )]);
    let engine = index.engine();
    let mut request = everything("\"掌声\"");
    assert_eq!(asked(&engine, &request).lines.len(), 1);
    request.search.stage_directions = StageDirections::Included;
    for query in ["\"掌声\"", "/掌声/"] {
        request.search.query = query.to_owned();
        let lines = asked(&engine, &request).lines;
        let starts: Vec<usize> = lines.iter().map(|line| line.start).collect();
        assert_eq!(starts, [11, 5], "what was said comes first: {lines:?}");
    }
    let over = asked(&engine, &everything("\"谢谢大家\"")).lines;
    assert_eq!(
        (over[0].node.as_str(), over[0].right.as_str()),
        ("谢谢（热烈掌声）大家", "。掌声是给你们的。")
    );
}

#[test]
fn a_query_of_which_nothing_stands_in_the_text_is_refused_with_a_way_out() {
    let engine = TestIndex::of(&[sample()]).engine();
    for query in ["speaker:沈怀川", "-合作", "NOT \"合作\""] {
        let error = engine.concordance(&everything(query)).unwrap_err();
        assert!(
            error.message().contains("nothing in the query stands in the text"),
            "{error}"
        );
        assert!(error.hint_text().expect("it is there").contains("quoted string"));
    }
}

#[test]
fn rows_and_objects_carry_where_they_come_from() {
    let workplace = four_speeches();
    let arguments = ["concordance", "\"互利共赢\"", "--from", "2013", "--sort", "right"];
    let csv = workplace
        .run(&[&arguments[..], &["--format", "csv"]].concat())
        .ended(0)
        .stdout;
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(
        rows[0],
        "n,speech,passage,date,speaker,country,title,left,node,right,start,end,query,filters,versions,corpus,corpus_version,tool_version"
    );
    assert!(
        rows[3].starts_with("3,two,two#p1,2016-09,歐陽靜瀾,鷺嶼,閉幕,共飲一海水，,互利共贏,。,6,10,"),
        "{csv}"
    );
    assert!(rows[1..].iter().all(|row| row.contains("from=2013")), "{csv}");
    let lines = workplace
        .run(&[&arguments[..], &["--format", "jsonl"]].concat())
        .ended(0)
        .json_lines();
    assert_eq!(lines.len(), rows.len() - 1);
    assert!(
        lines
            .iter()
            .all(|line| line["query"] == "\"互利共赢\"" && line["corpus"]["version"].is_string())
    );
    let asked = format!("from=2013; sort=right; context=30; lines={}", lines.len());
    assert!(rows[1..].iter().all(|row| row.contains(&asked)), "{csv}");
    assert_eq!(
        (&lines[0]["sort"], &lines[0]["context"]),
        (&json!(["right"]), &json!("30"))
    );
    assert_eq!(lines[0]["total"]["occurrences"], json!(lines.len()));
    let drawn = [&arguments[..], &["--sample", "2", "--seed", "9", "--limit", "1"]].concat();
    let csv = workplace
        .run(&[&drawn[..], &["--format", "csv"]].concat())
        .ended(0)
        .stdout;
    let asked = format!("sample=2 of {}; seed=9; lines=2", lines.len());
    assert!(csv.contains(&asked), "{csv}");
    let one = &workplace
        .run(&[&drawn[..], &["--format", "jsonl"]].concat())
        .ended(0)
        .json_lines()[0];
    assert_eq!(one["sample"], json!({"size": 2, "seed": 9, "of": lines.len()}));
    let answer = workplace.json(&arguments);
    assert_eq!(answer["filters"]["from"], json!(["2013"]));
    assert_eq!((&answer["sort"], &answer["context"]), (&json!(["right"]), &json!("30")));
    assert_eq!(answer["total"]["occurrences"], json!(lines.len()));
}

#[test]
fn text_is_aligned_on_the_match_and_ends_with_its_stamp() {
    let run = sample_workplace()
        .run(&["concordance", "合作 OR cooperation OR \"في\"", "--limit", "all"])
        .ended(0);
    let rows: Vec<&str> = run.stdout.lines().collect();
    assert!(rows.len() > 30 && rows[0].contains("passage"), "{}", run.stdout);
    let stamp = rows.last().expect("it is there");
    assert!(stamp.contains("chancery") && stamp.contains("合作"), "{stamp}");
    // The columns themselves are measured beside `Columns`.
    assert!(!run.stdout.contains('\u{1b}'), "no colors where no terminal is");
}

#[test]
fn all_lines_are_exported_in_parts_as_in_one() {
    let speech = json!({"id": "many", "language": "zh", "body": "合作与合作。\n\n".repeat(1_300)});
    let workplace = Workplace::with_speeches(&[("many.jsonl", &speech.to_string())]);
    let csv = workplace
        .run(&["concordance", "合作", "--limit", "all", "--format", "csv"])
        .ended(0)
        .stdout;
    assert_eq!(csv.lines().count(), 2_601);
    assert_eq!(csv.lines().filter(|row| row.starts_with("n,")).count(), 1);
    assert!(csv.lines().last().expect("it is there").starts_with("2600,"));
    let few = workplace.run(&["concordance", "合作", "--format", "tsv"]).ended(0);
    assert_eq!(few.stdout.lines().count(), 21);
    assert!(few.stderr.contains("--limit all"), "{few:?}");
    // A reader that has gone away is no error.
    let mut child = workplace
        .process(&["concordance", "合作", "--limit", "all", "--format", "csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be started");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{output:?}");
}

#[test]
fn nothing_found_ends_with_code_1_and_wrong_options_with_2() {
    let workplace = sample_workplace();
    let nothing = workplace.run(&["concordance", "\"没有这句话\""]).ended(1);
    assert!(nothing.stdout.starts_with("nothing found"), "{nothing:?}");
    let behind = workplace
        .run(&["concordance", "合作", "--offset", "100000", "--format", "csv"])
        .ended(0);
    assert!(behind.stderr.contains("there is no line behind line "), "{behind:?}");
    workplace
        .run(&["concordance", "合作", "--sample", "0"])
        .failed_with(&["write a whole number from 1 on"]);
    workplace
        .run(&["concordance", "合作", "--sort", "6L"])
        .failed_with(&["6L"]);
    workplace
        .run(&["concordance", "合作", "--context", "far"])
        .failed_with(&["far"]);
    workplace
        .run(&["concordance", "合作", "--limit", "some"])
        .failed_with(&["some"]);
    workplace
        .run(&["concordance", "speaker:沈怀川"])
        .failed_with(&["stands in the text", "hint"]);
}
