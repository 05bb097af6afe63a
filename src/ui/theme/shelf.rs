//! All themes by name, those built in and those that the user wrote; inheritance, and the theme that fits a terminal.
//!
//! A theme that is wrong is a theme: what cannot be used is left out and told. It reads no files; texts are given to it.

use std::collections::BTreeMap;

use ratatui::style::{Color, Style};

use super::depth::{Depth, Reduction};
use super::read::{At, Paint, Sheet, colour, fault, nearest, read};
use super::{Ground, Theme};
use crate::blog::fault::Fault;
use crate::clean;
use crate::text::Clean;

/// What the configuration calls the theme that fits the terminal.
pub const AUTO: &str = "auto";
/// The theme that all others lie upon, and the only one whose names of styles count.
const ROOT: &str = "terminal";

/// The themes of this program, in the order in which a key goes through them.
const BUILT_IN: [(&str, &str); 13] = [
    (ROOT, include_str!("terminal.toml")),
    ("dark", include_str!("dark.toml")),
    ("light", include_str!("light.toml")),
    ("gruvbox", include_str!("gruvbox.toml")),
    ("gruvbox-light", include_str!("gruvbox-light.toml")),
    ("nord", include_str!("nord.toml")),
    ("solarized-dark", include_str!("solarized-dark.toml")),
    ("solarized-light", include_str!("solarized-light.toml")),
    ("dracula", include_str!("dracula.toml")),
    ("paper", include_str!("paper.toml")),
    ("contrast-dark", include_str!("contrast-dark.toml")),
    ("contrast-light", include_str!("contrast-light.toml")),
    ("mono", include_str!("mono.toml")),
];

/// A theme that the user wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What it is called: the file's name without its ending.
    pub name: String,
    /// What faults call the file.
    pub path: Clean,
    /// What stands in it.
    pub text: String,
}

/// All themes there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Themes {
    written: Vec<Written>,
}

/// What themes lie upon one another come to.
#[derive(Default)]
struct Pile {
    palette: BTreeMap<String, Color>,
    styles: BTreeMap<String, Paint>,
    faults: Vec<Fault>,
}

impl Themes {
    /// Those built in and these; one of the same name takes the place of the one built in.
    pub fn with(written: Vec<Written>) -> Self {
        Self { written }
    }

    /// The names of all.
    pub fn names(&self) -> Vec<&str> {
        let built_in = BUILT_IN.iter().map(|(name, _)| *name);
        let own = self.written.iter().map(|written| written.name.as_str());
        built_in.chain(own.filter(|name| BUILT_IN.iter().all(|(known, _)| known != name))).collect()
    }

    /// Whether a name can be asked for.
    pub fn has(&self, name: &str) -> bool {
        name == AUTO || self.names().contains(&name)
    }

    /// The name behind a name: `auto` is what fits the terminal's ground, as far as that is known.
    pub fn meant<'a>(&self, name: &'a str, ground: Option<Ground>) -> &'a str {
        match (name, ground) {
            (AUTO, Some(Ground::Light)) => "light",
            (AUTO, Some(Ground::Dark)) => "dark",
            (AUTO, None) => ROOT,
            _ => name,
        }
    }

    /// The name after a name, after the last the first.
    pub fn after(&self, name: &str) -> &str {
        let names = self.names();
        let next = names.iter().skip_while(|known| **known != name).nth(1);
        next.or(names.first()).copied().unwrap_or(ROOT)
    }

    /// A theme as it was written, and what is wrong in it; the terminal's own where there is none of that name.
    pub fn whole(&self, name: &str) -> (Theme, Vec<Fault>) {
        let mut pile = Pile::default();
        let sheets = self.chain(name, &mut pile.faults);
        let names: Vec<String> = sheets.last().map_or_else(Vec::new, |(_, root)| root.styles.keys().cloned().collect());
        for (path, sheet) in sheets.into_iter().rev() {
            pile.lay(&path, sheet, &names);
        }
        let styles = pile.styles.iter().map(|(name, paint)| (name.clone(), pile.style(paint))).collect();
        let name = if self.names().contains(&name) { name } else { ROOT };
        (Theme { name: name.to_owned(), styles }, pile.faults)
    }

    /// A theme as a terminal of so many colours shows it.
    ///
    /// Of sixteen colours nobody but the terminal's owner knows the looks: a theme that says colours in numbers gives way
    /// to the terminal's own.
    pub fn shown(&self, name: &str, depth: Depth) -> Theme {
        let (theme, _) = self.whole(name);
        match depth {
            Depth::True => theme,
            Depth::Indexed => theme.reduced(),
            Depth::Sixteen if theme.needs_more_than_sixteen() => Theme { name: theme.name, ..self.whole(ROOT).0 },
            Depth::Sixteen => theme,
            Depth::None => Theme { name: theme.name, ..self.whole("mono").0 },
        }
    }

    /// What is wrong in any theme that the user wrote.
    pub fn faults(&self) -> Vec<Fault> {
        let own = |written: &Written| {
            let (_, faults) = self.whole(&written.name);
            faults.into_iter().filter(|fault| fault.path == written.path).collect::<Vec<_>>()
        };
        self.written.iter().flat_map(own).collect()
    }

    /// The theme and those that it lies upon, the root last; each is there once.
    fn chain(&self, name: &str, faults: &mut Vec<Fault>) -> Vec<(Clean, Sheet)> {
        let mut chain: Vec<(Clean, Sheet)> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let mut next = self.text(name, &seen);
        while let Some((path, text, key)) = next {
            seen.push(key);
            let sheet = read(text, &path);
            let wanted = sheet.inherits.clone();
            next = wanted.as_ref().and_then(|wanted| self.text(&wanted.it, &seen));
            if let (Some(At { line, it }), None) = (&wanted, &next) {
                let known =
                    if self.names().contains(&it.as_str()) { "inherits itself in the end" } else { "is no theme" };
                let others = self.names().into_iter().filter(|known| known != it);
                let remedy = nearest(it, others, "the terminal's own colours lie below it");
                faults.push(fault(&path, *line, clean!("{it} {known}"), remedy));
            }
            chain.push((path, sheet));
        }
        if !seen.contains(&ROOT) {
            let root = BUILT_IN.iter().find(|(name, _)| *name == ROOT).map_or("", |(_, text)| text);
            chain.push((Clean::literal(ROOT), read(root, &Clean::literal(ROOT))));
        }
        chain
    }

    /// Where a theme is, unless it was seen: the user's first, then the one built in. The third is the key for `seen`.
    fn text(&self, name: &str, seen: &[&str]) -> Option<(Clean, &str, &str)> {
        let own = self.written.iter().find(|written| written.name == name && !seen.contains(&written.path.as_str()));
        let own = own.map(|written| (written.path.clone(), written.text.as_str(), written.path.as_str()));
        own.or_else(|| {
            let (name, text) = BUILT_IN.iter().find(|(known, _)| *known == name && !seen.contains(known))?;
            Some((Clean::literal(name), *text, *name))
        })
    }
}

impl Pile {
    /// Lays a sheet on those before; `names` are the styles that there are.
    fn lay(&mut self, path: &Clean, mut sheet: Sheet, names: &[String]) {
        self.faults.append(&mut sheet.faults);
        self.palette.append(&mut sheet.palette);
        for (name, At { line, it }) in sheet.styles {
            if !names.contains(&name) {
                let remedy = nearest(&name, names.iter().map(String::as_str), "the guide lists the styles");
                self.faults.push(fault(path, line, clean!("{name} is no style"), remedy));
                continue;
            }
            let unknown: Vec<&String> =
                [&it.fg, &it.bg].into_iter().flatten().filter(|colour| self.colour(colour).is_none()).collect();
            for colour in unknown {
                let remedy = nearest(colour, self.palette.keys().map(String::as_str), "name it in [palette]");
                self.faults.push(fault(path, line, clean!("{colour} is no colour"), remedy));
            }
            self.styles.insert(name, it);
        }
    }

    fn colour(&self, text: &str) -> Option<Color> {
        self.palette.get(text).copied().or_else(|| colour(text))
    }

    fn style(&self, paint: &Paint) -> Style {
        let colour = |text: &Option<String>| text.as_ref().and_then(|text| self.colour(text));
        Style { fg: colour(&paint.fg), bg: colour(&paint.bg), add_modifier: paint.modifiers, ..Style::new() }
    }
}

impl Theme {
    /// The same in 256 colours.
    fn reduced(self) -> Self {
        let grounds = self.grounds();
        // The screen's own ground first, so that it is the one that is met best.
        let first = self.styles.get("ground").into_iter();
        let mut reduction = Reduction::of(first.chain(self.styles.values()));
        let styles = self.styles.into_iter().map(|(name, style)| (name, reduction.style(style, &grounds))).collect();
        Self { name: self.name, styles }
    }

    /// What an ink without a ground of its own may stand on.
    pub(super) fn grounds(&self) -> Vec<Color> {
        let names = ["ground", "selected", "code-block", "code"];
        names.iter().filter_map(|name| self.styles.get(*name)?.bg).collect()
    }

    fn needs_more_than_sixteen(&self) -> bool {
        let more = |colour: Option<Color>| matches!(colour, Some(Color::Rgb(..) | Color::Indexed(16..)));
        self.styles.values().any(|style| more(style.fg) || more(style.bg))
    }
}
