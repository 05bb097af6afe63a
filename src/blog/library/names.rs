//! What a link may call a post beside its path: its addresses, its file's name, its title.
//!
//! Of a name only a number is kept, since a large blog has more names than a reader has memory to spare.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::resolve::{decoded, joined, normal};
use crate::blog::post::{Key, Post};
use crate::blog::site;
use crate::markdown::Dialect;

/// Posts by all that a link may call them beside their path.
#[derive(Debug, Default)]
pub(super) struct Names {
    addresses: Index,
    files: Index,
    /// In lower case: titles, aliases and file names, where the site's posts call each other by them.
    titles: Index,
}

/// Posts by the hash of a name. Its 64 bits are other ones in every process, so that nobody can choose names that meet.
#[derive(Debug, Default)]
struct Index {
    state: RandomState,
    posts: HashMap<u64, Key>,
}

impl Index {
    fn get(&self, name: &str) -> Option<&Key> {
        self.posts.get(&self.state.hash_one(name))
    }

    /// The last post of a name has it.
    fn insert(&mut self, name: &str, post: &Key) {
        self.posts.insert(self.state.hash_one(name), post.clone());
    }

    /// The first post of a name has it.
    fn insert_first(&mut self, name: &str, post: &Key) {
        self.posts.entry(self.state.hash_one(name)).or_insert_with(|| post.clone());
    }
}

impl Names {
    pub(super) fn new<'a>(posts: impl Iterator<Item = &'a Arc<Post>>, dialect: Dialect) -> Self {
        let mut names = Self::default();
        // Tables that grow leave holes of their own size behind them.
        let (count, _) = posts.size_hint();
        names.addresses.posts.reserve(count);
        names.files.posts.reserve(5 * count);
        for post in posts {
            for address in post.aliases.iter().chain([&post.url]) {
                let address = if address.starts_with('/') { address.clone() } else { joined(&post.url, address) };
                names.addresses.insert(&normal(&decoded(&address)), &post.key);
            }
            if dialect.has(Dialect::WIKILINKS) {
                names.call(post);
            }
            let key = post.key.as_str();
            let file = key.rsplit('/').next().unwrap_or(key);
            for name in [&*post.slug, &site::name(key), site::stem(file), file, key] {
                names.files.insert_first(name, &post.key);
            }
        }
        names
    }

    /// Notes what people call a post. A file's name goes before a title, that before an alias.
    fn call(&mut self, post: &Post) {
        let key = post.key.as_str();
        let file = site::stem(key.rsplit('/').next().unwrap_or(key));
        for name in [file, post.title.as_str()].into_iter().chain(post.aliases.iter().map(String::as_str)) {
            self.titles.insert_first(&name.trim().to_lowercase(), &post.key);
        }
    }

    /// The post at an address, by its own or an older one.
    pub(super) fn at(&self, path: &str) -> Option<&Key> {
        self.addresses.get(&normal(path))
    }

    /// The post of a file of this name, with or without its folders, extension and date, or of this slug.
    pub(super) fn file(&self, name: &str) -> Option<&Key> {
        self.files.get(name)
    }

    /// The post that people call so, in any case.
    pub(super) fn titled(&self, name: &str) -> Option<&Key> {
        self.titles.get(&name.to_lowercase())
    }
}
