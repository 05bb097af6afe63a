//! Every post of every corpus in `REREAD_CORPORA`: nothing panics, no row is too wide, no word is lost and no tag is left.
//!
//! The oracle is `pulldown_cmark::html` of the expanded text without its tags. The exceptions, by rule: footnotes stand at
//! the end here; scripts, styles, heads, drawings and comments are for machines in both.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use rayon::prelude::*;
use reread::markdown::{Dialect, Document, Measure, expand, parse};

use crate::words::{visible, words};

#[path = "common/words.rs"]
mod words;

#[test]
fn every_post_of_every_corpus_is_set_whole() {
    let Some(folder) = std::env::var_os("REREAD_CORPORA") else {
        println!("skipped: REREAD_CORPORA names no folder");
        return;
    };
    let mut posts = Vec::new();
    walk(Path::new(&folder), &mut posts);
    let fault = |path: &PathBuf| {
        let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        check(body(&text)).err().map(|fault| format!("{}: {fault}", path.display()))
    };
    let wrong: Vec<String> = posts.par_iter().filter_map(fault).collect();
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

/// As text of unknown origin, as what all programs agree on, and with everything on.
fn check(body: &str) -> Result<(), String> {
    let all = Dialect::UNKNOWN.with(Dialect::MATH);
    for dialect in [Dialect::COMMON, Dialect::UNKNOWN, all] {
        check_words(body, dialect).map_err(|fault| format!("{dialect:?}: {fault}"))?;
    }
    if let Some(tag) = left_over(body) {
        return Err(format!("a tag is shown: {tag:?}"));
    }
    let document = parse(body, all);
    [20, 80, 200].into_iter().try_for_each(|width| check_rows(&document, width))
}

fn check_words(body: &str, dialect: Dialect) -> Result<(), String> {
    let document = parse(body, dialect);
    let words = words(&document.plain());
    let mut found = words.iter();
    let mut after = Vec::new();
    let has_math = dialect.has(Dialect::MATH) || format!("{:?}", document.blocks).contains("kind: Math(");
    let mut options = options(dialect);
    options.set(Options::ENABLE_MATH, has_math);
    for word in oracle(body, options) {
        if !found.any(|found| *found == word) {
            return Err(format!("the word {word:?} is lost after {:?}", after.get(after.len().saturating_sub(6)..)));
        }
        after.push(word);
    }
    Ok(())
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

/// What of a template's tags is left outside of code and of what the author wants shown raw.
fn left_over(body: &str) -> Option<String> {
    let expanded = expand(body);
    let mut in_code = false;
    for (event, range) in Parser::new_ext(&expanded.text, options(Dialect::COMMON)).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) if !in_code => {
                let mark = ["{{<", "{{%", "{%", ":::", "{: "].iter().find_map(|mark| text.find(mark));
                let (before, _) = body.split_at(expanded.source(range.start + mark.unwrap_or_default()));
                let is_raw = before.rsplit_once("{% raw").is_some_and(|(_, raw)| !raw.contains("{% endraw"));
                if mark.is_some() && !is_raw {
                    return Some(text.into_string());
                }
            }
            _ => {}
        }
    }
    None
}

/// The words that a browser would show of the Markdown parser's own HTML.
fn oracle(body: &str, options: Options) -> Vec<String> {
    let expanded = expand(body);
    let mut page = String::new();
    html::push_html(&mut page, notes_last(&expanded.text, options).into_iter());
    visible(&page)
}

/// The events with the footnotes behind everything else, in order of use, and without their numbers.
fn notes_last(text: &str, options: Options) -> Vec<Event<'_>> {
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

/// What the parser has to be told of a dialect.
fn options(dialect: Dialect) -> Options {
    let all = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let extensions = [
        (Dialect::SMART, Options::ENABLE_SMART_PUNCTUATION),
        (Dialect::WIKILINKS, Options::ENABLE_WIKILINKS),
        (Dialect::DEFINITIONS, Options::ENABLE_DEFINITION_LIST),
    ];
    extensions.iter().filter(|(extension, _)| dialect.has(*extension)).fold(all, |all, (_, option)| all | *option)
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
