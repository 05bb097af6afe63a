//! What links between posts mean in a small site of every generator, written from its manual: each table holds links as an
//! author writes them, and where the generator's site would lead.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::fmt::Write as _;

use reread::blog::library::{Library, Target};
use reread::blog::post::Post;
use reread::collection;
use reread::environment::Environment;
use reread::source::{Source, Wanted};

use common::{HOSTILE, HOSTILE_NAME, folder};

const POST: &str = "---\ntitle: T\ndate: 2024-02-03T04:05:06Z\n---\n## A Heading\n";

/// Where a link leads, in one line.
fn told(target: &Target) -> String {
    match target {
        Target::Post(post, None) => post.as_str().to_owned(),
        Target::Post(post, Some(fragment)) => format!("{}#{fragment}", post.as_str()),
        Target::Heading(id) => format!("#{id}"),
        Target::Term(taxonomy, term) => format!("{}:{term}", taxonomy.field()),
        Target::Dates(date) => format!("date:{date}"),
        Target::Web(url) => format!("{url}"),
        Target::Broken(why, _) => format!("✗ {why}"),
        Target::Unknown(why) => format!("? {why}"),
        Target::Refused(refused) => format!("! {refused}"),
    }
}

/// The library of a site with one more post at `from`, which has these links in its body.
fn read(files: &[(&str, &str)], from: &str, header: &str, links: &[(&str, &str)], wanted: &Wanted) -> Library {
    let mut body = header.to_owned();
    for (link, _) in links {
        write!(body, "- {link}\n\n").unwrap();
    }
    let mut files = files.to_vec();
    files.push((from, &body));
    let site = folder(&files);
    let source = Source::find(Some(site.path().as_os_str()), None, &Environment::at(site.path())).unwrap();
    collection::library(&source.wanted(wanted))
}

fn check_in(wanted: &Wanted, files: &[(&str, &str)], from: &str, links: &[(&str, &str)]) {
    let header = if files.iter().any(|(name, _)| *name == "pelicanconf.py") {
        "Title: From\nDate: 2024-02-01\n\n"
    } else {
        "---\ntitle: From\ndate: 2024-02-01\n---\n"
    };
    let library = read(files, from, header, links, wanted);
    let post: &Post = library.everything().find(|post| post.key.as_str() == from).unwrap();
    let found = post.document().links;
    assert_eq!(found.len(), links.len(), "{found:#?}");
    for ((written, expected), link) in links.iter().zip(found) {
        assert_eq!(told(&library.resolve(post, &link.href)), *expected, "{written} ({})", link.href);
    }
}

fn check(files: &[(&str, &str)], from: &str, links: &[(&str, &str)]) {
    check_in(&Wanted::default(), files, from, links);
}

/// <https://gohugo.io/shortcodes/relref/>, <https://gohugo.io/methods/page/relref/>,
/// <https://gohugo.io/content-management/sections/>, <https://gohugo.io/content-management/urls/#aliases>
#[test]
fn hugo() {
    let files = [
        ("hugo.toml", "baseURL = 'https://h.example/'\n[permalinks]\npost = '/:year/:month/:filename/'\n"),
        ("content/post/2024-02-03-one.md", POST),
        ("content/post/deep/two.md", POST),
        ("content/post/bundle/index.md", POST),
        ("content/post/bundle/chart.png", ""),
        (
            "content/post/old.md",
            "---\ntitle: O\ndate: 2023-05-06\naliases: [/was/here/, relative]\ntags: [Big Data]\n---\n",
        ),
        ("content/post/grün.md", POST),
        ("content/about.md", "---\ntitle: About\n---\n"),
        ("content/talks/_index.md", "---\ntitle: Talks\n---\n"),
        ("content/plain.html", "---\ntitle: P\nurl: /own/plain/\n---\nx"),
    ];
    let one = "content/post/2024-02-03-one.md";
    check(
        &files,
        "content/post/from.md",
        &[
            ("[x]({{< relref \"2024-02-03-one.md\" >}})", one),
            ("[x]({{< ref \"2024-02-03-one\" >}})", one),
            ("[x]({{% relref \"post/2024-02-03-one.md\" %}})", one),
            ("[x]({{< relref \"/post/2024-02-03-one.md\" >}})", one),
            ("[x]({{< relref \"/post/2024-02-03-one\" >}})", one),
            ("[x]({{< relref \"2024-02-03-one.md#a-heading\" >}})", "content/post/2024-02-03-one.md#a-heading"),
            ("[x]({{< relref \"deep/two\" >}})", "content/post/deep/two.md"),
            ("[x]({{< relref \"./deep/two.md\" >}})", "content/post/deep/two.md"),
            ("[x]({{< relref path=\"two.md\" lang=\"en\" >}})", "content/post/deep/two.md"),
            ("[x]({{< relref \"bundle\" >}})", "content/post/bundle/index.md"),
            ("[x]({{< relref \"/post/bundle/index.md\" >}})", "content/post/bundle/index.md"),
            ("[x]({{< relref \"#end\" >}})", "#end"),
            ("[x]({{< relref \"/about\" >}})", "content/about.md"),
            ("[x]({{< relref \"/talks/_index.md\" >}})", "https://h.example/talks/"),
            ("[x]({{< relref \"/talks\" >}})", "https://h.example/talks/"),
            (
                "[x]({{< relref \"2024-02-03-ona.md\" >}})",
                "✗ no post is called \"2024-02-03-ona.md\"; /2024/02/2024-02-03-one/ is near",
            ),
            ("[x](/2024/02/2024-02-03-one/)", one),
            ("[x](/2024/02/2024-02-03-one)", one),
            ("[x](/2024/02/2024-02-03-one/index.html)", one),
            ("[x](/2024/02/2024-02-03-one/#a-heading)", "content/post/2024-02-03-one.md#a-heading"),
            ("[x](../2024-02-03-one/)", one),
            ("[x](/2024/02/gr%C3%BCn/)", "content/post/grün.md"),
            ("[x](/2024/02/grün/)", "content/post/grün.md"),
            ("[x](/2024/02/gru\u{308}n/)", "content/post/grün.md"),
            ("[x](https://h.example/2024/02/2024-02-03-one/)", one),
            ("[x](http://www.h.example/2024/02/2024-02-03-one)", one),
            ("[x](//h.example/2024/02/2024-02-03-one/)", one),
            ("[x](https://other.example/2024/02/2024-02-03-one/)", "https://other.example/2024/02/2024-02-03-one/"),
            ("[x](/was/here/)", "content/post/old.md"),
            ("[x](/tags/big-data/)", "tag:Big Data"),
            ("[x](https://h.example/tags/big-data)", "tag:Big Data"),
            ("[x](/tags/)", "https://h.example/tags/"),
            ("[x](/)", "https://h.example/"),
            ("[x](/page/2/)", "https://h.example/page/2/"),
            ("[x](/post/)", "https://h.example/post/"),
            ("[x](/talks/)", "https://h.example/talks/"),
            ("[x](/own/plain/)", "https://h.example/own/plain/"),
            ("[x](/2024/)", "date:2024"),
            ("[x](/2023/05/)", "date:2023-05"),
            ("[x](/1999/)", "✗ no post has the address /1999/"),
            ("[x](/index.xml)", "https://h.example/index.xml"),
            ("[x](/papers/a.pdf)", "https://h.example/papers/a.pdf"),
            ("[x](chart.png)", "https://h.example/2024/02/from/chart.png"),
            (
                "[x](/2024/02/2024-02-03-onne/)",
                "✗ no post has the address /2024/02/2024-02-03-onne/; /2024/02/2024-02-03-one/ is near",
            ),
            ("[x](#)", "#"),
        ],
    );
}

/// <https://gohugo.io/content-management/multilingual/>, <https://gohugo.io/configuration/languages/#baseurl>
#[test]
fn hugo_in_several_languages_stays_in_the_one_that_is_shown() {
    let files = [
        (
            "hugo.yaml",
            "baseURL: https://h.example/\nlanguages:\n  en: {weight: 1}\n  fr: {weight: 2, baseURL: 'https://fr.example/'}\n",
        ),
        ("content/a.md", POST),
        ("content/a.fr.md", POST),
    ];
    let french = Wanted { generator: None, language: Some("fr".to_owned()) };
    check(
        &files,
        "content/from.md",
        &[
            ("[x]({{< relref \"a\" >}})", "content/a.md"),
            ("[x](/a/)", "content/a.md"),
            ("[x](/fr/a/)", "https://h.example/fr/a/"),
        ],
    );
    check_in(
        &french,
        &files,
        "content/from.fr.md",
        &[
            ("[x]({{< relref \"a.md\" >}})", "content/a.fr.md"),
            ("[x](/fr/a/)", "content/a.fr.md"),
            ("[x](https://fr.example/fr/a/)", "content/a.fr.md"),
        ],
    );
}

/// <https://gohugo.io/shortcodes/relref/>, `lang`
#[test]
fn a_cross_link_of_hugo_to_another_language_leads_to_its_page() {
    let files = [
        ("hugo.yaml", "baseURL: https://h.example/blog/\nlanguages: {en: {weight: 1}, fr: {weight: 2}}\n"),
        ("content/a.md", POST),
        ("content/a.fr.md", POST),
    ];
    check(
        &files,
        "content/from.md",
        &[
            ("[x]({{< relref path=\"a.md\" lang=\"fr\" >}})", "https://h.example/blog/fr/a/"),
            ("[x]({{< ref path=\"/a#a-heading\" lang=\"FR\" >}})", "https://h.example/blog/fr/a/#a-heading"),
            ("[x]({{< relref path=\"a.md\" lang=\"en\" >}})", "content/a.md"),
            ("[x]({{< relref path=\"a.md\" lang=\"xx\" >}})", "content/a.md"),
            ("[x]({{< relref path=\"from.md\" lang=\"fr\" >}})", "https://h.example/blog/fr/from/"),
            ("[x]({{< relref path=\"none.md\" lang=\"fr\" >}})", "? none.md is in fr, which is not shown"),
        ],
    );
    let french = Wanted { generator: None, language: Some("fr".to_owned()) };
    check_in(
        &french,
        &files,
        "content/from.fr.md",
        &[
            ("[x]({{< relref path=\"a.md\" lang=\"en\" >}})", "https://h.example/blog/a/"),
            ("[x]({{< relref path=\"a.md\" lang=\"fr\" >}})", "content/a.fr.md"),
        ],
    );
}

/// <https://jekyllrb.com/docs/liquid/tags/#links>, <https://jekyllrb.com/docs/liquid/filters/> (`relative_url`),
/// <https://github.com/jekyll/jekyll-redirect-from>, <https://github.com/benbalter/jekyll-relative-links>
#[test]
fn jekyll() {
    let files = [
        (
            "_config.yml",
            "url: https://j.example\nbaseurl: /blog\nenforce_ssl: www.own.example\nrepository: https://code.example/r\n\
             collections:\n  docs:\n    output: true\n    permalink: /:collection/:path/\n",
        ),
        ("_posts/2024-02-03-one.md", "---\ntags: [news]\n---\n"),
        ("_posts/sub/2024-02-04-two.md", "---\nredirect_from:\n- /old-two/\n- /older.html\n---\n"),
        ("_docs/guide/start.md", "---\ntitle: Start\n---\n"),
        ("about.md", "---\npermalink: /about-me/\n---\n"),
        ("pages/contact.html", "---\ntitle: C\n---\n"),
        ("tags.md", "---\npermalink: /tags/\n---\n"),
        ("_pages/cv.md", "---\nredirect_from: /resume/\n---\n"),
        ("_layouts/post.html", "x"),
    ];
    let one = "_posts/2024-02-03-one.md";
    check(
        &files,
        "_posts/2024-02-01-from.md",
        &[
            ("[x]({% post_url 2024-02-03-one %})", one),
            ("[x]({{ site.baseurl }}{% post_url 2024-02-03-one %}#part)", "_posts/2024-02-03-one.md#part"),
            ("[x]({% post_url /sub/2024-02-04-two %})", "_posts/sub/2024-02-04-two.md"),
            ("[x]({% post_url sub/2024-02-04-two %})", "_posts/sub/2024-02-04-two.md"),
            ("[x]({% link _posts/2024-02-03-one.md %})", one),
            ("[x]({% link _docs/guide/start.md %})", "_docs/guide/start.md"),
            ("[x]({{ site.baseurl }}{% link about.md %})", "https://j.example/blog/about-me/"),
            ("[x]({% link assets/paper.pdf %})", "https://j.example/blog/assets/paper.pdf"),
            (
                "[x]({% post_url 2024-02-03-on %})",
                "✗ no post is called \"2024-02-03-on\"; /2024/02/03/one.html is near",
            ),
            ("[x]({{ site.baseurl }}/2024/02/03/one.html)", one),
            ("[x]({{ site.url }}{{ site.baseurl }}/2024/02/03/one)", one),
            ("[x]({{ '/2024/02/03/one.html' | relative_url }})", one),
            ("[x]({{ \"/2024/02/03/one.html\" | absolute_url }})", one),
            ("[x](/blog/2024/02/03/one.html)", one),
            ("[x](https://j.example/blog/2024/02/03/one.html)", one),
            ("[x](https://own.example/blog/2024/02/03/one.html)", one),
            ("[x](https://j.example/other/2024/02/03/one.html)", "https://j.example/other/2024/02/03/one.html"),
            ("[x](/docs/guide/start/)", "_docs/guide/start.md"),
            ("[x](/old-two/)", "_posts/sub/2024-02-04-two.md"),
            ("[x](/older)", "_posts/sub/2024-02-04-two.md"),
            ("[x](2024-02-03-one.md)", one),
            ("[x](../about.md)", "https://j.example/blog/about-me/"),
            ("[x](/about-me/)", "https://j.example/blog/about-me/"),
            ("[x](/pages/contact.html)", "https://j.example/blog/pages/contact.html"),
            ("[x](/resume/)", "https://j.example/blog/resume/"),
            ("[x](/_layouts/post.html)", "✗ no post has the address /_layouts/post.html"),
            ("[x](/tags/#news)", "tag:news"),
            ("[x](/tags/)", "https://j.example/blog/tags/"),
            ("[x](/page2/)", "https://j.example/blog/page2/"),
            ("[x]({{ site.repository }}/issues/1)", "https://code.example/r/issues/1"),
            ("[x]({{ page.source }}/1)", "? only the generator knows the value of page.source"),
            ("[x](/assets/a.png)", "https://j.example/blog/assets/a.png"),
        ],
    );
}

/// <https://www.getzola.org/documentation/content/linking/>, <https://www.getzola.org/documentation/content/section/>
#[test]
fn zola() {
    let files = [
        ("config.toml", "base_url = \"https://z.example\"\n"),
        ("content/_index.md", "+++\n+++\n"),
        ("content/blog/_index.md", "+++\ntitle = \"Blog\"\n+++\n"),
        ("content/blog/2024-02-03-one.md", "+++\naliases = [\"old/one\"]\n[taxonomies]\ntags = [\"a b\"]\n+++\n"),
        ("content/notes/one.md", "+++\ntitle = \"N\"\ndate = 2024-01-01\n+++\n"),
        ("content/blog/Größe.md", "+++\ndate = 2024-01-01\n+++\n"),
    ];
    check(
        &files,
        "content/blog/from.md",
        &[
            ("[x](@/blog/2024-02-03-one.md)", "content/blog/2024-02-03-one.md"),
            ("[x](@/blog/2024-02-03-one.md#part)", "content/blog/2024-02-03-one.md#part"),
            ("[x](@/notes/one.md)", "content/notes/one.md"),
            ("[x](@/blog/_index.md)", "https://z.example/blog/"),
            ("[x](@/blog/2024-02-03-two.md)", "✗ no post is called \"/blog/2024-02-03-two.md\""),
            ("[x](/blog/one/)", "content/blog/2024-02-03-one.md"),
            ("[x](/old/one/)", "content/blog/2024-02-03-one.md"),
            ("[x](/blog/)", "https://z.example/blog/"),
            ("[x](/blog/grosse/)", "content/blog/Größe.md"),
            ("[x](/tags/a-b/)", "tag:a b"),
            ("[x](https://z.example/notes/one)", "content/notes/one.md"),
        ],
    );
}

/// <https://www.11ty.dev/docs/plugins/inputpath-to-url/>, <https://www.11ty.dev/docs/filters/url/>
#[test]
fn eleventy() {
    let files = [
        ("eleventy.config.js", "export const config = { dir: { input: \"content\" } };\n"),
        ("content/blog/one.md", POST),
        ("content/blog/own.md", "---\ntitle: O\ndate: 2024-01-01\npermalink: /mine/index.html\n---\n"),
    ];
    check(
        &files,
        "content/blog/from.md",
        &[
            ("[x](one.md)", "content/blog/one.md"),
            ("[x](/blog/one.md)", "content/blog/one.md"),
            ("[x](/blog/one/)", "content/blog/one.md"),
            ("[x](../one/)", "content/blog/one.md"),
            ("[x]({{ \"/blog/one/\" | url }})", "content/blog/one.md"),
            ("[x](/mine/)", "content/blog/own.md"),
        ],
    );
}

/// <https://docs.astro.build/en/guides/content-collections/>, <https://docs.astro.build/en/basics/astro-pages/>
#[test]
fn astro() {
    let files = [
        ("astro.config.mjs", "export default defineConfig({\n  site: 'https://a.example',\n  base: '/docs',\n});\n"),
        ("src/content/blog/first-post.md", POST),
        ("src/pages/about.md", "---\ntitle: A\n---\n"),
    ];
    check(
        &files,
        "src/content/blog/from.mdx",
        &[
            ("[x](./first-post.md)", "src/content/blog/first-post.md"),
            ("[x](/blog/first-post/)", "src/content/blog/first-post.md"),
            ("[x](/docs/blog/first-post)", "src/content/blog/first-post.md"),
            ("[x](/about/)", "https://a.example/docs/about/"),
        ],
    );
}

/// <https://docusaurus.io/docs/markdown-features/links>, <https://docusaurus.io/docs/blog>,
/// <https://docusaurus.io/docs/advanced/routing#escaping-from-spa-redirects>
#[test]
fn docusaurus() {
    let files = [
        ("docusaurus.config.js", "const config = {\n  url: 'https://d.example',\n  baseUrl: '/',\n};\n"),
        ("blog/2024-02-03-one.md", "---\ntitle: One\ntags: [Release Notes]\nauthors: [Ann]\n---\n"),
        ("blog/2024-02-04-two/index.mdx", "---\nslug: second\n---\n"),
        ("docs/01-intro.md", "# Intro\n"),
        ("docs/guide/02-setup.md", "---\nslug: start\n---\n"),
        ("src/pages/help.md", "# Help\n"),
    ];
    check(
        &files,
        "blog/2024-02-01-from.md",
        &[
            ("[x](2024-02-03-one.md)", "blog/2024-02-03-one.md"),
            ("[x](./2024-02-04-two/index.mdx#part)", "blog/2024-02-04-two/index.mdx#part"),
            ("[x](@site/blog/2024-02-03-one.md)", "blog/2024-02-03-one.md"),
            ("[x](/blog/2024/02/03/one)", "blog/2024-02-03-one.md"),
            ("[x](/blog/second/)", "blog/2024-02-04-two/index.mdx"),
            ("[x](/blog/tags/release-notes)", "tag:Release Notes"),
            ("[x](/blog/archive)", "https://d.example/blog/archive"),
            ("[x](/docs/intro)", "https://d.example/docs/intro"),
            ("[x](../docs/01-intro.md)", "https://d.example/docs/intro/"),
            ("[x](/docs/guide/start)", "https://d.example/docs/guide/start"),
            ("[x](/help)", "https://d.example/help"),
            ("[x](pathname:///files/a.html)", "https://d.example/files/a.html"),
            ("[x](/docs/other)", "✗ no post has the address /docs/other"),
        ],
    );
}

/// <https://hexo.io/docs/tag-plugins#Include-Posts>, <https://hexo.io/docs/asset-folders>, <https://hexo.io/docs/configuration>
#[test]
fn hexo() {
    let files = [
        ("_config.yml", "url: https://x.example\nroot: /\npermalink: :year/:month/:day/:title/\n"),
        ("scaffolds/post.md", ""),
        (
            "source/_posts/one.md",
            "---\ntitle: One\ndate: 2024-02-03\ntags: [技术]\ncategories: [[Code, Rust]]\n---\n## 6.4 控制器\n",
        ),
        ("source/_posts/sub/two.md", POST),
        ("source/about/index.md", "---\ntitle: About\n---\n"),
    ];
    check(
        &files,
        "source/_posts/from.md",
        &[
            ("{% post_link one %}", "source/_posts/one.md"),
            ("{% post_link one 'A title' %}", "source/_posts/one.md"),
            ("{% post_link sub/two %}", "source/_posts/sub/two.md"),
            ("{% post_link three %}", "✗ no post is called \"three\""),
            ("[x]({% post_path one %})", "source/_posts/one.md"),
            ("{% asset_link chart.pdf %}", "https://x.example/2024/02/01/from/chart.pdf"),
            ("[x](/2024/02/03/one/)", "source/_posts/one.md"),
            ("[x](/2024/02/03/one/#6-4-控制器)", "source/_posts/one.md#6-4-控制器"),
            ("[x](/tags/%E6%8A%80%E6%9C%AF/)", "tag:技术"),
            ("[x](/categories/Code/Rust/)", "category:Code/Rust"),
            ("[x](/archives/)", "https://x.example/archives/"),
            ("[x](/archives/2024/02/)", "date:2024-02"),
            ("[x](/about/)", "https://x.example/about/"),
        ],
    );
}

/// <https://docs.getpelican.com/en/latest/content.html#linking-to-internal-content>
#[test]
fn pelican() {
    let files = [
        ("pelicanconf.py", "SITEURL = 'https://p.example'\nPATH = 'content'\n"),
        ("content/one.md", "Title: First One\nDate: 2024-02-03\nTags: a b\nCategory: News\nAuthor: Ann\n\nx\n"),
        ("content/sub/two.md", "Title: Two\nDate: 2024-02-04\n\nx\n"),
        ("content/pages/about.md", "Title: About\n\nx\n"),
    ];
    check(
        &files,
        "content/sub/from.md",
        &[
            ("[x]({filename}/one.md)", "content/one.md"),
            ("[x]({filename}../one.md)", "content/one.md"),
            ("[x]({filename}two.md#part)", "content/sub/two.md#part"),
            ("[x](|filename|two.md)", "content/sub/two.md"),
            ("[x]({filename}/pages/about.md)", "https://p.example/pages/about/"),
            ("[x]({filename}/three.md)", "✗ no post is called \"/three.md\""),
            ("[x]({static}/images/a.png)", "https://p.example/images/a.png"),
            ("[x]({attach}a.pdf)", "https://p.example/sub/a.pdf"),
            ("[x]({tag}a%20b)", "tag:a b"),
            ("[x]({category}news)", "category:News"),
            ("[x]({author}ann)", "author:Ann"),
            ("[x]({index})", "https://p.example/"),
            ("[x](/first-one.html)", "content/one.md"),
            ("[x](/tag/a-b.html)", "tag:a b"),
        ],
    );
}

/// <https://getnikola.com/path_handlers.html>, <https://getnikola.com/handbook.html>
#[test]
fn nikola() {
    let files = [
        ("conf.py", "BLOG_TITLE = 'N'\nSITE_URL = 'https://n.example/'\n"),
        ("posts/one.md", "<!--\n.. title: One\n.. slug: first\n.. date: 2024-02-03\n.. tags: a b\n-->\n"),
        ("pages/about.md", "<!--\n.. title: About\n.. slug: about\n-->\n"),
    ];
    check(
        &files,
        "posts/from.md",
        &[
            ("[x](link://slug/first)", "posts/one.md"),
            ("[x](link://slug/first#part)", "posts/one.md#part"),
            ("[x](link://filename/posts/one.md)", "posts/one.md"),
            ("[x](link://tag/a%20b)", "tag:a b"),
            ("[x](link://archive/2024)", "date:2024"),
            ("[x](link://archive/2024/02)", "date:2024-02"),
            ("[x](link://slug/second)", "✗ no post is called \"second\""),
            ("[x](/posts/first/)", "posts/one.md"),
            ("[x](/categories/a-b/)", "tag:a b"),
            ("[x](/pages/about/)", "https://n.example/pages/about/"),
        ],
    );
}

/// <https://middlemanapp.com/basics/blogging/>, <https://middlemanapp.com/basics/pretty-urls/>
#[test]
fn middleman() {
    let files = [
        ("config.rb", "activate :blog do |blog|\n  blog.prefix = \"blog\"\nend\n"),
        ("source/blog/2024-02-03-one.html.md", POST),
        ("source/about.html.md", "---\ntitle: About\n---\n"),
    ];
    check(
        &files,
        "source/blog/2024-02-01-from.html.md",
        &[
            ("[x](/blog/2024/02/03/one.html)", "source/blog/2024-02-03-one.html.md"),
            ("[x](../03/one.html)", "source/blog/2024-02-03-one.html.md"),
            ("[x](/about.html)", "? /about.html is a page of the site, whose base URL is not known"),
        ],
    );
}

/// <https://www.gatsbyjs.com/plugins/gatsby-remark-relative-linker/>,
/// <https://www.gatsbyjs.com/docs/reference/routing/creating-routes/>
#[test]
fn gatsby() {
    let files = [
        ("gatsby-config.js", "module.exports = {\n  siteMetadata: {\n    siteUrl: `https://g.example`,\n  },\n}\n"),
        ("content/blog/one/index.md", POST),
        ("src/pages/about.md", "---\ntitle: A\n---\n"),
    ];
    check(
        &files,
        "content/blog/from/index.md",
        &[
            ("[x](../one/index.md)", "content/blog/one/index.md"),
            ("[x](../one/)", "content/blog/one/index.md"),
            ("[x](/one/)", "content/blog/one/index.md"),
            ("[x](/about/)", "https://g.example/about/"),
        ],
    );
}

/// <https://rust-lang.github.io/mdBook/format/markdown.html#links>
#[test]
fn md_book() {
    let files = [
        ("book.toml", "[book]\ntitle = \"B\"\n"),
        ("src/SUMMARY.md", "- [One](one.md)\n- [Deep](deep/README.md)\n- [From](deep/from.md)\n"),
        ("src/one.md", "# One\n"),
        ("src/deep/README.md", "# Deep\n"),
    ];
    check(
        &files,
        "src/deep/from.md",
        &[
            ("[x](../one.md#part)", "src/one.md#part"),
            ("[x](../one.html)", "src/one.md"),
            ("[x](README.md)", "src/deep/README.md"),
            ("[x](index.html)", "src/deep/README.md"),
            ("[x](./two.md)", "✗ there is no file /src/deep/two.md"),
        ],
    );
}

/// <https://help.obsidian.md/links>
#[test]
fn obsidian() {
    let files = [
        (".obsidian/app.json", "{}"),
        ("Boats/Anna.md", "---\naliases: [The Red One]\n---\n## Her Sails\n"),
        ("Where to Land.md", "x"),
        ("Cafe\u{301}.md", "x"),
    ];
    check(
        &files,
        "Notes/from.md",
        &[
            ("[[Anna]]", "Boats/Anna.md"),
            ("[[anna|words]]", "Boats/Anna.md"),
            ("[[Boats/Anna#Her Sails|words]]", "Boats/Anna.md#her-sails"),
            ("[[The Red One]]", "Boats/Anna.md"),
            ("[[Caf\u{e9}]]", "Cafe\u{301}.md"),
            ("[x](../Boats/Anna.md)", "Boats/Anna.md"),
            ("[x](<../Where to Land.md>)", "Where to Land.md"),
            ("[x](../Where%20to%20Land)", "Where to Land.md"),
            ("[[Ana]]", "✗ no post is called \"Ana\"; /Boats/Anna/ is near"),
        ],
    );
}

/// Nobody says what its addresses begin with: the end of one is enough where only one post has it.
#[test]
fn a_plain_folder() {
    let files = [
        ("docs/_guides/2024-02-03-one.md", POST),
        ("docs/_guides/same.md", POST),
        ("docs/_other/same.md", POST),
        ("blog/two.md", POST),
    ];
    check(
        &files,
        "blog/from.md",
        &[
            ("[x](two.md)", "blog/two.md"),
            ("[x](./two)", "blog/two.md"),
            ("[x](../docs/_guides/2024-02-03-one.md)", "docs/_guides/2024-02-03-one.md"),
            ("[x](/guides/one/)", "docs/_guides/2024-02-03-one.md"),
            ("[x](/news/2024/02/03/one.html)", "docs/_guides/2024-02-03-one.md"),
            ("[x](/other/same)", "docs/_other/same.md"),
            ("[x](/site/same)", "✗ no post has the address /site/same; /docs/_guides/same/ is near"),
            ("[x](picture.png)", "? /blog/from/picture.png is a file of the site, whose base URL is not known"),
            ("[x]({{ site.repository }}/1)", "? only the generator knows the value of site.repository"),
        ],
    );
}

/// No configuration names its host, but its own posts do, again and again.
#[test]
fn a_plain_folder_knows_its_host_by_its_links() {
    let body: String = (0..5).map(|_| "[x](https://www.own.example/blog/one/)\n\n").collect();
    let files = [("blog/one.md", POST), ("blog/two.md", &format!("{POST}\n{body}"))];
    check(
        &files,
        "blog/from.md",
        &[
            ("[x](https://own.example/blog/one)", "blog/one.md"),
            ("[x](https://own.example/elsewhere/)", "https://own.example/elsewhere/"),
            ("[x](https://other.example/blog/one)", "https://other.example/blog/one"),
        ],
    );
}

/// Headings are called as each generator calls them: <https://gohugo.io/configuration/markup/>,
/// <https://www.getzola.org/documentation/getting-started/configuration/#slugification-strategies>,
/// <https://github.com/hexojs/hexo-util> (`slugize`), <https://docusaurus.io/docs/markdown-features/toc#heading-ids>
#[test]
fn headings_have_the_names_that_the_generator_gives_them() {
    for (config, path, heading, id) in [
        ("hugo.toml", "content/a.md", "What's New & Old?", "whats-new--old"),
        ("zola.toml", "content/a.md", "What's New & Old?", "what-s-new-old"),
        ("docusaurus.config.js", "blog/a.md", "New {#own}", "own"),
        ("_config.yml", "_posts/2024-01-01-a.md", "New Größe", "new-größe"),
        ("source/_posts/b.md", "source/_posts/a.md", "New *Größe*?", "New-Große"),
    ] {
        let site = folder(&[(config, ""), (path, &format!("---\ntitle: A\n---\n## {heading}\n"))]);
        let source = Source::find(Some(site.path().as_os_str()), None, &Environment::at(site.path())).unwrap();
        let library = collection::library(&source);
        let post = library.everything().find(|post| post.key.as_str() == path).unwrap();
        assert!(post.document().names(id), "{config}: {:?}", post.document().headings);
    }
}

#[test]
fn hostile_links_are_resolved_and_told_clean() {
    let deep = format!("[x]({}a)", "../".repeat(5_000));
    let braces = format!("[x](<{}>)", "{{ site.".repeat(2_000));
    for config in ["hugo.toml", "_config.yml", "pelicanconf.py", "conf.py", "docusaurus.config.js", "note.md"] {
        let body =
            format!("{HOSTILE}\n\n{deep}\n\n{braces}\n\n[x](<{}>)\n\n[[{HOSTILE_NAME}#\u{1b}]]\n", "%1b".repeat(99));
        let site = folder(&[(config, ""), ("content/a.md", &body), ("posts/_posts/2024-01-01-b.md", &body)]);
        let source = Source::find(Some(site.path().as_os_str()), None, &Environment::at(site.path())).unwrap();
        let library = collection::library(&source);
        for post in library.everything() {
            for href in post.document().links.into_iter().map(|link| link.href).chain([HOSTILE.to_owned()]) {
                let target = library.resolve(post, &href);
                if let Target::Broken(why, _) | Target::Unknown(why) = &target {
                    assert!(!why.as_str().contains(char::is_control), "{why:?}");
                }
            }
        }
    }
}

/// Thousands of links that lead nowhere are told of their nearest posts while nobody waits.
#[test]
fn many_broken_links_on_many_posts_take_no_time() {
    let posts: Vec<(String, String)> = (0..1_000)
        .map(|at| {
            let links = [0, 1, 2, 3, 4].map(|link| format!("[x](/somewhere/post-number-{at}{link}x/)\n\n"));
            (format!("content/post/post-number-{at}.md"), links.concat())
        })
        .collect();
    let mut files = vec![("hugo.toml", "")];
    files.extend(posts.iter().map(|(name, body)| (name.as_str(), body.as_str())));
    let site = folder(&files);
    let source = Source::find(Some(site.path().as_os_str()), None, &Environment::at(site.path())).unwrap();
    let library = collection::library(&source);
    let links: Vec<_> = library.posts().iter().map(|post| (post, post.document().links)).collect();
    let start = std::time::Instant::now();
    let broken = links.iter().flat_map(|(post, links)| links.iter().map(move |link| (post, link)));
    let near = broken.filter(|(post, link)| told(&library.resolve(post, &link.href)).ends_with("is near")).count();
    assert!(near > 4_500, "{near}");
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
