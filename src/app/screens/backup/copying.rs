//! Copying a code by hand, one block after the other, and then the check by a camera.

use super::*;
use crate::qr::Modules;

/// A code before its copyist.
pub struct Copying {
    backup: Backup,
    grid: Grid,
}

impl Copying {
    pub(super) fn begin(backup: Backup, core: &Core) -> Screen {
        match code::drawn(backup, core) {
            Ok(code) => Self::of(backup, code),
            Err(trouble) => trouble,
        }
    }

    /// Of a code that was made for that backup.
    pub(super) fn of(backup: Backup, code: Modules) -> Screen {
        Backing::Grid(Self { backup, grid: Grid::new(code) }).on()
    }

    pub(super) fn key(mut self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Esc => return Backing::form(self.backup),
            Key::Char('d') => return drill::begin(self.backup, core),
            Key::Enter if !self.grid.next() => return drill::begin(self.backup, core),
            Key::Backspace => {
                self.grid.back();
            }
            Key::Left => self.grid.step(-1, 0),
            Key::Right => self.grid.step(1, 0),
            Key::Up => self.grid.step(0, -1),
            Key::Down => self.grid.step(0, 1),
            _ => {}
        }
        Backing::Grid(self).on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let grid = &self.grid;
        let mut text = Text::new();
        let side = grid.side();
        let (title, mut keys) = match grid.name() {
            None => {
                text.toned(Tone::Strong, format!("{side} x {side} squares"));
                text.gap();
                text.plain(format!(
                    "On squared paper, draw a frame of {side} x {side} squares, and a line behind every {}.",
                    ordinal(grid.block())
                ));
                text.gap();
                text.plain("Write letters at the left and numbers at the top, as here.");
                text.gap();
                text.plain("Then fill the dark squares, block by block. Each one comes large on the screen.");
                ("Make the paper ready", vec![("Enter", "first block")])
            }
            Some(name) => {
                let all = grid.blocks().pow(2);
                let title = format!("Block {name} of {}", grid.last_name());
                text.toned(Tone::Strong, title);
                text.plain(format!("{} of {all} blocks shown", grid.seen()));
                let next = if name == grid.last_name() { CHECK } else { "next" };
                let keys = vec![("Enter", next), ("Backspace", "previous"), ("arrows", "move")];
                ("Copy by hand", keys)
            }
        };
        text.gap();
        if keys[0].1 != CHECK {
            keys.push(("d", CHECK));
        }
        keys.extend([("Esc", "back"), ("?", "help")]);
        let title = format!("{title}: {}", self.backup.name());
        let mut view = words_view(core, title, Text::new(), keys);
        view.body = Body::Grid(grid, text);
        view
    }
}

/// As in "every fifth".
fn ordinal(number: usize) -> &'static str {
    if number == 7 { "seventh" } else { "fifth" }
}

const CHECK: &str = "check";
