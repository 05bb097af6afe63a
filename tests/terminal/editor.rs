//! The terminal lent to the reader's editor: who gets the keys, and what is on screen afterwards.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::common::{folder, write};
use crate::pictures::{album, red_cells};
use crate::session::{Session, shell};

const START: &str = "printf '%s\\n' 'before the program'; exec \"$0\" \"$@\"";

/// An editor that writes down its arguments and the line that is typed, does as told with `$file`, and ends.
struct Editor(TempDir);

impl Editor {
    fn new(deed: &str) -> Self {
        let editor = Self(folder(&[]));
        let here = editor.0.path().display();
        let script = format!(
            "printf '%s\\n' \"$#\" \"$@\" > '{here}/arguments'\nfor file; do :; done\n\
             printf '\\033[?1049h\\033[2J\\033[Hthe editor: '\nread typed\nprintf '%s' \"$typed\" > '{here}/typed'\n\
             {deed}\nprintf '\\033[?1049l'\nexit $code\n"
        );
        write(editor.0.path(), "editor.sh", script.as_bytes());
        // By its name it is an editor that takes `+N`.
        symlink("/bin/sh", editor.0.path().join("vim")).unwrap();
        editor
    }

    fn command(&self) -> String {
        format!("'{0}/vim' \"{0}/editor.sh\"", self.0.path().display())
    }

    fn said(&self, what: &str) -> String {
        fs::read_to_string(self.0.path().join(what)).unwrap()
    }

    /// A session in which it is the reader's editor.
    fn session(&self, here: &Path, line: &str, arguments: &[&str]) -> Session {
        let mut command = shell(line, here, arguments);
        command.env("VISUAL", self.command());
        command.env("EDITOR", "no-such-editor");
        Session::with(command)
    }
}

/// A blog of a long post and a short one.
fn blog() -> TempDir {
    let paragraphs = (1..200).map(|number| format!("Paragraph {number} of it.\n\n")).collect::<Vec<_>>().concat();
    let long = format!("---\ntitle: Long\ndate: 2020-01-01\n---\n\n{paragraphs}");
    let short = "---\ntitle: Short\ndate: 2019-01-01\n---\nFew words.\n";
    folder(&[("hugo.toml", "title = 'A Blog'\n"), ("content/-c:!sh $x.md", &long), ("content/short.md", short)])
}

fn first_row(session: &Session) -> String {
    let row = session.screen().lines().nth(1).unwrap().to_owned();
    row.trim_matches(['▐', ' ']).to_owned()
}

#[test]
fn an_editor_opens_at_the_line_and_the_new_text_is_there_where_the_reader_was() {
    let blog = blog();
    let change = "sed -i -e 's/^title: Long/title: Longer/' -e 's/^Paragraph 2 of it/One more.\\n\\n&/' \
                  -e 's/^Paragraph 15 of it/A better 15/' \"$file\"";
    let editor = Editor::new(change);
    let mut session = editor.session(blog.path(), START, &[]);
    session.sees("2 posts");
    session.press("\rddjj");
    session.wait_until("the eleventh at the top", || first_row(&session).starts_with("Paragraph 11 of it."));
    session.sees("Paragraph 15 of it.");
    let top = first_row(&session);
    session.press("e");
    session.sees("the editor:");
    assert_eq!(crate::session::termios(&*session.pair.master), session.found, "the modes that an editor finds");
    session.press("Qq\u{1b}j");
    session.sees("Qq^[j");
    session.press("\r");
    session.sees("A better 15.");
    session.sees("Longer");
    assert_eq!(first_row(&session), top);
    assert_eq!(editor.said("typed"), "Qq\u{1b}j");
    let path = blog.path().join("content/-c:!sh $x.md");
    let said = editor.said("arguments");
    let [count, line, file] = said.lines().collect::<Vec<_>>()[..] else { panic!("{said}") };
    assert_eq!((count, file), ("2", path.to_str().unwrap()));
    let line: usize = line.strip_prefix('+').unwrap().parse().unwrap();
    let above = fs::read_to_string(&path).unwrap().lines().nth(line - 1 + 2).unwrap().to_owned();
    assert_eq!(above, top, "two lines were added above it");
    session.press("j");
    session.wait_until("a row further down", || first_row(&session) != top);
    session.press("h");
    session.sees("▌ Jan  1 ◐Longer");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn a_post_that_is_edited_from_the_list_stays_selected_with_its_new_date() {
    let blog = blog();
    let editor = Editor::new("sed -i 's/^date: 2020/date: 2018/' \"$file\"");
    let mut session = editor.session(blog.path(), START, &[]);
    session.sees("▌ Jan  1  Long");
    // What comes in one breath with the key is not done here.
    session.press("eQ");
    session.sees("the editor:");
    session.press("\r");
    session.sees("2018  1 post");
    session.sees("▌ Jan  1  Long");
    session.sees("2/2");
    assert_eq!(editor.said("arguments").lines().nth(1), Some("+1"));
    session.press("k");
    session.sees("▌ Jan  1  Short");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn what_went_wrong_with_an_editor_is_told_on_a_whole_screen() {
    let blog = blog();
    let editor = Editor::new("code=3");
    let mut session = editor.session(blog.path(), START, &[]);
    session.resize(160, 24);
    session.sees("▌ Jan  1  Long");
    session.press("e");
    session.sees("the editor:");
    session.press("\r");
    session.sees("/vim: ended with status 3; the post was read again");
    session.sees("▌ Jan  1  Long");
    session.press("Q");
    session.ends_cleanly(0);
    write(blog.path(), "config/reread/config.toml", b"editor = \"no-such-editor -x\"\n");
    let mut command = shell(START, blog.path(), &[]);
    command.env("XDG_CONFIG_HOME", blog.path().join("config"));
    command.env("VISUAL", editor.command());
    let mut session = Session::with(command);
    session.sees("▌ Jan  1  Long");
    session.press("e");
    session.sees("no-such-editor: no such program; install it, or set another editor");
    session.sees("▌ Jan  1  Long");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn what_has_no_file_is_not_edited_and_one_file_is() {
    let here = folder(&[("post.md", "# Alone\n\nWords.\n")]);
    let editor = Editor::new("printf 'More.\\n' >> \"$file\"");
    let mut session = editor.session(here.path(), "printf '%s\\n' 'before the program'; cat post.md | \"$0\" -", &[]);
    session.sees("Words.");
    session.press("e");
    session.sees("standard input is no file; name the file to edit it");
    session.press("Q");
    session.ends_cleanly(0);
    let empty = folder(&[]);
    let mut session = editor.session(empty.path(), START, &[]);
    session.sees("10 posts");
    session.press("e");
    session.sees("the guide is inside the program");
    session.press("Q");
    session.ends_cleanly(0);
    let mut session = editor.session(here.path(), START, &["post.md"]);
    session.sees("Words.");
    session.press("e");
    session.sees("the editor:");
    session.press("\r");
    session.sees("More.");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn control_c_in_the_editor_ends_nothing_but_that() {
    let blog = blog();
    let editor = Editor::new("");
    let mut session = editor.session(blog.path(), START, &[]);
    session.sees("▌ Jan  1  Long");
    session.press("\re");
    session.sees("the editor:");
    session.press("\u{3}");
    session.sees("vim: was ended by a signal");
    session.sees("Paragraph 1 of it.");
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn an_editor_that_is_stopped_takes_the_program_with_it_and_both_come_back() {
    let blog = blog();
    let editor = Editor::new("");
    let line = "set -m; printf '%s\\n' 'before the program'; \"$0\" \"$@\"; echo stopped; read x; fg; echo over";
    let mut session = editor.session(blog.path(), line, &[]);
    session.sees("▌ Jan  1  Long");
    session.press("e");
    session.sees("the editor:");
    session.press("\u{1a}");
    session.sees("stopped");
    session.press("\r");
    // The shell says what it continues.
    session.sees("${@}");
    session.press("typed\r");
    session.sees("▌ Jan  1  Long");
    assert_eq!(editor.said("typed"), "typed");
    session.press("j");
    session.sees("▌ Jan  1  Short");
    session.press("Q");
    session.sees("over");
    assert_eq!(session.exit_code(), 0);
    assert_eq!(crate::session::termios(&*session.pair.master), session.found, "the terminal's modes");
}

#[test]
fn modes_that_an_editor_leaves_behind_do_not_stay() {
    let blog = blog();
    let editor = Editor::new("stty raw -echo; printf '\\033[?2004l\\033[?1000h'");
    let mut session = editor.session(blog.path(), START, &[]);
    session.sees("▌ Jan  1  Long");
    session.press("e");
    session.sees("the editor:");
    session.press("\r");
    session.sees("▌ Jan  1  Long");
    session.look(|screen| {
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(screen.bracketed_paste(), "which is ours");
    });
    session.press("Q");
    session.ends_cleanly(0);
}

#[test]
fn pictures_are_drawn_again_after_the_editor() {
    let album = album("![The flag](/flag.png)");
    let editor = Editor::new("");
    let mut command = shell(START, album.path(), &[]);
    command.env("COLORTERM", "truecolor");
    command.env("VISUAL", editor.command());
    let mut session = Session::with(command);
    session.sees("An Album");
    session.press("\r");
    session.wait_until("the picture", || red_cells(&session) == 8 * 4);
    session.press("e");
    session.wait_until("the editor alone", || session.screen().contains("the editor:") && red_cells(&session) == 0);
    session.press("\r");
    session.wait_until("the picture", || red_cells(&session) == 8 * 4);
    session.press("Q");
    session.ends_cleanly(0);
}

/// How often the threads of a process got a core.
#[cfg(target_os = "linux")]
fn turns(session: &Session) -> Vec<String> {
    let threads = format!("/proc/{}/task", session.child.process_id().unwrap());
    let counted = fs::read_dir(threads).unwrap().map(|thread| {
        let status = fs::read_to_string(thread.unwrap().path().join("status")).unwrap();
        status.lines().filter(|line| line.contains("ctxt_switches")).collect()
    });
    counted.collect()
}

#[cfg(target_os = "linux")]
#[track_caller]
fn is_quiet(session: &Session) {
    // Until the pause is noted, and what is kept for the next start is written.
    thread::sleep(Duration::from_millis(900));
    let before = turns(session);
    thread::sleep(Duration::from_millis(700));
    assert_eq!(turns(session), before);
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_wakes_while_nothing_happens_before_and_after_an_editor() {
    let blog = blog();
    let editor = Editor::new("");
    let mut session = editor.session(blog.path(), START, &[]);
    session.sees("▌ Jan  1  Long");
    is_quiet(&session);
    session.press("e");
    session.sees("the editor:");
    session.press("\r");
    session.sees("▌ Jan  1  Long");
    is_quiet(&session);
    session.press("Q");
    session.ends_cleanly(0);
}
