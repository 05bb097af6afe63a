//! Emoji by the names that GitHub gives them, such as `:smile:`.
//!
//! It replaces names that there are and leaves everything else; whether a text means them is the dialect's to say.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::Clean;

/// The emoji by their names.
static EMOJI: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!(concat!(env!("OUT_DIR"), "/emoji.txt")).lines();
    lines.filter_map(|line| line.split_once(' ')).collect()
});

/// `text` with its names replaced, or nothing where there is none.
pub(super) fn replaced(text: &Clean) -> Option<Clean> {
    let mut parts = text.as_str().split(':').peekable();
    let mut replaced = parts.next()?.to_owned();
    let mut found = false;
    // What stands behind a colon is a name if a colon ends it, and then that colon begins no other.
    while let Some(part) = parts.next() {
        match EMOJI.get(part).filter(|_| parts.peek().is_some()) {
            Some(emoji) => {
                found = true;
                replaced.push_str(emoji);
                replaced.push_str(parts.next().unwrap_or_default());
            }
            None => replaced.extend([":", part]),
        }
    }
    found.then(|| Clean::prose(&replaced))
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Dialect, parse};

    #[test]
    fn names_are_replaced_where_the_dialect_says_so_and_never_in_code() {
        let emoji = Dialect::SMART.with(Dialect::EMOJI);
        for (text, shown) in [
            ("So :smile: and :white_check_mark:!", "So 😄 and ✅!"),
            (":+1::tada:", "👍🎉"),
            ("at 10:30:15, a:no:c, :no_such_name: :", "at 10:30:15, a:no:c, :no_such_name: :"),
            (":smile", ":smile"),
            ("x:smile:tada: y", "x😄tada: y"),
            ("**:smile:** [:tada:](x)", "😄 🎉"),
            ("`:smile:` <code>:smile:</code>", ":smile: :smile:"),
            ("    :smile:", ":smile:"),
            ("https://a.example/:smile:", "https://a.example/:smile:"),
        ] {
            assert_eq!(parse(text, emoji).plain(), format!("{shown}\n"), "{text}");
            assert!(!parse(text, Dialect::UNKNOWN).plain().contains(['😄', '🎉', '✅']), "{text}");
        }
    }
}
