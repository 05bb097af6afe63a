//! The program in a terminal: what it is started with, what is typed, and what is seen.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::common::{folder, write};

/// How long anything may take on a machine that does something else meanwhile.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// What stands on the terminal before the program starts, and must stand there afterwards.
pub const BEFORE: &str = "before the program";

/// What the terminal has got so far.
pub struct Seen {
    pub parser: vt100::Parser,
    pub bytes: Vec<u8>,
}

/// The program in a terminal.
pub struct Session {
    pub pair: PtyPair,
    pub child: Box<dyn Child + Send + Sync>,
    pub keys: Box<dyn Write + Send>,
    pub seen: Arc<Mutex<Seen>>,
    /// How the terminal treated keys before.
    pub found: String,
}

pub fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

pub fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

pub fn parser() -> vt100::Parser {
    vt100::Parser::new(cells(24), cells(80), 0)
}

/// All that `stty` would tell.
pub fn termios(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// Programs that were started.
static SESSIONS: AtomicUsize = AtomicUsize::new(0);

/// A shell's command line whose `$0` is the program, in a folder, with nothing of this machine's user around it.
pub fn shell(line: &str, here: &Path, arguments: &[&str]) -> CommandBuilder {
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
    pub fn start(here: &Path, arguments: &[&str]) -> Self {
        Self::with(shell("printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"", here, arguments))
    }

    pub fn with(command: CommandBuilder) -> Self {
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
    pub fn look<T>(&self, question: impl Fn(&vt100::Screen) -> T) -> T {
        question(self.seen.lock().unwrap().parser.screen())
    }

    pub fn screen(&self) -> String {
        self.look(vt100::Screen::contents)
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.seen.lock().unwrap().bytes.clone()
    }

    #[track_caller]
    pub fn wait_until(&self, what: &str, holds: impl Fn() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < deadline, "waited for {what} in vain:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[track_caller]
    pub fn sees(&self, text: &str) {
        self.wait_until(&format!("{text:?}"), || self.screen().contains(text));
    }

    #[track_caller]
    pub fn no_longer_sees(&self, text: &str) {
        self.wait_until(&format!("{text:?} to vanish"), || !self.screen().contains(text));
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        self.seen.lock().unwrap().parser.screen_mut().set_size(cells(rows), cells(columns));
        self.pair.master.resize(size(columns, rows)).unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        let id = Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap();
        kill_process(id, signal).unwrap();
    }

    #[track_caller]
    pub fn exit_code(&mut self) -> u32 {
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
    pub fn ends_cleanly(&mut self, code: u32) {
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
pub struct Browser(TempDir);

impl Browser {
    pub fn new() -> Self {
        let browser = Self(folder(&[]));
        let log = browser.log();
        let script = format!("printf '%s\\n' \"$#\" \"$@\" > '{0}.new'\nmv '{0}.new' '{0}'\n", log.display());
        write(browser.0.path(), "browser.sh", script.as_bytes());
        browser
    }

    pub fn command(&self) -> String {
        format!("/bin/sh {}", self.0.path().join("browser.sh").display())
    }

    pub fn log(&self) -> PathBuf {
        self.0.path().join("log")
    }

    /// What it was given, once it was.
    #[track_caller]
    pub fn given(&self, session: &Session) -> String {
        session.wait_until("the browser", || self.log().exists());
        let given = fs::read_to_string(self.log()).unwrap();
        fs::remove_file(self.log()).unwrap();
        given
    }
}

/// A small Hugo site with an address.
pub fn blog() -> TempDir {
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

pub fn last_line(session: &Session) -> String {
    session.screen().lines().last().unwrap_or_default().trim_end().to_owned()
}

/// Where a sequence stands among what the terminal got.
pub fn holds(session: &Session, sequence: &str) -> Option<usize> {
    session.bytes().windows(sequence.len()).position(|bytes| bytes == sequence.as_bytes())
}
