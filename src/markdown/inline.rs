//! Running text on its way into the tree: pieces that the parsers hand over, joined, and what their authors did not mark up
//! found in them: bare addresses, raised and lowered words.
//!
//! It cleans what it joins, after the last decoding; it opens and closes nothing.

use std::ops::Range;

use memchr::memchr2;
use pulldown_cmark::CowStr;

use super::document::{Inline, InlineKind};
use super::script::{self, Script};
use super::url;
use crate::text::{Clean, between_hyphens};

/// A piece of text, and the source of it where typography has changed it.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) at: usize,
    pub(super) text: CowStr<'a>,
    pub(super) raw: &'a str,
}

/// Pieces that belong together.
#[derive(Debug, Default)]
pub(super) struct Pending<'a>(Vec<Piece<'a>>);

/// What a stretch of joined text is.
#[derive(Debug)]
pub(super) enum Stretch {
    /// Words.
    Words(Vec<Inline>),
    /// Words raised or lowered.
    Script(usize, Script, Clean),
    /// An address to be made a link: its destination and its text.
    Address(usize, String, Clean),
}

impl<'a> Pending<'a> {
    pub(super) fn push(&mut self, piece: Piece<'a>) {
        self.0.push(piece);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.0.iter().all(|piece| piece.text.trim_ascii().is_empty())
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Where it starts.
    pub(super) fn at(&self) -> usize {
        self.0.first().map_or(0, |piece| piece.at)
    }

    /// The text as it stands, and emptiness.
    pub(super) fn take_text(&mut self) -> CowStr<'a> {
        if let [_] = self.0.as_slice() {
            return self.0.pop().map_or("".into(), |piece| piece.text);
        }
        let mut text = String::with_capacity(self.0.iter().map(|piece| piece.text.len()).sum());
        self.0.drain(..).for_each(|piece| text.push_str(&piece.text));
        text.into()
    }

    /// The words and addresses in it.
    pub(super) fn take(&mut self) -> Vec<Stretch> {
        let pieces = std::mem::take(&mut self.0);
        let source: String = pieces.iter().map(Piece::source).collect();
        let mut stretches = Vec::new();
        let mut walk = Walk { pieces: &pieces, index: 0, start: 0 };
        let mut done = 0;
        for range in url::addresses(&source) {
            walk.words(done..range.start, &mut stretches);
            let at = walk.at(range.start);
            let text = source.get(range.clone()).unwrap_or_default();
            stretches.push(Stretch::Address(at, url::destination(text), Clean::exact(text)));
            done = range.end;
        }
        walk.words(done..source.len(), &mut stretches);
        stretches
    }

    /// Whether any of it may be more than words.
    pub(super) fn is_plain(&self) -> bool {
        let may_hold_script = || self.0.iter().any(|piece| memchr2(b'^', b'~', piece.text.as_bytes()).is_some());
        !self.may_hold_address() && !may_hold_script()
    }

    fn may_hold_address(&self) -> bool {
        self.0.iter().any(|piece| url::may_hold_address(&piece.text))
            || self.0.len() > 1 && self.0.iter().any(|piece| piece.text.ends_with("www") || piece.text.ends_with(':'))
    }
}

impl Piece<'_> {
    /// Whether a backslash says that its first character is only that.
    fn is_escaped(&self) -> bool {
        self.raw.starts_with('\\') && !self.text.starts_with('\\')
    }

    /// The text before typography changed it.
    fn source(&self) -> &str {
        let typographic = matches!(self.raw.as_bytes(), [b'-' | b'.' | b'\'' | b'"', ..]) && !self.text.is_ascii();
        if typographic { self.raw } else { &self.text }
    }
}

/// A walk over pieces by the bytes of their sources.
struct Walk<'a> {
    pieces: &'a [Piece<'a>],
    index: usize,
    start: usize,
}

impl Walk<'_> {
    /// Moves to the piece that holds byte `offset`.
    fn seek(&mut self, offset: usize) {
        while let Some(piece) = self.pieces.get(self.index) {
            let end = self.start + piece.source().len();
            if offset < end {
                break;
            }
            self.index += 1;
            self.start = end;
        }
    }

    fn at(&mut self, offset: usize) -> usize {
        self.seek(offset);
        let piece = self.pieces.get(self.index).or(self.pieces.last());
        piece.map_or(0, |piece| piece.at + offset.saturating_sub(self.start))
    }

    /// The text of `range`, with its typography, and what is raised or lowered in it.
    fn words(&mut self, range: Range<usize>, stretches: &mut Vec<Stretch>) {
        let Range { start: mut offset, end: to } = range;
        let mut text = String::new();
        let mut escaped = Vec::new();
        let at = self.at(offset);
        while offset < to {
            self.seek(offset);
            let Some(piece) = self.pieces.get(self.index) else { break };
            if offset == self.start && piece.is_escaped() {
                escaped.push(text.len());
            }
            let source = piece.source();
            let end = (self.start + source.len()).min(to);
            let whole = offset == self.start && end == self.start + source.len();
            let part = if whole {
                &*piece.text
            } else {
                source.get(offset - self.start..end - self.start).unwrap_or_default()
            };
            text.push_str(part);
            offset = end;
        }
        let mut done = 0;
        for (range, script) in script::parts(&text, &escaped) {
            push_words(at + done, text.get(done..range.start), stretches);
            let inner = text.get(range.start + 1..range.end - 1).unwrap_or_default();
            stretches.push(Stretch::Script(at + range.start, script, Clean::prose(inner)));
            done = range.end;
        }
        push_words(at + done, text.get(done..), stretches);
    }
}

fn push_words(at: usize, text: Option<&str>, stretches: &mut Vec<Stretch>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        stretches.push(Stretch::Words(prose(at, text)));
    }
}

/// What an author wrote to be read, from the byte `at` of the body on: its words, and its soft hyphens between them.
pub(super) fn prose(at: usize, text: &str) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for (offset, part) in between_hyphens(text) {
        let at = at + offset;
        if offset > 0 {
            inlines.push(Inline { at, kind: InlineKind::SoftHyphen });
        }
        if !part.is_empty() {
            inlines.push(Inline { at, kind: InlineKind::Text(Clean::prose(part)) });
        }
    }
    inlines
}

/// The words of `inlines` without markup; images give nothing here, their text is in the link table.
pub(super) fn words(inlines: &[Inline], image: &dyn Fn(usize) -> Clean) -> Clean {
    let mut text = Clean::default();
    collect(inlines, image, &mut text);
    text
}

fn collect(inlines: &[Inline], image: &dyn Fn(usize) -> Clean, text: &mut Clean) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) | InlineKind::Math(words) => text.push(words),
            InlineKind::Marked(_, inner) | InlineKind::Link(_, inner) => collect(inner, image, text),
            InlineKind::Image(link) => text.push(&image(*link)),
            InlineKind::Note(..) | InlineKind::Return(_) | InlineKind::SoftHyphen => {}
            InlineKind::SoftBreak | InlineKind::HardBreak => text.push(&Clean::literal(" ")),
        }
    }
}
