//! Every kind of construct, set at several widths: `goldens/NAME.md` must become `goldens/NAME.txt`.
//!
//! Under each row stand, behind `~`, the roles of its columns, one letter each. `UPDATE_GOLDENS=1` writes the expected files anew.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use reread::markdown::{
    Area, Dialect, Document, Layout, LineNumbers, LinkKind, Marks, Measure, Pictures, Reach, Role, Row, Run, Setting,
    parse,
};
use reread::text::Clean;

const WIDTHS: [usize; 3] = [20, 40, 72];

#[test]
fn every_source_is_set_as_its_golden_says() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    let mut wrong = Vec::new();
    for source in files("md") {
        let document = parse(&fs::read_to_string(&source).unwrap(), Dialect::UNKNOWN);
        let numbers = if source.ends_with("numbers.md") { LineNumbers::Shown } else { LineNumbers::Hidden };
        let shown = shown(&document, numbers, &pictures(&source, &document));
        let golden = source.with_extension("txt");
        if update {
            fs::write(&golden, &shown).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if expected != shown {
            wrong.push(format!("{}\n{}", golden.display(), difference(&expected, &shown)));
        }
    }
    assert!(wrong.is_empty(), "UPDATE_GOLDENS=1 writes them anew\n\n{}", wrong.join("\n"));
}

#[test]
fn every_golden_has_a_source() {
    let names = |extension| files(extension).iter().map(|path| path.with_extension("")).collect::<BTreeSet<PathBuf>>();
    assert_eq!(names("txt"), names("md"));
}

fn files(extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    files
}

fn difference(expected: &str, shown: &str) -> String {
    let mut pairs = expected.lines().zip(shown.lines()).enumerate();
    match pairs.find(|(_, (expected, shown))| expected != shown) {
        Some((line, (expected, shown))) => format!("line {}\n  expected {expected}\n  shown    {shown}", line + 1),
        None => "one ends before the other".to_owned(),
    }
}

/// In `pictures.md` every picture but those called `unknown` takes 24 columns and 3 rows; elsewhere none takes any.
fn pictures(source: &Path, document: &Document) -> Pictures {
    let links = document.links.iter().enumerate().filter(|(_, link)| link.kind == LinkKind::Image);
    let known = links.filter(|(_, link)| source.ends_with("pictures.md") && !link.href.contains("unknown"));
    known.map(|(id, _)| (id, Area { columns: 24, rows: 3 })).collect()
}

fn shown(document: &Document, numbers: LineNumbers, pictures: &Pictures) -> String {
    let mut text = String::new();
    for width in WIDTHS {
        let layout = document.layout(Setting { numbers, pictures, ..Setting::from(Measure(width)) });
        writeln!(text, "{:─<width$}", format!("── {width} ")).unwrap();
        for row in &layout.rows {
            let free = if let Reach::Picture(link, nth) = row.reach {
                format!("(picture {link}.{nth})")
            } else {
                String::new()
            };
            writeln!(text, "{}", format!("  {}{free}", row.text()).trim_end()).unwrap();
            if !letters(row).trim().is_empty() {
                writeln!(text, "~ {}", letters(row).trim_end()).unwrap();
            }
        }
        if width == WIDTHS[2] {
            text.push_str(&tables(document, &layout));
        }
    }
    text
}

/// The links, headings and places of the document, with their rows.
fn tables(document: &Document, layout: &Layout) -> String {
    let mut text = String::new();
    for (number, (link, row)) in document.links.iter().zip(&layout.links).enumerate() {
        let kind = match link.kind {
            LinkKind::Text => "link",
            LinkKind::Image => "image",
            LinkKind::Note => "note",
        };
        writeln!(text, "{kind} {number} at row {row}: {} → {}", link.text, Clean::exact(&link.href)).unwrap();
    }
    for (heading, row) in document.headings.iter().zip(&layout.headings) {
        writeln!(text, "heading {} at row {row}: {} #{}", heading.level, heading.text, heading.id).unwrap();
    }
    for (place, row) in document.places.iter().zip(&layout.places) {
        writeln!(text, "place at row {row}: #{}", Clean::exact(&place.id)).unwrap();
    }
    text
}

fn letters(row: &Row) -> String {
    row.gutter
        .iter()
        .chain(&row.runs)
        .flat_map(|run| letter(run).repeat(run.text.width()).chars().collect::<Vec<_>>())
        .collect()
}

fn letter(run: &Run) -> &'static str {
    match run.role {
        Role::Body if run.marks == Marks::NONE => " ",
        Role::Body if run.marks == Marks::STRONG => "b",
        Role::Body if run.marks == Marks::EMPHASIS => "e",
        Role::Body if run.marks == Marks::STRIKE => "s",
        Role::Body if run.marks == Marks::UNDERLINE => "u",
        Role::Body => "*",
        Role::Heading(_) => "h",
        Role::Link => "L",
        Role::Image => "I",
        Role::Code => "c",
        Role::CodeBlock => "C",
        Role::CodeLabel => "l",
        Role::Quote => "q",
        Role::QuoteBar => "|",
        Role::Notice => "O",
        Role::Alert => "A",
        Role::Marker => "m",
        Role::Rule => "-",
        Role::TableHead => "t",
        Role::Note => "n",
        Role::Key => "k",
        Role::Math => "$",
        Role::Caption => "p",
        Role::Highlight => "H",
        Role::Small => "o",
        Role::Unknown => "?",
        Role::Added => "+",
        Role::Token(_) => "$",
        Role::Title => "T",
        Role::Meta => "M",
        Role::Tag => "#",
    }
}
