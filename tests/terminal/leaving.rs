//! Every way out of the program, and terminals in which it does not begin.

use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::native_pty_system;
use rustix::process::Signal;

use crate::common::folder;
use crate::session::{PATIENCE, Session, blog, shell, size, termios};

#[test]
fn control_c_quits() {
    let blog = blog();
    for start in ["", "\r", "?", "t"] {
        let mut session = Session::start(blog.path(), &[]);
        session.sees("3 posts");
        session.press(start);
        session.press("\u{3}");
        session.ends_cleanly(0);
    }
}

#[test]
fn a_signal_ends_the_program_and_leaves_the_terminal_as_it_was() {
    let blog = blog();
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129), (Signal::QUIT, 131)] {
        let mut session = Session::start(blog.path(), &[]);
        session.sees("3 posts");
        session.press("\r");
        session.sees("Third words.");
        session.signal(signal);
        session.ends_cleanly(code);
    }
}

#[test]
fn a_terminal_that_goes_away_takes_the_program_with_it() {
    let blog = blog();
    let pair = native_pty_system().openpty(size(80, 24)).unwrap();
    let mut child = pair.slave.spawn_command(shell("exec \"$0\"", blog.path(), &[])).unwrap();
    drop(pair.slave);
    let mut output = pair.master.try_clone_reader().unwrap();
    let (sender, shown) = mpsc::channel();
    thread::spawn(move || {
        let mut seen = Vec::new();
        let mut buffer = [0; 4096];
        while !String::from_utf8_lossy(&seen).contains("Third") {
            let read = output.read(&mut buffer).unwrap();
            seen.extend_from_slice(buffer.get(..read).unwrap());
        }
        drop(output);
        sender.send(()).unwrap();
    });
    shown.recv_timeout(PATIENCE).unwrap();
    drop(pair.master);
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < deadline, "the program goes on without its terminal");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_post_on_standard_input_is_read_with_keys_from_the_terminal() {
    let text = (1..100).map(|at| format!("Line {at}.\n\n")).collect::<Vec<_>>().concat();
    let here = folder(&[("post.md", &format!("# Piped\n\n{text}"))]);
    let line = "printf '%s\\n' 'before the program'; cat post.md | \"$0\" -";
    let mut session = Session::with(shell(line, here.path(), &[]));
    session.sees("Line 1.");
    session.press("G");
    session.sees("Line 99.");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn without_a_terminal_the_program_says_so_and_prints_nothing() {
    let blog = blog();
    for arguments in [&[][..], &["."], &["content/post/2008-01-01-second.md"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reread"));
        command.env_clear().env("HOME", "/nonexistent").env("TERM", "xterm").current_dir(blog.path());
        let output = command.args(arguments).stdin(Stdio::null()).output().unwrap();
        assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()), "{arguments:?}");
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "reread: standard output is no terminal, and reading needs one; try `reread list`\n"
        );
    }
}

#[test]
fn a_terminal_without_a_screen_is_not_touched() {
    let blog = blog();
    for (term, sentence) in [("dumb", "TERM=dumb is a terminal without a screen"), ("", "TERM is")] {
        let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\"", blog.path(), &[]);
        command.env("TERM", term);
        if term.is_empty() {
            command.env_remove("TERM");
        }
        let mut session = Session::with(command);
        assert_eq!(session.exit_code(), 2);
        session.sees(sentence);
        assert!(!session.bytes().contains(&0x1b), "{}", session.screen());
        assert_eq!(termios(&*session.pair.master), session.found);
    }
}
