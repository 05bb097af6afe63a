//! Terminals that show all colours and make links, known by what they set in the environment.
//!
//! It holds their names; what a multiplexer between them and this program leaves of that is for others to say.

use crate::environment::Environment;

/// By `TERM_PROGRAM`.
const PROGRAMS: [&str; 9] =
    ["iTerm.app", "WezTerm", "ghostty", "vscode", "Hyper", "rio", "WarpTerminal", "zed", "mintty"];
/// By the beginning of `TERM`.
const TERMS: [&str; 7] = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour", "rio"];
/// By a variable that only they set.
const VARIABLES: [&str; 3] = ["WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID"];

/// Whether the environment is that of one of them.
pub(super) fn is_known(environment: &Environment) -> bool {
    let of =
        |name: &str| environment.variable(name).map(|value| value.to_string_lossy().into_owned()).unwrap_or_default();
    let (term, program) = (of("TERM"), of("TERM_PROGRAM"));
    PROGRAMS.contains(&program.as_str())
        || VARIABLES.iter().any(|name| environment.variable(name).is_some())
        || TERMS.iter().any(|name| term.starts_with(name))
}
