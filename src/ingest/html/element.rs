//! The elements of a page: what their names mean for lines of text, and what their attributes say of their content.

use html5ever::LocalName;
use html5ever::tokenizer::Tag;
use html5ever::tokenizer::states::RawKind;

use crate::ingest::html::page::attribute;

/// What an element does to the lines of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `<br>`.
    Break,
    /// `<hr>`.
    Rule,
    /// `<meta>`, `<link>`.
    Meta,
    /// An element without content, such as a picture.
    Void,
    /// An element whose content is no markup, such as a script.
    Raw(RawKind),
    /// A paragraph.
    Paragraph,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// Anything else that stands on lines of its own.
    Block,
    /// Anything else, which runs on in the line.
    Inline,
}

impl Kind {
    pub(super) fn of(name: &str) -> Self {
        match name {
            "br" => Self::Break,
            "hr" => Self::Rule,
            "meta" | "link" => Self::Meta,
            "head" | "img" | "input" | "wbr" | "area" | "base" | "basefont" | "bgsound" | "col" | "embed" | "frame"
            | "param" | "source" | "track" | "keygen" => Self::Void,
            "script" => Self::Raw(RawKind::ScriptData),
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => Self::Raw(RawKind::Rawtext),
            "title" | "textarea" => Self::Raw(RawKind::Rcdata),
            "p" => Self::Paragraph,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "li" | "dt" | "dd" | "option" => Self::Item,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "details" | "dialog"
            | "dir" | "div" | "dl" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "header" | "hgroup"
            | "html" | "legend" | "listing" | "main" | "menu" | "nav" | "ol" | "optgroup" | "pre" | "section"
            | "select" | "summary" | "table" | "tbody" | "template" | "tfoot" | "thead" | "ul" => Self::Block,
            _ => Self::Inline,
        }
    }

    /// Whether the element starts a line of its own. A cell goes on in the line of its row.
    pub(super) fn ends_block(self) -> bool {
        matches!(
            self,
            Self::Paragraph | Self::Heading(_) | Self::Item | Self::Row | Self::Block
        )
    }

    /// What stands between the lines of such elements.
    pub(super) fn break_before(self) -> super::block::Break {
        match self {
            Self::Item | Self::Row => super::block::Break::Line,
            _ => super::block::Break::Paragraph,
        }
    }

    pub(super) fn is_of_table(self) -> bool {
        matches!(self, Self::Row | Self::Cell)
    }

    /// Whether the start of such an element can end another without an end tag.
    pub(super) fn can_end_others(self, name: &str) -> bool {
        self.ends_block() || self == Self::Cell || name == "a"
    }

    /// Whether the start of an element of this kind and name ends an open one.
    pub(super) fn ends(self, name: &str, open: &Element) -> bool {
        match self {
            Self::Item => open.kind == Self::Paragraph || are_alike(name, &open.name),
            Self::Row => matches!(open.kind, Self::Row | Self::Cell),
            Self::Cell => open.kind == Self::Cell,
            Self::Inline => open.name == *name,
            _ => open.kind == Self::Paragraph,
        }
    }

    /// Whether an open element keeps the start of one of this kind from ending what it stands in.
    pub(super) fn is_bounded_by(self, open: &Element) -> bool {
        match self {
            Self::Row | Self::Cell => &*open.name == "table",
            _ => open.kind.ends_block() || open.kind == Self::Cell,
        }
    }
}

/// Whether an item of one name is followed by one of the other in the same list.
fn are_alike(name: &str, open: &str) -> bool {
    name == open || matches!((name, open), ("dt", "dd") | ("dd", "dt"))
}

/// An element of a page.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// The name, in lower case.
    pub(super) name: LocalName,
    /// What it does to the lines.
    pub(super) kind: Kind,
    /// The element that it stands in.
    pub(super) parent: usize,
    /// The words of its class, id and role, in lower case.
    pub(super) marks: String,
    /// The property of structured data that it holds, in lower case.
    pub(super) property: String,
    /// Whether its text is never a text of the page, as that of a button is not.
    pub(super) is_unseen: bool,
    /// Whether it or an element around it is not shown.
    pub(super) is_hidden: bool,
    /// Whether line feeds of its text are line ends.
    pub(super) is_preformatted: bool,
    /// The link that its text belongs to: the index of that element.
    pub(super) link: Option<usize>,
    /// The address of a link.
    pub(super) address: Option<String>,
    /// Whether a player of a film or a recording stands right in it.
    pub(super) holds_player: bool,
}

impl Element {
    /// The page itself.
    pub(super) fn root() -> Self {
        Self {
            name: LocalName::from(""),
            kind: Kind::Block,
            parent: 0,
            marks: String::new(),
            property: String::new(),
            is_unseen: false,
            is_hidden: false,
            is_preformatted: false,
            link: None,
            address: None,
            holds_player: false,
        }
    }

    /// The element of a start tag, at an index of the page and in a parent.
    pub(super) fn new(tag: &Tag, kind: Kind, (index, parent): (usize, usize), around: &Element) -> Self {
        let name = tag.name.clone();
        let text = |name: &str| attribute(tag, name).unwrap_or_default();
        let marks = [text("class"), text("id"), text("role")].join(" ").to_lowercase();
        let address = (&*name == "a")
            .then(|| attribute(tag, "href"))
            .flatten()
            .map(str::to_owned);
        Self {
            is_unseen: around.is_unseen || is_control(&name),
            is_hidden: around.is_hidden || is_hidden(tag, &marks),
            is_preformatted: around.is_preformatted || matches!(&*name, "pre" | "listing"),
            link: address.as_ref().map(|_| index).or(around.link),
            address,
            holds_player: false,
            property: text("itemprop").to_lowercase(),
            name,
            kind,
            parent,
            marks,
        }
    }

    /// Whether it is the frame of a player, whose text is about that and no text of the page.
    pub(super) fn is_frame_of_player(&self) -> bool {
        const MARKS: &[&str] = &["video", "player", "embed", "media", "audio", "youtube", "vimeo"];
        let is_frame = matches!(&*self.name, "address" | "figure" | "span" | "object");
        let is_named = matches!(&*self.name, "div" | "p") && self.mark_words().any(|word| MARKS.contains(&word));
        self.holds_player && (is_frame || is_named)
    }

    /// The words of class, id and role, also those joined by dashes and underscores.
    pub(super) fn mark_words(&self) -> impl Iterator<Item = &str> {
        self.marks
            .split([' ', '-', '_', '\t', '\n'])
            .filter(|word| !word.is_empty())
    }
}

/// Elements for the reader's hand, and what is shown only where something fails.
fn is_control(name: &str) -> bool {
    matches!(
        name,
        "button"
            | "select"
            | "option"
            | "optgroup"
            | "datalist"
            | "noscript"
            | "template"
            | "svg"
            | "canvas"
            | "audio"
            | "video"
            | "object"
            | "applet"
            | "map"
            | "progress"
            | "meter"
    )
}

fn is_hidden(tag: &Tag, marks: &str) -> bool {
    const HIDDEN: &[&str] = &[
        "hidden",
        "hide",
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "element-invisible",
        "screen-reader-text",
        "offscreen",
        "noprint",
        "no-print",
        "mw-editsection",
    ];
    let style: String = attribute(tag, "style")
        .unwrap_or_default()
        .chars()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    attribute(tag, "hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || marks.split_whitespace().any(|mark| HIDDEN.contains(&mark))
}
