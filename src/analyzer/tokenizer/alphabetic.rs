//! Alphabetic words → the terms they are ranked and found by: elisions off, letters unified, stemmed, diacritics off.
//!
//! Stemming follows the language of the passage where its script is the word's own, else the usual language of the script.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How many different words a stemmer remembers.
const REMEMBERED_WORDS: usize = 1 << 16;

/// The languages that have a stemmer, with the scripts they are written in; the first of a script is its usual language.
const STEMMED: &[(&str, Script, Algorithm)] = &[
    ("en", Script::Latin, Algorithm::English),
    ("fr", Script::Latin, Algorithm::French),
    ("es", Script::Latin, Algorithm::Spanish),
    ("pt", Script::Latin, Algorithm::Portuguese),
    ("de", Script::Latin, Algorithm::German),
    ("it", Script::Latin, Algorithm::Italian),
    ("ru", Script::Cyrillic, Algorithm::Russian),
    ("ar", Script::Arabic, Algorithm::Arabic),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Other,
}

fn script_of(word: &str) -> Script {
    let letter = word.chars().find(|character| character.is_alphabetic());
    match letter {
        Some('\u{0400}'..='\u{052F}') => Script::Cyrillic,
        Some('\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}') => Script::Arabic,
        Some(letter) if (letter as u32) < 0x0250 || ('\u{1E00}'..='\u{1EFF}').contains(&letter) => Script::Latin,
        _ => Script::Other,
    }
}

/// The language by which a word is stemmed in a passage of a language: an index into [`STEMMED`].
fn stemmer_index(script: Script, language: &str) -> Option<usize> {
    let of_script = |(index, (_, own, _)): (usize, &(&str, Script, Algorithm))| (*own == script).then_some(index);
    let stated = STEMMED
        .iter()
        .enumerate()
        .filter(|(_, (tag, ..))| *tag == language)
        .find_map(of_script);
    stated.or_else(|| STEMMED.iter().enumerate().find_map(of_script))
}

/// The languages in whose texts a word of this script may stand in an inflected form, out of those given, and the usual one.
pub fn candidate_languages<'a>(word: &str, present: impl Iterator<Item = &'a str>) -> Vec<&'static str> {
    let script = script_of(word);
    let mut indexes: Vec<usize> = present.filter_map(|language| stemmer_index(script, language)).collect();
    indexes.extend(stemmer_index(script, ""));
    indexes.sort_unstable();
    indexes.dedup();
    indexes.into_iter().map(|index| STEMMED[index].0).collect()
}

/// Whether a word and its term begin alike, their first two letters without diacritics: not where Arabic articles and joined
/// particles or elisions are taken off. The few words of English that change their second letter (dying, die) are not told.
pub fn keeps_its_beginning(word: &str) -> bool {
    !word.contains('\'') && script_of(word) != Script::Arabic
}

/// Makes terms of words, remembering those it has seen.
#[derive(Default)]
pub struct WordTerms {
    /// For each language with a stemmer, once it is used: the stemmer, and the terms of the words it has seen.
    stemmers: [Option<(Stemmer, FxHashMap<String, String>)>; STEMMED.len()],
}

impl WordTerms {
    /// Hands on the term of a folded word in a passage of a language (a primary subtag, empty where not known).
    pub fn with_term<R>(&mut self, word: &str, language: &str, use_term: impl FnOnce(&str) -> R) -> R {
        let Some(index) = stemmer_index(script_of(word), language) else {
            return use_term(&without_diacritics(word));
        };
        let new_stemmer = || (Stemmer::create(STEMMED[index].2), FxHashMap::default());
        let (stemmer, remembered) = self.stemmers[index].get_or_insert_with(new_stemmer);
        if let Some(term) = remembered.get(word) {
            return use_term(term);
        }
        let term = term_of(word, stemmer, STEMMED[index].0);
        if remembered.len() >= REMEMBERED_WORDS {
            remembered.clear();
        }
        use_term(remembered.entry(word.to_owned()).or_insert(term))
    }

    /// The term of a folded word in a passage of a language.
    pub fn term(&mut self, word: &str, language: &str) -> String {
        self.with_term(word, language, str::to_owned)
    }
}

fn term_of(word: &str, stemmer: &Stemmer, language: &str) -> String {
    let bare = match language {
        "fr" | "it" => without_elision(word),
        _ => word,
    };
    match language {
        "ru" => stemmer.stem(&bare.replace('ё', "е")).into_owned(),
        "ar" => stemmer.stem(&unified_arabic(bare)).into_owned(),
        _ => without_diacritics(&stemmer.stem(bare)),
    }
}

/// Takes off what French and Italian join to the next word with an apostrophe: l'eau, dell'acqua.
fn without_elision(word: &str) -> &str {
    const ELIDED: &[&str] = &[
        "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "un", "all",
        "dall", "dell", "nell", "sull", "coll", "quell", "quest", "gl", "v",
    ];
    match word.split_once('\'') {
        Some((elided, rest)) if !rest.is_empty() && ELIDED.contains(&elided) => rest,
        _ => word,
    }
}

fn unified_arabic(word: &str) -> String {
    let kept = word
        .chars()
        .filter(|character| !matches!(character, '\u{064B}'..='\u{065F}' | '\u{0670}'));
    kept.map(|character| match character {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        _ => character,
    })
    .collect()
}

fn without_diacritics(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    word.nfd()
        .filter(|character| !is_combining_mark(*character))
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, words: &[&str]) {
        let mut terms = WordTerms::default();
        let found: Vec<String> = words.iter().map(|word| terms.term(word, language)).collect();
        assert!(
            found.windows(2).all(|pair| pair[0] == pair[1]),
            "{words:?} became {found:?}"
        );
    }

    #[test]
    fn inflected_forms_share_a_term() {
        check("en", &["cooperation", "cooperate", "cooperating", "cooperative"]);
        check("fr", &["l'eau", "d'eau", "eau"]);
        check("fr", &["coopérations", "coopération"]);
        check("ru", &["сотрудничество", "сотрудничества", "сотрудничеству"]);
        check("ru", &["ещё", "еще"]);
        check("es", &["naciones", "nación"]);
        check("ar", &["أمن", "امن", "أَمْن"]);
        check("ar", &["المبنى", "المبني"]);
        check("ar", &["القضية", "القضيه"]);
        check("zh", &["summits", "summit"]);
    }

    #[test]
    fn a_word_and_its_term_begin_alike_where_that_is_said() {
        let words = [
            ("en", "cooperation"),
            ("en", "a"),
            ("fr", "état"),
            ("fr", "l'eau"),
            ("es", "órganos"),
            ("ru", "ёлки"),
            ("de", "Übungen"),
            ("ar", "والأمن"),
        ];
        for (language, word) in words {
            let term = WordTerms::default().term(&word.to_lowercase(), language);
            let [beginning, own] =
                [&word.to_lowercase(), &term].map(|word| without_diacritics(word).chars().take(2).collect::<String>());
            let is_stable = keeps_its_beginning(&word.to_lowercase());
            assert!(
                !is_stable || (keeps_its_beginning(&term) && beginning == own),
                "{word}: {beginning:?} and {own:?} of {term}"
            );
        }
        assert!(!keeps_its_beginning("l'eau"));
        assert!(!keeps_its_beginning("الأمن"));
    }

    #[test]
    fn a_word_is_stemmed_by_the_languages_of_its_script_that_are_present() {
        let present = ["zh", "fr", "ru", "en"];
        assert_eq!(candidate_languages("nations", present.into_iter()), ["en", "fr"]);
        assert_eq!(candidate_languages("мир", present.into_iter()), ["ru"]);
        assert_eq!(candidate_languages("2025", present.into_iter()), Vec::<&str>::new());
    }
}
