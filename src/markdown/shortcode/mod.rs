//! The template tags of every generator, expanded to Markdown and HTML before the Markdown parser sees the body.
//!
//! It leaves code as it stands, resolves no target and reads no file: a cross-link becomes `relref:` and the name it gave.

mod alert;
mod caption;
mod code;
mod depth;
mod directive;
mod hexo;
mod hugo;
mod kramdown;
mod liquid;
mod markup;
mod mdx;
mod obsidian;
mod pairs;
mod place;
mod scan;
mod tag;
mod write;
mod zola;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use self::tag::{Family, Tag};
use self::write::{Writer, Writing};

/// A body whose tags are Markdown, and where each byte of it came from.
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

/// Expands every tag of `body` that does not stand in code, and opens no more in a line than the parser is good at.
pub fn expand(body: &str) -> Expanded<'_> {
    match depth::bounded(body) {
        Cow::Borrowed(body) => expand_tags(body),
        Cow::Owned(body) => {
            let Expanded { text, pieces } = expand_tags(&body);
            Expanded { text: Cow::Owned(text.into_owned()), pieces }
        }
    }
}

fn expand_tags(body: &str) -> Expanded<'_> {
    if !may_hold_tags(body) {
        return Expanded { text: Cow::Borrowed(body), pieces: Vec::new() };
    }
    let mut found = scan::scan(body);
    if found.is_empty() {
        return Expanded { text: Cow::Borrowed(body), pieces: Vec::new() };
    }
    pairs::pair(&mut found);
    let mut writer = Writer::new(body);
    for (number, found) in found.iter().enumerate() {
        writer.write(number, found);
    }
    writer.finish()
}

/// Whether anything in `body` looks like a tag at first sight.
fn may_hold_tags(body: &str) -> bool {
    let component = || {
        let mut after = body.match_indices('<').filter_map(|(at, _)| body.as_bytes().get(at + 1));
        after.any(u8::is_ascii_uppercase)
    };
    // Each is a search at the speed of memory, which a look at every pair of bytes is not.
    body.starts_with(":::") || MARKS.iter().any(|mark| body.contains(mark)) || component()
}

/// What stands in every tag but those in angle brackets.
const MARKS: [&str; 15] = [
    "{{",
    "{%",
    "{:",
    "{/",
    "![",
    "[!",
    "%%",
    "\n:",
    " :",
    "\n[^",
    "[TOC]",
    "[toc]",
    "[[_TOC_]]",
    "import ",
    "export ",
];

/// Something found in the body, and what becomes of it.
#[derive(Debug, Clone)]
struct Found<'a> {
    range: std::ops::Range<usize>,
    place: place::Place,
    what: What<'a>,
    /// The number of what ends it, or of what it ends.
    partner: Option<usize>,
}

/// What was found.
#[derive(Debug, Clone)]
enum What<'a> {
    Tag(Tag<'a>),
    /// A line of colons that begins something, by their number.
    Directive(usize, Writing),
    /// A line of colons alone.
    DirectiveEnd(usize),
    Write(Writing),
}

impl Found<'_> {
    /// What is written in its place.
    fn writing(&self) -> Writing {
        match &self.what {
            What::Write(writing) => writing.clone(),
            What::Directive(_, writing) if self.partner.is_some() => writing.clone(),
            What::Tag(tag) if tag.is_closing() => self.partner.map_or(Writing::Nothing, Writing::Close),
            What::DirectiveEnd(_) => self.partner.map_or(Writing::Source, Writing::Close),
            What::Directive(..) => Writing::Source,
            What::Tag(tag) => expanded(tag, self),
        }
    }
}

fn expanded(tag: &Tag<'_>, found: &Found<'_>) -> Writing {
    let paired = found.partner.is_some();
    match tag.family() {
        _ if tag.inner.starts_with("/*") => hugo::shown(tag),
        Family::Hugo => hugo::expand(tag, &found.place, paired),
        Family::Call => zola::expand(tag, &found.place, paired),
        Family::Liquid => liquid::expand(tag, &found.place, paired),
        Family::Output => liquid::output(tag, &found.place),
    }
}
