//! Finds posts: scans every title, tag and body at every key press. Keeps no index; a scan is faster than building one.

use std::sync::Arc;

use rayon::prelude::*;
use regex::{Regex, RegexBuilder};

use super::post::Post;
use super::query::{Field, Query, Reach, Sense, Term};
use crate::text::Clean;

/// The posts that a query means, in list order.
#[derive(Debug)]
pub struct Selection {
    /// What was asked.
    pub query: Query,
    /// What was found.
    pub posts: Vec<Arc<Post>>,
}

/// A text to look for; smart-case: lower case matches both cases, a capital only itself.
#[derive(Debug)]
pub struct Needle {
    pattern: Option<Regex>,
}

impl Needle {
    /// Looks for `text` as it stands.
    pub fn new(text: &str) -> Self {
        Self { pattern: pattern(&regex::escape(text), text) }
    }

    /// Looks for `text` as the whole of what is searched.
    fn whole(text: &str) -> Self {
        Self { pattern: pattern(&format!("^{}$", regex::escape(text)), text) }
    }

    /// Looks for `text` as the whole of what is searched, and in no other case.
    fn exactly(text: &str) -> Self {
        Self { pattern: Regex::new(&format!("^{}$", regex::escape(text))).ok() }
    }

    /// Looks for `text` where what is searched begins.
    fn beginning(text: &str) -> Self {
        Self { pattern: pattern(&format!("^{}", regex::escape(text)), text) }
    }

    /// Whether it is there. A text too long to look for is nowhere.
    pub fn is_in(&self, text: &str) -> bool {
        self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }

    /// Every place, as bytes, none overlapping another.
    pub fn places(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        self.pattern.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.range()).collect()
    }
}

fn pattern(escaped: &str, text: &str) -> Option<Regex> {
    let folds = !text.chars().any(char::is_uppercase);
    RegexBuilder::new(escaped).case_insensitive(folds).build().ok()
}

/// The posts of `posts` that `query` means, in the same order.
pub fn select(posts: &[Arc<Post>], query: &Query) -> Vec<Arc<Post>> {
    if query.is_empty() {
        // Not worth waking other cores for, least of all before the first frame.
        return posts.to_vec();
    }
    let conditions: Vec<Condition<'_>> =
        query.terms.iter().map(|term| Condition::new(term, query.reach, posts)).collect();
    posts.par_iter().filter(|post| conditions.iter().all(|condition| condition.holds(post))).cloned().collect()
}

/// A term made ready to be asked of many posts.
struct Condition<'a> {
    term: &'a Term,
    needle: Needle,
}

impl<'a> Condition<'a> {
    fn new(term: &'a Term, reach: Reach, posts: &[Arc<Post>]) -> Self {
        let needle = match term.field {
            Field::Tag => named(&term.text, reach, posts, |post| &post.tags),
            Field::Category => named(&term.text, reach, posts, |post| &post.categories),
            Field::Year if reach == Reach::Typed => Needle::beginning(&term.text),
            Field::Year => Needle::whole(&term.text),
            Field::Anywhere | Field::Title | Field::Author | Field::Is => Needle::new(&term.text),
        };
        Self { term, needle }
    }

    fn holds(&self, post: &Post) -> bool {
        self.is_met(post) == (self.term.sense == Sense::Wanted)
    }

    fn is_met(&self, post: &Post) -> bool {
        let any = |texts: &[Clean]| texts.iter().any(|text| self.needle.is_in(text.as_str()));
        match self.term.field {
            Field::Anywhere => {
                self.needle.is_in(post.title.as_str()) || any(&post.tags) || self.needle.is_in(post.body())
            }
            Field::Title => self.needle.is_in(post.title.as_str()),
            Field::Tag => any(&post.tags),
            Field::Category => any(&post.categories),
            Field::Author => any(&post.authors),
            Field::Year => post.date.is_some_and(|date| self.needle.is_in(&format!("{:04}", date.year()))),
            Field::Is => match self.term.text.as_str() {
                "draft" => post.draft,
                "undated" => post.date.is_none(),
                _ => false,
            },
        }
    }
}

/// The whole name; while somebody is typing, its beginning, where no post has the whole.
fn named(text: &str, reach: Reach, posts: &[Arc<Post>], names: fn(&Post) -> &[Clean]) -> Needle {
    if let Some(exact) = text.strip_prefix('=') {
        return Needle::exactly(exact);
    }
    let whole = Needle::whole(text);
    let known = || posts.iter().flat_map(|post| names(post)).any(|name| whole.is_in(name.as_str()));
    if reach == Reach::Whole || known() { whole } else { Needle::beginning(text) }
}
