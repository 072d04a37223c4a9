//! Arbitrary text as minutes in XML: it is read into drafts whose paragraphs lie in order in their text, or refused in words.

#![no_main]

use chancery::ingest::draft::{Draft, Layout};
use chancery::ingest::proceedings;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let xml = String::from_utf8_lossy(bytes);
    let _ = proceedings::is_known(&xml);
    match proceedings::read(&xml) {
        Ok(drafts) => drafts.iter().for_each(check),
        Err(reason) => assert!(!reason.is_empty()),
    }
});

fn check(draft: &Draft) {
    let Layout::Marked { body, paragraphs } = &draft.layout else {
        panic!("minutes know their paragraphs")
    };
    let mut start = body.start;
    for paragraph in paragraphs {
        assert!(start <= paragraph.span.start && paragraph.span.end <= body.end);
        assert!(draft.text.get(paragraph.span.range()).is_some_and(|text| !text.is_empty()));
        start = paragraph.span.end;
    }
    assert!(draft.asides.iter().all(|aside| aside.at <= draft.text.len()));
}
