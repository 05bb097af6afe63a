//! What stands around an article in its blog: who links to it, what it is related to, the series that it is part of.

use std::cell::OnceCell;

use crate::blog::library::{Library, Progress};
use crate::blog::post::{Key, Post};
use crate::blog::web::{Related, Thread};
use crate::clean;
use crate::text::Clean;

/// Posts that the foot of an article names.
const NAMED: usize = 3;

/// What stands around an article.
#[derive(Debug, Default)]
pub struct Around {
    /// The links to it from other posts; none while nobody knows.
    pub backlinks: Option<Vec<Thread>>,
    /// The series, where it is part of one.
    pub part: Option<Part>,
    related: OnceCell<Vec<Related>>,
}

/// A place in a series.
#[derive(Debug)]
pub struct Part {
    /// The series.
    pub name: Clean,
    /// Its posts, the first part first.
    pub posts: Vec<Key>,
    /// Which of them it is.
    pub at: usize,
}

/// A page of the panel of links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPage {
    /// The links of the article.
    Links,
    /// The posts that link to it.
    Backlinks,
    /// The posts that it has much in common with.
    Related,
    /// The parts of its series.
    Series,
}

impl LinkPage {
    /// Every page, in order.
    pub const ALL: [Self; 4] = [Self::Links, Self::Backlinks, Self::Related, Self::Series];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Links => "links",
            Self::Backlinks => "backlinks",
            Self::Related => "related",
            Self::Series => "series",
        }
    }

    /// Rows of one of its entries.
    pub const fn rows(self) -> usize {
        match self {
            Self::Links | Self::Backlinks | Self::Related => 2,
            Self::Series => 1,
        }
    }
}

impl Around {
    /// What is known of a post's surroundings.
    pub fn of(post: &Post, library: &Library) -> Self {
        let backlinks = library.web().map(|web| web.backlinks(&post.key).into_iter().cloned().collect());
        // While posts come, every batch would have all titles read again.
        let is_whole = library.progress() != Progress::Loading;
        let part = is_whole.then(|| library.series().of(&post.key)).flatten();
        let part = part.map(|(series, at)| Part { name: series.name.clone(), posts: series.posts.clone(), at });
        Self { backlinks, part, related: OnceCell::new() }
    }

    /// The posts that have most in common with it, beside the other parts of its series; found when first asked for.
    pub fn related(&self, post: &Post, library: &Library) -> &[Related] {
        let Some(web) = library.web() else { return &[] };
        let parts = self.part.as_ref().map(|part| part.posts.as_slice()).unwrap_or_default();
        self.related.get_or_init(|| web.related(post, library.resolver(), parts))
    }

    /// The post of an entry of a page; the links are the article's own.
    pub fn post(&self, page: LinkPage, entry: usize) -> Option<&Key> {
        match page {
            LinkPage::Links => None,
            LinkPage::Backlinks => Some(&self.backlinks.as_ref()?.get(entry)?.from),
            LinkPage::Related => Some(&self.related.get()?.get(entry)?.post),
            LinkPage::Series => self.part.as_ref()?.posts.get(entry),
        }
    }

    /// What stands below the text: the place in a series, and the first posts that link here.
    pub fn foot(&self, library: &Library) -> Vec<Clean> {
        let mut lines = Vec::new();
        if let Some(part) = &self.part {
            lines.push(clean!("{} of {} in the series “{}”", part.at + 1, part.posts.len(), part.name));
        }
        let backlinks = self.backlinks.as_deref().unwrap_or_default();
        for thread in backlinks.iter().take(NAMED) {
            if let Some(post) = library.get(&thread.from) {
                let date = post.date.map_or_else(String::new, |date| format!(" · {date}"));
                lines.push(clean!("← {}{date}", post.title));
            }
        }
        if let Some(more) = backlinks.len().checked_sub(NAMED).filter(|more| *more > 0) {
            lines.push(clean!("← {more} more"));
        }
        lines
    }
}
