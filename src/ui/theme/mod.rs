//! What things look like: every role and every part of the screen to a style. Themes are data; nothing else names a colour.
//!
//! Roles and parts have names here, themes say in their files how a name looks, and a theme is reduced once to the colours
//! that the terminal has. It reads no file and asks no terminal.

pub mod depth;
mod read;
pub mod shelf;

use std::collections::BTreeMap;

use ratatui::style::Style;

pub use self::depth::Depth;
pub use self::shelf::{AUTO, Themes, Written};
use crate::markdown::{Marks, Role, Run, Token};

/// A way to look.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// What the configuration calls it.
    pub name: String,
    styles: BTreeMap<String, Style>,
}

/// What the terminal's own background is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Text on it is dark.
    Light,
    /// Text on it is light.
    Dark,
}

/// Parts of the screen that are no text of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The screen behind everything.
    Ground,
    /// The line at the top and the one at the bottom.
    Bar,
    /// What stands out in them.
    BarStrong,
    /// What matters less.
    Faint,
    /// The heading of a year.
    Year,
    /// The row under the cursor.
    Selected,
    /// The mark left of it.
    Cursor,
    /// A title in a list.
    Title,
    /// The word `draft`.
    Draft,
    /// A tag in a list.
    Tag,
    /// Something wrong.
    Fault,
    /// A link's number laid over it.
    Hint,
    /// A word that was looked for.
    Hit,
    /// The one that the reader is at.
    CurrentHit,
    /// The focused link.
    Focus,
    /// A link that leads nowhere.
    Broken,
    /// A frame around a panel.
    Frame,
    /// A link that was followed.
    Visited,
    /// The mark at the edge that shows which part of a page is on screen.
    ScrollThumb,
}

impl Theme {
    /// The theme built in of a name, in all its colours.
    pub fn named(name: &str) -> Option<Self> {
        let themes = Themes::default();
        themes.names().contains(&name).then(|| themes.whole(name).0)
    }

    /// The style of a part of the screen.
    pub fn part(&self, part: Part) -> Style {
        self.style(part.name())
    }

    /// The style of a run of a post.
    pub fn run(&self, run: &Run) -> Style {
        let mut style = self.style(name(run.role));
        for (mark, name) in [
            (Marks::STRONG, "strong"),
            (Marks::EMPHASIS, "emphasis"),
            (Marks::STRIKE, "strike"),
            (Marks::UNDERLINE, "underline"),
        ] {
            if run.marks.has(mark) {
                style = style.patch(self.style(name));
            }
        }
        if run.link.is_some() && run.role != Role::Image {
            let link = self.style(name(Role::Link));
            style = style.patch(Style { bg: None, ..link });
        }
        style
    }

    fn style(&self, name: &str) -> Style {
        self.styles.get(name).copied().unwrap_or_default()
    }
}

impl Part {
    /// What themes call it.
    const fn name(self) -> &'static str {
        match self {
            Self::Ground => "ground",
            Self::Bar => "bar",
            Self::BarStrong => "bar-strong",
            Self::Faint => "faint",
            Self::Year => "year",
            Self::Selected => "selected",
            Self::Cursor => "cursor",
            Self::Title => "list-title",
            Self::Draft => "draft",
            Self::Tag => "list-tag",
            Self::Fault => "fault",
            Self::Hint => "hint",
            Self::Hit => "hit",
            Self::CurrentHit => "current-hit",
            Self::Focus => "focus",
            Self::Broken => "broken",
            Self::Frame => "frame",
            Self::Visited => "visited",
            Self::ScrollThumb => "scroll-thumb",
        }
    }
}

/// What themes call a role. A name that is new here needs a line in `terminal.toml`, and nothing else.
const fn name(role: Role) -> &'static str {
    match role {
        Role::Title => "title",
        Role::Meta => "meta",
        Role::Tag => "tag",
        Role::Body => "body",
        Role::Heading(0 | 1) => "heading-1",
        Role::Heading(2) => "heading-2",
        Role::Heading(3) => "heading-3",
        Role::Heading(4) => "heading-4",
        Role::Heading(5) => "heading-5",
        Role::Heading(_) => "heading-6",
        Role::Link => "link",
        Role::Image => "image",
        Role::Code => "code",
        Role::CodeBlock => "code-block",
        Role::CodeLabel => "code-label",
        Role::Quote => "quote",
        Role::QuoteBar => "quote-bar",
        Role::Notice => "notice",
        Role::Alert => "alert",
        Role::Marker => "marker",
        Role::Rule => "rule",
        Role::TableHead => "table-head",
        Role::Note => "note",
        Role::Key => "key",
        Role::Added => "added",
        Role::Math => "math",
        Role::Caption => "caption",
        Role::Highlight => "highlight",
        Role::Small => "small",
        Role::Unknown => "unknown",
        Role::Token(token) => token_name(token),
    }
}

const fn token_name(token: Token) -> &'static str {
    match token {
        Token::Keyword => "token-keyword",
        Token::Type => "token-type",
        Token::Function => "token-function",
        Token::Variable => "token-variable",
        Token::Constant => "token-constant",
        Token::String => "token-string",
        Token::Number => "token-number",
        Token::Comment => "token-comment",
        Token::Operator => "token-operator",
        Token::Punctuation => "token-punctuation",
        Token::Attribute => "token-attribute",
        Token::Tag => "token-tag",
        Token::Inserted => "token-inserted",
        Token::Deleted => "token-deleted",
        Token::Heading => "token-heading",
    }
}

#[cfg(test)]
mod tests;
