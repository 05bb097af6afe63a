//! The geometry of the screen: a pure function of its size and the reader's settings, shared by scrolling and painting.

use crate::markdown::LineNumbers;

/// Cells of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub columns: usize,
    /// From top to bottom.
    pub rows: usize,
}

/// The size, and how the reader wants it used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Cells of the terminal.
    pub size: Size,
    /// Columns of an article at the most.
    pub measure: usize,
    /// The same before the reader made it wider or narrower.
    pub usual: usize,
    /// Whether the list shows the beginning of the selected post where there is room.
    pub preview: Preview,
    /// Whether the lines around the text are shown.
    pub bars: Bars,
    /// Whether the contents stand beside an article where there is room.
    pub contents: Contents,
    /// Whether lines of code have numbers.
    pub numbers: LineNumbers,
    /// Pixels of a cell.
    pub cell: Cell,
}

/// Whether the title and the status line are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bars {
    /// Always.
    Shown,
    /// Only while there is something to say or to type.
    Hidden,
}

/// Whether the contents of an article stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// Where the margin is wide enough.
    Shown,
    /// Never.
    Hidden,
}

/// Pixels of a cell of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// From left to right.
    pub width: usize,
    /// From top to bottom.
    pub height: usize,
}

/// The cell of a terminal that does not say what it has.
const CELL: Cell = Cell { width: 10, height: 20 };

/// Whether there is a preview beside the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preview {
    /// Where the terminal is wide.
    Shown,
    /// Never.
    Hidden,
}

/// The default columns of an article: at the upper end of what typographers call a good measure, for the sake of code.
pub const MEASURE: usize = 72;
/// Columns of an article at the least.
const NARROWEST: usize = 20;
/// Columns that `+` and `-` add and take.
const STEP: usize = 4;
/// Columns from which on the list has a preview beside it.
const WIDE: usize = 110;
/// Columns of the contents beside an article at the most.
const WIDEST_CONTENTS: usize = 40;
/// Columns between an article and the contents, and between those and the edge.
const GAP: usize = 2;
/// Columns left and right of an article that is as wide as the terminal.
const MARGIN: usize = 2;

impl Screen {
    /// A screen with the default settings.
    pub fn new(size: Size) -> Self {
        Self {
            size,
            measure: MEASURE,
            usual: MEASURE,
            preview: Preview::Shown,
            bars: Bars::Shown,
            contents: Contents::Hidden,
            numbers: LineNumbers::Hidden,
            cell: CELL,
        }
    }

    /// The same screen for a reader whose articles are usually this wide.
    #[must_use]
    pub fn with_measure(self, measure: usize) -> Self {
        Self { measure, usual: measure, ..self }
    }

    /// Rows between the title and the status line, or all.
    pub fn body(&self) -> usize {
        match self.bars {
            Bars::Shown => self.size.rows.saturating_sub(2).max(1),
            Bars::Hidden => self.size.rows.max(1),
        }
    }

    /// Columns of the contents beside an article, where they are wanted and there is room.
    pub fn beside(&self) -> Option<usize> {
        let room = (self.size.columns - self.margin().min(self.size.columns)).saturating_sub(self.column() + 2 * GAP);
        (self.contents == Contents::Shown && room >= NARROWEST).then(|| room.min(WIDEST_CONTENTS))
    }

    /// Columns of an article.
    pub fn column(&self) -> usize {
        let room = if self.size.columns > NARROWEST { self.size.columns - 2 * MARGIN } else { self.size.columns };
        self.measure.min(room).max(1)
    }

    /// Columns left of an article that is centred.
    pub fn margin(&self) -> usize {
        self.size.columns.saturating_sub(self.column()) / 2
    }

    /// Columns of the list.
    pub fn list(&self) -> usize {
        match self.previewed() {
            Some(preview) => self.size.columns - preview - 3,
            None => self.size.columns,
        }
    }

    /// Columns of the preview, where there is one.
    pub fn previewed(&self) -> Option<usize> {
        let fits = self.preview == Preview::Shown && self.size.columns >= WIDE;
        fits.then(|| (self.size.columns * 45 / 100).min(MEASURE))
    }

    /// The same with a column wider by one step.
    #[must_use]
    pub fn wider(self) -> Self {
        Self { measure: (self.column() + STEP).min(self.size.columns.max(NARROWEST)), ..self }
    }

    /// The same with a column narrower by one step.
    #[must_use]
    pub fn narrower(self) -> Self {
        Self { measure: self.column().saturating_sub(STEP).max(NARROWEST), ..self }
    }
}
