//! Which of the short lines of a Chinese head are title and subtitle.
//!
//! A portal puts its own headline over the speech's header; the title nearest to the speech is the speech's own.

use crate::ingest::genre;
use crate::ingest::header::chinese::Head;
use crate::ingest::header::{chinese_names, occasion};

/// The decided titles.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// The title, its lines joined by a space.
    pub(super) title: Option<String>,
    /// The subtitle.
    pub(super) subtitle: Option<String>,
}

/// Decides title and subtitle.
pub(super) fn decide(head: &Head<'_>) -> Titles {
    let mut titles = of_run(head.titles.last().map_or(&[], Vec::as_slice));
    if let Some(quoted) = head
        .news
        .title()
        .filter(|_| head.titles.len() <= 1 && head.subtitle.is_none())
    {
        titles.title = Some(quoted.to_owned());
    }
    let collected = head.collector.map(|(_, title)| title);
    if let Some(own) =
        collected.filter(|collected| titles.subtitle.is_none() && is_only_an_occasion(&titles, collected))
    {
        titles.subtitle = titles.title.take();
        titles.title = Some(own.to_owned());
    }
    titles.title = titles.title.or_else(|| collected.map(str::to_owned));
    titles.subtitle = head.subtitle.map(str::to_owned).or(titles.subtitle);
    titles
}

/// Whether the title found is of the form `在…上的讲话`, while the collector's first line has a title of its own.
fn is_only_an_occasion(titles: &Titles, collected: &str) -> bool {
    let is_occasion = |title: &str| occasion::of_title(without_person(title)).is_some();
    let has_own = genre::at_end_of_chinese(collected).is_none() && !collected.is_empty();
    has_own
        && titles
            .title
            .as_deref()
            .is_some_and(|title| is_occasion(title) && title.starts_with('在'))
}

/// Title and subtitle of one run of short lines.
fn of_run(run: &[&str]) -> Titles {
    let mut kept: Vec<&str> = run
        .iter()
        .map(|line| cleaned(line))
        .filter(|line| !line.is_empty())
        .collect();
    kept.dedup();
    if kept.iter().any(|line| !is_section_heading(line)) {
        kept.retain(|line| !is_section_heading(line));
    }
    if let [only] = kept[..] {
        return split_at_colon(only);
    }
    let is_occasion = |line: &&str| occasion::of_title(without_person(line)).is_some() || presents_a_person(line);
    let (occasions, others): (Vec<&str>, Vec<&str>) = kept.iter().copied().partition(is_occasion);
    let joined = |lines: &[&str]| (!lines.is_empty()).then(|| lines.join(" "));
    if others.is_empty() || occasions.is_empty() {
        return Titles {
            title: kept
                .last()
                .filter(|_| others.is_empty())
                .map(|line| (*line).to_owned())
                .or(joined(&others)),
            subtitle: None,
        };
    }
    Titles {
        title: joined(&others),
        subtitle: joined(&occasions),
    }
}

/// `秘书长某某关于…的声明`: a line that presents who speaks.
fn presents_a_person(line: &str) -> bool {
    let presented = chinese_names::at_start(line).filter(|(person, _)| person.role.is_some());
    presented.is_some_and(|(_, rest)| rest.starts_with(['的', '关', '就'])) && genre::at_end_of_chinese(line).is_some()
}

/// `在会晤上的讲话:新起点 新愿景`: subtitle and title in one line.
fn split_at_colon(line: &str) -> Titles {
    let split = line
        .split_once([':', '：'])
        .filter(|(first, second)| !second.trim().is_empty() && occasion::of_title(without_person(first)).is_some());
    match split {
        Some((subtitle, title)) => Titles {
            title: Some(title.trim().to_owned()),
            subtitle: Some(subtitle.trim().to_owned()),
        },
        None => Titles {
            title: Some(line.to_owned()),
            subtitle: None,
        },
    }
}

/// `十二、推动构建新型大国关系`: the heading of a part of a collection.
fn is_section_heading(line: &str) -> bool {
    let numeral = line
        .chars()
        .take_while(|c| "一二三四五六七八九十百".contains(*c))
        .count();
    numeral > 0 && line.chars().nth(numeral) == Some('、')
}

/// A title without what portals put around it: the speaker's name and a colon, `（全文）`, `[视频]`, a final full stop.
pub(super) fn cleaned(line: &str) -> &str {
    const FRAMES: &[&str] = &[
        "（全文）",
        "(全文)",
        "[全文]",
        "【全文】",
        "[视频]",
        "【视频】",
        "（视频）",
        "(视频)",
        "（图）",
        "(图)",
        "※",
        "*",
        "（组图）",
        "（双语全文）",
        "（实录）",
        "（摘要）",
    ];
    let mut title = line.trim();
    loop {
        let stripped = FRAMES
            .iter()
            .find_map(|frame| title.strip_suffix(frame).or_else(|| title.strip_prefix(frame)));
        match stripped {
            Some(rest) => title = rest.trim(),
            None => break,
        }
    }
    let title = title.trim_end_matches('。');
    let named = title
        .split_once(['：', ':'])
        .filter(|(name, rest)| !rest.trim().is_empty() && chinese_names::byline(name).is_some());
    named.map_or(title, |(_, rest)| rest.trim())
}

/// A title without the person before `在`.
pub(super) fn without_person(title: &str) -> &str {
    let title = cleaned(title);
    match chinese_names::at_start(title) {
        Some((_, rest)) if rest.starts_with('在') => rest,
        _ => title,
    }
}
