//! What an article shows beside its text: shifted code, heads that stay, contents, zen, what was followed.

use reread::app::place::{Place, View};
use reread::app::screen::{Screen, Size};
use reread::app::{App, Effect};
use reread::blog::library::Library;
use reread::blog::post::Key as Name;
use reread::blog::query::Query;
use reread::markdown::LineNumbers;
use reread::text::Clean;

use super::reader::*;

/// An article of one file, in a terminal of so many columns.
fn post(body: &str, columns: usize) -> Reader {
    let mut library = Library::new(site());
    library.add(vec![read("2011-01-01-post.md", &format!("---\ntitle: Post\n---\n{body}"))]);
    library.complete();
    Reader::of(library, &Place::article(Name::new("2011-01-01-post.md"), Query::default()), columns, 24)
}

fn wide() -> String {
    format!("Words.\n\n```\nshort\n{}end\n```\n\nMore words.\n", "0123456789".repeat(12))
}

#[test]
fn long_code_is_folded_until_it_is_shifted() {
    let mut reader = post(&wide(), 60);
    reader.sees("↪ ");
    reader.press(">");
    assert!(!reader.frame().contains('↪'), "{}", reader.frame());
    reader.sees("▏ 01234567890123456789012345678901234567890123456789012›");
    reader.press(">");
    reader.sees("‹ 678901234567890123456789");
    reader.sees("  Words.");
    reader.press(">>>>>>>>>>");
    reader.sees("end");
    assert_eq!(reader.notice(), "this is the right end of the widest row");
    reader.press(&"<lt>".repeat(20));
    reader.sees("↪ ");
    assert_eq!(reader.notice(), "nothing is shifted; > shifts wide code and tables");
}

#[test]
fn a_shifted_place_is_left_and_found_again() {
    let mut reader = post(&wide(), 60).after(">>");
    reader.is_the_same_again("shifted");
    reader.resize(50, 24);
    reader.sees("‹ 6789");
}

#[test]
fn a_hit_in_shifted_code_is_marked_where_it_is_seen() {
    let reader = post(&wide(), 60).after(">>/end<enter>");
    reader.is_sound("found");
    let reader = reader.after(">>>>");
    let row = reader.rows().into_iter().position(|row| row.contains("end")).unwrap();
    let buffer = reader.buffer();
    let x = (0..60).find(|x| buffer[(*x, u16::try_from(row).unwrap())].symbol() == "e").unwrap();
    let plain = buffer[(x - 1, u16::try_from(row).unwrap())].bg;
    assert_ne!(buffer[(x, u16::try_from(row).unwrap())].bg, plain);
}

#[test]
fn the_head_of_a_long_table_stays_while_its_body_scrolls() {
    let body = (1..60).fold(String::new(), |body, row| format!("{body}| row {row} | {row} |\n"));
    let mut reader = post(&format!("| Name | Number |\n|---|---|\n{body}\nBelow.\n"), 60);
    reader.press(&"j".repeat(30));
    assert!(reader.rows()[1].contains("Name") && reader.rows()[1].contains("Number"), "{}", reader.frame());
    assert!(reader.rows()[2].contains('┼'), "{}", reader.frame());
    reader.press("G");
    reader.sees("Below.");
}

#[test]
fn the_contents_lead_through_the_post_and_back() {
    let mut reader = article(LONG);
    let before = reader.place();
    reader.press("c");
    reader.sees("contents");
    reader.press("jjj");
    reader.sees("Part 4");
    assert!(reader.first_row().1.contains("Part 4"), "{}", reader.frame());
    reader.press("<esc>");
    assert_eq!(reader.place(), before);
    reader.press("cG<enter>");
    assert!(reader.app.overlay.is_none());
    reader.press("H");
    assert_eq!(reader.place(), before);
}

#[test]
fn the_contents_stay_beside_the_post_and_follow_it() {
    let mut reader = article(LONG);
    reader.resize(140, 30);
    reader.press("C");
    let marked = |reader: &Reader| reader.rows().into_iter().find(|row| row.contains("▌ Part")).unwrap_or_default();
    reader.press("}}}");
    assert!(marked(&reader).contains("Part 3"), "{}", reader.frame());
    reader.press("C");
    assert_eq!(marked(&reader), "");
    reader.resize(80, 24);
    reader.press("C");
    assert!(reader.notice().contains("wider terminal"));
}

#[test]
fn zen_leaves_only_the_text() {
    let mut reader = article(LONG);
    reader.press("ddd");
    let first = reader.first_row();
    reader.press("z");
    assert_eq!(reader.first_row(), first);
    assert!(!reader.frame().contains("? keys") && !reader.frame().contains("A Blog"), "{}", reader.frame());
    reader.press("/sentence");
    reader.sees("find here sentence");
    reader.press("<esc>z");
    reader.sees("? keys");
}

#[test]
fn numbers_stand_beside_code_and_belong_to_nothing_else() {
    let mut reader = post(&wide(), 60);
    let screen = Screen { numbers: LineNumbers::Shown, ..reader.app.screen };
    let place = reader.app.view.place();
    reader = Reader { app: App::new(reader.app.library, &place, screen), effects: Vec::new(), remembered: Vec::new() };
    reader.sees("1 ▏ short");
    reader.sees("2 ▏ 0123456789");
    reader.sees("  ▏ ↪ ");
    let code = format!("short\n{}end\n", "0123456789".repeat(12));
    let copied = Effect::CopyText(code, Clean::literal("copied 2 lines of code"));
    reader.press("j");
    assert_eq!(reader.asks("Y"), [copied]);
    reader.press("/2 ▏<enter>n");
    assert!(reader.notice().contains("is not in this post"), "{}", reader.notice());
    reader.press(">");
    reader.sees("1 ▏ short");
    reader.press(">");
    reader.sees("2 ‹ 6789");
    reader.resize(50, 24);
    reader.sees("2 ‹ 6789");
}

#[test]
fn the_code_on_screen_is_copied_as_it_was_written() {
    let mut reader = post(&wide(), 60).after("j");
    let code = format!("short\n{}end\n", "0123456789".repeat(12));
    let notice = Clean::literal("copied 2 lines of code");
    assert_eq!(reader.asks("Y"), [Effect::CopyText(code.clone(), notice.clone())]);
    assert_eq!(reader.asks(">>Y"), [Effect::CopyText(code, notice)]);
    let mut reader = article(LONG);
    assert_eq!(reader.asks("Y"), []);
    assert_eq!(reader.notice(), "no code is on screen");
}

#[test]
fn a_link_that_was_followed_looks_so() {
    let style = |reader: &Reader| {
        let rows = reader.rows();
        let y = rows.iter().position(|row| row.contains("one part")).unwrap();
        let x = rows[y].chars().position(|letter| letter == 'o').unwrap();
        reader.buffer()[(u16::try_from(x).unwrap(), u16::try_from(y).unwrap())].style()
    };
    let mut reader = article(LINKS);
    let before = style(&reader);
    reader.press("<tab><enter>H<esc><enter>");
    let View::Article(_) = &reader.app.view else { panic!("no article") };
    assert_ne!(style(&reader), before);
}

#[test]
fn a_picture_is_asked_for_once() {
    let mut reader = post("![a](a.png)\n", 60);
    let study = Effect::Study(Name::new("2011-01-01-post.md"));
    assert_eq!(reader.asks("j"), [study]);
    assert_eq!(reader.asks("j"), []);
}

#[test]
fn a_narrow_screen_with_everything_on_is_sound() {
    for (columns, rows) in [(12, 3), (20, 5), (40, 10), (200, 60)] {
        let mut reader = post(&(wide() + &long()), 80).after("zC>>c");
        reader.resize(columns, rows);
        reader.is_sound("small");
        let _ = reader.frame();
        assert_eq!(reader.app.screen, Screen { size: Size { columns, rows }, ..reader.app.screen });
    }
}
