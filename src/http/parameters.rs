//! Parameters of a request: the option names of the command line, from an address or from a JSON object, held to what a resource takes.

use std::str::FromStr;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::problem::{Code, Problem};
use crate::error::Error;

/// A parameter that a resource takes.
#[derive(Debug)]
pub(super) struct Parameter {
    /// The name, as on the command line.
    pub(super) name: &'static str,
    /// What its values are.
    pub(super) kind: Kind,
    /// How often it may be given.
    pub(super) count: Count,
    /// What it means.
    pub(super) description: &'static str,
}

/// What the values of a parameter are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// A name, which is not blank.
    Name,
    /// A query, in the query language.
    Query,
    /// A name and a value: NAME=VALUE.
    Assignment,
    /// A number from a least one on.
    Number(usize),
    /// A number of hits or speeches, as far as an offset can reach.
    Window,
    /// `true` or `false`; the name alone is `true`.
    Flag,
    /// A year, a month or a day.
    Date,
    /// One of some names.
    Choice(&'static [(&'static str, &'static str)]),
}

/// How often a parameter may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// Once, and it must be.
    Required,
    /// Once or not at all.
    Optional,
    /// As often as wanted.
    Repeated,
    /// As often as wanted, and at least once.
    AtLeastOnce,
}

impl Count {
    /// Whether it must be given.
    pub(super) fn is_needed(self) -> bool {
        matches!(self, Self::Required | Self::AtLeastOnce)
    }

    /// Whether it may be given several times.
    pub(super) fn is_several(self) -> bool {
        matches!(self, Self::Repeated | Self::AtLeastOnce)
    }
}

/// The parameters of one request, each known to its resource and as often as it may be.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads the query part of an address.
    pub(super) fn of_address(query: Option<&str>) -> Result<Self, Problem> {
        let decoded = |text: &str| {
            let spaced = text.replace('+', " ");
            let bytes = percent_decode_str(&spaced);
            let text = bytes.decode_utf8().map(|text| text.into_owned());
            text.map_err(|_| Problem::new(Code::InvalidParameter, "a parameter is not in UTF-8"))
        };
        let parts = query.unwrap_or_default().split('&').filter(|part| !part.is_empty());
        let pairs = parts.map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((decoded(name)?, decoded(value)?))
        });
        Ok(Self(pairs.collect::<Result<_, Problem>>()?))
    }

    /// Reads a JSON object: a list is a parameter given several times. Numbers and flags are such of JSON too; what is not
    /// known is left to [`check`](Self::check).
    pub(super) fn of_object(object: &Map<String, Value>, known: &[&[Parameter]]) -> Result<Self, Problem> {
        let mut pairs = Vec::new();
        for (name, value) in object {
            let parameter = known.iter().copied().flatten().find(|parameter| parameter.name == name);
            let parameter = parameter.ok_or_else(|| unknown(name, known))?;
            let values = match value {
                Value::Array(values) if parameter.count.is_several() => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            for value in values {
                pairs.push((name.clone(), parameter.text_of(value)?));
            }
        }
        Ok(Self(pairs))
    }

    /// Adds a parameter that stands in the path.
    pub(super) fn with(mut self, name: &str, value: String) -> Self {
        self.0.push((name.to_owned(), value));
        self
    }

    /// Holds the parameters to those that a resource takes, and to what each may be.
    pub(super) fn check(&self, known: &[&[Parameter]]) -> Result<(), Problem> {
        for (name, value) in &self.0 {
            let parameter = (known.iter().copied().flatten())
                .find(|parameter| parameter.name == name)
                .ok_or_else(|| unknown(name, known))?;
            parameter.check(value)?;
        }
        for parameter in known.iter().copied().flatten() {
            let given = self.texts(parameter.name).count();
            let message = match (parameter.count, given) {
                (Count::Required | Count::AtLeastOnce, 0) => format!("the parameter `{}` is missing", parameter.name),
                (Count::Required | Count::Optional, 2..) => {
                    format!("the parameter `{}` is given {given} times", parameter.name)
                }
                _ => continue,
            };
            return Err(Problem::new(Code::InvalidParameter, message).about(parameter.name));
        }
        Ok(())
    }

    /// All values of a parameter.
    pub(super) fn texts<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(given, _)| given == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The value of a parameter.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value of a parameter, read.
    pub(super) fn parsed<T: FromStr>(&self, name: &str) -> Result<Option<T>, Problem>
    where
        Error: From<T::Err>,
    {
        let parsed = self.text(name).map(str::parse).transpose();
        parsed.map_err(|error| Problem::from(Error::from(error)).about(name))
    }

    /// The value of a number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.text(name).and_then(|text| text.parse().ok())
    }

    /// Whether a flag is set.
    pub(super) fn flag(&self, name: &str) -> bool {
        matches!(self.text(name), Some("" | "true"))
    }

    /// Each parameter with its value, as given.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Parameter {
    /// A JSON value as it would stand in an address.
    fn text_of(&self, value: &Value) -> Result<String, Problem> {
        let wanted = match (self.kind, value) {
            (Kind::Number(_) | Kind::Window, Value::Number(number)) => return Ok(whole(number)),
            (Kind::Flag, Value::Bool(flag)) => return Ok(flag.to_string()),
            (Kind::Number(_) | Kind::Window, _) => "a number",
            (Kind::Flag, _) => "`true` or `false`",
            (_, Value::String(text)) => return Ok(text.clone()),
            _ => "a text",
        };
        let several = if self.count.is_several() {
            ", or a list of such"
        } else {
            ""
        };
        let message = format!("the value of `{}` is not {wanted}{several}", self.name);
        Err(Problem::new(Code::InvalidParameter, message).about(self.name))
    }

    /// The least that a number may be.
    fn least(&self) -> usize {
        match self.kind {
            Kind::Number(least) => least,
            _ => 0,
        }
    }

    fn check(&self, value: &str) -> Result<(), Problem> {
        let wanted = match self.kind {
            Kind::Text | Kind::Query | Kind::Assignment | Kind::Date => return Ok(()),
            Kind::Name => match value.trim().is_empty() {
                false => return Ok(()),
                true => "a name".to_owned(),
            },
            Kind::Number(_) | Kind::Window => match value.parse::<usize>() {
                Ok(number) if number >= self.least() => return Ok(()),
                _ => format!("a whole number from {} on", self.least()),
            },
            Kind::Flag => match value {
                "" | "true" | "false" => return Ok(()),
                _ => "`true` or `false`".to_owned(),
            },
            Kind::Choice(names) => {
                if names.iter().any(|(name, _)| *name == value) {
                    return Ok(());
                }
                let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
                format!("one of {}", names.join(", "))
            }
        };
        let message = format!("`{value}` is no value of the parameter `{}`", self.name);
        Err(Problem::new(Code::InvalidParameter, message)
            .about(self.name)
            .hint(format!("write {wanted}")))
    }
}

/// A number as it would stand in an address: in JSON `10.0` is the whole number 10.
fn whole(number: &serde_json::Number) -> String {
    let is_whole = |number: &f64| number.fract() == 0.0 && (0.0..9e15).contains(number);
    match number.as_f64().filter(is_whole) {
        Some(whole) if !number.is_u64() => format!("{whole:.0}"),
        _ => number.to_string(),
    }
}

fn unknown(name: &str, known: &[&[Parameter]]) -> Problem {
    let names: Vec<&str> = known
        .iter()
        .copied()
        .flatten()
        .map(|parameter| parameter.name)
        .collect();
    Problem::new(
        Code::InvalidParameter,
        format!("`{name}` is not a parameter of this resource"),
    )
    .about(name)
    .hint(format!("it takes {}", names.join(", ")))
}
