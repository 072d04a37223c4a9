//! Arbitrary text through the folding: every unit has a text and stands in the original, in order, on character boundaries.

#![no_main]

use chancery::analyzer::{fold, fold_line};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let folded = fold(&text);
    let mut start = 0;
    for unit in folded.units() {
        assert!(!folded.text_of(unit).is_empty(), "{unit:?}");
        let original = text.get(unit.span.range());
        assert!(original.is_some_and(|original| !original.is_empty()), "{unit:?}");
        assert!(start <= unit.span.start, "{unit:?} stands before {start}");
        start = unit.span.start;
    }
    assert_eq!(fold_line(&text).is_empty(), folded.is_empty());
});
