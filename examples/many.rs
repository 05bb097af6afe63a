//! Writes a collection of any size, to see how the program carries it: `cargo run --release --example many -- COUNT [FROM]
//! INTO` writes COUNT posts into the folder INTO, from the posts of the blog FROM or else of the built-in guide.
//!
//! The posts of FROM come round again and again, each time with another slug, date, title and other tags; tags, years and
//! authors are common or rare as on a real blog. The same arguments write the same bytes. It refuses a folder that holds
//! something already, and looks nowhere but into FROM.

use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use reread::blog::library::Library;
use reread::blog::post::Post;
use reread::blog::site;
use reread::blog::taxonomy::Taxonomy;
use reread::collection;
use reread::environment::Environment;
use reread::source::Source;
use reread::text::Clean;

/// The site's configuration: what makes a folder a blog of Hugo's.
const CONFIG: &str = "title = \"Many posts\"\nbaseURL = \"https://many.example/\"\n\n[permalinks]\npost = \"/:year/:month/:day/:slug/\"\n";
/// The years that the posts are spread over; the later ones have more of them.
const YEARS: std::ops::RangeInclusive<u64> = 1996..=2025;
/// Tags of a post at the most.
const MOST_TAGS: usize = 6;
/// Tags beside those of the blog: one for so many posts.
const POSTS_OF_A_TAG: usize = 50;
const AUTHORS: [&str; 5] = ["Anna Berg", "Ben Castillo", "Chidi Okafor", "Dilek Aydın", "Emi Sato"];

fn main() -> Result<()> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let (count, from, into) = match arguments.as_slice() {
        [count, into] => (count, None, into),
        [count, from, into] => (count, Some(from), into),
        _ => bail!("give COUNT, perhaps FROM, and INTO: how many posts, from which blog, into which folder"),
    };
    let count: usize = count.to_str().and_then(|count| count.parse().ok()).context("COUNT is no number")?;
    let source = match from {
        Some(from) => Source::find(Some(from), None, &Environment::of_process())?,
        None => Source::Guide,
    };
    let library = collection::library(&source);
    ensure!(!library.posts().is_empty(), "FROM holds no post");
    write_all(&library, count, &empty(into)?)
}

/// The folder, made where it is not there.
fn empty(into: &OsStr) -> Result<PathBuf> {
    let into = PathBuf::from(into);
    let name = || into.display().to_string();
    fs::create_dir_all(&into).with_context(name)?;
    ensure!(fs::read_dir(&into).with_context(name)?.next().is_none(), "{}: holds something already", name());
    Ok(into)
}

fn write_all(library: &Library, count: usize, into: &Path) -> Result<()> {
    fs::write(into.join("hugo.toml"), CONFIG)?;
    let tags = tags(library, count);
    for year in YEARS {
        fs::create_dir_all(into.join(format!("content/post/{year}")))?;
    }
    for (nth, post) in library.posts().iter().cycle().take(count).enumerate() {
        let (path, text) = copy(post, nth, &tags);
        let path = into.join(path);
        fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// The tags of the blog and as many others as so many posts would have.
fn tags(library: &Library, count: usize) -> Vec<Clean> {
    let own = library.terms(Taxonomy::Tag).iter().map(|(tag, _)| tag.clone());
    own.chain((0..count / POSTS_OF_A_TAG).map(|nth| Clean::prose(&format!("subject {nth}")))).collect()
}

/// The path and the text of the post number `nth`.
fn copy(post: &Post, nth: usize, tags: &[Clean]) -> (String, String) {
    let mut chance = Chance::of(nth);
    let (first, years) = (*YEARS.start(), YEARS.end() - YEARS.start() + 1);
    let year = first + chance.below(years).max(chance.below(years));
    let date = format!("{year}-{:02}-{:02}", 1 + chance.below(12), 1 + chance.below(28));
    let clock = format!("{:02}:{:02}:{:02}", chance.below(24), chance.below(60), chance.below(60));
    let slug = format!("{}-{nth}", site::slugify(post.title.as_str()));
    let mut text = String::from("---\n");
    line(&mut text, "title", &quoted(&format!("{} ({nth})", post.title)));
    line(&mut text, "date", &format!("{date}T{clock}Z"));
    line(&mut text, "slug", &quoted(&slug));
    if let Some(author) = chance.one_of(&AUTHORS) {
        line(&mut text, "author", &quoted(author));
    }
    let most = chance.below_length(MOST_TAGS) + 1;
    let mut own: Vec<String> = (0..most).filter_map(|_| chance.one_of(tags)).map(|tag| quoted(tag.as_str())).collect();
    own.sort();
    own.dedup();
    line(&mut text, "tags", &format!("[{}]", own.join(", ")));
    text.push_str("---\n");
    text.push_str(post.body());
    (format!("content/post/{year}/{date}-{nth}.md"), text)
}

fn line(text: &mut String, name: &str, value: &str) {
    // Nothing that is written into a string can fail.
    let _ = writeln!(text, "{name}: {value}");
}

/// A text as YAML reads it back, whatever is in it: JSON is YAML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Numbers that look like chance and are the same at every run (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn of(nth: usize) -> Self {
        Self(u64::try_from(nth).unwrap_or_default().wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    fn below_length(&mut self, end: usize) -> usize {
        usize::try_from(self.below(u64::try_from(end).unwrap_or(u64::MAX))).unwrap_or_default()
    }

    /// One of them, the first far more often than the last.
    fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let end = self.below_length(all.len()) + 1;
        let end = self.below_length(end) + 1;
        all.get(self.below_length(end))
    }
}
