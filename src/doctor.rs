//! `reread doctor`: what was found of the terminal, the configuration and the blog, for people who wonder why.
//!
//! It changes nothing, opens no screen, and asks the terminal only where one can answer. What is wrong is told, and is no
//! failure: whoever asks a doctor wants the answer.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::time::Duration;

use serde_json::{Value, json};

use crate::appearance::Appearance;
use crate::blog::fault::Fault;
use crate::cli::Surroundings;
use crate::collection;
use crate::config;
use crate::environment::Environment;
use crate::gallery::{self, Protocol, Wanted};
use crate::source::Source;
use crate::terminal::Terminal;
use crate::terminal::hyperlinks::{self, Hyperlinks};
use crate::terminal::query::{Answered, Findings, Question, Support};
use crate::text::Clean;
use crate::ui::theme::Depth;

/// How long a terminal may take to answer: here a person waits for the answer and for nothing else.
const PATIENCE: Duration = Duration::from_secs(1);
/// Variables that tell one terminal from another.
const VARIABLES: [&str; 14] = [
    "TERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "COLORTERM",
    "COLORFGBG",
    "NO_COLOR",
    "VTE_VERSION",
    "KONSOLE_VERSION",
    "KITTY_WINDOW_ID",
    "WT_SESSION",
    "TMUX",
    "STY",
    "ZELLIJ",
    "SSH_TTY",
];
/// Lines whose bars end one below the other where the terminal and this program agree on widths.
const SAMPLES: [(&str, &str); 5] = [
    ("box", "╭──────╮|"),
    ("CJK", "漢字仮名|"),
    ("emoji", "🙂🚀🎉👍|"),
    ("combining", "a\u{301}e\u{300}o\u{308}u\u{302}    |"),
    ("joined", "👩\u{200d}🚀      |"),
];

/// What was found, by subject.
#[derive(Debug, Default)]
pub struct Report {
    sections: Vec<(&'static str, Vec<Finding>)>,
}

/// One thing that was found.
#[derive(Debug)]
struct Finding {
    name: &'static str,
    value: Clean,
    /// How it was found, or what follows from it.
    why: Option<Clean>,
}

/// Finds out everything; asks the terminal if there is one.
pub fn examine(path: Option<&OsStr>, surroundings: &Surroundings<'_>) -> Report {
    let question = question(surroundings.environment);
    let findings = question.map(ask).unwrap_or_default();
    let mut appearance = surroundings.appearance.clone();
    appearance.learn(&findings);
    let mut report = Report::default();
    report.add("terminal", terminal(surroundings.environment));
    report.add("answers", answers(question, &findings));
    report.add("colours", colours(&appearance));
    report.add("abilities", abilities(surroundings.environment, surroundings.appearance.depth.0, &findings));
    report.add("configuration", configuration(&appearance));
    report.add("blog", blog(path, surroundings));
    report
}

/// What may be asked here, if anything.
fn question(environment: &Environment) -> Option<Question> {
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    Question::fitting(environment).filter(|_| is_terminal)
}

/// Asks with keys taken raw, so that the answer is not echoed.
fn ask(question: Question) -> Findings {
    if crossterm::terminal::enable_raw_mode().is_err() {
        return Findings::default();
    }
    let (findings, _) = Terminal::ask_for(question, PATIENCE);
    // It was switched on a moment ago; a terminal that is gone since then is nobody's.
    let _ = crossterm::terminal::disable_raw_mode();
    findings
}

impl Finding {
    fn new(name: &'static str, value: impl AsRef<str>) -> Self {
        Self { name, value: Clean::exact(value.as_ref()), why: None }
    }

    fn because(self, why: impl AsRef<str>) -> Self {
        Self { why: Some(Clean::exact(why.as_ref())), ..self }
    }
}

fn yes(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}

fn terminal(environment: &Environment) -> Vec<Finding> {
    let mut found: Vec<Finding> = VARIABLES
        .into_iter()
        .filter_map(|name| Some(Finding::new(name, environment.variable(name)?.to_string_lossy())))
        .collect();
    let size = Terminal::size();
    found.push(Finding::new("size", format!("{} columns, {} rows", size.columns, size.rows)));
    found.push(Finding::new("input is a terminal", yes(io::stdin().is_terminal())));
    found.push(Finding::new("output is a terminal", yes(io::stdout().is_terminal())));
    found
}

fn answers(question: Option<Question>, findings: &Findings) -> Vec<Finding> {
    let asked = match (question, findings.answered) {
        (None, _) if !(io::stdin().is_terminal() && io::stdout().is_terminal()) => {
            Finding::new("asked", "no").because("input or output is no terminal")
        }
        (None, _) => Finding::new("asked", "no").because("this terminal would show the question instead of answering"),
        (Some(Question::Background), Answered::Yes) => Finding::new("asked", "yes")
            .because("for the background only: a multiplexer, or a terminal that shows the rest"),
        (Some(_), Answered::Yes) => Finding::new("asked", "yes"),
        (Some(_), Answered::No) => Finding::new("asked", "yes").because("it did not answer to the end in a second"),
    };
    let colour = |(red, green, blue): (u8, u8, u8)| format!("#{red:02x}{green:02x}{blue:02x}");
    let cell = |(across, down): (_, _)| format!("{across} by {down} pixels");
    let or_unknown = |known: Option<String>| known.unwrap_or_else(|| "unknown".to_owned());
    vec![
        asked,
        Finding::new("background", or_unknown(findings.background.map(colour))),
        Finding::new("cell", or_unknown(findings.cell.map(cell))),
        Finding::new("kitty graphics", support(findings.kitty)),
        Finding::new("sixel", support(findings.sixel)),
    ]
}

fn support(support: Support) -> &'static str {
    match support {
        Support::Unknown => "unknown",
        Support::No => "no",
        Support::Yes => "yes",
    }
}

fn colours(appearance: &Appearance) -> Vec<Finding> {
    let (depth, why) = appearance.depth;
    let depth = match depth {
        Depth::None => "none",
        Depth::Sixteen => "16",
        Depth::Indexed => "256",
        Depth::True => "all",
    };
    vec![
        Finding::new("colours", depth).because(why),
        Finding::new("theme", appearance.name()).because(appearance.reason()),
        Finding::new("themes", appearance.themes.names().join(", ")),
    ]
}

fn abilities(environment: &Environment, depth: Depth, findings: &Findings) -> Vec<Finding> {
    let links = match hyperlinks::of(environment) {
        Hyperlinks::Yes(why) => Finding::new("links (OSC 8)", "yes").because(why),
        Hyperlinks::No(why) => Finding::new("links (OSC 8)", "no").because(why),
    };
    let pictures = match gallery::protocol(environment, depth, &gallery::spoken(findings), Wanted::Auto) {
        Some(Protocol::Kitty) => "kitty",
        Some(Protocol::Iterm) => "iTerm2",
        Some(Protocol::Sixel) => "sixel",
        Some(Protocol::HalfBlocks(_)) => "half blocks",
        None => "none",
    };
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| environment.variable(name));
    let locale = locale.map(|locale| locale.to_string_lossy().into_owned()).unwrap_or_default();
    let folded = locale.to_lowercase();
    let is_utf8 = folded.contains("utf-8") || folded.contains("utf8");
    let said = if locale.is_empty() { "no locale is set".to_owned() } else { format!("the locale is {locale}") };
    vec![
        links,
        Finding::new("pictures", pictures).because("unless `images` in config.toml says otherwise"),
        Finding::new("UTF-8", if is_utf8 || cfg!(windows) { "yes" } else { "not said" }).because(said),
    ]
}

fn configuration(appearance: &Appearance) -> Vec<Finding> {
    let Some(path) = config::path() else {
        return vec![Finding::new("file", "none").because("this system names no folder for it")];
    };
    let state = if path.exists() { "it is there" } else { "it is not there, which is fine" };
    let mut found = vec![Finding::new("file", path.display().to_string()).because(state)];
    let (_, faults) = config::load(&path);
    if faults.is_empty() {
        found.push(Finding::new("faults", "none"));
    }
    found.extend(faults.iter().map(|fault| Finding::new("fault", Fault::to_string(fault))));
    if !appearance.themes.has(&appearance.wanted) {
        found.push(Finding::new("fault", format!("{} is no theme", appearance.wanted)));
    }
    found
}

fn blog(path: Option<&OsStr>, surroundings: &Surroundings<'_>) -> Vec<Finding> {
    let source = match Source::find(path, surroundings.blog, surroundings.environment) {
        Ok(source) => source.wanted(surroundings.wanted),
        Err(error) => return vec![Finding::new("blog", "none").because(format!("{error:#}"))],
    };
    let place = match &source {
        Source::Guide => "the guide, because nothing is named and this folder is no site".to_owned(),
        Source::Folder(folder) => folder.root.display().to_string(),
        Source::File(path) => path.display().to_string(),
        Source::StandardInput => "standard input".to_owned(),
    };
    let library = collection::library(&source);
    let (site, _) = collection::site(&source);
    let generator = Finding::new("generator", site.generator.title());
    let generator = match &site.because {
        Some(because) => generator.because(because.as_str()),
        None => generator,
    };
    vec![
        Finding::new("blog", place),
        Finding::new("title", site.title.as_ref().map_or("none", Clean::as_str)),
        generator,
        Finding::new("posts", library.posts().len().to_string()),
        Finding::new("faults", library.faults().len().to_string()).because("`reread check` says them all"),
    ]
}

impl Report {
    fn add(&mut self, subject: &'static str, found: Vec<Finding>) {
        self.sections.push((subject, found));
    }

    /// For people: subjects, and below them what was found; last the sample.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (subject, found) in &self.sections {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{subject}");
            for Finding { name, value, why } in found {
                let why = why.as_ref().map(|why| format!("  ({why})")).unwrap_or_default();
                let _ = writeln!(text, "  {name:<21} {value}{why}");
            }
        }
        text.push_str(
            "widths: the bars should stand one below the other, and no sign should be a box or a question mark\n",
        );
        for (name, sample) in SAMPLES {
            let _ = writeln!(text, "  {name:<21} {sample}");
        }
        text
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        let finding = |Finding { name, value, why }: &Finding| json!({ "name": name, "value": value, "why": why });
        let section = |(subject, found): &(&'static str, Vec<Finding>)| {
            ((*subject).to_owned(), Value::Array(found.iter().map(finding).collect()))
        };
        Value::Object(self.sections.iter().map(section).collect())
    }
}
