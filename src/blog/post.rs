//! One post: `(path, bytes)` to a [`Post`] and its faults. Whatever the bytes are, there is a post to show.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::date::Date;
use super::facts::Facts;
use super::fault::{Complaint, Fault, Rule};
use super::front::{self, Fields, Split, is_called};
use super::search::{self, Text};
use super::site::{self, Generator, Parts, Site};
use super::{keys, salvage, title};
use crate::clean;
use crate::markdown::{self, Dialect, Document};
use crate::text::Clean;

/// The name of a post that outlives a reload: its path below what the user named, `/` separated.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(Arc<str>);

impl Key {
    /// The key of the post at `path`.
    pub fn new(path: &str) -> Self {
        Self(Arc::from(path))
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path for people: what hides in it is spelled out.
    pub fn shown(&self) -> Clean {
        Clean::exact(&self.0)
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A post: what its front matter says, and its text as the author wrote it.
#[derive(Debug)]
pub struct Post {
    /// Its name.
    pub key: Key,
    /// Its title: the front matter's, else the first heading, else the file's name.
    pub title: Clean,
    /// What its address calls it.
    pub slug: Box<str>,
    /// When it was published: the front matter's date, else the file name's.
    pub date: Option<Date>,
    /// When it was last changed, as its author says.
    pub updated: Option<Date>,
    /// Whether it is not published: not yet, or no longer.
    pub draft: bool,
    /// Its tags; their case matters.
    pub tags: Box<[Clean]>,
    /// Its categories.
    pub categories: Box<[Clean]>,
    /// The series that it belongs to.
    pub series: Box<[Clean]>,
    /// Who wrote it.
    pub authors: Box<[Clean]>,
    /// The language that it is written in, such as `de-ch`, where it says so.
    pub language: Option<Box<str>>,
    /// Its author's summary.
    pub summary: Option<Clean>,
    /// Its address on the site, such as `/2007/09/12/slug/`.
    pub url: String,
    /// Its older addresses.
    pub aliases: Vec<String>,
    /// The part of the site that it belongs to: the first folder below the content, or nothing.
    pub section: Box<str>,
    /// Its place in the order that the site itself gives, where it gives one.
    pub(crate) rank: usize,
    /// How its body is read.
    pub(crate) dialect: Dialect,
    /// None while only its place in the list is known, from the last time.
    pub(crate) text: Option<FileText>,
    pub(crate) facts: OnceLock<Box<Facts>>,
    pub(crate) may_have_accents: OnceLock<bool>,
}

/// The text of a post's file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FileText {
    body: String,
    /// Lines of the file above it.
    above: usize,
}

impl FileText {
    /// The part of a file from the byte `start` on.
    fn below(mut source: String, start: usize) -> Self {
        let header = source.get(..start).unwrap_or_default();
        let (length, above) = (header.len(), header.bytes().filter(|byte| *byte == b'\n').count());
        source.drain(..length);
        source.shrink_to_fit();
        Self { body: source, above }
    }
}

/// Bytes of a body at the most; what is longer is cut, visibly.
const LONGEST_BODY: usize = 4 * 1024 * 1024;

impl Post {
    /// Reads a post from the bytes of its file.
    pub fn read(path: &str, bytes: Vec<u8>, site: &Site) -> (Self, Vec<Fault>) {
        let (manuscript, complaints) = Manuscript::of(path, bytes);
        manuscript.read(complaints, site)
    }

    /// The same, unless the file only holds the place of a translation.
    pub fn read_if_any(path: &str, bytes: Vec<u8>, site: &Site) -> (Option<Self>, Vec<Fault>) {
        let (manuscript, complaints) = Manuscript::of(path, bytes);
        if complaints.is_empty() && keys::is_stub(&manuscript.fields, manuscript.body()) {
            return (None, Vec::new());
        }
        let (post, faults) = manuscript.read(complaints, site);
        (Some(post), faults)
    }

    /// Takes the names that it has in common with others from those that are `known`, and adds its own: a large blog has few
    /// tags and authors, and most of them on many posts.
    pub fn share_names(&mut self, known: &mut HashSet<Clean>) {
        let (tags, categories) = (self.tags.iter_mut(), self.categories.iter_mut());
        for name in tags.chain(categories).chain(&mut self.series).chain(&mut self.authors) {
            if let Some(same) = known.get(name) {
                *name = same.clone();
            } else {
                *name = name.shared();
                known.insert(name.clone());
            }
        }
    }

    /// Whether its text was read: without, its body is empty.
    pub fn has_text(&self) -> bool {
        self.text.is_some()
    }

    /// Whether the other says the same of itself, whatever their texts are.
    pub(crate) fn is_listed_as(&self, other: &Self) -> bool {
        let dates = |post: &Self| (post.date, post.updated, post.draft);
        (&self.key, &self.title, &self.summary) == (&other.key, &other.title, &other.summary)
            && dates(self) == dates(other)
            && (&self.tags, &self.categories) == (&other.tags, &other.categories)
            && (&self.series, &self.authors) == (&other.series, &other.authors)
            && (&self.slug, &self.url, &self.aliases) == (&other.slug, &other.url, &other.aliases)
            && (&self.section, &self.language) == (&other.section, &other.language)
    }

    /// Whether the other is the same post, read from a file of the same text.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.is_listed_as(other) && self.rank == other.rank && self.text == other.text
    }

    /// The text below the front matter.
    pub fn body(&self) -> &str {
        self.text.as_ref().map(|text| text.body.as_str()).unwrap_or_default()
    }

    /// The same, to be searched.
    pub fn text(&self) -> Text<'_> {
        let body = self.body();
        let may_have = *self.may_have_accents.get_or_init(|| search::may_have_accents(body));
        if may_have { Text::Any(body) } else { Text::Plain(body) }
    }

    /// What is in it; the first call parses the body.
    pub fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| Box::new(Facts::of(&self.document())))
    }

    /// Whether [`Self::facts`] is known already.
    pub fn has_facts(&self) -> bool {
        self.facts.get().is_some()
    }

    /// What the body says, in the Markdown of the site that it belongs to.
    pub fn document(&self) -> Document {
        markdown::parse(self.body(), self.dialect)
    }

    /// What the first `bytes` of the body say, or all of them: for a preview.
    pub fn opening(&self, bytes: usize) -> Document {
        let body = self.body();
        let end = (0..=bytes.min(body.len())).rev().find(|at| body.is_char_boundary(*at)).unwrap_or(0);
        markdown::parse(body.get(..end).unwrap_or_default(), self.dialect)
    }

    /// Where the lines of its file end.
    pub fn lines(&self) -> Lines {
        let Some(text) = &self.text else { return Lines::default() };
        Lines { above: text.above, ends: memchr::memchr_iter(b'\n', text.body.as_bytes()).collect() }
    }

    /// The line of the file, counted from 1, on which a byte of the body stands.
    pub fn line_of(&self, at: usize) -> usize {
        let Some(text) = &self.text else { return 1 };
        let before = text.body.as_bytes().iter().take(at);
        1 + text.above + before.filter(|byte| **byte == b'\n').count()
    }
}

/// Where the lines of a post's file end, for those who ask for many of them.
#[derive(Debug, Default)]
pub struct Lines {
    above: usize,
    ends: Vec<usize>,
}

impl Lines {
    /// The line of the file, counted from 1, on which a byte of the body stands.
    pub fn of(&self, at: usize) -> usize {
        1 + self.above + self.ends.partition_point(|end| *end < at)
    }
}

/// A file taken apart.
struct Manuscript<'a> {
    path: &'a str,
    source: String,
    split: Split,
    fields: Fields,
}

/// When it was published, and when it was last changed.
#[derive(Clone, Copy)]
struct Dates {
    published: Option<Date>,
    updated: Option<Date>,
}

impl<'a> Manuscript<'a> {
    fn of(path: &'a str, bytes: Vec<u8>) -> (Self, Vec<Complaint>) {
        let (source, mut complaints) = decode(bytes);
        let split = front::split(&source);
        complaints.extend(split.complaints.iter().cloned());
        let (fields, unread) = front::read(&source, &split);
        complaints.extend(unread);
        (Self { path, source, split, fields }, complaints)
    }

    fn read(mut self, mut complaints: Vec<Complaint>, site: &Site) -> (Post, Vec<Fault>) {
        self.fields = site.completed(self.path, self.fields);
        let dates = self.dates(&mut complaints, site);
        let named = Clean::exact(self.path);
        let faults = complaints.into_iter().map(|complaint| complaint.about(&named)).collect();
        (self.into_post(site, dates), faults)
    }

    fn body(&self) -> &str {
        self.source.get(self.split.body..).unwrap_or_default()
    }

    fn dates(&self, complaints: &mut Vec<Complaint>, site: &Site) -> Dates {
        let published = self.date(keys::PUBLISHED, complaints);
        let in_path = || Date::from_path(&self.fields.text(&["path"])?);
        let in_name = match site.generator {
            Generator::Docusaurus => Date::from_slashed_path,
            _ => Date::from_path,
        };
        let updated = self.date(keys::UPDATED, complaints);
        // https://gohugo.io/configuration/front-matter/#dates: with no other, the date of the last change.
        let changed = updated.filter(|_| site.generator == Generator::Hugo);
        Dates { published: published.or_else(in_path).or_else(|| in_name(self.path)).or(changed), updated }
    }

    /// The first of the fields that holds a date; a complaint where none does but one should, unless the whole header is
    /// already complained of. `published: true` is no date and no fault.
    fn date<'n>(&self, names: &[&'n str], complaints: &mut Vec<Complaint>) -> Option<Date> {
        let is_flag = |name: &str| self.fields.flag(&[name]).is_some();
        let text = |name: &&'n str| self.fields.text(&[name]).filter(|_| !is_flag(name));
        let mut texts = names.iter().filter_map(|name| Some((*name, text(name)?)));
        let (name, text) = texts.next()?;
        let date = Date::parse(&text).or_else(|| texts.find_map(|(_, text)| Date::parse(&text)));
        if date.is_none() && complaints.iter().all(|complaint| complaint.rule != Rule::FrontMatter) {
            complaints.push(Complaint {
                line: self.line_of(name),
                rule: Rule::Date,
                fault: clean!("{text:?} is no date"),
                remedy: Clean::literal("write it as 2007-09-12 or 2007-09-12T09:29:59Z"),
            });
        }
        date
    }

    /// The line of the file, counted from 1, on which this field begins.
    fn line_of(&self, name: &str) -> Option<usize> {
        let separator = self.split.container?.separator();
        let name = name.rsplit('.').next().unwrap_or(name);
        let header = self.source.get(self.split.header.clone())?;
        let found = header.lines().position(|line| {
            let line = line.trim_start_matches([' ', '\t', '{']);
            let member = salvage::dotted(line).or_else(|| salvage::member(line, separator));
            member.is_some_and(|(key, _)| is_called(key, name))
        })?;
        Some(self.split.header_line + found)
    }

    fn into_post(self, site: &Site, dates: Dates) -> Post {
        let title = title::of(&self.fields, self.path, self.body(), site);
        let Self { path, source, split, fields } = self;
        let slug = fields.text(&["slug"]);
        let below = site.below_content(path);
        let own_categories = keys::categories(&fields, site.generator);
        let categories = clean(&site.categories(&below, own_categories));
        let (title_text, date) = (title.as_str(), dates.published);
        let parts = Parts {
            path: &below,
            title: title_text,
            slug: slug.as_deref(),
            date,
            categories: &categories,
            fields: &fields,
        };
        Post {
            key: Key::new(path),
            url: site.address_of(path, &parts),
            slug: slug.unwrap_or_else(|| site::name(&below)).into(),
            title,
            date,
            updated: dates.updated,
            draft: keys::is_draft(&fields, path) || site.holds_back(&fields, date),
            tags: clean(&keys::tags(&fields, site.generator)),
            categories,
            series: clean(&fields.list(keys::SERIES)),
            authors: clean(&fields.list(keys::AUTHORS).into_iter().map(|key| site.author(key)).collect::<Vec<_>>()),
            language: fields.text(keys::LANGUAGE).map(|language| language.to_lowercase().into()),
            summary: fields.text(keys::SUMMARY).map(|summary| Clean::prose(&summary)),
            aliases: keys::aliases(&fields),
            section: site.section(&below).into(),
            rank: site.rank(path),
            dialect: site.dialect,
            text: Some(FileText::below(source, split.body)),
            facts: OnceLock::new(),
            may_have_accents: OnceLock::new(),
        }
    }
}

/// Bytes to text: UTF-8, or UTF-16 with its mark, else as well as it goes, with a complaint.
fn decode(bytes: Vec<u8>) -> (String, Vec<Complaint>) {
    let (mut text, mut complaints) = match String::from_utf8(bytes) {
        Ok(text) => (text, Vec::new()),
        Err(error) => {
            let bytes = error.into_bytes();
            match utf16(&bytes) {
                Some(text) if text.contains(char::REPLACEMENT_CHARACTER) => (text, vec![not_utf16()]),
                Some(text) => (text, Vec::new()),
                None => (String::from_utf8_lossy(&bytes).into_owned(), vec![not_utf8(&bytes)]),
            }
        }
    };
    if text.len() > LONGEST_BODY {
        let cut = (0..=LONGEST_BODY).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(cut);
        complaints.push(Complaint {
            line: None,
            rule: Rule::TooLarge,
            fault: clean!("the text is longer than {} MiB; the rest is not shown", LONGEST_BODY / 1024 / 1024),
            remedy: Clean::literal("split the post"),
        });
    }
    text.shrink_to_fit();
    (text, complaints)
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let (mark, rest) = bytes.split_at_checked(2)?;
    let read = match mark {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return None,
    };
    // Half a unit at the end is half a surrogate: no character.
    let units = rest.chunks(2).map(|pair| pair.try_into().map_or(0xd800, read));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

fn not_utf16() -> Complaint {
    Complaint {
        line: None,
        rule: Rule::Encoding,
        fault: Clean::literal("the file is not whole UTF-16; what is no character is shown as \u{fffd}"),
        remedy: Clean::literal("save it as UTF-8"),
    }
}

fn not_utf8(bytes: &[u8]) -> Complaint {
    let good = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    let line = 1 + bytes.iter().take(good).filter(|byte| **byte == b'\n').count();
    let bad: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    Complaint {
        line: Some(line),
        rule: Rule::Encoding,
        fault: clean!("the file is not UTF-8; {bad} bytes are shown as \u{fffd}"),
        remedy: Clean::literal("save it as UTF-8"),
    }
}

fn clean(texts: &[String]) -> Box<[Clean]> {
    texts.iter().map(|text| Clean::prose(text)).collect()
}

#[cfg(test)]
mod tests;
