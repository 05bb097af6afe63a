//! What the reader is doing: keys and happenings come in, a new state and wishes to the world come out. Pure.

pub mod around;
pub mod article;
mod changing;
pub mod complete;
pub mod cursor;
pub mod find;
mod hints;
pub mod keys;
pub mod known;
mod language;
pub mod list;
mod marking;
mod message;
pub mod overlay;
mod panels;
pub mod place;
pub mod prompt;
pub mod screen;
pub mod tags;
mod ties;
mod typing;

use std::sync::Arc;

use self::keys::{Code, Command, Held, Key, Keymap, Meaning, Scope};
use self::known::Known;
pub use self::marking::{Marking, ReadWhen};
pub use self::message::{Effect, Message, Step};
use self::overlay::Overlay;
use self::place::{History, Place, View};
use self::screen::{Bars, Contents, Preview, Screen};
use self::tags::Spot;
use crate::blog::library::{Errand, Library, Progress};
use crate::blog::post::Post;
use crate::blog::query::{Query, Term, When};
use crate::blog::search;
use crate::clean;
use crate::text::Clean;

/// The whole state of the program.
#[derive(Debug)]
pub struct App {
    /// The blog.
    pub library: Library,
    /// What the reader looks at.
    pub view: View,
    /// What lies above it.
    pub overlay: Option<Overlay>,
    /// Places behind and before.
    pub history: History,
    /// The keys.
    pub keyboard: Keyboard,
    /// The terminal's size and how it is used.
    pub screen: Screen,
    /// What is known beside the posts.
    pub known: Known,
    /// A sentence for the status line, until the next key.
    pub notice: Option<Clean>,
    /// The place that the reader will be at when an errand is done.
    pub waiting: Option<Waiting>,
    /// The marks of this session.
    pub marking: Marking,
    /// Whether a key was pressed.
    is_used: bool,
    /// What of the post that was left is to be remembered.
    left: Vec<Effect>,
}

/// A place that cannot be shown yet.
#[derive(Debug)]
pub struct Waiting {
    place: Place,
    /// What must be done first, until it was asked for.
    errand: Option<Errand>,
}

/// The keys, and those pressed so far.
#[derive(Debug, Default)]
pub struct Keyboard {
    /// The live table.
    pub map: Keymap,
    /// What is not yet a command.
    pub pending: Pending,
}

/// Keys that are not yet a command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Pending {
    /// None.
    #[default]
    Nothing,
    /// A number.
    Number(usize),
    /// The beginning of a label of a link; the labels are shown.
    Hint(String),
    /// The beginning of a sequence.
    Keys(Vec<Key>),
}

/// What a view may look at beside itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The blog.
    pub library: &'a Library,
    /// The screen.
    pub screen: Screen,
    /// What is known beside the posts.
    pub known: &'a Known,
}

impl Context<'_> {
    /// Takes the address of a post out of the program.
    pub fn leave(&self, post: &Post, command: Command) -> Step {
        match self.library.address(post) {
            Some(url) => Step::leave(command, url, post.date.as_ref()),
            None => self.no_address(),
        }
    }

    /// Says why a post has no address on the web.
    pub fn no_address(&self) -> Step {
        Step::Say(Clean::literal(
            "this blog says nowhere at which address it is published (its configuration has no base URL)",
        ))
    }
}

impl App {
    /// A program that has read nothing yet, at a place where there will be something.
    pub fn new(library: Library, place: &Place, screen: Screen) -> Self {
        let known = Known::default();
        let view = View::open(place, &Context { library: &library, screen, known: &known });
        Self {
            library,
            view,
            overlay: None,
            history: History::default(),
            keyboard: Keyboard::default(),
            screen,
            known,
            notice: None,
            waiting: None,
            marking: Marking::default(),
            is_used: false,
            left: Vec::new(),
        }
    }

    /// Takes in what happened; gives what the world is asked for.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let mut effects = self.take(message);
        effects.extend(self.study());
        effects.extend(self.errand());
        effects.extend(self.weave());
        effects.append(&mut self.left);
        effects.extend(self.note_opened());
        effects.extend(self.note_end());
        effects
    }

    fn take(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => return self.press(key),
            Message::Pasted(text) => {
                self.paste(&text);
                return Vec::new();
            }
            Message::Told(notice) => {
                self.notice = Some(notice);
                return Vec::new();
            }
            Message::Resized(size) => self.screen.size = size,
            Message::Loaded(batch) => self.library.add(batch),
            Message::Listed => self.library.list(),
            Message::Filled(batch) => self.library.fill(batch),
            Message::Completed => {
                self.library.complete();
                self.reopen();
                self.resume();
                return Vec::new();
            }
            Message::Changed(batch) => {
                self.change(batch);
                return Vec::new();
            }
            Message::Looked => self.looked(),
            Message::Reloaded(library) => self.replace(*library),
            Message::Pictured(post, pixels) => self.known.learn_pictures(post, pixels),
            Message::Painted => return Vec::new(),
            Message::Paused => return self.note_reached().into_iter().chain(self.note_last()).collect(),
            Message::Remembered(marks) => {
                self.library.set_marks(*marks);
                self.marking.undone.clear();
            }
            Message::Coloured(post, colours) => self.known.learn_colours(post, *colours),
            Message::Measured(cell) => self.screen.cell = cell,
            Message::Today(month, day) => {
                self.of_day(month, day);
                return Vec::new();
            }
            Message::Named(name, query, notice) => {
                self.library.name_search(&name, query);
                self.notice = Some(notice);
                return Vec::new();
            }
            Message::Gathered => return self.arrive(),
            Message::Woven(web) => {
                self.library.note_web(*web);
                let context = Context { library: &self.library, screen: self.screen, known: &self.known };
                if let View::Article(article) = &mut self.view {
                    article.learn(&context);
                }
                self.refit_panel();
                return self.arrive();
            }
            Message::Searched(selection) => {
                self.library.note(Arc::new(*selection));
                return self.arrive();
            }
            Message::NotOpened(url, why) => {
                self.notice = None;
                self.overlay = Some(Overlay::Unopened(url, why));
                return Vec::new();
            }
        }
        self.reopen();
        Vec::new()
    }

    /// What the post that came on screen needs beside its text is asked for once, and its text where that was not read yet.
    fn study(&mut self) -> Option<Effect> {
        let unread = match &self.view {
            View::Article(article) => Some(&article.post),
            View::List(list) => list.selected().filter(|_| list.preview.is_some()),
            View::Tags(_) => None,
        };
        if let Some(post) = unread.filter(|post| !post.has_text()) {
            return self.known.ask_text(&post.key).then(|| Effect::Read(post.key.clone()));
        }
        let View::Article(article) = &self.view else { return None };
        let post = &article.post.key;
        // Once answered, the question costs no walk through the document at every key.
        let needs_study = self.known.ask(post) && (article.has_pictures() || article.document.has_code());
        needs_study.then(|| Effect::Study(post.clone()))
    }

    /// Beside the first article that is open when all posts are there, it is found out how they are tied.
    fn weave(&mut self) -> Option<Effect> {
        let is_time = matches!(self.view, View::Article(_)) && self.library.progress() == Progress::Complete;
        if !is_time || self.library.web().is_some() || self.library.posts().len() < 2 {
            return None;
        }
        self.known.ask_web(self.library.edition()).then(|| Effect::Weave(self.library.weaving()))
    }

    /// Which keys are live.
    pub fn scope(&self) -> Scope {
        match (&self.overlay, &self.view) {
            (Some(_), _) => Scope::Panel,
            (None, view) => scope(view),
        }
    }

    fn press(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        self.is_used = true;
        if let Some(Overlay::Prompt(_)) = self.overlay {
            return self.type_key(key);
        }
        if let Some(effects) = self.type_hint(key).or_else(|| self.digit(key)) {
            return effects;
        }
        let mut keys = match std::mem::take(&mut self.keyboard.pending) {
            Pending::Keys(keys) => keys,
            Pending::Number(_) if key.code == Code::Escape => return Vec::new(),
            Pending::Number(number) => {
                self.keyboard.pending = Pending::Number(number);
                Vec::new()
            }
            Pending::Nothing | Pending::Hint(_) => Vec::new(),
        };
        keys.push(key);
        match self.keyboard.map.meaning(self.scope(), &keys) {
            Meaning::Full(command) => self.run(command),
            Meaning::Partial => {
                self.keyboard.pending = Pending::Keys(keys);
                Vec::new()
            }
            Meaning::None if keys.len() > 1 => self.press(key),
            Meaning::None => {
                self.keyboard.pending = Pending::Nothing;
                self.notice = Some(clean!("{key} does nothing here; ? shows the keys"));
                Vec::new()
            }
        }
    }

    /// Takes a digit of a number; in an article, one that no longer number begins with is followed at once.
    fn digit(&mut self, key: Key) -> Option<Vec<Effect>> {
        let (Held::Nothing, Code::Char(letter)) = (key.held, key.code) else { return None };
        let digit = usize::try_from(letter.to_digit(10)?).ok()?;
        let before = if let Pending::Number(number) = self.keyboard.pending { number } else { 0 };
        let number = before.saturating_mul(10).saturating_add(digit);
        if self.overlay.is_some() || number == 0 {
            return None;
        }
        self.keyboard.pending = Pending::Number(number);
        match &self.view {
            View::Article(article) if number.saturating_mul(10) > article.targets.len() => {
                Some(self.run(Command::Open))
            }
            _ => Some(Vec::new()),
        }
    }

    /// Does what a command asks for.
    fn run(&mut self, command: Command) -> Vec<Effect> {
        let number = match std::mem::take(&mut self.keyboard.pending) {
            Pending::Number(number) if number > 0 => Some(number),
            _ => None,
        };
        match command {
            Command::Quit => return vec![Effect::Quit],
            Command::Redraw => return vec![Effect::Redraw],
            Command::Theme => return vec![Effect::NextTheme],
            Command::Suspend => return vec![Effect::Suspend],
            Command::Reload => return self.look_again(),
            _ if self.overlay.is_some() => return self.run_panel(command),
            Command::Language => return self.next_language(),
            Command::Close => return self.close(),
            Command::Back => self.travel(History::back, "this is where you began"),
            Command::Forward => self.travel(History::forward, "there is nothing further forward"),
            Command::Help => self.help(),
            Command::Faults => self.faults(),
            Command::LinkPanel => self.links(),
            Command::Hints => self.hint(),
            Command::Find => self.find(),
            Command::Star => return self.star(),
            Command::ToggleRead => return self.toggle_read(),
            Command::UndoMark => return self.undo_mark(),
            Command::Sort if matches!(self.view, View::List(_)) => self.sorts(),
            Command::Timeline => self.go(&Place::Tags(Spot::months(self.view.place().query().clone()))),
            Command::Random => self.random(),
            Command::ThisDay => return vec![Effect::Today],
            Command::NameSearch => self.ask_for_name(),
            Command::Searches => self.searches(),
            Command::GoOnReading => self.go(&Place::list(Query::parse("is:started sort:opened"))),
            Command::Opened => self.go(&Place::list(Query::parse("is:opened sort:opened"))),
            Command::Wider => self.rescreen(self.screen.wider()),
            Command::Narrower => self.rescreen(self.screen.narrower()),
            Command::DefaultWidth => self.rescreen(self.screen.with_measure(self.screen.usual)),
            Command::Preview => self.toggle_preview(),
            Command::Contents => self.contents(),
            Command::ContentsBeside => self.toggle_contents(),
            Command::Zen => self.toggle_bars(),
            Command::Out | Command::Tags if !matches!(self.view, View::Article(_)) => self.out(command),
            _ => return self.run_view(command, number),
        }
        Vec::new()
    }

    fn run_view(&mut self, command: Command, number: Option<usize>) -> Vec<Effect> {
        let context = Context { library: &self.library, screen: self.screen, known: &self.known };
        let step = match &mut self.view {
            View::List(list) => list.run(command, number, &context),
            View::Tags(tags) => tags.run(command, number, &context),
            View::Article(article) => article.run(command, number, &context),
        };
        self.perform(step)
    }

    fn perform(&mut self, step: Step) -> Vec<Effect> {
        match step {
            Step::Stay => {}
            Step::Go(place) => {
                let place = self.resumed(place);
                self.go(&place);
            }
            Step::GoTo(place, heading) => {
                self.go(&place);
                if let View::Article(article) = &mut self.view {
                    let step = article.go_to_heading(&heading);
                    return self.perform(step);
                }
            }
            Step::GoToLink(place, link) => {
                self.go(&place);
                if let View::Article(article) = &mut self.view {
                    article.show_link(link);
                }
            }
            Step::GoToWords(place) => {
                let place = self.resumed(place);
                self.go(&place);
                if let View::Article(article) = &mut self.view {
                    article.mark_words();
                }
            }
            Step::Replace(place) => self.show(&place),
            Step::Ask(effect) => {
                let visit = if let Effect::Open(url) = &effect { self.note_visit(url) } else { None };
                return [effect].into_iter().chain(visit).collect();
            }
            Step::Doubt(url, why) => self.overlay = Some(Overlay::Doubted(url, why)),
            Step::Say(sentence) => self.notice = Some(sentence),
            Step::Links => self.links(),
        }
        Vec::new()
    }

    fn context(&self) -> Context<'_> {
        Context { library: &self.library, screen: self.screen, known: &self.known }
    }

    /// The same place, where the reading of its post was left off.
    fn resumed(&mut self, place: Place) -> Place {
        let Place::Article { post, within, .. } = &place else { return place };
        let left_off = self.library.get(post).and_then(|post| self.left_off(post));
        match left_off.filter(|_| within.wanted.words().is_empty()) {
            Some(at) => {
                self.notice = Some(Clean::literal("here you left off; gg goes to the top"));
                Place::article_at(post.clone(), within.clone(), at)
            }
            None => place,
        }
    }

    /// Goes to a place, and remembers this one.
    fn go(&mut self, place: &Place) {
        let left = self.note_reached();
        self.left.extend(left);
        self.history.leave(self.view.place());
        self.show(place);
    }

    /// Opens the view of a place, at once or when what that takes is done.
    fn show(&mut self, place: &Place) {
        self.waiting =
            self.library.before(place.query()).map(|errand| Waiting { place: place.clone(), errand: Some(errand) });
        if self.waiting.is_some() {
            return;
        }
        self.look_at(View::open(place, &self.context()));
    }

    fn look_at(&mut self, view: View) {
        let before = std::mem::replace(&mut self.view, view);
        if let (View::Article(now), View::Article(before)) = (&mut self.view, before) {
            now.keep_list(&before.selection);
        }
    }

    /// What the place that is waited for needs, once.
    fn errand(&mut self) -> Option<Effect> {
        Some(match self.waiting.as_mut()?.errand.take()? {
            Errand::Facts(posts) => Effect::Gather(posts),
            Errand::Web(weaving) => Effect::Weave(weaving),
            Errand::Search(search) => Effect::Search(search),
        })
    }

    /// Goes to the place that is waited for.
    fn arrive(&mut self) -> Vec<Effect> {
        if let Some(waiting) = self.waiting.take() {
            self.show(&waiting.place);
        }
        Vec::new()
    }

    /// Makes the view again, for another size or other posts.
    fn reopen(&mut self) {
        self.reopen_at(&self.view.place());
    }

    /// Makes the view again, at another name of the same place.
    fn reopen_at(&mut self, place: &Place) {
        let waiting = self.waiting.take();
        let heading = if let View::Article(article) = &mut self.view { article.awaited_heading() } else { None };
        match self.held(place) {
            Some(post) => self.look_at(View::of_post(&post, place, &self.context())),
            None => self.show(place),
        }
        if let Some(waiting) = waiting {
            // The errand is made again: the posts may be others.
            self.show(&waiting.place);
        }
        self.refit_panel();
        if let (View::Article(article), Some(heading)) = (&mut self.view, heading)
            && let Step::Say(sentence) = article.go_to_heading(&heading)
        {
            self.notice = Some(sentence);
        }
    }

    fn rescreen(&mut self, screen: Screen) {
        self.screen = screen;
        self.reopen();
        self.notice = Some(clean!("{} columns", self.screen.column()));
    }

    fn toggle_preview(&mut self) {
        let preview = if self.screen.previewed().is_some() { Preview::Hidden } else { Preview::Shown };
        self.screen = Screen { preview, ..self.screen };
        self.reopen();
        if preview == Preview::Shown && self.screen.previewed().is_none() {
            self.notice = Some(Clean::literal("the preview needs a wider terminal"));
        }
    }

    fn toggle_contents(&mut self) {
        let contents = if self.screen.contents == Contents::Shown { Contents::Hidden } else { Contents::Shown };
        self.screen = Screen { contents, ..self.screen };
        if contents == Contents::Shown && self.screen.beside().is_none() {
            self.notice =
                Some(Clean::literal("the contents need a wider terminal, or - a narrower column; c lists them"));
        }
    }

    fn toggle_bars(&mut self) {
        let bars = if self.screen.bars == Bars::Shown { Bars::Hidden } else { Bars::Shown };
        self.screen = Screen { bars, ..self.screen };
        self.reopen();
    }

    fn travel(&mut self, way: fn(&mut History, Place) -> Option<Place>, end: &'static str) {
        match way(&mut self.history, self.view.place()) {
            Some(place) => self.show(&place),
            None => self.notice = Some(Clean::literal(end)),
        }
    }

    /// One step out of a list or of the tags: the filter first, then to the other one.
    fn out(&mut self, command: Command) {
        let place = match self.view.place() {
            Place::List { query, on, offset } if command == Command::Out && !query.is_empty() => {
                Place::List { query: Query::default(), on, offset }
            }
            Place::Tags(spot) if command == Command::Out && !spot.filter.is_empty() => {
                Place::Tags(Spot { filter: String::new(), ..spot })
            }
            Place::Tags(spot) => Place::list(spot.within),
            Place::List { query, .. } => Place::Tags(Spot::within(query)),
            Place::Article { .. } => Place::Tags(Spot::within(Query::default())),
        };
        self.go(&place);
    }

    /// Closes the view: an article or the tags for the list, a filtered list for the whole one, that one for good.
    fn close(&mut self) -> Vec<Effect> {
        let place = match &self.view {
            View::Article(article) => article.list(),
            View::Tags(tags) => Place::list(tags.within().clone()),
            View::List(list) if list.selection.query.is_empty() => return vec![Effect::Quit],
            View::List(_) => {
                self.out(Command::Out);
                return Vec::new();
            }
        };
        self.go(&place);
        Vec::new()
    }

    /// Opens a post of the list by chance, another one each time.
    fn random(&mut self) {
        let View::List(list) = &self.view else { return };
        self.library.seed = self.library.seed.wrapping_add(1);
        let seed = self.library.seed;
        let post = list.selection.posts.iter().min_by_key(|post| search::mixed(seed, &post.key));
        if let Some(place) = post.map(|post| Place::article(post.key.clone(), list.selection.query.clone())) {
            let place = self.resumed(place);
            self.go(&place);
        }
    }

    /// The posts of this list that are of this day of any year.
    fn of_day(&mut self, month: i8, day: i8) {
        let View::List(list) = &self.view else { return };
        let term = Term::Date(When::In, format!("{month:02}-{day:02}"));
        let place = Place::list(list.selection.query.requiring(&term));
        self.go(&place);
    }
}

fn scope(view: &View) -> Scope {
    match view {
        View::List(_) => Scope::List,
        View::Tags(_) => Scope::Tags,
        View::Article(_) => Scope::Article,
    }
}
