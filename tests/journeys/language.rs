//! A blog in two languages: one is shown, `gl` asks for the other, and the reader stays with the post that is in both.

use super::*;
use reread::blog::front;
use reread::blog::post::Post;
use reread::blog::site::{Generator, Site};

const CONFIG: &str = "title: A Blog\nbaseURL: https://blog.example/\ndefaultContentLanguage: en\n\
                      languages: {en: {weight: 1}, fr: {weight: 2}}\n";

fn post(path: &str, title: &str, day: u8) -> (String, String) {
    (path.to_owned(), format!("---\ntitle: {title}\ndate: 2024-01-0{day}\n---\nText of {title}.\n"))
}

/// The posts of a language as the walk finds them.
fn library(language: &str) -> Library {
    let mut site = Site::new(Generator::Hugo, &front::parse_config("c.yaml", CONFIG).unwrap());
    site.show_language(language).unwrap();
    let posts = [
        post("content/one.md", "One", 1),
        post("content/one.fr.md", "Un", 1),
        post("content/two/index.md", "Two", 2),
        post("content/two/index.fr.md", "Deux", 2),
        post("content/three.md", "Three", 3),
    ];
    let shown = posts.iter().filter(|(path, _)| site.shows_path(path));
    let read = |(path, text): &(String, String)| {
        let (post, faults) = Post::read(path, text.as_bytes().to_vec(), &site);
        (Some(post.into()), faults)
    };
    let readings = shown.map(read).collect();
    let mut library = Library::new(site);
    library.add(readings);
    library.complete();
    library
}

/// A reader of the English posts who has pressed these keys.
fn english(keys: &str) -> Reader {
    Reader::of(library("en"), &Place::start(), 80, 24).after(keys)
}

fn turn_to(reader: &mut Reader, language: &str) {
    assert_eq!(reader.asks("gl"), [Effect::ReloadIn(language.to_owned())]);
    reader.sees(&format!("reading the posts in {language} …"));
    reader.tell(Message::Reloaded(Box::new(library(language))));
}

#[test]
fn gl_shows_the_list_of_the_next_language_and_then_of_the_first_again() {
    let mut reader = english("jj");
    assert_eq!(reader.titles(), ["Three", "Two", "One"]);
    assert!(reader.top().starts_with(" A Blog en "), "{}", reader.top());
    turn_to(&mut reader, "fr");
    assert_eq!((reader.titles(), reader.post()), (vec!["Deux", "Un"], "Un"));
    assert_eq!(reader.notice(), "posts in fr: 2");
    assert!(reader.top().starts_with(" A Blog fr "), "{}", reader.top());
    turn_to(&mut reader, "en");
    assert_eq!((reader.titles().len(), reader.post(), reader.notice()), (3, "One", "posts in en: 3"));
    reader.press("t");
    turn_to(&mut reader, "fr");
    assert!(matches!(reader.app.view, View::Tags(_)));
}

#[test]
fn an_open_post_becomes_its_translation_and_the_way_back_leads_to_translations() {
    let mut reader = english("jj<enter>K");
    assert_eq!(reader.post(), "Two");
    turn_to(&mut reader, "fr");
    reader.sees("Text of Deux.");
    reader.press("H");
    reader.sees("Text of Un.");
    turn_to(&mut reader, "en");
    reader.sees("Text of One.");
    reader.press("L");
    reader.sees("Text of Two.");
}

#[test]
fn of_a_post_without_a_translation_the_list_is_shown() {
    let mut reader = english("<enter>");
    assert_eq!(reader.post(), "Three");
    turn_to(&mut reader, "fr");
    assert_eq!((reader.titles().len(), reader.notice()), (2, "posts in fr: 2; the one you read is not among them"));
    reader.is_sound("a post that is in one language");
}

#[test]
fn a_blog_in_one_language_says_so_and_one_that_is_being_read_asks_for_patience() {
    let mut reader = Reader::blog("");
    assert!(reader.asks("gl").is_empty());
    assert_eq!(reader.notice(), "this blog is in one language");
    assert!(reader.top().starts_with(" A Blog  "), "{}", reader.top());
    let site = library("en").site;
    let mut reader = Reader::of(Library::new(site), &Place::start(), 80, 24);
    assert!(reader.asks("gl").is_empty());
    assert_eq!(reader.notice(), "the posts are still being read; try again when they are");
}
