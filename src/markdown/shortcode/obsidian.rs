//! Obsidian's embeds, comments and callouts.
//!
//! Plain links between double brackets are none of its business; a comment within a line stays.

use super::markup;
use super::place::Place;
use super::write::Writing;
use super::{alert, markup::crosslink};

/// GitHub's own alerts, which the Markdown parser knows.
const KNOWN: [&str; 5] = ["[!NOTE]", "[!TIP]", "[!IMPORTANT]", "[!WARNING]", "[!CAUTION]"];

/// What the line `text` in a quote becomes, if a callout begins there: the same with its name in words.
pub(super) fn callout(text: &str, place: &Place) -> Option<Writing> {
    let base = place.base.as_deref()?;
    let text = text.trim();
    if !base.trim_end().ends_with('>') || KNOWN.iter().any(|known| text.eq_ignore_ascii_case(known)) {
        return None;
    }
    let (kind, title) = text.strip_prefix("[!")?.split_once(']')?;
    let kind = kind.split('|').next().unwrap_or_default().trim();
    let plausible = kind.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ' '));
    if kind.is_empty() || !plausible || title.starts_with(['(', '[', ':']) {
        return None;
    }
    let title = title.strip_prefix(['-', '+']).unwrap_or(title);
    Some(Writing::Inline(alert::header(kind, title).replace('\n', &format!("\n{base}"))))
}

/// What an embed becomes: a picture, or a link to what would be shown.
pub(super) fn embed(inner: &str) -> Writing {
    let (name, text) = inner.split_once('|').map_or((inner, ""), |(name, text)| (name.trim(), text.trim()));
    let file = name.split('#').next().unwrap_or(name);
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    if ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"].contains(&extension.as_str()) {
        let is_size = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
        return Writing::Element(markup::image(file, if is_size { "" } else { text }));
    }
    Writing::Inline(markup::link(&crosslink(name), if text.is_empty() { name } else { text }))
}

/// Whether a line is a comment from its start to its end.
pub(super) fn is_comment(line: &str) -> bool {
    let inner = line.trim().strip_prefix("%%").and_then(|line| line.strip_suffix("%%"));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains("%%"))
}
