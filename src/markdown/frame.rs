//! What can be open while a tree is built: blocks, marks and table parts, and who opened them.
//!
//! It holds them and knows what may stand in what; when they open and close is the builder's business.

use super::document::{Alignment, Block, Cell, Inline, Item, LinkId, Mark, Spacing, Task};
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
    Quote(Option<Clean>),
    List {
        start: Option<u64>,
        spacing: Spacing,
        items: Vec<Item>,
    },
    Item(Option<Task>),
    Footnote(String),
    Paragraph,
    Heading(u8, Option<String>),
    Code {
        language: Option<Clean>,
        text: String,
        lines: Vec<usize>,
    },
    Table(TableFrame),
    Cell,
    Mark(Mark),
    /// `code` in HTML, where other marks may stand inside it.
    CodeSpan,
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
        use FrameKind::{Footnote, Item, List, Quote, Root};
        matches!(self.kind, Root | Quote(_) | List { .. } | Item(_) | Footnote(_))
    }

    pub(super) fn is_mark(&self) -> bool {
        matches!(self.kind, FrameKind::Mark(_) | FrameKind::CodeSpan | FrameKind::Link(_) | FrameKind::Image { .. })
    }
}

/// A footnote's definition: its label, its place and its text.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) label: usize,
    pub(super) at: usize,
    pub(super) blocks: Vec<Block>,
}

/// Text raised above or lowered below its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Raised,
    Lowered,
}

impl Script {
    /// `text` in characters that are raised or lowered themselves, where all of it has such characters.
    pub(super) fn set(self, text: &str) -> Option<String> {
        let set = match self {
            Self::Raised => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ",
            Self::Lowered => "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙᵢ",
        };
        text.chars().map(|character| set.chars().nth("0123456789+-()ni".find(character)?)).collect()
    }
}

impl TableFrame {
    /// Ends the row: the first one is the head if it has head cells only.
    pub(super) fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        let heading = std::mem::take(&mut self.heading);
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
