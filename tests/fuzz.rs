//! The bodies of the fuzz targets over random bytes: a short run of what `cargo +nightly fuzz run TARGET` does for hours.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "../fuzz/bodies.rs"]
mod bodies;
#[path = "common/chance.rs"]
mod chance;

use std::fs;
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

/// Random bytes, pieces of what is known, and what means something.
fn bytes(chance: &mut Chance, seeds: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..=chance.below(24) {
        match chance.below(4) {
            0 => (0..chance.below(12)).for_each(|_| bytes.push(u8::try_from(chance.below(256)).unwrap())),
            1 => {
                let seed = chance.one(seeds);
                let from = chance.below(seed.len());
                bytes.extend(&seed[from..seed.len().min(from + chance.below(200))]);
            }
            _ => bytes.extend(chance.one(TOKENS).as_bytes()),
        }
    }
    bytes
}

/// What a target is begun with: files that it understands, and posts.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/fuzz/seeds/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let posts = guide::POSTS.iter().map(|(_, text)| text.as_bytes().to_vec());
    files.into_iter().map(|file| fs::read(file).unwrap()).chain(posts).collect()
}

#[test]
fn bytes_from_anywhere_break_no_reader_of_them() {
    let rounds: u64 = std::env::var("REREAD_FUZZ").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(150);
    for (name, body) in bodies::BODIES {
        let seeds = seeds(name);
        let seeds: Vec<&[u8]> = seeds.iter().map(Vec::as_slice).collect();
        let random = (1..=rounds).map(|round| bytes(&mut Chance::new(round), &seeds));
        for (at, bytes) in seeds.iter().map(|seed| seed.to_vec()).chain(random).enumerate() {
            let ended = catch_unwind(AssertUnwindSafe(|| body(&bytes)));
            assert!(ended.is_ok(), "{name}, {at}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }
}
