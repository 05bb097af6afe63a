//! Reads the two headers that are lines of `key: value` and no language: Pelican's and Nikola's.
//! Every value is the text behind the colon, quotes and all; only the keys that name several things are cut.

use crate::blog::fence::Container;
use crate::blog::fields::{Fields, Value};
use crate::blog::salvage;

/// What Pelican cuts (<https://github.com/getpelican/pelican>, `METADATA_PROCESSORS` of `readers.py`); `category` is one.
const OF_PELICAN: [&str; 3] = ["tags", "keywords", "authors"];
/// What Nikola cuts (<https://getnikola.com/handbook.html#metadata-fields>); several authors share one `author`.
const OF_NIKOLA: [&str; 4] = ["tags", "keywords", "author", "authors"];

/// The fields of a header in one of these containers.
pub fn read(container: Container, header: &str) -> Fields {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in header.split(['\n', '\r']) {
        let member = match container {
            Container::Dots => salvage::dotted(line),
            _ => salvage::member(line, ':'),
        };
        match (member, fields.last_mut()) {
            (Some((key, value)), _) => fields.push((key.to_owned(), value.to_owned())),
            (None, Some((_, value))) if container == Container::Lines && !line.trim().is_empty() => {
                value.push(' ');
                value.push_str(line.trim());
            }
            _ => {}
        }
    }
    Fields::new(fields.into_iter().map(|(key, value)| entry(container, key, value)).collect())
}

fn entry(container: Container, key: String, value: String) -> (String, Value) {
    let cut: &[&str] = if container == Container::Dots { &OF_NIKOLA } else { &OF_PELICAN };
    let value = if value.is_empty() {
        Value::Null
    } else if cut.iter().any(|name| key.eq_ignore_ascii_case(name)) {
        Value::List(cut_up(&value).map(|item| Value::Text(item.to_owned())).collect())
    } else {
        Value::Text(value)
    };
    (key, value)
}

/// The names in one text: between semicolons where there are some, else between commas.
pub fn cut_up(text: &str) -> impl Iterator<Item = &str> {
    text.split(if text.contains(';') { ';' } else { ',' }).map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_what_stands_behind_the_colon() {
        let header = "Title: A day: \"out\"\nDate: 2010-12-03 10:20\nTags: stone, old wood\nCategory: Walks, all\nAuthors: Lee, Ada; Li, Bo\nSummary: one\r\n    two\nSlug:\n";
        let fields = read(Container::Lines, header);
        let text = |name: &str| fields.text(&[name]);
        assert_eq!(text("title").as_deref(), Some("A day: \"out\""));
        assert_eq!(text("date").as_deref(), Some("2010-12-03 10:20"));
        assert_eq!((text("category").as_deref(), text("summary").as_deref()), (Some("Walks, all"), Some("one two")));
        assert_eq!((fields.list(&["tags"]), text("slug")), (vec!["stone".to_owned(), "old wood".to_owned()], None));
        assert_eq!(fields.list(&["authors"]), ["Lee, Ada", "Li, Bo"]);
    }

    #[test]
    fn dots_hold_what_stands_behind_the_colon() {
        let header =
            " .. title: A day out\n\n.. slug: day\n..  author: Ada Lee, Bo Li\n.. category: a, b\nwords\n.. tags:\n";
        let fields = read(Container::Dots, header);
        let text = |name: &str| fields.text(&[name]);
        assert_eq!((text("title").as_deref(), text("slug").as_deref()), (Some("A day out"), Some("day")));
        assert_eq!(
            (text("category").as_deref(), fields.list(&["author"])),
            (Some("a, b"), vec!["Ada Lee".into(), "Bo Li".into()])
        );
        assert!(fields.list(&["tags"]).is_empty());
    }
}
