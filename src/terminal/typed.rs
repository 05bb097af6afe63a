//! Bytes that were typed while the terminal was being asked, as the keys that they are.
//!
//! Afterwards crossterm reads keys. This knows what a person presses in a tenth of a second: characters, Enter, Escape,
//! arrows and their like; what else begins with an escape is left out whole, and so is what was pasted, which is no key.

use crate::app::keys::{Code, Held, Key};

/// What stands before and behind pasted text.
const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// The keys of some bytes.
pub fn keys(bytes: &[u8]) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        if let Some(pasted) = rest.strip_prefix(PASTE) {
            let end = pasted.windows(PASTE_END.len()).position(|bytes| bytes == PASTE_END);
            rest = end.and_then(|end| pasted.get(end + PASTE_END.len()..)).unwrap_or_default();
            continue;
        }
        let (key, length) = first(rest);
        keys.extend(key);
        rest = rest.get(length.max(1)..).unwrap_or_default();
    }
    keys
}

/// The first key, if it is one, and its bytes.
fn first(bytes: &[u8]) -> (Option<Key>, usize) {
    match bytes {
        [0x1b, b'[', inner @ ..] => sequence(inner),
        [0x1b, b'O', letter, ..] => (cursor(*letter).map(Key::plain), 3),
        [0x1b] | [0x1b, 0x1b, ..] => (Some(Key::plain(Code::Escape)), 1),
        [0x1b, inner @ ..] => {
            let (key, length) = character(inner);
            (key.map(|key| Key { held: Held::Alt, ..key }), length + 1)
        }
        _ => character(bytes),
    }
}

fn character(bytes: &[u8]) -> (Option<Key>, usize) {
    let control = |letter: u8| Some(Key { code: Code::Char(char::from(letter)), held: Held::Control });
    match bytes {
        [b'\r', ..] => (Some(Key::plain(Code::Enter)), 1),
        [b'\t', ..] => (Some(Key::plain(Code::Tab)), 1),
        [0x7f, ..] => (Some(Key::plain(Code::Backspace)), 1),
        [0, ..] => (control(b' '), 1),
        [byte @ 0x01..=0x1a, ..] => (control(byte - 1 + b'a'), 1),
        [byte @ 0x1c..=0x1f, ..] => (control(byte - 0x1c + b'4'), 1),
        _ => {
            let head = bytes.utf8_chunks().next().map(|chunk| chunk.valid()).unwrap_or_default();
            let letter = head.chars().next();
            (letter.map(|letter| Key::plain(Code::Char(letter))), letter.map_or(1, char::len_utf8))
        }
    }
}

/// What follows `CSI`: parameters and a letter.
fn sequence(inner: &[u8]) -> (Option<Key>, usize) {
    let end = inner.iter().position(|byte| (0x40..=0x7e).contains(byte));
    let Some(end) = end else { return (None, 2 + inner.len()) };
    let (parameters, last) = inner.split_at(end);
    let code = match (parameters, last.first()) {
        (b"", Some(b'Z')) => Some(Code::BackTab),
        (b"1" | b"7", Some(b'~')) => Some(Code::Home),
        (b"3", Some(b'~')) => Some(Code::Delete),
        (b"4" | b"8", Some(b'~')) => Some(Code::End),
        (b"5", Some(b'~')) => Some(Code::PageUp),
        (b"6", Some(b'~')) => Some(Code::PageDown),
        (b"", Some(letter)) => cursor(*letter),
        _ => None,
    };
    (code.map(Key::plain), 2 + end + 1)
}

fn cursor(letter: u8) -> Option<Code> {
    Some(match letter {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_the_keys_that_the_papers_write() {
        for (bytes, keys) in [
            (&b"jG/a\r"[..], "jG/a<enter>"),
            (b"\x1b[A\x1b[B\x1bOC\x1bOD\x1b[H\x1b[F\x1b[Z", "<up><down><right><left><home><end><s-tab>"),
            (b"\x1b[5~\x1b[6~\x1b[3~\x7f\t", "<pgup><pgdn><del><bs><tab>"),
            (b"\x03\x0c\x1a", "<c-c><c-l><c-z>"),
            (b"\x1b", "<esc>"),
            (b"\x1b\x1bq", "<esc><a-q>"),
            (b"\x1bj", "<a-j>"),
            ("äß語".as_bytes(), "äß語"),
            (b"\x1b[1;5Cq\x1b[99zq", "qq"),
            (b"a\xff\xfeb\x1b[", "ab"),
            (b"a\x1b[200~Qq\r\x1b[201~b\x1b[200~Q", "ab"),
        ] {
            assert_eq!(super::keys(bytes), Key::sequence(keys), "{bytes:?}");
        }
    }
}
