//! Nothing of a post reaches the terminal but as text.

use reread::terminal::query::Question;

use crate::common::{HOSTILE, HOSTILE_NAME, folder, write};
use crate::session::{BEFORE, Session};

#[test]
fn no_sequence_of_a_hostile_post_reaches_the_terminal() {
    let blog = folder(&[
        ("hugo.toml", "title = \"T\\u001b]0;x\\u0007\\u009b2J\"\nbaseURL = \"https://blog.example/\"\n"),
        ("content/post.md", HOSTILE),
        (&format!("content/{HOSTILE_NAME}"), HOSTILE),
        ("content/bad.md", "---\ntitle: \u{1b}[2J: x: y\n---\n\u{1b}[2J"),
    ]);
    write(blog.path(), "content/latin.md", b"---\ntitle: \x9b31m \x1b[2J\n---\n\x9b2J \x1b]0;x\x07\n");
    let mut session = Session::start(blog.path(), &[]);
    session.sees("4 posts");
    let mut visit = |keys: &str, text: &str| {
        session.press(keys);
        session.sees(text);
    };
    visit("!", "─ faults ─");
    visit("qpp", "the preview needs a wider terminal");
    visit("t", "› tags");
    visit("/a\r", "› tag:");
    visit("hhh", "4 posts");
    visit("\r", "min");
    for _ in 0..8 {
        visit("\t", "/");
    }
    visit("l", "─ links 8 ");
    visit("qG", "100 %");
    visit("gg/2J", "find here 2J");
    visit("\rnnG", "100 %");
    visit("f", "type the letters");
    visit("\x1b[Bh", "4 posts");
    visit("G\r", "4/4");
    visit("K", "3/4");
    visit("K", "2/4");
    visit("K", "1/4");
    session.resize(150, 40);
    session.press("h");
    session.sees("│");
    session.press("Q");
    session.ends_cleanly(0);
    assert_eq!(foreign(&session.bytes(), 0), Vec::<String>::new());
}

/// The private modes that the program sets, and those that it only switches off when it leaves.
const MODES: [&str; 12] = [
    "?25h", "?25l", "?1049h", "?1049l", "?2026h", "?2026l", "?1006l", "?1003l", "?1002l", "?1000l", "?2004l", "?2004h",
];

/// Everything among `bytes` that this program has no business to send, beyond so many clipboard sequences.
pub fn foreign(bytes: &[u8], copies: usize) -> Vec<String> {
    // It asks once what the terminal is.
    let text = String::from_utf8_lossy(bytes).replacen(&Question::Whole.text(), "", 1);
    let (_, ours) = text.split_once(BEFORE).map_or(("", text.as_str()), |parts| parts);
    let mut rest = ours.trim_start_matches(['\r', '\n']);
    let mut foreign = Vec::new();
    let mut clipboard = 0;
    while let Some(first) = rest.chars().next() {
        let mut length = first.len_utf8();
        if let Some(sequence) = rest.strip_prefix("\u{1b}[") {
            let end = sequence.find(|letter| matches!(letter, '@'..='~')).map_or(sequence.len(), |end| end + 1);
            let (sequence, _) = sequence.split_at(end);
            length = 2 + end;
            if !is_ours(sequence) {
                foreign.push(format!("CSI {sequence:?}"));
            }
        } else if let Some(copy) = rest.strip_prefix("\u{1b}]52;c;") {
            let end = copy.find(|letter: char| !letter.is_ascii_alphanumeric() && !"+/=".contains(letter)).unwrap();
            length = rest.len() - copy.len() + end + if copy.split_at(end).1.starts_with('\u{7}') { 1 } else { 2 };
            clipboard += 1;
        } else if first.is_control() && first != '\u{18}'
            || matches!(first, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            foreign.push(rest.chars().take(12).collect());
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    if clipboard != copies {
        foreign.push(format!("{clipboard} copies"));
    }
    foreign
}

/// Cursor positions, colours, clearing, and the modes above.
fn is_ours(sequence: &str) -> bool {
    let (parameters, last) = sequence.split_at(sequence.len() - 1);
    let numbers = parameters.chars().all(|letter| letter.is_ascii_digit() || letter == ';');
    MODES.contains(&sequence) || numbers && matches!(last, "H" | "m" | "J" | "K")
}

#[test]
fn the_scanner_sees_what_is_foreign() {
    for fine in
        ["\u{1b}[1;2H\u{1b}[38;2;1;2;3mä\u{1b}[2J\u{1b}[K\u{1b}[?2026h\u{18}\u{1b}[?1000l", "before the program\r\nx"]
    {
        assert_eq!(foreign(fine.as_bytes(), 0), Vec::<String>::new(), "{fine:?}");
    }
    for foul in [
        "\u{1b}]0;x\u{7}",
        "\u{1b}[6n",
        "\u{1b}[?1000h",
        "\u{9b}2J",
        "\u{7}",
        "\u{1b}P",
        "\u{1b}c",
        "\u{202e}",
        "\u{1b}[2 q",
    ] {
        assert!(!foreign(foul.as_bytes(), 0).is_empty(), "{foul:?}");
    }
    assert_eq!(foreign(b"\x1b]52;c;aGk=\x07x", 0), ["1 copies"]);
    assert_eq!(foreign(b"\x1b]52;c;aGk=\x1b\\x", 1), Vec::<String>::new());
    assert_eq!(decoded("aGk="), "hi");
}

/// Base64 to text.
pub fn decoded(text: &str) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = 0_u32;
    let mut bytes = Vec::new();
    for (at, letter) in text.trim_end_matches('=').chars().enumerate() {
        bits = bits << 6 | u32::try_from(LETTERS.find(letter).unwrap()).unwrap();
        if at % 4 > 0 {
            bytes.push(u8::try_from(bits >> (6 - 2 * (at % 4)) & 0xff).unwrap());
        }
    }
    String::from_utf8(bytes).unwrap()
}
