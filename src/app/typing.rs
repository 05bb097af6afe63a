//! The program while a line is typed: every change shows at once what it finds.
//!
//! It keeps or gives back what was there before; the line itself is the prompt's.

use super::keys::{Key, Meaning};
use super::overlay::Overlay;
use super::place::{Place, View};
use super::prompt::{Line, Past, Prompt, Purpose, Typed};
use super::tags::Spot;
use super::{App, Effect, complete, scope};
use crate::blog::marks::What;
use crate::blog::query::Query;
use crate::clean;
use crate::text::Clean;

impl App {
    /// Opens the prompt of the view, with what is already looked for.
    pub(super) fn find(&mut self) {
        let (purpose, text) = match &self.view {
            View::List(list) => (Purpose::Posts, list.selection.query.text().to_owned()),
            View::Tags(tags) => (Purpose::Tags, tags.filter.clone()),
            View::Article(article) => (Purpose::Words(article.window.top), String::new()),
        };
        let marks = self.library.marks();
        let lines: Vec<&str> = match purpose {
            Purpose::Posts => marks.searched().collect(),
            Purpose::Words(_) => marks.sought().collect(),
            Purpose::Tags | Purpose::Name => Vec::new(),
        };
        let past = Past::of(lines.into_iter().filter(|line| *line != text).map(str::to_owned).collect());
        let before = self.view.place();
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, line: Line::new(&text), before, past }));
    }

    /// Opens the prompt for a name of the list's search.
    pub(super) fn ask_for_name(&mut self) {
        let View::List(list) = &self.view else { return };
        if list.selection.query.is_empty() {
            self.notice = Some(Clean::literal("this is the whole list; / looks for something that can have a name"));
            return;
        }
        let before = self.view.place();
        let (purpose, line, past) = (Purpose::Name, Line::default(), Past::default());
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, line, before, past }));
    }

    fn name_search(&mut self, name: &str, query: Query) -> Vec<Effect> {
        if name.is_empty() {
            return Vec::new();
        }
        if self.library.searches().get(name).is_some() {
            self.notice = Some(clean!("there is a search named {name} already; ' lists them"));
            return Vec::new();
        }
        vec![Effect::Keep(name.to_owned(), query)]
    }

    pub(super) fn type_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Overlay::Prompt(prompt)) = &mut self.overlay else { return Vec::new() };
        match prompt.press(key) {
            Typed::Same => {}
            Typed::Changed => self.typed(),
            Typed::Completed => self.complete(),
            Typed::Accepted => return self.accept(),
            Typed::Cancelled => self.cancel(),
            Typed::Passed => {
                if let Meaning::Full(command) = self.keyboard.map.meaning(scope(&self.view), &[key]) {
                    return self.run_view(command, None);
                }
            }
        }
        Vec::new()
    }

    /// Takes pasted text, which is never a command.
    pub(super) fn paste(&mut self, text: &str) {
        match &mut self.overlay {
            Some(Overlay::Prompt(prompt)) => {
                if prompt.line.paste(text) == Typed::Changed {
                    self.typed();
                }
            }
            _ => self.notice = Some(Clean::literal("what was pasted is text and no keys; / takes it as a search")),
        }
    }

    /// Makes of the word before the cursor what it may become.
    fn complete(&mut self) {
        let Some(Overlay::Prompt(prompt)) = &mut self.overlay else { return };
        let (start, ways) = complete::completions(&self.library, prompt.line.before());
        if let Some(way) = ways.first() {
            prompt.line.replace(start, &way.text);
            self.typed();
        }
    }

    /// Shows what the prompt's text finds so far.
    fn typed(&mut self) {
        let Some(Overlay::Prompt(prompt)) = &self.overlay else { return };
        let text = prompt.line.text.clone();
        match (&mut self.view, prompt.purpose) {
            (View::Article(article), Purpose::Words(from)) => article.look_for(&text, from),
            (_, Purpose::Tags) => self.filter_tags(text),
            (_, Purpose::Name) => {}
            (_, Purpose::Posts | Purpose::Words(_)) => self.filter_posts(&text),
        }
    }

    /// The posts that are found: the best of them selected, else the one that was while it is among them.
    fn filter_posts(&mut self, text: &str) {
        let Place::List { on, offset, .. } = self.view.place() else { return };
        let query = Query::typed(text);
        let before = match &self.overlay {
            Some(Overlay::Prompt(Prompt { before: Place::List { on, .. }, .. })) => on.first().cloned(),
            _ => None,
        };
        let selected = on.into_iter().next().or(before).filter(|_| query.wanted.words().is_empty());
        let on = selected.into_iter().collect();
        let place = Place::List { query, on, offset };
        self.show(&place);
    }

    fn filter_tags(&mut self, filter: String) {
        let Place::Tags(spot) = self.view.place() else { return };
        self.show(&Place::Tags(Spot { filter, on: None, offset: 0, ..spot }));
    }

    /// Notes what was looked for, so that it can be had again.
    fn note_search(&mut self, prompt: &Prompt) -> Vec<Effect> {
        let text = prompt.line.text.trim();
        match prompt.purpose {
            Purpose::Posts if !text.is_empty() => vec![self.note("", What::Searched(text.to_owned()))],
            Purpose::Words(_) if !text.is_empty() => vec![self.note("", What::Sought(text.to_owned()))],
            _ => Vec::new(),
        }
    }

    /// Keeps what the prompt found; a tag is shown at once.
    fn accept(&mut self) -> Vec<Effect> {
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else { return Vec::new() };
        let effects = self.note_search(&prompt);
        match (&mut self.view, prompt.purpose) {
            (View::Tags(tags), _) => {
                let step = tags.enter(None, &self.library);
                return self.perform(step);
            }
            (View::Article(article), _) => {
                if let Some(find) = article.find.as_ref().filter(|find| find.hits.is_empty()) {
                    self.notice = Some(clean!("{:?} is not in this post", find.what.text()));
                }
            }
            (View::List(list), Purpose::Name) => {
                let (name, query) = (prompt.line.text.trim(), list.selection.query.clone());
                return self.name_search(name, query);
            }
            (View::List(_), _) => {
                if self.waiting.is_some() || self.view.place() != prompt.before {
                    self.history.leave(prompt.before);
                }
            }
        }
        effects
    }

    fn cancel(&mut self) {
        if let Some(Overlay::Prompt(prompt)) = self.overlay.take() {
            self.show(&prompt.before);
        }
    }
}
