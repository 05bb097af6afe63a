//! Tables: at their natural widths where those fit, with their widest columns wrapped where they do not, else as records.
//!
//! It never cuts a cell and never sets a column narrower than its longest word; what cannot be a table is read row by row.

use super::document::{Alignment, Document, Table};
use super::flow::{Flow, Line, Style, spaces};
use super::layout::{Marks, Role, Run, Wide};
use crate::text::{Clean, End};

/// Tables with more columns than this are set as records at any width.
const COLUMNS: usize = 64;
/// Columns between two columns of text: a line with air on both sides.
const GAP: usize = 3;
/// Columns that a cell of an open table takes at the most, so that one long cell does not make every row long.
const WIDEST: usize = 200;
/// Columns by which the further lines of a record hang.
const HANG: usize = 2;

/// A table in rows.
pub(super) struct Set {
    pub(super) lines: Vec<Line>,
    /// How many of them are its head and the line below it; none where every row names its columns itself.
    pub(super) head: usize,
}

/// Sets `table` in `room` columns, or at its natural width where wide ones are open.
pub(super) fn set(document: &Document, table: &Table, room: usize, wide: Wide, style: Style) -> Set {
    let grid = Grid::new(document, table, style);
    let widths = match wide {
        Wide::Open if table.alignments.len() <= COLUMNS => {
            Some(grid.greatest(|cell| cell.natural_width().min(WIDEST.max(cell.longest_word().min(room)))))
        }
        _ => grid.widths(room),
    };
    match widths {
        Some(widths) => {
            let head = if grid.has_head() { grid.row(&grid.head, &widths).len() + 1 } else { 0 };
            Set { lines: grid.lines(&widths), head: if table.rows.is_empty() { 0 } else { head } }
        }
        None => Set { lines: grid.records(room), head: 0 },
    }
}

/// The cells of a table as running text.
struct Grid<'a> {
    document: &'a Document,
    alignments: &'a [Alignment],
    head: Vec<Flow<'a>>,
    rows: Vec<Vec<Flow<'a>>>,
}

impl<'a> Grid<'a> {
    fn new(document: &'a Document, table: &'a Table, style: Style) -> Self {
        let heading = Style { role: Role::TableHead, ..style };
        let flows = |cells: &[_], style| cells.iter().map(|cell: &Vec<_>| Flow::of(document, cell, style)).collect();
        Self {
            document,
            alignments: &table.alignments,
            head: flows(&table.head, heading),
            rows: table.rows.iter().map(|row| flows(row, style)).collect(),
        }
    }

    fn has_head(&self) -> bool {
        self.head.iter().any(|cell| !cell.is_empty())
    }

    fn all_rows(&self) -> impl Iterator<Item = &Vec<Flow<'a>>> {
        self.has_head().then_some(&self.head).into_iter().chain(&self.rows)
    }

    /// Something about the cells of each column, the greatest of each.
    fn greatest(&self, measure: impl Fn(&Flow<'a>) -> usize) -> Vec<usize> {
        let mut greatest = vec![1; self.alignments.len()];
        for row in self.all_rows() {
            for (most, cell) in greatest.iter_mut().zip(row) {
                *most = (*most).max(measure(cell));
            }
        }
        greatest
    }

    /// The width of each column, if they can stand side by side in `room` with every word whole.
    fn widths(&self, room: usize) -> Option<Vec<usize>> {
        let columns = self.alignments.len();
        let room = room.checked_sub(GAP * columns.saturating_sub(1)).filter(|_| columns <= COLUMNS)?;
        let natural = self.greatest(Flow::natural_width);
        if natural.iter().sum::<usize>() <= room {
            return Some(natural);
        }
        let least = self.greatest(Flow::longest_word);
        (least.iter().sum::<usize>() <= room).then(|| balanced(&natural, &least, room))
    }

    fn lines(&self, widths: &[usize]) -> Vec<Line> {
        let mut lines = Vec::new();
        let heads = usize::from(self.has_head());
        let rows: Vec<Vec<Line>> = self.all_rows().map(|row| self.row(row, widths)).collect();
        let tall: Vec<bool> = rows.iter().map(|row| row.len() > 1).collect();
        for (index, row) in rows.into_iter().enumerate() {
            let at = row.first().map_or(0, |line| line.at);
            lines.extend(row);
            // Rows of one line need no line between them; one of more lines stands apart from both its neighbours.
            let apart = tall.get(index..index + 2).is_some_and(|two| index < heads || two.contains(&true));
            if apart {
                lines.push(if index < heads { rule(widths, "─", at) } else { rule(widths, "╌", at) });
            }
        }
        lines
    }

    /// One row of cells side by side, as many lines as its tallest cell.
    fn row(&self, cells: &[Flow], widths: &[usize]) -> Vec<Line> {
        let set: Vec<Vec<Line>> = cells.iter().zip(widths).map(|(cell, width)| cell.lines(*width)).collect();
        let height = set.iter().map(Vec::len).max().unwrap_or_default().max(1);
        let at = set.iter().flatten().map(|line| line.at).min().unwrap_or_default();
        let lines = (0..height).map(|line| Line { runs: self.side_by_side(&set, widths, line), at, end: End::Break });
        lines.filter(|line| !line.runs.is_empty()).collect()
    }

    fn side_by_side(&self, set: &[Vec<Line>], widths: &[usize], line: usize) -> Vec<Run> {
        let mut runs = Vec::new();
        for (index, (cell, width)) in set.iter().zip(widths).enumerate() {
            if index > 0 {
                runs.push(Style::of(Role::Rule).run(Clean::literal(" │ ")));
            }
            let text = cell.get(line).map(|line| line.runs.as_slice()).unwrap_or_default();
            let free = width.saturating_sub(text.iter().map(|run| run.text.width()).sum());
            let before = match self.alignments.get(index) {
                Some(Alignment::Right) => free,
                Some(Alignment::Center) => free / 2,
                Some(Alignment::Left) | None => 0,
            };
            runs.extend(spaces(before));
            runs.extend_from_slice(text);
            let last = index + 1 == widths.len();
            runs.extend(spaces(if last { 0 } else { free - before }));
        }
        runs
    }

    /// Each row as a block of its own, a line for every cell that has something to say.
    fn records(&self, room: usize) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            let record = self.record(row, room, number == 0);
            if let (Some(last), false) = (lines.last(), record.is_empty()) {
                lines.push(Line { runs: Vec::new(), at: last.at, end: End::Break });
            }
            lines.extend(record);
        }
        if self.rows.is_empty() {
            lines.extend(self.head.iter().flat_map(|cell| cell.lines(room)));
        }
        lines
    }

    /// One row; the first shows every head in full, so that none is lost where a column is empty.
    fn record(&self, row: &[Flow], room: usize, first: bool) -> Vec<Line> {
        let hang = if room > 4 * HANG { HANG } else { 0 };
        let mut lines = Vec::new();
        for (index, cell) in row.iter().enumerate().filter(|(_, cell)| first || !cell.is_empty()) {
            let mut flow = Flow::new(self.document);
            if let Some(head) = self.head.get(index).filter(|head| !head.is_empty()) {
                let colon = Style { role: Role::TableHead, marks: Marks::NONE, link: None };
                // A head is said again for every row: a long one in full only once.
                match head.beginning(WIDEST).filter(|_| !first) {
                    Some(beginning) => flow.push(&beginning, cell.at_start(), colon),
                    None => flow.append(head),
                }
                flow.push(&Clean::literal(": "), cell.at_start(), colon);
            }
            flow.append(cell);
            for (number, mut line) in flow.lines_hanging(room, hang).into_iter().enumerate() {
                line.at = line.at.max(cell.at_start());
                if number > 0 {
                    line.runs.splice(0..0, spaces(hang));
                }
                lines.push(line);
            }
        }
        lines
    }
}

/// Widths between `least` and `natural` that fill `room`: the widest columns give way first, all to the same width.
fn balanced(natural: &[usize], least: &[usize], room: usize) -> Vec<usize> {
    let at =
        |cap: usize| natural.iter().zip(least).map(move |(natural, least)| cap.clamp(*least, (*natural).max(*least)));
    let (mut low, mut high) = (0, natural.iter().copied().max().unwrap_or_default());
    while low < high {
        let middle = (low + high).div_ceil(2);
        if at(middle).sum::<usize>() <= room { low = middle } else { high = middle - 1 }
    }
    let mut widths: Vec<usize> = at(low).collect();
    let mut left = room.saturating_sub(widths.iter().sum());
    for (width, natural) in widths.iter_mut().zip(natural) {
        if *width < *natural && left > 0 {
            *width += 1;
            left -= 1;
        }
    }
    widths
}

/// The line under a head or between two rows.
fn rule(widths: &[usize], dash: &str, at: usize) -> Line {
    let parts: Vec<String> = widths.iter().map(|width| dash.repeat(*width)).collect();
    let run = Style::of(Role::Rule).run(Clean::prose(&parts.join(&format!("{dash}┼{dash}"))));
    Line { runs: vec![run], at, end: End::Break }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, Measure, parse};

    #[test]
    fn a_long_head_is_said_in_full_once() {
        let body = format!("|{}|b|\n|-|-|\n{}", "\\[a".repeat(300), "|c|d|\n".repeat(3));
        let text = parse(&body, Dialect::UNKNOWN).layout(Measure(20)).text();
        let signs = text.replace(['\n', ' '], "");
        assert_eq!((signs.matches('[').count(), signs.matches('…').count()), (300 + 2 * 100, 2), "{text}");
    }

    #[test]
    fn the_widest_columns_give_way_first() {
        for (natural, least, room, widths) in [
            (vec![4, 30, 60], vec![4, 6, 9], 60, vec![4, 28, 28]),
            (vec![4, 10, 60], vec![4, 6, 9], 50, vec![4, 10, 36]),
            (vec![20, 20], vec![18, 3], 25, vec![18, 7]),
        ] {
            assert_eq!(balanced(&natural, &least, room), widths);
        }
    }
}
