//! What a reader sees as one character, one after the other, and never more of it than a cell can hold.
//!
//! Each is found by looking at a few bytes, however long the text is and however much of it belongs together by UAX 29:
//! a syllable of a thousand consonants is read in pieces. It measures nothing.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Bytes that one cluster may take; the longest emoji sequences stay below.
pub(super) const CLUSTER: usize = 64;

/// The clusters of `text` by UAX 29, with the bytes where they start; one that takes more than a cell can hold comes in pieces.
pub fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let cluster = rest.get(..first(rest)).filter(|cluster| !cluster.is_empty())?;
        let start = at;
        at += cluster.len();
        Some((start, cluster))
    })
}

/// Bytes of the first cluster.
fn first(text: &str) -> usize {
    // Between two characters of ASCII no cluster goes on, unless they end a line.
    if let [b' '..=b'~'] | [b' '..=b'~', b' '..=b'~', ..] = text.as_bytes() {
        return 1;
    }
    // Whether a cluster ends is seen at the character behind it.
    let end = (CLUSTER + 1..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
    let length = text.get(..end).and_then(|start| start.graphemes(true).next()).map_or(0, str::len);
    if length <= CLUSTER {
        return length;
    }
    (1..=CLUSTER).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(length)
}

/// The first place from byte `at` on where `text` may be cut without cutting a cluster.
pub fn clusters_end(text: &str, at: usize) -> usize {
    let at = (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return at;
    }
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

#[cfg(test)]
#[expect(clippy::string_slice, clippy::indexing_slicing, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_those_of_uax_29_where_a_cell_can_hold_them() {
        for text in [
            "",
            "a",
            "plain",
            "e\u{301}a\u{301}",
            "日本語",
            "🇳🇴🇩🇪🇫",
            "👨\u{200d}👩\u{200d}👧x",
            "กัน",
            "क्षि",
            "각",
            "a\r\nb",
        ] {
            let found: Vec<&str> = clusters(text).map(|(_, cluster)| cluster).collect();
            assert_eq!(found, text.graphemes(true).collect::<Vec<_>>(), "{text:?}");
            let ends: Vec<usize> = (0..=text.len()).map(|at| clusters_end(text, at)).collect();
            let known: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let expected: Vec<usize> =
                (0..=text.len()).map(|at| known[known.partition_point(|end| *end < at)]).collect();
            assert_eq!(ends, expected, "{text:?}");
        }
    }

    #[test]
    fn what_never_ends_comes_in_pieces() {
        for unit in ["\u{1100}", "क\u{94d}", "👨\u{200d}", "\u{600}", "\u{301}"] {
            let text = unit.repeat(1_000);
            let mut end = 0;
            for (at, cluster) in clusters(&text) {
                assert!(at == end && !cluster.is_empty() && cluster.len() <= CLUSTER, "{unit:?}");
                assert_eq!(&text[at..at + cluster.len()], cluster);
                end += cluster.len();
            }
            assert_eq!(end, text.len(), "{unit:?}");
        }
    }
}
