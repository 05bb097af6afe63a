//! The places of a post that a `#fragment` may name, as a browser would find them on the page that the generator makes.
//!
//! Generators make names of headings in ways of their own. Where that way is not GitHub's, a name that agrees in its letters is
//! taken for right: a false alarm costs more than a fault that is not told.

use std::cell::Cell;
use std::collections::HashSet;

use crate::blog::site::Generator;
use crate::markdown::Document;

/// The places of one post.
pub(super) struct Places {
    ids: HashSet<String>,
    /// The letters of headings, where names are not made as on GitHub.
    letters: HashSet<String>,
    /// The same of headings with signs that some generators spell out, without these.
    spelt: Vec<String>,
    /// What headings are called, to find the one that was meant.
    near: Vec<String>,
    /// How often names are still compared one by one: a post may have very many that are not there.
    patience: Cell<usize>,
}

/// Headings that are compared one by one, and bytes of the longest.
const HEADINGS: usize = 100;
const LONGEST: usize = 80;
/// Names of one post that are compared with them.
const PATIENCE: usize = 200;

impl Places {
    /// The places of a document.
    pub(super) fn of(document: &Document, generator: Generator) -> Self {
        let headings = document.headings.as_slice();
        let places = document.places.iter().map(|place| &place.id);
        let ids = headings.iter().map(|heading| &heading.id).chain(places).cloned().collect();
        let loose = if is_as_on_github(generator) { &[][..] } else { headings };
        let letters = loose.iter().flat_map(|heading| [letters(&heading.id), letters(heading.text.as_str())]).collect();
        let spelt = loose.iter().map(|heading| heading.text.as_str());
        let spelt = spelt.filter(|text| !text.is_ascii() && text.len() <= LONGEST).map(ascii_letters);
        let spelt = spelt.filter(|letters| !letters.is_empty()).take(HEADINGS).collect();
        let near = headings.iter().map(|heading| &heading.id).filter(|id| id.len() <= LONGEST).take(HEADINGS);
        Self { ids, letters, spelt, near: near.cloned().collect(), patience: Cell::new(PATIENCE) }
    }

    /// Whether a fragment leads somewhere. The top of a page, and words to be marked in it, every page has
    /// (<https://html.spec.whatwg.org/multipage/browsing-the-web.html#scrolling-to-a-fragment>); footnotes are numbered by
    /// the generator.
    pub(super) fn has(&self, id: &str) -> bool {
        let id = id.split(":~:").next().unwrap_or(id);
        let is_note = id.starts_with("fn") && self.ids.contains("fn:1");
        id.is_empty()
            || id.eq_ignore_ascii_case("top")
            || is_note
            || self.ids.contains(id)
            || self.letters.contains(&letters(id))
            || self.is_spelt_out(id)
    }

    /// Whether a heading has these letters beside signs that a generator may have spelt out.
    fn is_spelt_out(&self, id: &str) -> bool {
        if self.spelt.is_empty() || id.len() > 2 * LONGEST || !self.is_patient() {
            return false;
        }
        let id = ascii_letters(id);
        self.spelt.iter().any(|spelt| {
            let mut rest = id.chars();
            spelt.chars().all(|letter| rest.any(|other| other == letter))
        })
    }

    /// The heading that was probably meant.
    pub(super) fn nearest(&self, id: &str) -> Option<&str> {
        let lower = id.to_lowercase();
        let length = lower.chars().count();
        if id.len() > LONGEST || self.near.is_empty() || !self.is_patient() {
            return None;
        }
        let distance = |near: &String| strsim::damerau_levenshtein(&lower, &near.to_lowercase());
        let (distance, near) = self.near.iter().map(|near| (distance(near), near)).min()?;
        (distance * 3 <= length).then_some(near)
    }

    fn is_patient(&self) -> bool {
        let left = self.patience.get();
        self.patience.set(left.saturating_sub(1));
        left > 0
    }
}

/// Whether headings are named as on GitHub, as far as is known. Nobody knows how a folder without a generator is published.
const fn is_as_on_github(generator: Generator) -> bool {
    match generator {
        Generator::Hugo
        | Generator::Jekyll
        | Generator::Docusaurus
        | Generator::Astro
        | Generator::Gatsby
        | Generator::MdBook
        | Generator::Obsidian => true,
        Generator::Zola
        | Generator::Eleventy
        | Generator::Hexo
        | Generator::Pelican
        | Generator::Nikola
        | Generator::Middleman
        | Generator::Plain => false,
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn ascii_letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    fn places(generator: Generator, text: &str) -> Places {
        Places::of(&parse(text, Dialect::COMMON), generator)
    }

    #[test]
    fn a_fragment_is_found_as_the_generator_names_headings() {
        let text = "## Set it *up* now!\n\n## -Zcheck-cfg\n\n## Bugs 🦀\n\n<b id=\"Here\">x</b>\n\nA note.[^n]\n\n[^n]: Text.\n";
        for (generator, id, is_there) in [
            (Generator::Hugo, "set-it-up-now", true),
            (Generator::Hugo, "Set-it-up-now", false),
            (Generator::Hugo, "zcheck-cfg", false),
            (Generator::Hugo, "bugs-crab", false),
            (Generator::Hugo, "Here", true),
            (Generator::Hugo, "here", false),
            (Generator::Hugo, "", true),
            (Generator::Hugo, "Top", true),
            (Generator::Hugo, ":~:text=some%20words", true),
            (Generator::Hugo, "fn:n", true),
            (Generator::Zola, "zcheck-cfg", true),
            (Generator::Zola, "bugs-crab", true),
            (Generator::Zola, "bug-crab", false),
            (Generator::Plain, "Set-it-up-now", true),
            (Generator::Plain, "set-it-down", false),
        ] {
            assert_eq!(places(generator, text).has(id), is_there, "{generator:?} {id}");
        }
        assert!(!places(Generator::Hugo, "Nothing.").has("fn:1"));
    }

    #[test]
    fn the_heading_that_was_meant_is_offered() {
        let places = places(Generator::Hugo, "## Set it up\n\n## Later\n");
        for (id, near) in [("set-it-upp", Some("set-it-up")), ("Latre", Some("later")), ("elsewhere", None)] {
            assert_eq!(places.nearest(id), near, "{id}");
        }
    }

    #[test]
    fn nobody_waits_for_a_post_with_very_many_fragments() {
        let places = places(Generator::Zola, &"## Übermäßig viele\n\n".repeat(1000));
        let missing = (0..100_000).filter(|nth| !places.has(&format!("x{nth}")) && places.nearest("y").is_none());
        assert_eq!(missing.count(), 100_000);
    }
}
