//! Box-drawing and block characters as shapes: fonts draw them with gaps, and no font has all of them.
//!
//! What is not known here is left to the font.

use super::svg::{CELL_HEIGHT, CELL_WIDTH};

/// How thick a line is drawn that leaves the middle of a cell: not at all, lightly, heavily.
type Arms = [u8; 4];

/// Characters that are lines from the middle of the cell: up, right, down, left.
const LINES: [(char, Arms); 22] = [
    ('─', [0, 1, 0, 1]),
    ('│', [1, 0, 1, 0]),
    ('┌', [0, 1, 1, 0]),
    ('┐', [0, 0, 1, 1]),
    ('└', [1, 1, 0, 0]),
    ('┘', [1, 0, 0, 1]),
    ('├', [1, 1, 1, 0]),
    ('┤', [1, 0, 1, 1]),
    ('┬', [0, 1, 1, 1]),
    ('┴', [1, 1, 0, 1]),
    ('┼', [1, 1, 1, 1]),
    ('━', [0, 2, 0, 2]),
    ('┃', [2, 0, 2, 0]),
    ('┏', [0, 2, 2, 0]),
    ('┓', [0, 0, 2, 2]),
    ('┗', [2, 2, 0, 0]),
    ('┛', [2, 0, 0, 2]),
    ('┿', [1, 2, 1, 2]),
    ('╋', [2, 2, 2, 2]),
    ('╴', [0, 0, 0, 1]),
    ('╶', [0, 1, 0, 0]),
    ('╵', [1, 0, 0, 0]),
];
/// Corners that are drawn as a quarter of a circle: whether it goes down, and whether it goes right.
const CORNERS: [(char, bool, bool); 4] =
    [('╭', true, true), ('╮', true, false), ('╰', false, true), ('╯', false, false)];
/// Characters that fill a part of the cell, in eighths: left, top, width, height.
const BLOCKS: [(char, [usize; 4]); 12] = [
    ('█', [0, 0, 8, 8]),
    ('▉', [0, 0, 7, 8]),
    ('▊', [0, 0, 6, 8]),
    ('▋', [0, 0, 5, 8]),
    ('▌', [0, 0, 4, 8]),
    ('▍', [0, 0, 3, 8]),
    ('▎', [0, 0, 2, 8]),
    ('▏', [0, 0, 1, 8]),
    ('▐', [4, 0, 4, 8]),
    ('▀', [0, 0, 8, 4]),
    ('▄', [0, 4, 8, 4]),
    ('▁', [0, 7, 8, 1]),
];

/// The shape of `count` times the same character, side by side from `(x, y)`; none for a character that is a letter.
pub fn shape(letter: char, x: usize, y: usize, count: usize, colour: &str) -> Option<String> {
    let each = |draw: &dyn Fn(usize) -> String| (0..count).map(|nth| draw(x + nth * CELL_WIDTH)).collect();
    if let Some((_, arms)) = LINES.iter().find(|(known, _)| *known == letter) {
        return Some(match *arms {
            [0, weight, 0, same] if weight == same => {
                let (top, height) = across(weight);
                rect(x, y + top, count * CELL_WIDTH, height, colour)
            }
            arms => each(&|x| line(arms, x, y, colour)),
        });
    }
    if let Some((_, down, right)) = CORNERS.iter().find(|(known, ..)| *known == letter) {
        return Some(each(&|x| corner(*down, *right, x, y, colour)));
    }
    let (_, part) = BLOCKS.iter().find(|(known, _)| *known == letter)?;
    Some(each(&|x| block(*part, x, y, colour)))
}

fn block([left, top, width, height]: [usize; 4], x: usize, y: usize, colour: &str) -> String {
    let across = |eighths: usize| (eighths * CELL_WIDTH).div_ceil(8);
    let down = |eighths: usize| (eighths * CELL_HEIGHT).div_ceil(8);
    rect(x + across(left), y + down(top), across(width), down(height), colour)
}

/// A filled rectangle.
pub fn rect(x: usize, y: usize, width: usize, height: usize, colour: &str) -> String {
    format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>\n")
}

/// Where a horizontal line of a weight begins below the cell's top, and how thick it is.
fn across(weight: u8) -> (usize, usize) {
    if weight > 1 { (CELL_HEIGHT / 2 - 1, 2) } else { (CELL_HEIGHT / 2, 1) }
}

fn line([up, right, down, left]: Arms, x: usize, y: usize, colour: &str) -> String {
    let (middle, half) = (CELL_WIDTH / 2, CELL_HEIGHT / 2);
    let (from, to) = (if up > 0 { 0 } else { half }, if down > 0 { CELL_HEIGHT } else { half + 1 });
    let mut shape = String::new();
    if up.max(down) > 0 {
        shape.push_str(&rect(x + middle, y + from, up.max(down).into(), to - from, colour));
    }
    for (weight, from, width) in [(left, x, middle + 1), (right, x + middle, CELL_WIDTH - middle)] {
        if weight > 0 {
            let (top, height) = across(weight);
            shape.push_str(&rect(from, y + top, width, height, colour));
        }
    }
    shape
}

/// A corner in the middles of the pixels that straight lines fill.
fn corner(down: bool, right: bool, x: usize, y: usize, colour: &str) -> String {
    let half = |pixel: usize| format!("{pixel}.5");
    let (middle, level) = (x + CELL_WIDTH / 2, y + CELL_HEIGHT / 2);
    let (from, bend) = if down { (y + CELL_HEIGHT, level + 4) } else { (y, level - 4) };
    let (to, end) = if right { (x + CELL_WIDTH, middle + 4) } else { (x, middle - 4) };
    format!(
        "<path d=\"M{x} {from}V{}Q{x} {y} {} {y}H{to}\" stroke=\"{colour}\" fill=\"none\"/>\n",
        half(bend),
        half(end),
        x = half(middle),
        y = half(level),
    )
}
