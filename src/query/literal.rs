//! Any text as a query of plain keywords: what would be an operator or a mark of the query language is text or left away.

use super::expression::Keyword;
use super::marks::{ends_word, is_leading_mark, is_passed_over, is_word_mark};

/// The query that looks for the words of a text as keywords side by side; empty where no word has a letter or digit.
///
/// Brackets and quotation marks divide words, other marks of the query language are left away around them and kept as text
/// within: `Is (or was) it "title:x"?` is read as `Is or was it \title\:x`.
pub fn keywords_query(text: &str) -> String {
    let is_mark = |character: char| is_leading_mark(character) || is_word_mark(character);
    let words = text
        .split(|character| ends_word(character) || is_passed_over(character))
        .map(|word| word.trim_matches(is_mark))
        .filter(|word| word.chars().any(char::is_alphanumeric));
    let keywords: Vec<String> = words
        .map(|word| Keyword { text: word.to_owned() }.to_string())
        .collect();
    keywords.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::expression::{Clause, Expression, Node, Occur};
    use crate::query::parse;

    fn is_keyword(node: &Node) -> bool {
        matches!(node.expression, Expression::Keyword(_))
    }

    fn are_keywords(node: &Node) -> bool {
        let is_plain = |clause: &Clause| clause.occur == Occur::Should && is_keyword(&clause.node);
        match &node.expression {
            Expression::Clauses(clauses) => clauses.iter().all(is_plain),
            _ => is_keyword(node),
        }
    }

    #[test]
    fn marks_divide_words_or_go() {
        let rows = [
            ("Is (or was) it \"title:x\"?", "Is or was it \\title\\:x"),
            ("谁在2015年（第3届）获奖？", "谁在2015年 第3届 获奖"),
            ("桥 NEAR/3 墙: a && b", "桥 \\NEAR\\/3 墙 a b"),
            ("¿Qué? -5 +x NOT", "¿Qué 5 x \\NOT"),
            ("?! — ()", ""),
        ];
        for (text, query) in rows {
            assert_eq!(keywords_query(text), query, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_text_becomes_keywords(text in prop_oneof![
            any::<String>(),
            "([a-c桥？?()\"“”:/~*^+!&|=<>\\[\\]-]| |AND|OR|NOT|NEAR/3|title:|\\\\){0,12}",
        ]) {
            let query = keywords_query(&text);
            if !query.is_empty() {
                let tree = parse(&query);
                prop_assert!(tree.as_ref().is_ok_and(are_keywords), "{:?} {:?}", query, tree);
            }
        }
    }
}
