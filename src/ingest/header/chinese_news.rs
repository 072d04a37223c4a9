//! Captions and news sentences before a speech: what they report of person, day, place, event and title.

use crate::ingest::dates;
use crate::ingest::genre;
use crate::ingest::header::chinese_names::{self, Person};
use crate::ingest::header::{chinese_report, occasion};

/// The sentences that report the speech, in the order of the text.
#[derive(Default)]
pub(super) struct News<'a> {
    sentences: Vec<&'a str>,
    is_meeting: bool,
    report: Option<&'a str>,
}

impl<'a> News<'a> {
    /// Adds a sentence.
    pub(super) fn add(&mut self, sentence: &'a str) {
        self.sentences.push(sentence);
    }

    /// Adds the first sentence of a report that is itself the text.
    pub(super) fn add_report(&mut self, report: &'a str) {
        let sentence = chinese_report::first_sentence(report);
        self.is_meeting |= chinese_report::is_meeting(sentence);
        self.sentences.push(sentence);
        self.report = Some(sentence);
    }

    /// The first sentence of a report that is itself the text.
    pub(super) fn report(&self) -> Option<&'a str> {
        self.report
    }

    /// Whether they report a meeting, in which no one alone speaks.
    pub(super) fn is_meeting(&self) -> bool {
        self.is_meeting
    }

    /// The person whom the sentences name first with an office.
    pub(super) fn person(&self) -> Option<Person> {
        self.sentences
            .iter()
            .find_map(|sentence| chinese_names::in_sentence(sentence).map(|(person, _)| person))
    }

    /// The month and day of the speech: `5月15日，…` or, with the month of the dateline, `习近平7日在…`.
    pub(super) fn day(&self, dateline_month: Option<i8>) -> Option<(i8, i8)> {
        self.sentences.iter().find_map(|sentence| {
            let sentence = sentence.strip_prefix("当地时间").unwrap_or(sentence);
            if let Some((span, month, day)) = dates::month_and_day(sentence).filter(|(span, ..)| span.start == 0) {
                let rest = &sentence[span.end..];
                let rest = dates::without_part_of_day(rest);
                return rest.starts_with(['，', ',', '在']).then_some((month, day));
            }
            let (_, rest) = chinese_names::in_sentence(sentence)?;
            Some((dateline_month?, dates::leading_day(rest)?))
        })
    }

    /// Where the speech was given.
    pub(super) fn place(&self) -> Option<&'a str> {
        self.sentences
            .iter()
            .find_map(|sentence| occasion::place_in_news(sentence))
    }

    /// The event at which it was given.
    pub(super) fn event(&self) -> Option<&'a str> {
        self.sentences
            .iter()
            .find_map(|sentence| occasion::event_in_news(sentence))
    }

    /// The title that is quoted.
    pub(super) fn title(&self) -> Option<&'a str> {
        // A report has a headline of its own, whatever the speech is called that it reports.
        let mut sentences = self.sentences.iter().filter(|_| self.report.is_none());
        sentences.find_map(|sentence| occasion::title_in_news(sentence))
    }

    /// The kind of speech that the sentences name last.
    pub(super) fn genre(&self) -> Option<(&'static str, &'static str)> {
        self.sentences.iter().find_map(|sentence| genre::in_chinese(sentence))
    }
}
