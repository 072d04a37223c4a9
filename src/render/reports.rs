//! Reports: what an ingest or a removal did, what an index holds, whether it is sound, how a text is cut.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::style::{ALERT, HINT, Page, Styled, TITLE, safe};
use super::{Render, json};
use crate::corpus::Field;
use crate::engine::{Analysis, Answer, BackupReport, IngestReport, RemovalReport, RestoreReport, Status, Verification};
use crate::index::SetAside;

/// A report that is one object: its table is one of names and values.
trait Report: Serialize {
    fn text(&self, output: &mut dyn Write) -> io::Result<()>;
}

impl<T: Report> Render for Answer<T> {
    fn text(&self, output: &mut dyn Write, _page: &Page) -> io::Result<()> {
        for warning in &self.warnings {
            writeln!(output, "{} {}", Styled(HINT, "note"), safe(warning))?;
        }
        self.body.text(output)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![super::header("name value")];
        if let Value::Object(object) = json::value(&self.body) {
            let plain = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            rows.extend(object.into_iter().map(|(name, value)| vec![name, plain(value)]));
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        vec![json::value(self)]
    }
}

impl Report for IngestReport {
    fn text(&self, output: &mut dyn Write) -> io::Result<()> {
        for row in &self.rejected {
            let line = row.line.map(|line| format!(":{line}")).unwrap_or_default();
            let place = format!("{}{line}", row.source);
            writeln!(
                output,
                "{} {}: {}",
                Styled(ALERT, "rejected"),
                safe(&place),
                safe(&row.reason)
            )?;
        }
        self.duplicate_rows(output)?;
        if !self.versions.is_empty() {
            let count = self.versions.len();
            writeln!(
                output,
                "linked as versions of other speeches: {count} (see `chancery list --versions`)"
            )?;
        }
        for file in &self.skipped {
            writeln!(output, "skipped {}: {}", safe(&file.source), safe(&file.kind))?;
        }
        for file in &self.consulted {
            writeln!(output, "consulted {}: {}", safe(&file.source), safe(&file.holds))?;
        }
        // Nearly every text leaves its language open, and it is told reliably: the other forms of output have it.
        let notable = self
            .assumed
            .iter()
            .filter(|assumption| assumption.field != Field::Language.name());
        let assumed: Vec<String> = notable
            .map(|assumption| {
                let (field, from) = (safe(&assumption.field), safe(&assumption.from));
                format!("{field} {} ({from})", assumption.speeches)
            })
            .collect();
        if !assumed.is_empty() {
            writeln!(output, "assumed, for the texts do not state it: {}", assumed.join(", "))?;
        }
        self.set_aside_row(output)?;
        let Self {
            added,
            updated,
            unchanged,
            removed,
            rejected,
            duplicates,
            interrupted,
            ..
        } = self;
        let rejected = rejected.len();
        let duplicates = match duplicates.len() {
            0 => String::new(),
            count => format!(", the same text again {count}"),
        };
        writeln!(
            output,
            "added {added}, updated {updated}, unchanged {unchanged}, removed {removed}, rejected {rejected}{duplicates}"
        )?;
        if *interrupted {
            writeln!(
                output,
                "{}: what is counted here is committed; run the same command again for the rest",
                Styled(ALERT, "interrupted")
            )?;
        }
        Ok(())
    }
}

/// The most texts that were found again, of which each has a line.
const MOST_DUPLICATE_ROWS: usize = 20;

impl IngestReport {
    /// What of the sources is no part of a speech, and where it is seen.
    fn set_aside_row(&self, output: &mut dyn Write) -> io::Result<()> {
        let counted = |count: u64, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {many}"),
        };
        let SetAside {
            lines,
            speeches,
            chrome_bytes,
        } = self.set_aside;
        if lines > 0 {
            let (lines, speeches) = (counted(lines, "line", "lines"), counted(speeches, "speech", "speeches"));
            writeln!(
                output,
                "set aside as front or end matter: {lines} in {speeches}; chancery show ID --matter"
            )?;
        }
        if chrome_bytes > 0 {
            let bytes = counted(chrome_bytes, "byte", "bytes");
            writeln!(
                output,
                "left out of web pages, by their markup: {bytes} of navigation, headers, footers and scripts"
            )?;
        }
        Ok(())
    }

    fn duplicate_rows(&self, output: &mut dyn Write) -> io::Result<()> {
        for duplicate in self.duplicates.iter().take(MOST_DUPLICATE_ROWS) {
            let (source, speech) = (safe(&duplicate.source), safe(&duplicate.speech));
            writeln!(output, "the same text again {source}: one speech with `{speech}`")?;
        }
        if self.duplicates.len() > MOST_DUPLICATE_ROWS {
            let more = self.duplicates.len() - MOST_DUPLICATE_ROWS;
            writeln!(
                output,
                "the same text again: {more} more, all of them with --format json"
            )?;
        }
        Ok(())
    }
}

impl Report for RemovalReport {
    fn text(&self, output: &mut dyn Write) -> io::Result<()> {
        for id in &self.not_found {
            writeln!(
                output,
                "{} there is no speech `{}`",
                Styled(ALERT, "not found"),
                safe(id)
            )?;
        }
        for id in &self.removed {
            writeln!(output, "removed {}", safe(id))?;
        }
        Ok(())
    }
}

impl Report for Verification {
    fn text(&self, output: &mut dyn Write) -> io::Result<()> {
        for damage in &self.damage {
            writeln!(output, "{} {}", Styled(ALERT, "damaged"), safe(&damage.to_string()))?;
        }
        let Self {
            speeches,
            passages,
            units,
            ..
        } = self;
        let read = format!("{speeches} speeches, {passages} passages, {units} units");
        if self.sound {
            return writeln!(output, "sound: {read}");
        }
        writeln!(output, "damaged in {} places; read back: {read}", self.damage.len())?;
        let advice = "restore the index from a backup (`chancery restore FILE`), or ingest the sources into a new one";
        writeln!(output, "{} {advice}", Styled(HINT, "hint:"))
    }
}

impl Report for BackupReport {
    fn text(&self, output: &mut dyn Write) -> io::Result<()> {
        let (all, kept) = (megabytes(self.bytes), megabytes(self.backup_bytes));
        let corpus = &self.corpus.name;
        writeln!(
            output,
            "backed up {}: {} files, {all}, as {kept}",
            safe(corpus),
            self.files
        )
    }
}

impl Report for RestoreReport {
    fn text(&self, output: &mut dyn Write) -> io::Result<()> {
        let all = megabytes(self.bytes);
        let corpus = &self.corpus.name;
        writeln!(output, "restored {}: {} files, {all}", safe(corpus), self.files)
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

impl Report for Status {
    fn text(&self, output: &mut dyn Write) -> io::Result<()> {
        let range = match (&self.first_date, &self.last_date) {
            (Some(first), Some(last)) => format!("{first} to {last}; "),
            _ => String::new(),
        };
        let hash: String = self.analyzer.dictionary_hash.chars().take(12).collect();
        let rows = [
            ("speeches", self.speeches.to_string()),
            ("passages", self.passages.to_string()),
            ("units", self.units.to_string()),
            ("dates", format!("{range}{} undated", self.undated_speeches)),
            ("languages", self.languages.join(", ")),
            (
                "analyzer",
                format!("{} {} (dictionary {hash})", self.analyzer.name, self.analyzer.version),
            ),
            ("own words", self.lexicon_words.to_string()),
            ("segments", self.segments.to_string()),
            ("deleted passages", self.deleted_passages.to_string()),
            ("size on disk", megabytes(self.bytes)),
        ];
        rows.iter()
            .try_for_each(|(name, value)| writeln!(output, "{name:<18}{value}"))
    }
}

impl Render for Answer<Analysis> {
    fn text(&self, output: &mut dyn Write, _page: &Page) -> io::Result<()> {
        for (name, tokens) in [("units", &self.body.units), ("words", &self.body.words)] {
            writeln!(output, "{}", Styled(TITLE, name))?;
            for token in tokens {
                let terms = if token.terms.is_empty() {
                    String::new()
                } else {
                    format!("  → {}", token.terms.join(", "))
                };
                let span = format!("{}–{}", token.start, token.end);
                writeln!(
                    output,
                    "{:>5}  {span:<9} {:<7} {}{terms}",
                    token.position,
                    token.kind,
                    safe(&token.text)
                )?;
            }
        }
        let notes = &self.body.notes;
        notes
            .iter()
            .try_for_each(|note| writeln!(output, "stage direction at {}–{}", note.start, note.end))
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![super::header("level position start end kind text terms")];
        for (level, tokens) in [("unit", &self.body.units), ("word", &self.body.words)] {
            for token in tokens {
                rows.push(vec![
                    level.to_owned(),
                    token.position.to_string(),
                    token.start.to_string(),
                    token.end.to_string(),
                    token.kind.to_owned(),
                    token.text.clone(),
                    token.terms.join(" "),
                ]);
            }
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        self.body
            .units
            .iter()
            .chain(&self.body.words)
            .map(json::value)
            .collect()
    }
}
