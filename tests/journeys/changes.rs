//! Posts that change on the disk while they are read: the reader stays at the same words, and is told what happened.

use super::*;
use reread::app::place::Place;

/// The long post with something before its parts, and other words in one of them.
fn longer() -> String {
    let before = format!("## A part before\n\n{}\n\n", "More words. ".repeat(200));
    long().replacen("## Part 1\n", &format!("{before}## Part 1\n"), 1).replace("link 1]", "link one]")
}

fn changed(reader: &mut Reader, files: &[(&str, Option<&str>)]) {
    let reading = |text: Option<&str>, path: &str| text.map_or_else(|| (None, Vec::new()), |text| read(path, text));
    let batch = files.iter().map(|(path, text)| (Name::new(path), reading(*text, path))).collect();
    reader.tell(Message::Changed(batch));
}

fn path_of_open(reader: &Reader) -> String {
    let View::Article(article) = &reader.app.view else { panic!("no article") };
    article.post.key.as_str().to_owned()
}

/// A reader in the middle of the long post.
fn in_the_long_post() -> (Reader, String) {
    let mut reader = Reader::blog("/long<enter><enter>");
    for _ in 0..5 {
        reader.press("<space>");
    }
    let path = path_of_open(&reader);
    (reader, path)
}

#[test]
fn the_same_sentence_stays_at_the_top_when_something_is_written_above_it() {
    let (mut reader, path) = in_the_long_post();
    let (row, words) = reader.first_row();
    assert!(words.contains("sentence"), "{words}");
    changed(&mut reader, &[(&path, Some(&longer()))]);
    let (now, same) = reader.first_row();
    assert!(same == words && now > row, "{words:?} in row {row} became {same:?} in row {now}");
    assert!(reader.notice().starts_with("changed: "), "{}", reader.notice());
    reader.is_sound("a text that grew");
    reader.press("gg");
    reader.sees("A part before");
}

#[test]
fn the_link_that_was_focused_stays_so_under_another_number() {
    let (mut reader, path) = in_the_long_post();
    reader.press("<tab>");
    let address = |reader: &Reader| {
        let View::Article(article) = &reader.app.view else { panic!("no article") };
        article.focus.map(|link| article.document.links[link].href.clone())
    };
    let before = address(&reader);
    assert!(before.is_some());
    let text = longer().replace("More words.", "[More](https://example.org/more) words.");
    changed(&mut reader, &[(&path, Some(&text))]);
    assert_eq!(address(&reader), before);
}

#[test]
fn a_panel_of_links_of_a_text_that_changed_is_closed() {
    let (mut reader, path) = in_the_long_post();
    reader.press("l");
    assert!(reader.app.overlay.is_some());
    changed(&mut reader, &[("2030-01-01-new.md", Some("# New\n"))]);
    assert!(reader.app.overlay.is_some(), "another post is no reason");
    changed(&mut reader, &[(&path, Some(&longer()))]);
    assert!(reader.app.overlay.is_none());
}

#[test]
fn the_cursor_stays_on_its_post_while_posts_come_and_go() {
    let mut reader = Reader::blog("");
    let first = reader.post().to_owned();
    changed(&mut reader, &[("2030-01-01-new.md", Some("---\ntitle: New\ndate: 2030-01-01\n---\n"))]);
    assert_eq!((reader.post(), reader.notice()), (first.as_str(), "new: New"));
    reader.sees("New");
    reader.is_sound("a new post");
    changed(&mut reader, &[("2030-01-01-new.md", None)]);
    assert_eq!((reader.post(), reader.notice()), (first.as_str(), "gone: New"));
    reader.does_not_see("Jan  1  New");
}

#[test]
fn an_open_post_is_followed_to_its_new_name() {
    let (mut reader, path) = in_the_long_post();
    let row = reader.first_row();
    changed(&mut reader, &[(&path, None), ("2021-01-01-other-name.md", Some(&long()))]);
    assert_eq!((path_of_open(&reader).as_str(), reader.first_row()), ("2021-01-01-other-name.md", row));
    assert!(reader.notice().starts_with("renamed: "), "{}", reader.notice());
}

#[test]
fn an_open_post_whose_file_is_gone_stays_until_it_is_left() {
    let (mut reader, path) = in_the_long_post();
    let (_, words) = reader.first_row();
    changed(&mut reader, &[(&path, None)]);
    assert_eq!(reader.first_row().1, words);
    assert!(reader.notice().starts_with("gone: "), "{}", reader.notice());
    reader.resize(100, 30);
    assert_eq!(path_of_open(&reader), path);
    reader.press("jk<space>q");
    assert!(!reader.titles().iter().any(|title| title.contains("Long")), "{:?}", reader.titles());
    reader.is_sound("a post that is gone");
    reader.press("H");
    reader.is_sound("back to a post that is gone");
}

#[test]
fn what_is_the_same_is_not_told() {
    let mut reader = Reader::blog("j");
    let same = long();
    reader.press("/long<enter>");
    let View::List(list) = &reader.app.view else { panic!("no list") };
    let key = list.selected().unwrap().key.as_str().to_owned();
    let edition = reader.app.library.edition();
    changed(&mut reader, &[(&key, Some(&same))]);
    assert_eq!((reader.notice(), reader.app.library.edition()), ("", edition));
}

#[test]
fn many_changes_are_counted() {
    let mut reader = Reader::blog("");
    let gone = reader.app.library.posts()[0].key.as_str().to_owned();
    changed(&mut reader, &[("a.md", Some("# A\n")), ("b.md", Some("# B\n")), (&gone, None)]);
    assert_eq!(reader.notice(), "posts: 2 new, 1 gone");
}

#[test]
fn capital_r_says_when_nothing_has_changed_and_what_has() {
    let mut reader = Reader::blog("");
    assert_eq!(reader.asks("R"), [Effect::Reload]);
    reader.tell(Message::Looked);
    assert_eq!(reader.notice(), "nothing has changed");
    reader.press("R");
    changed(&mut reader, &[("a.md", Some("# A\n"))]);
    reader.tell(Message::Looked);
    assert_eq!(reader.notice(), "new: A");
}

#[test]
fn posts_that_vanish_from_their_place_stay_on_screen() {
    let (mut reader, path) = in_the_long_post();
    let row = reader.first_row();
    reader.tell(Message::Told(Clean::literal("the posts are gone from their place; what was read stays")));
    reader.sees("the posts are gone from their place");
    assert_eq!((path_of_open(&reader), reader.first_row()), (path, row));
    reader.tell(Message::Told(Clean::literal("the posts are there again")));
    reader.sees("the posts are there again");
    assert_eq!(reader.app.library.posts().len(), 6);
    assert!(matches!(reader.place(), Place::Article { .. }));
}
