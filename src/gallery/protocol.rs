//! How a terminal is shown pictures: the choice between the protocols, from what the environment and the terminal say.
//!
//! It asks the terminal nothing; whoever asked it hands the answers in.

use crate::environment::Environment;
use crate::terminal::query::{Findings, Support};
use crate::ui::theme::Depth;

/// A way to show a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// <https://sw.kovidgoyal.net/kitty/graphics-protocol/>, with Unicode placeholders.
    Kitty,
    /// <https://iterm2.com/documentation-images.html>
    Iterm,
    /// Rows of six pixels, as terminals of the 1980s drew them.
    Sixel,
    /// Two colours in a cell, of as many as there are.
    HalfBlocks(Depth),
}

/// What the reader wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    /// What the terminal can do.
    #[default]
    Auto,
    /// No pictures.
    Off,
    /// This, whatever the terminal says.
    Kitty,
    /// This, whatever the terminal says.
    Iterm,
    /// This, whatever the terminal says.
    Sixel,
    /// This, whatever the terminal says.
    HalfBlocks,
}

/// What `images` may be set to.
pub const NAMES: [(&str, Wanted); 6] = [
    ("auto", Wanted::Auto),
    ("off", Wanted::Off),
    ("kitty", Wanted::Kitty),
    ("iterm2", Wanted::Iterm),
    ("sixel", Wanted::Sixel),
    ("halfblocks", Wanted::HalfBlocks),
];

/// Terminals of `$TERM_PROGRAM` that speak iTerm2's protocol. `WezTerm` answers kitty's question too, but has no
/// placeholders.
const ITERM: [&str; 6] = ["iTerm", "WezTerm", "mintty", "rio", "WarpTerminal", "Bobcat"];

/// The protocols that a terminal answered that it speaks.
pub fn spoken(findings: &Findings) -> Vec<Protocol> {
    let answers = [(Protocol::Kitty, findings.kitty), (Protocol::Sixel, findings.sixel)];
    answers.into_iter().filter(|(_, support)| *support == Support::Yes).map(|(protocol, _)| protocol).collect()
}

/// How pictures are shown, if at all. `spoken` is what the terminal answered that it speaks. The first rule that fits:
///
/// 1. What the reader wants, whatever the terminal says.
/// 2. Without colours, because the reader wants none or the terminal has none: no pictures.
/// 3. Inside a multiplexer: half blocks; what goes past it to the terminal stays there when another window is shown.
/// 4. Konsole: half blocks; its kitty has no placeholders and its sixels are misplaced.
/// 5. A terminal known by its name to speak iTerm2's protocol: that.
/// 6. What the terminal answered: kitty's, else sixels.
/// 7. Half blocks where there are 256 colours or more.
pub fn protocol(environment: &Environment, depth: Depth, spoken: &[Protocol], wanted: Wanted) -> Option<Protocol> {
    let blocks = matches!(depth, Depth::Indexed | Depth::True).then_some(Protocol::HalfBlocks(depth));
    match wanted {
        Wanted::Auto => {}
        Wanted::Off => return None,
        Wanted::Kitty => return Some(Protocol::Kitty),
        Wanted::Iterm => return Some(Protocol::Iterm),
        Wanted::Sixel => return Some(Protocol::Sixel),
        Wanted::HalfBlocks => return blocks.or(Some(Protocol::HalfBlocks(Depth::Indexed))),
    }
    if depth == Depth::None {
        return None;
    }
    let is_set = |name: &str| environment.variable(name).is_some();
    let is_inside = is_set("TMUX") || is_set("STY") || is_set("ZELLIJ") || is_multiplexer(text(environment, "TERM"));
    if is_inside || is_set("KONSOLE_VERSION") {
        return blocks;
    }
    let program = text(environment, "TERM_PROGRAM");
    if ITERM.iter().any(|known| program.contains(known)) || text(environment, "LC_TERMINAL").contains("iTerm") {
        return Some(Protocol::Iterm);
    }
    [Protocol::Kitty, Protocol::Sixel].into_iter().find(|protocol| spoken.contains(protocol)).or(blocks)
}

fn is_multiplexer(term: &str) -> bool {
    term.starts_with("tmux") || term.starts_with("screen")
}

fn text<'a>(environment: &'a Environment, name: &str) -> &'a str {
    environment.variable(name).and_then(|value| value.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCKS: Option<Protocol> = Some(Protocol::HalfBlocks(Depth::True));
    const FEW: Option<Protocol> = Some(Protocol::HalfBlocks(Depth::Indexed));

    fn environment(variables: &str) -> Environment {
        let pairs = variables.split_whitespace().filter_map(|pair| pair.split_once('='));
        pairs.fold(Environment::at("."), |environment, (name, value)| environment.with(name, value))
    }

    #[test]
    fn the_terminal_decides_unless_the_reader_does() {
        let (kitty, sixel) = (Protocol::Kitty, Protocol::Sixel);
        let (all, few, none) = (Depth::True, Depth::Indexed, Depth::None);
        for (variables, depth, spoken, expected) in [
            ("TERM=xterm-kitty", all, vec![kitty], Some(kitty)),
            ("TERM=xterm-kitty", all, vec![], BLOCKS),
            ("TERM=foot", all, vec![sixel], Some(sixel)),
            ("TERM=xterm-256color", few, vec![kitty, sixel], Some(kitty)),
            ("TERM=xterm-256color TERM_PROGRAM=WezTerm", all, vec![kitty, sixel], Some(Protocol::Iterm)),
            ("TERM=xterm-256color TERM_PROGRAM=iTerm.app", all, vec![kitty], Some(Protocol::Iterm)),
            ("TERM=xterm-256color LC_TERMINAL=iTerm2", few, vec![], Some(Protocol::Iterm)),
            ("TERM=xterm-256color KONSOLE_VERSION=240801", all, vec![kitty, sixel], BLOCKS),
            ("TERM=tmux-256color TMUX=/tmp/x TERM_PROGRAM=iTerm.app", few, vec![kitty, sixel], FEW),
            ("TERM=screen-256color STY=1", few, vec![], FEW),
            ("TERM=xterm-256color ZELLIJ=0", all, vec![sixel], BLOCKS),
            ("TERM=xterm-256color", few, vec![], FEW),
            ("TERM=xterm", Depth::Sixteen, vec![], None),
            ("TERM=xterm", Depth::Sixteen, vec![sixel], Some(sixel)),
            ("TERM=linux", Depth::Sixteen, vec![], None),
            ("TERM=xterm-kitty", none, vec![kitty], None),
            ("", Depth::Sixteen, vec![], None),
        ] {
            let found = protocol(&environment(variables), depth, &spoken, Wanted::Auto);
            assert_eq!(found, expected, "{variables} {spoken:?}");
        }
    }

    #[test]
    fn what_the_reader_wants_is_done() {
        let here = environment("TERM=xterm NO_COLOR=1");
        for (wanted, expected) in [
            (Wanted::Off, None),
            (Wanted::Kitty, Some(Protocol::Kitty)),
            (Wanted::Iterm, Some(Protocol::Iterm)),
            (Wanted::Sixel, Some(Protocol::Sixel)),
            (Wanted::HalfBlocks, FEW),
        ] {
            assert_eq!(protocol(&here, Depth::Sixteen, &[], wanted), expected);
        }
        assert_eq!(protocol(&here, Depth::True, &[], Wanted::HalfBlocks), BLOCKS);
    }
}
