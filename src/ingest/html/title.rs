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

/// Whether a title is one: editors of pages put words in its place.
pub(super) fn says_something(title: &str) -> bool {
    const PLACEHOLDERS: &[&str] = &[
        "untitled",
        "untitleddocument",
        "untitledpage",
        "newpage",
        "document",
        "index",
        "home",
        "homepage",
        "无标题文档",
        "無標題文件",
        "新建网页",
        "accueil",
        "inicio",
        "главная",
    ];
    let key = key(title);
    !key.is_empty() && !PLACEHOLDERS.contains(&key.as_str())
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
        let cut = |part: &&&str| {
            [" | ", "_", " - ", " – ", " « ", " » ", " :: ", "--"]
                .iter()
                .any(|mark| window[part.len()..].starts_with(mark))
        };
        parts
            .iter()
            .rev()
            .find(|part| cut(part) && key(part).chars().count() >= 6)
    };
    let bare = named.or_else(strong).copied().unwrap_or(window);
    // `标题--国际--江海网`: these marks stand before sections of a site and in no title.
    let section = ["--", "_"].iter().filter_map(|mark| bare.find(mark)).min();
    let cut = section.map_or(bare, |at| bare[..at].trim_end());
    let cut = cut
        .rsplit_once('-')
        .filter(|(_, site)| is_portal(site))
        .map_or(cut, |(title, _)| title.trim_end());
    if key(cut).chars().count() >= 6 { cut } else { bare }
}

/// Whether the end of a title is the name of a Chinese portal.
fn is_portal(name: &str) -> bool {
    let is_named = ["网", "網", "在线", "频道", "日报", "电视台"]
        .iter()
        .any(|end| name.ends_with(end));
    is_named && name.chars().count() <= 12
}

/// The name of the site in the title of a window, which stands behind the title.
pub(super) fn site_in<'a>(window: &'a str, title: &str) -> Option<&'a str> {
    let part = starts(window).into_iter().find(|part| key(part) == key(title))?;
    let rest = window[part.len()..].trim_matches(|c: char| !c.is_alphanumeric());
    let last = [" | ", "_", " - ", " – ", "--", "-"]
        .iter()
        .fold(rest, |rest, mark| rest.rsplit(mark).next().unwrap_or(rest));
    Some(last.trim()).filter(|rest| !rest.is_empty())
}

/// The kind of text that the section of a site is for, where the title of a window names it behind the title.
pub(super) fn section_genre(window: &str, title: &str) -> Option<&'static str> {
    const SECTIONS: &[(&str, &str)] = &[
        ("pressreleases", "news"),
        ("pressrelease", "news"),
        ("mediareleases", "news"),
        ("news", "news"),
        ("新闻", "news"),
        ("要闻", "news"),
        ("speeches", "speech"),
        ("speech", "speech"),
        ("讲话", "speech"),
        ("statements", "statement"),
        ("声明", "statement"),
    ];
    let rest = window.strip_prefix(title)?;
    let mut parts = rest.split(['|', '_', '-', '–', '—', '·', '»', '«']).map(key);
    parts.find_map(|part| SECTIONS.iter().find(|(name, _)| *name == part).map(|(_, genre)| *genre))
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
