//! What is printed.

use super::*;

#[test]
fn a_search_with_a_name_is_asked_for_on_the_command_line() {
    let blog = folder(&[
        ("b/2001-01-01-a.md", "---\ntitle: A\ntags: [x]\n---\n"),
        ("b/2002-01-01-b.md", "---\ntitle: B\n---\n"),
        ("reread/config.toml", "[searches]\nxs = 'tag:x'\n"),
    ]);
    let run = |query: &str| {
        let mut command = program(blog.path());
        finish(command.env("XDG_CONFIG_HOME", blog.path()).args(["list", "b", "--format", "{title}", "-q", query]))
    };
    assert_eq!(run("search:xs").out, "A\n");
    assert_eq!(run("-search:xs").out, "B\n");
    let unknown = run("search:sx year:2003");
    assert!(unknown.err.contains("no search is named sx; did you mean xs?"), "{}", unknown.err);
}

#[test]
fn the_list_of_the_guide_is_newest_first() {
    let ran = guide(&["list"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(
        ran.out,
        "2026-11-20  Five minutes with reread  #Guide  #Reading\n\
         2026-03-16  How to read a post  #Guide  #Reading\n\
         2025-10-06  A link should say where it goes  #Guide  #Links\n\
         2024-09-23  Finding a post you half remember  #Guide  #Finding  #VMworld2007  #iOS\n\
         2022-08-30  Eighteen posts out of 2,155  #Guide  #Tags  #Finding  #VMworld2007  #IOS\n\
         2022-02-14  Back means back  #Guide  #Links  #Reading\n\
         2020-05-11  The web as it was  #Guide  #Archive  #Links\n\
         2019-03-04  The same blog, without the screen  #Guide  #CommandLine\n\
         2017-09-12  Bring your own blog  #Guide  #Authors  #CommandLine\n\
         2016-01-18  [draft] Every kind of Markdown on one page  #Markdown  #Reading\n"
    );
}

#[test]
fn queries_are_those_of_the_slash_key() {
    for (query, found) in [
        ("tag:VMworld2007", 2),
        ("tag:vmworld2007", 2),
        ("tag:ios", 2),
        ("tag:IOS", 1),
        ("tag:iOS", 1),
        ("-tag:Guide", 1),
        ("is:draft", 1),
        ("year:2022", 2),
        ("category:Stories", 2),
        ("bridge night", 1),
        ("tag:VMworld2007 -tag:Tags", 1),
        ("title:back", 1),
        ("xyzzy-nowhere", 0),
    ] {
        let query = format!("--query={query}");
        let ran = guide(&["list", &query, "--json"]);
        assert_eq!(ran.json().as_array().unwrap().len(), found, "{query}");
        assert_eq!(ran.code, Some(i32::from(found == 0)), "{query}");
        let text = guide(&["list", &query]);
        assert_eq!((text.out.lines().count(), text.code), (found, ran.code), "{query}");
    }
}

#[test]
fn a_query_may_begin_with_what_posts_must_not_have() {
    let ran = guide(&["list", "-q", "-tag:Guide"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 1), "{}", ran.err);
}

#[test]
fn a_search_prints_the_best_posts_first_with_the_passages_by_which_they_were_found() {
    let ran = guide(&["search", "explorer tags"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!((ran.code, ran.err.as_str(), lines.len() % 2), (Some(0), "", 0), "{}", ran.out);
    assert!(lines[0].starts_with("2022-08-30  Eighteen posts out of 2,155"), "{}", lines[0]);
    assert!(lines[1].starts_with("    2022-08-30-eighteen-posts.md:") && lines[1].contains("explorer"), "{}", lines[1]);
    let found = guide(&["search", "explorer tags", "--json"]).json();
    assert_eq!(found[0]["path"], "2022-08-30-eighteen-posts.md");
    assert!(found[0]["score"].as_u64() >= found[1]["score"].as_u64() && found[0]["line"].is_u64(), "{found}");
}

#[test]
fn a_script_says_how_its_lines_look() {
    let ran = guide(&["list", "-q", "tag:iOS", "--format", "{year}\\t{path} {{{tags}}}"]);
    assert_eq!(ran.out, "2024\t2024-09-23-finding-a-post.md {Guide,Finding,VMworld2007,iOS}\n");
    assert!(guide(&["list", "--format", "{titel}"]).err.contains("{titel} is no field; there are path, slug, title"));
}

#[test]
fn what_of_a_query_means_nothing_is_told_beside_what_it_finds() {
    let ran = guide(&["list", "-q", "tag:Gudie"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "reread: no tag is Gudie; did you mean Guide?\n"));
    let ran = guide(&["list", "-q", "tga:Guide year:20o7"]);
    assert!(ran.err.starts_with("reread: tga is no field; did you mean tag:?\nreread: 20o7 is no year; write 2007\n"));
    assert!(guide(&["tags", "-q", "tag:iOS"]).out.lines().all(|line| line.trim().starts_with("1 ")));
}

#[test]
fn the_json_of_list_describes_every_post() {
    let blog = folder(HUGO);
    let ran = reread(blog.path(), &["list", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let mut listed = ran.json();
    // How words are counted is markdown's; that they are counted is ours.
    for post in listed.as_array_mut().unwrap() {
        assert!(post["words"].take().as_u64().unwrap() >= 2);
    }
    assert_eq!(
        listed,
        json!([
            {
                "path": "content/post/second.md", "slug": "zweite", "title": "The Second",
                "date": "2007-09-13T10:00:00+02:00", "updated": null, "draft": true, "tags": ["VMworld2007"],
                "categories": [], "authors": [], "url": "/2007/09/13/zweite/", "words": null
            },
            {
                "path": "content/post/2007-09-12-first.md", "slug": "first", "title": "First",
                "date": "2007-09-12T09:29:59Z", "updated": "2008-01-02T00:00:00Z", "draft": false,
                "tags": ["VMworld2007", "iOS"], "categories": ["News"], "authors": ["Ann"],
                "url": "/2007/09/12/first/", "words": null
            },
            {
                "path": "content/post/undated.md", "slug": "undated", "title": "A heading", "date": null,
                "updated": null, "draft": false, "tags": [], "categories": [], "authors": [], "url": "/a-heading/",
                "words": null
            },
        ])
    );
}

#[test]
fn tags_are_counted_and_keep_their_case() {
    let blog = folder(HUGO);
    let text = reread(blog.path(), &["tags"]);
    assert_eq!((text.code, text.out.as_str()), (Some(0), "     2  VMworld2007\n     1  iOS\n"));
    let ran = reread(blog.path(), &["tags", "--json"]);
    assert_eq!(ran.json(), json!([{ "tag": "VMworld2007", "posts": 2 }, { "tag": "iOS", "posts": 1 }]));
    let untagged = folder(&[("a.md", "x")]);
    assert_eq!(reread(untagged.path(), &["tags", "."]), Ran { code: Some(1), out: String::new(), err: String::new() });
    assert_eq!(reread(untagged.path(), &["tags", ".", "--json"]).json(), json!([]));
}

#[test]
fn links_are_resolved_as_the_site_does() {
    let blog = folder(HUGO);
    let ran = reread(blog.path(), &["links", "first", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let site = "https://blog.example.org/sub";
    let archive = "https://web.archive.org/web/20070912092959";
    let second = "content/post/second.md";
    let link = |text: &str, target: &str, kind: &str, post: Value, archived: Value| {
        let line = if ["gone", "js", "file"].contains(&text) { 12 } else { 11 };
        let from = "content/post/2007-09-12-first.md";
        json!({ "from": from, "line": line, "text": text, "target": target, "kind": kind, "post": post, "archived": archived })
    };
    let zweite = format!("{site}/2007/09/13/zweite/");
    assert_eq!(
        only(&ran.json(), &LINKED),
        json!([
            link("post", &zweite, "post", json!(second), json!(format!("{archive}/{zweite}"))),
            link("older", &zweite, "post", json!(second), json!(format!("{archive}/{zweite}"))),
            link("own", &format!("{zweite}#part"), "post", json!(second), json!(format!("{archive}/{zweite}"))),
            link("heading", "#later", "heading", Value::Null, json!(format!("{archive}/{site}/2007/09/12/first/"))),
            link("tag", "tag:iOS", "tag", Value::Null, json!(format!("{archive}/{site}/tags/ios/"))),
            link(
                "web",
                "https://example.org/a?b=c",
                "web",
                Value::Null,
                json!(format!("{archive}/https://example.org/a?b=c"))
            ),
            link("mail", "mailto:a@b.example", "web", Value::Null, Value::Null),
            link("gone", "gone.md", "broken", Value::Null, json!(format!("{archive}/{site}/2007/09/12/first/gone.md"))),
            link("js", "javascript:alert(1)", "broken", Value::Null, Value::Null),
            link("file", "file:///etc/passwd", "broken", Value::Null, Value::Null),
        ])
    );
    let text = reread(blog.path(), &["links", "first"]);
    assert_eq!(text.out.lines().nth(4), Some("  5  tag     tag:iOS  tag"));
    assert_eq!(
        reread(blog.path(), &["links", "undated"]),
        Ran { code: Some(1), out: String::new(), err: String::new() }
    );
    assert_eq!(reread(blog.path(), &["links", "undated", "--json"]).json(), json!([]));
}

#[test]
fn objects_have_the_fields_that_the_issue_names_and_no_others() {
    let blog = folder(HUGO);
    for (arguments, fields) in [
        (&["list", "--json"][..], &LISTED[..]),
        (&["tags", "--json"], &["tag", "posts"]),
        (&["links", "first", "--json"], &LINKED),
        (&["check", "--json"], &FAULTY),
    ] {
        let json = reread(blog.path(), arguments).json();
        let objects = if json.is_array() { &json } else { &json["faults"] };
        for object in objects.as_array().unwrap() {
            let given: BTreeSet<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(given, fields.iter().copied().collect(), "{arguments:?}");
        }
    }
}

#[test]
fn a_post_is_shown_by_its_slug_its_path_or_a_part_of_its_title() {
    let whole = guide(&["show", "finding-a-post"]);
    assert_eq!((whole.code, whole.err.as_str()), (Some(0), ""));
    assert!(whole.out.starts_with("Finding a post you half remember\n"), "{}", whole.out);
    for name in ["2024-09-23-finding-a-post.md", "half remember", "FINDING A POST YOU HALF REMEMBER"] {
        assert_eq!(guide(&["show", name]).out, whole.out, "{name}");
    }
}

#[test]
fn the_markdown_of_a_post_is_printed_as_it_was_written() {
    let ran = with_input(&["show", "-", "--raw"], "---\ntitle: In\n---\n# A *b*\r\n\n\tcode\t1\n\u{1b}[2J\n");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "# A *b*\n\n\tcode\t1\n␛[2J\n"));
}

#[test]
fn a_post_is_printed_as_a_clean_page() {
    let ran = with_input(
        &["show", "-", "--html"],
        "---\ntitle: In & out\ndate: 2020-01-01\n---\nHello <script>x</script>*you*.\n",
    );
    let expected = "<!doctype html>\n<meta charset=\"utf-8\">\n<title>In &amp; out</title>\n<article>\n<h1>In &amp; out</h1>\n\
                    <p>1 January 2020 · 2 words · 1 min</p>\n<p>Hello <em>you</em>.</p>\n</article>\n";
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), expected));
    let whole = guide(&["show", "every-kind-of-markdown", "--html"]);
    assert!(
        whole.out.contains("<h2 id=\"footnotes\">Footnotes</h2>") && whole.out.contains("href=\"#fn:1\""),
        "{}",
        whole.out
    );
    assert_eq!(guide(&["show", "welcome", "--html", "--raw"]).code, Some(2));
}

#[test]
fn no_line_of_show_is_wider_than_asked() {
    for width in ["1", "7", "20", "60", "76", "200", "65535"] {
        let ran = guide(&["show", "every-kind-of-markdown", "--width", width]);
        let widest = ran.out.lines().map(reread::text::width).max().unwrap();
        // A character of two columns fits nowhere in one.
        assert!(widest <= width.parse::<usize>().unwrap().max(2), "{width}: {widest}");
        assert!(ran.out.lines().all(|line| line.trim_end() == line), "{width}");
    }
}

#[test]
fn a_post_is_shown_from_standard_input() {
    let ran = with_input(&["show", "-"], "---\ntitle: In\ndate: 2020-01-01\n---\nHello there.\n");
    assert_eq!(
        ran,
        Ran {
            code: Some(0),
            out: "In\n1 January 2020 · 2 words · 1 min\n\nHello there.\n".to_owned(),
            err: String::new()
        }
    );
    let ran = with_input(&["list", "-", "--json"], "# In\n");
    assert_eq!(ran.json()[0]["title"], "In");
    let ran = with_input(&["links", "-", "--json"], "[a](https://example.org/)");
    assert_eq!(ran.json()[0]["target"], "https://example.org/");
    assert_eq!(with_input(&["check", "-"], "[a](b.md)").code, Some(1));
}
