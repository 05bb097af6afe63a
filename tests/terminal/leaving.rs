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
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::INT, 130),
        (Signal::HUP, 129),
        (Signal::QUIT, 131),
        (Signal::USR1, 138),
        (Signal::ALARM, 142),
        (Signal::XCPU, 152),
    ] {
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

#[test]
fn what_is_pasted_is_text_in_a_prompt_and_nothing_elsewhere() {
    let blog = blog();
    let mut session = Session::start(blog.path(), &[]);
    session.sees("3 posts");
    // So early it may come among the answers of the terminal.
    session.press("\u{1b}[200~Qqjs\r\u{1b}[201~j");
    session.sees("2/3");
    session.press("\u{1b}[200~Qqks\r\u{1b}[201~");
    session.sees("what was pasted is text and no keys");
    session.press("/\u{1b}[200~tag:other\r\nQ\u{1b}[201~");
    session.sees("find posts tag:other");
    session.press("\u{3}Q");
    session.ends_cleanly(0);
}

#[test]
fn a_megabyte_pasted_and_ten_thousand_keys_at_once_are_taken() {
    let blog = blog();
    let mut session = Session::start(blog.path(), &[]);
    session.sees("3 posts");
    session.press(&format!("/\u{1b}[200~{}\u{1b}[201~", "x".repeat(1 << 20)));
    session.sees("xxxxxxxx");
    session.press("\u{3}Q");
    session.ends_cleanly(0);
    let mut session = Session::start(blog.path(), &[]);
    session.sees("3 posts");
    session.press(&"jk".repeat(5_000));
    session.press("j");
    session.sees("2/3");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn a_file_that_may_not_grow_ends_nothing() {
    let blog = blog();
    let line = "printf '%s\\n' 'before the program'; ulimit -f 0; exec \"$0\" \"$@\"";
    let mut session = Session::with(shell(line, blog.path(), &[]));
    session.sees("3 posts");
    session.resize(250, 24);
    session.press("s");
    session.sees("marks are kept in memory");
    session.press("Q");
    session.ends_cleanly(0);
}

/// Not a test of its own: the process that panics in the terminal of the next one.
#[test]
fn panics_in_a_terminal() {
    let Some(reports) = std::env::var_os("PANIC_REPORTS") else { return };
    let terminal = reread::terminal::Terminal::enter().unwrap();
    terminal.watch().unwrap();
    reread::terminal::report_panics(Some(reports.into()), |sentence| drop(std::fs::write("told", sentence.as_str())));
    if std::env::var_os("PANIC_IN_WORKER").is_some() {
        let _ = thread::spawn(|| panic!("a worker's \u{1b}[2J end")).join();
        drop(terminal);
        return;
    }
    panic!("the end \u{1b}]0;x\u{7} of it");
}

#[test]
fn a_panic_leaves_the_terminal_whole_and_a_report() {
    for worker in [false, true] {
        let folder = folder(&[]);
        let line = "printf '%s\\n' 'before the program'; \"$1\" --exact leaving::panics_in_a_terminal --nocapture 2>&1";
        let exe = std::env::current_exe().unwrap();
        let mut command = shell(line, folder.path(), &[exe.to_str().unwrap()]);
        command.env("PANIC_REPORTS", folder.path().join("reports"));
        if worker {
            command.env("PANIC_IN_WORKER", "1");
        }
        let mut session = Session::with(command);
        assert_eq!(session.exit_code() == 0, worker);
        session.wait_until("the cursor", || !session.look(vt100::Screen::hide_cursor));
        assert!(!session.look(vt100::Screen::alternate_screen));
        assert_eq!(termios(&*session.pair.master), session.found, "the terminal's modes");
        let mut reports = std::fs::read_dir(folder.path().join("reports")).unwrap();
        let report = std::fs::read_to_string(reports.next().unwrap().unwrap().path()).unwrap();
        assert!(report.starts_with("reread ") && report.contains("leaving.rs"), "{report}");
        assert!(!report.contains('\u{1b}') && report.contains("end"), "{report}");
        let bytes = String::from_utf8_lossy(&session.bytes()).into_owned();
        assert!(!bytes.contains("\u{1b}]0") && !bytes.contains("\u{1b}[2J end"), "{bytes:?}");
        if worker {
            let told = std::fs::read_to_string(folder.path().join("told")).unwrap();
            assert!(told.contains("a part of the program has failed") && told.contains("says more"), "{told}");
        } else {
            session.sees("The report is in");
        }
    }
}

#[test]
fn a_long_first_frame_can_be_ended() {
    // The signal comes while one large post is laid out.
    let folder = folder(&[("a.md", &"word \"quoted\" ".repeat(250_000))]);
    let mut session = Session::start(folder.path(), &["a.md"]);
    session.wait_until("the screen", || session.look(vt100::Screen::alternate_screen));
    session.signal(Signal::TERM);
    session.ends_cleanly(143);
}
