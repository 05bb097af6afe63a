//! Posts that change while they are read: a thread looks when the system says that something happened, or when the reader
//! asks, and reads what is not as it was.
//!
//! It sleeps until then. Only where the system tells nothing, as of folders on other machines, it looks now and then.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::{Event, read_posts};
use crate::app::Message;
use crate::blog::site::Site;
use crate::clean;
use crate::collection::{self, Change, Snapshot};
use crate::source::{Source, Unread, Watch};
use crate::text::Clean;

/// Nothing more is heard for so long before it is looked: who saves a file does several things with it.
const QUIET: Duration = Duration::from_millis(100);
/// How long it is waited for that at the most.
const LONGEST: Duration = Duration::from_millis(500);
/// How often it is looked where the system tells nothing, at the most.
const SELDOM: Duration = Duration::from_secs(2);
/// How many times as long as a look takes it is rested before the next one.
const REST: u32 = 50;

/// Why it is to be looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hint {
    /// The system says that something happened.
    Stirred,
    /// The reader asks.
    Asked,
    /// No more: other posts are read from now on.
    Ended,
}

/// The thread that looks after the posts.
pub(super) struct Watching {
    hints: Sender<Hint>,
}

impl Watching {
    /// Reads all posts, and what becomes of them, until it is dropped.
    pub(super) fn begin(source: Arc<Source>, site: Site, cache: Option<PathBuf>, sender: Sender<Event>) -> Self {
        Self::of(move |hints, stirred| {
            let snapshot = read_posts(&source, &site, cache.as_deref(), &sender);
            Watched { source, site, snapshot, is_gone: false, sender }.watch(hints, stirred);
        })
    }

    /// The same of posts in the place of others, which stay until all of these are there.
    pub(super) fn instead(source: Arc<Source>, sender: Sender<Event>) -> Self {
        Self::of(move |hints, stirred| {
            let (site, _) = collection::site(&source);
            let snapshot = Snapshot::taken(&source, &site);
            tell(&sender, Message::Reloaded(Box::new(collection::library(&source))));
            Watched { source, site, snapshot, is_gone: false, sender }.watch(hints, stirred);
        })
    }

    /// Reads what becomes of one post that was read already.
    pub(super) fn of_one(source: Arc<Source>, snapshot: Snapshot, sender: Sender<Event>) -> Self {
        Self::of(move |hints, stirred| {
            Watched { source, site: Site::plain(), snapshot, is_gone: false, sender }.watch(hints, stirred);
        })
    }

    fn of(work: impl FnOnce(&Receiver<Hint>, Sender<Hint>) + Send + 'static) -> Self {
        let (hints, heard) = mpsc::channel();
        let stirred = hints.clone();
        thread::spawn(move || work(&heard, stirred));
        Self { hints }
    }

    /// Has it looked now, and an answer given whatever is found.
    pub(super) fn ask(&self) {
        // It listens as long as the program runs.
        let _ = self.hints.send(Hint::Asked);
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.hints.send(Hint::Ended);
    }
}

/// Posts that are looked after.
struct Watched {
    source: Arc<Source>,
    site: Site,
    snapshot: Snapshot,
    /// Whether the last look found nothing any more.
    is_gone: bool,
    sender: Sender<Event>,
}

impl Watched {
    fn watch(mut self, hints: &Receiver<Hint>, stirred: Sender<Hint>) {
        let mut watch = Watch::new(move || {
            // After the last look nobody listens.
            let _ = stirred.send(Hint::Stirred);
        });
        watch.set(self.snapshot.folders(&self.source));
        let mut hint = Some(Hint::Stirred);
        while let Some(why) = hint.filter(|hint| *hint != Hint::Ended) {
            let mut start = Instant::now();
            self.look(why);
            // What changes before a folder is watched is seen by a look afterwards.
            while watch.set(self.snapshot.folders(&self.source)) {
                start = Instant::now();
                self.look(Hint::Stirred);
            }
            let is_blind = watch.is_deaf() || self.is_gone;
            hint = next(hints, is_blind.then(|| SELDOM.max(start.elapsed() * REST)));
        }
    }

    fn look(&mut self, why: Hint) {
        let was_gone = std::mem::take(&mut self.is_gone);
        let change = self.snapshot.look(&self.source, &self.site);
        if was_gone && !matches!(change, Change::Gone(_)) {
            tell(&self.sender, Message::Told(Clean::literal("the posts are there again")));
        }
        match change {
            Change::Nothing => {}
            Change::Posts(batch) => tell(&self.sender, Message::Changed(batch)),
            Change::Everything(library) => {
                self.site = library.site.clone();
                tell(&self.sender, Message::Reloaded(library));
            }
            Change::Gone(why_not) => {
                self.is_gone = true;
                if !was_gone || why == Hint::Asked {
                    tell(&self.sender, Message::Told(farewell(&why_not)));
                }
            }
        }
        if why == Hint::Asked {
            tell(&self.sender, Message::Looked);
        }
    }
}

fn farewell(why_not: &Unread) -> Clean {
    match why_not {
        Unread::Vanished => Clean::literal("the posts are gone from their place; what was read stays"),
        why_not => clean!("the posts can no longer be read: their place {}; what was read stays", why_not.fault()),
    }
}

fn tell(sender: &Sender<Event>, message: Message) {
    // Nobody listens any more when the session has ended.
    drop(sender.send(Event::Happened(message)));
}

/// Why it is to be looked next, when there was quiet after it happened; none when nobody asks any more. After `patience`
/// it is looked without a reason.
fn next(hints: &Receiver<Hint>, patience: Option<Duration>) -> Option<Hint> {
    let first = match patience {
        None => hints.recv().ok()?,
        Some(patience) => match hints.recv_timeout(patience) {
            Ok(hint) => hint,
            Err(RecvTimeoutError::Timeout) => return Some(Hint::Stirred),
            Err(RecvTimeoutError::Disconnected) => return None,
        },
    };
    let (start, mut why) = (Instant::now(), first);
    while why == Hint::Stirred && start.elapsed() < LONGEST {
        match hints.recv_timeout(QUIET) {
            Ok(hint) => why = hint,
            Err(_) => break,
        }
    }
    // All that was heard until now is answered by the look that comes.
    for hint in hints.try_iter() {
        if hint != Hint::Stirred {
            why = hint;
        }
    }
    Some(why)
}
