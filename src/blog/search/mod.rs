//! Finds posts: asks every post at every key press, and puts those that were found in order.
//!
//! It keeps no index: a scan of all bodies takes less time than a frame.

mod condition;
mod needle;
mod rank;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use rayon::prelude::*;

use self::condition::{Condition, Sight};
pub use self::needle::{Needle, Text, Words, folded, may_have_accents};
pub use self::rank::Ranking;
use super::marks::Marks;
use super::post::{Key, Post};
use super::query::{Expr, Query, Sort, Term, Trouble};
use super::taxonomy::Taxonomy;
use crate::clean;
use crate::text::Clean;

/// The posts that a query means.
#[derive(Debug)]
pub struct Selection {
    /// What was asked.
    pub query: Query,
    /// What was found, in order.
    pub posts: Vec<Arc<Post>>,
    /// How they are sorted.
    pub order: Sort,
    /// How well they fit.
    pub likeness: Likeness,
    /// The words by which they were found, where there are any.
    pub ranking: Option<Ranking>,
    /// What of the question means nothing here.
    pub troubles: Vec<Trouble>,
    /// Which posts were searched.
    pub edition: u64,
}

/// How well what was found fits the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// All that was asked holds.
    Exact,
    /// No post has the words; these have a title with the same letters in the same order.
    Alike,
}

impl Selection {
    /// No post at all.
    pub const fn empty(query: Query) -> Self {
        Self {
            query,
            posts: Vec::new(),
            order: Sort::Date,
            likeness: Likeness::Exact,
            ranking: None,
            troubles: Vec::new(),
            edition: 0,
        }
    }

    /// The index of a post.
    pub fn position(&self, post: &Key) -> Option<usize> {
        self.posts.iter().position(|other| other.key == *post)
    }

    /// The post of an index, and those that take its place where it is gone: the ones below it, then the ones above, the
    /// nearest first.
    pub fn from(&self, at: usize) -> Vec<Key> {
        let (above, below) = self.posts.split_at_checked(at).unwrap_or_default();
        let near = below.iter().take(NEAR).chain(above.iter().rev().take(NEAR));
        near.map(|post| post.key.clone()).collect()
    }
}

/// A search that can be made anywhere, also beside the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// What was asked.
    pub query: Query,
    /// What that means: with searches in the place of their names.
    pub meant: Query,
    /// Where, in list order.
    pub posts: Arc<[Arc<Post>]>,
    /// The posts with a link that leads nowhere, where the query asks for them.
    pub broken: Arc<HashSet<Key>>,
    /// What the reader has marked.
    pub marks: Arc<Marks>,
    /// Mixes a random order.
    pub seed: u64,
    /// Which posts these are.
    pub edition: u64,
}

/// Posts between two looks at whether the search is still wanted.
const STRIDE: usize = 64;
/// Titles that are alike at the most.
const ALIKE: usize = 100;
/// Posts on each side of one that may take its place.
const NEAR: usize = 24;
/// Letters that may be wrong in a name.
const FAR: usize = 2;
/// Letters from which on a title may be like a word.
const LIKE: usize = 3;

impl Search {
    /// Makes it; gives nothing when `is_wanted` said no meanwhile.
    pub fn run(&self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Selection> {
        let Self { meant: query, .. } = self;
        let mut posts = self.holding(&query.wanted, is_wanted)?;
        let ranking = Ranking::of(query);
        let usual = if ranking.is_some() { Sort::Relevance } else { Sort::Date };
        let order = query.sort.unwrap_or(usual);
        let mut likeness = Likeness::Exact;
        if posts.is_empty() && ranking.is_some() {
            posts = self.alike(is_wanted)?;
            likeness = if posts.is_empty() { Likeness::Exact } else { Likeness::Alike };
        } else {
            self.sort(&mut posts, order, ranking.as_ref());
        }
        let mut troubles = query.troubles.clone();
        if posts.is_empty() || likeness == Likeness::Alike {
            troubles.extend(self.unknown(&query.wanted));
        }
        Some(Selection { query: self.query.clone(), posts, order, likeness, ranking, troubles, edition: self.edition })
    }

    /// How many posts hold all that is asked; those that are only alike are none of them.
    pub fn count(&self) -> usize {
        let condition = self.condition(&self.meant.wanted);
        self.posts.par_iter().filter(|post| condition.holds(post)).count()
    }

    fn condition(&self, wanted: &Expr) -> Condition {
        Condition::new(
            wanted,
            &Sight { posts: &self.posts, broken: &self.broken, marks: &self.marks, reach: self.query.reach },
        )
    }

    fn holding(&self, wanted: &Expr, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Arc<Post>>> {
        if wanted.is_anything() {
            // Not worth waking other cores for, least of all before the first frame.
            return Some(self.posts.to_vec());
        }
        let condition = self.condition(wanted);
        let strides = self.posts.par_chunks(STRIDE).map(|posts| {
            let all = || posts.iter().filter(|post| condition.holds(post)).cloned().collect::<Vec<_>>();
            is_wanted().then(all)
        });
        Some(strides.collect::<Option<Vec<_>>>()?.concat())
    }

    /// The posts whose titles have the letters of the words in their order, the best first; all else that is asked holds.
    fn alike(&self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Arc<Post>>> {
        let (words, rest): (Vec<&Expr>, Vec<&Expr>) =
            self.meant.wanted.parts().iter().partition(|part| matches!(part, Expr::Term(Term::Text(..))));
        let text = words.iter().flat_map(|part| part.words()).collect::<Vec<_>>().join(" ");
        if text.chars().count() < LIKE {
            return Some(Vec::new());
        }
        let posts = self.holding(&Expr::all(rest.into_iter().cloned()), is_wanted)?;
        let pattern = Pattern::new(&text, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let score = |post: Arc<Post>| {
            Some((pattern.score(Utf32Str::new(post.title.as_str(), &mut buffer), &mut matcher)?, post))
        };
        let mut scored: Vec<(u32, Arc<Post>)> = posts.into_iter().filter_map(score).collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        Some(scored.into_iter().take(ALIKE).map(|(_, post)| post).collect())
    }

    /// The names that no post has, with those that were probably meant.
    fn unknown(&self, wanted: &Expr) -> Vec<Trouble> {
        match wanted {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().flat_map(|part| self.unknown(part)).collect(),
            Expr::Term(Term::Name(taxonomy, name)) => self.unknown_name(*taxonomy, name).into_iter().collect(),
            Expr::Not(_) | Expr::Term(_) => Vec::new(),
        }
    }

    fn unknown_name(&self, taxonomy: Taxonomy, name: &str) -> Option<Trouble> {
        let condition = self.condition(&Expr::Term(Term::Name(taxonomy, name.to_owned())));
        if self.posts.iter().any(|post| condition.holds(post)) {
            return None;
        }
        let names: HashSet<&Clean> = self.posts.iter().flat_map(|post| taxonomy.names(post)).collect();
        let wanted = folded(name);
        let distance = |known: &Clean| strsim::damerau_levenshtein(&wanted, &folded(known.as_str()));
        let nearest = names.into_iter().map(|known| (distance(known), known)).min();
        let remedy = match nearest {
            Some((distance, known)) if distance <= FAR => clean!("did you mean {known}?"),
            _ => clean!("t lists the tags"),
        };
        Some(Trouble { what: clean!("no {} is {name}", taxonomy.field()), remedy })
    }

    fn sort(&self, posts: &mut Vec<Arc<Post>>, order: Sort, ranking: Option<&Ranking>) {
        match (order, ranking) {
            (Sort::Date, _) | (Sort::Relevance, None) => {}
            (Sort::Relevance, Some(ranking)) => {
                let mut ranked: Vec<_> =
                    posts.par_drain(..).map(|post| (std::cmp::Reverse(ranking.points(&post)), post)).collect();
                ranked.sort_by_key(|(points, _)| *points);
                posts.extend(ranked.into_iter().map(|(_, post)| post));
            }
            (Sort::Title, _) => posts.sort_by_cached_key(|post| folded(post.title.as_str())),
            (Sort::Length, _) => posts.sort_by_key(|post| std::cmp::Reverse(post.body().len())),
            (Sort::Opened, _) => posts.sort_by_key(|post| std::cmp::Reverse(self.marks.of(&post.url).opened())),
            (Sort::Random, _) => posts.sort_by_cached_key(|post| mixed(self.seed, &post.key)),
        }
    }
}

/// A number that says nothing of the post.
pub fn mixed(seed: u64, key: &Key) -> u64 {
    let mut hasher = DefaultHasher::new();
    (seed, key).hash(&mut hasher);
    hasher.finish()
}
