//! The table of units, row by row, and the laws of folding on arbitrary text.

use proptest::prelude::*;

use super::*;

fn units(text: &str) -> Vec<String> {
    fold(text).texts().map(str::to_owned).collect()
}

fn check(text: &str, expected: &str) {
    assert_eq!(units(text).join(" "), expected, "units of {text:?}");
}

#[test]
fn the_table_of_units_holds() {
    for (text, expected) in [
        ("绿色矿产", "绿 色 矿 产"),
        ("國際論壇", "国 际 论 坛"),
        ("命 运\n共同体", "命 运 共 同 体"),
        ("15亿", "15 亿"),
        ("１５亿", "15 亿"),
        ("3.5%", "3.5 %"),
        ("1,000", "1,000"),
        ("“一带一路”", "\" 一 带 一 路 \""),
        ("「一帶一路」", "\" 一 带 一 路 \""),
        ("‘一带一路’", "\" 一 带 一 路 \""),
        ("\"一带一路\"", "\" 一 带 一 路 \""),
        ("G20", "g20"),
        ("WTO", "wto"),
        ("COVID-19", "covid - 19"),
        ("COVID‑19 — 2", "covid - 19 - 2"),
        ("Don’t", "don't"),
        ("don't", "don't"),
        ("U.S.", "u.s ."),
        ("l’eau", "l'eau"),
        ("L'EAU", "l'eau"),
        ("Côte", "côte"),
        ("CÔTE", "côte"),
        ("Cote", "cote"),
        ("\u{e9}", "é"),
        ("e\u{301}", "é"),
        ("ﬁ", "fi"),
        ("㎞", "km"),
        ("№", "no"),
        ("ß", "ss"),
        ("İ", "i\u{307}"),
        ("Россия", "россия"),
        ("ещё", "ещё"),
        ("السـلام", "السلام"),
        ("ﺍﻟﺴﻼﻡ", "السلام"),
        ("أمن", "أمن"),
        ("日本の首相", "日 本 の 首 相"),
        ("🙂", "🙂"),
        ("👩\u{200d}👩\u{200d}👧", "👩\u{200d}👩\u{200d}👧"),
    ] {
        check(text, expected);
    }
}

#[test]
fn more_cases_that_real_speeches_hold() {
    for (text, expected) in [
        ("AI治理", "ai 治 理"),
        ("“G7+1机制”", "\" g7 + 1 机 制 \""),
        ("主席先生：", "主 席 先 生 :"),
        ("2025至2026年", "2025 至 2026 年"),
        ("中国－中亚", "中 国 - 中 亚"),
        ("中国—中亚", "中 国 - 中 亚"),
        ("the Secu-\nrity Council", "the security council"),
        ("Secu-\n  rity-\nCouncil", "security - council"),
        ("COVID-\n19", "covid - 19"),
        ("coope-\n  ration", "cooperation"),
        ("self-\ndetermination", "self - determination"),
        ("self\u{2010}\ndetermination", "self - determination"),
        ("peut-\nêtre", "peut - être"),
        ("торгово-\nэкономическом", "торгово - экономическом"),
        ("сотрудни-\nчество", "сотрудничество"),
        ("peace-\nkeeping", "peace - keeping"),
        ("peace—\nand", "peace - and"),
        ("peace–\nand", "peace - and"),
        ("inter\u{ad}\nnational", "international"),
        ("inter\u{ad}\r\n  Nations", "internations"),
        ("inter\u{ad} national", "inter national"),
        ("SECU-\nRITY", "security"),
        ("EU-\nUN", "eu - un"),
        ("Franco-\nGerman", "franco - german"),
        ("Secu-\u{c}rity", "security"),
        ("5-\nyear", "5 - year"),
        ("peace- and war", "peace - and war"),
        ("leaders’ summit", "leaders \" summit"),
        ("5'000", "5 ' 000"),
        ("a.b, c", "a.b , c"),
        ("(hello)world", "( hello ) world"),
        ("  \t\n ", ""),
        ("", ""),
        ("ガー", "ガ ー"),
        ("ｶﾞ", "ガ"),
        ("대한민국 만세", "대한민국 만세"),
        ("zero\u{200b}width", "zerowidth"),
        ("葛\u{E0100}城", "葛 城"),
        ("❤\u{fe0f}", "❤"),
        ("solid\u{200c}arity", "solidarity"),
        ("solid\u{200d}arity", "solidarity"),
        ("می\u{200c}روم", "میروم"),
        ("na\u{e0074}tions", "nations"),
        ("🏴\u{e0067}\u{e0062}\u{e007f}", "🏴\u{e0067}\u{e0062}\u{e007f}"),
        ("👩\u{200d} a", "👩 a"),
        ("٢٠١٥", "2015"),
        ("۲۰۱۵", "2015"),
        ("٣٫٥٪", "3.5 %"),
        ("١٬٠٠٠", "1,000"),
        ("衞生", "卫 生"),
        ("敍利亞", "叙 利 亚"),
        ("祇幷汚緖砲礮逹閧", "只 并 污 绪 炮 炮 达 哄"),
    ] {
        check(text, expected);
    }
}

#[test]
fn punctuation_is_told_from_symbols() {
    for (text, expected) in [
        ("，。“”——…", true),
        (" ", true),
        ("%()", true),
        ("🙂", false),
        ("$", false),
        ("+", false),
        ("a.", false),
    ] {
        assert_eq!(fold(text).is_punctuation_only(), expected, "{text}");
    }
}

#[test]
fn a_break_that_is_written_both_ways_has_both_readings() {
    let joined = |text: &str| -> Vec<(usize, String)> {
        let folded = fold(text);
        folded
            .joined_words()
            .map(|(first, word)| (first, word.to_owned()))
            .collect()
    };
    assert_eq!(joined("the peace-\nkeeping force"), [(1, "peacekeeping".to_owned())]);
    assert_eq!(joined("self-\ndetermination, coope-\nration, peace-keeping"), []);
    // What is broken again keeps its first two readings.
    assert_eq!(joined("peace-\nkeeping-\nforce"), [(0, "peacekeeping".to_owned())]);
    let left_out = [ByteSpan::new(0, 4)];
    let folded = fold_without("(a) peace-\nkeeping policy-\nmaking", &left_out);
    assert_eq!(folded.joined_at(0), Some("peacekeeping"));
    assert_eq!(folded.joined_at(3), Some("policymaking"));
    assert_eq!(folded.joined_at(1), None);
}

#[test]
fn a_unit_broken_by_a_hyphen_spans_both_parts() {
    let text = "the Secu-\nrity Council";
    let folded = fold(text);
    assert_eq!(&text[folded.units()[1].span.range()], "Secu-\nrity");
}

#[test]
fn a_line_for_comparison_keeps_words_apart() {
    assert_eq!(fold_line("  United   Nations "), "united nations");
    assert_eq!(fold_line("習 近平"), "习近平");
    assert_eq!(fold_line("第２届中国—中亚峰会"), "第2届中国-中亚峰会");
}

const ALPHABET: &str = "[a-zA-Zéßİñàёйأسلامー\u{64b}\u{301}中国際论の々〇🙂👩👧\u{200d}\u{fe0f} \n\r\t.,'’‘“”「」—–\\-0-9０-９%…½㎞ﬁ\u{ad}\u{640}\u{200c}٢۵]{0,40}";

proptest! {
    #[test]
    fn spans_are_ordered_and_on_character_boundaries(text in prop_oneof![any::<String>(), ALPHABET.prop_map(String::from)]) {
        let folded = fold(&text);
        let mut previous = 0;
        for unit in folded.units() {
            prop_assert!(text.get(unit.span.range()).is_some(), "{:?} in {:?}", unit, text);
            prop_assert!(unit.span.start >= previous || text[..previous].len() == unit.span.end, "{:?} in {:?}", unit, text);
            prop_assert!(!unit.span.is_empty());
            prop_assert!(!folded.text_of(unit).is_empty());
            previous = unit.span.start;
        }
    }

    #[test]
    fn every_visible_character_lies_in_a_unit(text in ALPHABET) {
        let folded = fold(&text);
        for (offset, character) in text.char_indices() {
            let seen = character.is_alphanumeric() && !is_invisible(character);
            let covered = folded.units().iter().any(|unit| unit.span.range().contains(&offset));
            prop_assert!(!seen || covered, "{:?} at {} of {:?}", character, offset, text);
        }
    }

    #[test]
    fn han_units_do_not_depend_on_their_neighbors(left in "[中国際論壇，。a-z ]{0,12}", right in "[中国際論壇，。a-z ]{0,12}") {
        let mut apart = units(&left);
        apart.extend(units(&format!("中{right}")));
        prop_assert_eq!(units(&format!("{left}中{right}")), apart);
    }
}
