//! A measurement read back from the file that it was kept in.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::measurement::{MEASUREMENT_VERSION, Measurement, Timing};
use crate::error::{Error, ErrorKind, Result};
use crate::index::CorpusVersion;

/// A measurement read back from a file: with the frame of the answer that it was.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SavedMeasurement {
    /// The corpus that was asked.
    pub corpus: CorpusVersion,
    /// What the reader was told.
    pub warnings: Vec<String>,
    /// The figures.
    #[serde(flatten)]
    pub measurement: Measurement,
}

impl SavedMeasurement {
    /// Reads a measurement that was saved.
    ///
    /// # Errors
    /// The file cannot be read, is no measurement, or one in the form of another version.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|cause| {
            let error = Error::new(ErrorKind::Io, "cannot read the measurement").at_path(path);
            error.caused_by(cause)
        })?;
        let hint = "save one with `chancery bench --save FILE`";
        let refused = |message: &str| Error::new(ErrorKind::Usage, message).at_path(path).hint(hint);
        let version = serde_json::from_str::<Value>(&text)
            .ok()
            .and_then(|value| value.get("measurement_version").and_then(Value::as_u64))
            .ok_or_else(|| refused("this is no result of `chancery bench`"))?;
        if version != u64::from(MEASUREMENT_VERSION) {
            let message = format!("this measurement has the form {version}; this version reads {MEASUREMENT_VERSION}");
            return Err(refused(&message));
        }
        let saved: Self =
            serde_json::from_str(&text).map_err(|cause| refused("the measurement is damaged").caused_by(cause))?;
        match saved.measurement.timings.iter().all(Timing::is_whole) {
            true => Ok(saved),
            false => Err(refused("the measurement is damaged: it lacks samples")),
        }
    }
}
