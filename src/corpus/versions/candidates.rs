//! Which releases are alike: those that share hashes of their fingerprints are compared, and no others.

use super::{LEAST_SHINGLES, Release, may_be_versions};
use crate::corpus::fingerprint::Likeness;

/// How many of its smallest hashes a release is found by. A text that is a sixteenth of another shares eight of so many with
/// it, and one that is as long shares most of them.
const HASHES_TO_FIND_BY: usize = 128;

/// The most releases that a hash may stand in to find any of them: what stands in more is a formula.
const MOST_WITH_ONE_HASH: usize = 64;

/// The fewest hashes that two releases share before they are compared.
const LEAST_SHARED_HASHES: u32 = 2;

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
    let shared = SharedHashes::new(releases, takes_part);
    let mut counts = vec![0_u32; releases.len()];
    let mut met = Vec::new();
    for place in 0..releases.len() {
        for other in shared.met_behind(place) {
            if counts[other] == 0 {
                met.push(other);
            }
            counts[other] += 1;
        }
        for other in met.drain(..) {
            let count = std::mem::take(&mut counts[other]);
            if count < LEAST_SHARED_HASHES || !may_be_versions(&releases[place], &releases[other]) {
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
    fn new(releases: &[Release], takes_part: impl Fn(usize) -> bool) -> Self {
        let mut shared = Self {
            releases: Vec::new(),
            behind: vec![Vec::new(); releases.len()],
        };
        for with_hash in postings(releases, takes_part).chunk_by(|left, right| left.0 == right.0) {
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
fn postings(releases: &[Release], takes_part: impl Fn(usize) -> bool) -> Vec<(u32, u32)> {
    let mut postings = Vec::with_capacity(releases.len() * HASHES_TO_FIND_BY);
    for (place, release) in releases.iter().enumerate() {
        if takes_part(place) && release.fingerprint.shingle_count() >= LEAST_SHINGLES {
            let hashes = release.fingerprint.sketch().iter().take(HASHES_TO_FIND_BY);
            postings.extend(hashes.map(|hash| (*hash, place as u32)));
        }
    }
    postings.sort_unstable();
    postings
}
