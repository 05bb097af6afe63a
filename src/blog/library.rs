//! All posts of a blog: in order, by name, by address, by tag; and what a link of one of them means.
//!
//! Grows while it loads. What is worked out from all posts (their names, the last selection) is made when it is
//! first asked for and forgotten when posts arrive.

mod asking;
mod fill;
mod names;

use std::cell::{OnceCell, RefCell};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use percent_encoding::percent_decode_str;

pub use self::asking::Errand;
use self::asking::Terms;
use self::names::Names;
use super::fault::Fault;
use super::post::{Key, Post};
use super::query::{Query, Searches};
use super::search::Selection;
use super::site::{self, Site};
use super::taxonomy::Taxonomy;
use super::url::{Refused, Url};
use crate::clean;
use crate::markdown;
use crate::text::Clean;

/// A post and what is wrong with its file; a file without a post has only faults.
pub type Reading = (Option<Post>, Vec<Fault>);

/// A blog.
#[derive(Debug)]
pub struct Library {
    /// What its generator says of it.
    pub site: Site,
    /// Mixes a random order.
    pub seed: u64,
    /// What `search:NAME` stands for.
    searches: Searches,
    posts: Vec<Arc<Post>>,
    pages: Vec<Arc<Post>>,
    sections: HashMap<String, Section>,
    faults: Vec<Fault>,
    progress: Progress,
    keys: OnceCell<HashMap<Key, Arc<Post>>>,
    names: OnceCell<Names>,
    bytes: usize,
    /// Another number after every change of the posts.
    edition: u64,
    shared: OnceCell<Arc<[Arc<Post>]>>,
    terms: OnceCell<Terms>,
    broken: OnceCell<Arc<HashSet<Key>>>,
    selected: RefCell<Option<Arc<Selection>>>,
}

/// How many posts of a section have a date.
#[derive(Debug, Clone, Copy, Default)]
struct Section {
    dated: usize,
    all: usize,
}

impl Section {
    /// Whether it holds pages rather than posts: less than half of it is dated.
    const fn is_undated(self) -> bool {
        self.dated * 2 < self.all
    }
}

/// Whether all posts are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// More may come.
    Loading,
    /// All posts are there, some of them as they were the last time and without their text.
    Listed,
    /// That was all.
    Complete,
}

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

impl Library {
    /// A blog of which nothing is read yet.
    pub fn new(site: Site) -> Self {
        Self {
            site,
            seed: 0,
            searches: Searches::default(),
            posts: Vec::new(),
            pages: Vec::new(),
            sections: HashMap::new(),
            faults: Vec::new(),
            progress: Progress::Loading,
            keys: OnceCell::new(),
            names: OnceCell::new(),
            bytes: 0,
            edition: 0,
            shared: OnceCell::new(),
            terms: OnceCell::new(),
            broken: OnceCell::new(),
            selected: RefCell::default(),
        }
    }

    /// Takes in what was read, in any order.
    pub fn add(&mut self, batch: Vec<Reading>) {
        let mut new = Vec::with_capacity(batch.len());
        for (post, faults) in batch {
            self.faults.extend(faults);
            new.extend(post.map(Arc::new));
        }
        self.take_in(new);
    }

    /// What `search:NAME` stands for.
    pub fn searches(&self) -> &Searches {
        &self.searches
    }

    /// Takes these for what `search:NAME` stands for.
    pub fn set_searches(&mut self, searches: Searches) {
        self.searches = searches;
        self.selected.take();
    }

    /// Gives a query a name.
    pub fn name_search(&mut self, name: &str, query: Query) {
        self.searches.name(name, query);
        self.selected.take();
    }

    /// Forgets what was worked out from all posts.
    fn forget(&mut self) {
        self.forget_texts();
        self.keys.take();
        self.names.take();
        self.terms.take();
    }

    /// Forgets what was worked out from the texts of posts.
    fn forget_texts(&mut self) {
        self.edition += 1;
        self.shared.take();
        self.broken.take();
        self.selected.take();
    }

    fn take_in(&mut self, mut new: Vec<Arc<Post>>) {
        self.forget();
        let before = self.undated_sections();
        for post in &new {
            self.bytes += post.body().len();
            if !self.sections.contains_key(&post.section) {
                self.sections.insert(post.section.clone(), Section::default());
            }
            let Some(section) = self.sections.get_mut(&post.section) else { continue };
            section.dated += usize::from(post.date.is_some());
            section.all += 1;
        }
        let undated = self.undated_sections();
        if undated != before {
            new.append(&mut self.posts);
            new.append(&mut self.pages);
        }
        self.place(new, &undated);
    }

    /// The sections that hold pages instead of posts, if the generator knows pages; none where all of them would.
    fn undated_sections(&self) -> BTreeSet<String> {
        if !self.site.has_pages() || self.sections.values().all(|section| section.is_undated()) {
            return BTreeSet::new();
        }
        let undated = self.sections.iter().filter(|(_, section)| section.is_undated());
        undated.map(|(name, _)| name.clone()).collect()
    }

    /// Posts newest first, undated last, ties by path; pages apart from them.
    fn place(&mut self, new: Vec<Arc<Post>>, undated: &BTreeSet<String>) {
        let (pages, posts): (Vec<_>, Vec<_>) = new.into_iter().partition(|post| undated.contains(&post.section));
        self.pages.extend(pages);
        self.posts.extend(posts);
        for posts in [&mut self.posts, &mut self.pages] {
            posts.sort_by(|one, two| order(one, two));
        }
    }

    /// Notes that all posts are there, though some without their text.
    pub fn list(&mut self) {
        self.progress = Progress::Listed;
        self.sort_faults();
    }

    /// Notes that nothing more will come.
    pub fn complete(&mut self) {
        self.progress = Progress::Complete;
        self.sort_faults();
    }

    fn sort_faults(&mut self) {
        self.faults.sort_by(|one, two| (one.path.as_str(), one.line).cmp(&(two.path.as_str(), two.line)));
    }

    /// Whether all posts are there.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Every post, in list order.
    pub fn posts(&self) -> &[Arc<Post>] {
        &self.posts
    }

    /// Every post and every page.
    pub fn everything(&self) -> impl Iterator<Item = &Arc<Post>> {
        self.posts.iter().chain(&self.pages)
    }

    /// What is wrong in the files.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The post or page of this name.
    pub fn get(&self, key: &Key) -> Option<&Arc<Post>> {
        self.keys().get(key.as_str())
    }

    /// The posts that a person may mean: of this path or slug, else those whose title has these words.
    pub fn named(&self, name: &str) -> Vec<Arc<Post>> {
        let all = || self.everything();
        let exactly = |post: &&Arc<Post>| {
            let key = post.key.as_str();
            key == name || post.slug == name || key.rsplit('/').next() == Some(name) || site::name(key) == name
        };
        let found: Vec<_> = all().filter(exactly).cloned().collect();
        if !found.is_empty() {
            return found;
        }
        let lower = name.to_lowercase();
        let title = |post: &Arc<Post>| post.title.as_str().to_lowercase();
        let whole: Vec<_> = all().filter(|post| title(post) == lower).cloned().collect();
        if whole.is_empty() { all().filter(|post| title(post).contains(&lower)).cloned().collect() } else { whole }
    }

    /// The address of a post on the web, where the site says where that is.
    pub fn address(&self, post: &Post) -> Option<Url> {
        self.site.base.as_ref()?.join(&self.site.rooted(&post.url)).ok()
    }

    /// The address of what a link leads to, where that has one.
    pub fn address_of(&self, target: &Target) -> Option<Url> {
        match target {
            Target::Web(url) | Target::Broken(_, Some(url)) => Some(url.clone()),
            Target::Post(post, _) => self.address(self.get(post)?),
            Target::Term(taxonomy, term) => self.term_address(*taxonomy, term),
            Target::Heading(_) | Target::Broken(_, None) | Target::Refused(_) => None,
        }
    }

    /// The address of the page of a tag or category, as Hugo, Zola and most themes of Jekyll make it.
    pub fn term_address(&self, taxonomy: Taxonomy, term: &Clean) -> Option<Url> {
        let path = self.site.rooted(&format!("/{}/{}/", taxonomy.folder(), site::hugo_urlize(term.as_str())));
        self.site.base.as_ref()?.join(&path).ok()
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
        let title = || self.names().titled(path);
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
        let address = self.address(from).and_then(|page| page.join(&self.site.rooted(href)).ok());
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
        let keys = self.keys();
        let folder = from.key.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = joined(&format!("/{folder}/"), path);
        let rooted = path.trim_start_matches('/');
        [beside.trim_start_matches('/'), rooted].into_iter().find_map(|path| {
            ["", ".md", ".markdown", "/index.md"]
                .into_iter()
                .find_map(|ending| Some(keys.get_key_value(format!("{path}{ending}").as_str())?.0))
        })
    }

    /// A post by the name of its file, with or without its folders, extension and date, or by its slug.
    fn name(&self, path: &str) -> Option<&Key> {
        let path = path.trim_matches('/');
        self.names().file(path).or_else(|| self.names().file(site::stem(path.rsplit('/').next().unwrap_or(path))))
    }

    /// What stands at an address of the site: a post, by its own or an older address, or the page of a tag or category.
    fn at_address(&self, path: &str, fragment: Option<&str>) -> Option<Target> {
        let path = self.site.unrooted(&decoded(path)).to_owned();
        if let Some(post) = self.names().at(&path) {
            return Some(Target::Post(post.clone(), fragment.map(decoded)));
        }
        let (taxonomy, name) = path.trim_matches('/').split_once('/')?;
        let taxonomy = match taxonomy {
            "tags" | "tag" => Taxonomy::Tag,
            "categories" | "category" => Taxonomy::Category,
            _ => return None,
        };
        let slug = site::slugify(name.split('/').next().unwrap_or(name));
        let terms = self.terms(taxonomy);
        let same = terms.iter().map(|(term, _)| term).find(|term| site::slugify(term.as_str()) == slug);
        same.map(|term| Target::Term(taxonomy, term.clone()))
    }

    /// Works out now what the next link would otherwise wait for.
    pub fn prepare(&self) {
        self.names();
    }

    fn keys(&self) -> &HashMap<Key, Arc<Post>> {
        self.keys.get_or_init(|| self.everything().map(|post| (post.key.clone(), Arc::clone(post))).collect())
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(self.everything(), self.site.dialect))
    }
}

/// Newest first, undated last, ties by the site's own order and by path.
fn order(one: &Post, two: &Post) -> Ordering {
    two.date.cmp(&one.date).then_with(|| one.rank.cmp(&two.rank)).then_with(|| one.key.cmp(&two.key))
}

fn broken(why: &'static str) -> Target {
    Target::Broken(Clean::literal(why), None)
}

fn decoded(text: &str) -> String {
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
fn joined(from: &str, path: &str) -> String {
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
fn normal(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address).trim_end_matches('/');
    let path = path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    format!("/{}", path.trim_matches('/').to_lowercase())
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::super::front::Fields;
    use super::super::site::Generator;
    use super::*;

    fn vault() -> Library {
        let site = Site::new(Generator::Obsidian, &Fields::default());
        let post = |path: &str, text: &str| {
            let (post, faults) = Post::read(path, text.as_bytes().to_vec(), &site);
            (Some(post), faults)
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
