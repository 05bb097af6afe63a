//! Reads front matter and configuration in YAML, TOML or JSON; the only file that names `serde_yaml`.
//! It never fails: what no parser takes is complained of and read line by line; what could hang one is not handed over.

use std::borrow::Cow;
use std::fmt::Display;

use serde::de::DeserializeSeed;

use crate::blog::fault::{Complaint, Rule};
pub use crate::blog::fence::{Container, LIMIT, Split, split};
pub use crate::blog::fields::{Fields, Value, is_called};
use crate::blog::fields::{TOO_MUCH, Unfolding};
pub use crate::blog::metadata::cut_up;
use crate::blog::{metadata, salvage};
use crate::text::Clean;

/// Reads the header that `split` found in this text. The complaints of the split itself are not repeated.
pub fn read(text: &str, split: &Split) -> (Fields, Vec<Complaint>) {
    let (Some(container), Some(header)) = (split.container, text.get(split.header.clone())) else {
        return (Fields::default(), Vec::new());
    };
    if header.trim().is_empty() {
        return (Fields::default(), Vec::new());
    }
    match parse(container, header) {
        Ok(fields) => {
            let complaints = repeated(&fields, header, container, split.header_line);
            (fields, complaints)
        }
        Err(failure) => {
            let complaint = failure.complaint("front matter", container, split.header_line);
            (line_by_line(container, header), vec![complaint])
        }
    }
}

/// Reads a site's own configuration, in the language that the file's name ends with.
pub fn parse_config(name: &str, text: &str) -> Result<Fields, Complaint> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let container = match name.rsplit('.').next().map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => Container::Toml,
        Some("yaml" | "yml") => Container::Yaml,
        Some("json") => Container::Json,
        _ => {
            let fault = Clean::literal("the configuration is in a language that is not read");
            let remedy = Clean::literal("its settings are not used, only those in TOML, YAML and JSON");
            return Err(Complaint { line: None, rule: Rule::FrontMatter, fault, remedy });
        }
    };
    parse(container, text).map_err(|failure| failure.complaint("configuration", container, 1))
}

impl Container {
    const fn language(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
            Self::Json => "JSON",
            Self::Lines | Self::Dots => "metadata",
        }
    }
}

/// Why a header was not read as a whole.
struct Failure {
    /// Counted from 1 within the header.
    line: Option<usize>,
    kind: Kind,
    reason: String,
    remedy: &'static str,
}

/// Columns that a fault may take; a parser may quote much.
const FAULT: usize = 160;

/// Who refused it: the parser, or the guard before it.
enum Kind {
    Invalid,
    Guarded,
}

impl Failure {
    fn guarded(reason: &str, remedy: &'static str) -> Self {
        Self { line: None, kind: Kind::Guarded, reason: reason.to_owned(), remedy }
    }

    /// A parser's own words, without the place that they end with.
    fn invalid(reason: &impl Display, line: Option<usize>, header: &str) -> Self {
        let words = reason.to_string();
        if words.contains(TOO_MUCH) {
            return Self { line, ..Self::guarded(TOO_MUCH, "shorten its lists and use fewer aliases") };
        }
        let reason = before_the_place(&words).to_owned();
        let line = beginning(&words).or(line).or_else(|| control_character(header));
        let culprit = line.and_then(|line| header.lines().nth(line.saturating_sub(1))).unwrap_or_default();
        let remedy = remedy(&reason, culprit);
        Self { line, kind: Kind::Invalid, reason, remedy }
    }

    fn complaint(self, subject: &str, container: Container, first_line: usize) -> Complaint {
        let Self { line, kind, reason, remedy } = self;
        let fault = match kind {
            Kind::Invalid => {
                format!("{subject} is not valid {}: {}", container.language(), reason.trim_end_matches('.'))
            }
            Kind::Guarded => format!("{subject} {reason}"),
        };
        let line = Some(first_line + line.unwrap_or(1).saturating_sub(1));
        Complaint {
            line,
            rule: Rule::FrontMatter,
            fault: Clean::prose(&fault).clipped(FAULT),
            remedy: Clean::literal(remedy),
        }
    }
}

fn before_the_place(words: &str) -> &str {
    words.split(" at line ").next().and_then(|words| words.split(" at position ").next()).unwrap_or_default()
}

/// The line of the first control character; of that one YAML tells no line.
fn control_character(header: &str) -> Option<usize> {
    let controls = |line: &str| line.contains(|character: char| character.is_control() && character != '\t');
    header.lines().position(controls).map(|before| before + 1)
}

/// Where that began which the parser found open at the end: a reader mends a quote at its start.
fn beginning(words: &str) -> Option<usize> {
    let (_, context) =
        words.split_once("while scanning a quoted").or_else(|| words.split_once("while parsing a flow"))?;
    let (_, place) = context.split_once(" at line ")?;
    place.split(' ').next()?.parse().ok()
}

/// What would help, as far as the parser's words and the line that it stopped at tell.
fn remedy(reason: &str, culprit: &str) -> &'static str {
    let said = |words: &str| reason.contains(words);
    if said("repetition limit") {
        "shorten its lists and use fewer aliases"
    } else if said("control characters") {
        "remove the control characters"
    } else if culprit.starts_with('\t') || culprit.contains(":\t") || culprit.contains("-\t") {
        "use spaces instead of tabs"
    } else if said("duplicate") {
        "remove one of the two"
    } else if ["mapping values", "cannot start any token"].iter().any(|words| said(words))
        || culprit.contains("{{")
        || said("expected key") && culprit.contains(": [")
    {
        "quote the value"
    } else {
        "check quotes, brackets and indentation near this line"
    }
}

/// The fields, if the text is small and flat enough for a parser and the parser takes it.
fn parse(container: Container, text: &str) -> Result<Fields, Failure> {
    guard(container, text)?;
    let unfolding = Unfolding::of(text);
    let value = match container {
        Container::Yaml => yaml(text, &unfolding),
        Container::Toml => toml(text, &unfolding),
        Container::Json => json(text, &unfolding),
        Container::Lines | Container::Dots => return Ok(metadata::read(container, text)),
    }?;
    match value {
        Value::Map(entries) => Ok(Fields::new(entries)),
        Value::Null => Ok(Fields::default()),
        _ => Err(Failure::invalid(&"a list or a text stands where fields are expected", None, text)),
    }
}

fn yaml(text: &str, unfolding: &Unfolding<'_>) -> Result<Value, Failure> {
    unfolding.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| {
        let line = error.location().map(|location| location.line());
        Failure::invalid(&error, line, text)
    })
}

fn toml(text: &str, unfolding: &Unfolding<'_>) -> Result<Value, Failure> {
    toml::Deserializer::parse(text).and_then(|document| unfolding.deserialize(document)).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map(|before| before.matches('\n').count() + 1);
        Failure::invalid(&error.message(), line, text)
    })
}

/// Between fences, the members of an object will do.
fn json(text: &str, unfolding: &Unfolding<'_>) -> Result<Value, Failure> {
    let is_whole = text.trim().is_empty() || text.trim_start().starts_with(['{', '[']);
    let text = if is_whole { Cow::Borrowed(text) } else { Cow::Owned(format!("{{{text}}}")) };
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    let value = unfolding.deserialize(&mut deserializer);
    value
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| Failure::invalid(&error, Some(error.line()), &text))
}

/// Brackets that may be open at once, and list signs that may follow each other.
const DEPTH: usize = 32;
/// Brackets times bytes that YAML may have: so long its scanner takes at worst, and which are quoted only it can tell.
const BRACKETS_TIMES_BYTES: usize = 8 * 1024 * 1024;
/// Aliases that YAML may have.
const ALIASES: usize = 64;

/// Repeated keys that are worth a complaint each.
const REPEATED: usize = 16;

/// Refuses what a parser would take very long, or very much memory, to read or to refuse.
fn guard(container: Container, text: &str) -> Result<(), Failure> {
    if text.len() > LIMIT {
        return Err(Failure::guarded("is larger than 64 KiB", "make it smaller"));
    }
    let (deepest, brackets) = nesting(text);
    let is_yaml = container == Container::Yaml;
    if deepest > DEPTH
        || is_yaml
            && (brackets * text.len() > BRACKETS_TIMES_BYTES || text.split(['\n', '\r']).any(has_many_list_signs))
    {
        return Err(Failure::guarded("nests too many lists or tables", "flatten them"));
    }
    if is_yaml
        && text.contains('&')
        && words_that_start_with(text, '&') > 0
        && words_that_start_with(text, '*') > ALIASES
    {
        return Err(Failure::guarded("uses more than 64 aliases", "write out what they stand for"));
    }
    Ok(())
}

/// How many brackets are open at once at most, and how many there are.
fn nesting(text: &str) -> (usize, usize) {
    let (mut depth, mut deepest, mut brackets) = (0_usize, 0, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => {
                (depth, brackets) = (depth + 1, brackets + 1);
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    (deepest, brackets)
}

/// Each `- ` or `? ` at the start of a line opens a list or a table within the one before.
fn has_many_list_signs(line: &str) -> bool {
    let signs = line.split([' ', '\t']).filter(|word| !word.is_empty()).take_while(|word| matches!(*word, "-" | "?"));
    signs.count() > DEPTH
}

fn words_that_start_with(text: &str, sign: char) -> usize {
    let starts = |word: &&str| word.strip_prefix(sign).is_some_and(|name| name.starts_with(char::is_alphanumeric));
    text.split([' ', '\t', '\n', '\r', ',', '[', '{', ':']).filter(starts).count()
}

fn line_by_line(container: Container, header: &str) -> Fields {
    let header = match container {
        Container::Json => Cow::Owned(
            header.lines().map(|line| line.trim_start_matches([' ', '\t', '{'])).collect::<Vec<_>>().join("\n"),
        ),
        Container::Yaml | Container::Toml | Container::Lines | Container::Dots => Cow::Borrowed(header),
    };
    salvage::salvage(&header, container.separator())
}

/// One complaint for each key that is given again; the last one counts, as it does in Ruby.
fn repeated(fields: &Fields, header: &str, container: Container, first_line: usize) -> Vec<Complaint> {
    let mut keys: Vec<&str> = fields.entries().iter().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable_by(|one, other| folded(one).cmp(folded(other)));
    let again = keys.windows(2).filter_map(|two| Some((two.first()?, two.last()?)));
    let mut twice: Vec<&str> =
        again.filter(|(one, other)| one.eq_ignore_ascii_case(other)).map(|(_, key)| *key).collect();
    twice.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
    let line_of = |wanted: &str| {
        let member = |line| salvage::dotted(line).or_else(|| salvage::member(line, container.separator()));
        let key_of = |line| member(line).map_or("", |(key, _)| key);
        let line = header.lines().enumerate().filter(|(_, line)| key_of(line).eq_ignore_ascii_case(wanted)).last();
        line.map_or(first_line, |(at, _)| first_line + at)
    };
    let complaint = |key: &str| Complaint {
        line: Some(line_of(key)),
        rule: Rule::FrontMatter,
        fault: Clean::prose(&format!("{} is given more than once", key.to_lowercase())),
        remedy: Clean::literal("the last one counts, remove the others"),
    };
    twice.into_iter().take(REPEATED).map(complaint).collect()
}

fn folded(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at what is not there")]
mod tests {
    use super::*;

    fn of(text: &str) -> (Fields, Vec<String>) {
        let split = split(text);
        let (fields, complaints) = read(text, &split);
        let path = Clean::literal("a.md");
        (fields, complaints.into_iter().map(|complaint| complaint.about(&path).to_string()).collect())
    }

    fn yaml(header: &str) -> (Fields, Vec<String>) {
        of(&format!("---\n{header}\n---\nbody"))
    }

    #[test]
    fn scalars_stay_as_the_author_wrote_them() {
        let scalars = [
            "1984",
            "1.10",
            "007",
            "+5",
            "0x1F",
            "1e3",
            "12:30",
            "2014-12-18",
            "2014-12-18 10:11:12 -0500",
            "no",
            "yes",
            "1_000",
            "136171103105421_424647540924441",
            "136171103105421424647540924441",
            ".5",
            "1.0",
            "18446744073709551615",
        ];
        for scalar in scalars {
            let (fields, complaints) = yaml(&format!("other: 'x 1.1'\ntitle: {scalar}\ntags: [{scalar}, {scalar}]"));
            assert_eq!(fields.text(&["title"]).as_deref(), Some(scalar));
            assert_eq!((fields.list(&["tags"]), complaints.len()), (vec![scalar.to_owned()], 0), "{scalar}");
        }
        let (toml, _) = of("+++\ndate = 2014-12-18T10:11:12Z\nday = 2014-12-18\nversion = 1.10\nn = 1_000\n+++\n");
        let texts: Vec<_> = ["date", "day", "version", "n"].iter().map(|name| toml.text(&[name]).unwrap()).collect();
        assert_eq!(texts, ["2014-12-18T10:11:12Z", "2014-12-18", "1.10", "1_000"]);
        let (json, _) = of("{\"version\":1.10, \"draft\": true, \"none\": null}\n");
        assert_eq!((json.text(&["version"]).as_deref(), json.flag(&["draft"])), (Some("1.10"), Some(true)));
    }

    #[test]
    fn equal_numbers_spelt_differently_keep_their_spelling() {
        let (fields, _) = yaml("a: 1.1\nb: \"1.1\"\nc: 1.10\nd: 1.100");
        let texts: Vec<_> = ["a", "b", "c", "d"].iter().map(|name| fields.text(&[name]).unwrap()).collect();
        assert_eq!(texts, ["1.1", "1.1", "1.10", "1.100"]);
    }

    #[test]
    fn every_language_gives_the_same_fields() {
        let headers = [
            "---\nTitle: a\ndraft: true\ntaxonomies:\n  tags:\n  - x\n  - 2\nauthors:\n- name: Ada\n---\n",
            "+++\nTitle = 'a'\ndraft = true\n[taxonomies]\ntags = ['x', 2]\n[[authors]]\nname = 'Ada'\n+++\n",
            "{\"Title\": \"a\", \"draft\": true, \"taxonomies\": {\"tags\": [\"x\", 2]}, \"authors\": [{\"name\": \"Ada\"}]}",
        ];
        for header in headers {
            let (fields, complaints) = of(header);
            assert_eq!(
                (fields.text(&["title"]).as_deref(), fields.flag(&["draft"])),
                (Some("a"), Some(true)),
                "{header}"
            );
            assert_eq!(
                (fields.list(&["taxonomies.tags"]), fields.list(&["authors"])),
                (vec!["x".to_owned(), "2".to_owned()], vec!["Ada".to_owned()])
            );
            assert!(complaints.is_empty(), "{header}");
        }
    }

    #[test]
    fn tags_of_yaml_do_not_cost_the_post() {
        let (fields, complaints) = yaml(
            "title: !binary |-\n  Y2Fmw6k=\na: !ruby/object {name: x}\nb: !mine [x]\nc: !!str 1\nd: !!binary |\n  eA==\ntags: !x\n- y",
        );
        assert_eq!(fields.text(&["title"]).as_deref(), Some("café"));
        assert_eq!((fields.list(&["a"]), fields.list(&["tags"])), (vec!["x".to_owned()], vec!["y".to_owned()]));
        assert!(complaints.is_empty(), "{complaints:?}");
    }

    #[test]
    fn broken_yaml_keeps_title_date_and_tags_and_says_where() {
        let headers = [
            (
                "title: a: b",
                "a.md:2: front matter is not valid YAML: mapping values are not allowed in this context; quote the value",
            ),
            ("title: [old]news", "a.md:2: front matter is not valid YAML: did not find expected key; quote the value"),
            (
                "title: @x",
                "a.md:2: front matter is not valid YAML: found character that cannot start any token; quote the value",
            ),
            (
                "title: \"a",
                "a.md:2: front matter is not valid YAML: found unexpected end of stream; check quotes, brackets and indentation near this line",
            ),
            (
                "title: a\u{8}b",
                "a.md:2: front matter is not valid YAML: control characters are not allowed; remove the control characters",
            ),
            (
                "title: {{ title }}",
                "a.md:2: front matter is not valid YAML: title: a list or a table is used as a key; quote the value",
            ),
        ];
        for (title, complaint) in headers {
            let (fields, complaints) = yaml(&format!("{title}\ndate: 2014-12-18\ntags:\n- x\n"));
            assert_eq!(complaints, [complaint], "{title}");
            let expected = title.split_once(": ").unwrap().1;
            assert_eq!(fields.text(&["title"]).as_deref(), Some(expected));
            assert_eq!(fields.text(&["date"]).as_deref(), Some("2014-12-18"));
            assert_eq!(fields.list(&["tags"]), ["x"]);
        }
        let (fields, complaints) = yaml("title: a\ntags:\n\t- x\n\t- y");
        assert_eq!((fields.list(&["tags"]).len(), complaints.len()), (2, 1));
        assert!(complaints[0].ends_with("use spaces instead of tabs"), "{complaints:?}");
    }

    #[test]
    fn broken_toml_and_json_are_read_line_by_line() {
        let (fields, complaints) = of("+++\ntitle = \"a\"\ndate = 2014-12-18 (or so)\ntitle = 'b'\n+++\n");
        assert_eq!(fields.text(&["title"]).as_deref(), Some("b"));
        assert!(complaints[0].starts_with("a.md:3: front matter is not valid TOML: "), "{complaints:?}");
        let (fields, complaints) = of("{\n  \"title\": \"a\",\n  \"date\": \"2014-12-18\",,\n}\n");
        assert_eq!(fields.text(&["title"]).as_deref(), Some("a"));
        assert!(complaints[0].starts_with("a.md:3: front matter is not valid JSON: "), "{complaints:?}");
    }

    #[test]
    fn members_without_braces_are_an_object_between_semicolons() {
        for header in [";;;\n\"title\": \"a\",\n\"n\": [1]\n;;;\n", ";;;\n{\"title\": \"a\", \"n\": [1]}\n;;;\n"] {
            let (fields, complaints) = of(header);
            assert_eq!((fields.text(&["title"]).as_deref(), fields.list(&["n"])), (Some("a"), vec!["1".to_owned()]));
            assert!(complaints.is_empty(), "{complaints:?}");
        }
        assert_eq!(of(";;;\n;;;\n"), (Fields::default(), Vec::new()));
        let (fields, complaints) = of(";;;\n\"title\": \"a\",\n\"date\": 2014-12-18,\n;;;\n");
        assert_eq!(fields.text(&["title"]).as_deref(), Some("a"));
        assert!(complaints[0].starts_with("a.md:3: front matter is not valid JSON: "), "{complaints:?}");
    }

    #[test]
    fn lines_and_comments_are_fields() {
        let headers = [
            "Title: a\nTags: x, y\nDate: b\n\nbody",
            "<!--\n.. title: a\n.. tags: x, y\n.. date: b\n-->\nbody",
            "<!--{\n\"Title\": \"a\",\n\"Tags\": [\"x\", \"y\"],\n\"Date\": \"b\"\n}-->\nbody",
            "title: a\ntags: [x, y]\ndate: b\n---\nbody",
        ];
        for header in headers {
            let (fields, complaints) = of(header);
            let texts = ["title", "date"].map(|name| fields.text(&[name]));
            assert_eq!(texts, [Some("a".to_owned()), Some("b".to_owned())], "{header}");
            assert_eq!(
                (fields.list(&["tags"]), complaints.len()),
                (vec!["x".to_owned(), "y".to_owned()], 0),
                "{header}"
            );
        }
        let twice = ["Title: a\nDate: b\ntitle: c\n", "<!--\n.. title: a\n.. title: c\n-->\n"].map(|text| of(text).1);
        assert!(twice.iter().all(|complaints| complaints[0].starts_with("a.md:3: title is given more")), "{twice:?}");
    }

    #[test]
    fn a_key_given_twice_is_told_with_its_line() {
        let (fields, complaints) = yaml("title: a\ndate: 2014-12-18\nTitle: b\ntitle: c");
        assert_eq!(fields.text(&["title"]).as_deref(), Some("c"));
        assert_eq!(complaints, ["a.md:5: title is given more than once; the last one counts, remove the others"]);
    }

    #[test]
    fn what_would_hang_a_parser_is_not_handed_to_it() {
        let far_aliases = format!("a: &a {}\nb: [{}]", "x".repeat(1000), "*a, ".repeat(65));
        let hostile = [
            ("a: ".to_owned() + &"[".repeat(4000), "nests too many lists or tables"),
            ("a: ".to_owned() + &"[\"]\",".repeat(4000), "nests too many lists or tables"),
            ("a: ".to_owned() + &"{a: ".repeat(4000), "nests too many lists or tables"),
            ("a:\n".to_owned() + &"- ".repeat(30_000), "nests too many lists or tables"),
            ("a:\n  ".to_owned() + &"? ".repeat(30_000), "nests too many lists or tables"),
            (far_aliases, "uses more than 64 aliases"),
        ];
        for (header, reason) in hostile {
            let (fields, complaints) = yaml(&format!("title: t\n{header}"));
            assert_eq!(complaints.len(), 1);
            assert!(complaints[0].contains(reason), "{complaints:?}");
            assert_eq!(fields.text(&["title"]).as_deref(), Some("t"));
        }
        for deep in [
            format!("+++\ntitle = 't'\na = {}\n+++\n", "[".repeat(4000)),
            format!("{{\"title\": \"t\",\n\"a\": {}{}}}", "[".repeat(40), "]".repeat(40)),
        ] {
            assert_eq!(of(&deep).1.len(), 1);
            assert_eq!(of(&deep).0.text(&["title"]).as_deref(), Some("t"));
        }
    }

    #[test]
    fn aliases_do_not_unfold_without_end() {
        let anchors = "abcdefghi".chars().zip("bcdefghi".chars());
        let bomb = anchors.fold("a: &a [x, x, x, x, x, x, x]".to_owned(), |bomb, (from, to)| {
            bomb + &format!("\n{to}: &{to} [{}*{from}]", format!("*{from}, ").repeat(6))
        });
        let one_large = format!("a: &a {}\nb: [{}*a]", "x".repeat(60_000), "*a, ".repeat(63));
        let many_small = format!("a: &a [{}]\nb: [{}*a]", "x, ".repeat(600), "*a, ".repeat(60));
        for header in [bomb, one_large, many_small] {
            let (fields, complaints) = yaml(&format!("title: t\n{header}"));
            assert_eq!(complaints.len(), 1);
            assert!(complaints[0].ends_with("shorten its lists and use fewer aliases"), "{complaints:?}");
            assert_eq!(fields.text(&["title"]).as_deref(), Some("t"));
        }
        let (fields, complaints) = yaml("a: &a [x, y]\ntags: *a");
        assert_eq!((fields.list(&["tags"]).len(), complaints.len()), (2, 0));
    }

    #[test]
    fn deep_blocks_are_refused_by_the_parser_itself() {
        let deep: String = (0..300).fold(String::new(), |deep, depth| deep + &" ".repeat(depth) + "a:\n");
        assert_eq!(yaml(&format!("title: t\n{deep}")).1.len(), 1);
    }

    #[test]
    fn configuration_is_read_by_the_name_of_its_file() {
        for (name, text) in
            [("hugo.TOML", "title = 'a'"), ("_config.yml", "\u{feff}title: a"), ("site.json", "{\"title\": \"a\"}")]
        {
            assert_eq!(parse_config(name, text).unwrap().text(&["title"]).as_deref(), Some("a"));
        }
        assert_eq!(parse_config("_config.yaml", "# nothing").unwrap(), Fields::default());
        for (name, text) in
            [("config.js", "x"), ("a.yml", "- a"), ("a.yml", "a"), ("a.toml", "a"), ("a.json", "[]"), ("a.json", "")]
        {
            assert!(parse_config(name, text).is_err(), "{name}");
        }
        assert!(parse_config("a.yml", &"a: b\n".repeat(20_000)).is_err());
    }
}
