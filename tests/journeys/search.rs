//! Finding posts: ranked lists, passages and marks, troubles and completions, and work that no key waits for.

use reread::app::overlay::Overlay;
use reread::app::place::{Place, View};
use reread::app::tags::Entry;
use reread::app::{Effect, Message};
use reread::blog::library::Library;
use reread::blog::marks::What;
use reread::blog::query::{Query, Sense};
use reread::blog::search::Selection;
use reread::text::Clean;

use super::reader::*;

/// A blog in which `lamp` stands in a body, in a heading, in a tag and in a title.
fn harbour() -> Library {
    let long =
        format!("---\ntitle: Nets\n---\n{}The lamp burns.\n\n{}", "Words.\n\n".repeat(60), "More.\n\n".repeat(60));
    let mut library = Library::new(site());
    library.add(vec![
        read("2001-01-01-nets.md", &long),
        read("2002-02-02-oil.md", "---\ntitle: Oil\n---\n## The lamp\n\n    code\n"),
        read("2003-03-03-glass.md", "---\ntitle: Glass\ntags: [lamps]\n---\nText.\n"),
        read("2000-01-01-lamp.md", "---\ntitle: The lamp\ntags: [Étude]\n---\nText.\n"),
    ]);
    library.complete();
    library
}

fn reader(columns: usize, keys: &str) -> Reader {
    Reader::of(harbour(), &Place::start(), columns, 24).after(keys)
}

#[test]
fn the_best_post_stands_on_top_with_its_whole_date() {
    let reader = reader(80, "jjj/lamp");
    assert_eq!((reader.titles(), reader.post()), (vec!["The lamp", "Glass", "Oil", "Nets"], "The lamp"));
    reader.sees("▌ 2000-01-01  The lamp");
}

#[test]
fn a_post_opened_from_a_search_has_its_words_marked_the_first_in_view_and_n_goes_on() {
    let mut reader = reader(80, "/lamp<enter>G<enter>");
    reader.sees("The lamp burns.");
    let View::Article(article) = &reader.app.view else { panic!("no article") };
    let find = article.find.as_ref().unwrap();
    assert_eq!((find.hits.len(), find.what.text()), (1, "lamp"));
    reader.press("ggn");
    reader.sees("The lamp burns.");
    assert_eq!(reader.notice(), "1/1 \"lamp\"");
}

#[test]
fn the_preview_shows_the_passage_by_which_a_post_was_found() {
    let mut reader = reader(160, "/lamp<enter>G");
    reader.sees("│ The lamp burns.");
    let View::List(list) = &reader.app.view else { panic!("no list") };
    assert_eq!(list.preview.as_ref().unwrap().hits.len(), 1);
    reader.press("<esc>");
    reader.does_not_see("│ The lamp burns.");
}

#[test]
fn what_a_query_cannot_mean_is_told_above_the_prompt_and_empties_nothing() {
    let mut reader = reader(80, "/year:20x");
    assert_eq!(reader.titles().len(), 4);
    reader.sees("20x is no year · write 2007");
    reader.press("<c-u>tag:lmaps<enter>");
    reader.sees("no post fits tag:lmaps");
    reader.sees("no tag is lmaps · did you mean lamps?");
}

#[test]
fn titles_that_are_alike_are_shown_as_such() {
    let reader = reader(80, "/thlmp");
    assert_eq!(reader.titles(), ["The lamp"]);
    reader.sees("none; 1 title alike");
}

#[test]
fn tab_makes_of_a_word_what_it_may_become() {
    let mut reader = reader(80, "/ta");
    reader.sees("⇥ tag:");
    reader.press("<tab>");
    reader.sees("⇥ lamps 1  Étude 1");
    reader.press("et<tab><enter>");
    assert_eq!((reader.query().as_str(), reader.titles()), ("tag:Étude", vec!["The lamp"]));
}

#[test]
fn a_menu_sorts_the_list_and_back_lifts_it() {
    let mut reader = reader(80, "S");
    reader.sees("the longest first");
    reader.press("j<enter>");
    assert_eq!((reader.titles(), reader.query().as_str()), (vec!["Glass", "Nets", "Oil", "The lamp"], "sort:title"));
    reader.press("Skkk<enter>");
    assert_eq!((reader.titles()[0], reader.query().as_str()), ("Glass", ""));
    reader.press("H");
    assert_eq!(reader.query(), "sort:title");
}

#[test]
fn a_search_is_given_a_name_counted_and_asked_for() {
    let mut reader = reader(80, "m");
    assert_eq!(reader.notice(), "this is the whole list; / looks for something that can have a name");
    reader.press("/lamp -tag:lamps<enter>m");
    reader.sees("name this search");
    let effects = reader.asks("my lamps<enter>");
    let [Effect::Keep(name, query)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((name.as_str(), query.text()), ("my lamps", "lamp -tag:lamps"));
    let kept = Message::Named(name.clone(), query.clone(), Clean::literal("kept"));
    reader.app.update(kept);
    assert_eq!(reader.notice(), "kept");
    reader.press("<esc>'");
    reader.sees("my lamps       3  lamp -tag:lamps");
    reader.press("<enter>");
    assert_eq!((reader.query().as_str(), reader.titles().len()), ("search:\"my lamps\"", 3));
    assert_eq!(reader.titles()[0], "The lamp", "ranked by the words that the name stands for");
    assert_eq!(reader.asks("mmy lamps<enter>"), []);
    assert_eq!(reader.notice(), "there is a search named my lamps already; ' lists them");
    reader.press("/<c-u>search:m");
    reader.sees("⇥ my lamps (lamp -tag:lamps)");
    reader.press("<tab> year:2000<enter>");
    assert_eq!(reader.titles(), ["The lamp"]);
    reader.app.update(Message::Reloaded(Box::new(harbour())));
    assert_eq!(reader.titles(), ["The lamp"], "names outlive a reload");
}

#[test]
fn the_posts_of_this_day_are_those_of_any_year() {
    let mut reader = reader(80, "");
    assert_eq!(reader.asks("gd"), [Effect::Today]);
    reader.app.update(Message::Today(1, 1));
    assert_eq!((reader.query().as_str(), reader.titles()), ("date:01-01", vec!["Nets", "The lamp"]));
    reader.press("H");
    assert_eq!(reader.titles().len(), 4);
}

#[test]
fn tags_are_sorted_by_their_newest_post() {
    let mut library = Library::new(site());
    library.add(vec![
        read("2001-01-01-a.md", "---\ntags: [old, often]\n---\n"),
        read("2002-01-01-b.md", "---\ntags: [often]\n---\n"),
        read("2003-01-01-c.md", "---\ntags: [young]\n---\n"),
        read("undated.md", "---\ntags: [never]\n---\n"),
    ]);
    library.complete();
    let mut reader = Reader::of(library, &Place::start(), 80, 24).after("t");
    assert_eq!(names(&reader), ["often 2", "never 1", "old 1", "young 1"]);
    reader.press("SS");
    assert_eq!(names(&reader), ["young 1", "often 2", "old 1", "never 1"]);
    reader.sees("the last used first");
}

#[test]
fn what_would_make_a_key_wait_is_an_errand_and_the_list_stays_until_it_is_done() {
    let mut reader = reader(80, "");
    let effects = reader.asks("/has:code");
    let gathers: Vec<_> = effects.iter().filter(|effect| matches!(effect, Effect::Gather(_))).collect();
    assert_eq!((gathers.len(), effects.len(), reader.titles().len()), (1, 1, 4));
    reader.sees("searching …");
    reader.press("<enter>");
    let Some(Effect::Gather(posts)) = effects.into_iter().next() else { panic!("no errand") };
    for post in posts.iter() {
        assert!(!post.has_facts());
        post.facts();
    }
    reader.app.update(Message::Gathered);
    assert_eq!((reader.titles(), reader.query().as_str()), (vec!["Oil"], "has:code"));
    reader.press("H");
    assert_eq!(reader.titles().len(), 4);
}

#[test]
fn a_result_for_posts_that_are_gone_is_dropped() {
    let mut reader = reader(80, "");
    let old = reader.app.library.search(&Query::parse("lamp")).run(&|| true).unwrap();
    reader.app.update(Message::Reloaded(Box::new(blog())));
    reader.app.update(Message::Searched(Box::new(Selection { posts: Vec::new(), ..old })));
    assert_eq!(reader.app.library.select(&Query::parse("lamp")).posts.len(), 0);
    assert_eq!(reader.app.library.select(&Query::parse("words")).posts.len(), 2);
}

#[test]
fn a_search_that_nobody_wants_any_more_gives_nothing() {
    let search = harbour().search(&Query::parse("lamp"));
    assert!(search.run(&|| false).is_none());
}

// The explorer.

fn names(reader: &Reader) -> Vec<String> {
    let View::Tags(tags) = &reader.app.view else { panic!("no tags") };
    let sign = |entry: &Entry| match entry.sense {
        Some(Sense::Wanted) => "+",
        Some(Sense::Unwanted) => "-",
        None => "",
    };
    tags.entries.iter().map(|entry| format!("{}{} {}", sign(entry), entry.name, entry.posts)).collect()
}

#[test]
fn a_tag_is_required_forbidden_and_freed_and_the_others_are_counted_in_what_is_left() {
    let mut reader = Reader::blog("t");
    assert_eq!(names(&reader), ["a 3", "both 2", "c 2", "b 1", "Two Words 1"]);
    reader.press("+");
    assert_eq!(names(&reader), ["+a 3", "both 1", "c 1"]);
    assert!(reader.top().contains("› tag:a › tags"), "{}", reader.top());
    reader.press("G-");
    assert_eq!(names(&reader), ["+a 2", "both 1", "-c 0"]);
    assert!(reader.top().contains("› tag:a -tag:c › tags"), "{}", reader.top());
    reader.press("=");
    assert_eq!(names(&reader), ["+a 3", "both 1", "c 1"]);
    reader.press("k<enter>");
    assert_eq!((reader.titles(), reader.query().as_str()), (vec!["One"], "tag:a tag:both"));
    reader.press("t");
    assert_eq!(names(&reader), ["+a 1", "+both 1"]);
    reader.press("h");
    assert_eq!(reader.query(), "tag:a tag:both");
}

#[test]
fn tab_turns_from_tags_to_categories_authors_series_years_and_months() {
    let mut reader = Reader::blog("t<tab><tab><tab><tab>");
    assert_eq!(names(&reader), ["2010 1", "2009 1", "2008 1", "2007 2"]);
    assert!(reader.top().ends_with("4 years"), "{}", reader.top());
    reader.press("G<enter>");
    assert_eq!((reader.titles(), reader.query().as_str()), (vec!["Two", "One"], "year:2007"));
    reader.press("t<s-tab><s-tab>");
    assert_eq!(names(&reader), ["+2007 2"]);
    reader.press("<tab>");
    assert_eq!(names(&reader), ["2007-02 1", "2007-01 1"]);
    reader.press("<tab>");
    assert_eq!(names(&reader), ["both 2", "a 1", "b 1"]);
    let reader = Reader::blog("t<tab>");
    reader.sees("no post here has a category");
}

#[test]
fn beside_a_tag_stand_its_years_and_the_tags_that_go_with_it() {
    let reader = Reader::of(blog(), &Place::start(), 120, 24).after("t");
    for text in ["tags categories authors series years months", "2007    1  ━", "2009    0", "1 with both"] {
        reader.sees(text);
    }
}

#[test]
fn the_timeline_has_every_month_and_leads_to_its_posts() {
    let mut reader = Reader::blog("/year:2007 OR date:2008-03<enter>T");
    assert_eq!((names(&reader).len(), names(&reader)[0].as_str()), (15, "2008-03 1"));
    assert_eq!(names(&reader)[12..], ["2007-03 0", "2007-02 1", "2007-01 1"]);
    reader.press("G<enter>");
    assert_eq!(reader.titles(), ["One"]);
    reader.press("H<s-tab>G+<tab>");
    assert_eq!(names(&reader), ["2007-02 1", "2007-01 1"], "zoomed into a year");
}

#[test]
fn chance_opens_a_post_of_the_list_and_another_one_next_time() {
    let mut seen = std::collections::BTreeSet::new();
    let mut reader = Reader::blog("/tag:a<enter>");
    for _ in 0..40 {
        reader.press("gr");
        seen.insert(reader.post().to_owned());
        reader.press("H");
    }
    assert_eq!(Vec::from_iter(seen), ["Long", "One", "Three"]);
}

#[test]
fn the_box_walks_through_what_was_looked_for_before() {
    let mut reader = Reader::blog("/tag:a<enter>/<c-u>tag:b<enter>/<c-u>tag:a<enter>h/tag:c<esc>");
    let searched: Vec<_> = reader.remembered.iter().filter(|(_, what)| matches!(what, What::Searched(_))).collect();
    assert_eq!(searched.len(), 3, "what was given up is not remembered");
    reader.press("/tag:bo");
    let typed = |reader: &Reader| {
        let Some(Overlay::Prompt(prompt)) = &reader.app.overlay else { panic!("no prompt") };
        prompt.line.text.clone()
    };
    let mut walked = Vec::new();
    for key in ["<up>", "<c-p>", "<up>", "<down>", "<c-n>", "<down>"] {
        reader.press(key);
        walked.push(typed(&reader));
    }
    assert_eq!(walked, ["tag:a", "tag:b", "tag:b", "tag:a", "tag:bo", "tag:bo"]);
    reader.press("<up>");
    assert_eq!(reader.titles(), ["Long", "Three", "One"], "what is recalled is searched at once");
    reader.press("<up><enter>");
    assert_eq!((reader.query().as_str(), reader.titles()), ("tag:b", vec!["Two"]));
    reader.press("/<up>");
    assert_eq!(typed(&reader), "tag:a", "what stands there already is passed over");
    reader.press("<esc>");
    assert_eq!(reader.query(), "tag:b");
}

#[test]
fn words_that_were_looked_for_in_a_post_are_had_again_in_another() {
    let mut reader = article(LONG).after("/sentence 3<enter>/Part 7<enter>J/<up><up>");
    reader.sees("find here sentence 3");
    reader.press("<down><down><down>");
    let Some(Overlay::Prompt(prompt)) = &reader.app.overlay else { panic!("no prompt") };
    assert_eq!(prompt.line.text, "");
    reader.press("<esc>h/<up>");
    let Some(Overlay::Prompt(prompt)) = &reader.app.overlay else { panic!("no prompt") };
    assert_eq!(prompt.line.text, "", "queries are another matter");
}

#[test]
fn a_line_that_is_full_says_so_and_so_does_a_query_of_too_many_words() {
    let mut reader = Reader::blog("/");
    reader.press(&"word ".repeat(33));
    reader.sees("only the first 32 words are looked for · take some away");
    reader.does_not_see("this line is full");
    reader.press(&"word ".repeat(80));
    reader.sees("this line is full");
    reader.press("<bs>");
    reader.does_not_see("this line is full");
}
