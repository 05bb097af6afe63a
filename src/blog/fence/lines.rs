//! Front matter that no fence opens: `Title: value` lines up to a blank one, or YAML that only its end fences off.
//! A text may begin with a word and a colon too, so the keys have to be those of a post.

use super::{Container, LIMIT, Line, Opening, Split, lines, only_fields};
use crate::blog::salvage;

/// Splits a file that begins with fields. What ends them first, a blank line or a fence, tells what they are.
pub(super) fn split(text: &str, opening: &Opening<'_>) -> Option<Split> {
    let start = opening.first.start;
    member(opening.first.text)?;
    let mut inside = lines(text, start).take_while(|line| line.start - start <= LIMIT);
    let end = inside.find(|line| line.text.trim().is_empty() || line.text.trim_end() == "---");
    if end.is_none() && text.len() - start > LIMIT {
        return None;
    }
    let (header, body) = end.as_ref().map_or((start..text.len(), text.len()), |end| (start..end.start, end.next));
    let held = text.get(header.clone())?;
    let container = match &end {
        Some(fence) if !fence.text.trim().is_empty() => unopened(held),
        _ => metadata(held),
    }?;
    Some(Split { container: Some(container), header, header_line: opening.line, body, ..Split::default() })
}

/// Hexo needs no opening fence (<https://github.com/hexojs/hexo-front-matter>, `rFrontMatterOld`). A single line over a rule
/// is a heading, unless it is the title itself.
fn unopened(held: &str) -> Option<Container> {
    let keys = keys(held, |line| salvage::member(line, ':'));
    let known = |key: &&str| ["title", "layout", "date", "tags", "categories", "author"].contains(key);
    let is_header = keys.iter().any(|key| known(&key.as_str()));
    let is_one_heading = keys.len() < 2 && !held.starts_with("title:");
    (is_header && !is_one_heading && lines(held, 0).all(|line| only_fields(line.text, ':'))).then_some(Container::Yaml)
}

/// What Pelican reads (<https://docs.getpelican.com/en/latest/content.html#file-metadata>) by the rules of
/// <https://python-markdown.github.io/extensions/meta_data/>, first in `MultiMarkdown`.
fn metadata(held: &str) -> Option<Container> {
    let is_field = |line: Line<'_>| line.text.starts_with(['\t', ' ']) || member(line.text).is_some();
    let keys = keys(held, member);
    let has = |names: &[&str]| keys.iter().any(|key| names.contains(&key.as_str()));
    let is_header =
        has(&["title"]) || has(&["date"]) && has(&["slug", "tags", "category", "author", "status", "summary"]);
    (is_header && lines(held, 0).all(is_field)).then_some(Container::Lines)
}

/// A key there is one word of plain letters.
fn member(line: &str) -> Option<(&str, &str)> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    salvage::member(line, ':').filter(|(key, _)| key.chars().all(plain) && line.starts_with(key))
}

fn keys<'t>(held: &'t str, member: impl Fn(&'t str) -> Option<(&'t str, &'t str)>) -> Vec<String> {
    lines(held, 0).filter_map(|line| Some(member(line.text)?.0.to_ascii_lowercase())).collect()
}
