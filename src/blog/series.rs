//! Series: posts that say in their front matter that they belong together, and posts whose titles count (`Short Take 141`,
//! `… Part 2`).
//!
//! A title counts by a number at its end, before a colon, or behind the word for a part; what one post counts is nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use regex::{Captures, Regex};

use super::post::{Key, Post};
use crate::text::Clean;

/// Posts that make a series at the least where their titles count: two may do so by accident.
const FEWEST: usize = 3;
/// The same where their authors say so.
const FEWEST_NAMED: usize = 2;

/// Posts that follow one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What it is called.
    pub name: Clean,
    /// Its posts, the first part first.
    pub posts: Vec<Key>,
}

/// The series of a blog, and which one a post belongs to.
#[derive(Debug, Default)]
pub struct AllSeries {
    all: Vec<Series>,
    of: HashMap<Key, usize>,
}

impl AllSeries {
    /// Finds the series among these posts.
    pub fn among(posts: &[Arc<Post>]) -> Self {
        let mut series = Self::default();
        let mut named: BTreeMap<&Clean, Vec<&Post>> = BTreeMap::new();
        let mut counted: BTreeMap<String, Vec<Counted<'_>>> = BTreeMap::new();
        for post in posts {
            if let Some(name) = post.series.first() {
                named.entry(name).or_default().push(post);
            } else if let Some(counted_title) = Counted::of(post) {
                counted.entry(counted_title.stem.to_lowercase()).or_default().push(counted_title);
            }
        }
        for (name, mut posts) in named {
            posts.sort_by_key(|post| (post.date.is_none(), post.date, post.rank, &post.key));
            if posts.len() >= FEWEST_NAMED {
                series.add(name.clone(), posts.into_iter());
            }
        }
        for mut parts in counted.into_values() {
            parts.sort_by(|one, two| (&one.number, one.post.date).cmp(&(&two.number, two.post.date)));
            let numbers: HashSet<_> = parts.iter().map(|part| &part.number).collect();
            // Posts of one year with its number in their titles do not count.
            let counts = parts.len() >= FEWEST && numbers.len() * 4 >= parts.len() * 3;
            if let (true, Some(last)) = (counts, parts.last()) {
                series.add(Clean::prose(last.stem), parts.iter().map(|part| part.post));
            }
        }
        series
    }

    fn add<'a>(&mut self, name: Clean, posts: impl Iterator<Item = &'a Post>) {
        let posts: Vec<Key> = posts.map(|post| post.key.clone()).collect();
        self.of.extend(posts.iter().map(|post| (post.clone(), self.all.len())));
        self.all.push(Series { name, posts });
    }

    /// The series of a post, and the place of the post in it.
    pub fn of(&self, post: &Key) -> Option<(&Series, usize)> {
        let series = self.all.get(*self.of.get(post)?)?;
        Some((series, series.posts.iter().position(|part| part == post)?))
    }

    /// Every series, those of the front matter first, by name.
    pub fn all(&self) -> &[Series] {
        &self.all
    }
}

/// A post whose title counts.
struct Counted<'a> {
    stem: &'a str,
    /// A version has several numbers.
    number: Vec<u32>,
    post: &'a Post,
}

/// `Stem, Part 2: more`. The words are those of the languages that blogs were seen in.
static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = r"(?<number>\d{1,4}|[ivx]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten)";
    Regex::new(&format!(
        r"(?i)^(?<stem>.+?)[\s,:;(\[–—-]*\b(?:part|pt\.?|teil|partie|parte|część|часть)\s*#?{number}\b"
    ))
    .ok()
});
/// `Stem 141`, `Stem #141`, `Stem 1.31`, `Stem (2 of 5)`.
static LAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?<stem>.+?)[\s:;,–—-]+[(\[]?(?:#|no\.?\s*|nr\.?\s*|v)?(?<number>\d{1,4}(?:\.\d{1,4}){0,3})(?:\s*(?:/|of|von|de)\s*\d{1,4})?[)\]]?[.!?]?$").ok()
});
/// `Stem 141: more`, `Stem #141 – more`.
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?<stem>[^:]+?)\s+#?(?<number>\d{1,4}(?:\.\d{1,4}){0,3})(?::\s|\s[–—-]\s)").ok()
});
/// `标题（三）`, `第3回`.
static IDEOGRAPHS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?<stem>.*\p{Han}.*?)\s*(?:[（(]|第|之)(?<number>[一二三四五六七八九十]|\d{1,4})(?:[）)]|[回部章篇话話])?$",
    )
    .ok()
});

impl<'a> Counted<'a> {
    fn of(post: &'a Post) -> Option<Self> {
        let title = post.title.as_str().trim();
        let found = [&PART, &LAST, &BEFORE, &IDEOGRAPHS].into_iter().find_map(|shape| {
            let found: Captures<'a> = (**shape).as_ref()?.captures(title)?;
            let stem = found.name("stem")?.as_str().trim_end_matches([',', ':', ' ', '-', '–', '—', '(', '#']);
            Some((stem, numbers(found.name("number")?.as_str())?))
        });
        let (stem, number) =
            found.filter(|(stem, _)| stem.chars().filter(|letter| letter.is_alphabetic()).count() > 1)?;
        Some(Self { stem, number, post })
    }
}

/// A number as it is written in titles: `12`, `1.31`, `iv`, `three`, `三`.
fn numbers(text: &str) -> Option<Vec<u32>> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let lower = text.to_lowercase();
    if lower.starts_with(|first: char| first.is_ascii_digit()) {
        return lower.split('.').map(|part| part.parse().ok()).collect();
    }
    let word = WORDS.iter().position(|word| *word == lower);
    let ideograph = || "一二三四五六七八九十".chars().position(|digit| lower == digit.to_string());
    let place = word.or_else(ideograph).and_then(|at| u32::try_from(at + 1).ok());
    Some(vec![place.or_else(|| roman(&lower))?])
}

fn roman(text: &str) -> Option<u32> {
    let mut digits = text.chars().map(|letter| match letter {
        'i' => Some(1_u32),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    });
    let digits: Vec<u32> = digits.by_ref().collect::<Option<_>>()?;
    let next = digits.iter().skip(1).chain([&0]);
    let (more, less) =
        digits.iter().zip(next).fold(
            (0, 0),
            |(more, less), (digit, next)| {
                if digit < next { (more, less + digit) } else { (more + digit, less) }
            },
        );
    more.checked_sub(less)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::site::Site;

    fn posts(files: &[(&str, &str)]) -> Vec<Arc<Post>> {
        let read = |(path, text): &(&str, &str)| Arc::new(Post::read(path, text.as_bytes().to_vec(), &Site::plain()).0);
        files.iter().map(read).collect()
    }

    fn titled(titles: &[&str]) -> Vec<Arc<Post>> {
        let files: Vec<(String, String)> = titles
            .iter()
            .enumerate()
            .map(|(at, title)| (format!("{at}.md"), format!("---\ntitle: {title:?}\n---\n")))
            .collect();
        posts(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
    }

    #[test]
    fn a_title_counts_by_the_number_that_it_has() {
        for (title, stem, number) in [
            ("Notes on Boats 12", "Notes on Boats", vec![12]),
            ("Notes on Boats #12", "Notes on Boats", vec![12]),
            ("Notes on Boats: 12", "Notes on Boats", vec![12]),
            ("Announcing Oars 1.31.0", "Announcing Oars", vec![1, 31, 0]),
            ("A Harbour, Part 2: the Pier", "A Harbour", vec![2]),
            ("A Harbour (Part III)", "A Harbour", vec![3]),
            ("A Harbour - part four", "A Harbour", vec![4]),
            ("Der Hafen, Teil 2", "Der Hafen", vec![2]),
            ("A Harbour (2 of 5)", "A Harbour", vec![2]),
            ("Notes 12: on oars", "Notes", vec![12]),
            ("港の話（三）", "港の話", vec![3]),
            ("Sails IX", "", vec![]),
            ("Why 2 oars", "", vec![]),
            ("12", "", vec![]),
            ("Boats2007", "", vec![]),
            ("A party of 3 or so", "", vec![]),
        ] {
            let post = titled(&[title]);
            let counted = post.first().and_then(|post| Counted::of(post));
            let found = counted.map(|counted| (counted.stem.to_owned(), counted.number)).unwrap_or_default();
            assert_eq!(found, (stem.to_owned(), number), "{title}");
        }
    }

    #[test]
    fn three_posts_make_a_series_in_the_order_of_their_numbers() {
        let posts = titled(&["Boats 10", "Boats 9", "Oars 1", "boats 2", "Oars 2", "Day 7 of it", "Sails"]);
        let series = AllSeries::among(&posts);
        let names: Vec<_> = series.all().iter().map(|series| (series.name.as_str(), series.posts.len())).collect();
        assert_eq!(names, [("Boats", 3)]);
        let boats = series.of(&Key::new("1.md")).map(|(boats, at)| (at, boats.posts.clone()));
        assert_eq!(boats, Some((1, ["3.md", "1.md", "0.md"].map(Key::new).to_vec())));
        assert_eq!(series.of(&Key::new("6.md")), None);
    }

    #[test]
    fn many_posts_of_one_number_are_no_series() {
        let posts = titled(&["Fair 2007: a", "Fair 2007: b", "Fair 2007: c", "Fair 2008: d", "Fair 2009: e"]);
        assert_eq!(AllSeries::among(&posts).all(), []);
    }

    #[test]
    fn front_matter_goes_before_titles_and_by_date() {
        let posts = posts(&[
            ("a.md", "---\ntitle: Boats 1\nseries: The Fleet\ndate: 2020-03-01\n---\n"),
            ("b.md", "---\ntitle: Boats 2\nseries: The Fleet\ndate: 2020-01-01\n---\n"),
            ("c.md", "---\ntitle: Boats 3\nseries: The Fleet\n---\n"),
        ]);
        let series = AllSeries::among(&posts);
        let parts = ["b.md", "a.md", "c.md"].map(Key::new).to_vec();
        assert_eq!(series.all(), [Series { name: Clean::literal("The Fleet"), posts: parts }]);
    }
}
