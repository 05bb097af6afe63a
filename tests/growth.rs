//! Time grows with a text and not with its square: a long text of nearly anything is read, set, searched and checked.
//!
//! Nothing is timed. What grows with the square of a text takes minutes or hours for as much, which nobody can miss; with
//! `--nocapture` it says which patterns are done.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use rayon::prelude::*;
use reread::app::find::{Find, What};
use reread::blog::audit::{Disk, audit};
use reread::blog::fault::Filter;
use reread::blog::front;
use reread::blog::library::Library;
use reread::blog::page;
use reread::blog::post::Post;
use reread::blog::query::Query;
use reread::blog::site::{Generator, Site};
use reread::markdown::Measure;

/// Bytes of every text: most posts have fewer by a hundred times.
const SIZE: usize = 250_000;

/// What a text begins with, what it is made of, and what it ends with.
const PATTERNS: &[(&str, &str, &str)] = &[
    // Single characters: ASCII, what a terminal would obey, scripts.
    ("", "a", ""),
    ("", "\"", ""),
    ("", "'", ""),
    ("", "\u{1b}", ""),
    ("", "\0", ""),
    ("", "\u{9b}", ""),
    ("", "\u{fffd}", ""),
    ("", "\u{a0}", ""),
    ("", "ก", ""),
    ("", "ا", ""),
    ("", "क\u{94d}", ""),
    ("", "\u{1100}", ""),
    ("", "a\u{301}", ""),
    ("a", "\u{301}", ""),
    ("", "日", ""),
    ("", "🇳", ""),
    ("", "👨\u{200d}", ""),
    ("", "a\u{ad}", ""),
    ("", "word\u{a0}", ""),
    ("", "&#27;", ""),
    ("", "word&nbsp;", ""),
    ("a", "<b>\u{301}</b>", ""),
    ("a", "[\u{301}](b)", ""),
    ("`a", " ", "b`"),
    ("", "$a", ""),
    // What opens, and what nests.
    ("", "[", ""),
    ("", "![", ""),
    ("", "[](", ""),
    ("", "`", ""),
    ("", "` ``", ""),
    ("", "*", ""),
    ("", "*a _b ", ""),
    ("", "> ", ""),
    ("", "- ", ""),
    ("", "<", ""),
    ("", "<!--", ""),
    ("", "<a b=\"", ""),
    ("", "<b><i>", ""),
    ("", "<div>", ""),
    ("", "<details><summary>", ""),
    ("", "<table><tr><td>", ""),
    ("", "{{< a >}}", ""),
    ("", "{{< a \"", ""),
    ("", "{% if a %}", ""),
    ("", "{% raw %}", ""),
    ("", "{{", ""),
    ("", "{", ""),
    ("", "$$", ""),
    ("", "\\(", ""),
    ("", ":a", ""),
    ("", "\\", ""),
    // What is said again and again.
    ("", "[a](b) ", ""),
    ("", "[a]", "\n\n[a]: b"),
    ("", "[a]: b\n", ""),
    ("", "http://a.b/", ""),
    ("", "http://a.b/c/ ", ""),
    ("", "a@b.example ", ""),
    ("", "[^1]", "\n\n[^1]: c"),
    ("[^1]\n\n", "[^1]: c\n\n", ""),
    ("", "# a\n\n", ""),
    ("", "- a\n", ""),
    ("", "a\n\n", ""),
    ("> a\n", "b\n", ""),
    ("", "![a](b.png)\n\n", ""),
    ("|a|b|\n|-|-|\n", "|c|d|\n", ""),
    ("|a|\n|-|\n|", "ก", "|"),
    ("|a|\n|-|\n|", "b&nbsp;", "|"),
    ("", "<td>a", ""),
    ("", "^[\\[]]", ""),
    ("", "<p>a", ""),
    ("", "a<br>", ""),
    ("", ":smile: ", ""),
    ("", "==a== H~2~O x^2^ ", ""),
    ("", "a\n: b\n\n", ""),
    ("", "> [!NOTE]\n> a\n\n", ""),
    ("", "{: .a}\n", ""),
    ("", ":::note\na\n", ""),
    ("", "[[a]] ", ""),
    ("", "<A b={c}/>\n", ""),
    ("```rust\n", "let a = \"é\"; ", "\n```"),
    ("```rust\n", "/* a */\n", "```"),
    // Headers.
    ("---\ntitle: ", "[", "\n---\n"),
    ("---\ntitle: ", "{a: ", "\n---\n"),
    ("---\n", "a: b\n", "---\n"),
    ("+++\na = ", "[", "\n+++\n"),
    ("", "{\"a\":", ""),
    // Mixed.
    ("", "*a [b](c `d` \"e\" <b>f</b> {{< g >}} é 日 http://h.example/i/ &amp; ", ""),
    ("", "|a\n|-\n- b\n> c\n# d\n\n```\ne\n```\n\n[f]: g\n", ""),
];

/// Two patterns, half of the text each.
const PAIRS: &[(&str, &str)] = &[
    ("\u{a0}\\[&amp;", "|\n|-|\n++export a "),
    ("|head", "|\n|-|\n"),
    ("[a][b]", "\n[b]: c\n"),
    ("> ", "b\n"),
    ("- ", "b\n"),
    ("1) ", "|a|b|\n"),
    ("[^a]: ", "b\n"),
];

/// A post of one pattern.
fn text(&(start, unit, end): &(&str, &str, &str)) -> String {
    format!("{start}{}{end}\n", unit.repeat(SIZE / unit.len()))
}

/// Does with a text all that is done with a post.
fn everything(text: String) {
    let site = Site::new(Generator::Hugo, &front::parse_config("c.yaml", "title: A Blog").unwrap());
    let (post, faults) = Post::read("a.md", text.into_bytes(), &site);
    let mut library = Library::new(site);
    library.add(vec![(Some(post.into()), faults)]);
    library.complete();
    let post = Arc::clone(library.everything().next().unwrap());
    let document = post.document();
    let rows = page::set(&post, &document, Measure(40)).rows;
    assert!(!rows.is_empty());
    Find::new(What::Text("a".to_owned()), &rows, 0);
    let _ = (document.plain(), document.sentences(), document.words());
    for link in document.links.iter().take(10_000) {
        let _ = library.resolve(&post, &link.href);
    }
    for query in ["a", "zz é", "link:b.example"] {
        let _ = library.search(&Query::parse(query)).run(&|| true);
    }
    let disk = Disk { has: &|_| None, source: &|_| None };
    let _ = audit(&library, &Filter::default(), &disk);
    let _ = document.html(&|_| None);
}

#[test]
fn a_long_text_of_nothing_but_one_thing_hangs_nothing() {
    PATTERNS.par_iter().for_each(|pattern| {
        everything(text(pattern));
        println!("done: {pattern:?}");
    });
    PAIRS.par_iter().for_each(|(one, other)| {
        everything([*one, *other].map(|unit| unit.repeat(SIZE / 2 / unit.len())).concat());
        println!("done: {one:?} {other:?}");
    });
}
