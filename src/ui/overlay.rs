//! Panels above a view, in cells: the keys, the links of an article, the faults.

use super::count;
use super::pen::Pen;
use super::theme::Part;
use crate::app::article::ArticleView;
use crate::app::overlay::{Named, Panel};
use crate::blog::fault::Fault;
use crate::blog::query::{SORTS, Sort};
use crate::blog::url::Url;
use crate::clean;
use crate::text::{Clean, wrap};

/// Columns of a panel at the most.
const WIDEST: usize = 100;
/// Columns of the contents of an article at the most.
const CONTENTS: usize = 50;

/// Draws the keys of a view.
pub fn help(pen: &mut Pen<'_>, panel: &Panel, lines: &[(String, &'static str)]) {
    let keys = lines.iter().map(|(keys, _)| crate::text::width(keys)).max().unwrap_or(0);
    let mut inner = framed(pen, "keys", lines.len());
    for (y, (at, (bound, what))) in rows(lines, panel, inner.rows()).enumerate() {
        select(&mut inner, y, 1, at == panel.cursor);
        inner.write(1, y, &clean!("{bound}"), Part::Tag);
        let room = inner.columns().saturating_sub(keys + 3);
        inner.write(keys + 3, y, &clean!("{what}").clipped(room), Part::Title);
    }
}

/// Draws the headings of an article at the right, where they hide the least of it.
pub fn contents(pen: &mut Pen<'_>, panel: &Panel, view: &ArticleView) {
    let columns = pen.columns().min(CONTENTS);
    let (x, rows) = (pen.columns() - columns, pen.rows());
    let mut right = pen.within(x, 0, columns, rows);
    let mut inner = framed(&mut right, "contents", panel.count);
    for y in 0..inner.rows().min(panel.count) {
        let at = panel.window.top + y;
        heading(&mut inner, y, view, at, at == panel.cursor);
    }
}

/// Draws one heading of a table of contents.
pub fn heading(pen: &mut Pen<'_>, y: usize, view: &ArticleView, at: usize, here: bool) {
    let headings = &view.document.headings;
    let highest = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
    let Some(heading) = headings.get(at) else { return };
    select(pen, y, 1, here);
    let indent = 2 + 2 * usize::from(heading.level - highest);
    let room = pen.columns().saturating_sub(indent);
    let part = if here { Part::Title } else { Part::Faint };
    pen.write(indent.min(pen.columns()), y, &heading.text.clipped(room), part);
}

/// Draws the orders of posts.
pub fn sorts(pen: &mut Pen<'_>, panel: &Panel) {
    let mut inner = framed(pen, "sort", SORTS.len());
    for (y, (at, (name, sort))) in rows(&SORTS, panel, inner.rows()).enumerate() {
        select(&mut inner, y, 1, at == panel.cursor);
        inner.write(1, y, &Clean::literal(name), Part::Title);
        let what = match sort {
            Sort::Date => "the newest first",
            Sort::Title => "by title",
            Sort::Relevance => "the best first, where words are looked for",
            Sort::Length => "the longest first",
            Sort::Opened => "the last opened first",
            Sort::Random => "by chance",
        };
        inner.write(12, y, &Clean::literal(what), Part::Faint);
    }
}

/// Draws the searches that have a name: the name, the number of posts, the query.
pub fn searches(pen: &mut Pen<'_>, panel: &Panel, searches: &[Named]) {
    let mut inner = framed(pen, "searches", searches.len());
    let widest = searches.iter().map(|search| clean!("{}", search.name).width()).max().unwrap_or(0);
    let names = widest.min(inner.columns() / 3);
    for (y, (at, search)) in rows(searches, panel, inner.rows()).enumerate() {
        select(&mut inner, y, 1, at == panel.cursor);
        inner.write(1, y, &clean!("{}", search.name).clipped(names), Part::Title);
        let posts = search.posts.map_or_else(|| "…".to_owned(), count);
        let x = inner.write(names + 2, y, &clean!("{posts:>7}  "), Part::Faint);
        let room = inner.columns().saturating_sub(x + 1);
        inner.write(x, y, &Clean::exact(search.query.text()).clipped(room), Part::Tag);
    }
}

/// Draws what is wrong in the files: where and what, and the remedy.
pub fn faults(pen: &mut Pen<'_>, panel: &Panel, faults: &[Fault]) {
    let mut inner = framed(pen, "faults", panel.count * 2);
    let shown = inner.rows() / 2;
    for (y, (at, fault)) in rows(faults, panel, shown).enumerate() {
        let y = y * 2;
        select(&mut inner, y, 2, at == panel.cursor);
        let room = inner.columns().saturating_sub(2);
        let place = fault.line.map_or_else(|| clean!("{}", fault.path), |line| clean!("{}:{line}", fault.path));
        let x = inner.write(1, y, &place.clipped(room / 2), Part::Faint);
        let rest = inner.columns().saturating_sub(x + 3);
        inner.write(x + 2, y, &fault.fault.clipped(rest), Part::Fault);
        inner.write(3, y + 1, &fault.remedy.clipped(room.saturating_sub(2)), Part::Title);
    }
}

/// Draws an address: whole, over as many rows as it takes, under what is to be said of it and above what can be done.
pub fn address(pen: &mut Pen<'_>, title: &'static str, url: &Url, why: &Clean, keys: &'static str) {
    let columns = pen.columns().min(WIDEST).saturating_sub(4).max(1);
    let sentence = wrap(why.as_str(), columns).into_iter().map(|line| why.slice(line.range));
    let address = Clean::exact(url.as_str());
    let pieces = wrap(address.as_str(), columns).into_iter().map(|line| address.slice(line.range));
    let lines: Vec<(Clean, Part)> = sentence
        .map(|line| (line, Part::Fault))
        .chain([(Clean::default(), Part::Title)])
        .chain(pieces.map(|line| (line, Part::Title)))
        .chain([(Clean::default(), Part::Title), (Clean::literal(keys), Part::Faint)])
        .collect();
    let mut inner = framed(pen, title, lines.len());
    for (y, (line, part)) in lines.iter().enumerate() {
        inner.write(1, y, line, *part);
    }
}

pub(super) fn rows<'a, T>(
    things: &'a [T],
    panel: &Panel,
    shown: usize,
) -> impl Iterator<Item = (usize, &'a T)> + use<'a, T> {
    things.iter().enumerate().skip(panel.window.top).take(shown)
}

pub(super) fn select(pen: &mut Pen<'_>, y: usize, rows: usize, selected: bool) {
    if selected {
        (y..y + rows).for_each(|y| pen.shade(y, Part::Selected));
        pen.write(0, y, &Clean::literal("▌"), Part::Cursor);
    }
}

/// Where a panel for `rows` rows lies: its left column, its first row, its columns and rows.
pub(super) fn place(pen: &Pen<'_>, rows: usize) -> (usize, usize, usize, usize) {
    let columns = pen.columns().min(WIDEST);
    let rows = (rows + 2).min(pen.rows());
    ((pen.columns() - columns) / 2, (pen.rows() - rows) / 2, columns, rows)
}

/// Draws an empty panel for `rows` rows in the middle; gives the pen for its inside.
pub(super) fn framed<'a>(pen: &'a mut Pen<'_>, title: &'static str, rows: usize) -> Pen<'a> {
    let (x, y, columns, rows) = place(pen, rows);
    let mut panel = pen.within(x, y, columns, rows);
    panel.clear(Part::Ground);
    let (across, last) = (columns.saturating_sub(2), rows.saturating_sub(1));
    panel.write(0, 0, &clean!("╭{}╮", "─".repeat(across)), Part::Frame);
    for y in 1..last {
        panel.write(0, y, &Clean::literal("│"), Part::Frame);
        panel.write(columns.saturating_sub(1), y, &Clean::literal("│"), Part::Frame);
    }
    panel.write(0, last, &clean!("╰{}╯", "─".repeat(across)), Part::Frame);
    if !title.is_empty() {
        panel.write(2, 0, &clean!(" {title} "), Part::Year);
    }
    pen.within(x + 1, y + 1, across, rows.saturating_sub(2))
}
