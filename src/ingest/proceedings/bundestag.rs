//! Protocols of the German Bundestag as it publishes them (`dbtplenarprotokoll`).

use roxmltree::Node;

use super::label;
use super::minutes::{Kind, Minutes, Schema, Speaker};
use crate::corpus::{Field, Metadata};
use crate::ingest::dates;
use crate::ingest::draft::Draft;
use crate::ingest::xml::markup::{at, child, children, name, plain_text};
use crate::text::Date;

/// Reads a protocol.
pub(super) fn read(root: Node) -> Vec<Draft> {
    let mut stated = Metadata::default();
    let mut minutes = Minutes::new(&Bundestag);
    let head = at(root, &["vorspann", "kopfdaten"]);
    read_head(root, head, &mut stated);
    if let Some(head) = head {
        let values: Vec<String> = stated.fields().map(|(_, value)| value.to_owned()).collect();
        let is_quoted = |line: &String| values.iter().any(|value| value == line);
        let date = head.descendants().find(|node| name(*node) == "datum").map(plain_text);
        if stated.date().is_some() {
            minutes.quote(Field::Date, &date.unwrap_or_default());
        }
        // Where and when is in fields, but for words around them.
        let rest = head
            .children()
            .filter(|part| part.is_element() && name(*part) != "veranstaltungsdaten");
        minutes.set_apart(rest.map(plain_text).filter(|line| !is_quoted(line)));
    }
    let contents = root.descendants().find(|node| name(*node) == "inhaltsverzeichnis");
    if let Some(contents) = contents {
        minutes.set_apart(entries(contents));
    }
    for part in root.children() {
        match name(part) {
            "sitzungsverlauf" => minutes.read(part),
            "anlagen" if part.descendants().any(|node| name(node) == "rede") => minutes.read(part),
            "anlagen" | "rednerliste" => minutes.set_apart(entries(part)),
            _ => {}
        }
    }
    minutes.finish(stated).into_iter().collect()
}

fn read_head(root: Node, head: Option<Node>, stated: &mut Metadata) {
    let of_head = |wanted: &str| {
        let found = head.and_then(|head| head.descendants().find(|node| name(*node) == wanted));
        found.map(plain_text).filter(|text| !text.is_empty())
    };
    let attribute = |wanted: &str| root.attribute(wanted).map(str::trim).filter(|value| !value.is_empty());
    let number = attribute("wahlperiode").zip(attribute("sitzung-nr"));
    let title = of_head("plenarprotokoll-nummer").map(|title| title.replace(" /", "/").replace("/ ", "/"));
    let title = title.or_else(|| number.map(|(term, sitting)| format!("Plenarprotokoll {term}/{sitting}")));
    set(stated, Field::Title, &title.unwrap_or_default());
    set(
        stated,
        Field::Event,
        &of_head("sitzungstitel")
            .map(|text| text.replace(" .", "."))
            .unwrap_or_default(),
    );
    set(stated, Field::Organization, &of_head("herausgeber").unwrap_or_default());
    let place = of_head("ort").or_else(|| attribute("sitzung-ort").map(str::to_owned));
    set(stated, Field::Place, &place.unwrap_or_default());
    let date = head.and_then(|head| head.descendants().find(|node| name(*node) == "datum"));
    let day = date
        .and_then(|date| {
            date.attribute("date")
                .and_then(german_day)
                .or_else(|| dates::whole(&plain_text(date)))
        })
        .or_else(|| attribute("sitzung-datum").and_then(german_day));
    if let Some(day) = day {
        stated.set_date(Field::Date, day);
        set(stated, Field::DateSource, "metadata");
    }
}

/// A day such as `24.10.2017`, or in ISO 8601.
fn german_day(text: &str) -> Option<Date> {
    let text = text.trim();
    let mut parts = text.split('.').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next(), parts.next());
    match month.zip(year) {
        Some((month, year)) => Date::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        None => text.parse().ok(),
    }
}

/// The entries of a list, or the rows of a table, a line each.
fn entries(list: Node) -> Vec<String> {
    let is_entry = |node: &Node| {
        matches!(
            name(*node),
            "ivz-titel" | "ivz-eintrag" | "ivz-block-titel" | "tr" | "p" | "redner" | "anlagen-titel"
        ) && !node
            .ancestors()
            .skip(1)
            .any(|outer| matches!(name(outer), "ivz-eintrag" | "tr" | "p" | "redner"))
    };
    list.descendants().filter(is_entry).map(spaced_text).collect()
}

/// The words of an element, those of its children apart from each other.
fn spaced_text(node: Node) -> String {
    let texts: Vec<&str> = node
        .descendants()
        .filter(|text| text.is_text() && !is_part_of_name(*text))
        .filter_map(|text| text.text())
        .flat_map(str::split_whitespace)
        .collect();
    texts.join(" ")
}

/// Whether a text is a part of a name that is printed again behind its parts.
fn is_part_of_name(text: Node) -> bool {
    let redner = text.ancestors().find(|outer| name(*outer) == "redner");
    let printed = redner
        .and_then(|redner| redner.next_sibling())
        .and_then(|after| after.text());
    printed.is_some_and(|printed| !printed.trim().is_empty())
}

struct Bundestag;

impl Schema for Bundestag {
    fn kind(&self, node: Node) -> Kind {
        match name(node) {
            "p" if is_label(node) => Kind::Label,
            "name" if !node.ancestors().any(|outer| matches!(name(outer), "redner" | "p")) => Kind::Label,
            "p" if is_heading(node) => Kind::Heading,
            "p" if is_in_brackets(node) => Kind::Note,
            // What the agenda says is printed, not said.
            "p" if node.attribute("klasse").is_some_and(|class| class.starts_with("T_")) => Kind::Turn,
            "kommentar" => Kind::Note,
            "fussnote" => Kind::Note,
            "anlagen-titel" => Kind::Heading,
            "td" | "th" => Kind::Cell,
            "br" => Kind::LineBreak,
            "p" | "zitat" | "tr" | "li" | "tagesordnungspunkt" | "rede" | "sitzungsbeginn" | "sitzungsende"
            | "anlage" | "anlagen-text" | "table" | "tbody" | "thead" | "caption" | "ul" | "ol" | "div" => Kind::Block,
            _ => Kind::Inline,
        }
    }

    fn speaker(&self, _: Node, _: Option<&Speaker>) -> Option<Speaker> {
        None
    }

    fn named(&self, label: Node) -> Option<Speaker> {
        let redner = child(label, "redner").or_else(|| child(label, "a").and_then(|link| child(link, "redner")));
        let printed = match redner {
            // What is printed stands behind the parts of the name.
            Some(_) => {
                let texts = label
                    .descendants()
                    .filter(|node| node.is_text() && !node.ancestors().any(|outer| name(outer) == "name"));
                let words: String = texts.filter_map(|text| text.text()).collect();
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            None => plain_text(label),
        };
        let parts = redner.and_then(|redner| child(redner, "name"));
        let of = |wanted: &str| {
            parts
                .and_then(|parts| child(parts, wanted))
                .map(plain_text)
                .unwrap_or_default()
        };
        let role = parts
            .and_then(|parts| at(parts, &["rolle", "rolle_lang"]))
            .map(plain_text);
        let (family, title) = (of("nachname"), of("titel"));
        let printed_name = printed_name(&printed, &title);
        let name = match printed_name.filter(|name| !family.is_empty() && name.contains(&family)) {
            Some(name) => name.to_owned(),
            None if !family.is_empty() => {
                let parts = [of("vorname"), of("namenszusatz"), family];
                let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                parts.join(" ")
            }
            None => return chair(label::without_marks(&printed)),
        };
        Some(Speaker {
            name,
            role: role.unwrap_or_default(),
            party: of("fraktion"),
        })
    }
}

/// A paragraph that only names who speaks next: of the class of speakers, or of names.
fn is_label(paragraph: Node) -> bool {
    let class = paragraph.attribute("klasse").unwrap_or_default();
    class == "redner" || class == "N" || children(paragraph, "redner").next().is_some()
}

/// Whether all of a paragraph stands in brackets, as the clerk's lines on the beginning and the end do.
fn is_in_brackets(paragraph: Node) -> bool {
    let text = plain_text(paragraph);
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|inside| !inside.contains(['(', ')']))
}

/// The classes of the headings of the agenda.
fn is_heading(paragraph: Node) -> bool {
    let class = paragraph.attribute("klasse").unwrap_or_default();
    class.starts_with("T_") && (class.ends_with("fett") || class.contains("NaS"))
}

/// The name in a printed label, before the party in brackets or the office behind a comma, without the academic title.
fn printed_name<'a>(label: &'a str, title: &str) -> Option<&'a str> {
    let label = label::without_marks(label);
    let name = label.split(['(', ',']).next()?.trim();
    let name = name.strip_prefix(title).unwrap_or(name).trim();
    (!name.is_empty()).then_some(name)
}

/// Who presides is printed with the office before the name: `Vizepräsidentin Petra Pau`.
fn chair(label: &str) -> Option<Speaker> {
    const OFFICES: &[&str] = &["präsident", "präsidentin"];
    let is_office = |word: &str| OFFICES.iter().any(|office| word.to_lowercase().ends_with(office));
    let (office, name) = label
        .split_once(' ')
        .filter(|(office, _)| is_office(office))
        .unwrap_or(("", label));
    let name = name.trim().strip_prefix("Dr. ").unwrap_or(name).trim();
    (!name.is_empty()).then(|| Speaker {
        name: name.to_owned(),
        role: office.to_owned(),
        party: String::new(),
    })
}

fn set(metadata: &mut Metadata, field: Field, value: &str) {
    // Only dates can be refused, and these are set as dates.
    let _ = metadata.set(field, value);
}
