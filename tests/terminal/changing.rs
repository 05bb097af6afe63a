//! A blog that changes while it is on screen.

use std::fs;

use crate::common::{folder, write};
use crate::session::{Session, blog};

#[test]
fn what_is_saved_in_another_window_is_on_screen_and_the_reader_stays() {
    let paragraphs =
        |from: u32| (from..80).map(|number| format!("Paragraph {number}.\n\n")).collect::<Vec<_>>().concat();
    let post = |text: &str| format!("---\ntitle: Long\ndate: 2020-01-01\n---\n{text}");
    let blog = folder(&[("hugo.toml", ""), ("content/a.md", &post(&paragraphs(1)))]);
    let mut session = Session::start(blog.path(), &[]);
    session.sees("1 post");
    session.press("\r");
    session.sees("Paragraph 1.");
    session.press("dd");
    session.no_longer_sees("Paragraph 5.");
    let top = |session: &Session| {
        let screen = session.screen();
        screen.lines().find(|line| line.contains("Paragraph")).unwrap_or_default().trim_matches(['▐', ' ']).to_owned()
    };
    let before = top(&session);
    assert!(before.starts_with("Paragraph "), "{}", session.screen());
    write(blog.path(), "content/a.md", post(&format!("Above it all.\n\n{}The end.\n", paragraphs(1))).as_bytes());
    session.sees("changed: Long");
    assert_eq!(top(&session), before, "{}", session.screen());
    session.press("gg");
    session.sees("Above it all.");
    session.press("h");
    write(blog.path(), "content/new/index.md", b"---\ntitle: Another\ndate: 2030-01-01\n---\nx\n");
    session.sees("new: Another");
    session.sees("2 posts");
    fs::rename(blog.path().join("content/new"), blog.path().join("content/other")).unwrap();
    session.sees("renamed: Another");
    fs::remove_dir_all(blog.path().join("content/other")).unwrap();
    session.sees("gone: Another");
    session.press("R");
    session.sees("nothing has changed");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn one_post_is_watched_too_and_a_folder_that_vanishes_is_told() {
    let folder = folder(&[("notes.md", "# Notes\n\nOne.\n")]);
    let file = folder.path().join("notes.md");
    let mut session = Session::start(folder.path(), &["notes.md"]);
    session.sees("One.");
    fs::write(&file, "# Notes\n\nTwo words.\n").unwrap();
    session.sees("Two words.");
    session.press("Q");
    session.ends_cleanly(0);
    let blog = blog();
    let (here, away) = (blog.path().join("here"), blog.path().join("away"));
    fs::create_dir(&here).unwrap();
    write(&here, "a.md", b"# A\n");
    let mut session = Session::start(blog.path(), &["here"]);
    session.sees("1 post");
    fs::rename(&here, &away).unwrap();
    session.press("R");
    session.sees("the posts are gone from their place");
    session.sees("1 post");
    fs::rename(&away, &here).unwrap();
    session.sees("the posts are there again");
    session.press("Q");
    session.ends_cleanly(0);
}
