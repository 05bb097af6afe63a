//! One picture from its file to cells: its size, its pixels within limits, and what the terminal is sent for them.
//!
//! It opens no file itself and draws nothing. A picture that cannot be read is broken, and nothing else is.

use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, ImageResult, Limits, Rgba, RgbaImage, imageops};
use ratatui::layout::Size;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::sliced::SlicedProtocol;
use ratatui_image::{FontSize, Resize};

use super::protocol::Protocol;
use crate::app::known::Pixels;
use crate::app::screen::Cell;
use crate::markdown::Area;
use crate::text::Clean;
use crate::ui::picture::Painting;
use crate::ui::theme::Depth;

/// Pixels of a picture at the most.
const MOST_PIXELS: usize = 64_000_000;
/// Pixels of one of its sides at the most.
const LONGEST_SIDE: u32 = 32_768;
/// Bytes that decoding one may take: eight for each pixel.
const MEMORY: u64 = 512 << 20;
/// Cells of a picture's side at the most; no screen is larger.
const MOST_CELLS: usize = 1_024;

/// How pictures become cells on this terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// What the terminal is sent.
    pub protocol: Protocol,
    /// Pixels of its cells.
    pub cell: Cell,
    /// What is behind the transparent parts of a picture where the protocol has none.
    pub ground: [u8; 3],
}

/// The size of a picture as it is shown, from its header alone; none where it is no picture or too large.
pub fn pixels(file: File) -> Option<Pixels> {
    let read = || {
        let mut decoder = decoder(file).ok()?;
        let (width, height) = decoder.dimensions();
        let turned = decoder.orientation().is_ok_and(is_turned);
        let (width, height) = if turned { (height, width) } else { (width, height) };
        Some(Pixels { width: usize::try_from(width).ok()?, height: usize::try_from(height).ok()? })
    };
    guarded(read).flatten().filter(|pixels| pixels.width.saturating_mul(pixels.height) <= MOST_PIXELS)
}

/// The picture for an area, or why there is none.
pub fn painted(file: File, area: Area, manner: Manner) -> Painting {
    let broken = || Painting::Broken(Clean::literal("cannot be decoded"));
    let paint = || {
        let picture = scaled(&decoded(file).ok()?, area, manner);
        encoded(picture, area, manner)
    };
    guarded(paint).flatten().unwrap_or_else(broken)
}

/// About how many bytes a painting holds.
pub fn weight(area: Area, manner: Manner) -> usize {
    let cells = area.columns.saturating_mul(area.rows);
    let pixels = cells.saturating_mul(manner.cell.width).saturating_mul(manner.cell.height);
    match manner.protocol {
        // Four bytes a pixel, in base64.
        Protocol::Kitty => pixels.saturating_mul(16) / 3,
        Protocol::Iterm | Protocol::Sixel => pixels.saturating_mul(4),
        Protocol::HalfBlocks(_) => cells.saturating_mul(16),
    }
}

/// A decoder that panics on a hostile picture has decoded nothing.
fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

fn decoder(file: File) -> ImageResult<impl ImageDecoder> {
    let mut reader = ImageReader::new(BufReader::new(file)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    reader.into_decoder()
}

fn decoded(file: File) -> ImageResult<DynamicImage> {
    let mut decoder = decoder(file)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// The picture as large as the area at the most, on the ground where the protocol knows no transparency.
fn scaled(picture: &DynamicImage, area: Area, manner: Manner) -> DynamicImage {
    let pixels = |cells: usize, pixels: usize| u32::try_from(cells.saturating_mul(pixels)).unwrap_or(LONGEST_SIDE);
    let (width, height) = (pixels(area.columns, manner.cell.width), pixels(area.rows, manner.cell.height));
    let scaled = if picture.width() > width || picture.height() > height {
        picture.resize(width.max(1), height.max(1), imageops::FilterType::Triangle)
    } else {
        picture.clone()
    };
    match manner.protocol {
        Protocol::Kitty | Protocol::Iterm => scaled,
        Protocol::Sixel | Protocol::HalfBlocks(_) if !scaled.color().has_alpha() => scaled,
        Protocol::Sixel | Protocol::HalfBlocks(_) => on_ground(&scaled, manner.ground),
    }
}

fn on_ground(picture: &DynamicImage, [red, green, blue]: [u8; 3]) -> DynamicImage {
    let mut ground = RgbaImage::from_pixel(picture.width(), picture.height(), Rgba([red, green, blue, 255]));
    imageops::overlay(&mut ground, &picture.to_rgba8(), 0, 0);
    ground.into()
}

fn encoded(picture: DynamicImage, area: Area, manner: Manner) -> Option<Painting> {
    // Never more than a screen has, so that the narrower type of the painter holds it.
    let cells = |count: usize| count.clamp(1, MOST_CELLS).try_into().unwrap_or(1);
    let size = Size::new(cells(area.columns), cells(area.rows));
    let protocol = match manner.protocol {
        Protocol::HalfBlocks(depth) => {
            let blocks = SlicedProtocol::Halfblocks(Halfblocks::new(picture, size).ok()?);
            return Some(if depth == Depth::True { Painting::Ready(blocks) } else { Painting::Indexed(blocks) });
        }
        Protocol::Kitty => ProtocolType::Kitty,
        Protocol::Iterm => ProtocolType::Iterm2,
        Protocol::Sixel => ProtocolType::Sixel,
    };
    let font = FontSize::new(cells(manner.cell.width), cells(manner.cell.height));
    let mut picker = picker(font);
    picker.set_protocol_type(protocol);
    SlicedProtocol::new_with_resize(&picker, picture, size, Resize::Fit(None)).ok().map(Painting::Ready)
}

#[expect(deprecated, reason = "the terminal was asked already; the other ways to a picker ask it again")]
fn picker(font: FontSize) -> Picker {
    Picker::from_fontsize(font)
}
