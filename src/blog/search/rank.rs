//! The order of relevance, and the place that shows best why a post was found.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::needle::{Text, Words};
use crate::blog::post::Post;
use crate::blog::query::Query;

/// Places of a body that are looked at for a word: enough to tell what it is, and no more for a word that is everywhere.
const PLACES: usize = 8;
/// Headings of a body that are looked at.
const HEADINGS: usize = 64;

/// How a word stands in a text, the better the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// Within another word.
    Inside,
    /// As its beginning.
    Beginning,
    /// As a word of its own.
    Whole,
}

/// Where a word stands, the better the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Body,
    Heading,
    Tag,
    Title,
}

/// The words of a query, made ready to be weighed.
#[derive(Debug)]
pub struct Ranking {
    words: Vec<Words>,
    phrase: Option<Words>,
}

impl Ranking {
    /// For the words that a query wants; none where it wants none.
    pub fn of(query: &Query) -> Option<Self> {
        let words = query.wanted.words();
        let phrase = (words.len() > 1).then(|| Words::new(&words.join(" ")));
        (!words.is_empty()).then(|| Self { words: words.into_iter().map(Words::new).collect(), phrase })
    }

    /// How well a post fits: the higher, the nearer to the top; among equals the newer post goes first.
    ///
    /// Every word counts where it stands best: 90 points in the title, 60 in a tag, 30 in a heading, none in the body; and 20
    /// as a word of its own, 10 as the beginning of one, none within one. So a word in the title counts for more than one in
    /// a tag whatever its form, and so on down. Several words count together, and one after the other as they were written
    /// they count for more: 60 in the title, 30 elsewhere.
    pub fn points(&self, post: &Post) -> u32 {
        let words: u32 = self.words.iter().filter_map(|words| best(words, post)).map(|best| points(&best)).sum();
        let together = self.phrase.as_ref().map_or(0, |phrase| {
            if phrase.are_in(Text::new(post.title.as_str())) {
                60
            } else if phrase.are_in(post.text()) {
                30
            } else {
                0
            }
        });
        words + together
    }

    /// Every place of a word in a text, from its beginning to its end, none overlapping another.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places: Vec<_> = self.words.iter().flat_map(|words| words.places(Text::new(text))).collect();
        places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        let mut end = 0;
        places.retain(|place| {
            let is_free = place.start >= end;
            end = end.max(place.end);
            is_free
        });
        places
    }

    /// The bytes of the body that show best why it was found: all words together, else the best place of one.
    pub fn passage(&self, post: &Post) -> Option<Range<usize>> {
        let together = self.phrase.as_ref().and_then(|phrase| phrase.places(post.text()).next());
        together.or_else(|| {
            let places = self.words.iter().filter_map(|words| in_body(words, post));
            places
                .max_by_key(|found| (found.field, found.form, std::cmp::Reverse(found.place.start)))
                .map(|it| it.place)
        })
    }
}

/// A word at its best.
struct Best {
    field: Field,
    form: Form,
    place: Range<usize>,
}

fn points(best: &Best) -> u32 {
    let field = match best.field {
        Field::Title => 90,
        Field::Tag => 60,
        Field::Heading => 30,
        Field::Body => 0,
    };
    let form = match best.form {
        Form::Whole => 20,
        Form::Beginning => 10,
        Form::Inside => 0,
    };
    field + form
}

fn best(words: &Words, post: &Post) -> Option<Best> {
    let titles = [(Field::Title, post.title.as_str())];
    let tags = post.tags.iter().map(|tag| (Field::Tag, tag.as_str()));
    let named = titles.into_iter().chain(tags).filter_map(|(field, text)| {
        let form = words.places(Text::new(text)).map(|place| form(text, &place)).max()?;
        Some(Best { field, form, place: 0..0 })
    });
    named.max_by_key(|best| (best.field, best.form)).or_else(|| in_body(words, post))
}

/// A word in a heading, else in the text.
fn in_body(words: &Words, post: &Post) -> Option<Best> {
    let body = post.body();
    let text = |line: Range<usize>| {
        let (text, start) = (body.get(line.clone()).unwrap_or_default(), line.start);
        let places = words.places(post.text().within(text));
        places.map(move |place| start + place.start..start + place.end)
    };
    let in_headings = best_of(Field::Heading, body, headings(body).flat_map(text).take(PLACES));
    in_headings.or_else(|| best_of(Field::Body, body, words.places(post.text()).take(PLACES)))
}

/// The first of the best places of a body.
fn best_of(field: Field, body: &str, places: impl Iterator<Item = Range<usize>>) -> Option<Best> {
    let mut best: Option<Best> = None;
    for place in places {
        let form = form(body, &place);
        if best.as_ref().is_none_or(|best| form > best.form) {
            best = Some(Best { field, form, place });
        }
        if form == Form::Whole {
            break;
        }
    }
    best
}

/// The lines of a body that are headings, as far as a line shows that.
fn headings(body: &str) -> impl Iterator<Item = Range<usize>> {
    let first = body.starts_with('#').then_some(0);
    let starts = first.into_iter().chain(memmem::find_iter(body.as_bytes(), b"\n#").map(|at| at + 1));
    starts.take(HEADINGS).map(|start| {
        let rest = body.as_bytes().get(start..).unwrap_or_default();
        start..start + memchr(b'\n', rest).unwrap_or(rest.len())
    })
}

fn form(text: &str, place: &Range<usize>) -> Form {
    let before = text.get(..place.start).and_then(|before| before.chars().next_back());
    let after = text.get(place.end..).and_then(|after| after.chars().next());
    let joins = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    match (joins(before), joins(after)) {
        (true, _) => Form::Inside,
        (false, true) => Form::Beginning,
        (false, false) => Form::Whole,
    }
}
