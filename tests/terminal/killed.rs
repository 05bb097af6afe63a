//! The program killed while a reader marks: what was on screen is remembered.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::common::folder;
use crate::session::{Session, shell};

/// Posts, and so stars of a round at the most.
const POSTS: usize = 120;

/// The number of the selected post, as far as it is drawn; those above it have a star.
fn selected(session: &Session) -> Option<usize> {
    let screen = session.screen();
    let (_, title) = screen.lines().find(|row| row.starts_with('▌'))?.split_once("Post ")?;
    title.split_whitespace().next()?.parse().ok()
}

/// `REREAD_SESSIONS` says how often.
#[test]
fn a_star_that_was_seen_is_there_after_the_program_was_killed() {
    let rounds: usize = std::env::var("REREAD_SESSIONS").map_or(4, |rounds| rounds.parse().unwrap());
    let posts: Vec<(String, String)> = (0..POSTS).map(|at| (format!("{at:03}.md"), format!("# Post {at}\n"))).collect();
    let posts: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let blog = folder(&posts);
    let (start, mut shown, mut lost) = (Instant::now(), 0, 0);
    for round in 0..rounds {
        let state = TempDir::new().unwrap();
        let mut command = shell("exec \"$0\" .", blog.path(), &[]);
        command.env("XDG_STATE_HOME", state.path());
        let mut session = Session::with(command);
        session.sees(&format!("{POSTS} posts"));
        // Keys are delivered from here on, and not only when the terminal has not answered in time.
        session.press("j");
        session.wait_until("the second post", || selected(&session) == Some(1));
        session.press("k");
        session.wait_until("the first post", || selected(&session) == Some(0));
        for _ in 0..10 + round * 37 % 100 {
            session.press("sj");
            thread::sleep(Duration::from_micros(700 + u64::try_from(round * 131 % 1_900).unwrap()));
        }
        session.signal(Signal::KILL);
        session.child.wait().unwrap();
        // What it has written arrives.
        thread::sleep(Duration::from_millis(30));
        let seen = selected(&session).unwrap_or_default();
        let mut export = Command::new(env!("CARGO_BIN_EXE_reread"));
        export.args(["state", "export", "."]).current_dir(blog.path()).env("XDG_STATE_HOME", state.path());
        let starred = String::from_utf8(export.output().unwrap().stdout).unwrap().matches("\"starred\":true").count();
        shown += seen;
        lost += seen.saturating_sub(starred);
    }
    println!("{rounds} kills, {shown} stars seen, {lost} lost, {:.1?}", start.elapsed());
    assert!(shown > 0 && lost == 0, "{lost} of {shown} stars that were seen are lost");
}
