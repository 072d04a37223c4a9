//! Text → units: what a string matches on, each with its span in the original.
//!
//! The rules are those of the table in ARCHITECTURE.md, section “Units”; the tests below are that table. Folding never
//! alters the original, needs no dictionary, and is the same for texts and for queries.

mod characters;
mod folded_text;

use icu_casemap::CaseMapper;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::spelling::{Reading, reading};
use crate::text::{ByteSpan, is_han};
pub use characters::simplified;
use characters::{
    ascii_digit, binds_symbols, is_cluster_script, is_dash, is_double_quotation_mark, is_hyphen, is_invisible,
    is_line_break, is_single_quotation_mark, may_extend, quick_mark,
};
pub use folded_text::{FoldedText, TextSize, Unit, UnitKind};

/// The units of a word that a line end broke and that may be a compound or one word: both parts, and the hyphen.
pub const BROKEN_WORD_UNITS: usize = 3;

/// A hyphen that stands only where a line may end.
const SOFT_HYPHEN: char = '\u{AD}';

/// Whether a character is a letter or digit that joins others of its kind into one word or number: no Han character, and none
/// of a script whose clusters are units by themselves.
pub fn joins_words(character: char) -> bool {
    character.is_alphanumeric() && !is_han(character) && !is_cluster_script(character)
}

/// Folds a text into units.
pub fn fold(text: &str) -> FoldedText {
    let mut folder = Folder {
        text,
        folded: FoldedText::default(),
        position: 0,
        broken: None,
    };
    folder.folded.buffer.reserve(text.len());
    folder.folded.units.reserve(text.len() / 3);
    folder.run();
    folder.folded
}

/// Folds a part of a text; the spans are those of the whole text.
pub fn fold_part(text: &str, part: ByteSpan) -> FoldedText {
    let mut folded = fold(&text[part.range()]);
    folded.shift_spans(part.start);
    folded
}

/// Folds a text as if the given parts, which stand in ascending order, were white space.
pub fn fold_without(text: &str, left_out: &[ByteSpan]) -> FoldedText {
    let mut folded = FoldedText::default();
    let mut start = 0;
    for part in left_out {
        folded.append(&fold_part(text, ByteSpan::new(start, part.start)));
        start = part.end;
    }
    folded.append(&fold_part(text, ByteSpan::new(start, text.len())));
    folded
}

/// Folds a text to one comparable line: its units joined by a space between words and by nothing between Han characters.
/// Metadata values are compared in this form.
pub fn fold_line(text: &str) -> String {
    let folded = fold(text);
    let mut line = String::with_capacity(text.len());
    let mut previous: Option<UnitKind> = None;
    for unit in folded.units() {
        let between_words = |kind: Option<UnitKind>| matches!(kind, Some(UnitKind::Word | UnitKind::Number));
        if between_words(previous) && between_words(Some(unit.kind)) {
            line.push(' ');
        }
        line.push_str(folded.text_of(unit));
        previous = Some(unit.kind);
    }
    line
}

struct Folder<'a> {
    text: &'a str,
    folded: FoldedText,
    position: usize,
    /// The last unit was broken at a line end and goes on with the next.
    broken: Option<Break>,
}

/// What a line ends with inside of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Break {
    /// A hyphen that is none but at a line end.
    Soft,
    /// A hyphen that may be the word's own.
    Hyphen,
    /// The same in a word of capitals, which is more often two names.
    HyphenInCapitals,
}

/// A character cluster in its folded form, on the slow way.
struct Cluster {
    /// Its end in the folded chunk.
    folded_end: usize,
    span: ByteSpan,
}

impl Folder<'_> {
    fn run(&mut self) {
        while let Some(character) = self.text[self.position..].chars().next() {
            let end = self.position + character.len_utf8();
            if character.is_ascii_alphabetic() && self.take_plain_word() {
                continue;
            }
            if character.is_whitespace() || character.is_control() {
                self.take_white_space();
            } else if self.takes_quick_way(end) && self.take_single(character, end) {
                self.position = end;
            } else {
                self.take_chunk();
            }
        }
    }

    fn takes_quick_way(&self, end: usize) -> bool {
        !self.text[end..].chars().next().is_some_and(may_extend)
    }

    /// Takes a Han character or a common mark; says whether it was one.
    fn take_single(&mut self, character: char, end: usize) -> bool {
        let span = ByteSpan::new(self.position, end);
        if ('\u{4E00}'..='\u{9FFF}').contains(&character) {
            self.folded.push_char(simplified(character), span, UnitKind::Han);
        } else if let Some(mark) = quick_mark(character) {
            self.folded.push_char(mark, span, UnitKind::Mark);
        } else {
            return false;
        }
        self.broken = None;
        true
    }

    /// Takes a word of ASCII letters that ends where no rule of word segmentation can go on; says whether there was one.
    fn take_plain_word(&mut self) -> bool {
        let bytes = &self.text.as_bytes()[self.position..];
        let length = bytes
            .iter()
            .position(|byte| !byte.is_ascii_alphabetic())
            .unwrap_or(bytes.len());
        let ends = match (bytes.get(length), bytes.get(length + 1)) {
            (None, _) => true,
            (Some(b' ' | b'\n' | b'\r' | b'\t' | b'-' | b'"' | b'(' | b')' | b';' | b'!' | b'?' | b'/'), _) => true,
            (Some(b',' | b'.' | b':'), after) => after.is_none_or(|after| after.is_ascii_whitespace()),
            _ => false,
        };
        if !ends {
            return false;
        }
        let span = ByteSpan::new(self.position, self.position + length);
        let start = self.folded.buffer.len();
        self.folded
            .buffer
            .extend(bytes[..length].iter().map(|byte| byte.to_ascii_lowercase() as char));
        let unit = Unit {
            start: start as u32,
            end: self.folded.buffer.len() as u32,
            span,
            kind: UnitKind::Word,
        };
        self.push_or_join(unit);
        self.position += length;
        true
    }

    /// Adds a word; where a line end broke the one before it, both are one, two, or either.
    fn push_or_join(&mut self, unit: Unit) {
        match self.broken.take() {
            None => self.folded.units.push(unit),
            Some(Break::Soft) => self.join(unit),
            Some(at) => {
                let first = self.folded.units.len() - 2;
                let parts = [
                    self.folded.text_of(&self.folded.units[first]),
                    self.folded.text_of(&unit),
                ];
                match reading(parts[0], parts[1]) {
                    Reading::OneWord => self.join_over_hyphen(unit),
                    Reading::Either if at == Break::Hyphen && !self.ends_in_joined_word(first) => {
                        let parts = parts.map(str::to_owned);
                        self.folded.push_joined(first, [&parts[0], &parts[1]]);
                        self.folded.units.push(unit);
                    }
                    _ => self.folded.units.push(unit),
                }
            }
        }
    }

    /// Joins a word, whose text is the last of the buffer, to the one before it.
    fn join(&mut self, unit: Unit) {
        let last = self.folded.units.len().saturating_sub(1);
        let Some(broken) = self.folded.units.last_mut() else {
            return self.folded.units.push(unit);
        };
        broken.end = unit.end;
        broken.span.end = unit.span.end;
        if self.ends_in_joined_word(last)
            && let Some(joined) = self.folded.joined.last_mut()
        {
            // The other reading of the word that is joined to goes on, too.
            let added = &self.folded.buffer[unit.start as usize..unit.end as usize];
            self.folded.joined_buffer.push_str(added);
            joined.end += added.len() as u32;
        }
    }

    fn join_over_hyphen(&mut self, mut unit: Unit) {
        if let Some(hyphen) = self.folded.units.pop() {
            self.folded
                .buffer
                .replace_range(hyphen.start as usize..hyphen.end as usize, "");
            unit.start -= hyphen.end - hyphen.start;
            unit.end -= hyphen.end - hyphen.start;
        }
        self.join(unit);
    }

    /// Whether a unit is the last of a word that has two readings already: it has no third one.
    fn ends_in_joined_word(&self, unit: usize) -> bool {
        let last = self.folded.joined.last();
        last.is_some_and(|joined| joined.first as usize + BROKEN_WORD_UNITS > unit)
    }

    fn take_white_space(&mut self) {
        let rest = &self.text[self.position..];
        let length = rest
            .find(|c: char| !c.is_whitespace() && !c.is_control())
            .unwrap_or(rest.len());
        if rest[..length].contains(is_line_break)
            && let Some(next) = rest[length..].chars().next()
        {
            self.broken = self.break_before(next);
        }
        self.position += length;
    }

    /// Whether the text so far ends inside of a word that goes on in the next line.
    fn break_before(&self, next: char) -> Option<Break> {
        let ends_in_letter = |unit: &Unit| {
            let last = self.folded.text_of(unit).chars().next_back();
            unit.kind == UnitKind::Word && last.is_some_and(|last| last.is_alphabetic() && joins_words(last))
        };
        let last = self.folded.units.last()?;
        let behind = &self.text[last.span.end..self.position];
        if ends_in_letter(last) && behind.contains(SOFT_HYPHEN) && behind.chars().all(is_invisible) {
            return (next.is_alphabetic() && joins_words(next)).then_some(Break::Soft);
        }
        let [.., word, hyphen] = &self.folded.units[..] else {
            return None;
        };
        let printed = &self.text[hyphen.span.range()];
        let is_broken = hyphen.span.end == self.position
            && word.span.end == hyphen.span.start
            && printed.chars().all(is_hyphen)
            && ends_in_letter(word);
        let in_capitals = || {
            let printed = &self.text[word.span.range()];
            printed.chars().nth(1).is_some() && printed.chars().all(char::is_uppercase)
        };
        match is_broken {
            true if next.is_lowercase() => Some(Break::Hyphen),
            true if next.is_uppercase() && in_capitals() => Some(Break::HyphenInCapitals),
            _ => None,
        }
    }

    /// Takes everything up to the next white space, Han character or common mark by the full rules.
    fn take_chunk(&mut self) {
        let rest = &self.text[self.position..];
        let mut previous_joins = false;
        let mut length = rest.len();
        for (offset, character) in rest.char_indices() {
            let single = ('\u{4E00}'..='\u{9FFF}').contains(&character) || quick_mark(character).is_some();
            let stops = character.is_whitespace() || character.is_control() || single;
            let extended = rest[offset + character.len_utf8()..]
                .chars()
                .next()
                .is_some_and(may_extend);
            // White space is no unit, not even with marks on it: those stand for themselves, as at the start of a text.
            if offset > 0 && stops && !previous_joins && (!extended || character.is_whitespace()) {
                length = offset;
                break;
            }
            previous_joins = character == '\u{200D}';
        }
        self.fold_chunk(&rest[..length]);
        self.position += length;
    }

    fn fold_chunk(&mut self, chunk: &str) {
        let mut folded = String::with_capacity(chunk.len());
        let mut clusters: Vec<Cluster> = Vec::with_capacity(chunk.len());
        for (offset, cluster) in chunk.grapheme_indices(true) {
            let before = folded.chars().next_back();
            let after = chunk[offset + cluster.len()..].chars().next();
            fold_cluster(cluster, before, after, &mut folded);
            let start = self.position + offset;
            clusters.push(Cluster {
                folded_end: folded.len(),
                span: ByteSpan::new(start, start + cluster.len()),
            });
        }
        let mut spans = SpanFinder {
            clusters: &clusters,
            next: 0,
        };
        for word in folded.split_word_bounds() {
            let start = word.as_ptr() as usize - folded.as_ptr() as usize;
            self.take_word(word, start, &mut spans);
        }
    }

    /// Takes a segment of UAX #29: a word or a number as it is, anything else character by character.
    fn take_word(&mut self, word: &str, start: usize, spans: &mut SpanFinder<'_>) {
        let first = word.chars().next().unwrap_or(' ');
        let is_word = word.chars().any(char::is_alphanumeric) && !is_han(first) && !is_cluster_script(first);
        if is_word && word.chars().all(|c| !c.is_alphabetic()) {
            return self.take_numbers(word, start, spans);
        }
        if is_word {
            let span = spans.find(start, start + word.len());
            let unit_start = self.folded.buffer.len() as u32;
            self.folded.buffer.push_str(word);
            let end = self.folded.buffer.len() as u32;
            return self.push_or_join(Unit {
                start: unit_start,
                end,
                span,
                kind: UnitKind::Word,
            });
        }
        for (offset, cluster) in word.grapheme_indices(true) {
            self.take_mark(cluster, start + offset, spans);
        }
    }

    fn take_mark(&mut self, cluster: &str, start: usize, spans: &mut SpanFinder<'_>) {
        let first = cluster.chars().next().unwrap_or(' ');
        if first.is_whitespace() || first.is_control() {
            return;
        }
        self.broken = None;
        let span = spans.find(start, start + cluster.len());
        let kind = match first {
            _ if is_han(first) => UnitKind::Han,
            _ if first.is_alphabetic() => UnitKind::Word,
            _ if first.is_numeric() => UnitKind::Number,
            _ => UnitKind::Mark,
        };
        self.folded.push(cluster, span, kind);
    }

    /// Takes digits, and what UAX #29 joins between them, as numbers `\d+([.,]\d+)*` and the marks that are neither.
    fn take_numbers(&mut self, word: &str, start: usize, spans: &mut SpanFinder<'_>) {
        self.broken = None;
        let is_separator = |c: char| matches!(c, '.' | ',' | '\u{066B}' | '\u{066C}');
        let mut number_start = 0;
        for (offset, character) in word.char_indices() {
            if character.is_numeric() || is_separator(character) {
                continue;
            }
            self.take_number(&word[number_start..offset], start + number_start, spans);
            number_start = offset + character.len_utf8();
            self.take_mark(&word[offset..number_start], start + offset, spans);
        }
        self.take_number(&word[number_start..], start + number_start, spans);
    }

    fn take_number(&mut self, number: &str, start: usize, spans: &mut SpanFinder<'_>) {
        if !number.is_empty() {
            self.folded
                .push(number, spans.find(start, start + number.len()), UnitKind::Number);
        }
    }
}

/// Finds the original span of ranges of a folded chunk that are asked for in ascending order.
struct SpanFinder<'a> {
    clusters: &'a [Cluster],
    next: usize,
}

impl SpanFinder<'_> {
    fn find(&mut self, start: usize, end: usize) -> ByteSpan {
        while self.next + 1 < self.clusters.len() && self.clusters[self.next].folded_end <= start {
            self.next += 1;
        }
        let mut last = self.next;
        while last + 1 < self.clusters.len() && self.clusters[last].folded_end < end {
            last += 1;
        }
        // Invisible characters that were dropped behind the unit are not part of it.
        ByteSpan::new(self.clusters[self.next].span.start, self.clusters[last].span.end)
    }
}

/// Appends the folded form of one character cluster.
fn fold_cluster(cluster: &str, before: Option<char>, after: Option<char>, folded: &mut String) {
    let mut characters = cluster.chars();
    let first = characters.next().unwrap_or(' ');
    if characters.next().is_none() {
        if first.is_ascii() && first != '\'' && first != '`' {
            return folded.push(first.to_ascii_lowercase());
        }
        if is_invisible(first) {
            return;
        }
        if is_double_quotation_mark(first) {
            return folded.push('"');
        }
        if is_dash(first) {
            return folded.push('-');
        }
        if is_single_quotation_mark(first) {
            let letter =
                |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c) && !is_cluster_script(c));
            return folded.push(if letter(before) && letter(after) { '\'' } else { '"' });
        }
    }
    let is_symbol = !first.is_alphanumeric();
    let visible: String = cluster
        .nfkc()
        .filter(|character| !is_invisible(*character) || is_symbol && binds_symbols(*character))
        .collect();
    // What binds symbols to one is seen only where another follows.
    let visible = visible.trim_end_matches('\u{200D}');
    let cased = CaseMapper::new().fold_string(visible);
    folded.extend(cased.nfkc().map(|character| match character {
        _ if is_han(character) => simplified(character),
        _ => ascii_digit(character).unwrap_or(character),
    }));
}

#[cfg(test)]
mod tests;
