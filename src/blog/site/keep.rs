//! Which files of a site are posts, by their paths: its folders of posts, and what in them is none.
//!
//! It looks at no disk. The languages of a site are part of it: a post in one that is not shown is kept out.

use super::languages::is_below;
use super::name::undated;
use super::nikola::Nikola;
use super::{Generator, Passing, Site, jekyll};
use crate::blog::front::{Fields, Value};

/// What generators and package managers put beside posts. Inside a folder of posts these may be names of sections.
const BESIDE_POSTS: [&str; 9] =
    ["archetypes", "scaffolds", "themes", "public", "output", "_site", "vendor", "_includes", "_data"];

impl Site {
    /// Groups of folders below the site's root, of which the first that is there has the posts.
    pub fn homes(&self) -> Vec<Vec<String>> {
        if let Some(folder) = self.languages.folder() {
            return vec![vec![folder.to_owned()]];
        }
        if !self.configured_homes.is_empty() {
            return vec![self.configured_homes.clone()];
        }
        self.generator.homes().iter().map(|home| vec![(*home).to_owned()]).collect()
    }

    /// The same site, with the folders that are there of one of those groups; with none, all of it.
    #[must_use]
    pub fn kept_in(self, mut homes: Vec<String>) -> Self {
        if homes.is_empty() {
            homes.push(String::new());
        }
        Self { homes: Passing(homes), ..self }
    }

    /// Folders below the one that the user named in which posts are looked for.
    pub fn bases(&self) -> Vec<&str> {
        let of = |home| relative(home, &self.below);
        let bases: Vec<&str> = self.homes.0.iter().filter_map(|home| of(home)).collect();
        if bases.is_empty() { vec![""] } else { bases }
    }

    /// Whether a file at this path is in the language that is shown.
    pub fn shows_path(&self, path: &str) -> bool {
        self.languages.show_path(&self.whole(path))
    }

    /// Whether the user named a folder that is no part of the way to the posts: then every file in it is one.
    pub(super) fn is_free(&self) -> bool {
        !self.below.is_empty() && self.homes.0.iter().all(|home| relative(home, &self.below).is_none())
    }

    /// Whether a folder of this name may hold posts.
    pub fn enters(&self, name: &str) -> bool {
        let is_home = self.homes.0.iter().any(String::is_empty);
        let is_wide = is_home || matches!(self.generator, Generator::Jekyll | Generator::Hexo | Generator::Eleventy);
        !(is_wide && self.below.is_empty() && BESIDE_POSTS.contains(&name)) && name != self.left_out
    }

    /// Whether a file of Markdown at this path, from the folder that the user named, is a post that is shown.
    pub fn keeps(&self, path: &str) -> bool {
        let whole = self.whole(path);
        let is_section = path.rsplit('/').next().is_some_and(|name| name.starts_with("_index."));
        !is_section
            && !self.is_beside_posts(&whole)
            && self.languages.show_path(&whole)
            && (self.is_free() || self.is_post(&whole))
    }

    fn is_post(&self, whole: &str) -> bool {
        let path = &self.below_home(whole);
        let file = path.rsplit('/').next().unwrap_or(path);
        match self.generator {
            Generator::Jekyll => jekyll::is_post(path) || self.collections.iter().any(|folder| is_below(path, folder)),
            // https://hexo.io/docs/configuration#Directory: what begins with `_` is left out.
            Generator::Hexo => jekyll::is_post(path) && !below_posts(path).split('/').any(|part| part.starts_with('_')),
            Generator::Middleman if self.source_names.is_empty() => undated(file).is_some(),
            Generator::Middleman => self.is_middleman_article(path, file),
            Generator::MdBook => path != "SUMMARY.md" && (self.chapters.is_empty() || self.chapters.contains_key(path)),
            Generator::Pelican => self.pelican.is_article(path),
            Generator::Docusaurus | Generator::Astro => path.split('/').all(|part| !part.starts_with('_')),
            _ => true,
        }
    }

    /// `blog.sources` of Middleman: a folder, and a name that may have a date.
    fn is_middleman_article(&self, path: &str, file: &str) -> bool {
        let (fixed, _) = self.source_names.split_once('{').unwrap_or((&self.source_names, ""));
        let folder = fixed.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = format!("{}/{folder}", self.folder);
        is_below(path, folder.trim_matches('/')) && (!self.source_names.contains("{year}-") || undated(file).is_some())
    }

    /// The place of a post in the order that the site itself gives, from 0; the largest number where it gives none.
    pub fn rank(&self, path: &str) -> usize {
        if self.chapters.is_empty() {
            return 0;
        }
        let path = self.below_home(&self.whole(path));
        self.chapters.get(&path).copied().unwrap_or(usize::MAX)
    }

    /// The path from the site's root.
    pub(super) fn whole(&self, path: &str) -> String {
        if self.below.is_empty() { path.to_owned() } else { format!("{}/{path}", self.below) }
    }

    /// The path below the folder of posts that it is in.
    pub(super) fn below_home(&self, whole: &str) -> String {
        let home = self.homes.0.iter().filter(|home| is_below(whole, home)).max_by_key(|home| home.len());
        let rest = home.and_then(|home| whole.strip_prefix(home.as_str())).unwrap_or(whole);
        rest.trim_start_matches('/').to_owned()
    }
}

/// The part of a path that Hexo's posts have for themselves.
fn below_posts(path: &str) -> &str {
    path.split_once("_posts/").or_else(|| path.split_once("_drafts/")).map_or(path, |(_, below)| below)
}

/// `folder` from inside `from`; none where it is not below that.
fn relative<'a>(folder: &'a str, from: &str) -> Option<&'a str> {
    if !is_below(folder, from) {
        return None;
    }
    Some(folder.strip_prefix(from).unwrap_or(folder).trim_start_matches('/'))
}

/// The folders of posts that a configuration names.
pub fn configured_homes(generator: Generator, config: &Fields) -> Vec<String> {
    let text = |names: &[&str]| config.text(names).map(|folder| folder.trim_matches(['/', '.']).to_owned());
    let one = match generator {
        Generator::Hugo => return hugo_homes(config),
        Generator::Nikola => return Nikola::new(config).homes(),
        Generator::Jekyll => text(&["source"]),
        Generator::Hexo => text(&["source_dir"]),
        Generator::Pelican => text(&["PATH"]),
        Generator::Docusaurus => text(&["blog.path"]),
        Generator::MdBook => text(&["book.src"]),
        _ => None,
    };
    one.into_iter().collect()
}

/// `contentDir`, and folders mounted as `content` (<https://gohugo.io/configuration/module/#mounts>).
fn hugo_homes(config: &Fields) -> Vec<String> {
    if let Some(Value::List(mounts)) = config.value("module.mounts") {
        let source = |mount: &Value| {
            let Value::Map(entries) = mount else { return None };
            let mount = Fields::new(entries.clone());
            mount.text(&["source"]).filter(|_| mount.text(&["target"]).as_deref() == Some("content"))
        };
        let sources: Vec<String> = mounts.iter().filter_map(source).collect();
        if !sources.is_empty() {
            return sources;
        }
    }
    config.text(&["contentDir"]).map(|folder| folder.trim_matches(['/', '.']).to_owned()).into_iter().collect()
}
