//! How a query was understood and what a score is made of, for a terminal.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::passages::counted;
use super::style::{DETAIL, Page, Styled, TITLE, safe};
use crate::search::explanation::{ExplainedTerm, ScoringWord};
use crate::search::{ExplainedPart, Explanation, ScorePart};

/// The cells by which what is inside of something is set in.
const INDENT: usize = 3;

/// A line: what something is, the thing itself, and how much has it.
struct Line {
    depth: usize,
    label: String,
    text: String,
    detail: String,
}

/// Prints the tree of a query, a line a part and below it what it became, and the words that score.
pub(super) fn explanation_text(explanation: &Explanation, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    writeln!(output, "{}", Styled(TITLE, "the query as it was understood"))?;
    let mut lines = Vec::new();
    add_part(&explanation.tree, 1, &mut lines);
    write_lines(&lines, output, page)?;
    if !explanation.words.is_empty() {
        writeln!(output, "{}", Styled(TITLE, "words that raise the score"))?;
        let lines: Vec<Line> = explanation.words.iter().map(of_word).collect();
        write_lines(&lines, output, page)?;
    }
    writeln!(output)
}

/// Prints the parts of a score with their shares of it, as many on a line as it takes.
pub(super) fn score_text(score: f64, parts: &[ScorePart], output: &mut dyn Write, page: &Page) -> io::Result<()> {
    let width = page.width.saturating_sub(INDENT).max(20);
    let mut line = format!("score {score}:");
    let mut divider = " ";
    for part in parts.iter().map(share_of) {
        if line.width() + divider.width() + part.width() > width {
            writeln!(output, "   {}", Styled(DETAIL, &line))?;
            line.clear();
            divider = "  ";
        }
        line.extend([divider, &part]);
        divider = " · ";
    }
    writeln!(output, "   {}", Styled(DETAIL, line.trim_end_matches(':')))
}

/// A part of a score: `62% string 绿色矿产 ×2`.
fn share_of(part: &ScorePart) -> String {
    let percent = match part.share * 100.0 {
        share if share > 0.0 && share < 0.5 => "<1%".to_owned(),
        share => format!("{share:.0}%"),
    };
    let mut text = format!("{percent} {}", part.what);
    if let Some(of) = &part.part {
        text.extend([" ", of]);
    }
    if let Some(typed) = &part.expansion_of {
        text.extend([" for ", typed]);
    }
    if part.part.is_some() && part.count > 1 {
        text.push_str(&format!(" ×{}", part.count));
    }
    safe(&text)
}

fn add_part(part: &ExplainedPart, depth: usize, lines: &mut Vec<Line>) {
    let kind: &str = part.kind.into();
    let label = match part.occur {
        Some(occur) => format!("{}: {kind}", <&str>::from(occur)),
        None => kind.to_owned(),
    };
    lines.push(Line {
        depth,
        label,
        text: part.text.clone(),
        detail: detail_of(part),
    });
    lines.extend(part.terms.iter().map(|term| of_term(term, &part.text, depth + 1)));
    let more = part.term_count.unwrap_or(0).saturating_sub(part.terms.len() as u64);
    if more > 0 {
        lines.push(Line {
            depth: depth + 1,
            label: "…".to_owned(),
            text: format!("{more} more"),
            detail: String::new(),
        });
    }
    if let Some(read) = part.paragraphs_read {
        let narrowed = part.narrowed_by.as_ref();
        lines.push(Line {
            depth: depth + 1,
            label: "read".to_owned(),
            text: narrowed.map_or_else(|| "everything".to_owned(), |with| format!("what has {with}")),
            detail: counted(read, "paragraph"),
        });
    }
    for inside in &part.parts {
        add_part(inside, depth + 1, lines);
    }
}

fn detail_of(part: &ExplainedPart) -> String {
    match (part.left_out, part.passages, part.speeches) {
        (Some(reason), ..) => format!("left out: {}", <&str>::from(reason)),
        (None, Some(0), _) => counted(0, "passage"),
        (None, Some(passages), Some(speeches)) => {
            format!("{} in {}", counted(passages, "passage"), counted(speeches, "speech"))
        }
        _ => "not counted: takes too long by itself".to_owned(),
    }
}

/// A term of a part; what was typed is named where it is not the whole part.
fn of_term(term: &ExplainedTerm, of_part: &str, depth: usize) -> Line {
    let typed = term.expansion_of.as_ref().filter(|typed| *typed != of_part);
    Line {
        depth,
        label: <&str>::from(term.what).to_owned(),
        text: typed.map_or_else(|| term.text.clone(), |typed| format!("{} for {typed}", term.text)),
        detail: match (term.passages, term.speeches) {
            (Some(passages), _) => counted(passages, "passage"),
            (None, Some(speeches)) => counted(speeches, "speech"),
            (None, None) => String::new(),
        },
    }
}

fn of_word(word: &ScoringWord) -> Line {
    let weight = match word.weight {
        1.0 => String::new(),
        weight => format!(" × {weight}"),
    };
    Line {
        depth: 1,
        label: "word".to_owned(),
        text: word.word.clone(),
        detail: format!("idf {}{weight}", word.idf),
    }
}

/// Writes lines with their details in one column, as far as the page is wide enough.
fn write_lines(lines: &[Line], output: &mut dyn Write, page: &Page) -> io::Result<()> {
    let width_of = |line: &Line| line.depth * INDENT + line.label.width() + 2 + safe(&line.text).width();
    let widest = page.width.saturating_sub(24).max(20);
    let fitting = lines.iter().map(width_of).filter(|width| *width <= widest);
    let column = fitting.max().unwrap_or(0);
    for line in lines {
        let indent = " ".repeat(line.depth * INDENT);
        write!(output, "{indent}{}  {}", Styled(DETAIL, &line.label), safe(&line.text))?;
        if line.detail.is_empty() {
            writeln!(output)?;
            continue;
        }
        let gap = " ".repeat(column.saturating_sub(width_of(line)) + 2);
        writeln!(output, "{gap}{}", Styled(DETAIL, &line.detail))?;
    }
    Ok(())
}
