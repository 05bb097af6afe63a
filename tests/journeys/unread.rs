//! A list that is complete before the texts are there: what needs one asks for it, and is right when it comes.

use std::fs;

use reread::app::place::Place;
use reread::app::{Effect, Message};
use reread::blog::library::{Library, Reading};
use reread::blog::post::Key as Name;
use reread::collection::{self, Arrival};
use reread::source::{Folder, Source};
use tempfile::TempDir;

use super::reader::Reader;

const POSTS: [(&str, &str); 3] = [
    ("2003-01-01-c.md", "---\ntitle: Harbour\n---\nGulls and [ropes](2001-01-01-a.md#knots).\n"),
    ("2002-01-01-b.md", "---\ntitle: Broken\ndate: 2002-13-01\n---\nA gull.\n"),
    ("2001-01-01-a.md", "---\ntitle: Boat\ntags: [red]\n---\nSails.\n\n{LINES}\n\n## Knots\n\nBowline.\n"),
];

/// A library whose list is known from the last time, and the posts that are still to be read.
fn listed() -> (Library, Vec<(Name, Reading)>) {
    let (posts, cache) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for (path, text) in POSTS {
        fs::write(posts.path().join(path), text.replace("{LINES}", &"Words.\n\n".repeat(60))).unwrap();
    }
    let source = Source::Folder(Folder::open(posts.path()).unwrap());
    let (site, _) = collection::site(&source);
    collection::load_known(&source, &site, Some(cache.path()), |_| {});
    let (mut library, mut rest) = (Library::new(site.clone()), Vec::new());
    collection::load_known(&source, &site, Some(cache.path()), |arrival| match arrival {
        Arrival::Posts(batch) => library.add(batch),
        Arrival::Listed => library.list(),
        Arrival::Texts(batch) => rest.extend(batch),
        Arrival::Complete => {}
    });
    assert_eq!(rest.len(), POSTS.len());
    (library, rest)
}

fn reader(columns: usize) -> (Reader, Vec<(Name, Reading)>) {
    let (library, rest) = listed();
    (Reader::of(library, &Place::start(), columns, 24), rest)
}

/// The one of a name, out of those that are still to be read.
fn one(rest: &mut Vec<(Name, Reading)>, name: &str) -> Message {
    let at = rest.iter().position(|(key, _)| key.as_str() == name).unwrap();
    Message::Filled(vec![rest.remove(at)])
}

#[test]
fn the_list_is_whole_and_still_while_the_texts_come() {
    let (mut reader, rest) = reader(80);
    assert!(reader.top().ends_with("3 posts · 1 fault (!)"), "{}", reader.top());
    reader.press("j");
    let before = (reader.frame(), reader.place());
    for post in rest {
        assert!(reader.app.update(Message::Filled(vec![post])).is_empty());
        assert_eq!((reader.frame(), reader.place()), before);
    }
    reader.app.update(Message::Completed);
    assert_eq!((reader.frame(), reader.place()), before);
    assert_eq!(reader.app.library.faults().len(), 1);
}

#[test]
fn an_article_asks_for_its_text_once_and_shows_it_when_it_comes() {
    let (mut reader, mut rest) = reader(80);
    let wanted = Effect::Read(Name::new("2003-01-01-c.md"));
    assert_eq!(reader.asks("<enter>"), [wanted]);
    reader.sees("Harbour");
    reader.does_not_see("Gulls");
    assert_eq!(reader.asks("jk"), []);
    reader.resize(70, 20);
    let place = reader.place();
    reader.app.update(one(&mut rest, "2003-01-01-c.md"));
    reader.sees("Gulls and ropes");
    assert_eq!(reader.place(), place);
}

#[test]
fn a_link_to_a_heading_waits_for_the_text_that_has_it() {
    let (mut reader, mut rest) = reader(80);
    reader.press("<enter>");
    reader.app.update(one(&mut rest, "2003-01-01-c.md"));
    reader.press("<tab><enter>");
    assert_eq!(reader.post(), "Boat");
    reader.resize(60, 20);
    assert_eq!(reader.notice(), "");
    reader.app.update(one(&mut rest, "2001-01-01-a.md"));
    reader.sees("Bowline");
    reader.does_not_see("Sails");
    reader.press("H");
    assert_eq!(reader.post(), "Harbour");
}

#[test]
fn the_preview_asks_for_what_it_shows() {
    let (mut reader, mut rest) = reader(160);
    let asked = reader.asks("j");
    assert_eq!(asked, [Effect::Read(Name::new("2002-01-01-b.md"))]);
    reader.does_not_see("A gull.");
    reader.app.update(one(&mut rest, "2002-01-01-b.md"));
    reader.sees("A gull.");
    assert_eq!(reader.asks("kjk"), [Effect::Read(Name::new("2003-01-01-c.md"))], "each is asked for once");
}

#[test]
fn a_search_goes_on_while_the_texts_come() {
    let (mut reader, mut rest) = reader(80);
    reader.press("/gull<enter>");
    reader.sees("reading the posts …");
    assert!(reader.top().ends_with("reading … 0 of 3 posts"), "{}", reader.top());
    reader.app.update(one(&mut rest, "2002-01-01-b.md"));
    assert!(reader.top().ends_with("reading … 1 of 3 posts"), "{}", reader.top());
    assert_eq!(reader.post(), "Broken");
    reader.app.update(one(&mut rest, "2003-01-01-c.md"));
    reader.app.update(one(&mut rest, "2001-01-01-a.md"));
    reader.app.update(Message::Completed);
    assert!(reader.top().ends_with(" 2 of 3 posts"), "{}", reader.top());
    reader.sees("Harbour");
}

#[test]
fn a_post_that_is_gone_by_then_gives_its_list() {
    let (mut reader, _) = reader(80);
    reader.press("<enter>");
    reader.app.update(Message::Filled(vec![(Name::new("2003-01-01-c.md"), (None, Vec::new()))]));
    assert!(reader.top().ends_with("2 posts · 1 fault (!)"), "{}", reader.top());
    reader.does_not_see("Harbour");
}
