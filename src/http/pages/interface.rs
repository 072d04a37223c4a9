//! The language of the interface: the one that was chosen, else the one that the browser asks for.

use axum::http::{HeaderMap, header};

use crate::page::Interface;

/// The language in which a request is answered.
pub(super) fn of_request(parameters: &[(String, String)], headers: &HeaderMap) -> Interface {
    let chosen = parameters
        .iter()
        .find(|(name, _)| name == "ui")
        .and_then(|(_, value)| named(value));
    let wanted = headers
        .get_all(header::ACCEPT_LANGUAGE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let wanted: Vec<&str> = wanted.collect();
    chosen.unwrap_or_else(|| preferred(&wanted.join(",")))
}

fn named(tag: &str) -> Option<Interface> {
    let primary = tag.split('-').next().unwrap_or_default();
    let known = Interface::NAMES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(primary));
    known.map(|(_, interface)| *interface)
}

/// The best of the languages of a header `Accept-Language` that the interface has; English where it has none.
fn preferred(header: &str) -> Interface {
    let mut best = (Interface::English, 0.0);
    for range in header.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let interface = parts.next().and_then(named);
        let quality = parts
            .find_map(|part| part.strip_prefix("q="))
            .map_or(Ok(1.0), str::parse::<f32>);
        if let (Some(interface), Ok(quality)) = (interface, quality)
            && quality > best.1
        {
            best = (interface, quality);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_weighs_most_is_taken() {
        assert_eq!(preferred("zh-CN,zh;q=0.9,en;q=0.8"), Interface::Chinese);
        assert_eq!(preferred("en;q=0.5, zh-Hant;q=0.6"), Interface::Chinese);
        assert_eq!(preferred("fr, en;q=0.3, zh;q=0.2"), Interface::English);
        for header in ["", "fr", "zh;q=0", "zh;q=x", ";;;,,"] {
            assert_eq!(preferred(header), Interface::English, "{header}");
        }
    }
}
