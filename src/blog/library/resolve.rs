//! What a link of a post means, as the generator of its site would resolve it.
//!
//! Looks only at what the library has; whether a page of the web is there nobody asks.

use std::collections::HashMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::asking::Terms;
use super::names::Names;
use crate::blog::post::{Key, Post};
use crate::blog::site::{self, Site};
use crate::blog::taxonomy::Taxonomy;
use crate::blog::url::{Refused, Url};
use crate::clean;
use crate::markdown;
use crate::text::Clean;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a post of this blog, or to a heading in it.
    Post(Key, Option<String>),
    /// To a heading of the same post.
    Heading(String),
    /// To all posts of a tag or category.
    Term(Taxonomy, Clean),
    /// Out of the blog.
    Web(Url),
    /// Nowhere, with the reason; an address to try all the same, where there is one.
    Broken(Clean, Option<Url>),
    /// Out of the blog by a way that this program does not go, with the reason.
    Refused(Refused),
}

/// What posts are called, and so where links lead. A thread of its own may ask it.
#[derive(Debug)]
pub struct Resolver {
    pub(super) site: Site,
    pub(super) keys: Arc<HashMap<Key, usize>>,
    pub(super) names: Arc<Names>,
    pub(super) terms: Arc<Terms>,
}

impl Resolver {
    /// The place of a post among [all](super::Library::everything).
    pub(in crate::blog) fn place(&self, post: &Key) -> Option<usize> {
        self.keys.get(post).copied()
    }

    /// What a link in a post means, as its generator would resolve it.
    pub fn resolve(&self, from: &Post, href: &str) -> Target {
        let href = href.trim();
        if href.is_empty() {
            return broken("the link has no address");
        }
        if let Some(fragment) = href.strip_prefix('#') {
            return Target::Heading(decoded(fragment));
        }
        if let Some(name) = href.strip_prefix("relref:") {
            return self.cross_link(from, &decoded(name));
        }
        if let Some(name) = href.strip_prefix("wiki:") {
            return self.wiki_link(from, name);
        }
        if let Some(path) = href.strip_prefix("@/") {
            return self.cross_link(from, &decoded(path));
        }
        if href.starts_with("//") {
            return self.web(&format!("https:{href}"));
        }
        if has_scheme(href) { self.web(href) } else { self.local(from, href) }
    }

    /// An absolute address: of the site itself, or of the world.
    fn web(&self, href: &str) -> Target {
        let url = match Url::parse(href) {
            Ok(url) => url,
            Err(refused) => return Target::Refused(refused),
        };
        let own = self.site.base.as_ref().filter(|base| base.same_site(&url));
        match own.and_then(|_| self.at_address(url.path(), url.fragment())) {
            Some(target) => target,
            None => Target::Web(url),
        }
    }

    /// What Hugo's `relref` and Zola's `@/` name: a file by its path or its name, or a post by its slug.
    fn cross_link(&self, from: &Post, name: &str) -> Target {
        let (path, fragment) = split_fragment(name);
        if path.is_empty() {
            return match fragment {
                Some(fragment) => Target::Heading(fragment),
                None => broken("the cross-link names no post"),
            };
        }
        match self.file(from, path).or_else(|| self.name(path)) {
            Some(post) => Target::Post(post.clone(), fragment),
            None => Target::Broken(clean!("no post is called {path:?}"), None),
        }
    }

    /// What `[[name]]` names: a file by its path or name, else a post by its title or an alias, whatever their case
    /// (<https://help.obsidian.md/links>).
    fn wiki_link(&self, from: &Post, name: &str) -> Target {
        let (path, fragment) = name.split_once('#').map_or((name, None), |(path, fragment)| (path, Some(fragment)));
        // The innermost of the headings that it names; `^` marks a block, which has no name that anybody sees.
        let heading = fragment.and_then(|headings| headings.rsplit('#').next()).filter(|name| !name.starts_with('^'));
        let (path, heading) = (path.trim(), heading.map(markdown::slug));
        if path.is_empty() {
            return heading.map_or_else(|| broken("the link names no post"), Target::Heading);
        }
        let title = || self.names.titled(path);
        match self.file(from, path).or_else(|| self.name(path)).or_else(title) {
            Some(post) => Target::Post(post.clone(), heading),
            None => Target::Broken(clean!("no post is called {path:?}"), None),
        }
    }

    /// A path: of the site, or beside the post.
    fn local(&self, from: &Post, href: &str) -> Target {
        let (path, fragment) = split_fragment(href);
        let path = path.split('?').next().unwrap_or(path);
        if path.is_empty() {
            return fragment.map_or_else(|| broken("the link has no address"), Target::Heading);
        }
        let path = decoded(path);
        if let Some(post) = self.file(from, &path) {
            return Target::Post(post.clone(), fragment);
        }
        let whole = if path.starts_with('/') { path.clone() } else { joined(&from.url, &path) };
        if let Some(target) = self.at_address(&whole, fragment.as_deref()) {
            return target;
        }
        let address = self.site.published(&from.url).and_then(|page| page.join(&self.site.rooted(href)).ok());
        match address {
            Some(url) if is_file(&path) || is_overview(&whole) => Target::Web(url),
            None if is_file(&path) => {
                Target::Broken(clean!("{whole} is a file of the site, whose base URL is not known"), None)
            }
            address => Target::Broken(clean!("no post has the address {whole}"), address),
        }
    }

    /// The file of a post, by its path from the post that links to it or from the root.
    fn file(&self, from: &Post, path: &str) -> Option<&Key> {
        let folder = from.key.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = joined(&format!("/{folder}/"), path);
        let rooted = path.trim_start_matches('/');
        [beside.trim_start_matches('/'), rooted].into_iter().find_map(|path| {
            ["", ".md", ".markdown", "/index.md"]
                .into_iter()
                .find_map(|ending| Some(self.keys.get_key_value(format!("{path}{ending}").as_str())?.0))
        })
    }

    /// A post by the name of its file, with or without its folders, extension and date, or by its slug.
    fn name(&self, path: &str) -> Option<&Key> {
        let path = path.trim_matches('/');
        self.names.file(path).or_else(|| self.names.file(site::stem(path.rsplit('/').next().unwrap_or(path))))
    }

    /// What stands at an address of the site: a post, by its own or an older address, or the page of a tag or category.
    fn at_address(&self, path: &str, fragment: Option<&str>) -> Option<Target> {
        let path = self.site.unrooted(&decoded(path)).to_owned();
        if let Some(post) = self.names.at(&path) {
            return Some(Target::Post(post.clone(), fragment.map(decoded)));
        }
        let (taxonomy, name) = path.trim_matches('/').split_once('/')?;
        let taxonomy = match taxonomy {
            "tags" | "tag" => Taxonomy::Tag,
            "categories" | "category" => Taxonomy::Category,
            _ => return None,
        };
        let slug = site::slugify(name.split('/').next().unwrap_or(name));
        let terms = self.terms.of(taxonomy);
        let same = terms.iter().map(|(term, _)| term).find(|term| site::slugify(term.as_str()) == slug);
        same.map(|term| Target::Term(taxonomy, term.clone()))
    }
}

fn broken(why: &'static str) -> Target {
    Target::Broken(Clean::literal(why), None)
}

pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn split_fragment(href: &str) -> (&str, Option<String>) {
    match href.split_once('#') {
        Some((path, fragment)) => (path, Some(decoded(fragment)).filter(|fragment| !fragment.is_empty())),
        None => (href, None),
    }
}

/// Whether the text begins as RFC 3986 writes a scheme.
fn has_scheme(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.\t".contains(letter))
    })
}

/// Whether a path names a file of the site that is no page: a picture, a feed.
fn is_file(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty() && !matches!(extension, "html" | "htm") && !site::is_markdown(extension)
    })
}

/// Whether an address is the site's first page, or the one that lists all terms of a taxonomy.
fn is_overview(address: &str) -> bool {
    matches!(normal(address).as_str(), "/" | "/tags" | "/categories")
}

/// `path` seen from the address `from`, with `.` and `..` worked out; it never leaves the root.
pub(super) fn joined(from: &str, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    format!("/{}", segments.join("/"))
}

/// An address as it is compared: without `index.html`, `.html`, a slash at the end, and upper case.
pub(super) fn normal(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address).trim_end_matches('/');
    let path = path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    format!("/{}", path.trim_matches('/').to_lowercase())
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::blog::front::Fields;
    use crate::blog::library::Library;
    use crate::blog::site::{Generator, Site};

    fn vault() -> Library {
        let site = Site::new(Generator::Obsidian, &Fields::default());
        let post = |path: &str, text: &str| {
            let (post, faults) = Post::read(path, text.as_bytes().to_vec(), &site);
            (Some(Arc::new(post)), faults)
        };
        let posts = vec![
            post("boats/Anna.md", "---\naliases: [The Red One]\n---\nA boat.\n"),
            post("pier.md", "---\ntitle: Where Boats Land\n---\n## The *Far* End\n"),
        ];
        let mut library = Library::new(site);
        library.add(posts);
        library
    }

    #[test]
    fn a_wikilink_is_a_file_a_title_or_an_alias() {
        let library = vault();
        let from = Arc::clone(&library.posts()[0]);
        let post = |key: &str, heading: Option<&str>| Target::Post(Key::new(key), heading.map(str::to_owned));
        for (href, target) in [
            ("wiki:Anna", post("boats/Anna.md", None)),
            ("wiki:anna", post("boats/Anna.md", None)),
            ("wiki:boats/Anna", post("boats/Anna.md", None)),
            ("wiki:the red one", post("boats/Anna.md", None)),
            ("wiki:Where Boats Land", post("pier.md", None)),
            ("wiki:pier#The Far End", post("pier.md", Some("the-far-end"))),
            ("wiki:pier#^a1b2", post("pier.md", None)),
            ("wiki:#The Far End", Target::Heading("the-far-end".to_owned())),
        ] {
            assert_eq!(library.resolve(&from, href), target, "{href}");
        }
        assert!(matches!(library.resolve(&from, "wiki:Berta"), Target::Broken(_, None)));
    }
}
