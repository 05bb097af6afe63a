//! What is looked for in a text: names as somebody types them, and words in any case and with or without accents.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::{Regex, RegexBuilder};
use unicode_normalization::char::decompose_canonical;

/// A text to look for; smart-case: lower case matches both cases, a capital only itself.
#[derive(Debug)]
pub struct Needle {
    pattern: Option<Regex>,
}

impl Needle {
    /// Looks for `text` as it stands.
    pub fn new(text: &str) -> Self {
        Self { pattern: smart(&regex::escape(text), text) }
    }

    /// Looks for `text` as the whole of what is searched; `*` in it stands for any letters.
    pub fn whole(text: &str) -> Self {
        Self { pattern: smart(&format!("^{}$", regex::escape(text).replace("\\*", ".*")), text) }
    }

    /// Looks for `text` as the whole of what is searched, and in no other case.
    pub fn exactly(text: &str) -> Self {
        Self { pattern: Regex::new(&format!("^{}$", regex::escape(text))).ok() }
    }

    /// Looks for `text` where what is searched begins.
    pub fn beginning(text: &str) -> Self {
        Self { pattern: smart(&format!("^{}", regex::escape(text).replace("\\*", ".*")), text) }
    }

    /// Whether it is there. A text too long to look for is nowhere.
    pub fn is_in(&self, text: &str) -> bool {
        self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }

    /// Every place, as bytes, none overlapping another.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        self.pattern.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.range()).collect()
    }
}

fn smart(escaped: &str, text: &str) -> Option<Regex> {
    let folds = !text.chars().any(char::is_uppercase);
    RegexBuilder::new(escaped).case_insensitive(folds).build().ok()
}

/// Letters that are looked for in one place at the most: a longer text is looked for by its first letters, since making a
/// pattern takes time for each of them.
const LETTERS: usize = 128;

/// Words in this order, in any case, with or without accents, with any white space between them.
///
/// The patterns are made when a text is first looked at: of many words, few are looked for in vain.
#[derive(Debug)]
pub struct Words {
    folded: String,
    /// For text without accents, which is faster.
    plain: OnceLock<Option<Regex>>,
    /// For any text.
    accented: OnceLock<Option<Regex>>,
}

impl Words {
    /// Looks for `text`; of no letters, it is nowhere.
    pub fn new(text: &str) -> Self {
        let folded = folded(text.trim()).chars().take(LETTERS).collect();
        Self { folded, plain: OnceLock::new(), accented: OnceLock::new() }
    }

    /// Bytes of them, as they are looked for.
    pub const fn length(&self) -> usize {
        self.folded.len()
    }

    fn pattern(&self, text: Text<'_>) -> Option<&Regex> {
        let made = |pattern: String, unicode| {
            let is_empty = self.folded.trim().is_empty();
            RegexBuilder::new(&pattern).case_insensitive(true).unicode(unicode).build().ok().filter(|_| !is_empty)
        };
        match text {
            Text::Plain(_) => self.plain.get_or_init(|| made(plain(&self.folded), !self.folded.is_ascii())),
            Text::Any(_) => self.accented.get_or_init(|| made(accented(&self.folded), true)),
        }
        .as_ref()
    }

    /// Whether they are there.
    pub fn are_in(&self, text: Text<'_>) -> bool {
        self.pattern(text).is_some_and(|pattern| pattern.is_match(text.as_str()))
    }

    /// Every place, as bytes, none overlapping another.
    pub fn places<'t>(&'t self, text: Text<'t>) -> impl Iterator<Item = Range<usize>> + use<'t> {
        self.pattern(text).into_iter().flat_map(move |pattern| pattern.find_iter(text.as_str())).map(|it| it.range())
    }
}

/// A text that is searched.
#[derive(Debug, Clone, Copy)]
pub enum Text<'a> {
    /// Certainly without accents.
    Plain(&'a str),
    /// Perhaps with accents.
    Any(&'a str),
}

impl<'a> Text<'a> {
    /// A text of which nothing is known.
    pub fn new(text: &'a str) -> Self {
        if may_have_accents(text) { Self::Any(text) } else { Self::Plain(text) }
    }

    /// A part of it, of which the same is known.
    #[must_use]
    pub const fn within(self, part: &'a str) -> Self {
        match self {
            Self::Plain(_) => Self::Plain(part),
            Self::Any(_) => Self::Any(part),
        }
    }

    /// The text itself.
    pub const fn as_str(self) -> &'a str {
        match self {
            Self::Plain(text) | Self::Any(text) => text,
        }
    }
}

/// Whether a letter with an accent may be there, by the first bytes of such in UTF-8: Latin, Greek, Cyrillic, and marks.
pub fn may_have_accents(text: &str) -> bool {
    // Whole blocks without a branch: the compiler looks at many bytes at once.
    let may = |byte: &u8| matches!(byte, 0xC3..=0xC9 | 0xCC..=0xD3 | 0xE1);
    text.as_bytes().chunks(4096).any(|block| block.iter().fold(false, |found, byte| found | may(byte)))
}

const MARKS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// Letters that are written as others but are no such letter with a mark.
const ALIKE: [(char, &str); 8] =
    [('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('đ', "d"), ('ł', "l"), ('ı', "i"), ('ħ', "h")];

/// In lower case and without marks. What its script needs, such as the marks of kana, stays.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase).filter(|letter| !MARKS.contains(letter)) {
        match ALIKE.iter().find(|(alike, _)| *alike == letter) {
            Some((_, written)) => folded.push_str(written),
            None => folded.push(base(letter)),
        }
    }
    folded
}

/// The letter below the marks, if it has nothing else on it.
fn base(letter: char) -> char {
    let (mut first, mut only_marks) = (None, true);
    if !letter.is_ascii() {
        decompose_canonical(letter, |part| match first {
            None => first = Some(part),
            Some(_) => only_marks &= MARKS.contains(&part),
        });
    }
    first.filter(|_| only_marks).unwrap_or(letter)
}

/// Every letter that has marks on another, by that other.
static VARIANTS: LazyLock<HashMap<char, String>> = LazyLock::new(|| {
    let mut variants: HashMap<char, String> = HashMap::new();
    let scripts = ['\u{c0}'..='\u{24f}', '\u{370}'..='\u{52f}', '\u{1e00}'..='\u{1fff}'];
    for letter in scripts.into_iter().flatten() {
        let below = base(letter);
        if below != letter && !MARKS.contains(&letter) {
            variants.entry(below).or_default().push(letter);
        }
    }
    for (alike, written) in ALIKE.iter().filter(|(_, written)| written.len() == 1) {
        written.chars().for_each(|below| variants.entry(below).or_default().push(*alike));
    }
    variants
});

/// A pattern of folded text that finds it in any case.
fn plain(folded: &str) -> String {
    spaced(folded, |pattern, letter| pattern.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4]))))
}

/// A pattern of folded text that finds it under any marks.
fn accented(folded: &str) -> String {
    spaced(folded, |pattern, letter| {
        let escaped = regex::escape(letter.encode_utf8(&mut [0; 4]));
        // Writing to a string cannot fail.
        let _ = match VARIANTS.get(&letter) {
            Some(variants) => write!(pattern, "[{escaped}{variants}][\u{300}-\u{36f}]*"),
            None if letter.is_alphabetic() => write!(pattern, "{escaped}[\u{300}-\u{36f}]*"),
            None => write!(pattern, "{escaped}"),
        };
    })
}

/// A pattern with a piece per letter, and any white space where there is some.
fn spaced(text: &str, piece: impl Fn(&mut String, char)) -> String {
    let mut pattern = String::new();
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            pattern.push_str("(?:\\s|\u{a0})+");
        }
        word.chars().for_each(|letter| piece(&mut pattern, letter));
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_under_any_accent_and_over_the_end_of_a_line() {
        for (text, holds) in [
            ("uber", "Über alles"),
            ("über", "UBER"),
            ("uber", "U\u{308}ber"),
            ("naive cafe", "a naïve\n  CAFÉ"),
            ("two words", "Two\n words"),
            ("two words", "two\u{a0}words"),
            ("strasse", "Strasse"),
            ("smorrebrod", "Smørrebrød"),
            ("lodz", "Łódź"),
            ("日本", "これは日本語"),
            ("が", "が"),
            ("한글", "한글"),
            ("ελλάδα", "Ελλαδα"),
            ("a.b", "a.b"),
        ] {
            assert!(Words::new(text).are_in(Text::new(holds)), "{text} in {holds}");
        }
        for (text, lacks) in [("か", "が"), ("a.b", "axb"), ("", "anything"), ("über", "ober")] {
            assert!(!Words::new(text).are_in(Text::new(lacks)), "{text} in {lacks}");
        }
    }

    #[test]
    fn a_long_text_is_looked_for_by_its_first_letters() {
        let long = "é lot of words ".repeat(1_000);
        for (text, holds) in
            [(long.clone(), true), (long.to_uppercase(), true), (long.chars().take(200).collect(), true)]
        {
            assert_eq!(Words::new(&long).are_in(Text::new(&text)), holds);
        }
        assert!(!Words::new(&long).are_in(Text::new("a lot of words")));
    }

    #[test]
    fn a_star_in_a_name_stands_for_any_letters() {
        assert!(Needle::whole("VMworld*").is_in("VMworld2007"));
        assert!(!Needle::whole("VMworld*").is_in("My VMworld2007"));
        assert!(Needle::whole("*2007").is_in("VMworld2007"));
    }

    #[test]
    fn text_without_accents_is_known_as_such() {
        for (text, may) in [("plain – “text” 漢字 فارسی", false), ("é", true), ("e\u{301}", true), ("ё", true)]
        {
            assert_eq!(may_have_accents(text), may, "{text}");
        }
    }
}
