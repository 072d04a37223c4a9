//! What a page claims of itself: `<meta>`, OpenGraph, Dublin Core, structured data and the canonical link.
//!
//! Claims are not read from the text: the day is that of publication, never that of delivery, and a title is only used
//! where the text has none.

use serde_json::Value;

use crate::ingest::dates;
use crate::ingest::html::page::Page;
use crate::text::Date;

/// The claims of a page.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// Titles, the more reliable first; that of the window may hold the name of the site.
    pub(super) titles: Vec<String>,
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// Persons who are said to be the authors.
    pub(super) author: Option<String>,
    /// The body or the site that published it.
    pub(super) publisher: Option<String>,
    /// The language, as a tag.
    pub(super) language: Option<String>,
    /// The address of the page.
    pub(super) address: Option<String>,
    /// Whether the structured data calls it a speech.
    pub(super) is_speech: bool,
}

/// Names of `<meta>` for a title, the more reliable first.
#[rustfmt::skip]
const TITLES: &[&str] = &["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "articletitle"];

/// Names of `<meta>` for the day of publication.
#[rustfmt::skip]
const PUBLISHED: &[&str] = &[
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
    "publication_date", "citation_publication_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "dcterms.created", "dc.date.created", "firstpublishedtime",
];

/// Names of `<meta>` for the body or the site that published the page.
#[rustfmt::skip]
const PUBLISHERS: &[&str] = &["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "source", "contentsource"];

/// Gathers the claims of a page.
pub(super) fn gather(page: &Page) -> Claims {
    let read = |text: &String| serde_json::from_str(text.trim()).ok();
    let objects: Vec<Value> = page.structured.iter().filter_map(read).collect();
    let mut articles = Vec::new();
    for object in &objects {
        collect_articles(object, &mut articles, 0);
    }
    let data = articles.first().copied().unwrap_or(&Value::Null);
    let headline = text_of(&data["headline"]).or_else(|| text_of(&data["name"]));
    let published = [text_of(&data["datePublished"]), named(page, PUBLISHED)];
    let address = named(page, &["link:canonical", "og:url"]).or_else(|| text_of(&data["url"]));
    let is_address = |address: &String| address.starts_with("http://") || address.starts_with("https://");
    let publisher = named(page, PUBLISHERS).or_else(|| text_of(&data["publisher"]));
    let is_speech = |name: &&str| name.to_lowercase().contains("speech");
    Claims {
        titles: [named(page, TITLES), headline].into_iter().flatten().collect(),
        published: published.iter().flatten().find_map(|value| day(value)),
        author: text_of(&data["author"]).or_else(|| named(page, &["author", "dc.creator", "dcterms.creator"])),
        publisher: publisher.map(|name| without_label(&name).to_owned()),
        language: language(page, data),
        address: address.filter(is_address),
        is_speech: type_names(data).iter().any(is_speech),
    }
}

fn language(page: &Page, data: &Value) -> Option<String> {
    let stated = named(
        page,
        &["html:lang", "content-language", "dc.language", "dcterms.language"],
    );
    stated.or_else(|| text_of(&data["inLanguage"]))
}

/// The first of the named claims that says something.
fn named(page: &Page, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let mut values = page.claims.iter().filter(|(claimed, _)| claimed == name);
        values.find_map(|(_, value)| Some(value.trim().to_owned()).filter(|value| !value.is_empty()))
    })
}

/// The objects of structured data that tell of an article, in lists and graphs too.
fn collect_articles<'a>(value: &'a Value, found: &mut Vec<&'a Value>, depth: usize) {
    if depth > 4 {
        return;
    }
    match value {
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect_articles(value, found, depth + 1)),
        Value::Object(fields) => {
            const KINDS: &[&str] = &["article", "report", "posting", "speech", "statement", "pressrelease"];
            let names = type_names(value);
            let is_article = names
                .iter()
                .any(|name| KINDS.iter().any(|kind| name.to_lowercase().ends_with(kind)));
            if is_article {
                found.push(value);
            }
            for name in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = fields.get(name) {
                    collect_articles(inner, found, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn type_names(value: &Value) -> Vec<&str> {
    match &value["@type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A source without the label that some pages repeat in its value.
fn without_label(name: &str) -> &str {
    let labels = ["来源：", "来源:", "來源：", "Source:", "source:"];
    labels
        .iter()
        .find_map(|label| name.strip_prefix(label))
        .unwrap_or(name)
        .trim()
}

/// A text, or the name of a person or body; of a list the first.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Object(fields) => fields.get("name")?.as_str()?,
        Value::Array(values) => return text_of(values.first().filter(|first| !first.is_array())?),
        _ => return None,
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty())
}

/// The day of a time such as `2021-12-06T10:00:00+03:00`, or of a date as people write it.
fn day(value: &str) -> Option<Date> {
    let value = value.trim();
    let start = value.get(..10).and_then(|start| start.replace('/', "-").parse().ok());
    start.or_else(|| dates::mentions(value).first().map(|mention| mention.date))
}
