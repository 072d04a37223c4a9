//! A subcorpus, speech by speech, in groups by the values of fields or by periods of the calendar: what counts, extents and
//! first uses are made of.

mod docs;

use rustc_hash::FxHashMap;
use tantivy::DocId;

use docs::Docs;

use super::filters::{SegmentFilter, Verdict};
use super::languages::DocLanguages;
use super::matching::DocCounts;
use super::request::{FilterField, Filters, StageDirections};
use super::values::{Counted, column_of};
use crate::corpus::Field;
use crate::error::{Error, Result};
use crate::index::{SegmentView, Snapshot, SpeechAddress, TextColumn, damaged};
use crate::names::Names;
use crate::stop::Stop;
use crate::tally::{Bin, Extent, Period};
use crate::text::Date;

/// What a subcorpus is divided by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The values of a field.
    Field(FilterField),
    /// Years, quarters or months.
    Period(Period),
}

impl GroupBy {
    /// Its name as typed.
    pub fn name(&self) -> String {
        match self {
            Self::Field(field) => field.path(),
            Self::Period(period) => Period::NAMES[*period as usize].0.to_owned(),
        }
    }
}

impl std::str::FromStr for GroupBy {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name.parse::<Period>() {
            Ok(period) => Ok(Self::Period(period)),
            Err(_) => name.parse().map(Self::Field),
        }
    }
}

/// The value by which something belongs to a group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupValue {
    /// A value of a field; of the forms of a name the one that most speeches have.
    Text(String),
    /// A period.
    Bin(Bin),
}

impl GroupValue {
    /// As printed.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Bin(bin) => bin.name(),
        }
    }
}

/// The part of a speech that belongs to the same groups: all of it, or the turns of one speaker.
pub struct SpeechPart<'a> {
    /// The speech.
    pub speech: SpeechAddress,
    /// Its date, where it is known.
    pub date: Option<Date>,
    /// The primary subtag of its language, empty where it is not known.
    pub language: &'a str,
    /// Whether it is the whole of what is let in of the speech.
    pub is_whole: bool,
    /// The groups, by their numbers; more than one where a field has several values, none where the turns, which follow, belong to
    /// different ones.
    pub groups: &'a [usize],
    /// How much of the subcorpus it is: one speech.
    pub extent: Extent,
    /// For each of the findings, its passages that match, ascending, each with its occurrences.
    pub hits: Vec<DocCounts>,
}

/// A subcorpus to go through.
pub struct Subcorpus<'a> {
    /// The commit.
    pub snapshot: &'a Snapshot,
    /// Which forms are one name.
    pub names: &'a Names,
    /// What is let in, the forms of names joined.
    pub filters: &'a Filters,
    /// What it is divided by.
    pub by: &'a [GroupBy],
    /// Whether a speech is counted; of versions of one, one may be.
    pub is_counted: &'a dyn Fn(SpeechAddress) -> bool,
    /// Whether stage directions are a part of its extent.
    pub stage_directions: StageDirections,
    /// When the work is given up.
    pub stop: &'a Stop,
}

impl Subcorpus<'_> {
    /// Goes through the speeches in the order of the index and tells the visitor each part of each, and the whole of each with no
    /// group where it has several parts; `findings` stand by segment. Returns the values of the groups by their numbers.
    ///
    /// # Errors
    /// The index is damaged, the work is given up, or the visitor fails.
    pub fn visit(
        &self,
        findings: &[&[DocCounts]],
        visitor: &mut dyn FnMut(SpeechPart<'_>) -> Result<()>,
    ) -> Result<Vec<Vec<Option<GroupValue>>>> {
        let mut groups = Groups::new(self.by, self.names);
        for (ordinal, segment) in self.snapshot.segments().iter().enumerate() {
            self.stop.check()?;
            let mut walk = SegmentWalk::open(self, segment)?;
            let languages = DocLanguages::open(segment)?;
            for (number, &start) in segment.starts()?.iter().enumerate() {
                let address = SpeechAddress::new(ordinal as u32, start);
                if segment.reader().is_deleted(start) || !(self.is_counted)(address) {
                    continue;
                }
                let passages = segment.passages_of(start)?;
                let matter = match self.stage_directions {
                    StageDirections::Included => passages.end..segment.block_of(start)?.end,
                    StageDirections::Excluded => passages.end..passages.end,
                };
                let language = languages.tag(languages.of(start)?);
                for part in walk.parts(number, (passages, matter), &mut groups)? {
                    let hits = findings.iter().map(|of| part.hits(&of[ordinal])).collect();
                    visitor(SpeechPart {
                        speech: address,
                        date: part.date,
                        language,
                        is_whole: part.is_whole,
                        groups: &part.groups,
                        extent: part.extent,
                        hits,
                    })?;
                }
            }
        }
        Ok(groups.finish())
    }
}

/// The columns of a segment, while its speeches are gone through.
struct SegmentWalk<'a> {
    filter: Option<SegmentFilter<'a>>,
    characters: Vec<u64>,
    words: Vec<u64>,
    dates: TextColumn,
    /// For each field that is divided by its values; none for periods.
    values: Vec<Option<TextColumn>>,
    turns: Option<TextColumn>,
}

/// The passages of a speech that belong to the same groups.
struct Part {
    docs: Docs,
    /// The matter beside them in which hits count; it has no extent.
    matter: Vec<DocId>,
    date: Option<Date>,
    is_whole: bool,
    groups: Vec<usize>,
    extent: Extent,
}

impl Part {
    /// Of the passages of a segment that match those in this part, and the matter beside them.
    fn hits(&self, of_segment: &DocCounts) -> DocCounts {
        let mut hits = self.docs.hits(of_segment);
        let in_matter = |doc: &DocId| of_segment.binary_search_by_key(doc, |(doc, _)| *doc).ok();
        hits.extend(self.matter.iter().filter_map(in_matter).map(|found| of_segment[found]));
        hits
    }
}

impl<'a> SegmentWalk<'a> {
    fn open(subcorpus: &Subcorpus<'_>, segment: &'a SegmentView) -> Result<Self> {
        let read = |name: &str| -> Result<Vec<u64>> {
            let column = segment.reader().fast_fields().u64(name).map_err(damaged)?;
            let mut values = vec![0; segment.reader().max_doc() as usize];
            column.values.get_range(0, &mut values);
            Ok(values)
        };
        let with_notes = |said: &str, noted: &str| -> Result<Vec<u64>> {
            let mut sizes = read(said)?;
            if subcorpus.stage_directions == StageDirections::Included {
                let notes = segment
                    .reader()
                    .fast_fields()
                    .column_opt::<u64>(noted)
                    .map_err(damaged)?;
                for (doc, size) in (0..).zip(&mut sizes) {
                    *size += notes.as_ref().and_then(|notes| notes.first(doc)).unwrap_or(0);
                }
            }
            Ok(sizes)
        };
        let text = |name: &str| -> Result<TextColumn> {
            let mut column = TextColumn::open(segment, name)?;
            column.read_all()?;
            Ok(column)
        };
        let by_speaker = subcorpus
            .by
            .contains(&GroupBy::Field(FilterField::Known(Field::Speaker)));
        let values = subcorpus.by.iter().map(|by| match by {
            GroupBy::Field(field) => text(&column_of(field)).map(Some),
            GroupBy::Period(_) => Ok(None),
        });
        Ok(Self {
            filter: SegmentFilter::judge(subcorpus.filters, segment, subcorpus.snapshot.fields())?,
            characters: with_notes("characters", "noted_characters")?,
            words: with_notes("words", "noted_words")?,
            dates: text("printed.date")?,
            values: values.collect::<Result<_>>()?,
            turns: by_speaker.then(|| text("turn")).transpose()?,
        })
    }

    /// The parts of a speech that the filters let in: the whole with its groups, or without any where the turns in it, which
    /// then follow, belong to different ones.
    fn parts(
        &mut self,
        number: usize,
        (block, matter): (std::ops::Range<DocId>, std::ops::Range<DocId>),
        groups: &mut Groups<'_>,
    ) -> Result<Vec<Part>> {
        let is_in = |filter: &SegmentFilter<'_>, doc| filter.verdict_in(number, doc) == Verdict::In;
        let docs = match &self.filter {
            None => Docs::Range(block.clone()),
            Some(filter) => Docs::List(block.clone().filter(|doc| is_in(filter, *doc)).collect()),
        };
        if matches!(&docs, Docs::List(docs) if docs.is_empty()) {
            return Ok(Vec::new());
        }
        let date = self.dates.value(block.start)?.and_then(|date| date.parse().ok());
        let matter: Vec<DocId> = match &self.filter {
            None => matter.collect(),
            Some(filter) => matter.filter(|doc| is_in(filter, *doc)).collect(),
        };
        let mut speakers = self.speakers(&docs)?;
        if speakers.is_empty() && (self.turns.is_none() || matter.is_empty()) {
            let keys = self.keys(block.start, date, None, groups)?;
            let groups = groups.of(keys);
            let part = self.part(docs, date, groups);
            return Ok(vec![Part { matter, ..part }]);
        }
        // Matter is nobody's words, so it counts for the whole and for no speaker.
        if speakers.is_empty() {
            speakers.push((None, docs.list()));
        }
        let mut parts = Vec::new();
        for (speaker, docs) in speakers {
            let keys = self.keys(block.start, date, speaker.as_deref(), groups)?;
            let groups = groups.of(keys);
            parts.push(Part {
                is_whole: false,
                ..self.part(Docs::List(docs), date, groups)
            });
        }
        let whole = self.part(docs, date, Vec::new());
        parts.insert(0, Part { matter, ..whole });
        Ok(parts)
    }

    fn part(&self, docs: Docs, date: Option<Date>, groups: Vec<usize>) -> Part {
        let size = |doc: DocId| (self.characters[doc as usize], self.words[doc as usize]);
        let mut extent = Extent {
            speeches: 1,
            ..Extent::default()
        };
        let mut add = |doc| {
            let (characters, words) = size(doc);
            extent.passages += 1;
            extent.characters += characters;
            extent.words += words;
        };
        match &docs {
            Docs::Range(range) => range.clone().for_each(&mut add),
            Docs::List(docs) => docs.iter().copied().for_each(&mut add),
        }
        Part {
            docs,
            matter: Vec::new(),
            date,
            is_whole: true,
            groups,
            extent,
        }
    }

    /// The passages by their own speakers, `None` those of the speaker of the speech; nothing where no passage has its own.
    fn speakers(&mut self, docs: &Docs) -> Result<Vec<(Option<String>, Vec<DocId>)>> {
        let Some(turns) = &mut self.turns else {
            return Ok(Vec::new());
        };
        let all = docs.list();
        if turns.value_count() == 0 || all.iter().all(|doc| turns.ordinals(*doc).next().is_none()) {
            return Ok(Vec::new());
        }
        let mut speakers: Vec<(Option<String>, Vec<DocId>)> = Vec::new();
        for doc in all {
            let speaker = turns.value(doc)?;
            match speakers.iter_mut().find(|(known, _)| *known == speaker) {
                Some((_, docs)) => docs.push(doc),
                None => speakers.push((speaker, vec![doc])),
            }
        }
        Ok(speakers)
    }

    /// For each thing that is divided by, the values of a speech; `None` where it has none.
    fn keys(
        &mut self,
        start: DocId,
        date: Option<Date>,
        speaker: Option<&str>,
        groups: &mut Groups<'_>,
    ) -> Result<Vec<Vec<Option<u32>>>> {
        let mut keys = Vec::with_capacity(self.values.len());
        for (place, column) in self.values.iter_mut().enumerate() {
            let texts = match (&groups.by[place], column, speaker) {
                (GroupBy::Field(FilterField::Known(Field::Speaker)), _, Some(speaker)) => vec![speaker.to_owned()],
                (GroupBy::Field(_), Some(column), _) => {
                    let ordinals: Vec<u64> = column.ordinals(start).collect();
                    ordinals
                        .into_iter()
                        .map(|ordinal| column.text(ordinal))
                        .collect::<Result<_>>()?
                }
                (GroupBy::Period(period), ..) => {
                    let bin = date.and_then(|date| period.bin_of(date));
                    keys.push(vec![bin.map(|bin| groups.number_of_bin(place, bin))]);
                    continue;
                }
                _ => Vec::new(),
            };
            let mut numbers: Vec<Option<u32>> = (texts.iter())
                .map(|text| Some(groups.number_of_text(place, text)))
                .collect();
            numbers.sort_unstable();
            numbers.dedup();
            keys.push(match numbers.is_empty() {
                true => vec![None],
                false => numbers,
            });
        }
        Ok(keys)
    }
}

/// The groups met so far, each by a number.
struct Groups<'a> {
    by: &'a [GroupBy],
    names: &'a Names,
    numbers: FxHashMap<Vec<Option<u32>>, usize>,
    keys: Vec<Vec<Option<u32>>>,
    /// For each thing that is divided by, its values.
    values: Vec<Values>,
}

/// The values met so far of one thing that is divided by, each by a number.
#[derive(Default)]
struct Values {
    printed: FxHashMap<String, u32>,
    counted: FxHashMap<Counted, u32>,
    bins: FxHashMap<Bin, u32>,
    /// The forms of each value with the number of speeches that have them, or the bin.
    forms: Vec<Forms>,
}

enum Forms {
    Printed(Vec<(String, u64)>),
    Bin(Bin),
}

impl<'a> Groups<'a> {
    fn new(by: &'a [GroupBy], names: &'a Names) -> Self {
        Self {
            by,
            names,
            numbers: FxHashMap::default(),
            keys: Vec::new(),
            values: by.iter().map(|_| Values::default()).collect(),
        }
    }

    fn number_of_text(&mut self, place: usize, text: &str) -> u32 {
        let values = &mut self.values[place];
        let number = match values.printed.get(text) {
            Some(number) => *number,
            None => {
                let counted = match &self.by[place] {
                    GroupBy::Field(field) => Counted::of(text, field, self.names),
                    GroupBy::Period(_) => Counted::Value(text.to_owned()),
                };
                let next = values.forms.len() as u32;
                let number = *values.counted.entry(counted).or_insert(next);
                if number == next {
                    values.forms.push(Forms::Printed(Vec::new()));
                }
                values.printed.insert(text.to_owned(), number);
                number
            }
        };
        if let Forms::Printed(forms) = &mut values.forms[number as usize] {
            match forms.iter_mut().find(|(form, _)| form == text) {
                Some((_, speeches)) => *speeches += 1,
                None => forms.push((text.to_owned(), 1)),
            }
        }
        number
    }

    fn number_of_bin(&mut self, place: usize, bin: Bin) -> u32 {
        let values = &mut self.values[place];
        let next = values.forms.len() as u32;
        let number = *values.bins.entry(bin).or_insert(next);
        if number == next {
            values.forms.push(Forms::Bin(bin));
        }
        number
    }

    /// The numbers of the groups of every choice of one value each.
    fn of(&mut self, keys: Vec<Vec<Option<u32>>>) -> Vec<usize> {
        let mut choices: Vec<Vec<Option<u32>>> = vec![Vec::new()];
        for values in keys {
            let with_each = |choice: Vec<Option<u32>>| {
                let extended = values.iter().map(move |value| {
                    let mut choice = choice.clone();
                    choice.push(*value);
                    choice
                });
                extended.collect::<Vec<_>>()
            };
            choices = choices.into_iter().flat_map(with_each).collect();
        }
        choices.into_iter().map(|choice| self.number_of(choice)).collect()
    }

    fn number_of(&mut self, choice: Vec<Option<u32>>) -> usize {
        let next = self.keys.len();
        let number = *self.numbers.entry(choice.clone()).or_insert(next);
        if number == next {
            self.keys.push(choice);
        }
        number
    }

    fn finish(self) -> Vec<Vec<Option<GroupValue>>> {
        let value = |place: usize, number: u32| match &self.values[place].forms[number as usize] {
            Forms::Bin(bin) => Some(GroupValue::Bin(*bin)),
            Forms::Printed(forms) => {
                let most = forms
                    .iter()
                    .max_by(|(left, few), (right, many)| few.cmp(many).then_with(|| right.cmp(left)));
                most.map(|(form, _)| GroupValue::Text(form.clone()))
            }
        };
        let values = |key: &Vec<Option<u32>>| {
            let numbers = key.iter().enumerate();
            numbers
                .map(|(place, number)| number.and_then(|number| value(place, number)))
                .collect()
        };
        self.keys.iter().map(values).collect()
    }
}
