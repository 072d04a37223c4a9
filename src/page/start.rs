//! The first page: what the corpus holds, and where one might begin.

use maud::{Markup, html};

use super::facets::filters_in_force;
use super::form::{form, query_language};
use super::frame::{Room, Visit, page};
use super::list::speech_line;
use crate::corpus::Field;
use crate::engine::{ListedSpeech, Listing, Status};
use crate::text::is_han;

/// What the first page is made of.
#[derive(Debug)]
pub struct Start<'a> {
    /// What the corpus holds.
    pub status: &'a Status,
    /// Some of the speeches that the filters let in, the newest first.
    pub newest: &'a Listing,
    /// Speeches that examples are made of, if there are some: those in the language of the interface before others.
    pub examples: &'a [ListedSpeech],
    /// Paragraphs of them, of one of which a part is quoted.
    pub paragraphs: &'a [String],
}

/// The first page.
pub fn start(visit: &Visit, start: &Start<'_>) -> String {
    let words = visit.wording();
    let status = start.status;
    let content = html! {
        div #view.start {
            div #opening data-live {
                h1 { (words.welcome) }
                p.holdings { (holdings(visit, status)) }
            }
            (form(visit, true))
            div #results data-live {
                (filters_in_force(visit))
                @if status.speeches == 0 {
                    p.remark { (words.empty_corpus) }
                } @else {
                    (examples(visit, start.examples, start.paragraphs))
                    p.rooms {
                        @for (path, name, lead) in rooms(visit) { a href=(visit.to(path)) { strong { (name) } " " span { (lead) } } }
                    }
                    section.newest {
                        h2 { (words.newest_speeches) }
                        ol.speeches { @for speech in &start.newest.speeches { li { (speech_line(visit, &speech.id, &speech.metadata)) } } }
                        p { a href=(visit.address.without(&["q"]).first_page().on("/speeches")) { ((words.all_speeches)(start.newest.total)) } }
                    }
                }
                section.language {
                    h2 { (words.how_to_ask) }
                    (query_language(visit))
                }
            }
        }
    };
    page(visit, "", Room::Search, &content)
}

/// What else can be done with a query, each with what it is for.
fn rooms(visit: &Visit) -> [(&'static str, &'static str, &'static str); 3] {
    let words = visit.interface.analytics();
    [
        ("/concordance", words.concordance, words.concordance_brief),
        ("/timeline", words.timeline, words.timeline_brief),
        ("/first", words.uses, words.uses_brief),
    ]
}

/// How much there is, from when, in which languages.
fn holdings(visit: &Visit, status: &Status) -> Markup {
    let words = visit.wording();
    let years = [&status.first_date, &status.last_date].map(|date| date.as_deref().and_then(|date| date.get(..4)));
    let languages: Vec<String> = status
        .languages
        .iter()
        .map(|tag| visit.interface.language_name(tag))
        .collect();
    html! {
        span { ((words.passages_of_speeches)(status.passages, status.speeches)) }
        @if let [Some(first), Some(last)] = years { span { (first) @if first != last { "–" (last) } } }
        @if !languages.is_empty() { span { (languages.join(words.list_comma)) } }
    }
}

/// Searches that find something, for they are made of what the corpus holds.
fn examples(visit: &Visit, speeches: &[ListedSpeech], paragraphs: &[String]) -> Markup {
    let mut queries: Vec<String> = Vec::new();
    queries.extend(
        paragraphs
            .iter()
            .find_map(|text| clause(text))
            .map(|clause| format!("\"{clause}\"")),
    );
    for (field, name) in [
        (Field::Speaker, "speaker"),
        (Field::Event, "event"),
        (Field::Place, "place"),
    ] {
        let found = speeches.iter().find_map(|speech| speech.metadata.value(field));
        queries.extend(
            found
                .filter(|value| !value.contains(['"', '\\']))
                .map(|value| format!("{name}:\"{value}\"")),
        );
    }
    let year = speeches
        .iter()
        .find_map(|speech| speech.metadata.value(Field::Date)?.get(..4));
    queries.extend(year.map(|year| format!("date:{year}")));
    html! {
        @if !queries.is_empty() {
            p.examples {
                (visit.wording().for_example) " "
                @for query in &queries {
                    a href=(visit.to("/").with("q", query.as_str())) lang="" { (super::text::Shown(query)) } " "
                }
            }
        }
    }
}

/// The longest part of a text between two marks that is short enough for an example: six to fourteen Han characters, or three to six words.
fn clause(text: &str) -> Option<&str> {
    let is_apart = |character: char| ",;:.!?，；：。！？、\n".contains(character);
    let is_plain = |part: &&str| {
        part.chars()
            .all(|character| character.is_alphabetic() || character == ' ')
    };
    let is_example = |part: &&str| match part.chars().all(is_han) {
        true => (6..=14).contains(&part.chars().count()),
        false => !part.chars().any(is_han) && (3..=6).contains(&part.split(' ').count()),
    };
    let parts = text.split(is_apart).map(str::trim).filter(is_plain).filter(is_example);
    parts.max_by_key(|part| part.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_stands_in_the_text() {
        assert_eq!(
            clause("各位来宾，让山的馈赠还给山里人，2013年。"),
            Some("让山的馈赠还给山里人")
        );
        assert_eq!(
            clause("Friends, the tunnel opens in autumn, 2023."),
            Some("the tunnel opens in autumn")
        );
        for none in ["", "是的。", "One, two", "Don't close the tunnel", "In 2013 it opened"] {
            assert_eq!(clause(none), None, "{none}");
        }
    }
}
