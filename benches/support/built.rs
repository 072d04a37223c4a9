//! What the building of an index took and made: the same figures for every set-up.

use super::clock::Took;

/// An index that was built.
pub(crate) struct Built {
    /// From parsed speeches to the end of the commit.
    pub(crate) to_commit: Took,
    /// From parsed speeches until everything is merged.
    pub(crate) to_merged: Took,
    /// Bytes on the disk, merged.
    pub(crate) bytes: u64,
    /// Documents, one a passage.
    pub(crate) passage_count: u64,
    /// Segments at the commit and after the merge, of set-ups that have segments.
    pub(crate) segment_counts: Option<(usize, usize)>,
}
