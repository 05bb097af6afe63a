//! What the reader sees: a frame from the state of the program. Reads `&App`, changes nothing.

pub mod ansi;
mod article;
mod list;
mod overlay;
mod pen;
mod status;
mod tags;
pub mod theme;

use ratatui::Frame;

use self::pen::Pen;
use self::theme::{Part, Theme};
use crate::app::App;
use crate::app::overlay::Overlay;
use crate::app::place::View;
use crate::text::Clean;

/// Columns and rows below which there is no room for anything.
const SMALLEST: (usize, usize) = (12, 3);

/// Draws the whole screen.
pub fn draw(frame: &mut Frame<'_>, app: &App, theme: &Theme) {
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), area, theme);
    pen.clear(Part::Ground);
    let (columns, rows) = (pen.columns(), pen.rows());
    if columns < SMALLEST.0 || rows < SMALLEST.1 {
        pen.write(0, 0, &Clean::literal("too small"), Part::Ground);
        return;
    }
    status::title(&mut pen.within(0, 0, columns, 1), app);
    body(&mut pen.within(0, 1, columns, rows - 2), app);
    let cursor = status::bottom(&mut pen.within(0, rows - 1, columns, 1), app);
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

fn body(pen: &mut Pen<'_>, app: &App) {
    match &app.view {
        View::List(view) => list::draw(pen, view, app),
        View::Tags(view) => tags::draw(pen, view),
        View::Article(view) => article::draw(pen, view, app),
    }
    match &app.overlay {
        Some(Overlay::Help(scope, panel)) => overlay::help(pen, panel, &app.keyboard.map.help(*scope)),
        Some(Overlay::Faults(panel)) => overlay::faults(pen, panel, app.library.faults()),
        Some(Overlay::Links(panel)) => {
            if let View::Article(view) = &app.view {
                overlay::links(pen, panel, view, &app.library);
            }
        }
        Some(Overlay::Unopened(url, why)) => overlay::unopened(pen, url, why),
        Some(Overlay::Prompt(_)) | None => {}
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
