//! Footnotes: numbered in order of use, their texts at the end of the document.
//!
//! Moving them changes what comes first, so links and headings are numbered anew; nothing is dropped here.

use std::collections::{BTreeMap, VecDeque};

use super::document::{Block, BlockKind, Document, Heading, Inline, InlineKind, Link};
use super::frame::Definition;

/// The document with its footnotes in place.
pub(super) fn place(mut document: Document, definitions: Vec<Definition>) -> Document {
    if definitions.is_empty() {
        return document;
    }
    let mut order = Order {
        numbers: Vec::new(),
        queue: VecDeque::new(),
        used: 0,
        old_links: document.links,
        links: Vec::new(),
        old_headings: document.headings,
        headings: Vec::new(),
    };
    order.blocks(&mut document.blocks);
    let mut waiting: BTreeMap<usize, Vec<Definition>> = BTreeMap::new();
    for definition in definitions {
        waiting.entry(definition.label).or_default().push(definition);
    }
    while let Some(label) = order.queue.pop_front().or_else(|| waiting.keys().next().copied()) {
        for definition in waiting.remove(&label).unwrap_or_default() {
            document.blocks.push(order.footnote(definition));
        }
    }
    document.links = order.links;
    document.headings = order.headings;
    document
}

struct Order {
    /// The number of each label, once it is used.
    numbers: Vec<Option<usize>>,
    /// Labels used whose texts are not placed yet.
    queue: VecDeque<usize>,
    used: usize,
    old_links: Vec<Link>,
    links: Vec<Link>,
    old_headings: Vec<Heading>,
    headings: Vec<Heading>,
}

impl Order {
    fn footnote(&mut self, mut definition: Definition) -> Block {
        let number = self.number(definition.label);
        self.blocks(&mut definition.blocks);
        Block { at: definition.at, kind: BlockKind::Footnote(number, definition.blocks) }
    }

    fn number(&mut self, label: usize) -> usize {
        if self.numbers.len() <= label {
            self.numbers.resize(label + 1, None);
        }
        let next = self.used + 1;
        let Some(slot) = self.numbers.get_mut(label) else { return next };
        if slot.is_none() {
            *slot = Some(next);
            self.used = next;
            self.queue.push_back(label);
        }
        slot.unwrap_or(next)
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            self.block(&mut block.kind);
        }
    }

    fn block(&mut self, kind: &mut BlockKind) {
        match kind {
            BlockKind::Paragraph(inlines) => self.inlines(inlines),
            BlockKind::Heading(heading, inlines) => self.heading(heading, inlines),
            BlockKind::Quote(_, blocks) | BlockKind::Footnote(_, blocks) => self.blocks(blocks),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
            BlockKind::Table(table) => {
                table.head.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|cell| self.inlines(cell));
            }
            BlockKind::Code(..) | BlockKind::Rule => {}
        }
    }

    fn heading(&mut self, heading: &mut usize, inlines: &mut [Inline]) {
        self.headings.extend(self.old_headings.get(*heading).cloned());
        *heading = self.headings.len().saturating_sub(1);
        self.inlines(inlines);
    }

    fn inlines(&mut self, inlines: &mut [Inline]) {
        for inline in inlines {
            match &mut inline.kind {
                InlineKind::Marked(_, inner) => self.inlines(inner),
                InlineKind::Link(link, inner) => {
                    self.link(link);
                    self.inlines(inner);
                }
                InlineKind::Image(link) => self.link(link),
                InlineKind::Note(label) => *label = self.number(*label),
                InlineKind::Text(_) | InlineKind::Code(_) | InlineKind::SoftBreak | InlineKind::HardBreak => {}
            }
        }
    }

    fn link(&mut self, link: &mut usize) {
        self.links.extend(self.old_links.get(*link).cloned());
        *link = self.links.len().saturating_sub(1);
    }
}
