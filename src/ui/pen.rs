//! Puts clean text into cells, clipped to an area. The only place where rows and columns become `u16`.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::blog::url::Url;
use crate::markdown::{Row, Run};
use crate::text::{self, Clean, fitting};

use super::link;
use super::theme::{Part, Theme};

/// A part of the screen to write on.
#[derive(Debug)]
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    theme: &'a Theme,
    /// Columns by which the wide rows of a page are shifted.
    shift: usize,
    /// Bytes that the addresses of links may still take.
    addresses: usize,
}

/// Bytes of addresses in a frame; beyond them, text is a link for the keys alone.
const ADDRESSES: usize = 256 << 10;

/// Cells, clamped to what a terminal has.
fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

impl<'a> Pen<'a> {
    /// A pen for `area`; what would fall outside is not written.
    pub fn new(buffer: &'a mut Buffer, area: Rect, theme: &'a Theme) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area, theme, shift: 0, addresses: ADDRESSES }
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
        Pen { buffer: self.buffer, area, theme: self.theme, shift: 0, addresses: self.addresses }
    }

    /// The same pen, which writes the wide rows of a page from this column on.
    #[must_use]
    pub fn shifted(self, shift: usize) -> Self {
        Self { shift, ..self }
    }

    /// The cells that it writes on.
    pub fn area(&self) -> Rect {
        self.area
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

    /// Writes a row of a page; one that is wider than the page says so.
    pub fn row(&mut self, y: usize, row: &Row) {
        let mut x = 0;
        for run in &row.gutter {
            let style = self.theme.run(run);
            x = self.put(x, y, &run.text, style);
        }
        let gutter = x;
        for (x, bytes, run) in self.pieces(row, &(0..usize::MAX)) {
            let style = self.theme.run(run);
            self.piece(x, y, bytes, run, style);
        }
        if row.is_wide() && row.width() > self.hidden(row) + self.columns() {
            self.write(self.columns().saturating_sub(1), y, &Clean::literal("›"), Part::Frame);
        }
        if let (Some(before), true) = (gutter.checked_sub(2), self.hidden(row) > 0 && !row.is_blank()) {
            self.write(before, y, &Clean::literal("‹"), Part::Frame);
        }
    }

    /// Columns of a row's text that lie left of the page.
    fn hidden(&self, row: &Row) -> usize {
        if row.is_wide() { self.shift } else { 0 }
    }

    /// The cells of a part of a row, given in bytes of its text without the gutter: where each piece begins, which
    /// bytes it shows, and the run that they belong to.
    fn pieces<'r>(
        &self,
        row: &'r Row,
        bytes: &std::ops::Range<usize>,
    ) -> Vec<(usize, std::ops::Range<usize>, &'r Run)> {
        let gutter: usize = row.gutter.iter().map(|run| run.text.width()).sum();
        let (mut column, mut at, hidden) = (0, 0, self.hidden(row));
        let mut pieces = Vec::new();
        for run in &row.runs {
            let length = run.text.as_str().len();
            let (from, to) = (bytes.start.max(at), bytes.end.min(at + length));
            if from < to {
                let before = column + text::width(run.text.as_str().get(..from - at).unwrap_or_default());
                let part = run.text.as_str().get(from - at..to - at).unwrap_or_default();
                // Nothing is cut where nothing is hidden, not even marks that take no column.
                let cut = if hidden > before { fitting(part, hidden - before) } else { 0 };
                if cut < part.len() {
                    pieces.push((gutter + before.max(hidden) - hidden, from - at + cut..to - at, run));
                }
            }
            at += length;
            column += run.text.width();
        }
        pieces
    }

    /// Writes a part of a run; the whole of one, as most are, without a copy.
    fn piece(&mut self, x: usize, y: usize, bytes: std::ops::Range<usize>, run: &Run, style: Style) {
        if bytes == (0..run.text.as_str().len()) {
            self.put(x, y, &run.text, style);
        } else {
            self.put(x, y, &run.text.slice(bytes), style);
        }
    }

    /// Restyles a part of a row of a page, given in bytes of its text without the gutter.
    pub fn restyle(&mut self, y: usize, row: &Row, bytes: &std::ops::Range<usize>, part: Part) {
        let style = self.style(part);
        for (x, bytes, run) in self.pieces(row, bytes) {
            self.piece(x, y, bytes, run, style);
        }
    }

    /// The column where a part of a row begins, if any of it is in view.
    pub fn column(&self, row: &Row, bytes: &std::ops::Range<usize>) -> Option<usize> {
        self.pieces(row, bytes).first().map(|(x, ..)| *x)
    }

    /// Makes the cells of a part of a row one link of the terminal's own (OSC 8): every cell opens and closes it, so
    /// that a frame which repaints only some of them leaves no link open. Cells of one `id` belong together.
    pub fn hyperlink(&mut self, y: usize, row: &Row, bytes: &std::ops::Range<usize>, id: usize, url: &Url) {
        let Some(opening) = link::opening(id, url).filter(|_| y < self.rows()) else { return };
        for (x, bytes, run) in self.pieces(row, bytes) {
            let columns = text::width(run.text.as_str().get(bytes).unwrap_or_default());
            let mut goes_on = false;
            for x in x..(x + columns).min(self.columns()) {
                let at = (self.area.x + cells(x), self.area.y + cells(y));
                let Some(cell) = self.buffer.cell_mut(at) else { continue };
                let width = NonZeroU16::new(cells(text::width(cell.symbol())));
                let Some(width) = width.filter(|_| !cell.symbol().starts_with('\x1b')) else { continue };
                // Once for all cells that are written one behind the other, as those behind wide letters are not.
                let cost = if goes_on { 0 } else { opening.len() };
                let Some(left) = self.addresses.checked_sub(cost) else { return };
                self.addresses = left;
                goes_on = width.get() == 1;
                let linked = format!("{opening}{}{}", cell.symbol(), link::CLOSING);
                cell.set_symbol(&linked).set_diff_option(CellDiffOption::ForcedWidth(width));
            }
        }
    }

    /// The cell of a column and row, for the terminal's own cursor.
    pub fn cell(&self, x: usize, y: usize) -> (u16, u16) {
        (self.area.x + cells(x).min(self.area.width.saturating_sub(1)), self.area.y + cells(y))
    }
}
