//! Searches that have a name, and what a query means that asks for one of them.
//!
//! They are put into the query before it is asked of any post; one that asks for itself asks for nothing.

use std::collections::BTreeMap;

use super::{Expr, Query, Reach, Sort, Term, Trouble};
use crate::clean;

/// Letters that may be wrong in a name.
const FAR: usize = 2;

/// Queries by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Searches(BTreeMap<String, Query>);

impl Searches {
    /// Gives a query a name, in the place of the one that had it.
    pub fn name(&mut self, name: &str, query: Query) {
        self.0.insert(name.to_owned(), query);
    }

    /// The query of a name.
    pub fn get(&self, name: &str) -> Option<&Query> {
        self.0.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Query)> {
        self.0.iter().map(|(name, query)| (name.as_str(), query))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The query with what its names stand for in their places; its order is its own, else that of the first of them.
    pub fn applied(&self, query: &Query) -> Query {
        if !query.wanted.any_term(&|term| matches!(term, Term::Search(_))) {
            return query.clone();
        }
        let mut filling = Filling { searches: self, reach: query.reach, within: Vec::new(), found: query.clone() };
        let wanted = filling.filled(&query.wanted);
        Query { wanted, ..filling.found }
    }
}

/// A query whose names are being replaced.
struct Filling<'a> {
    searches: &'a Searches,
    reach: Reach,
    /// The names around the one that is being replaced.
    within: Vec<&'a str>,
    found: Query,
}

impl<'a> Filling<'a> {
    fn filled(&mut self, expr: &Expr) -> Expr {
        match expr {
            Expr::All(parts) => Expr::all(parts.iter().map(|part| self.filled(part)).collect::<Vec<_>>()),
            Expr::Any(parts) => Expr::any(parts.iter().map(|part| self.filled(part)).collect::<Vec<_>>()),
            Expr::Not(inner) => self.filled(inner).negated(),
            Expr::Term(Term::Search(name)) => self.search(name),
            Expr::Term(term) => Expr::Term(term.clone()),
        }
    }

    fn search(&mut self, name: &str) -> Expr {
        let searches: &'a Searches = self.searches;
        let Some((name, query)) = searches.0.get_key_value(name) else {
            self.unknown(name);
            return Expr::default();
        };
        if self.within.contains(&name.as_str()) {
            self.trouble(&format!("search:{name} asks for itself"), "it is left out there");
            return Expr::default();
        }
        self.within.push(name);
        let wanted = self.filled(&query.wanted);
        self.within.pop();
        self.order(query.sort);
        wanted
    }

    fn order(&mut self, sort: Option<Sort>) {
        self.found.sort = self.found.sort.or(sort);
    }

    fn unknown(&mut self, name: &str) {
        let names: Vec<&str> = self.searches.iter().map(|(name, _)| name).collect();
        if self.reach == Reach::Typed && names.iter().any(|known| known.starts_with(name)) {
            return;
        }
        let nearest = names.iter().map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
        let remedy = match nearest {
            Some((distance, known)) if distance <= FAR => format!("did you mean {known}?"),
            Some(_) => format!("there are {}", names.join(", ")),
            None => "m gives the search of a list a name".to_owned(),
        };
        self.trouble(&format!("no search is named {name}"), &remedy);
    }

    fn trouble(&mut self, what: &str, remedy: &str) {
        self.found.troubles.push(Trouble { what: clean!("{what}"), remedy: clean!("{remedy}") });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn searches() -> Searches {
        let mut searches = Searches::default();
        for (name, query) in [
            ("boats", "tag:boats sort:title"),
            ("old boats", "search:boats before:2007"),
            ("either", "tag:a OR tag:b"),
            ("round", "tag:x search:about"),
            ("about", "search:round tag:y"),
        ] {
            searches.name(name, Query::parse(query));
        }
        searches
    }

    #[test]
    fn a_name_stands_for_its_query_wherever_it_is_asked_for() {
        for (asked, meant) in [
            ("search:boats", "tag:boats sort:title"),
            ("search:boats sort:length", "tag:boats sort:length"),
            ("wind search:\"old boats\"", "wind tag:boats before:2007 sort:title"),
            ("-search:either x", "-(tag:a OR tag:b) x"),
            ("search:either OR z", "tag:a OR tag:b OR z"),
            ("plain", "plain"),
        ] {
            let applied = searches().applied(&Query::parse(asked));
            assert_eq!((applied.printed().as_str(), applied.troubles), (meant, vec![]), "{asked}");
        }
    }

    #[test]
    fn what_names_nothing_or_itself_is_told() {
        for (asked, meant, what, remedy) in [
            ("search:baots x", "x", "no search is named baots", "did you mean boats?"),
            ("search:round", "tag:x tag:y", "search:round asks for itself", "it is left out there"),
        ] {
            let applied = searches().applied(&Query::parse(asked));
            let told: Vec<_> = applied.troubles.iter().map(|it| (it.what.as_str(), it.remedy.as_str())).collect();
            assert_eq!((applied.printed().as_str(), told), (meant, vec![(what, remedy)]), "{asked}");
        }
        let typed = searches().applied(&Query::typed("search:boa"));
        assert_eq!((typed.wanted, typed.troubles), (Expr::default(), vec![]), "still being typed");
    }
}
