//! What a Chinese title states of the speech under it: `陈毅副总理的讲话`, `王晨：…`, `在…大会上周恩来总理的讲话`.

use crate::ingest::dates;
use crate::ingest::genre;
use crate::ingest::header::chinese_names::{self, Person};
use crate::ingest::header::heading::Stated;
use crate::ingest::header::occasion;
use crate::ingest::header::traditional;

/// Reads a Chinese title, a traditional one as if it were simplified, with the values as written.
pub(super) fn read(title: &str) -> Stated {
    let simplified = traditional::simplified(title);
    let written = |value: String| traditional::as_written(&value, &simplified, title);
    let bare = without_brackets(&simplified);
    let kind = bare.trim_end_matches("全文").trim_end_matches(['（', '(', ' ', '！']);
    let before_kind = genre::at_end_of_chinese(kind).and_then(|(word, _)| Some(&kind[..kind.rfind(word)?]));
    let body = before_kind.map(|text| text.strip_suffix('的').unwrap_or(text));
    let person = presented(bare)
        .or_else(|| body.and_then(at_end))
        .or_else(|| body.and_then(before_occasion));
    let occasion = body.and_then(|body| {
        let person_length = person.as_ref().map_or(0, |person| {
            person.name.len() + person.role.as_deref().map_or(0, str::len)
        });
        let start = body.find('在')?;
        let cut = body
            .len()
            .checked_sub(person_length)
            .filter(|at| *at > start && body.is_char_boundary(*at));
        let without_person = cut.filter(|at| person.as_ref().is_some_and(|person| body[*at..].contains(&person.name)));
        let phrase = &body[start..without_person.unwrap_or(body.len())];
        occasion::of_title(&format!("{phrase}的讲话"))
    });
    // `沈若蘭港口論壇致詞`: the occasion stands behind the name alone.
    let behind_name = || {
        let name = &person.as_ref()?.name;
        let occasion = body?.strip_prefix(name.as_str())?.trim();
        (occasion.chars().count() >= 3 && occasion::is_event(occasion)).then(|| occasion.to_owned())
    };
    let event = occasion.and_then(|occasion| occasion.event).or_else(behind_name);
    let mentions = dates::mentions(bare);
    Stated {
        speaker: person.as_ref().map(|person| written(person.name.clone())),
        role: person.and_then(|person| person.role).map(written),
        event: event.map(written),
        date: match mentions[..] {
            [only] if !only.is_range => Some(only.date),
            _ => None,
        },
        ..Stated::default()
    }
}

/// A title without the mark in brackets that a newspaper puts before it.
fn without_brackets(title: &str) -> &str {
    let rest = title.strip_prefix('【').and_then(|rest| rest.split_once('】'));
    rest.map_or(title, |(_, rest)| rest.trim())
}

/// The person with whom a title begins, where a colon, a word for speaking or the kind of speech follows the name.
fn presented(title: &str) -> Option<Person> {
    const SPEAKS: &[&str] = &[
        "宣布",
        "宣佈",
        "声明",
        "致词",
        "致辞",
        "国际记者会",
        "记者会",
        "讲话",
        "演讲",
        "演说",
        "发言",
        "的",
        "：",
        ":",
        "在",
        "就",
        "发表",
    ];
    let starts: Vec<usize> = title.char_indices().map(|(at, _)| at).take(20).collect();
    let speaks = |rest: &str| SPEAKS.iter().any(|word| rest.starts_with(word));
    // An office and a name: `前财政司司长曾俊华宣布`.
    let with_office = starts
        .iter()
        .filter(|at| **at > 0 && chinese_names::ends_in_office(&title[..**at]))
        .find_map(|at| {
            let (name, rest) = name_at(&title[*at..], speaks)?;
            let is_plain = title[..*at].chars().all(|c| crate::text::is_han(c) || c == '、');
            (is_plain && !rest.is_empty()).then(|| Person {
                name: name.to_owned(),
                role: Some(title[..*at].to_owned()),
            })
        });
    with_office.or_else(|| {
        let (name, rest) = name_at(title, |rest| {
            speaks(rest) || chinese_names::office_at_start(rest).is_some_and(|office| speaks(&rest[office.len()..]))
        })?;
        Some(Person {
            name: name.to_owned(),
            role: chinese_names::office_at_start(rest).map(str::to_owned),
        })
    })
}

/// The person with whose name a title begins that goes on with the occasion alone: `沈若兰港口论坛`.
fn before_occasion(text: &str) -> Option<Person> {
    let (name, _) = name_at(text, |rest| rest.chars().count() >= 3 && occasion::is_event(rest))?;
    Some(Person {
        name: name.to_owned(),
        role: None,
    })
}

/// A name at the start of a text with what follows, where that fits.
fn name_at(text: &str, fits: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(2).take(3).collect();
    ends.into_iter()
        .rev()
        .map(|end| text.split_at(end))
        .find(|(name, rest)| chinese_names::is_name(name) && fits(rest))
}

/// The person whom a text ends in: a name and the office behind it, as `周恩来总理`, or the office before, as `外交部长王毅`.
fn at_end(text: &str) -> Option<Person> {
    let office = chinese_names::office_at_end(text);
    if let Some(office) = office {
        let before = &text[..text.len() - office.len()];
        let (office, before) = match before.strip_suffix('副') {
            Some(rest) => (&text[rest.len()..], rest),
            None => (office, before),
        };
        return name_at_end(before).map(|(name, _)| Person {
            name: name.to_owned(),
            role: Some(office.to_owned()),
        });
    }
    let (name, before) = name_at_end(text)?;
    let office = before
        .rsplit(['上', '中', '时', '在', ' '])
        .next()
        .filter(|office| chinese_names::ends_in_office(office))?;
    Some(Person {
        name: name.to_owned(),
        role: Some(office.to_owned()),
    })
}

/// The name that a text ends in, the longest of those that fit, and what stands before it.
fn name_at_end(text: &str) -> Option<(&str, &str)> {
    let starts: Vec<usize> = text.char_indices().rev().map(|(at, _)| at).skip(1).take(3).collect();
    let mut found = starts
        .into_iter()
        .rev()
        .map(|start| text.split_at(start))
        .filter(|(before, name)| {
            let is_apart = before.is_empty()
                || before.ends_with(['上', '中', '时', '日', '》', '：', '，', ' ', '的'])
                || chinese_names::ends_in_office(before);
            chinese_names::is_name(name) && is_apart
        });
    found.next().map(|(before, name)| (name, before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_who_speaks() {
        for (title, name, role) in [
            ("陈毅副总理的讲话", Some("陈毅"), Some("副总理")),
            (
                "一九六六年九月十日在外出串联誓师大会上周恩来总理的讲话",
                Some("周恩来"),
                Some("总理"),
            ),
            ("沈若蘭國際記者會致詞全文", Some("沈若蘭"), None),
            (
                "前財政司司長曾若蘭宣佈參選記者會全文",
                Some("曾若蘭"),
                Some("前財政司司長"),
            ),
            ("【說明全文】王若蘭：修例實際很困難", Some("王若蘭"), None),
            ("沈若兰港口论坛致词全文", Some("沈若兰"), None),
            ("在第二次渡口会议上的讲话", None, None),
            ("港口管理办法的说明", None, None),
        ] {
            let stated = read(title);
            assert_eq!(
                (stated.speaker.as_deref(), stated.role.as_deref()),
                (name, role),
                "{title}"
            );
        }
        let stated = read("一九六六年九月十日在外出串联誓师大会上周恩来总理的讲话");
        assert_eq!(stated.event.as_deref(), Some("外出串联誓师大会"));
        assert_eq!(stated.date.map(|date| date.to_string()).as_deref(), Some("1966-09-10"));
    }
}
