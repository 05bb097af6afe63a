//! Laws that hold for any text, tried on random Markdown; a failure prints the seed and the text.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "common/chance.rs"]
mod chance;

use std::collections::BTreeMap;

use reread::blog::query::Query;
use reread::markdown::{
    Anchor, Area, Dialect, Document, Layout, LineNumbers, LinkKind, Measure, Pictures, Reach, Role, Row, Setting, parse,
};

use self::chance::Chance;

const WORDS: &[&str] = &[
    "stone",
    "a",
    "lighthouse-keeper",
    "漢字かな交じり文",
    "été",
    "שלום",
    "👩\u{200d}🚀",
    "e\u{301}",
    "Donaudampfschifffahrt",
    "https://a.example/b_(c)?d=e.",
    "www.b.example",
    "&amp;",
    "&#27;",
    "\u{1b}[2J",
    "\u{202e}",
    "\t",
    "  ",
    "<your name>",
    "x_y_z",
    "1.",
    "`",
    "|",
    "\\",
    "[^1]",
    "[1]",
    "\u{ad}",
    "Dampf\u{ad}schiff\u{ad}\u{301}fahrt\u{ad}",
    "\u{200b}",
    "\u{9b}",
    "ﷺ",
    "--",
    "\"so\"",
    "'s",
];
const INLINE: &[&str] = &[
    "*",
    "**",
    "~~",
    "`",
    "``",
    "[",
    "](x.md)",
    "](<a b> \"t\")",
    "![",
    "<b>",
    "</b>",
    "<a href='u'>",
    "</a>",
    "<br>",
    "<kbd>",
    "</kbd>",
    "<code>",
    "</code>",
    "<img src=p.png>",
    "<!-- no -->",
    "{{< relref \"x.md\" >}}",
    "{{% x %}}",
    "{{% note %}}",
    "{{% /note %}}",
    "{{ x }}",
    "{% raw %}",
    "{% endraw %}",
    "![[x.png|2]]",
    "<Tab x=\"y\" />",
    "{/*",
    "*/}",
    "{: .x}",
    "{% img x.png y %}",
    "{{< figure src=\"p.png\" caption=\"é\" alt=\"t\" >}}",
    "{% y %}",
    "{{<",
    "<script>",
    "</script>",
    "<q>",
    "</q>",
    "<li>",
    "<td>",
    "</table>",
    "\\\n",
    "  \n",
    "\n",
    "<p>",
    "</div>",
    "[^n]",
    "[[Name]]",
    "[[Name#Part|words]]",
    "![[",
    "]]",
    "$\\pi$",
    "$$x^2 = y$$",
    "$",
    "^2^",
    "~n~",
    "<sup>",
    "</sup>",
    "<sub>",
    "<abbr title='A longer name'>",
    "</abbr>",
    "<a name=here></a>",
    "<mark>",
    "</mark>",
    "<u>",
    "<reread-tag>",
    "</reread-tag>",
    "<summary>",
    "</summary>",
    "<dt>",
    "<dd>",
    "</dd>",
    "<figcaption>",
    "<source src=film.mp4>",
];
const BLOCK: &[&str] = &[
    "",
    "",
    "# ",
    "### ",
    "> ",
    "> > ",
    "- ",
    "* ",
    "1. ",
    "10) ",
    "- [ ] ",
    "- [x] ",
    "    ",
    "\t",
    "```\n",
    "~~~ rust\n",
    "> [!TIP]\n> ",
    "| a | b |\n|---|:-:|\n| ",
    "[^1]: ",
    "[^n]: ",
    "[1]: ",
    "---\n",
    "<div>",
    "<ul><li>",
    "<table><tr><td>",
    "<pre>",
    "<h2>",
    "<blockquote>",
    "</ul>",
    "</blockquote>",
    "</pre>\n",
    "<iframe src=//v>",
    ":::note Words\n",
    "::::tip[Words]\n",
    ":::\n",
    "{% note warning Words %}\n",
    "{% endnote %}\n",
    "{{% details \"Words\" %}}\n",
    "{{% /details %}}\n",
    "> [!faq]- Words\n",
    "{: .x}\n",
    "{:toc}\n",
    "%%\n",
    "import A from 'a'\n",
    "<Tab label=\"x\">\n",
    "</Tab>\n",
    "{% codeblock a lang:c %}\n",
    "{% endcodeblock %}\n",
    "{% highlight c %}\n",
    "{% endhighlight %}\n",
    "{{< figure src=\"p.png\" title=\"t\" >}}",
    "   - ",
    "  > ",
    "<Insert a name>\n",
    "term\n: ",
    ": ",
    "<details><summary>",
    "</details>\n",
    "<dl><dt>",
    "</dl>\n",
    "<figure>",
    "<figcaption>",
    "</figure>\n",
    "<table><caption>",
    "<thead><tr><td colspan=3>",
    "<video>",
    "<p id=there>",
    "$$\n",
];

fn text(seed: u64) -> String {
    let mut chance = Chance::new(seed);
    let mut text = String::new();
    for _ in 0..=chance.below(14) {
        for _ in 0..=chance.below(3) {
            text.push_str(chance.one(BLOCK));
        }
        for _ in 0..chance.below(12) {
            let pool = if chance.below(3) == 0 { INLINE } else { WORDS };
            text.push_str(chance.one(pool));
            text.push_str(chance.one(&["", " ", " ", " ", " | "]));
        }
        text.push_str(chance.one(&["\n", "\n", "\n\n", "\r\n"]));
    }
    text
}

#[test]
fn laws_hold_for_random_markdown_at_every_width() {
    for seed in 1..=400 {
        let text = text(seed);
        let document = parse(&text, Dialect::UNKNOWN);
        for width in (1..=30).chain([40, 57, 76, 100, 137, 200]) {
            check(&document, width, text.len(), &format!("seed {seed}, width {width}:\n{text}"));
        }
    }
}

#[test]
fn laws_hold_at_all_widths_up_to_200() {
    for seed in 1_000..1_012 {
        let text = text(seed);
        let document = parse(&text, Dialect::UNKNOWN);
        for width in 1..=200 {
            check(&document, width, text.len(), &format!("seed {seed}, width {width}:\n{text}"));
        }
    }
}

#[test]
fn laws_hold_with_cells_kept_free_for_pictures() {
    for seed in 2_000..2_200 {
        let alone =
            ["![a](a.png)\n\n", "> [![b](b.png)](b.html)\n\n", "- ![c](c.png)\n", "10) ![d](d.png)\n![e](e.png)\n\n"];
        let mut chance = Chance::new(seed);
        let text: String = (0..4).flat_map(|part| [text(seed * 4 + part), chance.one(&alone).to_owned()]).collect();
        let document = parse(&text, Dialect::UNKNOWN);
        for width in (1..=30).chain([57, 137]) {
            let mut pictures = Pictures::new();
            for (link, _) in document.links.iter().enumerate().filter(|(_, link)| link.kind == LinkKind::Image) {
                if chance.below(4) > 0 {
                    pictures.insert(link, Area { columns: chance.below(150), rows: chance.below(40) });
                }
            }
            let case = format!("seed {seed}, width {width}, {pictures:?}:\n{text}");
            let layout = document.layout(Setting {
                numbers: LineNumbers::Shown,
                pictures: &pictures,
                ..Setting::from(Measure(width))
            });
            rows_fit(&layout, width, &case);
            links_are_known(&document, &layout, &case);
            anchors_lead_back(&layout, text.len(), &case);
            pictures_are_whole(&layout, &pictures, width, &case);
            if width >= 2 {
                letters_are_kept(&document, &layout, &case);
            }
        }
    }
}

/// The rows of a picture stand together, empty, as many as its cells need in what the gutter leaves.
fn pictures_are_whole(layout: &Layout, pictures: &Pictures, width: usize, case: &str) {
    let mut seen = Vec::new();
    let mut rows = layout.rows.iter().peekable();
    while let Some(row) = rows.next() {
        let Reach::Picture(link, 0) = row.reach else { continue };
        let gutter: usize = row.gutter.iter().map(|run| run.text.width()).sum();
        let area = pictures[&link].fitting(width.saturating_sub(gutter));
        assert!(row.runs.is_empty() && gutter + area.columns <= width.max(1), "{row:?} in {case}");
        for nth in 1..area.rows {
            let next = rows.next().unwrap();
            assert!(next.reach == Reach::Picture(link, nth) && next.runs.is_empty(), "{next:?} in {case}");
        }
        assert!(rows.peek().is_some_and(|next| next.runs.iter().any(|run| run.link.is_some())), "{case}");
        seen.push(link);
    }
    let all = layout.rows.iter().filter(|row| matches!(row.reach, Reach::Picture(_, 0))).count();
    assert!(seen.len() == all && seen.is_sorted(), "{seen:?} in {case}");
}

fn check(document: &Document, width: usize, length: usize, case: &str) {
    let layout = document.layout(Measure(width));
    assert_eq!(layout, document.layout(Measure(width)), "{case}");
    rows_fit(&layout, width, case);
    links_are_known(document, &layout, case);
    anchors_lead_back(&layout, length, case);
    blank_rows_are_single(&layout, case);
    if width >= 2 {
        letters_are_kept(document, &layout, case);
    }
}

fn rows_fit(layout: &Layout, width: usize, case: &str) {
    for row in &layout.rows {
        assert!(row.width() <= width && reread::text::width(&row.text()) <= width, "{:?} in {case}", row.text());
        assert!(!row.text().contains(char::is_control), "{:?} in {case}", row.text());
        assert!(row.runs.iter().all(|run| !run.text.is_empty() || row.runs.len() == 1), "{row:?} in {case}");
    }
}

fn links_are_known(document: &Document, layout: &Layout, case: &str) {
    let runs = layout.rows.iter().flat_map(|row| row.gutter.iter().chain(&row.runs));
    assert!(runs.filter_map(|run| run.link).all(|link| link < document.links.len()), "{case}");
    assert_eq!((layout.links.len(), layout.headings.len()), (document.links.len(), document.headings.len()), "{case}");
    assert_eq!(layout.places.len(), document.places.len(), "{case}");
    let rows = layout.rows.len().max(1);
    assert!(layout.links.iter().chain(&layout.headings).chain(&layout.places).all(|row| *row < rows), "{case}");
}

fn anchors_lead_back(layout: &Layout, length: usize, case: &str) {
    let mut before = None;
    for (number, row) in layout.rows.iter().enumerate() {
        assert!(before < Some(row.anchor), "{:?} in {case}", row.anchor);
        assert!(row.anchor.at <= length, "{:?} in {case}", row.anchor);
        assert_eq!(layout.row_of(row.anchor), number, "{case}");
        before = Some(row.anchor);
    }
    assert!(layout.row_of(Anchor { at: usize::MAX, nth: 0 }) <= layout.rows.len(), "{case}");
}

fn blank_rows_are_single(layout: &Layout, case: &str) {
    let blank = |row: &Row| row.is_blank() && row.gutter.iter().all(|run| run.role != Role::Marker);
    assert!(![layout.rows.first(), layout.rows.last()].into_iter().flatten().any(blank), "{case}");
    assert!(!layout.rows.windows(2).any(|pair| blank(&pair[0]) && blank(&pair[1])), "{case}\n{}", layout.text());
}

/// Every letter of the document is somewhere on the page.
fn letters_are_kept(document: &Document, layout: &Layout, case: &str) {
    let page = letters(&layout.text());
    for (letter, count) in letters(&document.plain()) {
        assert!(page.get(&letter).is_some_and(|found| *found >= count), "{letter:?} in {case}\n{}", layout.text());
    }
}

fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut letters = BTreeMap::new();
    for letter in text.chars().filter(|letter| letter.is_alphanumeric()) {
        *letters.entry(letter).or_default() += 1;
    }
    letters
}

#[test]
fn shortcodes_never_show_their_braces_and_keep_their_places() {
    for seed in 1..=400 {
        let text = text(seed);
        let expanded = reread::markdown::expand(&text);
        let mut before = 0;
        for at in 0..=expanded.text.len() {
            let source = expanded.source(at);
            assert!(before <= source && source <= text.len(), "seed {seed}:\n{text}");
            before = source;
        }
    }
}

#[test]
fn a_place_stays_in_its_paragraph_at_any_width() {
    let body = "One two three four five six seven. ".repeat(40) + "\n\n" + &"Eight nine ten. ".repeat(40);
    let document = parse(&body, Dialect::UNKNOWN);
    let wide = document.layout(Measure(80));
    for row in &wide.rows {
        let narrow = document.layout(Measure(33));
        let there = narrow.rows[narrow.row_of(row.anchor)].anchor;
        assert!(there <= row.anchor && row.anchor.at - there.at <= 33, "{there:?} {:?}", row.anchor);
    }
}

#[test]
fn depth_costs_neither_stack_nor_time() {
    for body in [
        "> ".repeat(50_000),
        "- ".repeat(50_000),
        "<blockquote>".repeat(20_000),
        "*a ".repeat(50_000),
        "[".repeat(50_000),
    ] {
        let layout = parse(&(body + "deep"), Dialect::UNKNOWN).layout(Measure(60));
        assert!(layout.text().contains("deep"));
    }
}

const SEARCHED: &[&str] = &[
    "word",
    "\"",
    "\\",
    "(",
    ")",
    "-",
    "--",
    " ",
    "  ",
    "OR",
    " OR ",
    "AND",
    "tag:",
    "title:",
    "year:",
    "2007",
    "-09",
    "after:",
    "is:",
    "draft",
    "has:",
    "table",
    "sort:",
    "title",
    "link:",
    "a.example",
    ":",
    "=",
    "*",
    "漢字",
    "é",
    "\u{1b}",
    "tga:x",
    "lang:de",
];

#[test]
fn a_query_printed_and_read_again_is_the_same_query() {
    for seed in 1..20_000 {
        let mut chance = Chance::new(seed);
        let pieces = 1 + chance.below(12);
        let text: String = (0..pieces).map(|_| chance.one(SEARCHED)).collect();
        let query = Query::parse(&text);
        let again = Query::parse(&query.printed());
        let case = format!("seed {seed}: {text:?} printed as {:?}", query.printed());
        assert_eq!((&again.wanted, again.sort), (&query.wanted, query.sort), "{case}");
        assert_eq!(again.printed(), query.printed(), "{case}");
        for (end, _) in text.char_indices() {
            Query::typed(text.get(..end).unwrap());
        }
    }
}
