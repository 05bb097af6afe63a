//! The words of a text and of a page of HTML, for tests that compare what is shown with an oracle.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// The words that a browser would show of `page`; what is for machines is none.
pub fn visible(page: &str) -> Vec<String> {
    let mut text = String::new();
    let mut hidden: Option<Vec<u8>> = None;
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        match token {
            Token::StartTag(tag) if hidden.is_none() => {
                let machine: [&[u8]; 7] = [b"script", b"style", b"head", b"title", b"svg", b"template", b"iframe"];
                hidden = machine.contains(&tag.name.as_slice()).then(|| tag.name.to_vec());
                text.push_str(if is_inline(&tag.name) { "" } else { " " });
            }
            Token::EndTag(tag) => {
                hidden = hidden.filter(|hidden| hidden != &*tag.name);
                text.push_str(if is_inline(&tag.name) { "" } else { " " });
            }
            Token::String(words) if hidden.is_none() => text.push_str(&String::from_utf8_lossy(&words)),
            _ => {}
        }
    }
    words(&text)
}

fn is_inline(name: &[u8]) -> bool {
    let inline: [&[u8]; 19] = [
        b"em", b"strong", b"b", b"i", b"a", b"code", b"span", b"del", b"s", b"sub", b"sup", b"kbd", b"u", b"font",
        b"abbr", b"ins", b"small", b"mark", b"big",
    ];
    inline.contains(&name)
}

/// Words as sequences of letters and digits, after the cleaning that every text goes through.
pub fn words(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| reread::text::Clean::prose(line).to_string());
    let text: String = lines.collect::<Vec<_>>().join(" ").chars().map(on_the_line).collect();
    on_one_line(&text)
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Raised and lowered words join the word that they stand behind, however that is written; so does mathematics, with
/// dollars or without.
fn on_one_line(text: &str) -> String {
    let mut line = String::new();
    let text = text.replace('$', "");
    let mut rest = text.as_str();
    while let Some(sign) = rest.find(['^', '~', '_']) {
        let (before, after) = rest.split_at(sign);
        line.push_str(before);
        let inner = after.get(1..).unwrap_or_default();
        match inner.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
            Some((inner, behind)) => {
                line.push_str(inner);
                rest = behind;
            }
            None => rest = inner,
        }
    }
    line + rest
}

/// Raised and lowered characters count as what they are on the line.
fn on_the_line(character: char) -> char {
    let sets = ["⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙᵢ"];
    let place = sets.iter().find_map(|set| set.chars().position(|known| known == character));
    place.and_then(|place| "0123456789+-()ni".chars().nth(place)).unwrap_or(character)
}
