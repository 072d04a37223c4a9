//! Whether an index is sound: every file read, every speech put together and analyzed again, both indexes held against the stored
//! text. And what a look at the files alone finds, which `status` takes.

use std::path::Path;
use std::thread;

use serde::Serialize;

use super::preparation::content_hash;
use super::reading::Engine;
use crate::error::Result;
use crate::index::manifest::corpus_version;
use crate::index::{
    Agreement, Commit, CorpusVersion, Damage, Examination, Leftovers, Snapshot, SpeechAddress, SpeechUnits, free_bytes,
    indexing_threads, leftovers,
};

/// What was read, and everything in it that is damaged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Whether nothing is damaged.
    pub sound: bool,
    /// All damage, that of files first.
    pub damage: Vec<Damage>,
    /// Speeches.
    pub speeches: u64,
    /// Passages.
    pub passages: u64,
    /// Units of what was said.
    pub units: u64,
    /// Units of stage directions.
    pub stage_direction_units: u64,
    /// Files of the last commit.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The corpus; the frame of the answer prints it.
    #[serde(skip)]
    pub corpus: Option<CorpusVersion>,
}

/// Checks the last commit of an index whole, while others may write to the index. What lies in damaged files is not read; the rest is.
///
/// # Errors
/// There is no index, another version made it, or what says which files it is made of is damaged.
pub fn verify(directory: &Path) -> Result<Verification> {
    let commit = Commit::open(directory)?;
    let examination = commit.examine();
    let store = commit.sound_store(&examination)?;
    let snapshot = store.snapshot()?;
    let are_all_read = examination.unsound_segment_count() == 0;
    let mut found = Verification {
        files: examination.files,
        bytes: examination.bytes,
        damage: examination.damage,
        corpus: commit.corpus().cloned(),
        ..Verification::default()
    };
    found.damage.extend(damaged_strings(&snapshot));
    if are_all_read {
        found.damage.extend(manifest_damage(&snapshot)?);
    }
    read_speeches(&snapshot, &mut found)?;
    found.sound = found.damage.is_empty();
    Ok(found)
}

/// The exact indexes that contradict themselves.
fn damaged_strings(snapshot: &Snapshot) -> Vec<Damage> {
    let verified = snapshot.segments().iter().map(|segment| {
        let name = format!("{}.strings", segment.reader().segment_id().uuid_string());
        let error = segment.strings().verify().err()?;
        Some(Damage::of_file(&name, error.to_string()))
    });
    verified.flatten().collect()
}

/// Holds what the commit says of itself against its speeches.
fn manifest_damage(snapshot: &Snapshot) -> Result<Vec<Damage>> {
    let manifest = snapshot.manifest();
    let ledger = snapshot.ledger()?;
    let mut damage = Vec::new();
    if ledger.len() != snapshot.speeches()?.len() {
        damage.push(Damage::of_index("two speeches have one id"));
    }
    let hashes = ledger
        .iter()
        .map(|(id, entry)| (id.as_str(), entry.content_hash.as_str()));
    if corpus_version(&manifest.analyzer, hashes) != manifest.corpus.version {
        damage.push(Damage::of_index("the speeches are not those that were committed"));
    }
    let mut languages: Vec<&str> = ledger.values().map(|entry| entry.language.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    languages.retain(|language| !language.is_empty());
    if manifest.languages != languages {
        damage.push(Damage::of_index("the languages are not those that were committed"));
    }
    Ok(damage)
}

/// Reads all speeches back, on all cores.
fn read_speeches(snapshot: &Snapshot, found: &mut Verification) -> Result<()> {
    let speeches = snapshot.speeches()?;
    let agreement = Agreement::read(snapshot)?;
    let share = speeches.len().div_ceil(indexing_threads()).max(1);
    let check = |part: &[(SpeechAddress, String)]| {
        let mut checks: Vec<SpeechCheck> = Vec::with_capacity(part.len());
        checks.extend(
            part.iter()
                .map(|(address, id)| check_speech(snapshot, &agreement, *address, id)),
        );
        checks
    };
    let parts: Vec<_> = thread::scope(|scope| {
        let started: Vec<_> = speeches
            .chunks(share)
            .map(|part| scope.spawn(move || check(part)))
            .collect();
        started.into_iter().map(|part| part.join().ok()).collect()
    });
    for part in parts {
        let Some(checks) = part else {
            found.damage.push(Damage::of_index("reading the speeches back failed"));
            continue;
        };
        for check in checks {
            found.speeches += 1;
            found.passages += check.passages;
            found.units += check.units.speech;
            found.stage_direction_units += check.units.notes;
            found.damage.extend(check.damage);
        }
    }
    if snapshot.passage_count().ok() != Some(found.passages) {
        found
            .damage
            .push(Damage::of_index("there are passages that belong to no speech"));
    }
    Ok(())
}

/// What reading one speech back found.
#[derive(Default)]
struct SpeechCheck {
    passages: u64,
    units: SpeechUnits,
    damage: Vec<Damage>,
}

fn check_speech(snapshot: &Snapshot, agreement: &Agreement, address: SpeechAddress, id: &str) -> SpeechCheck {
    let mut check = SpeechCheck::default();
    let read = snapshot
        .record(address)
        .and_then(|record| Ok((record, snapshot.whole_speech(address)?)));
    let (record, (speech, stored)) = match read {
        Ok(read) => read,
        Err(error) => {
            check.damage.push(Damage::of_speech(id, error.to_string()));
            return check;
        }
    };
    let passage_count = stored.iter().filter(|stored| !stored.is_matter()).count();
    check.passages = passage_count as u64;
    let mut report = |what: &str| check.damage.push(Damage::of_speech(id, what));
    if speech.id != id {
        report(&format!("its record is that of `{}`", speech.id));
    }
    let segment = &snapshot.segments()[address.segment_ord as usize];
    let block = address.doc_id..address.doc_id + stored.len() as u32;
    if block.clone().any(|doc| segment.reader().is_deleted(doc)) {
        report("some of its passages are deleted and others are not");
    }
    if record.passage_count != passage_count {
        report(&format!(
            "{passage_count} of its {} passages are there",
            record.passage_count
        ));
    }
    if !speech.is_well_formed() || passage_count == 0 {
        report("it cannot be put together");
        return check;
    }
    match snapshot.content_hash(address) {
        Ok(hash) if hash == content_hash(&speech) => {}
        Ok(_) => report("it is not as it was ingested: its hash differs"),
        Err(error) => report(&error.to_string()),
    }
    let (differences, units) = agreement.differences(snapshot, address, &speech, &stored);
    differences.iter().for_each(|what| report(what));
    check.units = units;
    check
}

/// An engine over what is sound of an index's last commit, and what somebody who keeps the index should know.
pub struct ExaminedEngine {
    /// Answers from the segments whose files are sound.
    pub engine: Engine,
    /// Sentences, the gravest first.
    pub warnings: Vec<String>,
}

impl Engine {
    /// Opens an index after a look at all of its files: checksums, what the commit says of itself, what lies in the folder.
    ///
    /// What [`verify`] finds and this does not is what was wrong before it was written: storage cannot alter a file and keep its
    /// checksum.
    ///
    /// # Errors
    /// There is no index, another version made it, or what says which files it is made of is damaged.
    pub fn examined(directory: &Path) -> Result<ExaminedEngine> {
        let commit = Commit::open(directory)?;
        let examination = commit.examine();
        let engine = Self::of_store(commit.sound_store(&examination)?)?;
        let mut warnings: Vec<String> = examination.damage.iter().map(damage_warning).collect();
        match examination.unsound_segment_count() {
            0 => warnings.extend(manifest_damage(engine.snapshot())?.iter().map(damage_warning)),
            _ => warnings.push(
                "what the damaged files hold is not counted here; restore the index from a backup, or ingest the sources \
                 into a new one"
                    .to_owned(),
            ),
        }
        warnings.extend(deletion_warning(engine.snapshot()));
        warnings.extend(leftover_warnings(&leftovers(&commit)?));
        warnings.extend(room_warning(directory, &examination));
        Ok(ExaminedEngine { engine, warnings })
    }
}

fn damage_warning(damage: &Damage) -> String {
    format!("the index is damaged: {damage}")
}

fn deletion_warning(snapshot: &Snapshot) -> Option<String> {
    let segments = snapshot.segments().iter();
    let deleted: u64 = segments
        .map(|segment| u64::from(segment.reader().num_deleted_docs()))
        .sum();
    (deleted > 0)
        .then(|| format!("{deleted} deleted passages are still on the disk; `chancery optimize` takes them off"))
}

fn leftover_warnings(leftovers: &Leftovers) -> Vec<String> {
    let mut warnings = Vec::new();
    if !leftovers.unfinished.is_empty() && !leftovers.is_written {
        warnings.push(format!(
            "{} files ({:.1} MB) are left of a writer that was interrupted; the next ingest or optimize takes those of segments away: {}",
            leftovers.unfinished.len(),
            megabytes(leftovers.unfinished_bytes),
            some(&leftovers.unfinished)
        ));
    }
    if !leftovers.foreign.is_empty() {
        let names = some(&leftovers.foreign);
        warnings.push(format!(
            "the folder of the index holds what chancery did not put there: {names}"
        ));
    }
    warnings
}

/// The first few names.
fn some(names: &[String]) -> String {
    let mut text = names
        .iter()
        .take(3)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > 3 {
        text.push_str(", …");
    }
    text
}

fn room_warning(directory: &Path, examination: &Examination) -> Option<String> {
    let free = free_bytes(directory).filter(|free| *free < examination.bytes)?;
    Some(format!(
        "{:.1} MB are free on the disk; merging the index can take as much as it has, {:.1} MB",
        megabytes(free),
        megabytes(examination.bytes)
    ))
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
