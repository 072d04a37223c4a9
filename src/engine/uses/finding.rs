//! Which speeches have what was found, and which of them has it first or last: dates are intervals of their precision.

use std::cmp::{Ordering, Reverse};

use jiff::civil;

use super::{End, FoundUse, GroupUses, OtherSpeeches, UsesRequest};
use crate::engine::Engine;
use crate::error::Result;
use crate::index::{Snapshot, SpeechAddress, TextColumn};
use crate::search::{Findings, GroupValue, SpeechPart};
use crate::tally::Counts;
use crate::text::Date;

/// The most speeches that are named where several could change an answer.
const MOST_NAMED: usize = 20;

/// The speeches that have what one query found.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Standing {
    /// Those with a date.
    pub(in crate::engine) dated: Vec<DatedSpeech>,
    /// Those without.
    pub(in crate::engine) undated: Vec<SpeechAddress>,
    /// How often it was found in all of them.
    pub(in crate::engine) counts: Counts,
}

/// A dated speech that has what was found.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct DatedSpeech {
    /// Its date.
    pub(in crate::engine) date: Date,
    /// The address of its first passage.
    pub(in crate::engine) speech: SpeechAddress,
    /// The address of its first passage that has it, or of its last, as was asked for.
    pub(in crate::engine) passage: SpeechAddress,
}

/// What several queries found, as a whole and by groups.
pub(in crate::engine) struct Standings {
    /// The whole, by query.
    pub(in crate::engine) overall: Vec<Standing>,
    /// The groups, in the order in which they were met.
    pub(in crate::engine) groups: Vec<GroupStandings>,
}

/// What several queries found in a group.
pub(in crate::engine) struct GroupStandings {
    /// The values by which it is one.
    pub(in crate::engine) values: Vec<Option<GroupValue>>,
    /// What was found, by query.
    pub(in crate::engine) standings: Vec<Standing>,
}

impl Engine {
    /// Goes once through the subcorpus of a request for what several queries found in it; the query of the request is not
    /// looked at.
    pub(in crate::engine) fn standings(&self, request: &UsesRequest, findings: &[&Findings]) -> Result<Standings> {
        let mut overall = vec![Standing::default(); findings.len()];
        let mut sums: Vec<Vec<Standing>> = Vec::new();
        let groups = self.visit(&request.search, &request.by, request.versions, findings, &mut |part| {
            if part.is_whole {
                add(&mut overall, &part, request.end);
            }
            if request.by.is_empty() {
                return Ok(());
            }
            for &group in part.groups {
                if sums.len() <= group {
                    sums.resize_with(group + 1, || vec![Standing::default(); findings.len()]);
                }
                add(&mut sums[group], &part, request.end);
            }
            Ok(())
        })?;
        let groups = groups.into_iter().zip(sums);
        Ok(Standings {
            overall,
            groups: groups
                .map(|(values, standings)| GroupStandings { values, standings })
                .collect(),
        })
    }
}

fn add(standings: &mut [Standing], part: &SpeechPart<'_>, end: End) {
    for (standing, hits) in standings.iter_mut().zip(&part.hits) {
        let hit = match end {
            End::First => hits.first(),
            End::Last => hits.last(),
        };
        let Some((doc, _)) = hit else { continue };
        match part.date {
            Some(date) => standing.dated.push(DatedSpeech {
                date,
                speech: part.speech,
                passage: SpeechAddress::new(part.speech.segment_ord, *doc),
            }),
            None => standing.undated.push(part.speech),
        }
        standing.counts += Counts {
            occurrences: hits.iter().map(|(_, count)| u64::from(*count)).sum(),
            passages: hits.len() as u64,
            speeches: 1,
        };
    }
}

impl Standing {
    /// Whether no speech has it.
    pub(in crate::engine) fn is_empty(&self) -> bool {
        self.dated.is_empty() && self.undated.is_empty()
    }

    /// The speech that has it first or last, with the others that bear on the answer; none where no dated speech has it.
    pub(in crate::engine) fn extreme(&self, end: End, ids: &SpeechIds) -> Option<Extreme> {
        let key = |dated: &&DatedSpeech| rank(dated.date, end);
        let best = self.dated.iter().map(|dated| rank(dated.date, end)).min()?;
        let winner = self
            .dated
            .iter()
            .filter(|dated| key(dated) == best)
            .min_by_key(|dated| ids.of(dated.speech))?;
        let (mut same_day, mut could_change) = (Vec::new(), Vec::new());
        for other in self.dated.iter().filter(|other| other.speech != winner.speech) {
            match standing_beside(other.date, winner.date, end) {
                Beside::SameDay => same_day.push(other.speech),
                Beside::CouldChange => could_change.push(other.speech),
                Beside::Behind => {}
            }
        }
        Some(Extreme {
            winner: *winner,
            same_day: ids.named(&same_day),
            could_change: ids.named(&could_change),
        })
    }
}

/// The speech that has something first or last.
pub(in crate::engine) struct Extreme {
    pub(in crate::engine) winner: DatedSpeech,
    pub(in crate::engine) same_day: OtherSpeeches,
    pub(in crate::engine) could_change: OtherSpeeches,
}

/// The place of a date among others: the least is the earliest, or of the last uses the latest; the precise comes before the
/// imprecise.
fn rank(date: Date, end: End) -> (Reversible, Reversible) {
    let (first, last) = (date.first_day(), date.last_day());
    match end {
        End::First => (Reversible::Forward(first), Reversible::Forward(last)),
        End::Last => (
            Reversible::Backward(Reverse(last)),
            Reversible::Backward(Reverse(first)),
        ),
    }
}

/// A day in the order of the calendar, or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reversible {
    Forward(civil::Date),
    Backward(Reverse<civil::Date>),
}

/// How another speech stands beside the first or last one.
enum Beside {
    SameDay,
    CouldChange,
    Behind,
}

fn standing_beside(other: Date, winner: Date, end: End) -> Beside {
    let is_day = |date: Date| date.first_day() == date.last_day();
    let could_be_as_far = match end {
        End::First => other.first_day() <= winner.last_day(),
        End::Last => other.last_day() >= winner.first_day(),
    };
    match could_be_as_far {
        true if is_day(other) && is_day(winner) => Beside::SameDay,
        true => Beside::CouldChange,
        false => Beside::Behind,
    }
}

/// Puts groups in the order of their dates, from the end that was asked for; those without a date stand behind.
pub(in crate::engine) fn sort_groups(groups: &mut [GroupUses], end: End) {
    groups.sort_by(|left, right| by_date(&left.found, &right.found, end).then_with(|| left.values.cmp(&right.values)));
}

/// The order of two uses by their dates, from the end that was asked for.
fn by_date(left: &FoundUse, right: &FoundUse, end: End) -> Ordering {
    let key = |found: &FoundUse| {
        let date: Option<Date> = found.found().and_then(|found| found.date.parse().ok());
        (date.is_none(), date.map(|date| rank(date, end)))
    };
    key(left).cmp(&key(right))
}

/// The ids of all speeches of an index.
pub(in crate::engine) struct SpeechIds {
    segments: Vec<(TextColumn, Vec<String>)>,
}

impl SpeechIds {
    pub(in crate::engine) fn read(snapshot: &Snapshot) -> Result<Self> {
        let mut segments = Vec::with_capacity(snapshot.segments().len());
        for segment in snapshot.segments() {
            let column = TextColumn::open(segment, "id")?;
            let texts = column.texts()?;
            segments.push((column, texts));
        }
        Ok(Self { segments })
    }

    /// The id of a speech.
    pub(in crate::engine) fn of(&self, speech: SpeechAddress) -> &str {
        let (column, texts) = &self.segments[speech.segment_ord as usize];
        let ordinal = column.ordinals(speech.doc_id).next();
        ordinal
            .and_then(|ordinal| texts.get(ordinal as usize))
            .map_or("", String::as_str)
    }

    /// Some speeches by their ids.
    pub(in crate::engine) fn named(&self, speeches: &[SpeechAddress]) -> OtherSpeeches {
        let mut ids: Vec<&str> = speeches.iter().map(|speech| self.of(*speech)).collect();
        ids.sort_unstable();
        ids.truncate(MOST_NAMED);
        OtherSpeeches {
            total: speeches.len() as u64,
            speeches: ids.into_iter().map(str::to_owned).collect(),
        }
    }
}
