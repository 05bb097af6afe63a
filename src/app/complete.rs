//! What the word being typed may become: a field, or a value that the blog has. It changes nothing by itself.

use super::tags::Facet;
use crate::blog::library::Library;
use crate::blog::query::{Expr, FIELDS, Query, SORTS, STATES, THINGS, Term};
use crate::blog::search::folded;
use crate::blog::taxonomy::Taxonomy;
use crate::clean;
use crate::text::Clean;

/// A way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What takes the place of the word.
    pub text: String,
    /// What is shown of it, with the number of its posts where it has some.
    pub shown: Clean,
}

/// Ways to go on at the most.
const MOST: usize = 12;

/// What the last word of `typed` may become, the most frequent first; and the byte where that word begins.
pub fn completions(library: &Library, typed: &str) -> (usize, Vec<Completion>) {
    let start = word_start(typed);
    let word = typed.get(start..).unwrap_or_default();
    let (sign, word) = word.strip_prefix('-').map_or(("", word), |rest| ("-", rest));
    let ways = match word.split_once(':') {
        Some((field, value)) => values(library, field, value.trim_matches('"')),
        None if word.is_empty() => Vec::new(),
        None => fields(word),
    };
    let signed = |way: Completion| Completion { text: format!("{sign}{}", way.text), ..way };
    (start, ways.into_iter().filter(|way| way.text != word).take(MOST).map(signed).collect())
}

/// Where the last word begins: behind white space or a parenthesis outside quotation marks.
fn word_start(typed: &str) -> usize {
    let (mut start, mut quoted) = (0, false);
    for (at, letter) in typed.char_indices() {
        quoted ^= letter == '"';
        if !quoted && (letter.is_whitespace() || letter == '(') {
            start = at + letter.len_utf8();
        }
    }
    start
}

fn fields(word: &str) -> Vec<Completion> {
    let begins = |name: &&str| name.starts_with(&word.to_ascii_lowercase());
    FIELDS
        .into_iter()
        .filter(begins)
        .map(|name| Completion { text: format!("{name}:"), shown: clean!("{name}:") })
        .collect()
}

fn values(library: &Library, field: &str, value: &str) -> Vec<Completion> {
    let field = field.to_ascii_lowercase();
    let of = |taxonomy: Taxonomy| counted(library, taxonomy, value);
    match field.as_str() {
        "tag" => of(Taxonomy::Tag),
        "category" => of(Taxonomy::Category),
        "author" => of(Taxonomy::Author),
        "series" => of(Taxonomy::Series),
        "year" => years(library, value),
        "is" => named(&field, value, STATES.iter().map(|(name, _)| *name)),
        "has" => named(&field, value, THINGS.iter().map(|(name, _)| *name)),
        "search" => searches(library, value),
        "sort" => named(&field, value, SORTS.iter().map(|(name, _)| *name)),
        _ => Vec::new(),
    }
}

/// Searches whose names begin so, with what they stand for.
fn searches(library: &Library, value: &str) -> Vec<Completion> {
    let found = library.searches().iter().filter(|(name, _)| name.starts_with(value));
    let completion = |(name, query): (&str, &Query)| Completion {
        text: Expr::Term(Term::Search(name.to_owned())).to_string(),
        shown: clean!("{name} ({query})"),
    };
    found.map(completion).collect()
}

/// Names that begin so, in any case and with or without accents, the most frequent first.
fn counted(library: &Library, taxonomy: Taxonomy, value: &str) -> Vec<Completion> {
    let value = folded(value);
    let begins = |(name, _): &&(Clean, usize)| folded(name.as_str()).starts_with(&value);
    let mut found: Vec<&(Clean, usize)> = library.terms(taxonomy).iter().filter(begins).collect();
    found.sort_by_key(|(_, posts)| std::cmp::Reverse(*posts));
    let completion = |(name, posts): &(Clean, usize)| Completion {
        text: library.term(taxonomy, name).to_string(),
        shown: clean!("{name} {posts}"),
    };
    found.into_iter().take(MOST + 1).map(completion).collect()
}

fn years(library: &Library, value: &str) -> Vec<Completion> {
    let years = Facet::Years.counted(library, library.posts()).into_iter().rev();
    let begins = years.filter(|(year, _)| year.as_str().starts_with(value));
    begins.map(|(year, posts)| Completion { text: format!("year:{year}"), shown: clean!("{year} {posts}") }).collect()
}

fn named<'a>(field: &str, value: &str, names: impl Iterator<Item = &'a str>) -> Vec<Completion> {
    let begins = names.filter(|name| name.starts_with(&value.to_ascii_lowercase()));
    begins.map(|name| Completion { text: format!("{field}:{name}"), shown: clean!("{name}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::front::Fields;
    use crate::blog::post::Post;
    use crate::blog::site::{Generator, Site};

    fn texts(typed: &str) -> (usize, Vec<String>) {
        let site = Site::new(Generator::Hugo, &Fields::default());
        let mut library = Library::new(site.clone());
        let read = |(path, head): (&str, &str)| {
            (Some(Post::read(path, format!("---\n{head}\n---\n").into_bytes(), &site).0.into()), Vec::new())
        };
        library.add(vec![
            read(("a.md", "date: 2001-01-01\ntags: [Sea, two words]")),
            read(("b.md", "date: 2002-01-01\ntags: [Sea, Étude, 'say \"so\"']")),
        ]);
        let (start, found) = completions(&library, typed);
        (start, found.into_iter().map(|way| way.text).collect())
    }

    #[test]
    fn the_last_word_becomes_a_field_a_name_with_its_count_or_a_word_of_the_language() {
        for (typed, start, expected) in [
            ("", 0, &[][..]),
            ("one ta", 4, &["tag:"]),
            ("s", 0, &["search:", "series:", "sort:"]),
            ("tag:", 0, &["tag:Sea", "tag:say \\so\\", "tag:two words", "tag:Étude"]),
            ("(tag:et", 1, &["tag:Étude"]),
            ("-tag:two", 0, &["-tag:two words"]),
            ("tag:\"two w", 0, &["tag:two words"]),
            ("x year:200", 2, &["year:2002", "year:2001"]),
            (
                "is:",
                0,
                &[
                    "is:draft",
                    "is:undated",
                    "is:broken",
                    "is:read",
                    "is:unread",
                    "is:starred",
                    "is:started",
                    "is:opened",
                ],
            ),
            ("has:ta", 0, &["has:table"]),
            ("sort:r", 0, &["sort:relevance", "sort:random"]),
            ("year:2001", 0, &[]),
            ("http:", 0, &[]),
        ] {
            let (at, mut found) = texts(typed);
            for text in &mut found {
                *text = text.replace('"', "");
            }
            found.sort_by_key(|text| expected.iter().position(|known| known == text));
            assert_eq!((at, found), (start, expected.iter().map(|text| (*text).to_owned()).collect()), "{typed}");
        }
    }
}
