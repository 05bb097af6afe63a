//! The posts of a blog as a web: which links to which, with the sentence, and which links lead nowhere.
//!
//! Making it reads every post once, so it is made beside the keyboard; asking it is quick.

mod related;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use self::related::{Features, Kinship};
pub use self::related::{Reason, Related};
use super::library::{Resolver, Target};
use super::post::{Key, Post};
use crate::markdown::{Document, LinkId, LinkKind};
use crate::text::Clean;

/// A link from one post to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The post that it stands in.
    pub from: Key,
    /// Which of its links it is.
    pub link: LinkId,
    /// The byte of the body where it starts.
    pub at: usize,
    /// The post that it leads to.
    pub to: Key,
    /// The place in that one.
    pub fragment: Option<String>,
    /// The sentence that it stands in.
    pub sentence: Clean,
}

/// What of a blog's posts is tied to what.
#[derive(Debug, Default)]
pub struct Web {
    threads: Vec<Thread>,
    /// For each post the threads that lead to it from others, the newest post's first.
    to: HashMap<Key, Vec<usize>>,
    broken: Arc<HashSet<Key>>,
    kinship: Kinship,
    pub(super) edition: u64,
}

/// What it takes to make a [`Web`], here or in another thread.
#[derive(Debug, Clone)]
pub struct Weaving {
    pub(super) posts: Arc<[Arc<Post>]>,
    pub(super) resolver: Arc<Resolver>,
    pub(super) edition: u64,
}

/// The same work on the same posts is the same wish.
impl PartialEq for Weaving {
    fn eq(&self, other: &Self) -> bool {
        self.edition == other.edition && Arc::ptr_eq(&self.posts, &other.posts)
    }
}

impl Eq for Weaving {}

/// What one post adds to a web.
struct Strands {
    threads: Vec<Thread>,
    is_broken: bool,
    features: Features,
}

impl Weaving {
    /// Makes the web, on all cores.
    pub fn run(&self) -> Web {
        let common = related::common_words(&self.posts);
        let strands = self.posts.par_iter().map(|post| self.strands(post, &common)).collect::<Vec<_>>();
        let mut web = Web { edition: self.edition, ..Web::default() };
        let mut broken = HashSet::new();
        let mut features = Vec::with_capacity(strands.len());
        for (post, strands) in self.posts.iter().zip(strands) {
            web.threads.extend(strands.threads);
            features.push(strands.features);
            if strands.is_broken {
                broken.insert(post.key.clone());
            }
        }
        for (at, thread) in web.threads.iter().enumerate().filter(|(_, thread)| thread.from != thread.to) {
            web.to.entry(thread.to.clone()).or_default().push(at);
        }
        web.broken = Arc::new(broken);
        web.kinship = Kinship::of(&self.posts, features);
        web
    }

    fn strands(&self, post: &Post, common: &related::Commonness) -> Strands {
        let document = post.document();
        let targets: Vec<(LinkId, Target)> =
            real_links(&document).map(|(link, href)| (link, self.resolver.resolve(post, href))).collect();
        let is_broken = targets.iter().any(|(_, target)| matches!(target, Target::Broken(..) | Target::Refused(_)));
        Strands {
            threads: threads(post, &document, &targets),
            is_broken,
            features: Features::of(post, &document, targets.iter().map(|(_, target)| target), common),
        }
    }
}

/// The links of a document that are no numbers of footnotes.
fn real_links(document: &Document) -> impl Iterator<Item = (LinkId, &str)> {
    let links = document.links.iter().enumerate().filter(|(_, link)| link.kind != LinkKind::Note);
    links.map(|(at, link)| (at, link.href.as_str()))
}

/// The links of a post that lead to posts.
fn threads(post: &Post, document: &Document, targets: &[(LinkId, Target)]) -> Vec<Thread> {
    let mut sentences = Vec::new();
    let mut threads = Vec::new();
    for (link, target) in targets {
        let Target::Post(to, fragment) = target else { continue };
        if sentences.is_empty() {
            sentences = document.sentences();
        }
        threads.push(Thread {
            from: post.key.clone(),
            link: *link,
            at: document.links.get(*link).map_or(0, |link| link.at),
            to: to.clone(),
            fragment: fragment.clone(),
            sentence: sentences.get(*link).cloned().unwrap_or_default(),
        });
    }
    threads
}

impl Web {
    /// Every link from a post to a post, in the order of the posts and of their links.
    pub fn threads(&self) -> &[Thread] {
        &self.threads
    }

    /// The posts that link to this one, each by its first link that does.
    pub fn backlinks(&self, post: &Key) -> Vec<&Thread> {
        let threads = self.to.get(post).into_iter().flatten().filter_map(|at| self.threads.get(*at));
        let mut seen = HashSet::new();
        threads.filter(|thread| seen.insert(&thread.from)).collect()
    }

    /// The posts with a link that leads nowhere.
    pub fn broken(&self) -> &Arc<HashSet<Key>> {
        &self.broken
    }

    /// The posts that have most in common with this one, the nearest first, with the reasons; none of `except`.
    pub fn related(&self, post: &Post, resolver: &Resolver, except: &[Key]) -> Vec<Related> {
        self.kinship.related(post, resolver, except)
    }
}
