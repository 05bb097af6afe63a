//! Labels over the links on screen: typing one follows the link. A label is no beginning of another.

use super::article::ArticleView;
use super::keys::{Code, Command, Held, Key};
use super::place::View;
use super::{App, Effect, Pending};
use crate::clean;
use crate::markdown::LinkId;
use crate::text::Clean;

/// The letters of labels, those under resting fingers first.
const LETTERS: [char; 26] = [
    'f', 'j', 'd', 'k', 's', 'l', 'a', 'g', 'h', 'r', 'u', 'e', 'i', 'w', 'o', 'q', 'p', 't', 'y', 'v', 'm', 'c', 'n',
    'x', 'z', 'b',
];

impl ArticleView {
    /// The links on screen with their labels: a letter each while there are no more links than letters, else two.
    pub fn hints(&self) -> Vec<(LinkId, String)> {
        let shown = self.page.links.iter().enumerate().filter(|(_, row)| self.window.shows(**row));
        let links: Vec<LinkId> = shown.map(|(link, _)| link).collect();
        let letter = |at: usize| LETTERS.get(at).copied().unwrap_or(' ');
        let label = |at: usize| -> String {
            if links.len() > LETTERS.len() {
                [letter(at / LETTERS.len()), letter(at % LETTERS.len())].iter().collect()
            } else {
                letter(at).to_string()
            }
        };
        // A screen without room for so many links shows some without a label.
        let most = LETTERS.len() * LETTERS.len();
        links.iter().take(most).enumerate().map(|(at, link)| (*link, label(at))).collect()
    }
}

impl App {
    /// Lays labels over the links on screen.
    pub(super) fn hint(&mut self) {
        let View::Article(article) = &self.view else { return };
        if article.targets.is_empty() {
            self.notice = Some(Clean::literal("this post has no links"));
        } else if article.hints().is_empty() {
            self.notice = Some(Clean::literal("no link is on screen; l lists them all"));
        } else {
            self.keyboard.pending = Pending::Hint(String::new());
        }
    }

    /// Takes a key while labels are shown; none where it is no part of a label.
    pub(super) fn type_hint(&mut self, key: Key) -> Option<Vec<Effect>> {
        let Pending::Hint(typed) = &self.keyboard.pending else { return None };
        let mut typed = typed.clone();
        match (key.held, key.code) {
            (Held::Nothing, Code::Char(letter)) if letter.is_alphabetic() => typed.extend(letter.to_lowercase()),
            (Held::Nothing, Code::Backspace) if !typed.is_empty() => drop(typed.pop()),
            (_, Code::Escape) => {
                self.keyboard.pending = Pending::Nothing;
                return Some(Vec::new());
            }
            // A number, or a key with a meaning of its own.
            _ => {
                self.keyboard.pending = Pending::Nothing;
                return None;
            }
        }
        let View::Article(article) = &self.view else { return None };
        let hints = article.hints();
        let link = hints.iter().find(|(_, label)| *label == typed).map(|(link, _)| *link);
        if let Some(link) = link {
            self.keyboard.pending = Pending::Number(link + 1);
            return Some(self.run(Command::Open));
        }
        if hints.iter().any(|(_, label)| label.starts_with(&typed)) {
            self.keyboard.pending = Pending::Hint(typed);
        } else {
            self.keyboard.pending = Pending::Nothing;
            self.notice = Some(clean!("no link on screen has the label {typed}"));
        }
        Some(Vec::new())
    }
}
