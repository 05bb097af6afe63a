//! The next language of the blog: what it is asked for, and where the reader is among other posts.
//!
//! A post that is in both languages stays open or selected, from its top; of one that is not, its list is shown.

use std::collections::HashMap;

use super::place::{Place, View};
use super::{App, Effect};
use crate::blog::library::{Library, Progress};
use crate::blog::post::Key;
use crate::clean;
use crate::text::Clean;

impl App {
    /// Asks for the posts in the next language.
    pub(super) fn next_language(&mut self) -> Vec<Effect> {
        let Some(next) = self.library.site.next_language().map(str::to_owned) else {
            self.notice = Some(match self.library.site.language() {
                Some(shown) => {
                    clean!(
                        "beside {shown} no language is known here; open the root of the blog, or name one with --lang"
                    )
                }
                None => Clean::literal("this blog is in one language"),
            });
            return Vec::new();
        };
        if self.library.progress() != Progress::Complete {
            self.notice = Some(Clean::literal("the posts are still being read; try again when they are"));
            return Vec::new();
        }
        self.notice = Some(clean!("reading the posts in {next} …"));
        vec![Effect::ReloadIn(next)]
    }

    /// Takes in what was read again, in the same language or another.
    pub(super) fn replace(&mut self, library: Library) {
        let count = library.posts().len();
        let library = library.after(&self.library);
        let before = std::mem::replace(&mut self.library, library);
        self.known.forget();
        let shown = self.library.site.language();
        if shown == before.site.language() {
            self.notice = Some(clean!("read again: {count} posts"));
            // What another site makes of the blog has no place for a post that is gone.
            self.show(&self.place_left());
            return;
        }
        let mut notice = clean!("posts in {}: {count}", shown.unwrap_or_default());
        let translations = Translations::of(&before, &self.library);
        let waiting = self.waiting.take().map(|waiting| waiting.place);
        let place = translations.place(waiting.unwrap_or_else(|| self.view.place()));
        if let Place::Article { post, .. } = &place
            && self.library.get(post).is_none()
        {
            notice = clean!("{notice}; the one you read is not among them");
        }
        self.history.change(|place| translations.place(place));
        self.notice = Some(notice);
        self.show(&place);
    }

    /// Where the reader is, or the list of the open post where that is gone.
    fn place_left(&self) -> Place {
        match &self.view {
            View::Article(article) if self.library.get(&article.post.key).is_none() => article.list(),
            view => view.place(),
        }
    }
}

/// Which post of one language is which of another.
struct Translations<'a> {
    before: &'a Library,
    paths: HashMap<String, Key>,
    addresses: HashMap<&'a str, Key>,
}

impl<'a> Translations<'a> {
    fn of(before: &'a Library, now: &'a Library) -> Self {
        let paths = now.everything().map(|post| (now.site.untranslated(post.key.as_str()), post.key.clone()));
        let addresses = now.everything().map(|post| (now.site.unprefixed(&post.url), post.key.clone()));
        Self { before, paths: paths.collect(), addresses: addresses.collect() }
    }

    fn post(&self, post: &Key) -> Option<Key> {
        let site = &self.before.site;
        let by_path = self.paths.get(&site.untranslated(post.as_str()));
        let address = || self.before.get(post).and_then(|post| self.addresses.get(site.unprefixed(&post.url)));
        by_path.or_else(address).cloned()
    }

    /// The same place among the translations, as far as there are any.
    fn place(&self, place: Place) -> Place {
        match place {
            Place::Article { ref post, ref within, .. } => match self.post(post) {
                Some(other) if other != *post => Place::article(other, within.clone()),
                _ => place,
            },
            place => place.renamed(|post| self.post(&post).unwrap_or(post)),
        }
    }
}
