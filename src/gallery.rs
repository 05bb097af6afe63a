//! The pictures of posts: measured and painted in threads of their own, the newest wish first, kept within bounds.
//!
//! The thread that draws only looks at what is ready. It reads no file outside the site and nothing from the network.

mod painting;
mod protocol;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

pub use painting::Manner;
pub use protocol::{NAMES, Protocol, Wanted, protocol, spoken};

use crate::app::App;
use crate::app::known::Pixels;
use crate::app::place::View;
use crate::blog::picture::candidates;
use crate::blog::post::Post;
use crate::blog::site::Site;
use crate::markdown::{LinkId, LinkKind};
use crate::source::Source;
use crate::text::Clean;
use crate::ui::picture::{Name, Painting, Paintings, spots};

/// Bytes of paintings that are kept beside those on screen.
const MEMORY: usize = 64 << 20;

/// The paintings of a session.
pub struct Gallery {
    manner: Manner,
    paintings: Paintings,
    /// Those of `paintings`, the oldest first.
    ages: VecDeque<Name>,
    /// What the painter was asked for last.
    asked: Vec<Name>,
    orders: Sender<Vec<Order>>,
    done: Receiver<(Name, Manner, Painting)>,
}

/// A wish for a painting.
struct Order {
    name: Name,
    manner: Manner,
    /// Where the file may lie.
    paths: Vec<String>,
}

impl Gallery {
    /// A gallery with its painter at work; `tell` is called in the painter's thread whenever something was painted.
    pub fn open(source: Arc<Source>, manner: Manner, tell: impl Fn() + Send + 'static) -> Self {
        let (orders, waiting) = mpsc::channel();
        let (finished, done) = mpsc::channel();
        thread::spawn(move || {
            work(&waiting, |order| {
                let painting = painting(&source, &order);
                // Nobody waits any more when the session has ended.
                let sent = finished.send((order.name, order.manner, painting));
                tell();
                sent.is_ok()
            });
        });
        Self { manner, paintings: Paintings::new(), ages: VecDeque::new(), asked: Vec::new(), orders, done }
    }

    /// What there is to draw.
    pub fn paintings(&self) -> &Paintings {
        &self.paintings
    }

    /// How pictures become cells from now on; those of another manner are forgotten.
    pub fn set_manner(&mut self, manner: Manner) {
        if manner != self.manner {
            self.manner = manner;
            self.forget();
        }
    }

    /// Forgets every painting, for a terminal that lost them or files that may have changed.
    pub fn forget(&mut self) {
        self.paintings.clear();
        self.ages.clear();
        self.asked.clear();
    }

    /// Takes in what was painted, and has painted what stands on screen and is missing.
    pub fn hang(&mut self, app: &App) {
        self.set_manner(Manner { cell: app.screen.cell, ..self.manner });
        let shown: Vec<Name> = spots(app).into_iter().map(|spot| spot.name).collect();
        while let Ok((name, manner, painting)) = self.done.try_recv() {
            if manner == self.manner && self.paintings.insert(name.clone(), painting).is_none() {
                self.ages.push_back(name);
            }
        }
        self.make_room(&shown);
        let missing: Vec<Name> = shown.into_iter().filter(|name| !self.paintings.contains_key(name)).collect();
        if missing != self.asked {
            let orders = missing.iter().filter_map(|name| self.order(name, app)).collect();
            self.asked = missing;
            // A painter that died has left its reason elsewhere; the cells stay free.
            drop(self.orders.send(orders));
        }
    }

    fn order(&self, name: &Name, app: &App) -> Option<Order> {
        let View::Article(view) = &app.view else { return None };
        let link = view.document.links.get(name.link)?;
        let paths = candidates(&app.library.site, &view.post, &link.href);
        Some(Order { name: name.clone(), manner: self.manner, paths })
    }

    /// Drops the oldest paintings that are not on screen while there are too many.
    fn make_room(&mut self, shown: &[Name]) {
        let mut weight: usize = self.ages.iter().map(|name| painting::weight(name.area, self.manner)).sum();
        let mut kept = VecDeque::new();
        while let Some(name) = self.ages.pop_front() {
            if weight <= MEMORY || shown.contains(&name) {
                kept.push_back(name);
            } else {
                weight = weight.saturating_sub(painting::weight(name.area, self.manner));
                self.paintings.remove(&name);
            }
        }
        self.ages = kept;
    }
}

/// The pixels of every picture of a post that can be read; takes as long as reading the heads of their files does.
pub fn measured(source: &Source, site: &Site, post: &Post) -> BTreeMap<LinkId, Pixels> {
    let document = post.document();
    let pictures = document.links.iter().enumerate().filter(|(_, link)| link.kind == LinkKind::Image);
    let measured = pictures.filter_map(|(id, link)| {
        let file = source.picture(&candidates(site, post, &link.href)).ok()?;
        Some((id, painting::pixels(file)?))
    });
    measured.collect()
}

/// Paints what was ordered, one after the other; a new list of orders takes the place of the one before. Ends when nobody
/// orders any more, or when `paint` says so.
fn work<T>(orders: &Receiver<Vec<T>>, mut paint: impl FnMut(T) -> bool) {
    while let Ok(list) = orders.recv() {
        let mut list = VecDeque::from(list);
        loop {
            if let Some(newer) = orders.try_iter().last() {
                list = newer.into();
            }
            let Some(order) = list.pop_front() else { break };
            if !paint(order) {
                return;
            }
        }
    }
}

fn painting(source: &Source, order: &Order) -> Painting {
    match source.picture(&order.paths) {
        Ok(file) => painting::painted(file, order.name.area, order.manner),
        Err(unread) => Painting::Broken(Clean::prose(&unread.fault())),
    }
}

#[cfg(test)]
#[path = "gallery/tests.rs"]
mod tests;
