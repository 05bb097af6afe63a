//! What the program is told, what it asks of the world, and what a view wants to happen. Values only.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::keys::{Command, Key};
use super::known::Pixels;
use super::place::Place;
use super::screen::{Cell, Size};
use crate::blog::date::Date;
use crate::blog::library::{Library, Reading};
use crate::blog::marks::{Marks, What};
use crate::blog::post::{self, Post};
use crate::blog::query::Query;
use crate::blog::search::{Search, Selection};
use crate::blog::url::Url;
use crate::blog::web::{Weaving, Web};
use crate::markdown::{Colours, LinkId};
use crate::text::Clean;

/// What happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Pasted(String),
    /// What befell the program or its posts; it is said to the reader.
    Told(Clean),
    /// The terminal has another size.
    Resized(Size),
    /// Posts were read.
    Loaded(Vec<Reading>),
    /// All posts are there, though some without their text.
    Listed,
    /// Posts that were there without their text were read.
    Filled(Vec<(post::Key, Reading)>),
    /// All posts were read.
    Completed,
    /// These posts may have changed, be new, or be gone.
    Changed(Vec<(post::Key, Reading)>),
    /// It was looked whether posts have changed, as the reader asked.
    Looked,
    /// All posts were read again.
    Reloaded(Box<Library>),
    /// The pictures of a post were measured.
    Pictured(post::Key, BTreeMap<LinkId, Pixels>),
    /// The code of a post was read.
    Coloured(post::Key, Box<Colours>),
    /// The terminal said how large its cells are.
    Measured(Cell),
    /// A picture can be drawn.
    Painted,
    /// An errand is done: what posts consist of is known.
    Gathered,
    /// It is known how the posts are tied.
    Woven(Box<Web>),
    /// An errand is done: this was found.
    Searched(Box<Selection>),
    /// The reader has paused, or the session ends: what of it is not kept yet can be.
    Paused,
    /// What is remembered of posts was read again.
    Remembered(Box<Marks>),
    /// It is this month and this day.
    Today(i8, i8),
    /// A search was given a name; this is to be said of it.
    Named(String, Query, Clean),
    /// No browser showed a page, for this reason.
    NotOpened(Url, Clean),
}

/// What is asked of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Show a page in the browser.
    Open(Url),
    /// Put an address on the clipboard.
    Copy(Url),
    /// Put lines on the clipboard, and say so.
    CopyText(String, Clean),
    /// Find out, beside the keyboard, what takes longer than a frame: how large the pictures of a post are, and what its code
    /// consists of.
    Study(post::Key),
    /// Find out what posts consist of.
    Gather(Arc<[Arc<Post>]>),
    /// Find out how the posts are tied.
    Weave(Weaving),
    /// Search; what was searched before is wanted no more.
    Search(Search),
    /// Remember of the post of this address, or without one of the blog, what is so from now on.
    Remember(String, What),
    /// Say which day it is.
    Today,
    /// Keep a search under a name for the next sessions.
    Keep(String, Query),
    /// Open the file of a post in the reader's editor, at a line counted from 1.
    Edit(post::Key, usize),
    /// Read a post before others, because its text is wanted on screen.
    Read(post::Key),
    /// Look whether posts have changed, and read those again.
    Reload,
    /// Read the posts of another language in the place of these.
    ReloadIn(String),
    /// Draw the whole screen anew.
    Redraw,
    /// Show everything in the next theme.
    NextTheme,
    /// Stop until the shell says otherwise.
    Suspend,
    /// End.
    Quit,
}

/// What a view wants to happen.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing more.
    Stay,
    /// To be at another place, and able to come back.
    Go(Place),
    /// The same, and there at the heading of an id.
    GoTo(Place, String),
    /// The same, and there at a link.
    GoToLink(Place, LinkId),
    /// To be at a post, and able to come back, with the words marked by which it was found.
    GoToWords(Place),
    /// To be at another place instead of this one.
    Replace(Place),
    /// Something of the world.
    Ask(Effect),
    /// To open a page if the reader, who is told this of it, still wants that.
    Doubt(Url, Clean),
    /// To say a sentence.
    Say(Clean),
    /// The panel of links.
    Links,
}

impl Step {
    /// Takes an address out of the program: to the browser, the clipboard, or the archive as it was on a date.
    pub(super) fn leave(command: Command, url: Url, date: Option<&Date>) -> Self {
        match command {
            Command::Copy => Self::Ask(Effect::Copy(url)),
            Command::Archive => match url.archived(date) {
                Some(archived) => Self::Ask(Effect::Open(archived)),
                None => Self::Say(Clean::literal("the archive keeps pages, not mail")),
            },
            _ => Self::Ask(Effect::Open(url)),
        }
    }
}
