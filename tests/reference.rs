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
use reread::markdown::LinkKind;
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
                other => panic!("{}: {other:?}", post.key.shown()),
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
            assert!(!link.href.contains("{{"), "{}: {}", post.key.shown(), link.href);
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

/// What is in a corpus, counted from its files by a script that shares nothing with this program: it takes posts by the
/// ending of their names, front matter by its fences, and links by regular expressions.
struct Counted {
    corpus: &'static str,
    /// Files that are posts or chapters.
    posts: usize,
    /// Those with a date in the header or in the path.
    dated: usize,
    /// Links to one of them, each use of a definition by itself.
    links: usize,
    /// How many of them another one links to.
    linked: usize,
}

const COUNTED: [Counted; 6] = [
    Counted { corpus: "scott-lowe", posts: 2_158, dated: 2_156, links: 1_880, linked: 777 },
    Counted { corpus: "rust-blog", posts: 751, dated: 750, links: 767, linked: 321 },
    Counted { corpus: "mehdix-persian", posts: 104, dated: 94, links: 25, linked: 21 },
    Counted { corpus: "jekyll/docs", posts: 202, dated: 110, links: 277, linked: 89 },
    Counted { corpus: "electron", posts: 205, dated: 130, links: 281, linked: 73 },
    Counted { corpus: "hexo-chinese", posts: 355, dated: 355, links: 0, linked: 0 },
];

#[test]
fn every_corpus_holds_what_an_independent_script_counts() {
    let Some(corpora) = corpora() else { return };
    for counted in COUNTED {
        let folder = corpora.join(counted.corpus);
        let source = Source::find(Some(OsStr::new(&folder)), None, &Environment::of_process()).unwrap();
        let library = collection::library(&source);
        let dated = library.everything().filter(|post| post.date.is_some()).count();
        assert_eq!((library.everything().count(), dated), (counted.posts, counted.dated), "{}", counted.corpus);
        assert!(library.everything().all(|post| !post.title.is_empty()), "{}", counted.corpus);
        let (links, linked, broken) = links(&library);
        println!("{}: {links} links to {linked} posts, {broken} broken", counted.corpus);
        // Both find a few that the other does not: what is code and what a definition, only a parser knows.
        for (found, expected) in [(links, counted.links), (linked, counted.linked)] {
            assert!(found.abs_diff(expected) * 100 <= expected.max(100) * 2, "{}: {found}", counted.corpus);
        }
        assert!(links >= counted.links - counted.links.div_ceil(100), "{}: {links}", counted.corpus);
    }
}

/// The links to posts, the posts that another one links to, and the links that lead nowhere.
fn links(library: &Library) -> (usize, usize, usize) {
    let (mut links, mut linked, mut broken) = (0, HashSet::new(), 0);
    for post in library.everything() {
        for link in post.document().links.iter().filter(|link| link.kind == LinkKind::Text) {
            match library.resolve(post, &link.href) {
                Target::Post(key, _) => {
                    links += 1;
                    if key != post.key {
                        linked.insert(key);
                    }
                }
                Target::Broken(..) => broken += 1,
                _ => {}
            }
        }
    }
    (links, linked.len(), broken)
}

/// Nothing that leads nowhere may be the program's own fault: each of these was looked at, and is so in the files.
#[test]
fn what_is_called_broken_in_a_corpus_is_broken() {
    let Some(corpora) = corpora() else { return };
    for (corpus, most) in
        [("scott-lowe", 0), ("rust-blog", 12), ("mehdix-persian", 12), ("jekyll/docs", 10), ("electron", 190)]
    {
        let folder = corpora.join(corpus);
        let source = Source::find(Some(OsStr::new(&folder)), None, &Environment::of_process()).unwrap();
        let (_, _, broken) = links(&collection::library(&source));
        assert!(broken <= most, "{corpus}: {broken}");
    }
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
        assert_eq!(date, text("date"), "{}", post.key.shown());
        assert_eq!(library.address(post).unwrap().as_str(), text("permalink"), "{}", post.key.shown());
    }
}
