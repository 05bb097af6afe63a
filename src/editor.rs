//! The reader's editor: which it is, and how it is told to open a file at a line.
//!
//! It runs no shell, and gives the file as one argument and as an absolute path, so that no name of a file is an option. It
//! starts nothing itself: whoever has the terminal lends it.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;
use std::process::Command;

use crate::command;
use crate::environment::Environment;

/// The editor where nobody says which: what POSIX systems have.
const USUAL: &str = "vi";
/// Editors that take `+N` before a file (their manuals: vim(1), nano(1), emacs(1), emacsclient(1), kak(1), joe(1), …).
const PLUS: [&str; 27] = [
    "dte",
    "emacs",
    "emacsclient",
    "ex",
    "gedit",
    "gvim",
    "jmacs",
    "joe",
    "jpico",
    "jstar",
    "kak",
    "mcedit",
    "mg",
    "micro",
    "mvim",
    "nano",
    "ne",
    "nvi",
    "nvim",
    "pico",
    "rvim",
    "vi",
    "view",
    "vile",
    "vim",
    "xemacs",
    "zile",
];
/// Editors that take `FILE:N` (`hx --help`, `zed --help`, `subl --help`).
const COLON: [&str; 8] = ["helix", "hx", "lapce", "subl", "sublime_text", "zed", "zed-editor", "zeditor"];
/// Editors that take it behind an option (`code --help`).
const GOTO: [&str; 6] = ["code", "code-insiders", "code-oss", "codium", "cursor", "vscodium"];

/// An editor, ready to be started.
#[derive(Debug)]
pub struct Editor {
    /// What the reader calls it.
    pub name: String,
    /// The program with its arguments.
    pub command: Command,
    /// Who said that it is this one.
    chosen: Chosen,
}

/// Who chose an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    ByReader,
    ByNobody,
}

/// A command that cannot be taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Unusable {
    command: String,
    why: &'static str,
}

impl fmt::Display for Unusable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}; correct editor in config.toml, $VISUAL or $EDITOR", self.command, self.why)
    }
}

impl std::error::Error for Unusable {}

impl Editor {
    /// The configured editor, else `$VISUAL`, else `$EDITOR`, else `vi`, told to open a file at a line counted from 1. An
    /// editor of which it is not known how to say a line opens the file alone.
    pub fn at(file: &Path, line: usize, configured: Option<&str>, environment: &Environment) -> Result<Self, Unusable> {
        let variable = |name: &str| environment.variable(name).map(OsStr::to_string_lossy);
        let variables = ["VISUAL", "EDITOR"].into_iter().filter_map(variable);
        let commands = configured.map(Into::into).into_iter().chain(variables);
        for text in commands {
            let words = command::words(&text).map_err(|why| Unusable { command: text.to_string(), why })?;
            // A blank one is none.
            if let [program, arguments @ ..] = words.as_slice() {
                return Ok(Self::of(program, arguments, file, line, Chosen::ByReader));
            }
        }
        Ok(Self::of(USUAL, &[], file, line, Chosen::ByNobody))
    }

    fn of(program: &str, arguments: &[String], file: &Path, line: usize, chosen: Chosen) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).args(place(program, file, line));
        Self { name: program.to_owned(), command, chosen }
    }

    /// What to say when it did not start.
    pub fn missing(&self, error: &std::io::Error) -> String {
        let name = &self.name;
        match (error.kind(), self.chosen) {
            (std::io::ErrorKind::NotFound, Chosen::ByNobody) => {
                format!("no editor is set, and there is no {name}; set editor in config.toml, or $VISUAL or $EDITOR")
            }
            (std::io::ErrorKind::NotFound, Chosen::ByReader) => {
                format!("{name}: no such program; install it, or set another editor")
            }
            _ => format!("{name}: did not start ({error}); set another editor"),
        }
    }
}

/// The arguments that open a file at a line.
fn place(program: &str, file: &Path, line: usize) -> Vec<OsString> {
    let name = Path::new(program).file_stem().and_then(OsStr::to_str).unwrap_or_default();
    let with_line = || {
        let mut place = file.as_os_str().to_owned();
        place.push(format!(":{line}"));
        place
    };
    if PLUS.contains(&name) {
        vec![format!("+{line}").into(), file.into()]
    } else if COLON.contains(&name) {
        vec![with_line()]
    } else if GOTO.contains(&name) {
        vec!["--goto".into(), with_line()]
    } else {
        vec![file.into()]
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot build its fixture has nothing to say")]

    use super::*;

    fn started(configured: Option<&str>, environment: &Environment) -> Vec<String> {
        let editor = Editor::at(Path::new("/b/-c:!sh.md"), 7, configured, environment).unwrap();
        let words = std::iter::once(editor.command.get_program()).chain(editor.command.get_args());
        words.map(|word| word.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_way() {
        let file = "/b/-c:!sh.md";
        let with_line = format!("{file}:7");
        for (command, words) in [
            ("vi", vec!["vi", "+7", file]),
            ("/usr/bin/nvim -n", vec!["/usr/bin/nvim", "-n", "+7", file]),
            ("emacsclient -t -a ''", vec!["emacsclient", "-t", "-a", "", "+7", file]),
            ("nano", vec!["nano", "+7", file]),
            ("kak", vec!["kak", "+7", file]),
            ("hx", vec!["hx", &with_line]),
            ("zed --wait", vec!["zed", "--wait", &with_line]),
            ("subl -w", vec!["subl", "-w", &with_line]),
            ("code -w", vec!["code", "-w", "--goto", &with_line]),
            ("'/opt/my editor/ed it' --x=\"a b\"", vec!["/opt/my editor/ed it", "--x=a b", file]),
        ] {
            assert_eq!(started(Some(command), &Environment::default()), words, "{command}");
        }
    }

    #[test]
    fn the_setting_comes_before_the_variables_and_vi_after_them() {
        let both = Environment::default().with("VISUAL", "nano").with("EDITOR", "hx");
        let file = "/b/-c:!sh.md";
        assert_eq!(started(Some("kak"), &both), ["kak", "+7", file]);
        assert_eq!(started(Some(" "), &both), ["nano", "+7", file]);
        assert_eq!(started(None, &both.with("VISUAL", "")), ["hx", &format!("{file}:7")]);
        assert_eq!(started(None, &Environment::default()), ["vi", "+7", file]);
    }

    #[test]
    fn what_cannot_be_started_is_told_with_what_to_set() {
        let error = Editor::at(Path::new("/a"), 1, Some("vim 'x"), &Environment::default()).unwrap_err();
        let remedy = "correct editor in config.toml, $VISUAL or $EDITOR";
        assert_eq!(error.to_string(), format!("vim 'x: has a quotation mark that is not closed; {remedy}"));
        let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
        let said =
            |configured| Editor::at(Path::new("/a"), 1, configured, &Environment::default()).unwrap().missing(&missing);
        assert_eq!(said(Some("edd -x")), "edd: no such program; install it, or set another editor");
        assert_eq!(
            said(None),
            "no editor is set, and there is no vi; set editor in config.toml, or $VISUAL or $EDITOR"
        );
    }
}
