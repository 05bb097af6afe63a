//! Settings of a configuration that is a program: only those that are a plain text in quotes on a line of their own.
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

/// Whether a file of this name is a program.
pub fn is_script(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| LANGUAGES.contains(&ending))
}

/// What `key: 'text'`, `KEY = "text"` and `blog.key = "text"` set; the first of a name counts, because a site names
/// itself before its parts. `activate :name` of Middleman sets `name`.
pub fn settings(text: &str) -> Fields {
    let mut known = HashSet::new();
    let found = text.lines().take(LINES).flat_map(of_line);
    Fields::new(found.filter(|(key, _)| known.insert(key.clone())).take(SETTINGS).collect())
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
        }
    }
    found
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
    fn odd_lines_are_survived() {
        for line in ["=", "a='", "''''=:=':'", "\u{301}:\u{301}'", "ключ = \"значение\"", "a: '\\'b'", "`:`"]
        {
            settings(line);
        }
    }
}
