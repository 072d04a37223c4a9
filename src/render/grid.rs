//! A table for people: columns aligned by the cells of a terminal, in which Han characters take two. Nothing is cut: a name that
//! has no room stands on a line of its own.

use std::io::{self, Write};

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::style::{DETAIL, Page, Styled, TITLE, safe};

/// The cells between two columns.
const GAP: usize = 2;

/// The fewest cells that names are given.
const LEAST_FOR_NAMES: usize = 12;

/// What stands in the place of figures where there is no text.
pub(super) const NO_TEXT: &str = "· no text";

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) heading: String,
    pub(super) side: Side,
    /// How its cells look.
    pub(super) style: Style,
}

impl Column {
    /// A column of names.
    pub(super) fn names(heading: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            side: Side::Left,
            style: Style::new(),
        }
    }

    /// A column of figures.
    pub(super) fn figures(heading: &str) -> Self {
        Self {
            side: Side::Right,
            ..Self::names(heading)
        }
    }
}

/// A row of a table.
pub(super) enum Row {
    /// A cell a column.
    Cells(Vec<String>),
    /// A name and what there is to say in the place of figures.
    Remark(String, String),
}

/// A table; its first column, and those beside it that are named so, hold names.
pub(super) struct Grid {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

impl Grid {
    /// The cells that the table takes.
    pub(super) fn width(&self) -> usize {
        let widths = self.widths(usize::MAX);
        widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
    }

    /// Writes it.
    pub(super) fn write(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        let widths = self.widths(page.width);
        let header: Vec<String> = self.columns.iter().map(|column| column.heading.clone()).collect();
        self.write_cells(&header, &widths, Some(TITLE), output)?;
        for row in &self.rows {
            match row {
                Row::Cells(cells) => self.write_cells(cells, &widths, None, output)?,
                Row::Remark(name, remark) => {
                    let name = padded(&safe(name), widths[0], Side::Left);
                    writeln!(output, "{name}{:GAP$}{}", "", Styled(DETAIL, remark))?;
                }
            }
        }
        Ok(())
    }

    /// The width of each column, that of the first bounded by the room that the others leave.
    fn widths(&self, room: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|column| column.heading.width()).collect();
        for row in &self.rows {
            if let Row::Cells(cells) = row {
                for (width, cell) in widths.iter_mut().zip(cells) {
                    *width = (*width).max(safe(cell).width());
                }
            }
        }
        let others: usize = widths.iter().skip(1).map(|width| width + GAP).sum();
        if let Some(first) = widths.first_mut() {
            *first = (*first).min(room.saturating_sub(others).max(LEAST_FOR_NAMES));
        }
        widths
    }

    fn write_cells(
        &self,
        cells: &[String],
        widths: &[usize],
        style: Option<Style>,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let mut line = String::new();
        for (place, ((cell, width), column)) in cells.iter().zip(widths).zip(&self.columns).enumerate() {
            let is_last = place + 1 == cells.len();
            let cell = safe(cell);
            if cell.width() > *width {
                writeln!(output, "{cell}")?;
                line.push_str(&" ".repeat(width + GAP));
                continue;
            }
            let set = padded(&cell, *width, column.side);
            let set = if is_last { set.trim_end() } else { &set };
            line.push_str(&Styled(style.unwrap_or(column.style), set).to_string());
            if !is_last {
                line.push_str(&" ".repeat(GAP));
            }
        }
        writeln!(output, "{line}")
    }
}

/// Text filled up to so many cells.
pub(super) fn padded(text: &str, width: usize, side: Side) -> String {
    let fill = " ".repeat(width.saturating_sub(text.width()));
    match side {
        Side::Left => format!("{text}{fill}"),
        Side::Right => format!("{fill}{text}"),
    }
}

/// Text of at most so many cells; where it is longer its end is `…`.
pub(super) fn shortened(text: &str, width: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation;

    let text = safe(text);
    if text.width() <= width {
        return text;
    }
    let mut kept = String::new();
    for cluster in text.graphemes(true) {
        if kept.width() + cluster.width() + 1 > width {
            break;
        }
        kept.push_str(cluster);
    }
    kept.push('…');
    kept
}

/// Rows in which runs of the same remark are one: `1950–1959`.
pub(super) fn folded(rows: Vec<Row>) -> Vec<Row> {
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    let mut first_of_run = String::new();
    for row in rows {
        if let Row::Remark(name, remark) = &row {
            if let Some(Row::Remark(run, same)) = kept.last_mut()
                && same == remark
            {
                *run = format!("{first_of_run}–{name}");
                continue;
            }
            first_of_run.clone_from(name);
        }
        kept.push(row);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(grid: &Grid, width: usize) -> String {
        let mut output = anstream::StripStream::new(Vec::new());
        grid.write(&mut output, &Page { width }).unwrap();
        String::from_utf8(output.into_inner()).unwrap()
    }

    fn two_rows() -> Grid {
        let cells = |name: &str, count: &str| Row::Cells(vec![name.to_owned(), count.to_owned()]);
        Grid {
            columns: vec![Column::names("speaker"), Column::figures("count")],
            rows: vec![
                cells("沈怀川", "12"),
                cells("A speaker of a very long name", "3"),
                Row::Remark("2014".to_owned(), "no text".to_owned()),
            ],
        }
    }

    #[test]
    fn columns_stand_in_line_whatever_the_script() {
        let expected = "speaker                        count\n\
                        沈怀川                            12\n\
                        A speaker of a very long name      3\n\
                        2014                           no text\n";
        assert_eq!(text(&two_rows(), 80), expected);
    }

    #[test]
    fn a_name_without_room_stands_on_its_own_line() {
        let narrow = text(&two_rows(), 24);
        assert!(
            narrow.contains("A speaker of a very long name\n                       3\n"),
            "{narrow}"
        );
    }

    #[test]
    fn a_text_is_shortened_by_clusters() {
        assert_eq!(shortened("共饮一海水", 7), "共饮一…");
        assert_eq!(shortened("共饮一海水", 10), "共饮一海水");
    }

    #[test]
    fn runs_of_bins_without_text_are_one_row() {
        let remark = |name: &str| Row::Remark(name.to_owned(), "no text".to_owned());
        let rows = vec![
            remark("1"),
            remark("2"),
            remark("3"),
            Row::Cells(Vec::new()),
            remark("5"),
        ];
        let names: Vec<String> = folded(rows)
            .into_iter()
            .map(|row| match row {
                Row::Remark(name, _) => name,
                Row::Cells(_) => "cells".to_owned(),
            })
            .collect();
        assert_eq!(names, ["1–3", "cells", "5"]);
    }
}
