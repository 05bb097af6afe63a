//! A query made ready to be asked of many posts.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use super::needle::{Needle, Text, Words};
use crate::blog::date::Date;
use crate::blog::marks::{Mark, Marks};
use crate::blog::post::{Key, Post};
use crate::blog::query::{Expr, Reach, Scope, State, Term, Thing, When};
use crate::blog::taxonomy::Taxonomy;

/// What a post must be.
pub(super) enum Condition {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Text(Scope, Words),
    Name(Taxonomy, Needle),
    Date(When, Days),
    /// On this day of this month in any year.
    Anniversary(i8, i8),
    Link(String),
    Language(String),
    Draft,
    Undated,
    Broken(Arc<HashSet<Key>>),
    /// By the reader.
    Marked(State, Arc<Marks>),
    Has(Thing),
}

/// The days from one to another as `YYYYMMDD`, the ends included.
pub(super) struct Days {
    first: u32,
    last: u32,
}

/// What a condition may look at beside the post.
pub(super) struct Sight<'a> {
    pub posts: &'a [Arc<Post>],
    pub broken: &'a Arc<HashSet<Key>>,
    pub marks: &'a Arc<Marks>,
    pub reach: Reach,
}

impl Condition {
    /// What an expression asks for.
    pub(super) fn new(expr: &Expr, sight: &Sight<'_>) -> Self {
        match expr {
            Expr::All(parts) => {
                let mut parts: Vec<Self> = parts.iter().map(|part| Self::new(part, sight)).collect();
                // What is quickly known first, then what fewer posts have.
                parts.sort_by_key(|part| (part.cost(), Reverse(part.length())));
                Self::All(parts)
            }
            Expr::Any(parts) => Self::Any(parts.iter().map(|part| Self::new(part, sight)).collect()),
            Expr::Not(inner) => Self::Not(Box::new(Self::new(inner, sight))),
            Expr::Term(term) => Self::term(term, sight),
        }
    }

    fn term(term: &Term, sight: &Sight<'_>) -> Self {
        match term {
            Term::Text(scope, text) => Self::Text(*scope, Words::new(text)),
            Term::Name(taxonomy, name) => Self::Name(*taxonomy, named(name, *taxonomy, sight)),
            Term::Date(when, date) => match day_of_any_year(date).filter(|_| *when == When::In) {
                Some((month, day)) => Self::Anniversary(month, day),
                None => Self::Date(*when, Days::of(date, sight.reach)),
            },
            Term::Link(host) => Self::Link(host.clone()),
            Term::Language(language) => Self::Language(language.clone()),
            Term::Is(State::Broken) => Self::Broken(Arc::clone(sight.broken)),
            Term::Is(State::Draft) => Self::Draft,
            Term::Is(State::Undated) => Self::Undated,
            Term::Is(state) => Self::Marked(*state, Arc::clone(sight.marks)),
            Term::Has(thing) => Self::Has(*thing),
            // Replaced before anything is asked.
            Term::Search(_) => Self::All(Vec::new()),
        }
    }

    /// The letters that are looked for: the more, the fewer posts have them.
    fn length(&self) -> usize {
        match self {
            Self::Text(_, words) => words.length(),
            _ => 0,
        }
    }

    fn cost(&self) -> u8 {
        match self {
            Self::Name(..)
            | Self::Date(..)
            | Self::Anniversary(..)
            | Self::Language(_)
            | Self::Draft
            | Self::Undated
            | Self::Marked(..)
            | Self::Broken(_) => 0,
            Self::Text(Scope::Title, _) => 1,
            Self::Text(Scope::Anywhere, _) => 2,
            Self::Link(_) | Self::Has(_) => 3,
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::cost).max().unwrap_or(0),
            Self::Not(inner) => inner.cost(),
        }
    }

    /// Whether a post is so.
    pub(super) fn holds(&self, post: &Post) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(post)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(post)),
            Self::Not(inner) => !inner.holds(post),
            Self::Text(Scope::Title, words) => words.are_in(Text::new(post.title.as_str())),
            Self::Text(Scope::Anywhere, words) => {
                words.are_in(Text::new(post.title.as_str()))
                    || post.tags.iter().any(|tag| words.are_in(Text::new(tag.as_str())))
                    || words.are_in(post.text())
            }
            Self::Name(taxonomy, needle) => taxonomy.names(post).iter().any(|name| needle.is_in(name.as_str())),
            Self::Date(when, days) => post.date.is_some_and(|date| days.hold(*when, date)),
            Self::Anniversary(month, day) => post.date.is_some_and(|date| (date.month(), date.day()) == (*month, *day)),
            Self::Link(host) => post.facts().links_to(host),
            Self::Language(language) => post.language.as_deref().is_some_and(|own| speaks(own, language)),
            Self::Draft => post.draft,
            Self::Undated => post.date.is_none(),
            Self::Broken(posts) => posts.contains(&post.key),
            Self::Marked(state, marks) => is_marked(marks.of(&post.url), *state),
            Self::Has(thing) => post.facts().has(*thing),
        }
    }
}

fn is_marked(mark: &Mark, state: State) -> bool {
    match state {
        State::Read => mark.is_read(),
        State::Unread => !mark.is_read(),
        State::Starred => mark.is_starred(),
        State::Started => mark.is_started(),
        State::Opened => mark.opened() > 0,
        State::Draft | State::Undated | State::Broken => false,
    }
}

/// Whether a language is the one asked for, or what a country makes of it: `de-ch` is `de`.
fn speaks(own: &str, language: &str) -> bool {
    own.strip_prefix(language).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

/// The whole name; while somebody is typing, its beginning, where no post has the whole.
fn named(name: &str, taxonomy: Taxonomy, sight: &Sight<'_>) -> Needle {
    if let Some(exact) = name.strip_prefix('=') {
        return Needle::exactly(exact);
    }
    let whole = Needle::whole(name);
    let mut names = sight.posts.iter().flat_map(|post| taxonomy.names(post));
    let mut is_known = || names.any(|name| whole.is_in(name.as_str()));
    if sight.reach == Reach::Whole || is_known() { whole } else { Needle::beginning(name) }
}

/// The month and the day that `MM-DD` names: a month of a year is `YYYY-MM`.
fn day_of_any_year(date: &str) -> Option<(i8, i8)> {
    let (month, day) = date.split_once('-').filter(|(month, day)| month.len() == 2 && day.len() == 2)?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

impl Days {
    /// What a beginning of `YYYY-MM-DD` covers. Of a date that is finished, a number stands for itself; of one that is being
    /// typed, for all that may come of it.
    fn of(date: &str, reach: Reach) -> Self {
        let mut bounds = (String::new(), String::new());
        let parts: Vec<&str> = date.split('-').filter(|part| !part.is_empty()).collect();
        for (at, width) in [4, 2, 2].into_iter().enumerate() {
            let part = parts.get(at).copied().unwrap_or_default();
            let is_open = part.is_empty() || (reach == Reach::Typed && at + 1 == parts.len());
            let fill = |digit: &str| {
                let digits = digit.repeat(width - part.len().min(width));
                if is_open { format!("{part}{digits}") } else { format!("{part:0>width$}") }
            };
            bounds.0.push_str(&fill("0"));
            bounds.1.push_str(&fill("9"));
        }
        Self { first: bounds.0.parse().unwrap_or(0), last: bounds.1.parse().unwrap_or(0) }
    }

    fn hold(&self, when: When, date: Date) -> bool {
        let part = |number: i16| u32::try_from(number).unwrap_or(0);
        let day = part(date.year()) * 10_000 + part(date.month().into()) * 100 + part(date.day().into());
        match when {
            When::Year | When::In => (self.first..=self.last).contains(&day),
            When::After => day >= self.first,
            When::Before => day < self.first,
        }
    }
}
