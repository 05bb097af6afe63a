//! What a link of a post means, as the generator of its site would resolve it.
//!
//! Looks only at what the library has; whether a page of the web is there nobody asks, and no file is opened.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use percent_encoding::percent_decode_str;

use super::asking::Terms;
use super::names::Names;
use super::near::Near;
use super::pages::Pages;
use crate::blog::post::{Key, Post};
use crate::blog::site::{self, Generator, Site};
use crate::blog::taxonomy::Taxonomy;
use crate::blog::url::{Refused, Url};
use crate::clean;
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
    /// To all posts of a year, a month or a day: `2007`, `2007-09`, `2007-09-12`.
    Dates(String),
    /// Out of the blog, or to a page of its site that is no post.
    Web(Url),
    /// Nowhere, with the reason; an address to try all the same, where there is one.
    Broken(Clean, Option<Url>),
    /// To a place that only the generator or the site's host knows, with what is missing; that is no fault of the link.
    Unknown(Clean),
    /// Out of the blog by a way that this program does not go, with the reason.
    Refused(Refused),
}

/// What posts and pages are called, and so where links lead. A thread of its own may ask it.
#[derive(Debug)]
pub struct Resolver {
    pub(super) site: Site,
    pub(super) keys: Arc<HashMap<Key, usize>>,
    pub(super) names: Names,
    pub(super) terms: Arc<Terms>,
    pub(super) pages: Arc<Pages>,
    /// The parts of the site that have posts.
    pub(super) sections: Vec<Box<str>>,
    pub(super) posts: Arc<[Arc<Post>]>,
    pub(super) near: OnceLock<Near>,
}

impl Resolver {
    /// The place of a post among [all](super::Library::everything).
    pub(in crate::blog) fn place(&self, post: &Key) -> Option<usize> {
        self.keys.get(post).copied()
    }

    /// What a link in a post means, as its generator would resolve it.
    pub fn resolve(&self, from: &Post, href: &str) -> Target {
        let href = match self.filled(href.trim()) {
            Ok(href) => href,
            Err(name) => return Target::Unknown(clean!("only the generator knows the value of {name}")),
        };
        if href.is_empty() {
            return broken("the link has no address");
        }
        if let Some(fragment) = href.strip_prefix('#') {
            return Target::Heading(decoded(fragment));
        }
        if let Some(target) = self.special(from, &href) {
            return target;
        }
        if href.starts_with("//") {
            return self.web(from, &format!("https:{href}"));
        }
        if has_scheme(&href) { self.web(from, &href) } else { self.local(from, &href) }
    }

    /// An address with the values of `{{ site.name }}` and of `{{ '/path' | filter }}`; the name of what is not known.
    fn filled<'a>(&self, href: &'a str) -> Result<Cow<'a, str>, Clean> {
        let Some((before, mut rest)) = href.split_once("{{") else { return Ok(Cow::Borrowed(href)) };
        let mut filled = before.to_owned();
        while let Some((inside, behind)) = rest.split_once("}}") {
            let value = inside.split('|').next().unwrap_or_default().trim();
            let literal = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
            let known = literal.map(str::to_owned).or_else(|| match value {
                "site.url" | "site.baseurl" => Some(String::new()),
                name => self.site.variable(name),
            });
            filled.push_str(&known.ok_or_else(|| Clean::prose(value))?);
            let (plain, next) = behind.split_once("{{").unwrap_or((behind, ""));
            filled.push_str(plain);
            rest = next;
        }
        Ok(Cow::Owned(filled))
    }

    /// An absolute address: of the site itself, or of the world.
    fn web(&self, from: &Post, href: &str) -> Target {
        let url = match Url::parse(href) {
            Ok(url) => url,
            Err(refused) => return Target::Refused(refused),
        };
        let is_likely = || self.names.is_own_host(url.host().as_str());
        let is_own = self.site.owns(&url);
        if !is_own && !is_likely() {
            return Target::Web(url);
        }
        let fragment = url.fragment().map(decoded);
        let target = self.at_address(url.path(), fragment.as_deref());
        if !is_own {
            // Nobody knows what else is there.
            return target.filter(|target| matches!(target, Target::Post(..))).unwrap_or(Target::Web(url));
        }
        target.unwrap_or_else(|| match self.nowhere(from, url.path(), url.path()) {
            Target::Broken(why, _) => Target::Broken(why, Some(url)),
            _ => Target::Web(url),
        })
    }

    /// A path: of the site, or beside the post's file or page.
    fn local(&self, from: &Post, href: &str) -> Target {
        let (path, fragment) = split_fragment(href);
        let path = path.split('?').next().unwrap_or(path);
        if path.is_empty() {
            return fragment.map_or_else(|| Target::Post(from.key.clone(), None), Target::Heading);
        }
        let path = decoded(path);
        let names_file = self.site.generator.links_files() || is_source(&path);
        if let Some(target) = names_file.then(|| self.file(from, &path, fragment.as_deref())).flatten() {
            return target;
        }
        for address in beside(from, &path) {
            if let Some(target) = self.at_address(&address, fragment.as_deref()) {
                return target;
            }
        }
        let is_rooted = path.starts_with('/') && self.site.generator == Generator::Plain;
        if let Some(post) = is_rooted.then(|| self.names.ending(&path)).flatten() {
            return Target::Post(post.clone(), fragment);
        }
        self.nowhere(from, &path, href)
    }

    /// What to say of a path at which there is neither a post nor a page.
    fn nowhere(&self, from: &Post, path: &str, href: &str) -> Target {
        let whole = beside(from, path).into_iter().next().unwrap_or_default();
        let address = self.site.published(&from.url).and_then(|page| page.join(&self.site.rooted(href)).ok());
        if site::is_file(path) || self.site.is_of_other_language(self.site.unrooted(&whole)) {
            return match address {
                Some(url) => Target::Web(url),
                None => Target::Unknown(clean!("{whole} is a file of the site, whose base URL is not known")),
            };
        }
        let near = self.near_to(path);
        if is_source(path) {
            let file = joined(&format!("/{}", from.key.as_str()), path);
            return Target::Broken(clean!("there is no file {file}{near}"), address);
        }
        Target::Broken(clean!("no post has the address {whole}{near}"), address)
    }

    /// An address of the site on its host.
    pub(super) fn on_web(&self, path: &str, fragment: Option<&str>) -> Target {
        let fragment = fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
        let url =
            self.site.base.as_ref().and_then(|base| base.join(&format!("{}{fragment}", self.site.rooted(path))).ok());
        url.map_or_else(
            || Target::Unknown(clean!("{path} is a page of the site, whose base URL is not known")),
            Target::Web,
        )
    }

    /// The file of a post or of a page, by its path from the post that links to it or from the root.
    pub(super) fn file(&self, from: &Post, path: &str, fragment: Option<&str>) -> Option<Target> {
        let folder = from.key.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = joined(&format!("/{folder}/"), path);
        let beside = if path.starts_with('/') { None } else { Some(beside.trim_start_matches('/').to_owned()) };
        let endings: &[&str] = if is_source(path) { &[""] } else { &ENDINGS };
        beside.into_iter().chain(self.site.inside(path)).find_map(|path| {
            let path = path.trim_end_matches('/');
            endings.iter().find_map(|ending| self.file_called(&format!("{path}{ending}"), fragment))
        })
    }

    /// A post or a page by the whole path of its file.
    fn file_called(&self, path: &str, fragment: Option<&str>) -> Option<Target> {
        let post = self.keys.get_key_value(path).map(|(key, _)| key);
        // A path may be written with letters and accents apart.
        let post = post.or_else(|| self.names.file(path).filter(|_| !path.is_ascii() && path.contains('/')));
        if let Some(post) = post {
            return Some(Target::Post(post.clone(), fragment.map(str::to_owned)));
        }
        let page = self.names.page(path).filter(|key| key.as_str() == path)?;
        Some(self.on_web(&self.pages.get(page)?.url, fragment))
    }
}

/// What a link may leave out of the path of a file, and `_index.md` of a section.
const ENDINGS: [&str; 8] = ["", ".md", ".markdown", ".mdx", "/index.md", "/_index.md", "/index.markdown", "/README.md"];

pub(super) fn broken(why: &'static str) -> Target {
    Target::Broken(Clean::literal(why), None)
}

pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

pub(super) fn split_fragment(href: &str) -> (&str, Option<String>) {
    match href.split_once('#') {
        Some((path, fragment)) => (path, Some(decoded(fragment)).filter(|fragment| !fragment.is_empty())),
        None => (href, None),
    }
}

/// The addresses that a path may mean on the page of a post: one that ends without a slash may be served with one.
fn beside(from: &Post, path: &str) -> Vec<String> {
    let mut found = vec![joined(&from.url, path)];
    let is_folder = from.url.ends_with('/') || site::is_html(&from.url);
    if !path.starts_with('/') && !is_folder {
        found.push(joined(&format!("{}/", from.url), path));
    }
    found
}

/// Whether the text begins as RFC 3986 writes a scheme.
fn has_scheme(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.\t".contains(letter))
    })
}

/// Whether a path names a file of Markdown.
fn is_source(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').is_some_and(|(stem, extension)| !stem.is_empty() && site::is_markdown(extension))
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
    use super::*;
    use crate::blog::front::Fields;
    use crate::blog::library::Library;

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
