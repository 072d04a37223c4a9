//! Turns of a transcript: who speaks which paragraph of a press conference, an interview or a debate.
//!
//! A label before a colon is a turn only in a text where labels of several speakers alternate, so that an address such
//! as `同志们：` or a list such as `第一：` is never taken for a speaker.

use crate::corpus::{Field, Metadata, Paragraph};
use crate::ingest::header::names;

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
    "question ", "journalist",
];

/// Labels of turns, in lower case.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "q", "a", "question", "answer", "moderator", "interviewer", "journalist", "reporter", "réponse", "pregunta",
    "respuesta", "periodista", "вопрос", "ответ", "ведущий", "журналист", "سؤال", "جواب", "الصحفي", "frage",
    "antwort", "domanda", "risposta", "pergunta", "resposta", "modérateur", "moderador", "host",
];

/// Sets the speaker of each paragraph where the text is a transcript; a paragraph without a label goes on with the
/// speaker before it.
pub fn assign(text: &str, paragraphs: &mut [Paragraph]) {
    let labels: Vec<Option<&str>> = paragraphs
        .iter()
        .map(|paragraph| label(&text[paragraph.span.range()]))
        .collect();
    if !is_transcript(&labels) {
        return;
    }
    let mut speaker: Option<&str> = None;
    for (paragraph, label) in paragraphs.iter_mut().zip(labels) {
        speaker = label.or(speaker);
        paragraph.speaker = speaker.map(str::to_owned);
    }
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

/// The speaker whom a line or paragraph names before a colon, if that is what it does.
pub fn label(line: &str) -> Option<&str> {
    let end = line
        .char_indices()
        .take(60)
        .find(|(_, character)| matches!(character, ':' | '：'))?
        .0;
    let rest = line[end..].trim_start_matches([':', '：']);
    let raw = line[..end].trim_matches(|c: char| "*_#—–- ".contains(c) || c.is_whitespace());
    let label = without_brackets(raw);
    let is_plain = !label.is_empty()
        && !label.contains([
            '，', ',', '。', '；', ';', '？', '?', '！', '!', '“', '"', '《', '、', '/',
        ]);
    let speaks = is_plain && !rest.trim().is_empty() && (is_chinese_speaker(label) || is_western_speaker(label));
    speaks.then_some(label)
}

/// `Mr. Koizumi (Japan)` without the state, `The President (spoke in French)` without the language.
fn without_brackets(label: &str) -> &str {
    label.find(['(', '（']).map_or(label, |open| label[..open].trim_end())
}

fn is_chinese_speaker(label: &str) -> bool {
    const PARTS: &[&str] = &[
        "记者",
        "記者",
        "主持人",
        "发言人",
        "發言人",
        "嘉宾",
        "提问",
        "学生",
        "观众",
    ];
    let is_short = label.chars().count() <= 16;
    let is_person = names::is_name(label)
        || names::byline(label).is_some_and(|person| person.role.is_some())
        || names::ends_in_office(label);
    is_short
        && !label.ends_with('们')
        && (matches!(label, "问" | "答" | "問") || is_person || PARTS.iter().any(|part| label.ends_with(part)))
}

fn is_western_speaker(label: &str) -> bool {
    let lower = label.to_lowercase();
    let word_count = label.split_whitespace().count();
    let has_initials = label.split('.').count() >= 3 && label.chars().any(|c| ('А'..='я').contains(&c));
    LABELS.contains(&lower.as_str())
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
