//! What a part of a query looks for in a sequence of units, and where it stands there: strings, words left open, and several
//! of them near each other.
//!
//! The sequence is a [`Place`]: the units of a paragraph when a hit is marked, those of a whole segment when hits are
//! looked up. Both run through the same code, so what is found and what is marked cannot disagree.

mod nearness;
mod text;
mod unit;

pub use text::TextPlace;
pub use unit::{OpenText, UnitPattern, is_alphabetic_word};

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Units that follow each other.
    String(StringPattern),
    /// Any of the patterns.
    Any(Vec<Pattern>),
    /// All of the patterns, near each other.
    Near(NearPattern),
}

/// Units that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringPattern {
    /// What each unit must be; at least one.
    pub units: Vec<UnitPattern>,
    /// What the text must be as printed, from the first unit to the last, white space included.
    pub printed: Option<Printed>,
}

/// What a text must be as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// These characters.
    Characters(OpenText),
    /// At most so many wrong letters away from the word.
    Within(String, u8),
}

/// Several patterns near each other: a match is a window that holds one match of each, none of them overlapping another, and
/// that holds no smaller such window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearPattern {
    /// The patterns, at least two.
    pub parts: Vec<Pattern>,
    /// The most units between one and the next in the text, punctuation not counted.
    pub distance: u32,
    /// Whether they stand in this order.
    pub in_order: bool,
}

/// A range of units of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitSpan {
    /// The first unit.
    pub start: u32,
    /// One past the last unit.
    pub end: u32,
}

impl UnitSpan {
    /// Whether another span lies wholly in this one.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A sequence of units in which patterns are looked up.
pub trait Place {
    /// What goes wrong when the sequence is read.
    type Error;

    /// Where a string stands, ascending, overlapping places included.
    ///
    /// # Errors
    /// The sequence cannot be read.
    fn strings(&self, string: &StringPattern) -> Result<Vec<UnitSpan>, Self::Error>;

    /// What stands at a position between two matches.
    fn step(&self, position: u32) -> Step;

    /// Goes on; asked now and then by what takes long.
    ///
    /// # Errors
    /// The work is given up.
    fn go_on(&self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// What stands at a position, for those who count what lies between two matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A Han character, a word or a number.
    Counted,
    /// A punctuation mark, a symbol.
    Mark,
    /// The end of a paragraph: nothing matches across it.
    Barrier,
}

impl Pattern {
    /// The pattern of a string of units.
    pub fn string(units: &[String]) -> Self {
        Self::String(StringPattern {
            units: units.iter().cloned().map(UnitPattern::Exactly).collect(),
            printed: None,
        })
    }

    /// The units of a string that leaves nothing open and need not stand as printed.
    pub fn exact_units(&self) -> Option<Vec<&str>> {
        match self {
            Self::String(StringPattern { units, printed: None }) => units.iter().map(UnitPattern::exact).collect(),
            _ => None,
        }
    }

    /// Whether any part is of patterns near each other, whose matches are windows.
    pub fn has_windows(&self) -> bool {
        match self {
            Self::String(_) => false,
            Self::Any(parts) => parts.iter().any(Self::has_windows),
            Self::Near(_) => true,
        }
    }

    /// Whether any part is a word with its inflected forms.
    pub fn is_inflected(&self) -> bool {
        match self {
            Self::String(string) => string
                .units
                .iter()
                .any(|unit| matches!(unit, UnitPattern::Inflected { .. })),
            Self::Any(parts) | Self::Near(NearPattern { parts, .. }) => parts.iter().any(Self::is_inflected),
        }
    }

    /// Whether any part must stand as printed.
    pub fn is_printed(&self) -> bool {
        match self {
            Self::String(string) => string.printed.is_some(),
            Self::Any(parts) | Self::Near(NearPattern { parts, .. }) => parts.iter().any(Self::is_printed),
        }
    }

    /// The same without the demand to stand as printed.
    pub fn folded(&self) -> Self {
        let all = |parts: &[Self]| parts.iter().map(Self::folded).collect();
        match self {
            Self::String(string) => Self::String(StringPattern {
                units: string.units.clone(),
                printed: None,
            }),
            Self::Any(parts) => Self::Any(all(parts)),
            Self::Near(near) => Self::Near(NearPattern {
                parts: all(&near.parts),
                ..near.clone()
            }),
        }
    }
}

/// Where a pattern matches, ascending and without repetition.
///
/// # Errors
/// The sequence cannot be read.
pub fn matches<P: Place>(pattern: &Pattern, place: &P) -> Result<Vec<UnitSpan>, P::Error> {
    match pattern {
        Pattern::String(string) => place.strings(string),
        Pattern::Any(parts) => {
            let mut found = Vec::new();
            for part in parts {
                found.extend(matches(part, place)?);
            }
            found.sort_unstable();
            found.dedup();
            Ok(found)
        }
        Pattern::Near(near) => {
            let found: Vec<Vec<UnitSpan>> = near
                .parts
                .iter()
                .map(|part| matches(part, place))
                .collect::<Result<_, _>>()?;
            nearness::windows(&found, near, |position| place.step(position), || place.go_on())
        }
    }
}

/// What a pattern marks: its matches, but of patterns near each other each by itself and not what lies between.
///
/// # Errors
/// The sequence cannot be read.
pub fn marks<P: Place>(pattern: &Pattern, place: &P) -> Result<Vec<UnitSpan>, P::Error> {
    let mut marked = Vec::new();
    collect_marks(pattern, place, None, &mut marked)?;
    marked.sort_unstable();
    marked.dedup();
    Ok(marked)
}

/// Collects what a pattern marks by its matches within some windows, or anywhere.
fn collect_marks<P: Place>(
    pattern: &Pattern,
    place: &P,
    windows: Option<&[UnitSpan]>,
    marked: &mut Vec<UnitSpan>,
) -> Result<(), P::Error> {
    if let Pattern::Any(parts) = pattern {
        return parts
            .iter()
            .try_for_each(|part| collect_marks(part, place, windows, marked));
    }
    let is_inside = |span: &UnitSpan| windows.is_none_or(|windows| windows.iter().any(|window| window.contains(*span)));
    let mut found = matches(pattern, place)?;
    found.retain(is_inside);
    match pattern {
        Pattern::Near(near) => near
            .parts
            .iter()
            .try_for_each(|part| collect_marks(part, place, Some(&found), marked)),
        _ => {
            marked.extend(found);
            Ok(())
        }
    }
}
