//! Conditions as text that means them. It writes no more quotation marks and parentheses than reading needs.

use std::fmt::{self, Display, Formatter};

use super::{Expr, FIELDS, STATES, Scope, State, THINGS, Term, Thing, When};

impl Display for Expr {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(formatter, parts, " ", |part| matches!(part, Self::Any(_))),
            Self::Any(parts) => joined(formatter, parts, " OR ", |_| false),
            Self::Not(inner) => {
                let text = inner.to_string();
                // Two signs would begin a word.
                let is_word = matches!(&**inner, Self::Term(_)) && !text.starts_with('-');
                if is_word { write!(formatter, "-{text}") } else { write!(formatter, "-({text})") }
            }
            Self::Term(term) => term.fmt(formatter),
        }
    }
}

fn joined(
    formatter: &mut Formatter<'_>,
    parts: &[Expr],
    between: &str,
    is_grouped: impl Fn(&Expr) -> bool,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            formatter.write_str(between)?;
        }
        if is_grouped(part) { write!(formatter, "({part})")? } else { write!(formatter, "{part}")? }
    }
    Ok(())
}

impl Display for Term {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(Scope::Anywhere, text) => formatter.write_str(&word(text)),
            Self::Text(Scope::Title, text) => write!(formatter, "title:{}", value(text)),
            Self::Name(taxonomy, name) => write!(formatter, "{}:{}", taxonomy.field(), value(name)),
            Self::Date(when, date) => write!(formatter, "{}:{}", when.field(), value(date)),
            Self::Link(host) => write!(formatter, "link:{}", value(host)),
            Self::Language(language) => write!(formatter, "lang:{}", value(language)),
            Self::Is(state) => write!(formatter, "is:{}", state.name()),
            Self::Has(thing) => write!(formatter, "has:{}", thing.name()),
            Self::Search(name) => write!(formatter, "search:{}", value(name)),
        }
    }
}

impl When {
    /// The field of the search language.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::In => "date",
            Self::After => "after",
            Self::Before => "before",
        }
    }
}

impl State {
    fn name(self) -> &'static str {
        STATES.iter().find(|(_, state)| *state == self).map_or("", |(name, _)| name)
    }
}

impl Thing {
    fn name(self) -> &'static str {
        THINGS.iter().find(|(_, thing)| *thing == self).map_or("", |(name, _)| name)
    }
}

/// A word that is not read as anything else.
fn word(text: &str) -> String {
    let is_sign = matches!(text, "OR" | "AND" | "-");
    let is_refusal = text.starts_with('-') && !text.starts_with("--");
    let is_field = text.split_once(':').is_some_and(|(name, _)| is_field(name));
    if is_sign || is_refusal || is_field || text.starts_with('(') { quoted(text) } else { value(text) }
}

fn is_field(name: &str) -> bool {
    FIELDS.iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn value(text: &str) -> String {
    let is_plain = !text.contains(|letter: char| letter.is_whitespace() || matches!(letter, '"' | ')'));
    if is_plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
