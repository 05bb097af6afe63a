//! What is wrong in a blog that no single file shows: links, addresses, tags and dates that do not fit each other.
//!
//! It opens no file: whether a picture is there, and on which line of a header a word stands, the edge is asked.

mod addresses;
mod dates;
mod links;
mod places;
mod similar;

use std::collections::HashSet;
use std::sync::Arc;

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
    if wanted(&[Rule::DuplicateAddress]) {
        faults.extend(addresses::faults(&library.site, &posts, disk));
    }
    if wanted(&[Rule::SimilarTags]) {
        faults.extend(similar::faults(&posts, disk));
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

/// A fault of a post's front matter: on the first line that has this word, in a field of one of these names if there is one.
fn in_header(post: &Post, fields: &[&str], word: &str, disk: &Disk<'_>) -> usize {
    let source = (disk.source)(&post.key).unwrap_or_default();
    let header: Vec<&str> = source.lines().take(post.line_of(0).saturating_sub(1)).collect();
    let is_field = |line: &&str| {
        let line = line.trim_start_matches([' ', '\t', '"', '{', '.', ':', '#']).to_lowercase();
        fields.iter().any(|field| {
            line.strip_prefix(field).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
        })
    };
    let has_word = |line: &&str| {
        line.match_indices(word).any(|(at, _)| {
            let before = line.get(..at).and_then(|before| before.chars().next_back());
            let after = line.get(at + word.len()..).and_then(|after| after.chars().next());
            ![before, after].into_iter().flatten().any(char::is_alphanumeric)
        })
    };
    let field = header.iter().position(is_field);
    let below = header.iter().skip(field.unwrap_or(0)).position(has_word).map(|at| at + field.unwrap_or(0));
    1 + below.or_else(|| header.iter().position(has_word)).or(field).unwrap_or(0)
}

fn fault(post: &Post, line: usize, rule: Rule, fault: Clean, remedy: Clean) -> Fault {
    Fault { path: Clean::exact(post.key.as_str()), line: Some(line), rule, fault, remedy }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
mod tests;
