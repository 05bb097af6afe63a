//! What is known beside the posts themselves: the sizes of pictures and the tokens of code, which workers find.
//!
//! It outlives every view of a post; it reads nothing and asks for nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::screen::Screen;
use crate::blog::post::Key;
use crate::markdown::{Area, Colours, Document, LinkId, Pictures};

/// The pixels of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pixels {
    /// From left to right.
    pub width: usize,
    /// From top to bottom.
    pub height: usize,
}

/// What is known.
#[derive(Debug, Default)]
pub struct Known {
    asked: HashSet<Key>,
    /// The edition of the posts of which it was asked how they are tied.
    woven: Option<u64>,
    texts: HashSet<Key>,
    pixels: HashMap<Key, BTreeMap<LinkId, Pixels>>,
    colours: HashMap<Key, Colours>,
}

impl Known {
    /// Whether nobody has asked yet what `post` needs: true once, until everything is read again.
    pub fn ask(&mut self, post: &Key) -> bool {
        self.asked.insert(post.clone())
    }

    /// Whether nobody has asked yet for the text of `post`: true once, until everything is read again.
    pub fn ask_text(&mut self, post: &Key) -> bool {
        self.texts.insert(post.clone())
    }

    /// Whether nobody has asked yet how the posts of this edition are tied: true once.
    pub fn ask_web(&mut self, edition: u64) -> bool {
        self.woven.replace(edition) != Some(edition)
    }

    /// Forgets what was read from files that may have changed.
    pub fn forget(&mut self) {
        self.asked.clear();
        self.texts.clear();
        self.pixels.clear();
        self.colours.clear();
    }

    /// Forgets what was read from the file of one post; what its code consists of holds as long as that is the same.
    pub fn forget_post(&mut self, post: &Key) {
        self.asked.remove(post);
        self.texts.remove(post);
        self.pixels.remove(post);
    }

    /// Takes in what a post's code consists of.
    pub fn learn_colours(&mut self, post: Key, colours: Colours) {
        self.colours.insert(post, colours);
    }

    /// Puts what is known of a post's code into its document.
    pub fn colour(&self, post: &Key, document: &mut Document) {
        if let Some(colours) = self.colours.get(post) {
            document.colour(colours);
        }
    }

    /// Takes in the sizes of a post's pictures.
    pub fn learn_pictures(&mut self, post: Key, pixels: BTreeMap<LinkId, Pixels>) {
        self.pixels.insert(post, pixels);
    }

    /// The cells that the pictures of `post` take on `screen`.
    pub fn pictures(&self, post: &Key, screen: Screen) -> Pictures {
        let known = self.pixels.get(post).into_iter().flatten();
        known.map(|(link, pixels)| (*link, area(*pixels, screen))).collect()
    }
}

/// Cells for a picture: its own size where that fits, else as large as the column and two thirds of the window allow.
fn area(pixels: Pixels, screen: Screen) -> Area {
    let cell = screen.cell;
    let most = Area { columns: screen.column(), rows: (screen.body() * 2 / 3).max(1) };
    let natural = Area {
        columns: pixels.width.div_ceil(cell.width.max(1)).max(1),
        rows: pixels.height.div_ceil(cell.height.max(1)).max(1),
    };
    // Both sides shrink by the same factor, the smaller of the two that fit.
    let (over, under) = if natural.columns * most.rows > natural.rows * most.columns {
        (most.columns.min(natural.columns), natural.columns)
    } else {
        (most.rows.min(natural.rows), natural.rows)
    };
    Area { columns: (natural.columns * over / under).max(1), rows: (natural.rows * over / under).max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::screen::Size;

    #[test]
    fn a_picture_keeps_its_shape_and_fits_the_column() {
        let screen = Screen { measure: 72, ..Screen::new(Size { columns: 100, rows: 32 }) };
        for (width, height, columns, rows) in
            [(100, 100, 10, 5), (7_200, 200, 72, 1), (1_440, 800, 72, 20), (100, 40_000, 1, 20), (1, 1, 1, 1)]
        {
            assert_eq!(area(Pixels { width, height }, screen), Area { columns, rows }, "{width}×{height}");
        }
    }
}
