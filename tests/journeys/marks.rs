//! What is remembered of posts: read at the end, starred, undone, left off and gone on.

use reread::app::place::{Place, View};
use reread::app::{Message, ReadWhen};
use reread::blog::library::Target;
use reread::blog::marks::{Last, Marks, Spot, What};
use reread::blog::post::Key;
use reread::blog::query::Query;

use crate::reader::{LONG, Reader, article, blog};

const ONE: &str = "/2007/one/";
const LONG_URL: &str = "/2010/long/";

#[test]
fn a_post_is_read_when_its_end_was_seen_and_not_before() {
    let mut reader = article(LONG).after("dd");
    assert_eq!(reader.marked(), []);
    reader.press("G");
    assert_eq!(reader.marked(), [(LONG_URL.to_owned(), What::Read(true))]);
    reader.press("rGkG");
    assert_eq!(reader.marked().len(), 2, "what is marked as unread at its end stays so");
    assert!(!reader.app.library.marks().of(LONG_URL).is_read());
}

#[test]
fn a_star_and_a_mark_show_in_the_list_and_in_searches() {
    let reader = Reader::blog("jsjr");
    reader.sees("★");
    assert_eq!(reader.app.library.marks().events().len(), 0, "only what is kept has a time");
    for (query, expected) in [
        ("is:starred", vec!["Links"]),
        ("is:read", vec!["Three"]),
        ("-is:read is:starred", vec!["Links"]),
        ("is:unread tag:a", vec!["Long", "One"]),
        ("is:started", vec![]),
    ] {
        let mut asked = Reader::blog("");
        asked.app.library.set_marks(marks(&reader));
        asked.press(&format!("/{query}<enter>"));
        assert_eq!(asked.titles(), expected, "{query}");
    }
}

/// The marks that a reader would find at the next start.
fn marks(reader: &Reader) -> Marks {
    let mut marks = Marks::default();
    for (time, (post, what)) in (1..).zip(&reader.remembered) {
        marks.take(reread::blog::marks::Event { time, post: post.clone(), what: what.clone() });
    }
    marks
}

#[test]
fn every_mark_is_undone_one_after_the_other() {
    let mut reader = Reader::blog("jjjjssr");
    assert_eq!(reader.post(), "One");
    reader.press("U");
    assert_eq!(reader.notice(), "One is unread again");
    reader.press("U");
    assert_eq!(reader.notice(), "One is starred again");
    reader.press("U");
    assert_eq!(reader.notice(), "One is not starred again");
    reader.press("U");
    assert_eq!(reader.notice(), "there is no mark to undo");
    assert_eq!(reader.remembered.last(), Some(&(ONE.to_owned(), What::Starred(false))));
}

#[test]
fn n_goes_to_the_next_unread_post() {
    let mut reader = Reader::blog("rjrk");
    reader.press("n");
    assert_eq!(reader.post(), "Three");
    reader.press("kN");
    assert_eq!(reader.notice(), "no further unread post");
    reader.press("Gn");
    assert_eq!(reader.notice(), "no further unread post");
}

#[test]
fn n_in_a_post_without_a_search_goes_to_the_next_unread_post_of_its_list() {
    let mut reader = Reader::blog("jrjrkk<enter>");
    assert_eq!(reader.post(), "Long");
    let mut walked = Vec::new();
    for key in ["n", "n", "n", "N", "N", "N"] {
        reader.press(key);
        walked.push(format!("{}{}", reader.post(), if reader.notice().is_empty() { "" } else { "!" }));
    }
    assert_eq!(walked, ["Two", "One", "Undated", "Long", "Long!", "Long!"], "what was read on the way is read");
    assert_eq!(reader.notice(), "no post above this one in the list is unread");
    let mut last = Reader::blog("G<enter>n");
    assert_eq!((last.post(), last.notice()), ("Undated", "no post below this one in the list is unread"));
    last.press("/nothing<enter>n");
    assert_eq!((last.post(), last.notice()), ("Undated", "1/1 \"nothing\""), "with a search it goes to a hit");
    let mut filtered = Reader::blog("/tag:a<enter><enter>n");
    assert_eq!(filtered.post(), "Three", "of the list, not of the blog");
    filtered.press("nn");
    assert_eq!(filtered.notice(), "no post below this one in the list is unread");
    let mut elsewhere = Reader::blog("/tag:b<enter><enter><tab><enter>n");
    assert_eq!((elsewhere.post(), elsewhere.notice()), ("One", "this post is not in the list that it was opened from"));
    elsewhere.press("N");
    assert_eq!(elsewhere.notice(), "this post is not in the list that it was opened from");
}

#[test]
fn in_a_list_of_unread_posts_the_next_one_takes_the_place_of_one_that_was_read() {
    let mut reader = Reader::blog("/is:unread<enter>jj");
    assert_eq!(reader.titles(), ["Long", "Links", "Three", "Two", "One", "Undated"]);
    let (row, mut selected) = (reader.frame().lines().position(|line| line.contains('▌')), Vec::new());
    for key in ["r", "s", "r", "U", "U", "U"] {
        reader.press(key);
        selected.push(format!("{} of {}", reader.post(), reader.titles().len()));
    }
    assert_eq!(selected, ["Two of 5", "Two of 5", "One of 4", "One of 5", "One of 5", "One of 6"]);
    assert!(row.is_some());
    reader.press("Gr");
    assert_eq!(reader.post(), "One", "at the end it is the one above");
    reader.press("ggr");
    assert_eq!(reader.post(), "Links");
    reader.press("U");
    assert_eq!(reader.post(), "Long", "the top of the list stays the top");
}

#[test]
fn out_of_a_post_that_was_read_the_cursor_is_on_the_next_one() {
    let mut reader = Reader::blog("/is:unread<enter>jj<enter>");
    assert_eq!(reader.post(), "Three");
    reader.press("h");
    assert_eq!((reader.post(), reader.titles()), ("Two", vec!["Long", "Links", "Two", "One", "Undated"]));
    reader.press("U");
    assert_eq!((reader.post(), reader.titles().len()), ("Two", 6));
    reader.press("k<enter>J");
    assert_eq!(reader.post(), "Two");
    reader.press("K");
    assert_eq!(reader.post(), "Three", "the list that it was opened from is there to walk in");
    reader.resize(70, 20);
    reader.press("JJ");
    assert_eq!(reader.post(), "One");
    reader.press("h");
    assert_eq!((reader.post(), reader.titles()), ("Undated", vec!["Long", "Links", "Undated"]));
    reader.press("k<enter>GJh");
    assert_eq!((reader.post(), reader.titles()), ("Long", vec!["Long"]), "the one above where none is below");
    let back = Reader::blog("/is:unread<enter>jj<enter>JJHHH");
    assert_eq!((back.post(), back.titles()), ("Undated", vec!["Long", "Links", "Undated"]), "also by the way back");
}

/// The small blog without the posts of these paths, as the folder is read again.
fn without(gone: &[&str]) -> Message {
    let mut library = blog();
    let gone = gone.iter().map(|path| (Key::new(path), (None, Vec::new())));
    library.fill(gone.collect());
    library.complete();
    Message::Reloaded(Box::new(library))
}

#[test]
fn the_next_post_takes_the_place_of_one_whose_file_is_gone() {
    let mut list = Reader::blog("jj");
    list.tell(without(&["2008-03-03-three.md", "2007-02-02-two.md"]));
    assert_eq!((list.post(), list.titles().len()), ("One", 4));
    let mut saved = Reader::blog("/is:unread<enter>jj<enter>hk");
    assert_eq!(saved.post(), "Links", "Three is read");
    let gone = |path: &str| (Key::new(path), (None, Vec::new()));
    saved.tell(Message::Changed(vec![gone("2009-04-04T05-06-07.md"), gone("2007-02-02-two.md")]));
    assert_eq!((saved.post(), saved.titles()), ("One", vec!["Long", "One", "Undated"]));
    let mut article = Reader::blog("jj<enter>");
    article.tell(without(&["2008-03-03-three.md"]));
    assert_eq!((article.post(), article.titles().len()), ("Two", 5));
    let mut read = Reader::blog("/is:unread<enter>jj<enter>");
    read.tell(without(&["2007-02-02-two.md"]));
    assert_eq!(read.post(), "Three");
    read.press("h");
    assert_eq!((read.post(), read.titles()), ("One", vec!["Long", "Links", "One", "Undated"]));
}

#[test]
fn a_reading_goes_on_where_it_was_left_at_another_width_too() {
    let mut before = Reader::blog("<enter>dddj");
    let (_, sentence) = before.first_row();
    before.tell(Message::Paused);
    let Some((post, What::Reached(spot))) = before.marked().first().cloned() else { panic!() };
    assert_eq!(post, LONG_URL);
    before.tell(Message::Paused);
    assert_eq!(before.marked().len(), 2, "what is known is not told again");
    for columns in [80, 50, 140] {
        let mut after = Reader::blog("");
        after.resize(columns, 24);
        let without_last = before.remembered.iter().filter(|(post, _)| post == LONG_URL).cloned().collect();
        after.app.library.set_marks(marks(&Reader { remembered: without_last, ..Reader::blog("") }));
        after.sees("◐");
        after.press("<enter>");
        assert_eq!(after.notice(), "here you left off; gg goes to the top");
        let words = sentence.split_whitespace().next().unwrap();
        assert!(after.first_row().1.contains(words), "{columns}: {sentence:?} {:?}", after.first_row());
        assert!(spot.at > 0);
    }
}

#[test]
fn what_is_left_is_noted_and_what_another_program_marked_is_taken_in() {
    let mut reader = Reader::blog("<enter>ddh");
    assert!(matches!(reader.marked().as_slice(), [(post, What::Reached(spot))] if post == LONG_URL && spot.at > 0));
    let mut marks = Marks::default();
    marks.set(ONE, What::Starred(true));
    marks.set(LONG_URL, What::Reached(Spot::default()));
    reader.tell(Message::Remembered(Box::new(marks)));
    reader.sees("★");
    reader.does_not_see("◐");
    assert!(matches!(reader.place(), Place::List { .. }));
}

/// A reader who starts with these marks, before the posts are all read.
fn starting(marks: Marks) -> Reader {
    let mut library = blog();
    library.set_marks(marks);
    Reader::of(library, &Place::start(), 80, 24)
}

#[test]
fn the_next_start_is_where_the_last_one_ended() {
    for (keys, title, query) in
        [("<enter>dd", "Long", ""), ("/tag:a<enter>j", "Three", "tag:a"), ("/tag:a<enter>j<enter>", "Three", "tag:a")]
    {
        let mut before = Reader::blog(keys);
        before.tell(Message::Paused);
        let mut after = starting(marks(&before));
        after.tell(Message::Completed);
        assert_eq!((after.post(), after.query().as_str()), (title, query), "{keys}");
        assert_eq!(after.app.scope(), before.app.scope(), "{keys}");
        if keys == "<enter>dd" {
            assert_eq!(after.first_row(), before.first_row());
        }
        after.press("H");
        assert!(matches!(after.place(), Place::List { .. }), "{keys}");
    }
}

#[test]
fn the_next_start_is_among_the_unread_posts_where_the_last_one_ended() {
    let mut before = Reader::blog("/is:unread sort:title<enter>jj<enter>");
    assert_eq!((before.post(), before.app.library.marks().of(ONE).is_read()), ("One", true));
    before.tell(Message::Paused);
    for (keys, title) in [("h", "Three"), ("H", "Three"), ("J", "Three"), ("K", "Long"), ("n", "Three")] {
        let mut after = starting(marks(&before));
        after.tell(Message::Completed);
        assert_eq!(after.post(), "One");
        after.press(keys);
        assert_eq!((after.post(), after.query().as_str()), (title, "is:unread sort:title"), "{keys}");
    }
}

#[test]
fn a_key_that_is_pressed_first_or_a_query_keeps_the_reader_where_they_are() {
    let mut before = Reader::blog("jj<enter>");
    before.tell(Message::Paused);
    let mut hurried = starting(marks(&before)).after("j");
    hurried.tell(Message::Completed);
    assert_eq!((hurried.post(), hurried.notice()), ("Links", ""));
    let mut library = blog();
    library.set_marks(marks(&before));
    let place = Place::list(Query::parse("tag:c"));
    let mut asking = Reader::of(library, &place, 80, 24);
    asking.tell(Message::Completed);
    assert_eq!(asking.query(), "tag:c");
    let mut gone = Marks::default();
    gone.set("", What::Last(Last { query: String::new(), post: "/gone/".to_owned(), is_open: true }));
    let mut lost = starting(gone);
    lost.tell(Message::Completed);
    assert!(matches!(lost.place(), Place::List { .. }));
}

#[test]
fn what_was_opened_is_a_list_of_its_own_the_last_first() {
    let mut reader = Reader::blog("jj<enter>hjj<enter>hgh");
    assert_eq!(reader.query(), "is:opened sort:opened");
    assert_eq!(reader.titles(), ["One", "Three"]);
    reader.press("j<enter>hgg");
    assert_eq!(reader.titles(), ["Three", "One"], "opened again");
    reader.press("<enter>J");
    assert_eq!(reader.post(), "One");
    reader.press("K");
    assert_eq!(reader.post(), "Three", "the list does not turn round under the reader");
    let opened = |reader: &Reader| reader.remembered.iter().filter(|(_, what)| *what == What::Opened).count();
    assert_eq!(opened(&reader), 6);
    reader.press("jkjk");
    reader.resize(60, 20);
    reader.tell(Message::Paused);
    assert_eq!(opened(&reader), 6, "once for each time");
    let mut later = Reader::blog("");
    later.app.library.set_marks(marks(&reader));
    later.press("gh");
    assert_eq!(later.titles(), ["Three", "One"]);
    later.press("/ -is:opened<enter>U");
    assert_eq!((later.titles().len(), later.notice()), (0, "there is no mark to undo"));
    later.press("/<c-u>-is:opened sort:opened<enter>");
    assert_eq!(later.titles(), ["Long", "Links", "Two", "Undated"]);
}

#[test]
fn what_was_begun_is_one_key_away_the_last_first() {
    let mut reader = Reader::blog("");
    reader.resize(60, 6);
    reader.press("j<enter>dddhk<enter>dddh");
    for (keys, place) in [("gc", "list"), ("tgc", "tags"), ("<enter>gc", "post")] {
        reader.press(keys);
        assert_eq!(
            (reader.query().as_str(), reader.titles()),
            ("is:started sort:opened", vec!["Long", "Links"]),
            "{place}"
        );
    }
    reader.press("<enter>");
    assert_eq!(reader.notice(), "here you left off; gg goes to the top");
    reader.press("Gkk");
    reader.tell(Message::Paused);
    reader.press("h");
    assert_eq!(reader.titles(), ["Links"], "a reading that got to the end is not under way");
    assert_eq!(reader.post(), "Links");
}

#[test]
fn a_post_counts_as_read_when_the_reader_wants_it_to() {
    let read = |when: ReadWhen, keys: &str| {
        let mut reader = Reader::blog("");
        reader.app.marking.read_when = when;
        reader.press(keys);
        (reader.app.library.marks().of(LONG_URL).is_read(), reader)
    };
    for (when, opened, ended, marked) in [
        (ReadWhen::End, false, true, true),
        (ReadWhen::Opened, true, true, true),
        (ReadWhen::Marked, false, false, true),
    ] {
        assert_eq!((read(when, "<enter>").0, read(when, "<enter>G").0), (opened, ended), "{when:?}");
        assert_eq!((read(when, "r").0, read(when, "r<enter>G").0), (marked, marked), "{when:?}");
    }
    let (_, mut reader) = read(ReadWhen::Opened, "<enter>ddh");
    reader.press("<enter>");
    assert_eq!(reader.notice(), "here you left off; gg goes to the top", "a read post goes on too");
    reader.press("Gh<enter>");
    assert_eq!(reader.notice(), "", "unless it was read to its end");
    reader.press("U");
    assert_eq!(reader.notice(), "Long is unread again");
}

#[test]
fn links_that_were_followed_are_known_the_next_time() {
    let mut reader = Reader::blog("j<enter><tab><tab><tab><tab><tab><enter>");
    let page = What::Visited("https://example.org/a?b=c".to_owned());
    assert_eq!(reader.remembered.last(), Some(&(String::new(), page)));
    let count = reader.remembered.len();
    reader.press("<enter>w");
    assert_eq!(reader.remembered.len(), count, "a page is known once");
    reader.press("1<enter>H");
    assert_eq!(reader.post(), "Links");
    let mut later = Reader::blog("");
    later.app.library.set_marks(marks(&reader));
    let View::Article(article) = &reader.app.view else { panic!() };
    let followed = |target: &&Target| later.app.library.has_followed(target);
    let known: Vec<_> = article.targets.iter().filter(followed).collect();
    assert!(matches!(known.as_slice(), [Target::Post(..), Target::Web(_)]), "{known:?}");
}
