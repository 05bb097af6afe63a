//! Tables of code and its tokens, one letter each, and what hostile code costs.
#![cfg(test)]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::super::{Dialect, Document, Measure, Role};
use super::*;

fn parse(text: &str) -> Document {
    super::super::parse(text, Dialect::UNKNOWN)
}

fn letter(token: Option<Token>) -> &'static str {
    token.map_or(" ", |token| match token {
        Token::Keyword => "k",
        Token::Type => "t",
        Token::Function => "f",
        Token::Variable => "v",
        Token::Constant => "c",
        Token::String => "s",
        Token::Number => "n",
        Token::Comment => "#",
        Token::Operator => "o",
        Token::Punctuation => ".",
        Token::Attribute => "a",
        Token::Tag => "<",
        Token::Inserted => "+",
        Token::Deleted => "-",
        Token::Heading => "h",
    })
}

/// The document with its colours, and how many lines were asked for.
fn coloured(text: &str) -> (Document, usize) {
    let mut document = parse(text);
    let mut asked = 0;
    let colours = colours(&document, &mut || {
        asked += 1;
        true
    });
    document.colour(&colours);
    (document, asked)
}

fn lines(document: &Document) -> Vec<CodeLine> {
    let mut all = Vec::new();
    each(&document.blocks, &mut |_, lines| all.extend_from_slice(lines));
    all
}

/// The letters under a line, as many as it has columns.
fn letters(line: &CodeLine) -> String {
    let mut start = 0;
    let part = |(end, token): &(usize, Option<Token>)| {
        let columns = line.text.slice(start..*end).width();
        start = *end;
        letter(*token).repeat(columns)
    };
    line.tokens.iter().map(part).collect::<String>().trim_end().to_owned()
}

/// A language, and its code: each line and the letters under it.
const TABLE: &[(&str, &[(&str, &str)])] = &[
    (
        "rust",
        &[
            ("/// How large it is.", "####################"),
            ("#[must_use]", "a.aaaaaaaa."),
            ("pub fn area(side: u32) -> Option<u64> {", "kkk kk ffff.vvvv. ttt. .. tttttt.ttt. ."),
            ("    let text = format!(\"{side}\\n\"); // why", "    kkk      o fffffff.sccccccccs.. ######"),
            ("    Some(side * 1.5)", "    tttt.     o nnn."),
        ],
    ),
    (
        "python",
        &[
            ("@cached", "aaaaaaa"),
            ("def slug(title: str) -> str:", "kkk ffff.vvvvv. ttt. .. ttt."),
            (
                "    return \"-\".join(title) if not None else self.x",
                "    kkkkkk sss.ffff.     . kk kkk cccc kkkk cccc.",
            ),
        ],
    ),
    ("json", &[("{ \"title\": \"x\\n\", \"list\": [1, true, null] }", ". aaaaaaa. ssccs. aaaaaa. .n. cccc. cccc. .")]),
    (
        "diff",
        &[
            ("--- a/x", "hhhhhhh"),
            ("+++ b/x", "hhhhhhh"),
            ("@@ -1,2 +1,2 @@", "hh hhhhhhhhh hh"),
            (" same", ""),
            ("-old", "----"),
            ("+new", "++++"),
        ],
    ),
    (
        "bash",
        &[
            ("# copies", "########"),
            (
                "if [ -f \"$1\" ]; then cp --force \"$1\" /tmp && echo done; fi",
                "kk f aa svvs fo kkkk ffaaaaaaaa svvs      oo ffff     o kk",
            ),
        ],
    ),
    (
        "yaml",
        &[
            ("# settings", "##########"),
            ("name: \"x\"", "aaaa. sss"),
            ("list:", "aaaa."),
            ("  - count: 1", "  . aaaaa. n"),
            ("    open: true", "    aaaa. cccc"),
        ],
    ),
    ("html", &[("<!-- why --><a href=\"x\">text &amp; more</a>", "############.< aaaa.sss.     .ccc.     ..<.")]),
    (
        "console",
        &[
            ("me@host:~$ cargo build \\", "...........fffff       ."),
            ("    --locked", "aaaaaaaaaaaa"),
            ("   Compiling x \"it's", ""),
            ("$ echo 'x'", "..ffff sss"),
        ],
    ),
    ("sh", &[("$ ls", "..ff"), ("say \"it's", ""), ("$ ls", "..ff")]),
    ("", &[("#!/usr/bin/env python3", "######################"), ("pass", "kkkk")]),
    ("", &[("return 1", "")]),
    ("nonesuch", &[("return 1", "")]),
    ("text", &[("return 1", "")]),
];

#[test]
fn code_has_the_tokens_of_its_language() {
    for (language, code) in TABLE {
        let text: String = code.iter().flat_map(|(line, _)| [line, "\n"]).collect();
        let (document, _) = coloured(&format!("```{language}\n{text}```\n"));
        for (line, (code, expected)) in lines(&document).iter().zip(*code) {
            assert_eq!(line.text.as_str(), *code);
            assert_eq!(letters(line), *expected, "{language}: {code}");
        }
    }
}

#[test]
fn languages_are_known_by_the_names_that_authors_use() {
    for (name, grammar) in [
        ("sh", "Bourne Again Shell (bash)"),
        ("shell", "Bourne Again Shell (bash)"),
        ("zsh", "Bourne Again Shell (bash)"),
        ("Console", "Bourne Again Shell (bash)"),
        ("yml", "YAML"),
        ("js", "JavaScript"),
        ("node", "JavaScript"),
        ("ts", "TypeScript"),
        ("jsx", "TypeScriptReact"),
        ("py", "Python"),
        ("python3", "Python"),
        ("rb", "Ruby"),
        ("c++", "C++"),
        ("c", "C"),
        ("csharp", "C#"),
        ("golang", "Go"),
        ("conf", "INI"),
        ("docker", "Dockerfile"),
        ("dockerfile", "Dockerfile"),
        ("Makefile", "Makefile"),
        ("hcl", "Terraform"),
        ("terraform", "Terraform"),
        ("toml", "TOML"),
        ("patch", "Diff"),
        ("http", "HTTP Request and Response"),
        ("nginx", "nginx"),
        ("vim", "VimL"),
        ("language-rust", "Rust"),
        ("objc", "Objective-C"),
        ("apache", "Apache Conf"),
        ("postgresql", "SQL"),
    ] {
        let found = Language::of(Some(name), "").map(|language| language.syntax.name.as_str());
        assert_eq!(found, Some(grammar), "{name}");
    }
    for (ending, names) in languages::ALIASES {
        assert!(SYNTAXES.find_syntax_by_token(ending).is_some(), "{ending}");
        for name in *names {
            let plain = SYNTAXES.find_syntax_by_token(name).map(|syntax| &syntax.name);
            assert!(plain != SYNTAXES.find_syntax_by_token(ending).map(|syntax| &syntax.name), "{name} needs no alias");
        }
    }
}

#[test]
fn prompts_are_told_from_what_a_program_prints() {
    for (line, expected) in [
        ("$ ls", Some(2)),
        ("% ls", Some(2)),
        ("$", Some(1)),
        ("me@host:~$ ls", Some(11)),
        ("[me@host dir]# ls", Some(15)),
        ("(venv) $ ls", Some(9)),
        ("# a comment", None),
        ("costs 5 $ or more", None),
        ("100 % done", None),
        ("", None),
    ] {
        assert_eq!(languages::prompt(line), expected, "{line}");
    }
}

#[test]
fn colours_change_no_letter_and_no_row() {
    let code = TABLE.iter().map(|(language, code)| {
        let text: String = code.iter().flat_map(|(line, _)| ["> ", line, "\n"]).collect();
        format!("> ```{language}\n{text}> ```\n\n")
    });
    let wide = "- item\n\n  ```rust\n  let 漢字 = \"e\u{301} 👩\u{200d}🚀\"; // \u{301}日本語のコード行はとても長いので\n  ```\n";
    let text = code.collect::<String>() + wide;
    let (plain, (document, _)) = (parse(&text), coloured(&text));
    assert!(plain.has_code() && plain != document);
    for width in 1..=80 {
        let (before, after) = (plain.layout(Measure(width)), document.layout(Measure(width)));
        assert_eq!(before.text(), after.text());
        for (before, after) in before.rows.iter().zip(&after.rows) {
            assert_eq!((before.width(), before.anchor, before.end), (after.width(), after.anchor, after.end));
            assert!(after.runs.iter().all(|run| !run.text.is_empty() || after.runs.len() == 1));
        }
    }
    let rows = document.layout(Measure(80)).rows;
    assert!(rows.iter().flat_map(|row| &row.runs).any(|run| run.role == Role::Token(Token::Keyword)));
}

#[test]
fn colours_of_other_code_are_ignored() {
    let one = colours(&parse("```rust\nfn one() {}\n```\n"), &mut || true);
    for other in ["```rust\nfn two() {}\n```\n", "```c\nfn one() {}\n```\n", "none", "```rust\nfn 漢() {}\n```\n"] {
        let mut document = parse(other);
        document.colour(&one);
        assert_eq!(document, parse(other));
    }
    assert!(!parse("none").has_code());
}

#[test]
fn nested_blocks_get_their_own_colours() {
    let (document, _) = coloured(
        "```rust\nfn\n```\n\n> - ```c\n>   static\n>   ```\n\n[^1]\n\n[^1]: x\n\n    ```py\n    def\n    ```\n",
    );
    let first: Vec<String> = lines(&document).iter().map(letters).collect();
    assert_eq!(first, ["kk", "kkkkkk", "kkk"]);
}

#[test]
fn hostile_code_costs_no_more_than_is_allowed() {
    let long = "a(\"".repeat(350_000);
    for (what, code, most) in [
        ("a line of a megabyte", long.clone(), 1),
        ("a hundred thousand lines", "x(\n".repeat(100_000), 0),
        ("quotes without end", "\"'`\n".repeat(2_000), 2_000),
        ("brackets without end", "((((((((\n".repeat(2_000), 2_000),
        ("long lines", format!("{}\n", long.get(..LINE + 1).unwrap()).repeat(400), 400),
    ] {
        let (document, asked) = coloured(&format!("```js\n{code}\n```\n"));
        assert!(asked <= most + 1, "{what}: {asked}");
        assert!(document.layout(Measure(60)).rows.len() >= lines(&document).len());
    }
    let many = "```js\nlet a = 1;\n```\n\n".repeat(50_000);
    let (_, asked) = coloured(&many);
    assert!(asked * (PER_LINE + "let a = 1;".len()) <= DOCUMENT, "{asked}");
}

#[test]
fn whoever_asks_may_stop() {
    let mut document = parse("```rust\nfn a() {}\nfn b() {}\nfn c() {}\n```\n\n```rust\nfn d() {}\n```\n");
    let mut left = 2;
    let colours = colours(&document, &mut || {
        let go_on = left > 0;
        left -= i32::from(go_on);
        go_on
    });
    document.colour(&colours);
    let coloured: Vec<bool> = lines(&document).iter().map(|line| !line.tokens.is_empty()).collect();
    assert_eq!(coloured, [true, true, false, false]);
}
