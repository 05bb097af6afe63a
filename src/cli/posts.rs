//! Posts as lines and as JSON: all of them, those of a query, or ranked with the passage by which they were found.

use std::cell::LazyCell;
use std::io::{self, Write};
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;

use super::template::{Field, Template};
use super::{Outcome, Printed, outcome};
use crate::blog::date::Date;
use crate::blog::library::Library;
use crate::blog::post::Post;
use crate::blog::query::Query;
use crate::blog::search::{Likeness, Ranking, Selection};
use crate::clean;
use crate::text::Clean;

/// How posts are printed.
#[derive(Debug, Clone, Copy)]
pub enum Shape<'a> {
    /// For people.
    Lines,
    /// For programs.
    Json,
    /// For scripts.
    Template(&'a Template),
}

/// A post in the JSON of `list`.
#[derive(Debug, Serialize)]
struct ListedPost<'a> {
    path: Clean,
    slug: Clean,
    title: &'a str,
    date: Option<String>,
    updated: Option<String>,
    draft: bool,
    tags: Vec<&'a str>,
    categories: Vec<&'a str>,
    authors: Vec<&'a str>,
    url: Clean,
    words: usize,
}

/// A post in the JSON of `search`.
#[derive(Debug, Serialize)]
struct FoundPost<'a> {
    path: Clean,
    title: &'a str,
    date: Option<String>,
    score: u32,
    line: Option<usize>,
    passage: Clean,
}

/// Why a post was found.
struct Reason {
    score: u32,
    /// The line of the file, counted from 1, and what stands on it.
    passage: Option<(usize, Clean)>,
}

/// Characters of a passage at the most, and of them before the words.
const PASSAGE: usize = 160;
const BEFORE: usize = 60;

/// The posts of a query.
pub fn list(library: &Library, query: &str, shape: Shape<'_>) -> Result<(Outcome, Printed)> {
    let selection = select(library, query);
    let posts = selection.posts.par_iter();
    let text = match shape {
        Shape::Lines => Printed::lines(&posts.map(|post| line(post)).collect::<String>()),
        Shape::Json => Printed::json(&posts.map(|post| ListedPost::new(post)).collect::<Vec<_>>())?,
        Shape::Template(template) => filled(&selection, template),
    };
    Ok((outcome(!selection.posts.is_empty()), text))
}

/// The posts of a query, the best first, with the passages by which they were found.
pub fn search(library: &Library, query: &str, shape: Shape<'_>) -> Result<(Outcome, Printed)> {
    let selection = select(library, query);
    let ranking = selection.ranking.as_ref();
    let found = |post: &Arc<Post>| {
        let passage = reason(post, ranking).passage;
        let path = post.key.shown();
        let passage = passage.map_or_else(String::new, |(line, text)| format!("    {path}:{line}: {text}\n"));
        line(post) + &passage
    };
    let text = match shape {
        Shape::Lines => Printed::lines(&selection.posts.par_iter().map(found).collect::<String>()),
        Shape::Json => {
            Printed::json(&selection.posts.par_iter().map(|post| FoundPost::new(post, ranking)).collect::<Vec<_>>())?
        }
        Shape::Template(template) => filled(&selection, template),
    };
    Ok((outcome(!selection.posts.is_empty()), text))
}

/// What a query means; what of it means nothing is told on standard error.
fn select(library: &Library, query: &str) -> Arc<Selection> {
    let selection = library.select(&Query::parse(query));
    let alike = (selection.likeness == Likeness::Alike).then(|| clean!("no post has {query}; these titles are alike"));
    let troubles = selection.troubles.iter().map(|trouble| clean!("{}; {}", trouble.what, trouble.remedy));
    for sentence in troubles.chain(alike) {
        // A closed standard error is no reason to stop.
        let _ = writeln!(io::stderr(), "reread: {sentence}");
    }
    selection
}

fn line(post: &Post) -> String {
    let date = post.date.map_or_else(|| "undated   ".to_owned(), |date| date.to_string());
    let draft = if post.draft { "[draft] " } else { "" };
    let tags: Vec<String> = post.tags.iter().map(|tag| format!("  #{tag}")).collect();
    format!("{date}  {draft}{}{}\n", post.title, tags.concat())
}

fn filled(selection: &Selection, template: &Template) -> Printed {
    let line = |post: &Arc<Post>| {
        // A template may ask for several of its parts.
        let reason = LazyCell::new(|| reason(post, selection.ranking.as_ref()));
        template.line(|field| value(post, field, &reason))
    };
    Printed::lines(&selection.posts.par_iter().map(line).collect::<String>())
}

fn value<F: FnOnce() -> Reason>(post: &Post, field: Field, reason: &LazyCell<Reason, F>) -> String {
    let names = |names: &[Clean]| names.iter().map(Clean::as_str).collect::<Vec<_>>().join(",");
    match field {
        Field::Path => post.key.shown().to_string(),
        Field::Slug => Clean::exact(&post.slug).to_string(),
        Field::Title => post.title.to_string(),
        Field::Date => post.date.map(|date| date.to_string()).unwrap_or_default(),
        Field::Year => post.date.map(|date| date.year().to_string()).unwrap_or_default(),
        Field::Tags => names(&post.tags),
        Field::Categories => names(&post.categories),
        Field::Authors => names(&post.authors),
        Field::Url => Clean::exact(&post.url).to_string(),
        Field::Words => post.document().words().to_string(),
        Field::Score => reason.score.to_string(),
        Field::Line => reason.passage.as_ref().map(|(line, _)| line.to_string()).unwrap_or_default(),
        Field::Passage => reason.passage.as_ref().map(|(_, text)| text.to_string()).unwrap_or_default(),
    }
}

fn reason(post: &Post, ranking: Option<&Ranking>) -> Reason {
    let passage = ranking.and_then(|ranking| ranking.passage(post));
    let passage = passage.map(|place| (post.line_of(place.start), around(post.body(), place.start)));
    Reason { score: ranking.map_or(0, |ranking| ranking.points(post)), passage }
}

/// The line of a body around a byte of it, as much as fits.
fn around(body: &str, at: usize) -> Clean {
    let start = body.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = body.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let before = body.get(start..at).unwrap_or_default().chars().count();
    let skipped = before.saturating_sub(BEFORE);
    let text: String = line.chars().skip(skipped).take(PASSAGE).collect();
    let goes_on = line.chars().nth(skipped + PASSAGE).is_some();
    let (from, to) = (if skipped > 0 { "…" } else { "" }, if goes_on { "…" } else { "" });
    clean!("{from}{}{to}", Clean::prose(text.trim()))
}

impl<'a> ListedPost<'a> {
    fn new(post: &'a Post) -> Self {
        let texts = |texts: &'a [Clean]| texts.iter().map(Clean::as_str).collect();
        Self {
            path: post.key.shown(),
            slug: Clean::exact(&post.slug),
            title: post.title.as_str(),
            date: post.date.map(Date::rfc3339),
            updated: post.updated.map(Date::rfc3339),
            draft: post.draft,
            tags: texts(&post.tags),
            categories: texts(&post.categories),
            authors: texts(&post.authors),
            url: Clean::exact(&post.url),
            words: post.document().words(),
        }
    }
}

impl<'a> FoundPost<'a> {
    fn new(post: &'a Post, ranking: Option<&Ranking>) -> Self {
        let Reason { score, passage } = reason(post, ranking);
        let (line, passage) = passage.map_or((None, Clean::default()), |(line, text)| (Some(line), text));
        let path = post.key.shown();
        Self { path, title: post.title.as_str(), date: post.date.map(Date::rfc3339), score, line, passage }
    }
}
