//! Addresses, collections and categories of Jekyll: <https://jekyllrb.com/docs/permalinks/>.

use super::languages::is_below;
use super::name::{hyphenated, name, slugify, stem, without_extension};
use super::pattern::{fill_colons, of_date, tidy};
use super::{Parts, Pattern, Site};
use crate::blog::front::{Fields, Value};

/// Signs that Jekyll leaves in the last part of an address (mode `pretty` of its `slugify`).
const PRETTY: &str = "._~!$&'()+,;=@";

/// What the configuration says of addresses: `defaults` before collections before the site.
pub fn patterns(config: &Fields) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = Vec::new();
    if let Some(Value::List(defaults)) = config.value("defaults") {
        patterns.extend(defaults.iter().filter_map(of_scope));
        // The longest path counts, and the last of the same length.
        patterns.reverse();
        patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.below.len()));
    }
    for (name, about) in collections(config) {
        let text = about.text(&["permalink"]);
        patterns.extend(text.map(|text| Pattern { of: name, text, ..Pattern::default() }));
    }
    let site = config.text(&["permalink"]);
    patterns.extend(site.map(|text| Pattern { of: "posts".to_owned(), text, ..Pattern::default() }));
    patterns
}

/// One of `defaults`, if it is about addresses (<https://jekyllrb.com/docs/configuration/front-matter-defaults/>).
fn of_scope(value: &Value) -> Option<Pattern> {
    let Value::Map(entries) = value else { return None };
    let fields = Fields::new(entries.clone());
    let below = fields.text(&["scope.path"]).unwrap_or_default().trim_matches('/').to_owned();
    let of = fields.text(&["scope.type"]).unwrap_or_default();
    Some(Pattern { of, below, text: fields.text(&["values.permalink"])? })
}

/// The collections by name, with what is said of them (<https://jekyllrb.com/docs/collections/>).
fn collections(config: &Fields) -> Vec<(String, Fields)> {
    match config.value("collections") {
        Some(Value::Map(entries)) => {
            let about = |value: &Value| match value {
                Value::Map(about) => Fields::new(about.clone()),
                _ => Fields::default(),
            };
            entries.iter().map(|(name, value)| (name.clone(), about(value))).collect()
        }
        Some(Value::List(_)) => {
            config.list(&["collections"]).into_iter().map(|name| (name, Fields::default())).collect()
        }
        _ => Vec::new(),
    }
}

/// The names of the collections that become pages.
pub fn published_collections(config: &Fields) -> Vec<String> {
    let published = collections(config).into_iter().filter(|(_, about)| about.flag(&["output"]) == Some(true));
    published.map(|(name, _)| name).filter(|name| name != "posts" && name != "drafts").collect()
}

/// Whether a path lies where Jekyll looks for posts.
pub fn is_post(path: &str) -> bool {
    path.split('/').any(|folder| folder == "_posts" || folder == "_drafts")
}

/// The folders above `_posts`, which are categories (<https://jekyllrb.com/docs/posts/#categories-and-tags>).
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    let above = path.split('/').take_while(|folder| *folder != "_posts" && *folder != "_drafts");
    above.filter(|folder| !folder.is_empty())
}

/// The categories that folders give a post, and then its own.
pub fn categories(path: &str, own: Vec<String>) -> Vec<String> {
    let mut all: Vec<String> =
        if is_post(path) { folders_above(path).map(str::to_owned).collect() } else { Vec::new() };
    for category in own {
        if !all.contains(&category) {
            all.push(category);
        }
    }
    all
}

/// The collection of a path, and the path in it.
fn collection(path: &str) -> (&str, &str) {
    if is_post(path) {
        return ("posts", path);
    }
    let in_collection = path.split_once('/').and_then(|(folder, rest)| Some((folder.strip_prefix('_')?, rest)));
    in_collection.unwrap_or(("pages", path))
}

impl Site {
    /// Its own `permalink`, else the nearest of the configuration, else the default of posts or of a collection.
    pub(super) fn jekyll_address(&self, parts: &Parts<'_>) -> String {
        let (of, within) = collection(parts.path);
        let own = parts.fields.text(&["permalink"]).filter(|own| own != "true" && own != "false");
        let applies =
            |pattern: &&Pattern| (pattern.of == of || pattern.of.is_empty()) && is_below(parts.path, &pattern.below);
        let text = own.or_else(|| Some(self.patterns.iter().find(applies)?.text.clone()));
        let style = match text.as_deref() {
            Some(text) => styled(text, of),
            None if of == "posts" => "/:categories/:year/:month/:day/:title:output_ext",
            None => self.of_collection(),
        };
        fill_colons(style, |name| part(name, parts, (of, within)))
    }

    /// A collection's documents end as the site's posts do.
    fn of_collection(&self) -> &'static str {
        let site = self.patterns.iter().find(|pattern| pattern.of == "posts" && pattern.below.is_empty());
        match site.map_or("date", |pattern| pattern.text.as_str()) {
            "pretty" => "/:collection/:path/",
            own if own.contains(':') && own.ends_with('/') => "/:collection/:path/",
            own if own.contains(':') && !own.ends_with(":output_ext") => "/:collection/:path",
            _ => "/:collection/:path:output_ext",
        }
    }
}

/// A pattern by the name of a style.
fn styled<'a>(text: &'a str, of: &str) -> &'a str {
    match text {
        "date" if of == "posts" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" if of == "posts" => "/:categories/:year/:month/:day/:title/",
        "ordinal" if of == "posts" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" if of == "posts" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" if of == "posts" => "/:categories/:title:output_ext",
        "pretty" => "/:collection/:path/",
        "date" | "ordinal" | "weekdate" | "none" => "/:collection/:path:output_ext",
        own => own,
    }
}

/// The name of a post's file behind its date, whose parts may be short: `2019-1-5-name`
/// (`DATE_FILENAME_MATCHER` of <https://github.com/jekyll/jekyll>).
fn posted_name(path: &str) -> String {
    let name = name(path);
    let mut parts = name.splitn(4, '-');
    let is_date = [2..=4, 1..=2, 1..=2].into_iter().all(|lengths| {
        let is_number = |part: &str| lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.next().is_some_and(is_number)
    });
    parts.next().filter(|rest| is_date && !rest.is_empty()).map_or_else(|| name.clone(), str::to_owned)
}

fn part(token: &str, parts: &Parts<'_>, (of, within): (&str, &str)) -> String {
    if let Some(part) = of_date(token, parts.date) {
        return part;
    }
    let file = within.rsplit('/').next().unwrap_or(within);
    let file = if of == "posts" { posted_name(within) } else { stem(file).to_owned() };
    let categories = || parts.categories.iter().map(crate::text::Clean::as_str);
    match token {
        "title" => hyphenated(parts.slug.unwrap_or(&file), PRETTY),
        "slug" => slugify(parts.slug.unwrap_or(&file)),
        "name" => slugify(&file),
        "path" => tidy(&without_extension(within)),
        "collection" => of.to_owned(),
        "output_ext" => ".html".to_owned(),
        "categories" => categories().map(str::to_lowercase).collect::<Vec<_>>().join("/"),
        "slugified_categories" => categories().map(slugify).collect::<Vec<_>>().join("/"),
        _ => String::new(),
    }
}
