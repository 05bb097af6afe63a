//! Reads one file that may be anything: through one descriptor, without blocking, regular files only, up to a limit.
//!
//! It follows a link only when that leads to a file inside the collection, and interprets no byte. Every refusal is an
//! [`Unread`] that says what is wrong and what to do.

use std::borrow::Cow;
use std::fmt;
use std::fs::{File, FileType};
use std::io::{self, Read};
use std::path::Path;

use super::folder::Folder;
use super::walk::Found;
use crate::blog::site::is_html;

/// Bytes of a post that are read; a larger file is refused, not cut.
pub const POST_LIMIT: u64 = 16 << 20;

/// Why a file was not read.
#[derive(Debug)]
pub enum Unread {
    /// Something else under the name of a post.
    NotRegular(Special),
    /// A link to something that is not there.
    Dangling,
    /// A link that leads back to itself.
    Loop,
    /// A link to something outside the collection.
    Outside,
    /// More bytes than this limit.
    TooLarge(u64),
    /// A folder this many levels down, into which the walk does not look.
    TooDeep(usize),
    /// A folder with more in it and below than this limit; it was not looked at whole.
    TooMany(usize),
    /// The system does not let this user read it.
    Permission,
    /// It was there a moment ago.
    Vanished,
    /// Anything else that the system says.
    Other(io::Error),
}

/// What a name stands for when it is no regular file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// A folder without a post in it.
    Folder,
    /// A named pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A disk, a terminal and the like.
    Device,
    /// None of these.
    Unknown,
}

impl Unread {
    /// What is wrong, to follow the name and a colon.
    pub fn fault(&self) -> String {
        match self {
            Self::NotRegular(special) => format!("is {special}, not a file"),
            Self::Dangling => "is a link to something that is not there".to_owned(),
            Self::Loop => "is a link that leads back to itself".to_owned(),
            Self::Outside => "is a link that leads outside the collection".to_owned(),
            Self::TooLarge(limit) if *limit >= 1 << 20 => format!("is larger than {} MiB", limit >> 20),
            Self::TooLarge(limit) => format!("is larger than {limit} bytes"),
            Self::TooDeep(depth) => format!("is a folder {depth} levels down"),
            Self::TooMany(limit) => format!("has more than {limit} files below it; the rest is left out"),
            Self::Permission => "is not yours to read".to_owned(),
            Self::Vanished => "was there a moment ago and is gone".to_owned(),
            Self::Other(error) => format!("cannot be read ({error})"),
        }
    }

    /// What to do about it, to follow the fault and a semicolon.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NotRegular(Special::Folder) => "put a post into it or rename it",
            Self::NotRegular(_) => "rename it or remove it",
            Self::Dangling | Self::Loop => "correct the link or remove it",
            Self::Outside => "copy the file into the collection, or name the folder that it leads to",
            Self::TooLarge(_) => "split it or move it out of the collection",
            Self::TooDeep(_) | Self::TooMany(_) => "name a folder nearer to it",
            Self::Permission => "change its permissions or its owner",
            Self::Vanished => "reload",
            Self::Other(_) => "check the disk, then reload",
        }
    }

    /// What the walk met instead of a folder's entries.
    pub(super) fn of_folder(error: walkdir::Error) -> Self {
        error.into_io_error().map_or(Self::Loop, Self::from)
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}; {}", self.fault(), self.remedy())
    }
}

impl std::error::Error for Unread {}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Vanished,
            io::ErrorKind::PermissionDenied => Self::Permission,
            _ if is_loop(&error) => Self::Loop,
            _ => Self::Other(error),
        }
    }
}

impl From<Special> for Unread {
    fn from(special: Special) -> Self {
        Self::NotRegular(special)
    }
}

impl Special {
    /// What a file that is not regular is.
    pub(super) fn of(kind: FileType) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::fs::FileTypeExt;
            if kind.is_fifo() {
                return Self::Pipe;
            } else if kind.is_socket() {
                return Self::Socket;
            } else if kind.is_char_device() || kind.is_block_device() {
                return Self::Device;
            }
        }
        if kind.is_dir() { Self::Folder } else { Self::Unknown }
    }
}

impl fmt::Display for Special {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Folder => "a folder",
            Self::Pipe => "a named pipe",
            Self::Socket => "a socket",
            Self::Device => "a device",
            Self::Unknown => "something special",
        })
    }
}

impl Folder {
    /// The bytes of something that [`Folder::walk`] found, or the fault that the walk already knew.
    pub fn read(&self, found: Found) -> Result<Vec<u8>, Unread> {
        match found.fault {
            Some(fault) => Err(fault),
            // That it is there is all that is asked of a page without front matter.
            None if !self.generator.reads_html() && found.file.to_str().is_some_and(is_html) => Ok(Vec::new()),
            None => read_inside(&found.file, &self.real_root, POST_LIMIT),
        }
    }
}

/// The bytes of the one file that the reader named, wherever a link leads: the name is the reader's own word.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Unread> {
    read_regular(open(&path.canonicalize()?)?, POST_LIMIT)
}

/// The post on standard input, up to its end or the limit.
pub fn read_standard_input() -> Result<Vec<u8>, Unread> {
    read_bounded(io::stdin().lock(), 0, POST_LIMIT)
}

/// The bytes of a file; when it is a link, only if what it leads to is below `real_root`.
pub fn read_inside(path: &Path, real_root: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
    open_inside(path, real_root).and_then(|(file, _)| read_regular(file, limit))
}

/// A file and where it is; when it is a link, what it leads to, only if that is below `real_root`.
pub(super) fn open_inside<'a>(path: &'a Path, real_root: &Path) -> Result<(File, Cow<'a, Path>), Unread> {
    match open(path) {
        Ok(file) => Ok((file, Cow::Borrowed(path))),
        // Only a path that cannot be opened as it stands is looked at twice: canonical paths cost more than reading.
        Err(error) if path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) => {
            let real = path.canonicalize().map_err(|fault| match Unread::from(fault) {
                Unread::Vanished => Unread::Dangling,
                unread => unread,
            })?;
            if !real.starts_with(real_root) {
                return Err(Unread::Outside);
            }
            // A second refusal means that the file became a link meanwhile.
            let file = open(&real).map_err(|_| Unread::from(error))?;
            Ok((file, Cow::Owned(real)))
        }
        // A socket cannot be opened at all.
        Err(error) => match path.symlink_metadata() {
            Ok(metadata) if !metadata.is_file() => Err(Special::of(metadata.file_type()).into()),
            _ => Err(error.into()),
        },
    }
}

/// The bytes of a file of a site by its path from the site's root, which has no link in it itself; no folder on the way may
/// lead outside.
pub(super) fn read_below(root: &Path, path: &str, limit: u64) -> Result<Vec<u8>, Unread> {
    let path = root.join(path);
    let folder = path.parent().unwrap_or(root);
    if !folder.canonicalize()?.starts_with(root) {
        return Err(Unread::Outside);
    }
    read_inside(&path, root, limit)
}

/// That it is a regular file, and how large it is.
pub(super) fn regular(file: &File) -> Result<u64, Unread> {
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok(metadata.len()) } else { Err(Special::of(metadata.file_type()).into()) }
}

fn read_regular(file: File, limit: u64) -> Result<Vec<u8>, Unread> {
    let length = regular(&file)?;
    if length > limit {
        return Err(Unread::TooLarge(limit));
    }
    read_bounded(file, length, limit)
}

/// Reads to the end, which may have moved since the size was asked, but never past the limit.
fn read_bounded(reader: impl Read, expected: u64, limit: u64) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected.min(limit)).unwrap_or_default() + 1);
    let read = reader.take(limit + 1).read_to_end(&mut bytes)?;
    if u64::try_from(read).unwrap_or(u64::MAX) > limit {
        return Err(Unread::TooLarge(limit));
    }
    Ok(bytes)
}

/// Opens what is there and never what a link there leads to; a pipe without a writer does not block.
#[cfg(unix)]
pub(super) fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY | OFlags::NOFOLLOW;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
pub(super) fn open(path: &Path) -> io::Result<File> {
    if path.symlink_metadata()?.is_symlink() {
        return Err(io::Error::other("is a link"));
    }
    File::open(path)
}

#[cfg(unix)]
fn is_loop(error: &io::Error) -> bool {
    rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::LOOP)
}

#[cfg(not(unix))]
fn is_loop(_error: &io::Error) -> bool {
    false
}
