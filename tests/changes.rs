//! Exactness after change: what many commits, updates, removals, `optimize` and `reindex` leave behind is found as
//! exactly as what was indexed at once, and what is gone is found no more.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chancery::engine::{Engine, IngestReport, optimize, reindex, remove};
use chancery::index::Store;
use chancery::search::Filters;
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::exactness::{check, check_random_strings};
use crate::support::indexed::{TestIndex, all_speeches, check_sound, sample, unhindered};
use crate::support::oracle::Oracle;
use crate::support::random::Random;

/// A folder of sources that changes, and the index of it.
struct Corpus {
    sources: TempDir,
    index: TestIndex,
}

impl Corpus {
    fn new() -> Self {
        Self {
            sources: tempfile::tempdir().expect("a temporary folder can be made"),
            index: TestIndex::new(),
        }
    }

    /// The sample, indexed file by file in many commits.
    fn of_many_commits() -> Self {
        let corpus = Self::new();
        for files in sample_files().chunks(6) {
            files.iter().for_each(|file| corpus.copy(file));
            let report = corpus.ingest();
            assert!(report.added > 0 && report.updated == 0, "{report:?}");
        }
        corpus
    }

    /// Copies a file of the sample, with its sidecar.
    fn copy(&self, file: &Path) {
        let content = fs::read(sample().join(file)).expect("the sample is readable");
        self.write(file, &content);
        let sidecar = file.with_extension("meta.json");
        if let Ok(content) = fs::read(sample().join(&sidecar)) {
            self.write(&sidecar, &content);
        }
    }

    fn write(&self, file: &Path, content: &[u8]) {
        let path = self.sources.path().join(file);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    fn ingest(&self) -> IngestReport {
        let report = self.index.ingest(&[self.sources.path().to_owned()]);
        assert_eq!(report.rejected, [], "everything is read");
        report
    }

    /// Checks that the index is sound and holds what it says, and neither more nor less of what it held before.
    fn check(&self, before: &Oracle) -> (Engine, Oracle) {
        let engine = self.index.engine();
        let now = Oracle::of(&engine);
        let found = check_sound(&self.index.path());
        assert_eq!(
            found.units,
            now.paragraphs.iter().map(|text| text.len() as u64).sum::<u64>()
        );
        check_random_strings(&engine, &now, 500, 11);
        check_strings_of(before, &engine, &now);
        (engine, now)
    }
}

/// Checks strings that stood in the texts before against what stands in them now.
fn check_strings_of(before: &Oracle, engine: &Engine, now: &Oracle) {
    let mut random = Random::new(12);
    for paragraph in before.paragraphs.iter().filter(|text| text.len() > 0) {
        let first = random.below(paragraph.len());
        let last = (first + random.below(6)).min(paragraph.len() - 1);
        let string = paragraph.slice(first, last);
        check(engine, string, &now.count(string));
    }
}

/// The files of the sample without the sidecars, relative to its folder.
fn sample_files() -> Vec<PathBuf> {
    let files = WalkDir::new(sample()).sort_by_file_name().into_iter();
    files
        .map(|entry| entry.expect("the sample is readable"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            entry
                .path()
                .strip_prefix(sample())
                .expect("it lies in the folder")
                .to_owned()
        })
        .filter(|file| !file.to_string_lossy().ends_with(".meta.json"))
        .collect()
}

#[test]
fn many_commits_hold_what_one_commit_holds() {
    let at_once = TestIndex::of(&[sample()]);
    let corpus = Corpus::of_many_commits();
    let (engine, _) = corpus.check(&Oracle::of(&at_once.engine()));
    assert!(engine.status().expect("the index is sound").segments > 1);
    let bodies = |engine: &Engine| -> BTreeSet<(String, Option<String>)> {
        let speeches = all_speeches(engine).into_iter();
        speeches.map(|speech| (speech.id, speech.body)).collect()
    };
    assert_eq!(bodies(&engine), bodies(&at_once.engine()));
    assert_eq!(engine.corpus().version, at_once.engine().corpus().version);
}

#[test]
fn an_update_replaces_the_text_of_a_speech() {
    let corpus = Corpus::of_many_commits();
    let before = Oracle::of(&corpus.index.engine());
    let texts: Vec<PathBuf> = sample_files()
        .into_iter()
        .filter(|file| is_text(file))
        .step_by(3)
        .collect();
    for file in &texts {
        let text = fs::read_to_string(sample().join(file)).expect("the sample is readable");
        let changed = text.replace('海', "湖").replace("the", "thy") + "\n\nzyxwomega 龘龘龘。\n";
        corpus.write(file, changed.as_bytes());
    }
    let report = corpus.ingest();
    assert_eq!((report.added, report.updated), (0, texts.len() as u64));
    let (engine, now) = corpus.check(&before);
    assert_eq!(now.count("zyxwomega 龘").speeches, texts.len() as u64);
    assert_eq!(now.count("龘龘").occurrences(), 2 * texts.len() as u64);
    check(&engine, "龘龘", &now.count("龘龘"));
}

fn is_text(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "txt")
}

#[test]
fn a_removed_speech_is_found_no_more() {
    let corpus = Corpus::of_many_commits();
    let before = Oracle::of(&corpus.index.engine());
    remove_some(&corpus);
    let (_, now) = corpus.check(&before);
    assert!(
        now.units().len() < before.units().len(),
        "some units stood in the removed speeches alone"
    );
}

#[test]
fn a_removed_speech_that_is_still_on_the_disk_is_found_no_more() {
    let index = TestIndex::of(&[sample()]);
    let before = Oracle::of(&index.engine());
    let ids = ["toasts/2016-miravelle-dinner-fr".to_owned()];
    unhindered(|| remove(&index.path(), &ids, &Filters::default()));
    let engine = index.engine();
    let now = Oracle::of(&engine);
    assert!(engine.status().expect("the index is sound").deleted_passages > 0);
    assert!(now.paragraphs.len() < before.paragraphs.len());
    check_sound(&index.path());
    check_strings_of(&before, &engine, &now);
}

/// Removes every seventh speech.
fn remove_some(corpus: &Corpus) {
    let speeches = all_speeches(&corpus.index.engine());
    let ids: Vec<String> = speeches.into_iter().map(|speech| speech.id).step_by(7).collect();
    let report = unhindered(|| remove(&corpus.index.path(), &ids, &Filters::default()));
    assert_eq!(report.removed.len(), ids.len());
    assert!(report.not_found.is_empty());
}

#[test]
fn optimize_takes_removed_text_off_the_disk() {
    let corpus = Corpus::of_many_commits();
    let before = Oracle::of(&corpus.index.engine());
    remove_some(&corpus);
    unhindered(|| optimize(&corpus.index.path()));
    let (engine, now) = corpus.check(&before);
    let status = engine.status().expect("the index is sound");
    assert_eq!((status.segments, status.deleted_passages), (1, 0));
    let store = Store::open(&corpus.index.path()).expect("there is an index");
    let snapshot = store.snapshot().expect("the index is sound");
    let on_disk: BTreeSet<&str> = snapshot.segments()[0].strings().units().map(|(_, unit)| unit).collect();
    let gone: Vec<&str> = before.units().difference(&now.units()).copied().collect();
    assert!(!gone.is_empty(), "some units stood in the removed speeches alone");
    assert!(gone.iter().all(|unit| !on_disk.contains(unit)));
    assert!(now.units().is_subset(&on_disk));
}

#[test]
fn reindex_makes_the_same_index_from_its_own_texts() {
    let corpus = Corpus::of_many_commits();
    let before = Oracle::of(&corpus.index.engine());
    remove_some(&corpus);
    let version = corpus.index.engine().corpus().version;
    let count = unhindered(|| reindex(&corpus.index.path(), None, |_, _| {}));
    let (engine, _) = corpus.check(&before);
    let status = engine.status().expect("the index is sound");
    assert_eq!((status.speeches, status.deleted_passages), (count, 0));
    assert_eq!(engine.corpus().version, version);
    let report = corpus.ingest();
    assert_eq!((report.unchanged, report.updated), (count, 0));
    assert!(report.added > 0, "the removed speeches come back from their files");
    corpus.check(&before);
}
