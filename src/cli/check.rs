//! What is wrong in the files of a blog, for its author: each fault by its rule, as text and as JSON. It changes nothing.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;
use serde::Serialize;

use super::{Outcome, Printed, outcome};
use crate::blog::audit::{Disk, audit};
use crate::blog::fault::{Fault, Filter, Rule};
use crate::blog::library::Library;
use crate::blog::post::Key;
use crate::clean;
use crate::config::nearest;
use crate::source::{Source, Unread, read_file};
use crate::text::Clean;

/// The JSON of `check`.
#[derive(Debug, Serialize)]
struct Checked<'a> {
    generator: &'static str,
    because: Option<&'a str>,
    language: Option<&'a str>,
    faults: Vec<ListedFault<'a>>,
}

/// A fault in the JSON of `check`.
#[derive(Debug, Serialize)]
struct ListedFault<'a> {
    path: &'a str,
    line: Option<usize>,
    rule: &'static str,
    fault: &'a str,
    remedy: &'a str,
}

/// Prints every fault that the filter admits: `path:line: fault; remedy [rule]`, as compilers do and editors read.
pub fn check(source: &Source, library: &Library, filter: &Filter, as_json: bool) -> Result<(Outcome, Printed)> {
    let disk = Disk { has: &|paths| has(source, paths), source: &|post| text(source, post) };
    let faults = audit(library, filter, &disk);
    let outcome = outcome(faults.is_empty());
    if as_json {
        let site = &library.site;
        let because = site.because.as_ref().map(Clean::as_str);
        let faults = faults.iter().map(ListedFault::new).collect();
        let checked = Checked { generator: site.generator.name(), because, language: site.language(), faults };
        return Ok((outcome, Printed::json(&checked)?));
    }
    say_generator(library);
    say_numbers(&faults);
    let line = |fault: &Fault| format!("{fault} [{}]\n", fault.rule.name());
    Ok((outcome, faults.iter().map(line).collect()))
}

/// The rule of that name, or what is wrong with it.
pub fn rule(name: &str) -> Result<Rule, String> {
    let names = Rule::ALL.map(|(_, name, _)| name);
    Rule::named(name).ok_or_else(|| format!("{name} is no rule; {}", nearest(name, &names)))
}

/// The rules, for `--help`.
pub fn rules() -> String {
    let line = |(_, name, meaning): (Rule, &str, &str)| format!("\n  {name:<17}  {meaning}");
    let lines: String = Rule::ALL.into_iter().map(line).collect();
    format!("Rules:{lines}\n\n`[check]` in config.toml has `only` and `ignore`, which the options overrule.")
}

/// Whether the site has one of these files. No link is followed, so what a link stands for is taken to be there.
fn has(source: &Source, paths: &[String]) -> Option<bool> {
    match source {
        Source::Folder(_) | Source::File(_) => match source.picture(paths) {
            Ok(_) | Err(Unread::Outside | Unread::TooLarge(_) | Unread::Permission) => Some(true),
            Err(Unread::Vanished | Unread::NotRegular(_)) => Some(false),
            Err(_) => None,
        },
        Source::Guide | Source::StandardInput => None,
    }
}

/// The text of a post's file, to find the line of what is wrong in its header.
fn text(source: &Source, post: &Key) -> Option<String> {
    let bytes = match source {
        Source::Folder(folder) => folder.read(folder.at(post.as_str())).ok()?,
        Source::File(path) => read_file(path).ok()?,
        Source::Guide | Source::StandardInput => return None,
    };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Says on standard error how the blog was read, so that standard output has faults and nothing else.
fn say_generator(library: &Library) {
    let site = &library.site;
    let Some(because) = &site.because else { return };
    let language = site.language().map(|code| format!(", posts in {code}")).unwrap_or_default();
    let sentence = clean!("read as {} would, because of {because}{language}", site.generator.title());
    // A closed standard error is no reason to stop.
    let _ = writeln!(io::stderr(), "reread: {sentence}");
}

/// Says on standard error how many faults there are of each rule.
fn say_numbers(faults: &[Fault]) {
    let mut numbers: BTreeMap<Rule, usize> = BTreeMap::new();
    for fault in faults {
        *numbers.entry(fault.rule).or_default() += 1;
    }
    let numbers: Vec<String> = numbers.iter().map(|(rule, number)| format!("{number} {}", rule.name())).collect();
    if !numbers.is_empty() {
        // A closed standard error is no reason to stop.
        let _ = writeln!(io::stderr(), "reread: {}", numbers.join(", "));
    }
}

impl<'a> ListedFault<'a> {
    fn new(fault: &'a Fault) -> Self {
        let Fault { path, line, rule, fault, remedy } = fault;
        let (path, fault, remedy) = (path.as_str(), fault.as_str(), remedy.as_str());
        Self { path, line: *line, rule: rule.name(), fault, remedy }
    }
}
