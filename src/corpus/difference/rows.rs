//! Runs of tokens laid out by paragraphs: a row for every pair of paragraphs that belong together.

use std::ops::Range;

use super::runs::Run;
use super::tokens::Token;
use super::{ParagraphPair, Part, PartKind};
use crate::text::ByteSpan;

/// Lays runs out.
pub(super) fn rows(from: &[Token], to: &[Token], runs: &[Run]) -> Vec<ParagraphPair> {
    let mut layout = Layout {
        from,
        to,
        rows: Vec::new(),
    };
    for run in runs {
        if run.is_equal {
            layout.add_equal(run);
        } else {
            layout.add_change(run);
        }
    }
    layout.rows
}

/// A piece of one paragraph, which a row begins or goes on with.
#[derive(Clone, Copy)]
struct Piece {
    paragraph: u32,
    part: Part,
}

struct Layout<'a> {
    from: &'a [Token],
    to: &'a [Token],
    rows: Vec<ParagraphPair>,
}

impl Layout<'_> {
    fn add_equal(&mut self, run: &Run) {
        let mut start = 0;
        let pair_at = |index: usize| {
            let (from, to) = (run.from.start + index, run.to.start + index);
            (number(&self.from[from]), number(&self.to[to]))
        };
        let pairs: Vec<(u32, u32)> = (0..run.to.len()).map(pair_at).collect();
        for same in pairs.chunk_by(|left, right| left == right) {
            let tokens = run.to.start + start..run.to.start + start + same.len();
            start += same.len();
            let (from, to) = same[0];
            let part = part(PartKind::Equal, &self.to[tokens]);
            self.row(Some(from), Some(to)).push(part);
        }
    }

    /// Gives what was deleted and inserted to the paragraphs before and behind, where it belongs to them; what does not is
    /// whole paragraphs. As many new ones as are gone take their places, else each stands by itself.
    fn add_change(&mut self, run: &Run) {
        let before = self.rows.last().map_or((None, None), |row| (row.from, row.to));
        let behind = (number_at(self.from, run.from.end), number_at(self.to, run.to.end));
        let mut deleted = pieces(PartKind::Delete, self.from, run.from.clone());
        let mut inserted = pieces(PartKind::Insert, self.to, run.to.clone());
        if let Some(row) = self.rows.last_mut() {
            row.parts.extend(take_first(&mut deleted, before.0));
            row.parts.extend(take_first(&mut inserted, before.1));
        }
        let last_deleted = take_last(&mut deleted, behind.0);
        let last_inserted = take_last(&mut inserted, behind.1);
        self.add_paragraphs(&deleted, &inserted);
        if last_deleted.is_some() || last_inserted.is_some() {
            self.row(behind.0, behind.1)
                .extend(last_deleted.into_iter().chain(last_inserted));
        }
    }

    fn add_paragraphs(&mut self, deleted: &[Piece], inserted: &[Piece]) {
        if deleted.len() == inserted.len() {
            for (gone, new) in deleted.iter().zip(inserted) {
                let parts = self.row(Some(gone.paragraph), Some(new.paragraph));
                parts.extend([gone.part, new.part]);
            }
            return;
        }
        for gone in deleted {
            self.row(Some(gone.paragraph), None).push(gone.part);
        }
        for new in inserted {
            self.row(None, Some(new.paragraph)).push(new.part);
        }
    }

    /// The parts of the last row, if it is of this pair, else of a new one.
    fn row(&mut self, from: Option<u32>, to: Option<u32>) -> &mut Vec<Part> {
        if self.rows.last().is_none_or(|row| (row.from, row.to) != (from, to)) {
            self.rows.push(ParagraphPair {
                from,
                to,
                parts: Vec::new(),
            });
        }
        let last = self.rows.len() - 1;
        &mut self.rows[last].parts
    }
}

/// Takes off the first piece where it belongs to a paragraph.
fn take_first(pieces: &mut Vec<Piece>, paragraph: Option<u32>) -> Option<Part> {
    let first = pieces.first().filter(|piece| Some(piece.paragraph) == paragraph)?.part;
    pieces.remove(0);
    Some(first)
}

/// Takes off the last piece where it belongs to a paragraph.
fn take_last(pieces: &mut Vec<Piece>, paragraph: Option<u32>) -> Option<Part> {
    pieces
        .pop_if(|piece| Some(piece.paragraph) == paragraph)
        .map(|piece| piece.part)
}

/// The tokens of a range, cut at the ends of paragraphs.
fn pieces(kind: PartKind, tokens: &[Token], range: Range<usize>) -> Vec<Piece> {
    let of_paragraph = tokens[range].chunk_by(|left, right| left.paragraph == right.paragraph);
    let piece = |tokens: &[Token]| Piece {
        paragraph: number(&tokens[0]),
        part: part(kind, tokens),
    };
    of_paragraph.map(piece).collect()
}

/// One or more tokens that follow one another, as a part.
fn part(kind: PartKind, tokens: &[Token]) -> Part {
    let span = ByteSpan::new(tokens[0].span.start, tokens[tokens.len() - 1].span.end);
    Part { kind, span }
}

/// The number of a token's paragraph, from 1.
fn number(token: &Token) -> u32 {
    token.paragraph as u32 + 1
}

fn number_at(tokens: &[Token], index: usize) -> Option<u32> {
    tokens.get(index).map(number)
}
