//! The expanded text as it is written: copied stretches, what stands in place of tags, and quote signs before every line of
//! an alert's text.
//!
//! It decides nothing about tags. A quote that nests too deep gets no signs of its own.

use std::borrow::Cow;
use std::ops::Range;

use super::place::Place;
use super::{Expanded, Found, Piece};

/// Quotes that nest deeper than this get no signs.
const DEPTH: usize = 16;
/// An element that shows nothing; behind it, HTML at the start of a line begins no block of its own.
const GUARD: &str = "<span></span>";

/// What is written in place of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Writing {
    /// What stood there.
    Source,
    Nothing,
    /// The line and its end are taken out.
    NoLine,
    /// Text within a line.
    Inline(String),
    /// An element within a line.
    Element(String),
    /// A note on what stood there, alone where the tag stood alone.
    Label(String),
    /// Lines that make a block, or the same within a line where no block can stand.
    Block(String),
    /// The lines before a quote's text, without signs, and the words instead where no quote can stand; the text goes on
    /// until it is closed.
    Quote(String, String),
    /// The lines before and after blocks.
    Around(String, &'static str),
    /// The end of the thing with this number.
    Close(usize),
}

/// Something that has begun and not ended.
#[derive(Debug)]
struct Open {
    number: usize,
    base: String,
    quoted: bool,
    close: &'static str,
}

#[derive(Debug)]
pub(super) struct Writer<'a> {
    body: &'a str,
    text: String,
    pieces: Vec<Piece>,
    copied: usize,
    open: Vec<Open>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        Self { body, text: String::with_capacity(body.len()), pieces: Vec::new(), copied: 0, open: Vec::new() }
    }

    pub(super) fn finish(mut self) -> Expanded<'a> {
        self.copy(self.body.len());
        Expanded { text: Cow::Owned(self.text), pieces: self.pieces }
    }

    /// Writes what the thing of this number becomes.
    pub(super) fn write(&mut self, number: usize, found: &Found<'_>) {
        let (range, place) = (&found.range, &found.place);
        match found.writing() {
            Writing::Source => {}
            Writing::Nothing => self.vanish(found),
            Writing::NoLine => self.replace(&(range.start..self.next_line(range.end)), ""),
            Writing::Inline(text) => self.replace(range, &text),
            Writing::Element(text) => self.element(range, place, &text),
            Writing::Label(text) => self.label(range, place, &text),
            Writing::Block(text) => self.block(range, place, &text),
            Writing::Quote(header, words) => self.quote(number, found, &header, &words),
            Writing::Around(open, close) => self.around(number, found, &open, close),
            Writing::Close(partner) => self.close(partner, found),
        }
    }

    /// Where the line after `at` starts, if nothing stands between.
    fn next_line(&self, at: usize) -> usize {
        let rest = self.body.get(at..).unwrap_or_default();
        let after = rest.trim_start_matches([' ', '\t', '\r']);
        at + if after.starts_with('\n') { rest.len() - after.len() + 1 } else { 0 }
    }

    // Within a line.

    fn replace(&mut self, range: &Range<usize>, by: &str) {
        self.copy(range.start);
        self.put(range.start, by);
        self.copied = self.copied.max(range.end);
    }

    /// Writes nothing; a comment where a blank line would end a block of HTML.
    fn vanish(&mut self, found: &Found<'_>) {
        let torn = found.place.in_html && found.place.is_alone();
        self.replace(&found.range, if torn { "<!-- -->" } else { "" });
    }

    fn element(&mut self, range: &Range<usize>, place: &Place, text: &str) {
        let guard = if place.block().is_some() { GUARD } else { "" };
        self.replace(range, &format!("{guard}{text}"));
    }

    fn label(&mut self, range: &Range<usize>, place: &Place, text: &str) {
        let text = if place.in_address { "" } else { text };
        let in_item = self.body.get(place.line..range.start) != place.base.as_deref();
        match place.block().filter(|_| place.ends_line && !in_item) {
            Some(base) => self.replace(range, &format!("{text}\n{}", self.inner_base(base).trim_end())),
            None => self.replace(range, text),
        }
    }

    // Blocks.

    fn block(&mut self, range: &Range<usize>, place: &Place, text: &str) {
        let Some(base) = place.block() else {
            return self.replace(range, text);
        };
        let base = self.inner_base(base);
        let end = if place.ends_line { "" } else { "\n" };
        let text = format!("{text}\n{end}").replace('\n', &format!("\n{base}"));
        self.replace(range, &text);
    }

    fn quote(&mut self, number: usize, found: &Found<'_>, header: &str, words: &str) {
        let quotes = self.open.iter().filter(|open| open.quoted).count();
        let Some(base) = found.place.block().filter(|_| quotes < DEPTH) else {
            return self.replace(&found.range, words);
        };
        let base = self.inner_base(base);
        let signs = header.replace('\n', &format!("\n{base}> "));
        let end = if found.place.ends_line { "" } else { "\n" };
        self.replace(&found.range, &format!("> {signs}"));
        self.open.push(Open { number, base, quoted: true, close: "" });
        self.put(found.range.start, end);
    }

    fn around(&mut self, number: usize, found: &Found<'_>, open: &str, close: &'static str) {
        let Some(base) = found.place.block() else {
            return self.replace(&found.range, &open.replace('\n', " "));
        };
        let base = self.inner_base(base);
        let end = if found.place.ends_line { "\n" } else { "\n\n" };
        self.replace(&found.range, &format!("{open}{end}").replace('\n', &format!("\n{base}")));
        self.open.push(Open { number, base, quoted: false, close });
    }

    /// Ends the thing of this number, and what is open within it.
    fn close(&mut self, number: usize, found: &Found<'_>) {
        if !self.open.iter().any(|open| open.number == number) {
            return self.vanish(found);
        }
        let start = if found.place.base.is_some() { found.place.line } else { found.range.start };
        self.copy(start);
        while let Some(last) = self.open.pop() {
            let base = &last.base;
            if !self.at_line_start() {
                self.put(start, "\n");
            }
            let text =
                if last.close.is_empty() { base.clone() } else { format!("{base}\n{base}{}\n{base}", last.close) };
            self.put(start, &text);
            if last.number == number {
                let end = if found.place.ends_line { String::new() } else { format!("\n{base}") };
                self.put(start, &end);
                break;
            }
        }
        self.copied = self.copied.max(found.range.end);
    }

    /// What a line needs beyond what open quotes give it.
    fn inner_base(&self, base: &str) -> String {
        let outer: String = self.open.iter().filter(|open| open.quoted).map(|open| open.base.as_str()).collect();
        base.strip_prefix(&outer).unwrap_or_default().to_owned()
    }

    // Text.

    fn at_line_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }

    fn is_quoted(&self) -> bool {
        self.open.iter().any(|open| open.quoted)
    }

    fn copy(&mut self, until: usize) {
        let text = self.body.get(self.copied..until).unwrap_or_default();
        if self.is_quoted() {
            let mut at = self.copied;
            for line in text.split_inclusive('\n') {
                let skipped = if self.at_line_start() { self.signs(at, line) } else { 0 };
                self.push(at + skipped, line.get(skipped..).unwrap_or_default(), true);
                at += line.len();
            }
        } else {
            self.push(self.copied, text, true);
        }
        self.copied = self.copied.max(until);
    }

    fn put(&mut self, at: usize, text: &str) {
        if text.is_empty() || !self.is_quoted() {
            return self.push(at, text, false);
        }
        for line in text.split_inclusive('\n') {
            if self.at_line_start() {
                self.signs(at, "");
            }
            self.push(at, line, false);
        }
    }

    /// Writes what open quotes want before `line`; says how many bytes of it that stands for.
    fn signs(&mut self, at: usize, line: &str) -> usize {
        let mut signs = String::new();
        let mut rest = line;
        for open in self.open.iter().filter(|open| open.quoted) {
            let same = open.base.bytes().zip(rest.bytes()).take_while(|(one, other)| one == other).count();
            rest = rest.get(same..).unwrap_or_default();
            signs.push_str(&open.base);
            signs.push_str("> ");
        }
        self.push(at, &signs, false);
        line.len() - rest.len()
    }

    fn push(&mut self, source: usize, text: &str, copied: bool) {
        if !text.is_empty() {
            self.pieces.push(Piece { expanded: self.text.len(), source, copied });
            self.text.push_str(text);
        }
    }
}
