//! Dates with 年, 月 and 日, in digits of any width or in Han numerals.

use super::DateMention;
use super::tokens;
use crate::text::{ByteSpan, Date};

/// The dates of a text that state a year and a month.
pub(super) fn mentions(text: &str) -> Vec<DateMention> {
    text.match_indices('年')
        .filter_map(|(mark, _)| around_year(text, mark))
        .collect()
}

/// The first month and day without regard to a year.
pub(super) fn month_and_day(text: &str) -> Option<(ByteSpan, i8, i8)> {
    text.match_indices('月').find_map(|(mark, sign)| {
        let (start, month) = number_before(text, mark)?;
        let (end, day) = day_after(text, mark + sign.len())?;
        let plausible = (1..=12).contains(&month) && (1..=31).contains(&day);
        plausible.then(|| (ByteSpan::new(start, end), month as i8, day as i8))
    })
}

/// The day at the very start of a text.
pub(super) fn leading_day(text: &str) -> Option<i8> {
    let (_, day) = day_after(text, 0)?;
    i8::try_from(day).ok().filter(|day| (1..=31).contains(day))
}

fn around_year(text: &str, mark: usize) -> Option<DateMention> {
    let (start, year) = number_before(text, mark)?;
    let (after_month, month) = number_with_sign(text, mark + '年'.len_utf8(), &['月'])?;
    let year = i16::try_from(year).ok().filter(|year| (1800..=2200).contains(year))?;
    let month = i8::try_from(month).ok()?;
    let day = day_after(text, after_month)
        .and_then(|(end, day)| Some((end, Date::day(year, month, i8::try_from(day).ok()?)?)));
    let (end, date) = match day {
        Some(found) => found,
        None => (after_month, Date::month(year, month)?),
    };
    Some(DateMention {
        span: ByteSpan::new(start, end),
        date,
        is_range: false,
    })
}

fn day_after(text: &str, start: usize) -> Option<(usize, u32)> {
    number_with_sign(text, start, &['日', '号', '號'])
}

/// A number that starts at `start` and the sign behind it.
fn number_with_sign(text: &str, start: usize, signs: &[char]) -> Option<(usize, u32)> {
    let rest = &text[start..];
    let sign = rest.find(signs)?;
    let value = numeral(rest[..sign].trim())?;
    let sign_width = rest[sign..].chars().next().map_or(0, char::len_utf8);
    Some((start + sign + sign_width, value))
}

/// The number that ends at `end`, and where it starts.
fn number_before(text: &str, end: usize) -> Option<(usize, u32)> {
    let before = text[..end].trim_end();
    let length: usize = before
        .chars()
        .rev()
        .take_while(|character| is_numeral(*character))
        .map(char::len_utf8)
        .sum();
    let start = before.len() - length;
    numeral(&before[start..]).map(|value| (start, value))
}

fn is_numeral(character: char) -> bool {
    digit(character).is_some() || character == '十'
}

/// The value of a digit; a letter l or O among digits is what optical reading made of 1 and 0.
fn digit(character: char) -> Option<u32> {
    let han = "零一二三四五六七八九"
        .chars()
        .position(|han| han == character)
        .map(|value| value as u32);
    tokens::digit(character).or(han).or(match character {
        '〇' | '○' | 'Ｏ' | 'O' => Some(0),
        'l' => Some(1),
        _ => None,
    })
}

/// The value of a numeral: digits by position (2013, 二〇一三) or tens (十, 十五, 二十二).
fn numeral(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    let Some((tens, units)) = text.split_once('十') else {
        return text
            .chars()
            .try_fold(0, |value, character| Some(value * 10 + digit(character)?));
    };
    let value = |part: &str, empty: u32| match part.chars().count() {
        0 => Some(empty),
        1 => part.chars().next().and_then(digit),
        _ => None,
    };
    Some(value(tens, 1)? * 10 + value(units, 0)?)
}
