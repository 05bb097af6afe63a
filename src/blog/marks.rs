//! What a reader remembers of a blog: which posts are read, starred or were opened, how far a reading got, what was looked for.
//!
//! A post is known by its address, so that a moved clone and a renamed file keep their marks. Of two events about the same
//! thing the later holds, and of two of one moment the greater: the order in which they are taken in, and how often, does
//! not matter.

use std::collections::{BTreeSet, HashMap};

/// Something that was marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When: milliseconds since 1970.
    pub time: u64,
    /// The address of the post on its site; nothing where the blog is meant.
    pub post: String,
    /// What is so from now on.
    pub what: What,
}

/// What is so of a post.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Whether it is read.
    Read(bool),
    /// Whether it is starred.
    Starred(bool),
    /// How far a reading got.
    Reached(Spot),
    /// Where in the blog the reader was.
    Last(Last),
    /// It was opened.
    Opened,
    /// A page of this address was opened.
    Visited(String),
    /// Posts were looked for by this query.
    Searched(String),
    /// These words were looked for in a post.
    Sought(String),
}

/// A place in the text of a post.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The byte of the body; 0 is its beginning, which is no reading that could be continued.
    pub at: usize,
    /// The characters of the body from there on, to find the place again when the text has changed.
    pub words: String,
}

/// Where in a blog a reader was.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Last {
    /// The query of the list.
    pub query: String,
    /// The address of the post that was open or selected; nothing where none was.
    pub post: String,
    /// Whether it was open.
    pub is_open: bool,
}

/// Characters of a [`Spot`] that are kept.
const KEPT: usize = 48;
/// Searches of a kind that are kept.
const SEARCHES: usize = 200;

impl Spot {
    /// The place of a byte of a body.
    pub fn of(body: &str, at: usize) -> Self {
        let words = body.get(at..).unwrap_or_default().chars().take(KEPT).collect();
        Self { at, words }
    }

    /// The byte of a body that this place has become: where its words stand nearest to where they stood.
    pub fn within(&self, body: &str) -> usize {
        if self.words.is_empty() || body.get(self.at..).is_some_and(|rest| rest.starts_with(&self.words)) {
            return self.at.min(body.len());
        }
        let places = body.match_indices(&self.words).map(|(at, _)| at);
        places.min_by_key(|at| at.abs_diff(self.at)).unwrap_or_else(|| self.at.min(body.len()))
    }
}

/// A value with the time from which on it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Since<T> {
    time: u64,
    value: T,
}

impl<T: Ord> Since<T> {
    fn take(&mut self, time: u64, value: T) {
        let other = Self { time, value };
        if other > *self {
            *self = other;
        }
    }
}

/// What is remembered of one post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    read: Since<bool>,
    starred: Since<bool>,
    reached: Since<Spot>,
    /// When it was opened last; 0 before the first time.
    opened: u64,
}

impl Mark {
    /// Whether it is read.
    pub const fn is_read(&self) -> bool {
        self.read.value
    }

    /// Whether it is starred.
    pub const fn is_starred(&self) -> bool {
        self.starred.value
    }

    /// How far a reading got.
    pub const fn reached(&self) -> &Spot {
        &self.reached.value
    }

    /// Whether somebody began to read it and did not come to its end.
    pub const fn is_started(&self) -> bool {
        self.reached.value.at > 0 && !self.read.value
    }

    /// When it was opened last: the greater, the later; 0 where it never was.
    pub const fn opened(&self) -> u64 {
        self.opened
    }
}

/// Texts that were typed, each once, with the time when it was typed last: those of the latest times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Recent(BTreeSet<(u64, String)>);

impl Recent {
    fn take(&mut self, time: u64, text: String) {
        let known = self.0.iter().find(|(_, known)| *known == text).cloned();
        if known.as_ref().is_some_and(|(before, _)| *before >= time) {
            return;
        }
        if let Some(known) = known {
            self.0.remove(&known);
        }
        self.0.insert((time, text));
        if self.0.len() > SEARCHES {
            self.0.pop_first();
        }
    }

    /// After all others.
    fn add(&mut self, text: String) {
        self.take(self.0.last().map_or(0, |(time, _)| *time).saturating_add(1), text);
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, text)| text.as_str())
    }
}

/// What is remembered of a blog and its posts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    posts: HashMap<Box<str>, Mark>,
    last: Since<Last>,
    /// When each page was opened last.
    visited: HashMap<Box<str>, u64>,
    searched: Recent,
    sought: Recent,
}

/// What is remembered of a post of which nothing is.
static NOTHING: Mark = Mark {
    read: Since { time: 0, value: false },
    starred: Since { time: 0, value: false },
    reached: Since { time: 0, value: Spot { at: 0, words: String::new() } },
    opened: 0,
};

impl Marks {
    /// Takes in an event.
    pub fn take(&mut self, Event { time, post, what }: Event) {
        match what {
            What::Read(read) => self.mark(&post).read.take(time, read),
            What::Starred(starred) => self.mark(&post).starred.take(time, starred),
            What::Reached(spot) => self.mark(&post).reached.take(time, spot),
            What::Opened => later(&mut self.mark(&post).opened, time),
            What::Visited(page) => later(self.visited.entry(page.into_boxed_str()).or_default(), time),
            What::Last(last) => self.last.take(time, last),
            What::Searched(query) => self.searched.take(time, query),
            What::Sought(words) => self.sought.take(time, words),
        }
    }

    /// Notes what is so from now on, whatever the clock says; gives what was so before. What only happens comes after all
    /// that did before.
    pub fn set(&mut self, post: &str, what: What) -> What {
        match what {
            What::Read(read) => What::Read(std::mem::replace(&mut self.mark(post).read.value, read)),
            What::Starred(starred) => What::Starred(std::mem::replace(&mut self.mark(post).starred.value, starred)),
            What::Reached(spot) => What::Reached(std::mem::replace(&mut self.mark(post).reached.value, spot)),
            What::Last(last) => What::Last(std::mem::replace(&mut self.last.value, last)),
            What::Opened => {
                let last = self.posts.values().map(|mark| mark.opened).max().unwrap_or_default();
                self.mark(post).opened = last.saturating_add(1);
                What::Opened
            }
            What::Visited(page) => {
                self.visited.entry(page.as_str().into()).or_default();
                What::Visited(page)
            }
            What::Searched(query) => {
                self.searched.add(query.clone());
                What::Searched(query)
            }
            What::Sought(words) => {
                self.sought.add(words.clone());
                What::Sought(words)
            }
        }
    }

    fn mark(&mut self, post: &str) -> &mut Mark {
        self.posts.entry(post.into()).or_default()
    }

    /// What is remembered of a post.
    pub fn of(&self, post: &str) -> &Mark {
        self.posts.get(post).unwrap_or(&NOTHING)
    }

    /// Where in the blog the reader was; none before the first time.
    pub fn last(&self) -> Option<&Last> {
        (self.last != Since::default()).then_some(&self.last.value)
    }

    /// Whether a page of this address was opened.
    pub fn has_visited(&self, page: &str) -> bool {
        self.visited.contains_key(page)
    }

    /// The queries by which posts were looked for, the last one last.
    pub fn searched(&self) -> impl Iterator<Item = &str> {
        self.searched.texts()
    }

    /// The words that were looked for in posts, the last ones last.
    pub fn sought(&self) -> impl Iterator<Item = &str> {
        self.sought.texts()
    }

    /// The fewest events that say all of this, in the order of time.
    pub fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        let mut add = |time, post: &str, what| {
            if time > 0 {
                events.push(Event { time, post: post.to_owned(), what });
            }
        };
        for (post, mark) in &self.posts {
            add(mark.read.time, post, What::Read(mark.read.value));
            add(mark.starred.time, post, What::Starred(mark.starred.value));
            add(mark.reached.time, post, What::Reached(mark.reached.value.clone()));
            add(mark.opened, post, What::Opened);
        }
        add(self.last.time, "", What::Last(self.last.value.clone()));
        self.visited.iter().for_each(|(page, time)| add(*time, "", What::Visited(page.to_string())));
        self.searched.0.iter().for_each(|(time, query)| add(*time, "", What::Searched(query.clone())));
        self.sought.0.iter().for_each(|(time, words)| add(*time, "", What::Sought(words.clone())));
        events.sort_by(|one, two| (one.time, &one.post, &one.what).cmp(&(two.time, &two.post, &two.what)));
        events
    }
}

fn later(known: &mut u64, time: u64) {
    *known = time.max(*known);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(time: u64, post: &str, what: What) -> Event {
        Event { time, post: post.to_owned(), what }
    }

    fn some_events() -> Vec<Event> {
        let spot = |at| What::Reached(Spot { at, words: "x".to_owned() });
        vec![
            event(1, "/a/", What::Read(true)),
            event(2, "/a/", What::Read(false)),
            event(2, "/a/", What::Read(true)),
            event(3, "/b/", What::Starred(true)),
            event(4, "/b/", spot(7)),
            event(4, "/b/", spot(9)),
            event(5, "/a/", What::Starred(false)),
            event(6, "", What::Last(Last { query: "tag:a".to_owned(), ..Last::default() })),
            event(6, "", What::Last(Last::default())),
            event(7, "/a/", What::Opened),
            event(9, "/b/", What::Opened),
            event(8, "/b/", What::Opened),
            event(8, "", What::Visited("https://a.example/".to_owned())),
            event(10, "", What::Visited("https://a.example/".to_owned())),
            event(10, "", What::Searched("tag:a".to_owned())),
            event(11, "", What::Searched("tag:b".to_owned())),
            event(12, "", What::Searched("tag:a".to_owned())),
            event(12, "", What::Sought("a".to_owned())),
        ]
    }

    fn taken(events: impl IntoIterator<Item = Event>) -> Marks {
        let mut marks = Marks::default();
        events.into_iter().for_each(|event| marks.take(event));
        marks
    }

    #[test]
    fn any_order_and_any_repetition_of_events_is_the_same_memory() {
        let whole = taken(some_events());
        let count = some_events().len();
        for start in 0..count {
            for step in 1..count {
                let order = (0..3 * count).map(|at| some_events().swap_remove((start + at * step) % count));
                assert_eq!(taken(order.chain(some_events())), whole, "{start} {step}");
            }
        }
        assert_eq!(taken(whole.events()), whole);
        assert!(whole.of("/a/").is_read() && whole.of("/b/").is_started() && !whole.of("/c/").is_read());
        assert!(whole.of("/b/").opened() > whole.of("/a/").opened() && whole.of("/c/").opened() == 0);
        assert!(whole.has_visited("https://a.example/"));
        assert_eq!(whole.searched().collect::<Vec<_>>(), ["tag:b", "tag:a"]);
    }

    #[test]
    fn the_last_searches_are_kept_in_whichever_order_they_come() {
        let search = |nth: usize| {
            // Every third one is the same.
            let text = if nth.is_multiple_of(3) { "again".to_owned() } else { nth.to_string() };
            event(1_000 + nth as u64, "", What::Searched(text))
        };
        let whole = taken((0..600).map(search));
        assert_eq!(whole.searched().count(), SEARCHES);
        assert_eq!(whole.searched().last(), Some("599"));
        for step in [7, 11, 599] {
            assert_eq!(taken((0..600).map(|nth| search(nth * step % 600))), whole, "{step}");
        }
        assert_eq!(taken(whole.events()), whole);
    }

    #[test]
    fn what_happens_now_comes_after_all_that_is_known() {
        let mut marks = taken(some_events());
        marks.set("/c/", What::Opened);
        marks.set("/a/", What::Opened);
        let opened = |post| marks.of(post).opened();
        assert!(opened("/a/") > opened("/c/") && opened("/c/") > opened("/b/"));
        marks.set("", What::Searched("tag:b".to_owned()));
        assert_eq!(marks.searched().collect::<Vec<_>>(), ["tag:a", "tag:b"]);
    }

    #[test]
    fn every_prefix_of_what_happened_is_a_memory() {
        let events = some_events();
        for length in 0..=events.len() {
            let marks = taken(events.iter().take(length).cloned());
            assert_eq!(taken(marks.events()), marks, "{length}");
        }
    }

    #[test]
    fn a_place_is_found_again_in_a_text_that_was_changed() {
        let body = "One. Two three four. Five. Two three four. Six.";
        let spot = Spot::of(body, 27);
        assert_eq!(spot.within(body), 27);
        assert_eq!(spot.within(&format!("More. {body}")), 33);
        assert_eq!(Spot { words: "Two three".to_owned(), at: 30 }.within(body), 27);
        assert_eq!(Spot { words: "gone".to_owned(), at: 30 }.within("short"), 5);
        assert_eq!(Spot::of("äöü", 1).within("äöü"), 1);
    }
}
