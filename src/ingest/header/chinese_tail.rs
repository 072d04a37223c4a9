//! What stands after a Chinese speech: closing dateline, newspaper reference, editors, signature, a late subtitle.

use crate::ingest::dates;
use crate::ingest::genre;
use crate::ingest::header::chinese_lines::{self, Kind};
use crate::ingest::header::chinese_names::{self, Person};
use crate::ingest::header::chinese_portal;
use crate::ingest::header::is_sentence;
use crate::ingest::header::lines::Line;
use crate::text::Date;

/// The number of lines after a speech that are looked at.
const TAIL_LINES: usize = 16;

/// What the lines after a speech say.
#[derive(Debug, Default)]
pub(super) struct Tail<'a> {
    /// Where the body ends; absent without lines.
    pub(super) body_end: Option<usize>,
    /// Agency, month and day of a closing dateline.
    pub(super) dateline: Option<(&'a str, i8, i8)>,
    /// A subtitle that stands at the end.
    pub(super) subtitle: Option<&'a str>,
    /// The person of the signature or of the end note.
    pub(super) person: Option<Person>,
    /// The date of the signature or of the end note.
    pub(super) date: Option<Date>,
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// What the end note calls the text: `在专家学者座谈会上的讲话`.
    pub(super) occasion: Option<&'a str>,
    /// Whether the page of a newspaper is named.
    pub(super) has_page: bool,
}

impl<'a> Tail<'a> {
    /// Reads the tail of the lines from the body on; the first line always belongs to the body.
    pub(super) fn read(lines: &[Line<'a>]) -> Self {
        let mut tail = Self::default();
        let mut end = lines.len();
        while end > 1 && lines.len() - end < TAIL_LINES && tail.take(lines[end - 1].text, lines[end - 2].text) {
            end -= 1;
        }
        tail.body_end = end.checked_sub(1).map(|last| lines[last].span.end);
        if let Some(last) = end.checked_sub(1).map(|last| &lines[last]) {
            tail.cut_closing_dateline(last);
        }
        tail
    }

    /// Takes a line that is no part of the speech; false if it is.
    fn take(&mut self, line: &'a str, before: &str) -> bool {
        // A sentence in the run of the speech is said, whatever its words; a note in brackets or behind a mark is none.
        if is_sentence(line) && !line.starts_with(['（', '(', '[', '【', '［', '※', '*', '＊']) {
            return false;
        }
        match chinese_lines::tell(line, false) {
            Kind::Portal => true,
            Kind::Source { published, .. } => {
                self.published = self.published.or(published);
                true
            }
            Kind::Dateline {
                agency,
                month,
                day,
                rest: "",
            } => {
                self.dateline = Some((agency, month, day));
                true
            }
            Kind::DateLine { date, .. } => self.take_date(date, before),
            Kind::Subtitle(text) if is_late_subtitle(text) => {
                self.subtitle = Some(text);
                true
            }
            Kind::Byline(person) if person.role.is_some() || self.date.is_some() => {
                self.person = Some(person);
                true
            }
            _ => self.take_page(line) || self.take_note(line),
        }
    }

    fn take_page(&mut self, line: &str) -> bool {
        self.has_page |= is_newspaper_page(line);
        is_page_reference(line)
    }

    /// A date alone at the end counts as a signature's when a person stands before it.
    fn take_date(&mut self, date: Date, before: &str) -> bool {
        if chinese_names::byline(before).is_some() {
            self.date = Some(date);
            return true;
        }
        false
    }

    /// `※这是习近平总书记2020年6月2日主持座谈会时讲话的一部分。`
    fn take_note(&mut self, line: &'a str) -> bool {
        let note = line.trim_start_matches(['※', '*', '＊', '（', '(', '［', '[', '【']);
        let is_note = note.len() < line.len() && (note.starts_with("这是") || note.starts_with("本文"));
        if !is_note {
            return false;
        }
        let told = note.strip_prefix("这是").unwrap_or(note);
        let day = dates::mentions(note).first().map(|mention| mention.date);
        self.date = self.date.or(day);
        let title = note.trim_end_matches(['。', '）', ')', ' ']);
        let at = dates::mentions(title).first().map_or(0, |mention| mention.span.end);
        self.occasion = title[at..].find('在').map(|start| &title[at + start..]);
        let (named, role) = told
            .find(|c: char| c.is_numeric())
            .map_or((told, None), |at| (&told[..at], None::<String>));
        let bare = named
            .strip_suffix("总书记")
            .or_else(|| named.strip_suffix("同志"))
            .or_else(|| named.strip_suffix("主席"))
            .unwrap_or(named);
        if chinese_names::is_name(bare) {
            let office = named[bare.len()..].to_owned();
            self.person = Some(Person {
                name: bare.to_owned(),
                role: role.or(Some(office).filter(|o| !o.is_empty() && o != "同志")),
            });
        }
        true
    }

    /// `…圆满成功！（新华社北京11月16日电）`: the dateline on the last line of the speech.
    fn cut_closing_dateline(&mut self, last: &Line<'a>) {
        let Some(open) = last.text.rfind(['（', '(']).filter(|open| *open > 0) else {
            return;
        };
        if let Some(Kind::Dateline {
            agency,
            month,
            day,
            rest: "",
        }) = chinese_portal::dateline(&last.text[open..])
        {
            self.dateline = self.dateline.or(Some((agency, month, day)));
            self.body_end = Some(last.span.start + last.text[..open].trim_end().len());
        }
    }
}

fn is_late_subtitle(text: &str) -> bool {
    let is_occasion = text.starts_with('在') || chinese_names::at_start(text).is_some();
    is_occasion && genre::at_end_of_chinese(text).is_some()
}

/// `《 人民日报 》（ 2013年10月08日 02 版）`, page numbers and addresses of pages.
fn is_page_reference(line: &str) -> bool {
    let is_number = line.chars().all(|c| c.is_numeric() || "-—– /第页".contains(c));
    is_newspaper_page(line) || is_number || line.starts_with("http") || line.starts_with("www.")
}

fn is_newspaper_page(line: &str) -> bool {
    line.trim_start_matches(['（', '(']).starts_with('《') && line.contains('版') && line.chars().count() <= 50
}
