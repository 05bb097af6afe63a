//! Pages of the site that are no posts: where they are, because a link to one is not broken.
//!
//! Of a page nothing is kept but its addresses; it is neither listed nor read here.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Library, Reading};
use crate::blog::post::{Key, Post};
use crate::blog::site::Site;

/// A page that is no post.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// Its address on the site.
    pub(super) url: String,
    /// Its older addresses.
    pub(super) aliases: Vec<String>,
}

/// Pages by their paths.
#[derive(Debug, Default, Clone)]
pub(super) struct Pages(HashMap<Key, Page>);

impl Pages {
    pub(super) fn get(&self, key: &Key) -> Option<&Page> {
        self.0.get(key)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Key, &Page)> {
        self.0.iter()
    }

    /// Keeps what is a page, and gives back what is a post. The faults of pages are nobody's who reads posts.
    fn sift(&mut self, reading: Reading, site: &Site) -> Reading {
        match reading {
            (Some(post), _) if site.is_page(post.key.as_str()) => {
                let page = Page { url: post.url.clone(), aliases: post.aliases.clone() };
                self.0.insert(post.key.clone(), page);
                (None, Vec::new())
            }
            reading => reading,
        }
    }
}

impl Library {
    /// The posts of what was read, with the faults; pages are noted.
    pub(super) fn without_pages(&mut self, batch: Vec<Reading>) -> Vec<Arc<Post>> {
        // Who resolves links keeps the pages as they were.
        let pages = Arc::make_mut(&mut self.other_pages);
        let mut posts = Vec::with_capacity(batch.len());
        for reading in batch {
            let (post, faults) = pages.sift(reading, &self.site);
            self.faults.extend(faults);
            posts.extend(post);
        }
        posts
    }

    /// The readings of posts; pages are noted as they are now.
    pub(super) fn of_posts(&mut self, batch: Vec<(Key, Reading)>) -> Vec<(Key, Reading)> {
        let mut posts = Vec::with_capacity(batch.len());
        for (key, reading) in batch {
            if self.site.is_page(key.as_str()) {
                self.resolver.take();
                let pages = Arc::make_mut(&mut self.other_pages);
                pages.0.remove(&key);
                pages.sift(reading, &self.site);
            } else {
                posts.push((key, reading));
            }
        }
        posts
    }
}
