//! A post whose file an editor had: where it is opened, and where the reader is afterwards.

use super::*;

const HEAD: &str = "---\ntitle: Note\ndate: 2020-01-01\n---\n";

fn paragraphs() -> String {
    (1..100).map(|number| format!("Paragraph {number} of it.\n\n")).collect::<Vec<_>>().concat()
}

/// A reader of the top of a post, with another post below it in the list.
fn reader(body: &str) -> Reader {
    let mut library = Library::new(site());
    library.add(vec![read("note.md", &format!("{HEAD}{body}")), read("2019-01-01-old.md", "Old words.\n")]);
    library.complete();
    Reader::of(library, &Place::article(Name::new("note.md"), Query::default()), 80, 24)
}

fn edited(text: &str) -> Message {
    Message::Changed(vec![(Name::new("note.md"), read("note.md", text))])
}

#[test]
fn e_asks_for_the_line_of_the_file_that_is_at_the_top() {
    let note = || Name::new("note.md");
    let mut reader = reader(&paragraphs());
    assert_eq!(reader.asks("e"), [Effect::Edit(note(), 5)], "the first line below the front matter");
    reader.press("d");
    let text = format!("{HEAD}{}", paragraphs());
    for _ in 0..4 {
        // A blank row stands for the text below it.
        let rows = reader.rows();
        let first = rows[1..].iter().map(|row| row.trim_matches(['▐', ' '])).find(|row| !row.is_empty()).unwrap();
        let line = 1 + text.lines().position(|line| line == first).unwrap();
        assert_eq!(reader.asks("e"), [Effect::Edit(note(), line)]);
        reader.press("j");
    }
    reader.press("G");
    let [Effect::Edit(_, line)] = reader.asks("e")[..] else { panic!() };
    assert!((180..=text.lines().count()).contains(&line), "{line}");
    assert_eq!(reader.asks("he"), [Effect::Edit(note(), 1)], "the list shows what stands in the head");
    assert_eq!(reader.asks("te"), []);
}

#[test]
fn what_was_at_the_top_is_there_again_when_the_text_above_has_changed() {
    let mut reader = reader(&paragraphs());
    reader.press("ddj");
    let (row, top) = reader.first_row();
    reader.tell(edited(&format!("{HEAD}# New\n\nMuch more of it above.\n\n{}", paragraphs())));
    assert_eq!(reader.first_row(), (row + 4, top.clone()));
    reader.tell(edited(&format!("---\ntitle: Other\ndate: 2018-01-01\n---\n{}The end.\n", paragraphs())));
    assert_eq!((reader.first_row(), reader.post()), ((row, top), "Other"));
    reader.press("h");
    assert_eq!((reader.titles(), reader.post()), (vec!["old", "Other"], "Other"));
    reader.press("k");
    assert_eq!(reader.post(), "old");
}

#[test]
fn at_the_top_one_stays_there_and_sees_what_is_new() {
    let mut reader = reader(&paragraphs());
    reader.tell(edited(&format!("{HEAD}A new beginning.\n\n{}", paragraphs())));
    assert_eq!(reader.first_row().0, 0);
    reader.sees("A new beginning.");
}

#[test]
fn a_post_that_the_editor_removed_is_gone() {
    let mut reader = reader(&paragraphs());
    reader.tell(Message::Changed(vec![(Name::new("note.md"), (None, Vec::new()))]));
    reader.press("h");
    assert_eq!(reader.titles(), ["old"]);
}

#[test]
fn new_code_is_studied_anew() {
    let mut reader = reader("```rust\nlet one = 1;\n```\n");
    reader.press("j");
    assert!(reader.effects.contains(&Effect::Study(Name::new("note.md"))));
    reader.effects.clear();
    reader.tell(edited(&format!("{HEAD}```rust\nlet two = 22;\n```\n")));
    assert_eq!(reader.effects, [Effect::Study(Name::new("note.md"))]);
}
