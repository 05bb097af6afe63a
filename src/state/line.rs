//! One event as one line: JSON, a space, and the CRC-32 of the JSON in eight digits. It reads and writes no file.
//!
//! ```text
//! {"v":1,"at":"2026-11-23T22:10:00.123Z","post":"/2007/09/12/slug/","read":true} 5d3a9c01
//! ```

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::blog::marks::{Event, Last, Spot, What};

/// The version of the lines that this program writes.
const VERSION: u32 = 1;

/// What a line is.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// An event.
    Event(Event),
    /// A line of a later version of this program, with the event that is understood of it.
    Newer(Option<Event>),
    /// Not a line that any version of this program has written.
    Damaged,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Written {
    v: u32,
    at: String,
    post: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    read: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    starred: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reached: Option<WrittenSpot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<WrittenLast>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    opened: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    visited: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    searched: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sought: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WrittenLast {
    query: String,
    post: String,
    open: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct WrittenSpot {
    byte: usize,
    words: String,
}

/// What tells the version of any line.
#[derive(Deserialize)]
struct Versioned {
    v: u32,
}

/// An event as the JSON that `state export` prints and the log keeps.
pub fn json(event: &Event) -> String {
    let time = i64::try_from(event.time).ok().and_then(|time| Timestamp::from_millisecond(time).ok());
    let mut written = Written {
        v: VERSION,
        at: time.unwrap_or(Timestamp::UNIX_EPOCH).to_string(),
        post: event.post.clone(),
        ..Written::default()
    };
    match &event.what {
        What::Read(read) => written.read = Some(*read),
        What::Starred(starred) => written.starred = Some(*starred),
        What::Last(Last { query, post, is_open }) => {
            written.last = Some(WrittenLast { query: query.clone(), post: post.clone(), open: *is_open });
        }
        What::Reached(spot) => written.reached = Some(WrittenSpot { byte: spot.at, words: spot.words.clone() }),
        What::Opened => written.opened = Some(true),
        What::Visited(page) => written.visited = Some(page.clone()),
        What::Searched(query) => written.searched = Some(query.clone()),
        What::Sought(words) => written.sought = Some(words.clone()),
    }
    // Texts and numbers can always be written.
    serde_json::to_string(&written).unwrap_or_default()
}

/// The event that such JSON says.
pub fn event(json: &str) -> Option<Event> {
    let written: Written = serde_json::from_str(json).ok()?;
    let time = u64::try_from(written.at.parse::<Timestamp>().ok()?.as_millisecond()).ok()?;
    let whats = [
        written.read.map(What::Read),
        written.starred.map(What::Starred),
        written.reached.map(|spot| What::Reached(Spot { at: spot.byte, words: spot.words })),
        written.last.map(|last| What::Last(Last { query: last.query, post: last.post, is_open: last.open })),
        written.opened.filter(|opened| *opened).map(|_| What::Opened),
        written.visited.map(What::Visited),
        written.searched.map(What::Searched),
        written.sought.map(What::Sought),
    ];
    let mut whats = whats.into_iter().flatten();
    let what = whats.next().filter(|_| whats.next().is_none())?;
    Some(Event { time, post: written.post, what })
}

/// An event as a line of the log.
pub fn write(event: &Event) -> String {
    let json = json(event);
    format!("{json} {:08x}\n", crc32fast::hash(json.as_bytes()))
}

/// What a line of the log is, without its end.
pub fn read(line: &[u8]) -> Line {
    let text = std::str::from_utf8(line).ok().and_then(|line| line.rsplit_once(' '));
    let Some((json, _)) = text.filter(|(json, sum)| {
        u32::from_str_radix(sum, 16).ok().filter(|_| sum.len() == 8) == Some(crc32fast::hash(json.as_bytes()))
    }) else {
        return Line::Damaged;
    };
    match (serde_json::from_str::<Versioned>(json), event(json)) {
        (Ok(Versioned { v: VERSION }), Some(event)) => Line::Event(event),
        (Ok(Versioned { v }), event) if v > VERSION => Line::Newer(event),
        _ => Line::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events() -> Vec<Event> {
        let whats = [
            What::Read(true),
            What::Starred(false),
            What::Last(Last { query: "tag:\"a b\"".to_owned(), post: "/x/".to_owned(), is_open: true }),
            What::Reached(Spot { at: 4_711, words: "\"quoted\"\n\u{1b}[2J é".to_owned() }),
            What::Opened,
            What::Visited("https://example.org/a?b=\"c\"".to_owned()),
            What::Searched("\"two words\" -tag:x".to_owned()),
            What::Sought("\n\u{1b}".to_owned()),
        ];
        let post = |what| Event { time: 1_795_000_000_123, post: "/2007/x y/\n".to_owned(), what };
        whats.into_iter().map(post).collect()
    }

    #[test]
    fn a_line_says_what_was_written_and_is_one_line() {
        for event in events() {
            let line = write(&event);
            assert_eq!(line.matches('\n').count(), 1, "{line}");
            assert!(!line.trim_end().contains(char::is_control), "{line}");
            assert_eq!(read(line.trim_end().as_bytes()), Line::Event(event));
        }
    }

    #[test]
    fn no_line_that_lost_or_changed_a_byte_is_an_event() {
        for event in events() {
            let line = write(&event);
            let line = line.trim_end().as_bytes();
            for end in 0..line.len() {
                assert_eq!(read(line.get(..end).unwrap_or_default()), Line::Damaged);
            }
            for at in 0..line.len() {
                for bit in 0..8 {
                    let mut flipped = line.to_vec();
                    flipped.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
                    // The sum may be written in capitals.
                    if !flipped.eq_ignore_ascii_case(line) {
                        assert_eq!(read(&flipped), Line::Damaged, "{}", String::from_utf8_lossy(&flipped));
                    }
                }
            }
        }
    }

    #[test]
    fn a_line_of_the_future_is_read_as_far_as_it_can_be() {
        let line = |json: &str| format!("{json} {:08x}", crc32fast::hash(json.as_bytes()));
        let known = r#"{"v":2,"at":"2026-11-23T22:10:00Z","post":"/a/","read":true,"mood":"good"}"#;
        assert!(matches!(read(line(known).as_bytes()), Line::Newer(Some(Event { what: What::Read(true), .. }))));
        assert_eq!(read(line(r#"{"v":9,"opened":"https://example.org/"}"#).as_bytes()), Line::Newer(None));
        assert_eq!(read(line(r#"{"v":1,"opened":"https://example.org/"}"#).as_bytes()), Line::Damaged);
        let what = |version: u32, what: &str| {
            let at = "2026-11-23T22:10:00Z";
            read(line(&format!(r#"{{"v":{version},"at":"{at}","post":"/a/",{what}}}"#)).as_bytes())
        };
        for unknown in [r#""praised":true"#, r#""opened":"yes""#, r#""opened":false"#, r#""read":true,"opened":true"#] {
            assert_eq!(what(1, unknown), Line::Damaged, "{unknown}");
            assert_eq!(what(2, unknown), Line::Newer(None), "{unknown}");
        }
    }
}
