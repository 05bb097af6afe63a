//! What can lie above a view, at most one at a time: the keys, the contents and links of an article, the faults, an
//! address to copy by hand or to be asked about, the searches that have a name, a prompt.

use super::around::LinkPage;
use super::cursor::{Motion, Window};
use super::keys::{Command, Scope};
use super::place::Place;
use super::prompt::Prompt;
use crate::blog::query::Query;
use crate::blog::url::Url;
use crate::text::Clean;

/// What lies above the view.
#[derive(Debug)]
pub enum Overlay {
    /// The keys of a view.
    Help(Scope, Panel),
    /// The headings of the article, and where the reader was when they were opened.
    Contents(Panel, Box<Place>),
    /// What the article is tied to.
    Links(LinkPage, Panel),
    /// What is wrong in the files.
    Faults(Panel),
    /// The orders of posts: [`SORTS`](crate::blog::query::SORTS).
    Sorts(Panel),
    /// The searches that have a name.
    Searches(Panel, Vec<Named>),
    /// An address that no browser showed, with the reason.
    Unopened(Url, Clean),
    /// An address that is only opened when the reader says so, with what is to be doubted of it.
    Doubted(Url, Clean),
    /// A line being typed.
    Prompt(Prompt),
}

/// A search that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// What it asks for.
    pub query: Query,
    /// How many posts it finds; none where finding out would make a key wait.
    pub posts: Option<usize>,
}

impl Overlay {
    /// The panel, if it is one.
    pub fn panel(&mut self) -> Option<&mut Panel> {
        match self {
            Self::Help(_, panel)
            | Self::Contents(panel, _)
            | Self::Links(_, panel)
            | Self::Faults(panel)
            | Self::Searches(panel, _)
            | Self::Sorts(panel) => Some(panel),
            Self::Unopened(..) | Self::Doubted(..) | Self::Prompt(_) => None,
        }
    }
}

/// Rows with a selected one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Panel {
    /// How many there are.
    pub count: usize,
    /// The selected one.
    pub cursor: usize,
    /// Those on screen.
    pub window: Window,
}

impl Panel {
    /// A panel of `count` rows in a window of `height`.
    pub fn new(count: usize, cursor: usize, height: usize) -> Self {
        let cursor = cursor.min(count.saturating_sub(1));
        let mut panel = Self { count, cursor, window: Window { top: 0, height } };
        panel.window.show(cursor, count);
        panel
    }

    /// Moves the selection, if the command is a movement.
    pub fn run(&mut self, command: Command) {
        let (half, page) = (self.window.height / 2, self.window.height.saturating_sub(1).max(1));
        let motion = match command {
            Command::Down => Motion::Down(1),
            Command::Up => Motion::Up(1),
            Command::HalfDown => Motion::Down(half),
            Command::HalfUp => Motion::Up(half),
            Command::PageDown => Motion::Down(page),
            Command::PageUp => Motion::Up(page),
            Command::First => Motion::First,
            Command::Last => Motion::Last,
            _ => return,
        };
        self.cursor = motion.from(self.cursor, self.count);
        self.window.show(self.cursor, self.count);
    }
}
