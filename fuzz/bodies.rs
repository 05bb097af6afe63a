//! What is done with bytes from anywhere: the bodies of the fuzz targets, which `tests/fuzz.rs` runs over random bytes too.
//!
//! A body may not panic and not hang; what else must hold it asserts.

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use reread::app::keys::Key;
use reread::app::place::Place;
use reread::app::screen::{Screen, Size};
use reread::app::{App, Effect, Message};
use reread::blog::front::{self, Fields};
use reread::blog::library::Library;
use reread::blog::post::{Key as Name, Post};
use reread::blog::query::Query;
use reread::blog::site::{Generator, Site};
use reread::config;
use reread::markdown::{Measure, expand};
use reread::state::Remembered;
use reread::text::Clean;
use reread::ui::theme::{Theme, Themes};
use reread::ui::{self, Look};

/// What takes bytes from anywhere.
pub type Body = fn(&[u8]);

/// A body by the name of its target.
pub const BODIES: [(&str, Body); 8] = [
    ("front", front),
    ("site", site),
    ("reduction", reduction),
    ("layout", layout),
    ("query", query),
    ("log", log),
    ("config", config),
    ("update", update),
];

/// What builds the site, by a byte.
fn generator(byte: Option<&u8>) -> Generator {
    let all = Generator::ALL;
    all[usize::from(byte.copied().unwrap_or_default()) % all.len()]
}

fn plain(generator: Generator) -> Site {
    Site::new(generator, &Fields::default())
}

fn post(bytes: &[u8], site: &Site) -> Post {
    Post::read("2020-02-02-a-post.md", bytes.to_vec(), site).0
}

fn is_clean(text: &Clean) {
    assert!(!text.as_str().contains(char::is_control), "{text:?}");
}

/// The header of a post, in any language.
pub fn front(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (_, complaints) = front::read(&text, &front::split(&text));
    for complaint in complaints {
        is_clean(&complaint.fault);
    }
    for name in ["a.toml", "a.yaml", "a.json"] {
        // That it is refused is an answer.
        let _ = front::parse_config(name, &text);
    }
    let post = post(bytes, &Site::plain());
    is_clean(&post.title);
    post.tags.iter().chain(&post.categories).chain(&post.authors).chain(&post.series).for_each(is_clean);
}

/// The configuration of a site of any generator, and a post of it.
pub fn site(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes.get(1..).unwrap_or_default());
    for name in ["a.toml", "a.yaml", "a.json"] {
        let Ok(fields) = front::parse_config(name, &text) else { continue };
        let site = Site::new(generator(bytes.first()), &fields);
        let one = post(b"---\ntitle: One\ntags: [a]\n---\n[two](/2020/02/03/two/) [a](../a/)\n", &site);
        let mut library = Library::new(site);
        library.add(vec![(Some(Arc::new(one)), Vec::new())]);
        library.complete();
        for post in library.posts() {
            for link in &post.document().links {
                library.resolve(post, &link.href);
            }
            library.address(post);
        }
    }
}

/// Template tags and HTML made into what they stand for.
pub fn reduction(bytes: &[u8]) {
    let body = String::from_utf8_lossy(bytes.get(1..).unwrap_or_default());
    let expanded = expand(&body);
    assert!(expanded.source(expanded.text.len()) <= body.len());
    let document = post(body.as_bytes(), &plain(generator(bytes.first()))).document();
    assert!(document.links.iter().all(|link| link.at <= body.len()), "{:?}", document.links);
    document.plain();
}

/// A post set at any width.
pub fn layout(bytes: &[u8]) {
    let [kind, width, body @ ..] = bytes else { return };
    let site = plain(generator(Some(kind)));
    let post = post(body, &site);
    let width = usize::from(*width).max(1);
    let layout = post.document().layout(Measure(width));
    for row in &layout.rows {
        assert!(row.width() <= width && !row.text().contains(char::is_control), "{width}: {:?}", row.text());
    }
}

/// A search, as it is typed and as it is written.
pub fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    Query::typed(&text);
    let query = Query::parse(&text);
    let again = Query::parse(&query.printed());
    assert_eq!(again.wanted, query.wanted, "{}", query.printed());
    let mut library = Library::new(Site::plain());
    library.add(vec![(
        Some(Arc::new(post(b"---\ntitle: One\ntags: [a]\n---\nSome words.\n", &Site::plain()))),
        Vec::new(),
    )]);
    library.complete();
    library.select(&query);
}

/// A log of marks.
pub fn log(bytes: &[u8]) {
    let remembered = Remembered::of(bytes);
    let lines: String = remembered.marks.events().iter().map(reread::state::line).collect();
    let again = Remembered::of(lines.as_bytes());
    assert_eq!(again.marks, remembered.marks);
    assert!(again.damaged.is_empty());
}

/// The user's own file.
pub fn config(bytes: &[u8]) {
    let (_, faults) = config::read(&String::from_utf8_lossy(bytes), "config.toml", &Themes::default());
    for fault in faults {
        is_clean(&fault.fault);
        is_clean(&fault.remedy);
    }
}

/// The whole program: keys, and what else may happen.
pub fn update(bytes: &[u8]) {
    const TEXT: &[u8] =
        b"---\ntitle: One\ntags: [a, b]\n---\n[two](two.md) [web](https://a.example/) [x](javascript:1)\n\n\
                          ## Part\n\n- item\n- item\n\n```rust\nlet x = 1;\n```\n\n| a | b |\n|---|---|\n| c | d |\n";
    let site = plain(Generator::Hugo);
    let read = |path: &str, bytes: &[u8]| {
        let (post, faults) = Post::read(path, bytes.to_vec(), &site);
        (Some(Arc::new(post)), faults)
    };
    let mut library = Library::new(site.clone());
    library.add(vec![read("2020-01-01-one.md", TEXT), read("2019-01-01-two.md", b"# Two\n\nWords.\n")]);
    library.complete();
    let mut app = App::new(library, &Place::start(), Screen::new(Size { columns: 60, rows: 16 }));
    let keys = [
        "<enter>", "<tab>", "<s-tab>", "<esc>", "<up>", "<down>", "<left>", "<right>", "<pgup>", "<pgdn>", "<home>",
        "<end>", "<bs>", "<c-c>", "<c-d>", "<c-u>", "<c-w>", "<c-t>", "<c-p>", "<c-n>",
    ];
    for pair in bytes.chunks(2).take(200) {
        let (what, which) = (pair[0], pair.get(1).copied().unwrap_or_default());
        let message = match what {
            0..=159 => Message::Key(Key::plain(reread::app::keys::Code::Char(char::from(which)))),
            160..=219 => match Key::sequence(keys[usize::from(which) % keys.len()]).pop() {
                Some(key) => Message::Key(key),
                None => continue,
            },
            220..=227 => Message::Resized(Size { columns: usize::from(which) % 130, rows: usize::from(what % 40) }),
            228..=233 => Message::Changed(vec![(Name::new("2020-01-01-one.md"), read("2020-01-01-one.md", bytes))]),
            234..=236 => Message::Changed(vec![(Name::new("2019-01-01-two.md"), (None, Vec::new()))]),
            237..=239 => Message::Loaded(vec![read(&format!("2021-01-{which}.md"), bytes)]),
            240..=244 => Message::Pasted(String::from_utf8_lossy(bytes).into_owned()),
            245..=247 => Message::Looked,
            248..=250 => Message::Paused,
            251 => Message::Today(12, 24),
            _ => Message::Completed,
        };
        for effect in app.update(message) {
            match effect {
                Effect::Search(search) => {
                    if let Some(found) = search.run(&|| true) {
                        app.update(Message::Searched(Box::new(found)));
                    }
                }
                Effect::Weave(weaving) => {
                    app.update(Message::Woven(Box::new(weaving.run())));
                }
                Effect::Open(url) => {
                    assert!(["http", "https", "mailto"].iter().any(|known| url.as_str().starts_with(known)));
                }
                _ => {}
            }
        }
    }
    let Size { columns, rows } = app.screen.size;
    let cells = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let Ok(mut terminal) = Terminal::new(TestBackend::new(cells(columns), cells(rows)));
    let Some(theme) = Theme::named("mono") else { return };
    let look = Look::from(theme);
    let drawn = terminal.draw(|frame| ui::draw(frame, &app, &look));
    assert!(drawn.is_ok());
    let cells = &terminal.backend().buffer().content;
    assert!(cells.iter().all(|cell| !cell.symbol().contains(char::is_control)));
}
