//! Strings near each other: every way to take one match of each is gone through, and of the windows the minimal ones stay.

use std::collections::BTreeSet;

use super::patterns::{Pattern, Window};
use super::texts::Sequence;

/// What stands in a sequence as a span of units.
pub(crate) enum Matcher {
    /// Consecutive units.
    Pattern(Pattern),
    /// Any of several.
    Any(Vec<Matcher>),
    /// One after the other in this order, with at most so many counted units between.
    InOrder(Vec<Matcher>, u32),
    /// In any order, with at most so many counted units between.
    Near(Vec<Matcher>, u32),
}

/// A match, and what of it is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) window: Window,
    pub(crate) marks: Vec<Window>,
}

/// A part of an assignment: which operands have their match, in the order of the text, and what these matches cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Taken {
    /// A bit for each operand.
    operands: u32,
    window: Window,
}

impl Matcher {
    /// Where it matches, each place once, ascending.
    pub(crate) fn windows(&self, sequence: &Sequence) -> Vec<Window> {
        let found: BTreeSet<Window> = match self {
            Self::Pattern(pattern) => pattern.windows(sequence).into_iter().collect(),
            Self::Any(matchers) => matchers.iter().flat_map(|any| any.windows(sequence)).collect(),
            Self::InOrder(parts, distance) => joined(sequence, parts, *distance, Order::AsWritten),
            Self::Near(operands, distance) => joined(sequence, operands, *distance, Order::Any),
        };
        found.into_iter().collect()
    }

    /// Its matches with what is marked: a string whole; in a window what is marked of the operands that lie in it.
    pub(crate) fn matches(&self, sequence: &Sequence) -> Vec<Match> {
        let parts = match self {
            Self::Pattern(_) => {
                let whole = |window| Match {
                    window,
                    marks: vec![window],
                };
                return self.windows(sequence).into_iter().map(whole).collect();
            }
            Self::Any(matchers) => return matchers.iter().flat_map(|any| any.matches(sequence)).collect(),
            Self::InOrder(parts, _) | Self::Near(parts, _) => parts,
        };
        let of_parts: Vec<Match> = parts.iter().flat_map(|part| part.matches(sequence)).collect();
        let marked = |window: Window| {
            let inside = of_parts.iter().filter(|part| window.holds(part.window));
            Match {
                window,
                marks: inside.flat_map(|part| part.marks.clone()).collect(),
            }
        };
        self.windows(sequence).into_iter().map(marked).collect()
    }
}

impl Window {
    /// Whether another lies in it, or is the same.
    fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// In which order the operands stand in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    AsWritten,
    Any,
}

/// The minimal windows with one match of each operand, disjoint, and at most `distance` counted units from one to the next.
fn joined(sequence: &Sequence, operands: &[Matcher], distance: u32, order: Order) -> BTreeSet<Window> {
    let matches: Vec<Vec<Window>> = operands.iter().map(|operand| operand.windows(sequence)).collect();
    if matches.iter().any(Vec::is_empty) {
        return BTreeSet::new();
    }
    let mut taken: BTreeSet<Taken> = BTreeSet::new();
    for count in 0..operands.len() {
        let mut longer = BTreeSet::new();
        for (index, windows) in matches.iter().enumerate() {
            if order == Order::AsWritten && index != count {
                continue;
            }
            for window in windows {
                longer.extend(with_next(sequence, &taken, (index, *window), distance, count == 0));
            }
        }
        taken = longer;
    }
    minimal(&taken.into_iter().map(|taken| taken.window).collect())
}

/// The assignments that go on with a match of an operand; `is_first` says that it begins them.
fn with_next(
    sequence: &Sequence,
    taken: &BTreeSet<Taken>,
    (operand, next): (usize, Window),
    distance: u32,
    is_first: bool,
) -> Vec<Taken> {
    if is_first {
        return vec![Taken {
            operands: 1 << operand,
            window: next,
        }];
    }
    let goes_on = |taken: &&Taken| {
        let is_new = taken.operands & (1 << operand) == 0;
        let follows = taken.window.end <= next.start;
        is_new && follows && sequence.counted(taken.window.end..next.start) <= distance
    };
    let longer = |taken: &Taken| Taken {
        operands: taken.operands | 1 << operand,
        window: Window {
            start: taken.window.start,
            end: next.end,
        },
    };
    taken.iter().filter(goes_on).map(longer).collect()
}

/// The windows that hold no other.
fn minimal(windows: &BTreeSet<Window>) -> BTreeSet<Window> {
    let holds_another = |window: &&Window| windows.iter().any(|other| other != *window && window.holds(*other));
    windows
        .iter()
        .filter(|window| !holds_another(window))
        .copied()
        .collect()
}
