//! Fields of a header, whatever language it was written in, found without regard to case, hyphens and underscores.
//! It keeps what the author wrote; what a field means, and whether text is clean, others decide.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

/// The fields in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    entries: Vec<(String, Value)>,
    /// What their keys begin with, a bit for each: nearly all the names that are looked for begin with something else.
    initials: u64,
}

/// What one field holds. Numbers and dates are text, as written: nobody counts with a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A key with nothing behind it.
    Null,
    /// Only what the language itself calls true and false; `yes` is text.
    Bool(bool),
    /// Any other scalar.
    Text(String),
    /// A list of anything.
    List(Vec<Value>),
    /// A table, in the order of the file.
    Map(Vec<(String, Value)>),
}

impl Fields {
    /// Takes entries in the order of the file.
    pub fn new(entries: Vec<(String, Value)>) -> Self {
        let initials = entries.iter().fold(0, |initials, (key, _)| initials | initial(key));
        Self { entries, initials }
    }

    /// Everything, in the order of the file, repeated keys too.
    pub fn entries(&self) -> &[(String, Value)] {
        &self.entries
    }

    /// The last field of this name, or the nested one that `taxonomies.tags` leads to.
    pub fn value(&self, name: &str) -> Option<&Value> {
        if self.initials & initial(name) == 0 {
            return None;
        }
        find(&self.entries, name).or_else(|| {
            let (first, rest) = name.split_once('.')?;
            rest.split('.').try_fold(find(&self.entries, first)?, |value, name| match value {
                Value::Map(entries) => find(entries, name),
                _ => None,
            })
        })
    }

    /// The first of these fields that holds something in one piece, trimmed.
    pub fn text(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.value(name)?.scalar())
    }

    /// What the first of these fields that holds anything names: each once, lists within lists made flat, maps by their
    /// `name`, `key`, `title` or `label`. One text is one item; where it is to be cut, the generator decides.
    pub fn list(&self, names: &[&str]) -> Vec<String> {
        let items = |name: &&str| self.value(name).map(Value::items).filter(|items| !items.is_empty());
        names.iter().find_map(items).unwrap_or_default()
    }

    /// The same with a list within the list as one path from the outermost to the innermost.
    pub fn paths(&self, names: &[&str]) -> Vec<Vec<String>> {
        let paths = |name: &&str| match self.value(name)? {
            Value::List(values) => Some(values.iter().map(Value::items).collect()),
            value => Some(vec![value.items()]),
        };
        let without_empty = |paths: Vec<Vec<String>>| paths.into_iter().filter(|path| !path.is_empty()).collect();
        names.iter().filter_map(paths).map(without_empty).find(|paths: &Vec<_>| !paths.is_empty()).unwrap_or_default()
    }

    /// The first of these fields that says yes or no in any of the ways of YAML.
    pub fn flag(&self, names: &[&str]) -> Option<bool> {
        names.iter().find_map(|name| self.value(name)?.flag())
    }
}

/// The bit of what a key begins with; others may share it.
fn initial(key: &str) -> u64 {
    key.bytes().next().map_or(0, |byte| 1 << (byte.to_ascii_lowercase() & 63))
}

fn find<'v>(entries: &'v [(String, Value)], name: &str) -> Option<&'v Value> {
    entries.iter().rev().find(|(key, _)| is_called(key, name)).map(|(_, value)| value)
}

/// Whether a key is this name: `publishDate`, `publish_date` and `Publish-Date` are one.
pub fn is_called(key: &str, name: &str) -> bool {
    // Most keys part at the first letter, and there are many names to look for.
    let first = |text: &str| text.bytes().next().map(|byte| byte.to_ascii_lowercase());
    first(key) == first(name)
        && first(key).is_some()
        && (key.eq_ignore_ascii_case(name) || letters(key).eq(letters(name)))
}

fn letters(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(|byte| !b"-_ ".contains(byte)).map(|byte| byte.to_ascii_lowercase())
}

impl Value {
    fn scalar(&self) -> Option<String> {
        match self {
            Self::Bool(flag) => Some(flag.to_string()),
            Self::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    fn flag(&self) -> Option<bool> {
        match self.scalar()?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        }
    }

    fn items(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.collect_items(&mut found);
        let mut seen = std::collections::HashSet::new();
        found.retain(|item| seen.insert(item.clone()));
        found
    }

    fn collect_items(&self, found: &mut Vec<String>) {
        match self {
            Self::List(values) => values.iter().for_each(|value| value.collect_items(found)),
            Self::Map(entries) => {
                found.extend(["name", "key", "title", "label"].iter().find_map(|name| find(entries, name)?.scalar()));
            }
            Self::Null | Self::Bool(_) | Self::Text(_) => found.extend(self.scalar()),
        }
    }
}

/// Values that one header may unfold to.
const NODES: usize = 20_000;
/// Bytes of text that one header may unfold to.
const BYTES: usize = 1024 * 1024;
/// What is said when that is not enough.
pub const TOO_MUCH: &str = "holds more than a header can, its aliases written out";
/// Numbers that may be looked for in vain before their spelling is given up.
const VAIN_SEARCHES: usize = 16;

/// Reads a [`Value`] from any of the languages, and stops before aliases make it larger than a header can be.
///
/// The languages hand over `1.10` as a number; so the header is at hand to see how it was spelt.
pub struct Unfolding<'s> {
    source: &'s str,
    nodes: Cell<usize>,
    bytes: Cell<usize>,
    searched: Cell<usize>,
    in_vain: Cell<usize>,
}

impl<'s> Unfolding<'s> {
    /// Begins with the whole budget.
    pub fn of(source: &'s str) -> Self {
        let zero = || Cell::new(0);
        Self { source, nodes: zero(), bytes: zero(), searched: zero(), in_vain: zero() }
    }

    fn charge<E: Error>(&self, bytes: usize) -> Result<(), E> {
        self.nodes.set(self.nodes.get() + 1);
        self.bytes.set(self.bytes.get() + bytes);
        if self.nodes.get() > NODES || self.bytes.get() > BYTES {
            return Err(E::custom(TOO_MUCH));
        }
        Ok(())
    }

    fn keep<E: Error>(&self, text: impl Into<String>) -> Result<Value, E> {
        let text = text.into();
        self.charge(text.len())?;
        Ok(Value::Text(text))
    }

    /// The number as the author spelt it. Numbers come in the order of the file, so the search goes on where it ended.
    fn spelt(&self, number: f64, shortest: String) -> String {
        if self.in_vain.get() >= VAIN_SEARCHES {
            return shortest;
        }
        let found = self.search(self.searched.get(), number).or_else(|| self.search(0, number));
        if let Some((end, word)) = found {
            self.searched.set(end);
            return word.to_owned();
        }
        self.in_vain.set(self.in_vain.get() + 1);
        shortest
    }

    /// The next word that means this number, and where it ends.
    fn search(&self, from: usize, number: f64) -> Option<(usize, &'s str)> {
        let mut start = from;
        let rest = self.source.get(from..)?;
        rest.split([' ', '\t', '\n', '\r', ',', '[', ']', '{', '}', ':', '=']).find_map(|word| {
            let end = start + word.len();
            start = end + 1;
            (number_in(word)?.total_cmp(&number).is_eq()).then_some((end.min(self.source.len()), word))
        })
    }
}

/// What a word means to one language or another.
fn number_in(word: &str) -> Option<f64> {
    let unsigned = word.trim_start_matches(['+', '-']);
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    let digits = word.replace('_', "");
    let radix = |prefix: &str, radix| u32::from_str_radix(digits.strip_prefix(prefix)?, radix).ok().map(f64::from);
    digits.parse().ok().or_else(|| radix("0x", 16)).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2))
}

/// The key under which `toml` hands over a date.
const TOML_DATE: &str = "$__toml_private_datetime";

impl<'de> DeserializeSeed<'de> for &Unfolding<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &Unfolding<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.charge(0).map(|()| Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        self.charge(0).map(|()| Value::Bool(flag))
    }

    #[expect(clippy::cast_precision_loss, reason = "only to find the same number in the source again")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        self.keep(self.spelt(number as f64, number.to_string()))
    }

    #[expect(clippy::cast_precision_loss, reason = "only to find the same number in the source again")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        self.keep(self.spelt(number as f64, number.to_string()))
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Value, E> {
        self.keep(number.to_string())
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Value, E> {
        self.keep(number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        self.keep(self.spelt(number, number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.keep(text)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        self.keep(text)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        self.charge(0)?;
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        self.charge(0)?;
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(self)? {
            let key = match key {
                Value::Text(key) => key,
                Value::Bool(key) => key.to_string(),
                Value::Null => String::from("null"),
                Value::List(_) | Value::Map(_) => return Err(A::Error::custom("a list or a table is used as a key")),
            };
            let value = map.next_value_seed(self)?;
            if key == TOML_DATE {
                return Ok(value);
            }
            entries.push((key, value));
        }
        Ok(Value::Map(entries))
    }

    /// A YAML tag. What it promises is not believed, except that `!binary` is text in disguise.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, content) = tagged.variant::<String>()?;
        match content.newtype_variant_seed(self)? {
            Value::Text(text) if tag == "binary" => Ok(Value::Text(from_base64(&text).unwrap_or(text))),
            value => Ok(value),
        }
    }
}

/// The text that base64 stands for, if it is text.
fn from_base64(encoded: &str) -> Option<String> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for byte in encoded.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let six = ALPHABET.iter().position(|letter| *letter == byte)?;
        bits = (bits << 6 | u32::try_from(six).ok()?) & 0x3fff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn map(entries: &[(&str, Value)]) -> Vec<(String, Value)> {
        entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
    }

    #[test]
    fn fields_are_found_without_case_nested_and_the_last_counts() {
        let tags = Value::Map(map(&[("Tags", Value::List(vec![text("a")]))]));
        let fields = Fields::new(map(&[
            ("Title", text(" one ")),
            ("title", text("two")),
            ("taxonomies", tags),
            ("a.b", text("dotted")),
            ("empty", text("  ")),
            ("null", Value::Null),
            ("flag", Value::Bool(true)),
        ]));
        assert_eq!(fields.text(&["TITLE"]).as_deref(), Some("two"));
        assert_eq!(fields.text(&["null", "empty", "taxonomies", "missing", "flag"]).as_deref(), Some("true"));
        assert_eq!(fields.text(&["a.b"]).as_deref(), Some("dotted"));
        assert_eq!(fields.list(&["tags", "taxonomies.tags"]), ["a"]);
        assert_eq!((fields.text(&["title.x", "taxonomies.tags.x", ".", ""]), fields.entries().len()), (None, 7));
    }

    #[test]
    fn lists_are_flat_named_and_without_repetition() {
        let ada = Value::Map(map(&[("url", text("/ada")), ("Name", text("Ada"))]));
        let nested = Value::List(vec![text("b"), Value::List(vec![text("c"), text("a")])]);
        let mixed = Value::List(vec![text("a"), text(""), Value::Null, ada.clone(), nested, Value::Bool(true)]);
        let fields = Fields::new(map(&[("mixed", mixed), ("one", text("x, y")), ("map", ada), ("none", Value::Null)]));
        assert_eq!(fields.list(&["mixed"]), ["a", "Ada", "b", "c", "true"]);
        assert_eq!(fields.list(&["none", "one"]), ["x, y"]);
        assert_eq!(fields.list(&["map"]), ["Ada"]);
        assert!(fields.list(&["none", "missing"]).is_empty());
    }

    #[test]
    fn keys_are_the_same_however_their_words_are_joined() {
        for key in ["publishDate", "publish_date", "Publish-Date", "publish date"] {
            assert!(is_called(key, "publishdate"), "{key}");
        }
        assert!(!is_called("date", "publishdate") && !is_called("", "-") && !is_called("-", ""));
    }

    #[test]
    fn a_list_within_a_list_is_a_path() {
        let nested = Value::List(vec![text("b"), Value::List(vec![text("c"), text("a")]), Value::List(Vec::new())]);
        let fields = Fields::new(map(&[("nested", nested), ("one", text("x, y")), ("none", Value::Null)]));
        assert_eq!(fields.paths(&["none", "nested"]), [vec!["b".to_owned()], vec!["c".to_owned(), "a".to_owned()]]);
        assert_eq!(fields.paths(&["one"]), [["x, y"]]);
        assert!(fields.paths(&["none", "missing"]).is_empty());
    }

    #[test]
    fn flags_may_be_words() {
        let words = [("yes", Some(true)), ("On", Some(true)), ("FALSE", Some(false)), ("no", Some(false)), ("2", None)];
        for (word, expected) in words {
            assert_eq!(Fields::new(map(&[("draft", text(word))])).flag(&["hidden", "draft"]), expected, "{word}");
        }
        assert_eq!(Fields::new(map(&[("draft", Value::Bool(false))])).flag(&["draft"]), Some(false));
    }

    #[test]
    fn base64_is_read_where_it_is_text() {
        assert_eq!(from_base64("Y2Fm\nw6k=").as_deref(), Some("café"));
        assert_eq!((from_base64("a*b"), from_base64("/w==")), (None, None));
    }
}
