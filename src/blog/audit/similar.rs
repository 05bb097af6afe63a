//! Tags and categories that are probably one: they differ only by case, or by one letter.
//!
//! Names that differ for a reason are left alone: numbers, abbreviations, and words of few letters.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::fault;
use super::headers::Headers;
use crate::blog::fault::{Fault, Rule};
use crate::blog::post::Post;
use crate::blog::taxonomy::Taxonomy;
use crate::clean;
use crate::text::{self, Clean};

/// A name, the number of its posts, and the first of these by path.
struct Term<'a> {
    name: &'a str,
    posts: usize,
    first: &'a Post,
}

/// Two names of which one is probably a slip.
#[derive(Debug, PartialEq, Eq)]
struct Pair {
    /// The index of the one with fewer posts.
    rarer: usize,
    /// The index of the other.
    usual: usize,
    difference: Difference,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Difference {
    Case,
    Letter,
}

/// Names that one letter less would make the same, at the most: more are a series, of which no member is a slip.
const SERIES: usize = 8;
/// Letters of a name that is compared by its letters.
const LETTERS: std::ops::RangeInclusive<usize> = 4..=64;
/// Letters that the shorter of two differing words must have: shorter ones are often one letter apart, as `VLAN` and `VXLAN`.
const WORD: usize = 5;
/// The same where the longer is its plural.
const SINGULAR: usize = 4;
/// Letters of a name below which two ways to write it in capitals are two abbreviations.
const SHORT: usize = 4;

/// One fault for each pair, at a post with the rarer name.
pub(super) fn faults(posts: &[Arc<Post>], headers: &Headers<'_>) -> Vec<Fault> {
    let of = |(taxonomy, called, fields): (Taxonomy, &str, &[&str])| {
        let terms = terms(posts, taxonomy);
        let counted: Vec<(&str, usize)> = terms.iter().map(|term| (term.name, term.posts)).collect();
        let told = |pair: Pair| {
            let (rarer, usual) = (terms.get(pair.rarer)?, terms.get(pair.usual)?);
            let line = headers.line(rarer.first, fields, rarer.name);
            let how = match pair.difference {
                Difference::Case => "case",
                Difference::Letter => "one letter",
            };
            let what = clean!(
                "the {called} {} ({}) differs only by {how} from {} ({})",
                rarer.name,
                number(rarer.posts),
                usual.name,
                number(usual.posts)
            );
            let remedy = clean!("write {} if they mean the same", usual.name);
            Some(fault(rarer.first, line, Rule::SimilarTags, what, remedy))
        };
        pairs(&counted).into_iter().filter_map(told).collect::<Vec<_>>()
    };
    let tags = (Taxonomy::Tag, "tag", &["tags", "tag", "keywords", "taxonomies"][..]);
    let categories = (Taxonomy::Category, "category", &["categories", "category", "taxonomies"][..]);
    [tags, categories].into_iter().flat_map(of).collect()
}

fn number(posts: usize) -> Clean {
    if posts == 1 { Clean::literal("1 post") } else { clean!("{posts} posts") }
}

/// Every name of a taxonomy, in alphabetical order.
fn terms(posts: &[Arc<Post>], taxonomy: Taxonomy) -> Vec<Term<'_>> {
    let mut terms: BTreeMap<&str, Term<'_>> = BTreeMap::new();
    for post in posts {
        let names: BTreeSet<&str> = taxonomy.names(post).iter().map(Clean::as_str).collect();
        for name in names {
            let term = terms.entry(name).or_insert(Term { name, posts: 0, first: post });
            term.posts += 1;
            if post.key < term.first.key {
                term.first = post;
            }
        }
    }
    terms.into_values().collect()
}

/// The pairs among names with the numbers of their posts. A name is compared by its letters in the case that it usually has.
fn pairs(terms: &[(&str, usize)]) -> Vec<Pair> {
    let mut spellings: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (name, _)) in terms.iter().enumerate() {
        spellings.entry(name.to_lowercase()).or_default().push(at);
    }
    let posts = |at: usize| terms.get(at).map_or(0, |(_, posts)| *posts);
    let mut pairs = Vec::new();
    let mut names: Vec<(String, usize)> = Vec::with_capacity(spellings.len());
    for (lower, group) in spellings {
        // Of several that have as many posts, the last: small letters come after capitals.
        let Some(usual) = group.iter().copied().max_by_key(|at| (posts(*at), *at)) else { continue };
        let is_slip = |at: &usize| *at != usual && is_other_case(&lower, terms, [*at, usual]);
        let other = group.into_iter().filter(is_slip);
        pairs.extend(other.map(|rarer| Pair { rarer, usual, difference: Difference::Case }));
        names.push((lower, usual));
    }
    for (one, two) in neighbours(&names) {
        let (rarer, usual) = if (posts(one), two) < (posts(two), one) { (one, two) } else { (two, one) };
        pairs.push(Pair { rarer, usual, difference: Difference::Letter });
    }
    pairs
}

/// Whether two names of the same letters are one name: `iOS` and `IOS` are two.
fn is_other_case(lower: &str, terms: &[(&str, usize)], pair: [usize; 2]) -> bool {
    let is_small = |at: usize| terms.get(at).is_some_and(|(name, _)| *name == lower);
    lower.chars().count() >= SHORT || pair.into_iter().any(is_small)
}

/// The names that are one letter apart, by what stands beside each. Two such names have a form in common that lacks one letter
/// of one or of both, so names with the same form are all that must be compared.
fn neighbours(names: &[(String, usize)]) -> BTreeSet<(usize, usize)> {
    let state = RandomState::new();
    let mut forms: Vec<(u64, usize)> = Vec::new();
    for (at, (name, _)) in names.iter().enumerate() {
        if LETTERS.contains(&name.chars().count()) && name.chars().all(is_letter_of_many) {
            forms.push((state.hash_one(name), at));
            forms.extend(shorter(name).map(|form| (state.hash_one(&form), at)));
        }
    }
    forms.sort_unstable();
    forms.dedup();
    let mut found = BTreeSet::new();
    for family in forms.chunk_by(|one, two| one.0 == two.0).filter(|family| (2..=SERIES).contains(&family.len())) {
        let family: Vec<&(String, usize)> = family.iter().filter_map(|(_, at)| names.get(*at)).collect();
        for (nth, (one, first)) in family.iter().enumerate() {
            let slips = family.iter().skip(nth + 1).filter(|(two, _)| is_slip(one, two));
            found.extend(slips.map(|(_, second)| (*first.min(second), *first.max(second))));
        }
    }
    found
}

/// The name without one of its letters.
fn shorter(name: &str) -> impl Iterator<Item = String> {
    name.char_indices().map(|(at, letter)| {
        let (before, after) =
            (name.get(..at).unwrap_or_default(), name.get(at + letter.len_utf8()..).unwrap_or_default());
        format!("{before}{after}")
    })
}

/// Not a letter that is a word or a syllable by itself, as in Chinese, where one other letter is another name.
fn is_letter_of_many(letter: char) -> bool {
    text::width(letter.encode_utf8(&mut [0; 4])) < 2
}

/// Whether two names, both in lower case, are one letter apart and that letter is a slip: no digit, and no word by itself.
fn is_slip(one: &str, two: &str) -> bool {
    if strsim::damerau_levenshtein(one, two) != 1 {
        return false;
    }
    let without_digits = |name: &str| name.chars().filter(|letter| !letter.is_numeric()).collect::<String>();
    if without_digits(one) == without_digits(two) {
        return false;
    }
    let (one, two) = (words(one), words(two));
    let other = one.iter().zip(&two).find(|(one, two)| one != two);
    one.len() != two.len() || other.is_none_or(|(one, two)| is_same_word(one, two))
}

fn words(name: &str) -> Vec<&str> {
    name.split(|letter: char| !letter.is_alphanumeric()).collect()
}

/// Whether a word is probably another one with a slip. The first letter is hardly ever one: `cloud` and `vcloud` are two.
fn is_same_word(one: &str, two: &str) -> bool {
    let is_plural = one.strip_suffix('s') == Some(two) || two.strip_suffix('s') == Some(one);
    let least = if is_plural { SINGULAR } else { WORD };
    one.chars().next() == two.chars().next() && one.chars().count().min(two.chars().count()) >= least
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_or_two() {
        use Difference::{Case, Letter};
        for (one, two, difference) in [
            ("vMotion", "VMotion", Some(Case)),
            ("css", "CSS", Some(Case)),
            ("iOS", "IOS", None),
            ("Größe", "größe", Some(Case)),
            ("container", "containers", Some(Letter)),
            ("boat", "boats", Some(Letter)),
            ("Kubernetes", "kubernets", Some(Letter)),
            ("Kubernetes", "Kuberentes", Some(Letter)),
            ("open source", "open-source", Some(Letter)),
            ("opensource", "open-source", Some(Letter)),
            ("Cloud", "vCloud", None),
            ("VLAN", "VXLAN", None),
            ("vSphere5", "vSphere6", None),
            ("vSphere", "vSphere5", None),
            ("VMworld2007", "VMworld2017", None),
            ("Plan A", "Plan B", None),
            ("Part I", "Part II", None),
            ("boat", "coat", None),
            ("cat", "cats", None),
            ("lava", "lave", None),
            ("网络编程一课", "网络编程二课", None),
            ("boats", "piers", None),
        ] {
            let found = pairs(&[(one, 2), (two, 1)]);
            assert_eq!(found.first().map(|pair| pair.difference), difference, "{one} {two}");
            assert!(found.iter().all(|pair| (pair.rarer, pair.usual) == (1, 0)), "{one} {two}");
        }
    }

    #[test]
    fn several_spellings_of_one_name_each_point_to_the_usual_one() {
        let terms = [("DEVOPS", 1), ("DevOp", 2), ("DevOps", 5), ("devops", 3)];
        let found: Vec<_> = pairs(&terms).into_iter().map(|pair| (terms[pair.rarer].0, terms[pair.usual].0)).collect();
        assert_eq!(found, [("DEVOPS", "DevOps"), ("devops", "DevOps"), ("DevOp", "DevOps")]);
    }

    #[test]
    fn very_many_names_are_compared_without_comparing_each_with_each() {
        let letters = b"abcdefghijklmnopqrstuvwxyz";
        let letter = |nth: usize, place: u32| char::from(letters[nth / 26_usize.pow(place) % 26]);
        let syllable = |nth: usize, place: u32| [letter(nth, place), 'x', letter(nth, place)];
        let name = |nth: usize| (0..4).flat_map(|place| syllable(nth, place)).collect::<String>();
        let mut names: Vec<String> = (0..50_000).map(name).collect();
        names.push("axaaxaaxaaxx".to_owned());
        // A series that is one letter apart everywhere.
        names.extend((0..10_000).filter_map(|nth| Some(format!("series{}", char::from_u32(0x1_2000 + nth)?))));
        let terms: Vec<(&str, usize)> = names.iter().map(|name| (name.as_str(), 1)).collect();
        assert_eq!(pairs(&terms).len(), 1);
    }
}
