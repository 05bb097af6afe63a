//! A source made into a library: at once for the command line, in batches for the reader who is already looking.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::path::Path;
use std::time::Duration;

use crate::blog::date::Date;
use crate::blog::fault::{Fault, Rule};
use crate::blog::front::{self, Fields};
use crate::blog::library::{Library, Reading};
use crate::blog::post::{Key, Post};
use crate::blog::site::{Generator, Site};
use crate::cache::{self, Cache, Known};
use crate::clean;
use crate::guide;
use crate::source::{Folder, Found, Pace, Source, Stamp, Unread, in_turn, read_file, read_standard_input};
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

/// What comes while a source is read that may be known from the last time.
#[derive(Debug)]
pub enum Arrival {
    /// Posts, in any order; those that are known without their text.
    Posts(Vec<Reading>),
    /// Those were all; the texts of some are missing.
    Listed,
    /// The same posts as they are now, in list order.
    Texts(Vec<(Key, Reading)>),
    /// Everything was read.
    Complete,
}

/// Reads every post of the source: first what is not known from the last time, then the rest. What is read is kept in the
/// folder `cache` for the next time, after everything was delivered.
pub fn load_known(source: &Source, site: &Site, cache: Option<&Path>, mut deliver: impl FnMut(Arrival)) {
    let kept = match (source, cache) {
        (Source::Folder(folder), Some(cache)) => Cache::of(cache, folder, site).map(|cache| (folder, cache)),
        _ => None,
    };
    let Some((folder, cache)) = kept else {
        load(source, site, |batch| deliver(Arrival::Posts(batch)));
        deliver(Arrival::Complete);
        return;
    };
    let bytes = cache.read();
    let known = cache.known(&bytes);
    let mut records = Records::default();
    let unread = list(folder, &known, site, &mut records, &mut deliver);
    if !unread.is_empty() {
        deliver(Arrival::Listed);
        read_rest(folder, unread, site, &mut records, &mut deliver);
    }
    deliver(Arrival::Complete);
    if records.fresh > 0 || records.all.len() != known.count() {
        // The next start takes longer where this cannot be.
        let _ = cache.write(records.all.iter().map(|record| &**record));
    }
}

/// A post that is known without its text, and what is kept of it; in list order when sorted.
type Listed<'a> = (Reverse<Option<Date>>, Key, &'a [u8]);

/// Delivers every post, and gives those that are known without their text.
fn list<'a>(
    folder: &Folder,
    known: &Known<'a>,
    site: &Site,
    records: &mut Records<'a>,
    deliver: &mut impl FnMut(Arrival),
) -> Vec<Listed<'a>> {
    let mut unread = Vec::new();
    // What is known comes so quickly that the whole list is one delivery.
    let pace = if known.count() > 0 { Pace::Every(Duration::from_millis(100)) } else { Pace::Growing };
    folder.look(
        pace,
        |found| first_look(folder, found, known, site),
        |batch| {
            let (readings, kept): (Vec<Reading>, Vec<Record<'a>>) = batch.into_iter().unzip();
            for (reading, record) in readings.iter().zip(kept) {
                match (&reading.0, record) {
                    (Some(post), Record::Known(record)) => unread.push((Reverse(post.date), post.key.clone(), record)),
                    (_, record) => records.take(record),
                }
            }
            deliver(Arrival::Posts(readings));
        },
    );
    unread.sort_unstable();
    unread
}

/// Reads and delivers the posts that are known without their text.
fn read_rest<'a>(
    folder: &Folder,
    unread: Vec<Listed<'a>>,
    site: &Site,
    records: &mut Records<'a>,
    deliver: &mut impl FnMut(Arrival),
) {
    let look = |(_, key, record): Listed<'a>| {
        let (reading, now) = read_again(folder, &key, site);
        ((key, reading), if now.is(record) { Record::Known(record) } else { now })
    };
    in_turn(unread, Pace::Every(Duration::from_millis(250)), look, |batch| {
        let (readings, kept): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        for record in kept {
            records.take(record);
        }
        deliver(Arrival::Texts(readings));
    });
}

/// What is kept of a post.
enum Record<'a> {
    /// Nothing: it has no stamp.
    None,
    /// What was kept the last time.
    Known(&'a [u8]),
    /// Something else.
    New(Vec<u8>),
}

impl Record<'_> {
    fn is(&self, record: &[u8]) -> bool {
        matches!(self, Self::New(new) if new == record)
    }
}

/// What is kept of all posts, and how much of it is new.
#[derive(Default)]
struct Records<'a> {
    all: Vec<Cow<'a, [u8]>>,
    fresh: usize,
}

impl<'a> Records<'a> {
    fn take(&mut self, record: Record<'a>) {
        match record {
            Record::None => {}
            Record::Known(record) => self.all.push(Cow::Borrowed(record)),
            Record::New(record) => {
                self.all.push(Cow::Owned(record));
                self.fresh += 1;
            }
        }
    }
}

/// What is known of a file that is as it was, else what it says now.
fn first_look<'a>(folder: &Folder, found: Found, known: &Known<'a>, site: &Site) -> (Reading, Record<'a>) {
    let stamp = folder.stamp(&found);
    let record = stamp.and_then(|stamp| known.record(&found.path, stamp));
    match record.and_then(|record| Some((cache::decode(record, site)?, Record::Known(record)))) {
        Some(known) => known,
        None => read_now(folder, found, stamp, site),
    }
}

/// Reads a file whose stamp was taken before.
fn read_now<'a>(folder: &Folder, mut found: Found, stamp: Option<Stamp>, site: &Site) -> (Reading, Record<'a>) {
    let path = std::mem::take(&mut found.path);
    let (post, faults) = reading(&path, folder.read(found), site);
    let record = post.as_ref().and_then(|post| cache::encode(post, &faults, stamp?));
    ((post, faults), record.map_or(Record::None, Record::New))
}

fn read_again<'a>(folder: &Folder, key: &Key, site: &Site) -> (Reading, Record<'a>) {
    let found = folder.at(key.as_str());
    let stamp = folder.stamp(&found);
    read_now(folder, found, stamp, site)
}

/// Reads one post of those that are known from the last time.
pub fn load_one(source: &Source, site: &Site, key: &Key) -> Option<Reading> {
    match source {
        Source::Folder(folder) => Some(read_again(folder, key, site).0),
        Source::Guide | Source::File(_) | Source::StandardInput => None,
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
