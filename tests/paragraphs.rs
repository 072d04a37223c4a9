//! Phrases in wrapped verbatim records: counted in the rebuilt paragraphs and in the unwrapped speech.

#![allow(clippy::print_stdout, reason = "the figures are the point of this test")]

use chancery::corpus::Speech;
use chancery::ingest::{IngestOptions, Input, Item, open};

use crate::support::shared::shared_data;

const PHRASES: &[&str] = &[
    "Security Council",
    "United Nations",
    "General Assembly",
    "international community",
    "human rights",
];

/// Records of 2005 are wrapped at about 50 characters without blank lines; of 70 and 79 most are not wrapped.
const SESSIONS: &[&str] = &["Session 60 - 2005", "Session 70 - 2015", "Session 79 - 2024"];

#[test]
fn phrases_of_wrapped_records_are_counted_as_in_the_unwrapped_speech() {
    let Some(data) = shared_data() else {
        return;
    };
    for session in SESSIONS {
        let folder = data.join("speeches/ungdc").join(session);
        let items = open(vec![Input::Path(folder)], IngestOptions::default()).expect("the session is there");
        let speeches: Vec<Speech> = items
            .filter_map(|item| match item {
                Item::Speech(ingested) => Some(ingested.speech),
                Item::Rejected(_) => None,
            })
            .collect();
        let (mut whole, mut found, mut in_lines) = (0, 0, 0);
        for (speech, phrase) in speeches
            .iter()
            .flat_map(|speech| PHRASES.iter().map(move |phrase| (speech, phrase)))
        {
            whole += unwrapped(speech.body_text()).matches(phrase).count();
            let texts = speech
                .paragraphs
                .iter()
                .map(|paragraph| unwrapped(&speech.text[paragraph.span.range()]));
            found += texts.map(|text| text.matches(phrase).count()).sum::<usize>();
            in_lines += speech
                .body_text()
                .lines()
                .map(|line| line.matches(phrase).count())
                .sum::<usize>();
        }
        println!("{session}: {whole} in the unwrapped speeches, {found} in paragraphs, {in_lines} in lines");
        assert!(found <= whole && found * 1000 >= whole * 990, "{session}");
    }
}

/// A text with one space for each run of white space.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
