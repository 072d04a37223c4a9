//! The weights of the ranking: a profile of plain numbers, each with a name by which it can be set for one search.

use crate::error::{Error, ErrorKind, Result};

/// How much each part of the score weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankingProfile {
    /// A keyword or string that stands in the passage as written.
    pub string: f32,
    /// A word of the query, or a shorter word inside of one.
    pub word: f32,
    /// The whole query, standing in the passage as written.
    pub literal: f32,
    /// A word of the query in the title or subtitle of the speech.
    pub title: f32,
    /// All keywords in one passage, or in one speech: this share of what it scores is added to it.
    pub all_keywords: f32,
    /// A passage that is the heading of a section: this share of what it scores is added to it.
    pub heading: f32,
    /// A keyword or string in a speech as a whole, beside its best passages.
    pub speech: f32,
    /// The units of the query in one of the best passages.
    pub units: f32,
    /// Two units side by side in the query that stand so in one of the best passages.
    pub pairs: f32,
    /// How near the words of the query stand to each other in one of the best passages.
    pub nearness: f32,
    /// The share of letters from the beginning that makes two words kin, which then count as one in the best passages; with 1 no
    /// words are.
    pub kin: f32,
    /// How slowly further occurrences in one of the best passages add to its score: k1 of BM25 for units and pairs.
    pub saturation: f32,
    /// How much the length of one of the best passages lowers its score: b of BM25 for units and pairs.
    pub length: f32,
    /// The number of the best passages that are compared with the query unit by unit.
    pub depth: usize,
    /// With fewer matches than these, passages with a part of the words are shown behind them.
    pub page: usize,
}

impl Default for RankingProfile {
    fn default() -> Self {
        Self {
            string: 0.6,
            word: 1.0,
            literal: 0.5,
            title: 0.2,
            all_keywords: 0.3,
            heading: 0.15,
            // As much as a keyword weighs in a passage, where it counts as a string and as a word.
            speech: 1.6,
            // Found by `benches/ranking/tune.py`.
            units: 3.0,
            pairs: 0.5,
            nearness: 2.0,
            kin: 0.7,
            // The usual ones for passages, as in Anserini; those of the first stage are tantivy's.
            saturation: 0.9,
            length: 0.4,
            depth: 100,
            page: 10,
        }
    }
}

impl RankingProfile {
    /// The names of the weights, in the order of the fields.
    pub const NAMES: &'static [&'static str] = &[
        "string",
        "word",
        "literal",
        "title",
        "all_keywords",
        "heading",
        "speech",
        "units",
        "pairs",
        "nearness",
        "kin",
        "saturation",
        "length",
        "depth",
        "page",
    ];

    /// The profile with some weights set, each given as `name=value`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`]: a weight is not of this form, has no such name, or has a value that it cannot have.
    pub fn with<'s>(mut self, settings: impl IntoIterator<Item = &'s str>) -> Result<Self> {
        for setting in settings {
            let (name, value) = setting.split_once('=').ok_or_else(|| unreadable(setting))?;
            let value: f32 = value.trim().parse().map_err(|_| unreadable(setting))?;
            self.set(name.trim(), value)?;
        }
        Ok(self)
    }

    fn set(&mut self, name: &str, value: f32) -> Result<()> {
        let most = match name {
            "length" | "kin" => 1.0,
            "depth" | "page" => 10_000.0,
            _ => 1_000.0,
        };
        let weight = self.weight(name)?;
        let is_whole = !matches!(name, "depth" | "page") || value.fract() == 0.0;
        if !(0.0..=most).contains(&value) || !is_whole {
            let message = format!("the weight `{name}` cannot be {value}");
            let hint = match name {
                "length" | "kin" => "it lies between 0 and 1",
                "depth" | "page" => "it is a whole number of passages, at most 10000",
                _ => "it is a number from 0 to 1000",
            };
            return Err(Error::new(ErrorKind::Usage, message).hint(hint));
        }
        match (weight, name) {
            (Some(weight), _) => *weight = value,
            (None, "page") => self.page = value as usize,
            (None, _) => self.depth = value as usize,
        }
        Ok(())
    }

    /// The weight of a name; `None` for those that are numbers of passages.
    fn weight(&mut self, name: &str) -> Result<Option<&mut f32>> {
        Ok(Some(match name {
            "string" => &mut self.string,
            "word" => &mut self.word,
            "literal" => &mut self.literal,
            "title" => &mut self.title,
            "all_keywords" => &mut self.all_keywords,
            "heading" => &mut self.heading,
            "speech" => &mut self.speech,
            "units" => &mut self.units,
            "pairs" => &mut self.pairs,
            "nearness" => &mut self.nearness,
            "kin" => &mut self.kin,
            "saturation" => &mut self.saturation,
            "length" => &mut self.length,
            "depth" | "page" => return Ok(None),
            _ => {
                let message = format!("the ranking has no weight `{name}`");
                let hint = format!("it has {}", Self::NAMES.join(", "));
                return Err(Error::new(ErrorKind::Usage, message).hint(hint));
            }
        }))
    }
}

fn unreadable(setting: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("`{setting}` is no weight of the ranking")).hint("write it as nearness=1.5")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_can_be_set_by_its_name() {
        for name in RankingProfile::NAMES {
            let profile = RankingProfile::default().with([format!("{name}=0").as_str()]).unwrap();
            assert_ne!(profile, RankingProfile::default(), "{name}");
        }
    }

    #[test]
    fn what_is_no_weight_is_an_error_that_names_it() {
        for setting in [
            "nearnes=1",
            "nearness",
            "nearness=far",
            "units=-1",
            "length=1.5",
            "units=NaN",
            "units=inf",
        ] {
            let error = RankingProfile::default().with([setting]).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Usage, "{setting}");
            let name = setting.split('=').next().unwrap();
            assert!(error.to_string().contains(name), "{error}");
        }
    }
}
