//! A buffer of cells to a picture of a terminal's window. Everything is placed by its cell, so columns align in any font.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};
use reread::ui::theme::{Part, Theme};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::lines::{rect, shape};

/// Pixels of a cell; 0.6 of the font's size, which is what the fonts below have.
pub const CELL_WIDTH: usize = 9;
/// Pixels of a row.
pub const CELL_HEIGHT: usize = 20;
const FONT_SIZE: usize = 15;
const FONTS: &str = "'JetBrains Mono','Fira Code','DejaVu Sans Mono',Menlo,Consolas,monospace";
/// Pixels from a row's top to the foot of its letters.
const BASELINE: usize = 15;
/// Pixels between the window's left or right edge and the cells.
const PADDING: usize = 12;
/// Pixels above the first row and under the last one.
const HEADROOM: usize = 4;
const RADIUS: usize = 10;

/// How a cell looks once everything is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    ink: String,
    ground: String,
    modifier: Modifier,
}

/// Cells of one row that look the same and stand side by side.
#[derive(Debug)]
struct Run {
    column: usize,
    columns: usize,
    text: String,
    look: Look,
}

/// The picture of a frame.
pub fn picture(buffer: &Buffer, theme: &Theme) -> String {
    let base = theme.part(Part::Ground);
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * CELL_WIDTH + 2 * PADDING, rows * CELL_HEIGHT + 2 * HEADROOM);
    let ground = hex(base.bg, "#000000");
    let edge = hex(theme.part(Part::Frame).fg, "#808080");
    let (mut grounds, mut inks) = (String::new(), String::new());
    for (row, cells) in buffer.content.chunks(columns.max(1)).enumerate() {
        let runs = runs(cells, base);
        let is_bar = (row == 0 || row + 1 == rows) && runs.iter().all(|run| run.look.ground != ground);
        if let Some(first) = runs.first().filter(|_| is_bar) {
            let y = if row == 0 { 0 } else { HEADROOM + row * CELL_HEIGHT };
            grounds.push_str(&rect(0, y, width, CELL_HEIGHT + HEADROOM, &first.look.ground));
        }
        for run in runs {
            let (x, y) = (PADDING + run.column * CELL_WIDTH, HEADROOM + row * CELL_HEIGHT);
            if !is_bar && run.look.ground != ground {
                grounds.push_str(&rect(x, y, run.columns * CELL_WIDTH, CELL_HEIGHT, &run.look.ground));
            }
            ink(&mut inks, &run, y);
        }
    }
    let window = |more: &str| {
        let (width, height) = (width - 1, height - 1);
        format!("<rect x=\"0.5\" y=\"0.5\" width=\"{width}\" height=\"{height}\" rx=\"{RADIUS}\"{more}/>")
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <clipPath id=\"window\">{}</clipPath>\n\
         <g clip-path=\"url(#window)\" shape-rendering=\"crispEdges\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>\n{grounds}</g>\n\
         {}\n\
         <g font-family=\"{FONTS}\" font-size=\"{FONT_SIZE}\" font-variant-ligatures=\"none\">\n{inks}</g>\n\
         </svg>\n",
        window(""),
        window(&format!(" fill=\"none\" stroke=\"{edge}\"")),
    )
}

/// The runs of a row. A character of two columns is a run of its own, so that nothing after it is moved.
fn runs(cells: &[Cell], base: Style) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while let Some(cell) = cells.get(column) {
        let columns = cell.symbol().width().max(1);
        let look = look(cell, base);
        match runs.last_mut() {
            Some(run) if run.look == look && columns == 1 && is_narrow(run) => {
                run.text.push_str(cell.symbol());
                run.columns += 1;
            }
            _ => runs.push(Run { column, columns, text: cell.symbol().to_owned(), look }),
        }
        column += columns;
    }
    runs
}

fn is_narrow(run: &Run) -> bool {
    run.text.chars().all(|letter| letter.width() == Some(1))
}

fn look(cell: &Cell, base: Style) -> Look {
    let colour = |colour: Color, base: Option<Color>| match colour {
        Color::Reset => hex(base, "#808080"),
        colour => hex(Some(colour), "#808080"),
    };
    let (ink, ground) = (colour(cell.fg, base.fg), colour(cell.bg, base.bg));
    let (ink, ground) = if cell.modifier.contains(Modifier::REVERSED) { (ground, ink) } else { (ink, ground) };
    Look { ink, ground, modifier: cell.modifier.difference(Modifier::REVERSED) }
}

fn hex(colour: Option<Color>, otherwise: &str) -> String {
    match colour {
        Some(Color::Rgb(red, green, blue)) => format!("#{red:02x}{green:02x}{blue:02x}"),
        _ => otherwise.to_owned(),
    }
}

/// The letters, shapes and lines of a run.
fn ink(picture: &mut String, run: &Run, y: usize) {
    for (column, columns, text) in words(run) {
        let x = PADDING + column * CELL_WIDTH;
        let first = text.chars().next().unwrap_or(' ');
        match shape(first, x, y, columns, &run.look.ink) {
            Some(shape) if text.chars().all(|letter| letter == first) => picture.push_str(&shape),
            _ => picture.push_str(&letters(&text, x, y, columns, &run.look)),
        }
    }
    let (x, width) = (PADDING + run.column * CELL_WIDTH, run.columns * CELL_WIDTH);
    if run.look.modifier.contains(Modifier::UNDERLINED) {
        picture.push_str(&rect(x, y + BASELINE + 2, width, 1, &run.look.ink));
    }
    if run.look.modifier.contains(Modifier::CROSSED_OUT) {
        picture.push_str(&rect(x, y + BASELINE - 5, width, 1, &run.look.ink));
    }
}

/// The parts of a run between its wide gaps, with the column and columns of each; equal lines and blocks are parts too.
fn words(run: &Run) -> Vec<(usize, usize, String)> {
    let mut words: Vec<(usize, usize, String)> = Vec::new();
    if !is_narrow(run) {
        return vec![(run.column, run.columns, run.text.clone())];
    }
    for (at, letter) in run.text.chars().enumerate() {
        let is_drawn = |letter: char| matches!(letter, '\u{2500}'..='\u{259f}');
        let same = |text: &str| {
            let last = text.chars().next_back();
            last.is_some_and(|last| if is_drawn(last) || is_drawn(letter) { last == letter } else { true })
        };
        match words.last_mut() {
            Some((_, columns, text)) if same(text) && !text.ends_with("  ") => {
                *columns += 1;
                text.push(letter);
            }
            _ if letter == ' ' => {}
            _ => words.push((run.column + at, 1, letter.to_string())),
        }
    }
    words.retain_mut(|(_, columns, text)| {
        text.truncate(text.trim_end().len());
        *columns = text.chars().count();
        !text.is_empty()
    });
    words
}

fn letters(text: &str, x: usize, y: usize, columns: usize, look: &Look) -> String {
    let weight = if look.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let slant = if look.modifier.contains(Modifier::ITALIC) { " font-style=\"italic\"" } else { "" };
    let length = if columns > 1 { format!(" textLength=\"{}\"", columns * CELL_WIDTH) } else { String::new() };
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<text x=\"{x}\" y=\"{}\" fill=\"{}\"{weight}{slant}{length} xml:space=\"preserve\">{text}</text>\n",
        y + BASELINE,
        look.ink
    )
}
