//! The host of a site that no configuration names: the one to which its posts link most often at addresses of its own posts.
//!
//! It looks at the text of posts where it is there, and parses none of it.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::Library;

/// Addresses that are looked at.
const LINKS: usize = 200_000;
/// How many of them must be those of posts: one or two may be another site's that happens to name a page alike.
const ENOUGH: usize = 5;

/// The host, without `www`; none where none stands out. `is_post` says whether a path is a post's address.
pub(super) fn host(library: &Library, is_post: impl Fn(&str) -> bool) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (host, path) in library.everything().flat_map(|post| addresses(post.body())).take(LINKS) {
        // One part, such as `/about/`, every site has.
        if path.trim_matches('/').contains('/') && is_post(&percent_decode_str(path).decode_utf8_lossy()) {
            *counts.entry(host).or_default() += 1;
        }
    }
    let mut counts: Vec<(usize, &str)> = counts.into_iter().map(|(host, count)| (count, host)).collect();
    counts.sort_unstable();
    let (most, host) = counts.pop()?;
    let second = counts.pop().map_or(0, |(count, _)| count);
    (most >= ENOUGH && most > 2 * second).then(|| host.to_lowercase())
}

/// The hosts and paths of the absolute addresses in a text.
fn addresses(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices("://").filter_map(|(at, sign)| {
        let rest = text.get(at + sign.len()..)?;
        let end = rest.find(|letter: char| letter.is_whitespace() || "()<>[]\"'#?`".contains(letter));
        let (host, path) = rest.get(..end.unwrap_or(rest.len()))?.split_at_checked(rest.find('/')?)?;
        Some((host.strip_prefix("www.").unwrap_or(host), path))
    })
}
