//! What a reader has marked, kept for the next session: one file for each blog, to which every event is one line.
//!
//! A line is added by one write, so that nothing that was shown is lost when the program is killed. Several programs may
//! write: each opens the file by its name for each write, under a lock beside it, and so does the one that writes the file
//! anew without what no longer holds. Damaged lines are kept aside and told. Nothing is ever written into the blog.

mod line;

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use etcetera::BaseStrategy;
use etcetera::base_strategy::choose_native_strategy;

use self::line::{Line, read, write};
pub use self::line::{event, json, write as line};
use crate::blog::marks::{Event, Marks};
use crate::blog::site::Site;
use crate::cache::make_folder;
use crate::source::{Source, read_inside};

/// Bytes of a file that are read at the most: some million marks.
const LIMIT: u64 = 1 << 28;
/// Lines that may be there without need before the file is written anew.
const SLACK: usize = 1_000;
/// How often, and how long between, the lock is asked for before an event waits for the next one.
const ATTEMPTS: u32 = 40;
const PAUSE: Duration = Duration::from_millis(5);
/// Letters of a blog's address in the name of its file.
const NAME: usize = 80;

/// Where the program keeps what a reader would not want to lose, on this platform.
pub fn folder() -> Option<PathBuf> {
    let strategy = choose_native_strategy().ok()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("reread"))
}

/// The file of one blog.
#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    /// Events that could not be written yet.
    waiting: Vec<Event>,
}

/// What a file says.
#[derive(Debug, Default)]
pub struct Remembered {
    /// What is marked.
    pub marks: Marks,
    /// Lines that are no events: kept aside when the file is written anew.
    pub damaged: Vec<Vec<u8>>,
    /// Whether a later version of this program has written to it.
    pub is_newer: bool,
    /// Events in it.
    events: usize,
}

impl Log {
    /// The log in `folder` of the blog that a source has: known by where it is published, else by where it lies.
    ///
    /// None for what is no blog: one file, standard input, the guide.
    pub fn of(folder: &Path, source: &Source, site: &Site) -> Option<Self> {
        let Source::Folder(posts) = source else { return None };
        let identity = match &site.base {
            Some(base) => format!("{}{}", base.host(), base.path().trim_end_matches('/')),
            None => posts.site.as_ref().unwrap_or(&posts.root).canonicalize().ok()?.to_string_lossy().into_owned(),
        };
        Some(Self { path: folder.join(file_name(identity.trim_start_matches("www."))), waiting: Vec::new() })
    }

    /// The log in a file.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_path_buf(), waiting: Vec::new() }
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says; nothing where there is no file yet. What waits to be written is part of it.
    pub fn read(&self) -> Result<Remembered> {
        let mut remembered = Remembered::of(&self.bytes()?);
        for event in &self.waiting {
            remembered.marks.take(event.clone());
        }
        Ok(remembered)
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        match read_inside(&self.path, self.path.parent().unwrap_or(Path::new("")), LIMIT) {
            Ok(bytes) => Ok(bytes),
            Err(_) if !self.path.exists() => Ok(Vec::new()),
            Err(error) => Err(error).with_context(|| format!("{}: cannot be read", self.path.display())),
        }
    }

    /// Adds events, and those that waited: all of them by one write, or none. None that was given is lost while the
    /// program runs: what cannot be written waits for the next call.
    pub fn add(&mut self, events: impl IntoIterator<Item = Event>) -> Result<()> {
        self.waiting.extend(events);
        if self.waiting.is_empty() {
            return Ok(());
        }
        let added = self.locked(|| self.append());
        added.with_context(|| format!("{}: cannot be written", self.path.display()))?;
        self.waiting.clear();
        Ok(())
    }

    fn append(&self) -> io::Result<()> {
        let mut file = own(&self.path, OpenOptions::new().read(true).append(true))?;
        let length = file.metadata()?.len();
        let mut text = String::new();
        if length > 0 {
            // A line that was torn by a full disk or a dead machine does not spoil the next one.
            let mut last = [0];
            file.seek(SeekFrom::Start(length - 1))?;
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                text.push('\n');
            }
        }
        text.extend(self.waiting.iter().map(write));
        if let Err(error) = file.write_all(text.as_bytes()) {
            // Half of it may be there: it is written again, which says nothing new.
            drop(file.set_len(length));
            return Err(error);
        }
        Ok(())
    }

    /// Writes the file anew where most of it no longer holds, under the lock, as a whole or not at all.
    pub fn compact(&self) -> Result<()> {
        self.locked(|| self.write_anew()).with_context(|| format!("{}: cannot be written", self.path.display()))
    }

    fn write_anew(&self) -> io::Result<()> {
        let remembered = Remembered::of(&self.bytes().map_err(io::Error::other)?);
        if !remembered.is_worth_writing_anew() {
            return Ok(());
        }
        let folder = self.path.parent().unwrap_or(Path::new(""));
        if !remembered.damaged.is_empty() {
            let mut aside = own(&self.path.with_extension("damaged"), OpenOptions::new().append(true))?;
            for line in &remembered.damaged {
                aside.write_all(&[line.as_slice(), b"\n"].concat())?;
            }
            aside.sync_all()?;
        }
        let mut file = tempfile::Builder::new().prefix(".new").tempfile_in(folder)?;
        let text: String = remembered.marks.events().iter().map(write).collect();
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        // The name is as lasting as the bytes.
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Ok(())
    }

    /// Does something while no other program writes the file.
    fn locked<T>(&self, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        make_folder(folder)?;
        let lock = own(&self.path.with_extension("lock"), OpenOptions::new().write(true).truncate(false))?;
        for _ in 0..ATTEMPTS {
            match lock.try_lock() {
                // It is given back when the file is closed.
                Ok(()) => return work(),
                // Where there are no locks, one program at a time has to do.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return work(),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            }
        }
        Err(io::Error::new(io::ErrorKind::WouldBlock, "another program keeps it locked"))
    }
}

/// Opens a file of the program's own, or makes it for nobody else; a link is not followed, a pipe not waited for.
fn own(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        use rustix::fs::OFlags;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("is not a regular file; move it away"));
    }
    Ok(file)
}

impl Remembered {
    /// What these lines say.
    pub fn of(bytes: &[u8]) -> Self {
        let mut remembered = Self::default();
        for text in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            match read(text) {
                Line::Event(event) => {
                    remembered.marks.take(event);
                    remembered.events += 1;
                }
                Line::Newer(event) => {
                    remembered.is_newer = true;
                    if let Some(event) = event {
                        remembered.marks.take(event);
                    }
                }
                Line::Damaged => remembered.damaged.push(text.to_vec()),
            }
        }
        remembered
    }

    /// Whether most of the file no longer holds, or lines of it are damaged. What a later version wrote is left alone.
    pub fn is_worth_writing_anew(&self) -> bool {
        let has_waste = || self.events > 2 * self.marks.events().len() + SLACK;
        !self.is_newer && (!self.damaged.is_empty() || has_waste())
    }
}

/// A name that tells a person which blog it is, and differs from that of every other.
fn file_name(identity: &str) -> String {
    let plain: String = identity
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '.' { letter.to_ascii_lowercase() } else { '-' })
        .collect();
    let shown = plain.trim_matches(['-', '.']);
    let shown = shown.get(shown.len().saturating_sub(NAME)..).unwrap_or(shown);
    format!("{shown}-{:08x}.log", crc32fast::hash(identity.as_bytes()))
}
