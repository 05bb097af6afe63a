//! A small site of every generator, written from its documentation: which files are posts, and what each is called, when
//! it was written, where it is published and how it is tagged.
//!
//! The sites are folders on the disk, read as a user would; the pages that say what is expected stand beside them.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod common;
#[path = "generators/settings.rs"]
mod settings;

use std::path::Path;

use reread::blog::library::Library;
use reread::blog::post::Post;
use reread::blog::site::Generator;
use reread::collection;
use reread::environment::Environment;
use reread::source::{Source, Wanted};

use common::{HOSTILE, HOSTILE_NAME, folder};

/// A post as a generator would list it: path, title, day, address, tags.
type Row<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

fn read(root: &Path, wanted: &Wanted) -> Library {
    let source = Source::find(Some(root.as_os_str()), None, &Environment::at(root)).unwrap();
    collection::library(&source.wanted(wanted))
}

fn row(post: &Post) -> [String; 5] {
    let tags: Vec<&str> = post.tags.iter().map(reread::text::Clean::as_str).collect();
    let day = post.date.map(|date| date.to_string()).unwrap_or_default();
    [post.key.as_str().to_owned(), post.title.to_string(), day, post.url.clone(), tags.join(" ")]
}

/// What is listed, newest first, and then the pages.
fn rows(library: &Library) -> Vec<[String; 5]> {
    library.everything().map(|post| row(post)).collect()
}

fn expect(library: &Library, expected: &[Row<'_>]) {
    let expected: Vec<[String; 5]> =
        expected.iter().map(|(a, b, c, d, e)| [a, b, c, d, e].map(|text| (*text).to_owned())).collect();
    assert_eq!(rows(library), expected);
}

/// Reads a site as it is.
fn check(generator: Generator, because: &str, files: &[(&str, &str)], expected: &[Row<'_>]) {
    let site = folder(files);
    let library = read(site.path(), &Wanted::default());
    assert_eq!(library.site.generator, generator);
    assert_eq!(library.site.because.as_ref().map(reread::text::Clean::as_str), Some(because));
    expect(&library, expected);
    assert!(library.faults().is_empty(), "{:?}", library.faults());
}

/// The addresses of a site in the order of its posts.
fn addresses(files: &[(&str, &str)]) -> Vec<String> {
    let site = folder(files);
    let library = read(site.path(), &Wanted::default());
    let mut addresses: Vec<String> = library.everything().map(|post| post.url.clone()).collect();
    addresses.sort();
    addresses
}

/// The same in one language.
fn in_language(files: &[(&str, &str)], language: &str) -> Vec<(String, String)> {
    let site = folder(files);
    let language = Some(language.to_owned()).filter(|language| !language.is_empty());
    let library = read(site.path(), &Wanted { generator: None, language });
    let mut posts: Vec<(String, String)> =
        library.everything().map(|post| (post.key.as_str().to_owned(), post.url.clone())).collect();
    posts.sort();
    posts
}

const POST: &str = "---\ntitle: T\ndate: 2024-02-03T04:05:06Z\n---\nText.\n";

/// <https://gohugo.io/content-management/page-bundles/>, <https://gohugo.io/content-management/urls/>
#[test]
fn hugo() {
    check(
        Generator::Hugo,
        "hugo.yaml",
        &[
            (
                "hugo.yaml",
                "title: H\nbaseURL: https://h.example/\npermalinks:\n  page:\n    news: /:year/:month/:slug/\n",
            ),
            ("content/_index.md", "---\ntitle: Home\n---\n"),
            ("content/about.md", "---\ntitle: About\n---\nx\n"),
            (
                "content/news/First Post.md",
                "+++\ntitle = \"It's First\"\ndate = 2024-01-02\ntags = [\"a\", \"b c\"]\n+++\nx\n",
            ),
            ("content/news/bundle/index.md", "---\ntitle: Bundle\nslug: own\ndate: 2024-03-04\n---\nx\n"),
            ("content/news/bundle/resource.md", "No page of its own.\n"),
            ("content/notes/2024-05-06-Dated.md", "{\n\"title\": \"Dated\",\n\"date\": \"2024-05-06\"\n}\nx\n"),
            ("content/notes/url.md", "---\ntitle: U\ndate: 2023-01-01\nurl: /old/u.html\n---\nx\n"),
            ("README.md", "# Not this\n"),
        ],
        &[
            ("content/notes/2024-05-06-Dated.md", "Dated", "2024-05-06", "/notes/2024-05-06-dated/", ""),
            ("content/news/bundle/index.md", "Bundle", "2024-03-04", "/2024/03/own/", ""),
            ("content/news/First Post.md", "It's First", "2024-01-02", "/2024/01/its-first/", "a b c"),
            ("content/notes/url.md", "U", "2023-01-01", "/old/u.html", ""),
            ("content/about.md", "About", "", "/about/", ""),
        ],
    );
}

/// <https://gohugo.io/configuration/permalinks/#tokens>
#[test]
fn hugo_knows_all_its_tokens() {
    let post = "---\ntitle: A Title\nslug: sl\ndate: 2024-02-03T04:05:06Z\n---\n";
    let bare = "---\ntitle: A Title\ndate: 2024-02-03T04:05:06Z\n---\n";
    for (pattern, with_slug, without) in [
        (":year/:month/:day/:title", "/2024/02/03/a-title/", "/2024/02/03/a-title/"),
        ("/:monthname/:weekday/:weekdayname/:yearday/", "/february/6/saturday/34/", "/february/6/saturday/34/"),
        ("/:slug/", "/sl/", "/a-title/"),
        ("/:filename/", "/a-file/", "/a-file/"),
        ("/:contentbasename/", "/a-file/", "/a-file/"),
        ("/:slugorfilename/", "/sl/", "/a-file/"),
        ("/:slugorcontentbasename/", "/sl/", "/a-file/"),
        ("/:section/:slug/", "/one/sl/", "/one/a-title/"),
        ("/:sections/:slug/", "/one/two/three/sl/", "/one/two/three/a-title/"),
        ("/:sections[1:]/:slug/", "/two/three/sl/", "/two/three/a-title/"),
        ("/:sections[:last]/:slug/", "/one/two/sl/", "/one/two/a-title/"),
        ("/:sections[last]/:slug/", "/three/sl/", "/three/a-title/"),
        ("/:sections[0]/:slug/", "/one/sl/", "/one/a-title/"),
        ("/:2006/:Jan/:02/:slug/", "/2024/feb/03/sl/", "/2024/feb/03/a-title/"),
    ] {
        let config = format!("permalinks:\n  one: {pattern}\n");
        let of = |post| {
            let files = [("hugo.yaml", config.as_str()), ("content/one/two/three/A File.md", post)];
            addresses(&files).concat()
        };
        assert_eq!((of(post).as_str(), of(bare).as_str()), (with_slug, without), "{pattern}");
    }
}

/// <https://gohugo.io/configuration/ugly-urls/>, <https://gohugo.io/configuration/front-matter/#dates>,
/// <https://gohugo.io/configuration/introduction/#configuration-directory>
#[test]
fn hugo_settings_change_addresses() {
    let post = ("content/a/x.md", POST);
    assert_eq!(addresses(&[("hugo.toml", "uglyURLs = true\n"), post]), ["/a/x.html"]);
    let some = "[uglyURLs]\na = true\n";
    assert_eq!(addresses(&[("hugo.toml", some), post, ("content/b/y.md", POST)]), ["/a/x.html", "/b/y/"]);
    let dated = "[frontmatter]\ndate = [':filename', ':default']\n";
    assert_eq!(addresses(&[("hugo.toml", dated), ("content/a/2024-02-03-x.md", POST)]), ["/a/x/"]);
    let slug = format!("{dated}\n[permalinks]\na = '/:year/:slug/'\n");
    assert_eq!(addresses(&[("hugo.toml", &slug), ("content/a/2024-02-03-x.md", POST)]), ["/2024/x/"]);
    let parts = [
        ("config/_default/hugo.toml", "title = 'P'\n"),
        ("config/_default/permalinks.toml", "a = '/:year/:filename/'\n"),
        post,
    ];
    assert_eq!(addresses(&parts), ["/2024/x/"]);
    assert_eq!(
        addresses(&[("hugo.toml", "contentDir = 'posts'\n"), ("posts/a/x.md", POST), ("b.md", POST)]),
        ["/a/x/"]
    );
}

/// <https://jekyllrb.com/docs/posts/>, <https://jekyllrb.com/docs/collections/>
#[test]
fn jekyll() {
    check(
        Generator::Jekyll,
        "_config.yml",
        &[
            ("_config.yml", "title: J\nurl: https://j.example\ncollections:\n  docs:\n    output: true\n  staff: {}\n"),
            ("_posts/2024-01-02-hello-World.md", "---\ntitle: Hello\ntags: one two\ncategories: x y\n---\nx\n"),
            ("news/sub/_posts/2024-01-03-deep.markdown", "---\ntitle: Deep\ncategory: Big News\n---\nx\n"),
            ("_drafts/soon.md", "---\ntitle: Soon\n---\nx\n"),
            ("_docs/guide/a.md", "---\ntitle: Guide\n---\nx\n"),
            ("_staff/ann.md", "---\ntitle: Ann\n---\nx\n"),
            ("_site/_posts/2024-01-01-no.md", "x"),
            ("about.md", "---\ntitle: About\n---\nx\n"),
        ],
        &[
            (
                "news/sub/_posts/2024-01-03-deep.markdown",
                "Deep",
                "2024-01-03",
                "/news/sub/big news/2024/01/03/deep.html",
                "",
            ),
            ("_posts/2024-01-02-hello-World.md", "Hello", "2024-01-02", "/x/y/2024/01/02/hello-World.html", "one two"),
            ("_drafts/soon.md", "Soon", "", "/soon.html", ""),
            ("_docs/guide/a.md", "Guide", "", "/docs/guide/a.html", ""),
        ],
    );
}

/// <https://jekyllrb.com/docs/permalinks/#placeholders>, <https://jekyllrb.com/docs/configuration/front-matter-defaults/>
#[test]
fn jekyll_knows_its_styles_and_tokens() {
    let post = (
        "_posts/2024-02-03-A file.md",
        "---\ntitle: T\ncategories: [Good News]\ndate: 2024-02-03 04:05:06 +0000\n---\n",
    );
    for (permalink, expected) in [
        ("date", "/good news/2024/02/03/A-file.html"),
        ("pretty", "/good news/2024/02/03/A-file/"),
        ("ordinal", "/good news/2024/034/A-file.html"),
        ("weekdate", "/good news/2024/W05/Sat/A-file.html"),
        ("none", "/good news/A-file.html"),
        ("/:slugified_categories/:short_year/:i_month/:i_day/:slug", "/good-news/24/2/3/a-file"),
        ("/:short_month/:long_month/:short_day/:long_day/", "/Feb/February/Sat/Saturday/"),
        ("/:hour:minute:second/:w_year-:week-:w_day/:title", "/040506/2024-05-6/A-file"),
        (":title:output_ext", "/A-file.html"),
    ] {
        assert_eq!(
            addresses(&[("_config.yml", &format!("permalink: \"{permalink}\"\n")), post]),
            [expected],
            "{permalink}"
        );
    }
    let defaults = "permalink: /:title/\ndefaults:\n- scope: {path: '', type: posts}\n  values: {permalink: /a/:title/}\n\
                    - scope: {path: special}\n  values: {permalink: /b/:title/}\n";
    let special = ("special/_posts/2024-01-01-x.md", "---\ntitle: X\n---\n");
    let own = ("_posts/2024-01-01-y.md", "---\npermalink: own/:year/y\n---\n");
    assert_eq!(addresses(&[("_config.yml", defaults), post, special, own]), ["/a/A-file/", "/b/x/", "/own/2024/y"]);
    let source = [
        ("_config.yml", "source: src\npermalink: /:title/\n"),
        ("src/_posts/2024-01-01-x.md", "x"),
        ("_posts/2024-01-01-y.md", "x"),
    ];
    assert_eq!(addresses(&source), ["/x/"]);
}

/// <https://www.getzola.org/documentation/content/page/>, <https://www.getzola.org/documentation/content/section/>
#[test]
fn zola() {
    check(
        Generator::Zola,
        "config.toml",
        &[
            ("config.toml", "base_url = \"https://z.example\"\ntitle = \"Z\"\n"),
            ("content/_index.md", "+++\ntitle = \"Home\"\n+++\n"),
            ("content/blog/_index.md", "+++\ntransparent = true\n+++\n"),
            (
                "content/blog/2024-01-02-Hello World.md",
                "+++\ntitle = \"Hello\"\n[taxonomies]\ntags = [\"a\", \"b\"]\n+++\nx\n",
            ),
            ("content/blog/2024-01-03_bundle/index.md", "+++\ntitle = \"Bundle\"\n+++\nx\n"),
            ("content/blog/2024-01-04T10:00:00Z-timed.md", "+++\ntitle = \"Timed\"\n+++\nx\n"),
            ("content/blog/slug.md", "+++\ntitle = \"S\"\ndate = 2023-01-01\nslug = \"My Slug\"\n+++\nx\n"),
            (
                "content/blog/path.md",
                "+++\ntitle = \"P\"\ndate = 2022-01-01\npath = \"2014/12/1.0-Timeline\"\n+++\nx\n",
            ),
        ],
        &[
            ("content/blog/2024-01-04T10:00:00Z-timed.md", "Timed", "2024-01-04", "/blog/timed/", ""),
            ("content/blog/2024-01-03_bundle/index.md", "Bundle", "2024-01-03", "/blog/bundle/", ""),
            ("content/blog/2024-01-02-Hello World.md", "Hello", "2024-01-02", "/blog/hello-world/", "a b"),
            ("content/blog/slug.md", "S", "2023-01-01", "/blog/my-slug/", ""),
            ("content/blog/path.md", "P", "2022-01-01", "/2014/12/1.0-Timeline/", ""),
        ],
    );
}

/// <https://www.11ty.dev/docs/permalinks/>, <https://www.11ty.dev/docs/config/#input-directory>
#[test]
fn eleventy() {
    check(
        Generator::Eleventy,
        "eleventy.config.js",
        &[
            (
                "eleventy.config.js",
                "export const config = {\n  dir: {\n    input: \"content\",\n    output: \"_out\",\n  },\n};\n",
            ),
            ("content/blog/first.md", "---\ntitle: First\ndate: 2024-01-02\ntags: [posts, a]\n---\nx\n"),
            ("content/blog/bundle/index.md", "---\ntitle: Bundle\ndate: 2024-01-03\n---\nx\n"),
            (
                "content/blog/own.md",
                "---\ntitle: Own\ndate: 2024-01-01\npermalink: /{{ title | slugify }}/index.html\n---\nx\n",
            ),
            ("content/about.md", "---\ntitle: About\n---\nx\n"),
            ("README.md", "x"),
        ],
        &[
            ("content/blog/bundle/index.md", "Bundle", "2024-01-03", "/blog/bundle/", ""),
            ("content/blog/first.md", "First", "2024-01-02", "/blog/first/", "posts a"),
            ("content/blog/own.md", "Own", "2024-01-01", "/own/", ""),
        ],
    );
}

/// <https://docs.astro.build/en/guides/content-collections/>
#[test]
fn astro() {
    check(
        Generator::Astro,
        "astro.config.mjs",
        &[
            ("astro.config.mjs", "export default defineConfig({\n  site: 'https://a.example',\n});\n"),
            ("src/content/blog/First Post.md", "---\ntitle: First\npubDate: 2024-01-02\ntags: [a]\n---\nx\n"),
            ("src/content/blog/second.mdx", "---\ntitle: Second\npubDate: Jul 15 2023\n---\nx\n"),
            ("src/content/blog/_hidden.md", "---\ntitle: Hidden\n---\nx\n"),
            ("src/pages/about.md", "---\ntitle: About\n---\nx\n"),
        ],
        &[
            ("src/content/blog/First Post.md", "First", "2024-01-02", "/blog/first-post/", "a"),
            ("src/content/blog/second.mdx", "Second", "2023-07-15", "/blog/second/", ""),
        ],
    );
}

/// <https://docusaurus.io/docs/blog>
#[test]
fn docusaurus() {
    check(
        Generator::Docusaurus,
        "docusaurus.config.js",
        &[
            (
                "docusaurus.config.js",
                "const config = {\n  title: 'D',\n  url: 'https://d.example',\n  baseUrl: '/',\n};\n",
            ),
            ("blog/2024-01-02-first.md", "---\ntitle: First\ntags: [a, b]\n---\nx\n"),
            ("blog/2024-01-03/second.mdx", "---\ntitle: Second\n---\nx\n"),
            ("blog/2024-01-04-folder/index.md", "---\ntitle: Folder\n---\nx\n"),
            ("blog/own.md", "---\ntitle: Own\ndate: 2023-01-01\nslug: my-own\n---\nx\n"),
            ("blog/_partial.md", "x"),
            ("docs/intro.md", "# Intro\n"),
        ],
        &[
            ("blog/2024-01-04-folder/index.md", "Folder", "2024-01-04", "/blog/2024/01/04/folder", ""),
            ("blog/2024-01-03/second.mdx", "Second", "2024-01-03", "/blog/2024/01/03/second", ""),
            ("blog/2024-01-02-first.md", "First", "2024-01-02", "/blog/2024/01/02/first", "a b"),
            ("blog/own.md", "Own", "2023-01-01", "/blog/my-own", ""),
        ],
    );
}

/// The authors of the posts of a site, by title.
fn authors(library: &Library) -> Vec<(String, String)> {
    let names = |post: &Post| post.authors.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut found: Vec<(String, String)> =
        library.everything().map(|post| (post.title.to_string(), names(post))).collect();
    found.sort();
    found
}

/// <https://docusaurus.io/docs/blog#global-authors>
#[test]
fn docusaurus_keeps_the_names_of_authors_in_a_file() {
    let config = ("docusaurus.config.js", "const c = {\n  defaultLocale: 'en',\n};\n");
    let file = "ada:\n  name: Ada Lee\n  title: Writer\nbo:\n  name: Bo\n  url: /bo\nodd: text\n";
    let posts = [
        ("blog/2024-01-01-a.md", "---\ntitle: one key\nauthors: ada\n---\n"),
        ("blog/2024-01-02-b.md", "---\ntitle: two keys\nauthors: [bo, ada]\n---\n"),
        ("blog/2024-01-03-c.md", "---\ntitle: object\nauthors:\n  name: Cy\n  url: /cy\n---\n"),
        (
            "blog/2024-01-04-d.md",
            "---\ntitle: mixed\nauthors:\n- bo\n- key: ada\n  title: Guest\n- name: Cy\n- odd\n---\n",
        ),
        ("i18n/fr/docusaurus-plugin-content-blog/2024-01-01-a.md", "---\ntitle: one key\nauthors: ada\n---\n"),
    ];
    let files: Vec<_> = [config, ("blog/authors.yml", file)].into_iter().chain(posts).collect();
    let site = folder(&files);
    let of = |language: Option<&str>| {
        let library = read(site.path(), &Wanted { generator: None, language: language.map(str::to_owned) });
        assert!(library.faults().is_empty(), "{:?}", library.faults());
        authors(&library)
    };
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(title, names)| ((*title).to_owned(), (*names).to_owned())).collect()
    };
    let english =
        [("mixed", "Bo, Ada Lee, Cy, odd"), ("object", "Cy"), ("one key", "Ada Lee"), ("two keys", "Bo, Ada Lee")];
    assert_eq!(of(None), pairs(&english));
    assert_eq!(of(Some("fr")), pairs(&[("one key", "Ada Lee")]));
    common::write(site.path(), "i18n/fr/docusaurus-plugin-content-blog/authors.yml", b"ada:\n  name: Ada de Lee\n");
    assert_eq!(of(Some("fr")), pairs(&[("one key", "Ada de Lee")]));
    common::write(site.path(), "blog/authors.yml", b"ada: [\n");
    let library = read(site.path(), &Wanted::default());
    assert_eq!(library.faults().iter().map(|fault| fault.path.to_string()).collect::<Vec<_>>(), ["blog/authors.yml"]);
    assert_eq!(library.posts().len(), 4);
}

/// <https://www.11ty.dev/docs/data-template-dir/>, <https://www.11ty.dev/docs/data-deep-merge/>
#[test]
fn eleventy_has_data_of_folders_and_of_posts() {
    check(
        Generator::Eleventy,
        "eleventy.config.js",
        &[
            ("eleventy.config.js", "export const config = { dir: { input: \"src\" } };\n"),
            ("package.json", "{\"tags\": [\"no\"]}"),
            ("src/src.json", "{\"author\": \"Everybody\", \"tags\": \"all\"}"),
            ("src/posts/posts.json", "{\"tags\": [\"posts\"], \"permalink\": \"/lower/{{ page.fileSlug }}/\"}"),
            (
                "src/posts/posts.11tydata.json",
                "{\"permalink\": \"/blog/{{ page.fileSlug }}/\", \"date\": \"git Last Modified\"}",
            ),
            ("src/posts/posts.11tydata.js", "module.exports = { title: 'No' };"),
            ("src/posts/2024-01-05-plain.md", "---\ntitle: Plain\n---\nx\n"),
            ("src/posts/own.md", "---\ntitle: Own\ndate: 2024-01-04\ntags: [a]\npermalink: /mine/\n---\nx\n"),
            ("src/posts/2023/2023.json", "{\"tags\": [\"old\"], \"date\": \"2023-02-03\"}"),
            ("src/posts/2023/first.md", "---\ntitle: First\n---\nx\n"),
            ("src/posts/2023/second.md", "---\n\"override:tags\": [alone]\n---\nx\n"),
            ("src/posts/2023/second.11tydata.json", "{\"title\": \"Second\", \"date\": \"2023-01-02\"}"),
            ("src/posts/2023/other.json", "[1, 2"),
        ],
        &[
            ("src/posts/2024-01-05-plain.md", "Plain", "2024-01-05", "/blog/plain/", "all posts"),
            ("src/posts/own.md", "Own", "2024-01-04", "/mine/", "all posts a"),
            ("src/posts/2023/first.md", "First", "2023-02-03", "/blog/first/", "all posts old"),
            ("src/posts/2023/second.md", "Second", "2023-01-02", "/blog/second/", "alone"),
        ],
    );
    let many =
        format!("{{\"tags\": [{}\"z\"]}}", (0..5_000).map(|tag| format!("\"t{tag}\",")).collect::<Vec<_>>().concat());
    let large = [("eleventy.config.js", ""), ("posts/posts.json", many.as_str()), ("posts/x.md", POST)];
    let site = folder(&large);
    let library = read(site.path(), &Wanted::default());
    assert_eq!(library.posts().first().map(|post| post.tags.len()), Some(50), "nobody gives a post so many tags");
    let broken = [("eleventy.config.js", ""), ("posts/posts.json", "[1, 2"), ("posts/x.md", POST)];
    let site = folder(&broken);
    let library = read(site.path(), &Wanted::default());
    assert_eq!(library.faults().iter().map(|fault| fault.path.to_string()).collect::<Vec<_>>(), ["posts/posts.json"]);
    assert_eq!(library.posts().len(), 1);
}

/// <https://getnikola.com/handbook.html#metadata-in-separate-files>
#[test]
fn nikola_has_metadata_in_files_of_their_own() {
    let meta = ".. title: First\n.. slug: the-first\n.. date: 2024-01-02 10:00:00 UTC\n.. tags: a, b\n.. author: Ada\n";
    let files = [
        ("conf.py", "import time\nBLOG_TITLE = \"N\"\nSITE_URL = \"https://n.example/\"\nDEFAULT_LANG = \"en\"\n"),
        ("posts/first.md", "Text without a header.\n"),
        ("posts/first.meta", meta),
        ("posts/2023/yaml.md", "---\ntitle: Not this\n---\nText.\n"),
        ("posts/2023/yaml.meta", "---\ntitle: In YAML\ndate: 2023-01-01\n---\n"),
        ("posts/first.fr.md", "Texte.\n"),
        ("posts/first.fr.meta", ".. title: Premier\n.. date: 2024-01-02\n"),
    ];
    let site = folder(&files);
    let library = read(site.path(), &Wanted::default());
    assert!(library.faults().is_empty(), "{:?}", library.faults());
    expect(
        &library,
        &[
            ("posts/first.md", "First", "2024-01-02", "/posts/the-first/", "a b"),
            ("posts/2023/yaml.md", "In YAML", "2023-01-01", "/posts/2023/yaml/", ""),
        ],
    );
    assert_eq!(authors(&library).first().map(|(_, names)| names.as_str()), Some("Ada"));
    let french = read(site.path(), &Wanted { generator: None, language: Some("fr".to_owned()) });
    assert_eq!(french.posts().first().map(|post| post.title.to_string()).as_deref(), Some("Premier"));
}

/// <https://hexo.io/docs/permalinks>, whose own table these addresses are.
#[test]
fn hexo() {
    check(
        Generator::Hexo,
        "_config.yml",
        &[
            ("_config.yml", "title: X\nurl: https://x.example\n"),
            (
                "source/_posts/hello-world.md",
                "---\ntitle: Hello World\ndate: 2013-07-14 17:01:34\ntags:\n- a\n- b\n---\nx\n",
            ),
            ("source/_posts/lorem/hello-world.md", "---\ntitle: Lorem\ndate: 2013-07-13 17:01:34\n---\nx\n"),
            ("source/_posts/own.md", "---\ntitle: Own\ndate: 2012-01-01\npermalink: my/own\n---\nx\n"),
            ("source/about/index.md", "---\ntitle: About\n---\nx\n"),
            ("scaffolds/post.md", "---\ntitle: {{ title }}\n---\n"),
        ],
        &[
            ("source/_posts/hello-world.md", "Hello World", "2013-07-14", "/2013/07/14/hello-world/", "a b"),
            ("source/_posts/lorem/hello-world.md", "Lorem", "2013-07-13", "/2013/07/13/lorem/hello-world/", ""),
            ("source/_posts/own.md", "Own", "2012-01-01", "/my/own/", ""),
        ],
    );
    let post = (
        "source/_posts/lorem/hello-world.md",
        "---\ntitle: Hello World\ndate: 2013-07-14 17:01:34\ncategories:\n- foo\n- bar\n---\n",
    );
    for (permalink, expected) in [
        (":year-:month-:day-:title.html", "/2013-07-14-lorem/hello-world.html"),
        (":category/:title/", "/foo/bar/lorem/hello-world/"),
        (":year/:i_month/:i_day/:name/", "/2013/7/14/hello-world/"),
        (":hour/:minute/:second/:post_title/", "/17/01/34/hello-world/"),
        (":name-:hash/", "/hello-world-37430ba0be7d/"),
    ] {
        assert_eq!(
            addresses(&[("_config.yml", &format!("permalink: {permalink}\n")), post]),
            [expected],
            "{permalink}"
        );
    }
}

/// <https://hexo.io/docs/permalinks>: the hash is that of its own table.
#[test]
fn hexo_has_hashes_keys_and_defaults_in_addresses() {
    let address = |config: &str, header: &str| {
        let post = format!("---\ntitle: Hello World\ndate: 2013-07-14 17:01:34\n{header}---\n");
        addresses(&[("_config.yml", config), ("source/_posts/hello-world.md", &post)]).concat()
    };
    assert_eq!(address("permalink: ':title-:hash/'\n", ""), "/hello-world-a2c8ac003b43/");
    assert_eq!(address("permalink: ':id/:title/'\n", "id: 42\n"), "/42/hello-world/");
    let defaults = "permalink: ':lang/:title/'\npermalink_defaults:\n  lang: en\n";
    assert_eq!(address(defaults, ""), "/en/hello-world/");
    assert_eq!(address(defaults, "lang: tw\n"), "/tw/hello-world/");
    assert_eq!(address("permalink: ':lang/:title/'\npermalink_defaults:\n", ""), "/hello-world/");
}

/// `slugify` of <https://github.com/getnikola/nikola/blob/master/nikola/utils.py>
#[test]
fn nikola_makes_a_slug_of_the_name_of_a_file() {
    let conf = ("conf.py", "import time\nBLOG_TITLE = \"N\"\nSITE_URL = \"https://n.example/\"\n");
    for (name, slug) in [
        ("Hello World", "hello-world"),
        ("áéí.óú", "aeiou"),
        ("2024-01-02-a_b", "2024-01-02-a_b"),
        ("it's c++ -- again", "its-c++-again"),
    ] {
        let path = format!("posts/{name}.md");
        assert_eq!(addresses(&[conf, (&path, POST)]), [format!("/posts/{slug}/")], "{name}");
    }
}

/// <https://www.11ty.dev/docs/permalinks/>, <https://www.11ty.dev/docs/data-eleventy-supplied/>
#[test]
fn eleventy_keeps_a_date_in_a_path_and_drops_it_from_a_slug() {
    let address = |path: &str, permalink: &str| {
        let post = format!("---\ntitle: T\n{permalink}---\n");
        addresses(&[("eleventy.config.js", ""), (path, &post)]).concat()
    };
    assert_eq!(address("posts/2024-01-02-x.md", ""), "/posts/2024-01-02-x/");
    assert_eq!(address("posts/x/x.md", ""), "/posts/x/");
    assert_eq!(address("posts/2024-01-02-x.md", "permalink: /b/{{ page.fileSlug }}/\n"), "/b/x/");
    assert_eq!(address("posts/2024-01-02-x.md", "permalink: '{{ page.filePathStem }}.html'\n"), "/posts/x.html");
}

/// <https://docs.getpelican.com/en/latest/content.html>; the lines around its keys are those of
/// <https://python-markdown.github.io/extensions/meta_data/>; <https://docs.getpelican.com/en/latest/settings.html#url-settings>
#[test]
fn pelican() {
    let files = [
        ("pelicanconf.py", "AUTHOR = 'A'\nSITENAME = 'P'\nSITEURL = 'https://p.example'\nPATH = 'content'\n"),
        ("content/first.md", "---\nTitle: It's the First!\nDate: 2024-01-02 10:20\n---\n\nText.\n"),
        ("content/news/second.md", "---\nTitle: Second\nDate: 2024-01-01\nSlug: own-slug\n---\n\nText.\n"),
        ("content/pages/about.md", "---\nTitle: About\n---\n\nText.\n"),
    ];
    let site = folder(&files);
    let library = read(site.path(), &Wanted::default());
    assert_eq!(
        (library.site.generator, library.site.title.as_ref().map(reread::text::Clean::as_str)),
        (Generator::Pelican, Some("P"))
    );
    let found: Vec<(&str, &str)> = library.posts().iter().map(|post| (post.key.as_str(), post.url.as_str())).collect();
    assert_eq!(found, [("content/first.md", "/its-the-first.html"), ("content/news/second.md", "/own-slug.html")]);
    let categories: Vec<String> =
        library.posts().iter().flat_map(|post| &post.categories).map(ToString::to_string).collect();
    assert_eq!(categories, ["news"]);
    let setting = "ARTICLE_URL = 'posts/{date:%Y}/{date:%b}/{category}/{slug}/'\n";
    let post = ("content/x.md", "---\nTitle: X\nDate: 2024-01-02\nCategory: Big News\n---\n\nx\n");
    assert_eq!(addresses(&[("pelicanconf.py", setting), post]), ["/posts/2024/Jan/big-news/x/"]);
}

/// <https://getnikola.com/handbook.html>, <https://getnikola.com/creating-a-multilingual-site.html>
#[test]
fn nikola() {
    let post =
        "<!--\n.. title: First\n.. slug: the-first\n.. date: 2024-01-02 10:00:00 UTC\n.. tags: a, b\n-->\n\nText.\n";
    let files = [
        ("conf.py", "import time\nBLOG_TITLE = \"N\"\nSITE_URL = \"https://n.example/\"\nDEFAULT_LANG = \"en\"\n"),
        ("posts/first.md", post),
        ("posts/first.fr.md", "<!--\n.. title: Premier\n.. slug: le-premier\n.. date: 2024-01-02\n-->\n\nTexte.\n"),
        ("posts/2023/other.md", "---\ntitle: Other\ndate: 2023-01-01\n---\nx\n"),
        ("pages/about.md", "<!--\n.. title: About\n-->\n\nx\n"),
    ];
    let paths = |language: &str| in_language(&files, language).into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert_eq!(paths(""), ["posts/2023/other.md", "posts/first.md"]);
    assert_eq!(paths("fr"), ["posts/first.fr.md"]);
    assert!(in_language(&files, "").iter().any(|(_, address)| address == "/posts/2023/other/"));
}

/// <https://middlemanapp.com/basics/blogging/>
#[test]
fn middleman() {
    check(
        Generator::Middleman,
        "config.rb",
        &[
            ("config.rb", "activate :blog do |blog|\n  blog.prefix = \"blog\"\nend\n"),
            ("source/blog/2024-01-02-first.html.md", "---\ntitle: First\ndate: 2024-01-02\ntags: [a]\n---\nx\n"),
            ("source/blog/2024-01-03-second.html.markdown", "---\ntitle: Second\n---\nx\n"),
            ("source/about.html.md", "---\ntitle: About\n---\nx\n"),
        ],
        &[
            ("source/blog/2024-01-03-second.html.markdown", "Second", "2024-01-03", "/blog/2024/01/03/second.html", ""),
            ("source/blog/2024-01-02-first.html.md", "First", "2024-01-02", "/blog/2024/01/02/first.html", "a"),
        ],
    );
    let settings = "activate :blog do |blog|\n  blog.permalink = \"{year}/{title}.html\"\n  blog.sources = \"articles/{title}.html\"\nend\n\
                    activate :directory_indexes\n";
    let site = [("config.rb", settings), ("source/articles/x.html.md", POST), ("source/y.html.md", POST)];
    assert_eq!(addresses(&site), ["/2024/x/"]);
}

/// <https://www.gatsbyjs.com/docs/creating-slugs-for-pages/> with the folders of its starter for blogs.
#[test]
fn gatsby() {
    check(
        Generator::Gatsby,
        "gatsby-config.js",
        &[
            (
                "gatsby-config.js",
                "module.exports = {\n  siteMetadata: {\n    title: `G`,\n    siteUrl: `https://g.example`,\n  },\n}\n",
            ),
            (
                "content/blog/hello-world/index.md",
                "---\ntitle: Hello\ndate: \"2024-05-01T22:12:03.284Z\"\ntags: [a]\n---\nx\n",
            ),
            ("content/blog/flat.md", "---\ntitle: Flat\ndate: 2024-04-01\npath: /own/flat\n---\nx\n"),
            ("src/pages/x.md", "x"),
        ],
        &[
            ("content/blog/hello-world/index.md", "Hello", "2024-05-01", "/hello-world/", "a"),
            ("content/blog/flat.md", "Flat", "2024-04-01", "/own/flat", ""),
        ],
    );
}

/// <https://rust-lang.github.io/mdBook/format/summary.html>
#[test]
fn md_book() {
    check(
        Generator::MdBook,
        "book.toml",
        &[
            ("book.toml", "[book]\ntitle = \"B\"\n"),
            (
                "src/SUMMARY.md",
                "# Summary\n\n[Intro](README.md)\n\n- [Zebra](./zebra.md)\n  - [Inside](part/inside.md)\n- [Draft]()\n- [Ant](ant.md)\n",
            ),
            ("src/README.md", "# Introduction\n"),
            ("src/ant.md", "# Ant\n"),
            ("src/zebra.md", "# Zebra\n"),
            ("src/part/inside.md", "# Inside\n"),
            ("src/not-listed.md", "# Nobody sees this\n"),
        ],
        &[
            ("src/README.md", "Introduction", "", "/index.html", ""),
            ("src/zebra.md", "Zebra", "", "/zebra.html", ""),
            ("src/part/inside.md", "Inside", "", "/part/inside.html", ""),
            ("src/ant.md", "Ant", "", "/ant.html", ""),
        ],
    );
}

/// <https://help.obsidian.md/properties>, <https://help.obsidian.md/publish/permalinks>
#[test]
fn obsidian() {
    check(
        Generator::Obsidian,
        ".obsidian",
        &[
            (".obsidian/app.json", "{}"),
            ("A note.md", "Text.\n"),
            ("folder/Other.md", "---\ntags:\n  - a\npermalink: other\n---\nText.\n"),
            (".trash/gone.md", "x"),
        ],
        &[("A note.md", "A note", "", "/A note/", ""), ("folder/Other.md", "Other", "", "/other", "a")],
    );
}

#[test]
fn a_folder_of_markdown_is_read_without_a_generator() {
    let site = folder(&[
        ("2024-01-02-first.md", "# First\n"),
        ("sub/second.md", "---\ntitle: Second\n---\nx\n"),
        ("README.md", "x"),
    ]);
    let library = read(site.path(), &Wanted::default());
    assert_eq!((library.site.generator, &library.site.because), (Generator::Plain, &None));
    expect(
        &library,
        &[
            ("2024-01-02-first.md", "First", "2024-01-02", "/first/", ""),
            ("sub/second.md", "Second", "", "/sub/second/", ""),
        ],
    );
}

#[test]
fn the_reader_knows_better_than_the_files() {
    let site =
        folder(&[("_config.yml", "permalink: /:title/\n"), ("_posts/2024-01-02-a.md", "x"), ("content/b.md", "x")]);
    let of = |generator| {
        let library = read(site.path(), &Wanted { generator: Some(generator), language: None });
        assert_eq!(library.site.generator, generator);
        rows(&library).into_iter().map(|[path, _, _, url, _]| format!("{path} {url}")).collect::<Vec<_>>()
    };
    assert_eq!(of(Generator::Jekyll), ["_posts/2024-01-02-a.md /a/"]);
    assert_eq!(of(Generator::Hugo), ["content/b.md /b/"]);
    assert_eq!(of(Generator::Plain), ["_posts/2024-01-02-a.md /_posts/a/", "content/b.md /content/b/"]);
}

/// <https://gohugo.io/content-management/multilingual/>: by the name of the file, or by folders.
#[test]
fn hugo_shows_one_language() {
    let config = "defaultContentLanguage: en\nlanguages:\n  en: {weight: 1}\n  fr: {weight: 2}\n";
    let by_name = [
        ("hugo.yaml", config),
        ("content/a/x.md", POST),
        ("content/a/x.fr.md", POST),
        ("content/a/only.fr.md", POST),
        ("content/b/index.en.md", POST),
        ("content/b/index.fr.md", POST),
        ("content/c/v1.2.md", POST),
    ];
    let pairs =
        |posts: Vec<(String, String)>| posts.into_iter().map(|(path, url)| format!("{path} {url}")).collect::<Vec<_>>();
    assert_eq!(
        pairs(in_language(&by_name, "")),
        ["content/a/x.md /a/x/", "content/b/index.en.md /b/", "content/c/v1.2.md /c/v1.2/"]
    );
    assert_eq!(
        pairs(in_language(&by_name, "fr")),
        ["content/a/only.fr.md /fr/a/only/", "content/a/x.fr.md /fr/a/x/", "content/b/index.fr.md /fr/b/"]
    );
    let folders = "languages:\n  en: {contentDir: content/en}\n  de: {contentDir: content/de}\ndefaultContentLanguage: de\n\
                   defaultContentLanguageInSubdir: true\n";
    let by_folder = [("hugo.yaml", folders), ("content/en/x.md", POST), ("content/de/x.md", POST)];
    assert_eq!(pairs(in_language(&by_folder, "")), ["content/de/x.md /de/x/"]);
    assert_eq!(pairs(in_language(&by_folder, "en")), ["content/en/x.md /en/x/"]);
}

/// The languages that a reader comes through, and for each post of the first what it has in common with its translations.
fn turn(files: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
    let site = folder(files);
    let (mut language, mut seen) = (None, Vec::new());
    for _ in 0..5 {
        let library = read(site.path(), &Wanted { generator: None, language });
        let shown = library.site.language().unwrap_or_default().to_owned();
        let mut posts: Vec<String> =
            library.everything().map(|post| library.site.untranslated(post.key.as_str())).collect();
        posts.sort();
        seen.push((shown, posts));
        language = library.site.next_language().map(str::to_owned);
        if language.is_none() || language.as_deref() == seen.first().map(|(first, _)| first.as_str()) {
            break;
        }
    }
    seen
}

/// <https://gohugo.io/content-management/multilingual/>, <https://docusaurus.io/docs/i18n/introduction>,
/// <https://getnikola.com/handbook.html> (`TRANSLATIONS`), <https://github.com/untra/polyglot>
#[test]
fn the_languages_of_a_site_are_shown_in_turn() {
    let seen = |codes: &[&str], posts: &[&str]| -> Vec<(String, Vec<String>)> {
        let posts: Vec<String> = posts.iter().map(|post| (*post).to_owned()).collect();
        codes.iter().map(|code| ((*code).to_owned(), posts.clone())).collect()
    };
    let config = ("hugo.yaml", "languages:\n  en: {weight: 1}\n  fr: {weight: 2}\n  de: {weight: 3}\n");
    let by_name = ["content/a/x.md", "content/a/x.fr.md", "content/a/x.de.md"].map(|path| (path, POST));
    let by_name: Vec<_> = std::iter::once(config).chain(by_name).collect();
    assert_eq!(turn(&by_name), seen(&["en", "fr", "de"], &["a/x.md"]));
    let by_folder = [
        ("hugo.yaml", "languages:\n  en: {}\n  fr: {contentDir: content_fr}\n"),
        ("content/a/x.md", POST),
        ("content_fr/a/x.md", POST),
    ];
    assert_eq!(turn(&by_folder), seen(&["en", "fr"], &["a/x.md"]));
    let docusaurus = [
        ("docusaurus.config.js", "const c = {\n  defaultLocale: 'en',\n};\n"),
        ("blog/2024-01-02-x.md", "x"),
        ("i18n/fr/docusaurus-plugin-content-blog/2024-01-02-x.md", "x"),
    ];
    assert_eq!(turn(&docusaurus), seen(&["en", "fr"], &["2024-01-02-x.md"]));
    let jekyll =
        [("_config.yml", "title: J\n"), ("en/_posts/2024-01-02-x.md", "x"), ("ja/_posts/2024-01-02-x.md", "x")];
    assert_eq!(turn(&jekyll), seen(&["en", "ja"], &["_posts/2024-01-02-x.md"]));
    let nikola = [
        (
            "conf.py",
            "import time\nBLOG_TITLE = \"N\"\nSITE_URL = \"https://n.example/\"\nDEFAULT_LANG = \"en\"\nTRANSLATIONS = {\n    DEFAULT_LANG: \"\",\n    \"fr\": \"./fr\",\n}\n",
        ),
        ("posts/x.md", POST),
        ("posts/x.fr.md", POST),
    ];
    assert_eq!(turn(&nikola), seen(&["en", "fr"], &["x.md"]));
    let polyglot = [("_config.yml", "languages: [en, fr]\n"), ("_posts/2024-01-02-x.md", "x")];
    assert_eq!(turn(&polyglot), seen(&["en", "fr"], &["_posts/2024-01-02-x.md"]));
    let nobody_says = [
        ("conf.py", "import time\nBLOG_TITLE = \"N\"\nSITE_URL = \"https://n.example/\"\nDEFAULT_LANG = \"en\"\n"),
        ("posts/x.md", POST),
        ("posts/x.fr.md", POST),
    ];
    assert_eq!(turn(&nobody_says), seen(&["en"], &["x.md"]));
    assert_eq!(turn(&[("hugo.yaml", "title: H\n"), ("content/x.md", POST)]), seen(&[""], &["x.md"]));
}

/// What else is there cannot be read from the folder of one language.
#[test]
fn in_the_folder_of_a_language_there_is_no_next() {
    let files = [
        ("hugo.yaml", "languages:\n  en: {contentDir: content/en}\n  fr: {contentDir: content/fr}\n"),
        ("content/en/x.md", POST),
        ("content/fr/x.md", POST),
    ];
    let site = folder(&files);
    let library = read(&site.path().join("content/fr"), &Wanted::default());
    assert_eq!((library.site.language(), library.site.next_language()), (Some("fr"), None));
}

/// <https://www.getzola.org/documentation/content/multilingual/>, <https://docusaurus.io/docs/i18n/introduction>
#[test]
fn other_sites_show_one_language_too() {
    let urls = |files: &[(&str, &str)], language: &str| {
        in_language(files, language).into_iter().map(|(_, url)| url).collect::<Vec<_>>()
    };
    let zola = [
        ("config.toml", "base_url = \"https://z.example\"\ndefault_language = \"de\"\n[languages.en]\n"),
        ("content/x.md", POST),
        ("content/x.en.md", POST),
    ];
    assert_eq!((urls(&zola, ""), urls(&zola, "en")), (vec!["/x/".to_owned()], vec!["/en/x/".to_owned()]));
    let docusaurus = [
        ("docusaurus.config.js", "const c = {\n  defaultLocale: 'en',\n};\n"),
        ("blog/2024-01-02-x.md", "x"),
        ("i18n/fr/docusaurus-plugin-content-blog/2024-01-02-x.md", "x"),
    ];
    assert_eq!(urls(&docusaurus, ""), ["/blog/2024/01/02/x"]);
    assert_eq!(urls(&docusaurus, "fr"), ["/fr/blog/2024/01/02/x"]);
    let jekyll = [
        ("_config.yml", "permalink: /:categories/:title/\n"),
        ("en/news/_posts/2024-01-02-x.md", "x"),
        ("ja/news/_posts/2024-01-02-x.md", "x"),
        ("pt-BR/news/_posts/2024-01-02-x.md", "x"),
    ];
    assert_eq!(urls(&jekyll, ""), ["/en/news/x/"]);
    assert_eq!(urls(&jekyll, "pt-br"), ["/pt-br/news/x/"]);
    let topics = [("it/servers.md", "x"), ("de/garden.md", "x")];
    assert_eq!(urls(&topics, "").len(), 2, "folders that have nothing in common are no translations");
}

/// <https://docs.getpelican.com/en/latest/content.html#translations>, <https://github.com/untra/polyglot>
#[test]
fn a_post_that_names_another_language_is_not_shown() {
    let paths = |files: &[(&str, &str)], language: &str| {
        in_language(files, language).into_iter().map(|(path, _)| path).collect::<Vec<_>>()
    };
    let french = "---\nTitle: T\nDate: 2024-01-02\nLang: fr\n---\nx\n";
    let pelican = [("pelicanconf.py", "DEFAULT_LANG = 'en'\n"), ("content/a.md", POST), ("content/a-fr.md", french)];
    assert_eq!((paths(&pelican, ""), paths(&pelican, "fr").len()), (vec!["content/a.md".to_owned()], 2));
    let jekyll = [
        ("_config.yml", "languages: [en, fr]\ndefault_lang: en\n"),
        ("_posts/2024-01-02-a.md", "---\nlang: en\n---\nx\n"),
        ("_posts/fr/2024-01-02-a.md", "---\nlang: fr\n---\nx\n"),
    ];
    assert_eq!(paths(&jekyll, ""), ["_posts/2024-01-02-a.md"]);
    assert_eq!(paths(&jekyll, "fr"), ["_posts/fr/2024-01-02-a.md"]);
}

#[test]
fn octopress_is_jekyll() {
    let config = ("_config.yml", "source: source\npermalink: /blog/:year/:month/:day/:title/\n");
    let files = [config, ("Gemfile", ""), ("source/_posts/2012-03-04-x.markdown", "---\ntitle: X\n---\nx\n")];
    assert_eq!(addresses(&files), ["/blog/2012/03/04/x/"]);
}

#[test]
fn a_language_that_is_not_there_is_told() {
    let site = folder(&[("hugo.yaml", "languages: {en: {}, fr: {}}\n"), ("content/x.md", POST)]);
    let library = read(site.path(), &Wanted { generator: None, language: Some("xx".to_owned()) });
    let [fault] = library.faults() else { panic!("{:?}", library.faults()) };
    assert_eq!(fault.to_string(), "--lang: no posts are in the language xx; there are en, fr");
    assert_eq!(library.posts().len(), 1);
}

/// Whatever stands in it, a post comes out clean, with every rule of every generator.
#[test]
fn a_hostile_post_is_read_by_the_rules_of_every_generator() {
    let homes = ["", "content/", "_posts/", "source/_posts/", "source/", "blog/", "posts/", "src/", "src/content/"];
    let dated = format!("2020-01-01-{HOSTILE_NAME}");
    let paths: Vec<String> = homes.iter().map(|home| format!("{home}{dated}")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), HOSTILE)).collect();
    let site = folder(&files);
    for generator in Generator::ALL {
        let library = read(site.path(), &Wanted { generator: Some(generator), language: Some("\u{1b}[2J".to_owned()) });
        assert!(library.everything().count() > 0, "{generator:?}");
        for post in library.everything() {
            assert!(!post.title.as_str().contains(char::is_control), "{generator:?}: {}", post.title);
        }
        assert!(library.faults().iter().all(|fault| !fault.to_string().contains(char::is_control)), "{generator:?}");
    }
}
