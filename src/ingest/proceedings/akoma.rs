//! Akoma Ntoso: debates and reports of debates, of any edition of the standard.

use std::collections::HashMap;

use roxmltree::Node;

use super::label;
use super::minutes::{Kind, Minutes, Schema, Speaker};
use crate::corpus::{Field, Metadata};
use crate::ingest::dates;
use crate::ingest::draft::Draft;
use crate::ingest::xml::markup::{at, child, children, name, plain_text};
use crate::text::{ByteSpan, Date};

/// Reads the debates of a document.
pub(super) fn read(root: Node) -> Result<Vec<Draft>, String> {
    let debates: Vec<Node> = root
        .descendants()
        .filter(|node| matches!(name(*node), "debate" | "debateReport" | "debateRecord"))
        .collect();
    if debates.is_empty() {
        let kind = root.children().find(Node::is_element).map_or("", name);
        return Err(format!(
            "is Akoma Ntoso, but a document of the type <{kind}>, not a <debate>: nobody speaks in it"
        ));
    }
    Ok(debates.into_iter().filter_map(debate).collect())
}

fn debate(node: Node) -> Option<Draft> {
    let body = child(node, "debateBody").or_else(|| child(node, "mainBody"))?;
    let only = only_section_heading(body).filter(|_| doc_title(node).is_none());
    let akoma = Akoma {
        names: names(node),
        title: only,
    };
    let mut stated = Metadata::default();
    let mut minutes = Minutes::new(&akoma);
    let day = day(node);
    match (doc_title(node), only) {
        (Some(title), _) => set(&mut stated, Field::Title, &title),
        (None, Some(heading)) => read_heading(&plain_text(heading), day.is_none(), &mut stated, &mut minutes),
        (None, None) => {}
    }
    if let Some(day) = day {
        stated.set_date(Field::Date, day);
        set(&mut stated, Field::DateSource, "metadata");
    }
    let parts = ["coverPage", "preface", "preamble"];
    for part in node.children().filter(|part| parts.contains(&name(*part))) {
        let lines: Vec<String> = blocks(part).into_iter().map(plain_text).collect();
        let title = stated.value(Field::Title).unwrap_or_default().to_owned();
        minutes.set_apart(lines.into_iter().filter(|line| *line != title));
    }
    minutes.read(body);
    if let Some(end) = child(node, "conclusions") {
        minutes.set_apart(blocks(end).into_iter().map(plain_text));
    }
    minutes.finish(stated)
}

/// What the references of a debate call persons and roles, by identifier.
fn names(debate: Node) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let references = debate.descendants().filter(|node| name(*node) == "references");
    for reference in references.flat_map(|references| references.children()) {
        let id = ["eId", "id", "wId"].iter().find_map(|attribute| {
            let found = reference.attributes().find(|own| own.name() == *attribute);
            found.map(|own| own.value())
        });
        let shown = reference
            .attribute("showAs")
            .map(str::trim)
            .filter(|shown| !shown.is_empty());
        if let Some((id, shown)) = id.zip(shown) {
            names.insert(id.to_owned(), shown.to_owned());
        }
    }
    names
}

fn doc_title(debate: Node) -> Option<String> {
    let parts = ["preface", "coverPage"];
    let titles = debate.children().filter(|part| parts.contains(&name(*part)));
    let title = titles
        .flat_map(|part| part.descendants())
        .find(|node| name(*node) == "docTitle")
        .map(plain_text)
        .filter(|title| !title.is_empty());
    let alias = || {
        let identification = at(debate, &["meta", "identification", "FRBRWork"])?;
        let alias = children(identification, "FRBRalias").find_map(|alias| alias.attribute("value"))?;
        let is_name = alias.contains(' ') || alias.chars().any(crate::text::is_han);
        is_name.then(|| alias.trim().to_owned())
    };
    title.or_else(alias)
}

/// The heading of the only section of a body: it is that of the whole debate.
fn only_section_heading<'a, 'input>(body: Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    let mut parts = body.children().filter(Node::is_element);
    let section = parts.next().filter(|first| name(*first) == "debateSection")?;
    let is_only = parts.next().is_none();
    is_only.then(|| child(section, "heading")).flatten()
}

/// Reads the heading of a whole debate: the day that it may begin or end with, and the title.
fn read_heading(heading: &str, wants_day: bool, stated: &mut Metadata, minutes: &mut Minutes<'_, Akoma>) {
    let mentions = dates::mentions(heading);
    let edge = mentions.iter().find(|mention| {
        let around = (&heading[..mention.span.start], &heading[mention.span.end..]);
        is_blank(around.0) || is_blank(around.1)
    });
    let Some(mention) = edge else {
        return set(stated, Field::Title, heading);
    };
    let title = without(heading, mention.span);
    if wants_day {
        stated.set_date(Field::Date, mention.date);
        set(stated, Field::DateSource, "heading");
        minutes.quote(Field::Date, &heading[mention.span.range()]);
    }
    let is_named = title.chars().any(char::is_alphabetic) && wants_day;
    set(stated, Field::Title, if is_named { title } else { heading });
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|character| !character.is_alphanumeric())
}

fn without(heading: &str, span: ByteSpan) -> &str {
    let rest = match is_blank(&heading[..span.start]) {
        true => &heading[span.end..],
        false => &heading[..span.start],
    };
    rest.trim_matches(|mark: char| {
        mark.is_whitespace() || matches!(mark, ',' | ':' | '-' | '–' | '—' | '.' | '：' | '，')
    })
}

/// The day of the sitting: of the title page, else of the work, else of its address.
fn day(debate: Node) -> Option<Date> {
    let of_page = || {
        let parts = debate
            .children()
            .filter(|part| matches!(name(*part), "preface" | "coverPage"));
        parts
            .flat_map(|part| part.descendants())
            .filter(|node| name(*node) == "docDate")
            .find_map(|node| {
                let stated = node.attribute("date").and_then(|date| date.get(..10)?.parse().ok());
                stated.or_else(|| dates::whole(&plain_text(node)))
            })
    };
    let work = at(debate, &["meta", "identification", "FRBRWork"]);
    let of_work = || {
        let is_of_sitting = |date: &Node| {
            let kind = date.attribute("name").unwrap_or_default().to_lowercase();
            !["publ", "generat", "markup", "marking", "entry"]
                .iter()
                .any(|other| kind.contains(other))
        };
        let mut days = children(work?, "FRBRdate").filter(is_of_sitting);
        days.find_map(|date| date.attribute("date")?.get(..10)?.parse().ok())
    };
    let of_address = || {
        let address = child(work?, "FRBRthis").or_else(|| child(work?, "FRBRuri"))?;
        let parts = address.attribute("value")?.split('/');
        parts.filter(|part| part.len() == 10).find_map(|part| part.parse().ok())
    };
    of_page().or_else(of_work).or_else(of_address)
}

/// The paragraphs of a part that is no debate, else the part itself.
fn blocks<'a, 'input>(part: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
    let is_block = |node: &Node| matches!(name(*node), "p" | "block" | "longTitle" | "tocItem" | "heading");
    let has_blocks_inside = |node: &Node| node.descendants().skip(1).any(|inside| is_block(&inside));
    let found: Vec<Node> = part
        .descendants()
        .filter(|node| is_block(node) && !has_blocks_inside(node))
        .collect();
    let covers = |texts: &[Node]| {
        texts.iter().map(|node| plain_text(*node).len()).sum::<usize>() * 10 >= plain_text(part).len() * 9
    };
    if covers(&found) {
        found
    } else {
        part.children().filter(Node::is_element).collect()
    }
}

struct Akoma<'a, 'input> {
    names: HashMap<String, String>,
    /// The heading that became the title.
    title: Option<Node<'a, 'input>>,
}

impl Akoma<'_, '_> {
    fn shown(&self, turn: Node, attribute: &str) -> Option<(&str, bool)> {
        let reference = turn.attribute(attribute)?.split_whitespace().next()?;
        let id = reference.rsplit('#').next().filter(|id| !id.is_empty())?;
        // The reader borrows from the table alone.
        self.names.get(id).map(|name| (name.as_str(), true))
    }
}

impl Schema for Akoma<'_, '_> {
    fn kind(&self, node: Node) -> Kind {
        if self.title == Some(node) {
            return Kind::Left;
        }
        match name(node) {
            "meta" => Kind::Left,
            "heading" | "subheading" | "num" if holds_blocks(node.parent()) => Kind::Heading,
            "speech" | "question" | "answer" => Kind::Turn,
            "from" => Kind::From,
            "narrative" | "scene" | "summary" | "remark" | "recordedTime" | "authorialNote" | "note"
            | "adjournment"
                if !has_turns(node) =>
            {
                Kind::Note
            }
            "td" | "th" => Kind::Cell,
            "eol" | "br" => Kind::LineBreak,
            "p" | "li" | "tr" | "block" | "item" | "listIntroduction" | "listWrapUp" | "caption" | "other" => {
                Kind::Block
            }
            _ if holds_blocks(Some(node)) => Kind::Block,
            _ => Kind::Inline,
        }
    }

    fn speaker(&self, turn: Node, _: Option<&Speaker>) -> Option<Speaker> {
        let printed = child(turn, "from").map(plain_text);
        let of_label = printed.as_deref().and_then(label::speaker);
        let role = self.shown(turn, "as").map(|(role, _)| role.to_owned());
        let named = self.shown(turn, "by").map(|(name, _)| name.to_owned());
        let id = || {
            let reference = turn.attribute("by")?.split_whitespace().next()?;
            let id = reference.rsplit(['#', '/']).next()?.trim();
            (!id.is_empty()).then(|| id.to_owned())
        };
        let printed_role = of_label
            .as_ref()
            .map(|speaker| speaker.role.clone())
            .unwrap_or_default();
        let name = named.or(of_label.map(|speaker| speaker.name)).or_else(id)?;
        Some(Speaker {
            name,
            role: role.unwrap_or(printed_role),
            party: String::new(),
        })
    }

    fn named(&self, _: Node) -> Option<Speaker> {
        None
    }
}

/// Whether somebody speaks in an element.
fn has_turns(node: Node) -> bool {
    node.descendants()
        .any(|inside| matches!(name(inside), "speech" | "question" | "answer"))
}

/// Whether an element holds blocks rather than words.
fn holds_blocks(node: Option<Node>) -> bool {
    let is_block = |node: Node| {
        matches!(
            name(node),
            "p" | "heading"
                | "speech"
                | "question"
                | "answer"
                | "debateSection"
                | "narrative"
                | "scene"
                | "summary"
                | "tr"
                | "li"
                | "item"
                | "block"
                | "table"
                | "blockList"
                | "other"
                | "ul"
                | "ol"
        )
    };
    node.is_some_and(|node| node.children().any(is_block))
}

fn set(metadata: &mut Metadata, field: Field, value: &str) {
    // Only dates can be refused, and these are set as dates.
    let _ = metadata.set(field, value);
}
