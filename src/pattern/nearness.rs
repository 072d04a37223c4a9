//! The minimal windows in which several patterns stand near each other.
//!
//! One pass over all matches in the order of their ends. For each match it is known, for every set of patterns that a chain
//! of matches ending in it can hold, where the latest such chain starts: of two chains with the same end and the same
//! patterns the shorter one is as good for all that follows. The sets are few, for the parser bounds the parts.

use super::{NearPattern, Step, UnitSpan};

/// A match of one of the patterns.
#[derive(Clone, Copy, Debug)]
struct Item {
    span: UnitSpan,
    part: usize,
}

/// For each set of patterns, as bits, the latest start of a chain that holds them and ends in a match.
type Starts = Vec<Option<u32>>;

/// How many matches are looked at before it is asked whether to go on.
const BETWEEN_LOOKS: usize = 64;

/// The minimal windows, ascending; `found` holds the matches of each pattern, `step` says what stands at a position, and `go_on`
/// fails where the work is given up.
pub(super) fn windows<E>(
    found: &[Vec<UnitSpan>],
    near: &NearPattern,
    step: impl Fn(u32) -> Step,
    go_on: impl Fn() -> Result<(), E>,
) -> Result<Vec<UnitSpan>, E> {
    if found.iter().any(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let items = in_order_of_ends(found);
    let all_parts = (1_usize << found.len()) - 1;
    let mut chains: Vec<Starts> = Vec::with_capacity(items.len());
    let mut windows = Vec::new();
    for (number, item) in items.iter().enumerate() {
        if number % BETWEEN_LOOKS == 0 {
            go_on()?;
        }
        let mut starts: Starts = vec![None; all_parts + 1];
        if !near.in_order || item.part == 0 {
            starts[1 << item.part] = Some(item.span.start);
        }
        extend_chains(*item, &items, &chains, near, &step, &mut starts);
        windows.extend(starts[all_parts].map(|start| UnitSpan {
            start,
            end: item.span.end,
        }));
        chains.push(starts);
    }
    Ok(minimal(windows))
}

fn in_order_of_ends(found: &[Vec<UnitSpan>]) -> Vec<Item> {
    let of_part =
        |(part, spans): (usize, &Vec<UnitSpan>)| spans.iter().map(move |span| Item { span: *span, part }).collect();
    let mut items: Vec<Item> = found
        .iter()
        .enumerate()
        .flat_map(|part| -> Vec<Item> { of_part(part) })
        .collect();
    items.sort_unstable_by_key(|item| (item.span.end, item.span.start, item.part));
    items
}

/// Adds to the chains that end in an item those that go on from an item before it.
fn extend_chains(
    item: Item,
    items: &[Item],
    chains: &[Starts],
    near: &NearPattern,
    step: &impl Fn(u32) -> Step,
    starts: &mut Starts,
) {
    let own = 1_usize << item.part;
    let before = items[..chains.len()].partition_point(|other| other.span.end <= item.span.start);
    let (mut reached, mut counted) = (item.span.start, 0);
    for index in (0..before).rev() {
        let other = items[index];
        while reached > other.span.end {
            reached -= 1;
            match step(reached) {
                Step::Barrier => return,
                Step::Counted => counted += 1,
                Step::Mark => {}
            }
            if counted > near.distance {
                return;
            }
        }
        if other.part == item.part || (near.in_order && other.part + 1 != item.part) {
            continue;
        }
        for (parts, start) in chains[index].iter().enumerate() {
            if let Some(start) = start.filter(|_| parts & own == 0) {
                let best = &mut starts[parts | own];
                *best = Some(best.map_or(start, |best| best.max(start)));
            }
        }
    }
}

/// The windows that hold no other one, ascending.
fn minimal(mut windows: Vec<UnitSpan>) -> Vec<UnitSpan> {
    // Of windows with the same end the shortest comes first, and holds none of those that follow it.
    windows.sort_unstable_by_key(|window| (window.end, std::cmp::Reverse(window.start)));
    let mut kept: Vec<UnitSpan> = Vec::with_capacity(windows.len());
    for window in windows {
        if kept.last().is_none_or(|last| last.start < window.start) {
            kept.push(window);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pattern::Pattern;

    /// The windows by trying every choice of matches.
    fn by_trial(found: &[Vec<UnitSpan>], near: &NearPattern, text: &[Step]) -> Vec<UnitSpan> {
        let mut choices: Vec<Vec<UnitSpan>> = vec![Vec::new()];
        for spans in found {
            choices = choices
                .iter()
                .flat_map(|choice| spans.iter().map(|span| [choice.clone(), vec![*span]].concat()))
                .collect();
        }
        let fits = |choice: &Vec<UnitSpan>| {
            let mut ordered = choice.clone();
            ordered.sort_unstable();
            (!near.in_order || ordered == *choice)
                && ordered.windows(2).all(|pair| {
                    pair[0].end <= pair[1].start && {
                        let between = &text[pair[0].end as usize..pair[1].start as usize];
                        let counted = between.iter().filter(|step| **step == Step::Counted).count();
                        !between.contains(&Step::Barrier) && counted <= near.distance as usize
                    }
                })
        };
        let window = |choice: &Vec<UnitSpan>| UnitSpan {
            start: choice.iter().map(|span| span.start).min().unwrap(),
            end: choice.iter().map(|span| span.end).max().unwrap(),
        };
        let all: std::collections::BTreeSet<UnitSpan> =
            choices.iter().filter(|choice| fits(choice)).map(window).collect();
        let is_minimal = |window: &&UnitSpan| all.iter().all(|other| other == *window || !window.contains(*other));
        all.iter().filter(is_minimal).copied().collect()
    }

    fn spans() -> impl Strategy<Value = Vec<UnitSpan>> {
        proptest::collection::btree_set((0_u32..18, 1_u32..4), 0..6).prop_map(|spans| {
            let span = |(start, length)| UnitSpan {
                start,
                end: start + length,
            };
            spans.into_iter().map(span).collect()
        })
    }

    proptest! {
        #[test]
        fn windows_are_those_found_by_trying_everything(
            found in proptest::collection::vec(spans(), 2..5),
            text in proptest::collection::vec(prop_oneof![6 => Just(Step::Counted), 2 => Just(Step::Mark), 1 => Just(Step::Barrier)], 24),
            distance in 0_u32..6,
            in_order: bool,
        ) {
            let near = NearPattern { parts: vec![Pattern::Any(Vec::new()); found.len()], distance, in_order };
            let go_on = || Ok::<(), std::convert::Infallible>(());
            let Ok(found_windows) = windows(&found, &near, |position| text[position as usize], go_on);
            prop_assert_eq!(found_windows, by_trial(&found, &near, &text));
        }
    }
}
