//! Text as a terminal shows it: cleaned of what a terminal would obey, measured in columns, clipped and wrapped.
//!
//! Everything from outside becomes [`Clean`] **after** its last decoding, so that `&#27;` in a post or `"\e"` in YAML
//! cannot reach the terminal either. Only this file can make a `Clean`; painters accept nothing else.

mod clusters;
mod invisible;
mod places;
mod wrap;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use self::clusters::CLUSTER;
pub use self::clusters::{clusters, clusters_end};
use self::invisible::{is_bidi_control, is_invisible, is_joiner, is_selector, may_be_joined, may_be_selected};
pub use self::places::{Breaks, between_hyphens};
pub use self::wrap::{End, Line, longest_word, wrap, wrap_with};

/// One row's worth of text that is safe to show: no control character, no line break, no invisible formatting.
///
/// | what | becomes |
/// |------|---------|
/// | tab | spaces up to the next of the stops, which stand four columns apart |
/// | another end of a line: LF, CR, CR LF, VT, FF, NEL, U+2028, U+2029 | one space |
/// | another control of C0, and DEL | its picture (`␛`) |
/// | a control of C1 | `�` |
/// | what turns the direction: U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069 | nothing in [`Clean::prose`], spelled out (`<U+202E>`) in [`Clean::exact`] |
/// | ZWJ and ZWNJ behind a script that joins its letters, or an emoji | itself; elsewhere nothing |
/// | variation selectors U+FE00 to U+FE0F behind a sign, an emoji or an ideograph | itself; elsewhere nothing |
/// | other characters that show nothing: `Default_Ignorable_Code_Point`, soft hyphens (which running text sets by [`between_hyphens`]), tags, U+FFF9 to U+FFFB, U+10EEEE | nothing |
/// | a combining mark behind eight others on one base, also where texts are joined | nothing |
/// | anything else | itself |
///
/// Cleaning twice is cleaning once.
#[derive(Clone)]
pub struct Clean(Held);

/// A text, however it is held.
#[derive(Clone)]
enum Held {
    Fixed(&'static str),
    Own(String),
    Shared(Arc<str>),
}

impl Clean {
    /// Text of our own, known when the program is compiled.
    pub const fn literal(text: &'static str) -> Self {
        Self(Held::Fixed(text))
    }

    /// What a person wrote to be read: titles, tags, sentences.
    pub fn prose(text: &str) -> Self {
        Self(Held::Own(cleaned(text, Bidi::Removed)))
    }

    /// What must be seen as it is: code, addresses, file names.
    pub fn exact(text: &str) -> Self {
        Self(Held::Own(cleaned(text, Bidi::Spelled)))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Held::Fixed(text) => text,
            Held::Own(text) => text,
            Held::Shared(text) => text,
        }
    }

    /// The same, whose copies take no memory for the text.
    #[must_use]
    pub fn shared(&self) -> Self {
        Self(Held::Shared(Arc::from(self.as_str())))
    }

    /// A part of it, which is as clean as the whole. A range off the character boundaries gives nothing.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        Self(Held::Own(self.as_str().get(range).unwrap_or_default().to_owned()))
    }

    /// Both texts, one after the other. What a mark at the start of `more` stands on keeps no more marks than in one text.
    pub fn push(&mut self, more: &Self) {
        let marks = more.leading_marks();
        if marks > 0 {
            let taken = self.as_str().chars().rev().take(MARKS).take_while(|last| is_mark(*last)).count();
            let kept: usize = more.as_str().chars().take(MARKS - taken).map(char::len_utf8).sum();
            if kept < marks {
                self.push(&more.slice(0..kept));
                return self.push(&more.slice(marks..more.as_str().len()));
            }
        }
        if let Held::Own(text) = &mut self.0 {
            text.push_str(more.as_str());
        } else {
            self.0 = Held::Own([self.as_str(), more.as_str()].concat());
        }
    }

    /// Bytes of the marks that it begins with, which stand on whatever is before it.
    pub fn leading_marks(&self) -> usize {
        self.as_str().chars().take_while(|mark| is_mark(*mark)).map(char::len_utf8).sum()
    }

    /// Columns that it takes in a terminal.
    pub fn width(&self) -> usize {
        width(self.as_str())
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// As much of the start as fits in `columns`, with `…` where something was cut.
    #[must_use]
    pub fn clipped(&self, columns: usize) -> Self {
        Self(Held::Own(clip(self.as_str(), columns).into_owned()))
    }
}

impl Default for Clean {
    fn default() -> Self {
        Self(Held::Own(String::new()))
    }
}

impl PartialEq for Clean {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Clean {}

impl PartialOrd for Clean {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Clean {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Clean {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// `format!` whose result is [`Clean`].
#[macro_export]
macro_rules! clean {
    ($($part:tt)*) => { $crate::text::Clean::prose(&format!($($part)*)) };
}

/// What happens to characters that turn the direction of the text around them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bidi {
    Removed,
    Spelled,
}

/// Columns between tab stops.
const TAB: usize = 4;
/// Combining marks that one base character keeps.
const MARKS: usize = 8;

fn cleaned(text: &str, bidi: Bidi) -> String {
    // Most text is ASCII, which is told at the speed of memory.
    let controls = text.bytes().fold(false, |found, byte| found | byte.is_ascii_control());
    if !controls && (text.is_ascii() || text.chars().all(is_plain)) {
        return text.to_owned();
    }
    let mut cleaner = Cleaner::default();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\t' => cleaner.tab(),
            '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaner.base(' '),
            '\0'..='\u{1f}' => cleaner.base(char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}')),
            '\u{7f}' => cleaner.base('\u{2421}'),
            '\u{80}'..='\u{9f}' => cleaner.base('\u{fffd}'),
            _ if is_bidi_control(character) => {
                if bidi == Bidi::Spelled {
                    format!("<U+{:04X}>", character as u32).chars().for_each(|spelled| cleaner.base(spelled));
                }
            }
            _ if is_joiner(character) => cleaner.joiner(character),
            _ if is_selector(character) => cleaner.selector(character),
            _ if is_invisible(character) => {}
            _ if is_mark(character) => cleaner.mark(character),
            _ => cleaner.base(character),
        }
    }
    cleaner.text
}

/// The text so far, and what its last cluster has already spent.
#[derive(Default)]
struct Cleaner {
    text: String,
    cluster: usize,
    marks: usize,
    /// Where the last tab stop stands; columns are counted from there.
    stop: usize,
}

impl Cleaner {
    fn base(&mut self, character: char) {
        if !self.text.ends_with('\u{200d}') {
            self.cluster = 0;
        }
        self.marks = 0;
        self.cluster += character.len_utf8();
        self.text.push(character);
    }

    fn mark(&mut self, character: char) {
        if self.marks < MARKS && self.cluster + character.len_utf8() <= CLUSTER {
            self.marks += 1;
            self.cluster += character.len_utf8();
            self.text.push(character);
        }
    }

    /// Keeps a joiner behind a character that it can join to the next; behind any other it only hides.
    fn joiner(&mut self, character: char) {
        let joins = self.text.chars().next_back().is_some_and(may_be_joined);
        // What it joins follows with at most four bytes, and must fit as well.
        if joins && self.cluster + character.len_utf8() + 4 <= CLUSTER {
            self.cluster += character.len_utf8();
            self.text.push(character);
        }
    }

    /// Keeps a selector behind a character that has more than one form; behind any other it only hides.
    fn selector(&mut self, character: char) {
        if self.text.chars().next_back().is_some_and(may_be_selected) {
            self.mark(character);
        }
    }

    fn tab(&mut self) {
        let since = self.text.get(self.stop..).unwrap_or_default();
        let spaces = TAB - width(since) % TAB;
        for _ in 0..spaces {
            self.base(' ');
        }
        self.stop = self.text.len();
    }
}

/// Whether a character is one column wide and joins no other: most of what is written in Latin, Greek and Cyrillic.
///
/// Most text is nothing else, and needs no table to be cleaned or counted.
const fn is_plain(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{388}'..='\u{482}' | '\u{2010}'..='\u{2027}')
}

/// Whether a character takes no column of its own, but belongs to the one before it.
fn is_mark(character: char) -> bool {
    character.width() == Some(0)
}

/// Columns that `text` takes, cluster by cluster, as the painter counts them.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    if text.chars().all(is_plain) {
        return text.chars().count();
    }
    clusters(text).map(|(_, cluster)| cluster.width()).sum()
}

/// As much of the start of `text` as fits in `columns`, with `…` where something was cut.
pub fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    if fitting(text, columns) == text.len() {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let kept = text.get(..fitting(text, room)).unwrap_or_default();
    Cow::Owned(format!("{}…", kept.trim_end()))
}

/// Text of many lines as it was written, safe to print: line breaks and tabs stay, everything else is cleaned exactly.
pub fn clean_lines(text: &str) -> String {
    let clean = |part: &str| cleaned(part, Bidi::Spelled);
    let line = |line: &str| line.split('\t').map(clean).collect::<Vec<_>>().join("\t") + "\n";
    text.lines().map(line).collect()
}

/// Whether a character is obeyed by a terminal or shows nothing, so that cleaning takes it away wherever it stands.
pub fn is_hidden(character: char) -> bool {
    let ends_line = matches!(character, '\u{2028}' | '\u{2029}');
    character.is_control() || ends_line || is_bidi_control(character) || is_invisible(character)
}

/// Bytes of the longest start of `text`, in whole clusters, that fits in `columns`.
pub fn fitting(text: &str, columns: usize) -> usize {
    // The character behind the last column counts too: it could belong to the one before it.
    let end = columns.saturating_add(1).min(text.len());
    if text.as_bytes().get(..end).is_some_and(<[u8]>::is_ascii) {
        return end.min(columns);
    }
    let mut taken = 0;
    for (at, cluster) in clusters(text) {
        taken += cluster.width();
        if taken > columns {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    #[test]
    fn control_characters_are_shown_and_never_passed_on() {
        for (raw, shown) in [
            ("a\u{1b}[31mred", "a␛[31mred"),
            ("bell\u{7}", "bell␇"),
            ("c1\u{9b}2J", "c1\u{fffd}2J"),
            ("del\u{7f}", "del␡"),
            ("zero\u{200b}width", "zerowidth"),
            ("two\nlines\r\nhere", "two lines here"),
            ("a\tb", "a   b"),
            ("picture\u{10eeee}", "picture"),
        ] {
            assert_eq!(Clean::prose(raw).as_str(), shown);
        }
    }

    #[test]
    fn every_control_is_caught_wherever_it_stands() {
        for code in (0..0x20).chain(0x7f..0xa0) {
            let control = char::from_u32(code).unwrap();
            for text in [format!("{control}"), format!("é{control}x"), format!("x{control}{control}")] {
                assert!(!Clean::prose(&text).as_str().contains(char::is_control), "{code:#x}");
                assert!(!Clean::exact(&text).as_str().contains(char::is_control), "{code:#x}");
            }
        }
    }

    #[test]
    fn a_text_is_the_same_whoever_holds_it() {
        let (fixed, own) = (Clean::literal("a b"), Clean::prose("a b"));
        let shared = own.shared();
        assert!(fixed == own && own == shared && shared.clone() == fixed);
        assert_eq!([shared.clone(), Clean::prose("c"), Clean::literal("a")].iter().min(), Some(&Clean::prose("a")));
        let all: std::collections::HashSet<Clean> = [fixed, own, shared.clone()].into_iter().collect();
        assert_eq!(all.len(), 1);
        let mut longer = shared.clone();
        longer.push(&Clean::literal(" c"));
        assert_eq!((longer.as_str(), shared.as_str()), ("a b c", "a b"));
    }

    #[test]
    fn direction_controls_vanish_in_prose_and_are_spelled_out_in_code() {
        assert_eq!(Clean::prose("a\u{202e}b").as_str(), "ab");
        assert_eq!(Clean::exact("a\u{202e}b").as_str(), "a<U+202E>b");
    }

    #[test]
    fn joiners_stay_where_a_script_needs_them() {
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(Clean::prose(family).as_str(), family);
        assert_eq!(Clean::prose("می\u{200c}خواهم").as_str(), "می\u{200c}خواهم");
        assert_eq!(Clean::prose("pay\u{200d}pal").as_str(), "paypal");
    }

    #[test]
    fn nothing_hides_between_two_letters() {
        // Default_Ignorable_Code_Point of Unicode 17, whole; what else shows nothing; and the ends of lines.
        let hidden = [
            0xad..=0xad,
            0x34f..=0x34f,
            0x61c..=0x61c,
            0x115f..=0x1160,
            0x17b4..=0x17b5,
            0x180b..=0x180f,
            0x200b..=0x200f,
            0x202a..=0x202e,
            0x2060..=0x206f,
            0x3164..=0x3164,
            0xfe00..=0xfe0f,
            0xfeff..=0xfeff,
            0xffa0..=0xffa0,
            0xfff0..=0xfffb,
            0x1bca0..=0x1bca3,
            0x1d173..=0x1d17a,
            0xe0000..=0xe0fff,
            0x10_eeee..=0x10_eeee,
        ];
        let mut passed = 0;
        for character in ('\0'..=char::MAX).filter(|character| !character.is_control()) {
            let prose = Clean::prose(&format!("x{character}y"));
            let exact = Clean::exact(&format!("x{character}y"));
            let code = character as u32;
            if is_bidi_control(character) {
                assert_eq!((prose.as_str(), exact.as_str()), ("xy", &*format!("x<U+{code:04X}>y")));
            } else if hidden.iter().any(|range| range.contains(&code)) {
                assert_eq!((prose.as_str(), exact.as_str()), ("xy", "xy"), "{code:#x}");
            } else if matches!(code, 0x2028 | 0x2029) {
                assert_eq!(prose.as_str(), "x y");
            } else {
                assert_eq!((prose.as_str(), exact.as_str()), (&*format!("x{character}y"), prose.as_str()), "{code:#x}");
                passed += 1;
            }
            assert_eq!(Clean::prose(prose.as_str()), prose);
        }
        assert!(passed > 1_100_000 - 10_000);
    }

    #[test]
    fn what_an_emoji_or_a_script_needs_stays() {
        for text in [
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "☺\u{fe0e}",
            "神\u{fe00}",
            "ℹ\u{fe0f}",
            "🏳\u{fe0f}\u{200d}🌈",
            "👩🏽\u{200d}🚀",
            "क\u{94d}\u{200d}ष",
            "می\u{200c}خواهم",
            "⠓\u{2800}⠊",
        ] {
            assert_eq!((Clean::prose(text).as_str(), Clean::exact(text).as_str()), (text, text));
        }
        for (text, shown) in [
            ("a\u{fe0f}b", "ab"),
            ("日\u{200d}本", "日本"),
            ("é\u{200c}e", "ée"),
            ("☺\u{fe0f}\u{fe0f}", "☺\u{fe0f}"),
            ("\u{3164}.md", ".md"),
        ] {
            assert_eq!((Clean::prose(text).as_str(), Clean::exact(text).as_str()), (shown, shown));
        }
    }

    #[test]
    fn a_tower_of_marks_is_cut() {
        let tower = format!("a{}", "\u{301}".repeat(1_000));
        assert_eq!(Clean::prose(&tower).as_str().chars().count(), 1 + MARKS);
    }

    #[test]
    fn a_tower_of_marks_is_cut_where_texts_are_joined() {
        let mut joined = Clean::prose("a");
        (0..300).for_each(|_| joined.push(&Clean::prose("\u{301}")));
        assert_eq!(joined.as_str().chars().count(), 1 + MARKS);
        joined.push(&Clean::prose("\u{302}\u{301}b\u{301}"));
        assert_eq!(joined.as_str().chars().count(), 1 + MARKS + 2);
        let mut few = Clean::prose("e\u{301}");
        few.push(&Clean::prose("\u{302}x"));
        assert_eq!(few.as_str(), "e\u{301}\u{302}x");
    }

    #[test]
    fn plain_characters_are_what_the_tables_say() {
        for character in (0..0x1_0000).filter_map(char::from_u32).filter(|character| is_plain(*character)) {
            assert_eq!(character.width(), Some(1), "{character:?}");
            assert!(!is_bidi_control(character) && !is_invisible(character), "{character:?}");
            assert_eq!(format!("a{character}b").graphemes(true).count(), 3, "{character:?}");
        }
    }

    #[test]
    fn wide_text_is_counted_in_columns() {
        for (text, columns) in [("abc", 3), ("日本", 4), ("👨\u{200d}👩\u{200d}👧", 2), ("e\u{301}", 1), ("🇳🇴", 2)]
        {
            assert_eq!(width(text), columns, "{text}");
        }
        assert_eq!(clip("日本語", 5), "日本…");
        assert_eq!(clip("abc", 3), "abc");
        assert_eq!(clip("abc", 0), "");
    }
}
