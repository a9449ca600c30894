//! Keys and window sizes from the terminal, as events.

use crate::app::{Event, Key};
use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::sync::mpsc::SyncSender;
use std::thread;

/// Reads keys in a thread of its own until nobody listens.
pub(super) fn listen(events: SyncSender<Event>) {
    thread::spawn(move || {
        while let Ok(read) = event::read() {
            let event = match read {
                event::Event::Key(key) if key.kind != KeyEventKind::Release => {
                    translate(key).map(Event::Key)
                }
                event::Event::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
                _ => None,
            };
            if let Some(event) = event
                && events.send(event).is_err()
            {
                return;
            }
        }
    });
}

fn translate(key: KeyEvent) -> Option<Key> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(match key.code {
        KeyCode::Char('c') if control => Key::Interrupt,
        KeyCode::Char('l' | 'L') if control => Key::Lock,
        KeyCode::Char(_) if control => return None,
        KeyCode::Char(character) => Key::Char(character),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Tab => Key::Tab,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(1) => Key::Help,
        _ => return None,
    })
}
