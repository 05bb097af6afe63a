//! Keys and new sizes from the terminal, as messages for the loop.
//!
//! It reads nothing while the loop is busy, and while nothing is pressed it waits without waking.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::{Event, wait_for_frame};
use crate::app::Message;
use crate::app::keys::{Code, Held, Key};
use crate::app::screen::Size;
use crate::terminal::Terminal;
use crate::terminal::late::{Late, Passed};
use crate::terminal::query::Question;
use crate::terminal::typed;

/// How long after a key another one counts as pressed with it: what is pasted costs one frame. Nobody sees so short a delay,
/// and with no time at all crossterm would not look.
const BURST: Duration = Duration::from_micros(100);
/// How long it is waited for the rest of what began as an answer of the terminal.
const GRACE: Duration = Duration::from_secs(1);
/// Inputs of a burst at the most.
const LONGEST: usize = 1024;

/// Reads keys from a thread of its own, and after each the next only when the screen shows what it did: whatever has the
/// terminal meanwhile, an editor for instance, has the keys to itself.
pub(super) fn read_keys(question: Option<Question>, drawn: Size, sender: Sender<Event>) {
    thread::spawn(move || {
        let mut late = ask(question, &sender);
        // Crossterm notices a new size from its first look on; one before that is noticed here.
        if event::poll(Duration::ZERO).is_ok() && Terminal::size() != drawn {
            drop(sender.send(Event::Happened(Message::Resized(Terminal::size()))));
        }
        while let Ok(events) = next(&mut late) {
            if events.is_empty() {
                continue;
            }
            if events.into_iter().any(|event| sender.send(event).is_err()) {
                return;
            }
            wait_for_frame(&sender);
        }
    });
}

/// What comes next; nothing where it is not known yet what that is.
fn next(late: &mut Late) -> io::Result<Vec<Event>> {
    if late.is_holding() && !event::poll(GRACE)? {
        return Ok(late.give_up().into_iter().map(|key| Event::Happened(Message::Key(key))).collect());
    }
    Ok(burst()?.iter().flat_map(|input| events(input, late)).collect())
}

/// The next input, as soon as there is one, and those that come with it.
fn burst() -> io::Result<Vec<Input>> {
    let mut inputs = vec![event::read()?];
    while inputs.len() < LONGEST && event::poll(BURST)? {
        inputs.push(event::read()?);
    }
    Ok(inputs)
}

/// Asks the terminal before crossterm reads the first key; what was typed meanwhile is delivered.
fn ask(question: Option<Question>, sender: &Sender<Event>) -> Late {
    let Some(question) = question else { return Late::nothing() };
    let (findings, rest) = Terminal::ask(question);
    let keys = typed::keys(&rest.typed).into_iter().map(|key| Event::Happened(Message::Key(key)));
    for event in std::iter::once(Event::Found(findings)).chain(keys) {
        // Where nobody listens any more, the next event ends this thread.
        drop(sender.send(event));
    }
    wait_for_frame(sender);
    Late::after(&findings, rest.begun)
}

/// What an input means; several things where keys were held back.
fn events(input: &Input, late: &mut Late) -> Vec<Event> {
    let key = |key| Event::Happened(Message::Key(key));
    match input {
        Input::Key(event) => match pressed(*event).map(|key| late.pass(key)) {
            Some(Passed::Keys(keys)) => keys.into_iter().map(key).collect(),
            Some(Passed::Answer(findings)) => vec![Event::Found(findings)],
            Some(Passed::Held) | None => Vec::new(),
        },
        Input::Resize(..) => vec![Event::Happened(Message::Resized(Terminal::size()))],
        Input::Paste(text) => vec![Event::Happened(Message::Pasted(text.clone()))],
        Input::Mouse(_) | Input::FocusGained | Input::FocusLost => Vec::new(),
    }
}

fn pressed(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(letter) => Code::Char(letter),
        KeyCode::Enter => Code::Enter,
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Esc => Code::Escape,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        _ => return None,
    };
    let held = match event.modifiers.difference(KeyModifiers::SHIFT) {
        KeyModifiers::CONTROL => Held::Control,
        KeyModifiers::ALT => Held::Alt,
        _ => Held::Nothing,
    };
    Some(Key { code, held })
}
