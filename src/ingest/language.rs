//! The language of a text, told from its script and its commonest words.
//!
//! Official languages of the United Nations come first, with the neighbours that one would mistake for them; further languages in
//! Latin script are told by their letters in threes (`whatlang`). What cannot be told stays absent: a wrong language would be stemmed
//! wrongly.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use whatlang::Lang;

use crate::text::{Language, is_han};

/// The number of letters that are looked at.
const SAMPLE_LETTERS: usize = 20_000;

/// Characters that only simplified text has, and the traditional ones in their place.
const SIMPLIFIED: &str = "国会这为们来时个发对学长关业东经应问还开体与万机进从动两现实间无样没过说种当点变产军见亲书车马门风语让认议设论证选远运连达迈环绿级结统维组织团员导号听启营获荣华总";
const TRADITIONAL: &str = "國會這為們來時個發對學長關業東經應問還開體與萬機進從動兩現實間無樣沒過說種當點變產軍見親書車馬門風語讓認議設論證選遠運連達邁環綠級結統維組織團員導號聽啟營獲榮華總";

/// The commonest words of the languages in Latin script; words that several share decide nothing and are left out.
const STOP_WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "of", "and", "to", "is", "that", "we", "for", "our", "with", "this", "are", "have", "you", "on",
            "my",
        ],
    ),
    (
        "fr",
        &[
            "le", "les", "des", "et", "est", "une", "du", "dans", "nous", "pour", "au", "qui", "que", "aux", "votre",
            "vous", "je",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "las", "y", "una", "del", "por", "nuestro", "con", "muchas", "señor", "nuestra", "al", "más",
            "su", "que",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "do", "da", "dos", "das", "uma", "não", "nao", "ao", "em", "um", "com", "pela", "pelo", "muito",
            "e",
        ],
    ),
    (
        "it",
        &[
            "il", "di", "che", "gli", "della", "e", "per", "nel", "una", "sono", "dei", "alla", "delle", "con", "non",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "und", "das", "ist", "wir", "nicht", "mit", "den", "ein", "eine", "für", "auf", "zu", "von",
        ],
    ),
    (
        "ca",
        &[
            "els", "amb", "aquest", "aquesta", "és", "són", "dels", "als", "i", "hem", "molt", "també", "les", "una",
            "del", "per",
        ],
    ),
    (
        "sv",
        &[
            "och", "att", "är", "som", "det", "för", "inte", "vi", "av", "på", "till", "har", "med", "den", "ett",
        ],
    ),
    (
        "da",
        &[
            "og", "at", "er", "som", "det", "for", "ikke", "vi", "af", "på", "til", "har", "med", "den", "et", "jeg",
        ],
    ),
    (
        "nl",
        &[
            "het", "een", "van", "wij", "niet", "met", "voor", "dat", "zijn", "aan", "ook", "naar", "worden", "deze",
        ],
    ),
];

/// The places in [`STOP_WORDS`] of the languages that a word is of.
static LISTS_OF_WORD: LazyLock<FxHashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut lists: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (list, (_, words)) in STOP_WORDS.iter().enumerate() {
        for word in *words {
            lists.entry(word).or_default().push(list);
        }
    }
    lists
});

/// Words that Galician has and its neighbors have not.
const GALICIAN: &[&str] = &[
    "unha", "dunha", "nunha", "moi", "tamén", "máis", "xunta", "coas", "ata", "veciños",
];

/// Languages that the letters in threes tell, by the names of the detector.
const FURTHER: &[(Lang, &str)] = &[
    (Lang::Cat, "ca"),
    (Lang::Swe, "sv"),
    (Lang::Dan, "da"),
    (Lang::Nob, "no"),
    (Lang::Nld, "nl"),
    (Lang::Pol, "pl"),
    (Lang::Tur, "tr"),
    (Lang::Ind, "id"),
    (Lang::Fin, "fi"),
    (Lang::Ces, "cs"),
    (Lang::Slk, "sk"),
    (Lang::Hun, "hu"),
    (Lang::Ron, "ro"),
    (Lang::Vie, "vi"),
    (Lang::Hrv, "hr"),
    (Lang::Slv, "sl"),
    (Lang::Est, "et"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Eng, "en"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Deu, "de"),
];

/// The least words of a text whose letters in threes are believed.
const LEAST_WORDS: usize = 12;

/// The most words whose letters are looked at.
const LETTER_WORDS: usize = 500;

/// How sure the detector must be.
const SURE: f64 = 0.9;

/// Detects the language of a text; absent where it cannot be told.
pub fn detect(text: &str) -> Option<Language> {
    let scripts = Scripts::count(text);
    let tag = scripts.tag().or_else(|| latin_tag(text, scripts.latin))?;
    Some(Language::new(tag))
}

/// How many letters of each script the start of a text has.
#[derive(Default)]
struct Scripts {
    han: usize,
    simplified: usize,
    traditional: usize,
    kana: usize,
    hangul: usize,
    cyrillic: usize,
    ukrainian: usize,
    arabic: usize,
    persian: usize,
    latin: usize,
}

impl Scripts {
    fn count(text: &str) -> Self {
        let mut scripts = Self::default();
        text.chars()
            .filter(|character| character.is_alphabetic())
            .take(SAMPLE_LETTERS)
            .for_each(|c| scripts.add(c));
        scripts
    }

    fn add(&mut self, letter: char) {
        match letter {
            '\u{3041}'..='\u{30FF}' => self.kana += 1,
            '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}' => self.hangul += 1,
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' => self.ukrainian += 1,
            '\u{400}'..='\u{52F}' => self.cyrillic += 1,
            'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => self.persian += 1,
            '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
                self.arabic += 1
            }
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => self.latin += 1,
            _ if is_han(letter) => self.add_han(letter),
            _ => {}
        }
    }

    fn add_han(&mut self, letter: char) {
        self.han += 1;
        self.simplified += usize::from(SIMPLIFIED.contains(letter) && !TRADITIONAL.contains(letter));
        self.traditional += usize::from(TRADITIONAL.contains(letter) && !SIMPLIFIED.contains(letter));
    }

    /// The language, where the script tells it. A Han character weighs as much as a word of three letters.
    fn tag(&self) -> Option<&'static str> {
        let east = (self.han + self.kana + self.hangul) * 3;
        let cyrillic = self.cyrillic + self.ukrainian;
        let arabic = self.arabic + self.persian;
        let most = east.max(cyrillic).max(arabic).max(self.latin);
        match most {
            0 => None,
            most if most == self.latin => None,
            most if most == cyrillic => Some(if self.ukrainian * 30 > cyrillic { "uk" } else { "ru" }),
            most if most == arabic => Some(if self.persian * 20 > arabic { "fa" } else { "ar" }),
            _ if self.hangul > self.han => Some("ko"),
            _ if self.kana * 5 > self.han => Some("ja"),
            _ if self.traditional > self.simplified => Some("zh-Hant"),
            _ => Some("zh"),
        }
    }
}

/// The language in Latin script of whose commonest words the text has most, by a clear lead, or which its letters tell for sure.
fn latin_tag(text: &str, letters: usize) -> Option<&'static str> {
    if letters == 0 {
        return None;
    }
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphabetic())
        .filter(|word| !word.is_empty())
        .take(4_000)
        .map(str::to_lowercase)
        .collect();
    let lone = words.iter().filter(|word| word.chars().count() == 1).count();
    if lone * 3 > words.len() {
        // Letters that optical reading set apart.
        return None;
    }
    let mut scores: Vec<(usize, &str)> = STOP_WORDS.iter().map(|(tag, _)| (0, *tag)).collect();
    for list in words
        .iter()
        .filter_map(|word| LISTS_OF_WORD.get(word.as_str()))
        .flatten()
    {
        scores[*list].0 += 1;
    }
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let (best, second) = (scores[0], scores[1]);
    let enough = best.0 * 20 >= words.len();
    let by_words = (best.0 > second.0 && enough).then_some(best.1);
    // Galician has the commonest words of Portuguese, and some of its own that Portuguese has not.
    let galician = words.iter().filter(|word| GALICIAN.contains(&word.as_str())).count();
    if galician >= 2 && galician * 100 >= words.len() {
        return Some("gl");
    }
    // Where one word in eight is of one language and none near it has half as many, letters add nothing.
    if best.0 * 8 >= words.len() && best.0 >= 2 * second.0 {
        return by_words;
    }
    let told = by_letters(&words[..words.len().min(LETTER_WORDS)]);
    let is_listed = |tag: &str| STOP_WORDS.iter().any(|(listed, _)| *listed == tag);
    match (by_words, told) {
        // The commonest words tell neighbours apart better than letters do, but only those that are listed.
        (Some(by_words), Some(told)) if is_listed(told) => Some(by_words),
        (_, Some(told)) => Some(told),
        (by_words, None) => by_words,
    }
}

/// The language that letters in threes tell for sure.
fn by_letters(words: &[String]) -> Option<&'static str> {
    let told = whatlang::detect(&words.join(" ")).filter(|_| words.len() >= LEAST_WORDS)?;
    let is_sure = told.is_reliable() && told.confidence() >= SURE;
    let known = FURTHER.iter().find(|(lang, _)| *lang == told.lang());
    known.filter(|_| is_sure).map(|(_, tag)| *tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_script_and_words() {
        for (text, tag) in [
            ("我们要加强合作。", Some("zh")),
            ("我們要加強國際合作，這是時代的要求。", Some("zh-Hant")),
            ("私たちは国際協力を進めます。", Some("ja")),
            ("우리는 국제 협력을 강화해야 합니다.", Some("ko")),
            ("Мы должны укреплять сотрудничество.", Some("ru")),
            ("Ми повинні зміцнювати співпрацю між країнами світу.", Some("uk")),
            ("يجب أن نعزز التعاون الدولي.", Some("ar")),
            ("We must strengthen the cooperation of our nations.", Some("en")),
            (
                "Nous devons renforcer la coopération dans le monde et pour les peuples.",
                Some("fr"),
            ),
            (
                "Debemos fortalecer la cooperación con los pueblos del mundo.",
                Some("es"),
            ),
            ("Devemos fortalecer a cooperação com os povos do mundo.", Some("pt")),
            (
                "Dobbiamo rafforzare la cooperazione della comunità per il futuro.",
                Some("it"),
            ),
            ("Wir müssen die Zusammenarbeit mit der Welt stärken.", Some("de")),
            (
                "Vi måste stärka samarbetet mellan våra länder och det är inte för sent att göra det med alla som vill vara med i framtiden.",
                Some("sv"),
            ),
            (
                "Musimy wzmocnić współpracę między naszymi krajami, ponieważ tylko razem możemy odpowiedzieć na wyzwania naszych czasów i dać ludziom nadzieję.",
                Some("pl"),
            ),
            (
                "Kita harus memperkuat kerja sama antara negara-negara kita, karena hanya bersama kita dapat menjawab tantangan zaman ini dan memberi harapan kepada rakyat.",
                Some("id"),
            ),
            (
                "Hem de reforçar la cooperació dels pobles amb totes les forces que tenim, i aquest és el camí que hem triat, també per als joves.",
                Some("ca"),
            ),
            (
                "Debemos fortalecer la cooperación entre nuestros países con todos los que quieren un futuro de paz, y por eso estamos aquí, señoras y señores.",
                Some("es"),
            ),
            (
                "T h e A c t i n g M i n i s t e r f o r E x t e r n a l A f f a i r s s a i d t o d a y",
                None,
            ),
            ("", None),
            ("42 — 17", None),
            ("Xyzzy plugh", None),
        ] {
            assert_eq!(detect(text).as_ref().map(Language::tag), tag, "{text}");
        }
    }
}
