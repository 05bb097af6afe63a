//! The real binary in a real pseudo-terminal: what a reader sees, what reaches the terminal, and how it is left.
//!
//! Every wait is for something on the screen, with a deadline; a screen that does not come is printed whole.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod answers;
mod changing;
#[path = "../common/mod.rs"]
mod common;
mod editor;
mod hostile;
mod killed;
mod leaving;
mod links;
mod pictures;
mod session;

use std::fs;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use common::{folder, write};
use hostile::{decoded, foreign};
use session::{Browser, Session, blog, last_line, shell};

#[test]
fn a_session_from_the_list_to_the_browser_and_out_again() {
    let (blog, browser) = (blog(), Browser::new());
    let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"", blog.path(), &[]);
    command.env("BROWSER", browser.command());
    let mut session = Session::with(command);
    session.sees("3 posts");
    session.sees("▌ Jan  1  The Third");
    session.look(|screen| assert!(screen.alternate_screen() && screen.hide_cursor()));
    session.press("t");
    session.sees("2 tags");
    session.press("/VMworld2007");
    session.sees("find tags VMworld2007");
    session.look(|screen| assert!(!screen.hide_cursor(), "the cursor shows where one types"));
    session.press("\r");
    session.sees("› tag:VMworld2007");
    session.sees("2 of 3 posts");
    session.press("j\r");
    session.sees("First words.");
    session.sees("2/2 · ");
    session.press("\t");
    session.sees("1/2  example.org  https://example.org/");
    session.press("o");
    assert_eq!(browser.given(&session), "1\nhttps://example.org/a?b=c&d=%27%20$(id)\n");
    session.sees("opening https://example.org/");
    session.press("w");
    let archived = "https://web.archive.org/web/20070912092959/https://example.org/a?b=c&d=%27%20$(id)";
    assert_eq!(browser.given(&session), format!("1\n{archived}\n"));
    session.press("\t\r");
    session.sees("Second words.");
    session.press("H");
    session.sees("First words.");
    session.sees("2/2  → The Second");
    session.resize(120, 30);
    session.wait_until("a status line of 120 columns", || last_line(&session).chars().count() > 110);
    session.press("h");
    session.sees("│ The First");
    session.resize(40, 10);
    session.no_longer_sees("│ The First");
    session.sees("▌ Sep 12  The First");
    session.press("h");
    session.sees("3 posts");
    session.press("q");
    session.ends_cleanly(0);
}

/// <https://gohugo.io/content-management/multilingual/>: by the name of the file, or by folders.
#[test]
fn gl_shows_the_post_in_the_next_language() {
    let post = |title: &str| format!("---\ntitle: {title}\ndate: 2024-01-02\n---\nWords of {title}.\n");
    let (one, un, only) = (post("One"), post("Un"), post("Only"));
    for (config, english, french) in [
        ("languages: {en: {weight: 1}, fr: {weight: 2}}\n", "content/a/one.md", "content/a/one.fr.md"),
        (
            "languages:\n  en: {contentDir: content/en}\n  fr: {contentDir: content/fr}\n",
            "content/en/a/one.md",
            "content/fr/a/one.md",
        ),
    ] {
        let beside = english.replace("one.md", "only.md");
        let blog = folder(&[("hugo.yaml", config), (english, &one), (french, &un), (&beside, &only)]);
        let mut session = Session::start(blog.path(), &["-q", "title:One"]);
        session.sees("1 of 2 posts");
        session.press("\r");
        session.sees("Words of One.");
        session.press("gl");
        session.sees("Words of Un.");
        session.sees("posts in fr: 1");
        session.press("R");
        session.sees("nothing has changed");
        session.press("gl");
        session.sees("posts in en: 2");
        session.sees("Words of One.");
        session.press("Q");
        session.ends_cleanly(0);
    }
}

#[test]
fn without_a_blog_the_guide_opens() {
    let here = TempDir::new().unwrap();
    let mut session = Session::start(here.path(), &[]);
    session.sees("10 posts");
    session.press("\r");
    session.sees("You are reading a blog.");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn a_session_begins_with_a_query_or_with_the_one_post() {
    let blog = blog();
    let mut session = Session::start(blog.path(), &["-q", "tag:other"]);
    session.sees("› tag:other");
    session.sees("1 of 3 posts");
    session.press("Q");
    session.ends_cleanly(0);
    let mut session = Session::start(blog.path(), &["content/post/2008-01-01-second.md"]);
    session.sees("Second words.");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn y_puts_the_address_on_the_clipboard_and_nothing_else() {
    let blog = blog();
    let mut session = Session::start(blog.path(), &[]);
    session.sees("3 posts");
    session.press("y");
    session.sees("copied https://blog.example/post/third/");
    session.press("q");
    session.ends_cleanly(0);
    let bytes = session.bytes();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let (_, copied) = text.split_once("\u{1b}]52;c;").unwrap();
    let (copied, _) = copied.split_once(['\u{7}', '\u{1b}']).unwrap();
    assert_eq!(decoded(copied), "https://blog.example/post/third/");
    assert_eq!(foreign(&bytes, 1), Vec::<String>::new());
}

#[test]
fn without_a_browser_the_whole_address_is_shown() {
    let blog = blog();
    let mut session = Session::start(blog.path(), &[]);
    session.sees("3 posts");
    session.resize(120, 24);
    session.press("o");
    session.sees("no desktop here to open a browser on");
    session.sees("│ https://blog.example/post/third/");
    session.sees("y copies the address");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn faults_of_the_users_own_file_are_told_at_the_start() {
    let blog = blog();
    write(blog.path(), "conf/reread/config.toml", b"theme = \"drak\"\nbrowser = 7\n");
    let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\"", blog.path(), &[]);
    command.env("XDG_CONFIG_HOME", blog.path().join("conf"));
    let mut session = Session::with(command);
    session.resize(200, 24);
    session.sees("3 posts");
    session.sees("config.toml:2: the value of browser cannot be used; write a text in quotation marks");
    session.sees("2 faults (!)");
    session.press("!");
    session.sees("drak is no theme");
    session.sees("did you mean dark?");
    session.press("Q");
    session.ends_cleanly(0);
}

/// Crossterm's source over mio forgets that keys are there when a new size is reported in the same breath.
#[test]
fn a_key_pressed_while_the_window_changes_its_size_is_heard_at_once() {
    let blog = folder(&[("hugo.toml", ""), ("content/a.md", "# One"), ("content/b.md", "# Two")]);
    let mut session = Session::start(blog.path(), &[]);
    session.sees("2 posts");
    for columns in 80..230 {
        session.resize(columns, 24);
        let (key, place) = if columns % 2 == 0 { ("j", "2/2") } else { ("k", "1/2") };
        session.press(key);
        session.sees(place);
    }
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn a_private_session_leaves_nothing_behind() {
    let blog = blog();
    write(blog.path(), "conf/reread/config.toml", b"private = true\n");
    for (arguments, config) in [(&["--private"][..], "none"), (&[], "conf")] {
        let state = TempDir::new().unwrap();
        let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"", blog.path(), arguments);
        command.env("XDG_STATE_HOME", state.path());
        command.env("XDG_CONFIG_HOME", blog.path().join(config));
        let mut session = Session::with(command);
        session.sees("3 posts");
        session.press("s");
        session.sees("starred");
        session.press("/is:starred\r");
        session.sees("1 of 3 posts");
        session.press("\rhgh");
        session.sees("is:opened sort:opened");
        session.press("Q");
        session.ends_cleanly(0);
        assert_eq!(fs::read_dir(state.path()).unwrap().count(), 0, "{arguments:?}");
    }
}

#[test]
fn a_reading_goes_on_at_the_same_sentence_after_the_program_was_killed() {
    let sentences = (1..200).map(|number| format!("This is sentence {number} of it, and it is long enough."));
    let sentences = sentences.collect::<Vec<_>>().join(" ");
    let post = format!("---\ntitle: Long\ndate: 2020-01-01\n---\n{sentences}\n");
    let blog = folder(&[("hugo.toml", "baseURL = \"https://blog.example/\"\n"), ("content/post/a.md", &post)]);
    let state = TempDir::new().unwrap();
    let start = || {
        let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"", blog.path(), &[]);
        command.env("XDG_STATE_HOME", state.path());
        Session::with(command)
    };
    let mut session = start();
    session.sees("1 post");
    session.press("\rdd");
    session.sees("sentence 33 ");
    let top = session.screen().lines().nth(1).unwrap().trim().to_owned();
    // A reader who pauses; then the machine is switched off.
    thread::sleep(Duration::from_millis(900));
    session.child.kill().unwrap();
    session.child.wait().unwrap();
    let mut session = start();
    session.sees("here you were the last time");
    session.resize(100, 30);
    session.sees("here you were the last time");
    let first = session.screen().lines().nth(1).unwrap().trim().to_owned();
    let word = top.split_whitespace().find(|word| word.parse::<usize>().is_ok()).unwrap();
    assert!(first.contains(word), "{top:?} {first:?}");
    session.press("G");
    session.sees("100 %");
    session.press("Q");
    session.ends_cleanly(0);
    let mut session = start();
    session.sees("here you were the last time");
    session.press("h/is:read\r");
    session.sees("1 of 1 post");
    session.press("Q");
    session.ends_cleanly(0);
    let mut session = start();
    session.sees("here you were the last time");
    session.press("h/\x1b[A");
    session.sees("find posts is:read");
    session.press("\rgh");
    session.sees("is:opened sort:opened");
    session.sees("1 of 1 post");
    session.press("Q");
    session.ends_cleanly(0);
}
