//! All posts of a blog: in order, by name, by address, by tag; and what a link of one of them means.
//!
//! Grows while it loads. What is worked out from all posts (their names, the last selection) is made when it is
//! first asked for and forgotten when posts arrive.

mod address;
mod asking;
mod fill;
mod host;
mod named;
mod names;
mod near;
mod pages;
mod resolve;

use std::cell::{OnceCell, RefCell};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

pub use self::asking::Errand;
use self::asking::Terms;
use self::names::Names;
use self::pages::Pages;
pub use self::resolve::{Resolver, Target};
use super::fault::Fault;
use super::marks::{Marks, What};
use super::post::{Key, Post};
use super::query::{Query, Searches};
use super::search::Selection;
use super::series::AllSeries;
use super::site::{self, Site};
use super::taxonomy::Taxonomy;
use super::url::Url;
use super::web::{Weaving, Web};
use crate::text::Clean;

/// A post and what is wrong with its file; a file without a post has only faults.
pub type Reading = (Option<Arc<Post>>, Vec<Fault>);

/// A blog.
#[derive(Debug)]
pub struct Library {
    /// What its generator says of it.
    pub site: Site,
    /// Mixes a random order.
    pub seed: u64,
    /// What `search:NAME` stands for.
    searches: Searches,
    /// What the reader has marked.
    marks: Arc<Marks>,
    posts: Vec<Arc<Post>>,
    pages: Vec<Arc<Post>>,
    sections: HashMap<Box<str>, Section>,
    faults: Vec<Fault>,
    progress: Progress,
    /// Places in [`Self::everything`].
    keys: OnceCell<Arc<HashMap<Key, usize>>>,
    resolver: OnceCell<Arc<Resolver>>,
    /// Pages of the site that are no posts.
    other_pages: Arc<Pages>,
    bytes: usize,
    /// Another number after every change of the posts.
    edition: u64,
    shared: OnceCell<Arc<[Arc<Post>]>>,
    terms: OnceCell<Arc<Terms>>,
    web: OnceCell<Arc<Web>>,
    series: OnceCell<AllSeries>,
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

impl Library {
    /// A blog of which nothing is read yet.
    pub fn new(site: Site) -> Self {
        Self {
            site,
            seed: 0,
            searches: Searches::default(),
            marks: Arc::default(),
            posts: Vec::new(),
            pages: Vec::new(),
            sections: HashMap::new(),
            faults: Vec::new(),
            progress: Progress::Loading,
            keys: OnceCell::new(),
            resolver: OnceCell::new(),
            other_pages: Arc::default(),
            bytes: 0,
            edition: 0,
            shared: OnceCell::new(),
            terms: OnceCell::new(),
            web: OnceCell::new(),
            series: OnceCell::new(),
            selected: RefCell::default(),
        }
    }

    /// Takes in what was read, in any order.
    pub fn add(&mut self, batch: Vec<Reading>) {
        let new = self.without_pages(batch);
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

    /// What the reader has marked, by the addresses of posts.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Takes these for what the reader has marked.
    pub fn set_marks(&mut self, marks: Marks) {
        self.marks = Arc::new(marks);
        self.selected.take();
    }

    /// Notes what is so of a post from now on; gives what was so before.
    pub fn mark(&mut self, post: &str, what: What) -> What {
        // A mark is made at every pause; only a search for marks has another result then.
        let is_other = self.selected.borrow().as_ref().is_some_and(|last| self.asks_for_marks(&last.query));
        if is_other {
            self.selected.take();
        }
        Arc::make_mut(&mut self.marks).set(post, what)
    }

    /// Forgets what was worked out from all posts.
    fn forget(&mut self) {
        self.forget_texts();
        self.keys.take();
        self.resolver.take();
        self.terms.take();
        self.series.take();
    }

    /// Forgets what was worked out from the texts of posts.
    fn forget_texts(&mut self) {
        self.edition += 1;
        self.shared.take();
        self.web.take();
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
    fn undated_sections(&self) -> BTreeSet<Box<str>> {
        if !self.site.has_pages() || self.sections.values().all(|section| section.is_undated()) {
            return BTreeSet::new();
        }
        let undated = self.sections.iter().filter(|(_, section)| section.is_undated());
        undated.map(|(name, _)| name.clone()).collect()
    }

    /// Posts newest first, undated last, ties by path; pages apart from them.
    fn place(&mut self, new: Vec<Arc<Post>>, undated: &BTreeSet<Box<str>>) {
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
        // Now all texts are there, which may name the host of the site; and posts without theirs are let go.
        self.resolver.take();
        self.sort_faults();
    }

    fn sort_faults(&mut self) {
        self.faults.sort_by(|one, two| (one.path.as_str(), one.line).cmp(&(two.path.as_str(), two.line)));
    }

    /// Another number after every change of the posts.
    pub fn edition(&self) -> u64 {
        self.edition
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
        let at = *self.keys().get(key.as_str())?;
        self.posts.get(at).or_else(|| self.pages.get(at.checked_sub(self.posts.len())?))
    }

    /// The posts that a person may mean: of this path or slug, else those whose title has these words.
    pub fn named(&self, name: &str) -> Vec<Arc<Post>> {
        let all = || self.everything();
        let exactly = |post: &&Arc<Post>| {
            let key = post.key.as_str();
            key == name || *post.slug == *name || key.rsplit('/').next() == Some(name) || site::name(key) == name
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
        self.site.published(&post.url)
    }

    /// The address of what a link leads to, where that has one.
    pub fn address_of(&self, target: &Target) -> Option<Url> {
        match target {
            Target::Web(url) | Target::Broken(_, Some(url)) => Some(url.clone()),
            Target::Post(post, _) => self.address(self.get(post)?),
            Target::Term(taxonomy, term) => self.term_address(*taxonomy, term),
            Target::Dates(date) => self.site.published(&format!("/{}/", date.replace('-', "/"))),
            Target::Heading(_) | Target::Broken(_, None) | Target::Unknown(_) | Target::Refused(_) => None,
        }
    }

    /// The address of the page of a tag or category, as Hugo, Zola and most themes of Jekyll make it.
    pub fn term_address(&self, taxonomy: Taxonomy, term: &Clean) -> Option<Url> {
        self.site.published(&format!("/{}/{}/", taxonomy.folder(), site::hugo_urlize(term.as_str())))
    }

    /// What a link in a post means, as its generator would resolve it.
    pub fn resolve(&self, from: &Post, href: &str) -> Target {
        self.resolver().resolve(from, href)
    }

    /// What says where links lead.
    pub fn resolver(&self) -> &Arc<Resolver> {
        self.resolver.get_or_init(|| {
            Arc::new(Resolver {
                site: self.site.clone(),
                keys: Arc::clone(self.keys()),
                names: Names::new(self),
                terms: Arc::clone(self.all_terms()),
                pages: Arc::clone(&self.other_pages),
                sections: self.sections.keys().cloned().collect(),
                posts: self.shared(),
                near: OnceLock::new(),
            })
        })
    }

    /// How the posts are tied, where that is known.
    pub fn web(&self) -> Option<&Arc<Web>> {
        self.web.get()
    }

    /// What it takes to find out how the posts are tied.
    pub fn weaving(&self) -> Weaving {
        Weaving {
            posts: self.everything().cloned().collect(),
            resolver: Arc::clone(self.resolver()),
            edition: self.edition,
        }
    }

    /// Takes what was found of how the posts are tied, unless other posts came meanwhile.
    pub fn note_web(&self, web: Web) {
        if web.edition == self.edition {
            // It is known already where two were asked.
            let _ = self.web.set(Arc::new(web));
        }
    }

    /// The series of the blog.
    pub fn series(&self) -> &AllSeries {
        self.series.get_or_init(|| AllSeries::among(&self.posts))
    }

    /// Works out now what the next link would otherwise wait for.
    pub fn prepare(&self) {
        self.resolver();
        self.series();
    }

    fn keys(&self) -> &Arc<HashMap<Key, usize>> {
        self.keys
            .get_or_init(|| Arc::new(self.everything().enumerate().map(|(at, post)| (post.key.clone(), at)).collect()))
    }
}

/// Newest first, undated last, ties by the site's own order and by path.
fn order(one: &Post, two: &Post) -> Ordering {
    two.date.cmp(&one.date).then_with(|| one.rank.cmp(&two.rank)).then_with(|| one.key.cmp(&two.key))
}
