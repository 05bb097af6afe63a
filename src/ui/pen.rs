//! Puts clean text into cells, clipped to an area. The only place where rows and columns become `u16`.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::markdown::Row;
use crate::text::{self, Clean};

use super::theme::{Part, Theme};

/// A part of the screen to write on.
#[derive(Debug)]
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    theme: &'a Theme,
}

/// Cells, clamped to what a terminal has.
fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

impl<'a> Pen<'a> {
    /// A pen for `area`; what would fall outside is not written.
    pub fn new(buffer: &'a mut Buffer, area: Rect, theme: &'a Theme) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area, theme }
    }

    /// The same pen for a part of its area.
    pub fn within(&mut self, x: usize, y: usize, columns: usize, rows: usize) -> Pen<'_> {
        let x = cells(x).min(self.area.width);
        let y = cells(y).min(self.area.height);
        let area = Rect {
            x: self.area.x + x,
            y: self.area.y + y,
            width: cells(columns).min(self.area.width - x),
            height: cells(rows).min(self.area.height - y),
        };
        Pen { buffer: self.buffer, area, theme: self.theme }
    }

    /// Columns of the area.
    pub fn columns(&self) -> usize {
        usize::from(self.area.width)
    }

    /// Rows of the area.
    pub fn rows(&self) -> usize {
        usize::from(self.area.height)
    }

    /// The style of a part of the screen.
    pub fn style(&self, part: Part) -> Style {
        self.theme.part(part)
    }

    /// Writes text; gives the column behind it.
    pub fn put(&mut self, x: usize, y: usize, text: &Clean, style: Style) -> usize {
        if x >= self.columns() || y >= self.rows() {
            return x;
        }
        let at = (self.area.x + cells(x), self.area.y + cells(y));
        let (end, _) = self.buffer.set_stringn(at.0, at.1, text.as_str(), self.columns() - x, style);
        usize::from(end - self.area.x)
    }

    /// Writes text in the style of a part; gives the column behind it.
    pub fn write(&mut self, x: usize, y: usize, text: &Clean, part: Part) -> usize {
        let style = self.style(part);
        self.put(x, y, text, style)
    }

    /// Writes text that ends at the right edge, clipped to what is right of `from`; gives where it begins.
    pub fn write_right(&mut self, from: usize, y: usize, text: &Clean, part: Part) -> usize {
        let text = text.clipped(self.columns().saturating_sub(from));
        let x = self.columns().saturating_sub(text.width());
        self.write(x, y, &text, part);
        x
    }

    /// Gives all cells the style of a part, and nothing to show.
    pub fn clear(&mut self, part: Part) {
        let style = self.style(part);
        for position in self.area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Gives the cells of a row the style of a part; what they show stays.
    pub fn shade(&mut self, y: usize, part: Part) {
        if y < self.rows() {
            let area = Rect { y: self.area.y + cells(y), height: 1, ..self.area };
            self.buffer.set_style(area, self.style(part));
        }
    }

    /// Writes a row of a page.
    pub fn row(&mut self, y: usize, row: &Row) {
        let mut x = 0;
        for run in row.gutter.iter().chain(&row.runs) {
            let style = self.theme.run(run);
            x = self.put(x, y, &run.text, style);
        }
    }

    /// Restyles a part of a row of a page, given in bytes of its text without the gutter.
    pub fn restyle(&mut self, y: usize, row: &Row, bytes: &std::ops::Range<usize>, part: Part) {
        let mut x: usize = row.gutter.iter().map(|run| run.text.width()).sum();
        let mut at = 0;
        for run in &row.runs {
            let length = run.text.as_str().len();
            let (from, to) = (bytes.start.max(at), bytes.end.min(at + length));
            if from < to {
                let before = text::width(run.text.as_str().get(..from - at).unwrap_or_default());
                let style = self.style(part);
                self.put(x + before, y, &run.text.slice(from - at..to - at), style);
            }
            at += length;
            x += run.text.width();
        }
    }

    /// The cell of a column and row, for the terminal's own cursor.
    pub fn cell(&self, x: usize, y: usize) -> (u16, u16) {
        (self.area.x + cells(x).min(self.area.width.saturating_sub(1)), self.area.y + cells(y))
    }
}
