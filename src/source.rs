//! Where posts come from: the built-in guide, a folder, one file, or standard input.
//!
//! It finds out which of them the reader means and hands on paths and bytes. It parses no Markdown and no front matter,
//! follows no link out of the collection, and writes nothing.

mod beside;
mod file;
mod folder;
mod load;
mod picture;
mod read;
mod signs;
mod stamp;
mod walk;
mod watch;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::bail;

pub use file::NoFile;
pub use folder::{Configuration, Folder, Wanted};
pub use load::{Pace, in_turn};
pub use read::{POST_LIMIT, Special, Unread, read_file, read_inside, read_standard_input};
pub use stamp::Stamp;
pub use walk::Found;
pub use watch::Watch;

use crate::environment::Environment;
use crate::text::Clean;

/// The variable that names the blog to read when the command line names none.
pub const BLOG_VARIABLE: &str = "REREAD_BLOG";

/// Where the posts of this session come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// The collection inside the program, because nothing else was named or found.
    Guide,
    /// A folder of posts, with what is known of the site that it is or belongs to.
    Folder(Folder),
    /// One file, whatever its name: read it with [`read_file`].
    File(PathBuf),
    /// A post on standard input: read it with [`read_standard_input`].
    StandardInput,
}

impl Source {
    /// What the reader means: the argument, else `$REREAD_BLOG`, else the configured blog, else the current folder if it is
    /// the root of a site, else the guide. Something named that is not there is an error, never a silent guide.
    pub fn find(
        argument: Option<&OsStr>,
        configured: Option<&OsStr>,
        environment: &Environment,
    ) -> anyhow::Result<Self> {
        if argument == Some(OsStr::new("-")) {
            return Ok(Self::StandardInput);
        }
        if let Some(argument) = argument {
            return Self::named(argument, environment, &shown(argument));
        }
        if let Some(blog) = environment.variable(BLOG_VARIABLE) {
            return Self::named(blog, environment, &format!("${BLOG_VARIABLE}: {}", shown(blog)));
        }
        if let Some(blog) = configured {
            return Self::named(blog, environment, &format!("the configured blog: {}", shown(blog)));
        }
        match signs::recognised(&environment.current_folder) {
            Some(_) => Ok(Self::Folder(Folder::open(&environment.current_folder)?)),
            None => Ok(Self::Guide),
        }
    }

    /// The same source as the reader wants it read.
    #[must_use]
    pub fn wanted(self, wanted: &Wanted) -> Self {
        match self {
            Self::Folder(folder) => Self::Folder(folder.wanted(wanted)),
            other => other,
        }
    }

    fn named(name: &OsStr, environment: &Environment, described: &str) -> anyhow::Result<Self> {
        const WANTED: &str = "give a blog's folder, one Markdown file, or - for standard input";
        if name.is_empty() {
            bail!("the path is empty; {WANTED}");
        }
        let path = environment.current_folder.join(Path::new(name));
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => Ok(Self::Folder(Folder::open(&path)?)),
            Ok(metadata) if metadata.is_file() => Ok(Self::File(path)),
            Ok(metadata) => {
                bail!("{described}: is {}, not a file or a folder; {WANTED}", Special::of(metadata.file_type()))
            }
            Err(error) => match Unread::from(error) {
                Unread::Vanished if path.symlink_metadata().is_ok() => {
                    bail!("{described}: is a link to something that is not there; {WANTED}")
                }
                Unread::Vanished => bail!("{described}: no such file or folder; {WANTED}"),
                unread => bail!("{described}: {unread}"),
            },
        }
    }
}

fn shown(name: &OsStr) -> String {
    Clean::exact(&name.to_string_lossy()).as_str().to_owned()
}

#[cfg(test)]
mod tests;
