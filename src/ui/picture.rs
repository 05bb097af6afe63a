//! Pictures in cells: where they stand on screen, and what is painted there, above the page and below nothing.
//!
//! While a panel lies above the page it paints none: sixels would show through, and what the panel covered would not come
//! back. It decodes nothing; a picture that is not ready leaves its cells free.

use std::collections::BTreeMap;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::widgets::Widget;
use ratatui_image::sliced::{SignedPosition, SlicedImage, SlicedProtocol};

use super::pen::Pen;
use super::theme::Part;
use super::{Look, SMALLEST};
use crate::app::App;
use crate::app::overlay::Overlay;
use crate::app::place::View;
use crate::app::screen::Bars;
use crate::blog::post::Key;
use crate::markdown::{Area, LinkId, Reach};
use crate::text::Clean;

/// A picture at a size, by the post and the link that show it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The post.
    pub post: Key,
    /// Its link.
    pub link: LinkId,
    /// The cells that it takes.
    pub area: Area,
}

/// The rows of a picture that are on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Which picture.
    pub name: Name,
    /// The column of the screen where it begins.
    pub x: usize,
    /// The row of the screen where the part in view begins.
    pub y: usize,
    /// Its rows above that part.
    pub above: usize,
    /// The rows in view.
    pub rows: usize,
}

/// What there is of a picture.
pub enum Painting {
    /// What the terminal is sent.
    Ready(SlicedProtocol),
    /// The same in all colours, for a terminal that has 256.
    Indexed(SlicedProtocol),
    /// Nothing, and why.
    Broken(Clean),
}

/// The pictures that are ready or never will be.
pub type Paintings = BTreeMap<Name, Painting>;

/// The pictures on screen, from top to bottom.
pub fn spots(app: &App) -> Vec<Spot> {
    let View::Article(view) = &app.view else { return Vec::new() };
    let size = app.screen.size;
    if !matches!(app.overlay, None | Some(Overlay::Prompt(_))) || size.columns < SMALLEST.0 || size.rows < SMALLEST.1 {
        return Vec::new();
    }
    // The last row of the screen stays free also without bars: a sixel in it makes terminals scroll.
    let (first, rows) = match app.screen.bars {
        Bars::Shown => (1, size.rows - 2),
        Bars::Hidden => (0, size.rows - 1),
    };
    let pictures = app.known.pictures(&view.post.key, app.screen);
    let mut spots: Vec<Spot> = Vec::new();
    for (y, row) in view.page.rows.iter().skip(view.window.top).take(rows).enumerate() {
        let Reach::Picture(link, above) = row.reach else { continue };
        match spots.last_mut() {
            Some(spot) if spot.name.link == link => spot.rows += 1,
            _ => {
                let gutter: usize = row.gutter.iter().map(|run| run.text.width()).sum();
                let Some(area) = pictures.get(&link) else { continue };
                let area = area.fitting(app.screen.column().saturating_sub(gutter));
                let name = Name { post: view.post.key.clone(), link, area };
                spots.push(Spot { name, x: app.screen.margin() + gutter, y: y + first, above, rows: 1 });
            }
        }
    }
    spots
}

/// Paints the pictures on screen over a frame that is otherwise complete.
pub fn draw(frame: &mut Frame<'_>, app: &App, look: &Look, paintings: &Paintings) {
    for spot in spots(app) {
        let whole = frame.area();
        let mut pen = Pen::new(frame.buffer_mut(), whole, &look.theme);
        let column = (app.screen.margin() + app.screen.column()).saturating_sub(spot.x);
        let mut free = pen.within(spot.x, spot.y, column, spot.rows);
        let area = free.within(0, 0, spot.name.area.columns, spot.rows).area();
        match paintings.get(&spot.name) {
            Some(Painting::Ready(picture)) => paint(picture, &spot, area, frame.buffer_mut()),
            Some(Painting::Indexed(picture)) => {
                paint(picture, &spot, area, frame.buffer_mut());
                few_colours(area, frame.buffer_mut());
            }
            Some(Painting::Broken(why)) => {
                let columns = free.columns();
                free.write(0, 0, &why.clipped(columns), Part::Faint);
            }
            None => {}
        }
    }
}

/// Paints the part of a picture that is in view. One that is cut above and below is left out where it is sent in rows or
/// bands: these are cut on one side only.
fn paint(picture: &SlicedProtocol, spot: &Spot, area: Rect, buffer: &mut Buffer) {
    let is_cut_twice = spot.above > 0 && spot.above + spot.rows < usize::from(picture.size().height);
    let in_rows = matches!(picture, SlicedProtocol::Sliced(_) | SlicedProtocol::Sixel(_));
    let Ok(above) = i16::try_from(spot.above) else { return };
    if area.is_empty() || is_cut_twice && in_rows {
        return;
    }
    SlicedImage::new(picture, SignedPosition { x: 0, y: -above }).render(area, buffer);
}

/// Gives every cell the nearest of the 256 colours that all such terminals share.
fn few_colours(area: Rect, buffer: &mut Buffer) {
    for position in area.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.fg = indexed(cell.fg);
            cell.bg = indexed(cell.bg);
        }
    }
}

/// The nearest colour of the cube of 6 × 6 × 6, or the nearest grey.
fn indexed(colour: Color) -> Color {
    let Color::Rgb(red, green, blue) = colour else { return colour };
    let side = |value: u8| [0, 95, 135, 175, 215, 255].map(|level: u8| level.abs_diff(value));
    let nearest = |value: u8| (0..6).zip(side(value)).min_by_key(|(_, off)| *off).unwrap_or((0, 0));
    let ((r, off_red), (g, off_green), (b, off_blue)) = (nearest(red), nearest(green), nearest(blue));
    let average = (u32::from(red) + u32::from(green) + u32::from(blue)) / 3;
    let grey = (0..24_u8).min_by_key(|step| average.abs_diff(u32::from(8 + 10 * step))).unwrap_or(0);
    let off = |value: u8| u32::from(value.abs_diff(8 + 10 * grey)).pow(2);
    let off_cube: u32 = [off_red, off_green, off_blue].into_iter().map(|off| u32::from(off).pow(2)).sum();
    if off(red) + off(green) + off(blue) < off_cube {
        Color::Indexed(232 + grey)
    } else {
        Color::Indexed(16 + 36 * r + 6 * g + b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_becomes_the_nearest_that_there_is() {
        for (colour, expected) in [
            ((0, 0, 0), 16),
            ((255, 255, 255), 231),
            ((255, 0, 0), 196),
            ((0, 95, 135), 24),
            ((128, 128, 128), 244),
            ((9, 8, 7), 232),
        ] {
            assert_eq!(indexed(Color::Rgb(colour.0, colour.1, colour.2)), Color::Indexed(expected), "{colour:?}");
        }
        assert_eq!(indexed(Color::Reset), Color::Reset);
    }
}
