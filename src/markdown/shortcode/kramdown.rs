//! kramdown's attribute lists and extensions between `{:` and `}`.
//!
//! Only what has the shape of attributes is taken: `{:?}` of a programming language stays.

/// No list is longer than this.
const LONGEST: usize = 500;

/// An attribute list, of which a reader needs no more than a name for a heading.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List<'a> {
    pub(super) length: usize,
    pub(super) id: Option<&'a str>,
    pub(super) is_toc: bool,
    /// Whether it is made of bare words, which may be anything within a line.
    pub(super) is_bare: bool,
}

/// The attribute list that `text` begins with.
pub(super) fn list(text: &str) -> Option<List<'_>> {
    let bytes = text.as_bytes();
    let mut signs = bytes.iter().enumerate().take(LONGEST).skip(2);
    let (end, _) = signs.find(|(_, byte)| matches!(byte, b'{' | b'}' | b'\n')).filter(|(_, byte)| **byte == b'}')?;
    let inner = text.get(2..end)?;
    if let Some(extension) = inner.strip_prefix([':', '/']) {
        let known = ["comment", "nomarkdown", "options", "abbreviation"].iter().any(|name| extension.starts_with(name));
        let plain = known || extension.is_empty() && inner.starts_with('/');
        return plain.then_some(List { length: end + 1, id: None, is_toc: false, is_bare: false });
    }
    let words = words(inner)?;
    let id = words.iter().find_map(|word| word.strip_prefix('#'));
    let is_toc = words.contains(&"toc");
    let is_bare = !words.iter().any(|word| word.starts_with(['.', '#']) || word.contains('='));
    Some(List { length: end + 1, id, is_toc, is_bare })
}

/// The attributes of a list, if all of them are such.
fn words(inner: &str) -> Option<Vec<&str>> {
    let mut words = Vec::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let end = rest.find([' ', '\t', '"', '\'']).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end)?;
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        rest = match quote {
            Some(quote) if word.ends_with('=') => after.strip_prefix(quote)?.split_once(quote)?.1,
            Some(_) => return None,
            None => after,
        };
        rest = rest.trim_start();
        is_attribute(word).then(|| words.push(word))?;
    }
    (!words.is_empty()).then_some(words)
}

fn is_attribute(word: &str) -> bool {
    let name = word.trim_start_matches(['.', '#', ':']);
    name.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && name.chars().all(|letter| letter.is_alphanumeric() || "-_.:#=/".contains(letter))
}
