//! The one gate to standard output: what is printed is clean lines, JSON in which nothing hides, or a page in colours.
//!
//! Every part of it was cleaned where it was made; that none was forgotten is not left to whoever adds the next command.

use std::fmt::Write as _;

use anyhow::Result;
use serde::Serialize;

use crate::blog::url::Url;
use crate::markdown::Layout;
use crate::text;
use crate::ui::ansi;
use crate::ui::theme::Theme;

/// Text that may be printed.
#[derive(Debug, PartialEq, Eq)]
pub struct Printed(String);

impl Printed {
    /// Lines of text; tabs stay.
    pub fn lines(text: &str) -> Self {
        Self(text::clean_lines(text))
    }

    /// JSON; a character that a terminal would obey, or that shows nothing, is written as its number.
    pub fn json(value: &impl Serialize) -> Result<Self> {
        Ok(Self(escaped(&serde_json::to_string_pretty(value)?) + "\n"))
    }

    /// Values of JSON, one a line.
    pub fn json_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        Self(lines.map(|line| escaped(line) + "\n").collect())
    }

    /// A page with the colours of a theme, and with links to these addresses.
    pub fn page(page: &Layout, theme: &Theme, addresses: &[Option<Url>]) -> Self {
        Self(ansi::coloured(page, theme, addresses))
    }

    /// The same, and then something else.
    #[must_use]
    pub fn and(self, more: &Self) -> Self {
        Self(self.0 + &more.0)
    }

    /// What goes to standard output.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl FromIterator<String> for Printed {
    fn from_iter<I: IntoIterator<Item = String>>(lines: I) -> Self {
        Self::lines(&String::from_iter(lines))
    }
}

/// JSON that means the same, without characters that do not show.
fn escaped(json: &str) -> String {
    if json.is_ascii() && !json.contains('\x7f') {
        return json.to_owned();
    }
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if character == '\n' || !text::is_hidden(character) {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_printed_and_json_still_means_it() {
        let hostile = "a\u{1b}[2J\u{7f}\u{9b}31m\u{202e}b\u{200b}\u{e0041}\u{2028}é";
        let Printed(lines) = Printed::lines(hostile);
        let Printed(json) = Printed::json(&hostile).unwrap();
        for text in [&lines, &json] {
            assert!(text.chars().all(|character| character == '\n' || !text::is_hidden(character)), "{text:?}");
        }
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }
}
