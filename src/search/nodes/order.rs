//! In which order occurrences stand: by date, speaker, country, themselves, or the units beside them. All that is compared are
//! numbers; no text is read.

mod columns;
mod ranks;

use super::Nodes;
use crate::error::{Result, choices};
use crate::index::Snapshot;
use crate::names::Names;
use crate::stop::Stop;
use columns::Sorting;

/// What occurrences are ordered by. Units are compared by their folded text in the order of code points; the end of the paragraph
/// comes before every unit, what is not known last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKey {
    /// The date, the oldest first, undated last.
    Date,
    /// The date, the newest first, undated last.
    DateDescending,
    /// The speaker of the passage, all forms of a name as one.
    Speaker,
    /// The country, all forms of a name as one.
    Country,
    /// The five units before, the nearest first.
    Left,
    /// The five units behind, the nearest first.
    Right,
    /// The units of the occurrence.
    Node,
    /// The nearest unit before.
    Left1,
    /// The second unit before.
    Left2,
    /// The third unit before.
    Left3,
    /// The fourth unit before.
    Left4,
    /// The fifth unit before.
    Left5,
    /// The nearest unit behind.
    Right1,
    /// The second unit behind.
    Right2,
    /// The third unit behind.
    Right3,
    /// The fourth unit behind.
    Right4,
    /// The fifth unit behind.
    Right5,
    /// Chance, by a seed.
    Random,
}

choices! { LineKey, "something that lines can be sorted by",
    "date" => Date: "The date, the oldest first, undated last",
    "-date" => DateDescending: "The date, the newest first, undated last",
    "speaker" => Speaker: "The speaker",
    "country" => Country: "The country",
    "left" => Left: "The five units before, the nearest first",
    "right" => Right: "The five units behind, the nearest first",
    "node" => Node: "What matched",
    "1L" => Left1: "The nearest unit before: a Han character, a word, a number, a mark",
    "2L" => Left2: "The second unit before",
    "3L" => Left3: "The third unit before",
    "4L" => Left4: "The fourth unit before",
    "5L" => Left5: "The fifth unit before",
    "1R" => Right1: "The nearest unit behind",
    "2R" => Right2: "The second unit behind",
    "3R" => Right3: "The third unit behind",
    "4R" => Right4: "The fourth unit behind",
    "5R" => Right5: "The fifth unit behind",
    "random" => Random: "Chance, by the seed",
}

impl LineKey {
    /// Its name as typed.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    /// The sides and distances of the units beside an occurrence that are compared, in turn.
    fn places(self) -> Vec<(Side, u32)> {
        match self {
            Self::Left => (1..=FARTHEST).map(|distance| (Side::Before, distance)).collect(),
            Self::Right => (1..=FARTHEST).map(|distance| (Side::Behind, distance)).collect(),
            Self::Left1 | Self::Left2 | Self::Left3 | Self::Left4 | Self::Left5 => {
                vec![(Side::Before, 1 + self as u32 - Self::Left1 as u32)]
            }
            Self::Right1 | Self::Right2 | Self::Right3 | Self::Right4 | Self::Right5 => {
                vec![(Side::Behind, 1 + self as u32 - Self::Right1 as u32)]
            }
            _ => Vec::new(),
        }
    }
}

/// The unit farthest from an occurrence that is compared.
const FARTHEST: u32 = 5;

/// A side of an occurrence.
#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}

/// What occurrences are put into an order with.
#[derive(Clone, Copy)]
pub struct NodeOrder<'a> {
    /// The commit.
    pub snapshot: &'a Snapshot,
    /// Which forms are one name.
    pub names: &'a Names,
    /// The keys, the first of them first; where all are equal, date, speech and place decide.
    pub keys: &'a [LineKey],
    /// Of what is drawn by chance.
    pub seed: u64,
    /// When the work is given up.
    pub stop: &'a Stop,
}

impl Nodes {
    /// So many occurrences drawn by chance, or all where there are no more, by their numbers, ascending. The same seed draws the
    /// same ones, in whatever order they are then shown.
    pub fn sample(&self, size: usize, seed: u64) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0..self.list.len() as u32).collect();
        if size >= numbers.len() {
            return numbers;
        }
        let mut chance = fastrand::Rng::with_seed(seed);
        for drawn in 0..size {
            let other = chance.usize(drawn..numbers.len());
            numbers.swap(drawn, other);
        }
        numbers.truncate(size);
        numbers.sort_unstable();
        numbers
    }

    /// The first `wanted` of some occurrences, which are given by their numbers, ascending, in an order.
    ///
    /// # Errors
    /// The index is damaged, or the work is given up.
    pub fn order(&self, mut among: Vec<u32>, wanted: usize, order: &NodeOrder<'_>) -> Result<Vec<u32>> {
        let sorting = Sorting {
            nodes: self,
            among: &among,
            order,
        };
        let columns = sorting.columns()?;
        if columns.is_empty() {
            among.truncate(wanted);
            return Ok(among);
        }
        let rows = Rows::of(&columns);
        let mut places: Vec<u32> = (0..among.len() as u32).collect();
        if wanted < places.len() {
            if wanted > 0 {
                places.select_nth_unstable_by(wanted - 1, |left, right| rows.compare(*left, *right));
            }
            places.truncate(wanted);
        }
        order.stop.check()?;
        places.sort_unstable_by(|left, right| rows.compare(*left, *right));
        Ok(places.into_iter().map(|place| among[place as usize]).collect())
    }
}

/// The columns side by side, so that two occurrences are compared without leaving two stretches of memory.
struct Rows {
    width: usize,
    values: Vec<u32>,
}

impl Rows {
    fn of(columns: &[Vec<u32>]) -> Self {
        let width = columns.len();
        let mut values = vec![0; width * columns.first().map_or(0, Vec::len)];
        for (place, column) in columns.iter().enumerate() {
            for (row, value) in column.iter().enumerate() {
                values[row * width + place] = *value;
            }
        }
        Self { width, values }
    }

    fn compare(&self, left: u32, right: u32) -> std::cmp::Ordering {
        let row = |place: u32| &self.values[place as usize * self.width..(place as usize + 1) * self.width];
        row(left).cmp(row(right)).then(left.cmp(&right))
    }
}
