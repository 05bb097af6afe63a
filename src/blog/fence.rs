//! Finds where the front matter of a post ends and its text begins.
//! It looks at no more than the first 64 KiB, and takes a rule for a fence only when what follows looks like fields.

mod comment;
mod lines;

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
    /// Between `---` and `---` or `...`, or with no fence but the last.
    Yaml,
    /// Between `+++` and `+++`.
    Toml,
    /// One object; between `;;;` its members will do.
    Json,
    /// Lines such as `Title: A day out`, up to a blank one.
    Lines,
    /// Lines such as `.. title: A day out`, in a comment or up to a blank one.
    Dots,
}

impl Container {
    /// What stands between a key and its value.
    pub const fn separator(self) -> char {
        match self {
            Self::Toml => '=',
            Self::Yaml | Self::Json | Self::Lines | Self::Dots => ':',
        }
    }
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
    let found = fenced(text, &opening).or_else(|| json(text, &opening)).or_else(|| comment::split(text, &opening));
    found.or_else(|| lines::split(text, &opening)).unwrap_or(opening.all_body)
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

/// A pair of lines that holds front matter between them, and its language.
struct Fence {
    ends: &'static [&'static str],
    container: Container,
}

impl Fence {
    /// The fence that a line opens. Middleman and Hexo put the members of a JSON object between semicolons
    /// (<https://middlemanapp.com/basics/frontmatter/>, <https://hexo.io/docs/front-matter>), Eleventy and Gatsby name the
    /// language (<https://www.11ty.dev/docs/data-frontmatter/>), pugo takes a block of code (<https://github.com/go-xiaohei/pugo>).
    fn opened_by(line: &str) -> Option<Self> {
        let (ends, container): (&[&str], _) = match line {
            "---" | "---yaml" => (&["---", "..."], Container::Yaml),
            // An object of plain values reads as YAML does.
            "---js" | "---javascript" => (&["---"], Container::Yaml),
            "+++" => (&["+++"], Container::Toml),
            ";;;" => (&[";;;"], Container::Json),
            "---toml" => (&["---"], Container::Toml),
            "---json" => (&["---"], Container::Json),
            "```toml" => (&["```"], Container::Toml),
            _ => return None,
        };
        Some(Self { ends, container })
    }

    fn end(&self) -> &'static str {
        self.ends.first().copied().unwrap_or_default()
    }

    /// Whether what lies between is front matter: a rule opens no fields, and most blocks of code are examples.
    fn holds(&self, held: &str) -> bool {
        let has = |wanted: &str| {
            let mut members = lines(held, 0).filter_map(|line| salvage::member(line.text, '='));
            members.any(|(key, _)| key == wanted)
        };
        match self.container {
            Container::Toml if self.end() == "```" => has("title") && has("date"),
            Container::Toml => true,
            _ => is_empty(held) || self.begins(held),
        }
    }

    fn begins(&self, held: &str) -> bool {
        let is_template = ["{{", "{%"].iter().any(|mark| held.trim_start().starts_with(mark));
        let is_object = self.container == Container::Json || held.trim_start().starts_with('{') && !is_template;
        let brace = |letter: char| is_object && (letter == '{' || letter.is_whitespace());
        begins_with_a_field(held.trim_start_matches(brace), self.container.separator())
    }
}

/// Front matter between two lines that hold nothing but a fence.
fn fenced(text: &str, opening: &Opening<'_>) -> Option<Split> {
    let fence = Fence::opened_by(opening.first.text.trim_end())?;
    let start = opening.first.next;
    let mut inside = lines(text, start).take_while(|line| line.start - start <= LIMIT);
    let Some(close) = inside.find(|line| fence.ends.contains(&line.text.trim_end())) else {
        let rest = text.get(start..)?;
        return (fence.begins(rest) && fence.holds(rest)).then(|| opening.unclosed(fence.end()));
    };
    let header = start..close.start;
    if !fence.holds(text.get(header.clone())?) {
        return None;
    }
    let (container, header_line) = (Some(fence.container), opening.line + 1);
    let split = Split { container, header, header_line, body: close.next, ..Split::default() };
    Some(without_second_block(text, split, fence.end(), fence.container.separator()))
}

/// A second block of fields right behind the first is no text to show.
fn without_second_block(text: &str, mut split: Split, fence: &str, separator: char) -> Split {
    let Some(open) = lines(text, split.body).find(|line| !line.text.trim().is_empty()) else { return split };
    let mut inside = lines(text, open.next).take_while(|line| line.start - open.next <= LIMIT);
    let end = inside.find(|line| line.text.trim_end() == fence || !only_fields(line.text, separator));
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

/// Whether a line may stand among fields: a field, or what belongs to one.
fn only_fields(line: &str, separator: char) -> bool {
    line.is_empty() || line.starts_with([' ', '#', '-']) || salvage::member(line, separator).is_some()
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
            ("\n;;;\n\"title\": \"a\",\n;;;\nbody", Container::Json, "\"title\": \"a\",\n", 3, "body"),
            (";;;\n{\n \"t\": 1\n}\n;;;\nbody", Container::Json, "{\n \"t\": 1\n}\n", 2, "body"),
            ("---json\n{\"t\": 1}\n---\nbody", Container::Json, "{\"t\": 1}\n", 2, "body"),
            ("---toml\nt = 1\n---\nbody", Container::Toml, "t = 1\n", 2, "body"),
            ("---yaml\nt: 1\n---\nbody", Container::Yaml, "t: 1\n", 2, "body"),
            ("---js\n{\n  t: \"a\",\n}\n---\nbody", Container::Yaml, "{\n  t: \"a\",\n}\n", 2, "body"),
            (".. slug: a\n.. date: b\n\nbody", Container::Dots, ".. slug: a\n.. date: b\n", 1, "body"),
            (
                "\"title\": \"a\",\n\"date\": \"b\"\n;;;\nbody",
                Container::Json,
                "\"title\": \"a\",\n\"date\": \"b\"\n",
                1,
                "body",
            ),
            (
                "```toml\n# new\ntitle = 'a'\ndate = 'b'\n```\nbody",
                Container::Toml,
                "# new\ntitle = 'a'\ndate = 'b'\n",
                2,
                "body",
            ),
            ("<!--{\n\"T\": \"-->\"\n}-->\n\nbody", Container::Json, "{\n\"T\": \"-->\"\n}", 1, "\nbody"),
            ("\n<!--\n{\"T\": 1} --> body", Container::Json, "{\"T\": 1}", 3, " body"),
            ("<!--\n.. title: a\n\n.. tags:\n-->\nbody", Container::Dots, "\n.. title: a\n\n.. tags:\n", 1, "body"),
            ("<!-- .. title: a -->\nbody", Container::Dots, " .. title: a ", 1, "body"),
            (".. title: a\n.. tags:\n\nbody", Container::Dots, ".. title: a\n.. tags:\n", 1, "body"),
            ("Title: a\nDate: b\n\nbody: c\n", Container::Lines, "Title: a\nDate: b\n", 1, "body: c\n"),
            ("\u{feff}title:a\r\n    more\r\n\r\nbody", Container::Lines, "title:a\r\n    more\r\n", 1, "body"),
            ("Title: a\nDate: b\nWords: they say.", Container::Lines, "Title: a\nDate: b\nWords: they say.", 1, ""),
            ("Title: a\nDate: b\nSo they say.\n", Container::Lines, "Title: a\nDate: b\n", 1, "So they say.\n"),
            ("Date: a\nSlug: b", Container::Lines, "Date: a\nSlug: b", 1, ""),
            ("layout: a\ntags:\n- b\n# c\n---\nbody", Container::Yaml, "layout: a\ntags:\n- b\n# c\n", 1, "body"),
            ("title: {{ title }}\n---\n", Container::Yaml, "title: {{ title }}\n", 1, ""),
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
            "```toml\ntitle = 'a'\n```\ntext",
            ";;;\n",
            ";;;\nwords\n;;;\n",
            "---json\nwords\n---\n",
            "<!-- a note -->\ntitle: b\n",
            "<!--{ \"a\": 1 } and words -->\ntext",
            "<!--\nwords\n.. title: a\n-->\n",
            ".. image: a.png\n\ntext",
            "Note: mind the step\n\ntext",
            "Note: mind the step\n---\ntext",
            "Title: a\nand words\n\ntext",
            "To: a\nDate: b\n\ntext",
            "Date: b\n\ntext",
            "http://title.example\n\ntext",
            "Title of a chapter: words\n\ntext",
            "\ttitle: a\n\ntext",
        ];
        for text in bodies {
            assert_eq!(split(text), Split { header_line: 1, ..Split::default() }, "{text}");
        }
        assert_eq!(split("\u{feff}text").body, 3, "the mark is no text");
    }

    #[test]
    fn an_open_fence_is_told_and_all_of_the_file_is_shown() {
        let far = format!("---\ntitle: a\n{}---\n", "words\n".repeat(12_000));
        let files = [
            ("---\ntitle: a\n\ntext\n", 1),
            ("\n+++\ntitle = 'a'\ntext", 2),
            ("{\"title\": \"a\"\ntext", 1),
            (far.as_str(), 1),
            (";;;\n\"title\": \"a\"\ntext", 1),
            ("\n<!--\n.. title: a\ntext", 2),
            ("<!--{\"title\": \"a\",\ntext", 1),
        ];
        for (text, line) in files {
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
