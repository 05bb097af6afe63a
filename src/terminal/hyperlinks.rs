//! Whether the terminal makes links of OSC 8, guessed from the environment: no terminal can be asked.
//!
//! A terminal that does not know OSC 8 should pass over it, and some do not; so the unknown is not sent any.

use super::modern;
use crate::environment::Environment;

/// The first version of VTE that makes them well.
const VTE: u32 = 5000;
/// The first version of tmux that passes them on.
const TMUX: (u32, u32) = (3, 4);

/// Whether they may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hyperlinks {
    /// This terminal makes links of them, for this reason.
    Yes(&'static str),
    /// It does not, or is not known to.
    No(&'static str),
}

/// What the environment lets one guess.
pub fn of(environment: &Environment) -> Hyperlinks {
    let of =
        |name: &str| environment.variable(name).map(|value| value.to_string_lossy().into_owned()).unwrap_or_default();
    let (term, program) = (of("TERM"), of("TERM_PROGRAM"));
    if term == "dumb" || term == "linux" || term.is_empty() && !cfg!(windows) {
        return Hyperlinks::No("TERM names a terminal without links");
    }
    if program == "Apple_Terminal" {
        return Hyperlinks::No("Apple's Terminal makes none");
    }
    if !of("TMUX").is_empty() || program == "tmux" || term.starts_with("tmux") {
        return match version(&of("TERM_PROGRAM_VERSION")) {
            Some(version) if program == "tmux" && version >= TMUX => Hyperlinks::Yes("tmux passes them on from 3.4"),
            _ => Hyperlinks::No("tmux passes them on from 3.4, and this is older or does not say"),
        };
    }
    if !of("STY").is_empty() || term.starts_with("screen") {
        return Hyperlinks::No("screen does not pass them on");
    }
    if of("VTE_VERSION").parse().is_ok_and(|version: u32| version >= VTE) {
        return Hyperlinks::Yes("VTE makes them from 0.50");
    }
    if modern::is_known(environment) {
        Hyperlinks::Yes("this terminal is known to")
    } else {
        Hyperlinks::No("nothing says that it does")
    }
}

/// `3.4a`, `next-3.5`: major and minor.
fn version(text: &str) -> Option<(u32, u32)> {
    let numbers = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let (major, rest) = numbers.split_once('.')?;
    let minor: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_terminals_make_links_and_unknown_ones_are_sent_none() {
        let cases: [(&[(&str, &str)], bool); 19] = [
            (&[("TERM", "xterm-kitty")], true),
            (&[("TERM", "foot")], true),
            (&[("TERM", "alacritty")], true),
            (&[("TERM", "xterm-ghostty")], true),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")], true),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], true),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7200")], true),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "4900")], false),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "x")], false),
            (&[("TERM", "xterm-256color"), ("WT_SESSION", "a")], true),
            (&[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "230800")], true),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], false),
            (&[("TERM", "xterm-256color")], false),
            (&[("TERM", "linux")], false),
            (&[("TERM", "dumb"), ("VTE_VERSION", "7200")], false),
            (&[("TERM", "tmux-256color"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.4")], true),
            (&[("TERM", "tmux-256color"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.3a")], false),
            (&[("TERM", "screen-256color"), ("TMUX", "/x"), ("KITTY_WINDOW_ID", "1")], false),
            (&[("TERM", "screen"), ("VTE_VERSION", "7200")], false),
        ];
        for (variables, expected) in cases {
            let environment = variables.iter().fold(Environment::at("/"), |all, (name, value)| all.with(name, *value));
            assert_eq!(matches!(of(&environment), Hyperlinks::Yes(_)), expected, "{variables:?}");
        }
    }

    #[test]
    fn versions_are_read_as_tmux_writes_them() {
        for (text, expected) in [
            ("3.4", Some((3, 4))),
            ("3.3a", Some((3, 3))),
            ("next-3.5", Some((3, 5))),
            ("", None),
            ("3", None),
            ("x.y", None),
        ] {
            assert_eq!(version(text), expected, "{text:?}");
        }
    }
}
