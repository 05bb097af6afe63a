//! Which extensions of Markdown a body is written in, as the program that would publish it is set up.
//!
//! It names them and holds which are on; who publishes what, and how it is set up, is the blog's to know.

/// A set of extensions that programs differ in. What all of them have, such as tables, is always on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dialect(u8);

impl Dialect {
    /// No extension: what all programs agree on.
    pub const COMMON: Self = Self(0);
    /// `"so"` becomes “so”, `--` a dash, `...` an ellipsis.
    pub const SMART: Self = Self(1);
    /// `[[Name]]` and `[[Name#Heading|words]]` are links.
    pub const WIKILINKS: Self = Self(2);
    /// Every `$x$` and `$$x$$` is mathematics, not only what looks like it.
    pub const MATH: Self = Self(4);
    /// A line that begins with `: ` says what the line above it means.
    pub const DEFINITIONS: Self = Self(8);
    /// `:smile:` is an emoji.
    pub const EMOJI: Self = Self(16);
    /// An element of HTML that begins a line reaches to its end tag, and what stands in it is HTML.
    pub const WHOLE_HTML: Self = Self(32);
    /// Headings have names of ASCII letters, digits and hyphens.
    pub const ASCII_IDS: Self = Self(64);
    /// The names of headings keep their case.
    pub const CASED_IDS: Self = Self(128);
    /// For text of unknown origin: what can hardly be meant otherwise.
    pub const UNKNOWN: Self = Self::SMART.with(Self::WIKILINKS).with(Self::DEFINITIONS);

    /// Both sets.
    #[must_use]
    pub const fn with(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    /// Whether all of `extensions` are on.
    pub const fn has(self, extensions: Self) -> bool {
        self.0 & extensions.0 == extensions.0
    }
}

impl FromIterator<Self> for Dialect {
    fn from_iter<I: IntoIterator<Item = Self>>(extensions: I) -> Self {
        extensions.into_iter().fold(Self::COMMON, Self::with)
    }
}
