//! Reads a theme's file to a [`Sheet`], with all that is wrong in it at once; what is right is kept.
//!
//! It knows nothing of other themes: names of colours and of styles are checked where the sheets lie on one another.

use std::collections::BTreeMap;
use std::ops::Range;

use ratatui::style::{Color, Modifier};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::blog::fault::{Fault, Rule};
use crate::clean;
use crate::text::Clean;

/// A theme's file as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The theme that it changes.
    pub inherits: Option<At<String>>,
    /// Names of colours.
    pub palette: BTreeMap<String, Color>,
    /// Names of styles, and how they paint.
    pub styles: BTreeMap<String, At<Paint>>,
    /// What is wrong in it.
    pub faults: Vec<Fault>,
}

/// Something and the line where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct At<T> {
    pub line: usize,
    pub it: T,
}

/// How a style paints.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paint {
    pub fg: Option<String>,
    pub bg: Option<String>,
    pub modifiers: Modifier,
}

/// What a style may say beside its colours.
const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("strike", Modifier::CROSSED_OUT),
];
/// The colours that a terminal has names for.
const NAMED: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// A colour as it is written: `#d6d3cb`, `#fff`, a name that terminals have for it, or a number of the 256.
pub(super) fn colour(text: &str) -> Option<Color> {
    if let Some(digits) = text.strip_prefix('#') {
        let all_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| all_hex)?;
        let [_, red, green, blue] = value.to_be_bytes();
        let [_, _, high, low] = value.to_be_bytes();
        return match digits.len() {
            6 => Some(Color::Rgb(red, green, blue)),
            3 => Some(Color::Rgb(high * 17, (low >> 4) * 17, (low & 15) * 17)),
            _ => None,
        };
    }
    let named = NAMED.iter().find(|(name, _)| *name == text).map(|(_, colour)| *colour);
    named.or_else(|| text.parse().ok().map(Color::Indexed))
}

/// The name that was probably meant, or `otherwise`.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> Clean {
    let close = known.map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
    match close {
        Some((distance, known)) if distance <= 2 => clean!("did you mean {known}?"),
        _ => Clean::prose(otherwise),
    }
}

/// Something wrong at a line of a file.
pub(super) fn fault(path: &Clean, line: usize, fault: Clean, remedy: Clean) -> Fault {
    Fault { path: path.clone(), line: Some(line), rule: Rule::Configuration, fault, remedy }
}

/// Reads a file; `path` is what its faults call it.
pub(super) fn read(text: &str, path: &Clean) -> Sheet {
    let mut reader = Reader { lines: line_ends(text), path, sheet: Sheet::default() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let remedy = Clean::literal("the rest of the theme is used");
        reader.wrong(&error.span().unwrap_or_default(), clean!("{}", error.message()), remedy);
    }
    for (key, value) in table.get_ref() {
        reader.section(key, value);
    }
    reader.sheet.faults.sort_by_key(|fault| fault.line);
    reader.sheet
}

fn line_ends(text: &str) -> Vec<usize> {
    text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect()
}

struct Reader<'a> {
    /// Where lines end.
    lines: Vec<usize>,
    path: &'a Clean,
    sheet: Sheet,
}

impl Reader<'_> {
    fn line(&self, span: &Range<usize>) -> usize {
        self.lines.partition_point(|end| *end < span.start) + 1
    }

    fn wrong(&mut self, span: &Range<usize>, what: Clean, remedy: Clean) {
        let line = self.line(span);
        self.sheet.faults.push(fault(self.path, line, what, remedy));
    }

    fn section(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let line = self.line(&key.span());
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("inherits", DeValue::String(name)) => self.sheet.inherits = Some(At { line, it: name.to_string() }),
            ("palette", DeValue::Table(colours)) => colours.iter().for_each(|(key, value)| self.named(key, value)),
            ("styles", DeValue::Table(styles)) => styles.iter().for_each(|(key, value)| self.style(key, value)),
            ("inherits", _) => {
                self.wrong(&value.span(), clean!("inherits is no name"), clean!("write a name in quotation marks"));
            }
            (name @ ("palette" | "styles"), _) => {
                self.wrong(&value.span(), clean!("{name} is no table"), clean!("write [{name}] and its lines below"));
            }
            (unknown, _) => {
                let known = ["inherits", "palette", "styles"];
                let remedy = nearest(unknown, known.into_iter(), "there are inherits, palette, styles");
                self.wrong(&key.span(), clean!("{unknown} is no part of a theme"), remedy);
            }
        }
    }

    fn named(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let written = written(value.get_ref());
        if let Some(colour) = written.as_deref().and_then(colour) {
            self.sheet.palette.insert(key.get_ref().to_string(), colour);
            return;
        }
        let shown = written.unwrap_or_else(|| "the value".to_owned());
        let names = NAMED.iter().map(|(name, _)| *name);
        let remedy = nearest(&shown, names, "write \"#rrggbb\", a name such as \"red\", or 0 to 255");
        self.wrong(&value.span(), clean!("{}: {shown} is no colour", key.get_ref()), remedy);
    }

    fn style(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let DeValue::Table(table) = value.get_ref() else {
            let remedy = Clean::literal("write { fg = \"text\", bold = true }");
            return self.wrong(&value.span(), clean!("{} is no style", key.get_ref()), remedy);
        };
        let mut paint = Paint::default();
        for (property, value) in table {
            self.property(&mut paint, property, value);
        }
        let line = self.line(&key.span());
        self.sheet.styles.insert(key.get_ref().to_string(), At { line, it: paint });
    }

    fn property(&mut self, paint: &mut Paint, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let name = key.get_ref().as_ref();
        let modifier = MODIFIERS.iter().find(|(known, _)| *known == name).map(|(_, modifier)| *modifier);
        match (name, value.get_ref(), modifier) {
            ("fg" | "bg", value @ (DeValue::String(_) | DeValue::Integer(_)), _) => {
                let place = if name == "fg" { &mut paint.fg } else { &mut paint.bg };
                *place = written(value);
            }
            (_, DeValue::Boolean(true), Some(modifier)) => paint.modifiers.insert(modifier),
            (_, DeValue::Boolean(false), Some(modifier)) => paint.modifiers.remove(modifier),
            ("fg" | "bg", ..) => {
                self.wrong(&value.span(), clean!("{name} is no colour"), Clean::literal("write a colour or its name"));
            }
            (_, _, Some(_)) => {
                self.wrong(
                    &value.span(),
                    clean!("{name} is neither true nor false"),
                    Clean::literal("write true or false"),
                );
            }
            _ => {
                let known = ["fg", "bg"].into_iter().chain(MODIFIERS.map(|(name, _)| name));
                let remedy = nearest(name, known, "there are fg, bg, bold, dim, italic, underline, reverse, strike");
                self.wrong(&key.span(), clean!("{name} is no property of a style"), remedy);
            }
        }
    }
}

/// A text, or a number as one.
fn written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}
