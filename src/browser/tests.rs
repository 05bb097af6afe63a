#![expect(clippy::unwrap_used, reason = "a test that cannot build its fixture has nothing to say")]
#![cfg(unix)]

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use tempfile::TempDir;

use super::*;

const ADDRESS: &str = "https://example.org/a?b=$(id)&c='%20;`";

/// A program that writes down its arguments, one per line, then does as told.
struct Recorder {
    folder: TempDir,
}

impl Recorder {
    fn new(then: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let log = folder.path().join("log");
        let script = format!("printf '%s\\n' \"$#\" \"$@\" > '{}.new'\nmv '{0}.new' '{0}'\n{then}\n", log.display());
        fs::write(folder.path().join("browser.sh"), script).unwrap();
        Self { folder }
    }

    /// Run by the shell rather than by its own name: a script that another test's child still holds open cannot start.
    fn command(&self) -> String {
        format!("sh {}", self.folder.path().join("browser.sh").display())
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn arguments(&self) -> Vec<String> {
        fs::read_to_string(self.log()).unwrap().lines().map(str::to_owned).collect()
    }
}

fn with_browser(value: &str) -> Environment {
    Environment::default().with("BROWSER", value)
}

#[test]
fn the_address_is_one_argument_and_the_last() {
    let recorder = Recorder::new("");
    open(ADDRESS, None, &with_browser(&format!("{} --new-tab", recorder.command()))).unwrap();
    assert_eq!(recorder.arguments(), ["2", "--new-tab", ADDRESS]);
}

#[test]
fn the_address_stands_where_the_command_wants_it() {
    let recorder = Recorder::new("");
    open(ADDRESS, Some(&format!("{} --url=%s --end", recorder.command())), &Environment::default()).unwrap();
    assert_eq!(recorder.arguments(), ["2", &format!("--url={ADDRESS}"), "--end"]);
}

#[test]
fn quotes_keep_an_argument_together_and_one_that_is_not_closed_is_told() {
    let recorder = Recorder::new("");
    open(ADDRESS, Some(&format!("{} 'a b' --url=\"%s\" $HOME", recorder.command())), &Environment::default()).unwrap();
    assert_eq!(recorder.arguments(), ["3", "a b", &format!("--url={ADDRESS}"), "$HOME"]);
    let trouble = open(ADDRESS, None, &with_browser("firefox 'a b")).unwrap_err();
    let why = "has a quotation mark that is not closed; set another browser";
    assert_eq!(trouble.to_string(), format!("firefox 'a b: {why}, or copy {ADDRESS}"));
}

#[test]
fn the_configured_command_comes_before_the_variable() {
    let (configured, variable) = (Recorder::new(""), Recorder::new(""));
    open(ADDRESS, Some(&configured.command()), &with_browser(&variable.command())).unwrap();
    assert!(configured.log().exists() && !variable.log().exists());
    open(ADDRESS, Some("  "), &with_browser(&variable.command())).unwrap();
    assert!(variable.log().exists(), "a blank configuration is none");
}

#[test]
fn alternatives_are_tried_until_one_works() {
    let (failing, working, unused) = (Recorder::new("exit 3"), Recorder::new(""), Recorder::new(""));
    let list = format!("no-such-browser-1::{}:{}:{}", failing.command(), working.command(), unused.command());
    open(ADDRESS, None, &with_browser(&list)).unwrap();
    assert!(failing.log().exists() && working.log().exists() && !unused.log().exists());
}

#[test]
fn a_failure_names_the_command_and_gives_the_address() {
    let failing = Recorder::new("exit 3");
    let trouble = open(ADDRESS, None, &with_browser(&format!("no-such-browser-1:{}", failing.command()))).unwrap_err();
    assert_eq!(trouble.to_string(), format!("sh: ended with status 3; set another browser, or copy {ADDRESS}"));
    let trouble = open(ADDRESS, Some("no-such-browser-1 --x"), &Environment::default()).unwrap_err();
    assert_eq!(
        trouble.to_string(),
        format!("no-such-browser-1: no such program; install it or set another browser, or copy {ADDRESS}")
    );
    let trouble = open(ADDRESS, None, &with_browser("no-such-browser-1:no-such-browser-2 %s")).unwrap_err();
    assert!(trouble.to_string().starts_with("no-such-browser-1, no-such-browser-2: no such program;"));
}

#[test]
fn a_browser_that_goes_on_running_has_taken_the_address() {
    let started = Instant::now();
    let lasting = Recorder::new("exec sleep 5");
    open(ADDRESS, Some(&lasting.command()), &Environment::default()).unwrap();
    assert!(started.elapsed() < Duration::from_secs(4));
    assert_eq!(lasting.arguments(), ["1", ADDRESS]);
}

#[test]
fn nothing_but_an_address_reaches_a_program() {
    let recorder = Recorder::new("");
    for refused in [
        "--help",
        "-oProxyCommand=x",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "",
        "https://a b",
        "https://a\n",
        "/x",
        "https://ex\u{e4}mple.org",
        "HTTPS://example.org",
        "data:text/html,x",
        "https://a\x1b",
    ] {
        let trouble = open(refused, Some(&recorder.command()), &Environment::default()).unwrap_err();
        assert_eq!(trouble, Trouble::Refused(refused.to_owned()));
    }
    assert!(!recorder.log().exists());
}

#[test]
fn a_text_browser_is_not_started_on_this_terminal() {
    let trouble = open(ADDRESS, None, &with_browser("/usr/bin/w3m")).unwrap_err();
    assert!(matches!(trouble, Trouble::NeedsTerminal { .. }));
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_desktop_nothing_is_started() {
    let trouble = open(ADDRESS, None, &Environment::default()).unwrap_err();
    assert_eq!(trouble.to_string(), format!("no desktop here to open a browser on; set $BROWSER, or copy {ADDRESS}"));
}

#[cfg(target_os = "linux")]
#[test]
fn no_zombie_stays() {
    for _ in 0..3 {
        open(ADDRESS, Some("true"), &Environment::default()).unwrap();
    }
    let own = std::process::id().to_string();
    let zombies = fs::read_dir("/proc").unwrap().filter_map(|entry| {
        let stat = fs::read_to_string(entry.ok()?.path().join("stat")).ok()?;
        let mut fields = stat.rsplit(") ").next()?.split(' ');
        (fields.next()? == "Z" && fields.next()? == own && stat.contains("(true)")).then_some(())
    });
    assert_eq!(zombies.count(), 0);
}
