//! Consecutive units that a string, a keyword, a word left open or a fuzzy word asks for, and where they stand.

use std::sync::LazyLock;

use chancery::analyzer::lexicon::UserLexicon;
use chancery::analyzer::tokenizer::alphabetic::candidate_languages;
use chancery::analyzer::{Analyzer, FoldedText, Unit, UnitKind, fold};
use chancery::query::expression::{Fuzzy, Wildcard, WildcardPiece};
use strsim::osa_distance;

use super::texts::{Sequence, Texts};
use super::vocabulary::UnitSet;

/// The dictionary, for Han keywords of several words; loaded once for all tests.
static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(UserLexicon::default()));

/// The marks that are not part of a keyword where they stand at its ends.
const OUTER_MARKS: &str = "?,.;:!。、…\"《》〈〉";

/// Units of a sequence, from `start` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Window {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Consecutive units, each out of a set.
pub(crate) struct Pattern {
    units: Vec<UnitSet>,
    printed: Option<PrintedForm>,
}

/// What the text must look like as printed.
enum PrintedForm {
    /// These characters; `None` is any one character.
    Characters(Vec<Option<char>>),
    /// The same, and anything behind them in the last word.
    Beginning(Vec<Option<char>>),
    /// A word at most so far from this one.
    Near(String, usize),
}

impl Pattern {
    /// Everywhere that it stands, overlapping places included.
    pub(crate) fn windows(&self, sequence: &Sequence) -> Vec<Window> {
        let sets = self.units.iter().map(|set| set.in_language(sequence.language));
        let Some(sets) = sets.collect::<Option<Vec<&[bool]>>>() else {
            return Vec::new();
        };
        let window = |start: usize| {
            let end = end_of(&sets, sequence, start)?;
            Some(Window { start, end }).filter(|window| self.is_printed(sequence, *window))
        };
        (0..sequence.len()).filter_map(window).collect()
    }

    fn is_printed(&self, sequence: &Sequence, window: Window) -> bool {
        let Some(form) = &self.printed else {
            return true;
        };
        let bytes = sequence.bytes(window.start..window.end);
        let printed: Vec<char> = sequence.printed[bytes.range()].chars().collect();
        let begins = |form: &Vec<Option<char>>| {
            let same = |(own, other): (&Option<char>, &char)| own.is_none_or(|own| own == *other);
            printed.len() >= form.len() && form.iter().zip(&printed).all(same)
        };
        match form {
            PrintedForm::Characters(form) => printed.len() == form.len() && begins(form),
            PrintedForm::Beginning(form) => begins(form),
            PrintedForm::Near(word, distance) => osa_distance(word, &printed.iter().collect::<String>()) <= *distance,
        }
    }
}

/// Where units out of sets end that begin at a place: a broken word is its three units before it is one word.
fn end_of(sets: &[&[bool]], sequence: &Sequence, place: usize) -> Option<usize> {
    let Some((set, rest)) = sets.split_first() else {
        return Some(place);
    };
    let is_meant = |unit: Option<&u32>| unit.is_some_and(|unit| set[*unit as usize]);
    let as_units = is_meant(sequence.units.get(place)).then(|| end_of(rest, sequence, place + 1));
    let as_one = || is_meant(sequence.joined.get(&place)).then(|| end_of(rest, sequence, place + 3));
    as_units.flatten().or_else(|| as_one().flatten())
}

/// Makes patterns for a search.
#[derive(Clone, Copy)]
pub(crate) struct PatternMaker<'a> {
    pub(crate) texts: &'a Texts,
    /// Whether text must stand as printed.
    pub(crate) is_strict: bool,
    /// The primary subtags of the languages whose inflections count.
    pub(crate) languages: &'a [String],
}

impl PatternMaker<'_> {
    /// The string as typed; none if it holds nothing but punctuation.
    pub(crate) fn string(&self, text: &str) -> Option<Pattern> {
        let folded = fold(text);
        if folded.is_punctuation_only() {
            return None;
        }
        Some(self.units(folded.texts(), text.trim()))
    }

    fn units<'t>(&self, units: impl Iterator<Item = &'t str>, printed: &str) -> Pattern {
        let characters = || printed.chars().map(Some).collect();
        Pattern {
            units: units.map(|unit| self.texts.vocabulary.just(unit)).collect(),
            printed: self.is_strict.then(|| PrintedForm::Characters(characters())),
        }
    }

    /// The string of a keyword and its inflected forms; none if it holds nothing to search for.
    ///
    /// As printed a keyword is the string as typed.
    pub(crate) fn keyword(&self, text: &str) -> Option<Vec<Pattern>> {
        if self.is_strict {
            return self.string(text).map(|string| vec![string]);
        }
        let folded = fold(text);
        let range = without_outer_marks(&folded)?;
        let units: Vec<&str> = range.clone().map(|index| folded.unit_text(index)).collect();
        let mut patterns = vec![self.units(units.iter().copied(), text)];
        if let [unit] = &units[..] {
            patterns.push(Pattern {
                units: vec![self.texts.vocabulary.with_term(&self.terms(unit))],
                printed: None,
            });
        }
        Some(patterns)
    }

    fn terms(&self, word: &str) -> Vec<String> {
        let mut word_terms = chancery::analyzer::tokenizer::alphabetic::WordTerms::default();
        let languages = candidate_languages(word, self.languages.iter().map(String::as_str));
        languages
            .iter()
            .map(|language| word_terms.term(word, language))
            .collect()
    }

    /// The jieba words that a Han keyword consists of, without stop words; none where it is a single word.
    pub(crate) fn words(&self, text: &str) -> Vec<Pattern> {
        let folded = fold(text);
        let Some(range) = without_outer_marks(&folded).filter(|_| !self.is_strict) else {
            return Vec::new();
        };
        let han: String = range.clone().map(|index| folded.unit_text(index)).collect();
        if folded.units()[range].iter().any(|unit| unit.kind != UnitKind::Han) {
            return Vec::new();
        }
        let words = ANALYZER.han().words(&han);
        let content = words
            .iter()
            .filter(|word| !chancery::analyzer::stop_words::is_stop_word(word));
        let mut content: Vec<&str> = content.copied().collect();
        if words.len() < 2 {
            return Vec::new();
        }
        if content.is_empty() {
            content = words;
        }
        content
            .iter()
            .map(|word| self.units(fold(word).texts(), word))
            .collect()
    }

    /// A word that may be spelled a little otherwise.
    pub(crate) fn fuzzy(&self, fuzzy: &Fuzzy) -> Pattern {
        let word = fold(&fuzzy.word).texts().collect::<String>();
        let (length, distance) = (word.chars().count(), usize::from(fuzzy.distance));
        let is_near = |unit: &str, kind| {
            let is_word = kind == UnitKind::Word && !unit.chars().any(is_cluster_script);
            is_word && unit.chars().count().abs_diff(length) <= distance && osa_distance(unit, &word) <= distance
        };
        Pattern {
            units: vec![self.texts.vocabulary.all_that(is_near)],
            printed: self.is_strict.then(|| PrintedForm::Near(fuzzy.word.clone(), distance)),
        }
    }

    /// A word or string with characters left open.
    pub(crate) fn wildcard(&self, wildcard: &Wildcard) -> Pattern {
        let units = open_units(wildcard);
        let last = units.last().cloned().unwrap_or_default();
        let is_open = wildcard.open_end && last.is_word;
        let mut sets: Vec<UnitSet> = units.iter().map(|unit| self.open_unit(unit, false)).collect();
        if is_open {
            sets.pop();
            sets.push(self.open_unit(&last, true));
        }
        let printed: Vec<Option<char>> = wildcard.pieces.iter().flat_map(characters).collect();
        let form = match is_open {
            true => PrintedForm::Beginning(printed),
            false => PrintedForm::Characters(printed),
        };
        Pattern {
            units: sets,
            printed: self.is_strict.then_some(form),
        }
    }

    fn open_unit(&self, open: &OpenUnit, is_beginning: bool) -> UnitSet {
        self.texts.vocabulary.all_that(|unit, kind| {
            let mut characters = unit.chars();
            let same = |own: &Option<char>| {
                let other = characters.next();
                other.is_some() && own.is_none_or(|own| Some(own) == other)
            };
            let begins = open.characters.iter().all(same);
            let is_lone = open.characters == [None];
            begins && (is_beginning || characters.next().is_none()) && !(is_lone && kind == UnitKind::Mark)
        })
    }
}

fn characters(piece: &WildcardPiece) -> Vec<Option<char>> {
    match piece {
        WildcardPiece::Text(text) => text.chars().map(Some).collect(),
        WildcardPiece::AnyCharacter => vec![None],
    }
}

/// The characters of a folded unit of which some, `None`, are left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct OpenUnit {
    characters: Vec<Option<char>>,
    /// Whether it is a word or number that is not cut into clusters.
    is_word: bool,
}

/// The units of a wildcard: a question mark belongs to the word or number that it touches, else it is a unit of its own.
fn open_units(wildcard: &Wildcard) -> Vec<OpenUnit> {
    let mut units: Vec<OpenUnit> = Vec::new();
    // How many question marks stand before the next piece of text, and whether what stands before them takes them.
    let (mut waiting, mut is_taken) = (0, false);
    for piece in &wildcard.pieces {
        let WildcardPiece::Text(text) = piece else {
            waiting += 1;
            continue;
        };
        let folded = fold(text);
        let is_word = |unit: &Unit| {
            let is_clustered = folded.text_of(unit).chars().any(is_cluster_script);
            matches!(unit.kind, UnitKind::Word | UnitKind::Number) && !is_clustered
        };
        let takes = !text.starts_with(char::is_whitespace) && folded.units().first().is_some_and(is_word);
        let mut own = folded.units().iter().map(|unit| OpenUnit {
            characters: folded.text_of(unit).chars().map(Some).collect(),
            is_word: is_word(unit),
        });
        attach(&mut units, waiting, is_taken, takes.then(|| own.next()).flatten());
        units.extend(own);
        is_taken = !text.ends_with(char::is_whitespace) && folded.units().last().is_some_and(is_word);
        waiting = 0;
    }
    attach(&mut units, waiting, is_taken, None);
    units
}

/// Adds question marks, and the unit behind them if it takes them; the last unit may take them too.
fn attach(units: &mut Vec<OpenUnit>, question_marks: usize, last_takes: bool, next: Option<OpenUnit>) {
    let open = vec![None; question_marks];
    match (units.last_mut(), next) {
        (_, Some(next)) if question_marks == 0 => units.push(next),
        (Some(last), next) if last_takes && question_marks > 0 => {
            last.characters.extend(open);
            last.characters.extend(next.unwrap_or_default().characters);
        }
        (_, Some(next)) => units.push(OpenUnit {
            characters: [open, next.characters].concat(),
            ..next
        }),
        (_, None) => units.extend(open.iter().map(|_| OpenUnit {
            characters: vec![None],
            is_word: false,
        })),
    }
}

/// Whether the character is of a script without spaces, of which each cluster is a unit.
fn is_cluster_script(character: char) -> bool {
    matches!(character,
        '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' | '\u{0E01}'..='\u{0E4E}'
        | '\u{0E80}'..='\u{0EFF}' | '\u{1780}'..='\u{17D3}' | '\u{17DC}' | '\u{1000}'..='\u{109F}' | '\u{AA60}'..='\u{AA7F}')
}

/// The units of a keyword without the marks at its ends; none where only marks are left.
fn without_outer_marks(folded: &FoldedText) -> Option<std::ops::Range<usize>> {
    let is_mark = |index: usize| folded.units()[index].kind == UnitKind::Mark;
    let is_kept = |index: &usize| !(is_mark(*index) && OUTER_MARKS.contains(folded.unit_text(*index)));
    let first = (0..folded.len()).find(is_kept)?;
    let last = (0..folded.len()).rfind(is_kept)?;
    (first..=last).any(|index| !is_mark(index)).then_some(first..last + 1)
}

/// The units of a keyword as one text, by which stop words are told; none where it holds nothing to search for.
pub(crate) fn keyword_text(text: &str) -> Option<String> {
    let folded = fold(text);
    let range = without_outer_marks(&folded)?;
    Some(range.map(|index| folded.unit_text(index)).collect())
}
