//! Dates with a month's name in the European languages and Arabic, and dates of three numbers.

use super::DateMention;
use super::tokens::{Kind, Token, tokens};
use crate::text::{ByteSpan, Date};

/// The names of the months, twelve rows from January, with what is written for short; Arabic has the names of the Levant, of Egypt
/// and of the Maghreb.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "janvier", "janv", "enero", "ene", "января", "январь", "янв", "janeiro", "gennaio", "januar", "jänner",
      "januari", "stycznia", "styczeń", "ocak", "січня", "січень", "gener", "xaneiro", "يناير", "جانفي", "ژانویه"],
    &["february", "feb", "février", "fevrier", "févr", "fév", "febrero", "февраля", "февраль", "фев", "февр", "fevereiro", "fev",
      "febbraio", "februar", "feber", "februari", "lutego", "luty", "şubat", "лютого", "лютий", "febrer", "febreiro", "فبراير", "شباط",
      "فيفري", "فوریه"],
    &["march", "mar", "mars", "marzo", "марта", "март", "мар", "março", "marco", "märz", "mrz", "maart", "marca", "marzec", "mart",
      "maret", "березня", "березень", "març", "marts", "مارس", "آذار", "أذار"],
    &["april", "apr", "avril", "avr", "abril", "abr", "апреля", "апрель", "апр", "aprile", "kwietnia", "kwiecień", "nisan", "квітня",
      "квітень", "أبريل", "ابريل", "إبريل", "نيسان", "أفريل", "آوریل"],
    &["may", "mai", "mayo", "мая", "май", "maio", "maggio", "mag", "maj", "maja", "mei", "mayıs", "травня", "травень", "maig", "مايو",
      "أيار", "ايار", "ماي"],
    &["june", "jun", "juin", "junio", "июня", "июнь", "июн", "junho", "giugno", "giu", "juni", "czerwca", "czerwiec", "haziran",
      "червня", "червень", "juny", "xuño", "يونيو", "يونيه", "حزيران", "جوان", "ژوئن"],
    &["july", "jul", "juillet", "juil", "julio", "июля", "июль", "июл", "julho", "luglio", "lug", "juli", "lipca", "lipiec", "temmuz",
      "липня", "липень", "juliol", "xullo", "يوليو", "يوليه", "تموز", "جويلية", "ژوئیه"],
    &["august", "aug", "août", "aout", "agosto", "ago", "августа", "август", "авг", "augusti", "augustus", "agustus", "sierpnia",
      "sierpień", "ağustos", "серпня", "серпень", "agost", "أغسطس", "اغسطس", "آب", "أوت"],
    &["september", "sept", "sep", "septembre", "septiembre", "setiembre", "сентября", "сентябрь", "сент", "сен", "setembro", "set",
      "settembre", "sett", "września", "wrzesień", "eylül", "вересня", "вересень", "setembre", "سبتمبر", "شتنبر", "أيلول", "ايلول",
      "سپتامبر"],
    &["october", "oct", "octobre", "octubre", "октября", "октябрь", "окт", "outubro", "out", "ottobre", "ott", "oktober", "okt",
      "października", "październik", "ekim", "жовтня", "жовтень", "outubro", "أكتوبر", "اكتوبر", "اکتبر"],
    &["november", "nov", "novembre", "noviembre", "ноября", "ноябрь", "ноя", "нояб", "novembro", "listopada", "listopad", "kasım",
      "листопада", "листопад", "نوفمبر", "نونبر", "نوامبر"],
    &["december", "dec", "décembre", "decembre", "déc", "diciembre", "dic", "декабря", "декабрь", "дек", "dezembro", "dez",
      "dicembre", "dezember", "desember", "grudnia", "grudzień", "aralık", "грудня", "грудень", "desembre", "decembro", "ديسمبر",
      "دجنبر", "دسامبر"],
];

/// Names of months for short that are words too: they name a month only behind a day.
#[rustfmt::skip]
const WORDS_TOO: &[&str] = &[
    "set", "out", "ago", "mag", "mart", "ene", "dez", "dic", "fev", "mei", "maj", "ott", "lug", "giu", "luty", "листопад", "ماي",
    "آب", "أوت",
];

/// The earliest year of a date in numbers alone.
const EARLIEST_YEAR: u32 = 1600;

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
        let mention = match month(&tokens, index) {
            Some((month, length)) => named(&tokens, index, month, length),
            None => numeric(&tokens[index..]),
        };
        found.extend(mention);
    }
    found
}

/// The month that the name at `index` is, and how many tokens it takes.
fn month(tokens: &[Token], index: usize) -> Option<(i8, usize)> {
    let word = word(tokens.get(index)?)?;
    // The Levant tells two pairs of months apart by a second word.
    let ordinal = || tokens.get(index + 1).and_then(self::word);
    match (word, ordinal()) {
        ("تشرين", Some("الأول" | "الاول")) => return Some((10, 2)),
        ("تشرين", Some("الثاني")) => return Some((11, 2)),
        ("كانون", Some("الأول" | "الاول")) => return Some((12, 2)),
        ("كانون", Some("الثاني")) => return Some((1, 2)),
        _ => {}
    }
    let row = MONTHS.iter().position(|names| names.contains(&word))?;
    let is_named = !WORDS_TOO.contains(&word) || day_before(tokens, index).is_some();
    is_named.then_some((row as i8 + 1, 1))
}

fn word(token: &Token) -> Option<&str> {
    match &token.kind {
        Kind::Word(word) => Some(word),
        _ => None,
    }
}

/// A date around the month's name at `index`: the year after it, the day before it or between.
fn named(tokens: &[Token], index: usize, month: i8, length: usize) -> Option<DateMention> {
    let mut after = index + length;
    if tokens.get(after).is_some_and(|token| token.kind == Kind::Mark('/')) {
        // Another name of the month, or the year behind a short one: `Jun/2024`.
        after += 1 + self::month(tokens, after + 1).map_or(0, |(_, length)| length);
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
    // 1017 is a slip of the keys.
    if year < EARLIEST_YEAR {
        return None;
    }
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
    if tokens[index].kind == Kind::Mark('/') && index.checked_sub(1).is_some_and(|at| number(&tokens[at]).is_none()) {
        index = index.checked_sub(2)?;
    }
    for _ in 0..5 {
        match &tokens[index].kind {
            Kind::Number { value, width: 1..=2 } => return Some((index, *value)),
            Kind::Word(word) if JOINTS.contains(&word.as_str()) => index = index.checked_sub(1)?,
            Kind::Mark('.' | 'º' | '°' | '«' | '»' | '“' | '”' | '"') => index = index.checked_sub(1)?,
            Kind::Mark('-' | '/') if is_tight(tokens, index) => index = index.checked_sub(1)?,
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
            Kind::Mark('-' | '/') if is_tight(tokens, index) => index += 1,
            _ => break,
        }
    }
    index
}

/// Whether nothing stands between a mark and its neighbours, as in `03-Jun-2024`.
fn is_tight(tokens: &[Token], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|at| tokens.get(at));
    let (mark, after) = (&tokens[index], tokens.get(index + 1));
    before.is_some_and(|before| before.end == mark.start) && after.is_some_and(|after| after.start == mark.end)
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

/// The day and month of three numbers that do not tell which is which, read as day and month in this order.
pub(super) fn day_first(text: &str) -> Option<Date> {
    let tokens = tokens(text);
    let (day, month, year) = match &tokens[..] {
        [first, _, second, _, third, ..] => (number(first)?, number(second)?, number(third)?),
        _ => return None,
    };
    let is_date = matches!((day.1, month.1, year.1), (1..=2, 1..=2, 4));
    is_date.then(|| Date::day(year.0 as i16, month.0 as i8, day.0 as i8))?
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
        // Years of other calendars, as 1380 of the Solar Hijri, are left alone.
        (4, 1..=2, 1..=2) if EARLIEST_YEAR <= a.0 => Date::day(a.0 as i16, b.0 as i8, c.0 as i8),
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
