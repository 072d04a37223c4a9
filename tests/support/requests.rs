//! Random searches of the sample: every operator of the query language, filters and options.

use chancery::corpus::Field;
use chancery::engine::Engine;
use chancery::search::{FilterField, HitUnit, SearchRequest, StageDirections, Strictness};

use super::random::Random;

/// Things to look up that stand in the sample, and some that do not.
const LEAVES: &[&str] = &[
    "气候",
    "关键矿产",
    "开采",
    "合作",
    "的",
    "铁路",
    "澜海",
    "cooperation",
    "gates",
    "the",
    "mer",
    "“共饮一海水”",
    "\"win-win cooperation\"",
    "\"铁路 合作\"~9",
    "\"没有的话\"",
    "cooperat*",
    "?海",
    "g?tes",
    "coperation~1",
    "/第.{1,3}届/",
    "/[Cc]ooperation/",
    "speaker:沈怀川",
    "date:2016..2018",
    "language:en",
    "title:澜海",
    "xyzzy",
    "country:安澜",
];

/// What may stand near something.
const OPERANDS: &[&str] = &["铁路", "合作", "的", "\"澜海\"", "cooperat*", "sea", "(海 OR sea)"];

fn random_leaf(random: &mut Random) -> String {
    if random.happens(15) {
        let (left, right) = (random.pick(OPERANDS), random.pick(OPERANDS));
        return format!("({left} NEAR/{} {right})", random.between(1, 30));
    }
    let leaf = random.pick(LEAVES);
    match random.happens(10) {
        true => format!("{leaf}^2.5"),
        false => (*leaf).to_owned(),
    }
}

fn random_query(random: &mut Random, depth: usize) -> String {
    let count = random.between(1, 3);
    let part = |random: &mut Random| match depth > 0 && random.happens(40) {
        true => format!("({})", random_query(random, depth - 1)),
        false => random_leaf(random),
    };
    let parts: Vec<String> = (0..count).map(|_| part(random)).collect();
    match random.below(5) {
        0 => parts.join(" AND "),
        1 => parts.join(" OR "),
        2 => format!("+{}", parts.join(" -")),
        3 => format!("{} NOT {}", parts[0], parts[count - 1]),
        _ => parts.join(" "),
    }
}

/// A random request that can be read.
pub(crate) fn random_request(engine: &Engine, random: &mut Random) -> SearchRequest {
    loop {
        let mut request = SearchRequest::new(random_query(random, 2));
        request.limit = 5;
        if random.happens(50) {
            request.by = HitUnit::Speech;
        }
        if random.happens(20) {
            request.strictness = Strictness::AsPrinted;
        }
        if random.happens(20) {
            request.stage_directions = StageDirections::Included;
        }
        if random.happens(20) {
            let speaker = FilterField::Known(Field::Speaker);
            request.filters.add(speaker, "沈怀川".to_owned());
        }
        if random.happens(20) {
            request.filters.from = Some("2017".parse().expect("a date"));
        }
        if engine.search(&request).is_ok() {
            return request;
        }
    }
}
