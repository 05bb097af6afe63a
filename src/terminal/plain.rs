//! The terminal where there are no Unix signals: modes by crossterm, nothing watched.
//!
//! It cannot suspend, and the end of the terminal is the end of the process anyway.

#![expect(clippy::unnecessary_wraps, reason = "the same signatures as where it can fail")]

use std::io::{self, Stdout, Write};
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::modes;

static OURS: AtomicBool = AtomicBool::new(false);
static REPAINT: AtomicBool = AtomicBool::new(false);

pub(super) type Screen = Stdout;

pub(super) fn screen() -> io::Result<Screen> {
    Ok(io::stdout())
}

pub(super) fn send(screen: &mut Screen, bytes: &[u8]) -> io::Result<()> {
    screen.write_all(bytes)?;
    screen.flush()
}

/// Whether keys can be read although standard input is no terminal.
pub(super) fn has_keys() -> bool {
    false
}

pub(super) fn size() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok()
}

pub(super) fn is_ours() -> bool {
    OURS.load(Ordering::SeqCst)
}

pub(super) fn ask_repaint() {
    REPAINT.store(true, Ordering::SeqCst);
}

pub(super) fn take_repaint() -> bool {
    REPAINT.swap(false, Ordering::SeqCst)
}

pub(super) fn enter() -> io::Result<()> {
    crossterm::terminal::enable_raw_mode()?;
    OURS.store(true, Ordering::SeqCst);
    // Also switches on the control sequences of an old console.
    crossterm::execute!(io::stdout(), crossterm::terminal::EnterAlternateScreen)?;
    send(&mut io::stdout(), modes::ENTER.as_bytes())
}

/// Nothing is asked here: only crossterm reads this console.
pub(super) fn ask(_question: &str, _limit: Duration, _is_whole: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    Vec::new()
}

/// There are no such limits here.
pub fn survive_limits() {}

pub(super) fn watch() -> io::Result<()> {
    Ok(())
}

pub(super) fn leave() {
    if OURS.swap(false, Ordering::SeqCst) {
        // Nothing can be said about a failure: there is no screen to say it on.
        let _ = send(&mut io::stdout(), modes::LEAVE.as_bytes());
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

pub(super) fn lend_to(program: &mut Command) -> io::Result<io::Result<ExitStatus>> {
    leave();
    let ended = program.status();
    send(&mut io::stdout(), modes::CALM.as_bytes())?;
    ask_repaint();
    enter().map(|()| ended)
}

pub(super) fn suspend() -> io::Result<()> {
    ask_repaint();
    Ok(())
}

/// What to do when the process is ended from outside; here nothing tells it so.
pub fn at_rescue(_farewell: impl FnOnce() + Send + 'static) {}
