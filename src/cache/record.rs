//! What the list needs of one post, as bytes and back; of a file that holds none, that it does not.
//!
//! It keeps no text of a post. What is read back was cleaned before and is cleaned again: bytes are bytes, whoever wrote them.

use std::sync::{Arc, OnceLock};

use postcard::{from_bytes, take_from_bytes};
use serde::{Deserialize, Serialize};

use crate::blog::date::Date;
use crate::blog::fault::{Fault, Rule};
use crate::blog::library::Reading;
use crate::blog::post::{Key, Post};
use crate::blog::site::Site;
use crate::source::Stamp;
use crate::text::Clean;

/// A post without its text; behind its path and its stamp.
#[derive(Serialize, Deserialize)]
struct Record<'a> {
    title: &'a str,
    slug: &'a str,
    date: Option<&'a str>,
    updated: Option<&'a str>,
    draft: bool,
    #[serde(borrow)]
    tags: Vec<&'a str>,
    categories: Vec<&'a str>,
    series: Vec<&'a str>,
    authors: Vec<&'a str>,
    summary: Option<&'a str>,
    url: &'a str,
    aliases: Vec<&'a str>,
    section: &'a str,
    language: Option<&'a str>,
    faults: Vec<Wrong<'a>>,
}

/// A fault of the post's file.
#[derive(Serialize, Deserialize)]
struct Wrong<'a> {
    line: Option<usize>,
    rule: &'a str,
    fault: &'a str,
    remedy: &'a str,
}

/// The record of a post and its faults, with the stamp of its file from before that was read.
pub fn encode(post: &Post, faults: &[Fault], stamp: Stamp) -> Option<Vec<u8>> {
    let (date, updated) = (post.date.map(Date::exact), post.updated.map(Date::exact));
    let record = Record {
        title: post.title.as_str(),
        slug: &post.slug,
        date: date.as_deref(),
        updated: updated.as_deref(),
        draft: post.draft,
        tags: texts(&post.tags),
        categories: texts(&post.categories),
        series: texts(&post.series),
        authors: texts(&post.authors),
        summary: post.summary.as_ref().map(Clean::as_str),
        url: &post.url,
        aliases: post.aliases.iter().map(String::as_str).collect(),
        section: &post.section,
        language: post.language.as_deref(),
        faults: faults.iter().map(Wrong::of).collect(),
    };
    postcard::to_stdvec(&(post.key.as_str(), stamp.0, record)).ok()
}

/// The record of a file that holds no post.
pub fn encode_none(path: &Key, stamp: Stamp) -> Option<Vec<u8>> {
    postcard::to_stdvec(&(path.as_str(), stamp.0)).ok()
}

/// The post without its text and its faults; none where the bytes are no record of one.
pub fn decode(bytes: &[u8], site: &Site) -> Option<Reading> {
    let (path, rest) = take_from_bytes::<&str>(bytes).ok()?;
    let (_, rest) = take_from_bytes::<[i64; 5]>(rest).ok()?;
    let record: Record<'_> = from_bytes(rest).ok()?;
    let named = Clean::exact(path);
    let faults = record.faults.iter().map(|wrong| wrong.about(&named)).collect::<Option<_>>()?;
    let post = Post {
        key: Key::new(path),
        title: Clean::prose(record.title),
        slug: record.slug.into(),
        date: record.date.and_then(Date::parse),
        updated: record.updated.and_then(Date::parse),
        draft: record.draft,
        tags: clean(&record.tags),
        categories: clean(&record.categories),
        series: clean(&record.series),
        authors: clean(&record.authors),
        summary: record.summary.map(Clean::prose),
        url: record.url.to_owned(),
        aliases: record.aliases.into_iter().map(str::to_owned).collect(),
        section: record.section.into(),
        language: record.language.map(Box::from),
        rank: site.rank(path),
        dialect: site.dialect,
        text: None,
        facts: OnceLock::new(),
        may_have_accents: OnceLock::new(),
    };
    Some((Some(Arc::new(post)), faults))
}

impl<'a> Wrong<'a> {
    fn of(fault: &'a Fault) -> Self {
        let (text, remedy) = (fault.fault.as_str(), fault.remedy.as_str());
        Self { line: fault.line, rule: fault.rule.name(), fault: text, remedy }
    }

    fn about(&self, path: &Clean) -> Option<Fault> {
        let (fault, remedy) = (Clean::prose(self.fault), Clean::prose(self.remedy));
        Some(Fault { path: path.clone(), line: self.line, rule: Rule::named(self.rule)?, fault, remedy })
    }
}

fn texts(texts: &[Clean]) -> Vec<&str> {
    texts.iter().map(Clean::as_str).collect()
}

fn clean(texts: &[&str]) -> Box<[Clean]> {
    texts.iter().map(|text| Clean::prose(text)).collect()
}
