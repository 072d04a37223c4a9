//! A page as it is asked for: its parameters, held to those it takes, and all that it is made from.

use std::sync::Arc;

use super::super::parameters::Count::Optional;
use super::super::parameters::{Kind, Parameter, Parameters};
use super::super::problem::Problem;
use super::super::service::Service;
use super::dates::plain_date;
use crate::engine::Engine;
use crate::page::{Address, Interface, Visit};
use crate::stop::Stop;

/// What is at an address.
pub(super) struct Page {
    /// The parameters that it takes.
    pub(super) parameters: &'static [&'static [Parameter]],
    /// The values of parameters that say what is so anyway.
    pub(super) usual: &'static [(&'static str, &'static str)],
    /// Makes it.
    pub(super) make: fn(&Asked) -> Result<String, Problem>,
}

/// What a page is made from.
pub(super) struct Asked {
    pub(super) engine: Arc<Engine>,
    pub(super) parameters: Parameters,
    pub(super) visit: Visit,
    /// The path, percent-encoded.
    pub(super) path: String,
    pub(super) service: Arc<Service>,
    pub(super) stop: Stop,
}

/// What every page takes.
const EVERY_PAGE: &[Parameter] = &[Parameter {
    name: "ui",
    kind: Kind::Choice(&[("en", "English"), ("zh", "Chinese")]),
    count: Optional,
    description: "The language of the interface; that of the browser if not given",
}];

/// The parameters of an address, as they are given.
pub(super) fn given(query: Option<&str>) -> Result<Vec<(String, String)>, Problem> {
    let parameters = Parameters::of_address(query)?;
    Ok(parameters
        .pairs()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect())
}

/// The address of a path with parameters.
pub(super) fn address(path: &str, pairs: &[(String, String)]) -> Address {
    Address::new(path, pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

impl Page {
    /// The parameters without those that choose nothing, as a form sends them, and whether they were given so.
    pub(super) fn plain(&self, given: &[(String, String)]) -> (Vec<(String, String)>, bool) {
        let mut plain = Vec::with_capacity(given.len());
        for (name, value) in given {
            let value = self.plain_value(name, value);
            if !value.is_empty() && !self.usual.contains(&(name.as_str(), value.as_str())) {
                plain.push((name.clone(), value));
            }
        }
        let is_plain = plain == given;
        (plain, is_plain)
    }

    /// A value as an address has it; empty where it chooses nothing. A query is what was typed, to the last space.
    fn plain_value(&self, name: &str, value: &str) -> String {
        let trimmed = value.trim();
        match (self.kind(name), trimmed) {
            (Some(Kind::Flag), "") => "true".to_owned(),
            (Some(Kind::Flag), "false") => String::new(),
            (Some(Kind::Date), _) => plain_date(trimmed),
            (Some(Kind::Query), written) if !written.is_empty() => value.to_owned(),
            _ => trimmed.to_owned(),
        }
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        let mut parameters = self.parameters.iter().copied().flatten();
        let parameter = parameters.find(|parameter| parameter.name == name)?;
        Some(parameter.kind)
    }

    /// Holds the parameters to those that the page takes. None of them is needed.
    pub(super) fn check(&self, pairs: &[(String, String)]) -> Result<(), Problem> {
        let known: Vec<&[Parameter]> = self.parameters.iter().copied().chain([EVERY_PAGE]).collect();
        let mut parameters = parameters(pairs);
        let takes_query = self
            .parameters
            .iter()
            .copied()
            .flatten()
            .any(|parameter| parameter.name == "q");
        if takes_query && parameters.text("q").is_none() {
            parameters = parameters.with("q", String::new());
        }
        parameters.check(&known)
    }
}

/// Pairs as parameters.
fn parameters(pairs: &[(String, String)]) -> Parameters {
    let with = |parameters: Parameters, (name, value): &(String, String)| parameters.with(name, value.clone());
    pairs.iter().fold(Parameters::default(), with)
}

impl Asked {
    pub(super) fn new(
        engine: Arc<Engine>,
        pairs: Vec<(String, String)>,
        interface: Interface,
        path: &str,
        service: Arc<Service>,
    ) -> Self {
        let visit = Visit {
            interface,
            address: address(path, &pairs),
            corpus: engine.corpus().name.clone(),
        };
        Self {
            engine,
            parameters: parameters(&pairs),
            visit,
            path: path.to_owned(),
            service,
            stop: Stop::default(),
        }
    }
}
