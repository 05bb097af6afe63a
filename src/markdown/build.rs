//! The tree under construction: a stack of open blocks and marks, fed by the Markdown parser and the HTML tokenizer alike.
//!
//! It never recurses and never fails: what nests too deep stands in its parent, what is left open is closed, what was never
//! opened is not closed.

use std::collections::HashMap;

use pulldown_cmark::CowStr;

use super::document::{Alignment, Block, BlockKind, Cell, CodeLine, Document, Heading, Inline, InlineKind};
use super::document::{Item, Link, LinkId, LinkKind, List, Mark, Spacing, Table, Task};
use super::frame::{Definition, Frame, FrameKind, Origin, Script, TableFrame};
use super::inline::{self, Pending, Piece, Stretch};
use super::shortcode::Expanded;
use super::slug::Slugs;
use crate::text::Clean;

/// Blocks and marks that nest deeper than this stand in their parent.
const DEPTH: usize = 32;

pub(super) struct Builder<'a> {
    expanded: &'a Expanded<'a>,
    stack: Vec<Frame>,
    pending: Pending<'a>,
    document: Document,
    slugs: Slugs,
    labels: HashMap<String, usize>,
    definitions: Vec<Definition>,
    /// The HTML element whose content is for machines, while it is open.
    pub(super) hidden: Option<&'static str>,
    /// Whether words are raised or lowered here.
    pub(super) script: Option<Script>,
    links: usize,
    code: usize,
    marks: usize,
    containers: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(expanded: &'a Expanded<'a>) -> Self {
        let mut builder = Self {
            expanded,
            stack: Vec::new(),
            pending: Pending::default(),
            document: Document::default(),
            slugs: Slugs::default(),
            labels: HashMap::new(),
            definitions: Vec::new(),
            hidden: None,
            script: None,
            links: 0,
            code: 0,
            marks: 0,
            containers: 0,
        };
        builder.push(0, Origin::Markdown, FrameKind::Root);
        builder
    }

    /// Closes everything, and puts the footnotes where they belong.
    pub(super) fn finish(mut self) -> Document {
        self.flush();
        while self.stack.len() > 1 {
            self.pop();
        }
        self.document.blocks = self.stack.pop().map(|root| root.blocks).unwrap_or_default();
        super::notes::place(self.document, self.definitions)
    }

    /// The byte of the body behind a byte of the expanded text.
    pub(super) fn source(&self, at: usize) -> usize {
        self.expanded.source(at)
    }

    pub(super) fn top(&mut self) -> Option<&mut Frame> {
        self.stack.last_mut()
    }

    /// The innermost frame that the Markdown parser opened.
    fn markdown_top(&mut self) -> Option<&mut Frame> {
        self.stack.iter_mut().rev().find(|frame| frame.origin == Origin::Markdown)
    }

    /// Whether words here are the text of a picture.
    pub(super) fn in_image(&self) -> bool {
        self.stack.last().is_some_and(|frame| matches!(frame.kind, FrameKind::Image { .. }))
    }

    pub(super) fn in_code_block(&self) -> bool {
        self.stack.last().is_some_and(|frame| matches!(frame.kind, FrameKind::Code { .. }))
    }

    /// Whether a block could open here without tearing apart a paragraph of the Markdown parser's.
    pub(super) fn at_block_level(&self) -> bool {
        for frame in self.stack.iter().rev() {
            if frame.holds_blocks() || matches!(frame.kind, FrameKind::Table(_)) {
                return true;
            }
            if frame.origin == Origin::Markdown || matches!(frame.kind, FrameKind::Cell) {
                return false;
            }
        }
        true
    }

    // Opening.

    fn push(&mut self, at: usize, origin: Origin, kind: FrameKind) {
        match kind {
            FrameKind::Link(_) => self.links += 1,
            FrameKind::CodeSpan => self.code += 1,
            _ => {}
        }
        let frame = Frame { at, origin, kind, blocks: Vec::new(), inlines: Vec::new(), flat: 0 };
        self.marks += usize::from(frame.is_mark());
        self.containers += usize::from(frame.holds_blocks());
        self.stack.push(frame);
    }

    /// Opens a block; whatever words stood open before it are closed.
    pub(super) fn open_block(&mut self, at: usize, origin: Origin, kind: FrameKind) {
        self.close_words();
        self.push(at, origin, kind);
    }

    /// Opens a cell of the table that is open.
    pub(super) fn open_in_table(&mut self, at: usize, origin: Origin) {
        self.flush();
        self.push(at, origin, FrameKind::Cell);
    }

    /// Opens a block that holds blocks, unless it would nest too deep.
    pub(super) fn open_container(&mut self, at: usize, origin: Origin, kind: FrameKind) {
        self.close_words();
        // A list and its item are one step of nesting, but two frames.
        if self.containers < 2 * DEPTH && self.stack.len() < 4 * DEPTH {
            self.push(at, origin, kind);
        } else {
            self.flatten(origin);
        }
    }

    /// Opens a mark in running text, unless it would nest too deep or stands in a picture's text.
    pub(super) fn open_mark(&mut self, at: usize, origin: Origin, kind: FrameKind) {
        if self.marks >= DEPTH || self.in_image() || self.in_code_block() {
            self.flatten(origin);
            return;
        }
        self.ensure_words(at);
        self.push(at, origin, kind);
    }

    /// Opens a link. Links do not nest: the outer one ends where the inner begins, as in a browser.
    pub(super) fn open_link(&mut self, at: usize, origin: Origin, href: &str) {
        if self.marks >= DEPTH || self.in_image() || self.in_code_block() {
            self.flatten(origin);
            return;
        }
        self.close_html("a");
        self.ensure_words(at);
        let link = self.add_link(at, href, Clean::default(), LinkKind::Text);
        self.push(at, origin, FrameKind::Link(link));
    }

    fn flatten(&mut self, origin: Origin) {
        if origin == Origin::Markdown
            && let Some(frame) = self.markdown_top()
        {
            frame.flat += 1;
        }
    }

    fn add_link(&mut self, at: usize, href: &str, text: Clean, kind: LinkKind) -> LinkId {
        self.document.links.push(Link { href: href.to_owned(), text, at, kind });
        self.document.links.len() - 1
    }

    /// Makes sure that words can stand here.
    fn ensure_words(&mut self, at: usize) {
        self.flush();
        if self.stack.last().is_some_and(|frame| frame.holds_blocks() || matches!(frame.kind, FrameKind::Table(_))) {
            self.push(at, Origin::Implied, FrameKind::Paragraph);
        }
    }

    /// A paragraph stands directly in an item, so the list is a loose one.
    pub(super) fn loosen(&mut self) {
        if let [
            ..,
            Frame { kind: FrameKind::List { spacing, .. }, .. },
            Frame { kind: FrameKind::Item(_), flat: 0, .. },
        ] = self.stack.as_mut_slice()
        {
            *spacing = Spacing::Loose;
        }
    }

    /// The item that is open is a task.
    pub(super) fn task(&mut self, task: Task) {
        let item = self.stack.iter_mut().rev().find(|frame| frame.holds_blocks());
        if let Some(Frame { kind: FrameKind::Item(open), flat: 0, .. }) = item {
            *open = Some(task);
        }
    }

    // Words.

    pub(super) fn text(&mut self, at: usize, text: CowStr<'a>, raw: &'a str) {
        if self.hidden.is_some() {
            return;
        }
        match self.script.and_then(|script| script.set(&text)) {
            Some(text) => self.pending.push(Piece { at, text: CowStr::from(text), raw: "" }),
            None => self.pending.push(Piece { at, text, raw }),
        }
    }

    pub(super) fn code(&mut self, at: usize, code: &str) {
        if self.hidden.is_none() {
            self.inline(at, InlineKind::Code(Clean::exact(code)));
        }
    }

    pub(super) fn note(&mut self, at: usize, label: &str) {
        let label = self.label(label);
        self.inline(at, InlineKind::Note(label));
    }

    /// The index of a footnote's label, in order of appearance.
    fn label(&mut self, label: &str) -> usize {
        let next = self.labels.len();
        *self.labels.entry(label.to_lowercase()).or_insert(next)
    }

    /// A picture with its text.
    pub(super) fn image(&mut self, at: usize, href: &str, text: &str) {
        if self.hidden.is_some() || self.in_image() || href.is_empty() && text.is_empty() {
            return;
        }
        let text = if text.trim().is_empty() { file_name(href) } else { Clean::prose(text.trim()) };
        let link = self.add_link(at, href, text, LinkKind::Image);
        self.inline(at, InlineKind::Image(link));
    }

    /// Words that lead somewhere, all at once.
    pub(super) fn link(&mut self, at: usize, href: &str, text: Clean) {
        let words = Inline { at, kind: InlineKind::Text(text.clone()) };
        let link = self.add_link(at, href, text, LinkKind::Text);
        self.inline(at, InlineKind::Link(link, vec![words]));
    }

    pub(super) fn inline(&mut self, at: usize, kind: InlineKind) {
        self.ensure_words(at);
        if self.hidden.is_none()
            && let Some(top) = self.top()
        {
            top.inlines.push(Inline { at, kind });
        }
    }

    /// A line's end; one at the start of a block is none.
    pub(super) fn line_end(&mut self, at: usize, kind: InlineKind) {
        self.flush();
        if self.hidden.is_none()
            && let Some(top) = self.stack.last_mut()
            && !top.holds_blocks()
        {
            top.inlines.push(Inline { at, kind });
        }
    }

    /// Puts the pending words into the tree.
    pub(super) fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        if let Some(Frame { kind: FrameKind::Code { text, lines, .. }, .. }) = self.stack.last_mut() {
            let at = self.pending.at();
            add_code(text, lines, at, &self.pending.take_text());
            return;
        }
        let holds_blocks =
            self.stack.last().is_some_and(|top| top.holds_blocks() || matches!(top.kind, FrameKind::Table(_)));
        if holds_blocks && self.pending.is_blank() {
            self.pending.clear();
            return;
        }
        let at = self.pending.at();
        if holds_blocks {
            self.push(at, Origin::Implied, FrameKind::Paragraph);
        }
        if self.links == 0 && self.code == 0 && !self.in_image() && self.pending.may_hold_address() {
            for stretch in self.pending.take() {
                self.stretch(stretch);
            }
            return;
        }
        let text = self.pending.take_text();
        let kind =
            if self.code > 0 { InlineKind::Code(Clean::exact(&text)) } else { InlineKind::Text(Clean::prose(&text)) };
        if let Some(top) = self.top() {
            top.inlines.push(Inline { at, kind });
        }
    }

    fn stretch(&mut self, stretch: Stretch) {
        match stretch {
            Stretch::Words(at, text) => self.inline(at, InlineKind::Text(text)),
            Stretch::Address(at, href, text) => self.link(at, &href, text),
        }
    }

    // Closing.

    /// Closes what the Markdown parser opened last, and everything that HTML has left open in it.
    pub(super) fn close_markdown(&mut self) {
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
    pub(super) fn pop_to_markdown(&mut self) {
        while self.stack.last().is_some_and(|frame| frame.origin != Origin::Markdown) {
            self.pop();
        }
    }

    /// Closes the HTML element `name`, if it is open in what the Markdown parser opened last.
    pub(super) fn close_html(&mut self, name: &'static str) -> bool {
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
    pub(super) fn close_words(&mut self) {
        self.flush();
        while self.stack.last().is_some_and(|frame| !frame.holds_blocks() && frame.origin != Origin::Markdown) {
            self.pop();
        }
    }

    /// Closes paragraphs of HTML's, but not its tables.
    pub(super) fn close_paragraph(&mut self) {
        self.flush();
        while self.stack.last().is_some_and(|frame| {
            !frame.holds_blocks()
                && frame.origin != Origin::Markdown
                && !matches!(frame.kind, FrameKind::Table(_) | FrameKind::Cell)
        }) {
            self.pop();
        }
    }

    fn pop(&mut self) {
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
            FrameKind::Paragraph => self.add_paragraph(at, inlines),
            FrameKind::Heading(level, id) => self.add_heading(at, level, id.as_deref(), inlines),
            FrameKind::Code { language, text, lines } => self.add_code(at, language, &text, &lines),
            FrameKind::Table(table) => self.add_table(at, table, blocks),
            FrameKind::Cell => self.add_cell(inlines),
            FrameKind::Mark(mark) => self.add_marked(at, mark, inlines),
            FrameKind::CodeSpan => self.end_code(inlines),
            FrameKind::Link(link) => self.end_link(at, link, inlines),
            FrameKind::Image { href } => self.end_image(at, &href, &inlines),
        }
    }

    fn words(&self, inlines: &[Inline]) -> Clean {
        let links = &self.document.links;
        inline::words(inlines, &|link| links.get(link).map(|link| link.text.clone()).unwrap_or_default())
    }

    pub(super) fn add_block(&mut self, at: usize, kind: BlockKind) {
        let block = Block { at, kind };
        match self.stack.last_mut() {
            Some(Frame { kind: FrameKind::List { items, .. }, .. }) => {
                items.push(Item { at, task: None, blocks: vec![block] });
            }
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
        let id = self.slugs.name(id, text.as_str());
        self.document.headings.push(Heading { level, id, text, at });
        self.add_block(at, BlockKind::Heading(self.document.headings.len() - 1, inlines));
    }

    fn add_code(&mut self, at: usize, language: Option<Clean>, text: &str, lines: &[usize]) {
        let text = text.strip_suffix('\n').unwrap_or(text);
        if text.is_empty() {
            return;
        }
        let lines = text.split('\n').zip(lines);
        let lines = lines.map(|(line, at)| CodeLine { at: *at, text: Clean::exact(line.trim_end_matches('\r')) });
        self.add_block(at, BlockKind::Code(language, lines.collect()));
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

    fn add_cell(&mut self, inlines: Vec<Inline>) {
        if let Some(Frame { kind: FrameKind::Table(table), .. }) = self.stack.last_mut() {
            table.row.push(inlines);
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

/// Adds a stretch of code, and notes where each new line starts.
fn add_code(text: &mut String, lines: &mut Vec<usize>, at: usize, more: &str) {
    let mut offset = 0;
    for line in more.split_inclusive('\n') {
        if text.is_empty() && lines.is_empty() || text.ends_with('\n') {
            lines.push(at + offset);
        }
        text.push_str(line);
        offset += line.len();
    }
}

/// What a picture without words is called.
fn file_name(href: &str) -> Clean {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if href.starts_with("data:") || name.is_empty() { Clean::literal("image") } else { Clean::exact(name) }
}
