//! Reads and parses a whole folder on every core, and hands the posts on while it goes.
//!
//! What parsing is, the caller says; nothing here looks at a byte. The order of posts is not kept: whoever needs one sorts.

use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::folder::Folder;
use super::read::Unread;
use super::walk::Found;

/// Posts of one task: few, so that the first screen is soon there and all cores end together.
const TASK: usize = 32;
/// How long posts that are read may wait for others.
const PATIENCE: Duration = Duration::from_millis(50);

impl Folder {
    /// Applies `parse` to every post and every fault, on all cores, while the walk still goes on; `deliver` gets what is
    /// ready, in the thread that called, until there is no more. Panics in `parse` come out here.
    pub fn load<T: Send>(
        &self,
        parse: impl Fn(String, Result<Vec<u8>, Unread>) -> T + Sync,
        mut deliver: impl FnMut(Vec<T>),
    ) {
        let (sender, receiver) = mpsc::channel();
        let parse = &parse;
        thread::scope(|threads| {
            threads.spawn(move || {
                // First in, first out: the tasks found first are the ones that a reader waits for.
                rayon::in_place_scope_fifo(|tasks| {
                    self.walk_in_tasks(|task| {
                        let sender = sender.clone();
                        tasks.spawn_fifo(move |_| {
                            // Nobody listens any more when `deliver` panicked; the posts are then nobody's.
                            let _ = sender.send(self.read_all(task, parse));
                        });
                    });
                });
            });
            let mut delivered = 0;
            while let Some(batch) = ready(&receiver, delivered) {
                delivered += batch.len();
                deliver(batch);
            }
        });
    }

    fn walk_in_tasks(&self, mut start: impl FnMut(Vec<Found>)) {
        let mut task = Vec::with_capacity(TASK);
        self.walk(|found| {
            task.push(found);
            if task.len() == TASK {
                start(std::mem::replace(&mut task, Vec::with_capacity(TASK)));
            }
        });
        if !task.is_empty() {
            start(task);
        }
    }

    fn read_all<T>(&self, task: Vec<Found>, parse: &impl Fn(String, Result<Vec<u8>, Unread>) -> T) -> Vec<T> {
        task.into_iter()
            .map(|mut found| {
                let path = std::mem::take(&mut found.path);
                parse(path, self.read(found))
            })
            .collect()
    }
}

/// What has arrived: three times what was delivered before, because every delivery costs the reader a frame, or what there
/// is after [`PATIENCE`]; none when all tasks are done.
fn ready<T>(receiver: &Receiver<Vec<T>>, delivered: usize) -> Option<Vec<T>> {
    let mut batch = receiver.recv().ok()?;
    let start = Instant::now();
    while batch.len() < 3 * delivered {
        let left = PATIENCE.saturating_sub(start.elapsed());
        let Ok(more) = receiver.recv_timeout(left) else { break };
        batch.extend(more);
    }
    batch.extend(receiver.try_iter().flatten());
    Some(batch)
}
