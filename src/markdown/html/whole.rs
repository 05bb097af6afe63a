//! Elements that reach to their end tag whatever blank lines stand in them, as kramdown reads them; `CommonMark` ends them at
//! the first, and takes what is indented below for code.
//!
//! It puts spaces in the place of line ends and changes nothing else, so that every byte stays where it was.

use std::borrow::Cow;
use std::ops::Range;

/// Elements that begin a block.
const BLOCKS: [&str; 18] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "figure",
    "footer",
    "header",
    "nav",
    "ol",
    "p",
    "section",
    "table",
    "ul",
    "form",
];
/// What keeps an element as it is: its blank lines mean something, or Markdown stands in it.
const KEPT: [&str; 7] = ["<pre", "<script", "<style", "<textarea", "markdown=", "```", "~~~"];
/// Elements in elements at the most.
const DEEPEST: usize = 64;

/// The same text with no blank line inside of such an element.
pub(in crate::markdown) fn joined(text: &str) -> Cow<'_, str> {
    let regions = regions(text);
    if regions.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for region in regions {
        let mut line = region.start;
        for part in text.get(region).unwrap_or_default().split_inclusive('\n') {
            if part.trim().is_empty() && part.ends_with('\n') {
                // A blank line is never the first, so that one ends before it.
                if let Some(end) = line.checked_sub(1).and_then(|end| bytes.get_mut(end)) {
                    *end = b' ';
                }
            }
            line += part.len();
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Where outermost elements stand that begin a line and may be joined.
fn regions(text: &str) -> Vec<Range<usize>> {
    let mut walk = Walk::default();
    let (mut start, mut fenced) = (0, false);
    for line in text.split_inclusive('\n') {
        fenced ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        if !fenced {
            walk.line(start, line);
        }
        start += line.len();
    }
    let keeps =
        |region: &Range<usize>| KEPT.iter().any(|kept| text.get(region.clone()).is_some_and(|it| it.contains(kept)));
    walk.regions.retain(|region| !keeps(region));
    walk.regions
}

/// The elements that are open, by name and the byte where they begin, and those that were outermost and have ended.
#[derive(Default)]
struct Walk {
    open: Vec<(&'static str, usize)>,
    regions: Vec<Range<usize>>,
}

impl Walk {
    /// Takes the tags of a line; where none is open, only one that begins it.
    fn line(&mut self, start: usize, line: &str) {
        let indent = line.len() - line.trim_start().len();
        for (at, _) in line.match_indices('<') {
            match tag(line.get(at + 1..).unwrap_or_default()) {
                Some((name, true)) => self.close(name, start + at),
                Some((name, false)) if !self.open.is_empty() || (at == indent && indent < 4) => {
                    self.begin(name, start + at);
                }
                _ => {}
            }
        }
    }

    fn begin(&mut self, name: &'static str, at: usize) {
        if self.open.len() < DEEPEST {
            self.open.push((name, at));
        }
    }

    /// Ends an element, and those within it that nothing ended.
    fn close(&mut self, name: &str, at: usize) {
        let Some(from) = self.open.iter().rposition(|(known, _)| *known == name) else { return };
        let first = self.open.drain(from..).next();
        if self.open.is_empty() {
            self.regions.extend(first.map(|(_, start)| start..at));
        }
    }
}

/// The block that a tag behind its `<` begins or ends.
fn tag(text: &str) -> Option<(&'static str, bool)> {
    let (text, closes) = text.strip_prefix('/').map_or((text, false), |rest| (rest, true));
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(text.len());
    let name = text.get(..end)?;
    BLOCKS.iter().find(|block| block.eq_ignore_ascii_case(name)).map(|block| (*block, closes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    #[test]
    fn blank_lines_in_an_element_become_white_space_of_the_same_length() {
        for (text, expected) in [
            ("<div>\n\n    a\n\n</div>\n\nb\n", "<div> \n    a \n</div>\n\nb\n"),
            ("<table>\n<tr>\n  \n<td>x\n</table>\n", "<table>\n<tr>   \n<td>x\n</table>\n"),
            ("<div>\n<div>\n\n</div>\n\n</div>\n\nc", "<div>\n<div> \n</div> \n</div>\n\nc"),
        ] {
            assert_eq!(joined(text), expected, "{text:?}");
        }
        for text in [
            "<div>\n\nnever closed",
            "a <div>\n\n</div>",
            "    <div>\n\n</div>\n",
            "```\n<div>\n\n</div>\n```\n",
            "<div markdown=\"1\">\n\n*a*\n\n</div>\n",
            "<div><pre>\na\n\nb</pre>\n\n</div>\n",
            "<span>\n\n</span>",
            "</div>\n\n</div>",
        ] {
            assert_eq!(joined(text), text, "{text:?}");
        }
    }

    #[test]
    fn what_is_indented_in_a_table_of_html_is_no_code_where_the_site_reads_it_so() {
        let text = "<table>\n  <tr>\n    <td>\n\n      Some words\n\n    </td>\n  </tr>\n</table>\n";
        let code = |dialect| parse(text, dialect).has_code();
        assert_eq!((code(Dialect::COMMON), code(Dialect::WHOLE_HTML)), (true, false));
    }

    #[test]
    fn many_tags_cost_one_pass() {
        for text in ["<div>\n\n".repeat(100_000), "</div>\n".repeat(100_000), "<p>\n<div>\n\n</div>\n".repeat(50_000)] {
            assert_eq!(joined(&text).len(), text.len());
        }
    }
}
