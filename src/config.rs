//! The user's own file: `config.toml` to a [`Config`], with all its faults at once. A bad file never stops reading.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use toml::{Table, Value};

use crate::app::ReadWhen;
use crate::blog::fault::{Fault, Filter, Rule};
use crate::blog::query::{Query, Searches};
use crate::blog::site::Generator;
use crate::clean;
use crate::gallery::{NAMES, Wanted};
use crate::markdown::LineNumbers;
use crate::source::{Unread, read_file};
use crate::text::Clean;
use crate::ui::theme::{AUTO, Themes, Written};

/// What the user wants different.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The blog to open where the command line and the environment name none.
    pub blog: Option<PathBuf>,
    /// The browser's command, split as a shell would; `%s` stands for the address, else it comes last.
    pub browser: Option<String>,
    /// Which faults `reread check` tells.
    pub check: Filter,
    /// The editor's command, split as a shell would; the file comes last.
    pub editor: Option<String>,
    /// What builds the blog, whatever its files say.
    pub generator: Option<Generator>,
    /// How pictures are shown.
    pub images: Wanted,
    /// The language to show of a blog in several.
    pub language: Option<String>,
    /// Whether lines of code have numbers.
    pub numbers: LineNumbers,
    /// Whether nothing of a session is remembered, as with `--private`.
    pub private: bool,
    /// When a post counts as read.
    pub read: ReadWhen,
    /// The name of a theme.
    pub theme: Option<String>,
    /// Columns of an article at the most.
    pub width: Option<usize>,
    /// Searches that have a name.
    pub searches: Searches,
    /// The themes that there are, those of the user among them.
    pub themes: Themes,
}

/// What can be set.
const KEYS: [&str; 13] = [
    "blog",
    "browser",
    "check",
    "editor",
    "generator",
    "images",
    "lang",
    "line-numbers",
    "private",
    "read",
    "searches",
    "theme",
    "width",
];
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
    let (mut config, own) = match text(path) {
        Ok(text) => read(&text, &path.display().to_string(), &themes),
        Err(why) => (Config::default(), vec![fault(&path.display().to_string(), clean!("{why}"), DEFAULTS)]),
    };
    faults.splice(..0, own);
    faults.extend(themes.faults());
    config.themes = themes;
    (config, faults)
}

/// The text of a file of the user's own, which need not be there; a pipe or a device is none, and is not waited for.
fn text(path: &Path) -> Result<String, String> {
    match read_file(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|error| format!("is no UTF-8 ({error})")),
        Err(Unread::Vanished) => Ok(String::new()),
        Err(unread) => Err(unread.fault()),
    }
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
pub fn read(text: &str, name: &str, themes: &Themes) -> (Config, Vec<Fault>) {
    let mut config = Config::default();
    let table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(error) => return (config, vec![fault(name, clean!("{}", error.message()), DEFAULTS)]),
    };
    let mut faults = Vec::new();
    for (key, value) in &table {
        if key == "check" {
            let below = text.lines().skip_while(|line| !line.trim_start_matches([' ', '[']).starts_with("check"));
            let above = text.lines().count() - below.clone().count();
            faults.extend(rules(&mut config.check, value).into_iter().map(|(word, wrong)| {
                let line = below.clone().position(|line| line.contains(&word)).map(|line| above + line + 1);
                Fault { line, ..fault(name, clean!("{}", wrong.fault), &wrong.remedy) }
            }));
            continue;
        }
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
        "editor" => config.editor = Some(text()?),
        "generator" => config.generator = Some(generator(&text()?)?),
        "images" => config.images = images(&text()?)?,
        "lang" => config.language = Some(text()?),
        "line-numbers" => config.numbers = numbers(value).ok_or_else(|| wrong("write true or false"))?,
        "private" => config.private = value.as_bool().ok_or_else(|| wrong("write true or false"))?,
        "read" => config.read = read_when(&text()?)?,
        "searches" => config.searches = searches(value)?,
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

fn generator(name: &str) -> Result<Generator, Wrong> {
    let names = Generator::ALL.map(Generator::name);
    let wrong = || Wrong { fault: format!("{name} is no generator"), remedy: nearest(name, &names) };
    Generator::named(name).ok_or_else(wrong)
}

fn images(name: &str) -> Result<Wanted, Wrong> {
    let names = NAMES.map(|(name, _)| name);
    NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, wanted)| *wanted)
        .ok_or_else(|| Wrong { fault: format!("{name} is no way to show pictures"), remedy: nearest(name, &names) })
}

fn read_when(name: &str) -> Result<ReadWhen, Wrong> {
    let names = ReadWhen::ALL.map(|(name, _)| name);
    let known = ReadWhen::ALL.into_iter().find(|(known, _)| *known == name);
    let wrong = || Wrong { fault: format!("a post cannot count as read by {name}"), remedy: nearest(name, &names) };
    known.map(|(_, when)| when).ok_or_else(wrong)
}

/// The table of searches. One that means nothing in part is no search, so that nobody relies on it.
fn searches(value: &Value) -> Result<Searches, Wrong> {
    let wrong = |fault: String, remedy: &str| Wrong { fault, remedy: remedy.to_owned() };
    let table = value.as_table().ok_or_else(|| {
        wrong("searches is no table".to_owned(), "write [searches] and below it lines such as boats = \"tag:boats\"")
    })?;
    let mut searches = Searches::default();
    for (name, query) in table {
        let text = query
            .as_str()
            .ok_or_else(|| wrong(format!("the search {name} is no text"), "write a query in quotation marks"))?;
        let query = Query::parse(text);
        if let Some(trouble) = query.troubles.first() {
            return Err(Wrong {
                fault: format!("the search {name}: {}", trouble.what),
                remedy: trouble.remedy.to_string(),
            });
        }
        searches.name(name, query);
    }
    Ok(searches)
}

/// The table of `check`. What means nothing is told, each with the word by which its line is found, and the rest is kept.
fn rules(filter: &mut Filter, value: &Value) -> Vec<(String, Wrong)> {
    let wrong = |word: &str, fault: String, remedy: &str| (word.to_owned(), Wrong { fault, remedy: remedy.to_owned() });
    let Some(table) = value.as_table() else {
        let remedy = "write [check] and below it lines such as ignore = [\"undated\"]";
        return vec![wrong("check", "check is no table".to_owned(), remedy)];
    };
    let known = Rule::ALL.map(|(_, name, _)| name);
    let mut wrongs = Vec::new();
    for (key, value) in table {
        let list = match key.as_str() {
            "only" => &mut filter.only,
            "ignore" => &mut filter.ignored,
            _ => {
                let remedy = nearest(key, &["only", "ignore"]);
                wrongs.push(wrong(key, format!("{key} is no setting of check"), &remedy));
                continue;
            }
        };
        let Some(names) = value.as_array() else {
            let remedy = "write names of rules in square brackets, such as [\"undated\"]";
            wrongs.push(wrong(key, format!("the value of {key} cannot be used"), remedy));
            continue;
        };
        for name in names {
            let text = name.as_str().unwrap_or("what is no text");
            match Rule::named(text) {
                Some(rule) => list.push(rule),
                None => wrongs.push(wrong(text, format!("{text} is no rule"), &nearest(text, &known))),
            }
        }
    }
    wrongs
}

/// Adds a search to the file, which may not be there yet: under `[searches]`, in one step or not at all. What stands in the
/// file stays as it is, byte for byte.
pub fn keep_search(path: &Path, name: &str, query: &str) -> Result<(), String> {
    // A link to a file that is kept elsewhere stays a link.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let before = text(&real)?;
    let after = with_search(&before, name, query).ok_or("the file cannot be added to")?;
    let folder = real.parent().ok_or("it has no folder")?;
    let write = || {
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        std::io::Write::write_all(&mut file, after.as_bytes())?;
        if let Ok(metadata) = real.metadata() {
            file.as_file().set_permissions(metadata.permissions())?;
        }
        file.persist(&real)?;
        Ok(())
    };
    write().map_err(|error: std::io::Error| error.to_string())
}

/// The text with one more search; none where that cannot be done without changing anything else.
fn with_search(text: &str, name: &str, query: &str) -> Option<String> {
    let before = text.parse::<Table>().ok()?;
    // What JSON makes of a text, TOML reads as the same text.
    let quoted = |text: &str| serde_json::to_string(text).ok();
    let line = format!("{} = {}\n", quoted(name)?, quoted(query)?);
    let mut end = 0;
    let header = text.split_inclusive('\n').find_map(|line| {
        end += line.len();
        (line.split('#').next().unwrap_or_default().trim() == "[searches]").then_some(end)
    });
    let after = match header {
        Some(at) => {
            let (start, rest) = text.split_at_checked(at)?;
            let break_line = if start.ends_with('\n') { "" } else { "\n" };
            format!("{start}{break_line}{line}{rest}")
        }
        None if text.is_empty() => format!("[searches]\n{line}"),
        None => format!("{}\n\n[searches]\n{line}", text.trim_end_matches('\n')),
    };
    let mut expected = before;
    let searches = expected.entry("searches").or_insert_with(|| Value::Table(Table::new()));
    searches.as_table_mut()?.insert(name.to_owned(), Value::from(query));
    (after.parse::<Table>().ok()? == expected).then_some(after)
}

fn numbers(value: &Value) -> Option<LineNumbers> {
    value.as_bool().map(|shown| if shown { LineNumbers::Shown } else { LineNumbers::Hidden })
}

fn width(value: &Value) -> Option<usize> {
    let columns = value.as_integer().filter(|columns| WIDTHS.contains(columns))?;
    usize::try_from(columns).ok()
}

/// The name that was probably meant, or all of them.
pub fn nearest(name: &str, known: &[&str]) -> String {
    let close = known.iter().map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
    match close {
        Some((distance, known)) if distance <= 2 => format!("did you mean {known}?"),
        _ => format!("there are {}", known.join(", ")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_place_of_the_file_is_told_and_not_waited_for() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        assert!(load(&path).1.is_empty(), "no file is no fault");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let (_, faults) = load(&path);
        assert!(faults.iter().any(|fault| fault.to_string().contains("is a named pipe")), "{faults:?}");
        assert!(keep_search(&path, "a", "b").is_err());
    }

    #[test]
    fn settings_are_read() {
        let (config, faults) = read(
            "blog = \"/b\"\nbrowser = \"w %s\"\neditor = \"ed -s\"\ngenerator = \"Zola\"\nlang = \"fr\"\nimages = \"sixel\"\nline-numbers = true\nprivate = true\nread = \"opened\"\ntheme = \"light\"\nwidth = 90\n",
            "c",
            &Themes::default(),
        );
        assert!(faults.is_empty(), "{faults:?}");
        let expected = Config {
            blog: Some(PathBuf::from("/b")),
            browser: Some("w %s".to_owned()),
            check: Filter::default(),
            editor: Some("ed -s".to_owned()),
            generator: Some(Generator::Zola),
            images: Wanted::Sixel,
            language: Some("fr".to_owned()),
            numbers: LineNumbers::Shown,
            private: true,
            read: ReadWhen::Opened,
            theme: Some("light".to_owned()),
            width: Some(90),
            searches: Searches::default(),
            themes: Themes::default(),
        };
        assert_eq!(config, expected);
    }

    #[test]
    fn all_faults_are_told_at_once_and_the_rest_is_kept() {
        let (config, faults) = read(
            "them = \"dark\"\nwidth = 3\ntheme = \"drak\"\nblog = 7\nbrowser = \"w\"\nimages = \"sixels\"\nline-numbers = 1\nread = \"opend\"\nprivate = \"no\"\n",
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
            "c:8: a post cannot count as read by opend; did you mean opened?",
            "c:9: the value of private cannot be used; write true or false",
        ];
        assert_eq!(faults, expected);
        assert_eq!(config.browser.as_deref(), Some("w"));
    }

    #[test]
    fn searches_are_read_and_one_that_means_nothing_is_told() {
        let (config, faults) = read(
            "[searches]\nboats = 'tag:boats'\n'old boats' = 'search:boats before:2007'\n",
            "c",
            &Themes::default(),
        );
        let read: Vec<_> = config.searches.iter().map(|(name, query)| format!("{name}: {query}")).collect();
        assert_eq!(
            (read.join(", "), faults),
            ("boats: tag:boats, old boats: search:boats before:2007".to_owned(), vec![])
        );
        for (text, told) in [
            (
                "searches = 3",
                "c:1: searches is no table; write [searches] and below it lines such as boats = \"tag:boats\"",
            ),
            ("[searches]\na = 3", "c: the search a is no text; write a query in quotation marks"),
            ("[searches]\na = 'tga:x'", "c: the search a: tga is no field; did you mean tag:?"),
        ] {
            let faults: Vec<_> = super::read(text, "c", &Themes::default()).1.iter().map(Fault::to_string).collect();
            assert_eq!(faults, [told], "{text}");
        }
    }

    #[test]
    fn rules_are_read_and_each_unknown_one_is_told_with_its_line() {
        let told = |text: &str| {
            let (config, faults) = read(text, "c", &Themes::default());
            (config.check, faults.iter().map(Fault::to_string).collect::<Vec<_>>())
        };
        let (filter, faults) =
            told("width = 90\n[check]\nonly = [\"date\", 'broken-link']\nignore = [\n  \"undated\",\n]\n");
        assert_eq!((faults, filter.only), (vec![], vec![Rule::Date, Rule::BrokenLink]));
        assert_eq!(filter.ignored, [Rule::Undated]);
        let text = "browser = 'x'\n[check]\nonly = ['brokn-link', 'date']\nignroe = []\nignore = 'date'\n";
        let (filter, faults) = told(text);
        assert_eq!((filter.only, filter.ignored), (vec![Rule::Date], vec![]));
        let expected = [
            "c:4: ignroe is no setting of check; did you mean ignore?",
            "c:5: the value of ignore cannot be used; write names of rules in square brackets, such as [\"undated\"]",
            "c:3: brokn-link is no rule; did you mean broken-link?",
        ];
        let mut faults = faults;
        faults.sort_by_key(|fault| expected.iter().position(|known| known == fault));
        assert_eq!(faults, expected);
        assert_eq!(
            told("check = 3").1,
            ["c:1: check is no table; write [check] and below it lines such as ignore = [\"undated\"]"]
        );
    }

    #[test]
    fn a_search_is_added_and_all_else_stays_as_it_is() {
        for (before, after) in [
            ("", "[searches]\n\"old boats\" = \"tag:\\\"a b\\\"\"\n"),
            ("width = 90", "width = 90\n\n[searches]\n\"old boats\" = \"tag:\\\"a b\\\"\"\n"),
            (
                "# mine\n[searches] # here\nx = 'y' # why\n",
                "# mine\n[searches] # here\n\"old boats\" = \"tag:\\\"a b\\\"\"\nx = 'y' # why\n",
            ),
        ] {
            assert_eq!(with_search(before, "old boats", "tag:\"a b\"").as_deref(), Some(after));
        }
        for odd in
            ["width = ", "searches = { x = 'y' }", "a = \"\"\"\n[searches]\n\"\"\"", "[searches]\n\"old boats\" = 'z'"]
        {
            assert_eq!(with_search(odd, "old boats", "q"), None, "{odd}");
        }
    }

    #[test]
    fn a_kept_search_is_read_again_and_a_link_to_the_file_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/config.toml");
        keep_search(&path, "a", "tag:x").unwrap();
        keep_search(&path, "b \"c\"", "\"two words\" -tag:y").unwrap();
        let kept: Vec<_> = load(&path).0.searches.iter().map(|(name, query)| format!("{name} {query}")).collect();
        assert_eq!(kept, ["a tag:x", "b \"c\" \"two words\" -tag:y"]);
        #[cfg(unix)]
        {
            let link = folder.path().join("link.toml");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            keep_search(&link, "c", "z").unwrap();
            assert!(link.symlink_metadata().unwrap().is_symlink());
            assert!(std::fs::read_to_string(&path).unwrap().contains("\"c\" = \"z\""));
        }
        assert!(keep_search(&path, "a", "other").is_err(), "a name is given once");
        assert!(keep_search(folder.path(), "a", "b").is_err());
    }

    #[test]
    fn a_file_that_is_no_toml_leaves_the_defaults() {
        let (config, faults) = read("width 3", "c", &Themes::default());
        assert_eq!((config, faults.len()), (Config::default(), 1));
    }
}
