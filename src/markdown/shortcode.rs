//! Hugo shortcodes and Liquid tags, expanded to Markdown before the Markdown parser sees the body.
//!
//! It leaves code as it stands, resolves no target and reads no file: a cross-link becomes `relref:` and the name it gave.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag as Element};

use super::parse::options;

/// A body whose shortcodes are Markdown, and where each byte of it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expanded<'a> {
    /// The text for the Markdown parser.
    pub text: Cow<'a, str>,
    pieces: Vec<Piece>,
}

/// A stretch of expanded text: copied from the source, or written in place of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    expanded: usize,
    source: usize,
    copied: bool,
}

impl Expanded<'_> {
    /// The byte of the source body that the byte `at` of the expanded text stands for.
    pub fn source(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.expanded <= at);
        match after.checked_sub(1).and_then(|last| self.pieces.get(last)) {
            Some(piece) if piece.copied => piece.source + (at - piece.expanded),
            Some(piece) => piece.source,
            None => at,
        }
    }
}

/// Expands every shortcode and tag of `body` that does not stand in code.
pub fn expand(body: &str) -> Expanded<'_> {
    if !body.contains("{{<") && !body.contains("{{%") && !body.contains("{%") {
        return Expanded { text: Cow::Borrowed(body), pieces: Vec::new() };
    }
    let mut expander = Expander {
        body,
        code: code_ranges(body),
        text: String::new(),
        pieces: Vec::new(),
        copied: 0,
        closers: [Closer::Unknown; 3],
    };
    expander.run();
    Expanded { text: Cow::Owned(expander.text), pieces: expander.pieces }
}

/// Where code stands, in order; asked of the Markdown parser itself, so that both always agree.
fn code_ranges(body: &str) -> Vec<Range<usize>> {
    let indented = body.starts_with([' ', '\t']) || body.contains("\n    ") || body.contains('\t');
    if !indented && !body.contains(['`', '~']) {
        return Vec::new();
    }
    let is_code = |event: &Event| matches!(event, Event::Code(_) | Event::Start(Element::CodeBlock(_)));
    Parser::new_ext(body, options())
        .into_offset_iter()
        .filter(|(event, _)| is_code(event))
        .map(|(_, range)| range)
        .collect()
}

/// The three ways of writing a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Angle,
    Percent,
    Liquid,
}

impl Kind {
    const fn opener(self) -> &'static str {
        match self {
            Self::Angle => "{{<",
            Self::Percent => "{{%",
            Self::Liquid => "{%",
        }
    }

    const fn closer(self) -> &'static str {
        match self {
            Self::Angle => ">}}",
            Self::Percent => "%}}",
            Self::Liquid => "%}",
        }
    }

    /// The kind of tag that `text` begins with.
    fn of(text: &str) -> Option<Self> {
        [Self::Angle, Self::Percent, Self::Liquid].into_iter().find(|kind| text.starts_with(kind.opener()))
    }
}

/// Where the next closer of a kind stands, remembered so that many openers ask only once.
#[derive(Debug, Clone, Copy)]
enum Closer {
    Unknown,
    At(usize),
    Nowhere,
}

/// One tag in the body.
#[derive(Debug, Clone)]
struct Tag<'a> {
    kind: Kind,
    range: Range<usize>,
    /// What stands between the braces, trimmed.
    inner: &'a str,
}

impl<'a> Tag<'a> {
    fn name(&self) -> &'a str {
        self.inner.split([' ', '\t', '\n', '\r']).next().unwrap_or_default().trim_end_matches('/')
    }

    /// The arguments: a key where one was given, and the value without its quotes.
    fn arguments(&self) -> Vec<(&'a str, &'a str)> {
        let mut rest = self.inner.get(self.name().len()..).unwrap_or_default().trim_start();
        let mut arguments = Vec::new();
        while !rest.is_empty() {
            let word = rest.find([' ', '\t', '\n', '\r', '"', '\'', '`', '=']).unwrap_or(rest.len());
            let (key, value) = rest.split_at_checked(word).unwrap_or_default();
            if let Some(value) = value.strip_prefix('=') {
                let (value, after) = argument(value);
                arguments.push((key, value));
                rest = after.trim_start();
            } else {
                let (value, after) = argument(rest);
                arguments.push(("", value));
                rest = after.trim_start();
            }
        }
        arguments
    }

    /// The value of one of `keys`, or else the first value without a key.
    fn argument(&self, keys: &[&str]) -> Option<&'a str> {
        let arguments = self.arguments();
        let named = arguments.iter().find(|(key, _)| keys.contains(key));
        named.or_else(|| arguments.iter().find(|(key, _)| key.is_empty())).map(|(_, value)| *value)
    }

    /// The value of one of `keys`, and nothing else.
    fn named(&self, keys: &[&str]) -> Option<&'a str> {
        self.arguments().iter().find(|(key, value)| keys.contains(key) && !value.is_empty()).map(|(_, value)| *value)
    }
}

/// The first value in `text`, without quotes, and what follows it. It always takes at least one character.
fn argument(text: &str) -> (&str, &str) {
    for quote in ['"', '\'', '`'] {
        if let Some((value, after)) = text.strip_prefix(quote).and_then(|quoted| quoted.split_once(quote)) {
            return (value, after);
        }
    }
    let end =
        text.char_indices().skip(1).find(|(_, character)| character.is_whitespace()).map_or(text.len(), |(at, _)| at);
    let (value, after) = text.split_at_checked(end).unwrap_or_default();
    (value.trim_matches(['"', '\'', '`']), after)
}

/// The walk over the body.
struct Expander<'a> {
    body: &'a str,
    code: Vec<Range<usize>>,
    text: String,
    pieces: Vec<Piece>,
    copied: usize,
    closers: [Closer; 3],
}

impl<'a> Expander<'a> {
    fn run(&mut self) {
        let mut code = std::mem::take(&mut self.code).into_iter().peekable();
        let mut at = 0;
        while let Some(brace) = self.rest(at).find('{').map(|found| at + found) {
            while code.next_if(|range| range.end <= brace).is_some() {}
            if let Some(range) = code.peek().filter(|range| range.start <= brace) {
                at = range.end;
                continue;
            }
            at = match self.tag(brace) {
                Some(tag) => self.expand(&tag),
                None => brace + 1,
            };
        }
        self.copy(self.body.len());
    }

    fn rest(&self, at: usize) -> &'a str {
        self.body.get(at..).unwrap_or_default()
    }

    fn between(&self, range: Range<usize>) -> &'a str {
        self.body.get(range).unwrap_or_default()
    }

    /// The tag that starts at `at`.
    fn tag(&mut self, at: usize) -> Option<Tag<'a>> {
        let kind = Kind::of(self.rest(at))?;
        let start = at + kind.opener().len();
        let end = self.closer(kind, start)?;
        let inner = self.between(start..end).trim_matches(|edge: char| edge == '-' || edge.is_whitespace());
        let plausible = kind != Kind::Liquid || inner.starts_with(|first: char| first.is_ascii_alphabetic());
        plausible.then(|| Tag { kind, range: at..end + kind.closer().len(), inner })
    }

    fn closer(&mut self, kind: Kind, from: usize) -> Option<usize> {
        let known = self.closers.get(kind as usize).copied().unwrap_or(Closer::Unknown);
        let found = match known {
            Closer::Nowhere => None,
            Closer::At(at) if at >= from => Some(at),
            Closer::Unknown | Closer::At(_) => self.rest(from).find(kind.closer()).map(|found| from + found),
        };
        if let Some(closer) = self.closers.get_mut(kind as usize) {
            *closer = found.map_or(Closer::Nowhere, Closer::At);
        }
        found
    }

    /// Writes what the tag becomes, and says where the body goes on.
    fn expand(&mut self, tag: &Tag<'a>) -> usize {
        match tag.name() {
            _ if tag.inner.starts_with("/*") => self.replace(tag, &shown(tag)),
            "relref" | "ref" => self.replace(tag, &crosslink(tag.argument(&["path"]))),
            "post_url" | "link" if tag.kind == Kind::Liquid => self.replace(tag, &crosslink(tag.argument(&[]))),
            "figure" => self.replace(tag, &figure(tag)),
            "youtube" => self.replace(tag, &video(tag, "YouTube", "https://www.youtube.com/watch?v=")),
            "vimeo" => self.replace(tag, &video(tag, "Vimeo", "https://vimeo.com/")),
            "highlight" => self.highlight(tag),
            "raw" if tag.kind == Kind::Liquid => self.raw(tag),
            "comment" => self.comment(tag),
            _ => self.replace(tag, ""),
        }
    }

    fn copy(&mut self, until: usize) {
        if until > self.copied {
            self.pieces.push(Piece { expanded: self.text.len(), source: self.copied, copied: true });
            self.text.push_str(self.between(self.copied..until));
        }
        self.copied = until.max(self.copied);
    }

    fn replace(&mut self, tag: &Tag<'a>, by: &str) -> usize {
        self.write(tag.range.clone(), by);
        tag.range.end
    }

    fn write(&mut self, range: Range<usize>, by: &str) {
        self.copy(range.start);
        self.pieces.push(Piece { expanded: self.text.len(), source: range.start, copied: false });
        self.text.push_str(by);
        self.copied = range.end;
    }

    /// A pair of highlight tags becomes a fence of its own, or a code span where it stands inside a line.
    fn highlight(&mut self, tag: &Tag<'a>) -> usize {
        let Some(end) = self.end_of(tag, &["/highlight", "endhighlight"]) else {
            return self.replace(tag, "");
        };
        let code = self.between(tag.range.end..end.start);
        let ticks = "`".repeat(longest_run(code, '`').max(2) + 1);
        if !code.contains('\n') {
            self.write(tag.range.clone(), &format!("{ticks} "));
            self.write(end.clone(), &format!(" {ticks}"));
            return end.end;
        }
        let line = self.between(0..tag.range.start).rsplit('\n').next().unwrap_or_default();
        let start = if line.trim().is_empty() { "" } else { "\n\n" };
        let language = tag.arguments().first().map_or("", |(_, value)| *value);
        let open = if code.starts_with(['\n', '\r']) { "" } else { "\n" };
        self.write(tag.range.clone(), &format!("{start}{ticks}{language}{open}"));
        let close = if code.trim_end_matches([' ', '\t']).ends_with('\n') { "" } else { "\n" };
        self.write(end.clone(), &format!("{close}{ticks}\n"));
        end.end
    }

    /// What stands between raw tags is kept as it is.
    fn raw(&mut self, tag: &Tag<'a>) -> usize {
        let Some(end) = self.end_of(tag, &["endraw"]) else {
            return self.replace(tag, "");
        };
        self.write(tag.range.clone(), "");
        self.write(end.clone(), "");
        end.end
    }

    /// What stands between comment tags is for nobody.
    fn comment(&mut self, tag: &Tag<'a>) -> usize {
        let end = self.end_of(tag, &["/comment", "endcomment"]).unwrap_or(tag.range.clone());
        self.write(tag.range.start..end.end, "");
        end.end
    }

    /// The tag that ends what `tag` began.
    fn end_of(&mut self, tag: &Tag<'a>, names: &[&str]) -> Option<Range<usize>> {
        let mut at = tag.range.end;
        while let Some(found) = self.rest(at).find(tag.kind.opener()) {
            let closing = self.tag(at + found)?;
            let name = closing.inner.strip_prefix("/ ").map_or(closing.name().to_owned(), |name| format!("/{name}"));
            if names.contains(&name.as_str()) {
                return Some(closing.range);
            }
            at = closing.range.start + tag.kind.opener().len();
        }
        None
    }
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|character| character != of).map(str::len).max().unwrap_or_default()
}

/// An escaped tag, shown as its author wants it shown.
fn shown(tag: &Tag<'_>) -> String {
    let inner = tag.inner.trim_start_matches("/*").trim_end_matches("*/");
    escaped(&format!("{}{inner}{}", tag.kind.opener(), tag.kind.closer()))
}

/// `text` so that Markdown takes no character of it as its own.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() * 2);
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            safe.push('\\');
        }
        safe.push(if character.is_control() { ' ' } else { character });
    }
    safe
}

/// A destination that survives in a link, in a definition and in an attribute.
fn crosslink(name: Option<&str>) -> String {
    let mut destination = String::from("relref:");
    for byte in name.unwrap_or_default().trim().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/#?=&".contains(&byte) {
            destination.push(char::from(byte));
        } else {
            destination.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
        }
    }
    destination
}

fn hexadecimal(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

/// An address of the author's that a destination in angle brackets can hold.
fn address(text: &str) -> String {
    text.chars().filter(|character| !matches!(character, '<' | '>' | '\\' | '\n' | '\r')).collect()
}

fn figure(tag: &Tag<'_>) -> String {
    let Some(source) = tag.argument(&["src"]) else {
        return String::new();
    };
    let text = tag.named(&["title"]).or(tag.named(&["caption"])).or(tag.named(&["alt"])).unwrap_or_default();
    let image = format!("![{}](<{}>)", escaped(text), address(source));
    match tag.named(&["link"]) {
        Some(link) => format!("[{image}](<{}>)", address(link)),
        None => image,
    }
}

fn video(tag: &Tag<'_>, site: &str, base: &str) -> String {
    let id = address(tag.argument(&["id"]).unwrap_or_default());
    let title = tag.named(&["title"]).map_or_else(|| format!("{site}: {id}"), str::to_owned);
    if id.is_empty() { String::new() } else { format!("[{}](<{base}{id}>)", escaped(&title)) }
}
