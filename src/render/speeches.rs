//! Whole speeches: the list of them, and one of them laid out for reading.

use std::io::{self, Write};

use serde_json::Value;

use super::passages::{left_out, marked, passage_number};
use super::style::{DETAIL, Page, Styled, TITLE, colored, wrap};
use super::{Render, json};
use crate::corpus::metadata::scalar_texts;
use crate::corpus::{Field, MatterPlace};
use crate::engine::{Answer, Listing, SpeechView};
use crate::text::CharSpan;

impl Render for Answer<Listing> {
    fn text(&self, output: &mut dyn Write, _page: &Page) -> io::Result<()> {
        for speech in &self.body.speeches {
            let title = speech.metadata.value(Field::Title).unwrap_or("(no title)");
            let fields = [Field::Speaker, Field::Place, Field::Language];
            let details: Vec<&str> = fields
                .iter()
                .filter_map(|field| speech.metadata.value(*field))
                .collect();
            let date = speech.metadata.value(Field::Date).unwrap_or("undated");
            writeln!(output, "{date:<10}  {}", Styled(TITLE, title))?;
            writeln!(output, "            {}", Styled(DETAIL, &details.join(" · ")))?;
            writeln!(output, "            {}", Styled(DETAIL, &speech.id))?;
        }
        let counts = format!("{} of {} speeches", self.body.speeches.len(), self.body.total);
        writeln!(
            output,
            "{}",
            Styled(DETAIL, &(counts + &left_out(self.body.undetermined)))
        )
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut header = super::header("id passages");
        header.extend(Field::ALL.iter().map(|field| field.name().to_owned()));
        let mut rows = vec![header];
        for speech in &self.body.speeches {
            let mut row = vec![speech.id.clone(), speech.passages.to_string()];
            row.extend(
                Field::ALL
                    .iter()
                    .map(|field| speech.metadata.value(*field).unwrap_or_default().to_owned()),
            );
            rows.push(row);
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        self.body.speeches.iter().map(json::value).collect()
    }
}

impl Render for Answer<SpeechView> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        let speech = &self.body;
        let title = speech.metadata.value(Field::Title).unwrap_or(&speech.id);
        writeln!(output, "{}", Styled(TITLE, title))?;
        for (field, value) in speech.metadata.fields() {
            if !matches!(field, Field::Title | Field::Salutation) {
                writeln!(output, "{}", Styled(DETAIL, &format!("{field}: {value}")))?;
            }
        }
        for (name, value) in speech.metadata.meta() {
            let texts = scalar_texts(value);
            let shown = if texts.is_empty() {
                value.to_string()
            } else {
                texts.join(", ")
            };
            writeln!(output, "{}", Styled(DETAIL, &format!("meta.{name}: {shown}")))?;
        }
        for source in &speech.also_in {
            writeln!(output, "{}", Styled(DETAIL, &format!("also in: {source}")))?;
        }
        for passage in &speech.passages {
            let speaker = passage
                .speaker
                .as_ref()
                .map(|speaker| format!(" · {speaker}"))
                .unwrap_or_default();
            writeln!(
                output,
                "\n{}",
                Styled(DETAIL, &(passage_number(&passage.passage) + &speaker))
            )?;
            let whole = CharSpan {
                start: 0,
                end: passage.text.chars().count(),
            };
            let marked = marked(&passage.text, whole, passage.highlights.as_deref().unwrap_or_default());
            for line in wrap(&marked, page.width.max(20)) {
                writeln!(output, "{}", colored(line))?;
            }
        }
        if speech.shows_matter {
            return matter_text(speech, output, page);
        }
        let lines: usize = speech.matter.iter().map(|matter| matter.text.lines().count()).sum();
        match lines {
            0 => Ok(()),
            1 => writeln!(
                output,
                "\n{}",
                Styled(DETAIL, "front and end matter: 1 line (--matter)")
            ),
            _ => {
                let note = format!("front and end matter: {lines} lines (--matter)");
                writeln!(output, "\n{}", Styled(DETAIL, &note))
            }
        }
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![super::header("passage paragraph speaker body_start body_end text")];
        for passage in &self.body.passages {
            rows.push(vec![
                passage.passage.clone(),
                passage.paragraph.to_string(),
                passage.speaker.clone().unwrap_or_default(),
                passage.body_start.to_string(),
                passage.body_end.to_string(),
                passage.text.clone(),
            ]);
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        self.body.passages.iter().map(json::value).collect()
    }
}

/// The matter beside a speech, each part with its number and place.
fn matter_text(speech: &SpeechView, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    for matter in &speech.matter {
        let place = match matter.place {
            MatterPlace::Between => format!("between, after ¶ {}", matter.after_paragraph),
            place => place.name().to_owned(),
        };
        let head = format!("matter {} · {place}", matter.n);
        writeln!(output, "\n{}", Styled(DETAIL, &head))?;
        for text in matter.text.lines() {
            let whole = CharSpan {
                start: 0,
                end: text.chars().count(),
            };
            for line in wrap(&marked(text, whole, &[]), page.width.max(20)) {
                writeln!(output, "{}", colored(line))?;
            }
        }
    }
    Ok(())
}
