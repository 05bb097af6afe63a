//! Links of the terminal's own (OSC 8): what opens and closes one. It carries web addresses only, and none too long.

use crate::blog::url::Url;

/// Ends the link that is open.
pub const CLOSING: &str = "\x1b]8;;\x1b\\";

/// Bytes of an address that a terminal is given; some refuse a longer one and show its end as text.
const LONGEST: usize = 2_083;

/// Begins a link to `url`. What is opened with one `id` is one link to the terminal, however many rows it runs over.
pub fn opening(id: usize, url: &Url) -> Option<String> {
    let address = url.as_str();
    let is_plain = address.len() <= LONGEST && address.bytes().all(|byte| byte.is_ascii_graphic());
    is_plain.then(|| format!("\x1b]8;id=r{id};{address}\x1b\\"))
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
}
