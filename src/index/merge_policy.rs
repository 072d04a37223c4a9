//! Which segments are merged: like sizes together, never above what one merge may build in memory, and those with many
//! deleted passages.

use tantivy::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

use super::plugin::UnitCounts;

/// The most units that a merge puts into one segment: it takes about eight bytes of memory each to sort them.
pub(super) const MOST_UNITS: u64 = 50_000_000;

/// The share of deleted passages above which a segment is rewritten.
const DELETED_SHARE: f32 = 0.25;

/// tantivy's logarithmic policy, held to the cap of units.
#[derive(Debug)]
pub(super) struct CappedMergePolicy {
    by_size: LogMergePolicy,
    unit_counts: UnitCounts,
}

impl CappedMergePolicy {
    /// A policy that reads the number of units of each segment.
    pub(super) fn new(unit_counts: UnitCounts) -> Self {
        let mut by_size = LogMergePolicy::default();
        by_size.set_del_docs_ratio_before_merge(DELETED_SHARE);
        Self { by_size, unit_counts }
    }
}

impl MergePolicy for CappedMergePolicy {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let candidates = self.by_size.compute_merge_candidates(segments);
        let has_deletions = |id| {
            segments
                .iter()
                .any(|segment| segment.id() == id && segment.num_deleted_docs() > 0)
        };
        let groups = candidates
            .into_iter()
            .flat_map(|candidate| capped_groups(candidate.0, &self.unit_counts));
        groups
            .filter(|group| group.len() > 1 || has_deletions(group[0]))
            .map(MergeCandidate)
            .collect()
    }
}

/// Divides segments, in order, into groups of at most [`MOST_UNITS`]; a segment that is larger stands alone.
pub(super) fn capped_groups(
    segments: Vec<tantivy::index::SegmentId>,
    unit_counts: &UnitCounts,
) -> Vec<Vec<tantivy::index::SegmentId>> {
    let mut groups: Vec<Vec<_>> = Vec::new();
    let mut units_in_group = 0;
    for segment in segments {
        let units = unit_counts.get(segment).unwrap_or(0);
        match groups.last_mut() {
            Some(group) if units_in_group + units <= MOST_UNITS => {
                group.push(segment);
                units_in_group += units;
            }
            _ => {
                groups.push(vec![segment]);
                units_in_group = units;
            }
        }
    }
    groups
}
