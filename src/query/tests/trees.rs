//! Random trees, of every shape that a query can have: printing one and parsing it again gives the same tree.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::corpus::Field;
use crate::query::expression::{
    Clause, DateRange, Expression, FieldName, FieldQuery, FieldValue, Fuzzy, Gapped, Keyword, Near, Node, Occur,
    Phrase, RegexQuery, Weighted, Wildcard, WildcardPiece,
};
use crate::query::parse;
use crate::text::ByteSpan;

/// A node; where it stands takes no part in its equality.
fn node(expression: Expression) -> Node {
    let span = ByteSpan::new(0, 0);
    Node { expression, span }
}

/// A text of a word: letters to search for, among marks that need escapes.
fn text() -> impl Strategy<Value = String> {
    let operators = select(vec![
        "AND",
        "NOT",
        "NEAR/5",
        "title:a",
        "meta.a:b",
        "a~1",
        "a^2",
        "[a",
        "TO",
        "b]",
        "!a",
        "a|b",
        "date=a",
        "http://a?b",
    ]);
    let marks = "[-+!~*?:/^|&=<>\\[\\]{}()\"“”‘‚「\\\\ \u{200b}\u{7}（）＊～]{0,3}";
    let letters = select(vec!["a", "国", "é", "е\u{301}", "سلام", "が", "🙂", "5", "15亿", "ß"]);
    prop_oneof![
        3 => letters.clone().prop_map(str::to_owned),
        1 => operators.prop_map(str::to_owned),
        2 => (marks, letters, marks).prop_map(|(before, letter, after)| format!("{before}{letter}{after}")),
    ]
}

fn gapped() -> impl Strategy<Value = Expression> {
    let part = text().prop_map(|text| text.replace([' ', '\u{7}'], ""));
    (vec(part, 2..=6), 0..=1_000_u32).prop_map(|(parts, distance)| Expression::Gapped(Gapped { parts, distance }))
}

fn wildcard() -> impl Strategy<Value = Expression> {
    (vec(text(), 1..4), any::<(bool, bool, bool)>())
        .prop_map(|(texts, shape)| wildcard_of(texts, shape))
        .prop_filter("there is something to search for", |wildcard| {
            let is_text = |piece: &WildcardPiece| matches!(piece, WildcardPiece::Text(text) if text.chars().any(char::is_alphanumeric));
            wildcard.pieces.iter().any(is_text)
        })
        .prop_map(Expression::Wildcard)
}

/// Texts with open characters between them, and where it is so before and behind them.
fn wildcard_of(texts: Vec<String>, (starts_open, ends_open, open_end): (bool, bool, bool)) -> Wildcard {
    let mut pieces = Vec::new();
    for (index, text) in texts.into_iter().enumerate() {
        if starts_open || index > 0 {
            pieces.push(WildcardPiece::AnyCharacter);
        }
        // An open character needs letters behind it, or an open end.
        pieces.push(WildcardPiece::Text(if open_end { text } else { text + "a" }));
    }
    if open_end && ends_open {
        pieces.push(WildcardPiece::AnyCharacter);
    }
    let open_end = open_end || !pieces.contains(&WildcardPiece::AnyCharacter);
    Wildcard { pieces, open_end }
}

/// What can be near something.
fn pattern() -> impl Strategy<Value = Expression> {
    prop_oneof![
        text().prop_map(|text| Expression::Keyword(Keyword { text })),
        text().prop_map(|text| Expression::Phrase(Phrase { text })),
        gapped(),
        wildcard(),
        ("[a-zé]{1,8}", 1..=2_u8).prop_map(|(word, distance)| Expression::Fuzzy(Fuzzy { word, distance })),
    ]
}

fn near() -> impl Strategy<Value = Expression> {
    let leaf = pattern().prop_map(node);
    leaf.prop_recursive(2, 8, 4, |part| {
        let near = (vec(part.clone(), 2..=6), 0..=1_000_u32)
            .prop_map(|(operands, distance)| Expression::Near(Near { operands, distance }));
        prop_oneof![near, vec(part, 2..4).prop_map(Expression::Or)].prop_map(node)
    })
    .prop_map(|part| match part.expression {
        near @ Expression::Near(_) => near,
        _ => Expression::Near(Near {
            operands: vec![part.clone(), part],
            distance: 3,
        }),
    })
}

fn regex() -> impl Strategy<Value = Expression> {
    select(vec![
        "第.{1,3}届",
        "a/b",
        "\\d+\\\\/x",
        "[/]",
        "(?-i)[ ]a",
        "a\u{200b}b",
        "／\"(",
    ])
    .prop_filter("it is an expression", |pattern| regex_syntax::parse(pattern).is_ok())
    .prop_map(|pattern| {
        Expression::Regex(RegexQuery {
            pattern: pattern.to_owned(),
        })
    })
}

fn dates() -> impl Strategy<Value = FieldQuery> {
    let texts = [("2013", "2013"), ("2013-03", "2017-01-31"), ("", "2014"), ("1992", "")];
    select(texts.to_vec()).prop_map(|(from, to)| FieldQuery {
        field: FieldName::Known(Field::Published),
        value: FieldValue::Dates(DateRange {
            from: from.parse().ok(),
            to: to.parse().ok(),
        }),
    })
}

fn field() -> impl Strategy<Value = Expression> {
    let name = prop_oneof![
        select(vec![Field::Title, Field::Speaker, Field::DateSource]).prop_map(FieldName::Known),
        text().prop_map(FieldName::Further),
    ];
    let value = prop_oneof![3 => pattern(), 1 => near(), 1 => regex()];
    let texts = (name, value).prop_map(|(field, value)| FieldQuery {
        field,
        value: FieldValue::Text(Box::new(node(value))),
    });
    prop_oneof![texts, dates()].prop_map(Expression::Field)
}

fn tree() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![4 => pattern(), 1 => near(), 1 => regex(), 2 => field()].prop_map(node);
    leaf.prop_recursive(5, 32, 4, |part| {
        let occur = select(vec![Occur::Should, Occur::Must, Occur::MustNot]);
        let clause = (occur, part.clone()).prop_map(|(occur, node)| Clause { occur, node });
        let weighted = (part.clone(), 1..=1_000_000_u32).prop_map(|(part, thousandths)| Weighted {
            node: Box::new(part),
            thousandths,
        });
        prop_oneof![
            vec(clause, 2..5).prop_map(Expression::Clauses),
            vec(part.clone(), 2..5).prop_map(Expression::And),
            vec(part.clone(), 2..5).prop_map(Expression::Or),
            part.prop_map(|part| Expression::Not(Box::new(part))),
            weighted.prop_map(Expression::Weighted),
        ]
        .prop_map(node)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn a_printed_tree_is_read_as_the_same_tree(tree in tree()) {
        let printed = tree.to_string();
        let again = parse(&printed).map_err(|error| TestCaseError::fail(format!("{printed}: {error}")))?;
        prop_assert_eq!(&again, &tree, "{}", printed);
        prop_assert_eq!(again.to_string(), printed);
    }
}
