//! What is mathematics and what only has dollars in it.
//!
//! It tells one from the other; mathematics is shown as its source, nothing of it is worked out.

use std::ops::Range;

use super::dialect::Dialect;

/// Whether dollars in `body` may mean mathematics at all, so that the Markdown parser has to look at them. A program that
/// publishes mathematics says so; elsewhere a body has to hold a command such as `\frac` between dollars, or `$$` around
/// what has an operator.
pub(super) fn is_in(body: &str, dialect: Dialect) -> bool {
    if dialect.has(Dialect::MATH) || !body.contains('$') {
        return body.contains('$');
    }
    let between = |paragraph: &str, mark: &str| {
        let mut parts = paragraph.split(mark).skip(1).peekable();
        std::iter::from_fn(|| parts.next().filter(|_| parts.peek().is_some()))
            .any(|part| has_command(part) || mark == "$$" && has_operator(part))
    };
    body.contains("$$") && between(body, "$$") || body.split("\n\n").any(|paragraph| between(paragraph, "$"))
}

/// What stands between dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Mathematics.
    Math,
    /// Text, with its dollars.
    Text,
}

/// Whether the dollars around `range` of `text` mean mathematics: with no letter of ASCII directly against them from
/// outside, as `$HOME/$USER` and `c$\d$` have it, and, unless the dialect says that all is, with a command inside.
pub(super) fn inline(text: &str, range: &Range<usize>, dialect: Dialect) -> Verdict {
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    let free = |beside: Option<char>| !beside.is_some_and(|beside| beside.is_ascii_alphanumeric());
    let meant = dialect.has(Dialect::MATH) || text.get(range.clone()).is_some_and(has_command);
    if free(before) && free(after) && meant { Verdict::Math } else { Verdict::Text }
}

/// Whether two dollars on both sides mean mathematics.
pub(super) fn display(content: &str, dialect: Dialect) -> Verdict {
    let meant = dialect.has(Dialect::MATH) || has_command(content) || has_operator(content);
    if meant { Verdict::Math } else { Verdict::Text }
}

/// Whether a backslash stands before a letter, and no other dollar between the two.
fn has_command(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| matches!(pair, [b'\\', letter] if letter.is_ascii_alphabetic()))
}

fn has_operator(text: &str) -> bool {
    text.contains(['^', '_', '=', '+'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Document, InlineKind, parse};

    fn math(document: &Document) -> Vec<String> {
        let blocks = document.blocks.iter().filter_map(|block| match &block.kind {
            crate::markdown::BlockKind::Paragraph(inlines) => Some(inlines),
            _ => None,
        });
        let shown = blocks.flatten().filter_map(|inline| match &inline.kind {
            InlineKind::Math(text) => Some(text.to_string()),
            _ => None,
        });
        shown.collect()
    }

    #[test]
    fn only_what_looks_like_mathematics_is() {
        let all = Dialect::UNKNOWN.with(Dialect::MATH);
        for (body, dialect, found) in [
            ("so $\\frac{a}{b}$ it is", Dialect::UNKNOWN, vec!["$\\frac{a}{b}$"]),
            ("so $x$ and $\\pi$", Dialect::UNKNOWN, vec!["$\\pi$"]),
            ("so $x$ and $y_1$", all, vec!["$x$", "$y_1$"]),
            ("设$\\alpha$为角", Dialect::UNKNOWN, vec!["$\\alpha$"]),
            ("$$a*b*c = 2$$", Dialect::UNKNOWN, vec!["$$a*b*c = 2$$"]),
            ("$$\na = \"b\"\n$$", Dialect::UNKNOWN, vec!["$$", "a = \"b\"", "$$"]),
            ("$5 and $10", all, vec![]),
            ("from $5-$10 a day", all, vec![]),
            ("$HOME/$USER", all, vec![]),
            ("`$x$` and \\$x\\$", all, vec![]),
            ("kill $$ or echo $$", Dialect::UNKNOWN, vec![]),
            ("\\\\server\\c$\\new and \\\\server\\d$\\new", Dialect::UNKNOWN, vec![]),
            ("$Env:Path\\bin costs $5", Dialect::UNKNOWN, vec![]),
        ] {
            assert_eq!(math(&parse(body, dialect)), found, "{body}");
        }
    }

    #[test]
    fn dollars_that_are_none_stay_in_the_text() {
        let text = parse("$5-$10, $HOME/$USER, and **$x$** at $\\pi$", Dialect::UNKNOWN).plain();
        assert_eq!(text, "$5-$10, $HOME/$USER, and $x$ at $\\pi$\n");
    }
}
