//! Raw HTML in a post, to the same tree as the Markdown around it.
//!
//! It loads nothing and runs nothing; what is no HTML at all, such as `<your name>`, stays visible as the text it is.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{EndTag, HtmlString, StartTag, Token, Tokenizer};
use pulldown_cmark::CowStr;

use super::build::Builder;
use super::document::{BlockKind, InlineKind, Mark, Spacing};
use super::frame::{FrameKind, Origin, Script, TableFrame};
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

/// What an element is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Mark(Mark),
    Code,
    Quotation,
    Script(Script),
    Link,
    Image,
    Frame,
    LineBreak,
    Rule,
    Heading(u8),
    Quote,
    List,
    NumberedList,
    Item,
    Preformatted,
    Table,
    TableRow,
    TableCell,
    TableHead,
    /// It starts and ends on lines of its own.
    Block,
    /// It is for machines.
    Hidden,
    /// It changes nothing that a terminal shows.
    Transparent,
}

/// The element called `name` with its name as written here, or none if HTML has none of that name.
fn element(name: &[u8]) -> Option<(&'static str, Element)> {
    let name = std::str::from_utf8(name).ok()?;
    let at = ELEMENTS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    ELEMENTS.get(at).copied()
}

/// Every element of HTML, old ones too, by name.
const ELEMENTS: &[(&str, Element)] = &[
    ("a", Element::Link),
    ("abbr", Element::Transparent),
    ("acronym", Element::Transparent),
    ("address", Element::Block),
    ("applet", Element::Transparent),
    ("area", Element::Transparent),
    ("article", Element::Block),
    ("aside", Element::Block),
    ("audio", Element::Frame),
    ("b", Element::Mark(Mark::Strong)),
    ("base", Element::Transparent),
    ("bdi", Element::Transparent),
    ("bdo", Element::Transparent),
    ("big", Element::Transparent),
    ("blockquote", Element::Quote),
    ("body", Element::Block),
    ("br", Element::LineBreak),
    ("button", Element::Transparent),
    ("canvas", Element::Transparent),
    ("caption", Element::Block),
    ("center", Element::Block),
    ("cite", Element::Mark(Mark::Emphasis)),
    ("code", Element::Code),
    ("col", Element::Transparent),
    ("colgroup", Element::Transparent),
    ("data", Element::Transparent),
    ("datalist", Element::Transparent),
    ("dd", Element::Block),
    ("del", Element::Mark(Mark::Strike)),
    ("details", Element::Block),
    ("dfn", Element::Mark(Mark::Emphasis)),
    ("dialog", Element::Block),
    ("dir", Element::List),
    ("div", Element::Block),
    ("dl", Element::Block),
    ("dt", Element::Block),
    ("em", Element::Mark(Mark::Emphasis)),
    ("embed", Element::Frame),
    ("fieldset", Element::Block),
    ("figcaption", Element::Block),
    ("figure", Element::Block),
    ("font", Element::Transparent),
    ("footer", Element::Block),
    ("form", Element::Block),
    ("frame", Element::Frame),
    ("frameset", Element::Block),
    ("h1", Element::Heading(1)),
    ("h2", Element::Heading(2)),
    ("h3", Element::Heading(3)),
    ("h4", Element::Heading(4)),
    ("h5", Element::Heading(5)),
    ("h6", Element::Heading(6)),
    ("head", Element::Hidden),
    ("header", Element::Block),
    ("hgroup", Element::Block),
    ("hr", Element::Rule),
    ("html", Element::Block),
    ("i", Element::Mark(Mark::Emphasis)),
    ("iframe", Element::Frame),
    ("img", Element::Image),
    ("input", Element::Transparent),
    ("ins", Element::Mark(Mark::Emphasis)),
    ("kbd", Element::Mark(Mark::Key)),
    ("label", Element::Transparent),
    ("legend", Element::Block),
    ("li", Element::Item),
    ("link", Element::Transparent),
    ("main", Element::Block),
    ("map", Element::Transparent),
    ("mark", Element::Mark(Mark::Key)),
    ("marquee", Element::Transparent),
    ("menu", Element::List),
    ("meta", Element::Transparent),
    ("meter", Element::Transparent),
    ("nav", Element::Block),
    ("nobr", Element::Transparent),
    ("noframes", Element::Block),
    ("noscript", Element::Transparent),
    ("object", Element::Transparent),
    ("ol", Element::NumberedList),
    ("optgroup", Element::Block),
    ("option", Element::Block),
    ("output", Element::Transparent),
    ("p", Element::Block),
    ("param", Element::Transparent),
    ("picture", Element::Transparent),
    ("pre", Element::Preformatted),
    ("progress", Element::Transparent),
    ("q", Element::Quotation),
    ("rp", Element::Transparent),
    ("rt", Element::Transparent),
    ("ruby", Element::Transparent),
    ("s", Element::Mark(Mark::Strike)),
    ("samp", Element::Code),
    ("script", Element::Hidden),
    ("search", Element::Block),
    ("section", Element::Block),
    ("select", Element::Block),
    ("slot", Element::Transparent),
    ("small", Element::Transparent),
    ("source", Element::Transparent),
    ("span", Element::Transparent),
    ("strike", Element::Mark(Mark::Strike)),
    ("strong", Element::Mark(Mark::Strong)),
    ("style", Element::Hidden),
    ("sub", Element::Script(Script::Lowered)),
    ("summary", Element::Block),
    ("sup", Element::Script(Script::Raised)),
    ("svg", Element::Hidden),
    ("table", Element::Table),
    ("tbody", Element::Transparent),
    ("td", Element::TableCell),
    ("template", Element::Hidden),
    ("textarea", Element::Transparent),
    ("tfoot", Element::Transparent),
    ("th", Element::TableHead),
    ("thead", Element::Transparent),
    ("time", Element::Transparent),
    ("title", Element::Hidden),
    ("tr", Element::TableRow),
    ("track", Element::Transparent),
    ("tt", Element::Code),
    ("u", Element::Mark(Mark::Emphasis)),
    ("ul", Element::List),
    ("var", Element::Mark(Mark::Emphasis)),
    ("video", Element::Frame),
    ("wbr", Element::Transparent),
];

fn start(builder: &mut Builder<'_>, source: &Source, tag: &StartTag<usize>) {
    let at = source.source(tag.span.start);
    let Some((name, element)) = element(&tag.name) else {
        return visible(builder, source, tag.span.start, tag.span.end);
    };
    if builder.hidden.is_some() || builder.in_image() {
        return;
    }
    if builder.in_code_block() {
        return start_in_code(builder, at, tag, element);
    }
    let origin = Origin::Html(name);
    match element {
        Element::Mark(mark) => builder.open_mark(at, origin, FrameKind::Mark(mark)),
        Element::Code => builder.open_mark(at, origin, FrameKind::CodeSpan),
        Element::Quotation => builder.text(at, CowStr::Borrowed("“"), ""),
        Element::Script(script) => builder.script = Some(script),
        Element::Link => link(builder, at, tag),
        Element::Image => image(builder, at, tag),
        Element::Frame => embedded(builder, at, tag),
        Element::LineBreak => builder.line_end(at, InlineKind::HardBreak),
        Element::Rule => rule(builder, at),
        Element::Heading(level) => heading(builder, at, origin, level),
        Element::Quote => container(builder, at, origin, FrameKind::Quote(None)),
        Element::List => list(builder, at, origin, None),
        Element::NumberedList => list(builder, at, origin, Some(number(tag))),
        Element::Item => item(builder, at),
        Element::Preformatted => preformatted(builder, at, tag),
        Element::Table => table(builder, at),
        Element::TableRow => row(builder, at),
        Element::TableCell => cell(builder, at, false),
        Element::TableHead => cell(builder, at, true),
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
        Element::Mark(_) | Element::Code | Element::Link | Element::Preformatted => {
            builder.close_html(name);
        }
        Element::Quotation => builder.text(at, CowStr::Borrowed("”"), ""),
        Element::Script(_) => builder.script = None,
        Element::Heading(_)
        | Element::Quote
        | Element::List
        | Element::NumberedList
        | Element::Item
        | Element::Table => {
            if !builder.close_html(name) {
                block_edge(builder, at);
            }
        }
        Element::TableRow => row(builder, at),
        Element::TableCell | Element::TableHead => end_cell(builder, at),
        Element::Block => block_edge(builder, at),
        Element::Image
        | Element::Frame
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
    let Some(source) = attribute(tag, "src").filter(|source| !source.is_empty()) else {
        return;
    };
    let href = if source.starts_with("//") { format!("https:{source}") } else { source };
    let text = attribute(tag, "title").filter(|title| !title.is_empty()).unwrap_or_else(|| href.clone());
    builder.link(at, &href, Clean::prose(&text));
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

fn heading(builder: &mut Builder<'_>, at: usize, origin: Origin, level: u8) {
    block_edge(builder, at);
    if builder.at_block_level() {
        builder.open_block(at, origin, FrameKind::Heading(level, None));
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
            FrameKind::Code { language, text: String::new(), lines: Vec::new() },
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
    if !builder.close_html("td") {
        builder.close_html("th");
    }
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

fn cell(builder: &mut Builder<'_>, at: usize, heading: bool) {
    if !at_table(builder) {
        return block_edge(builder, at);
    }
    if let Some(FrameKind::Table(table)) = builder.top().map(|frame| &mut frame.kind) {
        table.heading = heading && (table.heading || table.row.is_empty());
        builder.open_in_table(at, Origin::Html(if heading { "th" } else { "td" }));
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
