//! What the elements of TEI are to a text: paragraphs, headings, turns, notes, or nothing of their own.

use roxmltree::Node;

use crate::ingest::xml::markup::name;

/// What an element is to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not shown: headers, links.
    Left,
    /// Shown, but neither said nor noted: running titles, the other readings of a choice, title pages, place and day, names
    /// of those who signed.
    Aside,
    /// Part of the text around it.
    Inline,
    /// The end of a line.
    LineBreak,
    /// What a clerk or editor says of the text.
    Note,
    /// Begins and ends a paragraph, or holds several.
    Block,
    /// The end of a page or column.
    PageBreak,
    /// The heading of a division.
    Heading,
    /// A cell of a table's row.
    Cell,
    /// What one speaker says.
    Turn,
    /// A sentence.
    Sentence,
    /// A word or punctuation mark.
    Token,
}

/// What an element is to the text.
pub(super) fn kind(node: Node) -> Kind {
    let parent = node.parent().map_or("", name);
    match name(node) {
        "teiHeader" | "link" | "linkGrp" | "spanGrp" | "index" | "standOff" | "facsimile" | "sourceDoc"
        | "timeline" | "graphic" => Kind::Left,
        "fw" | "rdg" | "titlePage" | "dateline" | "byline" | "signed" | "trailer" => Kind::Aside,
        // Of two readings the one of the source is read.
        "corr" | "reg" | "expan" if parent == "choice" => Kind::Aside,
        "lb" => Kind::LineBreak,
        "pb" | "cb" => Kind::PageBreak,
        "note" | "kinesic" | "incident" | "vocal" | "gap" | "stage" | "figDesc" | "speaker" | "del" | "pause"
        | "writing" | "camera" | "sound" | "desc" => Kind::Note,
        "head" if is_division(parent) => Kind::Heading,
        "u" | "sp" => Kind::Turn,
        "s" => Kind::Sentence,
        "w" | "pc" => Kind::Token,
        "cell" => Kind::Cell,
        "seg" if parent == "u" => Kind::Block,
        other if is_container(other) || is_paragraph(other) => Kind::Block,
        _ => Kind::Inline,
    }
}

/// Whether a note stands in the middle of a paragraph, not between paragraphs.
pub(super) fn interrupts(note: Node) -> bool {
    let Some(parent) = note.parent() else {
        return false;
    };
    let has_text = || {
        parent
            .children()
            .filter(Node::is_text)
            .any(|text| !text.text().unwrap_or_default().trim().is_empty())
    };
    !(is_container(name(parent)) || matches!(name(parent), "u" | "sp")) || has_text()
}

/// Whether a sentence is marked up word by word with no white space of its own between the words.
pub(super) fn is_tokenized(sentence: Node) -> bool {
    let mut tokens = sentence
        .descendants()
        .filter(|node| matches!(kind(*node), Kind::Token))
        .peekable();
    let ends_in_space = |token: Node| token.text().is_some_and(|text| text.ends_with(char::is_whitespace));
    tokens.peek().is_some() && !tokens.any(ends_in_space) && !sentence.descendants().any(|node| name(node) == "c")
}

fn is_division(name: &str) -> bool {
    let number = name.strip_prefix("div");
    number.is_some_and(|number| number.chars().all(|digit| digit.is_ascii_digit()))
        || matches!(name, "body" | "front" | "back" | "text")
}

/// Whether an element holds paragraphs rather than text.
fn is_container(name: &str) -> bool {
    is_division(name)
        || matches!(
            name,
            "group"
                | "floatingText"
                | "list"
                | "table"
                | "lg"
                | "spGrp"
                | "figure"
                | "castList"
                | "cit"
                | "opener"
                | "closer"
                | "postscript"
        )
}

fn is_paragraph(name: &str) -> bool {
    matches!(
        name,
        "p" | "ab"
            | "head"
            | "l"
            | "item"
            | "row"
            | "label"
            | "salute"
            | "docTitle"
            | "docDate"
            | "docAuthor"
            | "docImprint"
            | "titlePart"
            | "epigraph"
            | "argument"
            | "addrLine"
            | "castItem"
    )
}
