//! The pager of a concordance: all lines on the whole terminal, to move in, to put into another order and to open speeches from.
//!
//! What happens stands in `state`, which knows no terminal; `screen` takes the terminal over and gives it back, however the
//! pager ends.

mod drawing;
mod screen;
mod state;

use std::sync::atomic::Ordering;

use chancery::engine::{Concordance, ConcordanceLine, ConcordanceRequest, Engine, FoundLines, LineOrder, SpeechView};
use chancery::error::Result;
use chancery::search::LineKey;

use super::interruption;
use screen::{Event, Screen};
use state::{Flow, Pager, Source};

/// Shows lines until the reader has seen enough.
pub(super) fn show(engine: &Engine, found: &FoundLines<'_>, request: &ConcordanceRequest) -> Result<()> {
    let interrupted = interruption::flag()?;
    let lines = Lines {
        engine,
        found,
        request,
        order: found.order(&request.sort, usize::MAX)?,
    };
    let mut screen = Screen::open()?;
    let mut pager = Pager::new(lines, &request.sort, screen.size()?);
    while !interrupted.load(Ordering::Relaxed) {
        screen.draw(&drawing::rows(&pager)?)?;
        let flow = match screen.next_event()? {
            Some(Event::Pressed(key)) => pager.press(key)?,
            Some(Event::Resized(size)) => pager.resize(size),
            None => Flow::GoOn,
        };
        if flow == Flow::End {
            break;
        }
    }
    Ok(())
}

/// The lines that were found, in the order of the moment.
struct Lines<'a> {
    engine: &'a Engine,
    found: &'a FoundLines<'a>,
    request: &'a ConcordanceRequest,
    order: LineOrder,
}

impl Source for Lines<'_> {
    fn frame(&self, sort: &[LineKey]) -> Concordance {
        self.found.frame_in(sort)
    }

    fn len(&self) -> usize {
        self.order.len()
    }

    fn sort(&mut self, keys: &[LineKey]) -> Result<()> {
        self.order = self.found.order(keys, usize::MAX)?;
        Ok(())
    }

    fn line(&self, place: usize) -> Result<ConcordanceLine> {
        self.found.line(&self.order, place)
    }

    fn speech(&self, line: &ConcordanceLine) -> Result<SpeechView> {
        self.engine.show(&line.speech, None, Some(&self.request.search))
    }
}
