//! Turns the dictionary that jieba-rs ships into a map that is read in place, so that a query need not wait until the whole
//! dictionary is loaded. The map's words are those of Han characters alone; a number beside it is the sum of all frequencies.
//! The lists of spellings become two such maps.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The folder of the version that `Cargo.toml` pins; where packages are vendored it has no number.
const JIEBA_FOLDER: &str = "jieba-rs-0.11.0";

/// Words by how well they are known: a digit behind one is its level, none is 1.
const SPELLED_WORDS: &str = "src/analyzer/spelling/words.txt.gz";

/// Compounds with the letter of their reading, in the order of their numbers.
const SPELLED_COMPOUNDS: &str = "src/analyzer/spelling/compounds.txt";
const READINGS: [&str; 3] = ["C", "W", "B"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.lock");
    write_han_dictionary();
    write_spellings();
}

fn write_spellings() {
    for file in [SPELLED_WORDS, SPELLED_COMPOUNDS] {
        println!("cargo::rerun-if-changed={file}");
    }
    let mut words = String::new();
    let packed = fs::File::open(SPELLED_WORDS).unwrap_or_else(|error| panic!("{SPELLED_WORDS}: {error}"));
    flate2::read::GzDecoder::new(packed)
        .read_to_string(&mut words)
        .unwrap_or_else(|error| panic!("{SPELLED_WORDS}: {error}"));
    let level = |line: &str| line.chars().next_back().and_then(|last| last.to_digit(10)).unwrap_or(1);
    let words = words.lines().map(|line| {
        (
            line.trim_end_matches(char::is_numeric).to_owned(),
            u64::from(level(line)),
        )
    });
    write_map("spelling_words.fst", words);
    let compounds =
        fs::read_to_string(SPELLED_COMPOUNDS).unwrap_or_else(|error| panic!("{SPELLED_COMPOUNDS}: {error}"));
    let compounds = compounds.lines().map(|line| {
        let (compound, letter) = line.split_once(' ').expect("a line is a compound and its reading");
        let reading = READINGS
            .iter()
            .position(|known| *known == letter)
            .expect("the reading is known");
        (compound.to_owned(), reading as u64)
    });
    write_map("spelling_compounds.fst", compounds);
}

fn write_map(name: &str, entries: impl Iterator<Item = (String, u64)>) {
    let sorted: BTreeMap<String, u64> = entries.collect();
    let map = fst::Map::from_iter(sorted).expect("the entries are in order");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(folder.join(name), map.as_fst().as_bytes()).expect("the folder can be written");
}

fn write_han_dictionary() {
    let dictionary = dictionary_file();
    let text = fs::read_to_string(&dictionary).unwrap_or_else(|error| panic!("{}: {error}", dictionary.display()));
    let (mut words, mut total) = (BTreeMap::new(), 0_u64);
    for line in text.lines() {
        let mut parts = line.split_ascii_whitespace();
        let Some(word) = parts.next() else { continue };
        let frequency: u64 = parts
            .next()
            .map_or(0, |number| number.parse().expect("frequencies are numbers"));
        total += frequency;
        if word.chars().all(is_han) {
            words.insert(word, frequency);
        }
    }
    let map = fst::Map::from_iter(words).expect("the words are in order");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(folder.join("dictionary.fst"), map.as_fst().as_bytes()).expect("the folder can be written");
    fs::write(folder.join("dictionary_total"), total.to_string()).expect("the folder can be written");
    println!("cargo::rustc-env=CHANCERY_FEATURES={}", features().join(", "));
}

/// The optional parts of this build, by their features; those that only stand for others are left out.
fn features() -> Vec<String> {
    let names = env::vars().filter_map(|(name, _)| Some(name.strip_prefix("CARGO_FEATURE_")?.to_lowercase()));
    let mut names: Vec<String> = names.filter(|name| name != "default" && name != "full").collect();
    names.sort();
    names
}

/// Whether a character can be a unit that words are made of; that it is one after folding is decided where texts are.
fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// The dictionary in the sources of jieba-rs, which cargo knows where to find.
fn dictionary_file() -> PathBuf {
    let found = metadata(&["--offline"]).or_else(|| metadata(&[]));
    let manifest = found.and_then(|metadata| manifest_of_jieba(&metadata));
    let manifest = manifest.expect("cargo metadata names the manifest of jieba-rs");
    manifest.with_file_name("src").join("data").join("dict.txt")
}

/// What cargo says of the packages that this build takes.
fn metadata(options: &[&str]) -> Option<String> {
    let target = env::var("TARGET").expect("cargo sets it");
    let output = Command::new(env::var_os("CARGO").expect("cargo sets it"))
        .args([
            "metadata",
            "--locked",
            "--format-version",
            "1",
            "--filter-platform",
            &target,
        ])
        .args(options)
        .current_dir(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"))
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn manifest_of_jieba(metadata: &str) -> Option<PathBuf> {
    let paths = metadata.split("\"manifest_path\":\"").skip(1);
    let paths = paths.filter_map(|rest| rest.split('"').next());
    let folders_name = |path: &Path| {
        path.parent()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned())
    };
    let is_jieba = |path: &PathBuf| folders_name(path).is_some_and(|name| name == "jieba-rs" || name == JIEBA_FOLDER);
    paths
        .map(|path| PathBuf::from(path.replace("\\\\", "\\")))
        .find(is_jieba)
}
