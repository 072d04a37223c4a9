//! What the ids of judgments name in an index, and by which id a hit counts as a document.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::reading::Engine;
use crate::corpus::PassageAddress;
use crate::error::{ErrorKind, Result};
use crate::evaluation::Judgments;
use crate::index::{SpeechAddress, TextColumn};
use crate::search::RankedHit;

/// The documents that hits count as. An id that a speech has names the speech, whatever it looks like; any other may be the
/// address of a paragraph or of a piece.
pub(super) struct Documents<'a> {
    engine: &'a Engine,
    /// The columns of ids, by segment.
    ids: Vec<TextColumn>,
    named: NamedIds,
    unit: Unit,
    /// The paragraph and piece of passages that were looked at.
    places: HashMap<SpeechAddress, (u32, Option<u32>)>,
}

/// The judged ids by what they name in the index.
#[derive(Default)]
struct NamedIds {
    passages: BTreeSet<String>,
    missing: BTreeSet<String>,
}

/// What a hit counts as where its speech and passage were not judged: the smallest unit that judgments name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Speech,
    Paragraph,
    Passage,
}

impl<'a> Documents<'a> {
    /// Looks up what the ids of judgments name.
    ///
    /// # Errors
    /// The index is damaged.
    pub(super) fn new(engine: &'a Engine, judgments: &Judgments) -> Result<Self> {
        let segments = engine.snapshot().segments().iter();
        let ids = segments.map(|segment| TextColumn::open(segment, "id"));
        let mut documents = Self {
            engine,
            ids: ids.collect::<Result<_>>()?,
            named: NamedIds::default(),
            unit: Unit::Speech,
            places: HashMap::new(),
        };
        let judged: BTreeSet<&str> = judgments
            .queries()
            .flat_map(|(_, grades)| grades.keys().map(String::as_str))
            .collect();
        for id in judged {
            documents.look_up(id)?;
        }
        Ok(documents)
    }

    /// The judged ids that nothing in the index has.
    pub(super) fn missing(&self) -> &BTreeSet<String> {
        &self.named.missing
    }

    /// The judged ids that name passages.
    pub(super) fn passages(&self) -> &BTreeSet<String> {
        &self.named.passages
    }

    fn look_up(&mut self, id: &str) -> Result<()> {
        if self.find(id)?.is_some() {
            return Ok(());
        }
        let address = id.parse::<PassageAddress>().ok();
        // `a#p03` would be read as the address of a paragraph, whose name is `a#p3`.
        let address = address.filter(|address| address.to_string() == id);
        let found = match address {
            Some(address) => self.unit_of(&address)?,
            None => None,
        };
        match found {
            Some(unit) => {
                self.unit = self.unit.max(unit);
                self.named.passages.insert(id.to_owned());
            }
            None => {
                self.named.missing.insert(id.to_owned());
            }
        }
        Ok(())
    }

    /// The first passage of the speech with an id.
    fn find(&self, id: &str) -> Result<Option<SpeechAddress>> {
        match self.engine.snapshot().find(id) {
            Ok(address) => Ok(Some(address)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What an address names, where there is such a paragraph or piece.
    fn unit_of(&mut self, address: &PassageAddress) -> Result<Option<Unit>> {
        let Some(start) = self.find(&address.speech)? else {
            return Ok(None);
        };
        let segment = &self.engine.snapshot().segments()[start.segment_ord as usize];
        for doc in segment.block_of(start.doc_id)? {
            let (paragraph, piece) = self.place(SpeechAddress::new(start.segment_ord, doc))?;
            if paragraph == address.paragraph && (address.piece.is_none() || address.piece == piece) {
                let is_piece = address.piece.is_some();
                return Ok(Some(if is_piece { Unit::Passage } else { Unit::Paragraph }));
            }
        }
        Ok(None)
    }

    /// The paragraph and the piece of a passage, remembered.
    fn place(&mut self, address: SpeechAddress) -> Result<(u32, Option<u32>)> {
        if let Some(place) = self.places.get(&address) {
            return Ok(*place);
        }
        let passage = self.engine.snapshot().passage(address)?;
        let place = (passage.paragraph, passage.piece);
        self.places.insert(address, place);
        Ok(place)
    }

    /// The id of the speech of a hit.
    pub(super) fn speech_of(&mut self, hit: &RankedHit) -> Result<String> {
        let number = hit.address.segment_ord as usize;
        let start = self.engine.snapshot().segments()[number].start_of(hit.address.doc_id)?;
        Ok(self.ids[number].value(start)?.unwrap_or_default())
    }

    /// The id of the document that a passage counts as for a query with these judgments: of the ids that name it and were
    /// judged the most specific one, else its name in the unit of the judgments.
    pub(super) fn document_of(&mut self, hit: &RankedHit, grades: Option<&BTreeMap<String, i32>>) -> Result<String> {
        let speech = self.speech_of(hit)?;
        if self.named.passages.is_empty() {
            return Ok(speech);
        }
        let (paragraph, piece) = self.place(hit.address)?;
        let address = PassageAddress {
            speech,
            paragraph,
            piece,
        };
        let passage = address.to_string();
        let whole = PassageAddress { piece: None, ..address };
        let paragraph = whole.to_string();
        let speech = whole.speech;
        let is_judged = |id: &str| grades.is_some_and(|grades| grades.contains_key(id));
        for id in [&passage, &paragraph] {
            if is_judged(id) && self.named.passages.contains(id) {
                return Ok(id.clone());
            }
        }
        Ok(match self.unit {
            _ if is_judged(&speech) => speech,
            Unit::Speech => speech,
            Unit::Paragraph => paragraph,
            Unit::Passage => passage,
        })
    }
}
