//! What a panic does to the screen: that of the thread which draws restores it first, that of a worker leaves it alone.
//!
//! It does not catch anything; unwinding goes on as ever.

use std::sync::{Mutex, Once, OnceLock, PoisonError};
use std::thread::{self, ThreadId};

use super::system;

static DRAWS: OnceLock<ThreadId> = OnceLock::new();
static WORKER: Mutex<Option<String>> = Mutex::new(None);

/// What a worker thread said when it panicked under a live screen, once: to be shown there, since it was not printed.
pub fn worker_panic() -> Option<String> {
    WORKER.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// From now on; the thread that calls is the one that draws.
pub(super) fn watch() {
    static HOOK: Once = Once::new();
    DRAWS.get_or_init(|| thread::current().id());
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if system::is_ours() && DRAWS.get() != Some(&thread::current().id()) {
                *WORKER.lock().unwrap_or_else(PoisonError::into_inner) = Some(panic.to_string());
                return;
            }
            system::leave();
            before(panic);
        }));
    });
}
