//! Promise 5: kill an ingest at any moment; what was committed is there and whole, the rest is ingested again, nothing
//! twice.

#![allow(
    clippy::print_stdout,
    reason = "how often the kill came in time is a point of this test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use chancery::engine::Engine;
use chancery::error::ErrorKind;
use chancery::index::Store;
use serde_json::json;

use crate::support::command::Workplace;
use crate::support::indexed::check_sound;
use crate::support::random::Random;

const SPEECHES: usize = 2_000;
const KILLS: usize = 30;

/// What original nonsense is made of.
const SYLLABLES: &[&str] = &[
    "海", "山", "桥", "灯", "渡", "潮", "舟", "岸", "lum ", "vex ", "ortan ", "мир ", "2013", "，", "。",
];

/// The bodies of all speeches by id; the second edition changes every third one.
fn bodies(edition: u64) -> BTreeMap<String, String> {
    let body = |number: usize| {
        let seed = number as u64 + if number.is_multiple_of(3) { edition << 32 } else { 0 };
        let mut random = Random::new(seed);
        let paragraphs: Vec<String> = (0..random.between(1, 6)).map(|_| nonsense(&mut random)).collect();
        paragraphs.join("\n\n")
    };
    (0..SPEECHES)
        .map(|number| (format!("speech/{number}"), body(number)))
        .collect()
}

fn nonsense(random: &mut Random) -> String {
    let syllables: String = (0..random.between(5, 60)).map(|_| *random.pick(SYLLABLES)).collect();
    format!("开{syllables}完")
}

/// The sources, and an index that is made of them.
struct Site {
    workplace: Workplace,
    editions: [BTreeMap<String, String>; 2],
}

impl Site {
    fn new() -> Self {
        Self {
            workplace: Workplace::new(),
            editions: [bodies(0), bodies(1)],
        }
    }

    fn index(&self) -> PathBuf {
        self.workplace.path().join("index")
    }

    fn write(&self, edition: usize) {
        let line = |(id, body): (&String, &String)| json!({"id": id, "body": body}).to_string();
        let lines: Vec<String> = self.editions[edition].iter().map(line).collect();
        self.workplace.write("speeches.jsonl", &lines.join("\n"));
    }

    fn ingest(&self) -> Command {
        let arguments = ["ingest", "speeches.jsonl", "--commit-every", "400", "--quiet"];
        self.workplace.process(&arguments)
    }

    /// Starts a command and kills it after a while; says whether it had ended by then.
    fn interrupt(mut command: Command, after: Duration) -> bool {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the binary can be run");
        let mut output = child.stdout.take().expect("the output was piped");
        let (sender, receiver) = mpsc::channel();
        let reader = thread::spawn(move || {
            // The output ends when the process does, however it ends.
            let _ = output.read_to_end(&mut Vec::new());
            let _ = sender.send(());
        });
        let has_ended = receiver.recv_timeout(after) != Err(RecvTimeoutError::Timeout);
        child.kill().expect("a child can be killed");
        let status = child.wait().expect("a child can be waited for");
        reader.join().expect("reading does not panic");
        assert!(
            status.success() || status.code().is_none(),
            "it failed by itself: {status}"
        );
        has_ended && status.success()
    }

    /// The speeches that are there, each of which must be whole; none where there is no index yet.
    fn check(&self) -> BTreeSet<String> {
        let store = match Store::open(&self.index()) {
            Ok(store) => store,
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Index);
                assert!(error.message().contains("there is no index here"), "{error}");
                return BTreeSet::new();
            }
        };
        let snapshot = store.snapshot().expect("the index opens");
        let mut ids = BTreeSet::new();
        for (address, id) in snapshot.speeches().expect("the speeches can be listed") {
            let (speech, _) = snapshot.speech(address).expect("a speech can be read");
            let is_whole = self.editions.iter().any(|bodies| bodies[&id] == speech.text);
            assert!(is_whole, "{id} is not whole: {:?}", speech.text);
            assert!(ids.insert(id.clone()), "{id} is there twice");
        }
        ids
    }

    /// Runs an ingest to its end and checks that all of an edition is there, once.
    fn complete(&self, edition: usize) {
        self.run_to_end();
        self.check_complete(edition);
    }

    fn run_to_end(&self) {
        let status = self.ingest().status().expect("the binary can be run");
        assert!(status.success(), "{status}");
    }

    fn check_complete(&self, edition: usize) {
        assert_eq!(self.check().len(), SPEECHES);
        let engine = Engine::open(&self.index()).expect("the index opens");
        let found = check_sound(&self.index());
        assert_eq!(found.speeches, SPEECHES as u64);
        let shown = |id: &str| engine.show(id, None, None).expect("the speech is there").body;
        for (id, body) in self.editions[edition].iter().step_by(97) {
            assert_eq!(shown(id).as_ref(), Some(body));
        }
    }

    fn clear(&self) {
        fs::remove_dir_all(self.index()).expect("the index can be deleted");
    }
}

/// Ingests one edition and then the other over it, each interrupted again and again at moments spread over a whole run;
/// says how many speeches each kill left.
fn kill_often(site: &Site, span: Duration) -> Vec<usize> {
    let mut random = Random::new(31);
    let (mut edition, mut left) = (0, Vec::new());
    for _ in 0..2 {
        site.write(edition);
        for kill in 0..KILLS / 2 {
            let moment = span * (kill * 100 + random.below(100)) as u32 / (KILLS as u32 * 50);
            if Site::interrupt(site.ingest(), moment) {
                site.check_complete(edition);
                edition = 1 - edition;
                site.write(edition);
            }
            left.push(site.check().len());
        }
        site.complete(edition);
        edition = 1 - edition;
    }
    left
}

#[test]
fn an_ingest_killed_at_any_moment_loses_nothing_and_doubles_nothing() {
    let site = Site::new();
    site.write(0);
    let start = Instant::now();
    site.run_to_end();
    let span = start.elapsed();
    site.clear();
    let left = kill_often(&site, span);
    println!("a run takes {span:?}; the kills left {left:?} speeches");
    assert_eq!(site.workplace.json(&["verify"])["speeches"], SPEECHES);
}

#[test]
fn an_index_stays_as_it_was_when_its_upkeep_is_killed() {
    let site = Site::new();
    site.write(0);
    site.run_to_end();
    site.write(1);
    site.complete(1);
    let mut random = Random::new(32);
    for verb in ["reindex", "optimize", "reindex"] {
        let moment = Duration::from_millis(random.below(600) as u64);
        Site::interrupt(site.workplace.process(&[verb]), moment);
        site.check_complete(1);
    }
    for verb in ["reindex", "optimize"] {
        site.workplace.run(&[verb]).ended(0);
        site.check_complete(1);
    }
}
