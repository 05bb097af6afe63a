//! A source made into a library: at once for the command line, in batches for the reader who is already looking.

mod beside;
mod changes;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

pub use self::changes::{Change, Snapshot};
use crate::blog::date::Date;
use crate::blog::fault::{Fault, Rule};
use crate::blog::front::{self, Fields, Value};
use crate::blog::library::{Library, Reading};
use crate::blog::post::{Key, Post};
use crate::blog::site::{Generator, Site, is_script, settings as script_settings};
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
            let (config, mut faults) = settings(folder);
            let mut site = of_folder(folder, &config);
            if let Some(wanted) = &folder.language
                && let Err(known) = site.show_language(wanted)
            {
                faults.push(no_language(wanted, &known));
            }
            let site = beside::completed(folder, site, &mut faults);
            (site.at(now()), faults)
        }
        Source::File(_) | Source::StandardInput => (Site::plain(), Vec::new()),
    }
}

/// What the files of a site's configuration say together.
fn settings(folder: &Folder) -> (Fields, Vec<Fault>) {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for (at, (name, bytes)) in folder.config().into_iter().enumerate() {
        match read_settings(&name, bytes) {
            Ok(fields) if at == 0 => entries.extend(fields.entries().iter().cloned()),
            // Each of the others is the part that it is named after.
            Ok(fields) => {
                let part = name.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or_default();
                entries.push((part.to_owned(), Value::Map(fields.entries().to_vec())));
            }
            Err(fault) => faults.push(fault),
        }
    }
    (Fields::new(entries), faults)
}

fn of_folder(folder: &Folder, config: &Fields) -> Site {
    let mut site = Site::new(folder.generator, config);
    let homes: Vec<Vec<String>> = site.homes();
    if !site.has_languages() {
        let found = homes.iter().flatten().map(String::as_str).filter(|home| folder.has(home));
        let languages = folder.languages(&found.chain([""]).collect::<Vec<_>>());
        if !languages.is_empty() {
            site = site.with_languages(&languages, config);
        }
    }
    if folder.generator == Generator::Astro {
        site = site.with_routes(folder.routes());
    }
    if folder.generator == Generator::MdBook {
        let home = homes.into_iter().flatten().next().unwrap_or_default();
        let summary = folder.site_file(&format!("{home}/SUMMARY.md")).unwrap_or_default();
        site = site.with_summary(&String::from_utf8_lossy(&summary));
    }
    site = site.named_below(below(folder));
    if let Some(wanted) = &folder.language {
        // What cannot be shown is told when all is known.
        let _ = site.show_language(wanted);
    }
    let there = |homes: Vec<String>| homes.into_iter().filter(|home| folder.has(home)).collect::<Vec<_>>();
    let home = site.homes().into_iter().map(there).find(|homes| !homes.is_empty()).unwrap_or_default();
    site = site.kept_in(home);
    site.title = site.title.or_else(|| name(folder));
    site.because = folder.because.map(Clean::literal);
    site
}

fn no_language(wanted: &str, known: &[String]) -> Fault {
    let remedy = match known {
        [] => Clean::literal("this site is in one language; leave the wish out"),
        known => clean!("there are {}", known.join(", ")),
    };
    let fault = clean!("no posts are in the language {wanted}");
    Fault { path: Clean::literal("--lang"), line: None, rule: Rule::Configuration, fault, remedy }
}

/// The time, as far as the system knows it.
fn now() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    Date::of_unix(i64::try_from(seconds).ok()?)
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
    match read_settings(name, bytes) {
        Ok(fields) => (Site::new(generator, &fields).kept_in(Vec::new()), Vec::new()),
        Err(fault) => (Site::new(generator, &Fields::default()).kept_in(Vec::new()), vec![fault]),
    }
}

fn read_settings(name: &str, bytes: Result<Vec<u8>, Unread>) -> Result<Fields, Fault> {
    let path = Clean::exact(name);
    let bytes = bytes.map_err(|unread| unreadable(&path, &unread))?;
    let text = String::from_utf8_lossy(&bytes);
    if is_script(name) {
        return Ok(script_settings(&text));
    }
    front::parse_config(name, &text).map_err(|fault| fault.about(&path))
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
        Source::Folder(folder) => folder.load(site, |path, bytes| reading(&path, bytes, site), deliver),
        Source::File(path) => deliver(vec![alone(&file_name(path), read_file(path), site)]),
        Source::StandardInput => deliver(vec![alone(STANDARD_INPUT, read_standard_input(), site)]),
    }
}

/// What comes while a source is read that may be known from the last time.
#[derive(Debug)]
pub enum Arrival {
    /// Posts, in any order; those that are known without their text, and as they were the last time.
    Posts(Vec<Reading>),
    /// All posts are listed as they are now; the texts of some are missing.
    Listed,
    /// Posts as they are now, in the place of what was known of them.
    Texts(Vec<(Key, Reading)>),
    /// Everything was read.
    Complete,
}

/// Reads every post of the source: first what is known from the last time, at once; then what has changed since; then the
/// texts of the rest. What is read is kept in the folder `cache` for the next time, after everything was delivered.
/// Gives what the files were like.
pub fn load_known(source: &Source, site: &Site, cache: Option<&Path>, mut deliver: impl FnMut(Arrival)) -> Snapshot {
    let Source::Folder(folder) = source else {
        let snapshot = Snapshot::taken(source, site);
        load(source, site, |batch| deliver(Arrival::Posts(batch)));
        deliver(Arrival::Complete);
        return snapshot;
    };
    let cache = cache.and_then(|cache| Cache::of(cache, folder, site));
    let mut records = Records::default();
    let (known, unread) =
        cache.as_ref().map_or((0, Vec::new()), |cache| list(folder, cache, site, &mut records, &mut deliver));
    if known == 0 {
        read_all(folder, site, &mut records, &mut deliver);
    } else if !unread.is_empty() {
        deliver(Arrival::Listed);
        read_rest(folder, unread, site, &mut records, &mut deliver);
    }
    deliver(Arrival::Complete);
    let snapshot = Snapshot::of(&records);
    if let Some(cache) = cache
        && (records.fresh > 0 || records.all.len() != known)
    {
        // The next start takes longer where this cannot be.
        let _ = cache.write(records.all.iter().filter_map(Record::encoded));
    }
    snapshot
}

/// Reads and delivers every post of a folder of which nothing is known.
fn read_all(folder: &Folder, site: &Site, records: &mut Records, deliver: &mut impl FnMut(Arrival)) {
    let read = |found: Found| {
        let stamp = folder.stamp(&found);
        read_now(folder, found, stamp, site)
    };
    folder.look(site, Pace::Growing, read, |batch| {
        deliver(Arrival::Posts(batch.into_iter().map(|read| records.take(read).1).collect()));
    });
}

/// A post that is known without its text, and the sum of what was kept of it; in list order when sorted.
type Listed = (Reverse<Option<Date>>, Key, u32);

/// Delivers every post as it was the last time, and meanwhile looks at every file; then delivers what is not as it was.
/// Gives how many files were known, and the posts that are still to be read.
fn list(
    folder: &Folder,
    cache: &Cache,
    site: &Site,
    records: &mut Records,
    deliver: &mut impl FnMut(Arrival),
) -> (usize, Vec<Listed>) {
    // The texts of a large blog need the room that these bytes take.
    let bytes = cache.read();
    let known = cache.known(&bytes);
    if known.is_empty() {
        return (0, Vec::new());
    }
    let (mut listed, mut seen) = thread::scope(|threads| {
        let looking = threads.spawn(|| look(folder, &known, site));
        let (listed, readings) = decoded(&known, site);
        deliver(Arrival::Posts(readings));
        (listed, looking.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    if listed.len() < known.len() {
        let listed: HashSet<&str> = listed.iter().map(|(_, key, _)| key.as_str()).collect();
        let without_post = known.without_post();
        for path in seen.same.iter().filter(|path| !listed.contains(*path)) {
            if let Some(stamp) = without_post.get(path) {
                records.all.push(Record { stamp: *stamp, of: Kept::Nothing(Key::new(path)) });
            } else {
                // What was kept of it cannot be read: its file can.
                let found = folder.at(path);
                let stamp = folder.stamp(&found);
                seen.changed.push((found, stamp));
            }
        }
    }
    let elsewhere: Vec<Key> =
        listed.extract_if(.., |(_, key, _)| !seen.same.contains(key.as_str())).map(|(_, key, _)| key).collect();
    deliver_changed(folder, seen.changed, elsewhere, site, records, deliver);
    (known.len(), listed)
}

/// Delivers what is not as it was: files that changed or are new, and that posts which are `elsewhere` are gone.
fn deliver_changed(
    folder: &Folder,
    changed: Vec<(Found, Option<Stamp>)>,
    elsewhere: Vec<Key>,
    site: &Site,
    records: &mut Records,
    deliver: &mut impl FnMut(Arrival),
) {
    let paths: HashSet<String> = changed.iter().map(|(found, _)| found.path.clone()).collect();
    let read = |(found, stamp): (Found, Option<Stamp>)| read_now(folder, found, stamp, site);
    in_turn(changed, Pace::Every(Duration::from_millis(100)), read, |batch| {
        deliver(Arrival::Texts(batch.into_iter().map(|read| records.take_new(read)).collect()));
    });
    let gone = elsewhere.into_iter().filter(|key| !paths.contains(key.as_str()));
    let gone: Vec<_> = gone.map(|key| (key, (None, Vec::new()))).collect();
    if !gone.is_empty() {
        deliver(Arrival::Texts(gone));
    }
}

/// What was kept of every post that can be read from it.
fn decoded(known: &Known<'_>, site: &Site) -> (Vec<Listed>, Vec<Reading>) {
    let decoded = known.records().into_par_iter().filter_map(|record| {
        let (post, faults) = cache::decode(record, site)?;
        let post = post?;
        Some(((Reverse(post.date), post.key.clone(), cache::sum(record)), (Some(post), faults)))
    });
    let (mut listed, readings): (Vec<Listed>, Vec<Reading>) = decoded.unzip();
    listed.sort_unstable();
    (listed, readings)
}

/// What a walk saw of a folder of which something is known.
struct Seen<'a> {
    /// The paths of the files that are as they were.
    same: HashSet<&'a str>,
    /// All else.
    changed: Vec<(Found, Option<Stamp>)>,
}

/// Looks at every file without opening one.
fn look<'a>(folder: &Folder, known: &Known<'a>, site: &Site) -> Seen<'a> {
    let before = known.stamps();
    let mut seen = Seen { same: HashSet::with_capacity(before.len()), changed: Vec::new() };
    folder.walk(site, |found| {
        let stamp = folder.stamp(&found);
        match before.get_key_value(found.path.as_str()) {
            Some((path, before)) if stamp == Some(**before) => {
                seen.same.insert(*path);
            }
            _ => seen.changed.push((found, stamp)),
        }
    });
    seen
}

/// Reads and delivers the posts that are known without their text.
fn read_rest(
    folder: &Folder,
    unread: Vec<Listed>,
    site: &Site,
    records: &mut Records,
    deliver: &mut impl FnMut(Arrival),
) {
    let look = |(_, key, sum): Listed| {
        let read = read_again(folder, &key, site);
        let (_, (post, faults), stamp) = &read;
        let record = post.as_ref().and_then(|post| cache::encode(post, faults, (*stamp)?));
        let is_known = record.is_some_and(|record| cache::sum(&record) == sum);
        (read, is_known)
    };
    in_turn(unread, Pace::Every(Duration::from_millis(250)), look, |batch| {
        let take = |(read, is_known)| if is_known { records.take(read) } else { records.take_new(read) };
        deliver(Arrival::Texts(batch.into_iter().map(take).collect()));
    });
}

/// What is kept of a file, made into bytes only when it is written: a large blog has many.
struct Record {
    stamp: Stamp,
    of: Kept,
}

/// What a file holds.
enum Kept {
    Post(Arc<Post>, Vec<Fault>),
    /// No post, and nothing is wrong with it.
    Nothing(Key),
}

impl Record {
    /// None where the file has no stamp, or could not be read.
    fn of((key, reading, stamp): &Read) -> Option<Self> {
        let of = match reading {
            (Some(post), faults) => Kept::Post(Arc::clone(post), faults.clone()),
            (None, faults) if faults.is_empty() => Kept::Nothing(key.clone()),
            (None, _) => return None,
        };
        Some(Self { stamp: (*stamp)?, of })
    }

    fn key(&self) -> &Key {
        match &self.of {
            Kept::Post(post, _) => &post.key,
            Kept::Nothing(key) => key,
        }
    }

    fn encoded(&self) -> Option<Vec<u8>> {
        match &self.of {
            Kept::Post(post, faults) => cache::encode(post, faults, self.stamp),
            Kept::Nothing(key) => cache::encode_none(key, self.stamp),
        }
    }
}

/// What is kept of all files, and how much of it is new.
#[derive(Default)]
struct Records {
    all: Vec<Record>,
    fresh: usize,
    /// The names of tags, authors and so on.
    names: HashSet<Clean>,
}

impl Records {
    fn take(&mut self, mut read: Read) -> (Key, Reading) {
        share_names(&mut read.1, &mut self.names);
        self.all.extend(Record::of(&read));
        (read.0, read.1)
    }

    fn take_new(&mut self, read: Read) -> (Key, Reading) {
        let before = self.all.len();
        let taken = self.take(read);
        self.fresh += self.all.len() - before;
        taken
    }
}

fn share_names((post, _): &mut Reading, names: &mut HashSet<Clean>) {
    if let Some(post) = post.as_mut().and_then(Arc::get_mut) {
        post.share_names(names);
    }
}

/// A file that was read, and its stamp from before.
type Read = (Key, Reading, Option<Stamp>);

fn read_now(folder: &Folder, mut found: Found, stamp: Option<Stamp>, site: &Site) -> Read {
    let path = std::mem::take(&mut found.path);
    let reading = reading(&path, folder.read(found), site);
    let key = reading.0.as_ref().map_or_else(|| Key::new(&path), |post| post.key.clone());
    (key, reading, stamp)
}

fn read_again(folder: &Folder, key: &Key, site: &Site) -> Read {
    let found = folder.at(key.as_str());
    let stamp = folder.stamp(&found);
    read_now(folder, found, stamp, site)
}

/// Reads one post again; none of a source that gives its text only once.
pub fn load_one(source: &Source, site: &Site, key: &Key) -> Option<Reading> {
    match source {
        Source::Folder(folder) => Some(read_again(folder, key, site).1),
        Source::File(path) => Some(alone(&file_name(path), read_file(path), site)),
        Source::Guide | Source::StandardInput => None,
    }
}

fn reading(path: &str, bytes: Result<Vec<u8>, Unread>, site: &Site) -> Reading {
    match bytes {
        Ok(bytes) => {
            let (post, faults) = Post::read_if_any(path, bytes, site);
            if post.as_ref().is_some_and(|post| !site.shows(post.language.as_deref())) {
                return (None, Vec::new());
            }
            (post.map(Arc::new), faults)
        }
        Err(unread) => (None, vec![unreadable(&Clean::exact(path), &unread)]),
    }
}

/// The file that the reader named is shown, even if it only holds the place of a translation.
fn alone(path: &str, bytes: Result<Vec<u8>, Unread>, site: &Site) -> Reading {
    match bytes {
        Ok(bytes) => {
            let (post, faults) = Post::read(path, bytes, site);
            (Some(Arc::new(post)), faults)
        }
        unread @ Err(_) => reading(path, unread, site),
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
    let (mut readings, mut names) = (Vec::new(), HashSet::new());
    load(source, &site, |mut batch| {
        for reading in &mut batch {
            share_names(reading, &mut names);
        }
        readings.append(&mut batch);
    });
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
