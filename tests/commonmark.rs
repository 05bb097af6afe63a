//! The examples of `CommonMark`'s specification, read from the file that `REREAD_COMMONMARK` names: the words of the HTML that
//! an example expects are on the page, in order, at every width, and no others. [`EXCEPTIONS`] says where there are more.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;

use reread::markdown::{Dialect, Measure, joined, parse};

use crate::words::{visible, words};

#[path = "common/words.rs"]
mod words;

/// What stands before and after an example.
const FENCE: &str = "````````````````````````````````";

/// The examples of version 0.31.2 whose pages show more than their words, by number; none shows less.
const EXCEPTIONS: [(&[usize], &str); 4] = [
    (&[142, 143], "the language of a block of code stands beside it"),
    (
        &[150, 201, 491, 524, 536, 613, 614, 615, 617, 623],
        "what is written as a tag and is no element of HTML is shown as the text that it may be",
    ),
    (&[265], "a number too wide for a gutter stands in the text"),
    (&[581], "a picture without words goes by the name of its file"),
];

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

#[test]
fn every_example_of_commonmark_shows_its_words_in_order() {
    let Some(path) = std::env::var_os("REREAD_COMMONMARK") else {
        println!("skipped: REREAD_COMMONMARK names no specification");
        return;
    };
    let examples = examples(&fs::read_to_string(path).unwrap());
    assert!(examples.len() > 600, "{} examples", examples.len());
    let wrong: Vec<String> = examples.iter().filter_map(|example| check(example).err()).collect();
    println!("{} examples, {} wrong", examples.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn examples(text: &str) -> Vec<Example> {
    let part = |lines: &mut std::str::Lines<'_>, end: &str| {
        let lines: Vec<&str> = lines.take_while(|line| *line != end).collect();
        lines.join("\n").replace('→', "\t") + "\n"
    };
    let mut examples = Vec::new();
    let mut lines = text.lines();
    while lines.any(|line| line.strip_prefix(FENCE) == Some(" example")) {
        let markdown = part(&mut lines, ".");
        let html = part(&mut lines, FENCE);
        examples.push(Example { number: examples.len() + 1, markdown, html });
    }
    examples
}

fn check(example: &Example) -> Result<(), String> {
    let Example { number, markdown, html } = example;
    let expected = visible(&with_words_of_pictures(html));
    let documents = [Dialect::COMMON, Dialect::UNKNOWN.with(Dialect::MATH)].map(|dialect| parse(markdown, dialect));
    let layouts = documents.iter().flat_map(|document| [20, 80, 200].map(|width| document.layout(Measure(width))));
    let pages: Vec<Vec<String>> = layouts.map(|layout| words(&joined(&layout.rows).0)).collect();
    let holds = |page: &Vec<String>| {
        let mut page = page.iter();
        expected.iter().all(|word| page.any(|shown| shown == word))
    };
    let is_exception = EXCEPTIONS.iter().any(|(numbers, _)| numbers.contains(number));
    let is_equal = pages.iter().all(|page| *page == expected);
    if pages.iter().all(holds) && is_equal != is_exception {
        return Ok(());
    }
    let more = if is_exception { "more than " } else { "" };
    Err(format!("example {number}: {pages:?} instead of {more}{expected:?}\n{markdown}"))
}

/// The page with the words of its pictures in their places.
fn with_words_of_pictures(html: &str) -> String {
    let mut parts = html.split("<img ");
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (tag, after) = part.split_once('>').unwrap_or((part, ""));
        let words =
            tag.split_once("alt=\"").and_then(|(_, words)| words.split_once('"')).map_or("", |(words, _)| words);
        page.extend([" ", words, " ", after]);
    }
    page
}
