//! A source made into a library: at once for the command line, in batches for the reader who is already looking.

use std::path::Path;

use crate::blog::fault::{Fault, Rule};
use crate::blog::front::{self, Fields};
use crate::blog::library::{Library, Reading};
use crate::blog::post::{Key, Post};
use crate::blog::site::{Generator, Site};
use crate::clean;
use crate::guide;
use crate::source::{Folder, Source, Unread, read_file, read_standard_input};
use crate::text::Clean;

/// What standard input is called in lists and faults.
const STANDARD_INPUT: &str = "standard-input.md";

/// What the source's own configuration says of it, and what is wrong with that.
pub fn site(source: &Source) -> (Site, Vec<Fault>) {
    match source {
        Source::Guide => configured(Generator::Hugo, "guide.yaml", Ok(guide::CONFIG.as_bytes().to_vec())),
        Source::Folder(folder) => {
            let (site, faults) = match folder.config() {
                Some((name, bytes)) => configured(folder.generator, &name, bytes),
                None => (Site::new(folder.generator, &Fields::default()), Vec::new()),
            };
            let mut site = site.named_below(below(folder));
            site.title = site.title.or_else(|| name(folder));
            (site, faults)
        }
        Source::File(_) | Source::StandardInput => (Site::plain(), Vec::new()),
    }
}

/// What a site that has no title is called: its folder.
fn name(folder: &Folder) -> Option<Clean> {
    let root = folder.site.as_ref().unwrap_or(&folder.root).canonicalize().ok()?;
    Some(Clean::exact(&root.file_name()?.to_string_lossy()))
}

/// The path from the site's root to what the user named.
fn below(folder: &Folder) -> String {
    let below = folder.site.as_deref().and_then(|site| {
        let named = folder.root.canonicalize().ok()?;
        Some(named.strip_prefix(site).ok()?.to_string_lossy().replace('\\', "/"))
    });
    below.unwrap_or_default()
}

fn configured(generator: Generator, name: &str, bytes: Result<Vec<u8>, Unread>) -> (Site, Vec<Fault>) {
    let path = Clean::exact(name);
    let fields = match bytes {
        Ok(bytes) => front::parse_config(name, &String::from_utf8_lossy(&bytes)).map_err(|fault| fault.about(&path)),
        Err(unread) => Err(unreadable(&path, &unread)),
    };
    match fields {
        Ok(fields) => (Site::new(generator, &fields), Vec::new()),
        Err(fault) => (Site::new(generator, &Fields::default()), vec![fault]),
    }
}

fn unreadable(path: &Clean, unread: &Unread) -> Fault {
    Fault {
        path: path.clone(),
        line: None,
        rule: if matches!(unread, Unread::TooLarge { .. }) { Rule::TooLarge } else { Rule::Unreadable },
        fault: clean!("{}", unread.fault()),
        remedy: clean!("{}", unread.remedy()),
    }
}

/// Reads every post of the source; hands on what is ready, in any order.
pub fn load(source: &Source, site: &Site, mut deliver: impl FnMut(Vec<Reading>)) {
    match source {
        Source::Guide => {
            let post = |(path, text): &(&str, &str)| reading(path, Ok(text.as_bytes().to_vec()), site);
            deliver(guide::POSTS.iter().map(post).collect());
        }
        Source::Folder(folder) => folder.load(|path, bytes| reading(&path, bytes, site), deliver),
        Source::File(path) => deliver(vec![reading(&file_name(path), read_file(path), site)]),
        Source::StandardInput => deliver(vec![reading(STANDARD_INPUT, read_standard_input(), site)]),
    }
}

fn reading(path: &str, bytes: Result<Vec<u8>, Unread>, site: &Site) -> Reading {
    match bytes {
        Ok(bytes) => {
            let (post, faults) = Post::read(path, bytes, site);
            (Some(post), faults)
        }
        Err(unread) => (None, vec![unreadable(&Clean::exact(path), &unread)]),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy()).into_owned()
}

/// Reads the whole source.
pub fn library(source: &Source) -> Library {
    let (site, faults) = site(source);
    let mut library = Library::new(site.clone());
    library.add(vec![(None, faults)]);
    let mut readings = Vec::new();
    load(source, &site, |batch| readings.extend(batch));
    library.add(readings);
    library.complete();
    library
}

/// The one post of a source that is one file.
pub fn only_post(source: &Source) -> Option<Key> {
    match source {
        Source::File(path) => Some(Key::new(&file_name(path))),
        Source::StandardInput => Some(Key::new(STANDARD_INPUT)),
        Source::Guide | Source::Folder(_) => None,
    }
}
