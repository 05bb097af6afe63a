//! What a grammar's scopes are to a reader: the innermost scope that says anything decides.
//!
//! Scopes are Sublime Text's names, from general to special; the first rule whose name a scope starts with holds.

use std::sync::LazyLock;

use syntect::parsing::Scope;

use super::super::layout::Token;

/// Innermost scopes that are looked at.
const INNERMOST: usize = 12;

/// What scopes mean, special names before general ones; `None` ends the search: what lies there is ordinary code.
const MEANINGS: &[(&str, Option<Token>)] = &[
    ("comment", Some(Token::Comment)),
    ("punctuation.definition.comment", Some(Token::Comment)),
    ("constant.numeric", Some(Token::Number)),
    ("keyword.other.unit", Some(Token::Number)),
    ("constant", Some(Token::Constant)),
    ("punctuation.definition.string", Some(Token::String)),
    ("punctuation.definition.variable", Some(Token::Variable)),
    ("punctuation.definition.inserted", Some(Token::Inserted)),
    ("punctuation.definition.deleted", Some(Token::Deleted)),
    ("punctuation.definition.heading", Some(Token::Heading)),
    ("punctuation.definition.from-file", Some(Token::Heading)),
    ("punctuation.definition.to-file", Some(Token::Heading)),
    ("punctuation.definition.range", Some(Token::Heading)),
    ("punctuation.definition.annotation", Some(Token::Attribute)),
    ("punctuation.definition.parameter", Some(Token::Attribute)),
    ("punctuation", Some(Token::Punctuation)),
    ("string", Some(Token::String)),
    ("markup.inserted", Some(Token::Inserted)),
    ("markup.deleted", Some(Token::Deleted)),
    ("markup.heading", Some(Token::Heading)),
    ("markup.raw", Some(Token::String)),
    ("markup.underline.link", Some(Token::String)),
    ("meta.diff.header", Some(Token::Heading)),
    ("meta.diff.range", Some(Token::Heading)),
    ("meta.diff.index", Some(Token::Heading)),
    ("entity.name.section", Some(Token::Heading)),
    ("entity.name.function", Some(Token::Function)),
    ("entity.name.macro", Some(Token::Function)),
    ("entity.name.tag.toml", Some(Token::Attribute)),
    ("entity.name.tag.yaml", Some(Token::Attribute)),
    ("entity.name.tag", Some(Token::Tag)),
    ("entity.name.constant", Some(Token::Constant)),
    ("entity.name.label", Some(Token::Constant)),
    ("entity.name.variable", Some(Token::Variable)),
    ("entity.name", Some(Token::Type)),
    ("entity.section", Some(Token::Heading)),
    ("entity.other.inherited-class", Some(Token::Type)),
    ("entity.other.attribute-name", Some(Token::Attribute)),
    ("support.type.property-name", Some(Token::Attribute)),
    ("meta.property-name", Some(Token::Attribute)),
    ("support.constant", Some(Token::Constant)),
    ("support.function", Some(Token::Function)),
    ("support.macro", Some(Token::Function)),
    ("support", Some(Token::Type)),
    ("variable.annotation", Some(Token::Attribute)),
    ("variable.parameter.option", Some(Token::Attribute)),
    ("variable.function", Some(Token::Function)),
    ("variable.language", Some(Token::Constant)),
    ("variable.other.constant", Some(Token::Constant)),
    ("variable", Some(Token::Variable)),
    ("keyword.operator", Some(Token::Operator)),
    ("keyword", Some(Token::Keyword)),
    ("storage.type.function", Some(Token::Keyword)),
    ("storage.type.keyword", Some(Token::Keyword)),
    ("storage.type.string", Some(Token::String)),
    ("storage.type", Some(Token::Type)),
    ("storage", Some(Token::Keyword)),
    ("meta.annotation", Some(Token::Attribute)),
    ("meta.interpolation", None),
    ("meta.template.expression", None),
    ("source", None),
    ("text", None),
];

/// Words that make a name known; several grammars put them under the same scope as the names of types.
const DECLARES: &[&str] = &[
    "async",
    "auto",
    "class",
    "const",
    "def",
    "enum",
    "extension",
    "fn",
    "func",
    "function",
    "impl",
    "import",
    "interface",
    "let",
    "macro_rules",
    "mod",
    "module",
    "namespace",
    "object",
    "package",
    "protocol",
    "record",
    "static",
    "struct",
    "template",
    "trait",
    "type",
    "typealias",
    "typedef",
    "typename",
    "union",
    "using",
    "val",
    "var",
];

/// Where [`DECLARES`] holds.
static STORAGE: LazyLock<Scope> = LazyLock::new(|| Scope::new("storage.type").unwrap_or_default());
/// A string in this scope is the key of a mapping.
static KEY: LazyLock<Scope> = LazyLock::new(|| Scope::new("meta.mapping.key").unwrap_or_default());

static RULES: LazyLock<Vec<(Scope, Option<Token>)>> = LazyLock::new(|| {
    MEANINGS.iter().filter_map(|(name, token)| Scope::new(name).ok().map(|scope| (scope, *token))).collect()
});

/// What `text` is, which lies in these scopes.
pub(super) fn token(scopes: &[Scope], text: &str) -> Option<Token> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let (_, token) = scopes.iter().rev().take(INNERMOST).find_map(rule)?;
    match *token {
        Some(Token::Operator) if text.chars().all(char::is_alphabetic) => Some(Token::Keyword),
        Some(Token::Type) if DECLARES.contains(&text) && scopes.last().is_some_and(is_storage) => Some(Token::Keyword),
        Some(Token::String) if scopes.iter().rev().take(INNERMOST).any(is_key) => Some(Token::Attribute),
        token => token,
    }
}

fn rule(scope: &Scope) -> Option<&'static (Scope, Option<Token>)> {
    RULES.iter().find(|(general, _)| general.is_prefix_of(*scope))
}

fn is_storage(scope: &Scope) -> bool {
    STORAGE.is_prefix_of(*scope)
}

fn is_key(scope: &Scope) -> bool {
    KEY.is_prefix_of(*scope)
}
