//! Links that lead nowhere: to no post, to no place in one, or to no picture. Every post is parsed once, on all cores.
//!
//! What lies on the web it leaves alone, and what a template writes, it cannot know.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::fault;
use super::places::Places;
use crate::blog::fault::{Fault, Rule};
use crate::blog::library::{Library, Target};
use crate::blog::picture::candidates;
use crate::blog::post::{Key, Lines, Post};
use crate::blog::site::{Generator, Site, is_file};
use crate::clean;
use crate::markdown::{Link, LinkKind};
use crate::text::Clean;

/// What of a post's document is looked at; the rest is not kept.
struct Outline {
    /// Links of words and pictures, in reading order.
    links: Vec<Link>,
    /// Addresses of definitions that no link uses, and where they stand.
    unused: Vec<(String, usize)>,
    places: Places,
    /// Those of the links that are pictures which are not there.
    missing: HashSet<usize>,
    /// Where the lines of the file end, once a fault is found in it.
    lines: OnceCell<Lines>,
}

/// A link of a post, as a fault tells it.
#[derive(Clone, Copy)]
struct Told<'a> {
    post: &'a Post,
    outline: &'a Outline,
    href: &'a str,
    at: usize,
    /// The words it stands on; none for a definition.
    text: Option<&'a Clean>,
}

/// [`super::Disk::has`].
type Has<'a> = &'a (dyn Fn(&[String]) -> Option<bool> + Sync);

/// The faults of all links.
pub(super) fn faults(library: &Library, posts: &[Arc<Post>], has: Has<'_>) -> Vec<Fault> {
    let site = &library.site;
    let outlines: Vec<Outline> = posts.par_iter().map(|post| Outline::of(post, site, has)).collect();
    let by_key: HashMap<&Key, &Outline> = posts.iter().map(|post| &post.key).zip(&outlines).collect();
    let places = |key: &Key| by_key.get(key).map(|outline| &outline.places);
    let mut faults = Vec::new();
    for (post, outline) in posts.iter().zip(&outlines) {
        let links = outline.links.iter().enumerate().filter_map(|(nth, link)| {
            let told = Told { post, outline, href: &link.href, at: link.at, text: Some(&link.text) };
            match link.kind {
                LinkKind::Image if outline.missing.contains(&nth) => told.missing(library, has),
                LinkKind::Image => told.bad_picture(library),
                _ => told.leads_nowhere(library, has, &places),
            }
        });
        let definitions = outline.unused.iter().filter_map(|(href, at)| {
            Told { post, outline, href, at: *at, text: None }.leads_nowhere(library, has, &places)
        });
        faults.extend(links.chain(definitions));
    }
    faults
}

/// Columns of a link's text that a fault repeats.
const NAME: usize = 60;

impl Outline {
    fn of(post: &Post, site: &Site, has: Has<'_>) -> Self {
        let document = post.document();
        let used: HashSet<&str> = document.links.iter().map(|link| link.href.as_str()).collect();
        let unused = document.definitions.iter().filter(|found| !used.contains(found.href.as_str()));
        let unused: Vec<(String, usize)> = unused.map(|found| (found.href.clone(), found.at)).collect();
        let places = Places::of(&document, site.generator);
        let links: Vec<Link> = document.links.into_iter().filter(|link| link.kind != LinkKind::Note).collect();
        let pictures = links.iter().enumerate().filter(|(_, link)| link.kind == LinkKind::Image);
        let missing =
            pictures.filter(|(_, link)| is_missing(site, post, &link.href, has)).map(|(nth, _)| nth).collect();
        Self { links, unused, places, missing, lines: OnceCell::new() }
    }
}

impl Told<'_> {
    fn leads_nowhere<'p>(
        self,
        library: &Library,
        has: Has<'_>,
        places: &dyn Fn(&Key) -> Option<&'p Places>,
    ) -> Option<Fault> {
        match library.resolve(self.post, self.href) {
            Target::Broken(why, _) => self.no_post(&why, &library.site, has),
            Target::Refused(refused) if refused.is_slip() => Some(self.broken(&clean!("{refused}"))),
            Target::Heading(id) => self.unplaced(&id, &self.outline.places, &Clean::literal("here")),
            Target::Post(key, Some(id)) if key == self.post.key => {
                self.unplaced(&id, &self.outline.places, &Clean::literal("here"))
            }
            Target::Post(key, Some(id)) => self.unplaced(&id, places(&key)?, &clean!("of {}", key.shown())),
            _ => None,
        }
    }

    /// What leads to no post, and to no other file of the site either.
    fn no_post(self, why: &Clean, site: &Site, has: Has<'_>) -> Option<Fault> {
        if is_written_by_a_template(self.href) || is_a_file(self.href) && is_unknowable(site, self.href) {
            return None;
        }
        let paths = candidates(site, self.post, self.href);
        let is_there = if paths.is_empty() { None } else { has(&paths) };
        match is_there {
            Some(true) => None,
            Some(false) if is_a_file(self.href) => Some(self.broken(&clean!("there is no file {}", self.href))),
            _ => Some(self.broken(why)),
        }
    }

    /// A picture that is not looked for on the disk because its address is none.
    fn bad_picture(self, library: &Library) -> Option<Fault> {
        match library.resolve(self.post, self.href) {
            Target::Broken(why, _) if candidates(&library.site, self.post, self.href).is_empty() => {
                Some(self.broken(&why))
            }
            Target::Refused(refused) if refused.is_slip() => Some(self.broken(&clean!("{refused}"))),
            _ => None,
        }
    }

    fn broken(self, why: &Clean) -> Fault {
        self.fault(Rule::BrokenLink, clean!("{} leads nowhere: {why}", self.name("link")), "correct its address")
    }

    fn unplaced(self, id: &str, places: &Places, whose: &Clean) -> Option<Fault> {
        if places.has(id) {
            return None;
        }
        let near = places.nearest(id).map(|near| format!("did you mean #{near}?"));
        let what = clean!("{} leads to no place: no heading {whose} is called #{id}", self.name("link"));
        Some(self.fault(Rule::BrokenFragment, what, near.as_deref().unwrap_or("correct its fragment")))
    }

    /// A picture that is not where it was looked for; it may lie beside another post, at whose address it is published.
    fn missing(self, library: &Library, has: Has<'_>) -> Option<Fault> {
        if let Some((page, file)) = self.href.rsplit_once('/')
            && let Target::Post(key, _) = library.resolve(self.post, &format!("{page}/"))
            && let Some(owner) = library.get(&key)
            && has(&candidates(&library.site, owner, file)) == Some(true)
        {
            return None;
        }
        let what = clean!("{} is missing: there is no file {}", self.name("image"), self.href);
        Some(self.fault(Rule::MissingImage, what, "add it or correct its address"))
    }

    fn name(self, kind: &str) -> Clean {
        match self.text {
            Some(text) => clean!("the {kind} {:?}", text.clipped(NAME).as_str()),
            None => Clean::literal("a link definition that no link uses"),
        }
    }

    fn fault(self, rule: Rule, what: Clean, remedy: &str) -> Fault {
        // A post may have a fault on each of very many lines: nothing is counted twice.
        let line = self.outline.lines.get_or_init(|| self.post.lines()).of(self.at);
        fault(self.post, line, rule, what, Clean::prose(remedy))
    }
}

/// Whether it is certain that a file of the site is not there.
fn is_missing(site: &Site, post: &Post, href: &str, has: Has<'_>) -> bool {
    if is_unknowable(site, href) {
        return false;
    }
    let paths = candidates(site, post, href);
    !paths.is_empty() && has(&paths) == Some(false)
}

/// Whether it is not known where the file is looked for: a template or a bundler writes its address, a vault finds it by its
/// name, or it is counted from the root of a site and the folder is not known to be one.
fn is_unknowable(site: &Site, href: &str) -> bool {
    let href = href.trim();
    // What the site's own variables stand for is known.
    let own = href.strip_prefix("{{").and_then(|rest| Some(rest.split_once("}}")?.1));
    let own = own.filter(|path| path.starts_with('/')).unwrap_or(href);
    let depends = match site.generator {
        Generator::Plain => own.starts_with('/') || own.starts_with("@site/"),
        Generator::Obsidian => !own.contains('/'),
        _ => false,
    };
    depends || own.starts_with(['{', '|', '~']) || own.starts_with("@/") || is_written_by_a_template(own)
}

/// Whether it has a tag that is replaced when the site is built.
fn is_written_by_a_template(href: &str) -> bool {
    href.contains("{{") || href.contains("{%")
}

/// Whether an address has an extension, and none of a page.
fn is_a_file(href: &str) -> bool {
    is_file(href.split(['?', '#']).next().unwrap_or(href))
}
