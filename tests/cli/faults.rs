//! What is wrong, and how it is told.

use super::*;

#[test]
fn errors_name_the_thing_the_fault_and_the_remedy() {
    let here = folder(HUGO);
    let wanted = "give a blog's folder, one Markdown file, or - for standard input";
    let refusal = |arguments: &[&str]| reread(here.path(), arguments).refusal().to_owned();
    assert_eq!(refusal(&["list", "nowhere"]), format!("nowhere: no such file or folder; {wanted}"));
    assert_eq!(refusal(&["nowhere"]), format!("nowhere: no such file or folder; {wanted}"));
    assert_eq!(refusal(&["tags", ""]), format!("the path is empty; {wanted}"));
    assert_eq!(refusal(&["check", "/dev/null"]), format!("/dev/null: is a device, not a file or a folder; {wanted}"));
    let unknown = "no post has the slug, path or title \"xyzzy\"; `reread list` shows them all";
    assert_eq!(reread(here.path(), &["show", "xyzzy"]).sentence(1), unknown);
    assert_eq!(reread(here.path(), &["links", "xyzzy"]).sentence(1), unknown);
    assert_eq!(
        refusal(&["--theme", "drak"]),
        "drak is no theme; there are auto, terminal, dark, light, gruvbox, gruvbox-light, nord, solarized-dark, \
         solarized-light, dracula, paper, contrast-dark, contrast-light, mono"
    );
    let ambiguous = refusal(&["show", "e"]);
    assert!(ambiguous.starts_with("2 posts may be meant by \"e\": "), "{ambiguous}");
    assert!(ambiguous.contains("content/post/second.md") && ambiguous.contains("content/post/undated.md"));
    assert!(ambiguous.ends_with("give one of these paths"));
}

#[test]
fn two_posts_that_may_be_meant_are_named_in_list_order_and_without_dots_for_more() {
    let here = folder(HUGO);
    assert_eq!(
        reread(here.path(), &["show", "e"]).refusal(),
        "2 posts may be meant by \"e\": content/post/second.md, content/post/undated.md; give one of these paths"
    );
}

#[test]
fn a_blog_that_is_named_elsewhere_and_gone_is_no_silent_guide() {
    let here = TempDir::new().unwrap();
    let ran = finish(program(here.path()).env("REREAD_BLOG", "gone").arg("list"));
    assert!(ran.refusal().starts_with("$REREAD_BLOG: gone: no such file or folder; "), "{ran:?}");
    write(here.path(), "reread/config.toml", b"blog = \"gone\"\n");
    let ran = finish(program(here.path()).env("XDG_CONFIG_HOME", here.path()).arg("list"));
    assert!(ran.refusal().starts_with("the configured blog: gone: no such file or folder; "), "{ran:?}");
}

#[test]
fn wrong_use_says_so_and_ends_with_2() {
    for arguments in [
        &["show"][..],
        &["list", "a", "b"],
        &["--nonsense"],
        &["show", "x", "--width", "0"],
        &["show", "x", "--color", "red"],
    ] {
        let ran = guide(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.starts_with("error: "), "{arguments:?}: {}", ran.err);
    }
    for arguments in [&["--help"][..], &["--version"], &["list", "--help"]] {
        let ran = guide(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn an_empty_folder_is_an_answer_and_no_error() {
    let here = TempDir::new().unwrap();
    for (arguments, code) in [(["list", "."], 1), (["tags", "."], 1), (["check", "."], 0)] {
        let ran = reread(here.path(), &arguments);
        assert_eq!(ran, Ran { code: Some(code), out: String::new(), err: String::new() }, "{arguments:?}");
    }
}

/// A folder with one good post among everything that can be wrong.
fn broken() -> TempDir {
    let blog = folder(&[
        ("good.md", "---\ntitle: Good\ndate: 2020-01-01\n---\nText.\n"),
        ("yaml.md", "---\ntitle: Bad\ndate: 2019-01-01\ntags:\n\t- x\n---\nStill text.\n"),
        ("open.md", "---\ntitle: Not closed\n\nText.\n"),
        ("toml.md", "+++\ntitle = \"Toml\"\ndraft = = 1\n+++\nText.\n"),
        ("json.md", "{\"title\": \"Json\", \"tags\": [}\n\nText.\n"),
        ("date.md", "---\ntitle: Date\ndate: 2019-13-01\n---\nText.\n"),
        ("large.md", ""),
    ]);
    let path = |name: &str| blog.path().join(name);
    write(blog.path(), "latin.md", b"---\ntitle: Latin\n---\nCaf\xe9.\n");
    fs::create_dir(path("folder.md")).unwrap();
    symlink("nothing-there.md", path("dangling.md")).unwrap();
    symlink("/etc/hostname", path("outside.md")).unwrap();
    symlink("loop.md", path("loop.md")).unwrap();
    assert!(Command::new("mkfifo").arg(path("pipe.md")).status().unwrap().success());
    fs::File::create(path("large.md")).unwrap().set_len((16 << 20) + 1).unwrap();
    blog
}

#[test]
fn broken_files_stop_no_other_and_each_is_listed_with_place_and_remedy() {
    let blog = broken();
    let listed = reread(blog.path(), &["list", ".", "--json"]);
    assert_eq!(listed.code, Some(0), "{listed:?}");
    let json = listed.json();
    let paths = each(&json, "path");
    for shown in ["good.md", "yaml.md", "open.md", "toml.md", "json.md", "date.md", "latin.md"] {
        assert!(paths.contains(&shown), "{shown} is not in {paths:?}");
    }
    assert_eq!(paths.len(), 7);
    let ran = reread(blog.path(), &["check", ".", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let faults = ran.json()["faults"].clone();
    let places: Vec<(&str, Option<u64>)> = faults
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["path"].as_str().unwrap(), fault["line"].as_u64()))
        .collect();
    // That it has a line is another test.
    let date_line = places[1].1;
    assert_eq!(
        places,
        [
            ("dangling.md", None),
            ("date.md", date_line),
            ("folder.md", None),
            ("json.md", Some(1)),
            ("large.md", None),
            ("latin.md", Some(4)),
            ("loop.md", None),
            ("open.md", Some(1)),
            ("outside.md", None),
            ("pipe.md", None),
            ("toml.md", Some(3)),
            ("yaml.md", Some(5)),
        ]
    );
    for fault in faults.as_array().unwrap() {
        for field in ["fault", "remedy"] {
            let sentence = fault[field].as_str().unwrap();
            assert!(!sentence.is_empty() && !sentence.ends_with('.'), "{fault}");
        }
    }
    let text = reread(blog.path(), &["check", "."]);
    assert_eq!((text.code, text.out.lines().count()), (Some(1), 12));
}

#[test]
fn a_date_that_is_no_day_is_told_with_its_line() {
    let blog = folder(&[("a.md", "---\ntitle: A\ndate: 2019-13-01\n---\nText.\n")]);
    let faults = reread(blog.path(), &["check", "."]).out;
    assert!(faults.starts_with("a.md:3: "), "{faults}");
}

#[test]
fn one_mistake_is_told_once() {
    let blog = folder(&[("a.md", "+++\ntitle = \"A\"\ndate = = 1\n+++\nText.\n")]);
    let faults = reread(blog.path(), &["check", "."]).out;
    assert_eq!(faults.lines().count(), 1, "{faults}");
}

#[test]
fn a_file_that_is_not_ours_to_read_is_a_fault() {
    let blog = folder(&[("good.md", "# Good\n"), ("secret.md", "# Secret\n")]);
    fs::set_permissions(blog.path(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(blog.path().join("secret.md"), fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = program(blog.path());
    // Root may read everything, so it stops being root for this.
    if rustix::process::geteuid().is_root() {
        std::os::unix::process::CommandExt::uid(&mut command, 65_534);
    }
    let ran = finish(command.args(["check", ".", "--json"]));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let expected = json!([{
        "path": "secret.md", "line": null, "rule": "unreadable", "fault": "is not yours to read", "remedy": "change its permissions or its owner"
    }]);
    assert_eq!(only(&ran.json()["faults"], &FAULTY), expected);
}

#[test]
fn one_broken_file_that_is_named_is_an_error_or_shown() {
    let blog = broken();
    for name in ["large.md", "latin.md", "yaml.md"] {
        let ran = reread(blog.path(), &["show", name]);
        let shown = name != "large.md";
        assert_eq!(ran.code, Some(if shown { 0 } else { 2 }), "{ran:?}");
        assert!(if shown { ran.out.contains(name) } else { ran.err.contains("is larger than 16 MiB") }, "{ran:?}");
    }
    let refused = reread(blog.path(), &["list", "pipe.md"]);
    assert!(refused.refusal().starts_with("pipe.md: is a named pipe, not a file or a folder; "), "{refused:?}");
}

#[test]
fn faults_of_a_configuration_are_told_with_the_rest() {
    let blog = folder(&[("hugo.toml", "title = \n"), ("content/a.md", "# Still here\n")]);
    assert_eq!(only_title(&reread(blog.path(), &["list", "--json"])), "Still here");
    let faults = reread(blog.path(), &["check", "--json"]).json()["faults"].clone();
    assert_eq!((each(&faults, "path"), &faults[0]["line"]), (vec!["hugo.toml"], &json!(1)));
}
