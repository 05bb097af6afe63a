//! What the generators do: which files are posts, and where a post's address, slug and date come from.
//!
//! Reads the site's own configuration as data; runs nothing of it. One file per rule, its source beside it.

mod beside;
mod dialect;
mod generator;
mod hugo;
mod jekyll;
mod keep;
mod languages;
mod name;
mod nikola;
mod others;
mod pages;
mod pattern;
mod pelican;
mod script;
mod translation;

use std::collections::BTreeMap;
use std::fmt;

use self::beside::Beside;
pub use self::generator::Generator;
pub use self::languages::is_code;
use self::languages::{Languages, is_below};
pub use self::name::{hugo_urlize, is_file, is_html, is_index, is_markdown, name, slugify, stem};
use self::nikola::Nikola;
use self::others::Slugs;
use self::pelican::Pelican;
pub use self::script::{is_script, settings};
use super::date::Date;
use super::front::Fields;
use super::url::Url;
use crate::markdown::{self, Dialect};
use crate::text::Clean;

/// What the site's configuration says that a reader needs.
#[derive(Debug, Clone)]
pub struct Site {
    /// Who makes its pages.
    pub generator: Generator,
    /// The file or the wish by which that is known; none where nothing is.
    pub because: Option<Clean>,
    /// Its name.
    pub title: Option<Clean>,
    /// Where it is published.
    pub base: Option<Url>,
    /// The folder that the user named, as a path below the site's root: empty, or such as `content/post`.
    pub below: String,
    /// The Markdown that its posts are written in.
    pub dialect: Dialect,
    /// Patterns of addresses, the most special first.
    patterns: Vec<Pattern>,
    languages: Languages,
    beside: Beside,
    /// Folders below the site's root that have its posts; `""` is all of it.
    homes: Passing<Vec<String>>,
    configured_homes: Vec<String>,
    /// Folders of Jekyll's collections that become pages.
    collections: Vec<String>,
    /// The places of a book's chapters by their paths.
    chapters: BTreeMap<String, usize>,
    /// Sections of Hugo whose pages are files.
    ugly: Vec<String>,
    slugs: Slugs,
    /// Folders of Astro's pages that have one for every post.
    routes: Vec<String>,
    pelican: Pelican,
    nikola: Nikola,
    /// Whether a date in a file's name is no part of the post's own.
    dated_names: bool,
    /// Whether every page is a folder.
    pretty: bool,
    /// What addresses begin with, or paths that are no part of them.
    folder: String,
    /// How Middleman's articles are called.
    source_names: String,
    hugo_paths: hugo::Paths,
    default_category: String,
    /// Words for parts of Hexo's addresses: `permalink_defaults`, and the map `category_map`.
    hexo_words: Fields,
    /// The name of the folder that the generator writes.
    left_out: String,
    /// The language of the posts that are shown, where their front matter has one.
    post_language: Option<String>,
    /// The languages that such posts may have, where the configuration says so.
    post_languages: Vec<String>,
    held_back: HeldBack,
    now: Passing<Option<Date>>,
    /// Hosts beside the one of the base URL.
    hosts: Vec<Url>,
    /// What links may ask the configuration for.
    config: Passing<Fields>,
}

/// A pattern of addresses and what it is for.
#[derive(Debug, Clone, Default)]
struct Pattern {
    /// A section or a collection; empty for all.
    of: String,
    /// A folder; empty for all.
    below: String,
    text: String,
}

/// Which posts a generator leaves out of what it publishes, beside drafts.
#[derive(Debug, Clone, Copy, Default)]
struct HeldBack {
    future: bool,
    expired: bool,
}

/// What a list that is kept does not depend on, because every post is looked at again: the time, and which folders are there.
#[derive(Clone, Default)]
struct Passing<T>(T);

impl<T> fmt::Debug for Passing<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passing")
    }
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
    /// The front matter.
    pub fields: &'a Fields,
}

impl Parts<'_> {
    fn section(&self) -> &str {
        self.path.split_once('/').map_or("", |(section, _)| section)
    }
}

impl Site {
    /// A folder of posts without a generator.
    pub fn plain() -> Self {
        Self::new(Generator::Plain, &Fields::default())
    }

    /// A site as its configuration describes it.
    pub fn new(generator: Generator, config: &Fields) -> Self {
        let text = |names: &[&str]| config.text(names).unwrap_or_default();
        let collections_folder = text(&["collections_dir"]).trim_matches('/').to_owned();
        let collections =
            if generator == Generator::Jekyll { jekyll::published_collections(config) } else { Vec::new() };
        Self {
            generator,
            because: None,
            title: config.text(&["title", "book.title", "SITENAME", "BLOG_TITLE"]).map(|title| Clean::prose(&title)),
            base: base(generator, config),
            below: String::new(),
            dialect: dialect::dialect(generator, config),
            patterns: patterns(generator, config),
            languages: Languages::of(generator, config),
            beside: Beside::default(),
            homes: Passing(generator.homes().first().map(|home| vec![(*home).to_owned()]).unwrap_or_default()),
            configured_homes: keep::configured_homes(generator, config),
            collections: collections
                .iter()
                .map(|name| pattern::tidy(&format!("{collections_folder}/_{name}")).trim_matches('/').to_owned())
                .collect(),
            chapters: BTreeMap::new(),
            ugly: if generator == Generator::Hugo { hugo::ugly(config) } else { Vec::new() },
            slugs: match text(&["slugify.paths"]).as_str() {
                "safe" => Slugs::Safe,
                "off" => Slugs::Off,
                _ => Slugs::On,
            },
            routes: Vec::new(),
            pelican: if generator == Generator::Pelican { Pelican::new(config) } else { Pelican::default() },
            nikola: if generator == Generator::Nikola { Nikola::new(config) } else { Nikola::default() },
            dated_names: dated_names(generator, config),
            pretty: config.flag(&["directory_indexes", "trailingSlash"]) == Some(true),
            folder: match generator {
                Generator::Jekyll => collections_folder,
                Generator::Middleman => text(&["prefix"]).trim_matches('/').to_owned(),
                Generator::Eleventy => text(&["input"]).trim_matches(['/', '.']).to_owned(),
                Generator::Docusaurus => config.text(&["blog.routeBasePath"]).unwrap_or_else(|| "blog".to_owned()),
                _ => String::new(),
            },
            source_names: if generator == Generator::Middleman { text(&["sources"]) } else { String::new() },
            hugo_paths: hugo::Paths::new(config),
            default_category: config.text(&["default_category"]).unwrap_or_else(|| "uncategorized".to_owned()),
            hexo_words: if generator == Generator::Hexo { others::hexo_words(config) } else { Fields::default() },
            left_out: match generator {
                Generator::Jekyll => text(&["destination"]).trim_matches(['/', '.']).to_owned(),
                Generator::Eleventy => text(&["output"]).trim_matches(['/', '.']).to_owned(),
                _ => String::new(),
            },
            post_language: post_language(generator, config),
            post_languages: post_languages(generator, config),
            held_back: held_back(generator, config),
            now: Passing::default(),
            hosts: pages::hosts(generator, config),
            config: Passing(pages::variables(generator, config)),
        }
    }

    /// The same site, of which the user named a folder below the root.
    #[must_use]
    pub fn named_below(mut self, below: String) -> Self {
        self.languages.show_folder(&below);
        Self { below, ..self }
    }

    /// The same site at this time.
    #[must_use]
    pub fn at(self, now: Option<Date>) -> Self {
        Self { now: Passing(now), ..self }
    }

    /// The same site, whose folders with names of languages were found: the name, and the path below the site's root.
    #[must_use]
    pub fn with_languages(self, folders: &[(String, String)], config: &Fields) -> Self {
        Self { languages: Languages::in_folders(folders, self.generator, config), ..self }
    }

    /// The same site, whose pages for posts lie in these folders of its pages.
    #[must_use]
    pub fn with_routes(self, routes: Vec<String>) -> Self {
        Self { routes, ..self }
    }

    /// The same book, whose table of contents is this.
    #[must_use]
    pub fn with_summary(self, summary: &str) -> Self {
        let links = markdown::parse(summary, Dialect::COMMON).links;
        let path = |href: &str| {
            let path = href.split('#').next().unwrap_or(href).trim_start_matches("./").to_owned();
            path.rsplit_once('.').is_some_and(|(_, extension)| is_markdown(extension)).then_some(path)
        };
        let mut chapters = BTreeMap::new();
        for (at, link) in links.iter().enumerate() {
            if let Some(path) = path(&link.href) {
                chapters.entry(path).or_insert(at);
            }
        }
        Self { chapters, ..self }
    }

    /// Whether posts are in several languages, of which one is shown.
    pub fn has_languages(&self) -> bool {
        self.languages.are_several()
    }

    /// Shows posts in another language; says which there are where that one is not.
    pub fn show_language(&mut self, wanted: &str) -> Result<(), Vec<String>> {
        if let Some(language) = self.post_language.as_mut().filter(|_| !self.languages.are_several()) {
            *language = wanted.to_lowercase();
            return Ok(());
        }
        if self.languages.show(wanted) { Ok(()) } else { Err(self.languages.codes().map(str::to_owned).collect()) }
    }

    /// Whether a post whose front matter says this language is shown: one that says none belongs to all.
    pub fn shows(&self, language: Option<&str>) -> bool {
        self.post_language.as_deref().is_none_or(|shown| language.is_none_or(|language| language == shown))
    }

    /// The language that is shown, where there are several.
    pub fn language(&self) -> Option<&str> {
        self.languages.shown().or(self.post_language.as_deref())
    }

    /// An address of the site as it is on its host: below the path of the base URL.
    pub fn rooted(&self, address: &str) -> String {
        match self.base.as_ref().filter(|_| address.starts_with('/')) {
            Some(base) => format!("{}{address}", base.path().trim_end_matches('/')),
            None => address.to_owned(),
        }
    }

    /// Where an address of the site is on the web, if the site says where it is published.
    pub fn published(&self, address: &str) -> Option<Url> {
        self.base.as_ref()?.join(&self.rooted(address)).ok()
    }

    /// The same the other way.
    pub fn unrooted<'a>(&self, path: &'a str) -> &'a str {
        let below = self.base.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
        path.strip_prefix(below).filter(|rest| rest.starts_with('/')).unwrap_or(path)
    }

    /// The path of a post below the folder that the generator reads, where its address begins.
    pub fn below_content(&self, path: &str) -> String {
        let whole = self.languages.unnamed(&self.whole(path));
        // What it builds begins where it reads, not where its posts are.
        let below = match self.generator {
            Generator::Eleventy => whole,
            Generator::Nikola => self.nikola.placed(&whole),
            _ => self.below_home(&whole),
        };
        let is_of_addresses = matches!(self.generator, Generator::Middleman | Generator::Docusaurus);
        if self.folder.is_empty() || !is_below(&below, &self.folder) || is_of_addresses {
            return below;
        }
        below.strip_prefix(&self.folder).unwrap_or(&below).trim_start_matches('/').to_owned()
    }

    /// The part of the site that a post belongs to, by its path below the content: the first folder, or nothing.
    pub fn section(&self, below: &str) -> String {
        if self.generator == Generator::Jekyll && jekyll::is_post(below) {
            return "posts".to_owned();
        }
        below.split_once('/').map_or_else(String::new, |(section, _)| section.to_owned())
    }

    /// Whether the generator builds pages beside posts from the same folder, so that an undated section is no blog.
    pub fn has_pages(&self) -> bool {
        self.generator.has_pages()
    }

    /// Whether the generator leaves a post out of what it publishes: its day has not come, or is over, or it is no page.
    pub fn holds_back(&self, fields: &Fields, date: Option<Date>) -> bool {
        if self.generator == Generator::Hugo && hugo::is_never_rendered(fields) {
            return true;
        }
        let Some(now) = self.now.0 else { return false };
        let named = |names: &[&str]| Date::parse(&fields.text(names)?);
        let is_hugo = self.generator == Generator::Hugo;
        let published = if is_hugo { named(&["publishdate", "pubdate", "published"]).or(date) } else { date };
        let expires = if is_hugo { named(&["expirydate", "unpublishdate"]) } else { None };
        self.held_back.future && published.is_some_and(|published| published > now)
            || self.held_back.expired && expires.is_some_and(|expires| expires < now)
    }

    /// The categories of a post: its `own`, and those that the generator takes from its path below the content.
    pub fn categories(&self, below: &str, own: Vec<String>) -> Vec<String> {
        match self.generator {
            Generator::Jekyll => jekyll::categories(below, own),
            // https://docs.getpelican.com/en/latest/settings.html, USE_FOLDER_AS_CATEGORY
            Generator::Pelican if own.is_empty() => {
                let folder = below.rsplit_once('/').map(|(folder, _)| folder.rsplit('/').next().unwrap_or(folder));
                folder.map(str::to_owned).into_iter().collect()
            }
            _ => own,
        }
    }

    /// The address of a post on the site, such as `/2007/09/12/slug/`.
    pub fn address(&self, parts: &Parts<'_>) -> String {
        match self.generator {
            Generator::Hugo => self.hugo_address(parts),
            Generator::Jekyll => self.jekyll_address(parts),
            Generator::Zola => self.zola_address(parts),
            Generator::Eleventy => Self::eleventy_address(parts),
            Generator::Astro => self.astro_address(parts),
            Generator::Docusaurus => self.docusaurus_address(parts),
            Generator::Hexo => self.hexo_address(parts),
            Generator::Pelican => self.pelican_address(parts),
            Generator::Nikola => self.nikola_address(parts),
            Generator::Middleman => self.middleman_address(parts),
            Generator::Gatsby => Self::gatsby_address(parts),
            Generator::MdBook => Self::book_address(parts),
            Generator::Obsidian | Generator::Plain => Self::plain_address(parts),
        }
    }

    /// The same, where a post's file may also be a page that is no post.
    pub fn address_of(&self, path: &str, parts: &Parts<'_>) -> String {
        if self.is_page(path) { self.page_address(parts) } else { self.address(parts) }
    }

    /// The site's one pattern.
    fn pattern(&self) -> Option<&str> {
        self.patterns.first().map(|pattern| pattern.text.as_str())
    }
}

/// Where a site is published: the host, and with Jekyll, Docusaurus and Astro the path on it that another setting has.
fn base(generator: Generator, config: &Fields) -> Option<Url> {
    let names: &[&str] = match generator {
        Generator::Pelican => &["SITEURL"],
        Generator::Nikola => &["SITE_URL"],
        Generator::Astro => &["site"],
        Generator::Gatsby => &["siteUrl"],
        _ => &["baseurl", "base_url", "url", "site_url", "siteUrl", "site"],
    };
    let host = names.iter().find_map(|name| Url::parse(&config.text(&[name])?).ok())?;
    let paths: &[&str] = match generator {
        Generator::Jekyll | Generator::Docusaurus => &["baseurl"],
        Generator::Astro => &["base"],
        Generator::Gatsby => &["pathPrefix"],
        Generator::Hexo => &["root"],
        Generator::MdBook => &["output.html.site-url"],
        _ => &[],
    };
    match config.text(paths).filter(|path| path.starts_with('/')) {
        Some(path) => host.join(&path).ok(),
        None => Some(host),
    }
}

fn patterns(generator: Generator, config: &Fields) -> Vec<Pattern> {
    let one =
        |name: &str| config.text(&[name]).map(|text| Pattern { text, ..Pattern::default() }).into_iter().collect();
    match generator {
        Generator::Hugo => hugo::patterns(config),
        Generator::Jekyll => jekyll::patterns(config),
        Generator::Hexo | Generator::Middleman => one("permalink"),
        Generator::Pelican => one("ARTICLE_URL"),
        _ => Vec::new(),
    }
}

fn dated_names(generator: Generator, config: &Fields) -> bool {
    match generator {
        Generator::Hugo => hugo::reads_dated_names(config),
        Generator::Hexo => config.text(&["new_post_name"]).is_some_and(|name| name.starts_with(":year")),
        _ => true,
    }
}

/// The language of a site whose posts name theirs: Pelican's `DEFAULT_LANG`
/// (<https://docs.getpelican.com/en/latest/content.html#translations>), and `languages` of Jekyll's plugin Polyglot
/// (<https://github.com/untra/polyglot>).
fn post_language(generator: Generator, config: &Fields) -> Option<String> {
    let language = match generator {
        Generator::Pelican => config.text(&["DEFAULT_LANG"]).or_else(|| Some("en".to_owned())),
        Generator::Jekyll => {
            let languages = post_languages(generator, config);
            let default = config.text(&["default_lang"]).filter(|_| !languages.is_empty());
            default.or_else(|| languages.into_iter().next())
        }
        _ => None,
    };
    language.map(|language| language.to_lowercase())
}

/// All of them, where there are several and the configuration names them.
fn post_languages(generator: Generator, config: &Fields) -> Vec<String> {
    let named = if generator == Generator::Jekyll { config.list(&["languages"]) } else { Vec::new() };
    if named.len() > 1 { named.iter().map(|language| language.to_lowercase()).collect() } else { Vec::new() }
}

/// Hugo: <https://gohugo.io/content-management/front-matter/#fields>, `publishDate` and `expiryDate`; Jekyll:
/// <https://jekyllrb.com/docs/configuration/options/>, `future`; Hexo: <https://hexo.io/docs/configuration>, `future`; Nikola:
/// `FUTURE_IS_NOW`; Middleman: <https://middlemanapp.com/basics/blogging/>, `publish_future_dated`. The others publish all.
fn held_back(generator: Generator, config: &Fields) -> HeldBack {
    let is_off = |name: &str| config.flag(&[name]) != Some(true);
    match generator {
        Generator::Hugo => HeldBack { future: is_off("buildFuture"), expired: is_off("buildExpired") },
        Generator::Jekyll => HeldBack { future: is_off("future"), expired: false },
        Generator::Hexo => HeldBack { future: config.flag(&["future"]) == Some(false), expired: false },
        Generator::Nikola | Generator::Middleman => HeldBack { future: true, expired: false },
        _ => HeldBack::default(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::blog::front;

    fn site(generator: Generator, config: &str) -> Site {
        Site::new(generator, &front::parse_config("config.yaml", config).unwrap())
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
    fn a_post_is_held_back_until_its_day_and_after_its_last_where_the_generator_does() {
        let now = Date::parse("2020-01-01T00:00:00Z");
        for (generator, config, header, held) in [
            (Generator::Hugo, "title: x", "date: 2019-12-31", false),
            (Generator::Hugo, "title: x", "date: 2020-01-02", true),
            (Generator::Hugo, "buildFuture: true", "date: 2020-01-02", false),
            (Generator::Hugo, "title: x", "date: 2020-01-02\npublishDate: 2019-01-01", false),
            (Generator::Hugo, "title: x", "date: 2019-01-01\npublishDate: 2021-01-01", true),
            (Generator::Hugo, "title: x", "date: 2019-01-01\nexpiryDate: 2019-06-01", true),
            (Generator::Hugo, "buildExpired: true", "date: 2019-01-01\nexpiryDate: 2019-06-01", false),
            (Generator::Jekyll, "title: x", "date: 2020-01-02", true),
            (Generator::Jekyll, "future: true", "date: 2020-01-02", false),
            (Generator::Jekyll, "title: x", "date: 2019-01-01\nexpiryDate: 2019-06-01", false),
            (Generator::Hexo, "title: x", "date: 2020-01-02", false),
            (Generator::Hexo, "future: false", "date: 2020-01-02", true),
            (Generator::Zola, "title: x", "date: 2020-01-02", false),
        ] {
            let site = site(generator, config);
            let fields = front::parse_config("x.yaml", header).unwrap();
            let date = fields.text(&["date"]).and_then(|date| Date::parse(&date));
            assert!(!site.holds_back(&fields, date), "nobody knows the time");
            assert_eq!(site.at(now).holds_back(&fields, date), held, "{generator:?}: {config}: {header}");
        }
    }
}
