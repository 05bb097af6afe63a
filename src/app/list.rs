//! The list of posts: year headings, a selected post, a preview of its opening.

use std::sync::Arc;

use super::cursor::{Motion, Window};
use super::find::{self, Hit};
use super::keys::Command;
use super::marking::next_unread;
use super::place::Place;
use super::screen::Screen;
use super::{Context, Effect, Step};
use crate::blog::post::{Key, Post};
use crate::blog::query::Sort;
use crate::blog::search::Selection;
use crate::markdown::{Anchor, Layout, Measure};
use crate::text::Clean;

/// The posts of a query.
#[derive(Debug)]
pub struct ListView {
    /// Which posts.
    pub selection: Arc<Selection>,
    /// The years, in list order; none in another order than by date.
    pub years: Vec<Year>,
    /// The index of the selected post.
    pub cursor: usize,
    /// The rows on screen, headings counted.
    pub window: Window,
    /// A part of the selected post, where there is room for it.
    pub preview: Option<Preview>,
}

/// A part of a post beside the list: its opening, or the passage by which it was found.
#[derive(Debug)]
pub struct Preview {
    /// The page.
    pub page: Layout,
    /// The first row shown.
    pub top: usize,
    /// The words by which it was found, from that row on.
    pub hits: Vec<Hit>,
}

/// A run of posts of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The year; none for undated posts.
    pub year: Option<i16>,
    /// The index of its first post.
    pub first: usize,
    /// Its posts.
    pub count: usize,
}

/// What stands in a row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// The heading of a year.
    Year(&'a Year),
    /// A post and its index.
    Post(usize, &'a Post),
}

impl PartialEq for Post {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Post {}

/// Bytes of a body that a preview reads at the most.
const OPENING: usize = 16 * 1024;
/// The same for a passage further down; of one beyond that, the opening is shown.
const DEEPEST: usize = 512 * 1024;
/// Rows of a preview above the passage.
const ABOVE: usize = 3;

impl ListView {
    /// The list with the first post of `on` selected that is in it, `offset` rows below the top of the window.
    pub fn open(selection: Arc<Selection>, on: &[Key], offset: usize, screen: Screen) -> Self {
        let cursor = on.iter().find_map(|post| selection.position(post)).unwrap_or(0);
        let years = if selection.order == Sort::Date { years(&selection.posts) } else { Vec::new() };
        let height = screen.body();
        let mut view = Self { selection, years, cursor, window: Window::default(), preview: None };
        let offset = if cursor > 0 { offset } else { height };
        view.window = Window::around(view.row_of(cursor), offset, height, view.rows());
        view.settle(screen);
        view
    }

    /// The place to come back to. The first post is the top of the list, whichever post that may become.
    pub fn place(&self) -> Place {
        let on = if self.cursor > 0 { self.selection.from(self.cursor) } else { Vec::new() };
        let offset = self.row_of(self.cursor).saturating_sub(self.window.top);
        Place::List { query: self.selection.query.clone(), on, offset }
    }

    /// The selected post.
    pub fn selected(&self) -> Option<&Arc<Post>> {
        self.selection.posts.get(self.cursor)
    }

    /// Rows of the whole list.
    pub fn rows(&self) -> usize {
        self.selection.posts.len() + self.years.len()
    }

    /// The row of a post: below the headings of its year and of the years before.
    pub fn row_of(&self, post: usize) -> usize {
        post + self.years.partition_point(|year| year.first <= post)
    }

    /// What stands in a row.
    pub fn line(&self, row: usize) -> Option<Line<'_>> {
        if self.years.is_empty() {
            return self.selection.posts.get(row).map(|found| Line::Post(row, found));
        }
        let before = self.years.iter().enumerate().take_while(|(at, year)| year.first + at <= row).count();
        let year = self.years.get(before.checked_sub(1)?)?;
        if year.first + before - 1 == row {
            return Some(Line::Year(year));
        }
        let post = row - before;
        self.selection.posts.get(post).map(|found| Line::Post(post, found))
    }

    /// Does what a command asks for here.
    pub fn run(&mut self, command: Command, number: Option<usize>, context: &Context<'_>) -> Step {
        let half = context.screen.body() / 2;
        let page = context.screen.body().saturating_sub(2).max(1);
        match command {
            Command::Down => self.go(Motion::Down(1), context.screen),
            Command::Up => self.go(Motion::Up(1), context.screen),
            Command::HalfDown => self.go(Motion::Down(half), context.screen),
            Command::HalfUp => self.go(Motion::Up(half), context.screen),
            Command::PageDown => self.go(Motion::Down(page), context.screen),
            Command::PageUp => self.go(Motion::Up(page), context.screen),
            Command::First => self.go(Motion::First, context.screen),
            Command::Last => self.go(Motion::Last, context.screen),
            Command::NextSection => self.year(Motion::Down(1), context.screen),
            Command::PreviousSection => self.year(Motion::Up(1), context.screen),
            Command::NextUnread => self.unread(Motion::Down(1), context),
            Command::PreviousUnread => self.unread(Motion::Up(1), context),
            Command::Open => self.enter(number, context.screen),
            Command::Browse | Command::Archive | Command::Copy => {
                self.selected().map_or(Step::Stay, |post| context.leave(post, command))
            }
            // The list shows what stands in the head of the file.
            Command::Edit => self.selected().map_or(Step::Stay, |post| Step::Ask(Effect::Edit(post.key.clone(), 1))),
            _ => Step::Stay,
        }
    }

    /// Opens the selected post, or goes to the post of a number that was typed.
    fn enter(&mut self, number: Option<usize>, screen: Screen) -> Step {
        if let Some(number) = number {
            self.cursor = Motion::Down(number.saturating_sub(1)).from(0, self.selection.posts.len());
            return self.settled(screen);
        }
        match self.selected() {
            Some(post) => Step::GoToWords(Place::article(post.key.clone(), self.selection.query.clone())),
            None => Step::Stay,
        }
    }

    fn go(&mut self, motion: Motion, screen: Screen) -> Step {
        self.cursor = motion.from(self.cursor, self.selection.posts.len());
        self.settled(screen)
    }

    /// To the nearest unread post below or above.
    fn unread(&mut self, motion: Motion, context: &Context<'_>) -> Step {
        match next_unread(&self.selection.posts, self.cursor, motion, context.library.marks()) {
            Some(post) => {
                self.cursor = post;
                self.settled(context.screen)
            }
            None => Step::Say(Clean::literal("no further unread post")),
        }
    }

    /// To the first post of the next year, or of this one and then of the one before.
    fn year(&mut self, motion: Motion, screen: Screen) -> Step {
        if self.years.is_empty() {
            return Step::Say(Clean::literal("only by date there are years; S sorts"));
        }
        let now = self.years.partition_point(|year| year.first <= self.cursor).saturating_sub(1);
        let starts = self.years.get(now).is_none_or(|year| year.first == self.cursor);
        let to = if motion == Motion::Up(1) && !starts { now } else { motion.from(now, self.years.len()) };
        self.cursor = self.years.get(to).map_or(0, |year| year.first);
        self.settled(screen)
    }

    fn settled(&mut self, screen: Screen) -> Step {
        self.settle(screen);
        Step::Stay
    }

    /// Shows the selected post, and the heading above it where it is the first of its year.
    fn settle(&mut self, screen: Screen) {
        let row = self.row_of(self.cursor);
        self.window.show(row, self.rows());
        if self.cursor == 0 && self.window.height > 1 {
            self.window.top = 0;
        }
        let columns = screen.previewed();
        self.preview = columns.and_then(|columns| Some(self.part(self.selected()?, columns, screen.body())));
    }

    /// The passage of a post by which it was found, else its opening.
    fn part(&self, post: &Post, columns: usize, rows: usize) -> Preview {
        let ranking = self.selection.ranking.as_ref();
        let passage = ranking.and_then(|ranking| ranking.passage(post)).filter(|passage| passage.end < DEEPEST);
        let bytes = passage.as_ref().map_or(0, |passage| passage.end).max(OPENING);
        let page = post.opening(bytes).layout(Measure(columns));
        let row = passage.map_or(0, |passage| page.row_of(Anchor { at: passage.start, nth: 0 }));
        let top = if row < rows / 2 { 0 } else { row.saturating_sub(ABOVE) };
        let shown = page.rows.get(top..).map(|below| below.get(..rows).unwrap_or(below)).unwrap_or_default();
        let hits = ranking.map_or_else(Vec::new, |ranking| find::hits(|text| ranking.places(text), shown));
        Preview { page, top, hits }
    }
}

fn years(posts: &[Arc<Post>]) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for (at, post) in posts.iter().enumerate() {
        let year = post.date.map(super::super::blog::date::Date::year);
        match years.last_mut() {
            Some(last) if last.year == year => last.count += 1,
            _ => years.push(Year { year, first: at, count: 1 }),
        }
    }
    years
}
