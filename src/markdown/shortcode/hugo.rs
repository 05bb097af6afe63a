//! Hugo's shortcodes, its own and those that many themes have.
//!
//! Code of `highlight` is not seen here: the scan has taken it away before.

use super::alert;
use super::markup::{self, Figure, label};
use super::place::Place;
use super::tag::Tag;
use super::write::Writing;

/// What a shortcode becomes.
pub(super) fn expand(tag: &Tag<'_>, place: &Place, paired: bool) -> Writing {
    let name = tag.name();
    match name {
        "relref" | "ref" => {
            let path = tag.argument(&["path"]).unwrap_or_default();
            match tag.named(&["lang"]).filter(|_| !path.is_empty()) {
                Some(language) => address(markup::translation(path, language), path, place),
                None => crosslink(path, place),
            }
        }
        "figure" | "img" | "image" | "picture" | "imgproc" => picture(tag).unwrap_or_else(|| label(tag.inner)),
        "details" | "expand" | "collapse" if paired => {
            details(tag.argument(&["summary", "title"]).unwrap_or("Details"))
        }
        "qr" if paired => Writing::Nothing,
        "qr" => tag.argument(&["text"]).map_or_else(|| label(tag.inner), |text| Writing::Inline(markup::escaped(text))),
        _ => embed(tag).or_else(|| alert::tag(tag, name, paired)).unwrap_or_else(|| label(tag.inner)),
    }
}

/// An escaped shortcode, shown as its author wants it shown.
pub(super) fn shown(tag: &Tag<'_>) -> Writing {
    let inner = tag.inner.trim_start_matches("/*").trim_end_matches("*/");
    Writing::Inline(markup::escaped(&format!("{}{inner}{}", tag.kind.opener(), tag.kind.closer())))
}

/// The address of another post; a link of its own where no address stands.
pub(super) fn crosslink(name: &str, place: &Place) -> Writing {
    address(markup::crosslink(name), name, place)
}

fn address(href: String, name: &str, place: &Place) -> Writing {
    if place.in_address || name.is_empty() { Writing::Inline(href) } else { Writing::Inline(markup::link(&href, name)) }
}

/// A picture by its arguments.
pub(super) fn picture(tag: &Tag<'_>) -> Option<Writing> {
    let figure = Figure {
        source: tag.argument(&["src", "image_path", "url", "image", "path", "file", "img"])?,
        title: tag.named(&["title"]),
        caption: tag.named(&["caption", "description"]),
        alt: tag.named(&["alt"]),
        credit: tag.named(&["attr"]),
        link: tag.named(&["link", "href"]),
    };
    Some(figure.writing())
}

/// Something that can be opened, with its first line.
pub(super) fn details(summary: &str) -> Writing {
    Writing::Around(format!("<details>\n<summary>{}</summary>", markup::escaped(summary)), "</details>")
}

/// A film, a message or a page of another site.
pub(super) fn embed(tag: &Tag<'_>) -> Option<Writing> {
    let words = tag.positional();
    let named = tag.named(&["id", "url", "video", "code"]);
    let (user, id) = match (named, words.as_slice()) {
        (Some(id), _) => (tag.named(&["user", "username"]), Some(id)),
        (None, [user, id, ..]) if tag.name() == "gist" || id.bytes().all(|byte| byte.is_ascii_digit()) => {
            (Some(*user), Some(*id))
        }
        (None, words) => (None, words.first().copied()),
    };
    markup::embedded(tag.name(), user, id, tag.named(&["title"]))
}
