//! A document as clean HTML: its own tree, written anew. Nothing of the author's HTML passes but what the tree has kept, so
//! there is no script, no style and no attribute that this file does not write.

use std::fmt::Write as _;

use super::document::{Alignment, Block, BlockKind, Cell, Document, Entry, Inline, InlineKind, Item, LinkId, LinkKind};
use super::document::{List, Mark, Spacing, Table, Task};

impl Document {
    /// The document as HTML; `address` says where each link leads, or nothing for one that leads nowhere.
    pub fn html(&self, address: &dyn Fn(LinkId) -> Option<String>) -> String {
        let mut writer = Writer { document: self, address, html: String::new() };
        writer.blocks(&self.blocks);
        writer.html
    }
}

/// Text as it stands between tags and in the quotes of an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

struct Writer<'a> {
    document: &'a Document,
    address: &'a dyn Fn(LinkId) -> Option<String>,
    html: String,
}

impl Writer<'_> {
    fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    fn text(&mut self, text: &str) {
        self.html.push_str(&escaped(text));
    }

    /// An element around what `inside` writes; `opening` is its name with its attributes.
    fn element(&mut self, opening: &str, inside: impl FnOnce(&mut Self)) {
        let name = opening.split(' ').next().unwrap_or_default();
        self.push(&format!("<{opening}>"));
        inside(self);
        self.push(&format!("</{name}>"));
    }

    // Blocks.

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(&block.kind);
            self.push("\n");
        }
    }

    fn block(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Paragraph(inlines) => self.element("p", |writer| writer.inlines(inlines)),
            BlockKind::Heading(heading, inlines) => self.heading(*heading, inlines),
            BlockKind::Quote(alert, blocks) => self.element("blockquote", |writer| {
                if let Some(alert) = alert {
                    writer.push(&format!("<p><strong>{}</strong></p>\n", alert.label()));
                }
                writer.blocks(blocks);
            }),
            BlockKind::List(list) => self.list(list),
            BlockKind::Glossary(entries) => self.element("dl", |writer| writer.entries(entries)),
            BlockKind::Details(summary, blocks) => self.element("details", |writer| {
                writer.element("summary", |writer| writer.inlines(summary));
                writer.push("\n");
                writer.blocks(blocks);
            }),
            BlockKind::Caption(inlines) => {
                self.element("p", |writer| writer.element("small", |writer| writer.inlines(inlines)));
            }
            BlockKind::Code(language, lines) => {
                let class = language.as_ref().map(|name| format!(" class=\"language-{}\"", escaped(name.as_str())));
                self.element("pre", |writer| {
                    writer.element(&format!("code{}", class.unwrap_or_default()), |writer| {
                        for line in lines {
                            writer.text(&format!("{}\n", line.text));
                        }
                    });
                });
            }
            BlockKind::Table(table) => self.element("table", |writer| writer.table(table)),
            BlockKind::Rule => self.push("<hr>"),
            BlockKind::Footnote(number, blocks) => {
                self.element(&format!("section id=\"fn:{number}\""), |writer| {
                    writer.push(&format!("<sup>{number}</sup>\n"));
                    writer.blocks(blocks);
                });
            }
        }
    }

    fn heading(&mut self, heading: usize, inlines: &[Inline]) {
        let Some(heading) = self.document.headings.get(heading) else { return };
        let opening = format!("h{} id=\"{}\"", heading.level, escaped(&heading.id));
        self.element(&opening, |writer| writer.inlines(inlines));
    }

    fn list(&mut self, list: &List) {
        let opening = match list.start {
            None => "ul".to_owned(),
            Some(1) => "ol".to_owned(),
            Some(start) => format!("ol start=\"{start}\""),
        };
        self.element(&opening, |writer| {
            for item in &list.items {
                writer.push("\n");
                writer.element("li", |writer| writer.item(item, list.spacing));
            }
            writer.push("\n");
        });
    }

    fn item(&mut self, item: &Item, spacing: Spacing) {
        match item.task {
            Some(Task::Done) => self.push("<input type=\"checkbox\" disabled checked> "),
            Some(Task::Open) => self.push("<input type=\"checkbox\" disabled> "),
            None => {}
        }
        for block in &item.blocks {
            match &block.kind {
                BlockKind::Paragraph(inlines) if spacing == Spacing::Tight => self.inlines(inlines),
                kind => self.block(kind),
            }
        }
    }

    fn entries(&mut self, entries: &[Entry]) {
        for entry in entries {
            self.push("\n");
            match entry {
                Entry::Term(_, inlines) => self.element("dt", |writer| writer.inlines(inlines)),
                Entry::Meaning(_, blocks) => self.element("dd", |writer| writer.blocks(blocks)),
            }
        }
        self.push("\n");
    }

    fn table(&mut self, table: &Table) {
        if table.head.iter().any(|cell| !cell.is_empty()) {
            self.row("th", &table.head, &table.alignments);
        }
        table.rows.iter().for_each(|row| self.row("td", row, &table.alignments));
        self.push("\n");
    }

    fn row(&mut self, name: &str, cells: &[Cell], alignments: &[Alignment]) {
        self.push("\n");
        self.element("tr", |writer| {
            for (cell, alignment) in cells.iter().zip(alignments) {
                let aligned = match alignment {
                    Alignment::Left => "",
                    Alignment::Center => " align=\"center\"",
                    Alignment::Right => " align=\"right\"",
                };
                writer.element(&format!("{name}{aligned}"), |writer| writer.inlines(cell));
            }
        });
    }

    // Running text.

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(&inline.kind);
        }
    }

    fn inline(&mut self, kind: &InlineKind) {
        match kind {
            InlineKind::Text(text) | InlineKind::Math(text) => self.text(text.as_str()),
            InlineKind::Code(text) => self.element("code", |writer| writer.text(text.as_str())),
            InlineKind::Marked(mark, inner) => self.element(element(*mark), |writer| writer.inlines(inner)),
            InlineKind::Link(link, inner) => self.link(*link, |writer| writer.inlines(inner)),
            InlineKind::Image(link) => self.image(*link),
            InlineKind::Note(number, link) => {
                self.element("sup", |writer| writer.link(*link, |writer| writer.push(&number.to_string())));
            }
            InlineKind::Return(link) => self.link(*link, |writer| writer.push("↩")),
            InlineKind::SoftBreak => self.push("\n"),
            InlineKind::HardBreak => self.push("<br>\n"),
            InlineKind::SoftHyphen => self.push("&shy;"),
        }
    }

    /// A link, or only its words where it leads nowhere.
    fn link(&mut self, link: LinkId, inside: impl FnOnce(&mut Self)) {
        let known = self.document.links.get(link);
        let own = known.filter(|link| link.kind == LinkKind::Note).map(|link| link.href.clone());
        match own.or_else(|| (self.address)(link)) {
            Some(address) => self.element(&format!("a href=\"{}\"", escaped(&address)), inside),
            None => inside(self),
        }
    }

    fn image(&mut self, link: LinkId) {
        let text = self.document.links.get(link).map(|link| escaped(link.text.as_str())).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = match (self.address)(link) {
            Some(address) => write!(self.html, "<img src=\"{}\" alt=\"{text}\">", escaped(&address)),
            None => write!(self.html, "[{text}]"),
        };
    }
}

const fn element(mark: Mark) -> &'static str {
    match mark {
        Mark::Emphasis => "em",
        Mark::Strong => "strong",
        Mark::Strike => "del",
        Mark::Key => "kbd",
        Mark::Highlight => "mark",
        Mark::Underline => "u",
        Mark::Small | Mark::Unknown => "small",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Dialect, parse};

    #[track_caller]
    fn becomes(text: &str, html: &str) {
        let document = parse(text, Dialect::UNKNOWN);
        let address = |link: usize| document.links.get(link).map(|link| link.href.clone());
        assert_eq!(document.html(&|link| address(link).filter(|href| !href.starts_with("java"))), html);
    }

    #[test]
    fn every_construct_is_the_element_that_it_means() {
        becomes("# A *b*\n\nc\\\nd\n", "<h1 id=\"a-b\">A <em>b</em></h1>\n<p>c<br>\nd</p>\n");
        becomes(
            "3. a\n4. [x] b\n",
            "<ol start=\"3\">\n<li>a</li>\n<li><input type=\"checkbox\" disabled checked> b</li>\n</ol>\n",
        );
        becomes(
            "|a|b|\n|-|-:|\n|`1`|2|\n",
            "<table>\n<tr><th>a</th><th align=\"right\">b</th></tr>\n\
             <tr><td><code>1</code></td><td align=\"right\">2</td></tr>\n</table>\n",
        );
        becomes("```rust\na < b\n```\n", "<pre><code class=\"language-rust\">a &lt; b\n</code></pre>\n");
        becomes("![a](b.png) [c](d)\n", "<p><img src=\"b.png\" alt=\"a\"> <a href=\"d\">c</a></p>\n");
    }

    #[test]
    fn nothing_of_an_author_is_run() {
        becomes("a light&shy;house\n", "<p>a light&shy;house</p>\n");
        becomes(
            "Oh <script>alert(1)</script>[x](javascript:alert(1)) <b onclick=\"y\">z</b>\n",
            "<p>Oh x <strong>z</strong></p>\n",
        );
        becomes(
            "[x](<\">) <img src=\"&quot;><b>\" alt='\"<'>\n",
            "<p><a href=\"&quot;\">x</a> <img src=\"&quot;&gt;&lt;b&gt;\" alt=\"&quot;&lt;\"></p>\n",
        );
    }
}
