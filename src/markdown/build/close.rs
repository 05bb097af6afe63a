//! The tree under construction, from the other side: what is closed becomes a part of what is open.
//!
//! It closes what is open and nothing else; words that nobody closed are closed with what they stand in.

use super::super::document::{Alignment, Block, BlockKind, Cell, CodeLine, Entry, Heading, Inline, InlineKind};
use super::super::document::{Item, LinkId, List, Mark, Spacing, Table};
use super::super::frame::{Definition, Frame, FrameKind, Origin, TableFrame};
use super::super::inline;
use super::super::script::Script;
use super::Builder;
use crate::clean;
use crate::text::Clean;

impl Builder<'_> {
    /// Closes what the Markdown parser opened last, and everything that HTML has left open in it.
    pub(in super::super) fn close_markdown(&mut self) {
        self.flush();
        self.pop_to_markdown();
        let root = self.stack.len() <= 1;
        match self.stack.last_mut() {
            Some(frame) if frame.flat > 0 => frame.flat -= 1,
            _ if !root => self.pop(),
            _ => {}
        }
    }

    /// Closes everything above the innermost frame of the Markdown parser's.
    pub(in super::super) fn pop_to_markdown(&mut self) {
        while self.stack.last().is_some_and(|frame| frame.origin != Origin::Markdown) {
            self.pop();
        }
    }

    /// Closes the HTML element `name`, if it is open in what the Markdown parser opened last.
    pub(in super::super) fn close_html(&mut self, name: &'static str) -> bool {
        self.flush();
        let open = self.stack.iter().rev().take_while(|frame| frame.origin != Origin::Markdown);
        let Some(depth) =
            open.enumerate().find(|(_, frame)| frame.origin == Origin::Html(name)).map(|(depth, _)| depth)
        else {
            return false;
        };
        for _ in 0..=depth {
            self.pop();
        }
        true
    }

    /// Closes words, and a table of HTML's, so that a block can follow.
    pub(in super::super) fn close_words(&mut self) {
        self.flush();
        while self.stack.last().is_some_and(|frame| !frame.holds_blocks() && frame.origin != Origin::Markdown) {
            self.pop();
        }
    }

    /// Closes paragraphs of HTML's, but not its tables.
    pub(in super::super) fn close_paragraph(&mut self) {
        self.flush();
        while self.stack.last().is_some_and(|frame| {
            !frame.holds_blocks()
                && frame.origin != Origin::Markdown
                && !matches!(frame.kind, FrameKind::Table(_) | FrameKind::Cell(_))
        }) {
            self.pop();
        }
    }

    pub(super) fn pop(&mut self) {
        self.flush();
        let Some(frame) = self.stack.pop() else { return };
        self.marks -= usize::from(frame.is_mark());
        self.containers -= usize::from(frame.holds_blocks());
        let Frame { at, kind, blocks, inlines, .. } = frame;
        match kind {
            FrameKind::Root => {}
            FrameKind::Quote(label) => self.add_block(at, BlockKind::Quote(label, blocks)),
            FrameKind::List { start, spacing, items } => self.add_list(at, List { start, spacing, items }, blocks),
            FrameKind::Item(task) => self.add_item(Item { at, task, blocks }),
            FrameKind::Footnote(label) => self.add_definition(at, &label, blocks),
            FrameKind::Glossary(entries) => self.add_glossary(at, entries),
            FrameKind::Term => self.add_term(at, inlines),
            FrameKind::Meaning => self.add_meaning(at, blocks),
            FrameKind::Details(summary) => self.add_details(at, summary, blocks),
            FrameKind::Summary => self.add_summary(at, inlines),
            FrameKind::Caption => self.add_caption(at, inlines),
            FrameKind::Paragraph => self.add_paragraph(at, inlines),
            FrameKind::Heading(level, id) => self.add_heading(at, level, id.as_deref(), inlines),
            FrameKind::Code { language, first, text, lines } => {
                let lines = code_lines(first, &text, &lines);
                if !lines.is_empty() {
                    self.add_block(at, BlockKind::Code(language, lines));
                }
            }
            FrameKind::Table(table) => self.add_table(at, table, blocks),
            FrameKind::Cell(columns) => self.add_cell(inlines, columns),
            FrameKind::Mark(mark) => self.add_marked(at, mark, inlines),
            FrameKind::CodeSpan => self.end_code(inlines),
            FrameKind::Script(script) => self.add_script(at, script, inlines),
            FrameKind::Abbreviation(title) => self.end_abbreviation(at, &title, inlines),
            FrameKind::Link(link) => self.end_link(at, link, inlines),
            FrameKind::Image { href } => self.end_image(at, &href, &inlines),
        }
    }

    fn words(&self, inlines: &[Inline]) -> Clean {
        let links = &self.document.links;
        inline::words(inlines, &|link| links.get(link).map(|link| link.text.clone()).unwrap_or_default())
    }

    pub(in super::super) fn add_block(&mut self, at: usize, kind: BlockKind) {
        self.settle(at);
        let block = Block { at, kind };
        match self.stack.last_mut() {
            Some(Frame { kind: FrameKind::List { items, .. }, .. }) => {
                items.push(Item { at, task: None, blocks: vec![block] });
            }
            Some(Frame { kind: FrameKind::Glossary(entries), .. }) => entries.push(Entry::Meaning(at, vec![block])),
            Some(top) => top.blocks.push(block),
            None => {}
        }
    }

    fn add_list(&mut self, at: usize, list: List, blocks: Vec<Block>) {
        for block in blocks {
            self.add_block(block.at, block.kind);
        }
        if !list.items.is_empty() {
            self.add_block(at, BlockKind::List(list));
        }
    }

    fn add_item(&mut self, item: Item) {
        if let Some(Frame { kind: FrameKind::List { items, .. }, .. }) = self.stack.last_mut() {
            items.push(item);
        } else {
            self.add_block(item.at, BlockKind::List(List { start: None, spacing: Spacing::Tight, items: vec![item] }));
        }
    }

    fn add_glossary(&mut self, at: usize, entries: Vec<Entry>) {
        if !entries.is_empty() {
            self.add_block(at, BlockKind::Glossary(entries));
        }
    }

    /// A term stands in a glossary; elsewhere it is a line of strong words.
    fn add_term(&mut self, at: usize, inlines: Vec<Inline>) {
        if inlines.is_empty() {
            return;
        }
        if let Some(Frame { kind: FrameKind::Glossary(entries), .. }) = self.stack.last_mut() {
            entries.push(Entry::Term(at, inlines));
        } else {
            let strong = Inline { at, kind: InlineKind::Marked(Mark::Strong, inlines) };
            self.add_block(at, BlockKind::Paragraph(vec![strong]));
        }
    }

    fn add_meaning(&mut self, at: usize, blocks: Vec<Block>) {
        if blocks.is_empty() {
            return;
        }
        if let Some(Frame { kind: FrameKind::Glossary(entries), .. }) = self.stack.last_mut() {
            entries.push(Entry::Meaning(at, blocks));
        } else {
            self.add_block(at, BlockKind::Glossary(vec![Entry::Meaning(at, blocks)]));
        }
    }

    fn add_details(&mut self, at: usize, summary: Vec<Inline>, blocks: Vec<Block>) {
        if !summary.is_empty() || !blocks.is_empty() {
            self.add_block(at, BlockKind::Details(summary, blocks));
        }
    }

    /// A summary stands above what it sums up; without that, or a second time, it is a paragraph.
    fn add_summary(&mut self, at: usize, inlines: Vec<Inline>) {
        match self.stack.last_mut() {
            Some(Frame { kind: FrameKind::Details(summary), blocks, .. })
                if summary.is_empty() && blocks.is_empty() =>
            {
                *summary = inlines;
            }
            _ => self.add_paragraph(at, inlines),
        }
    }

    fn add_caption(&mut self, at: usize, inlines: Vec<Inline>) {
        if !inlines.is_empty() {
            self.add_block(at, BlockKind::Caption(inlines));
        }
    }

    fn add_definition(&mut self, at: usize, label: &str, blocks: Vec<Block>) {
        let label = self.label(label);
        self.definitions.push(Definition { label, at, blocks });
    }

    fn add_paragraph(&mut self, at: usize, inlines: Vec<Inline>) {
        if !inlines.is_empty() {
            self.add_block(at, BlockKind::Paragraph(inlines));
        }
    }

    fn add_heading(&mut self, at: usize, level: u8, id: Option<&str>, inlines: Vec<Inline>) {
        let text = self.words(&inlines);
        let id = self.slugs.name(id, text.as_str(), self.dialect);
        self.document.headings.push(Heading { level, id, text, at });
        self.add_block(at, BlockKind::Heading(self.document.headings.len() - 1, inlines));
    }

    fn add_table(&mut self, at: usize, mut table: TableFrame, blocks: Vec<Block>) {
        for block in blocks {
            self.add_block(block.at, block.kind);
        }
        table.end_row();
        let columns = table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or_default();
        if columns == 0 {
            return;
        }
        table.alignments.resize(columns, Alignment::Left);
        table.head.resize(columns, Cell::new());
        for row in &mut table.rows {
            row.resize(columns, Cell::new());
        }
        let TableFrame { alignments, head, rows, .. } = table;
        self.add_block(at, BlockKind::Table(Table { alignments, head, rows }));
    }

    /// A cell, and empty ones for the further columns that it takes.
    fn add_cell(&mut self, inlines: Vec<Inline>, columns: usize) {
        if let Some(Frame { kind: FrameKind::Table(table), .. }) = self.stack.last_mut() {
            table.row.push(inlines);
            table.row.extend(std::iter::repeat_n(Cell::new(), columns.saturating_sub(1)));
        }
    }

    fn add_marked(&mut self, at: usize, mark: Mark, inlines: Vec<Inline>) {
        if !inlines.is_empty() {
            self.inline(at, InlineKind::Marked(mark, inlines));
        }
    }

    fn end_code(&mut self, inlines: Vec<Inline>) {
        self.code -= 1;
        if let Some(top) = self.top() {
            top.inlines.extend(inlines);
        }
    }

    pub(super) fn add_script(&mut self, at: usize, script: Script, inlines: Vec<Inline>) {
        let Some(top) = self.stack.last_mut() else { return };
        let before = match top.inlines.last() {
            Some(Inline { kind: InlineKind::Text(text), .. }) => text.as_str().chars().next_back(),
            _ => None,
        };
        if !inlines.is_empty() {
            top.inlines.extend(script.set(inlines, at, before));
        }
    }

    /// What an abbreviation is short for stands in brackets behind it, the first time.
    fn end_abbreviation(&mut self, at: usize, title: &str, inlines: Vec<Inline>) {
        let text = self.words(&inlines);
        let Some(top) = self.stack.last_mut() else { return };
        top.inlines.extend(inlines);
        let title = Clean::prose(title.trim());
        let says_more = !text.is_empty() && !title.is_empty() && title.as_str() != text.as_str().trim();
        if says_more && self.explained.insert(title.to_string()) {
            top.inlines.push(Inline { at, kind: InlineKind::Text(clean!(" ({title})")) });
        }
    }

    fn end_link(&mut self, at: usize, link: LinkId, inlines: Vec<Inline>) {
        self.links -= 1;
        if inlines.is_empty() && link + 1 == self.document.links.len() {
            self.document.links.pop();
            return;
        }
        let text = self.words(&inlines);
        if let Some(link) = self.document.links.get_mut(link) {
            link.text = text;
        }
        self.inline(at, InlineKind::Link(link, inlines));
    }

    fn end_image(&mut self, at: usize, href: &str, inlines: &[Inline]) {
        let text = self.words(inlines);
        self.image(at, href, text.as_str());
    }
}

/// The lines of a block of code, which start at these bytes of the body, numbered from `first` on.
fn code_lines(first: Option<usize>, text: &str, lines: &[usize]) -> Vec<CodeLine> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    if text.is_empty() {
        return Vec::new();
    }
    let line = |(nth, (line, at)): (usize, (&str, &usize))| CodeLine {
        at: *at,
        number: first.map(|first| first.saturating_add(nth)),
        text: Clean::exact(line.trim_end_matches('\r')),
        tokens: Vec::new(),
    };
    text.split('\n').zip(lines).enumerate().map(line).collect()
}
