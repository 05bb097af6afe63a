//! Posts without a date among posts that have one. It knows no page of a book and no note of a vault, which have none.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::fault;
use crate::blog::fault::{Fault, Rule};
use crate::blog::library::Library;
use crate::blog::post::Post;
use crate::blog::site::{Generator, Site, is_index};
use crate::text::Clean;

/// How many posts of a folder have a date.
#[derive(Default)]
struct Folder {
    dated: usize,
    all: usize,
}

/// The posts that are undated in a folder of which at least half has a date; not those whose header or date is complained
/// of already.
pub(super) fn faults(library: &Library) -> Vec<Fault> {
    let posts = library.posts().iter().map(Arc::as_ref);
    let posts: Vec<&Post> = posts.filter(|post| is_dated(post, &library.site)).collect();
    let mut folders: HashMap<&str, Folder> = HashMap::new();
    for post in &posts {
        let folder = folders.entry(folder(post)).or_default();
        folder.dated += usize::from(post.date.is_some());
        folder.all += 1;
    }
    let has_dates = |name: &str| folders.get(name).is_some_and(|folder| folder.dated * 2 >= folder.all);
    let told = library.faults().iter().filter(|fault| matches!(fault.rule, Rule::Date | Rule::FrontMatter));
    let told: HashSet<&Clean> = told.map(|fault| &fault.path).collect();
    let undated = posts.into_iter().filter(|post| post.date.is_none() && has_dates(folder(post)));
    let new = undated.filter(|post| told.is_empty() || !told.contains(&post.key.shown()));
    let what = Clean::literal("the post has no date, and most beside it have one");
    let remedy = Clean::literal("give it one in its front matter");
    new.map(|post| fault(post, 1, Rule::Undated, what.clone(), remedy.clone())).collect()
}

/// Whether the generator dates such a post. Pages of a book, notes of a vault, and what Jekyll keeps beside its posts have no
/// dates; a draft in a folder of drafts gets one when it is published.
fn is_dated(post: &Post, site: &Site) -> bool {
    let is_waiting = post.key.as_str().split('/').any(|folder| folder == "_drafts");
    match site.generator {
        Generator::MdBook | Generator::Obsidian => false,
        Generator::Jekyll => &*post.section == "posts" && !is_waiting,
        _ => !is_waiting,
    }
}

/// The folder that a post is one of; one that is a folder itself counts to those beside that.
fn folder(post: &Post) -> &str {
    let key = post.key.as_str();
    let own = above(key);
    if is_index(key) { above(own) } else { own }
}

fn above(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
