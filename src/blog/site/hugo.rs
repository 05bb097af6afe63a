//! Addresses of Hugo: <https://gohugo.io/content-management/urls/> and <https://gohugo.io/configuration/permalinks/>.

use super::name::{dated_name, folder, hugo_urlize_cased, unaccented, undated};
use super::pattern::{as_folder, fill_colons, of_date, tidy};
use super::{Parts, Pattern, Site};
use crate::blog::front::{Fields, Value};
use crate::blog::url::Url;

/// The patterns of `permalinks`, of sections and, newer, of the pages of sections.
pub fn patterns(config: &Fields) -> Vec<Pattern> {
    let own = |name: &&str| config.value(name).map(sections).unwrap_or_default();
    ["permalinks.page", "permalinks"].iter().flat_map(own).collect()
}

fn sections(value: &Value) -> Vec<Pattern> {
    let Value::Map(entries) = value else { return Vec::new() };
    let pattern = |(section, pattern): &(String, Value)| match pattern {
        Value::Text(text) => {
            Some(Pattern { of: section.trim_matches('/').to_owned(), text: text.clone(), ..Pattern::default() })
        }
        _ => None,
    };
    entries.iter().filter_map(pattern).collect()
}

/// Whether dates in file names are read, and are then no part of a slug
/// (<https://gohugo.io/configuration/front-matter/#dates>).
pub fn reads_dated_names(config: &Fields) -> bool {
    config.list(&["frontmatter.date"]).iter().any(|from| from == ":filename")
}

/// The sections whose pages are files instead of folders: all (`""`), or those of this name.
pub fn ugly(config: &Fields) -> Vec<String> {
    match config.value("uglyURLs") {
        Some(Value::Map(entries)) => {
            let is_on = |value: &Value| matches!(value, Value::Bool(true));
            entries.iter().filter(|(_, value)| is_on(value)).map(|(section, _)| section.clone()).collect()
        }
        Some(_) if config.flag(&["uglyURLs"]) == Some(true) => vec![String::new()],
        _ => Vec::new(),
    }
}

/// What becomes of the letters of paths (<https://gohugo.io/configuration/all/>).
#[derive(Debug, Clone, Copy)]
pub struct Paths {
    /// `disablePathToLower`
    cased: bool,
    /// `removePathAccents`
    plain: bool,
}

impl Paths {
    pub fn new(config: &Fields) -> Self {
        let is_on = |name: &str| config.flag(&[name]) == Some(true);
        Self { cased: is_on("disablePathToLower"), plain: is_on("removePathAccents") }
    }
}

/// Whether a file is read and becomes no page: a bundle without a head, or a page that is never rendered
/// (<https://gohugo.io/content-management/build-options/>).
pub fn is_never_rendered(fields: &Fields) -> bool {
    let render = fields.text(&["build.render", "_build.render"]);
    fields.flag(&["headless"]) == Some(true) || render.is_some_and(|when| when == "never" || when == "false")
}

impl Site {
    /// `url`, else the pattern of the section, else the path.
    pub(super) fn hugo_address(&self, parts: &Parts<'_>) -> String {
        let prefix = self.languages.prefix();
        if let Some(own) = parts.fields.text(&["url"]) {
            let own = self.hugo_own(&own, parts);
            // From the root of the host where it begins with a slash, else of the language.
            return if own.starts_with('/') { own } else { tidy(&format!("{prefix}/{own}")) };
        }
        let section = parts.section();
        let pattern = self.patterns.iter().find(|pattern| pattern.of == section);
        let address = match pattern {
            Some(pattern) => fill_colons(&pattern.text, |name| self.hugo_part(name, parts)),
            None => {
                format!("/{}/{}/", self.hugo_path(folder(parts.path)), self.hugo_path(&self.hugo_last(parts)))
            }
        };
        let is_ugly = self.ugly.iter().any(|of| of.is_empty() || *of == section);
        let address = tidy(&format!("{prefix}/{address}"));
        if is_ugly { address.trim_end_matches('/').to_owned() + ".html" } else { as_folder(address) }
    }

    /// A folder unless it names a file.
    fn hugo_own(&self, own: &str, parts: &Parts<'_>) -> String {
        let own = match Url::parse(own) {
            Ok(url) => url.path().to_owned(),
            Err(_) if own.contains("/:") || own.starts_with(':') => {
                fill_colons(own, |name| self.hugo_part(name, parts))
            }
            Err(_) => tidy(own),
        };
        let file = own.rsplit('/').next().unwrap_or_default();
        if file.is_empty() || file.contains('.') { own } else { own + "/" }
    }

    fn hugo_last(&self, parts: &Parts<'_>) -> String {
        self.hugo_slug(parts).unwrap_or_else(|| dated_name(parts.path)).to_owned()
    }

    /// Its own slug, else what follows a date in the file's name where Hugo is told to read that.
    fn hugo_slug<'a>(&self, parts: &Parts<'a>) -> Option<&'a str> {
        parts.slug.or_else(|| undated(dated_name(parts.path)).filter(|_| self.dated_names))
    }

    fn hugo_part(&self, name: &str, parts: &Parts<'_>) -> String {
        if let Some(part) = of_date(name, parts.date) {
            return part.to_lowercase();
        }
        let above = folder(parts.path);
        let part = match name {
            "title" => parts.title.to_owned(),
            "slug" => self.hugo_slug(parts).unwrap_or(parts.title).to_owned(),
            "filename" | "contentbasename" => dated_name(parts.path).to_owned(),
            "slugorfilename" | "slugorcontentbasename" => self.hugo_last(parts),
            "section" => parts.section().to_owned(),
            "sections" => above.to_owned(),
            slice if slice.starts_with("sections[") => sliced(above, slice),
            layout => return of_layout(layout, parts),
        };
        self.hugo_path(&part)
    }

    /// A path or a title as a part of an address, by the settings of the site.
    pub(super) fn hugo_path(&self, text: &str) -> String {
        let path = hugo_urlize_cased(text);
        let path = if self.hugo_paths.plain { unaccented(&path) } else { path };
        if self.hugo_paths.cased { path } else { path.chars().flat_map(char::to_lowercase).collect() }
    }
}

/// Some of the sections: `sections[1:]`, `sections[:last]`, `sections[0]`.
fn sliced(sections: &str, token: &str) -> String {
    let all: Vec<&str> = sections.split('/').filter(|section| !section.is_empty()).collect();
    let inside = token.trim_start_matches("sections[").trim_end_matches(']');
    let place =
        |text: &str| if text == "last" { Some(all.len().saturating_sub(1)) } else { text.parse::<usize>().ok() };
    let whole = inside.split_once(':').map(|(from, to)| (place(from).unwrap_or(0), place(to).unwrap_or(all.len())));
    let one = || place(inside).map(|one| (one, one.saturating_add(1)));
    let Some((from, to)) = whole.or_else(one) else { return String::new() };
    all.iter().take(to).skip(from).copied().collect::<Vec<_>>().join("/")
}

/// A date in Go's own spelling, such as `:2006` and `:Jan`.
fn of_layout(layout: &str, parts: &Parts<'_>) -> String {
    const LAYOUTS: [(&str, &str); 12] = [
        ("2006", "%Y"),
        ("06", "%y"),
        ("01", "%m"),
        ("1", "%-m"),
        ("Jan", "%b"),
        ("January", "%B"),
        ("02", "%d"),
        ("2", "%-d"),
        ("Mon", "%a"),
        ("Monday", "%A"),
        ("15", "%H"),
        ("002", "%j"),
    ];
    let format = LAYOUTS.iter().find(|(known, _)| *known == layout).map(|(_, format)| *format);
    let shown = format.and_then(|format| Some(parts.date?.formatted(format)));
    shown.unwrap_or_default().to_lowercase()
}
