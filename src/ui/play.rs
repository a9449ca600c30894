//! Plays QR codes in this terminal: what `coldlight show` does on the online computer.

use super::draw::put_rows;
use super::terminal::Window;
use super::{Palette, qr};
use crate::app::text::{Text, Tone};
use crate::app::{Event, Key};
use crate::qr::Modules;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::io;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

/// Milliseconds a frame, from slow to fast.
const PACES: [u64; 8] = [2000, 1000, 700, 500, 330, 250, 200, 140];

/// Shows frame 0, 1, 2 ... of `parts` in one loop, until q or Esc. `frame` gives the code of a frame
/// or says why there is none.
pub fn play(
    label: &str,
    parts: usize,
    palette: Palette,
    mut frame: impl FnMut(usize) -> Result<Modules, String>,
) -> io::Result<()> {
    let mut window = Window::open()?;
    let (sender, events) = sync_channel(16);
    window.listen(sender)?;
    let (mut number, mut pace, mut paused) = (0, 5, parts == 1);
    let mut code = frame(number);
    let mut due = Instant::now() + Duration::from_millis(PACES[pace]);
    loop {
        let text = words(label, number, parts, PACES[pace], paused);
        window.terminal.draw(|drawn| screen(drawn.buffer_mut(), &code, &text, palette))?;
        let turn = match events.recv_timeout(Duration::from_millis(20)) {
            Ok(Event::Key(key)) => match key {
                Key::Esc | Key::Interrupt | Key::Enter | Key::Char('q') => return Ok(()),
                Key::Char('+' | '=') => {
                    pace = (pace + 1).min(PACES.len() - 1);
                    None
                }
                Key::Char('-') => {
                    pace = pace.saturating_sub(1);
                    None
                }
                Key::Char('p' | ' ') => {
                    paused = !paused;
                    None
                }
                Key::Right => Some(number + 1),
                Key::Left => Some(number.saturating_sub(1)),
                _ => None,
            },
            Ok(Event::Ended) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Ok(_) | Err(RecvTimeoutError::Timeout) => None,
        };
        let stepped = turn.is_some();
        paused |= stepped;
        if let Some(next) = turn.or((!paused && Instant::now() >= due).then_some(number + 1)) {
            number = next;
            code = frame(number);
            due = Instant::now() + Duration::from_millis(PACES[pace]);
        }
    }
}

fn words(label: &str, number: usize, parts: usize, milliseconds: u64, paused: bool) -> Text {
    let mut text = Text::new();
    let state = if paused { "paused".into() } else { format!("{milliseconds} ms a frame") };
    text.toned(Tone::Plain, format!("{label}   frame {}, {parts} parts   {state}", number + 1));
    text.toned(Tone::Faint, "- + slower, faster   p pause   arrows step   q end");
    text
}

fn screen(buffer: &mut Buffer, code: &Result<Modules, String>, text: &Text, palette: Palette) {
    let area = buffer.area;
    buffer.set_style(area, palette.ground());
    let rows = text.rows(usize::from(area.width.saturating_sub(2)).max(1));
    let below = (rows.len() as u16).min(area.height);
    let square = Rect { height: area.height - below, ..area };
    let foot =
        Rect { x: 1, y: square.bottom(), width: area.width.saturating_sub(1), height: below };
    put_rows(buffer, foot, &rows, palette);
    let trouble = match code {
        Err(trouble) => trouble.clone(),
        Ok(code) => match qr::code_in(buffer, square, code, palette) {
            Some(_) => return,
            None => {
                let side = code.side() + 2 * crate::app::screens::QUIET;
                format!(
                    "This code needs a window of {side} columns and {} rows. Make the window larger \
                     or its letters smaller, or start again with a smaller --fragment.",
                    side.div_ceil(2) + rows.len()
                )
            }
        },
    };
    let mut words = Text::new();
    words.toned(Tone::Warn, trouble);
    let inner = Rect {
        x: 1,
        y: 1,
        width: area.width.saturating_sub(2),
        height: square.height.saturating_sub(1),
    };
    put_rows(buffer, inner, &words.rows(usize::from(inner.width).max(1)), palette);
}
