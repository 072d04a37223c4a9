//! The lines of a Chinese release, each told for itself: portal lines, datelines, date lines, bylines, salutations.
//!
//! Telling a line needs no neighbours; what the lines mean together is decided in the header's assembly.

use crate::corpus::Field;
use crate::ingest::dates;
use crate::ingest::header::chinese_names::{self, Person};
use crate::ingest::header::chinese_portal::{dateline, is_portal, labelled, source};
use crate::ingest::header::chinese_words::{ADDRESS_STARTS, ADDRESS_WORDS};
use crate::text::Date;

/// What a line is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind<'a> {
    /// `2013-03-22_标题`, the first line of a collector.
    Collector { date: Date, title: &'a str },
    /// `发表时间：…来源：…`.
    Source {
        published: Option<Date>,
        agency: Option<&'a str>,
    },
    /// `原标题：`, `视频：`, `责任编辑：` and the like.
    Portal,
    /// `新华社北京6月17日电`, with what follows it on the line.
    Dateline {
        agency: &'a str,
        month: i8,
        day: i8,
        rest: &'a str,
    },
    /// `（2025年6月17日，阿斯塔纳）`.
    DateLine { date: Date, place: Option<&'a str> },
    /// `地点：国际会议中心`: a labelled line, with the field and the value.
    Labelled(Field, &'a str),
    /// `——在论坛上的演讲`, without the dashes.
    Subtitle(&'a str),
    /// A person alone on the line.
    Byline(Person),
    /// An office alone on the line.
    Office(&'a str),
    /// `新华社记者 某某 摄`: what a picture shows.
    Caption,
    /// `…全文如下：`: the sentence before the speech.
    Lead,
    /// An address to the audience, with the part of the line that is the address.
    Salutation { address: &'a str },
    /// A running sentence.
    Text,
    /// A short line that is none of these: a title or a heading.
    Short,
}

/// Tells what a line of the head is.
pub(super) fn tell(line: &str, is_first: bool) -> Kind<'_> {
    if let Some((date, title)) = collector(line).filter(|_| is_first) {
        return Kind::Collector { date, title };
    }
    source(line)
        .or_else(|| labelled(line))
        .or_else(|| is_portal(line).then_some(Kind::Portal))
        .or_else(|| dateline(line))
        .or_else(|| date_line(line))
        .or_else(|| subtitle(line))
        .or_else(|| chinese_names::byline(line).map(Kind::Byline))
        .or_else(|| news(line))
        .or_else(|| salutation(line).map(|address| Kind::Salutation { address }))
        .or_else(|| chinese_names::is_office_line(line).then_some(Kind::Office(line)))
        .or_else(|| names_organizer(line).then_some(Kind::Portal))
        .unwrap_or(if is_running_text(line) { Kind::Text } else { Kind::Short })
}

/// `主办方：…`, `主持人：某某`: who held the meeting, which is neither a title nor a field.
fn names_organizer(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "主办",
        "主办方",
        "主办单位",
        "承办",
        "承办方",
        "承办单位",
        "协办",
        "协办方",
        "协办单位",
        "支持单位",
    ];
    let Some((label, value)) = line.split_once(['：', ':']) else {
        return false;
    };
    let is_short_name = value.trim().chars().count() <= 4 && !value.contains(['。', '！', '？']);
    LABELS.contains(&label.trim()) || (label.trim() == "主持人" && is_short_name)
}

fn collector(line: &str) -> Option<(Date, &str)> {
    let (date, title) = line.split_at_checked(10)?;
    let title = title.strip_prefix('_')?;
    Some((date.parse().ok()?, title.trim()))
}

/// A date with at most a place, in brackets or alone.
fn date_line(line: &str) -> Option<Kind<'_>> {
    let inner = line.trim_matches(|c: char| "（()）[]【】〔〕".contains(c) || c.is_whitespace());
    let is_bracketed = inner.len() < line.trim().len();
    let mention = *dates::mentions(inner).first()?;
    let marks = |c: char| "，,、 　·。；;".contains(c) || c.is_whitespace();
    let before = inner[..mention.span.start].trim_matches(marks);
    let after = inner[mention.span.end..].trim_matches(marks);
    let after = dates::without_part_of_day(after).trim_matches(marks);
    let place = [after, before].into_iter().find(|part| !part.is_empty());
    let place = place.map(|place| place.trim_start_matches(['于', '在']));
    let place = place.filter(|place| !dates::says_nothing(place));
    if inner.chars().count() > 40 || (!before.is_empty() && !after.is_empty()) || !place.is_none_or(is_place) {
        return None;
    }
    let stands_alone = is_bracketed || place.is_none_or(|place| place.chars().count() <= 8);
    stands_alone.then_some(Kind::DateLine {
        date: mention.date,
        place,
    })
}

/// Whether what stands beside a date can be a place: letters only, and none of the words of a resolution or an event.
fn is_place(text: &str) -> bool {
    const OTHERS: &[&str] = &[
        "通过", "发表", "批准", "公布", "讲话", "演讲", "施行", "起", "以来", "至", "修订", "发布", "生效",
    ];
    let letters = text
        .chars()
        .all(|c| c.is_alphabetic() || "·•・ —-".contains(c) || c == '，');
    letters && text.chars().count() <= 24 && !OTHERS.iter().any(|word| text.contains(word))
}

fn subtitle(line: &str) -> Option<Kind<'_>> {
    let dashes: &[char] = &['—', '－', '―', '–', '─', '-', '一'];
    let rest = line.trim_start_matches(dashes);
    let dash_count = line[..line.len() - rest.len()].chars().filter(|c| *c != '一').count();
    let is_long_dash = dash_count >= 2 || line.starts_with('—');
    let rest = rest.trim();
    let is_line = !rest.is_empty() && rest.chars().count() <= 90 && !rest.contains('。');
    (dash_count > 0 && is_long_dash && is_line).then_some(Kind::Subtitle(rest))
}

/// A picture's caption or the sentence that announces the text.
fn news(line: &str) -> Option<Kind<'static>> {
    let bare = line.trim_end_matches(|c: char| "：:。".contains(c) || c.is_whitespace());
    let announces = [
        "全文如下",
        "讲话如下",
        "演讲如下",
        "致辞如下",
        "内容如下",
        "贺信如下",
        "文章如下",
        "发言如下",
    ]
    .iter()
    .any(|end| bare.ends_with(end));
    if announces && line.chars().count() <= 300 {
        return Some(Kind::Lead);
    }
    let has_credit = bare.ends_with('摄') || bare.ends_with("摄影") || bare.ends_with("摄）") || bare.ends_with("发）");
    let shows = ["这是", "图为"]
        .iter()
        .any(|start| line.starts_with(start) || line.contains(&format!("。{start}")));
    let reports = is_day_of_news(line)
        && chinese_names::in_sentence(line).is_some()
        && ["发表", "出席", "举行", "会见"].iter().any(|verb| line.contains(verb));
    let is_caption = (has_credit || shows || reports) && line.chars().count() <= 260;
    is_caption.then_some(Kind::Caption)
}

/// Whether a sentence begins with a day without a year, as captions do: `5月15日，`.
fn is_day_of_news(line: &str) -> bool {
    let line = line.strip_prefix("当地时间").unwrap_or(line);
    let start = dates::month_and_day(line).filter(|(span, ..)| span.start == 0);
    start.is_some_and(|(span, ..)| line[span.end..].starts_with(['，', ',']))
}

/// The address to the audience at the start of a line.
pub(super) fn salutation(line: &str) -> Option<&str> {
    let end = line.find(['：', ':', '！', '!']).map_or(line.len(), |at| {
        at + line[at..].chars().next().map_or(0, char::len_utf8)
    });
    let address = &line[..end];
    let length = address.chars().count();
    let has_start = ADDRESS_STARTS.iter().any(|start| address.starts_with(start));
    let ends_open = address.ends_with(['：', ':', '！', '!', '，', ',', '、', '；', ';']);
    let has_word = ADDRESS_WORDS.iter().any(|word| address.contains(word));
    let is_sentence = address.contains(['。', '？', '“', '《'])
        || ["我们", "今天", "感谢", "欢迎", "现在", "很高兴"]
            .iter()
            .any(|word| address.contains(word));
    let is_address = length <= 150
        && !is_sentence
        && ((has_start && (ends_open || length <= 40)) || (ends_open && has_word && length <= 30));
    (is_address && (end == line.len() || address.ends_with(['：', ':', '！', '!']))).then_some(address)
}

/// Whether a line runs as text does, so that it is no title.
pub(super) fn is_running_text(line: &str) -> bool {
    let length = line.chars().count();
    let ends_sentence = line.ends_with(['。', '！', '？', '；', '…', '!', '?', '：']);
    line.contains('。') || (length > 12 && ends_sentence) || (length > 60 && line.contains('，')) || length > 110
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_told_for_itself() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        for (line, kind) in [
            (
                "2013-03-22_在大会上的致辞",
                Kind::Collector {
                    date: date("2013-03-22"),
                    title: "在大会上的致辞",
                },
            ),
            (
                "2015年07月21日13:32   来源：人民网－新闻网",
                Kind::Source {
                    published: Some(date("2015-07-21")),
                    agency: Some("人民网－新闻网"),
                },
            ),
            (
                "来源： 新华社",
                Kind::Source {
                    published: None,
                    agency: Some("新华社"),
                },
            ),
            ("原标题：弘扬人民友谊", Kind::Portal),
            (
                "新华社阿斯塔纳6月17日电",
                Kind::Dateline {
                    agency: "新华社",
                    month: 6,
                    day: 17,
                    rest: "",
                },
            ),
            (
                "（新华社巴黎３月２７日电）",
                Kind::Dateline {
                    agency: "新华社",
                    month: 3,
                    day: 27,
                    rest: "",
                },
            ),
            (
                "新华社北京11月3日电（记者 某某）会议举行。",
                Kind::Dateline {
                    agency: "新华社",
                    month: 11,
                    day: 3,
                    rest: "会议举行。",
                },
            ),
            (
                "海港社西港2月4日电(记者某某 某)第24届会议举行。",
                Kind::Dateline {
                    agency: "海港社",
                    month: 2,
                    day: 4,
                    rest: "第24届会议举行。",
                },
            ),
            (
                "（2025年6月17日，阿斯塔纳）",
                Kind::DateLine {
                    date: date("2025-06-17"),
                    place: Some("阿斯塔纳"),
                },
            ),
            (
                "（2014年7月15日福塔莱萨）",
                Kind::DateLine {
                    date: date("2014-07-15"),
                    place: Some("福塔莱萨"),
                },
            ),
            (
                "（2016年1月16日上午，国宾馆）",
                Kind::DateLine {
                    date: date("2016-01-16"),
                    place: Some("国宾馆"),
                },
            ),
            (
                "二〇一三年十月七日",
                Kind::DateLine {
                    date: date("2013-10-07"),
                    place: None,
                },
            ),
            ("——在论坛上的演讲", Kind::Subtitle("在论坛上的演讲")),
            ("国务院总理", Kind::Office("国务院总理")),
            ("讲话全文如下：", Kind::Lead),
            (
                "尊敬的总统先生，",
                Kind::Salutation {
                    address: "尊敬的总统先生，",
                },
            ),
            (
                "同志们：今天，我们在这里集会。",
                Kind::Salutation {
                    address: "同志们："
                },
            ),
            ("今天的会议很重要。", Kind::Text),
            ("共创美好未来", Kind::Short),
            ("（2023年3月13日第一次会议通过）", Kind::Short),
        ] {
            assert_eq!(tell(line, true), kind, "{line}");
        }
    }
}
