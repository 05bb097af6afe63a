//! Markdown to a [`Document`]: the parser's events, one method each, and the options it runs with.
//!
//! Parsing is total and uses no stack of the machine's: every text has a document, however deep it nests.

use std::ops::Range;

use pulldown_cmark::{Alignment as Align, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Options, Parser};
use pulldown_cmark::{Tag, TagEnd};

use super::build::Builder;
use super::dialect::Dialect;
use super::document::{Alert, Alignment, BlockKind, Definition, Document, InlineKind, Mark, Spacing, Task};
use super::frame::{FrameKind, Origin, TableFrame};
use super::html;
use super::math::{self, Verdict};
use super::shortcode::{Expanded, expand};
use crate::text::Clean;

/// The document that `body` is, read in `dialect`.
pub fn parse(body: &str, dialect: Dialect) -> Document {
    let expanded = expand(body);
    let builder = Builder::new(&expanded, dialect);
    let text = if dialect.has(Dialect::WHOLE_HTML) { html::joined(&expanded.text) } else { (&*expanded.text).into() };
    let mut reader = Reader { text: &text, dialect, builder, html: html::Source::default() };
    let parser = Parser::new_ext(&text, options_of(dialect, &text));
    let definitions = definitions(&parser, &expanded);
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, range);
    }
    Document { length: body.len(), definitions, ..reader.builder.finish() }
}

/// The link definitions, in the order of the source.
fn definitions(parser: &Parser<'_>, expanded: &Expanded<'_>) -> Vec<Definition> {
    let defined = parser.reference_definitions().iter();
    let mut definitions: Vec<Definition> = defined
        .map(|(_, found)| Definition { href: found.dest.to_string(), at: expanded.source(found.span.start) })
        .collect();
    definitions.sort_by_key(|definition| definition.at);
    definitions
}

/// The options, by name: `Options::all()` would turn on what no generator has.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

/// The options for a text: those of all, those of its dialect, and mathematics where there is any.
fn options_of(dialect: Dialect, text: &str) -> Options {
    let extensions = [
        (dialect.has(Dialect::SMART), Options::ENABLE_SMART_PUNCTUATION),
        (dialect.has(Dialect::WIKILINKS), Options::ENABLE_WIKILINKS),
        (dialect.has(Dialect::DEFINITIONS), Options::ENABLE_DEFINITION_LIST),
        (math::is_in(text, dialect), Options::ENABLE_MATH),
    ];
    extensions.into_iter().filter(|(on, _)| *on).fold(options(), |options, (_, option)| options | option)
}

struct Reader<'a> {
    text: &'a str,
    dialect: Dialect,
    builder: Builder<'a>,
    html: html::Source,
}

impl<'a> Reader<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        let at = self.builder.source(range.start);
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.builder.text(at, text, self.raw(range)),
            Event::Code(code) => self.builder.code(at, &code),
            Event::InlineMath(_) => self.math(at, &range, math::inline(self.text, &range, self.dialect)),
            Event::DisplayMath(source) => self.math(at, &range, math::display(&source, self.dialect)),
            Event::Html(html) => self.html.push(at, &html),
            Event::InlineHtml(html) => html::read(&mut self.builder, &html::Source::at(at, &html)),
            Event::FootnoteReference(label) => self.builder.note(at, &label),
            Event::SoftBreak => self.soft_break(at),
            Event::HardBreak => self.builder.line_end(at, InlineKind::HardBreak),
            Event::Rule => self.rule(at),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    /// The source of a text, with the backslash that escapes its first character.
    fn raw(&self, range: Range<usize>) -> &'a str {
        let start = range.start.saturating_sub(1);
        let escaped = self.text.get(start..range.end).filter(|text| text.starts_with('\\'));
        escaped.or_else(|| self.text.get(range)).unwrap_or_default()
    }

    fn start(&mut self, tag: Tag<'a>, at: usize) {
        match tag {
            Tag::Paragraph => self.paragraph(at),
            Tag::Heading { level, id, .. } => {
                self.block(at, FrameKind::Heading(level as u8, id.map(CowStr::into_string)));
            }
            Tag::BlockQuote(kind) => self.container(at, FrameKind::Quote(kind.map(alert))),
            Tag::CodeBlock(kind) => self.block(at, code_block(&kind)),
            Tag::List(start) => self.list(at, start),
            Tag::Item => self.container(at, FrameKind::Item(None)),
            Tag::FootnoteDefinition(label) => self.container(at, FrameKind::Footnote(label.into_string())),
            Tag::DefinitionList => self.container(at, FrameKind::Glossary(Vec::new())),
            Tag::DefinitionListTitle => self.block(at, FrameKind::Term),
            Tag::DefinitionListDefinition => self.container(at, FrameKind::Meaning),
            Tag::Table(alignments) => self.table(at, &alignments),
            Tag::TableCell => self.cell(at),
            Tag::Emphasis => self.mark(at, Mark::Emphasis),
            Tag::Strong => self.mark(at, Mark::Strong),
            Tag::Strikethrough => self.mark(at, Mark::Strike),
            Tag::Link { link_type, dest_url, .. } => self.link(at, link_type, &dest_url),
            Tag::Image { link_type, dest_url, .. } => self.image(at, link_type, dest_url.into_string()),
            // Rows are told by their ends, HTML by its lines; the rest is turned off.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableHead => self.end_table_row(true),
            TagEnd::TableRow => self.end_table_row(false),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.end_words(),
            TagEnd::MetadataBlock(_) | TagEnd::Superscript | TagEnd::Subscript => {}
            _ => self.close(),
        }
    }

    fn block(&mut self, at: usize, kind: FrameKind) {
        self.builder.open_block(at, Origin::Markdown, kind);
    }

    fn container(&mut self, at: usize, kind: FrameKind) {
        self.builder.open_container(at, Origin::Markdown, kind);
    }

    fn mark(&mut self, at: usize, mark: Mark) {
        self.builder.open_mark(at, Origin::Markdown, FrameKind::Mark(mark));
    }

    /// A paragraph directly in an item makes the list a loose one.
    fn paragraph(&mut self, at: usize) {
        self.builder.loosen();
        self.block(at, FrameKind::Paragraph);
    }

    fn list(&mut self, at: usize, start: Option<u64>) {
        self.container(at, FrameKind::List { start, spacing: Spacing::Tight, items: Vec::new() });
    }

    fn table(&mut self, at: usize, alignments: &[Align]) {
        let alignments = alignments.iter().copied().map(alignment).collect();
        self.block(at, FrameKind::Table(TableFrame { alignments, ..TableFrame::default() }));
    }

    fn cell(&mut self, at: usize) {
        self.builder.open_in_table(at, Origin::Markdown, FrameKind::Cell(1));
    }

    fn end_table_row(&mut self, heading: bool) {
        self.builder.close_words();
        if let Some(FrameKind::Table(table)) = self.builder.top().map(|frame| &mut frame.kind) {
            table.heading = heading;
            table.end_row();
        }
    }

    fn link(&mut self, at: usize, kind: LinkType, href: &str) {
        let href = match kind {
            LinkType::Email => format!("mailto:{href}"),
            LinkType::WikiLink { .. } => format!("wiki:{href}"),
            _ => href.to_owned(),
        };
        self.builder.open_link(at, Origin::Markdown, &href);
    }

    /// A picture; `![[name]]` without a picture's ending takes in another note, and is a link to it.
    fn image(&mut self, at: usize, kind: LinkType, href: String) {
        if matches!(kind, LinkType::WikiLink { .. }) && !is_picture(&href) {
            return self.link(at, kind, &href);
        }
        self.builder.open_mark(at, Origin::Markdown, FrameKind::Image { href });
    }

    /// Mathematics, or text with dollars in it: as the parser's rule and ours have it.
    fn math(&mut self, at: usize, range: &Range<usize>, verdict: Verdict) {
        let source = self.text.get(range.clone()).unwrap_or_default();
        match verdict {
            Verdict::Math => self.builder.math(at, source),
            Verdict::Text => self.builder.text(at, CowStr::Borrowed(source), source),
        }
    }

    /// Every line of a term is a term of its own.
    fn soft_break(&mut self, at: usize) {
        let kind = if self.builder.in_term() { InlineKind::HardBreak } else { InlineKind::SoftBreak };
        self.builder.line_end(at, kind);
    }

    fn rule(&mut self, at: usize) {
        self.builder.close_words();
        self.builder.add_block(at, BlockKind::Rule);
    }

    fn task(&mut self, done: bool) {
        let task = if done { Task::Done } else { Task::Open };
        self.builder.task(task);
    }

    fn close(&mut self) {
        self.builder.close_markdown();
    }

    fn end_words(&mut self) {
        self.close();
        self.builder.hidden = None;
    }

    fn end_html(&mut self) {
        let source = std::mem::take(&mut self.html);
        html::read(&mut self.builder, &source);
        self.builder.flush();
        self.builder.hidden = None;
    }
}

/// Whether a name ends as pictures do.
fn is_picture(name: &str) -> bool {
    let endings = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

const fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

const fn alignment(align: Align) -> Alignment {
    match align {
        Align::None | Align::Left => Alignment::Left,
        Align::Center => Alignment::Center,
        Align::Right => Alignment::Right,
    }
}

fn code_block(kind: &CodeBlockKind<'_>) -> FrameKind {
    let (language, first) = match kind {
        CodeBlockKind::Fenced(info) => (language(info), Some(first_line(info).unwrap_or(1))),
        CodeBlockKind::Indented => (None, None),
    };
    FrameKind::Code { language, first, text: String::new(), lines: Vec::new() }
}

/// The language in what stands behind a fence: its first word, without attributes.
fn language(info: &str) -> Option<Clean> {
    let info = info.trim().trim_start_matches(['{', '.']);
    let name = info.split([' ', '\t', ',', '{', '}', ':']).next().unwrap_or_default();
    (!name.is_empty()).then(|| Clean::exact(name))
}

/// The number that `linenostart=` gives the first line of code, as Hugo and Zola have it.
pub(super) fn first_line(info: &str) -> Option<usize> {
    let (_, number) = info.split_once("linenostart=")?;
    let number = number.trim_start_matches(['"', '\'']);
    let digits = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
    number.get(..digits)?.parse::<u32>().ok()?.try_into().ok()
}
