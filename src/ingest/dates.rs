//! Dates as people write them, in the scripts and languages of the corpus, with the precision that is written.
//!
//! Nothing is completed from outside of the text: a day without a year is not a date here ([`month_and_day`] reads it
//! for callers who have the year from the same document), and a numeric date that could be read two ways is none.

use crate::text::{ByteSpan, Date};

mod chinese;
mod tokens;
mod western;

/// A date in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Where it stands, from its first to its last digit or word.
    pub span: ByteSpan,
    /// The date.
    pub date: Date,
    /// Whether it is the end of a range, such as `20-26 September 2024`.
    pub is_range: bool,
}

/// The dates in a text that state at least a month and a year, in order.
pub fn mentions(text: &str) -> Vec<DateMention> {
    let mut found = chinese::mentions(text);
    found.extend(western::mentions(text));
    found.sort_by_key(|mention| mention.span);
    found
}

/// The date that a text is, if it is nothing else but a day of the week, brackets and punctuation; a year alone counts.
pub fn whole(text: &str) -> Option<Date> {
    let found = mentions(text);
    if let [only] = found[..] {
        let rest = [&text[..only.span.start], &text[only.span.end..]];
        return (!only.is_range && rest.iter().all(|part| says_nothing(part))).then_some(only.date);
    }
    if let Some(date) = compact(text) {
        return Some(date);
    }
    let year = text.trim().trim_end_matches('年').trim();
    year.parse()
        .ok()
        .filter(|date: &Date| found.is_empty() && date.to_string().len() == 4)
}

/// The day of eight digits that a text is, such as `20110506`.
fn compact(text: &str) -> Option<Date> {
    let digits = text.trim();
    let is_compact = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
    let (year, month, day) = is_compact.then(|| Some((number(0..4)?, number(4..6)?, number(6..8)?)))??;
    (1800..=2200)
        .contains(&year)
        .then(|| Date::day(year, month as i8, day as i8))?
}

/// The date in numbers that a text is and that does not tell day from month, such as `07/05/2019`, read as day and month: the order
/// of all languages in which speeches are read but English, Chinese and Japanese.
pub fn whole_day_first(text: &str) -> Option<Date> {
    let date = western::day_first(text)?;
    let rest = text
        .trim()
        .trim_start_matches(|c: char| c.is_ascii_digit() || "/-.".contains(c));
    says_nothing(rest).then_some(date)
}

/// The first month and day that a Chinese text states, such as `6月17日`, and where they stand.
pub fn month_and_day(text: &str) -> Option<(ByteSpan, i8, i8)> {
    chinese::month_and_day(text)
}

/// The number that starts a text and is followed by `日`, such as 7 of `7日在`.
pub fn leading_day(text: &str) -> Option<i8> {
    chinese::leading_day(text)
}

/// A Chinese text without the part of a day that it begins with: `，北京` of `上午，北京`.
pub(crate) fn without_part_of_day(text: &str) -> &str {
    let parts = ["上午", "下午", "晚上", "晚间", "晚", "中午", "傍晚", "凌晨", "清晨"];
    parts.iter().find_map(|part| text.strip_prefix(part)).unwrap_or(text)
}

/// Whether a text holds at most articles, weekdays, an hour and punctuation.
pub(crate) fn says_nothing(text: &str) -> bool {
    let tokens = tokens::tokens(text);
    let mut at = 0;
    while at < tokens.len() {
        at += match &tokens[at].kind {
            tokens::Kind::Word(word) if is_filler(word) => 1,
            tokens::Kind::Mark(_) => 1,
            _ => match tokens::clock(&tokens[at..]) {
                0 => return false,
                length => length,
            },
        };
    }
    true
}

fn is_filler(word: &str) -> bool {
    tokens::FILLERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_every_language_with_its_precision() {
        for (text, date) in [
            ("2025年6月17日", "2025-06-17"),
            ("（２０１３年３月２２日）", "2013-03-22"),
            ("二〇一三年三月二十二日", "2013-03-22"),
            ("二○一五年十月十日", "2015-10-10"),
            ("二0一五年十二月三十一号", "2015-12-31"),
            ("2015年10月l6日", "2015-10-16"),
            ("2016年1月16日上午", "2016-01-16"),
            ("二〇一三年十月", "2013-10"),
            ("2013年", "2013"),
            ("2013", "2013"),
            ("21 September 2016", "2016-09-21"),
            ("September 21, 2016", "2016-09-21"),
            ("September 21st, 2016", "2016-09-21"),
            ("Sept. 2016", "2016-09"),
            ("Wednesday, 25. November 2020", "2020-11-25"),
            ("21 сентября 2016 года", "2016-09-21"),
            ("le 21 septembre 2016", "2016-09-21"),
            ("1er octobre 2016", "2016-10-01"),
            ("21 de septiembre de 2016", "2016-09-21"),
            ("26 de septiembre 2024", "2024-09-26"),
            ("Mercoledi, 25 Settembre 2024", "2024-09-25"),
            ("21 de setembro de 2016", "2016-09-21"),
            ("٢١ أيلول/سبتمبر ٢٠١٦", "2016-09-21"),
            ("26 سبتمبر 2024", "2024-09-26"),
            ("27/09/2024", "2024-09-27"),
            ("28.09.2024", "2024-09-28"),
            ("2024-09-28", "2024-09-28"),
            ("20110506", "2011-05-06"),
            ("03-Jun-2024", "2024-06-03"),
            ("9 AGO 2018", "2018-08-09"),
            ("3 DE JUNIO 2006", "2006-06-03"),
            ("1.º de marzo de 2021", "2021-03-01"),
            ("«17» мая 2019 г.", "2019-05-17"),
            ("5 сент. 2018", "2018-09-05"),
            ("24 March 2022 - 17:21", "2022-03-24"),
            ("16/09/2020 19h35", "2020-09-16"),
            ("12 May 2021, 1:10 P.M. CET", "2021-05-12"),
            ("den 17 januari 2017", "2017-01-17"),
            ("16 października 2024", "2024-10-16"),
            ("29 Desember 2017", "2017-12-29"),
            ("12 Aralık 2020", "2020-12-12"),
            ("26 تشرين الأول/أكتوبر 2020", "2020-10-26"),
            ("4 كانون الثاني 2021", "2021-01-04"),
            ("2 جويلية 2019", "2019-07-02"),
            ("2018年3月7日星期三", "2018-03-07"),
            ("二零二零年九月二十三日", "2020-09-23"),
            ("(16-10-2024)", "2024-10-16"),
        ] {
            assert_eq!(
                whole(text).map(|date| date.to_string()).as_deref(),
                Some(date),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_a_date_alone_is_none() {
        for text in [
            "",
            "6月17日",
            "30 February 2016",
            "New York, 21 September 2016",
            "03/04/2016",
            "28 September",
            "12345",
            "20111506",
            "1380/05/12",
            "07/05/2019 18h28",
            "We set 2030",
            "تشرين 2020",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn day_and_month_that_look_alike_are_told_by_the_order_of_the_language() {
        let read = |text| whole_day_first(text).map(|date| date.to_string());
        assert_eq!(read("07/05/2019 18h28").as_deref(), Some("2019-05-07"));
        assert_eq!(read("07/15/2019"), None);
        assert_eq!(read("07/05/2019 in Orlen"), None);
    }

    #[test]
    fn a_mention_has_its_span_and_a_range_is_marked() {
        let text = "NEW-YORK, 20-26 SEPTEMBRE 2024";
        let found = mentions(text);
        assert_eq!(found.len(), 1);
        assert!(found[0].is_range);
        let text = "阿斯塔纳，2025年6月17日上午";
        assert_eq!(&text[mentions(text)[0].span.range()], "2025年6月17日");
    }

    #[test]
    fn a_day_without_a_year_is_read_apart() {
        assert_eq!(
            month_and_day("新华社阿斯塔纳９月７日电").map(|(_, month, day)| (month, day)),
            Some((9, 7))
        );
        assert_eq!(leading_day("7日在新加坡"), Some(7));
    }
}
