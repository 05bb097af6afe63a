//! A list that was kept from the last time: the library made with it is the one made without it, whatever happened to the
//! posts or to the cache meanwhile.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use reread::blog::library::{Library, Progress, Target};
use reread::blog::post::Post;
use reread::cache::Cache;
use reread::collection::{self, Arrival};
use reread::guide;
use reread::source::{Folder, Source};
use tempfile::TempDir;

use common::{HOSTILE, HOSTILE_NAME, folder, write};

/// What a start with a cache comes to.
struct Start {
    /// The posts when the list was complete: path, and whether the text was there.
    listed: Vec<(String, bool)>,
    /// All that the list showed of them.
    about: Vec<String>,
    /// What there was in the end.
    library: Library,
}

impl Start {
    /// How many posts came without their text.
    fn known(&self) -> usize {
        self.listed.iter().filter(|(_, has_text)| !has_text).count()
    }
}

fn source(posts: &Path) -> Source {
    Source::Folder(Folder::open(posts).unwrap())
}

fn start(posts: &Path, cache: &Path) -> Start {
    start_while(posts, cache, || {})
}

/// A start during which something happens as soon as the list is complete.
fn start_while(posts: &Path, cache: &Path, happens: impl Fn()) -> Start {
    let source = source(posts);
    let (site, faults) = collection::site(&source);
    let mut library = Library::new(site.clone());
    library.add(vec![(None, faults)]);
    let (mut listed, mut shown) = (Vec::new(), Vec::new());
    collection::load_known(&source, &site, Some(cache), |arrival| match arrival {
        Arrival::Posts(batch) => library.add(batch),
        Arrival::Listed => {
            library.list();
            assert_eq!(library.progress(), Progress::Listed);
            let text = |post: &Post| (post.key.as_str().to_owned(), post.has_text());
            listed = library.everything().map(|post| text(post)).collect();
            shown = about(&library);
            happens();
        }
        Arrival::Texts(batch) => library.fill(batch),
        Arrival::Complete => library.complete(),
    });
    assert_eq!(library.progress(), Progress::Complete);
    Start { listed, about: shown, library }
}

/// All that a list shows, post by post and fault by fault.
fn about(library: &Library) -> Vec<String> {
    let post = |post: &Post| {
        let names = (&post.key, &post.title, &post.slug, &post.url, &post.aliases, &post.section);
        let dates = (post.date, post.updated, post.draft);
        let terms = (&post.tags, &post.categories, &post.series, &post.authors, &post.summary);
        format!("{names:?} {dates:?} {terms:?}")
    };
    library.everything().map(|it| post(it)).chain(library.faults().iter().map(|fault| format!("{fault:?}"))).collect()
}

#[track_caller]
fn assert_same(library: &Library, posts: &Path) {
    let without = collection::library(&source(posts));
    assert_eq!(about(library), about(&without));
    let texts = |library: &Library| -> Vec<String> { library.everything().map(|post| format!("{post:?}")).collect() };
    assert_eq!(texts(library), texts(&without));
    assert!(library.everything().all(|post| library.get(&post.key).is_some_and(|same| same.has_text())));
}

/// The guide as a folder, with posts that have faults and one that tries everything.
fn blog() -> TempDir {
    let posts = folder(&[
        ("hugo.toml", "title = 'Many Boats'\nbaseURL = 'https://boats.example/'\n"),
        ("content/post/hostile.md", HOSTILE),
        ("content/post/no-date.md", "---\ndate: 2019-13-01\ntitle: No\n---\nBody.\n"),
        ("content/post/zone.md", "---\ndate: 2019-12-01T10:00:00+05:30\nlastmod: 2020-01-02T03:04:05\n---\nBody.\n"),
        ("content/post/old.md", "---\ndate: 0099-02-03 04:05\naliases: [/a/, /b/]\nseries: S\ndraft: true\n---\n"),
        ("content/about/us.md", "# Us\n\nA page.\n"),
        ("content/about/you.md", "---\nsummary: \"You \\e[2J\"\n---\n"),
        ("content/post/broken.md", "---\ntitle: [\n---\nText.\n"),
    ]);
    for (path, text) in guide::POSTS {
        write(posts.path(), &format!("content/post/{path}"), text.as_bytes());
    }
    if cfg!(unix) {
        write(posts.path(), &format!("content/post/{HOSTILE_NAME}"), b"# Name\n");
    }
    write(posts.path(), "content/post/latin.md", b"---\ntitle: caf\xe9\n---\n\xe9\n");
    posts
}

/// The one file of a cache.
fn file(cache: &TempDir) -> PathBuf {
    let files: Vec<PathBuf> = fs::read_dir(cache.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    file.clone()
}

#[test]
fn the_second_start_lists_the_same_without_reading() {
    let (posts, cache) = (blog(), TempDir::new().unwrap());
    let first = start(posts.path(), cache.path());
    assert!(first.listed.is_empty(), "nothing is known yet");
    assert_same(&first.library, posts.path());
    let second = start(posts.path(), cache.path());
    assert_eq!(second.known(), first.library.everything().count());
    assert_eq!(second.about, about(&first.library));
    assert!(!second.library.faults().is_empty());
    assert_same(&second.library, posts.path());
}

#[test]
fn the_list_of_the_last_time_is_there_before_any_file_was_looked_at() {
    let (posts, cache) = (blog(), TempDir::new().unwrap());
    let first = start(posts.path(), cache.path());
    fs::remove_dir_all(posts.path().join("content")).unwrap();
    let source = source(posts.path());
    let mut arrivals = Vec::new();
    collection::load_known(&source, &collection::site(&source).0, Some(cache.path()), |arrival| arrivals.push(arrival));
    let [Arrival::Posts(known), Arrival::Texts(gone), Arrival::Complete] = arrivals.as_slice() else {
        panic!("{arrivals:?}")
    };
    assert_eq!(known.len(), first.library.everything().filter(|post| !post.key.as_str().contains('\\')).count());
    let no_longer: Vec<_> = gone.iter().filter(|(_, (post, _))| post.is_none()).map(|(key, _)| key).collect();
    assert!(known.iter().all(|(post, _)| post.as_ref().is_some_and(|post| no_longer.contains(&&post.key))));
}

#[test]
fn a_post_whose_record_cannot_be_read_is_read_from_its_file() {
    let (posts, kept) = (folder(&[("a.md", "# A\n"), ("b.md", "# B\n")]), TempDir::new().unwrap());
    let (opened, source) = (Folder::open(posts.path()).unwrap(), source(posts.path()));
    let (site, _) = collection::site(&source);
    start(posts.path(), kept.path());
    let cache = Cache::of(kept.path(), &opened, &site).unwrap();
    let bytes = cache.read();
    let mut records: Vec<Vec<u8>> = cache.known(&bytes).records().into_iter().map(<[u8]>::to_vec).collect();
    assert_eq!(records.len(), 2);
    records[0].pop();
    cache.write(records.into_iter()).unwrap();
    let again = start(posts.path(), kept.path());
    assert_eq!(again.listed.len(), 2);
    assert_same(&again.library, posts.path());
}

#[test]
fn a_file_without_a_post_is_not_read_again_until_it_changes() {
    let stub = "---\nuntranslated: true\n---\n";
    let (posts, cache) = (folder(&[("a.md", "# A\n"), ("stub.md", stub)]), TempDir::new().unwrap());
    let texts = || {
        let source = source(posts.path());
        let mut texts = Vec::new();
        collection::load_known(&source, &collection::site(&source).0, Some(cache.path()), |arrival| {
            if let Arrival::Texts(batch) = arrival {
                texts.extend(batch.into_iter().map(|(key, _)| key.as_str().to_owned()));
            }
        });
        texts
    };
    start(posts.path(), cache.path());
    assert_eq!((texts(), texts()), (vec!["a.md".to_owned()], vec!["a.md".to_owned()]));
    write(posts.path(), "stub.md", b"# Now a post\n");
    assert_eq!(start(posts.path(), cache.path()).library.posts().len(), 2);
    write(posts.path(), "stub.md", stub.as_bytes());
    let third = start(posts.path(), cache.path());
    assert_eq!(third.library.posts().len(), 1);
    assert_same(&third.library, posts.path());
    assert_eq!(texts(), ["a.md"]);
    fs::remove_file(posts.path().join("stub.md")).unwrap();
    let before = file(&cache).metadata().unwrap().len();
    assert_same(&start(posts.path(), cache.path()).library, posts.path());
    assert!(file(&cache).metadata().unwrap().len() < before, "what is gone is not kept");
}

#[test]
fn every_corpus_is_listed_as_it_was_read() {
    let Some(corpora) = std::env::var_os("REREAD_CORPORA") else {
        println!("skipped: REREAD_CORPORA names no folder");
        return;
    };
    for corpus in fs::read_dir(corpora).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let cache = TempDir::new().unwrap();
        let first = start(&corpus, cache.path());
        let second = start(&corpus, cache.path());
        println!("{}: {} of {}", corpus.display(), second.known(), first.library.everything().count());
        assert!(second.known() > 0, "{} is not kept", corpus.display());
        assert_eq!(second.about, about(&first.library));
        assert_same(&second.library, &corpus);
    }
}

#[test]
fn a_changed_file_is_read_again_even_if_its_size_is_the_same() {
    let posts = folder(&[("a.md", "---\ntitle: One\n---\nx\n"), ("b.md", "---\ntitle: Other\n---\n")]);
    let cache = TempDir::new().unwrap();
    start(posts.path(), cache.path());
    // The clock of the file system may stand still for some milliseconds.
    while start(posts.path(), cache.path()).listed.iter().any(|(path, has_text)| path == "a.md" && !has_text) {
        write(posts.path(), "a.md", b"---\ntitle: Two\n---\nx\n");
    }
    write(posts.path(), "b.md", b"---\ntitle: Another\n---\n");
    let after = start(posts.path(), cache.path());
    assert_same(&after.library, posts.path());
    assert_eq!(after.listed.iter().find(|(path, _)| path == "b.md"), Some(&("b.md".to_owned(), true)));
    assert!(
        after.about.iter().any(|post| post.contains("Two")) && after.about.iter().any(|post| post.contains("Another"))
    );
    assert_eq!(start(posts.path(), cache.path()).known(), 2, "what was new is kept");
}

#[test]
fn new_deleted_and_renamed_files_are_noticed() {
    let (posts, cache) = (blog(), TempDir::new().unwrap());
    start(posts.path(), cache.path());
    let post = |name: &str| posts.path().join("content/post").join(name);
    fs::write(post("new.md"), "# New\n").unwrap();
    fs::remove_file(post("no-date.md")).unwrap();
    fs::rename(post("zone.md"), post("2001-01-01-moved.md")).unwrap();
    let second = start(posts.path(), cache.path());
    assert_same(&second.library, posts.path());
    assert_eq!(second.about, about(&second.library));
    let third = start(posts.path(), cache.path());
    assert_eq!(third.known(), third.library.everything().count());
    assert_same(&third.library, posts.path());
    fs::remove_file(post("new.md")).unwrap();
    let before = file(&cache).metadata().unwrap().len();
    assert_same(&start(posts.path(), cache.path()).library, posts.path());
    assert!(file(&cache).metadata().unwrap().len() < before, "what is gone is not kept");
}

#[test]
fn what_changes_behind_the_list_is_corrected() {
    let (posts, cache) = (blog(), TempDir::new().unwrap());
    start(posts.path(), cache.path());
    let post = |name: &str| posts.path().join("content/post").join(name);
    let second = start_while(posts.path(), cache.path(), || {
        fs::remove_file(post("no-date.md")).unwrap();
        fs::write(post("old.md"), "---\ndate: 2026-11-21\ntitle: Newest\n---\nNow.\n").unwrap();
        fs::write(post("broken.md"), "---\ntitle: Mended\n---\nText.\n").unwrap();
        for name in ["us", "you"] {
            let dated = format!("---\ndate: 2001-01-01\n---\nNo page any more: {name}.\n");
            fs::write(posts.path().join(format!("content/about/{name}.md")), dated).unwrap();
        }
    });
    assert_eq!(second.library.posts()[0].title.as_str(), "Newest");
    assert!(second.library.faults().iter().any(|fault| fault.fault.as_str().contains("gone")));
    assert!(second.library.faults().iter().all(|fault| !fault.path.as_str().contains("broken")));
    let third = start(posts.path(), cache.path());
    assert_same(&third.library, posts.path());
    assert_eq!(third.about, about(&third.library));
    assert_eq!(
        about(&second.library)[..third.about.len()],
        third.about,
        "only the fault of the lost file is beside it"
    );
}

#[test]
fn a_damaged_cache_is_none() {
    let (posts, cache) =
        (folder(&[("a.md", "---\ntags: [x, y]\n---\n# A\n"), ("b.md", "# B\n")]), TempDir::new().unwrap());
    start(posts.path(), cache.path());
    let file = file(&cache);
    let whole = fs::read(&file).unwrap();
    for length in (0..whole.len()).step_by(9) {
        fs::write(&file, &whole[..length]).unwrap();
        let after = start(posts.path(), cache.path());
        assert_eq!(after.known(), 0, "cut to {length}");
        assert_same(&after.library, posts.path());
        assert_eq!(fs::read(&file).unwrap(), whole, "it is made again");
    }
    for at in (0..whole.len()).step_by(5) {
        let mut other = whole.clone();
        other[at] ^= 0x55;
        fs::write(&file, other).unwrap();
        let after = start(posts.path(), cache.path());
        assert_eq!(after.known(), 0, "byte {at}");
        assert_same(&after.library, posts.path());
    }
}

#[test]
fn the_cache_of_another_folder_or_of_other_settings_is_none() {
    let (one, other) = (folder(&[("a.md", "# A\n")]), folder(&[("a.md", "# Other\n")]));
    let (cache, second) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    start(one.path(), cache.path());
    start(other.path(), second.path());
    fs::copy(file(&second), file(&cache)).unwrap();
    assert_eq!(start(one.path(), cache.path()).known(), 0);
    assert_eq!(start(one.path(), cache.path()).known(), 1);
    write(one.path(), "hugo.toml", b"permalinks = { '' = '/:year/:slug/' }\n");
    let after = start(one.path(), cache.path());
    assert_eq!(after.known(), 0, "addresses may be others");
    assert_same(&after.library, one.path());
}

#[test]
fn what_a_file_beside_posts_says_is_part_of_what_the_list_depends_on() {
    for (config, file, before, after) in [
        ("docusaurus.config.js", "blog/authors.yml", "ada: {name: Ada}\n", "ada: {name: Ada Lee}\n"),
        ("eleventy.config.js", "blog/blog.json", "{\"tags\": [\"one\"]}", "{\"tags\": [\"two\"]}"),
    ] {
        let (posts, cache) = (
            folder(&[(config, ""), (file, before), ("blog/2024-01-01-a.md", "---\nauthors: ada\n---\nx\n")]),
            TempDir::new().unwrap(),
        );
        start(posts.path(), cache.path());
        assert_eq!(start(posts.path(), cache.path()).known(), 1, "{file}");
        write(posts.path(), file, after.as_bytes());
        let second = start(posts.path(), cache.path());
        assert_eq!(second.known(), 0, "{file}");
        assert_same(&second.library, posts.path());
    }
}

#[test]
fn no_text_of_a_post_is_kept() {
    let posts = folder(&[("a.md", "---\ntitle: Boat\n---\nA secret sentence.\n")]);
    let cache = TempDir::new().unwrap();
    start(posts.path(), cache.path());
    let kept = fs::read(file(&cache)).unwrap();
    let holds = |text: &str| kept.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds("Boat") && !holds("secret"));
    let again = start(posts.path(), cache.path());
    assert_eq!(again.listed, [("a.md".to_owned(), false)]);
    assert_eq!(again.library.posts()[0].body(), "A secret sentence.\n");
}

#[test]
fn many_starts_at_once_leave_one_whole_cache() {
    let (posts, cache) = (blog(), TempDir::new().unwrap());
    for _ in 0..5 {
        thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| assert_same(&start(posts.path(), cache.path()).library, posts.path()));
            }
        });
        let again = start(posts.path(), cache.path());
        assert_eq!(again.known(), again.library.everything().count());
        fs::remove_file(file(&cache)).unwrap();
    }
}

#[test]
fn without_a_place_for_it_there_is_no_cache_and_no_noise() {
    let (posts, elsewhere) = (blog(), folder(&[("file", ""), ("folder/x", "")]));
    for cache in [elsewhere.path().join("file"), elsewhere.path().join("file/below"), PathBuf::from("/dev/null/none")] {
        let after = start(posts.path(), &cache);
        assert_eq!(after.known(), 0);
        assert_same(&after.library, posts.path());
    }
    let deep = elsewhere.path().join("not/there/yet");
    start(posts.path(), &deep);
    assert!(start(posts.path(), &deep).known() > 0, "a folder is made");
}

#[cfg(unix)]
#[test]
fn a_cache_is_for_nobody_elses_eyes_and_no_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (posts, outer) = (blog(), TempDir::new().unwrap());
    let cache = outer.path().join("reread");
    start(posts.path(), &cache);
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    let file = fs::read_dir(&cache).unwrap().next().unwrap().unwrap().path();
    assert_eq!((mode(&cache), mode(&file)), (0o700, 0o600));
    let moved = outer.path().join("moved");
    fs::rename(&file, &moved).unwrap();
    symlink(&moved, &file).unwrap();
    assert_eq!(start(posts.path(), &cache).known(), 0, "a link that leads away is not followed");
    assert!(file.symlink_metadata().unwrap().is_file());
    fs::remove_file(&file).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, &file, rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0).unwrap();
    assert_eq!(start(posts.path(), &cache).known(), 0, "nobody waits for a pipe");
}

#[cfg(unix)]
#[test]
fn links_and_odd_names_are_never_kept() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let (posts, cache) = (folder(&[("a.md", "# A\n")]), TempDir::new().unwrap());
    symlink("a.md", posts.path().join("link.md")).unwrap();
    symlink("/etc/hostname", posts.path().join("secret.md")).unwrap();
    fs::write(posts.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), "# E\n").unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        posts.path().join("pipe.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR,
        0,
    )
    .unwrap();
    start(posts.path(), cache.path());
    let again = start(posts.path(), cache.path());
    assert_eq!(again.known(), 1);
    assert_eq!(again.library.faults().len(), 2);
    assert_same(&again.library, posts.path());
    fs::remove_file(posts.path().join("a.md")).unwrap();
    symlink("/etc/hostname", posts.path().join("a.md")).unwrap();
    let third = start(posts.path(), cache.path());
    assert_eq!((third.known(), third.library.everything().count()), (0, 1));
    assert_same(&third.library, posts.path());
}

#[test]
fn pages_that_are_no_posts_are_known_from_the_last_time_too() {
    let posts = folder(&[
        ("_config.yml", "url: https://boats.example\n"),
        ("_posts/2024-02-03-a.md", "[x](/own/) [y](/plain.html)\n"),
        ("page.md", "---\npermalink: /own/\n---\n"),
        ("plain.html", "---\n---\n<p>x</p>\n"),
    ]);
    let cache = TempDir::new().unwrap();
    let leads = |library: &Library| -> Vec<bool> {
        let post = &library.posts()[0];
        let links = post.document().links;
        links.iter().map(|link| matches!(library.resolve(post, &link.href), Target::Web(_))).collect()
    };
    for expected in [[true, true], [true, true]] {
        let library = start(posts.path(), cache.path()).library;
        assert_eq!(library.everything().count(), 1);
        assert_eq!(leads(&library), expected);
    }
    fs::remove_file(posts.path().join("page.md")).unwrap();
    let library = start(posts.path(), cache.path()).library;
    assert_eq!(leads(&library), [false, true]);
}
