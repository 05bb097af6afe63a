//! Running text set in rows: inlines become one text with styles over it, which is wrapped as a whole.
//!
//! A word made of several styles therefore never breaks between them. It knows no blocks and no gutters.

use std::ops::Range;

use memchr::memmem;

use super::document::{Document, Inline, InlineKind, LinkId, Mark};
use super::layout::{Marks, Role, Run};
use super::plain::is_ideograph;
use crate::text::{self, Breaks, Clean, End, fitting, longest_word, width, wrap_with};

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) role: Role,
    pub(super) marks: Marks,
    pub(super) link: Option<LinkId>,
}

impl Style {
    pub(super) const fn of(role: Role) -> Self {
        Self { role, marks: Marks::NONE, link: None }
    }

    /// A run that looks like this.
    pub(super) const fn run(self, text: Clean) -> Run {
        Run { text, role: self.role, marks: self.marks, link: self.link }
    }
}

/// A row before it has a gutter.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    pub(super) at: usize,
    pub(super) end: End,
}

/// One text with styles over it.
#[derive(Debug)]
pub(super) struct Flow<'a> {
    document: &'a Document,
    text: Clean,
    spans: Vec<Span>,
    /// Where the author broke lines.
    breaks: Vec<usize>,
    /// Where soft hyphens stood.
    hyphens: Vec<usize>,
    /// A line end of the source that may become a space.
    soft: bool,
    /// A picture stands before this, and a word would run into its text.
    picture: bool,
}

#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    at: usize,
    style: Style,
}

impl<'a> Flow<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            text: Clean::default(),
            spans: Vec::new(),
            breaks: Vec::new(),
            hyphens: Vec::new(),
            soft: false,
            picture: false,
        }
    }

    /// The text of `inlines`, in `style` where they have none of their own.
    pub(super) fn of(document: &'a Document, inlines: &[Inline], style: Style) -> Self {
        let mut flow = Self::new(document);
        flow.inlines(inlines, style);
        flow
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn inlines(&mut self, inlines: &[Inline], style: Style) {
        for inline in inlines {
            self.inline(inline, style);
        }
    }

    fn inline(&mut self, inline: &Inline, style: Style) {
        let at = inline.at;
        match &inline.kind {
            InlineKind::Text(text) => self.prose(text, at, style),
            InlineKind::Code(text) => self.push(text, at, code(style)),
            InlineKind::Marked(mark, inner) => self.inlines(inner, marked(style, *mark)),
            InlineKind::Link(link, inner) => {
                self.inlines(inner, Style { role: Role::Link, link: Some(*link), ..style });
            }
            InlineKind::Image(link) => self.image(*link, at, style),
            InlineKind::Math(text) => self.push(text, at, Style { role: Role::Math, ..style }),
            InlineKind::Note(number, link) => {
                self.push(&superscript(*number), at, Style { role: Role::Note, link: Some(*link), ..style });
            }
            InlineKind::Return(link) => self.push_back(*link, at, style),
            InlineKind::SoftBreak => self.soft = true,
            InlineKind::HardBreak => self.hard_break(),
            InlineKind::SoftHyphen => self.soft_hyphen(),
        }
    }

    /// A sign that opens the picture, and its text, which opens what the picture is a link to.
    fn image(&mut self, link: LinkId, at: usize, style: Style) {
        let text = self.document.links.get(link).map(|link| link.text.clone()).unwrap_or_default();
        self.picture |= self.text.as_str().ends_with(char::is_alphanumeric);
        self.push(&Clean::literal("▣ "), at, Style { role: Role::Image, link: Some(link), ..style });
        let words = Style { role: Role::Image, link: style.link.or(Some(link)), ..style };
        self.prose(&text, at, words);
        self.picture = true;
    }

    /// The sign that leads back from a footnote, never alone on its row.
    fn push_back(&mut self, link: LinkId, at: usize, style: Style) {
        if !self.wants_no_space() {
            self.push(&Clean::literal("\u{a0}"), at, style);
        }
        self.push(&Clean::literal("↩"), at, Style { role: Role::Note, link: Some(link), ..style });
    }

    fn hard_break(&mut self) {
        self.soft = false;
        self.picture = false;
        let end = self.text.as_str().len();
        if end > self.breaks.last().copied().unwrap_or_default() {
            self.breaks.push(end);
        }
    }

    fn soft_hyphen(&mut self) {
        if !self.wants_no_space() {
            self.hyphens.push(self.text.as_str().len());
        }
    }

    /// Adds words, in which white space is only ever one space.
    fn prose(&mut self, text: &Clean, at: usize, style: Style) {
        let mut rest = text.as_str();
        let mut offset = 0;
        while !rest.is_empty() {
            let skipped = if self.wants_no_space() { rest.len() - rest.trim_start_matches(' ').len() } else { 0 };
            let from = offset + skipped;
            let kept = text.as_str().get(from..).unwrap_or_default();
            let until = memmem::find(kept.as_bytes(), b"  ").map_or(kept.len(), |found| found + 1);
            if from == 0 && until == kept.len() {
                self.push(text, at, style);
            } else if until > 0 {
                self.push(&text.slice(from..from + until), at + from, style);
            }
            offset = from + until;
            rest = text.as_str().get(offset..).unwrap_or_default();
        }
    }

    /// Whether a space here would be a second one, or the first of a row.
    fn wants_no_space(&self) -> bool {
        let text = self.text.as_str();
        self.soft || text.is_empty() || text.ends_with(' ') || self.breaks.last() == Some(&text.len())
    }

    /// Adds text as it is. A mark that would stand on nothing, because the text or a line of it begins with it, stands on a
    /// dotted circle, as in a table of characters: on the gutter it could not be seen, or would change what is there.
    pub(super) fn push(&mut self, text: &Clean, at: usize, style: Style) {
        if text.is_empty() {
            return;
        }
        let picture = std::mem::take(&mut self.picture)
            && text.as_str().starts_with(|next: char| next.is_alphanumeric() || next == '▣');
        if std::mem::take(&mut self.soft) || picture {
            self.join(text, style);
        }
        let start = self.text.as_str().len();
        self.spans.push(Span { start, at, style });
        if self.breaks.last().copied().unwrap_or_default() == start && text.leading_marks() > 0 {
            self.text.push(&Clean::literal("◌"));
        }
        self.text.push(text);
    }

    /// Two lines of the source become one: with a space, except between ideographs.
    fn join(&mut self, next: &Clean, style: Style) {
        let text = self.text.as_str();
        let ideographs = text.chars().next_back().is_some_and(is_ideograph)
            && next.as_str().chars().next().is_some_and(is_ideograph);
        if ideographs || self.wants_no_space() {
            return;
        }
        let before = self.spans.last().map_or(style, |span| span.style);
        let space = between(before, style);
        if space != before {
            let at = self.spans.last().map_or(0, |span| span.at + text.len() - span.start);
            self.spans.push(Span { start: text.len(), at, style: space });
        }
        self.text.push(&Clean::literal(" "));
    }

    /// The parts between the lines that the author broke.
    fn parts(&self) -> impl Iterator<Item = (usize, &str)> {
        let ends = self.breaks.iter().copied().chain([self.text.as_str().len()]);
        let mut start = 0;
        ends.filter_map(move |end| {
            let part = self.text.as_str().get(start..end).unwrap_or_default();
            let from = std::mem::replace(&mut start, end);
            (!part.is_empty()).then_some((from, part))
        })
    }

    /// Columns that it takes when nothing is wrapped.
    pub(super) fn natural_width(&self) -> usize {
        self.parts().map(|(_, part)| width(part.trim_end_matches(' '))).max().unwrap_or_default()
    }

    /// Columns of its longest word.
    pub(super) fn longest_word(&self) -> usize {
        let breaks = self.places();
        let longest = |(from, part): (usize, &str)| longest_word(part, &breaks.within(&(from..from + part.len())));
        self.parts().map(longest).max().unwrap_or_default()
    }

    /// As much of its start as fits in `columns`; none where that is all of it.
    pub(super) fn beginning(&self, columns: usize) -> Option<Clean> {
        let beginning = self.text.clipped(columns);
        (beginning != self.text).then_some(beginning)
    }

    /// The byte of the body where it starts.
    pub(super) fn at_start(&self) -> usize {
        self.spans.first().map_or(0, |span| span.at)
    }

    /// Adds all of another flow.
    pub(super) fn append(&mut self, more: &Self) {
        let start = self.text.as_str().len();
        self.spans.extend(more.spans.iter().map(|span| Span { start: start + span.start, ..*span }));
        self.breaks.extend(more.breaks.iter().map(|at| start + at));
        self.hyphens.extend(more.hyphens.iter().map(|at| start + at));
        self.text.push(&more.text);
    }

    /// Where its words may break beside the rules of all text: at soft hyphens; code and mathematics only at their spaces.
    fn places(&self) -> Breaks {
        let mut whole: Vec<Range<usize>> = Vec::new();
        let mut spans = self.spans.iter().peekable();
        while let Some(span) = spans.next() {
            let role = span.style.role;
            if !matches!(role, Role::Code | Role::Math) {
                continue;
            }
            while spans.next_if(|next| next.style.role == role).is_some() {}
            let end = spans.peek().map_or(self.text.as_str().len(), |next| next.start);
            let words = words(self.text.as_str(), span.start..end);
            whole.extend(if role == Role::Math { delimited(self.text.as_str(), words) } else { words });
        }
        Breaks { hyphens: self.hyphens.clone(), whole }
    }

    /// The rows at `columns`.
    pub(super) fn lines(&self, columns: usize) -> Vec<Line> {
        self.lines_hanging(columns, 0)
    }

    /// The rows at `columns`, all but the first of them narrower by `hang`, for the caller to indent.
    pub(super) fn lines_hanging(&self, columns: usize, hang: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut span = 0;
        let mut set = |from: usize, line: text::Line, columns: usize| {
            let range = from + line.range.start..from + line.range.end;
            if range.is_empty() {
                return;
            }
            while self.spans.get(span + 1).is_some_and(|next| next.start <= range.start) {
                span += 1;
            }
            let at = self.at(span, range.start);
            let mut runs = self.runs(span, range.start, range.end, columns);
            if let (End::Hyphen, Some(last)) = (line.end, runs.last_mut()) {
                last.text.push(&Clean::literal("-"));
            }
            lines.push(Line { runs, at, end: line.end });
        };
        let breaks = self.places();
        let wrap = |part: &str, from: usize, columns: usize| {
            wrap_with(part, columns, &breaks.within(&(from..from + part.len())))
        };
        for (number, (from, part)) in self.parts().enumerate() {
            let mut rows = wrap(part, from, if number == 0 { columns } else { columns - hang });
            if number == 0 && hang > 0 && rows.len() > 1 {
                let first = rows.swap_remove(0);
                let rest = part.get(first.range.end..).unwrap_or_default();
                let from_rest = from + part.len() - rest.trim_start_matches(' ').len();
                set(from, first, columns);
                for line in wrap(rest.trim_start_matches(' '), from_rest, columns - hang) {
                    set(from_rest, line, columns - hang);
                }
                continue;
            }
            for line in rows.drain(..) {
                set(from, line, columns);
            }
        }
        lines
    }

    /// The byte of the body behind byte `offset`, which the span `span` holds.
    fn at(&self, span: usize, offset: usize) -> usize {
        let Some(here) = self.spans.get(span) else { return 0 };
        let at = here.at + offset.saturating_sub(here.start);
        self.spans.get(span + 1).filter(|next| next.at >= here.at).map_or(at, |next| at.min(next.at))
    }

    fn runs(&self, first: usize, start: usize, end: usize, columns: usize) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let spans = self.spans.get(first..).unwrap_or_default();
        for (index, span) in spans.iter().enumerate().take_while(|(_, span)| span.start < end) {
            let until = spans.get(index + 1).map_or(end, |next| next.start.min(end));
            let mut part = self.text.slice(span.start.max(start)..until);
            // Marks look like what they stand on: a cell has one style.
            if let (marks @ 1.., Some(last)) = (part.leading_marks(), runs.last_mut()) {
                last.text.push(&part.slice(0..marks));
                part = part.slice(marks..part.as_str().len());
            }
            let text = fitted(part, columns);
            match runs.last_mut() {
                Some(last)
                    if last.role == span.style.role
                        && last.marks == span.style.marks
                        && last.link == span.style.link =>
                {
                    last.text.push(&text);
                }
                _ if text.is_empty() => {}
                _ => runs.push(span.style.run(text)),
            }
        }
        runs
    }
}

/// The words of a part of `text`, set apart by spaces.
fn words(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut start = part.start;
    let parts = text.get(part).unwrap_or_default().split_inclusive(' ').map(|word| {
        let from = start;
        start += word.len();
        from..from + word.trim_end_matches(' ').len()
    });
    parts.filter(|word| !word.is_empty()).collect()
}

/// The words of mathematics, with those that are a delimiter joined to what they delimit.
fn delimited(text: &str, mut words: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let is_delimiter = |word: &Range<usize>| text.get(word.clone()).is_some_and(|word| word.bytes().all(|b| b == b'$'));
    if let [first, second, ..] = words.as_mut_slice()
        && is_delimiter(first)
    {
        second.start = first.start;
        words.remove(0);
    }
    if let [.., before, last] = words.as_mut_slice()
        && is_delimiter(last)
    {
        before.end = last.end;
        words.pop();
    }
    words
}

/// How the space between two stretches looks: like the text around both, not like code and not like a link beside it.
fn between(before: Style, after: Style) -> Style {
    let quiet = if before.role == Role::Code { after } else { before };
    if before.link == after.link && quiet.role != Role::Code { quiet } else { Style::of(Role::Body) }
}

/// How code looks in text of a style; in a heading it is as strong as the rest.
const fn code(style: Style) -> Style {
    let marks = if matches!(style.role, Role::Heading(_)) { style.marks.and(Marks::STRONG) } else { style.marks };
    Style { role: Role::Code, marks, ..style }
}

/// A character wider than the whole row is shown as a sign that it is there.
pub(super) fn fitted(text: Clean, columns: usize) -> Clean {
    if columns < 8 && fitting(text.as_str(), columns) == 0 && !text.is_empty() { Clean::literal("…") } else { text }
}

const fn marked(style: Style, mark: Mark) -> Style {
    match mark {
        Mark::Emphasis => Style { marks: style.marks.and(Marks::EMPHASIS), ..style },
        Mark::Strong => Style { marks: style.marks.and(Marks::STRONG), ..style },
        Mark::Strike => Style { marks: style.marks.and(Marks::STRIKE), ..style },
        Mark::Underline => Style { marks: style.marks.and(Marks::UNDERLINE), ..style },
        Mark::Key => Style { role: Role::Key, ..style },
        Mark::Highlight => Style { role: Role::Highlight, ..style },
        Mark::Small => Style { role: Role::Small, ..style },
        Mark::Unknown => Style { role: Role::Unknown, ..style },
    }
}

/// So many columns of nothing.
pub(super) fn spaces(columns: usize) -> Option<Run> {
    (columns > 0).then(|| Style::of(Role::Body).run(Clean::prose(&" ".repeat(columns))))
}

/// A number as it stands behind the word that it belongs to.
pub(super) fn superscript(number: usize) -> Clean {
    let digits = number.to_string();
    let raised: String = digits
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .filter_map(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize))
        .collect();
    Clean::prose(&raised)
}

#[cfg(test)]
mod tests {
    use super::super::layout::Measure;
    use super::super::{Dialect, parse};

    #[test]
    fn marks_stand_on_the_letter_before_them_whatever_their_style_and_never_in_a_tower() {
        for (source, shown) in [
            ("e<b>\u{301}x</b>", "e\u{301}x"),
            ("\u{301}x", "◌\u{301}x"),
            ("- \u{301}x", "• ◌\u{301}x"),
            ("a<br>\u{301}x", "a\n◌\u{301}x"),
            (&format!("a{}", "<b>\u{301}</b>".repeat(300)), &format!("a{}", "\u{301}".repeat(8))),
            (&format!("a{}", "[\u{301}](b)".repeat(300)), &format!("a{}", "\u{301}".repeat(8))),
            (&format!("a{}", "&#x301;".repeat(300)), &format!("a{}", "\u{301}".repeat(8))),
        ] {
            let layout = parse(source, Dialect::UNKNOWN).layout(Measure(40));
            assert_eq!(layout.text().trim_end(), shown, "{source}");
            let runs = layout.rows.iter().flat_map(|row| &row.runs);
            assert!(runs.map(|run| &run.text).all(|text| text.leading_marks() == 0), "{source}");
        }
    }
}
