//! The best extract of a passage: whole sentences around what matched, within a length that reads at a glance.

use crate::corpus::sentence::sentences;
use crate::highlight::is_mostly_han;
use crate::text::ByteSpan;

/// The longest extract of a Han text, in characters.
const LONGEST_HAN: usize = 160;

/// The longest extract of an alphabetic text, in characters.
const LONGEST_ALPHABETIC: usize = 360;

/// The extract of a text with these matches, each with the number of what it matched: a short text whole, else the run of
/// sentences that shows the most different matches; of a longer sentence, the part around the first match.
pub fn best_extract(text: &str, matches: &[(ByteSpan, usize)]) -> ByteSpan {
    let longest = if is_mostly_han(text) {
        LONGEST_HAN
    } else {
        LONGEST_ALPHABETIC
    };
    if text.chars().count() <= longest {
        return ByteSpan::new(0, text.len());
    }
    let sentences = sentences(text);
    let lengths: Vec<usize> = sentences
        .iter()
        .map(|sentence| text[sentence.range()].chars().count())
        .collect();
    let mut best: Option<(usize, usize, ByteSpan)> = None;
    for first in 0..sentences.len() {
        let mut total = 0;
        for last in first..sentences.len() {
            total += lengths[last];
            if total > longest {
                break;
            }
            let span = ByteSpan::new(sentences[first].start, sentences[last].end);
            let (different, all) = covered(span, matches);
            if best.is_none_or(|(most, most_all, _)| (different, all) > (most, most_all)) {
                best = Some((different, all, span));
            }
        }
    }
    match best {
        Some((different, _, span)) if different > 0 || matches.is_empty() => {
            trimmed(text, filled(text, span, &sentences, longest))
        }
        _ => around(text, matches, longest),
    }
}

/// How many different things, and how many matches in all, lie in a range.
fn covered(span: ByteSpan, matches: &[(ByteSpan, usize)]) -> (usize, usize) {
    let inside = matches
        .iter()
        .filter(|(matched, _)| matched.start >= span.start && matched.end <= span.end);
    let mut numbers: Vec<usize> = inside.map(|(_, number)| *number).collect();
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    (numbers.len(), all)
}

/// Sentences behind the extract that still fit.
fn filled(text: &str, span: ByteSpan, sentences: &[ByteSpan], longest: usize) -> ByteSpan {
    let mut filled = span;
    for sentence in sentences.iter().filter(|sentence| sentence.start >= span.end) {
        let longer = ByteSpan::new(filled.start, sentence.end);
        if text[longer.range()].chars().count() > longest {
            break;
        }
        filled = longer;
    }
    filled
}

/// The part of a text around its first match, from a clause or word boundary before it.
fn around(text: &str, matches: &[(ByteSpan, usize)], longest: usize) -> ByteSpan {
    let first = matches.first().map_or(0, |(span, _)| span.start);
    let lead = longest / 3;
    let start_limit = text[..first].char_indices().rev().nth(lead).map_or(0, |(byte, _)| byte);
    let is_boundary = |character: char| character.is_whitespace() || "，；：、,;:。！？".contains(character);
    let lead_text = &text[start_limit..first];
    let start = match lead_text.char_indices().find(|(_, character)| is_boundary(*character)) {
        Some((byte, character)) if start_limit > 0 => start_limit + byte + character.len_utf8(),
        _ => start_limit,
    };
    let end_limit = text[start..]
        .char_indices()
        .nth(longest)
        .map_or(text.len(), |(byte, _)| start + byte);
    let first_end = matches.first().map_or(start, |(span, _)| span.end);
    let tail = text.get(first_end..end_limit).unwrap_or_default();
    let last_boundary = tail.char_indices().rev().find(|(_, character)| is_boundary(*character));
    let end = match last_boundary {
        Some((byte, character)) if end_limit < text.len() => first_end + byte + character.len_utf8(),
        _ => end_limit.max(first_end),
    };
    trimmed(text, ByteSpan::new(start, end))
}

fn trimmed(text: &str, span: ByteSpan) -> ByteSpan {
    let part = &text[span.range()];
    let start = span.start + (part.len() - part.trim_start().len());
    ByteSpan::new(start, start + part.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(
            best_extract("很高兴来到这里。", &[]),
            ByteSpan::new(0, "很高兴来到这里。".len())
        );
    }

    #[test]
    fn a_long_text_shows_the_sentences_that_match() {
        let filler = "这是一句没有用处的话，它只是为了让段落更长一些而写的。".repeat(8);
        let text = format!("{filler}我们要发展绿色矿产，深化合作。{filler}");
        let start = text.find("绿色矿产").unwrap();
        let extract = best_extract(&text, &[(ByteSpan::new(start, start + 12), 0)]);
        let shown = &text[extract.range()];
        assert!(
            shown.contains("绿色矿产") && shown.ends_with('。') && shown.chars().count() <= LONGEST_HAN,
            "{shown}"
        );
        assert!(shown.starts_with('这') || shown.starts_with('我'), "{shown}");
    }

    #[test]
    fn a_long_sentence_shows_the_part_around_the_match() {
        let text = format!("{}绿色矿产，{}", "我们，".repeat(200), "他们，".repeat(200));
        let start = text.find("绿色矿产").unwrap();
        let extract = best_extract(&text, &[(ByteSpan::new(start, start + 12), 0)]);
        let shown = &text[extract.range()];
        assert!(
            shown.contains("绿色矿产") && shown.chars().count() <= LONGEST_HAN,
            "{shown}"
        );
    }
}
