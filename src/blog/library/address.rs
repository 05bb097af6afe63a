//! What stands at an address of the site: a post, a page, the list of a tag, of a category or of a time.
//!
//! It compares addresses as servers do: with and without a slash, `index.html` or `.html` at the end, in any case.

use super::near::Near;
use super::resolve::{decoded, normal};
use super::{Resolver, Target};
use crate::blog::post::Post;
use crate::blog::site::{self, Generator};
use crate::blog::taxonomy::Taxonomy;

/// What the pages of a site's lists of dates are below: Hexo's `archive_dir`, and names that themes use.
const ARCHIVES: [&str; 7] = ["archives", "archive", "blog", "posts", "post", "articles", "news"];

impl Resolver {
    /// What stands at an address of the site.
    pub(super) fn at_address(&self, path: &str, fragment: Option<&str>) -> Option<Target> {
        let path = self.site.unrooted(&decoded(path)).to_owned();
        if let Some(post) = self.names.at(&path) {
            return Some(Target::Post(post.clone(), fragment.map(str::to_owned)));
        }
        let address = normal(&path);
        let parts = without_number(address.split('/').filter(|part| !part.is_empty()).collect());
        if let Some(target) = self.list_of_term(&parts, fragment) {
            return Some(target);
        }
        let page = self.names.page_at(&path).or_else(|| self.names.page_at(&parts.join("/")));
        if page.is_some() {
            return Some(self.on_web(&path, fragment));
        }
        match self.days(&parts) {
            Some(days) => Some(Target::Dates(days)),
            None => self.is_list(&parts).then(|| self.on_web(&path, fragment)),
        }
    }

    /// The posts of `tags/name`, of `blog/tags/name`, and of `tags#name` where a theme has all tags on one page.
    fn list_of_term(&self, parts: &[&str], fragment: Option<&str>) -> Option<Target> {
        let named = |part: &&str| of_folder(part);
        let at = parts.iter().take(2).position(|part| named(part).is_some())?;
        let taxonomy = parts.get(at).and_then(named)?;
        let name = parts.get(at + 1..).unwrap_or_default().join("/");
        let name = if name.is_empty() { fragment?.to_owned() } else { name };
        self.term_called(taxonomy, &name)
    }

    /// The tag or category that an address calls so. Nikola calls both a category.
    pub(super) fn term_called(&self, taxonomy: Taxonomy, name: &str) -> Option<Target> {
        let slug = site::slugify(name);
        let other = match taxonomy {
            Taxonomy::Category => Some(Taxonomy::Tag),
            Taxonomy::Tag => Some(Taxonomy::Category),
            Taxonomy::Author | Taxonomy::Series => None,
        };
        let found = [Some(taxonomy), other].into_iter().flatten().find_map(|taxonomy| {
            let term = self.terms.slugs.get(&(taxonomy.folder(), slug.clone()))?;
            Some((taxonomy, term.clone()))
        });
        found.map(|(taxonomy, term)| Target::Term(taxonomy, term))
    }

    /// The year, month or day whose posts a page lists, if there are any: `2007/09`, `archives/2007`.
    fn days(&self, parts: &[&str]) -> Option<String> {
        let parts = match parts {
            [first, rest @ ..] if ARCHIVES.contains(first) => rest,
            parts => parts,
        };
        let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
        let (year, rest) = parts.split_first().filter(|(year, _)| year.len() == 4)?;
        let is_date = rest.len() < 3 && parts.iter().all(is_number) && rest.iter().all(|part| part.len() < 3);
        let days = rest.iter().fold((*year).to_owned(), |date, part| format!("{date}-{part:0>2}"));
        Some(days).filter(|days| is_date && self.names.has_day(days))
    }

    /// Whether an address is the site's first page, or one that the generator makes to list posts or terms.
    pub(super) fn is_list(&self, parts: &[&str]) -> bool {
        match parts {
            [] => true,
            [one] if of_folder(one).is_some() => true,
            // Servers and plugins give feeds these names, whatever their files are called.
            ["feed" | "rss" | "atom"] => true,
            ["archives"] => matches!(self.site.generator, Generator::Hexo | Generator::Pelican),
            ["archive"] => self.site.generator == Generator::Nikola,
            ["blog"] => matches!(self.site.generator, Generator::Docusaurus | Generator::Nikola),
            ["blog", one] if self.site.generator == Generator::Docusaurus => {
                *one == "archive" || of_folder(one).is_some()
            }
            // https://gohugo.io/content-management/sections/
            [section] => {
                self.site.generator == Generator::Hugo
                    && self.sections.iter().any(|known| known.eq_ignore_ascii_case(section))
            }
            _ => false,
        }
    }

    /// What a broken link says of the post that it may have meant.
    pub(super) fn near_to(&self, path: &str) -> String {
        let near = self.near.get_or_init(|| Near::new(&self.posts)).to(&self.posts, path);
        near.map_or_else(String::new, |post: &Post| format!("; {} is near", post.url))
    }
}

/// The taxonomy whose pages lie in a folder of this name.
fn of_folder(name: &str) -> Option<Taxonomy> {
    Some(match name {
        "tags" | "tag" => Taxonomy::Tag,
        "categories" | "category" => Taxonomy::Category,
        "authors" | "author" => Taxonomy::Author,
        "series" => Taxonomy::Series,
        _ => return None,
    })
}

/// The parts of an address without the number of a page of a list: `page/2`, `page2`, `index2`.
fn without_number(mut parts: Vec<&str>) -> Vec<&str> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [.., "page", number] if is_number(number) => parts.truncate(parts.len() - 2),
        [.., last] if ["page", "index"].iter().any(|word| last.strip_prefix(word).is_some_and(is_number)) => {
            parts.pop();
        }
        _ => {}
    }
    parts
}
