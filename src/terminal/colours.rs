//! How many colours the terminal shows and whether its ground is light, from what the environment says.
//!
//! It asks no terminal; every answer comes with the reason, for `doctor`.

use super::modern;
use crate::cli::Colours;
use crate::environment::Environment;
use crate::ui::theme::{Depth, Ground};

/// Terminals that show none.
const PLAIN: [&str; 5] = ["dumb", "vt100", "vt102", "vt220", "xterm-mono"];

/// How many colours may be sent, and why.
pub fn depth(environment: &Environment, wanted: Colours) -> (Depth, &'static str) {
    match wanted {
        Colours::Never => return (Depth::None, "--color never"),
        // See no-color.org: set and not empty.
        Colours::Auto if environment.variable("NO_COLOR").is_some() => return (Depth::None, "NO_COLOR is set"),
        Colours::Auto | Colours::Always => {}
    }
    match (shown(environment), wanted) {
        ((Depth::None, why), Colours::Always) => (Depth::Sixteen, why),
        ((Depth::Sixteen, why), Colours::Always) if environment.variable("TERM").is_none() => (Depth::True, why),
        (shown, _) => shown,
    }
}

/// How many the terminal shows.
fn shown(environment: &Environment) -> (Depth, &'static str) {
    let of =
        |name: &str| environment.variable(name).map(|value| value.to_string_lossy().into_owned()).unwrap_or_default();
    let (term, colours) = (of("TERM"), of("COLORTERM"));
    let multiplexed = term.starts_with("screen") || term.starts_with("tmux");
    if PLAIN.contains(&term.as_str()) {
        return (Depth::None, "TERM names a terminal without colours");
    }
    if matches!(colours.as_str(), "truecolor" | "24bit") {
        return (Depth::True, "COLORTERM says so");
    }
    if term.contains("-direct") {
        return (Depth::True, "TERM says so");
    }
    // What the terminal around a multiplexer set does not hold inside.
    if !multiplexed && (modern::is_known(environment) || term.starts_with("iterm2")) {
        return (Depth::True, "this terminal is known to");
    }
    match term.as_str() {
        "" if cfg!(windows) => (Depth::True, "Windows shows them"),
        "" => (Depth::Sixteen, "TERM is not set"),
        "linux" => (Depth::Sixteen, "the Linux console has no more"),
        term if term.contains("256") => (Depth::Indexed, "TERM says so"),
        _ => (Depth::Sixteen, "nothing says that there are more"),
    }
}

/// The terminal's ground as `COLORFGBG` says it: `15;0`, `0;default;15`.
pub fn ground(environment: &Environment) -> Option<Ground> {
    let value = environment.variable("COLORFGBG")?.to_string_lossy().into_owned();
    let number: u8 = value.rsplit(';').next()?.parse().ok()?;
    match number {
        7 | 9..=15 => Some(Ground::Light),
        0..=6 | 8 => Some(Ground::Dark),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        variables.iter().fold(Environment::at("/"), |all, (name, value)| all.with(name, *value))
    }

    #[test]
    fn the_environment_says_how_many_colours_there_are() {
        let cases: [(&[(&str, &str)], Depth); 17] = [
            (&[("TERM", "xterm")], Depth::Sixteen),
            (&[("TERM", "xterm-256color")], Depth::Indexed),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True),
            (&[("TERM", "xterm"), ("COLORTERM", "24bit")], Depth::True),
            (&[("TERM", "xterm"), ("COLORTERM", "yes")], Depth::Sixteen),
            (&[("TERM", "xterm-direct")], Depth::True),
            (&[("TERM", "foot-extra")], Depth::True),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], Depth::True),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], Depth::Indexed),
            (&[("TERM", "xterm-256color"), ("WT_SESSION", "1")], Depth::True),
            (&[("TERM", "screen-256color"), ("WT_SESSION", "1")], Depth::Indexed),
            (&[("TERM", "tmux"), ("KITTY_WINDOW_ID", "1")], Depth::Sixteen),
            (&[("TERM", "linux")], Depth::Sixteen),
            (&[("TERM", "dumb"), ("COLORTERM", "truecolor")], Depth::None),
            (&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")], Depth::None),
            (&[("TERM", "xterm-kitty"), ("NO_COLOR", "")], Depth::True),
            (&[("TERM", "vt100")], Depth::None),
        ];
        for (variables, expected) in cases {
            assert_eq!(depth(&environment(variables), Colours::Auto).0, expected, "{variables:?}");
        }
    }

    #[test]
    fn always_is_always_and_never_is_never() {
        for (variables, expected) in [
            (&[("TERM", "dumb")][..], Depth::Sixteen),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "1")], Depth::Indexed),
            (&[], Depth::True),
        ] {
            assert_eq!(depth(&environment(variables), Colours::Always).0, expected, "{variables:?}");
            assert_eq!(depth(&environment(variables), Colours::Never).0, Depth::None);
        }
    }

    #[test]
    fn colorfgbg_says_what_the_ground_is() {
        for (value, expected) in [
            ("15;0", Some(Ground::Dark)),
            ("0;15", Some(Ground::Light)),
            ("0;default;15", Some(Ground::Light)),
            ("15;8", Some(Ground::Dark)),
            ("0;7", Some(Ground::Light)),
            ("15;default", None),
            ("15;200", None),
            ("", None),
        ] {
            assert_eq!(ground(&environment(&[("COLORFGBG", value)])), expected, "{value:?}");
        }
    }
}
