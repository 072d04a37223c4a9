//! Counts: totals, and figures by value.

use std::io::{self, Write};

use serde_json::Value;

use super::style::Page;
use super::{Render, json};
use crate::engine::{Answer, Count};

impl Render for Answer<Count> {
    fn text(&self, output: &mut dyn Write, _page: &Page) -> io::Result<()> {
        writeln!(output, "{:?}", self.body.total)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        Vec::new()
    }

    fn lines(&self) -> Vec<Value> {
        self.body.by.iter().map(json::value).collect()
    }
}
