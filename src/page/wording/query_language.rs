//! The query language, a row for each thing that can be typed.

/// Something that can be typed, and what it finds.
pub(in super::super) struct Row {
    pub(in super::super) typed: &'static str,
    pub(in super::super) english: &'static str,
    pub(in super::super) chinese: &'static str,
}

const fn row(typed: &'static str, english: &'static str, chinese: &'static str) -> Row {
    Row {
        typed,
        english,
        chinese,
    }
}

/// All of them, the usual ones first.
pub(in super::super) const QUERY_LANGUAGE: &[Row] = &[
    row(
        "铁路 合作",
        "any of the words; passages with all of them come first",
        "任何一个词；含有全部的排在前面",
    ),
    row(
        "\"互利共赢\"",
        "exactly this, every occurrence; “ ” 「 」 « » do as well",
        "逐字查找这个字串，一处不漏；“”「」«» 等引号都可以",
    ),
    row(
        "+气候 -贸易",
        "the first must stand there, the second must not",
        "必须有前者，不得有后者",
    ),
    row("铁路 AND 合作", "both", "两者都有"),
    row("铁路 OR 公路", "either", "两者之一"),
    row("合作 NOT 贸易", "the first without the second", "有前者而无后者"),
    row("(铁路 OR 公路) AND 合作", "parentheses group", "用括号组合"),
    row(
        "铁路 NEAR/10 合作",
        "near each other, with at most 10 characters or words between, in either order",
        "两者相近，相隔不超过 10 个字或词，不论先后",
    ),
    row(
        "\"互利 合作\"~5",
        "in this order, with at most 5 characters or words between",
        "依此先后，相隔不超过 5 个字或词",
    ),
    row("cooperat*", "words, or strings, that begin so", "以此开头的词或字串"),
    row(
        "wom?n",
        "any one letter or character in the place of ?",
        "? 代表任何一个字母或字",
    ),
    row(
        "cooperation~1",
        "one letter wrong, missing, too many or swapped; ~2: two",
        "允许一个字母之差；~2 为两个",
    ),
    row(
        "title:合作",
        "in the title; any field will do: speaker, country, event, place …",
        "在标题中；其他字段亦可：speaker 讲话人、country 国家、event 活动、place 地点等",
    ),
    row(
        "date:2017..2019",
        "from 2017 to 2019; 2017-06 and 2017-06-17 do as well",
        "2017 年至 2019 年；也可写到月、日",
    ),
    row(
        "/合作.{0,6}发展/",
        "a regular expression over the text of a paragraph",
        "在段落文本上运行的正则表达式",
    ),
    row(
        "气候^3 合作",
        "the first word weighs three times as much",
        "前一个词的权重为三倍",
    ),
    row(
        "\\NOT",
        "a backslash takes an operator as text",
        "反斜杠使运算符成为普通文字",
    ),
];
