//! The walls of the library, held up by reading its sources: the order of the modules, who may name which crate, what a
//! library never does, and how every file begins.

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines of a file.
const LONGEST_FILE: usize = 500;

/// Files that are lists of words and nothing else; they may be longer.
const TABLES: &[&str] = &["src/ingest/header/western_words.rs"];

/// What only some rooms may name: the text, and the beginnings of the paths that may.
const WALLS: &[(&str, &[&str])] = &[
    ("tantivy::", &["src/index", "src/search", "src/analyzer/words.rs"]),
    ("tantivy_jieba", &["src/analyzer/tokenizer/han.rs"]),
    ("jieba_rs", &["src/analyzer/tokenizer/han.rs"]),
    ("clap::", &["src/cli"]),
    ("libsais", &["src/strings"]),
    ("axum", &["src/http"]),
    ("maud", &["src/page"]),
    ("resvg", &["src/render/plot/png.rs"]),
    ("hyper", &["src/http"]),
    ("tokio", &["src/http", "src/cli/serve"]),
];

/// What the library never does: it prints nothing, does not end the process and does not look at its surroundings.
const NEVER_IN_THE_LIBRARY: &[&str] = &[
    "println!",
    "print!",
    "dbg!",
    "std::process::exit",
    "process::exit",
    "std::env::",
    "env::var",
];

/// A source file of the package.
struct Source {
    /// The path from the root of the package, with `/` between folders.
    path: String,
    text: String,
}

impl Source {
    /// Whether the file belongs to the binary, not to the library.
    fn is_of_the_binary(&self) -> bool {
        self.path == "src/main.rs" || self.path == "src/cli.rs" || self.path.starts_with("src/cli/")
    }

    /// The module of `lib.rs` that the file belongs to; `None` for `lib.rs` and the binary.
    fn module(&self) -> Option<&str> {
        if self.is_of_the_binary() || self.path == "src/lib.rs" {
            return None;
        }
        let inside = self.path.strip_prefix("src/")?;
        inside.split(['/', '.']).next()
    }

    /// The lines that are code, with their numbers: comments and what stands behind `//` are left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.text.lines().enumerate();
        numbered.map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of sources is readable") {
            let path = entry.expect("an entry of a folder is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source is readable");
                let relative = path.strip_prefix(root()).expect("the file lies in the package");
                let path = relative.to_string_lossy().replace('\\', "/");
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|left, right| left.path.cmp(&right.path));
    found
}

/// The modules of `lib.rs`, in the order of their declaration.
fn declared_modules() -> Vec<String> {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs is readable");
    let declared = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    declared.map(str::to_owned).collect()
}

/// The names that follow `crate::` in a line.
fn named_modules(line: &str) -> Vec<&str> {
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let after = line.split("crate::").skip(1);
    let named = after.map(|rest| &rest[..rest.find(|character| !is_name(character)).unwrap_or(rest.len())]);
    named.filter(|name| !name.is_empty()).collect()
}

fn check_none(faults: &[String], rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n{}", faults.join("\n"));
}

#[test]
fn modules_import_only_modules_declared_above_them() {
    let order = declared_modules();
    let place = |name: &str| order.iter().position(|module| module == name);
    let mut faults = Vec::new();
    for source in sources() {
        let Some(own) = source.module() else { continue };
        let own_place = place(own).unwrap_or_else(|| panic!("{} belongs to no module of lib.rs", source.path));
        for (number, line) in source.code() {
            for name in named_modules(line) {
                match place(name) {
                    Some(other) if other <= own_place => {}
                    _ => faults.push(format!("{}:{number}: {own} names {name}", source.path)),
                }
            }
        }
    }
    check_none(
        &faults,
        "a module imports only itself and modules declared above it in src/lib.rs",
    );
}

#[test]
fn imports_from_the_crate_name_one_module_each() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !source.is_of_the_binary()) {
        for (number, line) in source.code().filter(|(_, line)| line.contains("crate::{")) {
            faults.push(format!("{}:{number}: {}", source.path, line.trim()));
        }
    }
    check_none(&faults, "`use crate::{…}` would hide which modules are imported");
}

#[test]
fn each_crate_is_named_only_in_its_room() {
    let mut faults = Vec::new();
    for source in sources() {
        for (number, line) in source.code() {
            for (name, rooms) in WALLS.iter().filter(|(name, _)| line.contains(name)) {
                if !rooms.iter().any(|room| source.path.starts_with(room)) {
                    faults.push(format!("{}:{number}: names {name}", source.path));
                }
            }
        }
    }
    check_none(&faults, "a crate is named outside of its room");
}

#[test]
fn the_library_never_prints_exits_or_reads_the_environment() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !source.is_of_the_binary()) {
        for (number, line) in source.code() {
            for name in NEVER_IN_THE_LIBRARY.iter().filter(|name| line.contains(*name)) {
                faults.push(format!("{}:{number}: {name}", source.path));
            }
        }
    }
    check_none(&faults, "a library never does that");
}

#[test]
fn every_file_says_what_it_is_and_can_be_read_in_one_go() {
    let mut faults = Vec::new();
    for source in sources() {
        if !source.text.starts_with("//! ") {
            faults.push(format!("{}: does not open with `//!`", source.path));
        }
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE && !TABLES.contains(&source.path.as_str()) {
            faults.push(format!("{}: has {lines} lines", source.path));
        }
    }
    check_none(
        &faults,
        &format!("a file opens with `//!` and has at most {LONGEST_FILE} lines"),
    );
}

#[test]
fn the_recorded_version_of_the_dictionary_is_the_locked_one() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock is readable");
    let (_, after) = lock
        .split_once("name = \"jieba-rs\"\nversion = \"")
        .expect("jieba-rs is locked");
    let locked = after.split('"').next().unwrap_or_default();
    assert_eq!(chancery::analyzer::tokenizer::han::JIEBA_VERSION, locked);
}

#[test]
fn the_process_edge_stays_thin() {
    let main = fs::read_to_string(root().join("src/main.rs")).expect("main.rs is readable");
    assert!(main.lines().count() <= 40, "src/main.rs parses, runs and ends");
}
