//! What a request may ask for: sizes, times and numbers, each with a bound.

use std::time::Duration;

/// The bounds of a server. The defaults suit a corpus of some ten thousand speeches on a laptop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest query, in characters.
    pub query_characters: usize,
    /// The longest text that is analyzed, in characters.
    pub text_characters: usize,
    /// The largest body of a request for an answer, in bytes.
    pub body_bytes: usize,
    /// The largest body of speeches to ingest, in bytes.
    pub ingest_bytes: usize,
    /// The last hit that `offset` and `limit` can reach; further ones are behind a cursor.
    pub window: usize,
    /// The longest that an answer may take.
    pub answer_time: Duration,
    /// The longest that a regular expression may take in a segment.
    pub expression_time: Duration,
    /// The most requests that are answered or wait for it; more are told to come again.
    pub requests: usize,
    /// The most connections that are open; more wait to be accepted.
    pub connections: usize,
    /// The longest that the head of a request may take to arrive.
    pub header_time: Duration,
    /// The longest that a connection may be idle, and that a client may leave a read or a write waiting.
    pub idle_time: Duration,
    /// The longest that a server which was told to end waits for what runs.
    pub grace_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            query_characters: 2_000,
            text_characters: 20_000,
            body_bytes: 1 << 20,
            ingest_bytes: 256 << 20,
            window: 10_000,
            answer_time: Duration::from_secs(10),
            expression_time: Duration::from_secs(5),
            requests: 512,
            connections: 1_024,
            header_time: Duration::from_secs(10),
            idle_time: Duration::from_secs(60),
            grace_time: Duration::from_secs(30),
        }
    }
}
