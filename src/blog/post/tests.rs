//! Whole files as blogs have them, and what of title, date, tags and text is left of each.

use super::*;
use crate::blog::front::Fields;

fn post(path: &str, text: &str) -> (Post, Vec<String>) {
    bytes(path, text.as_bytes().to_vec())
}

fn bytes(path: &str, bytes: Vec<u8>) -> (Post, Vec<String>) {
    let (post, faults) = Post::read(path, bytes, &Site::plain());
    (post, faults.iter().map(ToString::to_string).collect())
}

fn shown(post: &Post) -> [String; 4] {
    let date = post.date.map(Date::exact).unwrap_or_default();
    let tags: Vec<&str> = post.tags.iter().map(Clean::as_str).collect();
    [post.title.to_string(), date, tags.join("|"), post.body().trim().to_owned()]
}

#[test]
fn every_container_gives_title_date_tags_and_text() {
    for text in [
        "---\ntitle: A day\ndate: 2014-12-18\ntags: [x, y]\n---\nWords.\n",
        "+++\ntitle = 'A day'\ndate = 2014-12-18\n[taxonomies]\ntags = ['x', 'y']\n+++\nWords.\n",
        "{\"title\": \"A day\", \"date\": \"2014-12-18\", \"keywords\": [\"x\", \"y\"]}\n\nWords.\n",
        "Title: A day\nDate: 2014-12-18\nTags: x, y\n\nWords.\n",
        "<!--\n.. title: A day\n.. date: 2014-12-18\n.. tags: x, y\n-->\n\nWords.\n",
        ".. title: A day\n.. date: 2014-12-18\n.. tags: x, y\n\nWords.\n",
        "<!--{\n\t\"Title\": \"A day\",\n\t\"Date\": \"2014-12-18\",\n\t\"Tags\": [\"x\", \"y\"]\n}-->\n\nWords.\n",
        ";;;\n\"title\": \"A day\",\n\"date\": \"2014-12-18\",\n\"tags\": [\"x\", \"y\"]\n;;;\nWords.\n",
        "```toml\ntitle = \"A day\"\ndate = \"2014-12-18\"\ntags = [\"x\", \"y\"]\n```\nWords.\n",
        "title: A day\ndate: 2014-12-18\ntags:\n- x\n- y\n---\nWords.\n",
        "---\r\ntitle: A day\r\ndate: 2014-12-18\rtags:\n- x\r\n- y\r\n---\rWords.\n",
        "---\ntitle: A day\ndate: 2014-12-18\ntags: [x, y]\n...\nWords.\n",
        "---json\n{\"title\": \"A day\", \"pubDate\": \"2014-12-18\", \"tags\": [\"x\", \"y\"]}\n---\nWords.\n",
    ] {
        for text in [text.to_owned(), format!("\u{feff}{text}"), text.replace("\r\n", "\n").replace('\n', "\r\n")] {
            let (post, faults) = post("a.md", &text);
            assert_eq!(shown(&post), ["A day", "2014-12-18", "x|y", "Words."], "{text:?}");
            assert_eq!(faults, [""; 0], "{text:?}");
        }
    }
}

#[test]
fn dates_have_many_names() {
    for key in ["date", "Date", "publishDate", "pubDate", "pub_date", "date_published", "datePublished", "published_at"]
    {
        let (post, faults) = post("a.md", &format!("---\n{key}: 2014-12-18\n---\n"));
        assert_eq!((post.date.map(Date::exact).as_deref(), faults.len()), (Some("2014-12-18"), 0), "{key}");
    }
    for key in
        ["lastmod", "updated", "updatedDate", "last_modified_at", "dateModified", "last_update: {date", "Modified"]
    {
        let end = if key.contains('{') { "}" } else { "" };
        let (post, _) = post("a.md", &format!("---\n{key}: 2014-12-18{end}\n---\n"));
        assert_eq!(post.updated.map(Date::exact).as_deref(), Some("2014-12-18"), "{key}");
    }
}

#[test]
fn a_date_is_looked_for_further_where_the_first_is_none() {
    for (path, header, expected, fault) in [
        ("a.md", "published: true\ncreated: 2014-12-18", Some("2014-12-18"), None),
        ("a.md", "date: {{ date }}", None, Some("a.md:2: front matter is not valid YAML")),
        ("a.md", "title: x\ndate: \"{{date}}\"\npubDate: 2014-12-18", Some("2014-12-18"), None),
        (
            "2014-12-18-a.md",
            "title: x\ndate: someday",
            Some("2014-12-18"),
            Some("2014-12-18-a.md:3: \"someday\" is no date"),
        ),
        ("a.md", "x: y\n  \npublish_date: someday", None, Some("a.md:4: \"someday\" is no date")),
        ("a.md", "path: 2014/12/18/1.0-Timeline", Some("2014-12-18"), None),
        ("2014-12-18-a/index.md", "title: x", Some("2014-12-18"), None),
    ] {
        let (post, faults) = post(path, &format!("---\n{header}\n---\n"));
        assert_eq!(post.date.map(Date::exact).as_deref(), expected, "{header}");
        assert_eq!(faults.len(), usize::from(fault.is_some()), "{faults:?}");
        assert!(faults.iter().zip(fault).all(|(found, start)| found.starts_with(start)), "{faults:?}");
    }
}

#[test]
fn a_post_without_a_title_has_one() {
    for (generator, path, text, expected) in [
        (Generator::Plain, "2014-12-18-a-day.md", "Words.", "a-day"),
        (Generator::Plain, "a.md", "# A *day*\n\nWords.", "A day"),
        (Generator::Plain, "a.md", "A day\n=====\n\nWords.", "A day"),
        (Generator::Plain, "a.md", "---\ntitle:\n---\n# A day\n", "A day"),
        (Generator::Plain, "a.md", "---\ntitle: 1984\n---\n# A day\n", "1984"),
        (Generator::Plain, "a.md", "---\ntitle: one\ntitle: two\n---\n", "two"),
        (Generator::Plain, "a.md", "---\ntitle: >\n  A\n  day\n---\n", "A day"),
        (Generator::Plain, "a.md", "---\nnewstitle: A day\n---\n", "A day"),
        (
            Generator::Plain,
            "ACM/Round ##FF (Div. 1) - C/index.md",
            "---\ndate: 2014-12-18\n---\n# name\n",
            "Round ##FF (Div. 1) - C",
        ),
        (Generator::Jekyll, "_posts/2014-12-18-a-day-out.md", "---\n---\nWords.", "A Day Out"),
        (Generator::Jekyll, "_posts/2014-12-18-a.md", "# A day\n", "A day"),
        (Generator::Plain, "2014-12-18-a-day.html.md", "Words.", "a-day"),
        (Generator::Hexo, "notes/a.md", "---\ndate: 2014-12-18\n---\n# Part one\n", "a"),
        (Generator::Docusaurus, "2014-12-18-a/index.md", "---\nauthors: ada\n---\n# A day\n", "A day"),
    ] {
        let site = Site::new(generator, &Fields::default());
        let (post, _) = Post::read(path, text.as_bytes().to_vec(), &site);
        assert_eq!(post.title.to_string(), expected, "{path} {text:?}");
    }
}

#[test]
fn a_broken_header_keeps_title_date_and_tags() {
    for (header, title, date, tags) in [
        (
            "title: SELINUX: 基础操作\ndate: 2016年7月4日14:57:19\ntags: [x, y]",
            "SELINUX: 基础操作",
            "2016-07-04T14:57:19",
            "x|y",
        ),
        ("title: [译]Working\ndate: 2014-12-18\ntags:\n\t- x\n\t- y", "[译]Working", "2014-12-18", "x|y"),
        ("title: @ada and #bo\ndate: 2014-12-18\ntags:\n  - x\n  - y", "@ada and #bo", "2014-12-18", "x|y"),
        (
            "layout: post\nexcerpt: <p>In films, people: run.\n\n\n<p>They: do not</p>\ntitle: a\ndate: 2014-12-18\ntags:\n- x",
            "a",
            "2014-12-18",
            "x",
        ),
        ("title: a\ndate: 2014-12-18\ntags: [x, y]\nbad yaml: [", "a", "2014-12-18", "x|y"),
        ("title: {{ title }}\ndate: {{ date }}\ntags:", "{{ title }}", "", ""),
        ("title: 'it's'\ndate: 2014-12-18", "it's", "2014-12-18", ""),
    ] {
        let (post, faults) = post("a.md", &format!("---\n{header}\n---\nWords.\n"));
        assert_eq!(shown(&post), [title, date, tags, "Words."], "{header}");
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(
            faults.iter().all(|fault| fault.starts_with("a.md:") && fault.contains(" is not valid YAML")),
            "{faults:?}"
        );
    }
}

#[test]
fn opaque_values_of_importers_cost_nothing() {
    let php = format!("'O:8:\"stdClass\":7:{{s:4:\"name\";{}}}'", "s:1:\"x\";".repeat(400));
    let header = format!(
        "title: a\ndate: 2014-12-18\nmeta: {php}\nids:\n- 136171103105421_424647540924441\nb: !binary |\n  eA=="
    );
    let (post, faults) = post("a.md", &format!("---\n{header}\n---\nWords.\n"));
    assert_eq!((shown(&post), faults), (["a", "2014-12-18", "", "Words."].map(str::to_owned), Vec::new()));
}

#[test]
fn other_encodings_than_utf_8_are_read_or_told() {
    let text = "---\r\ntitle: Tag für Tag\r\n---\r\nWörter.";
    let units: Vec<u16> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).collect();
    for little in [
        units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>(),
        units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
    ] {
        let (whole, faults) = bytes("a.md", little.clone());
        assert_eq!((shown(&whole), faults.len()), (["Tag für Tag", "", "", "Wörter."].map(str::to_owned), 0));
        let (cut, faults) = bytes("a.md", little.iter().take(little.len() - 1).copied().collect());
        assert_eq!(cut.body().trim(), "Wörter\u{fffd}");
        assert!(faults.iter().all(|fault| fault.starts_with("a.md: the file is not whole UTF-16; ")), "{faults:?}");
        assert_eq!(faults.len(), 1);
    }
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect();
    let (lossy, faults) = bytes("a.md", latin);
    assert_eq!(lossy.title.to_string(), "Tag f\u{fffd}r Tag");
    assert_eq!(faults, ["a.md:2: the file is not UTF-8; 2 bytes are shown as \u{fffd}; save it as UTF-8"]);
    for other in [&b"---\ntitle: \xb1\xea\xcc\xe2\n---\n\xc4\xda\xc8\xdd"[..], b"# \x83\x5e\x83\x43\x83\x67\x83\x8b\n"]
    {
        let (post, faults) = bytes("a.md", other.to_vec());
        assert!(post.title.as_str().contains('\u{fffd}') && faults.len() == 1, "{faults:?}");
    }
}

#[test]
fn a_stub_is_no_post_of_a_folder() {
    let read = |path: &str, text: &str| Post::read_if_any(path, text.as_bytes().to_vec(), &Site::plain());
    assert!(read("a.md", "---\nslug: a\nuntranslated: 1\n---\n").0.is_none());
    for (path, text) in
        [("a.md", ""), ("a.md", "---\n---\n"), ("2014-12-18-a.md", "---\nslug: a\n---\n"), ("a.md", "---\na: [\n---\n")]
    {
        assert!(read(path, text).0.is_some(), "{text:?}");
    }
}

/// Whatever stands where, there is a post; the pieces are those that the readers of headers look for.
#[test]
fn no_header_breaks_the_reader() {
    let pieces = [
        "---",
        "+++",
        ";;;",
        "```toml",
        "...",
        "<!--",
        "-->",
        "{",
        "}",
        "\"title\": \"a\",",
        "title: a",
        "title = 'a'",
        ".. title: a",
        "date: x",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "\u{feff}",
        "- ",
        "[",
        "]",
        "\"",
        "'",
        "é",
        "\0",
        ":",
        "=",
        ",",
        "!binary |",
        "&a",
        "*a",
        "---json",
        "{{",
    ];
    let mut chance: usize = 0x2545_f491;
    for _ in 0..5_000 {
        let mut text = String::new();
        for _ in 0..chance % 24 {
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            text.push_str(pieces.get(chance % pieces.len()).copied().unwrap_or_default());
            text.push_str(if chance & 0x1000 == 0 { "\n" } else { "" });
        }
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let (post, _) = post("a.md", &text);
        assert!(text.ends_with(post.body()), "{text:?}");
    }
}

#[test]
fn docusaurus_dates_a_post_by_its_folders_too() {
    let date = |generator, path: &str| {
        let (post, _) = Post::read(path, b"---\ntitle: a\n---\n".to_vec(), &Site::new(generator, &Fields::default()));
        post.date.map(Date::exact)
    };
    for path in ["2021/02/15-a.md", "blog/2021/02-15-a.md", "2021-02-15-a/index.md", "2021/02/15/a.md", "2021-2-15.mdx"]
    {
        assert_eq!(date(Generator::Docusaurus, path).as_deref(), Some("2021-02-15"), "{path}");
    }
    for path in ["2021/a.md", "a.md", "1/2/3.md", "2021/99/99-a.md", "//"] {
        assert_eq!(date(Generator::Docusaurus, path), None, "{path}");
    }
    assert_eq!(date(Generator::Hugo, "2021/02/15-tips.md"), None);
}

/// What takes more than its length would make this test wait for minutes.
#[test]
fn long_headers_take_no_long_time() {
    for line in [
        "title: a\n",
        ".. title: a\n",
        "\"title\": \"a\",\n",
        "title = 'a'\n",
        "a",
        "<!--",
        "{",
        "---\n",
        ";;;\n",
        "a:\n    b\n",
    ] {
        for opening in
            ["", "---\n", "+++\n", ";;;\n", "<!--\n", "<!--{", "{", "```toml\n", "title: x\n", ".. title: x\n"]
        {
            let (post, _) = post("a.md", &(opening.to_owned() + &line.repeat(400_000 / line.len())));
            assert!(post.body().len() <= 400_100);
        }
    }
}
