//! What is wrong in a blog that no single file shows: links, addresses, tags and dates that do not fit each other.
//!
//! It opens no file: whether a picture is there, and on which line of a header a word stands, the edge is asked.

mod addresses;
mod dates;
mod headers;
mod links;
mod places;
mod similar;

use std::collections::HashSet;
use std::sync::Arc;

use self::headers::Headers;
use super::fault::{Fault, Filter, Rule};
use super::library::Library;
use super::post::{Key, Post};
use crate::text::Clean;

/// What an audit asks of the world.
pub struct Disk<'a> {
    /// Whether there is a file at one of these paths below the site's root; none where that cannot be known.
    pub has: &'a (dyn Fn(&[String]) -> Option<bool> + Sync),
    /// The text of a post's file with its front matter, where that can still be read.
    pub source: &'a dyn Fn(&Key) -> Option<String>,
}

/// Every fault that the filter admits, each once, by path and line.
pub fn audit(library: &Library, filter: &Filter, disk: &Disk<'_>) -> Vec<Fault> {
    let posts: Vec<Arc<Post>> = library.everything().cloned().collect();
    let mut faults = library.faults().to_vec();
    let wanted = |rules: &[Rule]| rules.iter().any(|rule| filter.admits(*rule));
    if wanted(&[Rule::BrokenLink, Rule::BrokenFragment, Rule::MissingImage]) {
        faults.extend(links::faults(library, &posts, disk.has));
    }
    let headers = Headers::new(disk.source);
    if wanted(&[Rule::DuplicateAddress]) {
        faults.extend(addresses::faults(&library.site, &posts, &headers));
    }
    if wanted(&[Rule::SimilarTags]) {
        faults.extend(similar::faults(&posts, &headers));
    }
    if wanted(&[Rule::Undated]) {
        faults.extend(dates::faults(library));
    }
    faults.retain(|fault| filter.admits(fault.rule));
    faults.sort_by(|one, two| (one.path.as_str(), one.line).cmp(&(two.path.as_str(), two.line)));
    once(faults)
}

/// The same without what is said twice.
fn once(faults: Vec<Fault>) -> Vec<Fault> {
    let mut seen = HashSet::new();
    let is_new: Vec<bool> = faults.iter().map(|fault| seen.insert(fault)).collect();
    faults.into_iter().zip(is_new).filter_map(|(fault, is_new)| is_new.then_some(fault)).collect()
}

fn fault(post: &Post, line: usize, rule: Rule, fault: Clean, remedy: Clean) -> Fault {
    Fault { path: post.key.shown(), line: Some(line), rule, fault, remedy }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
mod tests;
