//! Why a query cannot be read: the parser says it in English, here it is said in the other language.

use super::Interface;
use super::translation::translated;

/// What the parser says, and the same in Chinese with the way out. `{}` stands for a part of the query, which stays as it is.
const SENTENCES: &[(&str, &str)] = &[
    ("something is missing behind `{}`", "“{}”后面缺少词语。"),
    ("something is missing before `{}`", "“{}”前面缺少词语。"),
    ("something is missing at the end", "末尾缺少词语。"),
    ("there is nothing between the parentheses", "括号里没有词语。"),
    (
        "the parenthesis is never closed",
        "左括号没有配对的右括号；括号本身请写作 \\(。",
    ),
    (
        "the quotation mark {} is never closed",
        "引号 {} 没有配对；引号本身前请加反斜杠。",
    ),
    ("there is nothing between the quotation marks", "引号里没有文字。"),
    (
        "`{}` holds no letter, character or digit to search for",
        "“{}”里没有可供检索的字、字母或数字。",
    ),
    (
        "the regular expression is never closed",
        "正则表达式缺少结尾的斜杠；斜杠本身请写作 \\/。",
    ),
    (
        "the regular expression cannot be read: {}",
        "正则表达式有误（{}）；作为文字的符号前请加反斜杠。",
    ),
    (
        "the regular expression matches without a character, so it would match everywhere",
        "这个正则表达式不需要任何字就能匹配，会处处命中；请用 + 代替 * 或 ?。",
    ),
    (
        "the regular expressions are longer than {} bytes in all",
        "正则表达式合计不得超过 {} 字节。",
    ),
    (
        "something stands directly behind the regular expression",
        "正则表达式后面须有空格。",
    ),
    (
        "a space stands behind the slash, so this may be no regular expression",
        "斜杠后面是空格，不像正则表达式；斜杠本身请写作 \\/。",
    ),
    ("there is no field `{}`", "没有字段“{}”；要查找这几个字本身，请加引号。"),
    (
        "the field `{}` has no value",
        "字段“{}”后面没有内容；请紧接冒号写出，如 title:合作。",
    ),
    (
        "the field `{}` takes a date or a range of dates",
        "字段“{}”须是日期或日期范围，如 date:2013..2017。",
    ),
    (
        "`{}` is not a date",
        "“{}”不是日期；请写作 2013、2013-03 或 2013-03-22。",
    ),
    (
        "a field stands inside of another field",
        "一个字段里不能再有字段；请用 AND 连接。",
    ),
    (
        "a field is asked for with a colon, not with `{}`",
        "字段后面用冒号，不用“{}”。",
    ),
    (
        "a range is not written with TO",
        "范围不用 TO，请写作 date:2013..2017。",
    ),
    (
        "the sign `{}` stands before nothing",
        "“{}”须紧接在词语之前，中间没有空格。",
    ),
    ("two signs stand side by side", "两个符号并列；请只写一个。"),
    ("the sign `{}` cannot stand behind `{}`", "“{}”不能在“{}”之后。"),
    ("the query is nested too deeply", "括号层次太多。"),
    (
        "`{}` is no operator of this language",
        "“{}”不是运算符；可用 AND、OR、NOT 和 NEAR/10，前后各空一格。",
    ),
    (
        "`!` negates nothing in this language",
        "“!”不表示排除；请在要排除的词语前紧接着写“-”。",
    ),
    (
        "NEAR joins at most {} parts",
        "NEAR 最多连接 {} 个部分；请用括号组合，或用 AND 连接。",
    ),
    ("NEAR cannot join this", "NEAR 不能连接这一部分；请用 AND 连接。"),
    (
        "NEAR takes a distance from 0 to {} units",
        "NEAR 的距离为 0 至 {}，如 NEAR/10。",
    ),
    (
        "a string with gaps takes a distance from 0 to {} units",
        "引号后的距离为 0 至 {}，如 \"互利 合作\"~5。",
    ),
    ("the distance stands behind nothing", "“~”须紧接在词语或引号之后。"),
    (
        "a word is either fuzzy or left open",
        "同一个词不能既用“~”又用“?”或“*”。",
    ),
    (
        "`{}` is not one alphabetic word, and only such a word is fuzzy",
        "“~”只用于一个由字母拼写的词，“{}”不是；汉字请用 ? 代替，如 命?共同体。",
    ),
    ("a fuzzy word takes a distance of 1 or 2", "词后的“~”只能是 ~1 或 ~2。"),
    ("the weight stands behind nothing", "“^”须紧接在词语、引号或括号之后。"),
    ("there is a weight already", "已经有一个权重；请只写一个。"),
    (
        "a weight is a number from 0.001 to 1000, with at most three decimals",
        "权重须在 0.001 至 1000 之间，最多三位小数。",
    ),
    ("text stands directly behind the distance `{}`", "“{}”后面须有空格。"),
    ("text stands directly behind the weight `{}`", "“{}”后面须有空格。"),
];

impl Interface {
    /// Why a query cannot be read, in the language of the interface; `None` where only the parser's own words say it.
    pub(in super::super) fn query_fault(self, english: &str) -> Option<String> {
        match self {
            Self::English => None,
            Self::Chinese => (SENTENCES.iter()).find_map(|(pattern, chinese)| translated(english, pattern, chinese)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_parser_refuses_is_said_in_chinese() {
        for query in [
            "合作 AND",
            "AND 合作",
            "(合作",
            "()",
            "“合作",
            "\"\"",
            "\"。\"",
            "/合作",
            "/(/",
            "/a*/",
            "/a/b",
            "/ a/",
            "nofield:a",
            "title:",
            "date:soon",
            "title:speaker:a",
            "title=a",
            "[2013 TO 2017]",
            "- a",
            "+-a",
            "a || b",
            "!合作",
            "a NEAR/5 -b",
            "a near/5 b",
            "a NEAR/5 title:b",
            "\"a b\"~99999",
            "a ~5",
            "wom*n~1",
            "合作~1",
            "cooperation~3",
            "a ^2",
            "a^2^3",
            "a^0",
            "\"a b\"~5c",
        ] {
            let refused = crate::query::parse(query).expect_err(query);
            let said = Interface::Chinese.query_fault(refused.message());
            assert!(said.is_some(), "{query}: {}", refused.message());
        }
    }
}
