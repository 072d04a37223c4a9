//! What the program writes, whatever the verb: forms, colors, widths, streams; and every form of one fixed answer against
//! the snapshots in `tests/snapshots`.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use chancery::corpus::{Field, Metadata};
use chancery::engine::Answer;
use chancery::index::CorpusVersion;
use chancery::render::style::Page;
use chancery::render::{Format, render};
use chancery::search::{FacetCounts, FacetValue, Hit, PassageHit, SearchResults, Totals};
use chancery::text::CharSpan;
use unicode_width::UnicodeWidthStr;

use crate::support::command::{Run, Workplace, four_speeches, sample};

fn metadata(fields: &[(Field, &str)]) -> Metadata {
    let mut metadata = Metadata::default();
    for (field, value) in fields {
        metadata.set(*field, value).expect("the dates are dates");
    }
    metadata
}

fn hit(rank: usize, passage: &str, text: &str, highlights: &[(usize, usize)]) -> PassageHit {
    let (speech, paragraph) = passage.split_once("#p").expect("an address");
    PassageHit {
        rank,
        score: 12.3457 / rank as f64,
        partial: false,
        passage: passage.to_owned(),
        speech: speech.to_owned(),
        paragraph: paragraph.parse().expect("a number"),
        matter: None,
        piece: None,
        body_start: 71,
        section: None,
        metadata: Metadata::default(),
        text: text.to_owned(),
        highlights: highlights
            .iter()
            .map(|&(start, end)| CharSpan { start, end }.into())
            .collect(),
        snippet: CharSpan {
            start: 0,
            end: text.chars().count(),
        },
        explanation: None,
    }
}

/// Two hits that hold what output must cope with: two scripts, marks, a long line, missing fields, control characters.
fn fixed_results() -> SearchResults {
    let han = "共飲一海水，應當同讀一紙書。\t共饮一海水，更要同走一座桥。桥上的掌声会停，桥上的脚步不能停。";
    let mut first = hit(1, "summits/2013#p3", han, &[(0, 5), (15, 20)]);
    first.metadata = metadata(&[
        (Field::Title, "同饮一海 共开新局"),
        (Field::Speaker, "沈怀川"),
        (Field::Date, "2013-10-17"),
        (Field::Place, "望潮"),
        (Field::Language, "zh"),
    ]);
    let english = "We drink of one sea, \"as neighbours do\u{1b}[31m\"; whoever drinks of one sea shares its weather, its fish and \
                   its storms, and nobody at this table can move away.";
    let mut second = hit(2, "press/2018#p12", english, &[(3, 19)]);
    second.snippet.start = 3;
    let value = |forms: &[&str], passages, speeches| FacetValue {
        value: forms[0].to_owned(),
        forms: forms
            .iter()
            .skip_while(|_| forms.len() == 1)
            .map(|form| (*form).to_owned())
            .collect(),
        passages,
        speeches,
    };
    SearchResults {
        warnings: Vec::new(),
        query: "“共饮一海水” sea".to_owned(),
        interpreted: "\"共饮一海水\" sea".to_owned(),
        is_expanded: false,
        relaxed: false,
        total: Totals {
            passages: 7,
            speeches: 3,
            occurrences: Some(9),
            undetermined: Some(1),
        },
        advice: chancery::search::Advice::default(),
        offset: 0,
        limit: 2,
        hits: vec![Hit::Passage(first), Hit::Passage(second)],
        next: None,
        corpus_changed: false,
        explanation: None,
        facets: vec![FacetCounts {
            field: "speaker".to_owned(),
            values: vec![
                value(&["沈怀川", "Shen Huaichuan", "SHEN HUAICHUAN"], 5, 2),
                value(&["Adela Thornvik"], 2, 1),
            ],
        }],
    }
}

fn rendered(format: Format) -> String {
    let corpus = CorpusVersion {
        name: "snapshot".to_owned(),
        version: "0123456789abcdef".to_owned(),
    };
    let mut answer = Answer::new(Some(corpus), fixed_results(), Duration::from_micros(1_250));
    answer.tool_version = "0.0.0";
    let mut output = Vec::new();
    render(&answer, format, &mut output, &Page { width: 60 }).expect("a buffer takes everything");
    String::from_utf8(output).expect("answers are UTF-8")
}

/// Compares with a snapshot; with `CHANCERY_UPDATE_SNAPSHOTS=1` writes it.
pub(crate) fn check_snapshot(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var("CHANCERY_UPDATE_SNAPSHOTS").is_ok_and(|value| value == "1") {
        fs::write(&path, actual).expect("the snapshot can be written");
    }
    let expected = fs::read_to_string(&path).expect("the snapshot is there");
    assert_eq!(actual, expected, "{name}; CHANCERY_UPDATE_SNAPSHOTS=1 writes it anew");
}

#[test]
fn every_form_of_one_answer_is_as_its_snapshot() {
    check_snapshot("search.txt", &rendered(Format::Text));
    check_snapshot("search.json", &rendered(Format::Json));
    check_snapshot("search.jsonl", &rendered(Format::JsonLines));
    check_snapshot("search.csv", &rendered(Format::Csv));
    check_snapshot("search.tsv", &rendered(Format::Tsv));
}

#[test]
fn a_line_never_exceeds_its_cells_and_has_no_space_at_its_end() {
    let text = sample()
        .run(&["search", "澜海 water мир", "--limit", "40"])
        .ended(0)
        .stdout;
    let extracts: Vec<&str> = text.lines().filter(|line| line.starts_with("   ")).collect();
    assert!(extracts.iter().any(|line| line.width() > 70), "lines are filled");
    let is_extract = |line: &&&str| !line.contains(" · ") && !line.contains("#p");
    for line in extracts.iter().filter(is_extract) {
        assert!(
            line.width() <= 80 && !line.ends_with(' '),
            "{} cells: {line}",
            line.width()
        );
    }
}

#[test]
fn colors_follow_the_option_then_the_environment_then_the_stream() {
    let workplace = four_speeches();
    let check = |options: &[&str], variables: &[(&str, &str)], is_colored: bool| {
        let mut command = workplace.command(&[&["search", "\"art\""], options].concat());
        let run = Run::of(command.envs(variables.iter().copied())).ended(0);
        assert_eq!(run.stdout.contains('\u{1b}'), is_colored, "{options:?} {variables:?}");
    };
    check(&[], &[], false);
    check(&["--color", "always"], &[], true);
    check(&["--color", "always"], &[("NO_COLOR", "1")], true);
    check(&["--color", "never"], &[("CLICOLOR_FORCE", "1")], false);
    check(&[], &[("CLICOLOR_FORCE", "1")], true);
    check(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false);
    check(&["--color", "always", "--format", "json"], &[], false);
    check(&["--color", "always", "--format", "csv"], &[], false);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let workplace = sample();
    for arguments in [
        &["search", "海", "--limit", "1000", "--format", "json"][..],
        &["list", "--format", "jsonl"],
        &["show", "summits/2013-wangchao", "--format", "json"],
    ] {
        let mut child = workplace
            .process(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        let mut pipe = child.stdout.take().expect("stdout is piped");
        pipe.read_exact(&mut [0]).expect("there is output");
        drop(pipe);
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_goes_to_stdout_and_wrong_usage_to_stderr() {
    let workplace = Workplace::new();
    for arguments in [&["--help"][..], &["help", "search"], &["--version"]] {
        let run = workplace.run(arguments).ended(0);
        assert!(!run.stdout.is_empty() && run.stderr.is_empty(), "{arguments:?}");
    }
    workplace.run(&["no-such-verb"]).failed_with(&["no-such-verb"]);
    workplace
        .run(&["list", "--no-such-option"])
        .failed_with(&["--no-such-option"]);
    workplace.run(&[]).failed_with(&["Usage: chancery"]);
}

#[test]
fn the_index_is_the_one_named_by_the_option_or_the_variable() {
    let workplace = four_speeches();
    let elsewhere = Workplace::new();
    let index = workplace.path().join("index");
    let run = Run::of(
        elsewhere
            .command(&["list", "--format", "tsv"])
            .env("CHANCERY_INDEX", &index),
    );
    assert_eq!(run.ended(0).stdout.lines().count(), 5);
    let run = Run::of(
        elsewhere
            .command(&["list", "--index", "here"])
            .env("CHANCERY_INDEX", &index),
    );
    run.failed_with(&["here: there is no index here"]);
}
