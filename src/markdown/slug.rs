//! The names by which `#fragments` call headings, as GitHub and Hugo make them.
//!
//! It makes them unique within one document; it resolves no fragment.

use std::collections::HashMap;

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Slugs(HashMap<String, usize>);

impl Slugs {
    /// A name for a heading: its `own`, or one made of its `text`; a number is added where it is taken.
    pub(super) fn name(&mut self, own: Option<&str>, text: &str) -> String {
        let wanted = own.filter(|own| !own.is_empty()).map_or_else(|| slug(text), str::to_owned);
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

/// Lower case, words joined by hyphens, other punctuation dropped.
pub fn slug(text: &str) -> String {
    let kept = |character: &char| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_');
    let name: String = text.trim().chars().filter(kept).flat_map(char::to_lowercase).collect();
    if name.is_empty() { "heading".to_owned() } else { name.replace(' ', "-") }
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
            assert_eq!(slugs.name(own, text), name);
        }
    }
}
