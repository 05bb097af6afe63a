//! The explorer of names in cells: tabs, names with counts and bars, and what is known of the selected one.

use super::count;
use super::pen::Pen;
use super::theme::Part;
use crate::app::tags::{FACETS, TagsView};
use crate::blog::query::Sense;
use crate::clean;
use crate::text::Clean;

/// Columns of the names at the most.
const NAMES: usize = 40;
/// Columns of the bars at the most.
const BARS: usize = 40;
/// Columns of what is known of the selected name, and those of the screen from which on it is shown.
const ABOUT: usize = 46;
const WIDE: usize = 100;

/// Draws the names.
pub fn draw(pen: &mut Pen<'_>, view: &TagsView) {
    let (one, several) = view.facet.labels();
    if view.entries.is_empty() {
        let (first, second) = if view.filter.is_empty() {
            (clean!("no post here has a {one}"), clean!("Tab shows other names; Esc goes to the list of posts"))
        } else {
            (clean!("no {one} has {:?}", view.filter), clean!("Esc lifts the filter; / changes it"))
        };
        pen.write(2, 1, &first, Part::Title);
        pen.write(2, 2, &second, Part::Faint);
        return;
    }
    let (columns, rows) = (pen.columns(), pen.rows());
    let about = if columns >= WIDE { ABOUT } else { 0 };
    names(&mut pen.within(0, 0, columns - about, rows), view);
    if about > 0 {
        beside(&mut pen.within(columns - about, 0, about, rows), view, several);
    }
}

fn names(pen: &mut Pen<'_>, view: &TagsView) {
    let widest = view.entries.iter().map(|entry| entry.name.width()).max().unwrap_or(0);
    let names = widest.min(NAMES).min(pen.columns() / 2);
    let largest = view.entries.iter().map(|entry| entry.posts).max().unwrap_or(1).max(1);
    let rows = pen.rows();
    for (y, (at, entry)) in view.entries.iter().enumerate().skip(view.window.top).take(rows).enumerate() {
        if at == view.cursor {
            pen.shade(y, Part::Selected);
            pen.write(0, y, &Clean::literal("▌"), Part::Cursor);
        }
        let sign = match entry.sense {
            Some(Sense::Wanted) => "+",
            Some(Sense::Unwanted) => "-",
            None => " ",
        };
        pen.write(1, y, &Clean::literal(sign), Part::Tag);
        let part = if entry.posts == 0 { Part::Faint } else { Part::Title };
        pen.write(2, y, &entry.name.clipped(names), part);
        let x = pen.write(2 + names + 2, y, &clean!("{:>5}", count(entry.posts)), Part::Faint);
        let room = pen.columns().saturating_sub(x + 4).min(BARS);
        let bar = "━".repeat((entry.posts * room).div_ceil(largest).min(room));
        pen.write(x + 2, y, &clean!("{bar}"), Part::Tag);
    }
}

/// Draws the tabs, the years of the selected name with a bar each, and the tags that go with it.
fn beside(pen: &mut Pen<'_>, view: &TagsView, several: &str) {
    let (columns, rows) = (pen.columns(), pen.rows());
    for y in 0..rows {
        pen.write(0, y, &Clean::literal("│"), Part::Frame);
    }
    let mut inner = pen.within(2, 0, columns - 2, rows);
    let mut x = 0;
    for facet in FACETS {
        let (_, label) = facet.labels();
        let part = if label == several { Part::Title } else { Part::Faint };
        x = inner.write(x, 0, &Clean::literal(label), part) + 1;
    }
    let Some(name) = view.selected() else { return };
    inner.write(0, 2, &name.clipped(columns - 2), Part::Year);
    let mut y = 3;
    let most = view.about.years.iter().map(|(_, posts)| *posts).max().unwrap_or(1).max(1);
    let room = rows.saturating_sub(y + view.about.companions.len() + 2);
    let skipped = view.about.years.len().saturating_sub(room);
    for (year, posts) in view.about.years.iter().skip(skipped) {
        inner.write(0, y, &clean!("{year} {posts:>4}"), Part::Faint);
        let bar = "━".repeat((posts * (ABOUT - 16)).div_ceil(most));
        inner.write(11, y, &clean!("{bar}"), Part::Tag);
        y += 1;
    }
    y += 1;
    for (tag, posts) in &view.about.companions {
        inner.write(0, y, &clean!("{posts:>4} with {tag}").clipped(columns - 2), Part::Faint);
        y += 1;
    }
}
