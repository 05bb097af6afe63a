//! Where the file of a post is, for a program that opens it by its name.
//!
//! It refuses what reading refuses: what is no regular file, and a link that leads outside the collection.

use std::fmt;
use std::path::{Path, PathBuf, absolute};

use super::Source;
use super::read::{Unread, open, open_inside, regular};

/// Why there is no file to open.
#[derive(Debug)]
pub enum NoFile {
    /// The post is part of this program.
    Guide,
    /// The post came through standard input.
    StandardInput,
    /// What has its name is not for us to open.
    Refused(Unread),
}

impl fmt::Display for NoFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guide => formatter.write_str("the guide is inside the program; open a blog of your own to edit it"),
            Self::StandardInput => formatter.write_str("standard input is no file; name the file to edit it"),
            Self::Refused(unread) => unread.fmt(formatter),
        }
    }
}

impl std::error::Error for NoFile {}

impl From<Unread> for NoFile {
    fn from(unread: Unread) -> Self {
        Self::Refused(unread)
    }
}

impl Source {
    /// The absolute path of the regular file that a post was read from, by the path that it is called; of a link, what that
    /// leads to.
    pub fn file_of(&self, path: &str) -> Result<PathBuf, NoFile> {
        let file = match self {
            Self::Guide => return Err(NoFile::Guide),
            Self::StandardInput => return Err(NoFile::StandardInput),
            Self::Folder(folder) => {
                let found = folder.at(path);
                let (file, there) = open_inside(&found.file, &folder.real_root)?;
                regular(&file)?;
                there.into_owned()
            }
            // Wherever a link leads: the name is the reader's own word.
            Self::File(path) => named(path)?,
        };
        absolute(file).map_err(|error| NoFile::Refused(error.into()))
    }
}

fn named(path: &Path) -> Result<PathBuf, Unread> {
    let real = path.canonicalize()?;
    regular(&open(&real)?)?;
    Ok(real)
}
