//! What a reader remembers of posts: which are read, which are starred, and how far a reading got.
//!
//! A post is known by its address, so that a moved clone and a renamed file keep their marks. Of two events about the same
//! thing the later holds, and of two of one moment the greater: the order in which they are taken in, and how often, does
//! not matter.

use std::collections::HashMap;

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
}

/// What is remembered of the posts of a blog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    posts: HashMap<Box<str>, Mark>,
    last: Since<Last>,
}

/// What is remembered of a post of which nothing is.
static NOTHING: Mark = Mark {
    read: Since { time: 0, value: false },
    starred: Since { time: 0, value: false },
    reached: Since { time: 0, value: Spot { at: 0, words: String::new() } },
};

impl Marks {
    /// Takes in an event.
    pub fn take(&mut self, event: Event) {
        if let What::Last(last) = event.what {
            self.last.take(event.time, last);
            return;
        }
        let mark = self.posts.entry(event.post.into_boxed_str()).or_default();
        match event.what {
            What::Read(read) => mark.read.take(event.time, read),
            What::Starred(starred) => mark.starred.take(event.time, starred),
            What::Reached(spot) => mark.reached.take(event.time, spot),
            What::Last(_) => {}
        }
    }

    /// Notes what is so from now on, whatever the clock says; gives what was so before.
    pub fn set(&mut self, post: &str, what: What) -> What {
        if let What::Last(last) = what {
            return What::Last(std::mem::replace(&mut self.last.value, last));
        }
        let mark = self.posts.entry(post.into()).or_default();
        match what {
            What::Read(read) => What::Read(std::mem::replace(&mut mark.read.value, read)),
            What::Starred(starred) => What::Starred(std::mem::replace(&mut mark.starred.value, starred)),
            What::Reached(spot) => What::Reached(std::mem::replace(&mut mark.reached.value, spot)),
            What::Last(last) => What::Last(last),
        }
    }

    /// What is remembered of a post.
    pub fn of(&self, post: &str) -> &Mark {
        self.posts.get(post).unwrap_or(&NOTHING)
    }

    /// Where in the blog the reader was; none before the first time.
    pub fn last(&self) -> Option<&Last> {
        (self.last != Since::default()).then_some(&self.last.value)
    }

    /// The fewest events that say all of this, in the order of time.
    pub fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        for (post, mark) in &self.posts {
            let mut add = |time, what| {
                if time > 0 {
                    events.push(Event { time, post: post.to_string(), what });
                }
            };
            add(mark.read.time, What::Read(mark.read.value));
            add(mark.starred.time, What::Starred(mark.starred.value));
            add(mark.reached.time, What::Reached(mark.reached.value.clone()));
        }
        if self.last.time > 0 {
            let what = What::Last(self.last.value.clone());
            events.push(Event { time: self.last.time, post: String::new(), what });
        }
        events.sort_by(|one, two| (one.time, &one.post, &one.what).cmp(&(two.time, &two.post, &two.what)));
        events
    }
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
