//! How a suggested search differs from what was asked: the search says it in English, here it is said in the other language.

use super::Interface;
use super::translation::translated;

/// What the search says, and the same in Chinese. `{}` stands for a part of the query, a field or a form, which stays as it is.
const REASONS: &[(&str, &str)] = &[
    (
        "whatever the letter case, width, script and white space",
        "不分大小写、全半角、繁简和空白",
    ),
    ("with synonyms and other forms of names", "包括同义词和名称的其他写法"),
    ("in stage directions too", "包括场上记录"),
    ("without the filter `{}`", "去掉条件 {}"),
    ("without the filters", "去掉所有条件"),
    ("without the filter", "去掉条件"),
    ("anywhere in the same passage", "在同一段的任何位置"),
    (
        "with `?` and `*` left open, outside of quotation marks",
        "去掉引号，使 ? 和 * 起作用",
    ),
    ("in the text, not in `{}`", "在正文中，不限于 {}"),
    ("as keywords, of which any may match", "作为关键词，任何一个即可"),
    ("as the literal string", "作为整个字串"),
    ("with all words behind the field as its value", "字段后的词全部作为其值"),
    ("with `{}`, which is spelled almost so", "改为拼写相近的 {}"),
    ("with `{}`, another form of the name", "改为名称的另一写法 {}"),
    ("without `{}`", "去掉 {}"),
];

impl Interface {
    /// How a suggested search differs; `None` where it can be said only as the search says it.
    pub(in super::super) fn reason(self, english: &str) -> Option<String> {
        match self {
            Self::English => Some(english.to_owned()),
            Self::Chinese => (REASONS.iter()).find_map(|(pattern, chinese)| translated(english, pattern, chinese)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_keeps_what_it_names() {
        let chinese = |text: &str| Interface::Chinese.reason(text);
        assert_eq!(
            chinese("with `railway`, which is spelled almost so").as_deref(),
            Some("改为拼写相近的 railway")
        );
        assert_eq!(chinese("without the filter").as_deref(), Some("去掉条件"));
        assert_eq!(chinese("for some new reason"), None);
    }
}
