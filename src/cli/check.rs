//! What is wrong in the files of a blog, for its author. It finds what only the whole blog can tell, and changes nothing.

use std::io::{self, Write};

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;

use super::{Outcome, json, outcome};
use crate::blog::fault::{Fault, Rule};
use crate::blog::library::{Library, Target};
use crate::blog::post::Post;
use crate::clean;
use crate::markdown::{self, LinkKind};
use crate::text::Clean;

/// The JSON of `check`.
#[derive(Debug, Serialize)]
struct Checked<'a> {
    generator: &'static str,
    because: Option<&'a str>,
    language: Option<&'a str>,
    faults: Vec<ListedFault<'a>>,
}

/// A fault in the JSON of `check`.
#[derive(Debug, Serialize)]
struct ListedFault<'a> {
    path: &'a str,
    line: Option<usize>,
    fault: &'a str,
    remedy: &'a str,
}

/// Prints every fault.
pub fn check(library: &Library, as_json: bool) -> Result<(Outcome, String)> {
    let mut faults = library.faults().to_vec();
    let posts: Vec<_> = library.everything().cloned().collect();
    let documents: Vec<_> = posts.par_iter().map(|post| post.document()).collect();
    for (post, document) in posts.iter().zip(&documents) {
        faults.extend(broken_links(library, post, document));
    }
    faults.sort_by(|one, two| (one.path.as_str(), one.line).cmp(&(two.path.as_str(), two.line)));
    let outcome = outcome(faults.is_empty());
    if as_json {
        let site = &library.site;
        let because = site.because.as_ref().map(Clean::as_str);
        let faults = faults.iter().map(ListedFault::new).collect();
        let checked = Checked { generator: site.generator.name(), because, language: site.language(), faults };
        return Ok((outcome, json(&checked)?));
    }
    say_generator(library);
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    Ok((outcome, lines.iter().flat_map(|line| [line, "\n"]).collect()))
}

/// Says on standard error how the blog was read, so that standard output has faults and nothing else.
fn say_generator(library: &Library) {
    let site = &library.site;
    let Some(because) = &site.because else { return };
    let language = site.language().map(|code| format!(", posts in {code}")).unwrap_or_default();
    let sentence = clean!("read as {} would, because of {because}{language}", site.generator.title());
    // A closed standard error is no reason to stop.
    let _ = writeln!(io::stderr(), "reread: {sentence}");
}

/// Links that lead nowhere, and definitions of links that would, if one used them.
fn broken_links(library: &Library, post: &Post, document: &markdown::Document) -> Vec<Fault> {
    let fault = |href: &str, at: usize, what: Clean| {
        let why = match library.resolve(post, href) {
            Target::Broken(why, _) => why,
            Target::Refused(refused) if refused.is_slip() => clean!("{refused}"),
            Target::Heading(id) if !document.names(&id) => {
                clean!("no heading here is called #{id}")
            }
            _ => return None,
        };
        Some(Fault {
            path: Clean::exact(post.key.as_str()),
            line: Some(post.line_of(at)),
            rule: Rule::BrokenLink,
            fault: clean!("{what} leads nowhere: {why}"),
            remedy: Clean::literal("correct its address"),
        })
    };
    let unused = document.definitions.iter().filter(|found| document.links.iter().all(|link| link.href != found.href));
    let links = document
        .links
        .iter()
        .filter(|link| link.kind != LinkKind::Note)
        .filter_map(|link| fault(&link.href, link.at, clean!("the link {:?}", link.text.as_str())));
    let definitions =
        unused.filter_map(|found| fault(&found.href, found.at, Clean::literal("a link definition that no link uses")));
    links.chain(definitions).collect()
}

impl<'a> ListedFault<'a> {
    fn new(fault: &'a Fault) -> Self {
        Self { path: fault.path.as_str(), line: fault.line, fault: fault.fault.as_str(), remedy: fault.remedy.as_str() }
    }
}
