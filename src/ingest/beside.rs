//! Files that lie beside data and are no speeches: descriptions, licences, lists of what a program needs, scripts.
//!
//! They are passed over where a folder or an archive is read, and are read where somebody names them.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// A file that was passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The file, relative to the root.
    pub source: String,
    /// What it is, in plain words.
    pub kind: String,
}

/// Names of files without their endings, in lower case, and what they are.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("license", "a licence"), ("licence", "a licence"), ("copying", "a licence"), ("copyright", "a licence"), ("unlicense", "a licence"),
    ("authors", "a list of contributors"), ("contributors", "a list of contributors"),
    ("contributing", "a description of the data"), ("code_of_conduct", "a description of the data"), ("changelog", "a description of the data"),
    ("citation", "a description of the data"), ("data_dictionary", "a codebook"), ("datadictionary", "a codebook"), ("data-dictionary", "a codebook"),
    ("robots", "a file of a web site"), ("makefile", "a script"), ("dockerfile", "a script"), ("pipfile", "a list of packages"),
    ("package", "a list of packages"), ("package-lock", "a list of packages"), ("composer", "a list of packages"),
    ("bower", "a list of packages"), ("tsconfig", "a list of packages"), ("datapackage", "a description of the data"),
    ("cmakelists", "a script"),
];

/// Endings of scripts and settings of programs, in lower case.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "bat", "bib", "c", "cff", "cfg", "conf", "cpp", "css", "do", "h", "ini", "ipynb", "java", "jl", "js", "lock", "log", "pl", "ps1",
    "py", "r", "rb", "rmd", "rproj", "rs", "sh", "sps", "sql", "svg", "tex", "toml", "ts", "yaml", "yml",
];

/// What a file beside data is, by its name and the beginning of its content; none where it may be a speech.
pub(in crate::ingest) fn kind(name: &Path, prefix: &[u8]) -> Option<&'static str> {
    let stem = name.file_stem()?.to_string_lossy().to_lowercase();
    let ending = name.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if ENDINGS.contains(&ending.as_str()) {
        return Some("a script or the setting of a program");
    }
    let is_word = |word: &str| {
        stem.strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
    };
    if is_word("readme") || stem == "read_me" {
        return Some("a description of the data");
    }
    if is_word("codebook") || stem.ends_with("codebook") {
        return Some("a codebook");
    }
    let named = NAMES.iter().find(|(own, _)| *own == stem).map(|(_, kind)| *kind);
    // Data and sittings are in these too; only in JSON is a package one of programs.
    let is_of_program = matches!(
        ending.as_str(),
        "" | "txt" | "md" | "markdown" | "rst" | "json" | "html" | "pdf" | "docx"
    );
    let is_package = matches!(
        stem.as_str(),
        "package" | "package-lock" | "composer" | "bower" | "tsconfig" | "datapackage"
    );
    if let Some(kind) = named.filter(|_| is_of_program && (!is_package || ending == "json")) {
        return Some(kind);
    }
    if name.file_stem().is_some_and(|stem| stem == "NOTICE") {
        return Some("a licence");
    }
    let is_licence =
        ["license", "licence", "copying"].iter().any(|word| is_word(word)) && stem.len() <= "license-apache-2".len();
    if is_licence && matches!(ending.as_str(), "" | "txt" | "md" | "0") {
        return Some("a licence");
    }
    if !matches!(ending.as_str(), "txt" | "md" | "csv" | "tsv" | "list" | "") {
        return None;
    }
    let text = String::from_utf8_lossy(prefix);
    if is_word("requirements") && all_lines(&text, 1, is_requirement) {
        return Some("a list of packages");
    }
    all_lines(&text, 3, is_address).then_some("a list of addresses")
}

/// Whether all lines of a text that are not blank are of a kind, and at least so many.
fn all_lines(text: &str, least: usize, is_of_kind: fn(&str) -> bool) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.len() >= least && lines.iter().all(|line| is_of_kind(line))
}

/// A package with its version, as `pip` reads it.
fn is_requirement(line: &str) -> bool {
    let is_name = |character: char| character.is_ascii_alphanumeric() || "-_.[],".contains(character);
    let rest = line.trim_start_matches(is_name).trim_start();
    line.starts_with(['#', '-'])
        || (rest.len() < line.len() && (rest.is_empty() || rest.starts_with(['=', '<', '>', '~', '!', ';', '@', '#'])))
}

fn is_address(line: &str) -> bool {
    let line = line.trim_matches(['"', ',', ';']);
    (line.starts_with("http://") || line.starts_with("https://")) && !line.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, content: &str, expected: Option<&str>) {
        assert_eq!(kind(Path::new(name), content.as_bytes()), expected, "{name}");
    }

    #[test]
    fn what_lies_beside_data_is_told_by_its_name() {
        for (name, expected) in [
            ("README.md", "a description of the data"),
            ("data/README_en.txt", "a description of the data"),
            ("LICENSE", "a licence"),
            ("LICENSE-MIT.txt", "a licence"),
            ("codebook_2020.pdf", "a codebook"),
            ("package.json", "a list of packages"),
            ("fetch.py", "a script or the setting of a program"),
        ] {
            check(name, "x", Some(expected));
        }
        check(
            "requirements.txt",
            "requests==2.31\npandas>=2\nbeautifulsoup4\n# x\n",
            Some("a list of packages"),
        );
        check(
            "urls.txt",
            "https://a.example/1\nhttps://a.example/2\n\nhttps://a.example/3\n",
            Some("a list of addresses"),
        );
    }

    #[test]
    fn what_may_be_a_speech_is_one() {
        for name in [
            "speech.md",
            "readmes-and-lamps.txt",
            "licence-of-the-harbour-board-speech.txt",
            "package.txt",
            "requirements.txt",
            "1.txt",
        ] {
            check(name, "Friends, the lamp is lit, and we ask for more.\n", None);
        }
        check(
            "a.txt",
            "https://a.example/1\nWe meet again.\nhttps://a.example/2\n",
            None,
        );
    }
}
