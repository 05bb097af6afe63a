//! Posts that were listed as they were the last time become what they are now.
//!
//! Where a post says the same of itself, nothing moves and only its text is new; else the list is put in order again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Library, Reading, order};
use crate::blog::fault::Fault;
use crate::blog::post::{Key, Post};
use crate::text::Clean;

impl Library {
    /// Those of a batch that are not as they are known.
    pub fn news(&self, batch: Vec<(Key, Reading)>) -> Vec<(Key, Reading)> {
        let faults = self.faults_by_path();
        let is_known = |key: &Key, (post, complaints): &Reading| {
            let is_same = match (self.get(key), post) {
                (Some(before), Some(post)) => before.is_same_as(post),
                (None, None) => true,
                _ => false,
            };
            is_same && !self.site.is_page(key.as_str()) && has_faults(&faults, key, complaints)
        };
        batch.into_iter().filter(|(key, reading)| !is_known(key, reading)).collect()
    }

    /// Takes in the posts of these names as they are now, in the place of what was known from the last time; none where
    /// there is no such post any more.
    pub fn fill(&mut self, batch: Vec<(Key, Reading)>) {
        let batch = self.of_posts(batch);
        self.forget_texts();
        let known = self.faults_by_path();
        let (same, mut other): (Vec<_>, Vec<_>) =
            batch.into_iter().partition(|(key, (_, faults))| has_faults(&known, key, faults));
        for (key, (post, faults)) in same {
            match post.map(|post| self.refresh(post)) {
                Some(None) => {}
                Some(post) => other.push((key, (post, faults))),
                // Most files without a post never had one.
                None if self.get(&key).is_none() => {}
                None => other.push((key, (None, faults))),
            }
        }
        if !other.is_empty() {
            self.replace(other);
        }
    }

    fn faults_by_path(&self) -> HashMap<&Clean, Vec<&Fault>> {
        let mut known: HashMap<&Clean, Vec<&Fault>> = HashMap::new();
        for fault in &self.faults {
            known.entry(&fault.path).or_default().push(fault);
        }
        known
    }

    /// Puts a post where the one stands that says the same of itself; gives it back where there is none.
    fn refresh(&mut self, post: Arc<Post>) -> Option<Arc<Post>> {
        let bytes = post.body().len();
        let place = [&mut self.posts, &mut self.pages].into_iter().find_map(|posts| {
            let at = posts.binary_search_by(|other| order(other, &post)).ok()?;
            posts.get_mut(at).filter(|other| other.is_listed_as(&post))
        });
        let Some(place) = place else { return Some(post) };
        // Its text may have been read before the others.
        let before = std::mem::replace(place, post);
        self.bytes = self.bytes + bytes - before.body().len();
        None
    }

    /// Removes the posts of these names with their faults, and adds what there is of them now.
    fn replace(&mut self, batch: Vec<(Key, Reading)>) {
        let gone: HashSet<&Key> = batch.iter().map(|(key, _)| key).collect();
        let paths: HashSet<Clean> = gone.iter().map(|key| key.shown()).collect();
        self.faults.retain(|fault| !paths.contains(&fault.path));
        let mut all = std::mem::take(&mut self.posts);
        all.append(&mut self.pages);
        all.retain(|post| !gone.contains(&post.key));
        // Whether a section holds pages may be another matter without them.
        self.sections.clear();
        self.bytes = 0;
        for (_, (post, faults)) in batch {
            self.faults.extend(faults);
            all.extend(post);
        }
        self.take_in(all);
        self.sort_faults();
    }
}

/// Whether these faults are what is known of a file.
fn has_faults(known: &HashMap<&Clean, Vec<&Fault>>, key: &Key, faults: &[Fault]) -> bool {
    // Most posts have none, and need no path cleaned.
    known.is_empty() && faults.is_empty()
        || known.get(&key.shown()).map_or(&[][..], Vec::as_slice).iter().copied().eq(faults)
}
