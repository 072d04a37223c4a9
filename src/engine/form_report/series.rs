//! The series that an event belongs to: its name without its number and year.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyzer::{UnitKind, fold};

/// Numbers and years as folded Chinese writes them: 第二届, 第七十四次, 首届, 2013年, 二〇一三年.
static HAN_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("第[0-9一二三四五六七八九十百零〇两]+(?:届|次|期|轮|回)?|首(?:届|次)|[0-9〇零一二三四五六七八九]{4}年度?|[0-9]+(?:届|次)")
        .expect("the expression is well formed")
});

/// Words that number an event in one of the languages of the United Nations, or are left over from a number.
const ORDINALS: &[&str] = &[
    "the",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "st",
    "nd",
    "rd",
    "th",
    "le",
    "la",
    "premier",
    "première",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "er",
    "ère",
    "e",
    "ème",
    "el",
    "primer",
    "primera",
    "primero",
    "segundo",
    "segunda",
    "tercer",
    "tercera",
    "cuarto",
    "cuarta",
    "quinto",
    "quinta",
    "sexto",
    "sexta",
    "séptimo",
    "séptima",
    "octavo",
    "octava",
    "noveno",
    "novena",
    "décimo",
    "décima",
    "первый",
    "первая",
    "первого",
    "второй",
    "вторая",
    "второго",
    "третий",
    "третья",
    "третьего",
    "четвертый",
    "четвёртый",
    "пятый",
    "шестой",
    "седьмой",
    "восьмой",
    "девятый",
    "десятый",
    "й",
    "я",
    "ый",
    "го",
    "الأول",
    "الأولى",
    "الثاني",
    "الثانية",
    "الثالث",
    "الثالثة",
    "الرابع",
    "الرابعة",
    "الخامس",
    "الخامسة",
    "السادس",
    "السادسة",
    "السابع",
    "السابعة",
    "الثامن",
    "الثامنة",
    "التاسع",
    "التاسعة",
    "العاشر",
    "العاشرة",
];

/// The name of an event, folded, without marks and without what numbers it: 第二届中国—中亚峰会 is of the series 中国中亚峰会, and `3rd
/// Lan Sea Summit (2016)` of `lan sea summit`. A name that is nothing but a number stays as it is.
pub(super) fn series_of(event: &str) -> String {
    let folded = fold(event);
    let line: String = joined(folded.texts());
    let without = HAN_NUMBER.replace_all(&line, " ");
    let parts = fold(&without);
    let is_name = |(index, unit): &(usize, &str)| {
        let kind = parts.units()[*index].kind;
        kind != UnitKind::Mark && !ORDINALS.contains(unit) && !is_number(unit)
    };
    let name = joined(parts.texts().enumerate().filter(is_name).map(|(_, unit)| unit));
    if name.is_empty() { line } else { name }
}

fn joined<'a>(units: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for unit in units {
        let is_han = |character: Option<char>| character.is_some_and(crate::text::is_han);
        let touches = is_han(line.chars().last()) && is_han(unit.chars().next());
        if !line.is_empty() && !touches && !is_digit_beside_han(&line, unit) {
            line.push(' ');
        }
        line.push_str(unit);
    }
    line
}

/// Whether a digit stands beside a Han character, as in 第2届.
fn is_digit_beside_han(line: &str, unit: &str) -> bool {
    let (last, next) = (line.chars().last(), unit.chars().next());
    let is_digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    let is_han = |character: Option<char>| character.is_some_and(crate::text::is_han);
    (is_digit(last) && is_han(next)) || (is_han(last) && is_digit(next))
}

/// Whether a word is a number: in digits, with or without an ending, or a Roman one.
fn is_number(unit: &str) -> bool {
    let digits = unit.trim_end_matches(|character: char| character.is_alphabetic());
    let ending = &unit[digits.len()..];
    let is_arabic = !digits.is_empty() && digits.chars().all(char::is_numeric) && ending.chars().count() <= 3;
    is_arabic || (unit.len() > 1 && unit.chars().all(|letter| "ivxl".contains(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_that_differ_by_number_and_year_alone_are_of_one_series() {
        let rows: &[&[&str]] = &[
            &[
                "第二届中国—中亚峰会",
                "中国—中亚峰会",
                "首届中国—中亚峰会",
                "第2届中国-中亚峰会",
                "2025年中国—中亚峰会",
            ],
            &[
                "第七届澜海峰会",
                "澜海峰会",
                "第七屆瀾海峰會",
                "二〇一三年澜海峰会",
                "第十二届澜海峰会",
            ],
            &[
                "3rd Lan Sea Summit",
                "The Lan Sea Summit",
                "Third Lan Sea Summit",
                "VII Lan Sea Summit",
                "Lan Sea Summit 2016",
            ],
            &["7e Sommet de la mer", "Septième Sommet de la mer", "Sommet de la mer"],
        ];
        for row in rows {
            for event in *row {
                assert_eq!(series_of(event), series_of(row[0]), "{event}");
            }
        }
        assert_ne!(series_of("第二届中国—中亚峰会"), series_of("第二届中国—东盟峰会"));
        assert_ne!(series_of("2016"), series_of("2017"));
    }
}
