//! Hexo's tag plugins, and those that its themes share.
//!
//! A file named by `include_code` is not read; its name is shown.

use super::hugo;
use super::markup::{self, Figure, escaped};
use super::place::Place;
use super::tag::Tag;
use super::write::Writing;

/// What a tag becomes, if it is one of Hexo's.
pub(super) fn expand(tag: &Tag<'_>, place: &Place, paired: bool) -> Option<Writing> {
    match tag.name() {
        "post_link" => Some(post_link(tag)),
        "post_path" => Some(hugo::crosslink(first(tag), place)),
        "asset_path" => Some(Writing::Inline(markup::destination(first(tag)))),
        "asset_link" => Some(asset_link(tag)),
        "asset_img" | "img" => image(tag),
        "link" | "a" | "btn" | "button" => link(tag),
        "iframe" | "video" | "audio" | "pdf" if !first(tag).is_empty() => {
            Some(Writing::Inline(markup::link(first(tag), "")))
        }
        "blockquote" | "quote" | "bq" if paired => Some(quote(tag)),
        "pullquote" | "centerquote" | "cq" if paired => Some(Writing::Quote(String::new(), String::new())),
        "folding" | "hideToggle" | "spoiler" if paired => Some(hugo::details(&words(tag, "Details"))),
        _ => None,
    }
}

fn first<'a>(tag: &Tag<'a>) -> &'a str {
    tag.positional().first().copied().unwrap_or_default()
}

/// All words of a tag, or `instead` if it has none.
pub(super) fn words(tag: &Tag<'_>, instead: &str) -> String {
    let words = tag.positional().join(" ");
    if words.is_empty() { instead.to_owned() } else { words }
}

fn post_link(tag: &Tag<'_>) -> Writing {
    let words = tag.positional();
    let title: Vec<&str> = words.iter().skip(1).filter(|word| !matches!(**word, "true" | "false")).copied().collect();
    let title = if title.is_empty() { first(tag).to_owned() } else { title.join(" ") };
    Writing::Inline(markup::link(&markup::crosslink(first(tag)), &title))
}

fn asset_link(tag: &Tag<'_>) -> Writing {
    let title = tag.positional().iter().skip(1).copied().collect::<Vec<_>>().join(" ");
    Writing::Inline(markup::link(first(tag), &title))
}

/// `[classes] address [width] [height] [title [alt]]`: the address is the first word that looks like one.
fn image(tag: &Tag<'_>) -> Option<Writing> {
    let words = tag.positional();
    let source = words.iter().position(|word| word.contains(['/', '.']))?;
    let mut rest = words.get(source + 1..).unwrap_or_default();
    while let [size, after @ ..] = rest
        && !size.is_empty()
        && size.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'%' | b'p' | b'x'))
    {
        rest = after;
    }
    let title = rest.join(" ");
    let title = title.trim_matches(['"', '\'']);
    let figure = Figure {
        source: words.get(source)?,
        title: Some(title).filter(|title| !title.is_empty()),
        ..Figure::default()
    };
    Some(figure.writing())
}

/// `text address [external] [title]`: the text may be many words.
fn link(tag: &Tag<'_>) -> Option<Writing> {
    let words = tag.positional();
    let at = words.iter().position(|word| word.contains("//") || word.starts_with(['/', '#']))?;
    let text = words.get(..at).unwrap_or_default().join(" ");
    let address = words.get(at)?.trim_end_matches(',');
    Some(Writing::Inline(markup::link(address, text.trim_end_matches(','))))
}

/// `[author[, source]] [link] [title of the link]`: said before the words instead of after them.
fn quote(tag: &Tag<'_>) -> Writing {
    let words = tag.positional();
    let at = words.iter().position(|word| word.contains("://")).unwrap_or(words.len());
    let author = words.get(..at).unwrap_or_default().join(" ");
    let title = words.get(at + 1..).unwrap_or_default().join(" ");
    let source = words.get(at).map(|href| markup::link(href, &title)).unwrap_or_default();
    let colon = if author.is_empty() && source.is_empty() { "" } else { ":\n" };
    let gap = if author.is_empty() || source.is_empty() { "" } else { ", " };
    Writing::Quote(format!("{}{gap}{source}{colon}", escaped(author.trim_end_matches(','))), String::new())
}

/// The lines before the code of a `codeblock`, its language, and whether it is one.
pub(super) fn code(tag: &Tag<'_>) -> (String, String) {
    let words = tag.positional();
    let (options, words): (Vec<&str>, Vec<&str>) = words.into_iter().partition(|word| is_option(word));
    let language = options.iter().find_map(|option| option.strip_prefix("lang:")).unwrap_or_default();
    let at = words.iter().position(|word| word.contains("://")).unwrap_or(words.len());
    let title = words.get(..at).unwrap_or_default().join(" ");
    let text = words.get(at + 1..).unwrap_or_default().join(" ");
    let mut lines = if title.is_empty() { String::new() } else { format!("**{}**", escaped(&title)) };
    if let Some(href) = words.get(at) {
        lines.push(' ');
        lines.push_str(&markup::link(href, &text));
    }
    (lines, language.to_owned())
}

/// Whether a word is an option such as `lang:ruby`.
fn is_option(word: &str) -> bool {
    word.split_once(':').is_some_and(|(key, value)| {
        !value.starts_with("//") && key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
    })
}
