//! The drawing itself: a pool of random passages, and for each kind what makes a query of one of them.

use std::collections::{HashMap, HashSet};

use fastrand::Rng;

use super::place::{Place, Word, can_be_quoted};
use super::{DrawRequest, Kind, NamedQuery, NotDrawn, QueryGroup, Workload};
use crate::analyzer::UnitKind;
use crate::corpus::Field;
use crate::error::Result;
use crate::index::{Snapshot, SpeechAddress};
use crate::search::{FilterField, HitUnit, SearchRequest};
use crate::text::{Date, is_han};

/// The passages of the pool for each query of a kind.
const PASSAGES_PER_QUERY: usize = 10;

/// The tries for each query, after which the text is taken not to have what the kind needs.
const TRIES: usize = 40;

/// The most keywords of a query.
const MOST_KEYWORDS: usize = 4;

/// A rare word stands in at most one of so many passages, or in two.
const RARE_SHARE: u64 = 2_000;

/// A frequent word stands in more than one of so many passages.
const FREQUENT_SHARE: u64 = 50;

/// The letters that a word must have to be cut off or misspelled.
const LEAST_LETTERS: usize = 5;

/// Draws queries from the text of a commit.
///
/// # Errors
/// The index is damaged.
pub fn draw(snapshot: &Snapshot, request: &DrawRequest) -> Result<Workload> {
    let mut drawing = Drawing {
        snapshot,
        pool: pool(snapshot, request)?,
        passages_with: HashMap::new(),
    };
    let mut workload = Workload::default();
    for kind in &request.kinds {
        let queries = drawing.queries(*kind, request)?;
        let kind_name = kind.name().to_owned();
        match queries.is_empty() {
            true => workload.not_drawn.push(NotDrawn {
                kind: kind_name,
                reason: format!("the index does not have what it takes: {}", kind.needs()),
            }),
            false => workload.groups.push(QueryGroup {
                kind: kind_name,
                queries,
            }),
        }
    }
    Ok(workload)
}

/// Random passages, every passage of the corpus as likely as any other. They are counted in the order of the ids of their
/// speeches, so that they do not depend on the segments.
fn pool(snapshot: &Snapshot, request: &DrawRequest) -> Result<Vec<Place>> {
    let mut speeches = snapshot.speeches()?;
    speeches.sort_unstable_by(|left, right| left.1.cmp(&right.1));
    let mut blocks = Vec::with_capacity(speeches.len());
    let mut passage_count = 0;
    for (start, _) in speeches {
        let segment = &snapshot.segments()[start.segment_ord as usize];
        blocks.push((passage_count, start));
        passage_count += segment.passages_of(start.doc_id)?.len();
    }
    let mut random = Rng::with_seed(request.seed);
    let wanted = request
        .count
        .get()
        .saturating_mul(PASSAGES_PER_QUERY)
        .min(passage_count);
    let mut numbers: Vec<usize> = match wanted == passage_count {
        true => (0..passage_count).collect(),
        false => (0..wanted).map(|_| random.usize(..passage_count)).collect(),
    };
    random.shuffle(&mut numbers);
    let place = |number: usize| {
        let (before, start) = blocks[blocks.partition_point(|(first, _)| *first <= number) - 1];
        let passage = SpeechAddress::new(start.segment_ord, start.doc_id + (number - before) as u32);
        Place::read(snapshot, start, passage)
    };
    numbers.into_iter().map(place).collect()
}

struct Drawing<'a> {
    snapshot: &'a Snapshot,
    pool: Vec<Place>,
    /// The number of passages that have a term, for the terms that were looked at.
    passages_with: HashMap<String, u64>,
}

impl Drawing<'_> {
    /// As many different queries as the text gives, at most those asked for.
    fn queries(&mut self, kind: Kind, request: &DrawRequest) -> Result<Vec<NamedQuery>> {
        // Each kind has a stream of its own: which others are asked for does not matter.
        let mut random = Rng::with_seed(request.seed ^ ((kind as u64 + 1) << 32));
        let mut seen = HashSet::new();
        let mut drawn: Vec<NamedQuery> = Vec::new();
        for _ in 0..request.count.get().saturating_mul(TRIES) {
            if drawn.len() == request.count.get() || self.pool.is_empty() {
                break;
            }
            let place = random.usize(..self.pool.len());
            let Some(search) = self.search(kind, place, drawn.len(), &mut random)? else {
                continue;
            };
            if seen.insert((search.query.clone(), format!("{:?}", search.filters))) {
                drawn.push(NamedQuery {
                    id: format!("{}/{}", kind.name(), drawn.len() + 1),
                    line: None,
                    request: search,
                });
            }
        }
        Ok(drawn)
    }

    /// A search of a kind from a place of the pool, the `number`th from 0, if the place has what it takes.
    fn search(&mut self, kind: Kind, place: usize, number: usize, random: &mut Rng) -> Result<Option<SearchRequest>> {
        if let Some(frequency) = Frequency::of(kind) {
            let words = self.words_of(frequency, place)?;
            return Ok(keywords(&words, number, random).map(SearchRequest::new));
        }
        let place = &self.pool[place];
        let words: Vec<&Word> = place.words.iter().collect();
        Ok(match kind {
            Kind::Filtered => filtered(place, number, random),
            Kind::Speech => keywords(&words, number, random).map(|query| SearchRequest {
                by: HitUnit::Speech,
                ..SearchRequest::new(query)
            }),
            _ => query(kind, place, random).map(SearchRequest::new),
        })
    }

    /// The words of a place that are as frequent in the corpus as wanted.
    fn words_of(&mut self, frequency: Frequency, place: usize) -> Result<Vec<&Word>> {
        let passage_count = self.snapshot.passage_count()?;
        let mut words = Vec::new();
        for word in &self.pool[place].words {
            let passages = match self.passages_with.get(&word.term) {
                Some(known) => *known,
                None => self.snapshot.passages_with_term(&word.term)?,
            };
            self.passages_with.insert(word.term.clone(), passages);
            if Frequency::measured(passages, passage_count) == Some(frequency) {
                words.push(word);
            }
        }
        Ok(words)
    }
}

/// How many of the passages have a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Frequency {
    Rare,
    Medium,
    Frequent,
}

impl Frequency {
    fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::RareKeywords => Some(Self::Rare),
            Kind::MediumKeywords => Some(Self::Medium),
            Kind::FrequentKeywords => Some(Self::Frequent),
            _ => None,
        }
    }

    /// The class of a word that stands in some of the passages; nothing for one that the index of words does not have.
    fn measured(passages: u64, of: u64) -> Option<Self> {
        match passages {
            0 => None,
            _ if passages * FREQUENT_SHARE > of => Some(Self::Frequent),
            _ if passages <= 2 || passages * RARE_SHARE <= of => Some(Self::Rare),
            _ => Some(Self::Medium),
        }
    }
}

/// One to four different words in the order of the text, as many as the number of the query says and the place has.
fn keywords(words: &[&Word], number: usize, random: &mut Rng) -> Option<String> {
    let mut different: Vec<&str> = Vec::new();
    for word in words {
        if !different.contains(&word.printed.as_str()) {
            different.push(&word.printed);
        }
    }
    let wanted = (1 + number % MOST_KEYWORDS).min(different.len());
    let mut chosen = random.choose_multiple(0..different.len(), wanted);
    chosen.sort_unstable();
    let chosen: Vec<&str> = chosen.into_iter().map(|word| different[word]).collect();
    (!chosen.is_empty()).then(|| chosen.join(" "))
}

/// A query of the kinds that a place alone decides.
fn query(kind: Kind, place: &Place, random: &mut Rng) -> Option<String> {
    match kind {
        Kind::Strings1 => string(place, 1..=1, random),
        Kind::Strings2To3 => string(place, 2..=3, random),
        Kind::Strings4To6 => string(place, 4..=6, random),
        Kind::Strings7To12 => string(place, 7..=12, random),
        Kind::And => two_words(place, random).map(|[first, second]| format!("{first} AND {second}")),
        Kind::Or => two_words(place, random).map(|[first, second]| format!("{first} OR {second}")),
        Kind::Not => two_words(place, random).map(|[first, second]| format!("{first} NOT {second}")),
        Kind::Near => two_words(place, random).map(|[first, second]| format!("{first} NEAR/10 {second}")),
        Kind::Prefix => word(place, |word| beginning(word).is_some(), random).and_then(beginning),
        Kind::Fuzzy => word(place, has_letters, random).and_then(misspelled),
        Kind::Regex => word(place, |word| word.kind != UnitKind::Number, random).map(expression),
        _ => None,
    }
}

/// A quoted string of some units.
fn string(place: &Place, lengths: std::ops::RangeInclusive<usize>, random: &mut Rng) -> Option<String> {
    let length = random.usize(lengths);
    let starts = (place.unit_count() + 1)
        .checked_sub(length)
        .filter(|starts| *starts > 0)?;
    let first = random.usize(..starts);
    place.quotable(first..first + length).map(|text| format!("\"{text}\""))
}

fn word<'a>(place: &'a Place, is_wanted: impl Fn(&Word) -> bool, random: &mut Rng) -> Option<&'a Word> {
    let wanted: Vec<&Word> = place.words.iter().filter(|word| is_wanted(word)).collect();
    (!wanted.is_empty()).then(|| wanted[random.usize(..wanted.len())])
}

/// Two different words in the order of the text.
fn two_words<'a>(place: &'a Place, random: &mut Rng) -> Option<[&'a str; 2]> {
    let last = place.words.len().checked_sub(1).filter(|last| *last > 0)?;
    let first = random.usize(..last);
    let second = random.usize(first + 1..=last);
    let [first, second] = [first, second].map(|index| &place.words[index]);
    (first.term != second.term).then_some([&first.printed, &second.printed])
}

fn has_letters(word: &Word) -> bool {
    let letters = word.printed.chars().filter(|character| character.is_alphabetic());
    word.kind == UnitKind::Word && letters.count() >= LEAST_LETTERS
}

/// The beginning of a word and a star: a Han word whole, of others a little more than half.
fn beginning(word: &Word) -> Option<String> {
    if word.kind == UnitKind::Han {
        return Some(format!("{}*", word.printed));
    }
    let kept = word.printed.chars().count() / 2 + 1;
    has_letters(word).then(|| word.printed.chars().take(kept).chain(['*']).collect())
}

/// A word without its third letter, and the mark of one edit.
fn misspelled(word: &Word) -> Option<String> {
    let letters = word.printed.chars().enumerate().filter(|(index, _)| *index != 2);
    let shortened: String = letters.map(|(_, letter)| letter).collect();
    has_letters(word).then(|| format!("{shortened}~1"))
}

/// A regular expression: a Han word shortly before a mark, or a word with the one behind it.
fn expression(word: &Word) -> String {
    match word.printed.chars().all(is_han) {
        true => format!("/{}.{{0,4}}[，。；]/", word.printed),
        false => format!("/{}\\w* \\w+/", word.printed),
    }
}

/// A keyword under a filter that its speech passes: on the speaker, the year or the country in turn, as far as known.
fn filtered(place: &Place, number: usize, random: &mut Rng) -> Option<SearchRequest> {
    let mut request = SearchRequest::new(word(place, |_| true, random)?.printed.as_str());
    let metadata = &place.record.metadata;
    let value = |field: Field| metadata.value(field).filter(|value| can_be_quoted(value));
    let year = metadata.date().and_then(|date| Date::year(date.calendar_year()));
    let mut add = |field: Field, value: &str| request.filters.add(FilterField::Known(field), value.to_owned());
    match (number % 3, value(Field::Speaker), year, value(Field::Country)) {
        (0, Some(speaker), ..) => add(Field::Speaker, speaker),
        (2, .., Some(country)) => add(Field::Country, country),
        (.., Some(year), _) => {
            request.filters.from = Some(year);
            request.filters.to = Some(year);
        }
        (_, Some(speaker), ..) => add(Field::Speaker, speaker),
        (.., Some(country)) => add(Field::Country, country),
        _ => return None,
    }
    Some(request)
}
