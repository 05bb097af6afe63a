//! The document as bare text: for counting, searching and checking.
//!
//! It keeps the order of reading and drops all markup; rows and widths are the layout's.

use std::ops::Range;

use super::document::{Block, BlockKind, Document, Entry, Inline, InlineKind, LinkId};
use crate::text::Clean;

/// Characters of a sentence at the most, on each side of the link that it is shown for.
const SENTENCE: usize = 200;

impl Document {
    /// The visible text in reading order, a line for every block, item, cell and line of code.
    pub fn plain(&self) -> String {
        Plain::of(self, Code::Kept).text
    }

    /// The sentence that each link stands in, by [`LinkId`]: what it is about where its text is only "here". A note's is empty.
    pub fn sentences(&self) -> Vec<Clean> {
        let plain = Plain::of(self, Code::Dropped);
        let mut sentences = vec![Clean::default(); self.links.len()];
        for (link, place) in &plain.links {
            let Some(sentence) = sentences.get_mut(*link).filter(|sentence| sentence.is_empty()) else { continue };
            *sentence = Clean::prose(plain.text.get(sentence_around(&plain.text, place)).unwrap_or_default().trim());
        }
        sentences
    }

    /// Words that a reader reads: code blocks are looked at, not read, and two ideographs make a word.
    pub fn words(&self) -> usize {
        let plain = Plain::of(self, Code::Dropped);
        let ideographs = plain.text.chars().filter(|character| is_ideograph(*character)).count();
        let words = plain.text.split(|character: char| character.is_whitespace() || is_ideograph(character));
        words.filter(|word| word.contains(char::is_alphanumeric)).count() + ideographs.div_ceil(2)
    }
}

/// Whether words of this script are not set apart by spaces, and lines of it join without one.
pub(super) const fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{312f}' | '\u{31a0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

struct Plain<'a> {
    document: &'a Document,
    text: String,
    /// Where the words of each link stand.
    links: Vec<(LinkId, Range<usize>)>,
    code: Code,
}

/// What becomes of blocks of code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    Kept,
    Dropped,
}

impl<'a> Plain<'a> {
    fn of(document: &'a Document, code: Code) -> Self {
        let mut plain = Self { document, text: String::new(), links: Vec::new(), code };
        plain.blocks(&document.blocks);
        plain
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(&block.kind);
        }
    }

    fn block(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading(_, inlines) | BlockKind::Caption(inlines) => {
                self.line(inlines);
            }
            BlockKind::Quote(alert, blocks) => {
                self.text.extend(alert.iter().flat_map(|alert| [alert.label(), "\n"]));
                self.blocks(blocks);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
            BlockKind::Code(_, lines) if self.code == Code::Kept => {
                self.text.extend(lines.iter().flat_map(|line| [line.text.as_str(), "\n"]));
            }
            BlockKind::Code(..) | BlockKind::Rule => {}
            BlockKind::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| self.line(cell));
            }
            BlockKind::Footnote(_, blocks) => self.blocks(blocks),
            BlockKind::Glossary(entries) => entries.iter().for_each(|entry| self.entry(entry)),
            BlockKind::Details(summary, blocks) => {
                self.line(summary);
                self.blocks(blocks);
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        match entry {
            Entry::Term(_, inlines) => self.line(inlines),
            Entry::Meaning(_, blocks) => self.blocks(blocks),
        }
    }

    fn line(&mut self, inlines: &[Inline]) {
        self.inlines(inlines);
        self.text.push('\n');
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Math(text) => {
                    self.text.push_str(text.as_str());
                }
                InlineKind::Marked(_, inner) => self.inlines(inner),
                InlineKind::Link(link, inner) => {
                    let start = self.text.len();
                    self.inlines(inner);
                    self.links.push((*link, start..self.text.len()));
                }
                InlineKind::Image(link) => {
                    let text = self.document.links.get(*link).map_or("", |link| link.text.as_str());
                    let start = self.text.len();
                    self.text.extend([" ", text, " "]);
                    self.links.push((*link, start..self.text.len()));
                }
                InlineKind::Note(..) | InlineKind::Return(_) | InlineKind::SoftHyphen => {}
                InlineKind::SoftBreak => self.text.push(' '),
                InlineKind::HardBreak => self.text.push('\n'),
            }
        }
    }
}

/// The bytes of the sentence around `place`: from behind the full stop before it to the one behind it, within a line.
fn sentence_around(text: &str, place: &Range<usize>) -> Range<usize> {
    let before = text.get(..place.start).unwrap_or_default();
    let behind = text.get(place.end..).unwrap_or_default();
    // What is too far away is not looked at: a line may be the whole post.
    let nearest = before.char_indices().rev().nth(SENTENCE - 1).map_or(0, |(at, _)| at);
    let furthest = behind.char_indices().nth(SENTENCE).map_or(behind.len(), |(at, _)| at);
    let line = text.get(nearest..place.start).unwrap_or_default();
    let line = nearest + line.rfind('\n').map_or(0, |at| at + 1);
    let start = stops(text.get(line..place.start).unwrap_or_default()).last().map_or(line, |at| line + at);
    let rest = behind.get(..furthest).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let end = stops(rest).next().unwrap_or(rest.len());
    start..place.end + end
}

/// Where sentences of a text end: behind the full stop and what closes with it.
fn stops(text: &str) -> impl Iterator<Item = usize> {
    let is_stop = |(at, letter): &(usize, char)| {
        let closes = |behind: &str| {
            let rest = behind.trim_start_matches(['”', '’', ')', '"', '\'', '*', '_']);
            rest.is_empty() || rest.starts_with(char::is_whitespace)
        };
        match letter {
            '.' | '!' | '?' | '؟' | '۔' => closes(text.get(at + letter.len_utf8()..).unwrap_or_default()),
            '。' | '！' | '？' => true,
            _ => false,
        }
    };
    text.char_indices().filter(is_stop).map(|(at, letter)| {
        let end = at + letter.len_utf8();
        let rest = text.get(end..).unwrap_or_default();
        end + rest.len() - rest.trim_start_matches(['”', '’', ')', '"', '\'', '」']).len()
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Dialect, parse};
    use super::*;

    #[test]
    fn a_link_is_listed_with_its_sentence() {
        let sentences = |text: &str| -> Vec<String> {
            parse(text, Dialect::COMMON).sentences().iter().map(Clean::to_string).collect()
        };
        for (text, expected) in [
            ("One is first. You can read “it” [here](a), and more. Then the end.", "You can read “it” here, and more."),
            ("[here](a)", "here"),
            ("Version 1.2 of it is\n[out](a)! And so on.", "Version 1.2 of it is out!"),
            ("# The [end](a) of it\n\nMore.", "The end of it"),
            ("- one.\n- two [b](a) (see there.) Three.", "two b (see there.)"),
            ("日本語です。これは[リンク](a)です。終わり。", "これはリンクです。"),
            ("A picture ![of it](a.png) here.", "A picture  of it  here."),
            ("*So [it](a) is.* Yes.", "So it is."),
        ] {
            assert_eq!(sentences(text), [expected], "{text}");
        }
        let long = format!("{} [here](a) {}", "so ".repeat(900), "and ".repeat(900));
        assert!(sentences(&long).iter().all(|sentence| sentence.chars().count() <= 2 * SENTENCE + "here".len()));
        assert_eq!(sentences("A note.[^1]\n\n[^1]: See [it](a).").len(), 3);
    }
}
