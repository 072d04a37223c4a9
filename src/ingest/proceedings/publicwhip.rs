//! Debates in the markup of TheyWorkForYou and its kin (`publicwhip`): headings and speeches one after another.

use roxmltree::Node;

use super::minutes::{Kind, Minutes, Schema, Speaker};
use crate::corpus::{Field, Metadata};
use crate::ingest::draft::Draft;
use crate::ingest::xml::markup::{child, name};
use crate::text::Date;

/// Reads a day of debates.
pub(super) fn read(root: Node) -> Vec<Draft> {
    let mut stated = Metadata::default();
    let items = || root.children().filter(Node::is_element);
    let ids = || items().filter_map(|item| item.attribute("id"));
    if let Some(day) = ids().find_map(day_of) {
        stated.set_date(Field::Date, day);
        // Only dates can be refused.
        let _ = stated.set(Field::DateSource, "metadata");
    }
    if let Some(address) = items().find_map(|item| item.attribute("url")) {
        let page = address.split('#').next().unwrap_or(address);
        let _ = stated.set(Field::Url, page);
    }
    let mut minutes = Minutes::new(&PublicWhip);
    minutes.read(root);
    minutes.finish(stated).into_iter().collect()
}

/// The day in an identifier: `uk.org.publicwhip/debate/2013-02-14a.1.0`.
fn day_of(id: &str) -> Option<Date> {
    let last = id.rsplit('/').next()?;
    last.get(.."2013-02-14".len())?.parse().ok()
}

struct PublicWhip;

impl Schema for PublicWhip {
    fn kind(&self, node: Node) -> Kind {
        match name(node) {
            "oral-heading" | "major-heading" | "minor-heading" | "heading" => Kind::Heading,
            "speech" | "ques" | "reply" => Kind::Turn,
            "gidredirect" | "datechange" => Kind::Left,
            "td" | "th" => Kind::Cell,
            "br" => Kind::LineBreak,
            "p" | "tr" | "li" | "ul" | "ol" | "blockquote" | "table" | "tbody" | "thead" | "division"
            | "divisioncount" | "mplist" | "mpname" | "msplist" | "mspname" | "mlalist" | "mlaname" | "lordlist"
            | "lord" | "publicwhip" | "section" => Kind::Block,
            _ => Kind::Inline,
        }
    }

    /// A speech that nobody is named for is the clerk's.
    fn speaker(&self, turn: Node, _: Option<&Speaker>) -> Option<Speaker> {
        let name = turn
            .attribute("speakername")
            .or_else(|| turn.attribute("speakerName"))?
            .trim();
        let role = turn.attribute("speakeroffice").or_else(|| turn.attribute("office"));
        let is_unknown = name.is_empty() || name == "unknown" || child(turn, "nospeaker").is_some();
        (!is_unknown).then(|| Speaker {
            name: name.to_owned(),
            role: role.map(str::trim).unwrap_or_default().to_owned(),
            party: turn.attribute("party").map(str::trim).unwrap_or_default().to_owned(),
        })
    }

    fn named(&self, _: Node) -> Option<Speaker> {
        None
    }
}
