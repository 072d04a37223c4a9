//! What stands beside the text of a speech: what is known about it, its versions and translations, how to cite it.

use maud::{Markup, html};

use super::super::address::speech_path;
use super::super::form::unseen;
use super::super::frame::Visit;
use super::super::language::named;
use super::super::text::{Shown, web_address};
use super::{Citation, Reading, Related};
use crate::citation::CitationStyle;
use crate::corpus::Field;
use crate::corpus::metadata::scalar_texts;
use crate::engine::SpeechView;

/// The fields that the heading shows, or that say where another field came from.
const ELSEWHERE: &[Field] = &[
    Field::Title,
    Field::Subtitle,
    Field::Salutation,
    Field::DateSource,
    Field::LanguageSource,
    Field::TitleSource,
    Field::SpeakerSource,
    Field::CountrySource,
    Field::EventSource,
    Field::TranslationOf,
    Field::VersionOf,
];

/// What stands beside the text.
pub(super) fn aside(visit: &Visit, reading: &Reading<'_>) -> Markup {
    let words = visit.wording();
    html! {
        aside.about {
            details.filters open {
                summary { (words.about) }
                div.inside {
                    (known(visit, reading.speech))
                    (related(visit, words.translated_from, &reading.kin.originals))
                    (related(visit, words.translations, &reading.kin.translations))
                    (versions(visit, reading))
                }
            }
            (cite(visit, reading))
        }
    }
}

/// What is known about the speech.
fn known(visit: &Visit, speech: &SpeechView) -> Markup {
    let fields = speech.metadata.fields().filter(|(field, _)| !ELSEWHERE.contains(field));
    html! {
        dl {
            @for (field, value) in fields {
                dt { (visit.interface.field(field.name())) }
                dd {
                    (shown_value(visit, field, value))
                    @if let Some(source) = source_of(field).and_then(|source| speech.metadata.value(source)) {
                        " " span.source-of { ((visit.wording().according_to)(source)) }
                    }
                }
            }
            @for (name, value) in speech.metadata.meta() {
                @let texts = scalar_texts(value);
                dt { bdi lang="" { (Shown(name)) } }
                dd { @if texts.is_empty() { (Shown(&value.to_string())) } @else { (named(&texts.join(", "))) } }
            }
            @for source in &speech.also_in {
                dt { (visit.wording().also_in) }
                dd { (named(source)) }
            }
            dt { (visit.wording().id) }
            dd.id { (named(&speech.id)) }
        }
    }
}

/// The field that says where a field came from.
fn source_of(field: Field) -> Option<Field> {
    match field {
        Field::Date => Some(Field::DateSource),
        Field::Language => Some(Field::LanguageSource),
        Field::Speaker => Some(Field::SpeakerSource),
        Field::Country => Some(Field::CountrySource),
        Field::Event => Some(Field::EventSource),
        _ => None,
    }
}

fn shown_value(visit: &Visit, field: Field, value: &str) -> Markup {
    let filtered = || visit.to("/speeches").with(field.name(), value);
    match field {
        Field::Date | Field::Published => html! { time datetime=(Shown(value)) { (visit.interface.date(value)) } },
        Field::Language => html! { (Shown(&visit.interface.language_name(value))) },
        Field::Genre => html! { (Shown(&visit.interface.genre(value))) },
        Field::Url => match web_address(value) {
            Some(address) => {
                html! { a href=(address) rel="noopener noreferrer external" { bdi lang="" { (Shown(value)) } } }
            }
            None => named(value),
        },
        Field::Speaker | Field::Country | Field::Organization | Field::Event | Field::Collection => {
            html! { a href=(filtered()) { (named(value)) } }
        }
        _ => named(value),
    }
}

fn related(visit: &Visit, heading: &str, related: &[Related]) -> Markup {
    html! {
        @if !related.is_empty() {
            section.related {
                h2 { (heading) }
                ul { @for speech in related { li { (related_link(visit, speech)) } } }
            }
        }
    }
}

fn related_link(visit: &Visit, related: &Related) -> Markup {
    if related.metadata.is_none() {
        return html! { (related.title()) " " span.reason { (visit.wording().not_held) } };
    }
    html! {
        a href=(visit.to(&speech_path(&related.id))) { (related.title()) }
        @if let Some(tag) = related.value(Field::Language) { " " span.reason { (Shown(&visit.interface.language_name(tag))) } }
    }
}

fn versions(visit: &Visit, reading: &Reading<'_>) -> Markup {
    let words = visit.wording();
    let path = speech_path(&reading.speech.id);
    html! {
        @if !reading.kin.versions.is_empty() {
            section.related {
                h2 { (words.versions) }
                ul {
                    @for version in &reading.kin.versions {
                        li {
                            (related_link(visit, version))
                            " · " a href=(visit.to(&path).with("diff", version.id.as_str())) { (words.what_differs) }
                        }
                    }
                }
            }
        }
    }
}

/// How to cite the speech, or a paragraph of it.
fn cite(visit: &Visit, reading: &Reading<'_>) -> Markup {
    let words = visit.wording();
    let path = speech_path(&reading.speech.id);
    let cited = reading.cited.as_deref();
    let part = cited.map(|number| format!("p{number}")).unwrap_or_default();
    let permalink = visit.to(&path).without(&["ui"]).at(part);
    html! {
        details #cite.cite open[cited.is_some()] {
            summary { (words.cite) }
            div.inside {
                @for citation in &reading.citations { (citation_text(visit, citation)) }
                div.citation {
                    h2 { (words.permalink) }
                    p { a #permalink.copied href=(permalink) { (permalink) } }
                    (copy_button(visit, "permalink"))
                }
                form.paragraph action=(path) method="get" {
                    label for="cite-paragraph" { (words.cite_paragraph) }
                    input #cite-paragraph name="cite" type="text" inputmode="decimal" value=(cited.unwrap_or_default());
                    (unseen(&visit.address, &["cite", "diff"]))
                    button { (words.apply) }
                }
            }
        }
    }
}

fn citation_text(visit: &Visit, citation: &Citation) -> Markup {
    let name = style_name(citation.style);
    let id = format!("cite-{}", name.to_lowercase().replace(['/', ' '], "-"));
    html! {
        div.citation {
            h2 lang="" { (name) }
            p #(id).copied lang="" dir="auto" {
                @match citation.style {
                    CitationStyle::Apa => (with_italics(&citation.text)),
                    _ => @for (index, line) in citation.text.lines().enumerate() { @if index > 0 { "\n" } (Shown(line)) },
                }
            }
            (copy_button(visit, &id))
        }
    }
}

/// A citation whose asterisks are italics; one behind a backslash is an asterisk.
fn with_italics(text: &str) -> Markup {
    const ASTERISK: &str = "\u{E000}";
    let kept = text.replace("\\*", ASTERISK);
    html! {
        @for (index, part) in kept.split('*').enumerate() {
            @let part = part.replace(ASTERISK, "*");
            @if index % 2 == 1 { i { (Shown(&part)) } } @else { (Shown(&part)) }
        }
    }
}

fn style_name(style: CitationStyle) -> &'static str {
    match style {
        CitationStyle::GbT7714 => "GB/T 7714",
        CitationStyle::Apa => "APA",
        CitationStyle::Bibtex => "BibTeX",
    }
}

/// A button that copies a text; it does nothing without the script, which shows it.
fn copy_button(visit: &Visit, id: &str) -> Markup {
    let words = visit.wording();
    html! { button.copy type="button" hidden data-copy=(id) data-copied=(words.copied) { (words.copy) } }
}
