//! The room against a naive scan: every string of random texts, fresh, merged and damaged.

mod damage;
mod merging;
mod model;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::*;
use model::{Document, Place, build, documents, index_of, text};

/// The same random texts on every run; `cases` of them.
fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0x0c0d_e5ee_d000),
        ..Config::default()
    }
}

/// Asserts that the index finds a string exactly where a scan of the documents does.
fn check(index: &StringIndex<Vec<u8>>, documents: &[Document], string: &[&str]) {
    let interval = index.interval_of_strings(string);
    for notes in [Notes::Excluded, Notes::Included] {
        let expected = model::occurrences(documents, string, notes);
        let found = index.occurrences(interval, notes);
        let places: Vec<Place> = found.iter().map(|location| model::place(index, location)).collect();
        assert_eq!(places, expected, "{string:?}, {notes:?}");
        assert_eq!(
            index.passage_counts(interval, notes),
            model::counts(&expected),
            "{string:?}, {notes:?}"
        );
        assert_eq!(
            index.occurrence_count(interval, notes),
            expected.len() as u64,
            "{string:?}, {notes:?}"
        );
    }
    let mut positions: Vec<u32> = index.positions(interval).collect();
    positions.sort_unstable();
    positions.dedup();
    assert_eq!(
        positions.len(),
        interval.len() as usize,
        "{string:?} has a position twice"
    );
}

/// Asserts that every string of a text is found where it stands, and strings that it lacks nowhere.
fn check_all_strings(documents: &[Document], limits: &SymbolLimits) {
    let index = index_of(documents, limits);
    index.verify().unwrap();
    let mut known: Vec<Vec<&str>> = Vec::new();
    for paragraph in model::paragraphs(documents) {
        let units = paragraph.units();
        for start in 0..units.len() {
            for length in [1, 2, 3, 4, 7, 40] {
                known.extend(units.get(start..start + length).map(<[_]>::to_vec));
            }
        }
    }
    known.sort_unstable();
    known.dedup();
    for string in &known {
        check(&index, documents, string);
        let mut longer = string.clone();
        longer.push("a");
        check(&index, documents, &longer);
        longer.push("absent");
        check(&index, documents, &longer);
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn every_string_is_found_where_it_stands(documents in documents(6, 14, 12)) {
        check_all_strings(&documents, &SymbolLimits::default());
    }

    #[test]
    fn every_string_is_found_with_a_large_alphabet(documents in documents(400, 10, 24)) {
        check_all_strings(&documents, &SymbolLimits::new(64));
    }

    #[test]
    fn the_width_of_the_sort_does_not_change_the_file(documents in documents(300, 12, 24)) {
        let narrow = build(&documents, &SymbolLimits::default());
        prop_assert!(narrow == build(&documents, &SymbolLimits::new(64)));
    }

    #[test]
    fn a_last_unit_may_be_given_by_its_beginning(documents in documents(40, 10, 12)) {
        let index = index_of(&documents, &SymbolLimits::default());
        for prefix in ["", "a", "u", "u1", "u12", "山", "zz"] {
            let matching = index.symbols_with_prefix(prefix);
            let expected: Vec<Symbol> =
                index.units().filter(|(_, unit)| unit.starts_with(prefix)).map(|(symbol, _)| symbol).collect();
            let found: Vec<Symbol> =
                index.units().map(|(symbol, _)| symbol).filter(|symbol| matching.contains(symbol)).collect();
            prop_assert_eq!(&found, &expected);
            let heads = std::iter::once(vec![]).chain(index.units().map(|(symbol, _)| vec![symbol]));
            for mut string in heads.collect::<Vec<_>>() {
                let found = index.interval_with_last_prefix(&string, prefix);
                let mut length = 0;
                for last in &expected {
                    string.push(*last);
                    length += index.interval(&string).len();
                    string.pop();
                }
                prop_assert_eq!(found.len(), length);
            }
        }
    }

    #[test]
    fn the_units_of_a_document_are_read_back(documents in documents(20, 10, 8)) {
        let index = index_of(&documents, &SymbolLimits::default());
        let read = |run| index.symbols_at(run).map(|symbol| index.unit(symbol).to_owned()).collect::<Vec<_>>();
        for (number, document) in (0..).zip(&documents) {
            let passage = index.run_of_document(number).map(read).unwrap_or_default();
            prop_assert_eq!(&passage, &document.passage);
            let notes: Vec<Vec<String>> = index.note_runs(number).map(read).collect();
            let expected: Vec<Vec<String>> = document.notes.iter().filter(|note| !note.is_empty()).cloned().collect();
            prop_assert_eq!(notes, expected);
        }
        for (symbol, unit) in index.units() {
            prop_assert_eq!(index.symbol(unit), Some(symbol));
        }
    }
}

#[test]
fn nothing_matches_across_paragraphs_or_into_notes() {
    let documents = [text("共 同 | 掌 声"), text("体"), text("+ 命 运")];
    let index = index_of(&documents, &SymbolLimits::default());
    for (string, excluded, included) in [
        ("同 体", 0, 0),
        ("同 掌", 0, 0),
        ("体 命", 1, 1),
        ("掌 声", 0, 1),
        ("声 体", 0, 0),
        ("运", 1, 1),
    ] {
        let interval = index.interval_of_strings(&string.split(' ').collect::<Vec<_>>());
        assert_eq!(index.occurrence_count(interval, Notes::Excluded), excluded, "{string}");
        assert_eq!(index.occurrence_count(interval, Notes::Included), included, "{string}");
    }
}

#[test]
fn a_string_over_a_cut_belongs_to_the_piece_in_which_it_starts() {
    let documents = [text("a"), text("b 山 河"), text("+ 山 c")];
    let index = index_of(&documents, &SymbolLimits::default());
    let counts = |string: &[&str]| index.passage_counts(index.interval_of_strings(string), Notes::Excluded);
    assert_eq!(counts(&["河", "山"]), [(1, 1)]);
    assert_eq!(counts(&["山"]), [(1, 1), (2, 1)]);
    assert_eq!(counts(&["a", "b"]), []);
}

#[test]
fn overlapping_occurrences_all_count() {
    let index = index_of(&[text("哈 哈 哈")], &SymbolLimits::default());
    let interval = index.interval_of_strings(&["哈", "哈"]);
    assert_eq!(index.occurrence_count(interval, Notes::Excluded), 2);
    assert_eq!(index.passage_counts(interval, Notes::Excluded), [(0, 2)]);
}

#[test]
fn a_segment_without_a_unit_is_a_file_like_any_other() {
    for documents in [vec![], vec![text(""), text("+ "), text(" | ")]] {
        let index = index_of(&documents, &SymbolLimits::default());
        index.verify().unwrap();
        assert_eq!(index.document_count(), documents.len() as u32);
        assert!(index.interval_of_strings(&["a"]).is_empty());
        assert!(index.interval(&[]).is_empty());
        assert_eq!(index.run_of_document(0), None);
    }
}

#[test]
fn few_occurrences_are_counted_like_many() {
    let written = |number: u32| match number {
        250 | 251 => "c b c | c",
        _ if number.is_multiple_of(7) => "a b a",
        _ => "b | a",
    };
    let documents: Vec<Document> = (0..500).map(|number| text(written(number))).collect();
    let index = index_of(&documents, &SymbolLimits::default());
    for string in [["a"], ["b"], ["c"]] {
        check(&index, &documents, &string);
    }
}

/// An index of words each of which ends a document, and which may be the last three units read as one.
fn with_joined(documents: &[&str]) -> StringIndex<Vec<u8>> {
    let mut builder = SequenceBuilder::new();
    for (number, written) in (0..).zip(documents) {
        builder.begin_passage(number, false);
        for unit in written.split(' ') {
            match unit.strip_prefix('=') {
                Some(word) => builder.push_joined(word),
                None => builder.push(unit),
            }
        }
    }
    let mut file = Vec::new();
    builder
        .finish(&SymbolLimits::default())
        .unwrap()
        .write_to(&mut file)
        .unwrap();
    StringIndex::open(file).unwrap()
}

#[test]
fn units_that_are_also_one_word_are_told_by_place_and_by_word() {
    let index = with_joined(&["a b - c =bc d", "b - c =bc", "x - y =xy a - b =ab"]);
    index.verify().unwrap();
    assert_eq!(index.joined_count(), 4);
    let word = |word: &str| index.symbol(word).unwrap();
    let places = |written: &str| -> Vec<u32> {
        let symbol = word(written);
        let found = index.joined_as(symbol..Symbol::new(symbol.number() + 1));
        found.map(|joined| joined.position).collect()
    };
    let starts: Vec<u32> = (0..3)
        .map(|document| index.run_of_document(document).unwrap().start)
        .collect();
    assert_eq!(places("bc"), [starts[0] + 1, starts[1]]);
    assert_eq!(places("xy"), [starts[2]]);
    assert_eq!(index.joined_at(starts[2] + 3), Some(word("ab")));
    assert_eq!(index.joined_at(starts[2] + 1), None);
    assert_eq!(index.joined_in(index.run_of_document(2).unwrap()).count(), 2);
    assert!(
        index.interval_of_strings(&["bc"]).is_empty(),
        "it does not stand in the sequence"
    );
}

#[test]
fn merging_keeps_what_is_also_one_word_in_documents_that_are_alive() {
    let first = with_joined(&["a b - c =bc d", "x - y =xy"]);
    let second = with_joined(&["only", "b - c =bc"]);
    let merged = merge([(&first, vec![0]), (&second, vec![0, 1])], &SymbolLimits::default()).unwrap();
    let mut file = Vec::new();
    merged.write_to(&mut file).unwrap();
    let mut expected = Vec::new();
    let mut builder = SequenceBuilder::new();
    for (number, written) in (0..).zip(["a b - c =bc d", "only", "b - c =bc"]) {
        builder.begin_passage(number, false);
        for unit in written.split(' ') {
            match unit.strip_prefix('=') {
                Some(word) => builder.push_joined(word),
                None => builder.push(unit),
            }
        }
    }
    builder
        .finish(&SymbolLimits::default())
        .unwrap()
        .write_to(&mut expected)
        .unwrap();
    assert!(file == expected);
    StringIndex::open(file).unwrap().verify().unwrap();
}
