//! What the pager shows, row by row: texts with their colors, safe for a terminal, no wider than it.

use anstyle::{Effects, Style};

use chancery::error::Result;
use chancery::render::alignment::{Columns, cells, cut_end};
use chancery::render::concordance::{found_line, order_line};
use chancery::render::reading::{Reading, lay_out};
use chancery::render::style::{DETAIL, Marked, TITLE, colored, safe};

use super::state::{OpenSpeech, Pager, Source, View};

/// What stands before the line that is chosen, and before the others.
const CHOSEN: &str = ">";
const OTHER: &str = " ";

/// The keys, and what they do.
const HELP: &[(&str, &str)] = &[
    ("up, down, k, j", "a line up or down"),
    ("page up, page down, b, space", "a page up or down"),
    ("home, end, g, G", "the first or last line"),
    ("d, D", "sort by date, the oldest or the newest first"),
    ("s, c", "sort by speaker, by country"),
    ("l, r", "sort by what stands before, behind"),
    ("n, x", "sort by what matched, by chance"),
    ("enter", "open the speech at the match"),
    ("/", "find text in the lines; enter alone finds it again"),
    ("esc, q", "back from a speech"),
    ("q, ctrl-c", "quit"),
];

/// The rows of the screen, as many as it has.
pub(super) fn rows<S: Source>(pager: &Pager<S>) -> Result<Vec<String>> {
    let mut rows = match &pager.view {
        View::Lines | View::Prompt(_) => lines(pager)?,
        View::Help => help(pager),
        View::Speech(speech) => speech_rows(pager, speech),
    };
    rows.truncate(pager.size.height.saturating_sub(1));
    rows.resize(pager.size.height.saturating_sub(1), String::new());
    rows.push(status(pager));
    Ok(rows)
}

/// A speech laid out for a width.
pub(super) fn reading(speech: &OpenSpeech, width: usize) -> Reading {
    lay_out(&speech.view, &speech.line, width.saturating_sub(2).clamp(10, 100))
}

fn lines<S: Source>(pager: &Pager<S>) -> Result<Vec<String>> {
    let columns = Columns::filling(pager.size.width.saturating_sub(1), pager.source.len());
    let last = pager.source.len().min(pager.top + pager.line_rows());
    let shown: Vec<_> = (pager.top..last)
        .map(|place| pager.source.line(place))
        .collect::<Result<_>>()?;
    let mut rows = vec![format!("{OTHER}{}", within(&columns.header(&shown), pager.size.width))];
    for (place, line) in (pager.top..last).zip(&shown) {
        let mut line = columns.set(line);
        let mark = if place == pager.chosen { CHOSEN } else { OTHER };
        if place == pager.chosen {
            line.iter_mut()
                .for_each(|marked| marked.style = Some(inverted(marked.style)));
        }
        rows.push(format!("{mark}{}", within(&line, pager.size.width)));
    }
    Ok(rows)
}

fn inverted(style: Option<Style>) -> Style {
    style.unwrap_or_default() | Effects::INVERT
}

/// A line cut at the edge of a screen that is too narrow for its columns; one cell is taken already.
fn within(line: &[Marked], width: usize) -> String {
    let text: String = line.iter().map(|marked| marked.character).collect();
    let room = width.saturating_sub(1);
    if cells(&text) <= room {
        return colored(line);
    }
    cut_end(&text, room)
}

fn help<S>(pager: &Pager<S>) -> Vec<String> {
    let title = format!("{}Keys{}", TITLE.render(), TITLE.render_reset());
    let width = HELP.iter().map(|(keys, _)| keys.len()).max().unwrap_or(0);
    let row = |(keys, meaning): &(&str, &str)| cut_end(&format!("  {keys:<width$}  {meaning}"), pager.size.width);
    [title, String::new()].into_iter().chain(HELP.iter().map(row)).collect()
}

fn speech_rows<S: Source>(pager: &Pager<S>, speech: &OpenSpeech) -> Vec<String> {
    let reading = reading(speech, pager.size.width);
    let first = speech.top.unwrap_or(0);
    let rows = reading.rows.iter().skip(first).take(pager.line_rows() + 1);
    rows.map(|row| format!(" {}", within(row, pager.size.width))).collect()
}

/// The last row: where one is, or what is typed.
fn status<S: Source>(pager: &Pager<S>) -> String {
    let text = match (&pager.view, &pager.message) {
        (View::Prompt(typed), _) => return cut_end(&format!("/{}", safe(typed)), pager.size.width),
        (View::Help, _) => "any key goes back".to_owned(),
        (_, Some(message)) => message.clone(),
        (View::Speech(speech), _) => format!("{} · esc goes back", speech.line.passage),
        (View::Lines, _) => {
            let place = (pager.chosen + 1).min(pager.source.len());
            let count = pager.source.len();
            let (order, found) = (order_line(&pager.frame), found_line(&pager.frame));
            format!("{place}/{count} · {order} · ? lists the keys · q quits · {found}")
        }
    };
    let text = cut_end(&safe(&text), pager.size.width.saturating_sub(1));
    format!("{}{text}{}", DETAIL.render(), DETAIL.render_reset())
}
