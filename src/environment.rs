//! What the process was started with, as data: its variables and the current folder.
//!
//! Everything that depends on the environment takes this value, so that a test can say what the environment is. It never
//! changes the real one.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// Variables and the current folder, as they were when the program started.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    variables: BTreeMap<OsString, OsString>,
    /// Where the reader stands; relative paths start here.
    pub current_folder: PathBuf,
}

impl Environment {
    /// That of this process. A current folder that was deleted under the reader is `.`, which finds nothing.
    pub fn of_process() -> Self {
        Self {
            variables: std::env::vars_os().collect(),
            current_folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        }
    }

    /// No variables, and this current folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { variables: BTreeMap::new(), current_folder: folder.into() }
    }

    /// One more variable; for tests and for commands that set their own.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// The value of a variable; one that is set to nothing counts as not set.
    pub fn variable(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(OsStr::new(name)).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }
}
