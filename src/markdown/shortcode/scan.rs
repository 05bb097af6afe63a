//! The walk over a body: line by line and sign by sign, past code, to everything that a generator would take for its own.
//!
//! Every search for an end is remembered or bounded, so that no text costs more than one pass.

use std::collections::HashSet;

use memchr::memchr3;

use super::super::parse::first_line;
use super::code::Ranges;
use super::mdx::Components;
use super::place::{Place, base, marker};
use super::tag::{Family, Kind, Tag, is_name};
use super::write::Writing;
use super::{Found, What, directive, hexo, kramdown, markup, obsidian};

/// No embed is longer than this.
const LONGEST: usize = 500;
/// Tags of which all up to their end is code or nothing.
const VERBATIM: [&str; 8] = ["highlight", "codeblock", "code", "raw", "verbatim", "comment", "mermaid", "katex"];

/// Everything found in `body`, in order and without overlaps.
pub(super) fn scan(body: &str) -> Vec<Found<'_>> {
    let mut scanner = Scanner {
        body,
        ranges: Ranges::of(body),
        found: Vec::new(),
        line: 0,
        end: 0,
        next: NEEDLES.map(Next::new),
        unended: HashSet::new(),
        components: Components::new(body),
        after_statement: true,
    };
    scanner.run();
    scanner.found
}

/// What is searched for from many places.
const NEEDLES: [&str; 9] = [">}}", "%}}", "%}", "}}", "*/}", "]]", "\n%%", "{:/comment}", "{:/}"];

/// Where the next of something stands, remembered so that many askers search only once.
#[derive(Debug)]
struct Next {
    needle: &'static str,
    asked: usize,
    found: Option<usize>,
    known: bool,
}

impl Next {
    fn new(needle: &'static str) -> Self {
        Self { needle, asked: 0, found: None, known: false }
    }

    fn from(&mut self, body: &str, at: usize) -> Option<usize> {
        let holds = self.known && at >= self.asked && self.found.is_none_or(|found| found >= at);
        if !holds {
            self.found = body.get(at..).and_then(|rest| rest.find(self.needle)).map(|found| at + found);
            self.asked = at;
            self.known = true;
        }
        self.found
    }
}

struct Scanner<'a> {
    body: &'a str,
    ranges: Ranges<'a>,
    found: Vec<Found<'a>>,
    /// Where the line starts, and where its end stands.
    line: usize,
    end: usize,
    next: [Next; 9],
    /// Names of verbatim tags that nothing ends from here on.
    unended: HashSet<(&'static str, &'static str)>,
    components: Components<'a>,
    /// Whether a statement may stand on this line.
    after_statement: bool,
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        self.end = self.body.find('\n').unwrap_or(self.body.len());
        let mut at = 0;
        while at < self.body.len() {
            while self.end < at {
                self.line = self.end + 1;
                let rest = self.rest(self.line);
                self.end = self.line + rest.find('\n').unwrap_or(rest.len());
            }
            let taken = if at == self.line { self.line_rules() } else { None };
            at = taken.unwrap_or_else(|| self.sign(at));
        }
    }

    fn rest(&self, at: usize) -> &'a str {
        self.body.get(at..).unwrap_or_default()
    }

    fn between(&self, from: usize, to: usize) -> &'a str {
        self.body.get(from..to).unwrap_or_default()
    }

    fn find(&mut self, needle: &str, at: usize) -> Option<usize> {
        let body = self.body;
        self.next.iter_mut().find(|next| next.needle == needle)?.from(body, at)
    }

    /// Notes what stands at `start..end` of this line, and says where the body goes on.
    fn note(&mut self, start: usize, end: usize, what: What<'a>) -> usize {
        let mut place = Place::new(self.body, self.line, start, end);
        place.in_html = self.ranges.is_html(start);
        if self.found.last().is_none_or(|last| last.range.end <= start) {
            self.found.push(Found { range: start..end, place, what, partner: None });
        }
        end.max(start + 1)
    }

    fn note_writing(&mut self, start: usize, end: usize, writing: Writing) -> usize {
        self.note(start, end, What::Write(writing))
    }

    // Lines.

    /// What the whole line is, with the place where the body goes on.
    fn line_rules(&mut self) -> Option<usize> {
        let line = self.between(self.line, self.end);
        let may_be_statement = std::mem::replace(&mut self.after_statement, line.trim().is_empty());
        let indent = line.find(|letter: char| !matches!(letter, ' ' | '\t' | '>')).unwrap_or(line.len());
        let at = self.line + indent;
        let text = line.get(indent..).unwrap_or_default();
        let rule = match text.as_bytes() {
            [b'i' | b'e', ..] if indent == 0 && may_be_statement => Self::statement,
            [b':', b':', b':', ..] => Self::directive,
            [b'[', ..] => Self::bracket_line,
            [b'{', b':', ..] => Self::list_line,
            [b'%', b'%', ..] => Self::comment_line,
            [b'-' | b'*' | b'+' | b'0'..=b'9', ..] if text.contains(":::") => Self::in_item,
            _ => return None,
        };
        if self.ranges.code_at(at).is_some() { None } else { rule(self, at) }
    }

    /// A line of colons may stand right behind the marker of an item.
    fn in_item(&mut self, at: usize) -> Option<usize> {
        let start = at + marker(self.rest(at))? + 1;
        self.rest(start).starts_with(":::").then(|| self.directive(start)).flatten()
    }

    fn statement(&mut self, at: usize) -> Option<usize> {
        let length = super::mdx::statement(self.rest(at))?;
        self.after_statement = true;
        Some(self.note_writing(at, at + length, Writing::Nothing))
    }

    fn directive(&mut self, at: usize) -> Option<usize> {
        let what = directive::line(self.between(at, self.end))?;
        let text = self.between(at, self.end).trim_end();
        Some(self.note(at, at + text.len(), what))
    }

    /// A callout, a place for a table of contents, or a definition of a link right below a footnote: that would go on as a
    /// paragraph, which no author who writes one means (kramdown ends a footnote there).
    fn bracket_line(&mut self, at: usize) -> Option<usize> {
        let text = self.between(at, self.end).trim_end();
        if at == self.line && is_definition(text) && self.is_below_note() {
            return Some(self.note_writing(at, at, Writing::Inline("\n".to_owned())));
        }
        if matches!(text, "[TOC]" | "[toc]" | "[[toc]]" | "[[TOC]]" | "[[_TOC_]]") {
            return Some(self.note_writing(at, at + text.len(), Writing::Nothing));
        }
        let place = Place::new(self.body, self.line, at, at + text.len());
        let writing = obsidian::callout(text, &place)?;
        Some(self.note_writing(at, at + text.len(), writing))
    }

    /// Whether the line above begins a footnote.
    fn is_below_note(&self) -> bool {
        let above = self.between(0, self.line.saturating_sub(1));
        above.rsplit('\n').next().is_some_and(|line| line.starts_with("[^") && line.contains("]:"))
    }

    fn comment_line(&mut self, at: usize) -> Option<usize> {
        let line = self.between(at, self.end);
        if obsidian::is_comment(line) {
            return Some(self.note_writing(at, self.end, Writing::Nothing));
        }
        if line.trim_end() != "%%" {
            return None;
        }
        let end = self.find("\n%%", self.end)? + "\n%%".len();
        let after = self.rest(end);
        let alone = after.is_empty() || after.starts_with(['\n', '\r']);
        alone.then(|| self.note_writing(at, end, Writing::Nothing))
    }

    /// An attribute list on a line of its own: a heading before it gets its name, a list before it may be for a table of
    /// contents.
    fn list_line(&mut self, at: usize) -> Option<usize> {
        let text = self.between(at, self.end);
        let is_list = text.starts_with("{:") && !text.starts_with("{::") && !text.starts_with("{:/");
        let list = Some(text).filter(|_| is_list).and_then(kramdown::list)?;
        if !text.get(list.length..).unwrap_or_default().trim().is_empty() {
            return None;
        }
        let before = self.between(0, self.line).trim_end_matches(['\r', '\n', ' ', '\t']);
        let start = before.len();
        let before = before.get(before.rfind('\n').map_or(0, |end| end + 1)..).unwrap_or_default();
        let follows = self.between(start, self.line).matches('\n').count() == 1;
        let end = at + list.length;
        if let Some(id) = list.id.filter(|_| follows && before.starts_with('#') && !before.ends_with('}')) {
            return Some(self.note_writing(start, end, Writing::Inline(format!(" {{#{}}}", markup::destination(id)))));
        }
        if list.is_toc && follows && marker(before.trim_start()).is_some() {
            return Some(self.note_writing(start - before.len(), end, Writing::Nothing));
        }
        let next = self.rest(self.end + 1).lines().next().unwrap_or_default().trim_start();
        let writing = if marker(next).is_some() { Writing::NoLine } else { Writing::Nothing };
        Some(self.note_writing(at, end, writing))
    }

    // Signs.

    /// What the next sign on the line begins, and where the body goes on.
    fn sign(&mut self, from: usize) -> usize {
        let line = self.between(from, self.end);
        let Some(at) = memchr3(b'{', b'<', b'!', line.as_bytes()).map(|found| from + found) else {
            return self.end + 1;
        };
        let begun = match self.rest(at).as_bytes() {
            [b'{', b'{' | b'%', ..] => Self::tag,
            [b'{', b':', ..] => Self::list,
            [b'{', b'/', b'*', ..] => Self::comment,
            [b'!', b'[', b'[', ..] => Self::embed,
            [b'<', b'A'..=b'Z', ..] | [b'<', b'/', b'A'..=b'Z', ..] => Self::component,
            _ => return at + 1,
        };
        self.ranges.code_at(at).or_else(|| begun(self, at)).unwrap_or(at + 1)
    }

    fn list(&mut self, at: usize) -> Option<usize> {
        let list = kramdown::list(self.rest(at)).filter(|list| !list.is_bare)?;
        let opened = "{::comment}";
        if self.rest(at).starts_with(opened) {
            let end = self.find_end_of_comment(at)?;
            return Some(self.note_writing(at, end, Writing::Nothing));
        }
        Some(self.note_writing(at, at + list.length, Writing::Inline(String::new())))
    }

    fn find_end_of_comment(&mut self, at: usize) -> Option<usize> {
        let named = self.find("{:/comment}", at).map(|end| end + "{:/comment}".len());
        let short = self.find("{:/}", at).map(|end| end + "{:/}".len());
        [named, short].into_iter().flatten().min()
    }

    fn comment(&mut self, at: usize) -> Option<usize> {
        let end = self.find("*/}", at)? + "*/}".len();
        Some(self.note_writing(at, end, Writing::Nothing))
    }

    fn embed(&mut self, at: usize) -> Option<usize> {
        let start = at + "![[".len();
        let end = self.find("]]", start).filter(|end| end - start <= LONGEST)?;
        let inner = self.between(start, end);
        if inner.trim().is_empty() || inner.contains(['\n', '[']) {
            return None;
        }
        Some(self.note_writing(at, end + "]]".len(), obsidian::embed(inner.trim())))
    }

    fn component(&mut self, at: usize) -> Option<usize> {
        let (end, writing) = self.components.at(at)?;
        Some(self.note_writing(at, end, writing))
    }

    // Tags.

    fn tag(&mut self, at: usize) -> Option<usize> {
        let tag = self.read_tag(at)?;
        if tag.kind == Kind::Output && self.body.as_bytes().get(at.wrapping_sub(1)) == Some(&b'=') {
            return None;
        }
        let verbatim = VERBATIM.iter().find(|name| **name == tag.name()).filter(|_| !tag.is_closing());
        let verbatim = verbatim.filter(|_| tag.family() != Family::Output && tag.begins().is_some());
        if let Some(end) = verbatim.and_then(|name| self.end_of(&tag, name)) {
            return Some(self.verbatim(&tag, &end));
        }
        let range = tag.range.clone();
        Some(self.note(range.start, range.end, What::Tag(tag)))
    }

    /// The tag that starts at `at`.
    fn read_tag(&mut self, at: usize) -> Option<Tag<'a>> {
        let kind = Kind::of(self.rest(at))?;
        let start = at + kind.opener().len();
        let end = self.find(kind.closer(), start)?;
        let inner = self.between(start, end);
        if inner.contains(kind.opener()) || kind == Kind::Output && inner.contains('{') || has_blank_line(inner) {
            return None;
        }
        let inner = inner.trim_matches(|edge: char| edge == '-' || edge.is_whitespace());
        let tag = Tag { kind, range: at..end + kind.closer().len(), inner };
        is_plausible(&tag).then_some(tag)
    }

    /// The tag that ends the verbatim text of `tag`.
    fn end_of(&mut self, tag: &Tag<'a>, name: &'static str) -> Option<Tag<'a>> {
        let opener = tag.kind.opener();
        if self.unended.contains(&(opener, name)) {
            return None;
        }
        let mut at = tag.range.end;
        while let Some(found) = self.rest(at).find(opener) {
            let closing = self.read_tag(at + found);
            if let Some(closing) = closing.filter(|closing| closing.ends() == Some(name)) {
                return Some(closing);
            }
            at += found + opener.len();
        }
        self.unended.insert((opener, name));
        None
    }

    fn verbatim(&mut self, tag: &Tag<'a>, end: &Tag<'a>) -> usize {
        let code = self.between(tag.range.end, end.range.start);
        match tag.name() {
            "comment" => return self.note_writing(tag.range.start, end.range.end, Writing::Nothing),
            "raw" | "verbatim" => {
                self.note_writing(tag.range.start, tag.range.end, Writing::Nothing);
                self.move_to(end.range.start);
                return self.note_writing(end.range.start, end.range.end, Writing::Nothing);
            }
            _ => {}
        }
        let ticks = markup::ticks(code);
        let (before, after) = if code.contains('\n') {
            self.fence(tag, code, &ticks)
        } else {
            (format!("{ticks} "), format!(" {ticks}"))
        };
        let start = self.note_writing(tag.range.start, tag.range.end, Writing::Inline(before));
        let line = self.rest(start).get(..code.len()).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let blank = base(line).map_or(0, |_| line.len());
        self.move_to(end.range.start);
        self.note_writing(end.range.start - blank, end.range.end, Writing::Inline(after))
    }

    /// The lines before and after code of more than one line.
    fn fence(&self, tag: &Tag<'a>, code: &str, ticks: &str) -> (String, String) {
        let place = Place::new(self.body, self.line, tag.range.start, tag.range.end);
        let base = place.base.clone().unwrap_or_default();
        let (title, language) = match (tag.name(), tag.family()) {
            ("codeblock" | "code", Family::Liquid) => hexo::code(tag),
            ("mermaid" | "katex", _) => (String::new(), tag.name().to_owned()),
            _ => (String::new(), tag.argument(&["lang", "language"]).unwrap_or_default().to_owned()),
        };
        let start = if place.base.is_some() { String::new() } else { "\n\n".to_owned() };
        let title = if title.is_empty() { title } else { format!("{title}\n{base}\n{base}") };
        let open = if place.ends_line { String::new() } else { format!("\n{base}") };
        let last = code.rsplit('\n').next().unwrap_or_default();
        let close = if last.trim().is_empty() { base.clone() } else { format!("\n{base}") };
        let language = markup::language(&language);
        let first = first_line(tag.inner).filter(|_| !language.is_empty());
        let number = first.map_or(String::new(), |first| format!(" {{linenostart={first}}}"));
        (format!("{start}{title}{ticks}{language}{number}{open}"), format!("{close}{ticks}\n{base}"))
    }

    /// Goes on to the line that `at` stands on.
    fn move_to(&mut self, at: usize) {
        while self.end < at {
            self.line = self.end + 1;
            let rest = self.rest(self.line);
            self.end = self.line + rest.find('\n').unwrap_or(rest.len());
        }
    }
}

/// Whether a line defines where the links of a label lead.
fn is_definition(line: &str) -> bool {
    line.split_once("]: ").is_some_and(|(label, _)| !label.starts_with("[^") && !label.contains(']'))
}

fn has_blank_line(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.lines().any(|line| line.trim().is_empty())
}

/// Whether it can be meant: prose, formats and formulas have braces too.
fn is_plausible(tag: &Tag<'_>) -> bool {
    let inner = tag.inner;
    let is_comment = inner.starts_with("/*");
    match tag.kind {
        Kind::Angle | Kind::Percent => !inner.is_empty(),
        Kind::Liquid => inner.starts_with(|first: char| first.is_ascii_alphabetic()) || is_comment,
        Kind::Output => {
            let named =
                inner.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '"' | '\'' | '_'));
            let word = inner.trim_start_matches(is_name);
            is_comment || named && (word.is_empty() || word.starts_with(['(', '[', ' ', '|', '"', '\'', '\n']))
        }
    }
}
