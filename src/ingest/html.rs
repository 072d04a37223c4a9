//! A web page: the article among navigation, adverts and footers, and what the page claims of itself.
//!
//! html5ever takes the markup apart; what of it is a speech is judged here, by where the running text stands. Lines of the
//! head (title, day, place, source) stay lines of the text before the body, so that they are read as in a text file.

use crate::corpus::{Field, Metadata};
use crate::ingest::draft::{Draft, Layout};
use crate::ingest::html::article::Shown;
use crate::ingest::html::claims::Claims;
use crate::ingest::html::page::Page;
use crate::ingest::language;

mod article;
mod attributes;
mod block;
mod claims;
mod element;
mod encoding;
mod head;
mod page;
mod refusal;
mod rest;
mod selection;
mod title;
mod value;
mod widget;

pub use encoding::declared_encoding;
pub(in crate::ingest) use value::{is_page, value};

/// Reads a page into a draft whose text has a line for each block of the article: a paragraph, an item, the row of a table.
///
/// # Errors
/// In plain words, why the page gives no speech: it lists links, or its text is in a linked document.
pub fn read(page: &str) -> Result<Draft, String> {
    if attributes::are_countless(page) {
        return Err("is no web page: one of its tags has more than 50,000 words".to_owned());
    }
    let page = page::read(page);
    let claims = claims::gather(&page);
    let titles = title_keys(&page, &claims);
    let (shown, article) = match article::find(&page, Shown::Only, &titles) {
        Some(article) => (Shown::Only, Some(article)),
        None => (Shown::Any, article::find(&page, Shown::Any, &titles)),
    };
    if let Some(reason) = refusal::reason(&page, article.as_ref(), shown) {
        return Err(reason);
    }
    let Some(article) = article else {
        return Err("holds no text".to_owned());
    };
    let lines = selection::lines(&page, &article, shown, &titles);
    let joined = selection::joined(&lines);
    let (asides, chrome_bytes) = rest::asides(&page, &article, &joined.ends);
    let layout = if is_preformatted(&page, &lines) {
        Layout::Lines
    } else {
        Layout::Blocks {
            headings: joined.headings,
            title: joined.title,
        }
    };
    let mut draft = Draft {
        asides,
        chrome_bytes,
        ..Draft::new(joined.text, layout)
    };
    state(&mut draft.stated, &claims, &draft.text);
    suggest(&mut draft.suggested, &page, &claims);
    Ok(draft)
}

/// A line of a fragment of a page.
#[derive(Debug)]
pub(in crate::ingest) struct FragmentLine {
    /// Its text.
    pub(in crate::ingest) text: String,
    /// Whether most of it is links.
    pub(in crate::ingest) is_linked: bool,
}

/// The lines that a fragment of a page shows, such as a block of HTML in Markdown.
pub(in crate::ingest) fn fragment(html: &str) -> Vec<FragmentLine> {
    if attributes::are_countless(html) {
        return vec![FragmentLine {
            text: html.to_owned(),
            is_linked: false,
        }];
    }
    let line = |block: block::Block| FragmentLine {
        is_linked: block.is_linked(),
        text: block.text,
    };
    page::read(html).blocks.into_iter().map(line).collect()
}

/// Whether most of the text is shown as typed, so that its lines may be wrapped as those of a text file are.
fn is_preformatted(page: &Page, lines: &[selection::Selected<'_>]) -> bool {
    let weight = |line: &&selection::Selected<'_>| line.block.weight;
    let as_typed = |line: &&selection::Selected<'_>| page.elements[line.block.element].is_preformatted;
    let typed: usize = lines.iter().filter(as_typed).map(|line| weight(&line)).sum();
    let all: usize = lines.iter().map(|line| weight(&line)).sum();
    typed * 2 > all
}

/// The keys of what the page calls itself: its claims, and every part of the title of its window that ends at a separator.
fn title_keys(page: &Page, claims: &Claims) -> Vec<String> {
    let window = page.title.trim();
    let claimed = claims.titles.iter().map(String::as_str).chain([window]);
    let mut keys: Vec<String> = claimed
        .flat_map(|title| title::starts(title).into_iter().chain([title]))
        .map(title::key)
        .collect();
    keys.retain(|key| (4..=400).contains(&key.chars().count()));
    keys
}

/// Sets what the page claims and the text cannot contradict.
fn state(metadata: &mut Metadata, claims: &Claims, text: &str) {
    if let Some(date) = claims.published {
        metadata.set_date(Field::Published, date);
    }
    set(metadata, Field::Url, claims.address.as_deref());
    // Templates claim languages that their texts are not in.
    let claimed = claims.language.as_deref().map(crate::text::Language::new);
    let detected = language::detect(text);
    let is_right = |claimed: &crate::text::Language| {
        detected
            .as_ref()
            .is_none_or(|detected| detected.primary() == claimed.primary())
    };
    let language = claimed.filter(is_right);
    set(
        metadata,
        Field::Language,
        language.as_ref().map(crate::text::Language::primary),
    );
}

/// Sets what is used where the text states nothing.
fn suggest(metadata: &mut Metadata, page: &Page, claims: &Claims) {
    let window = page.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let site = claims.publisher.as_deref();
    let claimed = claims.titles.first().map_or(window.as_str(), String::as_str);
    let title = title::without_site(claimed, site);
    if title::says_something(title) {
        set(metadata, Field::Title, Some(title));
        set(metadata, Field::TitleSource, Some("web page"));
    }
    set(metadata, Field::Genre, title::section_genre(&window, title));
    if claims.is_speech
        && let Some(author) = &claims.author
    {
        set(metadata, Field::Speaker, Some(author));
        set(metadata, Field::SpeakerSource, Some("web page"));
    }
    let issuer = claims.publisher.as_deref().or(title::site_in(&window, title));
    if let Some(issuer) = issuer.filter(|issuer| is_institution(issuer)) {
        set(metadata, Field::Organization, Some(issuer));
    } else {
        set(metadata, Field::Agency, claims.publisher.as_deref());
    }
}

/// Whether a publisher is a body of a state and not of the press.
fn is_institution(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "ministry",
        "minister",
        "government",
        "embassy",
        "mission",
        "presiden",
        "office",
        "department",
        "council",
        "ministère",
        "gouvernement",
        "ambassade",
        "ministerio",
        "gobierno",
        "embajada",
        "министерств",
        "правительств",
        "посольств",
        "وزارة",
        "外交部",
        "政府",
        "大使馆",
        "使馆",
        "国务院",
        "代表团",
        "united nations",
        "联合国",
    ];
    let lower = name.to_lowercase();
    // A portal is named for the body that keeps it.
    !lower.ends_with('网') && WORDS.iter().any(|word| lower.contains(word))
}

fn set(metadata: &mut Metadata, field: Field, value: Option<&str>) {
    if let Some(value) = value {
        // Only dates can be refused, and these are set as dates.
        let _ = metadata.set(field, value);
    }
}
