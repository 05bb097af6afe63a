//! Which tag ends which: each ending tag takes the last open one of its name, and what stood open in that stays single.
//!
//! It writes nothing, and no order of tags costs more than one pass.

use std::collections::HashMap;

use super::tag::Family;
use super::{Found, What};

/// More lines of colons than this do not nest.
const DEPTH: usize = 16;

/// Finds the partner of everything that has one.
pub(super) fn pair(found: &mut [Found<'_>]) {
    let mut pairs = tags(found);
    pairs.extend(directives(found));
    for (begin, end) in pairs {
        for (one, other) in [(begin, end), (end, begin)] {
            if let Some(found) = found.get_mut(one) {
                found.partner = Some(other);
            }
        }
    }
}

fn tags(found: &[Found<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, (bool, &str))> = Vec::new();
    let mut counts: HashMap<(bool, &str), usize> = HashMap::new();
    for (number, found) in found.iter().enumerate() {
        let What::Tag(tag) = &found.what else { continue };
        let hugo = tag.family() == Family::Hugo;
        if let Some(name) = tag.ends() {
            let known = counts.get(&(hugo, name)).is_some_and(|count| *count > 0);
            while let Some((begin, key)) = if known { open.pop() } else { None } {
                counts.entry(key).and_modify(|count| *count -= 1);
                if key == (hugo, name) {
                    pairs.push((begin, number));
                    break;
                }
            }
        } else if let Some(name) = tag.begins() {
            *counts.entry((hugo, name)).or_default() += 1;
            open.push((number, (hugo, name)));
        }
    }
    pairs
}

fn directives(found: &[Found<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (number, found) in found.iter().enumerate() {
        match found.what {
            What::Directive(colons, _) if open.len() < DEPTH => open.push((number, colons)),
            What::DirectiveEnd(colons) => {
                if let Some(last) = open.iter().rposition(|(_, opened)| *opened <= colons) {
                    pairs.extend(open.get(last).map(|(begin, _)| (*begin, number)));
                    open.truncate(last);
                }
            }
            _ => {}
        }
    }
    pairs
}
