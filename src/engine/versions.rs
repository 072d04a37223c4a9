//! Versions of one speech: the groups of an index, for listings and for whoever counts speeches.

use std::collections::HashMap;

use serde::Serialize;

use super::reading::Engine;
use crate::analyzer::fold_line;
use crate::corpus::Metadata;
use crate::corpus::versions::{LinkedBy, Release, VersionGroup, version_groups};
use crate::error::Result;
use crate::index::SpeechAddress;
use crate::names::Names;
use crate::search::{Filters, Sort, SpeakerReading, select_speeches};

/// Which speeches of an index are versions of one another.
///
/// A count of speeches that takes versions of one for one counts those that stand for their groups.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    speeches: Vec<(SpeechAddress, String)>,
    groups: Vec<VersionGroup>,
    group_of: HashMap<SpeechAddress, usize>,
}

impl Versions {
    fn new(releases: Vec<(SpeechAddress, Release)>, names: &Names) -> Self {
        let (addresses, mut releases): (Vec<SpeechAddress>, Vec<Release>) = releases.into_iter().unzip();
        join_speakers(&mut releases, names);
        let groups = version_groups(&releases);
        let mut group_of = HashMap::new();
        for (number, group) in groups.iter().enumerate() {
            group_of.extend(members(group).map(|place| (addresses[place], number)));
        }
        let ids = releases.into_iter().map(|release| release.id);
        Self {
            speeches: addresses.into_iter().zip(ids).collect(),
            groups,
            group_of,
        }
    }

    /// Whether a speech stands for its group among the speeches that are let in: it is the leader, or where the leader is not let
    /// in the first of the others that is. A speech without a version stands for itself.
    pub(super) fn stands_for_its_group(
        &self,
        speech: SpeechAddress,
        is_let_in: impl Fn(SpeechAddress) -> bool,
    ) -> bool {
        let Some(number) = self.group_of.get(&speech) else {
            return true;
        };
        let mut addresses = members(&self.groups[*number]).map(|place| self.speeches[place].0);
        addresses.find(|address| is_let_in(*address)) == Some(speech)
    }

    /// The ids of the other speeches in the group of a speech, the leader first; empty where it has no version.
    pub fn others(&self, speech: SpeechAddress) -> Vec<String> {
        let group = self.group_of.get(&speech).map(|number| &self.groups[*number]);
        let members = group.into_iter().flat_map(members).map(|place| &self.speeches[place]);
        let others = members.filter(|(address, _)| *address != speech);
        others.map(|(_, id)| id.clone()).collect()
    }
}

/// The members of a group, the leader first.
fn members(group: &VersionGroup) -> impl Iterator<Item = usize> + '_ {
    std::iter::once(group.leader).chain(group.versions.iter().map(|version| version.release))
}

/// Brings the speakers of releases into one form for all forms of a name.
fn join_speakers(releases: &mut [Release], names: &Names) {
    let mut known: HashMap<String, String> = HashMap::new();
    for speaker in releases.iter_mut().filter_map(|release| release.speaker.as_mut()) {
        if let Some(joined) = known.get(speaker) {
            speaker.clone_from(joined);
            continue;
        }
        let forms = names.same_in_metadata(speaker);
        let joined = fold_line(forms.first().copied().unwrap_or(speaker));
        known.insert(std::mem::replace(speaker, joined.clone()), joined);
    }
}

/// The most speeches of which each is looked up by itself; for more, all groups of the index are worked out.
const MOST_LOOKED_UP: usize = 100;

/// A speech that has versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkedSpeech {
    /// The id.
    pub speech: String,
    /// The ids of the others, the leader of the group first.
    pub versions: Vec<String>,
}

/// Groups of speeches that are versions of one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct VersionListing {
    /// The number of groups, pages aside.
    pub total: u64,
    /// The groups of the page.
    pub groups: Vec<ListedGroup>,
}

/// A speech with its versions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ListedGroup {
    /// The id of the leader.
    pub speech: String,
    /// What is known about the leader.
    #[serde(flatten)]
    pub metadata: Metadata,
    /// The others, the most similar first.
    pub versions: Vec<ListedVersion>,
}

/// A version of a speech.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ListedVersion {
    /// The id.
    pub speech: String,
    /// The share of the word sequences of either text that both have, from 0 to 1, to two decimals; an estimate.
    pub similarity: f64,
    /// The share of the word sequences of the shorter text that the longer one has, in the same way.
    pub containment: f64,
    /// What the link stands on.
    pub by: LinkedBy,
    /// What is known about it.
    #[serde(flatten)]
    pub metadata: Metadata,
}

impl Engine {
    /// Which speeches are versions of one another. It is worked out once for an opened index.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn versions(&self) -> Result<&Versions> {
        if let Some(known) = self.known_versions().get() {
            return Ok(known);
        }
        let found = Versions::new(self.snapshot().releases()?, self.names());
        Ok(self.known_versions().get_or_init(|| found))
    }

    /// The ids of the other speeches in the group of a speech, the leader first. Only the speeches that could be in the group
    /// are looked at, unless all were before.
    pub(super) fn versions_beside(&self, speech: SpeechAddress) -> Result<Vec<String>> {
        if let Some(known) = self.known_versions().get() {
            return Ok(known.others(speech));
        }
        let kin = self.snapshot().kin(speech)?;
        if kin.len() < 2 {
            return Ok(Vec::new());
        }
        Ok(Versions::new(kin, self.names()).others(speech))
    }

    /// Of some speeches, by their ids, those that have versions, with the ids of these; an id that no speech has is left out.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn versions_of(&self, ids: &[String]) -> Result<Vec<LinkedSpeech>> {
        if ids.len() > MOST_LOOKED_UP {
            self.versions()?;
        }
        let mut linked = Vec::new();
        for id in ids {
            let Ok(address) = self.snapshot().find(id) else {
                continue;
            };
            let versions = self.versions_beside(address)?;
            if !versions.is_empty() {
                linked.push(LinkedSpeech {
                    speech: id.clone(),
                    versions,
                });
            }
        }
        Ok(linked)
    }

    /// Lists the groups of versions that have a member among the filtered speeches, in the order in which the first member of
    /// each stands among those.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn list_versions(&self, filters: &Filters, sort: Sort, offset: usize, limit: usize) -> Result<VersionListing> {
        let filters = filters.joined(self.names());
        let selection = select_speeches(self.snapshot(), &filters, sort, SpeakerReading::OwnOrTurn)?;
        let versions = self.versions()?;
        let mut is_listed = vec![false; versions.groups.len()];
        let mut listed = Vec::new();
        for address in selection.speeches {
            if let Some(number) = versions.group_of.get(&address)
                && !std::mem::replace(&mut is_listed[*number], true)
            {
                listed.push(&versions.groups[*number]);
            }
        }
        let page = listed.iter().skip(offset).take(limit);
        Ok(VersionListing {
            total: listed.len() as u64,
            groups: page.map(|group| self.listed_group(group)).collect::<Result<_>>()?,
        })
    }

    fn listed_group(&self, group: &VersionGroup) -> Result<ListedGroup> {
        let speeches = &self.versions()?.speeches;
        let record = |place: usize| self.snapshot().record(speeches[place].0);
        let mut versions = Vec::with_capacity(group.versions.len());
        for version in &group.versions {
            let record = record(version.release)?;
            versions.push(ListedVersion {
                speech: record.id,
                similarity: two_decimals(version.likeness.similarity),
                containment: two_decimals(version.likeness.containment),
                by: version.by,
                metadata: record.metadata,
            });
        }
        let leader = record(group.leader)?;
        Ok(ListedGroup {
            speech: leader.id,
            metadata: leader.metadata,
            versions,
        })
    }
}

/// A share as answers have it.
pub(super) fn two_decimals(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}
