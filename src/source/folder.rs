//! A folder of posts, and the site that it is or belongs to, recognised by the names of files.
//!
//! It opens a site's configuration to hand its bytes on, and looks into some files for one word, which tells two
//! generators apart that name their files alike. It reads no setting.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::read::{self, Unread};
use super::signs;
use crate::blog::site::{Generator, is_code};
use crate::text::Clean;

/// Bytes of a configuration that are handed on; real ones are a hundredth of this.
pub(super) const CONFIGURATION_LIMIT: u64 = 1 << 20;
/// How far above a folder its site's root is looked for: `content/post/2021/some-bundle` is four.
const PARENTS: usize = 4;
/// Files that Hugo reads beside the first of its folder of configurations, each a part of it.
const HUGO_PARTS: [&str; 5] = ["languages", "permalinks", "markup", "module", "frontmatter"];

/// A folder that the reader named, whose Markdown files are read and nothing outside it.
#[derive(Debug, Clone)]
pub struct Folder {
    /// What the reader named; the paths of posts are relative to it.
    pub root: PathBuf,
    /// The same without links: what a link in it must not leave.
    pub(super) real_root: PathBuf,
    /// The root of the site, where its configuration is: `root` itself or one of its parents.
    pub site: Option<PathBuf>,
    /// What builds that site.
    pub generator: Generator,
    /// The file that says so, or who else does; none where nothing does.
    pub because: Option<&'static str>,
    /// The language that the reader wants to see of several.
    pub language: Option<String>,
    configuration: Option<&'static str>,
}

/// What the reader says of a site, whatever its files say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What builds it.
    pub generator: Option<Generator>,
    /// The language to show, such as `fr`.
    pub language: Option<String>,
}

/// A file of a site's configuration: its name, relative to the site's root, and its bytes.
pub type Configuration = (String, Result<Vec<u8>, Unread>);

impl Folder {
    /// Looks at a folder, and at most four of its parents, for the marks of a site.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        let real_root = root.canonicalize().with_context(|| {
            format!("{}: cannot be opened; check its name and permissions", Clean::exact(&root.to_string_lossy()))
        })?;
        let site =
            around(&real_root).find_map(|folder| signs::recognised(folder).map(|mark| (folder.to_path_buf(), mark)));
        let (site, mark) = site.map_or((None, None), |(folder, mark)| (Some(folder), Some(mark)));
        Ok(Self {
            root: root.to_path_buf(),
            real_root,
            site,
            generator: mark.map_or(Generator::Plain, |mark| mark.generator),
            because: mark.map(|mark| mark.file),
            language: None,
            configuration: mark.and_then(|mark| mark.configuration),
        })
    }

    /// The same folder as the reader wants it read.
    #[must_use]
    pub fn wanted(self, wanted: &Wanted) -> Self {
        let language = wanted.language.clone().or(self.language);
        let Some(generator) = wanted.generator.filter(|generator| *generator != self.generator) else {
            return Self { language, ..self };
        };
        let site = around(&self.real_root).find_map(|folder| Some((folder, signs::configuration(folder, generator)?)));
        let (site, configuration) = match site {
            Some((folder, name)) => (folder.to_path_buf(), Some(name)),
            None => (self.real_root.clone(), None),
        };
        let site = Some(site).filter(|_| generator != Generator::Plain);
        Self { site, generator, because: Some("your own setting"), language, configuration, ..self }
    }

    /// The site's configuration, in the order in which it is read; nothing where there is no site, or one without it.
    pub fn config(&self) -> Vec<Configuration> {
        let (Some(site), Some(name)) = (self.site.as_deref(), self.configuration) else { return Vec::new() };
        let read = |name: &str| (name.to_owned(), read::read_below(site, name, CONFIGURATION_LIMIT));
        let mut all = vec![read(name)];
        if let Some((folder, _)) = name.rsplit_once('/').filter(|_| self.generator == Generator::Hugo) {
            let parts = HUGO_PARTS
                .iter()
                .flat_map(|part| ["toml", "yaml", "yml", "json"].map(|ending| format!("{folder}/{part}.{ending}")));
            all.extend(parts.filter(|part| site.join(part).is_file()).map(|part| read(&part)));
        }
        all
    }

    /// The folders with files that say something of the site and its posts.
    pub fn of_settings(&self) -> impl Iterator<Item = PathBuf> {
        let configured = self.site.as_deref().zip(self.configuration).map(|(site, name)| site.join(name));
        let folder = configured.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        self.site.clone().into_iter().chain(folder).chain([self.root.clone()])
    }

    /// A file of the site by its path from the site's root; none where it is not there or too large.
    pub fn site_file(&self, path: &str) -> Option<Vec<u8>> {
        let site = self.site.as_deref()?;
        read::read_below(site, path, CONFIGURATION_LIMIT).ok()
    }

    /// The folders of Astro's pages that have one for every post
    /// (<https://docs.astro.build/en/guides/routing/#dynamic-routes>).
    pub fn routes(&self) -> Vec<String> {
        let root = self.site.as_ref().unwrap_or(&self.real_root);
        routes_in(&root.join("src/pages"), "", ROUTE_DEPTH)
    }

    /// Whether the site has a folder of this path.
    pub fn has(&self, folder: &str) -> bool {
        self.site.as_ref().unwrap_or(&self.root).join(folder).is_dir()
    }

    /// The folders that are named after languages: in one of these folders of the site, or with Docusaurus those of its
    /// translations. Two that have nothing in common are no translations of each other.
    pub fn languages(&self, homes: &[&str]) -> Vec<(String, String)> {
        let root = self.site.as_ref().unwrap_or(&self.real_root);
        if self.generator == Generator::Docusaurus {
            let found = named_languages(&root.join("i18n"));
            let folder = |code: &String| format!("i18n/{code}/docusaurus-plugin-content-blog");
            let with_folder = found.into_iter().map(|code| (code.clone(), folder(&code)));
            return with_folder.filter(|(_, folder)| root.join(folder).is_dir()).collect();
        }
        let in_home = |home: &&str| {
            let found = named_languages(&root.join(home));
            let translated = found
                .iter()
                .filter(|code| found.iter().any(|other| other != *code && are_alike(&root.join(home), code, other)));
            let folder = |code: &String| if home.is_empty() { code.clone() } else { format!("{home}/{code}") };
            let found: Vec<(String, String)> = translated.map(|code| (code.clone(), folder(code))).collect();
            Some(found).filter(|found| found.len() > 1)
        };
        homes.iter().find_map(in_home).unwrap_or_default()
    }
}

/// Folders of pages at the most, and how deep they lie.
const ROUTES: usize = 40;
const ROUTE_DEPTH: usize = 3;

/// The folders below `pages` with a page that stands for every post: `[slug].astro`, `[...id].astro`.
fn routes_in(pages: &Path, below: &str, depth: usize) -> Vec<String> {
    let Ok(entries) = pages.join(below).read_dir() else { return Vec::new() };
    let names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    let is_for_posts = |name: &String| {
        let parameter = name.strip_suffix("].astro").and_then(|name| name.strip_prefix('['));
        let parameter = parameter.map(|name| name.trim_start_matches('.'));
        parameter.is_some_and(|name| ["slug", "id", "post", "path"].contains(&name))
    };
    let mut found: Vec<String> = names.iter().any(is_for_posts).then(|| below.to_owned()).into_iter().collect();
    let inner = names.iter().filter(|name| depth > 0 && !name.starts_with(['[', '_', '.']) && !name.contains('.'));
    let lists = |name: &&String| !["tags", "tag", "categories", "category", "authors"].contains(&name.as_str());
    for name in inner.filter(lists).take(ROUTES) {
        let below = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        found.extend(routes_in(pages, &below, depth - 1));
    }
    found.truncate(ROUTES);
    found
}

/// Languages of one site at the most.
const LANGUAGES: usize = 40;

/// The folders in a folder that are named after languages, in order.
fn named_languages(folder: &Path) -> Vec<String> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.ok()?;
        let name = entry.file_name().into_string().ok()?;
        (is_code(&name) && entry.file_type().ok()?.is_dir()).then_some(name)
    };
    let mut found: Vec<String> = entries.filter_map(name).collect();
    found.sort();
    found.truncate(LANGUAGES);
    found
}

/// Whether two folders have an entry of the same name that says something of what is in them.
fn are_alike(home: &Path, one: &str, other: &str) -> bool {
    let Ok(mut entries) = home.join(one).read_dir() else { return false };
    let other = home.join(other);
    entries.any(|entry| {
        let Ok(name) = entry.map(|entry| entry.file_name()) else { return false };
        let stem = Path::new(&name).file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        !matches!(stem.trim_start_matches('_'), "index" | "readme")
            && !stem.starts_with('.')
            && other.join(&name).exists()
    })
}

/// A folder and those above it whose site may keep posts in it.
fn around(real_root: &Path) -> impl Iterator<Item = &Path> {
    let parents = real_root.ancestors().skip(1).take(PARENTS).filter(|parent| keeps_posts_in(parent, real_root));
    std::iter::once(real_root).chain(parents)
}

/// Whether a site at `parent` would keep posts in `folder`: one with `content` keeps them nowhere else.
fn keeps_posts_in(parent: &Path, folder: &Path) -> bool {
    let content = parent.join("content");
    !content.is_dir() || content.canonicalize().is_ok_and(|content| folder.starts_with(content))
}
