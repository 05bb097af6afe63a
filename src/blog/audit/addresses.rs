//! Addresses that two posts claim, of which a generator publishes only one. It compares what the posts say and asks no server.

use std::collections::HashMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::fault;
use super::headers::Headers;
use crate::blog::fault::{Fault, Rule};
use crate::blog::post::Post;
use crate::blog::site::{Generator, Site};
use crate::blog::url::Url;
use crate::clean;
use crate::text::Clean;

/// A post at an address, by its own or an older one.
#[derive(Clone, Copy)]
struct Claim<'a> {
    post: &'a Post,
    /// What the author wrote, where it is an older address.
    alias: Option<&'a str>,
}

/// Every claim to an address that another post has already: first come those of posts' own addresses, then aliases, both by
/// path.
pub(super) fn faults(site: &Site, posts: &[Arc<Post>], headers: &Headers<'_>) -> Vec<Fault> {
    let mut posts: Vec<&Post> = posts.iter().map(Arc::as_ref).collect();
    posts.sort_by(|one, two| one.key.cmp(&two.key));
    let own = posts.iter().map(|post| (compared(&post.url), Claim { post, alias: None }));
    // In a vault, and in a folder that nobody publishes, they are names and no addresses.
    let has_aliases = !matches!(site.generator, Generator::Obsidian | Generator::Plain);
    let older = posts.iter().filter(|_| has_aliases).flat_map(|post| {
        let claim = |alias| (compared(&beside(post, alias)), Claim { post, alias: Some(alias) });
        post.aliases.iter().map(move |alias| claim(alias.as_str()))
    });
    let mut first: HashMap<String, Claim<'_>> = HashMap::with_capacity(posts.len());
    let mut faults = Vec::new();
    for (address, claim) in own.chain(older) {
        match first.get(&address) {
            Some(other) if other.post.key != claim.post.key => faults.push(told(&address, claim, *other, headers)),
            Some(_) => {}
            None => drop(first.insert(address, claim)),
        }
    }
    faults
}

fn told(address: &str, claim: Claim<'_>, other: Claim<'_>, headers: &Headers<'_>) -> Fault {
    let (post, path) = (claim.post, &other.post.key);
    match (claim.alias, other.alias) {
        (None, _) => {
            let line = headers.line(post, &["slug", "url", "permalink", "path"], &post.slug);
            let remedy = Clean::literal("give one of them another slug");
            fault(
                post,
                line,
                Rule::DuplicateAddress,
                clean!("the address {address} is also that of {}", path.shown()),
                remedy,
            )
        }
        (Some(alias), other) => {
            let line = headers.line(post, &["aliases", "alias", "redirect_from"], alias);
            let whose = if other.is_some() { "also an alias of" } else { "the address of" };
            let remedy = Clean::literal("remove it from one of them");
            fault(post, line, Rule::DuplicateAddress, clean!("the alias {alias} is {whose} {}", path.shown()), remedy)
        }
    }
}

/// An older address as a path of the site: counted from the post unless it begins at the root.
fn beside(post: &Post, alias: &str) -> String {
    let page = Url::parse("https://localhost/").and_then(|root| root.join(&post.url));
    match page.and_then(|page| page.join(alias)) {
        Ok(url) => url.path().to_owned(),
        Err(_) => alias.to_owned(),
    }
}

/// An address as it is compared: decoded, and without what every server adds.
fn compared(address: &str) -> String {
    let path = percent_decode_str(address).decode_utf8_lossy().into_owned();
    let path = path.strip_suffix("index.html").filter(|rest| rest.ends_with('/')).unwrap_or(&path);
    path.to_owned()
}
