//! What may stand in the corpus in the place of a part of the query that does not: other forms of a name, and what is spelled
//! almost so.

use std::collections::BTreeMap;

use super::Trial;
use crate::analyzer::fold;
use crate::error::Result;
use crate::index::SegmentView;
use crate::pattern::{Place, StringPattern, UnitPattern, is_alphabetic_word};
use crate::query::expression::{Expression, Keyword, Node, Phrase};
use crate::search::SearchContext;
use crate::search::place::SegmentPlace;
use crate::search::request::{SearchRequest, StageDirections};
use crate::search::spelling::symbols_within;
use crate::search::two_readings;

/// The most spellings that are offered for a part.
const MOST_SPELLINGS: usize = 3;

/// The shortest and longest Han string whose characters are tried one by one.
const HAN_LENGTHS: std::ops::RangeInclusive<usize> = 3..=16;

/// The searches in which a part of the query stands in another form, or is spelled as something that the corpus has.
pub(super) fn trials(part: &Node, request: &SearchRequest, context: &SearchContext<'_>) -> Result<Vec<Trial>> {
    let (text, is_phrase) = match &part.expression {
        Expression::Keyword(keyword) => (&keyword.text, false),
        Expression::Phrase(phrase) => (&phrase.text, true),
        _ => return Ok(Vec::new()),
    };
    let units: Vec<String> = fold(text).texts().map(str::to_owned).collect();
    let spellings = match units.iter().any(|unit| is_alphabetic_word(unit)) {
        true => spelled_words(&units, context),
        false => spelled_strings(&units, context)?,
    };
    let spelled = |spelling: String| (format!("with `{spelling}`, which is spelled almost so"), spelling);
    let named = |form: &str| (format!("with `{form}`, another form of the name"), form.to_owned());
    let forms = context.names.same_in_metadata(text).into_iter().map(named);
    let replacements = forms.chain(spellings.into_iter().map(spelled));
    let trial = |(reason, spelling): (String, String)| {
        let expression = match is_phrase || spelling.contains(' ') {
            true => Expression::Phrase(Phrase { text: spelling.clone() }),
            false => Expression::Keyword(Keyword { text: spelling.clone() }),
        };
        let node = Node {
            expression,
            span: part.span,
        };
        let (before, after) = (&request.query[..part.span.start], &request.query[part.span.end..]);
        let mut respelled = request.clone();
        respelled.query = format!("{before}{node}{after}");
        Trial::new(reason, respelled)
    };
    Ok(replacements.map(trial).collect())
}

/// The string with its first unknown word replaced by each of those nearest to it.
fn spelled_words(units: &[String], context: &SearchContext<'_>) -> Vec<String> {
    let segments = context.snapshot.segments();
    let is_unknown = |unit: &String| {
        is_alphabetic_word(unit) && segments.iter().all(|segment| segment.strings().symbol(unit).is_none())
    };
    let Some(unknown) = units.iter().position(is_unknown) else {
        return Vec::new();
    };
    let most = if units[unknown].chars().count() > 4 { 2 } else { 1 };
    let mut found: BTreeMap<String, (u8, u64)> = BTreeMap::new();
    for segment in segments {
        let strings = segment.strings();
        for (symbol, distance) in symbols_within(&units[unknown], most, strings) {
            let (_, count) = found.entry(strings.unit(symbol).to_owned()).or_insert((distance, 0));
            *count += two_readings::occurrences(&[strings.unit(symbol)], strings);
        }
    }
    let mut nearest: Vec<(String, (u8, u64))> = found.into_iter().collect();
    nearest.sort_by_key(|(_, (distance, count))| (*distance, std::cmp::Reverse(*count)));
    let respelled = |(word, _): (String, (u8, u64))| {
        let mut units = units.to_vec();
        units[unknown] = word;
        units.join(" ")
    };
    nearest.into_iter().take(MOST_SPELLINGS).map(respelled).collect()
}

/// The strings that differ from one in one character, the most frequent first; where there are none, those that lack one of
/// its characters.
fn spelled_strings(units: &[String], context: &SearchContext<'_>) -> Result<Vec<String>> {
    if !HAN_LENGTHS.contains(&units.len()) {
        return Ok(Vec::new());
    }
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    let mut shorter_ones: BTreeMap<String, u64> = BTreeMap::new();
    for segment in context.snapshot.segments() {
        let place = SegmentPlace::new(segment, context.snapshot, StageDirections::Excluded);
        for index in 0..units.len() {
            let mut open = exactly(units);
            open[index] = UnitPattern::OneCharacter;
            for span in place.strings(&StringPattern {
                units: open,
                printed: None,
            })? {
                *found.entry(text_at(span.start..span.end, segment)).or_default() += 1;
            }
            let shorter = [&units[..index], &units[index + 1..]].concat();
            let string: Vec<&str> = shorter.iter().map(String::as_str).collect();
            let count = segment.strings().interval_of_strings(&string).len();
            *shorter_ones.entry(shorter.concat()).or_default() += u64::from(count);
        }
    }
    if found.is_empty() {
        found = shorter_ones;
    }
    let mut frequent: Vec<(String, u64)> = found.into_iter().filter(|(_, count)| *count > 0).collect();
    frequent.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(frequent
        .into_iter()
        .take(MOST_SPELLINGS)
        .map(|(text, _)| text)
        .collect())
}

fn exactly(units: &[String]) -> Vec<UnitPattern> {
    units.iter().cloned().map(UnitPattern::Exactly).collect()
}

fn text_at(positions: std::ops::Range<u32>, segment: &SegmentView) -> String {
    let strings = segment.strings();
    strings
        .symbols_at(positions)
        .map(|symbol| strings.unit(symbol))
        .collect()
}
