//! Finds where the front matter of a post ends and its text begins.
//! It looks at no more than the first 64 KiB, and takes a rule for a fence only when what follows looks like fields.

use std::iter;
use std::ops::Range;

use crate::blog::fault::{Complaint, Rule};
use crate::blog::salvage;
use crate::text::Clean;

/// Bytes that a header may have; the search for its end stops there.
pub const LIMIT: usize = 64 * 1024;

/// What holds the fields, and thereby their language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Between `---` and `---` or `...`.
    Yaml,
    /// Between `+++` and `+++`.
    Toml,
    /// One object, braces included.
    Json,
}

/// The parts of a file, as ranges of its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// None where all of the file is body.
    pub container: Option<Container>,
    /// What lies within the fences, or the whole JSON object.
    pub header: Range<usize>,
    /// The line of the file, counted from 1, that the header begins on.
    pub header_line: usize,
    /// Where the body starts; behind a byte order mark at least.
    pub body: usize,
    /// What is wrong with the fences. What is wrong between them, `read` says.
    pub complaints: Vec<Complaint>,
}

/// Splits a file's text into its front matter and its body.
pub fn split(text: &str) -> Split {
    let mark = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let all_body = Split { body: mark, header: mark..mark, header_line: 1, ..Split::default() };
    let Some((before, first)) = lines(text, mark).enumerate().find(|(_, line)| !line.text.trim().is_empty()) else {
        return all_body;
    };
    let opening = Opening { first, line: before + 1, all_body };
    let found = fenced(text, &opening, Container::Yaml).or_else(|| fenced(text, &opening, Container::Toml));
    found.or_else(|| json(text, &opening)).unwrap_or(opening.all_body)
}

/// The first line that is not blank, and what to say if it opens nothing.
struct Opening<'t> {
    first: Line<'t>,
    line: usize,
    all_body: Split,
}

impl Opening<'_> {
    fn unclosed(&self, end: &str) -> Split {
        let complaint = Complaint {
            line: Some(self.line),
            rule: Rule::FrontMatter,
            fault: Clean::literal("front matter is not closed in the first 64 KiB"),
            remedy: Clean::prose(&format!("end it with {end}")),
        };
        Split { complaints: vec![complaint], ..self.all_body.clone() }
    }
}

/// Front matter between two lines that hold nothing but a fence.
fn fenced(text: &str, opening: &Opening<'_>, container: Container) -> Option<Split> {
    let (fence, ends, separator): (_, &[&str], _) = match container {
        Container::Yaml => ("---", &["---", "..."], ':'),
        Container::Toml => ("+++", &["+++"], '='),
        Container::Json => return None,
    };
    if opening.first.text.trim_end() != fence {
        return None;
    }
    let start = opening.first.next;
    let mut inside = lines(text, start).take_while(|line| line.start - start <= LIMIT);
    let Some(close) = inside.find(|line| ends.contains(&line.text.trim_end())) else {
        return begins_with_a_field(text.get(start..)?, separator).then(|| opening.unclosed(fence));
    };
    let header = start..close.start;
    let held = text.get(header.clone())?;
    if !is_empty(held) && container == Container::Yaml && !begins_with_a_field(held, separator) {
        return None;
    }
    let split = Split {
        container: Some(container),
        header,
        header_line: opening.line + 1,
        body: close.next,
        ..Split::default()
    };
    Some(without_second_block(text, split, fence, separator))
}

/// A second block of fields right behind the first is no text to show.
fn without_second_block(text: &str, mut split: Split, fence: &str, separator: char) -> Split {
    let Some(open) = lines(text, split.body).find(|line| !line.text.trim().is_empty()) else { return split };
    let only_fields = |line: &Line<'_>| {
        line.text.is_empty()
            || line.text.starts_with([' ', '#', '-'])
            || salvage::member(line.text, separator).is_some()
    };
    let mut inside = lines(text, open.next).take_while(|line| line.start - open.next <= LIMIT);
    let end = inside.find(|line| line.text.trim_end() == fence || !only_fields(line));
    let Some(close) = end.filter(|line| open.text.trim_end() == fence && line.text.trim_end() == fence) else {
        return split;
    };
    let fields = lines(text, open.next).take_while(|line| line.start < close.start);
    if fields.filter(|line| salvage::member(line.text, separator).is_some()).count() >= 2 {
        let skipped = text.get(..open.start).map_or(0, |before| lines(before, 0).count());
        split.complaints.push(Complaint {
            line: Some(skipped + 1),
            rule: Rule::FrontMatter,
            fault: Clean::literal("a second block of front matter follows the first"),
            remedy: Clean::literal("it is ignored, move its fields into the first"),
        });
        split.body = close.next;
    }
    split
}

fn json(text: &str, opening: &Opening<'_>) -> Option<Split> {
    let start = opening.first.start;
    let object = text.get(start..)?;
    let inside = object.strip_prefix('{')?.trim_start();
    if !inside.starts_with('"') {
        return None;
    }
    let Some(length) = object_length(object) else {
        return begins_with_a_field(inside, ':').then(|| opening.unclosed("}"));
    };
    let end = start + length;
    let body = lines(text, end).next().filter(|line| line.text.trim().is_empty()).map_or(end, |line| line.next);
    let (container, header) = (Some(Container::Json), start..end);
    Some(Split { container, header, header_line: opening.line, body, ..Split::default() })
}

/// Bytes up to the brace that closes the first one, braces in strings aside.
fn object_length(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate().take(LIMIT) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn is_empty(header: &str) -> bool {
    lines(header, 0).all(|line| line.text.trim().is_empty() || line.text.starts_with('#'))
}

/// Whether the first line that says anything is a field; templates before it may say what they like.
fn begins_with_a_field(header: &str, separator: char) -> bool {
    let silent = |text: &str| text.trim().is_empty() || ["#", "{{", "{%"].iter().any(|mark| text.starts_with(mark));
    let first = lines(header, 0).find(|line| !silent(line.text));
    let member = first.and_then(|line| salvage::member(line.text, separator));
    member.is_some_and(|(key, _)| key.split_whitespace().count() <= 3)
}

/// A line of the file without its end, which may be LF, CR LF or CR.
struct Line<'t> {
    start: usize,
    next: usize,
    text: &'t str,
}

fn lines(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut start = from;
    iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let end = rest.bytes().position(|byte| byte == b'\n' || byte == b'\r').unwrap_or(rest.len());
        let ending = if rest.get(end..)?.starts_with("\r\n") { 2 } else { usize::from(end < rest.len()) };
        let line = Line { start, next: start + end + ending, text: rest.get(..end)? };
        start = line.next;
        Some(line)
    })
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a range off the text is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_found_in_every_container() {
        let files = [
            ("---\ntitle: a\n---\nbody", Container::Yaml, "title: a\n", 2, "body"),
            ("--- \ntitle: a\n--- \nbody", Container::Yaml, "title: a\n", 2, "body"),
            ("---\ntitle: a\n...\nbody", Container::Yaml, "title: a\n", 2, "body"),
            ("\u{feff}---\r\ntitle: a\r\n---\r\nbody", Container::Yaml, "title: a\r\n", 2, "body"),
            ("---\rtitle: a\r---\rbody", Container::Yaml, "title: a\r", 2, "body"),
            ("\n\n---\ntitle: a\n---\nbody", Container::Yaml, "title: a\n", 4, "body"),
            ("---\n---\nbody", Container::Yaml, "", 2, "body"),
            ("---\n\n# nothing yet\n---", Container::Yaml, "\n# nothing yet\n", 2, ""),
            (
                "---\n{{- $a := 1 -}}\ntitle: {{ .T }}\n---\n",
                Container::Yaml,
                "{{- $a := 1 -}}\ntitle: {{ .T }}\n",
                2,
                "",
            ),
            ("---\nbad yaml: [\n---\nbody", Container::Yaml, "bad yaml: [\n", 2, "body"),
            ("\n+++\ntitle = 'a'\n+++\nbody", Container::Toml, "title = 'a'\n", 3, "body"),
            ("\u{feff}+++\n+++\nbody", Container::Toml, "", 2, "body"),
            ("+++\na = 1\n---\nb = 2\n+++\nbody", Container::Toml, "a = 1\n---\nb = 2\n", 2, "body"),
            ("{\n \"t\": \"} \\\" {\"\n}\nbody", Container::Json, "{\n \"t\": \"} \\\" {\"\n}", 1, "body"),
            ("{\"t\": {\"u\": 1}} body", Container::Json, "{\"t\": {\"u\": 1}}", 1, " body"),
        ];
        for (text, container, header, line, body) in files {
            let split = split(text);
            assert_eq!(split.container, Some(container), "{text}");
            assert_eq!((&text[split.header.clone()], split.header_line), (header, line), "{text}");
            assert_eq!(&text[split.body..], body, "{text}");
            assert!(split.complaints.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_rule_is_not_a_fence() {
        let bodies = [
            "",
            "\n \n",
            "---",
            "---\n",
            "---\nby the gardener\n",
            "---\n\nWords between two rules.\n\n---\nmore",
            "---\n- a\n- b\n---\n",
            "---js\nlet title = 1\n---\n",
            "text\n---\ntitle: a\n---\n",
            "```\n---\ntitle: a\n---\n```",
            "    ---\ntitle: a\n---\n",
            "{% include a.html %}\n",
            "{: .lead }\ntext",
            "+++\nnot fields",
            "----\ntitle: a\n----\n",
        ];
        for text in bodies {
            assert_eq!(split(text), Split { header_line: 1, ..Split::default() }, "{text}");
        }
        assert_eq!(split("\u{feff}text").body, 3, "the mark is no text");
    }

    #[test]
    fn an_open_fence_is_told_and_all_of_the_file_is_shown() {
        let far = format!("---\ntitle: a\n{}---\n", "words\n".repeat(12_000));
        let files = ["---\ntitle: a\n\ntext\n", "\n+++\ntitle = 'a'\ntext", "{\"title\": \"a\"\ntext", far.as_str()];
        for (text, line) in files.into_iter().zip([1, 2, 1, 1]) {
            let split = split(text);
            assert_eq!((split.container, split.body), (None, 0), "{line}");
            let lines: Vec<_> = split.complaints.iter().map(|complaint| complaint.line).collect();
            assert_eq!(lines, [Some(line)]);
        }
    }

    #[test]
    fn a_second_block_is_not_shown_but_a_rule_is() {
        let text = "---\ntitle: a\n---\n\n---\ntitle: b\ntags:\n- c\n---\nbody";
        let twice = split(text);
        assert_eq!((&text[twice.header.clone()], &text[twice.body..]), ("title: a\n", "body"));
        assert_eq!(twice.complaints.first().and_then(|complaint| complaint.line), Some(5));
        for body in ["---\nWords.\n\n---\n", "---\nNote: words\n---\n", "---\n", "---\ntitle: b\ntags: c\n"] {
            let text = format!("---\ntitle: a\n---\n{body}");
            assert_eq!(&text[split(&text).body..], body);
        }
    }
}
