//! Answers as terminals give them, whole and broken; they never become keys, and keys never become answers.

use super::*;

fn found(bytes: &[u8]) -> Findings {
    let (findings, rest) = Findings::read(bytes);
    assert_eq!(rest, Rest::default(), "{:?}", String::from_utf8_lossy(bytes));
    findings
}

fn typed(text: &str) -> Rest {
    Rest { typed: text.as_bytes().to_vec(), begun: Vec::new() }
}

fn begun(text: &str) -> Rest {
    Rest { typed: Vec::new(), begun: text.as_bytes().to_vec() }
}

const NOTHING: Findings =
    Findings { background: None, kitty: Support::Unknown, sixel: Support::Unknown, cell: None, answered: Answered::No };
const ENDED: Findings = Findings { kitty: Support::No, sixel: Support::No, answered: Answered::Yes, ..NOTHING };

#[test]
fn answers_of_terminals_are_understood() {
    let cases: [(&str, Findings); 9] = [
        // kitty: all but sixels.
        (
            "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;52;c",
            Findings { background: Some((30, 30, 46)), kitty: Support::Yes, cell: Some((10, 20)), ..ENDED },
        ),
        // foot: sixels, no kitty.
        (
            "\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[6;18;9t\x1b[?62;4;22;28c",
            Findings { background: Some((255, 255, 255)), sixel: Support::Yes, cell: Some((9, 18)), ..ENDED },
        ),
        // An xterm that ends with BEL.
        (
            "\x1b]11;rgb:0000/0000/0000\x07\x1b[?64;1;2;6;9;15;16;17;18;21;22c",
            Findings { background: Some((0, 0, 0)), ..ENDED },
        ),
        // VTE, with a colour that is see-through.
        ("\x1b]11;rgba:30/0a/24/cc\x1b\\\x1b[?61;1;21;22c", Findings { background: Some((48, 10, 36)), ..ENDED }),
        // A multiplexer: kind 4 is no sixel.
        ("\x1b[?4c", ENDED),
        ("\x1b[?1;2;4c", Findings { sixel: Support::Yes, ..ENDED }),
        // Kitty's protocol refused.
        ("\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\\x1b[?62c", ENDED),
        // Another order of keys.
        ("\x1b_Ga=q,i=31;OK\x1b\\\x1b[?62c", Findings { kitty: Support::Yes, ..ENDED }),
        ("", NOTHING),
    ];
    for (answer, expected) in cases {
        assert_eq!(found(answer.as_bytes()), expected, "{answer:?}");
    }
}

#[test]
fn colours_of_every_depth_are_read_and_wrong_ones_are_not() {
    let cases = [
        ("rgb:f/8/0", Some((255, 136, 0))),
        ("rgb:ff/80/00", Some((255, 128, 0))),
        ("rgb:fff/800/000", Some((255, 128, 0))),
        ("rgb:ffff/8080/0000", Some((255, 128, 0))),
        ("rgba:ffff/8080/0000/ffff", Some((255, 128, 0))),
        ("#f80", Some((255, 136, 0))),
        ("#ff8000", Some((255, 128, 0))),
        ("#ffff80800000", Some((255, 128, 0))),
        ("rgb:ff/80", None),
        ("rgb:ff/80/00/00", None),
        ("rgb:fffff/0/0", None),
        ("rgb:/0/0", None),
        ("rgb:+f/0/0", None),
        ("rgb:é/0/0", None),
        ("hsl:1/2/3", None),
        ("#ff", None),
        ("#", None),
        ("#ééé", None),
        ("", None),
    ];
    for (text, expected) in cases {
        assert_eq!(colour(text), expected, "{text:?}");
        let mark = format!("\x1b]11;{text}\x07");
        assert_eq!(found(mark.as_bytes()).background, expected, "{text:?}");
    }
}

#[test]
fn what_is_typed_meanwhile_is_given_back_in_order() {
    let answer = "j\x1b]11;rgb:00/00/00\x1b\\k\x1b[B\x1b_Gi=31;OK\x1b\\\r\x1b[6;20;10tä\x1b[?62cq\x1b";
    let (findings, rest) = Findings::read(answer.as_bytes());
    assert_eq!((findings.answered, findings.kitty), (Answered::Yes, Support::Yes));
    assert_eq!(rest, typed("jk\x1b[B\räq\x1b"));
    for keys in
        ["\x1b", "\x1b[A", "\x1bOA", "\x1b[3~", "\x1b[1;5C", "\x1b]x", "\x1b_x", "\x1bj", "\x1b[I", "\x1b[6~", "]11;"]
    {
        assert_eq!(Findings::read(keys.as_bytes()), (NOTHING, typed(keys)), "{keys:?}");
    }
}

#[test]
fn an_answer_in_two_pieces_waits_for_the_second() {
    let whole = "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;52;c";
    for at in 0..whole.len() {
        let (first, second) = whole.as_bytes().split_at(at);
        let (_, rest) = Findings::read(first);
        // A lone Escape is a key, and so is the beginning of a sequence that any key may have.
        let is_key = rest.typed.is_empty() || rest.typed == b"\x1b" || rest.typed == b"\x1b[";
        assert!(is_key, "{at}: {:?}", String::from_utf8_lossy(&rest.typed));
        assert_eq!(Findings::read(&[first, second].concat()).0, found(whole.as_bytes()));
    }
    for beginning in
        ["\x1b]", "\x1b]1", "\x1b]11;rgb:", "\x1b]11;rgb:0/0/0\x1b", "\x1b_", "\x1b_Gi=", "\x1b[?", "\x1b[6;2"]
    {
        assert_eq!(Findings::read(beginning.as_bytes()), (NOTHING, begun(beginning)), "{beginning:?}");
    }
}

#[test]
fn garbage_and_hostile_lengths_say_nothing_and_end() {
    let long = format!("\x1b]11;{}\x07q", "r".repeat(100_000));
    assert_eq!(Findings::read(long.as_bytes()), (NOTHING, typed("q")));
    let endless = format!("\x1b]11;{}", "r".repeat(100_000));
    assert_eq!(Findings::read(endless.as_bytes()), (NOTHING, Rest::default()));
    assert_eq!(found(b"\x1b[6;0;0t"), NOTHING);
    assert_eq!(found(b"\x1b[6;99999999999;1t"), NOTHING);
    assert_eq!(found(b"\x1b[6;t"), NOTHING);
    assert_eq!(found(b"\x1b_Gi=32;OK\x1b\\"), NOTHING);
    assert_eq!(found(b"\x1b]11;\xff\xfe\x07"), NOTHING);
    assert_eq!(found(b"\x1b]11;rgb:0/0/0\x1b[?62c"), ENDED, "broken off by the next answer");
    let flood = format!("\x1b[?{}c", "4;".repeat(50_000));
    Findings::read(flood.as_bytes());
    let many = "\x1b]11;rgb:0/0/0\x07".repeat(10_000);
    assert_eq!(found(many.as_bytes()).background, Some((0, 0, 0)));
    let mut seed = 7_u32;
    for length in 0..400 {
        let bytes: Vec<u8> = (0..length)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let alphabet = b"\x1b\x1b]_[?116;Grgb:/c~t\\\x07fF0x\xff";
                alphabet.get((seed >> 16) as usize % alphabet.len()).copied().unwrap_or_default()
            })
            .collect();
        let (_, rest) = Findings::read(&bytes);
        assert!(rest.typed.len() + rest.begun.len() <= bytes.len());
    }
}

#[test]
fn light_and_dark_are_told_apart() {
    let light = |background| Findings { background: Some(background), ..NOTHING }.is_light();
    assert_eq!(light((255, 255, 255)), Some(true));
    assert_eq!(light((253, 246, 227)), Some(true));
    assert_eq!(light((0, 43, 54)), Some(false));
    assert_eq!(light((0, 0, 255)), Some(false));
    assert_eq!(NOTHING.is_light(), None);
}

#[test]
fn nobody_is_asked_who_would_show_the_question() {
    let question = |variables: &[(&str, &str)]| {
        let empty = Environment::at("/");
        Question::fitting(&variables.iter().fold(empty, |all, (name, value)| all.with(name, *value)))
    };
    for mute in ["dumb", "linux", "eterm-color", ""] {
        assert_eq!(question(&[("TERM", mute)]), None, "{mute}");
    }
    assert_eq!(question(&[]), None);
    for whole in ["xterm-256color", "xterm-kitty", "foot", "alacritty"] {
        assert_eq!(question(&[("TERM", whole)]), Some(Question::Whole), "{whole}");
    }
    for (term, name) in [("xterm", "TMUX"), ("xterm", "STY"), ("tmux-256color", "X"), ("screen", "X")] {
        assert_eq!(question(&[("TERM", term), (name, "1")]), Some(Question::Background), "{term} {name}");
    }
    let apple = [("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")];
    assert_eq!(question(&apple), Some(Question::Background));
    assert!(!Question::Background.text().contains("\x1b_"));
    assert!(Question::Whole.text().ends_with(END));
}
