//! Which files of a folder are posts, and which are pages of its site.
//!
//! It sorts nothing, because whoever reads on all cores has to sort afterwards anyway (sorting first made the first post
//! three times as late). It follows no link, leaves out what tools put beside posts, and opens no file. What it cannot look into comes out as a
//! fault in the same stream, so that nothing is missing in silence.

use std::ffi::OsStr;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::folder::Folder;
use super::read::{Special, Unread};
use crate::blog::site::{Generator, Site, is_html, is_markdown};

/// Folders deeper than this below the first are not looked into.
const DEPTH: usize = 64;
/// Files and folders that are looked at: ten times what the largest blogs have with all their pictures, and less than a disk
/// has. Whoever names `/` is told so in a minute.
const ENTRIES: usize = 1_000_000;
/// Files about the collection rather than of it, at its root only.
const ABOUT: [&str; 6] = ["README", "LICENSE", "CHANGELOG", "CONTRIBUTING", "CODE_OF_CONDUCT", "SUMMARY"];

/// How a byte that is no UTF-8 begins where it is spelled out.
const SPELLED: &str = "\\x";

/// A post that the walk found, or something that it could not look into.
#[derive(Debug)]
pub struct Found {
    /// Relative to the folder that the reader named, with `/` between the parts on every system; bytes that are no UTF-8
    /// are spelled out (`\xE9`), so that two names never become one.
    pub path: String,
    /// The same for the system: what to open.
    pub(super) file: PathBuf,
    pub(super) fault: Option<Unread>,
}

impl Folder {
    /// Hands every post of the site below the folder to `found`, in the order in which the system lists them.
    pub fn walk(&self, site: &Site, found: impl FnMut(Found)) {
        self.explore(site, found, |_| {});
    }

    /// The same, and hands on every folder that it looks into.
    pub fn explore(&self, site: &Site, mut found: impl FnMut(Found), mut entered: impl FnMut(&Path)) {
        let pages = site.page_bases().into_iter().filter(|base| self.root.join(base).is_dir());
        for base in site.bases().into_iter().chain(pages) {
            let folder = if base.is_empty() { self.root.clone() } else { self.root.join(base) };
            if folder.canonicalize().is_ok_and(|real| real.starts_with(&self.real_root)) {
                self.walk_below(&Ground { base, site, most: ENTRIES }, &folder, &mut found, &mut entered);
            } else {
                found(self.found(folder, Some(Unread::Outside)));
            }
        }
    }

    fn walk_below(
        &self,
        ground: &Ground<'_>,
        base: &Path,
        found: &mut impl FnMut(Found),
        entered: &mut impl FnMut(&Path),
    ) {
        let mut folders = FoldersNamedLikePosts::default();
        let mut bundles = Bundles::default();
        let entries = WalkDir::new(base).max_depth(DEPTH).into_iter();
        for (count, entry) in entries.filter_entry(|entry| !ground.leaves_out(entry)).enumerate() {
            if count == ground.most {
                found(self.found(base.to_path_buf(), Some(Unread::TooMany(ground.most))));
                break;
            }
            match entry {
                Ok(entry) => {
                    folders.leave(entry.depth(), |folder| found(self.found(folder, Some(Special::Folder.into()))));
                    if entry.file_type().is_dir() {
                        entered(entry.path());
                    }
                    if ground.site.generator != Generator::Hugo || !bundles.hold(&entry) {
                        self.meet(entry, ground, &mut folders, found);
                    }
                }
                Err(error) => {
                    let path = error.path().unwrap_or(base).to_path_buf();
                    folders.see_post();
                    found(self.found(path, Some(Unread::of_folder(error))));
                }
            }
        }
        folders.leave(0, |folder| found(self.found(folder, Some(Special::Folder.into()))));
    }

    fn meet(
        &self,
        entry: DirEntry,
        ground: &Ground<'_>,
        folders: &mut FoldersNamedLikePosts,
        found: &mut impl FnMut(Found),
    ) {
        let kind = entry.file_type();
        if kind.is_dir() {
            if entry.depth() == DEPTH {
                found(self.found(entry.into_path(), Some(Unread::TooDeep(DEPTH))));
            } else if entry.depth() > 0 && is_post_name(entry.file_name()) {
                folders.enter(entry.depth(), entry.into_path());
            }
        } else if is_post_name(entry.file_name()) {
            let fault = (!kind.is_file() && !kind.is_symlink()).then(|| Special::of(kind).into());
            let post = self.found(entry.into_path(), fault);
            if ground.site.is_page(&post.path) {
                if ground.site.shows_path(&post.path) {
                    found(post);
                }
            } else if ground.site.keeps(&post.path) {
                folders.see_post();
                found(post);
            }
        } else if kind.is_file() && entry.file_name().to_str().is_some_and(is_html) {
            let page = self.found(entry.into_path(), None);
            if ground.site.is_page(&page.path) && ground.site.shows_path(&page.path) {
                found(page);
            }
        }
    }

    fn relative<'path>(&self, path: &'path Path) -> &'path Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// What a walk would find at the path of a regular file. A name that may be spelled out is looked for among those that
    /// are there; where two are spelled alike, it is neither of them.
    pub fn at(&self, path: &str) -> Found {
        let part = |folder: PathBuf, part: &str| {
            let file = folder.join(part);
            if !part.contains(SPELLED) || file.symlink_metadata().is_ok() {
                return file;
            }
            let names = folder.read_dir().into_iter().flatten().filter_map(|entry| Some(entry.ok()?.file_name()));
            let mut names = names.filter(|name| spelled(name) == part);
            match (names.next(), names.next()) {
                (Some(name), None) => folder.join(name),
                _ => file,
            }
        };
        let file =
            if path.contains(SPELLED) { path.split('/').fold(self.root.clone(), part) } else { self.root.join(path) };
        Found { path: path.to_owned(), file, fault: None }
    }

    fn found(&self, file: PathBuf, fault: Option<Unread>) -> Found {
        let relative = self.relative(&file);
        let path = match relative.to_str() {
            Some(path) if MAIN_SEPARATOR == '/' => path.to_owned(),
            _ => relative.components().map(|part| spelled(part.as_os_str())).collect::<Vec<_>>().join("/"),
        };
        Found { path, file, fault }
    }
}

/// Folders such as `x.md` on the way down: a page bundle when a post lies below, a fault when none does.
#[derive(Default)]
struct FoldersNamedLikePosts(Vec<(usize, PathBuf)>);

impl FoldersNamedLikePosts {
    fn enter(&mut self, depth: usize, folder: PathBuf) {
        self.0.push((depth, folder));
    }

    fn see_post(&mut self) {
        self.0.clear();
    }

    /// Reports those that the walk has left for good by meeting something at `depth`.
    fn leave(&mut self, depth: usize, mut report: impl FnMut(PathBuf)) {
        while let Some((_, folder)) = self.0.pop_if(|(entered, _)| *entered >= depth) {
            report(folder);
        }
    }
}

/// Where a walk goes, and what the site says of it.
struct Ground<'a> {
    /// The folder, as a path below what the reader named.
    base: &'a str,
    site: &'a Site,
    /// How much of it is looked at.
    most: usize,
}

impl Ground<'_> {
    fn leaves_out(&self, entry: &DirEntry) -> bool {
        let Some(name) = entry.file_name().to_str() else {
            return entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
        };
        if entry.depth() == 0 {
            return false;
        }
        if entry.file_type().is_dir() {
            return name.starts_with('.') || name == "node_modules" || !self.site.enters(name);
        }
        name.starts_with('.')
            || (name.starts_with("_index.") && !self.site.is_page(name))
            || (entry.depth() == 1
                && self.base.is_empty()
                && self.site.generator != Generator::MdBook
                && is_about(name))
    }
}

/// The folders with an `index.md` on the way down: what else is in one belongs to that post
/// (<https://gohugo.io/content-management/page-bundles/#leaf-bundles>).
#[derive(Default)]
struct Bundles(Vec<usize>);

impl Bundles {
    /// Whether an entry is part of a bundle and not the post itself.
    fn hold(&mut self, entry: &DirEntry) -> bool {
        while self.0.pop_if(|depth| *depth >= entry.depth()).is_some() {}
        let is_held = !self.0.is_empty();
        if entry.file_type().is_dir() {
            let has = |name: &str| entry.path().join(name).is_file();
            if !is_held && entry.depth() > 0 && ["index.md", "index.markdown", "index.html"].into_iter().any(has) {
                self.0.push(entry.depth());
            }
            return is_held;
        }
        let is_post = entry.file_name().to_str().is_some_and(|name| name.starts_with("index."));
        is_held && !(is_post && self.0.last().is_some_and(|depth| entry.depth() == depth + 1))
    }
}

/// `README.zh.md` and `readme.md`, but not a post named `readme-driven-development.md`.
fn is_about(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    ABOUT.iter().any(|about| name.starts_with(about) || stem.eq_ignore_ascii_case(about))
}

fn is_post_name(name: &OsStr) -> bool {
    let extension = Path::new(name).extension().and_then(OsStr::to_str);
    extension.is_some_and(is_markdown)
}

fn spelled(name: &OsStr) -> String {
    let mut spelled = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        spelled.push_str(chunk.valid());
        spelled.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    spelled
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_too_much_below_it_is_told_and_not_searched_for_ever() {
        let root = tempfile::TempDir::new().unwrap();
        for name in ["a.md", "b.md", "c.md", "d.md"] {
            std::fs::write(root.path().join(name), "# A\n").unwrap();
        }
        let folder = Folder::open(root.path()).unwrap();
        let walked = |most: usize| {
            let (site, mut found) = (Site::plain(), Vec::new());
            folder.walk_below(
                &Ground { base: "", site: &site, most },
                &folder.root,
                &mut |met| found.push(met),
                &mut |_| {},
            );
            let faults: Vec<String> = found.iter().filter_map(|met| Some(met.fault.as_ref()?.to_string())).collect();
            (found.len() - faults.len(), faults)
        };
        assert_eq!(walked(5), (4, vec![]));
        let told = "has more than 3 files below it; the rest is left out; name a folder nearer to it";
        assert_eq!(walked(3), (2, vec![told.to_owned()]));
    }
}
