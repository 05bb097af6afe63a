//! Front matter in an HTML comment: a JSON object, or lines that begin with two dots.
//! A comment that begins with anything else is the author's own note, and text.

use super::{Container, LIMIT, Opening, Split, begins_with_a_field, lines, object_length};
use crate::blog::salvage;

const START: &str = "<!--";
const END: &str = "-->";

/// Splits a file that begins with a comment or, as Nikola also allows, with the dots alone.
pub(super) fn split(text: &str, opening: &Opening<'_>) -> Option<Split> {
    let start = opening.first.start;
    match text.get(start..)?.strip_prefix(START) {
        Some(inside) if inside.trim_start().starts_with('{') => json(text, opening, start + START.len()),
        Some(_) => dots(text, opening, start + START.len()),
        None => bare_dots(text, opening),
    }
}

/// The site of Go keeps its fields so (<https://pkg.go.dev/golang.org/x/website/internal/web#hdr-Page_Files>).
fn json(text: &str, opening: &Opening<'_>, inside: usize) -> Option<Split> {
    let rest = text.get(inside..)?;
    let start = inside + rest.find('{')?;
    let object = text.get(start..)?;
    if !object.strip_prefix('{')?.trim_start().starts_with('"') {
        return None;
    }
    let Some(length) = object_length(object) else {
        let members = object.trim_start_matches(|letter: char| letter == '{' || letter.is_whitespace());
        return begins_with_a_field(members, ':').then(|| opening.unclosed("}-->"));
    };
    let end = start + length;
    let behind = text.get(end..)?;
    let close = text.len() - behind.trim_start().strip_prefix(END)?.len();
    let ended = lines(text.get(..start)?, inside).filter(|line| line.start + line.text.len() < line.next);
    let header_line = opening.line + ended.count();
    let (container, body) = (Some(Container::Json), behind_line(text, close));
    Some(Split { container, header: start..end, header_line, body, ..Split::default() })
}

/// Nikola's fields (<https://getnikola.com/handbook.html#metadata-fields>) in the comment that keeps them out of Markdown.
fn dots(text: &str, opening: &Opening<'_>, start: usize) -> Option<Split> {
    let inside = text.get(start..)?;
    let first = lines(inside, 0).find(|line| !line.text.trim().is_empty())?;
    salvage::dotted(first.text)?;
    let Some(length) = inside.find(END).filter(|length| *length <= LIMIT) else { return Some(opening.unclosed(END)) };
    let (header, body) = (start..start + length, behind_line(text, start + length + END.len()));
    Some(Split { container: Some(Container::Dots), header, header_line: opening.line, body, ..Split::default() })
}

fn bare_dots(text: &str, opening: &Opening<'_>) -> Option<Split> {
    let start = opening.first.start;
    let mut inside = lines(text, start).take_while(|line| line.start - start <= LIMIT);
    let end = inside.find(|line| salvage::dotted(line.text).is_none());
    let body = match &end {
        Some(blank) if blank.text.trim().is_empty() => blank.next,
        None if text.len() - start <= LIMIT => text.len(),
        _ => return None,
    };
    let header = start..end.map_or(text.len(), |blank| blank.start);
    let mut members = lines(text.get(header.clone())?, 0).filter_map(|line| salvage::dotted(line.text));
    let split = Split { container: Some(Container::Dots), header, header_line: opening.line, body, ..Split::default() };
    let keys: Vec<&str> = members.by_ref().map(|(key, _)| key).collect();
    let has = |key: &str| keys.contains(&key);
    (has("title") || has("slug") && has("date")).then_some(split)
}

/// Where the next line begins, if nothing more stands on this one.
fn behind_line(text: &str, at: usize) -> usize {
    lines(text, at).next().filter(|line| line.text.trim().is_empty()).map_or(at, |line| line.next)
}
