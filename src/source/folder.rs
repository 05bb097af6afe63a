//! A folder of posts, and the site that it is or belongs to, recognised by the names of files.
//!
//! It opens a site's configuration to hand its bytes on, and looks into it for one word, which tells Zola from Hugo. It
//! reads no setting.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::read::{self, Unread};
use crate::blog::site::Generator;
use crate::text::Clean;

/// Bytes of a configuration that are handed on; real ones are a hundredth of this.
const CONFIGURATION_LIMIT: u64 = 1 << 20;
/// How far above a folder its site's root is looked for: `content/post/2021/some-bundle` is four.
const PARENTS: usize = 4;

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
    configuration: Option<&'static str>,
}

/// Which files below a folder are posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everything below `content`.
    Content,
    /// What lies in a folder `_posts` or `_drafts`.
    Posts,
    /// Everything, outside what tools put beside posts.
    Everything,
    /// Everything: the folder is inside a site's own folder of posts.
    Inside,
}

impl Folder {
    /// Looks at a folder, and at most four of its parents, for the marks of a site.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        let real_root = root.canonicalize().with_context(|| {
            format!("{}: cannot be opened; check its name and permissions", Clean::exact(&root.to_string_lossy()))
        })?;
        let site = std::iter::once(real_root.as_path())
            .chain(real_root.ancestors().skip(1).take(PARENTS).filter(|parent| keeps_posts_in(parent, &real_root)))
            .find_map(|folder| recognised(folder).map(|mark| (folder.to_path_buf(), mark)));
        let (site, mark) = site.map_or((None, None), |(folder, mark)| (Some(folder), Some(mark)));
        Ok(Self {
            root: root.to_path_buf(),
            real_root,
            site,
            generator: mark.map_or(Generator::Plain, |mark| mark.generator),
            configuration: mark.and_then(|mark| mark.configuration),
        })
    }

    /// The site's configuration: its name relative to the site's root, and its bytes. None where there is no site, or a
    /// site without one.
    pub fn config(&self) -> Option<(String, Result<Vec<u8>, Unread>)> {
        let site = self.site.as_deref()?;
        let name = self.configuration?;
        Some((name.to_owned(), read::read_inside(&site.join(name), site, CONFIGURATION_LIMIT)))
    }

    pub(super) fn scope(&self) -> Scope {
        if self.site.as_deref().is_some_and(|site| site != self.real_root) {
            return Scope::Inside;
        }
        match self.generator {
            Generator::Hugo | Generator::Zola if self.root.join("content").is_dir() => Scope::Content,
            Generator::Jekyll | Generator::Hexo => Scope::Posts,
            _ => Scope::Everything,
        }
    }
}

/// What the names of files say about a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    generator: Generator,
    configuration: Option<&'static str>,
}

/// Whether, and of which generator, a folder is a site's root.
pub(super) fn recognised(folder: &Path) -> Option<Mark> {
    const HUGO: [&str; 4] = ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"];
    const HUGO_DIRECTORY: [&str; 4] = [
        "config/_default/hugo.toml",
        "config/_default/hugo.yaml",
        "config/_default/config.toml",
        "config/_default/config.yaml",
    ];
    const OLD: [&str; 4] = ["config.toml", "config.yaml", "config.yml", "config.json"];
    const DOCUSAURUS: [&str; 3] = ["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"];
    const JEKYLL: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];
    let first = |names: &[&'static str]| names.iter().copied().find(|name| folder.join(name).is_file());
    let mark = |generator, configuration| Some(Mark { generator, configuration });
    let has_content = folder.join("content").is_dir();
    if let Some(name) = first(&HUGO) {
        return mark(Generator::Hugo, Some(name));
    }
    if has_content && let Some(name) = first(&OLD) {
        return mark(hugo_or_zola(folder, name), Some(name));
    }
    if has_content && let Some(name) = first(&HUGO_DIRECTORY) {
        return mark(Generator::Hugo, Some(name));
    }
    if let Some(name) = first(&JEKYLL) {
        let generator = if folder.join("source/_posts").is_dir() { Generator::Hexo } else { Generator::Jekyll };
        return mark(generator, Some(name));
    }
    if has_content && folder.join("archetypes").is_dir() {
        return mark(Generator::Hugo, None);
    }
    if first(&DOCUSAURUS).is_some() {
        return mark(Generator::Docusaurus, None);
    }
    if folder.join(".obsidian").is_dir() {
        return mark(Generator::Obsidian, None);
    }
    None
}

/// Both keep `config.toml` beside `content`; Zola requires a line `base_url = …` and Hugo calls it `baseURL`.
fn hugo_or_zola(folder: &Path, name: &str) -> Generator {
    let is_toml = Path::new(name).extension().is_some_and(|extension| extension == "toml");
    let text = if is_toml { read::read_inside(&folder.join(name), folder, CONFIGURATION_LIMIT).ok() } else { None };
    let has_base_url = text.is_some_and(|text| text.split(|&byte| byte == b'\n').any(names_base_url));
    if has_base_url { Generator::Zola } else { Generator::Hugo }
}

fn names_base_url(line: &[u8]) -> bool {
    line.trim_ascii_start().strip_prefix(b"base_url").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"="))
}

/// Whether a site at `parent` would keep posts in `folder`: one with `content` keeps them nowhere else.
fn keeps_posts_in(parent: &Path, folder: &Path) -> bool {
    let content = parent.join("content");
    !content.is_dir() || content.canonicalize().is_ok_and(|content| folder.starts_with(content))
}
