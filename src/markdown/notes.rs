//! Footnotes: numbered in order of use, their texts at the end of the document, with links there and back.
//!
//! Moving them changes what comes first, so links and headings are numbered anew; nothing is dropped here. The names of
//! the places are those that goldmark gives them, Hugo's parser: `fn:1`, `fnref:1`, `fnref1:1` for a second reference.

use std::collections::{BTreeMap, VecDeque};

use super::document::{Block, BlockKind, Document, Entry, Heading, Inline, InlineKind, Link, LinkKind, Place};
use super::frame::Definition;
use crate::clean;
use crate::text::Clean;

/// The document with its footnotes in place.
pub(super) fn place(mut document: Document, definitions: Vec<Definition>) -> Document {
    let mut order = Order {
        numbers: Vec::new(),
        queue: VecDeque::new(),
        used: 0,
        old_links: document.links,
        links: Vec::new(),
        old_headings: document.headings,
        headings: Vec::new(),
        places: document.places,
        references: Vec::new(),
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
    document.places = order.places;
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
    places: Vec<Place>,
    /// How often each number is referred to.
    references: Vec<usize>,
}

impl Order {
    fn footnote(&mut self, mut definition: Definition) -> Block {
        let number = self.number(definition.label);
        self.blocks(&mut definition.blocks);
        // Its words: the line above the first footnote starts where the footnote does.
        let at = definition.blocks.first().map_or(definition.at, |block| block.at);
        self.places.push(Place { id: format!("fn:{number}"), at });
        if self.references.get(number).is_some_and(|count| *count > 0) {
            self.lead_back(number, definition.at, &mut definition.blocks);
        }
        Block { at: definition.at, kind: BlockKind::Footnote(number, definition.blocks) }
    }

    /// Puts the sign that leads back behind the last words of a footnote.
    fn lead_back(&mut self, number: usize, at: usize, blocks: &mut Vec<Block>) {
        let link = self.links.len();
        self.links.push(Link {
            href: format!("#fnref:{number}"),
            text: Clean::literal("↩"),
            at: blocks.last().map_or(at, |block| block.at),
            kind: LinkKind::Note,
        });
        let sign = |at| Inline { at, kind: InlineKind::Return(link) };
        if let Some(BlockKind::Paragraph(inlines)) = blocks.last_mut().map(|block| &mut block.kind) {
            let at = inlines.last().map_or(at, |inline| inline.at);
            inlines.push(sign(at));
        } else {
            let at = blocks.last().map_or(at, |block| block.at);
            blocks.push(Block { at, kind: BlockKind::Paragraph(vec![sign(at)]) });
        }
    }

    /// The link from a reference to its footnote, and the place that the footnote leads back to.
    fn refer(&mut self, number: usize, at: usize) -> usize {
        if self.references.len() <= number {
            self.references.resize(number + 1, 0);
        }
        let before = self.references.get_mut(number).map_or(0, |count| std::mem::replace(count, *count + 1));
        let nth = if before == 0 { String::new() } else { before.to_string() };
        self.places.push(Place { id: format!("fnref{nth}:{number}"), at });
        self.links.push(Link { href: format!("#fn:{number}"), text: clean!("{number}"), at, kind: LinkKind::Note });
        self.links.len() - 1
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
            BlockKind::Paragraph(inlines) | BlockKind::Caption(inlines) => self.inlines(inlines),
            BlockKind::Heading(heading, inlines) => self.heading(heading, inlines),
            BlockKind::Quote(_, blocks) | BlockKind::Footnote(_, blocks) => self.blocks(blocks),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
            BlockKind::Table(table) => {
                table.head.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|cell| self.inlines(cell));
            }
            BlockKind::Glossary(entries) => entries.iter_mut().for_each(|entry| match entry {
                Entry::Term(_, inlines) => self.inlines(inlines),
                Entry::Meaning(_, blocks) => self.blocks(blocks),
            }),
            BlockKind::Details(summary, blocks) => {
                self.inlines(summary);
                self.blocks(blocks);
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
                InlineKind::Note(label, link) => {
                    *label = self.number(*label);
                    *link = self.refer(*label, inline.at);
                }
                InlineKind::Text(_) | InlineKind::Code(_) | InlineKind::Math(_) => {}
                InlineKind::Return(_) | InlineKind::SoftBreak | InlineKind::HardBreak | InlineKind::SoftHyphen => {}
            }
        }
    }

    fn link(&mut self, link: &mut usize) {
        self.links.extend(self.old_links.get(*link).cloned());
        *link = self.links.len().saturating_sub(1);
    }
}
