//! What a session keeps for the next one: marks at once, the place in a text when the reader pauses.

use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::Duration;

use super::{Event, Runtime};
use crate::app::Message;
use crate::blog::marks::{self, Marks, What};
use crate::clean;
use crate::state::{Log, Remembered};
use crate::text::Clean;

/// How long the reader does nothing before it is noted how far the reading got.
const PAUSE: Duration = Duration::from_millis(400);

/// What is marked, and what is wrong with the file that says it; where most of that no longer holds, it is written anew
/// beside the keyboard.
pub(super) fn remembered(log: &Log) -> (Marks, Option<Clean>) {
    match log.read() {
        Ok(remembered) => {
            if remembered.is_worth_writing_anew() {
                let path = log.path().to_path_buf();
                // What cannot be written anew is as good as it was; a mark that cannot be written will say why.
                thread::spawn(move || drop(Log::at(&path).compact()));
            }
            let Remembered { marks, damaged, .. } = remembered;
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
        if self.paused {
            self.paused = false;
            return self.inbox.recv().ok();
        }
        match self.inbox.recv_timeout(PAUSE) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => {
                self.paused = true;
                Some(Event::Happened(Message::Paused))
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
}
