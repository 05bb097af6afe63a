//! The article in cells: its page in a centred column, hits, the focused link, and numbers over links when asked for.

use super::pen::Pen;
use super::theme::Part;
use crate::app::article::ArticleView;
use crate::app::{App, Pending};
use crate::blog::library::Target;
use crate::clean;
use crate::markdown::Row;

/// Draws the article.
pub fn draw(pen: &mut Pen<'_>, view: &ArticleView, app: &App) {
    let (margin, column, rows) = (app.screen.margin(), app.screen.column(), pen.rows());
    let mut page = pen.within(margin, 0, column, rows);
    let top = view.window.top;
    for (y, row) in view.page.rows.iter().skip(top).take(rows).enumerate() {
        page.row(y, row);
        links(&mut page, y, row, view);
    }
    hits(&mut page, view);
    if let Pending::Number(typed) = app.keyboard.pending {
        numbers(&mut page, view, typed);
    }
}

/// Marks broken links, and the focused one.
fn links(pen: &mut Pen<'_>, y: usize, row: &Row, view: &ArticleView) {
    let mut at = 0;
    for run in &row.runs {
        let bytes = at..at + run.text.as_str().len();
        at = bytes.end;
        let Some(link) = run.link else { continue };
        if matches!(view.targets.get(link), Some(Target::Broken(..) | Target::Refused(_))) {
            pen.restyle(y, row, &bytes, Part::Broken);
        }
        if view.focus == Some(link) {
            pen.restyle(y, row, &bytes, Part::Focus);
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

/// Lays the number of every link on screen over its beginning; those that a typed number begins stand out.
fn numbers(pen: &mut Pen<'_>, view: &ArticleView, typed: usize) {
    let (top, rows) = (view.window.top, pen.rows());
    for (link, row) in view.page.links.iter().enumerate().filter(|(_, row)| (top..top + rows).contains(row)) {
        let Some(shown) = view.page.rows.get(*row) else { continue };
        let before = shown.gutter.iter().chain(shown.runs.iter().take_while(|run| run.link != Some(link)));
        let x: usize = before.map(|run| run.text.width()).sum();
        let number = (link + 1).to_string();
        let fits = typed == 0 || number.starts_with(&typed.to_string());
        let part = if fits { Part::Hint } else { Part::Faint };
        pen.write(x, row - top, &clean!("{number}"), part);
    }
}
