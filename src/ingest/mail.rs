//! Mails (.eml) and mailboxes (.mbox): the plain part before the HTML part, the header as fields; attachments are read as the
//! files that they are, by the reader.

use std::io::{BufRead, Read};

use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};
use serde_json::Value;

use crate::corpus::{Field, Metadata};
use crate::ingest::draft::{Aside, Draft, Layout};
use crate::ingest::html;
use crate::text::Date;

/// The most bytes of one mail.
const LARGEST_MAIL_BYTES: u64 = 128 << 20;

/// The lines of a header that programs of mail write, in lower case.
const MADE_LINES: &[&str] = &[
    "mime-version:",
    "message-id:",
    "received:",
    "return-path:",
    "delivered-to:",
    "dkim-signature:",
    "x-",
];

/// The most lines of a signature, that of the dashes and the one before it among them.
const LONGEST_SIGNATURE: usize = 16;

/// Whether the beginning of a file is a mail: lines of a header only, among them who sent it and one that a program wrote.
pub fn is_mail(prefix: &[u8]) -> bool {
    let text = String::from_utf8_lossy(prefix);
    let head = text
        .split("\n\n")
        .next()
        .unwrap_or_default()
        .split("\r\n\r\n")
        .next()
        .unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for line in head.lines().filter(|line| !line.starts_with([' ', '\t'])) {
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return false;
        }
        names.push(format!("{}:", name.to_ascii_lowercase()));
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let is_made = names
        .iter()
        .any(|name| MADE_LINES.iter().any(|made| name.starts_with(made)));
    has("from:") && is_made && (has("date:") || has("subject:"))
}

/// Whether the beginning of a file is a mailbox: the line that divides mails, and a mail.
pub fn is_mailbox(prefix: &[u8]) -> bool {
    let Some(rest) = prefix.strip_prefix(b"From ") else {
        return false;
    };
    let end = rest.iter().position(|byte| *byte == b'\n');
    end.is_some_and(|end| is_mail(&rest[end + 1..]))
}

/// Reads a mail without its attachments.
///
/// # Errors
/// In plain words, why it gives no text.
pub fn read(bytes: &[u8]) -> Result<Draft, String> {
    let message = parse(bytes)?;
    let plain: Vec<&str> = parts(&message)
        .filter_map(|part| match part {
            PartType::Text(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect();
    let plain = plain.join("\n\n");
    let mut draft = if plain.trim().is_empty() {
        let page = message.html_bodies().find_map(|part| match &part.body {
            PartType::Html(page) => Some(page.as_ref()),
            _ => None,
        });
        html::read(page.ok_or("is a mail without text")?)?
    } else {
        without_signature(&plain)
    };
    state(&message, &mut draft);
    Ok(draft)
}

/// A file that a mail brings.
pub(in crate::ingest) struct Attachment {
    pub(in crate::ingest) name: String,
    pub(in crate::ingest) bytes: Vec<u8>,
}

/// Whether a mail has a text of its own, and the files that it brings.
///
/// # Errors
/// In plain words, why it is no mail.
pub(in crate::ingest) fn opened(bytes: &[u8]) -> Result<(bool, Vec<Attachment>), String> {
    let message = parse(bytes)?;
    let has_text = parts(&message).any(|part| match part {
        PartType::Text(text) | PartType::Html(text) => !text.trim().is_empty(),
        _ => false,
    });
    let mut attachments: Vec<Attachment> = Vec::new();
    for part in message.attachments() {
        let is_picture = part.is_content_type(
            "image",
            part.content_type()
                .and_then(|kind| kind.c_subtype.as_deref())
                .unwrap_or_default(),
        );
        let is_signature = part.content_type().is_some_and(|kind| {
            kind.c_subtype
                .as_deref()
                .is_some_and(|of| of.contains("signature") || of == "pgp-keys" || of == "calendar")
        });
        // The pictures and signatures of a mail are no documents.
        if is_picture || is_signature || part.contents().is_empty() {
            continue;
        }
        let ending = match &part.body {
            PartType::Message(_) => ".eml",
            PartType::Html(_) => ".html",
            PartType::Text(_) => ".txt",
            _ => "",
        };
        let number = attachments.len() + 1;
        let name = part.attachment_name().map(plain_name).filter(|name| !name.is_empty());
        let mut name = name.unwrap_or_else(|| format!("attachment-{number}{ending}"));
        if attachments.iter().any(|other| other.name == name) {
            name = format!("{number}-{name}");
        }
        let bytes = match &part.body {
            PartType::Message(inner) => inner.raw_message().to_vec(),
            _ => part.contents().to_vec(),
        };
        attachments.push(Attachment { name, bytes });
    }
    Ok((has_text, attachments))
}

/// The name of an attachment as that of a file.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|character| !character.is_control()).collect();
    shown.trim().trim_start_matches('.').to_owned()
}

fn parse(bytes: &[u8]) -> Result<Message<'_>, String> {
    MessageParser::default()
        .parse(bytes)
        .filter(|message| !message.headers().is_empty())
        .ok_or_else(|| "is no mail: it has no header".to_owned())
}

/// The parts of the text; one that is there as text and as page is taken as text.
fn parts<'a>(message: &'a Message<'a>) -> impl Iterator<Item = &'a PartType<'a>> {
    message.text_bodies().map(|part| &part.body)
}

/// A text whose signature stands apart: it begins with a line of two dashes, whose space some programs take off.
fn without_signature(text: &str) -> Draft {
    let text = text.replace("\r\n", "\n");
    let mark = ["\n-- \n", "\n--\n"].iter().filter_map(|mark| text.rfind(mark)).max();
    let mark = mark.filter(|mark| text[*mark..].lines().count() <= LONGEST_SIGNATURE);
    let (said, signature) = mark.map_or((text.as_str(), ""), |mark| text.split_at(mark));
    let mut draft = Draft::new(said.to_owned(), Layout::Lines);
    draft.asides = Aside::together(signature.lines().map(str::trim), said.len()).collect();
    draft
}

/// States the header. Who sends a mail need not be who speaks in it, and the day of sending is no day of delivery: both are
/// fields of their own, and what the text states goes first.
fn state(message: &Message<'_>, draft: &mut Draft) {
    if let Some(subject) = message.subject().map(str::trim).filter(|subject| !subject.is_empty()) {
        let title = without_marks(subject);
        set(&mut draft.suggested, Field::Title, title);
        set(&mut draft.suggested, Field::TitleSource, "mail");
        draft.quoted.push((Field::Title.name().to_owned(), subject.to_owned()));
    }
    if let Some(date) = message.date() {
        let day = i8::try_from(date.month).ok().zip(i8::try_from(date.day).ok());
        if let Some(day) = day.and_then(|(month, day)| Date::day(i16::try_from(date.year).ok()?, month, day)) {
            draft.stated.set_date(Field::Published, day);
            draft.suggested.set_date(Field::Date, day);
            set(&mut draft.suggested, Field::DateSource, "mail");
            draft
                .quoted
                .push((Field::Published.name().to_owned(), date.to_rfc822()));
        }
    }
    for (name, address) in [("from", message.from()), ("to", message.to()), ("cc", message.cc())] {
        let shown = address.map(shown).unwrap_or_default();
        if !shown.is_empty() {
            draft.quoted.push((format!("meta.{name}"), shown.clone()));
            draft.stated.set_meta(name, Value::String(shown));
        }
    }
}

/// Addresses as mails show them.
fn shown(address: &Address<'_>) -> String {
    let one = |address: &mail_parser::Addr<'_>| match (address.name(), address.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    };
    address.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A subject without the marks of answers and forwards.
fn without_marks(subject: &str) -> &str {
    const MARKS: &[&str] = &[
        "re:",
        "fw:",
        "fwd:",
        "aw:",
        "wg:",
        "tr:",
        "rv:",
        "回复:",
        "回复：",
        "转发:",
        "转发：",
    ];
    let mut rest = subject;
    loop {
        let marked = MARKS.iter().find_map(|mark| {
            let start = rest.get(..mark.len())?;
            start.to_lowercase().eq(*mark).then(|| rest[mark.len()..].trim_start())
        });
        match marked.filter(|rest| !rest.is_empty()) {
            Some(shorter) => rest = shorter,
            None => return rest,
        }
    }
}

fn set(metadata: &mut Metadata, field: Field, value: &str) {
    // Only dates can be refused, and these are set as dates.
    let _ = metadata.set(field, value);
}

/// The mails of a mailbox, one after another.
pub(in crate::ingest) struct Mailbox<R> {
    stream: R,
    has_begun: bool,
    ended: bool,
}

impl<R: BufRead> Mailbox<R> {
    pub(in crate::ingest) fn new(stream: R) -> Self {
        Self {
            stream,
            has_begun: false,
            ended: false,
        }
    }
}

impl<R: BufRead> Iterator for Mailbox<R> {
    type Item = Result<Vec<u8>, String>;

    /// The next mail. A mail ends before a line that begins with `From ` behind a blank one.
    fn next(&mut self) -> Option<Self::Item> {
        let mut mail: Vec<u8> = Vec::new();
        let mut is_blank = true;
        while !self.ended {
            let mut line = Vec::new();
            let read = self
                .stream
                .by_ref()
                .take(LARGEST_MAIL_BYTES)
                .read_until(b'\n', &mut line);
            match read {
                Ok(0) => self.ended = true,
                Ok(_) => {}
                Err(fault) => {
                    self.ended = true;
                    return Some(Err(format!("cannot be read on: {fault}; what stands before was read")));
                }
            }
            if is_blank && line.starts_with(b"From ") {
                if std::mem::replace(&mut self.has_begun, true) && !mail.is_empty() {
                    return Some(Ok(mail));
                }
                continue;
            }
            is_blank = line.trim_ascii().is_empty();
            // Lines that look like the dividing one are marked in mailboxes.
            let marks = line.iter().take_while(|byte| **byte == b'>').count();
            let start = usize::from(marks > 0 && line[marks..].starts_with(b"From "));
            mail.extend_from_slice(&line[start..]);
            if mail.len() as u64 > LARGEST_MAIL_BYTES {
                self.ended = true;
                return Some(Err(format!(
                    "holds a mail of more than {} MiB: the rest is not read",
                    LARGEST_MAIL_BYTES >> 20
                )));
            }
        }
        (!mail.trim_ascii().is_empty()).then_some(Ok(mail))
    }
}

#[cfg(test)]
mod tests;
