//! The tree under construction: a stack of open blocks and marks, fed by the Markdown parser and the HTML tokenizer alike.
//!
//! It never recurses and never fails: what nests too deep stands in its parent, what is left open is closed, what was never
//! opened is not closed.

mod close;

use std::collections::{HashMap, HashSet};

use pulldown_cmark::CowStr;

use super::dialect::Dialect;
use super::document::{Document, Inline, InlineKind, Link, LinkId, LinkKind, Place, Spacing, Task};
use super::emoji;
use super::frame::{Definition, Frame, FrameKind, Origin};
use super::inline::{self, Pending, Piece, Stretch};
use super::shortcode::Expanded;
use super::slug::Slugs;
use crate::text::Clean;

/// Blocks and marks that nest deeper than this stand in their parent.
const DEPTH: usize = 32;

/// A film or a sound in HTML: where it starts, its kind and its title.
pub(super) struct Medium {
    pub(super) at: usize,
    pub(super) kind: &'static str,
    pub(super) title: Option<String>,
}

pub(super) struct Builder<'a> {
    expanded: &'a Expanded<'a>,
    dialect: Dialect,
    stack: Vec<Frame>,
    pending: Pending<'a>,
    document: Document,
    slugs: Slugs,
    labels: HashMap<String, usize>,
    definitions: Vec<Definition>,
    /// The HTML element whose content is for machines, while it is open.
    pub(super) hidden: Option<&'static str>,
    /// The film or sound that is open and has not said yet where it is.
    pub(super) medium: Option<Medium>,
    /// Places that stand before what comes next.
    waiting: Vec<usize>,
    /// Titles of abbreviations that were shown once.
    explained: HashSet<String>,
    links: usize,
    code: usize,
    marks: usize,
    containers: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(expanded: &'a Expanded<'a>, dialect: Dialect) -> Self {
        let mut builder = Self {
            expanded,
            dialect,
            stack: Vec::new(),
            pending: Pending::default(),
            document: Document::default(),
            slugs: Slugs::default(),
            labels: HashMap::new(),
            definitions: Vec::new(),
            hidden: None,
            medium: None,
            waiting: Vec::new(),
            explained: HashSet::new(),
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
        let has_notes = !self.labels.is_empty();
        if has_notes { super::notes::place(self.document, self.definitions) } else { self.document }
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
            if frame.origin == Origin::Markdown || frame.is_line() {
                return false;
            }
        }
        true
    }

    /// Who opened the innermost frame that holds words only, if words here stand in one.
    pub(super) fn line_origin(&self) -> Option<Origin> {
        let mut frames = self.stack.iter().rev().take_while(|frame| !frame.holds_blocks());
        frames.find(|frame| frame.is_line()).map(|frame| frame.origin)
    }

    pub(super) fn in_term(&self) -> bool {
        let mut frames = self.stack.iter().rev().take_while(|frame| !frame.holds_blocks());
        frames.any(|frame| matches!(frame.kind, FrameKind::Term))
    }

    // Opening.

    fn push(&mut self, at: usize, origin: Origin, kind: FrameKind) {
        self.settle(at);
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

    /// Opens a cell or the caption of the table that is open.
    pub(super) fn open_in_table(&mut self, at: usize, origin: Origin, kind: FrameKind) {
        self.flush();
        self.push(at, origin, kind);
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

    // Places.

    /// A place that a fragment may name, before whatever comes next.
    pub(super) fn place(&mut self, at: usize, id: String) {
        if !id.is_empty() {
            self.waiting.push(self.document.places.len());
            self.document.places.push(Place { id, at });
        }
    }

    /// What comes next stands at the byte `at` of the body.
    fn settle(&mut self, at: usize) {
        for place in std::mem::take(&mut self.waiting) {
            if let Some(place) = self.document.places.get_mut(place) {
                place.at = at;
            }
        }
    }

    // Words.

    pub(super) fn text(&mut self, at: usize, text: CowStr<'a>, raw: &'a str) {
        if self.hidden.is_some() {
            return;
        }
        if !text.trim_ascii().is_empty() {
            self.settle(at);
        }
        self.pending.push(Piece { at, text, raw });
    }

    /// Mathematics with its delimiters, a line for each line of the source.
    pub(super) fn math(&mut self, at: usize, source: &str) {
        let mut offset = 0;
        for (number, line) in source.split('\n').enumerate() {
            let start = at + offset + (line.len() - line.trim_start().len());
            if number > 0 {
                self.line_end(at + offset, InlineKind::HardBreak);
            }
            if self.hidden.is_none() && !line.trim().is_empty() {
                self.inline(start, InlineKind::Math(Clean::exact(line.trim())));
            }
            offset += line.len() + 1;
        }
    }

    pub(super) fn code(&mut self, at: usize, code: &str) {
        if self.hidden.is_none() {
            self.inline(at, InlineKind::Code(Clean::exact(code)));
        }
    }

    pub(super) fn note(&mut self, at: usize, label: &str) {
        let label = self.label(label);
        // The numbers are given when all are known.
        self.inline(at, InlineKind::Note(label, 0));
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
        self.settle(at);
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
        if self.links == 0 && self.code == 0 && !self.in_image() && !self.pending.is_plain() {
            for stretch in self.pending.take() {
                self.stretch(stretch);
            }
            return;
        }
        let text = self.pending.take_text();
        let words = if self.code > 0 {
            vec![Inline { at, kind: InlineKind::Code(Clean::exact(&text)) }]
        } else {
            self.words_of(inline::prose(at, &text))
        };
        if let Some(top) = self.top() {
            top.inlines.extend(words);
        }
    }

    /// Words with the emoji that they name, where the dialect has such names.
    fn words_of(&self, mut words: Vec<Inline>) -> Vec<Inline> {
        if self.dialect.has(Dialect::EMOJI) {
            for word in &mut words {
                if let InlineKind::Text(text) = &mut word.kind
                    && let Some(replaced) = emoji::replaced(text)
                {
                    *text = replaced;
                }
            }
        }
        words
    }

    fn stretch(&mut self, stretch: Stretch) {
        match stretch {
            Stretch::Words(words) => self.words_of(words).into_iter().for_each(|word| self.inline(word.at, word.kind)),
            Stretch::Script(at, script, text) => {
                let words = vec![Inline { at, kind: InlineKind::Text(text) }];
                self.add_script(at, script, words);
            }
            Stretch::Address(at, href, text) => self.link(at, &href, text),
        }
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
