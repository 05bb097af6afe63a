//! What the list needs of every post, kept from the last time in one file for each folder of posts, so that a start where
//! nothing changed need not read them first.
//!
//! It is a guess that the reading of every post confirms or corrects; it holds no text of a post and is not needed: where
//! it is damaged, foreign, of another version or cannot be written, the program says nothing and reads.

mod record;

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use etcetera::base_strategy::choose_native_strategy;
use postcard::take_from_bytes;

pub use record::{decode, encode, encode_none};

use crate::blog::site::Site;
use crate::source::{Folder, Stamp, read_inside};

/// What the file begins with; another layout has another number.
const MARK: &[u8] = b"reread list 2\n\0\0";
/// Bytes that are read at the most: a million posts.
const LIMIT: u64 = 1 << 28;

/// Where the program may keep what it can do without, on this platform.
pub fn folder() -> Option<PathBuf> {
    Some(choose_native_strategy().ok()?.cache_dir().join("reread"))
}

/// The file of one folder of posts.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    name: String,
    /// All that the list of a folder depends on beside its files: the program, the folder, the site's configuration.
    origin: String,
}

impl Cache {
    /// The cache in `folder` of these posts. None where their folder has a name that is not UTF-8.
    pub fn of(folder: &Path, posts: &Folder, site: &Site) -> Option<Self> {
        let root = posts.root.canonicalize().ok()?;
        let mut hasher = DefaultHasher::new();
        root.hash(&mut hasher);
        let origin = format!("{} {:?} {site:?}", env!("CARGO_PKG_VERSION"), root.to_str()?);
        Some(Self { folder: folder.to_path_buf(), name: format!("{:016x}", hasher.finish()), origin })
    }

    /// The bytes of the file; nothing where there are none to be had.
    pub fn read(&self) -> Vec<u8> {
        read_inside(&self.folder.join(&self.name), &self.folder, LIMIT).unwrap_or_default()
    }

    /// What the bytes say of every post; nothing where they are damaged, or about something else.
    pub fn known<'a>(&self, bytes: &'a [u8]) -> Known<'a> {
        self.checked(bytes).unwrap_or_default()
    }

    fn checked<'a>(&self, bytes: &'a [u8]) -> Option<Known<'a>> {
        let (sum, rest) = bytes.strip_prefix(MARK)?.split_first_chunk()?;
        if u32::from_le_bytes(*sum) != crc32fast::hash(rest) {
            return None;
        }
        let (origin, mut rest) = take_from_bytes::<&str>(rest).ok()?;
        if origin != self.origin {
            return None;
        }
        let mut known = Known::default();
        while !rest.is_empty() {
            let (record, after) = take_from_bytes::<&[u8]>(rest).ok()?;
            let (path, about) = take_from_bytes::<&str>(record).ok()?;
            let (numbers, post) = take_from_bytes(about).ok()?;
            known.0.push(Entry { path, stamp: Stamp(numbers), record, holds_post: !post.is_empty() });
            rest = after;
        }
        Some(known)
    }

    /// Writes a file with these records in the place of the one that is there, at once or not at all. Where that cannot
    /// be, the next start takes longer.
    pub fn write(&self, records: impl Iterator<Item = Vec<u8>>) -> io::Result<()> {
        make_folder(&self.folder)?;
        // Readable for nobody else, and gone if anything fails.
        let mut file = tempfile::Builder::new().prefix(&self.name).suffix(".new").tempfile_in(&self.folder)?;
        let mut writer = BufWriter::new(file.as_file_mut());
        let mut sum = crc32fast::Hasher::new();
        writer.write_all(MARK)?;
        writer.write_all(&sum.clone().finalize().to_le_bytes())?;
        let mut write = |bytes: Vec<u8>| {
            sum.update(&bytes);
            writer.write_all(&bytes)
        };
        write(postcard::to_stdvec(&self.origin).map_err(io::Error::other)?)?;
        for record in records {
            write(postcard::to_stdvec(record.as_slice()).map_err(io::Error::other)?)?;
        }
        // What they add up to is known only now.
        writer.seek(SeekFrom::Start(MARK.len() as u64))?;
        writer.write_all(&sum.finalize().to_le_bytes())?;
        writer.flush()?;
        drop(writer);
        file.persist(self.folder.join(&self.name))?;
        Ok(())
    }
}

/// Makes a folder for nobody else.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// What is known of every file from the last time, in the order in which it was written.
#[derive(Debug, Default)]
pub struct Known<'a>(Vec<Entry<'a>>);

/// What is known of a file.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    path: &'a str,
    stamp: Stamp,
    record: &'a [u8],
    holds_post: bool,
}

impl<'a> Known<'a> {
    /// Whether no file is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many files are known.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The record of every post.
    pub fn records(&self) -> Vec<&'a [u8]> {
        self.0.iter().filter(|entry| entry.holds_post).map(|entry| entry.record).collect()
    }

    /// The stamp of every file by its path.
    pub fn stamps(&self) -> HashMap<&'a str, &Stamp> {
        self.0.iter().map(|entry| (entry.path, &entry.stamp)).collect()
    }

    /// The same of the files that hold no post.
    pub fn without_post(&self) -> HashMap<&'a str, Stamp> {
        self.0.iter().filter(|entry| !entry.holds_post).map(|entry| (entry.path, entry.stamp)).collect()
    }
}

/// A number that two records have in common only by chance, if they are not the same.
pub fn sum(record: &[u8]) -> u32 {
    crc32fast::hash(record)
}
