//! Two sequences of units side by side: how many units must be inserted, left out, replaced or swapped with their neighbor to make
//! one of the other, and which. Distances are those of optimal string alignment.

use std::ops::Range;

/// What happened to some units of a formulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Same,
    Replaced,
    Inserted,
    LeftOut,
    Swapped,
}

/// A run of units of a formulation beside the units of the text that stand for them; either may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) operation: Operation,
    pub(super) form: Range<usize>,
    pub(super) text: Range<usize>,
}

/// Where a formulation ends in a text with at most so many changes: the number of units of the text before each end, ascending.
///
/// This is the semi-global distance of Sellers (1980) column by column: a match may begin anywhere at no cost.
pub(super) fn ends_within(form: &[u32], text: &[u32], most: usize) -> Vec<usize> {
    let rows = form.len() + 1;
    let mut ends = Vec::new();
    let mut before_last = vec![usize::MAX / 2; rows];
    let mut last: Vec<usize> = (0..rows).collect();
    let mut column = vec![0; rows];
    for (place, unit) in text.iter().enumerate() {
        column[0] = 0;
        for row in 1..rows {
            let replaced = last[row - 1] + usize::from(form[row - 1] != *unit);
            let mut cost = replaced.min(last[row] + 1).min(column[row - 1] + 1);
            if row > 1 && place > 0 && is_swap(form, row, text, place + 1) {
                cost = cost.min(before_last[row - 2] + 1);
            }
            column[row] = cost;
        }
        if column[rows - 1] <= most {
            ends.push(place + 1);
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut column);
    }
    ends
}

/// Whether the two units before each place are the same two in the other order.
fn is_swap(form: &[u32], form_end: usize, text: &[u32], text_end: usize) -> bool {
    let (first, second) = (form[form_end - 2], form[form_end - 1]);
    first != second && text[text_end - 2] == second && text[text_end - 1] == first
}

/// The least changes that make one sequence of the other.
pub(super) struct Alignment {
    costs: Vec<Vec<usize>>,
}

impl Alignment {
    pub(super) fn new(form: &[u32], text: &[u32]) -> Self {
        let mut costs = vec![vec![0; text.len() + 1]; form.len() + 1];
        for row in 0..=form.len() {
            for column in 0..=text.len() {
                costs[row][column] = match (row, column) {
                    (0, cost) | (cost, 0) => cost,
                    _ => {
                        let same = usize::from(form[row - 1] != text[column - 1]);
                        let mut cost = (costs[row - 1][column - 1] + same)
                            .min(costs[row - 1][column] + 1)
                            .min(costs[row][column - 1] + 1);
                        if row > 1 && column > 1 && is_swap(form, row, text, column) {
                            cost = cost.min(costs[row - 2][column - 2] + 1);
                        }
                        cost
                    }
                };
            }
        }
        Self { costs }
    }

    /// The number of changes.
    pub(super) fn changes(&self) -> usize {
        self.costs.last().and_then(|row| row.last()).copied().unwrap_or(0)
    }

    /// The runs in order, neighbors of one kind joined.
    pub(super) fn runs(&self, form: &[u32], text: &[u32]) -> Vec<Run> {
        let (mut row, mut column) = (form.len(), text.len());
        let mut runs: Vec<Run> = Vec::new();
        while row > 0 || column > 0 {
            let (operation, rows, columns) = self.step(form, row, text, column);
            let run = Run {
                operation,
                form: row - rows..row,
                text: column - columns..column,
            };
            (row, column) = (row - rows, column - columns);
            match runs.last_mut() {
                Some(next) if next.operation == operation && operation != Operation::Swapped => {
                    next.form.start = run.form.start;
                    next.text.start = run.text.start;
                }
                _ => runs.push(run),
            }
        }
        runs.reverse();
        runs
    }

    /// The last step to a place of the table: what it is, and how many units of either sequence it takes.
    fn step(&self, form: &[u32], row: usize, text: &[u32], column: usize) -> (Operation, usize, usize) {
        let cost = self.costs[row][column];
        let came_from = |rows: usize, columns: usize, step_cost: usize| {
            row >= rows && column >= columns && self.costs[row - rows][column - columns] + step_cost == cost
        };
        if row > 0 && column > 0 && form[row - 1] == text[column - 1] && came_from(1, 1, 0) {
            (Operation::Same, 1, 1)
        } else if row > 1 && column > 1 && is_swap(form, row, text, column) && came_from(2, 2, 1) {
            (Operation::Swapped, 2, 2)
        } else if came_from(1, 1, 1) {
            (Operation::Replaced, 1, 1)
        } else if came_from(1, 0, 1) {
            (Operation::LeftOut, 1, 0)
        } else {
            (Operation::Inserted, 0, 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text_of(units: &[u32]) -> String {
        units.iter().map(|unit| char::from(b'a' + *unit as u8)).collect()
    }

    proptest! {
        #[test]
        fn distances_are_those_of_optimal_string_alignment(
            form in proptest::collection::vec(0_u32..4, 1..8),
            text in proptest::collection::vec(0_u32..4, 0..14),
            most in 0_usize..3,
        ) {
            let alignment = Alignment::new(&form, &text);
            prop_assert_eq!(alignment.changes(), strsim::osa_distance(&text_of(&form), &text_of(&text)));
            let by_trial: Vec<usize> = (1..=text.len())
                .filter(|end| (0..=*end).any(|start| Alignment::new(&form, &text[start..*end]).changes() <= most))
                .collect();
            prop_assert_eq!(ends_within(&form, &text, most), by_trial);
        }

        #[test]
        fn runs_cover_both_and_cost_what_was_counted(
            form in proptest::collection::vec(0_u32..4, 1..8),
            text in proptest::collection::vec(0_u32..4, 0..8),
        ) {
            let alignment = Alignment::new(&form, &text);
            let (mut form_end, mut text_end, mut cost) = (0, 0, 0);
            for run in alignment.runs(&form, &text) {
                prop_assert_eq!((run.form.start, run.text.start), (form_end, text_end));
                (form_end, text_end) = (run.form.end, run.text.end);
                let (left, right) = (&form[run.form.clone()], &text[run.text.clone()]);
                match run.operation {
                    Operation::Same => prop_assert_eq!(left, right),
                    Operation::Swapped => {
                        prop_assert_eq!([left[1], left[0]], right);
                        cost += 1;
                    }
                    _ => cost += left.len().max(right.len()),
                }
            }
            prop_assert_eq!((form_end, text_end), (form.len(), text.len()));
            prop_assert_eq!(cost, alignment.changes());
        }
    }
}
