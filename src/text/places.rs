//! Where rows of a text may end: by UAX 14, at soft hyphens, and not inside of what stays whole.
//!
//! A row is looked at only near its end: what is as short in bytes as the row is in columns fits it, up to a place that
//! needs no table to be found.

use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_width::UnicodeWidthChar;

use super::clusters::clusters;
use super::fitting;
use super::wrap::End;

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

    /// Whether a row that ends at `at` would part what should stay whole.
    fn keep_whole(&self, at: usize) -> bool {
        let next = self.whole.get(self.whole.partition_point(|whole| whole.end <= at));
        next.is_some_and(|whole| whole.start < at)
    }

    /// What they add to the places of a stretch by UAX 14, in order: the soft hyphens that stand neither inside a cluster nor
    /// before white space, and the spaces before what stays whole, which UAX 14 would not have before a slash or a bracket.
    fn added(&self, text: &str, stretch: &Range<usize>) -> Vec<Place> {
        let hyphens = self.hyphens.get(self.hyphens.partition_point(|at| *at <= stretch.start)..).unwrap_or_default();
        let hyphens = hyphens.iter().copied().take_while(|at| *at < stretch.end);
        let piece = text.get(stretch.clone()).unwrap_or_default();
        let mut clusters = clusters(piece).map(|(at, _)| stretch.start + at).peekable();
        let mut ends_cluster = |hyphen: usize| {
            while clusters.next_if(|cluster| *cluster < hyphen).is_some() {}
            clusters.peek() == Some(&hyphen)
        };
        let before_space = |at: usize| text.get(at..).is_some_and(|after| after.starts_with(char::is_whitespace));
        let behind_space = |at: usize| text.get(..at).is_some_and(|before| before.ends_with(' '));
        let hyphens = hyphens.filter(|at| ends_cluster(*at) && !before_space(*at));
        let mut added: Vec<Place> = hyphens.map(|at| Place { at, end: End::Hyphen }).collect();
        let whole =
            self.whole.get(self.whole.partition_point(|whole| whole.start <= stretch.start)..).unwrap_or_default();
        let starts = whole.iter().map(|whole| whole.start).take_while(|at| *at < stretch.end);
        added.extend(starts.filter(|at| behind_space(*at)).map(|at| Place { at, end: End::Glue }));
        added.sort_by_key(|place| place.at);
        added
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

/// A place where a row may end, and how it would where no white space stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) end: End,
}

/// The places of a text, stretch by stretch. Stretches meet where a row may end for sure, so that each is read without the
/// others, once, and most of them never.
pub(super) struct Places<'a> {
    pub(super) text: &'a str,
    pub(super) columns: usize,
    breaks: &'a Breaks,
    stretch: Range<usize>,
    /// Those of the stretch, its end among them.
    known: Vec<Place>,
}

impl<'a> Places<'a> {
    /// Those where a row of `columns` may end.
    pub(super) fn of(text: &'a str, columns: usize, breaks: &'a Breaks) -> Self {
        Self { text, columns, breaks, stretch: 0..0, known: Vec::new() }
    }

    /// The last sure place behind `start` before which all text fits a row that begins there.
    pub(super) fn sure(&self, start: usize) -> Option<usize> {
        let last = start.saturating_add(self.columns).saturating_add(1).min(self.text.len());
        (start + 1..=last).rev().find(|at| self.is_sure(*at))
    }

    /// The places behind `at` up to the next sure one, which is among them; none at the end of the text. `at` is a place
    /// itself, or stands behind the one for which this was asked last.
    pub(super) fn behind(&mut self, at: usize) -> &[Place] {
        if at >= self.stretch.end {
            let end = (at + 1..self.text.len()).find(|end| self.is_sure(*end)).unwrap_or(self.text.len());
            self.stretch = at..end;
            self.known.clear();
            self.read();
        }
        self.known.get(self.known.partition_point(|place| place.at <= at)..).unwrap_or_default()
    }

    /// Behind a space and before a letter or digit of ASCII a row may end, unless a bracket opened before the space or both
    /// sides of it stay whole.
    fn is_sure(&self, at: usize) -> bool {
        let Some([before, b' ', after]) = at.checked_sub(2).and_then(|from| self.text.as_bytes().get(from..=at)) else {
            return false;
        };
        after.is_ascii_alphanumeric()
            && before.is_ascii()
            && !matches!(before, b' ' | b'(' | b'[' | b'{')
            && !self.breaks.keep_whole(at)
    }

    /// Finds the places of the stretch.
    fn read(&mut self) {
        let Self { text, breaks, stretch, known, .. } = self;
        let mut more = breaks.added(text, stretch).into_iter().peekable();
        opportunities(text, stretch.clone(), |at| {
            while let Some(place) = more.next_if(|place| place.at < at) {
                known.push(place);
            }
            while more.next_if(|place| place.at == at).is_some() {}
            known.push(Place { at, end: End::Glue });
        });
        if !breaks.whole.is_empty() {
            self.hold();
        }
    }

    /// Takes away the places inside of what stays whole and can.
    fn hold(&mut self) {
        let mut places = Vec::with_capacity(self.known.len());
        let mut held = Vec::new();
        let mut start = self.stretch.start;
        for place in self.known.drain(..) {
            if self.breaks.keep_whole(place.at) {
                held.push(place);
                continue;
            }
            let piece = self.text.get(start..place.at).unwrap_or_default().trim_end_matches(' ');
            if !held.is_empty() && fitting(piece, self.columns) < piece.len() {
                places.append(&mut held);
            }
            held.clear();
            places.push(place);
            start = place.at;
        }
        self.known = places;
    }
}

/// Where UAX 14 allows a break in a stretch, its end among them.
fn opportunities(text: &str, stretch: Range<usize>, mut found: impl FnMut(usize)) {
    let piece = text.get(stretch.clone()).unwrap_or_default();
    if piece.is_empty() {
        return;
    }
    if is_plain_word(piece.trim_end_matches(' ')) {
        return found(stretch.end);
    }
    linebreaks(piece).for_each(|(at, _)| found(stretch.start + at));
}

/// Whether no row can end in `word`: letters and digits of ASCII, with the signs between, before and behind them that
/// UAX 14 does not part from them.
fn is_plain_word(word: &str) -> bool {
    let word = word.strip_prefix(['(', '"', '“']).unwrap_or(word).trim_end_matches([')', '!', '?']);
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | ',' | '\'' | '’');
    word.chars().all(is_letter)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_those_of_the_whole_text_by_uax_14() {
        let pieces = [
            "word",
            "word",
            "word ",
            "a",
            "a ",
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
            "”",
            "'",
            "[",
            "{",
            "_",
            ":",
            ";",
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
        for _ in 0..60_000 {
            let mut text = String::new();
            for _ in 0..12 {
                chance ^= chance << 13;
                chance ^= chance >> 7;
                chance ^= chance << 17;
                text.push_str(pieces[usize::try_from(chance % pieces.len() as u64).unwrap_or(0)]);
            }
            let whole: Vec<usize> = linebreaks(&text).map(|(at, _)| at).collect();
            let breaks = Breaks::default();
            let (mut places, mut found, mut at) = (Places::of(&text, 20, &breaks), Vec::new(), 0);
            while at < text.len() {
                found.extend(places.behind(at).iter().map(|place| place.at));
                at = *found.last().unwrap();
            }
            assert_eq!(found, whole, "{text:?}");
        }
    }

    #[test]
    fn breaks_are_counted_from_where_a_part_starts() {
        let breaks = Breaks { hyphens: vec![1, 4, 6, 9], whole: vec![0..3, 5..9] };
        let expected = Breaks { hyphens: vec![2, 4], whole: vec![0..1, 3..6] };
        assert_eq!(breaks.within(&(2..8)), expected);
    }
}
