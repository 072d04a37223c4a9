//! Which stored speeches are versions of one another: a wire copy, a paper's abridged text, a corrected release.
//!
//! Links are worked out from what stands in an index at the moment of reading, so that none outlives a speech that was
//! removed or changed, and the order of ingest does not matter.
//!
//! Likeness is not transitive: two excerpts of one speech are like it and not like each other, and of three revisions the
//! first and the last may have little in common. So a group has a center, its fullest text, and everything in it is linked
//! to that center directly; nothing is in a group by a chain of others.

mod candidates;

use rustc_hash::FxHashMap;

use crate::corpus::fingerprint::{Fingerprint, Likeness};
pub use candidates::{MOST_WITH_ONE_HASH, finding_hashes};
use candidates::{Neighbor, neighbors};

/// The least similarity of two versions of one text. Releases of one speech have 0.9 and more in common, speeches and
/// resolutions that are made by one pattern up to 0.45, statutes made by one pattern up to 0.67.
pub const LEAST_SIMILARITY: f64 = 0.75;

/// The least share of a shorter text that stands in the longer one of which it is an excerpt.
pub const LEAST_CONTAINMENT: f64 = 0.9;

/// The fewest shingles of a text that is linked by its fingerprint. Shorter ones are formulas as often as speeches.
pub const LEAST_SHINGLES: u32 = 60;

/// How many days a text may be released after the speech was given: what a date that is told from a file name or a dateline
/// may be off by.
pub const LONGEST_RELEASE_DELAY_DAYS: i64 = 31;

/// How full the text of a leader is, at least, in comparison with the fullest of its group.
const LEADER_FULLNESS: f64 = 0.8;

/// A stored speech, as far as links between versions depend on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Release {
    /// The id.
    pub id: String,
    /// The sample of its text.
    pub fingerprint: Fingerprint,
    /// The primary subtag of its language, where known.
    pub language: Option<String>,
    /// The first and the last day that its date can mean, in days since 1970, where it has one.
    pub days: Option<(i64, i64)>,
    /// Whether the date is stated as the day of delivery, not told from a file name or a dateline.
    pub is_date_stated: bool,
    /// The day of publication as printed, where known.
    pub published: Option<String>,
    /// The speaker, where known, in a form that is the same for all forms of one name.
    pub speaker: Option<String>,
    /// The id of the speech of which it is stated to be a version.
    pub version_of: Option<String>,
    /// The id of the speech of which it is stated to be a translation.
    pub translation_of: Option<String>,
}

/// What a link between versions stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum LinkedBy {
    /// The metadata say so.
    Stated,
    /// The texts are nearly the same, or one is an excerpt of the other.
    Fingerprint,
}

/// Releases of one speech, by their place in the list that was linked.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionGroup {
    /// Among the fullest texts the one with the earliest date, else published first, else the longest, else with the first id.
    pub leader: usize,
    /// The others, the most similar first.
    pub versions: Vec<Version>,
}

/// A release beside the leader of its group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Version {
    /// Its place in the list that was linked.
    pub release: usize,
    /// What it has in common with the leader.
    pub likeness: Likeness,
    /// Why it is in the group.
    pub by: LinkedBy,
}

/// The groups of releases that are versions of one speech, in the order of the leaders' ids. A release is in at most one.
///
/// A stated version is in the group of the speech that it names. Any other two releases may be linked only if their
/// languages, speakers and days, as far as known, can be the same, and neither is a translation of the other: a speech that is
/// given again on another day is another speech.
pub fn version_groups(releases: &[Release]) -> Vec<VersionGroup> {
    let by_id: FxHashMap<&str, usize> = releases
        .iter()
        .enumerate()
        .map(|(place, release)| (release.id.as_str(), place))
        .collect();
    let origins: Vec<Option<usize>> = (0..releases.len())
        .map(|place| stated_origin(place, releases, &by_id))
        .collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); releases.len()];
    let mut centers: Vec<usize> = (0..releases.len()).collect();
    gather_by_fingerprint(releases, &origins, &mut members, &mut centers);
    for (place, origin) in origins.iter().enumerate() {
        if let Some(origin) = origin {
            members[centers[*origin]].push(place);
        }
    }
    let mut groups: Vec<VersionGroup> = members
        .iter()
        .enumerate()
        .filter(|(_, others)| !others.is_empty())
        .map(|(center, others)| group(center, others, releases, &origins))
        .collect();
    groups.sort_by(|left, right| releases[left.leader].id.cmp(&releases[right.leader].id));
    groups
}

/// The speech at the end of the chain of `version_of` that begins at a release; of a circle the one with the first id. `None`
/// where the release is that speech itself, or names one that is not there.
fn stated_origin(place: usize, releases: &[Release], by_id: &FxHashMap<&str, usize>) -> Option<usize> {
    let mut path = vec![place];
    let mut current = place;
    while let Some(next) = releases[current]
        .version_of
        .as_ref()
        .and_then(|id| by_id.get(id.as_str()))
    {
        if let Some(start) = path.iter().position(|seen| seen == next) {
            current = path[start..].iter().copied().min_by_key(|place| &releases[*place].id)?;
            break;
        }
        path.push(*next);
        current = *next;
    }
    (current != place).then_some(current)
}

/// Lets every release, the fullest first, gather those that are linked to it and are in no group yet, the most like it
/// first; whoever contradicts one who is there already is left for another group.
fn gather_by_fingerprint(
    releases: &[Release],
    origins: &[Option<usize>],
    members: &mut [Vec<usize>],
    centers: &mut [usize],
) {
    let mut neighbors = neighbors(releases, |place| origins[place].is_none());
    let mut order: Vec<usize> = (0..releases.len())
        .filter(|place| !neighbors[*place].is_empty())
        .collect();
    order.sort_by(|left, right| fullest_first(&releases[*left], &releases[*right]));
    let mut is_taken = vec![false; releases.len()];
    for center in order {
        if is_taken[center] {
            continue;
        }
        is_taken[center] = true;
        let mut near: Vec<Neighbor> = std::mem::take(&mut neighbors[center]);
        near.sort_by(|left, right| {
            let by_likeness = right.likeness.closeness().total_cmp(&left.likeness.closeness());
            by_likeness.then_with(|| releases[left.place].id.cmp(&releases[right.place].id))
        });
        for Neighbor { place, .. } in near {
            let contradicts = |other: &usize| !may_be_versions(&releases[*other], &releases[place]);
            if !is_taken[place] && !members[center].iter().any(contradicts) {
                is_taken[place] = true;
                members[center].push(place);
                centers[place] = center;
            }
        }
    }
}

fn fullest_first(left: &Release, right: &Release) -> std::cmp::Ordering {
    let fullness = |release: &Release| release.fingerprint.shingle_count();
    fullness(right)
        .cmp(&fullness(left))
        .then_with(|| left.id.cmp(&right.id))
}

fn group(center: usize, others: &[usize], releases: &[Release], origins: &[Option<usize>]) -> VersionGroup {
    let mut all = vec![center];
    all.extend(others);
    let shingle_count = |place: usize| releases[place].fingerprint.shingle_count();
    let fullest = all.iter().map(|place| shingle_count(*place)).max().unwrap_or_default();
    let may_lead = |place: &usize| {
        origins[*place].is_none() && f64::from(shingle_count(*place)) >= f64::from(fullest) * LEADER_FULLNESS
    };
    let precedence = |place: &usize| {
        let release = &releases[*place];
        let day = release.days.map_or(i64::MAX, |(first, _)| first);
        let published = release.published.as_deref().unwrap_or("~");
        (day, published, std::cmp::Reverse(shingle_count(*place)), &release.id)
    };
    let leader = all
        .iter()
        .copied()
        .filter(may_lead)
        .min_by_key(precedence)
        .unwrap_or(center);
    let mut versions: Vec<Version> = all
        .iter()
        .filter(|place| **place != leader)
        .map(|place| Version {
            release: *place,
            likeness: releases[leader].fingerprint.likeness(&releases[*place].fingerprint),
            by: if origins[*place].is_some() {
                LinkedBy::Stated
            } else {
                LinkedBy::Fingerprint
            },
        })
        .collect();
    versions.sort_by(|left, right| {
        let by_likeness = right.likeness.similarity.total_cmp(&left.likeness.similarity);
        by_likeness.then_with(|| releases[left.release].id.cmp(&releases[right.release].id))
    });
    VersionGroup { leader, versions }
}

impl Likeness {
    /// What neighbors are ordered by: the larger of the two shares.
    fn closeness(self) -> f64 {
        self.similarity.max(self.containment)
    }

    /// Whether two texts are so much alike that they are versions of one.
    pub fn is_of_versions(self) -> bool {
        self.similarity >= LEAST_SIMILARITY || self.containment >= LEAST_CONTAINMENT
    }
}

/// Whether two releases could be in one group, for all that their fingerprints and their stated origins say; what else is
/// known about them may still keep them apart.
pub fn may_be_linked(left: &Release, right: &Release) -> bool {
    let states = |one: &Release, other: &Release| one.version_of.as_ref() == Some(&other.id);
    states(left, right) || states(right, left) || left.fingerprint.likeness(&right.fingerprint).is_of_versions()
}

/// Whether what is known about two releases lets them be versions of one speech.
fn may_be_versions(left: &Release, right: &Release) -> bool {
    let agree = |left: &Option<String>, right: &Option<String>| match (left, right) {
        (Some(left), Some(right)) => left == right,
        _ => true,
    };
    let is_translation = |one: &Release, other: &Release| one.translation_of.as_ref() == Some(&other.id);
    agree(&left.language, &right.language)
        && agree(&left.speaker, &right.speaker)
        && may_be_of_one_day(left, right)
        && !is_translation(left, right)
        && !is_translation(right, left)
}

fn may_be_of_one_day(left: &Release, right: &Release) -> bool {
    let delivery = |release: &Release| {
        let delay = if release.is_date_stated {
            0
        } else {
            LONGEST_RELEASE_DELAY_DAYS
        };
        release.days.map(|(first, last)| (first - delay, last))
    };
    match (delivery(left), delivery(right)) {
        (Some(left), Some(right)) => left.0 <= right.1 && right.0 <= left.1,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
