//! A command that the reader configured: taken apart as a shell would, quotes and all, and what is said of how it ended.
//!
//! It runs no shell and nothing else, and expands nothing: a `$` or a `*` in it is what it is.

use std::process::ExitStatus;

/// The program and its arguments; nothing for a blank command. What cannot be taken apart is said in a few words, to follow
/// the command and a colon.
pub fn words(command: &str) -> Result<Vec<String>, &'static str> {
    shell_words::split(command).map_err(|_| "has a quotation mark that is not closed")
}

/// How a program ended, to follow its name and a colon.
pub fn said(status: ExitStatus) -> String {
    status.code().map_or_else(|| "was ended by a signal".to_owned(), |code| format!("ended with status {code}"))
}
