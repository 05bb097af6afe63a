//! Which posts have much in common: rare tags, pages that both link to, words that few others use.
//!
//! What many posts share says little, so a thing counts by the square of the logarithm of how few have it (inverse document
//! frequency): one rare tag weighs more than three common ones.
//! Of what posts have only numbers are kept; what to call it is read from the post that is asked about.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::mem::{Discriminant, discriminant};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use super::real_links;
use crate::blog::library::{Resolver, Target};
use crate::blog::post::{Key, Post};
use crate::markdown::Document;
use crate::text::Clean;

/// Posts that are named at the most.
const MOST: usize = 12;
/// Words by which a post may be found, the rarest that it uses most.
const WORDS: usize = 12;
/// What a word counts beside a tag or a page.
const WORD: f32 = 0.25;
/// Words that count between two posts.
const COUNTED_WORDS: usize = 4;
/// Reasons that are given of each kind.
const REASONS: usize = 3;
/// Posts that share a thing at the most; what more of them share says nothing.
const SHARED: usize = 2_000;
/// Two posts are related that share what weighs as one thing would whose logarithm is this part of all posts'.
const ENOUGH: f32 = 0.6;

/// Hashes with another key in every process, so that nobody can choose words that meet.
static STATE: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// A post that has much in common with another.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// Which.
    pub post: Key,
    /// What they share, what counts most first.
    pub reasons: Vec<Reason>,
}

/// What two posts share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A tag.
    Tag(Clean),
    /// A page or a post that both link to.
    Page(Clean),
    /// A word.
    Word(Clean),
}

impl Related {
    /// The reasons in words: `tags A, B · both link to C · words d, e`.
    pub fn sentence(&self) -> Clean {
        let named = |label: &str, name: fn(&Reason) -> Option<&Clean>| {
            let names: Vec<&str> = self.reasons.iter().filter_map(name).map(Clean::as_str).collect();
            (!names.is_empty()).then(|| format!("{label} {}", names.join(", ")))
        };
        let parts = [
            named("tags", |reason| if let Reason::Tag(name) = reason { Some(name) } else { None }),
            named("both link to", |reason| if let Reason::Page(name) = reason { Some(name) } else { None }),
            named("words", |reason| if let Reason::Word(name) = reason { Some(name) } else { None }),
        ];
        crate::clean!("{}", parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }
}

/// How many posts use a word, for those that more than one uses.
pub(super) type Commonness = HashMap<u64, u32>;

/// Counts the posts of every word, in their source.
pub(super) fn common_words(posts: &[Arc<Post>]) -> Commonness {
    let count = |mut counts: Commonness, post: &Arc<Post>| {
        let mut seen = HashSet::new();
        each_word(post.body(), &mut |word| {
            let word = hash('w', word);
            if seen.insert(word) {
                *counts.entry(word).or_default() += 1;
            }
        });
        counts
    };
    let mut counts = posts.par_iter().fold(HashMap::new, count).reduce(HashMap::new, |one, two| {
        let (mut more, less) = if one.len() < two.len() { (two, one) } else { (one, two) };
        for (word, posts) in less {
            *more.entry(word).or_default() += posts;
        }
        more
    });
    counts.retain(|_, posts| *posts > 1);
    counts
}

/// What a post has that others may have.
#[derive(Debug, Default)]
pub(super) struct Features(Vec<u64>);

impl Features {
    pub(super) fn of<'a>(
        post: &Post,
        document: &Document,
        targets: impl Iterator<Item = &'a Target>,
        common: &Commonness,
    ) -> Self {
        let mut features: Vec<u64> = post.tags.iter().map(|tag| hash('t', tag.as_str())).collect();
        features.extend(targets.filter_map(page).map(|page| hash('p', page.as_str())));
        features.extend(rarest_words(document, common));
        features.sort_unstable();
        features.dedup();
        Self(features)
    }
}

/// The words of a document that it uses most and others least.
fn rarest_words(document: &Document, common: &Commonness) -> Vec<u64> {
    let mut uses: BTreeMap<u64, usize> = BTreeMap::new();
    each_word(&document.plain(), &mut |word| {
        let word = hash('w', word);
        if common.contains_key(&word) {
            *uses.entry(word).or_default() += 1;
        }
    });
    // What is used twice as often is not twice as telling.
    let weight = |word: &u64, uses: usize| {
        let posts = common.get(word).copied().unwrap_or(1);
        logarithm(uses + 1) - logarithm(usize::try_from(posts).unwrap_or(usize::MAX))
    };
    let mut words: Vec<(u64, f32)> = uses.into_iter().map(|(word, uses)| (word, weight(&word, uses))).collect();
    words.sort_by(|one, two| two.1.total_cmp(&one.1));
    words.into_iter().take(WORDS).map(|(word, _)| word).collect()
}

/// Which posts share what.
#[derive(Debug, Default)]
pub(super) struct Kinship {
    posts: Arc<[Arc<Post>]>,
    /// Things that several posts have, by places in the posts.
    sharing: HashMap<u64, Vec<u32>>,
}

impl Kinship {
    pub(super) fn of(posts: &Arc<[Arc<Post>]>, features: Vec<Features>) -> Self {
        let mut sharing: HashMap<u64, Vec<u32>> = HashMap::new();
        for (at, features) in (0_u32..).zip(features) {
            for feature in features.0 {
                sharing.entry(feature).or_default().push(at);
            }
        }
        sharing.retain(|_, posts| (2..=SHARED).contains(&posts.len()));
        sharing.shrink_to_fit();
        Self { posts: Arc::clone(posts), sharing }
    }

    pub(super) fn related(&self, post: &Post, resolver: &Resolver, except: &[Key]) -> Vec<Related> {
        let all = logarithm(self.posts.len());
        let things = self.things(post, resolver);
        let mut shared: HashMap<u32, Common<'_>> = HashMap::new();
        for (feature, reason) in &things {
            let posts = self.sharing.get(feature).map(Vec::as_slice).unwrap_or_default();
            let part = if matches!(reason, Reason::Word(_)) { WORD } else { 1.0 };
            let weight = part * (all - logarithm(posts.len())).powi(2);
            for other in posts {
                shared.entry(*other).or_default().0.push((weight, reason));
            }
        }
        let mut found: Vec<(f32, u32)> = Vec::new();
        for (other, common) in &mut shared {
            let weight = common.weigh();
            if weight >= (all * ENOUGH).powi(2) {
                found.push((weight, *other));
            }
        }
        found.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
        let named = found.into_iter().filter_map(|(_, other)| {
            let key = &self.posts.get(usize::try_from(other).ok()?)?.key;
            let is_wanted = *key != post.key && !except.contains(key);
            is_wanted.then(|| Related {
                post: key.clone(),
                reasons: shared.get(&other).map(Common::strongest).unwrap_or_default(),
            })
        });
        named.take(MOST).collect()
    }

    /// What a post has that others share, with what it is called.
    fn things(&self, post: &Post, resolver: &Resolver) -> BTreeMap<u64, Reason> {
        let document = post.document();
        let mut things: BTreeMap<u64, Reason> = BTreeMap::new();
        let mut note = |feature: u64, reason: &dyn Fn() -> Reason| {
            if self.sharing.contains_key(&feature) {
                things.entry(feature).or_insert_with(reason);
            }
        };
        for tag in &post.tags {
            note(hash('t', tag.as_str()), &|| Reason::Tag(tag.clone()));
        }
        for target in real_links(&document).map(|(_, href)| resolver.resolve(post, href)) {
            let title = || match &target {
                Target::Post(key, _) => Some(self.posts.get(resolver.place(key)?)?.title.clone()),
                _ => None,
            };
            if let Some(page) = page(&target) {
                note(hash('p', page.as_str()), &|| Reason::Page(title().unwrap_or_else(|| page.clone())));
            }
        }
        each_word(&document.plain(), &mut |word| note(hash('w', word), &|| Reason::Word(Clean::prose(word))));
        things
    }
}

/// What two posts share, and what each thing weighs.
#[derive(Default)]
struct Common<'a>(Vec<(f32, &'a Reason)>);

impl Common<'_> {
    /// Puts what weighs most first; tells what it weighs together. Only some of the words count.
    fn weigh(&mut self) -> f32 {
        self.0.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| one.1.cmp(two.1)));
        let (words, others): (Vec<_>, Vec<_>) =
            self.0.iter().partition(|(_, reason)| matches!(reason, Reason::Word(_)));
        others.iter().chain(words.iter().take(COUNTED_WORDS)).map(|(weight, _)| weight).sum()
    }

    /// Some of each kind.
    fn strongest(&self) -> Vec<Reason> {
        let mut given: HashMap<Discriminant<Reason>, usize> = HashMap::new();
        let mut is_given = |reason: &Reason| {
            let count = given.entry(discriminant(reason)).or_default();
            *count += 1;
            *count <= REASONS
        };
        self.0.iter().filter(|(_, reason)| is_given(reason)).map(|(_, reason)| (*reason).clone()).collect()
    }
}

/// What a link leads to, if others may lead there too: `host/path`, or the path of a post.
fn page(target: &Target) -> Option<Clean> {
    match target {
        Target::Post(key, _) => Some(key.shown()),
        Target::Web(url) => {
            let page = url.original();
            let page = page.split_once("://").map_or(page, |(_, page)| page).trim_start_matches("www.");
            Some(Clean::exact(page.trim_end_matches('/')))
        }
        _ => None,
    }
}

/// Shows every word in lower case: three letters or digits at least, not only digits; of a script without spaces, two at a time.
fn each_word(text: &str, visit: &mut dyn FnMut(&str)) {
    let mut lower = String::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()) {
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        if lower.chars().any(is_unspaced) {
            let ends = lower.char_indices().map(|(at, letter)| at + letter.len_utf8()).skip(1);
            for (start, end) in lower.char_indices().map(|(at, _)| at).zip(ends) {
                visit(lower.get(start..end).unwrap_or_default());
            }
        } else if (3..40).contains(&lower.len()) && lower.contains(char::is_alphabetic) {
            visit(&lower);
        }
    }
}

const fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn hash(kind: char, name: &str) -> u64 {
    STATE.hash_one((kind, name))
}

/// Of a number of posts; none weigh as one does.
#[expect(clippy::cast_precision_loss, reason = "a weight needs no more than seven digits")]
fn logarithm(posts: usize) -> f32 {
    (posts.max(1) as f32).ln()
}
