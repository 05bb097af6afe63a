//! Asking a library: which posts a query means, which names there are, and what must be done before that is known.
//!
//! What is worked out from all posts is kept until others come.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{Library, Target};
use crate::blog::marks::What;
use crate::blog::post::{Key, Post};
use crate::blog::query::{Expr, Query, Sort, State, Term, When};
use crate::blog::search::{Search, Selection};
use crate::blog::site;
use crate::blog::taxonomy::Taxonomy;
use crate::blog::web::Weaving;
use crate::text::Clean;

/// What is done beside the keyboard because it would make a key wait.
#[derive(Debug, Clone)]
pub enum Errand {
    /// To find out what every post consists of: [`Post::facts`].
    Facts(Arc<[Arc<Post>]>),
    /// To find out how the posts are tied.
    Web(Weaving),
    /// To search.
    Search(Search),
}

/// Bytes of bodies that are searched while a key waits: some milliseconds.
const QUICK: usize = 24 * 1024 * 1024;

/// The names of every taxonomy with the number of their posts, by name.
#[derive(Debug)]
pub(super) struct Terms {
    tags: Vec<(Clean, usize)>,
    categories: Vec<(Clean, usize)>,
    authors: Vec<(Clean, usize)>,
    series: Vec<(Clean, usize)>,
    /// The same as an address writes them, by the folder of their pages.
    pub(super) slugs: HashMap<(&'static str, String), Clean>,
}

impl Terms {
    pub(super) fn of(&self, taxonomy: Taxonomy) -> &[(Clean, usize)] {
        match taxonomy {
            Taxonomy::Tag => &self.tags,
            Taxonomy::Category => &self.categories,
            Taxonomy::Author => &self.authors,
            Taxonomy::Series => &self.series,
        }
    }
}

impl Library {
    /// The posts that a query means; the same value again while neither changes.
    pub fn select(&self, query: &Query) -> Arc<Selection> {
        let last = self.selected.borrow().clone();
        if let Some(last) = last.filter(|last| last.query == *query) {
            return last;
        }
        // A search that nobody calls off comes to its end.
        let found = self.search(query).run(&|| true);
        let selection =
            Arc::new(found.unwrap_or_else(|| Selection { edition: self.edition, ..Selection::empty(query.clone()) }));
        self.note(Arc::clone(&selection));
        selection
    }

    /// The posts that a query meant before the one of this address was read.
    pub fn selected_before_reading(&self, query: &Query, address: &str) -> Option<Arc<Selection>> {
        let mut search = self.search(query);
        Arc::make_mut(&mut search.marks).set(address, What::Read(false));
        search.run(&|| true).map(Arc::new)
    }

    /// How many posts a query means; what was selected last stays so.
    pub fn found(&self, query: &Query) -> usize {
        self.search(query).count()
    }

    /// Takes the result of a search that was made elsewhere, unless other posts came meanwhile.
    pub fn note(&self, selection: Arc<Selection>) {
        if selection.edition == self.edition {
            self.selected.replace(Some(selection));
        }
    }

    /// This one in the place of another.
    #[must_use]
    pub fn after(self, other: &Self) -> Self {
        let (searches, marks) = (other.searches.clone(), Arc::clone(&other.marks));
        Self { edition: self.edition + other.edition, seed: other.seed, searches, marks, ..self }
    }

    /// The search for a query, to be made here or elsewhere.
    pub fn search(&self, query: &Query) -> Search {
        let (posts, meant) = (self.shared(), self.searches.applied(query));
        let broken = if asks_for_broken(&meant.wanted) { Arc::clone(self.broken()) } else { Arc::default() };
        let marks = Arc::clone(&self.marks);
        Search { query: query.clone(), meant, posts, broken, marks, seed: self.seed, edition: self.edition }
    }

    /// Whether a query may mean other posts, or another order of them, after a mark.
    pub fn asks_for_marks(&self, query: &Query) -> bool {
        use State::{Opened, Read, Starred, Started, Unread};
        let meant = self.searches.applied(query);
        let is_marked = |term: &Term| matches!(term, Term::Is(Read | Unread | Starred | Started | Opened));
        meant.sort == Some(Sort::Opened) || meant.wanted.any_term(&is_marked)
    }

    /// Whether what a link leads to was opened, now or in an earlier session.
    pub fn has_followed(&self, target: &Target) -> bool {
        match target {
            Target::Post(post, _) => self.get(post).is_some_and(|post| self.marks.of(&post.url).opened() > 0),
            Target::Web(url) | Target::Broken(_, Some(url)) => self.marks.has_visited(url.original()),
            _ => false,
        }
    }

    /// The posts with a link that leads nowhere.
    fn broken(&self) -> &Arc<HashSet<Key>> {
        self.web.get_or_init(|| Arc::new(self.weaving().run())).broken()
    }

    /// What must be done beside the keyboard before this query can be asked; nothing where asking is quick.
    pub fn before(&self, query: &Query) -> Option<Errand> {
        let is_known = || self.selected.borrow().as_ref().is_some_and(|last| last.query == *query);
        if query.wanted.is_anything() || is_known() {
            return None;
        }
        let meant = self.searches.applied(query);
        if asks_for_broken(&meant.wanted) && self.web.get().is_none() {
            return Some(Errand::Web(self.weaving()));
        }
        if needs_facts(&meant.wanted) && self.posts.iter().any(|post| !post.has_facts()) {
            return Some(Errand::Facts(self.shared()));
        }
        let scans = !meant.wanted.words().is_empty() && self.bytes > QUICK;
        scans.then(|| Errand::Search(self.search(query)))
    }

    pub(super) fn shared(&self) -> Arc<[Arc<Post>]> {
        Arc::clone(self.shared.get_or_init(|| self.posts.iter().cloned().collect()))
    }

    /// Every term of a taxonomy with the number of its posts, by name.
    pub fn terms(&self, taxonomy: Taxonomy) -> &[(Clean, usize)] {
        self.all_terms().of(taxonomy)
    }

    pub(super) fn all_terms(&self) -> &Arc<Terms> {
        self.terms.get_or_init(|| {
            let of = |taxonomy| counted(&self.posts, taxonomy);
            let (tags, categories, authors, series) =
                (of(Taxonomy::Tag), of(Taxonomy::Category), of(Taxonomy::Author), of(Taxonomy::Series));
            let all = [
                (Taxonomy::Tag, &tags),
                (Taxonomy::Category, &categories),
                (Taxonomy::Author, &authors),
                (Taxonomy::Series, &series),
            ];
            let mut slugs = HashMap::new();
            for (taxonomy, terms) in all {
                for (term, _) in terms {
                    let slug = site::slugify(term.as_str());
                    slugs.entry((taxonomy.folder(), slug)).or_insert_with(|| term.clone());
                }
            }
            Arc::new(Terms { tags, categories, authors, series, slugs })
        })
    }

    /// The same of some posts only.
    pub fn terms_of(&self, posts: &[Arc<Post>], taxonomy: Taxonomy) -> Vec<(Clean, usize)> {
        if posts.len() == self.posts.len() { self.terms(taxonomy).to_vec() } else { counted(posts, taxonomy) }
    }

    /// The query for the posts of one term: smart-case where that means no other, else exactly it.
    pub fn term_query(&self, taxonomy: Taxonomy, term: &Clean) -> Query {
        Query::of(Expr::Term(self.term(taxonomy, term)), None)
    }

    /// The query for the posts of a year, a month or a day.
    pub fn date_query(&self, date: &str) -> Query {
        Query::of(Expr::Term(Term::Date(When::In, date.to_owned())), None)
    }

    /// The condition that a post has this name: smart-case where that means no other, else exactly it.
    pub fn term(&self, taxonomy: Taxonomy, term: &Clean) -> Term {
        let lower = term.as_str().to_lowercase();
        let is_other = |other: &Clean| other != term && other.as_str().to_lowercase() == lower;
        let others = self.terms(taxonomy).iter().any(|(name, _)| is_other(name));
        let is_special = term.as_str().starts_with('=') || term.as_str().contains('*');
        let sign = if is_special || (others && lower == term.as_str()) { "=" } else { "" };
        Term::Name(taxonomy, format!("{sign}{term}"))
    }
}

fn asks_for_broken(wanted: &Expr) -> bool {
    wanted.any_term(&|term| *term == Term::Is(State::Broken))
}

/// Whether it asks what posts consist of.
fn needs_facts(wanted: &Expr) -> bool {
    wanted.any_term(&|term| matches!(term, Term::Link(_) | Term::Has(_)))
}

/// The names of a taxonomy with the number of their posts, by name.
fn counted(posts: &[Arc<Post>], taxonomy: Taxonomy) -> Vec<(Clean, usize)> {
    let mut counts: BTreeMap<&Clean, usize> = BTreeMap::new();
    for name in posts.iter().flat_map(|post| taxonomy.names(post)) {
        *counts.entry(name).or_default() += 1;
    }
    counts.into_iter().map(|(name, count)| (name.clone(), count)).collect()
}
