//! The tags: every tag with its count, filtered as one types, sorted by count or by name.

use super::cursor::{Motion, Window};
use super::keys::Command;
use super::place::Place;
use super::screen::Screen;
use super::{Context, Step};
use crate::blog::library::Library;
use crate::blog::search::Needle;
use crate::blog::taxonomy::Taxonomy;
use crate::text::Clean;

/// The tags of a blog.
#[derive(Debug)]
pub struct TagsView {
    /// Which tags: those that contain this.
    pub filter: String,
    /// In which order.
    pub order: Order,
    /// Each with the number of its posts.
    pub entries: Vec<(Clean, usize)>,
    /// Tags of the blog, with and without the filter.
    pub total: usize,
    /// The index of the selected tag.
    pub cursor: usize,
    /// The rows on screen.
    pub window: Window,
}

/// How tags are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The most frequent first.
    #[default]
    Count,
    /// By name.
    Name,
}

impl Order {
    /// The other one.
    const fn next(self) -> Self {
        match self {
            Self::Count => Self::Name,
            Self::Name => Self::Count,
        }
    }
}

impl TagsView {
    /// The tags with `on` selected, `offset` rows below the top of the window; else the tag that is the filter itself.
    pub fn open(
        library: &Library,
        filter: &str,
        order: Order,
        on: Option<&Clean>,
        offset: usize,
        screen: Screen,
    ) -> Self {
        let mut entries = library.terms(Taxonomy::Tag).to_vec();
        let total = entries.len();
        if !filter.is_empty() {
            let needle = Needle::new(filter);
            entries.retain(|(tag, _)| needle.is_in(tag.as_str()));
        }
        match order {
            Order::Count => entries.sort_by(|one, two| two.1.cmp(&one.1).then_with(|| by_name(&one.0, &two.0))),
            Order::Name => entries.sort_by(|one, two| by_name(&one.0, &two.0)),
        }
        let place = |wanted: &dyn Fn(&Clean) -> bool| entries.iter().position(|(tag, _)| wanted(tag));
        let cursor = on
            .and_then(|on| place(&|tag| tag == on))
            .or_else(|| place(&|tag| tag.as_str() == filter))
            .or_else(|| place(&|tag| tag.as_str().eq_ignore_ascii_case(filter)))
            .unwrap_or(0);
        let window = Window::around(cursor, offset, screen.body(), entries.len());
        Self { filter: filter.to_owned(), order, entries, total, cursor, window }
    }

    /// The place to come back to.
    pub fn place(&self) -> Place {
        Place::Tags {
            filter: self.filter.clone(),
            order: self.order,
            on: self.selected().cloned(),
            offset: self.cursor.saturating_sub(self.window.top),
        }
    }

    /// The selected tag.
    pub fn selected(&self) -> Option<&Clean> {
        self.entries.get(self.cursor).map(|(tag, _)| tag)
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
            Command::Sort => self.sorted(),
            _ => Step::Stay,
        }
    }

    /// Shows the posts of the selected tag, or goes to the tag of a number that was typed.
    pub fn enter(&mut self, number: Option<usize>, library: &Library) -> Step {
        if let Some(number) = number {
            self.cursor = 0;
            return self.go(Motion::Down(number.saturating_sub(1)));
        }
        match self.selected() {
            Some(tag) => Step::Go(Place::list(library.term_query(Taxonomy::Tag, tag))),
            None => Step::Stay,
        }
    }

    fn go(&mut self, motion: Motion) -> Step {
        self.cursor = motion.from(self.cursor, self.entries.len());
        self.window.show(self.cursor, self.entries.len());
        Step::Stay
    }

    fn sorted(&self) -> Step {
        let Place::Tags { filter, on, offset, .. } = self.place() else { return Step::Stay };
        Step::Replace(Place::Tags { filter, on, offset, order: self.order.next() })
    }
}

/// Names in the order of a reader: case matters only between names that are otherwise equal.
fn by_name(one: &Clean, two: &Clean) -> std::cmp::Ordering {
    let lower = |text: &Clean| text.as_str().to_lowercase();
    lower(one).cmp(&lower(two)).then_with(|| one.cmp(two))
}
