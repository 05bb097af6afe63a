//! Raw HTML in a post, to the same tree as the Markdown around it.
//!
//! It loads nothing and runs nothing; what is no HTML at all, such as `<your name>`, stays visible as the text it is.

pub(super) mod elements;
mod whole;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{EndTag, HtmlString, StartTag, Token, Tokenizer};
use pulldown_cmark::CowStr;

use self::elements::{Element, element};
pub(super) use self::whole::joined;
use super::build::Builder;
use super::build::Medium;
use super::document::{BlockKind, InlineKind, Spacing};
use super::frame::{FrameKind, Origin, TableFrame};
use crate::clean;
use crate::text::Clean;

/// A stretch of HTML, gathered line by line, and where its lines stand in the body.
#[derive(Debug, Default)]
pub(super) struct Source {
    text: String,
    lines: Vec<(usize, usize)>,
}

impl Source {
    /// One stretch that starts at the byte `at` of the body.
    pub(super) fn at(at: usize, html: &str) -> Self {
        let mut source = Self::default();
        source.push(at, html);
        source
    }

    /// Adds a line.
    pub(super) fn push(&mut self, at: usize, html: &str) {
        self.lines.push((self.text.len(), at));
        self.text.push_str(html);
    }

    /// The byte of the body behind a byte of the text.
    fn source(&self, offset: usize) -> usize {
        let after = self.lines.partition_point(|(start, _)| *start <= offset);
        let line = after.checked_sub(1).and_then(|line| self.lines.get(line));
        line.map_or(0, |(start, at)| at + (offset - start))
    }
}

/// Feeds what `source` says to the builder.
pub(super) fn read(builder: &mut Builder<'_>, source: &Source) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(source.text.as_str(), emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => start(builder, source, &tag),
            Token::EndTag(tag) => end(builder, source, &tag),
            Token::String(text) => {
                let words = String::from_utf8_lossy(&text.value).into_owned();
                builder.text(source.source(text.span.start), CowStr::from(words), "");
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
}

fn start(builder: &mut Builder<'_>, source: &Source, tag: &StartTag<usize>) {
    let at = source.source(tag.span.start);
    let Some((name, element)) = element(&tag.name) else {
        return visible(builder, source, tag.span.start, tag.span.end);
    };
    if builder.hidden.is_some() || builder.in_image() {
        return;
    }
    place(builder, at, tag, element);
    if builder.in_code_block() {
        return start_in_code(builder, at, tag, element);
    }
    let origin = Origin::Html(name);
    match element {
        Element::Mark(mark) => builder.open_mark(at, origin, FrameKind::Mark(mark)),
        Element::Code => builder.open_mark(at, origin, FrameKind::CodeSpan),
        Element::Quotation => builder.text(at, CowStr::Borrowed("“"), ""),
        Element::Script(script) => builder.open_mark(at, origin, FrameKind::Script(script)),
        Element::Abbreviation => abbreviation(builder, at, origin, tag),
        Element::Link => link(builder, at, tag),
        Element::Image => image(builder, at, tag),
        Element::Embedded => embedded(builder, at, tag),
        Element::Medium(kind) => medium(builder, at, kind, tag),
        Element::Source => medium_source(builder, tag),
        Element::LineBreak => builder.line_end(at, InlineKind::HardBreak),
        Element::Rule => rule(builder, at),
        Element::Heading(level) => line(builder, at, origin, FrameKind::Heading(level, attribute(tag, "id"))),
        Element::Quote => container(builder, at, origin, FrameKind::Quote(None)),
        Element::Glossary => container(builder, at, origin, FrameKind::Glossary(Vec::new())),
        Element::Term => term(builder, at),
        Element::Meaning => meaning(builder, at),
        Element::Details => container(builder, at, origin, FrameKind::Details(Vec::new())),
        Element::Summary => line(builder, at, origin, FrameKind::Summary),
        Element::Caption => caption(builder, at, origin),
        Element::List => list(builder, at, origin, None),
        Element::NumberedList => list(builder, at, origin, Some(number(tag))),
        Element::Item => item(builder, at),
        Element::Preformatted => preformatted(builder, at, tag),
        Element::Table => table(builder, at),
        Element::TableRow => row(builder, at),
        Element::TableHeadRows => rows(builder, at, Part::Head),
        Element::TableBody => rows(builder, at, Part::Body),
        Element::TableCell => cell(builder, at, Origin::Html("td"), columns(tag)),
        Element::TableHead => cell(builder, at, Origin::Html("th"), columns(tag)),
        Element::Block => block_edge(builder, at),
        Element::Hidden => hide(builder, name, tag),
        Element::Transparent => {}
    }
}

fn end(builder: &mut Builder<'_>, source: &Source, tag: &EndTag<usize>) {
    let at = source.source(tag.span.start);
    let Some((name, element)) = element(&tag.name) else {
        return visible(builder, source, tag.span.start, tag.span.end);
    };
    if builder.hidden.is_some() {
        builder.hidden = builder.hidden.filter(|hidden| *hidden != name);
        return;
    }
    if builder.in_image() || builder.in_code_block() && element != Element::Preformatted {
        return;
    }
    match element {
        Element::Mark(_)
        | Element::Code
        | Element::Script(_)
        | Element::Abbreviation
        | Element::Link
        | Element::Preformatted => {
            builder.close_html(name);
        }
        Element::Quotation => builder.text(at, CowStr::Borrowed("”"), ""),
        Element::Heading(_)
        | Element::Quote
        | Element::Glossary
        | Element::Term
        | Element::Meaning
        | Element::Details
        | Element::Summary
        | Element::Caption
        | Element::List
        | Element::NumberedList
        | Element::Item
        | Element::Table => {
            if !builder.close_html(name) {
                block_edge(builder, at);
            }
        }
        Element::TableHeadRows | Element::TableBody => rows(builder, at, Part::Body),
        Element::Medium(_) => builder.medium = None,
        Element::TableRow => row(builder, at),
        Element::TableCell | Element::TableHead => end_cell(builder, at),
        Element::Block => block_edge(builder, at),
        Element::Image
        | Element::Embedded
        | Element::Source
        | Element::LineBreak
        | Element::Rule
        | Element::Hidden
        | Element::Transparent => {}
    }
}

/// Shows what looks like a tag and is none.
fn visible(builder: &mut Builder<'_>, source: &Source, from: usize, to: usize) {
    let tag = source.text.get(from..to).unwrap_or_default().to_owned();
    builder.text(source.source(from), CowStr::from(tag), "");
}

/// In preformatted text only line breaks and the language count.
fn start_in_code(builder: &mut Builder<'_>, at: usize, tag: &StartTag<usize>, element: Element) {
    match element {
        Element::LineBreak => builder.text(at, CowStr::Borrowed("\n"), ""),
        Element::Code => {
            let class = attribute(tag, "class").unwrap_or_default();
            let found = class.split_ascii_whitespace().find_map(|class| class.strip_prefix("language-"));
            if let Some(FrameKind::Code { language: language @ None, .. }) = builder.top().map(|frame| &mut frame.kind)
            {
                *language = found.map(Clean::exact);
            }
        }
        _ => {}
    }
}

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(&HtmlString(name.as_bytes().to_vec()))?;
    Some(String::from_utf8_lossy(&value.value).trim().to_owned())
}

fn link(builder: &mut Builder<'_>, at: usize, tag: &StartTag<usize>) {
    if let Some(href) = attribute(tag, "href") {
        builder.open_link(at, Origin::Html("a"), &href);
    }
}

fn image(builder: &mut Builder<'_>, at: usize, tag: &StartTag<usize>) {
    let text = attribute(tag, "alt").or_else(|| attribute(tag, "title")).unwrap_or_default();
    if let Some(source) = attribute(tag, "src") {
        builder.image(at, &source, &text);
    }
}

/// A film, a sound or a foreign page: a link to it.
fn embedded(builder: &mut Builder<'_>, at: usize, tag: &StartTag<usize>) {
    let source = attribute(tag, "src").unwrap_or_default();
    let films = ["youtube", "youtu.be", "vimeo", "dailymotion", "twitch.tv", "bilibili", "peertube", "mp4", "webm"];
    let sounds = ["soundcloud", "spotify", "bandcamp", "mp3", "ogg"];
    let is_any = |names: &[&str]| names.iter().any(|name| source.contains(name));
    let kind = match () {
        () if is_any(&films) => "Video",
        () if is_any(&sounds) => "Audio",
        () => "Page",
    };
    link_to(builder, &Medium { at, kind, title: attribute(tag, "title") }, &source);
}

/// A film or a sound, which names its file itself or leaves that to what stands in it.
fn medium(builder: &mut Builder<'_>, at: usize, kind: &'static str, tag: &StartTag<usize>) {
    let medium = Medium { at, kind, title: attribute(tag, "title") };
    match attribute(tag, "src") {
        Some(source) => link_to(builder, &medium, &source),
        None => builder.medium = Some(medium),
    }
}

/// The first of the files that a film or a sound is offered in.
fn medium_source(builder: &mut Builder<'_>, tag: &StartTag<usize>) {
    if let Some(source) = attribute(tag, "src")
        && let Some(medium) = builder.medium.take()
    {
        link_to(builder, &medium, &source);
    }
}

/// A link on a line of its own, with a sign, a kind, and a title or else the address without what says little.
fn link_to(builder: &mut Builder<'_>, medium: &Medium, source: &str) {
    if source.is_empty() {
        return;
    }
    let href = if source.starts_with("//") { format!("https:{source}") } else { source.to_owned() };
    let address = href.split(['?', '#']).next().unwrap_or_default();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let name = medium.title.as_deref().filter(|title| !title.trim().is_empty());
    let name = name.unwrap_or_else(|| address.strip_prefix("www.").unwrap_or(address));
    builder.line_end(medium.at, InlineKind::HardBreak);
    builder.link(medium.at, &href, clean!("▶ {}: {}", medium.kind, name.trim()));
    builder.line_end(medium.at, InlineKind::HardBreak);
}

fn abbreviation(builder: &mut Builder<'_>, at: usize, origin: Origin, tag: &StartTag<usize>) {
    let title = attribute(tag, "title").unwrap_or_default();
    builder.open_mark(at, origin, FrameKind::Abbreviation(title));
}

/// What a fragment may call an element; a heading keeps its own name.
fn place(builder: &mut Builder<'_>, at: usize, tag: &StartTag<usize>, element: Element) {
    if matches!(element, Element::Heading(_)) {
        return;
    }
    let name = if element == Element::Link { attribute(tag, "name") } else { None };
    if let Some(id) = attribute(tag, "id").or(name) {
        builder.place(at, id);
    }
}

/// The edge of a block: a new paragraph, or a new line where a paragraph of Markdown's goes on.
fn block_edge(builder: &mut Builder<'_>, at: usize) {
    if builder.at_block_level() {
        builder.close_paragraph();
    } else {
        builder.line_end(at, InlineKind::HardBreak);
    }
}

fn rule(builder: &mut Builder<'_>, at: usize) {
    block_edge(builder, at);
    if builder.at_block_level() {
        builder.close_words();
        builder.add_block(at, BlockKind::Rule);
    }
}

/// A block that holds words only.
fn line(builder: &mut Builder<'_>, at: usize, origin: Origin, kind: FrameKind) {
    block_edge(builder, at);
    if builder.at_block_level() {
        builder.open_block(at, origin, kind);
    }
}

/// A caption stands in a figure or, before its rows, in a table.
fn caption(builder: &mut Builder<'_>, at: usize, origin: Origin) {
    if at_table(builder) {
        builder.open_in_table(at, origin, FrameKind::Caption);
    } else {
        line(builder, at, origin, FrameKind::Caption);
    }
}

/// A term ends the term or the meaning before it, which need not have been closed.
fn term(builder: &mut Builder<'_>, at: usize) {
    end_entry(builder);
    line(builder, at, Origin::Html("dt"), FrameKind::Term);
}

fn meaning(builder: &mut Builder<'_>, at: usize) {
    end_entry(builder);
    container(builder, at, Origin::Html("dd"), FrameKind::Meaning);
}

fn end_entry(builder: &mut Builder<'_>) {
    if matches!(builder.line_origin(), Some(Origin::Html("dt"))) {
        builder.close_html("dt");
    }
    if builder.at_block_level() {
        builder.close_paragraph();
        if matches!(builder.top().map(|frame| frame.origin), Some(Origin::Html("dd"))) {
            builder.close_html("dd");
        }
    }
}

fn container(builder: &mut Builder<'_>, at: usize, origin: Origin, kind: FrameKind) {
    block_edge(builder, at);
    if builder.at_block_level() {
        builder.open_container(at, origin, kind);
    }
}

fn list(builder: &mut Builder<'_>, at: usize, origin: Origin, start: Option<u64>) {
    container(builder, at, origin, FrameKind::List { start, spacing: Spacing::Tight, items: Vec::new() });
}

fn number(tag: &StartTag<usize>) -> u64 {
    attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1)
}

/// An item ends the one before it, which need not have been closed.
fn item(builder: &mut Builder<'_>, at: usize) {
    if !builder.at_block_level() {
        builder.line_end(at, InlineKind::HardBreak);
        builder.text(at, CowStr::Borrowed("• "), "");
        return;
    }
    builder.close_words();
    if matches!(builder.top().map(|frame| (frame.origin, &frame.kind)), Some((Origin::Html("li"), FrameKind::Item(_))))
    {
        builder.close_html("li");
    }
    builder.open_container(at, Origin::Html("li"), FrameKind::Item(None));
}

fn preformatted(builder: &mut Builder<'_>, at: usize, tag: &StartTag<usize>) {
    block_edge(builder, at);
    if builder.at_block_level() {
        let language = attribute(tag, "lang").filter(|language| !language.is_empty()).map(|name| Clean::exact(&name));
        builder.open_block(
            at,
            Origin::Html("pre"),
            FrameKind::Code { language, first: None, text: String::new(), lines: Vec::new() },
        );
    }
}

fn table(builder: &mut Builder<'_>, at: usize) {
    block_edge(builder, at);
    if builder.at_block_level() {
        builder.open_block(at, Origin::Html("table"), FrameKind::Table(TableFrame::default()));
    }
}

/// Whether a table of HTML's is open right here, with its open cell closed.
fn at_table(builder: &mut Builder<'_>) -> bool {
    let _closed = ["td", "th", "caption"].into_iter().any(|name| builder.close_html(name));
    builder.at_block_level() && {
        builder.close_paragraph();
        matches!(builder.top().map(|frame| &frame.kind), Some(FrameKind::Table(_)))
    }
}

fn row(builder: &mut Builder<'_>, at: usize) {
    if !at_table(builder) {
        block_edge(builder, at);
    } else if let Some(FrameKind::Table(table)) = builder.top().map(|frame| &mut frame.kind) {
        table.end_row();
    }
}

/// The parts of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Body,
}

fn rows(builder: &mut Builder<'_>, at: usize, part: Part) {
    row(builder, at);
    if let Some(FrameKind::Table(table)) = builder.top().map(|frame| &mut frame.kind) {
        table.in_head = part == Part::Head;
    }
}

/// The columns that a cell takes; so many at the most that a short tag makes no large table.
fn columns(tag: &StartTag<usize>) -> usize {
    attribute(tag, "colspan").and_then(|columns| columns.parse().ok()).unwrap_or(1).clamp(1, 12)
}

fn cell(builder: &mut Builder<'_>, at: usize, origin: Origin, columns: usize) {
    if !at_table(builder) {
        return block_edge(builder, at);
    }
    if let Some(FrameKind::Table(table)) = builder.top().map(|frame| &mut frame.kind) {
        table.heading = origin == Origin::Html("th") && (table.heading || table.row.is_empty());
        builder.open_in_table(at, origin, FrameKind::Cell(columns));
    }
}

fn end_cell(builder: &mut Builder<'_>, at: usize) {
    if !at_table(builder) {
        block_edge(builder, at);
    }
}

/// Hides what follows until the element ends.
fn hide(builder: &mut Builder<'_>, name: &'static str, tag: &StartTag<usize>) {
    builder.flush();
    if !tag.self_closing {
        builder.hidden = Some(name);
    }
}
