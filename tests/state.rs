//! What is remembered survives what happens to programs and disks: killed writers, several writers, full and read-only disks,
//! torn, damaged and later files.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use reread::blog::marks::{Event, Spot, What};
use reread::state::Log;
use tempfile::TempDir;

fn event(time: u64, post: &str, what: What) -> Event {
    Event { time, post: post.to_owned(), what }
}

fn log(folder: &TempDir) -> Log {
    Log::at(&folder.path().join("blog.log"))
}

/// How often something is done, which an environment variable may raise.
fn count(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |count| count.parse().unwrap())
}

/// Another process that stars posts of these names, and prints each number when it is done.
fn writer(log: &Path, name: &str, marks: usize) -> (Child, BufReader<ChildStdout>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "writes_as_another_process", "--nocapture", "--include-ignored"]);
    command.env("STATE_LOG", log).env("STATE_NAME", name).env("STATE_MARKS", marks.to_string());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    (child, output)
}

#[test]
fn writes_as_another_process() {
    let Some(path) = std::env::var_os("STATE_LOG") else { return };
    let (name, marks) = (std::env::var("STATE_NAME").unwrap(), std::env::var("STATE_MARKS").unwrap());
    let mut log = Log::at(Path::new(&path));
    for number in 0..marks.parse().unwrap() {
        // One that cannot be written now is written with the next.
        while log.add([event(number + 1, &format!("/{name}/{number}/"), What::Starred(true))]).is_err() {}
        println!("\ndone {number}");
        if number % 500 == 0 {
            log.compact().unwrap();
        }
    }
}

/// The number of the last mark that the writer said was done.
fn last_done(output: BufReader<ChildStdout>) -> Option<usize> {
    let numbers = output.lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("done ")?.parse().ok());
    numbers.last()
}

#[test]
fn no_mark_that_was_shown_is_lost_when_the_program_is_killed() {
    let folder = TempDir::new().unwrap();
    let log = log(&folder);
    let (rounds, mut done, mut lost) = (count("REREAD_KILLS", 40), 0, 0);
    let start = Instant::now();
    for round in 0..rounds {
        let name = format!("round{round}");
        let (mut child, output) = writer(log.path(), &name, 1_000_000);
        // At another moment each time; the writer begins after some milliseconds.
        thread::sleep(Duration::from_micros(4_000 + 1_337 * u64::try_from(round * 7 % 41).unwrap()));
        child.kill().unwrap();
        child.wait().unwrap();
        let Some(reached) = last_done(output) else { continue };
        let marks = log.read().unwrap().marks;
        let missing = (0..=reached).filter(|number| !marks.of(&format!("/{name}/{number}/")).is_starred()).count();
        lost += missing;
        done += reached + 1;
        if round % 40 == 39 {
            // A thousand rounds would read again and again what all those before have written.
            fs::remove_file(log.path()).unwrap();
        }
    }
    println!("{rounds} kills, {done} marks, {lost} lost, {:.1?}", start.elapsed());
    assert!(done > 0 && lost == 0, "{lost} of {done} marks lost");
}

#[test]
fn two_writers_lose_nothing_of_each_other() {
    let folder = TempDir::new().unwrap();
    let log = log(&folder);
    let (marks, start) = (count("REREAD_MARKS", 2_000), Instant::now());
    let writers = ["one", "two"].map(|name| writer(log.path(), name, marks));
    for (mut child, output) in writers {
        assert_eq!(last_done(output), Some(marks - 1));
        assert!(child.wait().unwrap().success());
    }
    let remembered = log.read().unwrap();
    assert_eq!((remembered.marks.events().len(), remembered.damaged.len()), (2 * marks, 0));
    println!("2 writers, {marks} marks each, none lost, {:.1?}", start.elapsed());
}

#[test]
fn a_torn_last_line_is_skipped_and_spoils_no_other() {
    let folder = TempDir::new().unwrap();
    let mut log = log(&folder);
    log.add([event(1, "/a/", What::Read(true)), event(2, "/b/", What::Read(true))]).unwrap();
    let whole = fs::read(log.path()).unwrap();
    for length in 0..whole.len() {
        fs::write(log.path(), &whole[..length]).unwrap();
        let mut log = Log::at(log.path());
        log.add([event(3, "/c/", What::Starred(true))]).unwrap();
        let remembered = log.read().unwrap();
        let lines = memchr::memchr_iter(b'\n', &whole[..length]).count();
        assert!(remembered.marks.of("/c/").is_starred(), "cut at {length}");
        assert!(remembered.marks.events().len() > lines, "cut at {length}");
        assert!(remembered.damaged.len() <= 1, "cut at {length}");
    }
}

#[test]
fn a_damaged_line_is_kept_aside_and_the_others_hold() {
    let folder = TempDir::new().unwrap();
    let mut log = log(&folder);
    log.add((1..=50).map(|number| event(number, &format!("/{number}/"), What::Read(true)))).unwrap();
    let mut bytes = fs::read(log.path()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    fs::write(log.path(), &bytes).unwrap();
    let remembered = log.read().unwrap();
    assert_eq!((remembered.marks.events().len(), remembered.damaged.len()), (49, 1));
    log.compact().unwrap();
    let aside = fs::read(log.path().with_extension("damaged")).unwrap();
    assert_eq!(aside, [remembered.damaged[0].as_slice(), b"\n"].concat());
    let after = log.read().unwrap();
    assert_eq!((after.marks, after.damaged.len()), (remembered.marks, 0));
}

#[test]
fn a_file_of_a_later_version_is_read_as_far_as_it_can_be_and_never_written_anew() {
    let folder = TempDir::new().unwrap();
    let mut log = log(&folder);
    let json = r#"{"v":7,"at":"2031-01-01T00:00:00Z","post":"/a/","starred":true,"colour":"red"}"#;
    let future = format!("{json} {:08x}\nnonsense\n", crc32fast::hash(json.as_bytes()));
    fs::create_dir_all(folder.path()).unwrap();
    fs::write(log.path(), &future).unwrap();
    assert!(log.read().unwrap().is_newer && log.read().unwrap().marks.of("/a/").is_starred());
    log.compact().unwrap();
    log.add([event(9, "/b/", What::Read(true))]).unwrap();
    assert!(fs::read_to_string(log.path()).unwrap().starts_with(&future));
}

#[test]
fn what_no_longer_holds_is_left_out_when_the_file_is_written_anew() {
    let folder = TempDir::new().unwrap();
    let mut log = log(&folder);
    for time in 1..=3_000 {
        log.add([event(
            time,
            "/a/",
            What::Reached(Spot { at: usize::try_from(time).unwrap(), words: "w".to_owned() }),
        )])
        .unwrap();
    }
    let before = log.read().unwrap().marks;
    log.compact().unwrap();
    assert_eq!(fs::read_to_string(log.path()).unwrap().lines().count(), 1);
    assert_eq!(log.read().unwrap().marks, before);
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "the file and its lock: {names:?}");
}

#[test]
fn what_was_opened_and_looked_for_is_kept_when_the_file_is_written_anew() {
    let folder = TempDir::new().unwrap();
    // Two programs that know nothing of each other.
    let (mut one, mut two) = (log(&folder), log(&folder));
    for time in 1..=1_500 {
        let query = format!("tag:{}", time % 300);
        one.add([event(2 * time, "", What::Searched(query)), event(2 * time, "/a/", What::Opened)]).unwrap();
        two.add([event(2 * time + 1, "", What::Visited("https://example.org/".to_owned()))]).unwrap();
    }
    two.add([event(9_000, "", What::Searched("lamps".to_owned())), event(9_001, "", What::Sought("oil".to_owned()))])
        .unwrap();
    let before = one.read().unwrap().marks;
    one.compact().unwrap();
    let text = fs::read_to_string(one.path()).unwrap();
    assert_eq!(text.lines().count(), 200 + 3, "the last searches, a post, a page and words");
    let after = one.read().unwrap().marks;
    assert_eq!(after, before);
    assert_eq!((after.searched().last(), after.sought().last()), (Some("lamps"), Some("oil")));
    assert_eq!((after.of("/a/").opened(), after.has_visited("https://example.org/")), (3_000, true));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_now_is_written_with_the_next() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("away/blog.log");
    fs::write(folder.path().join("away"), "in the way").unwrap();
    let mut log = Log::at(&path);
    let error = log.add([event(1, "/a/", What::Read(true))]).unwrap_err();
    assert!(format!("{error:#}").starts_with(&format!("{}: cannot be written: ", path.display())), "{error:#}");
    fs::remove_file(folder.path().join("away")).unwrap();
    log.add([event(2, "/b/", What::Read(true))]).unwrap();
    let marks = Log::at(&path).read().unwrap().marks;
    assert!(marks.of("/a/").is_read() && marks.of("/b/").is_read());
}

/// A shell that limits the size of files gives a process a disk that is full in the middle of a line.
#[cfg(unix)]
#[test]
fn a_full_disk_costs_no_mark_that_was_written_and_stops_no_later_one() {
    let folder = TempDir::new().unwrap();
    let blog = folder.path().join("blog");
    fs::create_dir_all(&blog).unwrap();
    fs::write(blog.join("a.md"), "# A\n").unwrap();
    let import = |limit: &str, events: &str| {
        let line = format!("{limit} exec {} state import {}", env!("CARGO_BIN_EXE_reread"), blog.display());
        let mut command = Command::new("sh");
        command.args(["-c", &line]).env("XDG_STATE_HOME", folder.path().join("state")).env("HOME", folder.path());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(events.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let line =
        |number: usize| format!("{{\"v\":1,\"at\":\"2026-01-01T00:00:00Z\",\"post\":\"/{number}/\",\"read\":true}}\n");
    let lines = |numbers: std::ops::Range<usize>| numbers.map(line).collect::<String>();
    assert!(import("", &lines(0..5)).status.success());
    let full = import("ulimit -f 1;", &lines(5..100));
    let said = String::from_utf8_lossy(&full.stderr).into_owned();
    assert!(!full.status.success() && said.contains("cannot be written"), "{said}");
    assert!(import("", &lines(100..101)).status.success());
    let export = Command::new(env!("CARGO_BIN_EXE_reread"))
        .args(["state", "export"])
        .arg(&blog)
        .env("XDG_STATE_HOME", folder.path().join("state"))
        .output()
        .unwrap();
    let text = String::from_utf8(export.stdout).unwrap();
    for number in [0, 1, 2, 3, 4, 100] {
        assert!(text.contains(&line(number)), "{number}: {text}");
    }
}

/// `REREAD_SMALL_DISK` is a folder of its own on a file system of some kilobytes.
#[test]
fn a_small_disk_that_runs_full_keeps_what_was_marked_and_takes_more_when_there_is_room() {
    let Some(disk) = std::env::var_os("REREAD_SMALL_DISK") else { return };
    let disk = Path::new(&disk);
    let path = disk.join("blog.log");
    let (mut log, mut written, mut refused) = (Log::at(&path), 0, 0);
    for number in 1..=20_000 {
        match log.add([event(number, &format!("/{number}/"), What::Starred(true))]) {
            Ok(()) => written = number,
            Err(_) => refused += 1,
        }
        if refused == 100 {
            break;
        }
    }
    assert!(refused > 0, "the disk is too large");
    // The process is gone, and with it what it could not write.
    drop(log);
    let mut log = Log::at(&path);
    let remembered = log.read().unwrap();
    assert!((1..=written).all(|number| remembered.marks.of(&format!("/{number}/")).is_starred()));
    assert!(remembered.damaged.is_empty());
    assert!(log.compact().is_ok() || log.read().unwrap().marks == remembered.marks);
    let mut other = fs::read(&path).unwrap();
    other.truncate(other.len() / 2);
    fs::write(&path, other).unwrap();
    log.add([event(30_000, "/room/", What::Starred(true))]).unwrap();
    assert!(log.read().unwrap().marks.of("/room/").is_starred());
    println!("full after {written} marks, {refused} refused, none of the written lost");
}

/// `REREAD_FIXED_DISK` is a folder on a file system that cannot be written, or one of another user.
#[test]
fn where_nothing_can_be_written_marks_wait_and_that_is_told() {
    let Some(disk) = std::env::var_os("REREAD_FIXED_DISK") else { return };
    let mut log = Log::at(&Path::new(&disk).join("reread/blog.log"));
    let error = log.add([event(1, "/a/", What::Read(true))]).unwrap_err();
    assert!(log.read().unwrap().marks.of("/a/").is_read(), "in this session it is marked");
    println!("{error:#}");
}

#[test]
fn what_is_exported_can_be_imported_and_stays_the_same() {
    let folder = TempDir::new().unwrap();
    let blog = folder.path().join("blog");
    fs::create_dir_all(&blog).unwrap();
    fs::write(blog.join("a.md"), "# A\n").unwrap();
    let run = |deed: &str, state: &str, input: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reread"));
        command.args(["state", deed]).arg(&blog).env("XDG_STATE_HOME", folder.path().join(state));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (_, path, _) = run("path", "one", "");
    let mut log = Log::at(Path::new(path.trim_end()));
    log.add([event(7, "/a/", What::Read(true)), event(8, "/b c/", What::Starred(true))]).unwrap();
    let page = What::Visited("https://example.org/".to_owned());
    let searched = What::Searched("\"two words\"".to_owned());
    log.add([event(9, "/a/", What::Opened), event(10, "", page), event(11, "", searched)]).unwrap();
    let (_, exported, _) = run("export", "one", "");
    assert_eq!(exported.lines().count(), 5, "{exported}");
    assert_eq!(run("import", "two", &exported).1, "5 events are taken in\n");
    assert_eq!(run("import", "two", &exported).0, Some(0), "again");
    assert_eq!(run("export", "two", "").1, exported);
    let (code, _, said) = run("import", "two", "{\"read\":1}\n");
    assert_eq!(code, Some(2));
    assert!(said.contains("line 1: ") && said.contains("is no event; nothing was taken in"), "{said}");
}

#[cfg(unix)]
#[test]
fn marks_are_written_through_no_link_and_into_no_pipe() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = TempDir::new().unwrap();
    let mine = folder.path().join("mine.txt");
    fs::write(&mine, "mine\n").unwrap();
    let add = |log: &Path| Log::at(log).add([event(1, "/a/", What::Read(true))]);
    let linked = folder.path().join("linked.log");
    symlink(&mine, &linked).unwrap();
    assert!(add(&linked).is_err());
    let behind = folder.path().join("behind.log");
    symlink(&mine, behind.with_extension("lock")).unwrap();
    assert!(add(&behind).is_err());
    let piped = folder.path().join("piped.log");
    assert!(Command::new("mkfifo").arg(&piped).arg(piped.with_extension("lock")).status().unwrap().success());
    assert!(add(&piped).is_err(), "and at once");
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine\n");
    let whole = folder.path().join("whole.log");
    add(&whole).unwrap();
    assert_eq!(fs::metadata(&whole).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_search_for_marks_finds_the_same_on_the_command_line() {
    let folder = TempDir::new().unwrap();
    let blog = folder.path().join("blog");
    fs::create_dir_all(&blog).unwrap();
    for name in ["a.md", "b.md", "c.md"] {
        fs::write(blog.join(name), format!("# {name}\n")).unwrap();
    }
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reread"));
        let output = command.args(arguments).arg(&blog).env("XDG_STATE_HOME", folder.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let listed = run(&["list", "--format", "{path} {url}"]);
    let address = |path: &str| {
        let line = listed.lines().find_map(|line| line.strip_prefix(path)).unwrap();
        line.trim().to_owned()
    };
    let mut log = Log::at(Path::new(run(&["state", "path"]).trim_end()));
    log.add([event(7, &address("a.md"), What::Opened), event(8, &address("c.md"), What::Opened)]).unwrap();
    log.add([event(9, &address("b.md"), What::Read(true))]).unwrap();
    for (query, expected) in
        [("is:opened sort:opened", "c.md\na.md\n"), ("is:unread sort:title", "a.md\nc.md\n"), ("is:read", "b.md\n")]
    {
        assert_eq!(run(&["list", "--format", "{path}", "-q", query]), expected, "{query}");
    }
    assert_eq!(run(&["search", "is:read", "--format", "{path}"]), "b.md\n");
}
