//! A cross table: the values of one field down, those of another across, what is counted in the cells, sums at both ends.

use std::collections::HashMap;
use std::io::{self, Write};

use super::super::grid::{Column, Grid, Row};
use super::super::numbers::{NO_VALUE, main_count, separated, value};
use super::super::stamp::write_quiet;
use super::super::style::Page;
use super::is_period;
use crate::engine::{Count, GroupFigures};
use crate::tally::Bin;

/// What stands in a cell whose selection has no text.
const NO_TEXT: &str = "·";

/// The most periods in a row or column; beyond, groups are listed one below the other.
const MOST_PERIODS: usize = 1_000;

/// A cross table.
pub(super) struct CrossTable {
    grid: Grid,
    /// Whether the sums are more than the total, for a speech has several values.
    is_over: bool,
    /// Whether a cell has no text.
    has_gap: bool,
}

impl CrossTable {
    /// The table of some groups by two fields.
    pub(super) fn new(row_field: &str, column_field: &str, shown: &[&GroupFigures], count: &Count) -> Self {
        let row_values = values(row_field, shown);
        let column_values = values(column_field, shown);
        let place = |group: &'_ GroupFigures| [row_field, column_field].map(|field| value(group, field).to_owned());
        let groups: HashMap<[String; 2], u64> = (count.by.iter())
            .map(|group| (place(group), main_count(&group.figures)))
            .collect();
        let mut has_gap = false;
        let mut rows: Vec<Row> = Vec::with_capacity(row_values.len() + 1);
        let mut column_sums = vec![0; column_values.len()];
        for row in &row_values {
            let mut cells = vec![row.clone()];
            let mut sum = 0;
            for (column, column_sum) in column_values.iter().zip(&mut column_sums) {
                let counted = groups.get(&[row.clone(), column.clone()]).copied();
                has_gap |= counted.is_none();
                cells.push(counted.map_or_else(|| NO_TEXT.to_owned(), separated));
                sum += counted.unwrap_or(0);
                *column_sum += counted.unwrap_or(0);
            }
            cells.push(separated(sum));
            rows.push(Row::Cells(cells));
        }
        let sum: u64 = column_sums.iter().sum();
        let mut last = vec!["sum".to_owned()];
        last.extend(column_sums.into_iter().map(separated));
        last.push(separated(sum));
        rows.push(Row::Cells(last));
        let mut columns = vec![Column::names(&format!("{row_field} \\ {column_field}"))];
        columns.extend(column_values.iter().map(|column| Column::figures(column)));
        columns.push(Column::figures("sum"));
        Self {
            grid: Grid { columns, rows },
            is_over: sum > main_count(&count.total),
            has_gap,
        }
    }

    /// Whether the page has room for it.
    pub(super) fn fits(&self, page: &Page) -> bool {
        self.grid.rows.len() <= MOST_PERIODS && self.grid.width() <= page.width
    }

    /// Writes it, and what its reader should know.
    pub(super) fn write(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        self.grid.write(output, page)?;
        if self.has_gap {
            write_quiet(&format!("{NO_TEXT} no text"), output, page)?;
        }
        if self.is_over {
            let note = "a speech with several values is counted with each, so the sums are more than the total";
            write_quiet(note, output, page)?;
        }
        Ok(())
    }
}

/// The values of a field: periods in their order, without a gap; other values by what they sum up to, the most first; none
/// behind all.
fn values(field: &str, shown: &[&GroupFigures]) -> Vec<String> {
    let mut sums: HashMap<&str, u64> = HashMap::new();
    let mut has_none = false;
    for group in shown {
        has_none |= !group.values.contains_key(field);
        if let Some(value) = group.values.get(field) {
            *sums.entry(value).or_default() += main_count(&group.figures);
        }
    }
    let mut values: Vec<String> = match is_period(field) {
        true => {
            let bins: Vec<Bin> = sums.keys().filter_map(|name| Bin::named(name)).collect();
            Bin::without_gaps(&bins).take(MOST_PERIODS + 1).map(Bin::name).collect()
        }
        false => {
            let mut sums: Vec<(&str, u64)> = sums.into_iter().collect();
            sums.sort_by_key(|(name, sum)| (std::cmp::Reverse(*sum), *name));
            sums.into_iter().map(|(name, _)| name.to_owned()).collect()
        }
    };
    values.extend(has_none.then(|| NO_VALUE.to_owned()));
    values
}
