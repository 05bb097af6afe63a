//! The papers say what is so: keys, commands, options, settings and pictures in `README.md` are those of the program.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use clap::{CommandFactory, Parser};
use reread::app::keys::{Keymap, Scope};
use reread::cli::Arguments;
use reread::config;
use reread::markdown::LineNumbers;

/// Lines that a README may have before nobody reads it.
const LONGEST: usize = 120;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The lines of all code blocks of a language.
fn code(language: &str) -> Vec<String> {
    let readme = readme();
    let blocks = readme.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix(language));
    blocks.flat_map(str::lines).filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// What stands in single backticks outside of code blocks.
fn quoted() -> Vec<String> {
    let readme = readme();
    let prose: String = readme.split("```").step_by(2).collect();
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The words of a command as a shell would give them.
fn words(line: &str) -> Vec<String> {
    let line = line.split_once(" #").map_or(line, |(command, _)| command);
    let parts = line.split('\'').enumerate();
    let words = parts.flat_map(|(nth, part)| match nth % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn the_readme_is_short() {
    let lines = readme().lines().count();
    assert!(lines <= LONGEST, "README.md has {lines} lines, more than {LONGEST}");
}

#[test]
fn every_key_in_the_readme_is_live_and_does_what_it_says() {
    let map = Keymap::default();
    let readme = readme();
    let rows: Vec<Vec<&str>> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix('|'))
        .map(|row| row.split(" | ").map(str::trim).collect())
        .filter(|row: &Vec<&str>| row.first() != Some(&"Where"))
        .collect();
    assert!(rows.len() > 20, "the table of keys is gone");
    for row in rows {
        let [place, keys, help] = row[..] else { panic!("{row:?} has not three cells") };
        let scopes: &[Scope] = match place {
            "everywhere" => &[Scope::List, Scope::Tags, Scope::Article],
            "list" => &[Scope::List],
            "tags" => &[Scope::Tags],
            "post" => &[Scope::Article],
            _ => panic!("{place} is no place"),
        };
        let keys = keys.replace('`', "");
        for scope in scopes {
            let live = map.help(*scope).into_iter().any(|line| line == (keys.clone(), help));
            assert!(live, "no line of the help for {scope:?} is {keys:?}, {help:?}");
        }
    }
}

#[test]
fn every_command_in_the_readme_is_understood() {
    let commands: Vec<String> = code("sh").into_iter().filter(|line| line.starts_with("reread")).collect();
    assert!(commands.len() >= 4, "the examples are gone");
    for command in commands {
        if let Err(error) = Arguments::try_parse_from(words(&command)) {
            panic!("{command}: {error}");
        }
    }
}

#[test]
fn every_command_and_option_named_in_the_readme_exists() {
    let program = Arguments::command();
    let options: Vec<String> = std::iter::once(&program)
        .chain(program.get_subcommands())
        .flat_map(clap::Command::get_arguments)
        .flat_map(|argument| {
            [argument.get_long().map(|it| format!("--{it}")), argument.get_short().map(|it| format!("-{it}"))]
        })
        .flatten()
        .collect();
    let named = quoted();
    for option in named.iter().filter(|name| name.starts_with('-') && name.len() > 1) {
        assert!(options.contains(option), "{option} is no option");
    }
    for command in program.get_subcommands().map(clap::Command::get_name) {
        let name = format!("reread {command}");
        assert!(named.iter().any(|quoted| quoted == command || *quoted == name), "{command} is not in README.md");
    }
    for name in named.iter().filter_map(|name| name.strip_prefix("reread ")) {
        let known = name == "help" || program.find_subcommand(name).is_some();
        assert!(known, "reread {name} is no command");
    }
}

#[test]
fn the_configuration_in_the_readme_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, code("toml").join("\n")).unwrap();
    let (config, faults) = config::load(&path);
    assert!(faults.is_empty(), "{faults:?}");
    let is_whole = config.numbers == LineNumbers::Shown
        && config.blog.is_some()
        && config.browser.is_some()
        && config.editor.is_some()
        && config.theme.is_some()
        && config.width.is_some();
    assert!(is_whole, "a setting is not shown: {config:?}");
}

#[test]
fn every_picture_and_file_in_the_readme_is_there() {
    let readme = readme();
    let pictures = readme.split(['"', '(', ')']).filter(|name| name.starts_with("screenshots/"));
    let files = ["CHANGELOG.md", "LICENSE"];
    for name in pictures.chain(files) {
        assert!(readme.contains(name) && root().join(name).is_file(), "{name} is not there");
    }
}
