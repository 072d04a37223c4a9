//! What is asked of a search: the query, the subcorpus, the order, the page.

use std::str::FromStr;

use super::cursor::Cursor;
use super::expansion::Expand;
use super::profile::RankingProfile;
use crate::corpus::Field;
use crate::error::{Error, ErrorKind, Result, choices};
use crate::names::Names;
use crate::stop::Stop;
use crate::text::Date;

/// A search, as plain data; the command line and every other front end fill the same one.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRequest {
    /// The query in the query language.
    pub query: String,
    /// The subcorpus that is searched.
    pub filters: Filters,
    /// The order of the hits.
    pub sort: Sort,
    /// Whether hits are passages or speeches.
    pub by: HitUnit,
    /// Whether strings match folded or as printed.
    pub strictness: Strictness,
    /// Whether stage directions are searched too.
    pub stage_directions: StageDirections,
    /// What other forms of names and terms are looked for beside those typed.
    pub expand: Expand,
    /// What keywords are looked up for.
    pub keywords: Keywords,
    /// The number of hits to skip.
    pub offset: usize,
    /// The most hits to return.
    pub limit: usize,
    /// The fields to count the hits by.
    pub facets: Vec<FilterField>,
    /// The end of the page before, to go on from; it excludes an offset.
    pub after: Option<Cursor>,
    /// Whether passages that have only a part of the words of a plain query are shown behind few matches. They count in no total.
    pub partial: bool,
    /// The weights of the ranking.
    pub profile: RankingProfile,
    /// Whether the answer says how the query was understood and what the score of each hit is made of.
    pub explain: bool,
    /// When the search is given up.
    pub stop: Stop,
}

impl SearchRequest {
    /// A search for the ten best passages of the whole corpus.
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            filters: Filters::default(),
            sort: Sort::Relevance,
            by: HitUnit::Passage,
            strictness: Strictness::Folded,
            stage_directions: StageDirections::Excluded,
            expand: Expand::Keywords,
            keywords: Keywords::Ranked,
            offset: 0,
            limit: 10,
            facets: Vec::new(),
            after: None,
            partial: false,
            profile: RankingProfile::default(),
            explain: false,
            stop: Stop::default(),
        }
    }

    /// A request to count what a query finds in the whole corpus: keywords are strings, and nothing but what was typed is
    /// looked for.
    pub fn to_count(query: impl Into<String>) -> Self {
        Self {
            expand: Expand::Nothing,
            keywords: Keywords::Counted,
            ..Self::new(query)
        }
    }
}

/// What keywords are looked up for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keywords {
    /// To rank: side by side they match as their strings or by all of their words, and are relaxed where nothing has them.
    Ranked,
    /// To count: each is its string, outside Han in any inflected form, and its occurrences count.
    Counted,
}

/// The order of the hits. Equal ones follow speech id, paragraph and piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    Relevance,
    /// The oldest first, undated last.
    Date,
    /// The newest first, undated last.
    DateDescending,
}

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitUnit {
    /// A passage.
    Passage,
    /// A speech, with its best passages.
    Speech,
}

/// How strings are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// After folding width, case, marks, white space and script.
    Folded,
    /// Code point by code point, white space included.
    AsPrinted,
}

/// Whether what was not said is searched too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageDirections {
    /// Only what was said.
    Excluded,
    /// Stage directions too.
    Included,
}

/// A subcorpus by metadata: every condition holds; of the values of one condition any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Fields with the values that are let in.
    pub any_of: Vec<(FilterField, Vec<String>)>,
    /// The first day that is let in.
    pub from: Option<Date>,
    /// The last day that is let in.
    pub to: Option<Date>,
}

choices! { Sort, "an order",
    "relevance" => Relevance: "The best first",
    "date" => Date: "The oldest first",
    "-date" => DateDescending: "The newest first",
}

choices! { HitUnit, "something that a hit can be",
    "passage" => Passage: "A passage",
    "speech" => Speech: "A speech, with its best passages",
}

choices! { Expand, "something that other forms can be looked for of",
    "none" => Nothing: "Only what was typed",
    "keywords" => Keywords: "Other forms of keywords",
    "all" => Everything: "Other forms of keywords and quoted strings",
}

impl Filters {
    /// Whether everything is let in.
    pub fn is_empty(&self) -> bool {
        self.any_of.is_empty() && self.from.is_none() && self.to.is_none()
    }

    /// Lets in one more value of a field.
    pub fn add(&mut self, field: FilterField, value: String) {
        match self.any_of.iter_mut().find(|(existing, _)| *existing == field) {
            Some((_, values)) => values.push(value),
            None => self.any_of.push((field, vec![value])),
        }
    }

    /// Lets in one more value of a field, by a condition `FIELD=VALUE`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`]: the condition is not of this form.
    pub fn add_condition(&mut self, condition: &str) -> Result<()> {
        let (name, value) = assignment(condition)?;
        self.add(name.parse()?, value.to_owned());
        Ok(())
    }

    /// Holds the range of dates to have a day in it.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`]: the range ends before it begins.
    pub fn check_range(&self) -> Result<()> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from.first_day() > to.last_day() => {
                let message = format!("no day is from {from} on and up to {to}");
                Err(Error::new(ErrorKind::Usage, message).hint("put the earlier date into `from`"))
            }
            _ => Ok(()),
        }
    }
}

/// Splits `FIELD=VALUE`.
///
/// # Errors
/// [`ErrorKind::Usage`]: there is no `=`.
pub fn assignment(text: &str) -> Result<(&str, &str)> {
    let (name, value) = text.split_once('=').ok_or_else(|| {
        Error::new(ErrorKind::Usage, format!("`{text}` has no `=`")).hint("write FIELD=VALUE, such as place=Geneva")
    })?;
    Ok((name.trim(), value.trim()))
}

impl Filters {
    /// The same filters, letting in every form of the persons, states and organizations that they name.
    pub fn joined(&self, names: &Names) -> Self {
        let mut joined = self.clone();
        for (field, values) in &mut joined.any_of {
            if field.holds_names() {
                let forms: Vec<String> = (values.iter())
                    .flat_map(|value| names.same_in_metadata(value))
                    .map(str::to_owned)
                    .collect();
                values.extend(forms);
            }
        }
        joined
    }
}

/// A field to filter or count by: one of the contract, or a further one that a source brought.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FilterField {
    /// A field of the contract.
    Known(Field),
    /// A further field, without its `meta.`.
    Further(String),
    /// The year of the date; to count by.
    Year,
}

impl FilterField {
    /// Whether the values are names of persons, states and organizations, whose forms are joined.
    pub fn holds_names(&self) -> bool {
        matches!(self, Self::Known(Field::Speaker | Field::Country | Field::Organization))
    }

    /// The name under which the index keeps the values.
    pub fn path(&self) -> String {
        match self {
            Self::Known(field) => field.name().to_owned(),
            Self::Further(name) => format!("meta.{name}"),
            Self::Year => "year".to_owned(),
        }
    }
}

impl FromStr for FilterField {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        if name.is_empty() {
            return Err(
                Error::new(ErrorKind::Usage, "a field name is empty").hint("write FIELD=VALUE, such as speaker=Irvan")
            );
        }
        if name == "year" {
            return Ok(Self::Year);
        }
        if let Some(further) = name.strip_prefix("meta.") {
            return Ok(Self::Further(further.to_owned()));
        }
        Ok(name
            .parse()
            .map_or_else(|_| Self::Further(name.to_owned()), Self::Known))
    }
}
