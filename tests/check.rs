//! `reread check` as an author runs it: what it says is wrong, by which rules, and how it ends.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;
#[path = "common/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::os::unix::fs::symlink;

use reread::blog::fault::Rule;
use serde_json::json;
use tempfile::TempDir;

use common::{HOSTILE, HOSTILE_NAME, folder, write};
use program::{Ran, finish, program, reread};

/// A site with a fault of most rules.
const FAULTY: &[(&str, &str)] = &[
    ("hugo.toml", "baseURL = \"https://blog.example.org/\"\n"),
    (
        "content/post/a.md",
        "---\ntitle: A\ndate: 2020-01-01\ntags: [vMotion]\nslug: one\n---\n[gone](gone.md) [js](javascript:alert(1)) \
         [file](file:///etc/passwd)\n[part](b.md#parts)\n![There](/img/there.png) ![Gone](/img/gone.png)\n",
    ),
    ("content/post/b.md", "---\ntitle: B\ndate: 2020-01-02\ntags: [VMotion]\nslug: one\ndraft: true\n---\n## Part\n"),
    ("content/post/c.md", "---\ntitle: C\ndate: 2020-01-03\ntags: [VMotion]\n---\nText.\n"),
    ("content/post/d.md", "---\ntitle: D\n---\nNo date.\n"),
    ("content/post/e.md", "---\ntitle: E\ndate: 2020-13-01\n---\nNo day.\n"),
    ("static/img/there.png", "picture"),
];

#[test]
fn every_fault_has_its_path_line_rule_and_remedy() {
    let blog = folder(FAULTY);
    let ran = reread(blog.path(), &["check"]);
    assert_eq!(ran.code, Some(1));
    let expected = [
        "content/post/a.md:4: the tag vMotion (1 post) differs only by case from VMotion (2 posts); write VMotion if they mean the same [similar-tags]",
        "content/post/a.md:7: the link \"gone\" leads nowhere: there is no file /content/post/gone.md; /post/one/ is near; correct its address [broken-link]",
        "content/post/a.md:7: the link \"file\" leads nowhere: addresses of the scheme file: are never opened; correct its address [broken-link]",
        "content/post/a.md:8: the link \"part\" leads to no place: no heading of content/post/b.md is called #parts; did you mean #part? [broken-fragment]",
        "content/post/a.md:9: the image \"Gone\" is missing: there is no file /img/gone.png; add it or correct its address [missing-image]",
        "content/post/b.md:5: the address /post/one/ is also that of content/post/a.md; give one of them another slug [duplicate-address]",
        "content/post/d.md:1: the post has no date, and most beside it have one; give it one in its front matter [undated]",
        "content/post/e.md:3: \"2020-13-01\" is no date; write it as 2007-09-12 or 2007-09-12T09:29:59Z [date]",
    ];
    assert_eq!(ran.out.lines().collect::<Vec<_>>(), expected);
    assert_eq!(
        ran.err,
        "reread: read as Hugo would, because of hugo.toml\nreread: 1 date, 2 broken-link, 1 broken-fragment, 1 missing-image, \
         1 duplicate-address, 1 similar-tags, 1 undated\n"
    );
    let json = reread(blog.path(), &["check", "--json"]);
    assert_eq!((json.code, json.err.as_str()), (Some(1), ""));
    let json = json.json();
    assert_eq!(
        json["faults"][1],
        json!({
            "path": "content/post/a.md",
            "line": 7,
            "rule": "broken-link",
            "fault": "the link \"gone\" leads nowhere: there is no file /content/post/gone.md; /post/one/ is near",
            "remedy": "correct its address"
        })
    );
    assert_eq!((&json["generator"], json["faults"].as_array().unwrap().len()), (&json!("hugo"), expected.len()));
}

#[test]
fn a_blog_without_faults_ends_with_0() {
    let here = TempDir::new().unwrap();
    let guide = reread(here.path(), &["check"]);
    assert_eq!(guide, Ran { code: Some(0), out: String::new(), err: String::new() });
    let checked = json!({ "generator": "hugo", "because": null, "language": null, "faults": [] });
    assert_eq!(reread(here.path(), &["check", "--json"]).json(), checked);
}

/// The rules of the faults that a run tells.
fn rules(ran: &Ran) -> String {
    let rules: BTreeSet<&str> =
        ran.out.lines().map(|line| line.rsplit_once('[').unwrap().1.strip_suffix(']').unwrap()).collect();
    rules.into_iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn rules_are_chosen_on_the_command_line_and_in_the_configuration() {
    let blog = folder(FAULTY);
    let run = |config: &str, arguments: &[&str]| {
        write(blog.path(), "x/reread/config.toml", config.as_bytes());
        let mut command = program(blog.path());
        finish(command.env("XDG_CONFIG_HOME", blog.path().join("x")).arg("check").args(arguments))
    };
    let ignored = "[check]\nignore = [\"broken-link\", \"missing-image\", \"similar-tags\", \"undated\"]\n";
    for (config, arguments, told) in [
        ("", &["--only", "undated,date"][..], "date undated"),
        ("", &["--only", "undated", "--only", "date"], "date undated"),
        ("", &["--ignore", "broken-link,missing-image,similar-tags,undated"], "broken-fragment date duplicate-address"),
        (ignored, &[], "broken-fragment date duplicate-address"),
        (ignored, &["--only", "undated"], "undated"),
        (
            ignored,
            &["--ignore", "date,broken-fragment,duplicate-address"],
            "broken-link missing-image similar-tags undated",
        ),
        ("[check]\nonly = [\"date\", \"undated\"]\n", &["--ignore", "date"], "undated"),
    ] {
        let ran = run(config, arguments);
        assert_eq!((rules(&ran).as_str(), ran.code), (told, Some(1)), "{config} {arguments:?}");
    }
    let ran = run("", &["--only", "encoding"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    let ran = run("[check]\nonly = [\"date\"]\nignore = [\"brokn-link\"]\n", &[]);
    assert_eq!((ran.code, rules(&ran).as_str()), (Some(1), "date"));
    assert!(ran.err.contains("config.toml:3: brokn-link is no rule; did you mean broken-link?\n"), "{}", ran.err);
}

#[test]
fn a_rule_that_there_is_not_is_wrong_use() {
    let here = TempDir::new().unwrap();
    for option in ["--only", "--ignore"] {
        let ran = reread(here.path(), &["check", option, "date,undatd"]);
        assert!(ran.code == Some(2) && ran.err.contains("undatd is no rule; did you mean undated?"), "{ran:?}");
    }
}

#[test]
fn the_help_tells_what_each_rule_finds() {
    let here = TempDir::new().unwrap();
    let help = reread(here.path(), &["check", "--help"]).out;
    for (rule, name, meaning) in Rule::ALL {
        let line = format!("  {name:<17}  {meaning}");
        assert!(help.lines().any(|shown| shown == line) && rule.name() == name, "{line:?} is not in\n{help}");
    }
}

#[test]
fn a_picture_behind_a_link_is_not_looked_at_and_not_missed() {
    let blog =
        folder(&[("hugo.toml", ""), ("content/a.md", "---\ndate: 2020-01-01\n---\n![A](/a.png) ![B](/b/x.png)\n")]);
    let elsewhere = folder(&[("x.png", "picture")]);
    std::fs::create_dir(blog.path().join("static")).unwrap();
    symlink(elsewhere.path().join("x.png"), blog.path().join("static/a.png")).unwrap();
    symlink(elsewhere.path(), blog.path().join("static/b")).unwrap();
    let ran = reread(blog.path(), &["check"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
}

#[test]
fn what_a_post_says_reaches_no_terminal_by_way_of_a_fault() {
    let twin = HOSTILE.replace("ta\\e[2Jg", "TA\\e[2Jg");
    let blog = folder(&[("hugo.toml", ""), ("content/twin.md", &twin), ("content/undated.md", "Text.\n")]);
    write(blog.path(), &format!("content/{HOSTILE_NAME}"), HOSTILE.as_bytes());
    let ran = reread(blog.path(), &["check"]);
    assert_eq!(rules(&ran), "broken-link duplicate-address missing-image similar-tags undated");
    let is_fine = |letter: char| letter == '\n' || !letter.is_control() && !('\u{202a}'..='\u{2069}').contains(&letter);
    assert!(ran.out.chars().chain(ran.err.chars()).all(is_fine), "{ran:?}");
}

#[test]
fn it_says_which_generator_was_recognised_and_the_reader_may_know_better() {
    let blog = folder(&[("_config.yml", "title: J\n"), ("_posts/2024-01-02-a.md", "x\n"), ("content/b.md", "x\n")]);
    let ran = reread(blog.path(), &["check"]);
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (Some(0), "", "reread: read as Jekyll would, because of _config.yml\n")
    );
    let json = reread(blog.path(), &["check", "--json"]).json();
    assert_eq!(json, json!({ "generator": "jekyll", "because": "_config.yml", "language": null, "faults": [] }));
    let hugo = reread(blog.path(), &["list", "--generator", "hugo", "--json"]).json();
    assert_eq!(hugo[0]["url"], "/b/");
    let wrong = reread(blog.path(), &["check", "--generator", "jekyl"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("jekyl is no generator; did you mean jekyll?"), "{wrong:?}");
}
