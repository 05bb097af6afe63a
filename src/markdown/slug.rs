//! The names by which `#fragments` call headings, as the generators make them.
//!
//! It makes them unique within one document; it resolves no fragment.

use std::collections::HashMap;

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::dialect::Dialect;

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Slugs(HashMap<String, usize>);

impl Slugs {
    /// A name for a heading: its `own`, or one made of its `text`; a number is added where it is taken.
    pub(super) fn name(&mut self, own: Option<&str>, text: &str, dialect: Dialect) -> String {
        let own = own.filter(|own| !own.is_empty());
        let wanted = own.map_or_else(|| slug_in(text, dialect), str::to_owned);
        let mut name = wanted.clone();
        let mut number = self.0.get(&wanted).copied().unwrap_or_default();
        while self.0.contains_key(&name) {
            number += 1;
            name = format!("{wanted}-{number}");
        }
        self.0.insert(wanted, number);
        self.0.entry(name.clone()).or_default();
        name
    }
}

/// The name that the generator of a dialect makes of a heading.
pub fn slug_in(text: &str, dialect: Dialect) -> String {
    if dialect.has(Dialect::ASCII_IDS) {
        ascii_slug(text)
    } else if dialect.has(Dialect::CASED_IDS) {
        cased_slug(text)
    } else {
        slug(text)
    }
}

/// Lower case, words joined by hyphens, other punctuation dropped: GitHub's way, also Hugo's
/// (<https://gohugo.io/configuration/markup/#parserautoheadingidtype>), Docusaurus', Astro's, mdBook's and, through kramdown's
/// GitHub mode, Jekyll's (<https://github.com/kramdown/parser-gfm>).
pub fn slug(text: &str) -> String {
    let kept = |character: &char| {
        character.is_alphanumeric() || matches!(character, ' ' | '-' | '_') || is_combining_mark(*character)
    };
    let name: String = text.trim().chars().filter(kept).flat_map(char::to_lowercase).collect();
    if name.is_empty() { "heading".to_owned() } else { name.replace(' ', "-") }
}

/// ASCII letters and digits in lower case, what is between them one hyphen: Zola's way
/// (<https://www.getzola.org/documentation/getting-started/configuration/#slugification-strategies>).
pub fn ascii_slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars() {
        for letter in deunicode_char(letter).unwrap_or("-").chars() {
            if letter.is_ascii_alphanumeric() {
                slug.push(letter.to_ascii_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Letters without accents in their case, what is between them one hyphen: Hexo's way (`slugize` of
/// <https://github.com/hexojs/hexo-util>).
fn cased_slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter) && !letter.is_control()).nfc() {
        if !(letter.is_ascii_punctuation() || letter.is_whitespace()) {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_the_words_and_never_repeat() {
        let mut slugs = Slugs::default();
        for (own, text, name) in [
            (None, "Set it up", "set-it-up"),
            (None, "Set it up!", "set-it-up-1"),
            (None, "Set it up 1", "set-it-up-1-1"),
            (Some("mine"), "Whatever", "mine"),
            (None, "C++ & Größe", "c--größe"),
            (None, "…", "heading"),
        ] {
            assert_eq!(slugs.name(own, text, Dialect::COMMON), name);
        }
    }

    #[test]
    fn every_generator_has_its_own_way() {
        for (text, github, ascii, cased) in [
            ("What's new & *old*?", "whats-new--old", "what-s-new-old", "What-s-new-old"),
            ("Größe der Wände", "größe-der-wände", "grosse-der-wande", "Große-der-Wande"),
            ("Fast builds 🦀", "fast-builds-", "fast-builds-crab", "Fast-builds-🦀"),
            ("6.4 控制器", "64-控制器", "6-4-kong-zhi-qi", "6-4-控制器"),
            ("snake_case", "snake_case", "snake-case", "snake-case"),
            ("सत्य", "सत्य", "sty", "सतय"),
        ] {
            assert_eq!(slug_in(text, Dialect::COMMON), github);
            assert_eq!(slug_in(text, Dialect::ASCII_IDS), ascii);
            assert_eq!(slug_in(text, Dialect::CASED_IDS), cased);
        }
    }
}
