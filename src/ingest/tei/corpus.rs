//! What a corpus says of those who speak in it: persons with their names, offices and parties, and when each of them held.

use std::collections::HashMap;

use roxmltree::Node;

use crate::ingest::xml::markup::{children, name, plain_text, xml_attribute};
use crate::text::is_han;

/// Persons and organizations by their identifiers, as a `teiCorpus`, its lists or a document's own header give them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    persons: HashMap<String, Person>,
    organizations: HashMap<String, Organization>,
}

/// When and in which language a document was spoken: what decides between the names and roles of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Occasion {
    /// The language of the text; empty where it is not known.
    pub(super) language: String,
    /// The day in ISO 8601.
    pub(super) date: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Person {
    names: Vec<Variant>,
    affiliations: Vec<Affiliation>,
}

/// That a person belongs to an organization in a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Affiliation {
    role: String,
    role_names: Vec<Variant>,
    organization: String,
    period: Period,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Organization {
    role: String,
    names: Vec<Variant>,
    short_names: Vec<Variant>,
}

/// One of the forms of a name: in a language, in a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Variant {
    language: String,
    period: Period,
    text: String,
}

/// A time between two days, both included; an open end is empty. The days may be as imprecise as a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Period {
    from: String,
    to: String,
}

impl Corpus {
    /// Adds what another file of the same corpus says; where both speak of the same person, this one goes first.
    pub fn merge(&mut self, other: &Corpus) {
        for (id, person) in &other.persons {
            self.persons.entry(id.clone()).or_insert_with(|| person.clone());
        }
        for (id, organization) in &other.organizations {
            self.organizations
                .entry(id.clone())
                .or_insert_with(|| organization.clone());
        }
    }

    /// Whether nothing is known of anyone.
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty() && self.organizations.is_empty()
    }

    /// Reads the persons and organizations in an element.
    pub(super) fn read(root: Node) -> Self {
        let mut corpus = Self::default();
        for node in root.descendants() {
            let Some(id) = xml_attribute(node, "id") else {
                continue;
            };
            match name(node) {
                "person" => {
                    corpus.persons.insert(id.to_owned(), Person::read(node));
                }
                "org" => {
                    corpus.organizations.insert(id.to_owned(), Organization::read(node));
                }
                _ => {}
            }
        }
        corpus
    }

    /// Whether a person of this identifier is known by name.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.persons.get(id).is_some_and(|person| !person.names.is_empty())
    }

    /// The name of a person at an occasion.
    pub(super) fn name(&self, id: &str, occasion: &Occasion) -> Option<String> {
        chosen(&self.persons.get(id)?.names, occasion).map(str::to_owned)
    }

    /// The name of an organization at an occasion.
    pub(super) fn organization(&self, id: &str, occasion: &Occasion) -> Option<String> {
        chosen(&self.organizations.get(id)?.names, occasion).map(str::to_owned)
    }

    /// The offices that a person holds at an occasion, in the order of the source.
    pub(super) fn roles(&self, id: &str, occasion: &Occasion) -> Vec<String> {
        let held = self.held(id, occasion);
        let is_bare = |affiliation: &&Affiliation| affiliation.role == "member" && affiliation.role_names.is_empty();
        let mut roles = Vec::new();
        for affiliation in &held {
            let says_more = |other: &&Affiliation| other.organization == affiliation.organization && !is_bare(other);
            let is_said_better = is_bare(affiliation) && held.iter().any(says_more);
            if self.is_party(&affiliation.organization) && affiliation.role == "member" || is_said_better {
                continue;
            }
            let role = self.role_text(affiliation, occasion);
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        roles
    }

    /// The parties and parliamentary groups that a person belongs to at an occasion, by their short names.
    pub(super) fn parties(&self, id: &str, occasion: &Occasion) -> Vec<String> {
        let mut parties = Vec::new();
        for affiliation in self.held(id, occasion) {
            if self.is_party(&affiliation.organization) {
                let party = self.short_name(&affiliation.organization, occasion);
                if !parties.contains(&party) {
                    parties.push(party);
                }
            }
        }
        parties
    }

    fn held(&self, id: &str, occasion: &Occasion) -> Vec<&Affiliation> {
        let affiliations = self.persons.get(id).map_or(&[][..], |person| &person.affiliations);
        affiliations
            .iter()
            .filter(|affiliation| affiliation.period.holds(occasion.date.as_deref()))
            .collect()
    }

    fn is_party(&self, id: &str) -> bool {
        let role = self.organizations.get(id).map_or("", |organization| &organization.role);
        let kind = if role.is_empty() {
            id.split('.').next().unwrap_or_default()
        } else {
            role
        };
        matches!(kind, "politicalParty" | "parliamentaryGroup" | "party")
    }

    fn short_name(&self, id: &str, occasion: &Occasion) -> String {
        let known = self.organizations.get(id);
        let short = known.and_then(|organization| chosen(&organization.short_names, occasion));
        let full = known.and_then(|organization| chosen(&organization.names, occasion));
        let of_id = id.split_once('.').map_or(id, |(_, name)| name);
        short.or(full).unwrap_or(of_id).to_owned()
    }

    /// A role in words: as the source names it, else its code, with the organization where the code alone says little.
    fn role_text(&self, affiliation: &Affiliation, occasion: &Occasion) -> String {
        if let Some(role) = chosen(&affiliation.role_names, occasion) {
            return role.to_owned();
        }
        let role = spelled_out(&affiliation.role);
        let says_all = role == "MP" || role.contains("minister") || role.contains("state");
        match self.organization(&affiliation.organization, occasion) {
            Some(organization) if !says_all => format!("{role} of {organization}"),
            _ => role,
        }
    }
}

impl Person {
    fn read(node: Node) -> Self {
        Self {
            names: children(node, "persName")
                .filter_map(|node| variant(node, person_name(node)))
                .collect(),
            affiliations: children(node, "affiliation").map(Affiliation::read).collect(),
        }
    }
}

impl Affiliation {
    fn read(node: Node) -> Self {
        let attribute = |name: &str| node.attribute(name).unwrap_or_default();
        let role_names = children(node, "roleName").filter_map(|node| variant(node, plain_text(node)));
        Self {
            role: attribute("role").to_owned(),
            role_names: role_names.collect(),
            organization: attribute("ref").trim_start_matches('#').to_owned(),
            period: Period::read(node),
        }
    }
}

impl Organization {
    fn read(node: Node) -> Self {
        let is_short = |node: &Node| node.attribute("full").is_some_and(|full| full != "yes");
        let of = |short: bool| {
            children(node, "orgName")
                .filter(|node| is_short(node) == short)
                .filter_map(|node| variant(node, plain_text(node)))
                .collect()
        };
        Self {
            role: node.attribute("role").unwrap_or_default().to_owned(),
            names: of(false),
            short_names: of(true),
        }
    }
}

impl Period {
    fn read(node: Node) -> Self {
        let day = |name: &str| node.attribute(name).unwrap_or_default().to_owned();
        Self {
            from: day("from"),
            to: day("to"),
        }
    }

    /// Whether a day lies in the period, as far as both are known; without a day only what has no end at all holds.
    fn holds(&self, date: Option<&str>) -> bool {
        let Some(date) = date else {
            return self.from.is_empty() && self.to.is_empty();
        };
        common(&self.from, date) <= common(date, &self.from) && common(date, &self.to) <= common(&self.to, date)
    }
}

/// A date no more precise than another.
fn common<'a>(date: &'a str, other: &str) -> &'a str {
    date.get(..other.len().min(date.len())).unwrap_or(date)
}

fn variant(node: Node, text: String) -> Option<Variant> {
    let language = xml_attribute(node, "lang").unwrap_or_default();
    (!text.is_empty()).then(|| Variant {
        language: language.to_owned(),
        period: Period::read(node),
        text,
    })
}

/// The form of a name for an occasion: of those that hold then the one in its language, else without one, else in
/// English, else the first.
fn chosen<'a>(variants: &'a [Variant], occasion: &Occasion) -> Option<&'a str> {
    let holding: Vec<&Variant> = variants
        .iter()
        .filter(|variant| variant.period.holds(occasion.date.as_deref()))
        .collect();
    let all: Vec<&Variant> = variants.iter().collect();
    let candidates = if holding.is_empty() { all } else { holding };
    let primary = occasion.language.split('-').next().unwrap_or_default();
    let of = |wanted: &str| {
        candidates
            .iter()
            .find(|variant| variant.language.split('-').next() == Some(wanted))
    };
    let found = of(primary)
        .or_else(|| of(""))
        .or_else(|| of("en"))
        .or(candidates.first())?;
    Some(found.text.as_str())
}

/// The name of a person: given names before family names, without titles; in Han characters as there the custom is.
pub(super) fn person_name(node: Node) -> String {
    let is_part = |node: &Node| matches!(name(*node), "forename" | "surname" | "nameLink" | "addName" | "genName");
    if !node.children().any(|child| is_part(&child)) {
        return plain_text(node);
    }
    let of = |wanted: &str| children(node, wanted).map(plain_text).collect::<Vec<_>>().join(" ");
    let (given, family) = (of("forename"), of("surname"));
    if given.chars().chain(family.chars()).all(is_han) {
        return family + &given;
    }
    let parts = [given, of("nameLink"), family, of("genName")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// A code such as `deputyPrimeMinister` in words; `MP` stays.
fn spelled_out(code: &str) -> String {
    if code.chars().all(char::is_uppercase) {
        return code.to_owned();
    }
    let mut words = String::new();
    for character in code.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}
