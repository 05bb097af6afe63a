//! The event loop: threads put what happens into one channel, the loop updates the state, performs effects and draws.
//!
//! It blocks on the channel; nothing polls and nothing ticks.

mod editing;
mod input;
mod keeping;
mod watching;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use self::watching::Watching;
use crate::app::place::Place;
use crate::app::screen::{Cell, MEASURE, Screen};
use crate::app::{App, Effect, Message};
use crate::appearance::Appearance;
use crate::blog::facts;
use crate::blog::fault::Fault;
use crate::blog::library::{Library, Progress};
use crate::blog::post;
use crate::blog::post::Post;
use crate::blog::query::Query;
use crate::blog::search::Search;
use crate::blog::site::Site;
use crate::blog::url::Url;
use crate::blog::web::Weaving;
use crate::browser;
use crate::clean;
use crate::collection::{self, Arrival, Snapshot};
use crate::config::{self, Config};
use crate::environment::Environment;
use crate::gallery::{self, Gallery, Manner, Wanted};
use crate::markdown;
use crate::source::{self, Source};
use crate::state::Log;
use crate::terminal::hyperlinks;
use crate::terminal::query::{Findings, Question};
use crate::terminal::{self, Terminal};
use crate::text::Clean;
use crate::ui::{self, Look};

/// What a session begins with.
#[derive(Debug)]
pub struct Session {
    /// Where the posts come from.
    pub source: Source,
    /// What the environment says.
    pub environment: Environment,
    /// What the user's file says.
    pub config: Config,
    /// How it looks.
    pub appearance: Appearance,
    /// The posts to begin with.
    pub query: Query,
    /// What is wrong in the user's file.
    pub faults: Vec<Fault>,
    /// The folder for what is known of the posts from the last time.
    pub cache: Option<PathBuf>,
    /// The folder for what the reader marks; none where nothing is to be remembered.
    pub state: Option<PathBuf>,
}

/// How long the code of one post may be read before the rest stays plain.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether the session goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Going {
    On,
    Ended,
}

/// What the threads put into the channel.
enum Event {
    /// Something that the state of the program answers.
    Happened(Message),
    /// What the terminal says of itself, which is the painter's business.
    Found(Findings),
    /// Somebody goes on when this is dropped, which is after the next frame.
    Waiting(Sender<()>),
}

/// The session while it runs.
struct Runtime {
    app: App,
    terminal: Terminal,
    inbox: Receiver<Event>,
    sender: Sender<Event>,
    source: Arc<Source>,
    environment: Arc<Environment>,
    browser: Option<String>,
    editor: Option<String>,
    appearance: Appearance,
    look: Look,
    /// Searches that were begun; only the last is wanted.
    searches: Arc<AtomicU64>,
    /// What the reader wants of pictures.
    images: Wanted,
    /// None where the terminal shows no pictures.
    gallery: Option<Gallery>,
    /// Those who wait for the next frame.
    waiting: Vec<Sender<()>>,
    /// Where marks are kept.
    log: Option<Log>,
    /// Whether the reader was told that marks cannot be kept.
    told: bool,
    /// Whether nothing happened since the last pause.
    paused: bool,
    /// Who reads the posts; none before the first frame.
    watching: Option<Watching>,
}

/// Reads until the reader has enough.
pub fn run(session: Session) -> Result<()> {
    let (sender, inbox) = mpsc::channel();
    let source = Arc::new(session.source);
    let start = start(&source, session.query);
    let (site, faults) = collection::site(&source);
    let mut library = Library::new(site);
    library.seed = RandomState::new().build_hasher().finish();
    library.set_searches(session.config.searches.clone());
    let mut notice = session.faults.first().map(|fault| clean!("{fault}"));
    let log = session.state.as_deref().and_then(|folder| Log::of(folder, &source, &library.site));
    if let Some(log) = &log {
        let (marks, trouble) = keeping::remembered(log);
        library.set_marks(marks);
        notice = notice.or(trouble);
    }
    library.add(vec![(None, faults), (None, session.faults)]);
    let one_post = collection::only_post(&source).map(|_| Snapshot::taken(&source, &library.site));
    if one_post.is_some() {
        library = collection::library(&source);
        library.set_searches(session.config.searches);
    }
    let terminal = Terminal::enter()?;
    if one_post.is_some() {
        // The first frame shows all of it, and it may be long.
        terminal.watch()?;
    }
    // The theme knows whether there are colours; the library that writes them would look at NO_COLOR once more.
    crossterm::style::force_color_output(true);
    let measure = session.config.width.unwrap_or(MEASURE);
    let shown = Terminal::size();
    let screen = Screen { numbers: session.config.numbers, ..Screen::new(shown).with_measure(measure) };
    let app = App::new(library, &start, screen);
    let environment = Arc::new(session.environment);
    let (browser, editor) = (session.config.browser, session.config.editor);
    let (images, appearance) = (session.config.images, session.appearance);
    let hyperlinks = match hyperlinks::of(&environment) {
        hyperlinks::Hyperlinks::Yes(_) => ui::Hyperlinks::Known,
        hyperlinks::Hyperlinks::No(_) => ui::Hyperlinks::Unknown,
    };
    let searches = Arc::default();
    let (look, gallery) = (Look { theme: appearance.theme(), hyperlinks }, None);
    let waiting = Vec::new();
    let mut runtime = Runtime {
        app,
        terminal,
        inbox,
        sender,
        source,
        environment,
        browser,
        editor,
        appearance,
        look,
        searches,
        images,
        gallery,
        waiting,
        log,
        told: false,
        paused: false,
        watching: None,
    };
    runtime.app.notice = notice;
    runtime.app.marking.read_when = session.config.read;
    // The first frame before the first post, and that before the painter of pictures: what the cores do for the later they
    // do not do for the earlier.
    runtime.draw()?;
    let (source, sender) = (Arc::clone(&runtime.source), runtime.sender.clone());
    runtime.watching = Some(match one_post {
        Some(snapshot) => {
            // It is on screen already: what it needs beside its text is asked for now.
            drop(sender.send(Event::Happened(Message::Completed)));
            Watching::of_one(source, snapshot, sender)
        }
        None => Watching::begin(source, runtime.app.library.site.clone(), session.cache, sender),
    });
    runtime.choose_pictures(&Findings::default());
    input::read_keys(Question::fitting(&runtime.environment), shown, runtime.sender.clone());
    let (farewell, failed) = (runtime.sender.clone(), runtime.sender.clone());
    terminal::report_panics(session.state, move |sentence| {
        // Nobody listens any more when the session has ended.
        drop(failed.send(Event::Happened(Message::Told(sentence))));
    });
    terminal::at_rescue(move || {
        // Where nobody listens any more, the last pause has noted it.
        drop(farewell.send(Event::Happened(Message::Paused)));
        wait_for_frame(&farewell);
    });
    let ended = runtime.go_on();
    let noted = runtime.take(Event::Happened(Message::Paused));
    runtime.terminal.leave();
    // The process ends here; freeing every post first would only make the shell wait.
    std::mem::forget(runtime.app);
    ended.and(noted.map(drop))
}

/// The only post of one file, else the list.
fn start(source: &Source, query: Query) -> Place {
    match collection::only_post(source) {
        Some(key) => Place::article(key, query),
        None => Place::list(query),
    }
}

/// Reads every post; gives what the files were like.
fn read_posts(source: &Source, site: &Site, cache: Option<&Path>, sender: &Sender<Event>) -> Snapshot {
    collection::load_known(source, site, cache, |arrival| {
        let message = match arrival {
            Arrival::Posts(batch) => Message::Loaded(batch),
            Arrival::Listed => Message::Listed,
            Arrival::Texts(batch) => Message::Filled(batch),
            Arrival::Complete => Message::Completed,
        };
        let is_list = matches!(message, Message::Listed);
        // Nobody listens any more when the session has ended.
        drop(sender.send(Event::Happened(message)));
        if is_list {
            wait_for_frame(sender);
        }
    })
}

/// The complete list before the texts: what the cores do for them they do not do for the frame.
fn wait_for_frame(sender: &Sender<Event>) {
    let (shown, wait) = mpsc::channel();
    drop(sender.send(Event::Waiting(shown)));
    // Nothing comes; the other end is dropped.
    let _ = wait.recv();
}

impl Runtime {
    fn go_on(&mut self) -> Result<()> {
        while let Some(event) = self.next() {
            if self.take(event)? == Going::Ended {
                break;
            }
            while let Ok(event) = self.inbox.try_recv() {
                if self.take(event)? == Going::Ended {
                    return Ok(());
                }
            }
            self.draw()?;
            self.prepare();
        }
        Ok(())
    }

    /// While the reader looks at the complete list, works out what the next key may need.
    fn prepare(&self) {
        if self.app.library.progress() == Progress::Complete {
            self.app.library.prepare();
        }
    }

    fn draw(&mut self) -> Result<()> {
        if let Some(gallery) = &mut self.gallery {
            gallery.hang(&self.app);
        }
        self.terminal.draw(|frame| {
            ui::draw(frame, &self.app, &self.look);
            if let Some(gallery) = &self.gallery {
                ui::picture::draw(frame, &self.app, &self.look, gallery.paintings());
            }
        })?;
        self.waiting.clear();
        Ok(())
    }

    /// Takes what the terminal says of itself.
    fn learn(&mut self, findings: &Findings) -> Result<Going> {
        self.appearance.learn(findings);
        self.look.theme = self.appearance.theme();
        self.choose_pictures(findings);
        match findings.cell {
            Some((width, height)) if width > 0 && height > 0 => {
                let cell = Cell { width: width.into(), height: height.into() };
                self.take(Event::Happened(Message::Measured(cell)))
            }
            _ => Ok(Going::On),
        }
    }

    /// Opens or closes the gallery, as the terminal shows pictures or none.
    fn choose_pictures(&mut self, findings: &Findings) {
        let spoken = gallery::spoken(findings);
        let protocol = gallery::protocol(&self.environment, self.appearance.depth.0, &spoken, self.images);
        let ground = findings.background.map_or([0, 0, 0], |(red, green, blue)| [red, green, blue]);
        let manner = protocol.map(|protocol| Manner { protocol, cell: self.app.screen.cell, ground });
        match (manner, &mut self.gallery) {
            (Some(manner), Some(gallery)) => gallery.set_manner(manner),
            (Some(manner), None) => {
                let sender = self.sender.clone();
                // Nobody listens any more when the session has ended.
                let tell = move || drop(sender.send(Event::Happened(Message::Painted)));
                self.gallery = Some(Gallery::open(Arc::clone(&self.source), manner, tell));
                // A post that is open already was studied without its pictures.
                self.app.known.forget();
            }
            (None, gallery) => *gallery = None,
        }
    }

    /// Reads a post beside those that are being read in turn.
    fn read(&self, key: post::Key) {
        let (source, sender) = (Arc::clone(&self.source), self.sender.clone());
        let site = self.app.library.site.clone();
        thread::spawn(move || {
            if let Some(reading) = collection::load_one(&source, &site, &key) {
                drop(sender.send(Event::Happened(Message::Filled(vec![(key, reading)]))));
            }
        });
    }

    /// Finds out what the code of a post consists of, and how large its pictures are where they could be shown.
    fn study(&self, post: &post::Key) {
        let Some(post) = self.app.library.get(post) else { return };
        self.read_code(Arc::clone(post));
        if self.gallery.is_some() {
            self.measure_pictures(Arc::clone(post));
        }
    }

    /// Finds out what the code of a post consists of, as far as that is possible in the time that it may take.
    fn read_code(&self, post: Arc<Post>) {
        let sender = self.sender.clone();
        thread::spawn(move || {
            let document = post.document();
            if !document.has_code() {
                return;
            }
            let start = Instant::now();
            let colours = markdown::colours(&document, &mut || start.elapsed() < PATIENCE);
            drop(sender.send(Event::Happened(Message::Coloured(post.key.clone(), Box::new(colours)))));
        });
    }

    fn measure_pictures(&self, post: Arc<Post>) {
        let (source, sender) = (Arc::clone(&self.source), self.sender.clone());
        let site = self.app.library.site.clone();
        thread::spawn(move || {
            let pixels = gallery::measured(&source, &site, &post);
            if !pixels.is_empty() {
                drop(sender.send(Event::Happened(Message::Pictured(post.key.clone(), pixels))));
            }
        });
    }

    /// Has every picture sent again, to a terminal that may have lost them or because their files may have changed.
    fn forget_pictures(&mut self) {
        if let Some(gallery) = &mut self.gallery {
            gallery.forget();
        }
    }

    fn take(&mut self, event: Event) -> Result<Going> {
        let message = match event {
            Event::Happened(message) => message,
            Event::Found(findings) => return self.learn(&findings),
            Event::Waiting(somebody) => {
                self.waiting.push(somebody);
                return Ok(Going::On);
            }
        };
        if matches!(message, Message::Reloaded(_)) {
            self.forget_pictures();
        }
        for effect in self.app.update(message) {
            if effect == Effect::Quit {
                return Ok(Going::Ended);
            }
            self.perform(effect)?;
        }
        Ok(Going::On)
    }

    fn perform(&mut self, effect: Effect) -> Result<()> {
        match effect {
            Effect::Open(url) => self.open(url),
            Effect::Copy(url) => {
                self.terminal.copy(url.as_str())?;
                self.app.notice = Some(clean!("copied {url}"));
            }
            Effect::CopyText(text, notice) => {
                self.terminal.copy(&text)?;
                self.app.notice = Some(notice);
            }
            Effect::Study(post) => self.study(&post),
            Effect::Gather(posts) => self.gather(posts),
            Effect::Weave(weaving) => self.weave(weaving),
            Effect::Search(search) => self.search(search),
            Effect::Edit(post, line) => self.edit(post, line)?,
            Effect::Read(post) => self.read(post),
            Effect::Remember(post, what) => self.remember(post, what),
            Effect::Today => self.today()?,
            Effect::Keep(name, query) => self.keep(name, query)?,
            Effect::Reload => self.reload()?,
            Effect::ReloadIn(language) => self.reload_in(language)?,
            Effect::Redraw => {
                self.forget_pictures();
                self.terminal.repaint();
            }
            Effect::NextTheme => {
                self.appearance.go_on();
                self.look.theme = self.appearance.theme();
                self.app.notice = Some(clean!("theme: {}", self.appearance.name()));
            }
            Effect::Suspend => {
                self.terminal.suspend()?;
                self.forget_pictures();
                self.app.update(Message::Resized(Terminal::size()));
            }
            Effect::Quit => {}
        }
        Ok(())
    }

    fn today(&mut self) -> Result<()> {
        let today = jiff::Zoned::now();
        self.take(Event::Happened(Message::Today(today.month(), today.day()))).map(drop)
    }

    fn keep(&mut self, name: String, query: Query) -> Result<()> {
        let notice = kept(config::path().as_deref(), &name, &query);
        self.take(Event::Happened(Message::Named(name, query, notice))).map(drop)
    }

    /// Opens the browser from a thread of its own: it may take its time, and must not take the reader's.
    fn open(&mut self, url: Url) {
        self.app.notice = Some(clean!("opening {url}"));
        let (sender, environment, command) = (self.sender.clone(), Arc::clone(&self.environment), self.browser.clone());
        thread::spawn(move || {
            if let Err(trouble) = browser::open(url.as_str(), command.as_deref(), &environment) {
                drop(sender.send(Event::Happened(Message::NotOpened(url, clean!("{trouble}")))));
            }
        });
    }

    /// Finds out on all cores what posts consist of.
    fn gather(&self, posts: Arc<[Arc<Post>]>) {
        let sender = self.sender.clone();
        thread::spawn(move || {
            facts::gather(&posts);
            drop(sender.send(Event::Happened(Message::Gathered)));
        });
    }

    /// Finds out on all cores how the posts are tied.
    fn weave(&self, weaving: Weaving) {
        let sender = self.sender.clone();
        thread::spawn(move || drop(sender.send(Event::Happened(Message::Woven(Box::new(weaving.run()))))));
    }

    /// Searches beside the keyboard; the search before this one ends without a result.
    fn search(&self, search: Search) {
        let (sender, searches) = (self.sender.clone(), Arc::clone(&self.searches));
        let mine = searches.fetch_add(1, Ordering::SeqCst) + 1;
        thread::spawn(move || {
            if let Some(found) = search.run(&|| searches.load(Ordering::SeqCst) == mine) {
                drop(sender.send(Event::Happened(Message::Searched(Box::new(found)))));
            }
        });
    }

    /// Reads the posts of another language, and from now on no others.
    fn reload_in(&mut self, language: String) -> Result<()> {
        let wanted = source::Wanted { generator: None, language: Some(language) };
        self.source = Arc::new(Source::clone(&self.source).wanted(&wanted));
        self.reread_marks()?;
        self.watching = Some(Watching::instead(Arc::clone(&self.source), self.sender.clone()));
        Ok(())
    }

    fn reload(&mut self) -> Result<()> {
        self.reread_marks()?;
        self.forget_pictures();
        if let Some(watching) = &self.watching {
            watching.ask();
        }
        Ok(())
    }

    /// Another program may have marked something meanwhile; what cannot be read now stays as it is known.
    fn reread_marks(&mut self) -> Result<()> {
        let remembered = self.log.as_ref().map(Log::read);
        let Some(Ok(remembered)) = remembered else { return Ok(()) };
        self.take(Event::Happened(Message::Remembered(Box::new(remembered.marks)))).map(drop)
    }
}

/// Writes a search into the user's file, and says what came of it.
fn kept(file: Option<&Path>, name: &str, query: &Query) -> Clean {
    let Some(path) = file else {
        return clean!("no folder is named for settings; search:{name} is there for this session; set HOME to keep it");
    };
    let (file, line) = (path.display(), format!("{name} = {:?}", query.text()));
    match config::keep_search(path, name, query.text()) {
        Ok(()) => clean!("search:{name} is kept in {file}; ' lists them"),
        Err(why) => clean!("{file}: {why}; search:{name} is there for this session; add {line} under [searches]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_that_cannot_be_kept_is_told_with_what_to_do() {
        let query = Query::parse("tag:lamps");
        let nowhere = kept(None, "lamps", &query);
        assert_eq!(
            nowhere.as_str(),
            "no folder is named for settings; search:lamps is there for this session; set HOME to keep it"
        );
        let refused = kept(Some(Path::new("/")), "lamps", &query);
        assert!(refused.as_str().ends_with("add lamps = \"tag:lamps\" under [searches]"), "{refused}");
    }
}
