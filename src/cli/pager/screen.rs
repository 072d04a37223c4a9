//! The terminal as the pager has it: taken over when it is opened, given back when it is dropped, also where the program panics.

use std::io::{self, Write};
use std::sync::Once;
use std::time::Duration;

use crossterm::event::{self, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{self, ClearType};
use crossterm::{cursor, execute, queue};

use chancery::error::{Error, ErrorKind, Result};

use super::state::{Key, Size};

/// How long a key is waited for before it is asked whether the system wants the program to end.
const PATIENCE: Duration = Duration::from_millis(200);

/// Something that happened at the terminal.
pub(super) enum Event {
    /// A key was pressed.
    Pressed(Key),
    /// The terminal has another size.
    Resized(Size),
}

/// The whole terminal.
pub(super) struct Screen {
    has_colors: bool,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn open() -> Result<Self> {
        give_back_before_panics();
        let choice = anstream::AutoStream::choice(&io::stdout());
        terminal::enable_raw_mode().map_err(failed)?;
        // From here on the terminal is given back whatever fails.
        let screen = Self {
            has_colors: choice != anstream::ColorChoice::Never,
        };
        execute!(io::stdout(), terminal::EnterAlternateScreen, cursor::Hide).map_err(failed)?;
        Ok(screen)
    }

    /// How large it is.
    pub(super) fn size(&self) -> Result<Size> {
        let (width, height) = terminal::size().map_err(failed)?;
        Ok(size(width, height))
    }

    /// Shows rows, the first at the top.
    pub(super) fn draw(&mut self, rows: &[String]) -> Result<()> {
        self.write(rows).map_err(failed)
    }

    fn write(&self, rows: &[String]) -> io::Result<()> {
        let mut output = io::BufWriter::new(io::stdout().lock());
        for (number, row) in (0..).zip(rows) {
            queue!(
                output,
                cursor::MoveTo(0, number),
                terminal::Clear(ClearType::CurrentLine)
            )?;
            match self.has_colors {
                true => output.write_all(row.as_bytes())?,
                false => write!(output, "{}", anstream::adapter::strip_str(row))?,
            }
        }
        queue!(output, terminal::Clear(ClearType::FromCursorDown))?;
        output.flush()
    }

    /// What happens next, if anything does soon.
    pub(super) fn next_event(&mut self) -> Result<Option<Event>> {
        if !event::poll(PATIENCE).map_err(failed)? {
            return Ok(None);
        }
        Ok(match event::read().map_err(failed)? {
            event::Event::Key(pressed) if pressed.kind != KeyEventKind::Release => {
                key(pressed.code, pressed.modifiers).map(Event::Pressed)
            }
            event::Event::Resize(width, height) => Some(Event::Resized(size(width, height))),
            _ => None,
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back; there is nothing to be done where that fails.
fn give_back() {
    let _ = execute!(io::stdout(), terminal::LeaveAlternateScreen, cursor::Show);
    let _ = terminal::disable_raw_mode();
}

/// Lets the message of a panic be seen: it is written before anything is dropped.
fn give_back_before_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            report(panic);
        }));
    });
}

fn size(width: u16, height: u16) -> Size {
    Size {
        width: usize::from(width),
        height: usize::from(height),
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    if modifiers.contains(KeyModifiers::CONTROL) {
        return match code {
            KeyCode::Char('c') => Some(Key::Interrupt),
            KeyCode::Char('f') => Some(Key::PageDown),
            KeyCode::Char('b') => Some(Key::PageUp),
            _ => None,
        };
    }
    Some(match code {
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::First,
        KeyCode::End => Key::Last,
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Char(character) => Key::Character(character),
        _ => return None,
    })
}

fn failed(cause: io::Error) -> Error {
    Error::new(ErrorKind::Io, "the terminal cannot be used")
        .caused_by(cause)
        .hint("--no-pager prints the lines")
}
