//! What a link may call a post beside its path: its addresses, its file's name, its title; and the pages that are no posts.
//!
//! Of a name only a number is kept, since a large blog has more names than a reader has memory to spare.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use unicode_normalization::UnicodeNormalization;

use super::Library;
use super::host::host;
use super::pages::Page;
use super::resolve::{decoded, joined, normal};
use crate::blog::post::{Key, Post};
use crate::blog::site::{self, Generator};
use crate::markdown::Dialect;

/// Posts by all that a link may call them beside their path.
#[derive(Debug, Default)]
pub(super) struct Names {
    addresses: Index,
    files: Index,
    /// In lower case: titles, aliases and file names, where the site's posts call each other by them.
    titles: Index,
    /// The same of pages that are no posts: addresses, paths and file names.
    pages: Index,
    /// Years, months and days on which there is a post.
    days: HashSet<u64>,
    /// Posts of the same last name, where nobody knows what addresses begin with.
    tails: HashMap<u64, Vec<Key>>,
    /// The host of such a site, as its own posts call it.
    host: Option<String>,
    state: RandomState,
}

/// Posts by the hash of a name. Its 64 bits are other ones in every process, so that nobody can choose names that meet.
#[derive(Debug, Default)]
struct Index {
    state: RandomState,
    posts: HashMap<u64, Key>,
}

impl Index {
    fn get(&self, name: &str) -> Option<&Key> {
        self.posts.get(&self.state.hash_one(composed(name)))
    }

    /// The last post of a name has it.
    fn insert(&mut self, name: &str, post: &Key) {
        self.posts.insert(self.state.hash_one(composed(name)), post.clone());
    }

    /// The first post of a name has it.
    fn insert_first(&mut self, name: &str, post: &Key) {
        self.posts.entry(self.state.hash_one(composed(name))).or_insert_with(|| post.clone());
    }
}

/// The one spelling of a name that may be written with letters and accents apart (NFC): two systems name a file differently.
fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

impl Names {
    pub(super) fn new(library: &Library) -> Self {
        let mut names = Self::default();
        let site = &library.site;
        // Tables that grow leave holes of their own size behind them.
        let count = library.everything().count();
        names.addresses.posts.reserve(count);
        names.files.posts.reserve(5 * count);
        for post in library.everything() {
            for address in post.aliases.iter().chain([&post.url]) {
                names.addresses.insert(&address_of(address, &post.url, site.generator), &post.key);
            }
            if site.dialect.has(Dialect::WIKILINKS) {
                names.call(post);
            }
            let key = post.key.as_str();
            for name in [&*post.slug, &site::name(key), site::stem(file(key)), file(key), key] {
                names.files.insert_first(name, &post.key);
            }
            names.note_day(post);
            if site.generator == Generator::Plain {
                let hash = names.state.hash_one(composed(&site::name(key).to_lowercase()));
                names.tails.entry(hash).or_default().push(post.key.clone());
            }
        }
        for (key, page) in library.other_pages.iter() {
            names.note_page(key, page, site.generator);
        }
        if site.generator == Generator::Plain && site.base.is_none() {
            names.host = host(library, |path| names.at(path).is_some());
        }
        names
    }

    fn note_page(&mut self, key: &Key, page: &Page, generator: Generator) {
        for address in page.aliases.iter().chain([&page.url]) {
            self.pages.insert(&address_of(address, &page.url, generator), key);
        }
        for name in [site::stem(file(key.as_str())), file(key.as_str()), key.as_str()] {
            self.pages.insert_first(name, key);
        }
    }

    fn note_day(&mut self, post: &Post) {
        let Some(date) = post.date else { return };
        let day = date.to_string();
        let parts = [4, 7, 10].into_iter().filter_map(|end| day.get(..end));
        self.days.extend(parts.map(|part| self.state.hash_one(part)));
    }

    /// Notes what people call a post. A file's name goes before a title, that before an alias.
    fn call(&mut self, post: &Post) {
        let name = site::stem(file(post.key.as_str()));
        for name in [name, post.title.as_str()].into_iter().chain(post.aliases.iter().map(String::as_str)) {
            self.titles.insert_first(&name.trim().to_lowercase(), &post.key);
        }
    }

    /// The post at an address, by its own or an older one.
    pub(super) fn at(&self, path: &str) -> Option<&Key> {
        self.addresses.get(&normal(path))
    }

    /// The page at an address that is no post.
    pub(super) fn page_at(&self, path: &str) -> Option<&Key> {
        self.pages.get(&normal(path))
    }

    /// The page of a file of this path or name that is no post.
    pub(super) fn page(&self, name: &str) -> Option<&Key> {
        self.pages.get(name)
    }

    /// The post of a file of this name, with or without its folders, extension and date, or of this slug.
    pub(super) fn file(&self, name: &str) -> Option<&Key> {
        self.files.get(name)
    }

    /// The post that people call so, in any case.
    pub(super) fn titled(&self, name: &str) -> Option<&Key> {
        self.titles.get(&name.to_lowercase())
    }

    /// Whether the site's own posts call this host theirs, where no configuration says whose it is.
    pub(super) fn is_own_host(&self, host: &str) -> bool {
        self.host.as_deref().is_some_and(|own| own == host.strip_prefix("www.").unwrap_or(host))
    }

    /// Whether there is a post of this year, month or day.
    pub(super) fn has_day(&self, day: &str) -> bool {
        self.days.contains(&self.state.hash_one(day))
    }

    /// The only post whose path ends like an address, of a site of which nobody knows what its addresses begin with.
    pub(super) fn ending(&self, address: &str) -> Option<&Key> {
        let address = normal(address);
        let wanted: Vec<&str> = address.rsplit('/').filter(|part| !part.is_empty()).collect();
        let last = site::name(wanted.first()?).to_lowercase();
        let posts = self.tails.get(&self.state.hash_one(composed(&last)))?;
        let (numbers, folders): (Vec<&str>, Vec<&str>) =
            wanted.iter().skip(1).partition(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        let day = numbers.iter().rev().copied().collect::<Vec<_>>().join("-");
        let score = |post: &Key| {
            let path = post.as_str().to_lowercase();
            let path = if site::is_index(&path) { path.rsplit_once('/').map_or("", |(path, _)| path) } else { &path };
            let above = path.rsplit('/').skip(1).map(|part| part.trim_start_matches('_'));
            let same = above.zip(&folders).take_while(|(one, two)| one == *two).count();
            same + usize::from(numbers.len() == 3 && path.contains(&day))
        };
        let most = posts.iter().map(&score).max()?;
        // A folder or a day that both have, or nothing before the name.
        let mut best = posts.iter().filter(|post| score(post) == most && (most > 0 || folders.is_empty()));
        best.next().filter(|_| best.next().is_none())
    }
}

fn file(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// An address as it is compared. Hugo sees one without a slash from where the page is that says it
/// (<https://gohugo.io/content-management/urls/#aliases>), the others from the root.
fn address_of(address: &str, page: &str, generator: Generator) -> String {
    let path = address.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
    let address = path.unwrap_or(address);
    let from = if generator == Generator::Hugo { page } else { "/" };
    normal(&decoded(&joined(from, address)))
}
