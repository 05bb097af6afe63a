//! Liquid as Jekyll and Eleventy have it: its tags, and its outputs between double braces.
//!
//! No variable has a value here and no condition is asked: control tags vanish, what stands between them stays.

use super::markup::{self, label, small};
use super::place::Place;
use super::tag::Tag;
use super::write::Writing;
use super::{alert, hexo, hugo};

/// Tags that say nothing to a reader.
const CONTROL: &[&str] = &[
    "assign",
    "block",
    "break",
    "capture",
    "case",
    "continue",
    "cycle",
    "decrement",
    "echo",
    "else",
    "elsif",
    "elif",
    "extends",
    "for",
    "if",
    "ifchanged",
    "import",
    "increment",
    "layout",
    "liquid",
    "macro",
    "raw",
    "render",
    "seo",
    "set",
    "tablerow",
    "unless",
    "when",
    "with",
    "comment",
    "toc",
];

/// What a tag becomes.
pub(super) fn expand(tag: &Tag<'_>, place: &Place, paired: bool) -> Writing {
    let name = tag.name();
    match name {
        "else" | "elsif" | "elif" | "when" if !place.is_alone() => Writing::Inline(" ".to_owned()),
        _ if CONTROL.contains(&name) => Writing::Nothing,
        "post_url" => hugo::crosslink(tag.rest(), place),
        "link" if !tag.rest().contains(' ') && !tag.rest().contains("//") => hugo::crosslink(tag.rest(), place),
        "include" | "include_relative" | "include_cached" => include(tag),
        "figure" | "image" | "picture" => hugo::picture(tag).unwrap_or_else(|| label(tag.inner)),
        "details" if paired => hugo::details(&hexo::words(tag, "Details")),
        _ => hexo::expand(tag, place, paired)
            .or_else(|| hugo::embed(tag))
            .or_else(|| alert::tag(tag, name, paired))
            .unwrap_or_else(|| label(tag.inner)),
    }
}

/// A picture that a theme's file would show, or the name of the file.
fn include(tag: &Tag<'_>) -> Writing {
    let source = tag.named(&["src", "image_path", "url", "image", "path", "file", "img"]);
    let file = tag.positional().first().copied().unwrap_or_default();
    let shows = ["figure", "image", "img", "picture"].iter().any(|word| file.contains(word));
    let is_picture = source.is_some_and(|source| {
        let extension = source.rsplit('.').next().unwrap_or_default().to_lowercase();
        ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"].contains(&extension.as_str())
    });
    if source.is_some() && (shows || is_picture) {
        return hugo::picture(tag).unwrap_or_else(|| label(tag.inner));
    }
    let stem = file.rsplit('/').next().unwrap_or(file).split('.').next().unwrap_or_default();
    let id = tag.named(&["id", "video_id", "video"]);
    markup::embedded(stem, None, id, tag.named(&["title"])).unwrap_or_else(|| label(tag.inner))
}

/// What an output becomes: its literal text, nothing for the address of the site itself, or else what it is.
pub(super) fn output(tag: &Tag<'_>, place: &Place) -> Writing {
    let value = tag.inner.trim();
    let literal = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.split_once(*quote));
    match literal {
        Some((text, _)) if place.in_address => Writing::Inline(markup::destination(text)),
        Some((text, _)) => Writing::Inline(markup::escaped(text)),
        None if place.in_address => Writing::Inline(unknown_address(value)),
        None => Writing::Inline(small(&format!("{{{{ {value} }}}}"))),
    }
}

/// A variable in an address, its name for what is not known.
fn unknown_address(value: &str) -> String {
    let name = value.split('|').next().unwrap_or_default().trim();
    match name {
        "site.url" | "site.baseurl" | "site.base_url" | "config.base_url" | "config.url" => String::new(),
        _ => format!("{{{{{}}}}}", markup::destination(name)),
    }
}
