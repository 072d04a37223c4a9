//! What every verb takes, and how every verb ends.

use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, ValueEnum};

use chancery::error::Error;
use chancery::render::Format;

/// Options of every verb.
#[derive(Args)]
pub(super) struct CommonArgs {
    /// The folder of the index
    #[arg(
        long,
        global = true,
        env = "CHANCERY_INDEX",
        default_value = "index",
        value_name = "DIR"
    )]
    pub(super) index: PathBuf,
    /// The form of the output
    #[arg(long, global = true, default_value = "text", value_name = "FORMAT",
        value_parser = PossibleValuesParser::new(Format::NAMES).try_map(|name| name.parse::<Format>()))]
    pub(super) format: Format,
    /// When to color the output
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    color: Color,
    /// Say less: no progress, no report of what went well
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "verbose")]
    pub(super) quiet: u8,
    /// Say how long it took, and where
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(super) verbose: u8,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl CommonArgs {
    pub(super) fn set_color(&self) {
        match self.color {
            // NO_COLOR, CLICOLOR_FORCE and whether the output is a terminal decide.
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

/// How a verb ended, where it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Done, or something found.
    Done,
    /// Nothing found.
    NothingFound,
    /// Part of the input was rejected.
    PartlyRejected,
    /// What was checked is damaged.
    Damaged,
}

impl Outcome {
    pub(super) fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::NothingFound => 1,
            Self::PartlyRejected => 3,
            Self::Damaged => 2,
        })
    }

    pub(super) fn found(something: bool) -> Self {
        if something { Self::Done } else { Self::NothingFound }
    }
}

/// The parser of a choice by its names, each with what it means.
pub(super) fn one_of<T>(names: &'static [(&'static str, &'static str)]) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err = Error> + Clone + Send + Sync + 'static,
{
    let values = names
        .iter()
        .map(|(name, meaning)| PossibleValue::new(*name).help(*meaning));
    PossibleValuesParser::new(values).try_map(|name| name.parse::<T>())
}
