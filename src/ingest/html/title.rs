//! The title of a page among what the page calls itself: the name of the site taken off, and the line found that shows it.

/// What stands between the title of an article and the name of a site.
const SEPARATORS: &[&str] = &[
    " | ", "|", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " / ", "_", "--", " -", "- ", "-", "｜", "－",
];

/// The letters and digits of a text, in lower case: what two writings of one title share.
pub(super) fn key(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The title of a window without the name of the site.
pub(super) fn without_site<'a>(window: &'a str, site: Option<&str>) -> &'a str {
    let parts = starts(window);
    let site = site.map(key).filter(|site| !site.is_empty());
    let named = parts.iter().find(|part| {
        let rest = key(&window[part.len()..]);
        site.as_deref().is_some_and(|site| rest == site)
    });
    let strong = || {
        let cut = |part: &&&str| [" | ", "_", " - ", " – ", " « ", " » ", " :: ", "--"].iter().any(|mark| window[part.len()..].starts_with(mark));
        parts.iter().rev().find(|part| cut(part) && key(part).chars().count() >= 6)
    };
    named.or_else(strong).copied().unwrap_or(window)
}

/// The name of the site in the title of a window, which stands behind the title.
pub(super) fn site_in<'a>(window: &'a str, title: &str) -> Option<&'a str> {
    let part = starts(window).into_iter().find(|part| key(part) == key(title))?;
    let rest = window[part.len()..].trim_matches(|c: char| !c.is_alphanumeric());
    let last = [" | ", "_", " - ", " – ", "--", "-"].iter().fold(rest, |rest, mark| rest.rsplit(mark).next().unwrap_or(rest));
    Some(last.trim()).filter(|rest| !rest.is_empty())
}

/// The parts of a title that end before a separator, the longest first.
pub(super) fn starts(window: &str) -> Vec<&str> {
    let mut cuts: Vec<usize> = SEPARATORS
        .iter()
        .flat_map(|separator| window.match_indices(separator).map(|(at, _)| at))
        .filter(|at| *at > 0)
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.truncate(12);
    cuts.iter().rev().map(|at| window[..*at].trim_end()).collect()
}
