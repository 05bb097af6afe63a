//! Links, and where they lead, as lines and as JSON.

use anyhow::Result;
use serde::Serialize;

use super::{Outcome, Printed, outcome};
use crate::blog::library::{Library, Target};
use crate::blog::post::{Lines, Post};
use crate::clean;
use crate::markdown::{self, LinkKind};
use crate::text::Clean;

/// A link in the JSON of `links`.
#[derive(Debug, Serialize)]
struct ListedLink {
    /// The file that it stands in, and the line there, counted from 1.
    from: Clean,
    line: usize,
    text: Clean,
    target: Clean,
    kind: &'static str,
    post: Option<Clean>,
    archived: Option<String>,
}

/// The links of a post.
pub fn of_post(library: &Library, post: &Post, as_json: bool) -> Result<(Outcome, Printed)> {
    let listed = listed(library, post);
    let found = outcome(!listed.is_empty());
    if as_json {
        return Ok((found, Printed::json(&listed)?));
    }
    let line =
        |(at, link): (usize, &ListedLink)| format!("{:>3}  {:<7} {}  {}\n", at + 1, link.kind, link.target, link.text);
    Ok((found, listed.iter().enumerate().map(line).collect()))
}

/// The links of all posts and pages, each with its place.
pub fn of_all(library: &Library, as_json: bool) -> Result<(Outcome, Printed)> {
    let listed: Vec<ListedLink> = library.everything().flat_map(|post| listed(library, post)).collect();
    let found = outcome(!listed.is_empty());
    if as_json {
        return Ok((found, Printed::json(&listed)?));
    }
    let line =
        |link: &ListedLink| format!("{}:{}: {:<7} {}  {}\n", link.from, link.line, link.kind, link.target, link.text);
    Ok((found, listed.iter().map(line).collect()))
}

/// Links to read; the numbers of footnotes are none.
fn listed(library: &Library, post: &Post) -> Vec<ListedLink> {
    let (document, lines) = (post.document(), post.lines());
    let real = document.links.iter().filter(|link| link.kind != LinkKind::Note);
    real.map(|link| ListedLink::new(library, post, link, &lines)).collect()
}

impl ListedLink {
    fn new(library: &Library, from: &Post, link: &markdown::Link, lines: &Lines) -> Self {
        let post_address =
            |post: &Post| library.address(post).map_or_else(|| Clean::exact(&post.url), |url| clean!("{url}"));
        let target = library.resolve(from, &link.href);
        let address = match &target {
            Target::Heading(_) => library.address(from),
            elsewhere => library.address_of(elsewhere),
        };
        let (kind, shown, post) = match &target {
            Target::Post(key, fragment) => {
                let to = library.get(key).map_or_else(Clean::default, |post| post_address(post));
                let to = fragment.as_ref().map_or(to.clone(), |fragment| clean!("{to}#{fragment}"));
                ("post", to, Some(key.shown()))
            }
            Target::Heading(id) => ("heading", clean!("#{id}"), None),
            Target::Term(taxonomy, term) => ("tag", clean!("{}:{term}", taxonomy.field()), None),
            Target::Dates(date) => ("date", clean!("date:{date}"), None),
            Target::Unknown(_) => ("unknown", Clean::exact(&link.href), None),
            Target::Web(url) => ("web", clean!("{url}"), None),
            Target::Broken(..) | Target::Refused(_) => ("broken", Clean::exact(&link.href), None),
        };
        let archived = address.and_then(|url| url.archived(from.date.as_ref())).map(|url| url.to_string());
        Self {
            from: from.key.shown(),
            line: lines.of(link.at),
            text: link.text.clone(),
            target: shown,
            kind,
            post,
            archived,
        }
    }
}
