//! Which passages the filters of a search let in.

use chancery::analyzer::fold_line;
use chancery::corpus::Field;
use chancery::names::Names;
use chancery::query::expression::FieldName;
use chancery::search::{FilterField, Filters};

use chancery::text::Date;

use super::texts::{SpeechText, Texts};

/// For each passage, whether all filters let it in; matter is only where notes are.
pub(crate) fn let_in(filters: &Filters, texts: &Texts, with_notes: bool) -> Vec<bool> {
    let wanted: Vec<Wanted> = filters.any_of.iter().map(Wanted::of).collect();
    let has_range = filters.from.is_some() || filters.to.is_some();
    let is_in_range = |speech: &SpeechText| {
        let date = speech.metadata.date();
        !has_range || date.is_some_and(|date| is_within(date, filters.from, filters.to))
    };
    let mut is_let_in = Vec::with_capacity(texts.passages.len());
    for speech in &texts.speeches {
        let is_in_range = is_in_range(speech);
        let by_speech: Vec<bool> = wanted.iter().map(|wanted| wanted.is_met_by(speech)).collect();
        is_let_in.extend(speech.passages.clone().map(|passage| {
            let mut met = wanted.iter().zip(&by_speech);
            let own = texts.passages[passage].speaker.as_ref();
            is_in_range
                && (with_notes || !texts.passages[passage].is_matter)
                && met.all(|(wanted, by_speech)| own.and_then(|(own, _)| wanted.of_turn(own)).unwrap_or(*by_speech))
        }));
    }
    is_let_in
}

/// The values of a field that a filter lets in.
struct Wanted<'a> {
    field: &'a FilterField,
    name: FieldName,
    values: Vec<String>,
}

impl<'a> Wanted<'a> {
    /// The values of a filter; of names every form.
    fn of((field, values): &'a (FilterField, Vec<String>)) -> Self {
        let names = Names::shipped();
        let forms = |value: &'a String| match field {
            FilterField::Known(Field::Speaker | Field::Country | Field::Organization) => names.same_in_metadata(value),
            _ => Vec::new(),
        };
        let all = values
            .iter()
            .flat_map(|value| [vec![value.as_str()], forms(value)].concat());
        let folded = all.map(|value| match field {
            FilterField::Year | FilterField::Known(Field::Language) => value.to_owned(),
            _ => fold_line(value),
        });
        Self {
            field,
            name: match field {
                FilterField::Known(field) => FieldName::Known(*field),
                FilterField::Further(name) => FieldName::Further(name.clone()),
                FilterField::Year => FieldName::Known(Field::Date),
            },
            values: folded.collect(),
        }
    }

    fn has(&self, value: &str) -> bool {
        match self.field {
            FilterField::Year => self.values.iter().any(|year| value.starts_with(year)),
            FilterField::Known(Field::Language) => self.values.iter().any(|language| is_variant(value, language)),
            _ => self.values.contains(&fold_line(value)),
        }
    }

    fn is_met_by(&self, speech: &SpeechText) -> bool {
        speech.values(&self.name).iter().any(|value| self.has(&value.printed))
    }

    /// Whether a turn of a speaker is let in; none where the filter is not about speakers.
    fn of_turn(&self, speaker: &str) -> Option<bool> {
        (self.name == FieldName::Known(Field::Speaker)).then(|| self.has(speaker))
    }
}

/// Whether a language tag is the language, or a variant of it.
pub(crate) fn is_variant(tag: &str, language: &str) -> bool {
    let (tag, language) = (tag.to_lowercase(), language.to_lowercase());
    tag == language || tag.starts_with(&format!("{language}-"))
}

/// Whether all days that the date can mean lie in the range.
pub(crate) fn is_within(date: Date, from: Option<Date>, to: Option<Date>) -> bool {
    from.is_none_or(|from| from.first_day() <= date.first_day()) && to.is_none_or(|to| date.last_day() <= to.last_day())
}
