//! The real binary, run without a screen, and what it leaves behind.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run of the program left behind.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    /// The exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// The program in a folder, with nothing of this machine's user around it.
pub fn program(here: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reread"));
    command.env_clear().env("HOME", "/nonexistent").current_dir(here).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn finish(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs the program in a folder.
pub fn reread(here: &Path, arguments: &[&str]) -> Ran {
    finish(program(here).args(arguments))
}
