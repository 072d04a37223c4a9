//! What the interface says, in each of its languages. A text that is missing in one of them does not compile.

pub(super) mod analytics;
mod chinese;
mod english;
mod faults;
mod plot;
mod query_faults;
mod query_language;
mod reasons;
mod terms;
mod translation;

pub(super) use query_language::QUERY_LANGUAGE;

use crate::text::Date;

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interface {
    /// English.
    English,
    /// Chinese, in simplified characters.
    Chinese,
}

impl Interface {
    /// The names by which a language is chosen, each with the language.
    pub const NAMES: &'static [(&'static str, Interface)] = &[("en", Self::English), ("zh", Self::Chinese)];

    /// The name by which it is chosen.
    pub fn name(self) -> &'static str {
        self.of("en", "zh")
    }

    /// The texts.
    pub(super) fn wording(self) -> &'static Wording {
        match self {
            Self::English => &english::ENGLISH,
            Self::Chinese => &chinese::CHINESE,
        }
    }

    /// The other language.
    pub(super) fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// One of two things, by the language.
    pub(super) fn of<T>(self, english: T, chinese: T) -> T {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    /// A date as it is written in the language, as precise as it is known; any other text as it is.
    pub(super) fn date(self, text: &str) -> String {
        let Ok(date) = text.parse::<Date>() else {
            return text.to_owned();
        };
        let first = date.first_day();
        let (year, month, day) = (first.year(), first.month(), first.day());
        let month_name = crate::citation::parts::MONTHS
            .get(month.unsigned_abs() as usize - 1)
            .copied()
            .unwrap_or_default();
        match (self, text.trim().len()) {
            (Self::English, 10) => format!("{day} {month_name} {year}"),
            (Self::English, 7) => format!("{month_name} {year}"),
            (Self::Chinese, 10) => format!("{year}年{month}月{day}日"),
            (Self::Chinese, 7) => format!("{year}年{month}月"),
            (Self::Chinese, _) => format!("{year}年"),
            (Self::English, _) => year.to_string(),
        }
    }
}

/// All texts of the interface in one language. Those with numbers in them are functions, for languages count differently.
pub(super) struct Wording {
    // The language itself.
    pub(super) tag: &'static str,
    pub(super) own_name: &'static str,
    pub(super) list_comma: &'static str,

    // Around every page.
    pub(super) skip: &'static str,
    pub(super) rooms: &'static str,
    pub(super) search: &'static str,
    pub(super) speeches: &'static str,
    pub(super) help: &'static str,
    pub(super) about_chancery: &'static str,
    pub(super) interface_for_programs: &'static str,
    pub(super) keys: &'static str,
    pub(super) close: &'static str,
    pub(super) key_meanings: &'static [(&'static str, &'static str)],

    // Asking.
    pub(super) search_label: &'static str,
    pub(super) how_to_ask: &'static str,
    pub(super) typed: &'static str,
    pub(super) meaning: &'static str,
    pub(super) filters: &'static str,
    pub(super) filters_in_force: &'static str,
    pub(super) remove_filter: &'static str,
    pub(super) remove_all_filters: &'static str,
    pub(super) dates: &'static str,
    pub(super) date_form: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) apply: &'static str,
    pub(super) other_options: &'static str,
    pub(super) strict: &'static str,
    pub(super) include_notes: &'static str,
    pub(super) partial: &'static str,
    pub(super) expand: &'static str,
    pub(super) expand_keywords: &'static str,
    pub(super) expand_all: &'static str,
    pub(super) expand_none: &'static str,
    pub(super) more: fn(usize) -> String,

    // Totals and remarks.
    pub(super) passages: fn(u64) -> String,
    pub(super) count_of_speeches: fn(u64) -> String,
    pub(super) passages_of_speeches: fn(u64, u64) -> String,
    pub(super) occurrences_of: fn(u64, u64, u64) -> String,
    pub(super) nothing_found: &'static str,
    pub(super) relaxed: &'static str,
    pub(super) looked_for: &'static str,
    pub(super) only_as_typed: &'static str,
    pub(super) undetermined: fn(u64) -> String,
    pub(super) corpus_changed: &'static str,
    pub(super) partial_hits: &'static str,
    pub(super) in_this_speech: &'static str,
    pub(super) form_of: fn(&str) -> String,
    pub(super) paragraph: &'static str,
    pub(super) found_nowhere: &'static str,
    pub(super) try_instead: &'static str,
    pub(super) nothing_to_try: &'static str,

    // Order and pages.
    pub(super) order: &'static str,
    pub(super) by_relevance: &'static str,
    pub(super) newest: &'static str,
    pub(super) oldest: &'static str,
    pub(super) by_id: &'static str,
    pub(super) hit_is: &'static str,
    pub(super) as_passages: &'static str,
    pub(super) as_speeches: &'static str,
    pub(super) each_speech: &'static str,
    pub(super) only_versions: &'static str,
    pub(super) per_page: &'static str,
    pub(super) pages: &'static str,
    pub(super) positions: fn(usize, usize, u64) -> String,
    pub(super) first_page: &'static str,
    pub(super) previous: &'static str,
    pub(super) next: &'static str,
    pub(super) download: &'static str,
    pub(super) download_first: fn(u64, u64) -> String,

    // The first page and the list.
    pub(super) welcome: &'static str,
    pub(super) empty_corpus: &'static str,
    pub(super) newest_speeches: &'static str,
    pub(super) all_speeches: fn(u64) -> String,
    pub(super) for_example: &'static str,
    pub(super) undated: &'static str,
    pub(super) groups_of_versions: fn(u64) -> String,
    pub(super) similar: fn(f64) -> String,

    // Reading.
    pub(super) back_to: &'static str,
    pub(super) hits: &'static str,
    pub(super) hit_of: &'static str,
    pub(super) count_of_hits: fn(usize) -> String,
    pub(super) to_first_hit: &'static str,
    pub(super) previous_hit: &'static str,
    pub(super) next_hit: &'static str,
    pub(super) without_marks: &'static str,
    pub(super) same_speaker: &'static str,
    pub(super) earlier: &'static str,
    pub(super) later: &'static str,
    pub(super) permalink: &'static str,
    pub(super) about: &'static str,
    pub(super) according_to: fn(&str) -> String,
    pub(super) also_in: &'static str,
    pub(super) matter: &'static str,
    pub(super) matter_explained: &'static str,
    pub(super) id: &'static str,
    pub(super) translated_from: &'static str,
    pub(super) translations: &'static str,
    pub(super) versions: &'static str,
    pub(super) not_held: &'static str,
    pub(super) cite: &'static str,
    pub(super) cite_paragraph: &'static str,
    pub(super) copy: &'static str,
    pub(super) copied: &'static str,

    // Comparing.
    pub(super) what_differs: &'static str,
    pub(super) first_text: &'static str,
    pub(super) second_text: &'static str,
    pub(super) only_in_first: &'static str,
    pub(super) only_in_second: &'static str,
    pub(super) unchanged: fn(usize) -> String,
    pub(super) no_difference: &'static str,

    // Explaining.
    pub(super) help_query: &'static str,
    pub(super) help_details: &'static [&'static str],
    pub(super) help_keys: &'static str,
    pub(super) addresses: &'static str,
    pub(super) help_addresses: &'static str,

    // Faults.
    pub(super) no_versions: &'static str,
    pub(super) any: &'static str,
    pub(super) find_in_speech: &'static str,
    pub(super) find: &'static str,
    pub(super) none_in_speech: &'static str,
    pub(super) search_all: &'static str,
    pub(super) place_is_marked: &'static str,
    pub(super) whole_speech: &'static str,
}

/// A number with its digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share as a percentage.
fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_precise_as_it_is_known() {
        for (text, english, chinese) in [
            ("2013-10-17", "17 October 2013", "2013年10月17日"),
            ("2016-09", "September 2016", "2016年9月"),
            ("2018", "2018", "2018年"),
            ("soon", "soon", "soon"),
        ] {
            assert_eq!(Interface::English.date(text), english);
            assert_eq!(Interface::Chinese.date(text), chinese);
        }
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
