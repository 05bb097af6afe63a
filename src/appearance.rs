//! Which theme is shown: what the reader wants, what the terminal is, and how many colours it has.
//!
//! It reads nothing and asks nothing; whoever learns something tells it.

use crate::cli::Colours;
use crate::environment::Environment;
use crate::terminal::colours;
use crate::terminal::query::Findings;
use crate::ui::theme::{AUTO, Depth, Ground, Theme, Themes};

/// How things are to look.
#[derive(Debug, Clone)]
pub struct Appearance {
    /// All themes.
    pub themes: Themes,
    /// The name that is wanted; `auto` for the one that fits.
    pub wanted: String,
    /// How many colours there are, and why.
    pub depth: (Depth, &'static str),
    /// The terminal's ground, and who says so.
    pub ground: Option<(Ground, &'static str)>,
}

impl Appearance {
    /// Before the terminal was asked.
    pub fn new(themes: Themes, wanted: Option<&str>, environment: &Environment, wanted_colours: Colours) -> Self {
        Self {
            themes,
            wanted: wanted.unwrap_or(AUTO).to_owned(),
            depth: colours::depth(environment, wanted_colours),
            ground: colours::ground(environment).map(|ground| (ground, "COLORFGBG")),
        }
    }

    /// The name of the theme that is shown.
    pub fn name(&self) -> &str {
        self.themes.meant(&self.wanted, self.ground.map(|(ground, _)| ground))
    }

    /// The theme that is shown, in the colours that there are.
    pub fn theme(&self) -> Theme {
        self.themes.shown(self.name(), self.depth.0)
    }

    /// Takes what the terminal says; its own word counts more than a variable's, which may be another terminal's.
    pub fn learn(&mut self, findings: &Findings) {
        if let Some(is_light) = findings.is_light() {
            let ground = if is_light { Ground::Light } else { Ground::Dark };
            self.ground = Some((ground, "the terminal"));
        }
    }

    /// Goes on to the next theme.
    pub fn go_on(&mut self) {
        self.wanted = self.themes.after(self.name()).to_owned();
    }

    /// Why this theme is shown.
    pub fn reason(&self) -> String {
        match (self.wanted.as_str(), self.ground) {
            (AUTO, Some((ground, who))) => {
                let ground = if ground == Ground::Light { "light" } else { "dark" };
                format!("theme = \"auto\", and {who} says that the background is {ground}")
            }
            (AUTO, None) => "theme = \"auto\", and nothing says what the background is".to_owned(),
            _ => "it was asked for by --theme or config.toml".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appearance(wanted: Option<&str>, environment: &Environment) -> Appearance {
        Appearance::new(Themes::default(), wanted, environment, Colours::Auto)
    }

    #[test]
    fn without_a_wish_the_theme_fits_the_terminal() {
        let environment = Environment::at("/").with("TERM", "foot");
        let mut auto = appearance(None, &environment);
        assert_eq!(auto.name(), "terminal");
        let light = Findings { background: Some((255, 255, 255)), ..Findings::default() };
        let dark = Findings { background: Some((0, 0, 0)), ..Findings::default() };
        auto.learn(&Findings::default());
        assert_eq!(auto.name(), "terminal");
        auto.learn(&light);
        assert_eq!(auto.name(), "light");
        let mut auto = appearance(None, &environment.clone().with("COLORFGBG", "0;15"));
        assert_eq!(auto.name(), "light");
        auto.learn(&dark);
        assert_eq!(auto.name(), "dark", "the terminal knows better");
        let mut wish = appearance(Some("nord"), &environment);
        wish.learn(&light);
        assert_eq!(wish.name(), "nord");
    }

    #[test]
    fn the_next_theme_is_never_the_same_and_all_come_by() {
        let mut shown = appearance(None, &Environment::at("/").with("TERM", "foot"));
        let count = shown.themes.names().len();
        let mut names = Vec::new();
        for _ in 0..count {
            shown.go_on();
            names.push(shown.name().to_owned());
        }
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
