//! One tag between braces: its name, its arguments, and what it would end.
//!
//! Arguments are split as Hugo, Liquid, Hexo and Zola write them; nothing is evaluated.

use std::ops::Range;

/// The ways of writing a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Angle,
    Percent,
    Liquid,
    Output,
}

impl Kind {
    pub(super) const fn opener(self) -> &'static str {
        match self {
            Self::Angle => "{{<",
            Self::Percent => "{{%",
            Self::Liquid => "{%",
            Self::Output => "{{",
        }
    }

    pub(super) const fn closer(self) -> &'static str {
        match self {
            Self::Angle => ">}}",
            Self::Percent => "%}}",
            Self::Liquid => "%}",
            Self::Output => "}}",
        }
    }

    /// The kind of tag that `text` begins with.
    pub(super) fn of(text: &str) -> Option<Self> {
        let kinds = [Self::Angle, Self::Percent, Self::Liquid, Self::Output];
        kinds.into_iter().find(|kind| text.starts_with(kind.opener()))
    }
}

/// Whose language a tag is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Hugo,
    Liquid,
    /// A function of Zola's, with its arguments in brackets.
    Call,
    Output,
}

/// One tag in the body.
#[derive(Debug, Clone)]
pub(super) struct Tag<'a> {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
    /// What stands between the braces, trimmed.
    pub(super) inner: &'a str,
}

impl<'a> Tag<'a> {
    pub(super) fn family(&self) -> Family {
        match self.kind {
            Kind::Angle | Kind::Percent => Family::Hugo,
            Kind::Liquid | Kind::Output if self.is_call() => Family::Call,
            Kind::Liquid => Family::Liquid,
            Kind::Output => Family::Output,
        }
    }

    fn is_call(&self) -> bool {
        let after = self.inner.trim_start_matches(is_name);
        after.starts_with('(') && self.inner.ends_with(')') && !self.name().is_empty()
    }

    /// The name, of a closing tag too.
    pub(super) fn name(&self) -> &'a str {
        let inner = self.inner.trim_start_matches('/').trim_start();
        let end = inner.find(|letter: char| letter.is_whitespace() || letter == '(').unwrap_or(inner.len());
        inner.get(..end).unwrap_or_default().trim_end_matches('/')
    }

    /// What stands behind the name.
    pub(super) fn rest(&self) -> &'a str {
        let inner = if self.is_single() { self.inner.trim_end_matches('/') } else { self.inner };
        let rest = inner.get(self.name().len()..).unwrap_or_default().trim();
        rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest)
    }

    /// Whether a shortcode of Hugo's says that nothing ends it. An address may end in a slash, too.
    fn is_single(&self) -> bool {
        let before = self.inner.strip_suffix('/').filter(|_| matches!(self.kind, Kind::Angle | Kind::Percent));
        let parted = |before: &str| before.ends_with([' ', '\t', '\n', '"', '`', '\'']) || !before.contains(' ');
        before.is_some_and(parted)
    }

    /// Whether it ends another tag.
    pub(super) fn is_closing(&self) -> bool {
        self.ends().is_some()
    }

    /// What it ends: a name, or nothing where any function of Zola's is meant.
    pub(super) fn ends(&self) -> Option<&'a str> {
        match self.family() {
            Family::Hugo => self.inner.starts_with('/').then(|| self.name()).filter(|name| !name.starts_with('*')),
            Family::Liquid => self.name().strip_prefix("end").filter(|_| self.rest().is_empty()),
            Family::Call | Family::Output => None,
        }
    }

    /// The name under which an ending tag would know it.
    pub(super) fn begins(&self) -> Option<&'a str> {
        match self.family() {
            Family::Hugo if !self.is_single() && !self.inner.starts_with("/*") => Some(self.name()),
            Family::Liquid => Some(self.name()),
            Family::Call if self.kind == Kind::Liquid => Some(""),
            _ => None,
        }
    }

    /// The arguments: a key where one was given, and the value without its quotes.
    pub(super) fn arguments(&self) -> Vec<(&'a str, &'a str)> {
        let is_call = self.is_call();
        let mut rest = self.rest();
        let mut arguments = Vec::new();
        while !rest.is_empty() {
            let word = rest.find([' ', '\t', '\n', '\r', '"', '\'', '`', '=']).unwrap_or(rest.len());
            let (key, value) = rest.split_at_checked(word).unwrap_or_default();
            let (key, (value, after)) = match value.strip_prefix('=') {
                Some(value) => (key, argument(value)),
                None => ("", argument(rest)),
            };
            arguments.push((key, if is_call { value.trim_end_matches(',') } else { value }));
            rest = after.trim_start_matches([' ', '\t', '\n', '\r', ',']);
        }
        arguments
    }

    /// The values without a key.
    pub(super) fn positional(&self) -> Vec<&'a str> {
        self.arguments().into_iter().filter(|(key, _)| key.is_empty()).map(|(_, value)| value).collect()
    }

    /// The value of one of `keys`, or else the first value without a key.
    pub(super) fn argument(&self, keys: &[&str]) -> Option<&'a str> {
        self.named(keys).or_else(|| self.positional().first().copied())
    }

    /// The value of one of `keys`, and nothing else.
    pub(super) fn named(&self, keys: &[&str]) -> Option<&'a str> {
        self.arguments().iter().find(|(key, value)| keys.contains(key) && !value.is_empty()).map(|(_, value)| *value)
    }
}

/// Whether a letter may stand in a name.
pub(super) fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '/' | ':')
}

/// The first value in `text`, without quotes, and what follows it. It always takes at least one character.
fn argument(text: &str) -> (&str, &str) {
    for quote in ['"', '\'', '`'] {
        if let Some((value, after)) = text.strip_prefix(quote).and_then(|quoted| quoted.split_once(quote)) {
            return (value, after);
        }
    }
    let mut letters = text.char_indices().skip(1);
    let end = letters.find(|(_, letter)| letter.is_whitespace()).map_or(text.len(), |(at, _)| at);
    let (value, after) = text.split_at_checked(end).unwrap_or_default();
    (value.trim_matches(['"', '\'', '`']), after)
}
