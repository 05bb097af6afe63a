//! Links, and where they lead, as lines and as JSON.

use anyhow::Result;
use serde::Serialize;

use super::{Outcome, json, outcome};
use crate::blog::library::{Library, Target};
use crate::blog::post::Post;
use crate::clean;
use crate::markdown::{self, LinkKind};
use crate::text::Clean;

/// A link in the JSON of `links`.
#[derive(Debug, Serialize)]
struct ListedLink<'a> {
    text: &'a str,
    target: Clean,
    kind: &'static str,
    post: Option<Clean>,
    archived: Option<String>,
}

/// The links of a post.
pub fn links(library: &Library, post: &Post, as_json: bool) -> Result<(Outcome, String)> {
    let document = post.document();
    let listed: Vec<ListedLink<'_>> = document
        .links
        .iter()
        .filter(|link| link.kind != LinkKind::Note)
        .map(|link| ListedLink::new(library, post, link))
        .collect();
    let found = outcome(!listed.is_empty());
    if as_json {
        return Ok((found, json(&listed)?));
    }
    let line = |(at, link): (usize, &ListedLink<'_>)| {
        format!("{:>3}  {:<7} {}  {}\n", at + 1, link.kind, link.target, link.text)
    };
    Ok((found, listed.iter().enumerate().map(line).collect()))
}

impl<'a> ListedLink<'a> {
    fn new(library: &Library, from: &Post, link: &'a markdown::Link) -> Self {
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
                ("post", to, Some(Clean::exact(key.as_str())))
            }
            Target::Heading(id) => ("heading", clean!("#{id}"), None),
            Target::Term(taxonomy, term) => ("tag", clean!("{}:{term}", taxonomy.field()), None),
            Target::Web(url) => ("web", clean!("{url}"), None),
            Target::Broken(..) | Target::Refused(_) => ("broken", Clean::exact(&link.href), None),
        };
        let archived = address.and_then(|url| url.archived(from.date.as_ref())).map(|url| url.to_string());
        Self { text: link.text.as_str(), target: shown, kind, post, archived }
    }
}
