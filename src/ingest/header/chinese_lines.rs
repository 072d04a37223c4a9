//! The lines of a Chinese release, each told for itself: portal lines, datelines, date lines, bylines, salutations.
//!
//! Telling a line needs no neighbours; what the lines mean together is decided in the header's assembly.

use crate::corpus::Field;
use crate::ingest::dates;
use crate::ingest::header::chinese_names::{self, Person};
use crate::text::{Date, is_han};

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
        .unwrap_or(if is_running_text(line) { Kind::Text } else { Kind::Short })
}

fn collector(line: &str) -> Option<(Date, &str)> {
    let (date, title) = line.split_at_checked(10)?;
    let title = title.strip_prefix('_')?;
    Some((date.parse().ok()?, title.trim()))
}

/// A line with the label of a portal: when and from where a text was put online.
fn source(line: &str) -> Option<Kind<'_>> {
    const LABELS: &[&str] = &[
        "来源：",
        "来源:",
        "发表时间",
        "发布时间",
        "更新时间",
        "发稿时间",
        "发布日期",
    ];
    let has_label = LABELS.iter().any(|label| line.contains(label));
    let found = dates::mentions(line);
    let has_clock = found
        .first()
        .is_some_and(|mention| starts_with_clock(&line[mention.span.end..]));
    let starts_with_date = found
        .first()
        .is_some_and(|mention| mention.span.start <= "时间：".len());
    let is_stamp = has_clock && (starts_with_date || line.chars().count() <= 40);
    if line.chars().count() > 120 || !(has_label || is_stamp) {
        return None;
    }
    let published = found.first().map(|mention| mention.date);
    let before_stamp = found.first().map(|mention| line[..mention.span.start].trim());
    let stamped_by = before_stamp.filter(|name| name.ends_with(['网', '社', '报']));
    Some(Kind::Source {
        published,
        agency: source_name(line).or(stamped_by),
    })
}

fn labelled(line: &str) -> Option<Kind<'_>> {
    const LABELS: &[(&str, Field)] = &[
        ("时间", Field::Date),
        ("日期", Field::Date),
        ("地点", Field::Place),
        ("演讲人", Field::Speaker),
        ("主讲人", Field::Speaker),
        ("讲话人", Field::Speaker),
        ("题目", Field::Title),
        ("活动", Field::Event),
    ];
    let (label, value) = line.split_once(['：', ':'])?;
    let field = LABELS
        .iter()
        .find(|(known, _)| *known == label.trim())
        .map(|(_, field)| *field)?;
    let value = value.trim();
    let is_short = !value.is_empty() && value.chars().count() <= 40 && !value.contains('。');
    let is_date = dates::whole(value).is_some();
    (is_short && (field != Field::Date || is_date)).then_some(Kind::Labelled(field, value))
}

fn starts_with_clock(rest: &str) -> bool {
    let mut characters = rest.trim_start().chars();
    let digits = characters.by_ref().take_while(char::is_ascii_digit).count();
    (1..=2).contains(&digits) && rest.contains([':', '：'])
}

/// The value of `来源：`, up to the next label or a wide gap.
fn source_name(line: &str) -> Option<&str> {
    let start = line
        .find("来源：")
        .map(|at| at + "来源：".len())
        .or_else(|| line.find("来源:").map(|at| at + "来源:".len()))?;
    let value = line[start..].trim_start();
    let ends = [
        "　",
        "  ",
        "\t",
        "手机看新闻",
        "作者",
        "责编",
        "责任编辑",
        "编辑",
        "发布时间",
        "发表时间",
        "时间：",
        "字体",
        "浏览",
        "【",
        "|",
    ];
    let end = ends
        .iter()
        .filter_map(|mark| value.find(mark))
        .min()
        .unwrap_or(value.len());
    Some(value[..end].trim()).filter(|name| !name.is_empty())
}

fn is_portal(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "原标题",
        "视频：",
        "视频:",
        "责任编辑",
        "责编",
        "（责编",
        "(责编",
        "（责任编辑",
        "(责任编辑",
        "[责任编辑",
        "【责任编辑",
        "编辑：",
        "（编辑",
        "字号",
        "字体",
        "分享到",
        "打印",
        "相关新闻",
        "相关阅读",
        "延伸阅读",
        "当前位置",
        "首页",
        "您的位置",
        "手机看新闻",
        "扫一扫",
        "点击",
        "【纠错",
        "【打印",
        "【字体",
        "【关闭",
        "作者：",
        "摄影：",
        "图片来源",
        "关键词",
        "标签：",
        "我要评论",
        "阅读：",
        "浏览",
        "（完）",
        "(完)",
        "索引号",
        "主题分类",
        "微信",
        "版权",
    ];
    let credit = line.strip_prefix("记者：").or_else(|| line.strip_prefix("记者:"));
    let is_credit = credit.is_some_and(|name| chinese_names::is_name(name.trim()));
    let is_undated = dates::month_and_day(line).is_none();
    let is_wire = is_undated && line.starts_with(['（', '(']) && (line.ends_with("电）") || line.ends_with("电)"));
    let is_path = line.contains('>') && line.chars().count() < 60;
    is_path
        || is_credit
        || is_wire
        || (line.chars().count() <= 80 && STARTS.iter().any(|start| line.starts_with(start)))
}

/// An agency, a place, a day and 电, in brackets or not.
pub(super) fn dateline(line: &str) -> Option<Kind<'_>> {
    let inner = line.trim_start_matches(['（', '(', '【', ' ', '　']);
    let (span, month, day) = dates::month_and_day(inner)?;
    let before = &inner[..span.start];
    let agency_end = ["社", "网", "报", "台"]
        .iter()
        .filter_map(|end| before.find(end).map(|at| at + end.len()))
        .min()?;
    let after = &inner[span.end..];
    let wire = after.find(['电', '讯']).filter(|at| is_reporter(&after[..*at]))?;
    let is_short = before.chars().count() <= 24
        && before
            .chars()
            .all(|c| is_han(c) || c.is_whitespace() || "·、年".contains(c) || c.is_numeric());
    let rest = &after[wire + '电'.len_utf8()..];
    let rest = without_reporter(rest)
        .trim_start_matches(['）', ')', '】', ' ', '　', '：'])
        .trim();
    let agency = before[..agency_end].trim();
    (is_short && agency.chars().count() <= 8).then_some(Kind::Dateline {
        agency,
        month,
        day,
        rest,
    })
}

/// Nothing, or `（记者 某某）`.
fn is_reporter(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || (text.starts_with(['（', '(']) && text.contains("记者"))
}

fn without_reporter(rest: &str) -> &str {
    let trimmed = rest.trim_start();
    let is_reporter = trimmed.starts_with(['（', '(']) && trimmed.contains("记者");
    match trimmed.find(['）', ')']).filter(|_| is_reporter) {
        Some(close) => &trimmed[close + '）'.len_utf8().min(trimmed.len() - close)..],
        None => rest,
    }
}

/// A date with at most a place, in brackets or alone.
fn date_line(line: &str) -> Option<Kind<'_>> {
    let inner = line.trim_matches(|c: char| "（()）[]【】〔〕".contains(c) || c.is_whitespace());
    let is_bracketed = inner.len() < line.trim().len();
    let mention = *dates::mentions(inner).first()?;
    let marks = |c: char| "，,、 　·。；;".contains(c) || c.is_whitespace();
    let before = inner[..mention.span.start].trim_matches(marks);
    let after = inner[mention.span.end..].trim_matches(marks);
    let after = ["上午", "下午", "晚上", "晚", "中午", "凌晨"]
        .iter()
        .find_map(|part| after.strip_prefix(part))
        .unwrap_or(after)
        .trim_matches(marks);
    let place = [after, before].into_iter().find(|part| !part.is_empty());
    let place = place.map(|place| place.trim_start_matches(['于', '在']));
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
    const STARTS: &[&str] = &[
        "尊敬的",
        "敬爱的",
        "亲爱的",
        "各位",
        "女士们",
        "先生们",
        "同志们",
        "朋友们",
        "同胞们",
        "老师们",
        "同学们",
        "同事们",
        "代表们",
        "来宾们",
        "主席先生",
        "主席女士",
        "主席阁下",
        "议长先生",
        "议长女士",
        "秘书长先生",
        "秘书长阁下",
        "诸位",
        "全国同胞",
        "全体",
        "青年朋友",
        "海外侨胞",
        "主席同志",
        "会长先生",
        "媒体朋友",
        "记者朋友",
        "总统先生",
        "总统阁下",
        "尊敬",
    ];
    const WORDS: &[&str] = &[
        "先生", "女士", "阁下", "殿下", "陛下", "同事", "同志", "朋友", "们", "代表", "嘉宾", "来宾", "侨胞", "同胞",
    ];
    let end = line.find(['：', ':', '！', '!']).map_or(line.len(), |at| {
        at + line[at..].chars().next().map_or(0, char::len_utf8)
    });
    let address = &line[..end];
    let length = address.chars().count();
    let has_start = STARTS.iter().any(|start| address.starts_with(start));
    let ends_open = address.ends_with(['：', ':', '！', '!', '，', ',', '、', '；', ';']);
    let has_word = WORDS.iter().any(|word| address.contains(word));
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
