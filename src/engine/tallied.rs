//! What several queries find in one subcorpus, as a whole and by groups, and in which measure its rates are usual.

use std::collections::{BTreeSet, HashSet};

use super::timeline::MOST_BINS;
use crate::search::{GroupBy, GroupValue};
use crate::tally::{Bin, Counts, Extent, Measure};

/// What several queries find in one subcorpus.
pub(super) struct Tallied {
    /// How much there is.
    pub(super) of: Extent,
    /// The primary subtags of the languages that it is in.
    pub(super) languages: BTreeSet<String>,
    /// The counts of each query.
    pub(super) counts: Vec<Counts>,
    /// The same by groups, in the order in which they were met.
    pub(super) groups: Vec<TalliedGroup>,
}

/// What several queries find in one group.
pub(super) struct TalliedGroup {
    /// The values by which it is one.
    pub(super) values: Vec<Option<GroupValue>>,
    /// How much there is.
    pub(super) of: Extent,
    /// The counts of each query.
    pub(super) counts: Vec<Counts>,
}

/// Says of which fields no group has a value: a name was mistyped, or nothing that is let in has it. The values of the groups stand
/// from a place on in the order of the fields.
pub(super) fn missing_field_warnings(by: &[GroupBy], groups: &[TalliedGroup], first: usize) -> Vec<String> {
    let is_missing = |place: usize| {
        let has_value = |group: &TalliedGroup| group.values.get(first + place).is_some_and(Option::is_some);
        !groups.is_empty() && !groups.iter().any(has_value)
    };
    let missing = by.iter().enumerate().filter(|(place, _)| is_missing(*place));
    missing
        .map(|(_, by)| format!("no speech has `{}`", by.name()))
        .collect()
}

/// Where one period is counted by, adds the bins between the first and the last in which there is no text.
pub(super) fn add_periods_without_text(groups: &mut Vec<TalliedGroup>, by: &[GroupBy]) {
    if !matches!(by, [GroupBy::Period(_)]) {
        return;
    }
    let bin_of = |group: &TalliedGroup| match group.values.first() {
        Some(Some(GroupValue::Bin(bin))) => Some(*bin),
        _ => None,
    };
    let bins: Vec<Bin> = groups.iter().filter_map(bin_of).collect();
    let known: HashSet<Bin> = bins.iter().copied().collect();
    let missing = Bin::without_gaps(&bins)
        .take(MOST_BINS)
        .filter(|bin| !known.contains(bin));
    groups.extend(missing.map(|bin| TalliedGroup {
        values: vec![Some(GroupValue::Bin(bin))],
        of: Extent::default(),
        counts: vec![Counts::default()],
    }));
}

impl Tallied {
    /// What rates are per million of: as asked for, or characters if any of the text is in a language written without spaces,
    /// else words.
    pub(super) fn measure(&self, asked: Option<Measure>) -> Measure {
        let usual = match self.languages.iter().any(|tag| is_counted_by_characters(tag)) {
            true => Measure::Characters,
            false => Measure::Words,
        };
        asked.unwrap_or(usual)
    }

    /// The primary subtags of its languages, where they are known.
    pub(super) fn known_languages(&self) -> Vec<String> {
        self.languages.iter().filter(|tag| !tag.is_empty()).cloned().collect()
    }

    /// Says that rates are over languages that do not compare.
    pub(super) fn mixture_warning(&self, per: Measure) -> Option<String> {
        let known = self.known_languages();
        let by_characters = known.iter().filter(|tag| is_counted_by_characters(tag)).count();
        let is_mixed = by_characters > 0 && by_characters < known.len();
        is_mixed.then(|| {
            let what = Measure::NAMES[per as usize].0;
            format!(
                "rates are per million {what} of text in {}; `--language` asks for one",
                known.join(", ")
            )
        })
    }
}

/// Whether rates in a language, a primary subtag, are usually per million characters: it is written without spaces.
fn is_counted_by_characters(language: &str) -> bool {
    matches!(language, "zh" | "yue" | "lzh" | "ja" | "th" | "lo" | "km" | "my" | "bo")
}
