//! How a script wants its posts printed: `{date} {title}\t{path}`. It knows the fields by name and nothing else.

use std::str::FromStr;

/// A line per post with places for what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
}

/// What is known of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Path,
    Slug,
    Title,
    Date,
    Year,
    Tags,
    Categories,
    Authors,
    Url,
    Words,
    Score,
    Line,
    Passage,
}

/// The fields by name.
const FIELDS: [(&str, Field); 13] = [
    ("path", Field::Path),
    ("slug", Field::Slug),
    ("title", Field::Title),
    ("date", Field::Date),
    ("year", Field::Year),
    ("tags", Field::Tags),
    ("categories", Field::Categories),
    ("authors", Field::Authors),
    ("url", Field::Url),
    ("words", Field::Words),
    ("score", Field::Score),
    ("line", Field::Line),
    ("passage", Field::Passage),
];

impl Template {
    /// The line for a post of which `value` knows the fields.
    pub fn line(&self, value: impl Fn(Field) -> String) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Field(field) => value(*field),
        };
        self.0.iter().map(piece).collect::<String>() + "\n"
    }
}

impl FromStr for Template {
    type Err = String;

    /// Reads `{field}`, `\t`, `\n`, `\\`, and `{{` and `}}` for the braces themselves.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut pieces = vec![Piece::Text(String::new())];
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let plain = match letter {
                '{' if letters.next_if_eq(&'{').is_none() => {
                    let name: String = letters.by_ref().take_while(|letter| *letter != '}').collect();
                    pieces.extend([Piece::Field(field(&name)?), Piece::Text(String::new())]);
                    continue;
                }
                '}' => letters.next_if_eq(&'}').unwrap_or('}'),
                '\\' => match letters.next() {
                    Some('t') => '\t',
                    Some('n') => '\n',
                    Some('\\') | None => '\\',
                    Some(other) => return Err(format!("\\{other} means nothing; \\t, \\n and \\\\ do")),
                },
                other => other,
            };
            if let Some(Piece::Text(text)) = pieces.last_mut() {
                text.push(plain);
            }
        }
        Ok(Self(pieces))
    }
}

fn field(name: &str) -> Result<Field, String> {
    let known = FIELDS.iter().find(|(known, _)| *known == name);
    let names = || FIELDS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    known.map(|(_, field)| *field).ok_or_else(|| format!("{{{name}}} is no field; there are {}", names()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn fields_escapes_and_braces() {
        let template: Template = "{{{title}}}\\t{path}\\\\".parse().unwrap();
        let line = template.line(|field| if field == Field::Title { "T".to_owned() } else { "p.md".to_owned() });
        assert_eq!(line, "{T}\tp.md\\\n");
    }

    #[test]
    fn what_is_no_field_is_told_with_those_that_are() {
        let error = "{titel}".parse::<Template>().unwrap_err();
        assert!(error.starts_with("{titel} is no field; there are path, slug, title,"), "{error}");
        assert!("\\x".parse::<Template>().is_err() && "{open".parse::<Template>().is_err());
    }
}
