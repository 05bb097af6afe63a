//! Names of posts in paths and in addresses: what of a path is a name, and what generators make of words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The name of a post from its path: the file's without date and extension, or its folder's where the file is an index.
pub fn name(path: &str) -> String {
    let stem = dated_name(path);
    undated(stem).unwrap_or(stem).to_owned()
}

/// The same with the date that it begins with.
pub fn dated_name(path: &str) -> &str {
    let path = if is_index(path) { path.rsplit_once('/').map_or(path, |(folder, _)| folder) } else { path };
    stem(path.rsplit('/').next().unwrap_or(path))
}

/// The folder of a post's page: the file's, or the one above it where the file is an index.
pub fn folder(path: &str) -> &str {
    let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
    if is_index(path) { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder }
}

/// The file's name without a Markdown extension, nor the `.html` that Middleman writes before it.
pub fn stem(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, extension)) if is_markdown(extension) && !stem.is_empty() => {
            stem.strip_suffix(".html").filter(|stem| !stem.is_empty()).unwrap_or(stem)
        }
        _ => file,
    }
}

/// A path without the extension of its file.
pub fn without_extension(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/{}", stem(file)),
        None => stem(path).to_owned(),
    }
}

/// Whether a file of this extension holds a post.
pub fn is_markdown(extension: &str) -> bool {
    ["md", "markdown", "mdown", "mkd", "mdx", "dj"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Whether a file of this name is a page as browsers read it.
pub fn is_html(file: &str) -> bool {
    file.rsplit_once('.')
        .is_some_and(|(_, ending)| ["html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Whether the file stands for its folder (`slug/index.md`).
pub fn is_index(path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(_, file)| stem(file).eq_ignore_ascii_case("index"))
}

/// Whether a path names a file of the site that is no page: a picture, a feed.
pub fn is_file(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty() && !matches!(extension, "html" | "htm") && !is_markdown(extension)
    })
}

/// What follows `2007-09-12-` or `2007-09-12_`, with a time between as Zola allows
/// (<https://www.getzola.org/documentation/content/page/>).
pub fn undated(stem: &str) -> Option<&str> {
    let day = stem.as_bytes().iter().take(10).enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let rest = stem.get(10..).filter(|_| day)?;
    let rest = rest
        .strip_prefix('T')
        .filter(|time| time.starts_with(|letter: char| letter.is_ascii_digit()))
        .map_or(rest, |time| time.split_once('Z').map_or(rest, |(_, behind)| behind));
    rest.strip_prefix(['-', '_']).filter(|name| !name.is_empty())
}

/// The way of Pelican, whose letters are plain unless `letters` keeps them as they are: words of letters, digits
/// and `_` joined by hyphens, in lower case.
pub fn python_slug(text: &str, letters: Letters) -> String {
    let plain: String = match letters {
        Letters::Any => text.to_owned(),
        Letters::Ascii => text.chars().filter_map(deunicode::deunicode_char).collect(),
    };
    let kept = |letter: &char| letter.is_alphanumeric() || "_-".contains(*letter) || letter.is_whitespace();
    let kept: String = plain.chars().filter(kept).collect();
    let words = kept.split(|letter: char| letter == '-' || letter.is_whitespace()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// Letters that an address may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Letters {
    /// Of any alphabet.
    Any,
    /// What stands for them in ASCII.
    #[default]
    Ascii,
}

/// Hugo's way from a title to a part of an address (`helpers.PathSpec.URLize` of its sources): letters, digits, marks and
/// `. / \ _ # + ~ - @` stay, runs of white space become one hyphen, everything else goes; lower case.
pub fn hugo_urlize(text: &str) -> String {
    hugo_urlize_cased(text).chars().flat_map(char::to_lowercase).collect()
}

/// The same in the case that it has.
pub fn hugo_urlize_cased(text: &str) -> String {
    let mut out = String::new();
    let (mut owed, mut after_hyphen) = (false, false);
    for letter in text.chars() {
        if letter.is_alphanumeric() || "./\\_#+~-@".contains(letter) {
            after_hyphen = letter == '-';
            if owed && !after_hyphen {
                out.push('-');
            }
            owed = false;
            out.push(letter);
        } else if !out.is_empty() && !after_hyphen && letter.is_whitespace() {
            owed = true;
        }
    }
    out
}

/// A text whose letters have no accents.
pub fn unaccented(text: &str) -> String {
    text.nfd().filter(|letter| !is_combining_mark(*letter)).nfc().collect()
}

/// Jekyll's `slugify`, also what Hugo and Zola make of a tag closely enough to compare: letters and digits, else hyphens.
pub fn slugify(text: &str) -> String {
    hyphenated(&text.to_lowercase(), "")
}

/// The same with some other signs kept, and the case.
pub fn hyphenated(text: &str, kept: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() || kept.contains(letter) {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_named_after_its_file_or_its_folder() {
        for (path, expected) in [
            ("post/2007-09-12-other-news.md", "other-news"),
            ("a/bundle/index.md", "bundle"),
            ("2014-12-12_x/index.md", "x"),
            ("2014-12-12T10:00:00Z-x.md", "x"),
            ("v1.0.md", "v1.0"),
            ("1.0-Timeline.md", "1.0-Timeline"),
            ("2007-09-12.md", "2007-09-12"),
            ("source/2012-01-01-hello.html.md", "hello"),
        ] {
            assert_eq!(name(path), expected);
        }
    }
}
