//! Pages of a site that are no posts, and what else a link may name: paths from the content's root, values of the
//! configuration, hosts.
//!
//! It knows paths and settings only; whether a file is there, the walk finds out.

use super::languages::is_below;
use super::name::{is_html, is_markdown, stem};
use super::pattern::tidy;
use super::{Generator, Parts, Site, jekyll};
use crate::blog::front::{Fields, Value};
use crate::blog::url::Url;
use crate::markdown::ascii_slug;

/// Hosts that a configuration may name beside the one of its base URL, at the most.
const HOSTS: usize = 40;

impl Site {
    /// Folders below the one that the user named that have pages and no post.
    pub fn page_bases(&self) -> Vec<&str> {
        let homes = self.page_homes();
        let all = homes.into_iter().filter(|home| self.homes.0.iter().all(|posts| !is_below(home, posts)));
        all.filter_map(|home| inside(home, &self.below)).collect()
    }

    /// <https://docusaurus.io/docs/docs-introduction>, <https://docs.astro.build/en/basics/astro-pages/>,
    /// <https://www.gatsbyjs.com/docs/reference/routing/creating-routes/>.
    fn page_homes(&self) -> Vec<&str> {
        match self.generator {
            Generator::Docusaurus => vec!["docs", "src/pages"],
            Generator::Nikola => self.nikola.page_homes().collect(),
            Generator::Astro | Generator::Gatsby => vec!["src/pages"],
            _ => Vec::new(),
        }
    }

    /// Whether the file at this path, from the folder that the user named, becomes a page of the site and no post.
    pub fn is_page(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        if !self.is_published(name) || self.homes.0.is_empty() {
            return false;
        }
        let whole = self.whole(path);
        if self.is_beside_posts(&whole) {
            return true;
        }
        let is_hidden = path.split('/').any(|part| part.starts_with('_') && part != name && part != "_pages");
        if is_html(name) || name.starts_with("_index.") {
            return !is_hidden;
        }
        let below = self.below_home(&whole);
        match self.generator {
            _ if self.is_free() => false,
            Generator::Jekyll => !is_hidden && !jekyll::is_post(&below) && !self.is_in_collection(&below),
            Generator::Hexo => !is_hidden && !jekyll::is_post(&below),
            Generator::Middleman => !is_hidden && !self.keeps(path),
            Generator::Pelican => self.pelican.is_page(&below),
            _ => false,
        }
    }

    /// Whether a path, from the site's root, lies in a folder of pages.
    pub(super) fn is_beside_posts(&self, whole: &str) -> bool {
        let is_posts = |home: &String| home.is_empty() || is_below(whole, home);
        self.page_homes().into_iter().any(|home| is_below(whole, home))
            && !self.is_free()
            && !self.homes.0.iter().any(is_posts)
    }

    /// Whether a generator makes a page of a file of this name: `_index.md` is one of Hugo's and Zola's.
    fn is_published(&self, name: &str) -> bool {
        let has_sections = matches!(self.generator, Generator::Hugo | Generator::Zola);
        let is_page = name.rsplit_once('.').is_some_and(|(_, ending)| is_markdown(ending)) || is_html(name);
        is_page && (!name.starts_with('_') || (has_sections && name.starts_with("_index.")))
    }

    /// The address of a page that is no post: its own, else its path.
    pub(super) fn page_address(&self, parts: &Parts<'_>) -> String {
        let own = ["permalink", "url", "path"].iter().find_map(|name| parts.fields.text(&[name]));
        if let Some(own) = own.filter(|own| own != "true" && own != "false") {
            return Url::parse(&own).map_or_else(|_| tidy(&format!("/{own}")), |url| url.path().to_owned());
        }
        let path = parts.path.strip_prefix("src/pages/").unwrap_or(parts.path).trim_start_matches("_pages/");
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let name = if is_html(file) { file.rsplit_once('.').map_or(file, |(name, _)| name) } else { stem(file) };
        let name = if matches!(name, "index" | "_index" | "README") { "" } else { name };
        let path = format!("{folder}/{name}");
        let path = match self.generator {
            Generator::Hugo => self.hugo_path(&path),
            Generator::Zola => path.split('/').map(ascii_slug).collect::<Vec<_>>().join("/"),
            Generator::Docusaurus => path.split('/').map(unnumbered).collect::<Vec<_>>().join("/"),
            _ => path,
        };
        let path = match (self.generator, parts.slug) {
            // https://docusaurus.io/docs/create-doc#doc-urls
            (Generator::Docusaurus, Some(slug)) if slug.starts_with('/') => format!("docs/{slug}"),
            (_, Some(slug)) => path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/{slug}")),
            _ => path,
        };
        tidy(&format!("{}/{path}/", self.languages.prefix()))
    }

    /// What a path from the root of the content, or of the site, may be called below the folder that the user named.
    pub fn inside(&self, path: &str) -> Vec<String> {
        let path = path.trim_start_matches('/');
        let with = |home: &String| if home.is_empty() { path.to_owned() } else { format!("{home}/{path}") };
        let mut found: Vec<String> = self.homes.0.iter().map(with).collect();
        if self.generator == Generator::Eleventy && !self.folder.is_empty() {
            found.push(format!("{}/{path}", self.folder));
        }
        found.push(path.to_owned());
        let below = |path: String| {
            if self.below.is_empty() {
                return Some(path);
            }
            Some(path.strip_prefix(self.below.as_str())?.strip_prefix('/')?.to_owned())
        };
        let mut found: Vec<String> = found.into_iter().filter_map(below).collect();
        found.dedup();
        found
    }

    /// The value of `{{ site.name }}`, where the configuration has it in one piece.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.config.0.text(&[name.strip_prefix("site.")?])
    }

    /// Whether an address is one of this site's: on a host that it calls its own, below the path of its base URL.
    pub fn owns(&self, url: &Url) -> bool {
        let is_of = |own: &Url| {
            let below = own.path().trim_end_matches('/');
            own.same_site(url) && is_below(url.path().trim_end_matches('/'), below)
        };
        self.base.iter().chain(&self.hosts).any(is_of)
    }

    /// Whether an address belongs to a language that is not shown.
    pub fn is_of_other_language(&self, path: &str) -> bool {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        let shown = self.language().unwrap_or_default();
        let mut codes = self.languages.codes();
        !first.is_empty() && !first.eq_ignore_ascii_case(shown) && codes.any(|code| code.eq_ignore_ascii_case(first))
    }

    fn is_in_collection(&self, below: &str) -> bool {
        self.collections.iter().any(|folder| is_below(below, folder))
    }
}

/// The rest of a folder's path, where it lies inside another.
fn inside<'a>(home: &'a str, folder: &str) -> Option<&'a str> {
    let rest = home.strip_prefix(folder)?;
    if folder.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// What links may ask a configuration for: all of it where links can name its values.
pub fn variables(generator: Generator, config: &Fields) -> Fields {
    if generator == Generator::Jekyll { config.clone() } else { Fields::default() }
}

/// Hosts that a configuration names beside the base URL: of languages
/// (<https://gohugo.io/configuration/languages/#baseurl>), and the one that Jekyll sites redirect to, as `enforce_ssl`.
pub fn hosts(generator: Generator, config: &Fields) -> Vec<Url> {
    let mut named: Vec<String> = Vec::new();
    match generator {
        Generator::Hugo => {
            if let Some(Value::Map(languages)) = config.value("languages") {
                let base = |(code, _): &(String, Value)| config.text(&[&format!("languages.{code}.baseURL")]);
                named.extend(languages.iter().take(HOSTS).filter_map(base));
            }
        }
        Generator::Jekyll => named.extend(config.text(&["enforce_ssl"])),
        _ => {}
    }
    let url = |name: String| {
        if name.contains("://") { Url::parse(&name).ok() } else { Url::parse(&format!("https://{name}/")).ok() }
    };
    named.into_iter().filter_map(url).collect()
}

/// A part of a path without the number that orders it (<https://docusaurus.io/docs/sidebar/autogenerated>).
fn unnumbered(part: &str) -> &str {
    let rest = part.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let name = rest.trim_start_matches(['-', '_', '.', ' ']);
    if rest.len() < part.len() && name.len() < rest.len() && !name.is_empty() { name } else { part }
}
