//! The program as people and scripts run it: the built binary in a folder of its own, without the variables of whoever
//! runs the tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The built program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_chancery");

/// The variables that would change what the program does.
const VARIABLES: &[&str] = &[
    "CHANCERY_INDEX",
    "CHANCERY_AUTHORITY",
    "CHANCERY_SYNONYMS",
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "FORCE_COLOR",
];

/// A folder to run the program in, with its index in the folder `index`.
pub(crate) struct Workplace {
    folder: TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// What it wrote to stdout.
    pub(crate) stdout: String,
    /// What it wrote to stderr.
    pub(crate) stderr: String,
    /// Its exit code.
    pub(crate) code: i32,
}

/// The folder of the sample corpus.
pub(crate) fn sample_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sample")
}

static SAMPLE: LazyLock<Workplace> = LazyLock::new(|| {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder can be made");
    let workplace = Workplace { folder };
    let sample = sample_folder();
    let run = workplace.run(&["ingest", sample.to_str().expect("the path is UTF-8"), "-q"]);
    assert_eq!(run.code, 0, "{run:?}");
    workplace
});

/// The index of the sample corpus, which no test changes.
pub(crate) fn sample() -> &'static Workplace {
    &SAMPLE
}

impl Workplace {
    /// A folder in which nothing has been indexed yet.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
        }
    }

    /// A folder with these files in `speeches`, indexed.
    pub(crate) fn with_speeches(files: &[(&str, &str)]) -> Self {
        let workplace = Self::new();
        for (name, text) in files {
            workplace.write(&format!("speeches/{name}"), text);
        }
        workplace.run(&["ingest", "speeches"]).ended(0);
        workplace
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// The program with arguments, ready to run here.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        Command::from_std(self.process(arguments))
    }

    /// The program with arguments, for a test that holds its streams itself.
    pub(crate) fn process(&self, arguments: &[&str]) -> std::process::Command {
        let mut process = std::process::Command::new(PROGRAM);
        process.current_dir(self.path()).args(arguments);
        for name in VARIABLES {
            process.env_remove(name);
        }
        process
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }

    /// Runs the program with a text on its standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Run {
        Run::of(self.command(arguments).write_stdin(input))
    }

    /// The JSON answer of a run that ends with code 0.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let with_format = [arguments, &["--format", "json"]].concat();
        self.run(&with_format).ended(0).json()
    }
}

impl Run {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the program can be started");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self {
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            code: output.status.code().expect("the program ends by itself"),
        }
    }

    /// Holds the run to an exit code.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Holds the run to have failed with something to say on stderr and nothing on stdout.
    #[track_caller]
    pub(crate) fn failed_with(self, messages: &[&str]) -> Self {
        assert_eq!((self.code, self.stdout.as_str()), (2, ""), "{self:#?}");
        for message in messages {
            assert!(self.stderr.contains(message), "`{message}` is not in {self:#?}");
        }
        self
    }

    /// The JSON object that the run printed.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// The JSON objects that the run printed, one a line.
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.stdout.lines().map(read).collect()
    }
}

/// The strings under a name in the objects of a list.
pub(crate) fn texts<'a>(objects: &'a Value, name: &str) -> Vec<&'a str> {
    let objects = objects.as_array().expect("a list of objects");
    objects.iter().filter_map(|object| object[name].as_str()).collect()
}

/// Four speeches by which filters, dates and orders can be told apart.
pub(crate) const FOUR_SPEECHES: &str = r#"{"id": "one", "title": "开幕", "speaker": "沈怀川", "country": "安澜", "organization": "外交部", "date": "2013-10-17", "place": "望潮", "event": "首届峰会", "genre": "keynote", "collection": "main", "language": "zh", "translator": "甲", "body": "我们共饮一海水。\n\n铁路合作，互利共赢。（热烈掌声）"}
{"id": "two", "title": "閉幕", "speaker": "歐陽靜瀾", "country": "鷺嶼", "date": "2016-09", "place": "鷺港", "language": "zh-Hant", "body": "共飲一海水，互利共贏。\n\n公路通了。"}
{"id": "three", "title": "Opening", "speaker": "Irvan", "date": "2018", "language": "en", "body": "The art of cooperation is to drink of one water.\n\nEvery party cooperates, 互利共赢 included."}
{"id": "four", "title": "Undated", "language": "zh", "body": "互利共赢不是一句空话。互利共赢是一本账。"}
"#;

/// An index of the four speeches.
pub(crate) fn four_speeches() -> Workplace {
    Workplace::with_speeches(&[("four.jsonl", FOUR_SPEECHES)])
}
