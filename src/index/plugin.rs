//! The exact index as a part of every tantivy segment: written, merged, committed and deleted with the rest.

use std::any::Any;
use std::collections::HashMap;
use std::io::{self, BufWriter, IntoInnerError};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::{OwnedBytes, TerminatingWrite};
use tantivy::index::{Segment, SegmentComponent, SegmentId, SegmentReader};
use tantivy::indexer::doc_id_mapping::DocIdMapping;
use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{Field, Schema, Value};
use tantivy::{DocId, TantivyDocument, TantivyError};

use crate::analyzer::unit_text::{Continuity, Said, UnitText};
use crate::strings::{SequenceBuilder, SortedSequence, StringIndex, SymbolLimits, merge};

/// The extension of the exact index's file in a segment.
pub(super) const EXTENSION: &str = "strings";

/// The number of units of each segment that this process wrote or opened; the merge policy reads it.
#[derive(Clone, Debug, Default)]
pub(super) struct UnitCounts(Arc<Mutex<HashMap<SegmentId, u64>>>);

impl UnitCounts {
    /// Notes a segment's number of units.
    pub(super) fn insert(&self, segment: SegmentId, units: u64) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(segment, units);
    }

    /// The number of units of a segment, where it is known.
    pub(super) fn get(&self, segment: SegmentId) -> Option<u64> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&segment)
            .copied()
    }
}

/// Makes the exact index of every segment out of the units field of its documents.
#[derive(Debug)]
pub(super) struct StringsPlugin {
    units: Field,
    limits: SymbolLimits,
    unit_counts: UnitCounts,
}

impl StringsPlugin {
    /// A plugin that reads the units field.
    pub(super) fn new(units: Field, limits: SymbolLimits, unit_counts: UnitCounts) -> Self {
        Self {
            units,
            limits,
            unit_counts,
        }
    }
}

/// Opens the exact index of a segment. The file is mapped, not read.
pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<StringIndex<OwnedBytes>> {
    let file = reader.open_read(SegmentComponent::Custom(EXTENSION.to_owned()))?;
    StringIndex::open(file.read_bytes()?).map_err(|error| TantivyError::InternalError(error.to_string()))
}

impl SegmentPlugin for StringsPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _context: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(StringsWriter {
            units: self.units,
            limits: self.limits,
            unit_counts: self.unit_counts.clone(),
            sequence: SequenceBuilder::new(),
        }))
    }

    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        let opened: Vec<StringIndex<OwnedBytes>> = context.readers.iter().map(open).collect::<tantivy::Result<_>>()?;
        let inputs = opened
            .iter()
            .zip(context.readers)
            .map(|(strings, reader)| (strings, reader.doc_ids_alive()));
        let merged = merge(inputs, &self.limits).map_err(io::Error::other)?;
        write_sequence(context.target_segment, &merged, &self.unit_counts)
    }
}

struct StringsWriter {
    units: Field,
    limits: SymbolLimits,
    unit_counts: UnitCounts,
    sequence: SequenceBuilder,
}

impl PluginWriter for StringsWriter {
    fn add_document(&mut self, id: DocId, document: &dyn ErasedDocument, _schema: &Schema) -> tantivy::Result<()> {
        let document = document
            .as_any()
            .downcast_ref::<TantivyDocument>()
            .ok_or_else(|| TantivyError::InvalidArgument("the exact index reads only its own documents".to_owned()))?;
        let encoded = document
            .get_first(self.units)
            .and_then(|value| value.as_str())
            .unwrap_or_default();
        let text = UnitText::decode(encoded);
        self.sequence
            .begin_passage(id, text.continuity == Continuity::ContinuesParagraph);
        text.speech().for_each(|said| push(&mut self.sequence, said));
        for note in text.notes() {
            self.sequence.begin_note(id);
            note.for_each(|said| push(&mut self.sequence, said));
        }
        Ok(())
    }

    fn serialize(self: Box<Self>, segment: &Segment, _mapping: Option<&DocIdMapping>) -> tantivy::Result<()> {
        let sorted = self.sequence.finish(&self.limits).map_err(io::Error::other)?;
        write_sequence(segment, &sorted, &self.unit_counts)
    }

    fn mem_usage(&self) -> usize {
        self.sequence.memory_bytes()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

fn push(sequence: &mut SequenceBuilder, said: Said<'_>) {
    match said {
        Said::Unit(unit) => sequence.push(unit),
        Said::AsOneWord(word) => sequence.push_joined(word),
    }
}

fn write_sequence(segment: &Segment, sorted: &SortedSequence, unit_counts: &UnitCounts) -> tantivy::Result<()> {
    unit_counts.insert(segment.id(), sorted.unit_count() as u64);
    let file = segment.open_write(SegmentComponent::Custom(EXTENSION.to_owned()))?;
    let mut output = BufWriter::with_capacity(1 << 20, file);
    sorted.write_to(&mut output)?;
    let file = output.into_inner().map_err(IntoInnerError::into_error)?;
    file.terminate()?;
    Ok(())
}
