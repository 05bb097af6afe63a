//! The rules of `src/lib.rs`, read from the sources themselves: who may name what, and which way imports run.
//!
//! It knows paths and words, not types; comments, texts and test modules are left out before it looks.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the house from the ground up; whatever is none of them is the edge.
const ROOMS: [&str; 5] = ["text", "markdown", "blog", "app", "ui"];
/// The world, as nothing below the edge may know it.
const WORLD: [&str; 18] = [
    "std::fs",
    "std::env",
    "std::thread",
    "std::time",
    "std::io",
    "std::process",
    "std::net",
    "std::os",
    "std::sync::mpsc",
    "anyhow",
    "clap",
    "etcetera",
    "open",
    "portable_pty",
    "rustix",
    "signal_hook",
    "tempfile",
    "walkdir",
];
/// Words that reach the world without a path.
const WORLDLY: [&str; 7] = ["SystemTime", "Instant", "println", "eprintln", "print", "eprint", "unsafe"];
/// The screen, as only `ui` and the edge may know it.
const SCREEN: [&str; 2] = ["ratatui", "crossterm"];
/// What a painter may look at and must not touch.
const STATE: [&str; 12] = [
    "App",
    "View",
    "ListView",
    "TagsView",
    "ArticleView",
    "Overlay",
    "Panel",
    "Prompt",
    "Library",
    "History",
    "Keyboard",
    "Window",
];
/// Where `u16` stands for something else than a document's rows, and for what.
const OTHER_U16: [(&str, &str); 2] =
    [("blog/post.rs", "units of UTF-16, which are no counts"), ("cli.rs", "the range of --width, as clap parses it")];
/// Lines that a file may have without its tests.
const LONGEST: usize = 600;
/// Longer files, each with its excuse of today.
const TOO_LONG: [(&str, &str); 0] = [];

/// A source below `src/`.
struct Source {
    /// Its path below `src/`, with `/`.
    file: String,
    text: String,
}

impl Source {
    fn new(file: &str, text: &str) -> Self {
        Self { file: file.to_owned(), text: text.to_owned() }
    }

    /// Every source that is no test.
    fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        collect(&root, &mut files);
        files.sort();
        let read = |path: &PathBuf| {
            let file = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            Self { file, text: fs::read_to_string(path).unwrap() }
        };
        files.iter().map(read).filter(|source| !source.is_test()).collect()
    }

    fn is_test(&self) -> bool {
        let is_tests = |part: &str| part == "tests" || part == "tests.rs" || part.ends_with("_tests.rs");
        self.file.split('/').any(is_tests) || self.text.starts_with("#![cfg(test)]")
    }

    /// The module that the file is, from the crate's root.
    fn module(&self) -> Vec<&str> {
        let path = self.file.trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').filter(|part| !matches!(*part, "lib" | "main")).collect()
    }

    fn rank(&self) -> usize {
        rank(self.module().first().copied().unwrap_or_default())
    }

    fn is_below(&self, room: &str) -> bool {
        self.module().first() == Some(&room)
    }

    /// Every breach of a rule, told with its place.
    fn breaches(&self) -> Vec<String> {
        let code = code(&self.text);
        let words = words(&code);
        let paths = paths(&words);
        let mut breaches: Vec<(usize, String)> = Vec::new();
        for (line, path) in &paths {
            breaches.extend(self.world(path).map(|rule| (*line, rule)));
            breaches.extend(self.direction(path).map(|rule| (*line, rule)));
            breaches.extend(self.named_once(path).map(|rule| (*line, rule)));
        }
        for (line, word) in &words {
            breaches.extend(self.word(word).map(|rule| (*line, rule)));
        }
        for three in words.windows(3) {
            let [(line, one), (_, two), (_, three)] = three else { continue };
            if self.is_below("ui") && one == "&" && two == "mut" && STATE.contains(&three.as_str()) {
                breaches.push((*line, format!("&mut {three}: ui changes nothing, it gets &App")));
            }
        }
        breaches.sort();
        breaches.dedup();
        breaches.into_iter().map(|(line, rule)| format!("src/{}:{line}: {rule}", self.file)).collect()
    }

    /// Rule 1, and its weaker form for `ui`.
    fn world(&self, path: &[String]) -> Option<String> {
        if self.rank() == ROOMS.len() {
            return None;
        }
        let begins = |name: &&str| {
            let parts: Vec<&str> = name.split("::").collect();
            path.len() >= parts.len() && path.iter().zip(&parts).all(|(one, other)| one == other)
        };
        if path.len() > 1 && path.last().is_some_and(|part| part == "now") {
            return Some(format!("{}: a pure room asks no clock", path.join("::")));
        }
        // A path of one part may be a function of our own called `open`; a crate is named to take something from it.
        let world = WORLD.iter().find(|name| path.len() > 1 && begins(name));
        let screen = SCREEN.iter().find(|name| !self.is_below("ui") && begins(name));
        let (name, what) = world.map(|name| (name, "the world")).or(screen.map(|name| (name, "the screen")))?;
        Some(format!("{name}: a pure room names nothing of {what}"))
    }

    /// Rule 2.
    fn direction(&self, path: &[String]) -> Option<String> {
        let room = self.room_named_by(path)?;
        let above = rank(&room) > self.rank();
        above.then(|| format!("crate::{room}: imports run text ← markdown ← blog ← app ← ui ← the edge"))
    }

    /// The part of this crate that a path leads to, where it is not the file's own.
    fn room_named_by(&self, path: &[String]) -> Option<String> {
        let mut module = self.module();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" | "reread" if path.len() > 1 => {
                module.clear();
                rest = rest.get(1..)?;
            }
            "super" => {
                while rest.first().is_some_and(|part| part == "super") {
                    module.pop();
                    rest = rest.get(1..)?;
                }
            }
            _ => return None,
        }
        let first = module.first().map(|part| (*part).to_owned()).or_else(|| rest.first().cloned())?;
        Some(if first == "clean" { "text".to_owned() } else { first })
    }

    /// Rule 4: libraries that one place has to itself.
    fn named_once(&self, path: &[String]) -> Option<String> {
        let starts = |names: &[&str]| path.len() > names.len().min(1) && path.iter().zip(names).all(|(a, b)| a == b);
        for (names, owner) in [
            (&["serde_yaml"][..], "blog::front"),
            (&["open"], "browser"),
            (&["syntect"], "markdown::code"),
            (&["two_face"], "markdown::code"),
        ] {
            if (starts(names) || path == names && names == ["serde_yaml"]) && !self.belongs_to(owner) {
                return Some(format!("{}: only {owner} names it", names.join("::")));
            }
        }
        let events = path.len() > 1 && starts(&["crossterm", "event"]);
        (events && !self.belongs_to("runtime")).then(|| "crossterm::event: only runtime names it".to_owned())
    }

    /// Rules 1, 4 and 5: words that need no path.
    fn word(&self, word: &str) -> Option<String> {
        if self.rank() < ROOMS.len() && WORLDLY.contains(&word) {
            return Some(format!("{word}: a pure room has no clock and no output, and nothing unsafe"));
        }
        if word == "Serialize" && !["cli", "cache", "state"].iter().any(|room| self.belongs_to(room)) {
            return Some("Serialize: only cli, cache and state derive it".to_owned());
        }
        let paints = self.is_below("ui") || self.is_below("terminal");
        if word == "u16" && !paints && OTHER_U16.iter().all(|(file, _)| *file != self.file) {
            return Some("u16: only where cells are painted or the terminal is asked; rows are usize".to_owned());
        }
        None
    }

    fn belongs_to(&self, module: &str) -> bool {
        self.module().join("::").starts_with(module)
    }

    /// Lines without test modules.
    fn length(&self) -> usize {
        let code = code(&self.text);
        let tested = code.lines().zip(self.text.lines()).filter(|(code, _)| code.starts_with(TESTED)).count();
        self.text.lines().count() - tested
    }
}

fn rank(room: &str) -> usize {
    ROOMS.iter().position(|known| *known == room).unwrap_or(ROOMS.len())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// What a line of a test module is replaced by.
const TESTED: &str = "\u{1}";

/// The code with nothing in the place of comments, texts and characters, and test modules marked; lines stay lines.
fn code(text: &str) -> String {
    without_tests(&without_texts(text))
}

fn without_texts(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = skipped(rest, code.chars().next_back());
        if skipped == 0 {
            code.push(first);
            rest = rest.get(first.len_utf8()..).unwrap();
        } else {
            let (gone, after) = rest.split_at(skipped);
            code.extend(gone.chars().filter(|character| *character == '\n'));
            code.push(' ');
            rest = after;
        }
    }
    code
}

/// Bytes of the comment, the text or the character that `rest` begins with.
fn skipped(rest: &str, before: Option<char>) -> usize {
    let to = |end: &str, from: usize| rest.get(from..).and_then(|rest| rest.find(end)).map(|at| from + at + end.len());
    let in_word = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return to("*/", 2).unwrap_or(rest.len());
    }
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')).filter(|_| !in_word);
    if let Some(raw) = raw {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw.get(hashes..).is_some_and(|raw| raw.starts_with('"')) {
            let from = rest.len() - raw.len() + hashes + 1;
            return to(&format!("\"{}", "#".repeat(hashes)), from).unwrap_or(rest.len());
        }
    }
    if rest.starts_with('"') {
        return quoted(rest);
    }
    character(rest)
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `'a'` and `'\n'`, but not the lifetime `'a`.
fn character(rest: &str) -> usize {
    let mut letters = rest.char_indices();
    match (letters.next(), letters.next(), letters.next()) {
        (Some((_, '\'')), Some((_, '\\')), Some((at, _))) => {
            rest.get(at + 1..).and_then(|rest| rest.find('\'')).map_or(0, |end| at + 1 + end + 1)
        }
        (Some((_, '\'')), Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

/// Marks every line of an item behind `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        let (before, item) = rest.split_at(at);
        out.push_str(before);
        let end = item_end(item);
        let (tested, after) = item.split_at(end);
        out.push_str(TESTED);
        out.push_str(&"\n".repeat(tested.matches('\n').count()).replace('\n', &format!("\n{TESTED}")));
        rest = after;
    }
    out + rest
}

/// Bytes up to the brace or the semicolon that ends the item.
fn item_end(item: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in item.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    item.len()
}

/// Names, `::` and every other sign, each with its line.
fn words(code: &str) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    for (at, line) in code.lines().enumerate() {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
            let length = if is_name(first) {
                rest.find(|letter| !is_name(letter)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            let (word, after) = rest.split_at(length);
            if !first.is_whitespace() && word != TESTED {
                words.push((at + 1, word.to_owned()));
            }
            rest = after;
        }
    }
    words
}

/// Every path, those of grouped imports written out.
fn paths(words: &[(usize, String)]) -> Vec<(usize, Vec<String>)> {
    let mut paths = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut imports = false;
    let mut joined = false;
    for (line, word) in words {
        let is_name = word.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
        match word.as_str() {
            "use" => (imports, path) = (true, Vec::new()),
            "::" => joined = true,
            "{" if imports && joined => {
                groups.push(path.clone());
                joined = false;
            }
            "," if imports => path = groups.last().cloned().unwrap_or_default(),
            "}" if imports && !groups.is_empty() => {
                groups.pop();
                path = Vec::new();
            }
            _ if is_name => {
                if !(joined || imports && groups.last().is_some_and(|group| *group == path)) {
                    path = Vec::new();
                }
                path.push(word.clone());
                paths.push((*line, path.clone()));
                joined = false;
            }
            _ => {
                joined = false;
                path = Vec::new();
                if word == ";" {
                    imports = false;
                    groups.clear();
                }
            }
        }
    }
    paths
}

#[test]
fn the_rooms_keep_their_rules() {
    let breaches: Vec<String> = Source::all().iter().flat_map(Source::breaches).collect();
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn the_rules_are_those_that_the_library_lists() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let listed = library.lines().filter_map(|line| line.strip_prefix("//! ")?.split_once(". "));
    let numbers: Vec<&str> = listed.map(|(number, _)| number).filter(|number| number.parse::<u8>().is_ok()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5"], "src/lib.rs lists rules that this file does not check");
    for word in ["rayon", "serde_yaml", "crossterm", "`open`", "Serialize", "u16", "&App"] {
        assert!(library.contains(word), "src/lib.rs no longer speaks of {word}");
    }
}

#[test]
fn every_exception_is_still_needed() {
    let sources = Source::all();
    let text = |file: &str| {
        let source = sources.iter().find(|source| source.file == file);
        code(&source.unwrap_or_else(|| panic!("src/{file} is gone")).text)
    };
    for (file, reason) in OTHER_U16 {
        let used = words(&text(file)).iter().any(|(_, word)| word == "u16");
        assert!(used, "src/{file} no longer needs u16 for {reason}");
    }
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> =
        Source::all().into_iter().filter(|source| !source.text.starts_with("//! ")).map(|source| source.file).collect();
    assert!(silent.is_empty(), "these files of src do not begin with //!: {silent:?}");
}

#[test]
fn no_file_is_long() {
    for source in Source::all() {
        let (length, file) = (source.length(), &source.file);
        let excused = TOO_LONG.iter().find(|(excused, _)| excused == file);
        match excused {
            None => assert!(length <= LONGEST, "src/{file} has {length} lines without its tests; split it"),
            Some((_, excuse)) => assert!(length > LONGEST, "src/{file} is short now; it needs no excuse ({excuse})"),
        }
    }
}

#[test]
fn every_dependency_says_what_for() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let mut section = String::new();
    let mut before = "";
    for (at, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            line.clone_into(&mut section);
        } else if section.contains("dependencies") && line.contains('=') {
            let sentence = before.strip_prefix("# ").is_some_and(|sentence| sentence.ends_with('.'));
            assert!(sentence, "Cargo.toml:{}: no sentence above says what for: {line}", at + 1);
        }
        before = line;
    }
}

#[test]
fn the_checker_sees_what_it_is_there_for() {
    for (file, text, place, rule) in [
        ("text.rs", "use std::fs;", 1, "std::fs: a pure room names nothing of the world"),
        ("markdown/a.rs", "\nuse std::{fmt, io::{self, Read}};", 2, "std::io: a pure room names nothing of the world"),
        (
            "blog/a.rs",
            "fn f() { std::thread::spawn(|| ()); }",
            1,
            "std::thread: a pure room names nothing of the world",
        ),
        ("app/a.rs", "use std::time::Duration;", 1, "std::time: a pure room names nothing of the world"),
        ("app/mod.rs", "fn f(frame: ratatui::Frame) {}", 1, "ratatui: a pure room names nothing of the screen"),
        ("app/mod.rs", "fn f(now: u8) { Zoned::now(); }", 1, "Zoned::now: a pure room asks no clock"),
        ("ui/a.rs", "fn f() { std::env::var(name); }", 1, "std::env: a pure room names nothing of the world"),
        ("text.rs", "use crate::markdown::Row;", 1, RUN[0]),
        ("markdown/a.rs", "use crate::{\n    text,\n    blog::post,\n};", 3, RUN[1]),
        ("blog/a/b.rs", "use super::super::super::app::App;", 1, RUN[2]),
        ("app/mod.rs", "use super::ui;", 1, RUN[3]),
        ("ui/a.rs", "use crate::cli;", 1, "crate::cli: imports run text ← markdown ← blog ← app ← ui ← the edge"),
        ("ui/a.rs", "fn f(app: &mut App) {}", 1, "&mut App: ui changes nothing, it gets &App"),
        ("cli.rs", "use serde_yaml;", 1, "serde_yaml: only blog::front names it"),
        ("blog/post.rs", "fn f() { serde_yaml::from_str(x) }", 1, "serde_yaml: only blog::front names it"),
        ("terminal.rs", "use crossterm::{event, style};", 1, "crossterm::event: only runtime names it"),
        ("runtime.rs", "fn f() { open::that(x) }", 1, "open: only browser names it"),
        ("config.rs", "#[derive(Debug, Serialize)]", 1, "Serialize: only cli, cache and state derive it"),
        ("runtime.rs", "x: u16", 1, "u16: only where cells are painted or the terminal is asked; rows are usize"),
    ] {
        assert_eq!(Source::new(file, text).breaches(), [format!("src/{file}:{place}: {rule}")], "{text}");
    }
}

const RUN: [&str; 4] = [
    "crate::markdown: imports run text ← markdown ← blog ← app ← ui ← the edge",
    "crate::blog: imports run text ← markdown ← blog ← app ← ui ← the edge",
    "crate::app: imports run text ← markdown ← blog ← app ← ui ← the edge",
    "crate::ui: imports run text ← markdown ← blog ← app ← ui ← the edge",
];

#[test]
fn the_checker_does_not_see_what_is_not_there() {
    for (file, text) in [
        ("text.rs", "// use std::fs;\n/* std::io */\nconst X: &str = \"std::env \\\" u16\";"),
        ("text.rs", "const X: &str = r#\"use \"std::fs\";\"#; const Y: char = '\"'; fn f<'a>(x: &'a str) {}"),
        ("text.rs", "#[cfg(test)]\nmod tests {\n    use std::fs;\n    fn f() { u16 }\n}"),
        ("text.rs", "#[cfg(test)]\nmod tests;\nuse std::borrow::Cow;"),
        ("ui/a.rs", "use crate::app::App; use ratatui::Frame; fn f(x: u16, app: &App, pen: &mut Pen) {}"),
        ("blog/a.rs", "use super::post; use rayon::prelude::*; use crate::clean;"),
        ("app/a.rs", "fn open() {} fn f() { open(); self.open(); Self::open(); }"),
        ("cli.rs", "use std::io::{self, Write}; use crate::ui::ansi; use serde::Serialize;"),
    ] {
        assert_eq!(Source::new(file, text).breaches(), Vec::<String>::new(), "{text}");
    }
}
