//! How often a query occurs in a subcorpus, as a whole and by the values of fields.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;

use super::Engine;
use super::question::Circumstances;
use super::tallied::{Tallied, TalliedGroup, add_periods_without_text, missing_field_warnings};
use crate::corpus::Field;
use crate::error::{Error, ErrorKind, Result};
use crate::index::SpeechAddress;
use crate::search::{
    FilterField, Filters, Findings, GroupBy, GroupValue, SearchRequest, Sort, SpeakerReading, SpeechPart, Subcorpus,
    find, has_field, select_speeches,
};
use crate::tally::{Counts, Extent, Figures, Measure, VersionCounting};

/// The most fields that are counted by at once.
const MOST_FIELDS: usize = 2;

/// A question of how often.
#[derive(Clone, Debug, PartialEq)]
pub struct CountRequest {
    /// The query, the subcorpus and how strings match; see [`SearchRequest::to_count`].
    pub search: SearchRequest,
    /// What is counted by; at most two.
    pub by: Vec<GroupBy>,
    /// What rates are per million of; where it is not said, characters if any text that is let in is in a language written
    /// without spaces, else words.
    pub per: Option<Measure>,
    /// How versions of one speech are counted.
    pub versions: VersionCounting,
}

impl CountRequest {
    /// A question about the whole corpus.
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            search: SearchRequest::to_count(query),
            by: Vec::new(),
            per: None,
            versions: VersionCounting::default(),
        }
    }
}

/// How often a query occurs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Count {
    /// The query as typed.
    pub query: String,
    /// The query as it was understood.
    pub interpreted: String,
    /// What else was asked.
    #[serde(flatten)]
    pub circumstances: Circumstances,
    /// What rates are per million of.
    pub per: Measure,
    /// The primary subtags of the languages of the text, which rates are of.
    pub languages: Vec<String>,
    /// The figures of all that is let in.
    pub total: Figures,
    /// Speeches that match but whose date is absent or too imprecise for the range asked for; absent without a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<u64>,
    /// What was counted by, as typed.
    pub fields: Vec<String>,
    /// The figures by value, the most occurrences first, or by periods in their order; every value that the subcorpus has is
    /// there, also where it has no hit, and where a period alone is counted by, the bins in between without text.
    pub by: Vec<GroupFigures>,
    /// What the reader should know; the frame of the answer prints it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// The figures of one value, or of one combination of values.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct GroupFigures {
    /// The values by field; a field that the speeches of the group lack is absent.
    #[serde(flatten)]
    pub values: BTreeMap<String, String>,
    /// Their figures.
    #[serde(flatten)]
    pub figures: Figures,
}

impl Engine {
    /// Counts what a query finds.
    ///
    /// # Errors
    /// The query cannot be read, there are more than two fields, or the index is damaged.
    pub fn count(&self, request: &CountRequest) -> Result<Count> {
        self.check_fields(&request.by)?;
        let findings = find(self.snapshot(), self.names(), &request.search)?;
        let tallied = self.tally(&request.search, &request.by, request.versions, &[&findings])?;
        let per = tallied.measure(request.per);
        let figures = |counts: Counts, of| Figures::new(counts, of, per, findings.has_occurrences);
        let fields: Vec<String> = request.by.iter().map(GroupBy::name).collect();
        let languages = tallied.known_languages();
        let mixture_warning = tallied.mixture_warning(per);
        let mut groups = tallied.groups;
        if request.by.is_empty() {
            groups.clear();
        }
        add_periods_without_text(&mut groups, &request.by);
        let is_by_date =
            |by: &GroupBy| matches!(by, GroupBy::Field(FilterField::Known(Field::Date | Field::Published)));
        match request.by.first().is_some_and(is_by_date) {
            true => groups.sort_by_cached_key(|group| (group.values[0].is_none(), group.values.clone())),
            false => groups.sort_by_cached_key(|group| order(group, 0)),
        }
        let missing_warnings = missing_field_warnings(&request.by, &groups, 0);
        let by = groups.into_iter().map(|group| GroupFigures {
            values: named(&fields, &group.values),
            figures: figures(group.counts[0], group.of),
        });
        let mut warnings = findings.warnings;
        warnings.extend(mixture_warning);
        warnings.extend(missing_warnings);
        Ok(Count {
            query: request.search.query.clone(),
            interpreted: findings.interpreted,
            circumstances: Circumstances::of(&request.search, request.versions),
            per,
            languages,
            total: figures(tallied.counts[0], tallied.of),
            undetermined: findings.undetermined,
            by: by.collect(),
            fields,
            warnings,
        })
    }

    /// Refuses more fields than a table can cross, and fields that no speech has.
    pub(super) fn check_fields(&self, by: &[GroupBy]) -> Result<()> {
        if by.len() > MOST_FIELDS {
            let message = format!("{} fields were asked for; {MOST_FIELDS} are the most", by.len());
            return Err(Error::new(ErrorKind::Usage, message).hint("count by two of them, and filter by the third"));
        }
        for by in by {
            let GroupBy::Field(field @ FilterField::Further(_)) = by else {
                continue;
            };
            if self.snapshot().passage_count()? > 0 && !has_field(field, self.snapshot())? {
                let message = format!("no speech has a field `{}`", field.path());
                let known = "speaker, country, organization, event, genre, place, language, year, quarter, month";
                return Err(Error::new(ErrorKind::Usage, message)
                    .hint(format!("count by {known} or another field that the speeches have")));
            }
        }
        Ok(())
    }

    /// Counts what several queries find in one subcorpus, as a whole and by groups.
    pub(super) fn tally(
        &self,
        search: &SearchRequest,
        by: &[GroupBy],
        versions: VersionCounting,
        findings: &[&Findings],
    ) -> Result<Tallied> {
        let mut tallied = Tallied {
            of: Extent::default(),
            languages: BTreeSet::new(),
            counts: vec![Counts::default(); findings.len()],
            groups: Vec::new(),
        };
        let mut sums: Vec<(Extent, Vec<Counts>)> = Vec::new();
        let groups = self.visit(search, by, versions, findings, &mut |part| {
            let counts: Vec<Counts> = part.hits.iter().map(|hits| counts_of(hits)).collect();
            if part.is_whole {
                tallied.of += part.extent;
                if !tallied.languages.contains(part.language) {
                    tallied.languages.insert(part.language.to_owned());
                }
                add(&mut tallied.counts, &counts);
            }
            for &group in part.groups {
                if sums.len() <= group {
                    sums.resize_with(group + 1, || {
                        (Extent::default(), vec![Counts::default(); findings.len()])
                    });
                }
                sums[group].0 += part.extent;
                add(&mut sums[group].1, &counts);
            }
            Ok(())
        })?;
        let sums = groups.into_iter().zip(sums);
        tallied.groups = sums
            .map(|(values, (of, counts))| TalliedGroup { values, of, counts })
            .collect();
        Ok(tallied)
    }

    /// Goes through a subcorpus with what was found in it; returns the values of the groups by their numbers.
    pub(super) fn visit(
        &self,
        search: &SearchRequest,
        by: &[GroupBy],
        versions: VersionCounting,
        findings: &[&Findings],
        visitor: &mut dyn FnMut(SpeechPart<'_>) -> Result<()>,
    ) -> Result<Vec<Vec<Option<GroupValue>>>> {
        let filters = search.filters.joined(self.names());
        let found: Vec<_> = findings.iter().map(|findings| findings.segments.as_slice()).collect();
        let is_counted = self.counted_speeches(versions, &filters)?;
        let subcorpus = Subcorpus {
            snapshot: self.snapshot(),
            names: self.names(),
            filters: &filters,
            by,
            is_counted: &*is_counted,
            stage_directions: search.stage_directions,
            stop: &search.stop,
        };
        subcorpus.visit(&found, visitor)
    }

    /// Which speeches are counted: all, or of the versions of one speech that are let in one.
    pub(super) fn counted_speeches(
        &self,
        versions: VersionCounting,
        filters: &Filters,
    ) -> Result<Box<dyn Fn(SpeechAddress) -> bool + '_>> {
        if versions == VersionCounting::Every {
            return Ok(Box::new(|_| true));
        }
        let selection = select_speeches(self.snapshot(), filters, Sort::Relevance, SpeakerReading::OwnOrTurn)?;
        let let_in: HashSet<SpeechAddress> = selection.speeches.into_iter().collect();
        let versions = self.versions()?;
        Ok(Box::new(move |speech| {
            versions.stands_for_its_group(speech, |other| let_in.contains(&other))
        }))
    }
}

fn counts_of(hits: &[(u32, u32)]) -> Counts {
    Counts {
        occurrences: hits.iter().map(|(_, count)| u64::from(*count)).sum(),
        passages: hits.len() as u64,
        speeches: u64::from(!hits.is_empty()),
    }
}

fn add(sums: &mut [Counts], counts: &[Counts]) {
    for (sum, count) in sums.iter_mut().zip(counts) {
        *sum += *count;
    }
}

/// The values that a group has, by field.
pub(super) fn named(fields: &[String], values: &[Option<GroupValue>]) -> BTreeMap<String, String> {
    let pairs = fields.iter().zip(values);
    pairs
        .filter_map(|(field, value)| Some((field.clone(), value.as_ref()?.text())))
        .collect()
}

/// Periods first in their order, then what occurs most, what is in the most passages, what comes first by its values; a group
/// without a value stands behind those that have one.
pub(super) fn order(group: &TalliedGroup, query: usize) -> impl Ord + use<> {
    let bins: Vec<_> = (group.values.iter())
        .map(|value| match value {
            Some(GroupValue::Bin(bin)) => (false, Some(*bin)),
            Some(GroupValue::Text(_)) => (false, None),
            None => (true, None),
        })
        .collect();
    let counts = group.counts[query];
    (
        bins,
        Reverse(counts.occurrences),
        Reverse(counts.passages),
        Reverse(group.of.speeches),
        group.values.clone(),
    )
}
