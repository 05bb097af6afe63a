//! What of a link may mislead the one who follows it: a text that names another host than the link leads to, a name before the
//! host that looks like one, a host in letters that look like others, a mail.
//!
//! It says what is so, and blocks nothing.

use std::collections::BTreeSet;
use std::fmt;

use super::url::Url;
use crate::text::Clean;

/// Why a link may not lead where it seems to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// It begins a mail.
    Mail,
    /// What stands before the host is a name for it, and no host.
    Name(Clean),
    /// One word of the host has letters of several alphabets: the host as it looks.
    Mixed(Clean),
    /// The text is an address of another host, this one.
    Elsewhere(Clean),
    /// The text has the name of another host in it, this one.
    Named(Clean),
    /// The host is written in other letters than an address has: as it looks.
    Foreign(Clean),
}

impl Doubt {
    /// What is to be doubted first of a link with this text.
    pub fn of(text: &str, url: &Url) -> Option<Self> {
        if url.is_mail() {
            return Some(Self::Mail);
        }
        if let Some(name) = url.name() {
            return Some(Self::Name(name));
        }
        let looks = url.host_as_it_looks();
        let foreign = (looks != url.host()).then_some(looks);
        if let Some(looks) = foreign.as_ref().filter(|looks| looks.as_str().split('.').any(is_mixed)) {
            return Some(Self::Mixed(looks.clone()));
        }
        named(text, url).or_else(|| foreign.map(Self::Foreign))
    }

    /// Whether the reader is to be asked before the link is opened.
    pub fn asks(&self) -> bool {
        !matches!(self, Self::Named(_) | Self::Foreign(_))
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mail => formatter.write_str("this begins a mail"),
            Self::Name(name) => write!(formatter, "{name} before the @ is no host but a name"),
            Self::Mixed(host) => write!(formatter, "the host looks like {host}, in letters of several alphabets"),
            Self::Elsewhere(host) | Self::Named(host) => write!(formatter, "the text says {host}"),
            Self::Foreign(host) => write!(formatter, "the host is written {host}"),
        }
    }
}

/// The host that a text names, where it is not the one that the address has.
fn named(text: &str, url: &Url) -> Option<Doubt> {
    text.split_whitespace().take(WORDS).find_map(|word| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '/');
        let is_address = word.contains("://") || word.starts_with("www.");
        let address = if word.contains("://") { word.to_owned() } else { format!("http://{word}/") };
        if !is_address && !ends_as_a_host(word) {
            return None;
        }
        let said = Url::parse(&address).ok().filter(|said| !said.is_mail() && !are_related(said, url))?;
        Some(if is_address { Doubt::Elsewhere(said.host()) } else { Doubt::Named(said.host()) })
    })
}

/// Words of a text that are looked at.
const WORDS: usize = 40;
/// What hosts end with that are named in texts; a name such as `node.js` or `read.me` is none.
const ENDINGS: [&str; 8] = [".com", ".org", ".net", ".edu", ".gov", ".info", ".co.uk", ".de"];

fn ends_as_a_host(word: &str) -> bool {
    let host = word.split(['/', '?', '#']).next().unwrap_or(word).to_lowercase();
    ENDINGS.iter().any(|ending| host.strip_suffix(ending).is_some_and(|name| name.len() > 1 && !name.contains('@')))
}

/// Whether two hosts belong to one another as far as their names tell: one is part of the other, or both of a third.
fn are_related(one: &Url, other: &Url) -> bool {
    let (one, other) = (one.host(), other.host());
    owner(one.as_str()) == owner(other.as_str())
}

/// The part of a host that somebody has registered: the last two words, or three under such as `co.uk`.
fn owner(host: &str) -> &str {
    let dots: Vec<usize> = host.rmatch_indices('.').map(|(at, _)| at).collect();
    let label = |from: usize, to: usize| host.get(from + 1..to).unwrap_or_default().len();
    let words = match dots.as_slice() {
        [last, before, ..] if label(*last, host.len()) == 2 && label(*before, *last) <= 3 => 3,
        _ => 2,
    };
    dots.get(words - 1).and_then(|at| host.get(at + 1..)).unwrap_or(host)
}

/// Whether a word has letters of several alphabets that look alike.
fn is_mixed(word: &str) -> bool {
    let alphabet = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Some('l'),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some('g'),
        '\u{400}'..='\u{52f}' => Some('c'),
        '\u{530}'..='\u{58f}' => Some('a'),
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => Some('k'),
        _ => None,
    };
    word.chars().filter_map(alphabet).collect::<BTreeSet<char>>().len() > 1
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    /// What is said of a link with this text and target, and whether the reader is asked.
    fn said(text: &str, href: &str) -> (String, bool) {
        let doubt = Doubt::of(text, &Url::parse(href).unwrap());
        doubt.map_or_else(|| (String::new(), false), |doubt| (doubt.to_string(), doubt.asks()))
    }

    #[test]
    fn a_text_that_is_another_address_is_doubted() {
        for (text, href) in [
            ("https://bank.example/", "https://evil.example/"),
            ("see https://bank.example/login now", "https://evil.example/bank.example"),
            ("www.bank.example", "https://bank.example.evil.test/"),
            ("(http://bank.example)", "https://bank-example.test/"),
            ("https://www.bank.co.uk/", "https://evil.co.uk/"),
            ("HTTPS://BANK.EXAMPLE", "https://xn--bnk-elb.example/"),
        ] {
            let (said, asks) = said(text, href);
            assert!(
                said.starts_with("the text says ") && said.to_lowercase().contains("bank."),
                "{text} {href}: {said}"
            );
            assert!(asks, "{text} {href}");
        }
        assert_eq!(said("bank.com", "https://evil.example/"), ("the text says bank.com".to_owned(), false));
    }

    #[test]
    fn an_honest_text_is_not() {
        for (text, href) in [
            ("https://www.a.example/x", "http://a.example/y"),
            ("a.example.com", "https://www.example.com/"),
            ("https://www.a.co.uk/", "https://blog.a.co.uk/"),
            ("Node.js", "https://nodejs.org/"),
            ("Cargo.toml", "https://github.com/x/y"),
            ("someone@bank.com", "https://a.example/"),
            ("1.2.3", "https://a.example/"),
            ("words, and more words", "https://a.example/"),
            ("", "https://a.example/"),
            ("http://[broken", "https://a.example/"),
        ] {
            assert_eq!(said(text, href).0, "", "{text} {href}");
        }
    }

    #[test]
    fn a_name_before_the_host_is_told() {
        for href in [
            "https://bank.example@evil.test/",
            "https://bank.example:x@evil.test/",
            "https://bank.example%2f@evil.test/",
        ] {
            let (said, asks) = said("a link", href);
            assert!(
                said.starts_with("bank.example") && said.ends_with(" before the @ is no host but a name"),
                "{said}"
            );
            assert!(asks);
        }
        assert_eq!(said("a link", "https:\\\\bank.example\\@evil.test/").0, "", "the host is what a browser asks");
    }

    #[test]
    fn a_host_in_other_letters_is_told_as_it_looks() {
        assert_eq!(said("x", "https://bücher.example/"), ("the host is written bücher.example".to_owned(), false));
        assert_eq!(said("x", "https://пример.example/").0, "the host is written пример.example");
        let (said, asks) = said("x", "https://pаypal.example/");
        assert!(said.contains("in letters of several alphabets") && asks, "{said}");
    }

    #[test]
    fn a_mail_is_asked_about_and_has_only_a_subject_and_a_text() {
        assert_eq!(said("x", "mailto:a@b.example"), ("this begins a mail".to_owned(), true));
        let url = Url::parse("mailto:a@b.example?subject=x&attach=/etc/passwd&bcc=c@d.example&Body=y%20z").unwrap();
        assert_eq!(url.as_str(), "mailto:a@b.example?subject=x&Body=y%20z");
        assert_eq!(Url::parse("mailto:a@b.example?cc=c@d.example").unwrap().as_str(), "mailto:a@b.example");
    }
}
