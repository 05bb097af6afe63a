//! Paragraphs that are pictures: which of them hold nothing else, and the cells that a picture takes.
//!
//! It opens no file and knows no pixels; a picture inside running text stays text.

use super::document::{Inline, InlineKind, LinkId};
use super::layout::Area;

/// A picture that stands alone: its link, and the inline that shows its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing<'a> {
    pub(super) link: LinkId,
    pub(super) caption: &'a Inline,
}

/// The pictures of a paragraph that holds nothing but pictures, with or without links around them; else none.
pub(super) fn standing(inlines: &[Inline]) -> Vec<Standing<'_>> {
    let mut standing = Vec::new();
    for inline in inlines {
        match (&inline.kind, only_picture(inline)) {
            (InlineKind::SoftBreak | InlineKind::HardBreak, _) => {}
            (InlineKind::Text(text), _) if text.as_str().trim().is_empty() => {}
            (_, Some(link)) => standing.push(Standing { link, caption: inline }),
            (_, None) => return Vec::new(),
        }
    }
    standing
}

fn only_picture(inline: &Inline) -> Option<LinkId> {
    match &inline.kind {
        InlineKind::Image(link) => Some(*link),
        InlineKind::Link(_, inner) | InlineKind::Marked(_, inner) => match standing(inner).as_slice() {
            [only] => Some(only.link),
            _ => None,
        },
        _ => None,
    }
}

impl Area {
    /// The cells that are left of it where there are only `columns`; its proportions stay. It has one cell at least.
    #[must_use]
    pub fn fitting(self, columns: usize) -> Self {
        let (columns, rows) = if self.columns > columns {
            (columns, self.rows.saturating_mul(columns) / self.columns)
        } else {
            (self.columns, self.rows)
        };
        Self { columns: columns.max(1), rows: rows.max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{BlockKind, parse};

    #[test]
    fn a_picture_stands_alone_or_is_text() {
        for (text, expected) in [
            ("![a](a.png)", vec![0]),
            ("[![a](a.png)](b.html)", vec![1]),
            ("**![a](a.png)**", vec![0]),
            ("![a](a.png)\n![b](b.png)", vec![0, 1]),
            ("<figure><img src=a.png><figcaption>Words</figcaption></figure>", vec![0]),
            ("![a](a.png) and words", vec![]),
            ("[![a](a.png) and words](b.html)", vec![]),
            ("[![a](a.png)![b](b.png)](c.html)", vec![]),
            ("Words.", vec![]),
        ] {
            let document = parse(text, crate::markdown::Dialect::UNKNOWN);
            let first = document.blocks.first().map(|block| &block.kind);
            let Some(BlockKind::Paragraph(inlines)) = first else { unreachable!("{text}") };
            let links: Vec<LinkId> = standing(inlines).iter().map(|standing| standing.link).collect();
            assert_eq!(links, expected, "{text}");
        }
    }

    #[test]
    fn a_picture_shrinks_in_both_directions_and_never_to_nothing() {
        let fitting = |columns, rows, room| {
            let area = Area { columns, rows }.fitting(room);
            (area.columns, area.rows)
        };
        assert_eq!(fitting(40, 10, 60), (40, 10));
        assert_eq!(fitting(40, 10, 20), (20, 5));
        assert_eq!(fitting(40, 1, 20), (20, 1));
        assert_eq!(fitting(0, 0, 20), (1, 1));
        assert_eq!(fitting(usize::MAX, usize::MAX, 3), (3, 1));
    }
}
