//! The pager of concordances at a terminal: a pseudo-terminal is its screen and keyboard.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

use crate::support::command::{Workplace, four_speeches};

/// A test waits no longer for something to be shown.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program at a pseudo-terminal.
struct Terminal {
    keyboard: File,
    /// The program's side, kept open to ask how it is set.
    own: OwnedFd,
    shown: Receiver<Vec<u8>>,
    text: String,
    child: Child,
}

impl Terminal {
    fn run(workplace: &Workplace, arguments: &[&str]) -> Self {
        let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).expect("it is there");
        grantpt(&screen).expect("it is there");
        unlockpt(&screen).expect("it is there");
        let name = ptsname(&screen, Vec::new()).expect("it is there");
        let own = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())
            .expect("it is there");
        let size = Winsize {
            ws_row: 24,
            ws_col: 110,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&own, size).expect("it is there");
        let stream = || Stdio::from(own.try_clone().expect("it is there"));
        let mut process = workplace.process(arguments);
        process
            .env("TERM", "xterm-256color")
            .stdin(stream())
            .stdout(stream())
            .stderr(stream());
        let child = process.spawn().expect("it is there");
        let keyboard = File::from(screen);
        let mut reader = keyboard.try_clone().expect("it is there");
        let (sender, shown) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4_096];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            keyboard,
            own,
            shown,
            text: String::new(),
            child,
        }
    }

    fn press(&mut self, keys: &str) {
        self.text.clear();
        self.keyboard.write_all(keys.as_bytes()).expect("it is there");
    }

    /// Waits until something is shown.
    fn see(&mut self, text: &str) {
        let start = Instant::now();
        while !self.text.contains(text) {
            let left = PATIENCE.saturating_sub(start.elapsed());
            let Ok(bytes) = self.shown.recv_timeout(left) else {
                panic!("`{text}` is not shown, but {:?}", self.text);
            };
            self.text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    /// Waits until the program has ended, and holds the terminal to be as it was.
    fn ends_with(mut self, code: i32) {
        self.see("\u{1b}[?1049l");
        let status = self.child.wait().expect("it is there");
        assert_eq!(status.code(), Some(code), "{:?}", self.text);
        let modes = tcgetattr(&self.own).expect("it is there").local_modes;
        assert!(
            modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG),
            "{modes:?}"
        );
        self.see("\u{1b}[?25h");
    }
}

#[test]
fn one_opens_the_pager_sorts_opens_a_speech_and_leaves_a_sane_terminal() {
    let workplace = four_speeches();
    let mut terminal = Terminal::run(&workplace, &["concordance", "\"互利共赢\""]);
    terminal.see("sorted by date");
    assert!(terminal.text.contains("\u{1b}[?1049h"), "{:?}", terminal.text);
    let modes = tcgetattr(&terminal.own).expect("it is there").local_modes;
    assert!(!modes.contains(LocalModes::ICANON), "keys come one by one");
    terminal.press("r");
    terminal.see("sorted by right");
    terminal.press("j\r");
    terminal.see("esc goes back");
    terminal.press("\u{1b}");
    terminal.see("sorted by right");
    terminal.press("?");
    terminal.see("sort by speaker");
    terminal.press("qq");
    terminal.ends_with(0);
}

#[test]
fn ctrl_c_and_the_wish_of_the_system_leave_a_sane_terminal() {
    let workplace = four_speeches();
    let mut terminal = Terminal::run(&workplace, &["concordance", "\"互利共赢\""]);
    terminal.see("sorted by date");
    terminal.press("\u{3}");
    terminal.ends_with(0);
    let mut terminal = Terminal::run(&workplace, &["concordance", "\"互利共赢\""]);
    terminal.see("sorted by date");
    let child = rustix::process::Pid::from_child(&terminal.child);
    rustix::process::kill_process(child, rustix::process::Signal::TERM).expect("it is there");
    terminal.ends_with(0);
}

#[test]
fn lines_that_are_asked_for_are_printed() {
    let workplace = four_speeches();
    for more in [&["--no-pager"][..], &["--limit", "2"]] {
        let arguments = [&["concordance", "\"互利共赢\""][..], more].concat();
        let mut terminal = Terminal::run(&workplace, &arguments);
        terminal.see("chancery 0.1.0");
        assert!(!terminal.text.contains("\u{1b}[?1049h"), "{:?}", terminal.text);
        assert_eq!(terminal.child.wait().expect("it is there").code(), Some(0));
    }
}
