//! What each operator is read as.

use super::{check, tree};
use crate::query::Expression;

#[test]
fn keywords_and_strings_in_any_quotation_marks() {
    check("绿色矿产 合作", "绿色矿产 合作");
    check("“命运共同体”", "\"命运共同体\"");
    check(
        "「命運共同體」『甲』 «мир» 〝乙〞",
        "\"命運共同體\" \"甲\" \"мир\" \"乙\"",
    );
    check(
        "„мир“ ‚Frieden‘ ｢平和｣ ﹁和﹂ »paix«",
        "\"мир\" \"Frieden\" \"平和\" \"和\" \"paix\"",
    );
    check("＋气候　－贸易", "+气候 -贸易");
    check("don't G20 COVID-19 11:30 什么？", "don't G20 COVID-19 11:30 什么？");
    check("‘命运共同体’ O‘zbekiston", "\"命运共同体\" O‘zbekiston");
    check(
        "cooperat\\* \\NEAR \\/a 5~10 http://un.org",
        "\\cooperat\\* \\NEAR \\/a 5~10 http://un.org",
    );
    check("a\\ b \\AND \\+x", "a\\ b \\AND \\+x");
    check("\"say \\\"no\\\"\"", "\"say \\\"no\\\"\"");
}

#[test]
fn operators_bind_as_usual() {
    check("气候 AND NOT 贸易", "气候 AND (NOT 贸易)");
    check("（铁路 OR 公路） 中亚", "(铁路 OR 公路) 中亚");
    check("a AND b OR c", "(a AND b) OR c");
    check("-贸易", "NOT 贸易");
    check("气候 NOT 贸易", "气候 -贸易");
    check("气候 OR NOT 贸易", "气候 OR (NOT 贸易)");
    check("NOT a b", "-a b");
    check("NOT NOT a", "NOT (NOT a)");
    check("-NOT a b", "-(NOT a) b");
    check("((((a b)))) c", "(a b) c");
}

#[test]
fn patterns_fields_and_weights() {
    check("铁路 NEAR/10 合作 中亚", "(铁路 NEAR/10 合作) 中亚");
    check("a NEAR/5 b NEAR/5 c", "a NEAR/5 b NEAR/5 c");
    check("a NEAR/5 b NEAR/3 c", "(a NEAR/5 b) NEAR/3 c");
    check("(a NEAR/5 b) NEAR/5 c", "(a NEAR/5 b) NEAR/5 c");
    check("+a ＮＥＡＲ／５ (b OR \"c d\")", "a NEAR/5 (b OR \"c d\")");
    check("“互利　共赢”～5", "\"互利 共赢\"~5");
    check("\"互利。 ， 共赢\"~5^2", "\"互利。 共赢\"~5^2");
    check(
        "cooperat* 北京＊ wom?n 命？共同体 ?omen wom??*",
        "cooperat* 北京* wom?n 命?共同体 ?omen wom??*",
    );
    check(
        "cooperation~1 coöperation～２ G20~1",
        "cooperation~1 coöperation~2 G20~1",
    );
    check("/第.{1,3}届/ ／\\d+\\/\\d+／^0.5", "/第.{1,3}届/ /\\d+\\/\\d+/^0.5");
    check("source:/\\/2\\d+/", "source:/\\/2\\d+/");
    check("／a/b\\／c／", "/a\\/b／c/");
    check("气候^2 (a OR b)^1.250", "气候^2 (a OR b)^1.25");
    check("(a^2)^3 “和平”^０.５", "(a^2)^3 \"和平\"^0.5");
    check("气候\\^2 a\\~1 ab\\:c", "气候\\^2 \\a\\~1 \\ab\\:c");
}

#[test]
fn fields_take_words_strings_groups_and_dates() {
    check("speaker:习近平 Place：“阿斯塔纳”", "speaker:习近平 place:\"阿斯塔纳\"");
    check(
        "date:2013..2017 year:2013-03 published:..2014",
        "date:2013..2017 date:2013-03 published:..2014",
    );
    check("date：２０１３．．２０１７ date:“2013”", "date:2013..2017 date:2013");
    check("date:(2013 OR 2015..)", "date:2013 OR date:2015..");
    check("title:(绿色 OR -\"贸易\"^2)", "title:绿色 OR (NOT title:\"贸易\"^2)");
    check(
        "title:(a NEAR/2 b) meta.symbol:A/79/1 Ｍeta.x：y",
        "title:(a NEAR/2 b) meta.symbol:A/79/1 meta.x:y",
    );
    check("title:AND url:http://un.org:80", "title:\\AND url:http://un.org:80");
    check("title:/第.届/ title:共同?体", "title:/第.届/ title:共同?体");
}

#[test]
fn a_node_knows_where_it_was_written() {
    let query = " 甲 -乙 title:(丙 OR “丁”)^2";
    let tree = tree(query);
    let written: Vec<&str> = tree.parts().iter().map(|part| &query[part.span.range()]).collect();
    assert_eq!(&query[tree.span.range()], query.trim());
    assert_eq!(written, ["甲", "乙", "title:(丙 OR “丁”)^2"]);
    let Expression::Weighted(weighted) = &tree.parts()[2].expression else {
        panic!("{tree:?}")
    };
    let in_field: Vec<&str> = weighted
        .node
        .parts()
        .iter()
        .map(|part| &query[part.span.range()])
        .collect();
    assert_eq!(in_field, ["丙", "“丁”"]);
    assert_eq!(super::tree("甲 OR -乙").parts()[1].span.range(), 7..11);
}
