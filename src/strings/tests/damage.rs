//! Damaged files: `verify` finds every flipped bit, and nothing panics, even where the checksums were made to fit.

use proptest::prelude::*;
use proptest::sample::Index;

use super::config;
use super::model::{build, documents, text};
use crate::strings::format::{Layout, Section, footer};
use crate::strings::{FormatError, Notes, StringIndex, SymbolLimits, merge};

/// Calls every look-up with arguments inside and outside of what the file holds.
fn use_everything(file: &[u8]) {
    let Ok(index) = StringIndex::open(file) else { return };
    let _ = index.verify();
    let symbols: Vec<_> = index
        .units()
        .take(20)
        .map(|(symbol, unit)| (symbol, index.symbol(unit)))
        .collect();
    let mut intervals = vec![index.interval(&[]), index.interval_with_last_prefix(&[], "u")];
    for (left, _) in &symbols {
        intervals.push(index.interval_with_last_prefix(&[*left], ""));
        intervals.extend(symbols.iter().map(|(right, _)| index.interval(&[*left, *right, *left])));
    }
    for interval in intervals {
        for notes in [Notes::Excluded, Notes::Included] {
            let _ = (
                index.passage_counts(interval, notes),
                index.occurrences(interval, notes),
            );
            let _ = index.occurrence_count(interval, notes);
        }
    }
    for position in (0..index.sequence_length().min(500)).chain([u32::MAX]) {
        let _ = index.locate(position).offset();
    }
    for document in (0..index.document_count().min(50)).chain([u32::MAX]) {
        let _ = index.run_of_document(document).map(|run| index.symbols_at(run).count());
        let _ = index
            .note_runs(document)
            .map(|run| index.symbols_at(run).count())
            .sum::<usize>();
    }
    for first_alive in 0..2 {
        let alive = first_alive..index.document_count().min(50);
        let merged = merge([(&index, alive)], &SymbolLimits::default()).unwrap();
        merged.write_to(&mut std::io::sink()).unwrap();
    }
}

/// Makes all checksums fit the damaged bytes, so that the other checks are reached.
fn forge(file: &mut [u8]) {
    let Ok(layout) = Layout::read(file) else { return };
    let sections: Vec<(u64, u32)> = Section::ALL
        .iter()
        .map(|section| &file[layout.range(*section)])
        .map(|bytes| (bytes.len() as u64, crc32fast::hash(bytes)))
        .collect();
    let forged = footer(&layout.counts, &sections);
    let start = file.len() - forged.len();
    file[start..].copy_from_slice(&forged);
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn a_flipped_bit_is_found(documents in documents(30, 8, 10), place in any::<Index>(), bit in 0..8) {
        let mut file = build(&documents, &SymbolLimits::default());
        let place = place.index(file.len());
        file[place] ^= 1_u8 << bit;
        let verified = StringIndex::open(file.as_slice()).and_then(|index| index.verify());
        prop_assert!(verified.is_err());
        use_everything(&file);
    }

    #[test]
    fn a_file_cut_off_is_no_index(documents in documents(30, 8, 10), length in any::<Index>()) {
        let file = build(&documents, &SymbolLimits::default());
        let cut = &file[..length.index(file.len())];
        prop_assert!(StringIndex::open(cut).is_err());
    }

    #[test]
    fn damage_under_fitting_checksums_does_not_panic(
        documents in documents(30, 8, 10),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..20),
    ) {
        let mut file = build(&documents, &SymbolLimits::default());
        let content = 12..file.len() - 128;
        for (place, byte) in changes.iter().filter(|_| !content.is_empty()) {
            file[content.start + place.index(content.len())] = *byte;
        }
        forge(&mut file);
        use_everything(&file);
    }
}

#[test]
fn other_bytes_and_other_versions_are_told_apart() {
    let file = build(&[text("a b")], &SymbolLimits::default());
    let mut newer = file.clone();
    newer[8] = 9;
    assert_eq!(StringIndex::open(newer).err(), Some(FormatError::Version { found: 9 }));
    assert_eq!(
        StringIndex::open(b"{}".to_vec()).err(),
        Some(FormatError::NotAStringIndex)
    );
    assert_eq!(StringIndex::open(Vec::new()).err(), Some(FormatError::NotAStringIndex));
}

/// Swaps two whole records of a section and forges the checksums: `verify` must see the disorder itself.
fn verify_after_swap(section: Section, record_bytes: usize, records: (usize, usize)) -> Result<(), FormatError> {
    let documents = [text("c a b a"), text("b a d"), text("c d | a"), text("d a")];
    let mut file = build(&documents, &SymbolLimits::default());
    let start = Layout::read(&file)?.range(section).start;
    for byte in 0..record_bytes {
        file.swap(
            start + records.0 * record_bytes + byte,
            start + records.1 * record_bytes + byte,
        );
    }
    forge(&mut file);
    StringIndex::open(file)?.verify()
}

#[test]
fn verify_sees_disorder_that_checksums_do_not() {
    assert_eq!(verify_after_swap(Section::Units, 1, (0, 0)), Ok(()));
    for (section, record_bytes, records) in [
        (Section::Units, 1, (0, 1)),
        (Section::UnitOffsets, 4, (1, 2)),
        (Section::BucketStarts, 4, (1, 2)),
        (Section::Array, 1, (0, 1)),
        (Section::Symbols, 1, (0, 1)),
        (Section::RunMarks, 1, (4, 5)),
        (Section::RunStarts, 1, (0, 1)),
        (Section::RunDocuments, 1, (0, 1)),
    ] {
        let verified = verify_after_swap(section, record_bytes, records);
        assert!(verified.is_err(), "{section:?}");
    }
}

/// A file with positions of eight bits, so that its tables can be altered byte by byte.
fn file_with_byte_positions() -> Vec<u8> {
    build(&vec![text("c a b a d b c"); 20], &SymbolLimits::default())
}

#[test]
fn verify_sees_two_suffixes_in_the_wrong_order() {
    let mut file = file_with_byte_positions();
    let start = Layout::read(&file).unwrap().range(Section::Array).start;
    file.swap(start, start + 39);
    forge(&mut file);
    let verified = StringIndex::open(file).unwrap().verify();
    assert_eq!(verified, Err(Section::Array.damaged("the suffixes are not sorted")));
}

#[test]
fn a_merge_of_runs_that_overlap_is_no_longer_than_its_source() {
    let mut file = file_with_byte_positions();
    let starts = Layout::read(&file).unwrap().range(Section::RunStarts);
    for (run, start) in file[starts].iter_mut().take(20).enumerate() {
        *start = if run % 2 == 0 { 1 } else { 159 };
    }
    forge(&mut file);
    let index = StringIndex::open(file).unwrap();
    let merged = merge([(&index, 0..20)], &SymbolLimits::default()).unwrap();
    assert!(merged.unit_count() <= index.sequence_length());
}
