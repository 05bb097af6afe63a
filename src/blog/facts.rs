//! What a search may ask of a post beyond its words: what is in it, and where it links to. Worked out once, when asked.

use std::sync::Arc;

use rayon::prelude::*;

use super::post::Post;
use super::query::Thing;
use super::url::Url;
use crate::markdown::{BlockKind, Document, LinkKind};

/// What is in a post.
#[derive(Debug)]
pub struct Facts {
    things: Vec<Thing>,
    hosts: Vec<String>,
}

/// Works out on all cores what posts consist of.
pub fn gather(posts: &[Arc<Post>]) {
    posts.par_iter().for_each(|post| {
        post.facts();
    });
}

impl Facts {
    /// What is in this document.
    pub fn of(document: &Document) -> Self {
        let mut things = Vec::new();
        document.each_block(&mut |kind| match kind {
            BlockKind::Code(..) => things.push(Thing::Code),
            BlockKind::Table(_) => things.push(Thing::Table),
            BlockKind::Footnote(..) => things.push(Thing::Footnote),
            _ => {}
        });
        things.extend(document.links.iter().map(|link| match link.kind {
            LinkKind::Text => Thing::Link,
            LinkKind::Image => Thing::Image,
            LinkKind::Note => Thing::Footnote,
        }));
        things.sort_unstable_by_key(|thing| *thing as u8);
        things.dedup();
        let real = document.links.iter().filter(|link| link.kind != LinkKind::Note);
        let mut hosts: Vec<String> =
            real.filter_map(|link| Some(Url::parse(&link.href).ok()?.host().to_string())).collect();
        hosts.sort_unstable();
        hosts.dedup();
        Self { things, hosts }
    }

    /// Whether one is in it.
    pub fn has(&self, thing: Thing) -> bool {
        self.things.contains(&thing)
    }

    /// Whether it links to a host or to one below it; `www.` says nothing.
    pub fn links_to(&self, host: &str) -> bool {
        let host = host.trim_start_matches("www.");
        self.hosts.iter().any(|own| {
            own.strip_suffix(host).is_some_and(|before| before.is_empty() || before.ends_with('.')) && !host.is_empty()
        })
    }
}
