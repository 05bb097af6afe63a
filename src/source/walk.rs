//! Which files of a folder are posts.
//!
//! It sorts nothing, because whoever reads on all cores has to sort afterwards anyway (sorting first made the first post
//! three times as late). It follows no link, leaves out what tools put beside posts, and opens no file. What it cannot look into comes out as a
//! fault in the same stream, so that nothing is missing in silence.

use std::ffi::OsStr;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::folder::{Folder, Scope};
use super::read::{Special, Unread};

/// Folders deeper than this below the first are not looked into.
const DEPTH: usize = 64;
const MARKDOWN: [&str; 6] = ["md", "markdown", "mdown", "mkd", "mdx", "dj"];
/// What generators and package managers put beside posts. Inside a folder of posts these may be names of sections.
const BESIDE_POSTS: [&str; 7] = ["archetypes", "scaffolds", "themes", "public", "output", "_site", "vendor"];
/// Files about the collection rather than of it, at its root only.
const ABOUT: [&str; 5] = ["README", "LICENSE", "CHANGELOG", "CONTRIBUTING", "CODE_OF_CONDUCT"];

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
    /// Hands every post below the folder to `found`, in the order in which the system lists them.
    pub fn walk(&self, mut found: impl FnMut(Found)) {
        let scope = self.scope();
        let base = if scope == Scope::Content { self.root.join("content") } else { self.root.clone() };
        if !base.canonicalize().is_ok_and(|real| real.starts_with(&self.real_root)) {
            found(self.found(base, Some(Unread::Outside)));
            return;
        }
        let mut folders = FoldersNamedLikePosts::default();
        let entries = WalkDir::new(&base).max_depth(DEPTH).into_iter();
        for entry in entries.filter_entry(|entry| !left_out(entry, scope)) {
            match entry {
                Ok(entry) => {
                    folders.leave(entry.depth(), |folder| found(self.found(folder, Some(Special::Folder.into()))));
                    self.meet(entry, scope, &mut folders, &mut found);
                }
                Err(error) => {
                    let path = error.path().unwrap_or(&base).to_path_buf();
                    folders.see_post();
                    found(self.found(path, Some(Unread::of_folder(error))));
                }
            }
        }
        folders.leave(0, |folder| found(self.found(folder, Some(Special::Folder.into()))));
    }

    fn meet(&self, entry: DirEntry, scope: Scope, folders: &mut FoldersNamedLikePosts, found: &mut impl FnMut(Found)) {
        let kind = entry.file_type();
        if kind.is_dir() {
            if entry.depth() == DEPTH {
                found(self.found(entry.into_path(), Some(Unread::TooDeep(DEPTH))));
            } else if entry.depth() > 0 && is_markdown(entry.file_name()) && self.is_in_scope(entry.path(), scope) {
                folders.enter(entry.depth(), entry.into_path());
            }
        } else if is_markdown(entry.file_name()) && self.is_in_scope(entry.path(), scope) {
            folders.see_post();
            let fault = (!kind.is_file() && !kind.is_symlink()).then(|| Special::of(kind).into());
            found(self.found(entry.into_path(), fault));
        }
    }

    fn is_in_scope(&self, path: &Path, scope: Scope) -> bool {
        scope != Scope::Posts || self.relative(path).components().any(|part| is_posts_folder(part.as_os_str()))
    }

    fn relative<'path>(&self, path: &'path Path) -> &'path Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// What a walk would find at the path of a regular file whose name is UTF-8.
    pub fn at(&self, path: &str) -> Found {
        Found { path: path.to_owned(), file: self.root.join(path), fault: None }
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

fn left_out(entry: &DirEntry, scope: Scope) -> bool {
    let Some(name) = entry.file_name().to_str() else {
        return entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    };
    if entry.depth() == 0 {
        return false;
    }
    if entry.file_type().is_dir() {
        let beside = matches!(scope, Scope::Posts | Scope::Everything) && BESIDE_POSTS.contains(&name);
        return name.starts_with('.') || name == "node_modules" || beside;
    }
    name.starts_with('.')
        || name.starts_with("_index.")
        || (entry.depth() == 1 && scope != Scope::Content && is_about(name))
}

/// `README.zh.md` and `readme.md`, but not a post named `readme-driven-development.md`.
fn is_about(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    ABOUT.iter().any(|about| name.starts_with(about) || stem.eq_ignore_ascii_case(about))
}

fn is_markdown(name: &OsStr) -> bool {
    let extension = Path::new(name).extension();
    extension.is_some_and(|extension| MARKDOWN.iter().any(|markdown| extension.eq_ignore_ascii_case(markdown)))
}

fn is_posts_folder(name: &OsStr) -> bool {
    name == "_posts" || name == "_drafts"
}

fn spelled(name: &OsStr) -> String {
    let mut spelled = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        spelled.push_str(chunk.valid());
        spelled.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    spelled
}
