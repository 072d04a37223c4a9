//! The set-up with SQLite: the same passages in one FTS5 table with trigrams, in a file of its own.
//!
//! It is loaded in one transaction, with as much memory as the other set-ups. Trigrams find what has at least three
//! characters, as it is printed except for letter case; what has fewer takes a LIKE over all passages.

use std::path::{Path, PathBuf};

use chancery::corpus::passage::passages;
use chancery::index::{MEMORY_BYTES_PER_THREAD, indexing_threads};
use rusqlite::{Connection, params};

use super::built::Built;
use super::clock::Stopwatch;
use super::corpus::Corpus;

/// The fewest characters that trigrams can look up.
const TRIGRAM: usize = 3;

const TABLE: &str = "CREATE VIRTUAL TABLE passages USING fts5(body, tokenize = 'trigram')";
const INSERT: &str = "INSERT INTO passages(body) VALUES (?)";
const COUNT: &str = "SELECT count(*) FROM passages WHERE passages MATCH ?";
const COUNT_BY_SCAN: &str = "SELECT count(*) FROM passages WHERE body LIKE '%' || ? || '%'";
const ANSWER: &str = "SELECT rowid, bm25(passages), snippet(passages, 0, '<b>', '</b>', '…', 64) FROM passages
    WHERE passages MATCH ? ORDER BY rank LIMIT 10";

/// Writes a corpus into an empty folder, commits and merges it.
pub(crate) fn build(directory: &Path, corpus: &Corpus) -> Built {
    let watch = Stopwatch::start();
    let mut connection = connect(directory);
    let transaction = connection.transaction().expect("nobody else writes");
    transaction.execute_batch(TABLE).expect("the file is new");
    let mut insert = transaction.prepare(INSERT).expect("the table is there");
    for passage in corpus.speeches.iter().flat_map(passages) {
        insert.execute([passage.text]).expect("the passage can be written");
    }
    drop(insert);
    transaction.commit().expect("the passages can be committed");
    let to_commit = watch.took();
    connection
        .execute_batch("INSERT INTO passages(passages) VALUES ('optimize'); VACUUM")
        .expect("the trigrams can be merged");
    let to_merged = watch.took();
    let passage_count = connection
        .query_one("SELECT count(*) FROM passages", (), |row| row.get::<_, i64>(0))
        .expect("the passages can be counted");
    drop(connection);
    Built {
        to_commit,
        to_merged,
        bytes: file(directory).metadata().expect("the file is there").len(),
        passage_count: passage_count as u64,
        segment_counts: None,
    }
}

fn file(directory: &Path) -> PathBuf {
    directory.join("passages.db")
}

fn connect(directory: &Path) -> Connection {
    let connection = Connection::open(file(directory)).expect("the file can be opened");
    let cache_kilobytes = MEMORY_BYTES_PER_THREAD * indexing_threads() / 1_000;
    let settings = format!(
        "PRAGMA cache_size = -{cache_kilobytes}; PRAGMA mmap_size = {}",
        i64::MAX
    );
    connection.execute_batch(&settings).expect("the settings are known");
    connection
}

/// An FTS5 table, opened.
pub(crate) struct Trigrams {
    connection: Connection,
}

/// What the trigrams show: the hits, and the bytes of their snippets, so that these are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TrigramAnswer {
    pub(crate) hits: usize,
    pub(crate) snippet_bytes: usize,
}

impl Trigrams {
    pub(crate) fn open(directory: &Path) -> Self {
        Self {
            connection: connect(directory),
        }
    }

    /// The best ten passages of an expression, with their snippets.
    pub(crate) fn answer(&self, expression: &str) -> TrigramAnswer {
        let mut statement = self.connection.prepare_cached(ANSWER).expect("the table is there");
        let snippets = statement
            .query_map([expression], |row| row.get::<_, String>(2))
            .expect("the expression can be read");
        let mut answer = TrigramAnswer::default();
        for snippet in snippets {
            answer.hits += 1;
            answer.snippet_bytes += snippet.expect("the passage can be read").len();
        }
        answer
    }

    /// The passages that match an expression.
    pub(crate) fn count(&self, expression: &str) -> u64 {
        self.number(COUNT, expression)
    }

    /// The passages that hold a string without `%` and `_`, found by reading all of them.
    pub(crate) fn count_by_scan(&self, string: &str) -> u64 {
        self.number(COUNT_BY_SCAN, string)
    }

    fn number(&self, question: &str, value: &str) -> u64 {
        let mut statement = self.connection.prepare_cached(question).expect("the table is there");
        let number = statement.query_one(params![value], |row| row.get::<_, i64>(0));
        number.expect("the expression can be read") as u64
    }
}

/// The expression for one string, where trigrams can look it up.
pub(crate) fn string_expression(string: &str) -> Option<String> {
    (string.chars().count() >= TRIGRAM).then(|| format!("\"{}\"", string.replace('"', "\"\"")))
}

/// The OR of the keywords that trigrams can look up, where there is one.
pub(crate) fn keyword_expression(query: &str) -> Option<String> {
    let strings: Vec<String> = query.split_whitespace().filter_map(string_expression).collect();
    (!strings.is_empty()).then(|| strings.join(" OR "))
}
