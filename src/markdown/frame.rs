//! What can be open while a tree is built: blocks, marks and table parts, and who opened them.
//!
//! It holds them and knows what may stand in what; when they open and close is the builder's business.

use super::document::{Alert, Alignment, Block, Cell, Entry, Inline, Item, LinkId, Mark, Spacing, Task};
use super::script::Script;
use crate::text::Clean;

/// Who opened a frame, and so who may close it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The Markdown parser, which always closes what it opens.
    Markdown,
    /// An HTML element, by name.
    Html(&'static str),
    /// Nobody: words that stand where blocks are expected.
    Implied,
}

/// What is open.
#[derive(Debug)]
pub(super) enum FrameKind {
    Root,
    Quote(Option<Alert>),
    List {
        start: Option<u64>,
        spacing: Spacing,
        items: Vec<Item>,
    },
    Item(Option<Task>),
    Footnote(String),
    Glossary(Vec<Entry>),
    Term,
    Meaning,
    /// With its summary, once that is closed.
    Details(Vec<Inline>),
    Summary,
    Caption,
    Paragraph,
    Heading(u8, Option<String>),
    Code {
        language: Option<Clean>,
        /// The number of its first line, where lines have one.
        first: Option<usize>,
        text: String,
        lines: Vec<usize>,
    },
    Table(TableFrame),
    /// It takes so many columns.
    Cell(usize),
    Mark(Mark),
    /// `code` in HTML, where other marks may stand inside it.
    CodeSpan,
    Script(Script),
    /// Its title says what it is short for.
    Abbreviation(String),
    Link(LinkId),
    Image {
        href: String,
    },
}

/// A table's parts so far.
#[derive(Debug, Default)]
pub(super) struct TableFrame {
    pub(super) alignments: Vec<Alignment>,
    pub(super) head: Vec<Cell>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) row: Vec<Cell>,
    /// Whether the row so far has head cells only.
    pub(super) heading: bool,
    /// Whether the row so far is one of the head's, whatever its cells are.
    pub(super) in_head: bool,
}

#[derive(Debug)]
pub(super) struct Frame {
    pub(super) at: usize,
    pub(super) origin: Origin,
    pub(super) kind: FrameKind,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    /// What the Markdown parser has opened inside and the tree does not show.
    pub(super) flat: usize,
}

impl Frame {
    pub(super) fn holds_blocks(&self) -> bool {
        use FrameKind::{Details, Footnote, Glossary, Item, List, Meaning, Quote, Root};
        matches!(self.kind, Root | Quote(_) | List { .. } | Item(_) | Footnote(_) | Glossary(_) | Meaning | Details(_))
    }

    pub(super) fn is_mark(&self) -> bool {
        use FrameKind::{Abbreviation, CodeSpan, Image, Link, Mark, Script};
        matches!(self.kind, Mark(_) | CodeSpan | Link(_) | Image { .. } | Script(_) | Abbreviation(_))
    }

    /// Whether it holds words only, so that what would be a block in it is but a new line.
    pub(super) fn is_line(&self) -> bool {
        matches!(self.kind, FrameKind::Cell(_) | FrameKind::Term | FrameKind::Summary | FrameKind::Caption)
    }
}

/// A footnote's definition: its label, its place and its text.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) label: usize,
    pub(super) at: usize,
    pub(super) blocks: Vec<Block>,
}

impl TableFrame {
    /// Ends the row: the first one is the head if it has head cells only.
    pub(super) fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        let heading = std::mem::take(&mut self.heading) || self.in_head;
        if row.is_empty() {
            return;
        }
        if heading && self.head.is_empty() && self.rows.is_empty() {
            self.head = row;
        } else {
            self.rows.push(row);
        }
    }
}
