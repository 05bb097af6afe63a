//! The search language: words and `field:value`, all of which a post must have. Parsing is total: every text means something.

use std::fmt;

/// What to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Query {
    text: String,
    /// All of them must hold.
    pub terms: Vec<Term>,
    /// How much of a value must be typed.
    pub reach: Reach,
}

/// How much of a tag or category must be given to mean it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Reach {
    /// All of it.
    #[default]
    Whole,
    /// Its beginning, where no post has the whole of it: somebody is still typing.
    Typed,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// Whether posts must have it or must not.
    pub sense: Sense,
    /// Where to look.
    pub field: Field,
    /// What to look for; smart-case: lower case matches both cases, upper case itself. A tag or category after `=` is
    /// exactly this one.
    pub text: String,
}

/// Whether a term is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sense {
    /// Posts must have it.
    Wanted,
    /// Posts must not have it.
    Unwanted,
}

/// Where a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// In title, tags and body.
    Anywhere,
    /// In the title.
    Title,
    /// Among the tags, as a whole.
    Tag,
    /// Among the categories, as a whole.
    Category,
    /// In the authors' names.
    Author,
    /// In the year of the date.
    Year,
    /// A state: `draft`, `undated`.
    Is,
}

/// The fields by name.
const FIELDS: [(&str, Field); 6] = [
    ("title", Field::Title),
    ("tag", Field::Tag),
    ("category", Field::Category),
    ("author", Field::Author),
    ("year", Field::Year),
    ("is", Field::Is),
];

impl Query {
    /// Reads a query that somebody has finished.
    pub fn parse(text: &str) -> Self {
        Self {
            text: text.trim().to_owned(),
            terms: words(text).iter().filter_map(|word| term(word)).collect(),
            reach: Reach::Whole,
        }
    }

    /// Reads a query that somebody may still be typing.
    pub fn typed(text: &str) -> Self {
        Self { reach: Reach::Typed, ..Self::parse(text) }
    }

    /// The query for one value of a field, quoted as it needs.
    pub fn of(field: &str, value: &str) -> Self {
        let quoted = value.contains(char::is_whitespace) || value.starts_with('"');
        Self::parse(&if quoted { format!("{field}:\"{value}\"") } else { format!("{field}:{value}") })
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// Splits at white space outside quotation marks; a quotation that is not closed reaches to the end.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for letter in text.chars() {
        quoted ^= letter == '"';
        if letter.is_whitespace() && !quoted {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        } else {
            word.push(letter);
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// One word to a term; a word that is only a sign or an empty field asks for nothing yet.
fn term(word: &str) -> Option<Term> {
    let (sense, rest) = match word.strip_prefix('-') {
        Some(rest) if !rest.is_empty() => (Sense::Unwanted, rest),
        _ => (Sense::Wanted, word),
    };
    let named = rest.split_once(':').and_then(|(name, value)| {
        let (_, field) = FIELDS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known))?;
        Some((*field, value))
    });
    let (field, value) = named.unwrap_or((Field::Anywhere, rest));
    let text = value.replace('"', "");
    if text.is_empty() || word == "-" { None } else { Some(Term { sense, field, text }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Case<'a> = (&'a str, &'a [(Sense, Field, &'a str)]);

    fn shown(text: &str) -> Vec<(Sense, Field, String)> {
        Query::parse(text).terms.into_iter().map(|term| (term.sense, term.field, term.text)).collect()
    }

    #[test]
    fn words_fields_quotations_and_refusals() {
        use Field::{Anywhere, Category, Tag, Year};
        use Sense::{Unwanted, Wanted};
        let cases: [Case<'_>; 9] = [
            ("one two", &[(Wanted, Anywhere, "one"), (Wanted, Anywhere, "two")]),
            ("\"one two\"", &[(Wanted, Anywhere, "one two")]),
            ("tag:IOS -tag:iOS", &[(Wanted, Tag, "IOS"), (Unwanted, Tag, "iOS")]),
            ("tag:\"two words\"", &[(Wanted, Tag, "two words")]),
            ("Category:News year:2007", &[(Wanted, Category, "News"), (Wanted, Year, "2007")]),
            ("http://a.example", &[(Wanted, Anywhere, "http://a.example")]),
            ("tag:", &[]),
            ("- \"", &[]),
            ("\"open end", &[(Wanted, Anywhere, "open end")]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> =
                expected.iter().map(|(sense, field, text)| (*sense, *field, (*text).to_owned())).collect();
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_value_with_a_space_is_quoted_and_read_again() {
        let query = Query::of("tag", "two words");
        assert_eq!(query.text(), "tag:\"two words\"");
        assert_eq!(Query::parse(query.text()), query);
    }
}
