//! Patterns of addresses: text with names in it that stand for parts of a post. What the names mean, each generator says.

use crate::blog::date::Date;

/// Bytes of an address at the most, beside its last part; no browser takes as many.
const LONGEST: usize = 8_192;

/// Names for parts of a date, the same in every generator that has them, and how they are written.
const DATE: [(&str, &str); 21] = [
    ("year", "%Y"),
    ("short_year", "%y"),
    ("month", "%m"),
    ("i_month", "%-m"),
    ("short_month", "%b"),
    ("long_month", "%B"),
    ("monthname", "%B"),
    ("day", "%d"),
    ("i_day", "%-d"),
    ("y_day", "%j"),
    ("yearday", "%-j"),
    ("w_day", "%u"),
    ("short_day", "%a"),
    ("long_day", "%A"),
    ("weekday", "%w"),
    ("weekdayname", "%A"),
    ("w_year", "%G"),
    ("week", "%V"),
    ("hour", "%H"),
    ("minute", "%M"),
    ("second", "%S"),
];

/// The part of a date that a name stands for; empty where there is no date, none where it is the name of something else.
pub fn of_date(name: &str, date: Option<Date>) -> Option<String> {
    let (_, format) = DATE.iter().find(|(known, _)| *known == name)?;
    Some(date.map_or_else(String::new, |date| date.formatted(format)))
}

/// Fills in `:name` and `:name[1:]`; what is no name stays as it is.
pub fn fill_colons(pattern: &str, value: impl Fn(&str) -> String) -> String {
    let mut address = String::from("/");
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once(':').filter(|_| address.len() < LONGEST) {
        address.push_str(before);
        let (name, behind) = after.split_at(name_length(after));
        if name.is_empty() {
            address.push(':');
        } else {
            address.push_str(&value(name));
        }
        rest = behind;
    }
    if address.len() < LONGEST {
        address.push_str(rest);
    }
    tidy(&address)
}

fn name_length(text: &str) -> usize {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(text.len());
    let (name, behind) = text.split_at(end);
    let bracket = behind.strip_prefix('[').and_then(|inside| inside.find(']')).filter(|_| !name.is_empty());
    bracket.map_or(end, |close| end + close + 2)
}

/// Fills in `{name}` and `{name:format}`.
pub fn fill_braces<'a>(pattern: &'a str, value: impl Fn(&str, &str) -> String) -> String {
    let mut address = String::from("/");
    let mut rest = pattern;
    let next = |rest: &'a str| rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)));
    while let Some((before, (inside, behind))) = next(rest).filter(|_| address.len() < LONGEST) {
        address.push_str(before);
        let (name, format) = inside.split_once(':').unwrap_or((inside, ""));
        address.push_str(&value(name.trim(), format));
        rest = behind;
    }
    if address.len() < LONGEST {
        address.push_str(rest);
    }
    tidy(&address)
}

/// One slash between segments, one at the front.
pub fn tidy(address: &str) -> String {
    let mut tidy = String::with_capacity(address.len());
    for letter in address.chars() {
        if letter != '/' || !tidy.ends_with('/') {
            tidy.push(letter);
        }
    }
    tidy
}

/// The address with a slash at its end.
pub fn as_folder(address: String) -> String {
    if address.ends_with('/') { address } else { address + "/" }
}
