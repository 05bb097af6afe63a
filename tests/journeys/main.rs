//! Journeys: keys go in, frames and effects come out. The whole state machine and its painter, without a terminal.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod article;
#[path = "../common/chance.rs"]
mod chance;
mod changes;
mod editing;
mod language;
mod marks;
mod reader;
mod search;
mod ties;
mod unread;

use self::chance::Chance;
use self::reader::*;
use ratatui::buffer::Buffer;
use reread::app::keys::{COMMANDS, Code, Command, Held, Key, Scope};
use reread::app::overlay::Overlay;
use reread::app::place::{Place, View};
use reread::app::screen::Size;
use reread::app::{Effect, Message, Pending};
use reread::blog::library::Library;
use reread::blog::post::Key as Name;
use reread::blog::query::Query;
use reread::blog::url::Url;
use reread::collection;
use reread::source::Source;
use reread::text::Clean;
use reread::ui::theme::Theme;

// Footnotes.

#[test]
fn a_footnote_is_one_key_away_and_so_is_the_way_back() {
    let body = format!(
        "A claim.[^1]\n\n{}<p id=\"half\">Half.</p>\n\n{}[^1]: Its ground.\n",
        "Words.\n\n".repeat(40),
        "More.\n\n".repeat(40)
    );
    let mut library = Library::new(site());
    library.add(vec![read("note.md", &body)]);
    library.complete();
    let mut reader = Reader::of(library, &Place::article(Name::new("note.md"), Query::default()), 80, 24);
    reader.sees("A claim.¹");
    reader.press("<tab><enter>");
    reader.sees("¹ Its ground.\u{a0}↩");
    reader.does_not_see("A claim.¹");
    reader.press("<tab><enter>");
    reader.sees("A claim.¹");
    let View::Article(article) = &reader.app.view else { panic!("no article") };
    let row = |id: &str| article.page.places[article.document.places.iter().position(|place| place.id == id).unwrap()];
    assert!(article.page.rows[row("half")].text().contains("Half."), "{}", row("half"));
    assert!(article.page.rows[row("fn:1")].text().contains("Its ground."), "{}", row("fn:1"));
}

// The list.

#[test]
fn the_list_shows_years_dates_titles_and_tags() {
    let reader = Reader::blog("");
    assert_eq!(
        reader.rows()[..11],
        [
            " A Blog                                                                 6 posts",
            "  2010  1 post",
            "▌ May  5  Long                                                              a c",
            "  2009  1 post",
            "  Apr  4  Links                                                     c Two Words",
            "  2008  1 post",
            "  Mar  3  Three                                                               a",
            "  2007  2 posts",
            "  Feb  2  Two                                                            b both",
            "  Jan  1  One                                                            a both",
            "  undated  1 post",
        ]
    );
    reader.sees("  —       draft Undated");
}

#[test]
fn a_filter_narrows_the_list_as_one_types_and_esc_gives_back_the_exact_place() {
    let mut reader = Reader::guide("jjjj");
    let (place, frame) = (reader.place(), reader.frame());
    reader.press("/bridge");
    assert_eq!(reader.titles(), ["Finding a post you half remember"]);
    reader.sees("find posts bridge");
    reader.press("xyzzy");
    reader.sees("no post fits bridgexyzzy");
    reader.press("<esc>");
    assert_eq!((reader.place(), reader.frame()), (place, frame));
}

#[test]
fn a_filter_stays_until_h_lifts_it_and_the_cursor_stays_on_its_post() {
    let mut reader = Reader::guide("/tag:VMworld2007<enter>j");
    assert_eq!(reader.titles(), ["Finding a post you half remember", "Eighteen posts out of 2,155"]);
    assert!(reader.top().contains("› tag:VMworld2007") && reader.top().ends_with("2 of 10 posts"), "{}", reader.top());
    reader.press("h");
    assert_eq!((reader.titles().len(), reader.post()), (10, "Eighteen posts out of 2,155"));
    reader.press("h");
    assert!(matches!(reader.app.view, View::Tags(_)));
}

#[test]
fn a_filter_is_changed_from_where_it_was() {
    let mut reader = Reader::blog("/tag:a<enter>/");
    reader.sees("find posts tag:a");
    reader.press(" -tag:c<enter>");
    assert_eq!(reader.titles(), ["Three", "One"]);
    reader.press("/<c-u><enter>");
    assert_eq!(reader.titles().len(), 6);
}

#[test]
fn the_selected_post_stays_selected_while_it_is_found() {
    let mut reader = Reader::blog("jjjj");
    assert_eq!(reader.post(), "One");
    reader.press("/tag:both");
    assert_eq!((reader.post(), reader.titles()), ("One", vec!["Two", "One"]));
    reader.press("<enter>");
    assert_eq!(reader.post(), "One");
}

#[test]
fn a_prompt_lets_the_list_be_walked() {
    let reader = Reader::blog("/tag:a<pgdn><enter>");
    assert_eq!((reader.post(), reader.query().as_str()), ("One", "tag:a"));
}

#[test]
fn a_number_and_enter_go_to_that_post() {
    let mut reader = Reader::blog("3");
    assert!(reader.bottom().contains("3 …"), "{}", reader.bottom());
    reader.press("<enter>");
    assert_eq!(reader.post(), "Three");
    reader.press("99<enter>");
    assert_eq!(reader.post(), "Undated");
    reader.press("2<esc>");
    assert_eq!((reader.post(), &reader.app.keyboard.pending), ("Undated", &Pending::Nothing));
    reader.press("1j");
    assert_eq!(reader.app.keyboard.pending, Pending::Nothing);
}

#[test]
fn braces_walk_from_year_to_year() {
    let mut reader = Reader::blog("");
    let mut walked = Vec::new();
    for key in ["}", "}", "}", "}", "}", "{", "k", "{", "{"] {
        reader.press(key);
        walked.push(reader.post().to_owned());
    }
    assert_eq!(walked, ["Links", "Three", "Two", "Undated", "Undated", "Two", "Three", "Links", "Long"]);
}

#[test]
fn the_ends_of_the_list_are_its_ends() {
    let mut reader = Reader::blog("G");
    assert_eq!(reader.post(), "Undated");
    reader.press("j<pgdn>d");
    assert_eq!(reader.post(), "Undated");
    reader.press("gg");
    assert_eq!(reader.post(), "Long");
    reader.press("kbu");
    assert_eq!(reader.post(), "Long");
}

#[test]
fn a_wide_terminal_shows_the_opening_of_the_selected_post() {
    let mut reader = Reader::blog("");
    reader.press("jj");
    reader.does_not_see("No link is here.");
    reader.press("p");
    assert_eq!(reader.app.screen.previewed(), None);
    let mut reader = Reader::blog("jj");
    reader.resize(140, 24);
    reader.sees("No link is here.");
    reader.press("p");
    reader.does_not_see("No link is here.");
    reader.press("p");
    reader.sees("No link is here.");
}

// Tags.

#[test]
fn the_tags_are_counted_sorted_and_filtered() {
    let mut reader = Reader::blog("t");
    let names = |reader: &Reader| {
        let View::Tags(tags) = &reader.app.view else { panic!("no tags") };
        tags.entries.iter().map(|entry| format!("{} {}", entry.name, entry.posts)).collect::<Vec<_>>()
    };
    assert_eq!(names(&reader), ["a 3", "both 2", "c 2", "b 1", "Two Words 1"]);
    reader.press("S");
    assert_eq!(names(&reader), ["a 3", "b 1", "both 2", "c 2", "Two Words 1"]);
    reader.sees("by name");
    reader.press("/two");
    assert_eq!(names(&reader), ["Two Words 1"]);
    let mut kept = Reader::blog("tjj");
    let (place, frame) = (kept.place(), kept.frame());
    kept.press("/two<esc>");
    assert_eq!((kept.place(), kept.frame()), (place, frame));
    reader.press("<enter>");
    assert_eq!((reader.titles(), reader.query().as_str()), (vec!["Links"], "tag:\"Two Words\""));
}

#[test]
fn a_tag_leads_to_its_posts_and_h_leads_out_again() {
    let mut reader = Reader::guide("t/VMworld2007<enter>");
    assert_eq!(reader.titles(), ["Finding a post you half remember", "Eighteen posts out of 2,155"]);
    reader.press("<enter>");
    assert_eq!(reader.post(), "Finding a post you half remember");
    reader.press("h");
    assert_eq!(reader.query(), "tag:VMworld2007");
    reader.press("hh");
    assert!(matches!(reader.app.view, View::Tags(_)));
    reader.press("h");
    assert_eq!(reader.titles().len(), 10);
}

#[test]
fn case_is_meaning_in_the_tags() {
    let reader = Reader::guide("t/iOS<enter>");
    assert_eq!(reader.titles(), ["Finding a post you half remember"]);
    let reader = Reader::guide("t/IOS<enter>");
    assert_eq!(reader.titles(), ["Eighteen posts out of 2,155"]);
}

#[test]
fn a_tag_of_small_letters_means_only_itself() {
    let mut library = Library::new(site());
    library.add(vec![read("a.md", "---\ntags: [ios]\n---\n"), read("b.md", "---\ntags: [iOS]\n---\n")]);
    library.complete();
    let reader = Reader::of(library, &Place::start(), 80, 24).after("t/ios<enter>");
    assert_eq!(reader.titles(), ["a"], "the tags say that one post has the tag ios");
}

#[test]
fn from_a_post_the_tags_begin_at_its_first() {
    let reader = Reader::blog("/title:two<enter><enter>t");
    assert_eq!(reader.post(), "b");
}

// An article.

#[test]
fn the_next_and_the_previous_post_are_those_of_the_list() {
    let mut reader = Reader::guide("t/VMworld2007<enter><enter>");
    let mut walked = vec![reader.post().to_owned()];
    for key in ["J", "J", "K", "K"] {
        reader.press(key);
        walked.push(format!("{}{}", reader.post(), if reader.notice().is_empty() { "" } else { "!" }));
    }
    let (first, last) = ("Finding a post you half remember", "Eighteen posts out of 2,155");
    assert_eq!(walked, [first, last, &format!("{last}!"), first, &format!("{first}!")]);
    assert_eq!(reader.notice(), "this is the first post of the list");
    reader.press("JJ");
    assert_eq!(reader.notice(), "this is the last post of the list");
    assert!(reader.top().contains("2/2"), "{}", reader.top());
}

#[test]
fn space_reads_on_to_the_end_and_then_the_next_post() {
    let mut reader = article("2007-02-02-two.md");
    reader.press("<space>");
    assert_eq!(reader.post(), "One");
    let mut reader = article(LONG);
    let mut pages = 0;
    while reader.post() == "Long" {
        pages += 1;
        assert!(pages < 100);
        reader.press("<space>");
    }
    assert!(pages > 5, "{pages}");
    assert_eq!(reader.post(), "Links");
}

#[test]
fn back_and_forward_restore_the_scroll_exactly() {
    let mut reader = article(LONG).after("jjjjjjjjjjjjj");
    let places = |reader: &Reader| (reader.place(), reader.frame());
    let long = places(&reader);
    reader.press("JG");
    let links = places(&reader);
    reader.press("h");
    let list = places(&reader);
    reader.press("H");
    assert_eq!(places(&reader), links);
    reader.press("H");
    assert_eq!(places(&reader), long);
    reader.press("L");
    assert_eq!(places(&reader), links);
    reader.press("L");
    assert_eq!(places(&reader), list);
    reader.press("L");
    assert_eq!(reader.notice(), "there is nothing further forward");
    reader.press("HHH");
    assert_eq!(reader.notice(), "this is where you began");
}

#[test]
fn out_of_a_post_the_cursor_stands_on_it() {
    let mut reader = Reader::blog("jjj<enter>");
    assert_eq!(reader.post(), "Two");
    reader.press("K");
    assert_eq!(reader.post(), "Three");
    reader.press("h");
    assert_eq!((reader.post(), reader.titles().len()), ("Three", 6));
}

#[test]
fn a_resize_keeps_the_first_words_on_the_first_row() {
    for scroll in ["", "j", "jjjjjj", "ddd", "}}}}", "}}}}}jj", "dddddd"] {
        let reader = article(LONG).after(scroll);
        let (_, row) = reader.first_row();
        let words: String = row.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        for columns in [60, 40, 100, 30] {
            let mut reader = article(LONG).after(scroll);
            reader.resize(columns, 24);
            let View::Article(view) = &reader.app.view else { panic!("no article") };
            let rows = &view.page.rows[view.window.top..view.window.top + 2];
            // The words may end on the second row when they are broken after the first of them.
            let seen = rows.iter().map(reread::markdown::Row::text).collect::<Vec<_>>().join(" ");
            assert!(seen.contains(&words), "{scroll:?} at {columns}: no {words:?} in {seen:?}");
        }
    }
}

#[test]
fn a_window_that_is_dragged_narrow_and_wide_again_shows_what_it_showed() {
    for scroll in ["jjjjjj", "ddd", "}}}}}jj", "dddddd"] {
        let mut reader = article(LONG).after(scroll);
        let before = reader.first_row();
        for columns in (30..80).rev().chain(31..=80) {
            reader.resize(columns, 24);
        }
        assert_eq!(reader.first_row(), before, "{scroll}");
    }
}

#[test]
fn the_column_is_set_with_plus_minus_and_equals() {
    let mut reader = article(LONG);
    assert_eq!(reader.app.screen.column(), 72);
    reader.press("---");
    assert_eq!((reader.app.screen.column(), reader.notice()), (60, "60 columns"));
    reader.press("+");
    assert_eq!(reader.app.screen.column(), 64);
    reader.press("=");
    assert_eq!(reader.app.screen.column(), 72);
    reader.press(&"-".repeat(40));
    assert_eq!(reader.app.screen.column(), 20);
    reader.press(&"+".repeat(40));
    reader.is_sound("+");
}

#[test]
fn braces_walk_from_heading_to_heading() {
    let mut reader = article(LONG);
    for part in 1..=4 {
        reader.press("}");
        assert_eq!(reader.first_row().1, format!("Part {part}"));
    }
    reader.press("{{");
    assert_eq!(reader.first_row().1, "Part 2");
    reader.press("j");
    reader.press("{");
    assert_eq!(reader.first_row().1, "Part 2");
    reader.press("gg{");
    assert_eq!(reader.notice(), "no further heading");
}

// Finding in a post.

#[test]
fn words_are_found_from_here_on_and_round() {
    let mut reader = article(LONG).after("}}/sentence 3.2<enter>");
    reader.sees("sentence 3.2");
    let found = reader.place();
    reader.press("n");
    assert_eq!(reader.place(), found, "there is one hit, and next is itself");
    let mut reader = article(LONG).after("/see link<enter>");
    let mut rows = Vec::new();
    for key in ["", "n", "n", "N", "N", "N"] {
        reader.press(key);
        let View::Article(view) = &reader.app.view else { panic!("no article") };
        let find = view.find.as_ref().unwrap();
        rows.push(find.current);
        assert!(view.window.shows(find.row().unwrap()));
        assert_eq!(find.hits.len(), 12);
    }
    assert_eq!(rows, [0, 1, 2, 1, 0, 11]);
}

#[test]
fn words_are_found_over_the_end_of_a_row() {
    let mut reader = article(LONG);
    let View::Article(view) = &reader.app.view else { panic!("no article") };
    let rows = &view.page.rows;
    let broken = (8..rows.len()).find(|row| rows[*row].end == reread::text::End::Space).unwrap();
    let (before, after) = (rows[broken].text(), rows[broken + 1].text());
    let [last, first] = [before.split(' ').next_back(), after.split(' ').next()].map(Option::unwrap);
    reader.press(&format!("/{last} {first}<enter>"));
    let View::Article(view) = &reader.app.view else { panic!("no article") };
    let hits = &view.find.as_ref().unwrap().hits;
    let across = hits.iter().find(|hit| hit.row() == broken && hit.parts.len() > 1).unwrap();
    let rows: Vec<usize> = across.parts.iter().map(|(row, _)| *row).collect();
    assert_eq!(rows, [broken, broken + 1]);
}

#[test]
fn what_is_not_there_is_said_and_esc_goes_back_to_where_one_was() {
    let mut reader = article(LONG).after("ddd");
    let (place, frame) = (reader.place(), reader.frame());
    reader.press("/sentence 9");
    assert_ne!(reader.place(), place);
    reader.press("<esc>");
    assert_eq!((reader.place(), reader.frame()), (place, frame));
    reader.press("/xyzzy");
    reader.sees("not found");
    reader.press("<enter>");
    assert_eq!(reader.notice(), "\"xyzzy\" is not in this post");
}

#[test]
fn small_letters_find_both_cases_and_a_capital_insists() {
    let hits = |words: &str| {
        let reader = article(LONG).after(&format!("/{words}<enter>"));
        let View::Article(view) = &reader.app.view else { panic!("no article") };
        view.find.as_ref().unwrap().hits.len()
    };
    assert_eq!((hits("part"), hits("Part"), hits("PART")), (12, 12, 0));
    assert_eq!((hits("this is"), hits("THIS")), (108, 0));
}

#[test]
fn the_current_hit_stays_the_current_one_on_resize() {
    let mut reader = article(LONG).after("/sentence 1<enter>nn");
    let current = |reader: &Reader| {
        let View::Article(view) = &reader.app.view else { panic!("no article") };
        view.find.as_ref().unwrap().current
    };
    let before = current(&reader);
    assert_eq!(before, 2);
    reader.resize(70, 24);
    assert_eq!(current(&reader), before);
}

// Links.

#[test]
fn tab_walks_the_links_on_screen_and_the_status_says_where_they_lead() {
    let mut reader = article(LINKS);
    let mut said = Vec::new();
    for _ in 0..5 {
        reader.press("<tab>");
        said.push(reader.bottom().split("  ⇥").next().unwrap().trim().to_owned());
    }
    for (said, expected) in said.iter().zip([
        "1/12  → One · 2007-01-01",
        "2/12  → Long · 2010-05-05 #part-7",
        "3/12  → #below in this post",
        "4/12  → tag:both",
        "5/12  example.org  https://example.org/a",
    ]) {
        assert!(said.starts_with(expected), "{said:?} is not {expected:?}");
    }
    reader.press("<s-tab>");
    assert_eq!(reader.focused(), Some(3));
    let mut reader = article(LONG).after("G<tab><tab>");
    assert_eq!(reader.focused(), Some(11));
    reader.press("<tab>");
    assert_eq!((reader.focused(), reader.notice()), (Some(11), "no further link"));
    reader.press("<s-tab><s-tab>");
    assert_eq!(reader.focused(), Some(9));
    reader.is_sound("S-Tab");
}

#[test]
fn tab_begins_with_the_links_on_screen() {
    let mut reader = article(LONG).after("}}}}}}");
    reader.press("<s-tab>");
    let View::Article(view) = &reader.app.view else { panic!("no article") };
    let shown: Vec<usize> = (0..12).filter(|link| view.window.shows(view.page.links[*link])).collect();
    assert_eq!(view.focus, shown.last().copied());
    let reader = article(LONG).after("}}}}}}<tab>");
    assert_eq!(reader.focused(), shown.first().copied());
}

#[test]
fn the_focused_link_is_on_screen_or_none_is_focused() {
    let mut reader = article(LONG).after("<tab>");
    reader.is_sound("Tab");
    reader.resize(30, 6);
    reader.is_sound("a small screen");
}

#[test]
fn enter_follows_each_kind_of_link_where_it_leads() {
    let follow = |number: usize| article(LINKS).after(&"<tab>".repeat(number)).after("<enter>");
    let place = article(LINKS).after("<tab>").place();
    let mut one = follow(1);
    assert_eq!((one.post(), one.effects.as_slice()), ("One", &[][..]));
    one.press("H");
    assert_eq!(one.place(), place, "the focus is where it was");
    let part = follow(2);
    assert_eq!((part.post(), part.first_row().1.as_str()), ("Long", "Part 7"));
    let below = follow(3);
    assert_eq!(below.post(), "Links");
    below.sees("Below");
    let tag = follow(4);
    assert_eq!((tag.query().as_str(), tag.titles()), ("tag:both", vec!["Two", "One"]));
    assert_eq!(follow(5).effects, open("https://example.org/a?b=c#d"));
    let mut mail = follow(6);
    assert_eq!(mail.effects, []);
    mail.sees("a@b.example: this begins a mail");
    assert_eq!(mail.asks("<enter>"), open("mailto:a@b.example"));
    assert!(mail.app.overlay.is_none());
    assert_eq!(follow(12).query(), "tag:\"Two Words\"");
    for (number, why) in [
        (7, "there is no file /gone.md; /2007/one/ is near; o tries it in the browser, w in the archive"),
        (8, "addresses of the scheme javascript: are never opened"),
        (9, "addresses of the scheme file: are never opened"),
        (10, "addresses of the scheme ssh: are never opened"),
        (11, "no heading here is called #nowhere"),
    ] {
        let broken = follow(number);
        assert_eq!((broken.notice(), broken.effects.as_slice()), (why, &[][..]), "{number}");
        assert_eq!(broken.post(), "Links");
    }
}

#[test]
fn a_heading_that_is_not_there_leaves_no_place_behind() {
    let mut reader = article(LINKS).after("<tab>".repeat(11).as_str()).after("<enter>");
    reader.press("H");
    assert_eq!(reader.notice(), "this is where you began");
}

#[test]
fn a_link_opens_in_the_browser_in_the_archive_and_on_the_clipboard() {
    let archive = "https://web.archive.org/web/20090404050607";
    let page = "https://blog.example/2009/2009-04-04t05-06-07/";
    for (tabs, address) in [
        (0, page.to_owned()),
        (1, "https://blog.example/2007/one/".to_owned()),
        (2, "https://blog.example/2010/long/#part-7".to_owned()),
        (3, format!("{page}#below")),
        (4, "https://blog.example/tags/both/".to_owned()),
        (5, "https://example.org/a?b=c#d".to_owned()),
        (7, format!("{page}gone.md")),
        (12, "https://blog.example/tags/two-words/".to_owned()),
    ] {
        let mut reader = article(LINKS).after(&"<tab>".repeat(tabs));
        let without_fragment = address.split('#').next().unwrap();
        assert_eq!(reader.asks("o"), open(&address), "{tabs}");
        assert_eq!(reader.asks("y"), [Effect::Copy(url(&address))], "{tabs}");
        assert_eq!(reader.asks("w"), open(&format!("{archive}/{without_fragment}")), "{tabs}");
    }
    let mut mail = article(LINKS).after(&"<tab>".repeat(6));
    assert_eq!(mail.asks("w"), []);
    assert_eq!(mail.notice(), "the archive keeps pages, not mail");
}

#[test]
fn an_address_that_is_refused_is_never_asked_for() {
    for number in [8, 9, 10] {
        for keys in ["<enter>", "o", "w", "y", "l<enter>", "lo", "lw", "ly"] {
            let mut reader = article(LINKS).after(&"<tab>".repeat(number));
            assert_eq!(reader.asks(keys), [], "{number} {keys}");
            assert!(reader.notice().ends_with("are never opened"), "{number} {keys}: {}", reader.notice());
        }
        let mut reader = article(LINKS);
        assert_eq!(reader.asks(&format!("{number}<enter>")), [], "{number}");
    }
}

#[test]
fn the_list_opens_archives_and_copies_the_page_of_a_post() {
    let mut reader = Reader::blog("j");
    let page = "https://blog.example/2009/2009-04-04t05-06-07/";
    assert_eq!(reader.asks("o"), open(page));
    assert_eq!(reader.asks("w"), open(&format!("https://web.archive.org/web/20090404050607/{page}")));
    assert_eq!(reader.asks("y"), [Effect::Copy(url(page))]);
    let mut reader = Reader::guide("");
    assert_eq!(reader.asks("owy"), []);
    assert!(reader.notice().contains("no base URL"), "{}", reader.notice());
    let mut reader = Reader::guide("<enter>");
    assert_eq!(reader.asks("owy"), []);
    assert!(reader.notice().contains("no base URL"), "{}", reader.notice());
}

#[test]
fn a_number_counts_at_once_when_no_longer_one_is_possible() {
    let mut reader = article(LINKS).after("2");
    assert_eq!(reader.post(), "Long", "2 is whole, for there are twelve links");
    let mut reader_of_one = article(LINKS).after("1");
    assert_eq!((reader_of_one.post(), &reader_of_one.app.keyboard.pending), ("Links", &Pending::Number(1)));
    reader_of_one.press("<enter>");
    assert_eq!(reader_of_one.post(), "One");
    let twelve = article(LINKS).after("12");
    assert_eq!(twelve.query(), "tag:\"Two Words\"");
    let mut beyond = article(LINKS).after("13");
    assert_eq!(beyond.notice(), "this post has 12 links");
    assert_eq!(beyond.asks("5"), [], "where it leads is shown first");
    beyond.sees("5/12  example.org  https://example.org/a");
    assert_eq!(beyond.asks("<enter>"), open("https://example.org/a?b=c#d"));
    assert_eq!(beyond.asks("5"), open("https://example.org/a?b=c#d"), "it is shown already");
    assert_eq!(article(LINKS).asks("1o"), open("https://blog.example/2007/one/"));
    reader.press("H1<esc>");
    assert_eq!((reader.post(), &reader.app.keyboard.pending), ("Links", &Pending::Nothing));
}

#[test]
fn a_link_that_may_mislead_is_marked_and_asked_about() {
    let text = "[https://bank.example/](https://evil.test/) [bank.com](https://evil.test/) \
                [x](https://bank.example@evil.test/) [https://www.a.test/](http://a.test/x) [y](https://bücher.example/)";
    let mut library = Library::new(site());
    library.add(vec![read("2001-01-01-a.md", text)]);
    library.complete();
    let mut reader = Reader::of(library, &Place::article(Name::new("2001-01-01-a.md"), Query::default()), 100, 24);
    assert_eq!(reader.asks("<tab><enter>"), []);
    reader.sees("⚠ evil.test: the text says bank.example");
    assert_eq!(reader.asks("y"), [Effect::Copy(url("https://evil.test/"))]);
    assert_eq!(reader.asks("<esc>"), []);
    assert!(reader.app.overlay.is_none());
    assert_eq!(reader.asks("o<enter>"), open("https://evil.test/"));
    reader.press("<tab>");
    reader.sees("⚠ evil.test, the text says bank.com");
    assert_eq!(reader.asks("<enter>"), open("https://evil.test/"), "a name in a text is marked and no more");
    assert_eq!(reader.asks("<tab>o"), []);
    reader.sees("⚠ evil.test: bank.example before the @ is no host but a name");
    reader.press("<esc>");
    assert_eq!(reader.asks("<tab><enter>"), open("http://a.test/x"));
    reader.press("<tab>");
    reader.sees("⚠ xn--bcher-kva.example, the host is written bücher.example");
    reader.press("l");
    reader.sees("⚠ evil.test, the text says bank.com");
    assert_eq!(reader.asks("gg<enter>"), [], "from the panel too");
    reader.sees("open this?");
}

#[test]
fn pasted_text_is_no_command() {
    let mut reader = Reader::blog("");
    reader.tell(Message::Pasted("ooqQs".to_owned()));
    assert_eq!((reader.effects.as_slice(), reader.remembered.len()), (&[][..], 0));
    reader.sees("what was pasted is text and no keys");
    reader.press("/");
    reader.tell(Message::Pasted("tag:\u{1b}[31mboth\nx\n".replace("\u{1b}[31m", "")));
    reader.sees("tag:both x");
    reader.tell(Message::Pasted("\u{1b}y\u{7}".repeat(100_000)));
    reader.is_sound("a long paste");
}

#[test]
fn f_lays_letters_over_the_links_on_screen() {
    let mut reader = article(LONG).after("G");
    let before = reader.frame();
    reader.press("f");
    reader.sees("type the letters on a link");
    reader.sees("See fink 12");
    reader.press("<esc>");
    assert_eq!(reader.frame(), before);
    assert_eq!(reader.asks("ff"), [], "where it leads is shown first");
    reader.sees("12/12  example.org  https://example.org/12");
    assert_eq!(reader.asks("<enter>"), open("https://example.org/12"));
    assert_eq!(reader.asks("f12"), open("https://example.org/12"), "a number is one of all links");
    assert_eq!(reader.asks("fz"), []);
    assert_eq!(
        (reader.notice(), &reader.app.keyboard.pending),
        ("no link on screen has the label z", &Pending::Nothing)
    );
    reader.press("f<down>");
    assert_eq!(reader.app.keyboard.pending, Pending::Nothing);
    let reader = article("2008-03-03-three.md").after("f");
    assert_eq!((reader.notice(), &reader.app.keyboard.pending), ("this post has no links", &Pending::Nothing));
}

#[test]
fn more_links_than_letters_have_labels_of_two() {
    let links: Vec<String> = (1..=30).map(|link| format!("[no{link}](https://example.org/{link})")).collect();
    let mut library = Library::new(site());
    library.add(vec![read("2001-01-01-a.md", &links.join(" "))]);
    library.complete();
    let mut reader = Reader::of(library, &Place::article(Name::new("2001-01-01-a.md"), Query::default()), 80, 24);
    reader.press("f");
    reader.sees("ff1 fj2 fd3 fk4");
    reader.press("j");
    assert_eq!(reader.app.keyboard.pending, Pending::Hint("j".to_owned()));
    assert_eq!(reader.asks("k<enter>"), open("https://example.org/30"));
    assert_eq!(reader.asks("fj<bs>ff<enter>"), open("https://example.org/1"));
}

#[test]
fn the_panel_of_links_shows_and_follows_them() {
    let mut reader = article(LINKS).after("l");
    for text in ["links", "example.org  https://example.org/a", "→ One · 2007-01-01"] {
        reader.sees(text);
    }
    reader.press("jjjj");
    assert_eq!(reader.asks("o"), open("https://example.org/a?b=c#d"));
    assert_eq!(reader.asks("y"), [Effect::Copy(url("https://example.org/a?b=c#d"))]);
    reader.press("gg<enter>");
    assert_eq!((reader.post(), reader.app.overlay.is_none()), ("One", true));
    let closed = article(LINKS).after("<enter>h");
    assert_eq!((closed.post(), closed.app.overlay.is_none()), ("Links", true));
    assert_eq!(article("undated.md").after("l").notice(), "this post has no links, and no other post leads to it");
    assert_eq!(
        article("undated.md").after("<enter>").notice(),
        "this post has no links, and no other post leads to it"
    );
}

#[test]
fn the_selected_entry_of_a_panel_is_on_screen_after_a_resize() {
    let mut reader = article(LONG).after("l");
    reader.resize(80, 12);
    reader.press("G");
    reader.sees("link 12  example.org");
    let mut library = Library::new(site());
    library.add((0..12).map(|at| read(&format!("{at:02}.md"), "---\ndate: never\n---\n")).collect());
    library.complete();
    let mut reader = Reader::of(library, &Place::start(), 80, 24).after("!");
    reader.resize(80, 12);
    reader.press("G");
    reader.sees("▌11.md");
}

#[test]
fn the_selected_entry_of_every_panel_is_marked() {
    for keys in ["?", "!", "j<enter>l"] {
        let reader = Reader::of(blog_with_a_fault(), &Place::start(), 80, 24).after(keys);
        let marked = reader.rows().iter().filter(|row| row.starts_with("│▌")).count();
        assert_eq!(marked, 1, "{keys}:\n{}", reader.frame());
    }
}

fn blog_with_a_fault() -> Library {
    let mut library = blog();
    library.add(vec![fault()]);
    library.complete();
    library
}

#[test]
fn faults_that_arrive_while_they_are_listed_are_listed() {
    let mut reader = Reader::of(Library::new(site()), &Place::start(), 80, 24);
    reader.app.update(Message::Loaded(vec![fault()]));
    reader.press("!");
    reader.app.update(Message::Loaded(vec![fault()]));
    reader.press("j");
    let Some(Overlay::Faults(panel)) = &reader.app.overlay else { panic!("no faults") };
    assert_eq!((panel.count, panel.cursor), (2, 1));
}

#[test]
fn a_link_that_is_followed_is_on_screen_when_one_comes_back() {
    // A number and the panel reach links that are not on screen.
    for keys in ["12<enter>", "lG<enter>"] {
        let reader = article(LONG).after(keys);
        assert_eq!(reader.effects, open("https://example.org/12"), "{keys}");
        reader.is_sound(keys);
    }
}

// What lies above a view, and the way out.

#[test]
fn the_help_lists_exactly_the_live_table() {
    for (keys, scope) in [("", Scope::List), ("t", Scope::Tags), ("<enter>", Scope::Article)] {
        let mut reader = Reader::blog(keys);
        reader.resize(100, 60);
        reader.press("?");
        let help = reader.app.keyboard.map.help(scope);
        let shown = reader.rows();
        let shown: Vec<&str> =
            shown.iter().filter_map(|row| row.strip_prefix('│')?.strip_suffix('│')).map(str::trim).collect();
        assert_eq!(shown.len(), help.len(), "{}", reader.frame());
        for ((keys, what), row) in help.iter().zip(shown) {
            let row = row.trim_start_matches('▌').trim();
            assert!(row.starts_with(keys) && row.ends_with(what), "{row:?} is not {keys:?} {what:?}");
        }
        let table = COMMANDS.iter().filter(|entry| entry.scopes.contains(&scope)).count();
        assert_eq!(help.len(), table);
        reader.press("q");
        assert!(reader.app.overlay.is_none() && reader.effects.is_empty());
    }
}

#[test]
fn the_help_says_of_each_line_the_keys_of_that_line() {
    // Two lines of one view may be of the same command only if each shows its own keys.
    for scope in [Scope::List, Scope::Tags, Scope::Article, Scope::Panel] {
        let reader = Reader::blog("");
        let lines = reader.app.keyboard.map.help(scope);
        for (entry, (keys, what)) in COMMANDS.iter().filter(|entry| entry.scopes.contains(&scope)).zip(lines) {
            let own: Vec<String> = entry
                .keys
                .iter()
                .map(|keys| Key::sequence(keys).iter().map(Key::to_string).collect::<String>())
                .collect();
            assert_eq!((keys, what), (own.join(" "), entry.help), "{scope:?} {}", entry.name);
        }
    }
}

#[test]
fn q_closes_views_and_the_whole_list_closes_the_program() {
    let mut reader = Reader::blog("/tag:a<enter><enter>");
    assert_eq!(reader.asks("q"), []);
    assert_eq!((reader.query().as_str(), reader.titles().len()), ("tag:a", 3));
    assert_eq!(reader.asks("q"), []);
    assert_eq!(reader.titles().len(), 6);
    assert_eq!(reader.asks("tq"), []);
    assert_eq!(reader.titles().len(), 6);
    assert_eq!(reader.asks("q"), [Effect::Quit]);
}

#[test]
fn capital_q_and_control_c_quit_from_everywhere_but_a_prompt() {
    for start in ["", "t", "<enter>", "<enter>l", "?", "3"] {
        for key in ["Q", "<c-c>"] {
            assert_eq!(Reader::blog(start).asks(key), [Effect::Quit], "{start} {key}");
        }
    }
    let mut reader = Reader::blog("/a");
    assert_eq!(reader.asks("Q"), []);
    reader.sees("find posts aQ");
    assert_eq!(reader.asks("<c-c>"), []);
    assert!(reader.app.overlay.is_none());
}

#[test]
fn a_key_that_continues_no_sequence_still_means_what_it_means() {
    assert_eq!(Reader::blog("g").asks("Q"), [Effect::Quit]);
    let reader = Reader::blog("gj");
    assert_eq!((reader.post(), reader.notice()), ("Links", ""), "j does something here");
}

#[test]
fn the_world_is_asked_to_reload_redraw_and_suspend() {
    for start in ["", "t", "<enter>"] {
        let mut reader = Reader::blog(start);
        assert_eq!(reader.asks("R"), [Effect::Reload]);
        assert_eq!(reader.asks("<c-l>"), [Effect::Redraw]);
        assert_eq!(reader.asks("<c-z>"), [Effect::Suspend]);
    }
}

#[test]
fn a_key_that_does_nothing_says_so() {
    for (keys, said) in
        [("x", "x does nothing here; ? shows the keys"), ("gx", "x does nothing here; ? shows the keys")]
    {
        assert_eq!(Reader::blog(keys).notice(), said);
    }
    let mut reader = Reader::blog("x");
    reader.press("j");
    assert_eq!(reader.notice(), "");
}

#[test]
fn faults_are_counted_and_listed_with_place_and_remedy() {
    let mut library = blog();
    library.add(vec![read("bad.md", "---\ntitle: a\ndate: never\n---\n")]);
    library.complete();
    let reader = Reader::of(library, &Place::start(), 100, 24);
    assert!(reader.top().ends_with("7 posts · 1 fault (!)"), "{}", reader.top());
    let reader = reader.after("!");
    reader.sees("bad.md");
    reader.sees("\"never\" is no date");
    reader.sees("write it as 2007-09-12 or 2007-09-12T09:29:59Z");
    assert_eq!(Reader::blog("!").notice(), "nothing is wrong in the files");
}

// While posts arrive.

#[test]
fn the_cursor_stays_on_its_post_when_posts_arrive_above_it() {
    let mut library = Library::new(site());
    let named = |year: i32| read(&format!("{year}-01-01-p.md"), &format!("# Post {year}\n"));
    library.add((1950..1990).map(named).collect());
    let mut reader = Reader::of(library, &Place::start(), 80, 24).after(&"j".repeat(12));
    assert_eq!(reader.post(), "Post 1977");
    let row = |reader: &Reader| reader.rows().iter().position(|row| row.starts_with('▌'));
    let before = row(&reader);
    reader.app.update(Message::Loaded((1990..2020).map(named).collect()));
    assert_eq!((reader.post(), row(&reader)), ("Post 1977", before));
    reader.sees("reading … 70 posts");
    reader.app.update(Message::Completed);
    assert_eq!((reader.post(), row(&reader)), ("Post 1977", before));
    assert!(reader.top().ends_with("70 posts"), "{}", reader.top());
}

#[test]
fn on_the_first_post_the_list_stays_at_its_top() {
    let mut reader = Reader::of(Library::new(site()), &Place::start(), 80, 24);
    reader.sees("reading the posts …");
    for year in 2000..2040 {
        reader.app.update(Message::Loaded(vec![read(&format!("{year}-01-01-p.md"), &format!("# Post {year}\n"))]));
        assert_eq!(reader.post(), format!("Post {year}"));
        reader.is_sound("loading");
        assert!(reader.rows()[2].starts_with("▌ Jan  1"), "{}", reader.frame());
    }
}

#[test]
fn an_article_and_a_filter_survive_what_arrives_and_a_reload() {
    let mut reader = Reader::blog("/tag:a<enter><enter>ddd");
    let (place, row) = (reader.place(), reader.first_row());
    reader.app.update(Message::Loaded(vec![read("2020-01-01-new.md", "---\ntitle: New\ntags: [a]\n---\n")]));
    assert_eq!((reader.place(), reader.first_row()), (place, row));
    reader.press("K");
    assert_eq!(reader.post(), "New");
    let mut reader = Reader::blog("jjj");
    reader.app.update(Message::Reloaded(Box::new(blog())));
    assert_eq!((reader.post(), reader.notice()), ("Two", "read again: 6 posts"));
    let mut reader = Reader::blog("jjj<enter>");
    reader.app.update(Message::Reloaded(Box::new({
        let mut library = Library::new(site());
        library.complete();
        library
    })));
    reader.sees("there are no posts here");
    reader.is_sound("a post that is gone");
}

#[test]
fn an_open_panel_is_closed_when_its_post_is_gone() {
    let mut reader = article(LINKS).after("l");
    let mut library = Library::new(site());
    library.complete();
    reader.app.update(Message::Reloaded(Box::new(library)));
    assert!(reader.app.overlay.is_none());
}

#[test]
fn an_address_that_no_browser_showed_is_whole_and_can_be_copied() {
    let address = format!("https://example.org/{}", "a-long-path/".repeat(12));
    let url = Url::parse(&address).unwrap();
    let mut reader = Reader::blog("");
    reader.app.update(Message::NotOpened(url.clone(), Clean::literal("no browser starts here")));
    reader.sees("no browser starts here");
    let frame = reader.frame();
    let shown: String = frame.chars().filter(|letter| !letter.is_whitespace() && *letter != '│').collect();
    assert!(shown.contains(&address), "{frame}");
    assert_eq!(reader.app.update(Message::Key(Key::plain(Code::Char('y')))), [Effect::Copy(url)]);
    reader.press("<esc>");
    reader.does_not_see("no browser starts here");
}

#[test]
fn an_empty_blog_answers_every_key() {
    for complete in [false, true] {
        for start in ["", "t"] {
            for key in all_keys() {
                let mut library = Library::new(site());
                if complete {
                    library.complete();
                }
                let mut reader = Reader::of(library, &Place::start(), 80, 24).after(start).after(key);
                reader.is_sound(key);
                reader.frame();
                reader.press("<enter>");
                reader.is_sound(key);
            }
        }
    }
}

// Laws.

#[test]
fn every_command_answers_in_every_view_where_it_is_bound() {
    for entry in COMMANDS {
        for scope in entry.scopes {
            let starts: &[&str] = match scope {
                Scope::List => &["", "j"],
                Scope::Tags => &["t", "tj"],
                Scope::Article => &["jj<enter>", "j<enter><tab>", "<enter>dd"],
                Scope::Panel => &["j<enter>l", "?", "t?"],
            };
            for (start, keys) in starts.iter().flat_map(|start| entry.keys.iter().map(move |keys| (start, keys))) {
                let mut reader = Reader::blog(start);
                assert_eq!(reader.app.scope(), *scope, "{start}");
                let effects = reader.asks(keys);
                let how = format!("{start} {keys} ({})", entry.name);
                assert!(!reader.notice().contains("does nothing here"), "{how}: {}", reader.notice());
                let quits = effects.contains(&Effect::Quit);
                let may = matches!(entry.command, Command::Quit | Command::Close);
                assert!(may || !quits, "{how}: quits");
                reader.is_sound(&how);
                reader.frame();
            }
        }
    }
}

#[test]
fn any_key_and_another_leave_every_view_sound() {
    let keys = all_keys();
    let mut chance = Chance::new(7);
    for start in STARTS {
        for first in &keys {
            for second in (0..4).map(|_| chance.one(&keys)).collect::<Vec<_>>() {
                let mut reader = Reader::blog(start).after(first);
                reader.is_sound(&format!("{start} {first}"));
                reader.press(second);
                reader.is_sound(&format!("{start} {first} {second}"));
            }
        }
    }
}

#[test]
fn any_keys_and_messages_at_any_size_leave_every_view_sound_and_the_same_again() {
    let keys = all_keys();
    let sizes = [(1, 1), (1, 24), (2, 3), (12, 3), (12, 4), (13, 5), (30, 8), (80, 24), (110, 30), (200, 50)];
    for seed in 1..=250 {
        let mut chance = Chance::new(seed);
        let (columns, rows) = sizes[chance.below(sizes.len())];
        let start = chance.one(&STARTS);
        let mut reader = Reader::of(blog(), &Place::start(), columns, rows).after(start);
        let mut how = format!("seed {seed}: {columns}x{rows} {start}");
        for _ in 0..4 {
            let key = chance.one(&keys);
            how = format!("{how} {key}");
            reader.press(key);
            reader.is_sound(&how);
            let (columns, rows) = sizes[chance.below(sizes.len())];
            let (what, message) = match chance.below(14) {
                0..3 => (format!("{columns}x{rows}"), Message::Resized(Size { columns, rows })),
                3 => ("loaded".to_owned(), Message::Loaded(vec![read("2009-09-09-a.md", "[a](b.md)\n"), fault()])),
                4 => ("reloaded".to_owned(), Message::Reloaded(Box::new(blog()))),
                5 => ("emptied".to_owned(), Message::Reloaded(Box::new(Library::new(site())))),
                6 => ("completed".to_owned(), Message::Completed),
                7 => {
                    let url = Url::parse("https://example.org/").unwrap();
                    ("not opened".to_owned(), Message::NotOpened(url, Clean::literal("a sentence")))
                }
                8 => {
                    let post = read("2009-09-09-a.md", "---\ndate: 2019-09-09\n---\n[a](c.md)\n");
                    ("filled".to_owned(), Message::Filled(vec![(Name::new("2009-09-09-a.md"), post)]))
                }
                9 => ("listed".to_owned(), Message::Listed),
                10 => {
                    let posts = [("2010-05-05-long.md", "# Other words\n\n[a](b.md)\n"), ("2007-01-01-one.md", "")];
                    let reading = |text: &str, path: &str| if text.is_empty() { fault() } else { read(path, text) };
                    let posts = posts.map(|(path, text)| (Name::new(path), reading(text, path)));
                    ("changed".to_owned(), Message::Changed(posts.into()))
                }
                11 => ("looked".to_owned(), Message::Looked),
                _ => continue,
            };
            how = format!("{how} {what}");
            reader.app.update(message);
            reader.is_sound(&how);
        }
        reader.is_the_same_again(&how);
    }
}

#[test]
fn long_walks_through_the_guide_stay_sound() {
    let keys = all_keys();
    for seed in 1..=6 {
        let mut chance = Chance::new(seed + 1_000);
        let mut reader = Reader::guide("");
        let mut how = format!("seed {seed}:");
        for _ in 0..150 {
            let key = chance.one(&keys);
            how = format!("{how} {key}");
            reader.press(key);
            reader.is_sound(&how);
        }
        reader.frame();
    }
}

#[test]
fn every_view_can_be_drawn_at_every_size() {
    let mut sizes: Vec<(usize, usize)> =
        (1..=12).flat_map(|columns| (1..=4).map(move |rows| (columns, rows))).collect();
    sizes.extend([(500, 200), (500, 1), (1, 200), (20, 24), (21, 24), (109, 24), (110, 24)]);
    for start in STARTS {
        let mut reader = Reader::blog(start);
        for (columns, rows) in &sizes {
            reader.resize(*columns, *rows);
            reader.is_sound(&format!("{start} {columns}x{rows}"));
            assert_eq!(reader.rows().len(), *rows);
        }
        reader.resize(80, 24);
        assert_eq!(reader.rows().len(), 24);
    }
}

#[test]
fn a_place_is_the_same_place_again_everywhere_in_the_guide() {
    let posts = collection::library(&Source::Guide).posts().len();
    for at in 0..posts {
        let mut reader = Reader::guide(&"j".repeat(at));
        for key in ["<enter>", "d", "<tab>", "d", "}", "G", "+", "h", "t", "j"] {
            reader.press(key);
            reader.is_the_same_again(&format!("post {at}, {key}"));
        }
    }
}

#[test]
fn a_key_with_something_held_is_not_the_key() {
    let held = Key { code: Code::Char('j'), held: Held::Alt };
    let mut reader = Reader::blog("");
    reader.app.update(Message::Key(held));
    assert_eq!((reader.post(), reader.notice()), ("Long", "M-j does nothing here; ? shows the keys"));
}

#[test]
fn another_theme_paints_the_same_page_and_lays_nothing_out() {
    let mut reader = article(LONG);
    let rows = |reader: &Reader| match &reader.app.view {
        View::Article(view) => view.page.rows.as_ptr(),
        _ => panic!("no article"),
    };
    let symbols = |buffer: &Buffer| buffer.content.iter().map(|cell| cell.symbol().to_owned()).collect::<Vec<_>>();
    let (before, shown) = (rows(&reader), reader.rows());
    assert_eq!(reader.asks("<c-t>"), [Effect::NextTheme]);
    assert_eq!((rows(&reader), reader.rows()), (before, shown));
    let [dark, light, mono] = ["dark", "light", "mono"].map(|name| reader.buffer_in(&Theme::named(name).unwrap()));
    assert!(symbols(&dark) == symbols(&light) && symbols(&light) == symbols(&mono));
    assert!(dark != light && light != mono);
    assert_eq!(rows(&reader), before);
}

#[test]
fn two_names_of_files_that_look_alike_are_told_apart() {
    let mut library = Library::new(site());
    library.add(vec![read("a\u{202e}dm.b.md", "---\ntitle: A\ndate: 2020-01-01\n---\nWords.\n")]);
    library.complete();
    let reader = Reader::of(library, &Place::list(Query::default()), 80, 24);
    reader.sees("1/1  a<U+202E>dm.b.md");
}
