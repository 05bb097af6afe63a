//! The program while a panel lies above a view: which one opens, and what a command does in it.
//!
//! What a panel shows is read from the view below it when it is drawn; it holds no copy.

use super::around::LinkPage;
use super::article::ArticleView;
use super::keys::Command;
use super::overlay::{Named, Overlay, Panel};
use super::place::{Place, View};
use super::{App, Effect, Step};
use crate::blog::query::{Expr, Query, SORTS, Sort, Term};
use crate::text::Clean;

impl App {
    pub(super) fn help(&mut self) {
        let scope = self.scope();
        self.overlay =
            Some(Overlay::Help(scope, Panel::new(self.keyboard.map.help(scope).len(), 0, self.panel_height())));
    }

    pub(super) fn faults(&mut self) {
        match self.library.faults().len() {
            0 => self.notice = Some(Clean::literal("nothing is wrong in the files")),
            count => self.overlay = Some(Overlay::Faults(Panel::new(count, 0, self.panel_entries()))),
        }
    }

    /// The orders of posts, at the one that is live.
    pub(super) fn sorts(&mut self) {
        let View::List(list) = &self.view else { return };
        let now = SORTS.iter().position(|(_, sort)| *sort == list.selection.order).unwrap_or_default();
        self.overlay = Some(Overlay::Sorts(Panel::new(SORTS.len(), now, self.panel_height())));
    }

    /// The searches that have a name, with their posts counted where that takes no key's time.
    pub(super) fn searches(&mut self) {
        let count = |query: &Query| match self.library.before(query) {
            Some(_) => None,
            None => Some(self.library.found(query)),
        };
        let named: Vec<_> = (self.library.searches().iter())
            .map(|(name, query)| Named { name: name.to_owned(), query: query.clone(), posts: count(query) })
            .collect();
        if named.is_empty() {
            self.notice = Some(Clean::literal("no search has a name yet; m gives one to the search of a list"));
            return;
        }
        self.overlay = Some(Overlay::Searches(Panel::new(named.len(), 0, self.panel_height()), named));
    }

    /// Sorts the list as the panel says.
    fn sort(&mut self, chosen: usize) {
        self.overlay = None;
        let (Some((_, sort)), Place::List { query, .. }) = (SORTS.get(chosen), self.view.place()) else { return };
        let is_usual = (query.wanted.words().is_empty() && *sort == Sort::Date)
            || (!query.wanted.words().is_empty() && *sort == Sort::Relevance);
        self.go(&Place::list(query.sorted(Some(*sort).filter(|_| !is_usual))));
    }

    /// Rows of a panel: the body without the panel's frame.
    pub(super) fn panel_height(&self) -> usize {
        self.screen.body().saturating_sub(2).max(1)
    }

    /// Entries of a panel that gives two rows to each.
    fn panel_entries(&self) -> usize {
        (self.panel_height() / 2).max(1)
    }

    /// Does what a command asks for with a link of the panel, which shows where it leads: no number is to be confirmed.
    fn run_link(&mut self, command: Command, number: usize) -> Vec<Effect> {
        let View::Article(article) = &mut self.view else { return Vec::new() };
        let before = std::mem::replace(&mut article.focus, number.checked_sub(1));
        let effects = self.run_view(command, None);
        if let (View::Article(article), true) = (&mut self.view, command != Command::Open) {
            article.focus = before;
        }
        effects
    }

    pub(super) fn run_panel(&mut self, command: Command) -> Vec<Effect> {
        if let Some(Overlay::Contents(..)) = self.overlay {
            self.run_contents(command);
            return Vec::new();
        }
        let Some(overlay) = &mut self.overlay else { return Vec::new() };
        let number = match overlay {
            Overlay::Links(LinkPage::Links, panel) => Some(panel.cursor + 1),
            Overlay::Links(page, panel) => {
                let (page, entry) = (*page, panel.cursor);
                return self.run_ties(page, entry, command);
            }
            _ => None,
        };
        if let (Overlay::Unopened(url, _) | Overlay::Doubted(url, _), Command::Copy) = (&*overlay, command) {
            return vec![Effect::Copy(url.clone())];
        }
        if let (Overlay::Doubted(url, _), Command::Open) = (&*overlay, command) {
            let open = Step::Ask(Effect::Open(url.clone()));
            self.overlay = None;
            return self.perform(open);
        }
        if let (Overlay::Sorts(panel), Command::Open) = (&*overlay, command) {
            let chosen = panel.cursor;
            self.sort(chosen);
            return Vec::new();
        }
        if let (Overlay::Searches(panel, named), Command::Open) = (&*overlay, command) {
            let name = named.get(panel.cursor).map(|search| search.name.clone());
            self.overlay = None;
            if let Some(name) = name {
                self.go(&Place::list(Query::of(Expr::Term(Term::Search(name)), None)));
            }
            return Vec::new();
        }
        match (command, number) {
            (Command::NextTab | Command::PreviousTab, Some(_)) => self.turn(command),
            (Command::Out | Command::Close, _) => self.overlay = None,
            (Command::Open | Command::Browse | Command::Archive | Command::Copy, Some(number)) => {
                if command == Command::Open {
                    self.overlay = None;
                }
                return self.run_link(command, number);
            }
            (Command::Open, None) => self.overlay = None,
            _ => {
                if let Some(panel) = overlay.panel() {
                    panel.run(command);
                }
            }
        }
        Vec::new()
    }

    /// The contents of the article, at the heading above the first row on screen.
    pub(super) fn contents(&mut self) {
        let View::Article(article) = &self.view else { return };
        match article.document.headings.len() {
            0 => self.notice = Some(Clean::literal("this post has no headings")),
            count => {
                let cursor = article.section().unwrap_or_default();
                let panel = Panel::new(count, cursor, self.panel_height());
                self.overlay = Some(Overlay::Contents(panel, Box::new(self.view.place())));
            }
        }
    }

    /// The article follows the selected heading; closing the panel goes back to where it was opened.
    fn run_contents(&mut self, command: Command) {
        let Some(Overlay::Contents(mut panel, before)) = self.overlay.take() else { return };
        match command {
            Command::Open => self.stay_here(*before),
            Command::Out | Command::Close => self.show(&before),
            _ => {
                panel.run(command);
                if let View::Article(article) = &mut self.view {
                    article.go_to_section(panel.cursor);
                }
                self.overlay = Some(Overlay::Contents(panel, before));
            }
        }
    }

    /// Remembers the place that the panel was opened at, unless this is it.
    fn stay_here(&mut self, before: Place) {
        if self.view.place() != before {
            self.history.leave(before);
        }
    }

    /// Fits the panel to another size or another post.
    pub(super) fn refit_panel(&mut self) {
        let (height, entries) = (self.panel_height(), self.panel_entries());
        let article = if let View::Article(article) = &self.view { Some(&**article) } else { None };
        let headings = article.map_or(0, |article: &ArticleView| article.document.headings.len());
        let faults = self.library.faults().len();
        let is_article = article.is_some();
        match &mut self.overlay {
            Some(Overlay::Help(_, panel) | Overlay::Sorts(panel) | Overlay::Searches(panel, _)) => {
                *panel = Panel::new(panel.count, panel.cursor, height);
            }
            Some(Overlay::Contents(panel, _)) => *panel = Panel::new(headings, panel.cursor, height),
            Some(Overlay::Links(page, panel)) => {
                let count = article.map_or(0, |article| article.entries(*page, &self.library));
                *panel = Panel::new(count, panel.cursor, (height / page.rows()).max(1));
            }
            Some(Overlay::Faults(panel)) => *panel = Panel::new(faults, panel.cursor, entries),
            Some(Overlay::Unopened(..) | Overlay::Doubted(..) | Overlay::Prompt(_)) | None => {}
        }
        if let (Some(Overlay::Links(..) | Overlay::Contents(..)), false) = (&self.overlay, is_article) {
            self.overlay = None;
        }
    }
}
