//! What the terminal says of itself, and the colours that follow from it.

use std::path::Path;
use std::thread;
use std::time::Duration;

use reread::terminal::query::Question;

use crate::common::{folder, write};
use crate::hostile::foreign;
use crate::session::{Session, blog, holds, shell, termios};

/// A session in a terminal of all colours that has been asked and has not answered.
fn asked(here: &Path) -> Session {
    let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\"", here, &[]);
    command.env("COLORTERM", "truecolor");
    let session = Session::with(command);
    session.wait_until("the question", || holds(&session, &Question::Whole.text()).is_some());
    session
}

fn ground(session: &Session) -> vt100::Color {
    session.look(|screen| screen.cell(10, 10).unwrap().bgcolor())
}

const LIGHT: vt100::Color = vt100::Color::Rgb(0xfb, 0xf9, 0xf4);
const DARK: vt100::Color = vt100::Color::Rgb(0x17, 0x19, 0x1d);

#[test]
fn a_light_terminal_gets_the_light_theme_and_a_dark_one_the_dark() {
    let blog = blog();
    for (colour, theme) in [("rgb:ffff/ffff/eeee", LIGHT), ("rgb:00/00/20", DARK)] {
        let mut session = asked(blog.path());
        session.press(&format!("\u{1b}]11;{colour}\u{1b}\\\u{1b}_Gi=31;OK\u{1b}\\\u{1b}[6;20;10t\u{1b}[?62;4c"));
        session.wait_until("the theme", || ground(&session) == theme);
        session.sees("▌ Jan  1  The Third");
        session.press("q");
        session.ends_cleanly(0);
        assert_eq!(foreign(&session.bytes(), 0), Vec::<String>::new());
    }
}

#[test]
fn a_terminal_that_never_answers_shows_the_first_frame_before_the_question() {
    let blog = blog();
    let mut session = asked(blog.path());
    let frame = holds(&session, "\u{1b}[?2026l").unwrap();
    assert!(frame < holds(&session, &Question::Whole.text()).unwrap());
    session.press("j\r");
    session.sees("Second words.");
    assert_eq!(ground(&session), vt100::Color::Default, "the terminal's own ground");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn keys_that_are_typed_before_the_answer_and_within_it_are_not_lost() {
    let blog = blog();
    let mut session = asked(blog.path());
    // A filter holds for posts that are not read yet; a movement among them would depend on who is faster.
    session.press("/fi\u{1b}]11;rgb:ff");
    session.press("/ff/ff\u{7}rst\r\u{1b}[?1c");
    session.sees("1 of 3 posts");
    session.sees("▌ 2007-09-12  The First");
    session.press("\r");
    session.sees("First words.");
    session.wait_until("the theme", || ground(&session) == LIGHT);
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn an_answer_that_comes_late_is_no_key_and_is_heard_all_the_same() {
    let blog = blog();
    let mut session = asked(blog.path());
    // What is typed is delivered when the time for an answer is over.
    session.press("j");
    session.sees("▌ Jan  1  The Second");
    session.press("\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\\u{1b}_Gi=31;OK\u{1b}\\\u{1b}[6;20;10t\u{1b}[?62;4c");
    session.wait_until("the theme", || ground(&session) == LIGHT);
    session.press("j");
    session.sees("▌ Sep 12  The First");
    session.sees("3 posts");
    session.press("q");
    session.ends_cleanly(0);
}

#[test]
fn nobody_is_asked_who_cannot_answer() {
    let blog = blog();
    let text = folder(&[("post.md", "# Piped\n\nWords.\n")]);
    let piped = shell("printf '%s\\n' 'before the program'; cat post.md | \"$0\" -", text.path(), &[]);
    let mut linux = shell("printf '%s\\n' 'before the program'; exec \"$0\"", blog.path(), &[]);
    linux.env("TERM", "linux");
    for (command, seen) in [(piped, "Words."), (linux, "3 posts")] {
        let mut session = Session::with(command);
        session.sees(seen);
        session.press("?");
        session.sees("─ keys ─");
        session.press("Q");
        session.ends_cleanly(0);
        assert_eq!(holds(&session, "\u{1b}]11"), None);
    }
}

#[test]
fn the_doctor_asks_and_tells_the_answers() {
    let blog = blog();
    let mut session = Session::with(shell("exec \"$0\" doctor", blog.path(), &[]));
    session.resize(120, 60);
    session.wait_until("the question", || holds(&session, &Question::Whole.text()).is_some());
    session.press("\u{1b}]11;rgb:ffff/ffff/eeee\u{1b}\\\u{1b}_Gi=31;OK\u{1b}\\\u{1b}[6;20;10t\u{1b}[?62;4c");
    session.sees("#ffffee");
    session.sees("10 by 20 pixels");
    session.sees("kitty graphics        yes");
    session.sees("sixel                 yes");
    session.sees("light  (theme = \"auto\", and the terminal says that the background is light)");
    assert_eq!(session.exit_code(), 0);
    assert_eq!(termios(&*session.pair.master), session.found, "the terminal's modes");
}

#[test]
fn without_colours_none_are_sent_and_always_is_always() {
    let blog = blog();
    for (arguments, no_color, colours) in [
        (&[][..], "1", false),
        (&["--color", "never"], "", false),
        (&["--color", "always"], "1", true),
        (&[], "", true),
    ] {
        let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"", blog.path(), arguments);
        command.env("COLORTERM", "truecolor");
        command.env("NO_COLOR", no_color);
        let mut session = Session::with(command);
        session.sees("▌ Jan  1  The Third");
        session.press("\r");
        session.sees("Third words.");
        session.press("Q");
        session.ends_cleanly(0);
        let text = String::from_utf8(session.bytes()).unwrap();
        let styles = text.split("\u{1b}[").filter_map(|part| part.split_once('m').map(|(style, _)| style));
        let colour = |number: u32| matches!(number, 30..=38 | 40..=48 | 90..=107);
        let sent = styles.flat_map(|style| style.split(';')).filter_map(|number| number.parse().ok()).any(colour);
        assert_eq!(sent, colours, "{arguments:?} {no_color:?}");
    }
}

#[test]
fn a_key_goes_through_the_themes_those_of_the_reader_too() {
    let blog = blog();
    write(blog.path(), "conf/reread/config.toml", b"theme = \"own\"\n");
    write(blog.path(), "conf/reread/themes/own.toml", b"inherits = \"nord\"\n[palette]\nground = \"#010203\"\n");
    let mut command = shell("printf '%s\\n' 'before the program'; exec \"$0\"", blog.path(), &[]);
    command.env("XDG_CONFIG_HOME", blog.path().join("conf"));
    command.env("COLORTERM", "truecolor");
    let mut session = Session::with(command);
    session.sees("3 posts");
    session.wait_until("the theme", || ground(&session) == vt100::Color::Rgb(1, 2, 3));
    session.press("\u{14}");
    session.sees("theme: terminal");
    session.press("\u{14}");
    session.sees("theme: dark");
    session.wait_until("the theme", || ground(&session) == DARK);
    session.press("q");
    session.ends_cleanly(0);
}

#[test]
fn an_answer_that_is_cut_short_does_not_swallow_the_keys_for_ever() {
    let blog = blog();
    let mut session = asked(blog.path());
    session.press("j");
    session.sees("▌ Jan  1  The Second");
    session.press("\u{1b}]11;rgb:");
    thread::sleep(Duration::from_secs(2));
    session.press("j");
    session.sees("▌ Sep 12  The First");
    session.press("Q");
    session.ends_cleanly(0);
}
