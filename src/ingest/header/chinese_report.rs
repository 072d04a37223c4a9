//! News reports of a speech: the credit before their first sentence, and whether one person speaks in them.
//!
//! The credit is no part of the report: `某某网消息（新闻联播）：`, `本报讯（记者 某某）`, or a dateline that the report follows on
//! the same line.

use crate::ingest::header::chinese_lines::{self, Kind};
use crate::ingest::header::lines::Line;
use crate::text::is_han;

/// How many bytes of a line come before the first sentence of a report; none where the line begins no report.
pub(super) fn credit_length(line: &Line<'_>, next: Option<&Line<'_>>) -> Option<usize> {
    let length = credit(line.text).or_else(|| dateline(line.text, next?.text))?;
    let rest = &line.text[length..];
    let blank = rest.len() - rest.trim_start().len();
    (blank < rest.len()).then_some(length + blank)
}

/// The name of an agency or a paper with 消息 or 讯, what stands in brackets after it, and a colon.
fn credit(line: &str) -> Option<usize> {
    const SIGNS: &[&str] = &["消息", "讯", "報道", "报道"];
    let (at, sign) = SIGNS
        .iter()
        .filter_map(|sign| line.find(sign).map(|at| (at, sign.len())))
        .min()?;
    let name = &line[..at];
    let is_paper = ["网", "網", "社", "报", "報", "台", "本刊", "客户端", "频道"]
        .iter()
        .any(|end| name.ends_with(end));
    if !is_paper || name.chars().count() > 10 || !name.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric()) {
        return None;
    }
    let mut end = at + sign;
    let after = &line[end..];
    if after.starts_with(['（', '(', '【', '[']) {
        let close = after.find(['）', ')', '】', ']']).filter(|close| *close <= 90)?;
        end += close + after[close..].chars().next().map_or(0, char::len_utf8);
    } else if !after.starts_with(['：', ':', ' ', '　', '，']) {
        return None;
    }
    let marks = &line[end..];
    Some(end + marks.len() - marks.trim_start_matches(['：', ':', '，', ' ', '　']).len())
}

/// A dateline with a running report behind it, on a line that another of running text follows; an announced speech
/// would be followed by its title or its address.
fn dateline(line: &str, next: &str) -> Option<usize> {
    let Kind::Dateline { rest, .. } = chinese_lines::tell(line, false) else {
        return None;
    };
    let is_report = matches!(chinese_lines::tell(rest, false), Kind::Text);
    let goes_on = matches!(chinese_lines::tell(next, false), Kind::Text);
    (is_report && goes_on && !announces(rest)).then(|| line.len() - rest.len())
}

/// Whether a report announces the text of a speech.
fn announces(report: &str) -> bool {
    ["全文", "如下", "实录", "摘要"]
        .iter()
        .any(|word| report.contains(word))
}

/// The first sentence of a report.
pub(super) fn first_sentence(report: &str) -> &str {
    let end = report.find('。').map_or(report.len(), |at| at + '。'.len_utf8());
    &report[..end]
}

/// Whether a sentence tells of a meeting, in which no one alone speaks.
pub(super) fn is_meeting(sentence: &str) -> bool {
    const WORDS: &[&str] = &["举行会谈", "会谈", "会见", "通电话", "通话", "会晤。", "举行会晤"];
    WORDS.iter().any(|word| sentence.contains(word))
}

/// The ministry that a report names first, and the office of its spokesperson where one speaks: `某国外交部`, `某国外交部发言人`.
pub(super) fn ministry(sentence: &str) -> Option<(&str, Option<&str>)> {
    let end = sentence.find("外交部")? + "外交部".len();
    let start = sentence[..end]
        .rfind(|c: char| !is_han(c))
        .map_or(0, |at| at + sentence[at..].chars().next().map_or(0, char::len_utf8));
    let name = &sentence[start..end];
    let office = sentence[end..]
        .starts_with("发言人")
        .then(|| &sentence[start..end + "发言人".len()]);
    (name.chars().count() <= 9).then_some((name, office))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::header::lines::lines;

    #[track_caller]
    fn check(text: &str, report: Option<&str>) {
        let lines = lines(text);
        let length = credit_length(&lines[0], lines.get(1));
        assert_eq!(length.map(|length| &lines[0].text[length..]), report, "{text}");
    }

    #[test]
    fn a_report_begins_behind_its_credit() {
        check("江海网消息（晚间新闻）：3月5日，大会开幕。", Some("3月5日，大会开幕。"));
        check("本报讯（记者 李明）大会开幕。", Some("大会开幕。"));
        check("江海社消息 大会开幕。", Some("大会开幕。"));
        check("他听到消息：大会开幕。", None);
        check("江海网消息人士说，大会开幕。", None);
        check("江海网消息：", None);
    }

    #[test]
    fn a_dateline_belongs_to_a_report_only_where_the_report_goes_on() {
        let report = "新华社北京3月5日电 大会今天开幕，各国代表出席。";
        check(
            &format!("{report}\n主席表示，大会很重要。"),
            Some("大会今天开幕，各国代表出席。"),
        );
        check(&format!("{report}\n尊敬的各位来宾："), None);
        check(report, None);
    }

    #[test]
    fn the_ministry_of_a_report_is_named() {
        assert_eq!(
            ministry("海港国外交部发言人表示"),
            Some(("海港国外交部", Some("海港国外交部发言人")))
        );
        assert_eq!(ministry("3月5日，海港国外交部发布文件"), Some(("海港国外交部", None)));
        assert_eq!(ministry("大会今天开幕"), None);
    }

    #[test]
    fn a_meeting_is_told_from_a_speech() {
        assert!(is_meeting("国家主席同来访的总统举行会谈。"));
        assert!(!is_meeting("国家主席在论坛上发表演讲。"));
    }
}
