//! What is remembered of a blog while it is read: stars, what was opened and read, how far a reading got, and undoing it.

use std::sync::Arc;

use super::cursor::Motion;
use super::place::{Place, View};
use super::{App, Effect};
use crate::blog::library::Progress;
use crate::blog::marks::{Last, Mark, Marks, Spot, What};
use crate::blog::post::{Key, Post};
use crate::blog::query::Query;
use crate::blog::url::Url;
use crate::clean;
use crate::markdown::Anchor;
use crate::text::Clean;

/// What the program knows of the marks of this session.
#[derive(Debug, Default)]
pub struct Marking {
    /// When a post counts as read.
    pub read_when: ReadWhen,
    /// Marks as they were, the last one last.
    pub(super) undone: Vec<Undone>,
    /// The open post.
    open: Option<Open>,
}

/// The nearest unread post from an index of a list, in the direction of a movement.
pub(super) fn next_unread(posts: &[Arc<Post>], at: usize, motion: Motion, marks: &Marks) -> Option<usize> {
    let is_unread = |at: &usize| posts.get(*at).is_some_and(|post| !marks.of(&post.url).is_read());
    match motion {
        Motion::Up(_) => (0..at).rev().find(is_unread),
        _ => (at + 1..posts.len()).find(is_unread),
    }
}

/// When a post counts as read, if the reader does not say so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReadWhen {
    /// When its end was on screen.
    #[default]
    End,
    /// When it was opened.
    Opened,
    /// Only when the reader says so.
    Marked,
}

impl ReadWhen {
    /// All of them, by the names that they have in the configuration.
    pub const ALL: [(&str, Self); 3] = [("end", Self::End), ("opened", Self::Opened), ("marked", Self::Marked)];
}

/// A post since it was opened.
#[derive(Debug)]
struct Open {
    post: Key,
    /// Whether its end has been on screen.
    is_ended: bool,
}

/// A mark as it was before.
#[derive(Debug)]
pub(super) struct Undone {
    /// The address of the post.
    address: String,
    title: Clean,
    before: What,
}

impl App {
    /// The post that is open or selected.
    fn post_at_hand(&self) -> Option<Arc<Post>> {
        match &self.view {
            View::Article(article) => Some(Arc::clone(&article.post)),
            View::List(list) => list.selected().cloned(),
            View::Tags(_) => None,
        }
    }

    pub(super) fn star(&mut self) -> Vec<Effect> {
        let Some(post) = self.post_at_hand() else { return Vec::new() };
        let is_starred = self.library.marks().of(&post.url).is_starred();
        self.notice = Some(Clean::literal(if is_starred { "no star; U brings it back" } else { "★ starred" }));
        self.mark(&post, What::Starred(!is_starred))
    }

    pub(super) fn toggle_read(&mut self) -> Vec<Effect> {
        let Some(post) = self.post_at_hand() else { return Vec::new() };
        let is_read = self.library.marks().of(&post.url).is_read();
        self.notice = Some(Clean::literal(if is_read { "marked as unread" } else { "marked as read" }));
        self.mark(&post, What::Read(!is_read))
    }

    /// Notes a mark that can be undone.
    fn mark(&mut self, post: &Post, what: What) -> Vec<Effect> {
        let before = self.library.mark(&post.url, what.clone());
        self.marking.undone.push(Undone { address: post.url.clone(), title: post.title.clone(), before });
        self.list_again();
        vec![Effect::Remember(post.url.clone(), what)]
    }

    /// Makes the list anew if it is another one after a mark.
    fn list_again(&mut self) {
        if matches!(&self.view, View::List(list) if self.library.asks_for_marks(&list.selection.query)) {
            let place = self.view.place();
            self.show(&place);
        }
    }

    /// Takes the last mark back.
    pub(super) fn undo_mark(&mut self) -> Vec<Effect> {
        let Some(Undone { address, title, before }) = self.marking.undone.pop() else {
            self.notice = Some(Clean::literal("there is no mark to undo"));
            return Vec::new();
        };
        let is_so = match &before {
            What::Read(true) => "read",
            What::Read(false) => "unread",
            What::Starred(true) => "starred",
            What::Starred(false) => "not starred",
            _ => "as it was",
        };
        self.notice = Some(clean!("{title} is {is_so} again"));
        self.library.mark(&address, before.clone());
        self.list_again();
        vec![Effect::Remember(address, before)]
    }

    /// Notes what is no mark, and so cannot be undone.
    pub(super) fn note(&mut self, post: &str, what: What) -> Effect {
        self.library.mark(post, what.clone());
        Effect::Remember(post.to_owned(), what)
    }

    /// Notes that a page is opened, if that is news; its copy in the archive counts as the page itself.
    pub(super) fn note_visit(&mut self, url: &Url) -> Option<Effect> {
        let page = url.original();
        (!self.library.marks().has_visited(page)).then(|| self.note("", What::Visited(page.to_owned())))
    }

    /// Notes that the post that came on screen was opened: once, until another view is there.
    pub(super) fn note_opened(&mut self) -> Vec<Effect> {
        let View::Article(article) = &self.view else {
            self.marking.open = None;
            return Vec::new();
        };
        let post = Arc::clone(&article.post);
        if self.marking.open.as_ref().is_some_and(|open| open.post == post.key) {
            return Vec::new();
        }
        self.marking.open = Some(Open { post: post.key.clone(), is_ended: false });
        let mut effects = vec![self.note(&post.url, What::Opened)];
        if self.marking.read_when == ReadWhen::Opened {
            effects.extend(self.mark_read(&post));
        }
        effects
    }

    /// The end of the open post may have been on screen, which is noted once.
    pub(super) fn note_end(&mut self) -> Vec<Effect> {
        let (View::Article(article), Some(open)) = (&self.view, &mut self.marking.open) else { return Vec::new() };
        if open.is_ended || !article.post.has_text() || article.progress() < 100 {
            return Vec::new();
        }
        // Once for each time that it is opened, so that it can be marked as unread at its end.
        open.is_ended = true;
        let post = Arc::clone(&article.post);
        if self.marking.read_when == ReadWhen::End { self.mark_read(&post) } else { Vec::new() }
    }

    fn mark_read(&mut self, post: &Post) -> Vec<Effect> {
        if self.library.marks().of(&post.url).is_read() { Vec::new() } else { self.mark(post, What::Read(true)) }
    }

    /// Notes how far the reading of the open post got, if that is news; one that got to the end is no longer under way.
    pub(super) fn note_reached(&mut self) -> Option<Effect> {
        let View::Article(article) = &self.view else { return None };
        if !article.post.has_text() || self.library.progress() == Progress::Loading {
            return None;
        }
        let is_ended = self.marking.open.as_ref().is_some_and(|open| open.is_ended);
        let spot = if is_ended { Spot::default() } else { Spot::of(article.post.body(), article.at().at) };
        let address = article.post.url.clone();
        let known = self.library.marks().of(&address).reached();
        (known.at != spot.at).then(|| self.note(&address, What::Reached(spot)))
    }

    /// Notes where in the blog the reader is, if that is news and if a key was pressed at all.
    pub(super) fn note_last(&mut self) -> Option<Effect> {
        let address = |key: &Key| self.library.get(key).map_or_else(String::new, |post| post.url.clone());
        let place = self.view.place();
        let query = place.query().text().to_owned();
        let last = match &place {
            Place::List { on, .. } => Last { query, post: on.first().map(address).unwrap_or_default(), is_open: false },
            Place::Article { post, .. } => Last { query, post: address(post), is_open: true },
            Place::Tags(_) => Last { query, ..Last::default() },
        };
        let is_known = self.library.marks().last().map_or(last == Last::default(), |known| *known == last);
        if is_known || !self.is_used {
            return None;
        }
        Some(self.note("", What::Last(last)))
    }

    /// Goes where the reader was the last time, unless a key says otherwise or a query was asked for.
    pub(super) fn resume(&mut self) {
        let Some(last) = self.library.marks().last().filter(|_| !self.is_used).cloned() else { return };
        if !matches!(self.view.place(), Place::List { query, on, .. } if query.is_empty() && on.is_empty()) {
            return;
        }
        let on = self.library.everything().find(|post| post.url == last.post).map(|post| post.key.clone());
        let query = Query::parse(&last.query);
        match on {
            Some(post) if last.is_open => {
                let place = self.resumed(Place::article(post.clone(), query.clone()));
                self.show(&place);
                // Out of it is the list.
                let outside = self.list_of_resumed();
                self.history.leave(outside.unwrap_or(Place::List { query, on: vec![post], offset: 0 }));
            }
            on => {
                let (on, offset) = (on.into_iter().collect(), self.screen.body() / 2);
                self.show(&Place::List { query, on, offset });
            }
        }
        self.notice = Some(Clean::literal("here you were the last time"));
    }

    /// The list of the post that is open again, which may have left it by being read in the last session.
    fn list_of_resumed(&mut self) -> Option<Place> {
        let View::Article(article) = &mut self.view else { return None };
        if article.selection.position(&article.post.key).is_none() {
            let list = self.library.selected_before_reading(&article.selection.query, &article.post.url)?;
            article.keep_list(&list);
        }
        Some(article.list())
    }

    /// Where the reading of a post goes on.
    pub(super) fn left_off(&self, post: &Post) -> Option<Anchor> {
        let mark = self.library.marks().of(&post.url);
        // Where opening is reading, a read post may still be one that is being read.
        let goes_on = mark.is_started() || (self.marking.read_when == ReadWhen::Opened && mark.reached().at > 0);
        let place = |mark: &Mark| if post.has_text() { mark.reached().within(post.body()) } else { mark.reached().at };
        goes_on.then(|| Anchor { at: place(mark), nth: 0 })
    }
}
