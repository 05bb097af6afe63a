//! A line that the reader types, and what it is for. What was there before can be had back.

use super::cursor::Motion;
use super::keys::{Code, Held, Key};
use super::place::Place;

/// A line being typed at the bottom of the screen.
#[derive(Debug)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// What is typed so far.
    pub line: Line,
    /// Where the reader was when it was opened.
    pub before: Place,
    /// What was typed for this before.
    pub past: Past,
}

/// What was typed before, and how far back the reader has gone in it.
#[derive(Debug, Default)]
pub struct Past {
    /// The last line last.
    lines: Vec<String>,
    /// The line that is shown; behind the last one is what is being typed.
    at: usize,
    typed: String,
}

impl Past {
    /// These lines, the last one last, at what is being typed.
    pub fn of(lines: Vec<String>) -> Self {
        Self { at: lines.len(), lines, typed: String::new() }
    }

    /// The line before or behind the one shown; none at the ends.
    fn go(&mut self, motion: Motion, shown: &str) -> Option<&str> {
        if self.at == self.lines.len() {
            shown.clone_into(&mut self.typed);
        }
        let to = motion.from(self.at, self.lines.len() + 1);
        if to == self.at {
            return None;
        }
        self.at = to;
        Some(self.lines.get(to).unwrap_or(&self.typed))
    }
}

/// What a prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To choose posts.
    Posts,
    /// To choose tags.
    Tags,
    /// To give the search of the list a name.
    Name,
    /// To find words in the article, from a row on.
    Words(usize),
}

/// What a key did to a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The text is another one now.
    Changed,
    /// Only the cursor moved, or nothing.
    Same,
    /// The reader is content.
    Accepted,
    /// The reader wants back what was before.
    Cancelled,
    /// The key is for what is above: down or up.
    Passed,
    /// The word is to become what it may become.
    Completed,
}

/// Characters of a line at the most: more than fits any screen's last row, and little enough to be looked for at every key.
const LONGEST: usize = 512;

impl Prompt {
    /// Does what a key asks for.
    pub fn press(&mut self, key: Key) -> Typed {
        match (key.held, key.code) {
            (Held::Nothing, Code::Enter) => Typed::Accepted,
            (Held::Nothing, Code::Escape) | (Held::Control, Code::Char('c' | 'g')) => Typed::Cancelled,
            (Held::Nothing, Code::Backspace) if self.line.text.is_empty() => Typed::Cancelled,
            (Held::Nothing, Code::Tab) if self.purpose == Purpose::Posts => Typed::Completed,
            (_, Code::Up) | (Held::Control, Code::Char('p')) if self.has_past() => self.recall(Motion::Up(1)),
            (_, Code::Down) | (Held::Control, Code::Char('n')) if self.has_past() => self.recall(Motion::Down(1)),
            (_, Code::Down | Code::Up | Code::PageDown | Code::PageUp) => Typed::Passed,
            _ => self.line.press(key),
        }
    }

    /// Whether what is typed here is remembered.
    fn has_past(&self) -> bool {
        matches!(self.purpose, Purpose::Posts | Purpose::Words(_))
    }

    fn recall(&mut self, motion: Motion) -> Typed {
        match self.past.go(motion, &self.line.text) {
            Some(line) => {
                self.line = Line::new(line);
                Typed::Changed
            }
            None => Typed::Same,
        }
    }
}

/// An editable line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The text.
    pub text: String,
    /// The byte before which the next character is put.
    pub cursor: usize,
}

impl Line {
    /// A line with the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    /// What stands before the cursor.
    pub fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// Whether it takes no more characters.
    pub fn is_full(&self) -> bool {
        self.text.chars().count() >= LONGEST
    }

    fn after(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    /// Puts `text` in the place of what stands between the byte `from` and the cursor.
    pub fn replace(&mut self, from: usize, text: &str) {
        self.text.replace_range(from.min(self.cursor)..self.cursor, text);
        self.cursor = from.min(self.cursor) + text.len();
    }

    fn press(&mut self, key: Key) -> Typed {
        match (key.held, key.code) {
            (Held::Nothing, Code::Char(letter)) => self.insert(letter),
            (Held::Nothing, Code::Backspace) => self.delete(self.left(), self.cursor),
            (Held::Nothing, Code::Delete) => self.delete(self.cursor, self.right()),
            (Held::Control, Code::Char('u')) => self.delete(0, self.cursor),
            (Held::Control, Code::Char('k')) => self.delete(self.cursor, self.text.len()),
            (Held::Control, Code::Char('w')) => self.delete(self.word(), self.cursor),
            (Held::Nothing, Code::Left) => self.go(self.left()),
            (Held::Nothing, Code::Right) => self.go(self.right()),
            (Held::Nothing, Code::Home) | (Held::Control, Code::Char('a')) => self.go(0),
            (Held::Nothing, Code::End) | (Held::Control, Code::Char('e')) => self.go(self.text.len()),
            _ => Typed::Same,
        }
    }

    /// Inserts what can stand in a line of a text, as far as there is room.
    pub(super) fn paste(&mut self, text: &str) -> Typed {
        let before = self.text.len();
        for letter in text.trim_end().chars().take(LONGEST) {
            self.insert(if letter.is_whitespace() { ' ' } else { letter });
        }
        if self.text.len() == before { Typed::Same } else { Typed::Changed }
    }

    fn insert(&mut self, letter: char) -> Typed {
        if letter.is_control() || self.is_full() {
            return Typed::Same;
        }
        self.text.insert(self.cursor, letter);
        self.cursor += letter.len_utf8();
        Typed::Changed
    }

    fn delete(&mut self, from: usize, to: usize) -> Typed {
        if from == to {
            return Typed::Same;
        }
        self.text.replace_range(from..to, "");
        self.cursor = from;
        Typed::Changed
    }

    fn go(&mut self, to: usize) -> Typed {
        self.cursor = to;
        Typed::Same
    }

    fn left(&self) -> usize {
        self.before().char_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        self.cursor + self.after().chars().next().map_or(0, char::len_utf8)
    }

    /// Where the word before the cursor begins.
    fn word(&self) -> usize {
        let trimmed = self.before().trim_end();
        let space = trimmed.char_indices().rfind(|(_, letter)| letter.is_whitespace());
        space.map_or(0, |(at, space)| at + space.len_utf8())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Line {
        let mut line = Line::default();
        for key in Key::sequence(keys) {
            line.press(key);
        }
        line
    }

    #[test]
    fn a_line_takes_no_more_than_can_be_looked_for_at_every_key() {
        let line = typed(&"日".repeat(10_000));
        assert_eq!((line.text.chars().count(), line.is_full()), (LONGEST, true));
        assert!(!typed("日").is_full());
    }

    #[test]
    fn a_line_is_edited_as_in_a_shell() {
        for (keys, text, cursor) in [
            ("abc", "abc", 3),
            ("abc<bs>", "ab", 2),
            ("one two<c-w>x", "one x", 5),
            ("abc<c-a>x", "xabc", 1),
            ("abc<left><del>", "ab", 2),
            ("äö<left><bs>", "ö", 0),
            ("abc<c-u>", "", 0),
            ("abc<home><c-k>", "", 0),
            ("<bs><del><left><right><c-w>", "", 0),
            ("日本\u{3000}東京<c-w>", "日本\u{3000}", 9),
            ("a\u{a0}b<c-w>", "a\u{a0}", 3),
        ] {
            assert_eq!(typed(keys), Line { text: text.to_owned(), cursor }, "{keys}");
        }
    }
}
