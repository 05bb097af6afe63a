//! Posts of Nikola and their addresses: <https://getnikola.com/handbook.html>, `POSTS`, `PAGES` and `PRETTY_URLS`.
//!
//! It reads places that are written out as three texts; folders by language it leaves as they are.

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

use super::languages::is_below;
use super::name::{dated_name, folder};
use super::pattern::tidy;
use super::{Parts, Site};
use crate::blog::front::{Fields, Value};

/// Where files lie and where their pages go.
#[derive(Debug, Clone, Default)]
pub struct Nikola {
    posts: Vec<Place>,
    pages: Vec<Place>,
    /// Whether every page is a file.
    ugly: bool,
}

/// One of `POSTS` or `PAGES`.
#[derive(Debug, Clone)]
struct Place {
    source: String,
    output: String,
}

impl Nikola {
    pub fn new(config: &Fields) -> Self {
        Self {
            posts: places(config, "POSTS", &["posts"]),
            pages: places(config, "PAGES", &["pages", "stories"]),
            ugly: config.flag(&["PRETTY_URLS"]) == Some(false),
        }
    }

    /// The folders that have posts.
    pub fn homes(&self) -> Vec<String> {
        let mut homes: Vec<String> = self.posts.iter().map(|place| place.source.clone()).collect();
        homes.dedup();
        homes
    }

    /// The folders that have pages.
    pub fn page_homes(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().map(|place| place.source.as_str()).filter(|source| !source.is_empty())
    }

    /// Where a path from the site's root goes.
    pub fn placed(&self, whole: &str) -> String {
        let places = self.posts.iter().chain(&self.pages).filter(|place| is_below(whole, &place.source));
        let place = places.max_by_key(|place| place.source.len());
        place.map_or_else(
            || whole.to_owned(),
            |Place { source, output }| {
                let rest = whole.strip_prefix(source.as_str()).unwrap_or(whole);
                tidy(&format!("{output}/{rest}")).trim_start_matches('/').to_owned()
            },
        )
    }
}

/// Each place is a pattern of files, the folder of their pages, and a template.
fn places(config: &Fields, name: &str, otherwise: &[&str]) -> Vec<Place> {
    let text = |value: &'_ Value| match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    let texts: Vec<String> = match config.value(name) {
        Some(Value::List(values)) => values.iter().filter_map(text).collect(),
        _ => Vec::new(),
    };
    let place = |three: &[String]| {
        let [files, output, template] = three else { return None };
        let (folder, file) = files.rsplit_once('/').unwrap_or(("", files.as_str()));
        let is_place = file.contains('*') && !folder.contains('*') && template.contains(".tmpl");
        let output = output.trim_matches('/').to_owned();
        is_place.then(|| Place { source: folder.trim_matches(['/', '.']).to_owned(), output })
    };
    let found: Option<Vec<Place>> = texts.chunks(3).map(place).collect();
    let usual = |name: &&str| Place { source: (*name).to_owned(), output: (*name).to_owned() };
    found.filter(|found| !found.is_empty()).unwrap_or_else(|| otherwise.iter().map(usual).collect())
}

impl Site {
    /// A folder of the slug's name, or a file where the site or the post says so.
    pub(super) fn nikola_address(&self, parts: &Parts<'_>) -> String {
        let slug = parts.slug.map_or_else(|| slug(dated_name(parts.path)), str::to_owned);
        let is_ugly = parts.fields.flag(&["pretty_url"]).map_or(self.nikola.ugly, |pretty| !pretty);
        let end = if is_ugly { ".html" } else { "/" };
        tidy(&format!("{}/{}/{slug}{end}", self.languages.prefix(), folder(parts.path)))
    }
}

/// In ASCII letters, digits, `+` and `_`, with hyphens for white space and for hyphens; without all else (`slugify` of
/// <https://github.com/getnikola/nikola/blob/master/nikola/utils.py>).
fn slug(name: &str) -> String {
    let ascii: String = name.nfc().filter_map(deunicode_char).collect();
    let kept = |letter: &char| letter.is_ascii_alphanumeric() || "+_-".contains(*letter) || letter.is_whitespace();
    let kept: String = ascii.to_lowercase().chars().filter(kept).collect();
    let mut slug = String::with_capacity(kept.len());
    for letter in kept.trim().chars() {
        let is_gap = letter == '-' || letter.is_whitespace();
        if !is_gap {
            slug.push(letter);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug
}
