//! Text from outside as HTML: escaped, and without the characters that would steer what stands around it.

use maud::{Escaper, Render};
use std::fmt::Write;

/// A text as it is shown: escaped, control characters and overrides of the direction taken out, other white space single.
pub(super) struct Shown<'a>(pub(super) &'a str);

impl Render for Shown<'_> {
    fn render_to(&self, buffer: &mut String) {
        // Writing to a string cannot fail.
        let _ = Escaper::new(buffer).write_str(&shown(self.0));
    }
}

/// A text as it is shown, not yet escaped.
pub(super) fn shown(text: &str) -> String {
    text.chars().filter_map(shown_character).collect()
}

/// A character as it is shown: line breaks and tabs as spaces, what steers not at all.
pub(super) fn shown_character(character: char) -> Option<char> {
    match character {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}' => None,
        _ if character.is_control() => None,
        _ => Some(character),
    }
}

/// The address of a published text, where it is one that a browser may be sent to.
pub(super) fn web_address(address: &str) -> Option<&str> {
    let address = address.trim();
    let scheme = address.split_once("://").map_or("", |(scheme, _)| scheme);
    let is_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let is_plain = !address
        .chars()
        .any(|character| character.is_control() || character.is_whitespace());
    (is_web && is_plain).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_steers_nothing() {
        let hostile = "<script>\u{202e}\"&\n\u{7}'";
        assert_eq!(Shown(hostile).render().into_string(), "&lt;script&gt;&quot;&amp; '");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(
            web_address(" https://example.org/a?b#c "),
            Some("https://example.org/a?b#c")
        );
        for address in [
            "javascript:alert(1)",
            "java\nscript://x",
            "//example.org",
            "data:text/html,x",
            "http://a b",
        ] {
            assert_eq!(web_address(address), None, "{address}");
        }
    }
}
