//! `chancery timeline`: the truth of the sample corpus bin by bin, the chart for a terminal, and the drawn one.

use std::collections::BTreeMap;
use std::fs;

use chancery::engine::{Timeline, TimelineRequest};
#[cfg(feature = "png")]
use chancery::render::plot::png;
use chancery::render::plot::{PlotOptions, PlotValue, PlotWords, svg};
use chancery::tally::{Period, VersionCounting};
#[cfg(feature = "png")]
use resvg::{tiny_skia::Pixmap, usvg};

use crate::count::{SAMPLE, formulations, stated_years};
use crate::support::command::Workplace;
use crate::support::strings::quoted;

fn timeline(queries: &[&str], period: Period) -> Timeline {
    let mut request = TimelineRequest::new(queries.iter().copied());
    request.period = period;
    SAMPLE.1.timeline(&request).expect("the queries can be followed")
}

#[test]
fn every_formulation_is_followed_through_its_years() {
    let records = formulations();
    let queries: Vec<String> = records
        .iter()
        .map(|record| quoted(record["query"].as_str().expect("text")))
        .collect();
    let queries: Vec<&str> = queries.iter().map(String::as_str).collect();
    for period in [Period::Year, Period::Quarter, Period::Month] {
        let timeline = timeline(&queries, period);
        for (series, record) in timeline.series.iter().zip(&records) {
            let query = &series.query;
            assert_eq!(series.total.occurrences, record["occurrences"].as_u64(), "{query}");
            let in_bins: u64 = series.points.iter().filter_map(|point| point.occurrences).sum();
            let undated = series.undated.occurrences.unwrap_or(0);
            assert_eq!(Some(in_bins + undated), series.total.occurrences, "{query}");
            let mut years: BTreeMap<String, u64> = BTreeMap::new();
            for (bin, point) in timeline.bins.iter().zip(&series.points) {
                *years.entry(bin.bin[..4].to_owned()).or_default() += point.occurrences.unwrap_or(0);
            }
            years.retain(|_, count| *count > 0);
            match period {
                Period::Year => assert_eq!(years, stated_years(record), "{query}"),
                _ => assert!(
                    years
                        .iter()
                        .all(|(year, count)| Some(count) <= stated_years(record).get(year)),
                    "{query}"
                ),
            }
        }
    }
}

/// Speeches with dates of every precision, a year without text, and values that would like to be markup.
fn hostile() -> Workplace {
    Workplace::with_speeches(&[(
        "hostile.jsonl",
        r#"{"id": "a", "speaker": "<script>alert('x')</script>", "date": "2010-03-02", "language": "zh", "body": "互利共赢。互利共赢。"}
{"id": "b", "speaker": "A & \"B\"\u0007", "date": "2013", "language": "zh", "body": "互利共赢，没有。"}
{"id": "c", "speaker": "A & \"B\"\u0007", "language": "zh", "body": "互利共赢。"}
{"id": "d", "speaker": "السلام", "date": "2012-05", "language": "zh", "body": "没有。"}
"#,
    )])
}

#[test]
fn a_date_too_imprecise_for_a_bin_is_undated() {
    let workplace = hostile();
    let undated = |period: &str| {
        let answer = workplace.json(&["timeline", "互利共赢", "--period", period]);
        let series = &answer["series"][0];
        (
            series["undated"]["occurrences"].clone(),
            series["total"]["occurrences"].clone(),
        )
    };
    assert_eq!(undated("year"), (1.into(), 4.into()));
    assert_eq!(undated("quarter"), (2.into(), 4.into()));
    assert_eq!(undated("month"), (2.into(), 4.into()));
    let text = workplace
        .run(&["timeline", "互利共赢", "--period", "month"])
        .ended(0)
        .stdout;
    assert!(text.contains("not in the chart: 2 occurrences of 互利共赢"), "{text}");
    assert!(text.contains("2010-04–2012-04  · no text"), "{text}");
}

#[test]
fn a_timeline_is_a_table_with_bars() {
    let text = hostile()
        .run(&["timeline", "互利共赢", "--value", "occurrences"])
        .ended(0)
        .stdout;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "互利共赢 by year, 2010 to 2013");
    assert!(
        lines[3].starts_with("2010  ████████") && lines[3].ends_with("1 of 1  100 %"),
        "{text}"
    );
    assert!(lines[4].starts_with("2011  · no text"), "{text}");
    assert!(
        lines[5].starts_with("2012          ") && lines[5].contains(" 0 of 1    0 %"),
        "{text}"
    );
    assert!(text.contains("not in the chart: 1 occurrence of 互利共赢"), "{text}");
    assert!(text.contains("* fewer than 50,000 characters"), "{text}");
    let several = hostile().run(&["timeline", "互利共赢", "没有"]).ended(0).stdout;
    assert!(
        several.contains("year  互利共赢") && several.contains("  没有\n"),
        "{several}"
    );
    let by = hostile()
        .run(&["timeline", "互利共赢", "--by", "speaker"])
        .ended(0)
        .stdout;
    assert!(
        by.contains("A & \"B\" ") && by.contains("█··") && by.contains("1 value without a hit"),
        "{by}"
    );
}

/// What each command prints at 80 columns, without its stamp.
#[test]
fn the_views_of_a_terminal_are_those_of_the_snapshot() {
    let sample = crate::support::command::sample();
    let commands: [&[&str]; 7] = [
        &["count", "\"互利共赢\"", "--by", "year"],
        &["count", "\"互利共赢\"", "--by", "speaker,year"],
        &["count", "\"互利共赢\"", "--by", "speaker"],
        &["timeline", "\"互利共赢\""],
        &["timeline", "\"互利共赢\"", "\"互惠共赢\"", "\"共饮一海水\""],
        &["timeline", "\"互利共赢\"", "--by", "speaker"],
        &[
            "timeline",
            "\"互利共赢\"",
            "--period",
            "month",
            "--value",
            "share",
            "--from",
            "2016",
        ],
    ];
    let mut shown = String::new();
    for command in commands {
        shown.push_str(&format!("$ chancery {}\n", command.join(" ")));
        let text = sample.run(command).ended(0).stdout;
        // The last lines, the stamp, change with the corpus and the program.
        for line in text.lines().take_while(|line| !line.starts_with("query ")) {
            shown.push_str(&format!("{line}\n"));
        }
        assert!(text.contains("chancery "), "{text}");
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/follow.txt");
    let known = fs::read_to_string(&path).unwrap_or_default();
    if known != shown {
        let new = path.with_extension("new");
        fs::write(&new, &shown).expect("the folder of the package can be written to");
        panic!("what is shown differs from {}; see {}", path.display(), new.display());
    }
    let widest = shown
        .lines()
        .filter(|line| !line.starts_with('$') && !line.starts_with("note "))
        .map(unicode_width::UnicodeWidthStr::width)
        .max();
    assert!(widest <= Some(80), "{widest:?}");
}

#[test]
fn every_row_of_a_timeline_can_be_traced() {
    let workplace = hostile();
    let csv = workplace
        .run(&["timeline", "互利共赢", "没有", "--format", "csv"])
        .ended(0)
        .stdout;
    let lines: Vec<&str> = csv.lines().collect();
    assert!(
        lines[0].starts_with("row,name,interpreted,bin,from,to,occurrences,"),
        "{csv}"
    );
    assert!(
        lines[0].ends_with(",query,filters,versions,corpus,corpus_version,tool_version"),
        "{csv}"
    );
    // For each query the total, what is undated, and four years.
    assert_eq!(lines.len(), 1 + 2 * 6);
    assert!(
        lines[1..7].iter().all(|line| line.contains(",互利共赢,,every,")),
        "{csv}"
    );
    assert!(
        lines[4].starts_with("bin,,互利共赢,2011,2011,2011,0,0,0,characters,,,,,,,"),
        "{csv}"
    );
    let json_lines = workplace
        .run(&["timeline", "互利共赢", "没有", "--format", "jsonl"])
        .ended(0)
        .json_lines();
    assert_eq!(json_lines.len(), 12);
    assert_eq!(
        (&json_lines[2]["row"], &json_lines[2]["bin"]),
        (&"bin".into(), &"2010".into())
    );
}

/// The texts of the elements of a name.
fn texts(document: &roxmltree::Document<'_>, name: &str) -> Vec<String> {
    let elements = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
    elements.filter_map(|node| node.text()).map(str::to_owned).collect()
}

#[test]
fn a_drawing_has_every_query_and_every_point() {
    let queries = ["\"互利共赢\"", "\"互惠共赢\"", "\"共饮一海水\""];
    let timeline = timeline(&queries, Period::Year);
    for value in [PlotValue::PerMillion, PlotValue::Share, PlotValue::Occurrences] {
        let options = PlotOptions {
            value,
            ..PlotOptions::default()
        };
        let drawn = svg(&timeline, &options);
        #[cfg(feature = "png")]
        usvg::Tree::from_str(&drawn, &usvg::Options::default()).expect("the drawing is SVG");
        let document = roxmltree::Document::parse(&drawn).expect("the drawing is XML");
        let letters = texts(&document, "text");
        let titles = texts(&document, "title");
        assert_eq!(document.root_element().attribute("role"), Some("img"));
        assert_eq!(texts(&document, "desc").len(), 1);
        for query in queries {
            assert!(letters.iter().any(|text| text == query), "{query} is in the legend");
            for (bin, point) in timeline.bins.iter().zip(&timeline.series[0].points) {
                let beginning = format!("{}, {query}: ", bin.bin);
                let count = titles.iter().filter(|title| title.starts_with(&beginning)).count();
                assert_eq!(count, usize::from(point.of.speeches > 0), "{beginning}");
            }
        }
    }
}

#[test]
fn a_drawing_for_a_page_has_links_and_nothing_that_its_policy_forbids() {
    let timeline = timeline(&["\"互利共赢\""], Period::Year);
    let link = |series: &chancery::engine::Series, bin: &chancery::engine::TimelineBin| {
        format!("/?q={}&from={}", series.query, bin.from)
    };
    let options = PlotOptions {
        link: Some(&link),
        standalone: false,
        words: &PlotWords::ENGLISH,
        ..PlotOptions::default()
    };
    let drawn = svg(&timeline, &options);
    assert!(!drawn.contains("<style") && !drawn.contains("style=") && !drawn.contains("<script"));
    let document = roxmltree::Document::parse(&drawn).expect("the drawing is XML");
    let links: Vec<&str> = document
        .descendants()
        .filter_map(|node| node.attribute("href"))
        .collect();
    let with_text = timeline.series[0]
        .points
        .iter()
        .filter(|point| point.of.speeches > 0)
        .count();
    assert_eq!(links.len(), with_text);
    assert_eq!(links[0], "/?q=\"互利共赢\"&from=2013");
    assert_eq!(document.root_element().attribute("role"), Some("group"));
}

#[test]
fn values_that_would_be_markup_are_text() {
    let workplace = hostile();
    let file = workplace.path().join("chart.svg");
    let name = file.to_str().expect("a path of ours");
    let arguments = [
        "timeline",
        "互利共赢",
        "</text><script>",
        "--by",
        "speaker",
        "--output",
        name,
    ];
    let run = workplace.run(&arguments).ended(0);
    assert!(run.stdout.is_empty() && run.stderr.contains("wrote "), "{}", run.stderr);
    let drawn = fs::read_to_string(&file).expect("the file is written");
    let document = roxmltree::Document::parse(&drawn).expect("the drawing is XML");
    assert!(document.descendants().all(|node| node.tag_name().name() != "script"));
    let letters = texts(&document, "text");
    for speaker in ["<script>alert('x')</script>", "A & \"B\""] {
        assert!(
            letters.iter().any(|text| text.trim() == speaker),
            "{speaker}: {letters:?}"
        );
    }
    assert!(
        letters.join(" ").contains("panels not drawn: 1; CSV and JSON have all"),
        "{letters:?}"
    );
}

#[cfg(feature = "png")]
#[test]
fn an_image_is_as_large_as_the_drawing_and_not_blank() {
    let timeline = timeline(&["\"互利共赢\""], Period::Year);
    let image = match png(&timeline, &PlotOptions::default()) {
        Ok(image) => image,
        // A machine without a font with these characters says so, and which.
        Err(error) => return assert!(error.to_string().contains("font"), "{error}"),
    };
    let image = Pixmap::decode_png(&image).expect("the image is PNG");
    assert_eq!(image.width(), 2 * 860);
    let paper = image.pixel(0, 0);
    let inked = image.pixels().iter().filter(|pixel| Some(**pixel) != paper).count();
    assert!(inked > 10_000, "{inked} pixels are drawn");
}

#[cfg(feature = "png")]
#[test]
fn a_character_without_a_glyph_is_an_error_that_names_it() {
    // A private character: no font has to have it.
    let timeline = timeline(&["\"\u{F3A7B}\" OR 共赢"], Period::Year);
    match png(&timeline, &PlotOptions::default()) {
        Ok(_) => panic!("a font of this machine has a private character"),
        Err(error) => assert!(
            error.hint_text().is_some_and(|hint| hint.contains("write SVG")),
            "{error}"
        ),
    }
}

#[cfg(not(feature = "png"))]
#[test]
fn a_build_without_png_says_so_before_the_work_and_names_the_way_to_it() {
    let timeline = timeline(&["\"互利共赢\""], Period::Year);
    assert!(chancery::render::plot::png(&timeline, &PlotOptions::default()).is_err());
    let workplace = hostile();
    workplace
        .run(&["timeline", "互利共赢", "--output", "chart.png"])
        .failed_with(&["chart.png", ".svg", "--features full"]);
    assert!(!workplace.path().join("chart.png").exists());
}

#[test]
fn what_cannot_be_written_is_said_before_the_work() {
    let workplace = hostile();
    workplace
        .run(&["timeline", "互利共赢", "--output", "chart.gif"])
        .failed_with(&["chart.gif", ".svg"]);
    workplace
        .run(&["timeline", "互利共赢", "--period", "week"])
        .failed_with(&["week"]);
    workplace.run(&["timeline", "\"没有这句话\""]).ended(1);
}

#[test]
fn bins_of_a_timeline_are_those_of_a_count() {
    let mut request = TimelineRequest::new(["\"共饮一海水\""]);
    request.versions = VersionCounting::Once;
    let timeline = SAMPLE.1.timeline(&request).expect("followed");
    let mut count = chancery::engine::CountRequest::new("\"共饮一海水\"");
    count.by = vec!["year".parse().expect("a period")];
    count.versions = VersionCounting::Once;
    let count = SAMPLE.1.count(&count).expect("counted");
    let of_count = count
        .by
        .iter()
        .filter(|group| !group.values.is_empty())
        .map(|group| group.figures);
    assert_eq!(of_count.collect::<Vec<_>>(), timeline.series[0].points);
}
