//! Zola's shortcodes: functions with named arguments.
//!
//! A link to `@/path.md` is no shortcode, and stays.

use super::hugo;
use super::markup::label;
use super::place::Place;
use super::tag::Tag;
use super::write::Writing;
use super::{alert, markup};

/// What a shortcode becomes.
pub(super) fn expand(tag: &Tag<'_>, place: &Place, paired: bool) -> Writing {
    let name = tag.name();
    if place.in_address {
        let path = tag.argument(&["path", "src"]).unwrap_or_default();
        return Writing::Inline(markup::destination(path.trim_start_matches("@/")));
    }
    match name {
        "figure" | "img" | "image" | "picture" | "resize_image" => {
            hugo::picture(tag).unwrap_or_else(|| label(tag.inner))
        }
        "details" if paired => hugo::details(tag.argument(&["summary", "title"]).unwrap_or("Details")),
        "quote" | "blockquote" if paired => {
            let author = tag.named(&["author", "by", "source"]).map(|author| format!("{}:\n", markup::escaped(author)));
            Writing::Quote(author.unwrap_or_default(), String::new())
        }
        _ => hugo::embed(tag).or_else(|| alert::tag(tag, name, paired)).unwrap_or_else(|| label(tag.inner)),
    }
}
