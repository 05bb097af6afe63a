//! The bodies of the fuzz targets over random bytes: a short run of what `cargo +nightly fuzz run TARGET` does for hours.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "../fuzz/bodies.rs"]
mod bodies;
#[path = "common/chance.rs"]
mod chance;

use std::panic::{AssertUnwindSafe, catch_unwind};

use reread::guide;

use self::chance::Chance;

/// What means something to one reader of bytes or another.
const TOKENS: &[&str] = &[
    "---\n",
    "+++\n",
    "title: ",
    "tags: [",
    "date: 2020-13-45\n",
    "\"\\e[2J\"",
    "&a *a",
    "]]",
    "{{< ",
    " >}}",
    "{% ",
    " %}",
    "<details>",
    "</details>",
    "<!--",
    "-->",
    "<a href='",
    "'>",
    "[x](",
    ")",
    "![",
    "```\n",
    "    ",
    "> ",
    "- ",
    "1. ",
    "|a|b|\n|-|-|\n",
    "[^1]",
    "[^1]: ",
    "$$",
    "**",
    "&#27;",
    "\u{1b}[31m",
    "\u{9b}",
    "\u{202e}",
    "e\u{301}\u{301}",
    "日本",
    "\u{200d}",
    "tag:",
    "-tag:\"",
    " OR ",
    "(",
    "after:",
    "is:unread",
    "sort:",
    "*",
    "{\"v\":1,\"at\":\"2026-01-01T00:00:00Z\",\"post\":\"/a/\",\"read\":true}",
    "\n",
    " 00000000\n",
    "theme = ",
    "[searches]\n",
    "permalinks:\n  post: /:year/:slug/\n",
    "baseURL: https://a.example/x/\n",
    "\0",
    "\r\n",
];

fn bytes(chance: &mut Chance, seeds: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..=chance.below(24) {
        match chance.below(4) {
            0 => (0..chance.below(12)).for_each(|_| bytes.push(u8::try_from(chance.below(256)).unwrap())),
            1 => {
                let seed = chance.one(seeds).as_bytes();
                let from = chance.below(seed.len());
                bytes.extend(&seed[from..seed.len().min(from + chance.below(200))]);
            }
            _ => bytes.extend(chance.one(TOKENS).as_bytes()),
        }
    }
    bytes
}

#[test]
fn bytes_from_anywhere_break_no_reader_of_them() {
    let seeds: Vec<&str> = guide::POSTS.iter().map(|(_, text)| *text).collect();
    let rounds: u64 = std::env::var("REREAD_FUZZ").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(150);
    for (name, body) in bodies::BODIES {
        for round in 1..=rounds {
            let bytes = bytes(&mut Chance::new(round), &seeds);
            let ended = catch_unwind(AssertUnwindSafe(|| body(&bytes)));
            assert!(ended.is_ok(), "{name}, round {round}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }
}
