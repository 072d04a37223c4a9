//! Whether labels make a text a transcript: by their number, by coming back, by taking turns, by how they are written and by
//! what is said under them. None of these is enough alone.

use std::collections::{HashMap, HashSet};

use super::kind::Kind;
use super::label::Label;
use crate::ingest::header::is_sentence;

/// The least number of turns that make a transcript.
const LEAST_TURNS: usize = 3;

/// What a label comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Judged {
    /// It names who speaks.
    Speaker(String),
    /// It may name somebody, but whom is not known.
    Nobody,
    /// It is none.
    NoLabel,
}

/// A label that stands alone, and what is known of the words under it.
pub(super) struct Said<'a> {
    pub(super) label: &'a Label<'a>,
    /// Whether a question is among them.
    pub(super) asks: bool,
    /// Whether the source marks the label as a heading.
    pub(super) is_heading: bool,
}

/// Whether a question is asked in a line.
pub(super) fn is_question(line: &str) -> bool {
    line.contains(['?', '？', '؟'])
}

/// Judges labels that stand alone on their lines.
pub(super) fn alone(said: &[Said<'_>]) -> Vec<Judged> {
    let labels: Vec<Option<&Label<'_>>> = said.iter().map(|said| Some(said.label)).collect();
    let set = Set::of(&labels);
    let returning: Vec<bool> = said
        .iter()
        .map(|said| set.is_turn(said.label) || said.label.kind == Kind::Heading)
        .collect();
    let turns: Vec<&Said<'_>> = said
        .iter()
        .zip(&returning)
        .filter(|(_, is_turn)| **is_turn)
        .map(|(said, _)| said)
        .collect();
    let asks: Vec<(&str, bool)> = turns.iter().map(|said| (said.label.name.as_str(), said.asks)).collect();
    let names: Vec<&str> = asks.iter().map(|(name, _)| *name).collect();
    let headings = turns.iter().filter(|said| said.is_heading).count();
    let is_known = turns.iter().any(|said| said.label.kind == Kind::Known);
    let are_headings = headings * 2 > turns.len();
    let changes = if are_headings { 0 } else { names.len().saturating_sub(1) };
    let is_transcript = takes_turns(&names, changes) && (is_known || one_asks(&asks) || are_headings);
    // An office with a name that the source marks as a heading with a colon is one even alone.
    let is_sure = |said: &Said<'_>| {
        said.is_heading && said.label.kind == Kind::Known && said.label.name.split_whitespace().count() >= 3
    };
    said.iter()
        .zip(returning)
        .map(|(said, is_turn)| match said.label.kind {
            Kind::Crowd if is_transcript => Judged::Nobody,
            Kind::Crowd => Judged::NoLabel,
            _ if (is_transcript && (is_turn || set.has_form_of(said.label)))
                || (is_sure(said) && said.label.given.len() < 120) =>
            {
                Judged::Speaker(said.label.speaker())
            }
            _ => Judged::NoLabel,
        })
        .collect()
}

/// Judges the labels with which paragraphs begin; `is_transcript` where labels of their own lines have shown it already.
pub(super) fn inline(labels: &[Option<Label<'_>>], is_transcript: bool) -> Vec<Judged> {
    let borrowed: Vec<Option<&Label<'_>>> = labels.iter().map(Option::as_ref).collect();
    let set = Set::of(&borrowed);
    let turns: Vec<&Label<'_>> = labels.iter().flatten().filter(|label| set.is_turn(label)).collect();
    if !is_transcript && !is_evidence(&turns) {
        return vec![Judged::NoLabel; labels.len()];
    }
    let judge = |label: &Option<Label<'_>>| match label {
        None => Judged::NoLabel,
        Some(label) if label.kind == Kind::Crowd => Judged::Nobody,
        Some(label) if set.is_turn(label) || set.has_form_of(label) => Judged::Speaker(label.speaker()),
        Some(label) if set.may_be_label(label) => Judged::Nobody,
        Some(_) => Judged::NoLabel,
    };
    labels.iter().map(judge).collect()
}

/// Whether labels before words are evidence enough.
fn is_evidence(turns: &[&Label<'_>]) -> bool {
    let names: Vec<&str> = turns.iter().map(|label| label.name.as_str()).collect();
    let asks: Vec<(&str, bool)> = turns
        .iter()
        .map(|label| (label.name.as_str(), is_question(label.rest)))
        .collect();
    let mut counts: HashMap<(&str, Kind), usize> = HashMap::new();
    for label in turns {
        *counts.entry((label.name.as_str(), label.kind)).or_default() += 1;
    }
    let returns = |kinds: &[Kind]| {
        let returning = counts
            .iter()
            .filter(|((_, kind), count)| kinds.contains(kind) && **count >= 2);
        returning.count()
    };
    // A word like an office that is said once shows nothing.
    let is_known = returns(&[Kind::Known]) >= 1
        || (returns(&[Kind::Capitals, Kind::Han]) >= 2 && turns.iter().any(|label| label.kind == Kind::Known));
    let are_said = turns
        .iter()
        .filter(|label| is_sentence(label.rest) || label.rest.ends_with(['.', '!', '?', '…', '—']))
        .count()
        * 2
        > turns.len();
    let returns = takes_turns(&names, names.len().saturating_sub(1)) && (is_known || (one_asks(&asks) && are_said));
    // Persons with their titles who each say a sentence.
    let honoured = turns
        .iter()
        .filter(|label| label.is_honoured() && label.kind == Kind::Known && is_sentence(label.rest))
        .count();
    let first = names.first();
    returns || (honoured >= LEAST_TURNS && honoured == turns.len() && names.iter().any(|name| Some(name) != first))
}

/// Whether labels are several, come back, and take turns: of the `places` where they may change they do so at half.
fn takes_turns(names: &[&str], places: usize) -> bool {
    let changes = names.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let returns = names
        .iter()
        .enumerate()
        .any(|(index, name)| names[..index].contains(name));
    names.len() >= LEAST_TURNS && returns && changes > 0 && changes * 2 >= places
}

/// Whether one of at least two who return asks, as in an interview: questions are in half of few turns, or in a third of many.
fn one_asks(turns: &[(&str, bool)]) -> bool {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for (name, asks) in turns {
        let count = counts.entry(name).or_default();
        count.0 += 1;
        count.1 += usize::from(*asks);
    }
    let returning = counts.values().filter(|(count, _)| *count >= 2).count();
    let asks =
        |(count, asked): &(usize, usize)| (*count >= 2 && asked * 2 >= *count) || (*asked >= 2 && asked * 3 >= *count);
    returning >= 2 && counts.values().any(asks)
}

/// What the labels of a text have in common.
struct Set {
    counts: HashMap<String, usize>,
    /// Labels behind which mostly the same stands, as behind the name of a field: `Category: Transcripts`.
    fields: HashSet<String>,
    /// Whether most that are known are written in capitals.
    in_capitals: bool,
    /// How many labels are one word in capitals.
    capitals: usize,
    /// Whether most are single words that begin with a capital.
    single: bool,
    /// How many have something in brackets.
    bracketed: usize,
    /// Whether a label that is no address presides: `The President`.
    presides: bool,
}

impl Set {
    fn of(labels: &[Option<&Label<'_>>]) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut rests: HashMap<&str, HashSet<&str>> = HashMap::new();
        for label in labels.iter().flatten() {
            *counts.entry(label.name.clone()).or_default() += 1;
            rests.entry(&label.name).or_default().insert(label.rest);
        }
        let is_field = |(name, rests): &(&&str, &HashSet<&str>)| {
            let count = counts.get(**name).copied().unwrap_or_default();
            count >= LEAST_TURNS && rests.len() * 2 <= count && rests.iter().any(|rest| !rest.is_empty())
        };
        let fields = rests
            .iter()
            .filter(is_field)
            .map(|(name, _)| (*name).to_owned())
            .collect();
        let mut set = Self {
            counts,
            fields,
            in_capitals: false,
            capitals: 0,
            single: false,
            bracketed: 0,
            presides: false,
        };
        let turns: Vec<&&Label<'_>> = labels.iter().flatten().filter(|label| set.is_turn(label)).collect();
        let share = |is_one: &dyn Fn(&Label<'_>) -> bool| {
            turns.iter().filter(|label| is_one(label)).count() * 5 >= turns.len() * 3
        };
        let in_capitals = share(&|label| label.is_in_capitals());
        let single = share(&|label| !label.name.contains(' ') && !label.is_in_capitals());
        let bracketed = turns.iter().filter(|label| label.is_bracketed).count();
        let presides = turns.iter().any(|label| label.presides());
        let words = turns
            .iter()
            .filter(|label| label.is_in_capitals() && !label.name.contains(' '));
        set.capitals = words.map(|label| label.name.as_str()).collect::<HashSet<_>>().len();
        (set.in_capitals, set.single, set.bracketed, set.presides) = (in_capitals, single, bracketed, presides);
        set
    }

    fn count(&self, label: &Label<'_>) -> usize {
        self.counts.get(&label.name).copied().unwrap_or_default()
    }

    /// Whether a label is a turn if the text is a transcript.
    fn is_turn(&self, label: &Label<'_>) -> bool {
        let count = self.count(label);
        if self.fields.contains(&label.name) && !matches!(label.kind, Kind::Known) {
            return false;
        }
        match label.kind {
            Kind::Known => true,
            // An audience is addressed so; the chair of a record too, but then as often as others speak.
            Kind::Vocative => count >= 2 && !self.presides,
            Kind::Capitals | Kind::Name | Kind::Han => count >= 2,
            Kind::Heading => count >= 2,
            Kind::Crowd => false,
        }
    }

    /// Whether a label that is said once is written as the others are.
    fn has_form_of(&self, label: &Label<'_>) -> bool {
        match label.kind {
            Kind::Capitals => self.in_capitals && (label.name.contains(' ') || self.capitals >= 2),
            Kind::Name => label.is_bracketed && self.bracketed >= 2 && label.name.contains(' '),
            Kind::Heading => true,
            _ => false,
        }
    }

    /// Whether a label that is not understood may be that of another speaker.
    fn may_be_label(&self, label: &Label<'_>) -> bool {
        match label.kind {
            Kind::Capitals | Kind::Han | Kind::Vocative => true,
            Kind::Name => label.name.contains(' ') || self.single,
            _ => false,
        }
    }
}
