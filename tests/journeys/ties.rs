//! The panel of what an article is tied to, the foot of an article, and steps through a series.

use reread::app::place::Place;
use reread::app::{Effect, Message};
use reread::blog::library::Library;
use reread::blog::post::Key;
use reread::blog::query::Query;

use crate::reader::{Reader, open, read, site};

const FILES: [(&str, &str); 6] = [
    ("2011-01-01-oars-1.md", "---\ntitle: On Oars 1\ntags: [oars]\n---\nThe first part.\n"),
    (
        "2012-01-01-oars-2.md",
        "---\ntitle: On Oars 2\ntags: [oars]\n---\nMore than in [the first](2011-01-01-oars-1.md).\n",
    ),
    ("2013-01-01-oars-3.md", "---\ntitle: On Oars 3\n---\nThe last part.\n"),
    (
        "2014-01-01-pier.md",
        "---\ntitle: The Pier\ntags: [wood]\n---\nA pier. All of it is said [here](2011-01-01-oars-1.md), or [there](2011-01-01-oars-1.md).\n",
    ),
    ("2015-01-01-plank.md", "---\ntitle: A Plank\ntags: [wood]\n---\nShort.\n"),
    ("2016-01-01-alone.md", "---\ntitle: Alone\n---\nNobody.\n"),
];

fn harbour() -> Library {
    let mut library = Library::new(site());
    library.add(FILES.iter().map(|(path, text)| read(path, text)).collect());
    library.complete();
    library
}

fn reader(path: &str) -> Reader {
    Reader::of(harbour(), &Place::article(Key::new(path), Query::default()), 80, 24)
}

#[test]
fn a_post_says_who_links_to_it_and_in_which_sentence() {
    let mut reader = reader("2011-01-01-oars-1.md");
    for line in ["1 of 3 in the series “On Oars”", "← The Pier · 2014-01-01", "← On Oars 2 · 2012-01-01"] {
        reader.sees(line);
    }
    reader.press("l");
    for text in [" links  backlinks 2 ", "The Pier", "All of it is said here, or there.", "More than in the first."] {
        reader.sees(text);
    }
    assert_eq!(reader.asks("o"), open("https://blog.example/2014/pier/"));
    reader.press("<enter>");
    assert_eq!((reader.post(), reader.focused()), ("The Pier", Some(0)));
    reader.press("H");
    assert_eq!(reader.post(), "On Oars 1");
}

#[test]
fn the_pages_of_the_panel_are_turned_around() {
    let mut reader = reader("2012-01-01-oars-2.md").after("l");
    reader.sees("→ On Oars 1");
    reader.press("<tab>");
    reader.sees("no other post links to this one");
    reader.press("<tab>");
    reader.sees("both link to On Oars 1");
    reader.press("<tab>");
    reader.sees("•   2  On Oars 2");
    reader.press("j<enter>");
    assert_eq!(reader.post(), "On Oars 3");
    reader.press("l<s-tab>");
    reader.sees("no other post has enough in common with this one");
    reader.press("<enter>");
    assert_eq!((reader.post(), reader.app.overlay.is_none()), ("On Oars 3", true));
}

#[test]
fn a_related_post_is_named_with_what_both_have() {
    let mut reader = reader("2015-01-01-plank.md").after("l");
    reader.sees("tags wood");
    reader.press("<enter>");
    assert_eq!(reader.post(), "The Pier");
}

#[test]
fn brackets_step_through_a_series_and_say_where_it_ends() {
    let mut reader = reader("2011-01-01-oars-1.md").after("]");
    assert_eq!(reader.post(), "On Oars 2");
    reader.press("]");
    assert_eq!(reader.post(), "On Oars 3");
    reader.press("]");
    assert_eq!(reader.notice(), "this is the last part of “On Oars”");
    reader.press("[[[");
    assert_eq!((reader.post(), reader.notice()), ("On Oars 1", "this is the first part of “On Oars”"));
    assert_eq!(self::reader("2016-01-01-alone.md").after("]").notice(), "this post is part of no series");
}

#[test]
fn a_post_that_is_open_while_others_come_says_later_who_links_to_it() {
    let mut library = Library::new(site());
    library.add(vec![read(FILES[0].0, FILES[0].1)]);
    let mut reader = Reader::of(library, &Place::article(Key::new(FILES[0].0), Query::default()), 80, 24);
    reader.app.update(Message::Loaded(vec![read(FILES[3].0, FILES[3].1)]));
    reader.does_not_see("← The Pier");
    let asked = reader.app.update(Message::Completed);
    let [Effect::Weave(weaving)] = asked.as_slice() else { panic!("{asked:?}") };
    reader.press("l");
    reader.sees("reading all posts for it …");
    reader.app.update(Message::Woven(Box::new(weaving.run())));
    reader.sees("backlinks 1");
    reader.sees("All of it is said here, or there.");
    reader.press("<esc>");
    reader.sees("← The Pier · 2014-01-01");
    // Nobody asks again for what is known.
    assert_eq!(reader.asks("jk"), []);
}
