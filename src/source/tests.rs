#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has nothing to say")]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::*;
use crate::blog::site::{Generator, Site};

fn site(files: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in files {
        put(folder.path(), file, b"# A post\n");
    }
    folder
}

fn put(root: &Path, name: &str, bytes: &[u8]) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A folder, and the site that it is or belongs to.
fn opened(root: &Path) -> (Folder, Site) {
    let folder = Folder::open(root).unwrap();
    let (site, _) = crate::collection::site(&Source::Folder(folder.clone()));
    (folder, site)
}

fn paths(root: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    let (folder, site) = opened(root);
    folder.walk(&site, |found| paths.extend(Some(found.path).filter(|path| !site.is_page(path))));
    paths.sort();
    paths
}

fn pages(root: &Path) -> Vec<String> {
    let mut pages = Vec::new();
    let (folder, site) = opened(root);
    folder.walk(&site, |found| pages.extend(Some(found.path).filter(|path| site.is_page(path))));
    pages.sort();
    pages
}

/// Path and fault of everything that could not be read, and the paths of the rest.
fn loaded(root: &Path) -> (Vec<(String, String)>, Vec<String>) {
    let (mut faults, mut read) = (Vec::new(), Vec::new());
    let (folder, site) = opened(root);
    folder.load(
        &site,
        |path, result| (path, result.map_err(|unread| unread.fault())),
        |batch| {
            for (path, result) in batch {
                match result {
                    Ok(_) => read.push(path),
                    Err(fault) => faults.push((path, fault)),
                }
            }
        },
    );
    faults.sort();
    read.sort();
    (faults, read)
}

#[test]
fn a_generator_is_recognised_by_the_names_of_files() {
    let zola = site(&["content/a.md"]);
    put(zola.path(), "config.toml", b"# base\n  base_url = \"https://example.org\"\n");
    for (folder, generator) in [
        (site(&["hugo.toml", "content/a.md"]), Generator::Hugo),
        (site(&["config.json", "content/a.md"]), Generator::Hugo),
        (site(&["config/_default/hugo.toml", "content/a.md"]), Generator::Hugo),
        (site(&["archetypes/default.md", "content/a.md"]), Generator::Hugo),
        (site(&["_config.yml", "_posts/2020-01-01-a.md"]), Generator::Jekyll),
        (site(&["_config.yml", "source/_posts/a.md"]), Generator::Hexo),
        (site(&["docusaurus.config.js", "blog/a.md"]), Generator::Docusaurus),
        (site(&[".obsidian/app.json", "a.md"]), Generator::Obsidian),
        (zola, Generator::Zola),
        (site(&["config.toml", "a.md"]), Generator::Plain),
        (site(&["a.md"]), Generator::Plain),
    ] {
        assert_eq!(Folder::open(folder.path()).unwrap().generator, generator);
    }
}

#[test]
fn posts_are_where_the_generator_keeps_them() {
    let hugo =
        site(&["hugo.toml", "a.md", "content/b.md", "content/themes/c.md", "content/_index.md", "content/d/index.md"]);
    assert_eq!(paths(hugo.path()), ["content/b.md", "content/d/index.md", "content/themes/c.md"]);
    let jekyll =
        site(&["_config.yml", "a.md", "_posts/b.md", "src/x/_drafts/c.mkd", "_site/_posts/d.md", "vendor/_posts/e.md"]);
    assert_eq!(paths(jekyll.path()), ["_posts/b.md", "src/x/_drafts/c.mkd"]);
    let without_content = site(&["hugo.toml", "a.md"]);
    assert_eq!(paths(without_content.path()), ["a.md"]);
}

#[test]
fn pages_that_are_no_posts_are_seen_beside_them() {
    let files = ["hugo.toml", "a.md", "content/b.md", "content/_index.md", "content/s/_index.en.md", "content/c.html"];
    assert_eq!(pages(site(&files).path()), ["content/_index.md", "content/c.html", "content/s/_index.en.md"]);
    let files = [
        "_config.yml",
        "a.md",
        "b/index.html",
        "_posts/c.md",
        "_layouts/d.html",
        "_pages/e.md",
        "_x/f.md",
        "_site/g.html",
    ];
    assert_eq!(pages(site(&files).path()), ["_pages/e.md", "a.md", "b/index.html"]);
    let files = ["docusaurus.config.js", "blog/a.md", "docs/b.md", "docs/_c.md", "src/pages/d.mdx", "other/e.md"];
    assert_eq!(pages(site(&files).path()), ["docs/b.md", "src/pages/d.mdx"]);
}

#[test]
fn what_stands_beside_posts_is_left_out() {
    let plain = site(&[
        "a.md",
        "b.MARKDOWN",
        "c.mdx",
        "d.txt",
        "md",
        ".hidden.md",
        ".git/e.md",
        "node_modules/f/g.md",
        "themes/h.md",
        "public/i.md",
        "README.md",
        "readme.md",
        "README.zh.md",
        "LICENSE.md",
        "readme-driven-development.md",
        "sub/README.md",
        "_index.en.md",
        "archetypes/j.md",
        "scaffolds/k.md",
        "output/l.md",
    ]);
    assert_eq!(paths(plain.path()), ["a.md", "b.MARKDOWN", "c.mdx", "readme-driven-development.md", "sub/README.md"]);
}

#[test]
fn a_folder_inside_a_site_finds_the_configuration_above_it() {
    let hugo = site(&["hugo.toml", "content/post/2020/a.md", "content/post/public/b.md", "docs/c.md"]);
    let inside = Folder::open(&hugo.path().join("content/post")).unwrap();
    assert_eq!(inside.site, Some(hugo.path().canonicalize().unwrap()));
    assert_eq!(inside.generator, Generator::Hugo);
    let (name, bytes) = inside.config().remove(0);
    assert_eq!((name.as_str(), bytes.unwrap().len()), ("hugo.toml", 9));
    assert_eq!(paths(&hugo.path().join("content/post")), ["2020/a.md", "public/b.md"]);
    assert_eq!(Folder::open(&hugo.path().join("docs")).unwrap().site, None, "content is kept elsewhere");
}

#[test]
fn a_configuration_larger_than_any_is_refused() {
    let hugo = site(&["content/a.md"]);
    put(hugo.path(), "hugo.toml", &vec![b'#'; (1 << 20) + 1]);
    let (_, bytes) = Folder::open(hugo.path()).unwrap().config().remove(0);
    assert_eq!(bytes.unwrap_err().fault(), "is larger than 1 MiB");
}

#[test]
fn the_source_is_what_the_reader_named() {
    let hugo = site(&["hugo.toml", "content/a.md"]);
    let plain = site(&["a.md"]);
    let at = |folder: &TempDir| Environment::at(folder.path());
    let find = |argument: Option<&str>, environment: &Environment| match Source::find(
        argument.map(OsStr::new),
        None,
        environment,
    ) {
        Ok(Source::Guide) => "guide".to_owned(),
        Ok(Source::Folder(folder)) => format!("{:?}", folder.generator),
        Ok(Source::File(_)) => "file".to_owned(),
        Ok(Source::StandardInput) => "stdin".to_owned(),
        Err(error) => error.to_string(),
    };
    let blog = at(&plain).with("REREAD_BLOG", hugo.path());
    assert_eq!(find(Some("-"), &blog), "stdin");
    assert_eq!(find(Some("a.md"), &blog), "file");
    assert_eq!(find(Some("."), &blog), "Plain");
    assert_eq!(find(None, &blog), "Hugo");
    assert_eq!(find(None, &at(&hugo)), "Hugo");
    assert_eq!(find(None, &at(&plain)), "guide");
    let wanted = "give a blog's folder, one Markdown file, or - for standard input";
    assert_eq!(find(Some("no\x1bne"), &blog), format!("no␛ne: no such file or folder; {wanted}"));
    let wrong = at(&plain).with("REREAD_BLOG", "nowhere");
    assert_eq!(find(None, &wrong), format!("$REREAD_BLOG: nowhere: no such file or folder; {wanted}"));
    #[cfg(unix)]
    assert_eq!(find(Some("/dev/null"), &blog), format!("/dev/null: is a device, not a file or a folder; {wanted}"));
}

#[test]
fn every_post_is_delivered_once_and_the_first_ones_early() {
    let folder = TempDir::new().unwrap();
    for number in 0..1000 {
        put(folder.path(), &format!("{}/{number}.md", number % 7), format!("{number}").as_bytes());
    }
    let parsed = AtomicUsize::new(0);
    let mut first = None;
    let mut numbers = Vec::new();
    let (folder, site) = opened(folder.path());
    folder.load(
        &site,
        |_, bytes| {
            parsed.fetch_add(1, Ordering::Relaxed);
            String::from_utf8(bytes.unwrap()).unwrap().parse::<usize>().unwrap()
        },
        |batch| {
            first.get_or_insert(batch.len());
            numbers.extend(batch);
        },
    );
    numbers.sort_unstable();
    assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
    assert_eq!(parsed.into_inner(), 1000);
    assert!(first.is_some());
}

// Elsewhere there is no `/proc`, or a file name must be UTF-8.
#[cfg(target_os = "linux")]
mod special {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    fn pipe(path: &Path) {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    }

    #[test]
    fn what_only_looks_like_a_post_is_a_fault_and_never_blocks() {
        let outside = site(&["secret.md"]);
        let folder = site(&["good.md", "bundle.md/index.md", "deep.md/er.md/er.md/a.md"]);
        let root = folder.path();
        pipe(&root.join("pipe.md"));
        let _socket = UnixListener::bind(root.join("socket.md")).unwrap();
        symlink("/dev/zero", root.join("zero.md")).unwrap();
        symlink("/etc/hostname", root.join("hostname.md")).unwrap();
        symlink("/proc/self/environ", root.join("environ.md")).unwrap();
        symlink(outside.path().join("secret.md"), root.join("secret.md")).unwrap();
        symlink("nowhere", root.join("dangling.md")).unwrap();
        symlink("loop.md", root.join("loop.md")).unwrap();
        symlink("..", root.join("bundle.md/up")).unwrap();
        symlink("good.md", root.join("inside.md")).unwrap();
        symlink("pipe.md", root.join("to-pipe.md")).unwrap();
        symlink("bundle.md", root.join("to-folder.md")).unwrap();
        fs::create_dir_all(root.join("empty.md/sub")).unwrap();
        fs::File::create(root.join("large.md")).unwrap().set_len(17 << 20).unwrap();
        fs::write(root.join(OsStr::from_bytes(b"caf\xe9.md")), "x").unwrap();
        fs::write(root.join(OsStr::from_bytes(b"caf\xe8.md")), "x").unwrap();
        fs::write(root.join("new\nline\x1b[2J.md"), "x").unwrap();
        let (faults, read) = loaded(root);
        let faults: Vec<(&str, &str)> = faults.iter().map(|(path, fault)| (path.as_str(), fault.as_str())).collect();
        assert_eq!(
            faults,
            [
                ("dangling.md", "is a link to something that is not there"),
                ("empty.md", "is a folder, not a file"),
                ("environ.md", "is a link that leads outside the collection"),
                ("hostname.md", "is a link that leads outside the collection"),
                ("large.md", "is larger than 16 MiB"),
                ("loop.md", "is a link that leads back to itself"),
                ("pipe.md", "is a named pipe, not a file"),
                ("secret.md", "is a link that leads outside the collection"),
                ("socket.md", "is a socket, not a file"),
                ("to-folder.md", "is a folder, not a file"),
                ("to-pipe.md", "is a named pipe, not a file"),
                ("zero.md", "is a link that leads outside the collection"),
            ]
        );
        assert_eq!(
            read,
            [
                "bundle.md/index.md",
                "caf\\xE8.md",
                "caf\\xE9.md",
                "deep.md/er.md/er.md/a.md",
                "good.md",
                "inside.md",
                "new\nline\x1b[2J.md",
            ]
        );
    }

    #[test]
    fn the_file_of_a_post_is_the_one_that_was_read_and_no_other() {
        let outside = site(&["secret.md"]);
        let folder = site(&["good.md", "-c:!sh.md", "sub/a.md"]);
        let root = folder.path();
        pipe(&root.join("pipe.md"));
        symlink(outside.path().join("secret.md"), root.join("secret.md")).unwrap();
        symlink("sub/a.md", root.join("inside.md")).unwrap();
        let odd = |name: &[u8]| root.join(OsStr::from_bytes(name));
        fs::create_dir(odd(b"d\xff")).unwrap();
        let named = [odd(b"caf\xe9.md"), odd(b"d\xff/caf\xe8.md"), odd(b"two\\xE9.md"), odd(b"two\xe8.md")];
        for path in &named {
            fs::write(path, "x").unwrap();
        }
        let source = Source::Folder(opened(root).0);
        let file = |path: &str| source.file_of(path).map_err(|why| why.to_string());
        for (path, expected) in [
            ("good.md", root.join("good.md")),
            ("-c:!sh.md", root.join("-c:!sh.md")),
            ("inside.md", root.join("sub/a.md").canonicalize().unwrap()),
            ("caf\\xE9.md", named[0].clone()),
            ("d\\xFF/caf\\xE8.md", named[1].clone()),
            ("two\\xE9.md", named[2].clone()),
            ("two\\xE8.md", named[3].clone()),
        ] {
            assert_eq!(file(path), Ok(expected), "{path}");
        }
        let Source::Folder(folder) = &source else { panic!() };
        assert_eq!(folder.read(folder.at("d\\xFF/caf\\xE8.md")).unwrap(), b"x", "it is read again as well");
        assert!(file("secret.md").unwrap_err().starts_with("is a link that leads outside the collection"));
        assert!(file("pipe.md").unwrap_err().starts_with("is a named pipe, not a file"));
        assert!(file("sub").unwrap_err().starts_with("is a folder, not a file"));
        assert!(file("no\\xE9.md").unwrap_err().starts_with("was there a moment ago"));
        let file = |path: &Path| Source::File(path.to_path_buf()).file_of("").map_err(|why| why.to_string());
        assert_eq!(file(&root.join("secret.md")), Ok(outside.path().join("secret.md").canonicalize().unwrap()));
        assert!(file(&root.join("pipe.md")).unwrap_err().starts_with("is a named pipe"));
    }

    #[test]
    fn a_content_folder_that_leads_away_is_not_walked() {
        let outside = site(&["secret.md"]);
        let folder = site(&["hugo.toml"]);
        symlink(outside.path(), folder.path().join("content")).unwrap();
        let (faults, read) = loaded(folder.path());
        assert_eq!(faults, [("content".to_owned(), "is a link that leads outside the collection".to_owned())]);
        assert!(read.is_empty());
    }

    #[test]
    fn a_folder_named_through_a_link_is_the_readers_own_word() {
        let folder = site(&["a.md"]);
        symlink("a.md", folder.path().join("b.md")).unwrap();
        let elsewhere = TempDir::new().unwrap();
        symlink(folder.path(), elsewhere.path().join("blog")).unwrap();
        assert_eq!(loaded(&elsewhere.path().join("blog")), (vec![], vec!["a.md".to_owned(), "b.md".to_owned()]));
    }

    #[test]
    fn what_may_not_be_read_is_a_fault() {
        let folder = site(&["a.md", "sub/b.md", "c.md"]);
        fs::set_permissions(folder.path().join("a.md"), fs::Permissions::from_mode(0o000)).unwrap();
        fs::set_permissions(folder.path().join("sub"), fs::Permissions::from_mode(0o000)).unwrap();
        let (faults, read) = loaded(folder.path());
        fs::set_permissions(folder.path().join("sub"), fs::Permissions::from_mode(0o700)).unwrap();
        if rustix::process::geteuid().is_root() {
            println!("root may read everything: only the texts are checked");
            assert_eq!(read, ["a.md", "c.md", "sub/b.md"]);
            let unread = Unread::from(std::io::Error::from(std::io::ErrorKind::PermissionDenied));
            assert_eq!(unread.to_string(), "is not yours to read; change its permissions or its owner");
        } else {
            let refused = "is not yours to read".to_owned();
            assert_eq!(faults, [("a.md".to_owned(), refused.clone()), ("sub".to_owned(), refused)]);
            assert_eq!(read, ["c.md"]);
        }
    }

    #[test]
    fn a_very_deep_folder_is_reported_where_the_walk_stops() {
        let folder = site(&["a.md"]);
        fs::create_dir_all(folder.path().join("d/".repeat(70))).unwrap();
        let (faults, read) = loaded(folder.path());
        assert_eq!(faults, [(vec!["d"; 64].join("/"), "is a folder 64 levels down".to_owned())]);
        assert_eq!(read, ["a.md"]);
    }

    #[test]
    fn a_post_that_vanished_after_the_walk_says_so() {
        let folder = site(&["a.md", "b.md"]);
        let (opened, site) = opened(folder.path());
        let mut all = Vec::new();
        opened.walk(&site, |found| all.push(found));
        all.sort_by(|one, other| one.path.cmp(&other.path));
        fs::remove_file(folder.path().join("a.md")).unwrap();
        fs::remove_file(folder.path().join("b.md")).unwrap();
        symlink("/etc/hostname", folder.path().join("b.md")).unwrap();
        let results: Vec<_> = all.into_iter().map(|found| opened.read(found)).collect();
        let [Err(Unread::Vanished), Err(Unread::Outside)] = results.as_slice() else { panic!("{results:?}") };
    }
}

#[cfg(unix)]
#[test]
fn no_setting_is_read_through_a_folder_that_leads_outside() {
    use std::os::unix::fs::symlink;
    let outside = site(&["x"]);
    for (path, text) in [
        ("_default/hugo.toml", "title = \"secret\"\nbaseURL = \"https://secret.example/\"\n"),
        ("SUMMARY.md", "# Summary\n\n[Secret](a.md)\n"),
        ("authors.yml", "secret:\n  name: Secret\n"),
    ] {
        put(outside.path(), path, text.as_bytes());
    }
    for (files, link) in [
        (&["content/a.md"][..], "config"),
        (&["book.toml"], "src"),
        (&["docusaurus.config.js", "other/a.md"], "blog"),
        (&["_config.yml", "_posts/2020-01-01-a.md"], "_data"),
    ] {
        let folder = site(files);
        symlink(outside.path(), folder.path().join(link)).unwrap();
        let (found, site) = opened(folder.path());
        assert_ne!(site.title.as_ref().map(Clean::as_str), Some("secret"), "{link}");
        assert_eq!(found.site_file(&format!("{link}/SUMMARY.md")), None, "{link}");
        assert!(!format!("{site:?}").to_lowercase().contains("secret"), "{link}: {site:?}");
    }
}
