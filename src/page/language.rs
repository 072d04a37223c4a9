//! The language and the direction of a text, for whatever reads the page aloud, hyphenates it or chooses its glyphs.

use maud::{Markup, html};

use super::text::Shown;
use crate::corpus::Metadata;

/// The language of a text, where it is known, and its direction where that is from right to left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tongue {
    /// A tag that can stand in `lang`.
    pub(super) tag: Option<String>,
    /// `rtl` or `ltr`, where the language is known.
    pub(super) direction: Option<&'static str>,
}

/// The primary subtags of languages that are written from right to left.
const RIGHT_TO_LEFT: &[&str] = &["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

impl Tongue {
    /// The language of a speech.
    pub(super) fn of(metadata: &Metadata) -> Self {
        metadata
            .language()
            .map_or_else(Self::default, |language| Self::of_tag(language.tag()))
    }

    pub(super) fn of_tag(tag: &str) -> Self {
        let is_tag = |tag: &str| {
            let is_subtag =
                |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            tag.split('-').all(is_subtag) && tag.as_bytes().iter().take(2).all(u8::is_ascii_alphabetic)
        };
        if !is_tag(tag) {
            return Self::default();
        }
        let primary = tag.split('-').next().unwrap_or_default();
        let is_leftward = RIGHT_TO_LEFT.contains(&primary);
        Self {
            tag: Some(tag.to_owned()),
            direction: Some(if is_leftward { "rtl" } else { "ltr" }),
        }
    }

    /// The language that the script of a short text speaks for, such as a name's; none of Latin letters, which tell nothing.
    pub(super) fn of_script(text: &str) -> Self {
        let tag = text.chars().find_map(|character| match character {
            '\u{3040}'..='\u{30FF}' => Some("ja"),
            '\u{AC00}'..='\u{D7AF}' => Some("ko"),
            '\u{0400}'..='\u{052F}' => Some("ru"),
            '\u{0600}'..='\u{06FF}' => Some("ar"),
            '\u{0590}'..='\u{05FF}' => Some("he"),
            character if crate::text::is_han(character) => Some("zh"),
            _ => None,
        });
        tag.map_or_else(Self::default, Self::of_tag)
    }

    /// A text in this language, apart from what stands around it.
    pub(super) fn says(&self, text: &str) -> Markup {
        html! { bdi lang=[&self.tag] dir=[self.direction] { (Shown(text)) } }
    }
}

/// A short text of a language that only its script tells.
pub(super) fn named(text: &str) -> Markup {
    Tongue::of_script(text).says(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_that_is_none_is_not_written() {
        assert_eq!(Tongue::of_tag("zh-Hant").tag.as_deref(), Some("zh-Hant"));
        assert_eq!(Tongue::of_tag("ar-EG").direction, Some("rtl"));
        assert_eq!(Tongue::of_tag("en\" onclick"), Tongue::default());
        assert_eq!(Tongue::of_tag("").tag, None);
    }

    #[test]
    fn a_script_speaks_for_a_language() {
        assert_eq!(Tongue::of_script("President 沈怀川").tag.as_deref(), Some("zh"));
        assert_eq!(Tongue::of_script("سهران").direction, Some("rtl"));
        assert_eq!(Tongue::of_script("Irvan").tag, None);
    }
}
