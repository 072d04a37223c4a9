//! What measuring asks of an index: queries drawn from its text, and how much text it holds.

use super::Engine;
use crate::error::Result;
use crate::workload::{DrawRequest, Workload, draw};

impl Engine {
    /// Draws queries from the text of the index; the same corpus and seed give the same ones.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn draw(&self, request: &DrawRequest) -> Result<Workload> {
        draw(self.snapshot(), request)
    }

    /// The bytes of the texts as ingested, in UTF-8. Reads every speech back.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn text_bytes(&self) -> Result<u64> {
        let mut bytes = 0;
        for (address, _) in self.snapshot().speeches()? {
            bytes += self.snapshot().speech(address)?.0.text.len() as u64;
        }
        Ok(bytes)
    }
}
