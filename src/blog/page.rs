//! A post as a page: its head (title, date, author, tags, reading time) above its body, laid out together.

use super::post::Post;
use crate::clean;
use crate::markdown::{Anchor, Document, Layout, Marks, Measure, Role, Row, Run};
use crate::text::{self, Clean, End};

/// Words that a practised reader reads in a minute.
const WORDS_A_MINUTE: usize = 230;

/// Sets a post as a page.
pub fn set(post: &Post, document: &Document, measure: Measure) -> Layout {
    below(head(post, document.words(), measure), document.layout(measure))
}

/// The same page with an empty row above it, as it stands below the title line of a screen.
pub fn with_air(page: Layout) -> Layout {
    below(vec![empty()], page)
}

/// One page of both; the rows of the head count as rows before the body's first byte.
fn below(mut rows: Vec<Row>, body: Layout) -> Layout {
    let head = rows.len();
    for (nth, row) in rows.iter_mut().enumerate() {
        row.anchor = Anchor { at: 0, nth };
    }
    rows.extend(body.rows.into_iter().map(|row| match row.anchor {
        Anchor { at: 0, nth } => Row { anchor: Anchor { at: 0, nth: nth + head }, ..row },
        _ => row,
    }));
    let moved = |rows: Vec<usize>| rows.into_iter().map(|row| row + head).collect();
    Layout { rows, headings: moved(body.headings), links: moved(body.links) }
}

/// Minutes that a text of so many words takes, one at least.
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

fn head(post: &Post, words: usize, measure: Measure) -> Vec<Row> {
    let mut rows = wrapped(&post.title, Role::Title, measure);
    rows.extend(wrapped(&byline(post, words), Role::Meta, measure));
    let tags: Vec<String> = post.tags.iter().map(|tag| format!("#{tag}")).collect();
    if !tags.is_empty() {
        rows.extend(wrapped(&clean!("{}", tags.join("  ")), Role::Tag, measure));
    }
    rows.push(empty());
    rows
}

fn empty() -> Row {
    Row { gutter: Vec::new(), runs: Vec::new(), anchor: Anchor::default(), end: End::Break }
}

/// Draft, date, authors, categories, reading time: what is known of them.
fn byline(post: &Post, words: usize) -> Clean {
    let list = |names: &[Clean]| names.iter().map(Clean::as_str).collect::<Vec<_>>().join(", ");
    let parts = [
        if post.draft { "draft".to_owned() } else { String::new() },
        post.date.map_or_else(|| "undated".to_owned(), super::date::Date::long),
        list(&post.authors),
        list(&post.categories),
        format!("{} min", minutes(words)),
    ];
    let known: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    clean!("{}", known.join(" · "))
}

fn wrapped(text: &Clean, role: Role, measure: Measure) -> Vec<Row> {
    let row = |line: text::Line| Row {
        gutter: Vec::new(),
        runs: vec![Run { text: text.slice(line.range), role, marks: Marks::NONE, link: None }],
        anchor: Anchor::default(),
        end: line.end,
    };
    text::wrap(text.as_str(), measure.0).into_iter().map(row).collect()
}
