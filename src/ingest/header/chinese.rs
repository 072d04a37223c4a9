//! Headers of Chinese official releases: agency dateline, titles, `——subtitle`, date and place, office and speaker,
//! with the head and tail lines of the portals that carried them.
//!
//! Lines are told one by one (`chinese_lines`), gathered here, and decided on together once the body has begun.

use crate::corpus::{Field, Metadata};
use crate::ingest::header::chinese_lines::{self, Kind};
use crate::ingest::header::chinese_names::{self, Person};
use crate::ingest::header::chinese_news::News;
use crate::ingest::header::chinese_tail::Tail;
use crate::ingest::header::lines::Line;
use crate::ingest::header::{Header, Release};
use crate::ingest::header::{chinese_report, chinese_title, is_sentence, occasion, set};
use crate::ingest::{dates, genre, turns};
use crate::text::{ByteSpan, Date};

/// The number of lines among which a header lies.
const HEAD_LINES: usize = 60;

/// What the lines of a head say, before it is decided what holds.
#[derive(Default)]
pub(super) struct Head<'a> {
    /// The date and title of the collector's first line.
    pub(super) collector: Option<(Date, &'a str)>,
    /// Runs of short lines that may be titles, in the order of the text.
    pub(super) titles: Vec<Vec<&'a str>>,
    /// The subtitle after a dash.
    pub(super) subtitle: Option<&'a str>,
    /// The person of the byline.
    pub(super) person: Option<Person>,
    office: Option<&'a str>,
    date: Option<(Date, Option<&'a str>)>,
    published: Option<Date>,
    agency: Option<&'a str>,
    dateline: Option<(&'a str, i8, i8)>,
    /// The captions and news sentences.
    pub(super) news: News<'a>,
    salutation: Option<&'a str>,
    labelled: Vec<(Field, &'a str)>,
    last_was_short: bool,
}

/// Reads the header of a Chinese text; `published` is the day of publication where more than the text is known.
pub(super) fn read(text: &str, lines: &[Line<'_>], published: Option<Date>) -> Header {
    let mut head = Head::default();
    let mut start = 0;
    let mut credit = 0;
    for (index, line) in lines.iter().take(HEAD_LINES).enumerate() {
        let kind = chinese_lines::tell(line.text, index == 0);
        start = index;
        credit = chinese_report::credit_length(line, lines.get(index + 1)).unwrap_or(0);
        if credit > 0 && matches!(kind, Kind::Dateline { .. }) {
            head.take(kind, line.text);
            break;
        }
        let is_turn = matches!(kind, Kind::Short) && head.date.is_some() && turns::asks(line.text);
        // What is said under a date or a byline is no title, however short.
        let is_said = matches!(kind, Kind::Short)
            && (head.date.is_some() || head.person.is_some())
            && line.text.ends_with(['！', '？', '!', '?', '，']);
        if credit > 0 || is_turn || is_said || head.ends_before(&kind) {
            break;
        }
        head.take(kind, line.text);
        start = index + 1;
    }
    let has_body = start < lines.len() && start < HEAD_LINES;
    if !has_body || !(credit > 0 || head.says_something()) {
        head = Head::default();
        start = 0;
        credit = 0;
    }
    let tail = Tail::read(&lines[start..]);
    let body_start = lines.get(start).map_or(text.len(), |line| line.span.start + credit);
    if credit > 0 {
        head.news.add_report(&lines[start].text[credit..]);
    }
    let body = ByteSpan::new(body_start, tail.body_end.unwrap_or(body_start).max(body_start));
    head.published = head.published.or(published);
    head.salutation = lines.get(start).and_then(|line| chinese_lines::salutation(line.text));
    Header {
        release: match (tail.dateline.is_some() || tail.has_page, head.dateline) {
            (true, _) => Release::Closing,
            (false, Some(_)) => Release::Opening,
            (false, None) => Release::NotShown,
        },
        metadata: head.decide(&tail, &text[body.range()]),
        body,
    }
}

impl<'a> Head<'a> {
    /// Whether the body begins with a line of this kind.
    fn ends_before(&self, kind: &Kind<'_>) -> bool {
        match kind {
            Kind::Salutation { .. } | Kind::Text => true,
            Kind::Short | Kind::Office(_) => {
                self.person.is_some() && (!self.titles.is_empty() || self.subtitle.is_some()) && !self.is_open()
            }
            _ => false,
        }
    }

    /// Whether an inner header can still bring a title: a byline has come, but no date line and no dateline after it.
    fn is_open(&self) -> bool {
        self.date.is_none() && self.subtitle.is_none() && self.titles.len() < 2 && self.dateline.is_none()
    }

    fn says_something(&self) -> bool {
        let head_lines =
            self.person.is_some() || self.date.is_some() || self.dateline.is_some() || self.subtitle.is_some();
        head_lines
            || self.collector.is_some()
            || self.published.is_some()
            || self.agency.is_some()
            || self.titles.iter().flatten().any(|line| !is_sentence(line))
    }

    fn take(&mut self, kind: Kind<'a>, line: &'a str) {
        let is_short = matches!(kind, Kind::Short);
        match kind {
            Kind::Collector { date, title } => self.collector = Some((date, title)),
            Kind::Source { published, agency } => {
                self.published = self.published.or(published);
                self.agency = self.agency.or(agency);
            }
            Kind::Dateline {
                agency,
                month,
                day,
                rest,
            } => self.take_dateline((agency, month, day), rest),
            Kind::DateLine { date, place } => self.date = self.date.or(Some((date, place))),
            Kind::Labelled(field, value) => self.labelled.push((field, value)),
            Kind::Subtitle(text) => self.subtitle = self.subtitle.or(Some(text)),
            Kind::Byline(person) => self.take_person(person),
            Kind::Office(office) => self.office = Some(office),
            Kind::Caption | Kind::Lead => self.news.add(line),
            Kind::Short => self.take_short(line),
            Kind::Portal | Kind::Salutation { .. } | Kind::Text => {}
        }
        self.last_was_short = is_short;
    }

    fn take_dateline(&mut self, dateline: (&'a str, i8, i8), rest: &'a str) {
        self.dateline = self.dateline.or(Some(dateline));
        if rest.is_empty() {
            return;
        }
        match chinese_lines::tell(rest, false) {
            Kind::Short => self.titles.push(vec![rest]),
            _ => self.news.add(rest),
        }
    }

    fn take_person(&mut self, mut person: Person) {
        if person.role.is_none() {
            person.role = self.office.take().map(|office| office.split_whitespace().collect());
        }
        self.person.get_or_insert(person);
    }

    fn take_short(&mut self, line: &'a str) {
        match self.titles.last_mut().filter(|_| self.last_was_short) {
            Some(run) => run.push(line),
            None => self.titles.push(vec![line]),
        }
    }

    /// Decides which of the gathered lines hold, the nearer to the speech the stronger.
    fn decide(self, tail: &Tail<'_>, body: &str) -> Metadata {
        let mut metadata = Metadata::default();
        let titles = chinese_title::decide(&self);
        let subtitle = titles.subtitle.or(tail.subtitle.map(str::to_owned));
        set(&mut metadata, Field::Title, titles.title.as_deref());
        set(&mut metadata, Field::Subtitle, subtitle.as_deref());
        self.decide_person(&mut metadata, tail, subtitle.as_deref());
        self.decide_dates(&mut metadata, tail, subtitle.as_deref());
        self.decide_occasion(&mut metadata, subtitle.as_deref(), tail.occasion);
        self.decide_ministry(&mut metadata);
        let kind = decide_genre(&metadata, &self, body).or_else(|| Some(genre::at_end_of_chinese(tail.occasion?)?.1));
        set(&mut metadata, Field::Genre, kind);
        let agency = self
            .agency
            .or(self.dateline.map(|(agency, ..)| agency))
            .or(tail.dateline.map(|(agency, ..)| agency));
        set(&mut metadata, Field::Agency, agency);
        set(&mut metadata, Field::Salutation, self.salutation);
        self.apply_labels(&mut metadata);
        metadata
    }

    /// Sets the ministry that a report without a speaker names.
    fn decide_ministry(&self, metadata: &mut Metadata) {
        let named = self.news.report().and_then(chinese_report::ministry);
        if let Some((ministry, office)) = named.filter(|_| !metadata.has(Field::Speaker)) {
            set(metadata, Field::Organization, Some(ministry));
            set(metadata, Field::Role, office);
        }
    }

    /// Sets the labelled fields that nothing else has stated.
    fn apply_labels(&self, metadata: &mut Metadata) {
        for (field, value) in self
            .labelled
            .iter()
            .filter(|(field, _)| !metadata.has(*field))
            .collect::<Vec<_>>()
        {
            match dates::whole(value) {
                Some(date) if *field == Field::Date => {
                    metadata.set_date(Field::Date, date);
                    set(metadata, Field::DateSource, Some("heading"));
                }
                _ if *field == Field::Date => {}
                _ => set(metadata, *field, Some(value)),
            }
        }
    }

    fn decide_person(&self, metadata: &mut Metadata, tail: &Tail<'_>, subtitle: Option<&str>) {
        let mut titles = self
            .titles
            .iter()
            .flatten()
            .copied()
            .chain(subtitle)
            .chain(self.collector.map(|(_, title)| title));
        let in_title = titles.find_map(|title| chinese_names::at_start(title).map(|(person, _)| person));
        let person = self
            .person
            .clone()
            .or_else(|| tail.person.clone())
            .or_else(|| self.news.person())
            .or_else(|| in_title.clone());
        let signed = self.person.is_some() || tail.person.is_some();
        let Some(person) = person.filter(|_| signed || !self.news.is_meeting()) else {
            return;
        };
        let same = |other: Option<Person>| {
            other
                .filter(|other| other.name == person.name)
                .and_then(|other| other.role)
        };
        let role = person
            .role
            .clone()
            .or_else(|| same(self.news.person()))
            .or_else(|| same(in_title))
            .or_else(|| same(tail.person.clone()));
        let role: Option<String> = role.map(|role| role.split_whitespace().collect::<Vec<_>>().join(" "));
        set(metadata, Field::Speaker, Some(&person.name));
        set(
            metadata,
            Field::Country,
            role.as_deref().and_then(chinese_names::country_of),
        );
        set(metadata, Field::Role, role.as_deref());
    }

    fn decide_dates(&self, metadata: &mut Metadata, tail: &Tail<'_>, subtitle: Option<&str>) {
        let published = self.published.or(tail.published);
        let wire = self.dateline.or(tail.dateline);
        let in_subtitle = subtitle.and_then(|line| dates::mentions(line).first().map(|mention| mention.date));
        let stated = self.date.map(|(date, _)| date).or(in_subtitle).or(tail.date);
        let year = stated.or(published).or(self.collector.map(|(date, _)| date));
        let wire_date = wire
            .zip(year)
            .and_then(|((_, month, day), near)| nearest(near, month, day));
        let wire_month = self.dateline.map(|(_, month, _)| month);
        let month = wire_month.or(published.map(|date| date.first_day().month()));
        let in_news = self.news.day(month).zip(published);
        let in_news = in_news.and_then(|((month, day), near)| nearest(near, month, day));
        // A day without a month is of the month before where it would lie after its own publication.
        let in_news =
            in_news.filter(|date| wire_month.is_some() || published.is_none_or(|published| *date <= published));
        let contradicted = |date: &Date| published == Some(*date) || wire_date == Some(*date);
        let collected = self.collector.map(|(date, _)| date).filter(|date| !contradicted(date));
        let found = stated
            .map(|date| (date, "heading"))
            .or(in_news.map(|date| (date, "dateline")))
            .or(collected.map(|date| (date, "heading")));
        if let Some((date, source)) = found {
            metadata.set_date(Field::Date, date);
            set(metadata, Field::DateSource, Some(source));
        }
        if let Some(date) = published.or(wire_date) {
            metadata.set_date(Field::Published, date);
        }
    }

    fn decide_occasion(&self, metadata: &mut Metadata, subtitle: Option<&str>, noted: Option<&str>) {
        let title = metadata.value(Field::Title).map(str::to_owned);
        let phrases = [subtitle, title.as_deref(), noted].into_iter().flatten();
        let found = phrases
            .filter_map(|phrase| occasion::of_title(chinese_title::without_person(phrase)))
            .next()
            .unwrap_or_default();
        let in_news = self.news.event();
        let fuller = in_news.filter(|event| {
            found
                .event
                .as_deref()
                .is_none_or(|title_event| event.contains(title_event))
        });
        let in_headline = self
            .titles
            .iter()
            .flatten()
            .find_map(|line| occasion::of_title(chinese_title::without_person(line))?.event);
        set(
            metadata,
            Field::Event,
            fuller.or(found.event.as_deref()).or(in_headline.as_deref()),
        );
        let place = self.date.and_then(|(_, place)| place).or(self.news.place());
        set(metadata, Field::Place, place.or(found.venue.as_deref()));
    }
}

/// The date of a month and day that lies nearest to another date, which tells the year.
fn nearest(near: Date, month: i8, day: i8) -> Option<Date> {
    let (near_first, _) = near.day_numbers();
    let year = near.calendar_year();
    let candidates = [year - 1, year, year + 1]
        .into_iter()
        .filter_map(|year| Date::day(year, month, day));
    candidates.min_by_key(|date| (date.day_numbers().0 - near_first).abs())
}

fn decide_genre(metadata: &Metadata, head: &Head<'_>, body: &str) -> Option<&'static str> {
    let fields = [Field::Subtitle, Field::Title]
        .into_iter()
        .filter_map(|field| metadata.value(field));
    let headlines = head.titles.iter().flatten().copied();
    let in_titles = fields
        .chain(headlines)
        .find_map(|title| genre::at_end_of_chinese(chinese_title::cleaned(title)));
    // A report is news whatever it reports, but for a document that it gives word for word.
    if head.news.report().is_some() {
        return Some(in_titles.map_or("news", |(_, label)| if label == "statement" { label } else { "news" }));
    }
    let (word, label) = in_titles.or_else(|| head.news.genre())?;
    let is_greeting = word.starts_with('致');
    let closing = body.trim_end().rsplit('\n').next().unwrap_or_default();
    let is_toast = is_greeting && closing.contains("干杯");
    Some(if is_toast { "toast" } else { label })
}
