//! Queries side by side through time: the figures of each year, quarter or month.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Engine;
use super::counting::named;
use super::question::Circumstances;
use super::tallied::{TalliedGroup, missing_field_warnings};
use crate::error::{Error, ErrorKind, Result};
use crate::search::{Findings, GroupBy, GroupValue, SearchRequest, find};
use crate::tally::{Bin, Counts, Extent, Figures, Measure, Period, VersionCounting};

/// The most bins that a timeline has.
pub(super) const MOST_BINS: usize = 5_000;

/// A question of when.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineRequest {
    /// The queries with what each is called; its text where it has no other name.
    pub queries: Vec<NamedQuery>,
    /// The subcorpus and how strings match; its query is not looked at. See [`SearchRequest::to_count`].
    pub search: SearchRequest,
    /// The length of the bins.
    pub period: Period,
    /// A field by whose values the timeline is divided.
    pub by: Option<GroupBy>,
    /// What rates are per million of; see [`CountRequest::per`](super::CountRequest::per).
    pub per: Option<Measure>,
    /// How versions of one speech are counted.
    pub versions: VersionCounting,
}

/// A query and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedQuery {
    /// What it is called, such as the id of a formulation; absent where it is called as it is written.
    pub name: Option<String>,
    /// The query.
    pub query: String,
}

impl TimelineRequest {
    /// A question about the whole corpus by years.
    pub fn new<Q: Into<String>>(queries: impl IntoIterator<Item = Q>) -> Self {
        let named = |query: Q| NamedQuery {
            name: None,
            query: query.into(),
        };
        Self {
            queries: queries.into_iter().map(named).collect(),
            search: SearchRequest::to_count(""),
            period: Period::Year,
            by: None,
            per: None,
            versions: VersionCounting::default(),
        }
    }
}

/// Queries through time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Timeline {
    /// What else was asked.
    #[serde(flatten)]
    pub circumstances: Circumstances,
    /// The length of the bins.
    pub period: Period,
    /// What rates are per million of.
    pub per: Measure,
    /// The primary subtags of the languages of the text, which rates are of.
    pub languages: Vec<String>,
    /// What the timeline is divided by, as typed; absent where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The bins, from the first that has text to the last, without a gap.
    pub bins: Vec<TimelineBin>,
    /// A series a query, in the order asked; where the timeline is divided, a series a value and query, the values with the most
    /// occurrences of all queries first.
    pub series: Vec<Series>,
    /// What the reader should know; the frame of the answer prints it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// A year, quarter or month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct TimelineBin {
    /// Its name: `2013`, `2013-Q2` or `2013-03`.
    pub bin: String,
    /// The first date in it, as the filter `from` takes it.
    pub from: String,
    /// The last date in it, as the filter `to` takes it.
    pub to: String,
}

/// A query through time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Series {
    /// What the query is called; absent where it is called as it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The query as typed.
    pub query: String,
    /// The query as it was understood.
    pub interpreted: String,
    /// The value that the series is of, by its field; absent where the timeline is not divided, or where the speeches have none.
    #[serde(flatten)]
    pub values: BTreeMap<String, String>,
    /// The figures of all that is let in, dated or not.
    pub total: Figures,
    /// The figures of speeches without a date, or with one too imprecise to tell the bin.
    pub undated: Figures,
    /// The figures of each bin, in the order of the bins; a bin whose `of` has no speech has no text.
    pub points: Vec<Figures>,
}

impl Engine {
    /// Follows queries through time.
    ///
    /// # Errors
    /// A query cannot be read, there is none, or the index is damaged; or there are more than 5,000 bins.
    pub fn timeline(&self, request: &TimelineRequest) -> Result<Timeline> {
        self.check_fields(request.by.as_slice())?;
        let found = self.find_each(request)?;
        let mut by = vec![GroupBy::Period(request.period)];
        by.extend(request.by.clone());
        let tallied = self.tally(
            &request.search,
            &by,
            request.versions,
            &found.iter().collect::<Vec<_>>(),
        )?;
        let bins = bins(&tallied.groups)?;
        let per = tallied.measure(request.per);
        let field = request.by.as_ref().map(GroupBy::name);
        let fields: Vec<String> = field.iter().cloned().collect();
        let mut warnings: Vec<String> = found.iter().flat_map(|findings| findings.warnings.clone()).collect();
        warnings.extend(tallied.mixture_warning(per));
        warnings.extend(missing_field_warnings(request.by.as_slice(), &tallied.groups, 1));
        let mut known = std::collections::HashSet::new();
        warnings.retain(|warning| known.insert(warning.clone()));
        let languages = tallied.known_languages();
        let mut series = Vec::new();
        for (value, groups) in panels(tallied.groups, request.by.is_some()) {
            for (number, (named_query, findings)) in request.queries.iter().zip(&found).enumerate() {
                let sums = Sums::of(&groups, number);
                let figures = |(counts, of): (Counts, Extent)| Figures::new(counts, of, per, findings.has_occurrences);
                series.push(Series {
                    name: named_query.name.clone(),
                    query: named_query.query.clone(),
                    interpreted: findings.interpreted.clone(),
                    values: named(&fields, std::slice::from_ref(&value)),
                    total: figures(sums.total),
                    undated: figures(sums.undated),
                    points: (bins.iter())
                        .map(|bin| figures(sums.by_bin.get(bin).copied().unwrap_or_default()))
                        .collect(),
                });
            }
        }
        Ok(Timeline {
            circumstances: Circumstances::of(&request.search, request.versions),
            period: request.period,
            per,
            languages,
            field,
            bins: bins.into_iter().map(timeline_bin).collect(),
            series,
            warnings,
        })
    }

    fn find_each(&self, request: &TimelineRequest) -> Result<Vec<Findings>> {
        if request.queries.is_empty() {
            return Err(Error::new(ErrorKind::Usage, "there is no query").hint("write one or several queries"));
        }
        let search = |named: &NamedQuery| SearchRequest {
            query: named.query.clone(),
            ..request.search.clone()
        };
        let found = request.queries.iter().map(search);
        found
            .map(|search| find(self.snapshot(), self.names(), &search))
            .collect()
    }
}

/// The bins from the first with text to the last.
fn bins(groups: &[TalliedGroup]) -> Result<Vec<Bin>> {
    let with_text: Vec<Bin> = groups.iter().filter_map(bin_of).collect();
    let (Some(&first), Some(&last)) = (with_text.iter().min(), with_text.iter().max()) else {
        return Ok(Vec::new());
    };
    let bins: Vec<Bin> = std::iter::successors(Some(first), |bin| Some(bin.next()))
        .take_while(|bin| *bin <= last)
        .take(MOST_BINS + 1)
        .collect();
    if bins.len() > MOST_BINS {
        let message = format!(
            "from {} to {} there are more than {MOST_BINS} bins",
            first.name(),
            last.name()
        );
        return Err(Error::new(ErrorKind::Usage, message).hint("take longer periods, or a range with --from and --to"));
    }
    Ok(bins)
}

fn bin_of(group: &TalliedGroup) -> Option<Bin> {
    match group.values.first() {
        Some(Some(GroupValue::Bin(bin))) => Some(*bin),
        _ => None,
    }
}

fn timeline_bin(bin: Bin) -> TimelineBin {
    let (from, to) = bin.range();
    TimelineBin {
        bin: bin.name(),
        from,
        to,
    }
}

/// The groups by the value that the timeline is divided by, the value with the most occurrences first and those without one
/// last; all of them together where it is not divided.
fn panels(groups: Vec<TalliedGroup>, is_divided: bool) -> Vec<(Option<GroupValue>, Vec<TalliedGroup>)> {
    if !is_divided {
        return vec![(None, groups)];
    }
    let mut by_value: BTreeMap<Option<GroupValue>, Vec<TalliedGroup>> = BTreeMap::new();
    for group in groups {
        by_value
            .entry(group.values.get(1).cloned().flatten())
            .or_default()
            .push(group);
    }
    let mut panels: Vec<_> = by_value.into_iter().collect();
    let occurrences = |groups: &[TalliedGroup]| -> u64 {
        let counts = groups.iter().flat_map(|group| &group.counts);
        counts.map(|counts| counts.occurrences.max(counts.passages)).sum()
    };
    panels.sort_by_key(|(value, groups)| (value.is_none(), std::cmp::Reverse(occurrences(groups))));
    panels
}

/// What one query finds in some groups, by bin.
#[derive(Default)]
struct Sums {
    total: (Counts, Extent),
    undated: (Counts, Extent),
    by_bin: BTreeMap<Bin, (Counts, Extent)>,
}

impl Sums {
    fn of(groups: &[TalliedGroup], query: usize) -> Self {
        let mut sums = Self::default();
        for group in groups {
            let bin = match bin_of(group) {
                Some(bin) => sums.by_bin.entry(bin).or_default(),
                None => &mut sums.undated,
            };
            for (counts, of) in [bin, &mut sums.total] {
                *counts += group.counts[query];
                *of += group.of;
            }
        }
        sums
    }
}
