//! An index that an older version made: it is refused with a way out, and `reindex` makes it anew with all that it holds.

use std::fs;
use std::path::Path;

use chancery::corpus::Field;
use chancery::engine::{Engine, reindex};
use chancery::index::Store;

use crate::support::command::Workplace;
use crate::support::indexed::{all_speeches, check_sound};

/// An index of layout 4, made by the analyzer diplomatic 3: two speeches of `a.txt` and `b.jsonl`, with metadata of a sidecar,
/// of fields and of options.
const OLDER: &str = "tests/fixtures/index-of-layout-4";

/// The first passage of the first of them.
const TEXT: &str = "We have a right to self-\ndetermination and to peace-\nkeeping, and to the sea.";

/// A copy of it, for a test to change.
fn copied(place: &Workplace) -> std::path::PathBuf {
    let target = place.path().join("older");
    fs::create_dir_all(&target).expect("a folder can be made");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(OLDER);
    for entry in fs::read_dir(source).expect("the fixture is there") {
        let entry = entry.expect("the fixture is readable");
        fs::copy(entry.path(), target.join(entry.file_name())).expect("a file can be copied");
    }
    target
}

#[test]
fn an_older_index_is_refused_with_the_command_that_makes_it_anew() {
    let place = Workplace::new();
    let index = copied(&place);
    let index = index.to_str().expect("a path");
    let run = place.run(&["search", "peace", "--index", index]);
    run.failed_with(&["layout 4", "chancery reindex"]);
}

#[test]
fn reindex_makes_an_older_index_anew_with_texts_and_metadata() {
    let place = Workplace::new();
    let index = copied(&place);
    let mut seen = Vec::new();
    let count = reindex(&index, None, |done, total| seen.push((done, total))).expect("it is made anew");
    assert_eq!((count, seen), (2, vec![(1, 2), (2, 2)]));
    let engine = Engine::open(&index).expect("it is an index of today");
    let speeches = all_speeches(&engine);
    let speech = |id: &str| {
        speeches
            .iter()
            .find(|speech| speech.id == id)
            .expect("the speech is there")
    };
    let first = speech("a");
    assert_eq!(first.metadata.value(Field::Speaker), Some("Mary Shen"));
    assert_eq!(first.passages[0].text, TEXT);
    let second = speech("b:1");
    assert_eq!(second.metadata.value(Field::Event), Some("Harbor Forum"));
    assert_eq!(second.metadata.meta_values("symbol"), ["A/1"]);
    drop(engine);
    check_sound(&index);
    let left: Vec<String> = fs::read_dir(&index)
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(!left.iter().any(|name| name.contains("rebuilt")), "{left:?}");
    let path = index.to_str().expect("a path");
    let found = place.json(&["count", "\"self-determination\"", "--index", path]);
    assert_eq!(found["total"]["occurrences"], 1);
    let found = place.json(&["count", "\"peacekeeping\"", "--index", path]);
    assert_eq!(found["total"]["occurrences"], 1);
    // What was read is known, so that ingesting again reads only what is new.
    let manifest = Store::open(&index)
        .expect("an index")
        .snapshot()
        .expect("a commit")
        .manifest()
        .clone();
    assert!(manifest.catalog.is_some());
    assert_eq!(manifest.corpus.name, "Older speeches");
}

#[test]
fn a_run_that_was_ended_while_it_made_an_index_anew_is_made_good_by_the_next() {
    let place = Workplace::new();
    let index = copied(&place);
    fs::create_dir_all(index.join(".rebuilt")).expect("a folder can be made");
    fs::write(index.join(".rebuilt").join("meta.json"), "half").expect("a file can be written");
    assert_eq!(reindex(&index, None, |_, _| {}).expect("it is made anew"), 2);
    check_sound(&index);
}
