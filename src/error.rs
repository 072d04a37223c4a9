//! The one error of the library: what failed, where, from which cause, and the way out.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::text::ByteSpan;

/// The result of everything in this library that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// What kind of thing went wrong; callers decide by it, people read the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request makes no sense: an unknown field, a bad date, a malformed option.
    Usage,
    /// The query cannot be read; the place is a span of it.
    Query,
    /// The index is not there, was made with another analyzer, or is damaged.
    Index,
    /// Another process is writing to the index.
    Busy,
    /// A named speech does not exist.
    NotFound,
    /// A file could not be read or written.
    Io,
    /// The work was given up: its time is over, or nobody waits for it.
    Stopped,
    /// The index is no longer in the state that the work stands on.
    Changed,
}

/// Where in the input the error lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file or folder.
    Path(PathBuf),
    /// A line of a file, counted from 1.
    Line(PathBuf, u64),
    /// A range of the query.
    Query(String, ByteSpan),
}

/// An error: a message, and where known the place, the hint and the cause.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    place: Option<Place>,
    hint: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of a kind; the message is lower case, quotes the input and ends without a period.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            place: None,
            hint: None,
            cause: None,
        }
    }

    /// An error of a build that lacks an optional part: what it cannot do, and what to do in its place. The hint names the build
    /// that can.
    pub fn not_built_in(ability: &str, instead: &str) -> Self {
        let message = format!("this build of chancery cannot {ability}");
        let hint = format!("{instead}, or install all of it: cargo install --path . --features full");
        Self::new(ErrorKind::Usage, message).hint(hint)
    }

    /// Adds the file or folder that the error is about.
    pub fn at_path(mut self, path: &Path) -> Self {
        self.place = Some(Place::Path(path.to_owned()));
        self
    }

    /// Adds the line of a file, counted from 1.
    pub fn at_line(mut self, path: &Path, line: u64) -> Self {
        self.place = Some(Place::Line(path.to_owned(), line));
        self
    }

    /// Adds the range of the query that the error is about.
    pub fn in_query(mut self, query: &str, span: ByteSpan) -> Self {
        self.place = Some(Place::Query(query.to_owned(), span));
        self
    }

    /// Adds what to do next.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the error that this one comes from.
    pub fn caused_by(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// The kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The message alone, without place, hint and cause.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where the error lies, if that is known.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// What to do next, if there is something.
    pub fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(Place::Path(path)) => write!(formatter, "{}: ", path.display())?,
            Some(Place::Line(path, line)) => write!(formatter, "{}:{line}: ", path.display())?,
            Some(Place::Query(..)) | None => {}
        }
        formatter.write_str(&self.message)?;
        if let Some(cause) = &self.cause {
            write!(formatter, ": {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause
            .as_deref()
            .map(|cause| cause as &(dyn std::error::Error + 'static))
    }
}

/// Gives an enumeration of choices its names as typed, each with what it means.
macro_rules! choices {
    ($choice:ident, $what:literal, $($name:literal => $variant:ident: $description:literal,)*) => {
        impl $choice {
            /// The names as typed, each with what it means.
            pub const NAMES: &'static [(&'static str, &'static str)] = &[$(($name, $description)),*];
        }

        impl std::str::FromStr for $choice {
            type Err = $crate::error::Error;

            fn from_str(name: &str) -> $crate::error::Result<Self> {
                match name {
                    $($name => Ok(Self::$variant),)*
                    _ => Err($crate::error::unknown_choice(name, $what, Self::NAMES)),
                }
            }
        }
    };
}

pub(crate) use choices;

/// The error for a name that is none of some choices.
pub fn unknown_choice(name: &str, what: &str, names: &[(&str, &str)]) -> Error {
    let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    Error::new(ErrorKind::Usage, format!("`{name}` is not {what}")).hint(format!("write one of {}", names.join(", ")))
}
