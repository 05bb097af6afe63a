//! Answers that come after nobody waits for them any more, kept apart from keys.
//!
//! Crossterm reads them as keys: Alt-] and the letters behind it, Alt-_ and the letters behind it. While an answer is still
//! due, keys that could be its beginning are held back until they are one, or are not; then they are keys after all. It
//! never holds a key that begins otherwise, and after the answers that are due it holds none. What has no end is given up.
//!
//! Not told apart is an answer of which crossterm got the first byte alone: it takes that for the Escape key at once.
//! DA1 and the size of a cell crossterm drops by itself.

use super::query::{Findings, Rest};
use crate::app::keys::{Code, Held, Key};

/// What begins as an answer: Alt and this key.
const OPENINGS: [(char, &str); 2] = [(']', "11;"), ('_', "Gi=31")];
/// Keys that are held at the most.
const LONGEST: usize = 300;

/// Keeps late answers from becoming keys.
#[derive(Debug)]
pub struct Late {
    due: Vec<char>,
    held: Vec<Key>,
    /// What came of an answer before keys were read by crossterm.
    begun: Vec<u8>,
}

/// What became of a key.
#[derive(Debug, PartialEq, Eq)]
pub enum Passed {
    /// It is a key, and so are those before it that were held.
    Keys(Vec<Key>),
    /// It may be part of an answer.
    Held,
    /// It ended one, which says this.
    Answer(Findings),
}

impl Late {
    /// For a terminal of which these answers are known, and the beginning of another.
    pub fn after(findings: &Findings, begun: Vec<u8>) -> Self {
        let due = |opening: char| match opening {
            ']' => findings.background.is_none(),
            _ => findings.kitty == super::query::Support::Unknown,
        };
        Self {
            due: OPENINGS.map(|(opening, _)| opening).into_iter().filter(|it| due(*it)).collect(),
            held: Vec::new(),
            begun,
        }
    }

    /// For a terminal that was not asked.
    pub fn nothing() -> Self {
        Self { due: Vec::new(), held: Vec::new(), begun: Vec::new() }
    }

    /// Takes the next key.
    pub fn pass(&mut self, key: Key) -> Passed {
        self.held.push(key);
        let bytes = [self.begun.clone(), bytes(&self.held)].concat();
        if let Some(opening) = self.opening(&bytes) {
            let (findings, rest) = Findings::read(&bytes);
            if rest == Rest::default() {
                self.due.retain(|due| *due != opening);
                (self.held, self.begun) = (Vec::new(), Vec::new());
                return Passed::Answer(findings);
            }
            if rest.typed.is_empty() && self.held.len() < LONGEST {
                return Passed::Held;
            }
        }
        self.begun = Vec::new();
        Passed::Keys(std::mem::take(&mut self.held))
    }

    /// Whether keys are held that may be the beginning of an answer.
    pub fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }

    /// The keys that were held, when nothing has followed them: an answer that was certainly begun is given up.
    pub fn give_up(&mut self) -> Vec<Key> {
        let bytes = [std::mem::take(&mut self.begun), bytes(&self.held)].concat();
        let held = std::mem::take(&mut self.held);
        let is_begun = |(opening, begin): (char, &str)| bytes.starts_with(format!("\u{1b}{opening}{begin}").as_bytes());
        if OPENINGS.into_iter().any(is_begun) { Vec::new() } else { held }
    }

    /// The answer that these bytes are, or may become.
    fn opening(&self, bytes: &[u8]) -> Option<char> {
        let text = bytes.strip_prefix(b"\x1b")?;
        let fits = |opening: char, begin: &str| {
            let whole = format!("{opening}{begin}");
            text.starts_with(whole.as_bytes()) || whole.as_bytes().starts_with(text)
        };
        let (opening, _) = OPENINGS.into_iter().find(|(opening, begin)| fits(*opening, begin))?;
        self.due.contains(&opening).then_some(opening)
    }
}

/// The bytes that crossterm read as these keys, as far as answers consist of them.
fn bytes(keys: &[Key]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for key in keys {
        match (key.code, key.held) {
            (Code::Char('g'), Held::Control) => bytes.push(0x07),
            (Code::Char(letter), Held::Alt) => bytes.extend(format!("\u{1b}{letter}").bytes()),
            (Code::Char(letter), Held::Nothing) => bytes.extend(letter.to_string().bytes()),
            // Nothing that an answer has in it.
            _ => bytes.push(0),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::typed;

    /// The keys that came through, and the last answer.
    fn through(late: &mut Late, text: &str) -> (Vec<Key>, Option<Findings>) {
        let (mut keys, mut found) = (Vec::new(), None);
        for key in typed::keys(text.as_bytes()) {
            match late.pass(key) {
                Passed::Keys(more) => keys.extend(more),
                Passed::Held => {}
                Passed::Answer(findings) => found = Some(findings),
            }
        }
        (keys, found)
    }

    #[test]
    fn a_late_answer_is_no_key_and_is_heard() {
        for mark in ["\u{7}", "\u{1b}\\"] {
            let mut late = Late::after(&Findings::default(), Vec::new());
            let (keys, found) = through(&mut late, &format!("\u{1b}]11;rgb:ffff/ffff/fffe{mark}"));
            assert_eq!((keys, found.unwrap_or_default().background), (vec![], Some((255, 255, 255))));
            let (keys, found) = through(&mut late, "j\u{1b}_Gi=31;OK\u{1b}\\k");
            assert_eq!((keys, found.is_some()), (typed::keys(b"jk"), true));
            assert!(late.due.is_empty());
        }
    }

    #[test]
    fn the_rest_of_an_answer_that_came_in_two_pieces_is_no_key() {
        let mut late = Late::after(&Findings::default(), b"\x1b]11;rgb:00".to_vec());
        let (keys, found) = through(&mut late, "/00/00\u{1b}\\q");
        assert_eq!((keys, found.unwrap_or_default().background), (typed::keys(b"q"), Some((0, 0, 0))));
    }

    #[test]
    fn an_answer_without_an_end_is_given_up_and_a_key_that_looked_like_one_is_not() {
        for (text, kept) in
            [("\u{1b}]11;rgb:", ""), ("\u{1b}_Gi=31;O", ""), ("\u{1b}]1", "\u{1b}]1"), ("\u{1b}_", "\u{1b}_")]
        {
            let mut late = Late::after(&Findings::default(), Vec::new());
            assert_eq!((through(&mut late, text), late.is_holding()), ((vec![], None), true), "{text:?}");
            assert_eq!((late.give_up(), late.is_holding()), (typed::keys(kept.as_bytes()), false), "{text:?}");
            assert_eq!(through(&mut late, "j").0, typed::keys(b"j"));
        }
    }

    #[test]
    fn keys_are_never_lost() {
        for text in ["jkG/é\r\u{1b}", "\u{1b}]x", "\u{1b}]11x", "\u{1b}_q", "\u{1b}]11;\r", "\u{1b}jq"] {
            for mut late in [Late::after(&Findings::default(), Vec::new()), Late::nothing()] {
                let (keys, found) = through(&mut late, text);
                assert_eq!((keys, found), (typed::keys(text.as_bytes()), None), "{text:?}");
            }
        }
        let known = Findings { background: Some((0, 0, 0)), ..Findings::default() };
        let mut late = Late::after(&known, Vec::new());
        let text = "\u{1b}]11;rgb:0/0/0\u{7}";
        assert_eq!(through(&mut late, text).0, typed::keys(text.as_bytes()), "no second answer is due");
    }
}
