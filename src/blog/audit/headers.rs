//! On which line of a post's front matter something stands. Each file is read once, and never looked through without end.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::blog::post::{Key, Post};

/// The headers of the posts in which something is wrong.
pub(super) struct Headers<'a> {
    source: &'a dyn Fn(&Key) -> Option<String>,
    read: RefCell<HashMap<Key, Header>>,
}

struct Header {
    lines: Vec<String>,
    /// How often it is still looked through: a header may have very many faults.
    left: usize,
}

/// How often the header of one post is looked through.
const LOOKS: usize = 100;

impl<'a> Headers<'a> {
    pub(super) fn new(source: &'a dyn Fn(&Key) -> Option<String>) -> Self {
        Self { source, read: RefCell::default() }
    }

    /// The first line that has this word, in a field of one of these names if there is one; else that field's, else the file's
    /// first.
    pub(super) fn line(&self, post: &Post, fields: &[&str], word: &str) -> usize {
        let mut read = self.read.borrow_mut();
        let header = read.entry(post.key.clone()).or_insert_with(|| {
            let source = (self.source)(&post.key).unwrap_or_default();
            let lines = source.lines().take(post.line_of(0).saturating_sub(1)).map(str::to_owned).collect();
            Header { lines, left: LOOKS }
        });
        if header.left == 0 {
            return 1;
        }
        header.left -= 1;
        let lines = &header.lines;
        let field = lines.iter().position(|line| is_field(line, fields));
        let from = field.unwrap_or(0);
        let below = lines.iter().skip(from).position(|line| has_word(line, word)).map(|at| from + at);
        1 + below.or_else(|| lines.iter().position(|line| has_word(line, word))).or(field).unwrap_or(0)
    }
}

fn is_field(line: &str, fields: &[&str]) -> bool {
    let line = line.trim_start_matches([' ', '\t', '"', '{', '.', ':', '#']).to_lowercase();
    fields.iter().any(|field| {
        line.strip_prefix(field).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
    })
}

/// Whether the word stands there and is no part of another.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|after| after.chars().next());
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::site::Site;

    #[test]
    fn the_line_is_that_of_the_word_in_its_field() {
        let text = "---\ntitle: Go\n# tags of mine\ntags:\n- Gopher\n- Go\nslug: x\n---\nGo\n";
        let (post, _) = Post::read("a.md", text.as_bytes().to_vec(), &Site::plain());
        let source = |_: &Key| Some(text.to_owned());
        let headers = Headers::new(&source);
        for (fields, word, line) in
            [(&["tags"][..], "Go", 6), (&["title"], "Go", 2), (&["slug"], "y", 7), (&["none"], "y", 1)]
        {
            assert_eq!(headers.line(&post, fields, word), line, "{fields:?} {word}");
        }
        let gone = |_: &Key| None;
        assert_eq!(Headers::new(&gone).line(&post, &["tags"], "Go"), 1);
    }

    #[test]
    fn a_header_with_very_many_faults_keeps_nobody_waiting() {
        let text = format!("---\ntags: [{}]\n---\n", "x, ".repeat(10_000));
        let (post, _) = Post::read("a.md", text.clone().into_bytes(), &Site::plain());
        let source = |_: &Key| Some(text.clone());
        let headers = Headers::new(&source);
        let lines: Vec<usize> = (0..10_000).map(|_| headers.line(&post, &["tags"], "y")).collect();
        assert_eq!((lines.first(), lines.last()), (Some(&2), Some(&1)));
    }
}
