//! Where in its line something stands: what its further lines begin with, and whether it stands in an address.
//!
//! It looks back a bounded number of bytes, so that many tags on one long line cost no more than many lines.

/// What a line may have before a block begins in it.
const PREFIX: usize = 64;
/// How far back the start of an address is looked for.
const BACK: usize = 256;

/// Where something stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// Where its line starts.
    pub(super) line: usize,
    /// What the next line needs before its text to belong to the same item or quote; none if words stand before.
    pub(super) base: Option<String>,
    /// Whether nothing follows on the line.
    pub(super) ends_line: bool,
    /// Whether it stands in a destination or in an element's attribute.
    pub(super) in_address: bool,
    /// Whether it stands in a block of HTML, where no blank line may come.
    pub(super) in_html: bool,
}

impl Place {
    /// The place of `start..end` in `body`, on the line that starts at `line`.
    pub(super) fn new(body: &str, line: usize, start: usize, end: usize) -> Self {
        let before = if start.saturating_sub(line) > PREFIX { None } else { body.get(line..start) };
        let after = body.get(end..).unwrap_or_default().trim_start_matches([' ', '\t', '\r']);
        Self {
            line,
            base: before.and_then(base),
            ends_line: after.is_empty() || after.starts_with('\n'),
            in_address: in_address(body, start),
            in_html: false,
        }
    }

    /// What further lines begin with, if a block can stand here.
    pub(super) fn block(&self) -> Option<&str> {
        if self.in_html || self.in_address { None } else { self.base.as_deref() }
    }

    /// Whether it has its line for itself.
    pub(super) fn is_alone(&self) -> bool {
        self.base.is_some() && self.ends_line
    }
}

/// The white space, quote signs and list markers that `before` is made of, with spaces for the markers.
pub(super) fn base(before: &str) -> Option<String> {
    let mut base = String::new();
    let mut rest = before;
    while let Some(first) = rest.chars().next() {
        let taken = if matches!(first, ' ' | '\t' | '>') {
            base.push(first);
            1
        } else {
            let width = marker(rest)?;
            base.extend(std::iter::repeat_n(' ', width));
            width
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    Some(base)
}

/// The bytes of the list marker that `text` begins with.
pub(super) fn marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    let sign = if digits == 0 { rest.starts_with(['-', '*', '+']) } else { rest.starts_with(['.', ')']) };
    let spaced = rest.get(1..).unwrap_or_default().starts_with([' ', '\t']);
    (sign && spaced && digits < 10).then_some(digits + 1)
}

fn in_address(body: &str, at: usize) -> bool {
    let window = body.as_bytes().get(at.saturating_sub(BACK)..at).unwrap_or_default();
    in_destination(window) || in_element(window)
}

/// Whether `](`, `]:` or `<` opened a destination that goes on at the end of `window`.
fn in_destination(window: &[u8]) -> bool {
    let mut text = window;
    while let [rest @ .., last] = text {
        match last {
            b'(' => return rest.ends_with(b"]"),
            b'<' => return true,
            b'>' | b'|' => return false,
            b' ' | b'\t' | b'\r' | b'\n' => {
                let rest = rest.trim_ascii_end();
                return rest.ends_with(b"]:") || rest.ends_with(b"](");
            }
            b'}' if rest.ends_with(b"}") => match rest.windows(2).rposition(|pair| pair == b"{{") {
                Some(opener) => text = text.get(..opener).unwrap_or_default(),
                None => return false,
            },
            _ => text = rest,
        }
    }
    false
}

/// Whether a tag of HTML's is open at the end of `window`.
fn in_element(window: &[u8]) -> bool {
    let last = window.iter().rposition(|byte| matches!(byte, b'<' | b'>'));
    let rest = last.and_then(|last| window.get(last..)).unwrap_or_default();
    matches!(rest, [b'<', first, ..] if first.is_ascii_alphabetic())
}
