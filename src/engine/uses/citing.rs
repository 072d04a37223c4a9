//! A use as it is shown: the passage, the sentence, where it was said and the reference to it.

use super::finding::{DatedSpeech, SpeechIds, Standing};
use super::{DatePrecision, End, FoundUse, Use};
use crate::citation::{CitationStyle, Cited, citation};
use crate::corpus::sentence::sentence_around;
use crate::corpus::{Field, Metadata, PassageAddress};
use crate::engine::Engine;
use crate::error::Result;
use crate::index::StoredPassage;
use crate::search::{OccurrenceReader, PassageOccurrences, SearchRequest};
use crate::tally::HasOccurrences;
use crate::text::{ByteSpan, Date, char_spans};

/// Reads the uses of one query.
pub(in crate::engine) struct UseReading<'a> {
    engine: &'a Engine,
    end: End,
    has_occurrences: HasOccurrences,
    reader: OccurrenceReader<'a>,
    ids: &'a SpeechIds,
}

impl<'a> UseReading<'a> {
    pub(in crate::engine) fn new(
        engine: &'a Engine,
        search: &'a SearchRequest,
        (end, has_occurrences): (End, HasOccurrences),
        ids: &'a SpeechIds,
    ) -> Result<Self> {
        Ok(Self {
            engine,
            end,
            has_occurrences,
            reader: OccurrenceReader::new(engine.snapshot(), engine.names(), search)?,
            ids,
        })
    }

    /// The first or last of the speeches that have it, read, with what could change the answer.
    pub(in crate::engine) fn found(&self, standing: &Standing) -> Result<FoundUse> {
        let undated = self.ids.named(&standing.undated);
        let mut found = FoundUse {
            occurrences: (self.has_occurrences == HasOccurrences::Yes).then_some(standing.counts.occurrences),
            speeches: standing.counts.speeches,
            undated_speeches: undated.total,
            undated: undated.speeches,
            ..FoundUse::default()
        };
        let Some(extreme) = standing.extreme(self.end, self.ids) else {
            return Ok(found);
        };
        let shown = Some(self.shown(&extreme.winner)?);
        match self.end {
            End::First => found.first = shown,
            End::Last => found.last = shown,
        }
        found.same_day = extreme.same_day;
        found.could_change = extreme.could_change;
        Ok(found)
    }

    fn shown(&self, winner: &DatedSpeech) -> Result<Use> {
        let record = self.engine.snapshot().remembered_record(winner.speech)?;
        let PassageOccurrences { passage, ranges } = self.reader.read(winner.passage)?;
        let range = match self.end {
            End::First => ranges.first(),
            End::Last => ranges.last(),
        };
        let sentence = match range {
            Some(range) => sentence_around(&passage.text, *range),
            None => ByteSpan::new(0, passage.text.len()),
        };
        let spans = char_spans(&passage.text, &[sentence, range.copied().unwrap_or(sentence)]);
        let mut metadata = record.metadata.clone();
        if let Some(speaker) = &passage.turn {
            metadata.remove(Field::Role);
            metadata.set(Field::Speaker, speaker).expect("only dates are refused");
        }
        if passage.is_matter() {
            metadata.remove(Field::Role);
            metadata.remove(Field::Speaker);
        }
        let field = |field| metadata.value(field).map(str::to_owned);
        Ok(Use {
            date: winner.date.to_string(),
            date_precision: precision(winner.date),
            date_source: field(Field::DateSource),
            passage: address(&record.id, &passage),
            paragraph: passage.paragraph,
            title: field(Field::Title),
            speaker: field(Field::Speaker),
            role: field(Field::Role),
            country: field(Field::Country),
            place: field(Field::Place),
            event: field(Field::Event),
            language: field(Field::Language),
            start: range.map(|_| spans[1].start),
            end: range.map(|_| spans[1].end),
            sentence: spans[0],
            citation: reference(&record.id, &metadata, &passage),
            speech: record.id.clone(),
            text: passage.text,
        })
    }
}

fn address(speech: &str, passage: &StoredPassage) -> String {
    let address = PassageAddress {
        speech: speech.to_owned(),
        paragraph: passage.paragraph,
        piece: passage.piece,
    };
    address.to_string()
}

fn reference(speech: &str, metadata: &Metadata, passage: &StoredPassage) -> String {
    let number = match passage.piece {
        Some(piece) => format!("{}.{piece}", passage.paragraph),
        None => passage.paragraph.to_string(),
    };
    let cited = Cited {
        id: speech,
        metadata,
        passage: (!passage.is_matter()).then_some(number.as_str()),
        accessed: None,
    };
    citation(&cited, CitationStyle::GbT7714)
}

fn precision(date: Date) -> DatePrecision {
    match (date.calendar_month(), date.calendar_day()) {
        (None, _) => DatePrecision::Year,
        (Some(_), None) => DatePrecision::Month,
        (Some(_), Some(_)) => DatePrecision::Day,
    }
}
