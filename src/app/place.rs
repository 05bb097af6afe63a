//! Where the reader is, in a few bytes that survive resize, reload and restart; and the one door from a place to a view.

use std::sync::Arc;

use super::Context;
use super::article::ArticleView;
use super::find::Sought;
use super::list::ListView;
use super::tags::{Spot, TagsView};
use crate::blog::post::{Key, Post};
use crate::blog::query::Query;
use crate::markdown::{Anchor, LinkId};

/// A place in a blog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The posts of a query.
    List {
        /// Which posts; all of them for the empty query.
        query: Query,
        /// The selected one, and those that take its place where it is gone, in this order; without any, the first.
        on: Vec<Key>,
        /// Rows between the top of the window and the selected one.
        offset: usize,
    },
    /// The names of tags and their kin.
    Tags(Spot),
    /// A post.
    Article {
        /// Which.
        post: Key,
        /// The list that it was opened from, for next and previous and the way out.
        within: Query,
        /// What stands at the top of the window.
        at: Anchor,
        /// The link that is focused.
        focus: Option<LinkId>,
        /// What was looked for in it.
        find: Option<Sought>,
        /// Columns by which wide code and tables are shifted; folded where there is none.
        shift: Option<usize>,
    },
}

impl Place {
    /// The list of everything, at its top.
    pub fn start() -> Self {
        Self::list(Query::default())
    }

    /// The list of a query, at its top.
    pub fn list(query: Query) -> Self {
        Self::List { query, on: Vec::new(), offset: 0 }
    }

    /// The top of a post, opened from the list of a query.
    pub fn article(post: Key, within: Query) -> Self {
        Self::Article { post, within, at: Anchor::default(), focus: None, find: None, shift: None }
    }

    /// A post from a place in it on.
    pub fn article_at(post: Key, within: Query, at: Anchor) -> Self {
        Self::Article { post, within, at, focus: None, find: None, shift: None }
    }

    /// The posts that it shows, or is one of.
    pub fn query(&self) -> &Query {
        match self {
            Self::List { query, .. } => query,
            Self::Article { within, .. } => within,
            Self::Tags(spot) => &spot.within,
        }
    }

    /// Whether it is in this post.
    pub fn is_of(&self, key: &Key) -> bool {
        matches!(self, Self::Article { post, .. } if post == key)
    }

    /// The same place where posts have other names.
    #[must_use]
    pub fn renamed(self, mut name: impl FnMut(Key) -> Key) -> Self {
        match self {
            Self::List { query, on, offset } => Self::List { query, on: on.into_iter().map(name).collect(), offset },
            Self::Article { post, within, at, focus, find, shift } => {
                Self::Article { post: name(post), within, at, focus, find, shift }
            }
            tags @ Self::Tags(_) => tags,
        }
    }

    /// The same place in an article with its wide code and tables shifted, or folded.
    pub fn shifted(place: Self, shift: Option<usize>) -> Self {
        match place {
            Self::Article { post, within, at, focus, find, .. } => {
                Self::Article { post, within, at, focus, find, shift }
            }
            other => other,
        }
    }
}

/// What the reader looks at.
#[derive(Debug)]
pub enum View {
    /// The list of posts.
    List(ListView),
    /// The tags.
    Tags(TagsView),
    /// An article.
    Article(Box<ArticleView>),
}

impl View {
    /// Makes the view of a place. A post that is gone gives the list that it was in.
    pub fn open(place: &Place, context: &Context<'_>) -> Self {
        let Context { library, screen, .. } = *context;
        match place {
            Place::List { query, on, offset } => Self::List(ListView::open(library.select(query), on, *offset, screen)),
            Place::Tags(spot) => Self::Tags(TagsView::open(spot, context)),
            Place::Article { post, within, .. } => match library.get(post) {
                Some(post) => Self::of_post(post, place, context),
                None => Self::open(&Place::list(within.clone()), context),
            },
        }
    }

    /// Makes the view of a place in a post.
    pub fn of_post(post: &Arc<Post>, place: &Place, context: &Context<'_>) -> Self {
        let Place::Article { within, at, focus, find, shift, .. } = place else { return Self::open(place, context) };
        let mut view = ArticleView::open(post, context.library.select(within), *shift, context);
        view.restore(*at, *focus, find.as_ref(), context.screen);
        view.await_text(place);
        Self::Article(Box::new(view))
    }

    /// The place that this is a view of.
    pub fn place(&self) -> Place {
        match self {
            Self::List(list) => list.place(),
            Self::Tags(tags) => tags.place(),
            Self::Article(article) => article.place(),
        }
    }
}

/// Places behind and before the reader.
#[derive(Debug, Default)]
pub struct History {
    back: Vec<Place>,
    forward: Vec<Place>,
}

/// Places that history keeps.
const LONGEST: usize = 1_000;

impl History {
    /// Notes that the reader leaves `place` for a new one.
    pub fn leave(&mut self, place: Place) {
        self.forward.clear();
        if self.back.len() == LONGEST {
            self.back.remove(0);
        }
        self.back.push(place);
    }

    /// Makes other places of all.
    pub fn change(&mut self, other: impl Fn(Place) -> Place) {
        for place in self.back.iter_mut().chain(&mut self.forward) {
            *place = other(std::mem::replace(place, Place::start()));
        }
    }

    /// The place before `now`.
    pub fn back(&mut self, now: Place) -> Option<Place> {
        let place = self.back.pop()?;
        self.forward.push(now);
        Some(place)
    }

    /// The place that `now` was gone back from.
    pub fn forward(&mut self, now: Place) -> Option<Place> {
        let place = self.forward.pop()?;
        self.back.push(now);
        Some(place)
    }
}
