//! Which releases are alike: those that share hashes of their fingerprints are compared, and no others.

use super::{LEAST_SHINGLES, Release, may_be_versions};
use crate::corpus::fingerprint::{Fingerprint, Likeness};

/// How many of its smallest hashes a release is found by. A text that is a sixteenth of another shares four of so many with
/// it, and one that is as long shares most of them.
const HASHES_TO_FIND_BY: usize = 64;

/// The most releases that a hash may stand in to find any of them: what stands in more is a formula.
pub const MOST_WITH_ONE_HASH: usize = 128;

/// The hashes by which releases with a text like this one are found; none of a text too short to be linked by.
pub fn finding_hashes(fingerprint: &Fingerprint) -> &[u32] {
    let count = if fingerprint.shingle_count() < LEAST_SHINGLES {
        0
    } else {
        HASHES_TO_FIND_BY
    };
    &fingerprint.sketch()[..fingerprint.sketch().len().min(count)]
}

/// A release that is linked to another, by its place.
#[derive(Clone, Copy)]
pub(super) struct Neighbor {
    pub(super) place: usize,
    pub(super) likeness: Likeness,
}

/// For each release those that its fingerprint links it to; releases that do not take part have none.
pub(super) fn neighbors(releases: &[Release], takes_part: impl Fn(usize) -> bool) -> Vec<Vec<Neighbor>> {
    let mut neighbors: Vec<Vec<Neighbor>> = Vec::new();
    neighbors.resize_with(releases.len(), Vec::new);
    let shared = SharedHashes::new(releases);
    let mut met_by = vec![usize::MAX; releases.len()];
    for place in 0..releases.len() {
        for other in shared.met_behind(place) {
            let is_known = std::mem::replace(&mut met_by[other], place) == place;
            let take_part = || takes_part(place) && takes_part(other);
            if is_known || !take_part() || !may_be_versions(&releases[place], &releases[other]) {
                continue;
            }
            let likeness = releases[place].fingerprint.likeness(&releases[other].fingerprint);
            if likeness.is_of_versions() {
                neighbors[place].push(Neighbor { place: other, likeness });
                neighbors[other].push(Neighbor { place, likeness });
            }
        }
    }
    neighbors
}

/// The hashes that stand in more than one release.
struct SharedHashes {
    /// For each such hash its releases, ascending; one hash after the other.
    releases: Vec<u32>,
    /// For each release where it stands in that list, as a range from behind itself to the end of its hash.
    behind: Vec<Vec<(u32, u32)>>,
}

impl SharedHashes {
    fn new(releases: &[Release]) -> Self {
        let mut shared = Self {
            releases: Vec::new(),
            behind: vec![Vec::new(); releases.len()],
        };
        for with_hash in postings(releases).chunk_by(|left, right| left.0 == right.0) {
            if (2..=MOST_WITH_ONE_HASH).contains(&with_hash.len()) {
                let start = shared.releases.len() as u32;
                let end = start + with_hash.len() as u32;
                for ((_, release), behind) in with_hash.iter().zip(start + 1..) {
                    shared.releases.push(*release);
                    shared.behind[*release as usize].push((behind, end));
                }
            }
        }
        shared
    }

    /// The releases behind a place that share a hash with the one there, once for each hash.
    fn met_behind(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        let ranges = self.behind[place].iter();
        ranges.flat_map(|(start, end)| {
            let releases = &self.releases[*start as usize..*end as usize];
            releases.iter().map(|release| *release as usize)
        })
    }
}

/// The hashes that releases are found by, each with the release, ascending.
fn postings(releases: &[Release]) -> Vec<(u32, u32)> {
    let mut postings = Vec::with_capacity(releases.len() * HASHES_TO_FIND_BY);
    for (place, release) in releases.iter().enumerate() {
        let hashes = finding_hashes(&release.fingerprint).iter();
        postings.extend(hashes.map(|hash| (*hash, place as u32)));
    }
    postings.sort_unstable();
    postings
}
