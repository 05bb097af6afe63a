//! How long the reader waits: reading a whole blog, opening a post, a frame, a key. Floors stand beside what they bound.
//!
//! The blog is `$REREAD_CORPORA/scott-lowe` where that is set; else the posts of the built-in guide, 2,150 files of them,
//! written to a folder that vanishes. Only figures of the first say anything about a real blog.
//!
//! `cargo bench` measures; `cargo bench -- --test` runs everything once.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot run should say so at once")]
#![expect(clippy::wildcard_imports, reason = "the modules only group the benchmarks")]

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use divan::{Bencher, black_box};
use pulldown_cmark::{Options, Parser};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use reread::app::keys::Key;
use reread::app::place::Place;
use reread::app::screen::{MEASURE, Screen, Size};
use reread::app::{App, Message};
use reread::blog::page;
use reread::blog::post::Post;
use reread::blog::query::Query;
use reread::collection;
use reread::environment::Environment;
use reread::guide;
use reread::markdown::{self, Measure};
use reread::source::Source;
use reread::ui::{self, theme::Theme};
use tempfile::TempDir;
use walkdir::WalkDir;

/// Posts of the guide times this many.
const COPIES: usize = 215;
const COLUMNS: u16 = 120;
const ROWS: u16 = 40;

static BLOG: LazyLock<Blog> = LazyLock::new(Blog::find);
static POSTS: LazyLock<Vec<Arc<Post>>> = LazyLock::new(|| collection::library(&BLOG.source()).posts().to_vec());

fn main() {
    let blog = &*BLOG;
    println!("{} posts of {}", POSTS.len(), blog.name);
    divan::main();
}

/// Where the posts are.
struct Blog {
    name: &'static str,
    root: PathBuf,
    /// The folder that vanishes, where there is one.
    _made: Option<TempDir>,
}

impl Blog {
    fn find() -> Self {
        match env::var_os("REREAD_CORPORA") {
            Some(corpora) => {
                let root = env::current_dir().unwrap().join(corpora).join("scott-lowe");
                Self { name: "the reference blog", root, _made: None }
            }
            None => Self::make(),
        }
    }

    fn make() -> Self {
        let made = TempDir::new().unwrap();
        let root = made.path().to_path_buf();
        let posts = root.join("content/post");
        fs::create_dir_all(&posts).unwrap();
        fs::write(root.join("hugo.toml"), "title = 'the guide, many times'\n").unwrap();
        for copy in 0..COPIES {
            for (name, text) in guide::POSTS {
                fs::write(posts.join(format!("{copy}-{name}")), text).unwrap();
            }
        }
        Self { name: "the guide, repeated", root, _made: Some(made) }
    }

    fn source(&self) -> Source {
        Source::find(Some(self.root.as_os_str()), None, &Environment::at("/")).unwrap()
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = WalkDir::new(self.root.join("content")).into_iter().map(Result::unwrap);
        entries.map(walkdir::DirEntry::into_path).filter(|path| path.extension() == Some("md".as_ref())).collect()
    }
}

mod load {
    use super::*;

    /// What the program does: walk, read, parse front matter, sort, name.
    #[divan::bench(sample_count = 30, sample_size = 1)]
    fn library(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| collection::library(&BLOG.source()));
    }

    /// The floor: walk, read, parse YAML, on two threads.
    #[divan::bench(sample_count = 30, sample_size = 1)]
    fn floor(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| {
            let files = BLOG.files();
            let (one, two) = files.split_at(files.len() / 2);
            thread::scope(|threads| {
                let other = threads.spawn(|| headers(two));
                headers(one) + other.join().unwrap()
            })
        });
    }

    /// The floor below that: walk and read the same bytes, on two threads.
    #[divan::bench(sample_count = 30, sample_size = 1)]
    fn floor_bytes(bencher: Bencher<'_, '_>) {
        let bytes = |files: &[PathBuf]| files.iter().map(|path| fs::read(path).unwrap().len()).sum::<usize>();
        bencher.bench_local(|| {
            let files = BLOG.files();
            let (one, two) = files.split_at(files.len() / 2);
            thread::scope(|threads| {
                let other = threads.spawn(|| bytes(two));
                bytes(one) + other.join().unwrap()
            })
        });
    }

    fn headers(files: &[PathBuf]) -> usize {
        files.iter().filter(|path| header(path).is_some()).count()
    }

    fn header(path: &Path) -> Option<serde_yaml::Value> {
        let text = String::from_utf8(fs::read(path).ok()?).ok()?;
        let (header, _) = text.strip_prefix("---\n")?.split_once("\n---")?;
        serde_yaml::from_str(header).ok()
    }
}

/// Searches that nothing has prepared, ranked as the list shows them.
mod search {
    use super::*;

    #[divan::bench(args = ["v", "vmware", "site recovery", "open vswitch gre", "tag:VMware -tag:Storage year:2007"])]
    fn query(bencher: Bencher<'_, '_>, text: &str) {
        let library = collection::library(&BLOG.source());
        let search = library.search(&Query::parse(text));
        bencher.bench_local(|| search.run(&|| true).map(|found| found.posts.len()));
    }

    /// The floor: another program that counts the lines with a word in the same files. Nothing where it is not installed.
    #[divan::bench(args = ["v", "vmware", "site recovery"], sample_count = 20, sample_size = 1)]
    fn floor_ripgrep(bencher: Bencher<'_, '_>, text: &str) {
        let mut command = Command::new("rg");
        command.args(["--count", "--ignore-case", "--glob", "*.md", text]).arg(BLOG.root.join("content"));
        if command.output().is_err() {
            return;
        }
        bencher.bench_local(|| command.output().unwrap().stdout.len());
    }
}

mod render {
    use super::*;

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn parse_all_posts(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| POSTS.iter().map(|post| post.document().links.len()).sum::<usize>());
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn layout_all_posts(bencher: Bencher<'_, '_>) {
        let documents: Vec<_> = POSTS.iter().map(|post| post.document()).collect();
        let rows = |document: &markdown::Document| document.layout(Measure(MEASURE)).rows.len();
        bencher.bench_local(|| documents.iter().map(rows).sum::<usize>());
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn parse_and_layout_all_posts(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| POSTS.iter().map(|post| rendered(post)).sum::<usize>());
    }

    /// The tokens of every code block, with the grammars loaded and their patterns compiled.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn colours_all_posts(bencher: Bencher<'_, '_>) {
        let documents: Vec<_> = POSTS.iter().map(|post| post.document()).collect();
        let all = || documents.iter().for_each(|document| drop(black_box(markdown::colours(document, &mut || true))));
        all();
        bencher.bench_local(all);
    }

    /// The floor: the Markdown parser alone, its events counted.
    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn floor_all_posts(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| POSTS.iter().map(|post| events(post)).sum::<usize>());
    }

    #[divan::bench]
    fn parse_and_layout_worst_post(bencher: Bencher<'_, '_>) {
        let post = worst();
        bencher.bench_local(|| rendered(&post));
    }

    #[divan::bench]
    fn floor_worst_post(bencher: Bencher<'_, '_>) {
        let post = worst();
        bencher.bench_local(|| events(&post));
    }

    fn rendered(post: &Post) -> usize {
        page::set(post, &post.document(), Measure(MEASURE)).rows.len()
    }

    fn events(post: &Post) -> usize {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_SMART_PUNCTUATION;
        Parser::new_ext(post.body(), options).into_offset_iter().map(black_box).count()
    }

    /// The post that takes longest, each at its best of three.
    fn worst() -> Arc<Post> {
        let once = |post: &Post| {
            let start = Instant::now();
            black_box(rendered(post));
            start.elapsed()
        };
        let best = |post: &Arc<Post>| (0..3).map(|_| once(post)).min().unwrap_or(Duration::ZERO);
        POSTS.iter().max_by_key(|post| best(post)).expect("the blog has posts").clone()
    }
}

mod reader {
    use super::*;

    #[divan::bench(args = ["list", "tags", "article"])]
    fn frame(bencher: Bencher<'_, '_>, view: &str) {
        let app = at(match view {
            "list" => "jjj",
            "tags" => "t",
            _ => "jjj<enter><tab>",
        });
        let mut screen = Terminal::new(TestBackend::new(COLUMNS, ROWS)).unwrap();
        let look = Theme::named("terminal").unwrap().into();
        bencher.bench_local(|| {
            screen.draw(|frame| ui::draw(frame, &app, &look)).unwrap();
        });
    }

    /// There and back, so that the cursor never reaches an end: two keys.
    #[divan::bench(args = ["list", "article"])]
    fn two_keys_that_move(bencher: Bencher<'_, '_>, view: &str) {
        let mut app = at(if view == "list" { "" } else { "<enter>" });
        bencher.bench_local(|| press(&mut app, "jk"));
    }

    /// One more letter of a filter.
    #[divan::bench(args = ["v", "vm", "vmw", "vmwa", "vmwar", "vmware", "tag:VMworld2007"], sample_count = 50, sample_size = 1)]
    fn filter_key(bencher: Bencher<'_, '_>, typed: &str) {
        let app = RefCell::new(at(""));
        let (before, letter) = typed.split_at(typed.len() - 1);
        let keys = format!("<esc>/{before}");
        press(&mut app.borrow_mut(), "/");
        bencher
            .with_inputs(|| press(&mut app.borrow_mut(), &keys))
            .bench_local_values(|()| press(&mut app.borrow_mut(), letter));
    }

    /// Open a post as the first thing after the start.
    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn first_open(bencher: Bencher<'_, '_>) {
        bencher.with_inputs(|| at("jj")).bench_local_refs(|app| press(app, "<enter>"));
    }

    /// Open the post under the cursor, and come back.
    #[divan::bench]
    fn open_and_back(bencher: Bencher<'_, '_>) {
        let mut app = at("jj");
        bencher.bench_local(|| press(&mut app, "<enter>H"));
    }

    fn at(keys: &str) -> App {
        let screen = Screen::new(Size { columns: COLUMNS.into(), rows: ROWS.into() });
        let mut app = App::new(collection::library(&BLOG.source()), &Place::start(), screen);
        press(&mut app, keys);
        app
    }

    fn press(app: &mut App, keys: &str) {
        for key in Key::sequence(keys) {
            black_box(app.update(Message::Key(key)));
        }
    }
}
