//! The user's own file: `config.toml` to a [`Config`], with all its faults at once. A bad file never stops reading.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use toml::{Table, Value};

use crate::clean;
use crate::text::Clean;
use crate::ui::theme::{THEMES, Theme};

/// What the user wants different.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The blog to open where the command line and the environment name none.
    pub blog: Option<PathBuf>,
    /// The browser's command, split at white space; `%s` stands for the address, else it comes last.
    pub browser: Option<String>,
    /// The name of a theme.
    pub theme: Option<String>,
    /// Columns of an article at the most.
    pub width: Option<usize>,
}

/// What can be set.
const KEYS: [&str; 4] = ["blog", "browser", "theme", "width"];
/// Columns that an article may have.
const WIDTHS: std::ops::RangeInclusive<i64> = 20..=400;

/// Where the file is on this platform.
pub fn path() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.config_dir().join("reread").join("config.toml"))
}

/// Reads the file, if there is one.
pub fn load(path: &Path) -> (Config, Vec<Clean>) {
    match std::fs::read_to_string(path) {
        Ok(text) => read(&text, &path.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => (Config::default(), Vec::new()),
        Err(error) => (Config::default(), vec![clean!("{}: {error}; the defaults are used", path.display())]),
    }
}

/// Reads a configuration; `name` is what its faults call it.
fn read(text: &str, name: &str) -> (Config, Vec<Clean>) {
    let mut config = Config::default();
    let table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(error) => return (config, vec![clean!("{name}: {}; the defaults are used", error.message())]),
    };
    let mut faults = Vec::new();
    for (key, value) in &table {
        if let Err(fault) = set(&mut config, key, value) {
            faults.push(clean!("{name}: {fault}"));
        }
    }
    (config, faults)
}

fn set(config: &mut Config, key: &str, value: &Value) -> Result<(), String> {
    let text = || value.as_str().map(str::to_owned).ok_or_else(|| format!("{key} wants a text in quotation marks"));
    match key {
        "blog" => config.blog = Some(PathBuf::from(text()?)),
        "browser" => config.browser = Some(text()?),
        "theme" => config.theme = Some(theme(text()?)?),
        "width" => config.width = Some(width(value)?),
        unknown => return Err(format!("{unknown} is no setting; {}", nearest(unknown, &KEYS))),
    }
    Ok(())
}

fn theme(name: String) -> Result<String, String> {
    let names: Vec<&str> = THEMES.iter().map(|theme| theme.name).collect();
    match Theme::named(&name) {
        Some(_) => Ok(name),
        None => Err(format!("{name} is no theme; {}", nearest(&name, &names))),
    }
}

fn width(value: &Value) -> Result<usize, String> {
    let columns = value.as_integer().filter(|columns| WIDTHS.contains(columns));
    let columns = columns.and_then(|columns| usize::try_from(columns).ok());
    columns.ok_or_else(|| format!("width wants a number from {} to {}", WIDTHS.start(), WIDTHS.end()))
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
        let (config, faults) = read("blog = \"/b\"\nbrowser = \"w %s\"\ntheme = \"light\"\nwidth = 90\n", "c");
        assert!(faults.is_empty(), "{faults:?}");
        let expected = Config {
            blog: Some(PathBuf::from("/b")),
            browser: Some("w %s".to_owned()),
            theme: Some("light".to_owned()),
            width: Some(90),
        };
        assert_eq!(config, expected);
    }

    #[test]
    fn all_faults_are_told_at_once_and_the_rest_is_kept() {
        let (config, faults) = read("them = \"dark\"\nwidth = 3\ntheme = \"drak\"\nblog = 7\nbrowser = \"w\"\n", "c");
        let faults: Vec<&str> = faults.iter().map(Clean::as_str).collect();
        let expected = [
            "c: blog wants a text in quotation marks",
            "c: drak is no theme; did you mean dark?",
            "c: them is no setting; did you mean theme?",
            "c: width wants a number from 20 to 400",
        ];
        let mut sorted = faults.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        assert_eq!(config.browser.as_deref(), Some("w"));
    }

    #[test]
    fn a_file_that_is_no_toml_leaves_the_defaults() {
        let (config, faults) = read("width 3", "c");
        assert_eq!((config, faults.len()), (Config::default(), 1));
    }
}
