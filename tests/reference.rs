//! The reference blog, 2,155 posts by somebody else: what is read of it equals what independent counts and Hugo itself say.
//! Runs where `REREAD_CORPORA` names the folder of corpora; elsewhere it says that it did not.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::PathBuf;

use regex::Regex;
use reread::blog::library::{Library, Target};
use reread::blog::query::Query;
use reread::blog::taxonomy::Taxonomy;
use reread::collection;
use reread::environment::Environment;
use reread::source::Source;

fn corpora() -> Option<PathBuf> {
    let folder = std::env::var_os("REREAD_CORPORA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: REREAD_CORPORA names no folder of corpora");
    }
    folder
}

fn reference() -> Option<Library> {
    let folder = corpora()?.join("scott-lowe");
    let source = Source::find(Some(OsStr::new(&folder)), None, &Environment::of_process()).unwrap();
    Some(collection::library(&source))
}

#[test]
fn every_post_is_there_and_no_page_is_among_them() {
    let Some(library) = reference() else { return };
    assert_eq!(library.posts().len(), 2_155);
    assert_eq!(library.everything().count(), 2_158);
    assert!(library.faults().is_empty(), "{:?}", library.faults());
    assert!(library.posts().is_sorted_by(|one, two| one.date >= two.date));
}

#[test]
fn tags_are_counted_and_keep_their_case() {
    let Some(library) = reference() else { return };
    let tags: HashMap<String, usize> =
        library.terms(Taxonomy::Tag).iter().map(|(tag, posts)| (tag.to_string(), *posts)).collect();
    assert_eq!(tags.len(), 259);
    assert_eq!((tags["IOS"], tags["iOS"], tags["VMworld2007"]), (12, 10, 18));
    let found = |query: &str| library.select(&Query::parse(query)).posts.len();
    assert_eq!(found("tag:VMworld2007"), 18);
    assert_eq!((found("tag:IOS"), found("tag:iOS"), found("tag:ios")), (12, 10, 22));
}

/// The counts are those of a script that reads the files without this program.
#[test]
fn searches_find_what_the_files_hold() {
    let Some(library) = reference() else { return };
    for (query, posts) in [
        ("tag:VMware tag:Microsoft -tag:Storage year:2007", 20),
        ("link:ntpro.nl", 30),
        ("\"site recovery\"", 31),
        ("title:vmworld category:Liveblog", 39),
    ] {
        assert_eq!(library.select(&Query::parse(query)).posts.len(), posts, "{query}");
    }
}

#[test]
fn the_best_posts_come_first() {
    let Some(library) = reference() else { return };
    for (query, posts, dates) in [
        ("site recovery manager", 37, ["2009-09-01", "2011-07-12", "2014-02-06"]),
        ("relref", 839, ["2021-07-07", "2021-06-28", "2021-06-22"]),
        ("open vswitch gre", 93, ["2013-11-26", "2013-11-22", "2013-09-09"]),
        ("ovs", 125, ["2018-01-30", "2017-03-28", "2017-02-16"]),
    ] {
        let found = library.select(&Query::parse(query));
        let first: Vec<String> = found.posts.iter().take(3).map(|post| post.date.unwrap().to_string()).collect();
        assert_eq!((found.posts.len(), first), (posts, dates.map(str::to_owned).to_vec()), "{query}");
    }
}

#[test]
fn every_cross_link_leads_to_its_post_but_for_two_that_name_none() {
    let Some(library) = reference() else { return };
    let relref = Regex::new(r#"\{\{< *relref "([^"]*)" *>\}\}"#).unwrap();
    let (mut posts, mut broken) = (0, 0);
    for post in library.posts() {
        for found in relref.captures_iter(post.body()) {
            match library.resolve(post, &format!("relref:{}", &found[1])) {
                Target::Post(..) => posts += 1,
                Target::Broken(..) => broken += 1,
                other => panic!("{}: {other:?}", post.key),
            }
        }
    }
    assert_eq!((posts, broken), (1_718, 2));
}

#[test]
fn links_between_posts_are_as_many_as_an_independent_count_says() {
    let Some(library) = reference() else { return };
    let (mut links, mut linked) = (0, HashSet::new());
    for post in library.posts() {
        for link in post.document().links {
            assert!(!link.href.contains("{{"), "{}: {}", post.key, link.href);
            if let Target::Post(key, _) = library.resolve(post, &link.href) {
                links += 1;
                if key != post.key {
                    linked.insert(key);
                }
            }
        }
    }
    println!("{links} links to posts, {} posts linked to", linked.len());
    assert!(links >= 1_713, "{links}");
    assert!(linked.len() >= 775, "{}", linked.len());
}

#[test]
fn titles_dates_and_addresses_are_those_that_hugo_lists() {
    let Some(library) = reference() else { return };
    let list = corpora().unwrap().join("../oracles/scott-lowe.hugo.json");
    let Ok(list) = std::fs::read_to_string(list) else {
        println!("skipped: Hugo's own list is not there");
        return;
    };
    let list: Vec<HashMap<String, serde_json::Value>> = serde_json::from_str(&list).expect("Hugo's list is JSON");
    let posts: HashMap<&str, _> = library.everything().map(|post| (post.key.as_str(), post)).collect();
    assert_eq!(list.len(), posts.len());
    for listed in &list {
        let text = |key: &str| listed[key].as_str().unwrap();
        let post = posts[text("path")];
        assert_eq!(post.title.as_str(), text("title").trim());
        let date = post.date.map_or("0001-01-01T00:00:00Z".to_owned(), reread::blog::date::Date::rfc3339);
        assert_eq!(date, text("date"), "{}", post.key);
        assert_eq!(library.address(post).unwrap().as_str(), text("permalink"), "{}", post.key);
    }
}
