//! Posts and the links between them, as lines, as JSON and in the language of Graphviz.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use anyhow::Result;
use serde::Serialize;

use super::{Outcome, Printed, outcome};
use crate::blog::date::Date;
use crate::blog::library::Library;
use crate::blog::post::{Key, Lines, Post};
use crate::blog::web::{Thread, Web};
use crate::clean;
use crate::text::Clean;

/// How a graph is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// A link a line: the post, a tab, the post that it leads to.
    Lines,
    /// For programs.
    Json,
    /// For Graphviz (<https://graphviz.org/doc/info/lang.html>).
    Dot,
}

/// The JSON of `graph`.
#[derive(Debug, Serialize)]
struct Graph<'a> {
    posts: Vec<Node<'a>>,
    links: Vec<Edge<'a>>,
}

/// A post in it.
#[derive(Debug, Serialize)]
struct Node<'a> {
    path: Clean,
    title: &'a str,
    date: Option<String>,
    url: Clean,
}

/// A link in it.
#[derive(Debug, Serialize)]
struct Edge<'a> {
    from: Clean,
    to: Clean,
    fragment: Option<Clean>,
    line: usize,
    sentence: &'a str,
}

/// Prints every post, and every link from a post to a post.
pub fn graph(library: &Library, notation: Notation) -> Result<(Outcome, Printed)> {
    let web = library.weaving().run();
    let text = match notation {
        Notation::Lines => web.threads().iter().map(line).collect(),
        Notation::Json => Printed::json(&Graph::of(library, &web))?,
        Notation::Dot => Printed::lines(&dot(library, &web)),
    };
    Ok((outcome(!web.threads().is_empty()), text))
}

fn line(thread: &Thread) -> String {
    format!("{}\t{}\n", thread.from.shown(), thread.to.shown())
}

/// Several links from one post to another are one line of it.
fn dot(library: &Library, web: &Web) -> String {
    let mut text = "digraph blog {\n".to_owned();
    for post in library.everything() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {} [label={}];", quoted(post.key.as_str()), quoted(post.title.as_str()));
    }
    let mut edges: Vec<(&str, &str)> =
        web.threads().iter().map(|thread| (thread.from.as_str(), thread.to.as_str())).collect();
    edges.sort_unstable();
    edges.dedup();
    for (from, to) in edges {
        let _ = writeln!(text, "  {} -> {};", quoted(from), quoted(to));
    }
    text + "}\n"
}

/// A name in quotes: of the characters in it, quotes and backslashes mean something there.
fn quoted(name: &str) -> String {
    let name = Clean::exact(name).as_str().replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{name}\"")
}

impl<'a> Graph<'a> {
    fn of(library: &'a Library, web: &'a Web) -> Self {
        let node = |post: &'a Arc<Post>| Node {
            path: post.key.shown(),
            title: post.title.as_str(),
            date: post.date.map(Date::rfc3339),
            url: library.address(post).map_or_else(|| Clean::exact(&post.url), |url| clean!("{url}")),
        };
        let mut lines: HashMap<&Key, Lines> = HashMap::new();
        let mut line = |thread: &'a Thread| {
            let lines = lines
                .entry(&thread.from)
                .or_insert_with(|| library.get(&thread.from).map_or_else(Lines::default, |post| post.lines()));
            lines.of(thread.at)
        };
        let edge = |thread: &'a Thread| Edge {
            from: thread.from.shown(),
            to: thread.to.shown(),
            fragment: thread.fragment.as_deref().map(Clean::exact),
            line: line(thread),
            sentence: thread.sentence.as_str(),
        };
        Self { posts: library.everything().map(node).collect(), links: web.threads().iter().map(edge).collect() }
    }
}
