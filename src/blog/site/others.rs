//! Addresses of the generators whose rules fit in a few lines, each with the page of its manual that says so.

use std::sync::LazyLock;

use regex::Regex;
use sha1_smol::Sha1;

use super::name::{dated_name, folder, is_index, name, slugify, stem, undated, without_extension};
use super::pattern::{as_folder, fill_braces, fill_colons, of_date, tidy};
use super::{Parts, Site};
use crate::blog::front::{Fields, Value};
use crate::blog::url::Url;
use crate::markdown::{Dialect, ascii_slug, slug, slug_in};

/// What Docusaurus takes for a date in a path: the last of them counts.
static DATED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(.*)(\d{4})[-/](\d{1,2})[-/](\d{1,2})[-/]?(.*)$").ok());

/// How Zola makes a slug of a file's name: `slugify.paths`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Slugs {
    /// In ASCII letters, digits and hyphens.
    #[default]
    On,
    /// Without what a file's name may not have.
    Safe,
    /// As it is.
    Off,
}

impl Site {
    /// `path`, else the folders and the slug (<https://www.getzola.org/documentation/content/page/#output-paths>).
    pub(super) fn zola_address(&self, parts: &Parts<'_>) -> String {
        if let Some(own) = parts.fields.text(&["path"]) {
            return as_folder(tidy(&format!("/{own}")));
        }
        let slug = parts.slug.map_or_else(|| name(parts.path), str::to_owned);
        let slug = match self.slugs {
            Slugs::On => ascii_slug(&slug),
            Slugs::Safe => slug
                .split_whitespace()
                .collect::<Vec<_>>()
                .join("_")
                .replace(['<', '>', ':', '"', '|', '?', '*', '#', '(', ')', '[', ']'], ""),
            Slugs::Off => slug,
        };
        tidy(&format!("{}/{}/{slug}/", self.languages.prefix(), folder(parts.path)))
    }

    /// <https://hexo.io/docs/permalinks>: `permalink` of the post or of the site.
    pub(super) fn hexo_address(&self, parts: &Parts<'_>) -> String {
        if let Some(own) = parts.fields.text(&["permalink"]) {
            let own = tidy(&format!("/{own}"));
            return if own.rsplit_once('.').is_some_and(|(_, ending)| ending == "html") { own } else { as_folder(own) };
        }
        let pattern = self.pattern().unwrap_or(":year/:month/:day/:title/");
        fill_colons(pattern, |token| self.hexo_part(token, parts))
    }

    fn hexo_part(&self, token: &str, parts: &Parts<'_>) -> String {
        if let Some(part) = of_date(token, parts.date) {
            return part;
        }
        let below = parts.path.split_once("_posts/").or_else(|| parts.path.split_once("_drafts/"));
        let title = || {
            let title = without_extension(below.map_or(parts.path, |(_, below)| below));
            let (folder, file) = title.rsplit_once('/').unwrap_or(("", &title));
            let slug = match undated(file).filter(|_| self.dated_names) {
                Some(name) => tidy(&format!("{folder}/{name}")),
                // What is not named as new posts are is one word.
                None if self.dated_names => hexo_slug(&title),
                None => title,
            };
            slug.trim_start_matches('/').to_owned()
        };
        match token {
            "title" => title(),
            "name" => title().rsplit('/').next().unwrap_or_default().to_owned(),
            // A site in another time zone has another; which, only its tables of zones tell.
            "hash" => parts.date.map_or_else(String::new, |date| {
                let digest = Sha1::from(format!("{}{}", title(), date.unix())).digest().to_string();
                digest.get(..12).unwrap_or_default().to_owned()
            }),
            "post_title" => hexo_slug(parts.title).to_lowercase(),
            "category" => parts.categories.first().map_or_else(
                || self.default_category.clone(),
                // One below another is written `one/other`.
                |path| path.as_str().split('/').map(|name| self.hexo_category(name)).collect::<Vec<_>>().join("/"),
            ),
            own => parts.fields.text(&[own]).or_else(|| self.hexo_words.text(&[own])).unwrap_or_default(),
        }
    }

    fn hexo_category(&self, name: &str) -> String {
        let mapped = self.hexo_words.value("category_map").and_then(|map| match map {
            Value::Map(names) => names.iter().find(|(known, _)| known == name),
            _ => None,
        });
        match mapped {
            Some((_, Value::Text(word))) => hexo_slug(word),
            _ => hexo_slug(name),
        }
    }

    /// <https://docusaurus.io/docs/blog#adding-posts>: `slug`, else the date in the path with slashes, and the rest of it,
    /// below `routeBasePath`; `trailingSlash` of <https://docusaurus.io/docs/api/docusaurus-config>.
    pub(super) fn docusaurus_address(&self, parts: &Parts<'_>) -> String {
        let path = without_extension(parts.path);
        let path = path.strip_suffix("/index").unwrap_or(&path);
        let found = DATED.as_ref().and_then(|dated| dated.captures(path)).map(|found| found.extract::<5>().1);
        let name = match (parts.slug, found) {
            (Some(slug), _) => slug.to_owned(),
            (None, Some([folder, year, month, day, text])) => format!("{year}/{month}/{day}/{folder}{text}"),
            (None, None) => path.to_owned(),
        };
        let place = if self.homes.0.iter().any(String::is_empty) { "" } else { &self.folder };
        let address = tidy(&format!("/{}/{place}/{name}", self.languages.prefix()));
        if self.pretty { as_folder(address) } else { address }
    }

    /// <https://www.11ty.dev/docs/permalinks/>: `permalink` where it is no template but for the commonest, else the path.
    pub(super) fn eleventy_address(parts: &Parts<'_>) -> String {
        let own = parts.fields.text(&["permalink"]).filter(|own| own != "false" && own != "true");
        let filled = own.and_then(|own| eleventy_template(&own, parts));
        match filled {
            Some(own) => {
                let own = tidy(&format!("/{own}"));
                own.strip_suffix("/index.html").map_or(own.clone(), |folder| format!("{folder}/"))
            }
            None => path_address(eleventy_path(parts.path)),
        }
    }

    /// <https://docs.astro.build/en/guides/routing/#static-routes> and, for collections, `/collection/id/` as in
    /// <https://docs.astro.build/en/guides/content-collections/#generating-routes-from-content>, unless the site has one page
    /// for posts and that lies elsewhere. Ids are made as GitHub makes them of headings.
    pub(super) fn astro_address(&self, parts: &Parts<'_>) -> String {
        let of = |part: &str| part.split('/').filter(|part| !part.is_empty()).map(slug).collect::<Vec<_>>().join("/");
        let is_in = |homes: &[&str]| self.homes.0.iter().any(|home| homes.contains(&home.as_str()));
        let collection = parts.path.split_once('/').filter(|_| is_in(&["src/content", "content"]));
        let (section, within) = collection.unwrap_or(("", parts.path));
        let place = match self.routes.as_slice() {
            [only] if !is_in(&["src/pages"]) => only,
            _ => section,
        };
        match parts.slug {
            Some(slug) => tidy(&format!("/{place}/{slug}/")),
            None => tidy(&format!("/{place}/{}/{}/", of(folder(within)), of(dated_name(parts.path)))),
        }
    }

    /// <https://www.gatsbyjs.com/docs/creating-slugs-for-pages/>: the path, unless the front matter has another.
    pub(super) fn gatsby_address(parts: &Parts<'_>) -> String {
        let own = parts.fields.text(&["path", "slug", "permalink"]);
        own.map_or_else(|| path_address(parts.path), |own| tidy(&format!("/{own}")))
    }

    /// <https://middlemanapp.com/basics/blogging/#custom-paths>: `blog.permalink` below `blog.prefix`.
    pub(super) fn middleman_address(&self, parts: &Parts<'_>) -> String {
        let pattern = self.pattern().unwrap_or("{year}/{month}/{day}/{title}.html");
        let title = parts.slug.map_or_else(|| name(parts.path), str::to_owned);
        let address = fill_braces(&format!("{}/{pattern}", self.folder), |token, _| match token {
            "title" => slugify(&title),
            token => of_date(token, parts.date).or_else(|| parts.fields.text(&[token])).unwrap_or_default(),
        });
        if self.pretty { as_folder(address.trim_end_matches(".html").to_owned()) } else { address }
    }

    /// <https://rust-lang.github.io/mdBook/format/summary.html>: the path, and `README` is the index of its folder.
    pub(super) fn book_address(parts: &Parts<'_>) -> String {
        let path = without_extension(parts.path);
        match path.strip_suffix("README") {
            Some(folder) => format!("/{folder}index.html"),
            None => format!("/{path}.html"),
        }
    }

    /// What the front matter says in any of the usual words, else the path with the slug in the file's place.
    pub(super) fn plain_address(parts: &Parts<'_>) -> String {
        let own = parts.fields.text(&["url", "permalink", "path"]).filter(|own| own != "true" && own != "false");
        if let Some(own) = own {
            return Url::parse(&own).map_or_else(|_| tidy(&format!("/{own}")), |url| url.path().to_owned());
        }
        let name = parts.slug.map_or_else(|| name(parts.path), str::to_owned);
        tidy(&format!("/{}/{name}/", folder(parts.path)))
    }
}

/// The path as a folder of its own.
fn path_address(path: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_first = is_index(path) || stem(path).eq_ignore_ascii_case("index");
    let last = if is_first { "" } else { dated_name(path) };
    tidy(&format!("/{folder}/{last}/"))
}

/// A path without the last part, where that has the name of its folder (<https://www.11ty.dev/docs/permalinks/>).
fn eleventy_path(path: &str) -> &str {
    let Some((folder, file)) = path.rsplit_once('/') else { return path };
    if folder.rsplit('/').next() == Some(stem(file)) { folder } else { path }
}

/// <https://hexo.io/docs/configuration>: `permalink_defaults` and `category_map`.
pub fn hexo_words(config: &Fields) -> Fields {
    let mut words = match config.value("permalink_defaults") {
        Some(Value::Map(entries)) => entries.clone(),
        _ => Vec::new(),
    };
    words.extend(config.value("category_map").map(|map| ("category_map".to_owned(), map.clone())));
    Fields::new(words)
}

/// Hexo's name for a text.
fn hexo_slug(text: &str) -> String {
    slug_in(text, Dialect::CASED_IDS)
}

/// A date as Liquid's filter writes it: `page.date | date: "%Y/%m"`.
fn liquid_date(word: &str, parts: &Parts<'_>) -> Option<String> {
    let (value, filter) = word.split_once('|')?;
    let format = filter.trim().strip_prefix("date:")?.trim().trim_matches(['"', '\'']);
    matches!(value.trim(), "date" | "page.date").then(|| parts.date.map(|date| date.formatted(format)))?
}

/// An address with `{{ page.fileSlug }}` and its like filled in; none where it has another word.
fn eleventy_template(own: &str, parts: &Parts<'_>) -> Option<String> {
    let mut address = String::new();
    let mut rest = own;
    while let Some((before, after)) = rest.split_once("{{") {
        let (word, behind) = after.split_once("}}")?;
        address.push_str(before);
        let date = liquid_date(word, parts);
        let word: String = word.chars().filter(|letter| !letter.is_whitespace()).collect();
        match word.as_str() {
            "page.fileSlug" => address.push_str(&name(parts.path)),
            "page.filePathStem" => {
                let (folder, file) = parts.path.rsplit_once('/').unwrap_or(("", parts.path));
                let file = undated(stem(file)).unwrap_or(stem(file));
                address += &["/", folder, "/", file].concat();
            }
            "title|slugify" | "title|slug" => address.push_str(&slugify(parts.title)),
            "slug" => address.push_str(parts.slug?),
            _ => address.push_str(&date?),
        }
        rest = behind;
    }
    (!rest.contains("{%")).then(|| address + rest)
}
