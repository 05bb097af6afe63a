//! What a session keeps for the next one: marks at once, the place in a text when the reader pauses.

use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::Duration;

use super::{Event, Runtime};
use crate::app::{Effect, Message};
use crate::blog::marks::{self, Marks, What};
use crate::clean;
use crate::state::{Log, Remembered};
use crate::text::Clean;

/// How long the reader does nothing before it is noted how far the reading got.
const PAUSE: Duration = Duration::from_millis(400);

/// What is marked, and what is wrong with the file that says it.
pub(super) fn remembered(log: &Log) -> (Marks, Option<Clean>) {
    match log.read() {
        Ok(Remembered { marks, damaged, .. }) => {
            let file = log.path().display();
            let trouble = (!damaged.is_empty()).then(|| {
                let aside = log.path().with_extension("damaged");
                clean!("{file}: {} damaged lines are skipped; they are kept in {}", damaged.len(), aside.display())
            });
            (marks, trouble)
        }
        Err(error) => (Marks::default(), Some(clean!("{error:#}; posts are shown without their marks"))),
    }
}

impl Runtime {
    /// What happens next; a pause, once, when nothing does after something did.
    pub(super) fn next(&mut self) -> Option<Event> {
        match self.inbox.recv_timeout(PAUSE) {
            Ok(event) => return Some(event),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let noted = self.app.update(Message::Paused);
        self.remember_all(noted);
        self.inbox.recv().ok()
    }

    pub(super) fn remember_all(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Remember(post, what) = effect {
                self.remember(post, what);
            }
        }
    }

    /// Writes a mark for the next session, at once.
    pub(super) fn remember(&mut self, post: String, what: What) {
        let Some(log) = &mut self.log else { return };
        let time = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default();
        match log.add([marks::Event { time, post, what }]) {
            Ok(()) => self.told = false,
            Err(error) if !self.told => {
                self.told = true;
                self.app.notice =
                    Some(clean!("{error:#}; marks are kept in memory, and written when that is possible"));
            }
            Err(_) => {}
        }
    }

    /// Writes the marks anew where most of them no longer hold, beside the keyboard.
    pub(super) fn tidy_log(&self) {
        let Some(path) = self.log.as_ref().map(|log| log.path().to_path_buf()) else { return };
        // What cannot be written anew is as good as it was; a mark that cannot be written will say why.
        thread::spawn(move || drop(Log::at(&path).compact()));
    }
}
