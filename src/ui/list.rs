//! The list of posts in cells: years, dates, titles, tags; the opening of the selected post beside it.

use super::many;
use super::pen::Pen;
use super::theme::Part;
use crate::app::App;
use crate::app::list::{Line, ListView};
use crate::blog::library::Progress;
use crate::blog::marks::Mark;
use crate::blog::post::Post;
use crate::clean;
use crate::text::{Clean, width};

/// Columns of the cursor, the date and the sign left of a title, below the heading of a year and without one.
const DATE: usize = 10;
const WHOLE_DATE: usize = 14;
/// Rows of a preview above its text.
const PREVIEWED: usize = 3;
/// Columns between a title and the tags.
const GAP: usize = 3;

/// Draws the list.
pub fn draw(pen: &mut Pen<'_>, view: &ListView, app: &App) {
    let (columns, rows) = (app.screen.list(), pen.rows());
    if view.selection.posts.is_empty() {
        empty(pen, view, app);
        return;
    }
    let mut list = pen.within(0, 0, columns, rows);
    for y in 0..rows {
        match view.line(view.window.top + y) {
            Some(Line::Year(year)) => {
                let label = year.year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
                let x = list.write(2, y, &clean!("{label}"), Part::Year);
                list.write(x + 2, y, &clean!("{}", many(year.count, "post")), Part::Faint);
            }
            Some(Line::Post(at, post)) => row(&mut list, y, post, view, at, app.library.marks().of(&post.url)),
            None => {}
        }
    }
    if view.preview.is_some() {
        preview(&mut pen.within(columns, 0, pen.columns() - columns, rows), view);
    }
}

fn row(pen: &mut Pen<'_>, y: usize, post: &Post, view: &ListView, at: usize, mark: &Mark) {
    if at == view.cursor {
        pen.shade(y, Part::Selected);
        pen.write(0, y, &Clean::literal("▌"), Part::Cursor);
    }
    let has_year = view.years.is_empty();
    let date = post.date.map(|date| if has_year { date.to_string() } else { date.day_and_month() });
    pen.write(2, y, &clean!("{}", date.unwrap_or_else(|| "—".to_owned())), Part::Faint);
    let mut x = if has_year { WHOLE_DATE } else { DATE };
    let sign = if mark.is_starred() {
        "★"
    } else if mark.is_started() {
        "◐"
    } else {
        ""
    };
    pen.write(x - 1, y, &Clean::literal(sign), Part::Year);
    if post.draft {
        x = pen.write(x, y, &Clean::literal("draft"), Part::Draft) + 1;
    }
    let room = pen.columns().saturating_sub(x + 1);
    let title = post.title.clipped(room);
    let end = pen.write(x, y, &title, if mark.is_read() { Part::Visited } else { Part::Title });
    let columns = pen.columns().saturating_sub(1);
    let tags = fitting_tags(&post.tags, columns.saturating_sub(end + GAP));
    pen.within(0, y, columns, 1).write_right(end, 0, &tags, Part::Tag);
}

/// As many of the tags as fit, whole.
fn fitting_tags(tags: &[Clean], room: usize) -> Clean {
    let mut shown = String::new();
    for tag in tags {
        let more = if shown.is_empty() { tag.to_string() } else { format!("{shown} {tag}") };
        if width(&more) <= room {
            shown = more;
        }
    }
    clean!("{shown}")
}

fn preview(pen: &mut Pen<'_>, view: &ListView) {
    for y in 0..pen.rows() {
        pen.write(0, y, &Clean::literal("│"), Part::Frame);
    }
    let (columns, rows) = (pen.columns().saturating_sub(3), pen.rows());
    let mut inner = pen.within(2, 1, columns, rows.saturating_sub(1));
    let Some((post, preview)) = view.selected().zip(view.preview.as_ref()) else { return };
    inner.write(0, 0, &post.title.clipped(columns), Part::Year);
    let about = [
        post.date.map(super::super::blog::date::Date::long).unwrap_or_default(),
        post.authors.first().map(Clean::to_string).unwrap_or_default(),
    ];
    let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
    inner.write(0, 1, &clean!("{}", about.join(" · ")).clipped(columns), Part::Faint);
    let shown = preview.page.rows.get(preview.top..).unwrap_or_default();
    for (y, row) in (PREVIEWED..inner.rows()).zip(shown) {
        inner.row(y, row);
    }
    for (at, bytes) in preview.hits.iter().flat_map(|hit| &hit.parts) {
        if let Some(row) = shown.get(*at).filter(|_| at + PREVIEWED < inner.rows()) {
            inner.restyle(at + PREVIEWED, row, bytes, Part::Hit);
        }
    }
}

/// Says why there is nothing, and what to do.
fn empty(pen: &mut Pen<'_>, view: &ListView, app: &App) {
    let query = &view.selection.query;
    let lines = match (app.library.progress(), query.is_empty()) {
        (Progress::Loading, _) | (Progress::Listed, false) => [clean!("reading the posts …"), Clean::default()],
        (Progress::Listed | Progress::Complete, true) => [
            clean!("there are no posts here"),
            clean!("a post is a .md or .markdown file; `reread PATH` opens another folder"),
        ],
        (Progress::Complete, false) => match view.selection.troubles.first() {
            Some(trouble) => [clean!("no post fits {query}"), clean!("{} · {}", trouble.what, trouble.remedy)],
            None => [clean!("no post fits {query}"), clean!("Esc lifts the filter; / changes it")],
        },
    };
    for (at, line) in lines.iter().enumerate() {
        pen.write(2, 1 + at, line, if at == 0 { Part::Title } else { Part::Faint });
    }
}
