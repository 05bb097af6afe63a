//! What the generators do: where a post's address, slug and date come from. One function per rule, its source beside it.
//!
//! Reads the site's own configuration as data; runs nothing of it.

use super::date::Date;
use super::front::{Fields, Value};
use super::url::Url;
use crate::markdown::Dialect;
use crate::text::Clean;

/// The program that would make a web site of the posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// <https://gohugo.io>
    Hugo,
    /// <https://jekyllrb.com>
    Jekyll,
    /// <https://www.getzola.org>
    Zola,
    /// <https://hexo.io>
    Hexo,
    /// <https://docusaurus.io>
    Docusaurus,
    /// <https://obsidian.md>, which publishes nothing but has its own links.
    Obsidian,
    /// None that is known: a folder of Markdown.
    Plain,
}

/// What the site's configuration says that a reader needs.
#[derive(Debug, Clone)]
pub struct Site {
    /// Who makes its pages.
    pub generator: Generator,
    /// Its name.
    pub title: Option<Clean>,
    /// Where it is published.
    pub base: Option<Url>,
    /// The folder that the user named, as a path below the site's root: empty, or such as `content/post`.
    pub below: String,
    /// Patterns of addresses: of a section, or of every post (`""`).
    permalinks: Vec<(String, String)>,
    /// The Markdown that its posts are written in.
    pub dialect: Dialect,
}

/// What an address is made of.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// The file's path below the content folder, `/` separated.
    pub path: &'a str,
    /// The title.
    pub title: &'a str,
    /// The front matter's slug, if it has one.
    pub slug: Option<&'a str>,
    /// The date.
    pub date: Option<Date>,
    /// The categories.
    pub categories: &'a [Clean],
}

impl Site {
    /// A folder of posts without a generator.
    pub fn plain() -> Self {
        Self::new(Generator::Plain, &Fields::default())
    }

    /// A site as its configuration describes it.
    pub fn new(generator: Generator, config: &Fields) -> Self {
        let base = ["baseurl", "base_url", "url"].iter().find_map(|name| Url::parse(&config.text(&[name])?).ok());
        let below = config.text(&["baseurl"]).filter(|path| path.starts_with('/'));
        let base = match (base, below) {
            (Some(host), Some(path)) if generator == Generator::Jekyll => host.join(&path).ok(),
            (base, _) => base,
        };
        Self {
            generator,
            title: config.text(&["title"]).map(|title| Clean::prose(&title)),
            base,
            below: String::new(),
            permalinks: permalinks(generator, config),
            dialect: dialect(generator, config),
        }
    }

    /// The same site, of which the user named a folder below the root.
    #[must_use]
    pub fn named_below(self, below: String) -> Self {
        Self { below, ..self }
    }

    /// An address of the site as it is on its host: below the path of the base URL.
    pub fn rooted(&self, address: &str) -> String {
        match self.base.as_ref().filter(|_| address.starts_with('/')) {
            Some(base) => format!("{}{address}", base.path().trim_end_matches('/')),
            None => address.to_owned(),
        }
    }

    /// The same the other way.
    pub fn unrooted<'a>(&self, path: &'a str) -> &'a str {
        let below = self.base.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
        path.strip_prefix(below).filter(|rest| rest.starts_with('/')).unwrap_or(path)
    }

    /// The path of a post below the folder that the generator reads, where its address begins.
    pub fn below_content(&self, path: &str) -> String {
        let whole = if self.below.is_empty() { path.to_owned() } else { format!("{}/{path}", self.below) };
        match self.generator {
            Generator::Hugo | Generator::Zola => whole.strip_prefix("content/").map_or(whole.clone(), str::to_owned),
            _ => whole,
        }
    }

    /// Whether the generator builds pages beside posts from the same folder, so that an undated section is no blog.
    pub fn has_pages(&self) -> bool {
        matches!(self.generator, Generator::Hugo | Generator::Zola)
    }

    /// The tags of a post. Jekyll splits one string at its spaces (<https://jekyllrb.com/docs/posts/#tags>); for the others
    /// one string is one tag.
    pub fn tags(&self, fields: &Fields) -> Vec<String> {
        let tags = fields.list(&["tags", "tag", "taxonomies.tags"]);
        match (self.generator, tags.as_slice()) {
            (Generator::Jekyll, [one]) if fields.text(&["tags"]).is_some() => {
                one.split_whitespace().map(str::to_owned).collect()
            }
            _ => tags,
        }
    }

    /// The address that a post's own front matter gives it. Hugo and Zola make a folder of it unless it names a file
    /// (<https://gohugo.io/content-management/urls/#url>).
    pub fn own_address(&self, own: &str, parts: &Parts<'_>) -> String {
        let address = match Url::parse(own) {
            Ok(url) => url.path().to_owned(),
            Err(_) if own.contains("/:") || own.starts_with(':') => jekyll_pattern(own, parts),
            Err(_) => tidy(&format!("/{own}")),
        };
        let file = address.rsplit('/').next().unwrap_or_default();
        match self.generator {
            Generator::Hugo if file.contains('.') => address,
            Generator::Hugo | Generator::Zola if !file.is_empty() => address + "/",
            _ => address,
        }
    }

    /// The address of a post on the site, such as `/2007/09/12/slug/`.
    pub fn address(&self, parts: &Parts<'_>) -> String {
        match self.generator {
            Generator::Hugo => self.hugo_address(parts),
            Generator::Jekyll | Generator::Hexo => self.jekyll_address(parts),
            _ => section_address(parts, ToOwned::to_owned),
        }
    }

    /// <https://gohugo.io/configuration/permalinks/>: a pattern for the section, else the path.
    fn hugo_address(&self, parts: &Parts<'_>) -> String {
        let section = parts.path.split_once('/').map_or("", |(section, _)| section);
        match self.permalinks.iter().find(|(name, _)| name == section) {
            Some((_, pattern)) => expand(pattern, parts, hugo_urlize),
            None => section_address(parts, hugo_urlize),
        }
    }

    /// <https://jekyllrb.com/docs/permalinks/>: a style or a pattern for every post, `date` where none is set.
    fn jekyll_address(&self, parts: &Parts<'_>) -> String {
        let pattern = self.permalinks.first().map_or("date", |(_, pattern)| pattern.as_str());
        let pattern = match pattern {
            "date" => "/:categories/:year/:month/:day/:title.html",
            "pretty" => "/:categories/:year/:month/:day/:title/",
            "ordinal" => "/:categories/:year/:y_day/:title.html",
            "none" => "/:categories/:title.html",
            own => own,
        };
        jekyll_pattern(pattern, parts)
    }
}

/// Jekyll's `:title` is the file's name where Hugo's is the title.
fn jekyll_pattern(pattern: &str, parts: &Parts<'_>) -> String {
    expand(&pattern.replace(":title", ":filename"), parts, str::to_owned)
}

/// The Markdown that a generator reads, where its configuration can change it by that:
/// Hugo: <https://gohugo.io/configuration/markup/#goldmark-extensions> and
/// <https://gohugo.io/configuration/all/#enableemoji>; Jekyll: <https://kramdown.gettalong.org/syntax.html> and
/// <https://github.com/jekyll/jemoji>, unless <https://jekyllrb.com/docs/configuration/markdown/> names another processor; Zola:
/// <https://www.getzola.org/documentation/getting-started/configuration/>; Hexo: <https://github.com/hexojs/hexo-renderer-marked>;
/// Docusaurus: <https://docusaurus.io/docs/markdown-features>; Obsidian: <https://help.obsidian.md/syntax>.
fn dialect(generator: Generator, config: &Fields) -> Dialect {
    let flag = |name: &str| config.flag(&[name]);
    let goldmark = |name: &str| flag(&format!("markup.goldmark.extensions.{name}"));
    let when = |on: bool, extension: Dialect| if on { extension } else { Dialect::COMMON };
    match generator {
        Generator::Hugo => {
            let smart = goldmark("typographer") != Some(false) && goldmark("typographer.disable") != Some(true);
            let definitions = goldmark("definitionList") != Some(false);
            let math = goldmark("passthrough.enable") == Some(true);
            let emoji = flag("enableEmoji") == Some(true);
            let extensions = [
                (smart, Dialect::SMART),
                (definitions, Dialect::DEFINITIONS),
                (math, Dialect::MATH),
                (emoji, Dialect::EMOJI),
            ];
            extensions.into_iter().map(|(on, extension)| when(on, extension)).collect()
        }
        Generator::Jekyll => {
            let processor = config.text(&["markdown"]).unwrap_or_default().to_lowercase();
            let kramdown = !processor.starts_with("commonmark") && processor != "gfm";
            let emoji = config.list(&["plugins", "gems"]).iter().any(|plugin| plugin == "jemoji");
            let parses = flag("kramdown.parse_block_html") == Some(true);
            let extensions = [
                (kramdown, Dialect::SMART.with(Dialect::DEFINITIONS)),
                // https://kramdown.gettalong.org/syntax.html#html-blocks
                (kramdown && !parses, Dialect::WHOLE_HTML),
                (emoji, Dialect::EMOJI),
            ];
            extensions.into_iter().map(|(on, extension)| when(on, extension)).collect()
        }
        Generator::Zola => {
            let smart = when(flag("markdown.smart_punctuation") == Some(true), Dialect::SMART);
            let emoji = when(flag("markdown.render_emoji") == Some(true), Dialect::EMOJI);
            smart.with(emoji).with(when(flag("markdown.definition_list") == Some(true), Dialect::DEFINITIONS))
        }
        Generator::Hexo => {
            let smart = when(flag("marked.smartypants") != Some(false), Dialect::SMART);
            smart.with(when(flag("marked.descriptionLists") != Some(false), Dialect::DEFINITIONS))
        }
        Generator::Docusaurus => Dialect::EMOJI,
        Generator::Obsidian => Dialect::WIKILINKS.with(Dialect::MATH),
        Generator::Plain => Dialect::UNKNOWN,
    }
}

fn permalinks(generator: Generator, config: &Fields) -> Vec<(String, String)> {
    match generator {
        Generator::Hugo => {
            ["permalinks", "permalinks.page"].iter().flat_map(|name| patterns(config.value(name))).collect()
        }
        Generator::Jekyll | Generator::Hexo => {
            config.text(&["permalink"]).map(|own| (String::new(), own)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn patterns(sections: Option<&Value>) -> Vec<(String, String)> {
    let Some(Value::Map(entries)) = sections else { return Vec::new() };
    let pattern = |(section, pattern): &(String, Value)| match pattern {
        Value::Text(pattern) => Some((section.clone(), pattern.clone())),
        _ => None,
    };
    entries.iter().filter_map(pattern).collect()
}

/// The path as the address, with the slug in the file's place; a bundle's address is its folder's.
fn section_address(parts: &Parts<'_>, urlize: fn(&str) -> String) -> String {
    let (folder, _) = parts.path.rsplit_once('/').unwrap_or(("", parts.path));
    let folder = if is_index(parts.path) { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
    let name = parts.slug.map_or_else(|| name(parts.path), str::to_owned);
    tidy(&format!("/{}/{}/", urlize(folder), urlize(&name)))
}

/// Fills in the tokens of a pattern, those of Hugo and of Jekyll together: where both have one it means the same.
fn expand(pattern: &str, parts: &Parts<'_>, urlize: fn(&str) -> String) -> String {
    let mut address = String::from("/");
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once(':') {
        address.push_str(before);
        let end = after.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(after.len());
        let (token, behind) = after.split_at(end);
        address.push_str(&value(token, parts, urlize));
        rest = behind;
    }
    address.push_str(rest);
    tidy(&address)
}

fn value(token: &str, parts: &Parts<'_>, urlize: fn(&str) -> String) -> String {
    let date = |show: fn(Date) -> String| parts.date.map(show).unwrap_or_default();
    let slug = || parts.slug.map_or_else(|| name(parts.path), str::to_owned);
    match token {
        "year" => date(|date| format!("{:04}", date.year())),
        "short_year" => date(|date| format!("{:02}", date.year() % 100)),
        "month" => date(|date| format!("{:02}", date.month())),
        "i_month" => date(|date| date.month().to_string()),
        "day" => date(|date| format!("{:02}", date.day())),
        "i_day" => date(|date| date.day().to_string()),
        "y_day" => date(|date| format!("{:03}", date.day_of_year())),
        "hour" => date(|date| format!("{:02}", date.hour())),
        "minute" => date(|date| format!("{:02}", date.minute())),
        "second" => date(|date| format!("{:02}", date.second())),
        "title" => urlize(parts.title),
        "filename" | "contentbasename" | "slugorcontentbasename" => urlize(&slug()),
        "slug" => urlize(parts.slug.unwrap_or(parts.title)),
        "section" => parts.path.split_once('/').map_or_else(String::new, |(section, _)| urlize(section)),
        "sections" => parts.path.rsplit_once('/').map_or_else(String::new, |(sections, _)| urlize(sections)),
        "categories" => parts.categories.iter().map(|name| slugify(name.as_str())).collect::<Vec<_>>().join("/"),
        _ => String::new(),
    }
}

/// One slash between segments, one at the front.
fn tidy(address: &str) -> String {
    let mut tidy = String::with_capacity(address.len());
    for letter in address.chars() {
        if letter != '/' || !tidy.ends_with('/') {
            tidy.push(letter);
        }
    }
    tidy
}

/// The name of a post from its path: the file's without date and extension, or its folder's where the file is an index.
pub fn name(path: &str) -> String {
    let path = if is_index(path) { path.rsplit_once('/').map_or(path, |(folder, _)| folder) } else { path };
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = stem(file);
    undated(stem).unwrap_or(stem).to_owned()
}

/// The file's name without a Markdown extension, nor that of what Middleman makes of it
/// (<https://middlemanapp.com/basics/blogging/>): `a.html.md`.
pub fn stem(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, extension)) if is_markdown(extension) && !stem.is_empty() => {
            stem.strip_suffix(".html").unwrap_or(stem)
        }
        _ => file,
    }
}

/// Whether a file of this extension holds a post.
pub fn is_markdown(extension: &str) -> bool {
    ["md", "markdown", "mdown", "mkd", "mdx", "dj"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Whether the file stands for its folder (`slug/index.md`).
pub fn is_index(path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(_, file)| stem(file).eq_ignore_ascii_case("index"))
}

/// What follows `2007-09-12-` or `2007-09-12_`.
fn undated(stem: &str) -> Option<&str> {
    let bytes = stem.as_bytes();
    let shaped = bytes.len() > 11
        && bytes.iter().take(11).enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            10 => matches!(byte, b'-' | b'_'),
            _ => byte.is_ascii_digit(),
        });
    if shaped { stem.get(11..) } else { None }
}

/// Hugo's way from a title to a part of an address (`helpers.PathSpec.URLize` of its sources): letters, digits, marks and
/// `. / \ _ # + ~ - @` stay, runs of white space become one hyphen, everything else goes; lower case.
pub fn hugo_urlize(text: &str) -> String {
    let mut out = String::new();
    let (mut owed, mut after_hyphen) = (false, false);
    for letter in text.chars() {
        if letter.is_alphanumeric() || "./\\_#+~-@".contains(letter) {
            after_hyphen = letter == '-';
            if owed && !after_hyphen {
                out.push('-');
            }
            owed = false;
            out.extend(letter.to_lowercase());
        } else if !out.is_empty() && !after_hyphen && letter.is_whitespace() {
            owed = true;
        }
    }
    out
}

/// Jekyll's `slugify`, also what Hugo and Zola make of a tag closely enough to compare: letters and digits, else hyphens.
pub fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            slug.extend(letter.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::blog::front;

    fn site(generator: Generator, config: &str) -> Site {
        Site::new(generator, &front::parse_config("config.yaml", config).unwrap())
    }

    fn parts<'a>(path: &'a str, title: &'a str) -> Parts<'a> {
        Parts { path, title, slug: None, date: Date::parse("2007-09-02T01:02:03Z"), categories: &[] }
    }

    #[test]
    fn the_markdown_is_that_of_the_generator() {
        use Generator::{Docusaurus, Hexo, Hugo, Jekyll, Obsidian, Plain, Zola};
        let off = "markup:\n  goldmark:\n    extensions:\n      typographer: ";
        for (generator, config, smart, wikilinks, definitions) in [
            (Hugo, "title: x", true, false, true),
            (Hugo, &*format!("{off}false"), false, false, true),
            (Hugo, &*format!("{off}{{disable: true}}"), false, false, true),
            (Hugo, &*format!("{off}{{ellipsis: '…'}}"), true, false, true),
            (Jekyll, "title: x", true, false, true),
            (Jekyll, "markdown: CommonMarkGhPages", false, false, false),
            (Jekyll, "markdown: GFM", false, false, false),
            (Zola, "title: x", false, false, false),
            (Zola, "markdown: {smart_punctuation: true, definition_list: true}", true, false, true),
            (Hexo, "title: x", true, false, true),
            (Hexo, "marked: {smartypants: false, descriptionLists: false}", false, false, false),
            (Docusaurus, "title: x", false, false, false),
            (Obsidian, "title: x", false, true, false),
            (Plain, "title: x", true, true, true),
        ] {
            let dialect = site(generator, config).dialect;
            let found = [Dialect::SMART, Dialect::WIKILINKS, Dialect::DEFINITIONS].map(|one| dialect.has(one));
            assert_eq!(found, [smart, wikilinks, definitions], "{generator:?}: {config}");
        }
    }

    #[test]
    fn emoji_have_names_where_the_site_turns_them_on() {
        use Generator::{Docusaurus, Hexo, Hugo, Jekyll, Plain, Zola};
        for (generator, config, on) in [
            (Hugo, "title: x", false),
            (Hugo, "enableEmoji: true", true),
            (Hugo, "enableemoji: true", true),
            (Hugo, "enableEmoji: false", false),
            (Jekyll, "plugins: [jekyll-feed]", false),
            (Jekyll, "plugins: [jekyll-feed, jemoji]", true),
            (Jekyll, "gems: [jemoji]\nmarkdown: GFM", true),
            (Zola, "title: x", false),
            (Zola, "markdown: {render_emoji: true}", true),
            (Docusaurus, "title: x", true),
            (Hexo, "title: x", false),
            (Plain, "title: x", false),
        ] {
            assert_eq!(site(generator, config).dialect.has(Dialect::EMOJI), on, "{generator:?}: {config}");
        }
    }

    #[test]
    fn hugo_addresses_follow_the_pattern_of_their_section() {
        let hugo =
            site(Generator::Hugo, "baseurl: https://a.example/\npermalinks:\n  post: ':year/:month/:day/:title/'\n");
        assert_eq!(hugo.address(&parts("post/x.md", "It's  C# & more!")), "/2007/09/02/its-c#-more/");
        assert_eq!(hugo.address(&parts("notes/A Note.md", "T")), "/notes/a-note/");
        assert_eq!(hugo.address(&parts("notes/bundle/index.md", "T")), "/notes/bundle/");
    }

    #[test]
    fn an_address_of_the_post_itself_is_a_folder_to_hugo_and_a_name_to_jekyll() {
        let own = |generator, own| Site::new(generator, &Fields::default()).own_address(own, &parts("x.md", "T"));
        assert_eq!(own(Generator::Hugo, "/2019/09/26/x"), "/2019/09/26/x/");
        assert_eq!(own(Generator::Hugo, "x.html"), "/x.html");
        assert_eq!(own(Generator::Zola, "2014/12/12/1.0-Timeline"), "/2014/12/12/1.0-Timeline/");
        assert_eq!(own(Generator::Jekyll, "/about"), "/about");
        assert_eq!(own(Generator::Jekyll, "/:year/:title"), "/2007/x");
    }

    #[test]
    fn jekyll_addresses_follow_a_style_or_a_pattern() {
        let path = "_posts/2007-09-02-some-news.md";
        let plain = Site::new(Generator::Jekyll, &Fields::default());
        assert_eq!(plain.address(&parts(path, "T")), "/2007/09/02/some-news.html");
        assert_eq!(site(Generator::Jekyll, "permalink: pretty").address(&parts(path, "T")), "/2007/09/02/some-news/");
        let own = site(Generator::Jekyll, "permalink: /:categories/:title/");
        let categories = [Clean::literal("Good News")];
        assert_eq!(own.address(&Parts { categories: &categories, ..parts(path, "T") }), "/good-news/some-news/");
    }

    #[test]
    fn zola_addresses_are_the_path_without_the_date() {
        let zola = site(Generator::Zola, "base_url: https://a.example");
        assert_eq!(zola.address(&parts("inside/2020-01-02-hello.md", "T")), "/inside/hello/");
        assert_eq!(zola.address(&Parts { slug: Some("other"), ..parts("x.md", "T") }), "/other/");
    }

    #[test]
    fn a_post_is_named_after_its_file_or_its_folder() {
        for (path, expected) in [
            ("post/2007-09-12-other-news.md", "other-news"),
            ("a/bundle/index.md", "bundle"),
            ("2014-12-12_x/index.md", "x"),
            ("v1.0.md", "v1.0"),
            ("1.0-Timeline.md", "1.0-Timeline"),
        ] {
            assert_eq!(name(path), expected);
        }
    }
}
