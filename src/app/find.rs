//! Finds words on a laid-out page, also where they run over the end of a row or over emphasis.

use std::ops::Range;

use crate::blog::query::Query;
use crate::blog::search::{Needle, Ranking};
use crate::markdown::{self, Row};

/// What is looked for on a page, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// What is looked for.
    pub what: What,
    /// Every place, from top to bottom.
    pub hits: Vec<Hit>,
    /// The one that the reader is at.
    pub current: usize,
}

/// What is looked for on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// This text; smart-case.
    Text(String),
    /// The words of this query, by which the post was found.
    Words(String),
}

impl What {
    /// The words of a query, if it has any.
    pub fn words_of(query: &Query) -> Option<Self> {
        (!query.wanted.words().is_empty()).then(|| Self::Words(query.text().to_owned()))
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Words(text) => text,
        }
    }

    /// Every place in a text, from its beginning to its end, none overlapping another.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        match self {
            Self::Text(needle) if needle.is_empty() => Vec::new(),
            Self::Text(needle) => Needle::new(needle).places(text),
            Self::Words(query) => {
                Ranking::of(&Query::parse(query)).map_or_else(Vec::new, |ranking| ranking.places(text))
            }
        }
    }
}

/// What of a search survives another width: what is looked for, and which of the hits the reader is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// What is looked for.
    pub what: What,
    /// The index of the hit.
    pub hit: usize,
}

/// A place: one part per row that it runs over, in bytes of the row's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Row and bytes.
    pub parts: Vec<(usize, Range<usize>)>,
}

impl Hit {
    /// The row where it begins.
    pub fn row(&self) -> usize {
        self.parts.first().map_or(0, |(row, _)| *row)
    }
}

impl Find {
    /// Looks for something on a page; the current hit is the first from row `from` on.
    pub fn new(what: What, rows: &[Row], from: usize) -> Self {
        let hits = hits(|text| what.places(text), rows);
        let current = hits.iter().position(|hit| hit.row() >= from).unwrap_or(0);
        Self { what, hits, current }
    }

    /// Looks for the same again on a page that may be set otherwise.
    pub fn again(sought: &Sought, rows: &[Row]) -> Self {
        let find = Self::new(sought.what.clone(), rows, 0);
        let current = sought.hit.min(find.hits.len().saturating_sub(1));
        Self { current, ..find }
    }

    /// What survives of it.
    pub fn sought(&self) -> Sought {
        Sought { what: self.what.clone(), hit: self.current }
    }

    /// The next hit, or the first behind the last.
    pub fn step_down(&mut self) {
        self.current = if self.current + 1 < self.hits.len() { self.current + 1 } else { 0 };
    }

    /// The hit before, or the last before the first.
    pub fn step_up(&mut self) {
        self.current = self.current.checked_sub(1).unwrap_or(self.hits.len().saturating_sub(1));
    }

    /// The row of the current hit.
    pub fn row(&self) -> Option<usize> {
        self.hits.get(self.current).map(Hit::row)
    }
}

/// Where what `places` finds in the text of the rows stands on them.
pub(super) fn hits(places: impl Fn(&str) -> Vec<Range<usize>>, rows: &[Row]) -> Vec<Hit> {
    let (text, starts) = markdown::joined(rows);
    places(&text).into_iter().map(|place| Hit { parts: parts(&place, &starts, rows) }).collect()
}

fn parts(place: &Range<usize>, starts: &[usize], rows: &[Row]) -> Vec<(usize, Range<usize>)> {
    let first = starts.partition_point(|start| *start <= place.start).saturating_sub(1);
    let mut parts = Vec::new();
    for (row, start) in starts.iter().enumerate().skip(first).take_while(|(_, start)| **start < place.end) {
        let length: usize = rows.get(row).map_or(0, |row| row.runs.iter().map(|run| run.text.as_str().len()).sum());
        let from = place.start.saturating_sub(*start);
        let to = (place.end - start).min(length);
        if from < to {
            parts.push((row, from..to));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, Measure, parse};

    #[test]
    fn a_word_is_found_over_the_hyphen_that_its_row_ends_with() {
        let document = parse("The light&shy;house&shy;keeper's self-made lamp", Dialect::UNKNOWN);
        let rows = document.layout(Measure(12)).rows;
        let text: Vec<String> = rows.iter().map(Row::text).collect();
        assert_eq!(text, ["The light-", "house-", "keeper’s", "self-made", "lamp"]);
        let find = |text: &str| {
            Find::new(What::Text(text.to_owned()), &rows, 0).hits.into_iter().map(|hit| hit.parts).collect::<Vec<_>>()
        };
        assert_eq!(find("lighthousekeeper"), [vec![(0, 4..10), (1, 0..6), (2, 0..6)]]);
        assert_eq!(find("house"), [vec![(1, 0..5)]]);
        assert_eq!(find("self-made"), [vec![(3, 0..9)]]);
        assert_eq!(find("light-").len(), 0);
    }
}
