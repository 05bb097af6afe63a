//! The panel of what an article is tied to, in cells: links, backlinks, related posts, and the parts of its series.

use super::count;
use super::overlay::{framed, rows, select};
use super::pen::Pen;
use super::status::leads_to;
use super::theme::Part;
use crate::app::around::LinkPage;
use crate::app::article::ArticleView;
use crate::app::overlay::Panel;
use crate::blog::library::{Library, Target};
use crate::blog::post::{Key, Post};
use crate::clean;
use crate::text::Clean;

/// Columns before an entry: the cursor, and a number.
const BEFORE: usize = 6;

/// Draws a page of the panel.
pub fn draw(pen: &mut Pen<'_>, page: LinkPage, panel: &Panel, view: &ArticleView, library: &Library) {
    // A page without an entry says so in a row.
    let mut inner = framed(pen, "", (panel.count * page.rows()).max(1));
    if panel.count == 0 {
        inner.write(1, 0, &nothing(page, view), Part::Faint);
    }
    match page {
        LinkPage::Links => links(&mut inner, panel, view, library),
        LinkPage::Backlinks => {
            let threads = view.around.backlinks.as_deref().unwrap_or_default();
            let entry = |at: usize| threads.get(at).map(|thread| (&thread.from, thread.sentence.clone()));
            posts(&mut inner, panel, library, &entry);
        }
        LinkPage::Related => {
            let related = view.around.related(&view.post, library);
            let entry = |at: usize| related.get(at).map(|related| (&related.post, related.sentence()));
            posts(&mut inner, panel, library, &entry);
        }
        LinkPage::Series => series(&mut inner, panel, view, library),
    }
    tabs(pen, page, panel, view, library);
}

/// Names the pages on the upper edge of the panel, with what each has.
fn tabs(pen: &mut Pen<'_>, page: LinkPage, panel: &Panel, view: &ArticleView, library: &Library) {
    let (x, y, columns, _) = super::overlay::place(pen, (panel.count * page.rows()).max(1));
    let mut edge = pen.within(x, y, columns, 1);
    let mut x = 2;
    for other in LinkPage::ALL {
        let amount = match view.entries(other, library) {
            0 => String::new(),
            amount => format!(" {}", count(amount)),
        };
        let part = if other == page { Part::Year } else { Part::Faint };
        if x + 2 < columns {
            x = edge.write(x, 0, &clean!(" {}{amount} ", other.label()).clipped(columns - x - 1), part);
        }
    }
}

/// Why a page is empty.
fn nothing(page: LinkPage, view: &ArticleView) -> Clean {
    Clean::literal(match page {
        LinkPage::Links => "this post has no links",
        LinkPage::Backlinks | LinkPage::Related if view.around.backlinks.is_none() => "reading all posts for it …",
        LinkPage::Backlinks => "no other post links to this one",
        LinkPage::Related => "no other post has enough in common with this one",
        LinkPage::Series => "this post is part of no series",
    })
}

/// The links of the article: number and text, where it leads, and the words around it.
fn links(pen: &mut Pen<'_>, panel: &Panel, view: &ArticleView, library: &Library) {
    let shown = pen.rows() / 2;
    let links: Vec<_> = view.document.links.iter().zip(&view.targets).collect();
    for (y, (at, (link, target))) in rows(&links, panel, shown).enumerate() {
        let y = y * 2;
        select(pen, y, 2, at == panel.cursor);
        let x = pen.write(1, y, &clean!("{:>3}  ", at + 1), Part::Faint);
        let half = pen.columns().saturating_sub(x) / 2;
        let x = pen.write(x, y, &link.text.clipped(half), Part::Title);
        let room = pen.columns().saturating_sub(x + 3);
        let is_doubted = matches!(target, Target::Web(url) if view.doubt(at, url).is_some());
        let part = if is_doubted { Part::Fault } else { Part::Tag };
        pen.write(x + 2, y, &leads_to(view, at, target, library).clipped(room), part);
        let room = pen.columns().saturating_sub(BEFORE + 1);
        pen.write(BEFORE, y + 1, &view.sentence(at).clipped(room), Part::Faint);
    }
}

/// Posts with a sentence below each.
fn posts<'a>(pen: &mut Pen<'_>, panel: &Panel, library: &Library, entry: &dyn Fn(usize) -> Option<(&'a Key, Clean)>) {
    for y in 0..pen.rows() / 2 {
        let at = panel.window.top + y;
        let Some((key, sentence)) = entry(at) else { break };
        let y = y * 2;
        select(pen, y, 2, at == panel.cursor);
        post(pen, 2, y, key, library);
        let room = pen.columns().saturating_sub(BEFORE + 1);
        pen.write(BEFORE, y + 1, &sentence.clipped(room), Part::Faint);
    }
}

/// The parts of the series, the article's own marked.
fn series(pen: &mut Pen<'_>, panel: &Panel, view: &ArticleView, library: &Library) {
    let Some(part) = &view.around.part else { return };
    for (y, (at, key)) in rows(&part.posts, panel, pen.rows()).enumerate() {
        select(pen, y, 1, at == panel.cursor);
        let mark = if at == part.at { "•" } else { " " };
        let x = pen.write(1, y, &clean!("{mark}{:>4}  ", at + 1), Part::Faint);
        post(pen, x, y, key, library);
    }
}

/// A post in a row: its date at the right where there is room, and its title.
fn post(pen: &mut Pen<'_>, x: usize, y: usize, key: &Key, library: &Library) {
    let post = library.get(key);
    let date =
        post.and_then(|post: &std::sync::Arc<Post>| post.date).map_or_else(Clean::default, |date| clean!("{date} "));
    let title = post.map_or_else(|| key.shown(), |post| post.title.clone());
    let room = pen.columns().saturating_sub(x + date.width() + 2);
    pen.write(x, y, &title.clipped(room), Part::Title);
    pen.write_right(x, y, &date, Part::Faint);
}
