//! The host of a site that no configuration names: the one to which its posts link most often at addresses of its own posts.
//!
//! It looks at the text of posts where it is there, and parses none of it.

use std::collections::HashMap;

use memchr::memmem;
use percent_encoding::percent_decode_str;

use super::Library;

/// Addresses that are looked at.
const LINKS: usize = 200_000;
/// Bytes of a host: what the domain name system knows.
const HOST: usize = 253;
/// Bytes of a host and a path together; no path of a post is as long.
const LONGEST: usize = HOST + 2_048;
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

/// The hosts and paths of the absolute addresses in a text, each looked for behind the one before it. No more of a text is
/// looked at for one of them than an address may have of bytes.
fn addresses(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += memmem::find(text.as_bytes().get(at..)?, b"://")? + "://".len();
            let rest = text.get(at..)?;
            let ends = |letter: char| letter.is_whitespace() || "()<>[]\"'#?`".contains(letter);
            let end = rest.char_indices().take_while(|(at, letter)| *at < LONGEST && !ends(*letter)).last();
            let address = rest.get(..end.map_or(0, |(at, letter)| at + letter.len_utf8()))?;
            let slash = address.bytes().take(HOST + 1).position(|byte| byte == b'/');
            // What has no host may have another address in it.
            if let Some((host, path)) = slash.and_then(|slash| address.split_at_checked(slash)) {
                at += address.len();
                return Some((host.strip_prefix("www.").unwrap_or(host), path));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_one_behind_the_other() {
        for (text, found) in [
            ("see http://www.a.example/b/c, or", vec![("a.example", "/b/c,")]),
            ("(https://a.example/b)[x](http://c.example/d#e)", vec![("a.example", "/b"), ("c.example", "/d")]),
            ("http://a.example http://b.example/c", vec![("b.example", "/c")]),
            ("http://a.example/http://b.example/c", vec![("a.example", "/http://b.example/c")]),
            ("é://ü.example/ß x", vec![("ü.example", "/ß")]),
            ("://", vec![]),
        ] {
            assert_eq!(addresses(text).collect::<Vec<_>>(), found, "{text}");
        }
    }

    #[test]
    fn a_text_of_nothing_but_addresses_is_read_once() {
        for (unit, least) in [("http://a.b/", 400), ("http://", 0), ("://", 0), ("a://b.example/c ", 50_000)] {
            let text = unit.repeat(1 << 20).get(..1 << 20).unwrap_or_default().to_owned();
            let found: usize = addresses(&text).map(|(host, path)| host.len() + path.len()).sum();
            assert!(found >= least && found <= text.len(), "{unit}: {found}");
        }
    }
}
