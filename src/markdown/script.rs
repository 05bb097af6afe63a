//! Words raised above or lowered below their line, in what a terminal can show.
//!
//! Characters that are raised themselves are taken where all of the words have such; ordinals (4th) and what is raised only
//! to be small (®, *, `[1]`) stay on the line; the rest is written `x^(th)` or `x_(max)`. It decides nothing about rows.

use std::ops::Range;

use super::document::{Inline, InlineKind};
use super::inline::words;
use crate::text::Clean;

/// Which way the words leave the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Above it.
    Raised,
    /// Below it.
    Lowered,
}

impl Script {
    /// `inlines`, raised or lowered, that start at the byte `at` of the body and stand behind the character `before`.
    pub(super) fn set(self, mut inlines: Vec<Inline>, at: usize, before: Option<char>) -> Vec<Inline> {
        let text = words(&inlines, &|_| Clean::literal("▣"));
        if let Some(raised) = self.characters(text.as_str())
            && !raised.is_empty()
        {
            for inline in &mut inlines {
                self.replace(inline);
            }
        } else if !self.stays(text.as_str(), before) {
            let word = |text: &'static str| Inline { at, kind: InlineKind::Text(Clean::literal(text)) };
            let sign = if self == Self::Raised { "^" } else { "_" };
            inlines.insert(0, word(sign));
            if text.as_str().chars().count() > 1 {
                inlines.insert(1, word("("));
                inlines.push(word(")"));
            }
        }
        inlines
    }

    /// Whether the words read as well on the line: ordinals, signs, and what is in brackets already.
    fn stays(self, text: &str, before: Option<char>) -> bool {
        let ordinal = self == Self::Raised && before.is_some_and(|before| before.is_ascii_digit());
        ordinal && text.chars().all(char::is_alphabetic)
            || text.starts_with(['(', '['])
            || !text.contains(char::is_alphanumeric)
    }

    fn replace(self, inline: &mut Inline) {
        match &mut inline.kind {
            InlineKind::Text(text) => {
                if let Some(moved) = self.characters(text.as_str()) {
                    *text = Clean::prose(&moved);
                }
            }
            InlineKind::Marked(_, inner) | InlineKind::Link(_, inner) => {
                for inline in inner {
                    self.replace(inline);
                }
            }
            _ => {}
        }
    }

    /// `text` in characters that are raised or lowered themselves, where all of it has such.
    fn characters(self, text: &str) -> Option<String> {
        let set = match self {
            Self::Raised => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ",
            Self::Lowered => "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙᵢ",
        };
        text.chars().map(|character| set.chars().nth("0123456789+-()ni".find(character)?)).collect()
    }
}

/// The parts of `text` between `^` and `^` or `~` and `~`, signs included, that raise or lower words as Pandoc has it: no
/// white space inside, and a letter, digit or bracket directly before. More than Pandoc asks for: only letters, digits and
/// `+-()` of ASCII stand inside, so that `9~12, 1~5` in a script without spaces is none, and behind `^` goes on no word, so
/// that x^2+y^2 is none. Signs at the bytes `escaped`, ascending, are only signs.
pub(super) fn parts(text: &str, escaped: &[usize]) -> Vec<(Range<usize>, Script)> {
    let mut found = Vec::new();
    let mut from = 0;
    for (start, sign) in text.match_indices(['^', '~']) {
        if start < from || escaped.binary_search(&start).is_ok() {
            continue;
        }
        let inner = text.get(start + 1..).and_then(|rest| rest.split_once(sign)).map_or("", |(inner, _)| inner);
        let end = start + inner.len() + 2;
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        let behind_word = before.is_some_and(|before| before.is_alphanumeric() || matches!(before, ')' | ']' | '}'));
        let goes_on = after.is_some_and(|after| sign.starts_with(after) || sign == "^" && after.is_alphanumeric());
        let is_short = |letter: char| letter.is_ascii_alphanumeric() || "+-()".contains(letter);
        if behind_word
            && !goes_on
            && !inner.is_empty()
            && inner.chars().all(is_short)
            && escaped.binary_search(&(end - 1)).is_err()
        {
            found.push((start..end, if sign == "^" { Script::Raised } else { Script::Lowered }));
            from = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Dialect, parse};

    #[test]
    fn what_is_raised_or_lowered_reads_well_on_one_line() {
        for (body, text) in [
            ("H~2~O and x^2^", "H₂O and x²"),
            ("H<sub>2</sub>O and 10<sup>-6</sup>", "H₂O and 10⁻⁶"),
            ("the 4<sup>th</sup>", "the 4th"),
            ("Acme<sup>TM</sup> e<sup>x</sup>", "Acme^(TM) e^x"),
            ("v<sub>max</sub>", "v_(max)"),
            ("Acme<sup>®</sup> says<sup>[2]</sup>", "Acme® says[2]"),
            ("so<sup><a href='#a'>1</a></sup>", "so¹"),
            ("x^2+y^2 and 2^32 or 2^64", "x^2+y^2 and 2^32 or 2^64"),
            ("~gone~ and ~~lost~~", "gone and lost"),
            ("a ^b^ c", "a ^b^ c"),
            ("H\\~2\\~O and x^2\\^", "H~2~O and x^2^"),
            ("9点~12点、1点~5点", "9点~12点、1点~5点"),
            ("~/a/~b and 10~20", "~/a/~b and 10~20"),
            ("*x*^2^ and (a)^n^", "x^2^ and (a)ⁿ"),
        ] {
            assert_eq!(parse(body, Dialect::UNKNOWN).plain().trim_end(), text, "{body}");
        }
    }
}
