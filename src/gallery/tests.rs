//! Pictures that are whole, hostile and many, without a terminal.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::fs::{self, File};
use std::path::Path;
use std::sync::mpsc;

use image::{Rgb, RgbImage};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use ratatui::style::Color;
use ratatui_image::sliced::SlicedProtocol;

use super::*;
use crate::app::place::Place;
use crate::app::screen::{Screen, Size};
use crate::app::{Message, keys};
use crate::blog::post::Key;
use crate::blog::query::Query;
use crate::collection;
use crate::markdown::Area;
use crate::source::Folder;
use crate::ui;
use crate::ui::theme::{Depth, Theme};

const CELL: crate::app::screen::Cell = crate::app::screen::Cell { width: 10, height: 20 };

fn manner(protocol: Protocol) -> Manner {
    Manner { protocol, cell: CELL, ground: [0, 0, 0] }
}

fn in_blocks() -> Manner {
    manner(Protocol::HalfBlocks(Depth::True))
}

/// Red above, blue below.
fn write_flag(path: &Path, width: u32, height: u32) {
    let colour = |_, y| if y < height / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) };
    RgbImage::from_fn(width, height, colour).save(path).unwrap();
}

fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

/// The head of a PNG picture of any size, and no pixels.
fn png_head(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    chunk.extend([8, 6, 0, 0, 0]);
    let sum = checksum(&chunk);
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0d".as_slice(), &chunk, &sum.to_be_bytes(), b"\0\0\0\0IDAT"].concat()
}

#[test]
fn every_format_is_read_whatever_its_name_says() {
    let folder = tempfile::tempdir().unwrap();
    for extension in ["png", "jpg", "gif", "webp"] {
        let file = folder.path().join(format!("x.{extension}"));
        write_flag(&file, 40, 60);
        let named = folder.path().join("named.txt");
        fs::rename(&file, &named).unwrap();
        assert_eq!(
            painting::pixels(File::open(&named).unwrap()),
            Some(Pixels { width: 40, height: 60 }),
            "{extension}"
        );
        let painted = painting::painted(File::open(&named).unwrap(), Area { columns: 4, rows: 3 }, in_blocks());
        assert!(matches!(painted, Painting::Ready(_)), "{extension}");
    }
}

#[test]
fn a_hostile_picture_is_broken_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.png");
    write_flag(&whole, 300, 300);
    let mut cut = fs::read(&whole).unwrap();
    cut.truncate(cut.len() / 2);
    for (name, bytes) in [
        ("bomb.png", png_head(60_000, 60_000)),
        ("wide.png", png_head(u32::MAX / 2, 1)),
        ("nothing.png", png_head(0, 0)),
        ("head.png", png_head(200, 200)),
        ("bomb.gif", [b"GIF89a".as_slice(), &60_000_u16.to_le_bytes(), &60_000_u16.to_le_bytes(), &[0; 9]].concat()),
        ("cut.png", cut),
        ("text.png", b"no picture at all".to_vec()),
        ("empty.jpg", Vec::new()),
        ("head.jpg", b"\xff\xd8\xff\xe0".to_vec()),
        ("head.webp", b"RIFF\xff\xff\xff\xffWEBPVP8L\xff\xff\xff\xff\x2f\xff\xff\xff\xff".to_vec()),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let painted = painting::painted(File::open(&path).unwrap(), Area { columns: 4, rows: 3 }, in_blocks());
        assert!(matches!(painted, Painting::Broken(_)), "{name}");
        let pixels = painting::pixels(File::open(&path).unwrap());
        assert_eq!(pixels.is_some(), matches!(name, "head.png" | "cut.png"), "{name}: {pixels:?}");
    }
}

#[test]
fn every_protocol_has_cells_for_every_area() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.png");
    write_flag(&file, 90, 50);
    for protocol in [Protocol::Kitty, Protocol::Iterm, Protocol::Sixel, Protocol::HalfBlocks(Depth::True)] {
        for (columns, rows) in [(1, 1), (9, 3), (4, 1), (1, 30), (200, 2)] {
            let painted = painting::painted(File::open(&file).unwrap(), Area { columns, rows }, manner(protocol));
            let Painting::Ready(picture) = painted else { panic!("{protocol:?} {columns} {rows}") };
            let size: &SlicedProtocol = &picture;
            let (width, height) = (usize::from(size.size().width), usize::from(size.size().height));
            assert!(width <= columns && height <= rows, "{protocol:?}: {width}×{height} in {columns}×{rows}");
        }
    }
}

#[test]
fn the_newest_list_takes_the_place_of_the_one_before() {
    let (orders, waiting) = mpsc::channel();
    orders.send(vec![1, 2, 3]).unwrap();
    let mut painted = Vec::new();
    work(&waiting, |order| {
        painted.push(order);
        if order == 1 {
            orders.send(vec![7, 8]).unwrap();
            orders.send(vec![9]).unwrap();
        }
        order != 9
    });
    assert_eq!(painted, [1, 9]);
}

/// A blog of one post with a picture, and the reader in it.
fn reader(body: &str, columns: usize, rows: usize) -> (tempfile::TempDir, Arc<Source>, App) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("post.md"), body).unwrap();
    write_flag(&folder.path().join("flag.png"), 80, 80);
    let source = Arc::new(Source::Folder(Folder::open(folder.path()).unwrap()));
    let place = Place::article(Key::new("post.md"), Query::default());
    let mut app = App::new(collection::library(&source), &place, Screen::new(Size { columns, rows }));
    let post = Arc::clone(app.library.get(&Key::new("post.md")).unwrap());
    let pixels = measured(&source, &app.library.site, &post);
    app.update(Message::Pictured(post.key.clone(), pixels));
    (folder, source, app)
}

fn press(app: &mut App, keys: &str) {
    for key in keys::Key::sequence(keys) {
        app.update(Message::Key(key));
    }
}

fn gallery(source: &Arc<Source>, app: &App) -> Gallery {
    let (sender, told) = mpsc::channel();
    let mut gallery = Gallery::open(Arc::clone(source), in_blocks(), move || sender.send(()).unwrap_or(()));
    gallery.hang(app);
    if !gallery.asked.is_empty() {
        told.recv().unwrap();
    }
    gallery.hang(app);
    gallery
}

fn screen(gallery: &Gallery, app: &App) -> String {
    let (columns, rows) = (app.screen.size.columns, app.screen.size.rows);
    let mut terminal = Terminal::new(TestBackend::new(columns.try_into().unwrap(), rows.try_into().unwrap())).unwrap();
    let look = Theme::named("terminal").unwrap().into();
    terminal
        .draw(|frame| {
            ui::draw(frame, app, &look);
            ui::picture::draw(frame, app, &look, gallery.paintings());
        })
        .unwrap();
    let buffer = terminal.backend().buffer();
    let cell = |(x, y)| match buffer.cell((x, y)).unwrap() {
        Cell { bg: Color::Rgb(red, _, blue), .. } => {
            if red > blue {
                "R"
            } else {
                "B"
            }
        }
        cell => cell.symbol(),
    };
    let row =
        |y| (0..buffer.area.width).map(|x| cell((x, y))).collect::<String>().trim_end_matches(['▐', ' ']).to_owned();
    (0..buffer.area.height).map(row).collect::<Vec<_>>().join("\n")
}

const POST: &str = "---\ntitle: A flag\ndate: 2020-01-01\n---\nWords before.\n\n![Red and blue](flag.png)\n\n\
                    One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix.\n";

#[test]
fn a_picture_stands_in_its_cells_above_its_words() {
    let (_folder, source, app) = reader(POST, 30, 20);
    let shown = screen(&gallery(&source, &app), &app);
    let picture: Vec<&str> = shown.lines().skip_while(|line| !line.contains("Words")).skip(2).take(6).collect();
    let expected = ["  RRRRRRRR", "  RRRRRRRR", "  BBBBBBBB", "  BBBBBBBB", "  ▣ Red and blue", ""];
    assert_eq!(picture, expected, "{shown}");
}

#[test]
fn a_picture_is_cut_where_the_window_ends() {
    let (_folder, source, mut app) = reader(POST, 30, 10);
    let gallery = gallery(&source, &app);
    let shown = screen(&gallery, &app);
    assert!(shown.contains("RRRRRRRR") && !shown.contains('▣'), "{shown}");
    let mut seen = Vec::new();
    for _ in 0..12 {
        let shown = screen(&gallery, &app);
        let rows = |letter| shown.lines().filter(|line| line.contains(letter)).count();
        seen.push((rows("RRRRRRRR"), rows("BBBBBBBB")));
        press(&mut app, "j");
    }
    seen.dedup();
    assert!(seen.ends_with(&[(2, 2), (1, 2), (0, 2), (0, 1), (0, 0)]), "{seen:?}");
}

#[test]
fn a_panel_covers_every_picture_and_gives_it_back() {
    let (_folder, source, mut app) = reader(POST, 30, 20);
    let gallery = gallery(&source, &app);
    for (keys, expected) in [("?", false), ("<esc>", true), ("/on", true)] {
        press(&mut app, keys);
        assert_eq!(screen(&gallery, &app).contains("RRRRRRRR"), expected, "{keys}");
    }
}

#[test]
fn a_broken_picture_says_so_where_it_would_be() {
    let (folder, source, app) = reader(POST, 30, 20);
    fs::write(folder.path().join("flag.png"), png_head(80, 80)).unwrap();
    let shown = screen(&gallery(&source, &app), &app);
    assert!(shown.contains("  cannot be decoded\n"), "{shown}");
    fs::remove_file(folder.path().join("flag.png")).unwrap();
    let shown = screen(&gallery(&source, &app), &app);
    assert!(shown.contains("  was there a moment"), "{shown}");
}

#[test]
fn only_so_much_is_kept_beside_what_is_on_screen() {
    let (_folder, source, app) = reader(POST, 30, 20);
    let mut gallery = gallery(&source, &app);
    gallery.manner = manner(Protocol::Kitty);
    let area = Area { columns: 100, rows: 50 };
    let name = |link| Name { post: Key::new("other.md"), link, area };
    for link in 0..20 {
        gallery.paintings.insert(name(link), Painting::Broken(Clean::default()));
        gallery.ages.push_back(name(link));
    }
    gallery.make_room(&[name(0)]);
    let weight: usize = gallery.ages.iter().map(|name| painting::weight(name.area, gallery.manner)).sum();
    assert!(weight <= MEMORY && gallery.ages.contains(&name(0)) && gallery.ages.contains(&name(19)), "{weight}");
    assert!(!gallery.ages.contains(&name(1)) && gallery.ages.len() == gallery.paintings.len());
}
