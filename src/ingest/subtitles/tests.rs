//! Subtitles in small.

use super::*;

#[test]
fn cues_become_paragraphs_and_times_no_text() {
    let srt = "1\r\n00:00:01,000 --> 00:00:03,000\r\n<i>The ferry</i> leaves\r\nat nine.\r\n\r\n2\r\n00:00:03,100 --> 00:00:05,000\r\nNobody is left.\r\n\r\n3\r\n00:00:20,000 --> 00:00:22,000\r\n{\\an8}Thank you.\r\n";
    assert!(is_subtitles(srt));
    let draft = read(srt).expect("it has words");
    assert_eq!(
        draft.text.trim_end(),
        "The ferry leaves at nine. Nobody is left.\n\nThank you."
    );
}

#[test]
fn voices_have_their_turns() {
    let vtt = "WEBVTT - The harbour\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:03.000 align:start\n<v Maud Pelleray>Is it deep &amp; safe?\n\n00:03.000 --> 00:05.000\n<v.loud Irvan Olm>It is.</v>\n";
    assert!(is_subtitles(vtt));
    let draft = read(vtt).expect("it has words");
    let Layout::Marked { paragraphs, .. } = &draft.layout else {
        panic!("it has speakers")
    };
    let turns: Vec<(&str, Option<&str>)> = paragraphs
        .iter()
        .map(|paragraph| (&draft.text[paragraph.span.range()], paragraph.speaker.as_deref()))
        .collect();
    assert_eq!(
        turns,
        [
            ("Is it deep & safe?", Some("Maud Pelleray")),
            ("It is.", Some("Irvan Olm"))
        ]
    );
    let asides: Vec<&str> = draft.asides.iter().map(|aside| aside.text.as_str()).collect();
    assert_eq!(asides, ["- The harbour", "made by hand", "intro"]);
}

#[test]
fn rolling_captions_are_read_once() {
    let mut vtt = "WEBVTT\n".to_owned();
    let words = ["we meet", "again here", "in the port", "of the lamp", "to thank you"];
    for (index, pair) in words.windows(2).enumerate() {
        vtt.push_str(&format!(
            "\n00:{index:02}.000 --> 00:{:02}.000\n{}\n{}\n",
            index + 1,
            pair[0],
            pair[1]
        ));
    }
    assert_eq!(read(&vtt).expect("it has words").text.trim_end(), words.join(" "));
}

#[test]
fn a_text_with_an_arrow_is_none() {
    assert!(!is_subtitles("1\nWe meet --> again.\n"));
    assert!(read("WEBVTT\n\n00:01.000 --> 00:02.000\n\n").is_err());
}
