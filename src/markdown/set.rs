//! Setting: the blocks of a document, one after the other, in rows with their gutters.
//!
//! It decides spacing, indentation and bullets, and nothing of colour; running text is `flow`'s, tables are `table`'s.

use std::ops::Range;

use super::document::{
    Alert, Block, BlockKind, CodeLine, Document, Entry, Heading, Inline, InlineKind, Item, List, Spacing, Table, Task,
};
use super::flow::{Flow, Line, Style, fitted, spaces, superscript};
use super::layout::{Anchor, Layout, LineNumbers, Marks, Reach, Role, Row, Run, Setting, TableRows, Wide};
use super::picture::{self, Standing};
use super::table;
use crate::clean;
use crate::text::{Clean, End, fitting};

/// Bytes of a row, about: for a guess only.
const BYTES: usize = 50;
/// Columns that text keeps; a gutter that would leave less is not set.
const ROOM: usize = 10;
/// Columns of the rule above the footnotes.
const NOTE_RULE: usize = 12;
/// Columns by which a meaning stands behind its term.
const MEANING: usize = 4;

/// The document in rows of at most the setting's measure.
pub(super) fn layout(document: &Document, setting: Setting<'_>) -> Layout {
    let mut setter = Setter {
        document,
        setting,
        rows: Vec::with_capacity(document.length / BYTES),
        levels: Vec::new(),
        marker: None,
        gap: None,
        depth: 0,
        style: Style::of(Role::Body),
        headings: vec![0; document.headings.len()],
        tables: Vec::new(),
        starts: Vec::new(),
    };
    setter.blocks(&document.blocks, |_, _| true);
    setter.finish()
}

/// One step of indentation: what hangs left of the first row, and of the others.
struct Level {
    first: Option<Vec<Run>>,
    rest: Vec<Run>,
    width: usize,
}

struct Setter<'a> {
    document: &'a Document,
    setting: Setting<'a>,
    rows: Vec<Row>,
    levels: Vec<Level>,
    /// A bullet or number that found no room in the gutter and stands in the text.
    marker: Option<Run>,
    /// A blank row is due before the next one, with the gutters of so many levels.
    gap: Option<usize>,
    /// Bulleted lists around this block.
    depth: usize,
    style: Style,
    headings: Vec<usize>,
    tables: Vec<TableRows>,
    /// The bytes where blocks and rows start, with their rows; empty where no place needs them.
    starts: Vec<(usize, usize)>,
}

impl Setter<'_> {
    // Blocks.

    /// Sets blocks one after the other, with a blank row between two of them where `apart` says so.
    fn blocks(&mut self, blocks: &[Block], apart: impl Fn(&BlockKind, &BlockKind) -> bool) {
        let mut previous: Option<&BlockKind> = None;
        for (index, block) in blocks.iter().enumerate() {
            let kind = &block.kind;
            let of_table = matches!(kind, BlockKind::Caption(_))
                && blocks.get(index + 1).is_some_and(|next| matches!(next.kind, BlockKind::Table(_)));
            if previous.is_some_and(|previous| apart(previous, kind) && (of_table || !belongs(previous, kind, self))) {
                self.space();
            }
            self.block(block);
            previous = Some(kind);
        }
    }

    fn block(&mut self, block: &Block) {
        self.start(block.at, self.next_row());
        match &block.kind {
            BlockKind::Paragraph(inlines) => self.paragraph(inlines),
            BlockKind::Heading(heading, inlines) => self.heading(*heading, inlines),
            BlockKind::Caption(inlines) => self.words(inlines, Style { role: Role::Caption, ..self.style }),
            BlockKind::Quote(alert, blocks) => self.quote(*alert, block.at, blocks),
            BlockKind::Glossary(entries) => self.glossary(entries),
            BlockKind::Details(summary, blocks) => self.details(summary, block.at, blocks),
            BlockKind::List(list) => self.list(list),
            BlockKind::Code(language, lines) => self.code(language.as_ref(), block.at, lines),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Rule => self.rule(block.at, self.room()),
            BlockKind::Footnote(number, blocks) => self.footnote(*number, block.at, blocks),
        }
    }

    /// Words, or pictures where cells are kept free for one of them.
    fn paragraph(&mut self, inlines: &[Inline]) {
        let standing = picture::standing(inlines);
        if !standing.iter().any(|standing| self.setting.pictures.contains_key(&standing.link)) {
            return self.words(inlines, self.style);
        }
        for (number, standing) in standing.into_iter().enumerate() {
            if number > 0 {
                self.space();
            }
            self.picture(standing);
        }
    }

    /// The cells of a picture, if there are any, and its text below them.
    fn picture(&mut self, Standing { link, caption }: Standing<'_>) {
        self.place_marker(caption.at);
        let area = self.setting.pictures.get(&link).map(|area| area.fitting(self.room()));
        for nth in 0..area.map_or(0, |area| area.rows) {
            self.row(Line { runs: Vec::new(), at: caption.at, end: End::Break });
            self.reaching(Reach::Picture(link, nth));
        }
        self.words(std::slice::from_ref(caption), self.style);
    }

    fn words(&mut self, inlines: &[Inline], style: Style) {
        let mut flow = Flow::new(self.document);
        if let Some(marker) = self.marker.take() {
            let at = inlines.first().map_or(0, |inline| inline.at);
            flow.push(&marker.text, at, Style::of(marker.role));
        }
        flow.inlines(inlines, style);
        for line in flow.lines(self.room()) {
            self.row(line);
        }
    }

    fn heading(&mut self, heading: usize, inlines: &[Inline]) {
        let level = self.document.headings.get(heading).map_or(1, |heading: &Heading| heading.level);
        let before = self.next_row();
        self.words(inlines, Style::of(Role::Heading(level)));
        if let Some(row) = self.headings.get_mut(heading) {
            *row = before;
        }
    }

    /// The row that would be set next.
    fn next_row(&self) -> usize {
        self.rows.len() + usize::from(self.gap.is_some() && !self.rows.is_empty())
    }

    /// Notes that the byte `at` of the body is set from `row` on.
    fn start(&mut self, at: usize, row: usize) {
        if !self.document.places.is_empty() {
            self.starts.push((at, row));
        }
    }

    /// A summary behind a sign, and what belongs to it in the same column.
    fn details(&mut self, summary: &[Inline], at: usize, blocks: &[Block]) {
        let sign = vec![Style::of(Role::Marker).run(Clean::literal("▾ "))];
        self.level(Some(sign), spaces(2).into_iter().collect(), 2, |setter| {
            let strong = setter.strong();
            if summary.is_empty() {
                let unnamed = Inline { at, kind: InlineKind::Text(Clean::literal("Details")) };
                setter.words(&[unnamed], strong);
            } else {
                setter.words(summary, strong);
            }
            setter.blocks(blocks, |_, _| true);
        });
    }

    /// Terms, each with its meanings indented below it.
    fn glossary(&mut self, entries: &[Entry]) {
        let mut after_meaning = false;
        for entry in entries {
            match entry {
                Entry::Term(at, inlines) => {
                    if after_meaning {
                        self.space();
                    }
                    self.start(*at, self.next_row());
                    self.words(inlines, self.strong());
                }
                Entry::Meaning(at, blocks) => {
                    self.start(*at, self.next_row());
                    self.level(None, spaces(MEANING).into_iter().collect(), MEANING, |setter| {
                        setter.blocks(blocks, |_, _| true);
                    });
                }
            }
            after_meaning = matches!(entry, Entry::Meaning(..));
        }
    }

    fn strong(&self) -> Style {
        Style { marks: self.style.marks.and(Marks::STRONG), ..self.style }
    }

    fn quote(&mut self, alert: Option<Alert>, at: usize, blocks: &[Block]) {
        let style = self.style;
        let role = match alert {
            Some(Alert::Warning | Alert::Caution) => Role::Alert,
            Some(_) => Role::Notice,
            None => Role::QuoteBar,
        };
        let bar = vec![Style::of(role).run(Clean::literal("▎")), Style::of(Role::Body).run(Clean::literal(" "))];
        self.level(Some(bar.clone()), bar, 2, |setter| {
            if let Some(alert) = alert {
                let mut flow = Flow::new(setter.document);
                flow.push(&heading_of(alert), at, Style::of(role));
                setter.lines(flow.lines(setter.room()));
            } else {
                setter.style = Style { role: Role::Quote, ..style };
            }
            setter.blocks(blocks, |_, _| true);
        });
        self.style = style;
    }

    // Lists.

    fn list(&mut self, list: &List) {
        let width = list.start.map_or(2, |start| digits(last_number(start, list.items.len())) + 2);
        self.depth += usize::from(list.start.is_none());
        for (index, item) in list.items.iter().enumerate() {
            if index > 0 && list.spacing == Spacing::Loose {
                self.space();
            }
            let marker = self.bullet(list.start, index, item, width);
            self.item(item, marker, list.spacing);
        }
        self.depth -= usize::from(list.start.is_none());
    }

    /// What stands before an item, as wide as all of the list's.
    fn bullet(&self, start: Option<u64>, index: usize, item: &Item, width: usize) -> Clean {
        let task = item.task.map_or("", |task| if task == Task::Done { "☑ " } else { "☐ " });
        match start {
            Some(start) => Clean::prose(&format!(
                "{:>width$} {task}",
                format!("{}.", last_number(start, index + 1)),
                width = width - 1
            )),
            None if item.task.is_some() => Clean::prose(task),
            None => Clean::literal(match self.depth {
                0 | 1 => "• ",
                2 => "◦ ",
                _ => "▪ ",
            }),
        }
    }

    fn item(&mut self, item: &Item, marker: Clean, spacing: Spacing) {
        let width = marker.width();
        let rest = spaces(width).into_iter().collect();
        let first = vec![Style::of(Role::Marker).run(marker)];
        self.level(Some(first), rest, width, |setter| {
            let before = setter.rows.len();
            setter.blocks(&item.blocks, |previous, next| {
                spacing == Spacing::Loose
                    || !matches!(next, BlockKind::List(_))
                        && matches!((previous, next), (BlockKind::Paragraph(_), BlockKind::Paragraph(_)))
            });
            setter.place_marker(item.at);
            if setter.rows.len() == before {
                setter.row(Line { runs: Vec::new(), at: item.at, end: End::Break });
            }
        });
    }

    /// Sets what `inside` sets one step further in, where there is room for that.
    fn level(&mut self, first: Option<Vec<Run>>, rest: Vec<Run>, width: usize, inside: impl FnOnce(&mut Self)) {
        let level = if self.room() >= width + ROOM {
            Level { first, rest, width }
        } else {
            let is_marker = |run: &Run| matches!(run.role, Role::Marker | Role::Note);
            if let Some(marker) = first.into_iter().flatten().find(is_marker) {
                self.place_marker(0);
                self.marker = Some(marker);
            }
            Level { first: None, rest: Vec::new(), width: 0 }
        };
        self.levels.push(level);
        inside(self);
        self.levels.pop();
    }

    // Tables, code, rules, notes.

    fn table(&mut self, table: &Table) {
        let set = table::set(self.document, table, self.room(), self.setting.wide, self.style);
        let blank = usize::from(self.gap.is_some() && !self.rows.is_empty());
        let start = self.rows.len() + blank;
        for line in set.lines {
            self.row(line);
            self.reaching(Reach::Table);
        }
        if set.head > 0 {
            self.tables.push(TableRows { head: start..start + set.head, end: self.rows.len() });
        }
    }

    /// Says what fills the last row.
    fn reaching(&mut self, reach: Reach) {
        if let Some(row) = self.rows.last_mut() {
            row.reach = reach;
        }
    }

    fn code(&mut self, language: Option<&Clean>, at: usize, lines: &[CodeLine]) {
        self.place_marker(at);
        let numbers = self.numbers(lines);
        if let Some(language) = language {
            self.label(language, at, lines.len(), numbers);
        }
        for line in lines {
            self.code_line(line, numbers);
        }
    }

    /// Columns of the numbers of these lines: none where they are not wanted or leave the code no room.
    fn numbers(&self, lines: &[CodeLine]) -> usize {
        let last = lines.last().and_then(|line| line.number).filter(|_| self.setting.numbers == LineNumbers::Shown);
        let columns = last.map_or(0, |last| digits(last as u64) + 1);
        if columns + ROOM + ROOM > self.room() { 0 } else { columns }
    }

    /// What stands left of every row of a block of code and makes one shape of it, where there is room: the number of a
    /// line in `numbers` columns, and a bar.
    fn bar(&self, number: Option<usize>, numbers: usize) -> Vec<Run> {
        if self.room() < ROOM {
            return Vec::new();
        }
        let bar = [Style::of(Role::Rule).run(Clean::literal("▏")), Style::of(Role::Body).run(Clean::literal(" "))];
        let number = match number.filter(|_| numbers > 0) {
            Some(number) => Some(Style::of(Role::Added).run(clean!("{number:>width$} ", width = numbers - 1))),
            None => spaces(numbers),
        };
        number.into_iter().chain(bar).collect()
    }

    /// The name of the language at the right of a row of the block's own, where it names something worth knowing.
    fn label(&mut self, language: &Clean, at: usize, lines: usize, numbers: usize) {
        let known = matches!(language.as_str(), "text" | "txt" | "plain" | "plaintext" | "none" | "console" | "output");
        let room = self.room();
        if known || lines < 3 || language.width() > room {
            return;
        }
        let bar = self.bar(None, numbers);
        let taken = bar.iter().map(|run| run.text.width()).sum::<usize>() + language.width();
        let Some(left) = room.checked_sub(taken) else { return };
        let mut runs: Vec<Run> = spaces(left).into_iter().collect();
        runs.push(Style::of(Role::CodeLabel).run(language.clone()));
        self.row_with(Line { runs, at, end: End::Break }, bar);
    }

    /// A line of code as it is, with its number in `numbers` columns; one that is too long goes on behind a mark.
    fn code_line(&mut self, line: &CodeLine, numbers: usize) {
        let text = line.text.as_str();
        let mut gutter = self.bar(line.number, numbers);
        let mut start = 0;
        loop {
            let room = match self.setting.wide {
                Wide::Folded => self.room() - gutter.iter().map(|run| run.text.width()).sum::<usize>(),
                Wide::Open => usize::MAX,
            };
            let cut = code_cut(text.get(start..).unwrap_or_default(), room);
            let end = if start + cut < text.len() { End::Glue } else { End::Break };
            let runs = code_runs(line, start..start + cut, room);
            self.row_with(Line { runs, at: line.at, end }, gutter);
            self.reaching(Reach::Code);
            start += cut;
            if start >= text.len() {
                return;
            }
            gutter = self.bar(None, numbers);
            if !gutter.is_empty() {
                gutter.push(Style::of(Role::Added).run(Clean::literal("↪ ")));
            }
        }
    }

    fn rule(&mut self, at: usize, columns: usize) {
        self.place_marker(at);
        let run = Style::of(Role::Rule).run(Clean::prose(&"─".repeat(columns)));
        self.row(Line { runs: vec![run], at, end: End::Break });
    }

    fn footnote(&mut self, number: usize, at: usize, blocks: &[Block]) {
        if number == 1 {
            self.rule(at, NOTE_RULE.min(self.room()));
        }
        let last = self.document.blocks.last().map(|block| &block.kind);
        let digits = match last {
            Some(BlockKind::Footnote(last, _)) => digits(*last as u64),
            _ => 1,
        };
        let raised = superscript(number);
        let marker = Clean::prose(&format!("{}{raised} ", " ".repeat(digits.saturating_sub(raised.width()))));
        let width = marker.width();
        let rest = spaces(width).into_iter().collect();
        self.level(Some(vec![Style::of(Role::Note).run(marker)]), rest, width, |setter| {
            setter.blocks(blocks, |_, _| true);
        });
    }

    // Rows.

    /// Columns left for text.
    fn room(&self) -> usize {
        let taken: usize = self.levels.iter().map(|level| level.width).sum();
        self.setting.measure.0.saturating_sub(taken).max(1)
    }

    /// A blank row is due here.
    fn space(&mut self) {
        let levels = self.levels.len();
        self.gap = Some(self.gap.map_or(levels, |gap| gap.min(levels)));
    }

    /// A marker without room stands alone where no text follows that could take it.
    fn place_marker(&mut self, at: usize) {
        if let Some(marker) = self.marker.take() {
            let mut flow = Flow::new(self.document);
            flow.push(&marker.text, at, Style::of(marker.role));
            self.lines(flow.lines(self.room()));
        }
    }

    fn lines(&mut self, lines: Vec<Line>) {
        for line in lines {
            self.row(line);
        }
    }

    fn row(&mut self, line: Line) {
        self.row_with(line, Vec::new());
    }

    fn row_with(&mut self, line: Line, indent: Vec<Run>) {
        if let Some(levels) = self.gap.take()
            && let Some(last) = self.rows.last()
        {
            let at = last.anchor.at;
            self.blank(levels, at);
        }
        let mut gutter = Vec::new();
        for level in &mut self.levels {
            gutter.extend(level.first.take().unwrap_or_else(|| level.rest.clone()));
        }
        gutter.extend(indent);
        self.push(gutter, line);
    }

    /// A blank row; of the gutters only the bars of quotations are seen.
    fn blank(&mut self, levels: usize, at: usize) {
        let mut gutter: Vec<Run> = self.levels.iter().take(levels).flat_map(|level| level.rest.clone()).collect();
        while gutter.last().is_some_and(|run| run.text.as_str().trim().is_empty()) {
            gutter.pop();
        }
        self.push(gutter, Line { runs: Vec::new(), at, end: End::Break });
    }

    fn push(&mut self, gutter: Vec<Run>, line: Line) {
        let last = self.rows.last().map(|row| row.anchor);
        let at = line.at.min(self.document.length);
        let anchor = match last {
            Some(last) if at <= last.at => Anchor { at: last.at, nth: last.nth + 1 },
            _ => Anchor { at, nth: 0 },
        };
        self.start(line.at, self.rows.len());
        self.rows.push(Row { gutter, runs: line.runs, anchor, end: line.end, reach: Reach::Column });
    }

    /// The row of each place: that of the block or row which starts last before it, wherever it is set.
    fn places(&mut self) -> Vec<usize> {
        self.starts.sort_unstable();
        let row = |at: usize| {
            let after = self.starts.partition_point(|(start, _)| *start <= at);
            let (found, _) = *self.starts.get(after.checked_sub(1)?)?;
            let first = self.starts.partition_point(|(start, _)| *start < found);
            self.starts.get(first).map(|(_, row)| *row)
        };
        self.document.places.iter().map(|place| row(place.at).unwrap_or_default()).collect()
    }

    fn finish(mut self) -> Layout {
        let mut links: Vec<Option<usize>> = vec![None; self.document.links.len()];
        for (number, row) in self.rows.iter().enumerate() {
            for link in row.runs.iter().filter_map(|run| run.link) {
                if let Some(slot @ None) = links.get_mut(link) {
                    *slot = Some(number);
                }
            }
        }
        let last = self.rows.len().saturating_sub(1);
        let places = self.places().into_iter().map(|row| row.min(last)).collect();
        let headings = self.headings.into_iter().map(|row| row.min(last)).collect();
        let mut layout = Layout { rows: self.rows, headings, places, links: Vec::new(), tables: self.tables };
        let unseen = |link: usize| Anchor { at: self.document.links.get(link).map_or(0, |link| link.at), nth: 0 };
        layout.links =
            links.iter().enumerate().map(|(link, row)| row.unwrap_or_else(|| layout.row_of(unseen(link)))).collect();
        layout
    }
}

/// What an alert begins with: a sign, so that it is told apart without colours, and its name.
fn heading_of(alert: Alert) -> Clean {
    let sign = match alert {
        Alert::Note => "ℹ",
        Alert::Tip => "✦",
        Alert::Important => "★",
        Alert::Warning => "⚠",
        Alert::Caution => "✖",
    };
    clean!("{sign} {}", alert.label())
}

/// Whether two blocks stand together without air: a small heading and its text, a caption and what it is about, one
/// footnote and the next.
fn belongs(previous: &BlockKind, next: &BlockKind, setter: &Setter) -> bool {
    match (previous, next) {
        (BlockKind::Heading(heading, _), _) => {
            setter.document.headings.get(*heading).is_some_and(|heading| heading.level > 2)
        }
        (_, BlockKind::Caption(_)) | (BlockKind::Caption(_), BlockKind::Table(_)) => true,
        (BlockKind::Footnote(_, before), BlockKind::Footnote(_, blocks)) => before.len() < 2 && blocks.len() < 2,
        _ => false,
    }
}

/// The number of the last of `count` items.
const fn last_number(start: u64, count: usize) -> u64 {
    start.saturating_add((count as u64).saturating_sub(1))
}

fn digits(number: u64) -> usize {
    number.checked_ilog10().map_or(1, |digits| digits as usize + 1)
}

/// Bytes of `code` for one row: behind a space if one stands in the row's second half.
fn code_cut(code: &str, room: usize) -> usize {
    let fits = match fitting(code, room) {
        0 => code.chars().next().map_or(0, char::len_utf8),
        fits => fits,
    };
    let row = code.get(..fits).unwrap_or_default();
    match row.rfind(' ') {
        Some(space) if fits < code.len() && space > fits / 2 => space + 1,
        _ => fits,
    }
}

/// A part of a line of code in runs of one token each; together they are the text, whatever the tokens say.
fn code_runs(line: &CodeLine, part: Range<usize>, room: usize) -> Vec<Run> {
    let text = fitted(line.text.slice(part.clone()), room);
    let tokens = line.tokens.get(line.tokens.partition_point(|(end, _)| *end <= part.start)..).unwrap_or_default();
    if tokens.is_empty() || line.text.as_str().get(part.clone()) != Some(text.as_str()) {
        return vec![Style::of(Role::CodeBlock).run(text)];
    }
    let mut runs = Vec::new();
    let mut start = part.start;
    for (end, token) in tokens.iter().copied().chain([(part.end, None)]) {
        let end = end.min(part.end);
        if start < end && line.text.as_str().is_char_boundary(end) {
            let role = token.map_or(Role::CodeBlock, Role::Token);
            runs.push(Style::of(role).run(line.text.slice(start..end)));
            start = end;
        }
    }
    runs
}
