//! Posts that change while they are read: the reader stays at the same words of the same post, and is told.
//!
//! A post whose file is gone stays open until it is left.

use std::collections::HashMap;
use std::sync::Arc;

use super::App;
use super::overlay::Overlay;
use super::place::{Place, View};
use super::{Effect, Pending};
use crate::blog::library::{Library, Reading};
use crate::blog::marks::Spot;
use crate::blog::post::{Key, Post};
use crate::clean;
use crate::markdown::LinkId;
use crate::text::Clean;

/// What is said until it is known what has changed.
const LOOKING: &str = "looking at the posts again …";

impl App {
    /// Asks whether posts have changed.
    pub(super) fn look_again(&mut self) -> Vec<Effect> {
        self.notice = Some(Clean::literal(LOOKING));
        vec![Effect::Reload]
    }

    /// Notes that it was looked, and what changed is told.
    pub(super) fn looked(&mut self) {
        // The pictures of a post are no posts.
        self.known.forget();
        if self.notice.as_ref().is_some_and(|notice| notice.as_str() == LOOKING) {
            self.notice = Some(Clean::literal("nothing has changed"));
        }
    }

    /// Takes in posts as they are now.
    pub(super) fn change(&mut self, batch: Vec<(Key, Reading)>) {
        let news = self.library.news(batch);
        if news.is_empty() {
            return;
        }
        let changes = Changes::of(&news, &self.library);
        let place = self.place_now();
        let open = if let View::Article(article) = &self.view { Some(Arc::clone(&article.post)) } else { None };
        let focused = self.focused_address();
        for (key, _) in &news {
            self.known.forget_post(key);
        }
        self.library.fill(news);
        self.history.change(|place| changes.followed(place));
        let place = changes.followed(place);
        match open.filter(|post| !self.shows_still(post, &place)) {
            None => self.reopen_at(&place),
            Some(before) => {
                self.let_go();
                self.reopen_at(&self.at_same_words(place, &before));
                self.focus_again(focused);
            }
        }
        self.notice = changes.told().or_else(|| self.notice.take());
    }

    /// Where the reader is; in a list the selected post is meant, also where that is the first.
    fn place_now(&self) -> Place {
        match (&self.view, self.view.place()) {
            (View::List(list), Place::List { query, offset, .. }) => {
                // What is at the top stays in sight when something comes before it.
                let offset = if list.window.top == 0 { list.rows() } else { offset };
                Place::List { query, on: list.selection.from(list.cursor), offset }
            }
            (_, place) => place,
        }
    }

    /// The open post where it is no longer among the others: it stays open until it is left.
    pub(super) fn held(&self, place: &Place) -> Option<Arc<Post>> {
        let View::Article(article) = &self.view else { return None };
        let post = &article.post;
        let is_held = place.is_of(&post.key) && post.has_text() && self.library.get(&post.key).is_none();
        is_held.then(|| Arc::clone(post))
    }

    /// Whether the open post is the one of a place, and as it was.
    fn shows_still(&self, post: &Arc<Post>, place: &Place) -> bool {
        let Place::Article { post: key, .. } = place else { return true };
        self.library.get(key).is_none_or(|now| Arc::ptr_eq(now, post))
    }

    /// Closes what names parts of a text that has changed: what was a link's number is another's now.
    fn let_go(&mut self) {
        self.keyboard.pending = Pending::Nothing;
        self.overlay.take_if(|overlay| matches!(overlay, Overlay::Links(..) | Overlay::Contents(..)));
    }

    /// The same place in a text that was another `before`.
    fn at_same_words(&self, place: Place, before: &Post) -> Place {
        let Place::Article { post, within, mut at, find, shift, .. } = place else { return place };
        if let Some(now) = self.library.get(&post).filter(|post| at.at > 0 && post.has_text() && before.has_text()) {
            at.at = Spot::of(before.body(), at.at).within(now.body());
        }
        Place::Article { post, within, at, focus: None, find, shift }
    }

    fn focused_address(&self) -> Option<String> {
        let View::Article(article) = &self.view else { return None };
        Some(article.document.links.get(article.focus?)?.href.clone())
    }

    /// Focuses the link of an address, as long as it is in sight.
    fn focus_again(&mut self, address: Option<String>) {
        let (View::Article(article), Some(address)) = (&mut self.view, address) else { return };
        let is_same = |link: &LinkId| article.document.links.get(*link).is_some_and(|link| link.href == address);
        let is_shown = |link: &LinkId| article.page.links.get(*link).is_some_and(|row| article.window.shows(*row));
        article.focus = (0..article.document.links.len()).filter(is_same).find(is_shown);
    }
}

/// What is other than it was.
#[derive(Debug, Default)]
struct Changes {
    new: Vec<Clean>,
    gone: Vec<Clean>,
    renamed: Vec<Clean>,
    changed: Vec<Clean>,
    /// The new names of posts whose files have another one.
    names: HashMap<Key, Key>,
}

impl Changes {
    fn of(news: &[(Key, Reading)], library: &Library) -> Self {
        let mut changes = Self::default();
        let mut new: Vec<&Arc<Post>> = Vec::new();
        let mut gone: Vec<&Arc<Post>> = Vec::new();
        for (key, (now, _)) in news {
            match (library.get(key), now) {
                (None, Some(post)) if !library.site.is_page(key.as_str()) => new.push(post),
                (Some(post), None) => gone.push(post),
                (Some(_), Some(post)) => changes.changed.push(post.title.clone()),
                _ => {}
            }
        }
        for before in gone {
            let is_same = |post: &&Arc<Post>| post.url == before.url || is_same_text(post, before);
            match new.iter().position(is_same) {
                Some(at) => {
                    let now = new.swap_remove(at);
                    changes.names.insert(before.key.clone(), now.key.clone());
                    changes.renamed.push(now.title.clone());
                }
                None => changes.gone.push(before.title.clone()),
            }
        }
        changes.new = new.into_iter().map(|post| post.title.clone()).collect();
        changes
    }

    /// The same place where posts have their new names.
    fn followed(&self, place: Place) -> Place {
        place.renamed(|key| self.names.get(&key).cloned().unwrap_or(key))
    }

    /// What is said of it; nothing where no post is concerned.
    fn told(&self) -> Option<Clean> {
        let kinds = [("changed", &self.changed), ("new", &self.new), ("renamed", &self.renamed), ("gone", &self.gone)];
        let kinds: Vec<_> = kinds.into_iter().filter(|(_, posts)| !posts.is_empty()).collect();
        match kinds.as_slice() {
            [] => None,
            [(what, posts)] if posts.len() == 1 => posts.first().map(|title| clean!("{what}: {title}")),
            kinds => {
                let counts = kinds.iter().map(|(what, posts)| format!("{} {what}", posts.len()));
                Some(clean!("posts: {}", counts.collect::<Vec<_>>().join(", ")))
            }
        }
    }
}

fn is_same_text(one: &Post, other: &Post) -> bool {
    one.has_text() && other.has_text() && !one.body().trim().is_empty() && one.body() == other.body()
}
