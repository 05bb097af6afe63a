//! A window over rows and a selected one among them: the arithmetic of every list, panel and page.

/// Rows on screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// The first row shown.
    pub top: usize,
    /// How many are shown.
    pub height: usize,
}

/// How far a movement goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// Down by so many rows.
    Down(usize),
    /// Up by so many rows.
    Up(usize),
    /// To the first.
    First,
    /// To the last.
    Last,
}

impl Motion {
    /// Where it leads from `at` among `count` things.
    pub fn from(self, at: usize, count: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            Self::Down(rows) => at.saturating_add(rows).min(last),
            Self::Up(rows) => at.saturating_sub(rows),
            Self::First => 0,
            Self::Last => last,
        }
    }
}

impl Window {
    /// A window of `height` rows whose row `offset` shows `row`, as far as `rows` allow.
    pub fn around(row: usize, offset: usize, height: usize, rows: usize) -> Self {
        let mut window = Self { top: row.saturating_sub(offset), height };
        window.settle(rows);
        window.show(row, rows);
        window
    }

    /// Moves as little as needed to show `row`, with `margin` rows around it where there is room.
    pub fn show(&mut self, row: usize, rows: usize) {
        let margin = MARGIN.min(self.height.saturating_sub(1) / 2);
        let lowest = (row + margin + 1).saturating_sub(self.height);
        let highest = row.saturating_sub(margin);
        self.top = self.top.max(lowest).min(highest);
        self.settle(rows);
    }

    /// Leaves no empty rows below the last one while there are rows above.
    pub fn settle(&mut self, rows: usize) {
        self.top = self.top.min(rows.saturating_sub(self.height));
    }

    /// Whether `row` is shown.
    pub fn shows(&self, row: usize) -> bool {
        (self.top..self.top + self.height).contains(&row)
    }
}

/// Rows kept visible around the selected one.
const MARGIN: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_row_is_always_shown() {
        for rows in [0, 1, 5, 40] {
            for height in [1, 2, 3, 10, 60] {
                let mut window = Window { top: 0, height };
                for row in (0..rows).chain((0..rows).rev()).chain([rows / 2, 0]) {
                    window.show(row, rows);
                    assert!(rows == 0 || window.shows(row), "row {row} of {rows} in {window:?}");
                    assert!(window.top <= rows.saturating_sub(height));
                }
            }
        }
    }

    #[test]
    fn a_window_comes_back_as_it_was() {
        let window = Window::around(30, 7, 20, 100);
        assert_eq!(window.top, 23);
    }

    #[test]
    fn motions_stop_at_the_ends() {
        assert_eq!(Motion::Down(9).from(3, 5), 4);
        assert_eq!(Motion::Up(9).from(3, 5), 0);
        assert_eq!(Motion::Last.from(0, 0), 0);
    }
}
