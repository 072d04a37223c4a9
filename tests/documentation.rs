//! The Markdown pages against the program: the README's examples are run, and every path, verb and option that a page
//! names must exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::support::command::{PROGRAM, Run, Workplace, sample};

/// The pages outside of the book, from the root of the package.
const PAGES: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "corpus/README.md",
    "corpus/evaluation/README.md",
    "index/README.md",
];

/// All pages, those of the book with them.
fn pages() -> impl Iterator<Item = String> {
    let of_book = crate::book::pages().into_iter();
    let of_book = of_book.map(|page| format!("docs/src/{}", page.display()));
    PAGES.iter().map(|&page| page.to_owned()).chain(of_book)
}

/// What the paths begin with that a page may name in code.
const FOLDERS: &[&str] = &["src/", "tests/", "benches/", "corpus/", "docs/", "fuzz/", ".ci/"];

/// The sign in an example for what is left out: a rest of a line, or several lines.
const LEFT_OUT: char = '…';

/// A piece of code of a page.
struct Code {
    /// The word behind the fence; empty for code in a line.
    language: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The fenced blocks of a page, and the lines outside of them.
fn divided(page: &str) -> (Vec<Code>, String) {
    let (mut blocks, mut prose) = (Vec::new(), String::new());
    let mut open: Option<Code> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(language), None) => {
                open = Some(Code {
                    language: language.trim().to_owned(),
                    text: String::new(),
                });
            }
            (None, Some(block)) => block.text.extend([line, "\n"]),
            (None, None) => prose.extend([line, "\n"]),
        }
    }
    assert!(open.is_none(), "a fence is never closed");
    (blocks, prose)
}

/// The code of a page: its blocks, and what stands between backticks in its lines.
fn code(page: &str) -> Vec<Code> {
    let (mut found, prose) = divided(page);
    for line in prose.lines() {
        let inline = line.split('`').skip(1).step_by(2);
        found.extend(inline.map(|text| Code {
            language: String::new(),
            text: text.to_owned(),
        }));
    }
    found
}

/// The commands of the console blocks with the output that the page shows of each.
fn examples(page: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for block in divided(page).0.iter().filter(|block| block.language == "console") {
        for line in block.text.lines() {
            match (line.strip_prefix("$ "), found.last_mut()) {
                (Some(command), _) => found.push((command.to_owned(), String::new())),
                (None, Some((_, output))) => output.extend([line, "\n"]),
                (None, None) => panic!("a console block begins with a command: {line}"),
            }
        }
    }
    found
}

/// A folder with a copy of the sample corpus, as one who has just got the repository has it.
fn fresh_copy() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for entry in WalkDir::new(root().join("corpus")) {
        let entry = entry.expect("the corpus is readable");
        let relative = entry.path().strip_prefix(root()).expect("the corpus is in the package");
        let target = folder.path().join(relative);
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder can be made");
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
    folder
}

/// What a command line prints, with its exit code where that is not 0.
fn output_of(command: &str, folder: &Path) -> String {
    let program = Path::new(PROGRAM).parent().expect("the program lies in a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = [PathBuf::from(program)].into_iter().chain(std::env::split_paths(&path));
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder);
    shell.env("PATH", std::env::join_paths(paths).expect("paths can be joined"));
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "CHANCERY_INDEX"] {
        shell.env_remove(name);
    }
    let output = shell.output().expect("there is a shell");
    let mut text = String::from_utf8(output.stdout).expect("the program writes UTF-8");
    if let Some(code @ 1..) = output.status.code() {
        text.push_str(&format!("[exit {code}]\n"));
    }
    text
}

/// Whether an output is the one shown; `…` stands for anything.
fn is_shown(actual: &str, shown: &str) -> bool {
    let mut parts = shown.split(LEFT_OUT);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = actual.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[test]
fn a_sign_stands_for_what_is_left_out() {
    assert!(is_shown("a\nb\nc\n", "a\n…\nc\n"));
    assert!(is_shown("took 1.5 ms\n", "took … ms\n"));
    assert!(!is_shown("a\nb\n", "a\n"));
    assert!(!is_shown("a\nb\nd\n", "a\n…\nc\n"));
}

#[test]
fn the_examples_of_the_readme_print_what_it_shows() {
    let folder = fresh_copy();
    let examples = examples(&page("README.md"));
    assert!(examples.len() > 10, "the README has examples");
    for (command, shown) in examples {
        let actual = output_of(&command, folder.path());
        assert!(
            is_shown(&actual, &shown),
            "$ {command}\n-- shown:\n{shown}-- actual:\n{actual}"
        );
    }
}

/// Every row of the README's table of formats: its example, ingested alone, is listed as the row says.
#[test]
fn the_formats_of_the_readme_are_read_as_its_table_says() {
    let readme = page("README.md");
    let rows: Vec<Vec<&str>> = readme
        .lines()
        .skip_while(|line| !line.starts_with("| format | what is understood |"))
        .skip(2)
        .take_while(|line| line.starts_with("| "))
        .map(|line| line.trim_matches(['|', ' ']).split(" | ").map(str::trim).collect())
        .collect();
    assert!(rows.len() >= 12, "the table has {} rows", rows.len());
    for row in rows {
        let [_, _, example, reads] = row[..] else {
            panic!("a row has four cells: {row:?}");
        };
        let file = root().join("corpus/formats").join(example.trim_matches('`'));
        let workplace = Workplace::new();
        let mapping = ["titulo=title", "orador=speaker", "texto=body"]
            .map(|pair| ["--map", pair])
            .concat();
        let path = file.to_str().expect("the path is UTF-8");
        let mapping = if example.contains("altacosta") {
            mapping
        } else {
            Vec::new()
        };
        workplace.run(&[&["ingest", path][..], &mapping].concat()).ended(0);
        let listing = workplace.json(&["list"]);
        let speeches = listing["speeches"].as_array().expect("a list");
        let shown = |speech: &serde_json::Value| {
            let parts = ["title", "speaker", "date"].map(|field| speech[field].as_str().map(str::to_owned));
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        let found: Vec<String> = speeches.iter().map(shown).collect();
        assert!(found.iter().any(|line| line == reads), "{example}: {found:#?}");
    }
}

#[test]
fn the_first_screen_of_the_readme_indexes_and_finds() {
    let readme = page("README.md");
    let lines: Vec<&str> = readme.lines().take(30).collect();
    let first = lines.iter().find(|line| line.starts_with("cargo run "));
    let first = first.expect("the first screen has the command to try the program");
    assert!(lines.iter().any(|line| line.starts_with("cargo test")));
    let command = first.replace("cargo run --release -- ", "chancery ");
    let output = output_of(&command, fresh_copy().path());
    assert!(
        output.contains("\n1. ") && output.contains("occurrences in"),
        "{output}"
    );
}

/// Whether code looks like the path of a file or folder of the repository.
fn is_path(code: &str) -> bool {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "/._-".contains(character);
    let names_file = [".md", ".toml", ".lock"].iter().any(|ending| code.ends_with(ending));
    let in_folder = FOLDERS.iter().any(|folder| code.starts_with(folder));
    code.chars().all(is_plain) && (in_folder || (names_file && code.starts_with(char::is_uppercase)))
}

#[test]
fn every_path_that_a_page_names_exists() {
    let mut missing = Vec::new();
    for name in pages() {
        let page = page(&name);
        for code in code(&page).iter().filter(|code| is_path(&code.text)) {
            if !root().join(&code.text).exists() {
                missing.push(format!("{name}: {}", code.text));
            }
        }
        let folder = root().join(&name).parent().expect("a page lies in a folder").to_owned();
        for target in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            if !target.contains("://") && !folder.join(file).exists() {
                missing.push(format!("{name}: {target}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn help(workplace: &Workplace, arguments: &[&str]) -> String {
    let Run { stdout, .. } = workplace.run(arguments).ended(0);
    stdout
}

fn verbs(help: &str) -> Vec<&str> {
    let after = help.split("Commands:\n").nth(1).expect("the help lists the commands");
    let lines = after.lines().take_while(|line| !line.is_empty());
    lines.filter_map(|line| line.split_whitespace().next()).collect()
}

/// The options in a text: `--name`.
fn options(text: &str) -> impl Iterator<Item = String> {
    let is_name = |character: char| character.is_ascii_lowercase() || character == '-';
    let words = text.split(move |character: char| !is_name(character));
    words
        .filter(|word| word.starts_with("--") && word.len() > 2 && !word.starts_with("---"))
        .map(str::to_owned)
}

#[test]
fn every_verb_and_option_that_a_page_names_is_in_the_help() {
    let workplace = sample();
    let overview = help(workplace, &["--help"]);
    let verbs = verbs(&overview);
    let mut known: BTreeSet<String> = options(&overview).collect();
    for verb in verbs.iter().filter(|verb| **verb != "help") {
        known.extend(options(&help(workplace, &[verb, "--help"])));
    }
    let mut unknown = Vec::new();
    for name in pages() {
        let page = page(&name);
        for line in code(&page).iter().flat_map(|code| code.text.lines()) {
            let called = line
                .split("chancery ")
                .skip(1)
                .filter_map(|rest| rest.split(' ').next());
            let is_verb =
                |word: &&str| word.chars().all(|character| character.is_ascii_lowercase()) && !word.is_empty();
            let wrong = called.filter(is_verb).filter(|verb| !verbs.contains(verb));
            unknown.extend(wrong.map(|verb| format!("{name}: chancery {verb}")));
            let own = options(line).filter(|_| !line.starts_with("cargo ") && !known.is_empty());
            unknown.extend(
                own.filter(|option| !known.contains(option))
                    .map(|option| format!("{name}: {option}")),
            );
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}
