//! Front matter that no fence opens: `Title: value` lines up to a blank one, or YAML that only its end fences off.
//! A text may begin with a word and a colon too, so the keys have to be those of a post.

use super::{Container, LIMIT, Line, Opening, Split, lines, only_fields};
use crate::blog::salvage;

/// Splits a file that begins with fields. A fence below them makes them YAML.
pub(super) fn split(text: &str, opening: &Opening<'_>) -> Option<Split> {
    let start = opening.first.start;
    let is_json = opening.first.text.starts_with('"');
    if !is_json {
        member(opening.first.text)?;
    }
    let until = |is_end: fn(&Line<'_>) -> bool| {
        let end = lines(text, start).find(is_end).unwrap_or(Line { start: text.len(), next: text.len(), text: "" });
        (end.start - start <= LIMIT).then_some((start..end.start, end))
    };
    let (header, fence) = until(|line| line.text.trim().is_empty() || ["---", ";;;"].contains(&line.text.trim_end()))?;
    let split = |container, header, body| {
        let container = Some(container);
        Some(Split { container, header, header_line: opening.line, body, ..Split::default() })
    };
    if fence.text.trim_end() == ";;;" {
        // The same with members of JSON (<https://hexo.io/docs/front-matter#JSON-Front-matter>).
        return if is_json { split(Container::Json, header, fence.next) } else { None };
    }
    if is_json {
        return None;
    }
    if !fence.text.trim().is_empty() {
        unopened(text.get(header.clone())?)?;
        return split(Container::Yaml, header, fence.next);
    }
    let (header, end) = until(|line| !is_field(line.text))?;
    let is_followed_by_text = !end.text.trim().is_empty();
    metadata(text.get(header.clone())?, if is_followed_by_text { 2 } else { 1 })?;
    split(Container::Lines, header, if is_followed_by_text { end.start } else { end.next })
}

/// Hexo needs no opening fence (<https://github.com/hexojs/hexo-front-matter>, `rFrontMatterOld`). A single line over a rule
/// is a heading, unless it is the title itself.
fn unopened(held: &str) -> Option<()> {
    let keys = keys(held, |line| salvage::member(line, ':'));
    let known = |key: &&str| ["title", "layout", "date", "tags", "categories", "author"].contains(key);
    let is_header = keys.iter().any(|key| known(&key.as_str()));
    let is_one_heading = keys.len() < 2 && !held.starts_with("title:");
    (is_header && !is_one_heading && lines(held, 0).all(|line| only_fields(line.text, ':'))).then_some(())
}

/// What Pelican reads (<https://docs.getpelican.com/en/latest/content.html#file-metadata>) by the rules of
/// <https://python-markdown.github.io/extensions/meta_data/>, first in `MultiMarkdown`: so many keys of a post at least.
fn metadata(held: &str, least: usize) -> Option<()> {
    let keys = keys(held, member);
    let known = ["title", "date", "slug", "tags", "category", "author", "authors", "status", "summary", "modified"];
    let count = known.iter().filter(|known| keys.iter().any(|key| key == *known)).count();
    let has = |name: &str| keys.iter().any(|key| key == name);
    (has("title") && count >= least || has("date") && count >= 2).then_some(())
}

/// A field, or more of the one above.
fn is_field(line: &str) -> bool {
    !line.trim().is_empty() && (line.starts_with(['\t', ' ']) || member(line).is_some())
}

/// A key there is one word of plain letters.
fn member(line: &str) -> Option<(&str, &str)> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    salvage::member(line, ':').filter(|(key, _)| key.chars().all(plain) && line.starts_with(key))
}

fn keys<'t>(held: &'t str, member: impl Fn(&'t str) -> Option<(&'t str, &'t str)>) -> Vec<String> {
    lines(held, 0).filter_map(|line| Some(member(line.text)?.0.to_ascii_lowercase())).collect()
}
