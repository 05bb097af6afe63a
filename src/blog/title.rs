//! What a post is called, by itself or by its file.
//! It takes the markup of a title away where the generator's pages would; it makes up no title.

use html5gum::{Token, Tokenizer};

use super::front::Fields;
use super::keys;
use super::site::{self, Generator, Site};
use crate::markdown::{self, Dialect};
use crate::text::Clean;

/// The title that a post is shown under: its own, else the heading that it begins with, else its name.
///
/// Hexo and Obsidian know no title but the field's and the file's (<https://hexo.io/docs/front-matter>,
/// <https://obsidian.md/help/syntax>). A header without a title, in a folder of its own, leaves the name to the folder.
/// Jekyll makes a title of the name (`titleize_slug`, <https://github.com/jekyll/jekyll/blob/master/lib/jekyll/utils.rb>).
pub fn of(fields: &Fields, path: &str, body: &str, site: &Site) -> Clean {
    if let Some(title) = fields.text(keys::TITLE) {
        return written(&title, site.generator);
    }
    let by_name = match site.generator {
        Generator::Hexo | Generator::Obsidian => true,
        Generator::Plain => site::is_index(path) && !fields.entries().is_empty(),
        _ => false,
    };
    let heading = || first_heading(body, site.dialect).filter(|_| !by_name);
    let name = || match site.generator {
        Generator::Jekyll => titleized(&site::name(path)),
        _ => site::name(path),
    };
    heading().unwrap_or_else(|| Clean::prose(&name()))
}

/// `a-day-out` as `A Day Out`.
fn titleized(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        first + &letters.as_str().to_lowercase()
    };
    name.split('-').filter(|word| !word.is_empty()).map(capital).collect::<Vec<_>>().join(" ")
}

/// The text of a heading that the body begins with.
fn first_heading(body: &str, dialect: Dialect) -> Option<Clean> {
    let mut lines = body.lines().skip_while(|line| line.trim().is_empty());
    let beginning = format!("{}\n{}\n", lines.next()?, lines.next().unwrap_or_default());
    let heading = markdown::parse(&beginning, dialect).headings.into_iter().next()?;
    Some(heading.text).filter(|text| heading.at == 0 && !text.is_empty())
}

/// Elements of a sentence, the tags of which are no part of a title.
const INLINE: [&str; 23] = [
    "a", "abbr", "b", "big", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "tt", "u", "wbr",
];

/// A title as pages show it. Liquid writes it into the page as it stands, tags and entities and all
/// (<https://jekyllrb.com/docs/step-by-step/02-liquid/>); Go's, Tera's and React's templates escape it.
fn written(title: &str, generator: Generator) -> Clean {
    use Generator::{Astro, Docusaurus, Eleventy, Gatsby, Hugo, MdBook, Obsidian, Zola};
    let escaped = matches!(generator, Hugo | Zola | Docusaurus | Obsidian | Astro | Eleventy | Gatsby | MdBook);
    if escaped || !title.contains(['<', '&']) {
        return Clean::prose(title);
    }
    // What is no tag stays when the tokenizer decodes the entities.
    let page = without_inline_tags(title).replace('<', "&lt;");
    let mut text = Vec::new();
    for Ok(token) in Tokenizer::new(&page) {
        if let Token::String(string) = token {
            text.extend_from_slice(&string.value);
        }
    }
    Clean::prose(&String::from_utf8_lossy(&text))
}

fn without_inline_tags(title: &str) -> String {
    let mut parts = title.split('<');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let tag = part.split_once('>').filter(|(tag, _)| {
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
            INLINE.iter().any(|known| name.eq_ignore_ascii_case(known))
        });
        match tag {
            Some((_, behind)) => text.push_str(behind),
            None => text.extend(["<", part]),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_a_title_goes_where_the_page_would_set_it() {
        use Generator::{Hugo, Jekyll, Plain};
        for (generator, title, expected) in [
            (Jekyll, "For <em>action</em> and <code class=\"x\">sort</code>", "For action and sort"),
            (Plain, "A &ldquo;front door&rdquo; &amp; more", "A “front door” & more"),
            (Hugo, "A &ldquo;front door&rdquo; <em>", "A &ldquo;front door&rdquo; <em>"),
            (Jekyll, "Vec<T> & AT&T, a < b, <", "Vec<T> & AT&T, a < b, <"),
            (Jekyll, "x_y_z *a* &#27;[2J &lt;b&gt;", "x_y_z *a* ␛[2J <b>"),
            (Jekyll, "<script>a</script> <!-- b --> </3", "<script>a</script> <!-- b --> </3"),
        ] {
            assert_eq!(written(title, generator).as_str(), expected, "{title}");
        }
    }
}
