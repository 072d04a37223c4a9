//! What stands before and behind all that is said: the menus and buttons of a site, notices of licences, end notes.

use super::{forms, notes};
use crate::ingest::header::is_sentence;
use crate::ingest::header::lines::Line;
use crate::ingest::turns;
use crate::text::is_han;

/// The most lines that are taken from the end, notes and licences aside.
const MOST_BEHIND: usize = 60;

/// The number of lines among which the menu of a site lies.
const MENU_LINES: usize = 60;

/// How many of them must be controls for what stands with them to be entries of a menu.
const LEAST_CONTROLS: usize = 2;

/// How far apart controls of one menu stand, in lines.
const MENU_GAP: usize = 4;

/// The most words of an entry of a menu, and the most Han characters.
const MENU_ENTRY_WORDS: usize = 2;
const MENU_ENTRY_HAN: usize = 4;

/// A longer line before the first sentence is no line of a head, in characters.
const LONGEST_HEAD_LINE: usize = 160;

/// The most lines of a notice of a licence that nothing sets off.
const LICENCE_LINES: usize = 14;

/// The white space that sets off a box, in bytes.
const LEAST_GAP_BYTES: usize = 4;

/// The longest line with a colon over nothing, in characters.
const LONGEST_LEAD: usize = 40;

/// How many lines at the end of a text are furniture; `is_heading` tells which the format marks as headings. The first line never is.
pub(crate) fn trailing<'a>(lines: &[Line<'a>], is_heading: impl Fn(&Line<'a>) -> bool) -> usize {
    let mut end = lines.len();
    let mut names_licence = false;
    loop {
        let before = end;
        end = without_forms(&lines[..end], &is_heading);
        names_licence |= lines[end..before].iter().any(|line| forms::is_licence(line.text));
        if let Some(start) = notes::start(&lines[..end]).or_else(|| licence(&lines[..end], names_licence)) {
            end = start;
        }
        if end == before || lines.len() - end > lines.len() / 2 + MOST_BEHIND {
            return lines.len() - end;
        }
    }
}

/// The lines without those at the end that have a form no sentence has.
fn without_forms<'a>(lines: &[Line<'a>], is_heading: impl Fn(&Line<'a>) -> bool) -> usize {
    let mut end = lines.len();
    while end > 1 && lines.len() - end < MOST_BEHIND {
        let (before, line) = (lines[end - 2].text, &lines[end - 1]);
        let leads_nowhere =
            forms::leads_to_others(line.text) && line.text.chars().count() <= LONGEST_LEAD && is_sentence(before);
        let is_said =
            is_sentence(line.text) || forms::thanks(line.text) || line.text.ends_with(['.', '!', '?', '。', '！']);
        let is_over_nothing = is_heading(line) && end > 2 && !is_said;
        let invites = forms::invites(line.text) && (!is_sentence(line.text) || is_thanked(&lines[..end - 1]));
        let is_beside = forms::is_of_site(line.text)
            || forms::is_end_form(line.text)
            || leads_nowhere
            || notes::is_head(line.text)
            || is_over_nothing
            || invites;
        if !is_beside {
            break;
        }
        end -= 1;
    }
    end
}

/// Whether thanks were given in the last of some lines, so that the speech is over.
fn is_thanked(lines: &[Line<'_>]) -> bool {
    lines.iter().rev().take(3).any(|line| forms::thanks(line.text))
}

/// Where the notice of a licence starts that stands in a box of its own behind some lines. The box is set off by several blank
/// lines, or it is short; it speaks of rights, and the name of a licence follows it at once.
fn licence(lines: &[Line<'_>], is_named: bool) -> Option<usize> {
    let is_named = is_named || lines.iter().rev().take(4).any(|line| forms::is_licence(line.text));
    if !is_named {
        return None;
    }
    let speaks = |index: &usize| forms::speaks_of_rights(lines[*index].text);
    let is_set_off = |index: &usize| {
        let gap = lines[*index].span.start - lines[index - 1].span.end;
        lines[*index].after_blank && !lines[*index].is_indented && gap >= LEAST_GAP_BYTES
    };
    let from = lines.len().saturating_sub(MOST_BEHIND).max(1);
    let boxes: Vec<usize> = (from..lines.len()).filter(is_set_off).collect();
    let of_rights = boxes.iter().enumerate().find(|(at, start)| {
        let end = boxes.get(at + 1).copied().unwrap_or(lines.len());
        (**start..end).any(|index| speaks(&index))
    });
    let short = || (lines.len().saturating_sub(LICENCE_LINES).max(1)..lines.len()).find(speaks);
    of_rights.map(|(_, start)| *start).or_else(short)
}

/// Which lines before the first that is said are the controls of a site: buttons, links to files, and the menu that they stand in.
pub(super) fn controls_before(lines: &[Line<'_>]) -> Vec<usize> {
    let is_said = |line: &Line<'_>| {
        let speaks = turns::label(line.text).is_some() && !forms::is_control(line.text);
        is_sentence(line.text) || speaks || line.text.chars().count() > LONGEST_HEAD_LINE
    };
    let until = lines.iter().take(MENU_LINES).position(is_said).unwrap_or(0);
    let is_control = |index: &usize| forms::is_control(lines[*index].text) || forms::is_file(lines[*index].text);
    let controls: Vec<usize> = (0..until).filter(is_control).collect();
    let mut taken: Vec<usize> = Vec::new();
    for control in controls.iter().copied() {
        if let Some(before) = taken.last().copied().filter(|before| control - before <= MENU_GAP)
            && (before + 1..control).all(|index| is_entry(lines[index].text))
        {
            taken.extend(before + 1..control);
        }
        taken.push(control);
    }
    let bare_from = taken.last().map_or(0, |last| last + 1);
    let is_menu = controls.len() >= LEAST_CONTROLS;
    let goes_on = |index: &usize| {
        let text = lines[*index].text;
        forms::is_bare(text) || (is_menu && !lines[*index].after_blank && is_entry(text))
    };
    if !taken.is_empty() {
        taken.extend((bare_from..until).take_while(goes_on));
    }
    taken
}

/// Whether a line is as short as the entries of a menu.
fn is_entry(text: &str) -> bool {
    let han = text.chars().filter(|character| is_han(*character)).count();
    let words = text.split_whitespace().count();
    if han > 0 {
        han <= MENU_ENTRY_HAN
    } else {
        words <= MENU_ENTRY_WORDS
    }
}

/// How many lines at the start of a body are furniture that a header may be read from: days of publication, hours, menus. One
/// line at least is left.
pub(crate) fn leading(lines: &[Line<'_>]) -> usize {
    let most = lines.len().saturating_sub(1);
    let is_beside =
        |line: &&Line<'_>| forms::is_of_site(line.text) || forms::is_stamp(line.text) || forms::is_bare(line.text);
    lines[..most].iter().take_while(is_beside).count()
}
