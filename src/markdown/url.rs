//! Addresses in running text that their author did not mark as links.
//!
//! It finds where they start and end; whether they lead anywhere is not its business.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// The addresses in `text`, in order.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(start) = candidate(text, from) {
        let rest = text.get(start..).unwrap_or_default();
        let before = text.get(..start).unwrap_or_default().chars().next_back();
        let length = if before.is_some_and(|before| before.is_ascii_alphanumeric()) { 0 } else { extent(rest) };
        if length > 0 {
            found.push(start..start + length);
        }
        from = start + length.max(3);
    }
    found
}

/// Whether `text` can hold an address at all.
pub(super) fn may_hold_address(text: &str) -> bool {
    text.contains("://") || text.contains("www.")
}

/// What `text` would be as a destination: one that begins with `www.` gets a scheme.
pub(super) fn destination(text: &str) -> String {
    if text.starts_with("www.") { format!("http://{text}") } else { text.to_owned() }
}

/// The next byte from `from` on where an address may start.
fn candidate(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let next = at + rest.find(['h', 'H', 'w', 'f'])?;
        let rest = text.get(next..)?;
        let starts = ["http://", "https://", "www.", "ftp://"];
        if starts.iter().any(|start| rest.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))) {
            return Some(next);
        }
        at = next + 1;
    }
}

/// Bytes of the address that `text` begins with; none if nothing follows its scheme.
fn extent(text: &str) -> usize {
    let end = text.find(ends_address).unwrap_or(text.len());
    let mut address = text.get(..end).unwrap_or_default();
    let mut depth = balance(address);
    while let Some(last) = address.chars().next_back() {
        let closes = last == ')' && depth < 0;
        if !closes && !matches!(last, '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'') {
            break;
        }
        depth += isize::from(closes);
        address = address.get(..address.len() - last.len_utf8()).unwrap_or_default();
    }
    let host = address.split_once("://").map_or_else(|| address.get(4..).unwrap_or_default(), |(_, host)| host);
    if host.starts_with(|first: char| first.is_alphanumeric() || first == '[') { address.len() } else { 0 }
}

/// Brackets opened less brackets closed.
fn balance(address: &str) -> isize {
    address.bytes().map(|byte| isize::from(byte == b'(') - isize::from(byte == b')')).sum()
}

/// White space, brackets of other kinds, quotes, and the scripts that write without spaces.
fn ends_address(character: char) -> bool {
    let foreign = !character.is_ascii() && (!character.is_alphanumeric() || character.width() == Some(2));
    foreign
        || character.is_whitespace()
        || character.is_control()
        || matches!(character, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^')
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("see https://a.example/b_c.", "https://a.example/b_c"),
            ("(https://a.example/x_(y))", "https://a.example/x_(y)"),
            ("(see http://a.example/x)", "http://a.example/x"),
            ("www.a.example, and more", "www.a.example"),
            ("请看https://a.example/x。好", "https://a.example/x"),
            ("ftp://a.example/f;", "ftp://a.example/f"),
        ] {
            let found: Vec<&str> = addresses(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, [expected]);
        }
        for text in ["http://", "xwww.example", "https:// a", "www. a", "shttp://a.b"] {
            assert!(addresses(text).is_empty(), "{text}");
        }
    }
}
