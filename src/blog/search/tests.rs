//! What is found, and in which order.

use super::super::front::Fields;
use super::super::library::Library;
use super::super::post::Post;
use super::super::query::Query;
use super::super::site::{Generator, Site};
use super::Likeness;

fn library(posts: &[(&str, &str)]) -> Library {
    let site = Site::new(Generator::Hugo, &Fields::default());
    let mut library = Library::new(site.clone());
    let read = |(path, text): &(&str, &str)| {
        let (post, faults) = Post::read(path, text.as_bytes().to_vec(), &site);
        (Some(post.into()), faults)
    };
    library.add(posts.iter().map(read).collect());
    library.complete();
    library
}

fn titles(library: &Library, query: &str) -> Vec<String> {
    library.select(&Query::parse(query)).posts.iter().map(|post| post.title.to_string()).collect()
}

fn harbour() -> Library {
    library(&[
        (
            "a.md",
            "---\ntitle: Tides\ndate: 2001-01-01\ntags: [Sea]\nlang: de-CH\n---\nA pilot boat. ![x](https://a.example/y.png)\n",
        ),
        ("b.md", "---\ntitle: The pilot\ndate: 2002-02-02\ncategories: [People]\n---\n| a |\n|---|\n| b |\n"),
        ("c.md", "---\ntitle: Ropes\ndate: 2003-03-03\ntags: [pilots]\n---\n[far](https://www.far.example/x)\n"),
        ("d.md", "---\ntitle: Copilots\ndate: 2004-04-04\ndraft: true\n---\n```\ncode\n```\n"),
        ("e.md", "---\ntitle: Knots\ndate: 2005-05-05\n---\n## On pilots\n\nText[^1].\n\n[^1]: Note.\n"),
        ("f.md", "---\ntitle: Fog\nauthors: [Über Müller]\n---\nAutopilot, über all. [gone](/nowhere.md)\n"),
    ])
}

#[test]
fn title_before_tag_before_heading_before_body_and_whole_before_beginning_before_inside() {
    assert_eq!(titles(&harbour(), "pilot"), ["The pilot", "Copilots", "Ropes", "Knots", "Tides", "Fog"]);
}

#[test]
fn the_newer_goes_first_among_equals_and_any_order_can_be_asked_for() {
    let library = harbour();
    let all = ["Knots", "Copilots", "Ropes", "The pilot", "Tides", "Fog"];
    assert_eq!(titles(&library, ""), all);
    assert_eq!(titles(&library, "pilot sort:date"), all);
    assert_eq!(titles(&library, "sort:title"), ["Copilots", "Fog", "Knots", "Ropes", "The pilot", "Tides"]);
    let mut random = titles(&library, "sort:random");
    random.sort();
    assert_eq!(random, titles(&library, "sort:title"));
}

#[test]
fn every_field_means_its_posts() {
    let library = harbour();
    for (query, expected) in [
        ("tag:sea", &["Tides"][..]),
        ("tag:Sea", &["Tides"]),
        ("tag:SEA", &[]),
        ("tag:pil*", &["Ropes"]),
        ("category:people", &["The pilot"]),
        ("author:\"über müller\"", &["Fog"]),
        ("title:pilot -title:co", &["The pilot"]),
        ("lang:de", &["Tides"]),
        ("is:draft", &["Copilots"]),
        ("is:undated", &["Fog"]),
        ("is:broken", &["Fog"]),
        ("has:code", &["Copilots"]),
        ("has:table", &["The pilot"]),
        ("has:image", &["Tides"]),
        ("has:footnote", &["Knots"]),
        ("link:far.example", &["Ropes"]),
        ("link:www.far.example", &["Ropes"]),
        ("link:r.example", &[]),
        ("year:2001", &["Tides"]),
        ("date:2001-01", &["Tides"]),
        ("date:2001-1", &["Tides"]),
        ("date:2001-02", &[]),
        ("after:2004", &["Knots", "Copilots"]),
        ("after:2004-04-05", &["Knots"]),
        ("before:2002", &["Tides"]),
        ("before:2002-02-03", &["The pilot", "Tides"]),
        ("year:2001 OR year:2003", &["Ropes", "Tides"]),
        ("-(year:2001 OR year:2003) tag:*", &[]),
        ("\"pilot boat\"", &["Tides"]),
        ("uber", &["Fog"]),
    ] {
        assert_eq!(titles(&library, query), expected, "{query}");
    }
}

#[test]
fn a_title_with_the_same_letters_is_shown_only_where_nothing_has_the_word() {
    let library = harbour();
    let selection = library.select(&Query::parse("tpilt"));
    assert_eq!((selection.likeness, titles(&library, "tpilt")), (Likeness::Alike, vec!["The pilot".to_owned()]));
    assert_eq!(library.select(&Query::parse("pilot")).likeness, Likeness::Exact);
    assert_eq!(titles(&library, "zzzzzz"), Vec::<String>::new());
}

#[test]
fn a_date_that_is_being_typed_means_all_that_may_come_of_it() {
    let library = harbour();
    let count = |query: &str| library.select(&Query::typed(query)).posts.len();
    assert_eq!([count("year:20"), count("year:2001"), count("date:2001-0"), count("date:2001-01-")], [5, 1, 1, 1]);
    assert_eq!(titles(&library, "year:20"), Vec::<String>::new());
}

#[test]
fn a_count_is_of_the_posts_that_fit_and_of_none_that_are_only_alike() {
    let library = harbour();
    for query in ["", "pilot", "tag:sea", "is:draft", "pilot sort:title", "tag:see", "is:broken"] {
        assert_eq!(library.found(&Query::parse(query)), titles(&library, query).len(), "{query}");
    }
    let alike = library.select(&Query::parse("kts"));
    assert_eq!((alike.likeness, alike.posts.len()), (Likeness::Alike, 1));
    assert_eq!(library.found(&Query::parse("kts")), 0);
}
