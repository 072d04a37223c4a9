//! Queries of every operator, drawn from the text itself, the same ones in every run.

use chancery::analyzer::Analyzer;
use chancery::analyzer::unit_text::passage_units;
use chancery::corpus::{Field, Speech};
use chancery::search::{Expand, FilterField, HitUnit, SearchRequest};
use chancery::text::{Date, is_han};

use super::corpus::Corpus;
use super::queries::{can_be_quoted, content_words, random_passage_of, random_speech};
use super::random::Random;

/// The queries of a kind.
const QUERIES: usize = 240;

/// The tries for each query, after which a corpus is taken not to have what the kind needs.
const TRIES: usize = 40;

/// The longest Han string in which a character is left open, in characters.
const LONGEST_OPEN_STRING: usize = 6;

/// Expressions that need nothing that the index knows of.
const OPEN_EXPRESSIONS: &[&str] = &[
    r"\d+(\.\d+)?%",
    r"[“(（].{2,12}[”)）]",
    r"\d{4}.\d+",
    r"[,，].{1,4}[,，].{1,4}[,，]",
];

/// Searches with one operator.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) requests: Vec<SearchRequest>,
}

impl Kind {
    fn of(name: &'static str, queries: impl IntoIterator<Item = String>) -> Self {
        Self {
            name,
            requests: queries.into_iter().map(SearchRequest::new).collect(),
        }
    }
}

/// A passage at a random place.
struct Place<'a> {
    speech: &'a Speech,
    text: &'a str,
    /// The words that a query may hold, in order.
    words: Vec<&'a str>,
    /// A number by which a query chooses among what the passage offers.
    choice: usize,
}

impl<'a> Place<'a> {
    /// A word, where a passage has one that passes a test.
    fn word(&self, is_wanted: impl Fn(&str) -> bool) -> Option<&'a str> {
        let wanted: Vec<&str> = self.words.iter().copied().filter(|word| is_wanted(word)).collect();
        (!wanted.is_empty()).then(|| wanted[self.choice % wanted.len()])
    }

    /// Two different words in the order of the text.
    fn two_words(&self) -> Option<[&'a str; 2]> {
        let first = self.choice % self.words.len().checked_sub(1)?.max(1);
        let rest = self.words.get(first + 1..)?;
        let second = rest.get(self.choice / 7 % rest.len().max(1))?;
        (self.words[first] != *second).then_some([self.words[first], second])
    }

    fn field(&self, field: Field) -> Option<&'a str> {
        let value = self.speech.metadata.value(field)?;
        can_be_quoted(value).then_some(value)
    }

    fn year(&self) -> Option<i16> {
        self.speech.metadata.date().map(Date::calendar_year)
    }
}

/// What draws the queries of a corpus.
struct Drawing<'a> {
    corpus: &'a Corpus,
    analyzer: &'a Analyzer,
}

impl Drawing<'_> {
    /// As many queries as the corpus gives, at most [`QUERIES`].
    fn draw<Q>(&self, make: impl Fn(&Place<'_>) -> Option<Q>) -> Vec<Q> {
        let mut random = Random::new(11);
        let mut drawn = Vec::with_capacity(QUERIES);
        for _ in 0..QUERIES * TRIES {
            if drawn.len() == QUERIES {
                break;
            }
            let speech = random_speech(self.corpus, &mut random);
            let text = random_passage_of(speech, &mut random);
            let folded = passage_units(text).speech;
            let words = content_words(text, &folded, self.analyzer);
            let place = Place {
                speech,
                text,
                words: words.into_iter().map(|(word, ..)| word).collect(),
                choice: random.below(1 << 20),
            };
            drawn.extend(make(&place));
        }
        drawn
    }

    fn pairs(&self, name: &'static str, query: impl Fn(&str, &str) -> String) -> Kind {
        let make = |place: &Place<'_>| place.two_words().map(|[first, second]| query(first, second));
        Kind::of(name, self.draw(make))
    }

    fn words(&self, name: &'static str, is_wanted: fn(&str) -> bool, query: impl Fn(&str) -> String) -> Kind {
        Kind::of(name, self.draw(|place| place.word(is_wanted).map(&query)))
    }

    fn of_field(&self, name: &'static str, condition: impl Fn(&Place<'_>) -> Option<String>) -> Kind {
        let make = |place: &Place<'_>| {
            let keyword = place.word(|_| true)?;
            Some(format!("{} AND {keyword}", condition(place)?))
        };
        Kind::of(name, self.draw(make))
    }

    fn joining(&self) -> Vec<Kind> {
        vec![
            self.pairs("+ and -", |first, second| format!("+{first} -{second}")),
            self.pairs("AND", |first, second| format!("{first} AND {second}")),
            self.pairs("OR", |first, second| format!("{first} OR {second}")),
            self.pairs("NOT", |first, second| format!("{first} NOT {second}")),
            self.pairs("NEAR/10", |first, second| format!("{first} NEAR/10 {second}")),
            self.pairs("\"…\"~5", |first, second| format!("\"{first} {second}\"~5")),
            self.pairs("weights", |first, second| format!("{first}^2 {second}")),
            self.by_speech(),
        ]
    }

    fn by_speech(&self) -> Kind {
        let mut kind = self.pairs("two keywords by speech", |first, second| format!("{first} {second}"));
        kind.requests
            .iter_mut()
            .for_each(|request| request.by = HitUnit::Speech);
        kind
    }

    fn spelled(&self) -> Vec<Kind> {
        vec![
            self.words("prefix of a word", is_long_word, |word| format!("{}*", beginning(word))),
            self.words(
                "prefix of Han",
                |word| word.chars().all(is_han),
                |word| format!("{word}*"),
            ),
            self.words("? in a word", is_long_word, |word| with_gap(word, "?")),
            Kind::of("? in Han", self.draw(open_string)),
            self.words("fuzzy ~1", is_long_word, |word| format!("{}~1", with_gap(word, ""))),
            self.words("fuzzy ~2", is_long_word, |word| format!("{}~2", with_gap(word, ""))),
        ]
    }

    fn fields(&self) -> Vec<Kind> {
        let in_field = |name: &str, value: &str| format!("{name}:\"{value}\"");
        vec![
            self.of_field("speaker: AND keyword", |place| {
                place.field(Field::Speaker).map(|speaker| in_field("speaker", speaker))
            }),
            self.of_field("title: AND keyword", |place| {
                place.field(Field::Title).map(|title| in_field("title", title))
            }),
            self.of_field("date:range AND keyword", |place| {
                place.year().map(|year| format!("date:{year}..{}", year + 2))
            }),
            Kind::of(
                "date:range alone",
                self.draw(|place| place.year().map(|year| format!("date:{year}"))),
            ),
        ]
    }

    fn expressions(&self) -> Vec<Kind> {
        let open = |place: &Place<'_>| {
            let year = place.speech.metadata.date()?;
            let pattern = OPEN_EXPRESSIONS[place.choice % OPEN_EXPRESSIONS.len()];
            let mut request = SearchRequest::new(format!("/{pattern}/"));
            request.filters.from = Date::year(year.calendar_year());
            request.filters.to = request.filters.from;
            if let Some(title) = place.field(Field::Title) {
                request.filters.add(FilterField::Known(Field::Title), title.to_owned());
            }
            Some(request)
        };
        vec![
            self.words(
                "regex with Han",
                |word| word.chars().all(is_han),
                |word| format!("/{word}.{{0,4}}[，。；]/"),
            ),
            self.words("regex with a word", is_long_word, |word| format!("/{word}\\w* \\w+/")),
            Kind {
                name: "regex, nothing literal, in one speech",
                requests: self.draw(open),
            },
        ]
    }
}

fn is_long_word(word: &str) -> bool {
    word.len() > 5 && word.chars().all(|letter| letter.is_ascii_alphabetic())
}

/// The first half of a word of ASCII letters, and a letter more.
fn beginning(word: &str) -> &str {
    &word[..word.len() / 2 + 1]
}

/// A word of ASCII letters with something in the place of its third letter.
fn with_gap(word: &str, mark: &str) -> String {
    format!("{}{mark}{}", &word[..2], &word[3..])
}

/// Han characters of a passage with one of those in the middle left open.
fn open_string(place: &Place<'_>) -> Option<String> {
    let runs: Vec<&str> = place.text.split(|character| !is_han(character)).collect();
    let run: Vec<char> = runs[place.choice % runs.len()]
        .chars()
        .take(LONGEST_OPEN_STRING)
        .collect();
    let open = (run.len() > 2).then(|| 1 + place.choice % (run.len() - 2))?;
    let mark = |(index, character): (usize, &char)| if index == open { '?' } else { *character };
    Some(run.iter().enumerate().map(mark).collect())
}

/// The kinds that a corpus has words for; the first is that of keywords.
pub(crate) fn kinds(corpus: &Corpus, analyzer: &Analyzer, keywords: &[String], strings: &[String]) -> Vec<Kind> {
    let drawing = Drawing { corpus, analyzer };
    let keywords = &keywords[..QUERIES.min(keywords.len())];
    let mut unexpanded = Kind::of("keywords, --expand=none", keywords.iter().cloned());
    for request in &mut unexpanded.requests {
        request.expand = Expand::Nothing;
    }
    let strings = strings.iter().take(QUERIES).map(|string| format!("\"{string}\""));
    let mut kinds = vec![
        Kind::of("keywords", keywords.iter().cloned()),
        unexpanded,
        Kind::of("string", strings),
    ];
    kinds.extend(drawing.joining());
    kinds.extend(drawing.spelled());
    kinds.extend(drawing.fields());
    kinds.extend(drawing.expressions());
    kinds.retain(|kind| kind.requests.len() * 2 > QUERIES);
    kinds
}
