//! What has changed in a folder since the last look, found without reading what has not; and that the system's word of it is
//! heard.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

#[expect(dead_code, reason = "hostile posts are others' business")]
mod common;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use reread::blog::site::Site;
use reread::collection::{self, Change, Snapshot};
use reread::source::{Folder, Source, Watch};
use tempfile::TempDir;

use common::{folder, write};

/// Long enough for any machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// A blog that was read.
struct Blog {
    folder: TempDir,
    source: Source,
    site: Site,
    snapshot: Snapshot,
}

impl Blog {
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = folder(files);
        let source = Source::Folder(Folder::open(folder.path()).unwrap());
        let (site, _) = collection::site(&source);
        let snapshot = collection::load_known(&source, &site, None, |_| {});
        Self { folder, source, site, snapshot }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        write(self.path(), path, text.as_bytes());
    }

    fn look(&mut self) -> Change {
        self.snapshot.look(&self.source, &self.site)
    }

    /// The paths of what a look finds, each with the title of the post that is there now.
    fn changed(&mut self) -> Vec<(String, Option<String>)> {
        let batch = match self.look() {
            Change::Posts(batch) => batch,
            Change::Nothing => Vec::new(),
            other => panic!("{other:?}"),
        };
        let title = |(key, (post, _)): (_, reread::blog::library::Reading)| {
            let key: reread::blog::post::Key = key;
            (key.as_str().to_owned(), post.map(|post| post.title.as_str().to_owned()))
        };
        let mut changed: Vec<_> = batch.into_iter().map(title).collect();
        changed.sort();
        changed
    }
}

fn found(path: &str, title: &str) -> (String, Option<String>) {
    (path.to_owned(), Some(title.to_owned()))
}

fn gone(path: &str) -> (String, Option<String>) {
    (path.to_owned(), None)
}

#[test]
fn only_what_changed_is_read_again() {
    let mut blog = Blog::of(&[("a.md", "# A\n"), ("b.md", "# B\n"), ("deep/c.md", "# C\n")]);
    assert_eq!(blog.changed(), []);
    blog.write("b.md", "# Other\n");
    assert_eq!(blog.changed(), [found("b.md", "Other")]);
    blog.write("deep/new/d.md", "# D\n");
    fs::remove_file(blog.path().join("a.md")).unwrap();
    assert_eq!(blog.changed(), [gone("a.md"), found("deep/new/d.md", "D")]);
    fs::rename(blog.path().join("b.md"), blog.path().join("e.md")).unwrap();
    assert_eq!(blog.changed(), [gone("b.md"), found("e.md", "Other")]);
    assert_eq!(blog.changed(), []);
}

#[test]
fn another_file_of_the_same_size_and_age_is_noticed() {
    let mut blog = Blog::of(&[("a.md", "# One\n")]);
    let path = blog.path().join("a.md");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    blog.write("new", "# Two\n");
    fs::File::options().write(true).open(blog.path().join("new")).unwrap().set_modified(time).unwrap();
    fs::rename(blog.path().join("new"), path).unwrap();
    assert_eq!(blog.changed(), [found("a.md", "Two")]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_post_is_the_post_it_leads_to() {
    let mut blog = Blog::of(&[("a.md", "# A\n")]);
    std::os::unix::fs::symlink("a.md", blog.path().join("b.md")).unwrap();
    assert_eq!(blog.changed(), [found("b.md", "A")]);
    assert_eq!(blog.changed(), []);
    blog.write("a.md", "# Longer\n");
    assert_eq!(blog.changed(), [found("a.md", "Longer"), found("b.md", "Longer")]);
}

#[test]
fn another_configuration_makes_another_blog_and_a_space_in_it_does_not() {
    let config = "title: One\nbaseURL: https://one.example/\n";
    let mut blog = Blog::of(&[("hugo.yaml", config), ("content/post/a.md", "# A\n")]);
    assert_eq!(blog.changed(), []);
    blog.write("hugo.yaml", &format!("{config}\n"));
    assert_eq!(blog.changed(), []);
    blog.write("hugo.yaml", "title: Two\nbaseURL: https://two.example/\n");
    let Change::Everything(library) = blog.look() else { panic!("the site is the same") };
    assert_eq!(library.site.title.as_ref().unwrap().as_str(), "Two");
    blog.site = library.site.clone();
    assert_eq!(blog.changed(), []);
}

#[test]
fn a_folder_that_is_gone_or_empty_is_no_blog_without_posts() {
    let config = "title: One\nbaseURL: https://one.example/\n";
    let mut blog = Blog::of(&[("blog/hugo.yaml", config), ("blog/content/a.md", "# A\n")]);
    blog.source = Source::Folder(Folder::open(&blog.path().join("blog")).unwrap());
    blog.site = collection::site(&blog.source).0;
    blog.snapshot = Snapshot::taken(&blog.source, &blog.site);
    let (here, away) = (blog.path().join("blog"), blog.path().join("away"));
    fs::rename(&here, &away).unwrap();
    assert!(matches!(blog.look(), Change::Gone(_)));
    fs::create_dir(&here).unwrap();
    assert!(matches!(blog.look(), Change::Gone(_)));
    fs::remove_dir(&here).unwrap();
    fs::rename(&away, &here).unwrap();
    assert_eq!(blog.changed(), []);
}

#[test]
fn one_file_that_the_reader_named_is_read_again_whatever_its_name() {
    let mut blog = Blog::of(&[("notes.txt", "# One\n")]);
    let path = blog.path().join("notes.txt");
    blog.source = Source::File(path.clone());
    blog.snapshot = Snapshot::taken(&blog.source, &blog.site);
    assert_eq!(blog.changed(), []);
    blog.write("notes.txt", "# Two words\n");
    assert_eq!(blog.changed(), [found("notes.txt", "Two words")]);
    fs::remove_file(&path).unwrap();
    assert!(matches!(blog.look(), Change::Gone(_)));
    blog.write("notes.txt", "# There again\n");
    assert_eq!(blog.changed(), [found("notes.txt", "There again")]);
}

#[test]
fn the_system_says_when_something_happens_in_a_folder_that_is_watched() {
    let folder = folder(&[("posts/a.md", "# A\n"), ("other/b.md", "# B\n")]);
    let (sender, stirred) = mpsc::channel();
    let mut watch = Watch::new(move || {
        let _ = sender.send(());
    });
    let posts = folder.path().join("posts");
    assert!(watch.set(HashSet::from([posts.clone()])));
    assert!(!watch.set(HashSet::from([posts.clone()])), "it is watched already");
    if watch.is_deaf() {
        // A temporary folder may lie where nobody is told.
        return;
    }
    // What is written elsewhere, read, or kept by an editor for a moment, is no news.
    write(folder.path(), "other/b.md", b"# Other\n");
    fs::read(posts.join("a.md")).unwrap();
    write(&posts, ".a.md.swp", b"x");
    write(&posts, "a.md~", b"x");
    assert!(stirred.recv_timeout(Duration::from_millis(200)).is_err());
    write(&posts, "a.md", b"# Changed\n");
    stirred.recv_timeout(PATIENCE).unwrap();
    // A folder of the same name is another one.
    fs::remove_dir_all(&posts).unwrap();
    stirred.recv_timeout(PATIENCE).unwrap();
    fs::create_dir(&posts).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    while stirred.try_recv().is_ok() {}
    assert!(watch.set(HashSet::from([posts.clone()])), "it has to be watched anew");
    write(&posts, "a.md", b"# Again\n");
    stirred.recv_timeout(PATIENCE).unwrap();
}
