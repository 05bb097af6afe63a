//! The Markdown and HTML that tags become: links, pictures, films, small notes and fences.
//!
//! Whatever an author wrote is escaped so that neither Markdown nor HTML takes any of it as its own.

use std::fmt::Write as _;

use super::caption::Caption;
use super::write::Writing;

/// `text` for Markdown, HTML and attributes alike: every sign that means something in one of them as its number.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() * 2);
    for character in text.chars() {
        if character.is_ascii_punctuation() && !"{}(),/;:?=%@+".contains(character) {
            // Writing to a string cannot fail.
            let _ = write!(safe, "&#{};", u32::from(character));
        } else {
            safe.push(if character.is_control() { ' ' } else { character });
        }
    }
    safe
}

/// An address for an attribute: what is safe stays readable.
pub(super) fn address(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.trim().chars().filter(|character| !character.is_control()) {
        if character.is_ascii_punctuation() && !"/.-_:?=#%+,;@~".contains(character) {
            safe.push_str(&escaped(character.encode_utf8(&mut [0; 4])));
        } else {
            safe.push(character);
        }
    }
    safe
}

/// A destination that survives in a link, in a definition and in an attribute.
pub(super) fn destination(text: &str) -> String {
    let mut destination = String::new();
    for byte in text.trim().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/#?=&:%+,;@".contains(&byte) {
            destination.push(char::from(byte));
        } else {
            destination.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
        }
    }
    destination
}

fn hexadecimal(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

/// The address of another post, by the name that the author gave.
pub(super) fn crosslink(name: &str) -> String {
    format!("relref:{}", destination(&name.replace('%', "%25")))
}

/// The same of its translation into a language.
pub(super) fn translation(name: &str, language: &str) -> String {
    let code: String =
        language.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter)).collect();
    format!("langref:{code}:{}", destination(&name.replace('%', "%25")))
}

/// What stood there, in small.
pub(super) fn small(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { text } else { format!("<reread-tag>{}</reread-tag>", escaped(&text)) }
}

/// A tag that nobody here knows.
pub(super) fn label(inner: &str) -> Writing {
    Writing::Label(small(inner))
}

pub(super) fn link(href: &str, text: &str) -> String {
    let text = if text.trim().is_empty() { href } else { text };
    format!("<a href=\"{}\">{}</a>", address(href), escaped(text.trim()))
}

pub(super) fn image(source: &str, text: &str) -> String {
    format!("<img src=\"{}\" alt=\"{}\">", address(source), escaped(text.trim()))
}

/// A film, a message or a page that stands elsewhere.
fn frame(site: &str, title: &str, href: &str) -> Writing {
    let title = format!("{site}: {title}");
    Writing::Element(format!("<iframe title=\"{}\" src=\"{}\"></iframe>", escaped(&title), address(href)))
}

/// A picture and what its author says of it.
#[derive(Debug, Default)]
pub(super) struct Figure<'a> {
    pub(super) source: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) caption: Option<&'a str>,
    pub(super) alt: Option<&'a str>,
    pub(super) credit: Option<&'a str>,
    pub(super) link: Option<&'a str>,
}

impl Figure<'_> {
    /// The picture, and below it whatever its own text does not say.
    pub(super) fn writing(&self) -> Writing {
        let caption = self.caption.map(Caption::of).unwrap_or_default();
        let plain = Some(caption.words.as_str()).filter(|_| caption.is_plain());
        let text = self.alt.or(self.title).or(plain).unwrap_or_default();
        let mut picture = image(self.source, text);
        if let Some(link) = self.link {
            picture = format!("<a href=\"{}\">{picture}</a>", address(link));
        }
        let is_new = |words: &str| !words.trim().is_empty() && words.trim() != text.trim();
        let title = self.title.filter(|title| is_new(title)).map(escaped);
        let credit = self.credit.map(Caption::of).filter(|credit| is_new(&credit.words)).map(|credit| credit.html);
        let caption = (is_new(&caption.words) || !caption.is_plain()).then_some(caption.html);
        let below: Vec<String> = [title, caption, credit].into_iter().flatten().collect();
        if below.is_empty() {
            return Writing::Element(picture);
        }
        Writing::Block(format!("<figure>{picture}<figcaption>{}</figcaption></figure>", below.join(" ")))
    }
}

/// A site that others embed: what tags call it, its name, and what stands before and after the name of a thing there.
const SITES: &[(&[&str], &str, &str, &str)] = &[
    (&["youtube", "youtube_video"], "YouTube", "https://www.youtube.com/watch?v=", ""),
    (&["vimeo"], "Vimeo", "https://vimeo.com/", ""),
    (&["x", "tweet", "twitter"], "X", "https://x.com/i/status/", ""),
    (&["gist"], "Gist", "https://gist.github.com/", ""),
    (&["instagram"], "Instagram", "https://www.instagram.com/p/", "/"),
    (&["bilibili"], "Bilibili", "https://www.bilibili.com/video/", "/"),
    (&["codepen"], "CodePen", "https://codepen.io/", ""),
    (&["spotify"], "Spotify", "https://open.spotify.com/", ""),
    (&["soundcloud"], "SoundCloud", "https://soundcloud.com/", ""),
];

/// What is embedded by a tag called `name`, if such a tag embeds anything.
pub(super) fn embedded(name: &str, user: Option<&str>, id: Option<&str>, title: Option<&str>) -> Option<Writing> {
    let lower = name.to_lowercase();
    let (_, site, before, after) = SITES.iter().find(|(names, ..)| names.contains(&lower.as_str()))?;
    let id = id?.trim();
    let href = match user {
        _ if id.starts_with("http://") || id.starts_with("https://") => id.to_owned(),
        Some(user) if *site == "X" => format!("https://x.com/{user}/status/{id}"),
        Some(user) => format!("{before}{user}/{id}{after}"),
        None => format!("{before}{id}{after}"),
    };
    Some(frame(site, title.unwrap_or(id), &href))
}

/// The sign that a fence or a span around `code` is made of.
pub(super) fn ticks(code: &str) -> String {
    let longest = code.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest.max(2) + 1)
}

/// The name of a language, if `text` is one.
pub(super) fn language(text: &str) -> &str {
    let known = |letter: char| letter.is_ascii_alphanumeric() || "+#_-.".contains(letter);
    if text.chars().all(known) { text } else { "" }
}
