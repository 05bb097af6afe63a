//! Pictures among the cells.

use std::fs;

use tempfile::TempDir;

use crate::common::{folder, write};
use crate::session::{Session, shell};

/// A blog of one post, with these pictures in it, and a flag of red in its folder of static files.
pub fn album(pictures: &str) -> TempDir {
    let post = format!("---\ntitle: An Album\ndate: 2020-01-01\n---\nWords before.\n\n{pictures}\n\nWords after.\n");
    let blog = folder(&[("hugo.toml", "baseURL = \"https://blog.example/\"\n"), ("content/post/album.md", &post)]);
    fs::create_dir_all(blog.path().join("static")).unwrap();
    let red = image::RgbImage::from_pixel(80, 80, image::Rgb([255, 0, 0]));
    red.save(blog.path().join("static/flag.png")).unwrap();
    blog
}

/// The album opened on a terminal of all colours, with this configuration.
fn opened(album: &TempDir, images: &str) -> Session {
    write(album.path(), "config/reread/config.toml", format!("images = \"{images}\"\n").as_bytes());
    let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"", album.path(), &[]);
    command.env("COLORTERM", "truecolor");
    command.env("XDG_CONFIG_HOME", album.path().join("config"));
    let mut session = Session::with(command);
    session.sees("An Album");
    session.press("\r");
    session.sees("Words before.");
    session
}

/// Cells of the flag's red.
pub fn red_cells(session: &Session) -> usize {
    let is_red = |cell: Option<&vt100::Cell>| cell.is_some_and(|cell| cell.bgcolor() == vt100::Color::Rgb(255, 0, 0));
    session.look(|screen| {
        let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
        (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x))).filter(|(y, x)| is_red(screen.cell(*y, *x))).count()
    })
}

#[test]
fn a_picture_stands_in_the_text_and_goes_with_it() {
    let album = album("![The flag](/flag.png)");
    let mut session = opened(&album, "auto");
    session.wait_until("the picture", || red_cells(&session) == 8 * 4);
    session.sees("▣ The flag");
    session.press("?");
    session.wait_until("the panel alone", || red_cells(&session) == 0);
    session.press("\u{1b}");
    session.wait_until("the picture", || red_cells(&session) == 8 * 4);
    session.press("h");
    session.wait_until("the list alone", || red_cells(&session) == 0);
    session.press("q");
    session.ends_cleanly(0);
}

#[test]
fn a_picture_is_sent_as_the_reader_wants_it() {
    for (images, sign) in [("kitty", "\u{1b}_Gq=2,"), ("iterm2", "\u{1b}]1337;File=inline=1;"), ("sixel", "\u{1b}P")] {
        let album = album("![The flag](/flag.png)");
        let mut session = opened(&album, images);
        let is_sent = || String::from_utf8_lossy(&session.bytes()).contains(sign);
        session.wait_until(images, is_sent);
        assert_eq!(red_cells(&session), 0, "{images}");
        session.press("Q");
        session.ends_cleanly(0);
    }
    let album = album("![The flag](/flag.png)");
    let mut session = opened(&album, "off");
    session.sees("▣ The flag");
    let row_of = |text: &str| session.screen().lines().position(|line| line.contains(text)).unwrap();
    assert_eq!(row_of("▣ The flag"), row_of("Words before.") + 2);
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn hostile_pictures_harm_nothing() {
    let names = ["bomb.gif", "cut.png", "text.png", "pipe.png", "link.png", "folder.png", "none.png", "flag.png"];
    let album = album(&names.map(|name| format!("![{name}](/{name})")).join("\n\n"));
    let at = |name: &str| album.path().join("static").join(name);
    fs::write(at("bomb.gif"), b"GIF89a\x60\xea\x60\xea\0\0\0,\0\0\0\0\x60\xea\x60\xea\0\x08\0;").unwrap();
    let whole = fs::read(at("flag.png")).unwrap();
    fs::write(at("cut.png"), whole.get(..whole.len() - 30).unwrap()).unwrap();
    fs::write(at("text.png"), "\u{1b}[2J").unwrap();
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, at("pipe.png"), rustix::fs::FileType::Fifo, mode, 0).unwrap();
    let outside = folder(&[]);
    fs::copy(at("flag.png"), outside.path().join("x.png")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("x.png"), at("link.png")).unwrap();
    fs::create_dir(at("folder.png")).unwrap();
    let mut session = opened(&album, "halfblocks");
    session.resize(80, 60);
    session.wait_until("the one good picture", || red_cells(&session) == 8 * 4);
    session.sees("cannot be decoded");
    for name in names {
        session.sees(&format!("▣ {name}"));
    }
    session.press("Q");
    session.ends_cleanly(0);
}
