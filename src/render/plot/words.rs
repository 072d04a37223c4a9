//! The words of a chart as data, so that the page can have them in its language.

/// The words of a chart; in some `{…}` stands for what is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlotWords {
    /// What is shown, by year, quarter and month: `{value} by year`.
    pub by_year: &'static str,
    /// See `by_year`.
    pub by_quarter: &'static str,
    /// See `by_year`.
    pub by_month: &'static str,
    /// The value: occurrences per million characters.
    pub per_million_characters: &'static str,
    /// The value: occurrences per million words.
    pub per_million_words: &'static str,
    /// The value: share of speeches with a hit.
    pub share_of_speeches: &'static str,
    /// The value: occurrences.
    pub occurrences: &'static str,
    /// The key of bands and whiskers.
    pub interval: &'static str,
    /// The key of bins without text.
    pub no_text: &'static str,
    /// The key of hollow points: too little text for a reliable rate.
    pub unreliable: &'static str,
    /// The name of a panel whose speeches have no value.
    pub none: &'static str,
    /// What stands where nothing could be drawn: there is no dated text.
    pub nothing: &'static str,
    /// A point in words: `{bin}`, `{query}`, `{occurrences}`, `{rate}`, `{low}`, `{high}`, `{speeches}`, `{of_speeches}`,
    /// `{share}`.
    pub point: &'static str,
    /// A point of a query that has no occurrences: `{bin}`, `{query}`, `{speeches}`, `{of_speeches}`, `{share}`.
    pub point_of_speeches: &'static str,
    /// The denominators: `{speeches}`, `{characters}`, `{words}`.
    pub of: &'static str,
    /// Occurrences that are in no bin: `{count}`, `{query}`.
    pub undated: &'static str,
    /// Panels that are left out: `{count}`.
    pub panels_left_out: &'static str,
    /// The languages of the text, where they are several: `{languages}`.
    pub languages: &'static str,
    /// Values and intervals that were cut at the top of the chart.
    pub cut: &'static str,
    /// That versions of one speech are counted once.
    pub versions_once: &'static str,
}

impl PlotWords {
    /// In English.
    pub const ENGLISH: Self = Self {
        by_year: "{value} by year",
        by_quarter: "{value} by quarter",
        by_month: "{value} by month",
        per_million_characters: "Occurrences per million characters",
        per_million_words: "Occurrences per million words",
        share_of_speeches: "Share of speeches with a hit",
        occurrences: "Occurrences",
        interval: "95 % interval",
        no_text: "no text",
        unreliable: "hollow: fewer than 50,000 characters",
        none: "(none)",
        nothing: "no dated text",
        point: "{bin}, {query}: {rate} per million (95 % interval {low} to {high}); occurrences: {occurrences}; speeches: \
                {speeches} of {of_speeches} ({share})",
        point_of_speeches: "{bin}, {query}: speeches: {speeches} of {of_speeches} ({share})",
        of: "Of {speeches} speeches, {characters} characters, {words} words",
        undated: "without a date, or with one too imprecise: {count} of {query}",
        panels_left_out: "panels not drawn: {count}; CSV and JSON have all",
        languages: "rates are of text in {languages} together",
        cut: "what goes beyond the chart, hollow points or intervals, is cut at its top",
        versions_once: "of versions of one speech, one",
    };
}

/// A pattern with its places, `{name}`, filled in.
pub(super) fn filled(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            return text + "{" + after;
        };
        let value = values.iter().find(|(known, _)| *known == name);
        text.push_str(value.map_or("", |(_, value)| value));
        rest = behind;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        let values = [("query", "{bin}"), ("bin", "2013")];
        assert_eq!(filled("{bin}: {query}!", &values), "2013: {bin}!");
        assert_eq!(filled("a {open", &values), "a {open");
    }
}
