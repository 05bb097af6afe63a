//! Where posts come from.

use super::*;

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
