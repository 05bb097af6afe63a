//! Reads and parses a whole folder on every core, and hands the posts on while it goes.
//!
//! What parsing is, the caller says; nothing here looks at a byte. The order of posts is not kept: whoever needs one sorts.

use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::folder::Folder;
use super::read::Unread;
use super::walk::Found;
use crate::blog::site::Site;

/// Posts of one task: few, so that the first screen is soon there and all cores end together.
const TASK: usize = 32;
/// Tasks that wait for a core at the most: names of files that are found long before they are read take memory.
const AHEAD: usize = 64;
/// How long posts that are read may wait for others.
const PATIENCE: Duration = Duration::from_millis(50);

/// How often posts are delivered: every delivery costs the reader a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// The first at once, then three times what was delivered before, or what there is after 50 ms.
    Growing,
    /// What there is after this time, or as soon as that is all.
    Every(Duration),
}

impl Folder {
    /// Applies `parse` to every post and every fault, on all cores, while the walk still goes on; `deliver` gets what is
    /// ready, in the thread that called, until there is no more. Panics in `parse` come out here.
    pub fn load<T: Send>(
        &self,
        site: &Site,
        parse: impl Fn(String, Result<Vec<u8>, Unread>) -> T + Sync,
        deliver: impl FnMut(Vec<T>),
    ) {
        let look = |mut found: Found| {
            let path = std::mem::take(&mut found.path);
            parse(path, self.read(found))
        };
        self.look(site, Pace::Growing, look, deliver);
    }

    /// The same before anything is read: `look` decides about what the walk found.
    pub fn look<T: Send>(
        &self,
        site: &Site,
        pace: Pace,
        look: impl Fn(Found) -> T + Sync,
        deliver: impl FnMut(Vec<T>),
    ) {
        spread(|start| self.walk(site, start), look, pace, deliver);
    }
}

/// Applies `look` to everything on all cores, what comes first first; `deliver` gets what is ready, in the thread that
/// called, until there is no more. Panics in `look` come out here.
pub fn in_turn<Item: Send, T: Send>(
    all: Vec<Item>,
    pace: Pace,
    look: impl Fn(Item) -> T + Sync,
    deliver: impl FnMut(Vec<T>),
) {
    spread(|start| all.into_iter().for_each(start), look, pace, deliver);
}

fn spread<Item: Send, T: Send>(
    source: impl FnOnce(&mut dyn FnMut(Item)) + Send,
    look: impl Fn(Item) -> T + Sync,
    pace: Pace,
    mut deliver: impl FnMut(Vec<T>),
) {
    let (sender, receiver) = mpsc::channel();
    let (queue, taken) = mpsc::sync_channel(AHEAD);
    let taken = Mutex::new(taken);
    let (look, taken) = (&look, &taken);
    thread::scope(|threads| {
        threads.spawn(move || {
            // First in, first out: the tasks found first are the ones that a reader waits for.
            rayon::in_place_scope_fifo(|tasks| {
                in_tasks(source, |task| {
                    let sender = sender.clone();
                    // Waits where all places are taken; each task that begins gives one back.
                    let _ = queue.send(());
                    tasks.spawn_fifo(move |_| {
                        let _ = taken.lock().map(|taken| taken.recv());
                        // Nobody listens any more when `deliver` panicked; the posts are then nobody's.
                        let _ = sender.send(task.into_iter().map(look).collect());
                    });
                });
            });
        });
        let mut delivered = 0;
        while let Some(batch) = ready(&receiver, delivered, pace) {
            delivered += batch.len();
            deliver(batch);
        }
    });
}

fn in_tasks<Item>(source: impl FnOnce(&mut dyn FnMut(Item)), mut start: impl FnMut(Vec<Item>)) {
    let mut task = Vec::with_capacity(TASK);
    source(&mut |item| {
        task.push(item);
        if task.len() == TASK {
            start(std::mem::replace(&mut task, Vec::with_capacity(TASK)));
        }
    });
    if !task.is_empty() {
        start(task);
    }
}

/// What has arrived at this pace; none when all tasks are done.
fn ready<T>(receiver: &Receiver<Vec<T>>, delivered: usize, pace: Pace) -> Option<Vec<T>> {
    let (wanted, patience) = match pace {
        Pace::Growing => (3 * delivered, PATIENCE),
        Pace::Every(patience) => (usize::MAX, patience),
    };
    let mut batch = receiver.recv().ok()?;
    let start = Instant::now();
    while batch.len() < wanted {
        let left = patience.saturating_sub(start.elapsed());
        let Ok(more) = receiver.recv_timeout(left) else { break };
        batch.extend(more);
    }
    batch.extend(receiver.try_iter().flatten());
    Some(batch)
}
