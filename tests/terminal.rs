//! The real binary in a real pseudo-terminal: what a reader sees, what reaches the terminal, and how it is left.
//!
//! Every wait is for something on the screen, with a deadline; a screen that does not come is printed whole.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::fs;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, native_pty_system};
use reread::terminal::query::Question;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use common::{HOSTILE, HOSTILE_NAME, folder, write};

/// How long anything may take on a machine that does something else meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);
/// What stands on the terminal before the program starts, and must stand there afterwards.
const BEFORE: &str = "before the program";

/// What the terminal has got so far.
struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

/// The program in a terminal.
struct Session {
    pair: PtyPair,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    seen: Arc<Mutex<Seen>>,
    /// How the terminal treated keys before.
    found: String,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

fn parser() -> vt100::Parser {
    vt100::Parser::new(cells(24), cells(80), 0)
}

/// All that `stty` would tell.
fn termios(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// Programs that were started.
static SESSIONS: AtomicUsize = AtomicUsize::new(0);

/// A shell's command line whose `$0` is the program, in a folder, with nothing of this machine's user around it.
fn shell(line: &str, here: &Path, arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new("/bin/sh");
    command.env_clear();
    command.args(["-c", line, env!("CARGO_BIN_EXE_reread")]);
    command.args(arguments);
    command.cwd(here);
    // What one session marks, no other finds.
    let sessions = SESSIONS.fetch_add(1, Ordering::SeqCst);
    command.env("XDG_STATE_HOME", format!("{}/state-{}-{sessions}", env!("CARGO_TARGET_TMPDIR"), std::process::id()));
    let nowhere = [("HOME", "/nonexistent"), ("XDG_CACHE_HOME", "/dev/null")];
    for (name, value) in nowhere.into_iter().chain([("PATH", "/usr/bin:/bin"), ("TERM", "xterm-256color")]) {
        command.env(name, value);
    }
    command
}

impl Session {
    fn start(here: &Path, arguments: &[&str]) -> Self {
        Self::with(shell("printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"", here, arguments))
    }

    fn with(command: CommandBuilder) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let found = termios(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        let keys = pair.master.take_writer().unwrap();
        let seen = Arc::new(Mutex::new(Seen { parser: parser(), bytes: Vec::new() }));
        let (mut output, into) = (pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = output.read(&mut buffer) {
                let mut seen = into.lock().unwrap();
                let bytes = buffer.get(..read).unwrap();
                seen.parser.process(bytes);
                seen.bytes.extend_from_slice(bytes);
            }
        });
        Self { pair, child, keys, seen, found }
    }

    /// What is asked of the terminal as it is now.
    fn look<T>(&self, question: impl Fn(&vt100::Screen) -> T) -> T {
        question(self.seen.lock().unwrap().parser.screen())
    }

    fn screen(&self) -> String {
        self.look(vt100::Screen::contents)
    }

    fn bytes(&self) -> Vec<u8> {
        self.seen.lock().unwrap().bytes.clone()
    }

    #[track_caller]
    fn wait_until(&self, what: &str, holds: impl Fn() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < deadline, "waited for {what} in vain:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[track_caller]
    fn sees(&self, text: &str) {
        self.wait_until(&format!("{text:?}"), || self.screen().contains(text));
    }

    #[track_caller]
    fn no_longer_sees(&self, text: &str) {
        self.wait_until(&format!("{text:?} to vanish"), || !self.screen().contains(text));
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn resize(&self, columns: u16, rows: u16) {
        self.seen.lock().unwrap().parser.screen_mut().set_size(cells(rows), cells(columns));
        self.pair.master.resize(size(columns, rows)).unwrap();
    }

    fn signal(&self, signal: Signal) {
        let id = Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap();
        kill_process(id, signal).unwrap();
    }

    #[track_caller]
    fn exit_code(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "the program goes on:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The program has ended with this code and left the terminal as it was.
    #[track_caller]
    fn ends_cleanly(&mut self, code: u32) {
        assert_eq!(self.exit_code(), code, "{}", self.screen());
        self.wait_until("the cursor", || !self.look(vt100::Screen::hide_cursor));
        self.look(|screen| {
            assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.application_cursor());
            assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
            assert_eq!(screen.fgcolor(), vt100::Color::Default);
            assert!(!screen.bold() && !screen.inverse() && !screen.underline());
            assert_eq!((screen.contents().trim_end(), screen.cursor_position()), (BEFORE, (1, 0)));
        });
        assert_eq!(termios(&*self.pair.master), self.found, "the terminal's modes");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It may have ended long ago.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser that writes down how many arguments it got, and each of them.
struct Browser(TempDir);

impl Browser {
    fn new() -> Self {
        let browser = Self(folder(&[]));
        let log = browser.log();
        let script = format!("printf '%s\\n' \"$#\" \"$@\" > '{0}.new'\nmv '{0}.new' '{0}'\n", log.display());
        write(browser.0.path(), "browser.sh", script.as_bytes());
        browser
    }

    fn command(&self) -> String {
        format!("/bin/sh {}", self.0.path().join("browser.sh").display())
    }

    fn log(&self) -> PathBuf {
        self.0.path().join("log")
    }

    /// What it was given, once it was.
    #[track_caller]
    fn given(&self, session: &Session) -> String {
        session.wait_until("the browser", || self.log().exists());
        let given = fs::read_to_string(self.log()).unwrap();
        fs::remove_file(self.log()).unwrap();
        given
    }
}

/// A small Hugo site with an address.
fn blog() -> TempDir {
    folder(&[
        (
            "hugo.toml",
            "title = 'A Blog'\nbaseURL = 'https://blog.example/'\nfrontmatter.date = [':filename', ':default']\n",
        ),
        (
            "content/post/2007-09-12-first.md",
            "---\ntitle: The First\ndate: 2007-09-12T09:29:59Z\ntags: [VMworld2007]\n---\nFirst words.\n\n\
             [the web](https://example.org/a?b=c&d='%20$(id)) and [the second](2008-01-01-second.md).\n",
        ),
        ("content/post/2008-01-01-second.md", "---\ntitle: The Second\ntags: [other]\n---\nSecond words.\n"),
        ("content/post/2009-01-01-third.md", "---\ntitle: The Third\ntags: [VMworld2007]\n---\nThird words.\n"),
    ])
}

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
        session.sees("read again: 1 posts");
        session.press("gl");
        session.sees("posts in en: 2");
        session.sees("Words of One.");
        session.press("Q");
        session.ends_cleanly(0);
    }
}

fn last_line(session: &Session) -> String {
    session.screen().lines().last().unwrap_or_default().trim_end().to_owned()
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

/// Base64 to text.
fn decoded(text: &str) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = 0_u32;
    let mut bytes = Vec::new();
    for (at, letter) in text.trim_end_matches('=').chars().enumerate() {
        bits = bits << 6 | u32::try_from(LETTERS.find(letter).unwrap()).unwrap();
        if at % 4 > 0 {
            bytes.push(u8::try_from(bits >> (6 - 2 * (at % 4)) & 0xff).unwrap());
        }
    }
    String::from_utf8(bytes).unwrap()
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

// What the terminal says of itself.

/// A session in a terminal of all colours that has been asked and has not answered.
fn asked(here: &Path) -> Session {
    let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\"", here, &[]);
    command.env("COLORTERM", "truecolor");
    let session = Session::with(command);
    session.wait_until("the question", || holds(&session, &Question::Whole.text()).is_some());
    session
}

/// Where a sequence stands among what the terminal got.
fn holds(session: &Session, sequence: &str) -> Option<usize> {
    session.bytes().windows(sequence.len()).position(|bytes| bytes == sequence.as_bytes())
}

fn ground(session: &Session) -> vt100::Color {
    session.look(|screen| screen.cell(10, 10).unwrap().bgcolor())
}

const LIGHT: vt100::Color = vt100::Color::Rgb(0xfb, 0xf9, 0xf4);
const DARK: vt100::Color = vt100::Color::Rgb(0x17, 0x19, 0x1d);

#[test]
fn a_light_terminal_gets_the_light_theme_and_a_dark_one_the_dark() {
    let blog = blog();
    for (colour, theme) in [("rgb:ffff/ffff/eeee", LIGHT), ("rgb:00/00/20", DARK)] {
        let mut session = asked(blog.path());
        session.press(&format!("\u{1b}]11;{colour}\u{1b}\\\u{1b}_Gi=31;OK\u{1b}\\\u{1b}[6;20;10t\u{1b}[?62;4c"));
        session.wait_until("the theme", || ground(&session) == theme);
        session.sees("▌ Jan  1  The Third");
        session.press("q");
        session.ends_cleanly(0);
        assert_eq!(foreign(&session.bytes(), 0), Vec::<String>::new());
    }
}

#[test]
fn a_terminal_that_never_answers_shows_the_first_frame_before_the_question() {
    let blog = blog();
    let mut session = asked(blog.path());
    let frame = holds(&session, "\u{1b}[?2026l").unwrap();
    assert!(frame < holds(&session, &Question::Whole.text()).unwrap());
    session.press("j\r");
    session.sees("Second words.");
    assert_eq!(ground(&session), vt100::Color::Default, "the terminal's own ground");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn keys_that_are_typed_before_the_answer_and_within_it_are_not_lost() {
    let blog = blog();
    let mut session = asked(blog.path());
    // A filter holds for posts that are not read yet; a movement among them would depend on who is faster.
    session.press("/fi\u{1b}]11;rgb:ff");
    session.press("/ff/ff\u{7}rst\r\u{1b}[?1c");
    session.sees("1 of 3 posts");
    session.sees("▌ 2007-09-12  The First");
    session.press("\r");
    session.sees("First words.");
    session.wait_until("the theme", || ground(&session) == LIGHT);
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn an_answer_that_comes_late_is_no_key_and_is_heard_all_the_same() {
    let blog = blog();
    let mut session = asked(blog.path());
    // What is typed is delivered when the time for an answer is over.
    session.press("j");
    session.sees("▌ Jan  1  The Second");
    session.press("\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\\u{1b}_Gi=31;OK\u{1b}\\\u{1b}[6;20;10t\u{1b}[?62;4c");
    session.wait_until("the theme", || ground(&session) == LIGHT);
    session.press("j");
    session.sees("▌ Sep 12  The First");
    session.sees("3 posts");
    session.press("q");
    session.ends_cleanly(0);
}

#[test]
fn nobody_is_asked_who_cannot_answer() {
    let blog = blog();
    let text = folder(&[("post.md", "# Piped\n\nWords.\n")]);
    let piped = shell("printf '%s\\n' 'before the program'; cat post.md | \"$0\" -", text.path(), &[]);
    let mut linux = shell("printf '%s\\n' 'before the program'; exec \"$0\"", blog.path(), &[]);
    linux.env("TERM", "linux");
    for (command, seen) in [(piped, "Words."), (linux, "3 posts")] {
        let mut session = Session::with(command);
        session.sees(seen);
        session.press("?");
        session.sees("─ keys ─");
        session.press("Q");
        session.ends_cleanly(0);
        assert_eq!(holds(&session, "\u{1b}]11"), None);
    }
}

#[test]
fn the_doctor_asks_and_tells_the_answers() {
    let blog = blog();
    let mut session = Session::with(shell("exec \"$0\" doctor", blog.path(), &[]));
    session.resize(120, 60);
    session.wait_until("the question", || holds(&session, &Question::Whole.text()).is_some());
    session.press("\u{1b}]11;rgb:ffff/ffff/eeee\u{1b}\\\u{1b}_Gi=31;OK\u{1b}\\\u{1b}[6;20;10t\u{1b}[?62;4c");
    session.sees("#ffffee");
    session.sees("10 by 20 pixels");
    session.sees("kitty graphics        yes");
    session.sees("sixel                 yes");
    session.sees("light  (theme = \"auto\", and the terminal says that the background is light)");
    assert_eq!(session.exit_code(), 0);
    assert_eq!(termios(&*session.pair.master), session.found, "the terminal's modes");
}

#[test]
fn without_colours_none_are_sent_and_always_is_always() {
    let blog = blog();
    for (arguments, no_color, colours) in [
        (&[][..], "1", false),
        (&["--color", "never"], "", false),
        (&["--color", "always"], "1", true),
        (&[], "", true),
    ] {
        let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"", blog.path(), arguments);
        command.env("COLORTERM", "truecolor");
        command.env("NO_COLOR", no_color);
        let mut session = Session::with(command);
        session.sees("▌ Jan  1  The Third");
        session.press("\r");
        session.sees("Third words.");
        session.press("Q");
        session.ends_cleanly(0);
        let text = String::from_utf8(session.bytes()).unwrap();
        let styles = text.split("\u{1b}[").filter_map(|part| part.split_once('m').map(|(style, _)| style));
        let colour = |number: u32| matches!(number, 30..=38 | 40..=48 | 90..=107);
        let sent = styles.flat_map(|style| style.split(';')).filter_map(|number| number.parse().ok()).any(colour);
        assert_eq!(sent, colours, "{arguments:?} {no_color:?}");
    }
}

#[test]
fn a_key_goes_through_the_themes_those_of_the_reader_too() {
    let blog = blog();
    write(blog.path(), "conf/reread/config.toml", b"theme = \"own\"\n");
    write(blog.path(), "conf/reread/themes/own.toml", b"inherits = \"nord\"\n[palette]\nground = \"#010203\"\n");
    let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\"", blog.path(), &[]);
    command.env("XDG_CONFIG_HOME", blog.path().join("conf"));
    command.env("COLORTERM", "truecolor");
    let mut session = Session::with(command);
    session.sees("3 posts");
    session.wait_until("the theme", || ground(&session) == vt100::Color::Rgb(1, 2, 3));
    session.press("\u{14}");
    session.sees("theme: terminal");
    session.press("\u{14}");
    session.sees("theme: dark");
    session.wait_until("the theme", || ground(&session) == DARK);
    session.press("q");
    session.ends_cleanly(0);
}

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
fn no_sequence_of_a_hostile_post_reaches_the_terminal() {
    let blog = folder(&[
        ("hugo.toml", "title = \"T\\u001b]0;x\\u0007\\u009b2J\"\nbaseURL = \"https://blog.example/\"\n"),
        ("content/post.md", HOSTILE),
        (&format!("content/{HOSTILE_NAME}"), HOSTILE),
        ("content/bad.md", "---\ntitle: \u{1b}[2J: x: y\n---\n\u{1b}[2J"),
    ]);
    write(blog.path(), "content/latin.md", b"---\ntitle: \x9b31m \x1b[2J\n---\n\x9b2J \x1b]0;x\x07\n");
    let mut session = Session::start(blog.path(), &[]);
    session.sees("4 posts");
    let mut visit = |keys: &str, text: &str| {
        session.press(keys);
        session.sees(text);
    };
    visit("!", "─ faults ─");
    visit("qpp", "the preview needs a wider terminal");
    visit("t", "› tags");
    visit("/a\r", "› tag:");
    visit("hhh", "4 posts");
    visit("\r", "min");
    for _ in 0..8 {
        visit("\t", "/");
    }
    visit("l", "─ links 8 ");
    visit("qG", "100 %");
    visit("gg/2J", "find here 2J");
    visit("\rnnG", "100 %");
    visit("f", "type the letters");
    visit("\x1b[Bh", "4 posts");
    visit("G\r", "4/4");
    visit("K", "3/4");
    visit("K", "2/4");
    visit("K", "1/4");
    session.resize(150, 40);
    session.press("h");
    session.sees("│");
    session.press("Q");
    session.ends_cleanly(0);
    assert_eq!(foreign(&session.bytes(), 0), Vec::<String>::new());
}

/// The private modes that the program sets, and those that it only switches off when it leaves.
const MODES: [&str; 11] =
    ["?25h", "?25l", "?1049h", "?1049l", "?2026h", "?2026l", "?1006l", "?1003l", "?1002l", "?1000l", "?2004l"];

/// Everything among `bytes` that this program has no business to send, beyond so many clipboard sequences.
fn foreign(bytes: &[u8], copies: usize) -> Vec<String> {
    // It asks once what the terminal is.
    let text = String::from_utf8_lossy(bytes).replacen(&Question::Whole.text(), "", 1);
    let (_, ours) = text.split_once(BEFORE).map_or(("", text.as_str()), |parts| parts);
    let mut rest = ours.trim_start_matches(['\r', '\n']);
    let mut foreign = Vec::new();
    let mut clipboard = 0;
    while let Some(first) = rest.chars().next() {
        let mut length = first.len_utf8();
        if let Some(sequence) = rest.strip_prefix("\u{1b}[") {
            let end = sequence.find(|letter| matches!(letter, '@'..='~')).map_or(sequence.len(), |end| end + 1);
            let (sequence, _) = sequence.split_at(end);
            length = 2 + end;
            if !is_ours(sequence) {
                foreign.push(format!("CSI {sequence:?}"));
            }
        } else if let Some(copy) = rest.strip_prefix("\u{1b}]52;c;") {
            let end = copy.find(|letter: char| !letter.is_ascii_alphanumeric() && !"+/=".contains(letter)).unwrap();
            length = rest.len() - copy.len() + end + if copy.split_at(end).1.starts_with('\u{7}') { 1 } else { 2 };
            clipboard += 1;
        } else if first.is_control() && first != '\u{18}'
            || matches!(first, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            foreign.push(rest.chars().take(12).collect());
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    if clipboard != copies {
        foreign.push(format!("{clipboard} copies"));
    }
    foreign
}

/// Cursor positions, colours, clearing, and the modes above.
fn is_ours(sequence: &str) -> bool {
    let (parameters, last) = sequence.split_at(sequence.len() - 1);
    let numbers = parameters.chars().all(|letter| letter.is_ascii_digit() || letter == ';');
    MODES.contains(&sequence) || numbers && matches!(last, "H" | "m" | "J" | "K")
}

#[test]
fn the_scanner_sees_what_is_foreign() {
    for fine in
        ["\u{1b}[1;2H\u{1b}[38;2;1;2;3mä\u{1b}[2J\u{1b}[K\u{1b}[?2026h\u{18}\u{1b}[?1000l", "before the program\r\nx"]
    {
        assert_eq!(foreign(fine.as_bytes(), 0), Vec::<String>::new(), "{fine:?}");
    }
    for foul in [
        "\u{1b}]0;x\u{7}",
        "\u{1b}[6n",
        "\u{1b}[?1000h",
        "\u{9b}2J",
        "\u{7}",
        "\u{1b}P",
        "\u{1b}c",
        "\u{202e}",
        "\u{1b}[2 q",
    ] {
        assert!(!foreign(foul.as_bytes(), 0).is_empty(), "{foul:?}");
    }
    assert_eq!(foreign(b"\x1b]52;c;aGk=\x07x", 0), ["1 copies"]);
    assert_eq!(foreign(b"\x1b]52;c;aGk=\x1b\\x", 1), Vec::<String>::new());
    assert_eq!(decoded("aGk="), "hi");
}

/// A blog of one post, with these pictures in it, and a flag of red in its folder of static files.
fn album(pictures: &str) -> TempDir {
    let post = format!("---\ntitle: An Album\ndate: 2020-01-01\n---\nWords before.\n\n{pictures}\n\nWords after.\n");
    let blog = folder(&[("hugo.toml", "baseURL = \"https://blog.example/\"\n"), ("content/post/album.md", &post)]);
    fs::create_dir_all(blog.path().join("static")).unwrap();
    let red = image::RgbImage::from_pixel(80, 80, image::Rgb([255, 0, 0]));
    red.save(blog.path().join("static/flag.png")).unwrap();
    blog
}

/// The album opened on a terminal of all colours, with this configuration.
fn opened(album: &TempDir, images: &str) -> Session {
    write(album.path(), "config/reread/config.toml", format!("images = \"{images}\"\n").as_bytes());
    let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"", album.path(), &[]);
    command.env("COLORTERM", "truecolor");
    command.env("XDG_CONFIG_HOME", album.path().join("config"));
    let mut session = Session::with(command);
    session.sees("An Album");
    session.press("\r");
    session.sees("Words before.");
    session
}

/// Cells of the flag's red.
fn red_cells(session: &Session) -> usize {
    let is_red = |cell: Option<&vt100::Cell>| cell.is_some_and(|cell| cell.bgcolor() == vt100::Color::Rgb(255, 0, 0));
    session.look(|screen| {
        let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
        (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x))).filter(|(y, x)| is_red(screen.cell(*y, *x))).count()
    })
}

#[test]
fn a_picture_stands_in_the_text_and_goes_with_it() {
    let album = album("![The flag](/flag.png)");
    let mut session = opened(&album, "auto");
    session.wait_until("the picture", || red_cells(&session) == 8 * 4);
    session.sees("▣ The flag");
    session.press("?");
    session.wait_until("the panel alone", || red_cells(&session) == 0);
    session.press("\u{1b}");
    session.wait_until("the picture", || red_cells(&session) == 8 * 4);
    session.press("h");
    session.wait_until("the list alone", || red_cells(&session) == 0);
    session.press("q");
    session.ends_cleanly(0);
}

#[test]
fn a_picture_is_sent_as_the_reader_wants_it() {
    for (images, sign) in [("kitty", "\u{1b}_Gq=2,"), ("iterm2", "\u{1b}]1337;File=inline=1;"), ("sixel", "\u{1b}P")] {
        let album = album("![The flag](/flag.png)");
        let mut session = opened(&album, images);
        let is_sent = || String::from_utf8_lossy(&session.bytes()).contains(sign);
        session.wait_until(images, is_sent);
        assert_eq!(red_cells(&session), 0, "{images}");
        session.press("Q");
        session.ends_cleanly(0);
    }
    let album = album("![The flag](/flag.png)");
    let mut session = opened(&album, "off");
    session.sees("▣ The flag");
    let row_of = |text: &str| session.screen().lines().position(|line| line.contains(text)).unwrap();
    assert_eq!(row_of("▣ The flag"), row_of("Words before.") + 2);
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn hostile_pictures_harm_nothing() {
    let names = ["bomb.gif", "cut.png", "text.png", "pipe.png", "link.png", "folder.png", "none.png", "flag.png"];
    let album = album(&names.map(|name| format!("![{name}](/{name})")).join("\n\n"));
    let at = |name: &str| album.path().join("static").join(name);
    fs::write(at("bomb.gif"), b"GIF89a\x60\xea\x60\xea\0\0\0,\0\0\0\0\x60\xea\x60\xea\0\x08\0;").unwrap();
    let whole = fs::read(at("flag.png")).unwrap();
    fs::write(at("cut.png"), whole.get(..whole.len() - 30).unwrap()).unwrap();
    fs::write(at("text.png"), "\u{1b}[2J").unwrap();
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, at("pipe.png"), rustix::fs::FileType::Fifo, mode, 0).unwrap();
    let outside = folder(&[]);
    fs::copy(at("flag.png"), outside.path().join("x.png")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("x.png"), at("link.png")).unwrap();
    fs::create_dir(at("folder.png")).unwrap();
    let mut session = opened(&album, "halfblocks");
    session.resize(80, 60);
    session.wait_until("the one good picture", || red_cells(&session) == 8 * 4);
    session.sees("cannot be decoded");
    for name in names {
        session.sees(&format!("▣ {name}"));
    }
    session.press("Q");
    session.ends_cleanly(0);
}
