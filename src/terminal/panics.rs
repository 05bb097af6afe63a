//! What a panic does: that of the thread which draws restores the screen first and then tells; that of a worker leaves the
//! screen alone and is told on it. Both leave a report.
//!
//! It does not catch anything; unwinding goes on as ever.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, OnceLock, PoisonError};
use std::thread::{self, ThreadId};

use super::system;
use crate::clean;
use crate::text::{Clean, clean_lines};

/// Says a sentence to the reader.
type Tell = Box<dyn Fn(Clean) + Send>;

static DRAWS: OnceLock<ThreadId> = OnceLock::new();
static REPORTS: Mutex<Option<PathBuf>> = Mutex::new(None);
/// Who is told of a worker's panic.
static TOLD: Mutex<Option<Tell>> = Mutex::new(None);

/// Has reports of panics written into a folder of the program's own, and `tell` called in the thread of a worker that
/// panics under a live screen, with a sentence for that. Without this a report is only printed.
pub fn report_panics(folder: Option<PathBuf>, tell: impl Fn(Clean) + Send + 'static) {
    *REPORTS.lock().unwrap_or_else(PoisonError::into_inner) = folder;
    *TOLD.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(tell));
}

/// From now on; the thread that calls is the one that draws.
pub(super) fn watch() {
    static HOOK: Once = Once::new();
    DRAWS.get_or_init(|| thread::current().id());
    HOOK.call_once(|| std::panic::set_hook(Box::new(panicked)));
}

fn panicked(panic: &PanicHookInfo<'_>) {
    let is_worker = system::is_ours() && DRAWS.get() != Some(&thread::current().id());
    if !is_worker {
        system::leave();
    }
    let report = report(panic);
    let folder = REPORTS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let file = folder.and_then(|folder| written(&folder, &report).ok());
    if is_worker {
        if let Some(tell) = TOLD.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            let report = file.map_or_else(String::new, |file| format!("; {} says more", file.display()));
            tell(clean!("a part of the program has failed, which is its own fault: {}{report}", place(panic)));
        }
        return;
    }
    let told = match file {
        Some(file) => format!(
            "reread: has failed at {}, which is its own fault.\nThe report is in {}: look whether it says what is nobody's \
             business, such as words of the post that was open, and send it to whoever gave you reread.\n",
            place(panic),
            file.display()
        ),
        None => format!("reread: has failed, which is its own fault. Send this to whoever gave you reread:\n{report}"),
    };
    // Where standard error is closed too, the exit code has to do.
    let _ = io::stderr().write_all(clean_lines(&told).as_bytes());
}

fn place(panic: &PanicHookInfo<'_>) -> String {
    panic.location().map_or_else(|| "an unknown place".to_owned(), |place| format!("{}:{}", place.file(), place.line()))
}

fn report(panic: &PanicHookInfo<'_>) -> String {
    let mut report = String::new();
    // Writing into a text cannot fail.
    let _ = writeln!(
        report,
        "reread {} on {} {}, thread {:?}\n{panic}\n\n{}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        thread::current().name().unwrap_or("without a name"),
        Backtrace::force_capture()
    );
    clean_lines(&report)
}

/// Writes a report for nobody else, under a name that no other has.
fn written(folder: &Path, report: &str) -> io::Result<PathBuf> {
    crate::cache::make_folder(folder)?;
    let mut file = tempfile::Builder::new().prefix("failed-").suffix(".txt").tempfile_in(folder)?;
    file.write_all(report.as_bytes())?;
    Ok(file.keep()?.1)
}
