//! What an author says of a picture in an argument of a tag: running text in Markdown, which generators render.
//!
//! It knows no blocks, so that `1. May` keeps its number, and passes on elements of HTML as a post may hold them.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::markup::{address, escaped};

/// A caption.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Caption {
    /// Its words alone.
    pub(super) words: String,
    /// All of it as HTML.
    pub(super) html: String,
    /// How much of it is more than words.
    marks: usize,
}

/// What keeps the parser from finding a block where a caption begins.
const GUARD: &str = ".";

impl Caption {
    pub(super) fn of(text: &str) -> Self {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let guarded = format!("{GUARD}{line}");
        let mut caption = Self::default();
        let mut guard = Some(GUARD);
        for event in Parser::new_ext(&guarded, Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Text(text) => {
                    let guard = guard.take().unwrap_or_default();
                    caption.text(text.strip_prefix(guard).unwrap_or(&text));
                }
                Event::Code(code) => {
                    caption.marks += 1;
                    caption.words.push_str(&code);
                    caption.html.extend(["<code>", &escaped(&code), "</code>"]);
                }
                Event::Start(tag) => caption.tag(&opening(tag)),
                Event::End(tag) => caption.tag(closing(tag)),
                Event::InlineHtml(html) => caption.tag(&html),
                _ => {}
            }
        }
        caption
    }

    /// Whether there is nothing but words.
    pub(super) const fn is_plain(&self) -> bool {
        self.marks == 0
    }

    fn text(&mut self, text: &str) {
        self.words.push_str(text);
        self.html.push_str(&escaped(text));
    }

    fn tag(&mut self, tag: &str) {
        self.marks += usize::from(!tag.is_empty());
        self.html.push_str(tag);
    }
}

fn opening(tag: Tag<'_>) -> String {
    let href = |href: CowStr<'_>| format!("<a href=\"{}\">", address(&href));
    match tag {
        Tag::Emphasis => "<em>".to_owned(),
        Tag::Strong => "<strong>".to_owned(),
        Tag::Strikethrough => "<del>".to_owned(),
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => href(format!("mailto:{dest_url}").into()),
        Tag::Link { dest_url, .. } => href(dest_url),
        // A picture's words stand for it.
        _ => String::new(),
    }
}

const fn closing(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        TagEnd::Link => "</a>",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_is_running_text_in_markdown() {
        for (text, html) in [
            ("A boat", "A boat"),
            ("*A* **boat** at `low_tide`", "<em>A</em> <strong>boat</strong> at <code>low&#95;tide</code>"),
            ("By [A. P.](https://a.example/?b=c&d)", "By <a href=\"https://a.example/?b=c&#38;d\">A&#46; P&#46;</a>"),
            ("<a@b.example>", "<a href=\"mailto:a@b.example\">a@b&#46;example</a>"),
            ("1. May\n<br> noon", "1&#46; May <br> noon"),
            ("# one", "&#35; one"),
            (".. so", "&#46;&#46; so"),
            ("\\.. so", "&#46;&#46; so"),
            ("2 * 3 < 7 _or_ so", "2 &#42; 3 &#60; 7 <em>or</em> so"),
            ("![a *b*](c.png)", "a <em>b</em>"),
            ("", ""),
        ] {
            assert_eq!(Caption::of(text).html, html, "{text}");
        }
        assert_eq!(Caption::of("so \\*far\\*").words, "so *far*");
        assert!(Caption::of("so \\*far\\*").is_plain() && !Caption::of("so `far`").is_plain());
    }
}
