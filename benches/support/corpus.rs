//! The corpora: the shared scale data through the project's own ingest, or generated text where they are missing.
//!
//! `CHANCERY_SHARED` names the folder that holds `data/`; `CHANCERY_BENCH_MB` limits the text of each language.

use std::env;
use std::fs::File;
use std::path::{Path, PathBuf};

use chancery::corpus::Speech;
use chancery::corpus::passage::passages;
use chancery::ingest::{IngestOptions, Input, InputFormat, Item, open};
use flate2::read::GzDecoder;

use super::generated;

/// The text of each language where it is generated, in megabytes.
const GENERATED_MEGABYTES: u64 = 12;

/// Parsed speeches of one language.
pub(crate) struct Corpus {
    /// The language, as a primary subtag.
    pub(crate) language: &'static str,
    /// Which text it is, for the tables.
    pub(crate) name: String,
    pub(crate) speeches: Vec<Speech>,
    /// Bytes of the texts, in UTF-8.
    pub(crate) text_bytes: u64,
    /// Passages of the speeches.
    pub(crate) passage_count: u64,
}

/// The Chinese corpus.
pub(crate) fn chinese() -> Corpus {
    load("zh", "zh-official.jsonl.gz")
}

/// The English corpus.
pub(crate) fn english() -> Corpus {
    load("en", "ungdc-1990-2024.jsonl.gz")
}

fn load(language: &'static str, file: &str) -> Corpus {
    let path = shared_folder().join("data/scale").join(file);
    let limit = env::var("CHANCERY_BENCH_MB")
        .ok()
        .and_then(|megabytes| megabytes.parse::<u64>().ok());
    let limit_bytes = limit.map(|megabytes| megabytes * 1_000_000);
    let (name, speeches) = if path.is_file() {
        (file.to_owned(), read(&path, limit_bytes.unwrap_or(u64::MAX)))
    } else {
        let bytes = limit_bytes.unwrap_or(GENERATED_MEGABYTES * 1_000_000);
        (
            "generated text (no shared data)".to_owned(),
            generated::speeches(language, bytes),
        )
    };
    assert!(!speeches.is_empty(), "{name} has no speech");
    Corpus {
        language,
        name,
        text_bytes: speeches.iter().map(|speech| speech.text.len() as u64).sum(),
        passage_count: speeches.iter().map(|speech| passages(speech).len() as u64).sum(),
        speeches,
    }
}

fn shared_folder() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    env::var_os("CHANCERY_SHARED").map_or_else(beside, PathBuf::from)
}

fn read(path: &Path, limit_bytes: u64) -> Vec<Speech> {
    let file = File::open(path).expect("the shared data can be read");
    let options = IngestOptions {
        input_format: Some(InputFormat::JsonLines),
        ..IngestOptions::default()
    };
    let reader = open(vec![Input::Stdin(Box::new(GzDecoder::new(file)))], options).expect("the options are valid");
    let mut speeches: Vec<Speech> = Vec::new();
    let mut bytes = 0;
    for item in reader {
        let Item::Speech(ingested) = item else { continue };
        if ingested.speech.paragraphs.is_empty() {
            continue;
        }
        bytes += ingested.speech.text.len() as u64;
        speeches.push(ingested.speech);
        if bytes >= limit_bytes {
            break;
        }
    }
    speeches
}

impl Corpus {
    /// One line that says what was measured on.
    pub(crate) fn description(&self) -> String {
        format!(
            "{}: {}, {:.1} MB, {} speeches, {} passages",
            self.language,
            self.name,
            self.text_bytes as f64 / 1e6,
            self.speeches.len(),
            self.passage_count
        )
    }
}
