//! The post that a broken link may have meant: the one whose name is most like the name in the link.
//!
//! It compares with few posts only, those beside the name in the order of the alphabet read forwards and backwards, so that
//! ten thousand broken links on a hundred thousand posts take no time that anybody sees.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::blog::post::Post;
use crate::blog::site;

/// Posts on each side of a name that are compared with it.
const BESIDE: usize = 8;
/// Letters of a name at the most; what is longer is like nothing.
const LONGEST: usize = 120;
/// Of three letters two must be the same, in their order.
const LIKE: f64 = 0.66;

/// Places of posts in the library's list, by their slugs read forwards and backwards.
#[derive(Debug)]
pub(super) struct Near {
    forwards: Vec<usize>,
    backwards: Vec<usize>,
}

impl Near {
    pub(super) fn new(posts: &[Arc<Post>]) -> Self {
        let ordered = |compare: fn(&str, &str) -> Ordering| {
            let mut places: Vec<usize> = (0..posts.len()).collect();
            places.sort_by(|one, two| compare(slug(posts, *one), slug(posts, *two)));
            places
        };
        Self { forwards: ordered(forwards), backwards: ordered(backwards) }
    }

    /// The post whose slug is most like the last part of a path.
    pub(super) fn to<'a>(&self, posts: &'a [Arc<Post>], path: &str) -> Option<&'a Post> {
        let wanted = name(path);
        if wanted.is_empty() || wanted.chars().count() > LONGEST {
            return None;
        }
        let likeness = |place: usize| {
            let slug = slug(posts, place);
            let fits = slug.len() <= LONGEST * 4;
            if fits { strsim::normalized_levenshtein(&wanted, &slug.to_lowercase()) } else { 0.0 }
        };
        let candidates = beside(&self.forwards, |place| forwards(slug(posts, place), &wanted).is_lt())
            .chain(beside(&self.backwards, |place| backwards(slug(posts, place), &wanted).is_lt()));
        let compared = candidates.map(|place| (likeness(place), place));
        let best = compared
            .max_by(|(one, first), (two, other)| one.total_cmp(two).then(other.cmp(first)))
            .filter(|(likeness, _)| *likeness > LIKE);
        posts.get(best?.1).map(AsRef::as_ref)
    }
}

fn slug(posts: &[Arc<Post>], place: usize) -> &str {
    posts.get(place).map(|post| &*post.slug).unwrap_or_default()
}

/// The places around the first that is not before.
fn beside(places: &[usize], is_before: impl Fn(usize) -> bool) -> impl Iterator<Item = usize> {
    let at = places.partition_point(|place| is_before(*place));
    places.iter().skip(at.saturating_sub(BESIDE)).take(2 * BESIDE).copied()
}

/// The last part of a path, as a slug would be written.
fn name(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    site::name(path.trim_end_matches('/')).to_lowercase()
}

fn forwards(one: &str, two: &str) -> Ordering {
    one.chars().flat_map(char::to_lowercase).cmp(two.chars().flat_map(char::to_lowercase))
}

fn backwards(one: &str, two: &str) -> Ordering {
    one.chars().rev().flat_map(char::to_lowercase).cmp(two.chars().rev().flat_map(char::to_lowercase))
}
