//! Subtitles of a recording, WebVTT or SubRip: cues joined to paragraphs at the ends of sentences and at pauses.
//!
//! Times, numbers and tags are no text. A speaker that a cue names in its markup (`<v Name>`) has the turn; labels in the
//! words of cues are left to the reader of turns.

use crate::corpus::Paragraph;
use crate::ingest::draft::{Aside, Draft, Layout};
use crate::ingest::turns;
use crate::text::ByteSpan;

mod cues;

use cues::{Cue, Line};

/// A pause after which a new paragraph begins, in milliseconds; at the end of a sentence a shorter one does.
const PAUSE: u64 = 4_000;
const PAUSE_OF_SENTENCE: u64 = 1_500;

/// From how many characters on a paragraph ends with its sentence.
const FULL_PARAGRAPH: usize = 500;

/// Whether a text is subtitles.
pub fn is_subtitles(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}');
    let is_web = text
        .strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_numbered = |line: &str| line.len() <= 8 && line.bytes().all(|byte| byte.is_ascii_digit());
    let first = lines.next().is_some_and(is_numbered);
    is_web || (first && lines.next().is_some_and(|line| cues::times(line).is_some()))
}

/// Reads subtitles.
///
/// # Errors
/// In plain words, why there is no text.
pub fn read(text: &str) -> Result<Draft, String> {
    let file = cues::read(text);
    if file.cues.iter().all(|cue| cue.lines.is_empty()) {
        return Err("holds no subtitles: none of its cues has words".to_owned());
    }
    let mut joined = Joined::default();
    for cue in cues::without_repeats(file.cues) {
        joined.add(&cue);
    }
    joined.end_paragraph();
    joined.text.truncate(joined.text.trim_end().len());
    let has_speakers = joined.paragraphs.iter().any(|paragraph| paragraph.speaker.is_some());
    let body = ByteSpan::new(0, joined.text.len());
    let layout = match has_speakers {
        true => Layout::Marked {
            body,
            paragraphs: joined.paragraphs,
        },
        false => Layout::Body {
            headings: Some(Vec::new()),
        },
    };
    let mut draft = Draft::new(joined.text, layout);
    draft.quoted = joined.quoted;
    draft.asides = file
        .notes
        .into_iter()
        .map(|text| Aside {
            at: 0,
            text,
            is_continued: false,
        })
        .collect();
    Ok(draft)
}

/// What is said from one time to another, in milliseconds.
pub(in crate::ingest) struct Said {
    pub(in crate::ingest) start: u64,
    pub(in crate::ingest) end: u64,
    pub(in crate::ingest) speaker: Option<String>,
    pub(in crate::ingest) text: String,
}

/// The paragraphs of what is said, each with its speaker.
pub(in crate::ingest) fn paragraphs(said: Vec<Said>) -> Vec<(Option<String>, String)> {
    let mut joined = Joined::default();
    for said in said {
        joined.add(&Cue {
            start: said.start,
            end: said.end,
            lines: vec![Line {
                speaker: said.speaker,
                text: said.text,
            }],
        });
    }
    joined.end_paragraph();
    let paragraphs = joined.paragraphs.into_iter();
    paragraphs
        .map(|paragraph| (paragraph.speaker, joined.text[paragraph.span.range()].to_owned()))
        .collect()
}

/// Cues under way to paragraphs.
#[derive(Default)]
struct Joined {
    text: String,
    start: usize,
    speaker: Option<String>,
    paragraphs: Vec<Paragraph>,
    quoted: Vec<(String, String)>,
    /// When the last cue ended.
    until: u64,
}

impl Joined {
    fn add(&mut self, cue: &Cue) {
        let pause = cue.start.saturating_sub(self.until);
        self.until = self.until.max(cue.end);
        let under_way = &self.text[self.start..];
        let is_full = under_way.chars().count() >= FULL_PARAGRAPH;
        let ends = ends_sentence(under_way) && (is_full || pause >= PAUSE_OF_SENTENCE);
        if ends || pause >= PAUSE {
            self.end_paragraph();
        }
        for line in &cue.lines {
            let names_another = line.speaker.is_some() && line.speaker != self.speaker;
            if names_another {
                self.end_paragraph();
                if let Some(speaker) = &line.speaker {
                    self.quoted.push(("speaker".to_owned(), speaker.clone()));
                }
            }
            if turns::label(&line.text).is_some() || begins_dialogue(&line.text) {
                self.end_paragraph();
            }
            self.speaker.clone_from(&line.speaker);
            self.push(&line.text);
        }
    }

    fn push(&mut self, line: &str) {
        let last = self.text[self.start..].chars().next_back();
        let next = line.chars().next();
        let is_dense = |character: char| {
            crate::text::is_han(character)
                || matches!(character, '，' | '。' | '、' | '？' | '！' | '「' | '」' | '“' | '”')
        };
        if last.is_some_and(|last| !(is_dense(last) && next.is_some_and(is_dense))) {
            self.text.push(' ');
        }
        self.text.push_str(line);
    }

    fn end_paragraph(&mut self) {
        if self.text.len() == self.start {
            return;
        }
        let span = ByteSpan::new(self.start, self.text.len());
        self.paragraphs.push(Paragraph {
            speaker: self.speaker.clone(),
            ..Paragraph::new(span)
        });
        self.text.push_str("\n\n");
        self.start = self.text.len();
    }
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '»', ')', '」']);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

/// Whether a line begins with the dash that stands before what another says.
fn begins_dialogue(line: &str) -> bool {
    let rest = line.strip_prefix(['-', '–', '—']).or_else(|| line.strip_prefix(">>"));
    rest.is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests;
