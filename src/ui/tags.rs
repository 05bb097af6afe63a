//! The tags in cells: name, count, and a bar that shows the count's share of the largest.

use super::count;
use super::pen::Pen;
use super::theme::Part;
use crate::app::tags::TagsView;
use crate::clean;
use crate::text::Clean;

/// Columns of the names at the most.
const NAMES: usize = 40;
/// Columns of the bars at the most.
const BARS: usize = 40;

/// Draws the tags.
pub fn draw(pen: &mut Pen<'_>, view: &TagsView) {
    if view.entries.is_empty() {
        let (first, second) = if view.filter.is_empty() {
            (clean!("no post here has a tag"), clean!("Esc goes to the list of posts"))
        } else {
            (clean!("no tag has {:?}", view.filter), clean!("Esc lifts the filter; / changes it"))
        };
        pen.write(2, 1, &first, Part::Title);
        pen.write(2, 2, &second, Part::Faint);
        return;
    }
    let names = view.entries.iter().map(|(tag, _)| tag.width()).max().unwrap_or(0).min(NAMES).min(pen.columns() / 2);
    let largest = view.entries.iter().map(|(_, posts)| *posts).max().unwrap_or(1).max(1);
    let rows = pen.rows();
    for (y, (at, (tag, posts))) in view.entries.iter().enumerate().skip(view.window.top).take(rows).enumerate() {
        if at == view.cursor {
            pen.shade(y, Part::Selected);
            pen.write(0, y, &Clean::literal("▌"), Part::Cursor);
        }
        pen.write(2, y, &tag.clipped(names), Part::Title);
        let x = pen.write(2 + names + 2, y, &clean!("{:>5}", count(*posts)), Part::Faint);
        let room = pen.columns().saturating_sub(x + 4).min(BARS);
        let bar = "━".repeat((posts * room).div_ceil(largest).min(room));
        pen.write(x + 2, y, &clean!("{bar}"), Part::Tag);
    }
}
