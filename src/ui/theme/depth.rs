//! How many colours a terminal shows, and the nearest of them to a colour that it does not.
//!
//! Nearness is what eyes see of it (Oklab); readability comes first: an ink keeps the contrast that it needs on its ground.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use ratatui::style::{Color, Style};

/// Colours of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: bold, underlined, reversed.
    None,
    /// The sixteen whose looks the terminal's owner chose.
    Sixteen,
    /// Those, a cube of 216 and 24 greys.
    Indexed,
    /// All that there are.
    True,
}

/// What text needs to be readable: WCAG 2, level AA.
pub const READABLE: f64 = 4.5;

/// The red, green and blue of an index from 16 on; those below are the terminal's own.
fn indexed(index: u8) -> (u8, u8, u8) {
    let step = |level: u8| if level == 0 { 0 } else { 55 + 40 * level };
    if let Some(cube @ 0..216) = index.checked_sub(16) {
        return (step(cube / 36), step(cube / 6 % 6), step(cube % 6));
    }
    let grey = index.saturating_sub(232).saturating_mul(10).saturating_add(8);
    (grey, grey, grey)
}

fn rgb(colour: Color) -> Option<(u8, u8, u8)> {
    match colour {
        Color::Rgb(red, green, blue) => Some((red, green, blue)),
        Color::Indexed(index @ 16..) => Some(indexed(index)),
        _ => None,
    }
}

/// What a channel of sRGB is in light.
fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn luminance((red, green, blue): (u8, u8, u8)) -> f64 {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// The contrast of two colours as WCAG counts it, from 1 to 21; none where the terminal's owner chose one of them.
pub fn contrast(one: Color, other: Color) -> Option<f64> {
    let (one, other) = (luminance(rgb(one)?), luminance(rgb(other)?));
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

/// Björn Ottosson's Oklab: lightness and two axes of colour.
fn oklab((red, green, blue): (u8, u8, u8)) -> [f64; 3] {
    let (red, green, blue) = (linear(red), linear(green), linear(blue));
    let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let middle = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    [
        0.210_454_255_3 * long + 0.793_617_785 * middle - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205 * middle + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766 * short,
    ]
}

/// Every index from 16 on, with what it looks like.
fn all() -> Vec<(Color, [f64; 3])> {
    (16..=255).map(|index| (Color::Indexed(index), oklab(indexed(index)))).collect()
}

/// Reduces the colours of a theme to 256.
pub(super) struct Reduction {
    /// [`all`], for a theme that says a colour in numbers.
    known: LazyCell<Vec<(Color, [f64; 3])>>,
    /// Grounds, with what became of them: two that differ go on differing.
    grounds: BTreeMap<(u8, u8, u8), Color>,
    /// Inks and the grounds of their own, with what became of them.
    inks: Vec<(Color, Option<Color>, Color)>,
}

impl Reduction {
    /// For a theme of these styles.
    pub(super) fn of<'a>(styles: impl Iterator<Item = &'a Style>) -> Self {
        let mut reduction = Self { known: LazyCell::new(all), grounds: BTreeMap::new(), inks: Vec::new() };
        for ground in styles.filter_map(|style| rgb(style.bg?)) {
            if !reduction.grounds.contains_key(&ground) {
                let taken: Vec<Color> = reduction.grounds.values().copied().collect();
                let nearest = reduction.nearest(ground, |colour| !taken.contains(&colour));
                reduction.grounds.insert(ground, nearest);
            }
        }
        reduction
    }

    /// The style in 256 colours; an ink without a ground of its own may stand on any of `grounds`.
    pub(super) fn style(&mut self, style: Style, grounds: &[Color]) -> Style {
        let ink = style.fg.map(|ink| {
            let known =
                self.inks.iter().find(|(of, on, _)| *of == ink && *on == style.bg).map(|(.., nearest)| *nearest);
            known.unwrap_or_else(|| {
                let nearest = self.ink(ink, style.bg.as_ref().map_or(grounds, std::slice::from_ref));
                self.inks.push((ink, style.bg, nearest));
                nearest
            })
        });
        Style { fg: ink, bg: style.bg.map(|ground| self.ground(ground)), ..style }
    }

    fn ground(&self, ground: Color) -> Color {
        rgb(ground).and_then(|ground| self.grounds.get(&ground).copied()).unwrap_or(ground)
    }

    /// The nearest ink that is as readable as it was, as far as that is needed.
    fn ink(&self, ink: Color, on: &[Color]) -> Color {
        let Color::Rgb(red, green, blue) = ink else { return ink };
        let needs: Vec<(Color, f64)> = on
            .iter()
            .filter_map(|ground| Some((self.ground(*ground), contrast(ink, *ground)?.min(READABLE))))
            .collect();
        self.nearest((red, green, blue), |colour| {
            needs.iter().all(|(ground, need)| contrast(colour, *ground).is_none_or(|contrast| contrast >= *need))
        })
    }

    /// The nearest colour that will do, else the nearest.
    fn nearest(&self, colour: (u8, u8, u8), will_do: impl Fn(Color) -> bool) -> Color {
        let [lightness, one, two] = oklab(colour);
        let distance = |known: &(Color, [f64; 3])| {
            let [other, third, fourth] = known.1;
            (lightness - other).powi(2) + (one - third).powi(2) + (two - fourth).powi(2)
        };
        let mut known: Vec<(f64, Color)> = self.known.iter().map(|known| (distance(known), known.0)).collect();
        known.sort_by(|one, other| one.0.total_cmp(&other.0));
        let first = known.first().map_or(Color::Reset, |(_, colour)| *colour);
        known.into_iter().map(|(_, colour)| colour).find(|colour| will_do(*colour)).unwrap_or(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_256_colours_are_those_of_xterm() {
        for (index, expected) in [
            (16, (0, 0, 0)),
            (21, (0, 0, 255)),
            (231, (255, 255, 255)),
            (208, (255, 135, 0)),
            (232, (8, 8, 8)),
            (255, (238, 238, 238)),
        ] {
            assert_eq!(indexed(index), expected, "{index}");
        }
    }

    #[test]
    fn the_nearest_colour_is_the_colour_itself_where_it_is_one_of_them() {
        let reduction = Reduction::of(std::iter::empty());
        for index in 16..=255_u8 {
            let colour = indexed(index);
            let nearest = reduction.nearest(colour, |_| true);
            assert_eq!(rgb(nearest), Some(colour), "{index}");
        }
    }

    #[test]
    fn black_on_white_is_all_the_contrast_there_is() {
        let contrast = contrast(Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255));
        assert!(contrast.is_some_and(|contrast| (contrast - 21.0).abs() < 1e-9));
    }
}
