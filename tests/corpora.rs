//! Every post of every corpus in `REREAD_CORPORA`: nothing panics, no row is too wide, no word is lost.
//!
//! The oracle is `pulldown_cmark::html` of the expanded text without its tags. The exceptions, by rule: footnotes stand at
//! the end here; scripts, styles, heads, drawings and comments are for machines in both.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use reread::markdown::{Dialect, Document, Measure, expand, parse};

#[test]
fn every_post_of_every_corpus_is_set_whole() {
    let Some(folder) = std::env::var_os("REREAD_CORPORA") else {
        println!("skipped: REREAD_CORPORA names no folder");
        return;
    };
    let mut posts = Vec::new();
    walk(Path::new(&folder), &mut posts);
    let mut wrong = Vec::new();
    for path in &posts {
        let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        if let Err(fault) = check(body(&text)) {
            wrong.push(format!("{}: {fault}", path.display()));
        }
    }
    println!("{} posts, {} wrong", posts.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn walk(folder: &Path, posts: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, posts);
        } else if path.is_file()
            && path
                .extension()
                .is_some_and(|extension| ["md", "markdown", "mdx"].iter().any(|known| extension == *known))
        {
            posts.push(path);
        }
    }
}

/// The post without its front matter.
fn body(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}');
    for fence in ["---", "+++"] {
        let rest = text.strip_prefix(fence).filter(|rest| rest.starts_with(['\n', '\r']));
        if let Some((_, body)) = rest.and_then(|rest| rest.split_once(&format!("\n{fence}"))) {
            return body;
        }
    }
    text
}

fn check(body: &str) -> Result<(), String> {
    let document = parse(body, Dialect::UNKNOWN);
    let words = words(&document.plain());
    let mut found = words.iter();
    let mut after = Vec::new();
    for word in oracle(body) {
        if !found.any(|found| *found == word) {
            return Err(format!("the word {word:?} is lost after {:?}", after.get(after.len().saturating_sub(6)..)));
        }
        after.push(word);
    }
    [20, 80, 200].into_iter().try_for_each(|width| check_rows(&document, width))
}

fn check_rows(document: &Document, width: usize) -> Result<(), String> {
    let layout = document.layout(Measure(width));
    for row in &layout.rows {
        if row.width() > width || row.text().contains(char::is_control) {
            return Err(format!("at {width}: {:?}", row.text()));
        }
    }
    let page = letters(&layout.text());
    let lost = letters(&document.plain()).into_iter().find(|(letter, count)| page.get(letter).copied() < Some(*count));
    lost.map_or(Ok(()), |(letter, _)| Err(format!("at {width}: the letter {letter:?} is lost")))
}

fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut letters = BTreeMap::new();
    for letter in text.chars().filter(|letter| letter.is_alphanumeric()) {
        *letters.entry(letter).or_default() += 1;
    }
    letters
}

/// The words that a browser would show of the Markdown parser's own HTML.
fn oracle(body: &str) -> Vec<String> {
    let expanded = expand(body);
    let mut page = String::new();
    html::push_html(&mut page, notes_last(&expanded.text).into_iter());
    let mut text = String::new();
    let mut hidden: Option<Vec<u8>> = None;
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(page.as_str(), emitter) {
        match token {
            Token::StartTag(tag) if hidden.is_none() => {
                let machine: [&[u8]; 7] = [b"script", b"style", b"head", b"title", b"svg", b"template", b"iframe"];
                hidden = machine.contains(&tag.name.as_slice()).then(|| tag.name.to_vec());
                text.push_str(if is_inline(&tag.name) { "" } else { " " });
            }
            Token::EndTag(tag) => {
                hidden = hidden.filter(|hidden| hidden != &*tag.name);
                text.push_str(if is_inline(&tag.name) { "" } else { " " });
            }
            Token::String(words) if hidden.is_none() => text.push_str(&String::from_utf8_lossy(&words)),
            _ => {}
        }
    }
    words(&text)
}

fn is_inline(name: &[u8]) -> bool {
    let inline: [&[u8]; 19] = [
        b"em", b"strong", b"b", b"i", b"a", b"code", b"span", b"del", b"s", b"sub", b"sup", b"kbd", b"u", b"font",
        b"abbr", b"ins", b"small", b"mark", b"big",
    ];
    inline.contains(&name)
}

/// The events with the footnotes behind everything else, in order of use, and without their numbers.
fn notes_last(text: &str) -> Vec<Event<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_GFM;
    let mut parts: Vec<(String, Vec<Event>)> = vec![(String::new(), Vec::new())];
    let mut inside = false;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                parts.push((label.to_lowercase(), Vec::new()));
                inside = true;
            }
            Event::End(TagEnd::FootnoteDefinition) => inside = false,
            event if inside => parts.last_mut().unwrap().1.push(event),
            event => parts.first_mut().unwrap().1.push(event),
        }
    }
    in_order_of_use(parts)
}

fn in_order_of_use(mut parts: Vec<(String, Vec<Event<'_>>)>) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut wanted = vec![String::new()];
    let mut next = 0;
    while !parts.is_empty() {
        let found = wanted.get(next).map_or(Some(0), |label| parts.iter().position(|(part, _)| part == label));
        next += usize::from(found.is_none());
        for event in found.map(|part| parts.remove(part).1).unwrap_or_default() {
            match event {
                Event::FootnoteReference(label) => wanted.push(label.to_lowercase()),
                event => events.push(event),
            }
        }
    }
    events
}

/// Words as sequences of letters and digits, after the cleaning that every text goes through.
fn words(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| reread::text::Clean::prose(line).to_string());
    let text: String = lines.collect::<Vec<_>>().join(" ").chars().map(on_the_line).collect();
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Raised and lowered digits count as digits.
fn on_the_line(character: char) -> char {
    let place = ["⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"].iter().find_map(|set| set.chars().position(|digit| digit == character));
    place.and_then(|digit| char::from_digit(u32::try_from(digit).ok()?, 10)).unwrap_or(character)
}
