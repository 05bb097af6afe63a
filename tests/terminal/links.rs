//! Links that the terminal itself makes.

use crate::common::folder;
use crate::session::{Session, shell};

/// A post with these words in a terminal that knows links, once its end is on screen, and what was sent for that.
fn sent(text: &str, end: &str) -> Vec<u8> {
    let blog = folder(&[("post.md", text)]);
    let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"", blog.path(), &["post.md"]);
    command.env("VTE_VERSION", "7600");
    let mut session = Session::with(command);
    session.sees(end);
    session.press("Q");
    session.ends_cleanly(0);
    session.bytes()
}

#[test]
fn a_link_of_many_words_names_its_address_once_a_row() {
    let sent = sent("before\n\n[the words of one link](https://a.example/there)\n\nthe end", "the end");
    let sent = String::from_utf8_lossy(&sent);
    assert!(sent.contains("https://a.example/there\x1b\\the words of one link\x1b]8;;\x1b\\"), "{sent:?}");
}

#[test]
fn a_screen_of_links_to_endless_addresses_is_no_megabyte() {
    for words in ["word ", "*a*b", "漢"] {
        let text = format!("the start [{}](https://a.example/{})", words.repeat(4_000), "x".repeat(2_000));
        let sent = sent(&text, "the start");
        assert!(sent.len() < 400_000, "{words:?}: {}", sent.len());
        assert!(sent.windows(5).any(|bytes| bytes == b"\x1b]8;i"));
    }
}
