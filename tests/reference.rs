//! What every operator means, held against a second implementation: random queries of every kind find, count and mark
//! in random and real texts just what the reference evaluator says.

mod comparison;
mod rows;
pub(crate) mod speeches;
mod strings;
pub(crate) mod writer;

use chancery::corpus::Field;
use chancery::search::{Expand, FilterField, HitUnit, SearchRequest, Sort, StageDirections, Strictness};

use crate::support::indexed::{TestIndex, files_in, sample};
use crate::support::random::Random;
use crate::support::reference::Texts;
use crate::support::shared::shared_data;
use comparison::{Comparison, Tally};
use speeches::random_index;
use writer::QueryWriter;

/// The most hits that most queries look at.
const PAGE: usize = 15;

/// Asks so many random queries of an index.
#[allow(
    clippy::print_stdout,
    reason = "how many queries were asked is part of what the test shows"
)]
fn check_random_queries(index: &TestIndex, count: usize, seed: u64) {
    let engine = index.engine();
    let texts = Texts::of(&engine);
    let comparison = Comparison {
        engine: &engine,
        texts: &texts,
    };
    let mut writer = QueryWriter::new(&texts, seed);
    let mut tally = Tally::default();
    for _ in 0..count {
        let tree = writer.query();
        let request = random_request(&texts, writer.random());
        comparison.check(&tree, &request, seed);
        tally.add(&tree);
    }
    println!("{count} queries: {}", tally.shown());
}

/// How a query is asked: mostly plainly, now and then with filters and options.
pub(crate) fn random_request(texts: &Texts, random: &mut Random) -> SearchRequest {
    let mut request = SearchRequest::new("");
    // Other forms of names have tests of their own.
    request.expand = Expand::Nothing;
    request.limit = if random.happens(6) { usize::MAX } else { PAGE };
    if random.happens(20) {
        request.by = HitUnit::Speech;
    }
    if random.happens(12) {
        request.strictness = Strictness::AsPrinted;
    }
    if random.happens(15) {
        request.stage_directions = StageDirections::Included;
    }
    if random.happens(10) {
        request.sort = *random.pick(&[Sort::Date, Sort::DateDescending]);
    }
    let speech = random.pick(&texts.speeches);
    for field in [Field::Speaker, Field::Language, Field::Place] {
        if let Some(value) = speech.metadata.value(field).filter(|_| random.happens(6)) {
            request.filters.add(FilterField::Known(field), value.to_owned());
        }
    }
    if random.happens(5) {
        request.filters.from = speech.metadata.date();
    }
    if random.happens(5) {
        request.filters.to = speech.metadata.date();
    }
    request
}

#[test]
fn random_queries_of_small_random_texts_find_what_the_reference_says() {
    for seed in 0..8 {
        check_random_queries(&random_index(seed), 1_600, 1_000 + seed);
    }
}

#[test]
fn random_queries_of_the_sample_find_what_the_reference_says() {
    check_random_queries(&TestIndex::of(&[sample()]), 4_700, 1);
}

#[test]
fn random_queries_of_real_speeches_find_what_the_reference_says() {
    let Some(data) = shared_data() else {
        return;
    };
    let every = |folder: &str, step: usize| files_in(&data.join(folder)).into_iter().step_by(step);
    let index = TestIndex::of(&every("speeches/un-ga79", 4).collect::<Vec<_>>());
    index.ingest(&every("speeches/xi-2013-2016", 6).collect::<Vec<_>>());
    check_random_queries(&index, 2_600, 2);
}
