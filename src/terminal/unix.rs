//! The terminal of a Unix: its modes, the signals that end or stop this process, and the watch for its loss.
//!
//! What runs outside the drawing thread takes no lock of standard output, prints nothing and never blocks on the terminal:
//! it writes through a descriptor of its own, for at most [`PATIENCE`].

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, Once, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, getpgid, getpgrp, getppid, getsid, kill_process, waitpid};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr};
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
};
use signal_hook::flag;
use signal_hook::iterator::Signals;

use super::modes;

/// How long a terminal that takes no bytes is offered those that restore it.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long the farewell of [`at_rescue`] may take.
const FAREWELL: Duration = Duration::from_millis(200);
/// How long a stop that the system ignored is waited for; see [`stop`].
const STOPPING: Duration = Duration::from_millis(300);
/// Bytes that are read as answers at the most; what floods the terminal is left to whoever reads keys.
const MOST: usize = 1 << 16;
/// The exit status of a process whose terminal went away: that of SIGHUP.
const LOST: i32 = 128 + SIGHUP;

/// Signals that end the process. SIGABRT and SIGSEGV are not among them: who sends them to himself is not to be trusted
/// with a terminal.
const ENDING: [i32; 9] = [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGXCPU];

static OURS: AtomicBool = AtomicBool::new(false);
/// While the terminal is given back for a time: stopped, or lent.
static SUSPENDED: AtomicBool = AtomicBool::new(false);
/// While a program has the terminal.
static LENT: AtomicBool = AtomicBool::new(false);
static REPAINT: AtomicBool = AtomicBool::new(false);
static CONTINUED: AtomicU32 = AtomicU32::new(0);
/// The terminal again, opened so that writing never blocks.
static DOOR: OnceLock<Option<File>> = OnceLock::new();
/// Held while the terminal is taken or given back.
static CHANGING: Mutex<()> = Mutex::new(());
static KEYS: Mutex<Option<Keys>> = Mutex::new(None);
/// Until the threads start.
static SIGNALS: Mutex<Option<Signals>> = Mutex::new(None);
static RESCUE: Mutex<Option<Box<dyn FnOnce() + Send>>> = Mutex::new(None);

/// How the terminal treats keys.
#[derive(Clone)]
struct Keys {
    found: Termios,
    raw: Termios,
}

pub(super) type Screen = File;

/// Where frames go: standard output without its lock and its line buffer.
pub(super) fn screen() -> io::Result<Screen> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// Writes a frame; blocks while the terminal takes none, even if somebody left it in non-blocking mode.
pub(super) fn send(screen: &mut Screen, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() && is_ours() {
        match screen.write(bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait_for_room(screen.as_fd(), PATIENCE),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether keys can be read although standard input is no terminal: a post may come through it.
pub(super) fn has_keys() -> bool {
    File::open("/dev/tty").is_ok()
}

pub(super) fn size() -> Option<(u16, u16)> {
    tcgetwinsize(rustix::stdio::stdout()).ok().map(|size| (size.ws_col, size.ws_row))
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

/// Says what to do when a signal or the loss of the terminal ends the process: write what is not yet on disk. It runs
/// once, on another thread, after the terminal is restored, and is not waited for longer than 0.2 s.
pub fn at_rescue(farewell: impl FnOnce() + Send + 'static) {
    *RESCUE.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(farewell));
}

pub(super) fn enter() -> io::Result<()> {
    DOOR.get_or_init(door);
    catch()?;
    take()
}

/// Gives the terminal back; whoever comes first does it, and whoever comes second waits until it is done.
pub(super) fn leave() {
    let _one = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    offer(modes::LEAVE.as_bytes());
    // Crossterm would keep believing in raw mode; what it sets is set again below. There is nobody left to tell about a
    // terminal that is gone.
    let _ = crossterm::terminal::disable_raw_mode();
    if let Some(keys) = KEYS.lock().unwrap_or_else(PoisonError::into_inner).clone() {
        let _ = tcsetattr(rustix::stdio::stdout(), OptionalActions::Now, &keys.found);
    }
}

/// Gives the terminal to a program until that ends; what is typed to interrupt or to stop it does not reach us.
pub(super) fn lend_to(program: &mut Command) -> io::Result<io::Result<ExitStatus>> {
    let before = KEYS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    LENT.store(true, Ordering::SeqCst);
    let ended = lend(|| {
        let ended = run(program);
        settle();
        // One that crashed leaves modes behind that nobody wants back.
        if let Some(keys) = before {
            let _ = tcsetattr(rustix::stdio::stdout(), OptionalActions::Now, &keys.found);
            offer(modes::CALM.as_bytes());
        }
        ended
    });
    LENT.store(false, Ordering::SeqCst);
    ended
}

/// Runs a program to its end. When it stops, we stop, so that the shell comes; it goes on when we do.
fn run(program: &mut Command) -> io::Result<ExitStatus> {
    if !rustix::termios::isatty(rustix::stdio::stdin()) {
        // A post may come through standard input: keys are read from the terminal itself.
        program.stdin(File::open("/dev/tty")?);
    }
    let child = Pid::from_child(&program.spawn()?);
    loop {
        match waitpid(Some(child), WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() => {
                stop();
                // Where no shell continues all of us, somebody has to. It may have ended meanwhile.
                let _ = kill_process(child, Signal::CONT);
            }
            Ok(Some((_, status))) => return Ok(ExitStatus::from_raw(status.as_raw())),
            Ok(None) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Waits until every signal that came so far was obeyed: what was typed to interrupt a program reached us too, and would end
/// us if it were looked at only when the program has gone. Signals are looked at in the order of their numbers, so that one
/// that was passed by when the first call was seen is obeyed before the second.
fn settle() {
    for _ in 0..2 {
        let before = CONTINUED.load(Ordering::SeqCst);
        if kill_process(rustix::process::getpid(), Signal::CONT).is_ok() {
            await_continued(before);
        }
    }
}

/// Gives the terminal back until `work` is done; what is typed to interrupt that does not end us.
fn lend<T>(work: impl FnOnce() -> T) -> io::Result<T> {
    SUSPENDED.store(true, Ordering::SeqCst);
    leave();
    let done = work();
    let taken = take();
    SUSPENDED.store(false, Ordering::SeqCst);
    taken.map(|()| done)
}

pub(super) fn suspend() -> io::Result<()> {
    lend(stop)
}

/// Takes the terminal as it is now, which is how it will be given back.
fn take() -> io::Result<()> {
    let _one = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
    let found = tcgetattr(rustix::stdio::stdout())?;
    // Crossterm reads a line feed as Enter unless it believes in raw mode.
    crossterm::terminal::enable_raw_mode()?;
    let mut raw = found.clone();
    raw.make_raw();
    *KEYS.lock().unwrap_or_else(PoisonError::into_inner) = Some(Keys { found, raw });
    OURS.store(true, Ordering::SeqCst);
    ask_repaint();
    offer(modes::ENTER.as_bytes());
    Ok(())
}

/// Opens the terminal once more: a flag set on the descriptor that we were given would outlive us in the shell.
fn door() -> Option<File> {
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    rustix::termios::ttyname(rustix::stdio::stdout(), Vec::new())
        .and_then(|name| rustix::fs::open(name.as_c_str(), flags, Mode::empty()))
        .or_else(|_| rustix::fs::open("/dev/tty", flags, Mode::empty()))
        .ok()
        .map(File::from)
}

/// Writes these few bytes, or gives up on a terminal that takes none.
fn offer(mut bytes: &[u8]) {
    let patience = Instant::now() + PATIENCE;
    let door = DOOR.get().and_then(Option::as_ref);
    let output = rustix::stdio::stdout();
    let output = door.map_or(output, AsFd::as_fd);
    while !bytes.is_empty() && Instant::now() < patience {
        // Without a door of our own, room must be there before the write, which would block.
        if door.is_none() && !has_room(output) {
            thread::sleep(Duration::from_millis(10));
            continue;
        }
        match rustix::io::write(output, bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            // A writer that hangs keeps others out, so that room in the terminal may not mean room for us.
            Err(Errno::AGAIN) => thread::sleep(Duration::from_millis(10)),
            Err(Errno::INTR) => {}
            Err(_) => return,
        }
    }
}

fn has_room(output: BorrowedFd) -> bool {
    let mut polled = [PollFd::from_borrowed_fd(output, PollFlags::OUT)];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    rustix::event::poll(&mut polled, Some(&at_once)).is_ok_and(|ready| ready > 0)
}

fn wait_for_room(output: BorrowedFd, at_most: Duration) {
    let mut polled = [PollFd::from_borrowed_fd(output, PollFlags::OUT)];
    let timeout = Timespec::try_from(at_most).ok();
    // Whatever it says, the next write finds out.
    let _ = rustix::event::poll(&mut polled, timeout.as_ref());
}

/// Sends a question and reads from standard input until `is_whole` says so of what came, or `limit` is over.
pub(super) fn ask(question: &str, limit: Duration, is_whole: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let deadline = Instant::now() + limit;
    let mut bytes = Vec::new();
    if !rustix::termios::isatty(rustix::stdio::stdin()) {
        return bytes;
    }
    DOOR.get_or_init(door);
    offer(question.as_bytes());
    let mut buffer = [0; 1024];
    while has_keys_until(deadline) {
        match rustix::io::read(rustix::stdio::stdin(), &mut buffer) {
            Ok(read @ 1..) => bytes.extend_from_slice(buffer.get(..read).unwrap_or_default()),
            Err(Errno::INTR | Errno::AGAIN) => {}
            // The end of the terminal is noticed by others.
            Ok(_) | Err(_) => break,
        }
        if is_whole(&bytes) || bytes.len() > MOST {
            break;
        }
    }
    bytes
}

/// Whether something can be read before the deadline.
fn has_keys_until(deadline: Instant) -> bool {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let Ok(timeout) = Timespec::try_from(left) else { return false };
        let mut polled = [PollFd::from_borrowed_fd(rustix::stdio::stdin(), PollFlags::IN)];
        match rustix::event::poll(&mut polled, Some(&timeout)) {
            Ok(ready) => return ready > 0,
            Err(Errno::INTR) if !left.is_zero() => {}
            Err(_) => return false,
        }
    }
}

/// Makes of a file that may not grow an error of the write, and no reason to die.
pub fn survive_limits() {
    // Where it cannot be, the process dies of it as it would have.
    let _ = flag::register(SIGXFSZ, Arc::default());
}

/// Catches the signals from now on; they wait for [`watch`].
fn catch() -> io::Result<()> {
    static CAUGHT: Once = Once::new();
    let mut caught = Ok(());
    CAUGHT.call_once(|| {
        caught = Signals::new(ENDING.into_iter().chain([SIGTSTP, SIGCONT]))
            .map(|signals| *SIGNALS.lock().unwrap_or_else(PoisonError::into_inner) = Some(signals));
    });
    caught
}

/// Starts the two threads that live as long as the process, once. They are started after the first frame, because that is a
/// third of the time to it, unless something long comes before it.
pub(super) fn watch() -> io::Result<()> {
    let signals = SIGNALS.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(mut signals) = signals {
        thread::Builder::new().name("signals".to_owned()).spawn(move || signals.forever().for_each(obey))?;
        thread::Builder::new().name("terminal".to_owned()).spawn(await_loss)?;
    }
    Ok(())
}

fn obey(signal: i32) {
    match signal {
        SIGTSTP => stopped_from_outside(),
        SIGCONT => continued(),
        SIGINT | SIGQUIT if SUSPENDED.load(Ordering::SeqCst) => {}
        _ => end(128 + signal),
    }
}

/// Restores the terminal if it is ours, lets the farewell run, and ends the process without another word: destructors and
/// locks of a thread that hangs in a write must not be waited for.
fn end(status: i32) -> ! {
    leave();
    let farewell = RESCUE.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(farewell) = farewell {
        let (sender, receiver) = mpsc::channel();
        let spawned = thread::Builder::new().spawn(move || {
            farewell();
            sender.send(())
        });
        if spawned.is_ok() {
            // Too late is as good as done: nobody is there to hear of it.
            let _ = receiver.recv_timeout(FAREWELL);
        }
    }
    signal_hook::low_level::exit(status)
}

/// Waits, without waking, until the terminal is gone. SIGHUP may be ignored, and crossterm does not notice.
fn await_loss() {
    let gone = PollFlags::HUP | PollFlags::ERR;
    let output = rustix::stdio::stdout();
    loop {
        let mut polled = [PollFd::from_borrowed_fd(output, PollFlags::empty())];
        match rustix::event::poll(&mut polled, None) {
            Err(Errno::INTR) => {}
            Ok(_) if polled.iter().any(|fd| fd.revents().intersects(gone)) => end(LOST),
            // A system that cannot watch terminals so, such as macOS for some.
            _ => return,
        }
    }
}

/// `kill -TSTP`, which Ctrl-Z is not in raw mode.
fn stopped_from_outside() {
    if LENT.load(Ordering::SeqCst) {
        // The program that has the terminal stops, and we after it: otherwise `fg` would be wanted twice.
        return;
    }
    if SUSPENDED.load(Ordering::SeqCst) || !OURS.load(Ordering::SeqCst) {
        stop();
        return;
    }
    if suspend().is_err() {
        end(LOST);
    }
    wake();
}

/// After `kill -STOP` and `fg` the shell has set its own modes.
fn continued() {
    CONTINUED.fetch_add(1, Ordering::SeqCst);
    let _one = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
    if SUSPENDED.load(Ordering::SeqCst) || !OURS.load(Ordering::SeqCst) || !is_in_foreground() {
        return;
    }
    let keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(keys) = keys {
        // A terminal that is gone is the other thread's to notice.
        let _ = tcsetattr(rustix::stdio::stdout(), OptionalActions::Now, &keys.raw);
    }
    ask_repaint();
    offer(modes::ENTER.as_bytes());
    wake();
}

/// Makes the thread that draws believe in a new size, so that it draws.
fn wake() {
    // Without it the screen stays empty until the next key.
    let _ = kill_process(rustix::process::getpid(), Signal::WINCH);
}

/// Stops the process group, and returns when it was continued in the foreground.
fn stop() {
    loop {
        let before = CONTINUED.load(Ordering::SeqCst);
        if rustix::process::kill_current_process_group(stop_signal()).is_err() {
            return;
        }
        await_continued(before);
        if is_in_foreground() {
            return;
        }
    }
}

fn await_continued(before: u32) {
    let patience = Instant::now() + STOPPING;
    while CONTINUED.load(Ordering::SeqCst) == before && Instant::now() < patience {
        thread::sleep(Duration::from_millis(5));
    }
}

/// SIGSTOP stops anything, but nobody would continue a group that no shell looks after; SIGTTOU is ignored by such a one.
fn stop_signal() -> Signal {
    let has_shell = getppid().is_some_and(|parent| {
        getsid(Some(parent)).is_ok_and(|session| getsid(None) == Ok(session))
            && getpgid(Some(parent)).is_ok_and(|group| group != getpgrp())
    });
    if has_shell { Signal::STOP } else { Signal::TTOU }
}

fn is_in_foreground() -> bool {
    tcgetpgrp(rustix::stdio::stdout()).is_ok_and(|group| group == getpgrp())
}
