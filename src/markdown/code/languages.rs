//! Which grammar reads a code block, by the name that its author wrote behind the fence.
//!
//! It never guesses a language from the code, except from `#!` in the first line.

use std::sync::LazyLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Every grammar; loaded when a block first needs one.
pub(super) static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Names of authors that are neither a grammar's name nor one of its file endings, and the ending that stands for them.
pub(super) const ALIASES: &[(&str, &[&str])] = &[
    ("asm", &["assembly", "x86asm"]),
    ("bat", &["batch", "dosbatch"]),
    ("bash", &["ksh", "shell", "console", "terminal", "shellscript", "shell-session", "shellsession", "sh-session"]),
    ("cs", &["csharp"]),
    ("dockerfile", &["docker", "containerfile"]),
    ("fs", &["fsharp"]),
    ("go", &["golang"]),
    ("htaccess", &["apache", "apacheconf"]),
    ("ini", &["conf", "config", "dosini", "systemd", "editorconfig"]),
    ("js", &["node", "nodejs", "mjs", "cjs", "es6"]),
    ("json", &["json5", "jsonc", "jsonl"]),
    ("lisp", &["common-lisp", "elisp", "emacs-lisp", "scheme"]),
    ("m", &["objc", "objectivec", "obj-c"]),
    ("md", &["mdx", "kramdown", "gfm"]),
    ("mm", &["objcpp", "objc++"]),
    ("py", &["python3", "python2", "ipython", "starlark"]),
    ("rb", &["irb"]),
    ("sql", &["mysql", "postgres", "postgresql", "psql", "plsql", "plpgsql", "tsql", "sqlite"]),
    ("tf", &["opentofu"]),
    ("tsx", &["jsx"]),
    ("twig", &["liquid"]),
    ("vim", &["vimscript"]),
    ("xml", &["plist", "xsl"]),
];
/// Names of what a terminal shows: commands behind their prompts, and what they printed.
const SESSIONS: &[&str] = &["console", "terminal", "shell-session", "shellsession", "sh-session"];
/// Bytes of the longest name that is looked up, and of the longest prompt.
const NAME: usize = 40;

/// How to read a block.
#[derive(Clone, Copy)]
pub(super) struct Language {
    /// The grammar.
    pub(super) syntax: &'static SyntaxReference,
    /// Only what stands behind a prompt is of the language.
    pub(super) session: bool,
}

impl Language {
    /// The language of a name, or the one that the first line asks to be run by; none where it is unknown.
    pub(super) fn of(name: Option<&str>, first: &str) -> Option<Self> {
        let name = name.or_else(|| interpreter(first))?;
        if name.len() > NAME {
            return None;
        }
        let name = name.to_lowercase();
        let name = name.strip_prefix("language-").unwrap_or(&name);
        let known = ALIASES.iter().find(|(_, aliases)| aliases.contains(&name)).map_or(name, |(known, _)| known);
        let syntax = SYNTAXES.find_syntax_by_token(known)?;
        let is_shell = syntax.file_extensions.iter().any(|extension| extension == "bash");
        let session = prompt(first).is_some() && is_shell && (SESSIONS.contains(&name) || first.starts_with("$ "));
        Some(Self { syntax, session })
    }
}

/// The program that a first line such as `#!/usr/bin/env python3` names.
fn interpreter(first: &str) -> Option<&str> {
    let mut words = first.strip_prefix("#!")?.split_whitespace();
    let program = words.next()?.rsplit('/').next()?;
    let program = if program == "env" { words.find(|word| !word.starts_with('-'))? } else { program };
    Some(program.trim_end_matches(|character: char| character.is_ascii_digit() || character == '.'))
}

/// Bytes of the prompt that a line of a terminal starts with: `$ `, `% `, or `who@where:~# ` and the like.
pub(super) fn prompt(line: &str) -> Option<usize> {
    let end = line.char_indices().take(NAME).find(|(at, sign)| {
        let before = line.get(..*at).unwrap_or_default();
        let is_alone = before.is_empty() || before.ends_with(' ') && before.starts_with('(');
        let names_place = before.contains(['@', ':', '~']) || before.ends_with([']', ')']);
        let behind = line.get(at + sign.len_utf8()..).unwrap_or_default();
        (behind.is_empty() || behind.starts_with(' '))
            && (matches!(sign, '$' | '%' | '❯') && (is_alone || names_place) || matches!(sign, '#') && names_place)
    });
    end.map(|(at, sign)| (at + sign.len_utf8() + 1).min(line.len()))
}
