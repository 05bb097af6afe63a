use std::sync::Arc;

use super::*;
use crate::blog::front;
use crate::blog::site::{Generator, Site};

/// What is wrong with these posts on a disk that has these files, each fault as it is shown with its rule.
fn told_of(generator: Generator, posts: &[(&str, &str)], files: &[&str], filter: &Filter) -> Vec<String> {
    let config = front::parse_config("config.yaml", "baseurl: https://a.example/\n").unwrap();
    let mut library = Library::new(Site::new(generator, &config));
    let read = |(path, text): &(&str, &str)| {
        let (post, faults) = Post::read(path, text.as_bytes().to_vec(), &library.site);
        (Some(Arc::new(post)), faults)
    };
    let posts_read = posts.iter().map(read).collect();
    library.add(posts_read);
    library.complete();
    let has = |paths: &[String]| Some(paths.iter().any(|path| files.contains(&path.as_str())));
    let source = |key: &Key| Some(posts.iter().find(|(path, _)| *path == key.as_str())?.1.to_owned());
    let faults = audit(&library, filter, &Disk { has: &has, source: &source });
    faults.iter().map(|fault| format!("{fault} [{}]", fault.rule.name())).collect()
}

fn told(generator: Generator, posts: &[(&str, &str)], files: &[&str]) -> Vec<String> {
    told_of(generator, posts, files, &Filter::default())
}

#[test]
fn a_fragment_that_no_heading_has_is_told_wherever_it_leads() {
    let posts = [
        (
            "content/post/a.md",
            "---\ndate: 2020-01-01\n---\n[x](#setup)\n[fine](#set-up) [top](#) [up](#top)\n\n## Set up\n\n[y](b.md#land)\n\
             [fine](/post/b/#land-ho) [z](b.md#sea) [gone](c.md#sea)\n\n[unused]: #nowhere\n",
        ),
        ("content/post/b.md", "---\ndate: 2020-01-02\n---\n# Land, ho\n"),
    ];
    assert_eq!(
        told(Generator::Hugo, &posts, &[]),
        [
            "content/post/a.md:4: the link \"x\" leads to no place: no heading here is called #setup; did you mean #set-up? [broken-fragment]",
            "content/post/a.md:9: the link \"y\" leads to no place: no heading of content/post/b.md is called #land; correct its fragment [broken-fragment]",
            "content/post/a.md:10: the link \"z\" leads to no place: no heading of content/post/b.md is called #sea; correct its fragment [broken-fragment]",
            "content/post/a.md:10: the link \"gone\" leads nowhere: there is no file /content/post/c.md; correct its address [broken-link]",
            "content/post/a.md:12: a link definition that no link uses leads to no place: no heading here is called #nowhere; correct its fragment [broken-fragment]",
        ]
    );
}

#[test]
fn an_image_of_the_site_is_told_when_no_file_is_there() {
    let text = "---\ndate: 2020-01-01\n---\n![Boat](boat.png)\n![Pier](/img/pier.png?v=1)\n\
                ![Web](https://b.example/x.png)\n![Own](https://a.example/img/own.png)\n<img src=\"/gone.png\">\n\
                ![Template]({{ page.image }})\n![Site]({{ site.url }}/img/site.png) ![Data](data:image/png;base64,AA)\n\
                ![Beside](/post/b/x.png)\n![Slip](htp://b.example/y.png)\n";
    let other = "---\ndate: 2020-01-02\n---\nText.\n";
    let posts = [("content/post/a.md", text), ("content/post/b/index.md", other)];
    let there = ["content/post/boat.png", "static/img/pier.png", "content/post/b/x.png"];
    let missing = |line: usize, name: &str, href: &str| {
        format!(
            "content/post/a.md:{line}: the image {name:?} is missing: there is no file {href}; add it or correct its address [missing-image]"
        )
    };
    assert_eq!(
        told(Generator::Hugo, &posts, &there),
        [
            missing(7, "Own", "https://a.example/img/own.png"),
            missing(8, "gone.png", "/gone.png"),
            missing(10, "Site", "/img/site.png"),
            "content/post/a.md:12: the link \"Slip\" leads nowhere: addresses of the scheme htp: are never opened; correct its address [broken-link]"
                .to_owned(),
        ]
    );
}

#[test]
fn what_nobody_can_know_is_no_fault() {
    let text =
        "![A](/img/a.png)\n![B](b.png)\n[file](/files/c.pdf)\n[beside](d.pdf) [gone](e.pdf)\n[t]({{ site.x }}/y/)\n";
    assert_eq!(
        told(Generator::Plain, &[("a.md", text)], &["d.pdf"]),
        ["a.md:2: the image \"B\" is missing: there is no file b.png; add it or correct its address [missing-image]",]
    );
}

#[test]
fn an_address_that_something_else_makes_a_file_of_is_not_looked_for() {
    for (generator, path, href) in [
        (Generator::Pelican, "content/a.md", "{static}/images/a.png"),
        (Generator::Astro, "src/content/blog/a.md", "@/assets/a.png"),
        (Generator::Astro, "src/content/blog/a.md", "~/assets/a.png"),
        (Generator::Obsidian, "a.md", "a.png"),
        (Generator::Jekyll, "_posts/2020-01-01-a.md", "/img/{{page.image}}.png"),
    ] {
        let text = format!("---\ndate: 2020-01-01\n---\n![A]({href})\n");
        assert_eq!(told(generator, &[(path, &text)], &[]), Vec::<String>::new(), "{href}");
    }
}

#[test]
fn an_address_that_two_posts_have_is_told_at_the_later_one() {
    let post = |header: &str| format!("---\ntitle: T\ndate: 2020-01-01\n{header}---\nText.\n");
    let texts = [
        post("slug: same\n"),
        post("slug: same\n"),
        post("aliases:\n  - /post/same/\n  - ../old/\n  - /post/c/\n"),
        post("aliases: [/post/old/index.html]\n"),
    ];
    let names = ["content/post/a.md", "content/post/b.md", "content/post/c.md", "content/post/d.md"];
    let posts: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    assert_eq!(
        told(Generator::Hugo, &posts, &[]),
        [
            "content/post/b.md:4: the address /post/same/ is also that of content/post/a.md; give one of them another slug [duplicate-address]",
            "content/post/c.md:5: the alias /post/same/ is the address of content/post/a.md; remove it from one of them [duplicate-address]",
            "content/post/d.md:4: the alias /post/old/index.html is also an alias of content/post/c.md; remove it from one of them [duplicate-address]",
        ]
    );
    let notes = [("a.md", "---\naliases: [/b/]\n---\nText.\n"), ("b.md", "Text.\n")];
    assert_eq!(told(Generator::Obsidian, &notes, &[]), Vec::<String>::new());
}

#[test]
fn tags_that_are_probably_one_are_told_at_the_rarer_with_both_counts() {
    let post = |tags: &str| {
        format!("---\ntitle: vMotion\ndate: 2020-01-01\ncategories: [Boat News]\ntags:\n{tags}---\nText.\n")
    };
    let texts = [post("- Boats\n- vMotion\n"), post("- Boats\n- VMotion\n"), post("- boat\n- VMotion\n- Boat-News\n")];
    let names = ["content/post/a.md", "content/post/b.md", "content/post/c.md"];
    let posts: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    assert_eq!(
        told(Generator::Hugo, &posts, &[]),
        [
            "content/post/a.md:7: the tag vMotion (1 post) differs only by case from VMotion (2 posts); write VMotion if they mean the same [similar-tags]",
            "content/post/c.md:6: the tag boat (1 post) differs only by one letter from Boats (2 posts); write Boats if they mean the same [similar-tags]",
        ]
    );
}

#[test]
fn a_post_without_a_date_is_told_where_its_neighbours_have_one() {
    let (dated, undated) = ("---\ndate: 2020-01-01\n---\nText.\n", "Text.\n");
    let told_in = |generator, posts: &[(&str, &str)]| told(generator, posts, &[]);
    let one = |path: &str| {
        vec![format!(
            "{path}:1: the post has no date, and most beside it have one; give it one in its front matter [undated]"
        )]
    };
    let posts = |paths: [&'static str; 3]| [(paths[0], dated), (paths[1], dated), (paths[2], undated)];
    for (generator, paths, is_told) in [
        (Generator::Hugo, ["content/post/a.md", "content/post/b.md", "content/post/c.md"], true),
        (Generator::Hugo, ["content/post/a/index.md", "content/post/b.md", "content/post/c/index.md"], true),
        (Generator::Hugo, ["content/post/a.md", "content/post/b.md", "content/about.md"], false),
        (Generator::Hugo, ["content/post/a.md", "content/post/b.md", "content/_drafts/c.md"], false),
        (Generator::Plain, ["blog/a.md", "blog/b.md", "blog/c.md"], true),
        (Generator::Plain, ["blog/a.md", "blog/b.md", "notes/c.md"], false),
        (Generator::Jekyll, ["_posts/2020-01-01-a.md", "_tutorials/b.md", "_tutorials/c.md"], false),
        (Generator::MdBook, ["src/a.md", "src/b.md", "src/c.md"], false),
        (Generator::Obsidian, ["a.md", "b.md", "c.md"], false),
    ] {
        let expected = if is_told { one(paths[2]) } else { Vec::new() };
        assert_eq!(told_in(generator, &posts(paths)), expected, "{generator:?} {paths:?}");
    }
    let no_day = "---\ndate: 2020-13-01\n---\nText.\n";
    let faults = told_in(Generator::Hugo, &[("content/post/a.md", dated), ("content/post/b.md", no_day)]);
    assert!(faults.len() == 1 && faults[0].ends_with("[date]"), "{faults:?}");
}

#[test]
fn each_fault_is_told_once_and_only_those_that_are_asked_for() {
    let text = "---\ndate: 2020-01-01\n---\n[a](x.md) [a](x.md) ![a](x.png)\n[b](#b)\n";
    let posts = [("content/post/a.md", text), ("content/post/b.md", "Text.\n")];
    let rules = |only: &[Rule], ignored: &[Rule]| {
        let filter = Filter { only: only.to_vec(), ignored: ignored.to_vec() };
        let told = told_of(Generator::Hugo, &posts, &[], &filter);
        told.iter().filter_map(|line| line.rsplit_once('[')?.1.strip_suffix(']')).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(rules(&[], &[]), "broken-link missing-image broken-fragment undated");
    assert_eq!(rules(&[Rule::Undated, Rule::MissingImage], &[]), "missing-image undated");
    assert_eq!(rules(&[], &[Rule::BrokenLink, Rule::Undated]), "missing-image broken-fragment");
}

#[test]
fn a_post_with_very_many_broken_links_keeps_nobody_waiting() {
    let lines = |nth: usize| format!("[x](#y{nth})\n[x](y{nth}.md)\n");
    let text: String = (0..50_000).map(lines).collect();
    assert_eq!(told(Generator::Hugo, &[("content/post/a.md", &text)], &[]).len(), 100_000);
}
