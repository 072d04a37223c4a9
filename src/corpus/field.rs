//! The metadata fields that every speech may have, by the names of the contract.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! fields {
    ($($(#[doc = $doc:literal])* $variant:ident => $name:literal,)*) => {
        /// A metadata field of a speech; the order is the order in which output shows them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Field {
            /// All fields, in output order.
            pub const ALL: &'static [Field] = &[$(Field::$variant),*];

            /// The name as typed on the command line and printed in JSON.
            pub fn name(self) -> &'static str {
                match self { $(Field::$variant => $name,)* }
            }

            /// What it holds, in a sentence.
            pub fn description(self) -> &'static str {
                match self { $(Field::$variant => concat!($($doc),*).trim_ascii(),)* }
            }
        }
    };
}

fields! {
    /// The speech's own title.
    Title => "title",
    /// The line under the title, without its leading dash.
    Subtitle => "subtitle",
    /// The name of the person who speaks, without office or honorific.
    Speaker => "speaker",
    /// The office of the speaker at that date, as written.
    Role => "role",
    /// The state that the speaker speaks for, as written.
    Country => "country",
    /// The body that issues the text or that the speaker speaks for.
    Organization => "organization",
    /// The day of delivery, ISO 8601 with the precision that the source states.
    Date => "date",
    /// Where the date came from: `metadata`, `heading`, `dateline` or `file name`.
    DateSource => "date_source",
    /// The day of publication.
    Published => "published",
    /// Where the speech was given.
    Place => "place",
    /// The occasion.
    Event => "event",
    /// The kind of speech: `keynote`, `speech`, `statement`, `toast`, `article`, `letter`, `press-conference`, `interview`, `news`, `report`.
    Genre => "genre",
    /// The news agency or portal that released the text.
    Agency => "agency",
    /// The language as a BCP-47 tag.
    Language => "language",
    /// `detected` where the language is not stated but was told from the text.
    LanguageSource => "language_source",
    /// The line in which the speaker addresses the audience.
    Salutation => "salutation",
    /// The file, and the line in it, that the speech came from, relative to the ingested root.
    Source => "source",
    /// The address of the published text.
    Url => "url",
    /// The collection that the speech belongs to.
    Collection => "collection",
    /// The id of the speech of which this is another version.
    VersionOf => "version_of",
    /// The id of the speech of which this is a translation.
    TranslationOf => "translation_of",
    /// Where the title came from, where the text itself does not state it.
    TitleSource => "title_source",
    /// Where the speaker came from, where the text itself does not state it.
    SpeakerSource => "speaker_source",
    /// Where the country came from, where the text itself does not state it: `file name`, `portal line`, `table` and so on.
    CountrySource => "country_source",
    /// Where the event came from, where the text itself does not state it.
    EventSource => "event_source",
    /// The character encoding that was assumed, where it is neither UTF-8 nor declared: `GB18030`, `windows-1251` and so on.
    Encoding => "encoding",
}

/// The name is not that of a metadata field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a metadata field")]
pub struct UnknownField(pub String);

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|field| field.name() == name)
            .ok_or_else(|| UnknownField(name.to_owned()))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
