//! Links of the terminal's own (OSC 8): what opens and closes one. It carries web addresses only, and none too long.

use crate::blog::url::Url;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

/// Ends the link that is open.
pub const CLOSING: &str = "\x1b]8;;\x1b\\";
/// What every such sequence begins with, and ends with.
const ENDS: (&[u8], &[u8]) = (b"\x1b]8;", b"\x1b\\");

/// Bytes of an address that a terminal is given; some refuse a longer one and show its end as text.
const LONGEST: usize = 2_083;

/// Begins a link to `url`. What is opened with one `id` is one link to the terminal, however many rows it runs over.
pub fn opening(id: usize, url: &Url) -> Option<String> {
    let address = url.as_str();
    let is_plain = address.len() <= LONGEST && address.bytes().all(|byte| byte.is_ascii_graphic());
    is_plain.then(|| format!("\x1b]8;id=r{id};{address}\x1b\\"))
}

/// A frame in which no link is closed only to be opened again at once, as between cells of which each is a link for itself.
pub fn joined(frame: &[u8]) -> Cow<'_, [u8]> {
    let (mut joined, mut kept, mut at, mut open) = (Vec::new(), 0, 0, None);
    while let Some(sequence) = next(frame, at) {
        at = sequence.end;
        let bytes = frame.get(sequence.clone()).unwrap_or_default();
        if bytes != CLOSING.as_bytes() {
            open = Some(bytes);
        } else if let Some(again) = open.filter(|open| frame.get(at..).is_some_and(|rest| rest.starts_with(open))) {
            joined.extend_from_slice(frame.get(kept..sequence.start).unwrap_or_default());
            at += again.len();
            kept = at;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(frame);
    }
    joined.extend_from_slice(frame.get(kept..).unwrap_or_default());
    Cow::Owned(joined)
}

/// The next sequence that opens or closes a link.
fn next(frame: &[u8], from: usize) -> Option<Range<usize>> {
    let (begin, end) = ENDS;
    let start = from + memmem::find(frame.get(from..)?, begin)?;
    let length = memmem::find(frame.get(start + begin.len()..)?, end)?;
    Some(start..start + begin.len() + length + end.len())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn no_address_can_end_the_sequence_or_overflow_it() {
        let hostile = Url::parse("https://a.example/\u{1b}]8;;\u{7}\u{9c}x").unwrap();
        let opened = opening(3, &hostile).unwrap();
        assert_eq!(opened.matches('\x1b').count(), 2, "{opened:?}");
        assert!(opened.starts_with("\x1b]8;id=r3;https://a.example/") && opened.ends_with("\x1b\\"), "{opened:?}");
        let long = Url::parse(&format!("https://a.example/{}", "x".repeat(LONGEST))).unwrap();
        assert_eq!(opening(3, &long), None);
    }

    #[test]
    fn cells_beside_each_other_are_one_link() {
        let url = |path: &str| Url::parse(&format!("https://a.example/{path}")).unwrap();
        let (one, other) = (opening(1, &url("one")).unwrap(), opening(2, &url("two")).unwrap());
        let cell = |opening: &str, letter: &str| format!("{opening}{letter}{CLOSING}");
        let frame = [
            "H",
            &cell(&one, "a"),
            &cell(&one, "b"),
            &cell(&one, "c"),
            &cell(&other, "d"),
            "\x1b[1m",
            &cell(&other, "e"),
        ];
        let wanted = ["H", &cell(&one, "abc"), &cell(&other, "d"), "\x1b[1m", &cell(&other, "e")].concat();
        assert_eq!(joined(frame.concat().as_bytes()), wanted.as_bytes());
        for whole in ["", "a", "\x1b]8;", CLOSING, &cell(&one, "a")] {
            assert!(matches!(joined(whole.as_bytes()), Cow::Borrowed(_)), "{whole:?}");
        }
    }
}
