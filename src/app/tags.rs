//! The explorer of names: tags, categories, authors, series and years with the number of their posts among those of a query,
//! which the reader narrows by requiring and forbidding names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cursor::{Motion, Window};
use super::keys::Command;
use super::place::Place;
use super::{Context, Step};
use crate::blog::date::Date;
use crate::blog::library::Library;
use crate::blog::post::Post;
use crate::blog::query::{Query, Sense, Term, When};
use crate::blog::search::{Needle, Selection};
use crate::blog::taxonomy::Taxonomy;
use crate::clean;
use crate::text::Clean;

/// What posts are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Names that they have.
    Names(Taxonomy),
    /// The years of their dates.
    Years,
    /// The months of their dates, those without a post too.
    Months,
}

/// The facets, in the order of their tabs.
pub const FACETS: [Facet; 6] = [
    Facet::Names(Taxonomy::Tag),
    Facet::Names(Taxonomy::Category),
    Facet::Names(Taxonomy::Author),
    Facet::Names(Taxonomy::Series),
    Facet::Years,
    Facet::Months,
];

/// A place in the explorer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// What is counted.
    pub facet: Facet,
    /// Among which posts.
    pub within: Query,
    /// Which names: those that contain this.
    pub filter: String,
    /// In which order.
    pub order: Order,
    /// The selected one.
    pub on: Option<Clean>,
    /// Rows between the top of the window and the selected one.
    pub offset: usize,
}

/// The names of a blog.
#[derive(Debug)]
pub struct TagsView {
    /// What is counted.
    pub facet: Facet,
    /// Among which posts.
    pub selection: Arc<Selection>,
    /// Which names: those that contain this.
    pub filter: String,
    /// In which order.
    pub order: Order,
    /// Each with the number of its posts.
    pub entries: Vec<Entry>,
    /// Names without the filter.
    pub total: usize,
    /// The index of the selected name.
    pub cursor: usize,
    /// The rows on screen.
    pub window: Window,
    /// What is known of the selected name.
    pub about: About,
}

/// A name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As the posts write it.
    pub name: Clean,
    /// Its posts among those that are counted.
    pub posts: usize,
    /// What the query asks of it.
    pub sense: Option<Sense>,
}

/// What is known of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The years of its posts from the first to the last, each with their number.
    pub years: Vec<(i16, usize)>,
    /// The tags that its posts have most often beside it.
    pub companions: Vec<(Clean, usize)>,
}

/// Companions that are named.
const COMPANIONS: usize = 8;

/// How names are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The most frequent first.
    #[default]
    Count,
    /// By name.
    Name,
    /// The one with the newest post first.
    Recent,
}

impl Default for Facet {
    fn default() -> Self {
        Self::Names(Taxonomy::Tag)
    }
}

impl Facet {
    /// Its name for one, and for several.
    pub const fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Names(Taxonomy::Tag) => ("tag", "tags"),
            Self::Names(Taxonomy::Category) => ("category", "categories"),
            Self::Names(Taxonomy::Author) => ("author", "authors"),
            Self::Names(Taxonomy::Series) => ("series", "series"),
            Self::Years => ("year", "years"),
            Self::Months => ("month", "months"),
        }
    }

    /// Every name with the number of its posts among these, by name.
    pub(super) fn counted(self, library: &Library, posts: &[Arc<Post>]) -> Vec<(Clean, usize)> {
        match self {
            Self::Names(taxonomy) => library.terms_of(posts, taxonomy),
            Self::Years => {
                let mut years: BTreeMap<i16, usize> = BTreeMap::new();
                for date in posts.iter().filter_map(|post| post.date) {
                    *years.entry(date.year()).or_default() += 1;
                }
                years.into_iter().map(|(year, posts)| (clean!("{year}"), posts)).collect()
            }
            Self::Months => months(posts),
        }
    }

    /// The condition that a post has this name.
    fn term(self, library: &Library, name: &Clean) -> Term {
        match self {
            Self::Names(taxonomy) => library.term(taxonomy, name),
            Self::Years => Term::Date(When::Year, name.to_string()),
            Self::Months => Term::Date(When::In, name.to_string()),
        }
    }

    /// The ways in which [`Self::term`] may write that.
    fn written(self, name: &Clean) -> Vec<Term> {
        match self {
            Self::Names(taxonomy) => {
                vec![Term::Name(taxonomy, name.to_string()), Term::Name(taxonomy, format!("={name}"))]
            }
            Self::Years => vec![Term::Date(When::Year, name.to_string())],
            Self::Months => vec![Term::Date(When::In, name.to_string())],
        }
    }

    /// The names that a post has.
    fn names(self, post: &Post) -> Vec<Clean> {
        match self {
            Self::Names(taxonomy) => taxonomy.names(post).to_vec(),
            Self::Years => post.date.iter().map(|date| clean!("{}", date.year())).collect(),
            Self::Months => post.date.iter().map(|date| month(date.year(), date.month())).collect(),
        }
    }

    fn is_of(self, name: &Clean, post: &Post) -> bool {
        match self {
            Self::Names(taxonomy) => taxonomy.names(post).contains(name),
            Self::Years => post.date.is_some_and(|date| date.year().to_string() == name.as_str()),
            Self::Months => post.date.is_some_and(|date| month(date.year(), date.month()) == *name),
        }
    }

    fn step(self, steps: usize) -> Self {
        let now = FACETS.iter().position(|facet| *facet == self).unwrap_or_default();
        FACETS.iter().cycle().nth(now + steps).copied().unwrap_or_default()
    }
}

impl Order {
    /// The next one.
    const fn next(self) -> Self {
        match self {
            Self::Count => Self::Name,
            Self::Name => Self::Recent,
            Self::Recent => Self::Count,
        }
    }
}

impl Spot {
    /// The tags of the posts of a query, at their top.
    pub fn within(query: Query) -> Self {
        Self {
            facet: Facet::default(),
            within: query,
            filter: String::new(),
            order: Order::default(),
            on: None,
            offset: 0,
        }
    }

    /// The months of the posts of a query, at their top.
    pub fn months(query: Query) -> Self {
        Self { facet: Facet::Months, ..Self::within(query) }
    }
}

impl TagsView {
    /// The names with the one of the place selected; else the one that is the filter itself.
    pub fn open(spot: &Spot, context: &Context<'_>) -> Self {
        let Context { library, screen, .. } = *context;
        let selection = library.select(&spot.within);
        let mut entries = asked(spot, library, &selection.posts);
        let total = entries.len();
        if !spot.filter.is_empty() {
            let needle = Needle::new(&spot.filter);
            entries.retain(|entry| needle.is_in(entry.name.as_str()));
        }
        match (spot.order, spot.facet) {
            (Order::Count, Facet::Years | Facet::Months) => entries.reverse(),
            (Order::Count, _) => {
                entries.sort_by(|one, two| two.posts.cmp(&one.posts).then_with(|| by_name(&one.name, &two.name)));
            }
            (Order::Name, _) => entries.sort_by(|one, two| by_name(&one.name, &two.name)),
            (Order::Recent, facet) => entries = recent(entries, facet, &selection.posts),
        }
        let filter = &spot.filter;
        let place = |wanted: &dyn Fn(&Clean) -> bool| entries.iter().position(|entry| wanted(&entry.name));
        let cursor = (spot.on.as_ref())
            .and_then(|on| place(&|name| name == on))
            .or_else(|| place(&|name| name.as_str() == filter))
            .or_else(|| place(&|name| name.as_str().eq_ignore_ascii_case(filter)))
            .unwrap_or(0);
        let window = Window::around(cursor, spot.offset, screen.body(), entries.len());
        let (facet, filter, order, about) = (spot.facet, filter.clone(), spot.order, About::default());
        let mut view = Self { facet, selection, filter, order, entries, total, cursor, window, about };
        view.learn();
        view
    }

    /// The query of the posts that are counted.
    pub fn within(&self) -> &Query {
        &self.selection.query
    }

    /// The place to come back to.
    pub fn place(&self) -> Place {
        Place::Tags(self.spot())
    }

    fn spot(&self) -> Spot {
        Spot {
            facet: self.facet,
            within: self.within().clone(),
            filter: self.filter.clone(),
            order: self.order,
            on: self.selected().cloned(),
            offset: self.cursor.saturating_sub(self.window.top),
        }
    }

    /// The selected name.
    pub fn selected(&self) -> Option<&Clean> {
        self.entries.get(self.cursor).map(|entry| &entry.name)
    }

    /// Does what a command asks for here.
    pub fn run(&mut self, command: Command, number: Option<usize>, context: &Context<'_>) -> Step {
        let half = context.screen.body() / 2;
        let page = context.screen.body().saturating_sub(2).max(1);
        match command {
            Command::Down => self.go(Motion::Down(1)),
            Command::Up => self.go(Motion::Up(1)),
            Command::HalfDown => self.go(Motion::Down(half)),
            Command::HalfUp => self.go(Motion::Up(half)),
            Command::PageDown => self.go(Motion::Down(page)),
            Command::PageUp => self.go(Motion::Up(page)),
            Command::First => self.go(Motion::First),
            Command::Last => self.go(Motion::Last),
            Command::Open => self.enter(number, context.library),
            Command::Sort => Step::Replace(Place::Tags(Spot { order: self.order.next(), ..self.spot() })),
            Command::NextFacet => self.turn(1),
            Command::PreviousFacet => self.turn(FACETS.len() - 1),
            Command::Require => self.ask(context, Query::requiring),
            Command::Forbid => self.ask(context, Query::forbidding),
            Command::Free => self.ask(context, Query::freeing),
            _ => Step::Stay,
        }
    }

    /// Shows the posts of the selected name among those that are counted, or goes to the name of a number that was typed.
    pub fn enter(&mut self, number: Option<usize>, library: &Library) -> Step {
        if let Some(number) = number {
            self.cursor = 0;
            return self.go(Motion::Down(number.saturating_sub(1)));
        }
        match self.selected() {
            Some(name) => Step::Go(Place::list(self.within().requiring(&self.facet.term(library, name)))),
            None => Step::Stay,
        }
    }

    fn go(&mut self, motion: Motion) -> Step {
        self.cursor = motion.from(self.cursor, self.entries.len());
        self.window.show(self.cursor, self.entries.len());
        self.learn();
        Step::Stay
    }

    fn turn(&self, steps: usize) -> Step {
        let spot = Spot { facet: self.facet.step(steps), order: self.order, ..Spot::within(self.within().clone()) };
        Step::Replace(Place::Tags(spot))
    }

    /// Counts among other posts: those that must have the selected name, must not, or may.
    fn ask(&self, context: &Context<'_>, change: fn(&Query, &Term) -> Query) -> Step {
        let Some(name) = self.selected() else { return Step::Stay };
        let within = change(self.within(), &self.facet.term(context.library, name));
        if within == *self.within() { Step::Stay } else { Step::Go(Place::Tags(Spot { within, ..self.spot() })) }
    }

    /// Finds out about the selected name.
    fn learn(&mut self) {
        let Some(name) = self.selected().cloned() else {
            self.about = About::default();
            return;
        };
        let (mut years, mut companions) = (BTreeMap::<i16, usize>::new(), BTreeMap::<&Clean, usize>::new());
        for post in self.selection.posts.iter().filter(|post| self.facet.is_of(&name, post)) {
            if let Some(date) = post.date {
                *years.entry(date.year()).or_default() += 1;
            }
            for tag in post.tags.iter().filter(|tag| **tag != name) {
                *companions.entry(tag).or_default() += 1;
            }
        }
        let mut companions: Vec<(Clean, usize)> =
            companions.into_iter().map(|(tag, posts)| (tag.clone(), posts)).collect();
        companions.sort_by(|one, two| two.1.cmp(&one.1).then_with(|| by_name(&one.0, &two.0)));
        companions.truncate(COMPANIONS);
        let span = years.keys().next().copied().zip(years.keys().next_back().copied());
        let years = span.map_or_else(Vec::new, |(first, last)| {
            (first..=last).map(|year| (year, years.get(&year).copied().unwrap_or(0))).collect()
        });
        self.about = About { years, companions };
    }
}

/// The name with the newest post first; those that no post has come last.
fn recent(mut entries: Vec<Entry>, facet: Facet, posts: &[Arc<Post>]) -> Vec<Entry> {
    let mut newest: BTreeMap<Clean, Option<Date>> = BTreeMap::new();
    for post in posts {
        for name in facet.names(post) {
            let date = newest.entry(name).or_default();
            *date = (*date).max(post.date);
        }
    }
    let date = |entry: &Entry| newest.get(&entry.name).copied().flatten();
    entries.sort_by(|one, two| date(two).cmp(&date(one)).then_with(|| by_name(&one.name, &two.name)));
    entries
}

fn month(year: i16, month: i8) -> Clean {
    clean!("{year:04}-{month:02}")
}

/// Every month from the first post to the last, with the number of its posts.
fn months(posts: &[Arc<Post>]) -> Vec<(Clean, usize)> {
    let mut counts: BTreeMap<(i16, i8), usize> = BTreeMap::new();
    for date in posts.iter().filter_map(|post| post.date) {
        *counts.entry((date.year(), date.month())).or_default() += 1;
    }
    let span = counts.keys().next().copied().zip(counts.keys().next_back().copied());
    let Some((first, last)) = span else { return Vec::new() };
    let all = (first.0..=last.0).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let within = all.filter(|at| (first..=last).contains(at));
    within.map(|at| (month(at.0, at.1), counts.get(&at).copied().unwrap_or(0))).collect()
}

/// Every name with its posts, and those that the query asks for even where no post is left.
fn asked(spot: &Spot, library: &Library, posts: &[Arc<Post>]) -> Vec<Entry> {
    let sense = |name: &Clean| spot.facet.written(name).iter().find_map(|term| spot.within.asks(term));
    let mut entries: Vec<Entry> = (spot.facet.counted(library, posts).into_iter())
        .map(|(name, posts)| Entry { name, posts, sense: None })
        .collect();
    if spot.within.wanted.is_anything() {
        return entries;
    }
    for entry in &mut entries {
        entry.sense = sense(&entry.name);
    }
    let all = spot.facet.counted(library, library.posts()).into_iter().map(|(name, _)| name);
    let is_there = |name: &Clean| entries.iter().any(|entry| entry.name == *name);
    let gone: Vec<Entry> = all
        .filter_map(|name| Some((sense(&name)?, name)))
        .filter(|(_, name)| !is_there(name))
        .map(|(sense, name)| Entry { name, posts: 0, sense: Some(sense) })
        .collect();
    entries.extend(gone);
    entries
}

/// Names in the order of a reader: case matters only between names that are otherwise equal.
fn by_name(one: &Clean, two: &Clean) -> std::cmp::Ordering {
    let lower = |text: &Clean| text.as_str().to_lowercase();
    lower(one).cmp(&lower(two)).then_with(|| one.cmp(two))
}
