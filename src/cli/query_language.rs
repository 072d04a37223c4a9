//! What `search --help` says about the query language: the rows of the table in the README, in its order.
//!
//! `tests/query_language.rs` runs every row and holds it against the README.

/// The table of the language, and examples of whole commands.
pub(super) const HELP: &str = r#"The query language:
  铁路 合作             keywords: any may match; all of them, and as written, weigh strongly
  "互利共赢"            this exact string; “…”, ‘…’, 「…」, 『…』, «…», ‹…› and 〝…〞 do as well
  +桥 -墙               桥 must, 墙 must not stand there; ＋ and － too
  桥 AND 墙             both
  桥 OR 墙              either
  桥 NOT 墙             the first without the second
  (桥 OR 墙) AND 铁路   parentheses; full-width forms mean the same everywhere
  桥 NEAR/3 墙          near each other: at most 3 units between, marks not counted
  "桥 墙"~10            in this order, at most 10 units between
  cooperat*             words that begin so
  澜海合*               strings that begin so
  wom?n                 any one letter in the place of ?
  共?一海水             any one character in the place of ?
  harbor~1              one letter wrong, missing, too many or swapped; ~2: two
  speaker:沈怀川        this speaker, by any form of the name; any field will do
  speaker:沈怀川 铁路   beside other words a field restricts them
  title:铁路            a string in a field; fields are not inflected
  place:(鹭港 OR 赤松)  each part in the field
  meta.session:第四輯   a field of the source's own
  date:2017             dates in a year; 2017-06 and 2017-06-17 too
  date:2017-06..2018    dates wholly in a range
  date:2022..           from 2022 on
  date:..2014-06        up to June 2014
  /不.墙、不.桥/        a regular expression over the text of a paragraph
  桥^3 墙               桥 weighs three times as much
  \NOT                  a backslash takes an operator or mark as text

Examples:
  chancery search '"绿色矿产"' --format json
  chancery search climate change --language en --from 2019 --facet country
  chancery search --queries topics.tsv > answers.jsonl"#;
