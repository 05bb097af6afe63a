//! Articles of Pelican and their addresses: <https://docs.getpelican.com/en/latest/settings.html>.
//!
//! It reads settings that are written out; what a plugin adds, it does not know.

use super::languages::is_below;
use super::name::{Letters, dated_name, python_slug};
use super::pattern::{fill_braces, tidy};
use super::{Parts, Site};
use crate::blog::front::Fields;

/// What a configuration says of articles.
#[derive(Debug, Clone, Default)]
pub struct Pelican {
    /// `ARTICLE_PATHS`: folders below the content; empty for all of it.
    articles: Vec<String>,
    /// `ARTICLE_EXCLUDES`.
    excluded: Vec<String>,
    /// `PAGE_PATHS`.
    pages: Vec<String>,
    /// `SLUGIFY_USE_UNICODE`.
    letters: Letters,
    /// `SLUGIFY_SOURCE`: whether a slug is made of the file's name, not of the title.
    named_by_file: bool,
    category: String,
    drafts: String,
}

impl Pelican {
    pub fn new(config: &Fields) -> Self {
        let text = |name: &str, otherwise: &str| config.text(&[name]).unwrap_or_else(|| otherwise.to_owned());
        let paths = |name: &str| -> Vec<String> {
            config.list(&[name]).iter().map(|path| path.trim_matches('/').to_owned()).collect()
        };
        let pages = Some(paths("PAGE_PATHS")).filter(|pages| !pages.is_empty());
        Self {
            articles: paths("ARTICLE_PATHS"),
            excluded: paths("ARTICLE_EXCLUDES"),
            pages: pages.unwrap_or_else(|| vec!["pages".to_owned()]),
            letters: if config.flag(&["SLUGIFY_USE_UNICODE"]) == Some(true) { Letters::Any } else { Letters::Ascii },
            named_by_file: text("SLUGIFY_SOURCE", "title") == "basename",
            category: text("DEFAULT_CATEGORY", "misc"),
            drafts: text("DRAFT_URL", "drafts/{slug}.html"),
        }
    }

    /// Whether a path below the content is one of a page.
    pub fn is_page(&self, path: &str) -> bool {
        self.pages.iter().any(|folder| !folder.is_empty() && is_below(path, folder))
    }

    /// Whether it is one of an article.
    pub fn is_article(&self, path: &str) -> bool {
        let is_in = |folders: &[String]| folders.iter().any(|folder| is_below(path, folder));
        !self.is_page(path) && !is_in(&self.excluded) && (self.articles.is_empty() || is_in(&self.articles))
    }
}

impl Site {
    /// `ARTICLE_URL`, `{slug}.html` by default; a draft has an address of its own.
    pub(super) fn pelican_address(&self, parts: &Parts<'_>) -> String {
        if let Some(own) = parts.fields.text(&["url", "save_as"]) {
            return tidy(&format!("/{own}"));
        }
        let about = &self.pelican;
        let slugged = |text: &str| python_slug(text, about.letters);
        let named = if about.named_by_file { dated_name(parts.path) } else { parts.title };
        let slug = parts.slug.map_or_else(|| slugged(named), str::to_owned);
        let category = parts.categories.first().map_or(about.category.as_str(), crate::text::Clean::as_str);
        let is_draft = parts.fields.text(&["status"]).is_some_and(|status| status.eq_ignore_ascii_case("draft"));
        let pattern = if is_draft { &about.drafts } else { self.pattern().unwrap_or("{slug}.html") };
        fill_braces(pattern, |token, format| match token {
            "slug" => slug.clone(),
            "date" => parts.date.map(|date| date.formatted(format)).unwrap_or_default(),
            "category" => slugged(category),
            "author" => slugged(&parts.fields.text(&["author", "authors"]).unwrap_or_default()),
            own => parts.fields.text(&[own]).unwrap_or_default(),
        })
    }
}
