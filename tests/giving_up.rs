//! A search that is given up ends, whatever it looks for.

use std::time::Duration;

use chancery::error::ErrorKind;
use chancery::search::{HitUnit, SearchRequest, Sort};
use chancery::stop::Stop;

use crate::support::command::sample_folder;
use crate::support::indexed::TestIndex;

/// A query of each kind.
const QUERIES: &[&str] = &[
    "铁路 合作",
    "\"互利共赢\"",
    "cooperat*",
    "共?一海水",
    "harbor~2",
    "桥 NEAR/20 墙",
    "\"桥 墙\"~10",
    "/不.墙/",
    "-桥",
    "speaker:沈怀川",
    "date:2017",
];

#[test]
fn a_search_that_is_given_up_ends_with_that_error() {
    let index = TestIndex::of(&[sample_folder()]);
    let engine = index.engine();
    for query in QUERIES {
        for (by, sort) in [(HitUnit::Passage, Sort::Relevance), (HitUnit::Speech, Sort::Date)] {
            let given_up = Stop::default();
            given_up.give_up();
            for stop in [given_up, Stop::after(Duration::ZERO)] {
                let request = SearchRequest {
                    by,
                    sort,
                    stop,
                    ..SearchRequest::new(*query)
                };
                let kind = engine.search(&request).map_err(|error| error.kind());
                assert_eq!(kind.err(), Some(ErrorKind::Stopped), "{query}");
            }
            let request = SearchRequest {
                by,
                sort,
                ..SearchRequest::new(*query)
            };
            assert!(
                engine.search(&request).is_ok_and(|results| results.total.passages > 0),
                "{query}"
            );
        }
    }
}

#[test]
fn an_expression_has_a_time_of_its_own() {
    let index = TestIndex::of(&[sample_folder()]);
    let request = SearchRequest {
        stop: Stop::default().with_expression_time(Duration::ZERO),
        ..SearchRequest::new("/..墙/")
    };
    let error = index.engine().search(&request).expect_err("there is no time");
    assert_eq!(error.kind(), ErrorKind::Query);
    assert!(error.message().contains("takes too long"), "{error}");
}
