//! The header of a TEI document: its title, when, where and in which meeting it was spoken, and who spoke.

use roxmltree::Node;
use serde_json::{Value, json};

use super::corpus::{Corpus, Occasion, person_name};
use crate::corpus::{Field, Metadata};
use crate::ingest::draft::Draft;
use crate::ingest::xml::markup::{at, child, children, in_language, name, plain_text, xml_attribute};
use crate::ingest::xml::speakers::{self, Person};
use crate::text::Date;

/// What a header says.
pub(super) struct Header {
    /// The identifier, where it is one beyond the document.
    pub(super) id: Option<String>,
    pub(super) stated: Metadata,
    pub(super) suggested: Metadata,
    pub(super) occasion: Occasion,
}

/// Reads the header of a `TEI` element and the language of its text.
pub(super) fn read(tei: Node, corpus: &Corpus) -> Header {
    let mut stated = Metadata::default();
    let mut suggested = Metadata::default();
    let header = child(tei, "teiHeader").unwrap_or(tei);
    let language = language(tei, header);
    let date = date(header);
    let occasion = Occasion {
        language: language.clone(),
        date: date.map(|date| date.to_string()),
    };
    set(&mut stated, Field::Language, &language);
    if let Some(date) = date {
        stated.set_date(Field::Date, date);
        set(&mut stated, Field::DateSource, "metadata");
    }
    if let Some(title_statement) = at(header, &["fileDesc", "titleStmt"]) {
        read_titles(title_statement, &language, &mut stated);
        read_meetings(title_statement, &occasion, corpus, &mut stated);
        if let Some(author) = only_author(title_statement) {
            set(&mut suggested, Field::Speaker, &author);
        }
    }
    read_setting(header, &language, &mut stated);
    if let Some(address) = address(header, "sourceDesc").filter(|address| names_a_page(address)) {
        set(&mut stated, Field::Url, address);
    }
    if let Some(edition) = address(header, "publicationStmt") {
        stated.set_meta("edition", json!(edition));
    }
    Header {
        id: id(tei),
        stated,
        suggested,
        occasion,
    }
}

/// Adds who spoke, by identifiers in the order of their first words: their names, roles and parties on that day; of a
/// document with one speaker the name and role are those of the speech.
pub(super) fn name_speakers(draft: &mut Draft, speakers: &[String], occasion: &Occasion, corpus: &Corpus) {
    let person = |id: &String| Person {
        name: corpus.name(id, occasion).unwrap_or_else(|| id.clone()),
        roles: corpus.roles(id, occasion),
        parties: corpus.parties(id, occasion),
    };
    let persons: Vec<Person> = speakers.iter().map(person).collect();
    speakers::state(&mut draft.stated, &persons);
}

/// ParlaMint names its documents by the identifier of their root. Elsewhere that identifier need only be unique within
/// the document, and templates hand the same one on.
fn id(tei: Node) -> Option<String> {
    let id = xml_attribute(tei, "id").filter(|id| id.starts_with("ParlaMint"))?;
    Some(id.to_owned())
}

fn language(tei: Node, header: Node) -> String {
    let of_text = child(tei, "text").and_then(|text| xml_attribute(text, "lang"));
    let stated = of_text.or_else(|| xml_attribute(tei, "lang"));
    let used: Vec<&str> = at(header, &["profileDesc", "langUsage"])
        .into_iter()
        .flat_map(|usage| usage.children())
        .filter_map(|language| language.attribute("ident"))
        .collect();
    let only = used.first().filter(|first| used.iter().all(|other| other == *first));
    stated.or(only.copied()).unwrap_or_default().to_owned()
}

/// The day of the sitting; else of the source, else of the making of the text. The day on which the electronic text was
/// published is none of them.
fn date(header: Node) -> Option<Date> {
    let setting = at(header, &["profileDesc", "settingDesc"]);
    let source = at(header, &["fileDesc", "sourceDesc"]);
    let creation = at(header, &["profileDesc", "creation"]);
    let meeting = at(header, &["fileDesc", "titleStmt", "meeting"]);
    [setting, meeting, creation, source]
        .into_iter()
        .flatten()
        .flat_map(|part| part.descendants())
        .filter(|node| name(*node) == "date")
        .find_map(date_of)
}

/// The date that an element states by `when`, or by a beginning and an end in the same month: then the beginning, for a
/// sitting may last beyond midnight.
fn date_of(node: Node) -> Option<Date> {
    let day = |name: &str| {
        node.attribute(name)?
            .get(..10.min(node.attribute(name)?.len()))?
            .parse::<Date>()
            .ok()
    };
    if let Some(date) = day("when").or_else(|| day("when-iso")) {
        return Some(date);
    }
    let (from, to) = (day("from")?, day("to")?);
    let month = |date: Date| date.to_string().chars().take("2020-06".len()).collect::<String>();
    (month(from) == month(to)).then_some(from)
}

fn read_titles(title_statement: Node, language: &str, stated: &mut Metadata) {
    let mut titles: Vec<Node> = children(title_statement, "title").collect();
    // The title of a text in a volume or series is its own; that of the series says nothing of it.
    let is_analytic = |node: &Node| node.attribute("level") == Some("a");
    if titles.iter().any(is_analytic) {
        titles.retain(is_analytic);
        if !titles
            .iter()
            .any(|node| node.attribute("type").is_none_or(|kind| kind == "main"))
        {
            let whole: Vec<String> = titles.iter().map(|node| plain_text(*node)).collect();
            set(stated, Field::Title, &whole.join(" "));
            return;
        }
    }
    let of = |kinds: &[&str]| {
        let is_of = |node: &&Node| kinds.contains(&node.attribute("type").unwrap_or("main"));
        let found: Vec<Node> = titles.iter().filter(is_of).copied().collect();
        let chosen = in_language(&found, language);
        chosen
            .iter()
            .map(|node| plain_text(*node))
            .collect::<Vec<_>>()
            .join(" ")
    };
    set(stated, Field::Title, without_edition(&of(&["main"])));
    set(stated, Field::Subtitle, &of(&["sub"]));
}

/// A title without the mark of the corpus at its end: `[ParlaMint]`, `[ParlaMint.ana SAMPLE]`.
fn without_edition(title: &str) -> &str {
    title.rfind("[ParlaMint").map_or(title, |mark| title[..mark].trim_end())
}

/// The meeting: its parts from the term to the sitting, and the body that met.
fn read_meetings(title_statement: Node, occasion: &Occasion, corpus: &Corpus, stated: &mut Metadata) {
    let all: Vec<Node> = children(title_statement, "meeting").collect();
    let chosen = in_language(&all, &occasion.language);
    let mut parts: Vec<(usize, String)> = chosen.iter().map(|node| (breadth(*node), meeting(*node))).collect();
    parts.sort_by_key(|(breadth, _)| *breadth);
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(_, text)| text)
        .filter(|text| !text.is_empty())
        .collect();
    set(stated, Field::Event, &parts.join(", "));
    if let Some(place) = all.iter().find_map(|node| children(*node, "placeName").next()) {
        set(stated, Field::Place, &plain_text(place));
    }
    let body = all
        .iter()
        .filter_map(|node| node.attribute("corresp"))
        .find_map(|id| corpus.organization(id.trim_start_matches('#'), occasion));
    set(stated, Field::Organization, &body.unwrap_or_default());
}

/// The kinds of meetings from the longest to the shortest, as the taxonomy of ParlaMint names them.
const MEETINGS: &[&str] = &["term", "session", "meeting", "sitting", "agenda"];

fn kind(meeting: Node) -> Option<usize> {
    let analysis = meeting.attribute("ana").unwrap_or_default();
    let names: Vec<&str> = analysis
        .split_whitespace()
        .filter_map(|part| part.strip_prefix("#parla."))
        .collect();
    MEETINGS.iter().position(|kind| names.contains(kind))
}

fn breadth(meeting: Node) -> usize {
    kind(meeting).unwrap_or(MEETINGS.len())
}

/// A meeting in words; one that is only numbered is named by its kind: `Session 91`. One that is only dated says no more
/// than the date of the text.
fn meeting(node: Node) -> String {
    // A meeting whose parts are marked is named by the body that met.
    let body = children(node, "orgName").next();
    let text = plain_text(body.unwrap_or(node));
    let number = node.attribute("n").unwrap_or_default();
    let is_day = |text: &str| text.len() == "2020-06-17".len() && text.parse::<Date>().is_ok();
    if is_day(&text) || text.is_empty() && is_day(number) {
        return String::new();
    }
    let is_number = text.chars().all(|character| character.is_ascii_digit());
    match kind(node) {
        Some(kind) if is_number => {
            let number = if text.is_empty() { number } else { &text };
            let (first, rest) = MEETINGS[kind].split_at(1);
            format!("{}{rest} {number}", first.to_uppercase()).trim().to_owned()
        }
        _ => text,
    }
}

/// Where the meeting was: the city, and as a further field the country.
fn read_setting(header: Node, language: &str, stated: &mut Metadata) {
    let Some(setting) = at(header, &["profileDesc", "settingDesc"]) else {
        return;
    };
    let of = |kinds: &[&str]| {
        let is_of = |node: &Node| node.attribute("type").is_some_and(|kind| kinds.contains(&kind));
        let found: Vec<Node> = setting.descendants().filter(is_of).collect();
        in_language(&found, language)
            .first()
            .map(|node| plain_text(*node))
            .unwrap_or_default()
    };
    set(stated, Field::Place, &of(&["city", "place", "settlement"]));
    let country = of(&["country"]);
    if !country.is_empty() {
        stated.set_meta("country", Value::String(country));
    }
}

/// The address that a part of the description of the file gives: of the source, or of the electronic edition.
fn address<'a>(header: Node<'a, '_>, part: &str) -> Option<&'a str> {
    at(header, &["fileDesc", part])?
        .descendants()
        .filter(|node| matches!(name(*node), "idno" | "ref" | "ptr"))
        .filter(|node| {
            node.ancestors()
                .all(|ancestor| !matches!(name(ancestor), "publisher" | "availability"))
        })
        .filter_map(|node| node.attribute("target").or_else(|| node.text()).map(str::trim))
        .find(|address| address.starts_with("http://") || address.starts_with("https://"))
}

/// Whether an address goes beyond the name of a site, as that of one text does.
fn names_a_page(address: &str) -> bool {
    let site_and_page = address.split_once("://").map_or(address, |(_, rest)| rest);
    site_and_page.split_once('/').is_some_and(|(_, page)| !page.is_empty())
}

/// The author, where the document names exactly one.
fn only_author(title_statement: Node) -> Option<String> {
    let authors: Vec<Node> = children(title_statement, "author").collect();
    let [author] = authors[..] else {
        return None;
    };
    Some(child(author, "persName").map_or_else(|| plain_text(author), person_name))
}

fn set(metadata: &mut Metadata, field: Field, value: &str) {
    metadata.set(field, value).expect("only date fields can be refused");
}
