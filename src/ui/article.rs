//! The article in cells: its page in a centred column, hits, the focused link, and what stands at the page's edges.

use std::ops::Range;

use super::pen::Pen;
use super::theme::Part;
use super::{Hyperlinks, Look, overlay};
use crate::app::article::ArticleView;
use crate::app::{App, Pending};
use crate::blog::library::{Library, Target};
use crate::clean;
use crate::markdown::{LinkId, LinkKind, Row};
use crate::text::Clean;

/// Draws the article.
pub fn draw(pen: &mut Pen<'_>, view: &ArticleView, app: &App, look: &Look) {
    let (margin, column, rows) = (app.screen.margin(), app.screen.column(), pen.rows());
    let mut page = pen.within(margin, 0, column, rows).shifted(view.shift.unwrap_or_default());
    let top = view.window.top;
    for (y, row) in view.page.rows.iter().skip(top).take(rows).enumerate() {
        page.row(y, row);
        links(&mut page, y, row, view, app);
    }
    hits(&mut page, view);
    table_head(&mut page, view);
    if look.hyperlinks == Hyperlinks::Known {
        for (y, row) in view.page.rows.iter().skip(top).take(rows).enumerate() {
            hyperlinks(&mut page, y, row, view, &app.library);
        }
    }
    match &app.keyboard.pending {
        Pending::Number(typed) => numbers(&mut page, view, *typed),
        Pending::Hint(typed) => hints(&mut page, view, typed),
        Pending::Nothing | Pending::Keys(_) => {}
    }
    scrollbar(pen, view);
    if let Some(columns) = app.screen.beside() {
        let x = pen.columns().saturating_sub(columns + 1);
        contents(&mut pen.within(x, 1, columns, rows.saturating_sub(2)), view);
    }
}

/// The links of a row, and the bytes of each run of them.
fn linked(row: &Row) -> impl Iterator<Item = (LinkId, Range<usize>)> {
    let mut at = 0;
    row.runs.iter().filter_map(move |run| {
        let bytes = at..at + run.text.as_str().len();
        at = bytes.end;
        Some((run.link?, bytes))
    })
}

/// Marks broken links, those that were followed, and the focused one.
fn links(pen: &mut Pen<'_>, y: usize, row: &Row, view: &ArticleView, app: &App) {
    for (link, bytes) in linked(row) {
        let Some(target) = view.targets.get(link) else { continue };
        // A picture that stands in no file is told by its own cells, and by `check`.
        let is_text = view.document.links.get(link).is_some_and(|link| link.kind != LinkKind::Image);
        if is_text && matches!(target, Target::Broken(..) | Target::Refused(_)) {
            pen.restyle(y, row, &bytes, Part::Broken);
        } else if app.library.has_followed(target) {
            pen.restyle(y, row, &bytes, Part::Visited);
        }
        if view.focus == Some(link) {
            pen.restyle(y, row, &bytes, Part::Focus);
        }
    }
}

/// Tells the terminal where the links of a row lead.
fn hyperlinks(pen: &mut Pen<'_>, y: usize, row: &Row, view: &ArticleView, library: &Library) {
    for (link, bytes) in linked(row) {
        if let Some(url) = view.targets.get(link).and_then(|target| library.address_of(target)) {
            pen.hyperlink(y, row, &bytes, link, &url);
        }
    }
}

fn hits(pen: &mut Pen<'_>, view: &ArticleView) {
    let Some(find) = &view.find else { return };
    let (top, rows) = (view.window.top, pen.rows());
    for (at, hit) in find.hits.iter().enumerate() {
        let part = if at == find.current { Part::CurrentHit } else { Part::Hit };
        for (row, bytes) in hit.parts.iter().filter(|(row, _)| (top..top + rows).contains(row)) {
            if let Some(shown) = view.page.rows.get(*row) {
                pen.restyle(row - top, shown, bytes, part);
            }
        }
    }
}

/// Repeats the head of a table whose body goes on above the window, while more of the body is shown than that takes.
fn table_head(pen: &mut Pen<'_>, view: &ArticleView) {
    let top = view.window.top;
    let Some(table) = view.page.tables.iter().find(|table| table.head.start < top && top < table.end) else { return };
    if table.end - top <= 2 * table.head.len() || table.head.len() * 3 > pen.rows() {
        return;
    }
    for (y, row) in view.page.rows.iter().skip(table.head.start).take(table.head.len()).enumerate() {
        let columns = pen.columns();
        pen.within(0, y, columns, 1).clear(Part::Ground);
        pen.row(y, row);
    }
}

/// Lays the number of every link on screen over its beginning; those that the typed number begins stand out.
fn numbers(pen: &mut Pen<'_>, view: &ArticleView, typed: usize) {
    let (top, rows) = (view.window.top, pen.rows());
    for (link, _) in view.page.links.iter().enumerate().filter(|(_, row)| (top..top + rows).contains(row)) {
        let number = (link + 1).to_string();
        let fits = number.starts_with(&typed.to_string());
        label(pen, view, link, &number, if fits { Part::Hint } else { Part::Faint });
    }
}

/// Lays a label over the beginning of every link on screen; those that what is typed begins stand out.
fn hints(pen: &mut Pen<'_>, view: &ArticleView, typed: &str) {
    for (link, hint) in view.hints() {
        label(pen, view, link, &hint, if hint.starts_with(typed) { Part::Hint } else { Part::Faint });
    }
}

fn label(pen: &mut Pen<'_>, view: &ArticleView, link: LinkId, label: &str, part: Part) {
    let Some(row) = view.page.links.get(link) else { return };
    let Some(shown) = view.page.rows.get(*row) else { return };
    let place = linked(shown).find(|(found, _)| *found == link).and_then(|(_, bytes)| pen.column(shown, &bytes));
    if let (Some(x), Some(y)) = (place, row.checked_sub(view.window.top)) {
        pen.write(x, y, &clean!("{label}"), part);
    }
}

/// A thumb at the right edge that shows which part of the page is on screen.
fn scrollbar(pen: &mut Pen<'_>, view: &ArticleView) {
    let (rows, all) = (pen.rows(), view.page.rows.len());
    if all <= rows {
        return;
    }
    let size = (rows * rows / all).max(1);
    let start = view.window.top * (rows - size) / (all - rows).max(1);
    let x = pen.columns().saturating_sub(1);
    for y in start..(start + size).min(rows) {
        pen.write(x, y, &Clean::literal("▐"), Part::ScrollThumb);
    }
}

/// The headings beside the page, the one that the reader is under marked and always in view.
fn contents(pen: &mut Pen<'_>, view: &ArticleView) {
    let here = view.section();
    let (count, rows) = (view.document.headings.len(), pen.rows());
    let top = here.unwrap_or_default().saturating_sub(rows / 2).min(count.saturating_sub(rows));
    for y in 0..rows.min(count) {
        overlay::heading(pen, y, view, top + y, here == Some(top + y));
    }
}
