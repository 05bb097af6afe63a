//! What a post says: a tree of blocks, with its links and headings in order. It knows no width, no colour and no blog.

use super::layout::Token;
use crate::text::Clean;

/// The index of a link in [`Document::links`], in reading order.
pub type LinkId = usize;

/// A post's body as a tree. Parsing is total: every text has a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The text from top to bottom; footnotes stand at the end, numbered in order of use.
    pub blocks: Vec<Block>,
    /// Every link and image, in reading order.
    pub links: Vec<Link>,
    /// Every link definition (`[1]: address`), in the order of the source, whether a link uses it or not.
    pub definitions: Vec<Definition>,
    /// Every heading, in reading order.
    pub headings: Vec<Heading>,
    /// Everything else that a `#fragment` may name: elements with an `id`, footnotes and what refers to them.
    pub places: Vec<Place>,
    /// Bytes of the body; no place in it lies further.
    pub length: usize,
}

impl Document {
    /// Shows every block, those within others after them, in reading order.
    pub fn each_block<'a>(&'a self, visit: &mut dyn FnMut(&'a BlockKind)) {
        each_block(&self.blocks, visit);
    }

    /// Whether a `#fragment` of this name leads to anything here.
    pub fn names(&self, id: &str) -> bool {
        // https://html.spec.whatwg.org/multipage/browsing-the-web.html#scrolling-to-a-fragment
        id.is_empty()
            || id.eq_ignore_ascii_case("top")
            || self.headings.iter().any(|heading| heading.id == id)
            || self.places.iter().any(|place| place.id == id)
    }
}

/// Shows every block, those within others after them, in reading order.
pub(super) fn each_block<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a BlockKind)) {
    for block in blocks {
        visit(&block.kind);
        match &block.kind {
            BlockKind::Quote(_, blocks) | BlockKind::Details(_, blocks) | BlockKind::Footnote(_, blocks) => {
                each_block(blocks, visit);
            }
            BlockKind::Glossary(entries) => {
                for entry in entries {
                    if let Entry::Meaning(_, blocks) = entry {
                        each_block(blocks, visit);
                    }
                }
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| each_block(&item.blocks, visit)),
            BlockKind::Paragraph(_)
            | BlockKind::Caption(_)
            | BlockKind::Heading(..)
            | BlockKind::Code(..)
            | BlockKind::Table(_)
            | BlockKind::Rule => {}
        }
    }
}

/// Where a link leads, as the author wrote it; what that means is the library's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address after the last decoding: `relref:` stands before what a Hugo cross-link named.
    pub href: String,
    /// The text a reader sees; an image's is its alternative text or file name.
    pub text: Clean,
    /// The byte of the body where it starts.
    pub at: usize,
    /// Text to read, or a picture.
    pub kind: LinkKind,
}

/// An address that links may refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The address, as in [`Link::href`].
    pub href: String,
    /// The byte of the body where it starts.
    pub at: usize,
}

/// What a link stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Words that lead somewhere.
    Text,
    /// A picture shown as its alternative text, which opens the picture.
    Image,
    /// The number of a footnote, or the sign that leads back from it.
    Note,
}

/// A heading, for jumping and for `#fragment` links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// What a `#fragment` calls it: its own id, or a slug of its text as GitHub and Hugo make it, unique in the document.
    pub id: String,
    /// Its text without markup.
    pub text: Clean,
    /// The byte of the body where it starts.
    pub at: usize,
}

/// A place that a `#fragment` may name and that is no heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What a fragment calls it.
    pub id: String,
    /// The byte of the body where what stands there starts.
    pub at: usize,
}

/// One block and the byte of the body where it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Byte of the body.
    pub at: usize,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of blocks; blocks nest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// Words.
    Paragraph(Vec<Inline>),
    /// A heading: its index in [`Document::headings`], and its words.
    Heading(usize, Vec<Inline>),
    /// A quotation, or an alert such as `[!NOTE]`.
    Quote(Option<Alert>, Vec<Block>),
    /// Items, numbered from a start or bulleted.
    List(List),
    /// Terms with what they mean.
    Glossary(Vec<Entry>),
    /// What a reader may skip: a summary, and what stands under it.
    Details(Vec<Inline>, Vec<Block>),
    /// What is said about the picture or table beside it.
    Caption(Vec<Inline>),
    /// Source code: its language as the author named it, and its lines.
    Code(Option<Clean>, Vec<CodeLine>),
    /// A table.
    Table(Table),
    /// A line across.
    Rule,
    /// A footnote: its number, and its text.
    Footnote(usize, Vec<Block>),
}

/// What an alert asks of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// To notice.
    Note,
    /// To try.
    Tip,
    /// To know.
    Important,
    /// To take care.
    Warning,
    /// To think of what may follow.
    Caution,
}

impl Alert {
    /// Its name, as GitHub writes it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Tip => "Tip",
            Self::Important => "Important",
            Self::Warning => "Warning",
            Self::Caution => "Caution",
        }
    }
}

/// A part of a glossary, with the byte of the body where it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// What is explained; several may share a meaning.
    Term(usize, Vec<Inline>),
    /// What the terms above it mean.
    Meaning(usize, Vec<Block>),
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The first number, or none for bullets.
    pub start: Option<u64>,
    /// Whether blank rows stand between the items.
    pub spacing: Spacing,
    /// The items.
    pub items: Vec<Item>,
}

/// Whether a list is set with air between its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// Items follow each other.
    Tight,
    /// A blank row stands between items.
    Loose,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Byte of the body.
    pub at: usize,
    /// Of a task list: done or open.
    pub task: Option<Task>,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// The box of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// `[ ]`
    Open,
    /// `[x]`
    Done,
}

/// One line of source code, tabs expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLine {
    /// Byte of the body.
    pub at: usize,
    /// Its number, where the code stood between fences.
    pub number: Option<usize>,
    /// The line without its end.
    pub text: Clean,
    /// What its parts are, each up to a byte of the text where a character ends; empty until
    /// [`Document::colour`] knows better.
    pub tokens: Vec<(usize, Option<Token>)>,
}

/// A table; every row has as many cells as the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// One per column.
    pub alignments: Vec<Alignment>,
    /// The first row.
    pub head: Vec<Cell>,
    /// The others.
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
pub type Cell = Vec<Inline>;

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// Also where the author said nothing.
    Left,
    /// In the middle.
    Center,
    /// To the right, for numbers.
    Right,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// Byte of the body.
    pub at: usize,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of running text; marks nest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineKind {
    /// Words.
    Text(Clean),
    /// `code`
    Code(Clean),
    /// Words set apart.
    Marked(Mark, Vec<Inline>),
    /// Words that lead somewhere.
    Link(LinkId, Vec<Inline>),
    /// A picture, shown as its text in [`Document::links`].
    Image(LinkId),
    /// Mathematics as its source, with its delimiters.
    Math(Clean),
    /// The number of a footnote, which leads to it.
    Note(usize, LinkId),
    /// The sign at the end of a footnote that leads back.
    Return(LinkId),
    /// A line end in the source that is only a space to the reader.
    SoftBreak,
    /// A line end that the author meant.
    HardBreak,
    /// A place where a word may break, with a hyphen that is seen only there.
    SoftHyphen,
}

/// How words are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `*so*`
    Emphasis,
    /// `**so**`
    Strong,
    /// `~~so~~`
    Strike,
    /// `<kbd>`
    Key,
    /// `<mark>`
    Highlight,
    /// `<ins>` and `<u>`
    Underline,
    /// `<small>`
    Small,
    /// A template's tag that nobody here can expand.
    Unknown,
}
