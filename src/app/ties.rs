//! The panel of what an article is tied to: its links, the posts that link to it, related posts, and its series.

use super::around::LinkPage;
use super::article::ArticleView;
use super::keys::Command;
use super::overlay::{Overlay, Panel};
use super::place::{Place, View};
use super::{App, Effect, Step};
use crate::blog::library::Library;
use crate::text::Clean;

impl ArticleView {
    /// How many entries a page of the panel has.
    pub fn entries(&self, page: LinkPage, library: &Library) -> usize {
        match page {
            LinkPage::Links => self.targets.len(),
            LinkPage::Backlinks => self.around.backlinks.as_ref().map_or(0, Vec::len),
            LinkPage::Related => self.around.related(&self.post, library).len(),
            LinkPage::Series => self.around.part.as_ref().map_or(0, |part| part.posts.len()),
        }
    }

    /// The entry that a page begins at: the focused link or the first on screen, this part of the series.
    fn first_entry(&self, page: LinkPage) -> usize {
        match page {
            LinkPage::Links => {
                let shown = || self.page.links.iter().position(|row| *row >= self.window.top);
                self.focus.or_else(shown).unwrap_or_else(|| self.targets.len().saturating_sub(1))
            }
            LinkPage::Series => self.around.part.as_ref().map_or(0, |part| part.at),
            LinkPage::Backlinks | LinkPage::Related => 0,
        }
    }
}

impl App {
    /// Opens the panel at its first page that has anything.
    pub(super) fn links(&mut self) {
        let View::Article(article) = &self.view else { return };
        let has_any = |page: &LinkPage| article.entries(*page, &self.library) > 0;
        match LinkPage::ALL.into_iter().find(has_any) {
            Some(page) => self.open_ties(page),
            // It will be known while the reader looks.
            None if article.around.backlinks.is_none() => self.open_ties(LinkPage::Backlinks),
            None => self.notice = Some(Clean::literal("this post has no links, and no other post leads to it")),
        }
    }

    fn open_ties(&mut self, page: LinkPage) {
        let View::Article(article) = &self.view else { return };
        let (count, first) = (article.entries(page, &self.library), article.first_entry(page));
        let panel = Panel::new(count, first, (self.panel_height() / page.rows()).max(1));
        self.overlay = Some(Overlay::Links(page, panel));
    }

    /// Turns to the next page of the panel, or back.
    pub(super) fn turn(&mut self, command: Command) {
        let Some(Overlay::Links(page, _)) = self.overlay else { return };
        let by = if command == Command::PreviousTab { LinkPage::ALL.len() - 1 } else { 1 };
        if let Some(next) = LinkPage::ALL.iter().cycle().skip_while(|other| **other != page).nth(by) {
            self.open_ties(*next);
        }
    }

    /// Does what a command asks for on a page of posts.
    pub(super) fn run_ties(&mut self, page: LinkPage, entry: usize, command: Command) -> Vec<Effect> {
        match command {
            Command::Out | Command::Close => self.overlay = None,
            Command::NextTab | Command::PreviousTab => self.turn(command),
            Command::Open | Command::Browse | Command::Archive | Command::Copy => {
                let step = self.on_tie(page, entry, command);
                if command == Command::Open {
                    self.overlay = None;
                }
                return self.perform(step);
            }
            _ => {
                if let Some(Overlay::Links(_, panel)) = &mut self.overlay {
                    panel.run(command);
                }
            }
        }
        Vec::new()
    }

    fn on_tie(&self, page: LinkPage, entry: usize, command: Command) -> Step {
        let View::Article(article) = &self.view else { return Step::Stay };
        let Some(post) = article.around.post(page, entry) else { return Step::Stay };
        if command == Command::Open {
            let place = Place::article(post.clone(), article.selection.query.clone());
            let thread = article.around.backlinks.as_ref().and_then(|threads| threads.get(entry));
            return match thread.filter(|_| page == LinkPage::Backlinks) {
                Some(thread) => Step::GoToLink(place, thread.link),
                None => Step::Go(place),
            };
        }
        let Some(post) = self.library.get(post) else { return Step::Stay };
        self.context().leave(post, command)
    }
}
