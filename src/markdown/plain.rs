//! The document as bare text: for counting, searching and checking.
//!
//! It keeps the order of reading and drops all markup; rows and widths are the layout's.

use super::document::{Block, BlockKind, Document, Entry, Inline, InlineKind};

impl Document {
    /// The visible text in reading order, a line for every block, item, cell and line of code.
    pub fn plain(&self) -> String {
        let mut plain = Plain { document: self, text: String::new(), code: true };
        plain.blocks(&self.blocks);
        plain.text
    }

    /// Words that a reader reads: code blocks are looked at, not read, and two ideographs make a word.
    pub fn words(&self) -> usize {
        let mut plain = Plain { document: self, text: String::new(), code: false };
        plain.blocks(&self.blocks);
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
    code: bool,
}

impl Plain<'_> {
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
            BlockKind::Code(_, lines) if self.code => {
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
                InlineKind::Marked(_, inner) | InlineKind::Link(_, inner) => self.inlines(inner),
                InlineKind::Image(link) => {
                    let text = self.document.links.get(*link).map_or("", |link| link.text.as_str());
                    self.text.extend([" ", text, " "]);
                }
                InlineKind::Note(..) | InlineKind::Return(_) | InlineKind::SoftHyphen => {}
                InlineKind::SoftBreak => self.text.push(' '),
                InlineKind::HardBreak => self.text.push('\n'),
            }
        }
    }
}
