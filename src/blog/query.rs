//! The search language: words and `field:value`, joined by AND, `OR`, `-` and parentheses.
//!
//! Parsing is total: every text means something, an unfinished one what it can mean so far. What it cannot mean is a
//! [`Trouble`] to be shown. Which posts are meant, [`search`](super::search) finds out.

mod display;
mod parse;
mod saved;

use std::fmt;

pub use self::saved::Searches;
use super::taxonomy::Taxonomy;
use crate::text::Clean;

/// What to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Query {
    text: String,
    /// What a post must be.
    pub wanted: Expr,
    /// The order that is asked for, where one is.
    pub sort: Option<Sort>,
    /// What of the text means nothing.
    pub troubles: Vec<Trouble>,
    /// How much of a value must be typed.
    pub reach: Reach,
}

/// How much of a name or date must be given to mean it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Reach {
    /// All of it.
    #[default]
    Whole,
    /// Its beginning, where no post has the whole of it: somebody is still typing.
    Typed,
}

/// What a post must be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    /// All of these; anything where there are none.
    All(Vec<Expr>),
    /// One of these.
    Any(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// This.
    Term(Term),
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    /// It holds these words in this order, in any case and with or without accents.
    Text(Scope, String),
    /// It has this name. Smart-case: lower case means both, a capital only itself; `*` stands for any letters; a name after
    /// `=` is exactly this one.
    Name(Taxonomy, String),
    /// Its date stands so to this beginning of `YYYY-MM-DD`.
    Date(When, String),
    /// It links to this host, or to one below it.
    Link(String),
    /// It is written in this language.
    Language(String),
    /// It is in this state.
    Is(State),
    /// It has one of these in it.
    Has(Thing),
    /// It is among those of the search of this name: [`Searches`].
    Search(String),
}

/// Whether something is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Posts must be so.
    Wanted,
    /// Posts must not be so.
    Unwanted,
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In title, tags and body.
    Anywhere,
    /// In the title.
    Title,
}

/// How a date stands to the one that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// In that year.
    Year,
    /// In that year, month or day; without a year, on that day of any: `MM-DD`.
    In,
    /// On its first day or later.
    After,
    /// Before its first day.
    Before,
}

/// A state of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not yet published.
    Draft,
    /// Without a date.
    Undated,
    /// With a link that leads nowhere.
    Broken,
    /// Read to its end, or marked so.
    Read,
    /// Not so.
    Unread,
    /// Marked with a star.
    Starred,
    /// Begun and not read to its end.
    Started,
    /// Opened at least once.
    Opened,
}

/// What a post may have in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A block of code.
    Code,
    /// A picture.
    Image,
    /// A table.
    Table,
    /// A link.
    Link,
    /// A footnote.
    Footnote,
}

/// An order of posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The newest first.
    Date,
    /// By title.
    Title,
    /// The best first.
    Relevance,
    /// The longest first.
    Length,
    /// The last opened first.
    Opened,
    /// Mixed, and so again whenever it is asked for.
    Random,
}

/// A piece of the text that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Trouble {
    /// Which, and why.
    pub what: Clean,
    /// What to write instead.
    pub remedy: Clean,
}

/// The fields by name.
pub const FIELDS: [&str; 15] = [
    "title", "tag", "category", "author", "series", "year", "date", "after", "before", "link", "lang", "is", "has",
    "search", "sort",
];

/// The orders by name.
pub const SORTS: [(&str, Sort); 6] = [
    ("date", Sort::Date),
    ("title", Sort::Title),
    ("relevance", Sort::Relevance),
    ("length", Sort::Length),
    ("opened", Sort::Opened),
    ("random", Sort::Random),
];

/// The states by name.
pub const STATES: [(&str, State); 8] = [
    ("draft", State::Draft),
    ("undated", State::Undated),
    ("broken", State::Broken),
    ("read", State::Read),
    ("unread", State::Unread),
    ("starred", State::Starred),
    ("started", State::Started),
    ("opened", State::Opened),
];

/// The things by name.
pub const THINGS: [(&str, Thing); 5] = [
    ("code", Thing::Code),
    ("image", Thing::Image),
    ("table", Thing::Table),
    ("link", Thing::Link),
    ("footnote", Thing::Footnote),
];

impl Default for Expr {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

impl Expr {
    /// Whether it asks for nothing.
    pub fn is_anything(&self) -> bool {
        matches!(self, Self::All(parts) if parts.is_empty())
    }

    /// All of these, without levels that say nothing.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Self::All(inner) => all.extend(inner),
                other => all.push(other),
            }
        }
        only(all, Self::All)
    }

    /// One of these, without levels that say nothing.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Self::Any(inner) => any.extend(inner),
                other if other.is_anything() => {}
                other => any.push(other),
            }
        }
        if any.is_empty() { Self::default() } else { only(any, Self::Any) }
    }

    /// Not this; the refusal of nothing refuses nothing.
    #[must_use]
    pub fn negated(self) -> Self {
        if self.is_anything() { self } else { Self::Not(Box::new(self)) }
    }

    /// The conditions of which all must hold.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::All(parts) => parts,
            other => std::slice::from_ref(other),
        }
    }

    /// Whether this is so of any condition in it, refused ones too.
    pub fn any_term(&self, is_so: &dyn Fn(&Term) -> bool) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.any_term(is_so)),
            Self::Not(inner) => inner.any_term(is_so),
            Self::Term(term) => is_so(term),
        }
    }

    /// The words that a post is to hold, refused ones left out.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::words).collect(),
            Self::Term(Term::Text(_, text)) => vec![text],
            Self::Not(_) | Self::Term(_) => Vec::new(),
        }
    }
}

/// The only part, else all of them as one.
fn only(mut parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
    match parts.pop() {
        Some(part) if parts.is_empty() => part,
        last => {
            parts.extend(last);
            join(parts)
        }
    }
}

impl Query {
    /// Reads a query that somebody has finished.
    pub fn parse(text: &str) -> Self {
        parse::query(text, Reach::Whole)
    }

    /// Reads a query that somebody may still be typing.
    pub fn typed(text: &str) -> Self {
        parse::query(text, Reach::Typed)
    }

    /// The query for these conditions in this order.
    pub fn of(wanted: Expr, sort: Option<Sort>) -> Self {
        let query = Self { wanted, sort, ..Self::default() };
        Self { text: query.printed(), ..query }
    }

    /// Whether it asks for nothing, not even an order.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_anything() && self.sort.is_none()
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// As this program writes it: reading that gives the same conditions in the same order.
    pub fn printed(&self) -> String {
        let sort = self.sort.and_then(|sort| SORTS.iter().find(|(_, known)| *known == sort));
        let sort = sort.map(|(name, _)| format!("sort:{name}"));
        let wanted = Some(self.wanted.to_string()).filter(|wanted| !wanted.is_empty());
        wanted.into_iter().chain(sort).collect::<Vec<_>>().join(" ")
    }

    /// The same in this order.
    #[must_use]
    pub fn sorted(&self, sort: Option<Sort>) -> Self {
        Self::of(self.wanted.clone(), sort)
    }

    /// The same, with posts to be so as well; not so is lifted.
    #[must_use]
    pub fn requiring(&self, term: &Term) -> Self {
        self.with(term, Expr::Term(term.clone()))
    }

    /// The same, with posts not to be so; to be so is lifted.
    #[must_use]
    pub fn forbidding(&self, term: &Term) -> Self {
        self.with(term, Expr::Term(term.clone()).negated())
    }

    /// The same, whether posts are so or not.
    #[must_use]
    pub fn freeing(&self, term: &Term) -> Self {
        self.with(term, Expr::default())
    }

    /// Whether posts must be so or must not be so; none where they may.
    pub fn asks(&self, term: &Term) -> Option<Sense> {
        self.wanted.parts().iter().find_map(|part| asks(part, term))
    }

    fn with(&self, term: &Term, more: Expr) -> Self {
        let kept = self.wanted.parts().iter().filter(|part| asks(part, term).is_none()).cloned();
        Self::of(Expr::all(kept.chain([more])), self.sort)
    }
}

fn asks(part: &Expr, term: &Term) -> Option<Sense> {
    match part {
        Expr::Term(own) if own == term => Some(Sense::Wanted),
        Expr::Not(inner) if matches!(&**inner, Expr::Term(own) if own == term) => Some(Sense::Unwanted),
        _ => None,
    }
}

impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}
