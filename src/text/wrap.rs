//! Text in rows: where it may break by UAX 14, at soft hyphens and not inside of what stays whole, and where it has to.
//!
//! It says which bytes each row shows and changes none of them; the hyphen at the end of a row is for the caller to add.

use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

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

/// Where a text may break beyond what UAX 14 says of its characters, and where it should not: bytes, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breaks {
    /// Where a word may break, with a hyphen that is seen only there.
    pub hyphens: Vec<usize>,
    /// What stays on one row, as long as a row can hold it; no two of them overlap.
    pub whole: Vec<Range<usize>>,
}

impl Breaks {
    /// Those inside `part` of the text, counted from where it starts.
    #[must_use]
    pub fn within(&self, part: &Range<usize>) -> Self {
        let inside = |at: usize| at.clamp(part.start, part.end) - part.start;
        let hyphens = self.hyphens.get(self.hyphens.partition_point(|at| *at <= part.start)..).unwrap_or_default();
        let whole = self.whole.get(self.whole.partition_point(|whole| whole.end <= part.start)..).unwrap_or_default();
        let whole = whole.iter().take_while(|whole| whole.start < part.end);
        Self {
            hyphens: hyphens.iter().take_while(|at| **at < part.end).map(|at| inside(*at)).collect(),
            whole: whole.map(|whole| inside(whole.start)..inside(whole.end)).collect(),
        }
    }
}

/// The parts of `text` between the soft hyphens (U+00AD) at which a word may break, and where they start.
///
/// A [`Clean`](super::Clean) holds none, so that no list and no title can show one: who sets running text keeps apart what stands between
/// them. One that no character follows on the same line of writing is none, and vanishes with the other invisible ones.
pub fn between_hyphens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let breaks = |at: usize| {
        let next = text.get(at + '\u{ad}'.len_utf8()..).and_then(|after| after.chars().next());
        next.is_none_or(|next| next.is_alphanumeric() && next.width() != Some(0))
    };
    let hyphens = text.match_indices('\u{ad}').map(|(at, _)| at).filter(move |at| breaks(*at));
    let mut start = 0;
    hyphens.chain([text.len()]).map(move |at| {
        let from = std::mem::replace(&mut start, at + '\u{ad}'.len_utf8());
        (from, text.get(from..at).unwrap_or_default())
    })
}

/// Breaks `text` into rows of at most `columns` by the rules of UAX 14; a word too long for a row breaks between clusters.
///
/// Always gives at least one row. A character wider than `columns` stands alone and is the caller's to replace.
pub fn wrap(text: &str, columns: usize) -> Vec<Line> {
    wrap_with(text, columns, &Breaks::default())
}

/// The same with further places to break, and fewer. What should stay whole and fits no row breaks like other text.
pub fn wrap_with(text: &str, columns: usize, breaks: &Breaks) -> Vec<Line> {
    let places = places(text, columns, breaks);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut fits = Place { at: 0, end: End::Glue };
    let mut taken = 0;
    // The next place to try, and the one to try first where the row ends at `fits`.
    let (mut next, mut resume) = (0, 0);
    while let Some(place) = places.get(next) {
        let mut visible = width(text.get(fits.at..place.at).unwrap_or_default().trim_end_matches(' '));
        if taken + visible > columns && fits.at > start {
            lines.push(line(text, start..fits.at, fits.end));
            start = fits.at;
            taken = 0;
            next = resume;
            continue;
        }
        if taken == 0 && visible > columns {
            start = force(text, start..place.at, columns, &mut lines);
            fits.at = start;
            visible = width(text.get(start..place.at).unwrap_or_default().trim_end_matches(' '));
        }
        next += 1;
        if place.end == End::Hyphen && taken + visible >= columns {
            continue;
        }
        taken += width(text.get(fits.at..place.at).unwrap_or_default());
        fits = *place;
        resume = next;
    }
    if start < text.len() || lines.is_empty() {
        lines.push(line(text, start..text.len(), End::Break));
    }
    if let Some(last) = lines.last_mut() {
        last.end = End::Break;
    }
    lines
}

/// A place where a row may end, and how it would where no white space stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    at: usize,
    end: End,
}

/// All places where a row of `columns` may end, the end of the text among them.
fn places(text: &str, columns: usize, breaks: &Breaks) -> Vec<Place> {
    let mut places = Vec::new();
    let mut held = Vec::new();
    let mut whole = breaks.whole.iter().peekable();
    let mut start = 0;
    for place in all_places(text, breaks) {
        while whole.next_if(|whole| whole.end <= place.at).is_some() {}
        if whole.peek().is_some_and(|whole| whole.start < place.at) {
            held.push(place);
            continue;
        }
        let piece = text.get(start..place.at).unwrap_or_default().trim_end_matches(' ');
        if !held.is_empty() && width(piece) > columns {
            places.append(&mut held);
        }
        held.clear();
        places.push(place);
        start = place.at;
    }
    places
}

/// The places of UAX 14; the soft hyphens that stand neither there nor inside a cluster nor before white space; and the
/// spaces before what stays whole, which UAX 14 would not have before a slash or a bracket.
fn all_places(text: &str, breaks: &Breaks) -> Vec<Place> {
    let mut places = Vec::new();
    let mut hyphens = breaks.hyphens.iter().copied().peekable();
    let behind_space = |at: &usize| text.get(..*at).is_some_and(|before| before.ends_with(' '));
    let mut starts = breaks.whole.iter().map(|whole| whole.start).filter(behind_space).peekable();
    let mut clusters = text.grapheme_indices(true).map(|(at, _)| at).peekable();
    for at in opportunities(text) {
        let first = places.len();
        while let Some(hyphen) = hyphens.next_if(|hyphen| *hyphen < at) {
            while clusters.next_if(|cluster| *cluster < hyphen).is_some() {}
            let after = text.get(hyphen..).unwrap_or_default();
            if clusters.peek() == Some(&hyphen) && !after.starts_with(char::is_whitespace) {
                places.push(Place { at: hyphen, end: End::Hyphen });
            }
        }
        while let Some(start) = starts.next_if(|start| *start < at) {
            places.push(Place { at: start, end: End::Glue });
        }
        places.get_mut(first..).unwrap_or_default().sort_by_key(|place| place.at);
        hyphens.next_if_eq(&at);
        starts.next_if_eq(&at);
        places.push(Place { at, end: End::Glue });
    }
    places
}

/// Where UAX 14 allows a break. Between two words of letters and digits of ASCII it always does, and in one it never does, so
/// that most words need no look at their characters' classes.
fn opportunities(text: &str) -> Vec<usize> {
    let mut opportunities = Vec::new();
    let mut start = 0;
    for (at, around) in text.as_bytes().windows(3).enumerate() {
        if let [before, b' ', after] = around
            && before.is_ascii_alphanumeric()
            && after.is_ascii_alphanumeric()
        {
            add_opportunities(text, start..at + 2, &mut opportunities);
            start = at + 2;
        }
    }
    add_opportunities(text, start..text.len(), &mut opportunities);
    opportunities
}

/// Those of a part that can be told without the others, its end among them.
fn add_opportunities(text: &str, part: Range<usize>, opportunities: &mut Vec<usize>) {
    let piece = text.get(part.clone()).unwrap_or_default();
    if piece.trim_end_matches(' ').bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        opportunities.extend((!piece.is_empty()).then_some(part.end));
    } else {
        opportunities.extend(linebreaks(piece).map(|(at, _)| part.start + at));
    }
}

/// Cuts a word that fits no row into rows, and says where its last row starts.
fn force(text: &str, word: Range<usize>, columns: usize, lines: &mut Vec<Line>) -> usize {
    let mut start = word.start;
    loop {
        let rest = text.get(start..word.end).unwrap_or_default();
        let cut = forced_cut(rest, columns);
        if rest.get(cut..).unwrap_or_default().trim_end_matches(' ').is_empty() {
            return start;
        }
        lines.push(line(text, start..start + cut, End::Glue));
        start += cut;
    }
}

/// Columns of the longest stretch of `text` that [`wrap_with`] would rather not break.
pub fn longest_word(text: &str, breaks: &Breaks) -> usize {
    let mut start = 0;
    let pieces = places(text, usize::MAX, breaks).into_iter().map(|place| {
        let piece = text.get(start..place.at).unwrap_or_default();
        start = place.at;
        width(piece.trim_end_matches(' ')) + usize::from(place.end == End::Hyphen)
    });
    pieces.max().unwrap_or_default()
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
#[expect(clippy::string_slice, clippy::indexing_slicing, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use crate::text::Clean;

    fn rows(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|line| &text[line.range]).collect()
    }

    #[test]
    fn breaks_are_those_of_the_whole_text_by_uax_14() {
        let pieces = [
            "word",
            "a",
            "2007",
            " ",
            " ",
            " ",
            "  ",
            "-",
            "(",
            ")",
            "/",
            ".",
            ",",
            "\"",
            "’",
            "“",
            "漢",
            "e\u{301}",
            "\u{a0}",
            "%",
            "$",
            "🇩🇪",
            "👩\u{200d}🚀",
            "\n",
            "\t",
            "!",
            "?",
            "—",
            "…",
            "ש",
            "\u{200b}",
            "\u{2060}",
        ];
        let mut chance: u64 = 88_172_645_463_325_252;
        for _ in 0..40_000 {
            let mut text = String::new();
            for _ in 0..12 {
                chance ^= chance << 13;
                chance ^= chance >> 7;
                chance ^= chance << 17;
                text.push_str(pieces[usize::try_from(chance % pieces.len() as u64).unwrap_or(0)]);
            }
            let whole: Vec<usize> = linebreaks(&text).map(|(at, _)| at).collect();
            assert_eq!(opportunities(&text), whole, "{text:?}");
        }
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
    fn breaks_are_counted_from_where_a_part_starts() {
        let breaks = Breaks { hyphens: vec![1, 4, 6, 9], whole: vec![0..3, 5..9] };
        let expected = Breaks { hyphens: vec![2, 4], whole: vec![0..1, 3..6] };
        assert_eq!(breaks.within(&(2..8)), expected);
    }

    #[test]
    fn a_row_knows_what_stood_at_its_break() {
        let ends: Vec<End> = wrap("ab abcdefgh", 4).into_iter().map(|line| line.end).collect();
        assert_eq!(ends, [End::Space, End::Glue, End::Break]);
    }
}
