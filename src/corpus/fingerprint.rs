//! The fingerprint of a speech: a small sample of the word sequences in it, by which texts that are nearly the same are
//! found without being read.
//!
//! The sample is a bottom-k sketch (Broder 1997; Cohen and Kaplan 2007): of the hashes of all distinct shingles the smallest.
//! Hashes that lie below the bound of two sketches are a random sample of the shingles of both texts, so shares of them
//! estimate shares of the texts. The hashes are part of the index's layout and must never change by themselves.

use crate::analyzer::folding::{FoldedText, UnitKind};

/// The most hashes of a sketch; a share estimated from so many has a standard error of at most 0.03.
pub const SKETCH_SIZE: usize = 256;

/// The weight of a shingle, a short sequence of units: a Han character weighs 1, a word or number 2. So a shingle is eight
/// Han characters or four words: long enough that two texts seldom share one by chance.
const SHINGLE_WEIGHT: u32 = 8;

/// The fewest hashes that a share is estimated from, where a text is known by its sketch alone.
const LEAST_SAMPLE: usize = 16;

/// A sample of the shingles of a speech, in the order of their hashes, and how many it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    shingle_count: u32,
    sketch: Vec<u32>,
}

/// How much two texts have in common, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// The share of the shingles of either text that both have (the Jaccard coefficient).
    pub similarity: f64,
    /// The share of the shingles of the shorter text that the longer one has; 0 where the shorter one is too small a part
    /// of the longer for an estimate.
    pub containment: f64,
}

impl Fingerprint {
    /// The number of shingles, the same one counted wherever it stands: of Han text about as many as it has characters, else
    /// as it has words.
    pub fn shingle_count(&self) -> u32 {
        self.shingle_count
    }

    /// The smallest hashes of its shingles, ascending.
    pub fn sketch(&self) -> &[u32] {
        &self.sketch
    }

    /// Estimates how much two texts have in common; texts without a shingle have nothing.
    pub fn likeness(&self, other: &Self) -> Likeness {
        let (smaller, larger) = if self.shingle_count <= other.shingle_count {
            (self, other)
        } else {
            (other, self)
        };
        let bound = smaller.bound().min(larger.bound());
        let (of_smaller, of_larger) = (smaller.up_to(bound), larger.up_to(bound));
        let shared = shared_count(of_smaller, of_larger);
        let either = of_smaller.len() + of_larger.len() - shared;
        if shared == 0 {
            return Likeness::default();
        }
        let is_sampled_enough = of_smaller.len() >= LEAST_SAMPLE || of_smaller.len() == smaller.sketch.len();
        Likeness {
            similarity: shared as f64 / either as f64,
            containment: if is_sampled_enough {
                shared as f64 / of_smaller.len() as f64
            } else {
                0.0
            },
        }
    }

    /// The largest hash up to which the sketch knows every shingle of its text.
    fn bound(&self) -> u32 {
        match self.sketch.last() {
            Some(last) if self.sketch.len() == SKETCH_SIZE => *last,
            _ => u32::MAX,
        }
    }

    fn up_to(&self, bound: u32) -> &[u32] {
        &self.sketch[..self.sketch.partition_point(|hash| *hash <= bound)]
    }

    /// The form in which an index keeps it: the number of shingles and the hashes, four bytes each, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = std::iter::once(&self.shingle_count).chain(&self.sketch);
        numbers.flat_map(|number| number.to_le_bytes()).collect()
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote; `None` of any other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        let (count, sketch) = numbers.split_first()?;
        let fingerprint = Self {
            shingle_count: u32::from_le_bytes(*count),
            sketch: sketch.iter().map(|hash| u32::from_le_bytes(*hash)).collect(),
        };
        let is_ascending = fingerprint.sketch.is_sorted_by(|left, right| left < right);
        let is_sample = fingerprint.sketch.len() <= SKETCH_SIZE.min(fingerprint.shingle_count as usize);
        (rest.is_empty() && is_ascending && is_sample).then_some(fingerprint)
    }
}

/// The number of hashes that stand in both of two ascending lists.
fn shared_count(left: &[u32], right: &[u32]) -> usize {
    let (mut at_left, mut at_right, mut shared) = (0, 0, 0);
    while at_left < left.len() && at_right < right.len() {
        let (one, other) = (left[at_left], right[at_right]);
        shared += usize::from(one == other);
        at_left += usize::from(one <= other);
        at_right += usize::from(other <= one);
    }
    shared
}

/// Takes the units of a speech, passage after passage, and makes its fingerprint. Shingles run over the ends of passages, so
/// where lines and paragraphs break does not matter; punctuation marks are left out.
#[derive(Debug)]
pub struct Fingerprinting {
    /// The hashes and weights of the last units, in a ring: the next one takes the place at `unit_count`.
    recent: [(u64, u32); SHINGLE_WEIGHT as usize],
    unit_count: usize,
    shingle_count: u32,
    /// Hashes up to the bound; now and then the smallest are kept and the bound is lowered.
    smallest: Vec<u32>,
    bound: u32,
}

impl Default for Fingerprinting {
    fn default() -> Self {
        Self {
            recent: [(0, 0); SHINGLE_WEIGHT as usize],
            unit_count: 0,
            shingle_count: 0,
            smallest: Vec::new(),
            bound: u32::MAX,
        }
    }
}

impl Fingerprinting {
    /// Takes the units of the next passage, stage directions left out.
    pub fn add(&mut self, folded: &FoldedText) {
        for unit in folded.units() {
            let weight = match unit.kind {
                UnitKind::Mark => continue,
                UnitKind::Han => 1,
                UnitKind::Word | UnitKind::Number => 2,
            };
            self.recent[self.unit_count % self.recent.len()] = (text_hash(folded.text_of(unit)), weight);
            self.unit_count += 1;
            if let Some(hash) = self.last_shingle() {
                self.shingle_count += 1;
                self.keep(hash);
            }
        }
    }

    /// The hash of the shingle that ends at the latest unit, where there is text enough for one.
    fn last_shingle(&self) -> Option<u32> {
        let (mut weight, mut hash) = (0, 0_u64);
        for (step, factor) in FACTORS.iter().enumerate().take(self.unit_count) {
            let (unit, unit_weight) = self.recent[(self.unit_count - 1 - step) % self.recent.len()];
            weight += unit_weight;
            hash = hash.wrapping_add(unit.wrapping_mul(*factor));
            if weight >= SHINGLE_WEIGHT {
                return Some(mixed(hash));
            }
        }
        None
    }

    fn keep(&mut self, hash: u32) {
        if hash > self.bound {
            return;
        }
        self.smallest.push(hash);
        if self.smallest.len() >= 8 * SKETCH_SIZE {
            self.keep_smallest();
        }
    }

    fn keep_smallest(&mut self) {
        self.smallest.sort_unstable();
        self.smallest.dedup();
        self.smallest.truncate(SKETCH_SIZE);
        if let (SKETCH_SIZE, Some(last)) = (self.smallest.len(), self.smallest.last()) {
            self.bound = *last;
        }
    }

    /// The fingerprint of everything taken. A text too short for a shingle is one by itself.
    pub fn finish(mut self) -> Fingerprint {
        if self.shingle_count == 0 && self.unit_count > 0 {
            let units = self.recent.iter().take(self.unit_count).zip(FACTORS);
            let sum = units.fold(0_u64, |sum, ((unit, _), factor)| {
                sum.wrapping_add(unit.wrapping_mul(factor))
            });
            self.shingle_count = 1;
            self.keep(mixed(sum));
        }
        self.keep_smallest();
        Fingerprint {
            shingle_count: self.shingle_count,
            sketch: self.smallest,
        }
    }
}

/// What the hash of a unit is multiplied by, by its place in the shingle from the end: odd numbers, the powers of one.
const FACTORS: [u64; SHINGLE_WEIGHT as usize] = factors();

const fn factors() -> [u64; SHINGLE_WEIGHT as usize] {
    let mut factors = [1; SHINGLE_WEIGHT as usize];
    let mut place = 1;
    while place < factors.len() {
        factors[place] = 0x517c_c1b7_2722_0a95_u64.wrapping_mul(factors[place - 1]);
        place += 1;
    }
    factors
}

/// FNV-1a over the bytes of a unit.
fn text_hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// The high half of a hash whose bits are spread evenly (the finalizer of SplitMix64).
fn mixed(hash: u64) -> u32 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((hash ^ (hash >> 31)) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::folding::fold;

    fn fingerprint(passages: &[&str]) -> Fingerprint {
        let mut fingerprinting = Fingerprinting::default();
        passages.iter().for_each(|text| fingerprinting.add(&fold(text)));
        fingerprinting.finish()
    }

    /// Han text of so many characters in which hardly a sequence comes twice.
    fn han(seed: u64, length: usize) -> String {
        let mut random = fastrand::Rng::with_seed(seed);
        (0..length).map(|_| random.char('\u{4E00}'..'\u{9000}')).collect()
    }

    #[test]
    fn line_breaks_marks_width_and_script_do_not_matter() {
        let text = "共建“一带一路”，深化务实合作，实现共同发展。";
        let other = ["共建一帶一路 深化务实", "合作； 实现共同发展"];
        assert_eq!(fingerprint(&[text]), fingerprint(&other));
        assert_ne!(fingerprint(&[text]), fingerprint(&["共建一带一路"]));
    }

    /// The index keeps fingerprints: another way to hash would make speeches of two versions unlike.
    #[test]
    fn the_hashes_never_change() {
        assert_eq!(fingerprint(&["Four words are one"]).sketch(), [1132346678]);
        assert_eq!(fingerprint(&["共饮一海水的朋友"]).sketch(), [2268800943]);
    }

    #[test]
    fn shares_are_estimated_within_the_error_of_the_sample() {
        let (first, second) = (han(1, 20_000), han(2, 20_000));
        let half = first.chars().take(10_000).collect::<String>();
        let whole = fingerprint(&[&first]);
        let mixed = fingerprint(&[&half, &second]);
        let expected = 10_000.0 / 40_000.0;
        assert!((whole.likeness(&mixed).similarity - expected).abs() < 0.09);
        let excerpt: String = first.chars().skip(3_000).take(2_000).collect();
        let likeness = fingerprint(&[&excerpt]).likeness(&whole);
        assert!(likeness.containment > 0.99, "{likeness:?}");
        assert!((likeness.similarity - 0.1).abs() < 0.06, "{likeness:?}");
        assert_eq!(
            fingerprint(&[&first]).likeness(&fingerprint(&[&second])),
            Likeness::default()
        );
    }

    #[test]
    fn too_small_a_part_is_not_estimated() {
        let text = han(3, 50_000);
        let quotation: String = text.chars().skip(100).take(300).collect();
        assert_eq!(
            fingerprint(&[&quotation]).likeness(&fingerprint(&[&text])).containment,
            0.0
        );
    }

    #[test]
    fn the_sample_is_the_smallest_of_all_hashes() {
        let text = format!("{}{}", han(6, 9_000), han(6, 9_000));
        let whole = fingerprint(&[&text]);
        let characters: Vec<char> = text.chars().collect();
        let mut all: Vec<u32> = characters
            .windows(SHINGLE_WEIGHT as usize)
            .flat_map(|shingle| fingerprint(&[&shingle.iter().collect::<String>()]).sketch)
            .collect();
        assert_eq!(whole.shingle_count() as usize, all.len());
        all.sort_unstable();
        all.dedup();
        assert_eq!(whole.sketch(), &all[..SKETCH_SIZE]);
    }

    #[test]
    fn bytes_are_read_back() {
        for text in ["", "短", &han(4, 200), &han(5, 3_000)] {
            let made = fingerprint(&[text]);
            assert_eq!(Fingerprint::from_bytes(&made.to_bytes()), Some(made));
        }
        assert_eq!(Fingerprint::from_bytes(&[1, 0, 0, 0, 7]), None);
        assert_eq!(Fingerprint::from_bytes(&[0, 0, 0, 0, 7, 0, 0, 0]), None);
        assert_eq!(Fingerprint::from_bytes(&[]), None);
    }
}
