//! What has changed in a source since it was last looked at; only that is read again.
//!
//! A file counts as it was while the system says the same of its size and its times. Where nothing is left of a folder, that
//! is a fault and not a blog without posts.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::time::Duration;

use super::{Records, alone, file_name, library, read_now, share_names};
use crate::blog::library::{Library, Reading};
use crate::blog::post::Key;
use crate::blog::site::Site;
use crate::source::{Folder, Found, Pace, Source, Stamp, Unread, in_turn, read_file};

/// The files of a source as they were when it was last looked at.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// A number of each file that is another one when the file has changed.
    files: HashMap<Key, u64>,
    /// The folders that were looked into.
    folders: HashSet<PathBuf>,
}

/// What a look has found.
#[derive(Debug)]
pub enum Change {
    /// All is as it was.
    Nothing,
    /// These posts are other than they were, new, or gone.
    Posts(Vec<(Key, Reading)>),
    /// The site itself is another one: everything was read again.
    Everything(Box<Library>),
    /// There is nothing any more, for this reason.
    Gone(Unread),
}

impl Snapshot {
    /// The files as they are now, none of them read.
    pub fn taken(source: &Source, site: &Site) -> Self {
        match source {
            Source::Folder(folder) => Self::explored(folder, site, |_, _| {}),
            Source::File(path) => {
                let file = (Key::new(&file_name(path)), number(Stamp::of_file(path)));
                Self { files: HashMap::from([file]), folders: HashSet::new() }
            }
            Source::Guide | Source::StandardInput => Self::default(),
        }
    }

    /// The files that were read.
    pub(super) fn of(records: &Records) -> Self {
        let files = records.all.iter().map(|record| (record.key().clone(), number(Some(record.stamp))));
        Self { files: files.collect(), folders: HashSet::new() }
    }

    /// The files of a folder as they are now; each is handed on with its number.
    fn explored(folder: &Folder, site: &Site, mut found: impl FnMut(Found, u64)) -> Self {
        let (mut files, mut folders) = (HashMap::new(), HashSet::new());
        let met = |post: Found| {
            let number = number(folder.stamp_of_any(&post));
            files.insert(Key::new(&post.path), number);
            found(post, number);
        };
        folder.explore(site, met, |entered| folders.extend([entered.to_path_buf()]));
        Self { files, folders }
    }

    /// Whether none of the files is there.
    fn is_empty(&self) -> bool {
        let nothing = number(None);
        self.files.values().all(|file| *file == nothing)
    }

    /// The folders in which something may change, as the last look found them.
    pub fn folders(&self, source: &Source) -> HashSet<PathBuf> {
        match source {
            Source::Folder(folder) => self.folders.iter().cloned().chain(folder.of_settings()).collect(),
            Source::File(path) => path.parent().map(PathBuf::from).into_iter().collect(),
            Source::Guide | Source::StandardInput => HashSet::new(),
        }
    }

    /// Looks at everything, and reads what is not as it was; `site` is what the posts were read as.
    pub fn look(&mut self, source: &Source, site: &Site) -> Change {
        match source {
            Source::Folder(folder) => match folder.root.read_dir() {
                Ok(_) => self.look_into(source, folder, site),
                Err(error) => Change::Gone(error.into()),
            },
            Source::File(path) => {
                let now = Self::taken(source, site);
                if now.files == self.files {
                    return Change::Nothing;
                }
                let name = file_name(path);
                match read_file(path) {
                    Err(unread) => Change::Gone(unread),
                    bytes => {
                        *self = now;
                        Change::Posts(vec![(Key::new(&name), alone(&name, bytes, site))])
                    }
                }
            }
            Source::Guide | Source::StandardInput => Change::Nothing,
        }
    }

    fn look_into(&mut self, source: &Source, folder: &Folder, site: &Site) -> Change {
        let mut changed = Vec::new();
        let now = Self::explored(folder, site, |post, number| {
            if self.files.get(post.path.as_str()) != Some(&number) {
                changed.push(post);
            }
        });
        if now.is_empty() && !self.is_empty() {
            return Change::Gone(Unread::Vanished);
        }
        let (site_now, _) = super::site(source);
        // All that its files say of a site is in what it shows of itself.
        if format!("{site_now:?}") != format!("{site:?}") {
            *self = Self::taken(source, &site_now);
            return Change::Everything(Box::new(library(source)));
        }
        let before = std::mem::replace(self, now);
        let gone = before.files.into_keys().filter(|key| !self.files.contains_key(key));
        let mut posts: Vec<_> = gone.map(|key| (key, (None, Vec::new()))).collect();
        posts.append(&mut read(folder, changed, site));
        if posts.is_empty() { Change::Nothing } else { Change::Posts(posts) }
    }
}

fn number(stamp: Option<Stamp>) -> u64 {
    let mut hasher = DefaultHasher::new();
    stamp.hash(&mut hasher);
    hasher.finish()
}

/// Reads files on all cores.
fn read(folder: &Folder, files: Vec<Found>, site: &Site) -> Vec<(Key, Reading)> {
    let (mut posts, mut names) = (Vec::new(), HashSet::new());
    let read = |found| read_now(folder, found, None, site);
    in_turn(files, Pace::Every(Duration::from_secs(1)), read, |batch| {
        posts.extend(batch.into_iter().map(|(key, mut reading, _)| {
            share_names(&mut reading, &mut names);
            (key, reading)
        }));
    });
    posts
}
