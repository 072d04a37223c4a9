//! A chart in words: what each point says, what stands below, and the whole for those who do not see it.

use super::super::numbers::{main_count, rate, separated, share};
use super::super::timeline::called;
use super::words::filled;
use super::{PlotOptions, PlotValue, PlotWords};
use crate::engine::{Series, TOOL_VERSION, Timeline, TimelineBin};
use crate::tally::{Figures, Measure, Period, VersionCounting};

/// The most points that a description goes through; of more it says the highest of each series.
const MOST_DESCRIBED: usize = 240;

/// The digits of a corpus version that tell it from others for people.
const VERSION_DIGITS: usize = 12;

/// What is shown, by what.
pub(super) fn subtitle(timeline: &Timeline, value: PlotValue, words: &PlotWords) -> String {
    let value = match (value, timeline.per) {
        (PlotValue::Share, _) => words.share_of_speeches,
        (PlotValue::Occurrences, _) => words.occurrences,
        (PlotValue::PerMillion, Measure::Characters) => words.per_million_characters,
        (PlotValue::PerMillion, Measure::Words) => words.per_million_words,
    };
    let pattern = match timeline.period {
        Period::Year => words.by_year,
        Period::Quarter => words.by_quarter,
        Period::Month => words.by_month,
    };
    filled(pattern, &[("value", value)])
}

/// What a series is called: by its value where the timeline is divided, and by its query.
pub(super) fn full_name(series: &Series, timeline: &Timeline, words: &PlotWords) -> String {
    match &timeline.field {
        Some(field) => format!("{} · {}", value_name(series, field, words), called(series)),
        None => called(series).to_owned(),
    }
}

/// The value that a series is of.
pub(super) fn value_name<'a>(series: &'a Series, field: &str, words: &'a PlotWords) -> &'a str {
    series.values.get(field).map_or(words.none, String::as_str)
}

/// A point in words.
pub(super) fn point_sentence(series: &Series, bin: &TimelineBin, figures: &Figures, words: &PlotWords) -> String {
    let pattern = match figures.per_million {
        Some(_) => words.point,
        None => words.point_of_speeches,
    };
    let interval = figures.per_million_interval;
    let value = series
        .values
        .values()
        .next()
        .map(|value| format!("{value}, "))
        .unwrap_or_default();
    filled(
        pattern,
        &[
            ("bin", &bin.bin),
            ("query", &(value + called(series))),
            ("occurrences", &separated(figures.occurrences.unwrap_or(0))),
            ("rate", &figures.per_million.map(rate).unwrap_or_default()),
            ("low", &interval.map(|interval| rate(interval.low)).unwrap_or_default()),
            (
                "high",
                &interval.map(|interval| rate(interval.high)).unwrap_or_default(),
            ),
            ("speeches", &separated(figures.speeches)),
            ("of_speeches", &separated(figures.of.speeches)),
            ("share", &figures.share_of_speeches.map(share).unwrap_or_default()),
        ],
    )
}

/// The data of some series in words.
pub(super) fn description(timeline: &Timeline, drawn: &[&Series], value: PlotValue, words: &PlotWords) -> String {
    let mut sentences = vec![subtitle(timeline, value, words)];
    let is_long = drawn.len() * timeline.bins.len() > MOST_DESCRIBED;
    for series in drawn {
        let with_text = timeline
            .bins
            .iter()
            .zip(&series.points)
            .filter(|(_, point)| point.of.speeches > 0);
        let sentence = |(bin, point): (&TimelineBin, &Figures)| point_sentence(series, bin, point, words);
        match is_long {
            false => sentences.extend(with_text.map(sentence)),
            true => {
                let shown = |point: &Figures| value.of(point).map_or(0.0, |shown| shown.value);
                let highest = with_text.max_by(|left, right| shown(left.1).total_cmp(&shown(right.1)));
                sentences.extend(highest.map(sentence));
            }
        }
    }
    sentences.join(". ")
}

/// What stands below a chart: the denominators, what is not in it, and where it comes from.
pub(super) fn captions(timeline: &Timeline, left_out: usize, is_cut: bool, options: &PlotOptions<'_>) -> Vec<String> {
    let words = options.words;
    let mut notes = Vec::new();
    if let (None, Some(series)) = (&timeline.field, timeline.series.first()) {
        let of = series.total.of;
        let numbers = [of.speeches, of.characters, of.words].map(separated);
        let named = [
            ("speeches", &*numbers[0]),
            ("characters", &*numbers[1]),
            ("words", &*numbers[2]),
        ];
        notes.push(filled(words.of, &named));
    }
    if timeline.languages.len() > 1 {
        let languages = timeline.languages.join(", ");
        notes.push(filled(words.languages, &[("languages", &languages)]));
    }
    for (query, count) in undated(timeline) {
        notes.push(filled(words.undated, &[("count", &separated(count)), ("query", query)]));
    }
    notes.extend(is_cut.then(|| words.cut.to_owned()));
    if left_out > 0 {
        notes.push(filled(words.panels_left_out, &[("count", &separated(left_out as u64))]));
    }
    let mut source: Vec<String> = Vec::new();
    let asked = timeline.circumstances.line();
    source.extend((!asked.is_empty()).then_some(asked));
    let is_once = timeline.circumstances.versions == VersionCounting::Once;
    source.extend(is_once.then(|| words.versions_once.to_owned()));
    source.extend(options.corpus.map(|corpus| {
        let digits: String = corpus.version.chars().take(VERSION_DIGITS).collect();
        format!("{} {digits}", corpus.name)
    }));
    source.push(format!("chancery {TOOL_VERSION}"));
    vec![notes.join(" · "), source.join(" · ")]
}

/// For each query what of it is in no bin.
fn undated(timeline: &Timeline) -> Vec<(&str, u64)> {
    let mut sums: Vec<(&str, u64)> = Vec::new();
    for series in &timeline.series {
        let count = main_count(&series.undated);
        match sums.iter_mut().find(|(query, _)| *query == called(series)) {
            Some((_, sum)) => *sum += count,
            None => sums.push((called(series), count)),
        }
    }
    sums.retain(|(_, count)| *count > 0);
    sums
}
