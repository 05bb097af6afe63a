//! An article: its page, what stands at the top of the window, the focused link, and what is looked for in it.

use std::cell::OnceCell;
use std::sync::Arc;

use super::around::Around;
use super::cursor::{Motion, Window};
use super::find::{Find, Sought, What};
use super::keys::Command;
use super::marking::next_unread;
use super::place::Place;
use super::screen::Screen;
use super::tags::Spot;
use super::{Context, Effect, Step};
use crate::blog::doubt::Doubt;
use crate::blog::library::Target;
use crate::blog::page;
use crate::blog::post::Post;
use crate::blog::query::Query;
use crate::blog::search::Selection;
use crate::blog::url::Url;
use crate::clean;
use crate::markdown::{Anchor, Document, Layout, LinkId, LinkKind, Measure, Reach, Row, Setting, Wide};
use crate::text::{Clean, End};

/// Columns by which wide code and tables are shifted at a time.
const SHIFT: usize = 16;

/// A post being read.
#[derive(Debug)]
pub struct ArticleView {
    /// The post.
    pub post: Arc<Post>,
    /// The list that it was opened from.
    pub selection: Arc<Selection>,
    /// What it says.
    pub document: Document,
    /// Its page: head and body in rows.
    pub page: Layout,
    /// Where each link leads.
    pub targets: Vec<Target>,
    /// What stands around it in the blog.
    pub around: Around,
    /// The rows on screen.
    pub window: Window,
    /// The focused link; always on screen.
    pub focus: Option<LinkId>,
    /// What is looked for in it.
    pub find: Option<Find>,
    /// Columns by which wide code and tables are shifted; folded where there is none.
    pub shift: Option<usize>,
    sentences: OnceCell<Vec<Clean>>,
    restored: Option<Restored>,
    awaited: Option<Box<Awaited>>,
}

/// Where to go as soon as the text is there.
#[derive(Debug)]
struct Awaited {
    place: Place,
    heading: Option<String>,
}

/// The place that was asked for, while the reader has not moved: many changes of the width leave the text where it is.
#[derive(Debug, Clone, Copy)]
struct Restored {
    top: usize,
    at: Anchor,
}

/// Bytes that a terminal takes for its clipboard: xterm 100,000, as base64 writes them.
const CLIPBOARD: usize = 74_000;

impl ArticleView {
    /// The article at its top.
    pub fn open(post: &Arc<Post>, selection: Arc<Selection>, shift: Option<usize>, context: &Context<'_>) -> Self {
        let screen = context.screen;
        let mut document = post.document();
        context.known.colour(&post.key, &mut document);
        let pictures = context.known.pictures(&post.key, screen);
        let wide = if shift.is_some() { Wide::Open } else { Wide::Folded };
        let setting = Setting { measure: Measure(screen.column()), wide, numbers: screen.numbers, pictures: &pictures };
        let page = page::with_air(page::set(post, &document, setting));
        let targets = document.links.iter().map(|link| context.library.resolve(post, &link.href)).collect();
        let window = Window { top: 0, height: screen.body() };
        let mut view = Self {
            post: Arc::clone(post),
            selection,
            document,
            page,
            targets,
            around: Around::default(),
            window,
            focus: None,
            find: None,
            shift,
            sentences: OnceCell::new(),
            restored: None,
            awaited: None,
        };
        view.learn(context);
        view
    }

    /// Takes in what is known now of how the posts are tied, and says it at the foot.
    pub fn learn(&mut self, context: &Context<'_>) {
        self.around = Around::of(&self.post, context.library);
        let foot = self.around.foot(context.library);
        page::set_foot(&mut self.page, &self.document, &foot, Measure(context.screen.column()));
    }

    /// Keeps the place that was asked for while the text that it lies in was not read yet.
    pub fn await_text(&mut self, place: &Place) {
        if !self.post.has_text() {
            self.awaited = Some(Box::new(Awaited { place: place.clone(), heading: None }));
        }
    }

    /// The heading to go to when this view is made again.
    pub fn awaited_heading(&mut self) -> Option<String> {
        self.awaited.as_mut().and_then(|awaited| awaited.heading.take())
    }

    /// Goes back to what a place remembers.
    pub fn restore(&mut self, at: Anchor, focus: Option<LinkId>, find: Option<&Sought>, screen: Screen) {
        self.window = Window { top: self.page.row_of(at), height: screen.body() };
        self.window.settle(self.page.rows.len());
        self.restored = Some(Restored { top: self.window.top, at });
        self.find = find.map(|sought| Find::again(sought, &self.page.rows));
        let shown = |link: &LinkId| self.page.links.get(*link).is_some_and(|row| self.window.shows(*row));
        self.focus = focus.filter(shown);
    }

    /// The place to come back to.
    pub fn place(&self) -> Place {
        if let Some(awaited) = &self.awaited {
            return awaited.place.clone();
        }
        Place::Article {
            post: self.post.key.clone(),
            within: self.selection.query.clone(),
            at: self.at(),
            focus: self.focus,
            find: self.find.as_ref().map(Find::sought),
            shift: self.shift,
        }
    }

    /// What stands at the top of the window.
    pub fn at(&self) -> Anchor {
        match self.restored {
            Some(restored) if restored.top == self.window.top => restored.at,
            _ => self.page.rows.get(self.window.top).map(|row| row.anchor).unwrap_or_default(),
        }
    }

    /// The line of the file, counted from 1, of the first text in the window.
    fn line(&self) -> usize {
        let rows = self.page.rows.get(self.window.top..).unwrap_or_default();
        let at = rows.iter().find(|row| !row.runs.is_empty()).map_or(0, |row| row.anchor.at);
        // What stands at the foot is not in the file.
        self.post.line_of(at.min(self.post.body().len().saturating_sub(1)))
    }

    /// How much of it has been on screen when the reader got here, in per cent.
    pub fn progress(&self) -> usize {
        let rows = self.page.rows.len().max(1);
        ((self.window.top + self.window.height) * 100 / rows).min(100)
    }

    /// The index of the heading that the first row on screen stands under.
    pub fn section(&self) -> Option<usize> {
        self.page.headings.partition_point(|row| *row <= self.window.top).checked_sub(1)
    }

    /// Whether it shows pictures.
    pub fn has_pictures(&self) -> bool {
        self.document.links.iter().any(|link| link.kind == LinkKind::Image)
    }

    /// The sentence that a link stands in, for links whose text is only "here".
    pub fn sentence(&self, link: LinkId) -> Clean {
        self.sentences.get_or_init(|| self.document.sentences()).get(link).cloned().unwrap_or_default()
    }

    /// Does what a command asks for here.
    pub fn run(&mut self, command: Command, number: Option<usize>, context: &Context<'_>) -> Step {
        let page = self.window.height.saturating_sub(2).max(1);
        match command {
            Command::Down => self.scroll(Motion::Down(1)),
            Command::Up => self.scroll(Motion::Up(1)),
            Command::HalfDown => self.scroll(Motion::Down(self.window.height / 2)),
            Command::HalfUp => self.scroll(Motion::Up(self.window.height / 2)),
            Command::PageDown => self.scroll(Motion::Down(page)),
            Command::PageUp => self.scroll(Motion::Up(page)),
            Command::First => self.scroll(Motion::First),
            Command::Last => self.scroll(Motion::Last),
            Command::Onward if self.progress() == 100 => self.neighbour(Motion::Down(1)),
            Command::Onward => self.scroll(Motion::Down(page)),
            Command::NextSection => {
                self.heading(self.page.headings.iter().find(|row| **row > self.window.top).copied())
            }
            Command::PreviousSection => {
                self.heading(self.page.headings.iter().rfind(|row| **row < self.window.top).copied())
            }
            Command::NextPost => self.neighbour(Motion::Down(1)),
            Command::PreviousPost => self.neighbour(Motion::Up(1)),
            Command::NextPart => self.part(Motion::Down(1)),
            Command::PreviousPart => self.part(Motion::Up(1)),
            Command::NextLink => self.next_link(),
            Command::PreviousLink => self.previous_link(),
            Command::ShiftRight => self.shift_right(),
            Command::ShiftLeft => self.shift_left(),
            Command::CopyCode => self.copy_code(),
            Command::NextHit if self.find.is_none() => self.unread(Motion::Down(1), context),
            Command::PreviousHit if self.find.is_none() => self.unread(Motion::Up(1), context),
            Command::NextHit => self.hit(Find::step_down),
            Command::PreviousHit => self.hit(Find::step_up),
            Command::Edit => Step::Ask(Effect::Edit(self.post.key.clone(), self.line())),
            Command::Out => Step::Go(self.list()),
            Command::Tags => Step::Go(self.tags()),
            Command::Open | Command::Browse | Command::Archive | Command::Copy => {
                self.on_link(command, number, context)
            }
            _ => Step::Stay,
        }
    }

    /// Does what a command asks for with a link: the one of the number that was typed, else the focused one; without
    /// either, with the post itself.
    pub fn on_link(&mut self, command: Command, number: Option<usize>, context: &Context<'_>) -> Step {
        let link = match number {
            Some(number) => number.checked_sub(1).filter(|link| *link < self.targets.len()),
            None => self.focus,
        };
        match (link.and_then(|link| self.targets.get(link).cloned()), command) {
            // What a number leads to on the web is shown before it is opened.
            (Some(Target::Web(_) | Target::Broken(_, Some(_))), Command::Open | Command::Browse | Command::Archive)
                if number.is_some() && link != self.focus =>
            {
                self.set_focus(link)
            }
            (Some(target), Command::Open) => {
                self.set_focus(link);
                self.follow(&target, context)
            }
            (Some(target), _) => self.leave(&target, command, context),
            (None, _) if number.is_some() => Step::Say(clean!("this post has {} links", self.targets.len())),
            (None, Command::Open) => Step::Links,
            (None, _) => context.leave(&self.post, command),
        }
    }

    /// Follows a link: in place where it can, in the browser where it must.
    fn follow(&self, target: &Target, context: &Context<'_>) -> Step {
        let within = || self.selection.query.clone();
        match target {
            Target::Post(key, None) => Step::Go(Place::article(key.clone(), within())),
            Target::Post(key, Some(fragment)) => Step::GoTo(Place::article(key.clone(), within()), fragment.clone()),
            Target::Heading(id) if self.row_of_heading(id).is_none() => {
                Step::Say(clean!("no heading here is called #{id}"))
            }
            Target::Heading(id) => Step::GoTo(self.place(), id.clone()),
            Target::Term(taxonomy, term) => Step::Go(Place::list(context.library.term_query(*taxonomy, term))),
            Target::Dates(date) => Step::Go(Place::list(context.library.date_query(date))),
            Target::Web(url) => self.open_page(url.clone()),
            Target::Unknown(why) => Step::Say(why.clone()),
            Target::Refused(refused) => Step::Say(clean!("{refused}")),
            Target::Broken(why, None) => Step::Say(why.clone()),
            Target::Broken(why, Some(_)) => Step::Say(clean!("{why}; o tries it in the browser, w in the archive")),
        }
    }

    /// Takes the address of a link out of the program: to the browser, the archive or the clipboard.
    fn leave(&self, target: &Target, command: Command, context: &Context<'_>) -> Step {
        let address = match target {
            Target::Web(url) => Ok(url.clone()),
            Target::Refused(refused) => Err(Step::Say(clean!("{refused}"))),
            Target::Broken(why, None) | Target::Unknown(why) => Err(Step::Say(why.clone())),
            Target::Broken(_, Some(url)) => Ok(url.clone()),
            Target::Post(key, fragment) => {
                let post = context.library.get(key).and_then(|post| context.library.address(post));
                let page = post.and_then(|url| url.join(&format!("#{}", fragment.as_deref()?)).ok().or(Some(url)));
                page.or_else(|| context.library.get(key).and_then(|post| context.library.address(post)))
                    .ok_or_else(|| context.no_address())
            }
            Target::Heading(id) => {
                let page = context.library.address(&self.post).and_then(|url| url.join(&format!("#{id}")).ok());
                page.ok_or_else(|| context.no_address())
            }
            Target::Term(..) | Target::Dates(_) => {
                context.library.address_of(target).ok_or_else(|| context.no_address())
            }
        };
        address.map_or_else(|step| step, |url| self.ask(command, url))
    }

    fn ask(&self, command: Command, url: Url) -> Step {
        if command == Command::Browse {
            self.open_page(url)
        } else {
            Step::leave(command, url, self.post.date.as_ref())
        }
    }

    /// Opens the page that the focused link leads to, at once where nothing is to be doubted.
    fn open_page(&self, url: Url) -> Step {
        match self.focus.and_then(|link| self.doubt(link, &url)).filter(Doubt::asks) {
            Some(doubt) => Step::Doubt(url, clean!("{doubt}")),
            None => Step::Ask(Effect::Open(url)),
        }
    }

    /// What is to be doubted of a link that leads to a page.
    pub fn doubt(&self, link: LinkId, url: &Url) -> Option<Doubt> {
        Doubt::of(self.document.links.get(link)?.text.as_str(), url)
    }

    /// Focuses a link and scrolls it into view.
    pub fn show_link(&mut self, link: LinkId) {
        if let Some(row) = self.page.links.get(link) {
            self.window = Window::around(*row, self.window.height / 3, self.window.height, self.page.rows.len());
            self.focus = Some(link);
        }
    }

    /// Scrolls to the heading of an id, as a link to it would.
    pub fn go_to_heading(&mut self, id: &str) -> Step {
        if let Some(awaited) = &mut self.awaited {
            awaited.heading = Some(id.to_owned());
            return Step::Stay;
        }
        match self.row_of_heading(id) {
            Some(row) => self.heading(Some(row)),
            None => Step::Say(clean!("no heading here is called #{id}")),
        }
    }

    fn row_of_heading(&self, id: &str) -> Option<usize> {
        if id.is_empty() || id.eq_ignore_ascii_case("top") {
            return Some(0);
        }
        let slug = id.to_lowercase();
        let heading = self.document.headings.iter().position(|heading| heading.id == id || heading.id == slug);
        let row = heading.and_then(|heading| self.page.headings.get(heading));
        let place = || self.document.places.iter().position(|place| place.id == id);
        row.or_else(|| self.page.places.get(place()?)).copied()
    }

    fn scroll(&mut self, motion: Motion) -> Step {
        self.window.top = motion.from(self.window.top, self.page.rows.len());
        self.window.settle(self.page.rows.len());
        let shown = |link: &LinkId| self.page.links.get(*link).is_some_and(|row| self.window.shows(*row));
        self.focus = self.focus.filter(shown);
        Step::Stay
    }

    /// Scrolls to a heading by its index.
    pub fn go_to_section(&mut self, heading: usize) {
        if let Some(row) = self.page.headings.get(heading).copied() {
            self.scroll_to(row);
        }
    }

    /// Opens wide code and tables, and then shifts them.
    fn shift_right(&self) -> Step {
        let widest = self.page.rows.iter().filter(|row| row.is_wide()).map(Row::width).max().unwrap_or_default();
        match self.shift {
            _ if widest == 0 => Step::Say(Clean::literal("no code and no table here")),
            None => Step::Replace(Place::shifted(self.place(), Some(0))),
            Some(shift) if shift + SHIFT < widest => Step::Replace(Place::shifted(self.place(), Some(shift + SHIFT))),
            Some(_) => Step::Say(Clean::literal("this is the right end of the widest row")),
        }
    }

    fn shift_left(&self) -> Step {
        match self.shift {
            None => Step::Say(Clean::literal("nothing is shifted; > shifts wide code and tables")),
            Some(shift) => Step::Replace(Place::shifted(self.place(), shift.checked_sub(SHIFT))),
        }
    }

    /// Copies the first code that is on screen, with what of it is not.
    fn copy_code(&self) -> Step {
        let rows = &self.page.rows;
        let is_code = |row: &usize| rows.get(*row).is_some_and(|row| row.reach == Reach::Code);
        let Some(shown) = (self.window.top..self.window.top + self.window.height).find(is_code) else {
            return Step::Say(Clean::literal("no code is on screen"));
        };
        let first = (0..shown).rev().take_while(is_code).last().unwrap_or(shown);
        let mut code = String::new();
        for row in rows.iter().skip(first).take_while(|row| row.reach == Reach::Code) {
            row.runs.iter().for_each(|run| code.push_str(run.text.as_str()));
            code.push_str(if row.end == End::Break { "\n" } else { "" });
        }
        if code.len() > CLIPBOARD {
            return Step::Say(clean!(
                "{} kB of code are not copied: terminals take {} kB; reread show prints all of it",
                code.len().div_ceil(1000),
                CLIPBOARD / 1000
            ));
        }
        let lines = code.lines().count();
        let notice = clean!("copied {lines} line{} of code", if lines == 1 { "" } else { "s" });
        Step::Ask(Effect::CopyText(code, notice))
    }

    fn heading(&mut self, row: Option<usize>) -> Step {
        match row {
            Some(row) => self.scroll_to(row),
            None => Step::Say(Clean::literal("no further heading")),
        }
    }

    fn scroll_to(&mut self, row: usize) -> Step {
        self.window.top = row;
        self.scroll(Motion::Down(0))
    }

    /// The next post of the list that this one was opened from.
    fn neighbour(&self, motion: Motion) -> Step {
        let posts = &self.selection.posts;
        let Some(at) = self.selection.position(&self.post.key) else { return not_in_list() };
        let to = motion.from(at, posts.len());
        match posts.get(to) {
            Some(post) if to != at => Step::Go(Place::article(post.key.clone(), self.selection.query.clone())),
            _ if motion == Motion::Up(1) => Step::Say(Clean::literal("this is the first post of the list")),
            _ => Step::Say(Clean::literal("this is the last post of the list")),
        }
    }

    /// The nearest unread post of that list, below or above.
    fn unread(&self, motion: Motion, context: &Context<'_>) -> Step {
        let Some(at) = self.selection.position(&self.post.key) else { return not_in_list() };
        let posts = &self.selection.posts;
        let found = next_unread(posts, at, motion, context.library.marks());
        match found.and_then(|at| posts.get(at)) {
            Some(post) => Step::Go(Place::article(post.key.clone(), self.selection.query.clone())),
            None if matches!(motion, Motion::Up(_)) => {
                Step::Say(Clean::literal("no post above this one in the list is unread"))
            }
            None => Step::Say(Clean::literal("no post below this one in the list is unread")),
        }
    }

    /// The next post of the series that this one is part of.
    fn part(&self, motion: Motion) -> Step {
        let Some(part) = &self.around.part else {
            return Step::Say(Clean::literal("this post is part of no series"));
        };
        let to = motion.from(part.at, part.posts.len());
        match part.posts.get(to) {
            Some(post) if to != part.at => Step::Go(Place::article(post.clone(), self.selection.query.clone())),
            _ if motion == Motion::Up(1) => Step::Say(clean!("this is the first part of “{}”", part.name)),
            _ => Step::Say(clean!("this is the last part of “{}”", part.name)),
        }
    }

    /// The link after the focused one, else the first on screen; further down where there is none.
    fn next_link(&mut self) -> Step {
        let rows = &self.page.links;
        let next = match self.focus {
            Some(focus) => focus + 1,
            None => rows.iter().position(|row| *row >= self.window.top).unwrap_or(rows.len()),
        };
        self.set_focus(Some(next))
    }

    /// The link before the focused one, else the last on screen; further up where there is none.
    fn previous_link(&mut self) -> Step {
        let bottom = self.window.top + self.window.height;
        let previous = match self.focus {
            Some(focus) => focus.checked_sub(1),
            None => self.page.links.iter().rposition(|row| *row < bottom),
        };
        self.set_focus(previous)
    }

    fn set_focus(&mut self, link: Option<LinkId>) -> Step {
        let Some((link, row)) = link.and_then(|link| Some((link, *self.page.links.get(link)?))) else {
            return Step::Say(Clean::literal("no further link"));
        };
        self.window.show(row, self.page.rows.len());
        self.focus = Some(link);
        Step::Stay
    }

    /// Looks for `text` while it is typed; the page scrolls to the first hit below `from`.
    pub fn look_for(&mut self, text: &str, from: usize) {
        let find = Find::new(What::Text(text.to_owned()), &self.page.rows, from);
        self.window.top = from;
        if let Some(row) = find.row() {
            self.window.show(row, self.page.rows.len());
        }
        self.find = Some(find).filter(|_| !text.is_empty());
    }

    /// Marks the words by which the post was found, and shows the first of them.
    pub fn mark_words(&mut self) {
        let find = What::words_of(&self.selection.query).map(|what| Find::new(what, &self.page.rows, 0));
        self.find = find.filter(|find| !find.hits.is_empty());
        if let Some(row) = self.find.as_ref().and_then(Find::row) {
            self.window.show(row, self.page.rows.len());
        }
    }

    fn hit(&mut self, step: fn(&mut Find)) -> Step {
        let Some(find) = &mut self.find else { return Step::Stay };
        step(find);
        let Some(row) = find.row() else {
            return Step::Say(clean!("{:?} is not in this post", find.what.text()));
        };
        let notice = clean!("{}/{} {:?}", find.current + 1, find.hits.len(), find.what.text());
        self.window.show(row, self.page.rows.len());
        self.scroll(Motion::Down(0));
        Step::Say(notice)
    }

    /// The list that this post was opened from, with this post selected, or what has taken its place.
    pub fn list(&self) -> Place {
        let query = self.selection.query.clone();
        let on = self.selection.position(&self.post.key).map(|at| self.selection.from(at));
        let on = on.unwrap_or_else(|| vec![self.post.key.clone()]);
        Place::List { query, on, offset: self.window.height / 2 }
    }

    /// Keeps to the list of the article before, while that is the same search: what was marked or opened since then moves
    /// no post under the reader, and one that is found no more keeps its neighbours.
    pub fn keep_list(&mut self, list: &Arc<Selection>) {
        let has_it = |list: &Selection| list.position(&self.post.key).is_some();
        let is_as_new = list.edition == self.selection.edition || (has_it(list) && !has_it(&self.selection));
        if list.query == self.selection.query && is_as_new {
            self.selection = Arc::clone(list);
        }
    }

    fn tags(&self) -> Place {
        let (on, offset) = (self.post.tags.first().cloned(), self.window.height / 2);
        Place::Tags(Spot { on, offset, ..Spot::within(Query::default()) })
    }
}

fn not_in_list() -> Step {
    Step::Say(Clean::literal("this post is not in the list that it was opened from"))
}
