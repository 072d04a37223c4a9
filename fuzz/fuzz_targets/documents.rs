//! Arbitrary bytes as rich text, subtitles, a mail, OpenDocument and a book: each is read into a draft with a text, or refused in
//! words.

#![no_main]

use chancery::ingest::draft::Draft;
use chancery::ingest::{epub, mail, odt, rtf, subtitles};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check(rtf::read(bytes));
    check(odt::read(bytes));
    check(epub::read(bytes));
    check(mail::read(bytes));
    let text = String::from_utf8_lossy(bytes);
    let _ = subtitles::is_subtitles(&text);
    check(subtitles::read(&text));
});

fn check(read: Result<Draft, String>) {
    match read {
        Ok(draft) => assert!(draft.asides.iter().all(|aside| aside.at <= draft.text.len())),
        Err(reason) => assert!(!reason.is_empty()),
    }
}
