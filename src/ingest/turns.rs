//! Turns of a transcript: who speaks which paragraph of a press conference, an interview or a debate.
//!
//! A label names a speaker only in a text that several kinds of evidence show to be a transcript, so that an address such as
//! `同志们：` or a list such as `第一：` is never taken for one. A paragraph without a label goes on with the speaker before
//! it; one that begins with a label that is not understood is nobody's, and so is what follows it.

use crate::corpus::{Field, Metadata, Paragraph};
use crate::ingest::draft::{Draft, Layout, Turn};
use crate::ingest::header::is_sentence;
use crate::ingest::header::lines::{Line, lines, lines_of};
use crate::text::ByteSpan;
use asides::{begins_notes, ends, is_direction, is_told};
use evidence::{Judged, Said};
use kind::Kind;
use label::Label;

mod asides;
mod evidence;
mod kind;
mod label;
mod words;

/// The most lines above the first turn that are a head.
const MOST_HEAD_LINES: usize = 40;

/// The longest line of a head, in characters.
const LONGEST_HEAD_LINE: usize = 200;

/// Takes labels that stand alone on their lines out of the text of a draft, and keeps with it where each turn begins.
///
/// It is done before anything else is read: a label over the words is neither a heading nor a line of a header.
pub fn set_apart(draft: &mut Draft) {
    if matches!(draft.layout, Layout::Marked { .. }) {
        return;
    }
    let lines = lines(&draft.text);
    let alone = with_colon(draft, &lines);
    let alone = if alone.is_empty() { bare(&lines) } else { alone };
    if alone.is_empty() {
        return;
    }
    let labels: Vec<(ByteSpan, String, Option<String>)> = alone
        .into_iter()
        .map(|(index, speaker)| (lines[index].span, lines[index].text.to_owned(), speaker))
        .collect();
    // A blank line stays where the label stood, so that the words under it begin a paragraph. Who is nobody by name is no
    // speaker, and the line stays.
    let named = labels.iter().filter(|(_, _, speaker)| speaker.is_some());
    let removals: Vec<(ByteSpan, &'static str)> = named.map(|(span, ..)| (*span, "")).collect();
    let moved = draft.cut(&removals);
    for (span, text, speaker) in labels {
        if speaker.is_some() {
            draft.quoted.push((Field::Speaker.name().to_owned(), text));
        }
        draft.turns.push(Turn {
            at: moved.place_of(span.start),
            speaker,
        });
    }
}

/// The lines that are a label with a colon and nothing else, each with who speaks.
fn with_colon(draft: &Draft, lines: &[Line<'_>]) -> Vec<(usize, Option<String>)> {
    let is_heading = |line: &Line<'_>| draft.layout.is_heading(line.span);
    found(lines, |line| {
        let is_heading = is_heading(line);
        // What a heading names with a colon is a speaker by more than its capital letters.
        let is_weak = |label: &Label<'_>| label.kind == Kind::Vocative || (is_heading && label.kind == Kind::Name);
        let label = Label::alone(line.text).filter(|label| !is_weak(label));
        let label = label.or_else(|| Label::heading(line.text).filter(|_| is_heading));
        label.map(|label| (label, is_heading))
    })
}

/// The lines that are a label without a colon.
fn bare(lines: &[Line<'_>]) -> Vec<(usize, Option<String>)> {
    found(lines, |line| Label::bare(line.text).map(|label| (label, false)))
}

/// The lines that are labels of a transcript: words stand under each, and all together are evidence enough.
fn found<'a>(
    lines: &[Line<'a>],
    read: impl Fn(&Line<'a>) -> Option<(Label<'a>, bool)>,
) -> Vec<(usize, Option<String>)> {
    let labels: Vec<Option<(Label<'a>, bool)>> = lines.iter().map(read).collect();
    let has_words = |index: &usize| *index + 1 < lines.len() && labels[*index + 1].is_none();
    let at: Vec<usize> = (0..lines.len())
        .filter(|index| labels[*index].is_some() && has_words(index))
        .collect();
    let said: Vec<Said<'_>> = at
        .iter()
        .enumerate()
        .filter_map(|(order, index)| {
            let until = at.get(order + 1).copied().unwrap_or(lines.len());
            let (label, is_heading) = labels[*index].as_ref()?;
            Some(Said {
                label,
                asks: lines[index + 1..until]
                    .iter()
                    .any(|line| evidence::is_question(line.text)),
                is_heading: *is_heading,
            })
        })
        .collect();
    let judged = evidence::alone(&said);
    at.into_iter()
        .zip(judged)
        .filter_map(|(index, judged)| match judged {
            Judged::Speaker(speaker) => Some((index, Some(speaker))),
            Judged::Nobody => Some((index, None)),
            Judged::NoLabel => None,
        })
        .collect()
}

/// Sets the speaker of each paragraph where the text is a transcript; `turns` are those whose labels were set apart.
///
/// A paragraph without a label goes on with the speaker before it. A heading, a stage direction and what is called out by
/// nobody by name have no speaker.
pub fn assign(text: &str, paragraphs: &mut [Paragraph], turns: &[Turn]) {
    let labels: Vec<Option<Label<'_>>> = paragraphs
        .iter()
        .map(|paragraph| Label::at_start(&text[paragraph.span.range()]).filter(|_| !paragraph.is_heading))
        .collect();
    let judged = evidence::inline(&labels, !turns.is_empty());
    if turns.is_empty() && !judged.iter().any(|judged| matches!(judged, Judged::Speaker(_))) {
        return;
    }
    let mut turns = turns.iter().peekable();
    let mut speaker: Option<String> = None;
    for (paragraph, judged) in paragraphs.iter_mut().zip(judged) {
        while let Some(turn) = turns.next_if(|turn| turn.at <= paragraph.span.start) {
            speaker.clone_from(&turn.speaker);
        }
        let said = &text[paragraph.span.range()];
        match &judged {
            Judged::Speaker(named) => speaker = Some(named.clone()),
            Judged::Nobody => speaker = None,
            Judged::NoLabel if begins_notes(said) || ends(said) => speaker = None,
            Judged::NoLabel => {}
        }
        let is_told = matches!(judged, Judged::NoLabel) && is_told(said);
        if !paragraph.is_heading && !is_direction(said) && !is_told {
            paragraph.speaker.clone_from(&speaker);
        }
    }
}

/// Where the body of a transcript begins: with a turn that was taken for a line of the header, or with the first turn below
/// lines of which none is said.
pub fn body_start(text: &str, body: ByteSpan, turns: &[Turn]) -> usize {
    let from = turns.first().map_or(body.start, |turn| body.start.min(turn.at));
    let above = lines_of(text, ByteSpan::new(0, from));
    let is_turn = |line: &Line<'_>| {
        let label =
            Label::at_start(line.text).filter(|label| matches!(label.kind, Kind::Known) && is_sentence(label.rest));
        label.is_some_and(|label| label.is_in_capitals() || label.given == "Q")
    };
    above
        .iter()
        .find(|line| is_turn(line))
        .map_or(from, |line| line.span.start)
}

/// Takes the lines above the first turn of a transcript out of its paragraphs where none of them is said: they are its head.
pub fn without_head(text: &str, paragraphs: &mut Vec<Paragraph>, turns: &[Turn]) {
    let speaks = |paragraph: &Paragraph| paragraph.speaker.is_some();
    let Some(first) = paragraphs
        .iter()
        .position(speaks)
        .filter(|first| (1..=MOST_HEAD_LINES).contains(first))
    else {
        return;
    };
    let is_labelled = Label::at_start(&text[paragraphs[first].span.range()]).is_some()
        || turns.iter().any(|turn| turn.at <= paragraphs[first].span.start);
    let is_of_head = |paragraph: &Paragraph| {
        let line = &text[paragraph.span.range()];
        let is_short = line.chars().count() <= LONGEST_HEAD_LINE;
        is_short && (is_direction(line) || !is_sentence(line)) && !line.ends_with([',', '，', '!', '！', '?', '？'])
    };
    if is_labelled && paragraphs[..first].iter().all(is_of_head) {
        paragraphs.drain(..first);
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

/// Whether a line is the turn of one who asks or answers, by the label alone: `记者：`, `法新社记者：`, `问：`.
pub fn asks(line: &str) -> bool {
    label(line)
        .is_some_and(|label| label.ends_with(['问', '答', '問']) || label.ends_with("记者") || label.ends_with("記者"))
}

/// The label with which a line or paragraph begins, if its words or its capitals show that it may be one.
pub fn label(line: &str) -> Option<&str> {
    let label = Label::at_start(line)?;
    let is_one = match label.kind {
        Kind::Known | Kind::Vocative | Kind::Crowd => true,
        Kind::Capitals => label.name.contains(' '),
        _ => false,
    };
    is_one.then(|| without_brackets(label.given))
}

fn without_brackets(label: &str) -> &str {
    label.find(['(', '（']).map_or(label, |open| label[..open].trim_end())
}

#[cfg(test)]
mod tests {
    use super::means;
    use crate::ingest::draft::{Draft, Layout};
    use crate::text::ByteSpan;

    #[track_caller]
    fn check(text: &str, speakers: &[Option<&str>]) {
        let mut paragraphs = crate::ingest::paragraphs::rebuild(text, ByteSpan::new(0, text.len()));
        super::assign(text, &mut paragraphs, &[]);
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

    /// The paragraphs of a text of lines with their speakers, labels of their own lines taken out.
    #[track_caller]
    fn check_lines(text: &str, turns: &[(Option<&str>, &str)]) {
        let mut draft = Draft::new(text.to_owned(), Layout::Lines);
        let read = crate::ingest::text_file::read(&mut draft);
        let found: Vec<(Option<&str>, &str)> = read
            .paragraphs
            .iter()
            .map(|paragraph| (paragraph.speaker.as_deref(), &draft.text[paragraph.span.range()]))
            .collect();
        assert_eq!(found, turns, "{text}");
    }

    #[test]
    fn labels_on_lines_of_their_own_name_the_words_under_them() {
        check_lines(
            "Talk at the harbour\n\nPRIME MINISTER FERRAND:\n\nGood evening.\n\nJOURNALIST:\n\nWho pays?\n\nPRIME MINISTER FERRAND:\n\nThe council.\n\nIt is glad to.\n",
            &[
                (Some("PRIME MINISTER FERRAND"), "Good evening."),
                (Some("JOURNALIST"), "Who pays?"),
                (Some("PRIME MINISTER FERRAND"), "The council."),
                (Some("PRIME MINISTER FERRAND"), "It is glad to."),
            ],
        );
        check_lines(
            "ADA THORN\nWhen does it open?\n\nMILO VAN DER OSTER\nIn spring.\n\nADA THORN\nAnd the road?\n\nMILO VAN DER OSTER\nLater.\n",
            &[
                (Some("ADA THORN"), "When does it open?"),
                (Some("MILO VAN DER OSTER"), "In spring."),
                (Some("ADA THORN"), "And the road?"),
                (Some("MILO VAN DER OSTER"), "Later."),
            ],
        );
    }

    #[test]
    fn headings_of_a_report_are_no_labels() {
        check_lines(
            "CHALLENGES:\n\nThe quay is old.\n\nSOLUTIONS:\n\nA new one is built.\n\nCHALLENGES:\n\nThe lamp is dark.\n\nSOLUTIONS:\n\nA new one is lit.\n",
            &[
                (None, "CHALLENGES:"),
                (None, "The quay is old."),
                (None, "SOLUTIONS:"),
                (None, "A new one is built."),
                (None, "CHALLENGES:"),
                (None, "The lamp is dark."),
                (None, "SOLUTIONS:"),
                (None, "A new one is lit."),
            ],
        );
    }

    #[test]
    fn an_audience_that_is_addressed_again_does_not_speak() {
        check_lines(
            "Señor Presidente:\n\nVenimos de lejos.\n\nSeñoras y señores:\n\nEl faro arde.\n\nSeñor Presidente:\n\nMuchas gracias.\n",
            &[
                (None, "Señor Presidente:"),
                (None, "Venimos de lejos."),
                (None, "Señoras y señores:"),
                (None, "El faro arde."),
                (None, "Señor Presidente:"),
                (None, "Muchas gracias."),
            ],
        );
    }

    #[test]
    fn who_is_not_known_is_not_the_one_before() {
        check(
            "The PRESIDENT: I call Mr. Oster.\n\nMr. OSTER: What we have heard—\n\nHon. Members: Is the truth.\n\nMr. OSTER: is a speech.\n\nOpposition members interjecting—\n\nTibor Lenz: I was not called.\n\nIt is so.\n\nThe PRESIDENT: Order!\n\n(The House rose.)\n\n[ENDS]\n\nInquiries: 5550 1234",
            &[
                Some("The PRESIDENT"),
                Some("Mr. OSTER"),
                None,
                Some("Mr. OSTER"),
                None,
                None,
                None,
                Some("The PRESIDENT"),
                None,
                None,
                None,
            ],
        );
    }

    #[test]
    fn labels_are_set_off_by_blanks_dashes_and_points() {
        check(
            "MS. PELLERAY:  Good afternoon.\n\nQ    Will it sail?\n\nMS. PELLERAY:  It will.\n\nQ    Thank you.",
            &[Some("MS. PELLERAY"), Some("Q"), Some("MS. PELLERAY"), Some("Q")],
        );
        check(
            "PRESIDENTA.- El faro vuelve.\n\nPERIODISTA.- ¿Quién paga?\n\nPRESIDENTA.- Todos.",
            &[Some("PRESIDENTA"), Some("PERIODISTA"), Some("PRESIDENTA")],
        );
        check(
            "Mr. PELL. Mr. President, I rise.\n\nThe PRESIDING OFFICER. Is there objection?\n\nMr. LENZ of Ohio. There is none.\n\nMr. PELL. I yield.",
            &[
                Some("Mr. PELL"),
                Some("The PRESIDING OFFICER"),
                Some("Mr. LENZ"),
                Some("Mr. PELL"),
            ],
        );
        check(
            "贝问——何时？\n毛答——春天。\n贝问——真的？\n毛答——真的。",
            &[Some("贝"), Some("毛"), Some("贝"), Some("毛")],
        );
        check(
            "○議長（波野渡君）　開きます。\n○灯台守子君　お答えします。\n○議長（波野渡君）　次に移ります。",
            &[Some("波野渡"), Some("灯台守子"), Some("波野渡")],
        );
    }

    #[test]
    fn the_name_in_brackets_behind_an_office_speaks() {
        check(
            "The Assistant Minister, Ministry of Water (Mr. Orrin): I beg to reply.\n\nMr. Deputy Speaker: Next.\n\nThe Assistant Minister, Ministry of Water (Mr. Orrin): It is dug.\n\nAda Thorn (Northbank) (VDP): Where?\n\nMr. Deputy Speaker: Order!\n\nMilo Oster (Eastgate) (NP): Here.",
            &[
                Some("Mr. Orrin"),
                Some("Mr. Deputy Speaker"),
                Some("Mr. Orrin"),
                Some("Ada Thorn"),
                Some("Mr. Deputy Speaker"),
                Some("Milo Oster"),
            ],
        );
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
