//! Where code and blocks of HTML stand in a body: asked of the Markdown parser itself, so that both always agree.
//!
//! It knows nothing of tags; a fence within a tag's text is code like any other.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::super::parse::options;

/// Ranges in the order of the body, found when somebody asks for the first time.
#[derive(Debug, Default)]
pub(super) struct Ranges<'a> {
    /// The body, until somebody asks.
    unread: &'a str,
    code: Vec<Range<usize>>,
    html: Vec<Range<usize>>,
    next_code: usize,
    next_html: usize,
}

impl<'a> Ranges<'a> {
    pub(super) fn of(body: &'a str) -> Self {
        let indented = body.starts_with([' ', '\t']) || body.contains("\n    ") || body.contains('\t');
        let unread = if indented || body.contains(['`', '~', '<']) { body } else { "" };
        Self { unread, ..Self::default() }
    }

    fn read(&mut self) {
        let body = std::mem::take(&mut self.unread);
        if body.is_empty() {
            return;
        }
        for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
            match event {
                Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => self.code.push(range),
                Event::Start(Tag::HtmlBlock) if is_element(body, &range) => self.html.push(range),
                _ => {}
            }
        }
    }

    /// The end of the code that `at` stands in. Questions come in ascending order.
    pub(super) fn code_at(&mut self, at: usize) -> Option<usize> {
        self.read();
        covering(&self.code, &mut self.next_code, at)
    }

    /// Whether `at` stands in a block of HTML. Questions come in ascending order.
    pub(super) fn is_html(&mut self, at: usize) -> bool {
        self.read();
        covering(&self.html, &mut self.next_html, at).is_some()
    }
}

fn covering(ranges: &[Range<usize>], next: &mut usize, at: usize) -> Option<usize> {
    while ranges.get(*next).is_some_and(|range| range.end <= at) {
        *next += 1;
    }
    ranges.get(*next).filter(|range| range.start <= at).map(|range| range.end)
}

/// Whether a block begins as an element of HTML's, not as a component or a comment.
fn is_element(body: &str, range: &Range<usize>) -> bool {
    let block = body.get(range.clone()).unwrap_or_default().trim_start();
    block.trim_start_matches(['<', '/']).starts_with(|first: char| first.is_ascii_lowercase())
}
