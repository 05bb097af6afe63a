//! What MDX adds to Markdown: statements at the start of a paragraph, and components written as elements.
//!
//! It takes away only what is clearly code: prose about imports stays, and so does `<your name>`.

use std::collections::HashMap;

use super::super::html::elements::is_element;
use super::markup::{self, escaped};
use super::write::Writing;

/// No element is longer than this.
const LONGEST: usize = 1000;
/// No statement has more lines than this.
const LINES: usize = 60;

/// The bytes of the statement that `text` begins with.
pub(super) fn statement(text: &str) -> Option<usize> {
    let line = text.lines().next().unwrap_or_default().trim_end();
    let long = if let Some(rest) = line.strip_prefix("import ") {
        if is_import(rest) {
            return Some(line.len());
        }
        rest.starts_with('{') && !rest.contains('}')
    } else {
        line.strip_prefix("export ").is_some_and(is_export)
    };
    if !long {
        return None;
    }
    let lines = text.split_inclusive('\n').take(LINES).take_while(|line| !line.trim().is_empty());
    let paragraph: usize = lines.map(str::len).sum();
    let whole = text.get(..paragraph).unwrap_or_default().trim_end();
    let tail = whole.rsplit('\n').next().unwrap_or_default().trim_start();
    let ended = line.starts_with("export") || tail.strip_prefix('}').is_some_and(ends_import);
    ended.then_some(whole.len())
}

/// Whether `import` goes on as in a script: names, `from`, and a path in quotes.
fn is_import(rest: &str) -> bool {
    if is_path(rest) {
        return true;
    }
    let Some((names, path)) = rest.rsplit_once(" from ") else {
        return false;
    };
    let name = |letter: char| letter.is_ascii_alphanumeric() || "_$, {}*".contains(letter);
    let plain = !names.trim().contains(' ') || names.contains(['{', '*', ',']);
    is_path(path) && plain && names.chars().all(name)
}

fn ends_import(rest: &str) -> bool {
    rest.trim_start().strip_prefix("from ").is_some_and(is_path)
}

/// Whether `text` is a path in quotes and nothing more.
fn is_path(text: &str) -> bool {
    let text = text.trim().trim_end_matches(';');
    ['"', '\''].iter().any(|quote| {
        let inner = text.strip_prefix(*quote).and_then(|text| text.strip_suffix(*quote));
        inner.is_some_and(|path| !path.is_empty() && !path.contains([' ', *quote]))
    })
}

/// Whether `export` goes on as in a script.
fn is_export(rest: &str) -> bool {
    let mut words = rest.split([' ', '(', '{', ':']).filter(|word| !word.is_empty());
    match words.next() {
        Some("const" | "let" | "var") => words.next().is_some_and(is_identifier) && rest.contains('='),
        Some("function") => words.next().is_some_and(is_identifier) && rest.contains('('),
        Some("default") => {
            let value = rest.trim_start_matches("default").trim_start();
            value.starts_with(['{', '(']) || value.starts_with("function") && value.contains('(')
        }
        _ => false,
    }
}

fn is_identifier(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && word.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$'))
}

/// The components of a body.
#[derive(Debug)]
pub(super) struct Components<'a> {
    body: &'a str,
    /// Where the last end of each name stands; asked once.
    ends: Option<HashMap<&'a str, usize>>,
    open: HashMap<&'a str, Vec<&'static str>>,
}

impl<'a> Components<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        Self { body, ends: None, open: HashMap::new() }
    }

    /// The component that starts or ends at `at`, where it goes to, and what it becomes.
    pub(super) fn at(&mut self, at: usize) -> Option<(usize, Writing)> {
        let text = self.body.get(at + 1..)?;
        if let Some(rest) = text.strip_prefix('/') {
            let name = name(rest)?;
            let close =
                self.open.get_mut(name).filter(|_| rest.get(name.len()..).is_some_and(|rest| rest.starts_with('>')));
            return Some((at + 3 + name.len(), Writing::Inline((*close?.pop()?).to_owned())));
        }
        let name = name(text)?;
        let element = Element::read(name, text.get(name.len()..limit(text))?)?;
        let is_html = is_element(&name.to_lowercase()) && element.named(&["to", "href"]).is_none();
        if is_html || !element.is_single && !self.is_closed(name, at) {
            return None;
        }
        let (writing, close) = element.writing();
        if !element.is_single {
            self.open.entry(name).or_default().push(close);
        }
        Some((at + 1 + name.len() + element.length, writing))
    }

    fn is_closed(&mut self, name: &str, after: usize) -> bool {
        let body = self.body;
        let ends = self.ends.get_or_insert_with(|| ends(body));
        ends.get(name).is_some_and(|end| *end > after)
    }
}

fn ends(body: &str) -> HashMap<&str, usize> {
    let found = body.match_indices("</").filter_map(|(at, _)| Some((name(body.get(at + 2..)?)?, at)));
    found.collect()
}

/// The name of a component that `text` begins with: its first letter is a capital.
fn name(text: &str) -> Option<&str> {
    let known = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_');
    let end = text.find(|letter| !known(letter)).unwrap_or(text.len());
    text.get(..end.min(LONGEST)).filter(|name| name.starts_with(|first: char| first.is_ascii_uppercase()))
}

/// The bytes of `text` that an element may take.
fn limit(text: &str) -> usize {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// A component's first tag.
#[derive(Debug)]
struct Element<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    length: usize,
    is_single: bool,
}

impl<'a> Element<'a> {
    /// Reads what stands behind the name; none if it is no component's.
    fn read(name: &'a str, text: &'a str) -> Option<Self> {
        let mut attributes = Vec::new();
        let mut bare = 0;
        let mut rest = text;
        loop {
            let next = rest.trim_start();
            let end = if next.starts_with("/>") { Some(2) } else { next.starts_with('>').then_some(1) };
            if let Some(width) = end {
                let is_single = width == 2;
                let length = text.len() - next.len() + width;
                let plain = bare == 0 || !attributes.is_empty();
                return plain.then_some(Self { name, attributes, length, is_single });
            }
            if next.len() == rest.len() {
                return None;
            }
            let (key, value, after) = attribute(next)?;
            match value {
                Some(value) => attributes.push((key, value)),
                None => bare += 1,
            }
            rest = after;
        }
    }

    fn named(&self, keys: &[&str]) -> Option<&'a str> {
        self.attributes.iter().find(|(key, value)| keys.contains(key) && !value.is_empty()).map(|(_, value)| *value)
    }

    /// What it becomes, and what its end becomes.
    fn writing(&self) -> (Writing, &'static str) {
        if let Some(href) = self.named(&["href", "to"]).filter(|_| self.name == "Link") {
            let open = markup::link(href, "x");
            let open = open.strip_suffix("x</a>").unwrap_or_default();
            return (Writing::Inline(open.to_owned()), "</a>");
        }
        if let Some(source) = self.named(&["src"]).filter(|_| self.is_single) {
            return (Writing::Element(markup::image(source, self.named(&["alt", "title"]).unwrap_or_default())), "");
        }
        let id = self.named(&["id", "videoId", "youTubeId", "url"]);
        if let Some(writing) = markup::embedded(self.name, None, id, self.named(&["title"])) {
            return (writing, "");
        }
        match self.named(&["label", "title"]) {
            Some(words) => (Writing::Label(format!("<strong>{}</strong>", escaped(words))), ""),
            None => (Writing::Inline(String::new()), ""),
        }
    }
}

/// An attribute: its key, its value if it has one, and what follows.
fn attribute(text: &str) -> Option<(&str, Option<&str>, &str)> {
    if text.starts_with('{') {
        let (_, after) = braced(text)?;
        return Some(("", Some(""), after));
    }
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '_' | '-' | ':'))?;
    let (key, rest) = text.split_at_checked(end).filter(|(key, _)| !key.is_empty())?;
    let Some(value) = rest.strip_prefix('=') else {
        return Some((key, None, rest));
    };
    for quote in ['"', '\''] {
        if let Some(value) = value.strip_prefix(quote) {
            let (value, after) = value.split_once(quote)?;
            return Some((key, Some(value), after));
        }
    }
    let (value, after) = braced(value)?;
    Some((key, Some(value.trim_matches(['"', '\'', '`'])).filter(|value| is_literal(value)).or(Some("")), after))
}

/// Whether an expression was a text in quotes.
fn is_literal(value: &str) -> bool {
    !value.contains(['{', '(', '.']) || value.starts_with(['/', '.']) || value.contains("://")
}

/// What stands in the braces that `text` begins with, and what follows them.
fn braced(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => return None,
            _ => {}
        }
        if depth == 0 {
            return Some((text.get(1..at)?, text.get(at + 1..)?));
        }
    }
    None
}
