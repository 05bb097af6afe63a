//! Signs of quotes and lists that stand in one line, as far as anybody can have meant them.
//!
//! The Markdown parser asks every open quote and item about every line that follows, so that 200,000 of them before as many
//! lines take it quarters of a minute. Nothing is taken away: the first sign too many shows as a backslash, and the signs
//! behind it are text.

use std::borrow::Cow;

/// So many quotes and lists may open in one line. Far fewer are shown as such.
const DEEPEST: usize = 256;

/// The text with no line that opens more; every other byte stays in its place.
pub(super) fn bounded(text: &str) -> Cow<'_, str> {
    let mut bounded = String::new();
    let (mut kept, mut start) = (0, 0);
    for line in text.split_inclusive('\n') {
        if let Some(at) = first_too_many(line) {
            bounded.push_str(text.get(kept..start + at).unwrap_or_default());
            bounded.push('\\');
            kept = start + at + 1;
        }
        start += line.len();
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    bounded.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(bounded)
}

/// The last byte of the sign that opens one too many.
fn first_too_many(line: &str) -> Option<usize> {
    if line.len() <= DEEPEST {
        return None;
    }
    let end = line.len() - rule(line);
    let (mut at, mut count) = (0, 0);
    while at < end {
        let rest = line.as_bytes().get(at..)?;
        if rest.first().is_some_and(u8::is_ascii_whitespace) {
            at += 1;
            continue;
        }
        at += sign(rest)?;
        count += 1;
        if count > DEEPEST {
            return Some(at - 1);
        }
    }
    None
}

/// The length of what may be a rule at the end of a line: one sign again and again.
fn rule(line: &str) -> usize {
    let line = line.trim_end();
    match line.chars().next_back() {
        Some(sign @ ('-' | '*')) => line.len() - line.trim_end_matches([sign, ' ', '\t']).len(),
        _ => 0,
    }
}

/// The length of the sign that a text begins with, if it can open a quote, an item, a definition or a footnote.
fn sign(text: &[u8]) -> Option<usize> {
    let is_blank = |at: usize| text.get(at).is_none_or(u8::is_ascii_whitespace);
    match text {
        [b'>', ..] => Some(1),
        [b'-' | b'+' | b'*' | b':', ..] => is_blank(1).then_some(1),
        [b'[', b'^', ..] => {
            let end = text.windows(2).position(|pair| pair == b"]:")?;
            Some(end + 2)
        }
        _ => {
            let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let is_number = (1..=9).contains(&digits) && matches!(text.get(digits), Some(b'.' | b')'));
            (is_number && is_blank(digits + 1)).then_some(digits + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sign_that_opens_too_much_is_another_one() {
        for sign in [">", "> ", "- ", "* ", "+\t", "1. ", "1234) ", ": ", "[^a]: ", "> 1. - "] {
            let signs = sign.split_whitespace().count();
            let text = |count: usize| format!("a\n{}b\nc", sign.repeat(count));
            let fitting = DEEPEST / signs;
            assert!(matches!(bounded(&text(fitting)), Cow::Borrowed(_)), "{sign:?}");
            let deep = text(2 * fitting + 1);
            let shown = bounded(&deep);
            let other: Vec<_> = deep.bytes().zip(shown.bytes()).filter(|(was, is)| was != is).collect();
            assert_eq!((other.len(), other.first().map(|(_, is)| *is)), (1, Some(b'\\')), "{sign:?}");
            assert_eq!(shown.len(), deep.len(), "{sign:?}");
        }
    }

    #[test]
    fn long_rules_and_long_lines_of_words_stay() {
        let rules = ["- ", "-", "* ", "> ", "a > "].map(|sign| sign.repeat(DEEPEST));
        for line in
            rules.into_iter().chain([format!("> {}", "* ".repeat(1_000)), "=".repeat(1_000), ">a".repeat(1_000)])
        {
            assert_eq!(bounded(&line), line);
        }
    }
}
