//! What is equal in two sequences of tokens, and what changed between.

use std::ops::Range;
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, capture_diff_deadline, capture_diff_slices_deadline};

use super::tokens::Token;

/// The most tokens that two texts have in common by accident, such as 的 between two sentences that are not the same.
const LONGEST_ACCIDENT: usize = 6;

/// A run of tokens of both texts, either of them possibly empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Whether the tokens are the same.
    pub(super) is_equal: bool,
    /// The tokens of the first text.
    pub(super) from: Range<usize>,
    /// The tokens of the second text.
    pub(super) to: Range<usize>,
}

/// The runs of two texts in order; equal and changed ones take turns.
pub(super) fn runs(from: &[Token], to: &[Token], patience: Duration) -> Vec<Run> {
    let deadline = Instant::now().checked_add(patience);
    let (from_keys, to_keys) = (keys(from), keys(to));
    let mut numbers = FxHashMap::default();
    let from_sentences = Sentences::new(from, &from_keys, &mut numbers);
    let to_sentences = Sentences::new(to, &to_keys, &mut numbers);
    let of_sentences = capture_diff_slices_deadline(
        Algorithm::Patience,
        &from_sentences.numbers,
        &to_sentences.numbers,
        deadline,
    );
    let mut runs = Vec::new();
    for operation in of_sentences {
        let from_range = from_sentences.tokens(operation.old_range());
        let to_range = to_sentences.tokens(operation.new_range());
        if matches!(operation, DiffOp::Equal { .. }) {
            push(
                &mut runs,
                Run {
                    is_equal: true,
                    from: from_range,
                    to: to_range,
                },
            );
            continue;
        }
        let of_tokens = capture_diff_deadline(
            Algorithm::Myers,
            &from_keys[..],
            from_range,
            &to_keys[..],
            to_range,
            deadline,
        );
        for run in without_accidents(&of_tokens) {
            push(&mut runs, run);
        }
    }
    runs
}

fn keys(tokens: &[Token]) -> Vec<u32> {
    tokens.iter().map(|token| token.key).collect()
}

/// The sentences of a text.
struct Sentences {
    /// A number for each sentence that equal ones of both texts share.
    numbers: Vec<u32>,
    /// The token at which each begins, and the end of the text.
    starts: Vec<usize>,
}

impl Sentences {
    fn new<'a>(tokens: &[Token], keys: &'a [u32], known: &mut FxHashMap<&'a [u32], u32>) -> Self {
        let (mut numbers, mut starts) = (Vec::new(), vec![0]);
        for sentence in tokens.chunk_by(|token, _| !token.ends_sentence) {
            let start = starts.last().copied().unwrap_or_default();
            let end = start + sentence.len();
            let next_number = known.len() as u32;
            numbers.push(*known.entry(&keys[start..end]).or_insert(next_number));
            starts.push(end);
        }
        Self { numbers, starts }
    }

    fn tokens(&self, sentences: Range<usize>) -> Range<usize> {
        self.starts[sentences.start]..self.starts[sentences.end]
    }
}

/// Adds a run, joined to the last one where both are of one kind.
fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.is_equal == run.is_equal => {
            last.from.end = run.from.end;
            last.to.end = run.to.end;
        }
        _ => runs.push(run),
    }
}

/// Runs in which what is equal by accident between two larger changes is part of one change: such scraps are hard to read.
fn without_accidents(operations: &[DiffOp]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for operation in operations {
        let run = Run {
            is_equal: matches!(operation, DiffOp::Equal { .. }),
            from: operation.old_range(),
            to: operation.new_range(),
        };
        push(&mut runs, run);
        while let [.., before, equal, after] = &runs[..]
            && !after.is_equal
            && is_accident(before, equal, after)
        {
            let (from, to) = (before.from.start..after.from.end, before.to.start..after.to.end);
            runs.truncate(runs.len() - 3);
            push(
                &mut runs,
                Run {
                    is_equal: false,
                    from,
                    to,
                },
            );
        }
    }
    runs
}

fn is_accident(before: &Run, equal: &Run, after: &Run) -> bool {
    let size = |change: &Run| change.from.len().max(change.to.len());
    equal.from.len() <= LONGEST_ACCIDENT && equal.from.len() < size(before).min(size(after))
}
