//! What files beside posts say of them: Docusaurus's authors, Eleventy's data of folders and posts, Nikola's metadata.
//!
//! It knows which files these are by their paths, and what of them counts; it opens none, and runs no data file that is a program.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::name::{is_markdown, without_extension};
use super::{Generator, Site};
use crate::blog::date::Date;
use crate::blog::front::{Fields, Value};

/// Fields of one file; real ones have ten.
const KEYS: usize = 100;
/// Items of a list or a table in it.
const ITEMS: usize = 50;
/// Lists and tables within each other.
const LEVELS: usize = 2;
/// Bytes of a text in it.
const LONGEST: usize = 2_048;

/// What such files say together.
#[derive(Clone, Default)]
pub(super) struct Beside {
    /// By the path of a folder or, without its extension, of a post; what is said there, the least special first.
    said: Arc<BTreeMap<String, Vec<Fields>>>,
    /// The names of authors by their keys.
    authors: Arc<BTreeMap<String, String>>,
    /// A number that changes with what is said: a list that is kept from the last time depends on it.
    sum: u64,
}

impl fmt::Debug for Beside {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Beside({:x})", self.sum)
    }
}

impl Site {
    /// The same site with what files beside its posts say, each with its path from the site's root; later ones count more.
    #[must_use]
    pub fn with_beside(self, files: &[(String, Fields)]) -> Self {
        let mut hasher = DefaultHasher::new();
        let (mut said, mut authors) = (BTreeMap::<String, Vec<Fields>>::new(), BTreeMap::new());
        for (path, fields) in files {
            format!("{path}{:?}", fields.entries()).hash(&mut hasher);
            if self.generator == Generator::Docusaurus {
                authors.extend(fields.entries().iter().filter_map(|(key, about)| Some((key.clone(), named(about)?))));
            } else {
                said.entry(subject(path)).or_default().push(bounded(fields));
            }
        }
        let sum = if files.is_empty() { 0 } else { hasher.finish() };
        Self { beside: Beside { said: Arc::new(said), authors: Arc::new(authors), sum }, ..self }
    }

    /// Whether a file at this path, from the site's root, may say something of posts:
    /// <https://www.11ty.dev/docs/data-template-dir/>, <https://getnikola.com/handbook.html#metadata-in-separate-files>.
    pub fn is_beside(&self, path: &str) -> bool {
        match self.generator {
            Generator::Eleventy => ending(path) == "json",
            Generator::Nikola => ending(path) == "meta",
            _ => false,
        }
    }

    /// Files above the folders of posts that may say something of them, the least special first.
    pub fn above(&self, home: &str) -> Vec<String> {
        if self.generator != Generator::Eleventy {
            return Vec::new();
        }
        let ends = home.match_indices('/').map(|(at, _)| at);
        let folders: Vec<&str> = ends.filter_map(|at| home.get(..at)).collect();
        let files = |folder: &str| {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            [format!("{folder}/{name}.json"), format!("{folder}/{name}.11tydata.json")]
        };
        folders.into_iter().flat_map(files).collect()
    }

    /// Where the names of authors may be, the likeliest first: <https://docusaurus.io/docs/blog#global-authors>, beside the
    /// translations or else beside the posts.
    pub fn authors_files(&self) -> Vec<String> {
        if self.generator != Generator::Docusaurus {
            return Vec::new();
        }
        let folders = self.homes.0.iter().map(String::as_str).filter(|home| !home.is_empty()).chain(["blog"]);
        let named = |folder: &str| ["yml", "yaml", "json"].map(|ending| format!("{folder}/authors.{ending}"));
        folders.flat_map(named).collect()
    }

    /// The header of the post at this path with what files beside it say.
    pub(in crate::blog) fn completed(&self, path: &str, own: Fields) -> Fields {
        if self.beside.said.is_empty() {
            return own;
        }
        let whole = self.whole(path);
        let folders = whole.match_indices('/').filter_map(|(at, _)| whole.get(..at));
        let subjects: Vec<String> = folders.map(str::to_owned).chain([without_extension(&whole)]).collect();
        let said = subjects.iter().filter_map(|subject| self.beside.said.get(subject)).flatten();
        if self.generator == Generator::Nikola {
            // Where there is such a file, it is what counts.
            return said.fold(own, |below, above| merged(&below, above));
        }
        let below = said.fold(Fields::default(), |below, above| merged(&below, above));
        merged(&below, &own)
    }

    /// The name of an author that a post may call by a key.
    pub(in crate::blog) fn author(&self, key: String) -> String {
        self.beside.authors.get(&key).cloned().unwrap_or(key)
    }
}

/// What an entry of Docusaurus's authors is called.
fn named(about: &Value) -> Option<String> {
    let Value::Map(entries) = about else { return None };
    Fields::new(entries.clone()).text(&["name"]).filter(|name| name.len() <= LONGEST)
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// What a file is about: the folder that it is called after, else the post beside it.
fn subject(path: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let endings = [".11tydata.json", ".json", ".meta"];
    let stem = endings.iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file);
    if folder.rsplit('/').next() == Some(stem) && ending(file) != "meta" {
        return folder.to_owned();
    }
    let stem = stem.rsplit_once('.').filter(|(_, ending)| is_markdown(ending)).map_or(stem, |(stem, _)| stem);
    if folder.is_empty() { stem.to_owned() } else { format!("{folder}/{stem}") }
}

/// Two headers as Eleventy merges them: lists become one, of all else the second counts
/// (<https://www.11ty.dev/docs/data-deep-merge/>).
fn merged(below: &Fields, above: &Fields) -> Fields {
    let is_said_above =
        |name: &str| above.entries().iter().any(|(key, _)| key.strip_prefix("override:").unwrap_or(key) == name);
    let stays = |(key, value): &&(String, Value)| !is_said_above(key) && !is_no_date(key, value);
    let mut entries: Vec<(String, Value)> = below.entries().iter().filter(stays).cloned().collect();
    for (key, value) in above.entries() {
        if let Some(name) = key.strip_prefix("override:") {
            entries.push((name.to_owned(), value.clone()));
            continue;
        }
        let said = below.entries().iter().find(|(name, _)| name == key);
        entries.push((key.clone(), said.map_or_else(|| value.clone(), |(_, below)| joined(key, below, value))));
    }
    Fields::new(entries)
}

/// As much of a header as every post of a folder can be given: a large one would be copied for each of them.
fn bounded(fields: &Fields) -> Fields {
    let entries = fields.entries().iter().take(KEYS);
    Fields::new(entries.filter_map(|(key, value)| Some((key.clone(), shortened(value, LEVELS)?))).collect())
}

fn shortened(value: &Value, levels: usize) -> Option<Value> {
    let inside = levels.checked_sub(1);
    Some(match value {
        Value::Text(text) if text.len() > LONGEST => return None,
        Value::List(values) => {
            let inside = inside?;
            Value::List(values.iter().take(ITEMS).filter_map(|value| shortened(value, inside)).collect())
        }
        Value::Map(entries) => {
            let inside = inside?;
            let short = |(key, value): &(String, Value)| Some((key.clone(), shortened(value, inside)?));
            Value::Map(entries.iter().take(ITEMS).filter_map(short).collect())
        }
        value => value.clone(),
    })
}

fn joined(name: &str, below: &Value, above: &Value) -> Value {
    let list = |value: &Value| match value {
        Value::List(values) => Some(values.clone()),
        // One tag is a list of it.
        Value::Text(_) if name == "tags" => Some(vec![value.clone()]),
        _ => None,
    };
    match (list(below), list(above)) {
        (Some(first), Some(second)) => Value::List(first.into_iter().chain(second).collect()),
        _ => above.clone(),
    }
}

/// Whether it is one of the words by which Eleventy takes the date of a file (<https://www.11ty.dev/docs/dates/>).
fn is_no_date(key: &str, value: &Value) -> bool {
    matches!(value, Value::Text(text) if key == "date" && Date::parse(text).is_none())
}
