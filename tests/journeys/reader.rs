//! A reader who presses keys and looks at the screen, and the small blog that is read.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use reread::app::keys::{COMMANDS, Key};
use reread::app::overlay::{Overlay, Panel};
use reread::app::place::{Place, View};
use reread::app::screen::{Screen, Size};
use reread::app::{App, Context, Effect, Message};
use reread::blog::front;
use reread::blog::library::{Library, Reading};
use reread::blog::marks::What;
use reread::blog::post::{Key as Name, Post};
use reread::blog::query::Query;
use reread::blog::site::{Generator, Site};
use reread::blog::url::Url;
use reread::collection;
use reread::source::Source;
use reread::text::Clean;
use reread::ui::{self, Look, theme::Theme};

/// Somebody who presses keys and looks at the screen.
pub struct Reader {
    pub app: App,
    pub effects: Vec<Effect>,
    /// What is to be remembered of posts.
    pub remembered: Vec<(String, What)>,
}

impl Reader {
    pub fn of(library: Library, place: &Place, columns: usize, rows: usize) -> Self {
        let screen = Screen::new(Size { columns, rows });
        // As it is a moment later.
        library.note_web(library.weaving().run());
        Self { app: App::new(library, place, screen), effects: Vec::new(), remembered: Vec::new() }
    }

    /// A reader of the guide who has pressed these keys in a terminal of 80 columns and 24 rows.
    pub fn guide(keys: &str) -> Self {
        Self::of(collection::library(&Source::Guide), &Place::start(), 80, 24).after(keys)
    }

    /// A reader of the small blog below.
    pub fn blog(keys: &str) -> Self {
        Self::of(blog(), &Place::start(), 80, 24).after(keys)
    }

    pub fn after(mut self, keys: &str) -> Self {
        self.press(keys);
        self
    }

    pub fn press(&mut self, keys: &str) {
        for key in Key::sequence(keys) {
            self.tell(Message::Key(key));
        }
    }

    /// Tells the program what happened, and how the posts are tied where it asks for that.
    pub fn tell(&mut self, message: Message) {
        for effect in self.app.update(message) {
            match effect {
                Effect::Weave(weaving) => self.tell(Message::Woven(Box::new(weaving.run()))),
                Effect::Remember(post, what) => self.remembered.push((post, what)),
                effect => self.effects.push(effect),
            }
        }
    }

    /// What of that are marks and places: all but that posts and pages were opened, and what was looked for.
    pub fn marked(&self) -> Vec<(String, What)> {
        let is_mark = |what: &What| matches!(what, What::Read(_) | What::Starred(_) | What::Reached(_) | What::Last(_));
        self.remembered.iter().filter(|(_, what)| is_mark(what)).cloned().collect()
    }

    /// What the world is asked for because of these keys.
    pub fn asks(&mut self, keys: &str) -> Vec<Effect> {
        self.effects.clear();
        self.press(keys);
        std::mem::take(&mut self.effects)
    }

    pub fn resize(&mut self, columns: usize, rows: usize) {
        self.app.update(Message::Resized(Size { columns, rows }));
    }

    pub fn buffer(&self) -> Buffer {
        self.buffer_in(&Theme::named("dark").unwrap())
    }

    pub fn buffer_in(&self, theme: &Theme) -> Buffer {
        let Size { columns, rows } = self.app.screen.size;
        let backend = TestBackend::new(u16::try_from(columns).unwrap(), u16::try_from(rows).unwrap());
        let mut terminal = Terminal::new(backend).unwrap();
        terminal.draw(|frame| ui::draw(frame, &self.app, &Look::from(theme.clone()))).unwrap();
        terminal.backend().buffer().clone()
    }

    /// The rows of the screen without white space at their ends.
    pub fn rows(&self) -> Vec<String> {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width);
        let row = |cells: &[ratatui::buffer::Cell]| cells.iter().map(ratatui::buffer::Cell::symbol).collect::<String>();
        buffer.content.chunks(width).map(|cells| row(cells).trim_end().to_owned()).collect()
    }

    pub fn frame(&self) -> String {
        self.rows().join("\n")
    }

    pub fn top(&self) -> String {
        self.rows().remove(0)
    }

    pub fn bottom(&self) -> String {
        self.rows().pop().unwrap()
    }

    pub fn notice(&self) -> &str {
        self.app.notice.as_ref().map_or("", Clean::as_str)
    }

    pub fn place(&self) -> Place {
        self.app.view.place()
    }

    /// The title of the post that is open or selected.
    pub fn post(&self) -> &str {
        match &self.app.view {
            View::List(list) => list.selected().map_or("", |post| post.title.as_str()),
            View::Article(article) => article.post.title.as_str(),
            View::Tags(tags) => tags.selected().map_or("", Clean::as_str),
        }
    }

    pub fn query(&self) -> String {
        match &self.app.view {
            View::List(list) => list.selection.query.to_string(),
            View::Article(article) => article.selection.query.to_string(),
            View::Tags(tags) => tags.filter.clone(),
        }
    }

    pub fn titles(&self) -> Vec<&str> {
        let View::List(list) = &self.app.view else { panic!("no list") };
        list.selection.posts.iter().map(|post| post.title.as_str()).collect()
    }

    /// The first row of an article that is on screen, and its number.
    pub fn first_row(&self) -> (usize, String) {
        let View::Article(article) = &self.app.view else { panic!("no article") };
        (article.window.top, article.page.rows[article.window.top].text())
    }

    pub fn focused(&self) -> Option<usize> {
        let View::Article(article) = &self.app.view else { panic!("no article") };
        article.focus
    }

    #[track_caller]
    pub fn sees(&self, text: &str) {
        assert!(self.frame().contains(text), "no {text:?} on the screen:\n{}", self.frame());
    }

    #[track_caller]
    pub fn does_not_see(&self, text: &str) {
        assert!(!self.frame().contains(text), "{text:?} is on the screen:\n{}", self.frame());
    }

    /// What holds whatever was pressed.
    #[track_caller]
    pub fn is_sound(&self, how: &str) {
        let body = self.app.screen.body();
        match &self.app.view {
            View::List(list) => {
                assert_eq!(list.window.height, body, "{how}");
                let count = list.selection.posts.len();
                assert!(list.cursor < count.max(1), "{how}: cursor {} of {count}", list.cursor);
                let row = list.row_of(list.cursor);
                assert!(count == 0 || list.window.shows(row), "{how}: row {row} is not in {:?}", list.window);
                assert!(list.window.top <= list.rows().saturating_sub(body), "{how}: {:?}", list.window);
                assert_eq!(list.preview.is_some(), count > 0 && self.app.screen.previewed().is_some(), "{how}");
            }
            View::Tags(tags) => {
                assert_eq!(tags.window.height, body, "{how}");
                let count = tags.entries.len();
                assert!(tags.cursor < count.max(1), "{how}: cursor {} of {count}", tags.cursor);
                assert!(count == 0 || tags.window.shows(tags.cursor), "{how}: {:?}", tags.window);
                assert!(tags.window.top <= count.saturating_sub(body), "{how}: {:?}", tags.window);
            }
            View::Article(article) => {
                let (rows, links) = (article.page.rows.len(), article.targets.len());
                assert_eq!(article.window.height, body, "{how}");
                assert!(article.window.top <= rows.saturating_sub(body), "{how}: {:?}", article.window);
                assert_eq!((article.document.links.len(), article.page.links.len()), (links, links), "{how}");
                let off = article.focus.filter(|link| !article.window.shows(article.page.links[*link]));
                assert_eq!(off, None, "{how}: the focused link is off the screen");
                let find = article.find.as_ref();
                assert!(find.is_none_or(|find| find.current < find.hits.len().max(1)), "{how}");
            }
        }
        let panel = match &self.app.overlay {
            Some(
                Overlay::Help(_, panel)
                | Overlay::Contents(panel, _)
                | Overlay::Links(_, panel)
                | Overlay::Faults(panel)
                | Overlay::Searches(panel, _)
                | Overlay::Sorts(panel),
            ) => *panel,
            Some(Overlay::Unopened(..) | Overlay::Doubted(..) | Overlay::Prompt(_)) | None => Panel::default(),
        };
        assert!(panel.cursor < panel.count.max(1), "{how}: {panel:?}");
        assert!(panel.count == 0 || panel.window.shows(panel.cursor), "{how}: {panel:?}");
    }

    /// The view made again from its own place is the same place, and looks the same.
    #[track_caller]
    pub fn is_the_same_again(&mut self, how: &str) {
        let (place, frame) = (self.place(), self.buffer());
        let context = Context { library: &self.app.library, screen: self.app.screen, known: &self.app.known };
        self.app.view = View::open(&place, &context);
        assert_eq!(self.place(), place, "{how}");
        assert!(self.buffer() == frame, "{how}: made again it looks different:\n{}", self.frame());
    }
}

pub const CONFIG: &str = "title: A Blog\nbaseURL: https://blog.example/\n\
                          permalinks: {'': '/:year/:slugorfilename/'}\nfrontmatter: {date: [':filename', ':default']}\n";

pub const POSTS: [(&str, &str); 6] = [
    ("2007-01-01-one.md", "---\ntitle: One\ntags: [a, both]\n---\nFirst words.\n"),
    ("2007-02-02-two.md", "---\ntitle: Two\ntags: [b, both]\n---\n[One](2007-01-01-one.md)\n"),
    ("2008-03-03-three.md", "---\ntitle: Three\ntags: [a]\n---\nNo link is here.\n"),
    (
        "2009-04-04T05-06-07.md",
        "---\ntitle: Links\ndate: 2009-04-04T05:06:07Z\ntags: [c, Two Words]\n---\n[one](2007-01-01-one.md)\n\
         [part](2010-05-05-long.md#part-7) [below](#below) [tag](/tags/both/) [web](https://example.org/a?b=c#d)\n\
         [mail](mailto:a@b.example) [gone](gone.md) [js](javascript:alert(1)) [file](file:///etc/passwd)\n\
         [ssh](ssh://x) [nowhere](#nowhere) [words](/tags/two-words/)\n\n## Below\n\nThe end.\n",
    ),
    ("2010-05-05-long.md", "---\ntitle: Long\ntags: [a, c]\n---\n"),
    ("undated.md", "---\ntitle: Undated\ndraft: true\n---\nNothing.\n"),
];

pub fn site() -> Site {
    Site::new(Generator::Hugo, &front::parse_config("c.yaml", CONFIG).unwrap())
}

pub fn read(path: &str, text: &str) -> Reading {
    let (post, faults) = Post::read(path, text.as_bytes().to_vec(), &site());
    (Some(post.into()), faults)
}

/// A file that is only a fault.
pub fn fault() -> Reading {
    (None, read("bad.md", "---\ndate: never\n---\n").1)
}

/// A post of many screens: parts with headings, sentences with numbers, links.
pub fn long() -> String {
    let mut parts = vec![POSTS[4].1.to_owned()];
    for part in 1..=12 {
        parts.push(format!("## Part {part}\n\n"));
        for sentence in 1..=9 {
            parts.push(format!("This is sentence {part}.{sentence} of the long post, and it goes on for a while. "));
        }
        parts.push(format!("\n\nSee [link {part}](https://example.org/{part}).\n\n- an item\n- another\n\n"));
    }
    parts.concat()
}

/// A small blog with an address on the web.
pub fn blog() -> Library {
    let mut library = Library::new(site());
    let long = long();
    let text = |(path, text): &(&str, &'static str)| read(path, if path.contains("long") { &long } else { text });
    library.add(POSTS.iter().map(text).collect());
    library.complete();
    library
}

pub fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

pub fn open(text: &str) -> Vec<Effect> {
    vec![Effect::Open(url(text))]
}

/// An article of the small blog.
pub fn article(path: &str) -> Reader {
    Reader::of(blog(), &Place::article(Name::new(path), Query::default()), 80, 24)
}

pub const LINKS: &str = "2009-04-04T05-06-07.md";
pub const LONG: &str = "2010-05-05-long.md";

/// Every key of the table, and those that only prompts and numbers know.
pub fn all_keys() -> Vec<&'static str> {
    let mut keys: Vec<&str> = COMMANDS.iter().flat_map(|entry| entry.keys.iter().copied()).collect();
    keys.extend(["1", "2", "9", "0", "e", "x", "ä", "<del>", "<c-u>", "<c-w>", "<c-a>", "<a-x>", ":", "\""]);
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Keys that lead to every view and every overlay.
pub const STARTS: [&str; 9] = ["", "t", "jj<enter>", "jj<enter>dd", "/a", "t/a", "jj<enter>/the", "jj<enter>l", "?"];
