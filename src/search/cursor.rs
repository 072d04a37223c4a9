//! The place in an order of hits at which a page ends, as text that a later search goes on from.
//!
//! A cursor holds the sort key of the last hit shown, not a count: it finds its place again on whatever commit is current.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::request::{SearchRequest, Sort};
use super::results::{Hit, PassageHit};
use crate::corpus::Metadata;
use crate::error::{Error, ErrorKind, Result};
use crate::index::CorpusVersion;

/// The version of the encoding; it goes up when what a cursor holds changes.
const VERSION: u8 = 1;

/// The bytes of the checksum before the encoded cursor.
const CHECKSUM_BYTES: usize = 4;

/// Where a page of hits ended: the last hit's sort key, its speech and passage, its rank, and the request and the corpus
/// that it was an answer to. As text ([`Display`](fmt::Display), [`FromStr`]) it is opaque and stands in a URL as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(Place);

/// What a cursor holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    version: u8,
    corpus: u64,
    request: u64,
    key: CursorKey,
    speech: String,
    passage: Option<(u32, u32)>,
    rank: u32,
}

/// What comes before the id in the order of the hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum CursorKey {
    /// The bits of the rounded score: a number with a total equality.
    Score(u64),
    /// The first and the last day that the date can mean, in days since 1970.
    Days(Option<(i64, i64)>),
}

impl Cursor {
    /// The cursor behind a hit of the answer to a request.
    pub(super) fn behind(hit: &Hit, request: &SearchRequest, corpus: &CorpusVersion) -> Self {
        let (rank, score, metadata, speech, passage) = match hit {
            Hit::Passage(hit) => (hit.rank, hit.score, &hit.metadata, &hit.speech, Some(place_of(hit))),
            Hit::Speech(hit) => (hit.rank, hit.score, &hit.metadata, &hit.speech, None),
        };
        Self(Place {
            version: VERSION,
            corpus: fingerprint(&corpus.version),
            request: fingerprint_of_request(request),
            key: key(score, metadata, request.sort),
            speech: speech.clone(),
            passage,
            rank: u32::try_from(rank).unwrap_or(u32::MAX),
        })
    }

    /// Whether the corpus is the one that the cursor was an answer about.
    pub(super) fn is_of(&self, corpus: &CorpusVersion) -> bool {
        self.0.corpus == fingerprint(&corpus.version)
    }

    /// Holds a request to be the one that the cursor was an answer to, from its first hit on.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`]: it is another request, or skips hits as well.
    pub(super) fn check(&self, request: &SearchRequest) -> Result<()> {
        if request.offset > 0 {
            let message = "a cursor and an offset both say where the page begins";
            return Err(Error::new(ErrorKind::Usage, message).hint("give one of them"));
        }
        if self.0.request != fingerprint_of_request(request) {
            let message = "the cursor belongs to another search";
            return Err(Error::new(ErrorKind::Usage, message).hint(
                "repeat the query, the filters and the order of the answer that gave it; only the limit and the facets may differ",
            ));
        }
        Ok(())
    }

    /// What comes before the id in the order.
    pub(super) fn key(&self) -> CursorKey {
        self.0.key
    }

    /// The id of the speech.
    pub(super) fn speech(&self) -> &str {
        &self.0.speech
    }

    /// The paragraph, from 1, and the piece, 0 where it is whole; `None` where the hit is a speech.
    pub(super) fn passage(&self) -> Option<(u32, u32)> {
        self.0.passage
    }

    /// The number of hits up to here.
    pub(super) fn rank(&self) -> usize {
        self.0.rank as usize
    }
}

fn place_of(hit: &PassageHit) -> (u32, u32) {
    (hit.paragraph, hit.piece.unwrap_or(0))
}

fn key(score: f64, metadata: &Metadata, sort: Sort) -> CursorKey {
    match sort {
        Sort::Relevance => CursorKey::Score(score.to_bits()),
        Sort::Date | Sort::DateDescending => CursorKey::Days(metadata.date().map(|date| date.day_numbers())),
    }
}

/// What of a request decides which hits there are and in which order. Every field is named, so that a new one is decided on.
fn fingerprint_of_request(request: &SearchRequest) -> u64 {
    let SearchRequest {
        query,
        filters,
        sort,
        by,
        strictness,
        stage_directions,
        expand,
        keywords,
        offset: _,
        limit: _,
        facets: _,
        after: _,
        partial,
        profile,
        explain: _,
        stop: _,
    } = request;
    fingerprint(&format!(
        "{:?}",
        (
            query,
            filters,
            sort,
            by,
            strictness,
            stage_directions,
            expand,
            keywords,
            partial,
            profile
        )
    ))
}

/// The first eight bytes of the SHA-256 of a text.
fn fingerprint(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoded = postcard::to_stdvec(&self.0).map_err(|_| fmt::Error)?;
        let mut bytes = crc32fast::hash(&encoded).to_le_bytes().to_vec();
        bytes.extend(encoded);
        formatter.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let not_a_cursor = || {
            let message = format!("`{}` is not a cursor, or not a whole one", shortened(text));
            Error::new(ErrorKind::Usage, message).hint("copy the `next` of an answer to its last character")
        };
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).map_err(|_| not_a_cursor())?;
        let (checksum, encoded) = bytes.split_at_checked(CHECKSUM_BYTES).ok_or_else(not_a_cursor)?;
        if checksum != crc32fast::hash(encoded).to_le_bytes() {
            return Err(not_a_cursor());
        }
        if encoded.first() != Some(&VERSION) {
            let message = "the cursor was made by another version of chancery";
            return Err(Error::new(ErrorKind::Usage, message).hint("search again from the first page"));
        }
        postcard::from_bytes(encoded).map(Self).map_err(|_| not_a_cursor())
    }
}

/// The beginning of a text, to quote it.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 24;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cursor(key: CursorKey, speech: &str, passage: Option<(u32, u32)>, rank: u32) -> Cursor {
        Cursor(Place {
            version: VERSION,
            corpus: 7,
            request: u64::MAX,
            key,
            speech: speech.to_owned(),
            passage,
            rank,
        })
    }

    proptest! {
        #[test]
        fn a_cursor_is_read_back_from_its_text(
            score: u64, days: Option<(i64, i64)>, speech: String, passage: Option<(u32, u32)>, rank: u32
        ) {
            for key in [CursorKey::Score(score), CursorKey::Days(days)] {
                let cursor = cursor(key, &speech, passage, rank);
                let text = cursor.to_string();
                prop_assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{}", text);
                prop_assert_eq!(text.parse::<Cursor>().unwrap(), cursor);
            }
        }

        #[test]
        fn a_damaged_cursor_is_refused(place in 0usize..200, character in "[A-Za-z0-9_-]") {
            let text = cursor(CursorKey::Days(Some((1, 2))), "summits/astana", Some((3, 0)), 10).to_string();
            let place = place % text.len();
            let damaged = format!("{}{character}{}", &text[..place], &text[place + 1..]);
            prop_assume!(damaged != text);
            prop_assert_eq!(damaged.parse::<Cursor>().unwrap_err().kind(), ErrorKind::Usage);
            prop_assert!(text[..place].parse::<Cursor>().is_err());
        }

        #[test]
        fn no_text_makes_the_reader_of_cursors_panic(text: String) {
            prop_assert_eq!(text.parse::<Cursor>().unwrap_err().kind(), ErrorKind::Usage);
        }
    }

    #[test]
    fn a_cursor_of_another_version_is_told_apart_from_a_damaged_one() {
        let mut place = cursor(CursorKey::Score(0), "a", None, 1).0;
        place.version = VERSION + 1;
        let error = Cursor(place).to_string().parse::<Cursor>().unwrap_err();
        assert!(error.message().contains("another version"), "{error}");
    }
}
