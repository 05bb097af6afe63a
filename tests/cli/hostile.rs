//! What must never happen.

use std::fs::File;

use super::*;

/// Every run of every command over a blog of hostile posts.
fn hostile_runs(colour: &str) -> Vec<(String, Vec<u8>)> {
    let blog = folder(&[
        ("post.md", HOSTILE),
        (HOSTILE_NAME, HOSTILE),
        ("bad.md", "---\ntitle: \u{1b}[2J: x: y\n---\n\u{1b}"),
    ]);
    write(blog.path(), "latin.md", b"---\ntitle: \x9b31m \x1b[2J\n---\n\x9b2J \x1b]0;x\x07\n");
    let raw = std::ffi::OsStr::from_bytes(b"raw\x1b[2J\x9b\xff.md");
    fs::write(blog.path().join(raw), HOSTILE).unwrap();
    fs::create_dir(blog.path().join("fold\u{1b}[2Jer.md")).unwrap();
    symlink("gone\u{1b}", blog.path().join("dang\u{1b}[2Jling.md")).unwrap();
    let mut runs = Vec::new();
    let mut run = |arguments: &[&str]| {
        let output = program(blog.path()).args(arguments).output().unwrap();
        assert!(output.status.code().is_some(), "{arguments:?} was ended by a signal");
        runs.push((format!("{arguments:?}"), [output.stdout, output.stderr].concat()));
    };
    for json in [&[][..], &["--json"]] {
        for command in ["list", "tags", "check", "doctor"] {
            run(&[&[command, "."], json].concat());
        }
        run(&[&["search", "raw", "."], json].concat());
        run(&[&["graph", "."], json].concat());
        run(&[&["links", "--all", "."], json].concat());
        run(&[&["links", "post.md", "."], json].concat());
        run(&[&["links", HOSTILE_NAME, "."], json].concat());
    }
    for post in ["post.md", HOSTILE_NAME, "latin.md", "Title", "no\u{1b}[2Jne\u{202e}", "bad.md"] {
        for width in ["20", "80"] {
            run(&["show", post, ".", "--width", width, "--color", colour]);
        }
    }
    run(&["show", "post.md", "--raw"]);
    run(&["show", "post.md", "--html"]);
    run(&["show", "post.md", "--color", colour]);
    run(&["list", ".", "-q", "\u{1b}[2J"]);
    run(&["list", "no\u{1b}[2Jwhere\u{202e}"]);
    run(&["--theme", "x\u{1b}[2J"]);
    run(&["show", "x", "--color", "\u{1b}[2J"]);
    run(&["list", "--\u{1b}[2J"]);
    runs
}

fn is_dangerous(letter: char) -> bool {
    letter.is_control() && letter != '\n' || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_control_character_of_a_post_is_printed() {
    for (run, bytes) in hostile_runs("never") {
        let text = String::from_utf8(bytes).unwrap();
        let at = text.find(is_dangerous);
        assert_eq!(at, None, "{run}: {:?}", text.get(at.unwrap_or_default()..));
    }
}

#[test]
fn with_colours_only_colours_are_printed() {
    let mut coloured = false;
    for (run, bytes) in hostile_runs("always") {
        let text = String::from_utf8(bytes).unwrap();
        let mut parts = text.split("\u{1b}[");
        assert!(!parts.next().unwrap().contains(is_dangerous), "{run}: {text:?}");
        for part in parts {
            let end = part.find(|letter: char| !letter.is_ascii_digit() && letter != ';').unwrap();
            assert!(part.split_at(end).1.starts_with('m') && !part.contains(is_dangerous), "{run}: {part:?}");
            coloured = true;
        }
    }
    assert!(coloured);
}

#[test]
fn a_pipe_gets_no_colour_unless_asked() {
    let escapes = |colour: &[&str], no_color: &str| {
        let here = TempDir::new().unwrap();
        let mut command = program(here.path());
        let ran = finish(command.args(["show", "welcome"]).args(colour).env("NO_COLOR", no_color).env("TERM", "xterm"));
        assert_eq!(ran.code, Some(0));
        ran.out.contains('\u{1b}')
    };
    assert!(
        !escapes(&[], "")
            && !escapes(&[], "1")
            && !escapes(&["--color", "auto"], "")
            && !escapes(&["--color", "never"], "")
    );
    assert!(escapes(&["--color", "always"], "") && escapes(&["--color", "always"], "1"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    // More than a pipe holds, so that the program is still writing when nobody reads any more.
    let posts: Vec<(String, String)> =
        (0..40).map(|at| (format!("{at}.md"), format!("# {}\n", "A long title ".repeat(400)))).collect();
    let files: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let blog = folder(&files);
    for arguments in [&["list", "."][..], &["list", ".", "--json"]] {
        let mut command = program(blog.path());
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 16];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_finds_no_room_is_no_success() {
    for arguments in [&["--help"][..], &["--version"], &["help", "list"]] {
        let full = File::create("/dev/full").unwrap();
        let output = program(folder(&[]).path()).args(arguments).stdout(full).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(told.starts_with("reread: standard output cannot be written to: "), "{told:?}");
    }
}
