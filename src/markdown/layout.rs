//! The document at a width: rows of runs with roles and link ids, never colours.
//!
//! It holds what was set and finds rows in it; how blocks become rows is `set`'s business.

use std::collections::BTreeMap;
use std::ops::Range;

use super::document::{Document, LinkId};
use super::set;
use crate::text::{Clean, End};

/// Columns that a layout may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Measure(pub usize);

/// How a document is to be set; a bare [`Measure`] is one, with everything folded, no numbers and no pictures.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Columns of the text.
    pub measure: Measure,
    /// What becomes of code and tables that need more.
    pub wide: Wide,
    /// Whether lines of code have their numbers beside them.
    pub numbers: LineNumbers,
    /// The cells that are kept free for pictures.
    pub pictures: &'a Pictures,
}

impl From<Measure> for Setting<'static> {
    fn from(measure: Measure) -> Self {
        static NONE: Pictures = Pictures::new();
        Self { measure, wide: Wide::Folded, numbers: LineNumbers::Hidden, pictures: &NONE }
    }
}

/// What becomes of code and tables that are wider than the measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wide {
    /// Code goes on in the next row, tables give way: no row is wider than the measure.
    Folded,
    /// They keep their natural width, for a window that moves over them: rows of [`Reach::Code`] and [`Reach::Table`] may be wider.
    Open,
}

/// Whether the lines of code between fences have their numbers beside them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LineNumbers {
    /// Left of the code, where there is room.
    Shown,
    /// Not at all.
    #[default]
    Hidden,
}

/// The cells that each picture takes, by its link. A picture that is not here is shown as its text.
pub type Pictures = BTreeMap<LinkId, Area>;

/// Cells of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Area {
    /// From left to right.
    pub columns: usize,
    /// From top to bottom.
    pub rows: usize,
}

/// A document set in rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// The row of each heading of the document.
    pub headings: Vec<usize>,
    /// The row of each place of the document.
    pub places: Vec<usize>,
    /// The first row of each link of the document.
    pub links: Vec<usize>,
    /// The tables that have a head.
    pub tables: Vec<TableRows>,
}

/// Where a table stands, so that its head can stay in view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRows {
    /// The rows of its head, with the line below it.
    pub head: Range<usize>,
    /// The row behind its last.
    pub end: usize,
}

impl Document {
    /// The document set in rows of at most the setting's measure.
    pub fn layout<'a>(&self, setting: impl Into<Setting<'a>>) -> Layout {
        set::layout(self, setting.into())
    }
}

impl Layout {
    /// The row where a reader stands who stood at `anchor`, in a layout of the same document at this or another width:
    /// the last row that starts at the anchor or before it.
    pub fn row_of(&self, anchor: Anchor) -> usize {
        self.rows.partition_point(|row| row.anchor <= anchor).saturating_sub(1)
    }

    /// The same page with its rows replaced, and everything that points to a row pointing where `row` says.
    #[must_use]
    pub fn moved(self, rows: Vec<Row>, row: impl Fn(usize) -> usize) -> Self {
        let all = |rows: Vec<usize>| rows.into_iter().map(&row).collect();
        let table =
            |table: TableRows| TableRows { head: row(table.head.start)..row(table.head.end), end: row(table.end) };
        let tables = self.tables.into_iter().map(table).collect();
        let (headings, places, links) = (all(self.headings), all(self.places), all(self.links));
        Self { rows, headings, places, links, tables }
    }

    /// The rows as bare text.
    pub fn text(&self) -> String {
        self.rows.iter().flat_map(|row| [row.text(), "\n".to_owned()]).collect()
    }
}

/// The rows as one text, without gutters, those that wrapping has parted joined again; and where each begins in it.
pub fn joined(rows: &[Row]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::with_capacity(rows.len());
    for row in rows {
        starts.push(text.len());
        row.runs.iter().for_each(|run| text.push_str(run.text.as_str()));
        match row.end {
            End::Space => text.push(' '),
            End::Glue => {}
            // The hyphen is the row's, not the word's.
            End::Hyphen => drop(text.pop()),
            End::Break => text.push('\n'),
        }
    }
    (text, starts)
}

impl Row {
    /// The whole row as bare text, with its gutter.
    pub fn text(&self) -> String {
        self.gutter.iter().chain(&self.runs).map(|run| run.text.as_str()).collect()
    }

    /// Columns that it takes, with its gutter.
    pub fn width(&self) -> usize {
        self.gutter.iter().chain(&self.runs).map(|run| run.text.width()).sum()
    }

    /// Whether it is a part of something that may be wider than the measure.
    pub fn is_wide(&self) -> bool {
        matches!(self.reach, Reach::Code | Reach::Table)
    }

    /// Whether it shows nothing but its gutter.
    pub fn is_blank(&self) -> bool {
        self.runs.is_empty()
    }
}

/// One row of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What hangs left of the text: quote bars, bullets, numbers, indentation.
    pub gutter: Vec<Run>,
    /// The text.
    pub runs: Vec<Run>,
    /// Where in the body it comes from; anchors never go backwards from row to row.
    pub anchor: Anchor,
    /// How the text goes on in the next row.
    pub end: End,
    /// What fills it.
    pub reach: Reach,
}

/// What fills a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// Text within the measure.
    #[default]
    Column,
    /// A line of code, which may be wider than the measure where it is set open.
    Code,
    /// A part of a table, which may be so too.
    Table,
    /// Cells kept free for a picture: its link, and which of its rows this is. The picture begins behind the gutter.
    Picture(LinkId, usize),
}

/// A place in a document that survives another width: a byte of the body, and the how-manieth row that shares it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// Byte of the body.
    pub at: usize,
    /// Rows before this one with the same byte.
    pub nth: usize,
}

/// Text of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What is shown.
    pub text: Clean,
    /// What it is to the theme.
    pub role: Role,
    /// How it is set apart.
    pub marks: Marks,
    /// The link that it belongs to.
    pub link: Option<LinkId>,
}

/// What a run is; the theme says how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The title of a post.
    Title,
    /// What is known of a post beside its title.
    Meta,
    /// A tag.
    Tag,
    /// Running text.
    Body,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Words that lead somewhere.
    Link,
    /// A picture's text.
    Image,
    /// `code` in running text.
    Code,
    /// A line of a code block, as far as nothing more is known of it.
    CodeBlock,
    /// A part of a code block.
    Token(Token),
    /// The label above a code block.
    CodeLabel,
    /// The words of a quotation.
    Quote,
    /// The bar left of it.
    QuoteBar,
    /// The label of an alert that only tells something, and its bar.
    Notice,
    /// The label of an alert that warns, and its bar.
    Alert,
    /// A bullet, number or task box.
    Marker,
    /// A line across, a table's lines.
    Rule,
    /// The head of a table.
    TableHead,
    /// A footnote's number.
    Note,
    /// A key of the keyboard.
    Key,
    /// Mathematics as its source.
    Math,
    /// What is said about a picture or a table.
    Caption,
    /// Words that stand out.
    Highlight,
    /// Words that stand back.
    Small,
    /// A template's tag that nobody here can expand.
    Unknown,
    /// What the program adds: a mark that a line goes on.
    Added,
}

/// What a part of source code is to its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Token {
    /// A word of the language.
    Keyword,
    /// The name of a type.
    Type,
    /// The name of a function, where it is made or called.
    Function,
    /// The name of something that holds a value.
    Variable,
    /// A value with a name, an escape in a string.
    Constant,
    /// Text between quotation marks.
    String,
    /// A number.
    Number,
    /// A word to the human reader.
    Comment,
    /// A sign that computes or compares.
    Operator,
    /// A sign that holds the rest together, the prompt of a shell.
    Punctuation,
    /// An attribute, a key of a mapping.
    Attribute,
    /// The name of an element of markup.
    Tag,
    /// A line that a change adds.
    Inserted,
    /// A line that a change takes away.
    Deleted,
    /// A heading, the place of a change.
    Heading,
}

/// A set of emphases: strong, emphasis, strike, underline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Marks(u8);

impl Marks {
    /// Set apart by nothing.
    pub const NONE: Self = Self(0);
    /// Bold.
    pub const STRONG: Self = Self(1);
    /// Italic.
    pub const EMPHASIS: Self = Self(2);
    /// Struck through.
    pub const STRIKE: Self = Self(4);
    /// Underlined.
    pub const UNDERLINE: Self = Self(8);

    /// Both sets.
    #[must_use]
    pub const fn and(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    /// Whether all of `marks` are in it.
    pub const fn has(self, marks: Self) -> bool {
        self.0 & marks.0 == marks.0
    }
}
