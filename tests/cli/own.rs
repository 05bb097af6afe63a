//! What the user's own file says.

use super::*;

#[test]
fn the_users_own_file_is_read_and_its_faults_stop_nothing() {
    let home = TempDir::new().unwrap();
    let run = |config: &str, arguments: &[&str]| {
        write(home.path(), "reread/config.toml", config.as_bytes());
        finish(program(home.path()).env("XDG_CONFIG_HOME", home.path()).args(arguments))
    };
    let shown = ["show", "welcome", "--color", "always"];
    let [dark, light] = ["dark", "light"].map(|theme| run(&format!("theme = \"{theme}\"\n"), &shown));
    assert!(dark.out.contains("\u{1b}[38;2;") && dark.out != light.out, "{}", dark.out);
    let list = run("", &["list"]);
    for faulty in ["theme = \"drak\"\n", "browser = 7\n", "width = 1\n", "them = \"dark\"\n", "not toml", "blog = 3\n"]
    {
        let ran = run(faulty, &["list"]);
        assert_eq!((ran.code, ran.out), (Some(0), list.out.clone()), "{faulty}");
    }
}

#[test]
fn the_doctor_tells_what_was_found_and_asks_no_pipe() {
    let blog = folder(&[
        ("hugo.toml", "title = \"Mine\"\n"),
        ("content/a.md", "# A\n"),
        ("x/reread/config.toml", "them = 1\n"),
    ]);
    write(blog.path(), "x/reread/themes/own.toml", b"[palette]\ntext = \"bleu\"\n");
    let run = |arguments: &[&str]| {
        let mut command = program(blog.path());
        command.env("XDG_CONFIG_HOME", blog.path().join("x")).env("TERM", "tmux\u{1b}[2J").env("COLORFGBG", "0;15");
        finish(command.arg("doctor").args(arguments))
    };
    let ran = run(&[]);
    assert_eq!(ran.code, Some(0));
    for told in [
        "asked                 no  (input or output is no terminal)",
        "theme                 light  (theme = \"auto\", and COLORFGBG says that the background is light)",
        "fault                 ",
        "config.toml:1: them is no setting; did you mean theme?",
        "own.toml:2: text: bleu is no colour; did you mean blue?",
        "generator             Hugo",
        "title                 Mine",
        "posts                 1",
    ] {
        assert!(ran.out.contains(told), "{told:?} is not in\n{}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'));
    let json = run(&["--json"]).json();
    let names = ["terminal", "answers", "colours", "abilities", "configuration", "blog"];
    assert!(names.iter().all(|name| json[name].is_array()), "{json}");
    let nowhere = run(&["nowhere"]);
    assert_eq!(nowhere.code, Some(0));
    assert!(nowhere.out.contains("nowhere: no such file or folder"));
}
