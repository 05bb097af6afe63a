//! The real binary without a screen: what it prints, what it says is wrong, and how it ends.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;
#[path = "common/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use common::{HOSTILE, HOSTILE_NAME, folder, write};
use program::{Ran, finish, program, reread};

impl Ran {
    /// The one sentence of an error: nothing on standard output, code 2.
    fn refusal(&self) -> &str {
        self.sentence(2)
    }

    fn sentence(&self, code: i32) -> &str {
        assert_eq!((self.code, self.out.as_str()), (Some(code), ""), "{self:?}");
        self.err.strip_prefix("reread: ").unwrap().strip_suffix('\n').unwrap()
    }
}

/// In an empty folder, so that the blog is the built-in guide.
fn guide(arguments: &[&str]) -> Ran {
    reread(TempDir::new().unwrap().path(), arguments)
}

fn with_input(arguments: &[&str], input: &str) -> Ran {
    let here = TempDir::new().unwrap();
    let mut command = program(here.path());
    let mut child =
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A value of a field from every object of an array.
fn each<'a>(objects: &'a Value, field: &str) -> Vec<&'a str> {
    objects.as_array().unwrap().iter().map(|object| object[field].as_str().unwrap()).collect()
}

/// The objects of an array with these fields only.
fn only(objects: &Value, fields: &[&str]) -> Value {
    let pick = |object: &Value| fields.iter().map(|field| ((*field).to_owned(), object[*field].clone())).collect();
    objects.as_array().unwrap().iter().map(|object| Value::Object(pick(object))).collect()
}

const LISTED: [&str; 11] =
    ["path", "slug", "title", "date", "updated", "draft", "tags", "categories", "authors", "url", "words"];
const LINKED: [&str; 7] = ["from", "line", "text", "target", "kind", "post", "archived"];
const FAULTY: [&str; 5] = ["path", "line", "rule", "fault", "remedy"];

const HUGO: &[(&str, &str)] = &[
    (
        "hugo.toml",
        "baseURL = \"https://blog.example.org/sub/\"\ntitle = \"A Blog\"\n[permalinks]\npost = \"/:year/:month/:day/:slug/\"\n",
    ),
    (
        "content/post/2007-09-12-first.md",
        "---\ntitle: First\ndate: 2007-09-12T09:29:59Z\nlastmod: 2008-01-02\ntags: [VMworld2007, iOS]\ncategories: News\n\
         author: Ann\n---\nOne two three.\n\n[post]({{< relref \"second.md\" >}}) [older](/old/) \
         [own](https://blog.example.org/sub/2007/09/13/zweite/#part) [heading](#later) [tag](/tags/ios/) \
         [web](https://example.org/a?b=c) [mail](mailto:a@b.example)\n[gone](gone.md) [js](javascript:alert(1)) \
         [file](file:///etc/passwd)\n\n## Later\n",
    ),
    (
        "content/post/second.md",
        "+++\ntitle = \"The Second\"\ndate = 2007-09-13T10:00:00+02:00\ntags = \"VMworld2007\"\ndraft = true\nslug = \"zweite\"\n\
         aliases = [\"/old/\"]\n+++\nText of it.\n\n## Part\n",
    ),
    ("content/post/undated.md", "# A heading\n\nOne two.\n"),
    ("content/about.md", "---\ntitle: About\n---\nA page.\n"),
    ("content/post/_index.md", "---\ntitle: No post\n---\n"),
    ("README.md", "# The repository\n"),
    ("archetypes/default.md", "---\ntitle: x\ndate: 2020-01-01\n---\n"),
    ("themes/t/content/post/x.md", "---\ntitle: x\ndate: 2020-01-01\n---\n"),
    ("public/x.md", "x"),
    ("node_modules/p/x.md", "x"),
];

// What is printed.

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

// Where posts come from.

fn only_title(ran: &Ran) -> String {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let json = ran.json();
    assert_eq!(json.as_array().unwrap().len(), 1, "{json}");
    json[0]["title"].as_str().unwrap().to_owned()
}

#[test]
fn the_argument_comes_before_the_variable_the_configuration_the_folder_and_the_guide() {
    let [argument, variable, configured] = ["argument", "variable", "configured"].map(|name| {
        let text = format!("# {name}\n");
        folder(&[("a.md", text.as_str())])
    });
    let here = folder(&[("hugo.toml", ""), ("content/a.md", "# here\n")]);
    let home = TempDir::new().unwrap();
    let run = |config: &str, variable: &str, arguments: &[&str]| {
        write(home.path(), "reread/config.toml", config.as_bytes());
        let mut command = program(here.path());
        command.env("XDG_CONFIG_HOME", home.path()).env("REREAD_BLOG", variable);
        only_title(&finish(command.args(["list", "--json"]).args(arguments)))
    };
    let path = |folder: &TempDir| folder.path().to_str().unwrap().to_owned();
    let config = format!("blog = {:?}\n", path(&configured));
    assert_eq!(run(&config, &path(&variable), &[&path(&argument)]), "argument");
    assert_eq!(run(&config, &path(&variable), &[]), "variable");
    assert_eq!(run(&config, "", &[]), "configured");
    assert_eq!(run("", "", &[]), "here");
    assert_eq!(guide(&["list", "--json"]).json().as_array().unwrap().len(), 10);
}

#[test]
fn a_folder_that_is_no_site_is_not_read_unasked() {
    let here = folder(&[("a.md", "# here\n")]);
    assert_eq!(reread(here.path(), &["list", "--json"]).json().as_array().unwrap().len(), 10);
    assert_eq!(only_title(&reread(here.path(), &["list", "--json", "."])), "here");
    assert_eq!(only_title(&reread(here.path(), &["list", "--json", "a.md"])), "here");
    assert!(reread(here.path(), &["show", "a.md"]).out.starts_with("here\n"));
}

#[test]
fn a_jekyll_site_is_read_where_it_keeps_posts() {
    let blog = folder(&[
        ("_config.yml", "title: J\nurl: https://j.example\npermalink: /:categories/:year/:title/\n"),
        (
            "_posts/2015-03-04-hello-world.markdown",
            "---\ntitle: Hello\ncategories: [Good News]\ntags: one two\n---\n[x]({% post_url 2014-01-01-old %}) [y](/2014/old/)\n",
        ),
        ("_posts/2014-01-01-old.md", "---\nlayout: post\ntitle: Old\n---\nx\n"),
        ("_drafts/soon.md", "---\ntitle: Soon\n---\nx\n"),
        ("about.md", "---\ntitle: About\n---\nx\n"),
        ("_site/x.md", "x"),
        ("index.md", "---\n---\n"),
    ]);
    let listed = reread(blog.path(), &["list", "--json"]).json();
    assert_eq!(each(&listed, "title"), ["Hello", "Old", "Soon"]);
    assert_eq!(each(&listed, "url")[..2], ["/good news/2015/hello-world/", "/2014/old/"]);
    assert_eq!(listed[0]["tags"], json!(["one", "two"]));
    assert_eq!(listed[0]["date"], "2015-03-04T00:00:00Z");
    assert_eq!(listed[2]["draft"], true);
    let links = reread(blog.path(), &["links", "hello-world", "--json"]).json();
    assert_eq!(each(&links, "kind"), ["post", "post"], "{links}");
    assert_eq!(each(&links, "target"), ["https://j.example/2014/old/"; 2]);
}

#[test]
fn a_jekyll_site_below_a_path_of_its_host_keeps_its_address() {
    let blog = folder(&[
        ("_config.yml", "url: https://j.example\nbaseurl: /b\npermalink: /:year/:title/\n"),
        ("_posts/2015-03-04-new.md", "---\ntitle: New\n---\n[x](/b/2014/old/)\n"),
        ("_posts/2014-01-01-old.md", "---\ntitle: Old\n---\nx\n"),
    ]);
    let links = reread(blog.path(), &["links", "new", "--json"]).json();
    assert_eq!(each(&links, "kind"), ["post"], "{links}");
    assert_eq!(each(&links, "target"), ["https://j.example/b/2014/old/"]);
}

#[test]
fn a_zola_site_is_read_where_it_keeps_posts() {
    let blog = folder(&[
        ("config.toml", "base_url = \"https://z.example\"\ntitle = \"Z\"\n"),
        (
            "content/blog/2020-01-02-hello.md",
            "+++\ntitle = \"Hello\"\n[taxonomies]\ntags = [\"one\"]\ncategories = [\"Cat\"]\nauthors = [\"Ann\"]\n+++\n[x](@/blog/other/index.md#a-part)\n",
        ),
        (
            "content/blog/other/index.md",
            "+++\ntitle = \"Other\"\ndate = 2019-05-06\nupdated = 2019-05-07\n+++\n## A part\n",
        ),
        ("content/_index.md", "+++\ntitle = \"Home\"\n+++\n"),
        ("themes/x/content/a.md", "x"),
    ]);
    let listed = reread(blog.path(), &["list", "--json"]).json();
    assert_eq!(each(&listed, "title"), ["Hello", "Other"]);
    assert_eq!(each(&listed, "url"), ["/blog/hello/", "/blog/other/"]);
    assert_eq!((&listed[0]["tags"], &listed[0]["categories"]), (&json!(["one"]), &json!(["Cat"])));
    assert_eq!(listed[0]["authors"], json!(["Ann"]));
    assert_eq!(listed[1]["updated"], "2019-05-07T00:00:00Z");
    let links = reread(blog.path(), &["links", "hello", "--json"]).json();
    assert_eq!(links[0]["target"], "https://z.example/blog/other/#a-part");
}

#[test]
fn a_plain_folder_is_read_as_it_is() {
    let blog = folder(&[
        ("2007-09-12-some-news.md", "Text.\n"),
        ("b.md", "\u{feff}---\r\ntitle: Windows\r\ndate: 2007-09-12 09:29:59 -0600\r\ntags: 2007\r\n---\r\nText.\r\n"),
        ("sub/a.markdown", "{\"title\": \"Json\", \"date\": \"2006-01-01\", \"tags\": [\"x\", \"y\"]}\n\nText.\n"),
        ("README.md", "# About\n"),
        ("notes.txt", "no post"),
    ]);
    let listed = reread(blog.path(), &["list", ".", "--json"]).json();
    assert_eq!(each(&listed, "title"), ["Windows", "some-news", "Json"]);
    assert_eq!(each(&listed, "path"), ["b.md", "2007-09-12-some-news.md", "sub/a.markdown"]);
    assert_eq!(each(&listed, "date")[..2], ["2007-09-12T09:29:59-06:00", "2007-09-12T00:00:00Z"]);
    assert_eq!(listed[0]["tags"], json!(["2007"]));
}

// What is wrong.

#[test]
fn errors_name_the_thing_the_fault_and_the_remedy() {
    let here = folder(HUGO);
    let wanted = "give a blog's folder, one Markdown file, or - for standard input";
    let refusal = |arguments: &[&str]| reread(here.path(), arguments).refusal().to_owned();
    assert_eq!(refusal(&["list", "nowhere"]), format!("nowhere: no such file or folder; {wanted}"));
    assert_eq!(refusal(&["nowhere"]), format!("nowhere: no such file or folder; {wanted}"));
    assert_eq!(refusal(&["tags", ""]), format!("the path is empty; {wanted}"));
    assert_eq!(refusal(&["check", "/dev/null"]), format!("/dev/null: is a device, not a file or a folder; {wanted}"));
    let unknown = "no post has the slug, path or title \"xyzzy\"; `reread list` shows them all";
    assert_eq!(reread(here.path(), &["show", "xyzzy"]).sentence(1), unknown);
    assert_eq!(reread(here.path(), &["links", "xyzzy"]).sentence(1), unknown);
    assert_eq!(
        refusal(&["--theme", "drak"]),
        "drak is no theme; there are auto, terminal, dark, light, gruvbox, gruvbox-light, nord, solarized-dark, \
         solarized-light, dracula, paper, contrast-dark, contrast-light, mono"
    );
    let ambiguous = refusal(&["show", "e"]);
    assert!(ambiguous.starts_with("2 posts may be meant by \"e\": "), "{ambiguous}");
    assert!(ambiguous.contains("content/post/second.md") && ambiguous.contains("content/post/undated.md"));
    assert!(ambiguous.ends_with("give one of these paths"));
}

#[test]
fn two_posts_that_may_be_meant_are_named_in_list_order_and_without_dots_for_more() {
    let here = folder(HUGO);
    assert_eq!(
        reread(here.path(), &["show", "e"]).refusal(),
        "2 posts may be meant by \"e\": content/post/second.md, content/post/undated.md; give one of these paths"
    );
}

#[test]
fn a_blog_that_is_named_elsewhere_and_gone_is_no_silent_guide() {
    let here = TempDir::new().unwrap();
    let ran = finish(program(here.path()).env("REREAD_BLOG", "gone").arg("list"));
    assert!(ran.refusal().starts_with("$REREAD_BLOG: gone: no such file or folder; "), "{ran:?}");
    write(here.path(), "reread/config.toml", b"blog = \"gone\"\n");
    let ran = finish(program(here.path()).env("XDG_CONFIG_HOME", here.path()).arg("list"));
    assert!(ran.refusal().starts_with("the configured blog: gone: no such file or folder; "), "{ran:?}");
}

#[test]
fn wrong_use_says_so_and_ends_with_2() {
    for arguments in [
        &["show"][..],
        &["list", "a", "b"],
        &["--nonsense"],
        &["show", "x", "--width", "0"],
        &["show", "x", "--color", "red"],
    ] {
        let ran = guide(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.starts_with("error: "), "{arguments:?}: {}", ran.err);
    }
    for arguments in [&["--help"][..], &["--version"], &["list", "--help"]] {
        let ran = guide(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn an_empty_folder_is_an_answer_and_no_error() {
    let here = TempDir::new().unwrap();
    for (arguments, code) in [(["list", "."], 1), (["tags", "."], 1), (["check", "."], 0)] {
        let ran = reread(here.path(), &arguments);
        assert_eq!(ran, Ran { code: Some(code), out: String::new(), err: String::new() }, "{arguments:?}");
    }
}

/// A folder with one good post among everything that can be wrong.
fn broken() -> TempDir {
    let blog = folder(&[
        ("good.md", "---\ntitle: Good\ndate: 2020-01-01\n---\nText.\n"),
        ("yaml.md", "---\ntitle: Bad\ndate: 2019-01-01\ntags:\n\t- x\n---\nStill text.\n"),
        ("open.md", "---\ntitle: Not closed\n\nText.\n"),
        ("toml.md", "+++\ntitle = \"Toml\"\ndraft = = 1\n+++\nText.\n"),
        ("json.md", "{\"title\": \"Json\", \"tags\": [}\n\nText.\n"),
        ("date.md", "---\ntitle: Date\ndate: 2019-13-01\n---\nText.\n"),
        ("large.md", ""),
    ]);
    let path = |name: &str| blog.path().join(name);
    write(blog.path(), "latin.md", b"---\ntitle: Latin\n---\nCaf\xe9.\n");
    fs::create_dir(path("folder.md")).unwrap();
    symlink("nothing-there.md", path("dangling.md")).unwrap();
    symlink("/etc/hostname", path("outside.md")).unwrap();
    symlink("loop.md", path("loop.md")).unwrap();
    assert!(Command::new("mkfifo").arg(path("pipe.md")).status().unwrap().success());
    fs::File::create(path("large.md")).unwrap().set_len((16 << 20) + 1).unwrap();
    blog
}

#[test]
fn broken_files_stop_no_other_and_each_is_listed_with_place_and_remedy() {
    let blog = broken();
    let listed = reread(blog.path(), &["list", ".", "--json"]);
    assert_eq!(listed.code, Some(0), "{listed:?}");
    let json = listed.json();
    let paths = each(&json, "path");
    for shown in ["good.md", "yaml.md", "open.md", "toml.md", "json.md", "date.md", "latin.md"] {
        assert!(paths.contains(&shown), "{shown} is not in {paths:?}");
    }
    assert_eq!(paths.len(), 7);
    let ran = reread(blog.path(), &["check", ".", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let faults = ran.json()["faults"].clone();
    let places: Vec<(&str, Option<u64>)> = faults
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["path"].as_str().unwrap(), fault["line"].as_u64()))
        .collect();
    // That it has a line is another test.
    let date_line = places[1].1;
    assert_eq!(
        places,
        [
            ("dangling.md", None),
            ("date.md", date_line),
            ("folder.md", None),
            ("json.md", Some(1)),
            ("large.md", None),
            ("latin.md", Some(4)),
            ("loop.md", None),
            ("open.md", Some(1)),
            ("outside.md", None),
            ("pipe.md", None),
            ("toml.md", Some(3)),
            ("yaml.md", Some(5)),
        ]
    );
    for fault in faults.as_array().unwrap() {
        for field in ["fault", "remedy"] {
            let sentence = fault[field].as_str().unwrap();
            assert!(!sentence.is_empty() && !sentence.ends_with('.'), "{fault}");
        }
    }
    let text = reread(blog.path(), &["check", "."]);
    assert_eq!((text.code, text.out.lines().count()), (Some(1), 12));
}

#[test]
fn a_date_that_is_no_day_is_told_with_its_line() {
    let blog = folder(&[("a.md", "---\ntitle: A\ndate: 2019-13-01\n---\nText.\n")]);
    let faults = reread(blog.path(), &["check", "."]).out;
    assert!(faults.starts_with("a.md:3: "), "{faults}");
}

#[test]
fn one_mistake_is_told_once() {
    let blog = folder(&[("a.md", "+++\ntitle = \"A\"\ndate = = 1\n+++\nText.\n")]);
    let faults = reread(blog.path(), &["check", "."]).out;
    assert_eq!(faults.lines().count(), 1, "{faults}");
}

#[test]
fn a_file_that_is_not_ours_to_read_is_a_fault() {
    let blog = folder(&[("good.md", "# Good\n"), ("secret.md", "# Secret\n")]);
    fs::set_permissions(blog.path(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(blog.path().join("secret.md"), fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = program(blog.path());
    // Root may read everything, so it stops being root for this.
    if rustix::process::geteuid().is_root() {
        std::os::unix::process::CommandExt::uid(&mut command, 65_534);
    }
    let ran = finish(command.args(["check", ".", "--json"]));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let expected = json!([{
        "path": "secret.md", "line": null, "rule": "unreadable", "fault": "is not yours to read", "remedy": "change its permissions or its owner"
    }]);
    assert_eq!(only(&ran.json()["faults"], &FAULTY), expected);
}

#[test]
fn one_broken_file_that_is_named_is_an_error_or_shown() {
    let blog = broken();
    for name in ["large.md", "latin.md", "yaml.md"] {
        let ran = reread(blog.path(), &["show", name]);
        let shown = name != "large.md";
        assert_eq!(ran.code, Some(if shown { 0 } else { 2 }), "{ran:?}");
        assert!(if shown { ran.out.contains(name) } else { ran.err.contains("is larger than 16 MiB") }, "{ran:?}");
    }
    let refused = reread(blog.path(), &["list", "pipe.md"]);
    assert!(refused.refusal().starts_with("pipe.md: is a named pipe, not a file or a folder; "), "{refused:?}");
}

#[test]
fn faults_of_a_configuration_are_told_with_the_rest() {
    let blog = folder(&[("hugo.toml", "title = \n"), ("content/a.md", "# Still here\n")]);
    assert_eq!(only_title(&reread(blog.path(), &["list", "--json"])), "Still here");
    let faults = reread(blog.path(), &["check", "--json"]).json()["faults"].clone();
    assert_eq!((each(&faults, "path"), &faults[0]["line"]), (vec!["hugo.toml"], &json!(1)));
}

// What the user's own file says.

#[test]
fn the_users_own_file_is_read_and_its_faults_stop_nothing() {
    let home = TempDir::new().unwrap();
    let run = |config: &str, arguments: &[&str]| {
        write(home.path(), "reread/config.toml", config.as_bytes());
        finish(program(home.path()).env("XDG_CONFIG_HOME", home.path()).args(arguments))
    };
    let shown = ["show", "welcome", "--color", "always"];
    let [dark, light] = ["dark", "light"].map(|theme| run(&format!("theme = \"{theme}\"\n"), &shown));
    assert!(dark.out.contains("\u{1b}[38;2;") && dark.out != light.out, "{}", dark.out);
    let list = run("", &["list"]);
    for faulty in ["theme = \"drak\"\n", "browser = 7\n", "width = 1\n", "them = \"dark\"\n", "not toml", "blog = 3\n"]
    {
        let ran = run(faulty, &["list"]);
        assert_eq!((ran.code, ran.out), (Some(0), list.out.clone()), "{faulty}");
    }
}

#[test]
fn the_doctor_tells_what_was_found_and_asks_no_pipe() {
    let blog = folder(&[
        ("hugo.toml", "title = \"Mine\"\n"),
        ("content/a.md", "# A\n"),
        ("x/reread/config.toml", "them = 1\n"),
    ]);
    write(blog.path(), "x/reread/themes/own.toml", b"[palette]\ntext = \"bleu\"\n");
    let run = |arguments: &[&str]| {
        let mut command = program(blog.path());
        command.env("XDG_CONFIG_HOME", blog.path().join("x")).env("TERM", "tmux\u{1b}[2J").env("COLORFGBG", "0;15");
        finish(command.arg("doctor").args(arguments))
    };
    let ran = run(&[]);
    assert_eq!(ran.code, Some(0));
    for told in [
        "asked                 no  (input or output is no terminal)",
        "theme                 light  (theme = \"auto\", and COLORFGBG says that the background is light)",
        "fault                 ",
        "config.toml:1: them is no setting; did you mean theme?",
        "own.toml:2: text: bleu is no colour; did you mean blue?",
        "generator             Hugo",
        "title                 Mine",
        "posts                 1",
    ] {
        assert!(ran.out.contains(told), "{told:?} is not in\n{}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'));
    let json = run(&["--json"]).json();
    let names = ["terminal", "answers", "colours", "abilities", "configuration", "blog"];
    assert!(names.iter().all(|name| json[name].is_array()), "{json}");
    let nowhere = run(&["nowhere"]);
    assert_eq!(nowhere.code, Some(0));
    assert!(nowhere.out.contains("nowhere: no such file or folder"));
}

// What must never happen.

/// Every run of every command over a blog of hostile posts.
fn hostile_runs(colour: &str) -> Vec<(String, Vec<u8>)> {
    let blog = folder(&[
        ("post.md", HOSTILE),
        (HOSTILE_NAME, HOSTILE),
        ("bad.md", "---\ntitle: \u{1b}[2J: x: y\n---\n\u{1b}"),
    ]);
    write(blog.path(), "latin.md", b"---\ntitle: \x9b31m \x1b[2J\n---\n\x9b2J \x1b]0;x\x07\n");
    let raw = std::ffi::OsStr::from_bytes(b"raw\x1b[2J\x9b\xff.md");
    fs::write(blog.path().join(raw), HOSTILE).unwrap();
    fs::create_dir(blog.path().join("fold\u{1b}[2Jer.md")).unwrap();
    symlink("gone\u{1b}", blog.path().join("dang\u{1b}[2Jling.md")).unwrap();
    let mut runs = Vec::new();
    let mut run = |arguments: &[&str]| {
        let output = program(blog.path()).args(arguments).output().unwrap();
        assert!(output.status.code().is_some(), "{arguments:?} was ended by a signal");
        runs.push((format!("{arguments:?}"), [output.stdout, output.stderr].concat()));
    };
    for json in [&[][..], &["--json"]] {
        for command in ["list", "tags", "check", "doctor"] {
            run(&[&[command, "."], json].concat());
        }
        run(&[&["links", "post.md", "."], json].concat());
        run(&[&["links", HOSTILE_NAME, "."], json].concat());
    }
    for post in ["post.md", HOSTILE_NAME, "latin.md", "Title", "no\u{1b}[2Jne\u{202e}", "bad.md"] {
        for width in ["20", "80"] {
            run(&["show", post, ".", "--width", width, "--color", colour]);
        }
    }
    run(&["show", "post.md", "--raw"]);
    run(&["show", "post.md", "--html"]);
    run(&["show", "post.md", "--color", colour]);
    run(&["list", ".", "-q", "\u{1b}[2J"]);
    run(&["list", "no\u{1b}[2Jwhere\u{202e}"]);
    run(&["--theme", "x\u{1b}[2J"]);
    run(&["show", "x", "--color", "\u{1b}[2J"]);
    run(&["list", "--\u{1b}[2J"]);
    runs
}

fn is_dangerous(letter: char) -> bool {
    letter.is_control() && letter != '\n' || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_control_character_of_a_post_is_printed() {
    for (run, bytes) in hostile_runs("never") {
        let text = String::from_utf8(bytes).unwrap();
        let at = text.find(is_dangerous);
        assert_eq!(at, None, "{run}: {:?}", text.get(at.unwrap_or_default()..));
    }
}

#[test]
fn with_colours_only_colours_are_printed() {
    let mut coloured = false;
    for (run, bytes) in hostile_runs("always") {
        let text = String::from_utf8(bytes).unwrap();
        let mut parts = text.split("\u{1b}[");
        assert!(!parts.next().unwrap().contains(is_dangerous), "{run}: {text:?}");
        for part in parts {
            let end = part.find(|letter: char| !letter.is_ascii_digit() && letter != ';').unwrap();
            assert!(part.split_at(end).1.starts_with('m') && !part.contains(is_dangerous), "{run}: {part:?}");
            coloured = true;
        }
    }
    assert!(coloured);
}

#[test]
fn a_pipe_gets_no_colour_unless_asked() {
    let escapes = |colour: &[&str], no_color: &str| {
        let here = TempDir::new().unwrap();
        let mut command = program(here.path());
        let ran = finish(command.args(["show", "welcome"]).args(colour).env("NO_COLOR", no_color).env("TERM", "xterm"));
        assert_eq!(ran.code, Some(0));
        ran.out.contains('\u{1b}')
    };
    assert!(
        !escapes(&[], "")
            && !escapes(&[], "1")
            && !escapes(&["--color", "auto"], "")
            && !escapes(&["--color", "never"], "")
    );
    assert!(escapes(&["--color", "always"], "") && escapes(&["--color", "always"], "1"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    // More than a pipe holds, so that the program is still writing when nobody reads any more.
    let posts: Vec<(String, String)> =
        (0..40).map(|at| (format!("{at}.md"), format!("# {}\n", "A long title ".repeat(400)))).collect();
    let files: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let blog = folder(&files);
    for arguments in [&["list", "."][..], &["list", ".", "--json"]] {
        let mut command = program(blog.path());
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 16];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()), "{arguments:?}");
    }
}
