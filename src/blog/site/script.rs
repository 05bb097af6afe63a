//! Settings of a configuration that is a program: a plain text in quotes or a flag on a line of its own, and Python's
//! lists of texts.
//!
//! It runs nothing of it and follows no variable. What is not written out is not known, and the generator's default holds.

use std::collections::HashSet;

use crate::blog::front::{Fields, Value};

/// Languages of such configurations, by the endings of their files.
const LANGUAGES: [&str; 8] = ["js", "mjs", "cjs", "ts", "mts", "cts", "py", "rb"];
/// Lines that are looked at; real ones have a tenth of them.
const LINES: usize = 10_000;

/// Settings that are kept; whoever asks for one looks through them.
const SETTINGS: usize = 2_000;

/// Texts of one list that are kept.
const ITEMS: usize = 200;

/// Whether a file of this name is a program.
pub fn is_script(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| LANGUAGES.contains(&ending))
}

/// What `key: 'text'`, `KEY = "text"` and `blog.key = "text"` set; the first of a name counts, because a site names
/// itself before its parts. `activate :name` of Middleman sets `name`.
pub fn settings(text: &str) -> Fields {
    let mut known = HashSet::new();
    let blog = block(text, "blog").map(|found| ("blog".to_owned(), Value::Map(found)));
    let found = blog.into_iter().chain(lists(text)).chain(text.lines().take(LINES).flat_map(of_line));
    Fields::new(found.filter(|(key, _)| known.insert(key.clone())).take(SETTINGS).collect())
}

/// The settings of the first block `name: { … }`.
fn block(text: &str, name: &str) -> Option<Vec<(String, Value)>> {
    let mut lines = text.lines().take(LINES);
    let mut line = lines.find_map(|line| opened(line, name))?;
    let (mut found, mut depth) = (Vec::new(), 1_usize);
    loop {
        let is_outer = depth == 1;
        for letter in line.chars() {
            match letter {
                '{' if depth > 0 => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if is_outer && found.len() < SETTINGS {
            found.extend(of_line(line));
        }
        match lines.next().filter(|_| depth > 0) {
            Some(next) => line = next,
            None => return Some(found),
        }
    }
}

/// What follows `name: {` on its line.
fn opened<'t>(line: &'t str, name: &str) -> Option<&'t str> {
    let (key, value) = line.split_once(':')?;
    let is_called = key.trim().trim_matches(['"', '\'']) == name;
    value.trim_start().strip_prefix('{').filter(|_| is_called)
}

/// What `NAME = ['text', …]` and `NAME = (('text', …), …)` list, over as many lines as it takes: the texts in their order,
/// whatever lies within what.
fn lists(text: &str) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut lines = text.lines().take(LINES);
    while let Some(line) = lines.next() {
        let Some((name, opened)) = line.split_once('=').map(|(name, opened)| (name.trim_end(), opened.trim_start()))
        else {
            continue;
        };
        let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
        if !is_name || !opened.starts_with(['[', '(']) {
            continue;
        }
        let mut items = Vec::new();
        let mut depth = listed(opened, 0, &mut items);
        while let Some(line) = Some(depth).filter(|depth| *depth > 0).and_then(|_| lines.next()) {
            depth = listed(line, depth, &mut items);
        }
        found.push((name.to_owned(), Value::List(items)));
    }
    found
}

/// Takes the texts of a line of a list; how many brackets are open behind it.
fn listed(line: &str, mut depth: usize, items: &mut Vec<Value>) -> usize {
    let mut rest = line;
    while let Some(letter) = rest.chars().next().filter(|letter| *letter != '#') {
        if let Some((text, behind)) = quoted(rest) {
            if items.len() < ITEMS {
                items.push(Value::Text(text.to_owned()));
            }
            rest = behind;
            continue;
        }
        match letter {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
    }
    depth
}

/// The settings of one line: several where a table is written in one.
fn of_line(line: &str) -> Vec<(String, Value)> {
    let line = line.trim();
    if line.starts_with(['#', '*']) || line.starts_with("//") {
        return Vec::new();
    }
    if let Some(extension) = line.strip_prefix("activate :") {
        let name = extension.split(|letter: char| !is_word(letter)).next().unwrap_or_default();
        return vec![(name.to_owned(), Value::Bool(true))];
    }
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find([':', '=']) {
        let (before, after) = rest.split_at(at);
        let after = after.trim_start_matches([':', '=']);
        let key = before.trim_end().trim_end_matches(['"', '\'']);
        let key = key.rsplit(|letter: char| !is_word(letter)).next().unwrap_or_default();
        rest = after;
        if let Some((text, behind)) = quoted(after.trim_start()) {
            rest = behind;
            if !key.is_empty() {
                found.push((key.to_owned(), Value::Text(text.to_owned())));
            }
        } else if let Some(flag) = flag(after).filter(|_| !key.is_empty()) {
            found.push((key.to_owned(), Value::Bool(flag)));
        }
    }
    found
}

/// A flag that stands alone, as Python, JavaScript and Ruby write it.
fn flag(text: &str) -> Option<bool> {
    match text.split(['#', ',', ';', '}', '/']).next()?.trim() {
        "True" | "true" => Some(true),
        "False" | "false" => Some(false),
        _ => None,
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// A text in quotes without a place for a value in it, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix(['u', 'r']).filter(|rest| rest.starts_with(['"', '\''])).unwrap_or(text);
    let quote = text.chars().next().filter(|letter| ['"', '\'', '`'].contains(letter))?;
    let (inside, behind) = text.get(1..)?.split_once(quote)?;
    (!inside.contains("${") && !inside.contains("#{") && !inside.ends_with('\\')).then_some((inside, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_quotes_are_read_and_nothing_is_run() {
        let python = settings("SITEURL = 'https://a.example'\nPATH = \"content\"\nX = 'a' + 'b'\n# SITENAME = 'no'\n");
        assert_eq!(python.text(&["SITEURL"]).as_deref(), Some("https://a.example"));
        assert_eq!((python.text(&["path"]).as_deref(), python.text(&["sitename"])), (Some("content"), None));
        let script = settings("const config = {\n  title: 'Mine',\n  url: `https://${host}`,\n  // base: '/no/',\n");
        assert_eq!((script.text(&["title"]).as_deref(), script.text(&["url"])), (Some("Mine"), None));
        let one_line = settings("return { dir: { input: \"src\", output: \"_site\" } };");
        assert_eq!(
            (one_line.text(&["input"]).as_deref(), one_line.text(&["output"]).as_deref()),
            (Some("src"), Some("_site"))
        );
        let ruby = settings("activate :blog do |blog|\n  blog.prefix = \"news\"\nend\nactivate :directory_indexes\n");
        assert_eq!((ruby.text(&["prefix"]).as_deref(), ruby.flag(&["directory_indexes"])), (Some("news"), Some(true)));
    }

    #[test]
    fn lists_and_flags_of_a_program_are_read() {
        let python = settings(
            "PATHS = ['one', \"two\"]  # ['no']\nPOSTS = (\n    (\"posts/*.md\", \"a\", \"x\"),  # (\n    # ('no',)\n)\nPRETTY = False\nUGLY = True # yes\nX = a()\n",
        );
        assert_eq!(python.list(&["PATHS"]), ["one", "two"]);
        assert_eq!(python.list(&["POSTS"]), ["posts/*.md", "a", "x"]);
        assert_eq!(
            (python.flag(&["PRETTY"]), python.flag(&["UGLY"]), python.flag(&["X"])),
            (Some(false), Some(true), None)
        );
        let script = settings("export default {\n  trailingSlash: true,\n  draft: { on: false },\n};");
        assert_eq!((script.flag(&["trailingSlash"]), script.flag(&["on"])), (Some(true), Some(false)));
        let preset = "docs: {\n  path: 'a',\n},\nblog: {\n  feed: {\n    path: 'b',\n  },\n  path: 'news',\n},\npages: {\n  id: 'c',\n}\n";
        assert_eq!(settings(preset).text(&["blog.path"]).as_deref(), Some("news"));
        assert_eq!((settings(preset).text(&["blog.id"]), settings("blog: {").text(&["blog.path"])), (None, None));
        assert!(settings("OPEN = ['a',\n\n(((\n").list(&["OPEN"]) == ["a"]);
    }

    #[test]
    fn odd_lines_are_survived() {
        for line in ["=", "a='", "''''=:=':'", "\u{301}:\u{301}'", "ключ = \"значение\"", "a: '\\'b'", "`:`"]
        {
            settings(line);
        }
    }
}
