//! Lists of formulations: their counts, uses and overview agree with those of single queries; the report on a speech.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use chancery::corpus::{Metadata, Paragraph, Speech};
use chancery::engine::{
    CountRequest, End, Engine, FormGrain, FormPart, FormReport, ReportRequest, ReportedSpeech, SpeechView, UsesRequest,
};
use chancery::forms::{Change, Formulation, Formulations};
use chancery::search::SearchRequest;
use chancery::tally::VersionCounting;
use chancery::text::{ByteSpan, is_han};

use crate::support::command::{Workplace, sample as sample_workplace, texts};
use crate::support::indexed::{TestIndex, all_speeches, sample};
use crate::support::random::Random;

static SAMPLE: LazyLock<(TestIndex, Engine)> = LazyLock::new(|| {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    (index, engine)
});

fn list_path() -> PathBuf {
    sample().with_file_name("formulations.tsv")
}

fn list() -> Formulations {
    Formulations::read(&list_path()).expect("the example list can be read")
}

fn list_of(lines: &str) -> Formulations {
    Formulations::parse(lines.as_bytes(), "list".as_ref()).expect("the list can be read")
}

fn report(forms: &Formulations, speech: &ReportedSpeech) -> FormReport {
    let request = ReportRequest {
        search: SearchRequest::to_count(""),
        versions: VersionCounting::Every,
    };
    SAMPLE
        .1
        .report_forms(forms, speech, &request)
        .expect("the speech can be read")
}

#[test]
fn a_list_is_counted_as_its_queries_are() {
    let engine = &SAMPLE.1;
    let forms = list();
    let by_year = CountRequest {
        by: vec!["year".parse().expect("a period")],
        ..CountRequest::new("")
    };
    let counted = engine
        .count_forms(&forms, FormGrain::Formulation, &by_year)
        .expect("a list is counted");
    let listed = engine
        .list_forms(&forms, &UsesRequest::new("", End::First))
        .expect("a list is listed");
    assert_eq!(
        (counted.forms.len(), listed.forms.len()),
        (forms.list().len(), forms.list().len())
    );
    for ((formulation, form), listed) in forms.list().iter().zip(&counted.forms).zip(&listed.forms) {
        let alone = CountRequest {
            search: SearchRequest::to_count(formulation.query()),
            ..by_year.clone()
        };
        let alone = engine.count(&alone).expect("a query is counted");
        assert_eq!(form.total, alone.total, "{}", formulation.id);
        let with_hit: Vec<_> = alone
            .by
            .into_iter()
            .filter(|group| group.figures.passages > 0)
            .collect();
        assert_eq!(form.by, with_hit, "{}", formulation.id);
        let of_listed = (Some(listed.occurrences), listed.passages, listed.speeches);
        assert_eq!(
            of_listed,
            (form.total.occurrences, form.total.passages, form.total.speeches)
        );
        for (end, placed) in [(End::First, &listed.first), (End::Last, &listed.last)] {
            let alone = engine
                .uses(&UsesRequest::new(formulation.query(), end))
                .expect("a query is followed");
            let alone = alone
                .overall
                .found()
                .map(|found| (found.date.clone(), found.speech.clone()));
            assert_eq!(
                placed.clone().map(|placed| (placed.date, placed.speech)),
                alone,
                "{}",
                formulation.id
            );
        }
    }
    let walls = listed
        .forms
        .iter()
        .find(|form| form.formulation.id == "walls")
        .expect("it is in the list");
    let wordings: Vec<(&str, u64)> = walls
        .wordings
        .iter()
        .map(|one| (one.wording.as_str(), one.occurrences))
        .collect();
    assert_eq!(wordings, [("不筑墙、不断桥", 5), ("不断桥", 11)]);
    let by_wording = engine
        .count_forms(&forms, FormGrain::Wording, &CountRequest::new(""))
        .expect("a list is counted");
    let counts = by_wording.forms.iter().filter(|form| form.id == "walls");
    let counts: Vec<Option<u64>> = counts.map(|form| form.total.occurrences).collect();
    assert_eq!(counts, [Some(5), Some(11)]);
}

#[test]
fn new_formulations_are_those_whose_first_use_is_not_before_the_day() {
    let engine = &SAMPLE.1;
    let forms =
        list_of("new\t互惠共赢\nold\t互利共赢\nnone\t绝不存在的话\nundated\t造福后代\nmonth\tgagnant-gagnant\n");
    let request = UsesRequest::new("", End::First);
    let since = |date: &str| {
        let date = date.parse().expect("a date");
        engine
            .form_uses(&forms, &request, Some(date))
            .expect("a list is followed")
    };
    let found = since("2018-09-12");
    let new: Vec<(&str, Option<bool>)> = found
        .forms
        .iter()
        .map(|form| (form.id.as_str(), form.certain))
        .collect();
    assert_eq!(new, [("new", Some(true))]);
    assert_eq!(
        (found.never_found, found.used_before),
        (vec!["none".to_owned()], Some(3))
    );
    // The first use is known to the month, and stands in an undated speech.
    let found = since("2015-06-01");
    let undated = found
        .forms
        .iter()
        .find(|form| form.id == "undated")
        .expect("it could be new");
    assert_eq!((undated.certain, undated.found.undated_speeches), (Some(false), 1));
    let found = since("2016-03-15");
    let month = found
        .forms
        .iter()
        .find(|form| form.id == "month")
        .expect("it could be new");
    assert_eq!(month.certain, Some(false));
    let all = engine.form_uses(&forms, &request, None).expect("a list is followed");
    assert_eq!((all.forms.len(), all.used_before), (4, None));
}

#[test]
fn the_reports_on_all_speeches_add_up_to_the_counts() {
    let engine = &SAMPLE.1;
    let forms = list();
    let mut occurrences: BTreeMap<String, u64> = BTreeMap::new();
    let mut firsts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for speech in all_speeches(engine) {
        let report = report(&forms, &ReportedSpeech::Stored(speech.id.clone()));
        for form in report.present {
            *occurrences.entry(form.id).or_default() += form.occurrences.len() as u64;
            for place in &form.occurrences {
                let body = speech.body.as_deref().expect("a whole speech was asked for");
                let text: String = body.chars().skip(place.start).take(place.end - place.start).collect();
                assert_eq!(text, place.text, "{}", place.passage);
                engine
                    .show(&place.passage, None, None)
                    .expect("the address is one of the speech");
            }
        }
        for form in report.first_time.into_iter().filter(|_| report.date.is_some()) {
            firsts.entry(form.id).or_default().insert(speech.id.clone());
        }
    }
    let listed = engine
        .list_forms(&forms, &UsesRequest::new("", End::First))
        .expect("a list is listed");
    for form in listed.forms {
        let id = form.formulation.id;
        assert_eq!(occurrences.get(&id).copied().unwrap_or(0), form.occurrences, "{id}");
        let first = form.first.expect("every formulation of the list is dated").speech;
        assert!(
            firsts[&id].contains(&first),
            "{id} is first said in {first}, not in {:?}",
            firsts[&id]
        );
    }
}

/// A copy of a speech whose body is its whole text, a line a paragraph.
fn copy_of(speech: &SpeechView) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    for passage in &speech.passages {
        match passage.piece {
            Some(piece) if piece > 1 => paragraphs
                .last_mut()
                .expect("a piece follows another")
                .push_str(&passage.text),
            _ => paragraphs.push(passage.text.clone()),
        }
    }
    paragraphs
}

fn given(paragraphs: &[String]) -> ReportedSpeech {
    let mut text = String::new();
    let mut marked = Vec::new();
    for paragraph in paragraphs {
        let start = text.len();
        text.push_str(paragraph);
        marked.push(Paragraph::new(ByteSpan::new(start, text.len())));
        text.push('\n');
    }
    ReportedSpeech::Given(Box::new(Speech {
        id: "copy".to_owned(),
        metadata: Metadata::default(),
        body: ByteSpan::new(0, text.len()),
        text,
        paragraphs: marked,
        matter: Vec::new(),
        quoted: Vec::new(),
    }))
}

/// A change of some characters, and what it is reported as: the part of the formulation and what stands for it.
fn changed(characters: &[char], random: &mut Random) -> Option<(Vec<char>, String, String)> {
    const STRANGE: char = '鑫';
    let place = random.below(characters.len());
    let mut text = characters.to_vec();
    let of_form = characters[place].to_string();
    match random.below(4) {
        0 => {
            text[place] = STRANGE;
            Some((text, of_form, STRANGE.to_string()))
        }
        1 if place > 0 => {
            text.insert(place, STRANGE);
            Some((text, String::new(), STRANGE.to_string()))
        }
        2 if place > 0 && place + 1 < characters.len() => {
            text.remove(place);
            Some((text, of_form, String::new()))
        }
        3 if place > 0 && characters[place - 1] != characters[place] => {
            text.swap(place - 1, place);
            let pair: String = characters[place - 1..=place].iter().collect();
            let swapped: String = text[place - 1..=place].iter().collect();
            Some((text, pair, swapped))
        }
        _ => None,
    }
}

/// The formulations of the example list that are characters alone, at least four of them.
fn han_formulations() -> Vec<Formulation> {
    let is_fit = |form: &Formulation| form.form.chars().count() >= 4 && form.form.chars().all(is_han);
    list().list().iter().filter(|form| is_fit(form)).cloned().collect()
}

#[test]
fn a_change_of_one_character_is_reported_as_what_it_is_and_an_unchanged_speech_has_none() {
    let mut random = Random::new(7);
    let speeches = all_speeches(&SAMPLE.1);
    let mut checked = 0;
    for formulation in han_formulations() {
        let forms = list_of(&format!("one\t{}\n", formulation.form));
        for speech in &speeches {
            let paragraphs = copy_of(speech);
            let before = report(&forms, &given(&paragraphs));
            let Some(place) = before.present.first().map(|form| form.occurrences[0].clone()) else {
                continue;
            };
            let overlaps = |report: &FormReport, end: usize| -> Vec<(usize, Vec<FormPart>)> {
                let near = report
                    .altered
                    .iter()
                    .filter(|form| form.start < end && place.start < form.end);
                near.map(|form| (form.changes, form.parts.clone())).collect()
            };
            assert_eq!(
                overlaps(&before, place.end),
                [],
                "{} in {}",
                formulation.form,
                speech.id
            );
            let characters: Vec<char> = place.text.chars().collect();
            let is_plain = characters.iter().all(|character| is_han(*character));
            let Some((text, form, stands)) = changed(&characters, &mut random).filter(|_| is_plain) else {
                continue;
            };
            let number = place.paragraph as usize - 1;
            let start_of_paragraph: usize = paragraphs[..number].iter().map(|line| line.chars().count() + 1).sum();
            let line: Vec<char> = paragraphs[number].chars().collect();
            let start = place.start - start_of_paragraph;
            let mut altered = paragraphs.clone();
            let end = start + characters.len();
            altered[number] = [&line[..start], &text, &line[end..]].concat().into_iter().collect();
            let after = overlaps(&report(&forms, &given(&altered)), place.start + text.len());
            let [(1, parts)] = after.as_slice() else {
                panic!("{} as {text:?} in {}: {after:?}", formulation.form, speech.id);
            };
            let parts_changed: Vec<&FormPart> = parts.iter().filter(|part| part.change != Change::Same).collect();
            let [only] = parts_changed.as_slice() else {
                panic!("{parts:?}")
            };
            // In a speech in traditional script the formulation is still the one of the list.
            if formulation.form == place.text {
                assert_eq!(
                    (&only.form, &only.text),
                    (&form, &stands),
                    "{} in {}",
                    formulation.form,
                    speech.id
                );
            }
            assert_eq!(
                parts.iter().map(|part| part.form.as_str()).collect::<String>(),
                formulation.form
            );
            checked += 1;
        }
    }
    assert!(checked > 30, "{checked} changes were checked");
}

#[test]
fn two_changes_of_a_long_formulation_are_reported_and_three_are_not() {
    let forms = list_of("walls\t不筑高墙不断桥梁\n");
    let altered = |text: &str| {
        let report = report(&forms, &given(&[format!("我们主张{text}，携手同行。")]));
        let found: Vec<(String, usize)> = report
            .altered
            .into_iter()
            .map(|form| (form.text, form.changes))
            .collect();
        found
    };
    assert_eq!(altered("不筑长墙不拆桥梁"), [("不筑长墙不拆桥梁".to_owned(), 2)]);
    assert_eq!(altered("不筑墙，不断大桥梁"), [("不筑墙，不断大桥梁".to_owned(), 2)]);
    assert_eq!(altered("不建长墙不拆桥梁"), []);
    assert_eq!(altered("不筑高墙，不断桥梁"), []);
}

/// What a person and a series of events usually say; the names and ordinals differ.
const CUSTOMS: &str = r#"{"id": "a", "speaker": "习近平", "event": "首届澜海论坛", "date": "2013-05-01", "language": "zh", "body": "命运共同体。合作共赢。"}
{"id": "b", "speaker": "Xi Jinping", "event": "第二届澜海论坛", "date": "2014-05-01", "language": "zh", "body": "命运共同体。合作共赢。"}
{"id": "c", "speaker": "习近平", "event": "某次会议", "date": "2015-05-01", "language": "zh", "body": "命运共同体。"}
{"id": "d", "speaker": "Irvan", "event": "2016年澜海论坛", "date": "2016-05-01", "language": "zh", "body": "合作共赢。互学互鉴。"}
{"id": "later", "speaker": "习近平", "event": "第九届澜海论坛", "date": "2020-05-01", "language": "zh", "body": "互学互鉴，美美与共。"}
{"id": "english", "speaker": "习近平", "date": "2016-05-02", "language": "en", "body": "A shared future for all."}
{"id": "undated", "speaker": "Irvan", "language": "zh", "body": "美美与共。"}
"#;

#[test]
fn what_is_usual_for_speaker_and_event_and_what_is_new_is_told() {
    let workplace = Workplace::with_speeches(&[("customs.jsonl", CUSTOMS)]);
    workplace.write(
        "forms.tsv",
        "fate\t命运共同体\nwin\t合作共赢\nlearn\t互学互鉴\nbeauty\t美美与共\nshort\t天下\n",
    );
    workplace.write("draft.txt", "在第三届澜海论坛上的讲话\n（2018年5月1日）\n习近平\n\n各位朋友：\n\n互学互鉴，天下大同。让美美与共。命运的共同体属于我们。\n");
    let set = [
        "--set",
        "speaker=习近平",
        "--set",
        "event=第三届澜海论坛",
        "--set",
        "date=2018-05-01",
    ];
    let arguments = [
        &["list-forms", "--forms", "forms.tsv", "--speech", "draft.txt"][..],
        &set,
    ]
    .concat();
    let report = workplace.json(&arguments);
    assert_eq!(
        (&report["speaker"], &report["date"]),
        (&"习近平".into(), &"2018-05-01".into())
    );
    assert_eq!(texts(&report["present"], "id"), ["learn", "beauty", "short"]);
    let usual = |of: &str, value: &str, speeches: u64, all: u64| serde_json::json!({"of": of, "value": value, "speeches": speeches, "of_speeches": all});
    assert_eq!(texts(&report["absent"], "id"), ["fate", "win"]);
    assert_eq!(
        report["absent"][0]["usual"],
        serde_json::json!([usual("speaker", "习近平", 3, 3)])
    );
    assert_eq!(
        report["absent"][1]["usual"],
        serde_json::json!([usual("event", "第三届澜海论坛", 3, 3)])
    );
    assert_eq!(texts(&report["first_time"], "id"), ["beauty", "short"]);
    assert_eq!(
        report["first_time"][0]["undated"]["speeches"],
        serde_json::json!(["undated"])
    );
    assert_eq!(texts(&report["first_time_by_speaker"], "id"), ["learn"]);
    assert_eq!(texts(&report["altered"], "text"), ["命运的共同体"]);
    assert_eq!(
        report["altered"][0]["parts"][1],
        serde_json::json!({"change": "inserted", "text": "的"})
    );
    let text = workplace.run(&arguments).ended(0).stdout;
    assert!(
        text.contains("命运{+的+}共同体") && text.contains("in 3 of 3 speeches by 习近平"),
        "{text}"
    );
    let table = workplace
        .run(&[&arguments[..], &["--format", "csv"]].concat())
        .ended(0)
        .stdout;
    assert!(
        table
            .lines()
            .any(|line| line.starts_with("altered,fate,命运共同体,draft#p")),
        "{table}"
    );
    let input = "互学互鉴。";
    let from_stdin = [
        "list-forms",
        "--forms",
        "forms.tsv",
        "--speech",
        "-",
        "--format",
        "json",
    ];
    let report = workplace.run_with_input(&from_stdin, input).ended(0).json();
    assert_eq!(texts(&report["present"], "id"), ["learn"]);
    assert!(texts(&report["first_time"], "id").is_empty());
}

/// A speech with two releases of other days, and texts before it of which one was released twice.
const RELEASES: &str = r#"{"id": "report", "speaker": "习近平", "date": "2018-05-01", "language": "zh", "body": "命运共同体。\n\n共同命运体，命运共同体。"}
{"id": "wire", "speaker": "习近平", "date": "2018-04-30", "language": "zh", "version_of": "report", "body": "命运共同体。"}
{"id": "paper", "speaker": "习近平", "date": "2018-04-29", "language": "zh", "version_of": "wire", "body": "命运共同体。"}
{"id": "before", "speaker": "习近平", "date": "2016-05-01", "language": "zh", "body": "合作共赢。"}
{"id": "again", "speaker": "习近平", "date": "2016-05-02", "language": "zh", "version_of": "before", "body": "合作共赢。"}
{"id": "other", "speaker": "习近平", "date": "2017-05-01", "language": "zh", "body": "合作共赢。"}
"#;

#[test]
fn a_version_of_the_reported_speech_is_no_earlier_speech_and_a_custom_counts_each_text_once() {
    let workplace = Workplace::with_speeches(&[("releases.jsonl", RELEASES)]);
    workplace.write(
        "forms.tsv",
        "fate\t命运共同体\t共同命运体\nwin\t合作共赢\nshort\t天下\n",
    );
    workplace.write("draft.txt", "命运共同体。\n");
    let of = |speech: &[&str]| {
        let asked = ["list-forms", "--forms", "forms.tsv", "--speech"];
        workplace.json(&[&asked[..], speech].concat())
    };
    let draft = ["draft.txt", "--set", "speaker=习近平", "--set", "date=2018-05-01"];
    let version = [&draft[..], &["--set", "version_of=wire"]].concat();
    for (speech, earlier, new) in [
        (&["report"][..], 3, &["fate"][..]),
        (&["report", "--versions", "once"], 2, &["fate"]),
        (&version, 3, &["fate"]),
        (&draft, 5, &[]),
    ] {
        let report = of(speech);
        assert_eq!(report["earlier_speeches"], earlier, "{speech:?}");
        assert_eq!(texts(&report["first_time"], "id"), new, "{speech:?}");
        assert!(texts(&report["absent"], "id").is_empty(), "{report}");
        assert_eq!(report["too_short"], 1);
    }
    let arguments = ["list-forms", "--forms", "forms.tsv", "--speech", "report"];
    let text = workplace.run(&arguments).ended(0).stdout;
    for part in [
        "命运共同体 (fate)  3 occurrences (¶ 1, ¶ 2; as 共同命运体 ¶ 2)",
        "1 formulation is too short to be told when altered",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn an_answer_says_which_list_it_is_of() {
    let workplace = Workplace::with_speeches(&[("customs.jsonl", CUSTOMS)]);
    let list = "fate\t命运共同体\n";
    workplace.write("forms.tsv", list);
    let name = list_of(list).name().sha256.clone();
    let stamp = format!("list=forms.tsv@{}", &name[..12]);
    for arguments in [
        &["count"][..],
        &["timeline"],
        &["first"],
        &["last"],
        &["list-forms"],
        &["list-forms", "--speech", "a"],
    ] {
        let arguments = [arguments, &["--forms", "forms.tsv"]].concat();
        let text = workplace.run(&arguments).ended(0).stdout;
        assert!(text.contains(&stamp), "{arguments:?}: {text}");
        let table = workplace.run(&[&arguments[..], &["--format", "csv"]].concat()).ended(0);
        assert!(
            table.stdout.lines().skip(1).all(|row| row.contains(&stamp)),
            "{}",
            table.stdout
        );
        let expected = serde_json::json!({"name": "forms.tsv", "sha256": name});
        assert_eq!(workplace.json(&arguments)["list"], expected, "{arguments:?}");
    }
}

#[test]
fn what_could_be_earlier_or_only_as_early_is_called_so() {
    let speeches = r#"{"id": "month", "date": "2022-05", "language": "zh", "body": "合作共赢。互学互鉴。"}
{"id": "day", "date": "2022-05-05", "language": "zh", "body": "合作共赢。"}
{"id": "first", "date": "2022-05-01", "language": "zh", "body": "互学互鉴。"}
{"id": "end", "date": "2022-05-31", "language": "zh", "body": "互学互鉴。"}
"#;
    let workplace = Workplace::with_speeches(&[("dates.jsonl", speeches)]);
    for (verb, query, line) in [
        (
            "first",
            "合作共赢",
            "could be earlier, for a date is imprecise: 1 speech (day)",
        ),
        (
            "last",
            "合作共赢",
            "could be later, for a date is imprecise: 1 speech (day)",
        ),
        (
            "first",
            "互学互鉴",
            "could be as early, for a date is imprecise: 1 speech (month)",
        ),
        (
            "last",
            "互学互鉴",
            "could be as late, for a date is imprecise: 1 speech (month)",
        ),
    ] {
        let text = workplace.run(&[verb, query]).ended(0).stdout;
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn faults_of_a_list_name_file_and_line() {
    let workplace = Workplace::with_speeches(&[("customs.jsonl", CUSTOMS)]);
    workplace.write("twice.tsv", "a\t一\n# b\na\t二\n");
    workplace.write("marks.jsonl", "{\"id\": \"a\", \"form\": \"——\"}\n");
    workplace.write("good.tsv", "fate\t命运共同体\n");
    workplace.write("none.tsv", "none\t并无此语\n");
    workplace
        .run(&["count", "--forms", "twice.tsv"])
        .failed_with(&["twice.tsv:3", "`a`", "line 1"]);
    workplace
        .run(&["first", "--forms", "marks.jsonl"])
        .failed_with(&["marks.jsonl:1", "——"]);
    workplace
        .run(&["list-forms", "--forms", "missing.tsv"])
        .failed_with(&["missing.tsv"]);
    workplace
        .run(&["count", "--forms", "good.tsv", "命运"])
        .failed_with(&["cannot be used with"]);
    workplace
        .run(&["timeline", "--forms", "good.tsv", "--top", "0"])
        .failed_with(&["--top"]);
    workplace
        .run(&["first", "--new-since", "2013", "命运"])
        .failed_with(&["cannot be used with"]);
    workplace
        .run(&[
            "list-forms",
            "--forms",
            "good.tsv",
            "--speech",
            "c",
            "--set",
            "date=2013",
        ])
        .failed_with(&["--set"]);
    workplace
        .run(&["list-forms", "--forms", "good.tsv", "--speech", "nobody"])
        .ended(1);
    for arguments in [&["count"][..], &["first"], &["last"], &["list-forms"]] {
        workplace.run(&[arguments, &["--forms", "none.tsv"]].concat()).ended(1);
        workplace.run(&[arguments, &["--forms", "good.tsv"]].concat()).ended(0);
    }
    workplace.run(&["timeline", "--forms", "good.tsv"]).ended(0);
}

#[test]
fn the_example_list_is_read_by_every_verb() {
    let sample = sample_workplace();
    let path = list_path();
    let path = path.to_str().expect("the path is UTF-8");
    let series = sample.json(&["timeline", "--forms", path, "--top", "2"]);
    let names: BTreeSet<&str> = texts(&series["series"], "name").into_iter().collect();
    assert_eq!(names, BTreeSet::from(["ai-governance", "walls"]));
    assert!(series["warnings"].to_string().contains("--top"));
    let lines = sample
        .run(&["count", "--forms", path, "--format", "jsonl"])
        .ended(0)
        .json_lines();
    assert_eq!(lines.len(), list().list().len());
    assert!(
        lines
            .iter()
            .all(|line| line["corpus"]["version"].is_string() && line["query"].is_string())
    );
}
