//! Rich text (.rtf): groups, control words and the bytes of old code pages become blocks, as of a Word document.
//!
//! Hidden text, heads and feet of pages are set apart, footnotes stand where they are called; fonts, colors, pictures and
//! instructions of fields are left out. Nothing nests deeper than a bound, and nothing is unpacked.

use crate::corpus::{Field, Metadata};
use crate::ingest::draft::{Aside, Draft};
use crate::ingest::editorial;
use crate::ingest::office::{self, Block, LONGEST_HEADING_CHARS, properties};

mod charset;
mod tokens;

use charset::Charsets;
use tokens::{Token, Tokens};

/// The most groups in one another.
const DEEPEST: usize = 2_000;

/// Reads a document.
///
/// # Errors
/// In plain words, why the bytes are no rich text that can be read, with the line where it is cut off.
pub fn read(bytes: &[u8]) -> Result<Draft, String> {
    let mut reader = Reader::default();
    reader.read(bytes)?;
    let blocks = std::mem::take(&mut reader.blocks);
    let mut draft = office::draft(&blocks).ok_or("holds no text: if its pages are pictures, save a text version")?;
    draft
        .asides
        .extend(Aside::together(std::mem::take(&mut reader.heads), 0));
    let end = draft.text.len();
    draft
        .asides
        .extend(Aside::together(std::mem::take(&mut reader.feet), end));
    draft.asides.sort_by_key(|aside| aside.at);
    reader.suggest(&mut draft.suggested);
    office::suggest_title(&mut draft, &blocks);
    Ok(draft)
}

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Target {
    /// Into the text.
    #[default]
    Text,
    /// Nowhere.
    Left,
    /// Into the table of fonts.
    Fonts,
    /// Into the table of styles.
    Styles,
    /// To the heads of pages.
    Head,
    /// To the feet of pages.
    Foot,
    /// Into a footnote.
    Note,
    /// The properties of the document.
    Properties,
    /// The title among them.
    Title,
    /// Who made it.
    Author,
}

/// What holds in a group and ends with it.
#[derive(Clone, Debug, Default)]
struct State {
    target: Target,
    font: i32,
    is_hidden: bool,
    is_deleted: bool,
    /// How many characters stand for a Unicode character that a reader does not know.
    substitutes: usize,
}

#[derive(Default)]
struct Reader {
    state: State,
    outer: Vec<State>,
    charsets: Charsets,
    blocks: Vec<Block>,
    heads: Vec<String>,
    feet: Vec<String>,
    title: String,
    author: String,
    /// The names of the styles of headings and titles, by number.
    styles: Vec<(i32, Role)>,
    style: i32,
    style_name: String,
    is_outlined: bool,
    /// The text of the paragraph under way.
    line: String,
    /// The texts of the head, foot or note under way, by the depth of their group.
    apart: Vec<(usize, String)>,
    hidden: String,
    /// Notes called in the paragraph, with their places.
    notes: Vec<(usize, String)>,
    /// Bytes that are not yet characters, for a character may have two.
    bytes: Vec<u8>,
    /// The first half of a character beyond the basic plane.
    half: Option<u16>,
    /// Characters still to be passed over.
    pass: usize,
    may_be_unknown: bool,
}

/// What a style is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Heading,
    Title,
}

impl Reader {
    fn read(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.state.substitutes = 1;
        for token in Tokens::new(bytes) {
            match token {
                Token::Open => self.open()?,
                Token::Close => {
                    if self.close() {
                        break;
                    }
                }
                Token::Word(word, value) => self.word(word, value),
                Token::Byte(byte) => self.byte(byte),
                Token::Unknown => self.may_be_unknown = true,
                // Pictures in their own bytes.
                Token::Binary => {}
            }
        }
        self.flush();
        if !self.outer.is_empty() {
            let line = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
            return Err(format!(
                "is rich text that is cut off: line {line} ends inside of {} groups; fetch it again",
                self.outer.len()
            ));
        }
        self.end_paragraph();
        Ok(())
    }

    fn open(&mut self) -> Result<(), String> {
        self.flush();
        if self.outer.len() >= DEEPEST {
            return Err(format!("is rich text with more than {DEEPEST} groups in one another"));
        }
        self.outer.push(self.state.clone());
        self.may_be_unknown = false;
        self.pass = 0;
        Ok(())
    }

    /// Ends a group; says whether it was the outermost.
    fn close(&mut self) -> bool {
        self.flush();
        self.pass = 0;
        let depth = self.outer.len();
        let ended = self.state.target;
        if ended == Target::Styles {
            self.end_style();
        }
        if self.apart.last().is_some_and(|(own, _)| *own == depth)
            && let Some((_, words)) = self.apart.pop()
        {
            match ended {
                Target::Head => self.heads.extend(words.lines().map(str::to_owned)),
                Target::Foot => self.feet.extend(words.lines().map(str::to_owned)),
                _ => self.notes.push((self.line.len(), editorial::note(&words))),
            }
        }
        if let Some(outer) = self.outer.pop() {
            self.state = outer;
        }
        self.outer.is_empty()
    }

    fn byte(&mut self, byte: u8) {
        if self.pass > 0 {
            self.pass -= 1;
            return;
        }
        self.bytes.push(byte);
    }

    /// Makes characters of the bytes at hand.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = self.charsets.decode(self.state.font, &bytes);
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
        let state = &self.state;
        match state.target {
            Target::Left | Target::Fonts | Target::Properties => {}
            Target::Styles => self.style_name.push_str(text),
            Target::Title => self.title.push_str(text),
            Target::Author => self.author.push_str(text),
            Target::Head | Target::Foot | Target::Note => {
                if let Some((_, words)) = self.apart.last_mut() {
                    words.push_str(text);
                }
            }
            Target::Text if state.is_deleted => {}
            Target::Text if state.is_hidden => self.hidden.push_str(text),
            Target::Text => self.line.push_str(text),
        }
    }

    /// Sends the text of the group under way elsewhere.
    fn send(&mut self, target: Target) {
        // What lies in something that is left out is left out as well.
        if self.state.target == Target::Left {
            return;
        }
        self.state.target = target;
        if matches!(target, Target::Head | Target::Foot | Target::Note) {
            self.apart.push((self.outer.len(), String::new()));
        }
    }

    fn word(&mut self, word: &str, value: Option<i32>) {
        let is_unknown = std::mem::take(&mut self.may_be_unknown);
        let is_escape = matches!(word, "u" | "'");
        if self.pass > 0 && !is_escape {
            self.pass = self.pass.saturating_sub(1);
            // A control symbol counts as one character where it stands for another.
            if matches!(
                word,
                "~" | "_" | "-" | "emdash" | "endash" | "lquote" | "rquote" | "ldblquote" | "rdblquote" | "bullet"
            ) {
                return;
            }
        }
        if word == "'" {
            return self.byte(value.unwrap_or_default() as u8);
        }
        if word != "u" {
            self.flush();
        }
        let is_on = value != Some(0);
        match word {
            "u" => self.unicode(value.unwrap_or_default()),
            "uc" => self.state.substitutes = value.unwrap_or(1).clamp(0, 16) as usize,
            "ansicpg" => self.charsets.set_page(value.unwrap_or_default()),
            "mac" => self.charsets.set_page(10_000),
            "deff" => self.state.font = value.unwrap_or_default(),
            "f" if self.state.target == Target::Fonts => self.charsets.begin_font(value.unwrap_or_default()),
            "f" => self.state.font = value.unwrap_or_default(),
            "fcharset" => self.charsets.set_charset(value.unwrap_or_default()),
            "cpg" if self.state.target == Target::Fonts => self.charsets.set_font_page(value.unwrap_or_default()),
            "plain" => {
                self.state.is_hidden = false;
                self.state.is_deleted = false;
            }
            "v" => self.state.is_hidden = is_on,
            "deleted" => self.state.is_deleted = is_on,
            "fonttbl" => self.send(Target::Fonts),
            "stylesheet" => self.send(Target::Styles),
            "info" => self.send(Target::Properties),
            "title" if self.state.target == Target::Properties => self.send(Target::Title),
            "author" if self.state.target == Target::Properties => self.send(Target::Author),
            "header" | "headerl" | "headerr" | "headerf" => self.send(Target::Head),
            "footer" | "footerl" | "footerr" | "footerf" => self.send(Target::Foot),
            "footnote" => self.send(Target::Note),
            "shptxt" | "listtext" | "pntext" | "fldrslt" | "ud" | "shpinst" => {}
            "shp" | "upr" | "field" => {}
            _ if is_left_out(word) || (is_unknown && starts_destination(word)) => self.send(Target::Left),
            "s" if self.state.target == Target::Styles => self.begin_style(value.unwrap_or_default()),
            "s" => self.style = value.unwrap_or_default(),
            "outlinelevel" if self.state.target != Target::Styles => {
                self.is_outlined = (0..9).contains(&value.unwrap_or(9))
            }
            "pard" => {
                self.style = 0;
                self.is_outlined = false;
            }
            "par" | "sect" | "page" | "row" => self.end_line(),
            "line" | "lbr" => self.push("\n"),
            "\n" => self.end_line(),
            _ => {
                if let Some(text) = symbol(word) {
                    self.push(text);
                }
            }
        }
        if matches!(word, "cell" | "nestcell") && self.state.target == Target::Text && !self.line.trim().is_empty() {
            self.line.push_str(" | ");
        }
    }

    /// A character by its number, as two halves where it lies beyond the basic plane.
    fn unicode(&mut self, value: i32) {
        self.flush();
        self.pass = self.state.substitutes;
        let unit = value as u16;
        let text = match self.half.take() {
            Some(half) => String::from_utf16_lossy(&[half, unit]),
            None if (0xD800..0xDC00).contains(&unit) => {
                self.half = Some(unit);
                return;
            }
            None => String::from_utf16_lossy(&[unit]),
        };
        self.push(&text);
    }

    /// Ends a paragraph of the text, or a line of what is apart.
    fn end_line(&mut self) {
        match self.state.target {
            Target::Text => self.end_paragraph(),
            Target::Head | Target::Foot | Target::Note => self.push("\n"),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let mut text = std::mem::take(&mut self.line);
        let role = self
            .styles
            .iter()
            .find(|(number, _)| *number == self.style)
            .map(|(_, role)| *role);
        let is_short = text.chars().nth(LONGEST_HEADING_CHARS).is_none();
        let is_heading = (role.is_some() || self.is_outlined) && is_short && !text.trim().is_empty();
        let notes = std::mem::take(&mut self.notes);
        let (inside, behind): (Vec<_>, Vec<_>) = notes.into_iter().partition(|_| !is_heading);
        for (at, note) in inside.into_iter().rev() {
            text.insert_str(at.min(text.len()), &note);
        }
        let text = text.trim().trim_end_matches('|').trim_end().to_owned();
        let text = if is_heading {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            text
        };
        self.blocks.push(Block {
            text,
            is_heading,
            is_title: is_heading && role == Some(Role::Title),
            ..Block::default()
        });
        self.blocks.extend(behind.into_iter().map(|(_, text)| Block {
            text,
            ..Block::default()
        }));
        let hidden = std::mem::take(&mut self.hidden);
        if !hidden.trim().is_empty() {
            self.blocks.push(Block {
                text: hidden,
                is_aside: true,
                ..Block::default()
            });
        }
    }

    fn begin_style(&mut self, number: i32) {
        self.style = number;
        self.style_name.clear();
    }

    fn end_style(&mut self) {
        let name = std::mem::take(&mut self.style_name).to_lowercase();
        let name = name.trim().trim_end_matches(';').trim();
        let role = match name {
            "title" => Some(Role::Title),
            name if name.starts_with("heading")
                || name.starts_with("überschrift")
                || name.starts_with("заголовок")
                || name.starts_with("标题") =>
            {
                Some(Role::Heading)
            }
            _ => None,
        };
        if let Some(role) = role {
            self.styles.push((self.style, role));
        }
        self.style = 0;
    }

    /// What the properties suggest; whoever made the file is no speaker.
    fn suggest(&self, suggested: &mut Metadata) {
        properties::set_title(suggested, &self.title);
        let author = self.author.trim();
        if !author.is_empty() {
            suggested.set_meta("creator", serde_json::Value::from(author));
        }
        debug_assert!(!suggested.has(Field::Speaker));
    }
}

/// Destinations that hold no text.
fn is_left_out(word: &str) -> bool {
    matches!(
        word,
        "colortbl"
            | "pict"
            | "nonshppict"
            | "fldinst"
            | "annotation"
            | "atnid"
            | "atnauthor"
            | "object"
            | "objdata"
            | "listtable"
            | "listoverridetable"
            | "revtbl"
            | "rsidtbl"
            | "generator"
            | "themedata"
            | "datastore"
            | "latentstyles"
            | "xmlnstbl"
            | "bkmkstart"
            | "bkmkend"
            | "filetbl"
            | "private"
            | "userprops"
            | "ftnsep"
            | "ftnsepc"
            | "aftnsep"
            | "template"
            | "xe"
            | "tc"
            | "rxe"
            | "shprslt"
            | "sp"
            | "do"
            | "mmathPr"
            | "operator"
            | "creatim"
            | "revtim"
            | "printim"
            | "keywords"
            | "company"
            | "subject"
            | "doccomm"
    )
}

/// Whether a word behind `\*` begins a destination; all do but those that hold text.
fn starts_destination(word: &str) -> bool {
    !matches!(word, "shppict" | "footnote" | "shptxt" | "ud" | "shpinst")
}

/// The text of a control symbol or word that stands for one.
fn symbol(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "emspace" | "enspace" | "qmspace" => " ",
        "bullet" => "•",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "~" => "\u{A0}",
        "-" => "\u{AD}",
        "_" => "‑",
        "{" => "{",
        "}" => "}",
        "\\" => "\\",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
