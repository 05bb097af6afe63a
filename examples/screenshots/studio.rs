//! A reader without a terminal: keys go in, a frame comes out, and what the program does beside the keyboard is done first.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use anyhow::{Context, Result};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use reread::app::keys::Key;
use reread::app::place::Place;
use reread::app::screen::{Screen, Size};
use reread::app::{App, Effect, Message};
use reread::blog::query::Query;
use reread::gallery::{self, Gallery, Manner, Protocol};
use reread::source::Source;
use reread::ui::theme::Depth;
use reread::ui::{self, Look};
use reread::{collection, markdown};

/// How long a picture may take to be painted.
const PATIENCE: Duration = Duration::from_secs(10);

/// Somebody who reads a blog.
pub struct Studio {
    app: App,
    source: Arc<Source>,
    gallery: Gallery,
    painted: Receiver<()>,
}

impl Studio {
    /// A reader of a blog at its list, or at its only post.
    pub fn open(source: Source, columns: u16, rows: u16) -> Self {
        let source = Arc::new(source);
        let screen = Screen::new(Size { columns: columns.into(), rows: rows.into() });
        let place =
            collection::only_post(&source).map_or_else(Place::start, |post| Place::article(post, Query::default()));
        let app = App::new(collection::library(&source), &place, screen);
        let manner = Manner { protocol: Protocol::HalfBlocks(Depth::True), cell: screen.cell, ground: [0, 0, 0] };
        let (sender, painted) = mpsc::channel();
        let gallery = Gallery::open(Arc::clone(&source), manner, move || {
            // Nobody waits once the frame is drawn.
            let _ = sender.send(());
        });
        Self { app, source, gallery, painted }
    }

    /// Presses keys, and waits for what they start.
    pub fn press(&mut self, keys: &str) {
        for key in Key::sequence(keys) {
            for effect in self.app.update(Message::Key(key)) {
                self.perform(&effect);
            }
        }
    }

    fn perform(&mut self, effect: &Effect) {
        let Effect::Study(post) = effect else { return };
        let Some(post) = self.app.library.get(post).cloned() else { return };
        let pixels = gallery::measured(&self.source, &self.app.library.site, &post);
        let colours = markdown::colours(&post.document(), &mut || true);
        self.app.update(Message::Pictured(post.key.clone(), pixels));
        self.app.update(Message::Coloured(post.key.clone(), Box::new(colours)));
    }

    /// What is on screen, with every picture painted.
    pub fn frame(&mut self, look: &Look) -> Result<Buffer> {
        self.gallery.hang(&self.app);
        let spots = ui::picture::spots(&self.app);
        while spots.iter().any(|spot| !self.gallery.paintings().contains_key(&spot.name)) {
            self.painted.recv_timeout(PATIENCE).context("a picture was not painted in time")?;
            self.gallery.hang(&self.app);
        }
        let Size { columns, rows } = self.app.screen.size;
        let mut terminal = Terminal::new(TestBackend::new(u16::try_from(columns)?, u16::try_from(rows)?))?;
        terminal.draw(|frame| {
            ui::draw(frame, &self.app, look);
            ui::picture::draw(frame, &self.app, look, self.gallery.paintings());
        })?;
        Ok(terminal.backend().buffer().clone())
    }
}
