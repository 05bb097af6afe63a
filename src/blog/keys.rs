//! What the fields of a post are called, by any generator, and what they say of it.
//!
//! Names are in lower case and without the hyphens that [`Fields`] does not mind. It reads fields only; dates it leaves to others.

use super::front::{Fields, Value, cut_up};
use super::site::Generator;

/// The title. Sites with several kinds of pages have more names for it.
pub const TITLE: &[&str] = &["title", "pagetitle", "newstitle", "tiptitle", "linktitle"];

/// When it was published: Hugo's names in Hugo's order (<https://gohugo.io/configuration/front-matter/#dates>), then those
/// of Astro (`pubDate`), JSON feeds (`date_published`), schema.org (`datePublished`), Ghost (`published_at`) and notes.
pub const PUBLISHED: &[&str] = &[
    "date",
    "publishdate",
    "pubdate",
    "published",
    "publishedat",
    "publishedon",
    "publisheddate",
    "datepublished",
    "pubdatetime",
    "created",
    "createdat",
    "createdate",
    "createddate",
    "datecreated",
];

/// When it was last changed; the last is Docusaurus's (<https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-blog>).
pub const UPDATED: &[&str] = &[
    "lastmod",
    "updated",
    "modified",
    "updatedat",
    "updateddate",
    "lastupdated",
    "lastmodified",
    "lastmodifiedat",
    "moddatetime",
    "datemodified",
    "dateupdated",
    "modifieddate",
    "update",
    "lastupdate.date",
];

/// Who wrote it. Zola keeps what it does not know under `extra`
/// (<https://www.getzola.org/documentation/content/page/#front-matter>), Hugo under `params`.
pub const AUTHORS: &[&str] = &[
    "authors",
    "author",
    "taxonomies.authors",
    "taxonomies.author",
    "by",
    "byline",
    "extra.authors",
    "extra.author",
    "params.authors",
    "params.author",
];

/// The series that it belongs to.
pub const SERIES: &[&str] = &["series", "taxonomies.series", "extra.series", "params.series"];

/// Its author's summary.
pub const SUMMARY: &[&str] = &[
    "summary",
    "description",
    "excerpt",
    "abstract",
    "teaser",
    "spoiler",
    "extra.summary",
    "extra.description",
    "params.summary",
];

/// The language that it is written in.
pub const LANGUAGE: &[&str] = &["lang", "language", "locale"];

/// Its tags; where it has none, its key words, which are often one text with commas. Jekyll cuts the text of `tags` at its
/// spaces (<https://jekyllrb.com/docs/posts/#tags>); to those that are not named here one text is one tag.
pub fn tags(fields: &Fields, generator: Generator) -> Vec<String> {
    use Generator::{Jekyll, Middleman, Nikola, Obsidian, Pelican, Plain};
    let tags = fields.list(&["tags", "tag", "taxonomies.tags"]);
    match (generator, tags.as_slice()) {
        (Jekyll, [one]) if fields.text(&["tags"]).is_some() => one.split_whitespace().map(str::to_owned).collect(),
        (_, []) => fields.list(&["keywords"]).iter().flat_map(|words| cut_up(words)).map(str::to_owned).collect(),
        (Plain | Obsidian | Pelican | Nikola | Middleman, [one]) => cut_up(one).map(str::to_owned).collect(),
        _ => tags,
    }
}

/// Its categories; one below another is a path, `Sports/Baseball`.
///
/// Hexo's list is one path, and a list of lists several (<https://hexo.io/docs/front-matter#Categories-Tags>). Jekyll cuts the
/// text of `categories` at its spaces but not that of `category` (<https://jekyllrb.com/docs/posts/#categories>).
pub fn categories(fields: &Fields, generator: Generator) -> Vec<String> {
    let names = ["categories", "category", "taxonomies.categories"];
    if let (Generator::Jekyll, Some(words)) = (generator, fields.text(&["categories"])) {
        return words.split_whitespace().map(str::to_owned).collect();
    }
    let paths = fields.paths(&names);
    if generator == Generator::Hexo && names.iter().any(|name| is_flat(fields.value(name))) {
        return vec![paths.concat().join("/")];
    }
    let mut categories: Vec<String> = Vec::new();
    for path in paths.into_iter().map(|path| path.join("/")) {
        if !categories.contains(&path) {
            categories.push(path);
        }
    }
    categories
}

fn is_flat(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::List(values)) if !values.is_empty() && values.iter().all(|value| !matches!(value, Value::List(_))))
}

/// Its older addresses: Hugo's and Jekyll's names together (<https://gohugo.io/content-management/urls/#aliases>,
/// <https://github.com/jekyll/jekyll-redirect-from>).
pub fn aliases(fields: &Fields) -> Vec<String> {
    ["aliases", "redirect_from", "alias"].iter().flat_map(|name| fields.list(&[name])).collect()
}

/// Whether its author keeps it back: by a flag, by a status (Pelican: <https://docs.getpelican.com/en/latest/content.html>,
/// Nikola: <https://getnikola.com/handbook.html#post-statuses>) or by the folder (Jekyll, Hexo: `_drafts`).
pub fn is_draft(fields: &Fields, path: &str) -> bool {
    let no = ["published", "publish", "public", "render"].iter().any(|name| fields.flag(&[name]) == Some(false));
    let yes = ["draft", "unlisted"].iter().any(|name| fields.flag(&[name]) == Some(true));
    let status = fields.text(&["status"]).unwrap_or_default().to_lowercase();
    let mut folders = path.rsplit('/').skip(1);
    no || yes
        || ["draft", "hidden", "private"].contains(&status.as_str())
        || folders.any(|folder| ["_drafts", "drafts", "draft"].contains(&folder))
}

/// Whether its file only holds the place of a translation that is still to be made. A post it is not.
pub fn is_stub(fields: &Fields, body: &str) -> bool {
    let untranslated = || fields.text(&["untranslated"]).is_some() && fields.flag(&["untranslated"]) != Some(false);
    body.trim().is_empty() && untranslated()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::front::{read, split};

    fn fields(header: &str) -> Fields {
        let text = format!("---\n{header}\n---\n");
        read(&text, &split(&text)).0
    }

    #[test]
    fn a_list_of_categories_is_a_path_to_hexo_and_several_to_others() {
        use Generator::{Hexo, Hugo, Jekyll};
        for (generator, header, expected) in [
            (Hexo, "categories:\n- Sports\n- Baseball", &["Sports/Baseball"][..]),
            (Hexo, "categories:\n- [Sports, Baseball]\n- Play", &["Sports/Baseball", "Play"]),
            (Hexo, "categories:\n- - LeetCode\n- - Trees", &["LeetCode", "Trees"]),
            (Hexo, "categories: [笔记，计算机， 优化]", &["笔记，计算机， 优化"]),
            (Hexo, "categories: Day one", &["Day one"]),
            (Hexo, "categories:", &[]),
            (Hexo, "categories: []", &[]),
            (Hugo, "categories: [a, b]", &["a", "b"]),
            (Hugo, "categories: [[Sports, Baseball], [Sports, Baseball]]", &["Sports/Baseball"]),
            (Jekyll, "categories: foo bar baz", &["foo", "bar", "baz"]),
            (Jekyll, "category: foo bar", &["foo bar"]),
            (Jekyll, "categories:\n- foo bar", &["foo bar"]),
            (Jekyll, "category: 2013", &["2013"]),
        ] {
            assert_eq!(categories(&fields(header), generator), expected, "{generator:?}: {header}");
        }
    }

    #[test]
    fn tags_are_cut_as_the_generator_does() {
        use Generator::{Hugo, Jekyll, Plain};
        for (generator, header, expected) in [
            (Jekyll, "tags: web tls", &["web", "tls"][..]),
            (Hugo, "tags: micro-purchase platforms", &["micro-purchase platforms"]),
            (Plain, "tags: old stone, wood", &["old stone", "wood"]),
            (Hugo, "tags: [332613, old stone]", &["332613", "old stone"]),
            (Hugo, "taxonomies: {tags: [a]}", &["a"]),
            (Hugo, "tag: a", &["a"]),
            (Hugo, "tags:\nkeywords: a, b", &["a", "b"]),
            (Hugo, "tags: []", &[]),
        ] {
            assert_eq!(tags(&fields(header), generator), expected, "{generator:?}: {header}");
        }
    }

    #[test]
    fn authors_are_names_in_each_of_their_forms() {
        for (header, expected) in [
            ("authors: slorber", &["slorber"][..]),
            ("authors: [slorber, yang]", &["slorber", "yang"]),
            ("authors:\n  name: Ada Lee\n  url: /ada", &["Ada Lee"]),
            ("authors:\n- key: slorber\n  title: Writer\n- name: Ada Lee\n- bo", &["slorber", "Ada Lee", "bo"]),
            ("author: Ada Lee, of the team", &["Ada Lee, of the team"]),
            ("by:\n- Ada Lee, for the team", &["Ada Lee, for the team"]),
            ("extra: {author: Ada}", &["Ada"]),
            ("author: ~\nbyline: Bo", &["Bo"]),
        ] {
            assert_eq!(fields(header).list(AUTHORS), expected, "{header}");
        }
    }

    #[test]
    fn what_is_kept_back_is_a_draft() {
        for (header, path, expected) in [
            ("draft: true", "a.md", true),
            ("draft: false\npublished: true\npublish: true\npublic: true", "a.md", false),
            ("published: false", "a.md", true),
            ("published: 2014-12-18", "a.md", false),
            ("published:", "a.md", false),
            ("publish: false", "a.md", true),
            ("public: no", "a.md", true),
            ("Status: Draft", "a.md", true),
            ("status: hidden", "a.md", true),
            ("status: Active", "a.md", false),
            ("render: false", "a.md", true),
            ("unlisted: true", "a.md", true),
            ("title: a", "_drafts/a.md", true),
            ("title: a", "content/draft/a.md", true),
            ("title: a", "posts/drafts.md", false),
            ("title: a", "draft", false),
        ] {
            assert_eq!(is_draft(&fields(header), path), expected, "{header} {path}");
        }
    }

    #[test]
    fn a_place_held_for_a_text_is_no_post() {
        for (header, body, expected) in [
            ("slug: a\nuntranslated: 1", "", true),
            ("title: a\nuntranslated: true", " \n", true),
            ("title: a\nuntranslated: 1", "text", false),
            ("title: a\nuntranslated: false", "", false),
            ("title: a", "", false),
            ("", "", false),
        ] {
            assert_eq!(is_stub(&fields(header), body), expected, "{header:?} {body:?}");
        }
    }

    #[test]
    fn old_addresses_have_two_names() {
        assert_eq!(aliases(&fields("aliases: [/a/]\nredirect_from: /b/")), ["/a/", "/b/"]);
    }
}
