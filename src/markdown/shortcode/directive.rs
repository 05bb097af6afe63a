//! Lines of colons: what Docusaurus and `VuePress` write around notes, and Pandoc around divisions.
//!
//! A line of colons in running text is none; one that nothing ends stays as it stands.

use super::What;
use super::alert;
use super::hugo;
use super::markup::label;
use super::write::Writing;

/// What the line `text` begins or ends, if it is such a line.
pub(super) fn line(text: &str) -> Option<What<'static>> {
    let text = text.trim();
    let rest = text.trim_start_matches(':');
    let colons = text.len() - rest.len();
    let rest = rest.trim_start();
    if colons < 3 || rest.contains("::") {
        return None;
    }
    if rest.is_empty() {
        return Some(What::DirectiveEnd(colons));
    }
    let rest = rest.strip_prefix("{.").map_or(rest, |rest| rest.trim_end_matches('}'));
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(rest.len());
    let (name, rest) = rest.split_at_checked(end)?;
    let plausible = name.starts_with(|first: char| first.is_ascii_alphabetic());
    let parted = rest.is_empty() || rest.starts_with([' ', '\t', '[', '{', '.']);
    (plausible && parted).then(|| What::Directive(colons, begun(name, title(rest))))
}

fn begun(name: &str, title: &str) -> Writing {
    let lower = name.to_lowercase();
    match lower.as_str() {
        "details" => hugo::details(if title.is_empty() { "Details" } else { title }),
        _ if alert::is_kind(&lower) => alert::open(name, title),
        _ => label(&format!("{name} {title}")),
    }
}

/// The title behind a name: in square brackets or as it is, without attributes in braces.
fn title(rest: &str) -> &str {
    let rest = rest.trim();
    if let Some((title, _)) = rest.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')) {
        return title.trim();
    }
    if rest.ends_with('}') { rest.rfind('{').and_then(|at| rest.get(..at)).unwrap_or(rest).trim() } else { rest }
}
