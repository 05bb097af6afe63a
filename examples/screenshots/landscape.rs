//! A post with a picture, both made here: evening over the sea, computed pixel by pixel.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use image::{Rgb, RgbImage};

/// Pixels of the picture.
const SIZE: (u32, u32) = (640, 300);

const POST: &str = "---
title: Evening at the pier
date: 2019-08-04
tags: [Harbour, Light]
author: The reread authors
---
A post may hold pictures. Where the terminal can show them they stand in the text, as wide as the column allows; everywhere
else their description stands in a line of its own, and opens them.

![The sun goes down behind the breakwater](evening.png)

The file is read from the blog's own folder, never from the web, and never on the way from a key to the screen.
";

/// A wave without a sine, whose last digits differ between machines.
fn triangle(at: f64) -> f64 {
    (at.rem_euclid(1.0) * 4.0 - 2.0).abs() - 1.0
}

/// Writes the post and its picture into `folder`.
pub fn post(folder: &Path) -> Result<PathBuf> {
    RgbImage::from_fn(SIZE.0, SIZE.1, |x, y| pixel(f64::from(x), f64::from(y))).save(folder.join("evening.png"))?;
    let path = folder.join("2019-08-04-evening.md");
    fs::write(&path, POST)?;
    Ok(path)
}

fn pixel(x: f64, y: f64) -> Rgb<u8> {
    let (width, height) = (f64::from(SIZE.0), f64::from(SIZE.1));
    let horizon = height * 0.62;
    let (sun_x, sun_y) = (width * 0.66, horizon - 34.0);
    let distance = ((x - sun_x).powi(2) + (y - sun_y).powi(2)).sqrt();
    if y < horizon {
        let glow = (1.0 - distance / 260.0).max(0.0);
        let sky = mixed([38.0, 52.0, 98.0], [240.0, 160.0, 96.0], y / horizon);
        return if distance < 30.0 { Rgb([255, 236, 170]) } else { rgb(mixed(sky, [255.0, 214.0, 140.0], glow * 0.7)) };
    }
    let depth = (y - horizon) / (height - horizon);
    let sea = mixed([150.0, 96.0, 92.0], [16.0, 26.0, 52.0], depth.sqrt());
    let wave = triangle(y * 0.14 + triangle(x * 0.005) * 0.6);
    let path = (1.0 - (x - sun_x).abs() / (24.0 + depth * 120.0)).max(0.0);
    let light = if wave > 0.1 { path * (1.0 - depth * 0.6) } else { path * 0.15 };
    rgb(mixed(sea, [255.0, 206.0, 128.0], light))
}

#[expect(clippy::indexing_slicing, reason = "both have three parts")]
fn mixed(one: [f64; 3], two: [f64; 3], part: f64) -> [f64; 3] {
    let part = part.clamp(0.0, 1.0);
    std::array::from_fn(|at| one[at] * (1.0 - part) + two[at] * part)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the clamp keeps it in a byte")]
fn rgb(colour: [f64; 3]) -> Rgb<u8> {
    Rgb(colour.map(|part| part.clamp(0.0, 255.0).round() as u8))
}
