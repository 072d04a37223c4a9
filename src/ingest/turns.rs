//! Turns of a transcript: who speaks which paragraph of a press conference, an interview or a debate.
//!
//! A label before a colon is a turn only in a text where labels of several speakers alternate, so that an address such
//! as `同志们：` or a list such as `第一：` is never taken for a speaker.

use std::collections::BTreeMap;

use crate::corpus::{Field, Metadata, Paragraph};
use crate::ingest::header::names;
use crate::text::is_han;

/// The least number of turns that make a transcript.
const LEAST_TURNS: usize = 3;

/// Beginnings of the label of a turn, in lower case.
#[rustfmt::skip]
const LABEL_STARTS: &[&str] = &[
    "mr. ", "mr ", "mrs. ", "ms. ", "dr. ", "sir ", "the president", "the minister", "the prime minister",
    "the foreign minister", "the chair", "the secretary", "the spokes", "the acting president", "the vice-president",
    "the ambassador", "le président", "la présidente", "le ministre", "la ministre", "el presidente", "la presidenta",
    "el ministro", "la ministra", "m. ", "mme ", "sr. ", "sra. ", "президент", "министр", "السيد ", "الرئيس",
    "الوزير", "minister ", "president ", "foreign minister ", "prime minister ", "secretary ", "ambassador ",
    "question ", "journalist", "h.e. ", "spokesperson ", "senator ", "monsieur ", "madame ", "mlle ", "le premier ministre",
    "la première ministre", "le secrétaire", "le représentant", "l’ambassadeur", "l'ambassadeur", "el sr. ", "la sra. ",
    "el señor ", "la señora ", "señor ", "señora ", "el secretario", "la secretaria", "el representante", "el canciller",
    "м-р ", "г-н ", "г-жа ", "г‑н ", "г‑жа ", "господин ", "госпожа ", "председатель", "премьер-министр", "посол ",
    "представитель ", "корреспондент", "официальный представитель", "السيدة ", "وزير ", "وزيرة ", "رئيس ", "رئيسة ", "معالي ",
    "سعادة ", "الأمين العام", "المتحدث", "الناطق", "السفير", "o presidente", "a presidente", "il presidente", "der präsident",
];

/// Labels of turns, in lower case.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "q", "a", "question", "answer", "moderator", "interviewer", "journalist", "reporter", "réponse", "pregunta",
    "respuesta", "periodista", "вопрос", "ответ", "ведущий", "журналист", "سؤال", "جواب", "الصحفي", "frage",
    "antwort", "domanda", "risposta", "pergunta", "resposta", "modérateur", "moderador", "host", "chair", "chairman",
    "chairperson", "president", "minister", "spokesperson", "spokesman", "spokeswoman", "anchor", "presenter", "operator",
    "interpreter", "ambassador", "secretary-general", "journaliste", "modératrice", "moderadora", "entrevistador",
    "entrevistadora", "интервьюер", "модератор", "переводчик", "س", "ج", "صحفي", "صحفية", "المذيع", "المحاور", "مدير الجلسة",
];

/// Ends of the label of a Chinese turn.
#[rustfmt::skip]
const CHINESE_ENDS: &[&str] = &[
    "记者", "記者", "主持人", "发言人", "發言人", "嘉宾", "嘉賓", "提问", "提問", "学生", "學生", "观众", "觀眾", "司仪", "司儀", "翻译", "翻譯", "通讯社",
    "通訊社", "社", "卫视", "衛視", "电视台", "電視台", "日报", "日報", "时报", "時報", "央视", "网友", "網友", "外媒",
];

/// The longest label, in characters: a name with its state and language in brackets.
const LABEL_CHARACTERS: usize = 90;

/// Sets the speaker of each paragraph where the text is a transcript; a paragraph without a label goes on with the
/// speaker before it.
pub fn assign(text: &str, paragraphs: &mut [Paragraph]) {
    let mut labels: Vec<Option<&str>> = paragraphs
        .iter()
        .map(|paragraph| label(&text[paragraph.span.range()]))
        .collect();
    if labels.iter().any(Option::is_some) {
        add_names(text, paragraphs, &mut labels);
    }
    if !is_transcript(&labels) {
        return;
    }
    let mut speaker: Option<&str> = None;
    for (paragraph, label) in paragraphs.iter_mut().zip(labels) {
        speaker = label.or(speaker);
        paragraph.speaker = speaker.map(str::to_owned);
    }
}

/// Adds the labels that are names alone, `BLITZER:` or `Maud Pelleray:`, where a text that has other turns has them more
/// than once.
fn add_names<'a>(text: &'a str, paragraphs: &[Paragraph], labels: &mut [Option<&'a str>]) {
    let names: Vec<Option<&str>> = paragraphs
        .iter()
        .map(|paragraph| divided(&text[paragraph.span.range()]).map(|(label, _)| label))
        .map(|label| label.filter(|label| is_written_as_name(label)))
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    for (label, name) in labels.iter_mut().zip(names) {
        *label = label.or(name.filter(|name| counts[name] >= 2));
    }
}

/// Whether a label is one to four words that all begin with a capital letter.
fn is_written_as_name(label: &str) -> bool {
    let begins_capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let is_plain = label.chars().all(|c| c.is_alphabetic() || " .-’'".contains(c));
    is_plain && (1..=4).contains(&label.split_whitespace().count()) && label.split_whitespace().all(begins_capital)
}

/// Names the speaker of the speech in place of the labels that mean that person, so that a filter on the name finds the
/// turns: `外长林海` and `The Minister` become the name that the header states.
pub fn name_speaker(paragraphs: &mut [Paragraph], metadata: &Metadata) {
    let Some(name) = metadata.value(Field::Speaker) else {
        return;
    };
    let role = metadata.value(Field::Role).unwrap_or_default().to_lowercase();
    for paragraph in paragraphs {
        if paragraph
            .speaker
            .as_deref()
            .is_some_and(|label| means(label, name, &role))
        {
            paragraph.speaker = Some(name.to_owned());
        }
    }
}

/// Whether a label means the person of a name and a role: it ends in the name or the family name, or is the office with
/// which the role begins.
fn means(label: &str, name: &str, role: &str) -> bool {
    const ARTICLES: &[&str] = &["the ", "le ", "la ", "el "];
    let lower = label.to_lowercase();
    let office = ARTICLES.iter().find_map(|article| lower.strip_prefix(article));
    let family_name = name.rsplit(' ').next().unwrap_or(name);
    let names_the_person = label.ends_with(name) || label.rsplit(' ').next() == Some(family_name);
    names_the_person || office.is_some_and(|office| role.starts_with(office))
}

fn is_transcript(labels: &[Option<&str>]) -> bool {
    let turns: Vec<&str> = labels.iter().flatten().copied().collect();
    let changes = turns.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let returns = turns
        .iter()
        .enumerate()
        .any(|(index, label)| turns[..index].contains(label));
    turns.len() >= LEAST_TURNS && returns && changes * 2 >= turns.len() - 1
}

/// Whether a line is the turn of one who asks or answers, by the label alone: `记者：`, `法新社记者：`, `问：`.
pub fn asks(line: &str) -> bool {
    label(line)
        .is_some_and(|label| label.ends_with(['问', '答', '問']) || label.ends_with("记者") || label.ends_with("記者"))
}

/// The speaker whom a line or paragraph names before a colon, if that is what it does.
pub fn label(line: &str) -> Option<&str> {
    let (label, is_bracketed) = divided(line)?;
    let speaks = is_chinese_speaker(label, is_bracketed) || is_western_speaker(label);
    speaks.then_some(label)
}

/// What stands before the colon of a line, without marks and brackets, and whether there were brackets; absent where it
/// cannot be a label, or nothing follows.
fn divided(line: &str) -> Option<(&str, bool)> {
    let end = line
        .char_indices()
        .take(LABEL_CHARACTERS)
        .find(|(_, character)| matches!(character, ':' | '：'))?
        .0;
    let rest = line[end..].trim_start_matches([':', '：', '*', '_']);
    let raw = line[..end].trim_matches(|c: char| "*_#—–- ".contains(c) || c.is_whitespace());
    let label = without_brackets(raw);
    let is_paper = label.starts_with('《') && label.ends_with("记者");
    let is_plain = !label.is_empty()
        && label.chars().count() <= 60
        && !label.contains(['，', ',', '。', '；', ';', '？', '?', '！', '!', '“', '"', '、', '/'])
        && (is_paper || !label.contains('《'));
    (is_plain && !rest.trim().is_empty()).then_some((label, label.len() < raw.len()))
}

/// `Mr. Koizumi (Japan)` without the state, `The President (spoke in French)` without the language.
fn without_brackets(label: &str) -> &str {
    label.find(['(', '（']).map_or(label, |open| label[..open].trim_end())
}

fn is_chinese_speaker(label: &str, is_bracketed: bool) -> bool {
    if !label.chars().any(is_han) || label.chars().count() > 16 || label.ends_with('们') {
        return false;
    }
    // `记者问：` and `外长答：` say who speaks and what the turn is.
    let asks = label.strip_suffix(['问', '答', '問']);
    if asks.is_some_and(|speaker| speaker.is_empty() || is_chinese_speaker(speaker, false)) {
        return true;
    }
    // `王毅先生（中国）：` is a speaker, `主席先生：` an address.
    let titled = label.strip_suffix("先生").or_else(|| label.strip_suffix("女士"));
    if let Some(name) = titled {
        return (names::is_name(name) || is_bracketed) && !names::ends_in_office(name);
    }
    let is_person = names::is_name(label)
        || names::byline(label).is_some_and(|person| person.role.is_some())
        || names::ends_in_office(label);
    is_person || CHINESE_ENDS.iter().any(|part| label.ends_with(part))
}

fn is_western_speaker(label: &str) -> bool {
    let lower = label.to_lowercase();
    let unnumbered = lower.trim_end_matches(|c: char| c.is_numeric() || c == '.').trim_end();
    let word_count = label.split_whitespace().count();
    let has_initials = label.split('.').count() >= 3 && label.chars().any(|c| ('А'..='я').contains(&c));
    LABELS.contains(&unnumbered)
        || (word_count <= 6 && (LABEL_STARTS.iter().any(|start| lower.starts_with(start)) || has_initials))
}

#[cfg(test)]
mod tests {
    use super::means;
    use crate::text::ByteSpan;

    #[track_caller]
    fn check(text: &str, speakers: &[Option<&str>]) {
        let paragraphs = crate::ingest::paragraphs::rebuild(text, ByteSpan::new(0, text.len()));
        let found: Vec<Option<&str>> = paragraphs
            .iter()
            .map(|paragraph| paragraph.speaker.as_deref())
            .collect();
        assert_eq!(found, speakers, "{text}");
    }

    #[test]
    fn the_turns_of_a_press_conference_have_their_speakers() {
        check(
            "海港社记者：请问会议何时举行？\n外长林海：会议将在明年举行。\n我们欢迎各方参加。\n法新社记者：还有问题吗？\n外长林海：没有了。",
            &[
                Some("海港社记者"),
                Some("外长林海"),
                Some("外长林海"),
                Some("法新社记者"),
                Some("外长林海"),
            ],
        );
        check(
            "Question: When will it open?\n\nThe Minister: In spring.\n\nQuestion: And the road?\n\nThe Minister: Later.",
            &[
                Some("Question"),
                Some("The Minister"),
                Some("Question"),
                Some("The Minister"),
            ],
        );
    }

    #[test]
    fn labels_are_told_in_every_language() {
        for line in [
            "法新社记者：请问何时？",
            "《海港时报》记者：请问何时？",
            "路透社：请问何时？",
            "问：何时？",
            "外长答：明年。",
            "林海先生（海港）（以中文发言）：主席先生，",
            "Q: When?",
            "A2: Soon.",
            "**The President**: Soon.",
            "Mr. Fernández de la Torre Domínguez (Velmora) (spoke in Spanish): Soon.",
            "Le Président\u{A0}: Bientôt.",
            "El Sr. Pelleray (Velmora): Pronto.",
            "Г-н Морев: Скоро.",
            "М-р Морев: Скоро.",
            "وزير الخارجية: قريبا.",
            "س: متى؟",
        ] {
            assert!(super::label(line).is_some(), "{line}");
        }
        for line in [
            "主席先生：今天",
            "同志们：今天",
            "Note: this",
            "https://example.org",
            "问：",
            "三点意见：一是",
        ] {
            assert_eq!(super::label(line), None, "{line}");
        }
    }

    #[test]
    fn names_alone_are_labels_beside_others_and_when_they_return() {
        check(
            "Question: When?\n\nPELLERAY: In spring.\n\nQuestion: Sure?\n\nPELLERAY: Yes.\n\nNote: none.",
            &[
                Some("Question"),
                Some("PELLERAY"),
                Some("Question"),
                Some("PELLERAY"),
                Some("PELLERAY"),
            ],
        );
    }

    #[test]
    fn labels_that_mean_the_speaker_become_the_name() {
        let role = "minister for foreign affairs of velmora";
        assert!(means("外长林海", "林海", ""));
        assert!(means("The Minister", "Maud Pelleray", role));
        assert!(means("Ms. Pelleray", "Maud Pelleray", role));
        assert!(!means("The President", "Maud Pelleray", role));
        assert!(!means("海港社记者", "林海", "外交部长"));
    }

    #[test]
    fn an_address_or_a_list_is_no_turn() {
        check(
            "同志们：\n今天开会。\n第一：要团结。\n第二：要努力。\n同志们：\n谢谢。",
            &[None, None, None, None, None, None],
        );
        check(
            "Three things matter: peace.\n\nMr. President: we came here.\n\nThank you.",
            &[None, None, None],
        );
    }
}
