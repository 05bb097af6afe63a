//! The user's own file: `config.toml` to a [`Config`], with all its faults at once. A bad file never stops reading.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use toml::{Table, Value};

use crate::blog::fault::{Fault, Rule};
use crate::clean;
use crate::gallery::{NAMES, Wanted};
use crate::markdown::LineNumbers;
use crate::text::Clean;
use crate::ui::theme::{AUTO, Themes, Written};

/// What the user wants different.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The blog to open where the command line and the environment name none.
    pub blog: Option<PathBuf>,
    /// The browser's command, split at white space; `%s` stands for the address, else it comes last.
    pub browser: Option<String>,
    /// How pictures are shown.
    pub images: Wanted,
    /// Whether lines of code have numbers.
    pub numbers: LineNumbers,
    /// The name of a theme.
    pub theme: Option<String>,
    /// Columns of an article at the most.
    pub width: Option<usize>,
    /// The themes that there are, those of the user among them.
    pub themes: Themes,
}

/// What can be set.
const KEYS: [&str; 6] = ["blog", "browser", "images", "line-numbers", "theme", "width"];
/// Themes of the user that are read at the most, and bytes of one.
const MOST_THEMES: usize = 200;
const LARGEST_THEME: u64 = 1 << 16;
/// Columns that an article may have.
const WIDTHS: std::ops::RangeInclusive<i64> = 20..=400;

/// Where the file is on this platform.
pub fn path() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.config_dir().join("reread").join("config.toml"))
}

/// Reads the file, if there is one, and the themes in the folder `themes` beside it.
pub fn load(path: &Path) -> (Config, Vec<Fault>) {
    let (themes, mut faults) = path.parent().map(|folder| written(&folder.join("themes"))).unwrap_or_default();
    let (mut config, own) = match std::fs::read_to_string(path) {
        Ok(text) => read(&text, &path.display().to_string(), &themes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => (Config::default(), Vec::new()),
        Err(error) => (Config::default(), vec![fault(&path.display().to_string(), clean!("{error}"), DEFAULTS)]),
    };
    faults.splice(..0, own);
    faults.extend(themes.faults());
    config.themes = themes;
    (config, faults)
}

/// The themes of a folder, which need not be there; what cannot be read is told and left out.
fn written(folder: &Path) -> (Themes, Vec<Fault>) {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let (mut themes, mut faults) = (Vec::new(), Vec::new());
    for file in files.into_iter().take(MOST_THEMES) {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match theme_text(&file) {
            Ok(text) => themes.push(Written { name, path: clean!("{}", file.display()), text }),
            Err(why) => faults.push(fault(&file.display().to_string(), clean!("{why}"), "the theme is left out")),
        }
    }
    (Themes::with(themes), faults)
}

/// A theme's text; a device or a flood is none.
fn theme_text(file: &Path) -> std::io::Result<String> {
    let found = std::fs::metadata(file)?;
    if !found.is_file() || found.len() > LARGEST_THEME {
        return Err(std::io::Error::other("is no file of a theme's size"));
    }
    std::fs::read_to_string(file)
}

/// What is done where the whole file cannot be used.
const DEFAULTS: &str = "the defaults are used";

fn fault(name: &str, fault: Clean, remedy: &str) -> Fault {
    Fault { path: Clean::exact(name), line: None, rule: Rule::Configuration, fault, remedy: Clean::prose(remedy) }
}

/// Reads a configuration; `name` is what its faults call it.
fn read(text: &str, name: &str, themes: &Themes) -> (Config, Vec<Fault>) {
    let mut config = Config::default();
    let table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(error) => return (config, vec![fault(name, clean!("{}", error.message()), DEFAULTS)]),
    };
    let mut faults = Vec::new();
    for (key, value) in &table {
        if let Err(wrong) = set(&mut config, key, value, themes) {
            let line = text.lines().position(|line| line.trim_start().starts_with(key.as_str())).map(|line| line + 1);
            faults.push(Fault { line, ..fault(name, clean!("{}", wrong.fault), &wrong.remedy) });
        }
    }
    (config, faults)
}

/// What is wrong with a setting, and what would be right.
struct Wrong {
    fault: String,
    remedy: String,
}

fn set(config: &mut Config, key: &str, value: &Value, themes: &Themes) -> Result<(), Wrong> {
    let wrong = |remedy: &str| Wrong { fault: format!("the value of {key} cannot be used"), remedy: remedy.to_owned() };
    let text = || value.as_str().map(str::to_owned).ok_or_else(|| wrong("write a text in quotation marks"));
    match key {
        "blog" => config.blog = Some(PathBuf::from(text()?)),
        "browser" => config.browser = Some(text()?),
        "images" => config.images = images(&text()?)?,
        "line-numbers" => config.numbers = numbers(value).ok_or_else(|| wrong("write true or false"))?,
        "theme" => config.theme = Some(theme(text()?, themes)?),
        "width" => config.width = Some(width(value).ok_or_else(|| wrong("write a number from 20 to 400"))?),
        unknown => return Err(Wrong { fault: format!("{unknown} is no setting"), remedy: nearest(unknown, &KEYS) }),
    }
    Ok(())
}

fn theme(name: String, themes: &Themes) -> Result<String, Wrong> {
    if themes.has(&name) {
        return Ok(name);
    }
    let names: Vec<&str> = std::iter::once(AUTO).chain(themes.names()).collect();
    Err(Wrong { fault: format!("{name} is no theme"), remedy: nearest(&name, &names) })
}

fn images(name: &str) -> Result<Wanted, Wrong> {
    let names = NAMES.map(|(name, _)| name);
    NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, wanted)| *wanted)
        .ok_or_else(|| Wrong { fault: format!("{name} is no way to show pictures"), remedy: nearest(name, &names) })
}

fn numbers(value: &Value) -> Option<LineNumbers> {
    value.as_bool().map(|shown| if shown { LineNumbers::Shown } else { LineNumbers::Hidden })
}

fn width(value: &Value) -> Option<usize> {
    let columns = value.as_integer().filter(|columns| WIDTHS.contains(columns))?;
    usize::try_from(columns).ok()
}

/// The name that was probably meant, or all of them.
fn nearest(name: &str, known: &[&str]) -> String {
    let close = known.iter().map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
    match close {
        Some((distance, known)) if distance <= 2 => format!("did you mean {known}?"),
        _ => format!("there are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read() {
        let (config, faults) = read(
            "blog = \"/b\"\nbrowser = \"w %s\"\nimages = \"sixel\"\nline-numbers = true\ntheme = \"light\"\nwidth = 90\n",
            "c",
            &Themes::default(),
        );
        assert!(faults.is_empty(), "{faults:?}");
        let expected = Config {
            blog: Some(PathBuf::from("/b")),
            browser: Some("w %s".to_owned()),
            images: Wanted::Sixel,
            numbers: LineNumbers::Shown,
            theme: Some("light".to_owned()),
            width: Some(90),
            themes: Themes::default(),
        };
        assert_eq!(config, expected);
    }

    #[test]
    fn all_faults_are_told_at_once_and_the_rest_is_kept() {
        let (config, faults) = read(
            "them = \"dark\"\nwidth = 3\ntheme = \"drak\"\nblog = 7\nbrowser = \"w\"\nimages = \"sixels\"\nline-numbers = 1\n",
            "c",
            &Themes::default(),
        );
        let mut faults: Vec<String> = faults.iter().map(Fault::to_string).collect();
        faults.sort_unstable();
        let expected = [
            "c:1: them is no setting; did you mean theme?",
            "c:2: the value of width cannot be used; write a number from 20 to 400",
            "c:3: drak is no theme; did you mean dark?",
            "c:4: the value of blog cannot be used; write a text in quotation marks",
            "c:6: sixels is no way to show pictures; did you mean sixel?",
            "c:7: the value of line-numbers cannot be used; write true or false",
        ];
        assert_eq!(faults, expected);
        assert_eq!(config.browser.as_deref(), Some("w"));
    }

    #[test]
    fn a_file_that_is_no_toml_leaves_the_defaults() {
        let (config, faults) = read("width 3", "c", &Themes::default());
        assert_eq!((config, faults.len()), (Config::default(), 1));
    }
}
