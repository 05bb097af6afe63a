//! The terminal, entered whole and left whole: modes, frames, suspension, and every way out.
//!
//! It draws what it is given and knows no view. It captures no mouse, and asks the terminal one question: after the first
//! frame and off the drawing thread, so that nothing ever waits for the answer.

pub mod colours;
pub mod hyperlinks;
pub mod late;
mod modern;
mod modes;
mod panics;
pub mod query;
#[cfg(unix)]
#[path = "terminal/unix.rs"]
mod system;
#[cfg(not(unix))]
#[path = "terminal/plain.rs"]
mod system;
pub mod typed;

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use anyhow::{Context, bail};
use crossterm::clipboard::CopyToClipboard;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, TerminalOptions, Viewport};

use self::query::{Findings, Question, Rest};
use crate::app::screen::Size;
use crate::ui::link;

pub use panics::report_panics;
pub use system::{at_rescue, survive_limits};

/// Cells of the largest screen that is drawn; a size beyond it is a mistake of whoever set it, and would cost gigabytes.
const LARGEST: (u16, u16) = (1024, 512);
/// How long the terminal's answers are waited for.
const PATIENCE: Duration = Duration::from_millis(150);
/// The size of a terminal that does not know its own.
const UNKNOWN: (u16, u16) = (80, 24);

/// The terminal while this program has it. Dropping it gives it back, as [`Terminal::leave`] does.
///
/// While one lives, a panic of the thread that entered, SIGTERM, SIGINT, SIGHUP, SIGQUIT, a stop by SIGTSTP, and the loss
/// of the terminal are taken care of without it. There is one per process.
pub struct Terminal {
    screen: ratatui::Terminal<CrosstermBackend<Output>>,
    area: Rect,
}

impl Terminal {
    /// Takes the terminal, unless there is none that could show anything; then nothing has been touched.
    pub fn enter() -> anyhow::Result<Self> {
        let keys = io::stdin().is_terminal() || system::has_keys();
        if let Some(obstacle) = obstacle(keys, &io::stdout(), std::env::var_os("TERM").as_deref()) {
            bail!("{obstacle}; try `reread list`");
        }
        let area = area();
        let output = Output::open().context("the terminal cannot be opened for writing; try `reread list`")?;
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let screen = ratatui::Terminal::with_options(CrosstermBackend::new(output), options)?;
        panics::watch();
        system::enter().context("the terminal does not take its modes; try another, or `reread list`")?;
        Ok(Self { screen, area })
    }

    /// Gives the terminal back as it was found. Does nothing the second time; frames drawn afterwards are not shown.
    pub fn leave(&mut self) {
        system::leave();
    }

    /// Draws one frame: what changed since the last one goes out in one write, and appears at once where the terminal
    /// can do that. Sizes of nothing and sizes beyond reason are replaced.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame)) -> anyhow::Result<()> {
        if !system::is_ours() {
            return Ok(());
        }
        self.screen.backend_mut().write_all(modes::FRAME)?;
        let area = area();
        if system::take_repaint() || area != self.area {
            self.area = area;
            self.screen.resize(area)?;
        }
        self.screen.draw(paint)?;
        let output = self.screen.backend_mut();
        output.write_all(modes::FRAME_END)?;
        Write::flush(output).context("the terminal cannot be written to; open another")?;
        self.watch()
    }

    /// Has signals and the loss of the terminal obeyed from now on, and not only from the first frame on: for what takes long
    /// before that.
    pub fn watch(&self) -> anyhow::Result<()> {
        system::watch().context("no thread can be started; end other programs and try again")
    }

    /// The cells there are now, as far as they are used.
    pub fn size() -> Size {
        let area = area();
        Size { columns: usize::from(area.width), rows: usize::from(area.height) }
    }

    /// Asks the terminal what it is, and reads what it sends until it has answered or 150 ms are over; for the thread that
    /// will read keys, before it reads any. Needs raw mode. Without a terminal on standard input nothing is asked.
    pub fn ask(question: Question) -> (Findings, Rest) {
        Self::ask_for(question, PATIENCE)
    }

    /// The same with another limit.
    pub fn ask_for(question: Question, limit: Duration) -> (Findings, Rest) {
        let is_whole = |bytes: &[u8]| Findings::read(bytes).0.answered == query::Answered::Yes;
        Findings::to(question, &system::ask(&question.text(), limit, is_whole))
    }

    /// Puts text on the clipboard of whoever sits at the terminal, where that allows it (OSC 52).
    pub fn copy(&mut self, text: &str) -> anyhow::Result<()> {
        let output = self.screen.backend_mut();
        crossterm::queue!(output, CopyToClipboard::to_clipboard_from(text))?;
        output.write_all(modes::FRAME_END)?;
        Write::flush(output).context("the terminal cannot be written to")
    }

    /// Makes the next frame write every cell, for a screen on which something else has written.
    pub fn repaint(&mut self) {
        system::ask_repaint();
    }

    /// Gives the terminal back, stops this process and its group as Ctrl-Z does, and takes the terminal again when the
    /// shell continues them in the foreground. The next frame is whole. Where nothing could continue it, nothing stops.
    pub fn suspend(&mut self) -> anyhow::Result<()> {
        if system::is_ours() {
            system::suspend().context("the terminal does not take its modes again; start anew")?;
        }
        Ok(())
    }

    /// Gives the terminal to a program until that ends, and takes it again; how it ended, or why it did not start. The next
    /// frame is whole. Keys go to whoever reads first: nobody here may read any meanwhile.
    ///
    /// What interrupts the program does not end us, and when it stops so do we, until the shell continues both. However it
    /// leaves the modes of the terminal, they are given back as they were found.
    pub fn lend(&mut self, program: &mut Command) -> anyhow::Result<io::Result<ExitStatus>> {
        system::lend_to(program).context("the terminal does not take its modes again; start anew")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Why no screen can be shown here.
fn obstacle(keys: bool, output: &impl IsTerminal, term: Option<&OsStr>) -> Option<&'static str> {
    if !output.is_terminal() {
        return Some("standard output is no terminal, and reading needs one");
    }
    if !keys {
        return Some("there is no terminal to press keys on, and reading needs one");
    }
    match term {
        Some(term) if term == "dumb" => Some("TERM=dumb is a terminal without a screen, and reading needs one"),
        None if cfg!(unix) => Some("TERM is not set, so this terminal may have no screen, and reading needs one"),
        _ => None,
    }
}

fn area() -> Rect {
    let (columns, rows) = sane(system::size());
    Rect::new(0, 0, columns, rows)
}

fn sane(size: Option<(u16, u16)>) -> (u16, u16) {
    match size {
        None | Some((0, _) | (_, 0)) => UNKNOWN,
        Some((columns, rows)) => (columns.min(LARGEST.0), rows.min(LARGEST.1)),
    }
}

/// A frame on its way to the terminal. Flushing writes nothing but a finished frame: ratatui flushes in the middle of one.
struct Output {
    bytes: Vec<u8>,
    screen: system::Screen,
}

impl Output {
    fn open() -> io::Result<Self> {
        Ok(Self { bytes: Vec::with_capacity(1 << 15), screen: system::screen()? })
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.bytes.ends_with(modes::FRAME_END) {
            return Ok(());
        }
        let sent = system::send(&mut self.screen, &link::joined(&self.bytes));
        self.bytes.clear();
        sent
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot build its fixture has nothing to say")]

    use super::*;

    #[test]
    fn nothing_is_touched_where_no_screen_can_be_shown() {
        let file = tempfile::tempfile().unwrap();
        assert_eq!(
            obstacle(true, &file, Some(OsStr::new("xterm"))),
            Some("standard output is no terminal, and reading needs one")
        );
    }

    #[test]
    fn a_size_of_nothing_or_beyond_reason_is_replaced() {
        assert_eq!(sane(None), (80, 24));
        assert_eq!(sane(Some((0, 0))), (80, 24));
        assert_eq!(sane(Some((1, 1))), (1, 1));
        assert_eq!(sane(Some((u16::MAX, u16::MAX))), (1024, 512));
    }

    #[test]
    fn a_frame_goes_out_when_it_is_finished() {
        let mut output = Output { bytes: Vec::new(), screen: system::screen().unwrap() };
        output.write_all(b"abc").unwrap();
        output.flush().unwrap();
        assert_eq!(output.bytes, b"abc");
        output.write_all(modes::FRAME_END).unwrap();
        output.flush().unwrap();
        assert!(output.bytes.is_empty());
    }
}
