//! Lines that agencies and portals put around a Chinese speech: datelines, sources, labels, widgets.

use crate::corpus::Field;
use crate::ingest::dates;
use crate::ingest::header::chinese_lines::Kind;
use crate::ingest::header::chinese_names;
use crate::ingest::header::chinese_words::{PORTAL_STARTS, SOURCE_LABELS};
use crate::text::is_han;

/// A line with the label of a portal: when and from where a text was put online.
pub(super) fn source(line: &str) -> Option<Kind<'_>> {
    let has_label = SOURCE_LABELS.iter().any(|label| line.contains(label));
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

pub(super) fn labelled(line: &str) -> Option<Kind<'_>> {
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
    let labels = ["来源：", "来源:", "来源 ：", "来源 :"];
    let start = labels
        .iter()
        .find_map(|label| line.find(label).map(|at| at + label.len()))?;
    let value = line[start..].trim_start();
    let stamp = dates::mentions(value).first().map(|mention| mention.span.start);
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
        .chain(stamp)
        .min()
        .unwrap_or(value.len());
    Some(value[..end].trim()).filter(|name| !name.is_empty())
}

pub(super) fn is_portal(line: &str) -> bool {
    let credit = line.strip_prefix("记者：").or_else(|| line.strip_prefix("记者:"));
    let is_credit = credit.is_some_and(|name| chinese_names::is_name(name.trim()));
    let is_undated = dates::month_and_day(line).is_none();
    let is_wire = is_undated && line.starts_with(['（', '(']) && (line.ends_with("电）") || line.ends_with("电)"));
    let is_path = line.contains('>') && line.chars().count() < 60;
    is_path
        || is_credit
        || is_wire
        || (line.chars().count() <= 80 && PORTAL_STARTS.iter().any(|start| line.starts_with(start)))
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
        Some(close) => trimmed[close..].trim_start_matches(['）', ')']),
        None => rest,
    }
}
