//! Small random speeches over a few units, so that strings overlap, repeat, and run over cuts, stage directions and line breaks.

use std::fs;
use std::path::PathBuf;

use chancery::engine::remove;
use chancery::search::Filters;
use serde_json::{Value, json};

use crate::support::indexed::{TestIndex, unhindered};
use crate::support::random::Random;

/// What the speeches of a language are made of.
const HAN: &[&str] = &[
    "合",
    "作",
    "合作",
    "共同",
    "发展",
    "国",
    "國",
    "發",
    "命运共同体",
    "和",
    "的",
    "哈",
    "哈哈",
    "上海合作组织",
];
const ENGLISH: &[&str] = &[
    "cooperation",
    "Cooperate",
    "cooperating",
    "nation",
    "nations",
    "Nations",
    "the",
    "of",
    "la",
    "la",
    "wom",
    "women",
    "woman",
    "don’t",
    "co-operation",
    "co-\noperation",
    "peace-\nkeeping",
    "peacekeeping",
    "peace",
    "keeping",
    "coope-\nration",
    "art",
    "party",
    "U.S.",
];
const FRENCH: &[&str] = &[
    "l’eau",
    "eau",
    "L'EAU",
    "la",
    "nations",
    "coopération",
    "cooperation",
    "côte",
    "cote",
    "et",
];
const RUSSIAN: &[&str] = &["мир", "мира", "миру", "ещё", "еще", "наций", "да", "да", "в"];
const OTHERS: &[&str] = &[
    "🙂",
    "🙂",
    "👩‍👩‍👧",
    "5",
    "15",
    "1,000",
    "3.5%",
    "2015",
    "G20",
    "日本の",
    "カ",
    "，",
    "。",
    "、",
    ",",
    ".",
    "“",
    "”",
    "—",
    "-",
    "（",
    "）",
    "!",
    "?",
    "ﬁne",
    "é",
    "e\u{301}",
];
const NOTES: &[&str] = &[
    "（掌声）",
    "[applause]",
    "（热烈掌声）",
    "(laughter)",
    "⟦合作。See 12 (applause)!⟧",
    // Whole sentences, so that the ends at which a long paragraph is cut lie in it too.
    "⟦We must work together. 我们要合作，共同发展。 Nations! We must work together. 我们要合作，共同发展。 Nations! We must work together.⟧",
    "⟦",
];

/// Writes speeches.
pub(crate) struct SpeechWriter<'a> {
    pub(crate) random: &'a mut Random,
}

impl SpeechWriter<'_> {
    /// A speech as a record.
    pub(crate) fn speech(&mut self, id: usize) -> Value {
        let language = *self.random.pick(&["zh", "zh", "en", "fr", "ru", "zh-Hant"]);
        let own = match language {
            "en" => ENGLISH,
            "fr" => FRENCH,
            "ru" => RUSSIAN,
            _ => HAN,
        };
        let other = *self.random.pick(&[HAN, ENGLISH, FRENCH, RUSSIAN]);
        let paragraphs = self.random.between(2, 7);
        let mut paragraphs: Vec<String> = (0..paragraphs).map(|_| self.paragraph(own, other)).collect();
        if self.random.happens(25) {
            let turns = ["Mr. Irvan: ", "Ms. Shen: ", "Mr. Irvan: ", "Ms. Shen: ", "Mr. Irvan: "];
            paragraphs.extend(turns.map(|label| format!("{label}{}", self.paragraph(own, other))));
        }
        let body = paragraphs.join("\n\n");
        let title = self.paragraph(own, HAN);
        let mut speech = json!({"id": format!("s{id}"), "language": language, "body": body});
        let mut add = |name: &str, percent: usize, values: &[&str]| {
            if self.random.happens(percent) {
                speech[name] = json!(*self.random.pick(values));
            }
        };
        add("title", 80, &[&title]);
        add("speaker", 80, &["习近平", "Irvan", "Mr. Irvan", "Shen Huaichuan"]);
        add("place", 60, &["上海合作组织", "Côte d’Azur", "北京 Beijing", "Nations"]);
        add("date", 80, &["2013", "2015-03", "2015-03-22", "2017-12-31", "2014-02"]);
        add("published", 30, &["2016", "2015-04-01"]);
        speech["meta"] = json!({"symbol": ["A/79/1", "合作", "S/2"], "year_of_birth": 1953});
        speech
    }

    fn paragraph(&mut self, own: &[&str], other: &[&str]) -> String {
        let count = if self.random.happens(12) {
            450
        } else {
            self.random.between(1, 40)
        };
        // A paragraph of few units repeats them.
        let own: Vec<&str> = (0..5).map(|_| *self.random.pick(own)).collect();
        let is_wrapped = self.random.happens(30);
        let mut text = String::new();
        let mut line = 0;
        for _ in 0..count {
            let token = *match self.random.below(100) {
                0..76 => self.random.pick(&own),
                76..84 => self.random.pick(other),
                84..97 => self.random.pick(OTHERS),
                _ => self.random.pick(NOTES),
            };
            let between = self.between(&text, token);
            let breaks = is_wrapped && line > 60 && between == " ";
            text.push_str(if breaks { "\n" } else { between });
            text.push_str(token);
            line = if breaks {
                0
            } else {
                line + token.chars().count() + between.len()
            };
        }
        text
    }

    /// What stands between a text and the next token.
    fn between(&mut self, text: &str, token: &str) -> &'static str {
        let is_letter = |character: Option<char>| character.is_some_and(|c| c.is_alphabetic() && (c as u32) < 0x3000);
        let both = is_letter(text.chars().next_back()) && is_letter(token.chars().next());
        match self.random.below(100) {
            _ if text.is_empty() => "",
            0..85 if both => " ",
            85 if both => "-",
            86..89 if both => "-\n",
            89..91 => "\n",
            0..25 => " ",
            25 => "\u{3000}",
            _ if both => " ",
            _ => "",
        }
    }
}

/// An index of random speeches in several segments, of which one was updated and one was removed.
pub(crate) fn random_index(seed: u64) -> TestIndex {
    let mut random = Random::new(seed);
    let mut writer = SpeechWriter { random: &mut random };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let index = TestIndex::new();
    let ingest = |name: &str, speeches: &[Value]| {
        let lines: String = speeches.iter().map(|speech| format!("{speech}\n")).collect();
        let path: PathBuf = folder.path().join(name);
        fs::write(&path, lines).expect("a file can be written");
        let report = index.ingest(&[path]);
        assert_eq!(report.rejected, [], "everything is read");
    };
    let mut speeches = |ids: std::ops::Range<usize>| ids.map(|id| writer.speech(id)).collect::<Vec<_>>();
    ingest("a.jsonl", &speeches(0..9));
    ingest("b.jsonl", &speeches(9..13));
    ingest("c.jsonl", &speeches(2..3));
    let removed = ["s5".to_owned()];
    unhindered(|| remove(&index.path(), &removed, &Filters::default()));
    index
}
