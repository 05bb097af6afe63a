//! Text in rows: as many words on each as it can hold.
//!
//! It says which bytes each row shows and changes none of them; the hyphen at the end of a row is for the caller to add.

use std::ops::Range;

use super::places::{Breaks, Place, Places};
use super::{fitting, width};

/// One row of a wrapped text: which bytes it shows, and how it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The bytes shown, without the white space at the break.
    pub range: Range<usize>,
    /// What stood at the break.
    pub end: End,
}

/// How a row ends, so that text which was wrapped can be read, searched and copied as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// White space stood here.
    Space,
    /// Nothing stood here: a long word or a script without spaces goes on.
    Glue,
    /// A word goes on behind a hyphen that the text has not: whoever shows the row adds it.
    Hyphen,
    /// The text, or a line that its author broke, ends here.
    Break,
}

/// Breaks `text` into rows of at most `columns` by the rules of UAX 14; a word too long for a row breaks between clusters.
///
/// Always gives at least one row. A character wider than `columns` stands alone and is the caller's to replace.
pub fn wrap(text: &str, columns: usize) -> Vec<Line> {
    wrap_with(text, columns, &Breaks::default())
}

/// The same with further places to break, and fewer. What should stay whole and fits no row breaks like other text.
pub fn wrap_with(text: &str, columns: usize, breaks: &Breaks) -> Vec<Line> {
    let mut places = Places::of(text, columns, breaks);
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(end) = row_end(&mut places, start) {
        lines.push(line(text, start..end.at, end.end));
        start = end.at;
    }
    if start < text.len() || lines.is_empty() {
        lines.push(line(text, start..text.len(), End::Break));
    }
    if let Some(last) = lines.last_mut() {
        last.end = End::Break;
    }
    lines
}

/// Where the row that starts at `start` ends; none where it can hold all that is left.
fn row_end(places: &mut Places<'_>, start: usize) -> Option<Place> {
    let (text, columns) = (places.text, places.columns);
    let sure = places.sure(start);
    let mut fits = Place { at: sure.unwrap_or(start), end: End::Glue };
    let mut taken = width(text.get(start..fits.at).unwrap_or_default());
    while fits.at < text.len() {
        let behind = fits.at;
        for place in places.behind(behind) {
            let piece = text.get(fits.at..place.at).unwrap_or_default();
            // No more is measured than the row has room for: the rest of a long word would be again for each of its rows.
            let Some(word) = fitting_word(piece, columns.checked_sub(taken)) else {
                let forced = || Place { at: start + forced_cut(piece, columns), end: End::Glue };
                return Some(if fits.at > start { fits } else { forced() });
            };
            let shown = taken + width(word);
            if place.end == End::Hyphen && shown >= columns {
                continue;
            }
            taken = shown + piece.len() - word.len();
            fits = *place;
        }
    }
    None
}

/// Columns of the longest stretch of `text` that [`wrap_with`] would rather not break.
pub fn longest_word(text: &str, breaks: &Breaks) -> usize {
    let mut places = Places::of(text, usize::MAX, breaks);
    let (mut longest, mut start) = (0, 0);
    while start < text.len() {
        for place in places.behind(start) {
            let piece = text.get(start..place.at).unwrap_or_default();
            let hyphen = usize::from(place.end == End::Hyphen);
            longest = longest.max(width(piece.trim_end_matches(' ')) + hyphen);
            start = place.at;
        }
    }
    longest
}

/// A piece without the white space at its end, where that fits in `room`.
fn fitting_word(piece: &str, room: Option<usize>) -> Option<&str> {
    let (fits, rest) = piece.split_at_checked(fitting(piece, room?))?;
    rest.bytes().all(|byte| byte == b' ').then(|| fits.trim_end_matches(' '))
}

/// Where to cut a word that fits no row: between clusters, or inside one that is itself too wide.
fn forced_cut(word: &str, columns: usize) -> usize {
    match fitting(word, columns) {
        0 => word.chars().next().map_or(word.len(), char::len_utf8),
        cut => cut,
    }
}

fn line(text: &str, range: Range<usize>, end: End) -> Line {
    let shown = text.get(range.clone()).unwrap_or_default();
    let trimmed = shown.trim_end_matches(' ');
    let end = if trimmed.len() < shown.len() { End::Space } else { end };
    Line { range: range.start..range.start + trimmed.len(), end }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use crate::text::{Clean, between_hyphens};

    fn rows(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|line| &text[line.range]).collect()
    }

    #[test]
    fn rows_break_at_words_and_lose_nothing() {
        assert_eq!(rows("one two three", 7), ["one two", "three"]);
        assert_eq!(rows("one two", 3), ["one", "two"]);
        assert_eq!(rows("", 10), [""]);
        assert_eq!(rows("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(rows("x abcdefgh", 4), ["x", "abcd", "efgh"]);
        assert_eq!(rows("日本語のように。", 6), ["日本語", "のよう", "に。"]);
    }

    /// The rows of a text whose soft hyphens are written `|`, with the hyphens that are seen.
    fn hyphenated(marked: &str, columns: usize) -> Vec<String> {
        let (mut text, mut breaks) = (String::new(), Breaks::default());
        for (at, part) in between_hyphens(&marked.replace('|', "\u{ad}")) {
            if at > 0 {
                breaks.hyphens.push(text.len());
            }
            text.push_str(Clean::prose(part).as_str());
        }
        let shown = |line: Line| text[line.range].to_owned() + if line.end == End::Hyphen { "-" } else { "" };
        wrap_with(&text, columns, &breaks).into_iter().map(shown).collect()
    }

    #[test]
    fn a_soft_hyphen_is_seen_only_where_a_row_ends() {
        for (text, columns, shown) in [
            ("a light|house|keeper", 30, vec!["a lighthousekeeper"]),
            ("a light|house|keeper", 14, vec!["a lighthouse-", "keeper"]),
            // The hyphen has to fit as well.
            ("a light|house|keeper", 12, vec!["a light-", "housekeeper"]),
            ("a light|house|keeper", 7, vec!["a", "light-", "house-", "keeper"]),
            ("a light|house|keeper", 6, vec!["a", "light-", "house-", "keeper"]),
            ("light|house", 5, vec!["light", "house"]),
            ("light|house", 3, vec!["lig", "ht-", "hou", "se"]),
            ("so| far| ", 4, vec!["so", "far"]),
            ("self-|made", 6, vec!["self-", "made"]),
            ("漢|字", 4, vec!["漢字"]),
            ("e|\u{301}e|\u{301}e|\u{301}e|xy", 5, vec!["e\u{301}e\u{301}e\u{301}e-", "xy"]),
        ] {
            assert_eq!(hyphenated(text, columns), shown, "{text} at {columns}");
        }
    }

    #[test]
    fn what_should_stay_whole_breaks_only_where_no_row_can_hold_it() {
        let text = "take --dry-run or /usr/share/dict/words";
        let breaks = Breaks { whole: vec![5..14, 18..text.len()], ..Breaks::default() };
        for (columns, shown) in [
            (9, vec!["take", "--dry-run", "or /usr/", "share/", "dict/", "words"]),
            (12, vec!["take", "--dry-run or", "/usr/share/", "dict/words"]),
            (22, vec!["take --dry-run or", "/usr/share/dict/words"]),
        ] {
            let rows: Vec<&str> = wrap_with(text, columns, &breaks).into_iter().map(|line| &text[line.range]).collect();
            assert_eq!(rows, shown);
        }
        assert_eq!(longest_word(text, &breaks), 21);
        assert_eq!(longest_word(text, &Breaks::default()), 6);
    }

    #[test]
    fn a_word_without_an_end_takes_no_longer_than_its_length() {
        for unit in [
            "a",
            "\"",
            "'",
            "␛",
            "\u{fffd}",
            "\u{a0}",
            "ก",
            "ا",
            "क\u{94d}",
            "\u{1100}",
            "a\u{301}",
            "日\u{2060}",
            "word\u{a0}",
        ] {
            let text = Clean::prose(&unit.repeat((1 << 18) / unit.len()));
            for columns in [1, 40] {
                let lines = wrap(text.as_str(), columns);
                let shown: usize = lines.iter().map(|line| line.range.len()).sum();
                assert_eq!(shown, text.as_str().len(), "{unit}");
                assert!(
                    lines.iter().all(|line| width(&text.as_str()[line.range.clone()]) <= columns.max(42)),
                    "{unit}"
                );
            }
        }
    }

    #[test]
    fn a_row_knows_what_stood_at_its_break() {
        let ends: Vec<End> = wrap("ab abcdefgh", 4).into_iter().map(|line| line.end).collect();
        assert_eq!(ends, [End::Space, End::Glue, End::Break]);
    }
}
