//! Addresses of the generators whose rules fit in a few lines, each with the page of its manual that says so.

use std::sync::LazyLock;

use deunicode::deunicode_char;
use regex::Regex;
use sha1_smol::Sha1;
use unicode_normalization::UnicodeNormalization;

use super::name::{dated_name, folder, hyphenated, is_index, name, slugify, stem, undated, without_extension};
use super::pattern::{as_folder, fill_braces, fill_colons, of_date, tidy};
use super::{Parts, Site};
use crate::blog::url::Url;
use crate::markdown::ascii_slug;

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
        match token {
            "title" => self.hexo_title(parts),
            "name" => self.hexo_title(parts).rsplit('/').next().unwrap_or_default().to_owned(),
            // A site in another time zone has another; which, only its tables of zones tell.
            "hash" => parts.date.map_or_else(String::new, |date| {
                let digest = Sha1::from(format!("{}{}", self.hexo_title(parts), date.unix())).digest().to_string();
                digest.get(..12).unwrap_or_default().to_owned()
            }),
            "post_title" => hyphenated(parts.title, ""),
            "category" if parts.categories.is_empty() => self.default_category.clone(),
            "category" => {
                // One below another is written `one/other`.
                let names = parts.categories.iter().flat_map(|category| category.as_str().split('/'));
                let slugs = names.map(|category| hyphenated(category, ""));
                slugs.collect::<Vec<_>>().join("/")
            }
            own => parts.fields.text(&[own]).or_else(|| self.address_defaults.text(&[own])).unwrap_or_default(),
        }
    }

    /// The path of the file below the folder of posts.
    fn hexo_title(&self, parts: &Parts<'_>) -> String {
        let below = parts.path.split_once("_posts/").or_else(|| parts.path.split_once("_drafts/"));
        let title = without_extension(below.map_or(parts.path, |(_, below)| below));
        let (folder, file) = title.rsplit_once('/').unwrap_or(("", &title));
        let file = if self.dated_names { name(file) } else { file.to_owned() };
        tidy(&format!("{folder}/{file}")).trim_start_matches('/').to_owned()
    }

    /// <https://docusaurus.io/docs/blog#adding-posts>: `slug`, else the date in the path with slashes, and the rest of it.
    pub(super) fn docusaurus_address(&self, parts: &Parts<'_>) -> String {
        let prefix = self.languages.prefix();
        let place = if self.homes.0.iter().any(String::is_empty) { "" } else { "blog" };
        if let Some(slug) = parts.slug {
            return tidy(&format!("{prefix}/{place}/{slug}"));
        }
        let path = without_extension(parts.path);
        let path = path.strip_suffix("/index").unwrap_or(&path);
        let found = DATED.as_ref().and_then(|dated| dated.captures(path)).map(|found| found.extract::<5>().1);
        match found {
            Some([folder, year, month, day, text]) => {
                tidy(&format!("{prefix}/{place}/{year}/{month}/{day}/{folder}{text}"))
            }
            None => tidy(&format!("{prefix}/{place}/{path}")),
        }
    }

    /// <https://www.11ty.dev/docs/permalinks/>: `permalink` where it is no template but for the commonest, else the path.
    pub(super) fn eleventy_address(parts: &Parts<'_>) -> String {
        let own = parts.fields.text(&["permalink"]).filter(|own| own != "false" && own != "true");
        let filled = own.and_then(|own| eleventy_template(&own, parts));
        filled.map_or_else(|| eleventy_path(parts.path), |own| tidy(&format!("/{own}")))
    }

    /// <https://docs.astro.build/en/guides/routing/#static-routes> and, for collections, `/collection/id/` as in
    /// <https://docs.astro.build/en/guides/content-collections/#generating-routes-from-content>.
    pub(super) fn astro_address(parts: &Parts<'_>) -> String {
        let of = |part: &str| {
            part.split('/').map(|part| hyphenated(&part.to_lowercase(), "_")).collect::<Vec<_>>().join("/")
        };
        match parts.slug {
            Some(slug) => tidy(&format!("/{}/{slug}/", parts.section())),
            None => tidy(&format!("/{}/{}/", of(folder(parts.path)), of(dated_name(parts.path)))),
        }
    }

    /// <https://www.gatsbyjs.com/docs/creating-slugs-for-pages/>: the path, unless the front matter has another.
    pub(super) fn gatsby_address(parts: &Parts<'_>) -> String {
        let own = parts.fields.text(&["path", "slug", "permalink"]);
        own.map_or_else(|| path_address(parts.path), |own| tidy(&format!("/{own}")))
    }

    /// <https://docs.getpelican.com/en/latest/settings.html#url-settings>: `ARTICLE_URL`, `{slug}.html` by default.
    pub(super) fn pelican_address(&self, parts: &Parts<'_>) -> String {
        if let Some(own) = parts.fields.text(&["url", "save_as"]) {
            return tidy(&format!("/{own}"));
        }
        let slug = parts.slug.map_or_else(|| pelican_slug(parts.title), str::to_owned);
        fill_braces(self.pattern().unwrap_or("{slug}.html"), |token, format| match token {
            "slug" => slug.clone(),
            "date" => parts.date.map(|date| date.formatted(format)).unwrap_or_default(),
            "category" => parts.categories.first().map(|name| pelican_slug(name.as_str())).unwrap_or_default(),
            "author" => pelican_slug(&parts.fields.text(&["author", "authors"]).unwrap_or_default()),
            own => parts.fields.text(&[own]).unwrap_or_default(),
        })
    }

    /// <https://getnikola.com/handbook.html>: `posts/slug/`, with `PRETTY_URLS` as a new site has it. Without a slug it is that
    /// of the file's name (`get_meta` and `slugify` of <https://github.com/getnikola/nikola/blob/master/nikola/utils.py>).
    pub(super) fn nikola_address(&self, parts: &Parts<'_>) -> String {
        let slug = parts.slug.map_or_else(|| nikola_slug(dated_name(parts.path)), str::to_owned);
        tidy(&format!("{}/posts/{}/{slug}/", self.languages.prefix(), folder(parts.path)))
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

/// The same, where a file may also stand for the folder that it is called after; a date in its name stays
/// (<https://www.11ty.dev/docs/permalinks/#file-name-is-the-same-as-the-directory-name>).
fn eleventy_path(path: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_first = folder.rsplit('/').next() == Some(dated_name(path)) && !folder.is_empty();
    if is_first { tidy(&format!("/{folder}/")) } else { path_address(path) }
}

/// An address with `{{ page.fileSlug }}` and its like filled in; none where it has another word.
fn eleventy_template(own: &str, parts: &Parts<'_>) -> Option<String> {
    let mut address = String::new();
    let mut rest = own;
    while let Some((before, after)) = rest.split_once("{{") {
        let (word, behind) = after.split_once("}}")?;
        address.push_str(before);
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
            _ => return None,
        }
        rest = behind;
    }
    (!rest.contains("{%")).then(|| address + rest)
}

/// <https://docs.getpelican.com/en/latest/settings.html#basic-settings>, `SLUG_REGEX_SUBSTITUTIONS`.
fn pelican_slug(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|letter| letter.is_alphanumeric() || "_-".contains(*letter) || letter.is_whitespace())
        .collect();
    let words = kept.split(|letter: char| letter == '-' || letter.is_whitespace()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// In ASCII letters, digits, `+` and `_`, with hyphens for white space and for hyphens; without all else.
fn nikola_slug(name: &str) -> String {
    let ascii: String = name.nfc().filter_map(deunicode_char).collect();
    let kept = |letter: &char| letter.is_ascii_alphanumeric() || "+_-".contains(*letter) || letter.is_whitespace();
    let kept: String = ascii.to_lowercase().chars().filter(kept).collect();
    let mut slug = String::with_capacity(kept.len());
    for letter in kept.trim().chars() {
        let is_gap = letter == '-' || letter.is_whitespace();
        if !is_gap {
            slug.push(letter);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug
}
