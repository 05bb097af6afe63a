//! Writes `screenshots/`: frames of the real program on the built-in collection, each in a dark and a light theme.
//!
//! `cargo run --example screenshots` refreshes them all; with `-- --check` it writes nothing, names each that is stale, and
//! exits with 1 if there is one. The same sources give the same bytes, on every machine.

mod landscape;
mod lines;
mod studio;
mod svg;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use reread::source::Source;
use reread::ui::Look;
use reread::ui::theme::Theme;

use self::studio::Studio;

/// What is drawn: the picture's name, and the keys that lead there from the list of the guide.
const SCENES: [(&str, &str); 11] = [
    ("list", "jj"),
    ("search", "/archive link"),
    ("tags", "tj"),
    ("facets", "/post<enter>tj+jj"),
    ("timeline", "Tjj"),
    ("article", "jj<enter><tab>"),
    ("markdown", "G<enter>CG"),
    ("code", "G<enter>/rust, with<enter>jjjjjjjjjjjjjjj"),
    ("table", "G<enter>/left<enter>jjjjjj"),
    ("links", "jj<enter>dljj"),
    ("help", "<enter>?"),
];
/// The themes in which each scene is drawn.
const THEMES: [&str; 2] = ["dark", "light"];
/// The terminal's columns and rows.
const SIZE: (u16, u16) = (120, 36);

fn main() -> Result<ExitCode> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let pictures = pictures()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => write(&folder, &pictures),
        ["--check"] => check(&folder, &pictures),
        _ => bail!("there is one option, --check; without it all pictures are written"),
    }
}

/// Every picture by its file name.
fn pictures() -> Result<BTreeMap<String, String>> {
    let mut pictures = BTreeMap::new();
    for theme in THEMES {
        for (name, keys) in SCENES {
            pictures.insert(format!("{name}-{theme}.svg"), scene(keys, theme)?);
        }
        pictures.insert(format!("image-{theme}.svg"), landscape(theme)?);
    }
    Ok(pictures)
}

/// A frame of the guide after these keys.
fn scene(keys: &str, theme: &str) -> Result<String> {
    let mut studio = Studio::open(Source::Guide, SIZE.0, SIZE.1);
    studio.press(keys);
    drawn(&mut studio, theme)
}

/// A post with a picture.
fn landscape(theme: &str) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let mut studio = Studio::open(Source::File(landscape::post(folder.path())?), SIZE.0, SIZE.1);
    studio.press("j");
    drawn(&mut studio, theme)
}

fn drawn(studio: &mut Studio, theme: &str) -> Result<String> {
    let theme = Theme::named(theme).with_context(|| format!("{theme} is no theme"))?;
    let frame = studio.frame(&Look::from(theme.clone()))?;
    Ok(svg::picture(&frame, &theme))
}

fn write(folder: &Path, pictures: &BTreeMap<String, String>) -> Result<ExitCode> {
    fs::create_dir_all(folder)?;
    for (name, picture) in pictures {
        let path = folder.join(name);
        fs::write(&path, picture).with_context(|| path.display().to_string())?;
    }
    for path in strays(folder, pictures)? {
        fs::remove_file(&path).with_context(|| path.display().to_string())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn check(folder: &Path, pictures: &BTreeMap<String, String>) -> Result<ExitCode> {
    let is_fresh = |name: &str, picture: &str| fs::read_to_string(folder.join(name)).is_ok_and(|it| it == picture);
    let mut stale: Vec<PathBuf> = strays(folder, pictures)?;
    stale.extend(pictures.iter().filter(|(name, text)| !is_fresh(name, text)).map(|(name, _)| folder.join(name)));
    let mut errors = io::stderr().lock();
    for path in &stale {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        writeln!(errors, "screenshots/{name} is stale; `cargo run --example screenshots` draws it again")?;
    }
    Ok(if stale.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Pictures in the folder that are of no scene any more.
fn strays(folder: &Path, pictures: &BTreeMap<String, String>) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut strays = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_known = path.file_name().and_then(OsStr::to_str).is_some_and(|name| pictures.contains_key(name));
        if path.extension() == Some(OsStr::new("svg")) && !is_known {
            strays.push(path);
        }
    }
    strays.sort();
    Ok(strays)
}
