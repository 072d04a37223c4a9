//! Until the renderers of timelines and concordances are there.
use crate::engine::{Answer, Concordance, Timeline};
use crate::render::Render;
use crate::render::style::Page;
macro_rules! stub { ($($name:ident)*) => {$(impl Render for Answer<$name> {
    fn text(&self, _: &mut dyn std::io::Write, _: &Page) -> std::io::Result<()> { Ok(()) }
    fn rows(&self) -> Vec<Vec<String>> { Vec::new() }
    fn lines(&self) -> Vec<serde_json::Value> { Vec::new() }
})*}; }
stub!(Timeline Concordance);
