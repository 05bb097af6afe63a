//! Reads a header line by line when no parser will, so that title, date and tags survive.
//! It understands one level of keys, texts and lists, and gives up nothing but what it cannot see.

use crate::blog::fields::{Fields, Value};

/// Bytes that a key may have; anything longer is a sentence with a colon.
const KEY: usize = 64;

/// The key and the value of a line such as `title: A day out` or `title = "A day out"`, if it is one.
///
/// The colon needs a space or the end of the line behind it, or else one word before it and no address behind.
pub fn member(line: &str, separator: char) -> Option<(&str, &str)> {
    let refused = |first: char| first.is_whitespace() || "-#<>{[|*!&%`(,".contains(first);
    if line.starts_with(refused) {
        return None;
    }
    let spaced = |(at, _): &(usize, &str)| {
        separator != ':' || line.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    let (at, _) = line.match_indices(separator).find(spaced).or_else(|| line.match_indices(separator).next())?;
    let (key, value) = (line.get(..at)?.trim_end(), line.get(at + separator.len_utf8()..)?);
    let one_word = !key.contains(char::is_whitespace) && !value.starts_with("//");
    let key = key.trim_matches(['"', '\'']);
    let is_key = !key.is_empty() && key.len() <= KEY && (one_word || spaced(&(at, "")));
    is_key.then_some((key, value.trim()))
}

/// The key and the value of one of Nikola's lines, `.. title: A day out`.
pub fn dotted(line: &str) -> Option<(&str, &str)> {
    member(line.trim_start().strip_prefix("..")?.trim_start(), ':')
}

/// What can be read of a header whose keys end with `separator`.
pub fn salvage(header: &str, separator: char) -> Fields {
    let mut salvage = Salvage { separator, ..Salvage::default() };
    for line in header.split(['\n', '\r']) {
        salvage.line(line.trim_end());
    }
    salvage.finish_table();
    Fields::new(salvage.fields)
}

/// The fields so far; the last of them may still grow. Within a table of TOML, `table` has its name and fields.
#[derive(Default)]
struct Salvage {
    separator: char,
    fields: Vec<(String, Value)>,
    table: Option<(String, Vec<(String, Value)>)>,
    open_list: bool,
}

impl Salvage {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim_start();
        if self.separator == '=' && line.starts_with('[') && !self.open_list {
            self.finish_table();
            self.table = Some((line.trim_matches(['[', ']']).to_owned(), Vec::new()));
        } else if let Some((key, value)) = member(line, self.separator) {
            self.open_list = value.starts_with('[') && !value.contains(']');
            self.entries().push((key.to_owned(), value_of(value)));
        } else if self.open_list {
            self.open_list = !trimmed.contains(']');
            self.append(flow_items(trimmed));
        } else if trimmed.starts_with("- ") {
            self.append(vec![block_item(trimmed)]);
        } else if line.len() > trimmed.len() && !trimmed.is_empty() && !trimmed.starts_with('#') {
            self.continue_text(trimmed);
        }
    }

    fn entries(&mut self) -> &mut Vec<(String, Value)> {
        self.table.as_mut().map_or(&mut self.fields, |(_, entries)| entries)
    }

    fn append(&mut self, items: Vec<Value>) {
        let Some((_, value)) = self.entries().last_mut() else { return };
        match value {
            Value::List(values) => values.extend(items),
            Value::Null => *value = Value::List(items),
            Value::Bool(_) | Value::Text(_) | Value::Map(_) => {}
        }
    }

    /// Joins an indented line to the text above it; the sign of a block is not text.
    fn continue_text(&mut self, line: &str) {
        let Some((_, Value::Text(text))) = self.entries().last_mut() else { return };
        if text.len() <= 2 && text.starts_with(['|', '>']) {
            text.clear();
        } else {
            text.push(' ');
        }
        text.push_str(line);
        if let Some(inside) = unquoted(text) {
            *text = inside;
        }
    }

    fn finish_table(&mut self) {
        if let Some((name, entries)) = self.table.take() {
            self.fields.push((name, Value::Map(entries)));
        }
    }
}

/// A list only where the bracket is closed or the line ends: `[old] news` is a title.
fn value_of(value: &str) -> Value {
    let without_comment = value.split(" # ").next().unwrap_or(value).trim_end_matches([' ', ',']);
    match without_comment.strip_prefix('[') {
        Some(inside) if without_comment.ends_with(']') || !inside.contains(']') => Value::List(flow_items(inside)),
        _ => scalar(value),
    }
}

/// What stands between the commas; a comma in quotes parts nothing.
fn flow_items(text: &str) -> Vec<Value> {
    let (mut quote, mut at_start) = (None, true);
    let parts = |character: char| {
        let comma = character == ',' && quote.is_none();
        if quote == Some(character) {
            quote = None;
        } else if at_start && matches!(character, '"' | '\'') {
            quote = Some(character);
        }
        at_start = comma || at_start && character == ' ';
        comma
    };
    let items = text.trim_end_matches([']', ',', ' ']).split(parts);
    items.map(scalar).filter(|item| *item != Value::Null).collect()
}

/// An item of a block list; where it begins a table, what the table is called stands for it.
fn block_item(line: &str) -> Value {
    let item = line.trim_start_matches(['-', ' ', '\t']);
    match member(item, ':') {
        Some(("name" | "title" | "label", name)) => scalar(name),
        _ => scalar(item),
    }
}

/// A text without its quotes; a comma behind them, or a comment, is not of it.
fn scalar(text: &str) -> Value {
    let text = text.trim();
    if let Some(inside) = unquoted(text.trim_end_matches(',')) {
        return Value::Text(inside);
    }
    match text.split(" # ").next().unwrap_or(text).trim_end() {
        "" | "~" | "null" => Value::Null,
        plain => Value::Text(plain.to_owned()),
    }
}

/// What stands between two quotes of a kind, if both are there.
fn unquoted(text: &str) -> Option<String> {
    let between = |quote: &str| text.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inside) = between("\"\"\"").or_else(|| between("'''")) {
        return Some(inside.to_owned());
    }
    let double = || between("\"").map(|inside| inside.replace("\\\"", "\""));
    between("'").map(|inside| inside.replace("''", "'")).or_else(double)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_a_key_and_not_a_sentence() {
        let lines = [
            ("title: A day", Some(("title", "A day"))),
            ("title: a: b", Some(("title", "a: b"))),
            ("title:", Some(("title", ""))),
            ("title:x", Some(("title", "x"))),
            ("\"title\": x", Some(("title", "x"))),
            ("a:b: c", Some(("a:b", "c"))),
            ("http://a.example", None),
            ("- title: a", None),
            ("  title: a", None),
            ("<p>In the films: a", None),
            ("two words:x", None),
            (": x", None),
            ("", None),
        ];
        for (line, expected) in lines {
            assert_eq!(member(line, ':'), expected, "{line}");
        }
        assert_eq!(member("title = 'a = b'", '='), Some(("title", "'a = b'")));
    }

    #[test]
    fn title_date_and_tags_survive_line_by_line() {
        let headers = [
            ("title: a: b\ndate: 2014-12-18\ntags: [x, 'y z']", ':', "a: b"),
            ("title: [old] news\ndate: 2014-12-18 # then\ntags:\n\t- x\n\t- \"y z\"", ':', "[old] news"),
            ("title: @x and #y\r\ndate: '2014-12-18'\r\ntags:\r\n- x\r\n- y z\r\n", ':', "@x and #y"),
            ("title: {{ title }}\ndate: 2014-12-18\ntags: [x,\n  y z]\n", ':', "{{ title }}"),
            ("title: >\n  a\n  b\ndate: 2014-12-18\ntags: [\n x,\n y z,\n]\nelse: [", ':', "a b"),
            (
                "title = \"a \\\"b\\\"\"\ndate = 2014-12-18\ntags = [\n \"x\",\n \"y z\"\n]\n[extra]\ntitle = 'no'",
                '=',
                "a \"b\"",
            ),
            ("\"title\": \"a\",\n\"date\": \"2014-12-18\",\n\"tags\": [\"x\", \"y z\"],\n\"more\": {", ':', "a"),
        ];
        for (header, separator, title) in headers {
            let fields = salvage(header, separator);
            assert_eq!(fields.text(&["title"]).as_deref(), Some(title), "{header}");
            assert_eq!(fields.text(&["date"]).as_deref(), Some("2014-12-18"), "{header}");
            assert_eq!(fields.list(&["tags"]), ["x", "y z"], "{header}");
        }
    }

    #[test]
    fn a_comma_in_quotes_parts_no_list() {
        let fields = salvage("authors: [\"Ada, of the team\", O'Hara, 'it, too']", ':');
        assert_eq!(fields.list(&["authors"]), ["Ada, of the team", "O'Hara", "it, too"]);
    }

    #[test]
    fn tables_of_broken_toml_keep_their_names() {
        let fields = salvage("title = a b\n[taxonomies]\ntags = ['x']\n[extra]\ntitle = 'no'", '=');
        assert_eq!(fields.text(&["title"]).as_deref(), Some("a b"));
        assert_eq!(fields.list(&["taxonomies.tags"]), ["x"]);
    }
}
