//! Dates with a month's name in the European languages and Arabic, and dates of three numbers.

use super::DateMention;
use super::tokens::{Kind, Token, tokens};
use crate::text::{ByteSpan, Date};

/// The names of the months, twelve rows from January; Arabic has a Levantine and an Egyptian name for each.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "jan",
        "janvier",
        "enero",
        "января",
        "январь",
        "janeiro",
        "gennaio",
        "januar",
        "يناير",
        "جانفي",
    ],
    &[
        "february",
        "feb",
        "février",
        "fevrier",
        "febrero",
        "февраля",
        "февраль",
        "fevereiro",
        "febbraio",
        "februar",
        "فبراير",
        "شباط",
    ],
    &[
        "march",
        "mar",
        "mars",
        "marzo",
        "марта",
        "март",
        "março",
        "marco",
        "märz",
        "مارس",
        "آذار",
    ],
    &[
        "april",
        "apr",
        "avril",
        "abril",
        "апреля",
        "апрель",
        "aprile",
        "أبريل",
        "ابريل",
        "نيسان",
    ],
    &[
        "may", "mai", "mayo", "мая", "май", "maio", "maggio", "مايو", "أيار", "ماي",
    ],
    &[
        "june",
        "jun",
        "juin",
        "junio",
        "июня",
        "июнь",
        "junho",
        "giugno",
        "juni",
        "يونيو",
        "يونيه",
        "حزيران",
    ],
    &[
        "july",
        "jul",
        "juillet",
        "julio",
        "июля",
        "июль",
        "julho",
        "luglio",
        "juli",
        "يوليو",
        "يوليه",
        "تموز",
    ],
    &[
        "august",
        "aug",
        "août",
        "aout",
        "agosto",
        "августа",
        "август",
        "أغسطس",
        "اغسطس",
        "آب",
    ],
    &[
        "september",
        "sept",
        "sep",
        "septembre",
        "septiembre",
        "setiembre",
        "сентября",
        "сентябрь",
        "setembro",
        "settembre",
        "سبتمبر",
        "أيلول",
        "ايلول",
    ],
    &[
        "october",
        "oct",
        "octobre",
        "octubre",
        "октября",
        "октябрь",
        "outubro",
        "ottobre",
        "oktober",
        "أكتوبر",
        "اكتوبر",
    ],
    &[
        "november",
        "nov",
        "novembre",
        "noviembre",
        "ноября",
        "ноябрь",
        "novembro",
        "نوفمبر",
    ],
    &[
        "december",
        "dec",
        "décembre",
        "decembre",
        "diciembre",
        "декабря",
        "декабрь",
        "dezembro",
        "dicembre",
        "dezember",
        "ديسمبر",
    ],
];

/// Words that may stand between the parts of a date.
const JOINTS: &[&str] = &["de", "del", "of", "st", "nd", "rd", "th", "er", "º", "ª", "е", "го"];

/// The dates of a text.
pub(super) fn mentions(text: &str) -> Vec<DateMention> {
    let tokens = tokens(text);
    let mut found: Vec<DateMention> = Vec::new();
    for index in 0..tokens.len() {
        let is_after_last = found.last().is_none_or(|last| tokens[index].start >= last.span.end);
        if !is_after_last {
            continue;
        }
        let mention = match month(&tokens[index]) {
            Some(month) => named(&tokens, index, month),
            None => numeric(&tokens[index..]),
        };
        found.extend(mention);
    }
    found
}

fn month(token: &Token) -> Option<i8> {
    let Kind::Word(word) = &token.kind else {
        return None;
    };
    // Levantine names of two words: تشرين الأول, كانون الثاني; the first word alone does not tell the month.
    let row = MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
    Some(row as i8 + 1)
}

/// A date around the month's name at `index`: the year after it, the day before it or between.
fn named(tokens: &[Token], index: usize, month: i8) -> Option<DateMention> {
    let mut after = index + 1;
    if tokens.get(after).is_some_and(|token| token.kind == Kind::Mark('/')) {
        after += 2;
    }
    let after = skip_joints(tokens, after);
    let (year_index, day_after) = match number(tokens.get(after)?)? {
        (_, 4) => (after, None),
        (day, 1..=2) => (skip_joints(tokens, after + 1), Some(day)),
        _ => return None,
    };
    let (year, 4) = number(tokens.get(year_index)?)? else {
        return None;
    };
    let day_before = day_before(tokens, index);
    let start = day_before.map_or(index, |(at, _)| at);
    let day = day_after.or(day_before.map(|(_, day)| day));
    let date = match day {
        Some(day) => Date::day(year as i16, month, day as i8),
        None => Date::month(year as i16, month),
    }?;
    let span = ByteSpan::new(tokens[start].start, tokens[year_index].end);
    Some(DateMention {
        span,
        date,
        is_range: day_after.is_none() && ends_range(tokens, start),
    })
}

/// The day before the month's name, over joints and another name of the month with a slash.
fn day_before(tokens: &[Token], month_index: usize) -> Option<(usize, u32)> {
    let mut index = month_index.checked_sub(1)?;
    if tokens[index].kind == Kind::Mark('/') {
        index = index.checked_sub(2)?;
    }
    for _ in 0..3 {
        match &tokens[index].kind {
            Kind::Number { value, width: 1..=2 } => return Some((index, *value)),
            Kind::Word(word) if JOINTS.contains(&word.as_str()) => index = index.checked_sub(1)?,
            Kind::Mark('.' | 'º' | '°') => index = index.checked_sub(1)?,
            _ => return None,
        }
    }
    None
}

fn skip_joints(tokens: &[Token], mut index: usize) -> usize {
    while let Some(token) = tokens.get(index) {
        match &token.kind {
            Kind::Word(word) if JOINTS.contains(&word.as_str()) => index += 1,
            Kind::Mark('.' | ',' | '،' | 'º' | '°') => index += 1,
            _ => break,
        }
    }
    index
}

fn number(token: &Token) -> Option<(u32, usize)> {
    match token.kind {
        Kind::Number { value, width } => Some((value, width)),
        _ => None,
    }
}

/// Whether the day at `index` is the end of a range of days.
fn ends_range(tokens: &[Token], index: usize) -> bool {
    let Some([from, dash]) = index
        .checked_sub(2)
        .map(|start| [&tokens[start].kind, &tokens[start + 1].kind])
    else {
        return false;
    };
    matches!(from, Kind::Number { width: 1..=2, .. }) && matches!(dash, Kind::Mark('-' | '–' | '—'))
}

/// A date of three numbers with the same mark between them; day and month must tell themselves apart, except with
/// points, which are always day first.
fn numeric(tokens: &[Token]) -> Option<DateMention> {
    let [first, mark, second, same_mark, third, ..] = tokens else {
        return None;
    };
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    let joined = first.end == mark.start && mark.end == second.start && second.end == same_mark.start;
    let Kind::Mark(separator @ ('-' | '/' | '.')) = mark.kind else {
        return None;
    };
    if mark.kind != same_mark.kind || !joined || same_mark.end != third.start {
        return None;
    }
    let date = match (a.1, b.1, c.1) {
        (4, 1..=2, 1..=2) => Date::day(a.0 as i16, b.0 as i8, c.0 as i8),
        (1..=2, 1..=2, 4) if separator == '.' || a.0 > 12 || a.0 == b.0 => Date::day(c.0 as i16, b.0 as i8, a.0 as i8),
        (1..=2, 1..=2, 4) if b.0 > 12 => Date::day(c.0 as i16, a.0 as i8, b.0 as i8),
        _ => None,
    }?;
    Some(DateMention {
        span: ByteSpan::new(first.start, third.end),
        date,
        is_range: false,
    })
}
