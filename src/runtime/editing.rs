//! The terminal lent to the reader's editor, and the post read again when that ends.
//!
//! Nothing here writes to a post: the editor is the reader's own hand.

use anyhow::Result;

use super::{Event, Runtime};
use crate::app::Message;
use crate::blog::post;
use crate::clean;
use crate::collection;
use crate::command;
use crate::editor::Editor;
use crate::source::NoFile;
use crate::terminal::Terminal;
use crate::text::Clean;

impl Runtime {
    /// Opens the file of a post at a line, or says why not.
    pub(super) fn edit(&mut self, post: post::Key, line: usize) -> Result<()> {
        match self.editor(&post, line) {
            Ok(editor) => self.lend_to(editor, post)?,
            Err(why) => self.app.notice = Some(why),
        }
        Ok(())
    }

    fn editor(&self, post: &post::Key, line: usize) -> Result<Editor, Clean> {
        let file = self.source.file_of(post.as_str()).map_err(|why| match why {
            NoFile::Refused(why) => clean!("{}: {why}", post.as_str()),
            why => clean!("{why}"),
        })?;
        Editor::at(&file, line, self.editor.as_deref(), &self.environment).map_err(|why| clean!("{why}"))
    }

    fn lend_to(&mut self, mut editor: Editor, post: post::Key) -> Result<()> {
        let ended = self.terminal.lend(&mut editor.command)?;
        self.forget_keys()?;
        self.forget_pictures();
        self.take(Event::Happened(Message::Resized(Terminal::size())))?;
        if let Some(reading) = collection::load_one(&self.source, &self.app.library.site, &post) {
            self.take(Event::Happened(Message::Changed(vec![(post, reading)])))?;
        }
        self.app.notice = match ended {
            Ok(status) if status.success() => None,
            Ok(status) => Some(clean!("{}: {}; the post was read again", editor.name, command::said(status))),
            Err(error) => Some(clean!("{}", editor.missing(&error))),
        };
        Ok(())
    }

    /// Keys that came in one breath with the one that called the editor were meant for that, and are not done here.
    fn forget_keys(&mut self) -> Result<()> {
        let waiting: Vec<Event> = self.inbox.try_iter().collect();
        for event in waiting.into_iter().filter(|event| !matches!(event, Event::Happened(Message::Key(_)))) {
            self.take(event)?;
        }
        Ok(())
    }
}
