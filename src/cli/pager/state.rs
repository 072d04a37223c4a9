//! What the pager does: keys in, what is to be shown out. Knows no terminal.

use chancery::analyzer::fold_line;
use chancery::engine::{Concordance, ConcordanceLine, SpeechView};
use chancery::error::Result;
use chancery::search::LineKey;

/// The most lines that are looked through at a time for what the reader wants to find.
const MOST_LOOKED_THROUGH: usize = 5_000;

/// The rows that are no lines: the names of the columns, and the status.
const FRAME_ROWS: usize = 2;

/// Where the lines come from.
pub(super) trait Source {
    /// The answer in an order, without its lines.
    fn frame(&self, sort: &[LineKey]) -> Concordance;
    /// The number of lines.
    fn len(&self) -> usize;
    /// Puts the lines into another order.
    fn sort(&mut self, keys: &[LineKey]) -> Result<()>;
    /// The line at a place, from 0.
    fn line(&self, place: usize) -> Result<ConcordanceLine>;
    /// The speech of a line.
    fn speech(&self, line: &ConcordanceLine) -> Result<SpeechView>;
}

/// A key, as far as the pager knows keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Enter,
    Escape,
    Backspace,
    Interrupt,
    Character(char),
}

/// Cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) width: usize,
    pub(super) height: usize,
}

/// Whether the pager goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    GoOn,
    End,
}

/// What is on the screen.
pub(super) enum View {
    /// The lines.
    Lines,
    /// The keys.
    Help,
    /// What the reader types to be found.
    Prompt(String),
    /// A speech, laid out for a width.
    Speech(Box<OpenSpeech>),
}

/// A speech that is read.
pub(super) struct OpenSpeech {
    pub(super) view: SpeechView,
    pub(super) line: ConcordanceLine,
    /// The first row that is shown; `None` until the speech was laid out, when it is put around the match.
    pub(super) top: Option<usize>,
    /// How far one could move down.
    pub(super) row_count: usize,
}

/// The pager.
pub(super) struct Pager<S> {
    pub(super) source: S,
    pub(super) frame: Concordance,
    pub(super) size: Size,
    pub(super) view: View,
    /// The line that is chosen, and the first that is shown.
    pub(super) chosen: usize,
    pub(super) top: usize,
    /// What is said in place of the status until the next key.
    pub(super) message: Option<String>,
    needle: String,
}

impl<S: Source> Pager<S> {
    pub(super) fn new(source: S, sort: &[LineKey], size: Size) -> Self {
        Self {
            frame: source.frame(sort),
            source,
            size,
            view: View::Lines,
            chosen: 0,
            top: 0,
            message: None,
            needle: String::new(),
        }
    }

    /// The number of lines that fit.
    pub(super) fn line_rows(&self) -> usize {
        self.size.height.saturating_sub(FRAME_ROWS).max(1)
    }

    /// The terminal has another size.
    pub(super) fn resize(&mut self, size: Size) -> Flow {
        self.size = size;
        self.keep_chosen_in_sight();
        self.lay_out();
        Flow::GoOn
    }

    /// A key was pressed.
    pub(super) fn press(&mut self, key: Key) -> Result<Flow> {
        self.message = None;
        if key == Key::Interrupt {
            return Ok(Flow::End);
        }
        match std::mem::replace(&mut self.view, View::Lines) {
            View::Lines => return self.press_in_lines(key),
            View::Help => {}
            View::Prompt(typed) => self.press_in_prompt(typed, key)?,
            View::Speech(speech) => self.press_in_speech(speech, key),
        }
        Ok(Flow::GoOn)
    }

    fn press_in_lines(&mut self, key: Key) -> Result<Flow> {
        let page = self.line_rows();
        match key {
            Key::Up | Key::Character('k') => self.choose(self.chosen.saturating_sub(1)),
            Key::Down | Key::Character('j') => self.choose(self.chosen + 1),
            Key::PageUp | Key::Character('b') => self.choose(self.chosen.saturating_sub(page)),
            Key::PageDown | Key::Character(' ') => self.choose(self.chosen + page),
            Key::First | Key::Character('g') => self.choose(0),
            Key::Last | Key::Character('G') => self.choose(usize::MAX),
            Key::Enter => self.open_speech()?,
            Key::Character('/') => self.view = View::Prompt(String::new()),
            Key::Character('?' | 'h') => self.view = View::Help,
            Key::Character('q') => return Ok(Flow::End),
            Key::Character(character) => {
                if let Some(sort) = order_of(character) {
                    self.sort(sort)?;
                }
            }
            Key::Escape | Key::Backspace | Key::Interrupt => {}
        }
        Ok(Flow::GoOn)
    }

    fn press_in_prompt(&mut self, mut typed: String, key: Key) -> Result<()> {
        match key {
            Key::Escape => return Ok(()),
            Key::Enter => {
                if !typed.is_empty() {
                    self.needle = typed;
                }
                return self.find();
            }
            Key::Backspace if typed.is_empty() => return Ok(()),
            Key::Backspace => drop(typed.pop()),
            Key::Character(character) => typed.push(character),
            _ => {}
        }
        self.view = View::Prompt(typed);
        Ok(())
    }

    fn press_in_speech(&mut self, mut speech: Box<OpenSpeech>, key: Key) {
        let page = self.line_rows();
        let last = speech.row_count.saturating_sub(page);
        let top = speech.top.unwrap_or(0);
        let top = match key {
            Key::Escape | Key::Backspace | Key::Character('q') => return,
            Key::Up | Key::Character('k') => top.saturating_sub(1),
            Key::Down | Key::Enter | Key::Character('j') => top + 1,
            Key::PageUp | Key::Character('b') => top.saturating_sub(page),
            Key::PageDown | Key::Character(' ') => top + page,
            Key::First | Key::Character('g') => 0,
            Key::Last | Key::Character('G') => last,
            Key::Character(_) | Key::Interrupt => top,
        };
        speech.top = Some(top.min(last));
        self.view = View::Speech(speech);
    }

    fn choose(&mut self, place: usize) {
        self.chosen = place.min(self.source.len().saturating_sub(1));
        self.keep_chosen_in_sight();
    }

    fn keep_chosen_in_sight(&mut self) {
        let rows = self.line_rows();
        let most = self.source.len().saturating_sub(rows);
        let least = (self.chosen + 1).saturating_sub(rows);
        self.top = self.top.clamp(least, self.chosen.max(least)).min(most.max(least));
    }

    fn sort(&mut self, keys: &[LineKey]) -> Result<()> {
        self.source.sort(keys)?;
        self.frame = self.source.frame(keys);
        self.choose(0);
        Ok(())
    }

    fn open_speech(&mut self) -> Result<()> {
        if self.chosen >= self.source.len() {
            return Ok(());
        }
        let line = self.source.line(self.chosen)?;
        let speech = OpenSpeech {
            view: self.source.speech(&line)?,
            line,
            top: None,
            row_count: 0,
        };
        self.view = View::Speech(Box::new(speech));
        self.lay_out();
        Ok(())
    }

    /// Works out how long an opened speech is at the width of the screen, and puts the match into sight.
    fn lay_out(&mut self) {
        let (size, rows) = (self.size, self.line_rows());
        let View::Speech(speech) = &mut self.view else { return };
        let reading = super::drawing::reading(speech, size.width);
        speech.row_count = reading.rows.len();
        let last = speech.row_count.saturating_sub(rows);
        speech.top = Some(reading.match_row.saturating_sub(rows / 3).min(last));
    }

    /// Goes to the next line that holds what the reader typed, from the top again behind the last one.
    fn find(&mut self) -> Result<()> {
        let needle = fold_line(&self.needle);
        let count = self.source.len();
        if needle.is_empty() || count == 0 {
            return Ok(());
        }
        let looked_through = count.min(MOST_LOOKED_THROUGH);
        for step in 1..=looked_through {
            let place = (self.chosen + step) % count;
            if holds(&self.source.line(place)?, &needle) {
                self.choose(place);
                return Ok(());
            }
        }
        self.message = Some(match looked_through == count {
            true => format!("no line has `{}`", self.needle),
            false => {
                self.choose((self.chosen + looked_through) % count);
                format!("not in the next {looked_through} lines; / Enter looks on",)
            }
        });
        Ok(())
    }
}

/// Whether what is shown of a line has a folded text in it.
fn holds(line: &ConcordanceLine, needle: &str) -> bool {
    let text = [line.left.as_str(), &line.node, &line.right].concat();
    let details = [&line.speaker, &line.date, &line.country, &line.title];
    let details = details.into_iter().flatten().map(String::as_str);
    std::iter::once(text.as_str())
        .chain(details)
        .any(|text| fold_line(text).contains(needle))
}

/// The order that a key asks for.
fn order_of(character: char) -> Option<&'static [LineKey]> {
    Some(match character {
        'd' => &[LineKey::Date],
        'D' => &[LineKey::DateDescending],
        's' => &[LineKey::Speaker],
        'c' => &[LineKey::Country],
        'l' => &[LineKey::Left],
        'r' => &[LineKey::Right],
        'n' => &[LineKey::Node],
        'x' => &[LineKey::Random],
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
