//! Which texts are minutes.

use super::*;

#[test]
fn minutes_are_told_by_their_root() {
    for xml in [
        "<akomaNtoso xmlns=\"x\"><debate/></akomaNtoso>",
        "<?xml version=\"1.0\"?><!DOCTYPE dbtplenarprotokoll SYSTEM \"dbtplenarprotokoll.dtd\"><dbtplenarprotokoll>",
        "<hansard><housecommons>",
        "<housecommons>",
        "<publicwhip latest=\"yes\">",
        "<data><numberOfRecords>1</numberOfRecords>",
        "<records><record><speechRecord>",
    ] {
        assert!(is_known(xml), "{xml}");
    }
    for xml in [
        "<data><row/></data>",
        "<records><record><name>",
        "<rss>",
        "We meet < again >.",
        "<p>Text</p>",
    ] {
        assert!(!is_known(xml), "{xml}");
    }
}
