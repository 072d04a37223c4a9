//! The tokens that are compared: words by UAX #29, of Han single characters, marks by themselves. White space is none.

use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::Speech;
use crate::text::ByteSpan;

/// What ends a sentence, for alignment; what closes a quotation behind it belongs to the next.
const SENTENCE_ENDS: &[&str] = &["。", "！", "？", "；", "…", ".", "!", "?", ";", "؟", "؛"];

/// A token of a speech.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// A number that equal tokens of both speeches share.
    pub(super) key: u32,
    /// The paragraph, from 0.
    pub(super) paragraph: usize,
    /// Where it stands in the text, with the white space behind it. The tokens of a paragraph cover it.
    pub(super) span: ByteSpan,
    /// Whether a sentence or a paragraph ends with it.
    pub(super) ends_sentence: bool,
}

/// The tokens of two speeches.
pub(super) fn tokens(from: &Speech, to: &Speech) -> (Vec<Token>, Vec<Token>) {
    let mut keys = FxHashMap::default();
    (tokens_of(from, &mut keys), tokens_of(to, &mut keys))
}

fn tokens_of<'a>(speech: &'a Speech, keys: &mut FxHashMap<&'a str, u32>) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (paragraph, marked) in speech.paragraphs.iter().enumerate() {
        let (start, text) = (marked.span.start, &speech.text[marked.span.range()]);
        let first = tokens.len();
        for (place, printed) in printed_tokens(text) {
            let begin = if tokens.len() == first { start } else { start + place };
            let next_key = keys.len() as u32;
            if let Some(last) = tokens[first..].last_mut() {
                last.span.end = begin;
            }
            tokens.push(Token {
                key: *keys.entry(printed).or_insert(next_key),
                paragraph,
                span: ByteSpan::new(begin, marked.span.end),
                ends_sentence: SENTENCE_ENDS.contains(&printed),
            });
        }
        if let Some(last) = tokens[first..].last_mut() {
            last.ends_sentence = true;
        }
    }
    tokens
}

/// The tokens of a text with the bytes at which they begin. A token begins where a word and a grapheme cluster do, so that no
/// cluster is cut.
fn printed_tokens(text: &str) -> Vec<(usize, &str)> {
    let mut clusters = text.grapheme_indices(true).map(|(start, _)| start).peekable();
    let mut starts: Vec<usize> = Vec::new();
    for (word, _) in text.split_word_bound_indices() {
        while clusters.next_if(|cluster| *cluster < word).is_some() {}
        if clusters.peek() == Some(&word) {
            starts.push(word);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces = starts.iter().zip(ends).map(|(start, end)| (*start, &text[*start..end]));
    pieces.filter(|(_, piece)| !piece.trim().is_empty()).collect()
}
