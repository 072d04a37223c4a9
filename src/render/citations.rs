//! A reference to a speech.

use std::io::{self, Write};

use serde_json::Value;

use super::style::{Page, safe};
use super::{Render, json};
use crate::engine::{Answer, SpeechCitation};

impl Render for Answer<SpeechCitation> {
    /// Writes the reference as it is to be copied: no colors, no wrapped lines.
    fn text(&self, output: &mut dyn Write, _page: &Page) -> io::Result<()> {
        let mut lines = self.body.citation.lines();
        lines.try_for_each(|line| writeln!(output, "{}", safe(line)))
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let SpeechCitation {
            speech,
            passage,
            style,
            citation,
        } = &self.body;
        let row = vec![
            speech.clone(),
            passage.clone().unwrap_or_default(),
            style.to_string(),
            citation.clone(),
        ];
        vec![super::header("speech passage style citation"), row]
    }

    fn lines(&self) -> Vec<Value> {
        vec![json::value(&self.body)]
    }
}
