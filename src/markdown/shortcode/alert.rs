//! Notes and warnings of every generator as the quotes that GitHub calls alerts.
//!
//! A kind that GitHub does not know keeps its own name as a line in bold.

use super::markup::escaped;
use super::tag::Tag;
use super::write::Writing;

/// Tags whose name is the kind of alert, or that say the kind in an argument.
const TAGS: &[&str] = &[
    "admonition",
    "alert",
    "attention",
    "callout",
    "caution",
    "danger",
    "error",
    "hint",
    "important",
    "info",
    "message",
    "note",
    "notice",
    "question",
    "success",
    "tip",
    "warn",
    "warning",
];

/// Kinds of alerts that stand in place of GitHub's five.
const KINDS: &[(&str, &[&str])] = &[
    (
        "NOTE",
        &[
            "note",
            "notes",
            "notice",
            "info",
            "information",
            "default",
            "primary",
            "secondary",
            "message",
            "alert",
            "callout",
            "admonition",
        ],
    ),
    ("TIP", &["tip", "hint", "success", "check", "done"]),
    ("IMPORTANT", &["important"]),
    ("WARNING", &["warning", "warn", "attention"]),
    ("CAUTION", &["caution", "danger", "error", "critical", "failure", "bug"]),
];

/// Which of GitHub's alerts a kind is.
fn github(kind: &str) -> Option<&'static str> {
    let kind = kind.to_lowercase();
    KINDS.iter().find(|(_, names)| names.contains(&kind.as_str())).map(|(name, _)| *name)
}

/// Whether lines of colons make an alert of this kind.
pub(super) fn is_kind(kind: &str) -> bool {
    github(kind).is_some() || TAGS.contains(&kind)
}

/// The lines before an alert's text, where `title` is Markdown.
pub(super) fn header(kind: &str, title: &str) -> String {
    let title = title.trim().replace(['\n', '\r'], " ").replace("**", "");
    match github(kind) {
        Some(name) if title.is_empty() || title.eq_ignore_ascii_case(kind) => format!("[!{name}]"),
        Some(name) => format!("[!{name}]\n**{title}**\n"),
        None if title.is_empty() => format!("**{}**\n", escaped(&capital(kind))),
        None => format!("**{}: {title}**\n", escaped(&capital(kind))),
    }
}

/// The beginning of an alert.
pub(super) fn open(kind: &str, title: &str) -> Writing {
    let colon = if title.is_empty() { "" } else { ": " };
    Writing::Quote(header(kind, title), format!("<strong>{}{colon}{title}</strong> ", escaped(&capital(kind))))
}

/// What a tag becomes that is an alert by its name.
pub(super) fn tag(tag: &Tag<'_>, name: &str, paired: bool) -> Option<Writing> {
    let name = name.to_lowercase();
    if !TAGS.contains(&name.as_str()) {
        return None;
    }
    let mut words = tag.positional();
    words.retain(|word| !matches!(*word, "no-icon" | "icon"));
    let named = tag.named(&["type", "kind", "style", "level", "context", "severity", "color", "class"]);
    let kind = match (named, words.first()) {
        (Some(kind), _) => kind,
        (None, Some(first)) if github(first).is_some() || is_general(&name) && is_word(first) => {
            let first = *first;
            words.remove(0);
            first
        }
        _ => name.as_str(),
    };
    let title = tag.named(&["title", "header", "heading", "summary"]).map_or_else(|| words.join(" "), str::to_owned);
    if paired {
        return Some(open(kind, &escaped(&title)));
    }
    let text = tag.named(&["text", "content", "body", "message"]).map_or(title.clone(), str::to_owned);
    let title = if text == title { String::new() } else { escaped(&title) };
    let lines = format!("{}\n{}", header(kind, &title), escaped(&text)).replace('\n', "\n> ");
    (!text.is_empty()).then(|| Writing::Block(format!("> {lines}")))
}

fn is_general(name: &str) -> bool {
    matches!(name, "admonition" | "alert" | "callout" | "hint" | "notice" | "message" | "note")
}

fn is_word(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_lowercase())
}

/// A kind as a word of its own.
pub(super) fn capital(kind: &str) -> String {
    let mut letters = kind.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
