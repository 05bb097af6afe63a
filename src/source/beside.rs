//! Files beside posts that say something of them: found by their names, as many and as large as real ones are.
//!
//! It reads no value of them, and follows no link to another folder.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::folder::{Configuration, Folder};
use super::read::read_below;
use crate::blog::site::{Site, is_markdown};

/// Bytes of one of them; real ones have a hundredth of this.
const LIMIT: u64 = 1 << 16;
/// Files that are read.
const MOST: usize = 20_000;
/// Bytes of all of them together; what comes after is left out.
const TOGETHER: usize = 1 << 24;
/// Levels of folders that are looked into.
const DEPTH: usize = 16;

impl Folder {
    /// The files beside the posts of the site, by their paths from its root; of two about the same, the one that counts more
    /// comes later.
    pub fn beside(&self, site: &Site) -> Vec<Configuration> {
        let Some(root) = self.site.as_deref().filter(|_| site.is_beside("x.json") || site.is_beside("x.meta")) else {
            return Vec::new();
        };
        let homes = if site.below.is_empty() { site.bases() } else { vec![site.below.as_str()] };
        let mut found: Vec<String> = Vec::new();
        for home in homes {
            found.extend(site.above(home).into_iter().filter(|path| root.join(path).is_file()));
            let folder = root.join(home);
            if folder.canonicalize().is_ok_and(|real| real.starts_with(root)) {
                found.extend(below(root, &folder, site));
            }
        }
        found.truncate(MOST);
        let mut together = 0;
        let read = |path: String| {
            let bytes = read_below(root, &path, LIMIT);
            together += bytes.as_ref().map_or(0, Vec::len);
            (together <= TOGETHER).then_some((path, bytes))
        };
        found.into_iter().map_while(read).collect()
    }
}

fn below(root: &Path, home: &Path, site: &Site) -> Vec<String> {
    let is_open = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_left_out = || name.starts_with('.') || name == "node_modules" || !site.enters(&name);
        entry.depth() == 0 || !entry.file_type().is_dir() || !is_left_out()
    };
    let entries = WalkDir::new(home).max_depth(DEPTH).sort_by_file_name().into_iter().filter_entry(is_open);
    let files = entries.flatten().filter(|entry| entry.file_type().is_file());
    let paths = files.filter_map(|entry| {
        let path = entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
        (site.is_beside(&path) && is_called_after_something(entry.path())).then_some(path)
    });
    let mut found: Vec<String> = paths.take(MOST).collect();
    // `x.11tydata.json` counts more than `x.json`.
    found.sort_by_key(|path| path.ends_with(".11tydata.json"));
    found
}

/// Whether a file has the name of its folder, or of a post beside it.
fn is_called_after_something(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let stem = name.strip_suffix(".11tydata.json").or_else(|| name.rsplit_once('.').map(|(stem, _)| stem));
    let Some(stem) = stem else { return false };
    let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    let is_post = |ending: &str| is_markdown(ending) && path.with_file_name(format!("{stem}.{ending}")).is_file();
    folder == Some(stem) || ["md", "markdown", "mdown", "mkd", "mdx"].into_iter().any(is_post)
}
