//! A post as a page: its head (title, date, author, tags, reading time) above its body, laid out together.

use super::post::Post;
use crate::clean;
use crate::markdown::{Anchor, BlockKind, Document, Layout, Marks, Measure, Reach, Role, Row, Run, Setting};
use crate::text::{self, Clean, End};

/// Columns of the line above what stands below a text.
const FOOT: usize = 12;
/// Words that a practised reader reads in a minute.
const WORDS_A_MINUTE: usize = 230;

/// Sets a post as a page. A body that begins with the title again shows it once.
pub fn set<'a>(post: &Post, document: &Document, setting: impl Into<Setting<'a>>) -> Layout {
    let setting = setting.into();
    let measure = setting.measure;
    let body = document.layout(setting);
    let repeated = document.headings.first().is_some_and(|heading| heading.text == post.title)
        && matches!(document.blocks.first().map(|block| &block.kind), Some(BlockKind::Heading(0, _)));
    let body = if repeated { without_first_block(document, body) } else { body };
    below(head(post, document.words(), measure), body)
}

/// The layout from the second block on; what pointed into the first points to the row before.
fn without_first_block(document: &Document, mut body: Layout) -> Layout {
    let second = document.blocks.get(1).map_or(usize::MAX, |block| block.at);
    let dropped = body.rows.iter().take_while(|row| row.anchor.at < second).count();
    let rows = body.rows.split_off(dropped);
    body.moved(rows, |row| row.saturating_sub(dropped))
}

/// The same page with an empty row above it, as it stands below the title line of a screen.
pub fn with_air(page: Layout) -> Layout {
    below(vec![empty()], page)
}

/// Puts these lines below a page, behind the document's last byte, in the place of those that stood there.
pub fn set_foot(page: &mut Layout, document: &Document, lines: &[Clean], measure: Measure) {
    page.rows.truncate(page.rows.partition_point(|row| row.anchor.at <= document.length));
    if lines.is_empty() {
        return;
    }
    let rule = clean!("{}", "─".repeat(measure.0.min(FOOT)));
    let rows = [empty(), unlinked(rule, Role::Meta, End::Break)].into_iter();
    let rows = rows.chain(lines.iter().flat_map(|line| wrapped(line, Role::Meta, measure)));
    page.rows.extend(rows.enumerate().map(|(nth, row)| Row { anchor: Anchor { at: document.length + 1, nth }, ..row }));
}

/// One page of both; the rows of the head count as rows before the body's first byte.
fn below(mut rows: Vec<Row>, mut body: Layout) -> Layout {
    let head = rows.len();
    for (nth, row) in rows.iter_mut().enumerate() {
        row.anchor = Anchor { at: 0, nth };
    }
    rows.extend(std::mem::take(&mut body.rows).into_iter().map(|row| match row.anchor {
        Anchor { at: 0, nth } => Row { anchor: Anchor { at: 0, nth: nth + head }, ..row },
        _ => row,
    }));
    body.moved(rows, |row| row + head)
}

/// Minutes that a text of so many words takes, one at least.
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

fn head(post: &Post, words: usize, measure: Measure) -> Vec<Row> {
    let mut rows = wrapped(&post.title, Role::Title, measure);
    rows.extend(wrapped(&byline(post, words), Role::Meta, measure));
    let tags: Vec<String> = post.tags.iter().map(|tag| format!("#{tag}")).collect();
    if !tags.is_empty() {
        rows.extend(wrapped(&clean!("{}", tags.join("  ")), Role::Tag, measure));
    }
    rows.push(empty());
    rows
}

fn empty() -> Row {
    Row { gutter: Vec::new(), runs: Vec::new(), anchor: Anchor::default(), end: End::Break, reach: Reach::Column }
}

/// Draft, date, authors, categories, reading time: what is known of them.
pub fn byline(post: &Post, words: usize) -> Clean {
    let list = |names: &[Clean]| names.iter().map(Clean::as_str).collect::<Vec<_>>().join(", ");
    let parts = [
        if post.draft { "draft".to_owned() } else { String::new() },
        post.date.map_or_else(|| "undated".to_owned(), super::date::Date::long),
        list(&post.authors),
        list(&post.categories),
        format!("{words} word{}", if words == 1 { "" } else { "s" }),
        format!("{} min", minutes(words)),
    ];
    let known: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    clean!("{}", known.join(" · "))
}

fn wrapped(text: &Clean, role: Role, measure: Measure) -> Vec<Row> {
    let row = |line: text::Line| unlinked(text.slice(line.range), role, line.end);
    text::wrap(text.as_str(), measure.0).into_iter().map(row).collect()
}

fn unlinked(text: Clean, role: Role, end: End) -> Row {
    let runs = vec![Run { text, role, marks: Marks::NONE, link: None }];
    Row { gutter: Vec::new(), runs, anchor: Anchor::default(), end, reach: Reach::Column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::site::Site;

    fn page(text: &str) -> Layout {
        let (post, _) = Post::read("2007-09-02-x.md", text.as_bytes().to_vec(), &Site::plain());
        set(&post, &post.document(), Measure(40))
    }

    #[test]
    fn a_title_that_the_body_repeats_is_shown_once() {
        let page = page("# The *title*\n\nWords.\n\n## More\n");
        assert_eq!(page.text().matches("title").count(), 1);
        assert!(page.text().contains("\n\nWords.\n"), "{}", page.text());
        assert_eq!(page.headings.len(), 2);
    }

    #[test]
    fn another_heading_stays() {
        let page = page("---\ntitle: One\n---\n# Two\n\nWords.\n");
        assert!(page.text().starts_with("One\n") && page.text().contains("\nTwo\n"), "{}", page.text());
    }

    #[test]
    fn no_two_rows_of_a_page_are_the_same_place() {
        let page = page("---\ntitle: One\ntags: [a]\n---\nWords.\n\n- more\n");
        assert!(page.rows.is_sorted_by(|one, two| one.anchor < two.anchor), "{:?}", page.rows);
    }
}
