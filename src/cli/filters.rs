//! The filters of every reading verb.

use chancery::corpus::Field;
use chancery::error::Result;
use chancery::search::{FilterField, Filters};
use chancery::text::Date;

/// Filters; each may be repeated, and any of its values is let in.
#[derive(clap::Args, Default)]
#[command(next_help_heading = "Filters")]
pub(super) struct FilterArgs {
    /// Only this speaker, by any form of the name that is known
    #[arg(long, value_name = "NAME")]
    speaker: Vec<String>,
    /// Only this country, by any form of its name
    #[arg(long, value_name = "NAME")]
    country: Vec<String>,
    /// Only this organization, by any form of its name
    #[arg(long, value_name = "NAME")]
    organization: Vec<String>,
    /// Only this language: zh, zh-Hant, en, fr, ru, es, ar …
    #[arg(long, value_name = "TAG")]
    language: Vec<String>,
    /// Only this event
    #[arg(long, value_name = "NAME")]
    event: Vec<String>,
    /// Only this genre: keynote, speech, statement, toast, press-conference …
    #[arg(long, value_name = "NAME")]
    genre: Vec<String>,
    /// Only this collection
    #[arg(long, value_name = "NAME")]
    collection: Vec<String>,
    /// Not before this date: 2013, 2013-03 or 2013-03-22
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Not after this date, inclusive
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Only speeches with this value in any other field, such as place=… or meta.translator=…
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    conditions: Vec<String>,
}

impl FilterArgs {
    /// The filters as meant.
    pub(super) fn filters(&self) -> Result<Filters> {
        let mut filters = Filters {
            from: self.from,
            to: self.to,
            ..Filters::default()
        };
        let named = [
            (Field::Speaker, &self.speaker),
            (Field::Country, &self.country),
            (Field::Organization, &self.organization),
            (Field::Language, &self.language),
            (Field::Event, &self.event),
            (Field::Genre, &self.genre),
            (Field::Collection, &self.collection),
        ];
        for (field, values) in named {
            values
                .iter()
                .for_each(|value| filters.add(FilterField::Known(field), value.clone()));
        }
        for condition in &self.conditions {
            filters.add_condition(condition)?;
        }
        filters.check_range()?;
        Ok(filters)
    }

    /// The filters of a query that has some of its own, which stand in the place of these for the same field.
    pub(super) fn with_own(&self, own: Filters) -> Result<Filters> {
        let mut filters = self.filters()?;
        filters
            .any_of
            .retain(|(field, _)| own.any_of.iter().all(|(other, _)| other != field));
        filters.any_of.extend(own.any_of);
        filters.from = own.from.or(filters.from);
        filters.to = own.to.or(filters.to);
        Ok(filters)
    }
}
