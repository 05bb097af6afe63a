//! When a file was last changed, as far as the system tells without opening it.
//!
//! What is kept for the next start follows no link, and there is none for what may be another file at the next look.

use std::fs::Metadata;
use std::path::Path;

use super::folder::Folder;
use super::walk::Found;

/// The bytes of a regular file, when it was written and, where the system knows that, when anything about it was changed:
/// two in seconds and nanoseconds. A file with the same stamp is most probably the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp(pub [i64; 5]);

impl Folder {
    /// The stamp of a regular file; none for a link, for whatever else was found, and for a name that is not UTF-8.
    pub fn stamp(&self, found: &Found) -> Option<Stamp> {
        if found.fault.is_some() || found.file != self.root.join(&found.path) {
            return None;
        }
        let metadata = found.file.symlink_metadata().ok()?;
        metadata.is_file().then(|| Stamp::of(&metadata))
    }

    /// The same of whatever was found and of what a link leads to, for as long as the program runs; none where nothing is
    /// there.
    pub fn stamp_of_any(&self, found: &Found) -> Option<Stamp> {
        Stamp::of_file(&found.file)
    }
}

impl Stamp {
    /// The stamp of one file that the reader named; none where it is not there.
    pub fn of_file(path: &Path) -> Option<Self> {
        path.metadata().ok().map(|metadata| Self::of(&metadata))
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let size = i64::try_from(metadata.size()).unwrap_or(i64::MAX);
        Self([size, metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()])
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        let size = i64::try_from(metadata.len()).unwrap_or(i64::MAX);
        let written = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let written = written.unwrap_or_default();
        let seconds = i64::try_from(written.as_secs()).unwrap_or(i64::MAX);
        Self([size, seconds, written.subsec_nanos().into(), 0, 0])
    }
}
