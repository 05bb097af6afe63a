//! Addresses and posts that a setting of the site changes. Most are what the generator itself wrote for the same files,
//! some what its manual says.
//!
//! It asks for addresses and paths only; what else a post says, the tests of the generators ask.

use reread::source::Wanted;

use super::common::folder;
use super::{addresses, read};

#[test]
fn addresses_are_those_that_the_generators_write() {
    let header = |fields: &str| format!("---\ntitle: T\ndate: 2024-02-03T04:05:06Z\n{fields}---\n");
    let check = |config: (&str, &str), path: &str, text: &str, address: &str| {
        assert_eq!(addresses(&[config, (path, text)]), [address], "{path} with {}", config.1);
    };
    // A date in the name of a post of Jekyll may have short parts.
    check(("_config.yml", "title: J\n"), "_posts/2024-1-5-short.md", "---\ntitle: S\n---\n", "/2024/01/05/short.html");
    // A bundle of Hugo is no section of its own.
    let sections = ("hugo.toml", "[permalinks]\nnotes = '/:sections/:slug/'\n");
    check(sections, "content/notes/leaf/index.md", &header(""), "/notes/t/");
    let cased = ("hugo.toml", "disablePathToLower = true\nremovePathAccents = true\n");
    check(cased, "content/notes/Été En Ville.md", &header(""), "/notes/Ete-En-Ville/");
    // Hugo takes the date of the last change where it has no other.
    let dated = ("hugo.toml", "[permalinks]\nnotes = '/:year/:slug/'\n");
    check(dated, "content/notes/late.md", "---\ntitle: L\nlastmod: 2023-04-05\n---\n", "/2023/l/");
    // Eleventy leaves out a name that is that of the folder, and the index that a permalink names.
    let eleventy = ("eleventy.config.js", "export default () => {};\n");
    check(eleventy, "posts/boats/boats.md", &header(""), "/posts/boats/");
    check(eleventy, "posts/a.md", &header("permalink: \"x/{{ title | slugify }}/index.html\"\n"), "/x/t/");
    check(
        eleventy,
        "posts/a.md",
        &header("permalink: \"/{{ page.date | date: '%Y/%m' }}/{{ page.fileSlug }}/\"\n"),
        "/2024/02/a/",
    );
}

#[test]
fn hexo_writes_addresses_by_all_its_settings() {
    let of = |config: &str, path: &str, fields: &str| {
        let text = format!("---\ntitle: \"Übers Meer: C# & Go！\"\ndate: 2024-02-03 04:05:06\n{fields}---\n");
        addresses(&[("_config.yml", config), ("source/_posts/keep.md", "---\npermalink: keep/\n---\n"), (path, &text)])
            .into_iter()
            .filter(|address| address != "/keep/")
            .collect::<Vec<_>>()
    };
    for (config, path, fields, expected) in [
        ("permalink: posts/:post_title/", "source/_posts/a.md", "", "/posts/ubers-meer-C-go！/".to_lowercase()),
        ("permalink: :lang/:title/\npermalink_defaults:\n  lang: en", "source/_posts/a.md", "", "/en/a/".into()),
        (
            "permalink: :lang/:title/\npermalink_defaults:\n  lang: en",
            "source/_posts/a.md",
            "lang: de\n",
            "/de/a/".into(),
        ),
        (
            "permalink: :category/:title/\ncategory_map:\n  海: sea",
            "source/_posts/a.md",
            "categories: [海, Far Out]\n",
            "/sea/Far-Out/a/".into(),
        ),
        ("permalink: :category/:title/", "source/_posts/a.md", "categories: [[A, B], [C]]\n", "/A/B/a/".into()),
        (
            "permalink: :title/\nnew_post_name: :year-:month-:day-:title.md",
            "source/_posts/in/My Day!.md",
            "",
            "/in-My-Day/".into(),
        ),
        (
            "permalink: :title/\nnew_post_name: :year-:month-:day-:title.md",
            "source/_posts/2024-02-03-My Day!.md",
            "",
            "/My Day!/".into(),
        ),
    ] {
        assert_eq!(of(config, path, fields), [expected], "{config}: {path}");
    }
    assert!(of("title: x", "source/_posts/_later.md", "").is_empty(), "a name with `_` is left out");
}

#[test]
fn pelican_reads_articles_where_its_settings_say() {
    let text = "Title: Über Straßen\nDate: 2024-02-03\n\nx\n";
    let of = |settings: &str, path: &str, text: &str| addresses(&[("pelicanconf.py", settings), (path, text)]);
    for (settings, path, address) in [
        ("PATH = 'content'", "content/a.md", "/uber-strassen.html"),
        ("SLUGIFY_USE_UNICODE = True", "content/a.md", "/über-straßen.html"),
        ("SLUGIFY_SOURCE = 'basename'", "content/An Article.md", "/an-article.html"),
        ("ARTICLE_URL = '{category}/{slug}/'", "content/a.md", "/misc/uber-strassen/"),
        ("ARTICLE_URL = '{category}/{slug}/'\nDEFAULT_CATEGORY = 'My News'", "content/a.md", "/my-news/uber-strassen/"),
        ("ARTICLE_PATHS = ['blog', 'news']", "content/news/a.md", "/uber-strassen.html"),
    ] {
        assert_eq!(of(settings, path, text), [address], "{settings}");
    }
    let draft = format!("Status: draft\n{text}");
    assert_eq!(of("PATH = 'content'", "content/a.md", &draft), ["/drafts/uber-strassen.html"]);
    for settings in ["ARTICLE_PATHS = ['blog']", "ARTICLE_EXCLUDES = ['extra']", "PAGE_PATHS = [\n    'extra',\n]"] {
        let site = folder(&[("pelicanconf.py", settings), ("content/extra/a.md", text), ("content/blog/b.md", text)]);
        let library = read(site.path(), &Wanted::default());
        let keys: Vec<&str> = library.everything().map(|post| post.key.as_str()).collect();
        assert_eq!(keys, ["content/blog/b.md"], "{settings}");
    }
}

#[test]
fn nikola_puts_posts_where_its_settings_say() {
    let posts = "POSTS = (\n    (\"posts/*.rst\", \"blog\", \"post.tmpl\"),\n    (\"posts/*.md\", \"blog\", \"post.tmpl\"),\n)\n";
    let root = "POSTS = [('notes/*.md', '', 'post.tmpl')]\nPAGES = (('side/*.md', '', 'page.tmpl'),)\n";
    let text = ".. title: T\n.. date: 2024-02-03\n\nx\n";
    let file = ".. title: T\n.. date: 2024-02-03\n.. pretty_url: False\n\nx\n";
    for (settings, path, text, address) in [
        ("", "posts/Über uns_alle.md", text, "/posts/uber-uns_alle/"),
        ("PRETTY_URLS = False\n", "posts/a.md", text, "/posts/a.html"),
        ("", "posts/a.md", file, "/posts/a.html"),
        (posts, "posts/in/a.md", text, "/blog/in/a/"),
        (root, "notes/a.md", text, "/a/"),
    ] {
        let settings = format!("BLOG_TITLE = \"N\"\n{settings}");
        assert_eq!(
            addresses(&[("conf.py", &settings), (path, text), ("side/about.md", text)]),
            [address],
            "{settings}"
        );
    }
}

#[test]
fn docusaurus_puts_its_blog_where_its_preset_says() {
    let post = "---\ntitle: T\n---\nx\n";
    for (blog, top, path, address) in [
        ("", "", "blog/2024-02-03-a.md", "/blog/2024/02/03/a"),
        ("routeBasePath: '/',", "", "blog/2024-02-03-a.md", "/2024/02/03/a"),
        ("path: './news',\n routeBasePath: 'journal',", "", "news/2024-02-03-a.md", "/journal/2024/02/03/a"),
        ("", "trailingSlash: true,", "blog/2024-02-03-a.md", "/blog/2024/02/03/a/"),
    ] {
        let config = format!(
            "export default {{\n {top}\n presets: [['classic', {{\n docs: {{\n routeBasePath: 'd',\n }},\n blog: {{\n {blog}\n }},\n }}]],\n}};\n"
        );
        assert_eq!(addresses(&[("docusaurus.config.js", &config), (path, post)]), [address], "{config}");
    }
}

#[test]
fn astro_puts_posts_where_its_page_for_them_lies() {
    let post = "---\ntitle: T\npubDate: 2024-02-03\n---\nx\n";
    for (page, path, address) in [
        ("src/pages/blog/[...slug].astro", "src/content/blog/v1.2 Über & more.md", "/blog/v12-über--more/"),
        ("src/pages/posts/[slug].astro", "src/content/blog/a.md", "/posts/a/"),
        ("src/pages/[...id].astro", "src/content/blog/in/a.md", "/in/a/"),
        ("src/pages/posts/[...slug].astro", "src/data/blog/a.md", "/posts/a/"),
        ("src/pages/tags/[slug].astro", "src/content/blog/a.md", "/blog/a/"),
        ("src/pages/[page].astro", "src/content/blog/a.md", "/blog/a/"),
    ] {
        assert_eq!(
            addresses(&[("astro.config.mjs", "export default {};\n"), (page, "---\n---\n"), (path, post)]),
            [address]
        );
    }
    let two =
        [("src/pages/posts/[slug].astro", ""), ("src/pages/blog/[slug].astro", ""), ("src/content/blog/a.md", post)];
    assert_eq!(addresses(&[&[("astro.config.mjs", "")][..], &two].concat()), ["/blog/a/"]);
}
