//! Reads and parses a whole folder on every core, and hands the posts on while it goes.
//!
//! What parsing is, the caller says; nothing here looks at a byte. The order of posts is not kept: whoever needs one sorts.

use std::sync::mpsc::{self, Receiver};
use std::thread;

use super::folder::Folder;
use super::read::Unread;
use super::walk::Found;

/// Posts of the first task; small, so that the first screen is soon there.
const FIRST: usize = 32;
/// Posts of one task at most; each doubles the one before. Larger ones leave a core without work at the end.
const MOST: usize = 128;

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
            while let Some(batch) = ready(&receiver) {
                deliver(batch);
            }
        });
    }

    fn walk_in_tasks(&self, mut start: impl FnMut(Vec<Found>)) {
        let mut size = FIRST;
        let mut task = Vec::with_capacity(size);
        self.walk(|found| {
            task.push(found);
            if task.len() == size {
                size = (size * 2).min(MOST);
                start(std::mem::replace(&mut task, Vec::with_capacity(size)));
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

/// Everything that has arrived, at least one task's worth; none when all tasks are done.
fn ready<T>(receiver: &Receiver<Vec<T>>) -> Option<Vec<T>> {
    let mut batch = receiver.recv().ok()?;
    batch.extend(receiver.try_iter().flatten());
    Some(batch)
}
