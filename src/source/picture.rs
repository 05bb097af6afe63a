//! Opens a picture of the site: a regular file below its root, with no link on the way to it, of a bounded size.
//!
//! It decodes nothing, and opens nothing for posts that no folder holds.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::read::{self, Special, Unread};
use super::{Folder, Source};

/// Bytes of a picture's file at the most.
const PICTURE_LIMIT: u64 = 32 << 20;

impl Source {
    /// The first of `paths`, below the site's root, at which there is a file; where none can be opened, why not.
    pub fn picture(&self, paths: &[String]) -> Result<File, Unread> {
        let root = self.root().ok_or(Unread::Vanished)?;
        let mut obstacle = Unread::Vanished;
        for path in paths {
            match open_below(&root, path) {
                Ok(file) => return Ok(file),
                Err(Unread::Vanished) => {}
                Err(unread) => obstacle = unread,
            }
        }
        Err(obstacle)
    }

    /// What pictures must not leave, without links in it: the site's root, else the folder of what the reader named.
    fn root(&self) -> Option<PathBuf> {
        match self {
            Self::Folder(Folder { site, real_root, .. }) => Some(site.as_ref().unwrap_or(real_root).clone()),
            Self::File(path) => Some(path.canonicalize().ok()?.parent()?.to_path_buf()),
            Self::Guide | Self::StandardInput => None,
        }
    }
}

fn open_below(root: &Path, path: &str) -> Result<File, Unread> {
    let path = root.join(path);
    // A folder on the way that is a link would be another path once it is resolved.
    let folder = path.parent().unwrap_or(root);
    if folder.canonicalize()? != folder || !folder.starts_with(root) {
        return Err(Unread::Outside);
    }
    if path.symlink_metadata()?.is_symlink() {
        return Err(Unread::Outside);
    }
    // A link that came meanwhile is not followed, and a pipe does not block.
    let file = read::open(&path)?;
    let metadata = file.metadata()?;
    match metadata.len() {
        _ if !metadata.is_file() => Err(Special::of(metadata.file_type()).into()),
        length if length > PICTURE_LIMIT => Err(Unread::TooLarge(PICTURE_LIMIT)),
        _ => Ok(file),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::fs;
    use std::io::Read;

    use super::*;

    fn site() -> (tempfile::TempDir, Source) {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        for path in ["blog/content/post", "blog/static/img", "outside"] {
            fs::create_dir_all(at(path)).unwrap();
        }
        fs::write(at("blog/hugo.toml"), "").unwrap();
        fs::write(at("blog/static/img/x.png"), "picture").unwrap();
        fs::write(at("outside/x.png"), "secret").unwrap();
        let source = Source::Folder(Folder::open(&at("blog/content/post")).unwrap());
        (folder, source)
    }

    fn open(source: &Source, paths: &[&str]) -> Result<String, Unread> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        let mut text = String::new();
        source.picture(&paths)?.read_to_string(&mut text).unwrap();
        Ok(text)
    }

    #[test]
    fn a_picture_is_found_below_the_sites_root() {
        let (_folder, source) = site();
        let paths = ["content/post/x.png", "static/img/x.png"];
        assert_eq!(open(&source, &paths).unwrap(), "picture");
        assert!(matches!(open(&source, &paths[..1]), Err(Unread::Vanished)));
        assert!(matches!(open(&source, &["static/img"]), Err(Unread::NotRegular(Special::Folder))));
        assert!(open(&source, &["../outside/x.png"]).is_err());
        assert!(open(&source, &["/etc/hostname"]).is_err());
    }

    #[test]
    fn the_guide_and_standard_input_have_no_pictures() {
        for source in [Source::Guide, Source::StandardInput] {
            assert!(matches!(open(&source, &["static/img/x.png"]), Err(Unread::Vanished)));
        }
    }

    #[test]
    fn a_file_has_the_pictures_beside_it() {
        let (folder, _) = site();
        let source = Source::File(folder.path().join("blog/static/post.md"));
        fs::write(folder.path().join("blog/static/post.md"), "").unwrap();
        assert_eq!(open(&source, &["img/x.png"]).unwrap(), "picture");
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_and_no_pipe_is_waited_for() {
        use std::os::unix::fs::symlink;
        let (folder, source) = site();
        let at = |path: &str| folder.path().join(path);
        symlink(at("outside/x.png"), at("blog/static/link.png")).unwrap();
        symlink(at("blog/static/img/x.png"), at("blog/static/inner.png")).unwrap();
        symlink(at("outside"), at("blog/static/linked")).unwrap();
        for path in ["static/link.png", "static/inner.png", "static/linked/x.png"] {
            assert!(matches!(open(&source, &[path]), Err(Unread::Outside)), "{path}");
        }
        let pipe = at("blog/static/pipe.png");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        assert!(matches!(open(&source, &["static/pipe.png"]), Err(Unread::NotRegular(Special::Pipe))));
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused() {
        let (folder, source) = site();
        let file = File::create(folder.path().join("blog/static/large.png")).unwrap();
        file.set_len(PICTURE_LIMIT + 1).unwrap();
        assert!(matches!(open(&source, &["static/large.png"]), Err(Unread::TooLarge(_))));
    }
}
