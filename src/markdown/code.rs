//! The tokens of a document's code blocks, found by the grammars of their languages, beside the document.
//!
//! Finding them is slow and belongs on a worker; it ends by a count of work, not by a clock, and changes no text.

mod languages;
mod scopes;
#[cfg(test)]
mod tests;

use std::hash::{DefaultHasher, Hash, Hasher};

use syntect::parsing::{ParseState, ScopeStack};

use self::languages::{Language, SYNTAXES};
use super::document::{Block, BlockKind, CodeLine, Document, Entry, each_block};
use super::layout::Token;
use crate::text::{Clean, clusters_end};

/// Bytes of a line that is still parsed. Made to be slow, 500 take up to 1.6 s, and nothing stops a parser inside a line.
const LINE: usize = 400;
/// Units of work that one block may cost, else it stays plain; a line costs its bytes and [`PER_LINE`].
const BLOCK: usize = 1 << 18;
/// Units of work that a whole document may cost.
const DOCUMENT: usize = 1 << 19;
/// What a line costs beside its bytes.
const PER_LINE: usize = 16;
/// Scopes that may lie within each other; deeper code costs more with every bracket, and ends the block.
const DEPTH: usize = 200;

/// The parts of a line, each up to a byte.
type Tokens = Vec<(usize, Option<Token>)>;

/// What the code blocks of one document consist of; it fits that document and others with the same code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Colours {
    /// What the code was.
    code: u64,
    /// Of each block in reading order, the parts of its lines; lines at the end that stay plain may be left out.
    blocks: Vec<Vec<Tokens>>,
}

/// The tokens of every code block, in the order of the document.
///
/// `go_on` is asked before each line; where it says no, the rest stays plain. The first call of a program loads the
/// grammars, and the first line of a language compiles what it needs of its grammar: up to 200 ms for the largest.
pub fn colours(document: &Document, go_on: &mut dyn FnMut() -> bool) -> Colours {
    let mut work = Work { left: DOCUMENT, go_on };
    let mut blocks = Vec::new();
    each(&document.blocks, &mut |language, lines| blocks.push(work.block(language, lines)));
    Colours { code: fingerprint(document), blocks }
}

impl Document {
    /// Whether there is code that might have colours.
    pub fn has_code(&self) -> bool {
        let mut found = false;
        each(&self.blocks, &mut |_, _| found = true);
        found
    }

    /// Puts the tokens into the code lines; those of other code are left alone, and change nothing.
    pub fn colour(&mut self, colours: &Colours) {
        if fingerprint(self) == colours.code {
            let mut blocks = colours.blocks.iter();
            each_mut(&mut self.blocks, &mut |lines| {
                let mut tokens = blocks.next().into_iter().flatten();
                for line in lines {
                    line.tokens = tokens.next().cloned().unwrap_or_default();
                }
            });
        }
    }
}

/// A number that differs where the code differs.
fn fingerprint(document: &Document) -> u64 {
    let mut hasher = DefaultHasher::new();
    each(&document.blocks, &mut |language, lines| {
        language.hash(&mut hasher);
        lines.len().hash(&mut hasher);
        for line in lines {
            line.text.hash(&mut hasher);
        }
    });
    hasher.finish()
}

/// Shows every code block, in reading order.
fn each<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(Option<&'a Clean>, &'a [CodeLine])) {
    each_block(blocks, &mut |kind| {
        if let BlockKind::Code(language, lines) = kind {
            visit(language.as_ref(), lines);
        }
    });
}

/// Gives every code block's lines to change, in the same order as [`each`].
fn each_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut [CodeLine])) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Code(_, lines) => change(lines),
            BlockKind::Quote(_, blocks) | BlockKind::Details(_, blocks) | BlockKind::Footnote(_, blocks) => {
                each_mut(blocks, change);
            }
            BlockKind::Glossary(entries) => {
                for entry in entries {
                    if let Entry::Meaning(_, blocks) = entry {
                        each_mut(blocks, change);
                    }
                }
            }
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| each_mut(&mut item.blocks, change)),
            BlockKind::Paragraph(_)
            | BlockKind::Caption(_)
            | BlockKind::Heading(..)
            | BlockKind::Table(_)
            | BlockKind::Rule => {}
        }
    }
}

/// What may still be spent on a document.
struct Work<'a> {
    left: usize,
    go_on: &'a mut dyn FnMut() -> bool,
}

impl Work<'_> {
    fn block(&mut self, language: Option<&Clean>, lines: &[CodeLine]) -> Vec<Tokens> {
        let first = lines.first().map_or("", |line| line.text.as_str());
        let cost: usize = lines.iter().map(|line| line.text.as_str().len().min(LINE) + PER_LINE).sum();
        if cost > BLOCK.min(self.left) {
            return Vec::new();
        }
        let Some(language) = Language::of(language.map(Clean::as_str), first) else { return Vec::new() };
        self.left -= cost;
        let mut reader = Reader::new(language);
        lines.iter().map_while(|line| if (self.go_on)() { reader.line(line.text.as_str()) } else { None }).collect()
    }
}

/// Reads a block of code from line to line.
struct Reader {
    language: Language,
    state: ParseState,
    scopes: ScopeStack,
    /// The line before ended in a backslash, so that a command goes on.
    goes_on: bool,
}

impl Reader {
    fn new(language: Language) -> Self {
        Self { language, state: ParseState::new(language.syntax), scopes: ScopeStack::new(), goes_on: false }
    }

    /// The parts of the next line, or nothing where the grammar gives up.
    fn line(&mut self, text: &str) -> Option<Tokens> {
        if text.len() > LINE {
            return Some(Tokens::new());
        }
        let start = if self.language.session { self.prompt(text) } else { Some(0) };
        let Some(start) = start else { return Some(Tokens::new()) };
        let mut parts = Parts { text, tokens: Tokens::new() };
        parts.push(start, (start > 0).then_some(Token::Punctuation));
        self.parse(start, &mut parts)?;
        Some(parts.tokens)
    }

    /// Where the command of a session's line starts; what a command printed has none.
    fn prompt(&mut self, text: &str) -> Option<usize> {
        let goes_on = std::mem::replace(&mut self.goes_on, text.ends_with('\\'));
        if goes_on {
            return Some(0);
        }
        let Some(start) = languages::prompt(text) else {
            self.goes_on = false;
            return None;
        };
        *self = Self { goes_on: self.goes_on, ..Self::new(self.language) };
        Some(start)
    }

    fn parse(&mut self, start: usize, parts: &mut Parts<'_>) -> Option<()> {
        let line = format!("{}\n", parts.text.get(start..).unwrap_or_default());
        for (at, operation) in self.state.parse_line(&line, &SYNTAXES).ok()? {
            let end = (start + at).min(parts.text.len());
            parts.push(end, scopes::token(self.scopes.as_slice(), parts.until(end)));
            self.scopes.apply(&operation).ok()?;
        }
        let end = parts.text.len();
        parts.push(end, scopes::token(self.scopes.as_slice(), parts.until(end)));
        (self.scopes.len() <= DEPTH).then_some(())
    }
}

/// The parts of a line so far.
struct Parts<'a> {
    text: &'a str,
    tokens: Tokens,
}

impl Parts<'_> {
    fn end(&self) -> usize {
        self.tokens.last().map_or(0, |(end, _)| *end)
    }

    /// What stands between the last part and `end`.
    fn until(&self, end: usize) -> &str {
        self.text.get(self.end()..end).unwrap_or_default()
    }

    /// Adds the part up to `end`, or to where the last character that a reader sees there is whole.
    fn push(&mut self, end: usize, token: Option<Token>) {
        let end = clusters_end(self.text, end);
        if end <= self.end() {
            return;
        }
        match self.tokens.last_mut() {
            Some((last, same)) if *same == token => *last = end,
            _ => self.tokens.push((end, token)),
        }
    }
}
