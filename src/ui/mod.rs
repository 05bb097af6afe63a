//! What the reader sees: a frame from the state of the program. Reads `&App`, changes nothing.

pub mod ansi;
mod article;
pub mod link;
mod list;
mod overlay;
mod pen;
pub mod picture;
mod status;
mod tags;
pub mod theme;
mod ties;

use ratatui::Frame;

use self::pen::Pen;
use self::theme::{Part, Theme};
use crate::app::App;
use crate::app::overlay::Overlay;
use crate::app::place::View;
use crate::app::screen::Bars;
use crate::clean;
use crate::text::Clean;

/// How everything looks.
#[derive(Debug, Clone)]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// Whether the terminal is told where links lead.
    pub hyperlinks: Hyperlinks,
}

/// Whether the terminal makes links of what it is told (OSC 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hyperlinks {
    /// It is known to.
    Known,
    /// It is not, and may show what it is told as text.
    Unknown,
}

impl From<Theme> for Look {
    fn from(theme: Theme) -> Self {
        Self { theme, hyperlinks: Hyperlinks::Unknown }
    }
}

/// Columns and rows below which there is no room for anything.
const SMALLEST: (usize, usize) = (12, 3);

/// Draws the whole screen.
pub fn draw(frame: &mut Frame<'_>, app: &App, look: &Look) {
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), area, &look.theme);
    pen.clear(Part::Ground);
    let (columns, rows) = (pen.columns(), pen.rows());
    if columns < SMALLEST.0 || rows < SMALLEST.1 {
        pen.write(0, 0, &Clean::literal("too small"), Part::Ground);
        return;
    }
    let cursor = match app.screen.bars {
        Bars::Shown => {
            status::title(&mut pen.within(0, 0, columns, 1), app);
            body(&mut pen.within(0, 1, columns, rows - 2), app, look);
            status::bottom(&mut pen.within(0, rows - 1, columns, 1), app)
        }
        Bars::Hidden => {
            body(&mut pen, app, look);
            status::needed(app).then(|| status::bottom(&mut pen.within(0, rows - 1, columns, 1), app)).flatten()
        }
    };
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

fn body(pen: &mut Pen<'_>, app: &App, look: &Look) {
    match &app.view {
        View::List(view) => list::draw(pen, view, app),
        View::Tags(view) => tags::draw(pen, view),
        View::Article(view) => article::draw(pen, view, app, look),
    }
    match &app.overlay {
        Some(Overlay::Help(scope, panel)) => overlay::help(pen, panel, &app.keyboard.map.help(*scope)),
        Some(Overlay::Faults(panel)) => overlay::faults(pen, panel, app.library.faults()),
        Some(Overlay::Sorts(panel)) => overlay::sorts(pen, panel),
        Some(Overlay::Searches(panel, named)) => overlay::searches(pen, panel, named),
        Some(Overlay::Contents(panel, _)) => {
            if let View::Article(view) = &app.view {
                overlay::contents(pen, panel, view);
            }
        }
        Some(Overlay::Links(page, panel)) => {
            if let View::Article(view) = &app.view {
                ties::draw(pen, *page, panel, view, &app.library);
            }
        }
        Some(Overlay::Unopened(url, why)) => overlay::address(pen, "not opened", url, why, "y copies the address"),
        Some(Overlay::Doubted(url, why)) => {
            let why = clean!("⚠ {}: {why}", url.host());
            overlay::address(pen, "open this?", url, &why, "⏎ opens it   y copies the address   Esc leaves it");
        }
        Some(Overlay::Prompt(prompt)) => status::help_with(pen, prompt, app),
        None => {}
    }
}

/// A number with its thousands apart.
fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// So many of something: `1 post`, `2,155 posts`.
fn many(number: usize, one: &str) -> String {
    format!("{} {one}{}", count(number), if number == 1 { "" } else { "s" })
}
