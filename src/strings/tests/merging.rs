//! A merged file against one built afresh from the documents that are left: the two are the same bytes.

use proptest::prelude::*;

use super::model::{Document, build, documents, index_of, text};
use super::{check_all_strings, config};
use crate::strings::{StringIndex, SymbolLimits, merge};

type Segment = (Vec<Document>, Vec<bool>);

fn segments(alphabet: usize) -> impl Strategy<Value = Vec<Segment>> {
    let documents = documents(alphabet, 8, 10);
    let segment = (documents, prop_oneof![2 => Just(1.0), 5 => Just(0.6), 1 => Just(0.0)]);
    let segment = segment.prop_flat_map(|(documents, share)| {
        let alive = prop::collection::vec(prop::bool::weighted(share), documents.len());
        (Just(documents), alive)
    });
    prop::collection::vec(segment, 0..4)
}

/// The documents that are alive, with a barrier where a deleted one stood.
fn remaining(segments: &[Segment]) -> Vec<Document> {
    let mut left = Vec::new();
    for (documents, alive) in segments {
        let mut barrier_due = true;
        for (document, alive) in documents.iter().zip(alive) {
            barrier_due |= !document.continues;
            let has_units = !document.passage.is_empty();
            if *alive {
                left.push(Document {
                    continues: !(has_units && barrier_due),
                    ..document.clone()
                });
            }
            if has_units {
                barrier_due = !alive;
            }
        }
    }
    left
}

fn merged(segments: &[Segment], limits: &SymbolLimits) -> Vec<u8> {
    let indexes: Vec<StringIndex<Vec<u8>>> = segments
        .iter()
        .map(|(documents, _)| index_of(documents, limits))
        .collect();
    let alive = segments
        .iter()
        .map(|(_, alive)| (0..).zip(alive).filter(|(_, alive)| **alive).map(|(number, _)| number));
    let mut file = Vec::new();
    merge(indexes.iter().zip(alive), limits)
        .unwrap()
        .write_to(&mut file)
        .unwrap();
    file
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn a_merge_equals_a_fresh_build(segments in segments(8)) {
        let limits = SymbolLimits::default();
        prop_assert!(merged(&segments, &limits) == build(&remaining(&segments), &limits));
    }

    #[test]
    fn a_merge_of_a_large_alphabet_equals_a_fresh_build(segments in segments(300)) {
        let limits = SymbolLimits::new(64);
        prop_assert!(merged(&segments, &limits) == build(&remaining(&segments), &limits));
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn a_merge_finds_every_string_of_what_is_left(segments in segments(6)) {
        let left = remaining(&segments);
        let index = StringIndex::open(merged(&segments, &SymbolLimits::default())).unwrap();
        prop_assert_eq!(index.verify(), Ok(()));
        check_all_strings(&left, &SymbolLimits::default());
    }
}

#[test]
fn pieces_stay_contiguous_unless_one_between_is_deleted() {
    let documents = vec![text("共"), text("+ 同"), text("+ 体"), text("+ 命")];
    for (alive, expected) in [
        ([true; 4], 3),
        ([true, true, false, true], 1),
        ([false, true, true, true], 2),
    ] {
        let file = merged(&[(documents.clone(), alive.to_vec())], &SymbolLimits::default());
        let index = StringIndex::open(file).unwrap();
        let pairs = [["共", "同"], ["同", "体"], ["体", "命"], ["同", "命"]];
        let found: u32 = pairs.iter().map(|pair| index.interval_of_strings(pair).len()).sum();
        assert_eq!(found, expected, "{alive:?}");
    }
}

#[test]
fn a_unit_that_occurs_no_more_leaves_the_dictionary() {
    let documents = vec![text("共 同"), text("同 体 | 掌")];
    let file = merged(&[(documents, vec![true, false])], &SymbolLimits::default());
    let index = StringIndex::open(file).unwrap();
    let units: Vec<&str> = index.units().map(|(_, unit)| unit).collect();
    assert_eq!(units, ["共", "同"]);
}
