//! Text to conditions, total and without a fault that would stop it: what is not finished asks for nothing yet.

use std::iter::Peekable;
use std::str::Chars;

use super::{Expr, FIELDS, Query, Reach, SORTS, STATES, Scope, Sense, Sort, THINGS, Term, Trouble, When};
use crate::blog::taxonomy::Taxonomy;
use crate::clean;
use crate::text::Clean;

/// Parentheses in parentheses at the most; those further in are passed over.
const DEEPEST: usize = 32;

/// Words that are looked for at the most; those behind them are passed over, and told so.
const WORDS: usize = 32;

/// Reads a query.
pub(super) fn query(text: &str, reach: Reach) -> Query {
    let mut tokens = tokens(text);
    let mut troubles = Vec::new();
    let mut words = 0;
    tokens.retain(|token| {
        words += usize::from(matches!(token, Token::Word(..)));
        words <= WORDS || !matches!(token, Token::Word(..))
    });
    if words > WORDS {
        let what = clean!("only the first {WORDS} words are looked for");
        troubles.push(Trouble { what, remedy: Clean::literal("take some away") });
    }
    let mut parser = Parser { tokens: tokens.into_iter(), reach, sort: None, troubles };
    let wanted = parser.alternatives();
    Query { text: text.trim().to_owned(), wanted, sort: parser.sort, troubles: parser.troubles, reach }
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Open(Sense),
    Close,
    Or,
    Word(Sense, Word),
}

/// A word without its quotation marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Word {
    text: String,
    /// The first colon, where no quotation mark stands before it.
    colon: Option<usize>,
    quoted: bool,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut letters = text.chars().peekable();
    let mut tokens = Vec::new();
    let mut depth = 0;
    loop {
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        let sense = sense(&mut letters);
        match letters.peek() {
            None => return tokens,
            Some('(') if depth < DEEPEST => {
                letters.next();
                depth += 1;
                tokens.push(Token::Open(sense));
            }
            Some(')') if depth > 0 => {
                letters.next();
                depth -= 1;
                tokens.push(Token::Close);
            }
            Some(_) => tokens.extend(word(&mut letters, depth > 0).token(sense)),
        }
    }
}

/// Takes the sign of a refusal. Two of them begin a word: an option such as `--dry-run` is looked for.
fn sense(letters: &mut Peekable<Chars<'_>>) -> Sense {
    let mut ahead = letters.clone();
    let refuses = ahead.next() == Some('-') && ahead.next().is_some_and(|next| next != '-' && !next.is_whitespace());
    if refuses && letters.next().is_some() { Sense::Unwanted } else { Sense::Wanted }
}

/// Takes a word; a quotation that is not closed reaches to the end.
fn word(letters: &mut Peekable<Chars<'_>>, in_group: bool) -> Word {
    let mut word = Word::default();
    let mut open = false;
    while let Some(letter) = letters.next_if(|letter| open || !(letter.is_whitespace() || (in_group && *letter == ')')))
    {
        match letter {
            '"' => {
                open = !open;
                word.quoted = true;
            }
            '\\' if open => word.text.extend(letters.next_if(|next| matches!(next, '"' | '\\')).or(Some('\\'))),
            ':' if !word.quoted && word.colon.is_none() => {
                word.colon = Some(word.text.len());
                word.text.push(':');
            }
            other => word.text.push(other),
        }
    }
    word
}

impl Word {
    fn token(self, sense: Sense) -> Option<Token> {
        match self.text.as_str() {
            "OR" if !self.quoted && sense == Sense::Wanted => Some(Token::Or),
            "AND" | "-" if !self.quoted => None,
            "" => None,
            _ => Some(Token::Word(sense, self)),
        }
    }
}

/// What a field and its value ask for.
enum Meaning {
    Term(Term),
    /// Nothing yet: the value is missing or means nothing.
    Nothing,
    /// There is no such field.
    NoField,
}

struct Parser {
    tokens: std::vec::IntoIter<Token>,
    reach: Reach,
    sort: Option<Sort>,
    troubles: Vec<Trouble>,
}

impl Parser {
    /// What stands between `OR`s, up to the end of the group.
    fn alternatives(&mut self) -> Expr {
        let mut alternatives = Vec::new();
        let mut parts = Vec::new();
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Close => break,
                Token::Or => alternatives.push(Expr::all(std::mem::take(&mut parts))),
                Token::Open(sense) => {
                    let group = self.alternatives();
                    parts.push(sense.of(group));
                }
                Token::Word(sense, word) => parts.extend(self.term(&word).map(|term| sense.of(Expr::Term(term)))),
            }
        }
        alternatives.push(Expr::all(parts));
        Expr::any(alternatives)
    }

    fn term(&mut self, word: &Word) -> Option<Term> {
        let (name, value) = word.colon.and_then(|colon| word.text.split_at_checked(colon)).unwrap_or_default();
        let value = value.strip_prefix(':').unwrap_or_default();
        match self.field(&name.to_ascii_lowercase(), value) {
            Meaning::Term(term) => Some(term),
            Meaning::Nothing => None,
            Meaning::NoField => {
                self.doubt(name, value);
                Some(Term::Text(Scope::Anywhere, word.text.clone()))
            }
        }
    }

    fn field(&mut self, name: &str, value: &str) -> Meaning {
        let text = || Some(value.to_owned()).filter(|value| !value.is_empty());
        let term = match name {
            "title" => text().map(|text| Term::Text(Scope::Title, text)),
            "tag" => text().map(|name| Term::Name(Taxonomy::Tag, name)),
            "category" => text().map(|name| Term::Name(Taxonomy::Category, name)),
            "author" => text().map(|name| Term::Name(Taxonomy::Author, name)),
            "series" => text().map(|name| Term::Name(Taxonomy::Series, name)),
            "year" => self.date(When::Year, value),
            "date" => self.date(When::In, value),
            "after" => self.date(When::After, value),
            "before" => self.date(When::Before, value),
            "link" => text().map(|host| Term::Link(host.to_lowercase())),
            "lang" => text().map(|language| Term::Language(language.to_lowercase())),
            "is" => self.one_of(name, value, &STATES).map(Term::Is),
            "has" => self.one_of(name, value, &THINGS).map(Term::Has),
            "search" => text().map(Term::Search),
            "sort" => {
                self.sort = self.one_of(name, value, &SORTS).or(self.sort);
                None
            }
            _ => return Meaning::NoField,
        };
        term.map_or(Meaning::Nothing, Meaning::Term)
    }

    fn date(&mut self, when: When, value: &str) -> Option<Term> {
        let mut parts = value.split('-');
        let digits = |part: Option<&str>, most: usize| {
            part.is_none_or(|part| part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let is_date = digits(parts.next(), 4) && digits(parts.next(), 2) && digits(parts.next(), 2);
        if !is_date || parts.next().is_some() || (when == When::Year && value.contains('-')) {
            let remedy = if when == When::Year { "write 2007" } else { "write 2007, 2007-09, 2007-09-12 or 09-12" };
            self.trouble(clean!("{value} is no {}", when.field_noun()), Clean::literal(remedy));
            return None;
        }
        Some(value.to_owned()).filter(|value| !value.is_empty()).map(|date| Term::Date(when, date))
    }

    fn one_of<T: Copy>(&mut self, field: &str, value: &str, known: &[(&str, T)]) -> Option<T> {
        let value = value.to_ascii_lowercase();
        if let Some((_, found)) = known.iter().find(|(name, _)| *name == value) {
            return Some(*found);
        }
        let may_become = self.reach == Reach::Typed && known.iter().any(|(name, _)| name.starts_with(&value));
        if !value.is_empty() && !may_become {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            self.trouble(clean!("{field}:{value} means nothing"), clean!("one of {}", names.join(", ")));
        }
        None
    }

    /// Complains of a word that was probably meant as a field; it is looked for as it stands.
    fn doubt(&mut self, name: &str, value: &str) {
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !is_name || value.starts_with("//") {
            return;
        }
        let distance = |known: &str| strsim::damerau_levenshtein(&name.to_ascii_lowercase(), known);
        if let Some((1 | 2, known)) = FIELDS.into_iter().map(|known| (distance(known), known)).min() {
            self.trouble(clean!("{name} is no field"), clean!("did you mean {known}:?"));
        }
    }

    fn trouble(&mut self, what: Clean, remedy: Clean) {
        self.troubles.push(Trouble { what, remedy });
    }
}

impl Sense {
    fn of(self, expr: Expr) -> Expr {
        if self == Self::Wanted { expr } else { expr.negated() }
    }
}

impl When {
    const fn field_noun(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::In | Self::After | Self::Before => "date",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{State, Thing};
    use super::*;

    fn text(text: &str) -> Expr {
        Expr::Term(Term::Text(Scope::Anywhere, text.to_owned()))
    }

    fn tag(name: &str) -> Expr {
        Expr::Term(Term::Name(Taxonomy::Tag, name.to_owned()))
    }

    fn date(when: When, date: &str) -> Expr {
        Expr::Term(Term::Date(when, date.to_owned()))
    }

    #[test]
    fn words_fields_quotations_groups_and_refusals() {
        let cases = [
            ("one two", Expr::All(vec![text("one"), text("two")])),
            ("\"one two\"", text("one two")),
            ("\"say \\\"so\\\"\"", text("say \"so\"")),
            ("tag:IOS -tag:iOS", Expr::All(vec![tag("IOS"), tag("iOS").negated()])),
            ("tag:\"two words\"", tag("two words")),
            ("TAG:x year:2007", Expr::All(vec![tag("x"), date(When::Year, "2007")])),
            ("after:2007-09 before:2008-01-02", {
                Expr::All(vec![date(When::After, "2007-09"), date(When::Before, "2008-01-02")])
            }),
            ("http://a.example", text("http://a.example")),
            ("one OR two three", Expr::Any(vec![text("one"), Expr::All(vec![text("two"), text("three")])])),
            ("one AND two", Expr::All(vec![text("one"), text("two")])),
            ("a (b OR c)", Expr::All(vec![text("a"), Expr::Any(vec![text("b"), text("c")])])),
            ("-(b OR c)", Expr::Any(vec![text("b"), text("c")]).negated()),
            ("((a))", text("a")),
            ("f(x)", text("f(x)")),
            ("--dry-run", text("--dry-run")),
            ("is:draft has:table", {
                Expr::All(vec![Expr::Term(Term::Is(State::Draft)), Expr::Term(Term::Has(Thing::Table))])
            }),
            ("title:a:b", Expr::Term(Term::Text(Scope::Title, "a:b".to_owned()))),
            ("\"tag:x\"", text("tag:x")),
        ];
        for (written, expected) in cases {
            let query = Query::parse(written);
            assert_eq!((query.wanted, query.troubles), (expected, vec![]), "{written}");
        }
    }

    #[test]
    fn what_is_not_finished_asks_for_nothing_yet() {
        for written in
            ["", " ", "tag:", "- \"", "-", "(", "()", "-(", "OR", "( OR )", "sort:", "is:dr", "sort:da", "year:"]
        {
            let query = Query::typed(written);
            assert_eq!((query.wanted, query.sort, query.troubles), (Expr::default(), None, vec![]), "{written}");
        }
        for (written, expected) in [
            ("\"open end", text("open end")),
            ("a OR", text("a")),
            ("a (b OR", Expr::All(vec![text("a"), text("b")])),
            ("a)", text("a)")),
        ] {
            let query = Query::typed(written);
            assert_eq!((query.wanted, query.troubles), (expected, vec![]), "{written}");
        }
    }

    #[test]
    fn what_means_nothing_is_told_and_empties_no_list() {
        for (written, wanted, what, remedy) in [
            ("tga:x", text("tga:x"), "tga is no field", "did you mean tag:?"),
            ("a year:20o7", text("a"), "20o7 is no year", "write 2007"),
            ("date:yesterday", Expr::default(), "yesterday is no date", "write 2007, 2007-09, 2007-09-12 or 09-12"),
            (
                "is:drafty",
                Expr::default(),
                "is:drafty means nothing",
                "one of draft, undated, broken, read, unread, starred, started, opened",
            ),
        ] {
            let query = Query::typed(written);
            let told: Vec<_> = query.troubles.iter().map(|it| (it.what.as_str(), it.remedy.as_str())).collect();
            assert_eq!((query.wanted, told), (wanted, vec![(what, remedy)]), "{written}");
        }
        assert_eq!(Query::parse("error:x").troubles, vec![], "far from every field");
    }

    #[test]
    fn the_last_order_counts_wherever_it_stands() {
        let query = Query::parse("sort:title (a sort:length)");
        assert_eq!((query.wanted.clone(), query.sort), (text("a"), Some(Sort::Length)));
        assert_eq!(query.printed(), "a sort:length");
    }

    #[test]
    fn a_query_of_too_many_words_is_told_and_looks_for_the_first() {
        let query = Query::typed(&"a ".repeat(10_000));
        assert_eq!(query.wanted.words().len(), WORDS);
        let told: Vec<&str> = query.troubles.iter().map(|it| it.what.as_str()).collect();
        assert_eq!(told, ["only the first 32 words are looked for"]);
        assert_eq!(Query::typed(&"a ".repeat(WORDS)).troubles, vec![]);
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = "(".repeat(100_000);
        assert!(Query::parse(&deep).wanted.words().len() < 2);
        let refused = "-(".repeat(100_000) + "a";
        assert!(!Query::parse(&refused).is_empty());
    }

    #[test]
    fn a_tag_is_required_forbidden_and_freed() {
        let term = Term::Name(Taxonomy::Tag, "two words".to_owned());
        let query = Query::parse("a sort:title").requiring(&term);
        assert_eq!((query.text(), query.asks(&term)), ("a tag:\"two words\" sort:title", Some(Sense::Wanted)));
        let query = query.forbidding(&term);
        assert_eq!((query.text(), query.asks(&term)), ("a -tag:\"two words\" sort:title", Some(Sense::Unwanted)));
        let query = query.freeing(&term);
        assert_eq!((query.text(), query.asks(&term)), ("a sort:title", None));
    }
}
