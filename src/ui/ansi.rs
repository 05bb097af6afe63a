//! A page as text for standard output: the same rows as on the screen, plain or with colours.

use std::fmt::Write as _;

use crossterm::style::{Attribute, Color as Ink, SetAttribute, SetBackgroundColor, SetForegroundColor};
use ratatui::style::{Color, Modifier, Style};

use super::link;
use super::theme::Theme;
use crate::blog::url::Url;
use crate::markdown::{Layout, Run};

/// The page without colours; no white space at the ends of rows.
pub fn plain(page: &Layout) -> String {
    let mut text = String::new();
    for row in &page.rows {
        let line: String = row.gutter.iter().chain(&row.runs).map(|run| run.text.as_str()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The page with the colours of a theme, on the terminal's own ground; `addresses` has one for every link that is to be
/// one to the terminal too.
pub fn coloured(page: &Layout, theme: &Theme, addresses: &[Option<Url>]) -> String {
    let mut text = String::new();
    for row in &page.rows {
        for run in row.gutter.iter().chain(&row.runs) {
            let address = |id: usize| link::opening(id, addresses.get(id)?.as_ref()?);
            let opening = run.link.and_then(address);
            text.extend(opening.as_deref());
            push(&mut text, run, theme.run(run));
            text.extend(opening.map(|_| link::CLOSING));
        }
        text.push('\n');
    }
    text
}

fn push(text: &mut String, run: &Run, style: Style) {
    // Writing to a string cannot fail.
    if let Some(ink) = style.fg.and_then(ink) {
        let _ = write!(text, "{}", SetForegroundColor(ink));
    }
    if let Some(ground) = style.bg.and_then(ink) {
        let _ = write!(text, "{}", SetBackgroundColor(ground));
    }
    for (modifier, attribute) in [
        (Modifier::BOLD, Attribute::Bold),
        (Modifier::DIM, Attribute::Dim),
        (Modifier::ITALIC, Attribute::Italic),
        (Modifier::UNDERLINED, Attribute::Underlined),
        (Modifier::CROSSED_OUT, Attribute::CrossedOut),
        (Modifier::REVERSED, Attribute::Reverse),
    ] {
        if style.add_modifier.contains(modifier) {
            let _ = write!(text, "{}", SetAttribute(attribute));
        }
    }
    text.push_str(run.text.as_str());
    if style != Style::new() {
        let _ = write!(text, "{}", SetAttribute(Attribute::Reset));
    }
}

/// The colour as the terminal is told; none for its own.
fn ink(color: Color) -> Option<Ink> {
    Some(match color {
        Color::Black => Ink::Black,
        Color::Red => Ink::DarkRed,
        Color::Green => Ink::DarkGreen,
        Color::Yellow => Ink::DarkYellow,
        Color::Blue => Ink::DarkBlue,
        Color::Magenta => Ink::DarkMagenta,
        Color::Cyan => Ink::DarkCyan,
        Color::Gray => Ink::Grey,
        Color::DarkGray => Ink::DarkGrey,
        Color::LightRed => Ink::Red,
        Color::LightGreen => Ink::Green,
        Color::LightYellow => Ink::Yellow,
        Color::LightBlue => Ink::Blue,
        Color::LightMagenta => Ink::Magenta,
        Color::LightCyan => Ink::Cyan,
        Color::White => Ink::White,
        Color::Rgb(r, g, b) => Ink::Rgb { r, g, b },
        Color::Indexed(index) => Ink::AnsiValue(index),
        Color::Reset => return None,
    })
}
