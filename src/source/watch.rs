//! Hears from the system that something in certain folders has changed, or says that nobody will be heard.
//!
//! It tells that something happened and not what: who is told looks for himself, so that no event that is lost, doubled or
//! late does harm. It never watches more than it was asked for.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Folders that are watched at the most: each takes a thousand bytes of the system's own memory.
const FOLDERS: usize = 10_000;

/// What watches folders.
pub struct Watch {
    /// None where the system cannot.
    watcher: Option<RecommendedWatcher>,
    watched: HashSet<PathBuf>,
    /// Folders that were watched and are gone: one of the same name is another folder.
    lost: Arc<Mutex<HashSet<PathBuf>>>,
    /// Whether it may happen that something changes and nobody says so.
    is_deaf: bool,
}

impl Watch {
    /// Watches nothing yet; `stirred` is called, in another thread, whenever something changed.
    pub fn new(mut stirred: impl FnMut() + Send + 'static) -> Self {
        let lost = Arc::default();
        let noted = Arc::clone(&lost);
        let heard = move |event: notify::Result<Event>| {
            if event.map_or(true, |event| is_change(&event, &noted)) {
                stirred();
            }
        };
        let watcher = notify::recommended_watcher(heard).ok();
        Self { is_deaf: watcher.is_none(), watcher, watched: HashSet::new(), lost }
    }

    /// Watches these folders, each without those below it, and no others; gives whether there are new ones among them.
    pub fn set(&mut self, folders: HashSet<PathBuf>) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        for gone in self.lost.lock().map(|mut lost| std::mem::take(&mut *lost)).unwrap_or_default() {
            self.watched.remove(&gone);
        }
        self.is_deaf = folders.len() > FOLDERS || folders.iter().any(|folder| is_remote(folder));
        if self.is_deaf && self.watched.is_empty() {
            return false;
        }
        let wanted = if self.is_deaf { HashSet::new() } else { folders };
        let mut paths = watcher.paths_mut();
        for gone in self.watched.difference(&wanted) {
            // One that is no longer there is no longer watched either.
            let _ = paths.remove(gone);
        }
        let mut is_new = false;
        for folder in wanted.difference(&self.watched) {
            is_new = true;
            // A folder that was there a moment ago and is gone now is missed by nobody.
            self.is_deaf |= paths.add(folder, RecursiveMode::NonRecursive).is_err() && folder.is_dir();
        }
        self.is_deaf |= paths.commit().is_err();
        self.watched = wanted;
        is_new
    }

    /// Whether somebody has to look now and then, because nobody will be told of all that changes.
    pub fn is_deaf(&self) -> bool {
        self.is_deaf
    }
}

/// Whether an event can mean that a post is another one; notes which folders are gone.
fn is_change(event: &Event, lost: &Mutex<HashSet<PathBuf>>) -> bool {
    if let (EventKind::Remove(_) | EventKind::Modify(_), Ok(mut lost)) = (event.kind, lost.lock()) {
        lost.extend(event.paths.iter().filter(|path| !path.exists()).cloned());
    }
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
        EventKind::Access(_) => return false,
        _ => {}
    }
    event.need_rescan() || event.paths.is_empty() || !event.paths.iter().all(|path| is_passing(path))
}

/// Whether a name is one of those that editors give to what they need for a moment.
fn is_passing(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || name == "4913"
}

/// Whether a folder lies on another machine, whose changes this one's system does not see.
#[cfg(target_os = "linux")]
fn is_remote(folder: &Path) -> bool {
    /// AFS, 9P, Ceph, CIFS, Coda, FUSE, NFS, SMB and its second version: `statfs(2)`.
    const REMOTE: [u32; 9] = [
        0x5346_414f,
        0x0102_1997,
        0x00c3_6400,
        0xff53_4d42,
        0x7375_7245,
        0x6573_5546,
        0x0000_6969,
        0x0000_517b,
        0xfe53_4d42,
    ];
    let kind = rustix::fs::statfs(folder).map(|filesystem| filesystem.f_type);
    // It is of another type on another machine.
    kind.is_ok_and(|kind| REMOTE.iter().any(|remote| i128::from(*remote) == (i128::from(kind) & 0xffff_ffff)))
}

/// Elsewhere the system is taken at its word.
#[cfg(not(target_os = "linux"))]
fn is_remote(_folder: &Path) -> bool {
    false
}
